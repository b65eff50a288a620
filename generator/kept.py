"""What was made of something, by the digest of what it was made of: kept from one build to the next, on disk too.

Nothing here is trusted to be right: a file that another version of the program wrote is not read, nor one that is not
as it was written.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from generator import forks, state
from generator.text import Html

Item = TypeVar("Item")
Value = TypeVar("Value")

MOST_RECENT = 0.1
"""The part of the values that may differ from those of the large file before that is written anew."""
FEW = 20
"""So few papers are read, viewed and compared anew in a few milliseconds."""
PART = 256
"""Values that are encoded at once."""
PART_OF_FORK = 16
"""Values that a fork makes before it sends them."""
ARRAY = b"\xdd"
"""How MessagePack begins an array whose length takes the next four bytes (github.com/msgpack/msgpack, spec.md)."""


class Kept(Generic[Value]):
    """Values of one type, by digest.

    ``file`` is where they are kept; None: nothing is known and nothing is written. ``program`` is the digest of the
    program that makes the values, whose own files alone are read. ``few``: so few are made again sooner than a file of
    them is worth having, and are not written.
    """

    def __init__(self, kind: Any, file: Path | None = None, program: str = "", few: int = 0) -> None:
        self._file = file
        self._program = program
        self._few = few
        self._decoder = msgspec.msgpack.Decoder(tuple[str, list[dict[bytes, kind]]], dec_hook=_html)
        self._known: dict[bytes, Value] = self._read(file) if file else {}
        self._saved = frozenset(self._known)
        recent: dict[bytes, Value] = self._read(_recent(file)) if file and self._known else {}
        self._recent = frozenset(recent)
        self._known |= recent
        self._used: dict[bytes, Value] = {}

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._known or digest in self._used

    def __bool__(self) -> bool:
        """Whether anything is known of earlier builds, or of this one."""
        return bool(self._known or self._used)

    def get(self, digest: bytes) -> Value | None:
        value = self._known.get(digest)
        if value is None:
            return self._used.get(digest)
        self._used[digest] = value
        return value

    def put(self, digest: bytes, value: Value) -> None:
        self._used[digest] = value

    def made(self, digest: bytes, make: Callable[[], Value]) -> Value:
        """The value of that digest, which ``make`` makes where there is none."""
        value = self.get(digest)
        if value is None:
            value = make()
            self.put(digest, value)
        return value

    def fill(self, make: Callable[[Item], object], items: Sequence[Item], jobs: int, worth: int | None = None) -> None:
        """Have ``make``, which puts here what it makes, called with all items by so many processes, if they are many:
        ``worth``, or else as many as it pays for papers.

        What a process of its own puts is known here afterwards. Nothing else that it does is.
        """
        if jobs < 2 or len(items) < (worth or forks.WORTH_IT):
            return

        def work(part: Sequence[Item]) -> bytes:
            self._used = {}  # a fork has no use for what it has sent
            for item in part:
                make(item)
            put = {digest: value for digest, value in self._used.items() if digest not in self._known}
            return b"".join(_in_parts(self._program, put))

        parts = forks.cut(items, PART_OF_FORK)
        for number, sent in forks.shared(work, parts, jobs):
            if sent is not None:
                self._known |= self._decode(sent)
                continue
            for item in parts[number]:
                make(item)

    def renew(self) -> None:
        """Forget what was asked for since the last time by nobody."""
        self._known, self._used = self._used, {}

    def save(self) -> None:
        """Keep on disk what was used; what a few changes leave behind stays for a while."""
        if not self._file or self._used.keys() == self._saved | self._recent:
            return
        added = {digest: value for digest, value in self._used.items() if digest not in self._saved}
        gone = len(self._saved) + len(added) - len(self._used)
        recent = _recent(self._file)
        with contextlib.suppress(OSError):
            if len(self._used) < self._few:
                self._file.unlink(missing_ok=True)
                recent.unlink(missing_ok=True)
            elif len(added) + gone > len(self._saved) * MOST_RECENT:
                state.save(str(self._file), _in_parts(self._program, self._used))
                recent.unlink(missing_ok=True)
            elif added.keys() != self._recent:
                state.save(str(recent), _in_parts(self._program, added))

    def _read(self, file: Path) -> dict[bytes, Value]:
        with contextlib.suppress(msgspec.DecodeError):
            if data := _read(file, self._program):
                return self._decode(data)
        return {}

    def _decode(self, data: bytearray | memoryview) -> dict[bytes, Value]:
        found: dict[bytes, Value] = {}
        for part in self._decoder.decode(data)[1]:
            found |= part
        return found


class Last(Generic[Value]):
    """One value, as the last build left it: on disk too, where there is a ``file``.

    A process that builds once has no use for what it ``put``: unless it ``lasts``, what the file will hold is made of
    it at once, which takes a fifth of the memory.
    """

    def __init__(self, kind: Any, file: Path | None = None, program: str = "", lasts: bool = True) -> None:
        self._file = file
        self._program = program
        self._lasts = lasts
        self._decoder = msgspec.msgpack.Decoder(tuple[str, kind], dec_hook=_html)
        self._value: Value | None = None
        self._is_read = not file
        self._new: Callable[[], bytes] | None = None
        """Gives what the file is to hold, if that is new."""

    def get(self) -> Value | None:
        """The value; None where there was none, and after ``put`` in a process that builds once."""
        if self._file and not self._is_read:
            self._is_read = True
            with contextlib.suppress(msgspec.DecodeError):
                if data := _read(self._file, self._program):
                    self._value = self._decoder.decode(data)[1]
        return self._value

    def put(self, value: Value) -> None:
        self._is_read = True
        encode = partial(_encoded, (self._program, value))
        if self._lasts:
            self._value, self._new = value, encode
        elif self._file:
            self._value, self._new = None, partial(bytes, encode())

    def save(self) -> None:
        if self._file and self._new:
            with contextlib.suppress(OSError):
                state.save(str(self._file), [self._new()])


class Same(Generic[Value]):
    """What was made of objects that are still the very same ones, never on disk.

    Only a process that builds often has any use for it: else nothing ``lasts``.
    """

    def __init__(self, lasts: bool = True) -> None:
        self.lasts = lasts
        self._common: tuple[object, ...] = ()
        # beside each value the object that it was made of: so long as it is here, no other has its id
        self._known: dict[int, tuple[object, Value]] = {}
        self._used: dict[int, tuple[object, Value]] = {}

    def begin(self, *common: object) -> None:
        """Forget what nobody asked for since the last time; everything, if ``common``, which decides too, is not what
        it was.
        """
        self._known = self._used if common == self._common else {}
        self._used = {}
        self._common = common

    def get(self, source: object) -> Value | None:
        found = self._known.get(id(source))
        if found is None:
            return None
        self._used[id(source)] = found
        return found[1]

    def put(self, source: object, value: Value) -> None:
        if self.lasts:
            self._used[id(source)] = source, value


class Unchanged(Generic[Value]):
    """What was made of objects that are still the very same ones, and of what else decided in each, see ``Same``."""

    def __init__(self, lasts: bool = True) -> None:
        self._same: Same[tuple[object, Value]] = Same(lasts)

    def begin(self, *common: object) -> None:
        self._same.begin(*common)

    def get(self, source: object, decisive: object, make: Callable[[], Value]) -> Value:
        """What ``make`` makes; made again only when the source is another, or ``decisive`` is not what it was."""
        if not self._same.lasts:
            return make()
        known = self._same.get(source)
        if known is None or known[0] != decisive:
            known = decisive, make()
            self._same.put(source, known)
        return known[1]


def _encoded(value: object) -> bytes:
    return msgspec.msgpack.encode(value, enc_hook=str.__str__)


def _head(program: str) -> bytes:
    """How what this program writes begins: a pair, the first of which is the program's digest."""
    return _encoded((program, None))[:-1]


def _in_parts(program: str, values: Mapping[bytes, object]) -> Iterator[bytes]:
    """The digest and an array of maps, each encoded when it is its turn: all at once may take as much memory again as
    the values do.
    """
    items = [*values.items()]
    starts = range(0, len(items), PART)
    yield _head(program) + ARRAY + len(starts).to_bytes(4, "big")
    for start in starts:
        yield _encoded(dict(items[start : start + PART]))


def _read(file: Path, program: str) -> memoryview | None:
    """What a file of this program holds, if there is one, and it is as it was written."""
    data = state.saved(str(file))
    head = _head(program)
    return data if data is not None and data[: len(head)] == head else None


def _recent(file: Path) -> Path:
    """Where values are kept that were made since ``file`` was written."""
    return file.with_name(f"{file.name}-recent")


def _html(kind: type, value: Any) -> Html:
    if kind is not Html or not isinstance(value, str):
        raise NotImplementedError(kind)
    return Html(value)
