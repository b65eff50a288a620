"""Moving in from Quarto: pages that say how they are cited, lists of papers, and the page about the owner."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from quarto_site import QUARTO

from generator import folders
from generator.dates import Date
from generator.formats.profile import Profile
from generator.model import Paper, PaperAuthor

DAY = datetime.date(2026, 11, 25)
Make = Callable[[dict[str, str | bytes]], Path]


def read(root: Path) -> Profile:
    return folders.read(root, None, DAY)


def test_the_page_about_the_owner_is_the_profile(old_site: Make) -> None:
    ada = read(old_site(QUARTO)).author
    assert (ada.name, ada.role, ada.email, ada.photo) == (
        "Ada Lovelace",
        "Analyst",
        "ada@example.org",
        "images/ada.png",
    )
    assert [link.url for link in ada.links] == ["https://github.com/ada"]
    assert ada.bio == "I *weave*."


@pytest.mark.parametrize(
    ("title", "settings", "name"),
    [
        ("About me", "website: {title: Ada Lovelace}", "Ada Lovelace"),
        ("Hello there!", "website: {title: Notes on engines and looms of all kinds}", ""),
        ("Ada van der Lovelace", "{}", "Ada van der Lovelace"),
        ("Ada Lovelace, PhD", "{}", "Ada Lovelace"),
        ("The Looms Lab", "{author: Ada Lovelace}", "Ada Lovelace"),
    ],
)
def test_the_name_stands_where_a_name_stands(title: str, settings: str, name: str, old_site: Make) -> None:
    page = f"---\ntitle: {title}\nabout: {{template: jolla}}\n---\n"
    assert read(old_site({"_quarto.yml": settings, "index.qmd": page})).author.name == name


def test_the_owner_is_who_the_front_page_is_about(old_site: Make) -> None:
    about = "---\ntitle: {}\nabout: {{template: jolla}}\n---\n"
    pages = {
        "people/a/index.qmd": about.format("Ada Lovelace"),
        "people/b/index.qmd": about.format("Charles Babbage"),
        "people/c/index.qmd": about.format("Our alumni since 1843"),
        "pages/about.qmd": about.format("Ada Lovelace"),
    }
    profile = read(old_site({"_quarto.yml": "{}", **pages}))
    assert profile.author.name == "Ada Lovelace"
    assert [other.name for other in profile.others] == ["Charles Babbage"]


def test_a_site_of_many_without_an_owner_has_their_profiles(old_site: Make) -> None:
    about = "---\ntitle: {}\nabout: {{template: jolla}}\n---\n"
    pages = {"team/a.qmd": about.format("Ada Lovelace"), "team/b.qmd": about.format("Charles Babbage")}
    profile = read(old_site({"_quarto.yml": "{}", **pages}))
    assert (profile.author.name, [other.name for other in profile.others]) == ("", ["Ada Lovelace", "Charles Babbage"])


def test_a_page_says_of_its_paper_what_is_cited(old_site: Make) -> None:
    profile = read(old_site(QUARTO))
    paper = next(paper for paper in profile.papers if paper.id == "engines")
    assert paper.title == r"On \emph{Engines}: Notes"
    assert paper.authors == (
        PaperAuthor(
            name="Ada Lovelace",
            orcid="0000-0002-1825-0097",
            url="https://ada.example.org/",
            equal=True,
            corresponding=True,
        ),
        PaperAuthor(name="Johan van Babbage", equal=True),
    )
    assert (paper.date, paper.venue, paper.volume, paper.issue, paper.pages) == (
        Date(1843, 9),
        "Memoirs",
        "3",
        "2",
        "1-9",
    )
    assert (paper.doi, paper.tags, paper.tldr) == ("10.1000/engines", ("looms", "Engines"), "How engines weave.")
    assert (paper.abstract, paper.format) == ("They **weave**.", "markdown")
    assert (paper.pdf, paper.image) == ("papers/engines/engines.pdf", "papers/engines/loom.png")
    assert (paper.code, paper.website) == ("https://github.com/ada/engines", "")
    assert [(link.label, link.url) for link in paper.links] == [("Talk", "https://looms.example.org/talk")]
    assert {file.path for file in profile.files} == {paper.pdf, paper.image, "images/ada.png"}


def test_a_page_that_offers_bibtex_and_says_nothing_else_is_a_paper(old_site: Make) -> None:
    profile = read(old_site(QUARTO))
    paper = next(paper for paper in profile.papers if paper.id == "looms")
    assert (paper.title, paper.venue, paper.volume, paper.date) == ("On Looms", "Threads", "7", Date(1842))


def test_files_that_a_page_lists_hold_papers(old_site: Make) -> None:
    paper = next(paper for paper in read(old_site(QUARTO)).papers if paper.title == "Listed")
    assert paper == Paper(
        title="Listed",
        id="listed",
        authors=(PaperAuthor(name="Ada Lovelace"),),
        date=Date(1841, 2),
        doi="10.1000/listed",
        origin=paper.origin,
    )


def test_posts_and_pages_are_no_papers_though_they_can_be_cited(old_site: Make) -> None:
    root = old_site(QUARTO)
    profile = read(root)
    assert sorted(paper.title for paper in profile.papers) == ["Listed", "On Looms", r"On \emph{Engines}: Notes"]
    assert [str(problem).split("\n")[0].removeprefix(f"{root}/") for problem in profile.problems] == [
        "posts: posts: not taken over (1 file)"
    ]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2008-02-29", Date(2008, 2, 29)),
        ("5/4/2018", Date(2018, 5, 4)),
        ("2020", Date(2020)),
        ("March 5, 2022", Date(2022, 3, 5)),
        ("2022-03-05T10:00:00", Date(2022, 3, 5)),
        ("today", None),
    ],
)
def test_dates_are_read_as_quarto_reads_them(written: str, date: Date | None, old_site: Make) -> None:
    page = f"---\ntitle: T\nauthor: Ada Lovelace\ndoi: 10.1000/t\ndate: {written}\n---\n"
    profile = read(old_site({"_quarto.yml": "{}", "t.qmd": page}))
    assert profile.papers[0].date == date
    assert profile.problems == ()


def test_nothing_from_outside_of_the_site_comes_along(old_site: Make) -> None:
    page = "---\ntitle: T\nauthor: Ada Lovelace\ndoi: 10.1000/t\nimage: ../../secret.png\npdf: link.pdf\n---\n"
    root = old_site(
        {
            "_quarto.yml": "{}",
            "a/t.qmd": page,
            "a/index.qmd": "---\ntitle: Papers\nlisting: {contents: ../../papers.yml}\n---\n",
            "index.qmd": "---\ntitle: Ada Lovelace\nabout: {image: ../secret.png}\n---\n",
            "../secret.png": b"png",
            "../papers.yml": "- {title: Secret, author: [A B], doi: 10.1000/secret}\n",
        }
    )
    (root / "a/link.pdf").symlink_to("../../secret.png")
    profile = read(root)
    assert [paper.title for paper in profile.papers] == ["T"]
    assert profile.files == ()
    assert profile.author.photo == ""


def test_a_page_that_bears_the_name_of_a_folder_of_papers_is_none(old_site: Make) -> None:
    page = "---\ntitle: My research\nauthor: Ada Lovelace\n---\nI weave.\n"
    assert read(old_site({"_quarto.yml": "{}", "research.qmd": page})).papers == ()


def test_marks_beside_names_that_nothing_explains_are_told(old_site: Make) -> None:
    authors = "- Ada Lovelace*\n- {name: Charles Babbage*, equal-contributor: true}\n- Luigi Menabrea"
    page = f"---\ntitle: T\ndoi: 10.1000/t\nauthor:\n{authors}\n---\n"
    profile = read(old_site({"_quarto.yml": "{}", "t.qmd": page}))
    assert [author.name for author in profile.papers[0].authors] == [
        "Ada Lovelace",
        "Charles Babbage",
        "Luigi Menabrea",
    ]
    assert [problem.what for problem in profile.problems] == [
        "no note tells what is meant by the marks of Ada Lovelace *"
    ]


@pytest.mark.parametrize(
    ("path", "head", "before"),
    [
        ("papers/looms-2.qmd", "", ("/papers/looms-2.html",)),
        ("papers/looms-2/index.qmd", "", ()),
        ("pubs/looms-2/index.qmd", "doi: 10.1000/a\n", ("/pubs/looms-2/",)),
        (
            "papers/looms-2.qmd",
            "aliases: [/x/, old.html, ../y/]\n",
            ("/papers/looms-2.html", "/x/", "/papers/old.html", "/y/"),
        ),
    ],
)
def test_papers_are_found_where_they_were(path: str, head: str, before: tuple[str, ...], old_site: Make) -> None:
    files: dict[str, str | bytes] = {"_quarto.yml": "", path: f"---\ntitle: T\nauthor: Ada\n{head}---\n"}
    [paper] = read(old_site(files)).papers
    assert (paper.id, paper.redirect_from) == ("looms-2", before)
