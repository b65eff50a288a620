"""A build as a whole: the same bytes everywhere, incremental equals clean, and nothing is written when anything is wrong."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_builds import ROOT, VALID, copy_content

from generator import forks
from generator.build import Options, build
from generator.digests import Digests
from generator.errors import ContentError, OutputError, PaperfolioError, ThemeError
from generator.inputs import program
from generator.memory import FEW, Memory
from generator.pages.viewer import Viewer

SITE_YAML = "title: Looms\nurl: https://example.org/looms/\nper_page: 2\n"
SMALL = {
    "content/site.yaml": SITE_YAML,
    "content/authors/ada.yaml": "name: Ada Lovelace\nbio: About *me*.\n",
    "content/papers/a.yaml": "- {title: First, date: 2024-03, category: LG, tags: [looms], authors: [Ada Lovelace]}\n",
    "content/papers/b.yaml": "- {title: Second, date: 2023, category: AI, authors: [Ada Lovelace, B. Babbage]}\n",
    "content/papers/c.yaml": "- {title: Third, date: 2022, category: LG, pdf: c.pdf, abstract: $x^2$ and more.}\n",
    "content/files/c.pdf": "%PDF-1.4\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\nSee [the first](/papers/first/).\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Make the folder hold just these content and theme files."""
    for path in [*folder.glob("content/**/*"), *folder.glob("themes/**/*")]:
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def state(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Which file, how large and when changed: differs as soon as anything was written, even the same bytes."""
    statuses = {path: path.lstat() for path in [folder, *folder.rglob("*")]}
    return {str(path): (status.st_ino, status.st_size, status.st_mtime_ns) for path, status in statuses.items()}


def build_in_process_of_its_own(folder: Path, *options: str, **environment: str) -> None:
    command = [sys.executable, "-m", "generator", "build", "--site", str(folder), *options]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path / "small", SMALL)


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ([], {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        (["--jobs", "2"], {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711"}),
        (["--clean"], {"LC_ALL": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "0"}),
    ],
)
def test_a_site_is_the_same_bytes_in_every_place_and_environment(
    tmp_path: Path, options: list[str], environment: dict[str, str]
) -> None:
    here = copy_content(VALID / "one-author", tmp_path / "here")
    there = copy_content(VALID / "one-author", tmp_path / "another place" / "ünder")
    for path in sorted((there / "content").rglob("*"), reverse=True):
        os.utime(path, (0, 0))
    build(here, Options())
    build_in_process_of_its_own(there, *options, **environment)
    assert tree(here / "output") == tree(there / "output")


def test_nothing_in_the_output_names_the_machine_or_the_day(small: Path) -> None:
    import datetime
    import getpass

    build(small, Options())
    today = datetime.datetime.now().astimezone().date().isoformat()
    for path, data in tree(small / "output").items():
        assert str(small).encode() not in data, path
        assert today.encode() not in data, path
        if len(getpass.getuser()) > 4:
            assert getpass.getuser().encode() not in data, path


def test_a_second_build_of_the_same_content_touches_nothing(small: Path) -> None:
    first = build(small, Options())
    assert len(first.written) == first.files == len(tree(small / "output"))
    before = state(small / "output")
    again = build(small, Options())
    assert again.written == again.removed == ()
    assert again.files == first.files
    assert state(small / "output") == before


def test_what_only_own_themes_show_is_kept_between_builds(small: Path) -> None:
    paper = "- {title: Free, extra: {a: 1, b: [x, {c: y}], d: {e: z}}}\n"
    paper += "".join(f"- title: Paper {number}\n" for number in range(FEW))
    write(small, {**SMALL, "content/papers/free.yaml": paper})
    build(small, Options())
    # another change, so that the second build reads what the first one kept
    write(small, {**SMALL, "content/papers/free.yaml": paper, "content/papers/other.yaml": "title: Other\n"})
    report = build(small, Options())
    assert {"papers/free/index.html", "papers/other/index.html"} <= tree(report.output).keys()


def test_a_figure_of_more_digits_than_a_machine_reckons_with_is_shown_as_it_is(small: Path) -> None:
    figure = "9" * 5_000
    write(small, {"content/authors/ada.yaml": f"name: Ada Lovelace\nmetrics: {{papers: '{figure}'}}\n"})
    output = build(small, Options()).output
    assert figure in (output / "index.html").read_text("utf-8")


def test_a_change_of_one_abstract_changes_few_files(small: Path) -> None:
    build(small, Options())
    write(small, SMALL | {"content/papers/c.yaml": SMALL["content/papers/c.yaml"].replace("more", "less")})
    report = build(small, Options())
    assert "papers/third/index.html" in report.written
    assert "papers/third/cite.bib" in report.written
    others = ("papers/first/", "papers/second/", "about/", "index.html")  # it is on the second page of the profile
    assert not [path for path in report.written if path.startswith(others)]
    assert report.removed == ()


EDITS = (
    "add a paper",
    "rename a paper",
    "delete a paper",
    "date a paper anew",
    "retitle a paper",
    "tag a paper",
    "name a co-author's iD",
    "name a category",
    "translate a word",
    "change the title of the site",
    "change the address of the site",
    "change an option of the theme",
    "change the theme",
    "lay over a template",
    "lay over a style sheet",
    "add an author",
    "say more of an author",
    "change a file",
    "add a page",
    "write no exports",
    "write no exports of lists",
    "lead an address to a paper",
    "lead an address elsewhere",
    "put the site back",
)


def edited(files: dict[str, str], edit: str, number: int) -> dict[str, str]:  # noqa: C901 - a table of edits
    """The files of a site after an edit; ``number`` makes one edit different from another."""
    files = dict(files)
    papers = sorted(path for path in files if path.startswith("content/papers/"))
    paper = papers[number % len(papers)] if papers else ""
    match edit:
        case "add a paper":
            files[f"content/papers/new{number}.yaml"] = (
                f"- {{title: New {number}, date: {2020 + number}, tags: [t{number}], category: CV, code: true}}\n"
            )
        case "rename a paper" if paper:
            files[paper] = f"{files[paper].rstrip().removesuffix('}')}, id: other-{number}}}\n"
            if files[paper].count(", id: ") > 1:
                del files[paper]
        case "delete a paper" if paper and "First" not in files[paper]:
            del files[paper]
        case "date a paper anew" if paper:
            files[paper] = files[paper].replace("date: 20", f"date: 1{number}")
        case "retitle a paper" if paper and "First" not in files[paper]:
            files[paper] = files[paper].replace("title: ", f"title: Loom {number} ", 1)
        case "tag a paper" if paper and "tags" not in files[paper]:
            files[paper] = f"{files[paper].rstrip().removesuffix('}')}, tags: [looms, t{number}]}}\n"
        case "name a co-author's iD" if paper and "orcid" not in files[paper]:
            files[paper] = files[paper].replace(
                "authors: [", "authors: [{name: C. Babbage, orcid: 0000-0002-1825-0097}, "
            )
        case "name a category" if "categories" not in files["content/site.yaml"]:
            files["content/site.yaml"] += f"categories: {{LG: Looms {number}}}\n"
        case "translate a word":
            files["themes/folio/words/en.yaml"] = f"Abstract: Summary {number}\n"
        case "change the title of the site":
            files["content/site.yaml"] = files["content/site.yaml"].replace("title: Looms", f"title: Looms {number}")
        case "change the address of the site":
            files["content/site.yaml"] = files["content/site.yaml"].replace("example.org", f"example{number}.org")
        case "change an option of the theme" if "theme_options" not in files["content/site.yaml"]:
            files["content/site.yaml"] += f"theme_options: {{accent: {('teal', 'green', 'violet')[number % 3]}}}\n"
        case "change the theme" if "theme: " not in files["content/site.yaml"]:
            files["content/site.yaml"] += "theme: base\n"
        case "lay over a template":
            files["themes/folio/templates/404.html"] = (
                '{% extends "folio:404.html" %}{% block main %}{{ super() }}<p>' + f"{number}</p>" + "{% endblock %}\n"
            )
        case "lay over a style sheet":
            files["themes/folio/assets/folio.css"] = f"body {{ margin: {number}px }}\n"
        case "add an author":
            files["content/authors/babbage.yaml"] = f"name: B. Babbage\nrole: Number {number}\n"
        case "say more of an author":
            files["content/authors/ada.yaml"] = (
                f"name: Ada Lovelace\nbio: Number {number}.\naliases: [Ada {number} Byron]\n"
                f"positions: [{{title: Reader, organization: Looms {number}, start: {2000 + number}}}]\n"
            )
        case "change a file":
            files["content/files/c.pdf"] = f"%PDF-1.{number}\n"
        case "add a page":
            files[f"content/pages/p{number % 3}.md"] = f"---\ntitle: Page {number % 3}\n---\n\nText {number}.\n"
        case "write no exports" if "exports" not in files["content/site.yaml"]:
            files["content/site.yaml"] += "exports: []\n"
        case "write no exports of lists" if "without" not in files["content/site.yaml"]:
            files["content/site.yaml"] += "without: [exports]\n"
        case "lead an address to a paper" if paper and "redirect_from" not in files[paper]:
            files[paper] = f"{files[paper].rstrip().removesuffix('}')}, redirect_from: [{paper[:-5]}/{number}/]}}\n"
        case "lead an address elsewhere" if "redirects" not in files["content/site.yaml"]:
            files["content/site.yaml"] += f"redirects: {{/loom/: 'https://example.org/{number}/'}}\n"
        case "put the site back":
            return dict(SMALL)
    return files


@mock.patch("generator.digests.SETTLED", 0)  # what is known of a file counts at once: the edits are not that close
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 6)), max_size=3), min_size=1, max_size=3))
def test_incremental_builds_end_where_a_clean_one_does(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, int]]]
) -> None:
    folder = write(tmp_path_factory.mktemp("incremental"), SMALL)
    build(folder, Options())
    watched = write(tmp_path_factory.mktemp("watched"), SMALL)
    memory = Memory.of(watched, Digests.of_site(watched), "program", lasting=True)
    build(watched, Options(), memory=memory)
    files = dict(SMALL)
    for edits in rounds:
        for edit, number in edits:
            after = edited(files, edit, number)
            if "/papers/first/" in after.get("content/pages/about.md", "") and "other-" in "".join(after.values()):
                after["content/pages/about.md"] = "---\ntitle: About\n---\n\nNothing.\n"
            files = after
        build(write(folder, files), Options())
        build(write(watched, files), Options(), memory=memory)
    clean = build(write(tmp_path_factory.mktemp("clean"), files), Options())
    assert tree(folder / "output") == tree(clean.output)
    assert tree(watched / "output") == tree(clean.output)


TWO = {
    **SMALL,
    "content/authors/bob.yaml": "name: B. Babbage\n",
    "content/papers/d.yaml": "- {title: Fourth, date: 2021, authors: [Someone], profiles: [bob]}\n",
}


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        ({"content/authors/bob.yaml": None}, "profiles names 'bob'"),
        ({"content/authors/bob.yaml": "name: [B.]\n"}, "name"),
        ({"content/papers/e.yaml": "- {title: Other, id: first}\n"}, "two papers want the id 'first'"),
        ({"content/papers/e.yaml": "- {title: Other, id: First}\n"}, "wants the address /papers/First/"),
        ({"content/files/c.pdf": None}, "pdf names 'c.pdf'"),
        ({"content/papers/c.yaml": SMALL["content/papers/c.yaml"].replace("c.pdf", "d.pdf")}, "pdf names 'd.pdf'"),
        ({"content/papers/d.yaml": "title: Fourth\nabstract: \\href{/papers/no/}{x}\n"}, "links to '/papers/no/'"),
        ({"content/authors/bob.yaml": "name: B. Babbage\nbio: Of [looms](/papers/no/)\n"}, "links to '/papers/no/'"),
        (
            {"content/authors/bob.yaml": "name: B. Babbage\nawards: [{title: A, note: '[b](/papers/no/)'}]\n"},
            "awards 1 note links to '/papers/no/'",
        ),
        ({"content/authors/bob.yaml": "name: B. Babbage #2\n"}, "#"),
        ({"content/papers/d.yaml": "title: Fourth\nauthors: [Ada Lovelace; B. Babbage]\n"}, "may be several people"),
        ({"content/papers/d.yaml": "title: Fourth\nauthors: [A. Lovelace, et al.]\n"}, "is nobody's name"),
        ({"content/papers/f.yml.txt": "x"}, "is not read"),
        (
            {"themes/folio/templates/404.html": "{% extends 'folio:404.html' %}{% block main %}{{ no }}{% endblock %}"},
            "no",
        ),
        ({"content/site.yaml": f"{SITE_YAML}theme_options: {{acent: teal}}\n"}, "acent"),
    ],
)
def test_who_builds_often_is_told_the_same_as_who_builds_once(
    tmp_path: Path, mistake: dict[str, str | None], told: str
) -> None:
    """A mistake is told as long as it is there, whatever else is edited, and forgotten as soon as it is gone."""
    folder = tmp_path / "watched"
    memory = Memory.of(folder, Digests.of_site(folder), "program", lasting=True)
    wrong = {name: text for name, text in {**TWO, **mistake}.items() if text is not None}
    for turn, files in enumerate((wrong, wrong, TWO, wrong, wrong, TWO)):
        files = {**files, "content/papers/turn.yaml": f"title: Turn\nabstract: Number {turn}.\n"}
        said, expected = (
            _said(write(folder, files), memory),
            _said(write(tmp_path / f"once-{turn}", files), None),
        )
        assert said == expected
        assert any(told in what for what in said[0]) == (turn not in (2, 5))


def test_what_was_made_of_a_paper_is_found_though_it_moves_down_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory.of(tmp_path, Digests.of_site(tmp_path), "program", lasting=True)
    listed = "".join(f"- title: Paper {number}\n" for number in range(5))
    made: list[str] = []
    make = Viewer._paper
    monkeypatch.setattr(Viewer, "_paper", lambda self, *given: made.append(given[0].title) or make(self, *given))
    texts = [f"- title: Turn\n  abstract: {text}\n{listed}" for text in ("a", "b", "c", "|\n    d\n    e", "f")]
    for turn, text in enumerate(texts):
        files = {**SMALL, "content/papers/list.yaml": text, **({"content/files/new.txt": "x"} if turn == 4 else {})}
        made.clear()
        build(write(tmp_path, files), Options(), memory=memory)
        assert len(made) == 9 if turn == 0 else made == ["Turn"]


@pytest.mark.parametrize("first", ["nothing is new", "a mistake"])
def test_who_begins_to_build_often_knows_what_was_left_though_the_first_build_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    listed = "".join(f"- title: Paper {number}\n" for number in range(FEW))
    files = {**SMALL, "content/papers/list.yaml": listed}
    build(write(tmp_path, files), Options())
    left = sorted(path.name for path in (tmp_path / ".paperfolio").iterdir())
    assert {"papers", "views", "exports"} <= set(left)
    memory = Memory.of(tmp_path, *_digests_and_program(tmp_path), lasting=True)
    made: list[str] = []
    make = Viewer._paper
    monkeypatch.setattr(Viewer, "_paper", lambda self, *given: made.append(given[0].title) or make(self, *given))
    if first == "a mistake":
        with pytest.raises(ContentError):
            build(write(tmp_path, {**files, "content/papers/a.yaml": "titel: First\n"}), Options(), memory=memory)
    else:
        assert not build(tmp_path, Options(), memory=memory).written
    made.clear()
    for turn in range(2):
        text = f"- title: Turn {turn}\n{listed}"
        build(write(tmp_path, {**files, "content/papers/list.yaml": text}), Options(), memory=memory)
    assert made == ["Turn 0", "Turn 1"]
    assert sorted(path.name for path in (tmp_path / ".paperfolio").iterdir() if "recent" not in path.name) == left


def _digests_and_program(folder: Path) -> tuple[Digests, str]:
    digests = Digests.of_site(folder)
    return digests, program(digests)


def _said(folder: Path, memory: Memory | None) -> tuple[list[str], dict[str, bytes]]:
    """All that a build says, and the site it makes; none if it fails."""
    try:
        report = build(folder, Options(), memory=memory)
    except PaperfolioError as error:
        return [f"{problem.place} {problem.what} {problem.hint}" for problem in error.problems], {}
    return [f"{problem.place} {problem.what} {problem.hint}" for problem in report.warnings], tree(report.output)


def test_a_source_that_was_read_once_is_not_read_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.digests.SETTLED", 0)
    build(small, Options())
    monkeypatch.setattr("generator.digests.digest", lambda _: pytest.fail("a file was read"))
    assert build(small, Options()).written == ()


@pytest.mark.parametrize("edit", EDITS)
def test_after_every_kind_of_edit_the_site_is_as_if_built_anew(small: Path, tmp_path: Path, edit: str) -> None:
    build(small, Options())
    before = tree(small / "output")
    files = edited(SMALL, edit, 1)
    if edit == "rename a paper":
        assert "id: other-1" in files["content/papers/b.yaml"]
    report = build(write(small, files), Options())
    clean = build(write(tmp_path / "clean", files), Options())
    after = tree(small / "output")
    assert after == tree(clean.output)
    assert (after != before) == (edit != "put the site back")
    assert set(report.removed) == set(before) - set(after)
    assert set(report.written) == {path for path, data in after.items() if before.get(path) != data}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/papers/b.yaml", "- {title: Second, dote: 2023}\n"),
        ("content/papers/b.yaml", "- {title: First}\n"),
        ("content/site.yaml", "title: [\n"),
        ("themes/folio/templates/paper.html", "{% if %}"),
        ("themes/folio/templates/paper.html", "{{ nothing.of.this }}"),
        ("themes/folio/templates/layout.html", '{% extends "nowhere.html" %}'),
    ],
)
def test_a_build_that_fails_leaves_the_output_as_it_was(small: Path, path: str, text: str) -> None:
    build(small, Options())
    before = state(small / "output")
    write(
        small,
        SMALL | {"content/papers/a.yaml": "- {title: Changed}\n", "content/pages/about.md": "---\ntitle: A\n---\n"},
    )
    write(small, {**SMALL, path: text})
    with pytest.raises(PaperfolioError) as failure:
        build(small, Options())
    assert failure.value.problems
    assert failure.value.problems[0].place.file == path
    assert state(small / "output") == before
    build(write(small, SMALL), Options())
    assert state(small / "output") == before


def test_templates_that_cannot_be_read_are_said_with_the_problems_of_the_content(small: Path) -> None:
    write(
        small,
        SMALL | {"content/papers/wrong.yaml": "- titel: T\n", "themes/folio/templates/paper.html": "\n{% if %}\n"},
    )
    with pytest.raises(ContentError) as raised:
        build(small, Options())
    assert [str(problem.place) for problem in raised.value.problems] == [
        "content/papers/wrong.yaml:1:3",
        "themes/folio/templates/paper.html:2",
    ]


def test_problems_of_all_files_are_said_in_one_run(small: Path) -> None:
    wrong = SMALL | {
        "content/papers/a.yaml": "- {title: First, date: 2024-02-30}\n",
        "content/papers/b.yaml": "- {title: Second, doi: nonsense}\n",
        "content/authors/ada.yaml": "nam: Ada Lovelace\n",
        "content/pages/about.md": "---\ntitle: About\n---\n\nSee [nothing](/nothing/).\n",
    }
    with pytest.raises(ContentError) as failure:
        build(write(small, wrong), Options())
    files = [problem.place.file for problem in failure.value.problems]
    assert set(files) >= {"content/papers/a.yaml", "content/papers/b.yaml", "content/authors/ada.yaml"}
    assert files == sorted(files)
    assert not (small / "output").exists()


def test_an_unknown_theme_is_reported_where_it_is_named(small: Path) -> None:
    write(small, SMALL | {"content/site.yaml": "title: Looms\n# a line\ntheme: foliio\n"})
    with pytest.raises(ContentError) as failure:
        build(small, Options())
    (problem,) = failure.value.problems
    assert (problem.place.file, problem.place.line) == ("content/site.yaml", 3)
    assert problem.what == "theme: there is no theme 'foliio'"
    assert problem.hint == "did you mean 'folio'?"


def test_an_error_of_a_template_names_its_file_and_line(small: Path) -> None:
    write(small, SMALL | {"themes/folio/templates/404.html": "<p>\n\n{{ page.titel }}</p>\n"})
    with pytest.raises(PaperfolioError) as failure:
        build(small, Options())
    (problem,) = failure.value.problems
    assert (problem.place.file, problem.place.line) == ("themes/folio/templates/404.html", 3)
    assert "titel" in problem.what


def test_drafts_are_built_when_asked_for_and_gone_afterwards(small: Path) -> None:
    write(
        small,
        SMALL
        | {
            "content/papers/d.yaml": "- {title: Unfinished, draft: true, category: CV, tags: [secret]}\n",
            "content/pages/d.md": "---\ntitle: Soon\ndraft: true\n---\n\nLater.\n",
        },
    )
    without = build(small, Options())
    made = tree(small / "output")
    assert not any(b"Unfinished" in data or b"secret" in data for data in made.values())
    assert "d/index.html" not in made
    build(small, Options(drafts=True))
    drafted = tree(small / "output")
    assert b"Unfinished" in drafted["papers/unfinished/index.html"]
    assert {"tags/secret/index.html", "categories/cv/index.html", "d/index.html"} <= set(drafted)
    assert set(build(small, Options()).removed) >= {"papers/unfinished/index.html", "d/index.html"}
    assert tree(small / "output") == made
    assert without.warnings == ()


def test_an_address_given_for_one_build_takes_the_place_of_that_in_site_yaml(small: Path) -> None:
    report = build(small, Options(url="https://elsewhere.example/p/"))
    assert report.url == "https://elsewhere.example/p/"
    made = tree(small / "output")
    assert b"<loc>https://elsewhere.example/p/papers/first/</loc>" in made["sitemap.xml"]
    assert b'href="/p/' in made["404.html"]
    assert not any(b"example.org" in data for data in made.values())
    write(small, SMALL | {"content/site.yaml": "title: Looms\n"})
    assert [warning.what.partition(":")[0] for warning in build(small, Options()).notes] == ["no url"]
    assert build(small, Options(url="https://elsewhere.example/")).warnings == ()


def test_own_files_in_the_output_are_kept_and_named(small: Path) -> None:
    build(small, Options())
    (small / "output" / "google123.html").write_text("verification")
    (small / "output" / "papers" / "mine.txt").write_text("mine")
    write(small, SMALL | {"content/papers/d.yaml": "- {title: Fourth}\n"})
    report = build(small, Options())
    assert report.foreign == ("google123.html", "papers/mine.txt")
    assert (small / "output" / "google123.html").read_text() == "verification"
    assert (small / "output" / "papers" / "mine.txt").read_text() == "mine"
    assert not {"google123.html", "papers/mine.txt"} & set(report.removed)


def test_a_page_changed_by_hand_is_made_again_and_kept_aside(small: Path) -> None:
    build(small, Options())
    page = small / "output" / "papers" / "first" / "index.html"
    made = page.read_bytes()
    page.write_bytes(b"mine")
    report = build(small, Options())
    assert page.read_bytes() == made
    assert report.changed_by_hand == ("papers/first/index.html",)
    kept = small / ".paperfolio" / "replaced" / "papers" / "first" / "index.html"
    assert kept.read_bytes() == b"mine"


def test_a_folder_of_other_files_is_not_taken_as_output(small: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.tex").write_text("years of work")
    before = state(precious)
    with pytest.raises(OutputError, match="not made by Paperfolio"):
        build(small, Options(output=precious))
    with pytest.raises(OutputError):
        build(small, Options(output=small / "content"))
    assert state(precious) == before
    assert tree(small) == {path: text.encode() for path, text in SMALL.items()}


def test_an_output_folder_of_ones_choice_is_written(small: Path, tmp_path: Path) -> None:
    report = build(small, Options(output=tmp_path / "deep" / "public"))
    assert report.output == tmp_path / "deep" / "public"
    assert "index.html" in tree(report.output)
    assert not (small / "output").exists()


def test_what_builds_remember_can_be_deleted(small: Path) -> None:
    import shutil

    build(small, Options())
    before = tree(small / "output")
    shutil.rmtree(small / ".paperfolio")
    write(small, SMALL | {"content/papers/a.yaml": "- {title: First, id: renamed}\n", "content/pages/about.md": ""})
    write(small, {path: text for path, text in SMALL.items() if path != "content/papers/b.yaml"})
    build(small, Options())
    after = tree(small / "output")
    assert set(before) - set(after) >= {"papers/second/index.html", "papers/second/cite.bib", "years/2023/index.html"}
    assert b"Second" not in after["index.html"]


@pytest.mark.parametrize("links", ["{cv: /a cv.pdf}", "[{label: CV, url: a cv.pdf}]"])
def test_a_cv_that_is_a_file_takes_the_place_of_the_one_that_is_made(small: Path, links: str) -> None:
    write(
        small,
        SMALL
        | {"content/authors/ada.yaml": f"name: Ada Lovelace\nlinks: {links}\n", "content/files/a cv.pdf": "%PDF-1.4\n"},
    )
    build(small, Options())
    found = BeautifulSoup((small / "output/index.html").read_text(encoding="utf-8"), "html.parser")
    shown = [(link.get_text(), link["href"]) for link in found.select(".contacts a")]
    assert shown[0] == ("CV", "a%20cv.pdf")
    assert "Curriculum vitae" not in dict(shown)
    assert json.loads((small / "output/papers.json").read_bytes())["authors"][0]["links"] == [
        {"label": "CV", "url": "/a%20cv.pdf"}
    ]


def test_progress_counts_every_file_once(small: Path) -> None:
    announced: list[int] = []
    ready: list[int] = []
    report = build(small, Options(), announced.append, ready.append)
    assert announced == [report.files]
    assert sum(ready) == report.files
    in_processes: list[int] = []
    build(small, Options(clean=True, jobs=2), announced.append, in_processes.append)
    assert sum(in_processes) == report.files


LIST = "".join(f"- {{title: Paper {n}, date: {1900 + n % 100}, abstract: $x^{n % 10}$}}\n" for n in range(230))
FILES = {f"content/papers/{n}.yaml": f"title: File {n}\ndate: {1900 + n % 100}\n" for n in range(230)}


@pytest.mark.skipif(not forks.possible(), reason="NOT TESTED: this system has no forks")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
class TestForks:
    @pytest.fixture(autouse=True)
    def _few_are_worth_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forks, "WORTH_IT", 200)

    @pytest.fixture(params=["one file", "many files"])
    def large(self, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        return write(
            tmp_path / "large", SMALL | ({"content/papers/list.yaml": LIST} if request.param == "one file" else FILES)
        )

    def test_they_make_the_same_bytes_and_leave_the_same_for_the_next_build(self, large: Path) -> None:
        build(large, Options(jobs=1))
        alone, left = tree(large / "output"), tree(large / ".paperfolio")
        for folder in (large / "output", large / ".paperfolio"):
            shutil.rmtree(folder)
        shared = build(large, Options(jobs=2))
        assert len(shared.written) == shared.files
        assert tree(large / "output") == alone
        for name in ("papers", "views"):
            assert len(tree(large / ".paperfolio")[name]) == len(left[name])
        assert build(large, Options(jobs=2)).written == ()

    def test_nothing_is_lost_with_one_that_is_killed(self, large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        build(large, Options(output=large / "alone"))
        fork = os.fork
        begun: list[int] = []
        killed: list[int] = []

        def recorded() -> int:
            begun.append(fork())
            return begun[-1]

        def done(count: int) -> None:
            with contextlib.suppress(ProcessLookupError):  # that of an earlier stage
                if not killed:
                    os.kill(begun[-1], signal.SIGKILL)
                    killed.append(begun[-1])

        monkeypatch.setattr(os, "fork", recorded)
        report = build(large, Options(output=large / "shared", jobs=2, clean=True), done=done)
        assert len(killed) == 1
        assert len(report.written) == report.files
        assert tree(large / "shared") == tree(large / "alone")

    def test_nothing_is_lost_when_all_die_at_any_moment(self, large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(
            large,
            SMALL
            | {path.relative_to(large).as_posix(): path.read_text() for path in large.glob("content/**/*.yaml")}
            | {"content/site.yaml": SITE_YAML + "exports: [bib, ris, csl]\n"},
        )
        build(large, Options(output=large / "alone"))
        fork = os.fork
        begun: list[int] = []

        def short_lived() -> int:
            begun.append(process := fork())
            if not process:
                signal.setitimer(signal.ITIMER_REAL, 0.003 * len(begun))
            return process

        monkeypatch.setattr(os, "fork", short_lived)
        report = build(large, Options(output=large / "shared", jobs=3, clean=True))
        assert len(begun) > 4
        assert len(report.written) == report.files
        assert tree(large / "shared") == tree(large / "alone")

    def test_problems_are_those_that_one_process_finds(self, large: Path) -> None:
        for name in [path for path in (large / "content/papers").iterdir() if path.name in ("list.yaml", "7.yaml")]:
            name.write_text(name.read_text() + "- {title: [}\n- title: T\n  date: soon\n", encoding="utf-8")
        (large / "content/papers/x.yaml").write_text("title: T\ndate: never\npdf: nowhere.pdf\n", encoding="utf-8")
        found = []
        for jobs in (1, 2):
            with pytest.raises(ContentError) as refused:
                build(large, Options(clean=True, jobs=jobs))
            found.append([str(problem) for problem in refused.value.problems])
        assert found[0] == found[1]
        assert len(found[0]) > 2


@pytest.mark.parametrize("lasting", [False, True])
def test_all_that_pages_show_to_be_wrong_with_templates_is_told_at_once(small: Path, lasting: bool) -> None:
    theme = {
        "content/site.yaml": f"{SITE_YAML}theme: own\n",
        "themes/own/theme.yaml": "name: own\nextends: base\n",
        "themes/own/templates/paper.html": (
            '{% extends "base:paper.html" %}\n{% block main %}\n{{ data.paper.titel if data.paper.date.year == "2022" }}\n'
            "{{ data.nothing }}{% endblock %}\n"
        ),
        "themes/own/templates/list.html": "{{ data.heading }}\n{{ page.here }}\n",
    }
    memory = Memory.of(small, Digests(), "", lasting=True) if lasting else None
    build(small, Options(), memory=memory)
    before = tree(small / "output")
    write(small, SMALL | theme)
    with pytest.raises(ThemeError, match="pages cannot be rendered") as failure:
        build(small, Options(), memory=memory)
    assert [str(problem.place) for problem in failure.value.problems] == [
        "themes/own/templates/list.html:2",
        "themes/own/templates/paper.html:3",
        "themes/own/templates/paper.html:4",
    ]
    assert tree(small / "output") == before
    write(small, SMALL)
    build(small, Options(), memory=memory)
    assert tree(small / "output") == before


def test_a_clean_build_makes_everything_anew(small: Path) -> None:
    build(small, Options())
    before = tree(small / "output")
    report = build(small, Options(clean=True))
    assert report.written == ()
    assert tree(small / "output") == before


@pytest.mark.parametrize(
    "url", ["javascript://example.org/%0aalert(1)", "data://x", "ftp://example.org/", "javascript:alert(1)"]
)
def test_the_navigation_leads_only_where_a_page_may_link_to(small: Path, url: str) -> None:
    write(small, SMALL | {"content/site.yaml": f"{SITE_YAML}nav:\n  - {{label: There, url: '{url}'}}\n"})
    with pytest.raises(ContentError) as failure:
        build(small, Options())
    assert [(problem.place.file, problem.place.line) for problem in failure.value.problems] == [
        ("content/site.yaml", 5)
    ]


@pytest.mark.parametrize("url", ["/a b.txt", "/a%20b.txt", "a b.txt"])
def test_the_navigation_may_name_a_file_as_it_is_called(small: Path, url: str) -> None:
    files = {
        "content/site.yaml": f"{SITE_YAML}nav:\n  - {{label: There, url: '{url}'}}\n",
        "content/files/a b.txt": "x",
    }
    build(write(small, SMALL | files), Options())
    assert 'href="a%20b.txt"' in (small / "output" / "index.html").read_text(encoding="utf-8").replace("./a%20", "a%20")


def test_when_nothing_changed_nothing_is_read_and_the_report_says_the_same(small: Path, monkeypatch: Any) -> None:
    write(small, SMALL | {"content/papers/d.yaml": "- {title: Cut, arxiv: 2401.10}\n"})
    first = build(small, Options())
    monkeypatch.setattr("generator.content.load", lambda *_: pytest.fail("the content was read"))
    again = build(small, Options())
    assert again.written == again.removed == ()
    assert (again.pages, again.files, again.url) == (first.pages, first.files, first.url)
    assert again.warnings == first.warnings != ()


@pytest.mark.parametrize("spoil", ["changed", "missing"])
def test_output_that_was_meddled_with_is_mended_though_no_source_changed(small: Path, spoil: str) -> None:
    build(small, Options())
    expected = tree(small / "output")
    page = small / "output/papers/first/index.html"
    page.write_text("mine", encoding="utf-8") if spoil == "changed" else page.unlink()
    build(small, Options())
    assert tree(small / "output") == expected


def test_a_file_written_while_the_content_was_read_is_seen_by_the_next_build(small: Path, monkeypatch: Any) -> None:
    from generator import content

    paper, load = small / "content/papers/a.yaml", content.load
    before = paper.read_text(encoding="utf-8")

    def load_and_be_late(*arguments: Any) -> Any:
        paper.write_text(before.replace("looms", "engines"), encoding="utf-8")
        loaded = load(*arguments)
        paper.write_text(before, encoding="utf-8")
        return loaded

    monkeypatch.setattr("generator.content.load", load_and_be_late)
    build(small, Options())
    monkeypatch.setattr("generator.content.load", load)
    build(small, Options())
    assert "tags/looms/index.html" in tree(small / "output")


def test_a_file_written_while_the_pages_were_made_is_seen_by_the_next_build(small: Path) -> None:
    file = small / "content/files/c.pdf"
    before = file.read_bytes()
    build(small, Options(), done=lambda _: file.write_bytes(b"%PDF-2.0\n") and None)
    file.write_bytes(before)
    build(small, Options())
    assert tree(small / "output")["c.pdf"] == before


def test_a_change_is_seen_though_a_link_lies_in_the_content(small: Path) -> None:
    (small / "content/papers/link.yaml").symlink_to(small / "content/linked.yaml")
    for title in ("Loom", "Engine"):
        (small / "content/linked.yaml").write_text(f"title: {title}\n", encoding="utf-8")
        build(small, Options())
        assert f"papers/{title.lower()}/index.html" in tree(small / "output")


def test_other_options_are_another_build(small: Path) -> None:
    build(small, Options())
    build(small, Options(local=True))
    local = tree(small / "output")
    build(small, Options(local=True, clean=True))
    assert tree(small / "output") == local
