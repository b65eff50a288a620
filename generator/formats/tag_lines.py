"""Texts of tagged lines (RIS, PubMed's nbib, EndNote's enw) as records of tags and texts."""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple

from generator.errors import Problems
from generator.formats.draft import Draft, tell_untaken, with_ids
from generator.formats.profile import Profile
from generator.model import Author


class TagLine(NamedTuple):
    """A tag, its text with what goes on in the lines below, and its line in the file."""

    tag: str
    text: str
    line: int


class TagRecord(NamedTuple):
    """One record: the lines from its first tag on, whether its end was marked, and the tags that were asked for."""

    lines: list[TagLine]
    ended: bool
    asked: set[str]

    @property
    def line(self) -> int:
        return self.lines[0].line

    def all(self, *tags: str) -> list[TagLine]:
        """The lines of any of the tags that say something, in the order of the tags."""
        self.asked.update(tags)
        return [line for tag in tags for line in self.lines if line.tag == tag and line.text.strip()]

    def first(self, *tags: str) -> TagLine:
        """The first of ``all``, or an empty line."""
        found = self.all(*tags)
        return found[0] if found else TagLine("", "", self.line)

    def unasked(self) -> list[tuple[str, int]]:
        """The tags that say something and that nobody asked for, with their lines."""
        return [(line.tag, line.line) for line in self.lines if line.tag not in self.asked and line.text.strip()]


def records(text: str, pattern: re.Pattern[str], first: str, last: str = "") -> Iterator[TagRecord]:
    """The records of a text: ``pattern`` finds a tag and its text in a line; ``first`` begins a record, ``last`` ends
    it.

    A record without its last tag goes on to the next first one. Lines outside of records are passed over.
    """
    open_lines: list[TagLine] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        match = pattern.match(line)
        if match and match[1] == first:
            if open_lines:
                yield TagRecord(open_lines, ended=False, asked=set())
            open_lines = [TagLine(first, match[2].strip(), number)]
        elif match and match[1] == last and open_lines:
            yield TagRecord(open_lines, ended=True, asked=set())
            open_lines = []
        elif match and open_lines:
            open_lines.append(TagLine(match[1], match[2].strip(), number))
        elif open_lines:
            before = open_lines[-1]
            open_lines[-1] = before._replace(text=f"{before.text}\n{line.strip()}".strip())
    if open_lines:
        yield TagRecord(open_lines, ended=False, asked=set())


def profile(
    found: Iterable[TagRecord],
    file: str,
    fill: Callable[[Draft, TagRecord], None],
    of_programs: Container[str] | None = None,
) -> Profile:
    """The papers of records, of nobody known; ``fill`` takes the values of one. ``file`` names it in messages.

    Tags that are not taken over are told, but for those ``of_programs``, which nobody misses; without these, none is.
    """
    problems = Problems()
    papers = []
    unasked: list[tuple[str, int]] = []
    for index, record in enumerate(found):
        draft = Draft(file, record.line, problems, problems)
        fill(draft, record)
        if of_programs is not None:
            unasked += [(tag, line) for tag, line in record.unasked() if tag not in of_programs]
        paper = draft.paper(index)
        if paper is not None:
            papers.append(paper)
    tell_untaken(problems, file, unasked)
    return Profile(Author(name=""), with_ids(papers), tuple(problems.found))
