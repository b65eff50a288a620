"""What a person waits for: the start of the command, and the time between a save and the new page in ``serve``."""

import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.peers import Paperfolio
from benchmarks.runs import BenchmarkError, Cost, build, run

MAKES_PAGES = (
    "import generator.cli, generator.content, generator.memory, generator.plan, generator.publish, generator.render"
)
PATIENCE = 180
"""Seconds until ``serve`` must have done what it was asked for."""
SETTLED = 1.5
"""Seconds between two saves: a person's edits do not meet in one build."""


def starts(work: Path, rounds: int) -> dict[str, Cost]:
    """The medians of commands that have nothing to do, beside imports that builds cannot do without."""
    peer, folder = Paperfolio(), work / "start"
    peer.prepare(work, folder, list(corpus.papers(50)))
    build(peer, work, folder)
    paperfolio = peer.command(work, folder)[0]
    commands = {
        "`python -c 'import yaml, jinja2'`": [sys.executable, "-c", "import yaml, jinja2"],
        "`paperfolio --help`": [paperfolio, "--help"],
        "`paperfolio build` of 50 papers, nothing to do": [paperfolio, "build"],
        "imports of a build that makes a page": [sys.executable, "-c", MAKES_PAGES],
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(run(command, folder))
    return {name: _median(found) for name, found in costs.items()}


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        wall=statistics.median(cost.wall for cost in costs),
        cpu=statistics.median(cost.cpu for cost in costs),
        memory=int(statistics.median(cost.memory for cost in costs)),
    )


@dataclass(frozen=True)
class Saves:
    """Seconds over some saves of one paper: medians of all but the first."""

    peer: str
    count: int
    """Papers of the site."""
    first: float
    """What the build of the first save took, which makes the second tree of files."""
    shown: float
    """From the save to the new page in ``output/``."""
    built: float
    """What the build itself took, as ``serve`` says."""


def saves(peer: Paperfolio, work: Path, count: int, times: int) -> Saves:
    """Edit the middle one of ``count`` papers ``times`` times while ``paperfolio serve`` runs."""
    folder = work / f"saves-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    papers = list(corpus.papers(count))
    peer.prepare(work, folder, papers)
    log = work / f"saves-{count}.log"
    command = [peer.command(work, folder)[0], "serve", "--port", "0"]
    shown = []
    with log.open("wb") as stderr:
        server = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr)
        try:
            _wait(server, lambda: "Serving" in log.read_text(encoding="utf-8"), 0.05)
            page = folder / "output" / "papers" / papers[count // 2].id / "index.html"
            for number in range(1, times + 1):
                time.sleep(SETTLED)
                edited, sign = corpus.paper(count // 2).edited(number), corpus.revision(number)
                start = time.perf_counter()
                peer.edit(folder, papers, edited)
                _wait(server, _shows(page, sign), 0.002)
                shown.append(time.perf_counter() - start)
            time.sleep(SETTLED)
        finally:
            # not Ctrl-C: what runs in the background of a shell does not hear it
            server.terminate()
            server.wait(timeout=PATIENCE)
    first, *later = map(float, re.findall(r"changed; ([\d.]+) s", log.read_text(encoding="utf-8"))[-times:])
    return Saves(peer.name, count, first, statistics.median(shown[1:]), statistics.median(later))


def _shows(page: Path, text: str) -> Callable[[], bool]:
    return lambda: text in page.read_text(encoding="utf-8")


def _wait(server: "subprocess.Popen[bytes]", done: Callable[[], bool], pause: float) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        if server.poll() is not None or time.monotonic() > end:
            raise BenchmarkError("paperfolio serve did not build what was saved")
        time.sleep(pause)
