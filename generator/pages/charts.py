"""Charts of numbers per year: geometry and figures, drawn by ``_chart.html`` as SVG with a table behind.

Lengths are in units of the picture, which are CSS pixels while it is shown at its own size. Time runs to the right.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from generator.pages.viewer import HUES
from generator.views import CategoryView, ChartLabel, ChartSeries, ChartView, DateView, PaperView

MOST_SERIES = 6
"""Categories that are told apart; the rest is one series."""
NAMELESS = CategoryView(code="", name="", group="", address="", hue=-1)
"""Stands for all other categories, or for all there is."""
WIDTH = 440
"""A chart is at most this wide, so that its letters can be read on a phone too."""
PLOT = 84
"""Height of the largest bar."""
SLOT = 48
"""The most room that a year takes."""
BAR = 0.75
"""The part of its room that a bar fills."""
ABOVE = 18
BELOW = 18
YEAR_ROOM = 40
"""Room that a label like 2024 needs, moved in from the edge of the picture too."""
DIGIT = 6.6


def decisive(papers: Iterable[PaperView]) -> tuple[tuple[tuple[str, str], int], ...]:
    """All that the chart of papers depends on: how many there are of each year and primary category."""
    dated = [(paper.date.year, paper.category.code if paper.category else "") for paper in papers if paper.date]
    return tuple(sorted(Counter(dated).items()))


def papers_per_year(
    papers: Iterable[PaperView], number: Callable[[int], str], only: CategoryView | None = None
) -> ChartView | None:
    """Papers per year, stacked by primary category, the largest category at the foot.

    None when they are of fewer than two years. ``number`` writes a number for people. With ``only`` all papers count as
    papers of that category.
    """
    dated = [(int(paper.date.year), only or paper.category) for paper in papers if paper.date]
    categories = {category.code: category for _, category in dated if category}
    sizes = Counter(category.code for _, category in dated if category)
    largest = sorted(sizes, key=lambda code: (-sizes[code], code))
    # "the rest" of one category would say less than its name
    shown = largest if len(largest) <= MOST_SERIES else largest[: MOST_SERIES - 1]
    counts: dict[str, Counter[int]] = {code: Counter() for code in (*shown, "")}
    for year, category in dated:
        counts[category.code if category and category.code in shown else ""][year] += 1
    named = [(categories.get(code, NAMELESS), counts[code]) for code in (*shown, "")]
    return _stacked("papers", _distinct([series for series in named if series[1]]), number)


def citations_per_year(
    counts: Iterable[tuple[str, int]], number: Callable[[int], str], source: str = "", as_of: DateView | None = None
) -> ChartView | None:
    """Citations received in each year, from pairs of year and number; None for fewer than two years.

    ``source`` counted them on the day ``as_of``.
    """
    chart = _stacked("citations", [(NAMELESS, {int(year): count for year, count in counts})], number)
    return chart and msgspec.structs.replace(chart, source=source, as_of=as_of)


def _distinct(series: Sequence[tuple[CategoryView, Mapping[int, int]]]) -> list[tuple[CategoryView, Mapping[int, int]]]:
    """The series with no hue twice, as a site of more categories than hues may have them: the smaller one gives way."""
    taken: set[int] = set()
    found = []
    for category, counts in series:
        hue = category.hue
        while hue in taken:
            hue = (hue + 1) % HUES
        if hue >= 0:
            taken.add(hue)
        found.append((msgspec.structs.replace(category, hue=hue), counts))
    return found


def _stacked(
    kind: str, series: Sequence[tuple[CategoryView, Mapping[int, int]]], number: Callable[[int], str]
) -> ChartView | None:
    """The chart of series, each numbers by year of a category; the first lies at the foot."""
    totals: Counter[int] = Counter()
    for _, counts in series:
        totals.update(counts)
    years = sorted(totals)
    highest = max(totals.values(), default=0)
    if len(years) < 2 or not highest:
        return None
    first, last = years[0], years[-1]
    slot = min(SLOT, WIDTH / (last - first + 1))
    width = slot * (last - first + 1)
    unit = PLOT / highest
    gap = min(1.5, unit / 4)
    feet: Counter[int] = Counter()
    drawn = []
    rows = tuple(_with_gaps(years))
    for category, counts in series:
        path = ""
        for year in years:
            if counts.get(year):
                left = (year - first) * slot + slot * (1 - BAR) / 2
                feet[year] += counts[year]
                top = ABOVE + PLOT - feet[year] * unit
                path += _bar(left, top, slot * BAR, counts[year] * unit - gap)
        drawn.append(
            ChartSeries(
                label=category.code,
                name=category.name,
                hue=category.hue,
                path=path,
                counts=tuple(counts.get(year, 0) for year, _ in rows),
            )
        )
    peak = max(years, key=lambda year: totals[year])

    def mark(year: int, text: str, y: float) -> ChartLabel:
        # a label wider than its bar stays inside the picture
        half = len(text) * DIGIT / 2
        middle = (year - first + 0.5) * slot
        return ChartLabel(text=text, x=_short(max(half, min(width - half, middle))), y=_short(y))

    every = _step(slot)
    above = [year for year in years if totals[year] and ((len(number(highest)) + 1) * DIGIT <= slot or year == peak)]
    return ChartView(
        kind=kind,
        width=_short(width),
        height=_short(ABOVE + PLOT + BELOW),
        years=tuple(str(year) if year == end else f"{year}–{end}" for year, end in rows),
        totals=tuple(totals[year] for year, _ in rows),
        series=tuple(drawn),
        labels=(
            *(mark(year, number(totals[year]), ABOVE + PLOT - totals[year] * unit - 4) for year in above),
            *(mark(year, str(year), ABOVE + PLOT + BELOW - 4) for year in range(first, last + 1) if year % every == 0),
        ),
        total=sum(totals.values()),
        peak=str(peak),
        highest=highest,
    )


def _with_gaps(years: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each of the years, which are sorted, and each run of years between them, as its first and its last year."""
    before = years[0]
    for year in years:
        if year - before > 1:
            yield before + 1, year - 1
        yield year, year
        before = year


def _step(slot: float) -> int:
    """Years from one label to the next: a round number, so that labels do not touch."""
    step = 1
    for factor in (1, 10, 100, 1000):
        for digit in (1, 2, 5):
            step = factor * digit
            if step * slot >= YEAR_ROOM:
                return step
    return step


def _bar(left: float, top: float, width: float, height: float) -> str:
    return f"M{_short(left)} {_short(top)}h{_short(width)}v{_short(max(height, 0.1))}h-{_short(width)}z"


def _short(length: float) -> str:
    """At most one decimal: 12, 12.5."""
    return f"{length:.1f}".removesuffix(".0")
