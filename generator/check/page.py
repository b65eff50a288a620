"""One HTML file of a site: the addresses it names, and what can be judged without looking at other files."""

import re
from collections.abc import Iterator
from functools import partial

import msgspec
from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag

from generator.check import accessibility, links, metadata
from generator.check.elements import at, attribute, text_of
from generator.check.finding import Fault
from generator.check.links import Link

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""Signs that HTML does not allow."""
_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")


class Page(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What a page says, as far as other pages are concerned, and what is wrong with it by itself."""

    path: str
    made: bool
    """By Paperfolio; others are files of the author, of which less is asked."""
    title: str
    index: bool
    """Search engines may list it: it is not said that they may not, and it leads to no other page by itself."""
    canonical: str
    ids: frozenset[str]
    links: tuple[Link, ...]
    faults: tuple[Fault, ...]


def read(path: str, data: bytes, home: str) -> Page:
    """Read an HTML file. ``home`` is the absolute address of the site, ending in ``/``."""
    text = data.decode("utf-8", "replace")
    tags: list[Tag] = _parsed(text).find_all(True)
    by_name: dict[str, list[Tag]] = {}
    for tag in tags:
        by_name.setdefault(tag.name, []).append(tag)
    metas = {
        attribute(tag, "name") or attribute(tag, "property"): attribute(tag, "content")
        for tag in by_name.get("meta", ())
    }
    made = metas.get("generator", "").startswith("Paperfolio")
    faults = list(_of_encoding(data, text))
    named = list(links.named(path, by_name, tags, home, faults))
    faults += links.faults(named, home)
    faults += accessibility.of_ids(tags)
    faults += accessibility.of_texts(by_name)
    faults += accessibility.of_controls(by_name)
    titles = [tag for tag in by_name.get("title", ()) if not tag.find_parent("svg")]
    if made:
        faults += _of_head(tags, by_name, titles)
        faults += accessibility.of_headings(by_name)
        faults += _of_policy(tags, by_name)
    described = list(metadata.linked_data(by_name, faults))
    faults += metadata.of_linked_data(described, home, named)
    faults += metadata.of_citation(by_name, metas, [thing for _, thing in described])
    canonical = [tag for tag in by_name.get("link", ()) if "canonical" in attribute(tag, "rel").lower().split()]
    if len(canonical) > 1:
        faults.append(at(canonical[1], "canonical", "the page names two canonical addresses"))
    return Page(
        path=path,
        made=made,
        title=text_of(titles[0]) if titles else "",
        index="noindex" not in metas.get("robots", "").lower()
        and not any(link.use == "meta[refresh]" for link in named),
        canonical=attribute(canonical[0], "href") if canonical else "",
        ids=frozenset(attribute(tag, "id") for tag in tags)
        | frozenset(attribute(tag, "name") for tag in by_name.get("a", ())),
        links=tuple(named),
        faults=tuple(
            faults if made or not data.strip() else (msgspec.structs.replace(fault, error=False) for fault in faults)
        ),
    )


def _parsed(text: str) -> BeautifulSoup:
    # by default bs4 splits class and rel into lists, which takes time
    parse = partial(BeautifulSoup, features="html.parser", multi_valued_attributes=None)
    try:
        return parse(text)
    except ParserRejectedMarkup:
        # to browsers an unknown <![ begins a comment that ends at the next >, as any other unknown <! does
        return parse(text.replace("<![", "<!_"))


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


def _of_head(tags: list[Tag], by_name: dict[str, list[Tag]], titles: list[Tag]) -> Iterator[Fault]:
    if not titles or not text_of(titles[0]):
        yield Fault(rule="title", what="the page has no title")
    elif len(titles) > 1:
        yield at(titles[1], "title", "the page has two titles")
    language = attribute(by_name["html"][0], "lang") if "html" in by_name else ""
    if not _LANGUAGE.match(language):
        what = f"the page's language {language!r} is none" if language else "the page does not name its language"
        yield Fault(rule="language", what=what, hint='<html lang="{{ site.language }}">')
    for tag in tags:
        if tag.name != "html" and tag.get("lang") and not _LANGUAGE.match(attribute(tag, "lang")):
            yield at(
                tag,
                "language",
                f"the language {attribute(tag, 'lang')!r} of {tag.name} is none",
                "a tag like de or pt-BR",
            )
    encodings = [attribute(tag, "charset").lower() for tag in by_name.get("meta", ()) if tag.get("charset")]
    if encodings != ["utf-8"]:
        yield Fault(rule="encoding", what="the page does not say that it is UTF-8", hint='<meta charset="utf-8">')


def _of_policy(tags: list[Tag], by_name: dict[str, list[Tag]]) -> Iterator[Fault]:
    """What stands in the page though its own policy forbids it, so that browsers drop it."""
    policies = [
        attribute(tag, "content")
        for tag in by_name.get("meta", ())
        if attribute(tag, "http-equiv").lower() == "content-security-policy"
    ]
    if not policies:
        return
    hint = "put it into a file among the theme's assets"
    if _forbids_inline(policies[0], "script-src"):
        for tag in by_name.get("script", ()):
            if not tag.get("src") and attribute(tag, "type").lower() in _SCRIPT_TYPES:
                yield at(tag, "policy", "a script within the page never runs: the page's policy forbids it", hint)
        for tag in tags:
            for name in tag.attrs:
                if name.startswith("on"):
                    what = f"{tag.name}[{name}] never runs: the page's policy forbids it"
                    yield at(tag, "policy", what, hint)
            for _, written in links.written_in(tag):
                if written.lower().startswith("javascript:"):
                    what = f"{written!r} never runs: the page's policy forbids it"
                    yield at(tag, "policy", what, hint, traces=(written,))
    if _forbids_inline(policies[0], "style-src"):
        for tag in tags:
            if tag.name == "style" or "style" in tag.attrs:
                yield at(tag, "policy", f"the style of {tag.name} has no effect: the page's policy forbids it", hint)


def _forbids_inline(policy: str, kind: str) -> bool:
    rules = {words[0].lower(): words[1:] for words in map(str.split, policy.split(";")) if words}
    allowed = rules.get(kind, rules.get("default-src"))
    if allowed is None:
        return False
    return not any(word.startswith(("'unsafe-inline'", "'sha", "'nonce-")) for word in allowed)
