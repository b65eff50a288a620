"""One HTML file of a site: the addresses it names, and what can be judged without looking at other files."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag
from bs4.element import CData, NavigableString, TemplateString

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
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_PUBLISHED = re.compile(r"\d{4}(/\d{1,2}(/\d{1,2})?)?\Z")
_DATES = ("datePublished", "dateModified", "dateCreated")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d.*)?)?)?\Z")
"""A date of ISO 8601 as JSON-LD and sitemaps have it."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""Signs that HTML does not allow."""
_FIELDS = ("input", "select", "textarea")
_NAMED_BY_THEMSELVES = ("hidden", "submit", "reset", "button", "image")
"""Types of fields that need no label."""
_THIS_MACHINE = re.compile(r"(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])(:\d+)?\Z", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
"""How a path on Windows begins."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")


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


class Page(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What a page says, as far as other pages are concerned, and what is wrong with it by itself."""

    path: str
    made: bool
    """By Paperfolio; others are files of the author, of which less is asked."""
    title: str
    index: bool
    """Search engines may list it."""
    canonical: str
    ids: frozenset[str]
    links: tuple[Link, ...]
    faults: tuple[Fault, ...]


def address(path: str) -> str:
    """What a web server shows a file of the output at, without the leading slash: papers/x/index.html at papers/x/."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}" if name == "index.html" else path


def read(path: str, data: bytes, home: str) -> Page:
    """Read an HTML file. ``home`` is the absolute address of the site, ending in ``/``."""
    text = data.decode("utf-8", "replace")
    tags: list[Tag] = _parsed(text).find_all(True)
    by_name: dict[str, list[Tag]] = {}
    for tag in tags:
        by_name.setdefault(tag.name, []).append(tag)
    metas = {_text(tag, "name") or _text(tag, "property"): _text(tag, "content") for tag in by_name.get("meta", ())}
    made = metas.get("generator", "").startswith("Paperfolio")
    faults = list(_of_encoding(data, text))
    links = list(_links(path, by_name, tags, home, faults))
    faults += _of_addresses(links, home)
    faults += _of_ids(tags)
    faults += _of_texts(by_name)
    faults += _of_controls(by_name)
    titles = [tag for tag in by_name.get("title", ()) if not tag.find_parent("svg")]
    if made:
        faults += _of_head(tags, by_name, titles)
        faults += _of_headings(by_name)
        faults += _of_policy(tags, by_name)
    described = list(_linked_data(by_name, faults))
    faults += _of_linked_data(described, home, links)
    faults += _of_citation(by_name, metas, [thing for _, thing in described])
    canonical = [tag for tag in by_name.get("link", ()) if "canonical" in _text(tag, "rel").lower().split()]
    if len(canonical) > 1:
        faults.append(_at(canonical[1], "canonical", "the page names two canonical addresses"))
    return Page(
        path=path,
        made=made,
        title=_words(titles[0]) if titles else "",
        index="noindex" not in metas.get("robots", "").lower(),
        canonical=_text(canonical[0], "href") if canonical else "",
        ids=frozenset(_text(tag, "id") for tag in tags) | frozenset(_text(tag, "name") for tag in by_name.get("a", ())),
        links=tuple(links),
        faults=tuple(
            faults if made or not data.strip() else (msgspec.structs.replace(fault, error=False) for fault in faults)
        ),
    )


def read_json(text: str) -> Any:
    """Raises ValueError when it cannot be read."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it nests too deep") from None


def _refuse(name: str) -> None:
    """NaN and Infinity, which Python reads and others do not."""
    raise ValueError(f"{name} is no number of JSON")


def _parsed(text: str) -> BeautifulSoup:
    # by default bs4 splits class and rel into lists, which takes time
    parse = partial(BeautifulSoup, features="html.parser", multi_valued_attributes=None)
    try:
        return parse(text)
    except ParserRejectedMarkup:
        # to browsers an unknown <![ begins a comment that ends at the next >, as any other unknown <! does
        return parse(text.replace("<![", "<!_"))


def of_link(link: Link, fault: Fault) -> Fault:
    """The fault of a target, at the place of one link to it."""
    traces = fault.traces or (link.written, link.target)
    return msgspec.structs.replace(fault, line=link.line, column=link.column, traces=traces)


def _text(tag: Tag, attribute: str) -> str:
    return str(tag.get(attribute) or "").strip()


def _words(tag: Tag) -> str:
    """The text of an element, also of one in a template, which may be a shadow root that everybody sees."""
    return " ".join(tag.get_text(" ", types=(NavigableString, CData, TemplateString)).split())


def _at(tag: Tag, rule: str, what: str, hint: str = "", *, error: bool = True, traces: tuple[str, ...] = ()) -> Fault:
    line, column = tag.sourceline or 0, (tag.sourcepos or 0) + 1
    return Fault(rule=rule, what=what, hint=hint, error=error, line=line, column=column, traces=traces)


def _of_encoding(data: bytes, text: str) -> Iterator[Fault]:
    if not data.strip():
        yield Fault(rule="encoding", what="the page is empty")
    elif "\ufffd" in text and b"\xef\xbf\xbd" not in data:
        yield Fault(rule="encoding", what="the page is not UTF-8", hint="save the file as UTF-8")
    elif "\ufffd" in text:
        hint = "write the letter anew; the text was once read in another encoding"
        what = "the page holds the sign \ufffd, which stands for a letter that was lost"
        yield _of_sign(text, text.index("\ufffd"), what, hint, error=False)
    if found := _FORBIDDEN.search(text):
        what = f"the page holds the sign U+{ord(found[0]):04X}, which HTML does not allow"
        yield _of_sign(text, found.start(), what, "delete it")


def _of_sign(text: str, position: int, what: str, hint: str, *, error: bool = True) -> Fault:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return Fault(rule="encoding", what=what, hint=hint, error=error, line=line, column=column)


def _links(path: str, by_name: dict[str, list[Tag]], tags: list[Tag], home: str, faults: list[Fault]) -> Iterator[Link]:
    own, host = f"{home}{address(path)}", urlsplit(home).netloc
    base = own
    for tag in [tag for tag in by_name.get("base", ()) if tag.get("href")][:1]:
        try:
            base = urljoin(own, _text(tag, "href"))
        except ValueError:
            faults.append(_at(tag, "address", f"{_text(tag, 'href')!r} is no address", traces=(_text(tag, "href"),)))
    for tag in tags:
        for use, written in _written(tag):
            line, column = tag.sourceline or 0, (tag.sourcepos or 0) + 1
            try:
                target = urljoin(base, written)
                parts = urlsplit(target)
                parts.port  # noqa: B018 - raises when it is none
            except ValueError:
                faults.append(_at(tag, "address", f"{written!r} is no address", traces=(written,)))
                continue
            if parts.netloc != host and parts.netloc.lower() == host:
                target = parts._replace(netloc=host).geturl()
            yield Link(target, written, f"{tag.name}[{use}]", line, column, _is_loaded(tag, use))


def _written(tag: Tag) -> Iterator[tuple[str, str]]:
    """The addresses of an element, each with its attribute."""
    attributes = tag.attrs
    if not attributes or tag.name == "base":
        return
    if tag.name == "meta":
        name = _text(tag, "property") or _text(tag, "name")
        if name in _ADDRESS_TAGS:
            yield name, _text(tag, "content")
        elif _text(tag, "http-equiv").lower() == "refresh" and "=" in _text(tag, "content"):
            yield "refresh", _text(tag, "content").partition("=")[2].strip(" '\"")
        return
    for name in _ADDRESSES:
        if name in attributes and not (name == "data" and tag.name != "object"):
            yield name, _text(tag, name)
    for name in ("srcset", "imagesrcset"):
        if name in attributes:
            yield from ((name, found) for found in _IN_SET.findall(_text(tag, name)))


def _is_loaded(tag: Tag, use: str) -> bool:
    if tag.name == "link":
        return bool(_LOADED_RELATIONS & set(_text(tag, "rel").lower().split()))
    return tag.name in _LOADED and use not in ("cite", "formaction")


def _of_addresses(links: list[Link], home: str) -> Iterator[Fault]:
    host = urlsplit(home).netloc.lower()
    for link in links:
        parts = urlsplit(link.target)
        if not link.written:
            yield of_link(link, Fault(rule="address", what=f"the address of {link.use} is empty"))
        elif link.use in _OF_METAS and not urlsplit(link.written).scheme:
            what = f"{link.written!r} is relative, but is read where nobody knows to what"
            yield of_link(link, Fault(rule="address", what=what, hint="write it with https:// and the host"))
        elif link.use == "form[action]" and parts.scheme == "http" and not link.target.startswith(home):
            what = f"the form sends what is written in it to {link.written!r} without encryption"
            yield of_link(link, Fault(rule="mixed-content", what=what))
        elif home.startswith("https:") and link.target.startswith(f"http:{home.removeprefix('https:')}"):
            what = f"{link.written!r} leads to this site without encryption"
            yield of_link(link, Fault(rule="mixed-content", what=what, hint="begin it with https:"))
        elif not link.target.startswith(home) and (
            _THIS_MACHINE.match(parts.netloc) or parts.scheme == "file" or _DRIVE.match(link.written)
        ):
            what = f"{link.written!r} leads to this machine, where no visitor is"
            yield of_link(link, Fault(rule="address", what=what, hint="write the public address"))
        elif link.loaded and parts.scheme in ("http", "https") and parts.netloc.lower() != host:
            what = f"{link.use} loads {link.written!r} from another host"
            hint = "put the file into content/files/ and name it there"
            if parts.scheme == "http":
                yield of_link(link, Fault(rule="mixed-content", what=f"{what}, without encryption", hint=hint))
            else:
                yield of_link(link, Fault(rule="third-party", what=what, hint=hint))


def _of_ids(tags: list[Tag]) -> Iterator[Fault]:
    ids: Counter[str] = Counter()
    for tag in tags:
        name = tag.attrs.get("id")
        # what is in a template is no part of the page
        if name is None or tag.find_parent("template"):
            continue
        name = str(name)
        ids[name] += 1
        if ids[name] == 2:
            yield _at(tag, "id", f"the id {name!r} occurs twice", "give one of them another id", traces=(name,))
        if not name or re.search(r"\s", name):
            yield _at(tag, "id", f"{name!r} is no id", "an id has no blanks and is not empty")
    for tag in tags:
        for attribute in _REFERENCES:
            if attribute in tag.attrs:
                for name in _text(tag, attribute).split():
                    if name not in ids and not tag.find_parent("template"):
                        yield _at(tag, "id", f"{tag.name}[{attribute}] refers to the id {name!r}, which is not there")


def _of_texts(by_name: dict[str, list[Tag]]) -> Iterator[Fault]:
    for tag in by_name.get("img", ()):
        if tag.get("alt") is None:
            source = _text(tag, "src")
            hint = "say what it shows, or write an empty alt if it only decorates"
            yield _at(tag, "alt", f"the image {source!r} has no alt", hint, traces=(source.rpartition("/")[2],))
        elif (name := _text(tag, "alt")) and _text(tag, "src").endswith(name) and "." in name:
            what = f"the alt of an image is the name of its file, {name!r}"
            yield _at(tag, "alt", what, "say what it shows", error=False, traces=(name,))
    for tag in by_name.get("a", ()):
        if tag.get("href") is not None and not _words(tag) and not _is_named(tag) and not _holds_text(tag):
            href = _text(tag, "href")
            yield _at(tag, "alt", f"the link to {href!r} has no text", traces=(href,))


def _of_controls(by_name: dict[str, list[Tag]]) -> Iterator[Fault]:
    """Whether everything else that is seen or used has a text for those who do not see it."""
    for tag in (*by_name.get("area", ()), *by_name.get("input", ())):
        is_image = tag.name == "area" or _text(tag, "type").lower() == "image"
        if is_image and not _text(tag, "alt") and not _is_named(tag):
            yield _at(tag, "alt", f"{tag.name} has no alt", "say where it leads, or what it does")
    for tag in by_name.get("svg", ()):
        if _text(tag, "role") == "img" and not _is_named(tag) and not tag.find("title"):
            yield _at(tag, "alt", "a picture (svg[role=img]) has no text", "give it an aria-label")
    for tag in by_name.get("iframe", ()):
        if not _is_named(tag):
            yield _at(tag, "alt", f"the frame of {_text(tag, 'src')!r} has no title", "say what it shows")
    for tag in by_name.get("button", ()):
        if not _is_named(tag) and not _words(tag) and not _holds_text(tag):
            yield _at(tag, "alt", "a button has no text", "give it an aria-label")
    labelled = {_text(tag, "for") for tag in by_name.get("label", ())}
    for tag in (tag for name in _FIELDS for tag in by_name.get(name, ())):
        is_plain = _text(tag, "type").lower() in _NAMED_BY_THEMSELVES
        if not (is_plain or _is_named(tag) or _text(tag, "id") in labelled - {""} or tag.find_parent("label")):
            yield _at(
                tag, "alt", f"a field ({tag.name}) has no label", "put it into a <label>, or give it an aria-label"
            )


def _is_named(tag: Tag) -> bool:
    return any(_text(tag, name) for name in ("aria-label", "aria-labelledby", "title"))


def _holds_text(tag: Tag) -> bool:
    """Whether something in the element is a text for those who do not see it."""
    return any(_text(inner, "alt") or _text(inner, "aria-label") for inner in tag.find_all(True))


def _of_head(tags: list[Tag], by_name: dict[str, list[Tag]], titles: list[Tag]) -> Iterator[Fault]:
    if not titles or not _words(titles[0]):
        yield Fault(rule="title", what="the page has no title")
    elif len(titles) > 1:
        yield _at(titles[1], "title", "the page has two titles")
    language = _text(by_name["html"][0], "lang") if "html" in by_name else ""
    if not _LANGUAGE.match(language):
        what = f"the page's language {language!r} is none" if language else "the page does not name its language"
        yield Fault(rule="language", what=what, hint='<html lang="{{ site.language }}">')
    for tag in tags:
        if tag.name != "html" and tag.get("lang") and not _LANGUAGE.match(_text(tag, "lang")):
            yield _at(
                tag, "language", f"the language {_text(tag, 'lang')!r} of {tag.name} is none", "a tag like de or pt-BR"
            )
    encodings = [_text(tag, "charset").lower() for tag in by_name.get("meta", ()) if tag.get("charset")]
    if encodings != ["utf-8"]:
        yield Fault(rule="encoding", what="the page does not say that it is UTF-8", hint='<meta charset="utf-8">')


def _of_headings(by_name: dict[str, list[Tag]]) -> Iterator[Fault]:
    headings = sorted(
        (tag for name in _HEADINGS for tag in by_name.get(name, ()) if not tag.find_parent("template")),
        key=lambda tag: (tag.sourceline or 0, tag.sourcepos or 0),
    )
    highest = [tag for tag in headings if tag.name == "h1"]
    if not highest:
        yield Fault(rule="heading", what="the page has no h1")
    elif len(highest) > 1:
        yield _at(highest[1], "heading", f"the page has {len(highest)} headings of the highest level, h1")
    level = 0
    for tag in headings:
        text = _words(tag)
        if not text and not _holds_text(tag):
            yield _at(tag, "heading", f"a heading {tag.name} is empty")
        if level and int(tag.name[1]) > level + 1:
            what = f"after a heading h{level} comes {tag.name} ({text!r}): a level is left out"
            yield _at(tag, "heading", what, error=False, traces=(text,))
        level = int(tag.name[1])


def _of_policy(tags: list[Tag], by_name: dict[str, list[Tag]]) -> Iterator[Fault]:
    """What stands in the page though its own policy forbids it, so that browsers drop it."""
    policies = [
        _text(tag, "content")
        for tag in by_name.get("meta", ())
        if _text(tag, "http-equiv").lower() == "content-security-policy"
    ]
    if not policies:
        return
    hint = "put it into a file among the theme's assets"
    if _forbids_inline(policies[0], "script-src"):
        for tag in by_name.get("script", ()):
            if not tag.get("src") and _text(tag, "type").lower() in _SCRIPT_TYPES:
                yield _at(tag, "policy", "a script within the page never runs: the page's policy forbids it", hint)
        for tag in tags:
            for name in tag.attrs:
                if name.startswith("on"):
                    what = f"{tag.name}[{name}] never runs: the page's policy forbids it"
                    yield _at(tag, "policy", what, hint)
            for _, written in _written(tag):
                if written.lower().startswith("javascript:"):
                    what = f"{written!r} never runs: the page's policy forbids it"
                    yield _at(tag, "policy", what, hint, traces=(written,))
    if _forbids_inline(policies[0], "style-src"):
        for tag in tags:
            if tag.name == "style" or "style" in tag.attrs:
                yield _at(tag, "policy", f"the style of {tag.name} has no effect: the page's policy forbids it", hint)


def _forbids_inline(policy: str, kind: str) -> bool:
    rules = {words[0].lower(): words[1:] for words in map(str.split, policy.split(";")) if words}
    allowed = rules.get(kind, rules.get("default-src"))
    if allowed is None:
        return False
    return not any(word.startswith(("'unsafe-inline'", "'sha", "'nonce-")) for word in allowed)


def _linked_data(by_name: dict[str, list[Tag]], faults: list[Fault]) -> Iterator[tuple[Tag, Any]]:
    """The values of JSON-LD, each with its element; what cannot be read is added to ``faults``."""
    for tag in by_name.get("script", ()):
        if _text(tag, "type").lower() == "application/ld+json":
            try:
                yield tag, read_json(tag.string or "")
            except ValueError as error:
                faults.append(_at(tag, "json-ld", f"JSON-LD cannot be read: {error}"))


def _of_linked_data(described: list[tuple[Tag, Any]], home: str, links: list[Link]) -> Iterator[Fault]:
    """What is wrong with the JSON-LD; the addresses of this site in it are added to ``links``."""
    for tag, found in described:
        place = (tag.sourceline or 0, (tag.sourcepos or 0) + 1)
        links += [Link(text.partition("#")[0], text, "JSON-LD", *place, False) for text in _texts(found, home)]
        for thing in found if isinstance(found, list) else [found]:
            if not isinstance(thing, dict) or "schema.org" not in str(thing.get("@context", "")):
                yield _at(tag, "json-ld", "JSON-LD without the @context https://schema.org")
                continue
            for what in _missing(thing, ""):
                yield _at(tag, "json-ld", f"JSON-LD: {what}")


def _texts(value: Any, beginning: str) -> Iterator[str]:
    """The texts in a value of JSON that begin so."""
    if isinstance(value, str):
        if value.startswith(beginning):
            yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner, beginning)


def _missing(thing: dict[str, Any], where: str) -> Iterator[str]:
    """What an object of schema.org lacks, and the objects in it."""
    if isinstance(thing.get("@graph"), list):
        for part in thing["@graph"]:
            if isinstance(part, dict):
                yield from _missing(part, where)
        return
    kind = str(thing.get("@type", ""))
    name = f"{where}{kind or 'an object'}"
    needed = {
        "": ("@type",),
        "ScholarlyArticle": ("headline",),
        "ProfilePage": ("mainEntity",),
        "Person": ("name",),
        "Organization": ("name",),
        "CollectionPage": ("name",),
        "BreadcrumbList": ("itemListElement",),
        "ListItem": ("position", "name"),
        "PropertyValue": ("value",),
    }.get(kind, ())
    for key in needed:
        if thing.get(key) in (None, "", [], {}):
            yield f"{name} has no {key}"
    for key in _DATES:
        if key in thing and not DATE.match(str(thing[key])):
            yield f"{name}: {key} is {thing[key]!r}, not like 2026-03-07"
    for key, value in thing.items():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and key != "@context":
                yield from _missing(inner, f"{name}, {key}: ")


def _articles(described: list[Any]) -> Iterator[dict[str, Any]]:
    """The papers that JSON-LD describes as the page's own."""
    for found in described:
        parts = found.get("@graph", found) if isinstance(found, dict) else found
        for part in parts if isinstance(parts, list) else [parts]:
            if isinstance(part, dict) and part.get("@type") == "ScholarlyArticle":
                yield part


def _of_citation(by_name: dict[str, list[Tag]], metas: dict[str, str], described: list[Any]) -> Iterator[Fault]:
    """Google Scholar wants a title, an author and a date (scholar.google.com/intl/en/scholar/inclusion.html)."""
    articles = list(_articles(described))
    if not articles and not any(name.startswith("citation_") for name in metas):
        return
    if not metas.get("citation_title"):
        yield Fault(rule="citation", what="the paper's page has no citation_title")
    named = sum(_text(tag, "name") == "citation_author" for tag in by_name.get("meta", ()))
    for article in articles:
        title, headline = metas.get("citation_title"), article.get("headline")
        if title and headline and title != headline:
            what = f"citation_title is {title!r}, but the headline in JSON-LD {headline!r}"
            yield Fault(rule="citation", what=what)
        written = article.get("author") or []
        count = len(written) if isinstance(written, list) else 1
        if named != count:
            what = f"the page names {named} authors by citation_author, and {count} in JSON-LD"
            yield Fault(rule="citation", what=what)
    unlisted = "Google Scholar does not list such a paper"
    if not metas.get("citation_author"):
        hint = f"add authors to the paper: {unlisted}"
        yield Fault(rule="citation", what="the paper has no author", hint=hint, error=False)
    published = metas.get("citation_publication_date", "")
    if not published:
        hint = f"add a date to the paper: {unlisted}"
        yield Fault(rule="citation", what="the paper has no date", hint=hint, error=False)
    elif not _PUBLISHED.match(published):
        yield Fault(rule="citation", what=f"citation_publication_date is {published!r}, not like 2026/03/07")
