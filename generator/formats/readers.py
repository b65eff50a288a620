"""What ``paperfolio import`` can read: a new kind is a module and one line in ``READERS``."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from generator.formats import profile_text
from generator.formats.profile import Profile


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of text that can be imported.

    ``endings`` are the usual ends of file names, in lower case; ``looks_like`` tells whether a text is of this kind;
    ``read`` takes the text, the file's name for messages and the day the text was saved, and raises ImportFailed
    when the text is not of this kind at all.
    """

    kind: str
    endings: tuple[str, ...]
    looks_like: Callable[[str], bool]
    read: Callable[[str, str, datetime.date], Profile]


READERS = (Reader("profile-text", (".txt",), profile_text.looks_like, profile_text.read),)
