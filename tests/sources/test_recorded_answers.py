"""Real answers of the services, recorded by others: every record becomes a paper, or is told."""

import datetime
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generator.errors import ImportFailed
from generator.formats.profile import Profile
from generator.sources import arxiv, crossref, openalex, orcid, semantic_scholar, zotero
from generator.sources.identifiers import NotThere

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"
pytestmark = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason=f"NOT TESTED: the recorded answers of services are not in {FIXTURES}"
)
_TAG = re.compile(r"</?(?:jats|mml):|<(?:i|b|p|sub|sup|scp)>|&(?:amp|lt|gt|#\d+);")


def recorded(pattern: str) -> list[Any]:
    return [pytest.param(path, id=path.name[:50]) for path in sorted(FIXTURES.glob(pattern))]


def read_json(path: Path) -> Any:
    return json.loads(path.read_bytes())


def readable(profile: Profile) -> None:
    """No paper shows tags, entities or an inner line break in its title."""
    for paper in profile.papers:
        assert paper.title == " ".join(paper.title.split())
        assert not _TAG.search(paper.title + paper.abstract), paper.title
        assert all(author.name for author in paper.authors)


@pytest.mark.parametrize("path", recorded("arxiv/*.xml"))
def test_arxiv(path: Path) -> None:
    root = ElementTree.fromstring(path.read_bytes())
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    try:
        profile = arxiv.read("1707.08567", lambda path, parameters, /: root)
    except ImportFailed as error:
        # an error of arXiv is an entry, too
        assert error.hint or "does not understand" in error.message
        assert all("errors" in (entry.findtext("{http://www.w3.org/2005/Atom}id") or "") for entry in entries)
        return
    assert len(profile.papers) == len(entries) > 0
    assert all(paper.arxiv and paper.authors and paper.date and paper.abstract for paper in profile.papers)
    readable(profile)


def crossref_works() -> list[Any]:
    found = {}
    for path in sorted(FIXTURES.glob("crossref/*.json")):
        message = read_json(path)
        message = message.get("message", message)
        for work in message.get("items", [message]) if isinstance(message, dict) else []:
            if isinstance(work, dict) and "DOI" in work:
                found[work["DOI"]] = work
    return [pytest.param(work, id=doi) for doi, work in found.items()]


@pytest.mark.parametrize("work", crossref_works())
def test_crossref(work: dict[str, Any]) -> None:
    profile = crossref.read(work["DOI"], lambda path, parameters, /: {"message": work})
    (paper,) = profile.papers
    assert paper.doi.casefold() == work["DOI"].casefold()
    assert len(paper.authors) == len(work.get("author", []))
    assert not work.get("abstract") or paper.abstract
    readable(profile)


@pytest.mark.parametrize("path", recorded("orcid/*_works.json"))
def test_orcid(path: Path) -> None:
    identifier = path.name.split("__")[1].removesuffix("_works.json")
    works = read_json(path)

    def get(asked: str, parameters: Mapping[str, str], /) -> Any:
        if asked.endswith("/person"):
            return read_json(path.with_name(path.name.replace("_works", "_person")))
        if asked.endswith("/works"):
            return works
        if "/works/" in asked:
            raise NotThere(asked)
        return {}

    profile = orcid.read(identifier, get)
    assert profile.author.name
    assert len(profile.papers) + len(profile.problems) >= len(works["group"])
    assert all(paper.title for paper in profile.papers)
    readable(profile)


def test_openalex() -> None:
    works = [read_json(path) for path in sorted(FIXTURES.glob("openalex/*__work_*.json"))]
    author = read_json(FIXTURES / "openalex" / "mmgeorge__papers__author.json")

    def get(asked: str, parameters: Mapping[str, str], /) -> Any:
        if asked.startswith("authors/"):
            return author
        if asked.startswith("works/"):
            return next(work for work in works if work["id"].endswith(asked.removeprefix("works/")))
        return {"meta": {"next_cursor": None}, "results": works}

    profile = openalex.read("A5023888391", get)
    assert [paper.title for paper in profile.papers] == [work["title"] for work in works]
    assert [len(paper.authors) for paper in profile.papers] == [len(work["authorships"]) for work in works]
    figures = {key: metric.value for key, metric in profile.author.metrics.items()}
    assert figures["h_index"] == str(author["summary_stats"]["h_index"])
    assert sum(profile.author.citations_by_year.years.values()) == sum(
        entry["cited_by_count"] for entry in author["counts_by_year"]
    )
    readable(profile)


@pytest.mark.parametrize(
    "path", recorded("semanticscholar/*search_paper*.json") + recorded("semanticscholar/*full*.json")
)
def test_semantic_scholar(path: Path) -> None:
    answer = read_json(path)
    papers = [paper for paper in (answer["data"] if isinstance(answer, dict) else answer) if paper]

    def get(asked: str, parameters: Mapping[str, str], /) -> Any:
        return {"data": papers} if asked.endswith("/papers") else {"name": "Ada Lovelace"}

    profile = semantic_scholar.read("1", get)
    assert len(profile.papers) == len([paper for paper in papers if paper.get("title")])
    assert len(profile.papers) + len(profile.problems) >= len({paper["paperId"] for paper in papers})
    readable(profile)


def test_zotero() -> None:
    path = FIXTURES / "zotero" / "urschrei__pyzotero__items_doc.json"
    items = read_json(path)
    profile = zotero.read("groups/1", lambda asked, parameters, /: items if parameters["start"] == "0" else [])
    papers = [item for item in items if item["data"]["itemType"] not in ("attachment", "note", "annotation")]
    assert len(profile.papers) + len(profile.problems) >= len(papers) > 0
    assert datetime.date.today().year >= max(paper.date.year for paper in profile.papers if paper.date)  # noqa: DTZ011
    readable(profile)
