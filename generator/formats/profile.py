"""What a reader makes of a source: the author it is about, the papers, the files these name, and what went wrong."""

import msgspec

from generator.errors import Problem
from generator.model import Author, File, FreePage, Paper


class Profile(msgspec.Struct, frozen=True):
    """An author with papers, as imported; every paper has an id, no two the same one.

    ``author.name`` is empty where the source did not tell whose papers these are. A paper's ``origin`` is its place in
    the source.
    """

    author: Author
    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...] = ()
    files: tuple[File, ...] = ()
    """Files for ``content/files/``: the path there, and where the file lies now."""
    others: tuple[Author, ...] = ()
    """Further people who have a profile in the source."""
    pages: tuple[FreePage, ...] = ()
    """Pages for ``content/pages/``; a page's ``origin`` is its place in the source."""
