"""All that a build depends on, as one digest: when it is what it was, the result is known.

Contents count, not times: a file that was only touched is the same file.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator import __version__
from generator.digests import Digests

SOURCES = ("content", "themes")
"""Folders of a site that builds read."""
PACKAGE = os.path.dirname(os.path.abspath(__file__))


class Inputs(msgspec.Struct, frozen=True):
    """What a build depends on, as it was at one moment."""

    folder: Path
    digest: str
    """Hex digest; "" when something lies there that only a build can judge."""
    program: str
    """Hex digest of the program."""
    stamp: str
    """Changes when any file of the site is written, even with what it held before."""

    def still_so(self) -> bool:
        """Whether no file of the site was written since."""
        return bool(self.stamp) and self.stamp == _read(self.folder)[1]


def look(folder: Path, digests: Digests, *options: object) -> Inputs:
    """Look at a site's sources and at the program; ``options`` is anything whose repr tells its value."""
    digests.renew()
    digest, stamp = _read(folder, digests)
    of_program = program(digests)
    if digest:
        digest = hashlib.blake2b(f"{digest} {of_program} {options!r}".encode(), digest_size=16).hexdigest()
    return Inputs(folder, digest, of_program, stamp)


def _read(folder: Path, digests: Digests | None = None) -> tuple[str, str]:
    """Digests of what the sources hold (with ``digests``) and of when they were written; "" for what cannot be."""
    held, written = hashlib.blake2b(digest_size=16), hashlib.blake2b(digest_size=16)
    start = len(f"{folder}/")
    try:
        for name in SOURCES:
            for path, status in _walk(f"{folder}/{name}"):
                shown = path[start:].encode("utf-8", "surrogatepass")  # a name may be no text
                written.update(b"%s\0%d %d %d\0" % (shown, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
                if digests:
                    held.update(b"%s\0%s" % (shown, digests.of(path, status)))
    except (_Unreadable, OSError):
        return "", ""
    return held.hexdigest(), written.hexdigest()


def program(digests: Digests) -> str:
    """Hex digest of the program: its own files, and the names and versions of the packages installed beside it."""
    found = hashlib.blake2b(__version__.encode(), digest_size=16)
    checkout = os.path.join(os.path.dirname(PACKAGE), "themes")
    for folder in (PACKAGE, *([] if os.path.isdir(f"{PACKAGE}/themes") else [checkout])):
        for path, status in _walk(folder, skipped=("__pycache__",)):
            found.update(f"{path[len(folder) :]}\0".encode() + digests.of(path, status))
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
