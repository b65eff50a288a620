"""The items of a JSON file with the lines that they begin in; a list, a mapping of lists, or a single item."""

import json
import math
import re
from collections.abc import Generator, Iterator, Sequence
from json import JSONDecodeError
from typing import Any, NamedTuple

from generator.errors import Place, Problems

_DECODER = json.JSONDecoder(strict=False)
_BLANKS = " \t\r\n"
_TEXT_OR_LAST_COMMA = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|,(?=[ \t\r\n]*[\]}])', re.DOTALL)
DEEPEST = 6
_WRAPPERS = ("items", "results", "references", "message")


class JsonItem(NamedTuple):
    """An item and the line it begins in."""

    value: dict[str, Any]
    line: int


class Member(NamedTuple):
    """A value of a mapping, or of a list that is one (``listed``), with its key and the line it begins in."""

    key: str
    value: Any
    line: int
    listed: bool = False


def items(text: str, file: str, problems: Problems) -> list[JsonItem]:
    """The mappings in a text, wherever lists and wrappers hold them. What is broken ends the reading with a problem."""
    found: list[JsonItem] = []
    for value, line in _values(text, file, problems):
        found += [JsonItem(item, line) for item in _mappings(value, 0)]
        if not isinstance(value, list | dict):
            problems.add(Place(file, line), f"an item is {json.dumps(value)[:40]}, not a mapping", "it was left out")
    return found


def members(text: str, file: str, problems: Problems, known: Sequence[str]) -> Iterator[Member]:
    """The values of the mapping that a text is; of a list in it each item, and nothing of an empty one.

    What is broken is told, and the reading goes on at the next of the keys in ``known``.
    """
    text = _without_last_commas(text, file, problems)
    position = _skip(text, 0)
    if text[position : position + 1] != "{":
        problems.add(Place(file, 1), "is no mapping of JSON", "it should begin with {")
        return
    again = re.compile(rf'"(?:{"|".join(known)})"[ \t\r\n]*:')
    position = _skip(text, position + 1)
    while text[position : position + 1] != "}":
        try:
            key, position = _decoded(text, position)
            if not isinstance(key, str):
                raise JSONDecodeError("a key is no text", text, position)
            position = _after(":", text, position)
            if text[position : position + 1] == "[":
                position = yield from _listed(key, text, position)
            else:
                line = text.count("\n", 0, position) + 1
                value, position = _decoded(text, position)
                yield Member(key, value, line)
            position = _next(text, position, "}")
        except JSONDecodeError as error:
            more = again.search(text, error.pos)
            what = f"is not valid JSON from here on: {error.msg}"
            hint = f"it was read again from {more[0].rstrip(': ')} on" if more else "nothing behind it was read"
            problems.add(Place(file, error.lineno, error.colno), what, hint)
            if not more:
                return
            position = more.start()
    rest = _skip(text, position + 1)
    if rest < len(text):
        place = Place(file, text.count("\n", 0, rest) + 1)
        problems.add(place, "was not read from here on: the mapping has ended")


def _listed(key: str, text: str, position: int) -> Generator[Member, None, int]:
    """The items of the list that begins at the position; returns where it has ended."""
    position = _skip(text, position + 1)
    while text[position : position + 1] != "]":
        line = text.count("\n", 0, position) + 1
        value, position = _decoded(text, position)
        yield Member(key, value, line, listed=True)
        position = _next(text, position, "]")
    return position + 1


def _next(text: str, position: int, end: str) -> int:
    """Where the next value begins, behind a comma, or the end of the list or mapping."""
    position = _skip(text, position)
    return position if text[position : position + 1] == end else _after(",", text, position)


def _after(sign: str, text: str, position: int) -> int:
    position = _skip(text, position)
    if text[position : position + 1] != sign:
        raise JSONDecodeError(f"Expecting {sign!r} delimiter", text, position)
    return _skip(text, position + 1)


def _without_last_commas(text: str, file: str, problems: Problems) -> str:
    """The text with blanks for commas behind the last item of a list or mapping, which is told."""
    found: list[int] = []

    def blank(match: re.Match[str]) -> str:
        if match[0] != ",":
            return match[0]
        found.append(match.start())
        return " "

    text = _TEXT_OR_LAST_COMMA.sub(blank, text)
    if found:
        more = f", and {len(found) - 1} more such" if len(found) > 1 else ""
        place = Place(file, text.count("\n", 0, found[0]) + 1)
        problems.add(place, f"a comma stands behind the last item of a list or mapping{more}", "it was passed over")
    return text


def _decoded(text: str, position: int) -> tuple[Any, int]:
    """The value at the position, and where it has ended; raises JSONDecodeError where there is none."""
    try:
        return _DECODER.raw_decode(text, position)
    except JSONDecodeError:
        raise
    except RecursionError:
        raise JSONDecodeError("nests too deep", text, position) from None
    except ValueError:
        raise JSONDecodeError("a number is too long", text, position) from None


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
            value, position = _decoded(text, position)
        except JSONDecodeError as error:
            place = Place(file, error.lineno, error.colno)
            problems.add(place, f"is not valid JSON from here on: {error.msg}", f"the item begins in line {line}")
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
