"""Which records are one paper; what only looks alike is asked."""

from itertools import permutations

import msgspec
import pytest
from telling import NOBODY, record, told

from generator import merge, same_papers
from generator.dates import Date
from generator.formats.profile import Profile
from generator.merge import Known, Told
from generator.model import Paper, PaperAuthor


def count(*papers: Paper) -> int:
    return len(merge.together(told(*papers)).papers)


@pytest.mark.parametrize(
    ("one", "other", "papers"),
    [
        (record("openalex:W1", doi="10.1234/A"), record("doi:10.1234/a", "Else", doi="10.1234/a"), 1),
        (record("openalex:W1", arxiv="2301.00001"), record("arxiv:2301.00001", "Else", arxiv="2301.00001"), 1),
        (record("openalex:W1", pmid="123"), record("papers.nbib", "Else", pmid="123"), 1),
        (record("openalex:W1"), record("s2:1", "On \\emph{Analytical} Engines."), 1),
        (record("openalex:W1", "Über Maschinen heute"), record("s2:1", "Uber maschinen: heute"), 1),
        (record("openalex:W1"), record("s2:1", date=Date(2024, 2)), 1),
        (record("openalex:W1"), record("s2:1", date=Date(2029)), 2),
        (record("openalex:W1"), record("s2:1", authors=(PaperAuthor(name="Charles Babbage"),)), 2),
        (
            record("openalex:W1"),
            record("s2:1", authors=(PaperAuthor(name="Ada Lovelace"), PaperAuthor(name="Bo Li"))),
            1,
        ),
        (record("openalex:W1", doi="10.1234/a"), record("s2:1", doi="10.1234/b"), 2),
        (record("openalex:W1", doi="10.1234/a"), record("s2:1", doi="10.48550/arxiv.1", date=Date(2020)), 1),
        (record("openalex:W1", doi="10.1234/a"), record("s2:1", doi="10.1101/2020.05.25.110965"), 1),
        (record("openalex:W1", doi="10.1234/a"), record("s2:1", doi="10.64898/2026.01.01.123456"), 1),
        (record("openalex:W1", doi="10.1234/a"), record("s2:1", doi="10.1101/gr.275777.121"), 2),
        (record("openalex:W1", arxiv="2301.00001"), record("s2:1", arxiv="2301.00002"), 2),
        (record("openalex:W1", "Editorial"), record("s2:1", "Editorial"), 2),
        (record("openalex:W1", "Engines, part 1"), record("s2:1", "Engines, part 2"), 2),
    ],
)
def test_what_is_one_paper(one: Paper, other: Paper, papers: int) -> None:
    assert count(one, other) == count(other, one) == papers


@pytest.mark.parametrize(
    ("title", "alike"),
    [
        ("On analytical engines", "On analytical engines: a survey"),
        ("The analytical engine of 1843 explained", "The analytical engines of 1843 explained"),
    ],
)
def test_what_looks_alike_is_a_question(title: str, alike: str) -> None:
    one, other = record("openalex:W1", title), record("s2:1", alike)
    found = merge.together(told(one, other))
    assert (len(found.papers), len(found.questions)) == (2, 1)
    assert len(merge.together(told(one, other), decide=lambda first, second: True).papers) == 1
    refused = merge.together(told(one, other), decide=lambda first, second: False)
    assert (len(refused.papers), refused.questions) == (2, ())


def test_a_record_that_two_papers_could_be_joins_neither_by_chance() -> None:
    papers = [
        record("openalex:W1", doi="10.1234/a"),
        record("openalex:W2", doi="10.1234/b"),
        record("s2:1"),
    ]
    for order in permutations(papers):
        found = merge.together(told(*order))
        assert (len(found.papers), len(found.questions)) == (3, 3)


def test_a_record_stays_with_its_paper_though_another_one_has_the_same_doi() -> None:
    preprint = record("", id="preprint", arxiv="2301.00001", doi="10.1234/a")
    published = record("", id="published", doi="10.1234/a")
    known = [
        Known(preprint, frozenset({"arxiv:2301.00001", "doi:10.1234/a"})),
        Known(published, frozenset({"openalex:W1", "doi:10.1234/a"})),
    ]
    [found] = merge.together(told(record("openalex:W1", doi="10.1234/a")), known).papers
    assert found.known == "published"


def test_a_record_of_the_same_year_joins_that_paper() -> None:
    papers = [
        record("openalex:W1", doi="10.1234/a"),
        record("openalex:W2", doi="10.1234/b", date=Date(2024)),
        record("s2:1", date=Date(2024), citations=5),
    ]
    for order in permutations(papers):
        found = {one.paper.doi: one.paper.citations for one in merge.together(told(*order)).papers}
        assert found == {"10.1234/a": None, "10.1234/b": 5}


def test_papers_of_the_content_are_never_joined() -> None:
    known = [Known(record("", id="one")), Known(record("", id="two"))]
    found = merge.together(told(record("openalex:W1")), known)
    assert len(found.papers) == 1
    again = merge.together(told(record("openalex:W1")), [known[0], Known(known[1].paper, frozenset({"openalex:W1"}))])
    assert [one.known for one in again.papers] == ["two"]


def test_a_paper_of_the_content_is_known_by_its_doi_however_that_is_written() -> None:
    known = [Known(record("", "Engines", id="mine", doi="10.1234/ABC"))]
    [found] = merge.together(told(record("openalex:W1", "On something", doi="10.1234/abc")), known).papers
    assert found.known == "mine"


def test_entries_of_one_file_are_not_joined() -> None:
    papers = (record("papers.bib", id="a"), record("papers.bib", id="b"))
    found = merge.together([Told("papers.bib", Profile(NOBODY, papers))])
    assert (len(found.papers), found.questions) == (2, ())


def test_a_preprint_and_its_publication_in_one_file_are_a_question() -> None:
    preprint = record("papers.bib", id="a", arxiv="2301.00001", date=Date(2022))
    published = record("papers.bib", id="b", doi="10.1234/a", venue="Engines")
    listed = [Told("papers.bib", Profile(NOBODY, (preprint, published)))]
    found = merge.together(listed)
    assert (len(found.papers), len(found.questions)) == (2, 1)
    [one] = merge.together(listed, decide=lambda first, second: True).papers
    assert (one.paper.doi, one.paper.arxiv, [version.arxiv for version in one.paper.versions]) == (
        "10.1234/a",
        "2301.00001",
        ["2301.00001"],
    )
    known = Known(msgspec.structs.replace(one.paper, id="b"), frozenset(one.records))
    again = merge.together(listed, [known])
    assert ([paper.known for paper in again.papers], again.questions) == (["b"], ())
    both = [Known(preprint), Known(published)]
    again = merge.together(listed, both)
    assert ([paper.known for paper in again.papers], again.questions) == (["a", "b"], ())


def test_a_paper_that_crossref_and_pubmed_both_know_is_a_question_in_one_file() -> None:
    by_doi = record("papers.bib", id="a", doi="10.1234/a")
    by_number = record("papers.bib", id="b", pmid="123")
    assert len(merge.together([Told("papers.bib", Profile(NOBODY, (by_doi, by_number)))]).questions) == 1
    [one] = merge.together([Told("papers.bib", Profile(NOBODY, (by_doi, by_number)))], decide=lambda *_: True).papers
    known = Known(msgspec.structs.replace(one.paper, id="a"), frozenset(one.records))
    again = merge.together([Told("papers.bib", Profile(NOBODY, (by_doi, by_number)))], [known])
    assert ([paper.known for paper in again.papers], again.questions) == (["a"], ())
    both = msgspec.structs.replace(by_number, doi="10.1234/b")
    assert merge.together([Told("papers.bib", Profile(NOBODY, (by_doi, both)))]).questions == ()


def test_titles_are_compared_only_where_nothing_else_tells_the_papers_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []
    monkeypatch.setattr(same_papers, "_are_alike", lambda one, other: compared.append((one, other)))
    listed = [record("list.csv", f"Engines of the {letter}{letter} kind") for letter in "abcdefgh"]
    merge.together([Told("list.csv", Profile(NOBODY, tuple(listed)))])
    assert compared == [], "who lists two papers in one file has two"
    merge.together(told(record("openalex:W1", listed[0].title), record("s2:1", listed[1].title)))
    assert len(compared) == 1


def test_few_of_many_short_titles_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[tuple[int, int]] = []
    near = same_papers._Joined._near
    monkeypatch.setattr(
        same_papers._Joined, "_near", lambda self, *pair: looked_at.append(pair[:2]) or near(self, *pair)
    )
    papers = [record(f"openalex:W{n}", f"Engines of kind {n:03}", date=Date(1900 + n // 2)) for n in range(200)]
    merge.together(told(*papers))
    assert len(looked_at) <= 5 * len(papers), "what years lie between is not looked at"
