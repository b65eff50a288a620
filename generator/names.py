"""Names of people: their parts, and their place in an alphabet."""

import functools
import re
import unicodedata

import msgspec

_GERMANIC = (
    "af",
    "av",
    "den",
    "der",
    "op",
    "te",
    "ten",
    "ter",
    "van",
    "vom",
    "von",
    "zu",
    "zum",
    "zur",
    "'t",
    "’t",
    "'s",
)
_ROMANCE = (
    "da",
    "dal",
    "dalla",
    "de",
    "degli",
    "dei",
    "del",
    "della",
    "di",
    "do",
    "dos",
    "du",
    "la",
    "le",
    "lo",
    "los",
)
_SEMITIC = ("al", "ben", "bin", "el", "ibn")
_PARTICLES = frozenset((*_GERMANIC, *_ROMANCE, *_SEMITIC))
# Written with a capital they begin the family name and are sorted with it: Guido Van Rossum.
_CAPITAL_PARTICLES = frozenset(("De", "Del", "Della", "Di", "Dos", "St.", "Van", "Vande", "Vanden", "Vander", "Von"))
# They join two family names: Santiago Ramón y Cajal.
_JOINERS = frozenset(("y", "i", "e"))
_GENERATIONS = frozenset(("jr", "sr", "2nd", "3rd"))
_ROMAN = frozenset(("II", "III", "IV"))
_DEGREES = frozenset(("phd", "md", "dphil", "esq", "msc", "dsc"))
# Behind a comma these can be nothing else either, unless a family name alone stands before it.
_FURTHER_DEGREES = frozenset(("bsc", "dvm", "frs", "mba", "mbbs", "mph", "mphil", "pharmd", "scd"))
_TITLES = re.compile(
    r"\A(?:(?:PD|Priv\.-Doz\.|(?:Assoc|Asst|apl)\.|Associate|Assistant)\s+(?=Prof|Dr))?"
    # RNDr. Jan, Dr.-Ing. Jan, Dr. rer. nat. Jan
    r"(?:(?:Prof(?:essor)?|Dr|\w{2,5}Dr(?=\.))(?:\.(?:-Ing\.)?\s*|\s+)(?:(?:rer|nat|med|phil|jur|habil|h|c)\.\s*){0,4}){1,6}"
    r"(?=\S+\s)"
)
_ORGANISATION_WORDS = frozenset(
    (
        *("agency", "association", "center", "centre", "collaboration", "committee", "community", "company"),
        *("consortium", "contributors", "corporation", "council", "department", "developers", "experiment"),
        *("foundation", "gmbh", "group", "inc", "initiative", "institut", "institute", "laboratories", "laboratory"),
        *("labs", "llc", "ltd", "ministry", "network", "observatory", "organisation", "organization", "project"),
        *("society", "survey", "team", "universität", "université", "university", "working"),
    )
)
_ORGANISATION_FORM = re.compile(r"[&<>@]|^The\s[A-Z]{2}|\s(?i:for|of|für)\s")
_MEANING = frozenset(
    word.lower().removesuffix(".")
    for word in (
        *(*_PARTICLES, *_CAPITAL_PARTICLES, *_JOINERS, *_GENERATIONS, *_ROMAN, *_DEGREES),
        *(*_ORGANISATION_WORDS, "The", "for", "of"),
    )
)
"""Words that tell how a name is taken apart, as written without capitals and dots."""
_WORD = re.compile(r"\w+")
_BETWEEN_WORDS = re.compile(r"[\s\-‐‑–]+")
_FAR_EAST = (
    *("\u1100\u11ff", "\u3005\u30ff", "\u3130\u318f", "\u3400\u9fff"),
    *("\uac00\ud7af", "\uf900\ufaff", "\U00020000\U0003ffff"),
)
"""Hangul, kana and Han: first and last sign of the blocks of Unicode that names are written in."""
_UNDECOMPOSED = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
        "ŧ": "t",
        # Russian prints ё as е
        "ё": "е",
        # apostrophes that count as letters
        **dict.fromkeys("ʹʺʻʼʽʾʿ", ""),
    }
)
_ACCENTS = re.compile("[\u0300-\u036f]+")
_NOT_ASCII_LETTERS = re.compile("[^a-z0-9]+")


class Name(msgspec.Struct, frozen=True):
    """A name in the parts that BibTeX and CSL tell apart; a name that has no parts is ``literal``, the rest empty."""

    given: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""


def split(name: str, family: str = "") -> Name:
    """The parts of a name written "Given Family", "Family, Given" or "Family, Jr., Given".

    No letter is lost. Literal are names in braces, of one word, and those that look like an organisation's. Names in
    Chinese, Japanese or Korean script begin with the family name. ``family`` tells the family name where somebody
    knows it, particles included; when it is all of the name, the name is literal.
    """
    told = _told(" ".join(name.split()), " ".join(family.split())) if family else None
    return told or take_apart(name)[0]


def printed(given: str, family: str, suffix: str = "") -> str:
    """The parts of a name in the order in which its script has them."""
    # ADS sets the second of two initials off: "Chabaud, P. -Y."
    given = re.sub(r"(?<=\.) -(?=\w)", "-", given)
    parts = (family, given) if is_far_eastern(family) else (given, family)
    return " ".join(part for part in (*parts, suffix) if part)


def bare(name: str) -> str:
    """The name without titles before it and without a suffix, in the order in which its script has it."""
    parts = split(untitled(name))
    return parts.literal or printed(parts.given, f"{parts.particle} {parts.family}".strip())


def untitled(name: str) -> str:
    """The name without titles before it."""
    return _TITLES.sub("", name)


def inverted(name: str, family: str = "") -> str:
    """The name written "Family, Given", where the family name is told or begins it in capitals (ZHANG Wei); else ""."""
    told = _told(" ".join(name.split()), " ".join(family.split())) if family else None
    if told and told.given:
        return ", ".join(filter(None, [f"{told.particle} {told.family}".strip(), told.suffix, told.given]))
    words = name.split()
    capitals = 0 if "," in name else _in_capitals(words)
    return f"{' '.join(words[:capitals])}, {' '.join(words[capitals:])}" if capitals else ""


def untold(name: str, family: str) -> str:
    """The family name where ``split`` would find another one in the name; else an empty text.

    Empty, too, where the name does not hold it: nothing can be told by it then.
    """
    found = split(name)
    if not family or family in (found.literal, found.family, f"{found.particle} {found.family}".strip()):
        return ""
    return family if holds(name, family) else ""


def holds(name: str, family: str) -> bool:
    """Whether the family name stands at the begin or the end of the name, as ``split`` needs it."""
    return _told(" ".join(name.split()), " ".join(family.split())) is not None


@functools.lru_cache(maxsize=1 << 16)
def sort_key(name: str, family: str = "") -> str:
    """A text to sort names by: family name first, without accents, capitals, particles or a leading "The".

    ``family`` tells the family name, as for ``split``.
    """
    parts = split(name, family)
    if parts.literal:
        return fold_words(parts.literal).removeprefix("the ")
    return "\t".join(fold_words(part) for part in (parts.family, parts.given, parts.particle, parts.suffix))


def _told(name: str, family: str) -> Name | None:
    """The parts of a name whose family name is known; None where the name does not hold it."""
    if name == family:
        return Name(literal=name)
    if name.startswith((f"{family} ", f"{family}, ")):
        given, suffix = name[len(family) :].strip(" ,"), ""
    else:
        given, found, suffix = name.rpartition(f" {family}")
        suffix = suffix.strip(" ,") if suffix[:1] in (" ", ",") else suffix
        if not found or (suffix and not _is_suffix(suffix)):
            return None
    words = family.split(" ")
    start = _particles_end(words)
    return Name(given=given, particle=" ".join(words[:start]), family=" ".join(words[start:]), suffix=suffix)


def is_far_eastern(name: str) -> bool:
    """Whether a name is written in a script that has the family name first."""
    return name[:1] > "\u10ff" and any(block[0] <= name[0] <= block[1] for block in _FAR_EAST)


@functools.lru_cache(maxsize=1 << 16)
def take_apart(name: str) -> tuple[Name, bool]:
    """The parts of a name, and whether the family name comes first, before a comma."""
    if name.isascii():
        # most names: a few words of mere letters, none of which means anything in a name
        words, bare = name.split(), name.lower().replace(".", " ").split()
        if len(words) > 1 and not _is_long_capital(words[0]) and "".join(bare).isalpha() and _MEANING.isdisjoint(bare):
            return Name(given=" ".join(words[:-1]), family=words[-1]), False
    return _by_all_rules(name)


def _by_all_rules(name: str) -> tuple[Name, bool]:
    text = " ".join(name.split())
    if text.startswith("{") and text.endswith("}") and "{" not in text[1:]:
        return Name(literal=text[1:-1].strip() or text), False
    if is_organisation(text):
        return Name(literal=text), False
    pieces = [piece.strip() for piece in text.split(",") if piece.strip(" ,")]
    suffixes: list[str] = []
    words = pieces[0].split(" ") if pieces else []
    is_family = len(words) < 2 or words[0] in _PARTICLES
    while len(pieces) > 1 and _is_suffix(pieces[-1], alone=is_family and len(pieces) == 2):
        suffixes.insert(0, pieces.pop())
    if len(pieces) == 1:
        return _in_order(words, " ".join(suffixes), text if suffixes else pieces[0]), False
    if len(pieces) == 3 and _is_suffix(pieces[1]):
        suffixes.insert(0, pieces.pop(1))
    elif len(pieces) == 2 and len(words) > 1 and _is_generation(words[-1]):
        suffixes.insert(0, words.pop())
    if len(pieces) == 2:
        return _inverted(words, pieces[1], " ".join(suffixes)), True
    return Name(literal=text), False


def is_organisation(name: str) -> bool:
    """Whether a name looks like that of an organisation, by a word or a sign in it."""
    return not _ORGANISATION_WORDS.isdisjoint(_WORD.findall(name.lower())) or bool(_ORGANISATION_FORM.search(name))


def _in_order(words: list[str], suffix: str, text: str) -> Name:
    """The parts of "Given particle Family Suffix"; ``text`` is the whole name, should it have no parts."""
    while len(words) > 2 and (_is_generation(words[-1]) or _is_degree(words[-1])):
        suffix = f"{words.pop()} {suffix}".strip()
    if len(words) < 2 or (len(words) == 2 and not suffix and _bare(words[1]) in _GENERATIONS):
        return Name(literal=text)
    if is_far_eastern(words[0]):
        return Name(given=" ".join(words[1:]), family=words[0], suffix=suffix)
    capitals = _in_capitals(words)
    # fewer letters may be initials: JA Smith
    if any(map(_is_long_capital, words[:capitals])):
        return Name(given=" ".join(words[capitals:]), family=" ".join(words[:capitals]), suffix=suffix)
    start = _family_start(words)
    end = start
    while end < len(words) - 1 and words[end] in _PARTICLES:
        end += 1
    return Name(
        given=" ".join(words[:start]), particle=" ".join(words[start:end]), family=" ".join(words[end:]), suffix=suffix
    )


def _in_capitals(words: list[str]) -> int:
    """How many words in capitals a name begins with, in which no other is: ZHANG Wei."""
    end = 0
    while end < len(words) and words[end].isupper() and len(words[end]) > 1 and "." not in words[end]:
        end += 1
    return 0 if any(map(str.isupper, words[end:])) or end == len(words) else end


def _is_long_capital(word: str) -> bool:
    return len(word) > 3 and word.isupper() and "." not in word


def _family_start(words: list[str]) -> int:
    """Where the family name begins, its particles included."""
    last = len(words) - 1
    if words[0] in _PARTICLES:
        return 0
    for place in range(1, last):
        if words[place] in _JOINERS and place > 1:
            return place - 1
        if words[place] in _PARTICLES or words[place] in _CAPITAL_PARTICLES:
            return place
    return last


def _inverted(family: list[str], given: str, suffix: str) -> Name:
    """The parts of "particle Family, Given particle"."""
    end = _particles_end(family)
    given_words = given.split(" ")
    start = len(given_words)
    # Catalogues write "Beethoven, Ludwig van".
    while start > 1 and given_words[start - 1] in _PARTICLES:
        start -= 1
    return Name(
        given=" ".join(given_words[:start]),
        particle=" ".join(given_words[start:] + family[:end]),
        family=" ".join(family[end:]),
        suffix=suffix,
    )


def _particles_end(family: list[str]) -> int:
    """How many of the words are particles before the family name."""
    end = 0
    while end < len(family) - 1 and family[end] in _PARTICLES:
        end += 1
    return end


def _is_suffix(text: str, alone: bool = False) -> bool:
    """Whether what stands behind a comma is no given name, like Jr.; MD is initials behind a family name ``alone``."""
    bare = _bare(text).replace("ph d", "phd").split()
    if alone:
        return bool(bare) and (_GENERATIONS | _DEGREES).issuperset(bare) and not text.isupper()
    known = _GENERATIONS | _DEGREES | _FURTHER_DEGREES
    return (bool(bare) and known.issuperset(bare)) or text in _ROMAN


def _is_generation(word: str) -> bool:
    return word in _ROMAN or _bare(word) in _GENERATIONS


def _is_degree(word: str) -> bool:
    """Whether a word behind a name, without comma, is a degree; MD may be initials, and Md Muhammad."""
    return _bare(word) in _DEGREES and not word.isupper() and _bare(word) != "md"


def _bare(word: str) -> str:
    return word.replace(".", "").lower()


def fold(text: str) -> str:
    """Letters and digits alone, casefolded; accents fall off Latin and Greek letters, and only off these.

    In other scripts a mark can make another letter (и and й) or be the vowel. Greek capitals go without theirs.
    """
    if text.isascii():
        letters = text.lower().replace(" ", "")
        return letters if letters.isalnum() else _NOT_ASCII_LETTERS.sub("", letters)
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", folded).translate(_UNDECOMPOSED)
    unaccented = _ACCENTS.sub("", decomposed)
    if unaccented.isascii():
        return _NOT_ASCII_LETTERS.sub("", unaccented)
    kept: list[str] = []
    drops_accents = True
    for char in decomposed:
        if unicodedata.category(char)[0] == "M":
            if not drops_accents:
                kept.append(char)
        elif char.isalnum():
            drops_accents = char.isascii() or _is_greek(char)
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def _is_greek(char: str) -> bool:
    return "\u0370" <= char <= "\u03ff"


def fold_words(text: str) -> str:
    """The words of a text, each as ``fold`` has it: a text to sort other texts by."""
    if text.isascii():
        if not text or text.isalpha():
            return text.lower()
        bare = text.lower().replace(".", "").split()
        if "".join(bare).isalpha():
            return " ".join(bare)
    folded = map(fold, _BETWEEN_WORDS.split(text))
    return " ".join(word for word in folded if word)
