"""Real files of real people, where they are at hand: every entry is imported or reported, and reads well."""

import datetime
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import library, merge, same_papers
from generator.errors import ImportFailed
from generator.formats import bibtex
from generator.formats.readers import READERS
from generator.merge import Told
from generator.text import inline

FILES = Path(__file__).resolve().parents[3] / "shared" / "fixtures"
DAY = datetime.date(2026, 11, 25)
BIBLIOGRAPHIES = [
    *sorted(FILES.glob("bib/*.bib")),
    *sorted(FILES.glob("dblp/*.bib")),
    *sorted(FILES.glob("crossref/*.bib")),
    *sorted(FILES.glob("hugoblox/**/*.bib")),
]
RECORDS = [*sorted(FILES.glob("ris/*.ris")), *sorted(FILES.glob("nbib/*.nbib"))]
ITEMS = [*sorted(FILES.glob("csl/*.json")), *sorted(FILES.glob("zotero/*items*.json"))]
RESUMES = sorted(FILES.glob("alfolio/*/assets/json/resume.json"))
ENTRY = re.compile(r"^[ \t]*@(?!comment|string|preamble)\w+\s*[{(]", re.IGNORECASE | re.MULTILINE)
RAW = re.compile(r"[\\{}]|\$|</?[a-z]+>|--|``|''")

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason=f"there are no real files to read in {FILES}")


def name(path: Path) -> str:
    return path.relative_to(FILES).as_posix()


def check(path: Path, records: int) -> None:
    """Each record is a paper, or a problem says that it was left out, and no name or title keeps markup."""
    try:
        profile = library.read(path, None, DAY)
    except ImportFailed as failed:
        # all that can be lost is lost with a report
        assert len(failed.problems) >= records, failed
        return
    lost = [problem for problem in profile.problems if re.search(r"left out$|brace or a quote", problem.hint)]
    assert len(profile.papers) + len(lost) == records
    assert all(problem.place.line for problem in profile.problems)
    for paper in profile.papers:
        for author in paper.authors:
            assert not RAW.search(author.name), author.name
            assert not re.search(r"[*†‡]|\bet al|\band\b.*\band\b", author.name), author.name
        shown = inline(paper.title)
        assert shown.has_math or not RAW.search(shown.plain), paper.title
        assert not RAW.search(inline(paper.venue).plain), paper.venue
        assert not any(RAW.search(tag) for tag in paper.tags), paper.tags


@pytest.mark.parametrize("path", BIBLIOGRAPHIES, ids=name)
def test_every_entry_of_a_bibliography_is_imported_or_reported(path: Path) -> None:
    check(path, len(ENTRY.findall(path.read_text("utf-8-sig"))))


@pytest.mark.parametrize("path", RECORDS, ids=name)
def test_every_tagged_record_is_imported_or_reported(path: Path) -> None:
    check(path, len(re.findall(r"^(?:TY  -|PMID-)", path.read_text("utf-8-sig"), re.MULTILINE)))


@pytest.mark.parametrize("path", ITEMS, ids=name)
def test_every_item_of_json_is_imported_or_reported(path: Path) -> None:
    found = json.loads(path.read_text("utf-8"))
    check(path, sum(map(len, found.values())) if isinstance(found, dict) else len(found))


@pytest.mark.parametrize("path", RESUMES, ids=name)
def test_every_entry_of_a_resume_is_in_the_profile_or_of_the_sample(path: Path) -> None:
    resume = json.loads(path.read_text("utf-8"))
    if resume["basics"]["name"] == "Albert Einstein":
        with pytest.raises(ImportFailed, match="nothing could be read"):
            library.read(path, None, DAY)
        return
    profile = library.read(path, None, DAY)
    author = profile.author
    found = (author.positions, author.education, author.awards, profile.papers, *author.sections.values())
    parts = (
        "work",
        "volunteer",
        "education",
        "awards",
        "certificates",
        "publications",
        "skills",
        "languages",
        "projects",
    )
    assert sum(map(len, found)) == sum(len(resume.get(part, ())) for part in parts)
    assert not any("fields" in problem.what for problem in profile.problems)


@pytest.mark.parametrize("path", BIBLIOGRAPHIES, ids=name)
def test_an_export_of_the_papers_is_imported_as_the_same_papers(path: Path) -> None:
    [reader] = [reader for reader in READERS if reader.kind == "bibtex"]
    try:
        once = library.read(path, "bibtex", DAY).papers
    except ImportFailed:
        return
    twice = reader.read(bibtex.write(once), "export.bib", DAY)
    assert twice.problems == ()
    assert len(twice.papers) == len(once)
    for first, second in zip(once, twice.papers, strict=True):
        assert inline(second.title).plain == inline(first.title).plain
        assert [author.name for author in second.authors] == [author.name for author in first.authors]
        assert second.id == first.id or "-" in first.id or "." in first.id
        assert (second.doi, second.arxiv, second.date) == (first.doi, first.arxiv, first.date)
    again = reader.read(bibtex.write(twice.papers), "export.bib", DAY)
    assert again.papers == twice.papers


@pytest.mark.parametrize("folder", sorted(FILES.glob("hugoblox/*")), ids=name)
def test_a_bibliography_and_the_pages_of_one_person_become_one_list(folder: Path) -> None:
    bib = library.read(FILES / "bib" / f"{folder.name}.bib", None, DAY)
    pages = library.read(folder, None, DAY)
    found = merge.together([Told("papers.bib", bib), Told("pages", pages)])
    titles = [same_papers.same_title(paper.title) for paper in (*bib.papers, *pages.papers)]
    assert found.read == len(titles)
    assert sorted(same_papers.same_title(one.paper.title) for one in found.papers) == sorted(set(titles))
    assert len(found.papers) < found.read
    assert found.questions == ()


@settings(max_examples=80)
@given(st.data())
def test_no_damage_to_a_real_file_breaks_its_reader(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([*BIBLIOGRAPHIES, *RECORDS, *ITEMS]))
    damaged = bytearray(path.read_bytes()[:20_000])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, max(len(damaged) - 1, 0)))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    text = damaged.decode("utf-8", "replace")
    for reader in READERS:
        if reader.looks_like(text):
            try:
                reader.read(text, path.name, DAY)
            except ImportFailed:
                continue
