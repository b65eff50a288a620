"""Lists of names as BibTeX and BibLaTeX write them, to names as people print them.

The list is divided while it is LaTeX still, since a brace there says that a name is one; each name is decoded after.
"""

import functools
import re
from typing import NamedTuple

from generator import names
from generator.formats import draft
from generator.formats.draft import is_wrapped, plain
from generator.model import PaperAuthor

_AND = re.compile(r"(?:\s+and)+\s+", re.IGNORECASE)
_PIECE = re.compile(r"(\\.|[{}]|\s+and(?=\s))", re.IGNORECASE | re.DOTALL)
_AND_OTHERS = re.compile(r"[\s,]+(?:et\.?\s*al\.?|others|\.{3}|…)\s*\Z", re.IGNORECASE)
_ENDS = ("al", "al.", "others", "others.", "...", "…")
_AMPERSAND = re.compile(r"\s\\?&\s")
_PART = re.compile(r"\s*(given|family|prefix|suffix|given-i|family-i|prefix-i|useprefix|id|cjk)\s*=\s*", re.IGNORECASE)
_MARKS = re.compile(r"(?!\s+&\s+\w|(?<=\s)&\s+\w)(?:\s*[*†‡§¶#^+&]+|\s*∗+|\s*⋆+)+(?=\s|,|\Z)")
_EMPHASIZED = re.compile(r"(\*{1,2})([^*]+)\1\Z")
_MARK = re.compile("[*†‡§¶#^+&∗⋆]")
_GENERATION = re.compile(r"(?:[JS]r\.?|I{1,3}|IV|V|\d(?:st|nd|rd|th))\Z", re.IGNORECASE)
# a single I or V is an initial
_GIVEN_AND_GENERATION = re.compile(r"(\S.*?)\s+([JS]r\.?|I{2,3}|IV|\d(?:nd|rd|th))\Z", re.DOTALL)
_AS_INDEXED = re.compile(
    r"([^,]*?[^\W\d_]{2})\s+((?:[^\W\d_][.-]{0,2}){1,4})(?:\s+([JS]r\.?|I{2,3}|IV|\d(?:nd|rd|th)))?\Z"
)
_INITIAL_FIRST = re.compile(r"[^\W\d_]\..*[^\W\d_]{2}", re.DOTALL)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,3}\Z")
# \textbf{Lovelace, Ada} and the like set a name off
_WRAPPED = re.compile(r"\s*\\[A-Za-z]{2,}\s*(\{.*\})\s*\Z", re.DOTALL)
_TIE = re.compile(r"(?<!\\)~")
_MACRO = re.compile(r"\\+([A-Za-z]*)")


class ListedName(NamedTuple):
    """A name as printed, and the marks (``*``, ``†``) that were put beside it.

    ``family`` is the family name where it cannot be found in the name alone.
    """

    name: str
    marks: str = ""
    family: str = ""


class _Parts(NamedTuple):
    """A name without a given one has no parts; where nothing divides a name, all of it is ``given``."""

    given: str = ""
    family: str = ""
    suffix: str = ""


class NameList(NamedTuple):
    """The names of a list in order, and what was peculiar in it."""

    names: tuple[ListedName, ...]
    et_al: bool = False
    by_commas: bool = False
    """Commas, semicolons or ampersands stood where ``and`` should be."""
    macros: tuple[str, ...] = ()
    """Macros in the names that nothing explains."""
    mixed: tuple[str, ...] = ()
    """Names with more commas than a name has, so that what stands between them can only be guessed."""


def read(text: str) -> NameList:
    """Read a list of names that are joined by ``and``."""
    found: list[ListedName] = []
    macros: list[str] = []
    mixed: list[str] = []
    et_al = by_commas = False
    for entry in _divided(text):
        listed = _set_off(entry) if _may_be_several(entry) else [entry]
        by_commas |= sum(not draft.CUT_SHORT.match(one) for one in listed) > 1
        for one in listed:
            if draft.CUT_SHORT.match(one.strip(" {},")):
                et_al = True
                continue
            if one.count(",") > 1 and _is_mixed(one):
                mixed.append(one)
            parts = _parts(one)
            name = names.printed(*parts)
            name = _without_macros(name, macros)
            name, marks = unmarked(name)
            name = name.strip(" ,")
            if name[-1:].isdigit():
                # DBLP numbers people of one name
                name = re.sub(r"\s0\d{3}\Z", "", name)
            if name:
                family = _MARKS.sub("", _MACRO.sub(r"\1", parts.family)).strip(" ,") if parts.family else ""
                untold = names.untold(name, " ".join(family.split()))
                found.append(ListedName(name, marks, untold))
    return NameList(tuple(found), et_al, by_commas, tuple(dict.fromkeys(macros)), tuple(mixed))


def _is_mixed(name: str) -> bool:
    parts = [part for part in _split(name) if part]
    return len(parts) > 2 and not _PART.match(name) and not (len(parts) == 3 and any(map(_GENERATION.match, parts[1:])))


def unmarked(name: str) -> tuple[str, str]:
    """A name without the marks that stand beside it, and these; marks around it are Markdown's and none."""
    if not _MARK.search(name):
        return name, ""
    if emphasized := _EMPHASIZED.match(name):
        return emphasized[2], ""
    marks = "".join(_MARKS.findall(name))
    return " ".join(_MARKS.sub("", name).split()), "".join(marks.replace("^", "").split())


def printed(name: str) -> str:
    """One name, ``First von Last``, ``von Last, Jr, First`` or ``given=..., family=...``, as it is printed."""
    return names.printed(*_parts(name))


def author(name: str) -> PaperAuthor:
    """An entry of a list of authors from one name, written as ``printed`` wants it.

    A name that ends with a comma has no parts: so reference managers write those of organisations.
    """
    parts = _parts(name)
    whole = not parts.family and name.rstrip().endswith(",")
    return draft.author("", parts.given) if whole else draft.author(*parts)


def as_indexed(name: str) -> PaperAuthor:
    """An entry of a list of authors from one name as indexes list it: ``Lovelace AK``, ``Lovelace A.K. Jr``."""
    match = _AS_INDEXED.match(name)
    if not match or not re.sub(r"\W", "", match[2]).isupper():
        return author(name)
    given = match[2] if "." in match[2] else ". ".join(re.sub(r"\W", "", match[2])) + "."
    return draft.author(given, match[1], match[3] or "")


@functools.lru_cache(maxsize=4096)
def _parts(name: str) -> _Parts:
    if _PART.match(name):
        return _from_parts(name)
    wrapped = _WRAPPED.match(name)
    if wrapped and is_wrapped(wrapped[1]) and re.search(r"[\s,]", wrapped[1]):
        return _parts(wrapped[1][1:-1])
    if is_wrapped(name.strip()):
        inner = name.strip()[1:-1]
        if inner.count(",") != 1 or not _INITIALS.match(inner.partition(",")[2].strip()):
            return _Parts(given=_decoded(inner)) if "," in inner else _Parts(family=_decoded(inner))
        # somebody's name whole in braces, {Lovelace, A.}: no organisation has initials after a comma
        name = inner
    if "," not in name:
        given, family = _before_braces(name)
        return _Parts(_decoded(given), _decoded(family))
    family, *rest = _split(name)
    while rest and not rest[-1]:
        rest.pop()
    if not rest:
        return _Parts(_decoded(family))
    given, generation = (rest[0], "") if len(rest) == 1 else (" ".join(rest[1:]), rest[0])
    if len(rest) > 1 and not _GENERATION.match(generation) and _GENERATION.match(rest[-1]):
        # "Smith, John, Jr." is not what BibTeX asks for, but what many write
        given, generation = rest[0], rest[-1]
    elif not generation and (behind := _GIVEN_AND_GENERATION.match(given)):
        # "Smith, John Jr" as PubMed has it
        given, generation = behind.groups()
    return _Parts(*map(_decoded, (given, family, generation)))


def _before_braces(name: str) -> tuple[str, str]:
    """What stands before a family name of several words in braces, as in ``Gabriel {García Márquez}``; and that."""
    if name.rstrip().endswith("}"):
        for match in re.finditer(r"\s+(?=\{)", name):
            group = name[match.end() :].strip()
            if is_wrapped(group) and re.search(r"\s", _decoded(group)):
                return name[: match.start()], group
    return name, ""


def _divided(text: str) -> list[str]:
    """The names between the words ``and`` that are in no braces."""
    if "{" not in text:
        return [name for listed in _AND.split(f" {text} ") if (name := listed.strip())]
    found = [""]
    depth = 0
    for piece in _PIECE.split(f" {text} "):
        depth = max(depth + {"{": 1, "}": -1}.get(piece, 0), 0)
        if depth == 0 and piece.strip().lower() == "and":
            found.append("")
        else:
            found[-1] += piece
    return [name.strip() for name in found if name.strip()]


def _may_be_several(entry: str) -> bool:
    """Whether it is worth a closer look if an entry holds several names; most hold one."""
    commas = entry.count(",")
    return (
        commas > 1
        or ";" in entry
        or "&" in entry
        or entry.endswith(_ENDS)
        # as in "A. Lovelace, C. Babbage"
        or (commas == 1 and entry[1:2] == ".")
    )


def _set_off(entry: str) -> list[str]:
    """The names of an entry where other signs than ``and`` set several off; else the entry alone."""
    cut = _AND_OTHERS.search(entry[-20:])
    if cut:
        entry = entry[: -len(cut[0])]
    several = _AMPERSAND.split(entry) if "&" in entry and "{" not in entry else []
    if len(several) < 2 or not all(re.search(r"\w\W+\w", name) for name in several):
        # a single word beside an ampersand may be part of the name of a firm
        several = list(filter(None, _split(entry, ";"))) or [entry]
    if len(several) > 1:
        found = [name for one in several for name in _set_off(one)]
    else:
        entry = several[0]
        found = ("," in entry and not _PART.match(entry) and _by_commas(_split(entry), bool(cut))) or [entry]
    return [*found, "et al."] if cut else found


def _split(name: str, sign: str = ",") -> list[str]:
    """The parts between the commas, or another sign, that are in no braces."""
    if "{" not in name:
        return [part.strip() for part in name.split(sign)]
    parts = [""]
    depth = 0
    for piece in re.split(rf"((?<!\\)[{{}}{sign}])", name):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if piece == sign and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def _by_commas(parts: list[str], goes_on: bool) -> list[str]:
    """The names of a list that has commas where ``and`` should be; empty when the parts are those of one name."""
    # as in "Ada Lovelace, Charles Babbage, and ..."
    goes_on |= not parts[-1]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(map(_GENERATION.match, parts)):
        return []
    whole = [len(part.split()) > 1 for part in parts]
    if all(whole) and (len(parts) > 2 or goes_on or all(map(_INITIAL_FIRST.match, parts))):
        return parts
    if len(parts) < 4:
        return []
    if len(parts) % 2 == 0 and (not any(whole[::2]) or all(_INITIALS.match(plain(given)) for given in parts[1::2])):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return parts


def _from_parts(name: str) -> _Parts:
    parts: dict[str, str] = {}
    for part in _split(name):
        match = _PART.match(part)
        if match:
            parts[match[1].lower()] = _decoded(part[match.end() :].strip().strip('"'))
    family = " ".join(parts[key] for key in ("prefix", "family") if parts.get(key))
    return _Parts(parts.get("given", ""), family, parts.get("suffix", ""))


def _decoded(text: str) -> str:
    # a backslash that programs left before a letter which they had decoded
    text = re.sub(r"\\(?=[^\x00-\x7f])", "", text)
    return " ".join(plain(_TIE.sub(" ", text)).replace("{", "").replace("}", "").split())


def _without_macros(name: str, macros: list[str]) -> str:
    if "\\" not in name:
        return name
    macros += [match[0] for match in _MACRO.finditer(name)]
    return _MACRO.sub(r"\1", name)
