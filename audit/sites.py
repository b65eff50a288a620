"""The sites to look at, their pages by kind, and a server for them."""

import contextlib
import functools
import gzip
import mimetypes
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from benchmarks import corpus
from generator.build import Options, build

ROOT = Path(__file__).parent.parent
URL = "https://name.github.io/papers/"
"""Where the sites are meant to be published; they are served below the same path."""
BASE = "/papers/"
MANY = 1000
"""Papers of the made-up site."""

_KIND = re.compile(r'<body class="([\w-]+)-page"')


@dataclass(frozen=True)
class Site:
    """A built site."""

    name: str
    theme: str
    output: Path

    @functools.cached_property
    def pages(self) -> Mapping[str, tuple[str, ...]]:
        """The pages by kind, each a path below the output, the longest page first; those for frames are "embedded"."""
        found: dict[str, list[tuple[int, str]]] = {}
        for path in self.output.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            match = _KIND.search(text)
            name = path.relative_to(self.output).as_posix()
            found.setdefault(match[1] if match else "embedded", []).append((-len(text), name))
        return {kind: tuple(name for _, name in sorted(pages)) for kind, pages in sorted(found.items())}

    @functools.cached_property
    def sample(self) -> tuple[str, ...]:
        """The longest and the shortest page of each kind."""
        return tuple(dict.fromkeys(path for pages in self.pages.values() for path in (pages[0], pages[-1])))

    @property
    def every(self) -> tuple[str, ...]:
        return tuple(path for pages in self.pages.values() for path in pages)


def example(folder: Path, theme: str) -> Site:
    """The example of the repository, with an address and all that extras add."""
    return _copied(ROOT / "content", "example", folder, theme)


def group(folder: Path, theme: str) -> Site:
    """A group of the tests: the kinds of pages that one author does not have, people and news among them."""
    return _copied(ROOT / "tests/sites/valid/several-authors/content", "a group", folder, theme)


def _copied(content: Path, name: str, folder: Path, theme: str) -> Site:
    shutil.copytree(content, folder / "content")
    config = folder / "content/site.yaml"
    lines = config.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("theme:", "url:"))]
    config.write_text("\n".join((*kept, f"url: {URL}", f"theme: {theme}", "")), encoding="utf-8")
    return Site(name, theme, build(folder, Options()).output)


def many(folder: Path, theme: str, per_page: int = 50) -> Site:
    """The made-up papers of the benchmark, by one author."""
    _write(folder / "content/site.yaml", f"title: {corpus.OWNER}\nurl: {URL}\ntheme: {theme}\nper_page: {per_page}\n")
    _write(folder / "content/authors/edda-marlowe.yaml", f"name: {corpus.OWNER}\n")
    _write(folder / "content/papers/papers.yaml", "".join(map(corpus.as_yaml, corpus.papers(MANY))))
    return Site(f"{MANY:,} papers", theme, build(folder, Options()).output)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class _Handler(SimpleHTTPRequestHandler):
    """Files below ``BASE`` as hosts of static sites send them: compressed, cached for a while, else 404.html."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        inside = path.startswith(BASE)
        file = Path(self.translate_path(path.removeprefix(BASE.rstrip("/")) if inside else "/404.html"))
        if inside and file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.end_headers()
            return
        file = file / "index.html" if file.is_dir() else file
        status = HTTPStatus.OK if inside and file.is_file() else HTTPStatus.NOT_FOUND
        file = file if file.is_file() else Path(self.directory) / "404.html"
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if _is_text(kind) else kind)
        self.send_header("Cache-Control", "max-age=600")
        if _is_text(kind):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))


@contextlib.contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of a server for the site, which ends with the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site.output)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def address(path: str) -> str:
    """The address of a page below that of the site: ``papers/engine/`` for ``papers/engine/index.html``."""
    return quote(path[: -len("index.html")] if path == "index.html" or path.endswith("/index.html") else path)
