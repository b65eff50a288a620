"""The names in folders, each of which is looked into once: by who asks whether anything changed, and by who reads."""

import os


class Listing:
    """What was found in folders, and stays so: an entry keeps what the file system said of it when it was asked."""

    def __init__(self) -> None:
        self._entries: dict[str, list[os.DirEntry[str]]] = {}

    def of(self, folder: str) -> list[os.DirEntry[str]]:
        """The entries of a folder, sorted by name. Raises OSError, then and whenever it is asked again."""
        entries = self._entries.get(folder)
        if entries is None:
            with os.scandir(folder) as found:
                entries = self._entries[folder] = sorted(found, key=lambda entry: entry.name)
        return entries

    def forget(self) -> None:
        """Let go of what was found."""
        self._entries.clear()
