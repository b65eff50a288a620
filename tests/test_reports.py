"""What commands report is short for people and whole for programs."""

from pathlib import Path
from typing import Any

import pytest

from generator import reports
from generator.build import Options, Report
from generator.check.finding import Finding
from generator.dates import Date
from generator.errors import Place, Problem
from generator.model import Paper
from generator.same_papers import Question


def built(**values: Any) -> Report:
    empty: dict[str, Any] = dict.fromkeys(("written", "removed", "foreign", "changed_by_hand", "notes", "warnings"), ())
    return Report(
        **{"output": Path("/srv/site/output"), "url": "", "pages": 1, "files": 1200, "stages": (), "seconds": 0.5}
        | empty
        | values
    )


def finding(place: Place, what: str = "leads nowhere", **values: Any) -> Finding:
    return Finding(**{"place": place, "error": True, "rule": "link", "what": what, "hint": "", "files": ()} | values)


def test_build_is_told_in_two_lines_after_what_is_odd(capsys: pytest.CaptureFixture[str]) -> None:
    doubts = tuple(Problem(Place(f"{number}.yaml"), "is odd") for number in range(reports.MOST_WARNINGS + 3))
    report = built(
        written=("a", "b"), removed=("c",), foreign=("mine",), changed_by_hand=("d",), notes=doubts[:1], warnings=doubts
    )
    reports.tell_built(report, Options(), Path("site"))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "0.yaml: note: is odd"
    assert lines[1 : 1 + reports.MOST_WARNINGS] == [f"{doubt.place}: warning: is odd" for doubt in doubts[:-3]]
    assert lines[1 + reports.MOST_WARNINGS :] == [
        "... and 3 more warnings",
        "kept mine, which Paperfolio did not make",
        "replaced d, which was changed by hand; its old form is in .paperfolio/replaced/",
        "1 page, 1,200 files; 2 changed, 1 removed; 0.50 s",
        "Site in /srv/site/output; look at it with: paperfolio serve --site site",
    ]


def test_build_as_json_holds_all() -> None:
    doubts = tuple(Problem(Place(f"{number}.yaml", 1, 2), "is odd", "mend it") for number in range(99))
    told = reports.built_as_json(built(warnings=doubts, stages=(("read", 0.12345),)))
    assert len(told["warnings"]) == len(doubts)
    assert told["warnings"][0] == {"file": "0.yaml", "line": 1, "column": 2, "what": "is odd", "hint": "mend it"}
    assert told["stages"] == [{"stage": "read", "seconds": 0.123}]


def test_of_many_findings_that_are_alike_the_first_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    alike = [finding(Place("content/a.yaml", line), files=("x/index.html", "y/index.html")) for line in range(1, 10)]
    reports.tell_findings([*alike, finding(Place("output/b.html"), "has no title", error=False, files=("b.html",))])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "content/a.yaml:1: error: leads nowhere (in x/index.html and 1 more) [link]"
    assert lines[reports.MOST_ALIKE :] == [
        "output/b.html: warning: has no title [link]",
        "... and 4 more times: leads nowhere [link]; --json lists all",
    ]


def test_annotation_is_escaped_and_names_the_file_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    place = Place("content/papers/a, b:c.yaml", 5, 16)
    told = reports.annotation(finding(place, "50% of it\nis wrong", hint="mend it"), tmp_path / "site")
    assert told == (
        "::error file=site/content/papers/a%2C b%3Ac.yaml,line=5,col=16,title=link::50%25 of it%0Ais wrong. mend it"
    )


def test_annotation_of_what_is_in_no_source_has_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repository"))
    told = [
        reports.annotation(finding(Place(file, 2), error=False), tmp_path / "site")
        for file in ("output/a.html", "content/a.yaml")
    ]
    assert told == [
        "::warning title=link::output/a.html:2: leads nowhere",
        "::warning title=link::content/a.yaml:2: leads nowhere",
    ]


def test_papers_are_told_apart_by_date_venue_and_identifier(capsys: pytest.CaptureFixture[str]) -> None:
    one = Paper(title="Looms", date=Date(2024, 5), venue="Weaving", arxiv="2405.00001")
    reports.tell_questions([])
    reports.tell_questions([Question(one, Paper(title="Looms"))])
    assert capsys.readouterr().err.splitlines() == [
        "note: perhaps one paper:",
        "  Looms (2024-05, Weaving, 2405.00001)",
        "  Looms",
        "  hint: they stay two; delete one, or import with --interactive to be asked before",
    ]
