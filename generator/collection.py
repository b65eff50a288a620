"""Papers and figures of online services in ``content/``: merged, told apart from what a person wrote, kept up to date.

Papers go to ``content/papers/imported/<author-id>.yaml`` and what is said of the person to
``content/authors/imported/<author-id>.yaml``; records of the same id elsewhere in the content win over both, key by
key. A value is replaced only where it is still as an import wrote it (the ledger tells) and by a source that counts as
much as the one that said it. What a person has changed or taken out stays so.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from generator import attachments, ledger, library, merge, nodes, schema, unfinished, written
from generator.errors import ImportFailed, Place, Problem, Problems
from generator.formats import bibtex_reader
from generator.formats.profile import Profile
from generator.ledger import Ledger, PaperEntry, Said
from generator.merge import Decide, Known, Merged, Question, Together, Told
from generator.model import Author, Link, Metric, Paper, Record, YearlyCitations
from generator.names import Index, Person
from generator.text import slug
from generator.written import Piece

FOLDER = "content/papers/imported"
AUTHORS = "content/authors/imported"
_HEAD = (
    "# Written by `paperfolio import`, kept up to date by `paperfolio refresh`. What you change or delete stays so;\n"
    "# a paper with the same id in a file of your own, beside the folder imported/, wins over this one, key by key.\n"
)
_DEPENDS = {"et_al": "authors", "format": "abstract"}
"""Keys that go when the value they are about is replaced."""


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did or, without writing, would do. Files are paths relative to the site's folder."""

    author_id: str
    read: int
    """Records of all sources."""
    papers: int
    """Papers that they are about."""
    new: int
    updated: int
    left_out: int
    """Papers that a person has deleted here."""
    changes: tuple[str, ...]
    """What is new or other, a line each."""
    written: tuple[str, ...]
    problems: tuple[Problem, ...]
    """What was kept though the sources say something else, and what the sources could not tell."""
    questions: tuple[Question, ...]


class Refreshed(msgspec.Struct, frozen=True):
    """What asking again gave for one author: ``failures`` are the sources that did not answer, and why."""

    author_id: str
    collected: Collected | None
    failures: tuple[tuple[str, ImportFailed], ...] = ()


class _Content(msgspec.Struct, frozen=True):
    """The papers of the content by id: those of the author's imported file, a person's own, and others' imported."""

    own: dict[str, Paper]
    by_hand: dict[str, Paper]
    others: dict[str, Paper]


def collect(
    site_folder: Path,
    told: Sequence[Told],
    author_id: str | None = None,
    decide: Decide = lambda one, other: None,
    dry: bool = False,
) -> Collected:
    """Merge what the sources tell and bring it into the content; with ``dry`` only say what would be done.

    Raises ImportFailed, with nothing written, when nothing tells whose papers these are, when the sources tell of
    different people, or when a file that must be changed cannot be.
    """
    if not dry:
        unfinished.finish(site_folder)
    people = merge.together([Told(one.source, msgspec.structs.replace(one.profile, papers=())) for one in told])
    names = Profile(people.author, tuple(paper for one in told for paper in one.profile.papers))
    author_id = library.checked_id(author_id or library.id_of(names, site_folder))
    papers_file, ledger_file = f"{FOLDER}/{author_id}.yaml", f"{FOLDER}/{author_id}{ledger.ENDING}"
    problems = Problems()
    old_ledger = ledger.read(library.content_of(site_folder, ledger_file), ledger_file)
    old_data = library.content_of(site_folder, papers_file)
    content = _content(site_folder, papers_file, old_data, problems)
    everything = merge.together(told, _known(content, old_ledger), decide)
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
    changes: list[str] = []
    author, author_files, author_keys = _author(
        site_folder, author_id, profile, everything, old_ledger, changes, problems
    )
    update = _Update(papers_file, old_data, content, old_ledger, changes, problems)
    matching = Index([Person(author_id, author.name, author.aliases, author.orcid)] if author.name else [])
    update.papers(settled, lambda paper: library.belonging(paper, matching, author_id))
    sources = [*old_ledger.sources, *(one.source for one in told if merge.kind(one.source) in merge.SERVICES)]
    new_ledger = Ledger(
        sources=tuple(dict.fromkeys(sources)),
        author=author_keys,
        papers={**old_ledger.papers, **update.entries},
    )
    for other in profile.others:
        other_file = library.author_file_of(site_folder, slug(other.name, fallback="author"))
        if library.content_of(site_folder, other_file) is None:
            author_files.setdefault(other_file, library.dump(library.plain(other)).encode())
    files = {**author_files, papers_file: update.data(), ledger_file: ledger.write(new_ledger)}
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
        new=update.new,
        updated=update.updated,
        left_out=update.left_out,
        changes=tuple(changes),
        written=(*files, *copies),
        problems=(*everything.problems, *problems.found),
        questions=everything.questions,
    )


def add(
    site_folder: Path, one: Told, author_id: str | None = None, decide: Decide = lambda one, other: None
) -> tuple[library.Added, tuple[str, ...], tuple[Question, ...]]:
    """Add what one file tells to the content; returns what was added, what was filled in, a line a paper, and doubts.

    Papers that the content has already are recognised, under whatever id. Those in the author's imported file get the
    keys that they lack, unless a person has taken these out; nothing that is there is replaced.

    Raises ImportFailed as ``library.add`` does.
    """
    unfinished.finish(site_folder)
    content = _content(site_folder, "", None, Problems())
    found = merge.together([one], _known(content, Ledger()), decide)
    ids = {merged.paper.id: merged.known for merged in found.papers if merged.known}
    papers = tuple(
        msgspec.structs.replace(paper, id=ids[paper.id]) if paper.id in ids else paper for paper in one.profile.papers
    )
    profile = msgspec.structs.replace(one.profile, papers=papers)
    author_id = library.checked_id(author_id or library.id_of(profile, site_folder))
    settled = attachments.settle(profile, site_folder, Problems())
    by_id = {paper.id: paper for paper in settled.papers}
    merged = [
        msgspec.structs.replace(each, paper=by_id[paper_id], known=paper_id)
        for each in found.papers
        if (paper_id := each.known or each.paper.id) in by_id
    ]
    changes, filled = _fill(site_folder, author_id, merged)
    added = library.add(site_folder, profile, author_id)
    # once more, for who said what of the papers that are new
    _, noted = _fill(site_folder, author_id, merged)
    files = tuple(dict.fromkeys((*added.written, *filled, *noted)))
    unchanged = tuple(file for file in added.unchanged if file not in files)
    return msgspec.structs.replace(added, written=files, unchanged=unchanged), changes, found.questions


def _fill(site_folder: Path, author_id: str, papers: Iterable[Merged]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Put what the papers of the author's imported file lack into it, and into the ledger who said what.

    Returns a line for each paper that was changed, and the files that were written.
    """
    papers_file, ledger_file = f"{FOLDER}/{author_id}.yaml", f"{FOLDER}/{author_id}{ledger.ENDING}"
    old_ledger = ledger.read(library.content_of(site_folder, ledger_file), ledger_file)
    data = library.content_of(site_folder, papers_file)
    changes: list[str] = []
    update = _Update(
        papers_file, data, _content(site_folder, papers_file, data, Problems()), old_ledger, changes, Problems()
    )
    update.fill(papers)
    if not update.entries:
        return (), ()
    new_ledger = msgspec.structs.replace(old_ledger, papers={**old_ledger.papers, **update.entries})
    files = {papers_file: update.data(), ledger_file: ledger.write(new_ledger)}
    files = {file: text for file, text in files.items() if text != library.content_of(site_folder, file)}
    for file in files:
        library.refuse_links(site_folder, file)
    unfinished.write(site_folder, files)
    return tuple(changes), tuple(files)


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


class _Update:
    """The papers of one imported file, and what the sources say now."""

    def __init__(
        self,
        file: str,
        data: bytes | None,
        content: _Content,
        old: Ledger,
        changes: list[str],
        problems: Problems,
    ) -> None:
        self.file = file
        self.old_data = data or b""
        self.content = content
        self.ledger = old
        self.changes = changes
        self.problems = problems
        text = self.old_data.decode("utf-8-sig")
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self.written = written.take_apart(text.replace("\r\n", "\n"), indented=True)
        self.places = {paper_id: paper.origin.index for paper_id, paper in content.own.items()}
        self.replaced: dict[int, str] = {}
        self.added: list[str] = []
        self.entries: dict[str, PaperEntry] = {}
        self.new = self.updated = self.left_out = 0

    def papers(self, papers: Iterable[Merged], belonging: Callable[[Paper], Paper]) -> None:
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
            self._add(paper, one, _texts(paper))
            self.changes.append(f"new: {paper.title}")
            self.new += 1

    def fill(self, papers: Iterable[Merged]) -> None:
        """Give the papers of the file the keys that neither they nor a record written by hand have."""
        for one in papers:
            place = self.places.get(one.known)
            old = None if place is None else self.written.records[place][1]
            if old is None:
                continue
            paper = msgspec.structs.replace(one.paper, id=one.known, profiles=())
            own, by_hand = self.content.own[one.known], self.content.by_hand.get(one.known)
            wanted = {
                key: text
                for key, text in _texts(paper).items()
                if (
                    library.same(key, getattr(own, key), getattr(paper, key))
                    if key in old
                    else _DEPENDS.get(key) not in old
                )
                and not (by_hand is not None and _says(by_hand, key))
            }
            self._change(paper, one, wanted)

    def data(self) -> bytes:
        """The file with all that was changed."""
        if not self.replaced and not self.added:
            return self.old_data
        text = self.written.head
        for place, (old, _) in enumerate(self.written.records):
            text += self.replaced.get(place, old)
        if not self.old_data:
            text = _HEAD
        for added in self.added:
            text += ("" if text.endswith("\n") or not text else "\n") + "\n" + added
        if not _holds(text, len(self.written.records) + len(self.added)):
            raise ImportFailed(
                f"{self.file} is not a list of papers, one after another, each beginning with a dash",
                hint="rename it: the import then begins a file of its own",
            )
        mark = b"\xef\xbb\xbf" if self.old_data.startswith(b"\xef\xbb\xbf") else b""
        return mark + text.replace("\n", self.line_end).encode()

    def _known(self, one: Merged) -> None:
        paper = msgspec.structs.replace(one.paper, id=one.known, profiles=())
        own = self.content.own.get(one.known)
        if own is not None:
            # lists are made of what all sources say, and one may not have answered
            paper = msgspec.structs.replace(
                paper,
                links=tuple({link.url: link for link in (*own.links, *paper.links)}.values()) if paper.links else (),
                versions=tuple(dict.fromkeys((*own.versions, *paper.versions))) if paper.versions else (),
            )
        by_hand = self.content.by_hand.get(one.known)
        wanted = _texts(paper)
        if by_hand is not None:
            wanted = {key: text for key, text in wanted.items() if key in ("title", "id") or not _says(by_hand, key)}
        if one.known in self.places:
            self._change(paper, one, wanted)
        elif by_hand is not None:
            if len(wanted) > 2 and one.known not in self.ledger.papers:
                self._add(paper, one, wanted)
                self.changes.append(f"{one.known}: {', '.join(key for key in wanted if key not in ('title', 'id'))}")
                self.updated += 1
        elif one.known in self.ledger.papers:
            self.left_out += 1

    def _add(self, paper: Paper, one: Merged, wanted: dict[str, str]) -> None:
        pieces = {key: Piece(text) for key, text in wanted.items()}
        self.added.append(written.put_together(pieces, indented=True))
        keys = {key: _said(one.sources.get(key, ""), piece) for key, piece in pieces.items()}
        self.entries[paper.id] = PaperEntry(one.records, keys)

    def _change(self, paper: Paper, one: Merged, wanted: dict[str, str]) -> None:
        place = self.places[one.known]
        old = self.written.records[place][1]
        if old is None:
            return
        entry = self.ledger.papers.get(one.known, PaperEntry())
        own = self.content.own[one.known]
        # the same value may be written in other lines
        wanted = {
            key: old[key].text if key in old and library.same(key, getattr(own, key), getattr(paper, key)) else text
            for key, text in wanted.items()
        }
        sources = {**one.sources, "id": "", "title": one.sources.get("title", "")}
        pieces, keys, other, kept = _changed(Paper, old, wanted, sources, entry.keys)
        for key in kept:
            self.problems.add(
                schema.locate(self.old_data, own.origin, key),
                f"{key} is kept as you changed it, {library.shown(getattr(own, key))}; "
                f"{one.sources.get(key, 'the import')} has {library.shown(getattr(paper, key))}",
            )
        self.entries[one.known] = PaperEntry(tuple(sorted({*entry.records, *one.records})), keys)
        if other:
            self.replaced[place] = written.put_together(pieces, indented=True)
            self.updated += 1
            said = [_told(key, getattr(own, key, None), getattr(paper, key, None)) for key in other]
            self.changes.append(f"{one.known}: {', '.join(said)}")


def _changed(
    kind: type[Record],
    old: dict[str, Piece],
    wanted: dict[str, str],
    sources: dict[str, str],
    said: dict[str, Said],
) -> tuple[dict[str, Piece], dict[str, Said], list[str], list[str]]:
    """The pieces of a record after an import, who said them, the keys that are other now, and those kept by hand."""
    pieces, keys = dict(old), dict(said)
    other: list[str] = []
    kept: list[str] = []
    for key, text in wanted.items():
        source = sources.get(key, "")
        before = said.get(key)
        if key not in old:
            if before is not None:
                continue  # a person has taken it out
            pieces[key] = Piece(text)
        elif old[key].text == text:
            if before is None or before.digest != written.digest(old[key]):
                keys[key] = _said(source, old[key])
            continue
        elif before is None or merge.rank(key, source) > merge.rank(key, before.source):
            continue
        elif written.digest(old[key]) != before.digest:
            kept.append(key)
            continue
        else:
            pieces[key] = Piece(text, old[key].after)
        keys[key] = _said(source, pieces[key])
        other.append(key)
    for key, about in _DEPENDS.items():
        before = keys.get(key)
        if about in other and key in old and key not in wanted and before and written.digest(old[key]) == before.digest:
            del pieces[key], keys[key]
    order = [field.encode_name for field in msgspec.structs.fields(kind)]
    result = {key: piece for key, piece in pieces.items() if key in old}
    for key in (key for key in pieces if key not in old):
        names = list(result)
        place = max(
            (number + 1 for number, name in enumerate(names) if _stands(order, name) < _stands(order, key)), default=0
        )
        result = dict([*list(result.items())[:place], (key, pieces[key]), *list(result.items())[place:]])
    return result, keys, other, kept


def _author(
    site_folder: Path,
    author_id: str,
    profile: Profile,
    everything: Together,
    old_ledger: Ledger,
    changes: list[str],
    problems: Problems,
) -> tuple[Author, dict[str, bytes], dict[str, Said]]:
    """The author as the content knows him, the files to write about him, and who said what."""
    own_file = library.author_file_of(site_folder, author_id)
    own_data = library.content_of(site_folder, own_file)
    file = f"{AUTHORS}/{author_id}.yaml"
    data = library.content_of(site_folder, file)
    known = _record(own_data, own_file) or _record(data, file)
    if not everything.author_sources:
        if own_data is None and data is None and profile.author.name:
            return profile.author, {own_file: library.dump(library.plain(profile.author)).encode()}, {}
        if own_data is None and data is None:
            problems.add(Place(own_file), "is missing", "write at least the line name: ... into it")
        return known or profile.author, {}, old_ledger.author
    if data is None:
        pieces = {key: Piece(text) for key, text in _texts(profile.author).items()}
        keys = {key: _said(everything.author_sources.get(key, ""), piece) for key, piece in pieces.items()}
        text = _HEAD.replace("a paper with the same id in a file of your own, beside the folder imported/,", own_file)
        return known or profile.author, {file: (text + written.put_together(pieces, indented=False)).encode()}, keys
    old = _record(data, file)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    taken = written.take_apart(text, indented=False)
    if old is None or not taken.records or taken.records[0][1] is None:
        raise ImportFailed(f"{file} cannot be brought up to date", hint="mend it, or delete it and import again")
    now = _with_history(old, profile.author)
    pieces, keys, other, kept = _changed(
        Author, taken.records[0][1], _texts(now), everything.author_sources, old_ledger.author
    )
    for key in kept:
        problems.add(Place(file), f"{key} is kept as you changed it; the import has another")
    if other:
        changes.append(f"{author_id}: {', '.join(_told(key, getattr(old, key), getattr(now, key)) for key in other)}")
    return known or now, {file: (taken.head + written.put_together(pieces, indented=False)).encode()}, keys


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
    kept = {key: metric for key, metric in old.metrics.items() if key not in metrics}
    # lists are made of what all sources say, and one may not have answered
    links = {link.url: link for link in (*(Link(url=link.url) for link in old.links), *new.links)}
    aliases = dict.fromkeys((*old.aliases, *new.aliases))
    return msgspec.structs.replace(
        new,
        links=tuple(links.values()) if new.links else (),
        aliases=tuple(aliases) if new.aliases else (),
        metrics=dict(sorted({**metrics, **kept}.items())) if metrics else {},
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


def _content(site_folder: Path, papers_file: str, data: bytes | None, problems: Problems) -> _Content:
    content = _Content({}, {}, {})
    content.own.update(library.present(data or b"", papers_file))
    for path in library.paper_files(site_folder / "content" / "papers"):
        file = path.relative_to(site_folder).as_posix()
        if file == papers_file:
            continue
        found = content.others if file.startswith(f"{FOLDER}/") else content.by_hand
        for paper in _papers(library.content_of(site_folder, file) or b"", file, problems):
            found.setdefault(paper.id, paper)
    return content


def _papers(data: bytes, file: str, problems: Problems) -> Iterator[Paper]:
    """The papers of a file as far as they can be read; what is wrong in it, the next build says."""
    if file.lower().endswith(".bib"):
        text = nodes.decode(data, file, problems) or ""
        for paper in bibtex_reader.papers(text, file, Problems(), Problems(), own_bibtex=False):
            yield msgspec.structs.replace(paper, id=paper.id or library.default_id(paper.title))
        return
    node = nodes.compose(data, file, problems) if data else None
    reader = schema.Reader(file, Problems(), len(data))
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if not isinstance(item, yaml.MappingNode):
            continue
        found = reader.record(item, Paper)
        if found is None:
            said = {key.value: value.value for key, value in item.value if isinstance(value, yaml.ScalarNode)}
            if not said.get("title"):
                continue
            found = Paper(title=said["title"], id=said.get("id", ""))
        yield msgspec.structs.replace(found, id=found.id or library.default_id(found.title))


def _known(content: _Content, old: Ledger) -> Iterator[Known]:
    """The papers of the content, each once, and those that a person has deleted from what was imported."""
    papers = {**content.others, **content.own, **content.by_hand}
    for paper_id in {**papers, **old.papers}:
        paper = papers.get(paper_id) or Paper(title=f"\ue000 {paper_id}", id=paper_id)
        beneath = content.own.get(paper_id)
        if beneath is not None:
            paper = msgspec.structs.replace(
                paper, doi=paper.doi or beneath.doi, arxiv=paper.arxiv or beneath.arxiv, date=paper.date or beneath.date
            )
        yield Known(paper, frozenset(old.papers.get(paper_id, PaperEntry()).records))


def _said(source: str, piece: Piece) -> Said:
    """Who said what was written; of a file the name alone, since where it lies is nobody's business."""
    return Said(Path(source).name, written.digest(piece))


def _texts(record: Paper | Author) -> dict[str, str]:
    """Each key of a record as YAML."""
    return {key: library.dump({key: value}) for key, value in library.plain(record).items()}


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


def _stands(order: list[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


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
