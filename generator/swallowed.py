"""What YAML takes for its own of what may be meant as text, without any fault that it would tell.

A comment begins at " #" (Paper #1, and all of a colour like #21539c), "&c" names an anchor, and in double quotes a
backslash begins an escape: of "\\theta" a tab and "heta" are left. The ways that YAML 1.2 (chapters 5.7 and 6.6) has.
"""

import io
import itertools
import re
from collections.abc import Iterator

import yaml

from generator.errors import Place, Problems
from generator.nodes import in_lines

_COMMENT = r" +#([^\s#]\S*)"
"""A comment that begins without a blank, as those hardly do that are meant as comments."""
_ANCHOR = rb"&(?<![^\s\[{,]&)[^\s,\[\]{}&]"
_ESCAPE = rb'"(?<=[\s:\[{,-]")[^"\\]*(?:\\[^ntrNLP_"][^"\\]*)*\\[ntrNLP_"]'
"""The beginning of a text in double quotes that has such an escape."""
_ESCAPED = r"""(?x)\\(?:\\
    | (t(?:ext[a-z]*|heta|imes|au|op?|ilde|[dt]?frac|anh?|t|iny|riangle[a-z]*)
    |  n(?:u|abla|eq?|eg|ot|otin|i|ewline|oindent|um)
    |  r(?:ho|m|ight[a-z]*|angle|ceil|floor|ef|[vV]ert)
    |  [NLP][A-Za-z]*) (?![A-Za-z])
    | (_)
    | (?<=[A-Za-z]\\) ("\{?[aeiouyAEIOUY]) )"""
"""An escaped backslash, or an escape that is the beginning of a command of LaTeX rather: who wants a line end before
"abla" is rare."""
_CONTAINERS = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockEntryToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_NO_VALUE = (
    yaml.KeyToken,
    yaml.BlockEndToken,
    yaml.FlowEntryToken,
    yaml.FlowMappingEndToken,
    yaml.FlowSequenceEndToken,
    yaml.StreamEndToken,
)
"""What follows where a value is missing; after a dash, another dash does too."""

_Found = tuple[int, int, str, str]
"""Line and column, counted from 0, what is told there, and a hint."""


def swallowed(data: bytes, file: str, warnings: Problems, first_line: int = 1) -> bool:
    """Whether anything of a YAML file, which can be read, is taken so that may be meant as text. It is told."""
    comments = b" #" in data and re.search(_COMMENT.encode(), data)
    anchors = b"&" in data and re.search(_ANCHOR, data)
    if not comments and not anchors and not (b"\\" in data and b'"' in data and re.search(_ESCAPE, data)):
        return False
    before = len(warnings.found)
    for line, column, what, hint in _found(in_lines(data.decode("utf-8-sig"))):
        warnings.add(Place(file, line + first_line, column + 1), what, hint)
    return len(warnings.found) > before


def _found(text: str) -> Iterator[_Found]:
    lines = io.StringIO(text, newline=None).read().split("\n")
    tokens = list(yaml.scan(text, Loader=yaml.CBaseLoader))
    named = {token.value for token in tokens if isinstance(token, yaml.AliasToken)}
    for token, following in itertools.pairwise(tokens):
        if isinstance(token, yaml.ScalarToken) and token.plain:
            yield from _comment(token, "the text ends", lines)
        elif isinstance(token, yaml.ScalarToken):
            yield from _escapes(token, text)
        elif _lacks_value(token, following):
            yield from _comment(token, "nothing stands", lines)
        elif (
            isinstance(token, yaml.AnchorToken) and token.value not in named and not isinstance(following, _CONTAINERS)
        ):
            what = f"'&{token.value[:20]}' is taken by YAML for the name of an anchor, which nothing refers to"
            yield token.start_mark.line, token.start_mark.column, what, "put the text into quotes"


def _lacks_value(token: yaml.Token, following: yaml.Token) -> bool:
    """Whether a colon or a dash is all that stands there."""
    if isinstance(token, yaml.BlockEntryToken):
        return isinstance(following, (yaml.BlockEntryToken, *_NO_VALUE))
    return isinstance(token, yaml.ValueToken) and isinstance(following, _NO_VALUE)


def _comment(token: yaml.Token, how: str, lines: list[str]) -> Iterator[_Found]:
    line, column = token.end_mark.line, token.end_mark.column
    comment = re.match(_COMMENT, lines[line][column:])
    if comment:
        what = f"{how} before '#{comment[1][:20]}', which YAML takes for a comment"
        yield line, column, what, "put the text into quotes, or a blank after the #"


def _escapes(token: yaml.ScalarToken, text: str) -> Iterator[_Found]:
    typed = text[token.start_mark.index : token.end_mark.index]
    for found in re.finditer(_ESCAPED, typed) if typed[:1] == '"' else ():
        if found.lastindex:
            above = io.StringIO(typed[: found.start()], newline=None).read().split("\n")
            column = len(above[-1]) + (token.start_mark.column if len(above) == 1 else 0)
            what = f"of {found[0]} YAML makes a sign of its own, as the text stands in double quotes"
            yield (
                token.start_mark.line + len(above) - 1,
                column,
                what,
                "put it into single quotes, or double backslashes",
            )
