"""Files of papers to records, records to YAML, and files of a site read and written."""

import datetime
import functools
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from generator import attachments, folders, nodes, scalars, schema
from generator.dates import Date
from generator.errors import ImportFailed, Place, Problem, Problems
from generator.formats.draft import decoded
from generator.formats.profile import Profile
from generator.formats.readers import READERS
from generator.matching import Index, Person, person_of
from generator.model import Author, Metric, Paper, Record
from generator.text import inline, slug

WIDTH = 100
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})\Z", re.ASCII)
_INDENTED = r"(?:\A|[\n\x85\u2028\u2029]) "
"""Where a line begins with a blank."""


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


def last_changed(path: Path, today: datetime.date) -> datetime.date:
    """The day on which a file was last changed, as far as it is not after ``today``."""
    try:
        return min(datetime.datetime.fromtimestamp(path.stat().st_mtime).astimezone().date(), today)
    except (OSError, ValueError):  # who reads it says what is wrong
        return today


def plain(record: Record) -> Any:
    """A record as what YAML writes: its keys in the model's order, without what is left at its default.

    A record that says only its short form is that value alone.
    """
    values = {
        field.encode_name: _plain_value(getattr(record, field.name))
        for field in _fields(type(record))
        if not is_default(getattr(record, field.name), field)
    }
    if isinstance(record, Author):
        values.pop("id", None)
    values.pop("origin", None)
    if isinstance(record, Metric) and _NUMBER.match(record.value):
        values["value"] = int(record.value)
    return values[record.SHORT] if list(values) == [record.SHORT] else values


@functools.cache
def _fields(kind: type[Record]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The fields of a kind of record; to find them takes longer than to write the record."""
    return msgspec.structs.fields(kind)


def dump(value: Any) -> str:
    """The value as YAML: UTF-8 text, block style, long texts folded; each text is read back as it is."""
    text = _dumped(value, _Dumper)
    if "\\U000" in text:  # libyaml writes emoji and other signs of higher planes as numbers
        typed = _dumped(value, _SlowDumper)
        # which does not write everything so that it is read back as it is
        if yaml.load(typed, Loader=yaml.CBaseLoader) == yaml.load(text, Loader=yaml.CBaseLoader):  # noqa: S506
            return typed
    return text


def _dumped(value: Any, dumper: type[yaml.CSafeDumper] | type[yaml.SafeDumper]) -> str:
    return str(
        yaml.dump(value, Dumper=dumper, default_flow_style=False, allow_unicode=True, sort_keys=False, width=WIDTH)
    )


class _WithoutAliases:
    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Dumper(_WithoutAliases, yaml.CSafeDumper): ...


class _SlowDumper(_WithoutAliases, yaml.SafeDumper): ...


def _represent_text(dumper: yaml.representer.SafeRepresenter, text: str) -> yaml.ScalarNode:
    style = None
    if len(text) > WIDTH - 12 or "\n" in text:
        # libyaml folds lines that are indented, too, which nobody unfolds
        style = "|" if re.search(_INDENTED, text) else ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_date(dumper: yaml.CSafeDumper | yaml.SafeDumper, date: Date) -> yaml.ScalarNode:
    # The tag that the plain text would get anyway: so it is written plain, whatever its precision.
    tag = dumper.resolve(yaml.ScalarNode, date.iso, (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(tag, date.iso)


for _kind in (_Dumper, _SlowDumper):
    _kind.add_representer(str, _represent_text)
    _kind.add_representer(Date, _represent_date)


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
    """The text of a file, and what is doubtful in it: a line that is not UTF-8 is taken for Windows-1252."""
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or str(path).startswith("/dev/fd/")):  # a device may never end, a pipe never begin
            raise ImportFailed(f"{path} is not a file")
        data = path.read_bytes()
    except OSError as error:
        named = isinstance(error, FileNotFoundError) and not re.search("[A-Za-z]", path.suffix)
        raise ImportFailed(
            f"{path} cannot be read: {error.strerror}",
            hint="write what an online service knows as doi:10.7717/peerj.4375 or orcid:0000-0002-1825-0097" * named,
        ) from None
    doubts: list[Problem] = []
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(str(path), data.count(b"\n", 0, error.start) + 1)
        hint = "it was read as Windows-1252; are the letters with accents right?"
        doubts.append(Problem(place, "is not UTF-8", hint))
        text = decoded(data)
    # readers leave them out: no text of a site may have them
    for number, line in enumerate(text.split("\n") if not scalars.is_readable(text) else (), 1):
        try:
            scalars.readable(line)
        except scalars.Wrong as wrong:
            doubts.append(Problem(Place(str(path), number), wrong.what, "it was left out, with others of its kind"))
            break
    return text, tuple(doubts)


def checked_id(author_id: str, site_folder: Path) -> str:
    """The id, when it can be one and is nobody else's; raises ImportFailed otherwise."""
    try:
        known = scalars.read_id(author_id)
    except scalars.Wrong as wrong:
        raise ImportFailed(f"the author's id {wrong.what}", hint=wrong.hint) from None
    ids = {path.stem for path in _files_of_authors(site_folder)}
    other = next((name for name in ids if name.casefold() == known.casefold()), known)
    if known not in ids and other != known:
        what = f"the author's id {known!r} differs only in capitals from {other!r}, who has a profile"
        raise ImportFailed(what, hint=f"say --author {other}")
    return known


def _files_of_authors(site_folder: Path) -> list[Path]:
    return [path for path in (site_folder / "content" / "authors").rglob("*.y*ml") if path.name[0] != "."]


def id_of(profile: Profile, site_folder: Path) -> str:
    """The id of the profile's author: that of the site's profile of that name, else one made from the name.

    Without a name the only author of the site is meant. Raises ImportFailed when nothing tells whose papers these are.
    """
    files = _files_of_authors(site_folder)
    ids = {path.stem for path in files}
    if profile.author.name:
        made = slug(profile.author.name, fallback="author")
        meant = Index(_people(files)).match(profile.author.name, profile.author.orcid) if made not in ids else ()
        return meant[0] if len(meant) == 1 else made
    if len(ids) == 1:
        return ids.pop()
    hint = "say whose they are: --author ID"
    names = Counter(name.name for paper in profile.papers for name in paper.authors)
    if ids:
        hint = f"{hint}, or put a .bib file of several people into content/papers/; there are: {', '.join(sorted(ids))}"
    elif names:
        name, count = names.most_common(1)[0]
        hint = f"{hint}; {count} of {len(profile.papers)} are by {name}: --author {slug(name, fallback='author')}"
    raise ImportFailed("the author of these papers is not known", hint=hint[:200])


def _people(files: Iterable[Path]) -> Iterator[Person]:
    """Who has a profile in the files; a file in which something is wrong is passed over: a build tells that."""
    for path in files:
        problems = Problems()
        data = path.read_bytes() if path.is_file() else b""
        node = nodes.compose(data, path.name, problems)
        author = (
            schema.Reader(path.name, problems, len(data)).record(node, Author, index=0) if node is not None else None
        )
        if author is not None:
            yield person_of(author, path.stem)


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


def present(data: bytes, file: str) -> dict[str, Paper]:
    """The papers of the file that new ones are added to, by id."""
    problems = Problems()
    node = nodes.compose(data, file, problems)
    papers = list(schema.Reader(file, problems, len(data)).records(node, Paper)) if node is not None else []
    if problems:
        raise ImportFailed(f"{file} cannot be added to", problems.sorted(), hint="mend it and import again")
    return {paper.id or default_id(paper.title): paper for paper in papers}


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


def shown(value: Any) -> str:
    if isinstance(value, tuple | dict):
        text = ", ".join(_told(_plain_value(item)) for item in value)
    else:
        text = " ".join((value.iso if isinstance(value, Date) else str(value)).split())
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def _told(value: Any) -> str:
    """A value in words: of a mapping the first thing that it says, and the others behind it."""
    if not isinstance(value, dict):
        return str(value)
    said = {key: item.iso if isinstance(item, Date) else str(item) for key, item in value.items()}
    first, *others = [key if value[key] is True else text for key, text in said.items()]
    return f"{first} ({', '.join(others)})" if others else first


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
