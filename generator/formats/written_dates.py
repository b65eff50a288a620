"""Dates as other programs write them: 2014//, 2021/03/04/, 2018 Mar 1, March 2020, 2020-05-00."""

import re

from generator.dates import MONTHS, Date
from generator.formats.draft import Draft

_NUMBERS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})?(?:[-/.](\d{1,2})?)?)?(?!\d)", re.ASCII)
_WORDS = re.compile(
    rf"(?:(?P<year>\d{{4}})\W+)?(?:(?P<first>\d{{1,2}})\W+)?(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
    rf"(?:[-/–](?:{'|'.join(MONTHS)})[a-z]*\.?)?"
    r"(?:\W+(?P<day>\d{1,2})(?!\d))?(?:\W+(?P<last>\d{4}))?",
    re.IGNORECASE | re.ASCII,
)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)", re.ASCII)


def read(text: str) -> Date | None:
    """The date in a text, as precise as it says; None where there is none."""
    text = text.strip()
    words = _WORDS.search(text)
    year = (words["year"] or words["last"]) if words else ""
    if words and year:
        month = [name.lower() for name in MONTHS].index(words["month"][:3].lower()) + 1
        return _date(int(year), month, int(words["day"] or words["first"] or 0))
    numbers = _NUMBERS.match(text)
    if numbers:
        return _date(*(int(part or 0) for part in numbers.groups()))
    found = _YEAR.search(text)
    return _date(int(found[1]), 0, 0) if found else None


def put_date(draft: Draft, *texts: str) -> None:
    """Set the most precise date of those that agree with the first that can be read; report when none can."""
    dates = [date for text in texts if (date := read(text))]
    if dates:
        same = [date for date in dates if date.year == dates[0].year]
        draft.values["date"] = max(same, key=lambda date: len(date.parts))
        return
    for text in filter(str.strip, texts):
        if not draft.status(text):
            draft.doubt(f"the date {text[:40]!r} is not one", "the paper has no date")


def _date(year: int, month: int, day: int) -> Date | None:
    """The date as far as there is such a month and day."""
    for parts in ((year, month, day), (year, month), (year,)):
        if 0 not in parts[1:]:
            try:
                return Date.parse(
                    "-".join(f"{part:04d}" if not place else f"{part:02d}" for place, part in enumerate(parts))
                )
            except ValueError:
                continue
    return None
