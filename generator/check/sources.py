"""From a place in the output to what a person wrote: the content or template that caused a fault, as far as known."""

import contextlib
import re
from functools import cached_property
from pathlib import Path

from generator import content, theme
from generator.check.finding import Fault
from generator.content_files import printable
from generator.errors import PaperfolioError, Place
from generator.inputs import SOURCES
from generator.output import Asset
from generator.plan import plan

_TEXTS = (".yaml", ".yml", ".md", ".bib", ".html")
_OF_THE_RECORD = ("citation", "title")
"""Rules that a record breaks as a whole, by what it lacks."""
_Found = tuple[str, str, int]  # path and text of a file, position in the text


class Sources:
    """What made the files of an output folder. The content is read when the first place is asked for."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder = folder
        self.shown = output.relative_to(folder).as_posix() if output.is_relative_to(folder) else str(output)
        """What the output folder is called."""

    def place(self, path: str, fault: Fault) -> Place:
        """Where to mend a fault of the file ``path`` of the output."""
        made = self._made.get(path)
        if isinstance(made, tuple):
            return Place(made[0], fault.line, fault.column)
        found = self._find(made, fault.traces)
        if found:
            file, text, position = found
            line_start = text.rfind("\n", 0, position) + 1
            return Place(file, text.count("\n", 0, position) + 1, position - line_start + 1)
        if made and made.file in self._texts and fault.rule in _OF_THE_RECORD:
            return made
        if made and made.file.startswith("content/pages/") and fault.rule == "orphan":
            return made
        return Place(f"{self.shown}/{printable(path)}", fault.line, fault.column)

    @cached_property
    def _made(self) -> "dict[str, Place | tuple[str]]":
        """For every file of the output the record that it was made from, or the file that it is a copy of."""
        try:
            loaded = content.load(self.folder, drafts=True)
            planned = plan(loaded, theme.load(loaded.site.config.theme, self.folder))
        except PaperfolioError:
            return {}
        return {
            output.path: (output.place.file,)
            if isinstance(output, Asset) and output.content is None and (self.folder / output.place.file).is_file()
            else output.place
            for output in planned.outputs
        }

    @cached_property
    def _texts(self) -> dict[str, str]:
        """What a person wrote: site.yaml first, since its entries are on every page, then content, then templates."""
        paths = [self.folder / "content" / "site.yaml"]
        for name in SOURCES:
            paths += sorted(path for path in (self.folder / name).rglob("*") if path.suffix in _TEXTS)
        found: dict[str, str] = {}
        for path in paths:
            # where the content cannot be read, faults are told by their places in the output
            with contextlib.suppress(OSError):
                if path.is_file() and path.relative_to(self.folder).parts[1] != "files":
                    found.setdefault(path.relative_to(self.folder).as_posix(), path.read_text("utf-8-sig", "replace"))
        return found

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """The lines on which the records of a file begin."""
        starts: dict[str, set[int]] = {}
        for place in self._made.values():
            if isinstance(place, Place):
                starts.setdefault(place.file, set()).add(place.line)
        return {file: sorted(lines) for file, lines in starts.items()}

    def _find(self, made: Place | None, traces: tuple[str, ...]) -> _Found | None:
        """Where one of the texts stands: in the record itself, else anywhere."""
        patterns = [
            re.compile(rf"(?<![\w-]){re.escape(trace)}(?![\w-])") for trace in traces if len(trace.strip("/.#")) > 2
        ]
        if made and made.file in self._texts:
            text = self._texts[made.file]
            following = next((line for line in self._starts.get(made.file, ()) if line > made.line), None)
            start, end = _offset(text, made.line), _offset(text, following) if following else len(text)
            for pattern in patterns:
                if found := pattern.search(text, start, end):
                    return made.file, text, found.start()
        for pattern in patterns:
            for file, text in self._texts.items():
                if found := pattern.search(text):
                    return file, text, found.start()
        return None


def _offset(text: str, line: int) -> int:
    """Where a line begins; the first is 1."""
    position = 0
    for _ in range(line - 1):
        position = text.find("\n", position) + 1
        if not position:
            return len(text)
    return position
