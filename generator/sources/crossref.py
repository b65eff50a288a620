"""Crossref: a work by its DOI."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from generator.errors import Problems
from generator.formats import tagged
from generator.formats.draft import Draft, author, with_ids
from generator.formats.profile import Profile
from generator.model import Author, PaperAuthor, Version
from generator.sources import mathml, people, values
from generator.sources.identifiers import Get, NotThere

_TYPES = {
    "book": "book",
    "book-chapter": "chapter",
    "dataset": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "journal-article": "article-journal",
    "monograph": "book",
    "peer-review": "review",
    "posted-content": "article",
    "proceedings-article": "paper-conference",
    "report": "report",
}


def read(identifier: str, get: Get) -> Profile:
    """Read the work of a DOI.

    Raises NotThere for a DOI that another agency has registered.
    """
    problems = Problems()
    try:
        message = values.at(get(f"works/{quote(identifier, safe='')}", {}), "message")
    except NotThere:
        raise NotThere(
            f"Crossref does not know the DOI {identifier}",
            hint="check it at https://doi.org; for one of Zenodo or figshare import the BibTeX that they offer",
        ) from None
    papers = values.finished([_paper(message, identifier, problems)])
    versions = tuple(_preprints(message))
    if versions:
        papers = [msgspec.structs.replace(paper, versions=versions) for paper in papers]
    return Profile(Author(name=""), with_ids(papers), tuple(problems.found))


def _paper(message: Any, doi: str, problems: Problems) -> Draft:
    paper = values.draft(f"doi:{doi}", problems)
    title, subtitle = values.text(message, "title", 0), values.text(message, "subtitle", 0)
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    paper.put("title", _marked(title))
    paper.put("doi", doi)
    paper.authors(_authors(message))
    for preprint in values.items(message, "relation", "has-preprint"):
        if "10.48550/arxiv." in values.text(preprint, "id").lower():
            values.put_doi(paper, values.text(preprint, "id"))
    # an issue may come years after the paper is there to read: the earliest is when it appeared
    values.put_date(
        paper, *(_date(message, key) for key in ("published-online", "issued", "published", "published-print"))
    )
    venues = values.texts(message, "container-title") or [values.text(message, "event", "name")]
    # of a series and the book in it, the series comes first; a journal may have other names behind
    paper.venue(_marked(venues[0 if values.text(message, "type") == "journal-article" else -1]))
    paper.put("volume", values.text(message, "volume"))
    paper.put("issue", values.text(message, "issue"))
    paper.pages(values.text(message, "page") or values.text(message, "article-number"))
    paper.put("publisher", tagged.unescaped(values.text(message, "publisher")))
    paper.put("citations", values.text(message, "is-referenced-by-count"))
    paper.type(_TYPES.get(values.text(message, "type"), ""))
    if any(values.text(update, "type") == "retraction" for update in values.items(message, "updated-by")):
        paper.put("retracted", "true")
    values.put_abstract(paper, _marked(values.text(message, "abstract")))
    return paper


def _marked(said: str) -> str:
    return tagged.as_latex(mathml.as_latex(said))


def _authors(message: Any) -> Iterator[PaperAuthor]:
    for person in values.items(message, "author"):
        family = values.text(person, "family") or values.text(person, "name")
        named = author(values.text(person, "given"), family, values.text(person, "suffix"))
        yield people.with_orcid(named, values.text(person, "ORCID"))


def _preprints(message: Any) -> Iterator[Version]:
    for preprint in values.items(message, "relation", "has-preprint"):
        doi = values.text(preprint, "id")
        if values.text(preprint, "id-type") == "doi" and doi.startswith("10.") and "10.48550" not in doi:
            yield Version(label="Preprint", doi=doi)


def _date(message: Any, key: str) -> str:
    parts = values.at(message, key, "date-parts", 0)
    return "-".join(f"{part:02d}" for part in parts if isinstance(part, int)) if isinstance(parts, list) else ""
