"""The text of a .bib file as entries: what BibTeX and BibLaTeX call ``@article{key, name = value, ...}``.

*bibtexparser* finds where entries and fields begin and end, and goes on after a broken one. What a value says is read
here: braces and quotes, ``@string``, ``#``, ``crossref``, and the comma that so often is missing. Values stay LaTeX.
"""

import logging
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import msgspec

from generator.errors import Place, Problems

_ENTRY = re.compile(r"^[ \t]*@[ \t]*(?!(?:string|comment|preamble)\b)\w+[ \t]*[{(]", re.IGNORECASE | re.MULTILINE)
_HEAD = re.compile(r"@\s*(\w+)\s*[{(]\s*([^\s,={}()\"]*)")
_BRACE = re.compile(r"(?<!\\)[{}]")
_BRACE_OR_QUOTE = re.compile(r"(?<!\\)[{}]|\"")
_BARE = re.compile(r"[^\s#{}\",]+")
_NEXT_FIELD = re.compile(r"([A-Za-z][\w+-]*)\s*=\s*")
_FURTHER_FIELD = re.compile(r"\s*,\s*([A-Za-z][\w+-]*)\s*=")
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(\[1\])?\s*"
    r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
_NUMBER = re.compile(r"\d+\Z", re.ASCII)
# biber passes over them, BibTeX does not
_COMMENTS = re.compile(r"(?:%[^\n]*(?:\n\s*|\Z))+")
MONTHS = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
"""The strings that every style of BibTeX defines."""
LONGEST = 10_000
"""Characters that a value may take from strings: one that names another twice, and so on, would fill the memory."""
_WORDS = frozenset(("true", "false", "yes", "no"))
_NOT_INHERITED = frozenset(("crossref", "xdata", "xref", "abstract", "note", "doi", "url", "pages", "keywords", "ids"))
_INHERITED_AS = {"title": "booktitle", "subtitle": "booksubtitle"}
_MOST_GENERATIONS = 5
_PARENTS = frozenset(("proceedings", "collection", "book", "mvbook", "mvcollection", "mvproceedings", "xdata"))


class Value(NamedTuple):
    """What a field says: its text (LaTeX), its line in the file, and how it was typed (empty when put together)."""

    text: str
    line: int
    raw: str = ""


class Entry(msgspec.Struct, frozen=True):
    """An entry: its type in lower case, its key, the line it begins in, and its fields by name in lower case."""

    type: str
    key: str
    line: int
    fields: dict[str, Value]
    raw: str
    """The entry as it was typed; empty where that would not do alone, since it needs other entries or strings."""


def looks_like(text: str) -> bool:
    """Whether the text holds an entry, or says by the name of its kind that it would."""
    return bool(_ENTRY.search(text))


def entries(text: str, file: str, problems: Problems, doubts: Problems) -> list[Entry]:
    """The entries of a file in their order. What is lost goes to ``problems``, what was guessed to ``doubts``.

    An entry that cannot be read is reported and the others are read. Entries that others refer to for what they have
    in common (``@proceedings`` by ``crossref``) give it to them and are not listed themselves.
    """
    reading = _Reading(file, problems, doubts)
    blocks = _blocks(text.replace("\r\n", "\n").replace("\r", "\n"))
    for block in blocks:
        if type(block).__name__ == "Preamble":
            reading.learn(str(block.value))
    for block in blocks:
        if type(block).__name__ == "String":
            reading.define(block)
    found: list[Entry] = []
    for block in blocks:
        if found and type(block).__name__ == "ImplicitComment":
            reading.outside(block, found[-1])
        elif entry := reading.entry(block):
            found.append(entry)
    return list(reading.with_parents(found))


def _blocks(text: str) -> list[Any]:
    from bibtexparser.splitter import Splitter

    # What it would warn about on stderr is among our problems.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return list(Splitter(text).split().blocks)


class _Reading:
    """The strings and keys of one file, and where its problems go."""

    def __init__(self, file: str, problems: Problems, doubts: Problems) -> None:
        self.file = file
        self.problems = problems
        self.doubts = doubts
        self.strings: dict[str, str] = {}
        self.keys: dict[str, int] = {}
        self.macros: list[tuple[re.Pattern[str], str]] = []

    def define(self, block: Any) -> None:
        """Keep a ``@string``."""
        text, _, _ = self._text(block.value, f"the @string {block.key}", (block.start_line or 0) + 1)
        self.strings.setdefault(block.key.lower(), text)

    def learn(self, preamble: str) -> None:
        """Keep the macros that a ``@preamble`` defines, of no or one argument: \\noopsort and the like."""
        for match in _DEFINITION.finditer(preamble):
            name = match[1]
            body = match[3][:200]
            # what holds its own name would grow without end
            if f"\\{name}" not in body:
                pattern = rf"\\{name}(?![A-Za-z])[ \t]*" + (r"(?:\{([^{}]*)\}|(.))" if match[2] else r"(?:\{\})?()()")
                self.macros.append((re.compile(pattern, re.DOTALL), body))

    def _written_out(self, text: str) -> str:
        """The text with the macros of the preamble replaced; one that would make it grow much stays."""
        for macro, body in self.macros:
            longer = macro.sub(partial(_filled, body), text)
            text = longer if len(longer) < len(text) + 2000 else text
        return text

    def entry(self, block: Any) -> Entry | None:
        """The entry of a block; None for comments and strings, and for what cannot be read, which is reported."""
        kind = type(block).__name__
        line = (block.start_line or 0) + 1
        found = block
        if kind in ("DuplicateBlockKeyBlock", "DuplicateFieldKeyBlock"):
            found = block.ignore_error_block
        elif kind == "ParsingFailedBlock":
            self._broken(block, line)
        if type(found).__name__ != "Entry":
            return None
        key = str(found.key).strip()
        if key and key in self.keys:
            self.problems.add(
                Place(self.file, line), f"the key {key!r} is given twice", f"the first is in line {self.keys[key]}"
            )
        self.keys.setdefault(key, line)
        fields: dict[str, Value] = {}
        whole = True
        for field in found.fields:
            whole &= self._field(str(field.key), str(field.value), (field.start_line or 0) + 1, fields, key)
        raw = str(found.raw) if whole and kind != "DuplicateFieldKeyBlock" else ""
        return Entry(str(found.entry_type).lower(), key, line, fields, raw)

    def outside(self, block: Any, before: Entry) -> None:
        """Report what stands between two entries where it goes on like the one before it: that was closed too early."""
        comment = str(block.comment)
        field = _FURTHER_FIELD.match(comment)
        if field:
            line = (block.start_line or 0) + comment.count("\n", 0, field.start(1)) + 1
            self.problems.add(
                Place(self.file, line),
                f"{field[1]!r} and what follows it stand behind the end of the entry {before.key!r}",
                "is a brace before it too many?",
            )

    def with_parents(self, found: list[Entry]) -> Iterator[Entry]:
        """The entries with what they inherit, without those that are only there to be inherited from."""
        by_key = {entry.key.lower(): entry for entry in found}
        parents = {key.lower() for entry in found for _, _, key in _parents(entry)}
        for entry in found:
            if entry.type == "xdata" or (entry.type in _PARENTS and entry.key.lower() in parents):
                continue
            for name, line, key in _parents(entry):
                if key.lower() not in by_key:
                    self.doubts.add(Place(self.file, line), f"{name} names {key!r}, which is not in this file")
            yield _with_inherited(entry, by_key, {entry.key.lower()})

    def _field(self, name: str, raw: str, line: int, fields: dict[str, Value], key: str) -> bool:
        """Read a field, and what follows it for want of a comma; whether the value can stand without the file."""
        commented = "%" in name
        if commented:
            name = _COMMENTS.sub("", name).strip()
        text, rest, alone = self._text(raw, name.lower(), line)
        alone &= not commented
        if self.macros and "\\" in text:
            written_out = self._written_out(text)
            alone &= written_out == text
            text = written_out
        known = fields.get(name.lower())
        if known:
            self.problems.add(
                Place(self.file, line),
                f"{name} is given twice in {key!r}",
                f"delete one; until then the first, in line {known.line}, counts",
            )
        elif name:
            fields[name.lower()] = Value(text, line, raw.removesuffix(rest).strip() if alone else "")
        following = _NEXT_FIELD.match(rest)
        if not following:
            return alone
        next_line = line + raw[: len(raw) - len(rest)].count("\n")
        self.doubts.add(
            Place(self.file, next_line), f"a comma is missing before {following[1]!r} in {key!r}", "it was read so"
        )
        self._field(following[1], rest[following.end() :], next_line, fields, key)
        return False

    def _text(self, raw: str, name: str, line: int) -> tuple[str, str, bool]:
        """The text of a value, what follows it, and whether it needs no ``@string`` of the file."""
        if raw[:1] == "{" and raw.find("{", 1) < 0 and raw.find("}") == len(raw) - 1:
            return raw[1:-1], "", True
        parts: list[str] = []
        alone = True
        position = grown = 0
        while position < len(raw):
            end = _end_of_part(raw, position)
            part = raw[position:end]
            if part[:1] in ("{", '"'):
                parts.append(part[1:-1])
            else:
                alone &= part.lower() in MONTHS or bool(_NUMBER.match(part)) or part.lower() in _WORDS
                parts.append(self._string(part, name, line))
                grown += len(parts[-1])
                if grown > LONGEST:
                    what = f"{name} grows without end through its @strings"
                    self.problems.add(Place(self.file, line), what, "use fewer of them")
                    return raw, "", False
            position = _skip(raw, end)
            if raw[position : position + 1] != "#":
                break
            position = _skip(raw, position + 1)
        rest = raw[position:]
        if comments := _COMMENTS.match(rest):
            rest = rest[comments.end() :]
            alone = False
        if rest and not _NEXT_FIELD.match(rest):
            # bare words, as in year = in press
            return raw.strip('{}" \n\t'), "", False
        return "".join(parts), rest, alone

    def _string(self, word: str, name: str, line: int) -> str:
        lower = word.lower()
        if lower in self.strings:
            return self.strings[lower]
        if lower in MONTHS:
            return MONTHS[lower]
        if word[:1].isalpha() and lower not in _WORDS:
            self.doubts.add(
                Place(self.file, line),
                f"{name} is the word {word}, which no @string explains",
                "it was taken as it is; put a text into braces",
            )
        return word

    def _broken(self, block: Any, line: int) -> None:
        raw = str(block.raw or "")
        head = _HEAD.match(raw.strip())
        kind, key = (head[1], head[2]) if head else ("", "")
        shown = f"the entry {key!r}" if key else f"the block @{kind or '?'}"
        reason = str(getattr(block.error, "abort_reason", block.error))
        if "block start" in reason or "end of file" in reason:
            where = "the file ends" if "end of file" in reason else "the next one begins"
            last = line + raw.rstrip().count("\n")
            self.problems.add(
                Place(self.file, line),
                f"{shown} is not closed: {where} after line {last}",
                "is a brace or a quote missing?",
            )
            return
        self.problems.add(
            Place(self.file, line),
            f"{shown} cannot be read: {_reason(reason)}",
            "is a comma, a brace or a quote missing or too many?",
        )


def _filled(body: str, match: re.Match[str]) -> str:
    return body.replace("#1", match[1] or match[2] or "")


def _reason(text: str) -> str:
    """The parser's words, in one short line."""
    return " ".join(text.replace("`", "'").rstrip(". ").split())[:150]


def _end_of_part(raw: str, start: int) -> int:
    """The end of the braced, quoted or bare part of a value that begins at ``start``."""
    if raw[start] == "{":
        depth = 0
        for match in _BRACE.finditer(raw, start):
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                return match.end()
        return len(raw)
    if raw[start] == '"':
        depth = 0
        for match in _BRACE_OR_QUOTE.finditer(raw, start + 1):
            if match[0] == '"' and depth <= 0:
                return match.end()
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        return len(raw)
    bare = _BARE.match(raw, start)
    return bare.end() if bare else start + 1


def _skip(raw: str, position: int) -> int:
    while position < len(raw) and raw[position].isspace():
        position += 1
    return position


def _parents(entry: Entry) -> list[tuple[str, int, str]]:
    """The entries that an entry inherits from: the field that names each, its line, and the key."""
    return [
        (name, entry.fields[name].line, key.strip())
        for name in ("xdata", "crossref")
        if name in entry.fields
        for key in entry.fields[name].text.split(",")
        if key.strip()
    ]


def _with_inherited(entry: Entry, by_key: dict[str, Entry], seen: set[str]) -> Entry:
    """The entry with the fields that its parents, and theirs, have and it lacks; ``seen`` are the keys on the way."""
    for _, _, key in _parents(entry):
        parent = by_key.get(key.lower())
        if parent and key.lower() not in seen and len(seen) < _MOST_GENERATIONS:
            entry = _inherited(entry, _with_inherited(parent, by_key, {*seen, key.lower()}))
    return entry


def _inherited(entry: Entry, parent: Entry) -> Entry:
    """The entry with the fields of its parent that it lacks; the parent's title is the title of the book."""
    fields = {name: value for name, value in entry.fields.items() if name not in ("crossref", "xdata")}
    for name, value in parent.fields.items():
        if parent.type != "xdata":
            name = _INHERITED_AS.get(name, name)
        if name not in _NOT_INHERITED:
            fields.setdefault(name, value)
    return msgspec.structs.replace(entry, fields=fields, raw="")
