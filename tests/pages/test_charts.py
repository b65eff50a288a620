"""Charts of numbers per year: their geometry is that of their numbers."""

import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pages import charts
from generator.text import Html
from generator.views import CategoryView, ChartView, DateView, PaperView

BAR = re.compile(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-([\d.]+)z")


def category(code: str) -> CategoryView:
    return CategoryView(code=code, name=f"Name of {code}", group="", address=f"/categories/{code}/", hue=len(code) % 12)


def paper(year: int, code: str = "") -> PaperView:
    found = category(code) if code else None
    return PaperView(
        **dict.fromkeys(
            ("id", "address", "title_text", "abstract_text", "tldr_text", "venue", "venue_address", "abbr"), ""
        ),
        **dict.fromkeys(("volume", "issue", "pages", "publisher"), ""),
        **dict.fromkeys(("status", "type", "code_url", "image", "retraction"), ""),
        **dict.fromkeys(("title", "abstract", "tldr", "award", "note"), Html("")),
        **dict.fromkeys(("authors", "categories", "tags", "buttons", "versions"), ()),
        **dict.fromkeys(("et_al", "has_pdf", "has_code", "selected", "retracted", "math"), False),
        **dict.fromkeys(("citations",)),
        category=found,
        date=DateView(iso=f"{year}", text=f"{year}", year=f"{year:04d}") if year else None,
        extra={},
        digest=b"",
    )


def drawn(papers: Sequence[PaperView], only: CategoryView | None = None) -> ChartView:
    chart = charts.papers_per_year(papers, str, only)
    assert chart
    return chart


def bars(path: str) -> list[tuple[float, float, float, float]]:
    """x, y, width and height of each bar; the path is nothing but bars."""
    assert BAR.sub("", path) == ""
    return [(float(x), float(y), float(width), float(height)) for x, y, width, height, _ in BAR.findall(path)]


def test_fewer_than_two_years_have_no_chart() -> None:
    assert charts.papers_per_year([], str) is None
    assert charts.papers_per_year([paper(2020, "LG"), paper(2020), paper(0)], str) is None
    assert charts.citations_per_year([("2020", 4)], str) is None
    assert charts.citations_per_year([("2020", 0), ("2021", 0)], str) is None


def test_papers_are_counted_by_year_and_primary_category_the_largest_first() -> None:
    chart = drawn([paper(2020, "LG"), paper(2022, "CV"), paper(2022, "CV"), paper(2022), paper(0, "LG")])
    assert chart.years == ("2020", "2021", "2022")
    assert chart.totals == (1, 0, 3)
    assert [(series.label, series.name, series.counts) for series in chart.series] == [
        ("CV", "Name of CV", (0, 0, 2)),
        ("LG", "Name of LG", (1, 0, 0)),
        ("", "", (0, 0, 1)),
    ]
    assert (chart.total, chart.peak, chart.highest) == (4, "2022", 3)


def test_a_run_of_years_without_any_is_one_row_of_the_table() -> None:
    chart = charts.citations_per_year([("1998", 3), ("1999", 0), ("2004", 4), ("2006", 1)], str)
    assert chart
    assert dict(zip(chart.years, chart.totals, strict=True)) == {
        "1998": 3,
        "1999": 0,
        "2000–2003": 0,
        "2004": 4,
        "2005": 0,
        "2006": 1,
    }


def test_no_two_series_have_one_colour() -> None:
    """Codes of one length have one hue here, as have some of a site with more than twelve categories."""
    chart = drawn(
        [paper(2000 + number, code) for number, code in enumerate(["A", "B", "B", "CCC", "DD", "E", "E", "E"])]
    )
    assert [(series.label, series.hue) for series in chart.series] == [
        ("E", 1),
        ("B", 2),
        ("A", 3),
        ("CCC", 4),
        ("DD", 5),
    ]


def test_six_categories_are_told_apart_and_of_seven_the_rest_is_one() -> None:
    six = [paper(2000 + number, code) for number, code in enumerate("ABCDEF")]
    assert [series.label for series in drawn(six).series] == list("ABCDEF")
    seven = drawn([*six, paper(2001, "G"), paper(2002)])
    assert [series.label for series in seven.series] == ["A", "B", "C", "D", "E", ""]
    assert sum(seven.series[-1].counts) == 3


def test_within_a_category_all_papers_have_its_colour() -> None:
    chart = drawn([paper(2020, "LG"), paper(2021, "CV")], category("stat"))
    assert [(series.label, series.hue, series.counts) for series in chart.series] == [("stat", 4, (1, 1))]


YEARS = st.lists(st.tuples(st.integers(1964, 2026), st.sampled_from(["", *"ABCDEFGH"])), min_size=2, max_size=120)


@given(YEARS)
@settings(max_examples=100)
def test_bars_stack_without_touching_inside_the_picture(entries: list[tuple[int, str]]) -> None:
    chart = charts.papers_per_year([paper(year, code) for year, code in entries], str)
    if chart is None:
        assert len({year for year, _ in entries}) < 2
        return
    width, height = float(chart.width), float(chart.height)
    assert width <= charts.WIDTH
    columns: dict[float, list[tuple[float, float]]] = {}
    for series in chart.series:
        found = bars(series.path)
        assert len(found) == sum(1 for count in series.counts if count)
        for x, y, broad, high in found:
            assert x >= 0
            assert x + broad <= width + 0.2
            assert high > 0
            columns.setdefault(x, []).append((y, y + high))
    assert len(columns) == sum(1 for total in chart.totals if total)
    covered = [list(map(int, row.split("–"))) for row in chart.years]
    assert [year for row in covered for year in range(row[0], row[-1] + 1)] == list(
        range(min(year for year, _ in entries), max(year for year, _ in entries) + 1)
    ), "the table has every year that the picture has room for"
    for column in columns.values():
        for (top, _), (_, foot) in zip(column, column[1:], strict=False):
            assert foot < top + 0.15, "rounded to one decimal"
        assert all(top >= charts.ABOVE - 0.1 for top, _ in column)
    assert sum(chart.totals) == chart.total == len(entries)
    for number, total in enumerate(chart.totals):
        assert total == sum(series.counts[number] for series in chart.series)
    assert all(0 <= float(label.x) <= width and 0 < float(label.y) < height for label in chart.labels)


@given(st.integers(2, 400))
@settings(max_examples=60)
def test_labels_of_years_do_not_touch(count: int) -> None:
    chart = charts.citations_per_year([(str(1600 + number), number + 1) for number in range(count)], str)
    assert chart
    below = [float(label.x) for label in chart.labels if float(label.y) > charts.ABOVE + charts.PLOT]
    assert below
    assert all(after - before >= 4 * charts.DIGIT - 0.11 for before, after in zip(below, below[1:], strict=False))


def test_the_heights_of_bars_are_as_their_numbers() -> None:
    chart = charts.citations_per_year([("2020", 50), ("2021", 100), ("2023", 25)], str)
    assert chart
    (series,) = chart.series
    feet = [round(y + height, 1) for _, y, _, height in bars(series.path)]
    tops = [charts.ABOVE + charts.PLOT - y for _, y, _, _ in bars(series.path)]
    assert len(set(feet)) == 1
    assert tops == [42, 84, 21]
    assert [label.text for label in chart.labels] == ["50", "100", "25", "2020", "2021", "2022", "2023"]
    above = [charts.ABOVE + charts.PLOT - float(label.y) for label in chart.labels[:3]]
    assert above == [46, 88, 25], "right above the bars"


def test_where_numbers_have_no_room_only_the_highest_is_written() -> None:
    chart = charts.citations_per_year([(str(1990 + number), 1000 + number) for number in range(30)], "{:,}".format)
    assert chart
    assert [label.text for label in chart.labels if "," in label.text] == ["1,029"]


@given(*[st.lists(st.tuples(st.sampled_from([0, 2020, 2021]), st.sampled_from(["", "LG", "CV"])), max_size=4)] * 2)
def test_what_decides_a_chart_is_another_for_every_other_chart(
    one: list[tuple[int, str]], other: list[tuple[int, str]]
) -> None:
    first, second = ([paper(year, code) for year, code in entries] for entries in (one, other))
    if charts.papers_per_year(first, str) != charts.papers_per_year(second, str):
        assert charts.decisive(first) != charts.decisive(second)
    assert charts.decisive(first) == charts.decisive(first[::-1])
