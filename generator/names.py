"""Names of people: their parts, their place in an alphabet, and which profile a printed name means."""

import functools
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator

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
# PubMed writes numbers
_SAME_GENERATION = {"2nd": "ii", "3rd": "iii"}
_DEGREES = frozenset(("phd", "md", "dphil", "esq", "msc", "dsc"))
_TITLES = re.compile(r"(?:(?:Prof(?:essor)?|Dr)(?:\.(?:-Ing\.)?\s*|\s+))+(?=\S+\s)")
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
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
_ACCENTS = re.compile("[\u0300-\u036f]+")
_NOT_ASCII_LETTERS = re.compile("[^a-z0-9]+")
FEW_FAMILIES = 50
"""Family names of profiles; to look for each of more in a name would take longer than to take the name apart."""
# One or more initials: S, S., S.T., S.-T., S-T
_DOTTED = re.compile(r"[^\W\d_](?:(?:\.-?|-)[^\W\d_])*\.?\Z")
# A.K.Lovelace
_SET_CLOSE = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]{2})")
_MOST_WORDS = 30
"""A name of more words is no person's; the ways to divide it grow with their square."""
_LAST_CYRILLIC = "\u052f"
"""The end of the scripts that write initials: Latin, Greek, Cyrillic."""


class Name(msgspec.Struct, frozen=True):
    """A name in the parts that BibTeX and CSL tell apart; a name that has no parts is ``literal``, the rest empty."""

    given: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""


class Person(msgspec.Struct, frozen=True):
    """Somebody whom a printed name can mean; ``orcid`` is the bare iD or empty."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    orcid: str = ""


def split(name: str, family: str = "") -> Name:
    """The parts of a name written "Given Family", "Family, Given" or "Family, Jr., Given".

    No letter is lost. Literal are names in braces, of one word, and those that look like an organisation's. Names in
    Chinese, Japanese or Korean script begin with the family name. ``family`` tells the family name where somebody
    knows it, particles included; when it is all of the name, the name is literal.
    """
    told = _told(" ".join(name.split()), " ".join(family.split())) if family else None
    return told or _take_apart(name)[0]


def printed(given: str, family: str, suffix: str = "") -> str:
    """The parts of a name in the order in which its script has them."""
    # ADS sets the second of two initials off: "Chabaud, P. -Y."
    given = re.sub(r"(?<=\.) -(?=\w)", "-", given)
    parts = (family, given) if _is_far_eastern(family) else (given, family)
    return " ".join(part for part in (*parts, suffix) if part)


def bare(name: str) -> str:
    """The name without titles before it and without a suffix, in the order in which its script has it."""
    parts = split(_TITLES.sub("", name))
    return parts.literal or printed(parts.given, f"{parts.particle} {parts.family}".strip())


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
        return _fold_words(parts.literal).removeprefix("the ")
    return "\t".join(_fold_words(part) for part in (parts.family, parts.given, parts.particle, parts.suffix))


class Index:
    """Finds the people that a printed name can mean; a name asked for again is answered from memory."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._answers: dict[tuple[str, str], tuple[str, ...]] = {}
        self._order: dict[str, int] = {}
        self._orcids: dict[str, str] = {}
        self._owners: dict[str, set[str]] = {}
        self._exact: dict[str, set[str]] = {}
        self._families: dict[str, set[tuple[str, _Given]]] = {}
        for person in people:
            self._order.setdefault(person.id, len(self._order))
            if person.orcid:
                self._orcids[person.id] = person.orcid.upper()
                self._owners.setdefault(person.orcid.upper(), set()).add(person.id)
            # what stands on a door does not stand above a paper, and the D. of Dr. is nobody's initial
            names = [_TITLES.sub("", name) for name in (person.name, *person.aliases)]
            for name in (person.name, *names):
                if name.strip():
                    for key in _exact_keys(name):
                        self._exact.setdefault(key, set()).add(person.id)
            readings = {reading for name in names for reading in _readings(name)}
            written_out = {family for family, given in readings if len(given.parts[0]) > 1}
            for family, given in readings:
                # Beside "Song Guo" the alias "S. Guo" must not open the profile to "Shu Guo".
                if len(given.parts[0]) > 1 or family not in written_out:
                    self._families.setdefault(family, set()).add((person.id, given))

    def match(self, name: str, orcid: str = "") -> tuple[str, ...]:
        """Ids of the people whom the name can mean, in the order they were given: none, one, or several.

        An ORCID iD decides when it is somebody's, and rules out whoever has another one. Then a full name or alias
        counts, whatever its case, accents, punctuation and order; and only without one a name that agrees with it
        by initials or leaves out middle names.
        """
        wanted = (name, orcid)
        if wanted not in self._answers:
            self._answers[wanted] = self._match(name, orcid.upper())
        return self._answers[wanted]

    def _match(self, name: str, orcid: str) -> tuple[str, ...]:
        if orcid in self._owners:
            return self._sorted(self._owners[orcid], orcid)
        if len(self._families) < FEW_FAMILIES and "," not in name:
            # most names of a paper are nobody's who has a profile, and their letters alone tell
            letters = [_fold(spelling) for spelling in _spellings(name)]
            if not any(self._may_mean(spelled) for spelled in letters):
                return ()
        exact = self._sorted({person for key in _exact_keys(name) for person in self._exact.get(key, ())}, orcid)
        if exact:
            return exact
        found: set[str] = set()
        for family, given in _readings(name, self._families):
            for person, other in self._families[family]:
                if person not in found and _agree(given, other):
                    found.add(person)
        return self._sorted(found, orcid)

    def _may_mean(self, letters: str) -> bool:
        """Whether a name of these letters (folded, without blanks) can be somebody's."""
        return not letters or letters in self._exact or any(family in letters for family in self._families)

    def _sorted(self, people: set[str], orcid: str) -> tuple[str, ...]:
        """The people in order, without those whose ORCID iD is another one."""
        if orcid:
            people = {person for person in people if self._orcids.get(person, orcid) == orcid}
        return tuple(sorted(people, key=self._order.__getitem__)) if len(people) > 1 else tuple(people)


class _Given(msgspec.Struct, frozen=True):
    """Folded given names, at least one, hyphens kept (``("jean-luc", "m")``), and the folded suffix."""

    parts: tuple[str, ...]
    suffix: str = ""


def _told(name: str, family: str) -> Name | None:
    """The parts of a name whose family name is known; None where the name does not hold it."""
    if name == family:
        return Name(literal=name)
    if name.startswith((f"{family} ", f"{family}, ")):
        given, suffix = name[len(family) :].strip(" ,"), ""
    else:
        given, found, suffix = name.rpartition(f" {family}")
        suffix = suffix.strip(" ,") if suffix[:1] in (" ", ",") else suffix
        if not found or (suffix and not _is_suffix(suffix, roman=True)):
            return None
    words = family.split(" ")
    start = _particles_end(words)
    return Name(given=given, particle=" ".join(words[:start]), family=" ".join(words[start:]), suffix=suffix)


def _is_far_eastern(name: str) -> bool:
    return name[:1] > "\u10ff" and any(block[0] <= name[0] <= block[1] for block in _FAR_EAST)


def _take_apart(name: str) -> tuple[Name, bool]:
    """The parts of a name, and whether the family name comes first, before a comma."""
    if name.isascii():
        # most names: a few words of mere letters, none of which means anything in a name
        words, bare = name.split(), name.lower().replace(".", " ").split()
        if len(words) > 1 and "".join(bare).isalpha() and _MEANING.isdisjoint(bare):
            return Name(given=" ".join(words[:-1]), family=words[-1]), False
    return _by_all_rules(name)


def _by_all_rules(name: str) -> tuple[Name, bool]:
    text = " ".join(name.split())
    if text.startswith("{") and text.endswith("}") and "{" not in text[1:]:
        return Name(literal=text[1:-1].strip() or text), False
    if _is_organisation(text):
        return Name(literal=text), False
    pieces = [piece.strip() for piece in text.split(",") if piece.strip(" ,")]
    if len(pieces) == 1:
        return _in_order(pieces[0].split(" "), "", pieces[0]), False
    if len(pieces) == 2:
        words = pieces[0].split(" ")
        if _is_suffix(pieces[1], roman=len(words) > 1):
            return _in_order(words, pieces[1], text), False
        suffix = words.pop() if len(words) > 1 and _is_generation(words[-1]) else ""
        return _inverted(words, pieces[1], suffix), True
    if len(pieces) == 3:
        for suffix, given in ((pieces[1], pieces[2]), (pieces[2], pieces[1])):
            if _is_suffix(suffix, roman=True):
                return _inverted(pieces[0].split(" "), given, suffix), True
    return Name(literal=text), False


def _is_organisation(name: str) -> bool:
    return not _ORGANISATION_WORDS.isdisjoint(_WORD.findall(name.lower())) or bool(_ORGANISATION_FORM.search(name))


def _in_order(words: list[str], suffix: str, text: str) -> Name:
    """The parts of "Given particle Family Suffix"; ``text`` is the whole name, should it have no parts."""
    if not suffix and len(words) > 2 and (_is_generation(words[-1]) or _is_degree(words[-1])):
        suffix = words.pop()
    if len(words) < 2 or (len(words) == 2 and not suffix and _bare(words[1]) in _GENERATIONS):
        return Name(literal=text)
    if _is_far_eastern(words[0]):
        return Name(given=" ".join(words[1:]), family=words[0], suffix=suffix)
    start = _family_start(words)
    end = start
    while end < len(words) - 1 and words[end] in _PARTICLES:
        end += 1
    return Name(
        given=" ".join(words[:start]), particle=" ".join(words[start:end]), family=" ".join(words[end:]), suffix=suffix
    )


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


def _is_suffix(text: str, roman: bool) -> bool:
    bare = _bare(text)
    return bare in _GENERATIONS or bare in _DEGREES or (roman and text in _ROMAN)


def _is_generation(word: str) -> bool:
    return word in _ROMAN or _bare(word) in _GENERATIONS


def _is_degree(word: str) -> bool:
    """Whether a word behind a name, without comma, is a degree; MD may be initials, and Md Muhammad."""
    return _bare(word) in _DEGREES and not word.isupper() and _bare(word) != "md"


def _bare(word: str) -> str:
    return word.replace(".", "").lower()


def _fold(text: str) -> str:
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


def _fold_words(text: str) -> str:
    if text.isascii():
        if not text or text.isalpha():
            return text.lower()
        bare = text.lower().replace(".", "").split()
        if "".join(bare).isalpha():
            return " ".join(bare)
    folded = map(_fold, _BETWEEN_WORDS.split(text))
    return " ".join(word for word in folded if word)


def _spellings(name: str) -> tuple[str, ...]:
    """The name, and the name with its umlauts spelled out as German does: Müller, Mueller."""
    if name.isascii():
        return (name,)
    composed = unicodedata.normalize("NFC", name)
    german = composed.translate(_GERMAN)
    return (composed,) if german == composed else (composed, german)


def _exact_keys(name: str) -> Iterator[str]:
    """What two ways to write one full name have in common."""
    for spelling in _spellings(name):
        text = spelling
        if "," in text:
            parts = split(text)
            if not parts.literal:
                family = f"{parts.particle} {parts.family}"
                far_east = _is_far_eastern(parts.family)
                in_order = (family, parts.given) if far_east else (parts.given, family)
                text = " ".join((*in_order, parts.suffix))
        # A name of nothing but signs still is that name.
        yield _fold(text) or unicodedata.normalize("NFKC", text).casefold().strip()


def _readings(name: str, families: Container[str] | None = None) -> Iterator[tuple[str, _Given]]:
    """The ways to read a Latin, Greek or Cyrillic name as a folded family name and given names.

    Where there is no comma, one or more words can be the family name (García Márquez), and short last words can be
    initials (Guo S, Smith JA). Literal names and names in other scripts have no reading: they match as a whole only.
    With ``families`` only those family names are read: most names of a paper are nobody's who has a profile.
    """
    if name.count(" ") >= _MOST_WORDS:
        return
    name = _SET_CLOSE.sub(". ", name)
    parts, inverted = _take_apart(name)
    if not parts.family or max(_fold(name), default="") > _LAST_CYRILLIC:
        return
    for spelling in _spellings(name):
        parts = split(spelling) if spelling is not name else parts
        family = f"{parts.particle} {parts.family}".strip()
        for family_words, given_words in [(family, parts.given)] if inverted else _divisions(parts.given, family):
            folded = _fold(family_words)
            if folded and (families is None or folded in families):
                for given in _givens(given_words, capitals=name.isupper()):
                    yield folded, _Given(given, _fold(parts.suffix))


def _divisions(given: str, family: str) -> Iterator[tuple[str, str]]:
    """The ways to divide a name without comma into family and given names."""
    name = f"{given} {family}".strip()
    words = name.split(" ")
    # without a given name it begins with a particle: van Rossum G
    for start in range(1, len(words) if given else 1):
        yield " ".join(words[start:]), " ".join(words[:start])
    for start in range(len(words) - 1, 0, -1):
        if not _DOTTED.match(words[start]) and not _are_initials(words[start], name.isupper()):
            break
        yield " ".join(words[:start]), " ".join(words[start:])


def _givens(given: str, capitals: bool) -> Iterator[tuple[str, ...]]:
    """The folded given names, and, where a word can be initials, the same with these as single letters."""
    words = given.replace(".", " ").replace(" -", "-").split()
    plain = tuple(part for part in map(_fold_given, words) if part)
    if plain:
        yield plain
        letters = [letter for word in words for letter in (word if _are_initials(word, capitals) else (word,))]
        if len(letters) > len(words):
            yield tuple(part for part in map(_fold_given, letters) if part)


def _fold_given(word: str) -> str:
    if word.isascii() and word.isalpha():
        return word.lower()
    return "-".join(part for part in map(_fold, re.split("[-‐‑–]", word)) if part)


def _are_initials(word: str, capitals: bool) -> bool:
    """Whether a word like JA can stand for two or three initials; nothing tells where all is in capitals."""
    return not capitals and word.isupper() and word.isalpha() and 2 <= len(word) <= 3


def _agree(one: _Given, other: _Given) -> bool:
    """Whether two people of one family name can be the same by their given names; middle names may be left out."""
    first, second = (_SAME_GENERATION.get(given.suffix, given.suffix) for given in (one, other))
    if first and second and first != second:
        return False
    if all(map(_agree_part, one.parts, other.parts)):
        return True
    # S. T. Guo or ST Guo for Song-Tao Guo
    letters, others = (tuple("-".join(given.parts).split("-")) for given in (one, other))
    if any(all(len(part) == 1 for part in parts) for parts in (letters, others)):
        return all(map(_agree_part, letters, others))
    return False


def _agree_part(one: str, other: str) -> bool:
    if one.replace("-", "") == other.replace("-", ""):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    first, second = one.split("-"), other.split("-")
    return len(first) == len(second) > 1 and all(map(_agree_part, first, second))
