"""RIS is read back by rispy."""

import re

import msgspec
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import scalars
from generator.dates import Date
from generator.formats import ris
from generator.model import Paper, PaperAuthor


def is_readable(text: str) -> bool:
    try:
        return bool(scalars.read_text(text).strip()) and scalars.read_text(text) == text
    except scalars.Wrong:
        return False


texts = st.text(
    st.one_of(st.sampled_from("TYER  -\n\\{}%"), st.characters(exclude_categories=["Cs"])), max_size=60
).filter(is_readable)


def paper(**fields: object) -> Paper:
    return Paper(**{"title": "A title", "id": "a-title", **fields})  # type: ignore[arg-type]


FULL = paper(
    title=r"\emph{BERT} and 50\%",
    authors=(PaperAuthor(name="Ludwig van Beethoven"), PaperAuthor(name="Sammy Davis Jr.")),
    et_al=True,
    date=Date(2023, 8),
    venue="Journal of Things",
    volume="12",
    issue="3",
    pages="1--20",
    doi="10.1000/a_b",
    arxiv="2308.03395",
    tags=("edge", "AI"),
    abstract="First.\n\nSecond.",
)


def test_a_record_holds_every_field() -> None:
    assert ris.write([FULL]) == (
        "TY  - JOUR\n"
        "ID  - a-title\n"
        "TI  - BERT and 50%\n"
        "AU  - van Beethoven, Ludwig\n"
        "AU  - Davis, Sammy, Jr.\n"
        "PY  - 2023\n"
        "DA  - 2023/08//\n"
        "T2  - Journal of Things\n"
        "VL  - 12\n"
        "IS  - 3\n"
        "SP  - 1\n"
        "EP  - 20\n"
        "DO  - 10.1000/a_b\n"
        "AN  - arXiv:2308.03395\n"
        "UR  - https://doi.org/10.1000/a_b\n"
        "AB  - First. Second.\n"
        "KW  - edge\n"
        "KW  - AI\n"
        "N1  - The list of authors is cut short.\n"
        "ER  - \n"
        "\n"
    )


def test_every_record_is_read_back() -> None:
    [first, second] = rispy.loads(ris.write([FULL, paper()]))
    assert first["title"] == "BERT and 50%"
    assert first["authors"] == ["van Beethoven, Ludwig", "Davis, Sammy, Jr."]
    assert (first["year"], first["doi"], first["keywords"]) == ("2023", "10.1000/a_b", ["edge", "AI"])
    assert (first["start_page"], first["end_page"], first["number"]) == ("1", "20", "3")
    assert second["title"] == "A title"
    assert "unknown_tag" not in first


def test_a_record_tells_what_imports_keep_beside() -> None:
    extra = {
        "type": "Master's thesis",
        "editor": "Charles Babbage, Sammy Davis, Jr., Hedy Lamarr",
        "translator": "Ada Lovelace",
        "location": "London",
        "edition": "2",
        "series": "Looms",
        "isbn": "978-3-16-148410-0",
    }
    written = ris.write([paper(type="thesis", venue="Engine Lab", abbr="EL", retracted="by the editor", extra=extra)])
    assert written.splitlines()[:-1] == [
        "TY  - THES",
        "ID  - a-title",
        "TI  - A title",
        "M3  - Master's thesis",
        "J2  - EL",
        "PB  - Engine Lab",
        "ED  - Babbage, Charles",
        "ED  - Davis, Sammy, Jr.",
        "ED  - Lamarr, Hedy",
        "A4  - Lovelace, Ada",
        "CY  - London",
        "ET  - 2",
        "T3  - Looms",
        "SN  - 978-3-16-148410-0",
        "N1  - Retracted.",
        "ER  - ",
    ]


def test_a_record_names_a_pdf_that_is_elsewhere() -> None:
    """Where a file of the site is found, depends on where the record is read."""
    written = [ris.write([paper(pdf=pdf)]) for pdf in ("https://x.org/a.pdf", "files/a.pdf")]
    assert ["L1  - " in record for record in written] == [True, False]


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("1-20", "1", "20"),
        ("1 --- 20", "1", "20"),
        ("1\u201320", "1", "20"),
        ("1\u2014 20", "1", "20"),
        ("e17", "e17", None),
        ("1-3, 7-9", "1", "3, 7-9"),
    ],
)
def test_pages_are_two_whatever_stands_between_them(pages: str, first: str, last: str | None) -> None:
    [record] = rispy.loads(ris.write([paper(pages=pages)]))
    assert (record["start_page"], record.get("end_page")) == (first, last)


def test_no_papers_are_no_text() -> None:
    assert ris.write([]) == ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "paper-conference"}, "CONF"),
        ({"type": "thesis"}, "THES"),
        ({"venue": "ICML 2024"}, "CONF"),
        ({"venue": "Nature"}, "JOUR"),
        ({"arxiv": "2308.03395"}, "UNPB"),
        ({"type": "software"}, "COMP"),
    ],
)
def test_the_type_follows_type_and_venue(fields: dict[str, str], expected: str) -> None:
    assert rispy.loads(ris.write([paper(**fields)]))[0]["type_of_reference"] == expected


@given(st.lists(texts, min_size=1, max_size=3))
@settings(max_examples=150)
def test_no_text_can_end_a_record_or_begin_a_field(abstracts: list[str]) -> None:
    written = ris.write([paper(abstract=text, format="text", tags=(text,)) for text in abstracts])
    assert all(re.match(r"[A-Z][A-Z0-9]  - |\Z", line) for line in written.splitlines())
    records = rispy.loads(written)
    for text, record in zip(abstracts, records, strict=True):
        assert record.get("abstract", "").split() == text.split()


@given(texts, texts, st.sampled_from(["text", "latex", "markdown"]))
def test_a_record_without_its_abstract_is_that_of_a_paper_that_has_none(text: str, other: str, format: str) -> None:
    whole = paper(abstract=text, format=format, tags=(other,), venue=" ".join(other.split()))
    assert ris.without_abstract(ris.write([whole])) == ris.write([msgspec.structs.replace(whole, abstract="")])
