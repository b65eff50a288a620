"""Sites with something wrong in them: each report is what a person would read, word for word."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import INVALID_SITES

from generator import content, theme
from generator.build import Options, build
from generator.errors import ContentError, Problems
from generator.plan import plan

SITES = sorted(path for path in INVALID_SITES.iterdir() if path.is_dir())
BUILT = ("many-at-once", "two-ids-one-address", "yaml-quote-not-closed", "link-to-no-page", "site-unknown-theme-option")

each_site = pytest.mark.parametrize("folder", SITES, ids=lambda folder: folder.name)


def problems(folder: Path) -> Problems:
    loaded = content.load(folder)
    plan(loaded, theme.load(loaded.site.config.theme, folder))
    return loaded.problems


@each_site
def test_the_report_is_as_expected(folder: Path) -> None:
    found = "".join(f"{problem}\n" for problem in problems(folder).sorted())
    assert found == (folder / "expected.txt").read_text(encoding="utf-8")


@each_site
def test_every_problem_names_a_file_of_the_site_and_is_told_in_one_line(folder: Path) -> None:
    found = problems(folder).sorted()
    assert found
    for problem in found:
        assert problem.place.file.startswith("content/") or problem.place.file == "content"
        assert "\n" not in problem.what
        assert "\n" not in problem.hint
        assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", str(problem).replace("\n", ""))
        path = folder / problem.place.file
        if path.is_file() and problem.place.line:
            assert problem.place.line <= max(1, len(path.read_bytes().splitlines()))


@each_site
def test_the_problems_are_the_same_when_they_are_looked_for_again(folder: Path) -> None:
    assert problems(folder).sorted() == problems(folder).sorted()


def test_there_are_enough_of_them() -> None:
    assert len(SITES) >= 40


@pytest.mark.parametrize("name", BUILT)
def test_a_build_is_refused_and_leaves_the_output_as_it_was(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    author = folder / "content" / "authors" / "ada.yaml"
    author.parent.mkdir(parents=True)
    author.write_text("name: Ada Lovelace\n")
    output = build(folder, Options()).output
    before = contents(output)
    assert before
    shutil.rmtree(folder / "content")
    shutil.copytree(INVALID_SITES / name / "content", folder / "content")
    with pytest.raises(ContentError, match=r"\d+ problems? found; nothing was written") as caught:
        build(folder, Options())
    assert "".join(f"{problem}\n" for problem in caught.value.problems) == (
        INVALID_SITES / name / "expected.txt"
    ).read_text(encoding="utf-8")
    assert contents(output) == before


@pytest.mark.parametrize("name", BUILT)
def test_a_build_is_refused_before_there_is_an_output(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(INVALID_SITES / name, folder)
    with pytest.raises(ContentError):
        build(folder, Options())
    assert not (folder / "output").exists()


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The bytes of every file and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
