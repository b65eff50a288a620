"""What the longest and the shortest page of each kind weigh, ask for, complain about and hold of inline code."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup

from audit.finding import Finding
from audit.sites import Site, address, served

MOST = {"all": 60, "style sheets": 12, "scripts": 8}
"""Kilobytes (1,024 bytes) of a profile with 50 abstracts, compressed."""
MOST_FOR_ALL = {"style sheets": 12, "scripts": 8}
GUIDE = "embed/index.html"
"""Shows lists as they are on other sites, so it has the scripts of these too, and frames."""
MOST_REQUESTS = 8
PACKED = (".woff2", ".png", ".jpg", ".webp", ".avif", ".gif")
"""Files that are compressed in themselves."""


@dataclass
class Weight:
    """What one page asks for: compressed bytes by kind, and the number of requests."""

    bytes: dict[str, int] = field(default_factory=dict)
    requests: int = 0

    def add(self, kind: str, file: Path) -> None:
        body = file.read_bytes()
        packed = body if file.suffix in PACKED else gzip.compress(body, 9)
        self.bytes[kind] = self.bytes.get(kind, 0) + len(packed)
        self.requests += 1

    @property
    def all(self) -> int:
        return sum(self.bytes.values())

    def kilobytes(self, kind: str) -> float:
        return (self.all if kind == "all" else self.bytes.get(kind, 0)) / 1024


_KINDS = {"document": "HTML", "stylesheet": "style sheets", "script": "scripts", "font": "font", "image": "pictures"}


def weigh(page: Any, root: str, path: str, site: Site) -> tuple[Weight, list[str]]:
    """Opens a page: its weight, and all that it should not do (messages, other hosts, inline code)."""
    asked: list[tuple[str, str]] = []
    faults: list[str] = []
    handlers = {
        "request": lambda request: asked.append((request.resource_type, request.url)),
        "console": lambda message: faults.append(f"console: {message.text}"),
        "pageerror": lambda error: faults.append(f"error: {error}"),
    }
    for event, handler in handlers.items():
        page.on(event, handler)
    page.goto(root + address(path), wait_until="networkidle")
    for event, handler in handlers.items():
        page.remove_listener(event, handler)
    weight = Weight()
    for kind, url in asked:
        if not url.startswith(root):
            faults.append(f"asks {url}")
            continue
        file = site.output / unquote(url.removeprefix(root).partition("?")[0])
        weight.add(_KINDS.get(kind, "other"), file / "index.html" if file.is_dir() else file)
    return weight, faults + _inline((site.output / path).read_text(encoding="utf-8"))


def _inline(markup: str) -> list[str]:
    """Scripts, styles and handlers in the markup itself, which the security policy of every page forbids."""
    found = []
    page = BeautifulSoup(markup, "html.parser")
    if not page.select_one("meta[http-equiv='Content-Security-Policy']"):
        found.append("no security policy")
    for element in page.find_all(True):
        if element.name == "style" or (
            element.name == "script" and not element.get("src") and element.get("type") is None
        ):
            found.append(f"inline {element.name}")
        found += [f"{element.name}[{name}]" for name in element.attrs if name == "style" or name.startswith("on")]
    return found


def _over(weight: Weight, most: dict[str, int]) -> list[str]:
    found = [f"{kind}: {weight.kilobytes(kind):.1f} KB" for kind in most if weight.kilobytes(kind) > most[kind]]
    return [*found, f"{weight.requests} requests"] if weight.requests > MOST_REQUESTS else found


def check(site: Site, browser: Any) -> tuple[Finding, Weight]:
    """What pages weigh and do; and the weight of the front page alone."""
    faults: list[str] = []
    with served(site) as root:

        def weighed(path: str) -> tuple[Weight, list[str]]:
            """As a new visitor: browsers fetch the font that other pages of a site needed before a page asks for it."""
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            found = weigh(context.new_page(), root, path, site)
            context.close()
            return found

        front, _ = weighed("index.html")
        most = 0
        for path in site.sample:
            if path in site.pages["embedded"]:
                continue
            weight, found = weighed(path)
            if path != GUIDE:
                most = max(most, weight.requests)
                found += _over(weight, MOST if path == "index.html" else MOST_FOR_ALL)
            faults += [f"{path}: {fault}" for fault in found]
    figure = f"{len(faults)} messages, violations, foreign requests; at most {most} requests a page"
    return Finding("Weight and policy", figure, tuple(faults)), front
