"""Built sites for the tests of the whole program: each valid site is built once with each theme and then only read."""

import contextlib
import functools
import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from bs4 import BeautifulSoup, Tag

from generator import theme
from generator.build import Options, Report, build

ROOT = Path(__file__).parent.parent
VALID = Path(__file__).parent / "sites" / "valid"
SITES = sorted(path.name for path in VALID.iterdir())
THEMES = [manifest.name for manifest in theme.available(ROOT)]
EVERY_SITE_AND_THEME = [(site, theme_name) for site in SITES for theme_name in THEMES]
WITH_URL = ["hostile", "one-author", "right-to-left", "several-authors"]


def plain_yaml(path: Path) -> Any:
    """A YAML file with all scalars as the texts that were typed."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


@dataclass(frozen=True)
class Built:
    """A site with its output; what is read once is kept, since several tests look at the same pages."""

    folder: Path
    report: Report

    @property
    def output(self) -> Path:
        return self.report.output

    @functools.cached_property
    def config(self) -> dict[str, Any]:
        path = self.folder / "content" / "site.yaml"
        return plain_yaml(path) if path.exists() else {}

    @functools.cached_property
    def authors(self) -> list[dict[str, Any]]:
        """The author files as typed, each with its ``id``."""
        files = sorted((self.folder / "content" / "authors").glob("*.yaml"))
        return [{"id": path.stem, **plain_yaml(path)} for path in files]

    @functools.cached_property
    def papers(self) -> list[dict[str, Any]]:
        """The papers as typed, without drafts; ``authors`` are mappings."""
        found = []
        for path in sorted((self.folder / "content" / "papers").rglob("*.yaml")):
            content = plain_yaml(path)
            for paper in content if isinstance(content, list) else [content]:
                names = [{"name": entry} if isinstance(entry, str) else entry for entry in paper.get("authors", [])]
                if not paper.get("draft"):
                    found.append({**paper, "authors": names})
        return found

    @functools.cached_property
    def files(self) -> list[str]:
        """Paths of all files of the output."""
        return sorted(path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if not path.is_dir())

    @functools.cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """All HTML files by their path, but for those that lead on to others."""
        found = {path: soup(self.text(path)) for path in self.files if path.endswith(".html")}
        return {path: page for path, page in found.items() if not page.select("meta[http-equiv=refresh]")}

    @functools.cached_property
    def redirects(self) -> list[str]:
        """The paths of the HTML files that lead on to others."""
        return [path for path in self.files if path.endswith(".html") and path not in self.pages]

    @functools.cached_property
    def framed(self) -> list[str]:
        """The paths of the pages for frames on other sites, which have no navigation and are kept from search engines."""
        return [path for path in self.pages if path.startswith("embed/") and path != "embed/index.html"]

    @functools.cached_property
    def paper_pages(self) -> dict[str, BeautifulSoup]:
        """The pages of papers by the id of the paper."""
        return {path.split("/")[1]: page for path, page in self.pages.items() if path.startswith("papers/")}

    def text(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8")

    def json(self, path: str) -> Any:
        return json.loads(self.text(path))

    def page(self, address: str) -> BeautifulSoup:
        """The page at an address like ``/papers/engine/``."""
        return self.pages[f"{address.lstrip('/')}index.html"]


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server for a folder, which ends with the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def soup(markup: str) -> BeautifulSoup:
    return BeautifulSoup(markup, "html.parser")


def copy_content(source: Path, folder: Path) -> Path:
    """The content of a site in a folder of its own, without anything that was built."""
    shutil.copytree(source / "content", folder / "content")
    return folder


@functools.cache
def built(base: Path, site: str, theme_name: str = "", local: bool = False) -> Built:
    """A valid site below ``base``, built with a theme (by default its own)."""
    folder = copy_content(VALID / site, base / "-".join(["built", site, theme_name or "own", "local" * local]))
    if theme_name:
        config = folder / "content" / "site.yaml"
        text = config.read_text(encoding="utf-8") if config.exists() else "{}\n"
        lines = [line for line in text.splitlines() if not line.startswith("theme:") and line != "{}"]
        config.write_text("\n".join([*lines, f"theme: {theme_name}", ""]), encoding="utf-8")
    return Built(folder, build(folder, Options(local=local)))


@functools.cache
def example(base: Path) -> Built:
    """The example site of the repository."""
    folder = copy_content(ROOT, base / "built-example")
    return Built(folder, build(folder, Options()))


def elements(page: BeautifulSoup, selector: str) -> list[Tag]:
    return list(page.select(selector))


def words(element: Tag) -> str:
    """The text of an element as a reader sees it, on one line."""
    return " ".join(element.get_text().split())


def links(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Every address that a page names: (kind of use, address)."""
    for element in page.find_all(True):
        for attribute in ("href", "src", "poster", "data", "action", "formaction", "cite", "background"):
            if attribute in element.attrs:
                yield f"{element.name}[{attribute}]", str(element[attribute])
        if "srcset" in element.attrs:
            for part in str(element["srcset"]).split(","):
                yield f"{element.name}[srcset]", part.split()[0]


def anchors(page: BeautifulSoup) -> set[str]:
    return {str(element["id"]) for element in page.find_all(id=True)}


def fragment(address: str) -> str:
    return unquote(address.partition("#")[2])
