"""The JSON Schema (draft 2020-12) of the content files, for editors: made from the records and their docstrings."""

import ast
import functools
import inspect
from typing import Any

from generator.model import Author, Paper, Record, SiteConfig
from generator.scalars import Scalar
from generator.services import SERVICES
from generator.shapes import Choice, Field, Free, Many, Mapping, Nested, OneOf, ServiceLinks, Shape, fields_of

KINDS: dict[str, type[Record]] = {"site": SiteConfig, "author": Author, "papers": Paper}


def schema(kind: str) -> dict[str, Any]:
    """The schema of ``site.yaml``, of a file of ``authors/`` or of a file of ``papers/`` (one paper or a list)."""
    record = KINDS[kind]
    definitions: dict[str, Any] = {}
    root = _reference(record, definitions)
    one_or_many = {"anyOf": [root, {"type": "array", "items": root}]} if record is Paper else root
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Paperfolio: {kind}",
        **one_or_many,
        "$defs": dict(sorted(definitions.items())),
    }


@functools.cache
def descriptions(record: type[Record]) -> dict[str, str]:
    """The docstring below each field of a record, by field name."""
    body = ast.parse(inspect.getsource(record)).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for entry, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name) and isinstance(after, ast.Expr):
            text = ast.literal_eval(after.value)
            found[entry.target.id] = inspect.cleandoc(text).replace("\n", " ")
    return found


def _reference(record: type[Record], definitions: dict[str, Any]) -> dict[str, Any]:
    name = record.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(record, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _object(record: type[Record], definitions: dict[str, Any]) -> dict[str, Any]:
    entries = fields_of(record)
    texts = descriptions(record)
    properties = {name: _property(entry, texts.get(name, ""), definitions) for name, entry in entries.items()}
    for other, name in sorted(record.ALSO.items()):
        properties[other] = {**properties[name], "description": f"Same as {name}.", "deprecated": True}
    found: dict[str, Any] = {
        "type": "object",
        "description": (inspect.getdoc(record) or "").partition("\n")[0].replace("``", ""),
        "properties": properties,
        "additionalProperties": False,
    }
    required = [name for name, entry in entries.items() if entry.required]
    if required:
        found["required"] = required
    if record.SHORT:
        return {"anyOf": [_shape(entries[record.SHORT].shape, definitions), found]}
    return found


def _property(entry: Field, text: str, definitions: dict[str, Any]) -> dict[str, Any]:
    found = {"description": text, **_nullable(_shape(entry.shape, definitions))}
    if isinstance(entry.default, str | bool | int) and entry.default not in ("", False):
        found["default"] = entry.default
    return found


def _nullable(shape: dict[str, Any]) -> dict[str, Any]:
    """A key with nothing after it is absent, so every value may be null."""
    if isinstance(shape.get("type"), str | list):
        types = [shape["type"]] if isinstance(shape["type"], str) else shape["type"]
        if "enum" in shape:
            return {**shape, "enum": [*shape["enum"], None], "type": [*types, "null"]}
        return {**shape, "type": [*types, "null"]}
    if "anyOf" in shape:
        return {"anyOf": [*shape["anyOf"], {"type": "null"}]}
    if "$ref" in shape:
        return {"anyOf": [shape, {"type": "null"}]}
    return shape


def _shape(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case Scalar(schema=fragment):
            return dict(fragment)
        case Choice(words):
            return {"type": "string", "enum": list(words)}
        case OneOf(scalars):
            return {"anyOf": [dict(scalar.schema) for scalar in scalars]}
        case Many(item):
            inner = _shape(item, definitions)
            return {"anyOf": [{"type": "array", "items": inner}, inner]}
        case Mapping(key, value):
            found: dict[str, Any] = {"type": "object", "additionalProperties": _nullable(_shape(value, definitions))}
            if "pattern" in key.schema:
                found["propertyNames"] = {"pattern": key.schema["pattern"]}
            return found
        case Nested(record):
            return _reference(record, definitions)
        case ServiceLinks():
            from generator.model import Link

            listed = {"type": "array", "items": _reference(Link, definitions)}
            services = {
                "type": "object",
                "properties": {name: {"type": ["string", "integer"]} for name in SERVICES},
                "additionalProperties": {"type": ["string", "integer", "array"]},
            }
            return {"anyOf": [listed, services, {"type": "string"}]}
        case Free():
            return {}
