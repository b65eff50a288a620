"""The preview: build, serve the output folder on this machine, build again when something changes, reload the browser.

The browser's side is livereload's own script. A page carries the number of the build it was made for, and the script
tells it when it connects: a page that was loaded just before a build ended, or before the server was started anew, is
reloaded then, so that no change is missed. When nothing but style sheets changed, the page stays and fetches these
anew. What the preview adds to a page exists only in its answers; the files stay as they were built.
"""

import asyncio
import contextlib
import ctypes
import errno
import glob
import ipaddress
import json
import logging
import mimetypes
import os
import re
import secrets
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler
from watchfiles import DefaultFilter, awatch
from watchfiles._rust_notify import WatchfilesRustInternalError

from generator.build import Report
from generator.errors import PaperfolioError, ServeError, shortened
from generator.inputs import SOURCES

PORTS_TRIED = 20
_TYPES = {
    ".bib": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".ris": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
_POLICY = re.compile(
    rb"""<meta(?=[^>]*\shttp-equiv\s*=\s*["']?Content-Security-Policy)(?:"[^"]*"|'[^']*'|[^>"'])*>\s*""", re.IGNORECASE
)
_OVERLAY_STYLE = (
    ":host{all:initial;position:fixed;z-index:2147483647;inset:auto 0 0 0;max-height:60vh;overflow:auto}"
    "section{padding:1rem 1.5rem;border-top:4px solid #b3261e;background:#fff4f2;color:#21120f;"
    "font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
    "h2{margin:0 0 .5rem;font-size:1.1rem}ul{margin:0;padding-left:1.2rem}li{margin:.4rem 0}code{font-weight:600}"
    "p{margin:.4rem 0 0}"
)
_PLUGIN = 'window.LiveReloadPluginBuild=class{static identifier="build";static version="%s"}'
_logger = logging.getLogger(__name__)


def serve(
    site: Path,
    host: str,
    port: int,
    open_browser: bool,
    built: Callable[[], Report],
    failed: Callable[[PaperfolioError], None],
    say: Callable[[str], None],
) -> None:
    """Serve the site until Ctrl-C. ``built`` builds it, ``failed`` hears of content that cannot be built.

    A taken ``port`` is replaced by the next free one; 0 means any. Raises ServeError when nothing can be listened on
    or watched.
    """
    try:
        str(site.resolve()).encode()
    except UnicodeEncodeError as error:
        raise ServeError(
            f"cannot watch the folder {site.resolve()}: its name is not UTF-8", hint="rename it"
        ) from error
    logging.getLogger("tornado.general").setLevel(logging.ERROR)  # malformed requests are no news
    sockets = _listen(host, port, say)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(_Preview(site.resolve(), host, built, failed), sockets, open_browser, say))


class _Preview:
    """What is served: the last good site, and what is wrong with the newest content."""

    def __init__(
        self, site: Path, host: str, built: Callable[[], Report], failed: Callable[[PaperfolioError], None]
    ) -> None:
        self.site = site
        self.host = host
        self.built = built
        self.failed = failed
        self.output = site / "output"
        self.base = "/"
        """The path of the site's address, where its pages are served; not percent-encoded."""
        self.error: PaperfolioError | None = None
        self.version = secrets.token_hex(8)
        """Names what the browser sees now."""

    async def build(self, changed: frozenset[str] = frozenset()) -> None:
        """Build in a thread, so that requests are answered meanwhile; tell the browsers if they see something else.

        ``changed`` are the paths of the files that changed since the last build, as far as they are known.
        """
        wrong_before = self.error is not None
        try:
            report = await _interruptible(self.built)
        except PaperfolioError as error:
            self.failed(error)
            self.error = error
        except Exception:
            _logger.exception("the build failed")
            self.error = PaperfolioError("the build failed by a fault of Paperfolio; the terminal shows where")
        else:
            self.error = None
            self.output = report.output
            self.base = unquote(urlsplit(report.url).path) or "/"
            if not (wrong_before or report.written or report.removed):
                return
        self.version = secrets.token_hex(8)
        styles = not self.error and not wrong_before and _only_styles(changed)
        for browser in LiveReloadHandler.waiters.copy():
            browser.reload("styles.css" if styles else "*")

    def shown(self, page: bytes, host: str) -> bytes:
        """The page as the browser gets it: it may be reloaded, and says what is wrong.

        ``host`` is the Host header of the request. Additions are put at the end, where every parser takes them into
        the body, whatever tags the page leaves out.
        """
        address = urlsplit(f"//{host}")
        name = f"[{address.hostname}]" if ":" in (address.hostname or "") else address.hostname
        source = escape(f"/livereload.js?host={name}&port={address.port or 80}&maxdelay=2000")
        plugin = _PLUGIN % self.version
        added = f'{self._overlay()}<script>{plugin}</script><script src="{source}"></script>\n'
        return _POLICY.sub(b"", page) + added.encode()

    def _overlay(self) -> str:
        if self.error is None:
            return ""
        items = "".join(
            f"<li><code>{escape(str(problem.place))}</code>: {escape(problem.what)}"
            + (f"<br>hint: {escape(problem.hint)}" if problem.hint else "")
            for problem in shortened(self.error.problems)
        )
        hint = f"<p>hint: {escape(self.error.hint)}</p>" if self.error.hint else ""
        text = f"<h2>{escape(self.error.message)}</h2><ul>{items}</ul>{hint}"
        # in a shadow tree the site's own style cannot make it unreadable
        return (
            f'<div id="paperfolio-problems"><template shadowrootmode="open"><style>{_OVERLAY_STYLE}</style>'
            f'<section role="alert">{text}</section></template></div>'
        )


async def _run(preview: _Preview, sockets: list[socket.socket], open_browser: bool, say: Callable[[str], None]) -> None:
    arguments = {"preview": preview}
    application = Application(
        [
            (r"/livereload", _ReloadHandler, arguments),
            (r"/livereload\.js", _ScriptHandler, arguments),
            (r"/(.*)", _PageHandler, arguments),
        ],
        log_function=lambda handler: None,
        websocket_ping_interval=30,
        websocket_max_message_size=16384,
    )
    # a browser sends small requests without a body, and quickly
    server = HTTPServer(
        application, idle_connection_timeout=60, max_header_size=32768, max_body_size=1024, body_timeout=10
    )
    told = ""
    changed: frozenset[str] = frozenset()
    changes = _changes(preview.site)
    while True:
        change = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0)  # now it watches: nothing that changes during the build is missed
        await preview.build(changed)
        address = _address(preview.host, sockets[0].getsockname()[1], preview.base)
        if not told:
            server.add_sockets(sockets)
        if address != told:  # its path is that of the site's url, which may change meanwhile
            say(f"Serving {address} (Ctrl-C stops)")
        if not told and open_browser:
            await asyncio.to_thread(webbrowser.open, address)
        told = address
        changed = await change


async def _interruptible(work: Callable[[], Report]) -> Report:
    """What ``work`` returns, done in a thread. Ctrl-C reaches the main thread alone, so it is handed on: the program
    would wait for the work, and of a template with an endless loop without end.
    """
    thread = 0

    def in_thread() -> Report:
        nonlocal thread
        thread = threading.get_ident()
        return work()

    try:
        return await asyncio.to_thread(in_thread)
    except asyncio.CancelledError:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(KeyboardInterrupt))
        raise


async def _changes(site: Path) -> AsyncIterator[frozenset[str]]:
    """The paths that changed together in the watched folders, which may come, go and be replaced; empty: not known."""
    while True:
        folders = _identities(site)
        watching = awatch(
            *folders,
            watch_filter=DefaultFilter(ignore_dirs=()),
            debounce=100,
            step=50,
            rust_timeout=1000,
            yield_on_timeout=True,
        )
        try:
            try:
                async with contextlib.aclosing(watching):
                    async for found in watching:
                        # a folder made anew may have the inode of the one that was deleted
                        if _identities(site) != folders or any(path in folders for _, path in found):
                            break
                        if found:
                            yield frozenset(path for _, path in found)
            # what comes in no group keeps the watching from beginning, of new folders too
            except (OSError, WatchfilesRustInternalError) as error:
                raise ServeError(
                    f"cannot watch the folder {site}: {getattr(error, 'strerror', None) or error}",
                    hint="set the environment variable WATCHFILES_FORCE_POLLING=1",
                ) from error
        except* WatchfilesRustInternalError:
            pass  # a file came or went whose name is not UTF-8, which the build will tell
        yield frozenset()


def _only_styles(changed: frozenset[str]) -> bool:
    """Whether style sheets changed and nothing else; what an editor wrote and removed while it saved does not count."""
    left = [path for path in changed if os.path.splitext(path)[1] or os.path.exists(path)]
    return bool(left) and all(path.endswith(".css") for path in left)


def _identities(site: Path) -> dict[str, int]:
    """The inode numbers of the folders to watch, as far as there are any."""
    found = {}
    for path in (str(site / name) for name in SOURCES):
        with contextlib.suppress(OSError):
            found[path] = os.stat(path).st_ino
    return found


class _Guarded(RequestHandler):
    """What all answers have in common: only for this machine's own browser, never kept."""

    preview: _Preview

    def initialize(self, preview: _Preview) -> None:
        self.preview = preview

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def prepare(self) -> None:
        if not _is_own(self.request.headers.get("Host", ""), self.preview.host):
            raise HTTPError(403)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


class _PageHandler(_Guarded, StaticFileHandler):
    CACHE_MAX_AGE = 0

    def initialize(self, preview: _Preview) -> None:  # type: ignore[override]
        super().initialize(preview)
        self.root = str(preview.output)
        self.default_filename = None

    async def get(self, path: str, include_body: bool = True) -> None:
        file = self._find(f"/{path}")
        if file is None:
            return
        if file.suffix.lower() != ".html":
            await super().get(file.relative_to(self.root).as_posix(), include_body)
            return
        try:
            self._show(file.read_bytes())
        except OSError:
            raise HTTPError(404) from None

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        if status_code == 404:
            with contextlib.suppress(OSError):
                self._show((self.preview.output / "404.html").read_bytes())
                return
            if self.preview.error:
                self.set_status(500)
            # a page all the same, so that it is loaded anew when the site is there
            title = "There is no site yet" if self.preview.error else "There is no such page"
            self._show(f'<!doctype html><html lang="en"><title>{title}</title><p>{title}</p>'.encode())
            return
        super().write_error(status_code, **kwargs)

    def get_content_type(self) -> str:
        suffix = os.path.splitext(self.absolute_path or "")[1].lower()
        return _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")

    def compute_etag(self) -> None:
        return None

    def should_return_304(self) -> bool:
        return False

    def _show(self, page: bytes) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.preview.shown(page, self.request.headers["Host"]))

    def _send_on(self, path: str) -> None:
        query = f"?{self.request.query}" if self.request.query else ""
        self.redirect(quote(path) + query)

    def _find(self, path: str) -> Path | None:
        """The file at a path of the address, as GitHub Pages finds it; None when the browser was sent elsewhere."""
        base = self.preview.base
        if not path.startswith(base):
            if path == "/" or f"{path}/" == base:
                self._send_on(base)
                return None
            raise HTTPError(404)
        *folders, name = path.removeprefix(base).split("/")
        parts = [*folders, name or "index.html"]
        if any(part in ("", ".", "..") or re.search(r"[\\\x00:]", part) for part in parts):
            raise HTTPError(404)
        file = self.preview.output.joinpath(*parts)
        real, root = os.path.realpath(file), os.path.realpath(self.root)
        if not real.startswith(root + os.sep):
            raise HTTPError(404)
        if name and os.path.isdir(file):
            self._send_on(f"{path}/")
            return None
        if not os.path.isfile(file):
            file = _newer_style(file)
        return file


def _newer_style(file: Path) -> Path:
    """The style sheet in the place of one that is gone: a page that was not reloaded knows its older digest."""
    name = re.fullmatch(r"(.+)\.[0-9a-f]{8}\.css", file.name)
    pattern = f"{glob.escape(name[1])}.????????.css" if name else ""
    for found in file.parent.glob(pattern) if pattern else ():
        return found
    raise HTTPError(404)


class _ScriptHandler(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    pass


class _ReloadHandler(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """The connection to one browser, by the LiveReload protocol 7."""

    def check_origin(self, origin: str) -> bool:
        return WebSocketHandler.check_origin(self, origin)

    def open(self) -> None:
        self._send(
            {
                "command": "hello",
                "protocols": ["http://livereload.com/protocols/official-7"],
                "serverName": "paperfolio",
            }
        )
        LiveReloadHandler.waiters.add(self)

    def on_message(self, message: str | bytes) -> None:
        """Reload a page that was made for another build; whatever else the browser says needs no answer."""
        try:
            version = json.loads(message)["plugins"]["build"]["version"]
        except (ValueError, LookupError, TypeError, RecursionError):
            return
        if version != self.preview.version:
            self.reload("*")

    def reload(self, path: str) -> None:
        """Let the browser load the page anew, or all its style sheets if the path is that of one."""
        self._send({"command": "reload", "path": path, "liveCSS": True})

    def _send(self, message: dict[str, object]) -> None:
        with contextlib.suppress(WebSocketClosedError):
            sending = self.write_message(message)
            sending.add_done_callback(lambda done: done.cancelled() or done.exception())  # it may have gone by now


def _listen(host: str, port: int, say: Callable[[str], None]) -> list[socket.socket]:
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        try:
            sockets = bind_sockets(candidate, host)
        except (OSError, UnicodeError) as error:  # UnicodeError: no host has such a name
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE and port:
                continue
            why = error.strerror if isinstance(error, OSError) else error
            raise ServeError(
                f"cannot listen on {host}, port {candidate}: {why}", hint="choose others with --host, --port"
            ) from error
        if candidate != port and port:
            say(f"port {port} is in use, taking {candidate}")
        return sockets
    raise ServeError(
        f"the ports from {port} to {candidate} are all in use", hint="choose another one with --port, or 0 for any"
    )


def _address(host: str, port: int, path: str) -> str:
    """The address to open in a browser."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - only compared
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{quote(path)}"


def _is_own(host_header: str, host: str) -> bool:
    """Whether a request was sent to this server by its own name, not by one that a stranger lets point here."""
    try:
        name = urlsplit(f"//{host_header}").hostname or ""
        urlsplit(f"//{host_header}").port  # noqa: B018 - raises when it is none
    except ValueError:
        return False
    if name and name in ("localhost", host.lower()):
        return True
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        return False
    everywhere = host in ("0.0.0.0", "::", "")  # noqa: S104 - only compared
    return number.is_loopback or everywhere
