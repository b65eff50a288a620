"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1/).

Beside the standard keys an item made from a paper carries ``_paperfolio``, an object for programs such as the embed
element. Its keys, each left out where nothing is known:

    about        address of an explanation of this object
    id           id of the paper, the last part of its address
    type         CSL type
    category     code of the primary category, as the site writes it
    categories   codes of all categories, the primary one first
    venue        journal or conference, in plain text
    abbr         the venue in short
    status       where the paper stands, when it is not simply published
    year         number
    date         the date at its own precision: "2023", "2023-08" or "2023-08-07"
    authors      names in the order of the paper
    et_al        true: the list of authors is cut short
    code         true, or the address of the code
    citations    number
    doi, arxiv   bare identifiers
    award        text
    selected     true: the author put the paper first
    retracted    true

The lists of ``/embed/`` (see ``pages/embed.py``) say more: of an item, and in an object of the feed itself.
"""

from collections.abc import Sequence

import msgspec

from generator.formats.citation import kind
from generator.formats.feed import Feed, FeedAuthor, Item
from generator.model import Paper
from generator.text import inline

VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> str:
    """The feed as JSON text, ending in a line end; to be served as ``application/feed+json`` in UTF-8.

    What is empty is left out. An item without a date has no ``date_published``.
    """
    return write_encoded(feed, [encoded(item, feed.about) for item in feed.items]).decode()


def encoded(item: Item, about: str = "") -> msgspec.Raw:
    """An item as JSON, for feeds that are made of the same items; ``about`` is that of the feed."""
    return msgspec.Raw(msgspec.json.encode(_item(item, about)))


def write_encoded(feed: Feed, items: Sequence[msgspec.Raw]) -> bytes:
    """A feed as JSON in UTF-8, with ``items`` instead of its own."""
    return msgspec.json.encode(_head(feed) | {"items": items}) + b"\n"


def _head(feed: Feed) -> dict[str, object]:
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "next_url": feed.next_address,
        "description": feed.description,
        "authors": _authors(feed.authors),
        "language": feed.language,
        "_paperfolio": {"about": feed.about, **feed.facts} if feed.facts else {},
    }
    return {key: value for key, value in document.items() if value or key == "title"}


def _item(item: Item, about: str) -> dict[str, object]:
    content = {"content_html": item.html} if item.html else {"content_text": item.summary or item.title}
    fields: dict[str, object] = {
        "id": item.id,
        "url": item.url,
        "external_url": item.external_url,
        "title": item.title,
        **content,
        "summary": item.summary,
        "date_published": item.date.rfc3339 if item.date else "",
        "authors": _authors(item.authors),
        "tags": list(dict.fromkeys(tag for tag in item.tags if tag)),
        "_paperfolio": _extension(item.paper, about, item.facts) if item.paper else {},
    }
    return {key: value for key, value in fields.items() if value or key.startswith("content_")}


def _authors(authors: tuple[FeedAuthor, ...]) -> list[dict[str, str]]:
    listed = [{"name": author.name, "url": author.url} for author in authors if author.name or author.url]
    return [{key: value for key, value in author.items() if value} for author in listed]


def _extension(paper: Paper, about: str, more: dict[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {
        "about": about,
        "id": paper.id,
        "type": kind(paper),
        "category": paper.main_category,
        "categories": list(dict.fromkeys(code for code in (paper.category, *paper.categories) if code)),
        "venue": inline(paper.venue).plain if paper.venue else "",
        "abbr": paper.abbr,
        "status": paper.status,
        "year": paper.date.year if paper.date else None,
        "date": paper.date.iso if paper.date else "",
        "authors": [author.name for author in paper.authors],
        "et_al": paper.et_al,
        "code": paper.code,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "award": paper.award,
        "selected": paper.selected,
        "retracted": bool(paper.retracted),
        **more,
    }
    known = {key: value for key, value in fields.items() if value}
    if paper.citations is not None:
        known["citations"] = paper.citations
    return known
