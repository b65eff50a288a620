"""Addresses elsewhere are asked for politely: a real server on this machine tells what it was asked, and when."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from site_builds import ROOT
from waiting import wait_for

from generator.build import Options, build
from generator.check import external
from generator.errors import PaperfolioError


class Host:
    """A server that answers with the status its path begins with, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, float]] = []
        self.agents: set[str] = set()
        host = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                pass

            def answer(self) -> None:
                host.asked.append((self.command, self.path, time.monotonic()))
                host.agents.add(self.headers["User-Agent"])
                kind = self.path.split("/")[1]
                if kind == "slow":
                    time.sleep(1)
                if kind == "broken":
                    self.wfile.write(b"nonsense\r\n\r\n")
                    return
                if kind == "only-get":
                    kind = "405" if self.command == "HEAD" else "200"
                self.send_response(int(kind) if kind.isdigit() else 200)
                if kind in ("301", "302"):
                    self.send_header("Location", "/200/there")
                if kind == "loop":
                    self.send_header("Location", "/302/loop")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_HEAD = answer  # noqa: N815 - the library asks for these names

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{path}"

    def requests(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path, _ in self.asked]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    yield made
    made.stop()


def asked(folder: Path, *addresses: str, delay: float = 0, patience: float = 10) -> dict[str, tuple[bool, str]]:
    """What is wrong with the addresses: whether it is an error, and what it says."""
    found = external.ask(addresses, folder, delay=delay, patience=patience)
    return {address: (fault.error, fault.what) for address, fault in found.items()}


def test_what_answers_is_right_and_asked_for_by_its_head_alone(host: Host, tmp_path: Path) -> None:
    assert asked(tmp_path, host.address("200/x"), host.address("301/x"), host.address("302/y")) == {}
    assert {method for method, _ in host.requests()} == {"HEAD"}
    assert [agent for agent in host.agents if "Paperfolio/" not in agent] == []


def test_what_knows_no_head_is_got(host: Host, tmp_path: Path) -> None:
    assert asked(tmp_path, host.address("only-get/x")) == {}
    assert host.requests() == [("HEAD", "/only-get/x"), ("GET", "/only-get/x")]


@pytest.mark.parametrize(
    ("path", "error", "what"),
    [
        ("404/x", True, "answers 404 (Not Found)"),
        ("410/x", True, "answers 410 (Gone)"),
        ("403/x", False, "answers 403"),
        ("500/x", False, "answers 500"),
        ("999/x", False, "answers 999"),
        ("broken/x", False, "cannot be read: "),
        ("slow/x", False, "does not answer in time"),
    ],
)
def test_what_does_not_answer_well_is_told_apart(host: Host, tmp_path: Path, path: str, error: bool, what: str) -> None:
    found = asked(tmp_path, host.address(path), patience=0.3 if path.startswith("slow") else 10)
    assert found[host.address(path)][0] == error
    assert found[host.address(path)][1].startswith(what)


def test_a_host_that_refuses_and_one_that_is_not_there_are_errors(host: Host, tmp_path: Path) -> None:
    address = host.address("x")
    host.server.socket.close()
    found = asked(tmp_path, address, "http://no-such-host.invalid/x")
    assert found[address] == (True, "cannot be reached: the host refuses")
    assert found["http://no-such-host.invalid/x"] == (True, "cannot be found: there is no such host")


def test_without_a_network_nothing_is_said_of_single_links(tmp_path: Path) -> None:
    with pytest.raises(PaperfolioError, match="none of the hosts") as caught:
        asked(tmp_path, "http://a.invalid/x", "http://b.invalid/x")
    assert caught.value.hint == "is there a network?"


def test_a_host_is_asked_one_by_one_with_a_pause_and_others_meanwhile(host: Host, tmp_path: Path) -> None:
    other = Host()
    try:
        addresses = [each.address(f"200/{number}") for each in (host, other) for number in range(3)]
        assert asked(tmp_path, *addresses, delay=0.2) == {}
        for each in (host, other):
            moments = [moment for _, _, moment in each.asked]
            assert len(moments) == 3
            assert all(later - earlier >= 0.2 for earlier, later in zip(moments, moments[1:], strict=False))
        assert other.asked[0][2] < host.asked[-1][2]
    finally:
        other.stop()


def test_a_host_is_one_however_it_is_written(host: Host, tmp_path: Path) -> None:
    addresses = [host.address("200/x").replace("127.0.0.1", name) for name in ("localhost", "LocalHost")]
    assert asked(tmp_path, *addresses, delay=0.3) == {}
    earlier, later = (moment for _, _, moment in host.asked)
    assert later - earlier >= 0.3


@pytest.mark.parametrize("code", [429, 503])
def test_a_host_that_has_enough_is_asked_no_more_and_not_waited_for(host: Host, tmp_path: Path, code: int) -> None:
    busy, others = host.address(f"{code}/x"), [host.address("200/y"), host.address("200/z")]
    begun = time.monotonic()
    found = asked(tmp_path, busy, *others, delay=20)
    assert time.monotonic() - begun < 20
    assert host.requests() == [("HEAD", f"/{code}/x")]
    assert found[busy] == (False, f"answers {code}")
    assert found[others[1]][0] is False
    assert f"answered {code}" in found[others[1]][1]


def test_what_answered_is_asked_again_only_after_a_week_and_the_rest_at_once(host: Host, tmp_path: Path) -> None:
    good, bad = host.address("200/x"), host.address("404/x")
    asked(tmp_path, good, bad)
    host.asked.clear()
    assert bad in asked(tmp_path, good, bad)
    assert {path for _, path in host.requests()} == {"/404/x"}
    store = tmp_path / ".paperfolio" / "links.json"
    kept = json.loads(store.read_text())
    assert list(kept) == [good]
    assert store.with_name(".gitignore").exists()
    for moment in (kept[good] - external.KEPT - 1, kept[good] + 10_000):  # a clock may have been wrong
        store.write_text(json.dumps({good: moment}))
        host.asked.clear()
        asked(tmp_path, good)
        assert host.requests() == [("HEAD", "/200/x")]


def test_the_check_ends_at_once_when_it_is_told_to_and_keeps_what_answered(host: Host, tmp_path: Path) -> None:
    """By the command in a process of its own, which gets the signal that Ctrl-C sends."""
    answered = host.address("200/x")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        links = f"[x]({answered}) [y](http://127.0.0.1:{silent.getsockname()[1]}/)"
        for name, text in {
            "authors/ada.yaml": "name: Ada Lovelace\n",
            "pages/a.md": f"---\ntitle: A\n---\n{links}",
        }.items():
            (tmp_path / "content" / name).parent.mkdir(parents=True)
            (tmp_path / "content" / name).write_text(text, encoding="utf-8")
        build(tmp_path, Options())
        command = [sys.executable, "-m", "generator", "check", "--external", "--site", str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process, silent.accept()[0]:
            wait_for(lambda: len(host.asked) > 0)
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            begun = time.monotonic()
            _, said = process.communicate()
            assert time.monotonic() - begun < external.PATIENCE / 2
    assert (process.returncode, said.strip()) == (1, "Stopped.")
    assert list(json.loads((tmp_path / ".paperfolio/links.json").read_bytes())) == [answered]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": "b"}', "\x00"])
def test_a_store_that_cannot_be_read_is_made_anew(host: Host, tmp_path: Path, text: str) -> None:
    store = tmp_path / ".paperfolio" / "links.json"
    store.parent.mkdir()
    store.write_text(text)
    assert asked(tmp_path, host.address("200/x")) == {}
    assert list(json.loads(store.read_text())) == [host.address("200/x")]


def test_letters_of_an_address_are_sent_as_they_must_be(host: Host, tmp_path: Path) -> None:
    assert asked(tmp_path, host.address("200/ä b%20c?q=ü&x=[1]"), "http://bücher.invalid/") != {}
    assert ("HEAD", "/200/%C3%A4%20b%20c?q=%C3%BC&x=[1]") in host.requests()


@pytest.mark.parametrize("host", ["bücher.invalid:8080", "b%C3%BCcher.invalid:8080"])
def test_a_host_of_other_letters_is_asked_by_its_name_in_ascii(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    looked_up: list[object] = []

    def lookup(name: object, *_: object) -> None:
        looked_up.append(name)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    asked(tmp_path, f"http://{host}/x")
    assert looked_up == ["xn--bcher-kva.invalid"]


def test_a_host_that_is_none_once_it_is_decoded_is_told_and_the_others_are_asked(host: Host, tmp_path: Path) -> None:
    good, bad = host.address("200/x"), "http://a%5Bb.invalid/"
    assert asked(tmp_path, bad, good) == {bad: (False, "cannot be read: Invalid IPv6 URL")}
    assert host.requests() == [("HEAD", "/200/x")]
