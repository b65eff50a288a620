"""The news of an al-folio site become pages, and what only that site understands is told."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import collection, content, folders, library
from generator.formats.profile import Profile
from generator.merge import Told

DAY = datetime.date(2026, 11, 25)
Make = Callable[[dict[str, str | bytes]], Path]
SITE: dict[str, str | bytes] = {
    "_config.yml": "first_name: Ada\nlast_name: Lovelace\n",
    "_bibliography/papers.bib": "@article{a, title={A}, author={Ada Lovelace}}",
}


def read(old_site: Make, **pages: str) -> tuple[Profile, list[str]]:
    root = old_site({**SITE, **{f"_news/{name}.md": text for name, text in pages.items()}})
    profile = folders.read(root, None, DAY)
    return profile, [str(one).split("\n")[0].removeprefix(f"{root}/") for one in profile.problems]


def test_news_with_and_without_a_title_become_pages(old_site: Make) -> None:
    profile, problems = read(
        old_site,
        announcement_1="---\ndate: 2015-10-22 15:59:00-0400\ninline: true\n---\n\nI joined [Engines](https://e.example.org).\n",
        announcement_2="---\ntitle: A <b>long</b> one\ndate: 2023-11-07\ninline: false\n---\n\nWe moved.\n\n## Why\n",
        **{"2020-05-01-new loom": "---\ninline: true\n---\nOur loom weaves! " + "It has many threads. " * 8},
    )
    assert [(page.path, page.title, page.date and page.date.iso, page.body[:20]) for page in profile.pages] == [
        ("news/2020-05-01-new-loom", "Our loom weaves!", "2020-05-01", "Our loom weaves! It "),
        ("news/announcement_1", "I joined Engines", "2015-10-22", "I joined [Engines](h"),
        ("news/announcement_2", "A long one", "2023-11-07", "We moved.\n\n## Why"),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (":rocket: out", "🚀 out"),
        ("Done :tada::sparkles:", "Done 🎉✨"),
        ("At 10:30:45, a:b:c", "At 10:30:45, a:b:c"),
        ("`:rocket:` is code", "`:rocket:` is code"),
    ],
)
def test_names_of_emoji_become_their_signs(old_site: Make, typed: str, shown: str) -> None:
    profile, problems = read(old_site, a=f"---\ninline: true\n---\n{typed}\n")
    assert (profile.pages[0].body, problems) == (shown, [])


def test_what_only_the_old_site_understands_is_told(old_site: Make) -> None:
    profile, problems = read(
        old_site,
        a='---\ndate: nowhen\n---\nWe [won](https://w.example.org){:target="_blank"} {% include x.html %} :odd_thing:\n',
        b="---\ndate: [\n---\nBroken\n",
        c="---\npublished: false\n---\nNot yet\n",
        d="---\ninline: true\n---\n\nA simple inline announcement.\n",
        e="---\ninline: true\n---\n\n![](/assets/img/x.png)\n",
    )
    assert [(page.path, page.date, page.body) for page in profile.pages] == [
        ("news/a", None, "We [won](https://w.example.org)  :odd_thing:")
    ]
    assert problems == [
        "_news/a.md: the text held commands of templates",
        "_news/a.md: the text holds what may be emoji: :odd_thing:",
        "_news/a.md:2: the date 'nowhen' is not one",
        "_news/b.md:3:1: is not valid YAML: did not find expected node content",
        "_news/b.md: has a head that cannot be read: not taken over",
        "_news/c.md: is a draft: not taken over",
        "_news/d.md: is a sample of the template: not taken over",
        "_news/e.md: the text led to the old site: /assets/img/x.png",
        "_news/e.md: says nothing: not taken over",
    ]


def test_of_two_news_at_one_address_the_first_is_taken(old_site: Make) -> None:
    profile, problems = read(old_site, **{"a-b": "One", "a/b": "Two"})
    assert [page.body for page in profile.pages] == ["Two"]
    assert problems == ["_news/a-b.md: would be the page news/a-b, as another one"]


def test_the_news_are_there_after_an_import(old_site: Make, tmp_path: Path) -> None:
    root = old_site({**SITE, "_news/a.md": '---\ndate: 2020-01-02\n---\nWe won: "100%" #1.\n'})
    collection.collect(tmp_path / "site", [Told("old", library.read(root, None, DAY))])
    loaded = content.load(tmp_path / "site")
    assert not loaded.problems, loaded.problems.sorted()
    [page] = loaded.site.pages
    assert (page.path, page.title, page.body.strip()) == ("news/a", "We won: “100%” #1", 'We won: "100%" #1.')
