"""Everything that can go wrong and is not our bug.

    PaperfolioError            root; the command line prints it and exits with 1
    ├── ContentError           problems in what the user wrote, all of one run together
    ├── ThemeError             a theme that cannot be used
    ├── OutputError            the output folder cannot or must not be written
    ├── ExecutorError          no such cluster to render on
    ├── ImportFailed           a source of papers that cannot be read at all
    ├── ServeError             the preview cannot start
    └── DeployError            the site cannot be pushed to where it is published

Whatever is not one of these keeps its traceback: it is a bug of ours.
"""

import re
from collections.abc import Iterable

import msgspec

MOST_OF_A_KIND = 1000
"""Problems of one kind in one file that are told to people one by one."""

MOST_COMPARED = 50_000
"""Words that are looked through for suggestions of one kind: a report must not take longer than the reading."""


class Place(msgspec.Struct, frozen=True, order=True):
    """A position in a text file: path relative to the site's folder, line and column from 1 (0: not known)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong (or, as a warning, doubtful), where it is, and what to do about it."""

    place: Place
    what: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.what}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class Problems:
    """Collects problems in the order found, each once."""

    def __init__(self) -> None:
        self.found: dict[Problem, None] = {}

    def add(self, place: Place, what: str, hint: str = "") -> None:
        self.found.setdefault(Problem(place, what, hint))

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.found.setdefault(problem)

    def __bool__(self) -> bool:
        return bool(self.found)

    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.found))


def shortened(problems: Iterable[Problem]) -> list[Problem]:
    """The problems for people to read: where a file has very many of one kind, the first ones and how many more."""
    told: list[Problem] = []
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        kind = (problem.place.file, re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "", problem.what))
        alike.setdefault(kind, []).append(problem)
        if len(alike[kind]) <= MOST_OF_A_KIND:
            told.append(problem)
    for (file, _), found in alike.items():
        if len(found) > MOST_OF_A_KIND:
            what = f"{len(found) - MOST_OF_A_KIND:,} more like this: {found[0].what}"
            told.append(Problem(Place(file), what, "paperfolio build --json lists all"))
    return told


def closest(written: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The word that was perhaps meant; "" where none is close. ``cutoff`` (0 to 1) is how much must be alike."""
    from difflib import get_close_matches  # only where something is wrong

    return next(iter(get_close_matches(written, known, n=1, cutoff=cutoff)), "")


def path_meant(written: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The path that was perhaps meant: the only one of that name in whatever folder, else the closest; "" for none."""
    known = list(known)
    name = _last_part(written)
    same = [path for path in known if name and _last_part(path) == name]
    return same[0] if len(same) == 1 else closest(written, known, cutoff)


def _last_part(path: str) -> str:
    """The name of a file, or of a page, whose address ends with a slash."""
    return path.rstrip("/").rpartition("/")[2].casefold()


def right_to_read(error: OSError) -> str:
    """The hint for what the system does not let read; "" where it fails for another reason."""
    return "give yourself the right to read it" if isinstance(error, PermissionError) else ""


def suggestion(written: str, known: Iterable[str], otherwise: str = "", cutoff: float = 0.6) -> str:
    """A hint that asks for the closest of ``known``; ``otherwise`` where none is close."""
    close = closest(written, known, cutoff)
    return f"did you mean {close!r}?" if close else otherwise


class PaperfolioError(Exception):
    """What the user can mend. ``problems`` holds the single findings; the message sums them up."""

    def __init__(self, message: str, problems: Iterable[Problem] = (), hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)
        self.hint = hint


class ContentError(PaperfolioError):
    """The content holds problems; nothing was written."""


class ThemeError(PaperfolioError):
    """A theme is missing, incomplete or wrong."""


class OutputError(PaperfolioError):
    """The output folder cannot be written, or must not be."""


class ExecutorError(PaperfolioError):
    """There is no such cluster to render on."""


class ImportFailed(PaperfolioError):
    """A source of papers cannot be read at all."""


class ServeError(PaperfolioError):
    """The preview server cannot start."""


class DeployError(PaperfolioError):
    """The site cannot be pushed to where it is published."""
