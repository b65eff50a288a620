"""Whether what is seen of a page is there for those who do not see it, and its headings and ids in order."""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import Tag

from generator.check.elements import at, attribute, text_of
from generator.check.finding import Fault

_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
_FIELDS = ("input", "select", "textarea")
_NAMED_BY_THEMSELVES = ("hidden", "submit", "reset", "button", "image")
"""Types of fields that need no label."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def of_ids(tags: list[Tag]) -> Iterator[Fault]:
    """Whether ids occur once, and what refers to one finds it."""
    ids: Counter[str] = Counter()
    for tag in tags:
        name = tag.attrs.get("id")
        # what is in a template is no part of the page
        if name is None or tag.find_parent("template"):
            continue
        name = str(name)
        ids[name] += 1
        if ids[name] == 2:
            yield at(tag, "id", f"the id {name!r} occurs twice", "give one of them another id", traces=(name,))
        if not name or re.search(r"\s", name):
            yield at(tag, "id", f"{name!r} is no id", "an id has no blanks and is not empty")
    for tag in tags:
        for reference in _REFERENCES:
            if reference in tag.attrs:
                for name in attribute(tag, reference).split():
                    if name not in ids and not tag.find_parent("template"):
                        yield at(tag, "id", f"{tag.name}[{reference}] refers to the id {name!r}, which is not there")


def of_texts(by_name: dict[str, list[Tag]]) -> Iterator[Fault]:
    """Whether images and links have a text."""
    for tag in by_name.get("img", ()):
        if tag.get("alt") is None:
            source = attribute(tag, "src")
            hint = "say what it shows, or write an empty alt if it only decorates"
            yield at(tag, "alt", f"the image {source!r} has no alt", hint, traces=(source.rpartition("/")[2],))
        elif (name := attribute(tag, "alt")) and attribute(tag, "src").endswith(name) and "." in name:
            what = f"the alt of an image is the name of its file, {name!r}"
            yield at(tag, "alt", what, "say what it shows", error=False, traces=(name,))
    for tag in by_name.get("a", ()):
        if tag.get("href") is not None and not text_of(tag) and not _is_named(tag) and not _holds_text(tag):
            href = attribute(tag, "href")
            yield at(tag, "alt", f"the link to {href!r} has no text", traces=(href,))


def of_controls(by_name: dict[str, list[Tag]]) -> Iterator[Fault]:
    """Whether everything else that is seen or used has a text for those who do not see it."""
    for tag in (*by_name.get("area", ()), *by_name.get("input", ())):
        is_image = tag.name == "area" or attribute(tag, "type").lower() == "image"
        if is_image and not attribute(tag, "alt") and not _is_named(tag):
            yield at(tag, "alt", f"{tag.name} has no alt", "say where it leads, or what it does")
    for tag in by_name.get("svg", ()):
        if attribute(tag, "role") == "img" and not _is_named(tag) and not tag.find("title"):
            yield at(tag, "alt", "a picture (svg[role=img]) has no text", "give it an aria-label")
    for tag in by_name.get("iframe", ()):
        if not _is_named(tag):
            yield at(tag, "alt", f"the frame of {attribute(tag, 'src')!r} has no title", "say what it shows")
    for tag in by_name.get("button", ()):
        if not _is_named(tag) and not text_of(tag) and not _holds_text(tag):
            yield at(tag, "alt", "a button has no text", "give it an aria-label")
    labelled = {attribute(tag, "for") for tag in by_name.get("label", ())}
    for tag in (tag for name in _FIELDS for tag in by_name.get(name, ())):
        is_plain = attribute(tag, "type").lower() in _NAMED_BY_THEMSELVES
        if not (is_plain or _is_named(tag) or attribute(tag, "id") in labelled - {""} or tag.find_parent("label")):
            yield at(
                tag, "alt", f"a field ({tag.name}) has no label", "put it into a <label>, or give it an aria-label"
            )


def of_headings(by_name: dict[str, list[Tag]]) -> Iterator[Fault]:
    """Whether there is one heading of the highest level, and none is empty or leaves out a level."""
    headings = sorted(
        (tag for name in _HEADINGS for tag in by_name.get(name, ()) if not tag.find_parent("template")),
        key=lambda tag: (tag.sourceline or 0, tag.sourcepos or 0),
    )
    highest = [tag for tag in headings if tag.name == "h1"]
    if not highest:
        yield Fault(rule="heading", what="the page has no h1")
    elif len(highest) > 1:
        yield at(highest[1], "heading", f"the page has {len(highest)} headings of the highest level, h1")
    level = 0
    for tag in headings:
        text = text_of(tag)
        if not text and not _holds_text(tag):
            yield at(tag, "heading", f"a heading {tag.name} is empty")
        if level and int(tag.name[1]) > level + 1:
            what = f"after a heading h{level} comes {tag.name} ({text!r}): a level is left out"
            yield at(tag, "heading", what, error=False, traces=(text,))
        level = int(tag.name[1])


def _is_named(tag: Tag) -> bool:
    return any(attribute(tag, name) for name in ("aria-label", "aria-labelledby", "title"))


def _holds_text(tag: Tag) -> bool:
    """Whether something in the element is a text for those who do not see it."""
    return any(attribute(inner, "alt") or attribute(inner, "aria-label") for inner in tag.find_all(True))
