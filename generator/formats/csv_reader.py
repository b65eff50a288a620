"""A table with a heading for each column (CSV), as Google Scholar and Zotero export it, to papers."""

import csv
import datetime
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.errors import ImportFailed, Place, Problems
from generator.formats import bibtex_names, tagged
from generator.formats.draft import Draft, clean, tell_untaken, with_ids
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Author, PaperAuthor

if TYPE_CHECKING:
    import _csv

_COLUMNS = {
    "abstract": "abstract",
    "abstract note": "abstract",
    "art. no.": "article number",
    "arxiv": "arxiv",
    "author keywords": "tags",
    "author": "authors",
    "authors": "authors",
    "citations": "citations",
    "cited by": "citations",
    "date": "date",
    "doi": "doi",
    "issue": "issue",
    "journal": "venue",
    "keywords": "tags",
    "link": "url",
    "manual tags": "tags",
    "number": "issue",
    "page end": "last page",
    "page start": "first page",
    "pages": "pages",
    "pdf": "pdf",
    "publication": "venue",
    "publication title": "venue",
    "publication year": "year",
    "publisher": "publisher",
    "source title": "venue",
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
    columns = _columns(_heading(_rows(text.removeprefix("\ufeff")[:2000].split("\n", 1)[0] + "\n")))
    return "title" in columns and bool({"authors", "venue", "date", "year"} & set(columns))


def read(text: str, file: str, as_of: datetime.date) -> Profile:
    """Read a table. ``file`` names it in messages.

    Raises ImportFailed when the first line is no heading with a title.
    """
    problems = Problems()
    rows = _rows(clean(text.removeprefix("\ufeff")))
    heading = _heading(rows)
    columns = _columns(heading)
    if "title" not in columns:
        raise ImportFailed(
            f"{file} has no column Title", hint="the first line names the columns: Authors,Title,Publication,Year"
        )
    unknown: list[tuple[str, int]] = []
    papers = []
    for index, (line, row) in enumerate(_numbered(rows, file, problems)):
        draft = Draft(file, line, problems, problems)
        if any(cell.strip() for cell in row[len(columns) :]):
            draft.doubt(
                f"the row has {len(row)} cells, the heading {len(columns)}", "put a cell that holds a comma into quotes"
            )
        _fill(draft, dict(zip(columns, row, strict=False)))
        cells = zip(heading, columns, row, strict=False)
        unknown += [
            (name.strip() or "one without a name", 1)
            for name, column, cell in cells
            if column[0] == "#" and cell.strip()
        ]
        paper = draft.paper(index)
        if paper is not None:
            papers.append(paper)
    tell_untaken(problems, file, unknown, "columns")
    return Profile(Author(name=""), with_ids(papers), tuple(problems.found))


def _numbered(rows: "_csv.Reader", file: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, each with the line it begins in; those that cannot be read are reported."""
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            lines = f"the lines from here to {rows.line_num}" if rows.line_num > line else "the line"
            problems.add(
                Place(file, line),
                f"{lines} cannot be read: {error}",
                'is a quote missing or too many? within quotes, write "" for one',
            )
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def _rows(text: str) -> "_csv.Reader":
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=delimiter, strict=True)


def _heading(rows: "_csv.Reader") -> list[str]:
    """The first row; nothing where it cannot be read."""
    try:
        return next(rows, [])
    except csv.Error:
        return []


def _columns(heading: list[str]) -> list[str]:
    """What each column of the heading is for us; a name of its own for what is nothing here."""
    known = [_COLUMNS.get(name.strip().casefold(), "") for name in heading]
    return [name if name and name not in known[:place] else f"#{place}" for place, name in enumerate(known)]


def _fill(draft: Draft, row: dict[str, str]) -> None:
    draft.put("title", tagged.as_latex(row.get("title", "")))
    _authors(draft, row.get("authors", ""))
    put_date(draft, *(row[name] for name in ("date", "year") if row.get(name, "").strip()))
    draft.venue(tagged.as_latex(row.get("venue", "")))
    for name in _PLAIN:
        draft.put(name, row.get(name, ""))
    draft.abstract(row.get("abstract", ""))
    ends = [row[name].strip() for name in ("first page", "last page") if row.get(name, "").strip()]
    draft.pages(row.get("pages", "") or "-".join(dict.fromkeys(ends)) or row.get("article number", ""))
    if row.get("url", "").strip():
        draft.address(row["url"])
    tags = row.get("tags", "")
    draft.tags(tags.split(";" if ";" in tags else ","))


def _authors(draft: Draft, text: str) -> None:
    """Set the authors: names between semicolons, else joined by "and" or commas."""
    family, _, given = text.partition(",")
    if len(family.split()) > 1 and len(given.split()) > 1 and ";" not in text and "," not in given:
        # of "Ada Lovelace, Charles Babbage" no part is a name's
        text = f"{family};{given}"
    listed = bibtex_names.read(text)
    draft.authors(
        # "Lovelace A.K." of Scopus, but not "Ada LI"
        bibtex_names.as_indexed(one.name)
        if one.name.endswith(".") or one.name[-2:-1] == " "
        else PaperAuthor(name=one.name, family=one.family)
        for one in listed.names
    )
    draft.unexplained([f"{one.name} {one.marks}" for one in listed.names if one.marks])
    if listed.et_al:
        draft.values["et_al"] = True
