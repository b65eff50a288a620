"""The files of a built site, and what its pages say."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from generator import forks, state
from generator.check import page as pages
from generator.check.files import MOST_BYTES
from generator.check.links import address
from generator.check.page import Page
from generator.digests import Digests, digest
from generator.inputs import program
from generator.kept import Kept

UNKNOWN_HOME = "http://site.invalid/"
"""Stands for the address of a site that does not know it."""
MANY_PAGES = 150
"""From how many on it is worth starting further processes, and keeping what was read for the next check."""
PART = 32
"""Pages that a process reads before it is given more."""
ASKED_FOR_HOME = 4
"""Pages that may tell the address of the site where the front page does not."""


def paths(output: Path) -> dict[str, int]:
    """Every file of the output, with its size in bytes; -1: a link or no plain file, which GitHub refuses."""
    found: dict[str, int] = {}
    for parent, folders, names in os.walk(output, onerror=_raise):
        for name in names + [name for name in folders if os.path.islink(os.path.join(parent, name))]:
            path = Path(parent, name)
            plain = path.is_file() and not path.is_symlink()
            found[path.relative_to(output).as_posix()] = path.stat().st_size if plain else -1
    found.pop(".gitkeep", None)
    return dict(sorted(found.items()))


def _raise(error: OSError) -> None:
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):  # where there is no folder, there is no site
        raise error


def is_readable(size: int) -> bool:
    """Whether a file of that size is a plain one and can be read as a whole."""
    return 0 <= size <= MOST_BYTES


def home(output: Path, html: list[str]) -> str:
    """The absolute address of the site, as its front page gives it, or else two other pages alike; ""."""
    said: Counter[str] = Counter()
    for path in ["index.html"] * ("index.html" in html) + html[:ASKED_FOR_HOME]:
        canonical = _read_one(output, UNKNOWN_HOME, path)[1].canonical
        home = canonical.removesuffix(address(path))
        if home.startswith(("http://", "https://")) and home.endswith("/") and canonical == f"{home}{address(path)}":
            try:
                urlsplit(home).port  # noqa: B018 - raises when it is none
            except ValueError:
                continue
            if path == "index.html":
                return home
            said[home] += 1
    return next((home for home, count in said.most_common(1) if count > 1), "")


def read(folder: Path, output: Path, paths: list[str], home: str) -> list[Page]:
    """What pages say; what an earlier check read of the same bytes is not read again."""
    kept: Kept[Page] = Kept(Page, folder / state.FOLDER / "checked", program(Digests.of_site(folder)), few=MANY_PAGES)
    found: dict[str, Page] = {}
    for path in paths:
        known = kept.get(_key(path, (output / path).read_bytes(), home))
        if known:
            found[path] = known
    for key, page in _read_anew(output, [path for path in paths if path not in found], home):
        found[page.path] = page
        if key:
            kept.put(key, page)
    kept.save()
    return [found[path] for path in paths]


def _read_anew(output: Path, paths: list[str], home: str) -> Iterable[tuple[bytes, Page]]:
    read = partial(_read_one, output, home)
    processes = min(os.cpu_count() or 1, len(paths) // MANY_PAGES + 1)
    if processes == 1:
        return map(read, paths)
    if sys.platform == "linux":
        return _read_by_forks(read, paths, processes)
    # libraries of other systems may fail in a fork
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(read, paths, chunksize=PART))


def _read_by_forks(
    read: Callable[[str], tuple[bytes, Page]], paths: list[str], processes: int
) -> Iterator[tuple[bytes, Page]]:
    """By forks, which end with this process; those of a pool wait for each other when it is killed."""
    parts = forks.cut(paths, PART)
    decoder = msgspec.msgpack.Decoder(list[tuple[bytes, Page]])

    def work(part: Sequence[str]) -> bytes:
        return msgspec.msgpack.encode([read(path) for path in part])

    for number, sent in forks.shared(work, parts, processes):
        yield from map(read, parts[number]) if sent is None else decoder.decode(sent)


def _read_one(output: Path, home: str, path: str) -> tuple[bytes, Page]:
    data = (output / path).read_bytes()
    return _key(path, data, home), pages.read(path, data, home)


def _key(path: str, data: bytes, home: str) -> bytes:
    """By what a page is kept; empty where its name is no text and cannot be."""
    try:
        return digest(b"\0".join((path.encode(), home.encode(), data)))
    except UnicodeEncodeError:
        return b""
