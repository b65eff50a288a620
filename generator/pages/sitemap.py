"""sitemap.xml (sitemaps.org 0.9), robots.txt (RFC 9309) and .nojekyll."""

from collections.abc import Iterator, Sequence
from html import escape

from generator.errors import Place
from generator.output import Export
from generator.pages.catalog import Catalog

MOST = 50_000
"""Addresses that a sitemap may hold."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def outputs(catalog: Catalog, addresses: Sequence[str]) -> Iterator[Export]:
    """The sitemap lists ``addresses``; a site that does not know its own address has none."""
    place = Place("")
    robots = "User-agent: *\nAllow: /\n"
    if catalog.url:
        robots += f"Sitemap: {catalog.absolute('/sitemap.xml')}\n"
        parts = [addresses[start : start + MOST] for start in range(0, len(addresses), MOST)]
        if len(parts) <= 1:
            yield Export(address="/sitemap.xml", write=lambda: _urls(catalog, addresses), place=place)
        else:
            names = [f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
            yield Export(address="/sitemap.xml", write=lambda: _index(catalog, names), place=place)
            for name, part in zip(names, parts, strict=True):
                yield _part(catalog, name, part, place)
    yield Export(address="/robots.txt", write=lambda: robots, place=place)
    yield Export(address="/.nojekyll", write=lambda: "", place=place)


def _part(catalog: Catalog, name: str, part: Sequence[str], place: Place) -> Export:
    return Export(address=name, write=lambda: _urls(catalog, part), place=place)


def _urls(catalog: Catalog, addresses: Sequence[str]) -> str:
    lines = _lines("url", catalog, addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACE}>\n{lines}</urlset>\n'


def _index(catalog: Catalog, names: Sequence[str]) -> str:
    lines = _lines("sitemap", catalog, names)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {_NAMESPACE}>\n{lines}</sitemapindex>\n'


def _lines(kind: str, catalog: Catalog, addresses: Sequence[str]) -> str:
    # escaped at once: an address holds no line end
    escaped = escape("\n".join([catalog.absolute(address) for address in addresses]))
    return "".join([f"<{kind}><loc>{address}</loc></{kind}>\n" for address in escaped.splitlines()])
