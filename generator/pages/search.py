"""Search over papers, profiles and free pages, from static files alone.

Beside the page lie scripts that hold data: ``index.js`` says how the index is cut, ``words-<n>.js`` hold its blocks
(see ``word_index``), ``found-<n>.js`` what is shown of the things that were found. They are scripts because these may
be loaded from disk too, where a page may not read other files.
"""

import functools
from collections.abc import Iterator
from typing import Any

import msgspec

from generator import urls
from generator.digests import digest
from generator.errors import Place
from generator.output import Export, Page
from generator.pages import metadata
from generator.pages.catalog import PEOPLE, Catalog
from generator.pages.lists import home
from generator.views import Crumb, NavView, PageView, PaperView, ProfileView, SearchData
from generator.word_index import WordIndex, block_count

ADDRESS = "/search/"
FOUND_SIZE = 50
"""Things of which one script tells."""
EXCERPT_LENGTH = 180
"""Letters of an abstract that are shown of what was found; the whole would make these scripts six times as large."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A thing that can be found: what is shown of it, and where else its words are looked for."""

    kind: str
    """paper, page or profile"""
    address: str
    title: str
    byline: str
    """A second line: the authors, or what a person is."""
    venue: str = ""
    date: str = ""
    """As people write it."""
    category: str = ""
    """The code of the primary category."""
    hue: int = -1
    excerpt: str = ""
    """How the text begins."""
    strong: str = ""
    """More text whose words count as much as those that are shown."""
    weak: str
    """Text whose words count less."""


class Index:
    """The index of a site, made when the first of its files is written."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.entries = entries = tuple(_entries(catalog))
        self.parts = [entries[start : start + FOUND_SIZE] for start in range(0, len(entries), FOUND_SIZE)]
        """What each of the scripts tells that say what was found."""
        self.digests = [digest(msgspec.msgpack.encode(part)).hex() for part in self.parts]
        """Those of the parts."""
        self.digest = digest("".join(self.digests).encode()).hex()
        self.words = block_count(sum(len(entry.weak) + len(entry.title) for entry in entries))

    @functools.cached_property
    def _cut(self) -> tuple[list[str], list[dict[str, str]]]:
        texts = [_words(entry) for entry in self.entries]
        index: WordIndex | None = self.catalog.earlier.remembered("words")
        if index is None or not index.update(texts):
            index = WordIndex(texts)
        self.catalog.earlier.remember("words", index)
        return index.blocks(self.words)

    def start(self) -> str:
        first_words = self._cut[0]
        known = {"version": self.digest, "entries": len(self.entries), "size": FOUND_SIZE, "words": first_words}
        return _script("index", known)

    def block(self, number: int) -> str:
        return _script(f"words-{number}", self._cut[1][number])

    def part(self, number: int) -> str:
        return _script(f"found-{number}", [_shown(entry) for entry in self.parts[number]])


def _words(entry: Entry) -> tuple[str, str]:
    """Strong and weak ones. Where somebody works says less than a title: a whole group has it in common."""
    if entry.kind == "profile":
        return f"{entry.title} {entry.strong}", f"{entry.byline} {entry.weak}"
    return f"{entry.title} {entry.byline} {entry.venue} {entry.strong}", entry.weak


def outputs(catalog: Catalog) -> Iterator[Page | Export]:
    if "search" in catalog.site.config.without:
        return
    index = Index(catalog)
    place = Place("")
    yield _page(catalog)
    yield Export(address=f"{ADDRESS}index.js", write=index.start, digest=index.digest, of_all=True, place=place)
    for number in range(index.words):
        write = functools.partial(index.block, number)
        yield Export(address=f"{ADDRESS}words-{number}.js", write=write, digest=index.digest, place=place)
    for number, shown in enumerate(index.digests):
        write = functools.partial(index.part, number)
        yield Export(address=f"{ADDRESS}found-{number}.js", write=write, digest=shown, place=place)


def _entries(catalog: Catalog) -> Iterator[Entry]:
    """What can be found; of things that fit equally well the later one is shown first."""
    for paper in reversed(catalog.newest):
        yield catalog.once("search", paper, functools.partial(_paper, catalog))
    for page in catalog.site.pages:
        body = catalog.body(page).plain
        yield Entry(
            kind="page",
            address=urls.page(page.path),
            title=page.title,
            byline=page.description,
            excerpt=metadata.shortened(body, EXCERPT_LENGTH),
            weak=body,
        )
    for profile in reversed(catalog.profiles):
        yield _profile(catalog, profile)


def _paper(catalog: Catalog, paper: PaperView) -> Entry:
    record = catalog.records[paper.id]
    unnamed = [entry.name for entry in paper.authors[metadata.MOST_NAMES :]]
    topics = [f"{category.code} {category.name}" for category in paper.categories]
    return Entry(
        kind="paper",
        address=paper.address,
        title=paper.title_text,
        byline=metadata.byline(paper, catalog.words),
        venue=paper.venue,
        date=paper.date.text if paper.date else "",
        category=paper.category.code if paper.category else "",
        hue=paper.category.hue if paper.category else -1,
        excerpt=metadata.shortened(paper.abstract_text or paper.tldr_text, EXCERPT_LENGTH),
        strong=" ".join((*topics, *unnamed, *record.tags, paper.abbr, paper.date.year if paper.date else "")),
        weak=f"{paper.abstract_text} {paper.tldr_text} {record.doi} {record.arxiv}",
    )


def _profile(catalog: Catalog, profile: ProfileView) -> Entry:
    category = profile.category
    aliases = catalog.author(profile).aliases
    return Entry(
        kind="profile",
        address=profile.address,
        title=profile.name,
        byline=", ".join((*([profile.role] if profile.role else []), *(place.name for place in profile.affiliations))),
        category=category.code if category else "",
        hue=category.hue if category else -1,
        excerpt=metadata.shortened(profile.bio_text, EXCERPT_LENGTH),
        strong=" ".join((*aliases, *profile.interests, category.name if category else "")),
        weak=profile.bio_text,
    )


def _shown(entry: Entry) -> tuple[str | int, ...]:
    place = (entry.kind, entry.address, entry.title, entry.byline, entry.venue)
    return *place, entry.date, entry.category, entry.hue, entry.excerpt


def _page(catalog: Catalog) -> Page:
    words = catalog.words
    label = words("Search")
    crumbs = (home(catalog), Crumb(label=label, address=ADDRESS))
    browse = (
        ("/", words("Papers"), True),
        (PEOPLE, words("Authors"), catalog.index_of_people),
        ("/categories/", words("Categories"), catalog.by_category),
        ("/years/", words("Years"), catalog.by_year),
        ("/tags/", words("Tags"), catalog.by_tag),
        ("/venues/", words("Venues"), catalog.by_venue),
    )
    return Page.of(
        template="search.html",
        page=PageView(
            kind="search",
            address=ADDRESS,
            title=label,
            description=words("Search the papers on {title}", title=catalog.title),
            canonical=catalog.absolute(ADDRESS),
            crumbs=crumbs,
            linked_data=(metadata.breadcrumbs(catalog, crumbs),),
            index=False,
        ),
        data=SearchData(
            heading=label,
            index=f"{ADDRESS}index.js",
            browse=tuple(NavView(label=name, address=address) for address, name, there in browse if there),
        ),
        place=Place("content/papers"),
    )


def _script(name: str, value: Any) -> str:
    """A script that hands data over to ``search.js``."""
    data = msgspec.json.encode(value, enc_hook=str.__str__).decode()
    return f'paperfolioSearch("{name}",{data});\n'
