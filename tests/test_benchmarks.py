"""The benchmark: its papers are always the same, it refuses a site that lacks something, and its table has all cells.

Nothing here judges time.
"""

import datetime
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import corpus, report
from benchmarks.equality import missing, sample
from benchmarks.peers import Hugo, Paperfolio, PaperfolioFull
from benchmarks.runs import KINDS, BenchmarkError, Cost, Result, run
from benchmarks.waits import Saves
from generator.build import Options, build
from generator.pages import sitemap

ROOT = Path(__file__).parent.parent
COUNT = 60
"""More than one page of a list."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of the benchmark's site for Paperfolio."""
    folder = tmp_path_factory.mktemp("benchmark") / "site"
    Paperfolio().prepare(folder, folder, list(corpus.papers(COUNT)))
    build(folder, Options())
    return folder / "output"


def test_the_same_papers_come_again_and_fewer_are_the_beginning_of_more() -> None:
    assert list(corpus.papers(30)) == list(corpus.papers(40))[:30]


def test_the_papers_are_as_the_report_says() -> None:
    papers = list(corpus.papers(600))
    lengths = [len(paper.abstract) for paper in papers]
    assert 1000 <= sum(lengths) / len(lengths) <= 1400
    assert 0.25 < sum("$" in paper.abstract for paper in papers) / len(papers) < 0.42
    assert len({paper.id for paper in papers}) == len(papers)
    assert all(corpus.OWNER in paper.authors and len(set(paper.authors)) == len(paper.authors) for paper in papers)


def test_latex_says_what_markdown_says() -> None:
    paper = next(paper for paper in corpus.papers(99) if "**" in paper.abstract and "`" in paper.abstract)
    assert not re.search(r"[*`]", paper.latex)
    assert re.sub(r"\\(?:emph|textbf|texttt)\{([^}]*)\}", r"\1", re.sub(r"\$[^$]+\$", "", paper.latex)) == paper.plain


def test_our_site_lacks_nothing(made: Path) -> None:
    assert missing(made, list(corpus.papers(COUNT))) == []


def test_our_full_site_lacks_nothing(tmp_path: Path) -> None:
    papers = list(corpus.papers(COUNT))
    PaperfolioFull().prepare(tmp_path, tmp_path / "site", papers)
    build(tmp_path / "site", Options())
    assert missing(tmp_path / "site" / "output", papers) == []


def test_a_sitemap_in_several_files_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", COUNT // 2)
    papers = list(corpus.papers(COUNT))
    Paperfolio().prepare(tmp_path, tmp_path / "site", papers)
    build(tmp_path / "site", Options())
    assert (tmp_path / "site/output/sitemap-2.xml").exists()
    assert missing(tmp_path / "site" / "output", papers) == []


def changed(page: Path, old: str, new: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")


FIRST, *_ = sample(list(corpus.papers(COUNT)))
FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a page of a paper": (lambda output: (output / "papers" / FIRST.id / "index.html").unlink(), "pages of papers"),
    "an author": (
        lambda output: changed(output / "papers" / FIRST.id / "index.html", FIRST.authors[0], "Nobody"),
        "citation_author",
    ),
    "the abstract": (
        lambda output: changed(output / "papers" / FIRST.id / "index.html", 'class="abstract"', ""),
        "the abstract",
    ),
    "the entry in JSON-LD": (
        lambda output: changed(output / "papers" / FIRST.id / "index.html", "ScholarlyArticle", "Thing"),
        "JSON-LD",
    ),
    "the BibTeX entry": (
        lambda output: changed(output / "papers" / FIRST.id / "index.html", "<pre>@", "<pre>"),
        "BibTeX",
    ),
    "a page of the list": (lambda output: (output / "page/2/index.html").unlink(), "pages of the list"),
    "a paper in a list": (
        lambda output: changed(output / "index.html", "data-paper", "data-other"),
        "papers in the list",
    ),
    "a category": (
        lambda output: (output / "categories" / FIRST.categories[0].lower() / "index.html").unlink(),
        "pages of the category",
    ),
    "a year": (lambda output: (output / "years" / FIRST.year / "index.html").unlink(), "pages of the year"),
    "an entry of an index": (lambda output: changed(output / "years/index.html", FIRST.year, "1999"), "index of years"),
    "the feed": (lambda output: (output / "feed.json").write_text("{"), "JSON feed"),
    "an address in the sitemap": (lambda output: changed(output / "sitemap.xml", FIRST.id, "other"), "sitemap"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_site_that_lacks_something_is_refused(fault: str, made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "output"
    shutil.copytree(made, copy)
    damage, told = FAULTS[fault]
    damage(copy)
    assert any(told in line for line in missing(copy, list(corpus.papers(COUNT))))


def test_a_command_is_measured_with_its_children(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    child = "data = bytearray(60_000_000); sum(range(3_000_000))"
    cost = run(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"], folder
    )
    assert cost.memory > 60_000_000
    assert 0 < cost.cpu <= cost.wall * 3


def test_a_command_that_fails_is_no_result(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    with pytest.raises(BenchmarkError, match="no such paper"):
        run([sys.executable, "-c", "raise SystemExit('no such paper')"], folder)


def result(name: str, count: int, wall: float) -> Result:
    costs = {kind: [Cost(wall, wall, int(wall * 1e7)), Cost(3 * wall, wall, int(wall * 1e7))] for kind in KINDS}
    return Result(name, count, costs, files=10, size=2_000_000)


def test_ratios_are_those_to_the_fastest_hugo_of_the_same_papers() -> None:
    results = [result(Paperfolio.name, 50, 1.0), result(Hugo.name, 50, 4.0), result(Hugo.name, 1000, 8.0)]
    rows = report.table(results).split("\n")[2:]
    assert [cell.strip() for cell in rows[0].split("|")[3:5]] == ["2.00 (0.25)", "1.00 (0.25)"]
    assert "(1.00)" in rows[1]
    assert "100%" in report.noise(results)
    assert "0.25 reaches 1.5" in report.aims(results)


def test_the_page_holds_what_was_measured(tmp_path: Path) -> None:
    now = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC)
    setting = report.Setting(
        began=now,
        ended=now + datetime.timedelta(minutes=9),
        versions={"Hugo": "9.8.7"},
        work=tmp_path,
        loads=(0.1, 2.5),
        priority=-5,
    )
    results = [result(Paperfolio.name, 1000, 1.0), result(Hugo.name, 1000, 4.0), result(Paperfolio.name, 100_000, 90.0)]
    saves = [Saves("Paperfolio", 133, 0.75, 0.5, 0.25), Saves("Paperfolio, everything it can make", 50, 1, 2, 3)]
    page = report.page(setting, results, {"`one`": Cost(0.1, 0.1, 1)}, saves, [("plan", 1.25)])
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.split("\n") if line.startswith("|")]
    for expected in (
        ["1,000", "Hugo, Markdown files", "8.00 (1.00)"],
        ["1,000", "0.25 reaches 0.5"],
        ["`one`", "0.100 (1.00)"],
        ["133", "what the others make", "500", "250", "750"],
        ["50", "everything it can make", "2000", "3000", "1000"],
        ["100,000", "180.00", "0.90"],
        ["plan", "1.25"],
    ):
        assert any(row[: len(expected)] == expected for row in rows), expected
    for fact in (
        "2026-01-02, 03:04 to 03:13 UTC, 9 minutes",
        "Hugo 9.8.7",
        "2 runs",
        "0.1 before and 2.5 after",
        "priority -5",
    ):
        assert fact in " ".join(page.split())


def test_the_quick_form_prints_the_table(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks",
        "--quick",
        "--only",
        "Hugo",
        "--home",
        str(tmp_path),
        "--work",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    header, rule, *rows = done.stdout.strip().split("\n")
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in (header, rule, *rows)]
    assert {len(row) for row in cells} == {2 + len(report.COLUMNS) + 2}
    assert {row[1] for row in cells[2:]} >= set(report.OURS)
    for row in cells[2:]:
        assert row[0] == "50"
        assert all(re.fullmatch(r"[\d,.]+( \([\d.]+\))?", cell) for cell in row[2:])
    assert "is not installed" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == []


def test_the_profile_names_stages_and_functions() -> None:
    command = [sys.executable, "-m", "benchmarks.stages", "--papers", "5", "--functions", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(re.findall(r"^ +\d+\.\d{3} s  \w+", done.stdout, re.MULTILINE)) > 3
    assert "Ordered by: internal time" in done.stdout
