"""What several files of a site say of one person, put together, nothing twice."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from generator import names
from generator.dates import Date
from generator.errors import Problems
from generator.folders.folder import Folder
from generator.formats import json_resume
from generator.formats.person import Person
from generator.model import Award, Position

Entry = TypeVar("Entry", Position, Award)

_EINSTEIN = "Albert Einstein"


def is_about(person: Person, name: str) -> bool:
    """Whether a CV that names somebody is that of the person, as far as the family name tells; if not, it is told."""
    if name == _EINSTEIN:
        return False
    families = [names.sort_key(one).split()[:1] for one in (name, person.name)]
    if not name or not person.name or families[0] == families[1]:
        return True
    what = f"tells of {name!r}, not of {person.name!r}: not taken over"
    person.problem(what, f"if both are one person, write the name as {person.name!r} there")
    return False


def of_resume(name: str, path: Path, folder: Folder, hint: str) -> Person | None:
    """What a file of JSON Resume tells of the person of that name, if it is about them; ``hint`` is for its papers."""
    told = Person(str(path), Problems())
    papers = json_resume.fill(told, folder.text(path))
    person = Person(told.file, folder.problems)
    person.name = name
    if not is_about(person, told.name):
        return None
    folder.problems.extend(told.problems.found)
    told.problems = folder.problems
    if papers:
        hint = f"{hint}; these too with: paperfolio import {path}"
        told.problem(f"publications: not taken over ({len(papers)})", hint)
    return told


def join(person: Person, other: Person) -> None:
    """Add what a CV, read as another person in the making, says besides; what it says otherwise or again is told."""
    otherwise = [key for key, text in other.texts.items() if text and text != (person.texts.get(key) or text)]
    for key, text in other.texts.items():
        person.put(key, text)
    if otherwise:
        other.problem(f"{', '.join(otherwise)}: not taken over", "other files of the site say it otherwise")
    for link in other.links:
        person.link(link.url, link.label)
    person.interests += other.interests
    again = _join(person.positions, other.positions, _same_thing, _same_stay)
    again += _join(person.education, other.education, _same_thing, _same_stay)
    again += _join(person.awards, other.awards, _same_thing)
    headings = {heading.casefold(): heading for heading in person.sections}
    for heading, entries in other.sections.items():
        own = headings.get(heading.casefold(), heading)
        # talks may stand below "Invited talks", too
        for known in [known for known in person.sections if known != own and _alike(known, own)]:
            entries, different = _unknown(person.sections[known], entries, _same_thing)
            again += different
        if entries:
            again += _join(person.sections.setdefault(own, []), entries, _same_thing)
    if again:
        what = f"entries that another file of the site has, too: not taken over again ({'; '.join(again)})"
        other.problem(what, "look at them in the profile")


def _join(known: list[Entry], more: Sequence[Entry], *ways: Callable[[Entry, Entry], bool]) -> list[str]:
    """Add what is not known yet; gives the titles of those that are, and are otherwise there."""
    left, again = _unknown(known, more, *ways)
    known += left
    return again


def _unknown(
    known: list[Entry], more: Sequence[Entry], *ways: Callable[[Entry, Entry], bool]
) -> tuple[list[Entry], list[str]]:
    """What is not known yet in one of the ways; and the titles of those that are, and are otherwise there."""
    left, again = list(more), []
    unpaired = list(range(len(known)))
    for is_same in ways:
        for entry in tuple(left):
            place = next((place for place in unpaired if is_same(known[place], entry)), None)
            if place is None:
                continue
            unpaired.remove(place)
            left.remove(entry)
            if is_same is _same_thing:
                known[place] = _completed(known[place], entry)
            if _completed(entry, known[place]) != known[place]:
                again.append(entry.title)
    return left, again


def _same_thing(one: Entry, other: Entry) -> bool:
    """Whether the titles of two entries are alike, and where and when do not differ."""
    return _alike(one.title, other.title) and _may_be_same(one, other)


def _may_be_same(one: Entry, other: Entry) -> bool:
    """Whether two entries do not differ in where and when, as far as both tell it."""
    where = not one.organization or not other.organization or _alike(one.organization, other.organization)
    return where and all(
        not first or not second or first.year == second.year
        for first, second in zip(_times(one), _times(other), strict=True)
    )


def _same_stay(one: Entry, other: Entry) -> bool:
    """Whether two positions or degrees are of one institution and end in one year: titles are abbreviated at will."""
    end, other_end = _times(one)[-1], _times(other)[-1]
    same_end = end is not None and other_end is not None and end.year == other_end.year
    return (
        isinstance(one, Position)
        and same_end
        and bool(one.organization)
        and _alike(one.organization, other.organization)
        and _may_be_same(one, other)
    )


def _times(entry: Entry) -> tuple[Date | None, ...]:
    return (entry.start, entry.end) if isinstance(entry, Position) else (entry.date,)


def _completed(known: Entry, entry: Entry) -> Entry:
    empty = [key for key in entry.__struct_fields__ if not getattr(known, key)]
    return msgspec.structs.replace(known, **{key: getattr(entry, key) for key in empty})


def _alike(one: str, other: str) -> bool:
    """Whether one of two titles has all words of the other."""
    first, second = (set(re.findall(r"[\w+#]+", text.casefold())) for text in (one, other))
    return bool(first and second) and (first <= second or second <= first)
