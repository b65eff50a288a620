"""RIS, the tagged format that reference managers exchange: two letters, two blanks, a hyphen, a blank, the value."""

from collections.abc import Iterable, Iterator

from generator.dates import Date
from generator.formats.citation import Citation, citation, first_and_last_page
from generator.model import Paper
from generator.names import Name, split

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "manuscript": "UNPB",
    "paper-conference": "CONF",
    "patent": "PAT",
    "report": "RPRT",
    "review": "JOUR",
    "software": "COMP",
    "speech": "SLIDE",
    "thesis": "THES",
    "webpage": "ELEC",
}


def write(papers: Iterable[Paper]) -> str:
    """The papers as RIS records, in order, each closed by ``ER`` and an empty line; titles and abstracts are plain.

    A value never spans lines. RIS cannot say that a list of authors is cut short: a note does.
    """
    return "".join(record(citation(paper)) for paper in papers)


def record(cited: Citation) -> str:
    """One RIS record, see ``write``."""
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in _fields(cited) if value]
    return "\n".join([*lines, "ER  - ", "", ""])


def without_abstract(record: str) -> str:
    """What ``record`` gives for the same paper without an abstract: a value never spans lines."""
    before, tag, rest = record.partition("\nAB  - ")
    return before + rest[rest.index("\n") :] if tag else record


def _fields(cited: Citation) -> Iterator[tuple[str, str]]:
    paper = cited.paper
    first, last = first_and_last_page(paper)
    yield "TY", _TYPES[cited.kind]
    yield "ID", paper.id
    yield "TI", cited.title
    for name in cited.names:
        yield "AU", _name(name)
    if paper.date:
        yield "PY", f"{paper.date.year:04d}"
        yield "DA", _date(paper.date)
    yield "M3", cited.thesis
    yield "T2", cited.container
    yield "J2", paper.abbr
    yield "VL", paper.volume
    yield "IS", paper.issue
    yield "SP", first
    yield "EP", last
    yield "PB", cited.publisher
    if paper.extra:
        for tag, role in (("ED", "editor"), ("A4", "translator")):
            for name in cited.people(role):
                yield tag, _name(name)
        yield "CY", cited.further("address", "location")
        yield "ET", cited.further("edition")
        yield "T3", cited.further("series")
        yield "SN", cited.further("isbn", "issn")
    yield "DO", paper.doi
    yield "AN", f"arXiv:{paper.arxiv}" if paper.arxiv else ""
    yield "UR", cited.address
    yield "L1", paper.pdf if paper.pdf.startswith(("http://", "https://")) else ""
    yield "AB", cited.abstract
    for tag in paper.tags:
        yield "KW", tag
    if paper.et_al:
        yield "N1", "The list of authors is cut short."
    if paper.retracted:
        yield "N1", "Retracted."


def _name(name: Name) -> str:
    """``Family, Given, Suffix``; organisations as they are, with a comma behind where one would look for a person."""
    if name.literal:
        return f"{name.literal}," if not split(name.literal).literal else name.literal
    family = f"{name.particle} {name.family}".strip()
    if name.suffix:
        return f"{family}, {name.given}, {name.suffix}"
    return f"{family}, {name.given}" if name.given else family


def _date(date: Date) -> str:
    """``YYYY/MM/DD/``: the parts that are not known are left empty, the slashes stay."""
    month = f"{date.month:02d}" if date.month else ""
    day = f"{date.day:02d}" if date.day else ""
    return f"{date.year:04d}/{month}/{day}/"
