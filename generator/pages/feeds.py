"""JSON Feed and Atom, newest papers first: of the site, of every category and of every author."""

from collections.abc import Iterator

from generator import urls
from generator.errors import Place
from generator.formats import atom, json_feed
from generator.formats.feed import Feed, FeedAuthor, Item, urn
from generator.output import Export
from generator.pages.catalog import Catalog
from generator.views import BylineView, PaperView

LONGEST = 200
"""Entries of a feed; ``papers.json`` holds everything."""


def outputs(catalog: Catalog) -> Iterator[Export]:
    title = catalog.title
    items = {paper.id: _item(catalog, paper) for paper in catalog.newest}
    yield from _feed(catalog, title, "/", catalog.newest, items)
    newest_rank = {paper.id: rank for rank, paper in enumerate(catalog.newest)}
    for code, papers in catalog.by_category.items():
        newest = sorted(papers, key=lambda paper: newest_rank[paper.id])
        yield from _feed(catalog, f"{title}: {code}", catalog.category(code).address, newest, items)
    if not catalog.single:
        for profile in catalog.profiles:
            papers = catalog.by_author.get(profile.id, ())
            newest = sorted(papers, key=lambda paper: newest_rank[paper.id])
            yield from _feed(catalog, profile.name, profile.address, newest, items)


def _feed(
    catalog: Catalog, title: str, folder: str, papers: "list[PaperView] | tuple[PaperView, ...]", items: dict[str, Item]
) -> Iterator[Export]:
    config = catalog.site.config
    feed = Feed(
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
        items=tuple(items[paper.id] for paper in papers[:LONGEST]),
    )
    place = Place("")
    yield Export(address=f"{folder}feed.json", write=lambda: json_feed.write(feed), place=place)
    yield Export(address=f"{folder}feed.xml", write=lambda: atom.write(feed), place=place)


def _item(catalog: Catalog, paper: PaperView) -> Item:
    record = catalog.records[paper.id]
    url = catalog.absolute(paper.address)
    external = next((button.url for button in paper.buttons if button.kind in ("doi", "arxiv", "pdf", "website")), "")
    return Item(
        id=url or urn("paper", paper.id),
        url=url,
        external_url=catalog.absolute(external) if external.startswith("/") else external,
        title=paper.title_text,
        html=urls.resolve(paper.abstract, catalog.url, local=False),
        summary=paper.abstract_text,
        authors=tuple(FeedAuthor(name=entry.name, url=_author_url(catalog, entry)) for entry in paper.authors),
        tags=tuple(
            dict.fromkeys([*(category.code for category in paper.categories), *(tag.name for tag in paper.tags)])
        ),
        date=record.date,
        paper=record,
    )


def _author_url(catalog: Catalog, entry: BylineView) -> str:
    if entry.address:
        return catalog.absolute(entry.address)
    return entry.url or (f"https://orcid.org/{entry.orcid}" if entry.orcid else "")
