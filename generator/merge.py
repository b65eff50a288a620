"""What several sources tell of one person and of papers, as one author and one list: whose word counts for what.

The outcome does not depend on the order of the sources; only the order of the papers does, which is that of the first
record of each.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from generator import same_papers
from generator.dates import Date
from generator.errors import ImportFailed, Problem
from generator.formats.profile import Profile
from generator.matching import Index, Person
from generator.model import Author, Metric, Paper, PaperAuthor, Version
from generator.names import holds
from generator.same_papers import SERVICES, Decide, Entry, Question, kind

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
_PREPRINT = " preprint"
"""Ends the name of a source that says a value of the preprint."""
_OF_BOTH_FORMS = ("abstract", "citations", "category", "categories", "arxiv", "code")
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


class Together(msgspec.Struct, frozen=True):
    """What all sources say together."""

    author: Author
    author_sources: dict[str, str]
    papers: tuple[Merged, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    read: int
    """How many records there were."""


def together(told: Sequence[Told], known: Iterable[Known] = (), decide: Decide = lambda one, other: None) -> Together:
    """One author and one list of papers from what several sources tell of one person.

    ``known`` are the papers of the content: records of them are recognised, and no two of them are ever joined.

    Raises ImportFailed when the sources tell of different people.
    """
    entries = [same_papers.entry_of(one.paper, "", one.paper.id, one.records, one.deleted) for one in known]
    before = len(entries)
    entries += [same_papers.entry_of(paper, kind(one.source)) for one in told for paper in one.profile.papers]
    groups, questions = same_papers.groups(entries, decide)
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


def _merged(entries: list[Entry], known: Entry | None) -> Merged:
    """One paper from records; ``known`` is the paper of the content that it is."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    entries = sorted(entries, key=same_papers.tie)

    def ordered(key: str) -> list[Entry]:
        return sorted(entries, key=lambda entry: rank(key, _speaker(entry, key)))

    for key in _KEYS:
        for entry in ordered(key):
            value = getattr(entry.paper, key)
            if value not in (None, "", (), False):
                values[key], sources[key] = value, _speaker(entry, key)
                if key == "date":
                    values[key] = _most_precise(entry, ordered(key)).paper.date
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
    records = sorted({record for entry in entries for record in same_papers.records(entry.paper)})
    paper = Paper(**values, id=first[0].paper.id, profiles=first[0].paper.profiles, origin=first[0].paper.origin)
    return Merged(paper, sources, tuple(records), known.known if known else "")


def _most_precise(first: Entry, entries: list[Entry]) -> Entry:
    """Whoever says the date that ``first`` says most precisely, of the same form of the paper."""
    found = first
    for entry in entries:
        if (
            found.paper.date
            and entry.paper.date
            and entry.paper.date.iso.startswith(f"{found.paper.date.iso}-")
            and same_papers.is_preprint(entry) == same_papers.is_preprint(first)
        ):
            found = entry
    return found


def _speaker(entry: Entry, key: str) -> str:
    """Who says a value, and whether it is the preprint's."""
    return entry.source + _PREPRINT if key not in _OF_BOTH_FORMS and same_papers.is_preprint(entry) else entry.source


def _versions(entries: list[Entry], known: Entry | None, appeared: Date | None) -> list[tuple[Version, str]]:
    """The other forms of a paper that the records name, and its preprint where it is published, one an identifier."""
    both = [*entries, known] if known else entries
    preprints = [entry for entry in both if same_papers.is_preprint(entry)]
    found = {repr(one): (one, entry.source) for entry in entries for one in entry.paper.versions}
    if len(preprints) == len(both):
        return list(found.values())
    if known and known not in preprints and all(entry in preprints for entry in entries):
        appeared = known.paper.date or appeared
    named: dict[str, tuple[Version, str]] = {}
    for entry in sorted(preprints, key=lambda entry: (rank("date", entry.source), same_papers.tie(entry))):
        paper = entry.paper
        doi = paper.doi if same_papers.is_preprint_doi(paper.doi) else ""
        name = paper.arxiv or doi
        if name and paper.date != appeared:
            version = Version(label="Preprint", date=paper.date, doi=doi, arxiv=paper.arxiv)
            named.setdefault(name, (version, entry.source))
    for one, source in named.values():
        found.setdefault(repr(one), (one, source))
    return list(found.values())


def _completed(authors: tuple[PaperAuthor, ...], entries: list[Entry]) -> tuple[PaperAuthor, ...]:
    for entry in sorted(entries, key=lambda entry: rank("authors", entry.source)):
        authors = completed(authors, entry.paper.authors)
    return authors


def completed(authors: tuple[PaperAuthor, ...], others: tuple[PaperAuthor, ...]) -> tuple[PaperAuthor, ...]:
    """The authors, each with the ORCID iD and the family name that an equally long list has for the same place."""
    if len(others) != len(authors):
        return authors
    return tuple(
        _with(author, other) if same_papers.family(author.name) == same_papers.family(other.name) else author
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
