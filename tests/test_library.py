"""Sources tell their kind, and each record is written as YAML that is read back as it is."""

import datetime
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import library, scalars
from generator.dates import Date
from generator.errors import ImportFailed
from generator.formats.profile import Profile
from generator.model import Affiliation, Author, Link, Paper, PaperAuthor, PaperLink


def is_readable(text: str) -> bool:
    try:
        return scalars.read_text(text) == text
    except scalars.Wrong:
        return False


texts = st.text(
    st.one_of(
        st.sampled_from(" \n\t:-#'\"{}[]>|%@`!&*?,\\\u2028\x85\u00a0~"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=400,
).filter(is_readable)
lines = st.lists(
    st.sampled_from(["  ", "\n", "\u2028 ", "word " * 30, "- x", "🎉", "\t", ": ", "#", '"']), max_size=12
).map("".join)


@given(texts | lines)
@settings(max_examples=300)
def test_every_text_is_read_back_as_it_is(text: str) -> None:
    written = library.dump([{"abstract": text, "title": [text]}])
    [item] = yaml.compose(written, Loader=yaml.CBaseLoader).value
    assert item.value[0][1].value == text
    assert item.value[1][1].value[0].value == text


@pytest.mark.parametrize(
    "text", ["NO", "Yes", "Null", "~", "2401.10", "12:30:45", "2023-08-07", "0123", "1e3", "", "- x", "a: b"]
)
def test_text_that_looks_like_something_else_is_text_for_every_reader_of_yaml(text: str) -> None:
    assert yaml.safe_load(library.dump({"title": text})) == {"title": text}


@pytest.mark.parametrize("text", ["A party 🎉", "x: 𝒫", "🎉 " * 60, "🎉\n\n  two\n", "🎉\x85"])
def test_signs_of_all_planes_stand_as_they_are_if_they_are_read_back_so(text: str) -> None:
    written = library.dump({"title": text})
    assert yaml.load(written, Loader=yaml.CBaseLoader) == yaml.safe_load(written) == {"title": text}
    assert ("\\U000" in written) == (text in ("🎉 " * 60, "🎉\x85"))


@pytest.mark.parametrize("date", [Date(1), Date(999), Date(2023), Date(2023, 8), Date(2023, 8, 7), Date(99, 8, 7)])
def test_dates_are_read_back_at_their_precision(date: Date) -> None:
    written = library.dump({"date": date})
    assert written == f"date: {date.iso}\n"
    assert Date.parse(yaml.compose(written, Loader=yaml.CBaseLoader).value[0][1].value) == date


def test_keys_stand_in_the_order_of_the_model() -> None:
    paper = Paper(
        title="T",
        id="t",
        links=(PaperLink(url="https://x.org"), PaperLink(label="L", url="a.pdf")),
        citations=0,
        code=True,
    )
    assert library.plain(paper) == {
        "title": "T",
        "id": "t",
        "citations": 0,
        "code": True,
        "links": ["https://x.org", {"label": "L", "url": "a.pdf"}],
    }
    assert list(library.plain(paper)) == ["title", "id", "citations", "code", "links"]
    assert library.plain(Author(name="A", links=(Link(url="https://x.org"),), id="a")) == {
        "name": "A",
        "links": ["https://x.org"],
    }


SAVED = "Ada Lovelace\n\nLG\nh-index41\n133papers\n\nAIAug 7, 2023Code\nOn Engines\n\nAda Lovelace\n\nEngines weave.\n"
DAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize("name", ["saved.txt", "saved", "SAVED.TXT"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_tells_its_kind(tmp_path: Path, name: str, encoding: str) -> None:
    (tmp_path / name).write_bytes(SAVED.encode(encoding))
    for kind in (None, "profile-text"):
        profile = library.read(tmp_path / name, kind, DAY)
        assert (profile.author.name, len(profile.papers), profile.problems) == ("Ada Lovelace", 1, ())


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        (b"words", None, "is of no kind that can be imported"),
        (b"words", "profile-text", "is not the saved text of a profile page"),
        (b"words", "telepathy", "'telepathy' cannot be imported"),
        (None, None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, data: bytes | None, kind: str | None, message: str
) -> None:
    path = tmp_path / "saved.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ImportFailed, match=message):
        library.read(path, kind, DAY)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "papers.bib")
    with pytest.raises(ImportFailed, match=r"papers\.bib is not a file"):
        library.read(tmp_path / "papers.bib", None, DAY)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("papers.bib", "---\n---\n% my papers\n", "holds no BibTeX entry"),
        ("papers.bib", "@comment{nothing yet}\n", "holds no BibTeX entry"),
        ("PAPERS.BIB", "", "holds no BibTeX entry"),
        ("papers.ris", "words", "holds no RIS record"),
        ("papers.enw", "words", "holds no EndNote record"),
        ("papers.nbib", "words", "holds no citation of PubMed"),
    ],
)
def test_a_file_without_records_is_said_to_have_none(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ImportFailed, match=message):
        library.read(tmp_path / name, None, DAY)


def test_a_text_in_latin_1_is_read_and_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "saved.txt").write_bytes(SAVED.replace("Ada", "Adé").encode("latin-1"))
    profile = library.read(tmp_path / "saved.txt", None, DAY)
    assert profile.author.name == "Adé Lovelace"
    assert [problem.what for problem in profile.problems] == ["is not UTF-8"]
    assert profile.problems[0].place.line == 1


def test_a_line_in_latin_1_does_not_spoil_the_others(tmp_path: Path) -> None:
    lines = ["@misc{a,", " title = {Für Ada},", " author = {Babbage, René}}"]
    data = b"\n".join(line.encode("latin-1" if "title" in line else "utf-8") for line in lines)
    (tmp_path / "papers.bib").write_bytes(data)
    profile = library.read(tmp_path / "papers.bib", None, DAY)
    assert [(paper.title, paper.authors[0].name) for paper in profile.papers] == [("Für Ada", "René Babbage")]
    assert [str(problem.place) for problem in profile.problems] == [f"{tmp_path}/papers.bib:2"]


@pytest.mark.parametrize(("sign", "number"), [("\0", "0000"), ("\f", "000C"), ("\x1b", "001B")])
def test_a_control_character_is_left_out_and_told(tmp_path: Path, sign: str, number: str) -> None:
    (tmp_path / "papers.bib").write_text(f"@misc{{a,\n title = {{On{sign}e{sign}}},\n author = {{A{sign}da}}}}\n")
    profile = library.read(tmp_path / "papers.bib", None, DAY)
    assert profile.papers[0].title == "One"
    assert [f"{problem.place}: {problem.what}" for problem in profile.problems] == [
        f"{tmp_path}/papers.bib:2: holds the control character U+{number}"
    ]


def test_a_value_is_shown_in_words() -> None:
    institutions = (Affiliation(name="Loom College"), Affiliation(name="Engine Lab", url="https://lab.example.org/"))
    assert library.shown(institutions) == "'Loom College, Engine Lab (https://lab.example.org/)'"
    authors = (PaperAuthor(name="Ada Lovelace", equal=True), PaperAuthor(name="Charles Babbage"))
    assert library.shown(authors) == "'Ada Lovelace (equal), Charles Babbage'"


@pytest.mark.parametrize(("name", "hinted"), [("10.7717/peerj.4375", True), ("papers.bib", False)])
def test_an_identifier_without_the_name_of_its_service_is_told(tmp_path: Path, name: str, hinted: bool) -> None:
    with pytest.raises(ImportFailed, match="No such file") as caught:
        library.read(tmp_path / name, None, datetime.date(2026, 11, 23))
    assert ("doi:10.7717" in caught.value.hint) is hinted


def test_the_bibliography_of_a_lab_is_not_one_persons(tmp_path: Path) -> None:
    for name in ("ada", "bob"):
        path = tmp_path / "content" / "authors" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"name: {name}\n", encoding="utf-8")
    with pytest.raises(ImportFailed) as caught:
        library.id_of(Profile(Author(name=""), ()), tmp_path)
    assert "put a .bib file of several people into content/papers/; there are: ada, bob" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "links", "author_id"),
    [
        ("Ada Lovelace", (), "ada"),
        ("Ada King", (), "ada"),
        ("A. B. Noyce", (), "bob"),
        ("Carla Dee", (), "carla-dee"),
        ("C. D.", (Link(url="https://orcid.org/0000-0002-1825-0097"),), "ada"),
        ("Ada Lovelace", (Link(url="https://orcid.org/0000-0002-1694-233X"),), "ada-lovelace"),
    ],
)
def test_whoever_has_a_profile_keeps_its_id(tmp_path: Path, name: str, links: tuple[Link, ...], author_id: str) -> None:
    files = {
        "ada": "name: Ada Lovelace\naliases: [Ada King]\nlinks: {orcid: 0000-0002-1825-0097}\n",
        "bob": "name: A. Bob Noyce\n",
        "broken": "name: [\n",
    }
    for one, text in files.items():
        path = tmp_path / "content" / "authors" / f"{one}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert library.id_of(Profile(Author(name=name, links=links), ()), tmp_path) == author_id
