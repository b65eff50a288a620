"""BibTeX and BibLaTeX to papers: with al-folio's keys and the habits of Google Scholar, ADS and DBLP."""

import datetime
import functools
import re
from collections.abc import Iterator

import msgspec

from generator import foreign, nodes
from generator.dates import Date
from generator.errors import ImportFailed, Problems
from generator.formats import author_roles, bibliography, bibtex, bibtex_names, tagged, written_dates
from generator.formats.bibliography import Entry, Value
from generator.formats.draft import BARE_DOI, Draft, clean, is_wrapped, plain, simple, tell_untaken, with_ids
from generator.formats.profile import Profile
from generator.model import Author, Origin, Paper, PaperAuthor
from generator.scalars import Scalar
from generator.shapes import Choice, OneOf, fields_of

looks_like = bibliography.looks_like

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "book",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "report",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
_THESES = {"mathesis": "Master's thesis", "phdthesis": "PhD thesis", "bathesis": "Bachelor's thesis"}
"""BibLaTeX's words for kinds of theses."""
_VENUES = {
    "chapter": ("booktitle", "journal", "journaltitle"),
    "paper-conference": ("booktitle", "journal", "journaltitle", "eventtitle", "series"),
    "report": ("institution", "journal", "school"),
    "thesis": ("school", "institution", "university", "journal"),
    "": ("journal", "journaltitle", "booktitle", "maintitle", "eventtitle", "howpublished", "venue", "institution"),
}
_SUBTITLES = {"booktitle": "booksubtitle", "journal": "journalsubtitle"}
_SAME = {
    "journaltitle": "journal",
    "shortjournal": "abbr",
    "archiveprefix": "eprinttype",
    "arxivid": "arxiv",
    "times-cited": "citations",
    "eprintclass": "primaryclass",
}
_KEPT = (
    *("editor", "translator", "series", "edition", "chapter", "address", "location", "organization", "isbn", "issn"),
    *("language", "version", "collaboration", "eventtitle", "maintitle", "holder"),
)
_LINKS = {"supp": "Supplement", "blog": "Blog", "demo": "Demo", "talk": "Talk", "news": "News"}
_IDS_ELSEWHERE = {
    "hal": ("HAL", "https://hal.science/"),
    "hal_id": ("HAL", "https://hal.science/"),
    "inspirehep_id": ("INSPIRE", "https://inspirehep.net/literature/"),
}
_PRIVATE = frozenset(
    (
        *("abbr2", "abstract", "altmetric", "badge", "bibtex_show", "blog", "demo", "dimensions", "file", "hal"),
        *("google_scholar_id", "inspirehep_id", "owner", "supp", "talk", "news", "url_code", "equal_contribution"),
        *("additional_info", "annotation", "annote", "award_name", "html", "preview", "keywords-own", "priority"),
        *("mendeley-groups", "adsnote", "timestamp", "date-added", "date-modified", "bdsk-url-1", "bdsk-url-2"),
        *("abbr", "arxiv", "award", "citations", "code", "dataset", "draft", "image", "openreview", "pdf", "poster"),
        *("selected", "slides", "status", "tldr", "video", "website", "retracted", "category"),
    )
)
"""Fields that steer a website or a reference manager: they are not part of the entry that readers copy."""
_OF_PROGRAMS = re.compile(
    r"_|ads|bdsk|bib|date|jabref|mendeley|zotero"
    r"|(?:copyright|groups|hyphenation|issue_date|langid|numpages|owner|primaryclass|shorttitle|urldate)\Z"
)
"""How fields begin that programs write for themselves, and some whole ones: nobody misses them."""
_READ = frozenset(
    (
        *("title", "subtitle", "author", "date", "year", "month", "day", "eventdate", "pages", "eid", "url", "doi"),
        *("article-number", "articleno", "eprint", "keywords", "note", "pubstate", "abstract", "howpublished"),
        *("bibtex", "id", "authors", "type", "format", "extra", "links", "versions", "profiles", "categories", "tags"),
    )
)
_READ_AS = {
    "arxiv": ("eprint", "url", "html", "pdf"),
    "category": ("primaryclass", "eprintclass"),
    "date": ("year", "month"),
    "links": ("supp", "blog", "demo", "url"),
    "pdf": ("url",),
    "website": ("url", "howpublished"),
}
"""Where else than in a field of its name, or of al-folio's name for it, a key of a paper may come from."""
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)", re.ASCII)
_DATE = re.compile(r"(\d{4})(?!\d)(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# of two months, 3--4, the first
_MONTH_NUMBER = re.compile(r"\s*(\d{1,2})(?:\s*[-/\u2013]\s*\d{1,2})?\s*\Z", re.ASCII)
_ESCAPED = re.compile(r"\\([_%&#~$])")
_IN_BRACES = re.compile(r"\{([_%&#~$])\}")
_TILDE = re.compile(r"\\(?:~\{\}|textasciitilde(?:\{\}|(?![A-Za-z]) ?))")
_URL = re.compile(r"https?://[^\s{}<>\"]*[^\s{}<>\",;]", re.IGNORECASE)
_MARKDOWN_LINK = r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)"
_MARKDOWN_EMPHASIS = r"(\*\*|\*)(?=\S)([^*]*[^*\s])\1"
_ARXIV_ID = re.compile(r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\Z", re.IGNORECASE)
JOURNALS = {
    "aap": "Astronomy & Astrophysics",
    "aapr": "The Astronomy and Astrophysics Review",
    "aaps": "Astronomy and Astrophysics Supplement Series",
    "actaa": "Acta Astronomica",
    "aj": "The Astronomical Journal",
    "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal Letters",
    "apjs": "The Astrophysical Journal Supplement Series",
    "apss": "Astrophysics and Space Science",
    "araa": "Annual Review of Astronomy and Astrophysics",
    "baas": "Bulletin of the American Astronomical Society",
    "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jgr": "Journal of Geophysical Research",
    "memras": "Memoirs of the Royal Astronomical Society",
    "memsai": "Memorie della Società Astronomica Italiana",
    "mnras": "Monthly Notices of the Royal Astronomical Society",
    "na": "New Astronomy",
    "nar": "New Astronomy Reviews",
    "nat": "Nature",
    "nphysa": "Nuclear Physics A",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "physrep": "Physics Reports",
    "planss": "Planetary and Space Science",
    "pra": "Physical Review A",
    "prb": "Physical Review B",
    "prc": "Physical Review C",
    "prd": "Physical Review D",
    "pre": "Physical Review E",
    "prl": "Physical Review Letters",
    "procspie": "Proceedings of SPIE",
    "qjras": "Quarterly Journal of the Royal Astronomical Society",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica",
    "skytel": "Sky and Telescope",
    "solphys": "Solar Physics",
    "sovast": "Soviet Astronomy",
    "ssr": "Space Science Reviews",
}
"""The journal macros of the American Astronomical Society, which ADS writes into its BibTeX."""
_JOURNAL_MACRO = re.compile(r"\\([a-z]+)\s*\Z")


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read a .bib file. ``file`` names it in messages.

    Raises ImportFailed when there is no entry in it.
    """
    problems = Problems()
    found = list(papers(text, file, problems, problems, own_bibtex=False))
    if not found and not problems:
        raise ImportFailed(f"{file} holds no BibTeX entry", hint="an entry begins like @article{key,")
    return Profile(Author(name=""), with_ids(found), tuple(problems.found))


def papers(text: str, file: str, problems: Problems, doubts: Problems, own_bibtex: bool) -> Iterator[Paper]:
    """The papers of a .bib file, each with its key as id where that can be one, and with its place as origin.

    ``own_bibtex`` gives them the entry as it was typed, without the fields that are meant for websites only; without
    it, fields that mean nothing here are lost, which is told.
    """
    if nodes.is_unmerged(text, file, problems):
        return
    unknown: list[tuple[str, int]] = []
    explained: set[str] = set()
    for index, entry in enumerate(bibliography.entries(clean(text), file, problems, doubts)):
        draft = Draft(file, entry.line, problems, doubts)
        unknown += _fill(draft, entry, explained)
        paper = draft.paper(index)
        if paper is not None:
            own = verbatim(entry) if own_bibtex else ""
            yield msgspec.structs.replace(paper, bibtex=own) if bibtex.sound(own) else paper
    if not own_bibtex:
        tell_untaken(doubts, file, unknown)


def line_of(text: str, origin: Origin, key: str) -> int:
    """The line of the field that a key of a paper was read from; that of the entry where no field is the one."""
    for line, fields in _lines(text):
        if line == origin.line:
            names = [key, *_READ_AS.get(key, ()), *(name for name, ours in foreign.PAPER.items() if ours == key)]
            return next((fields[name] for name in names if name in fields), line)
    return origin.line


@functools.lru_cache(maxsize=4)
def _lines(text: str) -> list[tuple[int, dict[str, int]]]:
    """The lines of the entries, each with those of its fields; kept, since a file with many problems is asked often."""
    found = bibliography.entries(clean(text), "", Problems(), Problems())
    return [(entry.line, {name: value.line for name, value in entry.fields.items()}) for entry in found]


def verbatim(entry: Entry) -> str:
    """The entry as BibTeX, without private fields; as it was typed where nothing has to be left out or filled in."""
    shown = {name: value for name, value in entry.fields.items() if name not in _PRIVATE}
    if entry.raw and len(shown) == len(entry.fields):
        return entry.raw
    if not entry.key:
        return ""
    lines = [f"  {name} = {value.raw or f'{{{value.text}}}'}" for name, value in shown.items()]
    return f"@{entry.type}{{{entry.key},\n" + ",\n".join(lines) + "\n}"


def _fill(draft: Draft, entry: Entry, explained: set[str]) -> list[tuple[str, int]]:
    """Put an entry into a draft; ``explained`` holds the macros that were reported before.

    Returns the fields that mean nothing here, each with its line.
    """
    draft.key = entry.key
    fields = {
        _SAME.get(name, name): value._replace(text=tagged.unescaped(value.text)) if "&" in value.text else value
        for name, value in entry.fields.items()
        if value.text.strip()
    }
    csl_type = _TYPES.get(entry.type, "")
    draft.put("title", _with_subtitle(fields, "title", "subtitle"))
    _identifiers(draft, fields)
    _date(draft, fields)
    used = _venue(draft, fields, csl_type)
    note = _note(draft, fields)
    _authors(draft, fields, note, explained)
    # what was published in no other way than howpublished tells is in no journal
    draft.type(csl_type or ("article" if "howpublished" in used else ""))
    if csl_type == "thesis" and ("type" in fields or entry.type == "mastersthesis"):
        draft.keep("type", _THESES.get(kind := plain(fields["type"].text) if "type" in fields else "mathesis", kind))
    if "abstract" in fields:
        text = fields["abstract"].text.strip()
        draft.abstract(text[1:-1] if is_wrapped(text) else text, fields["abstract"].line)
    for name in ("pages", "eid", "article-number", "articleno"):
        # ADS puts the DOI of software there
        if name in fields and not BARE_DOI.match(fields[name].text):
            draft.pages(plain(fields[name].text), fields[name].line)
    if "keywords" in fields:
        draft.tags(plain(word).strip("{} ") for word in _words(fields["keywords"].text))
    return [
        (name, value.line)
        for name, value in fields.items()
        if name not in _READ and name not in used and not _other(draft, name, value)
    ]


def _words(text: str) -> list[str]:
    """Keywords between semicolons, where there are any, or else commas; braces keep one together."""
    while is_wrapped(text.strip()):
        text = text.strip()[1:-1]
    outside: list[str] = []
    words = [""]
    depth = 0
    for piece in re.split(r"((?<!\\)[{},;])", text):
        depth = max(depth + {"{": 1, "}": -1}.get(piece, 0), 0)
        if piece in (",", ";") and depth == 0:
            outside.append(piece)
            words.append("")
        else:
            words[-1] += piece
    if ";" not in outside:
        return words
    found = words[:1]
    for sign, word in zip(outside, words[1:], strict=True):
        if sign == ";":
            found.append(word)
        else:
            found[-1] += sign + word
    return found


def _other(draft: Draft, name: str, value: Value) -> bool:
    """A field that is a key of ours, or al-folio's name for one, or worth keeping; False for one that is neither."""
    key = foreign.PAPER.get(name, name)
    if name in _LINKS:
        draft.link(_LINKS[name], _raw(value.text), value.line)
    elif name in _IDS_ELSEWHERE:
        label, address = _IDS_ELSEWHERE[name]
        draft.link(label, address + value.text.strip(), value.line)
    elif name in _KEPT:
        draft.keep(name, _people(value.text) if name in ("editor", "translator", "holder") else plain(value.text))
    elif key in fields_of(Paper) and key not in _READ:
        shape = fields_of(Paper)[key].shape
        if isinstance(shape, Scalar | OneOf | Choice):
            raw = key in ("pdf", "slides", "poster", "video", "dataset", "website", "code", "image")
            draft.put(key, _raw(value.text) if raw else plain(value.text), value.line)
    else:
        return name in _PRIVATE or _OF_PROGRAMS.match(name) is not None
    return True


def _identifiers(draft: Draft, fields: dict[str, Value]) -> None:
    for name in ("doi", "arxiv"):
        if name in fields:
            draft.put(name, _raw(fields[name].text).rstrip("."), fields[name].line)
    eprint = fields.pop("eprint", None)
    server = plain(fields.pop("eprinttype").text).casefold() if "eprinttype" in fields else ""
    if eprint:
        identifier = _raw(eprint.text)
        if server == "arxiv" or (not server and _ARXIV_ID.match(identifier)):
            draft.put("arxiv", identifier, eprint.line)
        elif server == "pubmed":
            draft.put("pmid", identifier, eprint.line)
        elif _URL.match(identifier):
            draft.address(identifier, eprint.line)
        else:
            draft.keep("eprint", f"{server}:{identifier}" if server else identifier)
    if "primaryclass" in fields and draft.has("arxiv"):
        draft.put("category", plain(fields["primaryclass"].text).strip("[] "))
    for name in ("website", "html"):
        if name in fields:
            draft.address(_raw(fields[name].text), fields[name].line)
    for name in ("url", "howpublished"):
        addresses = _URL.findall(_raw(fields[name].text)) if name in fields else []
        for address in addresses:
            draft.address(address, fields[name].line)
        if name == "url" and name in fields and not addresses:
            _no_address(draft, fields[name])
        if name == "howpublished" and addresses:
            del fields[name]


def _no_address(draft: Draft, value: Value) -> None:
    """What stands where an address is wanted: a bare DOI, or something that is told."""
    text = plain(value.text).strip("{} ")
    if BARE_DOI.match(text):
        draft.put("doi", text, value.line)
    elif text:
        draft.doubt(f"url {text[:60]!r} is not a web address", "it was left out", value.line)


def _date(draft: Draft, fields: dict[str, Value]) -> None:
    """Set the date from ``date``, or ``year``, ``month`` and ``day``; words in their place may tell the status."""
    if "pubstate" in fields:
        draft.status(plain(fields["pubstate"].text))
    for name in ("date", "year", "eventdate"):
        value = fields.get(name)
        match = _DATE.match(value.text.strip(" {}")) if value else None
        if match and value:
            year, month, day = (int(part or 0) for part in match.groups())
            if not month:
                month, day = _month(draft, fields, value)
            draft.values["date"] = _known(draft, year, month, day, value.line)
            return
    value = fields.get("year") or fields.get("date")
    if value:
        text = plain(value.text)
        found = _YEAR.search(text)
        if found:
            month, day = _month(draft, fields, value)
            draft.values["date"] = _known(draft, int(found[1]), month, day, value.line)
        if not draft.status(_YEAR.sub("", text).strip(" ()")) and not found:
            draft.doubt(f"the year {text!r} is not one", "the paper has no date", value.line)


def _month(draft: Draft, fields: dict[str, Value], year: Value) -> tuple[int, int]:
    """Month and day of the field ``month``, else of the words beside the year."""
    value = fields.get("month")
    if not value:
        date = written_dates.read(plain(year.text)) if len(year.text) > 4 else None
        return (date.month, date.day) if date else (0, 0)
    text = plain(value.text)
    number = _MONTH_NUMBER.match(text)
    month, day = (int(number[1]), 0) if number else written_dates.month_and_day(text)
    if not 1 <= month <= 12:
        draft.doubt(f"the month {text!r} is not one", "the date is the year alone", value.line)
        return 0, 0
    days = plain(fields["day"].text).strip() if "day" in fields else ""
    return month, day or (int(days) if days.isascii() and days.isdigit() else 0)


def _known(draft: Draft, year: int, month: int, day: int, line: int) -> Date | None:
    """The date as far as there is such a day."""
    date, wrong = None, ""
    for parts in ((year, month, day) if month else (year,), (year, month), (year,)):
        written = "-".join(
            f"{part:02d}" if place else f"{part:04d}" for place, part in enumerate(parts) if part or not place
        )
        try:
            date = Date.parse(written)
            break
        except ValueError as error:
            wrong = wrong or f"the date {written} {error}"
    if wrong:
        draft.doubt(wrong, "it was cut short", line)
    return date


def _venue(draft: Draft, fields: dict[str, Value], csl_type: str) -> set[str]:
    """Set venue and publisher; returns the fields that were used up."""
    used: set[str] = set()
    for name in (*_VENUES.get(csl_type, ()), *_VENUES[""]):
        value = fields.get(name)
        if value and not draft.has("venue"):
            macro = _JOURNAL_MACRO.match(value.text.strip(" {}"))
            text = JOURNALS.get(macro[1], macro[1]) if macro else _with_subtitle(fields, name, _SUBTITLES.get(name, ""))
            draft.venue(text, value.line)
            used |= {name, _SUBTITLES.get(name, "")}
    number = fields.get("number")
    if number and draft.is_arxiv(plain(number.text), number.line):
        used.add("number")
    if "publisher" in fields:
        draft.put("publisher", plain(fields["publisher"].text), fields["publisher"].line)
    elif "organization" in fields and csl_type in ("article-journal", "paper-conference"):
        draft.put("publisher", plain(fields["organization"].text))
        used.add("organization")
    return {*used, "journal", "booktitle"}


def _with_subtitle(fields: dict[str, Value], *names: str) -> str:
    return ": ".join(simple(tagged.as_latex(fields[name].text)) for name in names if name in fields)


def _note(draft: Draft, fields: dict[str, Value]) -> str:
    """Set the note or the status that it tells; returns the note."""
    texts = []
    for name in ("note", "annotation", "additional_info"):
        value = fields.pop(name, None)
        if not value:
            continue
        text = tagged.as_latex(draft.own_note(value.text, value.line))
        if name == "additional_info":
            text = _from_markdown(text)
        text = simple(text)
        if not text or draft.is_arxiv(plain(text), value.line) or draft.is_remark(plain(text)):
            continue
        if plain(text).casefold().strip(" .") == "retracted":
            draft.values["retracted"] = True
        elif not draft.status(plain(text)):
            texts.append(text)
    note = "\n\n".join(texts)
    if note and not author_roles.only_explains(plain(note)):
        draft.put("note", note)
    return plain(note)


def _from_markdown(text: str) -> str:
    """What al-folio shows behind the venue: Markdown that often begins with the full stop or comma between them."""
    text = re.sub(_MARKDOWN_LINK, r"\\href{\2}{\1}", text.lstrip(" .,;"))
    return re.sub(_MARKDOWN_EMPHASIS, lambda found: f"\\{'textbf' if found[1] == '**' else 'emph'}{{{found[2]}}}", text)


def _authors(draft: Draft, fields: dict[str, Value], note: str, explained: set[str]) -> None:
    value = fields.get("author")
    if not value:
        return
    listed = bibtex_names.read(value.text)
    if listed.by_commas:
        draft.doubt(
            "the authors are set off by commas or the like",
            "they were read so; write: First Author and Second Author",
            value.line,
        )
    for name in listed.mixed:
        draft.doubt(
            f"the author {name[:60]!r} has more commas than a name",
            "write and between names; one is Last, First or Last, Jr, First",
            value.line,
        )
    for macro in listed.macros:
        if macro not in explained:
            explained.add(macro)
            draft.doubt(
                f"the macro {macro} stands for a name that this file does not tell", "write the name", value.line
            )
    meanings = author_roles.meanings(note)
    names = []
    untold = []
    for name, marks, family in listed.names:
        roles = author_roles.marked(marks, meanings)
        if marks and not meanings:
            roles = author_roles.Roles(equal=author_roles.told(note).equal)
        if marks and not any(roles):
            untold.append(f"{name} {marks}")
        names.append(PaperAuthor(name=name, family=family, **roles._asdict()))
    draft.unexplained(untold, "a note like {* equal contribution}, or equal: true with the author", value.line)
    draft.authors(names)
    draft.values["et_al"] = listed.et_al


def _people(text: str) -> str:
    return ", ".join(listed.name for listed in bibtex_names.read(text).names)


def _raw(text: str) -> str:
    """An address or identifier: BibTeX files escape in them what their packages do not want escaped."""
    text = " ".join(text.split())
    if "\\" in text:
        text = _IN_BRACES.sub(r"\1", _ESCAPED.sub(r"\1", _TILDE.sub("~", text)))
        text = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", text)
    return text.strip("{} ")
