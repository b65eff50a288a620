"""Elements of a page: their texts, and faults at their place."""

from bs4 import Tag
from bs4.element import CData, NavigableString, TemplateString

from generator.check.finding import Fault


def attribute(tag: Tag, name: str) -> str:
    """The value of an attribute without blanks around it; "" where it is not there."""
    return str(tag.get(name) or "").strip()


def text_of(tag: Tag) -> str:
    """The text of an element, also of one in a template, which may be a shadow root that everybody sees."""
    return " ".join(tag.get_text(" ", types=(NavigableString, CData, TemplateString)).split())


def at(tag: Tag, rule: str, what: str, hint: str = "", *, error: bool = True, traces: tuple[str, ...] = ()) -> Fault:
    """A fault of an element, where it begins."""
    line, column = tag.sourceline or 0, (tag.sourcepos or 0) + 1
    return Fault(rule=rule, what=what, hint=hint, error=error, line=line, column=column, traces=traces)
