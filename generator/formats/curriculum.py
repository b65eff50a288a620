"""A CV in the words of JSON Resume, RenderCV and al-folio: what each entry and the head of it say of the person."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator import services
from generator.formats.person import Person, points, text_of

_AWARDS = re.compile(r"\b(?:awards?|honou?rs?|prizes)\b", re.IGNORECASE)
_TITLES = ("title", "position", "studyType", "degree", "name", "label", "bullet", "number", "reversed_number")
_ORGANIZATIONS = ("institution", "company", "organization", "awarder")
_PLACES = ("department", "location")
_STARTS = ("start_date", "startDate")
_MOMENTS = ("year", "date")
_ENDS = ("end_date", "endDate")
_NOTES = ("roles", "summary", "details", "level", "keywords", "items")
_POINTS = ("description", "highlights")
TAKEN = frozenset(
    (
        *(*_TITLES, *_ORGANIZATIONS, *_PLACES, *_STARTS, *_MOMENTS, *_ENDS, *_NOTES, *_POINTS),
        *("area", "url", "score", "courses"),
    )
)
"""The keys of an entry that mean something here."""
_SAMPLES = (
    ("A German-born theoretical physicist",),
    ("alshedivat.github.io/al-folio",),
    ("albert@einstein.de",),
    ("AlbertEinstein",),
    ("(912) 123-4567",),
    ("2712 Broadway St",),
    ("Palmer Physical Laboratory",),
    ("Institute for Advanced Study", "1933"),
    ("California Institute of Technology", "1933"),
    ("Kaiser Wilhelm Institute for Physics", "1917"),
    ("Karl-Ferdinand University", "1911"),
    ("Associate Professor of Theoretical Physics", "1909"),
    ("People's Climate March", "Climate Hero"),
    ("University of Zurich", "1905"),
    ("University of Zurich", "Theory of Relativity"),
    ("Federal teaching diploma", "Eidgenössische Technische Hochschule"),
    ("Nobel Prize in Physics", "1921"),
    ("Matteucci Medal", "1921"),
    ("Max Planck Medal", "2029"),
    ("alshedivat/al-folio", "A beautiful, simple, clean"),
    ("Topic 1.", "Description 1."),
    ("Topic 2.", "Description 1."),
    ("Hobby 1, Hobby 2",),
    ("Stanford University", "2018-01-01", "Machine Learning"),
    ("Stanford University", "2018-01-01", "Quantum "),
    ("Quantum Cryptography", "Quantum Communication", "Quantum Teleportation"),
    ("Quantum computing is the use of quantum-mechanical phenomena",),
    ("Annalen der Physik", "1905"),
    ("Annalen der Physik", "1916"),
    ("Lorem ipsum dolor sit amet",),
    ("GitHub University",),
    ("Sub-skill 2.1",),
)
"""Words that stand together in the samples of al-folio and academicpages, of which many sites keep parts."""
OF_OTHERS = "they are other people's words; ask them before you publish these"
"""Why references are not taken over."""
_PRIVATE = ("phone", "location", "address")
_ADDRESS = re.compile(r"""<a\s[^>]*href=["'](https?://[^"'\s]+)""", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_OTHER_TAG = re.compile(r"</?(?!a[\s>])[A-Za-z][^<>]*>")
_LINK = re.compile(r"""<a\s[^<>]*href=["'](https?://[^"'\s<>]+)["'][^<>]*>([^<>]*)</a>""", re.IGNORECASE)
_BOLD = re.compile(r"\*\*|__")


def put_head(person: Person, head: Mapping[str, Any]) -> None:
    """Take over what the head of a CV says of the person; what is private is left out, which is told."""
    of_sample = [key for key, value in head.items() if isinstance(value, str | dict) and is_sample(value)]
    if "summary" in of_sample:
        of_sample += ["label", "headline"]
    head = {key: value for key, value in head.items() if key not in of_sample}
    person.put("role", _first(head, ("label", "headline")))
    person.put("email", text_of(head.get("email")))
    person.put("photo", _first(head, ("image", "photo", "picture")).removeprefix("./").lstrip("/"))
    person.bio(text_of(head.get("summary")))
    person.link(_first(head, ("url", "website")), "Homepage")
    for key in ("profiles", "social_networks", "custom_connections"):
        for profile in _mappings(head.get(key)):
            if not is_sample(profile):
                _put_profile(person, profile)
    private = [key for key in _PRIVATE if head.get(key)]
    if private:
        person.problem(f"{', '.join(private)}: not taken over", "what is private stays out of a profile")


def is_sample(said: Any) -> bool:
    """Whether a text or an entry is what the sample of a template says."""
    text = str(said)
    return any(all(words in text for words in together) for together in _SAMPLES)


def tell_sample(person: Person, parts: Iterable[str]) -> None:
    """Say in which parts of a CV there was what is of the sample, if there was any."""
    if parts := list(parts):
        person.problem(f"what the template's sample says was left out: {', '.join(parts)}")


def put_entry(person: Person, heading: str, entry: Any) -> None:
    """Take over an entry of the part of a CV below a heading: a mapping with keys of ``TAKEN``, or a text."""
    for said in _said(entry):
        _put(person, heading, said)


def _put_profile(person: Person, profile: Mapping[str, Any]) -> None:
    network, name = _first(profile, ("network", "placeholder")), text_of(profile.get("username"))
    address = text_of(profile.get("url")) or (name if "://" in name else "")
    if address:
        person.link(address, network)
    elif name and services.service_of(network):
        person.handle(network, name)
    elif name or network:
        person.problem(f"the profile {name!r} at {network!r} has no address", "write it into links:")


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _said(entry: Any) -> Iterator[dict[str, str]]:
    """What is said of one thing, or of several of the same year, by our keys."""
    if not isinstance(entry, dict):
        yield {"title": text_of(entry)}
        return
    said = {
        "title": _first(entry, _TITLES),
        "organization": _organization(entry),
        "url": text_of(entry.get("url")),
        "start": _first(entry, (*_STARTS, *_MOMENTS)),
        "end": _first(entry, _ENDS),
    }
    if _first(entry, _STARTS) and not said["end"]:
        # a time without an end goes on, whatever a single date means
        said["start"] += " –"
    texts = _texts(entry.get("items"))
    if not said["title"] and texts:
        yield from ({**said, "title": text} for text in texts)
        return
    area = text_of(entry.get("area"))
    if area:
        said["title"] = f"{said['title']} in {area}" if said["title"] else area
    yield {**said, "note": _note(entry)}


def _organization(entry: Mapping[str, Any]) -> str:
    """Where: the institution and what is said of its place, unless the one names the other."""
    found = _first(entry, _ORGANIZATIONS)
    for place in (text_of(entry.get(key)) for key in _PLACES):
        if place.casefold() not in found.casefold():
            found = f"{found}, {place}" if found else place
    return found


def _note(entry: Mapping[str, Any]) -> str:
    score, courses = text_of(entry.get("score")), _texts(entry.get("courses"))
    remarks = [text for key in _NOTES for text in _texts(entry.get(key))]
    if score:
        remarks.append(f"Score: {score}" if score[0].isdigit() else score)
    listed = f"Courses: {'; '.join(courses)}" if courses else ""
    return "\n\n".join(filter(None, ("; ".join(remarks), listed, *(points(entry.get(key)) for key in _POINTS))))


def _first(entry: Mapping[str, Any], keys: tuple[str, ...]) -> str:
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
    if not title and not place:
        if note or any(when):
            person.problem(f"an entry of {heading!r} has no title", "give it one; without, it is left out")
    elif kind in ("education", "experience"):
        person.position("education" if kind == "education" else "positions", title, place, when, note, url)
    elif _AWARDS.search(heading):
        person.award(title or place, place if title else "", when[0], note, url)
    else:
        person.entry(heading, title, place, when, note, url)
