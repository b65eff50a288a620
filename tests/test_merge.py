"""What several sources tell as one author and one list, whatever the order in which they are asked."""

from itertools import permutations
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import NOBODY, record, told

from generator import merge
from generator.dates import Date
from generator.errors import ImportFailed, Place, Problem
from generator.formats.profile import Profile
from generator.merge import Known, Told
from generator.model import Affiliation, Author, Link, Metric, Paper, PaperAuthor, Version
from generator.same_papers import SERVICES


def test_the_published_version_counts_and_the_preprint_is_listed() -> None:
    preprint = record("arxiv:2301.00001", arxiv="2301.00001", date=Date(2022, 12, 1), category="cs.AI")
    published = record("openalex:W1", doi="10.1234/a", venue="Engines", citations=3)
    [one] = merge.together(told(preprint, published)).papers
    assert (one.paper.date, one.paper.category, one.paper.venue) == (Date(2023), "cs.AI", "Engines")
    assert [(version.arxiv, version.date) for version in one.paper.versions] == [("2301.00001", Date(2022, 12, 1))]
    assert (one.sources["category"], one.sources["citations"]) == ("arxiv", "openalex")
    assert one.records == ("arxiv:2301.00001", "doi:10.1234/a", "openalex:W1")


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ("title authors date venue doi type", "zotero crossref arxiv dblp openalex orcid semantic_scholar"),
        ("abstract", "zotero arxiv crossref semantic_scholar openalex dblp orcid"),
        ("citations", "openalex semantic_scholar crossref zotero arxiv dblp orcid"),
        ("category categories", "arxiv zotero crossref dblp openalex orcid semantic_scholar"),
        ("name aliases links", "orcid dblp openalex zotero crossref arxiv semantic_scholar"),
        ("affiliations", "orcid openalex zotero crossref arxiv dblp semantic_scholar"),
        ("metrics", "openalex zotero crossref arxiv dblp orcid semantic_scholar"),
    ],
)
def test_whose_word_counts_first_depends_on_the_key(keys: str, first: str) -> None:
    order = ["papers.bib", *first.split()]
    assert {*order[1:]} == {*SERVICES}
    preprints = [f"{source} preprint" for source in order]
    mixed = [*reversed(preprints), *reversed(order)]
    for key in keys.split():
        assert sorted(mixed, key=lambda source: merge.rank(key, source)) == order + preprints


def test_some_values_are_those_of_both_forms_of_a_paper() -> None:
    """An abstract on arXiv counts before another one though the paper has appeared since; a venue does not."""
    said = {
        "abstract": "One",
        "category": "cs.AI",
        "categories": ("cs.AI",),
        "code": True,
        "venue": "arXiv",
        "note": "x",
    }
    preprint = record("arxiv:2301.00001", arxiv="2301.00001", date=Date(2022), **said)
    published = record("openalex:W1", doi="10.1234/a", venue="Engines", abstract="Two", citations=3)
    [one] = merge.together(told(preprint, published)).papers
    assert (one.paper.abstract, one.paper.venue, one.paper.note) == ("One", "Engines", "x")
    assert one.sources == {
        **dict.fromkeys(("abstract", "category", "categories", "code", "arxiv"), "arxiv"),
        **dict.fromkeys(("title", "authors", "date", "doi", "venue", "citations"), "openalex"),
        "note": "arxiv preprint",
        "versions": "arxiv",
    }


def test_links_and_extra_facts_of_all_are_put_together() -> None:
    """Of two for one address or name the one counts whose word counts for the title."""
    one = record(
        "dblp:a", doi="10.1234/a", links=(Link(url="https://a.example/", label="A"),), extra={"pages": "1", "x": "y"}
    )
    other = record(
        "doi:10.1234/a",
        doi="10.1234/a",
        links=(Link(url="https://b.example/"), Link(url="https://a.example/", label="B")),
        extra={"pages": "1-9"},
    )
    [found] = merge.together(told(one, other)).papers
    assert [link.url for link in found.paper.links] == ["https://b.example/", "https://a.example/"]
    assert found.paper.extra == {"pages": "1-9", "x": "y"}
    assert (found.sources["links"], found.sources["extra"]) == ("crossref", "crossref")
    [found] = merge.together(told(one, record("doi:10.1234/a", doi="10.1234/a"))).papers
    assert (found.paper.links, found.paper.extra) == (one.links, one.extra)
    assert (found.sources["links"], found.sources["extra"]) == ("dblp", "dblp")


def test_of_a_date_the_most_precise_form_is_kept_but_not_that_of_a_preprint() -> None:
    preprint = record("arxiv:2301.00001", arxiv="2301.00001", date=Date(2023, 1, 5))
    published = record("openalex:W1", doi="10.1234/a", date=Date(2023))
    [one] = merge.together(told(preprint, published)).papers
    assert one.paper.date == Date(2023)
    more = record("s2:1", doi="10.1234/a", date=Date(2023, 4)), record("dblp:a", doi="10.1234/a", date=None)
    for order in permutations((preprint, published, *more)):
        [one] = merge.together(told(*order)).papers
        assert (one.paper.date, one.sources["date"]) == (Date(2023, 4), "openalex")


def versions(paper: Paper) -> list[tuple[str, str, str, Date | None]]:
    return [(version.label, version.arxiv, version.doi, version.date) for version in paper.versions]


def test_a_preprint_is_listed_once_by_its_identifier() -> None:
    named = record("openalex:W1", doi="10.48550/arXiv.2301.00001", arxiv="2301.00001", date=Date(2022))
    again = record("arxiv:2301.00001", arxiv="2301.00001", date=Date(2022, 12))
    other = record("s2:1", doi="10.31234/osf.io/a", date=Date(2021))
    published = record("doi:10.1234/a", doi="10.1234/a", date=Date(2023))
    for order in permutations((named, again, other, published)):
        [one] = merge.together(told(*order)).papers
        assert sorted(versions(one.paper)) == [
            ("Preprint", "", "10.31234/osf.io/a", Date(2021)),
            ("Preprint", "2301.00001", "", Date(2022, 12)),
        ]


def test_what_appeared_on_the_day_of_its_preprint_or_is_one_has_no_other_form() -> None:
    preprint = record("arxiv:2301.00001", arxiv="2301.00001", date=Date(2023))
    [one] = merge.together(told(preprint, record("doi:10.1234/a", doi="10.1234/a", date=Date(2023)))).papers
    assert one.paper.versions == ()
    [one] = merge.together(told(preprint, record("s2:1", arxiv="2301.00001", date=Date(2022)))).papers
    assert one.paper.versions == ()
    said = (Version(label="Talk", date=Date(2022)),)
    [one] = merge.together(told(record("arxiv:2301.00001", arxiv="2301.00001", versions=said))).papers
    assert (one.paper.versions, one.sources["versions"]) == (said, "arxiv")


def test_the_preprint_of_a_paper_of_the_content_is_listed_and_what_appeared_of_its_preprint_too() -> None:
    preprint = record("arxiv:2301.00001", arxiv="2301.00001", date=Date(2022))
    published = record("doi:10.1234/a", doi="10.1234/a", date=Date(2023))
    for known, new, source in ((published, preprint, "arxiv"), (preprint, published, "")):
        [one] = merge.together(told(new), [Known(msgspec.structs.replace(known, id="engine"))]).papers
        assert one.known == "engine"
        assert versions(one.paper) == [("Preprint", "2301.00001", "", Date(2022))]
        assert one.sources["versions"] == source
    [one] = merge.together(told(msgspec.structs.replace(preprint, date=Date(2023))), [Known(published)]).papers
    assert one.paper.versions == ()
    # of a paper that is published its source says the date
    again = told(preprint, msgspec.structs.replace(published, date=Date(2022)))
    [one] = merge.together(again, [Known(msgspec.structs.replace(published, date=Date(2023)))]).papers
    assert one.paper.versions == ()


def test_records_and_problems_of_all_sources_are_counted_and_told() -> None:
    doubt = Problem(Place("a.bib", 1), "is odd")
    file = Told("a.bib", Profile(NOBODY, (record("a.bib"),), (doubt,)))
    found = merge.together([file, *told(record("s2:1"))], [Known(record("", "Notes on it", id="notes"))])
    assert (found.read, found.problems, len(found.papers)) == (2, (doubt,), 1)
    [one] = found.papers
    assert (one.paper.id, one.paper.origin.file, one.known) == ("x", "a.bib", "")


def test_a_person_is_told_by_whoever_counts_first_and_completed_by_the_others() -> None:
    def person(source: str, name: str, *aliases: str, **more: Any) -> Told:
        return Told(source, Profile(Author(name=name, aliases=aliases, **more), ()))

    links = Link(url="https://a.example/"), Link(url="https://b.example/"), Link(url="https://c.example/")
    people = [
        person(
            "openalex:A1",
            "A. Lovelace",
            links=links[1:],
            metrics={"h_index": Metric(value=2), "papers": Metric(value=9)},
        ),
        person("dblp:1", "Ada Lovelace 0001", "Ada Byron", affiliations=(Affiliation(name="London"),)),
        person("orcid:1", "Ada Lovelace", "A. A. Lovelace", "Ada King", links=links[:2], interests=("looms",)),
        person("s2:1", "", metrics={"h_index": Metric(value=3), "citations": Metric(value=4)}),
        Told("papers.bib", Profile(NOBODY, ())),
    ]
    for order in permutations(people):
        author, sources = merge.person(order)
        assert (author.name, author.interests) == ("Ada Lovelace", ("looms",))
        assert [place.name for place in author.affiliations] == ["London"]
        assert author.aliases == ("A. A. Lovelace", "Ada King", "Ada Lovelace 0001", "Ada Byron")
        assert author.links == links
        assert {key: metric.value for key, metric in author.metrics.items()} == {
            "h_index": 2,
            "papers": 9,
            "citations": 4,
        }
        assert sources == {
            **dict.fromkeys(("name", "interests", "aliases", "links"), "orcid"),
            "affiliations": "dblp",
            "metrics": "openalex",
        }
    assert merge.person([person("papers.bib", "Ada")])[1] == {"name": "papers.bib"}
    assert merge.person(people[-1:]) == (NOBODY, {})


def test_sources_with_one_orcid_id_are_one_person_however_it_is_written() -> None:
    addresses = ("https://orcid.org/0000-0002-1694-233X", "http://orcid.org/0000-0002-1694-233x/")
    people = [
        Told(
            f"openalex:A{number}",
            Profile(Author(name="Ada", links=(Link(url=address), Link(url="https://x.org/"))), ()),
        )
        for number, address in enumerate(addresses)
    ]
    assert merge.person(people)[0].name == "Ada"


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


def test_nothing_is_taken_from_another_person_or_another_list_of_authors() -> None:
    ada, charles = (PaperAuthor(name=name, orcid="") for name in ("Ada Lovelace", "Charles Babbage"))
    orcid, other = "0000-0002-1825-0097", "0000-0001-5109-3700"
    known = msgspec.structs.replace(ada, orcid=orcid)
    assert merge.completed((ada, charles), (charles, known)) == (ada, charles)
    assert merge.completed((ada,), (known, charles)) == (ada,)
    assert merge.completed((known,), (msgspec.structs.replace(ada, orcid=other),)) == (known,)
    assert merge.completed((ada,), (msgspec.structs.replace(ada, family="Byron"),)) == (ada,)
    assert merge.completed((ada,), (known,)) == (known,)


def test_a_family_name_that_is_told_in_two_ways_holds_for_nobody() -> None:
    name = "Ana María Silva"
    known = [
        Known(record("", title, id=title, authors=(PaperAuthor(name=name, family=family),)))
        for title, family in (("Notes on it", "Silva"), ("A third thing altogether", "María Silva"))
    ]
    [found] = merge.together(told(record("s2:1", authors=(PaperAuthor(name=name),))), known).papers
    assert [author.family for author in found.paper.authors] == [""]


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
    said = record("", format="markdown", note="x", profiles=("ada",))
    [one] = merge.together([Told("site", Profile(Author(name=""), (said,))), *told(service)]).papers
    assert (one.paper.abstract, one.paper.format) == ("One, at length", "latex")
    assert (one.paper.note, one.paper.profiles) == ("x", ("ada",))


def test_two_people_are_refused() -> None:
    people = [
        Told(source, Profile(Author(name="Ada Lovelace", links=(Link(url=f"https://orcid.org/{orcid}"),)), ()))
        for source, orcid in (("openalex:A1", "0000-0002-1825-0097"), ("orcid:x", "0000-0001-5109-3700"))
    ]
    with pytest.raises(ImportFailed, match="two people") as caught:
        merge.together(people)
    assert caught.value.message == (
        "orcid:x and openalex:A1 are two people: 0000-0001-5109-3700 and 0000-0002-1825-0097"
    )
    assert caught.value.hint == "import them one after the other"


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
