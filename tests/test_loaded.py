"""What was read knows where each key stands."""

from typing import Any

import pytest
from reading import Load

from generator.errors import Place


@pytest.mark.parametrize(
    ("file", "text", "keys", "place"),
    [
        ("content/papers/p.yaml", "- title: A\n- title: B\n  doi: 10.1000/x\n", ("doi",), "3:3"),
        (
            "content/papers/p.yaml",
            "- title: A\n- title: B\n  authors: [C, {name: D}]\n",
            ("authors", 1, "name"),
            "3:17",
        ),
        ("content/papers/p.yaml", "- title: A\n- title: B\n", ("doi",), "2:3"),
        ("content/papers/p.yaml", "- title: A\n- title: B\n", (), "2:3"),
        (
            "content/papers/p.bib",
            "@misc{a,\n title = {A}\n}\n@misc{b,\n title = {B}, doi = {10.1000/x}\n}\n",
            ("doi",),
            "5",
        ),
    ],
)
def test_a_key_of_the_second_paper_is_found_in_its_file(
    load: Load, file: str, text: str, keys: tuple[Any, ...], place: str
) -> None:
    loaded = load({file: text})
    assert str(loaded.place(loaded.site.papers[1].origin, *keys)) == f"{file}:{place}"


def test_a_page_stands_where_it_begins(load: Load) -> None:
    loaded = load({"content/pages/a.md": "---\ntitle: A\n---\n"})
    origin = loaded.site.pages[0].origin
    assert loaded.place(origin, "title") == Place("content/pages/a.md", origin.line, origin.column)


def test_other_values_of_site_yaml_leave_the_rest(load: Load) -> None:
    loaded = load({"content/site.yaml": "title: Looms\nurl: https://a.example/\n"})
    before = loaded.site
    loaded.change(url="https://b.example/")
    assert (loaded.site.config.title, loaded.site.config.url) == ("Looms", "https://b.example/")
    assert (loaded.site.authors, before.config.url) == (before.authors, "https://a.example/")
