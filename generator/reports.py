"""What commands report: in words for people, as JSON for programs, as annotations for GitHub."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import PaperfolioError, Problem
from generator.terminal import count, quoted, say, say_problems

if TYPE_CHECKING:
    from generator.build import Options, Report
    from generator.check.finding import Finding
    from generator.check.report import Report as Checked
    from generator.collection import Collected
    from generator.model import Paper
    from generator.same_papers import Question

_PERMANENT = r"(?:papers|authors)/[^/]+/index\.html"
MOST_WARNINGS = 20
MOST_CHANGES = 40
"""News of an import that are told one by one."""
MOST_GONE = 3
"""Pages that are gone and are told one by one."""
MOST_ALIKE = 5
"""Findings of one kind that are told one by one."""


def tell_built(report: "Report", options: "Options", site: Path, where: bool = True) -> None:
    """Notes and warnings, then the two lines: what was made, and where it can be seen."""
    say_problems(report.notes, label="note")
    say_problems(report.warnings[:MOST_WARNINGS], label="warning")
    if len(report.warnings) > MOST_WARNINGS:
        say(f"... and {len(report.warnings) - MOST_WARNINGS} more warnings")
    for path in report.foreign:
        say(f"kept {path}, which Paperfolio did not make")
    for path in report.changed_by_hand:
        say(f"replaced {path}, which was changed by hand; its old form is in .paperfolio/replaced/")
    _tell_gone(report.removed)
    changed = f"{len(report.written)} changed" if report.written else "nothing changed"
    removed = f", {len(report.removed)} removed" if report.removed else ""
    say(
        f"{count(report.pages, 'page')}, {count(report.files, 'file')}; {changed}{removed}; {report.seconds:.2f} s",
        bold=True,
    )
    if where:
        _tell_where(report, options, site)


def _tell_gone(removed: Sequence[str]) -> None:
    """The papers and people of whom others may have the address, with what keeps it."""
    gone = [f"/{path.removesuffix('index.html')}" for path in removed if re.fullmatch(_PERMANENT, path)]
    for address in gone[:MOST_GONE]:
        say(f"{address} is gone; if it has moved, redirect_from: [{address}] where it is now keeps links to it")
    if len(gone) > MOST_GONE:
        say(f"... and {count(len(gone) - MOST_GONE, 'more page')} of papers and people")


def _tell_where(report: "Report", options: "Options", site: Path) -> None:
    index = report.output / "index.html"
    if options.local:
        say(f"Open {index.resolve().as_uri()}")
        return
    command = "paperfolio serve" + (f" --site {quoted(site)}" if site != Path() else "")
    command += " --drafts" if options.drafts else ""
    inside = not options.output and report.output.is_relative_to(Path.cwd())
    folder = report.output.relative_to(Path.cwd()) if inside else report.output
    address = f" for {report.url}" if report.url else ""
    # the preview shows output/ alone
    look = f"; look at it with: {command}" if not options.output else ""
    say(f"Site in {folder}{address}{look}")


def built_as_json(report: "Report") -> dict[str, Any]:
    return {
        "ok": True,
        "output": str(report.output),
        "url": report.url,
        "pages": report.pages,
        "files": report.files,
        "written": list(report.written),
        "removed": list(report.removed),
        "foreign": list(report.foreign),
        "changed_by_hand": list(report.changed_by_hand),
        "notes": list(map(_problem_as_json, report.notes)),
        "warnings": list(map(_problem_as_json, report.warnings)),
        "stages": [{"stage": stage, "seconds": round(seconds, 3)} for stage, seconds in report.stages],
        "seconds": round(report.seconds, 3),
    }


def not_built_as_json(error: PaperfolioError) -> dict[str, Any]:
    problems = list(map(_problem_as_json, error.problems))
    return {"ok": False, "message": error.message, "hint": error.hint, "problems": problems}


def tell_checked(checked: "Checked") -> None:
    """How much was checked, and how much of it is wrong."""
    read = f"{count(checked.pages, 'page')}, {count(checked.files, 'file')}, {count(checked.links, 'link')}"
    asked = f", {count(checked.asked, 'link')} to elsewhere asked for" if checked.asked else ""
    found = f"{count(len(checked.errors), 'error')}, {count(len(checked.warnings), 'warning')}"
    say(f"Checked {read}{asked}: {found if checked.findings else 'nothing is wrong'}", bold=True)


def tell_findings(findings: "Iterable[Finding]") -> None:
    """Each finding with its place; of many that are alike the first ones."""
    alike: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.rule, finding.what)
        alike[key] = alike.get(key, 0) + 1
        if alike[key] > MOST_ALIKE:
            continue
        shown = [file for file in finding.files if not str(finding.place).endswith(file)]
        more = f" and {len(shown) - 1:,} more" if len(shown) > 1 else ""
        where = f" (in {shown[0]}{more})" if shown else ""
        what = f"{finding.what}{where} [{finding.rule}]"
        say_problems([Problem(finding.place, what, finding.hint)], label=_level(finding))
    for (rule, what), times in alike.items():
        if times > MOST_ALIKE:
            say(f"... and {times - MOST_ALIKE:,} more times: {what} [{rule}]; --json lists all")


def checked_as_json(checked: "Checked") -> dict[str, Any]:
    return {
        "ok": not checked.errors,
        "output": str(checked.output),
        "url": checked.url,
        "pages": checked.pages,
        "files": checked.files,
        "links": checked.links,
        "asked": checked.asked,
        "findings": list(map(_finding_as_json, checked.findings)),
    }


def not_checked_as_json(error: PaperfolioError) -> dict[str, Any]:
    return {"ok": False, "message": error.message, "hint": error.hint, "findings": []}


def annotation(finding: "Finding", site: Path) -> str:
    """A finding as a command of GitHub Actions, which shows it at the line of the file.

    Files are named from the root of the repository; what is only in the output has no line there to be shown at.
    """
    place = finding.place
    file = (site / place.file).resolve()
    root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    properties = {"title": finding.rule}
    what = f"{finding.what}. {finding.hint}" if finding.hint else finding.what
    if place.file.startswith(("content/", "themes/")) and file.is_relative_to(root):
        known = {"file": file.relative_to(root).as_posix(), "line": place.line, "col": place.column}
        properties = {name: str(value) for name, value in known.items() if value} | properties
    else:
        what = f"{place}: {what}"
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        what = what.replace(sign, code)
        properties = {name: value.replace(sign, code) for name, value in properties.items()}
    written = ",".join(f"{name}={value.replace(':', '%3A').replace(',', '%2C')}" for name, value in properties.items())
    return f"::{_level(finding)} {written}::{what}"


def tell_kept(collected: "Collected") -> None:
    """What a person wrote or deleted that the sources have otherwise; a refresh does not say it every week."""
    say_problems(collected.differences[:MOST_WARNINGS])
    if len(collected.differences) > MOST_WARNINGS:
        say(f"... and {len(collected.differences) - MOST_WARNINGS:,} more values of your own that are kept")
    left_out = (*collected.left_out, *collected.left_out_pages)
    for title in left_out[:MOST_WARNINGS]:
        say(f"left out, since you deleted it: {title}")
    if left_out:
        what = "a paper" if collected.left_out else "a page"
        say(f"  hint: to have {what} again, delete its line in {collected.ledger}")


def tell_collected(collected: "Collected", dry: bool = False) -> None:
    """What sources brought into the content: what is doubtful, what is other now, and the counts."""
    say_problems(collected.problems)
    tell_questions(collected.questions)
    for change in collected.changes[:MOST_CHANGES]:
        say(change)
    if len(collected.changes) > MOST_CHANGES:
        say(f"... and {len(collected.changes) - MOST_CHANGES:,} more")
    for path in collected.written:
        say(f"{'would write' if dry else 'wrote'} {path}")
    left_out = len(collected.left_out)
    say(
        f"{collected.author_id}: {count(collected.read, 'record')} of {count(collected.papers, 'paper')}: "
        f"{collected.new} new, {collected.known} known, of these {collected.updated} changed"
        + (f", {left_out} left out, deleted by you" if left_out else ""),
        bold=True,
    )
    if collected.problems:
        say(f"{count(len(collected.problems), 'problem')} reported above")


def tell_questions(questions: "Sequence[Question]") -> None:
    """Papers that may be one, and that nobody was asked about."""
    for question in questions:
        say("note: perhaps one paper:")
        for paper in (question.one, question.other):
            say(f"  {recognisable(paper)}")
    if questions:
        say("  hint: they stay two; delete one, or import with --interactive to be asked before")


def recognisable(paper: "Paper") -> str:
    """A paper by its title, and by what tells it from another one of that title."""
    from generator.text import inline

    title = inline(paper.title).plain
    details = (paper.date.iso if paper.date else "", paper.venue, paper.doi or paper.arxiv)
    shown = ", ".join(filter(None, details))
    return f"{title} ({shown})" if shown else title


def _level(finding: "Finding") -> str:
    return "error" if finding.error else "warning"


def _finding_as_json(finding: "Finding") -> dict[str, Any]:
    found = _problem_as_json(Problem(finding.place, finding.what, finding.hint))
    return {"level": _level(finding), "rule": finding.rule, **found, "files": list(finding.files)}


def _problem_as_json(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "what": problem.what,
        "hint": problem.hint,
    }
