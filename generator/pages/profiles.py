"""The front page and the profiles: one author's profile is the front page, several authors have a directory."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from generator import urls
from generator.errors import Place
from generator.model import Author
from generator.output import Content, Page
from generator.pages import charts, coauthors, cv, metadata, news, pictures
from generator.pages.catalog import Catalog, Present
from generator.pages.lists import home, numbered_title, paged, to_profile
from generator.pages.viewer import digest
from generator.views import (
    ChartView,
    Crumb,
    DirectoryData,
    NavView,
    NewsView,
    Pager,
    PageView,
    PaperView,
    ProfileData,
    ProfileView,
)
from generator.words import Words


class _Beside(NamedTuple):
    """What a profile shows that is neither its own nor its papers'."""

    told: tuple[NewsView, ...]
    coauthors: str
    """The address of the page, if there is one; so for ``cv``."""
    cv: str


def outputs(catalog: Catalog) -> Iterator[Page]:
    if not catalog.single:
        yield from _directory(catalog)
    unchanged = catalog.unchanged("profiles", catalog.index_of_people, pictures.of_site(catalog))
    present = catalog.present()
    for profile in catalog.profiles:
        decisive = catalog.by_author.get(profile.id, ()), catalog.author(profile), _beside(catalog, profile)
        yield from unchanged.get(profile, decisive, partial(_pages, present, profile, *decisive))


def _directory(catalog: Catalog) -> Iterator[Page]:
    shown_people = () if catalog.index_of_people else catalog.profiles
    people = digest((shown_people, len(catalog.profiles)))  # once for all pages, each of which has them all
    first = tuple(paper for paper in catalog.papers if paper.selected), news.views(catalog)
    for pager, shown in paged(catalog, catalog.papers, "/"):
        selected, told = first if pager.number == 1 else ((), ())
        yield Page(
            address=urls.numbered("/", pager.number),
            template="directory.html",
            kind="directory",
            title=numbered_title(catalog.title, pager, catalog.words),
            make=partial(_directory_content, catalog, pager, shown, selected, told),
            digest=catalog.digest((*selected, *shown), people, len(selected), told, pager),
            place=Place("content/authors"),
        )


def _directory_content(
    catalog: Catalog,
    pager: Pager,
    shown: tuple[PaperView, ...],
    selected: tuple[PaperView, ...],
    told: tuple[NewsView, ...],
) -> Content:
    title = catalog.title
    config = catalog.site.config
    words = catalog.words
    authors = words("{count} authors", count=len(catalog.profiles))
    index = catalog.index_of_people
    papers = words("{count} papers", count=pager.total)
    address = urls.numbered("/", pager.number)
    crumbs = () if pager.number == 1 else (home(catalog), _numbered(words, pager.number, address))
    return Content(
        PageView(
            kind="directory",
            address=address,
            title=numbered_title(title, pager, words),
            description=config.description
            or words("{title}: {authors}, {papers}", title=title, authors=authors, papers=papers),
            canonical=catalog.absolute(address),
            crumbs=crumbs,
            alternates=(*metadata.feeds(catalog, title, "/"), *metadata.oembed(catalog, title, "/papers/")),
            linked_data=(
                metadata.collection(catalog, numbered_title(title, pager, words), address, shown),
                *((metadata.breadcrumbs(catalog, crumbs),) if crumbs else ()),
            ),
        ),
        DirectoryData(
            profiles=() if index else catalog.profiles,
            people=NavView(label=authors, address=index) if index else None,
            selected=selected,
            news=told,
            papers=shown,
            pager=pager,
        ),
    )


def _beside(catalog: Catalog, profile: ProfileView) -> _Beside:
    return _Beside(
        told=news.views(catalog) if catalog.single else (),
        coauthors=coauthors.address(profile) if coauthors.has_coauthors(catalog, profile) else "",
        cv=cv.address(profile) if cv.exists(catalog, profile) else "",
    )


def _pages(
    present: Present, profile: ProfileView, papers: tuple[PaperView, ...], author: Author, beside: _Beside
) -> tuple[Page, ...]:
    catalog = present.catalog
    everywhere = beside._replace(told=())
    decisive = profile, author.aliases, everywhere, catalog.index_of_people, pictures.of_site(catalog)
    first = _selected(papers), charts.decisive(papers), beside.told
    pages = []
    for pager, shown in paged(catalog, papers, profile.address):
        selected, drawn, told = first if pager.number == 1 else ((), (), ())
        pages.append(
            Page(
                address=urls.numbered(profile.address, pager.number),
                template="profile.html",
                kind="profile",
                title=numbered_title(_title(catalog, profile), pager, catalog.words),
                make=partial(_content, present, profile, beside, pager, shown),
                digest=catalog.digest((*selected, *shown), len(selected), drawn, told, decisive, pager),
                place=Place(author.origin.file, 1, 1),
            )
        )
    return tuple(pages)


def _selected(papers: tuple[PaperView, ...]) -> tuple[PaperView, ...]:
    return tuple([paper for paper in papers if paper.selected])


def _title(catalog: Catalog, profile: ProfileView) -> str:
    return catalog.title if catalog.single else profile.titled


def _content(
    present: Present, profile: ProfileView, beside: _Beside, pager: Pager, shown: tuple[PaperView, ...]
) -> Content:
    catalog = present.catalog
    papers = catalog.by_author.get(profile.id, ())
    config = catalog.site.config
    words = catalog.words
    title = _title(catalog, profile)
    is_first = pager.number == 1
    address = urls.numbered(profile.address, pager.number)
    crumbs = () if catalog.single else to_profile(catalog, profile)
    if not is_first:
        crumbs = (*(crumbs or (home(catalog),)), _numbered(words, pager.number, address))
    return Content(
        PageView(
            kind="profile",
            address=address,
            title=numbered_title(title, pager, words),
            description=(config.description if catalog.single else "")
            or metadata.shortened(
                profile.bio_text
                or words("{title}: {papers}", title=profile.name, papers=words("{count} papers", count=profile.total))
            ),
            canonical=catalog.absolute(address),
            crumbs=crumbs,
            alternates=(
                *metadata.feeds(catalog, title, profile.address),
                *metadata.oembed(catalog, title, "/papers/" if catalog.single else profile.address),
                *(metadata.citation_files_of_list(profile.address, config) if papers and not catalog.single else ()),
            ),
            linked_data=(
                metadata.profile_page(catalog, profile),
                *((metadata.breadcrumbs(catalog, crumbs),) if crumbs else ()),
            ),
            image=catalog.absolute(profile.photo) if profile.photo and not pictures.of_site(catalog) else "",
            og_type="profile",
        ),
        ProfileData(
            profile=profile,
            selected=_selected(papers) if is_first else (),
            charts=_charts(profile, papers, words) if is_first else (),
            news=beside.told if is_first else (),
            coauthors=beside.coauthors,
            cv=beside.cv,
            papers=shown,
            pager=pager,
        ),
    )


def _charts(profile: ProfileView, papers: tuple[PaperView, ...], words: Words) -> tuple[ChartView, ...]:
    drawn = (
        charts.papers_per_year(papers, words.number),
        charts.citations_per_year(
            profile.citations_by_year, words.number, profile.citations_source, profile.citations_as_of
        ),
    )
    return tuple(chart for chart in drawn if chart)


def _numbered(words: Words, number: int, address: str) -> Crumb:
    return Crumb(label=words("Page {number}", number=number), address=address)
