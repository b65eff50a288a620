"""A paper in the making: values of a foreign source go in as text, each is checked as in YAML, and a Paper comes out.

A value that cannot be what its key wants is reported with its place and left out; the paper is kept.
"""

import contextlib
import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from generator import names, urls
from generator.errors import Place, Problems
from generator.formats import tagged
from generator.formats.citation import kind
from generator.model import Origin, Paper, PaperAuthor, PaperLink
from generator.scalars import (
    TRUTH,
    TRUTH_VALUE,
    Scalar,
    Wrong,
    is_readable,
    read_arxiv,
    read_id,
    read_line,
    read_old_address,
    readable,
)
from generator.shapes import Choice, OneOf, fields_of
from generator.text import inline, slug, tidy

_ARXIV_STATEMENT = re.compile(
    r"arxiv(?:\.org)?(?:\s+(?:preprint|e-?prints?))?(?:\s+arxiv)?\W*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})?"
    r"(?:\s*\[[\w.-]+\])?\W*\Z",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/(?=10\.)", re.IGNORECASE)
_ARXIV_ADDRESS = re.compile(
    r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.", re.IGNORECASE
)
BARE_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+\Z")
_OPENREVIEW_ADDRESS = re.compile(r"https?://openreview\.net/(?:forum|pdf)\?id=([\w-]+)\Z", re.IGNORECASE)
_PUBMED_ADDRESS = re.compile(r"https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d+)/?\Z")
_GROUP = re.compile(r"(?<![\\\w^_}])\{(\$[^${}]*\$|[^{}\\$^_]*)\}")
_FORMULA_OR_ACCENT = re.compile(
    r"\\\$|\$(?:[^$\\]|\\.)*\$|\\\(.*?\\\)|(?P<accent>\{\\(?:[^A-Za-z\s{}$]|[A-Za-z]+\s*)(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])?\})"
)
"""What looks like an accent in a formula, like {\\odot} or {\\mathrm{a}}, is a symbol or an argument of LaTeX there."""
_HEADING = re.compile(r"\A\s*abstract[.:]?[ \t]*\n", re.IGNORECASE)
"""What publishers' pages have above an abstract, and reference managers take for its first line."""
_MARKUP = re.compile(r"[\\${}~`]|--|''")
_MORE_THAN_BRACES = re.compile(r"[\\$~`]|--|''")
CUT_SHORT = re.compile(r"(?:et\.?\s*al|others)\.?\Z|\.{3}\Z|…\Z", re.IGNORECASE)
"""What stands in a list of authors for those that it leaves out."""
_DASH = re.compile(r"\s*(?:-+|[\u2010-\u2015])\s*")
_STATUS = {
    "accepted": "accepted",
    "accepted for publication": "accepted",
    "forthcoming": "in press",
    "in preparation": "in preparation",
    "in press": "in press",
    "in progress": "in preparation",
    "inpreparation": "in preparation",
    "inpress": "in press",
    "submitted": "submitted",
    "to appear": "in press",
    "under review": "under review",
}
MOST_NAMED = 10
"""Names of fields that are told."""
_CHOSEN = re.compile(r"(?:19|20)\d\d|[-_]")
_REMARK = re.compile(
    r"(?:cited by|times cited)\s*:?\s*(\d+)(?:;[^\n]*)?\Z"
    r"|(?:export date|total times cited|cited references? count):[^\n]*\Z"
    r"|(?:ads bibcode|citation key|zscc|tex\.\w+|\\?_eprint):[^\n]*\Z",
    re.IGNORECASE,
)
_OF_ZOTERO = re.compile(
    r"DOI:\s*(?P<doi>10\.\S+)\Z|PMID:\s*(?P<pmid>\d+)\Z|PMCID:\s*(?P<pmcid>PMC\d+)\Z|Publisher:\s*(?P<publisher>.+)\Z"
    r"|ISSN:\s*(?P<issn>[\dX, -]+)\Z|ISBN:\s*(?P<isbn>[\dX, -]+)\Z",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


class Draft:
    """The values of one paper so far, where it stands in its source, and where its problems go.

    ``problems`` takes what is wrong, ``doubts`` what was guessed.
    """

    def __init__(self, file: str, line: int, problems: Problems, doubts: Problems) -> None:
        self.file = file
        self.line = line
        self.problems = problems
        self.doubts = doubts
        self.values: dict[str, Any] = {}
        self.links: list[PaperLink] = []
        self.extra: dict[str, str] = {}
        self.key = ""
        """What the source calls the paper: its id, when it can be one."""

    def has(self, name: str) -> bool:
        return bool(self.values.get(name))

    def put(self, name: str, text: str, line: int = 0) -> bool:
        """Set a key of the paper from its text, unless it is set or the text is empty; whether it was set."""
        if not text or not text.strip() or self.has(name):
            return False
        shape = fields_of(Paper)[name].shape
        try:
            match shape:
                case Scalar():
                    self.values[name] = shape.read(text)
                case OneOf(scalars) if scalars[0] is TRUTH_VALUE and text.strip().lower() in TRUTH:
                    self.values[name] = scalars[0].read(text)
                case OneOf(scalars):
                    self.values[name] = scalars[-1].read(text)
                case Choice(words):
                    if text not in words:
                        return False
                    self.values[name] = text
                case _:
                    raise AssertionError(name)
        except Wrong as wrong:
            self.problem(f"{name} {wrong.what}", wrong.hint, line)
            return False
        return True

    def problem(self, what: str, hint: str = "", line: int = 0) -> None:
        self.problems.add(Place(self.file, line or self.line), what, hint)

    def doubt(self, what: str, hint: str = "", line: int = 0) -> None:
        self.doubts.add(Place(self.file, line or self.line), what, hint)

    def found_at(self, address: str, line: int = 0) -> None:
        """Note an address at which the paper was found on the site that it comes from."""
        try:
            old = read_old_address(address)
        except Wrong as wrong:
            self.doubt(f"an address of before {wrong.what}", "it will not lead to the paper", line)
            return
        self.values["redirect_from"] = (*self.values.get("redirect_from", ()), old)

    def link(self, label: str, url: str, line: int = 0) -> None:
        """Add a further link, unless the paper has one to the same place."""
        known = {link.url for link in self.links} | {self.values.get(key) for key in ("website", "pdf", "code")}
        try:
            shape = fields_of(PaperLink)["url"].shape
            assert isinstance(shape, Scalar)
            address = str(shape.read(url))
        except Wrong as wrong:
            self.problem(f"{label or 'a link'} {wrong.what}", wrong.hint, line)
            return
        if address not in known:
            self.links.append(PaperLink(label=label, url=address))

    def address(self, url: str, line: int = 0) -> None:
        """Put a web address where it belongs: a DOI, arXiv, OpenReview, PubMed, a PDF, or the paper's website."""
        url = url.strip()
        if _DOI_ADDRESS.match(url):
            self.put("doi", url, line)
        elif _ARXIV_ADDRESS.match(url):
            self.put("arxiv", url, line)
        elif match := _OPENREVIEW_ADDRESS.match(url):
            self.put("openreview", match[1], line)
        elif match := _PUBMED_ADDRESS.match(url):
            self.put("pmid", match[1], line)
        elif url.lower().endswith(".pdf") and not self.has("pdf"):
            self.put("pdf", url, line)
        elif not self.has("website"):
            self.put("website", url, line)
        elif url != self.values["website"]:
            self.link("", url, line)

    def addresses(self, name: str, text: str, line: int = 0) -> None:
        """Put the web addresses among the words of a text where they belong, a bare DOI too; other words are told."""
        others = []
        for word in text.split():
            if word.startswith("www."):
                self.address(f"https://{word}", line)
            elif _WEB.match(word):
                self.address(word, line)
            elif BARE_DOI.match(word):
                self.put("doi", word, line)
            else:
                others.append(word)
        if others:
            self.doubt(f"{name} {' '.join(others)[:60]!r} is not a web address", "it was left out", line)

    def venue(self, text: str, line: int = 0) -> None:
        """Set the venue; one that only says arXiv is not one, but may hold the identifier."""
        if not self.is_arxiv(text, line):
            self.put("venue", text, line)

    def is_arxiv(self, text: str, line: int = 0) -> bool:
        """Whether a text says nothing but arXiv (CoRR is DBLP's name of it), perhaps with an identifier, then set."""
        statement = _ARXIV_STATEMENT.match(text.strip())
        if statement:
            self.put("arxiv", statement[1] or "", line)
        return bool(statement) or text.strip() == "CoRR"

    def abstract(self, text: str, line: int = 0) -> None:
        """Set the abstract: LaTeX, or with tags of HTML or JATS; each paragraph becomes one line, a heading goes."""
        paragraphs = tidy(_HEADING.sub("", tagged.as_latex(text)))
        if len(paragraphs) > 1 and paragraphs[0].strip(" .:").casefold() in ("abstract", "summary"):
            del paragraphs[0]
        self.put("abstract", "\n\n".join(paragraphs), line)

    def call(self, key: str) -> None:
        """Take the source's name for the paper as its id, when a person may have chosen it; databases number theirs."""
        if not self.key and (_CHOSEN.search(key) or key.islower()):
            self.key = key

    def pages(self, text: str, line: int = 0) -> None:
        if not self.is_arxiv(text, line):
            self.put("pages", _DASH.sub("-", text.strip()), line)

    def status(self, text: str) -> bool:
        """Set the status, when the text says nothing but one; whether it does."""
        found = _STATUS.get(text.strip(" .,;").casefold())
        if found:
            self.values.setdefault("status", found)
        return bool(found)

    def own_note(self, text: str, line: int = 0) -> str:
        """What a person wrote in a note: Zotero adds lines with what it has no field for, which go where they belong.

        What contradicts what is known already stays in the note.
        """
        return "\n".join(one for one in text.split("\n") if not self._is_taken(one.strip(), line)).strip("\n")

    def _is_taken(self, text: str, line: int) -> bool:
        if self.is_remark(text) or (text and self.is_arxiv(text, line)):
            return True
        match = _OF_ZOTERO.match(text)
        name = match.lastgroup if match else None
        if not match or not name:
            return False
        value = match[name]
        if name == "pmcid":
            self.link("PubMed Central", f"https://pmc.ncbi.nlm.nih.gov/articles/{value}/", line)
        elif name in ("issn", "isbn"):
            self.keep(name, value)
        else:
            return self.put(name, value, line) or str(self.values.get(name)).casefold() == value.casefold()
        return True

    def is_remark(self, text: str) -> bool:
        """Whether a note is only what a program remarks of its record: how often it is cited, which is kept, when it
        was exported and the like."""
        match = _REMARK.match(text.strip())
        if match:
            self.put("citations", match[1] or "")
        return bool(match)

    def type(self, csl_type: str) -> None:
        if csl_type:
            self.put("type", csl_type)

    def authors(self, listed: Iterable[PaperAuthor]) -> None:
        """Set the authors; ``et al.`` among them says that the list is cut short."""
        found = []
        for entry in listed:
            try:
                name, family = read_line(entry.name), read_line(entry.family)
            except Wrong as wrong:
                self.problem(f"an author's name {wrong.what}", wrong.hint)
                continue
            if (name, family) != (entry.name, entry.family):
                entry = msgspec.structs.replace(entry, name=name, family=names.untold(name, family))
            if CUT_SHORT.match(name):
                self.values["et_al"] = True
            elif name:
                found.append(entry)
        self.values["authors"] = tuple(found)

    def unexplained(self, marked: Sequence[str], how: str = "equal: true with the author", line: int = 0) -> None:
        """Say beside which names there were marks that nothing explains, if there were any, and how to tell it."""
        if marked:
            what = f"no note tells what is meant by the marks of {', '.join(marked)}"[:200]
            self.doubt(what, f"they were left out: write {how}", line)

    def tags(self, words: Iterable[str]) -> None:
        """Set the tags, each once whatever its case."""
        found: dict[str, str] = {}
        for word in words:
            try:
                tag = read_line(word)
            except Wrong as wrong:
                self.problem(f"tags {wrong.what}", wrong.hint)
                continue
            tag = tag.lstrip("*")
            if tag:
                found.setdefault(tag.casefold(), tag)
        self.values["tags"] = tuple(found.values())

    def keep(self, name: str, text: str) -> None:
        """Keep under ``extra`` what a citation may need and the record has no key for."""
        try:
            value = read_line(text)
        except Wrong:
            return
        if value:
            self.extra.setdefault(name, value)

    def _preprint(self) -> None:
        """Take arXiv and the like for no journal: ``abs/2203.16110`` for no volume, papers for no articles in one."""
        volume = str(self.values.get("volume", ""))
        if volume.startswith("abs/") and not self.has("venue"):
            self.values["volume"] = ""
            self.put("arxiv", volume.removeprefix("abs/"))
        if self.values.get("type") != "article-journal":
            return
        in_journal = any(map(self.has, ("venue", "volume", "issue")))
        venue = self.values.get("venue", "")
        # a server of preprints is called a journal by itself: @article with bioRxiv
        if (self.has("arxiv") and not in_journal) or (venue and kind(Paper(title="", venue=venue)) == "article"):
            self.values["type"] = "article"

    def _publisher(self) -> None:
        """Take for the venue who gave a degree or a report out; arXiv is no publisher."""
        publisher = self.values.get("publisher", "")
        if publisher.casefold() == "arxiv" and self.has("arxiv"):
            self.values["publisher"] = ""
            return
        gives_out = self.values.get("type") in ("thesis", "report")
        if gives_out and self.values.get("venue", publisher) == publisher == plain(publisher):  # a venue is LaTeX
            self.values["venue"], self.values["publisher"] = publisher, ""

    def paper(self, index: int) -> Paper | None:
        """The paper, numbered within its source; None, and a problem, when it has no title."""
        if not self.has("title"):
            shown = f"{self.key!r}" if self.key else "the paper"
            self.problem(f"{shown} has no title", "give it one; without, it is left out")
            return None
        for text in (str(self.values.get("pdf", "")), str(self.values.get("doi", ""))):
            match = _ARXIV_ADDRESS.match(text)
            if match and not self.has("arxiv"):
                with contextlib.suppress(Wrong):
                    self.values["arxiv"] = read_arxiv(text[match.end() :])
        self._preprint()
        self._publisher()
        values = {name: value for name, value in self.values.items() if value not in ("", ())}
        paper = Paper(
            **values,
            links=tuple(self.links),
            extra=self.extra,
            id=self.key if _is_id(self.key) else "",
            origin=Origin(self.file, self.line, 1, index),
        )
        if paper.type and kind(msgspec.structs.replace(paper, type=None)) == paper.type:
            # what the venue tells anyway need not be written
            return msgspec.structs.replace(paper, type=None)
        return paper


def author(given: str, family: str, suffix: str = "") -> PaperAuthor:
    """An entry of a list of authors from the parts of a name; a name without a given one has no parts.

    The family name is told where it could not be found in the name alone.
    """
    given, family, suffix = (" ".join(clean(tagged.unescaped(part)).split()) for part in (given, family, suffix))
    name = names.printed(given, family, suffix)
    return PaperAuthor(name=name, family=names.untold(name, family))


def _counted(names: Iterable[str]) -> str:
    """The names, the most frequent first, with how often each occurs; of many the first."""
    numbers = Counter(names)
    shown = [f"{name} ({number})" if number > 1 else name for name, number in numbers.most_common(MOST_NAMED)]
    return ", ".join(shown) + (f" and {len(numbers) - len(shown)} more" if len(numbers) > len(shown) else "")


def tell_untaken(
    problems: Problems,
    file: str,
    fields: Sequence[tuple[str, int]],
    what: str = "fields",
    hint: str = "what you want to keep can be written into note or extra",
) -> None:
    """Say which fields of a file were not taken over, if there are any; each comes with its line."""
    if fields:
        names = _counted(name for name, _ in fields)
        problems.add(Place(file, fields[0][1]), f"{what} that were not taken over: {names}", hint)


def with_ids(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The papers, each with an id that no other has: its own, else made from its title.

    Of papers that had the same address before, the first is found there.
    """
    found: dict[str, Paper] = {}
    before: set[str] = set()
    for paper in papers:
        base = paper.id if paper.id.casefold() not in found else ""
        base = base or slug(inline(paper.title).plain, fallback="paper")
        unique = base
        number = 1
        while unique.casefold() in found:
            number += 1
            unique = f"{base}-{number}"
        led = [old for old in dict.fromkeys(paper.redirect_from) if old not in before and old != urls.paper(unique)]
        before.update(led)
        if (unique, tuple(led)) != (paper.id, paper.redirect_from):
            paper = msgspec.structs.replace(paper, id=unique, redirect_from=tuple(led))
        found[unique.casefold()] = paper
    return tuple(found.values())


_MOST_WRAPS = 20
"""Braces around braces that are taken off one by one; each is found by reading all of the text."""


@functools.lru_cache(maxsize=1024)
def simple(latex: str) -> str:
    """The LaTeX in the simplest form that looks the same: without braces that only protect, with plain letters."""
    text = " ".join(latex.split())
    for _ in range(_MOST_WRAPS):
        if not is_wrapped(text):
            break
        text = text[1:-1].strip()
    if not _MARKUP.search(text):
        return text
    if not _MORE_THAN_BRACES.search(text) and text.count("{") == text.count("}"):
        return text.replace("{", "").replace("}", "")
    wanted = _looks(text)
    plain = inline(text).plain
    if _looks(plain) == wanted:
        return plain
    fewer = _FORMULA_OR_ACCENT.sub(lambda match: inline(match[0]).plain if match["accent"] else match[0], text)
    while (shorter := _GROUP.sub(r"\1", fewer)) != fewer:
        fewer = shorter
    return fewer if _looks(fewer) == wanted else text


def plain(latex: str) -> str:
    """The LaTeX as plain text in one line."""
    text = " ".join(latex.split())
    return inline(text).plain if _MARKUP.search(text) else text


def clean(text: str) -> str:
    """The text without the control characters that content files may not hold."""
    try:
        return readable(text)
    except Wrong:
        return "".join(sign for sign in text if is_readable(sign))


def decoded(data: bytes) -> str:
    """The text of a file that is not UTF-8, line by line: programs add to a file without asking how it is encoded."""
    lines = []
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", "replace").replace("\ufffd", ""))
    return "\n".join(lines).removeprefix("\ufeff")


def _looks(text: str) -> str:
    return inline(text).html.replace("\xa0", " ")


def is_wrapped(text: str) -> bool:
    """Whether braces, or quotes around braces, enclose all of a text."""
    if text[:1] + text[-1:] == '""' and text[1:2] + text[-2:-1] == "{}":
        return True
    if text[:1] != "{" or text[-1:] != "}":
        return False
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", text):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end() == len(text)
    return False


def _is_id(key: str) -> bool:
    """Whether the source's name for a paper is a good part of an address, and not just a number in a database."""
    try:
        read_id(key)
    except Wrong:
        return False
    return len(key) >= 3 and bool(_LETTER.search(key))
