"""Records of papers as sources tell them."""

from generator.dates import Date
from generator.formats.profile import Profile
from generator.merge import Told
from generator.model import Author, Origin, Paper, PaperAuthor

NOBODY = Author(name="")


def record(name: str, title: str = "On analytical engines", **more: object) -> Paper:
    values = {"authors": (PaperAuthor(name="Ada Lovelace"),), "date": Date(2023), "id": "x", **more}
    return Paper(title=title, origin=Origin(name, 0, 1), **values)  # type: ignore[arg-type]


def told(*papers: Paper) -> list[Told]:
    """Each paper from a source of its own, named by what the service calls it."""
    return [Told(paper.origin.file, Profile(NOBODY, (paper,))) for paper in papers]
