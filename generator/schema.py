"""Nodes to records: the type of a field decides what a scalar means, and all problems are collected with positions."""

import functools
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
import yaml

from generator import foreign, hosts, nodes, services
from generator.errors import MOST_COMPARED, Place, Problems, closest, suggestion
from generator.model import Author, Link, Origin, Paper, PaperAuthor, Record
from generator.nodes import DEEPEST, TOO_DEEP
from generator.scalars import LINE, NOTHING, TEXT, TRUTH, TRUTH_VALUE, Scalar, Wrong
from generator.shapes import (
    Choice,
    Free,
    Many,
    Mapping,
    Nested,
    OneOf,
    Plain,
    ServiceLinks,
    Shape,
    fields_of,
    plain,
    required,
    short_shape,
    wanted,
)

Node = yaml.nodes.Node
R = TypeVar("R", bound=Record)

_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)
_EMPTY = ("~", "null", "Null", "NULL")
_AS_A_KEY = 0.7
"""How much a word must be like a key to be taken for it misspelled: "edition" is not "citations"."""
_SEPARATORS = {PaperAuthor: (" and ", ";", ","), LINE: (";", ",")}
_DASH = r"-[^\W\d]"
_LIKE_A_DASH = ("\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\u2022")
"""What word processors write for a dash that begins a line."""
_MERGE_HINT = "merging mappings is not understood: write the keys out"
_EMPTY_HINT = "write something after the colon; a text that begins with # needs quotes"
_COMMA_HINT = "inside { } a comma ends a value: put a text or number with a comma into quotes"
_ESCAPE_HINT = "put a text with backslashes into single quotes: in double quotes \\b, \\f and the like are signs"
_ABSENT: Any = object()
_UNREAD: Any = object()


class Reader:
    """Reads records from the nodes of one file; whatever is wrong goes to ``problems``.

    An alias may be used any number of times but the whole must not grow without end: after ``budget`` nodes, or as
    many ``characters``, the reader gives up with a problem. With keys that are ``telling`` which record it is, one in
    which others are wrong is read without these, so that the rest of it can be checked as well.
    """

    def __init__(
        self,
        file: str,
        problems: Problems,
        size: int,
        first_line: int = 1,
        telling: frozenset[str] | None = None,
    ) -> None:
        self.file = file
        self.telling = telling
        self.problems = problems
        self.first_line = first_line
        self.budget = 10_000 + 2 * size
        self.characters = 1_000_000 + 2 * size
        self._inside: set[int] = set()
        self._compared: dict[tuple[type[Record], str], str] = {}

    def place(self, node: Node) -> Place:
        return Place(self.file, node.start_mark.line + self.first_line, node.start_mark.column + 1)

    def records(self, node: Node, kind: type[R]) -> Iterator[R]:
        """The records of a file that holds one, or a list of them."""
        if isinstance(node, yaml.MappingNode) and self._is_named_records(node, kind):
            return
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for index, item in enumerate(items):
            record = self.record(item, kind, index=index)
            if record is not None:
                yield record

    def record(self, node: Node, kind: type[R], index: int = -1, label: str = "") -> R | None:
        """One record, or None when something in it is wrong that matters."""
        if not isinstance(node, yaml.MappingNode) or _is_short_mapping(node, kind):
            return self._short(node, kind, label)
        if not self._enter(node, label or noun(kind)):
            return None
        known = fields_of(kind)
        values: dict[str, Any] = {}
        seen: dict[str, Node] = {}
        meant: set[str] = set()
        wrong: set[str] = set()
        good = True
        for key_node, value_node in node.value:
            key: str | None = key_node.value
            if type(key_node) is yaml.ScalarNode and key_node.tag in _TAGS and key in known and key not in seen:
                seen[key] = key_node
            else:
                key = self._key(key_node, value_node, kind, seen, meant)
                if key is None:
                    good = False
                    continue
            value = self._plain(value_node, known[key].plain)
            if value is _UNREAD:
                value = self.value(value_node, known[key].shape, f"{label}: {key}" if label else key)
            if value is _WRONG:
                good = False
                wrong.add(key)
            elif value is not _ABSENT:
                values[key] = value
        self._inside.discard(id(node))
        if good and not values and kind.SHORT and kind.SHORT not in meant and not known[kind.SHORT].required:
            self.problems.add(self.place(node), f"{label or noun(kind)} is empty", "write something or delete the line")
            return None
        missing = [name for name in required(kind) if name not in values]
        self._missing([name for name in missing if name not in meant], node, kind, seen)
        may_be_wrong = index >= 0 and self.telling is not None and self.telling.isdisjoint(wrong | meant)
        if missing or not (good or may_be_wrong):
            return None
        if index >= 0 and "origin" in kind.__struct_fields__:
            place = self.place(node)
            values["origin"] = Origin(self.file, place.line, place.column, index)
        return kind(**values)

    def _is_named_records(self, node: yaml.MappingNode, kind: type[Record]) -> bool:
        """Whether a file holds a mapping of names to records, or to lists of them, where a list is wanted; it is
        reported.
        """
        known = fields_of(kind)
        required = next((name for name, entry in known.items() if entry.required), "")
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in known or key.value in kind.ALSO:
                return False
            records = value.value if isinstance(value, yaml.SequenceNode) and value.value else [value]
            for record in records:
                if not isinstance(record, yaml.MappingNode):
                    return False
                if not any(entry.value == required for entry, _ in record.value):
                    return False
        if not node.value or not required:
            return False
        name = _shown(node.value[0][0].value)
        hint = f"leave out the line {name[1:-1]}: and the like; begin each with - {required}: ..."
        self.problems.add(self.place(node), f"{name} is no key of {noun(kind)}: is this a list?", hint)
        return True

    def _missing(self, names: list[str], node: yaml.MappingNode, kind: type[Record], seen: dict[str, Node]) -> None:
        """Report required keys without a value; one whose value was wrong has been reported."""
        for name in names:
            if name not in seen:
                self.problems.add(self.place(node), f"{noun(kind)} has no {name!r}", f"add a line {name}: ...")
            elif _is_empty(seen[name], node):
                self.problems.add(self.place(seen[name]), f"{name!r} is empty", _EMPTY_HINT)

    def _short(self, node: Node, kind: type[R], label: str) -> R | None:
        if kind.SHORT and (isinstance(node, yaml.ScalarNode) or _is_short_mapping(node, kind)):
            entry = fields_of(kind)[kind.SHORT]
            value = self.value(node, entry.shape, label or kind.SHORT)
            if value is _ABSENT:
                self.problems.add(
                    self.place(node), f"{label or noun(kind)} is empty", "write something or delete the line"
                )
            return None if value in (_ABSENT, _WRONG) else kind(**{kind.SHORT: value})
        if id(node) in self._inside:
            self._enter(node, label)
            return None
        wanted_form = "a text or a mapping" if kind.SHORT else "a mapping of keys"
        if isinstance(short_shape(kind), Mapping):
            wanted_form = "a mapping"
        hint = f"keys: {', '.join(list(fields_of(kind))[:8])}, ..." if not kind.SHORT else ""
        if hint and isinstance(node, yaml.ScalarNode) and node.value.partition(":")[0] in fields_of(kind):
            hint = nodes.after_colon(node.value)
        elif hint and isinstance(node, yaml.SequenceNode):
            hint = "write its keys without dashes"
        self.problems.add(
            self.place(node), f"{label or noun(kind)} is {described(node)}, where {wanted_form} is wanted", hint
        )
        return None

    def _key(self, node: Node, value: Node, kind: type[Record], seen: dict[str, Node], meant: set[str]) -> str | None:
        """The key that a node names, noted in ``seen``; None (and a problem) when it is none or was there before.

        ``meant`` takes the keys that misspelled ones probably mean, which then are not said to be missing.
        """
        if not isinstance(node, yaml.ScalarNode):
            self.problems.add(self.place(node), f"a key of {noun(kind)} is {described(node)}", "a key is a word")
            return None
        key = kind.ALSO.get(node.value, node.value)
        if self._is_tagged(node, f"the key {_shown(node.value)}"):
            meant.add(str(key))
            return None
        if key not in fields_of(kind):
            self._unknown(node, value, kind, meant)
            return None
        if key in seen:
            first = seen[key].value
            what = f"{node.value!r} means {key!r}, which is given too"
            if node.value == key:
                what = f"{key!r} is given twice" if first == key else f"{key!r} is given, too, as {first!r}"
            line = self.place(seen[key]).line
            hint = f"the first is in line {line}"
            if kind is Paper and key == "title" and self.place(node).line > line + 1:
                hint += "; is this another paper? It begins with a dash: - title: ..."
            self.problems.add(self.place(node), what, hint)
            return None
        seen[key] = node
        return key

    def _unknown(self, node: yaml.ScalarNode, value: Node, kind: type[Record], meant: set[str]) -> None:
        known = fields_of(kind)
        hint = kind.ELSEWHERE.get(node.value, "")
        meant.update(name for name in known if hint.startswith(f"write {name}: "))
        if node.value == "<<":
            hint = _MERGE_HINT
        elif node.value.removeprefix("-") != node.value and node.value[1:] in known:
            hint = "write a blank after the dash"
            meant.add(node.value[1:])
        elif node.value[:1] == "-" and node.value[1:].strip() in known:
            hint = f"write a usual blank after the dash: what follows it is U+{ord(node.value[1]):04X}"
            meant.add(node.value[1:].strip())
        elif node.value[:1] in _LIKE_A_DASH and node.value[1:].strip() in known:
            hint = f"begin with a usual dash and a blank: - {node.value[1:].strip()}"
            meant.add(node.value[1:].strip())
        elif _is_cut_off(node, value):
            hint = _COMMA_HINT
        elif "url" in known and "label" in known and not hint:
            hint = self._labelled(node, kind, meant)
        elif kind is Author and not hint and services.service_of(node.value):
            hint = f"write it under links:, like links: {{{node.value}: ...}}"
        if not hint:
            close = self._close(kind, str(node.value).lower())
            meant.update([kind.ALSO.get(close, close)] if close else [])
            hint = f"did you mean {close!r}?" if close else _all_keys(kind)
        self.problems.add(self.place(node), f"unknown key {_shown(node.value)} in {noun(kind)}", hint)

    def _close(self, kind: type[Record], word: str) -> str:
        """The key that was perhaps meant by a word; "" where none is close, or too many others were looked for."""
        if (kind, word) not in self._compared:
            names = [*fields_of(kind), *kind.ALSO]
            if len(self._compared) * len(names) > MOST_COMPARED:
                return ""
            self._compared[kind, word] = closest(word, names, _AS_A_KEY)
        return self._compared[kind, word]

    def _labelled(self, node: yaml.ScalarNode, kind: type[Record], meant: set[str]) -> str:
        """The hint for a link that is written as ``label: address``; "" where it seems to be a misspelled key."""
        if closest(str(node.value).lower(), fields_of(kind)):
            return ""
        meant.add("url")
        hint = f"write {{label: {node.value[:40]}, url: ...}}"
        return f"{hint}, or the services without dashes" if kind is Link and services.service_of(node.value) else hint

    def _plain(self, node: Node, read: Plain | None) -> Any:
        """What ``value`` gives for a scalar that nothing is unusual about; ``_UNREAD`` for all others.

        Most values are such, and need neither a label nor the questions that ``value`` asks.
        """
        if read is None or type(node) is not yaml.ScalarNode or node.tag not in _TAGS:
            return _UNREAD
        text = node.value
        if not text.strip(NOTHING) or text in _EMPTY or self.budget <= 0 or self.characters < len(text):
            return _UNREAD
        try:
            value = read(text)
        except Wrong:
            return _UNREAD
        self.budget -= 1
        self.characters -= len(text)
        return value

    def value(self, node: Node, shape: Shape, label: str) -> Any:
        """The value of a node, ``_ABSENT`` when there is none, ``_WRONG`` when it cannot be one (already reported)."""
        self.budget -= 1
        if self.budget < 0:
            if self.budget == -1:
                what = f"{label.partition(':')[0]} grows without end through its anchors"
                self.problems.add(self.place(node), what, "use fewer of them")
            return _WRONG
        if self._is_tagged(node, label):
            return _WRONG
        if isinstance(node, yaml.ScalarNode):
            if _says_nothing(node, shape):
                return _ABSENT
            self.characters -= len(node.value)
            if self.characters < 0:
                self.budget = 0
        match shape:
            case Scalar() | Choice() | OneOf():
                return self._scalar(node, shape, label)
            case Nested(record):
                return _WRONG if (found := self.record(node, record, label=label)) is None else found
            case Many(item):
                return self._many(node, item, label)
            case Mapping(key, value):
                return self._mapping(node, key, value, label)
            case ServiceLinks():
                return self._service_links(node, label)
            case Free():
                return self._free(node, label)

    def _is_tagged(self, node: Node, label: str) -> bool:
        """Whether a node has a tag that would make something else of it, which is reported."""
        if node.tag in _TAGS or node.tag == "!":
            return False
        hint = "delete the tag"
        if node.tag.startswith("!"):
            hint = "delete the tag; a text that begins with ! needs quotes"
        self.problems.add(self.place(node), f"{label} has the tag {_shown(node.tag)}, which is not understood", hint)
        return True

    def _scalar(self, node: Node, shape: Scalar | Choice | OneOf, label: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            self.problems.add(
                self.place(node), f"{label} is {described(node)}, where {wanted(shape)} is wanted", "write one value"
            )
            return _WRONG
        try:
            match shape:
                case Scalar():
                    return shape.read(node.value)
                case Choice(words):
                    return _choose(node.value, words)
                case OneOf(scalars):
                    if scalars[0] is TRUTH_VALUE and node.value.strip().lower() in TRUTH:
                        return scalars[0].read(node.value)
                    return scalars[-1].read(node.value)
        except Wrong as wrong:
            # the file holds none, so that it was made by a backslash
            hint = _ESCAPE_HINT if "control character" in wrong.what and node.style == '"' else wrong.hint
            if hint and isinstance(shape, OneOf) and shape.scalars[0] is TRUTH_VALUE:
                hint = f"{hint}, or write true"
            self.problems.add(self.place(node), f"{label} {wrong.what}", hint)
            return _WRONG

    def _many(self, node: Node, item: Shape, label: str) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            kind = item.record if isinstance(item, Nested) else item
            for separator in _SEPARATORS.get(kind, ()) if isinstance(node, yaml.ScalarNode) else ():
                if separator in node.value:
                    parts = [part.strip() for part in node.value.split(separator)]
                    shown = [f'"{part}"' if "," in part else part for part in parts[:3]]
                    hint = f"write [{', '.join(shown)}{', ...' if len(parts) > 3 else ''}]"[:120]
                    if separator == "," and kind is PaperAuthor:
                        hint = "write a list, one whole name each: [Ada Lovelace, Charles Babbage]"
                    self.problems.add(self.place(node), f"{label} is one text, where a list is wanted", hint)
                    return _WRONG
            if isinstance(node, yaml.ScalarNode) and not node.style and re.match(_DASH, node.value):
                hint = "write a blank after each dash; a text that begins with a dash needs quotes"
                self.problems.add(self.place(node), f"{label} is one text, where a list is wanted", hint)
                return _WRONG
            if isinstance(node, yaml.MappingNode) and not isinstance(item, Nested):
                self.problems.add(self.place(node), f"{label} is a mapping, where a list is wanted")
                return _WRONG
            if isinstance(node, yaml.ScalarNode) and not node.style and isinstance(item, Choice):
                truth = TRUTH.get(node.value.strip().lower())
                if truth is not None:
                    hint = f"say which: [{', '.join(item.words)}]" if truth else "write [] for none"
                    self.problems.add(self.place(node), f"{label} is {described(node)}, where a list is wanted", hint)
                    return _WRONG
            found = self.value(node, item, label)
            return found if found in (_ABSENT, _WRONG) else (found,)
        if not self._enter(node, label):
            return _WRONG
        self._swallowed(node, label)
        read = plain(item)
        found = [self._plain(entry, read) for entry in node.value]
        if _UNREAD in found:
            found = [
                self.value(entry, item, f"{label} {number}") if value is _UNREAD else value
                for number, (entry, value) in enumerate(zip(node.value, found, strict=True), start=1)
            ]
        self._inside.discard(id(node))
        if _WRONG in found:
            return _WRONG
        values = tuple([value for value in found if value is not _ABSENT])
        if isinstance(item, Choice) and len(set(values)) < len(values):
            twice = max(values, key=values.count)
            self.problems.add(self.place(node), f"{label} names {twice!r} twice", "delete one")
            return _WRONG
        return values

    def _swallowed(self, node: yaml.SequenceNode, label: str) -> None:
        """Report items that took in the next one, whose dash is indented deeper: to YAML that is one text."""
        for entry in node.value:
            if type(entry) is not yaml.ScalarNode or entry.style or " - " not in entry.value:
                continue
            if entry.start_mark.line < entry.end_mark.line:
                what = f"{label} has the text {_shown(entry.value)}, which goes on in the next line with a dash"
                self.problems.add(self.place(entry), what, "indent the dashes of a list alike")

    def _free_key(self, node: Node, scalar: Scalar, label: str) -> Any:
        """A key of a mapping whose keys may be any words, or ``_WRONG`` (already reported)."""
        if isinstance(node, yaml.ScalarNode) and node.value == "<<":
            self.problems.add(self.place(node), f"{label}: '<<' is no key", _MERGE_HINT)
            return _WRONG
        if isinstance(node, yaml.ScalarNode) and not node.value.strip():
            self.problems.add(self.place(node), f"{label}: a key is empty", "write a word before the colon")
            return _WRONG
        if self._is_tagged(node, f"{label}: a key"):
            return _WRONG
        return self._scalar(node, scalar, f"{label}: a key")

    def _mapping(self, node: Node, key_scalar: Scalar, value_shape: Shape, label: str) -> Any:
        if not isinstance(node, yaml.MappingNode):
            hint = "write a name, a colon and a value in each line below it"
            self.problems.add(self.place(node), f"{label} is {described(node)}, where a mapping is wanted", hint)
            return _WRONG
        if not self._enter(node, label):
            return _WRONG
        found: dict[Any, Any] = {}
        good = True
        for key_node, value_node in node.value:
            key = self._free_key(key_node, key_scalar, label)
            if key is _WRONG:
                good = False
                continue
            if key in found:
                self.problems.add(self.place(key_node), f"{label}: {str(key)!r} is given twice")
                good = False
            if _is_cut_off(key_node, value_node) and str(key).isdigit():
                self.problems.add(self.place(key_node), f"{label}: {str(key)!r} has no value", _COMMA_HINT)
                good = False
            value = self.value(value_node, value_shape, f"{label}: {key}")
            if value is _WRONG:
                good = False
            elif value is not _ABSENT:
                found[key] = value
        self._inside.discard(id(node))
        return found if good else _WRONG

    def _service_links(self, node: Node, label: str) -> Any:
        if not isinstance(node, yaml.MappingNode) or _is_one_link(node):
            links = self._many(node, Nested(Link), label)
            if links in (_ABSENT, _WRONG):
                return links
            return tuple(_named(link) for link in links)
        if not self._enter(node, label):
            return _WRONG
        found = []
        seen: set[str] = set()
        good = True
        for key_node, value_node in node.value:
            key = self._free_key(key_node, LINE, label)
            if key is _WRONG:
                good = False
                continue
            if key in seen:
                self.problems.add(self.place(key_node), f"{label}: {key!r} is given twice", f"write {key}: [..., ...]")
                good = False
            seen.add(key)
            handles = self.value(
                value_node, Many(LINE) if isinstance(value_node, yaml.SequenceNode) else LINE, f"{label}: {key}"
            )
            if handles is _WRONG:
                good = False
                continue
            for handle in () if handles is _ABSENT else handles if isinstance(handles, tuple) else (handles,):
                try:
                    found.append(services.expand(key, handle))
                except Wrong as wrong:
                    self.problems.add(self.place(value_node), f"{label}: {key} {wrong.what}", wrong.hint)
                    good = False
        self._inside.discard(id(node))
        return tuple(found) if good else _WRONG

    def _free(self, node: Node, label: str) -> Any:
        """Nested lists and mappings of text, as deep as the file goes."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, TEXT, label)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, LINE, Free(), label)
        if not self._enter(node, label):
            return _WRONG
        found = [self.value(entry, Free(), f"{label} {number}") for number, entry in enumerate(node.value, start=1)]
        self._inside.discard(id(node))
        return _WRONG if any(value is _WRONG for value in found) else [value for value in found if value is not _ABSENT]

    def _enter(self, node: Node, label: str) -> bool:
        if id(node) in self._inside:
            self.problems.add(self.place(node), f"{label} contains itself through an anchor", "write it out")
            return False
        if len(self._inside) >= DEEPEST:
            self.problems.add(self.place(node), f"{label.partition(':')[0]} {TOO_DEEP}", "write it flatter")
            return False
        self._inside.add(id(node))
        return True


class _Wrong:
    """Marks a value that was wrong and has been reported."""


_WRONG: Any = _Wrong()


@functools.cache
def _all_keys(record: type[Record]) -> str:
    """The hint that names all keys of a record."""
    return f"keys: {', '.join(fields_of(record))}"


def noun(kind: type[Record]) -> str:
    """What a record is called in messages: "the paper", "the paper link"."""
    if kind.NOUN:
        return kind.NOUN
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__)
    return f"the{words}"


def described(node: Node) -> str:
    """What a node is, for messages."""
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return f"the text {_shown(node.value)}" if node.value else "empty"


def _choose(text: str, words: tuple[str, ...]) -> str:
    written = text.strip().lower().replace("_", " ").replace("-", " ")
    for word in words:
        if written == word.replace("-", " "):
            return word
    meant = foreign.WORDS.get(written, "")
    hint = f"write {meant}" if meant in words else suggestion(written, words)
    raise Wrong(f"is {_shown(text)}, not one of {', '.join(words)}", hint)


def _says_nothing(node: yaml.ScalarNode, shape: Shape) -> bool:
    """A scalar of nothing that is seen, or the word null where no text is wanted: where text is, it is but a word."""
    if not node.value.strip(NOTHING):
        return True
    if isinstance(shape, Nested) and shape.record.SHORT:
        shape = fields_of(shape.record)[shape.record.SHORT].shape
    return not node.style and node.value in _EMPTY and shape not in (LINE, TEXT, Free())


def _is_short_mapping(node: Node, kind: type[Record]) -> bool:
    """Whether a mapping is the one plain value that may stand for the record, and not its keys."""
    if not isinstance(node, yaml.MappingNode) or not kind.SHORT:
        return False
    known = fields_of(kind)
    return isinstance(known[kind.SHORT].shape, Mapping) and not any(
        isinstance(key, yaml.ScalarNode) and key.value in known for key, _ in node.value
    )


def _is_cut_off(key: Node, value: Node) -> bool:
    """Whether a key inside of { } has not even a colon: it is what follows the comma of a text or a number."""
    return value.end_mark.index == key.end_mark.index and not value.value


def _is_one_link(node: yaml.MappingNode) -> bool:
    return any(isinstance(key, yaml.ScalarNode) and key.value == "url" for key, _ in node.value)


def _is_empty(key_node: Node, mapping: yaml.MappingNode) -> bool:
    value = next(value for key, value in mapping.value if key is key_node)
    return isinstance(value, yaml.ScalarNode) and not value.value.strip(NOTHING) and value.tag in _TAGS


def _named(link: Link) -> Link:
    """The link with its service and, where it has none, a label: the service's or the host's name."""
    service, label = services.recognise(link.url) or (services.of_label(link.label), hosts.shown(link.url) or link.url)
    return msgspec.structs.replace(link, service=service, label=link.label or label)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
