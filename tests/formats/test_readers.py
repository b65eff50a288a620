"""Every kind of file that can be imported: what it becomes, that nothing is lost in silence, that nothing breaks it."""

import datetime
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.dates import Date
from generator.errors import ImportFailed
from generator.formats import bibtex, csl_json, ris, written_dates
from generator.formats.draft import author
from generator.formats.profile import Profile
from generator.formats.readers import READERS, Reader
from generator.model import Paper, PaperAuthor

DAY = datetime.date(2026, 11, 25)
KINDS = {reader.kind: reader for reader in READERS}
EXAMPLES = {
    "bibtex": "@article{lovelace1843,\n  title = {Notes}, author = {Lovelace, Ada and Babbage, Charles},\n"
    "  journal = {Memoirs}, year = 1843, month = sep, volume = 3, pages = {666--731}, doi = {10.1000/x},\n"
    "  keywords = {looms, engines}, abstract = {One.}\n}\n\n@misc{untitled, author = {X Y}}\n",
    "ris": "TY  - JOUR\nID  - lovelace1843\nTI  - Notes\nAU  - Lovelace, Ada\nAU  - Babbage, Charles\nJF  - Memoirs\n"
    "PY  - 1843///\nDA  - 1843/09//\nVL  - 3\nSP  - 666\nEP  - 731\nDO  - https://doi.org/10.1000/x\n"
    "KW  - looms\nKW  - engines\nAB  - One.\nER  - \n\nTY  - JOUR\nAU  - X, Y\nER  - \n",
    "endnote": "%0 Journal Article\n%F lovelace1843\n%T Notes\n%A Lovelace, Ada\n%A Babbage, Charles\n%J Memoirs\n"
    "%D 1843\n%8 September 1843\n%V 3\n%P 666-731\n%R 10.1000/x\n%K looms\nengines\n%X One.\n\n%0 Generic\n%A X, Y\n",
    "pubmed": "PMID- 1\nTI  - Notes.\nFAU - Lovelace, Ada\nAU  - Lovelace A\nFAU - Babbage, Charles\nJT  - Memoirs\n"
    "DP  - 1843 Sep\nVI  - 3\nPG  - 666-731\nLID - 10.1000/x [doi]\nOT  - looms\nOT  - engines\nAB  - One.\n"
    "PT  - Journal Article\n\nPMID- 2\nFAU - X, Y\n",
    "csl-json": json.dumps(
        [
            {
                "id": "lovelace1843",
                "type": "article-journal",
                "title": "Notes",
                "author": [{"family": "Lovelace", "given": "Ada"}, {"literal": "Charles Babbage"}],
                "container-title": "Memoirs",
                "issued": {"date-parts": [["1843", 9]]},
                "volume": 3,
                "page": "666-731",
                "DOI": "10.1000/x",
                "keyword": "looms, engines",
                "abstract": "<jats:p>One.</jats:p>",
            },
            {"id": "untitled", "author": [{"family": "X"}]},
        ]
    ),
    "zotero-json": json.dumps(
        [
            {
                "data": {
                    "itemType": "journalArticle",
                    "title": "Notes",
                    "creators": [
                        {"creatorType": "author", "firstName": "Ada", "lastName": "Lovelace"},
                        {"creatorType": "author", "name": "Charles Babbage"},
                    ],
                    "publicationTitle": "Memoirs",
                    "date": "September 1843",
                    "volume": "3",
                    "pages": "666–731",
                    "DOI": "10.1000/x",
                    "tags": [{"tag": "looms"}, {"tag": "engines"}],
                    "abstractNote": "One.",
                    "extra": "Citation Key: lovelace1843",
                },
                "meta": {"parsedDate": "1843-09-00"},
            },
            {"data": {"itemType": "attachment", "title": "notes.pdf"}},
            {"data": {"itemType": "book", "title": ""}},
        ]
    ),
    "csv": "Authors,Title,Publication,Volume,Pages,Date,DOI,Tags,Abstract\n"
    '"Lovelace, Ada; Babbage, Charles; ",Notes,Memoirs,3,666-731,Sep 1843,10.1000/x,looms;engines,One.\n"X, Y",,,,,,,,\n',
}
FILES = [kind for kind in KINDS if kind not in ("profile-text", "json-resume")]


def read(kind: str, text: str) -> Profile:
    return KINDS[kind].read(text, "papers", DAY)


def told(profile: Profile) -> list[str]:
    return [str(problem).split("\n")[0] for problem in profile.problems]


def test_every_kind_has_an_example() -> None:
    assert sorted(EXAMPLES) == sorted(FILES)


@pytest.mark.parametrize("kind", FILES)
def test_the_same_paper_comes_from_every_kind(kind: str) -> None:
    profile = read(kind, EXAMPLES[kind])
    [paper] = profile.papers
    assert paper.id == ("notes" if kind in ("csv", "pubmed") else "lovelace1843")
    assert (paper.title, [author.name for author in paper.authors]) == ("Notes", ["Ada Lovelace", "Charles Babbage"])
    assert (paper.venue, paper.volume, paper.pages, paper.doi) == ("Memoirs", "3", "666-731", "10.1000/x")
    assert (paper.date, paper.tags, paper.abstract) == (Date(1843, 9), ("looms", "engines"), "One.")
    assert len(profile.problems) == 1
    assert "has no title" in profile.problems[0].what
    assert profile.problems[0].place.line > 0


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("begin", ["", "\ufeff", "\n\n"])
def test_only_one_kind_takes_a_text(kind: str, begin: str) -> None:
    text = begin + EXAMPLES[kind]
    assert [reader.kind for reader in READERS if reader.looks_like(text)] == [kind] or (kind, begin) == ("csv", "\n\n")


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_do_not_matter(kind: str, line_end: str) -> None:
    text = EXAMPLES[kind].replace("\n", line_end)
    assert len(read(kind, text).papers) == 1


@pytest.mark.parametrize("kind", FILES)
def test_what_is_of_another_kind_is_refused(kind: str) -> None:
    for text in ("", "words", "---\n---\n"):
        assert not KINDS[kind].looks_like(text)
        try:
            profile = read(kind, text)
        except ImportFailed:
            continue
        assert profile.problems


PAPERS = (
    Paper(
        title="Engines & Looms",
        id="engines-looms",
        authors=(PaperAuthor(name="Ada Lovelace"), PaperAuthor(name="The ATLAS Collaboration")),
        et_al=True,
        date=Date(1843, 9, 2),
        venue="Journal of Engines",
        volume="3",
        issue="2",
        pages="1-20",
        publisher="Taylor & Francis",
        doi="10.1000/x_y",
        tags=("looms",),
        abstract="It weaves.",
    ),
    Paper(title="On BERT", id="bert2020", date=Date(2020), arxiv="2001.00001"),
    Paper(
        title="A Talk", id="a-talk", status="submitted", type="thesis", venue="University of X", website="https://x.org"
    ),
    Paper(title="Gone", id="gone", retracted=True, venue="ICML", type="paper-conference"),
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("bibtex", bibtex.write(PAPERS)), ("ris", ris.write(PAPERS)), ("csl-json", csl_json.write(PAPERS))],
)
def test_what_the_site_exports_can_be_imported(kind: str, text: str) -> None:
    profile = read(kind, text)
    assert profile.problems == ()
    assert len(profile.papers) == len(PAPERS)
    for ours, theirs in zip(PAPERS, profile.papers, strict=True):
        for key in (
            "title",
            "authors",
            "et_al",
            "venue",
            "volume",
            "issue",
            "pages",
            "doi",
            "arxiv",
            "tags",
            "abstract",
        ):
            assert getattr(theirs, key) == getattr(ours, key), key
        assert bool(theirs.retracted) == bool(ours.retracted)
        assert theirs.date == ours.date


@pytest.mark.parametrize("kind", ["bibtex", "ris", "csl-json"])
def test_an_import_of_an_export_is_stable(kind: str) -> None:
    write = {"bibtex": bibtex.write, "ris": ris.write, "csl-json": csl_json.write}[kind]
    once = read(kind, write(PAPERS)).papers
    assert read(kind, write(once)).papers == once


@pytest.mark.parametrize("kind", ["bibtex", "ris", "csl-json"])
@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            author,
            st.sampled_from(["Gabriel", "J. R.", "Ana María", "Jean-Luc", "Pieter de"]),
            st.sampled_from(
                ["García Márquez", "von der Leyen", "Lovelace", "Huertas-Company", "de Siqueira", "Le Brun"]
            ),
            st.sampled_from(["", "Jr.", "III"]),
        )
        | st.builds(author, st.just(""), st.sampled_from(["Plato", "The ATLAS Collaboration"])),
        min_size=1,
        max_size=4,
    )
)
def test_given_and_family_names_survive_an_export(kind: str, authors: list[PaperAuthor]) -> None:
    paper = Paper(title="Notes", id="notes", authors=tuple(authors))
    write = {"bibtex": bibtex.write, "ris": ris.write, "csl-json": csl_json.write}[kind]
    [again] = KINDS[kind].read(write([paper]), "export", DAY).papers
    assert again.authors == paper.authors


@pytest.mark.parametrize(
    ("kind", "write"), [("bibtex", bibtex.write), ("ris", ris.write), ("csl-json", csl_json.write)]
)
def test_a_name_without_parts_survives_an_export(kind: str, write: Callable[[list[Paper]], str]) -> None:
    paper = Paper(title="Notes", id="notes", authors=(author("", "Deep Mind"), author("Ada", "Lovelace")))
    [again] = KINDS[kind].read(write([paper]), "export", DAY).papers
    assert again.authors == paper.authors


def test_a_literal_name_of_csl_stays_whole_unless_a_comma_divides_it() -> None:
    names = [{"literal": "Deep Mind"}, {"literal": "The ATLAS Collaboration"}, {"literal": "Lovelace, Ada"}]
    text = json.dumps([{"id": "notes", "type": "article", "title": "Notes", "author": names}])
    for _ in range(2):
        [paper] = KINDS["csl-json"].read(text, "export", DAY).papers
        text = csl_json.write([paper])
        assert json.loads(text)[0]["author"] == [*names[:2], {"family": "Lovelace", "given": "Ada"}]
    assert [one.family for one in paper.authors] == ["Deep Mind", "", ""]


def test_literal_names_of_several_people_are_people() -> None:
    """Manubot and DataCite write every name so."""
    for listed, families in (
        (["Arfon M Smith", "Kyle E Niemeyer", "The ATLAS Collaboration"], ["", "", ""]),
        (["Deep Mind", "The ATLAS Collaboration"], ["Deep Mind", ""]),
    ):
        names = [{"literal": name} for name in listed]
        text = json.dumps([{"id": "notes", "type": "article", "title": "Notes", "author": names}])
        [paper] = read("csl-json", text).papers
        assert [(one.name, one.family) for one in paper.authors] == list(zip(listed, families, strict=True))


def test_what_programs_remark_of_themselves_is_no_note() -> None:
    said = "This CSL Item was generated by Manubot v0.4.2 from its identifier.\nstandard_id: doi:10.1/x\nA real note."
    [paper] = read("csl-json", json.dumps([{"id": "notes", "type": "article", "title": "T", "note": said}])).papers
    assert paper.note == "A real note."
    text = "TY  - JOUR\nTI  - T\nN1  - Cited By :12\nN1  - Export Date: 12 May 2020\nN1  - Real\nER  - \n"
    [paper] = read("ris", text).papers
    assert (paper.note, paper.citations) == ("Real", 12)
    text = "TY  - JOUR\nTI  - T\nN1  - Times Cited: 12\nTotal Times Cited: 13\nCited Reference Count: 30\nER  - \n"
    [paper] = read("ris", text).papers
    assert (paper.note, paper.citations) == ("", 12)


@pytest.mark.parametrize("kind", ["csl-json", "ris", "endnote"])
def test_what_zotero_has_no_field_for_is_no_note(kind: str) -> None:
    said = "PMID: 30600000\nPMCID: PMC111\narXiv: 1812.00001\nPublisher: Loom\nISSN: 1234-5678\nA real note.\nDOI: none"
    text = {
        "csl-json": json.dumps([{"id": "notes", "type": "article-journal", "title": "T", "note": said}]),
        "ris": f"TY  - JOUR\nTI  - T\nN1  - {said}\nER  - \n",
        "endnote": f"%0 Journal Article\n%T T\n%Z {said}\n",
    }[kind]
    profile = read(kind, text)
    [paper] = profile.papers
    assert not profile.problems
    assert paper.note == "A real note.\nDOI: none"
    assert (paper.pmid, paper.arxiv, paper.publisher) == ("30600000", "1812.00001", "Loom")
    assert [link.url for link in paper.links] == ["https://pmc.ncbi.nlm.nih.gov/articles/PMC111/"]
    assert paper.extra == {"issn": "1234-5678"}


@pytest.mark.parametrize(
    "fields",
    [
        "journal = {CoRR}, volume = {abs/2203.16110}",
        "journal = {arXiv preprint arXiv:2203.16110}",
        "journal = {arXiv e-prints}, pages = {arXiv:2203.16110}, eid = {arXiv:2203.16110}",
    ],
)
def test_arxiv_is_no_journal(fields: str) -> None:
    [paper] = read("bibtex", f"@article{{a2022, title = {{T}}, year = 2022, {fields}}}").papers
    assert (paper.arxiv, paper.venue, paper.volume, paper.pages, paper.type) == ("2203.16110", "", "", "", None)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("bibtex", "@misc{a, title = {T}, eprint = {2613.01234}, archiveprefix = {arXiv}}"),
        ("bibtex", "@article{a, title = {T}, journal = {arXiv preprint arXiv:2613.01234}}"),
        ("bibtex", "@article{a, title = {T}, journal = {CoRR}, volume = {abs/2613.01234}}"),
        ("bibtex", "@misc{a, title = {T}, url = {https://arxiv.org/abs/2613.01234}}"),
        ("ris", "TY  - GEN\nTI  - T\nAN  - arXiv:2613.01234\nER  - \n"),
        ("endnote", "%0 Generic\n%T T\n%U https://arxiv.org/abs/2613.01234\n"),
        ("csl-json", '[{"title": "T", "type": "article", "number": "arXiv:2613.01234"}]'),
        ("zotero-json", '[{"itemType": "preprint", "title": "T", "extra": "arXiv: 2613.01234"}]'),
        ("csv", "Title,arXiv\nT,2613.01234\n"),
    ],
)
def test_a_number_that_arxiv_never_gives_is_told_and_left_out(kind: str, text: str) -> None:
    profile = read(kind, text)
    [paper] = profile.papers
    assert (paper.title, paper.arxiv) == ("T", "")
    [problem] = profile.problems
    assert "2613.01234" in problem.what
    assert problem.what.endswith("is not an arXiv identifier")


def test_the_heading_of_an_abstract_and_loose_blanks_go() -> None:
    text = (
        "@article{a2022, title = {Creeping alfalfa ( <i>Medicago sativa</i> L.)}, author = {Chabaud, P. -Y.},"
        " abstract = {<jats:title>Abstract</jats:title><jats:p>It creeps.</jats:p>}}"
    )
    [paper] = read("bibtex", text).papers
    assert paper.title == r"Creeping alfalfa (\emph{Medicago sativa} L.)"
    assert (paper.abstract, paper.authors[0].name) == ("It creeps.", "P.-Y. Chabaud")
    [paper] = read(
        "bibtex", "@article{a2022, title = {T}, abstract = {Abstract\n\nIs all there is of\n\nsummary}}"
    ).papers
    assert paper.abstract == "Is all there is of\n\nsummary"


words = st.text(
    st.sampled_from("abÄé中 ") | st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\\{}"),
    max_size=30,
)
latex = st.lists(
    st.sampled_from(["Engines", "$O(n^2)$", r"\emph{looms}", r"{\'E}tudes", r"50\%", "{BERT}", "A--B", "&", "#", "C_2"])
    | words,
    max_size=5,
).map(" ".join)
# a mark beside a name is no letter of it: an import takes it off, and says so; no word of a name begins with a comma,
# and none of a family name holds one
name_words = words.map(lambda text: re.sub(r"(?<!\S),+", "", text.translate(dict.fromkeys(map(ord, "*†‡§¶#^+&∗⋆")))))
papers = st.builds(
    Paper,
    title=latex.filter(lambda text: bool(text.strip())),
    id=st.sampled_from(["lovelace1843", "notes-on-looms"]),
    authors=st.lists(st.builds(author, name_words, name_words.map(lambda text: text.replace(",", ""))), max_size=3).map(
        lambda found: tuple(one for one in found if one.name)
    ),
    et_al=st.booleans(),
    date=st.sampled_from([None, Date(1843), Date(1843, 9), Date(1843, 9, 2)]),
    venue=latex,
    type=st.sampled_from([None, "article", "book", "chapter", "thesis", "report", "software", "paper-conference"]),
    volume=words,
    pages=st.sampled_from(["", "1-20", "e12", "12"]),
    publisher=words,
    arxiv=st.sampled_from(["", "2301.00001"]),
    tags=st.lists(words.map(str.strip).filter(bool), max_size=3).map(tuple),
    abstract=latex,
    status=st.sampled_from([None, "in press", "submitted"]),
)


@settings(max_examples=60)
@given(papers)
def test_what_was_exported_and_imported_once_stays_as_it_is(paper: Paper) -> None:
    """BibTeX cannot say all that a paper says, but what it says comes back, as often as it goes."""
    read_again = KINDS["bibtex"].read
    once = read_again(bibtex.write([paper]), "export", DAY)
    if not once.papers:
        assert once.problems
        return
    twice = read_again(bibtex.write(once.papers), "export", DAY)
    assert twice.papers == once.papers
    assert bibtex.write(twice.papers) == bibtex.write(once.papers)


@given(st.lists(st.text("ab ,;", min_size=1, max_size=8).filter(lambda tag: tag == " ".join(tag.split())), max_size=4))
def test_tags_survive_an_export_as_bibtex(words: list[str]) -> None:
    tags = tuple(dict.fromkeys(words))
    [again] = KINDS["bibtex"].read(bibtex.write([Paper(title="T", id="t", tags=tags)]), "export", DAY).papers
    assert again.tags == tags


def test_what_is_published_otherwise_is_in_no_journal() -> None:
    entry = "@misc{a2020, title = {Notes}, howpublished = {A box of cards}}"
    [paper] = KINDS["bibtex"].read(entry, "papers", DAY).papers
    assert (paper.venue, paper.type) == ("A box of cards", "article")
    assert bibtex.write([paper]).startswith("@misc{")


def test_lines_outside_of_records_are_passed_over() -> None:
    profile = read("ris", "AU  - Stray\nmore\nTY  - JOUR\nTI  - T\n\nAB  - One\n\ntwo.\nER  - \nAU  - Stray\nmore\n")
    [paper] = profile.papers
    assert (paper.authors, paper.abstract, told(profile)) == ((), "One two.", [])


def test_an_address_is_named_once() -> None:
    addresses = "https://x.org/p https://x.org/p https://y.org https://y.org"
    [paper] = read("endnote", f"%0 Journal Article\n%T T\n%U {addresses}\n").papers
    assert (paper.website, [link.url for link in paper.links]) == ("https://x.org/p", ["https://y.org"])


def test_what_stands_for_an_address_and_is_none_is_told() -> None:
    said = "Full text: HTTPS://x.org/p ftp://x.org/p www.y.org 10.1000/x"
    ris = read("ris", f"TY  - JOUR\nTI  - T\nUR  - {said}\nLK  - nowhere\nER  - \n")
    endnote = read("endnote", f"%0 Journal Article\n%T T\n%U {said}\n%> nowhere\n")
    assert told(ris) == [
        "papers:3: UR 'Full text: ftp://x.org/p' is not a web address",
        "papers:4: LK 'nowhere' is not a web address",
    ]
    assert told(endnote) == [
        "papers:3: %U 'Full text: ftp://x.org/p' is not a web address",
        "papers:4: %> 'nowhere' is not a web address",
    ]
    for [paper] in (ris.papers, endnote.papers):
        assert (paper.website, paper.doi) == ("HTTPS://x.org/p", "10.1000/x")
        assert [link.url for link in paper.links] == ["https://www.y.org"]


def test_a_record_of_ris_is_never_lost() -> None:
    text = "\ufeffTY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n going on\nER  -\n3.\nTY  - CONF\nTI  - Three"
    profile = read("ris", text)
    assert [paper.title for paper in profile.papers] == ["One", "Two going on", "Three"]
    assert told(profile) == ["papers:1: the record has no line ER", "papers:8: the record has no line ER"]
    assert [paper.title for paper in read("ris", "TY -\nTI - One\nER -\n").papers] == ["One"]
    with_one_blank = read("ris", "TY - JOUR\nTI - One\nAB - CO - the gas.\nER -\n")
    assert [(paper.title, paper.abstract) for paper in with_one_blank.papers] == [("One", "CO - the gas.")]


@pytest.mark.parametrize(
    "text",
    ['{"results": [{"title": "T", "type": "article", "cited_by_count": 1}]}', '[{"paperId": "1", "title": "T"}]'],
)
def test_an_answer_of_a_service_is_not_taken_for_csl(text: str) -> None:
    assert not any(reader.looks_like(text) for reader in READERS)


def test_broken_json_gives_what_comes_before() -> None:
    text = '[\n {"title": "One"},\n {"title": "Two", \n oops'
    profile = read("csl-json", text)
    assert [paper.title for paper in profile.papers] == ["One"]
    assert told(profile)[0].startswith("papers:4:2: is not valid JSON from here on")


@pytest.mark.parametrize("between", ["\n", " "])
def test_items_of_json_may_stand_behind_each_other(between: str) -> None:
    lines = between.join(json.dumps({"title": title, "type": "book"}) for title in ("One", "Two"))
    assert [paper.title for paper in read("csl-json", lines).papers] == ["One", "Two"]


def test_what_follows_the_list_of_json_is_reported() -> None:
    profile = read("csl-json", '[{"title": "One", "type": "book"}]\n[{"title": "Two", "type": "book"}]')
    assert told(profile) == ["papers:2: was not read from here on: the list has ended"]


def test_a_number_that_no_program_can_hold_is_said_to_be_too_long() -> None:
    profile = read("csl-json", '[{"title": "One", "type": "book", "volume": ' + "9" * 5000 + "}]")
    assert told(profile) == ["papers:1:2: is not valid JSON from here on: a number is too long"]


def test_what_is_no_item_of_json_is_told_and_the_others_are_read() -> None:
    profile = read("csl-json", '[{"title": "One", "type": "book"},\n 42,\n null,\n {"title": "Two", "type": "book"}]')
    assert [paper.title for paper in profile.papers] == ["One", "Two"]
    assert told(profile) == ["papers:2: an item is 42, not a mapping", "papers:3: an item is null, not a mapping"]


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("author", "Ada Lovelace", "author is no list of names"),
        ("author", {"family": "Lovelace"}, "author is no list of names"),
        ("editor", [{"family": "Lovelace"}, {"ORCID": "0000-0002-1825-0097"}], "editor lists somebody without a name"),
        ("issued", {"date-parts": [2020, 8]}, "issued is no date of CSL"),
        ("issued", {"date-parts": "2020"}, "issued is no date of CSL"),
        ("abstract", {"en": "We show."}, "abstract is no text"),
        ("volume", True, "volume is no text"),
        ("page", [{"first": 1}], "page is no text"),
    ],
)
def test_a_value_of_csl_that_has_another_form_is_told(key: str, value: object, what: str) -> None:
    profile = read("csl-json", json.dumps([{"title": "One", "type": "book", key: value}]))
    assert told(profile) == [f"papers:1: {what}"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("issued", {"date-parts": [[]]}), ("issued", {"date-parts": [[None]]}), ("author", []), ("event", {"name": "X"})],
)
def test_a_value_of_csl_that_says_nothing_is_not_missed(key: str, value: object) -> None:
    assert told(read("csl-json", json.dumps([{"title": "One", "type": "book", key: value}]))) == []


@pytest.mark.parametrize(
    ("creators", "what"),
    [
        ("Ada Lovelace", "creators is no list of names"),
        ({"creatorType": "author", "lastName": "Lovelace"}, "creators is no list of names"),
        (["Ada Lovelace"], "creators lists somebody without a name or a creatorType"),
        ([{"lastName": "Lovelace"}], "creators lists somebody without a name or a creatorType"),
        ([{"creatorType": "author"}], "creators lists somebody without a name or a creatorType"),
    ],
)
def test_creators_of_zotero_that_have_another_form_are_told(creators: object, what: str) -> None:
    profile = read("zotero-json", json.dumps([{"itemType": "book", "title": "One", "creators": creators}]))
    assert told(profile) == [f"papers:1: {what}"]


def test_keywords_of_csl_may_be_a_list() -> None:
    [paper] = read("csl-json", '[{"title": "One", "type": "book", "keyword": ["looms, old", "cards"]}]').papers
    assert paper.tags == ("looms, old", "cards")


def test_what_is_no_number_says_nothing() -> None:
    text = '[{"title": "One", "type": "book", "volume": NaN, "issue": Infinity, "page": -1e999}]'
    paper = read("csl-json", text).papers[0]
    assert (paper.volume, paper.issue, paper.pages) == ("", "", "")


@pytest.mark.parametrize(
    ("written", "date", "problems"),
    [
        ("2020/13/01/", Date(2020), ["the date '2020/13/01/' has no month 13: months run from 01 to 12"]),
        ("2020/02/30/", Date(2020, 2), ["the date '2020/02/30/' has no day 30: Feb 2020 has 29 days"]),
        ("2020///", Date(2020), []),
        ("2020-02-00", Date(2020, 2), []),
    ],
)
def test_a_date_that_is_cut_short_is_reported(written: str, date: Date, problems: list[str]) -> None:
    profile = read("ris", f"TY  - JOUR\nTI  - One\nDA  - {written}\nPY  - 2020\nER  - \n")
    assert profile.papers[0].date == date
    assert [problem.what for problem in profile.problems] == problems


def test_a_list_of_json_that_is_cut_off_is_reported() -> None:
    profile = read("csl-json", '[{"title": "One"}')
    assert [paper.title for paper in profile.papers] == ["One"]
    assert told(profile) == ["papers:1: is not valid JSON: the list does not end"]


@pytest.mark.parametrize(
    "text",
    [
        '{"items": [{"title": "One"}, {"title": "Two"}]}',
        '{"message": {"items": [{"title": ["One"]}, {"title": ["Two"]}]}}',
        '{"10.1/x": [{"title": "One"}], "10.1/y": [{"title": "Two"}]}',
    ],
)
def test_items_are_found_in_wrappers(text: str) -> None:
    assert [paper.title for paper in read("csl-json", text).papers] == ["One", "Two"]


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        (
            {
                "itemType": "patent",
                "issueDate": "1876-03-07",
                "patentNumber": "174465",
                "creators": [{"creatorType": "inventor", "firstName": "A.", "lastName": "Bell"}],
            },
            {"authors": (author("A.", "Bell"),), "date": Date(1876, 3, 7), "issue": "174465", "type": "patent"},
        ),
        (
            {
                "itemType": "computerProgram",
                "company": "Looms",
                "versionNumber": "2.1",
                "creators": [{"creatorType": "programmer", "firstName": "Ada", "lastName": "Lovelace"}],
            },
            {"authors": (author("Ada", "Lovelace"),), "publisher": "Looms", "extra": {"version": "2.1"}},
        ),
        (
            {"itemType": "thesis", "university": "MIT", "thesisType": "Master's thesis"},
            {"venue": "MIT", "publisher": "", "extra": {"type": "Master's thesis"}},
        ),
        ({"itemType": "report", "reportNumber": "TR-5", "institution": "NASA"}, {"issue": "TR-5", "venue": "NASA"}),
        ({"itemType": "encyclopediaArticle", "encyclopediaTitle": "E"}, {"type": "chapter", "venue": "E"}),
    ],
)
def test_what_each_type_of_zotero_calls_otherwise_is_found(item: dict[str, object], fields: dict[str, object]) -> None:
    [paper] = read("zotero-json", json.dumps([{"title": "T", **item}])).papers
    assert {key: getattr(paper, key) for key in fields} == fields


@pytest.mark.parametrize(
    ("kind", "text", "fields"),
    [
        ("ris", "TY  - BOOK\nTI  - T\nSN  - 978-3\nER  - \n", {"extra": {"isbn": "978-3"}}),
        ("ris", "TY  - RPRT\nTI  - T\nSN  - TR-5\nPB  - NASA\nER  - \n", {"issue": "TR-5", "venue": "NASA", "extra": {}}),
        ("ris", "TY  - THES\nTI  - T\nPB  - MIT\nM3  - PhD\nER  - \n", {"venue": "MIT", "publisher": "", "extra": {"type": "PhD"}}),
        ("ris", "TY  - THES\nTI  - T\nT2  - Acta\nPB  - MIT\n", {"venue": "MIT", "extra": {"series": "Acta"}}),
        ("ris", "TY  - RPRT\nTI  - T\nT2  - A <i>B</i>\n", {"venue": r"A \emph{B}", "extra": {}}),
        ("ris", "TY  - GEN\nTI  - T\nPB  - arXiv\nUR  - https://arxiv.org/abs/2005.00001\nER  - \n", {"publisher": ""}),
        ("ris", "TY  - JOUR\nTI  - T\nAU  - Doe, J.\nAU  - et al.\nER  - \n", {"authors": (author("J.", "Doe"),), "et_al": True}),
        ("ris", "TY  - JOUR\nST  - T\nVO  - 3\nER  - \n", {"title": "T", "volume": "3"}),
        ("ris", "TY  - EDBOOK\nTI  - T\nED  - Doe, J.\nER  - \n", {"type": "book", "extra": {"editor": "J. Doe"}}),
        ("ris", "TY  - CONF\nTI  - T\nT2  - T\nC3  - Looms 2020\nJ2  - L20\nN1  - in press\nER  - \n", {"venue": "Looms 2020", "abbr": "L20", "status": "in press", "note": ""}),
        ("endnote", "%0 Book\n%T T\n%@ 978-3\n", {"extra": {"isbn": "978-3"}}),
        ("endnote", "%0 Conference Paper\n%T T\n%B Looms\n%I ACM\n%E Doe, Jane\n%E Roe, R\n%S LNCS\n%C Ulm\n%7 2\n%9 Short\n", {"type": "paper-conference", "venue": "Looms", "publisher": "ACM", "extra": {"editor": "Jane Doe, R Roe", "series": "LNCS", "address": "Ulm", "edition": "2"}}),
        ("endnote", "%0 Dataset\n%T T\n%I Zenodo\n%R local-7\n%U /tmp/a.pdf https://x.org/p\n%Z My remark\n%^ x\n", {"type": "dataset", "venue": "", "doi": "", "website": "https://x.org/p", "note": "My remark"}),
        ("endnote", "%0 Thesis\n%T T\n%I MIT\n%9 PhD\n", {"venue": "MIT", "publisher": "", "extra": {"type": "PhD"}}),
        ("csl-json", '[{"title": "T", "type": "thesis", "publisher": "MIT", "genre": "PhD"}]', {"venue": "MIT", "extra": {"type": "PhD"}}),
        ("csl-json", '[{"title": "T", "type": "book-chapter", "container-title": ["LNCS", "Looms"]}]', {"venue": "Looms"}),
        ("csl-json", '[{"title": "T", "type": "patent", "number": "US5"}]', {"issue": "US5"}),
        ("csl-json", '[{"title": "T", "type": "article", "number": "arXiv:2301.00001"}]', {"arxiv": "2301.00001"}),
        ("csl-json", '[{"title": "T", "number": "2301.00001", "URL": "https://arxiv.org/"}]', {"arxiv": "2301.00001"}),
        ("csl-json", '[{"title": "T", "type": "report", "number": "2301.00001"}]', {"arxiv": "", "issue": "2301.00001"}),
        ("csl-json", '[{"title": "T", "author": [{"family": "Doe"}, {"family": "others"}]}]', {"et_al": True}),
        ("csl-json", '[{"title": "T", "author": [{"family": "Doe", "ORCID": "http://orcid.org/0000-0002-1825-0097"}]}]', {"authors": (PaperAuthor(name="Doe", orcid="0000-0002-1825-0097"),)}),
        ("csl-json", '[{"title": "T", "issued": {"raw": "3 May 2020"}, "container-title-short": "J Looms", "custom": {"x": 1}}]', {"date": Date(2020, 5, 3), "abbr": "J Looms", "et_al": False}),
        ("csl-json", '[{"title": "T", "issued": {"date-parts": [[null]]}, "published": {"literal": "May 2020"}}]', {"date": Date(2020, 5)}),
        ("zotero-json", '\ufeff[{"itemType": "report", "title": "T", "reportNumber": "TR-5", "extra": "arXiv: 2301.00001 [cs.LG]\\nPMID: 7\\nCitation Key: doe2020\\ntldr: Short.\\nDOI: 10.1000/x"}]', {"id": "doe2020", "issue": "TR-5", "arxiv": "2301.00001", "pmid": "7", "tldr": "Short.", "doi": "10.1000/x"}),
        ("zotero-json", '[{"itemType": "book", "title": "T", "creators": [{"creatorType": ["author"], "name": "A"}]}]', {"authors": (PaperAuthor(name="A"),)}),
        ("csv", "Title,Year,Title\nT,2020,U\n", {"title": "T", "date": Date(2020)}),
        ("pubmed", "PMID- 1\nTI  - T\nPT  - Journal Article\nPT  - Review\nPT  - Retracted Publication\n", {"type": "review", "retracted": True}),
        ("pubmed", "PMID- 1\nTI  - T\nPT  - Journal Article\n", {"type": "article-journal", "retracted": False}),
        ("pubmed", "PMID- 1\nTI  - T\nJT  - medRxiv\nPT  - Preprint\nPT  - Journal Article\n", {"type": None, "venue": "medRxiv"}),
        ("pubmed", "PMID- 1\nTI  - T\nAU  - Smith JA\nAU  - King ML Jr\n", {"authors": (author("J. A.", "Smith"), author("M. L.", "King", "Jr"))}),
    ],
)  # fmt: skip
def test_what_a_record_says_finds_its_place(kind: str, text: str, fields: dict[str, object]) -> None:
    [paper] = read(kind, text).papers
    assert {key: getattr(paper, key) for key in fields} == fields


BOOK = Paper(
    title="B",
    id="c2020b",
    type="book",
    tags=("a, b", "c"),
    extra={
        "address": "Berlin",
        "edition": "2",
        "editor": "Jane Doe, Martin King, Jr., World Health Organization",
        "isbn": "978-3",
        "series": "LNCS & more",
        "translator": "Constance Garnett, Ursula von der Leyen",
    },
)
THESIS = Paper(title="T", id="a2020t", type="thesis", venue="MIT", extra={"type": "Master's thesis"})
REPORT = Paper(title="R", id="b2020r", type="report", venue="NASA", issue="TR-5")


@pytest.mark.parametrize(
    ("kind", "write"), [("bibtex", bibtex.write), ("ris", ris.write), ("csl-json", csl_json.write)]
)
def test_theses_and_reports_survive_an_export(kind: str, write: Callable[[list[Paper]], str]) -> None:
    found = read(kind, write([THESIS, REPORT])).papers
    keys = ("title", "type", "venue", "publisher", "issue", "extra")
    assert [[getattr(one, key) for key in keys] for one in found] == [
        [getattr(one, key) for key in keys] for one in (THESIS, REPORT)
    ]


@pytest.mark.parametrize(
    ("kind", "write"), [("bibtex", bibtex.write), ("ris", ris.write), ("csl-json", csl_json.write)]
)
def test_a_book_of_editors_survives_an_export(kind: str, write: Callable[[list[Paper]], str]) -> None:
    [found] = read(kind, write([BOOK])).papers
    assert found.extra == {**BOOK.extra, "editor": "Jane Doe, Martin King Jr., World Health Organization"}
    assert (found.authors, found.tags) == ((), BOOK.tags)


def test_pubmed_names_have_their_orcid_and_pages_their_digits() -> None:
    text = (
        "PMID- 1\nTI  - T\n      goes on.\nFAU - Doe, Jane\nAUID- ORCID: https://orcid.org/0000-0002-1825-0097\n"
        "FAU - Roe, R\nAUID- ORCID: 0000-0002-1825-0098\nCN  - The Group\nPG  - 2045-51\nPMC - PMC12\n"
    )
    profile = read("pubmed", text)
    [paper] = profile.papers
    assert [(author.name, author.orcid) for author in paper.authors] == [
        ("Jane Doe", "0000-0002-1825-0097"),
        ("R Roe", ""),
        ("The Group", ""),
    ]
    assert (paper.title, paper.pages, paper.links[0].url[-6:]) == ("T goes on", "2045-2051", "PMC12/")
    assert told(profile) == ["papers:7: orcid '0000-0002-1825-0098' has a wrong check digit"]


def test_a_table_of_zotero_has_the_date_beside_the_year() -> None:
    heading = '"Key","Publication Year","Author","Title","Publication Title","Date","Manual Tags"\n'
    row = '"A","2023","García Márquez, Gabriel; Lovelace, Ada","Engines","Journal","2023-05-01","a; b"\n'
    [paper] = read("csv", heading + row).papers
    assert (paper.date, paper.venue, paper.tags) == (Date(2023, 5, 1), "Journal", ("a", "b"))
    assert paper.authors == (author("Gabriel", "García Márquez"), author("Ada", "Lovelace"))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace, Charles Babbage",
        "Ada Lovelace and Charles Babbage",
        "Lovelace, Ada, Babbage, Charles",
        "Ada Lovelace; Charles Babbage;",
    ],
)
def test_authors_of_a_table_are_told_apart(text: str) -> None:
    [paper] = read("csv", f'Authors,Title,Year\n"{text}",Notes,1843\n').papers
    assert [author.name for author in paper.authors] == ["Ada Lovelace", "Charles Babbage"]


def test_a_table_of_scopus_is_read() -> None:
    heading = '"Authors","Title","Year","Source title","Page start","Page end","Link","Author Keywords"\n'
    row = '"Lovelace A.K., Babbage C.","Engines","1843","Taylor\'s Memoirs","3","4","https://scopus.example/1","a, b; c"\n'
    [paper] = read("csv", heading + row).papers
    assert [author.name for author in paper.authors] == ["A.K. Lovelace", "C. Babbage"]
    assert (paper.venue, paper.pages, paper.website, paper.tags) == (
        "Taylor's Memoirs",
        "3-4",
        "https://scopus.example/1",
        ("a, b", "c"),
    )


def test_a_quote_that_is_not_closed_is_reported_and_the_rest_is_read() -> None:
    profile = read("csv", 'Title,Year\nOne,2001\n"Two,2002\n"Three",2003\nFour,2004\nFive,5,2005\n"Six,2006\n')
    assert [paper.title for paper in profile.papers] == ["One", "Four", "Five"]
    assert told(profile) == [
        "papers:3: the lines from here to 4 cannot be read: ',' expected after '\"'",
        "papers:6: the row has 3 cells, the heading 2",
        "papers:6: the date '5' is not one",
        "papers:7: the line cannot be read: unexpected end of data",
    ]


def test_the_list_of_scholar_may_be_cut_short() -> None:
    [paper] = read("csv", 'Authors,Title,Year\n"Lovelace, Ada; ...",Notes,1843\n').papers
    assert ([author.name for author in paper.authors], paper.et_al) == (["Ada Lovelace"], True)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2014//", Date(2014)),
        ("2021/03/04/", Date(2021, 3, 4)),
        ("2018 Mar 1", Date(2018, 3, 1)),
        ("Mar-Apr 2018", Date(2018, 3)),
        ("1 March 2018", Date(2018, 3, 1)),
        ("March 1, 2018", Date(2018, 3, 1)),
        ("14th July, 2001", Date(2001, 7, 14)),
        ("JUL-14-2001", Date(2001, 7, 14)),
        ("3-5 June 2019", Date(2019, 6, 3)),
        ("29 June-3 July 2019", Date(2019, 6, 29)),
        ("2019 Dec-2020 Jan", Date(2019, 12)),
        ("March 3rd, 2018", Date(2018, 3, 3)),
        ("05.01.2020", Date(2020, 1, 5)),
        ("1993-00-00", Date(1993)),
        ("2023-02-30", Date(2023, 2)),
        ("20180301", None),
        ("Spring 2018", Date(2018)),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, date: Date | None) -> None:
    assert written_dates.read(text) == date


def test_a_day_may_stand_without_its_year() -> None:
    [paper] = read("ris", "TY  - JOUR\nTI  - T\nPY  - 2001\nDA  - Mar 5\nER  - \n").papers
    assert paper.date == Date(2001, 3, 5)
    [paper] = read("endnote", "%0 Journal Article\n%T T\n%D 2001\n%8 March 5\n").papers
    assert paper.date == Date(2001, 3, 5)
    [paper] = read("endnote", "%0 Journal Article\n%T T\n%D 2001\n%8 March 5, 2002\n").papers
    assert paper.date == Date(2001)


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=60)
@given(st.data())
def test_no_damage_to_a_file_breaks_its_reader(kind: str, data: st.DataObject) -> None:
    damaged = damage(EXAMPLES[kind], data)
    reader: Reader = KINDS[kind]
    reader.looks_like(damaged)
    try:
        profile = reader.read(damaged, "papers", DAY)
    except ImportFailed:
        return
    ids = [paper.id for paper in profile.papers]
    assert len({name.casefold() for name in ids}) == len(ids)
    assert all(paper.title.strip() for paper in profile.papers)


def damage(text: str, data: st.DataObject) -> str:
    """The text with some signs changed, left out or put in."""
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        text = (
            text[:at]
            + data.draw(st.text(alphabet='{}[]"\\,:%@=#-$\n\r\x00\ufeffaé0 ', max_size=5))
            + text[at + length :]
        )
    return text


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "ris",
            "TY  - JOUR\nTI  - A\nAD  - MIT\nY2  - 2020\nER  - \n\nTY  - JOUR\nTI  - B\nAD  - ETH\nC1  - x\nER  - \n",
            "papers:3: fields that were not taken over: AD (2), C1",
        ),
        (
            "endnote",
            "%0 Journal Article\n%T A\n%H Garnett, C.\n%[ 2020-01-01\n%+ MIT\n",
            "papers:5: fields that were not taken over: +",
        ),
        (
            "csl-json",
            '[{"title": "A", "illustrator": [], "PMCID": "PMC1", "accessed": {"raw": "2020"}},\n'
            '{"title": "B", "recipient": [{"family": "C"}], "mine": 1}]',
            "papers:2: fields that were not taken over: recipient, mine",
        ),
    ],
)
def test_fields_that_mean_nothing_here_are_told_once(kind: str, text: str, expected: str) -> None:
    assert told(read(kind, text)) == [expected]


def test_endnotes_translator_and_date_of_access_are_no_part_of_other_fields() -> None:
    [found] = read("endnote", "%0 Book\n%T A\n%H Garnett, Constance\n%G Russian\n%I Loom\n%[ 2020-01-01\n").papers
    assert (found.publisher, found.extra) == ("Loom", {"translator": "Constance Garnett", "language": "Russian"})


def test_marks_beside_names_of_a_table_are_told() -> None:
    profile = read("csv", 'Authors,Title\n"Ada Lovelace*; Bob Noyce",T\n')
    assert [author.name for author in profile.papers[0].authors] == ["Ada Lovelace", "Bob Noyce"]
    assert told(profile) == ["papers:2: no note tells what is meant by the marks of Ada Lovelace *"]


def test_columns_that_mean_nothing_here_are_told_once() -> None:
    table = "Title,Code,Year,Rank,,Empty\nOne,x,2001,A,,\nTwo,y,2002,,z,\n"
    (problem,) = read("csv", table).problems
    assert problem.what == "columns that were not taken over: Code (2), Rank, one without a name"
    assert (problem.place.line, problem.hint) == (1, "what you want to keep can be written into note or extra")
