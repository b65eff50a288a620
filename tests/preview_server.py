"""The preview in a process of its own, asked over HTTP and its websocket, and a site to be edited meanwhile."""

import asyncio
import http.client
import json
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PROGRAM = """
import sys
import time
from pathlib import Path
from generator.build import Options, build
from generator.errors import ServeError
from generator.serve import serve

site = Path(sys.argv[1])
report = lambda text: print(text, flush=True)

def build_when_allowed():
    if (site / "hold").exists():
        report("Held")
        while (site / "hold").exists():
            time.sleep(0.02)
    if (site / "fault").exists():
        raise ZeroDivisionError("a fault of ours")
    built = build(site, Options())
    report("Built")
    return built

try:
    serve(
        site, sys.argv[2], int(sys.argv[3]), False, build_when_allowed,
        lambda error: report("\\n".join(map(str, error.problems))), report,
    )
except ServeError as error:
    report(f"ServeError: {error.message}; {error.hint}")
    sys.exit(1)
"""
PATIENCE = 30
"""Seconds after which what was expected is taken for lost."""


class Server:
    """The preview of a site, in a process of its own; while the site holds a file ``hold``, builds do not end.

    Where it holds one named ``fault``, they fail as by a bug.
    """

    def __init__(self, site: Path, port: int = 0, host: str = "127.0.0.1") -> None:
        self.site = site
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(site), host, str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self.unread: list[str] = []
        self._new_lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as output:
            for line in output:
                self.lines.append(line.rstrip())
                self._new_lines.put(line.rstrip())
        self._new_lines.put("(the end)")

    def said(self, beginning: str) -> str:
        """The next line that begins so."""
        while not (line := self._new_lines.get(timeout=PATIENCE)).startswith(beginning):
            assert line != "(the end)", "\n".join(self.lines)
        return line

    def start(self) -> "Server":
        found = re.fullmatch(r"Serving http://(.+):(\d+)(/.*) \(Ctrl-C stops\)", self.said("Serving"))
        assert found
        self.port, self.path = int(found[2]), found[3]
        return self

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self._reader.join()

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": f"127.0.0.1:{self.port}", **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    @asynccontextmanager
    async def browser(self, **headers: str) -> AsyncIterator[WebSocketClientConnection]:
        """What a page's script is to the server, after the greeting."""
        request = HTTPRequest(f"ws://127.0.0.1:{self.port}/livereload", headers=headers, request_timeout=PATIENCE)
        browser = await websocket_connect(request)
        try:
            told = await message(browser)
            assert told
            assert told["command"] == "hello"
            yield browser
        finally:
            browser.close()
            self.unread = []
            while told := await message(browser):
                self.unread.append(told["command"])


@contextmanager
def serving(site: Path, port: int = 0) -> Iterator[Server]:
    server = Server(site, port)
    try:
        yield server.start()
    finally:
        server.stop()


def author_file(site: Path) -> Path:
    return site / "content/authors/ada-lovelace.yaml"


def write_role(site: Path, role: str) -> None:
    author_file(site).write_text(f"name: Ada Lovelace\nrole: {role}\n", encoding="utf-8")


async def message(browser: WebSocketClientConnection) -> dict[str, Any] | None:
    text = await asyncio.wait_for(browser.read_message(), PATIENCE)
    return None if text is None else json.loads(text)
