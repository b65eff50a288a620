"""PubMed's citations (.nbib, MEDLINE) to papers."""

import datetime
import re

import msgspec

from generator import scalars
from generator.errors import ImportFailed
from generator.formats import tagged
from generator.formats.bibtex_names import as_indexed, author
from generator.formats.draft import Draft, clean
from generator.formats.profile import Profile
from generator.formats.tag_lines import TagRecord, profile, records
from generator.formats.written_dates import put_date
from generator.model import PaperAuthor

_LINE = re.compile(r"\ufeff?([A-Z]{2,4}) *- ?(.*)")
_START = re.compile(r"^\ufeff?PMID *- ", re.MULTILINE)
_PAGES = re.compile(r"(\d+)-(\d+)\Z")
_DOI = re.compile(r"(10\.\S+) \[doi\]")


def looks_like(text: str) -> bool:
    """Whether a citation of PubMed begins somewhere."""
    return bool(_START.search(text))


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read PubMed's citations. ``file`` names it in messages.

    Raises ImportFailed when no citation begins anywhere.
    """
    if not looks_like(text):
        raise ImportFailed(
            f"{file} holds no citation of PubMed", hint="a citation begins with a line like PMID- 29424689"
        )
    return profile(records(clean(text), _LINE, "PMID"), file, _fill)


def _fill(draft: Draft, record: TagRecord) -> None:
    draft.put("title", tagged.as_latex(_joined(record, "TI", "BTI").removesuffix(".")))
    draft.authors(_authors(draft, record))
    put_date(draft, record.first("DP").text, record.first("DEP").text)
    draft.put("pmid", record.first("PMID").text)
    for line in record.all("LID", "AID"):
        match = _DOI.search(line.text)
        if match:
            draft.put("doi", match[1], line.line)
    if record.first("PMC").text:
        draft.link("PubMed Central", f"https://pmc.ncbi.nlm.nih.gov/articles/{record.first('PMC').text.split()[0]}/")
    draft.venue(_joined(record, "JT", "TA"))
    for tag, key in (("VI", "volume"), ("IP", "issue"), ("PB", "publisher")):
        draft.put(key, record.first(tag).text)
    draft.pages(_pages(record.first("PG").text))
    draft.abstract(_joined(record, "AB"))
    draft.tags(line.text for line in record.all("OT"))
    kinds = {line.text.casefold() for line in record.all("PT")}
    draft.values["retracted"] = "retracted publication" in kinds
    if "preprint" not in kinds:
        draft.type("review" if "review" in kinds else "article-journal" if "journal article" in kinds else "")


def _authors(draft: Draft, record: TagRecord) -> list[PaperAuthor]:
    """The names in full where they are given so, each with the ORCID iD that stands below it."""
    found: list[PaperAuthor] = []
    tag = "FAU" if record.all("FAU") else "AU"
    for line in record.lines:
        if line.tag in (tag, "CN"):
            read_name = {"FAU": author, "AU": as_indexed}.get(line.tag)
            found.append(read_name(line.text) if read_name else PaperAuthor(name=line.text))
        elif line.tag == "AUID" and "ORCID" in line.text and found:
            try:
                orcid = scalars.read_orcid(line.text.split("ORCID:")[-1])
            except scalars.Wrong as wrong:
                draft.doubt(f"orcid {wrong.what}", wrong.hint, line.line)
                continue
            found[-1] = msgspec.structs.replace(found[-1], orcid=orcid)
    return found


def _joined(record: TagRecord, *tags: str) -> str:
    return " ".join(record.first(*tags).text.split("\n"))


def _pages(text: str) -> str:
    """Pages written in full: 2045-51 as 2045-2051."""
    match = _PAGES.match(text)
    if match and len(match[2]) < len(match[1]):
        return f"{match[1]}-{match[1][: len(match[1]) - len(match[2])]}{match[2]}"
    return text
