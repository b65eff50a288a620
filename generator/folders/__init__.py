"""Folders of other site generators to profiles: one module for each, with ``matches`` and ``read``.

The only readers that see the file system, and they see nothing but the folder they are given. A new kind is a module
and one line in ``KINDS``.
"""

import datetime
import importlib
from pathlib import Path

from generator.errors import ImportFailed
from generator.folders.folder import Folder
from generator.formats.profile import Profile

KINDS = ("hugoblox", "al-folio", "academicpages", "lab-website", "quarto")
"""The kinds of folders that can be imported, in the order in which they are tried."""


def read(path: Path, kind: str | None, as_of: datetime.date) -> Profile:
    """Read a folder; ``kind`` is one of ``KINDS``, by default the folder tells it.

    Raises ImportFailed when it is no such folder.
    """
    folder = Folder(path)
    for name in KINDS:
        module = importlib.import_module(f"generator.folders.{name.replace('-', '')}")
        if kind == name or (kind is None and module.matches(folder)):
            profile: Profile = module.read(folder, as_of)
            return profile
    if kind and kind not in KINDS:
        raise ImportFailed(f"{path} is a folder", hint=f"folders are of the kinds {', '.join(KINDS)}")
    raise ImportFailed(
        f"{path} is no folder that can be imported",
        hint="name the folder of a site made with HugoBlox, al-folio, academicpages, the Lab Website Template "
        "or Quarto, or the files in it",
    )
