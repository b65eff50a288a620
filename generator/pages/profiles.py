"""The front page and the profiles: one author's profile is the front page, several authors have a directory."""

from collections.abc import Iterator
from functools import partial

from generator import urls
from generator.errors import Place
from generator.output import Content, Page
from generator.pages import charts, coauthors, cv, metadata, news, pictures
from generator.pages.catalog import Catalog
from generator.pages.lists import home, numbered_title, paged, to_profile
from generator.pages.viewer import digest
from generator.views import (
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


def outputs(catalog: Catalog) -> Iterator[Page]:
    if not catalog.single:
        yield from _directory(catalog)
    for profile in catalog.profiles:
        yield from _profile(catalog, profile)


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


def _profile(catalog: Catalog, profile: ProfileView) -> Iterator[Page]:
    papers = catalog.by_author.get(profile.id, ())
    selected = tuple(paper for paper in papers if paper.selected)
    number = catalog.words.number
    drawn = (
        charts.papers_per_year(papers, number),
        charts.citations_per_year(profile.citations_by_year, number, profile.citations_source, profile.citations_as_of),
    )
    together = coauthors.address(profile) if coauthors.has_coauthors(catalog, profile) else ""
    config = catalog.site.config
    words = catalog.words
    origin = catalog.author(profile).origin
    title = catalog.title if catalog.single else profile.name
    description = (config.description if catalog.single else "") or metadata.shortened(
        profile.bio_text
        or words("{title}: {papers}", title=profile.name, papers=words("{count} papers", count=profile.total))
    )
    for pager, shown in paged(catalog, papers, profile.address):
        address = urls.numbered(profile.address, pager.number)
        crumbs = () if catalog.single else to_profile(catalog, profile)
        if pager.number > 1:
            crumbs = (*(crumbs or (home(catalog),)), _numbered(words, pager.number, address))
        yield Page.of(
            template="profile.html",
            page=PageView(
                kind="profile",
                address=address,
                title=numbered_title(title, pager, words),
                description=description,
                canonical=catalog.absolute(address),
                crumbs=crumbs,
                alternates=(
                    *metadata.feeds(catalog, title, profile.address),
                    *metadata.oembed(catalog, title, "/papers/" if catalog.single else profile.address),
                ),
                linked_data=(
                    metadata.profile_page(catalog, profile),
                    *((metadata.breadcrumbs(catalog, crumbs),) if crumbs else ()),
                ),
                image=catalog.absolute(profile.photo) if profile.photo and not pictures.of_site(catalog) else "",
                og_type="profile",
            ),
            data=ProfileData(
                profile=profile,
                selected=selected if pager.number == 1 else (),
                charts=tuple(chart for chart in drawn if chart) if pager.number == 1 else (),
                news=news.views(catalog) if catalog.single and pager.number == 1 else (),
                coauthors=together,
                cv=cv.address(profile) if cv.exists(catalog, profile) else "",
                papers=shown,
                pager=pager,
            ),
            place=Place(origin.file, 1, 1),
        )


def _numbered(words: Words, number: int, address: str) -> Crumb:
    return Crumb(label=words("Page {number}", number=number), address=address)
