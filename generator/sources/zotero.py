"""Zotero: what a person calls My Publications, a public group, or a collection of either."""

from typing import Any

from generator.errors import Problems
from generator.formats import zotero_reader
from generator.formats.draft import with_ids
from generator.formats.profile import Profile
from generator.model import Author
from generator.sources import values
from generator.sources.identifiers import Get, NotThere

PAGE = 100


def read(identifier: str, get: Get) -> Profile:
    """Read ``users/475425``, ``groups/2055673``, or either with ``/collections/ABCD1234``.

    Raises NotThere when no item is public.
    """
    library, _, collection = identifier.partition("/collections/")
    if library.isdigit():
        library = f"users/{library}"
    if collection:
        path = f"{library}/collections/{collection}/items/top"
    else:
        path = f"{library}/publications/items/top" if library.startswith("users/") else f"{library}/items/top"
    found: list[dict[str, Any]] = []
    while True:
        answer = list(values.items(get(path, {"format": "json", "limit": str(PAGE), "start": str(len(found))})))
        found += answer
        if len(answer) < PAGE:
            break
    if not found:
        raise NotThere(
            f"Zotero shows no item of {library}", hint="make the library public, or put papers into My Publications"
        )
    problems = Problems()
    drafts = [
        draft
        for item in found
        if (draft := zotero_reader.draft_of(item, f"zotero:{library}/{values.text(item, 'key')}", 0, problems))
    ]
    return Profile(Author(name=""), with_ids(values.finished(drafts)), tuple(problems.found))
