"""Builds every site over and over, the generators taking turns, and keeps what each build cost."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import corpus
from benchmarks.corpus import Paper
from benchmarks.equality import missing
from benchmarks.peers import Peer

COLD, SAME, EDIT = "cold", "same", "edit"
KINDS = (COLD, SAME, EDIT)
"""What is timed: a build without any caches, one where nothing changed, one after a paper was edited."""
MEASURE = Path(__file__).with_name("measure.py")


class BenchmarkError(Exception):
    """A generator failed, or made another site than it should."""


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds, seconds of all processors, bytes."""

    wall: float
    cpu: float
    memory: int


@dataclass
class Result:
    """All builds of one generator with one number of papers."""

    peer: str
    count: int
    costs: dict[str, list[Cost]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    files: int = 0
    size: int = 0
    """Bytes of all files of the site."""

    def figures(self, kind: str, figure: str) -> list[float]:
        """One figure (``wall``, ``cpu`` or ``memory``) of all builds of a kind."""
        return [getattr(cost, figure) for cost in self.costs[kind]]

    def median(self, kind: str, figure: str) -> float:
        return statistics.median(self.figures(kind, figure))

    def spread(self, kind: str, figure: str) -> float:
        """The distance between the highest and the lowest figure as a part of the median; 0 for a single run."""
        figures = self.figures(kind, figure)
        return (max(figures) - min(figures)) / statistics.median(figures)


def compare(
    peers: Sequence[Peer],
    count: int,
    rounds: int,
    slow: float,
    home: Path,
    work: Path,
    say: Callable[[str], None],
) -> list[Result]:
    """Build the sites of ``count`` papers with each generator, ``rounds`` times in turn.

    A generator whose cold build takes longer than ``slow`` seconds is not built again. Raises BenchmarkError.
    """
    papers = list(corpus.papers(count))
    results = {peer.name: Result(peer.name, count) for peer in peers}
    folders = {peer.name: work / f"{count}-{number}" for number, peer in enumerate(peers)}
    for peer in peers:
        shutil.rmtree(folders[peer.name], ignore_errors=True)
        peer.prepare(home, folders[peer.name], papers)
    for number in range(1, rounds + 1):
        turn = number % len(peers)
        for peer in (*peers[turn:], *peers[:turn]):
            result, folder = results[peer.name], folders[peer.name]
            if number > 1 and result.costs[COLD][0].wall > slow:
                continue
            _round(peer, result, papers, number, home, folder)
            say(f"{count} papers, round {number}, {peer.name}: {_told(result)}")
    for folder in folders.values():
        shutil.rmtree(folder)
    return list(results.values())


def _round(peer: Peer, result: Result, papers: list[Paper], number: int, home: Path, folder: Path) -> None:
    """Build a site cold, again, and after an edit; look at what was made."""
    for name in (peer.output, *peer.caches):
        shutil.rmtree(folder / name, ignore_errors=True)
    result.costs[COLD].append(build(peer, home, folder))
    output = folder / peer.output
    if number == 1:
        lacks = missing(output, papers)
        if lacks:
            raise BenchmarkError("\n".join([f"{peer.name} makes another site; missing:", *lacks[:20]]))
        files = [path for path in output.rglob("*") if path.is_file()]
        result.files = len(files)
        result.size = sum(path.stat().st_size for path in files)
    result.costs[SAME].append(build(peer, home, folder))
    middle = len(papers) // 2
    edited = corpus.paper(middle).edited(number)
    papers[middle] = edited
    peer.edit(folder, papers, edited)
    result.costs[EDIT].append(build(peer, home, folder))
    for page in (output / "papers" / edited.id, output / "years" / edited.year):
        pages = [page / "index.html", *page.glob("page/*/index.html")]
        if not any(corpus.revision(number) in path.read_text(encoding="utf-8") for path in pages):
            raise BenchmarkError(f"{peer.name}: the edited title is not on {page.relative_to(output)}")
    papers[middle] = corpus.paper(middle)
    peer.edit(folder, papers, papers[middle])


def build(peer: Peer, home: Path, folder: Path) -> Cost:
    """Build a site once. Raises BenchmarkError when the generator fails."""
    return run(peer.command(home.resolve(), folder), folder, peer.environment)


def run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """What a command cost. Raises BenchmarkError when it fails."""
    report = folder.with_name(f"{folder.name}.json")
    measured = [sys.executable, "-I", "-S", str(MEASURE), str(report.resolve()), *command]
    # else a checkout would be compiled in every run, and what is installed in none
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        measured,
        cwd=folder,
        env={**inherited, "TZ": "UTC", **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    cost = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {"status": done.returncode}
    report.unlink(missing_ok=True)
    if cost.pop("status"):
        raise BenchmarkError(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return Cost(**cost)


def _told(result: Result) -> str:
    return ", ".join(
        f"{kind} {costs[-1].wall:.2f} s ({costs[-1].cpu:.2f} s CPU, {costs[-1].memory / 1e6:.0f} MB)"
        for kind, costs in result.costs.items()
    )
