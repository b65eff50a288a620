"""Formulas: where they are in a text, as MathML for pages, and readable without any markup.

A dollar opens a formula only before a non-blank and closes it only after a non-blank and not before a digit, so that
prices stay prices; where there is a command, an index or a comparison, it is a formula all the same (``$\\sim$10``).
A formula ends in its paragraph and within its braces.
"""

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

from generator.text.dialects import MACROS, rewritten, with_texts
from generator.text.quantities import expanded

LONGEST = 4000
"""Characters of a formula; what is longer is shown as its source."""
DEEPEST = 60
"""Elements of MathML within each other; what is deeper is shown as its source."""
_FAILURES = 200_000

_PART = re.compile(r"\\begin\{|\\.|\{|\}|\$|`|\n[ \t]*\n", re.DOTALL)
_ENVIRONMENT = re.compile(
    r"\\begin\{((?:equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math)\*?)\}"
)
_ALIKE = {
    "align": ("aligned", ""),
    "alignat": ("alignedat", ""),
    "flalign": ("aligned", ""),
    "gather": ("gathered", ""),
    "multline": ("gathered", ""),
    "eqnarray": ("array", "{rcl}"),
}
_MARKUP = re.compile(r"\\[A-Za-z]|[\^_]")
_EVIDENT = re.compile(r"\\[A-Za-z]|[\^_<>=~≤≥≈±×]")
_PROSE = r"(?:^|\s)[^\W\d_]{3,}(?:[\s.,;:]|\Z)"
_ARGUMENT = r"\\[A-Za-z]+\*?\{[^{}]*\}"
_LETTER = r"\s[A-Za-z](?:\([A-Za-z](?:, ?[A-Za-z])*\))?\s"
_LIST = re.compile(r"\\(?:item(?![A-Za-z])|(?:begin|end)\{(?:itemize|enumerate|description)\})")
_LABEL = re.compile(r"\\(?:label\{[^{}]*\}|nonumber|notag)(?![A-Za-z])")
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
    "checkmark": "✓",
    "textbackslash": "\\",
    "textbar": "|",
    "textgreater": ">",
    "textless": "<",
    "textunderscore": "_",
}
_UNSEEN = (
    "mathbf mathrm mathit mathsf mathtt mathcal mathscr mathfrak mathbb mathbbm mathds mathnormal boldsymbol bm pmb "
    "text textbf textit textrm textsf texttt textsc textnormal textup emph mbox hbox operatorname ensuremath mathop "
    "mathbin mathrel mathopen mathclose mathpunct mathord mathinner rm bf it sf tt sc sl cal em textsl textmd frak "
    "Bbb bold boldmath left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl "
    "Biggr Biggm displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits mathstrut overline underline "
    "underbar overbrace underbrace overbracket underbracket overparen underparen overrightarrow overleftarrow "
    "overleftrightarrow underrightarrow underleftarrow cancel bcancel xcancel operatornamewithlimits smash strut "
    "xspace nonumber notag boxed fbox hline relax negthinspace protect"
)
_DROPPED = frozenset(_UNSEEN.split())
_OVER = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "widecheck": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
    "dddot": "\u20db",
    "utilde": "\u0330",
    "slashed": "\u0338",
}
_WRITTEN = {
    "binom": ("({} choose {})", 2),
    "dbinom": ("({} choose {})", 2),
    "tbinom": ("({} choose {})", 2),
    "pmod": (" (mod {})", 1),
    "abs": ("|{}|", 1),
    "norm": ("‖{}‖", 1),
    "ket": ("|{}⟩", 1),
    "bra": ("⟨{}|", 1),
    "braket": ("⟨{}⟩", 1),
    "textcolor": ("{1}", 2),
    "color": ("", 1),
    "tag": (" ({})", 1),
    "set": ("{{{}}}", 1),
    "genfrac": ("{0}{4} over {5}{1}", 6),
    **dict.fromkeys(("hspace", "mspace"), (" ", 1)),
    **dict.fromkeys(("phantom", "hphantom", "vphantom"), ("", 1)),
}
"""Macros with what stands for them and how many arguments they have."""
_BESIDE = {"overset": "^", "stackrel": "^", "underset": "_"}
_BETWEEN = {"over": "{}/{}", "choose": "({} choose {})", "atop": "{}; {}"}
_PLACES = "\U0010fff0\U0010fff1"
"""What stands for the arguments of a macro, while what it is made of is read."""
_ENVIRONMENTS = {
    "pmatrix": "()",
    "bmatrix": "[]",
    "Bmatrix": "{}",
    "vmatrix": "||",
    "Vmatrix": "‖‖",
    "cases": "{ ",
    "dcases": "{ ",
    "rcases": " }",
    **dict.fromkeys(("matrix", "smallmatrix", "array", "subarray", "aligned", "alignedat", "align", "split"), "  "),
    **dict.fromkeys(("gathered", "gather", "equation", "multline"), "  "),
}
"""The signs before and after the rows of an environment."""
_BLANK = {",": " ", ";": " ", ":": " ", ">": " ", " ": " ", "\n": " ", "!": "", "/": "", "-": "", "\\": " ", "|": "‖"}
_TOKEN = re.compile(r"\\[A-Za-z]+[ \t\n]*\*?|\\.|[{}^_]|[^\\{}^_]", re.DOTALL)
_ENCLOSED = re.compile(r"\([^()]*\)\Z")
_SIMPLE = re.compile(r"[-+−]?[\w.′']*\Z")


class Formula(NamedTuple):
    """A formula found in a text: ``tex`` without its delimiters, ``source`` with them, ``end`` where it ends."""

    tex: str
    source: str
    display: bool
    end: int


class Formulas:
    """The formulas of one text, in time proportional to its length."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._wasted = 0

    def at(self, start: int) -> Formula | None:
        """The formula whose opening delimiter (``$``, ``$$``, ``\\(``, ``\\[``, ``\\begin{equation}``) is here."""
        text = self._text
        if self._wasted > _FAILURES:
            return None
        environment = None
        if text.startswith("$$", start):
            opening = closing = "$$"
        elif text[start] == "$":
            opening = closing = "$"
        elif text.startswith((r"\(", r"\["), start):
            opening = text[start : start + 2]
            closing = r"\)" if opening == r"\(" else r"\]"
        else:
            environment = _ENVIRONMENT.match(text, start)
            if not environment:
                return None
            opening, closing = environment[0], f"\\end{{{environment[1]}}}"
        inside = start + len(opening)
        end = self._closing(inside, closing)
        tex = text[inside:end]
        if end < 0 or not tex.strip():
            return None
        after = end + len(closing)
        if environment:
            begin, columns = _ALIKE.get(environment[1].rstrip("*"), ("", ""))
            tex = f"\\begin{{{begin}}}{columns}{tex}\\end{{{begin}}}" if begin else tex
        return Formula(tex, text[start:after], opening not in ("$", r"\("), after)

    def _closing(self, start: int, closing: str) -> int:
        """Where the closing delimiter is, or -1."""
        text = self._text
        depth = 0
        limit = min(len(text), start + LONGEST)
        for part in _PART.finditer(text, start, limit):
            found = part[0]
            at = part.start()
            if found == "{":
                depth += 1
            elif found == "}":
                depth -= 1
            elif found == "\\begin{":
                depth += 1
            elif depth == 0 and text.startswith(closing, at):
                if closing == "$" and not _is_formula(text[start:at], text[at + 1 : at + 2]):
                    break
                return at
            elif found[0] in "\n" or (depth == 0 and found in "$`"):
                break
            if depth < 0:
                break
        else:
            at = limit
        self._wasted += at - start
        return -1


def _is_formula(inside: str, after: str) -> bool:
    """Whether what stands between two dollars is a formula and not the text between two prices."""
    if _LIST.search(inside):
        return False
    if inside[:1].isspace() or inside[-1:].isspace() or after.isdigit():
        signs = not any(letter.isalnum() or letter.isspace() for letter in inside)
        evidence = _MARKUP if inside[:1].isdigit() and after.isdigit() else _EVIDENT  # "~$5 to ~$10" are prices
        evident = evidence.search(inside) and not re.search(_PROSE, re.sub(_ARGUMENT, "", inside))
        return signs or bool(evident or re.fullmatch(_LETTER, inside))
    return True


def render(formula: Formula) -> tuple[str, bool]:
    """The formula as MathML, or its source as code; and whether it is MathML."""
    mathml = _mathml(formula.tex, formula.display)
    if mathml:
        return mathml, True
    return f'<code class="tex">{html.escape(formula.source)}</code>', False


@lru_cache(1024)  # n and k are in many texts
def plain(tex: str) -> str:
    """A formula in a line of Unicode (``O(n log n)``, ``x^2``), or its source where that cannot be done."""
    source = " ".join(tex.split())
    if len(source) > LONGEST:
        return source
    tex = _LABEL.sub("", expanded(source))
    line = _line(tex)
    if line is None:
        line = _line(rewritten(tex, symbol))
    return source if line is None else line


def _line(tex: str) -> str | None:
    try:
        return _Line(_TOKEN.findall(tex)).read()
    except (LookupError, RecursionError):
        return None


@lru_cache(4096)
def symbol(name: str) -> str:
    """The characters a macro stands for (``alpha``: α, ``ss``: ß, ``log``: log), or an empty text."""
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    spec = _table().get_macro_spec(name)
    found = getattr(spec, "simplify_repl", None)
    return found if isinstance(found, str) and not re.search(r"[%<]|\d", found) else _glyph(name)


def _glyph(name: str) -> str:
    """What a macro is in a formula where that is but one sign or name (``neq``: ≠, ``liminf``: lim inf)."""
    from math_core import LatexError

    try:
        mathml = _converter().convert_with_local_state(f"\\{name}", displaystyle=False)
    except LatexError:
        return ""
    found = re.fullmatch(_SIGN, re.sub(_AROUND_SIGN, "", mathml))
    return html.unescape(found[1]) if found else ""


@cache
def _table() -> Any:
    from pylatexenc import latex2text

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
    tex = _BARE_PERCENT.sub(r"\1\\%", _LABEL.sub("", expanded(tex)))
    if "smallmatrix" in tex:
        tex = tex.replace(r"\begin{smallmatrix}", r"\begin{subarray}{c}").replace(
            r"\end{smallmatrix}", r"\end{subarray}"
        )
    if "\\text" in tex or "box{" in tex:
        tex = with_texts(tex, symbol)
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


class _Line:
    """Reads a formula as a line of text; LookupError where it is not understood."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._inside = 0

    def read(self) -> str:
        line = self._group("")
        line = re.sub(r"\s+", " ", line).replace(" ;", ";")
        line = re.sub(r"(?<=[(\[{^_/]) | (?=[)\]},^_/])", "", line)
        return unicodedata.normalize("NFC", line.strip())

    def _group(self, closing: str) -> str:
        parts: list[str] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token == closing:
                self._at += 1
                return "".join(parts)
            if token[1:].rstrip() in _BETWEEN:
                self._at += 1
                above = _enclosed("".join(parts).strip())
                return _BETWEEN[token[1:].rstrip()].format(above, _enclosed(self._group(closing).strip()))
            parts.append(self._next(parts[-1][-1:] if parts else ""))
        if closing:
            raise LookupError
        return "".join(parts)

    def _next(self, before: str) -> str:
        part = self._tokens[self._at]
        self._at += 1
        if part == "{":
            return self._group("}")
        if part == "}":
            raise LookupError
        if part in "^_":
            return self._raised(part)
        if part in "~$":
            return " " if part == "~" else ""
        if part == "&" and self._inside:
            return " "
        if part[0] != "\\":
            return part
        if part == "\\\\" and self._inside:
            return "; "
        if not part[1].isalpha():
            return _BLANK.get(part[1], part[1])
        return self._macro(part[1:].rstrip("*").rstrip(), before, part[-1].isspace())

    def _macro(self, name: str, before: str, blank: bool) -> str:
        if name in _DROPPED:
            if name in ("left", "right") and self._tokens[self._at : self._at + 1] == ["."]:
                self._at += 1
            return ""
        if name in ("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"):
            above, below = self._argument(), self._argument()
            return f"{_enclosed(above)}/{_enclosed(below)}"
        if name == "sqrt":
            degree, inner = self._option(), _enclosed(self._argument())
            return f"{inner}^(1/{_enclosed(degree)})" if degree else f"√{inner}"
        if name in _BESIDE:
            beside = self._argument()
            return f"{self._argument()}{_script(_BESIDE[name], beside)} "
        if name in _WRITTEN:
            form, count = _WRITTEN[name]
            return form.format(*[self._argument() for _ in range(count)])
        if name in ("begin", "end"):
            return self._environment(name)
        if name == "not":
            struck = ""
            while not struck:  # past the room taken back in \not\!\!D
                struck = self._argument()
            return f"{struck}\u0338"
        if name in _OVER:
            under = self._argument()
            return under + _OVER[name] if len(under) == 1 else under
        if name in ("quad", "qquad", "enspace", "thinspace", "medspace", "thickspace", "space", "nobreakspace"):
            return " "
        found = symbol(name)
        if not found:
            return self._made(name)
        if len(found) > 1:
            return f" {found} "
        return f"{found} " if blank and before.isspace() else found

    def _made(self, name: str) -> str:
        """A macro that is made of others, or an arrow with something above it."""
        arrow = symbol(name[1:]) if name[0] == "x" else ""
        if arrow:
            below = self._option()
            return f" {arrow}{_script('_', below)}{_script('^', self._argument())} "
        parts = MACROS[name]
        for number, place in enumerate(_PLACES, start=1):
            parts = parts.replace(f"#{number}", place)
        line = _Line(_TOKEN.findall(parts)).read()
        self._inside += 1
        for place in _PLACES[: 2 if _PLACES[1] in parts else 1 if _PLACES[0] in parts else 0]:
            line = line.replace(place, self._argument())
        self._inside -= 1
        return line

    def _option(self) -> str:
        if self._tokens[self._at : self._at + 1] != ["["]:
            return ""
        self._at += 1
        return self._group("]").strip()

    def _environment(self, which: str) -> str:
        """What begins or ends rows, which are set off by semicolons, as their cells are by blanks."""
        name = self._argument().rstrip("*")
        signs = _ENVIRONMENTS[name]
        if which == "end":
            self._inside -= 1
            return signs[1]
        self._inside += 1
        if name in ("array", "subarray", "alignedat"):
            self._argument()
        return signs[0]

    def _argument(self) -> str:
        while self._at < len(self._tokens) and self._tokens[self._at].isspace():
            self._at += 1
        if self._at >= len(self._tokens) or self._tokens[self._at] == "[":
            raise LookupError
        return self._next("").strip()

    def _raised(self, sign: str) -> str:
        inner = self._argument()
        return "°" if sign == "^" and inner in ("∘", "°") else _script(sign, inner)


def _script(sign: str, inner: str) -> str:
    if not inner:
        return ""
    return f"{sign}{inner}" if _ENCLOSED.match(inner) else f"{sign}{_enclosed(inner)}"


def _enclosed(text: str) -> str:
    return text if len(text) == 1 or _SIMPLE.match(text) else f"({text})"
