"""The tables of docs/importing.md say what each source gives and what it does not, and an example of each gives that.

A claim is words of the table with the keys that they promise. Every promised key is filled from the example, every
filled key is promised, and what is left to the reader is empty.
"""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from online import S2_AUTHOR, ZOTERO_ITEMS, s2_paper

from generator import library
from generator.formats.profile import Profile
from generator.formats.readers import READERS
from generator.model import Author, Paper
from generator.sources import identifiers

DOCS = Path(__file__).parents[1] / "docs" / "importing.md"
ANSWERS = Path(__file__).parent / "answers"
DAY = datetime.date(2026, 11, 25)
S2 = s2_paper(
    1,
    "On engines",
    abstract="They weave.",
    venue="Memoirs",
    journal={"name": "Memoirs", "volume": "3", "pages": "1-20"},
    externalIds={"DOI": "10.1234/engines", "ArXiv": "2301.00001", "PubMed": "29456801"},
    openAccessPdf={"url": "https://memoirs.example/1.pdf", "status": "GREEN"},
    publicationTypes=["Book"],
    publicationDate="2023-05-02",
    paperId="ab" * 20,
)
ZOTERO = {
    **ZOTERO_ITEMS[0]["data"],
    "publicationTitle": "Memoirs",
    "volume": "3",
    "issue": "2",
    "pages": "1-20",
    "publisher": "Mill",
    "abstractNote": "They weave.",
    "url": "https://memoirs.example/1",
    "extra": "arXiv: 2301.00001\nPMID: 29456801",
    "language": "en",
    "itemType": "book",
}
ANSWER: dict[str, Any] = {
    "semantic_scholar/author/42": {**S2_AUTHOR, "affiliations": ["Analytical Society"]},
    "semantic_scholar/author/42/papers": {"offset": 0, "data": [S2]},
    f"semantic_scholar/paper/{S2['paperId']}": {**S2, "tldr": {"model": "tldr@v2", "text": "Looms."}},
    "zotero/groups/7/items/top": [{**ZOTERO_ITEMS[0], "data": ZOTERO}],
}
SERVICES: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "arXiv": (
        ("arxiv:quirogaferro_i_1",),
        {
            "title": "title",
            "all authors": "authors",
            "abstract": "abstract",
            "categories": "category categories",
            "day of the first version": "date",
            "DOI and journal where the author gave them": "doi venue",
            "code that abstract or comment link to": "code",
            "the comment": "extra",
            "arXiv": "arxiv",
            "name": "name links",
        },
        "citations metrics",
    ),
    "ORCID": (
        ("orcid:0000-0003-1415-9269",),
        {
            "name": "name",
            "other names": "aliases",
            "affiliations": "affiliations",
            "positions": "positions",
            "education, qualifications": "education",
            "distinctions": "awards",
            "memberships, service": "sections",
            "biography": "bio",
            "keywords": "interests",
            "links": "links",
            "title": "title",
            "DOI": "doi",
            "date": "date",
            "journal": "venue",
            "type": "type",
            "address": "website",
            "often authors and abstract": "authors abstract",
        },
        "citations metrics",
    ),
    "OpenAlex": (
        ("openalex:A5031415926",),
        {
            "name": "name links",
            "affiliations": "affiliations",
            "h-index, i10-index, citations": "metrics",
            "citations by year": "citations_by_year",
            "title": "title",
            "authors with ORCID": "authors",
            "date": "date",
            "venue": "venue",
            "volume": "volume issue",
            "pages": "pages",
            "abstract": "abstract",
            "DOI, arXiv, PubMed": "doi arxiv pmid",
            "citations": "citations",
            "free PDF": "pdf",
            "retractions": "retracted",
        },
        "category code tags",
    ),
    "Crossref": (
        ("doi:10.5555/swl.2021.17", "doi:10.5555/loom.22.3"),
        {
            "title": "title",
            "authors with ORCID": "authors",
            "date": "date",
            "journal": "venue",
            "volume": "volume issue",
            "pages": "pages",
            "publisher": "publisher",
            "abstract": "abstract",
            "citations": "citations",
            "preprint": "arxiv",
            "DOI": "doi",
        },
        "category code pdf",
    ),
    "DBLP": (
        ("dblp:271/3141",),
        {
            "name": "name links",
            "other names": "aliases",
            "affiliation": "affiliations",
            "title": "title",
            "authors with ORCID": "authors",
            "year": "date",
            "venue": "venue type",
            "volume": "volume issue",
            "pages": "pages",
            "DOI, arXiv": "doi arxiv",
            "free PDF": "pdf",
        },
        "abstract citations metrics",
    ),
    "Semantic Scholar": (
        ("s2:42", f"s2:{S2['paperId']}"),
        {
            "name": "name links",
            "affiliations": "affiliations",
            "h-index, citations": "metrics",
            "title": "title",
            "authors": "authors",
            "date": "date",
            "venue": "venue type",
            "volume": "volume",
            "pages": "pages",
            "abstract": "abstract",
            "summary in a sentence": "tldr",
            "DOI, arXiv, PubMed": "doi arxiv pmid",
            "citations": "citations",
            "free PDF": "pdf",
        },
        "category code",
    ),
    "Zotero": (
        ("zotero:groups/7",),
        {
            "all that the items say": "title authors date venue volume issue pages publisher abstract doi arxiv pmid website"
            " type extra",
            "tags": "tags",
        },
        "name metrics citations",
    ),
}
FILES: dict[str, tuple[str, dict[str, str], str]] = {
    "pubmed": (
        "PMID- 1\nTI  - Notes.\nFAU - Lovelace, Ada\nAUID- ORCID: 0000-0002-1825-0097\nJT  - Memoirs\nDP  - 1843 Sep\n"
        "VI  - 3\nIP  - 2\nPG  - 666-731\nLID - 10.1000/x [doi]\nPMC - PMC12\nOT  - looms\nAB  - One.\n",
        {
            "title": "title",
            "authors in full with ORCID": "authors",
            "journal": "venue volume issue pages",
            "date": "date",
            "abstract": "abstract",
            "keywords": "tags",
            "DOI": "doi",
            "PubMed and PMC numbers": "pmid links",
        },
        "name citations",
    ),
    "csv": (
        "Title,Authors,Year,Publication,Volume,Number,Pages,Publisher,DOI,URL,Abstract,Tags\n"
        'Notes,"Lovelace, Ada",1843,Memoirs,3,2,666-731,Mill,10.1000/x,https://memoirs.example/1,One.,looms\n',
        {
            "Title": "title",
            "Authors": "authors",
            "Year or Date": "date",
            "Publication": "venue",
            "Volume": "volume",
            "Number": "issue",
            "Pages": "pages",
            "Publisher": "publisher",
            "DOI": "doi",
            "URL": "website",
            "Abstract": "abstract",
            "Tags": "tags",
        },
        "name citations",
    ),
    "profile-text": (
        "Ada Lovelace\n\nLG\nh-index41\n133papers\n\nAIAug 7, 2023Code\nOn Engines\n\nAda Lovelace\n\nEngines weave.\n",
        {
            "name": "name",
            "category": "category",
            "figures": "metrics",
            "title": "title",
            "authors": "authors",
            "date": "date",
            "abstract": "abstract",
            "whether there is code": "code",
        },
        "venue links",
    ),
}
ALWAYS = {"id", "origin"}


def rows() -> dict[str, list[str]]:
    """The rows of all tables by their first cell; what is in the columns after it."""
    found = {}
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            first, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            found[first.strip("`")] = cells
    return found


def ask(service: str, path: str, parameters: Mapping[str, str]) -> Any:
    key = f"{service}/{path}".replace("%2F", "/")
    if key in ANSWER:
        return ANSWER[key]
    file = ANSWERS / key
    if file.is_file():
        return ElementTree.fromstring(file.read_bytes())
    return json.loads(file.with_name(f"{file.name}.json").read_bytes())


def read(source: str) -> Profile:
    found = identifiers.find(source)
    assert found is not None
    return found.service.read(
        found.identifier, lambda path, parameters, /: ask(found.service.kind, path, parameters), DAY
    )


def filled(profiles: list[Profile]) -> set[str]:
    """The keys that the author or a paper has a value for."""
    records: list[Author | Paper] = [
        *(one.author for one in profiles),
        *(paper for one in profiles for paper in one.papers),
    ]
    return {
        field.encode_name
        for record in records
        for field in msgspec.structs.fields(record)
        if not library.is_default(getattr(record, field.name), field) and getattr(record, field.name)
    } - ALWAYS


def hold(cell: str, claims: dict[str, str], absent: str, profiles: list[Profile]) -> None:
    assert [words for words in claims if words not in cell] == []
    promised = {key for keys in claims.values() for key in keys.split()}
    assert filled(profiles) == promised
    assert not promised & set(absent.split())


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_gives_what_its_row_says_and_nothing_else(name: str) -> None:
    sources, claims, absent = SERVICES[name]
    written, cell, _ = rows()[name]
    assert f"{sources[0].partition(':')[0]}:" in written
    profiles = [read(source) for source in sources]
    hold(cell, claims, absent, profiles)
    people = [author for one in profiles for paper in one.papers for author in paper.authors]
    assert any(author.orcid for author in people) == ("ORCID" in cell or name == "ORCID")


def test_every_service_has_its_row() -> None:
    assert {service.label for service in identifiers.SERVICES} == set(SERVICES)


@pytest.mark.parametrize("kind", FILES)
def test_a_file_gives_what_its_row_says_and_nothing_else(kind: str) -> None:
    text, claims, absent = FILES[kind]
    [reader] = [reader for reader in READERS if reader.kind == kind]
    hold(rows()[kind][1], claims, absent, [reader.read(text, "papers", DAY)])


def test_every_kind_of_file_has_its_row() -> None:
    assert {reader.kind for reader in READERS} <= set(rows())
