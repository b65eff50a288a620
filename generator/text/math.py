"""Formulas as MathML, and what the macros in them stand for."""

import html
import re
from functools import cache, lru_cache
from typing import Any

from generator.text.dialects import MACROS, rewritten, with_texts
from generator.text.formulas import LONGEST, Formula
from generator.text.quantities import expanded

DEEPEST = 60
"""Elements of MathML within each other; what is deeper is shown as its source."""
_LAYOUT = re.compile(
    r"\\(?:(?:label\{[^{}]*\}|nonumber|notag)(?![A-Za-z])"
    r"|(\\)(?:\*?(?:\s*\[\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm|mu|in)\s*\]|\[-?[\d.]*\\[A-Za-z]+\])|\*)"
    r"|(begin\{(?:aligned|gathered)\})\[[tbc]\])"
)
"""Labels, the room between rows (``\\\\[2pt]``) and where an environment stands in its line."""
_BARE_PERCENT = re.compile(r"((?<!\\)(?:\\\\)*)%")
_TAG = re.compile(r"<(/?)([a-z]+)([^<>]*?)(/?)>")
_SIGN = r"<math[^<>]*><m[io][^<>]*>([^<>]+)</m[io]></math>"
_AROUND_SIGN = r"<mspace[^<>]*/>|<mo>(?:&ApplyFunction;|\u2061)</mo>|</?mrow>"
# No font stretches the combining line of the library: a short bar over the plus sign of a sum made another sign of it.
_LINE_OVER, _BAR_OVER = '<mo stretchy="true">\u0332</mo></mover>', '<mo class="bar" stretchy="true">\u203e</mo></mover>'
_LINE_UNDER, _BAR_UNDER = '<mo stretchy="true">\u0332</mo></munder>', '<mo class="bar" stretchy="true">_</mo></munder>'
_STYLE = re.compile(r' (?:style|class|id)="([^"]*)"')
_CLASSES = {
    "text-align: right": "align-right",
    "text-align: left": "align-left",
    "small-caps": "sc",
    **{f"border-{side}": f"line-{side}" for side in ("left", "right", "top", "bottom")},
}

_SYMBOLS = {
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "dag": "†",
    "ddag": "‡",
    "degree": "°",
    "lbrack": "[",
    "rbrack": "]",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "argmax": "arg max",
    "argmin": "arg min",
    "det": "det",
    "dim": "dim",
    "ker": "ker",
    "Pr": "Pr",
    "gcd": "gcd",
    "deg": "deg",
    "arg": "arg",
    "hom": "hom",
    "EUR": "€",
    "euro": "€",
    "lvert": "|",
    "rvert": "|",
    "lVert": "‖",
    "rVert": "‖",
    **{name: MACROS[name] for name in ("arcmin", "arcsec")},
    "bmod": "mod",
    "cdot": "·",
    "emptyset": "∅",
    "liminf": "lim inf",
    "limsup": "lim sup",
    "mid": "|",
    "textmu": "µ",
    "th": "þ",
    "checkmark": "✓",
    "textbackslash": "\\",
    "textbar": "|",
    "textgreater": ">",
    "textless": "<",
    "textunderscore": "_",
}


def render(formula: Formula) -> tuple[str, bool]:
    """The formula as MathML, or its source as code; and whether it is MathML."""
    mathml = _mathml(formula.tex, formula.display)
    if mathml:
        return mathml, True
    return f'<code class="tex">{html.escape(formula.source)}</code>', False


def without_layout(tex: str) -> str:
    """A formula without what only says where its parts stand."""
    return _LAYOUT.sub(lambda found: f"\\{found[found.lastindex]}" if found.lastindex else "", tex)


@lru_cache(4096)
def symbol(name: str) -> str:
    """The characters a macro stands for (``alpha``: α, ``ss``: ß, ``log``: log), or an empty text."""
    return _SYMBOLS.get(name) or _glyph(name) or _sign_of_text(name)


def _glyph(name: str) -> str:
    """What a macro is in a formula where that is but one sign or name (``neq``: ≠, ``liminf``: lim inf)."""
    from math_core import LatexError

    try:
        mathml = _converter().convert_with_local_state(f"\\{name}", displaystyle=False)
    except LatexError:
        return ""
    found = re.fullmatch(_SIGN, re.sub(_AROUND_SIGN, "", mathml))
    return html.unescape(found[1]) if found else ""


def _sign_of_text(name: str) -> str:
    """What a macro is in a text where that is but a few signs (``ss``: ß, ``CYRA``: А)."""
    found = getattr(_table().get_macro_spec(name), "simplify_repl", None)
    return found if isinstance(found, str) and not re.search(r"[%<]|\d", found) else ""


@cache
def _table() -> Any:
    from pylatexenc import latex2text  # takes longer than all formulas of most sites, which hardly need it

    return latex2text.get_default_latex_context_db()


@cache
def _converter() -> Any:
    import math_core

    return math_core.LatexToMathML(
        macros=MACROS, fancy_error=False, allow_unreliable_rendering=True, max_expansions=100
    )


@lru_cache(1024)
def _mathml(tex: str, display: bool) -> str:
    """MathML without style, class and id of the library, or an empty text."""
    if len(tex) > LONGEST:
        return ""
    tex = _BARE_PERCENT.sub(r"\1\\%", without_layout(tex))
    if "smallmatrix" in tex:
        tex = tex.replace(r"\begin{smallmatrix}", r"\begin{subarray}{c}").replace(
            r"\end{smallmatrix}", r"\end{subarray}"
        )
    if "\\text" in tex or "box{" in tex:
        tex = with_texts(tex, symbol)
    tex = expanded(tex)
    mathml = _converted(tex, display)
    if not mathml and (other := rewritten(tex, symbol)) != tex:
        mathml = _converted(other, display)
    if len(mathml) > 50 * LONGEST or (mathml.count("</") > DEEPEST and _depth(mathml) > DEEPEST):
        return ""
    # The entity is unknown to XML; the quote keeps text from looking like an attribute of ours.
    mathml = mathml.replace("&ApplyFunction;", "\u2061").replace('="site:', '="site&#58;')
    mathml = _TAG.sub(_bare_tag, mathml)
    return mathml.replace(_LINE_OVER, _BAR_OVER).replace(_LINE_UNDER, _BAR_UNDER)


def _converted(tex: str, display: bool) -> str:
    from math_core import LatexError

    try:
        mathml: str = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError:
        return ""
    return mathml


def _bare_tag(match: re.Match[str]) -> str:
    slash, name, attributes, end = match.groups()
    if name == "a":
        return ""
    return f"<{slash}{name}{_STYLE.sub(_classed, attributes)}{end}>" if attributes else match[0]


def _classed(match: re.Match[str]) -> str:
    names = " ".join(name for style, name in _CLASSES.items() if style in match[1])
    return f' class="{names}"' if names else ""


def _depth(mathml: str) -> int:
    depth = deepest = 0
    for slash, _, _, end in _TAG.findall(mathml):
        depth += -1 if slash else not end
        deepest = max(deepest, depth)
    return deepest
