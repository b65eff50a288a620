"""What a text of LaTeX says, piece by piece, and the pieces written as HTML and as plain text."""

from typing import Literal, NamedTuple

from generator.text import Html, Rich, escaped, readable
from generator.text.addresses import SITE, web_address
from generator.text.formulas import Formula
from generator.text.math import render as render_formula
from generator.text.plain_math import plain

DEEPEST = 30
"""Elements within each other; deeper markup is left out, its text stays."""
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")

Kind = Literal[
    "text",
    "code",
    "math",
    "link",
    "tag",
    "group",
    "anchor",
    "refused",
    "end",
    "list",
    "item",
    "paragraph",
    "break",
    "",
]


class Event(NamedTuple):
    """``value`` is text, a tag or an address; ``source`` is what was typed: code shows it, and what never ended."""

    kind: Kind
    value: str = ""
    source: str = ""
    formula: Formula | None = None


class Writer:
    """Writes events as HTML that is well-formed by construction, and as plain text."""

    def __init__(self, inline: bool) -> None:
        self._inline = inline
        self._html: list[str] = []
        self._plain: list[str] = []
        self._targets: dict[str, None] = {}
        self._has_math = False
        self._blocks: list[str] = []
        self._in_block = False
        self._broken = False
        self._wanted: list[str] = []
        self._written = 0
        self._groups: list[tuple[int, str | None]] = []

    def write(self, events: list[Event]) -> None:
        """Write all of a text."""
        for kind, value, source, formula in events:
            if kind == "text":
                self._say(value, source)
            elif kind == "math" and formula:
                self._math(formula)
            elif kind in ("group", "anchor"):
                self._group(kind, value)
            elif kind == "refused":
                self._refused(value)
            elif kind == "tag":
                self._want(value)
            elif kind == "end":
                self._end()
            elif kind == "link":
                self._link(value)
            elif kind == "code":
                self._put(f"<code>{escaped(value)}</code>", value)
            elif kind == "paragraph":
                self._paragraph()
            elif kind == "break":
                self._break()
            elif kind == "list":
                self._list(value)
            elif kind == "item":
                self._item()
        self._end_block()

    def result(self) -> Rich:
        """What was written."""
        text = "".join(self._plain)
        return Rich(
            Html("".join(self._html).strip(" ")),
            readable(text.replace("\n", " ") if self._inline else text),
            tuple(self._targets),
            self._has_math,
        )

    def _put(self, markup: str, text: str) -> None:
        """Content: it opens the paragraph or item and the elements it belongs to."""
        if not self._inline and not self._in_block:
            if self._blocks and self._blocks[-1] != "li":
                self._open_block("li")
            elif not self._blocks:
                self._html.append("\n<p>" if self._html else "<p>")
            self._in_block = True
        if self._broken:
            self._html.append("<br>")
            self._broken = False
        for tag in self._wanted[self._written :]:
            self._html.append(f"<{tag}>")
        self._written = len(self._wanted)
        self._html.append(markup)
        self._plain.append(text)

    def _say(self, text: str, source: str) -> None:
        if source and "code" in self._wanted:
            text = source
        if (not self._in_block and not self._inline) or self._broken:
            text = text.lstrip(" ")
        if text:
            raised = self._wanted[-1:] == ["sup"] and not text.strip("0123456789+-")
            self._put(escaped(text), text.translate(_RAISED) if raised else text)

    def _math(self, formula: Formula) -> None:
        if self._inline:
            formula = formula._replace(display=False)
        markup, is_math = render_formula(formula)
        self._has_math = self._has_math or is_math
        self._put(markup, plain(formula.tex))

    def _group(self, kind: Kind, value: str) -> None:
        self._groups.append((len(self._wanted), None))
        if kind == "group":
            self._want(value)
        elif not self._inline and not self._linked():
            self._want(f'a href="{self._target(value)}"')

    def _linked(self) -> bool:
        return any(tag.startswith("a ") for tag in self._wanted)

    def _target(self, address: str) -> str:
        """The address as an attribute's value; one in the site is noted."""
        if address.startswith(SITE):
            self._targets[address.removeprefix(SITE)] = None
        return escaped(address)

    def _refused(self, address: str) -> None:
        """Note an address that no link may have; where there are no links, none is missed."""
        if address and not self._inline:
            self._targets[address] = None

    def _link(self, address: str) -> None:
        href = "" if self._inline or self._linked() else web_address(address)
        shown = escaped(address)
        self._put(f'<a href="{self._target(href)}">{shown}</a>' if href else shown, address)

    def _want(self, tag: str) -> None:
        if tag and len(self._wanted) < DEEPEST:
            self._wanted.append(tag)

    def _end(self) -> None:
        mark, block = self._groups.pop()
        while len(self._wanted) > mark:
            tag = self._wanted.pop()
            if self._written > len(self._wanted):
                self._html.append(f"</{tag.partition(' ')[0]}>")
                self._written -= 1
        if block:
            self._end_block()
            while self._close_block() != block:
                pass
        elif block == "":
            self._paragraph()

    def _end_block(self) -> None:
        """End the paragraph; the elements open in it go on in the next one."""
        for tag in reversed(self._wanted[: self._written]):
            self._html.append(f"</{tag.partition(' ')[0]}>")
        self._written = 0
        if self._in_block and not self._blocks:
            self._html.append("</p>")
        self._plain.append("\n")
        self._in_block = self._broken = False

    def _paragraph(self) -> None:
        if self._inline:
            self._plain.append(" ")
            self._html.append(" ")
        elif self._blocks:
            self._broken = self._in_block
            self._plain.append("\n")
        else:
            self._end_block()

    def _break(self) -> None:
        if self._inline:
            self._put(" ", " ")
        else:
            self._broken = self._in_block
            self._plain.append(" ")

    def _list(self, tag: str) -> None:
        if self._inline or not tag or len(self._blocks) >= DEEPEST:
            self._groups.append((len(self._wanted), ""))
            self._paragraph()
            return
        self._groups.append((len(self._wanted), tag))
        self._end_block()
        if self._blocks and self._blocks[-1] != "li":
            self._open_block("li")
        self._open_block(tag)

    def _item(self) -> None:
        if self._inline or not self._blocks:
            self._put(" • ", " • ")
            return
        self._end_block()
        if self._blocks[-1] == "li":
            self._close_block()
        self._open_block("li")

    def _open_block(self, tag: str) -> None:
        self._html.append(f"<{tag}>" if tag == "li" or not self._html else f"\n<{tag}>")
        self._blocks.append(tag)

    def _close_block(self) -> str:
        tag = self._blocks.pop()
        self._html.append(f"</{tag}>")
        return tag
