"""All that a build depends on, as one digest: when it is what it was, nothing has to be read to know the result.

Contents count, not times: a file that was only touched is the same file.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from generator import __version__

SOURCES = ("content", "themes")
"""Folders of a site that builds read."""
PACKAGE = os.path.dirname(os.path.abspath(__file__))


class Inputs(msgspec.Struct, frozen=True):
    """What a build depends on, as it was at one moment."""

    folder: Path
    digest: str
    """Hex digest; "" when something lies there that only a build can judge."""
    stamp: str
    """Changes when any file of the site is written, even with what it held before."""

    def still_so(self) -> bool:
        """Whether no file of the site was written since."""
        return bool(self.stamp) and self.stamp == _read(self.folder, contents=False)[1]


def look(folder: Path, *options: object) -> Inputs:
    """Look at a site's sources and at the program; ``options`` is anything whose repr tells its value."""
    digest, stamp = _read(folder, contents=True)
    if digest:
        digest = hashlib.blake2b(f"{digest} {program()} {options!r}".encode(), digest_size=16).hexdigest()
    return Inputs(folder, digest, stamp)


def _read(folder: Path, contents: bool) -> tuple[str, str]:
    """Digests of what the sources hold (with ``contents``) and of when they were written; "" for what cannot be."""
    held, written = hashlib.blake2b(digest_size=16), hashlib.blake2b(digest_size=16)
    start = len(f"{folder}/")
    try:
        for name in SOURCES:
            for path, status in _walk(f"{folder}/{name}"):
                shown = os.fsencode(path[start:])
                written.update(b"%s\0%d %d %d\0" % (shown, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
                if contents:
                    with open(path, "rb", buffering=0) as file:
                        data = file.readall()
                    held.update(b"%s\0%d\0" % (shown, len(data)))
                    held.update(data)
    except (_Unreadable, OSError):
        return "", ""
    return held.hexdigest(), written.hexdigest()


@cache
def program() -> str:
    """Hex digest of the program: its own files, and the names and versions of the packages installed beside it."""
    found = hashlib.blake2b(__version__.encode(), digest_size=16)
    checkout = os.path.join(os.path.dirname(PACKAGE), "themes")
    for folder in (PACKAGE, *([] if os.path.isdir(f"{PACKAGE}/themes") else [checkout])):
        for path, _ in _walk(folder, skipped=("__pycache__",)):
            with open(path, "rb", buffering=0) as file:
                found.update(f"\0{os.path.relpath(path, folder)}\0".encode() + file.readall())
    site_packages = os.path.dirname(os.path.dirname(msgspec.__file__))
    packages = (name for name in os.listdir(site_packages) if name.endswith(".dist-info"))
    found.update("\0".join(sorted(packages)).encode())
    return found.hexdigest()


class _Unreadable(Exception):
    """Something that is neither a file nor a folder, or a link."""


def _walk(folder: str, skipped: tuple[str, ...] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """The files below a folder, sorted; none when there is no such folder.

    Raises _Unreadable for a link (what it leads to may change unseen) and for what is no regular file.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name in skipped:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, skipped)
        elif stat.S_ISREG((status := entry.stat(follow_symlinks=False)).st_mode):
            yield entry.path, status
        else:
            raise _Unreadable(entry.path)
