"""The items of a JSON file with the lines that they begin in; a list, a mapping of lists, or a single item."""

import json
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.errors import Place, Problems

_DECODER = json.JSONDecoder(strict=False)
_BLANKS = " \t\r\n"
DEEPEST = 6
_WRAPPERS = ("items", "results", "references", "message")


class JsonItem(NamedTuple):
    """An item and the line it begins in."""

    value: dict[str, Any]
    line: int


def items(text: str, file: str, problems: Problems) -> list[JsonItem]:
    """The mappings in a text, wherever lists and wrappers hold them. What is broken ends the reading with a problem."""
    found: list[JsonItem] = []
    for value, line in _values(text, file, problems):
        found += [JsonItem(item, line) for item in _mappings(value, 0)]
        if not isinstance(value, list | dict):
            problems.add(Place(file, line), f"an item is {json.dumps(value)[:40]}, not a mapping", "it was left out")
    return found


def text_of(value: Any) -> str:
    """What a JSON value says as text: of a list the first, of a number its digits, of anything else nothing."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool) or value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""  # some programs write NaN for what they do not know
    return str(value) if isinstance(value, str | int | float) else ""


def texts_of(value: Any) -> list[str]:
    """What a list of texts says; a single text is a list of one."""
    return [text for item in (value if isinstance(value, list) else [value]) if (text := text_of(item))]


def _values(text: str, file: str, problems: Problems) -> Iterator[tuple[Any, int]]:
    start = _skip(text, 0)
    listed = text[start : start + 1] == "["
    position = _skip(text, start + 1) if listed else start
    while position < len(text) and text[position] != "]":
        line = text.count("\n", 0, position) + 1
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            place = Place(file, getattr(error, "lineno", line), getattr(error, "colno", 0))
            otherwise = "nests too deep" if isinstance(error, RecursionError) else "a number is too long"
            what = getattr(error, "msg", otherwise)
            problems.add(place, f"is not valid JSON from here on: {what}", f"the item begins in line {line}")
            return
        yield value, line
        position = _skip(text, position)
        if not listed:  # an item in each line, perhaps
            continue
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
        elif text[position : position + 1] != "]":
            break
    if not listed:
        return
    ended = text[position : position + 1] == "]"
    rest = _skip(text, position + 1)
    if not ended:
        place = Place(file, text.count("\n", 0, position) + 1)
        problems.add(place, "is not valid JSON: the list does not end", "is it cut off?")
    elif rest < len(text):
        place = Place(file, text.count("\n", 0, rest) + 1)
        problems.add(place, "was not read from here on: the list has ended", "put a second list into a file of its own")


def _mappings(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < DEEPEST:
        for item in value:
            yield from _mappings(item, depth + 1)
    elif isinstance(value, dict):
        inner = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), list | dict)), None)
        if inner is not None and depth < DEEPEST:
            yield from _mappings(inner, depth + 1)
        elif depth < DEEPEST and value and all(map(_holds_mappings, value.values())):
            for item in value.values():
                yield from _mappings(item, depth + 1)
        else:
            yield value


def _holds_mappings(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return position
