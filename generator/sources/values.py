"""Values of answers, whose shape nobody guarantees: what is missing, null or of another kind counts as empty."""

import re
from collections.abc import Iterator
from typing import Any

from generator.errors import Problems
from generator.formats.draft import Draft, clean
from generator.model import Paper

_CODE = re.compile(r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]*\w")
_ARXIV_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.(\S+)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,15}\Z", re.ASCII)
_VERSION = re.compile(r"v\d+\Z")


def at(value: Any, *keys: str | int) -> Any:
    """What stands under the keys, one below the other; None where there is nothing."""
    for key in keys:
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def text(value: Any, *keys: str | int) -> str:
    """The text or number under the keys as text; empty for anything else."""
    found = at(value, *keys)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return clean(str(found)).strip()


def number(value: Any, *keys: str | int) -> int:
    """The whole number under the keys, also one in a text; 0 for anything else."""
    said = text(value, *keys)
    return int(said) if _NUMBER.match(said) else 0


def items(value: Any, *keys: str | int) -> Iterator[dict[str, Any]]:
    """The mappings of the list under the keys; a single mapping is a list of one."""
    found = at(value, *keys)
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            yield item


def texts(value: Any, *keys: str | int) -> list[str]:
    """The texts of the list under the keys; a single text is a list of one."""
    found = at(value, *keys)
    return [said for item in (found if isinstance(found, list) else [found]) if (said := text(item))]


def draft(source: str, problems: Problems) -> Draft:
    """A paper in the making; ``source`` names it at its service and stands where a file's name would."""
    return Draft(source, 0, problems, problems)


def finished(drafts: list[Draft]) -> list[Paper]:
    """The papers of those drafts that have a title."""
    papers = (one.paper(index) for index, one in enumerate(drafts))
    return [paper for paper in papers if paper is not None]


def put_abstract(paper: Draft, said: str) -> None:
    """Set the abstract; an address of code in it is the paper's code."""
    paper.abstract(said)
    put_code(paper, said)


def put_code(paper: Draft, said: str) -> None:
    """Take the address of a repository in a text for the paper's code."""
    match = _CODE.search(said)
    if match:
        paper.put("code", match[0].removesuffix(".git"))


def put_doi(paper: Draft, doi: str) -> None:
    """Set the DOI; one of arXiv's is the arXiv identifier, not that of a publication."""
    match = _ARXIV_DOI.match(doi)
    if match:
        put_arxiv(paper, match[1])
    else:
        paper.put("doi", doi)


def put_arxiv(paper: Draft, identifier: str) -> None:
    """Set the arXiv identifier, of the paper and not of one of its versions."""
    paper.put("arxiv", _VERSION.sub("", identifier))


def known_day(said: str) -> str:
    """The date of a service that writes the first where it does not know the day, or the month: ``2017-01-01``."""
    return said.removesuffix("-01").removesuffix("-01")


def put_date(paper: Draft, *written: str) -> None:
    """Set the date from the first that says one: ``2023-08-07``, ``2023-00-00``, ``2023-08-07T12:00:00Z``, ``2023``."""
    for said in written:
        match = re.match(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?!\d)", said)
        if match and int(match[1]):
            parts = [match[1]]
            for part in match.groups()[1:]:
                if not part or not int(part):
                    break
                parts.append(part)
            if paper.put("date", "-".join(parts)):
                return
