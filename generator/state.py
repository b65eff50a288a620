"""What is kept between runs: the folder ``.paperfolio`` of a site, ignored by git, safe to delete at any time."""

import contextlib
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER = ".paperfolio"


def make(site_folder: str) -> None:
    """Make the folder, and have git ignore it. Raises OSError."""
    os.makedirs(f"{site_folder}/{FOLDER}", exist_ok=True)
    ignore = f"{site_folder}/{FOLDER}/.gitignore"
    if not os.path.exists(ignore):
        replace(ignore, [b"*\n"])


def cache(site_folder: Path, name: str) -> Path | None:
    """A folder for what may be made anew at any time; None when there can be none."""
    folder = site_folder / FOLDER / name
    try:
        make(str(site_folder))
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return folder


def replace(file: str, parts: Iterable[bytes]) -> None:
    """Write a file that nobody ever sees half of, each part as it comes. Raises OSError."""
    new = f"{file}.{os.getpid()}.new"
    try:
        with open(new, "wb") as written:
            written.writelines(parts)
        os.replace(new, file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(new)  # nobody else will
        raise


def save(file: str, parts: Iterable[bytes]) -> None:
    """Write a file with a seal at its end that tells whether it is as it was written. Raises OSError."""
    replace(file, _sealed(parts))


def saved(file: str) -> memoryview | None:
    """What ``save`` wrote into a file, if there is one, and it is as it was written."""
    try:
        with open(file, "rb") as written:
            sealed = memoryview(written.read())
    except OSError:
        return None
    data, seal = sealed[:-4], sealed[-4:]
    return data if zlib.crc32(data).to_bytes(4, "big") == seal else None


def _sealed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts, and the CRC-32 of all of them, four bytes."""
    seal = 0
    for part in parts:
        seal = zlib.crc32(part, seal)
        yield part
    yield seal.to_bytes(4, "big")


def of_output(site_folder: str, output: str) -> str:
    """The folder for what is known of an output folder.

    Named by the way from the site to the output, so that both can be moved together; both are real paths.
    """
    try:
        way = os.path.relpath(output, site_folder)
    except ValueError:  # on two drives of Windows
        way = output
    return f"{site_folder}/{FOLDER}/output-{zlib.crc32(os.fsencode(way)):08x}"
