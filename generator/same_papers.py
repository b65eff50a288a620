"""Which records are one paper.

Records are one paper when they have the same DOI, arXiv identifier, PubMed number or name at a service; else when
title, authors and year agree and nothing contradicts. What only looks alike is never joined here: it is a ``Question``.
"""

import difflib
import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import msgspec

from generator.model import Paper
from generator.names import split
from generator.text import inline

SERVICES = ("zotero", "crossref", "arxiv", "dblp", "openalex", "orcid", "semantic_scholar")
"""Whose word counts first; a file that somebody chose to import counts before all of them."""
_PREFIXES = {"doi": "crossref", "s2": "semantic_scholar"}
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?=\d)|(?:48550|64898|21203|31234|31219|31235|26434|2139|36227|20944|22541|5194/egusphere)[/.])",
    re.IGNORECASE,
)
"""After 10.1101/ preprints of bioRxiv and medRxiv have a digit, papers of Cold Spring Harbor's journals a letter."""
_ALIKE = 0.9
_FEW_WORDS = 3
_RARE = 3
"""Words of a title by which others are found that may be alike."""
_CLOSE = 1
_FAR = 4
"""Years between a preprint and its publication at most; between two records of one kind it is ``_CLOSE``."""


class Question(msgspec.Struct, frozen=True):
    """Two papers that look alike, and may be one."""

    one: Paper
    other: Paper


Decide = Callable[[Paper, Paper], bool | None]
"""Whether two papers that look alike are one; None where nobody knows."""


class Entry(msgspec.Struct, frozen=True):
    """A record with what is compared of it. ``known`` is the id of a paper of the content, or empty."""

    paper: Paper
    source: str
    title: str
    families: frozenset[str]
    names: frozenset[str]
    known: str = ""
    deleted: bool = False


def same_title(title: str) -> str:
    """What titles that differ in markup, accents, case and signs alone have in common."""
    folded = unicodedata.normalize("NFKD", inline(title).plain.casefold())
    words = re.findall(r"\w+", "".join(sign for sign in folded if not unicodedata.combining(sign)))
    return " ".join(words) or title


def kind(source: str) -> str:
    """The service of a source, one of ``SERVICES``; a file's name is given back."""
    prefix, colon, _ = source.partition(":")
    service = _PREFIXES.get(prefix, prefix)
    return service if colon and service in SERVICES else source


def entry_of(paper: Paper, source: str, known: str = "", called: Iterable[str] = (), deleted: bool = False) -> Entry:
    """The record that a paper is; a ``known`` one of the content was ``called`` so when it was imported."""
    names = {f"doi {paper.doi.lower()}"} if paper.doi else set()
    if known or source not in SERVICES:
        # the services' papers have ids made from titles, which two papers can share
        names.add(f"id {paper.id}")
    if paper.arxiv:
        names.add(f"arxiv {re.sub(r'v[0-9]+$', '', paper.arxiv)}")
    for version in paper.versions:
        if version.doi:
            names.add(f"doi {version.doi.lower()}")
        if version.arxiv:
            names.add(f"arxiv {version.arxiv}")
    names.update(f"record {name}" for name in (called if known else records(paper)))
    families = frozenset(family(author.name) for author in paper.authors)
    return Entry(paper, source, same_title(paper.title), families, frozenset(names), known, deleted)


def records(paper: Paper) -> Iterator[str]:
    """What services and registries call the paper."""
    named = paper.origin.file
    if kind(named) in SERVICES:
        # a record without a name is known again by its title
        yield f"{named}{same_title(paper.title)}" if named.endswith((":", "/")) else named
    if paper.doi:
        yield f"doi:{paper.doi.lower()}"
    if paper.arxiv:
        yield f"arxiv:{re.sub(r'v[0-9]+$', '', paper.arxiv)}"
    if paper.pmid:
        yield f"pmid:{paper.pmid}"


@functools.lru_cache(maxsize=1 << 14)
def family(name: str) -> str:
    """What names of one person that are written in several ways have in common; not every source tells ``family``."""
    return same_title(split(name).family or name)


def groups(entries: Sequence[Entry], decide: Decide) -> tuple[list[list[int]], tuple[Question, ...]]:
    """The numbers of the entries, those of one paper together, in the order of the first of each."""
    joined = _Joined(entries)
    owners: dict[str, int] = {}
    for place, entry in enumerate(entries):
        for name in sorted(entry.names, key=_decisive):
            owner = owners.setdefault(name, place)
            # what an earlier import has joined, stays so
            joined.join(owner, place, decided=bool(entries[owner].known) and name.startswith("record "))
    # what a person has deleted is looked at last: a paper that is still there comes before it
    for years, deleted in ((0, False), (_CLOSE, False), (_FAR, False), (_CLOSE, True)):
        for title, alike in joined.alike(deleted):
            # only what is of one mind as a whole: otherwise the order would decide which of two a third one joins
            for part in _connected(alike, lambda one, other: joined.agree(one, other, title, years)):  # noqa: B023
                if len(part) > 1 and not any(joined.contradict(one, other) for one, other in combinations(part, 2)):
                    for other in part[1:]:
                        joined.join(part[0], other)
    questions = []
    for one, other in joined.doubtful():
        first, second = joined.shown(one), joined.shown(other)
        answer = decide(first, second)
        if answer:
            joined.join(one, other, decided=True)
        elif answer is None:
            questions.append(Question(first, second))
    return joined.groups(), tuple(questions)


def _decisive(name: str) -> tuple[bool, bool, str]:
    """Orders the names of an entry: its place at a service first, since two papers of the content may share a DOI."""
    record = name.startswith("record ")
    return not record, record and name.startswith(("record doi:", "record arxiv:", "record pmid:")), name


class _Joined:
    """Entries that are joined bit by bit; each group is called by the number of its first entry."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.members = {place: [place] for place in range(len(entries))}
        self.leader = list(range(len(entries)))

    def join(self, one: int, other: int, decided: bool = False) -> None:
        """Make two groups one, unless they are two papers already for a person: in the content or in one file.

        A person may have decided that two of one file are one.
        """
        one, other = sorted((self.leader[one], self.leader[other]))
        shared = self._listed(one) & self._listed(other)
        if one == other or (shared and (not decided or "" in shared)):
            return
        for place in self.members[other]:
            self.leader[place] = one
        self.members[one] = sorted(self.members[one] + self.members.pop(other))

    def groups(self) -> list[list[int]]:
        return [self.members[leader] for leader in sorted(self.members)]

    def shown(self, group: int) -> Paper:
        """The paper that stands for a group in a question."""
        return min((self._of(group)), key=lambda entry: (not entry.known, tie(entry))).paper

    def alike(self, deleted: bool) -> Iterator[tuple[str, list[int]]]:
        """The groups that share a title, title by title; with those that were deleted, or without."""
        found: dict[str, list[int]] = {}
        for place, entry in enumerate(self.entries):
            if deleted or not entry.deleted:
                found.setdefault(entry.title, []).append(place)
        for title in sorted(found):
            groups = {self.leader[place]: None for place in found[title]}
            if len(groups) > 1:
                yield title, list(groups)

    def agree(self, one: int, other: int, title: str, years: int) -> bool:
        """Whether two groups of one title are one paper, as far as authors and years tell."""
        return (
            not self.contradict(one, other)
            and self._same_people(one, other)
            and any(self._in_time(first, second, years) for first in self._of(one) for second in self._of(other))
            and (
                len(title.split()) >= _FEW_WORDS
                # "Introduction" and "Editorial" are written more than once
                or self._venues(one) & self._venues(other) != set()
            )
        )

    def contradict(self, one: int, other: int) -> bool:
        """Whether two groups have published DOIs or arXiv identifiers that differ, or are listed as two papers."""
        if self._listed(one) & self._listed(other):
            return True
        return any(
            first and second and not first & second
            for first, second in (
                (self._names(one, "doi"), self._names(other, "doi")),
                (self._names(one, "arxiv"), self._names(other, "arxiv")),
            )
        )

    def doubtful(self) -> Iterator[tuple[int, int]]:
        """Pairs of groups that may be one paper: one title, or nearly, by the same people at about the same time."""
        titles = {
            group: min(entry.title for entry in self._of(group))
            for group in sorted(self.members)
            if not any(entry.deleted for entry in self._of(group))
        }
        years = {
            group: {entry.paper.date.year if entry.paper.date else 0 for entry in self._of(group)} for group in titles
        }
        counts = Counter(word for title in titles.values() for word in set(title.split()))
        holders: dict[str, dict[int, list[int]]] = {}
        for group, title in titles.items():
            for key in {title, *title.split()}:
                for year in years[group]:
                    holders.setdefault(key, {}).setdefault(year, []).append(group)
        seen = set()
        for group, title in titles.items():
            # titles that are alike share their rare words; that they share the others says nothing
            rare = sorted(dict.fromkeys(title.split()), key=counts.__getitem__)[:_RARE]
            for key, apart in ((title, _FAR), *((word, _CLOSE) for word in rare)):
                for found in sorted(_at_about(holders[key], years[group], apart)):
                    one, other = (group, found) if group < found else (found, group)
                    if one == other or not _may_be_alike(titles[one], titles[other]) or (one, other) in seen:
                        continue
                    seen.add((one, other))
                    if self.leader[one] == one and self.leader[other] == other and self._near(one, other, titles):
                        yield one, other

    def _near(self, one: int, other: int, titles: dict[int, str]) -> bool:
        first, second = titles[one], titles[other]
        shared = self._listed(one) & self._listed(other)
        if "" in shared or (shared and not self._two_forms(one, other) and not self._two_registries(one, other)):
            return False
        if (first != second or len(first.split()) < _FEW_WORDS) and self.contradict(one, other):
            return False
        years = _FAR if first == second else _CLOSE
        if not any(self._in_time(a, b, years) for a in self._of(one) for b in self._of(other)):
            return False
        if not self._same_people(one, other):
            return False
        # last, since it takes longest
        return first == second or _begins(first, second) or _are_alike(first, second)

    def _of(self, group: int) -> Iterator[Entry]:
        return (self.entries[place] for place in self.members[group])

    def _listed(self, group: int) -> set[str]:
        """The lists made by a person that the group is in: the content, files."""
        return {
            "" if entry.known else entry.source
            for entry in self._of(group)
            if entry.known or entry.source not in SERVICES
        }

    def _two_forms(self, one: int, other: int) -> bool:
        """Whether one is a preprint, and the other is none: files that programs write list both."""
        forms = [{is_preprint(entry) for entry in self._of(group)} for group in (one, other)]
        return len(forms[0]) == len(forms[1]) == 1 and forms[0] != forms[1]

    def _two_registries(self, one: int, other: int) -> bool:
        """Whether one is known by its DOI alone, the other by its PubMed number: who asks both services lists both."""
        known = [
            {(bool(entry.paper.doi), bool(entry.paper.pmid)) for entry in self._of(group)} for group in (one, other)
        ]
        return {(True, False)} in known and {(False, True)} in known

    def _names(self, group: int, key: str) -> set[str]:
        return {
            name
            for entry in self._of(group)
            for name in entry.names
            if name.startswith(f"{key} ") and not is_preprint_doi(name[4:])
        }

    def _venues(self, group: int) -> set[str]:
        return {same_title(entry.paper.venue) for entry in self._of(group) if entry.paper.venue}

    def _same_people(self, one: int, other: int) -> bool:
        first, second = self._families(one), self._families(other)
        if not first or not second:
            return True
        shared = len(first & second)
        cut = any(entry.paper.et_al for group in (one, other) for entry in self._of(group))
        return shared > 0 and shared * 2 >= (min(len(first), len(second)) if cut else len(first | second))

    def _families(self, group: int) -> frozenset[str]:
        return max((entry.families for entry in self._of(group)), key=lambda names: (len(names), sorted(names)))

    def _in_time(self, one: Entry, other: Entry, years: int) -> bool:
        if not one.paper.date or not other.paper.date:
            return years > 0
        apart = abs(one.paper.date.year - other.paper.date.year)
        return apart <= (min(years, _CLOSE) if is_preprint(one) == is_preprint(other) else years)


def _connected(groups: Sequence[int], linked: Callable[[int, int], bool]) -> Iterator[list[int]]:
    left = list(groups)
    while left:
        part = [left.pop(0)]
        for one in part:
            more = [other for other in left if linked(one, other)]
            part += more
            left = [other for other in left if other not in more]
        yield part


def _at_about(by_year: dict[int, list[int]], years: set[int], apart: int) -> Iterator[int]:
    """What is listed under a year that is at most so many years from one of some; 0 is a year that is not known."""
    for year, found in by_year.items():
        if not year or 0 in years or any(abs(year - own) <= apart for own in years):
            yield from found


def _may_be_alike(first: str, second: str) -> bool:
    """Whether one of two titles could be the other, as far as can be told at once: most pairs end here."""
    if first == second:
        return True
    shorter, longer = sorted((len(first), len(second)))
    return shorter >= 12 and (2 * shorter >= _ALIKE * (shorter + longer) or _begins(first, second))


def _begins(first: str, second: str) -> bool:
    """Whether one of two titles goes on where the other ends."""
    return first.startswith(f"{second} ") or second.startswith(f"{first} ")


def _are_alike(first: str, second: str) -> bool:
    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        # Part 1 and part 2
        return False
    compared = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return compared.quick_ratio() >= _ALIKE and compared.ratio() >= _ALIKE


def is_preprint_doi(doi: str) -> bool:
    """Whether a server of preprints gave the DOI."""
    return _PREPRINT_DOI.match(doi) is not None


def is_preprint(entry: Entry) -> bool:
    """Whether a record tells of a preprint."""
    paper = entry.paper
    if paper.doi:
        return is_preprint_doi(paper.doi) or entry.source == "arxiv"
    return entry.source == "arxiv" or bool(paper.arxiv and not paper.venue) or paper.type == "article"


def tie(entry: Entry) -> tuple[str, ...]:
    """An order of records that does not depend on the order of the sources."""
    return (entry.source, entry.paper.origin.file, entry.paper.title, repr(entry.paper))
