"""The folder ``content/`` to a Site: find the files, read them, resolve what refers to what.

All problems of all files are collected; nothing is raised for bad content.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from generator import ledger, names, nodes, schema
from generator.categories import AmbiguousCategory, table, unify
from generator.errors import Place, Problems
from generator.formats import bibtex
from generator.kept import FEW, Kept
from generator.model import Author, File, FreePage, Origin, Paper, Record, Site, SiteConfig
from generator.names import Index, Person
from generator.readings import Readings, items
from generator.scalars import Wrong, is_portable_name, read_id

RecordType = TypeVar("RecordType", bound=Record)
Described = TypeVar("Described", Author, Paper)

AUTHORS_IMPORTED = "content/authors/imported/"
PAPERS_IMPORTED = "content/papers/imported/"

_TOP = ("site.yaml", "authors", "papers", "pages", "files")
_LITTER = re.compile(r"(?:\.|#).*|.*(?:~|\.swp|\.tmp|\.bak|\.orig)\Z|4913\Z|Thumbs\.db\Z|desktop\.ini\Z", re.IGNORECASE)
_SEVERAL_PEOPLE = re.compile(r"\S+\s.*\S(?:;| and) +\S+\s+\S")
_CUT_ARXIV = re.compile(r"\d{4}\.\d{1,3}(?!\d)")
_UNPORTABLE = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_PUBLISHED_DOT_NAMES = (".well-known",)
_HEAD = re.compile(r"---[ \t]*\n((?:.*?\n)??)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
GITHUB_FILE_LIMIT = 100 * 1024 * 1024


@dataclass
class Loaded:
    """What reading gave: the site as far as it could be read, and what is wrong or doubtful in it."""

    site: Site
    problems: Problems
    warnings: Problems
    folder: Path
    readings: Readings = field(default_factory=Readings)
    _texts: dict[str, bytes] = field(default_factory=dict)

    def place(self, origin: Origin, *keys: str | int) -> Place:
        """Where a key of a record stands in its file."""
        data = self._texts.get(origin.file)
        if data is not None and keys and origin.file.lower().endswith(".bib"):
            from generator.formats import bibtex_reader

            return Place(origin.file, bibtex_reader.line_of(data.decode("utf-8-sig"), origin, str(keys[0])))
        if data is None or not origin.file.endswith((".yaml", ".yml")):
            return Place(origin.file, origin.line, origin.column)
        return schema.locate(data, origin, *keys)


def load(folder: Path, drafts: bool = False, kept: Kept[tuple[Paper, ...]] | None = None) -> Loaded:
    """Read ``folder/content/``: shapes first, then references between the records.

    ``kept`` are papers that were read before; their texts are not parsed again.
    """
    nothing = Site(config=SiteConfig(), authors=(), papers=(), pages=(), files=())
    loaded = Loaded(nothing, Problems(), Problems(), folder, Readings(kept))
    content = folder / "content"
    if not content.is_dir():
        loaded.problems.add(
            Place("content"), "there is no folder content/ here", "make a site with: paperfolio new DIR"
        )
        return loaded
    reading = _Reading(loaded)
    config = reading.config(content / "site.yaml")
    authors = laid_over(tuple(reading.authors(content / "authors")), AUTHORS_IMPORTED)
    papers = laid_over(tuple(reading.papers(content / "papers")), PAPERS_IMPORTED)
    papers = tuple(paper for paper in papers if drafts or not paper.draft)
    pages = tuple(page for page in reading.pages(content / "pages") if drafts or not page.draft)
    files = tuple(reading.files(content / "files"))
    reading.others(content)
    loaded.site = _resolve(Site(config=config, authors=authors, papers=papers, pages=pages, files=files), loaded)
    return loaded


def laid_over(records: tuple[Described, ...], folder: str) -> tuple[Described, ...]:
    """The records, those that were imported into ``folder`` below those of the same id that a person wrote.

    The person's word counts key by key; what it does not say is taken from the import, figures and ``extra`` one by
    one.
    """
    imported = {record.origin.file: record for record in records if record.origin.file.startswith(folder)}
    if not imported:
        return records
    named = [_named(record) for record in records]
    beneath = {record.id: record for record in named if record.origin.file in imported}
    by_hand = {record.id for record in named if record.origin.file not in imported}
    return tuple(
        _over(record, beneath[record.id]) if record.origin.file not in imported and record.id in beneath else record
        for record in named
        if record.origin.file not in imported or record.id not in by_hand
    )


def _over(record: Described, beneath: Described) -> Described:
    taken = {}
    for key, described in schema.fields_of(type(record)).items():
        value, other = getattr(record, key), getattr(beneath, key)
        if isinstance(value, dict):
            taken[key] = {**other, **value}
        elif value == described.default and other != described.default:
            taken[key] = other
    return msgspec.structs.replace(record, **taken)


class _Reading:
    """Finds and reads the files of one site."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.folder = loaded.folder
        self.inside = os.path.realpath(loaded.folder)

    def config(self, path: Path) -> SiteConfig:
        if not os.path.lexists(path):
            if os.path.lexists(path.with_suffix(".yml")):
                self.loaded.problems.add(Place("content/site.yml"), "is not read", "rename it to site.yaml")
            return SiteConfig()
        if not self._may_read(path):
            return SiteConfig()
        records = list(self._records(self._bytes(path), self._shown(path), SiteConfig, empty_is_fine=True))
        return records[0] if records else SiteConfig()

    def authors(self, folder: Path) -> Iterator[Author]:
        names = [path for path in self._walk(folder) if self._is_yaml(path, folder)]
        if not names:
            self.loaded.problems.add(
                Place("content/authors"),
                "there is no author: no file content/authors/<id>.yaml",
                "write at least a line like name: Ada Lovelace, into a file like content/authors/ada.yaml",
            )
        for path in names:
            try:
                author_id = read_id(path.stem)
            except Wrong as wrong:
                self.loaded.problems.add(
                    Place(self._shown(path)), f"the file's name {wrong.what}", f"rename the file; {wrong.hint}"
                )
                continue
            for author in self._records(self._bytes(path), self._shown(path), Author):
                yield msgspec.structs.replace(author, id=author_id, origin=Origin(self._shown(path), 1, 1))

    def papers(self, folder: Path) -> Iterator[Paper]:
        new: list[tuple[bytes, str, tuple[Paper, ...]]] = []
        files = 0
        for path in self._walk(folder):
            if path.suffix.lower() == ".bib":
                yield from self._bibliography(path)
            elif self._is_yaml(path, folder):
                files += 1
                yield from self._papers(path, new)
        if files >= FEW:
            for data, shown, papers in new:
                self.loaded.readings.keep(data, shown, 1, 0, papers)

    def _papers(self, path: Path, new: list[tuple[bytes, str, tuple[Paper, ...]]]) -> Iterator[Paper]:
        """The papers of a YAML file, item by item where they stand in a list; else the file is read as a whole, and is
        among the ``new`` then, unless something is wrong in it.
        """
        data = self._bytes(path)
        if data is None:
            return
        shown = self._shown(path)
        found: list[Paper] = []
        for index, (line, text) in enumerate(items(data)):
            papers = self.loaded.readings.find(text, shown, line, index) or self._item(text, shown, line, index)
            if papers is None:
                found.clear()
                break
            found += papers
        found = found or list(self.loaded.readings.find(data, shown, 1, 0) or ())
        if found:
            self.loaded._texts[shown] = data
            yield from found
            return
        before = len(self.loaded.problems.found)
        whole = tuple(self._records(data, shown, Paper, many=True))
        if len(self.loaded.problems.found) == before:
            new.append((data, shown, whole))
        yield from whole

    def _item(self, text: bytes, shown: str, line: int, index: int) -> tuple[Paper, ...] | None:
        """The paper of one item of a list; None when there is anything to say of it."""
        problems = Problems()
        root = nodes.compose(text, shown, problems, first_line=line)
        if not isinstance(root, yaml.SequenceNode) or len(root.value) != 1:
            return None
        paper = schema.Reader(shown, problems, len(text), first_line=line).record(root.value[0], Paper, index=index)
        if paper is None or problems:
            return None
        self.loaded.readings.keep(text, shown, line, index, (paper,))
        return (paper,)

    def _bibliography(self, path: Path) -> Iterator[Paper]:
        data = self._bytes(path)
        if data is None:
            return
        shown = self._shown(path)
        self.loaded._texts[shown] = data
        readings, problems, warnings = self.loaded.readings, Problems(), Problems()
        papers = readings.find(data, shown, 1, 0)
        if papers is None and (text := nodes.decode(data, shown, problems)) is not None:
            from generator.formats import bibtex_reader

            papers = tuple(bibtex_reader.papers(text, shown, problems, warnings, own_bibtex=True))
            if not problems and not warnings:
                readings.keep(data, shown, 1, 0, papers)
        if not papers and not problems and not warnings:
            warnings.add(Place(shown), "holds no entry of BibTeX", "an entry begins like @article{key,")
        self.loaded.problems.extend(problems.found)
        self.loaded.warnings.extend(warnings.found)
        yield from papers or ()

    def pages(self, folder: Path) -> Iterator[FreePage]:
        for path in self._walk(folder):
            if path.suffix.lower() not in (".md", ".markdown"):
                self.loaded.warnings.add(Place(self._shown(path)), "is not read: pages are .md files")
                continue
            page = self._page(path, path.relative_to(folder).with_suffix(""))
            if page is not None:
                yield page

    def files(self, folder: Path) -> Iterator[File]:
        for path in self._walk(folder, dot_names=_PUBLISHED_DOT_NAMES):
            name = path.relative_to(folder).as_posix()
            shown = self._shown(path)
            try:
                name.encode()
            except UnicodeEncodeError:
                self.loaded.problems.add(Place(shown), "has a name that is not UTF-8", "rename the file")
                continue
            found = _UNPORTABLE.search(name)
            if found:
                self.loaded.problems.add(
                    Place(shown),
                    f"has {found[0]!r} in its name, which GitHub Pages and Windows refuse",
                    "rename the file",
                )
                continue
            part = next((part for part in name.split("/") if not is_portable_name(part)), "")
            if part:
                self.loaded.problems.add(Place(shown), f"{part!r} is no name for a file on Windows", "rename it")
                continue
            size = path.stat().st_size
            if size > GITHUB_FILE_LIMIT:
                self.loaded.warnings.add(
                    Place(shown), "is larger than 100 MB: GitHub refuses such files", "put it elsewhere and link to it"
                )
            yield File(name, str(path), size)

    def others(self, content: Path) -> None:
        """Warn of what lies in ``content/`` itself and is read by nobody, like a folder of a misspelled name."""
        for name in sorted(os.listdir(content)):
            if name in _TOP or name == "site.yml" or _LITTER.match(name) or name.lower().startswith("readme"):
                continue
            close = get_close_matches(name, _TOP, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"content/ holds {', '.join(_TOP)}"
            self.loaded.warnings.add(Place(self._shown(content / name)), "is not read", hint)

    def _page(self, path: Path, name: Path) -> FreePage | None:
        shown = self._shown(path)
        data = self._bytes(path)
        text = None if data is None else nodes.decode(data, shown, self.loaded.problems)
        if text is None or data is None:
            return None
        for part in name.parts:
            try:
                read_id(part)
            except Wrong as wrong:
                self.loaded.problems.add(Place(shown), f"the name {wrong.what}", f"rename it; {wrong.hint}")
                return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        head = _HEAD.match(text)
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
        root = nodes.compose(head[1].encode(), shown, problems, first_line=2)
        if root is None:
            if len(problems.found) == before:
                problems.add(
                    Place(shown, 1, 1), "the page has no 'title'", "write title: ... between the two lines ---"
                )
            return None
        reader = schema.Reader(shown, problems, len(head[1]), first_line=2)
        page = reader.record(root, FreePage, index=0)
        if page is None:
            return None
        parts = name.parts[:-1] if name.name == "index" else name.parts
        return msgspec.structs.replace(page, body=text[head.end() :], path="/".join(parts))

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
        self.loaded._texts[shown] = data
        reader = schema.Reader(shown, problems, len(data))
        if many:
            yield from reader.records(root, kind)
            return
        record = reader.record(root, kind, index=0)
        if record is not None:
            yield record

    def _bytes(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except OSError as error:
            self.loaded.problems.add(Place(self._shown(path)), f"cannot be read: {error.strerror}")
            return None

    def _is_yaml(self, path: Path, folder: Path) -> bool:
        if path.name.endswith(ledger.ENDING):
            return False
        if path.suffix.lower() in (".yaml", ".yml"):
            try:
                path.name.encode()
            except UnicodeEncodeError:
                self.loaded.problems.add(Place(self._shown(path)), "has a name that is not UTF-8", "rename the file")
                return False
            return True
        others = " and .bib" if folder.name == "papers" else ""
        self.loaded.warnings.add(
            Place(self._shown(path)),
            f"is not read: content/{folder.name}/ holds .yaml{others} files",
            "see: paperfolio import",
        )
        return False

    def _walk(self, folder: Path, dot_names: tuple[str, ...] = ()) -> Iterator[Path]:
        """The regular files below a folder, sorted, without editors' leavings.

        A link is followed only to a file inside the site, so that nothing of the machine is published by accident.
        """
        if folder.is_symlink() and not self._may_follow(folder, to_folder=True):
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except FileNotFoundError:
            return
        except NotADirectoryError:
            self.loaded.problems.add(Place(self._shown(folder)), "is a file, where a folder is wanted", "rename it")
            return
        except OSError as error:
            self.loaded.problems.add(Place(self._shown(folder)), f"cannot be read: {error.strerror}")
            return
        for entry in entries:
            path = Path(entry.path)
            if _LITTER.match(entry.name) and entry.name not in dot_names:
                continue
            try:
                if entry.is_symlink() and not self._may_follow(path):
                    continue
                if entry.is_dir():
                    yield from self._walk(path, dot_names)
                elif stat.S_ISREG(entry.stat().st_mode):
                    yield path
                else:
                    self.loaded.problems.add(Place(self._shown(path)), "is not a regular file", "delete it or move it")
            except OSError as error:
                self.loaded.problems.add(Place(self._shown(path)), f"cannot be read: {error.strerror}")

    def _may_read(self, path: Path) -> bool:
        """Whether this is a regular file, or a link to one inside the site; a pipe would be waited for without end."""
        if path.is_symlink() and not self._may_follow(path):
            return False
        if path.is_file():
            return True
        what = "is a folder, where a file is wanted" if path.is_dir() else "is not a regular file"
        self.loaded.problems.add(Place(self._shown(path)), what, "delete it or move it")
        return False

    def _may_follow(self, link: Path, to_folder: bool = False) -> bool:
        target = os.path.realpath(link)
        if os.path.commonpath([target, self.inside]) != self.inside:
            self.loaded.problems.add(
                Place(self._shown(link)), "is a link to something outside of the site", "copy the file instead"
            )
        elif os.path.isdir(target) and not to_folder:
            self.loaded.problems.add(Place(self._shown(link)), "is a link to a folder", "copy the folder instead")
        elif not os.path.exists(target):
            self.loaded.problems.add(Place(self._shown(link)), "is a link that leads nowhere", "delete it")
        else:
            return True
        return False

    def _shown(self, path: Path) -> str:
        """The path from the site's folder; what cannot be printed in one line is shown as \\n, \\x.. and so on."""
        name = path.relative_to(self.folder).as_posix()
        shown = os.fsencode(name).decode("utf-8", "backslashreplace")
        if shown.isprintable():
            return shown
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in shown)


def _resolve(site: Site, loaded: Loaded) -> Site:
    """Give every paper its id, categories and profiles; check what it refers to; put the papers into order."""
    files = {file.path for file in site.files}
    resolved = _categories(site, loaded)
    for paper in site.papers:
        if paper.bibtex and not bibtex.sound(paper.bibtex):
            loaded.problems.add(
                loaded.place(paper.origin, "bibtex"),
                "bibtex is not a whole BibTeX entry",
                "it begins like @article{key, and every brace is closed",
            )
        if _CUT_ARXIV.match(paper.arxiv):
            loaded.warnings.add(
                loaded.place(paper.origin, "arxiv"),
                f"arxiv {paper.arxiv!r} has fewer digits than arXiv's identifiers",
                "compare it with the address at arxiv.org: some programs drop zeros at the end",
            )
        for number, person in enumerate(paper.authors):
            if not person.family and _SEVERAL_PEOPLE.match(person.name):
                loaded.warnings.add(
                    loaded.place(paper.origin, "authors", number),
                    f"authors {number + 1} {person.name!r} may be several people",
                    "give each an entry of the list; of an organisation write the name as family, too",
                )
    site = msgspec.structs.replace(site, authors=_distinct(site.authors, loaded))
    authors = {author.id: author for author in site.authors}
    index = Index(Person(author.id, author.name, author.aliases, author.orcid) for author in site.authors)
    papers = []
    places: dict[str, Paper] = {}
    for paper in site.papers:
        paper = _named(paper)
        if paper.id in places:
            first = places[paper.id].origin
            loaded.problems.add(
                loaded.place(paper.origin, "id"),
                f"two papers want the id {paper.id!r}: the other is in {Place(first.file, first.line)}",
                "write id: ... in one of them, or delete one",
            )
            continue
        places[paper.id] = paper
        _check_names(paper, loaded)
        _check_files(paper, files, loaded)
        papers.append(_profiles(paper, authors, index, loaded))
    for author in site.authors:
        _check_file(author.photo, files, loaded, author.origin, "photo")
    return msgspec.structs.replace(
        site,
        authors=tuple(
            msgspec.structs.replace(author, category=resolved.get(author.category, author.category))
            for author in site.authors
        ),
        papers=tuple(
            msgspec.structs.replace(
                paper,
                category=resolved.get(paper.category, paper.category),
                categories=tuple(dict.fromkeys(resolved.get(code, code) for code in paper.categories)),
            )
            for paper in papers
        ),
    )


def _distinct(authors: tuple[Author, ...], loaded: Loaded) -> tuple[Author, ...]:
    """The authors, one for each address; capitals do not tell addresses apart on every file system."""
    found: dict[str, Author] = {}
    for author in authors:
        other = found.setdefault(author.id.casefold(), author)
        if other is not author:
            what = f"two profiles want the id {author.id!r}: the other is in {other.origin.file}"
            capitals = "" if author.id == other.id else "; addresses differ in more than capitals"
            loaded.problems.add(Place(author.origin.file), what, f"rename one of the files{capitals}")
    return tuple(found.values())


def _named(paper: Described) -> Described:
    if paper.id or not isinstance(paper, Paper):
        return paper
    from generator.text import inline, slug

    return msgspec.structs.replace(paper, id=slug(inline(paper.title).plain, fallback="paper"))


def _categories(site: Site, loaded: Loaded) -> dict[str, str]:
    """Each category code as typed -> as shown everywhere."""
    used: dict[str, tuple[Origin, str]] = {}
    for author in site.authors:
        if author.category:
            used.setdefault(author.category, (author.origin, "category"))
    for paper in site.papers:
        if paper.category:
            used.setdefault(paper.category, (paper.origin, "category"))
        for code in paper.categories:
            used.setdefault(code, (paper.origin, "categories"))
    known = table(site.config.categories)
    good: list[str] = []
    for code, (origin, key) in used.items():
        try:
            known.resolve(code)
            good.append(code)
        except AmbiguousCategory as ambiguous:
            choices = " or ".join(ambiguous.choices)
            loaded.problems.add(
                loaded.place(origin, key),
                f"category {code!r} can mean {choices}",
                f"write the full code, or name {code} in site.yaml under categories:",
            )
    return {code: category.code for code, category in unify(good, site.config.categories).items()}


def _profiles(paper: Paper, authors: dict[str, Author], index: Index, loaded: Loaded) -> Paper:
    """The paper with the ids of the profiles it belongs to."""
    if paper.profiles:
        for number, author_id in enumerate(paper.profiles):
            file = f"content/authors/{author_id}.yaml"
            if author_id not in authors and not any(problem.place.file == file for problem in loaded.problems.found):
                close = get_close_matches(author_id, authors, n=1)
                loaded.problems.add(
                    loaded.place(paper.origin, "profiles", number),
                    f"profiles names {author_id!r}, but there is no {file}",
                    f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(sorted(authors))}"[:200],
                )
        return paper
    if len(authors) == 1:
        return msgspec.structs.replace(paper, profiles=tuple(authors))
    found: dict[str, None] = {}
    for number, entry in enumerate(paper.authors):
        matches = index.match(entry.name, entry.orcid)
        if len(matches) > 1:
            loaded.problems.add(
                loaded.place(paper.origin, "authors", number),
                f"authors: {entry.name!r} can be {' or '.join(matches)}",
                f"write profiles: [{matches[0]}], or give the author's orcid",
            )
        else:
            found.update(dict.fromkeys(matches))
    return msgspec.structs.replace(paper, profiles=tuple(found))


def _check_names(paper: Paper, loaded: Loaded) -> None:
    for number, author in enumerate(paper.authors):
        if author.family and not names.holds(author.name, author.family):
            loaded.problems.add(
                loaded.place(paper.origin, "authors", number, "family"),
                f"family {author.family!r} is not the begin or the end of the name {author.name!r}",
                "write the family name as it stands in the name",
            )


def _check_files(paper: Paper, files: set[str], loaded: Loaded) -> None:
    for key in ("pdf", "slides", "poster", "video", "dataset", "image"):
        _check_file(getattr(paper, key), files, loaded, paper.origin, key)
    for number, link in enumerate(paper.links):
        _check_file(link.url, files, loaded, paper.origin, "links", number, "url")


def _check_file(target: str, files: set[str], loaded: Loaded, origin: Origin, *keys: str | int) -> None:
    if not target or ":" in target.partition("/")[0] or target in files:
        return
    close = get_close_matches(target, files, n=1)
    hint = f"did you mean {close[0]!r}?" if close else "put the file there, or write a web address"
    if not close and target.startswith("www."):
        hint = f"a web address begins with https://, like https://{target}"
    loaded.problems.add(
        loaded.place(origin, *keys),
        f"{keys[-1]} names {target!r}, but there is no content/files/{target}",
        hint,
    )
