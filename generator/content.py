"""The folder ``content/`` to a Site: read every file, lay a person's records over imported ones, relate them.

All problems of all files are collected; nothing is raised for bad content.
"""

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from generator import ledger, nodes, relations, schema, site_folder
from generator.content_files import ContentFile, ContentFiles, is_litter, printable
from generator.credentials import credentials
from generator.digests import Digests, digest
from generator.errors import Place, Problems, suggestion
from generator.listing import Listing
from generator.loaded import Loaded
from generator.model import Author, File, FreePage, Origin, Paper, Record, Site, SiteConfig
from generator.readings import Readings, items
from generator.scalars import Wrong, composed, is_portable_name, is_readable, read_id, readable
from generator.shapes import fields_of
from generator.swallowed import swallowed

RecordType = TypeVar("RecordType", bound=Record)
Described = TypeVar("Described", Author, Paper)

_AUTHORS_IMPORTED = "content/authors/imported/"
_PAPERS_IMPORTED = "content/papers/imported/"
_FILES = "content/files"

_TELLING = frozenset(("id", "title", "authors", "profiles", "name", "aliases", "orcid"))
"""Keys without which much that is said of a record and of others would not be so."""
_TOP = ("site.yaml", "authors", "papers", "pages", "files")
_UNPORTABLE = r'[<>:"|?*\\\x00-\x1f\x7f]'
_PUBLISHED_DOT_NAMES = (".well-known", ".htaccess")
_HEAD = r"(?s)---[ \t]*\n((?:.*?\n)??)(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
GITHUB_FILE_LIMIT = 100 * 1024 * 1024


def load(
    folder: Path,
    drafts: bool = False,
    readings: Readings | None = None,
    digests: Digests | None = None,
    listing: Listing | None = None,
    jobs: int = 1,
) -> Loaded:
    """Read ``folder/content/``: shapes first, then references between the records.

    ``readings`` are papers and authors that were read before; their texts are not parsed again. ``digests`` knows of
    files what they hold without reading them, ``listing`` what there is in folders. ``jobs`` processes read what is
    much.
    """
    nothing = Site(config=SiteConfig(), authors=(), papers=(), pages=(), files=())
    loaded = Loaded(nothing, Problems(), Problems(), folder, readings or Readings())
    loaded.readings.begin()
    content = folder / "content"
    if not content.is_dir():
        loaded.problems.add(Place("content"), site_folder.NO_CONTENT, site_folder.hint(folder))
        return loaded
    reading = _Reading(loaded, digests or Digests(), listing or Listing(), jobs)
    config = reading.config()
    authors = _laid_over(tuple(reading.authors()), _AUTHORS_IMPORTED)
    papers = _laid_over(tuple(reading.papers()), _PAPERS_IMPORTED)
    papers = tuple(paper for paper in papers if drafts or not paper.draft)
    pages = tuple(page for page in reading.pages() if drafts or not page.draft)
    files = tuple(reading.files())
    faulty = [problem.place.file for problem in loaded.problems.found if problem.place.file.startswith(_FILES)]
    loaded.unread.update(f"{file.removeprefix(_FILES)}/" for file in faulty)
    reading.others()
    loaded.site = relations.resolve(
        Site(config=config, authors=authors, papers=papers, pages=pages, files=files), loaded
    )
    return loaded


def _laid_over(records: tuple[Described, ...], folder: str) -> tuple[Described, ...]:
    """The records, those that were imported into ``folder`` below those of the same id that a person wrote.

    The person's word counts key by key; what it does not say is taken from the import, figures and ``extra`` one by
    one.
    """
    imported = {record.origin.file for record in records if record.origin.file.startswith(folder)}
    if not imported:
        return records
    named = [relations.named(record) if isinstance(record, Paper) else record for record in records]
    beneath = {record.id: record for record in named if record.origin.file in imported}
    by_hand = {record.id for record in named if record.origin.file not in imported}
    return tuple(
        _over(record, beneath[record.id]) if record.origin.file not in imported and record.id in beneath else record
        for record in named
        if record.origin.file not in imported or record.id not in by_hand
    )


def _over(record: Described, beneath: Described) -> Described:
    taken = {}
    for key, described in fields_of(type(record)).items():
        value, other = getattr(record, key), getattr(beneath, key)
        if isinstance(value, dict):
            taken[key] = {**other, **value}
        elif value == described.default and other != described.default:
            taken[key] = other
    return msgspec.structs.replace(record, **taken)


def _page_path(file: ContentFile) -> str:
    """Where a page lies in the site, without slashes around it."""
    parts = os.path.splitext(file.name)[0].split("/")
    return "/".join(parts[:-1] if parts[-1] == "index" else parts)


def _doubts(data: bytes, shown: str, warnings: Problems, first_line: int = 1) -> bool:
    """Whether there are doubts about the text of YAML that can be read. They are told."""
    before = len(warnings.found)
    swallowed(data, shown, warnings, first_line)
    credentials(data, shown, warnings, first_line)
    return len(warnings.found) > before


class _Reading:
    """Finds and reads the files of one site."""

    def __init__(self, loaded: Loaded, digests: Digests, listing: Listing, jobs: int = 1) -> None:
        self.loaded = loaded
        self._jobs = jobs
        self._digests, self._listing = digests, listing
        self._files = ContentFiles(loaded.folder, loaded.problems, digests, listing)

    def config(self) -> SiteConfig:
        content = self.loaded.folder / "content"
        if not os.path.lexists(content / "site.yaml"):
            if os.path.lexists(content / "site.yml"):
                self.loaded.problems.add(Place("content/site.yml"), "is not read", "rename it to site.yaml")
            return SiteConfig()
        file = self._files.at("content/site.yaml")
        if not file:
            return SiteConfig()
        records = list(self._records(self._files.read(file), file.shown, SiteConfig, empty_is_fine=True))
        return records[0] if records else SiteConfig()

    def authors(self) -> Iterator[Author]:
        files = [file for file in self._files.walk("content/authors") if self._is_yaml(file, "authors")]
        told = any(problem.place.file.startswith("content/authors") for problem in self.loaded.problems.found)
        if not files and not told:
            self.loaded.problems.add(
                Place("content/authors"),
                "there is no author: no file content/authors/<id>.yaml",
                "write at least a line like name: Ada Lovelace, into a file like content/authors/ada.yaml",
            )
        for file in files:
            try:
                author_id = read_id(os.path.splitext(file.name)[0].rpartition("/")[2])
            except Wrong as wrong:
                self.loaded.problems.add(
                    Place(file.shown), f"the file's name {wrong.what}", f"rename the file; {wrong.hint}"
                )
                continue
            author = self._author(file, author_id)
            if author is not None:
                yield author

    def _author(self, file: ContentFile, author_id: str) -> Author | None:
        readings = self.loaded.readings
        known = readings.author(self._files.digest(file), author_id, file.shown)
        if known is not None:
            self.loaded.unopened.add(file.path)
            return known
        before = self._said()
        data = self._files.read(file)
        author = next(self._records(data, file.shown, Author), None)
        if data is not None and author is not None and before == self._said():
            key = self._digests.of_read(data)
            readings.keep_author(key, author)
            return readings.author(key, author_id, file.shown)
        return author and msgspec.structs.replace(author, id=author_id, origin=Origin(file.shown, 1, 1))

    def _said(self) -> tuple[int, int]:
        """How much there is to be said so far."""
        return len(self.loaded.problems.found), len(self.loaded.warnings.found)

    def papers(self) -> Iterator[Paper]:
        files = list(self._files.walk("content/papers"))
        if self._jobs > 1:
            readings = self.loaded.readings
            new = [file for file in files if not readings.knows(self._files.digest(file), file.shown)]
            # what is read without a problem will be known; all else is read when it is its turn
            readings.fill(self._alone._papers, [file for file in new if file.suffix in (".yaml", ".yml")], self._jobs)
        for file in files:
            known = self.loaded.readings.find(self._files.digest(file), file.shown)
            if known is not None:
                self.loaded.unopened.add(file.path)
                yield from known
            elif file.suffix == ".bib":
                yield from self._bibliography(file)
            elif self._is_yaml(file, "papers"):
                yield from self._papers(file)

    def _papers(self, file: ContentFile) -> tuple[Paper, ...]:
        """The papers of a YAML file: item by item where several stand in a list, else the file is read as a whole."""
        readings = self.loaded.readings
        data = self._files.read(file)
        if data is None:
            return ()
        found: list[Paper] = []
        listed = [(text, digest(text), file.shown, line, index) for index, (line, text) in enumerate(items(data))]
        new = [item for item in listed if not readings.knows(*item[1:3])]
        readings.fill(lambda item: self._alone._item(*item), new, self._jobs)
        said = dict(self.loaded.warnings.found)
        for item in listed:
            papers = readings.find(*item[1:])
            if papers is None:
                papers = self._item(*item)
            if papers is None:
                found.clear()
                self.loaded.warnings.found = said  # the file as a whole may tell otherwise
                break
            found += papers
        if found:
            return tuple(found)
        before = self._said()
        whole = tuple(self._records(data, file.shown, Paper, many=True))
        if before == self._said():
            readings.keep(self._digests.of_read(data), whole, file.shown)
        return whole

    def _item(self, text: bytes, key: bytes, shown: str, line: int, index: int) -> tuple[Paper, ...] | None:
        """The paper of one item of a list; None when there is anything to say of it."""
        problems = Problems()
        root = nodes.compose(text, shown, problems, first_line=line)
        if not isinstance(root, yaml.SequenceNode) or len(root.value) != 1:
            return None
        paper = schema.Reader(shown, problems, len(text), first_line=line).record(root.value[0], Paper, index=index)
        if paper is None or problems:
            return None
        if not _doubts(text, shown, self.loaded.warnings, line):  # they are told in every build
            self.loaded.readings.keep(key, (paper,), shown, line, index)
        return (paper,)

    @cached_property
    def _alone(self) -> "_Reading":
        """Reads the same for the same readings, without forks of its own, and nobody hears of any problem."""
        loaded = msgspec.structs.replace(self.loaded, problems=Problems(), warnings=Problems(), unopened=set())
        return _Reading(loaded, self._digests, self._listing)

    def _bibliography(self, file: ContentFile) -> tuple[Paper, ...]:
        problems, warnings = Problems(), Problems()
        data = self._files.read(file)
        text = None if data is None else nodes.decode(data, file.shown, problems)
        papers: tuple[Paper, ...] = ()
        if text is not None and data is not None:
            from generator.formats import bibtex_reader

            papers = tuple(bibtex_reader.papers(text, file.shown, problems, warnings, own_bibtex=True))
            if not papers and not problems and not warnings:
                warnings.add(Place(file.shown), "holds no entry of BibTeX", "an entry begins like @article{key,")
            credentials(data, file.shown, warnings)
            if not problems and not warnings:
                self.loaded.readings.keep(self._digests.of_read(data), papers, file.shown)
        self.loaded.problems.extend(problems.found)
        self.loaded.warnings.extend(warnings.found)
        return papers

    def pages(self) -> Iterator[FreePage]:
        for file in self._files.walk("content/pages"):
            if file.suffix not in (".md", ".markdown"):
                self.loaded.warnings.add(Place(file.shown), "is not read: pages are .md files")
                continue
            page = self._page(file)
            if page is not None:
                yield page
            else:
                self.loaded.unread.add(f"/{_page_path(file)}/")

    def files(self) -> Iterator[File]:
        for file in self._files.walk("content/files", dot_names=_PUBLISHED_DOT_NAMES):
            found = re.search(_UNPORTABLE, file.name)
            if found:
                self.loaded.problems.add(
                    Place(file.shown),
                    f"has {found[0]!r} in its name, which GitHub Pages and Windows refuse",
                    "rename the file",
                )
                continue
            part = next((part for part in file.name.split("/") if not is_portable_name(part)), "")
            if part:
                self.loaded.problems.add(Place(file.shown), f"{part!r} is no name for a file on Windows", "rename it")
                continue
            if not os.access(file.path, os.R_OK):
                self.loaded.problems.add(Place(file.shown), "cannot be read", "give yourself the right to read it")
                continue
            size = file.status.st_size
            if size > GITHUB_FILE_LIMIT:
                self.loaded.warnings.add(
                    Place(file.shown),
                    "is larger than 100 MB: GitHub refuses such files",
                    "put it elsewhere and link to it",
                )
            # macOS stores accents apart from their letters; who names the file in a text writes them as one
            yield File(composed(file.name), file.path, size)

    def others(self) -> None:
        """Warn of what lies in ``content/`` itself and is read by nobody, like a folder of a misspelled name."""
        try:
            names = sorted(os.listdir(self.loaded.folder / "content"))
        except OSError as error:
            self.loaded.problems.add(Place("content"), f"cannot be read: {error.strerror}")
            return
        for name in names:
            told = name == "site.yml" and "site.yaml" not in names
            if name in _TOP or told or is_litter(name) or name.lower().startswith("readme"):
                continue
            otherwise = f"content/ holds {', '.join(_TOP)}; what is copied as it is stands in files/"
            hint = suggestion(name.partition(".")[0], _TOP, otherwise, cutoff=0.75)
            self.loaded.warnings.add(Place(f"content/{printable(name)}"), "is not read", hint)

    def _page(self, file: ContentFile) -> FreePage | None:
        shown = file.shown
        data = self._files.read(file)
        text = None if data is None else nodes.decode(data, shown, self.loaded.problems)
        if text is None or data is None:
            return None
        for part in os.path.splitext(file.name)[0].split("/"):
            try:
                read_id(part)
            except Wrong as wrong:
                self.loaded.problems.add(Place(shown), f"the name {wrong.what}", f"rename it; {wrong.hint}")
                return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        head = re.match(_HEAD, text)
        if not head and text.startswith("---\n"):
            self.loaded.problems.add(
                Place(shown, 1, 1), "the head of the page does not end", "write a line --- below the keys"
            )
            return None
        if not head:
            self.loaded.problems.add(
                Place(shown, 1, 1), "the page has no 'title'", "begin the file with three lines: ---, title: ..., ---"
            )
            return None
        problems = self.loaded.problems
        before = len(problems.found)
        keys = head[1].encode()
        root = nodes.compose(keys, shown, problems, first_line=2)
        if root is None:
            if len(problems.found) == before:
                problems.add(
                    Place(shown, 1, 1), "the page has no 'title'", "write title: ... between the two lines ---"
                )
            return None
        swallowed(keys, shown, self.loaded.warnings, first_line=2)
        credentials(data, shown, self.loaded.warnings)
        reader = schema.Reader(shown, problems, len(head[1]), first_line=2, telling=_TELLING)
        page = reader.record(root, FreePage, index=0)
        body = text[head.end() :]
        first = text.count("\n", 0, head.end()) + 1
        for number, line in enumerate(body.split("\n"), first):
            try:
                readable(line)
            except Wrong as wrong:
                column = next((at for at, sign in enumerate(line, 1) if not is_readable(sign)), 0)
                problems.add(Place(shown, number, column), f"the text {wrong.what}", wrong.hint)
        if page is None:
            return None
        from generator.text.foreign_markdown import foreign

        for found in foreign(body):
            self.loaded.warnings.add(Place(shown, first + found.line), found.what, found.hint)
        return msgspec.structs.replace(page, body=composed(body), path=_page_path(file))

    def _records(
        self, data: bytes | None, shown: str, kind: type[RecordType], many: bool = False, empty_is_fine: bool = False
    ) -> Iterator[RecordType]:
        if data is None:
            return
        problems = self.loaded.problems
        before = len(problems.found)
        root = nodes.compose(data, shown, problems)
        if root is None:
            if len(problems.found) == before and not empty_is_fine:
                problems.add(
                    Place(shown, 1), f"holds nothing: {schema.noun(kind)} is missing", "write it or delete the file"
                )
            return
        _doubts(data, shown, self.loaded.warnings)
        reader = schema.Reader(shown, problems, len(data), telling=_TELLING)
        if many:
            yield from reader.records(root, kind)
            return
        record = reader.record(root, kind, index=0)
        if record is not None:
            yield record

    def _is_yaml(self, file: ContentFile, folder: str) -> bool:
        if file.name.endswith(ledger.ENDING):
            return False
        if file.suffix in (".yaml", ".yml"):
            return True
        others = " and .bib" if folder == "papers" else ""
        self.loaded.warnings.add(
            Place(file.shown),
            f"is not read: content/{folder}/ holds .yaml{others} files",
            "see: paperfolio import",
        )
        return False
