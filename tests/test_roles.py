"""What authors share or do: signs beside their names and what these mean, wherever a paper is shown."""

import json
from pathlib import Path

import pytest
from site_builds import THEMES, soup, words

from generator.build import Options, build


@pytest.mark.parametrize("theme", THEMES)
def test_groups_of_equals_and_senior_authors_have_signs_of_their_own(tmp_path: Path, theme: str) -> None:
    for name, text in {
        "site.yaml": f"theme: {theme}\n",
        "authors/ada.yaml": "name: Ada\n",
        "papers/p.yaml": """
- title: Looms
  date: 2024
  authors:
    - {name: Cay, equal: b}
    - {name: Ada, equal: a, senior: false}
    - {name: Dee, equal: b, corresponding: true}
    - {name: Bea, equal: a}
    - Eve
    - {name: Fay, senior: true}
    - {name: Gil, senior: true}
- {title: Cards, date: 2023, authors: [{name: Ada, equal: true}, {name: Bea, equal: true}]}
""",
    }.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = build(tmp_path, Options())
    assert report.warnings == ()
    pages = {name: soup((report.output / name).read_text(encoding="utf-8")) for name in ("index.html", "cv/index.html")}
    page = soup((report.output / "papers/looms/index.html").read_text(encoding="utf-8"))
    for shown in (page.select_one(".byline"), pages["index.html"].select_one(".papers .byline")):
        assert words(shown) == "Cay*, Ada**, Dee*†, Bea**, Eve, Fay‡, Gil‡"
    meant = [
        "* Equal contribution",
        "** Equal contribution, another group",
        "† Corresponding author",
        "‡ Joint senior author",
    ]
    for shown in (page, *pages.values()):
        assert [words(note) for note in shown.select(".footnotes span")] == meant
    assert "Cay*, Ada**, Dee*†, Bea**, Eve, Fay‡, Gil‡." in words(pages["cv/index.html"].select_one(".cv-year li"))
    cards = soup((report.output / "papers/cards/index.html").read_text(encoding="utf-8"))
    assert [words(note) for note in cards.select(".footnotes span")] == meant[:1]
    data = json.loads((report.output / "papers.json").read_bytes())["papers"][0]["authors"]
    assert [(author.get("equal"), author.get("senior")) for author in data[:2] + data[-1:]] == [
        ("b", None),
        ("a", None),
        (None, True),
    ]
