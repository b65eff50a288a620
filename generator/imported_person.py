"""What sources say of a person, beside the person's own file: figures keep what they were on earlier days."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from generator import library, nodes, places, revision, same_papers, schema, written
from generator.errors import ImportFailed, Place, Problems
from generator.ledger import Said
from generator.model import Author, Link, Metric, YearlyCitations
from generator.written import Piece

FOLDER = "content/authors/imported"
_OWN = "{file} wins over it, key by key."


class ImportedPerson:
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
        self.file = f"{FOLDER}/{author_id}.yaml"
        self.own_data = library.content_of(site_folder, self.own_file)
        self.data = library.content_of(site_folder, self.file)
        self.own = _record(self.own_data, self.own_file, Problems())
        self.wrong = Problems()
        """What is wrong in the file of what was imported."""
        self.imported = _record(self.data, self.file, self.wrong)
        self.author = self.own or self.imported or Author(name="")
        self.files: dict[str, bytes] = {}
        """What is to be written."""

    def bring(self, told: Author, sources: Mapping[str, str]) -> None:
        apart = any(source in same_papers.SERVICES for source in sources.values())
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
            text = revision.HEAD.format(own=_OWN.format(file=self.own_file)) + written.put_together(
                pieces, indented=False
            )
            self.files[self.file] = text.encode()
            return
        old = self.imported
        # where something is wrong, there may be no way to take it apart
        text = "" if old is None else self.data.decode("utf-8-sig").replace("\r\n", "\n")
        taken = written.take_apart(text, indented=False)
        if old is None or not taken.records or taken.records[0][1] is None:
            raise ImportFailed(
                f"{self.file} cannot be brought up to date",
                self.wrong.sorted(),
                hint="mend it, or delete it and import again",
            )
        pieces = taken.records[0][1]
        # what is said of these adds to what is there, whoever counts more
        added = (key for key in ("aliases", "links") if revision.stays(key, pieces, self.said, sources))
        sources = {**sources, **{key: self.said[key].source for key in added}}
        now = _with_history(old, told)
        revised = revision.revise(Author, pieces, revision.texts(now), sources, self.said)
        for key, whose in revised.kept.items():
            mine, theirs = getattr(old, key), getattr(now, key)
            if revision.is_telling(key, mine, theirs):
                what = revision.kept(key, mine, theirs, sources.get(key, ""), whose or "you")
                self.problems.add(places.locate(self.data, old.origin, key), what)
        self.said = revised.said
        if revised.other:
            said = [revision.told(key, getattr(old, key), getattr(now, key)) for key in revised.other]
            self.changes.append(f"{self.id}: {', '.join(said)}")
        self.files[self.file] = (taken.head + written.put_together(revised.pieces, indented=False)).encode()

    def _compare(self, own: Author, data: bytes, told: Author, apart: bool) -> None:
        """Tell where the author's own file differs, and what it lacks that is not kept apart.

        Figures and parts of the CV are compared one by one.
        """
        for field in msgspec.structs.fields(Author):
            key = field.encode_name
            kept, now = getattr(own, key), getattr(told, key)
            if key in ("id", "origin", "metrics") or library.is_default(now, field):
                continue
            if library.is_default(kept, field):
                if not apart:
                    what = f"has no {key}; the import has {library.shown(now)}"
                    self.differences.add(places.locate(data, own.origin, key), what)
            elif not revision.alike(key, kept, now):
                self.differences.add(places.locate(data, own.origin, key), revision.kept(key, kept, now))
        for heading, entries in told.sections.items():
            if own.sections and heading not in own.sections:
                what = f"sections has no {heading!r}; the import has {library.shown(entries)}"
                self.differences.add(places.locate(data, own.origin, "sections"), what)
        for key, metric in told.metrics.items():
            figure = own.metrics.get(key)
            if figure is not None and figure.value.replace(",", "") != metric.value.replace(",", ""):
                place = places.locate(data, own.origin, "metrics", key)
                self.differences.add(place, revision.kept(key, figure.value, metric.value, metric.source))


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


def _record(data: bytes | None, file: str, problems: Problems) -> Author | None:
    node = nodes.compose(data, file, problems) if data else None
    return schema.Reader(file, problems, len(data or b"")).record(node, Author, index=0) if node is not None else None
