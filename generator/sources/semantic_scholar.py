"""Semantic Scholar: an author with figures and papers, or a single paper."""

from collections.abc import Iterator
from typing import Any

from generator.errors import Place, Problems
from generator.formats import tagged
from generator.formats.draft import Draft, with_ids
from generator.formats.profile import Profile
from generator.model import Affiliation, Author
from generator.sources import people, values
from generator.sources.identifiers import Get

PAGE = 1000
MOST = 9999
"""Papers of one author: offset and limit together must stay below 10,000."""
_FIELDS = (
    "title,abstract,tldr,year,publicationDate,authors,venue,journal,externalIds,citationCount,openAccessPdf,"
    "publicationTypes"
)
_LISTED = _FIELDS.replace("tldr,", "")
_PERSON = "name,affiliations,homepage,paperCount,citationCount,hIndex,externalIds"
_TYPES = {
    "Book": "book",
    "BookSection": "chapter",
    "Conference": "paper-conference",
    "Dataset": "dataset",
    "JournalArticle": "article-journal",
}


def read(identifier: str, get: Get) -> Profile:
    """Read an author by number, or a paper by its 40 digits or as ``CorpusId:1``."""
    problems = Problems()
    if not identifier.isdigit():
        paper = get(f"paper/{identifier}", {"fields": _FIELDS})
        return Profile(Author(name=""), with_ids(values.finished([_paper(paper, problems)])), tuple(problems.found))
    person = get(f"author/{identifier}", {"fields": _PERSON})
    drafts = [_paper(paper, problems) for paper in _papers(identifier, get, problems)]
    author = people.author(
        name=values.text(person, "name"),
        affiliations=tuple(
            Affiliation(name=place) for place in map(people.line, values.texts(person, "affiliations")) if place
        ),
        links=[values.text(person, "homepage"), f"https://www.semanticscholar.org/author/{identifier}"],
        metrics={"h_index": values.text(person, "hIndex"), "citations": values.text(person, "citationCount")},
    )
    return Profile(author, with_ids(values.finished(drafts)), tuple(problems.found))


def _papers(identifier: str, get: Get, problems: Problems) -> Iterator[dict[str, Any]]:
    offset = 0
    while True:
        limit = min(PAGE, MOST - offset)
        answer = get(f"author/{identifier}/papers", {"fields": _LISTED, "limit": str(limit), "offset": str(offset)})
        yield from values.items(answer, "data")
        following = values.number(answer, "next")
        if following <= offset:
            return
        offset = following
        if offset >= MOST:
            problems.add(Place(f"s2:{identifier}"), f"Semantic Scholar gives no more than {MOST:,} papers of an author")
            return


def _paper(entry: Any, problems: Problems) -> Draft:
    paper = values.draft(f"s2:{values.text(entry, 'paperId')}", problems)
    paper.put("title", tagged.as_latex(values.text(entry, "title")))
    values.put_doi(paper, values.text(entry, "externalIds", "DOI"))
    values.put_arxiv(paper, values.text(entry, "externalIds", "ArXiv"))
    paper.put("pmid", values.text(entry, "externalIds", "PubMed"))
    paper.authors(people.paper_author(values.text(author, "name")) for author in values.items(entry, "authors"))
    values.put_date(paper, values.known_day(values.text(entry, "publicationDate")), values.text(entry, "year"))
    paper.venue(tagged.unescaped(values.text(entry, "venue") or values.text(entry, "journal", "name")))
    paper.put("volume", values.text(entry, "journal", "volume"))
    paper.pages(values.text(entry, "journal", "pages"))
    paper.put("citations", values.text(entry, "citationCount"))
    paper.put("tldr", values.text(entry, "tldr", "text"))
    kinds = [_TYPES[kind] for kind in values.texts(entry, "publicationTypes") if kind in _TYPES]
    paper.type("" if not kinds else "paper-conference" if "paper-conference" in kinds else kinds[0])
    pdf = values.text(entry, "openAccessPdf", "url")
    if pdf.startswith("http") and "arxiv.org/" not in pdf and "doi.org/" not in pdf:
        paper.put("pdf", pdf)
    values.put_abstract(paper, values.text(entry, "abstract"))
    return paper
