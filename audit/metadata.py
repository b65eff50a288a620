"""What readers of metadata find on pages: extruct, mf2py, signposting, and the rules of Google Scholar."""

import re
from collections.abc import Iterator
from typing import Any

import extruct
import mf2py
from bs4 import BeautifulSoup
from signposting import find_signposting_html

from audit.finding import Finding
from audit.sites import BASE, URL, Site, address, served

OF_KIND = {
    "profile": {"ProfilePage", "BreadcrumbList"},
    "paper": {"ScholarlyArticle", "BreadcrumbList"},
    **{kind: {"CollectionPage", "BreadcrumbList"} for kind in ("category", "year", "tag", "venue", "index")},
}
"""Types of JSON-LD that pages of a kind must have; the front page has nothing to lead back to."""
SCHOLAR_ONCE = ("citation_title", "citation_publication_date")


def check(site: Site) -> Finding:
    """Every page is read; Signposting and microformats on the pages of papers."""
    faults: list[str] = []
    with served(site) as root:
        for kind, paths in site.pages.items():
            for path in paths:
                text = (site.output / path).read_text(encoding="utf-8")
                found = [*_linked_data(kind, path, text)]
                if kind == "paper":
                    found += [*_entry(text), *_scholar(path, text, site), *_signposts(root + address(path))]
                if kind == "profile":
                    found += _card(text)
                faults += [f"{path}: {fault}" for fault in found]
    figure = f"{len(faults)} faults in {len(site.every):,} pages, {len(site.pages['paper']):,} of them papers"
    return Finding("Metadata", figure, tuple(faults))


def _linked_data(kind: str, path: str, text: str) -> Iterator[str]:
    objects = extruct.extract(text, base_url=URL, syntaxes=["json-ld"])["json-ld"]
    types = {thing.get("@type") for thing in objects}
    wanted = OF_KIND.get(kind, set()) - ({"BreadcrumbList"} if path == "index.html" else set())
    if wanted - types:
        yield f"no {', '.join(sorted(wanted - types))} in JSON-LD"
    for thing in objects:
        if thing.get("@context") != "https://schema.org":
            yield f"{thing.get('@type')} is not of schema.org"
        yield from _empty(thing, str(thing.get("@type")))
    for article in objects:
        if article.get("@type") == "ScholarlyArticle":
            yield from (
                f"ScholarlyArticle without {key}" for key in ("headline", "author", "url") if key not in article
            )


def _empty(value: Any, where: str) -> Iterator[str]:
    if value in (None, "", [], {}):
        yield f"{where} is empty"
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from _empty(part, f"{where}.{key}")


def _microformats(text: str, kind: str) -> list[dict[str, Any]]:
    items = mf2py.parse(doc=text, url=URL, html_parser="html.parser")["items"]
    return [item["properties"] for item in items if kind in item["type"]]


def _entry(text: str) -> Iterator[str]:
    entries = _microformats(text, "h-entry")
    if len(entries) != 1:
        yield f"{len(entries)} h-entry"
        return
    yield from (f"h-entry without p-{name}" for name in ("name", "author", "url") if not entries[0].get(name))


def _card(text: str) -> Iterator[str]:
    cards = _microformats(text, "h-card")
    if not any(card.get("name") and card.get("url") for card in cards):
        yield "no h-card with a name and an address"


def _scholar(path: str, text: str, site: Site) -> Iterator[str]:
    """What Google Scholar asks of a page: one title, that of the heading; one name a tag; a date; the PDF beside it."""
    page = BeautifulSoup(text, "html.parser")
    tags = [(str(tag["name"]), str(tag["content"])) for tag in page.select("head meta[name^=citation_]")]
    values = {name: [content for own, content in tags if own == name] for name, _ in tags}
    yield from (f"{name} is empty" for name, content in tags if not content.strip())
    # a paper that is still to appear has no date
    wanted = SCHOLAR_ONCE if page.select_one(".paper .dt-published") else SCHOLAR_ONCE[:1]
    yield from (f"{len(values.get(name, []))} {name}" for name in wanted if len(values.get(name, [])) != 1)
    heading = page.select_one("h1")
    if heading and not heading.find("math") and [" ".join(heading.get_text().split())] != values.get("citation_title"):
        yield "citation_title is not the heading"
    authors = values.get("citation_author", [])
    shown = [" ".join(name.get_text().split()) for name in page.select(".paper .p-author")]
    if not authors or authors != shown:
        yield "citation_author is not who is shown"
    yield from (f"several names in {name!r}" for name in authors if ";" in name or " and " in name)
    for date in values.get("citation_publication_date", []):
        if not re.fullmatch(r"\d{4}(/\d\d(/\d\d)?)?", date):
            yield f"citation_publication_date {date}"
    folder = URL + address(path)
    for pdf in values.get("citation_pdf_url", []):
        if not pdf.startswith(folder) or not (site.output / path).parent.joinpath(pdf.removeprefix(folder)).is_file():
            yield f"{pdf} is not beside the page"
    if values.get("citation_abstract_html_url") != [folder]:
        yield "citation_abstract_html_url is not the page"


def _signposts(url: str) -> Iterator[str]:
    found = find_signposting_html(url)
    if not {"https://schema.org/AboutPage", "https://schema.org/ScholarlyArticle"} <= {
        str(p.target) for p in found.types
    }:
        yield "no type among the signposts"
    if {post.type for post in found.describedBy} < {"application/x-bibtex", "application/vnd.citationstyles.csl+json"}:
        yield "no citation files among the signposts"
    yield from (f"{post.target} leads out of the site" for post in found.describedBy if BASE not in str(post.target))
