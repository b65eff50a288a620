"""The terminal: what is said on it, in which style, and what shows there that work goes on.

Messages go to stderr, data to stdout. What is no terminal, or a simple one, gets plain text alone.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from generator.errors import PaperfolioError, Problem, shortened

LONG_WORK = 400
"""Files from which on a progress bar is worth showing."""
DRAWN_AFTER = 0.1
"""Seconds from one drawing of the bar to the next."""


def say(text: str, **styles: Any) -> None:
    """A line on stderr; ``styles`` as for ``click.style``."""
    click.echo(_styled(text, **styles), err=True, color=_colored())


def say_problems(problems: Iterable[Problem], label: str = "") -> None:
    """Each with its place and its hint; ``label`` tells what it is if not an error."""
    for problem in problems:
        what = f"{label}: {problem.what}" if label else problem.what
        click.echo(f"{_styled(str(problem.place), bold=True)}: {_styled(what)}", err=True, color=_colored())
        if problem.hint:
            click.echo(f"  {_styled('hint:', dim=True)} {_styled(problem.hint)}", err=True, color=_colored())


def say_error(error: PaperfolioError) -> None:
    """Its problems, what they come to, and what to do."""
    say_problems(shortened(error.problems))
    say(error.message, fg="red")
    if error.hint:
        say(f"  hint: {error.hint}")


def print_json(value: object) -> None:
    """Data for programs, on stdout."""
    import json

    shown = json.dumps(value, ensure_ascii=False, indent=1)
    # what stands for bytes that are not UTF-8, in the name of a file, gets its escape of JSON
    click.echo(shown.encode("utf-8", "backslashreplace").decode())


def count(number: int, noun: str) -> str:
    """``1 page``, ``1,234 pages``."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def quoted(path: Path) -> str:
    """The path as it must be written in a command line."""
    if os.name == "nt":
        from subprocess import list2cmdline  # not needed by most commands

        return list2cmdline([str(path)])
    from shlex import quote

    return quote(str(path))


@contextlib.contextmanager
def progress(
    label: str = "Building", least: int = LONG_WORK
) -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """A bar for work of at least so many steps; where there is no terminal, nothing.

    Gives what has to be told the number of all steps, and what has to be told how many more are done.
    """
    if not _steerable():
        yield (lambda total: None), (lambda count: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # without a thread that draws it: builds may fork
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    task = bar.add_task("", total=None, visible=False)
    drawn = 0.0

    def started(total: int) -> None:
        if total >= least:
            bar.start()
            bar.update(task, total=total, visible=True, refresh=True)

    def done(count: int) -> None:
        nonlocal drawn
        bar.advance(task, count)
        if time.monotonic() - drawn > DRAWN_AFTER:
            bar.refresh()
            drawn = time.monotonic()

    try:
        yield started, done
    finally:
        bar.stop()


@contextlib.contextmanager
def status() -> Iterator[tuple[Callable[[str], None], Callable[[str], None]]]:
    """A line that tells what is being done; where there is no terminal, nothing.

    Gives what has to be told this, and what says a line above it.
    """
    if not _steerable():
        yield (lambda text: None), say
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("") as line:
        yield line.update, lambda text: console.print(_printable(text), markup=False, highlight=False)


def _styled(text: str, **styles: Any) -> str:
    """The text in a style, on a terminal. What could move the cursor or change colours itself is shown, not sent."""
    shown = _printable(text)
    return click.style(shown, **styles) if _colored() else shown


def _printable(text: str) -> str:
    if text.replace("\n", "").isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else repr(sign)[1:-1] for sign in text)


def _steerable() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _colored() -> bool:
    return _steerable() and not os.environ.get("NO_COLOR")
