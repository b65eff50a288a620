"""RIS, as EndNote, Zotero, Mendeley, Google Scholar ("RefMan") and publishers write it, to papers."""

import datetime
import re

from generator.errors import ImportFailed
from generator.formats import tagged
from generator.formats.bibtex_names import author, printed
from generator.formats.draft import Draft, clean
from generator.formats.profile import Profile
from generator.formats.tag_lines import TagRecord, profile, records
from generator.formats.written_dates import put_date

_START = re.compile(r"^\ufeff?[ ]*TY {1,2}-(?: |$)", re.MULTILINE)
_STRICT = re.compile(r"\ufeff?([A-Z][A-Z0-9])  -(.*)")
_LENIENT = re.compile(r"\ufeff? *([A-Z][A-Z0-9]) {1,2}-(?= |$)(.*)")
_TYPES = {
    "abst": "",
    "blog": "webpage",
    "book": "book",
    "chap": "chapter",
    "comp": "software",
    "conf": "paper-conference",
    "conference paper": "paper-conference",
    "cpaper": "paper-conference",
    "data": "dataset",
    "ebook": "book",
    "echap": "chapter",
    "edbook": "book",
    "ejour": "article-journal",
    "elec": "webpage",
    "inpr": "article-journal",
    "jfull": "article-journal",
    "jour": "article-journal",
    "journal article": "article-journal",
    "mgzn": "article-journal",
    "pat": "patent",
    "rprt": "report",
    "slide": "speech",
    "thes": "thesis",
    "web": "webpage",
}
_VENUES = {
    "article-journal": ("JF", "JO", "T2", "JA", "J2", "J1"),
    "chapter": ("T2", "BT"),
    "report": ("PB",),
    "thesis": ("PB",),
    "": ("T2", "JF", "JO", "BT", "C3", "JA", "J2"),
}
_KEPT = {
    "A2": "editor",
    "ED": "editor",
    "A4": "translator",
    "SN": "issn",
    "ET": "edition",
    "CY": "address",
    "T3": "series",
    "LA": "language",
}
_OF_PROGRAMS = frozenset(("AN", "AV", "CN", "DB", "DP", "LB", "RP", "ST", "Y2"))
"""Tags that databases and reference managers write for themselves: nobody misses them."""
_SHORT = re.compile(r"[\w&'’ -]{2,20}\Z")
_ARXIV = re.compile(r"arxiv:\s*(\S+)\Z", re.IGNORECASE)


def looks_like(text: str) -> bool:
    """Whether a record of RIS begins somewhere."""
    return bool(_START.search(text))


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read RIS. ``file`` names it in messages.

    Raises ImportFailed when no record begins anywhere.
    """
    if not looks_like(text):
        raise ImportFailed(f"{file} holds no RIS record", hint="a record begins with a line like TY  - JOUR")
    # One blank before the hyphen is wrong but occurs; where two are used, it is part of a text.
    lenient = not re.search(r"^\ufeff?TY  -", text, re.MULTILINE)
    return profile(records(clean(text), _LENIENT if lenient else _STRICT, "TY", "ER"), file, _fill, _OF_PROGRAMS)


def _fill(draft: Draft, record: TagRecord) -> None:
    if not record.ended:
        draft.doubt("the record has no line ER", "it was read up to the next one")
    said = record.first("TY").text.casefold()
    csl_type = _TYPES.get(said, "")
    draft.call(record.first("ID").text)
    title = record.first("TI", "T1", "CT", *(("BT", "T2") if csl_type == "book" else ()), "ST")
    draft.put("title", tagged.as_latex(title.text), title.line)
    draft.authors(author(line.text) for line in record.all("AU", "A1"))
    put_date(draft, *(line.text for line in record.all("DA", "PY", "Y1")))
    for line in record.all("DO", "M3"):
        if line.tag == "DO" or line.text.startswith("10."):
            draft.put("doi", line.text, line.line)
    for line in record.all("AN"):
        match = _ARXIV.match(line.text)
        if match:
            draft.put("arxiv", match[1], line.line)
    for line in record.all("L1"):
        if line.text.startswith(("http://", "https://")):
            draft.put("pdf", line.text, line.line)
    for line in record.all("UR", "LK"):
        draft.addresses(line.tag, line.text, line.line)
    _publication(draft, record, csl_type)
    _texts(draft, record)
    if said == "inpr":
        draft.values.setdefault("status", "in press")
    draft.type(csl_type)


def _publication(draft: Draft, record: TagRecord, csl_type: str) -> None:
    for line in record.all(*_VENUES.get(csl_type, ()), *_VENUES[""]):
        if not draft.has("venue") and line.text != record.first("TI", "T1").text:
            draft.venue(tagged.as_latex(line.text), line.line)
    for line in record.all("J2"):
        if line.text != draft.values.get("venue") and _SHORT.match(line.text):
            draft.put("abbr", line.text, line.line)
    if csl_type in ("patent", "report"):
        draft.put("issue", record.first("IS", "SN").text)
    for tags, key in ((("VL", "VO"), "volume"), (("IS",), "issue"), (("PB",), "publisher")):
        draft.put(key, record.first(*tags).text, record.first(*tags).line)
    ends = [record.first(tag).text for tag in ("SP", "EP")]
    draft.pages("-".join(dict.fromkeys(end for end in ends if end)))
    if csl_type == "thesis":
        draft.keep("type", record.first("M3").text)
    for tag, name in _KEPT.items():
        if name == "issn":
            name = {"book": "isbn", "chapter": "isbn", "patent": "", "report": ""}.get(csl_type, name)
        values = [printed(line.text) if name in ("editor", "translator") else line.text for line in record.all(tag)]
        if name and values:
            draft.keep(name, ", ".join(values))
    if csl_type in ("report", "thesis"):
        # who gave it out is its venue, before what it is part of
        series = record.first("T2").text
        if tagged.as_latex(series) not in (draft.values.get("venue"), draft.values.get("title")):
            draft.keep("series", series)


def _texts(draft: Draft, record: TagRecord) -> None:
    abstract = record.first("AB", "N2")
    draft.abstract(abstract.text, abstract.line)
    draft.tags(word for line in record.all("KW") for word in re.split(r"[;\n]", line.text))
    notes = []
    for line in record.all("N1"):
        if line.text == "The list of authors is cut short.":
            draft.values["et_al"] = True
        elif line.text.strip(".").casefold() == "retracted":
            draft.values["retracted"] = True
        elif not draft.status(line.text) and (note := draft.own_note(line.text, line.line)):
            notes.append(tagged.as_latex(note))
    draft.put("note", "\n\n".join(notes))
