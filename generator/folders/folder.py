"""A folder to be imported: its texts, whatever their encoding, and the heads of its pages, with lines for messages."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.errors import Place, Problems
from generator.formats.draft import decoded
from generator.formats.person import text_of

_HEAD = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?\n)??\1[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([\w-]+)[ \t]*[:=]", re.ASCII)
_SKIPPED = ("node_modules", "_site", "public", "resources", "vendor", "themes")


class Head(NamedTuple):
    """The head of a page: its keys with their values (texts, lists, mappings), the lines of the keys, and the rest."""

    file: str
    values: dict[str, Any]
    lines: dict[str, int]
    body: str = ""

    def text(self, *keys: str) -> str:
        """What the first of the keys that says something says; a list says its first text."""
        return next((text for key in keys if (text := text_of(self.values.get(key)))), "")

    def list(self, *keys: str) -> list[Any]:
        """The values of the first of the keys that has any; a single value is a list of one."""
        for key in keys:
            value = self.values.get(key)
            if value:
                return value if isinstance(value, list) else [value]
        return []

    def mapping(self, key: str) -> dict[str, Any]:
        value = self.values.get(key)
        return value if isinstance(value, dict) else {}


class Folder:
    """The folder at ``path``; ``problems`` takes what could not be read or is not taken over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems = Problems()

    def has(self, name: str) -> bool:
        return (self.path / name).exists()

    def files(self, *patterns: str) -> Iterator[Path]:
        """The files that match one of the patterns, sorted, each once."""
        found = {path for pattern in patterns for path in self.path.glob(pattern) if path.is_file()}
        yield from sorted(path for path in found if not set(path.relative_to(self.path).parts) & set(_SKIPPED))

    def text(self, path: Path) -> str:
        """The text of a file with ``\\n`` at the ends of lines; empty when it cannot be read, which is reported."""
        try:
            data = path.read_bytes()
        except OSError as error:
            self.problems.add(Place(str(path)), f"cannot be read: {error.strerror}")
            return ""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.problems.add(Place(str(path), line), "is not UTF-8", "it was read as Windows-1252")
            text = decoded(data)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def head(self, path: Path) -> Head:
        """The head of a page, in YAML or TOML."""
        text = self.text(path)
        match = _HEAD.match(text)
        if not match:
            return Head(str(path), {}, {}, text)
        return self._head(path, match[2] or "", match[1] == "+++", text[match.end() :], first_line=2)

    def data(self, path: Path) -> Head:
        """A file of YAML as a head without a page; one that holds a list has it under the empty key."""
        return self._head(path, self.text(path), False, "", first_line=1)

    def entries(self, path: Path) -> list[Head]:
        """The entries of a file of YAML that holds a list, as heads; under the empty key is an entry's own line."""
        text = self.text(path)
        listed = self._head(path, text, False, "", first_line=1).values
        root = yaml.compose(text, Loader=yaml.CBaseLoader) if listed else None
        if not isinstance(root, yaml.SequenceNode):
            if listed:
                self.problems.add(Place(str(path), 1), "holds no list", "it was left out")
            return []
        found = []
        for values, node in zip(listed[""], root.value, strict=True):
            lines = {"": node.start_mark.line + 1}
            if isinstance(values, dict):
                lines |= {key.value: key.start_mark.line + 1 for key, _ in node.value}
                found.append(Head(str(path), values, lines))
            elif values:
                self.problems.add(Place(str(path), lines[""]), "is no entry with keys", "it was left out")
        return found

    def named(self, name: str, page: Path) -> Path | None:
        """The file of that name beside a page, or from the root of the site; nothing from outside of it."""
        place = self.path / name.removeprefix("/") if name.startswith("/") else page.parent / name
        inside = place.resolve().is_relative_to(self.path.resolve())
        return place if name and inside and place.is_file() else None

    def not_taken(self, pattern: str, what: str, hint: str = "") -> None:
        """Report files that are not taken over, if there are any."""
        found = list(self.files(pattern))
        if found:
            place = Place(str(self.path / pattern.partition("*")[0]))
            files = f"{len(found)} file{'s' * (len(found) != 1)}"
            self.problems.add(place, f"{what}: not taken over ({files})", hint)

    def _head(self, path: Path, text: str, toml: bool, body: str, first_line: int) -> Head:
        values: Any = {}
        try:
            # every scalar stays the text that was typed
            values = _as_text(tomllib.loads(text)) if toml else yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            place = Place(str(path), mark.line + first_line, mark.column + 1) if mark else Place(str(path), first_line)
            self.problems.add(place, f"is not valid YAML: {error.problem}", "it was left out")
        except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError) as error:
            self.problems.add(Place(str(path), first_line), f"cannot be read: {error}"[:200], "it was left out")
        if isinstance(values, list):
            values = {"": values}
        lines: dict[str, int] = {}
        for number, typed in enumerate(text.split("\n"), start=first_line):
            key = _KEY.match(typed)
            if key:
                lines.setdefault(key[1], number)
        return Head(str(path), values if isinstance(values, dict) else {}, lines, body)


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
