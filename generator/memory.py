"""What builds of one site remember, so that the next one makes only what has changed."""

from pathlib import Path
from typing import Any, Self

import msgspec

from generator import state
from generator.digests import Digests
from generator.kept import FEW, Kept, Last, Same, Unchanged
from generator.model import Author, Paper
from generator.pages.earlier import Earlier
from generator.pages.related import Found
from generator.pages.viewer import Viewed
from generator.readings import Readings
from generator.render import Renderer
from generator.text import Rich
from generator.tree import Manifest

EXPORTS = 4
"""What there is of a paper: an entry, its key, a record and an item."""


class Memory(msgspec.Struct):
    """``digests`` of files, ``readings`` of papers and authors, and what ``earlier`` builds made of these.

    The ``renderer`` keeps its templates as long as the process lives. Where that builds often, ``fingerprints`` are
    path and fingerprint of outputs that are still the same, and ``manifests`` those of output folders by the digests of
    their files.
    """

    digests: Digests
    readings: Readings
    earlier: Earlier
    renderer: Last[Renderer]
    fingerprints: Same[tuple[str, str]]
    manifests: Kept[Manifest] | None
    lasting: bool
    """There will be many builds."""
    is_saved: bool = False

    @classmethod
    def of(cls, folder: Path | None, digests: Digests, program: str, lasting: bool = False) -> Self:
        """What earlier builds of a site left, as far as the same ``program`` made them; nothing without a ``folder``,
        and nothing will be left then.

        ``lasting``: there will be many builds.
        """
        kept = folder / state.FOLDER if folder else None
        return cls(
            digests,
            Readings(
                Kept(tuple[Paper, ...], kept / "papers" if kept else None, program, FEW),
                lasting,
                Kept(Author, kept / "authors" if kept else None, program, FEW),
            ),
            Earlier(
                Kept(Viewed, kept / "views" if kept else None, program, FEW),
                Kept(str, kept / "exports" if kept else None, program, FEW * EXPORTS),
                Kept(Rich, kept / "bios" if kept else None, program, FEW),
                Last(Found, kept / "related" if kept else None, program, lasting),
                Last(dict[str, str], kept / "names" if kept else None, program, lasting),
                Unchanged(lasting),
                Kept(Any) if lasting else None,
            ),
            Last(Renderer),
            Same(lasting),
            Kept(Manifest) if lasting else None,
            lasting,
        )

    def renderer_of(self, renderer: Renderer) -> Renderer:
        """The one of the build before, which has its templates, where pages are the same by both; else this one."""
        before = self.renderer.get()
        if before and before.state == renderer.state:
            renderer = before
            renderer.renew()
        self.renderer.put(renderer)
        self.fingerprints.begin(renderer.state)
        return renderer

    def settle(self) -> None:
        """End a build that had something to do: leave what it used to later ones, and forget the rest.

        Of many builds the first alone leaves it on disk; what single edits change is not worth writing all anew.
        """
        if not self.is_saved:
            self._save()
            self.is_saved = True
        if self.lasting:
            self._renew()

    def _save(self) -> None:
        self.digests.save()
        earlier = self.earlier
        for kept in (self.readings, earlier.views, earlier.exports, earlier.bios, earlier.compared, earlier.names):
            kept.save()

    def _renew(self) -> None:
        earlier = self.earlier
        for kept in (self.readings, earlier.views, earlier.exports, earlier.bios, earlier.made, self.manifests):
            if kept is not None:
                kept.renew()
