"""What hints suggest."""

from hypothesis import given
from hypothesis import strategies as st

from generator.errors import closest, path_meant, suggestion


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
