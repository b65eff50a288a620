"""Outputs that want one address: each is a problem, told where the name stands that leads there."""

import unicodedata
from collections.abc import Callable, Iterable

from generator import urls
from generator.errors import Place
from generator.loaded import Loaded
from generator.model import Author, FreePage, Paper
from generator.output import Asset, Output, Page

_LISTED_BY: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "category": (urls.category, ("category", "categories")),
    "tag": (urls.tag, ("tags",)),
    "venue": (urls.venue, ("venue",)),
}
"""What makes the address of such a list of papers, and the keys of a paper that name it."""


def addresses(outputs: Iterable[Output], loaded: Loaded) -> set[str]:
    """All addresses. Two outputs that would be one file on any file system are a problem naming both places."""
    taken: dict[str, Output] = {}
    folders: dict[str, Output] = {}
    spelled: dict[str, str] = {}
    doubled: set[str] = set()
    for output in outputs:
        path = output.path
        key = _portable(path)
        if key in taken:
            folder = key.rpartition("/")[0]
            if folder not in doubled or isinstance(output, Page):
                _collision(taken[key], output, loaded)
            if isinstance(output, Page):
                # what lies beside the page collides too, which need not be said
                doubled.add(folder)
            continue
        taken[key] = output
        folder = key.rpartition("/")[0]
        written = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = output
            spelled[folder] = written
            folder, written = folder.rpartition("/")[0], written.rpartition("/")[0]
        if folder and spelled[folder] != written and folder not in doubled:
            doubled.add(folder)
            owner = folders[folder].place.file or "the site"
            what = f"lies in the folder {written}/, beside {spelled[folder]}/ of {owner}"
            hint = "macOS and Windows do not tell the two apart: rename one"
            loaded.problems.add(output.place, what, hint)
    for key, output in taken.items():
        if key in folders:
            _collision(folders[key], output, loaded)
    return {output.address for output in taken.values()}


def _portable(path: str) -> str:
    """The same text for all paths that macOS or Windows take for one file."""
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _collision(first: Output, second: Output, loaded: Loaded) -> None:
    # what is told is the place of what the author can rename
    if not _is_named(second):
        first, second = second, first
    named = hint = ""
    if isinstance(first, Page) and isinstance(second, Page):
        named = f" ({first.title} and {second.title})"
        hint = "give one of them another id or name"
        if "redirect" in (first.kind, second.kind):
            hint = "an address can lead away from one page alone, and from none that is there"
        elif not _is_named(first) or first.address == "/":
            hint = "give the page another name"
        elif first.kind in _LISTED_BY and second.kind in _LISTED_BY:
            hint = "their names differ only in signs that an address cannot hold: use one name, or change it"
        elif first.address != second.address:
            hint = "the addresses differ only in capitals, which macOS and Windows do not tell apart: change one id"
    elif isinstance(first, Asset) and isinstance(second, Asset) and _is_named(first):
        hint = "the names differ only in capitals or in how accents are stored: rename one"
    elif isinstance(second, Asset):
        hint = "a file in content/files/ lies where the site makes one: rename it"
    elif isinstance(second, Page) and second.kind == "free":
        hint = "give the page another name"
    key, place = _named_at(second, loaded)
    owner = f"{_named_at(first, loaded)[1]} wants too" if _is_named(first) else "the site makes itself"
    loaded.problems.add(place, f"{key}wants the address {second.address}, which {owner}{named}", hint)


def _is_named(output: Output) -> bool:
    """Whether an output has its address of a name in the content, and not of the site's own making."""
    return bool(output.place.line) or output.place.file.startswith("content/files/")


def _named_at(output: Output, loaded: Loaded) -> tuple[str, Place]:
    """Where the name stands that an address was made of, after its key and a colon where it is one of a list.

    A list of papers has its name of the first of them.
    """
    if isinstance(output, Page) and output.kind == "redirect":
        return _redirect_at(output, loaded)
    address, keys = _LISTED_BY.get(output.kind if isinstance(output, Page) else "", (None, ()))
    nowhere = "", output.place
    if not isinstance(output, Page) or address is None:
        return nowhere
    found = nowhere
    for paper in loaded.site.papers:
        if Place(paper.origin.file, paper.origin.line, paper.origin.column) != output.place:
            continue
        for key in keys:
            value = getattr(paper, key)
            for number, name in enumerate((value,) if isinstance(value, str) else value):
                if address(name) != output.address:
                    continue
                place = loaded.place(paper.origin, key, *(() if isinstance(value, str) else (number,)))
                if output.title.endswith(name):
                    return f"{key}: ", place
                found = (f"{key}: ", place) if found is nowhere else found
    return found


def _redirect_at(page: Page, loaded: Loaded) -> tuple[str, Place]:
    """Where the address of a redirect is written, after its key and a colon."""
    site = loaded.site
    records: tuple[Paper | Author | FreePage, ...] = (*site.papers, *site.authors, *site.pages)
    for record in records:
        origin = record.origin
        if Place(origin.file, origin.line, origin.column) == page.place and page.address in record.redirect_from:
            number = record.redirect_from.index(page.address)
            return "redirect_from: ", loaded.place(record.origin, "redirect_from", number)
    number = [*site.config.redirects].index(page.address)
    return "redirects: ", loaded.place(site.config.origin, "redirects", number)
