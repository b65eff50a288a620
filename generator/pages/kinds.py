"""Papers by what they are, as a CV lists them: journal articles, conference papers, preprints and so on."""

from collections.abc import Iterable

from generator.formats.citation import kind
from generator.pages.catalog import Catalog
from generator.views import PaperView

GROUPS = {
    "article-journal": "journal",
    "review": "journal",
    "paper-conference": "conference",
    "book": "book",
    "chapter": "book",
    "article": "preprint",
    "manuscript": "preprint",
    "thesis": "thesis",
    "report": "report",
    "patent": "patent",
    "speech": "talk",
    "dataset": "data",
    "software": "data",
    "webpage": "other",
}
"""The group of each type of paper, in the order in which lists have them."""


def by_kind(catalog: Catalog, papers: Iterable[PaperView]) -> dict[str, list[PaperView]]:
    """The groups that papers are of, in the usual order, each with its papers in the order in which they come."""
    groups: dict[str, list[PaperView]] = {group: [] for group in GROUPS.values()}
    for paper in papers:
        groups[GROUPS[kind(catalog.records[paper.id])]].append(paper)
    return {group: listed for group, listed in groups.items() if listed}
