"""A résumé in JSON Resume (jsonresume.org/schema), as programs export it and al-folio keeps it, to a person and papers.

Its publications name no authors: they become papers without, of the person.
"""

import datetime
import re
from collections.abc import Collection
from typing import Any

from generator import services
from generator.errors import Place, Problems
from generator.formats import curriculum, tagged
from generator.formats.draft import Draft, clean, tell_untaken, with_ids
from generator.formats.json_items import Member, members, text_of, texts_of
from generator.formats.person import Person
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Paper, PaperAuthor, Position

_HEADINGS = {
    "work": "Experience",
    "volunteer": "Volunteer",
    "education": "Education",
    "awards": "Awards",
    "certificates": "Certificates",
    "skills": "Skills",
    "languages": "Languages",
    "projects": "Projects",
}
"""The parts of the CV, and what they are called in it."""
_LISTS = (*_HEADINGS, "publications", "interests", "references")
_NAMES = {
    "work": {"name": "company"},
    "certificates": {"issuer": "organization"},
    "education": {"title": "details"},
    "languages": {"language": "name", "fluency": "summary"},
    "projects": {"entity": "organization"},
}
"""Keys that mean something else in a part than in others."""
_HEAD = ("name", "label", "image", "picture", "email", "phone", "url", "website", "summary", "location", "profiles")
_OF_PROFILE = ("network", "username", "url")
_OF_INTEREST = ("name", "keywords")
_OF_PUBLICATION = ("name", "publisher", "releaseDate", "url", "website", "summary", "authors")
_MAY_BE_NUMBERS = frozenset(("date", "endDate", "level", "phone", "releaseDate", "score", "startDate"))
_MAY_BE_LISTS = frozenset(("authors", "courses", "description", "highlights", "keywords", "roles"))
_OF_PROGRAMS = ("$schema", "meta", "icon", "id")
_PART = re.compile(rf'"(basics|{"|".join(_LISTS)})"\s*:\s*[\[{{]')
_NOTHING: tuple[Any, ...] = ("", None, [], {})
_LEFT_OUT = "it was left out"
_URL_OF_SAMPLE = "https://example.com"
_LANGUAGES_OF_SAMPLE = [Position(title="German", note="Native speaker"), Position(title="English", note="Fluent")]


def looks_like(text: str) -> bool:
    """Whether the text is JSON with ``basics`` or two other parts of a résumé."""
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("[", "{"):
        return False
    parts = set(_PART.findall(text))
    return "basics" in parts or len(parts) > 1


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read a résumé. ``file`` names it in messages."""
    problems = Problems()
    person = Person(file, problems)
    papers = fill(person, text)
    if not person.name:
        problems.add(Place(file), "does not tell whose it is", 'write the name: {"basics": {"name": "Ada Lovelace"}}')
    alone = [paper for paper in papers if not paper.authors]
    if alone:
        what = f"publications: authors are not told ({len(alone)})"
        problems.add(Place(file, alone[0].origin.line), what, "write authors: into these papers")
    return Profile(person.author(), with_ids(papers), tuple(problems.found))


def fill(person: Person, text: str) -> list[Paper]:
    """Take over what a résumé tells of the person; gives the publications that it lists."""
    resume = _Resume(person)
    for member in members(clean(text.removeprefix("\ufeff")), person.file, person.problems, ("basics", *_LISTS)):
        person.line = member.line
        resume.take(member)
    person.line = 0
    resume.tell()
    return resume.papers


class _Resume:
    """What was read of a résumé so far, beside what the person is told to have done."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.papers: list[Paper] = []
        self.untaken: list[tuple[str, int]] = []
        self.references: list[int] = []
        self.of_sample: dict[str, None] = {}

    def take(self, member: Member) -> None:
        key, value = member.key, member.value
        if value in _NOTHING or key in _OF_PROGRAMS:
            return
        if key == "basics" and member.listed:
            self.person.problem("basics is a list, not a mapping", _LEFT_OUT)
        elif key == "basics":
            self._head(value)
        elif key not in _LISTS:
            self.untaken.append((key, member.line))
        elif not member.listed:
            self.person.problem(f"{key} is {_form(value)}, not a list", _LEFT_OUT)
        elif not isinstance(value, dict | str):
            self.person.problem(f"{key} lists {_form(value)}, not a mapping", _LEFT_OUT)
        elif curriculum.is_sample(value):
            self.of_sample[key] = None
        elif key == "references":
            self.references.append(member.line)
        else:
            self._entry(key, value if isinstance(value, dict) else {"name": value})

    def tell(self) -> None:
        """Tell what was not taken over."""
        person = self.person
        if self.of_sample and person.sections.get("Languages") == _LANGUAGES_OF_SAMPLE:
            del person.sections["Languages"]
            self.of_sample["languages"] = None
        curriculum.tell_sample(person, self.of_sample)
        if self.references:
            place = Place(person.file, self.references[0])
            what = f"references: not taken over ({len(self.references)})"
            person.problems.add(place, what, curriculum.OF_OTHERS)
        tell_untaken(person.problems, person.file, self.untaken)

    def _head(self, value: Any) -> None:
        if not isinstance(value, dict):
            self.person.problem(f"basics is {_form(value)}, not a mapping", _LEFT_OUT)
            return
        said = self._texts("basics", value, _HEAD)
        if said.get("name") == "Albert Einstein":
            self.of_sample["basics"] = None
            return
        self.person.name = said.pop("name", "")
        curriculum.put_head(self.person, said)

    def _entry(self, key: str, value: dict[str, Any]) -> None:
        if key == "publications":
            self._publication(self._texts(key, value, _OF_PUBLICATION))
        elif key == "interests":
            said = self._texts(key, value, _OF_INTEREST)
            self.person.interests += filter(None, [said.get("name", ""), *texts_of(said.get("keywords"))])
        else:
            names = _NAMES.get(key, {})
            said = self._texts(key, {names.get(name, name): text for name, text in value.items()}, curriculum.TAKEN)
            curriculum.put_entry(self.person, _HEADINGS[key], said)

    def _publication(self, said: dict[str, Any]) -> None:
        person = self.person
        draft = Draft(person.file, person.line, person.problems, person.problems)
        draft.put("title", tagged.as_latex(said.get("name", "")))
        draft.authors(PaperAuthor(name=name) for name in texts_of(said.get("authors")))
        put_date(draft, said.get("releaseDate", ""))
        for key in ("url", "website"):
            draft.addresses(key, said.get(key, ""))
        draft.venue(tagged.as_latex(said.get("publisher", "")))
        draft.abstract(said.get("summary", ""))
        paper = draft.paper(len(self.papers))
        if paper:
            self.papers.append(paper)

    def _texts(self, part: str, mapping: dict[str, Any], taken: Collection[str]) -> dict[str, Any]:
        """What a mapping says by the keys that mean something there, as texts and lists of texts."""
        said: dict[str, Any] = {}
        for key, value in mapping.items():
            if value in _NOTHING or key in _OF_PROGRAMS or (key == "url" and value == _URL_OF_SAMPLE):
                continue
            if key in taken:
                said[key] = self._value(f"{key} of {part}", key, value)
            elif part == "basics" and services.service_of(key):
                self.person.handle(key, text_of(value))
            else:
                self.untaken.append((f"{key} of {part}", self.person.line))
        return said

    def _value(self, what: str, key: str, value: Any) -> Any:
        """A text, or a list where the key may have one; what is neither says nothing, which is told."""
        if key == "profiles" and isinstance(value, list):
            if any(not isinstance(profile, dict | str) for profile in value):
                self.person.problem(f"{what} lists something that is no mapping", _LEFT_OUT)
            given = [{"url": profile} if isinstance(profile, str) else profile for profile in value]
            return [self._texts(key, profile, _OF_PROFILE) for profile in given if isinstance(profile, dict)]
        if key == "location" and isinstance(value, dict):
            return " ".join(filter(None, map(text_of, value.values())))
        if isinstance(value, list) and key in _MAY_BE_LISTS:
            texts = texts_of(value)
            if len(texts) < len(value):
                self.person.problem(f"{what} lists something that is no text", _LEFT_OUT)
            return [clean(text) for text in texts]
        if isinstance(value, str) or (isinstance(value, int | float) and key in _MAY_BE_NUMBERS):
            return clean(text_of(value)).strip()
        self.person.problem(f"{what} is {_form(value)}, not a text", _LEFT_OUT)
        return ""


def _form(value: Any) -> str:
    """What a value of JSON is, in words."""
    if isinstance(value, bool):
        return "true or false"
    forms: dict[type, str] = {dict: "a mapping", list: "a list", str: "a text"}
    return forms.get(type(value), "a number")
