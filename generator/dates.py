"""Dates that are as precise as what is known: a year, a month or a day."""

import calendar
import datetime
import re
from typing import Self

import msgspec

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z", re.ASCII)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Date(msgspec.Struct, frozen=True, order=True):
    """A day, a month or a year of the common era (1 to 9999); ``month`` and ``day`` are 0 where not known.

    Ordering puts the less precise first: 2023 < 2023-01 < 2023-01-01.
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises ValueError, whose message completes "the date ...".
        """
        match = _WRITTEN.match(text.strip())
        if not match:
            raise ValueError("is not a date")
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        if year == 0:
            raise ValueError("has no year 0000: years run from 0001 to 9999")
        if match[2] and not 1 <= month <= 12:
            raise ValueError(f"has no month {match[2]}: months run from 01 to 12")
        if match[3]:
            last = calendar.monthrange(year, month)[1]
            if not 1 <= day <= last:
                raise ValueError(f"has no day {match[3]}: {MONTHS[month - 1]} {year} has {last} days")
        return cls(year, month, day)

    @property
    def iso(self) -> str:
        """The date at its own precision, as ``<time datetime>`` takes it: ``2023``, ``2023-08``, ``2023-08-07``."""
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        if self.month:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}"

    @property
    def text(self) -> str:
        """For people: ``Aug 7, 2023``, ``Aug 2023``, ``2023``."""
        if self.day:
            return f"{MONTHS[self.month - 1]} {self.day}, {self.year}"
        if self.month:
            return f"{MONTHS[self.month - 1]} {self.year}"
        return str(self.year)

    @property
    def parts(self) -> list[int]:
        """CSL-JSON date-parts: one to three numbers."""
        return [part for part in (self.year, self.month, self.day) if part]

    @property
    def rfc3339(self) -> str:
        """The first moment that the date may mean, in UTC; feeds have no other way to say a month or a year."""
        first = datetime.date(self.year, self.month or 1, self.day or 1)
        return f"{first.isoformat()}T00:00:00Z"
