"""Papers that several sources tell of to one list: which records are one paper, and whose word counts for what.

Records are one paper when they have the same DOI, the same arXiv identifier or the same name at a service; else when
title, authors and year agree and nothing contradicts. What only looks alike is never joined here: it is a ``Question``.
The outcome does not depend on the order of the sources; only the order of the papers does, which is that of the first
record of each.
"""

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import msgspec

from generator.dates import Date
from generator.errors import ImportFailed, Problem
from generator.formats.profile import Profile
from generator.matching import Index, Person
from generator.model import Author, Metric, Paper, PaperAuthor, Version
from generator.names import holds, split
from generator.text import inline

SERVICES = ("zotero", "crossref", "arxiv", "dblp", "openalex", "orcid", "semantic_scholar")
"""Whose word counts first; a file that somebody chose to import counts before all of them."""
_FIRST = {
    "abstract": ("zotero", "arxiv", "crossref", "semantic_scholar", "openalex"),
    "citations": ("openalex", "semantic_scholar", "crossref"),
    "category": ("arxiv",),
    "categories": ("arxiv",),
    "name": ("orcid", "dblp", "openalex"),
    "aliases": ("orcid", "dblp", "openalex"),
    "affiliations": ("orcid", "openalex"),
    "links": ("orcid", "dblp", "openalex"),
    "metrics": ("openalex",),
}
_PREFIXES = {"doi": "crossref", "s2": "semantic_scholar"}
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550|1101|21203|31234|31219|31235|26434|2139|36227|20944|22541|5194/egusphere)[/.]", re.IGNORECASE
)
_PREPRINT = " preprint"
"""Ends the name of a source that says a value of the preprint."""
_OF_BOTH_FORMS = ("abstract", "citations", "category", "categories", "arxiv", "code")
_ALIKE = 0.9
_FEW_WORDS = 3
_RARE = 3
"""Words of a title by which others are found that may be alike."""
_CLOSE = 1
_FAR = 4
"""Years between a preprint and its publication at most; between two records of one kind it is ``_CLOSE``."""
_OF_ITS_OWN = frozenset(("id", "origin", "profiles", "versions", "links", "extra", "et_al", "format"))
_KEYS = tuple(field.encode_name for field in msgspec.structs.fields(Paper) if field.encode_name not in _OF_ITS_OWN)


class Told(msgspec.Struct, frozen=True):
    """A profile, and the source that it was read from: ``openalex:A5023888391`` or the name of a file."""

    source: str
    profile: Profile


class Known(msgspec.Struct, frozen=True):
    """A paper that the content has already, and what the sources called it when it was imported.

    Of a paper that a person has ``deleted`` only id, title and records are known.
    """

    paper: Paper
    records: frozenset[str] = frozenset()
    deleted: bool = False


class Merged(msgspec.Struct, frozen=True):
    """A paper from one or more records. ``sources`` tells for each of its keys who said it."""

    paper: Paper
    sources: dict[str, str]
    records: tuple[str, ...] = ()
    """What services and registries call it: ``doi:10.7717/peerj.4375``, ``openalex:W2741809807``."""
    known: str = ""
    """The id of the paper of the content that it is."""


class Question(msgspec.Struct, frozen=True):
    """Two papers that look alike, and may be one."""

    one: Paper
    other: Paper


class Together(msgspec.Struct, frozen=True):
    """What all sources say together."""

    author: Author
    author_sources: dict[str, str]
    papers: tuple[Merged, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    read: int
    """How many records there were."""


class _Entry(msgspec.Struct, frozen=True):
    """A record with what is compared of it. ``known`` is the id of a paper of the content, or empty."""

    paper: Paper
    source: str
    title: str
    families: frozenset[str]
    names: frozenset[str]
    known: str = ""
    deleted: bool = False


Decide = Callable[[Paper, Paper], bool | None]
"""Whether two papers that look alike are one; None where nobody knows."""


def together(told: Sequence[Told], known: Iterable[Known] = (), decide: Decide = lambda one, other: None) -> Together:
    """One author and one list of papers from what several sources tell of one person.

    ``known`` are the papers of the content: records of them are recognised, and no two of them are ever joined.

    Raises ImportFailed when the sources tell of different people.
    """
    entries = [_entry(one.paper, "", one.paper.id, one.records, one.deleted) for one in known]
    before = len(entries)
    entries += [_entry(paper, kind(one.source)) for one in told for paper in one.profile.papers]
    groups, questions = _groups(entries, decide)
    papers = []
    untold: list[Paper] = []
    for group in groups:
        new = [entries[place] for place in group if place >= before]
        seed = next((entries[place] for place in group if place < before), None)
        if new:
            papers.append(_merged(new, seed))
        elif seed:
            untold.append(seed.paper)
    author, author_sources = person(told)
    return Together(
        author=author,
        author_sources=author_sources,
        papers=_with_families(papers, untold),
        questions=questions,
        problems=tuple(problem for one in told for problem in one.profile.problems),
        read=len(entries) - before,
    )


def rank(key: str, source: str) -> int:
    """How much a source counts for a key; 0 counts most, and what is said of a preprint least."""
    order = (*_FIRST.get(key, ()), *SERVICES)
    service = source.removesuffix(_PREPRINT)
    return (order.index(service) + 1 if service in order else 0) + (100 if is_preprints(source) else 0)


def is_preprints(source: str) -> bool:
    """Whether the name of a source says that a value is that of the preprint."""
    return source.endswith(_PREPRINT)


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


def _entry(paper: Paper, source: str, known: str = "", records: Iterable[str] = (), deleted: bool = False) -> _Entry:
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
    names.update(f"record {name}" for name in (records if known else _records(paper)))
    families = frozenset(family(author.name) for author in paper.authors)
    return _Entry(paper, source, same_title(paper.title), families, frozenset(names), known, deleted)


def _records(paper: Paper) -> Iterator[str]:
    """What services and registries call the paper."""
    named = paper.origin.file
    if kind(named) in SERVICES:
        # a record without a name is known again by its title
        yield f"{named}{same_title(paper.title)}" if named.endswith((":", "/")) else named
    if paper.doi:
        yield f"doi:{paper.doi.lower()}"
    if paper.arxiv:
        yield f"arxiv:{re.sub(r'v[0-9]+$', '', paper.arxiv)}"


@functools.lru_cache(maxsize=1 << 14)
def family(name: str) -> str:
    """What names of one person that are written in several ways have in common; not every source tells ``family``."""
    return same_title(split(name).family or name)


def _groups(entries: Sequence[_Entry], decide: Decide) -> tuple[list[list[int]], tuple[Question, ...]]:
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
    return not record, record and name.startswith(("record doi:", "record arxiv:")), name


class _Joined:
    """Entries that are joined bit by bit; each group is called by the number of its first entry."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
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
        return min((self._of(group)), key=lambda entry: (not entry.known, _tie(entry))).paper

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
        holders: dict[str, list[int]] = {}
        for group, title in titles.items():
            for word in dict.fromkeys(title.split()):
                holders.setdefault(word, []).append(group)
        seen = set()
        for group, title in titles.items():
            # titles that are alike share their rare words; that they share the others says nothing
            for word in sorted(dict.fromkeys(title.split()), key=lambda word: len(holders[word]))[:_RARE]:
                for found in holders[word]:
                    one, other = sorted((group, found))
                    if one == other or (one, other) in seen:
                        continue
                    seen.add((one, other))
                    if self.leader[one] == one and self.leader[other] == other and self._near(one, other, titles):
                        yield one, other

    def _near(self, one: int, other: int, titles: dict[int, str]) -> bool:
        first, second = titles[one], titles[other]
        if first != second:
            if min(len(first), len(second)) < 12:
                return False
            begins = first.startswith(f"{second} ") or second.startswith(f"{first} ")
            if not begins and not _are_alike(first, second):
                return False
        shared = self._listed(one) & self._listed(other)
        if "" in shared or (shared and not self._two_forms(one, other)):
            return False
        if (first != second or len(first.split()) < _FEW_WORDS) and self.contradict(one, other):
            return False
        return self._same_people(one, other) and any(
            self._in_time(a, b, _FAR if first == second else _CLOSE) for a in self._of(one) for b in self._of(other)
        )

    def _of(self, group: int) -> Iterator[_Entry]:
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
        forms = [{_is_preprint(entry) for entry in self._of(group)} for group in (one, other)]
        return len(forms[0]) == len(forms[1]) == 1 and forms[0] != forms[1]

    def _names(self, group: int, key: str) -> set[str]:
        return {
            name
            for entry in self._of(group)
            for name in entry.names
            if name.startswith(f"{key} ") and not _PREPRINT_DOI.match(name[4:])
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

    def _in_time(self, one: _Entry, other: _Entry, years: int) -> bool:
        if not one.paper.date or not other.paper.date:
            return years > 0
        apart = abs(one.paper.date.year - other.paper.date.year)
        return apart <= (min(years, _CLOSE) if _is_preprint(one) == _is_preprint(other) else years)


def _connected(groups: Sequence[int], linked: Callable[[int, int], bool]) -> Iterator[list[int]]:
    left = list(groups)
    while left:
        part = [left.pop(0)]
        for one in part:
            more = [other for other in left if linked(one, other)]
            part += more
            left = [other for other in left if other not in more]
        yield part


def _are_alike(first: str, second: str) -> bool:
    if 2 * min(len(first), len(second)) < _ALIKE * (len(first) + len(second)):
        return False
    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        # Part 1 and part 2
        return False
    compared = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return compared.quick_ratio() >= _ALIKE and compared.ratio() >= _ALIKE


def _is_preprint(entry: _Entry) -> bool:
    paper = entry.paper
    if paper.doi:
        return bool(_PREPRINT_DOI.match(paper.doi)) or entry.source == "arxiv"
    return entry.source == "arxiv" or bool(paper.arxiv and not paper.venue) or paper.type == "article"


def _tie(entry: _Entry) -> tuple[str, ...]:
    """An order of records that does not depend on the order of the sources."""
    return (entry.source, entry.paper.origin.file, entry.paper.title, repr(entry.paper))


def _merged(entries: list[_Entry], known: _Entry | None) -> Merged:
    """One paper from records; ``known`` is the paper of the content that it is."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    entries = sorted(entries, key=_tie)

    def ordered(key: str) -> list[_Entry]:
        return sorted(entries, key=lambda entry: rank(key, _speaker(entry, key)))

    for key in _KEYS:
        for entry in ordered(key):
            value = getattr(entry.paper, key)
            if value not in (None, "", (), False):
                values[key], sources[key] = value, _speaker(entry, key)
                if key == "date":
                    precise = _most_precise(entry, ordered(key))
                    values[key], sources[key] = precise.paper.date, _speaker(precise, key)
                elif key == "authors":
                    values["authors"] = _completed(value, entries)
                    values["et_al"] = entry.paper.et_al
                elif key == "abstract":
                    values["format"] = entry.paper.format
                break
    if values.get("et_al"):
        sources["et_al"] = sources["authors"]
    first = ordered("title")
    links = {link.url: link for entry in first for link in entry.paper.links}
    extra = {name: said for entry in reversed(first) for name, said in entry.paper.extra.items()}
    for key, found in (("links", tuple(links.values())), ("extra", extra)):
        if found:
            values[key] = found
            sources[key] = next(entry.source for entry in first if getattr(entry.paper, key))
    versions = _versions(first, known, values.get("date"))
    if versions:
        values["versions"] = tuple(one for one, _ in versions)
        sources["versions"] = versions[0][1]
    records = sorted({record for entry in entries for record in _records(entry.paper)})
    paper = Paper(**values, id=first[0].paper.id, profiles=first[0].paper.profiles, origin=first[0].paper.origin)
    return Merged(paper, sources, tuple(records), known.known if known else "")


def _most_precise(first: _Entry, entries: list[_Entry]) -> _Entry:
    """Whoever says the date that ``first`` says most precisely, of the same form of the paper."""
    found = first
    for entry in entries:
        if (
            found.paper.date
            and entry.paper.date
            and entry.paper.date.iso.startswith(f"{found.paper.date.iso}-")
            and _is_preprint(entry) == _is_preprint(first)
        ):
            found = entry
    return found


def _speaker(entry: _Entry, key: str) -> str:
    """Who says a value, and whether it is the preprint's."""
    return entry.source + _PREPRINT if key not in _OF_BOTH_FORMS and _is_preprint(entry) else entry.source


def _versions(entries: list[_Entry], known: _Entry | None, appeared: Date | None) -> list[tuple[Version, str]]:
    """The other forms of a paper that the records name, and its preprint where it is published, one an identifier."""
    both = [*entries, known] if known else entries
    preprints = [entry for entry in both if _is_preprint(entry)]
    found = {repr(one): (one, entry.source) for entry in entries for one in entry.paper.versions}
    if len(preprints) == len(both):
        return list(found.values())
    if known and known not in preprints and all(entry in preprints for entry in entries):
        appeared = known.paper.date
    named: dict[str, tuple[Version, str]] = {}
    for entry in sorted(preprints, key=lambda entry: (rank("date", entry.source), _tie(entry))):
        paper = entry.paper
        doi = paper.doi if _PREPRINT_DOI.match(paper.doi) else ""
        name = paper.arxiv or doi
        if name and paper.date != appeared:
            version = Version(label="Preprint", date=paper.date, doi=doi, arxiv=paper.arxiv)
            named.setdefault(name, (version, entry.source))
    for one, source in named.values():
        found.setdefault(repr(one), (one, source))
    return list(found.values())


def _completed(authors: tuple[PaperAuthor, ...], entries: list[_Entry]) -> tuple[PaperAuthor, ...]:
    for entry in sorted(entries, key=lambda entry: rank("authors", entry.source)):
        authors = completed(authors, entry.paper.authors)
    return authors


def completed(authors: tuple[PaperAuthor, ...], others: tuple[PaperAuthor, ...]) -> tuple[PaperAuthor, ...]:
    """The authors, each with the ORCID iD and the family name that an equally long list has for the same place."""
    if len(others) != len(authors):
        return authors
    return tuple(
        _with(author, other) if family(author.name) == family(other.name) else author
        for author, other in zip(authors, others, strict=True)
    )


def _with_families(papers: list[Merged], others: list[Paper]) -> tuple[Merged, ...]:
    """The papers, where a family name that one of all tells holds for everybody who is printed by that name."""
    told: dict[str, set[str]] = {}
    for listed in (*others, *(one.paper for one in papers)):
        for author in listed.authors:
            if author.family:
                told.setdefault(author.name, set()).add(author.family)
    families = {name: found.pop() for name, found in told.items() if len(found) == 1}

    def whole(paper: Paper) -> Paper:
        authors = tuple(
            author
            if author.family or author.name not in families
            else msgspec.structs.replace(author, family=families[author.name])
            for author in paper.authors
        )
        return paper if authors == paper.authors else msgspec.structs.replace(paper, authors=authors)

    return tuple(msgspec.structs.replace(one, paper=whole(one.paper)) if families else one for one in papers)


def _with(author: PaperAuthor, other: PaperAuthor) -> PaperAuthor:
    """The entry with what only the other one of the same person says."""
    orcid = author.orcid or other.orcid
    family = author.family or (other.family if other.family and holds(author.name, other.family) else "")
    if (orcid, family) == (author.orcid, author.family):
        return author
    return msgspec.structs.replace(author, orcid=orcid, family=family)


def person(told: Sequence[Told]) -> tuple[Author, dict[str, str]]:
    """What the sources say of the person, and who says each key; raises ImportFailed when they speak of two people."""
    said = [one for one in told if one.profile.author != Author(name="")]
    orcids = {orcid: one.source for one in said for orcid in _orcids(one.profile.author)}
    if len(orcids) > 1:
        (first, where), (second, elsewhere) = sorted(orcids.items())[:2]
        raise ImportFailed(
            f"{where} and {elsewhere} are two people: {first} and {second}", hint="import them one after the other"
        )
    nobody = Author(name="")
    values: dict[str, Any] = {"name": ""}
    sources: dict[str, str] = {}
    for field in msgspec.structs.fields(Author):
        key = field.encode_name
        if key in ("id", "origin", "aliases", "links", "metrics"):
            continue
        for one in _ranked(said, key):
            value = getattr(one.profile.author, key)
            if value != getattr(nobody, key):
                values[key], sources[key] = value, kind(one.source)
                break
    names = Index([Person("person", values["name"])]) if values["name"] else Index([])
    aliases = {
        name: kind(one.source)
        for one in reversed(_ranked(said, "name"))
        for name in (*reversed(one.profile.author.aliases), one.profile.author.name)
        if name and name != values["name"]
    }
    own = {name for one in said for name in one.profile.author.aliases}
    # a name that the other one finds anyway need not be written
    kept = [name for name in reversed(aliases) if name in own or not names.match(name)]
    links = {
        link.url: (link, kind(one.source))
        for one in reversed(_ranked(said, "links"))
        for link in reversed(one.profile.author.links)
    }
    metrics: dict[str, tuple[Metric, str]] = {}
    for one in _ranked(said, "metrics"):
        for key, metric in one.profile.author.metrics.items():
            metrics.setdefault(key, (metric, kind(one.source)))
    for key, found in (
        ("aliases", {name: (name, aliases[name]) for name in kept}),
        ("links", dict(reversed(links.items()))),
    ):
        if found:
            values[key] = tuple(value for value, _ in found.values())
            sources[key] = next(source for _, source in found.values())
    if metrics:
        values["metrics"] = {key: metric for key, (metric, _) in metrics.items()}
        sources["metrics"] = next(iter(metrics.values()))[1]
    return Author(**values), sources


def _orcids(author: Author) -> Iterator[str]:
    for link in author.links:
        _, found, identifier = link.url.partition("//orcid.org/")
        if found:
            yield identifier.strip("/").upper()


def _ranked(said: Sequence[Told], key: str) -> list[Told]:
    return sorted(said, key=lambda one: (rank(key, kind(one.source)), one.source))
