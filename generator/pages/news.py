"""News: the pages of ``content/pages/news/`` and their index. A page of the site's own at its address replaces it."""

from collections.abc import Iterator

from generator.dates import Date
from generator.errors import Place
from generator.model import FreePage
from generator.output import Page
from generator.pages import free, metadata
from generator.pages.catalog import Catalog
from generator.pages.lists import home
from generator.pages.viewer import date_view
from generator.views import Crumb, NewsData, NewsView, PageView

ADDRESS = "/news/"


def outputs(catalog: Catalog) -> Iterator[Page]:
    pages = _pages(catalog)
    if not pages or ADDRESS in catalog.free_addresses:
        return
    label = catalog.words("News")
    crumbs = (home(catalog), Crumb(label=label, address=ADDRESS))
    yield Page.of(
        template="news.html",
        page=PageView(
            kind="news",
            address=ADDRESS,
            title=label,
            description=catalog.words("News of {title}", title=catalog.title),
            canonical=catalog.absolute(ADDRESS),
            crumbs=crumbs,
            linked_data=(metadata.breadcrumbs(catalog, crumbs),),
        ),
        data=NewsData(heading=label, news=views(catalog)),
        place=Place("content/pages/news"),
    )


def views(catalog: Catalog) -> tuple[NewsView, ...]:
    """All news, newest first, those without a date at the end."""
    return tuple(
        NewsView(
            title=page.title,
            address=free.address(page),
            date=date_view(page.date, catalog.words),
            summary=page.description or metadata.shortened(_beginning(catalog.body(page).plain, page.title)),
        )
        for page in _pages(catalog)
    )


def _beginning(text: str, title: str) -> str:
    """The first paragraph: what follows may be a heading or a list, which make no sentence with it.

    Where the title is its first sentence, that is not said again.
    """
    paragraph = text.strip().partition("\n")[0]
    rest = paragraph.removeprefix(title).removeprefix(".")
    return rest.strip() if not rest or rest[0] == " " else paragraph


def _pages(catalog: Catalog) -> list[FreePage]:
    found = [page for page in catalog.site.pages if free.is_news(page)]
    return sorted(found, key=lambda page: (page.date is not None, page.date or Date(1)), reverse=True)
