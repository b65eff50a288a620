"""What commands report is short for people and whole for programs."""

from pathlib import Path
from typing import Any

import pytest

from generator import reports
from generator.build import Options, Report
from generator.check.finding import Finding
from generator.check.report import Report as Checked
from generator.collection import Collected
from generator.dates import Date
from generator.errors import ContentError, Place, Problem
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


def test_build_that_changed_nothing_is_told_in_two_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    doubts = (Problem(Place("a.yaml"), "is odd"),) * reports.MOST_WARNINGS
    report = built(output=tmp_path / "output", url="https://x.org/", pages=2, files=1, warnings=doubts)
    reports.tell_built(report, Options(drafts=True), Path())
    assert capsys.readouterr().err.splitlines()[reports.MOST_WARNINGS :] == [
        "2 pages, 1 file; nothing changed; 0.50 s",
        "Site in output for https://x.org/; look at it with: paperfolio serve --drafts",
    ]
    reports.tell_built(report, Options(local=True), Path(), where=False)
    assert capsys.readouterr().err.splitlines()[reports.MOST_WARNINGS + 1 :] == []


def test_pages_of_which_others_may_have_the_address_are_told_when_they_are_gone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    removed = ["authors/bob/index.html", "authors/bob/cv/index.html", "index.html", "papers/a/cite.bib"]
    removed += [f"papers/{name}/index.html" for name in "abcd"] + ["tags/x/index.html"]
    reports.tell_built(built(removed=tuple(removed)), Options(), Path("site"), where=False)
    assert capsys.readouterr().err.splitlines() == [
        *(
            f"{address} is gone; if it has moved, redirect_from: [{address}] where it is now keeps links to it"
            for address in ("/authors/bob/", "/papers/a/", "/papers/b/")
        ),
        "... and 2 more pages of papers and people",
        "1 page, 1,200 files; nothing changed, 9 removed; 0.50 s",
    ]


def test_the_preview_is_offered_only_for_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    report = built(output=tmp_path / "my site")
    reports.tell_built(report, Options(output=Path("my site")), Path())
    reports.tell_built(report, Options(local=True), Path())
    told = [line for line in capsys.readouterr().err.splitlines() if "page" not in line]
    assert told == [f"Site in {tmp_path}/my site", f"Open {tmp_path.as_uri()}/my%20site/index.html"]


def test_build_as_json_holds_all() -> None:
    doubts = tuple(Problem(Place(f"{number}.yaml", 1, 2), "is odd", "mend it") for number in range(99))
    told = reports.built_as_json(
        built(
            url="https://x.org/",
            written=("a", "b"),
            removed=("c",),
            foreign=("d",),
            changed_by_hand=("e",),
            notes=doubts[:1],
            warnings=doubts,
            stages=(("read", 0.12345),),
            seconds=1.23456,
        )
    )
    doubt = {"file": "0.yaml", "line": 1, "column": 2, "what": "is odd", "hint": "mend it"}
    assert len(told["warnings"]) == len(doubts)
    assert {**told, "warnings": told["warnings"][:1]} == {
        "ok": True,
        "output": "/srv/site/output",
        "url": "https://x.org/",
        "pages": 1,
        "files": 1200,
        "written": ["a", "b"],
        "removed": ["c"],
        "foreign": ["d"],
        "changed_by_hand": ["e"],
        "notes": [doubt],
        "warnings": [doubt],
        "stages": [{"stage": "read", "seconds": 0.123}],
        "seconds": 1.235,
    }
    assert reports.not_built_as_json(ContentError("1 problem found", doubts[:1], hint="mend it")) == {
        "ok": False,
        "message": "1 problem found",
        "hint": "mend it",
        "problems": [doubt],
    }


def checked(*findings: Finding, **values: Any) -> Checked:
    counts: dict[str, Any] = {"pages": 1, "files": 1200, "links": 2, "asked": 0}
    return Checked(
        **{"output": Path("/srv/site/output"), "url": "https://x.org/", "findings": findings} | counts | values
    )


def test_check_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    doubt = finding(Place("a.yaml"), error=False)
    reports.tell_checked(checked())
    reports.tell_checked(checked(doubt, links=1, asked=1))
    reports.tell_checked(checked(finding(Place("a.yaml")), doubt, doubt, asked=3))
    assert capsys.readouterr().err.splitlines() == [
        "Checked 1 page, 1,200 files, 2 links: nothing is wrong",
        "Checked 1 page, 1,200 files, 1 link, 1 link to elsewhere asked for: 0 errors, 1 warning",
        "Checked 1 page, 1,200 files, 2 links, 3 links to elsewhere asked for: 1 error, 2 warnings",
    ]


def test_check_as_json_holds_all() -> None:
    wrong = finding(Place("content/a.yaml", 3, 7), hint="mend it", files=("x/index.html:9:1", "y/index.html:9:1"))
    doubt = finding(Place("output/b.html"), error=False, rule="orphan")
    told = reports.checked_as_json(checked(wrong, doubt, asked=3))
    assert told == {
        "ok": False,
        "output": "/srv/site/output",
        "url": "https://x.org/",
        "pages": 1,
        "files": 1200,
        "links": 2,
        "asked": 3,
        "findings": [
            {
                "level": "error",
                "rule": "link",
                "file": "content/a.yaml",
                "line": 3,
                "column": 7,
                "what": "leads nowhere",
                "hint": "mend it",
                "files": ["x/index.html:9:1", "y/index.html:9:1"],
            },
            {
                "level": "warning",
                "rule": "orphan",
                "file": "output/b.html",
                "line": 0,
                "column": 0,
                "what": "leads nowhere",
                "hint": "",
                "files": [],
            },
        ],
    }
    assert reports.checked_as_json(checked(doubt))["ok"]
    assert reports.not_checked_as_json(ContentError("there is no site", hint="make it")) == {
        "ok": False,
        "message": "there is no site",
        "hint": "make it",
        "findings": [],
    }


def test_as_many_findings_as_are_told_one_by_one_need_no_count(capsys: pytest.CaptureFixture[str]) -> None:
    reports.tell_findings(
        [finding(Place("content/a.yaml", line), files=("x.html",)) for line in range(reports.MOST_ALIKE)]
    )
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == reports.MOST_ALIKE
    assert lines[-1] == "content/a.yaml:4: error: leads nowhere (in x.html) [link]"


def collected(**values: Any) -> Collected:
    empty: dict[str, Any] = dict.fromkeys(
        ("left_out", "changes", "written", "problems", "differences", "questions"), ()
    )
    counts: dict[str, Any] = {"author_id": "ada", "read": 1, "papers": 1, "new": 0, "updated": 0, "ledger": "l.json"}
    return Collected(**empty | counts | values)


def test_import_is_told_in_a_line_after_what_is_new_and_written(capsys: pytest.CaptureFixture[str]) -> None:
    reports.tell_collected(collected())
    assert capsys.readouterr().err == "ada: 1 record of 1 paper: 0 new, 1 known, of these 0 changed\n"
    news = tuple(f"+ {number}" for number in range(reports.MOST_CHANGES + 1_001))
    doubt = Problem(Place("a.bib", 1), "is odd", "mend it")
    told = collected(
        read=3000,
        papers=2000,
        new=1500,
        updated=4,
        left_out=("x", "y"),
        changes=news,
        problems=(doubt,),
        written=("content/papers/ada.yaml",),
    )
    for dry in (False, True):
        reports.tell_collected(told, dry=dry)
        lines = capsys.readouterr().err.splitlines()
        assert lines[:2] == ["a.bib:1: is odd", "  hint: mend it"]
        assert lines[2 : 2 + reports.MOST_CHANGES] == [*news[: reports.MOST_CHANGES]]
        assert lines[2 + reports.MOST_CHANGES :] == [
            "... and 1,001 more",
            f"{'would write' if dry else 'wrote'} content/papers/ada.yaml",
            "ada: 3,000 records of 2,000 papers: 1500 new, 498 known, of these 4 changed, 2 left out, deleted by you",
            "1 problem reported above",
        ]
    alike = Question(Paper(title="Looms"), Paper(title="Loom"))
    reports.tell_collected(collected(changes=news[: reports.MOST_CHANGES], questions=(alike,)))
    said = capsys.readouterr().err
    assert said.startswith("note: perhaps one paper:\n  Looms\n  Loom\n")
    assert "more" not in said


def test_what_is_kept_of_a_person_s_own_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    own = tuple(Problem(Place("a.yaml", line), "is 1, not 2") for line in range(1, reports.MOST_WARNINGS + 1_002))
    reports.tell_kept(collected())
    assert capsys.readouterr().err == ""
    reports.tell_kept(collected(differences=own[: reports.MOST_WARNINGS]))
    assert capsys.readouterr().err.splitlines() == [f"{one.place}: {one.what}" for one in own[: reports.MOST_WARNINGS]]
    reports.tell_kept(collected(differences=own, left_out=("Looms", "Engines"), ledger=".ledger/ada.json"))
    assert capsys.readouterr().err.splitlines()[reports.MOST_WARNINGS :] == [
        "... and 1,001 more values of your own that are kept",
        "left out, since you deleted it: Looms",
        "left out, since you deleted it: Engines",
        "  hint: to have a paper again, delete its line in .ledger/ada.json",
    ]
    reports.tell_kept(collected(left_out_pages=("content/pages/news/a.md",), ledger=".ledger/ada.json"))
    assert capsys.readouterr().err.splitlines() == [
        "left out, since you deleted it: content/pages/news/a.md",
        "  hint: to have a page again, delete its line in .ledger/ada.json",
    ]


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


def test_annotation_is_escaped_and_names_the_folder_it_is_run_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    told = reports.annotation(finding(Place("themes/50%\r\n.html"), "a\rb"), Path("site"))
    assert told == "::error file=site/themes/50%25%0D%0A.html,title=link::a%0Db"
    (tmp_path / "output").mkdir()
    assert (
        reports.annotation(finding(Place("output/x.html")), Path())
        == "::error title=link::output/x.html: leads nowhere"
    )


def test_papers_are_told_apart_by_date_venue_and_identifier(capsys: pytest.CaptureFixture[str]) -> None:
    one = Paper(title="Looms", date=Date(2024, 5), venue="Weaving", arxiv="2405.00001")
    reports.tell_questions([])
    reports.tell_questions([Question(one, Paper(title="Looms", doi="10.1/x", arxiv="2405.00001"))])
    assert capsys.readouterr().err.splitlines() == [
        "note: perhaps one paper:",
        "  Looms (2024-05, Weaving, 2405.00001)",
        "  Looms (10.1/x)",
        "  hint: they stay two; delete one, or import with --interactive to be asked before",
    ]
