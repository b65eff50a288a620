"""Papers and authors as they were read before, by the text that they were read from: only a changed one is read anew.

A list of papers is taken apart into its items, so that editing one paper of a long file costs one paper. Every other
file, one paper's for instance, is known as a whole.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

import msgspec

from generator.kept import Kept, Same, Unchanged
from generator.model import Author, Origin, Paper

Item = TypeVar("Item")

_ITEM = re.compile(rb"\n-(?=[ \n])")
_UNUSUAL = (b"\r", b"\n---", b"\n...", b"\n%", b"\n\xef\xbb\xbf")
_ANCHOR = rb"&([^\s,\[\]{}]+)"
_BEFORE_ANCHOR = b" \t\n,[{"
_NO_CONTENT = rb"(?:[ \t]*(?:#.*)?\n)*\Z"


class Readings:
    """What was read before, ``kept`` as if each text stood at the start of a file without a name.

    ``authors`` are those of profiles. ``related`` are papers as they became beside the other records of the site.
    ``lasting``: there will be many builds.
    """

    def __init__(
        self,
        kept: Kept[tuple[Paper, ...]] | None = None,
        lasting: bool = False,
        authors: Kept[Author] | None = None,
    ) -> None:
        self._kept = Kept(tuple[Paper, ...]) if kept is None else kept
        self._placed: Unchanged[tuple[Paper, ...]] = Unchanged(lasting)
        self._authors = Kept(Author) if authors is None else authors
        self._named: Unchanged[Author] = Unchanged(lasting)
        self.related: Same[Paper] = Same(lasting)

    def begin(self) -> None:
        """Begin to read the files of a site."""
        self._placed.begin()
        self._named.begin()

    def knows(self, digest: bytes, file: str) -> bool:
        """Whether the papers of a text will be found."""
        return _key(digest, file) in self._kept

    def find(self, digest: bytes, file: str, line: int = 1, index: int = 0) -> tuple[Paper, ...] | None:
        """The papers of a text that stands in ``file`` from ``line`` on, as item ``index`` of its list: the very same
        ones as in the last build of this process, where they stand where they stood.
        """
        papers = self._kept.get(_key(digest, file))
        if papers is None:
            return None
        return self._placed.get(papers, (file, line, index), partial(_all_moved, papers, file, line - 1, index))

    def keep(self, digest: bytes, papers: tuple[Paper, ...], file: str, line: int = 1, index: int = 0) -> None:
        """Remember what was read without a problem from a text, where ``find`` would be asked for it."""
        self._kept.put(_key(digest, file), _all_moved(papers, "", 1 - line, -index))

    def author(self, digest: bytes, author_id: str, file: str) -> Author | None:
        """The author that a text in ``file`` is about: the very same one as in the last build of this process, where
        the file has the name it had.
        """
        author = self._authors.get(digest)
        if author is None:
            return None
        named = partial(msgspec.structs.replace, author, id=author_id, origin=Origin(file, 1, 1))
        return self._named.get(author, file, named)

    def keep_author(self, digest: bytes, author: Author) -> None:
        """Remember what was read without a problem from a text about an author."""
        self._authors.put(digest, author)

    def renew(self) -> None:
        """Forget what the last build had no use for."""
        self._kept.renew()
        self._authors.renew()

    def save(self) -> None:
        """Leave what was used to later builds."""
        self._kept.save()
        self._authors.save()

    def fill(self, read: Callable[[Item], object], items: Sequence[Item], jobs: int) -> None:
        """Have ``read``, which keeps here what it reads, called with all items by so many processes, if that pays."""
        self._kept.fill(read, items, jobs)


def items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The items of a YAML file that is a list at its left margin: the line each begins in, and its text.

    Gives nothing when the file may be something else, when it is a list of one, or when two items may give an anchor
    the same name. Each text, read alone, is a list of one: whoever finds that it is not (a text in quotes may hold
    what looks like an item) reads the file as a whole.
    """
    if b"\n-" not in data:
        return
    # with a line end before it, the first line begins as every other does
    led = b"\n" + data
    starts = [found.start() for found in _ITEM.finditer(led)]
    if len(starts) < 2 or any(sign in led for sign in _UNUSUAL) or not re.match(_NO_CONTENT, data[: starts[0]]):
        return
    anchors = [found[1] for found in re.finditer(_ANCHOR, led) if led[found.start() - 1] in _BEFORE_ANCHOR]
    if len(set(anchors)) < len(anchors):
        return
    line = 1 + data.count(b"\n", 0, starts[0])
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        text = data[start:end]
        yield line, text
        line += text.count(b"\n")


def _key(digest: bytes, file: str) -> bytes:
    """The digest of a text with the form that the name of its file says it has: YAML or BibTeX."""
    return digest + file.rpartition(".")[2].lower().encode()


def _all_moved(papers: Sequence[Paper], file: str, lines: int, index: int) -> tuple[Paper, ...]:
    return tuple([_moved(paper, file, lines, index) for paper in papers])


def _moved(paper: Paper, file: str, lines: int, index: int) -> Paper:
    origin = paper.origin
    moved = Origin(file, origin.line + lines, origin.column, origin.index + index)
    return msgspec.structs.replace(paper, origin=moved)
