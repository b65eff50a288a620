"""Dates stay as precise as they were written."""

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dates import Date


@st.composite
def dates(draw: st.DrawFn) -> Date:
    """Dates of all three precisions."""
    year = draw(st.integers(1, 9999))
    month = draw(st.integers(0, 12))
    last = calendar.monthrange(year, month)[1] if month else 0
    return Date(year, month, draw(st.integers(0, last)))


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2023", Date(2023)),
        ("2023-08", Date(2023, 8)),
        ("2023-08-07", Date(2023, 8, 7)),
        ("2023-8-7", Date(2023, 8, 7)),
        (" 2023 ", Date(2023)),
        ("0001", Date(1)),
        ("2024-02-29", Date(2024, 2, 29)),
        ("2000-02-29", Date(2000, 2, 29)),
    ],
)
def test_a_date_is_read_at_its_own_precision(written: str, date: Date) -> None:
    assert Date.parse(written) == date


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "is not a date"),
        ("23", "is not a date"),
        ("20230807", "is not a date"),
        ("2023-08-07T10:00:00Z", "is not a date"),
        ("7.8.2023", "is not a date"),
        ("2023/08/07", "is not a date"),
        ("2023-", "is not a date"),
        ("-2023", "is not a date"),
        ("٢٠٢٣", "is not a date"),
        ("2023\n-08", "is not a date"),
        ("0000", "has no year 0000: years run from 0001 to 9999"),
        ("2023-00", "has no month 00: months run from 01 to 12"),
        ("2023-13-01", "has no month 13: months run from 01 to 12"),
        ("2023-02-29", "has no day 29: Feb 2023 has 28 days"),
        ("1900-02-29", "has no day 29: Feb 1900 has 28 days"),
        ("2023-04-31", "has no day 31: Apr 2023 has 30 days"),
        ("2023-04-00", "has no day 00: Apr 2023 has 30 days"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(written: str, said: str) -> None:
    with pytest.raises(ValueError) as caught:
        Date.parse(written)
    assert str(caught.value) == said


@given(dates())
def test_a_date_reads_back_from_its_iso_form(date: Date) -> None:
    assert Date.parse(date.iso) == date


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: datetime.date) -> None:
    date = Date.parse(day.isoformat())
    assert (date.year, date.month, date.day) == (day.year, day.month, day.day)
    assert date.iso == day.isoformat()


@given(dates(), dates())
def test_dates_stand_in_the_order_of_their_iso_forms(one: Date, other: Date) -> None:
    assert (one < other) == (one.iso < other.iso)


@pytest.mark.parametrize(
    ("date", "iso", "text", "parts", "moment"),
    [
        (Date(2023, 8, 7), "2023-08-07", "Aug 7, 2023", [2023, 8, 7], "2023-08-07T00:00:00Z"),
        (Date(2023, 8), "2023-08", "Aug 2023", [2023, 8], "2023-08-01T00:00:00Z"),
        (Date(2023), "2023", "2023", [2023], "2023-01-01T00:00:00Z"),
        (Date(476, 9, 4), "0476-09-04", "Sep 4, 476", [476, 9, 4], "0476-09-04T00:00:00Z"),
    ],
)
def test_no_form_says_more_than_is_known(date: Date, iso: str, text: str, parts: list[int], moment: str) -> None:
    assert (date.iso, date.text, date.parts, date.rfc3339) == (iso, text, parts, moment)
