"""`paperfolio import` of online services, as a user types it, against a server on this machine."""

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from online import Answer, Asked, Server, everything, serving


def started(server: Server, *arguments: object, cwd: Path, **more: str) -> "subprocess.Popen[str]":
    keep = {name: value for name, value in os.environ.items() if not name.startswith("PAPERFOLIO_")}
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        env={**keep, **server.environment, "NO_PROXY": "127.0.0.1", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def run(server: Server, *arguments: object, cwd: Path, **more: str) -> tuple[int, str]:
    """The exit code, and what was said."""
    process = started(server, *arguments, cwd=cwd, **more)
    out, said = process.communicate(timeout=60)
    assert out == ""
    assert "Traceback" not in said
    return process.returncode, said


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".paperfolio" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(params=["openalex:A1", "arxiv:lovelace_a_1", "orcid:0000-0002-1825-0097", "dblp:65/9612", "s2:42"])
def source(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_service_becomes_a_site_that_builds(tmp_path: Path, source: str) -> None:
    with serving(everything) as server:
        code, said = run(server, "import", source, "--author", "ada", cwd=tmp_path)
        assert code == 0, said
        asked = len(server.asked)
        before = files(tmp_path)
        code, said = run(server, "import", source, "--author", "ada", cwd=tmp_path)
        assert (code, files(tmp_path)) == (0, before), said
        assert len(server.asked) == asked
        code, said = run(server, "build", cwd=tmp_path)
    assert code == 0, said
    assert "Lovelace" in (tmp_path / "output" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("source", ["doi:10.1234/engines", "zotero:groups/7", "openalex:W1"])
def test_papers_alone_need_an_author(tmp_path: Path, source: str) -> None:
    with serving(everything) as server:
        code, said = run(server, "import", source, cwd=tmp_path)
        assert code == 1
        assert "--author" in said
        assert files(tmp_path) == {}
        assert run(server, "import", source, "--author", "ada-lovelace", cwd=tmp_path)[0] == 0
        assert run(server, "build", cwd=tmp_path)[0] == 0


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=404),
        Answer(status=403),
        Answer(b""),
        Answer(b"<!DOCTYPE html><p>Log in"),
        Answer(b'{"id": '),
        Answer(status=429, headers={"Retry-After": "100000"}),
    ],
    ids=lambda answer: f"{answer.status}-{len(answer.body)}",
)
def test_a_service_that_fails_is_one_message_and_nothing_is_written(tmp_path: Path, answer: Answer) -> None:
    with serving(lambda asked: answer) as server:
        code, said = run(server, "import", "openalex:A1", cwd=tmp_path)
    assert code == 1
    first, second = said.splitlines()
    assert first.startswith("OpenAlex ")
    assert second.startswith("  hint: ")
    assert files(tmp_path) == {}


def test_an_interrupted_import_leaves_nothing_and_goes_on_later(tmp_path: Path) -> None:
    reached = threading.Event()

    def answers(asked: Asked) -> Any:
        if asked.path == "/openalex/works" and not reached.is_set():
            reached.set()
            return Answer(json.dumps(everything(asked)), wait=5.0)
        return everything(asked)

    with serving(answers) as server:
        process = started(server, "import", "openalex:A1", cwd=tmp_path)
        assert reached.wait(30)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[1].splitlines()[-1] == "Stopped."
        assert process.returncode == 1
        assert files(tmp_path) == {}
        assert run(server, "import", "openalex:A1", cwd=tmp_path)[0] == 0
        paths = [asked.path for asked in server.asked]
        assert (paths.count("/openalex/authors/A1"), paths.count("/openalex/works")) == (1, 2)


PATIENCE = 60
"""Seconds in which a command on a terminal shows something more."""


class Terminal:
    """A command on a terminal: what it has shown so far, and a person in front of it."""

    def __init__(self, server: Server, *arguments: object, cwd: Path) -> None:
        self.screen, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **server.environment, "NO_PROXY": "127.0.0.1", "TERM": "xterm", "COLUMNS": "200"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        self.shown = ""

    def wait_for(self, text: str) -> None:
        """Read until the text is shown; what stands before it has been seen then."""
        while text not in self.shown:
            assert self._read(), self.shown
        self.shown = self.shown.split(text, 1)[1]

    def type(self, text: str) -> None:
        os.write(self.screen, text.encode())

    def leave(self, gesture: Callable[[], object]) -> int:
        """Make a gesture until the command ends; the exit code.

        Once may be too little: between the question and the reading of the answer the command does not yet listen, and
        what is neither a letter nor a line is lost then. A person presses the keys again.
        """
        while True:
            gesture()
            while select.select([self.screen], [], [], 1)[0]:
                if not self._read():
                    return self.end()

    def end(self) -> int:
        """Read what is left; the exit code."""
        while self._read():
            pass
        os.close(self.screen)
        return self.process.wait(timeout=30)

    def _read(self) -> bool:
        assert select.select([self.screen], [], [], PATIENCE)[0], f"nothing came any more after: {self.shown}"
        try:
            data = os.read(self.screen, 65536)
        except OSError:  # the terminal is closed
            return False
        self.shown += data.decode("utf-8", "replace")
        return bool(data)


QUESTION = "Are these one paper? [y/N]: "


def test_a_person_is_asked_about_papers_that_look_alike(tmp_path: Path) -> None:
    with serving(everything) as server:
        terminal = Terminal(server, "import", "openalex:A1", "--interactive", cwd=tmp_path)
        terminal.wait_for("Weaving algebra (2023-01-02, 2301.00002)")
        terminal.wait_for("Ada Lovelace, Charles Babbage")
        terminal.wait_for("Weaving algebra (2023-05, Journal of Engines, 10.1234/weaving)")
        for answer in ("what\n", "y\n"):
            terminal.wait_for(QUESTION)
            terminal.type(answer)
        assert terminal.end() == 0
        assert "6 records of 5 papers" in terminal.shown
        before = files(tmp_path)
        terminal = Terminal(server, "import", "openalex:A1", "--interactive", cwd=tmp_path)
        assert terminal.end() == 0
        assert QUESTION not in terminal.shown
        assert files(tmp_path) == before


@pytest.mark.parametrize("leave", ["\x04", signal.SIGINT], ids=["end of input", "interrupt"])
def test_whoever_leaves_at_a_question_has_nothing_half_done(tmp_path: Path, leave: str | signal.Signals) -> None:
    with serving(everything) as server:
        terminal = Terminal(server, "import", "openalex:A1", "--interactive", cwd=tmp_path)
        terminal.wait_for(QUESTION)
        if isinstance(leave, str):
            code = terminal.leave(lambda: terminal.type(leave))
        else:
            code = terminal.leave(lambda: terminal.process.send_signal(leave))
        assert code == 1
        assert re.sub(r"\x1b\[\w*", "", terminal.shown).splitlines()[-1] == "Stopped."
        assert files(tmp_path) == {}


def test_what_is_said_while_asking_stands_in_a_line_of_its_own(tmp_path: Path) -> None:
    busy = [Answer(status=429, wait=1.0)]  # the line with the requests is there by then
    with serving(lambda asked: busy.pop() if busy else everything(asked)) as server:
        terminal = Terminal(server, "import", "openalex:A1", cwd=tmp_path)
        terminal.wait_for("OpenAlex: request 1")
        terminal.wait_for("\r\x1b[2KOpenAlex wants to be asked less often; trying again in 1 second\r\n")
        terminal.wait_for("OpenAlex: request 2")
        assert terminal.end() == 0


def test_a_refresh_shows_on_a_terminal_whom_it_asks_and_an_interrupt_changes_nothing(tmp_path: Path) -> None:
    with serving(everything) as server:
        assert run(server, "import", "openalex:A1", "s2:42", cwd=tmp_path)[0] == 0
    before = files(tmp_path)
    shutil.rmtree(tmp_path / ".paperfolio")
    slow = threading.Event()

    def answers(asked: Asked) -> Any:
        said = everything(asked)
        if asked.path == "/semantic_scholar/author/42" and not slow.is_set():
            slow.set()
            return Answer(json.dumps(said), wait=5.0)
        if asked.path == "/openalex/authors/A1":
            return {**said, "cited_by_count": 4321}
        return said

    with serving(answers) as server:
        terminal = Terminal(server, "refresh", cwd=tmp_path)
        terminal.wait_for("Semantic Scholar: request 1")
        assert terminal.leave(lambda: terminal.process.send_signal(signal.SIGINT)) == 1
        assert re.sub(r"\x1b\[\??\w*", "", terminal.shown).split()[-1] == "Stopped."
        assert files(tmp_path) == before
        terminal = Terminal(server, "refresh", cwd=tmp_path)
        terminal.wait_for("ada-lovelace: citations 1234 to 4321")
        assert terminal.end() == 0
        # what was asked before the interrupt is not asked again
        assert [asked.path for asked in server.asked].count("/openalex/authors/A1") == 1


def test_a_key_is_neither_shown_nor_written(tmp_path: Path) -> None:
    with serving(everything) as server:
        code, said = run(server, "import", "openalex:A1", cwd=tmp_path, PAPERFOLIO_OPENALEX_KEY="s3cret")
        assert code == 0
        assert server.asked[0].parameters["api_key"] == "s3cret"
    assert "s3cret" not in said
    everywhere = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(".paperfolio" in path.parts for path in everywhere)
    assert (tmp_path / ".paperfolio" / ".gitignore").read_text() == "*\n", "git would see the answers"
    assert not any(b"s3cret" in path.read_bytes() for path in everywhere)


def test_several_sources_become_one_list_and_are_asked_again(tmp_path: Path) -> None:
    sources = ("openalex:A1", "dblp:65/9612", "s2:42")
    with serving(everything) as server:
        assert run(server, "import", *sources, cwd=tmp_path)[0] == 0
        before = files(tmp_path)
        for arguments in (("import", *sources), ("refresh", "--check"), ("refresh",)):
            code, said = run(server, *arguments, cwd=tmp_path)
            assert (code, files(tmp_path)) == (0, before), said
    with serving(lambda asked: None if "dblp" in asked.path else everything(asked)) as server:
        code, said = run(server, "refresh", cwd=tmp_path, PAPERFOLIO_CONTACT="ada@example.org")
    assert (code, files(tmp_path)) == (1, before), said
    assert "what dblp:65/9612 said last is kept" in said


def test_a_site_without_imports_has_nothing_to_ask(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with serving(everything) as server:
        code, said = run(server, "refresh", cwd=tmp_path)
    assert (code, "Nothing to ask" in said) == (0, True)
