r"""What people write in formulas and the library of formulas does not know, in the LaTeX that it does.

These are macros of common packages and journals, plain TeX (``\pmatrix{a & b \cr c & d}``, ``\mathop{..}\limits``),
environments under other names, and what stands in ``\text{...}``, where hardly a macro is known to it.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from generator.text.quantities import as_formulas

GROUP = r"\{((?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.)*\})*\})*)\}"
"""An argument, with two levels of braces in it."""

_OPERATORS = (
    "Aut Cov End Ext GL Gal Hom Id Pic SL SO SU Spec Tor Tr Var Vol coker diag lcm ord poly polylog rank rk sgn sign "
    "supp tr vol"
)
_GREEK = "alpha beta gamma delta epsilon eta theta kappa lambda mu nu pi rho sigma tau phi chi psi omega Delta Omega"
MACROS = {
    **{name: rf"\operatorname{{{name}}}" for name in _OPERATORS.split()},
    **{f"{letter}{letter}": rf"\mathbb{{{letter}}}" for letter in "CEFNPQRZ"},
    **{f"{form}{name}": rf"\{name}" for form in ("text", "up") for name in _GREEK.split()},
    "AA": r"\text{Å}",
    "C": r"\mathbb{C}",
    "EuScript": r"\mathscr{#1}",
    "Q": r"\mathbb{Q}",
    "SI": r"#1\,\mathrm{#2}",
    "abs": r"\left|#1\right|",
    "arcdeg": "°",
    "arcmin": "′",
    "arcsec": "″",
    "boldmath": "",
    "centerdot": r"\cdot",
    "cite": r"\text{[#1]}",
    "colorbox": "#2",
    "curl": r"\nabla\times",
    "dashint": r"\fint",
    "dd": r"\mathrm{d}",
    "degr": "°",
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "dotsi": r"\cdots",
    "dotsm": r"\cdots",
    "dotso": r"\ldots",
    "dyad": r"|#1\rangle\langle #2|",
    "earth": "⊕",
    "ensuremath": "#1",
    "eps": r"\varepsilon",
    "eqref": r"\text{(#1)}",
    "expval": r"\langle #1\rangle",
    "farcm": ".′",
    "farcs": ".″",
    "fdg": ".°",
    "footnote": r"\text{ (#1)}",
    "grad": r"\nabla",
    "ga": r"\gtrsim",
    "greater": ">",
    "gsim": r"\gtrsim",
    "hbox": r"\text{#1}",
    "hdots": r"\ldots",
    "href": "#2",
    "indep": r"\perp\!\!\!\perp",
    "intop": r"\int",
    "ketbra": r"|#1\rangle\langle #2|",
    "la": r"\lesssim",
    "laplacian": r"\nabla^2",
    "less": "<",
    "llap": "#1",
    "longto": r"\longrightarrow",
    "lsim": r"\lesssim",
    "mapsfrom": r"\mathrel{↤}",
    "mathbbm": r"\mathbb{#1}",
    "mathbfit": r"\boldsymbol{#1}",
    "mathbold": r"\boldsymbol{#1}",
    "mathclap": "#1",
    "mathds": r"\mathbb{#1}",
    "mathllap": "#1",
    "mathplus": "+",
    "mathpzc": r"\mathcal{#1}",
    "mathrlap": "#1",
    "mathup": r"\mathrm{#1}",
    "matrixel": r"\langle #1|#2|#3\rangle",
    "mbox": r"\text{#1}",
    "mel": r"\langle #1|#2|#3\rangle",
    "micron": r"\mathrm{μm}",
    "nicefrac": "{#1}/{#2}",
    "norm": r"\left\|#1\right\|",
    "num": "#1",
    "ointop": r"\oint",
    "openone": r"\mathbb{1}",
    "overbar": r"\overline{#1}",
    "permil": "‰",
    "pmb": r"\boldsymbol{#1}",
    "qed": "□",
    "qty": r"#1\,\mathrm{#2}",
    "ref": r"\text{[#1]}",
    "rlap": "#1",
    "rotatebox": "#2",
    "scalebox": "#2",
    "scr": r"\mathscr{#1}",
    "sfrac": "{#1}/{#2}",
    "shortmid": r"\mid",
    "shortparallel": r"\parallel",
    "si": r"\mathrm{#1}",
    "simgt": r"\gtrsim",
    "simlt": r"\lesssim",
    "smallint": r"\int",
    "smallsetminus": r"\setminus",
    "smash": "#1",
    "strut": "",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "sun": "☉",
    "symbb": r"\mathbb{#1}",
    "symcal": r"\mathcal{#1}",
    "textdegree": "°",
    "textmd": r"\text{#1}",
    "textnormal": r"\text{#1}",
    "textsl": r"\textit{#1}",
    "textsubscript": r"_{\text{#1}}",
    "textsuperscript": r"^{\text{#1}}",
    "textup": r"\text{#1}",
    "thickapprox": r"\approx",
    "thicksim": r"\sim",
    "unit": r"\mathrm{#1}",
    "url": r"\text{#1}",
    "varinjlim": r"\underrightarrow{\lim}",
    "varliminf": r"\underline{\lim}",
    "varlimsup": r"\overline{\lim}",
    "varprojlim": r"\underleftarrow{\lim}",
    "varpropto": r"\propto",
    "wideparen": r"\overparen{#1}",
    "widebar": r"\overline{#1}",
    "xlongrightarrow": r"\xrightarrow{#1}",
    "xspace": "",
}

_TEXT = rf"\\(text[a-z]*|[mhf]box){GROUP}"
_SCRIPTED = r"(\\text(?:sub|super)script\{(?:[^{}]|\{[^{}]*\})*\})"
_IN_TEXT = r"\\(?:text[a-z]+|emph)\{"
_TEXT_SIGN = r"(?s)\\([%&#_$]) |\\([A-Za-z]+)(?:\{\}| *(?!\{))|\\.|[_^&#]|``|''|---?"
_TEXT_SIGNS = {
    "_": r"\textunderscore{}",
    "^": r"\textasciicircum{}",
    "&": r"\&",
    "#": r"\#",
    "``": "“",
    "''": "”",
    "--": "–",
    "---": "—",
    r"\\": " ",
    r"\/": "",
    r"\-": "",
    r"\@": "",
}
SIZES = "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge"
"""Macros that change the size of what follows."""
_SWITCHES = frozenset(f"{SIZES} it bf rm sf tt em sl sc boldmath unboldmath normalfont protect".split())

_UNSEEN = (
    f"{SIZES} unboldmath allowbreak break nobreak linebreak noindent protect displaylimits hfill hfil par normalfont "
    "leavevmode"
)
_SCRIPT = r"(\{(?:[^{}\\]|\\.|\{[^{}]*\})*\}|\\[A-Za-z]+|[^\s{}\\])"
_ACCENTS = dict(zip("`'^~=.\"", "\u0300\u0301\u0302\u0303\u0304\u0307\u0308", strict=True))
_ROW = "\U0010ffff"
"""What stands for the end of a row, so that its second backslash begins no macro."""
_REPEATED = r"\*\{(\d)\}\{([lcr|]+)\}"
_BETWEEN = r"[@!<>]\{(?:[^{}]|\{[^{}]*\})*\}"
_WIDE = r"[pmb]\{[^{}]*\}|X"


def _columns(found: re.Match[str]) -> str:
    columns = re.sub(_REPEATED, lambda repeated: repeated[2] * int(repeated[1]), found[1])
    return f"\\begin{{array}}{{{re.sub(_WIDE, 'l', re.sub(_BETWEEN, '', columns))}}}"


def _operator(found: re.Match[str]) -> str:
    r"""An operator whose name is more than letters (``\operatorname*{\mathrm{arg\,max}}``)."""
    star, name = found.groups()
    limits = r"\limits" if star else ""
    return found[0] if name.replace(r"\,", "").isalpha() else rf"\mathop{{\mathrm{{{name}}}}}{limits}"


def _derivative(found: re.Match[str]) -> str:
    partial, order, above, below = found.groups()
    sign = r"\partial " if partial else r"\mathrm{d}"
    power = f"^{{{order}}}" if order else ""
    if below is None:
        above, below = "", above
    return rf"\frac{{{sign}{power}{above}}}{{{sign}{below}{power}}}"


def _vector(found: re.Match[str]) -> str:
    return {"b": "", "a": r"\vec", "u": r"\hat"}[found[1]] + rf"{{\boldsymbol{{{found[2]}}}}}"


def _accented(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (found[2] or found[3])[-1] + _ACCENTS[found[1]])


_REWRITTEN: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # no part of what a formula says
    (rf"\\(?:{_UNSEEN.replace(' ', '|')})(?![A-Za-z])|\\[/@-]", ""),
    (r"\\(?:text)?color\s*(?:\[[^\[\]]*\])?\s*\{[^{}]*\}|\\vspace\*?\{[^{}]*\}", ""),
    (r"\\(?:raise|lower)\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm)|\\raisebox\s*\{[^{}]*\}", ""),
    (r"\\hspace\*", r"\\hspace"),
    (r"\\(?:h|m)?(?:skip|kern)\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm|mu|in)", r"\\,"),
    # environments
    (r"\\begin\{alignedat\}\{\d*\}|\\begin\{split\}", r"\\begin{aligned}"),
    (r"\\end\{(?:alignedat|split)\}", r"\\end{aligned}"),
    (r"\\(begin|end)\{([pbBvV]?matrix)\*\}(?:\[[lcr]\])?", r"\\\1{\2}"),
    (r"\\begin\{eqnarray\*?\}", r"\\begin{array}{rcl}"),
    (r"\\end\{eqnarray\*?\}", r"\\end{array}"),
    (r"\\(?:begin|end)\{(?:displaymath|math)\}", ""),
    (rf"\\begin\{{array\}}(?:\[[tbc]\])?\s*{GROUP}", _columns),
    # operators with something below
    (rf"\\operatorname(\*?)\s*{GROUP}", _operator),
    (rf"(\\mathop\s*{GROUP})\s*\\limits\s*_\s*{_SCRIPT}", r"\\underset{\3}{\1}"),
    (rf"(\\mathop\s*{GROUP})\s*\\(?:no)?limits", r"\1"),
    # the package physics
    (rf"\\(p)?dv(?:\[(\w+)\])?\s*{GROUP}(?:\s*{GROUP})?", _derivative),
    (rf"\\comm(?:utator)?\s*{GROUP}\s*{GROUP}", r"[\1,\2]"),
    (rf"\\(?:acomm|anticommutator)\s*{GROUP}\s*{GROUP}", r"\\{\1,\2\\}"),
    (rf"\\order\s*{GROUP}", r"\\mathcal{O}(\1)"),
    (rf"\\v([bau])\s*{GROUP}", _vector),
    (r"\\([`'^~=.\"])\s*(?:\{(\\?[A-Za-z])\}|(\\[ij](?![A-Za-z])|[A-Za-z]))", _accented),
    (rf"\\texorpdfstring\s*{GROUP}\s*{GROUP}", r"\1"),
    # plain TeX
    (rf"\\([pb]?matrix|cases)\s*{GROUP}", r"\\begin{\1}\2\\end{\1}"),
    (r"\\cr(?![A-Za-z])", _ROW),
    (r"\\buildrel\s*(.+?)\s*\\over\s*(\\[A-Za-z]+|[^\s\\{}])", r"\\overset{\1}{\2}"),
    (r"\\not\s*(\{?)\s*(?:\\!\s*)+", r"\1\\slashed "),
    (r"\\(left|right)\s*<", r"\\\1\\langle "),
    (r"\\(left|right)\s*>", r"\\\1\\rangle "),
    (rf"\\tag\s*\*?\s*{GROUP}", r"\\qquad\\text{(\1)}"),
)
_TEXT_SYMBOL = r"\\(text[a-z]+|ae|AE|oe|OE|aa|o|O|ss|l|L|euro)(?:\{\}|(?![A-Za-z{]) ?)"


@cache
def _rewriting() -> list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]:
    """Compiled when the first formula needs it: it takes milliseconds, and most sites have none that does."""
    return [(re.compile(pattern), replacement) for pattern, replacement in _REWRITTEN]


@lru_cache(256)  # for the page and for the plain twin
def rewritten(tex: str, symbol: Callable[[str], str]) -> str:
    """A formula that could not be read, as it would be in LaTeX that can; ``symbol`` knows what macros stand for."""
    tex = tex.replace(r"\\", _ROW)
    for pattern, replacement in _rewriting():
        tex = pattern.sub(replacement, tex)
    tex = tex.replace(_ROW, r"\\")
    return re.sub(_TEXT_SYMBOL, lambda found: symbol(found[1]) or found[0], tex)


def with_texts(tex: str, symbol: Callable[[str], str]) -> str:
    r"""A formula whose texts hold no formulas (``\text{if $x$}`` is ``\text{if }x``), no indices and no signs that stop
    them."""

    def sign(found: re.Match[str]) -> str:
        escaped, name = found[1], found[2]
        if escaped:
            return rf"\{escaped}{{}} "  # the library swallows the blank
        if not name:
            return _TEXT_SIGNS.get(found[0], found[0])
        return "" if name in _SWITCHES else symbol(name) or found[0]

    def text(found: re.Match[str]) -> str:
        macro = found[1]
        parts = found[2].replace(r"\(", "$").replace(r"\)", "$").replace(r"\$", "\\\0").split("$")
        if len(parts) % 2 == 0:
            return found[0]
        parts[::2] = map(as_formulas, parts[::2])
        parts = "$".join(parts).split("$")
        written = []
        for at, part in enumerate(parts):
            part = part.replace("\0", "$")
            if at % 2 and parts[at - 1].strip() == r"\boldmath":
                written.append(rf"\boldsymbol{{{part}}}")
            elif at % 2 and not re.match(_IN_TEXT, part):
                written.append(part)
            else:
                pieces = re.split(_SCRIPTED, re.sub(_TEXT_SIGN, sign, part))
                pieces[::2] = [rf"\{macro}{{{piece}}}" if piece else "" for piece in pieces[::2]]
                written += pieces
        return "".join(written)

    return re.sub(_TEXT, text, tex)
