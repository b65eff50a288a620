"""A table with a heading for each column (CSV), as Google Scholar and Zotero export it, to papers."""

import csv
import datetime
import io
import re
from typing import TYPE_CHECKING

from generator.errors import ImportFailed, Place, Problems
from generator.formats import tagged
from generator.formats.bibtex_names import author
from generator.formats.draft import Draft, clean, with_ids
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Author

if TYPE_CHECKING:
    import _csv

_COLUMNS = {
    "abstract": "abstract",
    "abstract note": "abstract",
    "arxiv": "arxiv",
    "author": "authors",
    "authors": "authors",
    "citations": "citations",
    "cited by": "citations",
    "date": "date",
    "doi": "doi",
    "issue": "issue",
    "journal": "venue",
    "key": "",
    "manual tags": "tags",
    "number": "issue",
    "pages": "pages",
    "pdf": "pdf",
    "publication": "venue",
    "publication title": "venue",
    "publication year": "year",
    "publisher": "publisher",
    "tags": "tags",
    "title": "title",
    "url": "url",
    "venue": "venue",
    "volume": "volume",
    "year": "year",
}
_PLAIN = ("arxiv", "citations", "doi", "issue", "pdf", "publisher", "volume")


def looks_like(text: str) -> bool:
    """Whether the first line is a heading with a title and authors, a venue or a year."""
    columns = _columns(_rows(text.removeprefix("\ufeff")[:2000].split("\n", 1)[0] + "\n"))
    return "title" in columns and len(columns) > 1 and bool({"authors", "venue", "date", "year"} & set(columns))


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read a table. ``file`` names it in messages.

    Raises ImportFailed when the first line is no heading with a title.
    """
    problems = Problems()
    rows = _rows(clean(text.removeprefix("\ufeff")))
    columns = _columns(rows)
    if "title" not in columns:
        raise ImportFailed(
            f"{file} has no column Title", hint="the first line names the columns: Authors,Title,Publication,Year"
        )
    papers = []
    try:
        for index, row in enumerate(rows):
            if not any(cell.strip() for cell in row):
                continue
            draft = Draft(file, rows.line_num, problems, problems)
            _fill(draft, dict(zip(columns, row, strict=False)))
            paper = draft.paper(index)
            if paper is not None:
                papers.append(paper)
    except csv.Error as error:
        problems.add(Place(file, rows.line_num), f"the table cannot be read from here on: {error}")
    return Profile(Author(name=""), with_ids(papers), tuple(problems.found))


def _rows(text: str) -> "_csv.Reader":
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=delimiter)


def _columns(rows: "_csv.Reader") -> list[str]:
    """What each column of the heading is for us; a name of its own for what is nothing here."""
    try:
        heading: list[str] = next(rows, [])
    except csv.Error:
        return []
    known = [_COLUMNS.get(name.strip().casefold(), "") for name in heading]
    return [name if name and name not in known[:place] else f"#{place}" for place, name in enumerate(known)]


def _fill(draft: Draft, row: dict[str, str]) -> None:
    draft.put("title", tagged.as_latex(row.get("title", "")))
    authors = row.get("authors", "")
    separator = r";" if ";" in authors or authors.count(",") == 1 else r"\band\b|,"
    names = [name.strip() for name in re.split(separator, authors)]
    draft.authors(author(name) for name in names if name and name != "...")
    draft.values["et_al"] = "..." in names
    put_date(draft, *(row[name] for name in ("date", "year") if row.get(name, "").strip()))
    draft.venue(tagged.as_latex(row.get("venue", "")))
    for name in _PLAIN:
        draft.put(name, row.get(name, ""))
    draft.abstract(row.get("abstract", ""))
    draft.pages(row.get("pages", ""))
    if row.get("url", "").strip():
        draft.address(row["url"])
    draft.tags(re.split(r"[;,]", row.get("tags", "")))
