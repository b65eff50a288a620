"""Pages at addresses where something was found before, which lead to where it is now.

A static site has no other way to say so than a page with ``<meta http-equiv="refresh">``, which search engines take for
a permanent move where it does not wait.
"""

from collections.abc import Iterator, Set

from generator import urls
from generator.errors import Place
from generator.model import Author, FreePage, Paper
from generator.output import Page
from generator.pages.catalog import Catalog
from generator.pages.free import address
from generator.views import PageView, RedirectData


def outputs(catalog: Catalog) -> Iterator[Page]:
    for profile in catalog.profiles:
        yield from _to(catalog, catalog.author(profile), profile.address, profile.name)
    for paper in catalog.papers:
        record = catalog.records[paper.id]
        if record.redirect_from:
            yield from _to(catalog, record, paper.address, paper.title_text)
    for page in catalog.site.pages:
        yield from _to(catalog, page, address(page), page.title)
    config = catalog.site.config
    for old, target in destinations(catalog).items():
        yield _page(catalog, old, target, target, Place(config.origin.file, 1, 1))


def destinations(catalog: Catalog) -> dict[str, str]:
    """Where the addresses lead that ``site.yaml`` names; of the site, the address of a page ends in ``/``."""
    redirects = catalog.site.config.redirects
    files = {urls.file(file.path) for file in catalog.site.files} if redirects else set()
    return {old: _destination(new, files) for old, new in redirects.items()}


def _destination(new: str, files: Set[str]) -> str:
    path, mark, fragment = new.partition("#")
    if not new.startswith("/") or path in files:
        return new
    path = path.removesuffix("index.html")
    return f"{path if path.endswith(('.html', '/')) else f'{path}/'}{mark}{fragment}"


def _to(catalog: Catalog, record: Author | FreePage | Paper, new: str, title: str) -> Iterator[Page]:
    origin = record.origin
    for old in record.redirect_from:
        if old != new:  # imports may say where a paper is still found
            yield _page(catalog, old, new, title, Place(origin.file, origin.line, origin.column))


def _page(catalog: Catalog, old: str, new: str, title: str, place: Place) -> Page:
    return Page.of(
        template="redirect.html",
        page=PageView(
            kind="redirect",
            address=old,
            title=title,
            canonical=catalog.absolute(new) if new.startswith("/") else new,
            index=False,
        ),
        data=RedirectData(address=new),
        place=place,
    )
