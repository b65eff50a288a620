"""Saved profile texts are read, whole and damaged."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.dates import Date
from generator.errors import ImportFailed
from generator.formats import profile_text
from generator.formats.profile import Profile
from generator.formats.readers import READERS
from generator.model import Metric, Paper

SAVED = datetime.date(2026, 11, 23)
TEXT = """Ada Lovelace

LG
h-index41
133papers
3,360citations
Novelty53%
AI Score60

133 Papers

AIAug 7, 2023Code
Weaving Algebraic Patterns with $O(n)$ Cards

Charles Babbage, Ada Lovelace, Luigi Menabrea et al.

We are 10\\% faster: \\emph{far} better than 5%.

The second paragraph.

DCJun 1
On Engines

Ada Lovelace, Charles Babbage

Engines weave.

cs.LGNov 24Code
Notes on Notes

Ada Lovelace et al.

Notes.

cond-mat.stat-mechFeb 29
Of Leap Days

Ada Lovelace

Leaps.
"""


def read(text: str) -> Profile:
    return profile_text.read(text, "saved.txt", SAVED)


def without(text: str, *lines: str) -> str:
    kept = [line for line in text.split("\n") if line not in lines]
    assert len(kept) < len(text.split("\n"))
    return "\n".join(kept)


def by_title(profile: Profile) -> dict[str, Paper]:
    return {paper.title: paper for paper in profile.papers}


def told(profile: Profile) -> list[str]:
    return [str(problem).split("\n")[0] for problem in profile.problems]


def test_the_head_tells_name_category_and_five_figures() -> None:
    author = read(TEXT).author
    taken = Date(2026, 11, 23)
    assert (author.name, author.category) == ("Ada Lovelace", "LG")
    assert author.metrics == {
        "h_index": Metric(value="41", as_of=taken),
        "papers": Metric(value="133", as_of=taken),
        "citations": Metric(value="3,360", as_of=taken),
        "novelty": Metric(value="53%", as_of=taken),
        "ai_score": Metric(value="60", as_of=taken),
    }


@pytest.mark.parametrize(
    "head",
    [
        "LG\nAda Lovelace\nh-index41\n133papers\n3,360citations\nNovelty53%\nAI Score60\n",
        "h-index41\n133papers\n3,360citations\nNovelty53%\nAI Score60\nAda Lovelace\nLG\n",
        "Ada Lovelace\nAI Score60\nNovelty53%\n3,360citations\nLG\n133papers\nh-index41\n",
    ],
)
def test_the_head_may_be_in_any_order(head: str) -> None:
    profile = read(head + TEXT[TEXT.index("\n133 Papers") :])
    assert profile.author == read(TEXT).author
    assert profile.papers == read(TEXT).papers
    assert told(profile) == []


def test_a_paper_has_all_its_parts() -> None:
    paper = read(TEXT).papers[0]
    assert (paper.category, paper.date, paper.code) == ("AI", Date(2023, 8, 7), True)
    assert paper.title == "Weaving Algebraic Patterns with $O(n)$ Cards"
    assert paper.id == "weaving-algebraic-patterns-with-o-n"
    assert [author.name for author in paper.authors] == ["Charles Babbage", "Ada Lovelace", "Luigi Menabrea"]
    assert paper.et_al
    assert paper.abstract == "We are 10\\% faster: \\emph{far} better than 5%.\n\nThe second paragraph."
    assert paper.format == "latex"


def test_every_paper_is_read_without_a_problem() -> None:
    profile = read(TEXT)
    assert [paper.title for paper in profile.papers][1:] == ["On Engines", "Notes on Notes", "Of Leap Days"]
    assert [paper.et_al for paper in profile.papers] == [True, False, True, False]
    assert [bool(paper.code) for paper in profile.papers] == [True, False, True, False]
    assert told(profile) == []


def test_a_date_without_a_year_is_in_the_newest_year_that_is_not_in_the_future() -> None:
    dates = {paper.title: paper.date for paper in read(TEXT).papers}
    assert dates["On Engines"] == Date(2026, 6, 1)
    assert dates["Notes on Notes"] == Date(2025, 11, 24)
    assert dates["Of Leap Days"] == Date(2024, 2, 29)


def test_category_codes_may_have_dots_and_hyphens() -> None:
    assert [paper.category for paper in read(TEXT).papers] == ["AI", "DC", "cs.LG", "cond-mat.stat-mech"]


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        TEXT.replace("\n", "  \t\n"),
        TEXT.replace("Ada Lovelace", "Ada\u00a0Lovelace").replace("AI Score60", "AI\u00a0Score\u00a060"),
        TEXT.replace("Aug 7, 2023Code", " Aug\u00a07, 2023 Code"),
        "\n\n" + TEXT + "\n\n",
        "\n".join(line for line in TEXT.split("\n") if line),
        TEXT.replace("2023Code\n", "2023Code\n\n"),
    ],
    ids=["windows", "bom", "trailing", "nbsp", "spaced", "blank around", "no blank lines", "blank after mark"],
)
def test_blanks_and_line_ends_do_not_matter(changed: str) -> None:
    assert read(changed) == read(TEXT)


def test_a_paper_may_lack_its_abstract_or_its_authors() -> None:
    papers = by_title(read(without(TEXT, "Engines weave.", "Ada Lovelace et al.")))
    assert papers["On Engines"].abstract == ""
    assert len(papers["On Engines"].authors) == 2
    assert papers["Notes on Notes"].authors == ()
    assert papers["Notes on Notes"].abstract == "Notes."


def test_categories_of_quantitative_fields_are_read() -> None:
    profile = read(TEXT.replace("LG\nh-index", "q-bio.NC\nh-index").replace("DCJun 1\n", "q-fin.STJun 1\n"))
    assert profile.author.category == "q-bio.NC"
    assert (by_title(profile)["On Engines"].category, by_title(profile)["On Engines"].date) == (
        "q-fin.ST",
        Date(2026, 6, 1),
    )
    assert told(profile) == []


def test_a_paper_may_lack_its_category() -> None:
    profile = read(TEXT.replace("DCJun 1\n", "Jun 1, 2023Code\n"))
    paper = by_title(profile)["On Engines"]
    assert (paper.category, paper.date, paper.code) == ("", Date(2023, 6, 1), True)
    assert told(profile) == []


def test_a_paper_may_lack_its_date() -> None:
    profile = read(TEXT.replace("DCJun 1\n", "DC\n"))
    assert (by_title(profile)["On Engines"].category, by_title(profile)["On Engines"].date) == ("DC", None)
    assert told(profile) == []


def test_an_impossible_date_is_reported_and_the_paper_kept() -> None:
    profile = read(TEXT.replace("DCJun 1\n", "DCJun 31, 2023\n"))
    assert by_title(profile)["On Engines"].date is None
    assert told(profile) == ["saved.txt:21: the date in 'DCJun 31, 2023' has no day 31: Jun 2023 has 30 days"]


def test_a_damaged_first_line_is_reported_and_the_rest_read() -> None:
    profile = read(TEXT.replace("AIAug 7, 2023Code\n", "AIAug 7, 20\n"))
    assert told(profile) == ["saved.txt:12: the date in 'AIAug 7, 20' cannot be read"]
    assert len(profile.papers) == 4
    assert profile.papers[0].category == "AI"


def test_a_lost_first_line_is_reported_and_the_rest_read() -> None:
    profile = read(without(TEXT, "DCJun 1"))
    assert told(profile) == ["saved.txt:21: a paper begins here without its line of category and date: 'On Engines'"]
    papers = by_title(profile)
    assert papers["Weaving Algebraic Patterns with $O(n)$ Cards"].abstract.endswith("The second paragraph.")
    assert (papers["On Engines"].category, papers["On Engines"].date) == ("", None)
    assert papers["Notes on Notes"].category == "cs.LG"


def test_a_text_that_ends_after_a_first_line_is_reported() -> None:
    profile = read(TEXT[: TEXT.index("Of Leap Days")])
    assert told(profile) == ["saved.txt:35: no title follows 'cond-mat.stat-mechFeb 29'"]
    assert len(profile.papers) == 3


def test_a_text_without_its_beginning_is_reported() -> None:
    profile = read(TEXT[TEXT.index("h-index") :])
    assert profile.author.name == ""
    assert told(profile) == ["saved.txt:1: the name of the author is missing"]
    assert len(profile.papers) == 4


def test_what_is_not_understood_in_the_head_is_reported() -> None:
    profile = read(TEXT.replace("133 Papers\n", "133 Papers\nSort by year\n"))
    assert told(profile) == ["saved.txt:11: 'Sort by year' is not understood"]
    assert len(profile.papers) == 4
    profile = read(TEXT.replace("Ada Lovelace\n", "Ada Lovelace\nUniversity of London\n", 1))
    assert (profile.author.name, profile.author.category) == ("Ada Lovelace", "LG")
    assert told(profile) == ["saved.txt:2: 'University of London' is not understood"]


def test_a_date_within_a_text_begins_no_paper() -> None:
    profile = read(TEXT.replace("Engines weave.", "Engines weave since\nAug 7, 2023\nand on."))
    assert by_title(profile)["On Engines"].abstract == "Engines weave since\n\nAug 7, 2023\n\nand on."
    assert len(profile.papers) == 4


def test_control_characters_are_reported_and_left_out() -> None:
    profile = read(TEXT.replace("Engines weave.", "Engines\x00 weave."))
    assert by_title(profile)["On Engines"].abstract == "Engines weave."
    assert told(profile) == ["saved.txt:26: the line holds the control character U+0000"]


def test_a_paper_listed_twice_is_imported_once_and_a_namesake_is_another() -> None:
    again = "\nAIAug 7, 2023\nOn Engines\n\nAda Lovelace, Charles Babbage\n"
    other = "\nAIAug 8, 2023\nOn Engines\n\nAlan Turing, Alonzo Church\n"
    profile = read(TEXT + again + other)
    assert [paper.id for paper in profile.papers][-2:] == ["of-leap-days", "on-engines-2"]
    assert told(profile) == ["saved.txt: 'On Engines' is listed twice"]


@pytest.mark.parametrize(
    "text", ["", "\n", "Just words.\nMore words.", "@article{x, title = {y}}", "{}", "LGMay 24\nTitle\n"]
)
def test_what_is_no_profile_is_refused(text: str) -> None:
    assert not profile_text.looks_like(text)
    with pytest.raises(ImportFailed, match=r"saved\.txt is not the saved text of a profile page"):
        read(text)


def test_a_profile_without_papers_is_one() -> None:
    profile = read(TEXT[: TEXT.index("AIAug")])
    assert profile.papers == ()
    assert told(profile) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ludwig van Beethoven, J. S. Bach", ["Ludwig van Beethoven", "J. S. Bach"]),
        ("Sammy Davis, Jr., Ada Lovelace", ["Sammy Davis Jr.", "Ada Lovelace"]),
        ("The ATLAS Collaboration", ["The ATLAS Collaboration"]),
        ("Đặng Văn, 郭松, O'Neil Mc-Donald et al.", ["Đặng Văn", "郭松", "O'Neil Mc-Donald"]),
        ("Madonna", ["Madonna"]),
    ],
)
def test_lists_of_authors_are_told_from_abstracts(line: str, names: list[str]) -> None:
    papers = by_title(read(TEXT.replace("Ada Lovelace, Charles Babbage", line)))
    assert [author.name for author in papers["On Engines"].authors] == names
    assert papers["On Engines"].abstract == "Engines weave."


@pytest.mark.parametrize(
    "abstract",
    [
        "Federated learning is slow.",
        "We study: A, B, C.",
        "Short",
        "See https://x.org, Table 2",
        "learning, weaving, engines",
    ],
)
def test_an_abstract_is_not_taken_for_authors(abstract: str) -> None:
    text = TEXT.replace("Ada Lovelace, Charles Babbage\n\nEngines weave.", abstract)
    assert by_title(read(text))["On Engines"].abstract == abstract


def test_the_reader_is_listed() -> None:
    [reader] = [reader for reader in READERS if reader.kind == "profile-text"]
    assert ".txt" in reader.endings
    assert reader.looks_like(TEXT)
    assert reader.read(TEXT, "saved.txt", SAVED) == read(TEXT)


@given(st.integers(0, len(TEXT)), st.integers(0, 200))
@settings(max_examples=200)
def test_any_hole_in_the_text_leaves_papers_with_titles_and_own_ids(start: int, length: int) -> None:
    text = TEXT[:start] + TEXT[start + length :]
    try:
        profile = read(text)
    except ImportFailed:
        return
    assert all(paper.title and paper.id for paper in profile.papers)
    assert len({paper.id for paper in profile.papers}) == len(profile.papers)
    assert all(problem.place.file == "saved.txt" for problem in profile.problems)


@given(st.text(max_size=300))
@settings(max_examples=100)
def test_any_text_is_read_or_refused(noise: str) -> None:
    read(TEXT + noise)
    if not profile_text.looks_like(noise):
        with pytest.raises(ImportFailed):
            read(noise)
