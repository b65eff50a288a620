"""A record that a program wrote, after another import: which of its keys are replaced, and which are kept and why.

A value is replaced only where it is still as an import wrote it (the ledger tells) and by a source that counts as much
as the one that said it; what a file said, only by that file.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator import library, merge, written
from generator.dates import Date
from generator.ledger import Said
from generator.model import Author, Paper, Record
from generator.same_papers import family, same_title
from generator.written import Piece

HEAD = (
    "# Written by `paperfolio import`, kept up to date by it and by `paperfolio refresh`.\n"
    "# What you change or delete here stays so; {own}\n"
)
"""Begins a file that is revised; ``own`` says what wins over it."""
DEPENDS = {"et_al": "authors", "format": "abstract"}
"""Keys that mean nothing without the value that they are about: they come and go with it."""


class Revision(msgspec.Struct, frozen=True):
    """The pieces of a record after an import, and who said them."""

    pieces: dict[str, Piece]
    said: dict[str, Said]
    other: tuple[str, ...]
    """The keys that are new or have another value now."""
    kept: dict[str, str]
    """The keys that the import has another value for: whose value is kept, a file's or (empty) a person's."""


def revise(
    kind: type[Record],
    old: Mapping[str, Piece],
    wanted: Mapping[str, str],
    sources: Mapping[str, str],
    said: Mapping[str, Said],
) -> Revision:
    """Bring a record up to date: ``wanted`` is each key's value as YAML, ``sources`` who says it now.

    ``old`` is how the record is written, ``said`` who said that, with digests.
    """
    pieces, keys = dict(old), dict(said)
    other: list[str] = []
    kept: dict[str, str] = {}
    for key, text in wanted.items():
        source, before = sources.get(key, ""), said.get(key)
        if key not in old:
            about = DEPENDS.get(key, "")
            if before is not None or (about in old and pieces[about].text != wanted.get(about)):
                continue  # a person has taken it out, or kept what it is about
            pieces[key] = Piece(text)
        elif old[key].text == text:
            if (
                before is None
                or before.digest != written.digest(old[key])
                or merge.rank(key, source) < merge.rank(key, before.source)
            ):
                keys[key] = saying(source, old[key])
            continue
        elif before is not None and merge.rank(key, source) > merge.rank(key, before.source):
            continue
        elif before is None or written.digest(old[key]) != before.digest:
            kept[key] = ""
            continue
        elif _is_another_file(key, source, before.source) and not _is_closer(key, old[key].text, text):
            kept[key] = before.source
            continue
        else:
            pieces[key] = Piece(text, old[key].after)
        keys[key] = saying(source, pieces[key])
        other.append(key)
    for key, about in DEPENDS.items():
        before, anew = keys.get(key), keys.get(about) != said.get(about)
        if anew and key in old and key not in wanted and before and written.digest(old[key]) == before.digest:
            del pieces[key], keys[key]
            if about not in other:
                other.append(key)
    return Revision(_in_order(kind, old, pieces), keys, tuple(other), kept)


def stays(key: str, old: Mapping[str, Piece], said: Mapping[str, Said], sources: Mapping[str, str]) -> bool:
    """Whether the value that is there is that of a source that counts more than whoever says the key now."""
    return (
        key in said
        and key in old
        and said[key].digest == written.digest(old[key])
        and merge.rank(key, sources.get(key, "")) > merge.rank(key, said[key].source)
    )


def saying(source: str, piece: Piece) -> Said:
    """Who said what was written; of a file the name alone, since where it lies is nobody's business."""
    return Said(Path(source).name, written.digest(piece))


def texts(record: Paper | Author) -> dict[str, str]:
    """Each key of a record as YAML."""
    return {key: library.dump({key: value}) for key, value in library.plain(record).items()}


def same(key: str, old: Any, new: Any) -> bool:
    """Whether a new value says nothing else: a DOI in capitals (ISO 26324), a date that is known less precisely."""
    if isinstance(old, Date) and isinstance(new, Date):
        return old == new or old.iso.startswith(f"{new.iso}-")
    return bool(old == new or (key == "doi" and old.casefold() == new.casefold()))


def alike(key: str, one: Any, other: Any) -> bool:
    """Whether two values of a key say the same in other words: as to markup, capitals, signs, and how much is told."""
    if same(key, one, other) or same(key, other, one):
        return True
    if isinstance(one, str) and isinstance(other, str):
        return same_title(one) == same_title(other)
    if key == "authors":
        return [family(author.name) for author in one] == [family(author.name) for author in other]
    # of lists, one may have more; code may be true or an address
    return not isinstance(one, int | Date) or isinstance(one, bool)


def is_telling(key: str, kept: Any, now: Any) -> bool:
    """Whether it is worth telling that a value stays though an import has another one.

    Of texts only if they say something else; of lists and figures always, since what they would add is left out.
    """
    return not (isinstance(kept, str | Date) or key == "authors") or not alike(key, kept, now)


def kept(key: str, kept: object, now: object, source: str = "", whose: str = "") -> str:
    """What is said of a value that stays though an import has another one."""
    reason = f" as {'you changed it' if whose == 'you' else f'{whose} has it'}," if whose else " as"
    return f"{key} is kept{reason} {library.shown(kept)}; {source or 'the import'} has {library.shown(now)}"


def told(key: str, old: Any, new: Any) -> str:
    """A change in a few words: figures with both values, texts by their key alone."""
    if isinstance(new, int) and not isinstance(new, bool):
        return f"{key} {'' if old is None else f'{old:,} to '}{new:,}"
    if key == "metrics":
        return ", ".join(
            f"{name} {f'{old[name].value} to ' if name in old else ''}{metric.value}"
            for name, metric in new.items()
            if name not in old or old[name].value != metric.value
        )
    if key == "citations_by_year":
        return f"{key} " + ", ".join(
            f"{year}: {f'{old.years[year]:,} to ' if year in old.years else ''}{count:,}"
            for year, count in new.years.items()
            if old.years.get(year) != count
        )
    return key


def _is_another_file(key: str, source: str, before: str) -> bool:
    """Whether two sources that count alike are two files: no order says which of them knows better."""
    return Path(source).name != before and merge.rank(key, source) == merge.rank(key, before)


def _is_closer(key: str, before: str, now: str) -> bool:
    """Whether a value as YAML is the same date, known more precisely."""
    return key == "date" and now.startswith(f"{before.rstrip()}-")


def _in_order(kind: type[Record], old: Mapping[str, Piece], pieces: Mapping[str, Piece]) -> dict[str, Piece]:
    """The pieces in the order of the old ones; each new one behind those that the model has before it.

    The blank lines between this record and the next stay at its end.
    """
    order = [field.encode_name for field in msgspec.structs.fields(kind)]
    found = [key for key in pieces if key in old]
    for key in (key for key in pieces if key not in old):
        before = [place + 1 for place, name in enumerate(found) if _stands(order, name) < _stands(order, key)]
        found.insert(max(before, default=0), key)
    ordered = {key: pieces[key] for key in found}
    last, end = next(reversed(list(old)), ""), found[-1]
    if last and last != end:
        after = old[last].after
        remark = after.rstrip()
        own = f"{remark}\n" if remark and last in ordered else ""
        if last in ordered:
            ordered[last] = Piece(ordered[last].text, own)
        ordered[end] = Piece(ordered[end].text, ordered[end].after + after.removeprefix(own))
    return ordered


def _stands(order: list[str], key: str) -> int:
    return order.index(key) if key in order else len(order)
