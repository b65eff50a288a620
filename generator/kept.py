"""What was made of something, by the digest of what it was made of: kept from one build to the next, on disk too.

Nothing here is ever trusted to be right for another program: a file that another version wrote is not read.
"""

import contextlib
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from generator import state
from generator.text import Html

Value = TypeVar("Value")

FEW = 20
"""So few papers are read and viewed anew in a few milliseconds."""


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
        self._known: dict[bytes, Value] = {}
        self._used: dict[bytes, Value] = {}
        if file:
            decoder = msgspec.msgpack.Decoder(tuple[str, dict[bytes, kind]], dec_hook=_html)
            with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
                data = file.read_bytes()
                if data.startswith(self._head()):
                    self._known = decoder.decode(data)[1]

    def get(self, digest: bytes) -> Value | None:
        value = self._known.get(digest)
        if value is not None:
            self._used[digest] = value
        return value

    def put(self, digest: bytes, value: Value) -> None:
        self._used[digest] = value

    def renew(self) -> None:
        """Forget what was asked for since the last time by nobody."""
        self._known, self._used = self._used, {}

    def save(self) -> None:
        """Keep on disk what was used, and nothing else."""
        if not self._file or self._used.keys() == self._known.keys():
            return
        if len(self._used) < self._few:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)
            return
        with contextlib.suppress(OSError):
            state.replace(str(self._file), msgspec.msgpack.encode((self._program, self._used), enc_hook=str.__str__))

    def _head(self) -> bytes:
        """How a file of this program begins: a pair, the first of which is the program's digest."""
        return msgspec.msgpack.encode((self._program, None))[:-1]


def _html(kind: type, value: Any) -> Html:
    if kind is not Html or not isinstance(value, str):
        raise NotImplementedError(kind)
    return Html(value)
