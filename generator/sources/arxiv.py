"""arXiv's Atom: papers by identifier, the papers of an author, or those that a search finds."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.errors import ImportFailed, Place, Problems
from generator.formats.draft import Draft, clean, with_ids
from generator.formats.profile import Profile
from generator.model import Author, Link, PaperAuthor
from generator.sources import values
from generator.sources.identifiers import Get, NotThere

PAGE = 100
MOST = 10_000
"""Papers of one search: arXiv gives no more."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_AUTHOR = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]\Z|[a-z'_-]+_\d+\Z", re.IGNORECASE)
_ID = re.compile(r"arxiv\.org/abs/(\S+?)(?:v\d+)?\Z")
_TITLE = re.compile(r"(.+)['\u2019]s? articles on arXiv\Z")


def read(identifier: str, get: Get) -> Profile:
    """Read papers by identifier (several with commas), an author's (``lovelace_a_1``, an ORCID iD), or a search's
    (``au:Lovelace_A``).

    Raises ImportFailed when arXiv knows none of them.
    """
    problems = Problems()
    author = Author(name="")
    if identifier.startswith("au:"):
        entries = list(_found(get, {"search_query": identifier, "sortBy": "submittedDate"}, problems))
    elif _AUTHOR.match(identifier):
        feed = get(f"a/{identifier}.atom2", {})
        entries = feed.findall(f"{_ATOM}entry")
        title = _TITLE.match(_text(feed, f"{_ATOM}title"))
        author = Author(name=title[1] if title else "", links=(Link(url=f"https://arxiv.org/a/{identifier}"),))
    else:
        asked = identifier.split(",")
        entries = []
        for start in range(0, len(asked), PAGE):
            entries += _found(get, {"id_list": ",".join(asked[start : start + PAGE])}, problems)
    drafts = [_paper(entry, problems) for entry in entries]
    if not drafts:
        raise NotThere(f"arXiv knows no paper for {identifier[:60]}", hint="look for it at https://arxiv.org")
    return Profile(author, with_ids(values.finished(drafts)), tuple(problems.found))


def _found(get: Get, query: dict[str, str], problems: Problems) -> Iterator[Element]:
    start = 0
    size = PAGE
    while True:
        feed = get("api/query", {**query, "start": str(start), "max_results": str(size)})
        entries = feed.findall(f"{_ATOM}entry")
        for entry in entries:
            if "/api/errors" in _text(entry, f"{_ATOM}id"):
                raise ImportFailed(f"arXiv does not understand: {_text(entry, f'{_ATOM}summary')}")
        yield from entries
        start += len(entries)
        total = values.number(_text(feed, _TOTAL))
        if "id_list" in query or start >= total:
            return
        if start >= MOST:
            problems.add(
                Place("arxiv"), f"gives no more than {MOST:,} of {total:,} papers", "ask for something narrower"
            )
            return
        if not entries:
            # arXiv now and then answers with an empty page; another size is another question
            if size < PAGE // 8:
                place = Place("arxiv")
                problems.add(place, f"gave {start:,} of {total:,} papers and then none", "import the same again later")
                return
            size //= 2


def _paper(entry: Element, problems: Problems) -> Draft:
    found = _ID.search(_text(entry, f"{_ATOM}id"))
    identifier = found[1] if found else ""
    paper = values.draft(f"arxiv:{identifier}", problems)
    paper.put("title", _text(entry, f"{_ATOM}title"))
    paper.put("arxiv", identifier)
    paper.authors(PaperAuthor(name=_text(author, f"{_ATOM}name")) for author in entry.findall(f"{_ATOM}author"))
    values.put_date(paper, _text(entry, f"{_ATOM}published"))
    primary = entry.find(f"{_ARXIV}primary_category")
    codes = [category.get("term", "") for category in entry.findall(f"{_ATOM}category")]
    main = primary.get("term", "") if primary is not None else next(iter(codes), "")
    paper.put("category", main)
    # what is no code of arXiv's is one of the MSC or ACM, often several in one text
    paper.values["categories"] = tuple(
        code for code in dict.fromkeys(codes) if code != main and re.fullmatch(r"[a-z-]+(?:\.[A-Za-z-]{2,})?", code)
    )
    values.put_doi(paper, _text(entry, f"{_ARXIV}doi"))
    paper.venue(_text(entry, f"{_ARXIV}journal_ref"))
    comment = _text(entry, f"{_ARXIV}comment")
    paper.keep("comment", comment)
    values.put_code(paper, comment)
    values.put_abstract(paper, _text(entry, f"{_ATOM}summary", lines=True))
    return paper


def _text(element: Element, path: str, lines: bool = False) -> str:
    """The text below an element; arXiv breaks long ones into lines of its own."""
    said = clean(element.findtext(path) or "")
    return said if lines else " ".join(said.split())
