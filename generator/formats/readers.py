"""What ``paperfolio import`` can read: a new kind is a module and one line in ``READERS``."""

import datetime
import importlib
from types import ModuleType

import msgspec

from generator.formats.profile import Profile


class Reader(msgspec.Struct, frozen=True):
    """A kind of text that can be imported, and the module of this folder that reads it, loaded when first needed.

    ``endings`` are the usual ends of file names, in lower case.
    """

    kind: str
    endings: tuple[str, ...]
    module: str

    def looks_like(self, text: str) -> bool:
        """Whether the text is of this kind."""
        return bool(self._module().looks_like(text))

    def read(self, text: str, file: str, as_of: datetime.date) -> Profile:
        """Read the text; ``file`` names it in messages, ``as_of`` is the day it was saved.

        Raises ImportFailed when the text is not of this kind at all.
        """
        profile: Profile = self._module().read(text, file, as_of)
        return profile

    def _module(self) -> ModuleType:
        return importlib.import_module(f"generator.formats.{self.module}")


READERS = (
    Reader("bibtex", (".bib", ".bibtex"), "bibtex_reader"),
    Reader("ris", (".ris", ".refman"), "ris_reader"),
    Reader("endnote", (".enw", ".end"), "endnote_reader"),
    Reader("pubmed", (".nbib", ".medline"), "nbib_reader"),
    Reader("csl-json", (".json", ".csljson"), "csl_reader"),
    Reader("zotero-json", (".json",), "zotero_reader"),
    Reader("json-resume", (".json",), "json_resume"),
    Reader("csv", (".csv", ".tsv"), "csv_reader"),
    Reader("profile-text", (".txt",), "profile_text"),
)
