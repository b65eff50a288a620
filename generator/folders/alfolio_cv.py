"""The CV of a site of al-folio, ``_data/cv.yml`` in its old form and in RenderCV's (docs.rendercv.com)."""

import html
import re
from collections.abc import Iterator
from typing import Any

from generator import names
from generator.errors import Place
from generator.folders.folder import Head
from generator.formats.person import Person, points, text_of

_SAMPLE = ("Kaiser Wilhelm Institute", "Matteucci Medal", "alshedivat/al-folio", "Sub-description 1.", "Hobby 1")
"""What stands in the CV of Einstein, of which many sites keep parts."""
_AWARDS = re.compile(r"\b(?:awards?|honou?rs?|prizes)\b", re.IGNORECASE)
_PAPERS = re.compile(r"\bpublications?\b", re.IGNORECASE)
_TITLES = ("title", "position", "studyType", "degree", "name", "label", "bullet")
_PLACES = ("institution", "company", "organization", "awarder", "department", "location")
_NOTES = ("summary", "details", "level", "keywords", "items")
_POINTS = ("description", "highlights")
_ADDRESS = re.compile(r"""<a\s[^>]*href=["'](https?://[^"'\s]+)""", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_OTHER_TAG = re.compile(r"</?(?!a[\s>])[A-Za-z][^<>]*>")
_LINK = re.compile(r"""<a\s[^<>]*href=["'](https?://[^"'\s<>]+)["'][^<>]*>([^<>]*)</a>""", re.IGNORECASE)
_BOLD = re.compile(r"\*\*|__")


def read(person: Person, data: Head) -> None:
    """Take over what is said of the person; what is left behind is told."""
    left = []
    for heading, entries in _parts(person, data).items():
        if any(sample in str(entries) for sample in _SAMPLE):
            continue
        if _PAPERS.search(heading) or not isinstance(entries, list):
            left.append(heading)
            continue
        for entry in entries:
            for said in _entries(entry):
                _put(person, heading, said)
    if left:
        what = f"parts of the CV: not taken over ({', '.join(left)})"
        person.problems.add(Place(data.file), what, "papers are taken from the bibliographies")


def _parts(person: Person, data: Head) -> dict[str, Any]:
    """The entries of each part by its heading; none when the file is about somebody else."""
    whole = data.mapping("cv")
    if whole:
        sections = whole.get("sections")
        return sections if _is_about(person, text_of(whole.get("name"))) and isinstance(sections, dict) else {}
    listed = [part for part in data.list("") if isinstance(part, dict)]
    facts = [fact for part in listed if part.get("type") == "map" for fact in _dicts(part.get("contents"))]
    name = next((text_of(fact.get("value")) for fact in facts if text_of(fact.get("name")) == "Full Name"), "")
    if not _is_about(person, name):
        return {}
    return {text_of(part.get("title")): part.get("contents") for part in listed if part.get("type") != "map"}


def _is_about(person: Person, name: str) -> bool:
    return bool(name) and names.sort_key(name).split()[:1] == names.sort_key(person.name).split()[:1]


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _entries(entry: Any) -> Iterator[dict[str, str]]:
    """What is said of one thing, or of several of the same year, by our keys."""
    if not isinstance(entry, dict):
        yield {"title": text_of(entry)}
        return
    said = {
        "title": _first(entry, _TITLES),
        "organization": _first(entry, _PLACES),
        "url": _first(entry, ("url",)),
        "start": _first(entry, ("start_date", "startDate", "year", "date")),
        "end": _first(entry, ("end_date", "endDate")),
    }
    texts = _texts(entry.get("items"))
    if not said["title"] and texts:
        yield from ({**said, "title": text} for text in texts)
        return
    area = text_of(entry.get("area"))
    if area:
        said["title"] = f"{said['title']} in {area}" if said["title"] else area
    remark = "; ".join(text for key in _NOTES for text in _texts(entry.get(key)))
    yield {**said, "note": "\n\n".join(filter(None, (remark, *(points(entry.get(key)) for key in _POINTS))))}


def _first(entry: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := text_of(entry.get(key)))), "")


def _texts(value: Any) -> list[str]:
    return [text for item in (value if isinstance(value, list) else [value]) if (text := text_of(item))]


def _put(person: Person, heading: str, said: dict[str, str]) -> None:
    address = _ADDRESS.search(said["title"])
    note = html.unescape(_TAG.sub("", _LINK.sub(r"[\2](\1)", _OTHER_TAG.sub("", said.get("note", "")))))
    said = {key: html.unescape(_BOLD.sub("", _TAG.sub("", text))).strip() for key, text in said.items()}
    title, place, when = said["title"], said.get("organization", ""), (said.get("start", ""), said.get("end", ""))
    url = said.get("url") or (address[1] if address else "")
    kind = heading.split(" ")[0].casefold()
    if kind in ("education", "experience"):
        person.position("education" if kind == "education" else "positions", title, place, when, note, url)
    elif _AWARDS.search(heading):
        person.award(title, place, when[0], note)
    else:
        person.entry(heading, title, place, when, note, url)
