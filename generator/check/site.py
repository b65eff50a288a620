"""A built site as a whole: what its files say of each other."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from generator import hosts
from generator.check import files as other_files
from generator.check.finding import Fault
from generator.check.links import Link, address, at_link
from generator.check.page import Page
from generator.check.reading import UNKNOWN_HOME, is_readable
from generator.content_files import printable
from generator.errors import MOST_COMPARED, closest

_DATA = (".json", ".xml", ".svg", ".webmanifest")


class Site(msgspec.Struct, dict=True):
    """The files in an output folder."""

    output: Path
    home: str
    """The absolute address of the site, ending in ``/``; UNKNOWN_HOME where it knows none."""
    paths: dict[str, int]
    """Every file, with its size in bytes; -1: a link or no plain file."""
    pages: dict[str, Page]
    """What those that are pages say, by path."""
    missing: dict[str, Fault] = {}
    """Paths that were looked for in vain."""

    def faults(self) -> Iterator[tuple[str, Fault]]:
        """Everything that is wrong within the site, each with the file that shows it."""
        for path, page in self.pages.items():
            for fault in page.faults:
                yield path, fault
        plain = {path: size for path, size in self.paths.items() if size >= 0}
        for path in self.paths.keys() - plain.keys():
            hint = "put the file itself there"
            yield path, Fault(rule="name", what="is a link or no plain file, which GitHub Pages refuses", hint=hint)
        yield from other_files.names(self.paths)
        yield from other_files.sizes(plain)
        cname = self._bytes("CNAME").decode("utf-8", "replace") if "CNAME" in plain else None
        yield from other_files.special(plain, cname, self._url)
        if hosts.on_this_machine(self.home):
            what = f"the site is built for {self.home}, which is this machine, where no visitor is"
            hint = "write the public one as url into content/site.yaml, or leave it out"
            yield "index.html", Fault(rule="address", what=what, hint=hint, traces=(self.home, self.home[:-1]))
        yield from self._links()
        yield from self._data()
        yield from self._kinds()
        yield from self._robots()
        yield from self._titles()
        yield from self._canonical()
        yield from self._sitemap()
        yield from self._orphans()

    def outside(self) -> dict[str, list[tuple[str, Link]]]:
        """The web addresses elsewhere that a visitor may follow, without anchors, each with the links to it."""
        found: dict[str, list[tuple[str, Link]]] = {}
        for path, page in self.pages.items():
            for link in page.links:
                if link.use in ("a[href]", "area[href]") and self._inside(link.target) is None:
                    target = link.target.partition("#")[0]
                    if urlsplit(target).scheme in ("http", "https"):
                        found.setdefault(target, []).append((path, link))
        return found

    @property
    def _url(self) -> str:
        return "" if self.home == UNKNOWN_HOME else self.home

    @cached_property
    def _base(self) -> str:
        return urlsplit(self.home).path

    @cached_property
    def _for_servers(self) -> bool:
        """Whether the links of 404.html begin at the root; in a site for reading from disk they cannot."""
        return any(link.written.startswith("/") for link in self.pages["404.html"].links)

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return {path.casefold(): path for path, size in self.paths.items() if size >= 0}

    def _bytes(self, path: str) -> bytes:
        return (self.output / path).read_bytes()

    def _inside(self, target: str) -> str | None:
        """The path of an address within the site, decoded; None when it lies elsewhere."""
        target = target.partition("#")[0].partition("?")[0]
        if self.home.startswith("https:") and target.startswith("http:"):
            target = f"https:{target.removeprefix('http:')}"
        return unquote(target.removeprefix(self.home)) if target.startswith(self.home) else None

    def _file(self, path: str) -> str | None:
        """The file that GitHub Pages answers a path with."""
        candidates = (f"{path}index.html",) if not path or path.endswith("/") else (path, f"{path}/index.html")
        return next((candidate for candidate in candidates if self.paths.get(candidate, -1) >= 0), None)

    def _links(self) -> Iterator[tuple[str, Fault]]:
        for path, page in self.pages.items():
            for link in page.links:
                fault = self._of_target(path, link)
                if fault:
                    yield path, at_link(link, fault)
        for path in self.paths:
            if path.lower().endswith(".css") and is_readable(self.paths[path]):
                yield from self._style(path)

    def _of_target(self, path: str, link: Link) -> Fault | None:
        if not link.written:
            return None
        if (
            path == "404.html"
            and self._for_servers
            and not urlsplit(link.written).scheme
            and link.written[:1] not in "/#"
        ):
            what = f"404.html is shown at any depth, where {link.written!r} leads elsewhere"
            return Fault(rule="link", what=what, hint=f"begin it with {self._base}")
        inside = self._inside(link.target)
        if inside is None:
            return self._of_sibling(link)
        file = self._file(inside)
        if file is None:
            return self._nowhere(inside)
        anchor = unquote(link.target.partition("#")[2])
        if not anchor or anchor.lower() == "top" or anchor.startswith(":~:") or file not in self.pages:
            return None
        ids = self.pages[file].ids
        if anchor in ids or link.target.partition("#")[2] in ids:
            return None
        close = closest(anchor, ids)
        shown = printable(f"/{inside}#{anchor}")
        return Fault(
            rule="anchor",
            what=f"links to {shown}, and that page has no such part",
            hint=f"did you mean #{close}?" if close else "",
            traces=(shown, shown[1:], f"#{anchor}"),
        )

    def _of_sibling(self, link: Link) -> Fault | None:
        """An address that begins with a slash leaves a site that lies below a path."""
        if not link.written.startswith("/") or link.written.startswith("//"):
            return None
        if self._file(unquote(link.written[1:].partition("#")[0].partition("?")[0])) is None:
            return None
        what = f"{link.written!r} leads out of the site, which lies below {self._base}"
        return Fault(rule="link", what=what, hint="link to it in a relative way", traces=(link.written,))

    def _nowhere(self, inside: str) -> Fault:
        if inside not in self.missing:
            self.missing[inside] = self._missing(inside)
        return self.missing[inside]

    def _missing(self, inside: str) -> Fault:
        key = inside.casefold()
        other = (
            self._by_case.get(key) or self._by_case.get(f"{key}index.html") or self._by_case.get(f"{key}/index.html")
        )
        hint = ""
        if other:
            hint = f"capitals count: write /{address(other)}"
        elif f"{inside}.html" in self.paths:
            hint = f"write /{inside}.html"
        elif (len(self.missing) + 1) * len(self.paths) <= MOST_COMPARED:
            close = closest(inside, [address(path) for path, size in self.paths.items() if size >= 0], cutoff=0.7)
            hint = f"did you mean /{close}?" if close else ""
        whole = inside.rstrip("/")
        last = whole.rpartition("/")[2]
        # a mere word may stand anywhere
        links = (whole, last) if "." in last else (whole,) * ("/" in whole) + (f"({last}", f'"{last}')
        what = f"links to /{printable(inside)}, which is no page or file of the site"
        # the address of the site itself is that of no link
        own = (f"{self.home}{inside}",) * bool(inside)
        return Fault(rule="link", what=what, hint=hint, traces=(*own, f"/{inside}", *links))

    def _style(self, path: str) -> Iterator[tuple[str, Fault]]:
        data = self._bytes(path)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            yield path, Fault(rule="encoding", what="the style sheet is not UTF-8", hint="save the file as UTF-8")
            return
        for link in other_files.style_links(path, text, self.home):
            inside = self._inside(link.target)
            if not link.target:
                yield path, at_link(link, Fault(rule="address", what=f"{link.written!r} is no address"))
            elif inside is None:
                what = f"the style sheet loads {link.written!r} from another host"
                rule = "mixed-content" if link.target.startswith("http:") else "third-party"
                yield (
                    path,
                    at_link(link, Fault(rule=rule, what=what, hint="put the file among the theme's assets")),
                )
            elif self._file(inside) is None:
                yield path, at_link(link, self._nowhere(inside))

    def _data(self) -> Iterator[tuple[str, Fault]]:
        for path, size in self.paths.items():
            if not path.endswith(_DATA) or not is_readable(size):
                continue
            data = self._bytes(path)
            for fault in other_files.data(path, data):
                yield path, fault
            if other_files.is_feed(path):
                own = self._inside(other_files.feed_address(path, data))
                # a list may lie at two addresses, one of which is its own
                if own is not None and own != path and own in self.paths and self._bytes(own) != data:
                    yield path, Fault(rule="feed", what=f"the feed says that it is at /{own}")
                for target in other_files.feed_addresses(path, data):
                    inside = self._inside(target)
                    if inside is not None and self._file(inside) is None:
                        what = f"the feed names {target}, which is no page or file of the site"
                        yield path, Fault(rule="feed", what=what, traces=(target,) * bool(inside))

    def _kinds(self) -> Iterator[tuple[str, Fault]]:
        has_papers = any(path.startswith("papers/") and path.endswith("/index.html") for path in self.paths)
        for path, size in self.paths.items():
            # BibTeX and RIS of no papers at all are empty files
            if size >= 0 and (size or has_papers or path not in ("papers.bib", "papers.ris")):
                with open(self.output / path, "rb") as file:
                    beginning = file.read(other_files.BEGINNING)
                for fault in other_files.kind(path, beginning):
                    yield path, fault

    def _robots(self) -> Iterator[tuple[str, Fault]]:
        """Whether robots.txt (RFC 9309) names sitemaps that are there and lets everybody in."""
        if self.paths.get("robots.txt", -1) < 0:
            return
        agents: set[str] = set()
        is_named = False
        for number, line in enumerate(self._bytes("robots.txt").decode("utf-8", "replace").splitlines(), start=1):
            key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
            key = key.lower()
            what = ""
            if key == "user-agent":
                # lines of agents in a row are one group
                agents = agents | {value} if is_named else {value}
            elif key == "disallow" and "*" in agents and value.removesuffix("*") in ("/", self._base):
                what = "robots.txt keeps search engines off the whole site"
            elif key == "sitemap":
                inside = self._inside(value)
                if inside is None or self._file(inside) is None:
                    what = f"robots.txt names the sitemap {value}, which is not in the site"
            is_named = key == "user-agent" or (is_named and not key)
            if what:
                yield "robots.txt", Fault(rule="sitemap", what=what, line=number, column=1)

    def _titles(self) -> Iterator[tuple[str, Fault]]:
        seen: dict[str, str] = {}
        for path, page in self.pages.items():
            if not page.made or not page.index or not page.title:
                continue
            if page.title in seen:
                what = f"the page has the title {page.title!r} of /{address(seen[page.title])}"
                yield path, Fault(rule="title", what=what, error=False)
            seen.setdefault(page.title, path)

    def _canonical(self) -> Iterator[tuple[str, Fault]]:
        for path, page in self.pages.items():
            if not page.made or not page.index or path == "404.html":
                continue
            own = urljoin(self.home, address(path))
            shown = next((link.target for link in page.links if link.use == "meta[og:url]"), "")
            if page.canonical and shown and shown != page.canonical:
                what = f"the page names {page.canonical} as canonical, but {shown} as og:url"
                yield path, Fault(rule="canonical", what=what)
            if self._url and page.canonical and not shown:
                what = "the page names no address for Open Graph (og:url)"
                yield path, Fault(rule="canonical", what=what, error=False)
            if self._url and not page.canonical:
                yield path, Fault(rule="canonical", what="the page names no canonical address")
            elif page.canonical and unquote(page.canonical) != unquote(own) and self._url:
                what = f"the page names {page.canonical} as canonical, but it is at {own}"
                yield path, Fault(rule="canonical", what=what)
            elif page.canonical and not self._url:
                what = f"the canonical address {page.canonical} cannot be right: the front page has none"
                yield path, Fault(rule="canonical", what=what)

    def _sitemap(self) -> Iterator[tuple[str, Fault]]:
        if self.paths.get("sitemap.xml", -1) < 0:
            if self._url and "sitemap.xml" not in self.paths:
                yield "sitemap.xml", Fault(rule="sitemap", what="there is no sitemap.xml", hint="build the site anew")
            return
        listed: Counter[str] = Counter()
        waiting = ["sitemap.xml"]
        read: set[str] = set()
        while waiting:
            path = waiting.pop()
            read.add(path)
            if self.paths.get(path, -1) < 0:
                what = f"the sitemap names /{printable(path)}, which is no file of the site"
                yield "sitemap.xml", Fault(rule="sitemap", what=what)
                return
            try:
                found, further = other_files.sitemap(self._bytes(path))
            except ValueError as error:
                yield path, Fault(rule="sitemap", what=f"the sitemap is wrong: {error}")
                return
            listed.update(found)
            waiting += [inside for inside in map(self._inside, further) if inside and inside not in read]
        for target, count in listed.items():
            inside = self._inside(target)
            file = None if inside is None else self._file(inside)
            if file is None:
                yield "sitemap.xml", Fault(rule="sitemap", what=f"the sitemap lists {target}, which is not in the site")
            elif file in self.pages and not self.pages[file].index:
                what = f"the sitemap lists {target}, whose page keeps search engines off"
                yield "sitemap.xml", Fault(rule="sitemap", what=what)
            elif not target.startswith(self.home):
                yield "sitemap.xml", Fault(rule="sitemap", what=f"the sitemap lists {target} without encryption")
            elif count > 1:
                yield "sitemap.xml", Fault(rule="sitemap", what=f"the sitemap lists {target} {count} times")
        there = {self._inside(target) for target in listed}
        for path, page in self.pages.items():
            if page.made and page.index and path != "404.html" and address(path) not in there:
                yield "sitemap.xml", Fault(rule="sitemap", what=f"the sitemap does not list /{address(path)}")

    def _orphans(self) -> Iterator[tuple[str, Fault]]:
        """Pages that no link leads to; of those that lie together only the highest."""
        reached = self._reached("index.html", set())
        for path in sorted(self.pages, key=lambda path: (path.count("/"), path)):
            page = self.pages[path]
            if page.made and page.index and path not in reached and path != "404.html" and reached:
                self._reached(path, reached)
                what = "no link leads from the front page to this page"
                yield path, Fault(rule="orphan", what=what, hint="link to it, or name it in nav:", error=False)

    def _reached(self, start: str, reached: set[str]) -> set[str]:
        """Adds the pages that links lead to from a page."""
        waiting = [start]
        while waiting:
            path = waiting.pop()
            if path in reached or path not in self.pages:
                continue
            reached.add(path)
            for link in self.pages[path].links:
                inside = self._inside(link.target) if link.use in ("a[href]", "area[href]") else None
                if inside is not None:
                    waiting.append(self._file(inside) or "")
        return reached
