"""Addresses that hold a user name or a password are told where they stand, and without what they hold."""

import time

import pytest

from generator.credentials import credentials
from generator.errors import Problems


def told(text: str) -> list[str]:
    """Line, column and host of each address that is told."""
    warnings = Problems()
    assert credentials(text.encode(), "f.yaml", warnings) == bool(warnings)
    assert not any("ada" in str(warning) or "secret" in str(warning) for warning in warnings.found)
    return [f"{str(one.place).removeprefix('f.yaml:')} {one.what.split()[3]}" for one in warnings.found]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: 1\nurl: https://ada:secret@example.org/x\n", ["2:6 example.org"]),
        ("code: HTTP://secret@example.org", ["1:7 example.org"]),
        ("[é](https://ada:secret@a.org) <https://ada:se@cret@b.org>", ["1:5 a.org", "1:32 b.org"]),
        (r"\href{https://ada:secret@a.org:80/x}{x}", ["1:7 a.org:80"]),
        ("x\r\ny\x0bz\rhttps://ada:secret@a.org", ["3:1 a.org"]),
        ("\ufeffurl: 'https://ada:secret@a.org'", ["1:7 a.org"]),
        ("https://ada:secret@a.org https://ada:secret@a.org", ["1:1 a.org", "1:26 a.org"]),
    ],
)
def test_a_user_name_or_a_password_is_told(text: str, places: list[str]) -> None:
    assert told(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "email: ada@example.org\nurl: https://example.org/",
        "https://example.org/@ada https://example.org?m=ada@example.org https://example.org#ada@x",
        "mailto:ada@example.org ssh://ada@example.org/x",
        "[x](https://example.org)ada@example.org",
        "https://example.org\nada@example.org",
    ],
)
def test_what_stands_elsewhere_in_an_address_is_not(text: str) -> None:
    assert told(text) == []


def test_an_address_without_end_takes_no_time() -> None:
    began = time.perf_counter()
    assert told("https://a:" * 100_000 + "a" * 1_000_000 + "\n@") == []
    assert told("https://" + "a@" * 500_000) == ["1:1 a"]
    assert time.perf_counter() - began < 5
