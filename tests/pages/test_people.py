"""Large groups: the names of all on a page of their own, to which the front page leads."""

from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

from generator.build import Options, build
from generator.pages import people
from generator.pages.catalog import MOST_PEOPLE, Catalog
from generator.views import IndexData, IndexEntry

Make = Callable[[dict[str, str | bytes]], Catalog]


def group(count: int) -> dict[str, str | bytes]:
    """A site of so many authors, the first of whom has a paper."""
    names = ["Élise Zola", "Bo Ek", *(f"Ada {chr(0x61 + n % 26)}{chr(0x61 + n // 26)}x" for n in range(count - 2))]
    authors = {f"content/authors/a{n}.yaml": f"name: {name}\n" for n, name in enumerate(names)}
    return {**authors, "content/papers/p.yaml": "- {title: T, authors: [Élise Zola]}\n"}


def test_a_group_whose_front_page_shows_everybody_has_no_page_of_names(catalog: Make) -> None:
    assert list(people.outputs(catalog(group(MOST_PEOPLE)))) == []


def test_the_names_of_a_large_group_stand_below_their_letters(catalog: Make) -> None:
    (page,) = people.outputs(catalog(group(MOST_PEOPLE + 1)))
    data = page.make().data
    assert isinstance(data, IndexData)
    letters = [letter.name for letter in data.groups]
    assert letters == sorted(set(letters))
    last = data.groups[-1]
    assert (last.name, last.anchor) == ("Z", "letter-z")
    assert [entry for entry in last.entries if entry.count] == [
        IndexEntry(label="Élise Zola", name="", address="/authors/a0/", count=1, hue=-1)
    ]
    assert page.make().page.description == f"Papers: {MOST_PEOPLE + 1} authors, 1 paper"
    assert sum(len(letter.entries) for letter in data.groups) == MOST_PEOPLE + 1


def test_a_family_name_that_is_told_gives_the_letter(catalog: Make) -> None:
    ana = "name: Ana Íñigo Zola\nfamily: Íñigo Zola\n"
    (page,) = people.outputs(catalog({**group(MOST_PEOPLE), "content/authors/ana.yaml": ana}))
    data = page.make().data
    assert isinstance(data, IndexData)
    assert [group.name for group in data.groups if "Ana Íñigo Zola" in [entry.label for entry in group.entries]] == [
        "I"
    ]


def test_a_name_without_letters_stands_below_none(catalog: Make) -> None:
    (page,) = people.outputs(catalog({**group(MOST_PEOPLE), "content/authors/signs.yaml": "name: '***'\n"}))
    data = page.make().data
    assert isinstance(data, IndexData)
    found = data.groups[0]
    assert (found.name, found.anchor, [entry.label for entry in found.entries]) == ("", "", ["***"])


def test_a_page_of_the_site_may_stand_in_its_place(catalog: Make) -> None:
    own: dict[str, str | bytes] = {"content/pages/authors.md": "---\ntitle: Who we are\n---\nMany.\n"}
    assert list(people.outputs(catalog({**group(MOST_PEOPLE + 1), **own}))) == []


def test_the_front_page_the_navigation_and_the_profiles_lead_to_it(tmp_path: Path) -> None:
    for name, text in group(MOST_PEOPLE + 1).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(text), encoding="utf-8")
    output = build(tmp_path, Options()).output

    def links(page: str, within: str) -> list[tuple[str, str]]:
        soup = BeautifulSoup((output / page).read_bytes(), "html.parser")
        return [(str(link["href"]), link.get_text(strip=True)) for link in soup.select(f"{within} a")]

    assert ("authors/", "Authors") in links("index.html", ".site-header")
    assert ("authors/", f"{MOST_PEOPLE + 1} authors") in links("index.html", "main")
    assert ("../../authors/", "Authors") in links("authors/a0/index.html", ".crumbs")
    names = [name for _, name in links("authors/index.html", ".index")]
    assert len(names) == MOST_PEOPLE + 1
    soup = BeautifulSoup((output / "authors/index.html").read_bytes(), "html.parser")
    letters = links("authors/index.html", "nav.together")
    assert [letter for _, letter in letters] == [heading.get_text() for heading in soup.select("main h2")]
    assert [address for address, _ in letters] == [f"#{heading['id']}" for heading in soup.select("main h2")]
