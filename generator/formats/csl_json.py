"""CSL-JSON, the input of citation processors (schema csl-data.json of the Citation Style Language)."""

import re
from collections.abc import Iterable

import msgspec

from generator.formats.citation import Citation, citation
from generator.model import Paper
from generator.names import Name

_FURTHER = {
    "collection-title": ("series",),
    "chapter-number": ("chapter",),
    "edition": ("edition",),
    "publisher-place": ("address", "location"),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
}
"""What ``extra`` says, by its names there."""
_ABSTRACT = re.compile(r',\n  "abstract": "[^\n]*"(?=,?\n)')


def items(papers: Iterable[Paper]) -> list[dict[str, object]]:
    """One CSL-JSON item for each paper: plain Unicode text, keys in a fixed order, nothing empty.

    The schema has no word for a list of authors that was cut short: it is ``custom: {"et_al": true}``.
    """
    return [item(citation(paper)) for paper in papers]


def write(papers: Iterable[Paper]) -> str:
    """The papers as one JSON array, ending in a line end."""
    return join(text(citation(paper)) for paper in papers).decode()


def join(texts: Iterable[str]) -> bytes:
    """Items, each as ``text`` gives it, as one JSON array in UTF-8, ending in a line end."""
    listed = ",\n".join(texts)
    return (f"[\n{listed}\n]\n" if listed else "[]\n").encode()


def text(cited: Citation) -> str:
    """One item as JSON, indented as it stands in an array."""
    lines = msgspec.json.format(msgspec.json.encode(item(cited)), indent=1).decode()
    return f" {lines}".replace("\n", "\n ")


def without_abstract(text: str) -> str:
    """What ``text`` gives for the same paper without an abstract, which is no item's first key."""
    return _ABSTRACT.sub("", text, count=1)


def item(cited: Citation) -> dict[str, object]:
    """One CSL-JSON item, see ``items``."""
    paper = cited.paper
    preprint = cited.kind == "article" and paper.arxiv
    numbered = cited.kind in ("patent", "report")
    fields: dict[str, object] = {
        "id": paper.id,
        "type": cited.kind,
        "title": cited.title,
        "author": [_name(name) for name in cited.names],
        "issued": {"date-parts": [paper.date.parts]} if paper.date else {},
        "genre": cited.thesis,
        "container-title": cited.container,
        "container-title-short": paper.abbr,
        "volume": paper.volume,
        "issue": "" if numbered else paper.issue,
        "page": re.sub("--+", "-", paper.pages),
        "number": f"arXiv:{paper.arxiv}" if preprint else paper.issue if numbered else "",
        "publisher": cited.publisher or ("arXiv" if preprint else ""),
        "status": paper.status,
        "DOI": paper.doi,
        "PMID": paper.pmid,
        "URL": cited.address,
        "abstract": cited.abstract,
        "keyword": ("; " if any("," in tag for tag in paper.tags) else ", ").join(paper.tags),
        "note": "Retracted" if paper.retracted else "",
        "custom": {"et_al": True} if paper.et_al else {},
    }
    if paper.extra:
        fields |= {role: [_name(name) for name in cited.people(role)] for role in ("editor", "translator")}
        fields |= {key: cited.further(*names) for key, names in _FURTHER.items()}
    return {key: value for key, value in fields.items() if value or key == "id"}


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}
