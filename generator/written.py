"""A YAML file that a program wrote and a person may have changed, as pieces of text: one for each key of each record.

What is not replaced stays byte for byte, comments too. A record in any other form than the program's own is whole: it
has no pieces, and nothing in it can be replaced.
"""

import hashlib
from collections.abc import Mapping

import msgspec
import yaml


class Piece(msgspec.Struct, frozen=True):
    """A key with its value as text, without the indentation of the record, and what follows it up to the next key."""

    text: str
    after: str = ""


class Written(msgspec.Struct, frozen=True):
    """The text of a file taken apart: what is before the first record, and the records, each as text and as pieces."""

    head: str
    records: tuple[tuple[str, dict[str, Piece] | None], ...]


def take_apart(text: str, indented: bool) -> Written:
    """Take a list of records apart, or with ``indented=False`` one record; line ends are ``\\n``."""
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    width = 2 if indented else 0
    nodes = root.value if indented and isinstance(root, yaml.SequenceNode) else [root] if root is not None else []
    starts = [_line_start(text, node.start_mark.index) for node in nodes]
    ends = [*starts, len(text)][1:]
    records = [
        (text[start:end], _pieces(text, node, start, end, width))
        for node, start, end in zip(nodes, starts, ends, strict=True)
    ]
    return Written(text[: starts[0]] if starts else text, tuple(records))


def put_together(pieces: Mapping[str, Piece], indented: bool) -> str:
    """The text of a record."""
    if not indented:
        return "".join(piece.text + piece.after for piece in pieces.values())
    lines = []
    for number, piece in enumerate(pieces.values()):
        for place, line in enumerate(_lines(piece.text)):
            first = number == 0 and place == 0
            lines.append(line if not line.strip() else ("- " if first else "  ") + line)
        lines.append(piece.after)
    return "".join(lines)


def digest(piece: Piece) -> str:
    """A few signs that tell whether a piece is still the same."""
    return hashlib.sha256(piece.text.encode()).hexdigest()[:8]


def _pieces(text: str, node: yaml.Node, start: int, end: int, width: int) -> dict[str, Piece] | None:
    if not isinstance(node, yaml.MappingNode) or node.flow_style or node.start_mark.column != width:
        return None
    keys = [key for key, _ in node.value]
    starts = [_line_start(text, key.start_mark.index) for key in keys]
    if not keys or starts[0] != start or len(set(starts)) < len(starts):
        return None
    found = {}
    for key, begin, stop in zip(keys, starts, [*starts[1:], end], strict=True):
        lines = _lines(text[begin:stop])
        size = len(lines)
        while size > 1 and _is_no_value(lines[size - 1], width):
            size -= 1
        prefix = "- " if width and begin == start else " " * width
        if not lines[0].startswith(prefix) or any(
            line.strip() and not line.startswith(" " * width) for line in lines[1:size]
        ):
            return None
        own = "".join(line[width:] if line.strip() else line for line in lines[:size])
        found[key.value] = Piece(own, "".join(lines[size:]))
    return found if "".join(piece.text for piece in found.values()).endswith("\n") else None


def _is_no_value(line: str, width: int) -> bool:
    """Whether a line after a value is blank or a comment; in the text of a value lines stand further to the right."""
    bare = line.lstrip(" ")
    return not bare.strip() or (bare.startswith("#") and len(line) - len(bare) <= width)


def _lines(text: str) -> list[str]:
    """The lines with their ends; other signs that break lines stand within texts."""
    *whole, rest = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([rest] if rest else [])]


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1
