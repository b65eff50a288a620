"""What a category code means: arXiv's categories by their short and full codes, and a site's own ones.

Codes, names and archives are those of arXiv's taxonomy, see ``data/arxiv_categories.json``.
"""

import functools
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from generator.model import CategoryName
from generator.scalars import Wrong, read_id

_DATA = Path(__file__).parent / "data" / "arxiv_categories.json"
_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\Z", re.ASCII)
_WORDS = re.compile(r"[a-z0-9]+(?:[ _-]+[a-z0-9]+)*\Z", re.ASCII)
_BLANKS = re.compile("[ _-]+")
_LEADING_DOT = r"\.(?=\w)"
_LONGEST_PART = 80
_DIGEST = 10


class AmbiguousCategory(ValueError):
    """A short code that several arXiv archives have; ``choices`` are the full codes it can mean."""

    def __init__(self, code: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{code} can mean {' or '.join(choices)}")
        self.code = code
        self.choices = choices


class Category(msgspec.Struct, frozen=True):
    """A category: its code as shown, its full name and field, its full arXiv code; what is not known is empty.

    ``archive`` is set where arXiv divides the field further: the field Physics has the archive Astrophysics.
    """

    code: str
    name: str = ""
    group: str = ""
    arxiv: str = ""
    archive: str = ""


class Categories:
    """The categories that a site can use: arXiv's, and the ``own`` ones that its ``site.yaml`` names."""

    def __init__(self, own: Mapping[str, CategoryName]) -> None:
        self._renamed: dict[str, CategoryName] = {}
        self._own: dict[str, CategoryName] = {}
        for code, name in own.items():
            try:
                _, arxiv = _read(code)
            except AmbiguousCategory:
                arxiv = ""
            if arxiv:
                self._renamed[_canonical(arxiv)] = name
            else:
                self._own[code] = name
        self._spelled = {code.lower(): code for code in self._own}

    def resolve(self, code: str) -> Category:
        """The category of a code; a code that nobody knows is a category of its own, without a name.

        Raises AmbiguousCategory for a short code of several archives, none of them computer science, which
        ``site.yaml`` does not name either.
        """
        spelled = code if code in self._own else self._spelled.get(code.lower())
        if spelled is not None:
            named = self._own[spelled]
            return Category(spelled, named.name, named.group)
        return self.known(*_read(code))

    def known(self, code: str, arxiv: str) -> Category:
        """The arXiv category of a full code, shown as ``code``; without an arXiv code the category is unknown."""
        if not arxiv:
            return Category(code)
        taxonomy = _taxonomy()
        archive = taxonomy.archives[arxiv.partition(".")[0]]
        name = taxonomy.categories.get(arxiv, archive.name)
        # An archive that is one category, or is called like its field, divides nothing.
        division = archive.name if archive.name not in (archive.group, name) else ""
        renamed = self._renamed.get(_canonical(arxiv))
        if renamed:
            return Category(code, renamed.name, renamed.group or archive.group, arxiv, division)
        return Category(code, name, archive.group, arxiv, division)


def unify(codes: Iterable[str], own: Mapping[str, CategoryName]) -> dict[str, Category]:
    """The category of every code that a site uses, in the order of ``codes``.

    ``LG``, ``cs.LG`` and ``CS.lg`` side by side are one category, shown by its short code; so are the two codes of
    arXiv's aliases, like ``cs.IT`` and ``math.IT``. A category that the whole site writes in one way stays so.

    Raises AmbiguousCategory as ``Categories.resolve`` does.
    """
    categories = Categories(own)
    resolved = {code: categories.resolve(code) for code in codes}
    spellings: dict[str, dict[str, str]] = {}
    for category in resolved.values():
        if category.arxiv:
            spellings.setdefault(_canonical(category.arxiv), {})[category.code] = category.arxiv
    shown: dict[str, Category] = {}
    for canonical, spelled in spellings.items():
        code = min(spelled, key=lambda code: ("." in code, code != canonical, code))
        arxiv = canonical if len(set(spelled.values())) > 1 else spelled[code]
        shown[canonical] = categories.known(code, arxiv)
    return {
        code: shown[_canonical(category.arxiv)] if category.arxiv else category for code, category in resolved.items()
    }


@functools.lru_cache(maxsize=4096)
def address_part(code: str) -> str:
    """The code (or any other name) as one part of an address: lower-case ASCII, the same on every file system.

    Readable where it can be: ``cs.LG`` is ``cs.lg``, ``C++`` is ``c-plus-plus``; otherwise a digest of the name.
    Two names may have one part; whoever makes addresses of them has to compare.
    """
    part = code.lower()
    if _WORDS.match(part):
        part = _BLANKS.sub("-", part)
    if not _PLAIN.match(part) or len(part) > _LONGEST_PART:
        from slugify import slugify

        spelled = re.sub(_LEADING_DOT, "dot-", part, count=1) if part.startswith(".") else part
        spelled = spelled.replace("+", "-plus").replace("#", "-sharp")
        part = slugify(spelled, entities=False, decimal=False, hexadecimal=False)
        if len(part) > _LONGEST_PART:
            part = f"{part[: _LONGEST_PART - _DIGEST - 1].rstrip('-')}-{_digest(code)}"
        elif not part:
            part = _digest(code)
    try:
        if part != "index.html":  # the list of them all lies there
            return read_id(part)
    except Wrong:
        pass  # The name of a Windows device is all that is left to refuse; it is one with any ending, too.
    return f"topic-{part}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


class _Archive(msgspec.Struct, frozen=True):
    name: str
    group: str


class _File(msgspec.Struct, frozen=True):
    source: str
    archives: dict[str, _Archive]
    categories: dict[str, str]
    aliases: dict[str, str]


class _Taxonomy(msgspec.Struct, frozen=True):
    """The data file, with the full codes by their lower-case form and by their short code's lower-case form."""

    archives: dict[str, _Archive]
    categories: dict[str, str]
    aliases: dict[str, str]
    full: dict[str, str]
    short: dict[str, tuple[str, ...]]


@functools.cache
def _taxonomy() -> _Taxonomy:
    file = msgspec.json.decode(_DATA.read_bytes(), type=_File)
    short: dict[str, tuple[str, ...]] = {}
    for code in file.categories:
        last = code.partition(".")[2]
        # Ordinary words (optics, soft, other) are likelier a site's own categories than arXiv's.
        if last.isupper() or "-" in last:
            short[last.lower()] = (*short.get(last.lower(), ()), code)
    full = {code.lower(): code for code in file.categories}
    return _Taxonomy(file.archives, file.categories, file.aliases, full, short)


def _read(code: str) -> tuple[str, str]:
    """The code with its capitals set right, and the full arXiv code that it means, or an empty text."""
    taxonomy = _taxonomy()
    full = taxonomy.full.get(code.lower())
    if full:
        return full, full
    if code in taxonomy.archives:
        return code, code
    choices = taxonomy.short.get(code.lower(), ())
    meant = tuple(choice for choice in choices if choice.startswith("cs.")) or choices
    if len(meant) > 1:
        raise AmbiguousCategory(code, meant)
    return (meant[0].partition(".")[2], meant[0]) if meant else (code, "")


def _canonical(arxiv: str) -> str:
    """The one of the codes of an alias that arXiv keeps."""
    return _taxonomy().aliases.get(arxiv, arxiv)
