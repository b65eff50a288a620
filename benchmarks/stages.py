"""Where a build spends its time, stage by stage (``make profile``)."""

import argparse
import cProfile
import pstats
import shutil
import tempfile
from pathlib import Path

from benchmarks import corpus
from benchmarks.peers import Paperfolio, PaperfolioFull
from generator.build import Options, build

STAGES = (
    ("read the content", "content.py", "load"),
    ("read the theme", "theme.py", "load"),
    ("plan", "plan.py", "plan"),
    ("render pages", "render.py", "page"),
    ("write feeds and other exports", "render.py", "_copy"),
    ("publish, with rendering", "publish.py", "publish"),
)
"""Each stage with the function that does it, and the file where that is."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser.add_argument("--papers", type=int, default=1000, help="papers of the site (1000)")
    parser.add_argument("--full", action="store_true", help="with every export and the default theme")
    parser.add_argument("--again", action="store_true", help="profile a second build, in which nothing changed")
    parser.add_argument("--functions", type=int, default=25, help="functions to list (25)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        peer = PaperfolioFull() if options.full else Paperfolio()
        peer.prepare(Path(folder), site, list(corpus.papers(options.papers)))
        if options.again:
            build(site, Options())
        stats = profiled(site)
        for name, seconds in stages(stats):
            print(f"{seconds:8.2f} s  {name}")
        stats.sort_stats("tottime").print_stats(options.functions)
        shutil.rmtree(site)


def profiled(site: Path) -> pstats.Stats:
    """The profile of one build; the profiler makes small functions look dearer than they are."""
    profiler = cProfile.Profile()
    profiler.enable()
    build(site, Options())
    profiler.disable()
    return pstats.Stats(profiler)


def stages(stats: pstats.Stats) -> list[tuple[str, float]]:
    """Each stage with its seconds, those of what it calls included."""
    seconds = {
        (Path(file).name, function): cumulative
        for (file, _, function), (_, _, _, cumulative, _) in stats.stats.items()  # type: ignore[attr-defined]
        if Path(file).parent.name == "generator"
    }
    return [(name, seconds.get((file, function), 0.0)) for name, file, function in STAGES]


if __name__ == "__main__":
    main()
