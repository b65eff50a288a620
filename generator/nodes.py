"""Bytes of a YAML file to a tree of nodes with positions, every fault told by line and column.

libyaml does the parsing. Scalars are left as they were typed: what they mean is decided in ``schema``.
"""

import io
import itertools
import operator
import re
from typing import Any

import yaml

from generator.errors import Place, Problems

DEEPEST = 100
"""Lists and mappings within each other; readers recurse, so that this keeps them far from the end of the stack."""
TOO_DEEP = f"nests more than {DEEPEST} levels deep"
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
_BRACKET = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NOT_BRACKETS = bytes(sorted(set(range(256)) - set(_BRACKET)))
_TAGS = {
    yaml.ScalarNode: yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG,
    yaml.SequenceNode: yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG,
}
_OPENING = b"[{-?:"
_FEW = 100
"""So few signs that can open a level nest neither deeply nor often on one line."""
_NESTED_ON_ONE_LINE = rb"(?m)^ *(?:[-?:] +){100}"
_NOT_TEXT = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"
_ODD_INDENT = "[ -]*([\u00a0\u2000-\u200b\u202f\u3000])"
_CURLED = ": [\u201c-\u201f\u2018\u201a]"
_GLUED = r"(?:- +)?[\w-]+:(?!//)([^ \t])"
_QUOTED_BEGINNING = r'(?:^|: |- )"[^"]+"[^"]*[^"\s,\]}] *$'
_VALUE_IN_BRACKETS = r"(?:^|: |- )[\[{]"
_BIBTEX = r"@[A-Za-z]+ *[{(]"
_MARK_INSIDE = "(?m)^\ufeff"
_OTHER_LINE_ENDS = "\x85\u2028\u2029"
"""libyaml ends lines at these, as YAML 1.1 did; to YAML 1.2 and to editors, which count lines, they are but signs."""
_CONFLICT = r"(?m)^<{7}(?: .*)?$"
"""How that begins which git leaves where two versions of a file disagree."""
_SAID = {
    "exceeded maximum nesting depth": TOO_DEEP,
    "found unknown directive name": "a line that begins with % is no text",
    "but found another document": "the file holds more than one document",
    "found incompatible YAML document": "it is said to be of a version other than 1.1 or 1.2",
    "did not find expected <document start>": "something follows the end of the document",
    "second occurrence": "an anchor of this name was given before",
}
_AT_ITS_BEGINNING = ("found unexpected end of stream", "could not find expected ':'")
"""What is told where the quote, bracket or key begins; libyaml finds it out only later."""
_HINTS = {
    "found character that cannot start any token": "put the text into quotes",
    "mapping values are not allowed in this context": (
        'a text that holds ": " needs quotes around it; or is the line indented too far?'
    ),
    "found unexpected end of stream": "a quote or a bracket is not closed",
    "could not find expected ':'": "is a colon missing, or a line not indented?",
    "found undefined alias": "a text that begins with * needs quotes",
    "but found another document": "leave out the lines that hold only ---",
    "did not find expected key": "check the indentation; a quote inside a quoted text is written \\\" or ''",
    "found a tab character that violates indentation": "indent with blanks",
    "found a tab character where an indentation space is expected": "indent with blanks",
    "did not find expected node content": "a value is missing, or a bracket is not closed",
    "did not find expected '-' indicator": "indent what belongs to an item below the text after its dash",
    "block sequence entries are not allowed in this context": (
        "a text that begins with a dash needs quotes; a list begins on a line of its own"
    ),
    "did not find expected comment or line break": "a text that begins with | or > needs quotes",
    "found an indentation indicator equal to 0": "leave out the 0",
    "mapping keys are not allowed in this context": "a text that begins with ? needs quotes",
    "found duplicate %YAML directive": "delete the line %YAML",
    "found unknown directive name": "put the text into quotes, or delete the line",
    "exceeded maximum nesting depth": "write it flatter",
    "found unknown escape character": "a text with backslashes is best written in single quotes, or as a block: >-",
    "found invalid Unicode character escape code": "write the character itself, or \\U and eight digits",
    "found incompatible YAML document": "delete the line %YAML",
    "did not find expected <document start>": "delete the line ..., or what follows it",
    "second occurrence": "give each anchor (&name) another name",
    "did not find expected alphabetic or numeric character": "a text that begins with * or & needs quotes",
}


class _Loader(yaml.CBaseLoader):
    """Gives scalars the tag of text, unless they bear another one, without a look at what they might be."""

    # nothing is to be done at each node: what is written in C does it soonest
    descend_resolver: Any = operator.is_
    ascend_resolver: Any = bool

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        return _TAGS[kind]


def compose(data: bytes, file: str, problems: Problems, first_line: int = 1) -> yaml.nodes.Node | None:
    """The root node of a YAML file; None when it is empty or cannot be read, which is then among the problems."""
    text = decode(data, file, problems)
    if text is None:
        return None
    if _too_deep(data):
        problems.add(Place(file, first_line), TOO_DEEP, "write it flatter")
        return None
    try:
        return tree(text)
    except yaml.MarkedYAMLError as error:
        if is_unmerged(text, file, problems, first_line):
            return None
        mark = error.problem_mark or error.context_mark
        begun = error.context_mark
        what = error.problem or "cannot be read"
        if mark and begun and what in _AT_ITS_BEGINNING:
            mark = begun
        place = Place(file, mark.line + first_line, mark.column + 1) if mark else Place(file)
        line = _line(text, mark.line) if mark else ""
        hint = _HINTS.get(what, "")
        if begun and what.startswith("did not find expected ',' or"):
            hint = f"a comma is missing, or the bracket opened in line {begun.line + first_line} is not closed"
        if what == "did not find expected <document start>" and "\n..." not in text:
            hint = "is a line above indented too far?"
        hint = _hint(what, line, hint)
        if mark and mark.line and what == "mapping values are not allowed in this context":
            hint = _of_the_line_above(_line(text, mark.line - 1).strip(), hint)
        line = line.strip()
        key = line.partition(":")[0].removeprefix("- ") if ":" in line else ""
        where = f" (at {key!r})" if re.fullmatch(r"[\w-]{1,40}", key) else ""
        if what == "found character that cannot start any token" and mark and _sign(text, mark) == "\t":
            what = "found a tab character that violates indentation"
            hint = _HINTS[what]
        problems.add(place, f"is not valid YAML: {_SAID.get(what, what)}{where}", hint)
    except yaml.YAMLError as error:
        problems.add(Place(file), f"is not valid YAML: {error}")
    return None


def is_unmerged(text: str, file: str, problems: Problems, first_line: int = 1) -> bool:
    """Whether git has left two versions of some lines in a text, which is reported."""
    conflict = re.search(_CONFLICT, text)
    if not conflict or "\n>>>>>>>" not in text[conflict.end() :]:
        return False
    problems.add(
        Place(file, text.count("\n", 0, conflict.start()) + first_line, 1),
        "holds two versions of these lines, which git could not merge",
        "keep what is right of both, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
    )
    return True


def _hint(what: str, line: str, usual: str) -> str:
    """What the line in which libyaml found a fault says of its cause; what is usually the cause if it says nothing."""
    if found := re.match(_ODD_INDENT, line):
        return f"indent with usual blanks: the line begins with U+{ord(found[1]):04X}, which looks like one"
    if re.match(_BIBTEX, line):
        return "this is BibTeX: let the file's name end in .bib"
    if re.search(_CURLED, line):
        return "write straight quotes: \" or '"
    if what == "did not find expected key" and re.search(_QUOTED_BEGINNING, line):
        return 'put single quotes around all of a text that begins with "'
    if what == "did not find expected key" and re.search(_VALUE_IN_BRACKETS, line):
        return "a text that begins with [ or { needs quotes; or is a bracket too many?"
    if what == "could not find expected ':'":
        return after_colon(line.strip()) or usual
    return usual


def _of_the_line_above(line: str, usual: str) -> str:
    """The hint for a key that cannot stand where it does: a key above it that lacks its colon is taken for a text."""
    if found := after_colon(line):
        return f"{found} in the line above"
    if re.search(r":(?: |$)|^(?:#|$)", line):
        return usual
    return f"{usual.removesuffix('?')}, or does the line above lack its colon?"


def after_colon(text: str) -> str:
    """The hint for a key whose colon no blank follows; "" for anything else."""
    found = re.match(_GLUED, text)
    if found and found[1].isspace():
        return f"write a usual blank after the colon: what follows it is U+{ord(found[1]):04X}, which looks like one"
    return "write a blank after the colon" if found else ""


def tree(text: str) -> yaml.nodes.Node | None:
    """The root node of a YAML text; raises YAMLError."""
    found: yaml.nodes.Node | None = yaml.compose(in_lines(text), Loader=_Loader)
    return found


def in_lines(text: str) -> str:
    """The text with blanks for what would end lines for libyaml alone."""
    if not text.isascii():
        for sign in _OTHER_LINE_ENDS:
            text = text.replace(sign, " ")
    return text


def decode(data: bytes, file: str, problems: Problems) -> str | None:
    """The text of a file, which must be UTF-8 (a byte order mark is ignored) without NUL and control characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place(data, error.start, file)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            name = "UTF-32" if data[2:4] == b"\0\0" else "UTF-16"
            problems.add(place, f"is {name}, not UTF-8", "save the file as UTF-8")
        else:
            byte = data[error.start]
            likely = bytes([byte]).decode("latin-1")
            problems.add(
                place,
                f"is not UTF-8: byte 0x{byte:02X}" + (f", probably {likely!r} in Latin-1" if byte >= 0xA0 else ""),
                "save the file as UTF-8",
            )
        return None
    # in UTF-8 all else that is no text begins with one of two bytes, and so does a byte order mark
    if b"\xc2" not in data and b"\xef" not in data and len(data.translate(None, _CONTROL_BYTES)) == len(data):
        return text
    found = re.search(_NOT_TEXT, text)
    if found and data.count(0) * 3 > len(data):
        problems.add(Place(file, 1, 1), "is UTF-16, not UTF-8", "save the file as UTF-8")
        return None
    if found:
        problems.add(
            _place(text.encode(), len(text[: found.start()].encode()), file),
            f"holds the control character U+{ord(found[0]):04X}",
            "delete it, it was probably pasted by accident",
        )
        return None
    found = re.search(_MARK_INSIDE, text)
    if found:
        problems.add(
            _place(text.encode(), len(text[: found.start()].encode()), file),
            "holds a byte order mark (U+FEFF, invisible) at the beginning of a line",
            "delete it; it is left from joining files",
        )
        return None
    return text


def _place(data: bytes, position: int, file: str) -> Place:
    before = data[:position].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line_start = before.rfind(b"\n") + 1
    return Place(file, before.count(b"\n") + 1, len(before[line_start:].decode("utf-8", "replace")) + 1)


def _line(text: str, number: int) -> str:
    """A line of a text, counted from 0; empty when there is no such line."""
    return next(itertools.islice(io.StringIO(text, newline=None), number, None), "").removesuffix("\n")


def _sign(text: str, mark: yaml.Mark) -> str:
    return _line(text, mark.line)[mark.column : mark.column + 1]


def _too_deep(data: bytes) -> bool:
    """Whether nesting could exhaust the stack of libyaml's recursive composer.

    Counting brackets is quick but counts those in texts too, so only a high count is worth the exact look.
    """
    if len(data) - len(data.translate(None, _OPENING)) < _FEW:
        return False
    brackets = data.translate(None, _NOT_BRACKETS)
    highest = max(itertools.accumulate(map(_BRACKET.__getitem__, brackets)), default=0)
    if highest <= DEEPEST and not re.search(_NESTED_ON_ONE_LINE, data):
        return False
    depth = 0
    try:
        for event in yaml.parse(data, Loader=yaml.CBaseLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    return True
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return False
    return False
