"""Pictures for share previews: a title, a line below it and one at the foot, 1200 by 630.

They need the extra ``paperfolio[images]``: Pillow, and a font that comes as a package, so that a picture looks the same
on every machine. The font has Latin, Greek and Cyrillic letters; a text with others is not drawn, since boxes in place
of a name are worse than no picture.
"""

import importlib.util
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
EXTRA = "paperfolio[images]"
VERSION = 1
"""Another number when pictures are to be drawn anew."""
_DRAWN = (
    "[\\x20-\\x7e\\xa0-\\u017e\\u0218-\\u021b\\u0388-\\u038a\\u038e-\\u03a1\\u03a3-\\u03ce\\u0400-\\u045f\\u1ea0-\\u1ef9"
    "\\u2012-\\u2016\\u2018-\\u201a\\u201c-\\u201e\\u2020-\\u2022\\u2026\\u2032\\u2033\\u2039\\u203a\\u2070\\u2074-\\u2079"
    "\\u2080-\\u2089\\u2190-\\u2193\\u2202\\u2206\\u220f\\u2211\\u2212\\u221a\\u221e\\u222b\\u2248\\u2260\\u2264\\u2265]*"
)
_PAPER, _INK, _QUIET = "#fbfaf7", "#1c1b19", "#5d5a55"
_MARGIN = 84
_TITLE_SIZES = (68, 60, 52, 46)
_MOST_LINES = 4


class Card(msgspec.Struct, frozen=True):
    """What a picture says, in plain text, and its one colour. The second and the third line may be empty."""

    title: str
    byline: str
    foot: str
    accent: str = "#21539c"
    """``#rrggbb``, dark enough to be read on white."""


def available() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("PIL", "font_source_sans_pro"))


def can_draw(card: Card) -> bool:
    """Whether the font has all letters of a card."""
    return all(re.fullmatch(_DRAWN, _composed(text)) for text in (card.title, card.byline, card.foot))


def draw(card: Card) -> bytes:
    """The picture as PNG. Raises ImportError without the extra."""
    import io

    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 20, HEIGHT), fill=card.accent)
    room = WIDTH - 2 * _MARGIN
    for size in _TITLE_SIZES:
        bold = _font("Semibold", size)
        lines = _wrapped(pen, _composed(card.title), bold, room)
        if len(lines) <= _MOST_LINES - 1:
            break
    y = float(_MARGIN)
    for line in _cut(pen, lines, bold, room, _MOST_LINES):
        pen.text((_MARGIN, y), line, font=bold, fill=_INK)
        y += size * 1.2
    plain = _font("Regular", 34)
    y += 22
    for line in _cut(pen, _wrapped(pen, _composed(card.byline), plain, room), plain, room, 2):
        pen.text((_MARGIN, y), line, font=plain, fill=_QUIET)
        y += 34 * 1.3
    small = _font("Semibold", 30)
    for line in _cut(pen, _wrapped(pen, _composed(card.foot), small, room), small, room, 1):
        pen.text((_MARGIN, HEIGHT - _MARGIN), line, font=small, fill=card.accent, anchor="ls")
    out = io.BytesIO()
    image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _font(weight: str, size: int) -> "FreeTypeFont":
    from pathlib import Path

    from PIL import ImageFont

    found = importlib.util.find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise ImportError(f"the font is missing: install {EXTRA}")
    path = Path(found.origin).parent / "files" / f"SourceSansPro-{weight}.ttf"
    # the simple layout is part of Pillow; the other one depends on libraries of the system
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def _wrapped(pen: "ImageDraw", text: str, font: Any, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font=font) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(pen: "ImageDraw", lines: list[str], font: Any, room: float, most: int) -> list[str]:
    """At most so many lines, none too long; what is cut ends in an ellipsis."""
    shown = lines[:most]
    if len(lines) > most:
        shown[-1] += "…"
    return [_shortened(pen, line, font, room) for line in shown]


def _shortened(pen: "ImageDraw", line: str, font: Any, room: float) -> str:
    while pen.textlength(line, font=font) > room:
        line = f"{line.removesuffix('…')[:-1].rstrip()}…"
    return line
