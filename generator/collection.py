"""Imported papers and figures in ``content/``: merged, told apart from what a person wrote, kept up to date.

Papers go to ``content/papers/imported/<author-id>.yaml`` and what services say of the person to
``content/authors/imported/<author-id>.yaml``; records of the same id elsewhere in the content win over both, key by
key. A value is replaced only where it is still as an import wrote it (the ledger tells) and by a source that counts as
much as the one that said it. What a person has changed or taken out stays so.
"""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from generator import attachments, ledger, library, listed, merge, nodes, revision, schema, unfinished, written
from generator.errors import ImportFailed, Place, Problem, Problems
from generator.formats.profile import Profile
from generator.ledger import Ledger, PaperEntry, Said
from generator.listed import FOLDER, Listed
from generator.merge import Decide, Merged, Question, Told
from generator.model import Author, Link, Metric, Paper, YearlyCitations
from generator.names import Index, Person
from generator.text import inline, slug
from generator.written import Piece

AUTHORS = "content/authors/imported"
_HEAD = (
    "# Written by `paperfolio import`, kept up to date by it and by `paperfolio refresh`.\n"
    "# What you change or delete here stays so; {own}\n"
)
_OWN_PAPERS = (
    "a paper with the same id in a file of your own,\n# beside the folder imported/, wins over this one, key by key."
)
_OWN_PERSON = "{file} wins over it, key by key."


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did or, without writing, would do. Files are paths relative to the site's folder."""

    author_id: str
    read: int
    """Records of all sources."""
    papers: int
    """Papers that they are about."""
    new: int
    updated: int
    left_out: tuple[str, ...]
    """The titles of papers that a person has deleted here."""
    changes: tuple[str, ...]
    """What is new or other, a line each."""
    written: tuple[str, ...]
    problems: tuple[Problem, ...]
    """What was kept in imported files though the sources say something else, and what these could not tell."""
    differences: tuple[Problem, ...]
    """Where the sources say something else than files of the person's own, which count."""
    ledger: str
    """The file that tells who said what."""
    questions: tuple[Question, ...]

    @property
    def known(self) -> int:
        """Papers that the content had already."""
        return self.papers - self.new - len(self.left_out)


class Refreshed(msgspec.Struct, frozen=True):
    """What asking again gave for one author: ``failures`` are the sources that did not answer, and why."""

    author_id: str
    collected: Collected | None
    failures: tuple[tuple[str, ImportFailed], ...] = ()


def collect(
    site_folder: Path,
    told: Sequence[Told],
    author_id: str | None = None,
    decide: Decide = lambda one, other: None,
    dry: bool = False,
) -> Collected:
    """Merge what files and services tell of one person and bring it into the content.

    ``author_id`` is by default made from the person's name; without a name, the only author of the site is meant. With
    ``dry`` nothing is written, and it is only said what would be done.

    Raises ImportFailed, with nothing written, when nothing tells whose papers these are, when the sources tell of
    different people, or when a file that must be changed cannot be.
    """
    if not dry:
        unfinished.finish(site_folder)
    names = Profile(merge.person(told)[0], tuple(paper for one in told for paper in one.profile.papers))
    author_id = library.checked_id(author_id or library.id_of(names, site_folder))
    papers_file, ledger_file = f"{FOLDER}/{author_id}.yaml", f"{FOLDER}/{author_id}{ledger.ENDING}"
    problems, differences = Problems(), Problems()
    changes: list[str] = []
    old_ledger = ledger.read(library.content_of(site_folder, ledger_file), ledger_file)
    content = listed.read(site_folder, papers_file, problems)
    everything = merge.together(told, listed.known(content, old_ledger), decide)
    profile = Profile(
        everything.author,
        tuple(one.paper for one in everything.papers),
        files=tuple(file for one in told for file in one.profile.files),
        others=tuple(other for one in told for other in one.profile.others),
    )
    profile = attachments.settle(library.with_name(profile, author_id), site_folder, problems)
    settled = [
        msgspec.structs.replace(one, paper=paper) for one, paper in zip(everything.papers, profile.papers, strict=True)
    ]
    person = _Person(site_folder, author_id, old_ledger.author, changes, problems, differences)
    person.bring(profile.author, everything.author_sources)
    people = [one for one in (person.author, *profile.others) if one.name]
    matching = Index(Person(one.name, one.name, one.aliases, one.orcid) for one in people)
    papers = _Papers(site_folder, papers_file, content, old_ledger, changes, problems, differences)
    papers.bring(settled, lambda paper: library.belonging(paper, matching, author_id))
    sources = [*old_ledger.sources, *(one.source for one in told if merge.kind(one.source) in merge.SERVICES)]
    new_ledger = Ledger(
        sources=tuple(dict.fromkeys(sources)), author=person.said, papers={**old_ledger.papers, **papers.entries}
    )
    files = person.files
    for other in profile.others:
        other_file = library.author_file_of(site_folder, slug(other.name, fallback="author"))
        if library.content_of(site_folder, other_file) is None:
            files.setdefault(other_file, library.dump(library.plain(other)).encode())
    files[papers_file] = papers.data()
    if new_ledger != Ledger():
        files[ledger_file] = ledger.write(new_ledger)
    files = {file: data for file, data in files.items() if data and data != library.content_of(site_folder, file)}
    if not dry:
        for file in (*files, *(f"content/files/{copied.path}" for copied in profile.files)):
            library.refuse_links(site_folder, file)
        unfinished.write(site_folder, files)
    copies = () if dry else attachments.copy(profile.files, site_folder, problems)
    return Collected(
        author_id=author_id,
        read=everything.read,
        papers=len(everything.papers),
        new=papers.new,
        updated=papers.updated,
        left_out=tuple(papers.left_out),
        changes=tuple(changes),
        written=(*files, *copies),
        problems=(*everything.problems, *problems.found),
        differences=tuple(differences.found),
        ledger=ledger_file,
        questions=everything.questions,
    )


def refresh(site_folder: Path, ask: Callable[[str], Profile], dry: bool = False) -> Iterator[Refreshed]:
    """Ask the sources of each author of the site again, and bring what is new into the content.

    Where a source does not answer, what it said last stays. With ``dry`` nothing is written.
    """
    for path in sorted((site_folder / FOLDER).glob(f"*{ledger.ENDING}")):
        author_id = path.name.removesuffix(ledger.ENDING)
        file = f"{FOLDER}/{path.name}"
        told: list[Told] = []
        failures: list[tuple[str, ImportFailed]] = []
        sources = ledger.read(library.content_of(site_folder, file), file).sources
        if not sources:
            continue
        for source in sources:
            try:
                told.append(Told(source, ask(source)))
            except ImportFailed as error:
                failures.append((source, error))
        collected = collect(site_folder, told, author_id, dry=dry) if told else None
        yield Refreshed(author_id, collected, tuple(failures))


class _Papers:
    """The papers of one imported file, and what the sources say now."""

    def __init__(
        self,
        site_folder: Path,
        file: str,
        content: Listed,
        old: Ledger,
        changes: list[str],
        problems: Problems,
        differences: Problems,
    ) -> None:
        self.site_folder = site_folder
        self.file = file
        self.old_data = library.content_of(site_folder, file) or b""
        self.content = content
        self.ledger = old
        self.changes = changes
        self.problems = problems
        self.differences = differences
        text = self.old_data.decode("utf-8-sig")
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self.written = written.take_apart(text.replace("\r\n", "\n"), indented=True)
        self.places = {paper_id: paper.origin.index for paper_id, paper in content.own.items()}
        self.replaced: dict[int, str] = {}
        self.added: list[str] = []
        self.entries: dict[str, PaperEntry] = {}
        self.left_out: list[str] = []
        self.new = self.updated = 0

    def bring(self, papers: Iterable[Merged], belonging: Callable[[Paper], Paper]) -> None:
        taken = {
            paper_id.casefold()
            for ids in (self.content.own, self.content.by_hand, self.content.others, self.ledger.papers)
            for paper_id in ids
        }
        for one in papers:
            if one.known:
                self._known(one)
                continue
            paper_id = _free(one.paper.id, taken)
            taken.add(paper_id.casefold())
            paper = belonging(msgspec.structs.replace(one.paper, id=paper_id))
            self._add(paper, one, revision.texts(paper))
            self.changes.append(f"new: {inline(paper.title).plain}")
            self.new += 1

    def data(self) -> bytes:
        """The file with all that was changed."""
        if not self.replaced and not self.added:
            return self.old_data
        text = self.written.head
        for place, (old, _) in enumerate(self.written.records):
            text += self.replaced.get(place, old)
        if not self.old_data:
            text = _HEAD.format(own=_OWN_PAPERS)
        first = self.written.records[0][0] if self.written.records else ""
        margin = first[: len(first) - len(first.lstrip(" "))]
        for added in self.added:
            text += ("" if text.endswith("\n") or not text else "\n") + "\n" + textwrap.indent(added, margin)
        if not _holds(text, len(self.written.records) + len(self.added)):
            raise ImportFailed(
                f"{self.file} is not a list of papers, one after another, each beginning with a dash",
                hint="rename it: the import then begins a file of its own",
            )
        mark = b"\xef\xbb\xbf" if self.old_data.startswith(b"\xef\xbb\xbf") else b""
        return mark + text.replace("\n", self.line_end).encode()

    def _known(self, one: Merged) -> None:
        own = self.content.own.get(one.known)
        if own is not None:
            one = self._joined(one, own)
        paper = msgspec.structs.replace(one.paper, id=one.known, profiles=())
        by_hand = self.content.by_hand.get(one.known)
        wanted = revision.texts(paper)
        if by_hand is not None:
            self._compare(by_hand, paper, one.sources)
            said = {key for key in wanted if _says(by_hand, key)}
            wanted = {
                key: text
                for key, text in wanted.items()
                if key in ("title", "id") or not said & {key, revision.DEPENDS.get(key, key)}
            }
        if one.known in self.places:
            self._change(paper, one, wanted)
        elif by_hand is not None:
            if len(wanted) > 2 and one.known not in self.ledger.papers:
                self._add(paper, one, wanted)
                self.changes.append(f"{one.known}: {', '.join(key for key in wanted if key not in ('title', 'id'))}")
                self.updated += 1
        elif one.known in self.ledger.papers:
            self.left_out.append(inline(paper.title).plain)

    def _joined(self, one: Merged, own: Paper) -> Merged:
        """What is said now with what other sources said before: these may be silent now, or were asked another time."""
        paper, sources = one.paper, dict(one.sources)
        said = self.ledger.papers.get(one.known, PaperEntry()).keys
        old = self.written.records[self.places[one.known]][1] or {}

        def stays(key: str) -> bool:
            """Whether somebody who counts more has said the value that is there."""
            return (
                key in said
                and key in old
                and said[key].digest == written.digest(old[key])
                and merge.rank(key, sources.get(key, "")) > merge.rank(key, said[key].source)
            )

        authors = merge.completed(paper.authors, own.authors)
        if paper.authors and stays("authors"):
            authors, sources["authors"] = merge.completed(own.authors, paper.authors), said["authors"].source
        if paper.date and stays("date") and revision.same("date", paper.date, own.date):
            before = said["date"].source
            if merge.is_preprints(before) == merge.is_preprints(sources["date"]):
                sources["date"] = before
        versions = {version.arxiv or version.doi or repr(version): version for version in own.versions}
        for version in paper.versions:
            name = version.arxiv or version.doi or repr(version)
            if name not in versions or not revision.same("date", versions[name].date, version.date):
                versions[name] = version
        paper = msgspec.structs.replace(
            paper,
            authors=authors,
            links=tuple({link.url: link for link in (*own.links, *paper.links)}.values()) if paper.links else (),
            versions=tuple(versions.values()) if paper.versions else (),
        )
        return msgspec.structs.replace(one, paper=paper, sources=sources)

    def _compare(self, by_hand: Paper, paper: Paper, sources: Mapping[str, str]) -> None:
        """Tell where a record of the person's own differs."""
        for key in revision.texts(paper):
            own, now = getattr(by_hand, key), getattr(paper, key)
            if key == "id" or not _says(by_hand, key) or revision.alike(key, own, now):
                continue
            file = by_hand.origin.file
            place = Place(file, by_hand.origin.line)
            if not file.lower().endswith(".bib"):
                place = schema.locate(library.content_of(self.site_folder, file) or b"", by_hand.origin, key)
            self.differences.add(place, _kept(key, own, now, sources.get(key, "")))

    def _add(self, paper: Paper, one: Merged, wanted: dict[str, str]) -> None:
        pieces = {key: Piece(text) for key, text in wanted.items()}
        self.added.append(written.put_together(pieces, indented=True))
        keys = {key: revision.saying(one.sources.get(key, ""), piece) for key, piece in pieces.items()}
        self.entries[paper.id] = PaperEntry(paper.title, one.records, keys)

    def _change(self, paper: Paper, one: Merged, wanted: dict[str, str]) -> None:
        place = self.places[one.known]
        old = self.written.records[place][1]
        if old is None:
            return
        entry = self.ledger.papers.get(one.known, PaperEntry())
        own = self.content.own[one.known]
        known = {key: getattr(own, key) == getattr(paper, key) for key in wanted if key in old}
        wanted = {
            # the same value may be written in other lines
            key: old[key].text if known.get(key) else text
            for key, text in wanted.items()
            if known.get(key, True) or not revision.same(key, getattr(own, key), getattr(paper, key))
        }
        sources = {**one.sources, "id": ""}
        revised = revision.revise(Paper, old, wanted, sources, entry.keys)
        for key, whose in revised.kept.items():
            what = _kept(key, getattr(own, key), getattr(paper, key), one.sources.get(key, ""), whose or "you")
            self.problems.add(schema.locate(self.old_data, own.origin, key), what)
        records = tuple(sorted({*entry.records, *one.records}))
        title = paper.title if "title" in revised.other else own.title
        self.entries[one.known] = PaperEntry(title, records, revised.said)
        if revised.other:
            self.replaced[place] = written.put_together(revised.pieces, indented=True)
            self.updated += 1
            said = [_told(key, getattr(own, key, None), getattr(paper, key, None)) for key in revised.other]
            self.changes.append(f"{one.known}: {', '.join(said)}")


class _Person:
    """What the content knows of the author, and what the sources say now.

    What files alone tell begins a file of the author's own; what services say is kept apart and up to date.
    """

    def __init__(
        self,
        site_folder: Path,
        author_id: str,
        said: Mapping[str, Said],
        changes: list[str],
        problems: Problems,
        differences: Problems,
    ) -> None:
        self.id = author_id
        self.said = dict(said)
        """Who said each key, for the ledger."""
        self.changes = changes
        self.problems = problems
        self.differences = differences
        self.own_file = library.author_file_of(site_folder, author_id)
        self.file = f"{AUTHORS}/{author_id}.yaml"
        self.own_data = library.content_of(site_folder, self.own_file)
        self.data = library.content_of(site_folder, self.file)
        self.own = _record(self.own_data, self.own_file)
        self.imported = _record(self.data, self.file)
        self.author = self.own or self.imported or Author(name="")
        self.files: dict[str, bytes] = {}
        """What is to be written."""

    def bring(self, told: Author, sources: Mapping[str, str]) -> None:
        apart = any(source in merge.SERVICES for source in sources.values())
        if self.own is not None and self.own_data is not None and told.name:
            self._compare(self.own, self.own_data, told, apart)
        if apart:
            self._keep_apart(told, sources)
        elif self.own_data is None and self.data is None and told.name:
            self.files[self.own_file] = library.dump(library.plain(told)).encode()
        elif self.own_data is None and self.data is None:
            self.problems.add(Place(self.own_file), "is missing", "write at least the line name: ... into it")
        self.author = self.author if self.author.name else told

    def _keep_apart(self, told: Author, sources: Mapping[str, str]) -> None:
        if self.data is None:
            pieces = {key: Piece(text) for key, text in revision.texts(told).items()}
            self.said = {key: revision.saying(sources.get(key, ""), piece) for key, piece in pieces.items()}
            text = _HEAD.format(own=_OWN_PERSON.format(file=self.own_file)) + written.put_together(
                pieces, indented=False
            )
            self.files[self.file] = text.encode()
            return
        taken = written.take_apart(self.data.decode("utf-8-sig").replace("\r\n", "\n"), indented=False)
        old = self.imported
        if old is None or not taken.records or taken.records[0][1] is None:
            raise ImportFailed(
                f"{self.file} cannot be brought up to date", hint="mend it, or delete it and import again"
            )
        now = _with_history(old, told)
        revised = revision.revise(Author, taken.records[0][1], revision.texts(now), sources, self.said)
        for key, whose in revised.kept.items():
            what = _kept(key, getattr(old, key), getattr(now, key), sources.get(key, ""), whose or "you")
            self.problems.add(schema.locate(self.data, old.origin, key), what)
        self.said = revised.said
        if revised.other:
            said = [_told(key, getattr(old, key), getattr(now, key)) for key in revised.other]
            self.changes.append(f"{self.id}: {', '.join(said)}")
        self.files[self.file] = (taken.head + written.put_together(revised.pieces, indented=False)).encode()

    def _compare(self, own: Author, data: bytes, told: Author, apart: bool) -> None:
        """Tell where the author's own file differs, and what it lacks that is not kept apart; figures one by one."""
        for field in msgspec.structs.fields(Author):
            key = field.encode_name
            kept, now = getattr(own, key), getattr(told, key)
            if key in ("id", "origin", "metrics") or library.is_default(now, field):
                continue
            if library.is_default(kept, field):
                if not apart:
                    what = f"has no {key}; the import has {library.shown(now)}"
                    self.differences.add(schema.locate(data, own.origin, key), what)
            elif not revision.alike(key, kept, now):
                self.differences.add(schema.locate(data, own.origin, key), _kept(key, kept, now))
        for key, metric in told.metrics.items():
            figure = own.metrics.get(key)
            if figure is not None and figure.value.replace(",", "") != metric.value.replace(",", ""):
                place = schema.locate(data, own.origin, "metrics", key)
                self.differences.add(place, _kept(key, figure.value, metric.value, metric.source))


def _kept(key: str, kept: object, now: object, source: str = "", whose: str = "") -> str:
    """What is said of a value that stays though an import has another one."""
    reason = f" as {'you changed it' if whose == 'you' else f'{whose} has it'}," if whose else " as"
    return f"{key} is kept{reason} {library.shown(kept)}; {source or 'the import'} has {library.shown(now)}"


def _with_history(old: Author, new: Author) -> Author:
    """The new facts, with the figures of earlier days: a figure that is the same keeps its day."""
    metrics: dict[str, Metric] = {}
    for key, metric in new.metrics.items():
        before = old.metrics.get(key)
        if before is not None and before.value == metric.value and before.source == metric.source:
            metric = before
        elif before is not None:
            day = {before.as_of.iso: before.value} if before.as_of else {}
            metric = msgspec.structs.replace(metric, history={**before.history, **day})
        metrics[key] = metric
    # lists are made of what all sources say, and one may not have answered
    links = {link.url: link for link in (*(Link(url=link.url) for link in old.links), *new.links)}
    aliases = dict.fromkeys((*old.aliases, *new.aliases))
    return msgspec.structs.replace(
        new,
        links=tuple(links.values()) if new.links else (),
        aliases=tuple(aliases) if new.aliases else (),
        metrics={**old.metrics, **metrics} if metrics else {},
        citations_by_year=_counted(old.citations_by_year, new.citations_by_year),
    )


def _counted(old: YearlyCitations, new: YearlyCitations) -> YearlyCitations:
    """The citations of each year with those of years that a service counts no more; what they were stays as history."""
    if not new.years:
        return new
    years = dict(sorted({**old.years, **new.years}.items()))
    if years == old.years and old.source:
        return old
    other = {year: count for year, count in old.years.items() if years[year] != count}
    day = {old.as_of.iso: other} if old.as_of and other else {}
    return msgspec.structs.replace(new, years=years, history={**old.history, **day})


def _record(data: bytes | None, file: str) -> Author | None:
    problems = Problems()
    node = nodes.compose(data, file, problems) if data else None
    return schema.Reader(file, problems, len(data or b"")).record(node, Author, index=0) if node is not None else None


def _says(paper: Paper, key: str) -> bool:
    field = next(field for field in msgspec.structs.fields(paper) if field.encode_name == key)
    return not library.is_default(getattr(paper, key), field)


def _told(key: str, old: Any, new: Any) -> str:
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


def _free(base: str, taken: set[str]) -> str:
    found, number = base, 1
    while found.casefold() in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _holds(text: str, count: int) -> bool:
    """Whether the text is a list of so many papers."""
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    return isinstance(root, yaml.SequenceNode) and len(root.value) == count
