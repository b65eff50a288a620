"""What the BibTeX entry that a page offers says of a paper besides the page."""

from typing import Any

import msgspec

from generator.dates import Date
from generator.formats import bibtex_reader
from generator.model import Paper

_KEYS = (
    "authors",
    "venue",
    "volume",
    "issue",
    "pages",
    "publisher",
    "doi",
    "arxiv",
    "date",
    "type",
    "et_al",
    "abstract",
    "pmid",
)


def completed(paper: Paper, cited: Paper) -> Paper:
    """The paper with what only its entry says, and with the date and venue that are better there."""
    better: dict[str, Any] = {
        key: getattr(cited, key) for key in _KEYS if not getattr(paper, key) and getattr(cited, key)
    }
    if paper.date and cited.date and _is_guess(paper.date, cited.date):
        # converters make a day of every year and month
        better["date"] = cited.date
    if paper.venue.casefold() in bibtex_reader.JOURNALS:
        better["venue"] = cited.venue
    if [author.name for author in paper.authors] == [author.name for author in cited.authors]:
        # only BibTeX tells where a family name begins
        better["authors"] = tuple(
            msgspec.structs.replace(author, family=other.family)
            for author, other in zip(paper.authors, cited.authors, strict=True)
        )
    return msgspec.structs.replace(paper, **better)


def _is_guess(date: Date, better: Date) -> bool:
    return date.year == better.year and date.day == 1 and date.month in (1, better.month)
