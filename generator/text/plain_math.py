"""Formulas in a line of Unicode, without any markup."""

import re
import unicodedata
from functools import lru_cache

from generator.text.dialects import MACROS, rewritten
from generator.text.formulas import LONGEST
from generator.text.math import symbol, without_layout
from generator.text.quantities import expanded

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
    # of texts within formulas: \text{\'et}
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    '"': "\u0308",
}
_DOTTED = {"ı": "i", "ȷ": "j"}
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
_ROOM = (r"\,", r"\:", r"\;", r"\>", "\\ ", "~", r"\quad", r"\qquad")
r"""Room that may stand at the begin or the end of a formula, before or after a word: ``10$\,$TeV``."""
_SUM = re.compile(r"[-+−±∓=<>/]")
"""Signs that bind less than an index behind a group does: ``{a+b}^2``."""


@lru_cache(1024)  # n and k are in many texts
def plain(tex: str) -> str:
    """A formula in a line of Unicode (``O(n log n)``, ``x^2``), or its source where that cannot be done."""
    source = " ".join(tex.split())
    if len(source) > LONGEST:
        return source
    tex = without_layout(expanded(source))
    line = _line(tex)
    if line is None:
        line = _line(rewritten(tex, symbol))
    if line is None:
        return source
    # of a blank behind a backslash at the end, the backslash is left
    before, after = source.startswith(_ROOM), source.endswith((*_ROOM, "\\"))
    return f"{' ' * before}{line}{' ' * after}"


def _line(tex: str) -> str | None:
    try:
        return _Line(_TOKEN.findall(tex)).read()
    except (LookupError, RecursionError):
        return None


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
            part = self._next(parts[-1][-1:] if parts else "")
            if token.startswith("{") and _SUM.search(part) and self._comes("^", "_") and not _ENCLOSED.match(part):
                part = f"({part.strip()})"
            parts.append(part)
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
        if not part[1].isalpha() and part[1] not in _OVER:
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
            under = _DOTTED.get(under := self._argument(), under)
            return unicodedata.normalize("NFC", under + _OVER[name]) if len(under) == 1 else under
        if name in ("quad", "qquad", "enspace", "thinspace", "medspace", "thickspace", "space", "nobreakspace"):
            return " "
        found = symbol(name)
        if not found:
            return self._made(name)
        if len(found) > 1:
            return f" {found}" if self._comes("(", "[", after="\\left") else f" {found} "
        return f"{found} " if blank and (before.isspace() or self._comes(*"=<>+-")) else found

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
        written = self._argument()
        name = written.rstrip("*")
        signs = _ENVIRONMENTS[name]
        if which == "end":
            self._inside -= 1
            return signs[1]
        self._inside += 1
        if name in ("array", "subarray", "alignedat"):
            self._argument()
        elif written.endswith("matrix*"):
            self._option()  # how its columns are aligned
        return signs[0]

    def _comes(self, *signs: str, after: str = "") -> bool:
        """Whether one of the signs is next, maybe behind a certain macro."""
        at = self._at + (self._tokens[self._at : self._at + 1] == [after])
        return at < len(self._tokens) and self._tokens[at] in signs

    def _argument(self) -> str:
        r"""What is given to a macro; what only gives it a look (``p_\mathrm{T}``) is none of it."""
        while self._at < len(self._tokens) and _is_unseen(self._tokens[self._at]):
            self._at += 1
        if self._at >= len(self._tokens) or self._tokens[self._at] == "[":
            raise LookupError
        return self._next("").strip()

    def _raised(self, sign: str) -> str:
        inner = self._argument()
        if sign == "^" and inner.strip("′") == "":
            return inner  # a prime is raised already
        return "°" if sign == "^" and inner in ("∘", "°") else _script(sign, inner)


def _is_unseen(token: str) -> bool:
    return token.isspace() or (token[0] == "\\" and token[1:].rstrip("* \t\n") in _DROPPED)


def _script(sign: str, inner: str) -> str:
    inner = inner.removeprefix(sign)  # x_{_{n}} only makes it smaller
    if not inner:
        return ""
    return f"{sign}{inner}" if _ENCLOSED.match(inner) else f"{sign}{_enclosed(inner)}"


def _enclosed(text: str) -> str:
    return text if len(text) == 1 or _SIMPLE.match(text) else f"({text})"
