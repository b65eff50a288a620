"""Imported authors and papers to YAML in ``content/``, never touching what a person wrote.

Papers go to ``content/papers/imported/<author-id>.yaml``. A paper that the content knows already, there or in any
other file, stays as it is; new ones are put after the last. The author's file is written only where there is none.
What the import would have said otherwise is reported. So importing the same thing twice changes nothing.
"""

import datetime
import os
import re
import stat
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from generator import attachments, folders, nodes, scalars, schema
from generator.dates import Date
from generator.errors import ImportFailed, Place, Problem, Problems
from generator.formats import bibtex_reader
from generator.formats.profile import Profile
from generator.formats.readers import READERS
from generator.model import Author, Metric, Paper, Record
from generator.names import Index, Person
from generator.text import inline, slug

WIDTH = 100
_HEADER = (
    "# Written by `paperfolio import`, which adds new papers below and the keys that the others lack.\n"
    "# What you write by hand is safer in a file of your own beside the folder imported/.\n"
)
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})\Z", re.ASCII)


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did. Files are paths relative to the site's folder, written with /."""

    author_id: str
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    new: int = 0
    """How many papers were added."""
    known: int = 0
    """How many papers the content had already."""
    problems: tuple[Problem, ...] = ()
    """Where the content differs from the import and was kept."""


def read(path: Path, kind: str | None, as_of: datetime.date) -> Profile:
    """Read a file of papers or a folder of a site.

    ``kind`` is one of ``READERS`` or of ``folders.KINDS``, by default the source tells it.

    Raises ImportFailed when the source cannot be read or is of no known kind.
    """
    if path.is_dir():
        return _not_nothing(folders.read(path, kind, as_of), path)
    text, doubts = _text(path)
    kinds = [reader.kind for reader in READERS]
    readers = [reader for reader in READERS if kind in (None, reader.kind)]
    if not readers:
        if kind in folders.KINDS:
            raise ImportFailed(f"{path} is no folder", hint=f"name the folder of the site for --from {kind}")
        raise ImportFailed(f"{kind!r} cannot be imported", hint=f"kinds: {', '.join([*kinds, *folders.KINDS])}")
    if kind is None:
        readers.sort(key=lambda reader: not path.name.lower().endswith(reader.endings))
        named = [reader for reader in readers if path.name.lower().endswith(reader.endings)]
        readers = [reader for reader in readers if reader.looks_like(text)]
        if not readers and len(named) == 1 and not path.name.lower().endswith(".txt"):
            # its own reader says best what is missing; .txt is the end of any text's name
            readers = named
    if not readers:
        raise ImportFailed(
            f"{path} is of no kind that can be imported",
            hint=f"kinds: {', '.join(kinds)}; say which it is with --from",
        )
    profile = readers[0].read(text, str(path), as_of)
    profile = _not_nothing(attachments.find(profile, path.parent), path)
    return msgspec.structs.replace(profile, problems=(*doubts, *profile.problems))


def add(site_folder: Path, profile: Profile, author_id: str | None = None) -> Added:
    """Add a profile to the content of a site.

    ``author_id`` is by default made from the author's name; without a name, the only author of the site is meant.

    Raises ImportFailed, with nothing written, when nothing tells whose papers these are, when a file that must
    be added to cannot be read, or when something on the way to a file is a link.
    """
    author_id = checked_id(author_id or id_of(profile, site_folder))
    problems = Problems()
    profile = attachments.settle(with_name(profile, author_id), site_folder, problems)
    author_file = author_file_of(site_folder, author_id)
    papers_file = f"content/papers/imported/{author_id}.yaml"
    changes: dict[str, bytes] = {}

    old_author = content_of(site_folder, author_file)
    author = profile.author
    if old_author is not None:
        author = _compare_author(old_author, author_file, profile.author, problems) or author
    elif author.name:
        changes[author_file] = dump(plain(author)).encode()
    else:
        problems.add(Place(author_file), "is missing", "write at least the line name: ... into it")
    for other in profile.others:
        other_file = author_file_of(site_folder, slug(other.name, fallback="author"))
        if content_of(site_folder, other_file) is None:
            changes.setdefault(other_file, dump(plain(other)).encode())

    old_papers = content_of(site_folder, papers_file)
    there = present(old_papers or b"", papers_file)
    elsewhere = _known_elsewhere(site_folder, papers_file, problems)
    people = [author, *profile.others] if author.name else profile.others
    matching = Index(Person(person.name, person.name, person.aliases, person.orcid) for person in people)
    new: list[Paper] = []
    for paper in profile.papers:
        if paper.id in there:
            _compare(old_papers or b"", there[paper.id], paper, problems)
        elif paper.id not in elsewhere:
            new.append(belonging(paper, matching, author_id))
    if new:
        changes[papers_file] = _appended(old_papers, papers_file, new)

    for file in changes:
        refuse_links(site_folder, file)
    for copied in profile.files:
        refuse_links(site_folder, f"content/files/{copied.path}")
    for file, data in changes.items():
        write(site_folder / file, data)
    copies = attachments.copy(profile.files, site_folder, problems)
    return Added(
        author_id=author_id,
        written=(*changes, *copies),
        unchanged=tuple(file for file in (author_file, papers_file) if file not in changes),
        new=len(new),
        known=len(profile.papers) - len(new),
        problems=tuple(problems.found),
    )


def plain(record: Record) -> Any:
    """A record as what YAML writes: its keys in the model's order, without what is left at its default.

    A record that says only its short form is that value alone.
    """
    values = {
        field.encode_name: _plain_value(getattr(record, field.name))
        for field in msgspec.structs.fields(record)
        if not is_default(getattr(record, field.name), field)
    }
    if isinstance(record, Author):
        values.pop("id", None)
    values.pop("origin", None)
    if isinstance(record, Metric) and _NUMBER.match(record.value):
        values["value"] = int(record.value)
    return values[record.SHORT] if list(values) == [record.SHORT] else values


def dump(value: Any) -> str:
    """The value as YAML: UTF-8 text, block style, long texts folded; each text is read back as it is."""
    return str(
        yaml.dump(value, Dumper=_Dumper, default_flow_style=False, allow_unicode=True, sort_keys=False, width=WIDTH)
    )


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    long = len(text) > WIDTH - 12 or "\n" in text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if long else None)


def _represent_date(dumper: yaml.CSafeDumper, date: Date) -> yaml.ScalarNode:
    # The tag that the plain text would get anyway: so it is written plain, whatever its precision.
    tag = dumper.resolve(yaml.ScalarNode, date.iso, (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(tag, date.iso)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Date, _represent_date)


def is_default(value: Any, field: msgspec.structs.FieldInfo) -> bool:
    if field.required:
        return False
    default = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    return bool(value == default)


def _plain_value(value: Any) -> Any:
    if isinstance(value, Record):
        return plain(value)
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain_value(item) for key, item in value.items()}
    return value


def _not_nothing(profile: Profile, path: Path) -> Profile:
    if not profile.papers and not profile.author.name:
        raise ImportFailed(f"{path}: nothing could be read", profile.problems)
    return profile


def _text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, and what is doubtful in it: a text that is not UTF-8 is taken for Windows-1252."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ImportFailed(f"{path} cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"), ()
    except UnicodeDecodeError as error:
        place = Place(str(path), data.count(b"\n", 0, error.start) + 1)
        doubt = Problem(place, "is not UTF-8", "it was read as Latin-1; are the letters with accents right?")
        return data.decode("cp1252", "replace").replace("\ufffd", ""), (doubt,)


def checked_id(author_id: str) -> str:
    """The id, when it can be one; raises ImportFailed otherwise."""
    try:
        return scalars.read_id(author_id)
    except scalars.Wrong as wrong:
        raise ImportFailed(f"the author's id {wrong.what}", hint=wrong.hint) from None


def id_of(profile: Profile, site_folder: Path) -> str:
    """The id of the profile's author: made from the name, else that of the only author of the site.

    Raises ImportFailed when nothing tells whose papers these are.
    """
    if profile.author.name:
        return slug(profile.author.name, fallback="author")
    ids = {path.stem for path in (site_folder / "content" / "authors").rglob("*.y*ml") if path.name[0] != "."}
    if len(ids) == 1:
        return ids.pop()
    hint = "say whose they are: --author ID"
    names = Counter(name.name for paper in profile.papers for name in paper.authors)
    if ids:
        hint = f"{hint}; there are: {', '.join(sorted(ids))}"
    elif names:
        name, count = names.most_common(1)[0]
        hint = f"{hint}; {count} of {len(profile.papers)} are by {name}: --author {slug(name, fallback='author')}"
    raise ImportFailed("the author of these papers is not known", hint=hint[:200])


def with_name(profile: Profile, author_id: str) -> Profile:
    """The profile; where its author has no name, with the one among the papers' authors that the id is made from."""
    if profile.author.name:
        return profile
    names = Counter(name.name for paper in profile.papers for name in paper.authors)
    same = (name for name, _ in names.most_common() if slug(name, fallback="author") == author_id)
    return msgspec.structs.replace(profile, author=msgspec.structs.replace(profile.author, name=next(same, "")))


def author_file_of(site_folder: Path, author_id: str) -> str:
    other_ending = f"content/authors/{author_id}.yml"
    return other_ending if (site_folder / other_ending).exists() else f"content/authors/{author_id}.yaml"


def content_of(site_folder: Path, file: str) -> bytes | None:
    """The bytes of a file of the site; None when there is none."""
    path = site_folder / file
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ImportFailed(f"{file} is not a file")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ImportFailed(f"{file} cannot be read: {error.strerror}") from None


def _compare_author(data: bytes, file: str, author: Author, problems: Problems) -> Author | None:
    """Report where the author's file differs from the import; returns the author that the file holds."""
    node = nodes.compose(data, file, problems)
    old = schema.Reader(file, problems, len(data)).record(node, Author, index=0) if node is not None else None
    if old is None:
        return None
    if not author.name:
        return old
    _compare(data, old, msgspec.structs.replace(author, metrics={}), problems)
    for key, metric in author.metrics.items():
        kept = old.metrics.get(key)
        if kept and kept.value.replace(",", "") != metric.value.replace(",", ""):
            place = schema.locate(data, old.origin, "metrics", key)
            problems.add(place, f"{key} is kept as {shown(kept.value)}; the import has {shown(metric.value)}")
    return old


def present(data: bytes, file: str) -> dict[str, Paper]:
    """The papers of the file that new ones are added to, by id."""
    problems = Problems()
    node = nodes.compose(data, file, problems)
    papers = list(schema.Reader(file, problems, len(data)).records(node, Paper)) if node is not None else []
    if problems:
        raise ImportFailed(f"{file} cannot be added to", problems.sorted(), hint="mend it and import again")
    return {paper.id or default_id(paper.title): paper for paper in papers}


def _known_elsewhere(site_folder: Path, papers_file: str, problems: Problems) -> set[str]:
    """The ids of the papers in all other files of content/papers/; files that cannot be read are reported."""
    known = set()
    for path in paper_files(site_folder / "content" / "papers"):
        file = path.relative_to(site_folder).as_posix()
        data = content_of(site_folder, file) if file != papers_file else None
        if data and file.lower().endswith(".bib"):
            text = nodes.decode(data, file, problems) or ""
            # what is wrong in it, the next build says
            papers = bibtex_reader.papers(text, file, Problems(), Problems(), own_bibtex=False)
            known |= {paper.id or default_id(paper.title) for paper in papers}
            continue
        node = nodes.compose(data, file, problems) if data else None
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(item, yaml.MappingNode):
                values = {key.value: value.value for key, value in item.value if isinstance(key, yaml.ScalarNode)}
                title = values.get("title")
                known.add(values.get("id") or (default_id(title) if isinstance(title, str) else ""))
    return known


def paper_files(folder: Path) -> Iterator[Path]:
    for current, inner, files in os.walk(folder):
        inner.sort()
        for name in sorted(files):
            if name.lower().endswith((".yaml", ".yml", ".bib")) and not name.startswith("."):
                yield Path(current, name)


def default_id(title: str) -> str:
    """The id that a paper without one gets."""
    return slug(inline(title).plain, fallback="paper")


def belonging(paper: Paper, matching: Index, author_id: str) -> Paper:
    """The paper, told to belong to the profile where its list of authors, perhaps cut short, does not tell."""
    if any(matching.match(name.name, name.orcid) for name in paper.authors):
        return paper
    return msgspec.structs.replace(paper, profiles=(author_id,))


def _compare(data: bytes, old: Author | Paper, new: Author | Paper, problems: Problems) -> None:
    """Report the fields where what is written differs from what the import would write."""
    for field in msgspec.structs.fields(new):
        value = getattr(new, field.name)
        kept = getattr(old, field.name)
        if field.name in ("id", "origin", "profiles") or is_default(value, field) or same(field.name, kept, value):
            continue
        place = schema.locate(data, old.origin, field.name)
        if is_default(kept, field):
            what = f"has no {field.name}; the import has {shown(value)}"
        else:
            what = f"{field.name} is kept as {shown(kept)}; the import has {shown(value)}"
        problems.add(place, what)


def same(key: str, one: Any, other: Any) -> bool:
    """Whether two values of a key mean the same: a DOI does in capitals, too (ISO 26324)."""
    return bool(one == other or (key == "doi" and one.casefold() == other.casefold()))


def shown(value: Any) -> str:
    if isinstance(value, tuple):
        text = ", ".join(str(_plain_value(item)) for item in value)
    else:
        text = " ".join((value.iso if isinstance(value, Date) else str(value)).split())
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def _appended(old: bytes | None, file: str, papers: list[Paper]) -> bytes:
    """The file with the papers after its last; what is in it stays byte for byte."""
    chunk = "\n".join(dump([plain(paper)]) for paper in papers)
    if old is None:
        return f"{_HEADER}\n{chunk}".encode()
    before = yaml.compose(old.decode("utf-8-sig"), Loader=yaml.CBaseLoader)
    if before is not None and not (isinstance(before, yaml.SequenceNode) and not before.flow_style):
        raise ImportFailed(
            f"{file} is not a list of papers, one after another, each beginning with a dash",
            hint="rename it: the import then begins a file of its own",
        )
    if before is not None and before.start_mark.column:
        chunk = textwrap.indent(chunk, " " * before.start_mark.column)
    gap = "\n" if old.endswith(b"\n") else "\n\n"
    added = gap + chunk
    line_end = "\r\n" if b"\r\n" in old else "\n"
    data = old + added.replace("\n", line_end).encode()
    # What is put after the end of a list need not belong to it, after a line "..." for example.
    try:
        after = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        after = None
    if after is None or len(after.value) != len(papers) + (len(before.value) if before else 0):
        raise ImportFailed(
            f"{file} does not end with its list of papers", hint="rename it: the import then begins a file of its own"
        )
    return data


def refuse_links(site_folder: Path, file: str) -> None:
    """Raise ImportFailed when a part of the file's path inside the site is a link: it may lead anywhere."""
    path = site_folder
    for part in Path(file).parts:
        path /= part
        if path.is_symlink():
            raise ImportFailed(
                f"{path.relative_to(site_folder).as_posix()} is a symbolic link",
                hint="imports do not write through links; put a real folder or file there",
            )


def write(path: Path, data: bytes) -> None:
    """Put the bytes in place in one step, so that nobody ever reads half of them."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(temporary, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                os.chmod(temporary, stat.S_IMODE(path.stat().st_mode))
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise ImportFailed(f"{path} cannot be written: {error.strerror}") from None
