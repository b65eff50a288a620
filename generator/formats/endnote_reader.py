"""EndNote's export of tagged lines (.enw, "Refer"), which Google Scholar offers too, to papers."""

import datetime
import re

from generator.errors import ImportFailed
from generator.formats import tagged
from generator.formats.bibtex_names import author, printed
from generator.formats.draft import Draft, clean
from generator.formats.profile import Profile
from generator.formats.tag_lines import TagRecord, profile, records
from generator.formats.written_dates import put_date

_LINE = re.compile(r"\ufeff?%([0-9A-Z@!#$&()*+?^<>~[]) ?(.*)")
_START = re.compile(r"^\ufeff?%0 ", re.MULTILINE)
_TYPES = {
    "book": "book",
    "book section": "chapter",
    "computer program": "software",
    "conference paper": "paper-conference",
    "conference proceedings": "paper-conference",
    "dataset": "dataset",
    "edited book": "book",
    "electronic article": "article-journal",
    "journal article": "article-journal",
    "patent": "patent",
    "report": "report",
    "thesis": "thesis",
    "web page": "webpage",
}
_KEPT = {"E": "editor", "H": "translator", "S": "series", "C": "address", "7": "edition", "G": "language"}
_OF_PROGRAMS = frozenset("LMW[~!")
"""Tags that databases and reference managers write for themselves: nobody misses them."""


def looks_like(text: str) -> bool:
    """Whether a record of EndNote begins somewhere."""
    return bool(_START.search(text))


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read EndNote's export. ``file`` names it in messages.

    Raises ImportFailed when no record begins anywhere.
    """
    if not looks_like(text):
        raise ImportFailed(
            f"{file} holds no EndNote record", hint="a record begins with a line like %0 Journal Article"
        )
    return profile(records(clean(text), _LINE, "0"), file, _fill, _OF_PROGRAMS)


def _fill(draft: Draft, record: TagRecord) -> None:
    csl_type = _TYPES.get(record.first("0").text.casefold(), "")
    draft.call(record.first("F").text)
    draft.put("title", tagged.as_latex(record.first("T").text))
    draft.authors(author(line.text) for line in record.all("A"))
    put_date(draft, record.first("D").text, record.first("8").text)
    for line in record.all("R"):
        if line.text.startswith(("10.", "http", "doi:")):
            draft.put("doi", line.text, line.line)
    for line in record.all("U", ">"):
        draft.addresses(f"%{line.tag}", line.text, line.line)
    draft.venue(tagged.as_latex(record.first("J", "B", *("I" if csl_type == "thesis" else "")).text))
    for tag, key in (("V", "volume"), ("N", "issue"), ("I", "publisher")):
        draft.put(key, record.first(tag).text)
    draft.pages(record.first("P").text)
    draft.abstract(record.first("X").text)
    draft.tags(word for line in record.all("K") for word in re.split(r"[;\n]", line.text))
    note = draft.own_note(record.first("Z").text)
    if not draft.status(note):
        draft.put("note", tagged.as_latex(note))
    if csl_type == "thesis":
        draft.keep("type", record.first("9").text)
    number = "isbn" if csl_type in ("book", "chapter") else "issn"
    for tag, name in (*_KEPT.items(), ("@", number)):
        values = [printed(line.text) if name in ("editor", "translator") else line.text for line in record.all(tag)]
        draft.keep(name, ", ".join(values))
    draft.type(csl_type)
