"""What imports wrote for an author, ``content/papers/imported/<author-id>.sources.json``: which sources were asked, and
for each key of each paper who said it and a digest of how it was written; so, too, for each page that came along.

By it a later import tells a value that a person has changed from one that may be replaced. It is committed with the
content, and a line of it is one paper.
"""

import json
from typing import Any

import msgspec

from generator.errors import ImportFailed

ENDING = ".sources.json"
_ABOUT = (
    "Written by paperfolio import and refresh: the sources they ask, who said what, and digests that tell what was "
    "changed by hand. Take a source out of the list to have it asked no more."
)


class Said(msgspec.Struct, frozen=True, array_like=True):
    """Who said the value of a key, and the digest of the text that was written for it."""

    source: str
    digest: str


class PaperEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was imported of a paper, and by what it is known again: its title, what services and registries call it."""

    title: str = ""
    records: tuple[str, ...] = ()
    keys: dict[str, Said] = {}


class Ledger(msgspec.Struct, frozen=True, omit_defaults=True):
    """All imports of one author."""

    about: str = ""
    sources: tuple[str, ...] = ()
    """What ``refresh`` asks again: ``orcid:0000-0002-1825-0097``."""
    author: dict[str, Said] = {}
    papers: dict[str, PaperEntry] = {}
    pages: dict[str, str] = {}
    """The pages that came along, each with the digest of its text."""


def read(data: bytes | None, file: str) -> Ledger:
    """Read the ledger; without one, nothing was imported.

    Raises ImportFailed when the file is none.
    """
    if data is None:
        return Ledger()
    try:
        return msgspec.json.decode(data, type=Ledger)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ImportFailed(
            f"{file} cannot be read: {error}",
            hint="take it from an earlier commit, or delete it: then all imported values count as changed by hand",
        ) from None


def write(ledger: Ledger) -> bytes:
    """The ledger as JSON, one line for each paper and page."""
    plain: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(ledger, about=_ABOUT))
    papers, pages = plain.pop("papers", {}), plain.pop("pages", {})
    lines = [f" {_json(key)}: {_json(value)}" for key, value in plain.items()]
    if pages:
        lines.append(_lines("pages", pages))
    lines.append(_lines("papers", papers))
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _lines(key: str, entries: dict[str, object]) -> str:
    """A mapping as JSON, one line for each entry."""
    lines = [f"  {_json(name)}: {_json(entries[name])}" for name in sorted(entries)]
    return f" {_json(key)}: {{" + ("\n" + ",\n".join(lines) + "\n " if lines else "") + "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
