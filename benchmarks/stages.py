"""Where a build spends its time, stage by stage and function by function (``make profile``)."""

import argparse
import cProfile
import pstats
import shutil
import tempfile
from pathlib import Path

from benchmarks import corpus
from benchmarks.peers import Paperfolio, PaperfolioFull
from generator.build import Options, build

ALONE = Options(jobs=1)
"""By one process: nobody sees what others do."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser.add_argument("--papers", type=int, default=1000, help="papers of the site (1000)")
    parser.add_argument("--full", action="store_true", help="with every export and the default theme")
    parser.add_argument("--edit", action="store_true", help="look at the build after an edit of one paper")
    parser.add_argument("--functions", type=int, default=25, help="functions to list (25)")
    options = parser.parse_args()
    papers = list(corpus.papers(options.papers))
    edited = papers[len(papers) // 2].edited(1)
    peer = PaperfolioFull() if options.full else Paperfolio()
    with tempfile.TemporaryDirectory() as parent:
        site = Path(parent) / "site"
        # twice: the profiler makes small functions look dearer than they are, so the stages are timed without it
        for profiled in (False, True):
            peer.prepare(site, site, papers)
            if options.edit:
                build(site, Options())
                peer.edit(site, papers, edited)
            if profiled:
                profiler = cProfile.Profile()
                profiler.runcall(build, site, ALONE)
                pstats.Stats(profiler).sort_stats("tottime").print_stats(options.functions)
            else:
                for stage, seconds in stages(site):
                    print(f"{seconds:8.3f} s  {stage}")
            shutil.rmtree(site)


def stages(site: Path) -> tuple[tuple[str, float], ...]:
    """Build a site; each stage with its seconds."""
    return build(site, ALONE).stages


if __name__ == "__main__":
    main()
