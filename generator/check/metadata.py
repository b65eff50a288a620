"""What a page says to machines: JSON-LD and the tags of Google Scholar."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from generator.check.elements import at, attribute
from generator.check.finding import Fault
from generator.check.links import Link

_PUBLISHED = re.compile(r"\d{4}(/\d{1,2}(/\d{1,2})?)?\Z")
_DATES = ("datePublished", "dateModified", "dateCreated")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d.*)?)?)?\Z")
"""A date of ISO 8601 as JSON-LD and sitemaps have it."""


def read_json(text: str) -> Any:
    """Raises ValueError when it cannot be read."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it nests too deep") from None


def _refuse(name: str) -> None:
    """NaN and Infinity, which Python reads and others do not."""
    raise ValueError(f"{name} is no number of JSON")


def linked_data(by_name: dict[str, list[Tag]], faults: list[Fault]) -> Iterator[tuple[Tag, Any]]:
    """The values of JSON-LD, each with its element; what cannot be read is added to ``faults``."""
    for tag in by_name.get("script", ()):
        if attribute(tag, "type").lower() == "application/ld+json":
            try:
                yield tag, read_json(tag.string or "")
            except ValueError as error:
                faults.append(at(tag, "json-ld", f"JSON-LD cannot be read: {error}"))


def of_linked_data(described: list[tuple[Tag, Any]], home: str, links: list[Link]) -> Iterator[Fault]:
    """What is wrong with the JSON-LD; the addresses of this site in it are added to ``links``."""
    for tag, found in described:
        place = (tag.sourceline or 0, (tag.sourcepos or 0) + 1)
        try:
            json.dumps(found, ensure_ascii=False).encode()
            links += [Link(text.partition("#")[0], text, "JSON-LD", *place, False) for text in _texts(found, home)]
            wrong = list(_wrong(found))
        except UnicodeEncodeError as error:
            wrong = [f"JSON-LD holds {error.object[error.start]!r}, which is half of a letter"]
        except RecursionError:  # what reads JSON may follow deeper than functions written in Python
            wrong = ["JSON-LD cannot be read: it nests too deep"]
        yield from (at(tag, "json-ld", what) for what in wrong)


def _wrong(found: Any) -> Iterator[str]:
    for thing in found if isinstance(found, list) else [found]:
        if not isinstance(thing, dict) or "schema.org" not in str(thing.get("@context", "")):
            yield "JSON-LD without the @context https://schema.org"
        else:
            yield from (f"JSON-LD: {what}" for what in _missing(thing, ""))


def _texts(value: Any, beginning: str) -> Iterator[str]:
    """The texts in a value of JSON that begin so."""
    if isinstance(value, str):
        if value.startswith(beginning):
            yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner, beginning)


def _missing(thing: dict[str, Any], where: str) -> Iterator[str]:
    """What an object of schema.org lacks, and the objects in it."""
    if isinstance(thing.get("@graph"), list):
        for part in thing["@graph"]:
            if isinstance(part, dict):
                yield from _missing(part, where)
        return
    kind = str(thing.get("@type", ""))
    name = f"{where}{kind or 'an object'}"
    needed = {
        "": ("@type",),
        "ScholarlyArticle": ("headline",),
        "ProfilePage": ("mainEntity",),
        "Person": ("name",),
        "Organization": ("name",),
        "CollectionPage": ("name",),
        "BreadcrumbList": ("itemListElement",),
        "ListItem": ("position", "name"),
        "PropertyValue": ("value",),
    }.get(kind, ())
    for key in needed:
        if thing.get(key) in (None, "", [], {}):
            yield f"{name} has no {key}"
    for key in _DATES:
        if key in thing and not DATE.match(str(thing[key])):
            yield f"{name}: {key} is {thing[key]!r}, not like 2026-03-07"
    for key, value in thing.items():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and key != "@context":
                yield from _missing(inner, f"{name}, {key}: ")


def _articles(described: list[Any]) -> Iterator[dict[str, Any]]:
    """The papers that JSON-LD describes as the page's own."""
    for found in described:
        parts = found.get("@graph", found) if isinstance(found, dict) else found
        for part in parts if isinstance(parts, list) else [parts]:
            if isinstance(part, dict) and part.get("@type") == "ScholarlyArticle":
                yield part


def of_citation(by_name: dict[str, list[Tag]], metas: dict[str, str], described: list[Any]) -> Iterator[Fault]:
    """Google Scholar wants a title, an author and a date (scholar.google.com/intl/en/scholar/inclusion.html)."""
    articles = list(_articles(described))
    if not articles and not any(name.startswith("citation_") for name in metas):
        return
    if not metas.get("citation_title"):
        yield Fault(rule="citation", what="the paper's page has no citation_title")
    named = sum(attribute(tag, "name") == "citation_author" for tag in by_name.get("meta", ()))
    for article in articles:
        title, headline = metas.get("citation_title"), article.get("headline")
        if title and headline and title != headline:
            what = f"citation_title is {title!r}, but the headline in JSON-LD {headline!r}"
            yield Fault(rule="citation", what=what)
        written = article.get("author") or []
        count = len(written) if isinstance(written, list) else 1
        if named != count:
            what = f"the page names {named} authors by citation_author, and {count} in JSON-LD"
            yield Fault(rule="citation", what=what)
    unlisted = "Google Scholar does not list such a paper"
    if not metas.get("citation_author"):
        hint = f"add authors to the paper: {unlisted}"
        yield Fault(rule="citation", what="the paper has no author", hint=hint, error=False)
    published = metas.get("citation_publication_date", "")
    if not published:
        hint = f"add a date to the paper: {unlisted}"
        yield Fault(rule="citation", what="the paper has no date", hint=hint, error=False)
    elif not _PUBLISHED.match(published):
        yield Fault(rule="citation", what=f"citation_publication_date is {published!r}, not like 2026/03/07")
