"""The page of a paper and its place in lists: where the paper appeared, and what it is about."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from page_digests import made_again
from themed_pages import page

from generator.output import Page
from generator.pages import papers
from generator.pages.catalog import Catalog
from generator.text import Html
from generator.views import PaperData, ReferenceView

Site = Callable[[dict[str, str | bytes]], Path]
Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"
PAPERS = "".join(
    f"- {{id: p{n}, title: {word}, date: {2025 - n}{', tags: [x]' * (n in (0, 3))}}}\n"
    for n, word in enumerate(("Loom", "Card", "Engine", "Thread", "Wheel"))
)


def pages(catalog: Catalog) -> list[Page]:
    return [output for output in papers.outputs(catalog) if isinstance(output, Page)]


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        (PAPERS.replace("Thread", "Yarn"), [0, 2, 3, 4]),
        (PAPERS.replace("Thread", "Thread, tldr: Thin"), [3]),
        (PAPERS.replace("Wheel", "Wheel, tags: [x]"), [0, 3, 4]),
    ],
)
def test_the_page_of_a_paper_is_made_again_when_a_neighbour_or_a_related_paper_is_another(
    catalog: Make, written: str, changed: list[int]
) -> None:
    addresses = [f"/papers/p{number}/" for number in changed]
    assert made_again(pages(catalog({P: PAPERS})), pages(catalog({P: written}))) == addresses


def test_the_page_of_a_paper_is_made_again_when_its_references_are_others(catalog: Make) -> None:
    made = catalog({P: PAPERS})
    reference = ReferenceView(style="APA", html=Html("Loom (2025)."))
    cited = Catalog(made.site, {}, made.words, references={"p1": (reference,)})
    assert made_again(pages(made), pages(cited)) == ["/papers/p1/"]


def test_the_page_of_a_paper_says_what_it_is(catalog: Make) -> None:
    text = "title: \\emph{A} loom\nauthors: [Ada Lovelace]\ndate: 2023-05\nabstract: We weave.\n"
    (paper,) = pages(catalog({"content/site.yaml": "title: Lab\nurl: https://lab.example/\n", P: text}))
    page = paper.make().page
    assert (page.kind, page.title, page.description) == ("paper", "A loom", "We weave.")
    assert (page.canonical, page.og_type, page.published) == (
        "https://lab.example/papers/a-loom/",
        "article",
        "2023-05",
    )
    assert [crumb.label for crumb in page.crumbs] == ["Lab", "A loom"]


@pytest.mark.parametrize(
    ("exports", "downloads"), [("[bib, ris]", ["BibTeX", "RIS"]), ("[csl]", ["CSL-JSON"]), ("[]", [])]
)
def test_the_page_of_a_paper_has_what_the_site_exports(catalog: Make, exports: str, downloads: list[str]) -> None:
    (paper,) = pages(catalog({"content/site.yaml": f"exports: {exports}\n", P: "title: A loom\n"}))
    data = paper.make().data
    assert isinstance(data, PaperData)
    assert [link.label for link in data.downloads] == downloads
    assert data.bibtex.startswith("@misc{") == ("bib" in exports)


def test_the_page_of_a_paper_leads_to_its_neighbours_and_to_related_papers(catalog: Make) -> None:
    data = pages(catalog({P: PAPERS}))[3].make().data
    assert isinstance(data, PaperData)
    assert [(other.title, other.address, other.year) for other in data.related] == [("Loom", "/papers/p0/", "2025")]
    assert data.previous
    assert data.next
    assert [(near.label, near.address) for near in (data.previous, data.next)] == [
        ("Engine", "/papers/p2/"),
        ("Wheel", "/papers/p4/"),
    ]


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
