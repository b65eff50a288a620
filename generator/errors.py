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

from collections.abc import Iterable

import msgspec


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
