"""Zotero's own JSON (its web API's items, and Better BibTeX's export) to papers."""

import datetime
import re
from typing import Any

from generator.errors import ImportFailed, Problems
from generator.formats import tagged
from generator.formats.draft import Draft, author, clean, with_ids
from generator.formats.json_items import items, text_of
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Author, PaperAuthor

_TYPES = {
    "audioRecording": "",
    "blogPost": "webpage",
    "book": "book",
    "bookSection": "chapter",
    "computerProgram": "software",
    "conferencePaper": "paper-conference",
    "dataset": "dataset",
    "dictionaryEntry": "chapter",
    "encyclopediaArticle": "chapter",
    "journalArticle": "article-journal",
    "magazineArticle": "article-journal",
    "manuscript": "manuscript",
    "patent": "patent",
    "preprint": "article",
    "presentation": "speech",
    "report": "report",
    "thesis": "thesis",
    "webpage": "webpage",
}
_AUTHORS = frozenset(
    ("author", "artist", "cartographer", "director", "inventor", "performer", "podcaster", "presenter", "programmer")
)
"""Who made an item; each type of item has its own word."""
_NO_PAPERS = ("attachment", "note", "annotation")
_VENUES = (
    *(
        "publicationTitle",
        "proceedingsTitle",
        "bookTitle",
        "conferenceName",
        "meetingName",
        "university",
        "institution",
    ),
    *("websiteTitle", "blogTitle", "encyclopediaTitle", "dictionaryTitle", "repository"),
)
_ALSO = {"reportNumber": "issue", "patentNumber": "issue", "company": "publisher", "studio": "publisher"}
_KEPT = {
    "place": "address",
    "edition": "edition",
    "series": "series",
    "ISSN": "issn",
    "ISBN": "isbn",
    "language": "language",
    "thesisType": "type",
    "versionNumber": "version",
}
_EXTRA = re.compile(
    r"^\s*(DOI|arXiv|PMID|Citation Key|tldr)\s*:\s*(\S.*?)\s*(?:\[[\w.-]+\])?\s*$", re.IGNORECASE | re.MULTILINE
)
_EXTRA_KEYS = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid"}


def looks_like(text: str) -> bool:
    """Whether the text is JSON with Zotero's key for the type of an item."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{") and '"itemType"' in text


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read Zotero's JSON; attachments and notes are no papers and are passed over. ``file`` names it in messages.

    Raises ImportFailed when the text holds no item.
    """
    problems = Problems()
    papers = []
    found = items(clean(text.removeprefix("\ufeff")), file, problems)
    if not found and not problems:
        raise ImportFailed(f"{file} holds no item of Zotero")
    for index, item in enumerate(found):
        draft = draft_of(item.value, file, item.line, problems)
        if draft is None:
            continue
        paper = draft.paper(index)
        if paper is not None:
            papers.append(paper)
    return Profile(Author(name=""), with_ids(papers), tuple(problems.found))


def draft_of(item: dict[str, Any], file: str, line: int, problems: Problems) -> Draft | None:
    """What an item of Zotero says about a paper; None for an attachment or a note."""
    data = item.get("data")
    data = data if isinstance(data, dict) else item
    if data.get("itemType") in _NO_PAPERS:
        return None
    draft = Draft(file, line, problems, problems)
    meta = item.get("meta")
    _fill(draft, data, text_of(meta.get("parsedDate")) if isinstance(meta, dict) else "")
    return draft


def _fill(draft: Draft, data: dict[str, Any], parsed_date: str) -> None:
    draft.key = text_of(data.get("citationKey") or data.get("citekey"))
    draft.put("title", tagged.as_latex(text_of(data.get("title"))))
    creators = data.get("creators")
    people = [person for person in creators if isinstance(person, dict)] if isinstance(creators, list) else []
    told = [person for person in people if _named(person).name and text_of(person.get("creatorType"))]
    if creators and not isinstance(creators, list):
        draft.doubt("creators is no list of names", "it was left out")
    elif creators and len(told) < len(creators):
        draft.doubt("creators lists somebody without a name or a creatorType", "who that is was left out")
    draft.authors(_named(person) for person in people if text_of(person.get("creatorType")) in _AUTHORS)
    for role in ("editor", "translator"):
        draft.keep(role, ", ".join(_named(person).name for person in people if person.get("creatorType") == role))
    put_date(draft, *(filter(None, (parsed_date, text_of(data.get("date") or data.get("issueDate"))))))
    draft.put("doi", text_of(data.get("DOI")))
    archive = text_of(data.get("archiveID"))
    if archive.casefold().startswith("arxiv:"):
        draft.put("arxiv", archive)
    notes = text_of(data.get("extra"))
    for name, value in _EXTRA.findall(notes):
        if name.casefold() == "citation key":
            draft.key = draft.key or value
        elif name.casefold() == "tldr":
            draft.put("tldr", value)
        else:
            draft.put(_EXTRA_KEYS[name.casefold()], value)
    if text_of(data.get("url")):
        draft.address(text_of(data.get("url")))
    draft.venue(tagged.as_latex(next((text for key in _VENUES if (text := text_of(data.get(key)))), "")))
    for key in ("volume", "issue", "publisher", *_ALSO):
        draft.put(_ALSO.get(key, key), text_of(data.get(key)))
    draft.pages(text_of(data.get("pages")))
    draft.abstract(text_of(data.get("abstractNote")))
    tags = data.get("tags")
    draft.tags(
        text_of(tag.get("tag") if isinstance(tag, dict) else tag) for tag in (tags if isinstance(tags, list) else [])
    )
    for key, name in _KEPT.items():
        draft.keep(name, text_of(data.get(key)))
    draft.type(_TYPES.get(text_of(data.get("itemType")), ""))


def _named(person: dict[str, Any]) -> PaperAuthor:
    whole = text_of(person.get("name"))
    return author("", whole) if whole else author(text_of(person.get("firstName")), text_of(person.get("lastName")))
