"""What one build leaves to the next."""

from typing import Any

import pytest

from generator.kept import Kept
from generator.pages.earlier import Earlier


@pytest.fixture
def made() -> list[str]:
    return []


def test_who_builds_often_makes_again_only_what_is_decided_otherwise(made: list[str]) -> None:
    earlier = Earlier(made=Kept(Any))
    for decisive in ("a", "a", "b", "b", "a"):
        found = earlier.unchanged("name", [decisive], lambda text=decisive: made.append(text) or text.upper())  # type: ignore[misc]
        assert found == decisive.upper()
        earlier.made.renew()  # type: ignore[union-attr]
    assert made == ["a", "b", "a"]


def test_what_a_build_did_not_ask_for_is_forgotten() -> None:
    earlier = Earlier(made=Kept(Any))
    earlier.remember("name", 1)
    earlier.made.renew()  # type: ignore[union-attr]
    earlier.made.renew()  # type: ignore[union-attr]
    assert earlier.remembered("name") is None


def test_who_builds_once_remembers_nothing(made: list[str]) -> None:
    earlier = Earlier()
    for _ in range(2):
        earlier.remember("name", 1)
        assert earlier.remembered("name") is None
        earlier.unchanged("other", "same", lambda: made.append("again"))
    assert made == ["again", "again"]
