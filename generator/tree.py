"""The files of a folder, those that a build made apart from a person's, and the manifest that tells them apart.

A manifest says which fingerprint, size and modification time each file had when it was written. It bears the inode
number of the folder because that stays when the folder is renamed: no state has to change in the same moment as the
output. Nothing is ever trusted that does not agree with the files; hence nothing needs to be flushed to the disk.

It says too when folders last changed. One that has not changed since has the files it had, and is not looked into.
"""

import errno
import os
import re
import stat
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from generator import state
from generator.digests import digest
from generator.errors import OutputError

if TYPE_CHECKING:  # a build that has nothing to do needs none of it
    from generator.kept import Kept

UNIMPORTANT = frozenset({".gitkeep", ".gitignore", ".DS_Store"})
"""Names of files that mean nothing in a folder that is built anew."""
VERSION = 2
_MANIFESTS_KEPT = 8
_GENERATOR = rb"""(?i)<meta\s+name=["']?generator["']?\s+content=["']?Paperfolio"""
_GENERATED_NAME = r"(feed\.(json|xml)|(papers|cite)\.[\w.]+|sitemap\.xml|robots\.txt|embed\.js|\.nojekyll)\Z"
_GENERATED_FOLDERS = ("assets/", "embed/", "search/")
_HINTS = {
    errno.ENOSPC: "make room on the disk and build again",
    errno.EDQUOT: "make room within your quota and build again",
    errno.EFBIG: "the system limits the size of files (ulimit -f)",
    errno.EMFILE: "the system limits the number of open files (ulimit -n)",
    errno.EACCES: "make the folder writable, or choose another one with --output",
    errno.EPERM: "make the folder writable, or choose another one with --output",
    errno.EROFS: "choose a folder that can be written with --output",
    errno.EEXIST: "something else has the name of this folder: rename or delete it",
    errno.ENOTDIR: "this is no folder: rename it, or choose another one with --output",
    errno.ENAMETOOLONG: "give it a shorter id, or the output a shorter path",
    errno.EXDEV: "the folder cannot be renamed here; delete it and build again, or choose another one with --output",
}

Entry = tuple[str, int, int]  # fingerprint, size in bytes, modification time in nanoseconds
Times = tuple[int, int]  # of modification and of change, in nanoseconds


class Manifest(msgspec.Struct, array_like=True):
    """What is known of a tree, kept as ``tree-<inode>`` in the state folder of the output."""

    version: int
    made: dict[str, Entry]
    """As a build wrote them."""
    carried: dict[str, Entry]
    """A person's files that the other tree has too; their fingerprint is empty."""
    note: bytes = b""
    """What the build wanted to be remembered of this tree."""
    folders: dict[str, Times] = {}
    """When folders last changed in which no others are: one of which this is still so has the files listed here, and
    no others."""

    def save(self, state: str, inode: int, known: "Kept[Manifest] | None" = None) -> None:
        """Write it for ``read_manifest``, which is given the same ``known``, and must not be changed afterwards."""
        path = manifest_file(state, inode)
        data = msgspec.msgpack.encode(self)
        if known is not None:
            known.put(digest(data), self)
        write(f"{path}.new", data, replace=True)
        os.replace(f"{path}.new", path)


_Part = TypeVar("_Part", "_Head", Manifest)


class Tree:
    """The files in a folder, those made by a build apart from a person's.

    ``same`` are files that were just now found to be as they were made, in a tree that shares files with this one.
    """

    def __init__(self, folder: str, manifest: Manifest | None, same: Mapping[str, Entry] | None = None) -> None:
        self.folder = folder
        self.made: dict[str, Entry] = {}
        """As a build wrote them; the fingerprint is empty where it is not known."""
        self.others: dict[str, Entry] = {}
        """Changed since; after ``explore`` also what no build wrote, links included."""
        self.times: dict[str, Times] = {}
        """All folders, with when they had changed before they were looked into; filled by ``explore``."""
        self._manifest = manifest or Manifest(VERSION, {}, {})
        for path, entry in self._manifest.made.items():
            # a name that leads where it led, to the very file of the other tree
            if same and same.get(path) == entry and path.rpartition("/")[0] in self._found[1]:
                self.made[path] = entry
                continue
            try:
                found = entry_of(f"{folder}/{path}")
            except (FileNotFoundError, NotADirectoryError):
                continue
            if found[1:] == entry[1:]:
                self.made[path] = entry
            else:
                self.others[path] = found

    @cached_property
    def _found(self) -> tuple[dict[str, "os.DirEntry[str]"], set[str]]:
        """The files in folders that had to be looked into, and the folders that have those files that are listed."""
        files: dict[str, os.DirEntry[str]] = {}
        unchanged: set[str] = set()
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            with os.scandir(f"{self.folder}/{folder}") as items:
                for item in items:
                    path = f"{folder}/{item.name}" if folder else item.name
                    if not item.is_dir(follow_symlinks=False):
                        files[path] = item
                        continue
                    times = self.times[path] = times_of(item.stat(follow_symlinks=False))
                    if self._manifest.folders.get(path) == times:
                        unchanged.add(path)
                    else:
                        waiting.append(path)
        return files, unchanged

    def explore(self, guess: bool = False) -> None:
        """Find every file, following no links; with ``guess``, unlisted ones that look generated count as made."""
        files, unchanged = self._found
        for listed in (self.made, self.others):
            gone = [path for path in listed if path not in files and path.rpartition("/")[0] not in unchanged]
            for path in gone:
                del listed[path]
        unlisted = [path for path in files if path not in self.made and path not in self.others]
        unlisted += [path for path in self._manifest.carried if path.rpartition("/")[0] in unchanged]
        for path in unlisted:
            entry = entry_of(f"{self.folder}/{path}")
            made = guess and files[path].is_file(follow_symlinks=False) and _looks_generated(self.folder, path)
            (self.made if made else self.others)[path] = entry


def times_of(status: os.stat_result) -> Times:
    """When a folder changed."""
    return status.st_mtime_ns, status.st_ctime_ns


def entry_of(file: str) -> Entry:
    """How a file looks now; nobody knows its fingerprint."""
    status = os.lstat(file)
    return "", status.st_size, status.st_mtime_ns


def is_made(folder: str, path: str, entry: Entry) -> bool:
    """Whether a file is as the build that made ``entry`` left it."""
    try:
        return entry_of(f"{folder}/{path}")[1:] == entry[1:]
    except OSError:
        return False


class _Head(msgspec.Struct, array_like=True):
    """As much of a manifest as tells what is to be remembered; its files are not looked at."""

    version: int
    made: msgspec.Raw
    carried: msgspec.Raw
    note: bytes


class Note(msgspec.Struct, frozen=True):
    """What the last build left to be remembered."""

    said: bytes
    """Empty where there is none."""
    _folder: str
    _made: msgspec.Raw

    def still_so(self) -> bool:
        """Whether every file of the output folder is as that build made it; files that no build made do not count."""
        try:
            made = msgspec.msgpack.decode(self._made, type=dict[str, Entry])
        except (msgspec.DecodeError, UnicodeDecodeError):
            return False
        return all(is_made(self._folder, path, entry) for path, entry in made.items())


def remembered(site_folder: Path, output: Path) -> Note:
    """The note of the last build. Only looks, so it may be called while a build is running."""
    real = os.path.realpath(output)
    head = _read(state.of_output(os.path.realpath(site_folder), real), real, _Head)
    return Note(head.note, real, head.made) if head else Note(b"", real, msgspec.Raw(msgspec.msgpack.encode({})))


def drop_old_manifests(state: str) -> None:
    """Keep the newest manifests only. A few too many do no harm: an entry counts only if it fits its file."""
    names = [f"{state}/{name}" for name in os.listdir(state) if name.startswith("tree-")]
    for name in sorted(names, key=lambda name: os.stat(name).st_mtime_ns, reverse=True)[_MANIFESTS_KEPT:]:
        os.unlink(name)


def manifest_file(state: str, inode: int) -> str:
    """Where the manifest of a tree is kept, in the folder for what is known of an output."""
    return f"{state}/tree-{inode}"


def _looks_generated(folder: str, path: str) -> bool:
    if path.endswith(".html"):
        return made_by_us(f"{folder}/{path}")
    return path.startswith(_GENERATED_FOLDERS) or re.match(_GENERATED_NAME, path.rpartition("/")[2]) is not None


def made_by_us(page: str) -> bool:
    """Whether a file is a page that says to be made by Paperfolio."""
    if not os.path.isfile(page):  # opening a named pipe would wait
        return False
    try:
        with open(page, "rb") as file:
            return re.search(_GENERATOR, file.read(65536)) is not None
    except OSError:
        return False


def read_manifest(state: str, folder: str, known: "Kept[Manifest] | None" = None) -> Manifest | None:
    """The manifest of the tree at ``folder``; None when there is none that can be used.

    ``known`` are manifests by the digests of their files, of who reads and writes them often.
    """
    return _read(state, folder, Manifest, known)


def manifest_of_copy(state: str, folder: str) -> Manifest | None:
    """What the manifests of other trees tell of the tree at ``folder``, when it is a copy of one of them, with its
    files' times: a site was copied together with its state.
    """
    made: dict[str, Entry] = {}
    for name in os.listdir(state):
        manifest = _decoded(f"{state}/{name}", Manifest) if name.startswith("tree-") else None
        for path, entry in manifest.made.items() if manifest else ():
            if is_made(folder, path, entry):
                # where two do not agree, nobody knows the fingerprint
                made[path] = entry if made.get(path, entry) == entry else ("", *entry[1:])
    return Manifest(VERSION, made, {}) if made else None


def _read(state: str, folder: str, kind: type[_Part], known: "Kept[_Part] | None" = None) -> _Part | None:
    try:
        return _decoded(manifest_file(state, os.stat(folder).st_ino), kind, known)
    except OSError:
        return None


def _decoded(file: str, kind: type[_Part], known: "Kept[_Part] | None" = None) -> _Part | None:
    try:
        with open(file, "rb") as opened:
            data = opened.read()
        if known is None:
            manifest = msgspec.msgpack.decode(data, type=kind)
        else:
            manifest = known.made(digest(data), partial(msgspec.msgpack.decode, data, type=kind))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return manifest if manifest.version == VERSION else None


def write(target: str, data: bytes, replace: bool = False) -> None:
    """Write a file; it must not be there unless it is to be replaced. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if replace else os.O_EXCL) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(target, flags, 0o666)
    try:
        rest = memoryview(data)
        while rest:  # a disk that is nearly full takes a part
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def same_bytes(first: str, second: str) -> bool:
    """Whether two regular files hold the same; False for what is none. Raises OSError."""
    statuses = os.lstat(first), os.lstat(second)
    if not all(stat.S_ISREG(status.st_mode) for status in statuses) or statuses[0].st_size != statuses[1].st_size:
        return False
    with open(first, "rb") as one, open(second, "rb") as other:
        while chunk := one.read(1 << 20):
            if chunk != other.read(1 << 20):
                return False
    return True


def failure(error: OSError, what: str) -> OutputError:
    """What an error of the system means to whoever builds: ``what`` cannot be written."""
    hint = _HINTS.get(error.errno or 0, "")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and ".paperfolio" in Path(what).parts:
        hint = "make the folder of the site writable, or copy it: builds remember in .paperfolio/ what they made"
    return OutputError(f"cannot write {what}: {error.strerror or error}", hint=hint)
