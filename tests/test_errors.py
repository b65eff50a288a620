"""What hints suggest, and what is told of very many problems."""

from hypothesis import given
from hypothesis import strategies as st

from generator.errors import MOST_OF_A_KIND, Place, Problem, closest, path_meant, shortened, suggestion


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


def test_a_page_that_lies_in_another_folder_is_what_was_meant() -> None:
    known = ["/about/", "/teaching/looms/", "/x/notes/", "/y/notes/"]
    assert path_meant("/about/looms", known) == "/teaching/looms/"
    assert path_meant("/z/notes", known) in ("/x/notes/", "/y/notes/")


def test_of_very_many_problems_of_one_kind_in_a_file_the_first_are_told_and_their_number() -> None:
    def told(file: str, number: int) -> list[Problem]:
        return [Problem(Place(file, line, 3), f"unknown key 'k{line}' in the paper") for line in range(number)]

    few = told("a.yaml", MOST_OF_A_KIND)
    other = Problem(Place("b.yaml", 5000, 1), "title is 'x', too short")
    found = shortened([*few, *told("b.yaml", MOST_OF_A_KIND + 1234), other])
    assert found[:-1] == [*few, *told("b.yaml", MOST_OF_A_KIND), other]
    assert str(found[-1]).startswith("b.yaml: 1,234 more like this: unknown key 'k0' in the paper\n  hint: ")
