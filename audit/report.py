"""docs/quality.md: what was measured of each theme, how, and with what."""

import datetime
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit import typing_speed
from audit.finding import Finding
from audit.weight import MOST, MOST_REQUESTS, Weight
from generator.model import SiteConfig


@dataclass(frozen=True)
class Result:
    """What was found out about one site with one theme."""

    site: str
    theme: str
    findings: tuple[Finding, ...]
    front: Weight


def table(results: Sequence[Result]) -> str:
    """A row for each checker and theme."""
    lines = ["| theme | site | checker | found |", "| --- | --- | --- | --- |"]
    for result in results:
        for finding in result.findings:
            lines.append(f"| `{result.theme}` | {result.site} | {finding.checker} | {finding.figure} |")
    return "\n".join(lines)


def faults(results: Sequence[Result]) -> list[str]:
    """All of them, each with what was looked at and who found it."""
    return [
        f"{result.theme}, {result.site}: {finding.checker}: {fault}"
        for result in results
        for finding in result.findings
        for fault in finding.faults
    ]


def weights(results: Sequence[Result], site: str) -> str:
    """What the front page of a site weighs, a column for each theme."""
    chosen = [result for result in results if result.site == site]
    lines = [
        f"| front page | {' | '.join(f'`{result.theme}`' for result in chosen)} | at most |",
        f"| --- | {' | '.join('--:' for _ in chosen)} | --: |",
    ]
    for kind in ("HTML", "style sheets", "scripts", "font", "pictures", "all"):
        cells = " | ".join(f"{result.front.kilobytes(kind):.1f} KB" for result in chosen)
        lines.append(f"| {kind} | {cells} | {f'{MOST[kind]} KB' if kind in MOST else ''} |")
    lines.append(f"| requests | {' | '.join(str(result.front.requests) for result in chosen)} | {MOST_REQUESTS} |")
    return "\n".join(lines)


def page(results: Sequence[Result], versions: Mapping[str, str], day: datetime.date) -> str:
    names = list(dict.fromkeys(result.site for result in results))
    tools = ", ".join(f"{name} {version}" for name, version in versions.items())
    found = len(faults(results))
    parts = [
        "# Quality",
        _filled(
            f"""What checkers that others wrote say about the built pages. `make audit` builds the example, a small
            group with news, and a made-up site of 1,000 papers with each theme, serves them below a path and
            compressed, as GitHub Pages does, asks the checkers and writes this page. Measured on {day.isoformat()}
            with {tools}: {f"faults: {found}" if found else "no fault"}."""
        ),
        "## Weight",
        _filled(
            """Kilobytes after `gzip -9`, fonts and pictures as they are. The front page of the example has 50
            abstracts. Where a theme shows them there, formulas among them, the page asks for the font of formulas;
            pages without formulas do without."""
        ),
    ]
    for name in names:
        parts += [f"### {name[0].upper()}{name[1:]}", weights(results, name)]
    parts += [
        "## Checkers",
        _filled(
            f"""Lighthouse runs with its mobile preset on the front page, the longest page of a paper and the longest
            page of a category: performance, accessibility, best practices, search engines; over the made-up site
            with the theme `{SiteConfig().theme}` alone, since its pages differ from those of the example in nothing
            that it measures. Each is the best of at most four runs, since what else the machine does counts against
            a page. axe, the weights, the policy and the keyboard are about the longest and the shortest page of
            each kind; the Nu HTML Checker and the readers of metadata (extruct, mf2py, signposting, the rules of
            Google Scholar) about all pages. `/embed/` shows lists as they are on other sites, with the scripts of
            these, so it may weigh more. A key in the filter is measured by what the thread of the page does for it
            (script, layout, paint), as its time on a processor: at most {typing_speed.MOST} ms."""
        ),
        table(results),
        "## In the tests",
        _filled(
            """The tests hold what can be held without these tools: HTML without parse errors, metadata, weights,
            contrasts and colours (`make test ARGS=tests/test_colours.py`: every pair of categories, as four kinds of
            sight see it and in both schemes, is at least 0.065 apart in OKLab), narrow screens without sideways
            scrolling, dark pages, pages without JavaScript, brackets that grow (`make test
            ARGS=tests/test_browser.py`), filters and their state in the address (`make test
            ARGS=tests/test_filters.py`)."""
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _filled(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 120, break_on_hyphens=False, break_long_words=False)
