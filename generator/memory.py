"""What builds of one site remember, so that the next one makes only what has changed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from generator import state
from generator.digests import Digests
from generator.kept import FEW, Kept, Last
from generator.model import Paper
from generator.pages.related import Found
from generator.pages.viewer import Viewed

EXPORTS = 4
"""What there is of a paper: an entry, its key, a record and an item."""


@dataclass(frozen=True)
class Memory:
    """``digests`` of files, ``papers`` by the digest of the text that each was read from, ``views`` of papers and
    ``exports``, which files of citations hold of them, by all that they depend on; ``compared``: which papers are
    related.

    ``made`` is what else was made of papers, by the same; it lives as long as the process, where that builds often.
    """

    digests: Digests
    papers: Kept[tuple[Paper, ...]]
    views: Kept[Viewed]
    exports: Kept[str]
    compared: Last[Found]
    made: Kept[Any] | None = None

    @classmethod
    def of(cls, folder: Path | None, digests: Digests, program: str, lasting: bool = False) -> Self:
        """What earlier builds of a site left, as far as the same ``program`` made them; nothing without a ``folder``,
        and nothing will be left then.

        ``lasting``: there will be many builds.
        """
        kept = folder / state.FOLDER if folder else None
        return cls(
            digests,
            Kept(tuple[Paper, ...], kept / "papers" if kept else None, program, FEW),
            Kept(Viewed, kept / "views" if kept else None, program, FEW),
            Kept(str, kept / "exports" if kept else None, program, FEW * EXPORTS),
            Last(Found, kept / "related" if kept else None, program),
            Kept(Any) if lasting else None,
        )

    def save(self) -> None:
        """Leave what was used to later builds."""
        self.digests.save()
        for kept in (self.papers, self.views, self.exports, self.compared):
            kept.save()

    def renew(self) -> None:
        """Forget what the last build had no use for."""
        for kept in (self.papers, self.views, self.exports, self.made):
            if kept is not None:
                kept.renew()
