"""JSON Feed and Atom, newest papers first: of the site, and if it wants them, of every category and every author."""

import functools
from collections.abc import Iterator, Sequence

import msgspec

from generator import urls
from generator.errors import Place
from generator.formats import atom, json_feed
from generator.formats.feed import Feed, FeedAuthor, Item, urn
from generator.output import Export
from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.views import BylineView, PaperView

LONGEST = 200
"""Entries of a feed; ``papers.json`` holds everything."""


def outputs(catalog: Catalog) -> Iterator[Export]:
    title = catalog.title
    writer = _Writer(catalog)
    yield from writer.feed(title, "/", catalog.newest)
    if "feeds" in catalog.site.config.without:
        return
    newest_rank = {paper.id: rank for rank, paper in enumerate(catalog.newest)}
    for code, papers in catalog.by_category.items():
        newest = sorted(papers, key=lambda paper: newest_rank[paper.id])
        yield from writer.feed(f"{title}: {code}", catalog.category(code).address, newest)
    if not catalog.single:
        for profile in catalog.profiles:
            yield from writer.feed(profile.name, profile.address, catalog.newest_by_author.get(profile.id, ()))


class _Writer:
    """Writes feeds; what a paper is in them is made once for all of them."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._items: dict[str, Item] = {}
        self._items_encoded: dict[str, msgspec.Raw] = {}
        self._entries: dict[str, str] = {}

    def feed(self, title: str, folder: str, papers: Sequence[PaperView]) -> Iterator[Export]:
        listed = papers[:LONGEST]
        authors = [(profile.name, profile.address) for profile in self.catalog.profiles] if self.catalog.single else []
        digest = self.catalog.digest(listed, title, folder, authors)
        for name, write in (("feed.json", self._json), ("feed.xml", self._atom)):
            yield Export(
                address=f"{folder}{name}",
                write=functools.partial(write, title, folder, listed),
                digest=digest,
                place=Place(""),
            )

    def _json(self, title: str, folder: str, papers: Sequence[PaperView]) -> bytes:
        items = [self._encoded(paper) for paper in papers]
        return json_feed.write_encoded(self._feed(title, folder, papers), items)

    def _encoded(self, paper: PaperView) -> msgspec.Raw:
        if paper.id not in self._items_encoded:
            self._items_encoded[paper.id] = self.catalog.once(
                "feed", paper, lambda paper: json_feed.encoded(self._item(paper))
            )
        return self._items_encoded[paper.id]

    def _atom(self, title: str, folder: str, papers: Sequence[PaperView]) -> str:
        return atom.write(self._feed(title, folder, papers), self._entry)

    def _entry(self, item: Item, updated: str) -> str:
        # what has no date of its own takes that of the feed
        if item.id not in self._entries or not item.date:
            self._entries[item.id] = atom.entry(item, updated)
        return self._entries[item.id]

    def _feed(self, title: str, folder: str, papers: Sequence[PaperView]) -> Feed:
        catalog = self.catalog
        config = catalog.site.config
        return Feed(
            title=title,
            id=urn("feed", *[part for part in folder.split("/") if part] or ["site"]),
            home=catalog.absolute(folder),
            address=catalog.absolute(f"{folder}feed.json"),
            atom_address=catalog.absolute(f"{folder}feed.xml"),
            description=config.description,
            language=config.language,
            authors=tuple(
                FeedAuthor(name=profile.name, url=catalog.absolute(profile.address)) for profile in catalog.profiles
            )
            if catalog.single
            else (),
            items=tuple(self._item(paper) for paper in papers),
        )

    def _item(self, paper: PaperView) -> Item:
        found = self._items.get(paper.id)
        if found is None:
            found = self._items[paper.id] = _item(self.catalog, paper)
        return found


def _item(catalog: Catalog, paper: PaperView) -> Item:
    record = catalog.records[paper.id]
    url = catalog.absolute(paper.address)
    authors, _ = metadata.named(paper)
    external = next((button.url for button in paper.buttons if button.kind in ("doi", "arxiv", "pdf", "website")), "")
    return Item(
        id=url or urn("paper", paper.id),
        url=url,
        external_url=catalog.absolute(external) if external.startswith("/") else external,
        title=paper.title_text,
        html=urls.resolve(paper.abstract, catalog.url, local=False) or (paper.tldr and f"<p>{paper.tldr}</p>"),
        summary=paper.tldr_text or paper.abstract_text,
        authors=tuple(FeedAuthor(name=entry.name, url=_author_url(catalog, entry)) for entry in authors),
        tags=tuple(
            dict.fromkeys([*(category.code for category in paper.categories), *(tag.name for tag in paper.tags)])
        ),
        date=record.date,
        paper=record,
        facts={"authors": [entry.name for entry in authors], "et_al": True}
        if len(authors) < len(paper.authors)
        else {},
    )


def _author_url(catalog: Catalog, entry: BylineView) -> str:
    if entry.address:
        return catalog.absolute(entry.address)
    return entry.url or (f"https://orcid.org/{entry.orcid}" if entry.orcid else "")
