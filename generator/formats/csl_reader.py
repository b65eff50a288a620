"""CSL-JSON, as Zotero and citation processors write it and as Crossref answers, to papers."""

import datetime
import re
from typing import Any

import msgspec

from generator import scalars
from generator.errors import ImportFailed, Problems
from generator.formats import tagged
from generator.formats.draft import Draft, author, clean, with_ids
from generator.formats.json_items import items, text_of, texts_of
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Author, Paper, PaperAuthor
from generator.schema import Choice, fields_of

_KEY = re.compile(r'"(?:title|DOI|author|type|container-title|issued)"\s*:')
_OF_SERVICES = re.compile(
    r'"(?:abstract_inverted_index|cited_by_count|publication_year|paperId|externalIds|put-code)"\s*:'
)
_TYPES = {
    "article-magazine": "article-journal",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "edited-book": "book",
    "journal-article": "article-journal",
    "monograph": "book",
    "peer-review": "review",
    "post-weblog": "webpage",
    "posted-content": "article",
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "review-book": "review",
}
_DATES = ("issued", "published", "published-print", "published-online", "available-date")
_KEPT = {
    "publisher-place": "address",
    "edition": "edition",
    "collection-title": "series",
    "ISSN": "issn",
    "ISBN": "isbn",
}
_PARTICLES = ("dropping-particle", "non-dropping-particle")
_ARXIV = re.compile(r"(?:arxiv:)?(\d{4}\.\d{4,5}(?:v\d+)?)\Z", re.IGNORECASE)


def looks_like(text: str) -> bool:
    """Whether the text is JSON with a key of CSL, and no answer of a service that has some of these keys, too."""
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("[", "{") or '"itemType"' in text:
        return False
    return bool(_KEY.search(text)) and not _OF_SERVICES.search(text)


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read CSL-JSON. ``file`` names it in messages.

    Raises ImportFailed when the text holds no item.
    """
    problems = Problems()
    papers = []
    found = items(clean(text.removeprefix("\ufeff")), file, problems)
    if not found and not problems:
        raise ImportFailed(f"{file} holds no item of CSL-JSON")
    for index, item in enumerate(found):
        draft = Draft(file, item.line, problems, problems)
        _fill(draft, item.value)
        paper = draft.paper(index)
        if paper is not None:
            papers.append(paper)
    return Profile(Author(name=""), with_ids(papers), tuple(problems.found))


def name_of(value: Any) -> str:
    """A name of CSL or Crossref as it is printed; empty when it holds none."""
    return _named(value).name


def _fill(draft: Draft, item: dict[str, Any]) -> None:
    draft.call(text_of(item.get("citation-key") or item.get("id")))
    draft.put(
        "title", tagged.as_latex(": ".join(text for key in ("title", "subtitle") if (text := text_of(item.get(key)))))
    )
    authors = item.get("author")
    draft.authors(_author(draft, name) for name in (authors if isinstance(authors, list) else []))
    put_date(draft, *(text for key in _DATES if (text := _date(item.get(key)))))
    draft.put("doi", text_of(item.get("DOI")))
    draft.put("pmid", text_of(item.get("PMID")))
    csl_type = text_of(item.get("type"))
    number = _ARXIV.match(text_of(item.get("number")))
    if number and (text_of(item.get("number"))[:1] in "aA" or "arxiv.org" in text_of(item.get("URL"))):
        draft.put("arxiv", number[1])
        csl_type = ""
    if text_of(item.get("URL")):
        draft.address(text_of(item.get("URL")))
    draft.venue(tagged.as_latex(text_of(item.get("container-title") or item.get("event-title") or item.get("event"))))
    abbreviation = text_of(item.get("container-title-short"))
    if len(abbreviation) <= 20 and "." not in abbreviation:
        draft.put("abbr", abbreviation)
    for name in ("volume", "issue", "publisher"):
        if not (name == "publisher" and draft.has("arxiv") and text_of(item.get(name)) == "arXiv"):
            draft.put(name, text_of(item.get(name)))
    draft.pages(text_of(item.get("page") or item.get("article-number")))
    draft.abstract(text_of(item.get("abstract")))
    draft.tags(
        re.split(r"\s*[,;]\s*", text_of(item.get("keyword")))
        if item.get("keyword")
        else texts_of(item.get("categories"))
    )
    draft.status(text_of(item.get("status")))
    _note(draft, text_of(item.get("note")))
    custom = item.get("custom")
    draft.values["et_al"] = isinstance(custom, dict) and custom.get("et_al") is True
    for key, name in _KEPT.items():
        draft.keep(name, ", ".join(texts_of(item.get(key))))
    editors = item.get("editor")
    draft.keep("editor", ", ".join(filter(None, map(name_of, editors if isinstance(editors, list) else []))))
    words = fields_of(Paper)["type"].shape
    csl_type = _TYPES.get(csl_type, csl_type)
    draft.type(csl_type if isinstance(words, Choice) and csl_type in words.words else "")


def _author(draft: Draft, value: Any) -> PaperAuthor:
    orcid = text_of(value.get("ORCID")) if isinstance(value, dict) else ""
    named = _named(value)
    if orcid:
        try:
            orcid = scalars.read_orcid(orcid.replace("http://", "https://"))
            return msgspec.structs.replace(named, orcid=orcid)
        except scalars.Wrong as wrong:
            draft.doubt(f"orcid {wrong.what}", wrong.hint)
    return named


def _named(value: Any) -> PaperAuthor:
    if not isinstance(value, dict):
        return PaperAuthor(name=text_of(value))
    literal = text_of(value.get("literal"))
    if "," in literal:
        # not of one piece: many programs put names here that they could not take apart
        return PaperAuthor(name=literal)
    if literal:
        return author("", literal)
    family = " ".join(filter(None, (text_of(value.get(key)) for key in (*_PARTICLES, "family"))))
    return author(text_of(value.get("given")), family or text_of(value.get("name")), text_of(value.get("suffix")))


def _date(value: Any) -> str:
    """A date of CSL as numbers with hyphens, or as its words."""
    if not isinstance(value, dict):
        return text_of(value)
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and first and text_of(first[0]):
        return "-".join(text_of(part) for part in first[:3])
    return text_of(value.get("raw") or value.get("literal"))


def _note(draft: Draft, note: str) -> None:
    if note.strip(".").casefold() == "retracted":
        draft.values["retracted"] = True
    elif note and not draft.status(note):
        draft.put("note", tagged.as_latex(note))
