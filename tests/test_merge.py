"""What several sources tell as one author and one list, whatever the order in which they are asked."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import record, told

from generator import merge
from generator.dates import Date
from generator.errors import ImportFailed
from generator.formats.profile import Profile
from generator.merge import Known, Told
from generator.model import Author, Link, Paper, PaperAuthor


def test_the_published_version_counts_and_the_preprint_is_listed() -> None:
    preprint = record("arxiv:2301.00001", arxiv="2301.00001", date=Date(2022, 12, 1), category="cs.AI")
    published = record("openalex:W1", doi="10.1234/a", venue="Engines", citations=3)
    [one] = merge.together(told(preprint, published)).papers
    assert (one.paper.date, one.paper.category, one.paper.venue) == (Date(2023), "cs.AI", "Engines")
    assert [(version.arxiv, version.date) for version in one.paper.versions] == [("2301.00001", Date(2022, 12, 1))]
    assert (one.sources["category"], one.sources["citations"]) == ("arxiv", "openalex")
    assert one.records == ("arxiv:2301.00001", "doi:10.1234/a", "openalex:W1")


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
    others = (PaperAuthor(name="Gabriel García Márquez"), PaperAuthor(name="Ada Lovelace"))
    both = merge.together(told(record("s2:1", authors=(named,)), record("dblp:rec/b", "Notes on it", authors=others)))
    assert both.papers[1].paper.authors == (named, others[1])


def test_a_family_name_that_the_content_tells_holds_for_new_papers() -> None:
    """Of a paper that no source tells of this time; what a record says itself stays."""
    name = "Gabriel García Márquez"
    known = Known(record("", "Notes on it", authors=(PaperAuthor(name=name, family="García Márquez"),)))
    new = record("s2:1", authors=(PaperAuthor(name=name), PaperAuthor(name="Ada Lovelace", family="Love Lace")))
    [found] = merge.together(told(new), [known]).papers
    assert [author.family for author in found.paper.authors] == ["García Márquez", "Love Lace"]


def test_the_registry_counts_first_and_each_value_tells_who_said_it() -> None:
    cut = record("doi:10.1234/a", "On Analytical Engines", doi="10.1234/a", date=Date(2023, 5), et_al=True)
    others = record("openalex:W1", doi="10.1234/a", date=Date(2023, 5, 7)), record("s2:1", date=Date(2023, 6, 1))
    for order in permutations((cut, *others)):
        [one] = merge.together(told(*order)).papers
        assert (one.paper.title, one.paper.date, one.paper.et_al) == ("On Analytical Engines", Date(2023, 5, 7), True)
        assert one.sources == {
            "title": "crossref",
            "date": "crossref",
            "doi": "crossref",
            "authors": "crossref",
            "et_al": "crossref",
        }


def test_an_abstract_is_read_as_whoever_says_it_wrote_it() -> None:
    file = Told("site", Profile(Author(name=""), (record("", doi="10.1234/a", abstract="*One*", format="markdown"),)))
    service = record("openalex:W1", doi="10.1234/a", abstract="One, at length", venue="Engines")
    [one] = merge.together([file, *told(service)]).papers
    assert (one.paper.abstract, one.paper.format, one.paper.venue) == ("*One*", "markdown", "Engines")
    [one] = merge.together(
        [Told("site", Profile(Author(name=""), (record("", format="markdown"),))), *told(service)]
    ).papers
    assert (one.paper.abstract, one.paper.format) == ("One, at length", "latex")


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
