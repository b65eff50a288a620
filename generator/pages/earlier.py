"""What earlier builds made of papers and people."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from generator.kept import Kept, Last, Unchanged
from generator.pages.viewer import Viewed
from generator.text import Rich

Made = TypeVar("Made")


class Earlier(msgspec.Struct, frozen=True):
    """What earlier builds made of papers and people, on disk and, where one process builds often, in memory."""

    views: Kept[Viewed] = msgspec.field(default_factory=lambda: Kept(Viewed))
    """By all that they depend on."""
    exports: Kept[str] = msgspec.field(default_factory=lambda: Kept(str))
    """What files of citations hold of them, by the same."""
    bios: Kept[Rich] = msgspec.field(default_factory=lambda: Kept(Rich))
    """Biographies, by their source and their address."""
    compared: Last[Any] = msgspec.field(default_factory=lambda: Last(object))
    """Which of them are related."""
    names: Last[dict[str, str]] = msgspec.field(default_factory=lambda: Last(dict[str, str]))
    """What names in their lists of authors are sorted by."""
    same: Unchanged[Any] = msgspec.field(default_factory=Unchanged)
    """Views of records that are still the very same, see ``Viewer``."""
    made: Kept[Any] | None = None
    """What else was made of them and of the site; None where this process builds once."""

    def remembered(self, name: str) -> Any:
        """What ``remember`` was given under that name by the build before; None where there was none."""
        return self.made.get(name.encode()) if self.made is not None else None

    def remember(self, name: str, value: object) -> None:
        """Keep a value for the next build of a site that is built often."""
        if self.made is not None:
            self.made.put(name.encode(), value)

    def unchanged(self, name: str, decisive: object, make: Callable[[], Made]) -> Made:
        """What ``make`` makes; who builds often has it made again only when ``decisive`` is not what it was."""
        last = self.remembered(name)
        made: Made = last[1] if last and last[0] == decisive else make()
        self.remember(name, (decisive, made))
        return made
