"""The files of a folder, those that a build made apart from a person's, and the manifest that tells them apart.

A manifest says which fingerprint, size and modification time each file had when it was written. It bears the inode
number of the folder because that stays when the folder is renamed: no state has to change in the same moment as the
output. Nothing is ever trusted that does not agree with the files; hence nothing needs to be flushed to the disk.
"""

import errno
import os
import re
import shutil
import stat
from pathlib import Path

import msgspec

from generator.errors import OutputError

UNIMPORTANT = frozenset({".gitkeep", ".gitignore", ".DS_Store"})
"""Names of files that mean nothing in a folder that is built anew."""
_VERSION = 2
_MANIFESTS_KEPT = 8
_GENERATOR = re.compile(rb"""<meta\s+name=["']?generator["']?\s+content=["']?Paperfolio""", re.IGNORECASE)
_GENERATED_NAME = re.compile(
    r"(feed\.(json|xml)|(papers|cite)\.[\w.]+|sitemap\.xml|robots\.txt|embed\.js|\.nojekyll)\Z"
)
_GENERATED_FOLDERS = ("assets/", "embed/", "search/")
_HINTS = {
    errno.ENOSPC: "make room on the disk and build again",
    errno.EDQUOT: "make room within your quota and build again",
    errno.EFBIG: "the system limits the size of files (ulimit -f)",
    errno.EMFILE: "the system limits the number of open files (ulimit -n)",
    errno.EACCES: "make the folder writable, or choose another one with --output",
    errno.EPERM: "make the folder writable, or choose another one with --output",
    errno.EROFS: "choose a folder that can be written with --output",
    errno.ENAMETOOLONG: "give it a shorter id",
    errno.EXDEV: "the folder cannot be renamed here; delete it and build again, or choose another one with --output",
}

Entry = tuple[str, int, int]  # fingerprint, size in bytes, modification time in nanoseconds


class Manifest(msgspec.Struct, array_like=True):
    """What is known of a tree, kept as ``tree-<inode>`` in the state folder of the output."""

    version: int
    made: dict[str, Entry]
    """As a build wrote them."""
    carried: dict[str, Entry]
    """A person's files that the other tree has too; their fingerprint is empty."""
    note: bytes = b""
    """What the build wanted to be remembered of this tree."""

    def save(self, state: str, inode: int) -> None:
        path = _manifest_file(state, inode)
        _write(f"{path}.new", msgspec.msgpack.encode(self), replace=True)
        os.replace(f"{path}.new", path)


class Tree:
    """The files in a folder, those made by a build apart from a person's."""

    def __init__(self, folder: str, manifest: Manifest | None) -> None:
        self.folder = folder
        self.made: dict[str, Entry] = {}
        """As a build wrote them; the fingerprint is empty where it is not known."""
        self.others: dict[str, Entry] = {}
        """Changed since; after ``explore`` also what no build wrote, links included."""
        self.folders: set[str] = set()
        """Filled by ``explore``."""
        for path, entry in manifest.made.items() if manifest else ():
            try:
                found = entry_of(f"{folder}/{path}")
            except (FileNotFoundError, NotADirectoryError):
                continue
            if found[1:] == entry[1:]:
                self.made[path] = entry
            else:
                self.others[path] = found

    def explore(self, guess: bool = False) -> None:
        """Find every file, following no links; with ``guess``, unlisted ones that look generated count as made."""
        listed, changed = self.made, self.others
        self.made, self.others = {}, {}
        prefixes = [""]
        while prefixes:
            prefix = prefixes.pop()
            with os.scandir(f"{self.folder}/{prefix}") as items:
                for item in items:
                    path = prefix + item.name
                    if item.is_dir(follow_symlinks=False):
                        self.folders.add(path)
                        prefixes.append(f"{path}/")
                    elif path in listed:
                        self.made[path] = listed[path]
                    else:
                        made = guess and item.is_file(follow_symlinks=False) and _looks_generated(self.folder, path)
                        entry = changed.get(path) or entry_of(f"{self.folder}/{path}")
                        (self.made if made else self.others)[path] = entry


class Spare(Tree):
    """The tree out of sight, while it is brought up to date. Its methods raise OutputError or OSError."""

    def __init__(self, folder: str, state: str, name: str, clean: bool) -> None:
        manifest = None if clean else read_manifest(state, folder)
        super().__init__(folder, manifest)
        self._state, self._name = state, name
        if manifest:
            self.explore()
            os.unlink(_manifest_file(state, os.stat(folder).st_ino))
        else:
            if os.path.lexists(folder):
                shutil.rmtree(folder)
            os.mkdir(folder)
        self.inode = os.stat(folder).st_ino
        self._carried = manifest.carried if manifest else {}
        self.strays = [path for path, entry in self.others.items() if self._carried.get(path) != entry]
        """What a person changed in this tree just before it left the output folder, too late to be seen then."""

    def has(self, path: str, fingerprint: str) -> bool:
        entry = self.made.get(path)
        return entry is not None and entry[0] == fingerprint

    def put(self, path: str, fingerprint: str, source: bytes | Path) -> None:
        """Write a file anew; one that is open in a web server keeps its bytes there."""
        target = f"{self.folder}/{path}"
        try:
            self._make_room(path)
            if isinstance(source, Path):
                shutil.copyfile(source, target)
            else:
                _write(target, source)
            self.made[path] = (fingerprint, *entry_of(target)[1:])
        except OSError as error:
            if isinstance(source, Path) and str(error.filename) == str(source):
                raise OutputError(f"cannot read {source}: {error.strerror or error}") from error
            raise failure(error, f"{self._name}/{path}") from error

    def share(self, path: str, entry: Entry, source: str) -> None:
        """Have a file of the other tree, which nobody writes to: what is written anew is a new file."""
        self._make_room(path)
        try:
            os.link(source, f"{self.folder}/{path}", follow_symlinks=False)
        except (OSError, NotImplementedError):  # not every file system can
            self.put(path, entry[0], Path(source))
        else:
            self.made[path] = entry

    def carry(self, path: str, entry: Entry, source: str) -> None:
        """Have a copy of a person's file, with its time and mode."""
        if self.others.get(path) != entry:
            self._make_room(path)
            shutil.copy2(source, f"{self.folder}/{path}", follow_symlinks=False)
            self.others[path] = entry_of(f"{self.folder}/{path}")
        self._carried[path] = self.others[path]

    def prune(self, files: set[str], folders: set[str]) -> None:
        """Remove all other files and folders."""
        for path in (self.made.keys() | self.others.keys()) - files:
            self._remove(path)
        for path in sorted(self.folders - folders, reverse=True):
            os.rmdir(f"{self.folder}/{path}")
            self.folders.discard(path)

    def save(self, note: bytes = b"") -> None:
        """Write the manifest: from now on this tree can be relied upon."""
        carried = {path: entry for path, entry in self._carried.items() if path in self.others}
        Manifest(_VERSION, self.made, carried, note).save(self._state, self.inode)

    def _make_room(self, path: str) -> None:
        if path in self.made or path in self.others:
            self._remove(path)
        elif path in self.folders:
            shutil.rmtree(f"{self.folder}/{path}")
            self.folders -= {folder for folder in self.folders if f"{folder}/".startswith(f"{path}/")}
            for files in (self.made, self.others):
                for inner in [inner for inner in files if inner.startswith(f"{path}/")]:
                    del files[inner]
        parent = path.rpartition("/")[0]
        if parent and parent not in self.folders:
            self._make_room(parent)
            os.mkdir(f"{self.folder}/{parent}")
            self.folders.add(parent)

    def _remove(self, path: str) -> None:
        os.unlink(f"{self.folder}/{path}")
        self.made.pop(path, None)
        self.others.pop(path, None)


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


def drop_old_manifests(state: str) -> None:
    """Keep the newest manifests only. A few too many do no harm: an entry counts only if it fits its file."""
    names = [f"{state}/{name}" for name in os.listdir(state) if name.startswith("tree-")]
    for name in sorted(names, key=lambda name: os.stat(name).st_mtime_ns, reverse=True)[_MANIFESTS_KEPT:]:
        os.unlink(name)


def _manifest_file(state: str, inode: int) -> str:
    return f"{state}/tree-{inode}"


def _looks_generated(folder: str, path: str) -> bool:
    if path.endswith(".html"):
        return made_by_us(f"{folder}/{path}")
    return path.startswith(_GENERATED_FOLDERS) or _GENERATED_NAME.match(path.rpartition("/")[2]) is not None


def made_by_us(page: str) -> bool:
    """Whether a file is a page that says to be made by Paperfolio."""
    if not os.path.isfile(page):  # opening a named pipe would wait
        return False
    try:
        with open(page, "rb") as file:
            return _GENERATOR.search(file.read(65536)) is not None
    except OSError:
        return False


def read_manifest(state: str, folder: str) -> Manifest | None:
    """The manifest of the tree at ``folder``; None when there is none that can be used."""
    try:
        with open(_manifest_file(state, os.stat(folder).st_ino), "rb") as file:
            manifest = msgspec.msgpack.decode(file.read(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return manifest if manifest.version == _VERSION else None


def _write(target: str, data: bytes, replace: bool = False) -> None:
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
    return OutputError(f"cannot write {what}: {error.strerror or error}", hint=hint)
