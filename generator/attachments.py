"""The files that imported papers name: found beside the source, copied into ``content/files/``, never over another."""

import filecmp
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from generator import urls
from generator.errors import ImportFailed, Place, Problems
from generator.formats.profile import Profile
from generator.model import FILE_KEYS, Author, File, Link, Paper, PaperLink

AnyLink = TypeVar("AnyLink", Link, PaperLink)
_HINT = "put the file into content/files/ and write its path from there"


def find(profile: Profile, folder: Path, places: tuple[str, ...] = ("",)) -> Profile:
    """The profile with the files that it names and that lie in ``folder``, below one of ``places`` there.

    Links that lead out of the folder are not followed.
    """
    inside = os.path.realpath(folder)
    found = {file.path: file for file in profile.files}
    for target in _named(profile):
        # a path is named from content/files/, so that files/ at its beginning is gone
        for place in (*places, "files"):
            path = folder / place / target
            if target not in found and _is_file(path) and _is_inside(path, inside):
                found[target] = File(target, str(path))
    return msgspec.structs.replace(profile, files=tuple(found.values()))


def settle(profile: Profile, site_folder: Path, problems: Problems) -> Profile:
    """The profile without the names of files that neither it nor the site has; each is reported with its place."""
    present = {file.path for file in profile.files}
    for target in _named(profile):
        if _is_file(site_folder / "content" / "files" / target):
            present.add(target)
    author = _without_missing_of(profile.author, present, problems)
    others = tuple(_without_missing_of(other, present, problems) for other in profile.others)
    papers = tuple(_without_missing(paper, present, problems) for paper in profile.papers)
    return msgspec.structs.replace(profile, author=author, others=others, papers=papers)


def copy(files: tuple[File, ...], site_folder: Path, problems: Problems) -> tuple[str, ...]:
    """Copy the files that are not there yet; returns what was written, as paths from the site's folder.

    Raises ImportFailed when a file cannot be read or written.
    """
    written = []
    for file in files:
        shown = f"content/files/{file.path}"
        target = site_folder / shown
        try:
            if os.path.lexists(target):
                if not filecmp.cmp(file.source, target, shallow=False):
                    problems.add(Place(shown), f"is kept as it is; {file.source} is another file")
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            try:
                shutil.copyfile(file.source, temporary)
                os.replace(temporary, target)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise ImportFailed(f"{file.source} cannot be copied to {shown}: {error.strerror}") from None
        written.append(shown)
    return tuple(written)


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a text that can be no name of one, as of a field that nobody closed, is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _named(profile: Profile) -> Iterator[str]:
    """The files that the records name, each as its path in ``content/files/``."""
    people: tuple[Author, ...] = (profile.author, *profile.others)
    for person in people:
        yield from filter(urls.names_file, [person.photo, *(link.url for link in person.links)])
    for paper in profile.papers:
        yield from filter(urls.names_file, [getattr(paper, key) for key in FILE_KEYS])
        yield from filter(urls.names_file, [link.url for link in paper.links])


def _is_inside(path: Path, folder: str) -> bool:
    target = os.path.realpath(path)
    return os.path.commonpath([target, folder]) == folder and stat.S_ISREG(os.stat(target).st_mode)


def _without_missing_of(person: Author, present: set[str], problems: Problems) -> Author:
    place = Place(person.origin.file)
    links = _with_their_files(person.links, present, place, problems)
    photo = person.photo if person.photo in present else ""
    if person.photo != photo:
        problems.add(place, f"photo names {person.photo!r}, which was not found", _HINT)
    return msgspec.structs.replace(person, links=links, photo=photo)


def _without_missing(paper: Paper, present: set[str], problems: Problems) -> Paper:
    place = Place(paper.origin.file, paper.origin.line)
    missing = [key for key in FILE_KEYS if urls.names_file(getattr(paper, key)) and getattr(paper, key) not in present]
    for key in missing:
        problems.add(place, f"{key} names {getattr(paper, key)!r}, which was not found", _HINT)
    links = _with_their_files(paper.links, present, place, problems)
    if not missing and links == paper.links:
        return paper
    return msgspec.structs.replace(paper, links=links, **dict.fromkeys(missing, ""))


def _with_their_files(
    links: tuple[AnyLink, ...], present: set[str], place: Place, problems: Problems
) -> tuple[AnyLink, ...]:
    """The links that lead elsewhere, or to a file that is there; others are reported."""
    kept = tuple(link for link in links if not urls.names_file(link.url) or link.url in present)
    for link in links:
        if link not in kept:
            problems.add(place, f"links names {link.url!r}, which was not found", _HINT)
    return kept
