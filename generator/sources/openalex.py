"""OpenAlex: an author with figures and all works, or single works."""

from collections.abc import Iterator
from typing import Any

from generator.errors import Problems
from generator.formats import tagged
from generator.formats.draft import Draft, with_ids
from generator.formats.profile import Profile
from generator.model import Affiliation, Author
from generator.sources import mathml, people, values
from generator.sources.identifiers import Get

PAGE = 100
LONGEST_LIST = 100
"""Authors of a work in a list of works; the work alone has them all."""
_FIELDS = (
    "id,doi,title,display_name,publication_date,publication_year,type,ids,authorships,primary_location,best_oa_location,"
    "locations,biblio,cited_by_count,is_retracted,is_paratext,abstract_inverted_index"
)
_TYPES = {
    "book": "book",
    "book-chapter": "chapter",
    "dataset": "dataset",
    "dissertation": "thesis",
    "preprint": "article",
    "report": "report",
    "software": "software",
}
_ARTICLES = ("article", "review", "letter", "editorial", "erratum")


def read(identifier: str, get: Get) -> Profile:
    """Read an author by OpenAlex's id or by ORCID iD, or a work by its id."""
    problems = Problems()
    if identifier.startswith("W"):
        work = get(f"works/{identifier}", {})
        return Profile(Author(name=""), with_ids(values.finished([_paper(work, problems)])), tuple(problems.found))
    person = get(f"authors/{identifier}" if identifier.startswith("A") else f"authors/orcid:{identifier}", {})
    author_id = values.text(person, "id").rpartition("/")[2]
    drafts = []
    for work in _works(author_id, get):
        if len(list(values.items(work, "authorships"))) >= LONGEST_LIST:
            work = get(f"works/{values.text(work, 'id').rpartition('/')[2]}", {"select": _FIELDS})
        if values.at(work, "is_paratext") is not True:
            drafts.append(_paper(work, problems))
    return Profile(_person(person, author_id), with_ids(values.finished(drafts)), tuple(problems.found))


def _works(author_id: str, get: Get) -> Iterator[dict[str, Any]]:
    cursor = "*"
    while cursor:
        answer = get(
            "works",
            {"filter": f"author.id:{author_id}", "per_page": str(PAGE), "cursor": cursor, "select": _FIELDS},
        )
        works = list(values.items(answer, "results"))
        yield from works
        cursor = values.text(answer, "meta", "next_cursor") if works else ""


def _person(person: Any, author_id: str) -> Author:
    institutions = list(values.items(person, "last_known_institutions"))
    counts = {
        values.number(entry, "year"): values.number(entry, "cited_by_count")
        for entry in values.items(person, "counts_by_year")
        if 0 < values.number(entry, "year") < 10_000
    }
    # the other names that OpenAlex knows are now and then a stranger's
    return people.author(
        name=values.text(person, "display_name"),
        affiliations=tuple(
            Affiliation(name=name)
            for place in institutions
            if (name := people.line(values.text(place, "display_name")))
        ),
        links=[values.text(person, "orcid"), f"https://openalex.org/{author_id}"],
        metrics={
            "h_index": values.text(person, "summary_stats", "h_index"),
            "i10_index": values.text(person, "summary_stats", "i10_index"),
            "citations": values.text(person, "cited_by_count"),
        },
        citations_by_year={year: count for year, count in counts.items() if count},
    )


def _paper(work: Any, problems: Problems) -> Draft:
    paper = values.draft(f"openalex:{values.text(work, 'id').rpartition('/')[2]}", problems)
    title = values.text(work, "title") or values.text(work, "display_name")
    paper.put("title", tagged.as_latex(mathml.as_latex(title)))
    values.put_doi(paper, values.text(work, "doi"))
    for place in values.items(work, "locations"):
        address = values.text(place, "landing_page_url")
        if "arxiv.org/abs/" in address:
            values.put_arxiv(paper, address.rpartition("/abs/")[2])
    paper.put("pmid", values.text(work, "ids", "pmid").rstrip("/").rpartition("/")[2])
    paper.authors(
        people.paper_author(
            values.text(entry, "author", "display_name") or values.text(entry, "raw_author_name"),
            values.text(entry, "author", "orcid"),
        )
        for entry in values.items(work, "authorships")
    )
    values.put_date(
        paper, values.known_day(values.text(work, "publication_date")), values.text(work, "publication_year")
    )
    source = values.at(work, "primary_location", "source")
    kind = values.text(work, "type")
    in_repository = values.text(source, "type") == "repository"
    if not in_repository:
        paper.venue(tagged.unescaped(values.text(source, "display_name")))
    if kind in _ARTICLES:
        in_journal = values.text(source, "type") == "journal"
        paper.type("article" if in_repository else "article-journal" if in_journal else "")
        if values.text(source, "type") == "conference":
            paper.type("paper-conference")
    else:
        paper.type(_TYPES.get(kind, ""))
    first, last = values.text(work, "biblio", "first_page"), values.text(work, "biblio", "last_page")
    paper.put("volume", values.text(work, "biblio", "volume"))
    paper.put("issue", values.text(work, "biblio", "issue"))
    paper.pages(f"{first}-{last}" if first and last and first != last else first)
    paper.put("citations", values.text(work, "cited_by_count"))
    if values.at(work, "is_retracted") is True:
        paper.put("retracted", "true")
    pdf = values.text(work, "best_oa_location", "pdf_url")
    if pdf and "arxiv.org/" not in pdf:
        paper.put("pdf", pdf)
    values.put_abstract(paper, _abstract(values.at(work, "abstract_inverted_index")))
    return paper


def _abstract(index: Any) -> str:
    """The text of an inverted index: {word: [its places]}."""
    words = {
        place: word
        for word, places in (index.items() if isinstance(index, dict) else ())
        for place in (places if isinstance(places, list) else ())
        if isinstance(place, int)
    }
    return " ".join(words[place] for place in sorted(words))
