"""The CV: what the author file says, and all papers by type and year."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from page_digests import made_again
from themed_pages import page

from generator.model import Paper
from generator.output import Page
from generator.pages import cv
from generator.pages.catalog import Catalog
from generator.views import CvData

Make = Callable[[dict[str, str | bytes]], Catalog]
A = "content/authors/ada.yaml"
P = "content/papers/p.yaml"


def data(catalog: Catalog) -> CvData:
    (page,) = cv.outputs(catalog)
    assert isinstance(page.make().data, CvData)
    return page.make().data


def test_papers_stand_by_type_and_year_and_are_numbered_through(catalog: Make) -> None:
    made = catalog(
        {
            P: "- {title: Pre, date: 2024}\n- {title: Old, date: 2019, venue: Nature}\n"
            "- {title: New, date: 2023-05, venue: Science}\n- {title: Newer, date: 2023-07, venue: Science}\n"
            "- {title: Coming, status: submitted, venue: Science}\n- {title: Talk, type: speech, date: 2020}\n"
            "- {title: Undated, venue: Nature}\n- {title: Accepted, status: accepted, date: 2023-06, venue: Nature}\n"
            "- {title: Meeting, date: 2024, venue: Proceedings of Looms}\n"
        }
    )
    shown = [
        (group.kind, year.year, year.first, [paper.title_text for paper in year.papers])
        for group in data(made).groups
        for year in group.years
    ]
    assert shown == [
        ("journal", "", 1, ["Coming"]),
        ("journal", "2023", 2, ["Newer", "Accepted", "New"]),
        ("journal", "2019", 5, ["Old"]),
        ("journal", "", 6, ["Undated"]),
        ("conference", "2024", 7, ["Meeting"]),
        ("preprint", "2024", 8, ["Pre"]),
        ("talk", "2020", 9, ["Talk"]),
    ]


def test_papers_to_come_and_those_without_a_date_have_headings_of_their_own(
    site: Callable[[dict[str, str | bytes]], Path],
) -> None:
    papers = "- {title: A}\n- {title: B, status: accepted}\n- {title: C, date: 2023}\n"
    assert re.findall("<h3>(.*?)</h3>", page(site({P: papers}), "cv")) == ["Forthcoming", "2023", "No date"]


def test_positions_degrees_and_awards_are_shown_as_they_are_written(catalog: Make) -> None:
    made = catalog(
        {
            A: "name: Ada Lovelace\npositions:\n- {title: Professor, institution: Engine Lab, start: 2019-10}\n"
            "- Countess\neducation: [{degree: PhD, organization: Looms, end: 2014, note: On cards}]\n"
            "awards: [Medal, {title: Prize, awarder: Society, date: 2023}]\n"
        }
    )
    found = data(made)
    professor, countess = found.positions
    assert (professor.title, professor.organization, professor.start and professor.start.iso) == (
        "Professor",
        "Engine Lab",
        "2019-10",
    )
    assert (countess.title, countess.organization, countess.start, countess.end) == ("Countess", "", None, None)
    assert [(entry.title, entry.note, entry.end and entry.end.year) for entry in found.education] == [
        ("PhD", "<p>On cards</p>", "2014")
    ]
    assert [(award.title, award.organization, award.date and award.date.iso) for award in found.awards] == [
        ("Medal", "", None),
        ("Prize", "Society", "2023"),
    ]
    assert found.groups == ()


def test_notes_are_markdown_and_start_from_the_address_of_the_cv(catalog: Make) -> None:
    said = 'note: "Wrote *programs*:\\n\\n- [one](../papers/)\\n- $n^2$"'
    made = catalog(
        {
            A: f"name: Ada Lovelace\npositions:\n- title: Analyst\n  {said}\nawards: [{{title: Medal, note: For *On Cards*}}]\n"
            "sections: {Talks: [{title: Looms, note: '[x](/x/)'}, Engines]}\n"
        }
    )
    found = data(made)
    assert found.positions[0].note.startswith("<p>Wrote <em>programs</em>:</p>\n<ul>\n<li><a href=")
    assert "<math>" in found.positions[0].note
    assert found.awards[0].note == "<p>For <em>On Cards</em></p>"
    assert found.sections[0].entries[1].note == ""
    assert [(keys, targets) for _, keys, targets in made.viewer.targets] == [
        (("positions", 0, "note"), ("/papers/",)),
        (("sections", "Talks", 0, "note"), ("/x/",)),
    ]


def test_further_parts_stand_in_their_order_under_their_headings(catalog: Make) -> None:
    said = (
        "Teaching:\n  - {title: Looms, start: 2015, end: 2019}\n  Talks: {title: Engines, date: 2024-05}\n  Empty: []\n"
    )
    found = data(catalog({A: f"name: Ada Lovelace\nsections:\n  {said}"}))
    assert [
        (section.heading, [(entry.title, entry.end and entry.end.iso) for entry in section.entries])
        for section in found.sections
    ] == [("Teaching", [("Looms", "2019")]), ("Talks", [("Engines", "2024-05")])]


@pytest.mark.parametrize(
    ("file", "written", "changed"),
    [
        (A, "name: Ada Lovelace\nawards: [Prize]\n", True),
        (A, "# Ada\nname: Ada Lovelace\nawards: [Medal]\n", False),
        (P, "- {title: T, date: 2020}\n- {title: U, date: 2019}\n", True),
        (P, "# all\n- {title: T, date: 2020}\n", False),
    ],
)
def test_it_is_made_again_when_it_says_something_else(catalog: Make, file: str, written: str, changed: bool) -> None:
    files: dict[str, str | bytes] = {
        A: "name: Ada Lovelace\nawards: [Medal]\n",
        P: "- {title: T, date: 2020}\n",
    }
    before, after = catalog(files), catalog({**files, file: written})
    assert made_again(cv.outputs(before), cv.outputs(after)) == ["/cv/"] * changed


@pytest.mark.parametrize("said", ["", "sections: {Teaching: []}"])
def test_without_papers_and_entries_there_is_no_cv(said: str, catalog: Make) -> None:
    assert list(cv.outputs(catalog({A: f"name: Ada Lovelace\n{said}\n"}))) == []


@pytest.mark.parametrize(
    "said", ["positions: [Professor]", "education: [PhD]", "awards: [Medal]", "sections: {Teaching: [Looms]}"]
)
def test_each_part_alone_makes_a_cv(said: str, catalog: Make) -> None:
    made = catalog({A: f"name: Ada Lovelace\n{said}\n"})
    assert [page.address for page in cv.outputs(made)] == ["/cv/"]
    assert cv.exists(made, made.profiles[0])


def test_a_page_of_the_site_s_own_takes_the_place(catalog: Make) -> None:
    made = catalog({P: "title: T\nauthors: [Ada Lovelace]\n", "content/pages/cv.md": "---\ntitle: Mine\n---\n"})
    assert list(cv.outputs(made)) == []
    assert cv.exists(made, made.profiles[0])
    empty = catalog({"content/pages/cv.md": "---\ntitle: Mine\n---\n"})
    assert cv.exists(empty, empty.profiles[0])


@pytest.mark.parametrize(("several", "address"), [(False, "/cv/"), (True, "/authors/ada/cv/")])
def test_its_address_lies_below_the_profile(several: bool, address: str, catalog: Make) -> None:
    more = {"content/authors/hedy.yaml": "name: Hedy Lamarr\n"} if several else {}
    made = catalog({A: "name: Ada Lovelace\nawards: Medal\n", **more})
    found: list[Page] = list(cv.outputs(made))
    assert [page.address for page in found] == [address]
    page = found[0].make().page
    assert page.crumbs[-1].address == address
    assert (page.kind, page.title, page.og_type) == ("cv", "CV of Ada Lovelace", "profile")
    assert page.description == "CV of Ada Lovelace, with all papers by type and year"


def test_the_papers_of_many_people_are_looked_at_once_and_not_for_each_of_them(catalog: Make) -> None:
    made = catalog(
        {
            **{f"content/authors/p{number}.yaml": f"name: Person {chr(65 + number)}\n" for number in range(20)},
            P: "".join(f"- {{title: T{number}, authors: [Person {chr(65 + number)}]}}\n" for number in range(20)),
        }
    )

    class Counted(dict[str, Paper]):
        asked = 0

        def __getitem__(self, key: str) -> Paper:
            self.asked += 1
            return super().__getitem__(key)

    made.records = counted = Counted(made.records)
    assert len(list(cv.outputs(made))) == 20
    assert counted.asked <= 40


def test_the_papers_of_one_of_several_people_stand_newest_first_whatever_the_order_of_the_site(catalog: Make) -> None:
    papers = "- {title: Old, date: 2019}\n- {title: New, date: 2023}\n"
    made = catalog(
        {
            A: "name: Ada Lovelace\n",
            "content/authors/b.yaml": "name: Bo\n",
            "content/site.yaml": "order: title\n",
            P: papers.replace("}", ", authors: [Ada Lovelace]}"),
        }
    )
    (page,) = cv.outputs(made)
    shown = page.make().data
    assert isinstance(shown, CvData)
    assert [paper.title_text for group in shown.groups for year in group.years for paper in year.papers] == [
        "New",
        "Old",
    ]
