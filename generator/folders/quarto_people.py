"""The people of a Quarto website, told by pages with ``about:`` (quarto.org/docs/websites/website-about.html)."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.folders.folder import Folder, Head
from generator.formats.person import Person, text_of
from generator.model import Author

_PEOPLE = frozenset(("group", "lab", "members", "people", "team"))
_PERSON = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[ .'’-]+[^\W\d_]+){1,5}\.?(?:, ?(?:Ph\.?|M\.?)D\.?)?\Z")
_NO_NAME = frozenset(
    (
        *("about", "blog", "group", "hello", "hi", "home", "lab", "my", "notes", "our", "personal", "publications"),
        *("research", "site", "team", "the", "us", "website", "welcome"),
    )
)
_CELL = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^:{3,}.*$", re.MULTILINE)


def read(folder: Folder, heads: Sequence[tuple[Path, Head]], settings: Head) -> list[Author]:
    """The owner of the site, whose name is empty where nobody is told, and the others who have pages."""
    told = [(path, head) for path, head in heads if head.values.get("about")]
    # the front page is about the owner
    told.sort(key=lambda page: (len(page[0].parts), page[0].stem != "index"))
    known = (settings.text("author"), text_of(settings.mapping("website").get("title")))
    owners = [page for page in told if not _is_of_many(page[0].relative_to(folder.path))]
    owner = _person(*owners[0], known, folder) if owners else Author(name=_name(known))
    others = [_person(path, head, (), folder) for path, head in told if (path, head) not in owners]
    return [owner, *(other for other in others if other.name and other.name != owner.name)]


def _is_of_many(path: Path) -> bool:
    return not _PEOPLE.isdisjoint(part.casefold() for part in path.parts[:-1])


def _name(texts: Iterable[str]) -> str:
    """The first text that looks like a person's name: of a few words, no sentence and no heading."""
    return next(
        (
            text
            for text in texts
            if _PERSON.match(text)
            and not any(word.islower() for word in (text.split()[0], text.split()[-1]))
            and _NO_NAME.isdisjoint(text.casefold().split())
        ),
        "",
    )


def _person(path: Path, head: Head, known: Iterable[str], folder: Folder) -> Author:
    person = Person(head.file, folder.problems)
    person.name = _name((head.text("title"), head.text("author"), *known))
    about = head.mapping("about")
    person.put("role", head.text("subtitle"))
    picture = folder.named(text_of(about.get("image")) or head.text("image"), path)
    if picture:
        person.put("photo", os.path.relpath(picture, folder.path).replace(os.sep, "/"))
    for entry in Head(head.file, about, {}).list("links"):
        if isinstance(entry, dict):
            person.link(text_of(entry.get("href")), text_of(entry.get("text")))
    text = _FENCE.sub("", _CELL.sub("", head.body)).strip()
    # the first part; a heading above it goes
    person.bio(re.split(r"(?<=\n)#{1,6}[ \t]", text, maxsplit=1)[0])
    return person.author()
