"""All that a build depends on, as one digest: when it is what it was, the result is known.

Contents count, not times: a file that was only touched is the same file.
"""

import hashlib
import os
import stat
from collections.abc import Set
from pathlib import Path

import msgspec

from generator import __version__
from generator.digests import Digests
from generator.listing import Listing

SOURCES = ("content", "themes")
"""Folders of a site that builds read."""
PACKAGE = os.path.dirname(os.path.abspath(__file__))

_File = tuple[str, os.stat_result]
_Written = tuple[int, int, int]  # size, times of writing and of change in nanoseconds


class Inputs(msgspec.Struct, frozen=True):
    """What a build depends on, as it was at one moment."""

    folder: Path
    digest: str
    """Hex digest; "" when something lies there that only a build can judge."""
    program: str
    """Hex digest of the program."""
    listing: Listing
    """The folders as they were found."""
    _written: dict[str, _Written] | None

    def still_so(self, unopened: Set[str] = frozenset()) -> bool:
        """Whether no file but those ``unopened`` was written since, even with what it held before."""
        try:
            return self._written is not None and all(
                _written(os.lstat(path)) == self._written[path] for path in self._written.keys() - unopened
            )
        except OSError:
            return False


def look(folder: Path, digests: Digests, *options: object) -> Inputs:
    """Look at a site's sources and at the program; ``options`` is anything whose repr tells its value."""
    digests.renew()
    listing = Listing()
    found = _sources(folder, listing)
    written = {path: _written(status) for path, status in found} if found is not None else None
    held = _held(folder, found, digests) if found is not None else ""
    of_program = program(digests)
    if held:
        held = hashlib.blake2b(f"{held} {of_program} {options!r}".encode(), digest_size=16).hexdigest()
    return Inputs(folder, held, of_program, listing, written)


def _sources(folder: Path, listing: Listing) -> list[_File] | None:
    """All files that builds read; None where one cannot tell."""
    found: list[_File] = []
    try:
        for name in SOURCES:
            _walk(f"{folder}/{name}", listing, found)
    except (_Unreadable, OSError):
        return None
    return found


def _written(status: os.stat_result) -> _Written:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _held(folder: Path, files: list[_File], digests: Digests) -> str:
    """Hex digest of what files hold; "" when one cannot be read."""
    start = len(f"{folder}/")
    names = "\0".join([path[start:] for path, _ in files])
    try:
        held = b"".join([digests.of(path, status) for path, status in files])
    except OSError:
        return ""
    # a name may be no text
    return hashlib.blake2b(names.encode("utf-8", "surrogatepass") + b"\0\0" + held, digest_size=16).hexdigest()


def program(digests: Digests) -> str:
    """Hex digest of the program: its own files, and the names and versions of the packages installed beside it."""
    found = hashlib.blake2b(__version__.encode(), digest_size=16)
    checkout = os.path.join(os.path.dirname(PACKAGE), "themes")
    for folder in (PACKAGE, *([] if os.path.isdir(f"{PACKAGE}/themes") else [checkout])):
        files: list[_File] = []
        _walk(folder, Listing(), files, skipped="__pycache__")
        for path, status in files:
            found.update(f"{path[len(folder) :]}\0".encode() + digests.of(path, status))
    site_packages = os.path.dirname(os.path.dirname(msgspec.__file__))
    packages = (name for name in os.listdir(site_packages) if name.endswith(".dist-info"))
    found.update("\0".join(sorted(packages)).encode())
    return found.hexdigest()


class _Unreadable(Exception):
    """Something that is neither a file nor a folder, or a link."""


def _walk(folder: str, listing: Listing, found: list[_File], skipped: str = "") -> None:
    """Add the files below a folder, sorted, to ``found``; none when there is no such folder.

    Raises _Unreadable for a link (what it leads to may change unseen) and for what is no regular file.
    """
    try:
        entries = listing.of(folder)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != skipped:
                _walk(entry.path, listing, found, skipped)
        elif stat.S_ISREG((status := entry.stat(follow_symlinks=False)).st_mode):
            found.append((entry.path, status))
        else:
            raise _Unreadable(entry.path)
