"""What reading the content gave: a site, and what is wrong or doubtful in it."""

from pathlib import Path
from typing import Any

import msgspec
import yaml

from generator import places
from generator.errors import Place, Problems
from generator.model import Origin, Site
from generator.readings import Readings


class Loaded(msgspec.Struct):
    """The site as far as it could be read, and what is wrong or doubtful in it."""

    site: Site
    problems: Problems
    warnings: Problems
    folder: Path
    readings: Readings = msgspec.field(default_factory=Readings)
    unread: set[str] = set()
    """Addresses of pages and files that are there but could not be read, each with a slash at its end."""
    unopened: set[str] = set()
    """Files of papers and authors, as the file system names them, that were known by their digests."""
    texts: dict[str, bytes] = {}
    """Of files of records that are asked for often, by path from the site's folder."""

    def change(self, **values: Any) -> None:
        """Let keys of ``site.yaml`` have other values than are written there."""
        self.site = msgspec.structs.replace(self.site, config=msgspec.structs.replace(self.site.config, **values))

    def place(self, origin: Origin, *keys: str | int) -> Place:
        """Where a key of a record stands in its file."""
        place = Place(origin.file, origin.line, origin.column)
        form = origin.file.lower().rpartition(".")[2]
        if not keys or form not in ("yaml", "yml", "bib"):
            return place
        try:
            data = self._text(origin.file)
            if form != "bib":
                return places.locate(data, origin, *keys)
            from generator.formats import bibtex_reader

            return Place(origin.file, bibtex_reader.line_of(data.decode("utf-8-sig"), origin, str(keys[0])))
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            return place  # the file was written since it was read

    def _text(self, file: str) -> bytes:
        if file not in self.texts:
            self.texts[file] = (self.folder / file).read_bytes()
        return self.texts[file]
