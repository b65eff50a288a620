"""A feed as a value, before it is written as JSON Feed or Atom.

A site that does not know its own address leaves every address empty: the writers then leave out what their standard
lets them leave out, and ids are URNs made with ``urn``.
"""

from urllib.parse import quote

import msgspec

from generator.dates import Date
from generator.model import Paper

UNKNOWN_DATE = "1970-01-01T00:00:00Z"


class FeedAuthor(msgspec.Struct, frozen=True):
    """Somebody who wrote something: a name, an address, or both."""

    name: str
    url: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed. Texts are plain except ``html``, whose links must be absolute."""

    id: str
    """Absolute address of the item's page, or a URN; never changes, no two items of a feed the same."""
    url: str = ""
    """Absolute address of the item's page."""
    external_url: str = ""
    """Absolute address of the work itself, elsewhere."""
    title: str
    """Title in plain text."""
    html: str = ""
    """The content as HTML."""
    summary: str = ""
    """The content, or a short form of it, in plain text."""
    authors: tuple[FeedAuthor, ...] = ()
    tags: tuple[str, ...] = ()
    date: Date | None = None
    paper: Paper | None = None
    """The paper that the item is about; JSON Feed tells its facts to programs."""
    facts: dict[str, object] = {}
    """More for the ``_paperfolio`` object of JSON Feed; a value of None takes a fact of the paper away."""


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A list of items, newest first."""

    title: str
    id: str = ""
    """A URN that stands for the feed while it has no address."""
    home: str = ""
    """Absolute address of the page that lists the same items."""
    address: str = ""
    """Absolute address of the JSON Feed."""
    atom_address: str = ""
    """Absolute address of the Atom feed."""
    about: str = ""
    """Absolute address of a page that explains the ``_paperfolio`` objects of the JSON Feed."""
    next_address: str = ""
    """Absolute address of a JSON Feed with the items that come after these."""
    facts: dict[str, object] = {}
    """What the feed's own ``_paperfolio`` object says; without any there is none."""
    description: str = ""
    language: str = ""
    """Language tag of BCP 47."""
    authors: tuple[FeedAuthor, ...] = ()
    items: tuple[Item, ...] = ()


def urn(*parts: str) -> str:
    """A stable id where there is no address: ``urn("paper", "a-title")`` is ``urn:paperfolio:paper:a-title``."""
    return ":".join(("urn", "paperfolio", *(quote(part, safe="-._~") for part in parts)))
