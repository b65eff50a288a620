"""What five services say of one person becomes one clean list, and stays one: the answers are those of ``answers/``."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from online import Asked, Server, serving

from generator import content, ledger
from generator.model import Paper

ANSWERS = Path(__file__).parent / "answers"
PERSON = "openalex:A5031415926"
SOURCES = (
    PERSON,
    "orcid:0000-0003-1415-9269",
    "dblp:271/3141",
    "arxiv:quirogaferro_i_1",
    "doi:10.5555/swl.2021.17",
    "doi:10.5555/loom.22.3",
)
FILE = Path("content/papers/imported/ines-quiroga-ferro.yaml")
LEDGER = FILE.with_suffix(".sources.json")
AUTHOR = Path("content/authors/imported/ines-quiroga-ferro.yaml")


def recorded(asked: Asked) -> str | None:
    path = ANSWERS / asked.path.removeprefix("/")
    found = next((file for file in (path, path.with_name(f"{path.name}.json")) if file.is_file()), None)
    return found.read_text(encoding="utf-8") if found else None


def a_month_later(asked: Asked) -> Any:
    """The same, with more citations and a new work at OpenAlex."""
    said = recorded(asked)
    if said is None or not asked.path.startswith("/openalex/"):
        return said
    answer = json.loads(said)
    if asked.path == "/openalex/works":
        slow, *_ = answer["results"]
        new = {**slow, "id": "https://openalex.org/W4400000099", "doi": "https://doi.org/10.5555/new", "locations": []}
        slow["cited_by_count"] = 101
        title = "A loom for every thread"
        answer["results"].append({**new, "title": title, "display_name": title, "publication_date": "2026-11-20"})
    else:
        answer["summary_stats"]["h_index"] = 6
    return answer


def run(server: Server, *arguments: str, site: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments, "--site", str(site)],
        env={**os.environ, **server.environment, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return done.stderr


def files(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in sorted((site / "content").rglob("*"))
        if path.is_file()
    }


def papers(site: Path) -> dict[str, Paper]:
    loaded = content.load(site)
    assert not loaded.problems, loaded.problems.sorted()
    return {one.id: one for one in loaded.site.papers}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(recorded) as running:
        yield running


@pytest.fixture(scope="module")
def imported(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A site with all sources, which no test changes, and what the import said."""
    site = tmp_path_factory.mktemp("imported")
    return site, run(server, "import", *SOURCES, site=site)


@pytest.fixture
def site(imported: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of that site."""
    return Path(shutil.copytree(imported[0], tmp_path / "site"))


def test_the_records_of_all_services_are_counted_and_joined(imported: tuple[Path, str]) -> None:
    site, said = imported
    assert said.splitlines()[-1] == "ines-quiroga-ferro: 22 records of 10 papers: 10 new, 0 known, of these 0 changed"
    records = ledger.read((site / LEDGER).read_bytes(), "").papers["slow-light-in-woven-fibres"].records
    assert {record.partition(":")[0] for record in records} == {"arxiv", "dblp", "doi", "openalex", "orcid"}
    assert len(papers(site)) == 10


def test_preprint_and_publication_are_one_and_two_editorials_two(imported: tuple[Path, str]) -> None:
    found = papers(imported[0])
    slow = found["slow-light-in-woven-fibres"]
    assert (slow.doi, slow.arxiv, slow.date and slow.date.iso) == ("10.5555/swl.2021.17", "2011.04567", "2021-03-09")
    [version] = slow.versions
    assert (version.label, version.arxiv, version.date and version.date.iso) == ("Preprint", "2011.04567", "2020-11-09")
    # their titles differ, and the one is arXiv's alone: the DOI that arXiv was told of joins them
    bounds = found["weaving-bounds-for-k-uniform-looms"]
    assert (bounds.arxiv, bounds.category, len(bounds.versions)) == ("2203.11111", "cs.DM", 1)
    # what is no more than a preprint has no other form
    forgetful = found["threads-that-forget-memoryless-weaving"]
    assert (forgetful.doi, forgetful.arxiv, forgetful.versions) == ("", "2405.00321", ())
    assert {paper.doi for paper in found.values() if paper.title == "Editorial"} == {
        "10.5555/jwo.2019.1",
        "10.5555/jwo.2020.1",
    }
    assert found["a-perpetual-loom"].retracted is True


def test_each_value_is_of_the_source_that_knows_it_best(imported: tuple[Path, str]) -> None:
    said = ledger.read((imported[0] / LEDGER).read_bytes(), "")
    sources = {key: one.source for key, one in said.papers["slow-light-in-woven-fibres"].keys.items()}
    assert sources == {
        "id": "",
        "category": "arxiv",
        "abstract": "arxiv",
        "arxiv": "arxiv",
        "versions": "arxiv",
        "citations": "openalex",
        "pdf": "openalex",
        **dict.fromkeys(
            ("title", "authors", "date", "venue", "volume", "issue", "pages", "publisher", "doi"), "crossref"
        ),
    }
    assert said.papers["threads-that-forget-memoryless-weaving"].keys["code"].source == "arxiv"
    assert said.papers["the-mathematics-of-threads"].keys["venue"].source == "dblp"
    assert {key: one.source for key, one in said.author.items()} == {
        "name": "orcid",
        "aliases": "orcid",
        "affiliations": "orcid",
        "bio": "orcid",
        "interests": "orcid",
        "links": "orcid",
        "positions": "orcid",
        "awards": "orcid",
        "sections": "orcid",
        "education": "orcid",
        "metrics": "openalex",
        "citations_by_year": "openalex",
    }


def test_names_are_whole_and_dates_as_precise_as_somebody_knows(imported: tuple[Path, str]) -> None:
    found = papers(imported[0])
    for paper in found.values():
        [she] = [author for author in paper.authors if author.name == "Inés Quiroga Ferro"]
        assert she.family == "Quiroga Ferro", paper.title
    orcids = [author.orcid for author in found["slow-light-in-woven-fibres"].authors]
    assert orcids == ["0000-0003-1415-9269", "", "0000-0001-5109-3700"]
    # DBLP tells the year and ORCID the month; Crossref tells the month, and OpenAlex makes the first day of it
    dates = {paper_id: paper.date.iso for paper_id, paper in found.items() if paper.date}
    assert (dates["the-mathematics-of-threads"], dates["weaving-bounds-for-k-uniform-looms"]) == ("2015-06", "2022-07")


def test_what_looks_alike_is_told_and_stays_two(imported: tuple[Path, str]) -> None:
    site, said = imported
    assert said.count("note: perhaps one paper:") == 1
    assert "  Knots, looms and other threads: an invitation (2018, Notices of Thread Theory)\n" in said
    assert {"knots-looms-and-other-threads", "knots-looms-and-other-threads-an"} <= papers(site).keys()


def test_a_second_import_changes_nothing_and_asks_nothing(server: Server, site: Path) -> None:
    before, asked = files(site), len(server.asked)
    said = run(server, "import", *reversed(SOURCES), site=site)
    assert said == "ines-quiroga-ferro: 22 records of 10 papers: 0 new, 10 known, of these 0 changed\n"
    assert (files(site), len(server.asked)) == (before, asked)


@pytest.mark.parametrize("order", [SOURCES, tuple(reversed(SOURCES))], ids=["as together", "from behind"])
def test_one_source_after_the_other_gives_the_same_papers(
    server: Server, imported: tuple[Path, str], tmp_path: Path, order: tuple[str, ...]
) -> None:
    for source in order:
        run(server, "import", source, "--author", "ines-quiroga-ferro", site=tmp_path)
    # what the last source tells of a name holds for papers that were imported before it
    run(server, "refresh", site=tmp_path)
    together, found = papers(imported[0]), papers(tmp_path)
    assert found.keys() == together.keys()
    for paper_id, paper in together.items():
        other = found[paper_id]
        different = {
            key: (getattr(paper, key), getattr(other, key))
            for key in Paper.__struct_fields__
            if key != "origin" and getattr(paper, key) != getattr(other, key)
        }
        assert different == {}, paper_id


def test_a_refresh_is_a_small_diff_and_a_hand_is_kept(site: Path) -> None:
    text = (site / FILE).read_text("utf-8")
    (site / FILE).write_text(
        text.replace("  venue: Notices of Thread Theory\n  doi", "  venue: Notices of Thread Theory (London)\n  doi")
        .replace("  citations: 54\n", "  citations: 60  # I counted\n")
        .replace("  pmid: '29456801'\n", ""),
        "utf-8",
    )
    before = files(site)
    with serving(a_month_later) as server:
        shutil.rmtree(site / ".paperfolio")
        news = (
            "ines-quiroga-ferro: h_index 5 to 6\nslow-light-in-woven-fibres: citations 96 to 101\n"
            "new: A loom for every thread\n"
        )
        said = run(server, "refresh", "--check", site=site)
        assert news in said
        assert files(site) == before
        said = run(server, "refresh", site=site)
    assert news in said
    assert "citations is kept as you changed it, '60'; openalex has '54'" in said
    after = files(site)
    assert [name for name in after if after[name] != before.get(name)] == [str(AUTHOR), str(LEDGER), str(FILE)]
    changed = [
        line
        for line in unified_diff(before[str(FILE)].splitlines(), after[str(FILE)].splitlines(), lineterm="", n=0)
        if line[:1] in "+-" and not line.startswith(("+++", "---"))
    ]
    new = changed.index("+- title: A loom for every thread")
    assert changed[:new] == ["-  citations: 96", "+  citations: 101", "+"]
    assert all(line.startswith("+") for line in changed[new:])
    person = unified_diff(before[str(AUTHOR)].splitlines(), after[str(AUTHOR)].splitlines(), lineterm="", n=0)
    assert "+    value: 6" in list(person)
    found = papers(site)
    assert (found["weaving-bounds-for-k-uniform-looms"].citations, found["a-perpetual-loom"].pmid) == (60, "")
    assert found["knots-looms-and-other-threads"].venue == "Notices of Thread Theory (London)"


@pytest.mark.parametrize("silent", ["openalex", "orcid", "dblp", "arxiv", "crossref"])
def test_a_service_that_does_not_answer_takes_nothing_away(site: Path, silent: str) -> None:
    before = files(site)
    shutil.rmtree(site / ".paperfolio")
    with serving(lambda asked: None if asked.path.startswith(f"/{silent}/") else recorded(asked)) as server:
        done = subprocess.run(
            [sys.executable, "-m", "generator", "refresh", "--site", str(site)],
            env={**os.environ, **server.environment, "NO_PROXY": "127.0.0.1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "said last is kept" in done.stderr
    assert files(site) == before
