"""Where formulas are in a text.

A dollar opens a formula only before a non-blank and closes it only after a non-blank and not before a digit, so that
prices stay prices; where there is a command, an index or a comparison, it is a formula all the same (``$\\sim$10``).
A formula ends in its paragraph and within its braces.
"""

import re
from typing import NamedTuple

LONGEST = 4000
"""Characters of a formula; what is longer is shown as its source."""
_FAILURES = 200_000

USUAL = re.compile(r"\$((?:[^\\{}$`\n]|\\[^\n]|\{(?:[^\\{}\n]|\\[^\n])*\})+)\$")
"""Most formulas: between two dollars, on one line, no braces within braces; what is within them closes nothing."""
_LONGEST_USUAL = 500

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
        usual = USUAL.match(text, start, start + _LONGEST_USUAL)
        if usual and usual[1].strip() and _is_formula(usual[1], text[usual.end() : usual.end() + 1]):
            return Formula(usual[1], usual[0], False, usual.end())
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
    if inside[:1].isspace() or (inside[-1:].isspace() and inside[-2:] != "\\ ") or after.isdigit():
        signs = not any(letter.isalnum() or letter.isspace() for letter in inside)
        evidence = _MARKUP if inside[:1].isdigit() and after.isdigit() else _EVIDENT  # "~$5 to ~$10" are prices
        evident = evidence.search(inside) and not re.search(_PROSE, re.sub(_ARGUMENT, "", inside))
        return signs or bool(evident or re.fullmatch(_LETTER, inside))
    return True
