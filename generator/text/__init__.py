"""Texts of people, as they are written in LaTeX, Markdown or plainly, turned into safe HTML and a plain twin.

Most texts hold no markup at all: they are only escaped here, and the modules that read markup, with the libraries
below them, are imported when the first text needs them. Both ways give the same result.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from typing import Literal, Self

import markupsafe
import msgspec

LONGEST_SLUG = 40
_UNPRINTABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
_LATEX_INLINE = ("\\", "$", "{", "}", "~", "`", "--", "''")
_LATEX = (*_LATEX_INLINE, "://")
_MARKDOWN = r"(?m)[\\`*_{}\[\]<>&|$~^'\"\t\r\U000f0000-\U0010ffff]|--|\.\.\.|://|^[ ]|[ ]$|^[-+#=:\d]"
_BLANKS = r"[ \t\r\n\f\v\x85\u2028\u2029]+"
_BLANK_LINES = r"\n[ \t\n]*\n"
_SIMPLE_TITLE = r"[A-Za-z0-9 :.;!?()-]*\Z"
_SLUG_WORD = r"[a-z0-9]+"
_DEVICE = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z"


# A tenth of the time of markupsafe.escape, which makes an object of its own class of each text.
escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""A text as HTML and XML write it, in attributes too."""


class Html(str):
    """Markup that is safe to print: templates leave it as it is."""

    __slots__ = ()

    def __html__(self) -> Self:
        return self


class Rich(msgspec.Struct, frozen=True):
    """A text for pages (``html``) and for feeds and meta tags (``plain``: no markup, paragraphs end with a newline).

    ``targets`` are the addresses in the site that the text links to or shows, absolute (``/papers/x/#top``); in the
    HTML they stand as ``href="site:/papers/x/#top"``. Among them are the addresses of links that the text should have
    and no page may have (``ftp://a.org``); in the HTML they do not stand. ``has_math`` tells that it holds MathML.
    """

    html: Html
    plain: str
    targets: tuple[str, ...] = ()
    has_math: bool = False


def convert(text: str, format: Literal["latex", "markdown", "text"], base: str = "/") -> Rich:
    """The blocks (paragraphs, lists, ...) of an abstract, a note, a biography or a page.

    ``base`` is the address in the site of the page the text belongs to; links without a scheme start from there.
    Never raises, whatever the text, and needs time in proportion to its length.
    """
    if format == "markdown":
        text = _printable(text).replace("\r\n", "\n").rstrip(" \n")
        if re.search(_MARKDOWN, text):
            from generator.text.markup import render as render_markdown

            return render_markdown(text, base)
        return _paragraphs([part for part in re.split(_BLANK_LINES, text.strip("\n")) if part])
    is_tidy = bool(text) and _is_tidy(text)
    paragraphs = [text] if is_tidy else tidy(_printable(text))
    if format == "latex":
        if any(sign in text for sign in _LATEX):
            from generator.text.latex import render as render_latex

            return render_latex("\n\n".join(paragraphs), base)
    elif "://" in text:
        from generator.text.addresses import link

        return Rich(Html("\n".join(f"<p>{link(part)}</p>" for part in paragraphs)), readable("\n".join(paragraphs)))
    return Rich(Html(f"<p>{escaped(text)}</p>"), text) if is_tidy else _paragraphs(paragraphs)


def inline(text: str) -> Rich:
    """A line of LaTeX (a title, an award) as phrasing content without links."""
    is_tidy = _is_tidy(text)
    line = text if is_tidy else " ".join(tidy(_printable(text)))
    if any(sign in line for sign in _LATEX_INLINE):
        from generator.text.latex import render as render_latex

        return render_latex(line, inline=True)
    return Rich(Html(escaped(line)), line if is_tidy else readable(line))


def slug(text: str, fallback: str) -> str:
    """One part of an address, made from a title: ASCII, at most 40 characters, never empty, on every file system.

    Where transliteration loses what tells titles apart (emoji, Chinese, Arabic, ...), a short digest of the title is
    added, so that different titles differ and a title keeps its address. ``fallback`` names what has no name.
    """
    if re.match(_SIMPLE_TITLE, text):
        # what slugify makes of plain words, without its many steps
        name = "-".join(re.findall(_SLUG_WORD, text.lower()))
        if name and len(name) <= LONGEST_SLUG and not re.match(_DEVICE, name):
            return name
    from slugify import slugify

    title = unicodedata.normalize("NFC", inline(text[:2000]).plain)
    name = slugify(title, max_length=LONGEST_SLUG, word_boundary=True, save_order=True)
    letters = [letter for letter in title if letter.isalpha()]
    foreign = sum(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters if letter > "\x7f")
    if not name or 2 * foreign > len(letters):
        digest = hashlib.sha256(title.encode()).hexdigest()[:8]
        stem = slugify(title, max_length=LONGEST_SLUG - 9, word_boundary=True, save_order=True) or slugify(
            fallback, max_length=60
        )
        return f"{stem}-{digest}" if stem else digest
    if re.match(_DEVICE, name):
        return f"{name}-{slugify(fallback, max_length=60) or 'page'}"
    return name


def tidy(text: str) -> list[str]:
    """The paragraphs of a text (set off by blank lines), each on one line with single blanks."""
    if _is_tidy(text):
        return [text] if text else []
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = (re.sub(_BLANKS, " ", part).strip(" ") for part in re.split(_BLANK_LINES, lines))
    return [part for part in parts if part]


def readable(text: str) -> str:
    """A plain twin: single blanks (no-break blanks too), no blank lines."""
    if _is_tidy(text):
        return text
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _printable(text: str) -> str:
    """The text with a replacement character for what neither HTML nor XML can carry."""
    return text if text.isprintable() else re.sub(_UNPRINTABLE, "\ufffd", text)


def _is_tidy(text: str) -> bool:
    """Whether all is on one line with single blanks (no-break and wide blanks do not count as printable)."""
    return text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "


def _paragraphs(parts: list[str]) -> Rich:
    """Paragraphs without markup."""
    plain = "\n".join(readable(part.replace("\n", " ")) for part in parts)
    return Rich(Html("\n".join(f"<p>{escaped(part)}</p>" for part in parts)), plain)
