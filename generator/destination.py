"""Where the output may go: no place whose files are a person's."""

import contextlib
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from generator import state
from generator.errors import OutputError
from generator.inputs import SOURCES
from generator.tree import UNIMPORTANT, Manifest, failure, is_made, made_by_us, read_manifest

if TYPE_CHECKING:  # a build that has nothing to do needs none of it
    from generator.kept import Kept


def check(site_folder: Path, output: Path, known: "Kept[Manifest] | None" = None) -> None:
    """Raise OutputError when ``output`` must not become the site's output folder; nothing is written.

    Refused are places whose files are a person's: the site's sources, the home folder, a repository, a link,
    any folder with content that was not made here. ``known`` is as ``tree.read_manifest`` takes it.
    """
    try:
        _check_place(Path(os.path.realpath(site_folder)), output)
        _check_content(Path(os.path.realpath(site_folder)), output, known)
    except OSError as error:
        raise failure(error, error.filename or str(output)) from error


def _check_place(site: Path, output: Path) -> None:
    hint = "choose another folder with --output"
    if output.is_symlink():
        raise OutputError(
            f"{output} is a link to {os.path.realpath(output)}", hint="name a folder itself with --output"
        )
    real = Path(os.path.realpath(output))
    sources = {name: Path(os.path.realpath(site / name)) for name in (*SOURCES, state.FOLDER)}
    private = {"the site's folder": site}
    if real.parent != site:
        import tempfile  # which most builds do without

        private["the folder for temporary files"] = Path(os.path.realpath(tempfile.gettempdir()))
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


def _check_content(site: Path, output: Path, known: "Kept[Manifest] | None") -> None:
    real = os.path.realpath(output)
    ancestor = os.path.dirname(real)
    while not os.path.exists(ancestor):
        ancestor = os.path.dirname(ancestor)
    if not os.path.isdir(ancestor):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), ancestor)
    for folder in (ancestor, real):
        if os.path.exists(folder) and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)
    if not os.path.isdir(real):
        return
    names = sorted(set(os.listdir(real)) - UNIMPORTANT)
    if not names or made_by_us(f"{real}/index.html"):
        return
    manifest = read_manifest(state.of_output(str(site), real), real, known)
    if not manifest or not any(is_made(real, path, entry) for path, entry in manifest.made.items()):
        listed = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        raise OutputError(
            f"{output} cannot be the output: it holds files that were not made by Paperfolio ({listed})",
            hint="choose another folder with --output, or empty this one",
        )


def _holds(outer: Path, inner: Path) -> bool:
    """Whether ``inner`` is ``outer`` or lies in it, also where letter case does not tell folders apart."""
    if inner.is_relative_to(outer):
        return True
    return outer.exists() and any(folder.exists() and folder.samefile(outer) for folder in (inner, *inner.parents))
