"""What files hold, as digests. A file of which the file system says what it said when the file was read is not read
again."""

import contextlib
import hashlib
import os
import time
from typing import Literal, Self

import msgspec

from generator import state

SETTLED = 2_000_000_000
"""Nanoseconds. What was written more shortly before it was read may be written again and look the same, since the
clocks of file systems tick slowly (FAT's every two seconds)."""

MOST_HELD = 4_000_000
"""Bytes of files that are held after they were read for their digests, so that they need not be read twice."""

FEW_FILES = 50
FEW_BYTES = 1_000_000
"""So much is read sooner than the digests of all files are written."""

_Known = tuple[int, int, int, int, bytes]  # size, inode number, times of writing and of change in ns, digest


def digest(data: bytes) -> bytes:
    """The digest of what a file holds."""
    return hashlib.blake2b(data, digest_size=16).digest()


class Digests:
    """Digests of files. ``file`` is where they are kept from one run to the next; "": nowhere."""

    def __init__(self, file: str = "") -> None:
        self._file = file
        self._known: dict[str, _Known] = {}
        self._used: dict[str, _Known] = {}
        self._unsettled: set[str] = set()
        self._held: dict[str, tuple[bytes, bytes]] = {}
        self._given: tuple[bytes | None, bytes] = None, b""
        """What was held and read last, and its digest."""
        self._room = MOST_HELD
        if file:
            with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError), open(file, "rb") as kept:
                self._known = msgspec.msgpack.decode(kept.read(), type=tuple[Literal["blake2b"], dict[str, _Known]])[1]

    @classmethod
    def of_site(cls, folder: str | os.PathLike[str]) -> Self:
        """What earlier builds of a site left."""
        return cls(f"{os.fspath(folder)}/{state.FOLDER}/digests")

    def of(self, path: str, status: os.stat_result) -> bytes:
        """The digest of a regular file; ``status`` is what the file system just said of it. Raises OSError."""
        looks = status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns
        known = self._used.get(path) or self._known.get(path)
        if known is None or known[:4] != looks:
            data = _read(path)
            known = (*looks, digest(data))
            if len(data) <= self._room:
                self._held[path] = data, known[4]
                self._room -= len(data)
            if time.time_ns() - max(looks[2:4]) < SETTLED:
                self._unsettled.add(path)
        self._used[path] = known
        return known[4]

    def read(self, path: str) -> bytes:
        """What a file holds, as it was when its digest was made if that was just now. Raises OSError."""
        held = self._held.pop(path, None)
        if held is None:
            return _read(path)
        self._given = held
        return held[0]

    def of_read(self, data: bytes) -> bytes:
        """The digest of what ``read`` gave just now, which need not be made again where that was held."""
        return self._given[1] if data is self._given[0] else digest(data)

    def forget(self) -> None:
        """Let go of what is held, of files that nobody read or that another process read."""
        self._held = {}

    def renew(self) -> None:
        """Begin a new look at files: one that had been written just before the last look is read again."""
        if self._used:
            self._known = self._settled()
        self._used = {}
        self._unsettled = set()
        self._held = {}
        self._room = MOST_HELD

    def save(self) -> None:
        """Leave to the next run what was asked for in this look, if there is much that it would have to read."""
        settled = self._settled()
        new = [known for path, known in settled.items() if self._known.get(path) != known]
        much = len(new) > FEW_FILES or sum(size for size, *_ in new) > FEW_BYTES
        if self._file and (much or (new and not self._known)):
            with contextlib.suppress(OSError, UnicodeEncodeError):
                state.replace(self._file, [msgspec.msgpack.encode(("blake2b", settled))])

    def _settled(self) -> dict[str, _Known]:
        return {path: known for path, known in self._used.items() if path not in self._unsettled}


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.readall()
