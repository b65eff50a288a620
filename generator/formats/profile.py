"""What a reader makes of a text: the author it is about, the papers, and what could not be read."""

import msgspec

from generator.errors import Problem
from generator.model import Author, Paper


class Profile(msgspec.Struct, frozen=True):
    """An author with papers, as imported; every paper has an id, no two the same one.

    ``author.name`` is empty where the text did not tell whose papers these are.
    """

    author: Author
    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...] = ()
