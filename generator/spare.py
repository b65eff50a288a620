"""The tree out of sight, while a build brings it up to date."""

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from generator.digests import SETTLED
from generator.errors import OutputError
from generator.kept import Kept
from generator.tree import (
    VERSION,
    Entry,
    Manifest,
    Times,
    Tree,
    entry_of,
    failure,
    manifest_file,
    read_manifest,
    times_of,
    write,
)


class Spare(Tree):
    """The tree out of sight, while it is brought up to date. Its methods raise OutputError or OSError.

    ``same`` are files of the other tree that were just now found to be as they were made, ``known`` manifests by the
    digests of their files.
    """

    def __init__(
        self,
        folder: str,
        state: str,
        name: str,
        clean: bool,
        same: Mapping[str, Entry] | None = None,
        known: Kept[Manifest] | None = None,
    ) -> None:
        self._began = time.time_ns()
        self._known = known
        manifest = None if clean else read_manifest(state, folder, known)
        super().__init__(folder, manifest, same)
        self._state, self._name = state, name
        self.folders: set[str] = set()
        self._touched: set[str] = set()
        """Folders in which something was made or removed."""
        self._shares = True
        if manifest:
            self.explore()
            self.folders = set(self.times)
            os.unlink(manifest_file(state, os.stat(folder).st_ino))
        else:
            if os.path.lexists(folder):
                shutil.rmtree(folder)
            os.mkdir(folder)
        self.inode = os.stat(folder).st_ino
        self._carried = dict(manifest.carried) if manifest else {}
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
                write(target, source)
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
            self._shares = False
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
            self._touched.add(path.rpartition("/")[0])
            self.folders.discard(path)

    def save(self, note: bytes = b"") -> None:
        """Write the manifest: from now on this tree can be relied upon."""
        carried = {path: entry for path, entry in self._carried.items() if path in self.others}
        self._touched.update(path.rpartition("/")[0] for path in self.others.keys() - carried.keys())
        Manifest(VERSION, self.made, carried, note, self._unchanging()).save(self._state, self.inode, self._known)

    def _unchanging(self) -> dict[str, Times]:
        """When folders had last changed in which are no others, and nothing was done, now or just before.

        Those in which something was done must show that this file system tells it, and files must be shared: a copy
        may look like another tree's file where clocks tick slowly. Windows lists folders with times of long ago.
        """
        touched = [path for path in self._touched if path in self.times and path in self.folders]
        tells = [times_of(os.lstat(f"{self.folder}/{path}")) != self.times[path] for path in touched]
        if not tells or not all(tells) or not self._shares or os.name == "nt":
            return {}
        settled = self._began - SETTLED
        left_out = self._touched | {path.rpartition("/")[0] for path in self.folders}
        return {
            path: times
            for path, times in self.times.items()
            if max(times) < settled and path in self.folders and path not in left_out
        }

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
        self._touched.add(parent)
        if parent and parent not in self.folders:
            self._make_room(parent)
            os.mkdir(f"{self.folder}/{parent}")
            self.folders.add(parent)

    def _remove(self, path: str) -> None:
        os.unlink(f"{self.folder}/{path}")
        self._touched.add(path.rpartition("/")[0])
        self.made.pop(path, None)
        self.others.pop(path, None)
