"""The addresses that a page names, and what is wrong with them by themselves."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import msgspec
from bs4 import Tag

from generator import hosts
from generator.check.elements import at, attribute
from generator.check.finding import Fault

_LOADED_RELATIONS = {
    *("stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "prefetch", "prerender", "manifest"),
    *("preconnect", "dns-prefetch"),  # these load nothing yet, but tell the other host
}
_LOADED = ("img", "script", "iframe", "source", "video", "audio", "track", "embed", "input", "object", "use", "image")
_ADDRESSES = ("href", "src", "poster", "data", "action", "formaction", "cite", "background", "xlink:href")
_IN_SET = re.compile(r"(\S*[^\s,])(?:\s[^,]*)?(?:,|\Z)")
"""An address of a srcset, which may hold commas itself, and what is said of it."""
_ADDRESS_TAGS = (
    "og:image",
    "og:url",
    "twitter:image",
    "citation_pdf_url",
    "citation_abstract_html_url",
    "citation_fulltext_html_url",
)
_OF_METAS = tuple(f"meta[{name}]" for name in _ADDRESS_TAGS)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
"""How a path on Windows begins."""


class Link(msgspec.Struct, frozen=True, array_like=True):
    """An address that a page names."""

    target: str
    """The absolute address, with its anchor."""
    written: str
    use: str
    """Element and attribute: a[href]; of a meta element its name."""
    line: int
    column: int
    loaded: bool
    """The browser asks for it by itself."""


def address(path: str) -> str:
    """What a web server shows a file of the output at, without the leading slash: papers/x/index.html at papers/x/."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}" if name == "index.html" else path


def named(path: str, by_name: dict[str, list[Tag]], tags: list[Tag], home: str, faults: list[Fault]) -> Iterator[Link]:
    """The addresses in a page; what is none is added to ``faults``. ``home`` is the site's, ending in ``/``."""
    own, host = f"{home}{address(path)}", urlsplit(home).netloc
    base = own
    for tag in [tag for tag in by_name.get("base", ()) if tag.get("href")][:1]:
        try:
            base = urljoin(own, attribute(tag, "href"))
        except ValueError:
            faults.append(
                at(
                    tag,
                    "address",
                    f"{attribute(tag, 'href')!r} is no address",
                    traces=(attribute(tag, "href"),),
                )
            )
    for tag in tags:
        for use, written in written_in(tag):
            line, column = tag.sourceline or 0, (tag.sourcepos or 0) + 1
            try:
                target = urljoin(base, written)
                parts = urlsplit(target)
                parts.port  # noqa: B018 - raises when it is none
            except ValueError:
                faults.append(at(tag, "address", f"{written!r} is no address", traces=(written,)))
                continue
            if parts.netloc != host and parts.netloc.lower() == host:
                target = parts._replace(netloc=host).geturl()
            yield Link(target, written, f"{tag.name}[{use}]", line, column, _is_loaded(tag, use))


def written_in(tag: Tag) -> Iterator[tuple[str, str]]:
    """The addresses of an element, each with its attribute."""
    attributes = tag.attrs
    if not attributes or tag.name == "base":
        return
    if tag.name == "meta":
        name = attribute(tag, "property") or attribute(tag, "name")
        if name in _ADDRESS_TAGS:
            yield name, attribute(tag, "content")
        elif attribute(tag, "http-equiv").lower() == "refresh" and "=" in attribute(tag, "content"):
            yield "refresh", attribute(tag, "content").partition("=")[2].strip(" '\"")
        return
    for name in _ADDRESSES:
        if name in attributes and not (name == "data" and tag.name != "object"):
            yield name, attribute(tag, name)
    for name in ("srcset", "imagesrcset"):
        if name in attributes:
            yield from ((name, found) for found in _IN_SET.findall(attribute(tag, name)))


def _is_loaded(tag: Tag, use: str) -> bool:
    if tag.name == "link":
        return bool(_LOADED_RELATIONS & set(attribute(tag, "rel").lower().split()))
    return tag.name in _LOADED and use not in ("cite", "formaction")


def faults(links: list[Link], home: str) -> Iterator[Fault]:
    """What is wrong with addresses, wherever they lead."""
    host = urlsplit(home).netloc.lower()
    for link in links:
        parts = urlsplit(link.target)
        if not link.written:
            yield at_link(link, Fault(rule="address", what=f"the address of {link.use} is empty"))
        elif link.use in _OF_METAS and not urlsplit(link.written).scheme:
            what = f"{link.written!r} is relative, but is read where nobody knows to what"
            yield at_link(link, Fault(rule="address", what=what, hint="write it with https:// and the host"))
        elif link.use == "form[action]" and parts.scheme == "http" and not link.target.startswith(home):
            what = f"the form sends what is written in it to {link.written!r} without encryption"
            yield at_link(link, Fault(rule="mixed-content", what=what))
        elif home.startswith("https:") and link.target.startswith(f"http:{home.removeprefix('https:')}"):
            what = f"{link.written!r} leads to this site without encryption"
            yield at_link(link, Fault(rule="mixed-content", what=what, hint="begin it with https:"))
        elif not link.target.startswith(home) and (
            hosts.on_this_machine(link.target) or parts.scheme == "file" or _DRIVE.match(link.written)
        ):
            what = f"{link.written!r} leads to this machine, where no visitor is"
            yield at_link(link, Fault(rule="address", what=what, hint="write the public address"))
        elif link.loaded and parts.scheme in ("http", "https") and parts.netloc.lower() != host:
            what = f"{link.use} loads {link.written!r} from another host"
            hint = "put the file into content/files/ and name it there"
            if parts.scheme == "http":
                yield at_link(link, Fault(rule="mixed-content", what=f"{what}, without encryption", hint=hint))
            else:
                yield at_link(link, Fault(rule="third-party", what=what, hint=hint))


def at_link(link: Link, fault: Fault) -> Fault:
    """The fault of a target, at the place of one link to it."""
    traces = fault.traces or (link.written, link.target)
    return msgspec.structs.replace(fault, line=link.line, column=link.column, traces=traces)
