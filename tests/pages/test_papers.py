"""The page of a paper and its place in lists: where the paper appeared, and what it is about."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from themed_pages import page

Site = Callable[[dict[str, str | bytes]], Path]


def said(folder: Path, kind: str, selector: str) -> str:
    """The words of an element of the first page of a kind."""
    element = BeautifulSoup(page(folder, kind), "html.parser").select_one(selector)
    return " ".join(element.text.split()) if element else ""


@pytest.mark.parametrize(
    ("written", "on_its_page", "in_the_cv"),
    [
        ("venue: Looms, volume: 12, issue: 3-4, pages: e01", "Looms 12(3–4), e01", "Looms 12(3–4), e01."),
        ("venue: Looms, volume: 12, pages: 1:1--1:20", "Looms 12, 1:1–1:20", "Looms 12, 1:1–1:20."),
        ("venue: Looms, issue: 7, type: article-journal, publisher: Press", "Looms (7)", "Looms (7)."),
        (
            "venue: Looms, pages: 7 - 9, type: paper-conference, publisher: Press",
            "Looms 7–9 Press",
            "Looms 7–9. Press.",
        ),
        ("type: book, publisher: Loom Inc.", "Loom Inc.", "Loom Inc."),
        ("pages: S1", "S1", "S1."),
        ("venue: Looms", "Looms", "Looms."),
        ("doi: 10.1000/x", "", "https://doi.org/10.1000/x"),
    ],
)
def test_a_paper_says_where_it_appeared(written: str, on_its_page: str, in_the_cv: str, site: Site) -> None:
    files: dict[str, str | bytes] = {"content/papers/p.yaml": f"{{title: T, {written}}}\n"}
    assert said(site(files), "paper", ".published") == on_its_page
    assert said(site(files), "cv", ".cv-year li") == f"T. {in_the_cv}"


@pytest.mark.parametrize(("theme", "shown"), [("folio", "Looms"), ("plain", "Looms 12(3), 7–9"), ("lab", "Looms")])
def test_lists_say_it_in_whole_where_they_are_rows(theme: str, shown: str, site: Site) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": f"theme: {theme}\n",
        "content/papers/p.yaml": "{title: T, venue: Looms, volume: 12, issue: 3, pages: 7-9}\n",
    }
    assert said(site(files), "profile", ".papers .published") == shown


@pytest.mark.parametrize("theme", ["base", "folio", "plain", "lab"])
@pytest.mark.parametrize(
    ("abstracts", "written", "shown"),
    [
        ("full", "abstract: Long., tldr: Short.", "Long."),
        ("full", "tldr: Short.", "Short."),
        ("folded", "tldr: Short.", "Short."),
        ("none", "tldr: Short.", ""),
    ],
)
def test_lists_show_the_abstract_or_the_sentence_that_stands_for_it(
    theme: str, abstracts: str, written: str, shown: str, site: Site
) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": f"theme: {theme}\ntheme_options: {{abstracts: {abstracts}}}\n",
        "content/papers/p.yaml": f"{{title: T, {written}}}\n",
    }
    assert said(site(files), "profile", ".papers .p-summary") == shown


@pytest.mark.parametrize(
    ("theme", "options", "shown"),
    [("base", "{}", 1), ("folio", "{}", 1), ("lab", "{}", 1), ("folio", "{thumbnails: false}", 0), ("plain", "{}", 0)],
)
def test_lists_show_the_pictures_of_papers_small(theme: str, options: str, shown: int, site: Site) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": f"theme: {theme}\ntheme_options: {options}\n",
        "content/papers/p.yaml": "- {title: T, image: p.png}\n- title: U\n",
        "content/files/p.png": b"",
    }
    pictures = BeautifulSoup(page(site(files)), "html.parser").select(".papers img")
    assert [(picture["src"], picture["alt"], picture["loading"]) for picture in pictures] == shown * [
        ("p.png", "", "lazy")
    ]
