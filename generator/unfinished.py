"""Several files of a site written as one: a run that was killed between two of them is finished by the next.

What is to be written is noted first, in ``.paperfolio/unfinished.json``. Where a file was changed since, by a person or
by git, the note counts no more.
"""

import hashlib
from pathlib import Path

import msgspec

from generator import library

NOTE = ".paperfolio/unfinished.json"


class _File(msgspec.Struct, frozen=True):
    """A file to be written: the digest of what stood there (empty: nothing), and its text."""

    before: str
    text: str


def write(site_folder: Path, files: dict[str, bytes]) -> None:
    """Write the files, UTF-8 text by path from the site's folder, in their order.

    Raises ImportFailed when one cannot be written.
    """
    if len(files) > 1:
        wanted = {
            file: _File(_digest(library.content_of(site_folder, file)), data.decode()) for file, data in files.items()
        }
        library.write(site_folder / NOTE, msgspec.json.encode(wanted))
    _write(site_folder, files)


def finish(site_folder: Path) -> None:
    """Write what a run that was killed had begun to write.

    Raises ImportFailed when a file cannot be written.
    """
    note = library.content_of(site_folder, NOTE)
    if note is None:
        return
    try:
        wanted = msgspec.json.decode(note, type=dict[str, _File])
    except (msgspec.DecodeError, UnicodeDecodeError):
        wanted = {}
    files = {file: entry.text.encode() for file, entry in wanted.items()}
    now = {file: _digest(library.content_of(site_folder, file)) for file in files}
    if any(now[file] not in (entry.before, _digest(files[file])) for file, entry in wanted.items()):
        files = {}
    _write(site_folder, files)


def _write(site_folder: Path, files: dict[str, bytes]) -> None:
    for file in files:
        library.refuse_links(site_folder, file)
    for file, data in files.items():
        library.write(site_folder / file, data)
    (site_folder / NOTE).unlink(missing_ok=True)


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
