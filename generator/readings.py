"""Papers as they were read before, by the text that they were read from: only a changed text is parsed again.

A list of papers is taken apart into its items, so that editing one paper of a long file costs one paper.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.inputs import program
from generator.model import Origin, Paper

_ITEM = re.compile(rb"^-(?=[ \n])", re.MULTILINE)
_UNUSUAL = re.compile(rb"\r|^(?:---|\.\.\.|%)|\A\xef\xbb\xbf", re.MULTILINE)
_NO_CONTENT = re.compile(rb"(?:[ \t]*(?:#.*)?\n)*\Z")


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """The file: what read the papers, and what it read."""

    program: str
    papers: dict[bytes, tuple[Paper, ...]]


class Readings:
    """What was read before. ``file`` is where it is kept; None: nothing is known and nothing will be kept."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known: dict[bytes, tuple[Paper, ...]] = {}
        self._used: dict[bytes, tuple[Paper, ...]] = {}
        if file:
            with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
                kept = msgspec.msgpack.decode(file.read_bytes(), type=Kept)
                if kept.program == program():
                    self._known = kept.papers

    def find(self, text: bytes, file: str, line: int, index: int) -> tuple[Paper, ...] | None:
        """The papers of a text that stands in ``file`` from ``line`` on, as item ``index`` of its list."""
        key = _key(text)
        papers = self._known.get(key)
        if papers is None:
            return None
        self._used[key] = papers
        return tuple(_moved(paper, file, line - 1, index) for paper in papers)

    def keep(self, text: bytes, line: int, index: int, papers: tuple[Paper, ...]) -> None:
        """Remember what was read without a problem from a text, where ``find`` would be asked for it."""
        self._used[_key(text)] = tuple(_moved(paper, "", 1 - line, -index) for paper in papers)

    def save(self) -> None:
        """Keep what this build used, for the next one."""
        if not self._file or (self._used.keys() == self._known.keys()):
            return
        new = self._file.with_name(f"{self._file.name}.{os.getpid()}.new")
        with contextlib.suppress(OSError):
            new.write_bytes(msgspec.msgpack.encode(Kept(program(), self._used)))
            os.replace(new, self._file)


def items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The items of a YAML file that is a list at its left margin: the line each begins in, and its text.

    Gives nothing when the file may be something else. Each text, read alone, is a list of one: whoever finds that it
    is not (a text in quotes may hold what looks like an item) reads the file as a whole.
    """
    starts = [found.start() for found in _ITEM.finditer(data)]
    if not starts or _UNUSUAL.search(data) or not _NO_CONTENT.match(data[: starts[0]]):
        return
    line = 1 + data.count(b"\n", 0, starts[0])
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        text = data[start:end]
        yield line, text
        line += text.count(b"\n")


def _key(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).digest()


def _moved(paper: Paper, file: str, lines: int, index: int) -> Paper:
    origin = paper.origin
    moved = Origin(file, origin.line + lines, origin.column, origin.index + index)
    return msgspec.structs.replace(paper, origin=moved)
