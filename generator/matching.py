"""Which people a printed name can mean."""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator

import msgspec

from generator.model import Author
from generator.names import fold, inverted, is_far_eastern, split, take_apart, untitled

_GENERATIONS = {"jr": "jr", "sr": "sr", "ii": "ii", "iii": "iii", "iv": "iv", "2nd": "ii", "3rd": "iii"}
"""What tells people of one name apart, as degrees do not; PubMed writes numbers."""
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
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


class Person(msgspec.Struct, frozen=True):
    """Somebody whom a printed name can mean; ``orcid`` is the bare iD or empty, ``family`` the family name if told."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    orcid: str = ""
    family: str = ""


class Index:
    """Finds the people that a printed name can mean; a name asked for again is answered from memory.

    ``families`` are the family names that are told of people, by their ids.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._answers: dict[tuple[str, str], tuple[str, ...]] = {}
        self._order: dict[str, int] = {}
        self._orcids: dict[str, str] = {}
        self._owners: dict[str, set[str]] = {}
        people = list(people)
        self.families = {person.id: person.family for person in people if person.family}
        self._exact: dict[str, set[str]] = {}
        # By family name, then by the first letter of the given names: in that all who can be one person agree.
        self._families: dict[str, dict[str, set[tuple[str, _Given]]]] = {}
        for person in people:
            self._order.setdefault(person.id, len(self._order))
            if person.orcid:
                self._orcids[person.id] = person.orcid.upper()
                self._owners.setdefault(person.orcid.upper(), set()).add(person.id)
            # what stands on a door does not stand above a paper, and the D. of Dr. is nobody's initial
            names = [untitled(name) for name in (person.name, *person.aliases)]
            names += filter(None, [inverted(name, person.family) for name in names])
            for name in (person.name, *names):
                if name.strip():
                    for key in _exact_keys(name):
                        self._exact.setdefault(key, set()).add(person.id)
            readings = {reading for name in names for reading in _readings(name)}
            written_out = {family for family, given in readings if len(given.parts[0]) > 1}
            for family, given in readings:
                # Beside "Song Guo" the alias "S. Guo" must not open the profile to "Shu Guo".
                if len(given.parts[0]) > 1 or family not in written_out:
                    self._families.setdefault(family, {}).setdefault(given.initial, set()).add((person.id, given))

    def match(self, name: str, orcid: str = "") -> tuple[str, ...]:
        """Ids of the people whom the name can mean, in the order they were given: none, one, or several.

        An ORCID iD decides when it is somebody's, and rules out whoever has another one. Then a full name or alias
        counts, whatever its case, accents, punctuation, order and title; and only without one a name that agrees with
        it by initials or leaves out middle names.
        """
        wanted = (name, orcid)
        if wanted not in self._answers:
            self._answers[wanted] = self._match(untitled(name), orcid.upper())
        return self._answers[wanted]

    def match_all(self, printed: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
        """Of each name that a paper prints, with its ORCID iD or "", those whom it can mean, as ``match`` has them.

        Nobody is two authors of one paper: whom one name means more closely than another does, the other cannot mean.
        """
        wanted = list(printed)
        found = [self.match(name, orcid) for name, orcid in wanted]
        if sum(map(len, found)) < 2:  # as in most
            return found
        for person, times in Counter([person for people in found for person in people]).items():
            if times > 1:
                places = [place for place, people in enumerate(found) if person in people]
                close = {place: self._closeness(*wanted[place], person) for place in places}
                closest = max(close.values())
                for place in places:
                    if close[place] < closest:
                        found[place] = tuple([other for other in found[place] if other != person])
        return found

    def _closeness(self, name: str, orcid: str, person: str) -> tuple[bool, bool, bool, int]:
        """How closely a name means a person: by ORCID iD, as a whole, by a given name, by how many of them."""
        name = untitled(name)
        written_out, agreeing = False, 0
        for family, given in _readings(name, self._families):
            for other_person, other in self._families[family].get(given.initial, ()):
                if other_person == person and _agree(given, other):
                    written_out |= min(len(given.parts[0]), len(other.parts[0])) > 1
                    agreeing = max(agreeing, min(len(given.parts), len(other.parts)))
        is_whole = any(person in self._exact.get(key, ()) for key in _exact_keys(name))
        return bool(orcid) and self._orcids.get(person) == orcid.upper(), is_whole, written_out, agreeing

    def _match(self, name: str, orcid: str) -> tuple[str, ...]:
        if orcid in self._owners:
            return self._sorted(self._owners[orcid], orcid)
        if len(self._families) < FEW_FAMILIES and "," not in name:
            # most names of a paper are nobody's who has a profile, and their letters alone tell
            letters = [fold(spelling) for spelling in _spellings(name)]
            if not any(self._may_mean(spelled) for spelled in letters):
                return ()
        exact = self._sorted({person for key in _exact_keys(name) for person in self._exact.get(key, ())}, orcid)
        if exact:
            return exact
        turned = inverted(name)
        if turned and (people := self._match(turned, orcid)):
            return people
        found: set[str] = set()
        for family, given in _readings(name, self._families):
            for person, other in self._families[family].get(given.initial, ()):
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


def person_of(author: Author, person_id: str) -> Person:
    """The author of a profile, known by that id."""
    return Person(person_id, author.name, author.aliases, author.orcid, author.family)


def people_of(authors: Iterable[Author]) -> tuple[Person, ...]:
    """The authors of profiles, by their ids."""
    return tuple([person_of(author, author.id) for author in authors])


@functools.lru_cache(maxsize=1)
def index_of(people: tuple[Person, ...]) -> Index:
    """The index of the people of a site, who are asked for more than once in a build."""
    return Index(people)


class _Given(msgspec.Struct, frozen=True):
    """Folded given names, at least one, hyphens kept (``("jean-luc", "m")``), and one of ``_GENERATIONS`` or ""."""

    parts: tuple[str, ...]
    generation: str = ""

    @property
    def initial(self) -> str:
        return self.parts[0][0]


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
                far_east = is_far_eastern(parts.family)
                in_order = (family, parts.given) if far_east else (parts.given, family)
                text = " ".join((*in_order, parts.suffix))
        # A name of nothing but signs still is that name.
        yield fold(text) or unicodedata.normalize("NFKC", text).casefold().strip()


def _readings(name: str, families: Container[str] | None = None) -> Iterator[tuple[str, _Given]]:
    """The ways to read a Latin, Greek or Cyrillic name as a folded family name and given names.

    Where there is no comma, one or more words can be the family name (García Márquez), and short last words can be
    initials (Guo S, Smith JA). Literal names and names in other scripts have no reading: they match as a whole only.
    With ``families`` only those family names are read: most names of a paper are nobody's who has a profile.
    """
    if name.count(" ") >= _MOST_WORDS:
        return
    name = _SET_CLOSE.sub(". ", name)
    parts, is_inverted = take_apart(name)
    if not parts.family or max(fold(name), default="") > _LAST_CYRILLIC:
        return
    for spelling in _spellings(name):
        parts = split(spelling) if spelling is not name else parts
        family = f"{parts.particle} {parts.family}".strip()
        for family_words, given_words in [(family, parts.given)] if is_inverted else _divisions(parts.given, family):
            folded = fold(family_words)
            if folded and (families is None or folded in families):
                for given in _givens(given_words, capitals=name.isupper()):
                    yield folded, _Given(given, _generation(parts.suffix))


def _generation(suffix: str) -> str:
    return next((_GENERATIONS[word] for word in map(fold, suffix.split()) if word in _GENERATIONS), "")


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
    return "-".join(part for part in map(fold, re.split("[-‐‑–]", word)) if part)


def _are_initials(word: str, capitals: bool) -> bool:
    """Whether a word like JA can stand for two or three initials; nothing tells where all is in capitals."""
    return not capitals and word.isupper() and word.isalpha() and 2 <= len(word) <= 3


def _agree(one: _Given, other: _Given) -> bool:
    """Whether two people of one family name can be the same by their given names; middle names may be left out."""
    if one.generation and other.generation and one.generation != other.generation:
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
