"""What was measured, as Markdown: one table for all builds, and docs/performance.md around it."""

import datetime
import os
import platform
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import Hugo, HugoData, Paperfolio, PaperfolioFull, PaperfolioOneFile
from benchmarks.runs import COLD, EDIT, SAME, Cost, Result
from benchmarks.waits import Saves

OURS = (Paperfolio.name, PaperfolioOneFile.name)
"""What is compared: the same outputs as the others."""
HUGOS = (Hugo.name, HugoData.name)
COLUMNS = (
    ("cold, s", COLD, "wall"),
    ("cold, CPU s", COLD, "cpu"),
    ("nothing changed, s", SAME, "wall"),
    ("one paper edited, s", EDIT, "wall"),
    ("peak memory, MB", COLD, "memory"),
)
"""Columns of the table: heading, kind of build, figure."""
AIMS: dict[int, tuple[float, ...]] = {
    50: (1.5, 1.5, 1.0, 1.2, 1.0),
    1_000: (0.5, 0.5, 0.15, 0.2, 0.5),
    10_000: (0.35, 0.35, 0.03, 0.06, 0.4),
}
"""How long we want to take, at most, as parts of what the fastest Hugo takes, for each of the ``COLUMNS``."""
MEGA = 1e6


@dataclass(frozen=True)
class Setting:
    """Where and when it was measured."""

    began: datetime.datetime
    ended: datetime.datetime
    versions: dict[str, str]
    """Versions by the name of the generator."""
    work: Path
    loads: tuple[float, float]
    """Processes that wanted to run, as a mean over a minute, at the beginning and at the end."""
    priority: int
    """Priority of the run as ``nice`` counts: 0 is usual, -20 goes before everything else."""


def table(results: Sequence[Result]) -> str:
    """All builds; in brackets how many times the fastest variant of Hugo, for the same papers, when it is there."""
    lines = [
        f"| papers | generator | {' | '.join(heading for heading, _, _ in COLUMNS)} | files | MB |",
        f"| --: | :-- | {' | '.join('--:' for _ in COLUMNS)} | --: | --: |",
    ]
    for result in results:
        cells = [_cell(results, result, kind, figure) for _, kind, figure in COLUMNS]
        size = f"{result.files:,} | {result.size / MEGA:.1f}"
        lines.append(f"| {result.count:,} | {result.peer} | {' | '.join(cells)} | {size} |")
    return "\n".join(lines)


def _cell(results: Sequence[Result], result: Result, kind: str, figure: str) -> str:
    value = result.median(kind, figure)
    text = f"{value / MEGA:.0f}" if figure == "memory" else f"{value:.2f}"
    hugo = best(results, HUGOS, result.count, kind, figure)
    return f"{text} ({value / hugo:.2f})" if hugo else text


def best(results: Sequence[Result], names: Sequence[str], count: int, kind: str, figure: str) -> float:
    """The lowest median of some generators; 0 when none of them was measured."""
    found = [result.median(kind, figure) for result in results if result.peer in names and result.count == count]
    return min(found, default=0.0)


def aims(results: Sequence[Result]) -> str:
    """Where we are and where we want to be, as parts of what the fastest Hugo takes."""
    lines = [
        "| papers | cold | cold, CPU | nothing changed | one paper edited | peak memory |",
        f"| --: | {' | '.join('--:' for _ in COLUMNS)} |",
    ]
    for count, wanted in AIMS.items():
        cells = []
        for (_, kind, figure), aim in zip(COLUMNS, wanted, strict=True):
            hugo = best(results, HUGOS, count, kind, figure)
            if hugo:
                ratio = best(results, OURS, count, kind, figure) / hugo
                cells.append(f"{ratio:.2f} {'reaches' if ratio <= aim else '**misses**'} {aim:g}")
        if cells:
            lines.append(f"| {count:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def starts_table(starts: dict[str, Cost]) -> str:
    bare = next(iter(starts.values()))
    lines = ["| command | s (times the first) | CPU s (times the first) |", "| :-- | --: | --: |"]
    for name, cost in starts.items():
        wall = f"{cost.wall:.3f} ({cost.wall / bare.wall:.2f})"
        lines.append(f"| {name} | {wall} | {cost.cpu:.3f} ({cost.cpu / bare.cpu:.2f}) |")
    return "\n".join(lines)


def saves_table(saves: Sequence[Saves]) -> str:
    lines = [
        "| papers | what is made | save to page, ms | of these the build, ms | build of the first save, ms |",
        "| --: | :-- | --: | --: | --: |",
    ]
    lines += [
        f"| {save.count:,} | {_made(save)} | {save.shown * 1000:.0f} | {save.built * 1000:.0f} "
        f"| {save.first * 1000:.0f} |"
        for save in saves
    ]
    return "\n".join(lines)


def _made(save: Saves) -> str:
    return save.peer.partition(", ")[2] or "what the others make"


def growth_table(results: Sequence[Result]) -> str:
    """Paperfolio with more and more papers, and what each paper costs."""
    lines = [
        "| papers | cold, s | CPU ms a paper | nothing changed, s | one edited, s | peak memory, MB | KB a paper |",
        "| --: | --: | --: | --: | --: | --: | --: |",
    ]
    for result in results:
        if result.peer == Paperfolio.name:
            memory = result.median(COLD, "memory")
            cells = (
                f"{result.median(COLD, 'wall'):.2f}",
                f"{result.median(COLD, 'cpu') * 1000 / result.count:.2f}",
                f"{result.median(SAME, 'wall'):.2f}",
                f"{result.median(EDIT, 'wall'):.2f}",
                f"{memory / MEGA:.0f}",
                f"{memory / 1000 / result.count:.1f}",
            )
            lines.append(f"| {result.count:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def stages_table(stages: Sequence[tuple[str, float]]) -> str:
    lines = ["| stage | s |", "| :-- | --: |"]
    return "\n".join([*lines, *(f"| {name} | {seconds:.2f} |" for name, seconds in stages)])


def noise(results: Sequence[Result]) -> str:
    """How far the runs of one cell lie apart."""
    repeated = [
        (result.spread(kind, figure), f"{result.peer}, {result.count:,} papers, {heading}")
        for result in results
        for heading, kind, figure in COLUMNS
        if len(result.costs[kind]) > 1
    ]
    if not repeated:
        return "Every build was run once, so nothing can be said about the noise."
    spreads = sorted(repeated)
    middle, (most, where) = spreads[len(spreads) // 2][0], spreads[-1]
    return (
        f"Between the runs of one cell, the highest and the lowest figure lie {middle:.0%} of the median apart in the"
        f" middle of all cells, and {most:.0%} in the worst one ({where})."
    )


def page(
    setting: Setting,
    results: Sequence[Result],
    starts: dict[str, Cost],
    saves: Sequence[Saves],
    stages: Sequence[tuple[str, float]],
) -> str:
    """docs/performance.md"""
    runs = {len(result.costs[COLD]) for result in results}
    versions = ", ".join(f"{name} {version}" for name, version in sorted(setting.versions.items()))
    minutes = (setting.ended - setting.began).total_seconds() / 60
    compared = [result for result in results if result.count in AIMS]
    facts = (
        f"**When**: {setting.began:%Y-%m-%d, %H:%M} to {setting.ended:%H:%M} UTC, {minutes:.0f} minutes.",
        f"**Machine**: {os.cpu_count()} processors ({_processor()}), {_memory()}, {platform.system()}"
        f" {platform.release()}; the sites lie on {_file_system(setting.work)}.",
        f"**Versions**: {_python()}; {versions}.",
        f"**Runs**: {_between(runs)} of each build, the generators taking turns; the figures are medians. A"
        " generator that takes long is run once.",
        f"**Noise**: {noise(results)} {_company(setting)} So read ratios, not seconds, and CPU time before wall time.",
    )
    return PAGE.format(
        facts="\n".join(_filled(f"- {fact}", "  ") for fact in facts),
        builds=table(compared),
        everything=PaperfolioFull.name,
        aims=aims(results),
        starts=starts_table(starts),
        saves=saves_table(saves),
        growth=growth_table(results),
        stages=stages_table(stages),
    )


PAGE = """\
# Performance

This page is written by `make bench`: every figure on it comes from one run on one machine.

{facts}

## Builds

In brackets: how many times what the fastest variant of Hugo takes for the same papers; less than 1 is faster than
Hugo. *Cold* is a build without output and without caches. *Nothing changed* is the same command once more. *One paper
edited* follows a change of one paper's title and abstract. CPU time is that of all processes of a build; memory is
the peak of a cold build, all its processes together.

{builds}

### What is the same, and what is not

All sites are made of the same made-up papers (`benchmarks/corpus.py`: abstracts of about 1,000 to 1,400 characters, a
third of them with formulas and markup) and show the same: a list of all papers by date, fifty a page; a page for every
paper with all authors, date, categories, venue, links, the abstract, a BibTeX entry, Google Scholar's tags, Open Graph
and JSON-LD; lists of every category and year in pages of fifty, with an index of each; a JSON feed of the newest 200
papers; a sitemap; a style sheet. The templates are as much alike as the template languages let them be. Before a site
is timed, its pages are counted, some are parsed, and one that lacks anything is refused (`benchmarks/equality.py`).

Not the same:

- Paperfolio reads LaTeX and makes MathML of formulas. The others get Markdown and leave formulas as they are typed.
  The made-up papers use ten formulas over and over, and one that was just made is not made again: papers of which each
  has formulas of its own take longer.
- Paperfolio also makes what cannot be switched off: an Atom feed, `papers.json`, `404.html`, the files of its theme,
  and whatever else makes its number of files higher. It checks all content and all links, and exchanges the finished
  site for the old one in one step; the others write into the site that visitors see.
- In this comparison Paperfolio has no exports (`exports: []`), does without co-authors, CV, search, `llms.txt`, feeds
  of categories and lists for other websites (`without:`), has papers of a type that has no pages of venues, and a bare
  theme (`benchmarks/sites/paperfolio/`). *{everything}* is the usual build beside it: the default
  theme, with abstracts in all lists, charts and filters; BibTeX, RIS and CSL-JSON for every paper, for every list and
  for all; venues.
- Pelican keeps its cache of content; Jekyll, Astro, Hugo and Paperfolio keep theirs. MkDocs and Eleventy have none.
- Hugo uses all processors, Eleventy and Astro more than one for some of their work, Paperfolio one process for each
  processor from 1,000 papers or files on. CPU time is that of all of them.
- Hugo is the program itself, without the Python program that its package puts before it.
- Jekyll is not run with more than 1,000 papers: it would take minutes.

## Aims

We want to be faster than Hugo. The table shows the faster of our two ways to keep papers as a part of what the faster
of Hugo's two takes, with the aim beside it.

{aims}

## Start

What a command costs that has nothing to do; the aim is 1.5 times the bare imports. The last line is what the program
and the packages in it take to start before a page is made: whatever changed, no build from the command line is faster.

{starts}

## A save in `paperfolio serve`

From saving a paper to the new page; the build alone is to take less than 100 ms with 133 papers, and less than 500 ms
with 10,000. The rest is waiting for further changes of the same moment. Medians of seven saves; the one before makes
the second tree of files, which from then on takes turns with the one that visitors see.

{saves}

## Many papers

Time should grow with the number of papers and no faster, a paper a file.

{growth}

## Where the time goes

One cold build of 1,000 papers by one process (`--jobs 1`), without the start of the program. `make profile` shows
the functions too, `paperfolio build --timings` the stages of your own site.

{stages}

## Measuring it yourself

`make bench` installs the other generators from their registries into `build/bench/` (Jekyll must be there already) and
takes about a quarter of an hour; it needs npm for Eleventy and Astro. `make bench ARGS="--sizes 50,1000"` is shorter,
`make bench ARGS=--large` goes on to 100,000 papers, and `make bench ARGS=--help` names the rest.
"""


def _filled(text: str, indent: str) -> str:
    return textwrap.fill(text, 118, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _between(numbers: set[int]) -> str:
    few, many = min(numbers), max(numbers)
    return f"{few} to {many} runs" if few != many else f"{few} run{'s' * (few != 1)}"


def _company(setting: Setting) -> str:
    """What else the machine had to do."""
    before, after = setting.loads
    text = f"The load of the machine was {before:.1f} before and {after:.1f} after (a mean over a minute)."
    if setting.priority < 0:
        text += f" What was measured went before other work of the machine (priority {setting.priority})."
    return text


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _python() -> str:
    """Its version, and whose: one that was compiled without looking at what programs do takes a tenth longer."""
    version = f"Python {platform.python_version()}"
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return version
    return f"{version} of {system}" if sys.base_prefix == "/usr" else f"{version}, not that of {system}"


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB of memory"
    except (ValueError, OSError, AttributeError):
        return "memory unknown"


def _file_system(folder: Path) -> str:
    """The kind of file system that a folder is on, as far as the system tells."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "a disk"
    holding = [mount for mount in mounts if folder.resolve().is_relative_to(mount[1])]
    kind = max(holding, key=lambda mount: len(mount[1]))[2] if holding else "unknown"
    return "a file system in memory (tmpfs)" if kind == "tmpfs" else f"a disk ({kind})"
