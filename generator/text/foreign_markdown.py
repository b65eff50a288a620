"""What pages that were written for other tools hold and Markdown does not have here, so that it can be told.

Jekyll's Liquid, Hugo's and Quarto's shortcodes and fenced blocks are shown as they were typed, elements that are not
allowed are left out, and a list that is indented by less than four blanks is no list in a list. So with what git
leaves of two versions of some lines.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_INDENT = 4
"""Blanks before a list in a list, of code and of what else belongs to an item."""
_MOST_QUOTED = 60
_WRITE = "write in Markdown or HTML what it stands for"
_FORMS = (
    (
        # a formula can hold {{a|b}}
        re.compile(
            r"(?<!\{)\{%-?\s*\w.{0,500}?%\}"
            r"|\{\{-?\s*(?:(?:site|page|include|layout)\.|[^{}|]{1,200}\|\s*[a-z]+_[a-z]).{0,200}?\}\}"
        ),
        "is Jekyll's: it is shown as it was typed",
        _WRITE,
    ),
    (
        re.compile(r"\{\{(?:<.{1,500}?>|%.{1,500}?%)\}\}"),
        "is a shortcode of Hugo or Quarto: it is shown as it was typed",
        _WRITE,
    ),
    (
        re.compile(r"\A {0,3}:{3,}(?:\s*\{.*|\s*[\w-]+)\Z"),
        "begins a block of Quarto: both its lines are shown as they were typed",
        "delete them; what stands between them stays",
    ),
    (
        re.compile(
            r"<(?:iframe|script|style|form|object|embed|video|audio|svg|canvas)(?=[\s/>]|\Z)[^>]{0,500}>?",
            re.IGNORECASE,
        ),
        "is left out: pages hold no frames, scripts, styles, players, drawings and forms",
        "link to what it shows",
    ),
)
_LOOKS_FOREIGN = re.compile(r"\{[{%]|:::|<[A-Za-z]|^<{7}|^ {1,7}(?:[-*+]|\d+\.) ", re.MULTILINE)
"""What one of these has; few pages do."""
_UNMERGED = re.compile(r"<{7}(?: |\Z)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`).{0,500}?(?<!`)\1(?!`)")
# no line across the page: * * *
_ITEM = re.compile(r"(?! *(?:(?:\* *){3,}|(?:- *){3,})\Z)( *)(?:[-*+]|\d{1,9}\.) +\S")


class Foreign(NamedTuple):
    """What was found first of its form: its line from 0, what it is, and what to do."""

    line: int
    what: str
    hint: str


def foreign(text: str) -> Iterator[Foreign]:
    """What a page holds of other tools: of each form the first, with how many more there are."""
    if not _LOOKS_FOREIGN.search(text):
        return
    lines = list(_prose(text))
    for pattern, what, hint in _FORMS:
        found = [(number, match[0]) for number, line in lines if (match := pattern.search(line))]
        if found:
            yield Foreign(found[0][0], f"{_quoted(found[0][1])} {what}{_more(len(found))}", hint)
    last = max((number for number, line in lines if line.startswith(">>>>>>>")), default=0)
    unmerged = next((number for number, line in lines if number < last and _UNMERGED.match(line)), None)
    if unmerged is not None:
        hint = "keep what is right of both, and delete the lines of <<<<<<<, ======= and >>>>>>>"
        yield Foreign(unmerged, "two versions of these lines stand here, which git could not merge", hint)
    nested = list(_flat(lines))
    if nested:
        what = f"the list is indented by less than {_INDENT} blanks, so it is no list within the one above"
        yield Foreign(nested[0], what + _more(len(nested)), f"indent each level by {_INDENT} blanks more")


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are no code and no comment, with their numbers; code within a line is left out."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    fence = ""
    in_list, code, after_blank = False, False, True
    for number, line in enumerate(text.split("\n")):
        line = line.expandtabs(_INDENT).rstrip()
        match = _FENCE.match(line)
        if match and (not fence or match[1].startswith(fence)):
            fence = "" if fence else match[1]
            continue
        is_indented = line.startswith(" " * _INDENT)
        code = is_indented and (code or after_blank) and not in_list
        if line and not is_indented:
            in_list = bool(_ITEM.match(line)) or (in_list and line.startswith(" "))
        after_blank = not line
        if not fence and not code:
            yield number, _CODE.sub("", line)


def _flat(lines: list[tuple[int, str]]) -> Iterator[int]:
    """The numbers of the lines that begin a list within a list for others, and for Python-Markdown do not."""
    above = -1
    for number, line in lines:
        item = _ITEM.match(line)
        if item:
            indent = len(item[1])
            if -1 < above < indent < above + _INDENT:
                yield number
            above = indent
        elif line and not line.startswith(" "):
            above = -1


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…")


def _more(count: int) -> str:
    return f" (and {count - 1} more)" if count > 1 else ""
