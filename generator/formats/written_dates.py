"""Dates as other programs write them: 2014//, 2021/03/04/, 2018 Mar 1, March 2020, 2020-05-00."""

import functools
import re

from generator.dates import MONTHS, Date
from generator.formats.draft import Draft

_NUMBERS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})?(?:[-/.](\d{1,2})?)?)?(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)", re.ASCII)
_ORDINAL = r"(?:st|nd|rd|th)?"
_WORDS = re.compile(
    rf"(?:(?<!\d)(?P<before>\d{{1,2}}){_ORDINAL}(?:[-/–]\d{{1,2}}{_ORDINAL})?[\s.-]+)?"
    rf"(?<![a-z])(?P<month>{'|'.join(MONTHS)})[a-z]*"
    rf"(?:\W+(?P<day>\d{{1,2}})(?!\d){_ORDINAL})?",
    re.IGNORECASE | re.ASCII,
)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)", re.ASCII)


def read(text: str) -> Date | None:
    """The date in a text, as precise as it says; None where there is none. Of a range it is the first day."""
    return read_closely(text)[0]


def read_closely(text: str) -> tuple[Date | None, str]:
    """The date in a text, and what was wrong where it had to be cut short."""
    text = text.strip()
    year = _YEAR.search(text)
    month, day = month_and_day(text)
    if month and year:
        return _date(int(year[1]), month, day)
    if numbers := _NUMBERS.match(text):
        return _date(*(int(part or 0) for part in numbers.groups()))
    if numbers := _DAY_FIRST.match(text):
        return _date(*(int(part) for part in reversed(numbers.groups())))
    return _date(int(year[1]), 0, 0) if year else (None, "")


@functools.lru_cache(maxsize=256)
def month_and_day(text: str) -> tuple[int, int]:
    """The month that a text names, and the day beside it; 0 for what it does not tell."""
    words = _WORDS.search(text)
    if not words:
        return 0, 0
    month = MONTHS.index(words["month"][:3].capitalize()) + 1
    return month, int(words["before"] or words["day"] or 0)


def put_date(draft: Draft, *texts: str) -> None:
    """Set the most precise date of those that agree with the first that can be read; report when none can.

    A text may lack the year that another one has: EndNote writes ``Mar 5`` beside it.
    """
    found = [(text, date, wrong) for text in texts for date, wrong in [read_closely(text)] if date]
    dates = [date for _, date, _ in found]
    if dates:
        without_year = (text for text in texts if not _YEAR.search(text))
        dates += [date for text in without_year if (date := read(f"{text} {dates[0].year:04d}"))]
        same = [date for date in dates if date.year == dates[0].year]
        most = draft.values["date"] = max(same, key=lambda date: len(date.parts))
        for text, date, wrong in found:
            if wrong and date == most:
                draft.doubt(f"the date {text[:40]!r} {wrong}", "it was cut short")
        return
    for text in filter(str.strip, texts):
        if not draft.status(text):
            draft.doubt(f"the date {text[:40]!r} is not one", "the paper has no date")


def _date(year: int, month: int, day: int) -> tuple[Date | None, str]:
    """The date as far as there is such a month and day, and what is wrong with the rest."""
    wrong = ""
    for parts in ((year, month, day), (year, month), (year,)):
        if 0 not in parts[1:]:
            try:
                return Date.parse(
                    "-".join(f"{part:04d}" if not place else f"{part:02d}" for place, part in enumerate(parts))
                ), wrong
            except ValueError as error:
                wrong = wrong or str(error)
    return None, wrong
