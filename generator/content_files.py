"""The files below ``content/``, those that may be read: no editor's leavings, nothing from outside of the site."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.errors import Place, Problems

_LITTER = re.compile(r"(?:\.|#).*|.*(?:~|\.swp|\.tmp|\.bak|\.orig)\Z|4913\Z|Thumbs\.db\Z|desktop\.ini\Z", re.IGNORECASE)


class ContentFiles:
    """Finds and reads the files of one site; what is wrong with them is added to ``problems``."""

    def __init__(self, folder: Path, problems: Problems) -> None:
        self._folder = folder
        self._inside = os.path.realpath(folder)
        self._problems = problems

    def read(self, path: Path) -> bytes | None:
        """The bytes of a file; None, and a problem, when it cannot be read."""
        try:
            return path.read_bytes()
        except OSError as error:
            self._problems.add(Place(self.shown(path)), f"cannot be read: {error.strerror}")
            return None

    def walk(self, folder: Path, dot_names: tuple[str, ...] = ()) -> Iterator[Path]:
        """The regular files below a folder, sorted, without editors' leavings.

        A link is followed only to a file inside the site, so that nothing of the machine is published by accident.
        Files in ``dot_names`` and in folders of these names count, though they begin with a dot.
        """
        if folder.is_symlink() and not self._may_follow(folder, to_folder=True):
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except FileNotFoundError:
            return
        except NotADirectoryError:
            self._problems.add(Place(self.shown(folder)), "is a file, where a folder is wanted", "rename it")
            return
        except OSError as error:
            self._problems.add(Place(self.shown(folder)), f"cannot be read: {error.strerror}")
            return
        for entry in entries:
            path = Path(entry.path)
            if is_litter(entry.name) and entry.name not in dot_names:
                continue
            try:
                entry.name.encode()
            except UnicodeEncodeError:
                self._problems.add(Place(self.shown(path)), "has a name that is not UTF-8", "rename it")
                continue
            try:
                if entry.is_symlink() and not self._may_follow(path):
                    continue
                if entry.is_dir():
                    yield from self.walk(path, dot_names)
                elif stat.S_ISREG(entry.stat().st_mode):
                    yield path
                else:
                    self._problems.add(Place(self.shown(path)), "is not a regular file", "delete it or move it")
            except OSError as error:
                self._problems.add(Place(self.shown(path)), f"cannot be read: {error.strerror}")

    def may_read(self, path: Path) -> bool:
        """Whether this is a regular file, or a link to one inside the site; a pipe would be waited for without end."""
        if path.is_symlink() and not self._may_follow(path):
            return False
        if path.is_file():
            return True
        what = "is a folder, where a file is wanted" if path.is_dir() else "is not a regular file"
        self._problems.add(Place(self.shown(path)), what, "delete it or move it")
        return False

    def _may_follow(self, link: Path, to_folder: bool = False) -> bool:
        target = os.path.realpath(link)
        if os.path.commonpath([target, self._inside]) != self._inside:
            self._problems.add(
                Place(self.shown(link)), "is a link to something outside of the site", "copy the file instead"
            )
        elif os.path.isdir(target) and not to_folder:
            self._problems.add(Place(self.shown(link)), "is a link to a folder", "copy the folder instead")
        elif not os.path.exists(target):
            self._problems.add(Place(self.shown(link)), "is a link that leads nowhere", "delete it")
        else:
            return True
        return False

    def shown(self, path: Path) -> str:
        """The path from the site's folder; what cannot be printed in one line is shown as \\n, \\x.. and so on."""
        name = path.relative_to(self._folder).as_posix()
        shown = os.fsencode(name).decode("utf-8", "backslashreplace")
        if shown.isprintable():
            return shown
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in shown)


def is_litter(name: str) -> bool:
    """Whether a file of that name is hidden, or something that editors and systems leave behind."""
    return _LITTER.match(name) is not None
