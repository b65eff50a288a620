"""What hints suggest."""

from hypothesis import given
from hypothesis import strategies as st

from generator.errors import closest, suggestion


@given(st.text(min_size=1), st.lists(st.text()))
def test_a_word_that_is_known_is_what_was_meant(word: str, others: list[str]) -> None:
    assert closest(word, [*others, word]) == word


def test_what_is_close_is_asked_for_and_nothing_else() -> None:
    known = ("categories", "authors", "abstract")
    assert suggestion("catgories", known, "keys: all") == "did you mean 'categories'?"
    assert suggestion("zzz", known, "keys: all") == "keys: all"
    assert suggestion("zzz", known) == ""
    assert suggestion("catgories", known, cutoff=0.99) == ""
