"""Files that imported papers name: found, copied, never over another, and reported when they are missing."""

from pathlib import Path

import pytest

from generator import attachments
from generator.errors import Problems
from generator.formats.profile import Profile
from generator.model import FILE_KEYS, Author, File, Origin, Paper, PaperLink

ADA = Author(name="Ada Lovelace", photo="ada.jpg")
PAPER = Paper(
    title="Engines",
    id="engines",
    pdf="engines.pdf",
    slides="https://example.org/slides.pdf",
    links=(PaperLink(label="Data", url="data.csv"), PaperLink(label="Talk", url="https://example.org/talk")),
    origin=Origin("papers.bib", 7, 1),
)


def test_a_field_that_nobody_closed_is_the_name_of_no_file(tmp_path: Path) -> None:
    profile = Profile(Author(name=""), (Paper(title="T", id="t", pdf="a long abstract " * 40, image="\0.png"),))
    assert attachments.find(profile, tmp_path) == profile
    problems = Problems()
    [paper] = attachments.settle(profile, tmp_path, problems).papers
    assert (paper.pdf, paper.image, len(problems.found)) == ("", "", 2)


def test_files_are_found_below_the_places(tmp_path: Path) -> None:
    (tmp_path / "assets/pdf").mkdir(parents=True)
    (tmp_path / "assets/pdf/engines.pdf").write_bytes(b"%PDF")
    (tmp_path / "ada.jpg").write_bytes(b"jpg")
    found = attachments.find(Profile(ADA, (PAPER,)), tmp_path, ("", "assets/pdf"))
    assert {file.path: Path(file.source).relative_to(tmp_path).as_posix() for file in found.files} == {
        "ada.jpg": "ada.jpg",
        "engines.pdf": "assets/pdf/engines.pdf",
    }


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/engines.pdf").symlink_to(tmp_path / "secret")
    assert attachments.find(Profile(ADA, (PAPER,)), tmp_path / "site").files == ()


def test_what_is_nowhere_is_reported_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "content/files").mkdir(parents=True)
    (tmp_path / "content/files/data.csv").write_text("1,2")
    problems = Problems()
    settled = attachments.settle(Profile(ADA, (PAPER,)), tmp_path, problems)
    [paper] = settled.papers
    assert (settled.author.photo, paper.pdf, paper.slides) == ("", "", PAPER.slides)
    assert paper.links == PAPER.links
    assert [str(problem).splitlines()[0] for problem in problems.found if problem.place.line] == [
        "papers.bib:7: pdf names 'engines.pdf', which was not found"
    ]


def test_copies_never_replace_a_file(tmp_path: Path) -> None:
    (tmp_path / "new.pdf").write_bytes(b"new")
    site = tmp_path / "site"
    problems = Problems()
    files = (File("a/engines.pdf", str(tmp_path / "new.pdf")),)
    assert attachments.copy(files, site, problems) == ("content/files/a/engines.pdf",)
    assert attachments.copy(files, site, problems) == ()
    assert not problems
    (site / "content/files/a/engines.pdf").write_bytes(b"mine")
    assert attachments.copy(files, site, problems) == ()
    assert (site / "content/files/a/engines.pdf").read_bytes() == b"mine"
    assert [problem.place.file for problem in problems.found] == ["content/files/a/engines.pdf"]


@pytest.mark.parametrize("key", FILE_KEYS)
def test_every_key_that_may_name_a_file_is_looked_at(tmp_path: Path, key: str) -> None:
    problems = Problems()
    paper = Paper(title="T", id="t", **{key: "x.bin"})
    [settled] = attachments.settle(Profile(Author(name=""), (paper,)), tmp_path, problems).papers
    assert getattr(settled, key) == ""
    assert problems
