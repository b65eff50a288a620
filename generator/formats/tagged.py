"""Titles and abstracts that came with tags of HTML, JATS or CSL (``<i>``, ``<jats:sub>``, ``<p>``) as LaTeX."""

import html
import re

_TAG = re.compile(
    r"</?(?:(?:jats|mml):[a-z][\w.-]*"
    r"|i|b|em|strong|italic|bold|sub|sup|sc|scp|u|underline|tt|code|monospace|p|sec|title|abstract"
    r"|div|span|br|list|list-item|ul|ol|li|inline-formula|tex-math|math|mrow|mi|mo|mn|msub|msup|h\d|font|a|ext-link)"
    # a tag has attributes, if anything: "a<b and c>d" is none
    r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']+))*\s*/?>",
    re.IGNORECASE,
)
_COMMANDS = {
    "i": "emph",
    "em": "emph",
    "italic": "emph",
    "b": "textbf",
    "strong": "textbf",
    "bold": "textbf",
    "sub": "textsubscript",
    "sup": "textsuperscript",
    "sc": "textsc",
    "scp": "textsc",
    "tt": "texttt",
    "code": "texttt",
    "monospace": "texttt",
}
_BLOCKS = frozenset(("p", "sec", "title", "abstract", "div", "list", "list-item", "ul", "ol", "li", "br", "h"))
# Crossref's texts have blanks before and in tags: "alfalfa ( <i>Medicago sativa</i> L.)"
_LOOSE_BRACKET = re.compile(r"(?<=[(\[])\s+(?=<(?:jats:)?(?:i|em|italic|b|bold|strong)\b)", re.IGNORECASE)
# programs that escape "&" for LaTeX, too, make {\&}amp; of it
_ENTITY = re.compile(r"(?:\{\\&\}|\\?&)(?P<name>(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});)")
# Zotero escapes the formulas that it has from arXiv: \${\textbackslash}mathcal\{O\}(n{\textasciicircum}2)\$
_ESCAPED_FORMULA = re.compile(r"\\\$(?!\s)((?:(?!\\\$).){1,1000}?)(?<!\s)\\\$", re.DOTALL)
_OF_A_FORMULA = re.compile(r"\{\\text(?:backslash|asciicircum)\}|\\[{}_]|\A[A-Za-z]\Z")
_ESCAPED = re.compile(
    r"\{\\text(?P<name>backslash|asciicircum|asciitilde|braceleft|braceright|less|greater)\}|\\(?P<sign>[{}_&])"
)
_ESCAPED_SIGNS = {
    "backslash": "\\",
    "asciicircum": "^",
    "asciitilde": "~",
    "braceleft": "{",
    "braceright": "}",
    "less": "<",
    "greater": ">",
}
_NAME = re.compile(r"</?(?:jats:|mml:)?([a-z-]+)", re.IGNORECASE)


def as_latex(text: str) -> str:
    """The text with what its tags mean in LaTeX; tags that mean nothing here go, their text stays.

    Named and numbered characters (``&amp;``) are resolved. A text without both stays as it is.
    """
    if "\\$" in text:
        text = _ESCAPED_FORMULA.sub(_formula, text)
    if "{\\textless}" in text:
        # Mendeley escapes the tags
        text = text.replace("{\\textless}", "<").replace("{\\textgreater}", ">")
    if "<" in text and _TAG.search(text):
        text = _without_tags(_LOOSE_BRACKET.sub("", text))
    return unescaped(text)


def _formula(match: re.Match[str]) -> str:
    """The formula that was escaped; what stands between two prices is none and stays."""
    formula = _ESCAPED.sub(lambda found: found["sign"] or _ESCAPED_SIGNS[found["name"]], match[1])
    is_one = _OF_A_FORMULA.search(match[1]) and formula.count("{") == formula.count("}")
    return f"${formula}$" if is_one else match[0]


def unescaped(text: str) -> str:
    """The text with named and numbered characters resolved; "&" alone is how LaTeX writers forget to escape, and
    stays."""
    return _ENTITY.sub(_character, text) if "&" in text and ";" in text else text


def _character(match: re.Match[str]) -> str:
    found = html.unescape(f"&{match['name']}")
    return match[0] if found.endswith(";") else found


def _without_tags(text: str) -> str:
    parts: list[str] = []
    opened: list[str] = []
    position = 0
    for match in _TAG.finditer(text):
        parts.append(text[position : match.start()])
        position = match.end()
        name = _NAME.match(match[0])
        tag = name[1].lower() if name else ""
        if tag in _BLOCKS:
            parts.append("\n\n")
        elif tag in _COMMANDS:
            if not match[0].startswith("</"):
                parts.append(f"\\{_COMMANDS[tag]}{{")
                opened.append(tag)
            elif tag in opened:
                while opened:
                    parts.append("}")
                    if opened.pop() == tag:
                        break
    parts.append(text[position:])
    return "".join([*parts, "}" * len(opened)]).strip()
