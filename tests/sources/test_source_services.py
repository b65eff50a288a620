"""What the services answer becomes papers: the traps of each, on small answers of our own."""

import datetime
import json
import random
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from online import (
    ARXIV_ENTRY,
    ORCID,
    ORCID_ANSWERS,
    S2_AUTHOR,
    Asked,
    arxiv_feed,
    everything,
    openalex_work,
    s2_paper,
)

from generator.dates import Date
from generator.errors import ImportFailed
from generator.formats.profile import Profile
from generator.model import Award, Paper, Position
from generator.sources import mathml
from generator.sources.identifiers import Get, NotThere, find

TODAY = datetime.date(2026, 11, 25)


def asking(answers: Any, kind: str) -> Get:
    """A ``get`` that answers from a function, without a network."""

    def get(path: str, parameters: Mapping[str, str], /) -> Any:
        said = answers(Asked(f"/{kind}/{path}".replace("%2F", "/"), dict(parameters), {}))
        if said is None:
            raise NotThere(path)
        return ElementTree.fromstring(said) if kind in ("arxiv", "dblp") else json.loads(json.dumps(said))

    return get


def read(text: str, answers: Any = everything) -> Profile:
    source = find(text)
    assert source is not None
    return source.service.read(source.identifier, asking(answers, source.service.kind), TODAY)


def titled(profile: Profile, title: str) -> Paper:
    (found,) = [paper for paper in profile.papers if paper.title == title]
    return found


def names(paper: Paper) -> list[str]:
    return [author.name for author in paper.authors]


def test_arxiv_gives_texts_without_its_line_breaks_and_identifiers_without_version() -> None:
    profile = read("arxiv:lovelace_a_1")
    assert profile.author.name == "Ada Lovelace"
    paper = titled(profile, "Weaving algebra")
    assert (paper.arxiv, paper.doi, paper.date) == ("2301.00002", "10.1234/weaving", Date(2023, 1, 2))
    assert paper.abstract.startswith("We weave algebra in two lines, $O(n)$, 5% faster.")
    assert (paper.category, paper.categories) == ("cs.LG", ("math.HO",))
    assert paper.code == "https://github.com/ada/weaving"
    assert paper.extra == {"comment": "12 pages"}
    assert titled(profile, "A loom for $\\mathbb{R}^n$").authors


def test_arxiv_pages_through_a_search() -> None:
    def answers(asked: Asked) -> str:
        start, size = int(asked.parameters["start"]), int(asked.parameters["max_results"])
        numbers = range(start, min(start + size, 250))
        return arxiv_feed([ARXIV_ENTRY.format(id=f"2301.{n:05}", title=f"Part {n}", more="") for n in numbers], 250)

    profile = read("arxiv:au:Lovelace_A", answers)
    assert len({paper.arxiv for paper in profile.papers}) == 250
    assert profile.problems == ()


def test_arxiv_is_asked_otherwise_after_an_empty_page_and_what_lacks_is_told() -> None:
    sizes: list[str] = []

    def answers(asked: Asked) -> str:
        sizes.append(asked.parameters["max_results"])
        entries = [ARXIV_ENTRY.format(id="2301.00001", title="One", more="")]
        return arxiv_feed(entries if asked.parameters["start"] == "0" else [], 2)

    profile = read("arxiv:au:Lovelace_A", answers)
    assert len(profile.papers) == 1
    assert len(set(sizes)) > 2
    assert "gave 1 of 2 papers" in profile.problems[0].what


def test_an_identifier_that_arxiv_does_not_know_is_told() -> None:
    with pytest.raises(ImportFailed, match=r"no paper for 2301\.99999"):
        read("arxiv:2301.99999", lambda asked: arxiv_feed([]))
    error = "<entry><id>https://arxiv.org/api/errors#x</id><summary>incorrect id format</summary></entry>"
    with pytest.raises(ImportFailed, match="incorrect id format"):
        read("arxiv:2301.99999", lambda asked: arxiv_feed([error]))


def test_orcid_gives_a_person_and_of_each_work_what_the_person_prefers() -> None:
    profile = read(f"orcid:{ORCID}")
    author = profile.author
    assert (author.name, author.aliases, author.bio) == ("Ada Lovelace", ("Augusta Ada King",), "Writes notes.")
    assert [link.url for link in author.links] == [f"https://orcid.org/{ORCID}", "https://ada.example.org"]
    assert [place.name for place in author.affiliations] == ["Analytical Society"]
    assert (author.positions[0].title, author.positions[0].start) == ("Analyst", Date(2019, 9))
    engines = titled(profile, "On engines")
    assert (engines.doi, engines.date, engines.abstract) == (
        "10.1234/engines",
        Date(2023, 5),
        "On engines, in ORCID's words.",
    )
    assert [(name.name, name.orcid) for name in engines.authors] == [("Ada Lovelace", ORCID)]
    assert titled(profile, "A lecture").doi == ""
    assert len(profile.papers) == 2


def test_orcid_gives_all_kinds_of_affiliations() -> None:
    ada = read(f"orcid:{ORCID}").author
    society: dict[str, Any] = {"organization": "Society of Engines", "start": Date(2021)}
    assert [entry.title for entry in ada.positions] == ["Analyst", "Guest"]
    assert ada.education == (Position(title="Licence to weave", **society),)
    assert ada.awards == (Award(title="Medal", organization="Society of Engines", date=Date(2021)),)
    assert ada.sections == {
        "Memberships": (Position(title="Fellow", **society),),
        "Service": (Position(title="Treasurer", **society),),
    }


def test_orcid_without_affiliations_gives_the_rest() -> None:
    known = {path: said for path, said in ORCID_ANSWERS.items() if "person" in path or "works" in path}
    profile = read(f"orcid:{ORCID}", lambda asked: known.get(asked.path))
    assert (profile.author.positions, profile.author.sections, len(profile.papers)) == ((), {}, 2)


def test_orcid_without_the_whole_works_gives_their_summaries() -> None:
    profile = read(f"orcid:{ORCID}", lambda asked: None if "/works/" in asked.path else ORCID_ANSWERS.get(asked.path))
    assert titled(profile, "On engines").authors == ()


@pytest.mark.parametrize(("doi", "website"), [("", "https://x.org/notes"), ("10.1234/notes", "")])
def test_orcid_tells_where_a_work_without_doi_is_found(doi: str, website: str) -> None:
    external = {"external-id-type": "doi", "external-id-relationship": "self", "external-id-value": doi}
    work = {
        "put-code": 1,
        "title": {"title": {"value": "Notes"}},
        "url": {"value": "https://x.org/notes"},
        "external-ids": {"external-id": [external]},
    }

    def answers(asked: Asked) -> dict[str, object]:
        return {"group": [{"work-summary": [work]}]} if asked.path.endswith("/works") else {"name": {}}

    [paper] = read(f"orcid:{ORCID}", answers).papers
    assert (paper.doi, paper.website) == (doi, website)


def test_openalex_gives_figures_with_source_and_day() -> None:
    author = read("openalex:A1").author
    figures = {key: (metric.value, metric.source, metric.as_of) for key, metric in author.metrics.items()}
    day = Date(2026, 11, 25)
    assert figures == {
        "h_index": ("12", "OpenAlex", day),
        "i10_index": ("15", "OpenAlex", day),
        "citations": ("1234", "OpenAlex", day),
    }
    assert author.citations_by_year.years == {2023: 30, 2024: 40}
    assert author.aliases == ()


def test_openalex_turns_its_index_into_the_abstract() -> None:
    paper = titled(read("openalex:A1"), "On engines")
    assert paper.abstract == "On engines and other engines"
    assert (paper.doi, paper.citations, paper.pages, paper.venue) == (
        "10.1234/ENGINES",
        7,
        "1-20",
        "Journal of Engines",
    )
    assert paper.authors[0].orcid == ORCID


def test_openalex_knows_preprints_and_retractions() -> None:
    profile = read("openalex:A1")
    preprint = next(paper for paper in profile.papers if paper.arxiv)
    assert (preprint.arxiv, preprint.doi, preprint.venue) == ("2301.00002", "", "")
    assert titled(profile, "Bernoulli numbers").retracted is True


@pytest.mark.parametrize(
    ("source", "place"), [("openalex:W1", "best_oa_location.pdf_url"), (f"s2:{'0a' * 20}", "openAccessPdf.url")]
)
@pytest.mark.parametrize(
    ("address", "pdf"), [("https://x.org/a.pdf", "https://x.org/a.pdf"), ("https://arxiv.org/pdf/2301.00001", "")]
)
def test_a_free_pdf_is_named_but_that_of_arxiv_which_its_identifier_tells(
    source: str, place: str, address: str, pdf: str
) -> None:
    outer, inner = place.split(".")
    [paper] = read(source, lambda asked: {"title": "T", outer: {inner: address}}).papers
    assert paper.pdf == pdf


def test_openalex_is_asked_for_the_whole_list_of_a_hundred_authors() -> None:
    many = [{"author": {"display_name": f"Author {number}"}} for number in range(140)]

    def answers(asked: Asked) -> Any:
        if asked.path == "/openalex/works/W9":
            return openalex_work(9, "Large", authorships=many)
        if asked.path == "/openalex/works":
            return {"meta": {"next_cursor": None}, "results": [openalex_work(9, "Large", authorships=many[:100])]}
        return everything(asked)

    assert len(titled(read("openalex:A1", answers), "Large").authors) == 140


def test_ten_thousand_works_are_paged_through() -> None:
    asked_for: list[str] = []

    def answers(asked: Asked) -> Any:
        if asked.path != "/openalex/works":
            return everything(asked)
        cursor = asked.parameters["cursor"]
        asked_for.append(cursor)
        page = 0 if cursor == "*" else int(cursor)
        works = [openalex_work(n, f"Part {n}", authorships=[]) for n in range(100 * page, 100 * page + 100)]
        return {"meta": {"next_cursor": str(page + 1) if page < 99 else None}, "results": works}

    assert len({paper.id for paper in read("openalex:A1", answers).papers}) == 10_000
    assert len(asked_for) == 100


def test_crossref_gives_texts_without_tags() -> None:
    (paper,) = read("doi:10.1234/engines").papers
    assert paper.title == "On \\emph{engines} & $E^{2}$"
    assert paper.abstract == "Hot H\\textsubscript{2}O drives them."
    assert names(paper) == ["Ada Lovelace", "The Analytical Society"]
    assert (paper.authors[0].orcid, paper.date) == (ORCID, Date(2023, 4, 7))
    assert [version.doi for version in paper.versions] == ["10.1101/2022.01.01"]


@pytest.mark.parametrize("source", ["s2:42", "openalex:A1", f"orcid:{ORCID}", "doi:10.1234/a", "zotero:users/1"])
@pytest.mark.parametrize("said", [{}, {"error": "internal"}])
def test_an_answer_that_says_nothing_is_no_profile(source: str, said: dict[str, str]) -> None:
    with pytest.raises(ImportFailed, match="says nothing that can be used"):
        read(source, lambda asked: said)


@pytest.mark.parametrize(("kind", "retracted"), [("retraction", True), ("correction", False)])
def test_crossref_tells_what_was_cited_and_what_retracted(kind: str, retracted: bool) -> None:
    message = {
        "title": ["T"],
        "is-referenced-by-count": 0,
        "updated-by": [{"type": "correction"}, {"type": kind, "DOI": "10.1234/b"}],
    }
    (paper,) = read("doi:10.1234/a", lambda asked: {"message": message}).papers
    assert (bool(paper.retracted), paper.citations) == (retracted, 0)


def test_named_characters_in_names_are_resolved() -> None:
    message = {
        "title": ["T"],
        "author": [{"given": "&Eacute;va", "family": "M&uuml;ller"}, {"name": "AT&amp;T &#x202e;Labs"}],
        "publisher": "Taylor &amp; Francis",
    }
    (paper,) = read("doi:10.1234/a", lambda asked: {"message": message}).papers
    assert names(paper) == ["Éva Müller", "AT&T Labs"]
    assert paper.publisher == "Taylor & Francis"
    work = openalex_work(
        1,
        "T",
        authorships=[{"author": {"display_name": "Ann O&apos;Brien"}}],
        primary_location={"source": {"display_name": "Looms &amp; Engines", "type": "journal"}},
    )
    (paper,) = read("openalex:W1", lambda asked: work).papers
    assert (names(paper), paper.venue) == (["Ann O'Brien"], "Looms & Engines")


@pytest.mark.parametrize(("kind", "venue"), [("book-chapter", "Looms 2020"), ("journal-article", "Lecture Notes")])
def test_a_chapter_of_crossref_is_in_the_book_and_not_in_its_series(kind: str, venue: str) -> None:
    message = {"title": ["X"], "type": kind, "container-title": ["Lecture Notes", "Looms 2020"]}
    (paper,) = read("doi:10.1234/x", lambda asked: {"message": message}).papers
    assert paper.venue == venue


def test_tags_of_publishers_that_mean_nothing_here_go() -> None:
    abstract = "<jats:p>We present <jats:styled-content style='x'>looms</jats:styled-content> if a < b.</jats:p>"
    (paper,) = read("doi:10.1234/x", lambda asked: {"message": {"title": ["X"], "abstract": abstract}}).papers
    assert paper.abstract == "We present looms if a < b."


def test_a_doi_of_another_agency_is_told() -> None:
    with pytest.raises(ImportFailed, match="Crossref does not know the DOI") as caught:
        read("doi:10.5281/zenodo.1", lambda asked: None)
    assert "BibTeX" in caught.value.hint


@pytest.mark.parametrize(
    ("markup", "latex"),
    [
        ("<mml:math xmlns:mml='x'><mml:msub><mml:mi>H</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math>", "$H_{2}$"),
        ("<math><mfrac><mrow><mn>1</mn><mo>+</mo><mi>x</mi></mrow><mn>2</mn></mfrac></math>", "$\\frac{1+x}{2}$"),
        ("<mml:math><mml:msqrt><mml:mi>sin</mml:mi></mml:msqrt></mml:math>", "$\\sqrt{\\mathrm{sin}}$"),
        ("<mml:math><mml:mi>a</mml:math>", "a"),
        ("a math text", "a math text"),
        ("<tex-math>$x$</tex-math><mml:math><mml:mi>x</mml:mi></mml:math>", "<tex-math>$x$</tex-math>"),
    ],
)
def test_formulas_of_publishers_become_latex(markup: str, latex: str) -> None:
    assert mathml.as_latex(markup) == latex


def test_dblp_gives_names_without_numbers_and_titles_without_full_stop() -> None:
    profile = read("dblp:65/9612")
    assert profile.author.name == "Ada Lovelace"
    assert [place.name for place in profile.author.affiliations] == ["Analytical Society"]
    paper = titled(profile, "On engines")
    assert names(paper) == ["Ada Lovelace", "Charles Babbage"]
    assert (paper.doi, paper.venue, paper.authors[0].orcid) == ("10.1234/ENGINES", "J. Engines", ORCID)
    preprint = titled(profile, "Weaving H\\textsubscript{2} algebra")
    assert (preprint.arxiv, preprint.venue, preprint.doi) == ("2301.00002", "", "")


def test_dblp_gives_the_place_in_a_journal_and_a_person_who_has_but_one_name() -> None:
    record = (
        '<article key="a"><author>Ada Lovelace</author><title>Notes.</title><year>1843</year><pages>1-9</pages>'
        "<volume>12</volume><journal>J. Engines</journal><number>3</number></article>"
    )
    profile = read("dblp:65/9612", lambda asked: f'<dblpperson name="Ada Lovelace 0001"><r>{record}</r></dblpperson>')
    assert (profile.author.name, profile.author.aliases) == ("Ada Lovelace", ())
    [paper] = profile.papers
    assert (paper.venue, paper.volume, paper.issue, paper.pages) == ("J. Engines", "12", "3", "1-9")


def test_semantic_scholar_may_say_null_anywhere() -> None:
    profile = read("s2:42")
    assert profile.author.metrics["h_index"].value == "13"
    paper = titled(profile, "A letter")
    assert (paper.abstract, paper.doi, paper.citations, paper.date) == ("", "", 9, Date(2023))


def test_semantic_scholar_is_paged_up_to_what_it_gives() -> None:
    def answers(asked: Asked) -> Any:
        if not asked.path.endswith("/papers"):
            return S2_AUTHOR
        offset, limit = int(asked.parameters["offset"]), int(asked.parameters["limit"])
        papers = [s2_paper(n, f"Part {n}", authors=[]) for n in range(offset, offset + limit)]
        return {"offset": offset, "next": offset + limit, "data": papers}

    profile = read("s2:42", answers)
    assert len(profile.papers) == 9999
    assert "no more than 9,999" in profile.problems[0].what


def test_zotero_gives_items_and_no_notes() -> None:
    (paper,) = read("zotero:groups/7").papers
    assert (paper.title, paper.doi, paper.date, paper.tags) == (
        "On engines",
        "10.1234/engines",
        Date(2023, 5),
        ("engines",),
    )


def test_an_empty_library_is_told() -> None:
    with pytest.raises(ImportFailed, match="shows no item"):
        read("zotero:groups/7", lambda asked: [])


JUNK: tuple[Any, ...] = (
    None,
    True,
    "",
    "\x00\ud800",
    "²",
    -1,
    1e300,
    [],
    [[]],
    [None],
    {},
    {"value": []},
    "0000-00-00",
    "x{",
)


def spoiled(value: Any, chance: random.Random) -> Any:
    """A real answer with some of its values replaced by what nobody expects."""
    if chance.random() < 0.08:
        return chance.choice(JUNK)
    if isinstance(value, dict):
        return {key: spoiled(item, chance) for key, item in value.items()}
    if isinstance(value, list):
        return [spoiled(item, chance) for item in value]
    return value


@settings(max_examples=60)
@given(
    st.randoms(use_true_random=False),
    st.sampled_from(["openalex:A1", f"orcid:{ORCID}", "doi:10.1234/engines", "s2:42", "zotero:groups/7"]),
)
def test_a_spoiled_answer_gives_a_profile_or_a_message(chance: random.Random, text: str) -> None:
    count = 0

    def answers(asked: Asked) -> Any:
        nonlocal count
        count += 1
        said = everything(asked) if count < 20 else None
        return None if said is None else spoiled(said, chance)

    try:
        profile = read(text, answers)
    except ImportFailed:
        return
    ids = [paper.id for paper in profile.papers]
    assert len(set(ids)) == len(ids)
