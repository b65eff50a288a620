"""The Atom Syndication Format (RFC 4287)."""

from collections.abc import Callable

from generator.formats.feed import UNKNOWN_DATE, Feed, FeedAuthor, Item, urn
from generator.text import escaped


def entry(item: Item, updated: str) -> str:
    """An item as an element of a feed that has that date."""
    if item.html:
        content = f'    <content type="html">{escaped(item.html)}</content>'
    else:
        content = f'    <content type="text">{escaped(item.summary or item.title)}</content>'
    lines = [
        "  <entry>",
        f"    <id>{escaped(item.id)}</id>",
        f"    <title>{escaped(item.title)}</title>",
        f"    <updated>{item.date.rfc3339 if item.date else updated}</updated>",
        *([f"    <published>{item.date.rfc3339}</published>"] if item.date else []),
        *_link("    ", "alternate", item.url, "text/html"),
        *_link("    ", "related", item.external_url),
        *_authors("    ", item.authors),
        *(f'    <category term="{escaped(tag)}"/>' for tag in dict.fromkeys(item.tags) if tag),
        *([f"    <summary>{escaped(item.summary)}</summary>"] if item.summary else []),
        content,
        "  </entry>",
    ]
    return "\n".join(lines)


def write(feed: Feed, entry: Callable[[Item, str], str] = entry) -> str:
    """The feed as an XML document, ending in a line end; to be served as ``application/atom+xml`` in UTF-8.

    ``entry`` may know the elements of items that stand in other feeds too.

    Atom wants a time of change for everything: items without a date take the newest date of the feed, and where no
    date is known at all it is the start of 1970. The present time never appears.
    """
    updated = max((item.date.rfc3339 for item in feed.items if item.date), default=UNKNOWN_DATE)
    language = f' xml:lang="{escaped(feed.language)}"' if feed.language else ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{language}>',
        f"  <id>{escaped(feed.atom_address or feed.home or feed.id or urn('feed', feed.title))}</id>",
        f"  <title>{escaped(feed.title)}</title>",
        *([f"  <subtitle>{escaped(feed.description)}</subtitle>"] if feed.description else []),
        f"  <updated>{updated}</updated>",
        *_link("  ", "self", feed.atom_address, "application/atom+xml"),
        *_link("  ", "alternate", feed.home, "text/html"),
        *_authors("  ", _feed_authors(feed)),
        "  <generator>Paperfolio</generator>",
    ]
    lines += [entry(item, updated) for item in feed.items]
    return "\n".join([*lines, "</feed>"]) + "\n"


def _feed_authors(feed: Feed) -> tuple[FeedAuthor, ...]:
    """The feed's authors; RFC 4287 wants one here unless every entry has its own, so its title may stand in."""
    named = tuple(author for author in feed.authors if author.name)
    if named or (feed.items and all(any(author.name for author in item.authors) for item in feed.items)):
        return named
    return (FeedAuthor(feed.title),)


def _authors(indent: str, authors: tuple[FeedAuthor, ...]) -> list[str]:
    return [
        f"{indent}<author><name>{escaped(author.name)}</name>"
        + (f"<uri>{escaped(author.url)}</uri>" if author.url else "")
        + "</author>"
        for author in authors
        if author.name
    ]


def _link(indent: str, relation: str, address: str, media_type: str = "") -> list[str]:
    if not address:
        return []
    kind = f' type="{media_type}"' if media_type else ""
    return [f'{indent}<link rel="{relation}"{kind} href="{escaped(address)}"/>']
