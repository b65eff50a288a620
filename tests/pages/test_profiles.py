"""The directory of several authors: what its pages are made of."""

from collections.abc import Callable

import pytest

from generator.output import Page
from generator.pages import profiles
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
SITE: dict[str, str | bytes] = {
    "content/site.yaml": "per_page: 2\n",
    "content/authors/ada.yaml": "name: Ada Lovelace\n",
    "content/authors/bo.yaml": "name: Bo Bell\n",
    "content/pages/news/loom.md": "---\ntitle: Loom\ndate: 2023-01-01\n---\nA loom.\n",
    "content/papers/p.yaml": "".join(f"- {{id: p{n}, title: T{n}, date: 202{n}}}\n" for n in range(5)),
}


def directory(catalog: Catalog) -> list[Page]:
    return [page for page in profiles.outputs(catalog) if page.kind == "directory"]


@pytest.mark.parametrize(
    ("file", "written", "changed"),
    [
        ("content/authors/bo.yaml", "name: Bo Bell\nrole: Weaver\n", [0, 1, 2]),
        ("content/site.yaml", "per_page: 2\ndescription: Looms\n", [0, 1, 2]),
        ("content/pages/news/loom.md", "---\ntitle: Looms\ndate: 2023-01-01\n---\nA loom.\n", [0]),
        ("content/papers/p.yaml", str(SITE["content/papers/p.yaml"]).replace("T2", "T2, tldr: Short"), [1]),
        ("content/papers/p.yaml", str(SITE["content/papers/p.yaml"]).replace("T0", "T0, selected: true"), [0, 2]),
    ],
)
def test_a_page_of_the_directory_is_made_again_when_what_it_shows_has_changed(
    catalog: Make, file: str, written: str, changed: list[int]
) -> None:
    before = directory(catalog(SITE))
    after = directory(catalog({**SITE, file: written}))
    assert all(page.digest for page in before)
    differ = [place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old.digest != new.digest]
    assert differ == changed
    assert [place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old.make() != new.make()] == (
        changed
    )
