"""Pages that an import brings into ``content/pages/``: each is written once, and is a person's from then on."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from generator import library
from generator.errors import Place, Problems
from generator.model import FreePage


class ImportedPages:
    """The pages of the content that were imported, and what the sources say now.

    ``known`` has the digests of the texts that imports have written, by file.
    """

    def __init__(self, site_folder: Path, known: Mapping[str, str], problems: Problems) -> None:
        self._folder = site_folder
        self._known = known
        self._problems = problems
        self.entries: dict[str, str] = {}
        """What was written now or is there as it would be, for the ledger."""
        self.files: dict[str, bytes] = {}
        """What is to be written."""
        self.left_out: list[str] = []
        """The files that a person has deleted."""

    def bring(self, pages: Iterable[FreePage]) -> None:
        """Write what is new, or was not touched since it was written; what stays otherwise is told."""
        for page in pages:
            file, data = f"content/pages/{page.path}.md", _text(page).encode()
            there = self.files.get(file) or library.content_of(self._folder, file)
            known = self._known.get(file)
            if there is None and known is not None:
                self.left_out.append(file)
                continue
            if there is None or there == data or _digest(there) == known:
                self.files[file] = data
                self.entries[file] = _digest(data)
            elif _digest(data) != known:
                self._problems.add(Place(file), f"is kept as it is; {page.origin.file} says something else")


def _text(page: FreePage) -> str:
    head = library.dump(library.plain(msgspec.structs.replace(page, body="", path="")))
    return f"---\n{head}---\n\n{page.body}\n"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:8]
