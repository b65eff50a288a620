"""The audit: it looks at pages of every kind as hosts serve them, and what is planted is found.

The checkers themselves need Java and Node and run by ``make audit``.
"""

import argparse
import datetime
import gzip
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

import audit.__main__
from audit import keyboard, metadata, report, weight
from audit.finding import Finding
from audit.report import Result
from audit.sites import URL, Site, served
from audit.weight import Weight
from generator.build import Options, build

FILES = {
    "content/authors/ada.yaml": "name: Ada Lovelace\ncategory: LG\n",
    "content/site.yaml": f"url: {URL}\n",
    "content/papers/p.yaml": "- {title: Looms, id: looms, authors: [Ada Lovelace], date: 2024, category: LG}\n"
    "- {title: Cards & cogs, id: cards, authors: [Ada Lovelace, Charles Babbage], date: 2023, abstract: Longer.}\n"
    "- {title: Cogs, id: cogs, authors: [Ada Lovelace], date: 2022}\n",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("audit")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Site("small", "folio", build(folder, Options()).output)


@pytest.fixture
def broken(whole: Site, tmp_path: Path) -> Site:
    """The same with faults in the page of a paper, whose skip link is gone."""
    output = tmp_path / "output"
    shutil.copytree(whole.output, output)
    page = output / "papers/cards/index.html"
    text = page.read_text(encoding="utf-8").replace('<meta name="citation_author" content="Charles Babbage">', "")
    text = text.replace('class="skip"', 'class="other"').replace("</main>", '<p style="color: red">red</p></main>')
    page.write_text(text, encoding="utf-8")
    return Site("small", "folio", output)


def test_a_checker_that_fails_is_a_fault_and_the_others_are_asked(
    whole: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Finding:
        raise subprocess.CalledProcessError(1, "java", stderr="no such jar")

    monkeypatch.setattr(audit.__main__.html, "check", fail)
    options = argparse.Namespace(only=["html", "metadata"], chromium="")
    result = audit.__main__._audited(whole, None, options)
    assert [finding.figure.partition(" ")[0] for finding in result.findings] == ["failed:", "0"]
    (fault,) = report.faults([result])
    assert fault.startswith("folio, small: html: ")
    assert fault.endswith("no such jar")
    assert "no such jar" in capsys.readouterr().out


def test_the_longest_and_the_shortest_page_of_each_kind_are_looked_at(whole: Site) -> None:
    papers = [path for path in whole.sample if path.startswith("papers/")]
    sizes = {path: (whole.output / path).stat().st_size for path in whole.every if path.startswith("papers/")}
    assert papers == [max(sizes, key=sizes.__getitem__), min(sizes, key=sizes.__getitem__)]
    assert {"profile", "paper", "category", "year", "index", "search", "missing", "embedded"} <= whole.pages.keys()
    assert set(whole.every) == {path.relative_to(whole.output).as_posix() for path in whole.output.rglob("*.html")}


def test_a_site_is_served_compressed_and_below_its_path(whole: Site) -> None:
    with served(whole) as root:
        with urllib.request.urlopen(f"{root}papers/looms") as answer:
            assert answer.url == f"{root}papers/looms/"
            assert gzip.decompress(answer.read()) == (whole.output / "papers/looms/index.html").read_bytes()
        for missing in (f"{root}nothing/", root.replace("/papers/", "/looms/")):
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(missing)
            with caught.value as answer:
                assert answer.code == 404
                assert gzip.decompress(answer.read()) == (whole.output / "404.html").read_bytes()


def test_a_paper_that_lacks_metadata_is_told(whole: Site, broken: Site) -> None:
    assert metadata.check(whole).faults == ()
    assert metadata.check(broken).faults == ("papers/cards/index.html: citation_author is not who is shown",)


@pytest.mark.browser
def test_pages_are_weighed_and_inline_styles_told(browser: Any, whole: Site, broken: Site) -> None:
    finding, front = weight.check(whole, browser)
    assert finding.faults == ()
    assert front.bytes["HTML"] == len(gzip.compress((whole.output / "index.html").read_bytes(), 9))
    assert front.all == sum(front.bytes.values()) < weight.MOST["all"] * 1024
    told = weight.check(broken, browser)[0].faults
    assert "papers/cards/index.html: p[style]" in told
    assert any("Content Security Policy" in fault for fault in told)


@pytest.mark.browser
def test_a_page_that_cannot_be_skipped_is_told(browser: Any, whole: Site, broken: Site) -> None:
    assert keyboard.check(whole, browser).faults == ()
    faults = keyboard.check(broken, browser).faults
    assert "papers/cards/index.html: the first stop does not skip to the content" in faults


def test_the_page_has_every_figure_and_says_how_many_faults_there_are() -> None:
    light, heavy = Weight({"HTML": 1024, "scripts": 512}, 2), Weight({"HTML": 10240}, 9)
    results = [
        Result("example", "folio", (Finding("axe", "0 violations"),), light),
        Result("example", "plain", (Finding("axe", "1 violation", ("too pale",)),), heavy),
    ]
    page = report.page(results, {"axe": "4.11"}, datetime.date(2026, 3, 1))
    assert "| HTML | 1.0 KB | 10.0 KB |  |" in page
    assert "| all | 1.5 KB | 10.0 KB | 60 KB |" in page
    assert "| requests | 2 | 9 | 8 |" in page
    assert "| `plain` | example | axe | 1 violation |" in page
    assert "Measured on 2026-03-01 with axe 4.11: faults: 1." in " ".join(page.split())
