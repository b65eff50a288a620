"""What a build can write: pages made by templates, files made by our own code, and files copied as they are."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from generator import urls
from generator.errors import Place
from generator.views import PageView, View


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page: a template and all that it may show. What is here decides alone whether it must be rendered again."""

    address: str
    template: str
    page: PageView
    data: View | None
    place: Place
    """Where the content stands that wants this address."""

    @property
    def path(self) -> str:
        return urls.output_path(self.address)


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A file that our own code writes: a feed, a citation file, a sitemap."""

    address: str
    write: Callable[[], str | bytes]
    digest: str = ""
    """Any text that changes with what is written, where such a text costs much less than writing; "" where not."""
    place: Place

    @property
    def path(self) -> str:
        return urls.output_path(self.address)


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is copied: of ``content/files/`` or of the theme."""

    address: str
    source: Path
    content: bytes | None = None
    """The bytes, when they are not simply those of the source."""
    place: Place

    @property
    def path(self) -> str:
        return urls.output_path(self.address)


Output = Page | Export | Asset
