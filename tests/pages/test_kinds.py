"""Lists in groups by type: their headings, and the way to each, in every theme."""

import re
from pathlib import Path
from typing import get_args

import pytest
from bs4 import BeautifulSoup
from site_builds import THEMES, soup

from generator.build import Options, build
from generator.check.report import check
from generator.model import PaperType
from generator.pages import kinds

FILES = {
    "site.yaml": "group_by: type\nper_page: 3\n",
    "authors/ada.yaml": "name: Ada Lovelace\n",
    "papers/p.yaml": "- {title: Looms, venue: Journal of Looms, date: 2019}\n- {title: Cards, date: 2023}\n"
    "- {title: Engine, date: 2021, selected: true}\n- {title: Notes, type: thesis, date: 2015}\n- {title: Flight, status: submitted}\n",
}


def built(folder: Path, theme: str) -> Path:
    for name, text in FILES.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + (f"theme: {theme}\n" if name == "site.yaml" else ""), encoding="utf-8")
    return build(folder, Options()).output


def rows(page: BeautifulSoup) -> list[str]:
    """Headings with their numbers, and titles."""
    return [" ".join(row.get_text().split()) for row in page.select(".all .papers > .group, .all .papers .p-name")]


def test_every_type_of_paper_has_a_group() -> None:
    assert set(kinds.GROUPS) == set(get_args(PaperType))


@pytest.mark.parametrize("theme", THEMES)
def test_groups_have_headings_that_go_on_and_links_that_lead_to_them(tmp_path: Path, theme: str) -> None:
    output = built(tmp_path, theme)
    first, second = (soup((output / name).read_text(encoding="utf-8")) for name in ("index.html", "page/2/index.html"))
    preprints = "Preprints and manuscripts 3"
    assert rows(first) == ["Journal articles 1", "Looms", preprints, "Flight", "Cards"]
    assert rows(second) == [preprints, "Engine", "Theses 1", "Notes"]
    for page, addresses in (
        (first, ["#journal", "#preprint", "page/2/#thesis"]),
        (second, ["../../#journal", "../../#preprint", "#thesis"]),
    ):
        links = page.select(".all nav.showing a")
        assert [link["href"] for link in links] == addresses
        assert [link.get_text() for link in links] == ["Journal articles", "Preprints and manuscripts", "Theses"]
        levels = {heading.name for heading in page.select(".all .papers > .group")}
        assert levels == {"h3"}
        assert {title.parent.name for title in page.select(".all .papers .p-name") if title.parent} == {"h4"}
    # what the filters go by
    types = {card["data-paper"]: card["data-type"] for page in (first, second) for card in page.select(".all .paper")}
    assert types == {
        "looms": "article-journal",
        "flight": "article",
        "cards": "article",
        "engine": "article",
        "notes": "thesis",
    }
    # a choice of papers, and a list of one kind, need no way to it
    assert not first.select(".selected .group")
    thesis = soup((output / "years/2015/index.html").read_text(encoding="utf-8"))
    assert [heading.get_text() for heading in thesis.select(".group")] == ["Theses 1"]
    assert not thesis.select("nav.showing")
    assert check(tmp_path).errors == ()


def test_the_filter_names_every_type_in_the_language_of_the_site(tmp_path: Path) -> None:
    types = get_args(PaperType)
    papers = "".join(f"- {{title: P {at}, type: {name}}}\n" for at, name in enumerate(types))
    for name, text in {
        "site.yaml": "language: ja\n",
        "authors/ada.yaml": "name: Ada Lovelace\n",
        "papers/p.yaml": papers,
    }.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    page = (build(tmp_path, Options()).output / "index.html").read_text(encoding="utf-8")
    labels = dict(re.findall(r'name="type" value="([^"]+)">([^<]+)', page))
    assert set(labels) == set(types)
    assert not [label for label in labels.values() if label.isascii()]
