"""What is said on the terminal: plain where nobody looks, and nothing that steers it."""

import io
import json

import pytest

from generator import terminal
from generator.errors import OutputError, Place, Problem

ESCAPE = "\x1b"
PROBLEM = Problem(Place("content/site.yaml", 2, 3), "no such theme", "there are: base, folio")


class Screen(io.StringIO):
    """A stderr that is a terminal."""

    def isatty(self) -> bool:
        return True


def looked_at(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Called in the test itself: what a fixture puts in the place of stderr, pytest replaces again."""
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return screen


def test_messages_go_to_stderr_and_data_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say("done", bold=True)
    terminal.print_json({"name": "Zoë"})
    said = capsys.readouterr()
    assert said.err == "done\n"
    assert "Zoë" in said.out
    assert json.loads(said.out) == {"name": "Zoë"}


def test_a_name_that_is_not_utf_8_can_be_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.print_json({"file": "a\udcff.txt"})
    assert json.loads(capsys.readouterr().out) == {"file": "a\udcff.txt"}


def test_problem_has_its_place_its_kind_and_its_hint(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say_problems([PROBLEM, Problem(Place("a"), "is odd")], label="warning")
    assert capsys.readouterr().err.splitlines() == [
        "content/site.yaml:2:3: warning: no such theme",
        "  hint: there are: base, folio",
        "a: warning: is odd",
    ]


def test_error_is_said_after_its_problems_and_before_its_hint(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say_error(OutputError("1 problem found", [Problem(Place("a"), "is odd")], hint="mend it"))
    assert capsys.readouterr().err.splitlines() == ["a: is odd", "1 problem found", "  hint: mend it"]


@pytest.mark.parametrize(
    ("name", "value", "coloured"), [("LANG", "C", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)]
)
def test_terminal_gets_colours_unless_it_is_asked_not_to(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, coloured: bool
) -> None:
    screen = looked_at(monkeypatch)
    monkeypatch.setenv(name, value)
    terminal.say("wrong", fg="red")
    terminal.say_problems([PROBLEM])
    assert (ESCAPE in screen.getvalue()) == coloured


def test_what_would_steer_the_terminal_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = looked_at(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    terminal.say(f"wrote {ESCAPE}]0;taken\r")
    terminal.say_problems([Problem(Place(f"{ESCAPE}[2J.yaml"), "a\x00b", "c\x7fd")])
    assert screen.getvalue().splitlines() == [
        r"wrote \x1b]0;taken\r",
        r"\x1b[2J.yaml: a\x00b",
        r"  hint: c\x7fd",
    ]


@pytest.mark.parametrize(("number", "text"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1234, "1,234 pages")])
def test_count_has_its_noun(number: int, text: str) -> None:
    assert terminal.count(number, "page") == text


@pytest.mark.parametrize(("total", "shown"), [(10, False), (600, True)])
def test_bar_is_shown_for_long_work_alone(monkeypatch: pytest.MonkeyPatch, total: int, shown: bool) -> None:
    screen = looked_at(monkeypatch)
    with terminal.progress("Building") as (started, done):
        started(total)
        done(total // 2)
    assert (f"{total // 2}/{total}" in screen.getvalue()) == shown


def test_work_is_told_on_a_terminal_and_lines_stand_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = looked_at(monkeypatch)
    with terminal.status() as (asked, told):
        asked("asking arXiv")
        told(f"waits [for] {ESCAPE}")
    assert r"waits [for] \x1b" in screen.getvalue()


def test_without_a_terminal_there_are_lines_and_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.progress(least=1) as (started, done), terminal.status() as (asked, told):
        started(5)
        done(5)
        asked("asking arXiv")
        told("waits")
    assert capsys.readouterr() == ("", "waits\n")
