"""The icon of the site, and the pictures for share previews where the site wants them."""

import functools
import hashlib
import re
from collections.abc import Iterator
from html import escape

import msgspec

from generator import share_image
from generator.errors import Place
from generator.output import Export
from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.share_image import Card
from generator.views import PaperView

SITE = "/share.png"
ACCENTS = {
    "blue": "#21539c",
    "teal": "#006363",
    "green": "#196632",
    "violet": "#613c9c",
    "crimson": "#9a1c32",
    "copper": "#80421a",
    "slate": "#4a5666",
}
"""The accents of the theme base on light ground. A theme with others may name ``#rrggbb``; the rest is blue."""
OWN_ICONS = ("favicon.svg", "favicon.ico", "favicon.png")
"""Files of the site that are its icon, the first that there is."""

_COLOUR = re.compile("#[0-9a-fA-F]{6}")


def outputs(catalog: Catalog) -> Iterator[Export]:
    own = icon(catalog)
    if own == "/favicon.svg" and "favicon.svg" not in catalog.viewer.files:
        yield Export(
            address=own, write=functools.partial(_monogram, catalog.initials, accent(catalog)), place=Place("")
        )
    if of_site(catalog):
        yield _picture(SITE, site_card(catalog))
    for paper in catalog.papers:
        address = of_paper(catalog, paper)
        if address:
            yield _picture(address, paper_card(catalog, paper))


def icon(catalog: Catalog) -> str:
    """The address of the icon that browsers show beside the title: a file of the site, or a monogram."""
    return f"/{next((name for name in OWN_ICONS if name in catalog.viewer.files), 'favicon.svg')}"


def accent(catalog: Catalog) -> str:
    """The colour of drawn pictures, as ``#rrggbb``."""
    chosen = catalog.accent
    return chosen.lower() if _COLOUR.fullmatch(chosen) else ACCENTS.get(chosen, ACCENTS["blue"])


def of_site(catalog: Catalog) -> str:
    """The address of the picture of the whole site, or "" when there is none."""
    wanted = catalog.site.config.share_images != "none" and bool(catalog.url)
    return SITE if wanted and share_image.can_draw(site_card(catalog)) else ""


def of_paper(catalog: Catalog, paper: PaperView) -> str:
    """The address of the drawn picture of a paper, or ""; a paper with a picture of its own needs none."""
    wanted = catalog.site.config.share_images == "papers" and bool(catalog.url) and not paper.image
    return f"{paper.address}share.png" if wanted and share_image.can_draw(paper_card(catalog, paper)) else ""


def left_out(catalog: Catalog) -> int:
    """How many pictures that the site wants cannot be drawn."""
    config = catalog.site.config
    if config.share_images == "none" or not catalog.url:
        return 0
    papers = [paper for paper in catalog.papers if not paper.image] if config.share_images == "papers" else []
    return (not of_site(catalog)) + sum(not of_paper(catalog, paper) for paper in papers)


def site_card(catalog: Catalog) -> Card:
    words = catalog.words
    if not catalog.single:
        return Card(
            catalog.title,
            catalog.site.config.description,
            words("{count} papers", count=len(catalog.papers)),
            accent(catalog),
        )
    (profile,) = catalog.profiles
    position = ", ".join((*([profile.role] if profile.role else []), *(place.name for place in profile.affiliations)))
    figures = " · ".join(f"{metric.label} {metric.value}" for metric in profile.metrics[:4])
    return Card(catalog.title, position or catalog.site.config.description, figures, accent(catalog))


def paper_card(catalog: Catalog, paper: PaperView) -> Card:
    published = (paper.abbr or paper.venue, paper.date.year if paper.date else "")
    foot = " ".join(part for part in published if part)
    return Card(paper.title_text, metadata.byline(paper, catalog.words), foot, accent(catalog))


def _picture(address: str, card: Card) -> Export:
    digest = hashlib.blake2b(msgspec.msgpack.encode((share_image.VERSION, card)), digest_size=16).hexdigest()
    return Export(address=address, write=functools.partial(share_image.draw, card), digest=digest, place=Place(""))


def _monogram(initials: str, colour: str) -> str:
    size = 15 if len(initials) > 1 else 19
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\n'
        f'<rect width="32" height="32" rx="7" fill="{colour}"/>\n'
        f'<text x="16" y="16" font-family="system-ui, sans-serif" font-weight="700" font-size="{size}" fill="#fff"'
        f' text-anchor="middle" dominant-baseline="central">{escape(initials)}</text>\n'
        "</svg>\n"
    )
