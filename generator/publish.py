"""From bytes to the output folder, all or nothing.

Two trees of files take turns. One is the output folder. The other, the spare, is brought up to date out of
sight and then changes places with the output in one step of the file system, so that whoever looks at the
output, at any moment and after any accident, sees the complete old site or the complete new one.

    <site>/.paperfolio/output-<key>/spare        the other tree
    <site>/.paperfolio/output-<key>/tree-<inode> the manifest of the tree whose folder has that inode number
    <site>/.paperfolio/output-<key>/lock         held by the build that is running
    <site>/.paperfolio/replaced/<path>           what a person had changed in the output and a build replaced

The spare's manifest is gone while the spare is being written, so what a killed build leaves behind is recognised
and made anew. Everything in ``.paperfolio`` can be deleted between two builds.
"""

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from generator import destination, exchange, state
from generator.errors import OutputError
from generator.kept import Kept
from generator.spare import Spare
from generator.tree import (
    UNIMPORTANT,
    Manifest,
    Tree,
    drop_old_manifests,
    failure,
    manifest_of_copy,
    read_manifest,
    same_bytes,
)

Source = Callable[[], bytes] | Path | None


class Published(msgspec.Struct, frozen=True):
    """What a build changed; paths are relative to the output folder, with ``/``."""

    written: tuple[str, ...] = ()
    """New, or with other bytes than before."""
    removed: tuple[str, ...] = ()
    """Made by an earlier build, and no part of the site any more."""
    kept: int = 0
    """How many files have the same bytes as before."""
    foreign: tuple[str, ...] = ()
    """A person's own files in the output folder: still there."""
    changed_by_hand: tuple[str, ...] = ()
    """Files of a person's making that had to go; their old form is in ``.paperfolio/replaced/``."""


@contextlib.contextmanager
def publishing(
    site_folder: Path,
    output: Path,
    wait_seconds: float = 60,
    clean: bool = False,
    manifests: Kept[Manifest] | None = None,
) -> Iterator["Publisher"]:
    """Hold ``output`` for one build of the site in ``site_folder``; missing parents of it are made.

    While another build of the site holds it, wait up to ``wait_seconds``. With ``clean`` no file is known.
    ``manifests`` are those that a process which builds often has read and written.
    Raises OutputError where ``destination.check`` does, when the waiting was in vain, and when the folder for the
    state cannot be written.
    """
    destination.check(site_folder, output, manifests)
    site, real = os.path.realpath(site_folder), os.path.realpath(output)
    known = state.of_output(site, real)
    try:
        state.make(site)
        os.makedirs(known, exist_ok=True)
        os.makedirs(os.path.dirname(real), exist_ok=True)
        lock = os.open(f"{known}/lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise failure(error, error.filename or str(output)) from error
    try:
        limit = time.monotonic() + wait_seconds
        while not _try_lock(lock):
            if time.monotonic() > limit:
                raise OutputError(
                    f"another build has been writing to {output} for more than {wait_seconds:g} seconds",
                    hint="wait until it is done, or end it, and build again",
                )
            time.sleep(0.05)
        yield Publisher(site, str(output), clean, manifests)
    finally:
        os.close(lock)


class Publisher:
    """The output folder while one build holds it; made by ``publishing``."""

    def __init__(self, site: str, output: str, clean: bool, manifests: Kept[Manifest] | None) -> None:
        self._name = output
        self._output = os.path.realpath(output)
        self._replaced = f"{site}/{state.FOLDER}/replaced"
        self._state = state.of_output(site, self._output)
        self._clean = clean
        self._manifests = manifests
        parent, name = os.path.split(self._output)
        try:
            self._beside = os.stat(self._state).st_dev != os.stat(parent).st_dev
            base = f"{parent}/.{name}.paperfolio-" if self._beside else f"{self._state}/"
            self._spare_folder, self._aside = f"{base}spare", f"{base}aside"
            self._tidy()
            self._identity = _identity(self._output)
            own = read_manifest(self._state, self._output, manifests)
            self._manifest = own or (manifest_of_copy(self._state, self._output) if self._identity else None)
            self._live = Tree(self._output, self._manifest)
            if self._identity and not own:
                self._live.explore(guess=True)
        except OSError as error:
            raise failure(error, error.filename or self._name) from error
        self._known = {} if clean else self._live.made
        self._spare: Spare | None = None
        self._rescued: list[str] = []

    def known(self, path: str) -> str | None:
        """The fingerprint with which the file at ``path`` was published, if it is still as it was written then."""
        entry = self._known.get(path)
        return entry[0] or None if entry else None

    def publish(self, files: Iterable[tuple[str, str, Source]], note: Callable[[], bytes] = bytes) -> Published:
        """Make the output folder hold ``files`` and a person's own ones, no others. Call it once.

        A file is its path (relative, with ``/``), its fingerprint (any text that changes with the bytes) and
        where its bytes come from: a function that gives them, called only if they are needed, in the order
        of ``files``; a file to copy; or None when the fingerprint is the known one. When nothing would
        change, nothing is touched. ``tree.remembered`` gives back what ``note`` gives when all files are there.

        Raises OutputError when the site cannot be written. Whatever is raised, here or by the sources, the
        output folder is as it was.
        """
        wanted: dict[str, str] = {}
        changed: list[str] = []
        try:
            for path, fingerprint, source in files:
                if path in wanted:
                    raise OutputError(f"{path} would be written twice")
                wanted[path] = fingerprint
                if path not in self._known:
                    _check_path(path)
                elif self._known[path][0] == fingerprint:
                    continue
                if source is None:
                    raise ValueError(f"{path} is not known with the fingerprint {fingerprint}: its bytes are needed")
                changed.append(path)
                spare = self._open_spare()
                if not spare.has(path, fingerprint):
                    spare.put(path, fingerprint, source() if callable(source) else source)
            try:
                return self._complete(wanted, changed, note())
            except OSError as error:
                raise failure(error, error.filename or self._name) from error
        except BaseException as error:
            self._abandon(error)
            raise

    def _open_spare(self) -> "Spare":
        if self._spare is None:
            try:
                self._spare = Spare(
                    self._spare_folder, self._state, self._name, self._clean, self._live.made, self._manifests
                )
                for path in self._spare.strays:
                    if self._keep_aside(f"{self._spare_folder}/{path}", path):
                        self._rescued.append(path)
            except OSError as error:
                raise failure(error, error.filename or self._name) from error
        return self._spare

    def _complete(self, wanted: dict[str, str], changed: list[str], note: bytes) -> Published:
        live, output, listed = self._live, self._output, self._manifest.made if self._manifest else {}
        if self._identity and not self._spare and all(path in wanted for path in (*live.made, *live.others)):
            if self._manifest and self._manifest.note != note:
                self._save(self._manifest, made=live.made, note=note)
            return Published(kept=len(wanted))
        spare = self._open_spare()
        if self._manifest:
            live.explore()
        lacking = [path for path, fingerprint in wanted.items() if not spare.has(path, fingerprint)]
        for path in lacking:
            spare.share(path, live.made[path], f"{output}/{path}")
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
            self._save(self._manifest, carried=carried, folders={})
        self._swap(spare)
        return Published(
            written=tuple(sorted(written)),
            removed=tuple(sorted(removed)),
            kept=len(wanted) - len(written),
            foreign=tuple(sorted(path for path in carried if path.rpartition("/")[2] not in UNIMPORTANT)),
            changed_by_hand=tuple(sorted({*lost, *self._rescued})),
        )

    def _save(self, manifest: Manifest, **values: Any) -> None:
        """Write the manifest of the output folder anew, with other values."""
        self._manifest = msgspec.structs.replace(manifest, **values)
        self._manifest.save(self._state, os.stat(self._output).st_ino, self._manifests)

    def _same_as_before(self, path: str) -> bool:
        known = path in self._live.made or path in self._live.others
        return known and same_bytes(f"{self._output}/{path}", f"{self._spare_folder}/{path}")

    def _keep_aside(self, source: str, path: str) -> bool:
        """Copy a person's file to where replaced files are kept; False when the same bytes are there already."""
        number = 1
        while True:
            target = f"{self._replaced}-{number}/{path}" if number > 1 else f"{self._replaced}/{path}"
            number += 1
            if os.path.lexists(target):
                if same_bytes(source, target):
                    return False
                continue
            with contextlib.suppress(FileExistsError, NotADirectoryError):  # a file of that name is kept here already
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copy2(source, target, follow_symlinks=False)
                return True

    def _swap(self, spare: "Spare") -> None:
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
            if not exchange.at_once(spare.folder, self._output):
                exchange.in_two_steps(spare.folder, self._output, self._aside)
        # The new site is published: from here on nothing may look like a failure.
        self._spare = None
        with contextlib.suppress(OSError):
            if self._beside:
                shutil.rmtree(spare.folder)
            drop_old_manifests(self._state)

    def _tidy(self) -> None:
        """Clear up after a build that was killed."""
        exchange.mend(self._output, self._aside)
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


def _identity(folder: str) -> tuple[int, int, int] | None:
    """Differs after the folder was exchanged, even if it was exchanged back."""
    try:
        status = os.stat(folder)
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _check_path(path: str) -> None:
    """Raise OutputError for a path that would leave the output folder or cannot be a file's name everywhere."""
    parts = path.split("/")
    odd = "\0" in path or (os.sep != "/" and (os.sep in path or ":" in path))
    if odd or not {"", ".", ".."}.isdisjoint(parts):
        raise OutputError(f"{path!r} cannot be the path of a file in the output folder")
    try:
        path.encode()
    except UnicodeEncodeError as error:
        raise OutputError(f"{path!r} cannot be the path of a file in the output folder: it is not Unicode") from error


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _folders_of(paths: Iterable[str]) -> set[str]:
    inner = {path.rpartition("/")[0] for path in paths} - {""}
    return inner.union(*map(_parents, inner))


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
