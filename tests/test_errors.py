"""What hints suggest."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import closest, path_meant, site_above, suggestion, without_content


@given(st.text(min_size=1), st.lists(st.text()))
def test_a_word_that_is_known_is_what_was_meant(word: str, others: list[str]) -> None:
    assert closest(word, [*others, word]) == word


def test_what_is_close_is_asked_for_and_nothing_else() -> None:
    known = ("categories", "authors", "abstract")
    assert suggestion("catgories", known, "keys: all") == "did you mean 'categories'?"
    assert suggestion("zzz", known, "keys: all") == "keys: all"
    assert suggestion("zzz", known) == ""
    assert suggestion("catgories", known, cutoff=0.99) == ""


def test_a_file_that_lies_in_another_folder_is_what_was_meant() -> None:
    known = ["papers/2026/detail.pdf", "a.pdf", "x/b.pdf", "y/b.pdf"]
    assert path_meant("Detail.pdf", known) == path_meant("files/detail.pdf", known) == "papers/2026/detail.pdf"
    assert path_meant("zzzzzz/b.pdf", known, cutoff=0.9) == ""
    assert path_meant("papers/2026/detale.pdf", known) == "papers/2026/detail.pdf"


@pytest.mark.parametrize("folder", [".", "my-site/content", "my-site/content/papers"])
def test_who_is_in_the_wrong_folder_is_told_where_the_site_is(tmp_path: Path, folder: str) -> None:
    (tmp_path / "my-site/content/papers").mkdir(parents=True)
    (tmp_path / "my-site/content/site.yaml").touch()
    hint = f"the site is in {(tmp_path / 'my-site').resolve()}: go there, or name it with --site"
    assert without_content(tmp_path / folder) == hint


def test_a_folder_near_no_site_or_several_is_told_how_to_make_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "content/authors").mkdir(parents=True)
        (tmp_path / name / "content/authors/ada.yaml").touch()
    (tmp_path / "hugo/content/authors/admin").mkdir(parents=True)
    assert without_content(tmp_path) == without_content(tmp_path / "hugo") == "make a site with: paperfolio new DIR"
    assert site_above(tmp_path / "hugo/content") is None
