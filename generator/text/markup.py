"""Markdown as safe HTML and plain text.

Formulas are taken out before Markdown can read them, and put back after the sanitiser, which therefore sees nothing
of what we make ourselves. Raw HTML goes through an allow-list: no scripts, styles, forms, frames or events, and no
request to another host (an external image becomes a link to it). Headings start at level 2, ids get a prefix.

Python-Markdown needs time that grows with the square of unmatched brackets, backticks, headings and the like. A text
that could keep it busy (more than some 1,200 brackets, 2,500 backticks or 5,000 asterisks in a paragraph, 1,600
headings or 2,500 tags in all; see ``_is_bearable``), one that is larger than 1 MB, and one that makes it fail, are
shown as they were typed, in paragraphs.
"""

import html
import re
from functools import cache
from typing import Any, NamedTuple

from generator.text import Html, Rich, readable, tidy
from generator.text.addresses import FRAGMENT, SITE, link, refused, resolve
from generator.text.formulas import Formula, Formulas
from generator.text.math import render as render_formula
from generator.text.plain_math import plain

LONGEST = 1_000_000
_EFFORT = 25_000_000
_WEIGHTS = {"[": 4, "`": 2, "*": 1, "_": 1, "&": 1, "'": 1, '"': 1, "\\": 1, "  \n": 1}
_HEADING = re.compile(r"^(?:#|=+[ ]*$|-+[ ]*$)", re.MULTILINE)
_ITEM = re.compile(r"^[ ]*(?:[-+*]|\d+\.)[ ]", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")

# Characters of the last private planes, which no text may hold, stand for pieces while others work on the text.
_FIRST = 0xF0000
_MOST = 60_000
_RESERVED = re.compile("[\U000f0000-\U0010ffff]")
_PIECE = re.compile("[\U000f0000-\U000fffff]")
_BACK = "↩"
_OURS = "\U0010fffd"

_CUT = re.compile(r"\\\$|\\[(\[]|\\begin\{|\$|\{\{|\}\}|\{%|%\}|\\.", re.DOTALL)
_ALIGNED = re.compile(r'<(t[hd]) style="text-align: (left|center|right);">')
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_LEADS = re.compile(r'<(?:a|img)\b[^<>]*\s(?:href|src)="([^"<>]*)"', re.IGNORECASE)
_CLASS = re.compile(r"(?:footnote(?:-ref|-backref)?|align-(?:left|center|right)|tex|sc|language-[A-Za-z0-9+#-]+)\Z")

_BLOCKS = frozenset(
    (
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "div",
        "hr",
        "table",
        "caption",
        "tr",
        "figure",
        "figcaption",
        "details",
        "summary",
    )
)
_ELEMENTS = (
    "br em strong b i u s del ins sub sup code kbd samp var abbr cite q small mark span a img thead tbody tfoot th td "
    "math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mpadded mphantom msub msup msubsup munder mover munderover "
    "mmultiscripts mprescripts mtable mtr mtd"
)
_ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "lspace", "rspace", "form"},
    "mspace": {"width"},
    "mtd": {"columnspan", "rowspan"},
}
_HEADING_TAG = re.compile(r"</?h([1-6])(?=[ >])")
_SPACED = frozenset(("br", "td", "th"))


class _Literal(NamedTuple):
    """Text that Markdown must not read; ``source`` is what was typed, for code."""

    text: str
    source: str


def render(text: str, base: str) -> Rich:
    """Markdown (with the extras of Python-Markdown, smart quotes and formulas) as HTML and plain text.

    ``base`` is the address in the site that links without a scheme start from.
    """
    text = _RESERVED.sub("\ufffd", text)
    pieces: list[Formula | _Literal] = []
    source = _cut(text, pieces)
    if len(pieces) > _MOST or not _is_bearable(source):
        return _as_typed(text)
    try:
        markup = _converter().reset().convert(source)
    except Exception:  # noqa: BLE001 - whatever fails in the converter, the text is shown all the same
        return _as_typed(text)
    return _Finish(pieces, base).finish(markup)


def _cut(text: str, pieces: list[Formula | _Literal]) -> str:
    """The text with a private character in place of each formula, escaped dollar and template brace."""
    formulas = Formulas(text)
    parts = []
    done = at = 0
    while match := _CUT.search(text, at):
        start, at = match.span()
        found = match[0]
        piece: Formula | _Literal | None = None
        if found in (r"\$", r"\%", r"\&"):  # the converter knows no escapes of the last two
            piece = _Literal(found[1], found)
        elif found in ("{{", "}}", "{%", "%}"):
            piece = _Literal(found, found)
        elif found[0] == "$" or found in (r"\(", "\\begin{") or (found == r"\[" and _starts_line(text, start)):
            piece = formulas.at(start)
            at = piece.end if piece else at
        if piece:
            parts.append(text[done:start])
            parts.append(chr(_FIRST + len(pieces)) if len(pieces) < _MOST else "")
            pieces.append(piece)
            done = at
    parts.append(text[done:])
    return "".join(parts)


def _from_second_level(markup: str) -> str:
    """Headings moved up so that the highest is an h2: the page has its own h1, and people begin with # as with ##."""
    highest = min(map(int, _HEADING_TAG.findall(markup)), default=2)
    if highest == 2:
        return markup
    return _HEADING_TAG.sub(lambda found: f"{found[0][:-1]}{int(found[1]) - highest + 2}", markup)


def _starts_line(text: str, at: int) -> bool:
    """A bracket elsewhere is an escaped bracket: ``\\[not a link\\]``."""
    return not text[text.rfind("\n", max(0, at - 100), at) + 1 : at].strip()


def _is_bearable(text: str) -> bool:
    """Whether the converter will be done in about a second: the sum of squares of what it searches partners for."""
    if len(text) > LONGEST:
        return False
    effort = (2 * text.count("<")) ** 2 + (3 * len(_HEADING.findall(text))) ** 2
    effort += (text.count("|") // 5) ** 2 + (len(_ITEM.findall(text)) // 2) ** 2
    for part in _PARAGRAPH.split(text):
        effort += sum(weight * part.count(sign) for sign, weight in _WEIGHTS.items()) ** 2
    return effort <= _EFFORT


def _as_typed(text: str) -> Rich:
    parts = tidy(text)
    return Rich(Html("\n".join(f"<p>{link(part)}</p>" for part in parts)), readable("\n".join(parts)))


@cache
def _converter() -> Any:
    import markdown
    from markdown.extensions.toc import slugify_unicode

    return markdown.Markdown(
        extensions=["extra", "sane_lists", "smarty", "toc", "attr_list"],
        extension_configs={"toc": {"baselevel": 2, "marker": "", "slugify": slugify_unicode}},
        output_format="html",
    )


class _Finish:
    """Makes the converter's HTML safe, and puts the pieces back."""

    def __init__(self, pieces: list[Formula | _Literal], base: str) -> None:
        self._pieces = pieces
        self._base = base
        self._targets: dict[str, None] = {}
        self._html: list[str] = []
        self._plain: list[str] = []
        self._code = 0
        self._link = False
        self._has_math = False

    def finish(self, markup: str) -> Rich:
        import nh3

        for address in _LEADS.findall(markup):
            if target := refused(self._as_source(html.unescape(address))):
                self._targets[target] = None
        clean = nh3.clean(
            _ALIGNED.sub(r'<\1 class="align-\2">', markup),
            tags={*_BLOCKS, *_ELEMENTS.split()},
            attributes=_ATTRIBUTES,
            attribute_filter=self._attribute,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
        # What a person typed must not look like an address of ours.
        clean = clean.replace(f'="{SITE}', f'="{SITE[:-1]}&#58;').replace(f'="{_OURS}', f'="{SITE}')
        clean = _from_second_level(clean)
        done = 0
        for tag in _TAG.finditer(clean):
            self._text(clean[done : tag.start()])
            self._tag(tag[1] == "/", tag[2], tag[3], tag[0])
            done = tag.end()
        self._text(clean[done:])
        plain_text = readable("".join(self._plain))
        return Rich(Html("".join(self._html).strip()), plain_text, tuple(self._targets), self._has_math)

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        value = self._as_source(value)
        if name == "class":
            return " ".join(filter(_CLASS.match, value.split())) or None
        if name == "id":
            return FRAGMENT + value if value and not re.search(r"\s", value) else None
        if name not in ("href", "src"):
            return value
        address = resolve(value, self._base)
        if not address.startswith(SITE):
            return address or None
        self._targets[address.removeprefix(SITE)] = None
        return _OURS + address.removeprefix(SITE)

    def _as_source(self, text: str) -> str:
        return _PIECE.sub(lambda match: self._pieces[ord(match[0]) - _FIRST].source, text)

    def _text(self, text: str) -> None:
        """Character data between two tags."""
        if not text:
            return
        if self._code:
            text = _PIECE.sub(lambda match: html.escape(self._pieces[ord(match[0]) - _FIRST].source), text)
            self._html.append(text)
            self._plain.append(html.unescape(text).replace("\n", " "))
            return
        done = 0
        for match in _PIECE.finditer(text):
            self._words(text[done : match.start()])
            self._piece(self._pieces[ord(match[0]) - _FIRST])
            done = match.end()
        self._words(text[done:])

    def _words(self, text: str) -> None:
        shown = html.unescape(text) if "&" in text else text
        self._html.append(text if self._link or "://" not in text else link(shown))
        if not (self._link and shown == _BACK):
            self._plain.append(shown.replace("\n", " "))

    def _piece(self, piece: Formula | _Literal) -> None:
        if isinstance(piece, Formula):
            markup, is_math = render_formula(piece)
            self._has_math = self._has_math or is_math
            self._html.append(markup)
            self._plain.append(plain(piece.tex))
        else:
            self._html.append(html.escape(piece.text))
            self._plain.append(piece.text)

    def _tag(self, closing: bool, name: str, attributes: str, markup: str) -> None:
        if name == "img":
            self._image(dict(_ATTRIBUTE.findall(attributes)))
            return
        if name == "a":
            if not closing:
                self._link = " href=" in attributes
            if not self._link:
                return
            self._link = not closing
        elif name in ("code", "pre"):
            self._code += -1 if closing else 1
        self._html.append(markup)
        self._has_math = self._has_math or name == "math"
        if name in _BLOCKS:
            self._plain.append("\n")
        elif name in _SPACED:
            self._plain.append(" ")

    def _image(self, attributes: dict[str, str]) -> None:
        """An image of the site; one of another host is only linked to, so that a page asks nobody else for anything."""
        source = attributes.get("src", "")
        shown = attributes.get("alt", "")
        self._plain.append(html.unescape(shown))
        if source.startswith(SITE):
            kept = {"alt": ""} | attributes
            written = "".join(f' {name}="{value}"' for name, value in kept.items())
            self._html.append(f"<img{written}>")
        elif source and not self._link:
            self._html.append(f'<a href="{source}">{shown or source}</a>')
        else:
            self._html.append(shown or source)
