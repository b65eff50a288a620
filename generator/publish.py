"""From bytes to the output folder, all or nothing.

Two trees of files take turns. One is the output folder. The other, the spare, is brought up to date out of
sight and then changes places with the output in one step of the file system, so that whoever looks at the
output, at any moment and after any accident, sees the complete old site or the complete new one.

    <site>/.paperfolio/output-<key>/spare        the other tree
    <site>/.paperfolio/output-<key>/tree-<inode> the manifest of the tree whose folder has that inode number
    <site>/.paperfolio/output-<key>/lock         held by the build that is running
    <site>/.paperfolio/replaced/<path>           what a person had changed in the output and a build replaced

A manifest says which fingerprint, size and modification time each file had when it was written. It bears the
inode number because that stays with a folder when it is renamed: no state has to change in the same moment as
the output. The spare's manifest is gone while the spare is being written, so what a killed build leaves behind
is recognised and made anew. Nothing is ever trusted that does not agree with the files; hence nothing needs
to be flushed to the disk, and everything in ``.paperfolio`` can be deleted between two builds.
"""

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.errors import OutputError

STATE_FOLDER = ".paperfolio"
_MANIFEST_VERSION = 2
_SMALL = 1 << 20  # bytes: below, to read and write a file is faster than to have it copied
_MANIFESTS_KEPT = 8
_UNIMPORTANT = frozenset({".gitkeep", ".gitignore", ".DS_Store"})
_GENERATOR = re.compile(rb"""<meta\s+name=["']?generator["']?\s+content=["']?Paperfolio""", re.IGNORECASE)
_GENERATED_NAME = re.compile(
    r"(feed\.(json|xml)|(papers|cite)\.[\w.]+|sitemap\.xml|robots\.txt|embed\.js|\.nojekyll)\Z"
)
_GENERATED_FOLDERS = ("assets/", "search/")
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

Source = Callable[[], bytes] | Path | None
_Entry = tuple[str, int, int]  # fingerprint, size in bytes, modification time in nanoseconds


@dataclass(frozen=True, slots=True)
class Published:
    """What a build changed; paths are relative to the output folder, with ``/``."""

    written: tuple[str, ...] = ()
    """New, or with other bytes than before."""
    removed: tuple[str, ...] = ()
    """Made by an earlier build, and no part of the site any more."""
    kept: int = 0
    """How many files have the same bytes as before."""
    foreign: tuple[str, ...] = ()
    """A person's own files in the output folder: still there. Not looked for when nothing changed."""
    changed_by_hand: tuple[str, ...] = ()
    """Files of a person's making that had to go; their old form is in ``.paperfolio/replaced/``."""


class _Manifest(msgspec.Struct, array_like=True):
    version: int
    made: dict[str, _Entry]
    carried: dict[str, _Entry]
    """A person's files that the other tree has too; their fingerprint is empty."""
    note: bytes = b""
    """What the build wanted to be remembered of this tree."""

    def save(self, path: str) -> None:
        _write(f"{path}.new", msgspec.msgpack.encode(self), replace=True)
        os.replace(f"{path}.new", path)


class _Tree:
    """The files in a folder, those made by a build apart from a person's."""

    def __init__(self, folder: str, manifest: _Manifest | None) -> None:
        self.folder = folder
        self.made: dict[str, _Entry] = {}
        """As a build wrote them; the fingerprint is empty where it is not known."""
        self.others: dict[str, _Entry] = {}
        """Changed since; after ``explore`` also what no build wrote, links included."""
        self.folders: set[str] = set()
        """Filled by ``explore``."""
        for path, entry in manifest.made.items() if manifest else ():
            try:
                found = _entry(f"{folder}/{path}")
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
                        entry = changed.get(path) or _entry(f"{self.folder}/{path}")
                        (self.made if made else self.others)[path] = entry


def check_target(site_folder: Path, output: Path) -> None:
    """Raise OutputError when ``output`` must not become the site's output folder; nothing is written.

    Refused are places whose files are a person's: the site's sources, the home folder, a repository, a link,
    any folder with content that was not made here.
    """
    try:
        _check_place(Path(os.path.realpath(site_folder)), output)
        _check_content(Path(os.path.realpath(site_folder)), output)
    except OSError as error:
        raise _failure(error, error.filename or str(output)) from error


def _check_place(site: Path, output: Path) -> None:
    hint = "choose another folder with --output"
    if output.is_symlink():
        raise OutputError(
            f"{output} is a link to {os.path.realpath(output)}", hint="name a folder itself with --output"
        )
    real = Path(os.path.realpath(output))
    sources = {name: Path(os.path.realpath(site / name)) for name in ("content", "themes", STATE_FOLDER)}
    private = {
        "the site's folder": site,
        "the folder for temporary files": Path(os.path.realpath(tempfile.gettempdir())),
    }
    with contextlib.suppress(RuntimeError):  # no home folder is known
        private["your home folder"] = Path(os.path.realpath(Path.home()))
    for name, folder in sources.items():
        if _holds(folder, real):
            raise OutputError(f"{output} cannot be the output: it is in the site's {name} folder", hint=hint)
    for name, folder in private.items():
        if _holds(real, folder):
            raise OutputError(f"{output} cannot be the output: it is, or holds, {name}", hint=hint)
    for name, folder in sources.items():  # may be a link to somewhere else
        if _holds(real, folder):
            raise OutputError(f"{output} cannot be the output: it holds the site's {name} folder", hint=hint)
    if real.exists() and not real.is_dir():
        raise OutputError(f"{output} cannot be the output: it is not a folder", hint=hint)
    if ".git" in real.parts or os.path.lexists(real / ".git"):
        raise OutputError(f"{output} cannot be the output: it belongs to a git repository of its own", hint=hint)
    if os.path.ismount(real):
        raise OutputError(f"{output} cannot be the output: a disk is mounted there", hint="name a folder inside of it")


def _check_content(site: Path, output: Path) -> None:
    real = os.path.realpath(output)
    ancestor = os.path.dirname(real)
    while not os.path.exists(ancestor):
        ancestor = os.path.dirname(ancestor)
    for folder in (ancestor, real):
        if os.path.exists(folder) and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)
    if not os.path.isdir(real):
        return
    names = sorted(set(os.listdir(real)) - _UNIMPORTANT)
    if not names or _made_by_us(f"{real}/index.html"):
        return
    manifest = _read_manifest(_state_folder(site, real), real)
    if not _Tree(real, manifest).made:
        listed = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        raise OutputError(
            f"{output} cannot be the output: it holds files that were not made by Paperfolio ({listed})",
            hint="choose another folder with --output, or empty this one",
        )


def remembered(site_folder: Path, output: Path) -> bytes:
    """The note that the last build left, if every file of the output folder is as that build made it; else empty.

    Only looks, so it may be called while a build is running. Files that no build made are not looked for.
    """
    real = os.path.realpath(output)
    try:
        manifest = _read_manifest(_state_folder(Path(os.path.realpath(site_folder)), real), real)
        for path, entry in manifest.made.items() if manifest else ():
            if _entry(f"{real}/{path}")[1:] != entry[1:]:
                return b""
    except OSError:
        return b""
    return manifest.note if manifest else b""


@contextlib.contextmanager
def publishing(site_folder: Path, output: Path, wait_seconds: float = 60, clean: bool = False) -> Iterator["Publisher"]:
    """Hold ``output`` for one build of the site in ``site_folder``; missing parents of it are made.

    While another build of the site holds it, wait up to ``wait_seconds``. With ``clean`` no file is known.
    Raises OutputError where check_target does, when the waiting was in vain, and when the folder for the
    state cannot be written.
    """
    check_target(site_folder, output)
    site, real = os.path.realpath(site_folder), os.path.realpath(output)
    state = _state_folder(Path(site), real)
    try:
        os.makedirs(state, exist_ok=True)
        ignore = f"{site}/{STATE_FOLDER}/.gitignore"
        if not os.path.exists(ignore):
            Path(ignore).write_text("*\n", encoding="utf-8")
        os.makedirs(os.path.dirname(real), exist_ok=True)
        lock = os.open(f"{state}/lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _failure(error, error.filename or str(output)) from error
    try:
        limit = time.monotonic() + wait_seconds
        while not _try_lock(lock):
            if time.monotonic() > limit:
                raise OutputError(
                    f"another build has been writing to {output} for more than {wait_seconds:g} seconds",
                    hint="wait until it is done, or end it, and build again",
                )
            time.sleep(0.05)
        yield Publisher(site, str(output), clean)
    finally:
        os.close(lock)


def cache(site_folder: Path, name: str) -> Path | None:
    """A folder for what may be made anew at any time; None when there can be none."""
    folder = site_folder / STATE_FOLDER / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


class Publisher:
    """The output folder while one build holds it; made by ``publishing``."""

    def __init__(self, site: str, output: str, clean: bool) -> None:
        self._name = output
        self._output = os.path.realpath(output)
        self._replaced = f"{site}/{STATE_FOLDER}/replaced"
        self._state = _state_folder(Path(site), self._output)
        self._clean = clean
        parent, name = os.path.split(self._output)
        try:
            self._beside = os.stat(self._state).st_dev != os.stat(parent).st_dev
            base = f"{parent}/.{name}.paperfolio-" if self._beside else f"{self._state}/"
            self._spare_folder, self._aside = f"{base}spare", f"{base}aside"
            self._tidy()
            self._identity = _identity(self._output)
            self._manifest = _read_manifest(self._state, self._output)
            self._live = _Tree(self._output, self._manifest)
            if self._identity and not self._manifest:
                self._live.explore(guess=True)
        except OSError as error:
            raise _failure(error, error.filename or self._name) from error
        self._spare: _Spare | None = None
        self._rescued: list[str] = []

    def known(self, path: str) -> str | None:
        """The fingerprint with which the file at ``path`` was published, if it is still as it was written then."""
        entry = self._live.made.get(path)
        return entry[0] or None if entry and not self._clean else None

    def publish(self, files: Iterable[tuple[str, str, Source]], note: bytes = b"") -> Published:
        """Make the output folder hold ``files`` and a person's own ones, no others. Call it once.

        A file is its path (relative, with ``/``), its fingerprint (any text that changes with the bytes) and
        where its bytes come from: a function that gives them, called only if they are needed, in the order
        of ``files``; a file to copy; or None when the fingerprint is the known one. When nothing would
        change, nothing is touched. ``remembered`` gives ``note`` back as long as the output stays as it is.

        Raises OutputError when the site cannot be written. Whatever is raised, here or by the sources, the
        output folder is as it was.
        """
        wanted: dict[str, str] = {}
        changed: list[str] = []
        try:
            for path, fingerprint, source in files:
                _check_path(path, wanted)
                wanted[path] = fingerprint
                if self.known(path) == fingerprint:
                    continue
                if source is None:
                    raise ValueError(f"{path} is not known with the fingerprint {fingerprint}: its bytes are needed")
                changed.append(path)
                spare = self._open_spare()
                if not spare.has(path, fingerprint):
                    spare.put(path, fingerprint, source() if callable(source) else source)
            try:
                return self._complete(wanted, changed, note)
            except OSError as error:
                raise _failure(error, error.filename or self._name) from error
        except BaseException as error:
            self._abandon(error)
            raise

    def _open_spare(self) -> "_Spare":
        if self._spare is None:
            try:
                self._spare = _Spare(self._spare_folder, self._state, self._name, self._clean)
                for path in self._spare.strays:
                    if self._keep_aside(f"{self._spare_folder}/{path}", path):
                        self._rescued.append(path)
            except OSError as error:
                raise _failure(error, error.filename or self._name) from error
        return self._spare

    def _complete(self, wanted: dict[str, str], changed: list[str], note: bytes) -> Published:
        live, output, listed = self._live, self._output, self._manifest.made if self._manifest else {}
        if self._identity and not self._spare and all(path in wanted for path in (*live.made, *live.others)):
            if self._manifest and self._manifest.note != note:
                self._manifest.made, self._manifest.note = live.made, note
                self._manifest.save(f"{self._state}/tree-{os.stat(output).st_ino}")
            return Published(kept=len(wanted))
        spare = self._open_spare()
        if self._manifest:
            live.explore()
        for path, fingerprint in wanted.items():
            if not spare.has(path, fingerprint):
                file = Path(output, path)
                spare.put(path, fingerprint, file.read_bytes() if listed[path][1] < _SMALL else file)
        removed = (live.made.keys() | (live.others.keys() & listed.keys())) - wanted.keys()
        folders = _folders_of(wanted)
        carried = {
            path: entry
            for path, entry in live.others.items()
            if path not in listed and path not in folders and wanted.keys().isdisjoint((path, *_parents(path)))
        }
        for path, entry in carried.items():
            spare.carry(path, entry, f"{output}/{path}")
        spare.prune({*wanted, *carried}, folders | _folders_of(carried))

        written = {path for path in changed if not self._same_as_before(path)}
        lost = [path for path in live.others if path in written or (path not in wanted and path not in carried)]
        for path in lost:
            self._keep_aside(f"{output}/{path}", path)
        spare.save(note)
        if self._manifest and self._manifest.carried != carried:  # seen now: they are no strays later
            self._manifest.carried = carried
            self._manifest.save(f"{self._state}/tree-{os.stat(output).st_ino}")
        self._swap(spare)
        return Published(
            written=tuple(sorted(written)),
            removed=tuple(sorted(removed)),
            kept=len(wanted) - len(written),
            foreign=tuple(sorted(path for path in carried if path.rpartition("/")[2] not in _UNIMPORTANT)),
            changed_by_hand=tuple(sorted({*lost, *self._rescued})),
        )

    def _same_as_before(self, path: str) -> bool:
        known = path in self._live.made or path in self._live.others
        return known and _same_bytes(f"{self._output}/{path}", f"{self._spare_folder}/{path}")

    def _keep_aside(self, source: str, path: str) -> bool:
        """Copy a person's file to where replaced files are kept; False when the same bytes are there already."""
        number = 1
        while True:
            target = f"{self._replaced}-{number}/{path}" if number > 1 else f"{self._replaced}/{path}"
            number += 1
            if os.path.lexists(target):
                if _same_bytes(source, target):
                    return False
                continue
            with contextlib.suppress(FileExistsError, NotADirectoryError):  # a file of that name is kept here already
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copy2(source, target, follow_symlinks=False)
                return True

    def _swap(self, spare: "_Spare") -> None:
        if self._identity != _identity(self._output) or spare.inode != os.stat(spare.folder).st_ino:
            raise OutputError(
                f"{self._name} was changed while the site was built, perhaps by another build", hint="build again"
            )
        if not self._identity:
            os.rename(spare.folder, self._output)
        else:
            mode = stat.S_IMODE(os.stat(self._output).st_mode)
            if mode != stat.S_IMODE(os.stat(spare.folder).st_mode):
                os.chmod(spare.folder, mode)
            if not _exchange(spare.folder, self._output):
                _replace(spare.folder, self._output, self._aside)
        # The new site is published: from here on nothing may look like a failure.
        self._spare = None
        with contextlib.suppress(OSError):
            if self._beside:
                shutil.rmtree(spare.folder)
            self._drop_old_manifests()

    def _drop_old_manifests(self) -> None:
        """Keep the newest manifests only. A few too many do no harm: an entry counts only if it fits its file."""
        names = [f"{self._state}/{name}" for name in os.listdir(self._state) if name.startswith("tree-")]
        for name in sorted(names, key=lambda name: os.stat(name).st_mtime_ns, reverse=True)[_MANIFESTS_KEPT:]:
            os.unlink(name)

    def _tidy(self) -> None:
        """Clear up after a build that was killed."""
        if os.path.lexists(self._aside):
            if os.path.lexists(self._output):
                shutil.rmtree(self._aside)
            else:
                os.rename(self._aside, self._output)
        if self._beside:
            shutil.rmtree(self._spare_folder, ignore_errors=True)

    def _abandon(self, error: BaseException) -> None:
        if self._spare is None:
            return
        if self._beside or isinstance(error, OutputError):
            shutil.rmtree(self._spare.folder, ignore_errors=True)  # gives back the room on a full disk
        elif isinstance(error, Exception):  # a source failed, between two files: what is in the spare is in order
            with contextlib.suppress(OSError):
                self._spare.save()
        self._spare = None


class _Spare(_Tree):
    """The tree out of sight, while it is brought up to date. Its methods raise OutputError or OSError."""

    def __init__(self, folder: str, state: str, name: str, clean: bool) -> None:
        manifest = None if clean else _read_manifest(state, folder)
        super().__init__(folder, manifest)
        self._state, self._name = state, name
        if manifest:
            self.explore()
            os.unlink(f"{state}/tree-{os.stat(folder).st_ino}")
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
            self.made[path] = (fingerprint, *_entry(target)[1:])
        except OSError as error:
            if isinstance(source, Path) and str(error.filename) == str(source):
                raise OutputError(f"cannot read {source}: {error.strerror or error}") from error
            raise _failure(error, f"{self._name}/{path}") from error

    def carry(self, path: str, entry: _Entry, source: str) -> None:
        """Have a copy of a person's file, with its time and mode."""
        if self.others.get(path) != entry:
            self._make_room(path)
            shutil.copy2(source, f"{self.folder}/{path}", follow_symlinks=False)
            self.others[path] = _entry(f"{self.folder}/{path}")
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
        _Manifest(_MANIFEST_VERSION, self.made, carried, note).save(f"{self._state}/tree-{self.inode}")

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


def _entry(file: str) -> _Entry:
    status = os.lstat(file)
    return "", status.st_size, status.st_mtime_ns


def _looks_generated(folder: str, path: str) -> bool:
    if path.endswith(".html"):
        return _made_by_us(f"{folder}/{path}")
    return path.startswith(_GENERATED_FOLDERS) or _GENERATED_NAME.match(path.rpartition("/")[2]) is not None


def _made_by_us(page: str) -> bool:
    if not os.path.isfile(page):  # opening a named pipe would wait
        return False
    try:
        with open(page, "rb") as file:
            return _GENERATOR.search(file.read(65536)) is not None
    except OSError:
        return False


def _state_folder(site: Path, output: str) -> str:
    """Named by the way from the site to the output, so that both can be moved together."""
    try:
        way = os.path.relpath(output, site)
    except ValueError:  # on two drives of Windows
        way = output
    return f"{site}/{STATE_FOLDER}/output-{zlib.crc32(os.fsencode(way)):08x}"


def _read_manifest(state: str, folder: str) -> _Manifest | None:
    """The manifest of the tree at ``folder``; None when there is none that can be used."""
    try:
        with open(f"{state}/tree-{os.stat(folder).st_ino}", "rb") as file:
            manifest = msgspec.msgpack.decode(file.read(), type=_Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return manifest if manifest.version == _MANIFEST_VERSION else None


def _identity(folder: str) -> tuple[int, int, int] | None:
    """Differs after the folder was exchanged, even if it was exchanged back."""
    try:
        status = os.stat(folder)
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _holds(outer: Path, inner: Path) -> bool:
    """Whether ``inner`` is ``outer`` or lies in it, also where letter case does not tell folders apart."""
    if inner.is_relative_to(outer):
        return True
    return outer.exists() and any(folder.exists() and folder.samefile(outer) for folder in (inner, *inner.parents))


def _check_path(path: str, taken: dict[str, str]) -> None:
    """Raise OutputError for a path that would leave the output folder or cannot be a file's name everywhere."""
    parts = path.split("/")
    odd = "\0" in path or (os.sep != "/" and (os.sep in path or ":" in path))
    if odd or not {"", ".", ".."}.isdisjoint(parts):
        raise OutputError(f"{path!r} cannot be the path of a file in the output folder")
    try:
        path.encode()
    except UnicodeEncodeError as error:
        raise OutputError(f"{path!r} cannot be the path of a file in the output folder: it is not Unicode") from error
    if path in taken:
        raise OutputError(f"{path} would be written twice")


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _folders_of(paths: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for path in paths:
        for folder in _parents(path):
            if folder in folders:
                break
            folders.add(folder)
    return folders


def _write(target: str, data: bytes, replace: bool = False) -> None:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if replace else os.O_EXCL) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(target, flags, 0o666)
    try:
        rest = memoryview(data)
        while rest:  # a disk that is nearly full takes a part
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _same_bytes(first: str, second: str) -> bool:
    statuses = os.lstat(first), os.lstat(second)
    if not all(stat.S_ISREG(status.st_mode) for status in statuses) or statuses[0].st_size != statuses[1].st_size:
        return False
    with open(first, "rb") as one, open(second, "rb") as other:
        while chunk := one.read(1 << 20):
            if chunk != other.read(1 << 20):
                return False
    return True


def _exchange(first: str, second: str) -> bool:
    """Let two folders change places in one step; False where the system cannot do that."""
    if sys.platform == "win32":
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    paths, swap = (os.fsencode(first), os.fsencode(second)), ctypes.c_uint(2)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(*paths, swap)  # RENAME_SWAP
        else:
            here = -100  # AT_FDCWD
            failed = library.renameat2(here, paths[0], here, paths[1], swap)  # RENAME_EXCHANGE
    except AttributeError:  # an old C library
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), second)


def _replace(spare: str, output: str, aside: str) -> None:
    """Let two folders change places in two steps. Between them there is no output folder: the only such moment.

    After an accident in that moment the next build puts the old site back before it does anything else.
    """
    os.rename(output, aside)
    try:
        os.rename(spare, output)
    except OSError:
        os.rename(aside, output)
        raise
    with contextlib.suppress(OSError):
        os.rename(aside, spare)


def _try_lock(descriptor: int) -> bool:
    """Not a lock that worker processes would inherit: those of a killed build may live on."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)  # else: no locks on this file system
    return True


def _failure(error: OSError, what: str) -> OutputError:
    hint = _HINTS.get(error.errno or 0, "")
    return OutputError(f"cannot write {what}: {error.strerror or error}", hint=hint)
