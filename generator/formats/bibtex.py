"""BibTeX, in UTF-8.

What a value may hold depends on its field. Titles, venues and LaTeX abstracts are LaTeX already and stay so; only what
would break the file or the run of LaTeX is mended. Names, tags and texts of other formats are plain and are escaped.
Identifiers and addresses are raw, as the packages that print them expect.

Readers disagree about a brace after a backslash: BibTeX counts it, others do not. No value written here holds one, so
that all of them find the same end.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.categories import AmbiguousCategory, Categories
from generator.formats.citation import Citation, citation
from generator.model import Paper
from generator.names import Name
from generator.text import tidy
from generator.text.formulas import Formulas
from generator.text.latex import is_script

_ENTRY_TYPES = {
    "article": "misc",
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "misc",
    "manuscript": "unpublished",
    "paper-conference": "inproceedings",
    "patent": "misc",
    "report": "techreport",
    "review": "article",
    "software": "misc",
    "speech": "misc",
    "thesis": "phdthesis",
    "webpage": "misc",
}
_VENUE_FIELDS = {
    "article": "journal",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "mastersthesis": "school",
    "phdthesis": "school",
    "techreport": "institution",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MASTERS = r"(?i)master|diploma?\b|magister|M\.?\s?(?:Sc|A|Phil|Eng)\b"
_SMALL_WORD = r"(?a)(?:an?|and|are|as|at|by|can|do|does|for|from|how|in|into|is|its|of|on|or|the|to|via|with|)\Z"
_VERBATIM_KEY = r"(?i)@\s*(?!(?:string|comment|preamble)\b)\w+\s*[{(]\s*([^\s,{}()]+)\s*,"
_KEY = r"[A-Za-z][A-Za-z0-9:_-]*\Z"
_PLAIN = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
}
_TO_ESCAPE = r"\\|\{|\}|\^|~|&|%|#|_|\$|--+|''+|``+"
_TAG_BREAK = r"[,;]"
_NAME_BREAK = r"(?i),|\b(?:and|others)\b"

_SPECIAL = re.compile(r"[\\${}%&#_^]")
_PIECE = (
    r"(?s)\\(?:url|href|path)\s*\{[^{}\\]*\}"  # an address, raw
    r"|\\(?:[A-Za-z]+\*?[ \t]*|.|\Z)"
    r"|[${}%&#_^]|[^\\${}%&#_^]+"
)
_COMMAND = r"\\[A-Za-z]+\*?[ \t]*\Z"
_NOT_WORD = r"[\W_]+"
_WORD = re.compile(r"[^\W_]+|[\W_]+")
_END = "\n}"
_LINE_BREAK = r"(?<!\\)((?:\\\\)+)(?=[{}]|\Z)"
_DEEPEST = 40  # readers give up on values with about a hundred nested braces
_FORMULA_STARTS = ("$", r"\(", r"\[", r"\begin")


def write(papers: Iterable[Paper]) -> str:
    """The papers as BibTeX entries, in order, an empty line between two; empty for no papers."""
    citations = [citation(paper) for paper in papers]
    return join(with_abstract(entry, cited) for entry, cited in zip(entries(citations), citations, strict=True))


def join(texts: Iterable[str]) -> str:
    """Entries as the text of a file."""
    text = "\n\n".join(texts)
    return f"{text}\n" if text else ""


def entries(citations: Iterable[Citation]) -> list[str]:
    """One entry for each paper, in order, without its abstract, which ``with_abstract`` adds."""
    listed = list(citations)
    unique = keys((cited.paper.bibtex, key(cited)) for cited in listed)
    return [entry(cited, key) for cited, key in zip(listed, unique, strict=True)]


def keys(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """The key of the entry of each paper, in order, made of its own ``bibtex`` and the ``key`` that it would have.

    Keys are unique among them, whatever their case: a key that is taken gets ``a``, ``b``, ... after it. It is empty
    for a paper that has a ``bibtex`` of its own.
    """
    listed = [(sound(own), own, key) for own, key in wanted]
    taken = {match[1].lower() for is_own, own, _ in listed if is_own for match in re.finditer(_VERBATIM_KEY, own)}
    made = []
    for is_own, _, key in listed:
        unique = "" if is_own else _unique(key, taken)
        taken.add(unique.lower())
        made.append(unique)
    return made


def entry(cited: Citation, key: str) -> str:
    """The entry of a paper under a key of ``keys``, without its abstract, which ``with_abstract`` adds.

    A paper's own ``bibtex`` is taken as it is, unless it is not ``sound`` and would take the entries after it along.
    """
    return _entry(cited, key) if key else cited.paper.bibtex.strip()


def with_abstract(entry: str, cited: Citation) -> str:
    """An entry of ``entries`` with the paper's abstract; a paper's own ``bibtex`` stays as it is."""
    value = _braced(_abstract(cited))
    if value == "{}" or sound(cited.paper.bibtex):
        return entry
    return f"{entry.removesuffix(_END)},\n  abstract = {value}{_END}"


def key(cited: Citation) -> str:
    """A citation key of ``[A-Za-z0-9:_-]``: the paper's id where it looks like a key, as that of an import does.

    Else it is made of the first family name, the year and the first telling word: ``hong2023intelligence``.
    """
    paper = cited.paper
    year = str(paper.date.year) if paper.date else ""
    if re.match(_KEY, paper.id) and (
        ("-" not in paper.id and paper.id != _ascii(cited.title)) or (year and year in paper.id)
    ):
        return paper.id
    family = _ascii(cited.names[0].family or cited.names[0].literal) if cited.names else ""
    words = (_ascii(word) for word in re.split(r"[\W_]+", cited.title))
    word = next((word for word in words if not re.match(_SMALL_WORD, word)), "")
    return f"{family[:40]}{year}{word[:40]}" or re.sub(r"[^A-Za-z0-9:_-]", "-", paper.id) or "paper"


def sound(bibtex: str) -> bool:
    """Whether the text can stand among other entries: an entry with a key, and every brace closed."""
    if not bibtex:
        return False
    depth = 0
    for brace in re.findall(r"[{}]", bibtex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and bool(re.match(_VERBATIM_KEY, bibtex.strip()))


def plain(text: str) -> str:
    """A plain text as LaTeX that prints the same."""
    if not text:
        return ""
    return re.sub(_TO_ESCAPE, lambda match: _PLAIN.get(match[0]) or "{}".join(match[0]), _spaced(text))


def latex(text: str) -> str:
    """LaTeX as LaTeX that is safe in a field: braces balanced, what LaTeX would choke on escaped.

    ``%`` and ``#`` are escaped everywhere (in math nobody means a comment either), ``&``, ``_`` and ``^`` outside of
    math, and a ``$`` that encloses nothing, as in "$5", becomes a dollar sign.
    """
    return _set_off("".join(token.text for token in _tokens(_spaced(text))))


def title(text: str) -> str:
    """A title as ``latex`` has it, with the capitals that styles must not lower in braces: ``{BERT}``, ``{$O(N)$}``."""
    done = []
    word: list[_Token] = []
    for token in _tokens(_spaced(text)):
        if token.depth or not token.prose:
            word.append(token)
            continue
        for part in _WORD.findall(token.text):
            if part[0].isalnum():
                word.append(_Token(part, True, 0))
            else:
                done += [_protected(word), part]
                word = []
    return _set_off("".join([*done, _protected(word)]))


def _set_off(text: str) -> str:
    """With a blank between a line break and a brace, which readers would take for an escaped one."""
    return re.sub(_LINE_BREAK, r"\1 ", text) if r"\\" in text else text


def _entry(cited: Citation, unique: str) -> str:
    entry_type = "mastersthesis" if re.search(_MASTERS, cited.thesis) else _ENTRY_TYPES[cited.kind]
    lines = [f"  {name} = {value}" for name, value in _fields(cited, entry_type) if value not in ("", "{}")]
    return f"@{entry_type}{{{unique},\n" + ",\n".join(lines) + _END


def _fields(cited: Citation, entry_type: str) -> Iterator[tuple[str, str]]:
    paper = cited.paper
    yield "title", _braced(title(paper.title))
    yield "author", _braced(_people(cited.names, et_al=paper.et_al))
    if paper.extra:
        for role in ("editor", "translator"):
            yield role, _braced(_people(cited.people(role)))
        yield "collaboration", _braced(plain(cited.further("collaboration")))
    if paper.date:
        yield "year", _braced(f"{paper.date.year:04d}")
        yield "month", _MONTHS[paper.date.month - 1] if paper.date.month else ""
        # BibTeX passes over it, but an import keeps the day
        yield "day", _braced(str(paper.date.day or ""))
    yield "type", _braced(plain(cited.thesis))
    yield _VENUE_FIELDS.get(entry_type, "howpublished"), _braced(latex(paper.venue or paper.abbr))
    yield "volume", _braced(plain(paper.volume))
    yield "number", _braced(plain(paper.issue))
    yield "pages", _braced(re.sub(r"\s*(?:-+|[\u2010-\u2014])\s*", "--", _raw(paper.pages)))
    yield "publisher", _braced(plain(paper.publisher))
    if paper.extra:
        yield "address", _braced(plain(cited.further("address", "location")))
        for name in ("edition", "series", "chapter", "isbn", "issn"):
            yield name, _braced(plain(cited.further(name)))
    yield "doi", _braced(_raw(paper.doi))
    if paper.arxiv:
        yield "eprint", _braced(_raw(paper.arxiv))
        yield "archiveprefix", "{arXiv}"
        yield "primaryclass", _braced(_arxiv_class(paper.main_category))
    yield "pmid", _braced(_raw(paper.pmid))
    yield "url", _braced(_raw(cited.address))
    yield "note", _braced(_note(paper, entry_type))
    yield "keywords", _braced(_keywords(paper.tags))


def _keywords(tags: tuple[str, ...]) -> str:
    """The tags between commas; in braces where one holds a comma, as biblatex has it."""
    held = [re.search(_TAG_BREAK, tag) is not None for tag in tags]
    words = [_braced(plain(tag)) if hold else plain(tag) for tag, hold in zip(tags, held, strict=True)]
    # braces around all there is would say nothing
    return ", ".join(words) + ("," if held == [True] else "")


def _abstract(cited: Citation) -> str:
    paper = cited.paper
    if paper.format == "latex":
        return latex(paper.abstract)
    return plain(paper.abstract if paper.format == "text" else cited.abstract)


def _arxiv_class(code: str) -> str:
    """The full arXiv code of a category, ``cs.LG`` for ``LG``; empty for one that is not arXiv's."""
    try:
        return Categories({}).resolve(code).arxiv if code else ""
    except AmbiguousCategory:
        return ""


def _note(paper: Paper, entry_type: str) -> str:
    """The standing of the paper; BibTeX wants a note in entries of unpublished work."""
    if paper.retracted:
        return "Retracted"
    if paper.status and paper.status != "published":
        return paper.status.capitalize()
    return "Manuscript" if entry_type == "unpublished" else ""


def _people(listed: Iterable[Name], et_al: bool = False) -> str:
    names = []
    for name in listed:
        if name.literal:
            names.append(_braced(plain(name.literal)))
            continue
        family = f"{name.particle} {_name_part(name.family)}".strip()
        parts = (family, _name_part(name.suffix), _name_part(name.given))
        names.append(", ".join(part for part in parts if part))
    return " and ".join([*names, "others"] if et_al and names else names)


@lru_cache(16_384)  # an author has many papers
def _name_part(text: str) -> str:
    """A part of a name; what would divide the list of names, or make readers guess about cases, goes into braces."""
    escaped = plain(text)
    return _braced(escaped) if re.search(_NAME_BREAK, text) or "\\" in escaped else escaped


def _braced(value: str) -> str:
    # A line of the text that looks like the start of an entry would be taken for one.
    return "{" + value.replace("\n@", "\n{}@") + "}"


def _raw(text: str) -> str:
    """An identifier or address as it is; what would end the value is percent-encoded."""
    return re.sub(r"[\\{}]", lambda match: f"%{ord(match[0]):02X}", text)


def _unique(wanted: str, taken: set[str]) -> str:
    number = 0
    unique = wanted
    while unique.lower() in taken:
        unique = wanted + _letters(number)
        number += 1
    return unique


def _letters(number: int) -> str:
    """0, 1, ..., 25, 26 as a, b, ..., z, aa."""
    text = ""
    while number >= 0:
        text = chr(ord("a") + number % 26) + text
        number = number // 26 - 1
    return text


def _ascii(text: str) -> str:
    if text.isascii():
        return re.sub(_NOT_WORD, "", text).lower()
    from slugify import slugify

    return slugify(text, separator="")


def _spaced(text: str) -> str:
    """Every run of blanks and line ends as one blank; an empty line between paragraphs."""
    return "\n\n".join(tidy(text))


class _Token(NamedTuple):
    """A mended part of a LaTeX text: ``depth`` counts the braces around it, ``prose`` is neither command nor math."""

    text: str
    prose: bool
    depth: int


def _tokens(text: str) -> list[_Token]:
    if not _SPECIAL.search(text):
        return [_Token(text, True, 0)]
    matches = list(re.finditer(_PIECE, text))
    paired = _braces([match[0] for match in matches])
    formulas = Formulas(text)
    formula_end = 0
    tokens = []
    shown: set[int] = set()
    depth = 0
    for index, match in enumerate(matches):
        piece = match[0]
        if match.start() >= formula_end and piece in _FORMULA_STARTS:
            formula = formulas.at(match.start())
            formula_end = formula.end if formula else formula_end
        in_math = match.start() < formula_end
        if piece == "{" and index in paired and not in_math and is_script(text, match.start()):
            shown |= {index, paired[index]}
        if index in shown:
            tokens.append(_Token(_PLAIN[piece], False, depth))
        elif index in paired:
            depth -= piece == "}"
            tokens.append(_Token(piece, False, depth))
            depth += piece == "{"
        elif piece[0] == "\\" and piece[1:].isalpha() and _is_alone(matches, index + 1, paired):
            # what it is to enclose never ends: it stays as it was typed
            tokens.append(_Token(_PLAIN["\\"] + piece[1:], False, depth))
        elif _SPECIAL.match(piece):
            mended = _mended(piece, in_math, text[match.end() : match.end() + 1])
            if mended[0] == "{" and tokens and re.match(_COMMAND, tokens[-1].text):
                mended = mended[1:-1] + "{}"  # in braces it would be the command's argument
            tokens.append(_Token(mended, False, depth))
        else:
            tokens.append(_Token(piece, not in_math, depth))
    return tokens


def _is_alone(matches: list[re.Match[str]], index: int, paired: dict[int, int]) -> bool:
    """Whether there is an opening brace without a partner."""
    return index < len(matches) and matches[index][0] == "{" and index not in paired


def _braces(tokens: list[str]) -> dict[int, int]:
    """The indexes of the braces that have a partner, with its index."""
    paired: dict[int, int] = {}
    opened: list[int] = []
    for index, piece in enumerate(tokens):
        if piece == "{" and len(opened) < _DEEPEST:
            opened.append(index)
        elif piece == "}" and opened:
            paired[index] = opened.pop()
            paired[paired[index]] = index
    return paired


def _mended(piece: str, in_math: bool, following: str) -> str:
    """A command, or a special character other than a brace with a partner."""
    if piece in ("{", "}", r"\{", r"\}"):
        brace = piece[-1]
        if not in_math:
            return _PLAIN[brace]
        return (r"\lbrace" if brace == "{" else r"\rbrace") + (" " if following.isalpha() else "")
    if piece in ("%", "#", "\\") or (piece in ("&", "_", "^", "$") and not in_math):
        return _PLAIN[piece]
    return piece


def _protected(word: list[_Token]) -> str:
    text = "".join([token.text for token in word])
    for token in word:
        if token.depth == 0 and _has_capitals(token):
            # BibTeX takes braces that start with a command for an accented letter, and lowers what is in them.
            return f"{{{{{text}}}}}" if text[0] == "\\" else f"{{{text}}}"
    return text


def _has_capitals(token: _Token) -> bool:
    """Whether lowering would change the meaning: capitals but for the first of a word, a letter alone, a command."""
    if token.prose and len(token.text) > 1:
        return token.text[1:] != token.text[1:].lower()
    return token.text != token.text.lower() and not (token.prose and token.text == "A")
