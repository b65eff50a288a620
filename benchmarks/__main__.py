"""``make bench``: compare, print one table, and write docs/performance.md."""

import argparse
import contextlib
import datetime
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks import corpus, report
from benchmarks.peers import PEERS, Paperfolio, PaperfolioFull, Peer
from benchmarks.runs import BenchmarkError, Result, compare
from benchmarks.stages import stages
from benchmarks.waits import saves, starts

ROOT = Path(__file__).parent.parent
ROUNDS = {50: (5, 3.0), 1_000: (3, 6.0), 10_000: (2, 10.0)}
"""By the number of papers: how often each site is built, and from how many seconds of a cold build on only once."""


def main() -> None:
    options = _arguments()
    peers = _peers(options)
    began = datetime.datetime.now(datetime.UTC)
    load = os.getloadavg()[0]
    with _work(options.work) as work:
        try:
            results = _results(options, peers, work)
            if options.quick:
                print(report.table(results))
                return
            started = starts(work, 9)
            saved = [
                saves(peer, work, count, 8)
                for count in (133, 10_000)
                for peer in (Paperfolio(), PaperfolioFull())
                if count <= options.most
            ]
            spent = _spent(work)
        except BenchmarkError as error:
            sys.exit(str(error))
        setting = report.Setting(
            began=began,
            ended=datetime.datetime.now(datetime.UTC),
            versions={peer.name.partition(",")[0]: peer.version(options.home) for peer in peers},
            work=work,
            loads=(load, os.getloadavg()[0]),
            priority=_priority(),
        )
    print(report.table(results))
    page = report.page(setting, results, started, saved, spent)
    options.write.parent.mkdir(parents=True, exist_ok=True)
    options.write.write_text(page, encoding="utf-8")
    figures = options.home / "figures.json"
    figures.write_text(json.dumps([asdict(result) for result in results], indent=1), encoding="utf-8")
    _say(f"wrote {options.write} and {figures}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="50 papers, once, with what is installed; writes nothing")
    parser.add_argument("--large", action="store_true", help="also Paperfolio alone with 100,000 papers")
    parser.add_argument("--sizes", default="50,1000,10000", help="numbers of papers (50,1000,10000)")
    parser.add_argument("--only", default="", help="beginnings of names, with commas: Hugo,Pelican (Paperfolio always)")
    parser.add_argument("--rounds", type=int, help="builds of each kind (more for small sites than for large ones)")
    parser.add_argument("--home", type=Path, default=ROOT / "build/bench", help="where generators are installed")
    parser.add_argument("--work", type=Path, help="where sites are built (in memory if there is room, else in --home)")
    parser.add_argument("--write", type=Path, default=ROOT / "docs/performance.md", help="the page to write")
    options = parser.parse_args()
    options.sizes = [50] if options.quick else [int(size) for size in options.sizes.split(",")]
    options.most = max(options.sizes)
    return options


def _peers(options: argparse.Namespace) -> list[Peer]:
    """Who takes part; what is not installed is installed, or left out with a word."""
    wanted = tuple(options.only.split(","))
    chosen = [peer for peer in PEERS if peer.name.startswith(("Paperfolio", *wanted))]
    options.home.mkdir(parents=True, exist_ok=True)
    if not options.quick:
        for peer in chosen:
            peer.install(options.home)
    for peer in chosen:
        if not peer.is_installed(options.home):
            _say(f"{peer.name} is not installed, so it is not compared")
    return [peer for peer in chosen if peer.is_installed(options.home)]


def _results(options: argparse.Namespace, peers: Sequence[Peer], work: Path) -> list[Result]:
    results: list[Result] = []
    for size in options.sizes:
        taking_part = [peer for peer in peers if size <= peer.most]
        rounds, slow = ROUNDS.get(size, (1, 0.0))
        rounds = options.rounds or (1 if options.quick else rounds)
        results += compare(taking_part, size, rounds, slow, options.home, work, _say)
    if options.large:
        results += compare([Paperfolio()], 100_000, 1, 0.0, options.home, work, _say)
    return results


def _spent(work: Path) -> tuple[tuple[str, float], ...]:
    site = work / "profile"
    Paperfolio().prepare(work, site, list(corpus.papers(1000)))
    return stages(site)


@contextlib.contextmanager
def _work(wanted: Path | None) -> Iterator[Path]:
    """The folder for sites, which is removed afterwards."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 8e9
    parent = wanted or (memory if roomy else ROOT / "build/bench")
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="paperfolio-bench-", dir=parent) as folder:
        yield Path(folder)


def _priority() -> int:
    """How this run stands to other work of the machine, as ``nice`` counts."""
    with contextlib.suppress(OSError, ValueError):
        # Linux gives processors to sessions, and only within a session by the priority of processes
        return int(Path("/proc/self/autogroup").read_text(encoding="ascii").split()[-1])
    return os.nice(0)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
