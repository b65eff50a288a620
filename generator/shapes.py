"""The shapes of values, read off the annotations of the records: what a key may hold.

``schema`` reads content by them, ``json_schema`` tells editors of them, and imports ask what a key takes.
"""

import functools
import types
import typing
from collections.abc import Callable
from typing import Any

import msgspec

from generator.model import Link, Record
from generator.scalars import LINE, TRUTH_VALUE, Scalar


class Choice(msgspec.Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]


class OneOf(msgspec.Struct, frozen=True):
    """The first of several scalars that can read the text."""

    scalars: tuple[Scalar, ...]


class Many(msgspec.Struct, frozen=True):
    """A list; a single value stands for a list of one."""

    item: "Shape"


class Mapping(msgspec.Struct, frozen=True):
    """A mapping of any keys to values of one shape."""

    key: Scalar
    value: "Shape"


class Nested(msgspec.Struct, frozen=True):
    """A record."""

    record: type[Record]


class Free(msgspec.Struct, frozen=True):
    """Anything; scalars stay text."""


class ServiceLinks(msgspec.Struct, frozen=True):
    """A list of links, or a mapping of services to handles."""


Plain = Callable[[str], object]
"""Makes the value of a text that nothing is unusual about, or raises Wrong."""
Shape = Scalar | Choice | OneOf | Many | Mapping | Nested | Free | ServiceLinks


class Field(msgspec.Struct, frozen=True):
    """A key of a record."""

    name: str
    shape: Shape
    required: bool
    default: Any
    plain: Plain | None
    """What reads it, see ``plain``."""


@functools.cache
def fields_of(record: type[Record]) -> dict[str, Field]:
    """The keys that a record has in YAML, by name."""
    hints = typing.get_type_hints(record, include_extras=True)
    found = {}
    for entry in msgspec.structs.fields(record):
        hint = hints[entry.name]
        if getattr(hint, "__metadata__", ()) == (None,):
            continue
        default = entry.default_factory() if entry.default_factory is not msgspec.NODEFAULT else entry.default
        shape = _shape(hint)
        found[entry.name] = Field(entry.name, shape, entry.required, default, plain(shape))
    return found


@functools.cache
def required(record: type[Record]) -> tuple[str, ...]:
    """The keys that a record cannot be without."""
    return tuple(name for name, entry in fields_of(record).items() if entry.required)


@functools.cache
def short_shape(record: type[Record]) -> Shape | None:
    """The shape of the one value that may stand for a whole record."""
    return fields_of(record)[record.SHORT].shape if record.SHORT else None


def _shape(hint: Any) -> Shape:
    if hint is Any:
        return Free()
    if isinstance(hint, type) and issubclass(hint, Record):
        return Nested(hint)
    if typing.get_origin(hint) is typing.Annotated:
        scalar = hint.__metadata__[0]
        assert isinstance(scalar, Scalar), hint
        return scalar
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        return Choice(arguments)
    if origin is tuple:
        return ServiceLinks() if arguments[0] is Link else Many(_shape(arguments[0]))
    if origin is dict:
        key = _shape(arguments[0]) if arguments[0] is not str else LINE
        assert isinstance(key, Scalar), hint
        return Mapping(key, _shape(arguments[1]))
    assert origin in (typing.Union, types.UnionType), hint
    shapes = [_shape(argument) for argument in arguments if argument is not type(None)]
    if len(shapes) == 1:
        return shapes[0]
    assert all(isinstance(shape, Scalar) for shape in shapes), hint
    return OneOf(tuple(typing.cast("list[Scalar]", shapes)))


def plain(shape: Shape) -> Plain | None:
    """What reads a text of a shape; None where more than a scalar may be wanted."""
    match shape:
        case Scalar(read=read):
            return read
        case Nested(record):
            scalar = short_shape(record)
            return (lambda text: record(**{record.SHORT: scalar.read(text)})) if isinstance(scalar, Scalar) else None
        case _:
            return None


def wanted(shape: Shape) -> str:
    """What a shape wants, for messages."""
    match shape:
        case Scalar(name=name):
            if shape is TRUTH_VALUE:
                return name
            return f"an {name}" if name[0] in "aeiouAO" else f"a {name}"
        case Choice(words):
            return f"one of {', '.join(words)}"
        case OneOf(scalars):
            return " or ".join(wanted(scalar) for scalar in scalars)
        case _:
            return "another form"
