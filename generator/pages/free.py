"""Free pages of ``content/pages/`` and the page for what is not there."""

import re
from collections.abc import Iterator

from generator import urls
from generator.errors import Place
from generator.model import FreePage
from generator.output import Page
from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.pages.lists import home
from generator.pages.viewer import date_view, marked
from generator.text import Html
from generator.text.addresses import FRAGMENT
from generator.views import Crumb, FreeData, PageView

THEME_IDS = ("main",)
_ANCHOR = rf'( id="| href="#)({FRAGMENT})([^"]*)(?=")'


def address(page: FreePage) -> str:
    return urls.page(page.path)


def is_news(page: FreePage) -> bool:
    return page.path.startswith("news/")


def outputs(catalog: Catalog) -> Iterator[Page]:
    for page in catalog.site.pages:
        yield _page(catalog, page)
    yield _missing(catalog)


def _page(catalog: Catalog, page: FreePage) -> Page:
    own = address(page)
    body = catalog.body(page)
    if body.targets:
        catalog.viewer.targets.append((page, (), body.targets))
    above = (Crumb(label=catalog.words("News"), address="/news/"),) if is_news(page) else ()
    crumbs = (home(catalog), *above, Crumb(label=page.title, address=own))
    return Page.of(
        template="page.html",
        page=PageView(
            kind="free",
            address=own,
            title=page.title,
            description=page.description or metadata.shortened(body.plain),
            canonical=catalog.absolute(own),
            crumbs=crumbs,
            linked_data=(metadata.breadcrumbs(catalog, crumbs),),
        ),
        data=FreeData(
            heading=page.title, date=date_view(page.date, catalog.words), body=_with_plain_anchors(marked(body.html))
        ),
        place=Place(page.origin.file, 1, 1),
    )


def _with_plain_anchors(markup: Html) -> Html:
    """The headings of a page under their own names, so that other pages can link to them: /teaching/#exam.

    A name that the theme uses itself keeps the prefix that sets texts apart.
    """

    def plain(found: re.Match[str]) -> str:
        return found[0] if found[3] in THEME_IDS else f"{found[1]}{found[3]}"

    return Html(re.sub(_ANCHOR, plain, markup))


def _missing(catalog: Catalog) -> Page:
    return Page.of(
        template="404.html",
        page=PageView(
            kind="missing",
            address="/404.html",
            title=catalog.words("Page not found"),
            index=False,
        ),
        data=None,
        place=Place("content"),
    )
