"""Lists of papers cut into pages, and the indexes above them: categories, years and tags."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator import urls
from generator.errors import Place
from generator.model import SiteConfig
from generator.names import fold_words
from generator.output import Content, Page
from generator.pages import charts, metadata
from generator.pages.catalog import Catalog
from generator.pages.kinds import by_kind
from generator.views import (
    CategoryView,
    Crumb,
    IndexData,
    IndexEntry,
    IndexGroup,
    ListData,
    Pager,
    PagerEntry,
    PagerGroup,
    PageView,
    PaperView,
    ProfileView,
)
from generator.words import Words

MOST_TOGETHER = 12
"""Other categories that the page of a category names."""


def paged(catalog: Catalog, papers: Sequence[PaperView], address: str) -> Iterator[tuple[Pager, tuple[PaperView, ...]]]:
    """The pages of a list as the site wants its lists: in groups or not."""
    config = catalog.site.config
    if config.group_by == "none":
        return cut(papers, address, config)
    groups = by_kind(catalog, papers)
    counts = {kind: len(listed) for kind, listed in groups.items()}
    return cut([paper for listed in groups.values() for paper in listed], address, config, counts)


def cut(
    papers: Sequence[PaperView], address: str, config: SiteConfig, groups: Mapping[str, int] | None = None
) -> Iterator[tuple[Pager, tuple[PaperView, ...]]]:
    """The pages of a list, at least one: where each stands and its papers.

    ``groups`` are the sizes of the groups that stand one after the other in the list, by kind.
    """
    size = config.per_page
    count = max(1, -(-len(papers) // size))
    entries = tuple(PagerEntry(number=n, address=urls.numbered(address, n)) for n in range(1, count + 1))
    for number in range(1, count + 1):
        shown = tuple(papers[(number - 1) * size : number * size])
        pager = Pager(
            number=number,
            first=(number - 1) * size + 1 if shown else 0,
            last=(number - 1) * size + len(shown),
            total=len(papers),
            pages=entries,
            previous=entries[number - 2].address if number > 1 else "",
            next=entries[number].address if number < count else "",
            groups=tuple(_groups(groups, entries, size, number)) if groups else (),
        )
        yield pager, shown


def _groups(groups: Mapping[str, int], pages: Sequence[PagerEntry], size: int, number: int) -> Iterator[PagerGroup]:
    """The groups of a list as page ``number`` has them; one that goes on from the page before begins at its top."""
    above, end = (number - 1) * size, number * size
    first = 0
    for kind, count in groups.items():
        here = first < end and first + count > above
        yield PagerGroup(
            kind=kind, count=count, address=pages[first // size].address, place=max(first - above, 0) if here else -1
        )
        first += count


def numbered_title(title: str, pager: Pager, words: Words) -> str:
    """The title of a page of a list: from the second page on with its number."""
    if pager.number == 1:
        return title
    return words("{title} (page {number} of {total})", title=title, number=pager.number, total=len(pager.pages))


def outputs(catalog: Catalog) -> Iterator[Page]:
    """Category, year and tag pages with their indexes."""
    yield from _categories(catalog)
    yield from _years(catalog)
    yield from _tags(catalog)


def _categories(catalog: Catalog) -> Iterator[Page]:
    if not catalog.by_category:
        return
    words = catalog.words
    other = words("Other categories")
    groups: dict[str, list[IndexEntry]] = {}
    for code, papers in catalog.by_category.items():
        category = catalog.category(code)
        groups.setdefault(category.group or other, []).append(_entry(category, len(papers)))
    named = tuple(
        IndexGroup(name=name, entries=tuple(groups[name]))
        for name in sorted(groups, key=lambda name: (name == other, fold_words(name)))
    )
    label = words("Categories")
    described = words("Categories of the papers on {title}", title=catalog.title)
    yield index_page(catalog, label, described, "/categories/", named)
    for code, papers in catalog.by_category.items():
        category = catalog.category(code)
        heading = f"{code}: {category.name}" if category.name else code
        group = Group(
            "category", heading, category.address, papers, Crumb(label=label, address="/categories/"), category
        )
        yield from list_pages(catalog, group)


def _years(catalog: Catalog) -> Iterator[Page]:
    if not catalog.by_year:
        return
    entries = tuple(
        IndexEntry(label=year, name="", address=urls.year(int(year)), count=len(papers), hue=-1)
        for year, papers in catalog.by_year.items()
    )
    words = catalog.words
    label = words("Years")
    described = words("Years of the papers on {title}", title=catalog.title)
    yield index_page(catalog, label, described, "/years/", (IndexGroup(name="", entries=entries),))
    for year, papers in catalog.by_year.items():
        heading = words("Papers of {year}", year=year)
        group = Group("year", heading, urls.year(int(year)), papers, Crumb(label=label, address="/years/"))
        yield from list_pages(catalog, group)


def _tags(catalog: Catalog) -> Iterator[Page]:
    if not catalog.by_tag:
        return
    entries = tuple(
        IndexEntry(label=tag, name="", address=urls.tag(tag), count=len(papers), hue=-1)
        for tag, papers in catalog.by_tag.items()
    )
    words = catalog.words
    label = words("Tags")
    described = words("Tags of the papers on {title}", title=catalog.title)
    yield index_page(catalog, label, described, "/tags/", (IndexGroup(name="", entries=entries),))
    for tag, papers in catalog.by_tag.items():
        heading = words("Papers on {topic}", topic=tag)
        group = Group("tag", heading, urls.tag(tag), papers, Crumb(label=label, address="/tags/"))
        yield from list_pages(catalog, group)


def index_page(
    catalog: Catalog,
    heading: str,
    description: str,
    address: str,
    groups: tuple[IndexGroup, ...],
    folder: str = "content/papers",
) -> Page:
    crumbs = (home(catalog), Crumb(label=heading, address=address))
    entries = [
        (entry.name or entry.label, catalog.absolute(entry.address)) for group in groups for entry in group.entries
    ]
    return Page.of(
        template="index.html",
        page=PageView(
            kind="index",
            address=address,
            title=heading,
            description=description,
            canonical=catalog.absolute(address),
            crumbs=crumbs,
            linked_data=(
                metadata.listing(catalog, heading, address, entries),
                metadata.breadcrumbs(catalog, crumbs),
            ),
        ),
        data=IndexData(heading=heading, groups=groups),
        place=Place(folder),
    )


class Group(NamedTuple):
    """Papers that have something in common, listed below ``parent``, the index of all such groups."""

    kind: str
    heading: str
    address: str
    papers: tuple[PaperView, ...]
    parent: Crumb
    category: CategoryView | None = None


def list_pages(catalog: Catalog, group: Group) -> Iterator[Page]:
    """The pages of a group's list."""
    origin = catalog.records[group.papers[0].id].origin
    for pager, shown in paged(catalog, group.papers, group.address):
        # charts and counts of the first page are those of the whole group
        decisive = group.papers if pager.number == 1 else shown
        yield Page(
            address=urls.numbered(group.address, pager.number),
            template="list.html",
            kind=group.kind,
            title=numbered_title(group.heading, pager, catalog.words),
            make=partial(_content, catalog, group, pager, shown),
            digest=catalog.digest(decisive, pager, *group._replace(papers=())),
            place=Place(origin.file, origin.line, origin.column),
        )


def _content(catalog: Catalog, group: Group, pager: Pager, shown: tuple[PaperView, ...]) -> Content:
    words = catalog.words
    kind, heading, address, papers, parent, category = group
    count = words("{count} papers", count=len(papers))
    own = urls.numbered(address, pager.number)
    crumbs = (home(catalog), parent, Crumb(label=heading, address=own))
    title = numbered_title(heading, pager, words)
    whole = category if pager.number == 1 else None
    chart = charts.papers_per_year(papers, words.number, only=whole) if whole else None
    return Content(
        PageView(
            kind=kind,
            address=own,
            title=title,
            description=words("{heading}: {papers} on {title}", heading=heading, papers=count, title=catalog.title),
            canonical=catalog.absolute(own),
            crumbs=crumbs,
            alternates=(
                *(
                    (*metadata.feeds(catalog, heading, address), *metadata.oembed(catalog, heading, address))
                    if kind == "category"
                    else ()
                ),
                *metadata.citation_files_of_list(address, catalog.site.config),
            ),
            linked_data=(
                metadata.collection(catalog, title, own, shown),
                metadata.breadcrumbs(catalog, crumbs),
            ),
        ),
        ListData(
            heading=heading,
            category=category,
            charts=(chart,) if chart else (),
            together=_together(catalog, whole, papers) if whole else (),
            papers=shown,
            pager=pager,
        ),
    )


def _together(catalog: Catalog, own: CategoryView, papers: tuple[PaperView, ...]) -> tuple[IndexEntry, ...]:
    """The categories that papers of a category have besides it, by the number of papers in both, then by code."""
    counts = Counter(category.code for paper in papers for category in paper.categories if category.code != own.code)
    shown = sorted(counts, key=lambda code: (-counts[code], code))[:MOST_TOGETHER]
    return tuple(_entry(catalog.category(code), counts[code]) for code in shown)


def _entry(category: CategoryView, count: int) -> IndexEntry:
    return IndexEntry(label=category.code, name=category.name, address=category.address, count=count, hue=category.hue)


def home(catalog: Catalog) -> Crumb:
    """The first crumb of every page but the front page."""
    return Crumb(label=catalog.title, address="/")


def below_profile(catalog: Catalog, profile: ProfileView, label: str, address: str) -> tuple[Crumb, ...]:
    """The way to a page of one author; with a single author the profile is the front page itself."""
    above = (home(catalog),) if catalog.single else to_profile(catalog, profile)
    return (*above, Crumb(label=label, address=address))


def to_profile(catalog: Catalog, profile: ProfileView) -> tuple[Crumb, ...]:
    """The way to a profile of several."""
    people = catalog.index_of_people
    above = (Crumb(label=catalog.words("Authors"), address=people),) if people else ()
    return (home(catalog), *above, Crumb(label=profile.name, address=profile.address))
