"""The files below ``content/``, those that may be read: no editor's leavings, nothing from outside of the site."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.digests import Digests
from generator.errors import Place, Problems, right_to_read
from generator.listing import Listing

_LITTER_BEGINS = (".", "#")
_LITTER_ENDS = ("~", ".swp", ".tmp", ".bak", ".orig")
_LITTER = frozenset(("4913", "thumbs.db", "desktop.ini"))


class ContentFile(NamedTuple):
    """A regular file that may be read."""

    path: str
    """In the file system."""
    name: str
    """Its path from the folder in which it was looked for, with ``/``."""
    shown: str
    """Its path from the site's folder, as messages name it."""
    status: os.stat_result

    @property
    def suffix(self) -> str:
        """The end of its name from the last dot on, in small letters; "" where there is none."""
        _, dot, end = self.name.rpartition(".")
        return f".{end.lower()}" if dot and "/" not in end else ""


class ContentFiles:
    """Finds and reads the files of one site; what is wrong with them is added to ``problems``."""

    def __init__(self, folder: Path, problems: Problems, digests: Digests, listing: Listing) -> None:
        self._folder = str(folder)
        # the folder content/ may itself be a link
        self._inside = {os.path.realpath(folder), os.path.realpath(f"{folder}/content")}
        self._problems = problems
        self._digests = digests
        self._listing = listing

    def read(self, file: ContentFile) -> bytes | None:
        """The bytes of a file; None, and a problem, when it cannot be read."""
        try:
            return self._digests.read(file.path)
        except OSError as error:
            self._problems.add(Place(file.shown), f"cannot be read: {error.strerror}", right_to_read(error))
            return None

    def digest(self, file: ContentFile) -> bytes:
        """The digest of what a file holds; empty when it cannot be read."""
        try:
            return self._digests.of(file.path, file.status)
        except OSError:
            return b""

    def walk(self, folder: str, dot_names: tuple[str, ...] = ()) -> Iterator[ContentFile]:
        """The regular files below a folder of the site, sorted, without editors' leavings.

        A link is followed only to a file inside the site, so that nothing of the machine is published by accident.
        Files in ``dot_names`` and in folders of these names count, though they begin with a dot.
        """
        path = f"{self._folder}/{folder}"
        if os.path.islink(path) and not self._may_follow(path, folder, to_folder=True):
            return
        yield from self._walk(path, folder, "", dot_names)

    def _walk(self, folder: str, shown: str, above: str, dot_names: tuple[str, ...]) -> Iterator[ContentFile]:
        try:
            entries = self._listing.of(folder)
        except FileNotFoundError:
            return
        except NotADirectoryError:
            self._problems.add(Place(shown), "is a file, where a folder is wanted", "rename it")
            return
        except OSError as error:
            self._problems.add(Place(shown), f"cannot be read: {error.strerror}", right_to_read(error))
            return
        for entry in entries:
            if is_litter(entry.name) and entry.name not in dot_names:
                continue
            here = f"{shown}/{printable(entry.name)}"
            try:
                entry.name.encode()
            except UnicodeEncodeError:
                self._problems.add(Place(here), "has a name that is not UTF-8", "rename it")
                continue
            try:
                if entry.is_symlink() and not self._may_follow(entry.path, here):
                    continue
                if entry.is_dir():
                    yield from self._walk(entry.path, here, f"{above}{entry.name}/", dot_names)
                elif stat.S_ISREG((status := entry.stat()).st_mode):
                    yield ContentFile(entry.path, above + entry.name, here, status)
                else:
                    self._problems.add(Place(here), "is not a regular file", "delete it or move it")
            except OSError as error:
                self._problems.add(Place(here), f"cannot be read: {error.strerror}", right_to_read(error))

    def at(self, path: str) -> ContentFile | None:
        """The regular file at a path of the site, or a link to one inside the site; None, and a problem, for what
        cannot be read: a pipe would be waited for without end.
        """
        file = f"{self._folder}/{path}"
        if os.path.islink(file) and not self._may_follow(file, path):
            return None
        if os.path.isfile(file):
            return ContentFile(file, path.rpartition("/")[2], path, os.stat(file))
        what = "is a folder, where a file is wanted" if os.path.isdir(file) else "is not a regular file"
        self._problems.add(Place(path), what, "delete it or move it")
        return None

    def _may_follow(self, link: str, shown: str, to_folder: bool = False) -> bool:
        target = os.path.realpath(link)
        if not any(os.path.commonpath([target, inside]) == inside for inside in self._inside):
            self._problems.add(Place(shown), "is a link to something outside of the site", "copy the file instead")
        elif os.path.isdir(target) and not to_folder:
            self._problems.add(Place(shown), "is a link to a folder", "copy the folder instead")
        elif not os.path.exists(target):
            self._problems.add(Place(shown), "is a link that leads nowhere", "delete it")
        else:
            return True
        return False


def printable(name: str) -> str:
    """A name in one line; what cannot be printed is shown as \\n, \\x.. and so on."""
    if name.isprintable():
        return name
    shown = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in shown)


def is_litter(name: str) -> bool:
    """Whether a file of that name is hidden, or something that editors and systems leave behind."""
    lower = name.lower()
    return lower.startswith(_LITTER_BEGINS) or lower.endswith(_LITTER_ENDS) or lower in _LITTER
