"""The saved text of a profile page: a head with a name and figures, then one block of lines for each paper.

    Ada Lovelace                        name
    LG                                  primary category
    h-index41                           figures, in any order, each may be missing
    133papers
    3,360citations
    Novelty53%
    AI Score60
    133 Papers                          heading of the list

    AIAug 7, 2023Code                   category, date (this year's without a year), "Code" where there is code
    Title of the Paper
    First Author, Second Author et al.  "et al." where the list is cut short
    The abstract, in LaTeX, in one or more paragraphs.

Empty lines stand between most of these; none of them is needed.
"""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from generator import scalars
from generator.dates import MONTHS, Date
from generator.errors import ImportFailed, Place, Problems
from generator.formats.profile import Profile
from generator.model import Author, Metric, Paper, PaperAuthor
from generator.text import inline, slug

_CODE = r"(?:q-[a-z]{2,}|[A-Za-z]{2,})(?:-[A-Za-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
_MARK = re.compile(
    rf"(?P<category>(?:{_CODE})??)\s*{_MONTH}\s+(?P<day>\d{{1,2}})(?:,\s*(?P<year>\d{{4}}))?\s*(?P<code>Code)?\Z",
    re.ASCII,
)
_DAMAGED_MARK = re.compile(rf"(?P<category>[A-Z]{{2}}|[a-z-]+\.{_CODE}?){_MONTH}(?:[\s\d].{{0,15}})?\Z", re.ASCII)
_UNDATED_MARK = re.compile(r"(?P<category>[A-Z]{2}|[a-z-]+\.[A-Za-z-]{2,}?)\s*(?P<code>Code)?\Z", re.ASCII)
_CATEGORY = re.compile(rf"{_CODE}\Z", re.ASCII)
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_FIGURES = (
    ("h_index", re.compile(rf"h-index\s*{_NUMBER}\Z", re.IGNORECASE)),
    ("i10_index", re.compile(rf"i10-index\s*{_NUMBER}\Z", re.IGNORECASE)),
    ("papers", re.compile(rf"{_NUMBER}\s*papers?\Z")),
    ("citations", re.compile(rf"{_NUMBER}\s*citations?\Z", re.IGNORECASE)),
    ("novelty", re.compile(rf"Novelty\s*({_NUMBER[1:-1]}\s*%?)\Z", re.IGNORECASE)),
    ("ai_score", re.compile(rf"AI Score\s*({_NUMBER[1:-1]}\s*%?)\Z", re.IGNORECASE)),
)
_HEADING = re.compile(rf"{_NUMBER}\s+Papers?\Z")
_ET_AL = re.compile(r"(?:,\s*|\s+)et\s+al\.?\Z", re.IGNORECASE)
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_NOT_IN_NAMES = re.compile(r"[;:!?()\[\]{}$\\/@<>=|\"\u201c\u201d\u3002\uff0c]|\w{3,}\.(?:\s|\Z)|^\d")
_SMALL_NAME_WORD = re.compile(
    r"(?:al|and|at|bin|da|das|de|della?|de[nrs]|di|do|dos|du|el?|for|ibn|l[ae]|of|on|san|the|van|vo[mn]|y|zu[mr]?)\Z"
)


class _Line(NamedTuple):
    number: int
    text: str


class _Mark(NamedTuple):
    """The first line of a paper: what it tells, and whether it is damaged."""

    category: str
    date: Date | None = None
    code: bool = False
    damage: str = ""


def looks_like(text: str) -> bool:
    """Whether the text is such a profile: two or more figures, or a figure and the first line of a paper."""
    lines = [line.text for line in _lines(text, Problems(), "") if len(line.text) <= 80]
    figures = sum(1 for line in lines[:40] if _figure(line))
    return figures >= 2 or (figures == 1 and any(mark["category"] for line in lines if (mark := _MARK.match(line))))


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read a saved profile. ``file`` names it in messages; ``as_of`` is the day it was saved.

    A date without a year is in the newest year that does not put it after ``as_of``. The figures get ``as_of`` as
    their date. What cannot be understood is reported with its line, and the rest is read.

    Raises ImportFailed when the text is not such a profile at all.
    """
    if not looks_like(text):
        raise ImportFailed(
            f"{file} is not the saved text of a profile page",
            hint="it should begin with a name and figures like h-index41, and have a line like LGAug 7, 2023 per paper",
        )
    problems = Problems()
    lines = _lines(text, problems, file)
    records = _records(lines, as_of)
    head = lines[: records[0][0]] if records else lines
    author = _author([line for line in head if line.text], file, as_of, problems)
    papers: list[Paper] = []
    for number, (start, mark) in enumerate(records):
        end = records[number + 1][0] if number + 1 < len(records) else len(lines)
        body = [line for line in lines[start + 1 : end] if line.text]
        papers += _papers(lines[start], mark, body, file, problems)
    return Profile(author, _with_ids(papers, file, problems), tuple(problems.found))


def _lines(text: str, problems: Problems, file: str) -> list[_Line]:
    """The lines as content files may hold them: without blanks around them, without control characters."""
    lines = []
    for number, raw in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        line = raw.replace("\xa0", " ")
        try:
            line = scalars.read_line(line)
        except scalars.Wrong as wrong:
            problems.add(Place(file, number), f"the line {wrong.what}", "it was left out")
            line = scalars.read_line("".join(filter(scalars.is_readable, line)))
        lines.append(_Line(number, line))
    return lines


def _figure(line: str) -> tuple[str, str] | None:
    """The key and the value of a line like h-index41."""
    for key, pattern in _FIGURES:
        match = pattern.match(line)
        if match:
            return key, match[1].replace(" ", "")
    return None


def _author(head: list[_Line], file: str, as_of: datetime.date, problems: Problems) -> Author:
    name = ""
    category = ""
    metrics: dict[str, Metric] = {}
    for line in head:
        figure = _figure(line.text)
        if _HEADING.match(line.text):
            continue
        if figure:
            metrics.setdefault(figure[0], Metric(value=figure[1], as_of=Date(as_of.year, as_of.month, as_of.day)))
            continue
        is_code = bool(re.fullmatch(r"[A-Z]{2}|[a-z-]+\.[A-Z]{2}", line.text))
        # behind the first lines a word may be anything, like that of a button
        first = not category and not metrics
        if not name and not is_code and (first or (" " in line.text and _is_name(line.text))):
            name = line.text
        elif not category and (is_code or (not metrics and _CATEGORY.match(line.text))):
            category = line.text
        else:
            problems.add(Place(file, line.number), f"{_short(line.text)} is not understood", "it was left out")
    if not name:
        problems.add(Place(file, 1), "the name of the author is missing", "is the beginning of the page cut off?")
    return Author(name=name, category=category, metrics=metrics)


def _records(lines: list[_Line], as_of: datetime.date) -> list[tuple[int, _Mark]]:
    """The indexes of the lines that begin a paper, with what they tell."""
    records: list[tuple[int, _Mark]] = []
    past_head = False
    for index, line in enumerate(lines):
        if len(line.text) > 60:
            continue
        past_head = past_head or bool(_figure(line.text))
        before = lines[index - 1].text if index else ""
        after = lines[index + 1].text if index + 1 < len(lines) else ""
        mark = _mark(line.text, as_of, alone=past_head and not before and bool(after))
        if mark:
            records.append((index, mark))
    return records


def _mark(text: str, as_of: datetime.date, alone: bool) -> _Mark | None:
    """Read the first line of a paper; ``alone`` allows one without date or category, which might be any short line."""
    match = _MARK.match(text)
    if match and (match["category"] or alone):
        month = MONTHS.index(match["month"]) + 1
        try:
            date = _date(match["year"], month, int(match["day"]), as_of)
        except ValueError as error:
            return _Mark(match["category"], code=bool(match["code"]), damage=f"the date in {text!r} {error}")
        return _Mark(match["category"], date, bool(match["code"]))
    match = _DAMAGED_MARK.match(text) if alone else None
    if match:
        return _Mark(match["category"], damage=f"the date in {text!r} cannot be read")
    match = _UNDATED_MARK.match(text) if alone else None
    return _Mark(match["category"], code=bool(match["code"])) if match else None


def _date(year: str | None, month: int, day: int, as_of: datetime.date) -> Date:
    """The date; without a year the newest one that is not after ``as_of``. Raises ValueError as Date.parse does."""
    if year:
        return Date.parse(f"{year}-{month}-{day}")
    for candidate in range(as_of.year, max(as_of.year - 8, 1), -1):
        try:
            date = datetime.date(candidate, month, day)
        except ValueError:  # February 29
            continue
        if date <= as_of:
            return Date(candidate, month, day)
    raise ValueError(f"has no day {day}")


def _papers(first: _Line, mark: _Mark, body: list[_Line], file: str, problems: Problems) -> Iterable[Paper]:
    """The papers of one block of lines: one, or more where the first line of another was lost."""
    if mark.damage:
        problems.add(Place(file, first.number), mark.damage, "the paper was imported without a date")
    if not body:
        problems.add(Place(file, first.number), f"no title follows {first.text!r}", "the paper was left out")
        return
    starts = [0]
    for index in range(3, len(body)):
        # A second list of authors in one block belongs to a paper whose first line is missing.
        if index - 1 > starts[-1] + 1 and _is_author_list(body[index].text, several=True):
            starts.append(index - 1)
            problems.add(
                Place(file, body[index - 1].number),
                f"a paper begins here without its line of category and date: {_short(body[index - 1].text)}",
                "it was imported without them; is something cut out of the text before it?",
            )
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(body)
        yield _paper(mark if number == 0 else _Mark(""), [line.text for line in body[start:end]])


def _paper(mark: _Mark, texts: list[str]) -> Paper:
    title, *rest = texts
    authors: tuple[PaperAuthor, ...] = ()
    et_al = False
    if rest and (_is_author_list(rest[0]) or (len(rest) > 1 and _is_name(rest[0]))):
        listed = _ET_AL.sub("", rest[0])
        authors = tuple(PaperAuthor(name=name) for name in _names(listed))
        et_al = listed != rest[0]
        rest = rest[1:]
    return Paper(
        title=title,
        authors=authors,
        et_al=et_al,
        date=mark.date,
        category=mark.category,
        abstract="\n\n".join(rest),
        code=mark.code,
    )


def _names(text: str) -> list[str]:
    names: list[str] = []
    for part in re.split(r"\s*,\s*", text.strip(" ,")):
        if part in _SUFFIXES and names:
            names[-1] = f"{names[-1]} {part}"
        elif part:
            names.append(part)
    return names


def _is_author_list(text: str, several: bool = False) -> bool:
    """Whether a line is a list of names: closed by "et al.", or of two names or more, or one of several words."""
    listed = _ET_AL.sub("", text)
    names = _names(listed)
    if not names or not all(_is_name(name) for name in names):
        return False
    return listed != text or len(names) > 1 or (" " in names[0] and not several)


def _is_name(text: str) -> bool:
    words = text.split()
    if not words or len(words) > 8 or len(text) > 80 or _NOT_IN_NAMES.search(text):
        return False
    if all(map(_SMALL_NAME_WORD.match, words)):
        return False
    return not any(word[0].islower() and word.isalpha() and not _SMALL_NAME_WORD.match(word) for word in words)


def _with_ids(papers: list[Paper], file: str, problems: Problems) -> tuple[Paper, ...]:
    """The papers with ids made from their titles; one that is listed twice is left out the second time."""
    found: dict[str, Paper] = {}
    for paper in papers:
        base = slug(inline(paper.title).plain, fallback="paper")
        unique = base
        number = 1
        while unique in found and found[unique].authors != paper.authors:
            number += 1
            unique = f"{base}-{number}"
        if unique in found:
            problems.add(Place(file), f"{_short(paper.title)} is listed twice", "it was imported once")
        else:
            found[unique] = msgspec.structs.replace(paper, id=unique)
    return tuple(found.values())


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
