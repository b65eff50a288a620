"""The command line as scripts and people meet it: exit codes, two streams, reports, and no traceback."""

import contextlib
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import click
import pytest
from bs4 import BeautifulSoup
from site_builds import ROOT, THEMES, served

from generator import __version__, folders
from generator.build import Options
from generator.cli import commands
from generator.collection import Collected, Refreshed
from generator.errors import ImportFailed, PaperfolioError
from generator.formats.profile import Profile
from generator.formats.readers import READERS
from generator.merge import Told
from generator.model import Author

ESCAPE = "\x1b"
BAD_PAPERS = "- title: First\n  date: 2023-02-30\n- title: Second\n  autors: [Ada Lovelace]\n"
PROFILE_TEXT = """Grace Example

LG
h-index7
12papers
1,234citations

12 Papers

LGMar 3, 2024Code
Compilers \\emph{That} Learn

Grace Example, Ada Lovelace et al.

They learn, and 10\\% of it is free.

CVJul 28, 2023
Seeing Looms

Ada Lovelace, Grace Example

A loom is seen.
"""


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **more}


def run(
    *arguments: object, cwd: Path, stdout: int = subprocess.PIPE, **more: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        env=environment(**more),
        stdout=stdout,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def on_a_terminal(*arguments: object, cwd: Path, **more: str) -> str:
    """What the command writes to stderr when that is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        env=environment(**more),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        stdin=theirs,
    )
    os.close(theirs)
    data = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the terminal is closed
            break
        if not chunk:
            break
        data += chunk
    process.wait(timeout=60)
    os.close(ours)
    return data.decode()


def leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for inner, found in command.commands.items():
            yield from leaves(found, f"{name} {inner}".strip())


COMMANDS = dict(leaves(commands, ""))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "a site"
    for path, text in {
        "content/site.yaml": "url: https://example.org/p/\n",
        "content/authors/ada.yaml": "name: Ada Lovelace\n",
        "content/papers/papers.yaml": "- {title: First, date: 2024}\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.fixture
def bad_site(site: Path) -> Path:
    (site / "content" / "papers" / "papers.yaml").write_text(BAD_PAPERS)
    return site


def test_a_build_says_two_lines_to_stderr_and_nothing_to_stdout(site: Path) -> None:
    done = run("build", cwd=site)
    assert done.returncode == 0
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert re.fullmatch(r"\d+ pages, \d+ files; \d+ changed; \d+\.\d\d s", first)
    assert second == "Site in output for https://example.org/p/; look at it with: paperfolio serve"
    again = run("build", cwd=site).stderr.splitlines()[0]
    assert "; nothing changed; " in again


def test_a_build_tells_the_time_of_each_stage_when_wished(site: Path) -> None:
    *stages, _, _ = run("build", "--timings", cwd=site).stderr.splitlines()
    assert [stage for stage in stages if not re.fullmatch(r" +\d+\.\d{3} s  [a-z ]+", stage)] == []
    assert any(stage.endswith("s  render and write") for stage in stages)


def test_what_is_wished_of_a_list_is_what_the_element_says(site: Path) -> None:
    (site / "content/papers/papers.yaml").write_text("- {title: A, date: 2024, tags: [x], category: LG}\n")
    wished = {
        "author": "ada",
        "category": "LG",
        "year": "2020-",
        "tag": "x",
        "limit": "5",
        "sort": "cited",
        "show": "abstract,links",
        "group": "year",
        "layout": "compact",
        "lang": "de",
    }
    options = [part for name, value in wished.items() for part in (f"--{name}", value)]
    done = run("embed", *options, "--code", "--selected", "--url", "https://a.org/", cwd=site)
    element = BeautifulSoup(done.stdout, "html.parser").find("paper-list")
    assert element is not None
    given = {name: value for name, value in element.attrs.items() if name in wished or name in ("code", "selected")}
    assert given == {**wished, "code": "", "selected": ""}
    assert "https://a.org/embed.js" in done.stdout


def test_what_is_not_wished_of_a_list_is_not_said(site: Path) -> None:
    element = '<paper-list%s><a href="https://example.org/p/">'
    assert element % "" in run("embed", cwd=site).stdout
    assert element % ' code=""' in run("embed", "--code", cwd=site).stdout.replace(" code>", ' code="">')


def test_a_site_elsewhere_is_named_with_an_option(site: Path, tmp_path: Path) -> None:
    done = run("build", "--site", site, "--output", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "out" / "index.html").exists()
    assert done.stderr.splitlines()[-1] == f"Site in {tmp_path / 'out'} for https://example.org/p/"
    done = run("build", "--site", "a site", "--drafts", cwd=tmp_path)
    assert done.stderr.endswith("; look at it with: paperfolio serve --site 'a site' --drafts\n")


def test_a_build_for_disk_names_the_file_to_open(site: Path) -> None:
    done = run("build", "--local", cwd=site)
    assert done.stderr.splitlines()[-1] == f"Open {(site / 'output' / 'index.html').as_uri()}"


def test_what_is_wished_of_a_build_is_asked_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Options] = []

    def build(folder: Path, options: Options, *_: object) -> None:
        assert folder == site
        asked.append(options)
        raise PaperfolioError("enough")

    monkeypatch.setattr("generator.build.build", build)
    wished = ["--output", "x", "--clean", "--drafts", "--jobs", "3", "--executor", "dask://a:1", "--local"]
    for more in ([], [*wished, "--url", "https://a.org/b"]):
        with pytest.raises(PaperfolioError, match="enough"):
            commands.main(["build", "--site", str(site), *more], standalone_mode=False)
    every = {"output": Path("x"), "clean": True, "drafts": True, "jobs": 3, "executor": "dask://a:1", "local": True}
    assert asked == [Options(), Options(**every, url="https://a.org/b/")]


def test_what_is_wished_of_the_preview_is_asked_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def serve(folder: Path, host: str, port: int, open_browser: bool, built: Callable[[], object], *_: object) -> None:
        asked.extend((folder, host, port, open_browser))
        built()

    def build(folder: Path, options: Options, *_: object) -> None:
        asked.append(options)
        raise PaperfolioError("enough")

    monkeypatch.setattr("generator.serve.serve", serve)
    monkeypatch.setattr("generator.build.build", build)
    for more in ([], ["--host", "0.0.0.0", "--port", "0", "--open", "--drafts"]):
        with pytest.raises(PaperfolioError, match="enough"):
            commands.main(["serve", "--site", str(site), *more], standalone_mode=False)
    assert asked == [site, "127.0.0.1", 8000, False, Options(), site, "0.0.0.0", 0, True, Options(drafts=True)]


def test_problems_are_reported_with_place_and_hint_and_exit_code_1(bad_site: Path) -> None:
    done = run("build", cwd=bad_site)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "content/papers/papers.yaml:2:9: date '2023-02-30' has no day 30: Feb 2023 has 28 days",
        "  hint: write what is known: 2023-08-07, 2023-08 or 2023",
        "content/papers/papers.yaml:4:3: unknown key 'autors' in the paper",
        "  hint: did you mean 'authors'?",
        "2 problems found; nothing was written",
    ]
    assert not (bad_site / "output").exists()


def test_build_as_json_says_what_was_done(site: Path) -> None:
    done = run("build", "--json", cwd=site)
    assert done.returncode == 0
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert report["ok"] is True
    assert report["url"] == "https://example.org/p/"
    assert report["output"] == str(site / "output")
    assert report["files"] == len(report["written"]) == sum(path.is_file() for path in (site / "output").rglob("*"))
    assert report["pages"] == sum(path.endswith(".html") for path in report["written"])
    assert report["removed"] == report["foreign"] == report["changed_by_hand"] == report["warnings"] == []


def test_build_as_json_says_what_is_wrong(bad_site: Path) -> None:
    done = run("build", "--json", cwd=bad_site)
    assert done.returncode == 1
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert report["ok"] is False
    assert report["message"] == "2 problems found; nothing was written"
    assert report["problems"][1] == {
        "file": "content/papers/papers.yaml",
        "line": 4,
        "column": 3,
        "what": "unknown key 'autors' in the paper",
        "hint": "did you mean 'authors'?",
    }


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ascii"])
def test_data_for_programs_are_utf8_whatever_the_machine_prefers(site: Path, encoding: str) -> None:
    (site / "content" / "papers" / "papers.yaml").write_text("- {title: Ünï, date: Zoë 🎉}\n", "utf-8")
    told = json.loads(run("build", "--json", cwd=site, PYTHONIOENCODING=encoding).stdout)
    assert "Zoë 🎉" in told["problems"][0]["what"]
    (site / "content" / "papers" / "papers.yaml").write_text("- {title: Ünï 🎉 名, date: 2024}\n", "utf-8")
    run("build", cwd=site)
    assert "Ünï 🎉 名" in run("embed", "--form", "html", cwd=site, PYTHONIOENCODING=encoding).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_whose_name_is_not_utf8_is_told_of_without_a_traceback(site: Path) -> None:
    folder = site.rename(os.fsdecode(b"%s/lat\xefn" % os.fsencode(site.parent)))
    told = json.loads(run("build", "--json", cwd=folder).stdout)
    assert told["output"].endswith("/lat\udcefn/output")
    done = run("serve", "--port", "0", cwd=folder)
    assert done.returncode == 1
    assert re.match(
        r"cannot watch the folder .*/lat\\udcefn: its name is not UTF-8\n  hint: rename it\n\Z", done.stderr
    )


def test_notes_and_warnings_do_not_stop_a_build_and_are_marked(site: Path) -> None:
    (site / "content" / "site.yaml").unlink()
    (site / "content" / "papers" / "notes.txt").write_text("not read", encoding="utf-8")
    done = run("build", cwd=site)
    assert done.returncode == 0
    assert done.stderr.splitlines()[0].startswith("content/site.yaml: note: no url: ")
    assert done.stderr.splitlines()[2].startswith("content/papers/notes.txt: warning: is not read")
    report = json.loads(run("build", "--json", cwd=site).stdout)
    assert (len(report["notes"]), len(report["warnings"])) == (1, 1)


def test_own_files_in_the_output_are_named(site: Path) -> None:
    run("build", cwd=site)
    (site / "output" / "mine.txt").write_text("mine")
    (site / "content" / "papers" / "papers.yaml").write_text("- {title: Second}\n")
    assert "kept mine.txt, which Paperfolio did not make" in run("build", cwd=site).stderr


@pytest.mark.parametrize("arguments", [["build"], ["build", "--drafts", "--clean", "--jobs", "2"]])
def test_without_a_terminal_there_is_no_escape_code(bad_site: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=bad_site)
    assert ESCAPE not in done.stdout + done.stderr


def test_a_terminal_gets_colours_unless_it_is_asked_not_to(bad_site: Path) -> None:
    assert ESCAPE in on_a_terminal("build", cwd=bad_site)
    assert ESCAPE not in on_a_terminal("build", cwd=bad_site, NO_COLOR="1")
    assert ESCAPE not in on_a_terminal("build", cwd=bad_site, TERM="dumb")


def test_a_terminal_shows_a_bar_for_long_work_alone(site: Path) -> None:
    assert "Building" not in on_a_terminal("build", cwd=site)
    papers = "".join(f"- title: Paper {number}\n" for number in range(110))
    (site / "content" / "papers" / "papers.yaml").write_text(papers)
    shown = on_a_terminal("build", cwd=site)
    assert "Building" in shown
    assert re.search(r"\d+ pages, \d+ files", shown)


def test_no_name_of_a_file_can_steer_the_terminal(site: Path) -> None:
    (site / "content" / "papers" / f"{ESCAPE}]0;taken{ESCAPE}[2J.yaml").write_text("- {titel: x}\n")
    shown = on_a_terminal("build", cwd=site)
    assert "unknown key" in shown
    assert f"{ESCAPE}]0" not in shown
    assert f"{ESCAPE}[2J" not in shown
    assert ESCAPE not in run("build", cwd=site).stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["buidl"], "Did you mean 'build'?"),
        (["build", "--claen"], "--clean"),
        (["build", "--jobs", "0"], "--jobs"),
        (["build", "--url", "ftp://example.org/"], "--url"),
        (["build", "--url", "example.org"], "'example.org' is not a web address; write https://example.org"),
        (["build", "--site", "nowhere"], "nowhere"),
        (["build", "surplus"], "surplus"),
        (["check", "--json", "--github"], "cannot be used together"),
        (["publish", "--url", "ftp://example.org/"], "--url"),
        (["schema", "paper"], "papers"),
        (["completion", "tcsh"], "fish"),
        (["new"], "DIR"),
        (["import"], "SOURCE"),
        (["import", "x.txt", "--as-of", "yesterday"], "--as-of"),
        (["themes", "copy", "folio"], "FILE"),
        (["serve", "--port", "70000"], "--port"),
        ([], "Usage"),
    ],
)
def test_a_wrong_command_line_is_exit_code_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build"], "there is no folder content/ here"),
        (["build", "--output", "/"], "cannot be the output"),
        (["check"], "there is no site in"),
        (["publish"], "there is no folder content/ here"),
        (["refresh"], "there is no folder content/ here"),
        (["import", "missing.txt"], "missing.txt"),
        (["import", str(ROOT / "README.md"), "--from", "nonsense"], "nonsense"),
        (["themes", "copy", "foliio", "paper.html"], "did you mean 'folio'?"),
        (["themes", "copy", "folio", "papr.html"], "did you mean 'paper.html'?"),
        (["schema", "--write"], "there is no folder content/ here"),
        (["new", "/proc/nothing/here"], "cannot be written"),
    ],
)
def test_a_fault_of_the_input_or_the_machine_is_exit_code_1(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["build", "check", "import papers.bib", "publish", "refresh"])
def test_within_a_site_commands_say_where_it_is(tmp_path: Path, command: str) -> None:
    (tmp_path / "content/papers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").touch()
    (tmp_path / "content/papers/papers.bib").write_text("@article{a, title={A}, author={Ada Lovelace}}")
    done = run(*command.split(), cwd=tmp_path / "content/papers")
    assert (done.returncode, done.stdout) == (1, "")
    assert not (tmp_path / "content/papers/content").exists()
    assert f"the site is in {tmp_path.resolve()}: go there, or name it with --site" in done.stderr


def test_help_and_version_go_to_stdout(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for name in commands.commands:
        assert re.search(rf"^  {name} ", done.stdout, re.MULTILINE), name
    assert __version__ in run("--version", cwd=tmp_path).stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_explains_every_option_and_argument(name: str) -> None:
    command = COMMANDS[name]
    context = click.Context(command, info_name=f"paperfolio {name}")
    text = command.get_help(context)
    assert command.help
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in text
            assert parameter.help, parameter.name
        else:
            assert parameter.make_metavar(context) in text


def test_commands_that_read_a_site_take_its_folder() -> None:
    for name in ("build", "serve", "check", "publish", "import", "themes", "schema"):
        assert any("--site" in parameter.opts for parameter in COMMANDS[name].params), name


@pytest.fixture
def faulty_site(site: Path) -> Path:
    """A site that builds, with an error and a warning of the check."""
    (site / "content" / "papers" / "a, b.yaml").write_text(
        "title: Second\ndate: 2024\nauthors: [Ada Lovelace]\nformat: markdown\nabstract: '[x](/papers/first/#50%)'\n"
    )
    assert run("build", "--site", site, cwd=site).returncode == 0
    return site


def test_a_check_without_findings_says_one_line(site: Path) -> None:
    (site / "content" / "papers" / "papers.yaml").write_text("- {title: First, date: 2024, authors: [Ada Lovelace]}\n")
    run("build", cwd=site)
    done = run("check", cwd=site)
    assert (done.returncode, done.stdout) == (0, "")
    assert re.fullmatch(r"Checked \d+ pages, \d+ files, \d+ links: nothing is wrong\n", done.stderr)
    done = run("check", "--github", cwd=site)
    assert (done.returncode, done.stdout) == (0, "")


def test_an_output_that_is_named_or_has_no_content_beside_it_is_checked(site: Path, tmp_path: Path) -> None:
    run("build", cwd=site)
    assert run("check", "--output", site / "output", cwd=site / "content").returncode == 0
    shutil.copytree(site / "output", tmp_path / "elsewhere/output")
    assert run("check", cwd=tmp_path / "elsewhere").returncode == 0


def test_warnings_of_a_check_do_not_fail(site: Path) -> None:
    run("build", cwd=site)
    done = run("check", cwd=site)
    assert done.returncode == 0
    place, shown = "content/papers/papers.yaml:1:3", "papers/first/index.html"
    assert f"{place}: warning: the paper has no author (in {shown}) [citation]" in done.stderr
    assert done.stderr.endswith(": 0 errors, 1 warning\n")


def test_errors_of_a_check_are_exit_code_1_with_the_line_of_the_content(faulty_site: Path, tmp_path: Path) -> None:
    done = run("check", "--site", faulty_site, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "content/papers/a, b.yaml:5:16: error: links to /papers/first/#50%, and that page" in done.stderr
    done = run("check", "--site", faulty_site, "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    found = {finding["rule"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert found.keys() == {"anchor", "citation"}
    assert found["citation"]["level"] == "warning"
    anchor = found["anchor"]
    assert (anchor["file"], anchor["line"], anchor["column"]) == ("content/papers/a, b.yaml", 5, 16)


def test_annotations_are_escaped_and_name_files_from_the_root_of_the_repository(
    faulty_site: Path, tmp_path: Path
) -> None:
    done = run("check", "--site", faulty_site, "--github", cwd=tmp_path, GITHUB_WORKSPACE=str(tmp_path))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("::error file=a site/content/papers/a%2C b.yaml,line=5,col=16,title=anchor::links to ")
    assert "/papers/first/#50%25, and" in lines[0]
    assert lines[1].startswith("::warning file=a site/content/papers/papers.yaml,line=1,col=3,title=citation::")
    assert done.stderr.startswith("Checked ")


def test_links_elsewhere_are_asked_for_when_wished_and_told_at_their_line(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "here.txt").write_text("x")
    with served(tmp_path / "elsewhere") as address:
        papers = f"- title: First\n  links:\n  - {address}here.txt\n  - {address}gone.txt\n"
        (site / "content" / "papers" / "papers.yaml").write_text(papers)
        run("build", cwd=site)
        done = run("check", "--external", cwd=site, NO_PROXY="127.0.0.1")
        assert done.returncode == 1
        told = [line for line in done.stderr.splitlines() if line.endswith("[external]")]
        assert len(told) == 1
        assert told[0].startswith(f"content/papers/papers.yaml:4:5: error: {address}gone.txt answers 404 (")
        assert ", 2 links to elsewhere asked for:" in done.stderr
        asked = json.loads((site / ".paperfolio" / "links.json").read_text())
        assert list(asked) == [f"{address}here.txt"]
        assert "[external]" not in run("check", cwd=site).stderr


def test_a_bar_shows_how_many_links_elsewhere_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[object] = []

    @contextlib.contextmanager
    def progress(label: str, least: int) -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
        steps.extend((label, least))
        yield steps.append, steps.append

    monkeypatch.setattr("generator.cli.progress", progress)
    (tmp_path / "output").mkdir()
    links = "".join(f'<a href="http://{name}.invalid/">x</a>' for name in "ab") + '<a href="http://127.0.0.1:1/">x</a>'
    (tmp_path / "output" / "index.html").write_text(links)
    with pytest.raises(SystemExit):
        commands.main(["check", "--external", "--site", str(tmp_path)], standalone_mode=False)
    assert steps == ["Asking", 1, 3, 1, 1, 1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed_and_name_the_command(tmp_path: Path, shell: str) -> None:
    done = run("completion", shell, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_PAPERFOLIO_COMPLETE" in done.stdout
    assert "paperfolio" in done.stdout


def test_the_shell_completes_the_files_that_are_imported(tmp_path: Path) -> None:
    words = {"COMP_WORDS": "paperfolio import pap", "COMP_CWORD": "2", "_PAPERFOLIO_COMPLETE": "bash_complete"}
    assert run(cwd=tmp_path, **words).stdout == "file,pap\n"


def test_themes_lists_themes_and_their_options(tmp_path: Path) -> None:
    done = run("themes", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    names = [line.split()[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert names == THEMES
    assert re.search(r"^  scheme \(auto, light, dark\), default auto: \S", done.stdout, re.MULTILINE)
    assert re.search(r"^  filters \(integer\), default 8: \S", done.stdout, re.MULTILINE)
    of_the_first = [line.split()[0] for line in done.stdout.split(f"\n{THEMES[1]}  ")[0].splitlines()[1:]]
    assert of_the_first == sorted(of_the_first)


def test_themes_says_which_cannot_be_read_and_lists_the_others(site: Path) -> None:
    (site / "themes" / "own").mkdir(parents=True)
    (site / "themes" / "own" / "theme.yaml").write_text("nmae: own\n")
    done = run("themes", cwd=site)
    assert done.returncode == 0
    assert "themes/own/theme.yaml:1:1: unknown key 'nmae'" in done.stderr
    assert "folio" in done.stdout
    assert "\nown  " not in done.stdout


def test_a_copied_template_takes_the_place_of_the_theme_s(site: Path) -> None:
    done = run("themes", "copy", "folio", "404.html", cwd=site)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "wrote themes/folio/templates/404.html\n"
    copy = site / "themes" / "folio" / "templates" / "404.html"
    copy.write_text(copy.read_text().replace("Page not found", "Lost in the loom"))
    assert run("build", cwd=site).returncode == 0
    assert "Lost in the loom" in (site / "output" / "404.html").read_text()
    again = run("themes", "copy", "folio", "404.html", cwd=site)
    assert again.returncode == 1
    assert "exists already" in again.stderr


@pytest.mark.parametrize("before", [True, False])
def test_a_template_is_copied_into_the_site_that_is_named(site: Path, tmp_path: Path, before: bool) -> None:
    """Wherever in the command line the site is named."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    named, copy = ["--site", str(site)], ["copy", "folio", "404.html"]
    done = run("themes", *(named + copy if before else copy + named), cwd=elsewhere)
    assert (done.returncode, done.stderr) == (0, "wrote themes/folio/templates/404.html\n")
    assert (site / "themes/folio/templates/404.html").is_file()
    assert not [*elsewhere.iterdir()]


@pytest.mark.parametrize("kind", ["site", "author", "papers"])
def test_schema_prints_json_schema(tmp_path: Path, kind: str) -> None:
    import jsonschema

    done = run("schema", kind, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n}\n")
    jsonschema.validators.validator_for(json.loads(done.stdout)).check_schema(json.loads(done.stdout))


def test_schemas_are_written_instead_of_printed(site: Path) -> None:
    written = "".join(f"wrote content/.schema/{kind}.json\n" for kind in ("site", "author", "papers"))
    done = run("schema", "--write", cwd=site)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", written)


def test_a_new_site_builds_at_once(tmp_path: Path) -> None:
    done = run("new", "my site", "--name", "Zoë: the 1st", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == "Next: cd 'my site' && paperfolio serve --open"
    folder = tmp_path / "my site"
    report = json.loads(run("build", "--json", "--url", "https://example.org/", cwd=folder).stdout)
    assert report["ok"] is True
    assert report["warnings"] == []
    assert "Zoë: the 1st" in (folder / "output" / "index.html").read_text("utf-8")
    again = run("new", "my site", cwd=tmp_path)
    assert again.returncode == 1
    assert "not an empty folder" in again.stderr


def test_a_saved_profile_text_becomes_a_site(tmp_path: Path) -> None:
    (tmp_path / "profile.txt").write_text(PROFILE_TEXT)
    done = run("import", "profile.txt", "--from", "profile-text", "--as-of", "2025-01-01", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "wrote content/authors/grace-example.yaml" in done.stderr
    assert done.stderr.splitlines()[-1] == "grace-example: 2 records of 2 papers: 2 new, 0 known, of these 0 changed"
    report = json.loads(run("build", "--json", cwd=tmp_path).stdout)
    assert report["ok"] is True
    front = (tmp_path / "output" / "index.html").read_text("utf-8")
    for text in ("Grace Example", "12 Papers", "2 of 12", "1,234", "Compilers <em>That</em> Learn", "et al.", "10% of"):
        assert text in front
    again = run("import", "profile.txt", cwd=tmp_path)
    assert again.stderr.splitlines()[-1] == "grace-example: 2 records of 2 papers: 0 new, 2 known, of these 0 changed"


def refused(*arguments: object) -> PaperfolioError:
    with pytest.raises(PaperfolioError) as caught:
        commands(list(map(str, arguments)), standalone_mode=False)
    return caught.value


def test_what_may_not_be_read_is_no_fault_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "papers.bib").write_text("@misc{a, title = {A}}")
    monkeypatch.setattr(os, "access", lambda path, mode: not {*Path(path).parts} & {"papers.bib", "site"})
    monkeypatch.setattr(Path, "read_bytes", Mock(side_effect=PermissionError(13, "Permission denied")))
    assert refused("import", tmp_path / "papers.bib", "--site", tmp_path).message.endswith(
        "papers.bib cannot be read: Permission denied"
    )
    (tmp_path / "site").mkdir()
    for command in ("build", "check", "embed", "refresh", "themes"):
        error = refused(command, "--site", tmp_path / "site")
        assert error.message == f"{tmp_path / 'site'} cannot be read: Permission denied"
    assert refused("build", "--site", tmp_path, "--output", tmp_path / "site").message.startswith("cannot write")


@pytest.mark.parametrize("folder", ["", "gone", "papers.bib/x", "papers.bib", "a" * 300])
def test_a_site_in_no_folder_is_a_wrong_command_line(folder: str, tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text("")
    done = run("build", "--site", folder, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--site': Directory" in done.stderr


def test_a_site_in_a_folder_that_may_not_be_entered_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(os, "stat", Mock(side_effect=PermissionError(13, "Permission denied")))
    error = refused("build", "--site", "closed/site")
    monkeypatch.undo()
    assert error.message == "closed/site cannot be read: Permission denied"


def test_a_refresh_tells_what_became_of_each_profile(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty: dict[str, Any] = dict.fromkeys(("left_out", "changes", "problems", "differences", "questions"), ())
    counts = {"read": 3, "papers": 2, "new": 1, "updated": 0}
    collected = Collected(author_id="ada", written=("x.yaml",), ledger="x.json", **empty, **counts)
    failed = (("orcid:x", ImportFailed("orcid.org does not answer", hint="try again")),)

    def refreshed(found: list[Refreshed], *arguments: str) -> tuple[object, list[str]]:
        def refresh(folder: Path, ask: object, dry: bool) -> Iterator[Refreshed]:
            assert (folder, dry) == (site, "--check" in arguments)
            yield from found

        monkeypatch.setattr("generator.collection.refresh", refresh)
        with pytest.raises(SystemExit) as stop:
            commands.main(["refresh", "--site", str(site), *arguments], standalone_mode=False)
        return stop.value.code, capsys.readouterr().err.splitlines()

    told = "ada: 3 records of 2 papers: 1 new, 1 known, of these 0 changed"
    assert refreshed([]) == (
        0,
        ["Nothing to ask: no paper was imported from an online service; see: paperfolio import --help"],
    )
    assert refreshed([Refreshed("ada", collected)]) == (0, ["wrote x.yaml", told])
    assert refreshed([Refreshed("ada", collected)], "--check") == (0, ["would write x.yaml", told])
    kept = ["orcid.org does not answer", "  hint: try again", "ada: what orcid:x said last is kept"]
    assert refreshed([Refreshed("ada", collected, failed)]) == (1, [*kept, "wrote x.yaml", told])
    assert refreshed([Refreshed("ada", None, failed)]) == (1, kept)


def test_answers_are_good_for_a_day_but_to_a_refresh_for_an_hour(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ages: list[float] = []

    def client(folder: Path, max_age: float) -> None:
        assert folder == site / ".paperfolio" / "http"
        ages.append(max_age)
        raise PaperfolioError("enough")

    def refresh(folder: Path, ask: Callable[[str], object], dry: bool) -> Iterator[object]:
        yield ask("openalex:A1")

    monkeypatch.setattr("generator.sources.client.Client", client)
    monkeypatch.setattr("generator.collection.refresh", refresh)
    for arguments in (["import", "openalex:A1"], ["refresh"]):
        with pytest.raises(PaperfolioError, match="enough"):
            commands.main([*arguments, "--site", str(site)], standalone_mode=False)
    assert ages == [24 * 60 * 60, 60 * 60]


def test_files_of_several_people_are_imported_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "grace.txt").write_text(PROFILE_TEXT)
    (tmp_path / "ada.txt").write_text(PROFILE_TEXT.replace("Grace Example", "Ada Example"))
    assert run("import", "grace.txt", "ada.txt", cwd=tmp_path).returncode == 0
    assert {path.name for path in (tmp_path / "content/authors").glob("*.yaml")} == {
        "grace-example.yaml",
        "ada-example.yaml",
    }


def test_what_an_online_service_says_is_of_the_person_of_the_files(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """However the names are written; two people are refused by their ORCID iDs."""
    parts: list[list[str]] = []

    def collect(folder: Path, part: Sequence[Told], *_: object) -> Collected:
        parts.append([one.source for one in part])
        empty: dict[str, Any] = dict.fromkeys(("left_out", "changes", "problems", "differences", "questions"), ())
        return Collected(author_id="ada", read=0, papers=0, new=0, updated=0, written=(), ledger="", **empty)

    monkeypatch.setattr("generator.cli._asking", lambda site: lambda source, day: Profile(Author(name="Ada"), ()))
    monkeypatch.setattr("generator.collection.collect", collect)
    text = tmp_path / "ada.txt"
    text.write_text(PROFILE_TEXT)
    commands.main(["import", "openalex:A1", str(text), "--site", str(site)], standalone_mode=False)
    assert parts == [["openalex:A1", str(text)]]


def test_a_text_was_saved_when_its_file_was_last_changed(tmp_path: Path) -> None:
    """Imported again a year later, it says the same."""
    text = tmp_path / "profile.txt"
    text.write_text(PROFILE_TEXT.replace("Mar 3, 2024", "Mar 3"))
    os.utime(text, (time.mktime((2023, 3, 5, 12, 0, 0, 0, 0, -1)),) * 2)
    run("import", "profile.txt", "--from", "profile-text", cwd=tmp_path)
    papers = (tmp_path / "content/papers/imported/grace-example.yaml").read_text("utf-8")
    assert "date: 2023-03-03" in papers
    assert "as_of: 2023-03-05" in (tmp_path / "content/authors/grace-example.yaml").read_text("utf-8")


def test_the_day_that_is_named_counts_before_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "profile.txt").write_text(PROFILE_TEXT.replace("Mar 3, 2024", "Mar 3"))
    run("import", "profile.txt", "--from", "profile-text", "--as-of", "2023-03-05", cwd=tmp_path)
    assert "date: 2023-03-03" in (tmp_path / "content/papers/imported/grace-example.yaml").read_text("utf-8")
    assert "as_of: 2023-03-05" in (tmp_path / "content/authors/grace-example.yaml").read_text("utf-8")


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@article{abc, title={A long title about engines}, year=2020}\n")
    assert run("import", "a.bib", "a.bib", "--author", "ada", cwd=tmp_path).returncode == 0
    assert (tmp_path / "content/papers/imported/ada.yaml").read_text("utf-8").count("title:") == 1


def test_a_bibliography_is_imported_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(
        "@article{a20,\n title = {On {Engines}},\n author = {Lovelace, Ada}\n}\n\n@article{b20,\n title = {Open\n"
    )
    nameless = run("import", "papers.bib", cwd=tmp_path)
    assert nameless.returncode == 1
    assert "1 of 1 are by Ada Lovelace: --author ada-lovelace" in nameless.stderr
    done = run("import", "papers.bib", "--author", "ada-lovelace", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "papers.bib:6: the entry 'b20' is not closed" in done.stderr
    assert done.stderr.splitlines()[-2:] == [
        "ada-lovelace: 1 record of 1 paper: 1 new, 0 known, of these 0 changed",
        "1 problem reported above",
    ]
    assert json.loads(run("build", "--json", cwd=tmp_path).stdout)["ok"] is True
    (tmp_path / "papers.bib").write_text("@article{b20,\n title = {Open\n")
    nothing = run("import", "papers.bib", "--author", "ada-lovelace", cwd=tmp_path)
    assert nothing.returncode == 1
    assert "papers.bib:1: the entry 'b20' is not closed" in nothing.stderr
    assert nothing.stderr.splitlines()[-1] == "papers.bib: nothing could be read"


def test_a_bibliography_can_stay_the_source(tmp_path: Path) -> None:
    (tmp_path / "content/authors").mkdir(parents=True)
    (tmp_path / "content/authors/ada.yaml").write_text("name: Ada Lovelace\n")
    (tmp_path / "content/papers").mkdir()
    bib = tmp_path / "content/papers/mine.bib"
    bib.write_text(
        "@string{mem = {Memoirs}}\n@article{notes1843,\n  title = {Notes on $x^2$},\n  author = {Lovelace, Ada},\n"
        "  journal = mem,\n  selected = {true},\n  year = 1843\n}\n@misc{looms, title = {Looms}}\n"
    )
    assert json.loads(run("build", "--json", cwd=tmp_path).stdout)["ok"] is True
    output = tmp_path / "output"
    assert (output / "papers/notes1843/cite.bib").read_text() == (
        "@article{notes1843,\n  title = {Notes on $x^2$},\n  author = {Lovelace, Ada},\n  journal = {Memoirs},\n"
        "  year = 1843\n}\n"
    )
    assert "<math" in (output / "papers/notes1843/index.html").read_text()
    bib.write_text(bib.read_text().replace("{Looms}", "{More Looms}"))
    written = json.loads(run("build", "--json", cwd=tmp_path).stdout)["written"]
    assert "papers/looms/index.html" in written
    assert "papers/notes1843/cite.bib" not in written


def test_import_lists_the_kinds_it_knows(tmp_path: Path) -> None:
    shown = "".join(run("import", "--help", cwd=tmp_path).stdout.split())
    assert f"Kindofthesource:{','.join([*(reader.kind for reader in READERS), *folders.KINDS])}." in shown


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [["schema"], ["--help"], ["themes"], ["completion", "bash"], ["build", "--json"]])
def test_a_full_stdout_is_said_in_one_line(site: Path, arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = run(*arguments, cwd=site, stdout=full.fileno())
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr
    assert len(done.stderr.splitlines()) <= 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_build_needs_no_stream_to_talk_to(site: Path, closed: str) -> None:
    command = f"exec {sys.executable} -m generator build --json {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=site, env=environment(), capture_output=True, timeout=60)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert (site / "output" / "index.html").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there the current folder cannot be deleted")
def test_a_current_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"rmdir {gone}; exec {sys.executable} -m generator build"
    more = {"PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        ["sh", "-c", command], cwd=gone, env=environment(**more), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.startswith("the current folder is gone")


def test_a_reader_that_leaves_early_is_no_error_worth_a_report(site: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run("schema", cwd=site, stdout=writing)
    finally:
        os.close(writing)
    assert done.returncode in (0, 1)
    assert done.stderr == ""


def test_a_bug_of_the_program_keeps_its_traceback(site: Path) -> None:
    """Only what the user can mend is summed up in a line."""
    script = (
        "import sys, generator.build, generator.__main__\n"
        "def broken(*_): raise RuntimeError('a bug')\n"
        "generator.build.build = broken\n"
        "sys.argv = ['paperfolio', 'build']\n"
        "generator.__main__.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=site, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "RuntimeError: a bug" in done.stderr


def test_an_import_tells_what_is_yours_and_stays(tmp_path: Path) -> None:
    entry = "@article{{{key}2020,\n title = {{{title}}},\n author = {{Lovelace, Ada}},\n journal = {{Mill}}\n}}\n"
    bib = tmp_path / "papers.bib"
    bib.write_text(entry.format(key="a", title="On Engines") + entry.format(key="b", title="On Looms"))
    assert run("import", "papers.bib", "--author", "ada-lovelace", cwd=tmp_path).returncode == 0
    imported = tmp_path / "content/papers/imported/ada-lovelace.yaml"
    text = imported.read_text("utf-8")
    imported.write_text(text[: text.index("- title: On Looms")], "utf-8")
    own = tmp_path / "content/papers/mine.yaml"
    own.write_text("- title: Engines\n  id: a2020\n  venue: Memoirs\n", "utf-8")
    done = run("import", "papers.bib", "--author", "ada-lovelace", cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()) == (
        0,
        [
            "content/papers/mine.yaml:1:3: title is kept as 'Engines'; papers.bib has 'On Engines'",
            "content/papers/mine.yaml:3:3: venue is kept as 'Memoirs'; papers.bib has 'Mill'",
            "left out, since you deleted it: On Looms",
            "  hint: to have a paper again, delete its line in content/papers/imported/ada-lovelace.sources.json",
            "ada-lovelace: 2 records of 2 papers: 0 new, 1 known, of these 0 changed, 1 left out, deleted by you",
        ],
    )
    assert json.loads(run("build", "--json", cwd=tmp_path).stdout)["ok"] is True
