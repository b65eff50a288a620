"""What a build can write: pages made by templates, files made by our own code, and files copied as they are."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from generator import urls
from generator.errors import Place
from generator.views import PageView, View


class Content(NamedTuple):
    """All that a template may show."""

    page: PageView
    data: View | None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page: a template and what it shows. This decides alone whether it must be rendered again."""

    address: str
    template: str
    kind: str
    title: str
    index: bool = True
    """May be listed by search engines."""
    make: Callable[[], Content]
    digest: str = ""
    """Any text that changes with what is made, where such a text costs much less than making it; "" where not."""
    place: Place
    """Where the content stands that wants this address."""

    @classmethod
    def of(cls, *, template: str, page: PageView, data: View | None, place: Place) -> Self:
        """A page whose content is there already."""
        content = Content(page, data)
        return cls(
            address=page.address,
            template=template,
            kind=page.kind,
            title=page.title,
            index=page.index,
            make=lambda: content,
            place=place,
        )

    @property
    def path(self) -> str:
        return urls.output_path(self.address)


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A file that our own code writes: a feed, a citation file, a sitemap."""

    address: str
    write: Callable[[], str | bytes]
    digest: str = ""
    """Any text that changes with what is written, where such a text costs much less than writing; "" where not."""
    of_all: bool = False
    """Writing goes through all papers."""
    place: Place

    @property
    def path(self) -> str:
        return urls.output_path(self.address)

    def data(self) -> bytes:
        """What is written, as UTF-8."""
        written = self.write()
        return written.encode() if isinstance(written, str) else written


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
