"""The names of all people of a group, where they are too many for its front page to show each with a picture."""

from collections.abc import Iterator

from generator.names import sort_key
from generator.output import Page
from generator.pages.catalog import PEOPLE, Catalog
from generator.pages.lists import index_page
from generator.views import IndexEntry, IndexGroup


def outputs(catalog: Catalog) -> Iterator[Page]:
    """Nothing where the front page shows everybody, or where the site has a page of its own in this place."""
    if not catalog.index_of_people or PEOPLE in catalog.free_addresses:
        return
    letters: dict[str, list[IndexEntry]] = {}
    for profile in catalog.profiles:  # by family name
        entry = IndexEntry(label=profile.name, name="", address=profile.address, count=profile.listed, hue=-1)
        letters.setdefault(sort_key(profile.name, catalog.author(profile).family)[:1].upper(), []).append(entry)
    groups = tuple(
        IndexGroup(name=letter, anchor=letter and f"letter-{letter.lower()}", entries=tuple(entries))
        for letter, entries in letters.items()
    )
    words = catalog.words
    described = words(
        "{title}: {authors}, {papers}",
        title=catalog.title,
        authors=words("{count} authors", count=len(catalog.profiles)),
        papers=words("{count} papers", count=len(catalog.papers)),
    )
    yield index_page(catalog, words("Authors"), described, PEOPLE, groups, "content/authors")
