"""What is kept between runs: the folder ``.paperfolio`` of a site, ignored by git, safe to delete at any time."""

import os
import zlib
from pathlib import Path

FOLDER = ".paperfolio"


def make(site_folder: str) -> None:
    """Make the folder, and have git ignore it. Raises OSError."""
    os.makedirs(f"{site_folder}/{FOLDER}", exist_ok=True)
    ignore = f"{site_folder}/{FOLDER}/.gitignore"
    if not os.path.exists(ignore):
        Path(ignore).write_text("*\n", encoding="utf-8")


def cache(site_folder: Path, name: str) -> Path | None:
    """A folder for what may be made anew at any time; None when there can be none."""
    folder = site_folder / FOLDER / name
    try:
        make(str(site_folder))
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return folder


def replace(file: str, *parts: bytes) -> None:
    """Write a file that nobody ever sees half of. Raises OSError."""
    new = f"{file}.{os.getpid()}.new"
    with open(new, "wb") as written:
        written.writelines(parts)
    os.replace(new, file)


def of_output(site_folder: str, output: str) -> str:
    """The folder for what is known of an output folder.

    Named by the way from the site to the output, so that both can be moved together; both are real paths.
    """
    try:
        way = os.path.relpath(output, site_folder)
    except ValueError:  # on two drives of Windows
        way = output
    return f"{site_folder}/{FOLDER}/output-{zlib.crc32(os.fsencode(way)):08x}"
