"""Lists of papers for the pages of other sites: /embed/ and all below it, but for the element itself (/embed.js).

Every list stands in a folder of /embed/ that is named like its page on this site (``/embed/categories/lg/``), that of
all papers in ``/embed/papers/``. In it are, of the newest papers,

    index.html      a page for frames
    fragment.txt    HTML to be put into another page by its server
    shadow.txt      the same within a declarative shadow root, where the styles of that page do not reach it
    oembed.json     what the page for frames is, for programs that make embeds of addresses

and, of all papers, what the element reads: a JSON Feed that is cut into slices, so that a short list costs little.
``feed.json`` holds the newest and says which years the slices hold; ``feed-2.json`` and so on hold the others, and
``cited.json`` the most cited of many. The fragments are plain text for servers, so that nobody takes them for pages.
"""

import functools
from collections.abc import Callable, Iterator, Sequence

import msgspec

from generator import snippets, urls
from generator.errors import Place
from generator.formats import json_feed
from generator.formats.feed import Feed, FeedAuthor, Item, urn
from generator.output import Content, Export, Page
from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.pages.lists import home
from generator.text import Html, escaped
from generator.views import Crumb, EmbedData, EmbedList, EmbedListData, PageView, PaperView, ProfileView
from generator.words import Words

FOLDER = "/embed/"
ALL = "/embed/papers/"
SCRIPT = "embed.js"
"""The asset of a theme that is the element."""
LONGEST = 100
"""Papers of a list in HTML; the page of the site has them all."""
SAMPLE = 3
"""Papers that /embed/ shows in the HTML forms."""
FIRST_SLICE = 20
SLICE = 100
FRAME_HEIGHT = 600
STYLE = (
    ":host{display:block}ul{list-style:none;margin:0;padding:0}li{margin-block-end:1em}div,p{margin:0}"
    "a{color:var(--paper-list-link,inherit)}.published,.links{font-size:.9em}.owner,.abbr{font-weight:600}"
    ".links a{margin-inline-end:.75em}.retracted a.p-name{text-decoration:line-through}"
)
"""Of the shadow root; fonts and colours are those of the page around it."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list of papers that other sites can show."""

    kind: str
    """papers, selected, author, category, year or tag."""
    value: str
    """Id, code, year or tag; "" where the kind says it all."""
    heading: str
    folder: str
    """Where it lies: /embed/categories/lg/."""
    home: str
    """The page of this site with the same papers."""
    papers: tuple[PaperView, ...]
    """Newest first."""
    profile: ProfileView | None = None
    """Whose papers, in a list of one author of several."""

    @property
    def is_html(self) -> bool:
        """Also there as HTML; there can be very many tags, so these are for the element alone."""
        return self.kind != "tag"

    @property
    def is_feed(self) -> bool:
        """Also there for the element, which finds the papers of a year in any list."""
        return self.kind != "year"


def outputs(catalog: Catalog) -> Iterator[Page | Export]:
    if "embed" in catalog.site.config.without:
        return
    writer = _Writer(catalog)
    # names that share an address are a problem of the site's own pages, which say so
    listings = list({listing.folder: listing for listing in lists(catalog)}.values())
    yield _guide(catalog, listings, writer)
    for listing in listings:
        if listing.is_html:
            yield from writer.html(listing)
        if listing.is_feed:
            yield from writer.feed(listing)
    if catalog.single:
        # the element may be asked for the papers of the one author there is
        for profile in catalog.profiles:
            address = f"{FOLDER}authors/{profile.id}/feed.json"
            yield msgspec.structs.replace(next(writer.feed(listings[0])), address=address)


def lists(catalog: Catalog) -> Iterator[Listing]:
    """All lists of a site, that of all papers first."""
    words = catalog.words
    rank = {paper.id: place for place, paper in enumerate(catalog.newest)}

    def newest(papers: Sequence[PaperView]) -> tuple[PaperView, ...]:
        return tuple(sorted(papers, key=lambda paper: rank[paper.id]))

    yield Listing(kind="papers", value="", heading=catalog.title, folder=ALL, home="/", papers=catalog.newest)
    selected = tuple(paper for paper in catalog.newest if paper.selected)
    if selected:
        heading = words("Selected papers")
        yield Listing(
            kind="selected", value="", heading=heading, folder=f"{FOLDER}selected/", home="/", papers=selected
        )
    for profile in () if catalog.single else catalog.profiles:
        papers = catalog.newest_by_author.get(profile.id, ())
        listing = _listing("author", profile.id, profile.name, profile.address, papers)
        yield msgspec.structs.replace(listing, profile=profile)
    for code, found in catalog.by_category.items():
        category = catalog.category(code)
        heading = f"{code}: {category.name}" if category.name else code
        yield _listing("category", code, heading, category.address, newest(found))
    for year, found in catalog.by_year.items():
        yield _listing("year", year, words("Papers of {year}", year=year), urls.year(int(year)), newest(found))
    for tag, found in catalog.by_tag.items():
        yield _listing("tag", tag, words("Papers on {topic}", topic=tag), urls.tag(tag), newest(found))


def _listing(kind: str, value: str, heading: str, address: str, papers: tuple[PaperView, ...]) -> Listing:
    return Listing(kind=kind, value=value, heading=heading, folder=f"/embed{address}", home=address, papers=papers)


def languages(read: Callable[[str], Words], tags: Sequence[str], digest: str) -> Export:
    """The element's words in every language of the theme, for lists in another language than the site's.

    ``digest`` changes with any of these words.
    """

    def write() -> str:
        return msgspec.json.encode({tag: element_words(read(tag)) for tag in tags}).decode() + "\n"

    return Export(address=f"{FOLDER}words.json", write=write, digest=digest, place=Place(""))


def element_words(words: Words) -> dict[str, str]:
    """What the element says, by the names that it has for it. What it says before it has read this is its own."""
    return {
        "none": words("No papers are listed here yet."),
        "all": words("All papers"),
        "undated": words("Without a date"),
        "abstract": words("Abstract"),
        "code": words("Code"),
        "et_al": words("et al."),
        "retracted": words("Retracted"),
        "cited": words("Citations: {number}", number="%n"),
        "comma": f"{words(',')} ",
        **_statuses(words),
    }


def _statuses(words: Words) -> dict[str, str]:
    return {
        "in preparation": words("In preparation"),
        "submitted": words("Submitted"),
        "under review": words("Under review"),
        "accepted": words("Accepted"),
        "in press": words("In press"),
    }


class _Writer:
    """Writes lists; what many lists have in common, their papers, is made once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.statuses = _statuses(catalog.words)
        self.element_words = element_words(catalog.words)
        self._entries: dict[str, str] = {}
        self._items: dict[str, msgspec.Raw] = {}

    def html(self, listing: Listing) -> Iterator[Page | Export]:
        words = self.catalog.words
        shown = listing.papers[:LONGEST]
        total = len(listing.papers)
        title = words("{title}: {papers}", title=listing.heading, papers=words("{count} papers", count=total))

        def content() -> Content:
            return Content(
                PageView(kind="framed", address=listing.folder, title=title, index=False),
                EmbedListData(
                    heading=listing.heading,
                    list=self.list(shown),
                    shown=len(shown),
                    total=total,
                    address=listing.home,
                ),
            )

        digest = self.catalog.digest(shown, listing.folder, listing.heading, total)
        yield Page(
            address=listing.folder,
            template="embed_list.html",
            kind="framed",
            title=title,
            index=False,
            make=content,
            digest=digest,
            place=Place(""),
        )
        if not self.catalog.url:
            return
        for name, is_shadow in (("fragment.txt", False), ("shadow.txt", True)):
            yield Export(
                address=f"{listing.folder}{name}",
                write=functools.partial(self.fragment, listing, is_shadow),
                digest=digest,
                place=Place(""),
            )
        if listing.kind in ("papers", "author", "category"):
            yield Export(
                address=f"{listing.folder}oembed.json", write=functools.partial(self.oembed, listing), place=Place("")
            )

    def list(self, papers: Sequence[PaperView]) -> Html:
        """The papers as a list, addresses of the site marked."""
        entries = "\n".join(self._entry(paper) for paper in papers)
        return Html(f'<ul class="paper-list" role="list">\n{entries}\n</ul>' if papers else "")

    def fragment(self, listing: Listing, is_shadow: bool) -> str:
        """The list as HTML for other pages, all its addresses absolute."""
        config = self.catalog.site.config
        words = self.catalog.words
        shown = listing.papers[:LONGEST]
        markup = self.list(shown) or f"<p>{escaped(words('No papers are listed here yet.'))}</p>"
        if len(shown) < len(listing.papers):
            label = words("All papers")
            markup += f'\n<p class="all"><a href="{urls.MARK}{listing.home}">{escaped(label)}</a></p>'
        markup = urls.resolve(markup, self.catalog.url, local=False)
        return f"{wrapped(markup, config.language, is_shadow)}\n"

    def oembed(self, listing: Listing) -> str:
        """The list as the rich type of oEmbed 1.0 (oembed.com)."""
        catalog = self.catalog
        profile = catalog.profiles[0] if catalog.single else listing.profile
        found = {
            "type": "rich",
            "version": "1.0",
            "title": listing.heading,
            "author_name": profile.name if profile else "",
            "author_url": catalog.absolute(profile.address) if profile else "",
            "provider_name": catalog.title,
            "provider_url": catalog.url,
            "cache_age": 86400,
            "width": 600,
            "height": FRAME_HEIGHT,
            "html": snippets.frame(catalog.absolute(listing.folder), listing.heading, FRAME_HEIGHT, width="600"),
        }
        return msgspec.json.format(msgspec.json.encode({key: value for key, value in found.items() if value})).decode()

    def feed(self, listing: Listing) -> Iterator[Export]:
        """The slices of the list."""
        papers = listing.papers
        slices = [papers[:FIRST_SLICE]]
        slices += [papers[start : start + SLICE] for start in range(FIRST_SLICE, len(papers), SLICE)]
        # of fewer papers the first two slices are all: the element knows then whether it left any out
        cited = len(papers) > SLICE and any(paper.citations for paper in papers)
        for number, part in enumerate(slices, start=1):
            more = slice_name(number + 1) if number < len(slices) else ""
            facts: dict[str, object] = {}
            if number == 1:
                facts = {
                    "total": len(papers),
                    "page": listing.home[1:],
                    "folder": listing.folder[1:],
                    "years": [_years(part) for part in slices],
                    "cited": cited,
                    "words": self.element_words,
                }
            yield self._slice(listing, slice_name(number), part, facts, more)
        if cited:
            most = sorted(papers, key=lambda paper: -1 if paper.citations is None else paper.citations, reverse=True)
            yield self._slice(listing, "cited.json", most[:SLICE], {}, "")

    def _slice(
        self, listing: Listing, name: str, papers: Sequence[PaperView], facts: dict[str, object], more: str
    ) -> Export:
        catalog = self.catalog

        def write() -> bytes:
            feed = Feed(
                title=listing.heading,
                home=catalog.absolute(listing.home),
                address=catalog.absolute(f"{listing.folder}{name}"),
                about=catalog.absolute(FOLDER),
                next_address=catalog.absolute(f"{listing.folder}{more}") if more else "",
                language=catalog.site.config.language,
                facts=facts,
            )
            return json_feed.write_encoded(feed, [self._item(paper) for paper in papers])

        digest = catalog.digest(papers, listing.folder, listing.heading, more, facts)
        return Export(address=f"{listing.folder}{name}", write=write, digest=digest, place=Place(""))

    def _item(self, paper: PaperView) -> msgspec.Raw:
        found = self._items.get(paper.id)
        if found is None:
            found = self._items[paper.id] = self.catalog.once(
                "embedded", paper, lambda paper: json_feed.encoded(self._facts(paper))
            )
        return found

    def _facts(self, paper: PaperView) -> Item:
        """A paper as the element needs it: no abstract, which is the longest part of most.

        The element reads the abstract from ``cite.json`` when somebody opens it; a site without these files has it in
        its lists.
        """
        catalog = self.catalog
        record = catalog.records[paper.id]
        url = catalog.absolute(paper.address)
        authors, is_cut = metadata.named(paper)
        has_files = "csl" in catalog.site.config.exports
        return Item(
            id=url or urn("paper", paper.id),
            url=url,
            title=paper.title_text,
            summary="" if has_files else paper.abstract_text,
            authors=tuple(FeedAuthor(name=entry.name) for entry in authors),
            tags=tuple(tag.name for tag in paper.tags),
            date=record.date,
            paper=record,
            facts={
                "authors": None,
                "et_al": is_cut,
                "category": None,
                "year": None,
                "doi": None,
                "arxiv": None,
                "profiles": record.profiles,
                "owners": [place for place, entry in enumerate(authors) if entry.owner],
                "links": [(button.label, _from_root(button.url)) for button in paper.buttons],
                "abstract": bool(paper.abstract_text) and has_files,
            },
        )

    def _entry(self, paper: PaperView) -> str:
        found = self._entries.get(paper.id)
        if found is None:
            found = self._entries[paper.id] = self.catalog.once("embedded in HTML", paper, self._markup)
        return found

    def _markup(self, paper: PaperView) -> str:
        words = self.catalog.words
        lines = [
            f'<li class="paper h-entry{" retracted" * paper.retracted}" dir="auto">'
            f'<div><a class="p-name u-url" href="{urls.MARK}{paper.address}">{paper.title}</a></div>'
        ]
        if paper.authors:
            authors, is_cut = metadata.named(paper)
            names = f"{words(',')} ".join(
                f'<span class="p-author{" owner" * entry.owner}">{escaped(entry.name)}</span>' for entry in authors
            )
            more = f" {escaped(words('et al.'))}" if is_cut else ""
            lines.append(f'<div class="byline">{names}{more}</div>')
        parts = [f'<span class="abbr">{escaped(paper.abbr)}</span>'] if paper.abbr else []
        if paper.venue and paper.venue != paper.abbr:
            parts.append(f'<cite class="venue">{escaped(paper.venue)}</cite>')
        if paper.status:
            parts.append(f'<span class="status">{escaped(self.statuses[paper.status])}</span>')
        if paper.date:
            # a date that begins with its day is in disorder beside a title of the other direction
            day = f'<time class="dt-published" dir="auto" datetime="{paper.date.iso}">{escaped(paper.date.text)}</time>'
            parts.append(day)
        if paper.has_code and not paper.code_url:
            parts.append(f'<span class="code">{escaped(words("Code"))}</span>')
        if paper.retracted:
            parts.append(f'<strong class="alert">{escaped(words("Retracted"))}</strong>')
        if parts:
            lines.append(f'<div class="published">{" · ".join(parts)}</div>')
        if paper.buttons:
            links = " ".join(f'<a href="{_marked(button.url)}">{escaped(button.label)}</a>' for button in paper.buttons)
            lines.append(f'<div class="links">{links}</div>')
        return "".join(lines) + "</li>"


def wrapped(markup: str, language: str, is_shadow: bool) -> str:
    """A list in an element of its own; with ``is_shadow`` in a declarative shadow root with its styles."""
    inner = f'<template shadowrootmode="open">\n<style>{STYLE}</style>\n{markup}\n</template>' if is_shadow else markup
    return f'<div class="paperfolio" lang="{escaped(language)}">\n{inner}\n</div>'


def slice_name(number: int) -> str:
    return "feed.json" if number == 1 else f"feed-{number}.json"


def _years(papers: Sequence[PaperView]) -> tuple[int, ...]:
    """The newest and the oldest year of a slice; nothing where no paper has a date."""
    years = [int(paper.date.year) for paper in papers if paper.date]
    return (max(years), min(years)) if years else ()


def _from_root(url: str) -> str:
    """A file of the site relative to its root, where the element stands; any other address as it is."""
    return url[1:] if url.startswith("/") else url


def _marked(url: str) -> str:
    return escaped(f"{urls.MARK}{url}" if url.startswith("/") else url)


def _guide(catalog: Catalog, listings: Sequence[Listing], writer: _Writer) -> Page:
    words = catalog.words
    heading = words("Embed these papers")
    crumbs = (home(catalog), Crumb(label=heading, address=FOLDER))
    whole = listings[0]
    url = catalog.url or snippets.UNKNOWN_SITE
    return Page.of(
        template="embed.html",
        page=PageView(
            kind="embed",
            address=FOLDER,
            title=heading,
            description=words("How to show the papers of {title} on other websites", title=catalog.title),
            canonical=catalog.absolute(FOLDER),
            crumbs=crumbs,
            linked_data=(metadata.breadcrumbs(catalog, crumbs),),
        ),
        data=EmbedData(
            heading=heading,
            lists=tuple(
                EmbedList(
                    kind=listing.kind,
                    value=listing.value,
                    label=listing.heading,
                    address=listing.folder,
                    count=len(listing.papers),
                )
                for listing in listings
                if listing.is_html
            ),
            script=snippets.element(url, {}, url, words("All papers")),
            frame=snippets.frame(f"{url}{ALL[1:]}", whole.heading, FRAME_HEIGHT),
            fragment=catalog.absolute(f"{ALL}fragment.txt"),
            shadow=catalog.absolute(f"{ALL}shadow.txt"),
            sample=writer.list(catalog.newest[:SAMPLE]),
        ),
        place=Place(""),
    )
