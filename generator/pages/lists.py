"""Lists of papers cut into pages, and the indexes above them: categories, years and tags."""

from collections.abc import Iterator, Sequence

from generator import urls
from generator.errors import Place
from generator.model import SiteConfig
from generator.output import Page
from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.views import (
    CategoryView,
    Crumb,
    IndexData,
    IndexEntry,
    IndexGroup,
    ListData,
    Pager,
    PagerEntry,
    PageView,
    PaperView,
)

OTHER_GROUP = "Other categories"


def cut(papers: Sequence[PaperView], address: str, config: SiteConfig) -> Iterator[tuple[Pager, tuple[PaperView, ...]]]:
    """The pages of a list, at least one: where each stands and its papers."""
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
        )
        yield pager, shown


def numbered_title(title: str, pager: Pager) -> str:
    """The title of a page of a list: from the second page on with its number."""
    return title if pager.number == 1 else f"{title} (page {pager.number} of {len(pager.pages)})"


def outputs(catalog: Catalog) -> Iterator[Page]:
    """Category, year and tag pages with their indexes."""
    yield from _categories(catalog)
    yield from _years(catalog)
    yield from _tags(catalog)


def _categories(catalog: Catalog) -> Iterator[Page]:
    if not catalog.by_category:
        return
    groups: dict[str, list[IndexEntry]] = {}
    for code, papers in catalog.by_category.items():
        category = catalog.category(code)
        entry = IndexEntry(
            label=code, name=category.name, address=category.address, count=len(papers), hue=category.hue
        )
        groups.setdefault(category.group or OTHER_GROUP, []).append(entry)
    named = tuple(
        IndexGroup(name=name, entries=tuple(groups[name]))
        for name in sorted(groups, key=lambda name: (name == OTHER_GROUP, name))
    )
    yield _index(catalog, "Categories", "/categories/", named)
    for code, papers in catalog.by_category.items():
        category = catalog.category(code)
        heading = f"{code}: {category.name}" if category.name else code
        yield from _list(catalog, "category", heading, category.address, papers, category, "/categories/", "Categories")


def _years(catalog: Catalog) -> Iterator[Page]:
    if not catalog.by_year:
        return
    entries = tuple(
        IndexEntry(label=year, name="", address=urls.year(int(year)), count=len(papers), hue=-1)
        for year, papers in catalog.by_year.items()
    )
    yield _index(catalog, "Years", "/years/", (IndexGroup(name="", entries=entries),))
    for year, papers in catalog.by_year.items():
        yield from _list(catalog, "year", f"Papers of {year}", urls.year(int(year)), papers, None, "/years/", "Years")


def _tags(catalog: Catalog) -> Iterator[Page]:
    if not catalog.by_tag:
        return
    entries = tuple(
        IndexEntry(label=tag, name="", address=urls.tag(tag), count=len(papers), hue=-1)
        for tag, papers in catalog.by_tag.items()
    )
    yield _index(catalog, "Tags", "/tags/", (IndexGroup(name="", entries=entries),))
    for tag, papers in catalog.by_tag.items():
        yield from _list(catalog, "tag", f"Papers on {tag}", urls.tag(tag), papers, None, "/tags/", "Tags")


def _index(catalog: Catalog, heading: str, address: str, groups: tuple[IndexGroup, ...]) -> Page:
    crumbs = (home(catalog), Crumb(label=heading, address=address))
    return Page(
        address=address,
        template="index.html",
        page=PageView(
            kind="index",
            address=address,
            title=heading,
            description=f"{heading} of the papers on {catalog.title}",
            canonical=catalog.absolute(address),
            crumbs=crumbs,
            alternates=(),
            linked_data=(metadata.breadcrumbs(catalog, crumbs),),
            citation=(),
            image="",
            og_type="website",
            index=True,
        ),
        data=IndexData(heading=heading, groups=groups),
        place=Place("content/papers"),
    )


def _list(
    catalog: Catalog,
    kind: str,
    heading: str,
    address: str,
    papers: tuple[PaperView, ...],
    category: CategoryView | None,
    parent: str,
    parent_label: str,
) -> Iterator[Page]:
    origin = catalog.records[papers[0].id].origin
    for pager, shown in cut(papers, address, catalog.site.config):
        own = urls.numbered(address, pager.number)
        crumbs = (home(catalog), Crumb(label=parent_label, address=parent), Crumb(label=heading, address=own))
        title = numbered_title(heading, pager)
        yield Page(
            address=own,
            template="list.html",
            page=PageView(
                kind=kind,
                address=own,
                title=title,
                description=f"{heading}: {len(papers)} paper{'s' * (len(papers) != 1)} on {catalog.title}",
                canonical=catalog.absolute(own),
                crumbs=crumbs,
                alternates=metadata.feeds(heading, address) if kind == "category" else (),
                linked_data=(
                    metadata.collection(catalog, title, own, shown),
                    metadata.breadcrumbs(catalog, crumbs),
                ),
                citation=(),
                image="",
                og_type="website",
                index=True,
            ),
            data=ListData(heading=heading, category=category, papers=shown, pager=pager),
            place=Place(origin.file, origin.line, origin.column),
        )


def home(catalog: Catalog) -> Crumb:
    """The first crumb of every page but the front page."""
    return Crumb(label=catalog.title, address="/")
