"""Files of a site that are no pages: their names and sizes, style sheets, feeds, sitemaps and other data."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from generator import hosts
from generator.check.finding import Fault
from generator.check.links import Link, address
from generator.check.metadata import DATE, read_json
from generator.scalars import is_portable_name

MEGABYTE = 1 << 20
MOST_BYTES = 100 * MEGABYTE
"""Of a file, which GitHub then refuses."""
MANY_BYTES = 50 * MEGABYTE
"""Of a file, about which GitHub warns."""
MOST_BYTES_OF_SITE = 1 << 30
MOST_IN_SITEMAP = 50_000
"""Addresses (sitemaps.org)."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_REFUSED = re.compile(r'["<>:|*?\\\x00-\x1f\x7f\ud800-\udfff]')
"""Signs; surrogates stand for bytes that are not UTF-8."""
_LITTER = re.compile(r"(\.git|\.env|\.DS_Store|Thumbs\.db|__pycache__|\.#.*|.*(~|\.swp|\.tmp|\.bak|\.orig))\Z")
_NOT_LOADED = re.compile(r"/\*.*?\*/|@namespace[^;]*;", re.DOTALL | re.IGNORECASE)
"""Comments, and what only looks like an address."""
_IN_STYLE = re.compile(
    r"""(?:url\(\s*|@import\s*(?=["'])|@import\s+(?!url\())(?:"([^"]*)"|'([^']*)'|((?:\\.|[^"')\s;\\])+))""",
    re.IGNORECASE,
)
_SLICE = re.compile(r"(feed(-\d+)?|cited)\.json\Z")
"""Names of JSON Feeds."""
_BEGINNINGS = {
    ".gif": (b"GIF8",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".jpg": (b"\xff\xd8\xff",),
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".webp": (b"RIFF",),
    ".woff2": (b"wOF2",),
}
"""How files of a kind begin."""
BEGINNING = 1024
"""Bytes of a file that say of what kind it is."""
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+\Z")


def names(paths: Iterable[str]) -> Iterator[tuple[str, Fault]]:
    """Names that some system, or GitHub Pages, cannot have."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        for part in path.split("/"):
            if not is_portable_name(part) or _REFUSED.search(part):
                what = f"{part!r} is a name that Windows and GitHub Pages refuse"
                yield path, Fault(rule="name", what=what, hint="rename it", traces=(part,))
            elif _LITTER.match(part):
                hint = "delete it, or move it out of content/files/"
                yield path, Fault(rule="name", what=f"{part!r} does not belong on a website", hint=hint, error=False)
        key = unicodedata.normalize("NFC", path).casefold()
        if key in seen:
            what = f"macOS and Windows take it for the same file as {seen[key]}"
            yield path, Fault(rule="name", what=what, hint="rename one of them")
        seen.setdefault(key, path)


def sizes(files: Mapping[str, int]) -> Iterator[tuple[str, Fault]]:
    """``files``: the bytes of every file."""
    for path, size in files.items():
        megabytes = f"{size / MEGABYTE:,.0f} MB"
        if size > MOST_BYTES:
            hint = "make it smaller, or put it elsewhere and link to it"
            yield path, Fault(rule="size", what=f"{megabytes}: GitHub refuses files above 100 MB", hint=hint)
        elif size > MANY_BYTES:
            yield path, Fault(rule="size", what=f"{megabytes}: GitHub warns above 50 MB", error=False)
    total = sum(files.values())
    if total > MOST_BYTES_OF_SITE:
        largest = ", ".join(sorted(files, key=lambda path: -files[path])[:3])
        what = f"the site has {total / (1 << 30):.2f} GB: GitHub Pages allows 1 GB"
        yield "index.html", Fault(rule="size", what=what, hint=f"the largest files: {largest}")


def kind(path: str, beginning: bytes) -> Iterator[Fault]:
    """Whether a file, whose first ``BEGINNING`` bytes are given, is of the kind that its name says."""
    suffix = path[path.rfind(".") :].lower()
    if not beginning.strip():
        if suffix in _BEGINNINGS or suffix in (".bib", ".css", ".js", ".ris"):
            yield Fault(rule="data", what="the file is empty", hint="put the file there anew")
    elif suffix in _BEGINNINGS and not any(mark in beginning for mark in _BEGINNINGS[suffix]):
        is_page = beginning.lstrip().lower().startswith((b"<!doctype html", b"<html"))
        what = f"the file is no {suffix[1:].upper()}" + (", but a web page" if is_page else "")
        yield Fault(rule="data", what=what, hint="put the file there anew, or give it its right name")


def special(paths: Mapping[str, int], cname: str | None, home: str) -> Iterator[tuple[str, Fault]]:
    """Files that web servers look for."""
    for path in ("index.html", "404.html"):
        if path not in paths:
            yield path, Fault(rule="front-page", what=f"there is no {path}", hint="build the site anew")
    hidden = next((path for path in sorted(paths) if path.startswith("_") or "/_" in path), None)
    if ".nojekyll" not in paths and hidden:
        what = f"there is no file .nojekyll, so that GitHub leaves out {hidden}"
        yield ".nojekyll", Fault(rule="nojekyll", what=what, hint="build the site anew")
    if cname is not None:
        host = urlsplit(home).hostname if home else ""
        named = cname.strip().lower()
        if not _HOST.match(named):
            in_dns = hosts.in_ascii(f"https://{named}").removeprefix("https://")
            hint = f"write {in_dns}" if _HOST.match(in_dns) else ""
            yield "CNAME", Fault(rule="cname", what=f"CNAME holds {named!r}, which is not one host name", hint=hint)
        elif home and named != host:
            what = f"CNAME says {named}, but the site's url is at {host}"
            yield "CNAME", Fault(rule="cname", what=what, hint="make both the same", error=False)


def style_links(path: str, text: str, home: str) -> Iterator[Link]:
    """The addresses that a style sheet loads; the target is "" where it is no address."""
    # what is left out keeps its length, so that lines can be counted
    shown = _NOT_LOADED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in _IN_STYLE.finditer(shown):
        written = re.sub(r"\\(.)", r"\1", (found[1] or found[2] or found[3] or "").strip())
        if written and not written.lower().startswith(("data:", "#")):
            line = shown.count("\n", 0, found.start()) + 1
            column = found.start() - shown.rfind("\n", 0, found.start())
            try:
                target = urljoin(f"{home}{address(path)}", written)
            except ValueError:
                target = ""
            yield Link(target, written, "url()", line, column, True)


def data(path: str, content: bytes) -> Iterator[Fault]:
    """Whether a file of JSON or XML can be read, and whether a feed has what it must have."""
    if path.endswith((".xml", ".svg")):
        try:
            root = _xml(content)
        except ElementTree.ParseError as error:
            line, column = error.position
            yield Fault(rule="data", what=f"the XML cannot be read: {error.msg}", line=line, column=column + 1)
            return
        except ValueError as error:
            yield Fault(rule="data", what=f"the XML cannot be read: {error}")
            return
        if root.tag == f"{_ATOM}feed":
            yield from _of_atom(root)
        return
    try:
        found = read_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield Fault(rule="encoding", what="the file is not UTF-8", hint="save the file as UTF-8")
    except ValueError as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (0, 0)
        yield Fault(rule="data", what=f"the JSON cannot be read: {error}", line=line, column=column)
    else:
        if is_feed(path):
            yield from _of_json_feed(found)


def _xml(content: bytes) -> ElementTree.Element:
    """The root of an XML file. Raises ParseError or ValueError when it cannot be read."""
    try:
        return ElementTree.fromstring(content)  # noqa: S314 - the user's own files; expat limits expansion
    except LookupError as error:
        raise ValueError(str(error)) from None


def is_feed(path: str) -> bool:
    """Whether a file with that name is a JSON Feed or Atom."""
    name = path.rpartition("/")[2]
    return name == "feed.xml" or bool(_SLICE.match(name))


def feed_address(path: str, content: bytes) -> str:
    """The address that a feed says it is at; "" when it says none or cannot be read."""
    try:
        if path.endswith(".xml"):
            root = _xml(content)
            return next(
                (link.get("href", "") for link in root.findall(f"{_ATOM}link") if link.get("rel") == "self"), ""
            )
        return str(read_json(content.decode("utf-8-sig")).get("feed_url", ""))
    except (ElementTree.ParseError, ValueError, AttributeError):
        return ""


def feed_addresses(path: str, content: bytes) -> list[str]:
    """The absolute addresses that a feed names; none when it cannot be read."""
    try:
        if path.endswith(".xml"):
            root = _xml(content)
            found = [link.get("href", "") for link in root.iter(f"{_ATOM}link")]
        else:
            feed = read_json(content.decode("utf-8-sig"))
            found = [str(feed.get(name, "")) for name in ("home_page_url", "feed_url", "next_url")]
            found += [str(item.get("url", "")) for item in feed.get("items", ())]
    except (ElementTree.ParseError, ValueError, AttributeError, TypeError):
        return []
    return [entry for entry in found if entry.startswith(("http://", "https://"))]


def sitemap(content: bytes) -> tuple[list[str], list[str]]:
    """The pages that a sitemap lists, and the further sitemaps. Raises ValueError when it is none."""
    try:
        root = _xml(content)
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(f"the XML cannot be read: {error}") from None
    listed = [(entry.text or "").strip() for entry in root.iter(f"{_SITEMAP}loc")]
    for changed in root.iter(f"{_SITEMAP}lastmod"):
        if not DATE.match(changed.text or ""):
            raise ValueError(f"a lastmod is {changed.text!r}, not like 2026-03-07")
    if root.tag == f"{_SITEMAP}urlset":
        if len(listed) > MOST_IN_SITEMAP:
            raise ValueError(f"it lists {len(listed):,} addresses, and may list {MOST_IN_SITEMAP:,}")
        return listed, []
    if root.tag == f"{_SITEMAP}sitemapindex":
        return [], listed
    raise ValueError("it is no sitemap of sitemaps.org")


def _of_json_feed(feed: Any) -> Iterator[Fault]:
    """JSON Feed 1.1 (jsonfeed.org)."""
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/1"):
        yield Fault(rule="feed", what="the JSON Feed does not say https://jsonfeed.org/version/1.1")
        return
    if not feed.get("title"):
        yield Fault(rule="feed", what="the JSON Feed has no title")
    if not isinstance(feed.get("items"), list):
        yield Fault(rule="feed", what="the JSON Feed has no items")
        return
    seen: set[str] = set()
    for number, item in enumerate(feed["items"], start=1):
        name = f"entry {number} of the JSON Feed"
        if not isinstance(item, dict):
            yield Fault(rule="feed", what=f"{name} is no object")
            continue
        key = str(item.get("id", ""))
        if not key or key in seen:
            yield Fault(rule="feed", what=f"{name} has " + (f"the id {key!r} of another one" if key else "no id"))
        seen.add(key)
        if "content_html" not in item and "content_text" not in item:
            yield Fault(rule="feed", what=f"{name} has neither content_html nor content_text")
        for date in ("date_published", "date_modified"):
            if date in item and not _is_moment(str(item[date])):
                yield Fault(rule="feed", what=f"{name}: {date} is {item[date]!r}, not like 2026-03-07T00:00:00Z")


def _of_atom(feed: ElementTree.Element) -> Iterator[Fault]:
    """Atom (RFC 4287, 4.1)."""

    def missing(element: ElementTree.Element) -> list[str]:
        return [name for name in ("id", "title", "updated") if not (element.findtext(f"{_ATOM}{name}") or "").strip()]

    for name in missing(feed):
        yield Fault(rule="feed", what=f"the Atom feed has no {name}")
    updated = feed.findtext(f"{_ATOM}updated") or ""
    if updated and not _is_moment(updated):
        yield Fault(rule="feed", what=f"the Atom feed: updated is {updated!r}, not like 2026-03-07T00:00:00Z")
    named = feed.find(f"{_ATOM}author") is not None
    seen: set[str] = set()
    for number, entry in enumerate(feed.iter(f"{_ATOM}entry"), start=1):
        for name in missing(entry):
            yield Fault(rule="feed", what=f"entry {number} of the Atom feed has no {name}")
        key = entry.findtext(f"{_ATOM}id") or ""
        if key in seen:
            yield Fault(rule="feed", what=f"entry {number} of the Atom feed has the id {key!r} of another one")
        seen.add(key)
        if not named and entry.find(f"{_ATOM}author") is None:
            yield Fault(rule="feed", what=f"entry {number} of the Atom feed has no author")
        updated = entry.findtext(f"{_ATOM}updated") or ""
        if updated and not _is_moment(updated):
            yield Fault(
                rule="feed",
                what=f"entry {number} of the Atom feed: updated is {updated!r}, not like 2026-03-07T00:00:00Z",
            )


def _is_moment(text: str) -> bool:
    """Whether it is a moment of RFC 3339, with its zone."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
