"""Which records are one paper, whatever the order in which sources are asked."""

from itertools import permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import merge
from generator.dates import Date
from generator.errors import ImportFailed
from generator.formats.profile import Profile
from generator.merge import Known, Told
from generator.model import Author, Link, Origin, Paper, PaperAuthor

NOBODY = Author(name="")


def record(name: str, title: str = "On analytical engines", **more: object) -> Paper:
    values = {"authors": (PaperAuthor(name="Ada Lovelace"),), "date": Date(2023), "id": "x", **more}
    return Paper(title=title, origin=Origin(name, 0, 1), **values)  # type: ignore[arg-type]


def told(*papers: Paper) -> list[Told]:
    """Each paper from a source of its own, named by what the service calls it."""
    return [Told(paper.origin.file, Profile(NOBODY, (paper,))) for paper in papers]


def count(*papers: Paper) -> int:
    return len(merge.together(told(*papers)).papers)


@pytest.mark.parametrize(
    ("one", "other", "papers"),
    [
        (record("openalex:W1", doi="10.1234/A"), record("doi:10.1234/a", "Else", doi="10.1234/a"), 1),
        (record("openalex:W1", arxiv="2301.00001"), record("arxiv:2301.00001", "Else", arxiv="2301.00001"), 1),
        (record("openalex:W1"), record("s2:1", "On \\emph{Analytical} Engines."), 1),
        (record("openalex:W1", "Über Maschinen heute"), record("s2:1", "Uber maschinen: heute"), 1),
        (record("openalex:W1"), record("s2:1", date=Date(2024, 2)), 1),
        (record("openalex:W1"), record("s2:1", date=Date(2029)), 2),
        (record("openalex:W1"), record("s2:1", authors=(PaperAuthor(name="Charles Babbage"),)), 2),
        (record("openalex:W1", doi="10.1234/a"), record("s2:1", doi="10.1234/b"), 2),
        (record("openalex:W1", doi="10.1234/a"), record("s2:1", doi="10.48550/arxiv.1", date=Date(2020)), 1),
        (record("openalex:W1", arxiv="2301.00001"), record("s2:1", arxiv="2301.00002"), 2),
        (record("openalex:W1", "Editorial"), record("s2:1", "Editorial"), 2),
        (record("openalex:W1", "Engines, part 1"), record("s2:1", "Engines, part 2"), 2),
    ],
)
def test_what_is_one_paper(one: Paper, other: Paper, papers: int) -> None:
    assert count(one, other) == count(other, one) == papers


def test_what_looks_alike_is_a_question() -> None:
    one, other = record("openalex:W1"), record("s2:1", "On analytical engines: a survey")
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


def test_the_published_version_counts_and_the_preprint_is_listed() -> None:
    preprint = record("arxiv:2301.00001", arxiv="2301.00001", date=Date(2022, 12, 1), category="cs.AI")
    published = record("openalex:W1", doi="10.1234/a", venue="Engines", citations=3)
    [one] = merge.together(told(preprint, published)).papers
    assert (one.paper.date, one.paper.category, one.paper.venue) == (Date(2023), "cs.AI", "Engines")
    assert [(version.arxiv, version.date) for version in one.paper.versions] == [("2301.00001", Date(2022, 12, 1))]
    assert (one.sources["category"], one.sources["citations"]) == ("arxiv", "openalex")
    assert one.records == ("arxiv:2301.00001", "doi:10.1234/a", "openalex:W1")


def test_papers_of_the_content_are_never_joined() -> None:
    known = [Known(record("", id="one")), Known(record("", id="two"))]
    found = merge.together(told(record("openalex:W1")), known)
    assert len(found.papers) == 1
    again = merge.together(told(record("openalex:W1")), [known[0], Known(known[1].paper, frozenset({"openalex:W1"}))])
    assert [one.known for one in again.papers] == ["two"]


def test_entries_of_one_file_are_not_joined() -> None:
    papers = (record("papers.bib", id="a"), record("papers.bib", id="b"))
    assert len(merge.together([Told("papers.bib", Profile(NOBODY, papers))]).papers) == 2


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


def test_orcid_ids_are_taken_from_whoever_has_them() -> None:
    orcid = "0000-0002-1825-0097"
    one = record("dblp:rec/a", authors=(PaperAuthor(name="Ada Lovelace"), PaperAuthor(name="Charles Babbage")))
    other = record("s2:1", authors=(PaperAuthor(name="A. Lovelace", orcid=orcid), PaperAuthor(name="C. Babbage")))
    [found] = merge.together(told(one, other)).papers
    assert [(name.name, name.orcid) for name in found.paper.authors] == [
        ("Ada Lovelace", orcid),
        ("Charles Babbage", ""),
    ]


def test_family_names_are_taken_from_whoever_tells_them() -> None:
    one = record("doi:10.1234/a", doi="10.1234/a", authors=(PaperAuthor(name="Gabriel García Márquez"),))
    named = PaperAuthor(name="Gabriel García Márquez", family="García Márquez")
    [found] = merge.together(told(one, record("s2:1", doi="10.1234/a", authors=(named,)))).papers
    assert found.paper.authors == (named,)


def test_two_people_are_refused() -> None:
    people = [
        Told(source, Profile(Author(name="Ada Lovelace", links=(Link(url=f"https://orcid.org/{orcid}"),)), ()))
        for source, orcid in (("openalex:A1", "0000-0002-1825-0097"), ("orcid:x", "0000-0001-5109-3700"))
    ]
    with pytest.raises(ImportFailed, match="two people"):
        merge.together(people)


records = st.builds(
    lambda source, number, title, doi, arxiv, year: record(
        f"{source}:{number}", title, doi=doi, arxiv=arxiv, date=Date(year) if year else None
    ),
    st.sampled_from(["openalex", "s2", "crossref", "dblp", "arxiv"]),
    st.integers(1, 3),
    st.sampled_from(["On analytical engines", "On analytical engines now", "Notes", "A third thing altogether"]),
    st.sampled_from(["", "", "10.1234/a", "10.1234/b", "10.48550/arxiv.1"]),
    st.sampled_from(["", "", "2301.00001", "2301.00002"]),
    st.sampled_from([0, 2020, 2021, 2023]),
)


@given(st.lists(records, max_size=7, unique_by=lambda paper: paper.origin.file), st.randoms())
@settings(max_examples=60)
def test_the_order_of_the_sources_does_not_matter_and_no_paper_is_lost(papers: list[Paper], chance: object) -> None:
    first = merge.together(told(*papers))
    shuffled = papers[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    second = merge.together(told(*shuffled))
    groups = sorted(one.records for one in first.papers)
    assert groups == sorted(one.records for one in second.papers)
    asked = {paper.origin.file for paper in papers}
    assert sorted(name for names in groups for name in names if name in asked) == sorted(asked)
    assert sorted(repr(one.paper) for one in first.papers) == sorted(repr(one.paper) for one in second.papers)


@given(st.lists(records, max_size=7, unique_by=lambda paper: paper.origin.file))
@settings(max_examples=40)
def test_merging_what_was_merged_finds_every_paper_again(papers: list[Paper]) -> None:
    first = merge.together(told(*papers)).papers
    known = [
        Known(
            Paper(**{**{f: getattr(one.paper, f) for f in Paper.__struct_fields__}, "id": str(n)}),
            frozenset(one.records),
        )
        for n, one in enumerate(first)
    ]
    again = merge.together(told(*papers), known)
    assert {one.known for one in again.papers} == {one.paper.id for one in known}
    assert "" not in {one.known for one in again.papers}
