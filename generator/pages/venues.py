"""The papers of each journal and conference, and the index of all of them. Preprint servers are no venues."""

from collections import Counter
from collections.abc import Iterator

from generator.names import fold_words
from generator.output import Page
from generator.pages.catalog import Catalog
from generator.pages.lists import Group, index_page, list_pages
from generator.views import Crumb, IndexEntry, IndexGroup, PaperView

ADDRESS = "/venues/"


def outputs(catalog: Catalog) -> Iterator[Page]:
    """Nothing when no paper has a venue."""
    if not catalog.by_venue:
        return
    words = catalog.words
    label = words("Venues")
    named = {address: _usual(paper.venue for paper in papers) for address, papers in catalog.by_venue.items()}
    listed = sorted(catalog.by_venue, key=lambda address: (fold_words(named[address]), address))
    entries = tuple(
        IndexEntry(
            label=named[address],
            name=_short_form(named[address], catalog.by_venue[address]),
            address=address,
            count=len(catalog.by_venue[address]),
            hue=-1,
        )
        for address in listed
    )
    described = words("Venues of the papers on {title}", title=catalog.title)
    yield index_page(catalog, label, described, ADDRESS, (IndexGroup(name="", entries=entries),))
    for address in listed:
        papers = catalog.by_venue[address]
        group = Group("venue", named[address], address, papers, Crumb(label=label, address=ADDRESS))
        yield from list_pages(catalog, group)


def _usual(spellings: Iterator[str]) -> str:
    """The most frequent spelling; of equals the first in the alphabet."""
    counts = Counter(spellings)
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))


def _short_form(name: str, papers: tuple[PaperView, ...]) -> str:
    known = [paper.abbr for paper in papers if paper.abbr]
    short = _usual(iter(known)) if known else ""
    return f"({short})" if short and short != name else ""
