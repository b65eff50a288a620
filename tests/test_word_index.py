"""The index of words: how texts are taken apart, and that every word is found again where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import word_index
from generator.word_index import EVERYWHERE, WordIndex, block_count, fold, take_apart

TEXTS = st.lists(st.tuples(st.text("abcé 東京", max_size=12), st.text("abcé 東京", max_size=12)), max_size=60)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Müller & Muller", {"muller"}),
        ("A 2-step $O(n^2)$ proof", {"a", "2", "step", "o", "n", "proof"}),
        ("Łódź, Straße, Ørsted", {"lodz", "strasse", "orsted"}),
        ("ΛΌΓΟΣ λόγος", {"λογοσ"}),
        ("İstanbul", {"istanbul"}),
        ("東京大学", {"東京", "京大", "大学", "学"}),
        ("深度學習 in 3D", {"深度", "度學", "學習", "習", "in", "3d"}),
        ("AI研究", {"ai", "研究", "究"}),
        ("قَلَم", {"قلم"}),
        ("한국어 연구", {"한국어", "연구"}),
        ("हिन्दी", {"हिन्दी"}),
        ("ﬁne ½", {"fine", "1", "2"}),
        ("snake_case\u00a0and — dashes", {"snake", "case", "and", "dashes"}),
        ("", set()),
        ("… — !", set()),
    ],
)
def test_a_text_is_taken_apart_into_folded_words(text: str, found: set[str]) -> None:
    assert take_apart(text) == found


@given(st.text())
def test_words_of_a_folded_text_are_those_of_the_text(text: str) -> None:
    assert take_apart(fold(text)) == take_apart(text)


@given(TEXTS, st.integers(1, 9))
def test_every_word_is_found_in_the_block_that_its_order_says(texts: list[tuple[str, str]], count: int) -> None:
    firsts, made = WordIndex(texts).blocks(count)
    assert len(firsts) == len(made) == count
    order = [word for block in made for word in block]
    assert order == sorted(set(order), key=lambda word: word.encode("utf-16-be"))
    # as search.js looks for it: in the last block whose first word is not after it
    starts = [first.encode("utf-16-be") for first in firsts]
    for at, block in enumerate(made):
        for word in block:
            assert max(number for number, start in enumerate(starts) if start <= word.encode("utf-16-be")) == at
    found: dict[str, tuple[list[int], list[int]]] = {}
    for block in made:
        for word, places in block.items():
            strong, weak = places.split(" ")
            found[word] = (_numbers(strong), _numbers(weak))
    wanted = {word for strong, weak in texts for word in take_apart(strong) | take_apart(weak)}
    assert found.keys() == wanted
    for word, (strong_places, weak_places) in found.items():
        assert strong_places == [at for at, (strong, _) in enumerate(texts) if word in take_apart(strong)]
        assert weak_places == [at for at, (_, weak) in enumerate(texts) if word in take_apart(weak)]


@given(
    TEXTS, st.lists(st.tuples(st.integers(0, 59), st.booleans(), st.text("abcé 東京", max_size=12))), st.integers(1, 3)
)
def test_an_index_of_which_few_texts_change_is_that_of_the_new_texts(
    texts: list[tuple[str, str]], changes: list[tuple[int, bool, str]], count: int
) -> None:
    texts = texts + [("title", "the")] * 200  # so many that a change of some is little, and that words are common
    index = WordIndex(list(texts))
    for number, is_strong, text in changes:
        strong, weak = texts[number]
        texts[number] = (text, weak) if is_strong else (strong, text)
        assert index.update(list(texts))
        assert index.blocks(count) == WordIndex(texts).blocks(count)


def test_an_index_of_other_texts_is_made_anew() -> None:
    index = WordIndex([("a", "b")] * 30)
    assert not index.update([("a", "b")] * 31)
    assert not index.update([("c", "d")] * 30)
    assert index.blocks(1) == WordIndex([("a", "b")] * 30).blocks(1)


@pytest.mark.parametrize("number", [0, 1, 33, 34, 35, 1937, 1938, 1939, 9999, 110_465, 110_466, 2_000_000])
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    written = word_index._digits(number)
    assert _numbers(written) == [number]
    assert written.isascii()
    assert not set(written) & set('"\\ ')


def test_a_word_of_most_abstracts_is_said_to_be_in_all() -> None:
    texts = [("title", f"the {'rare' if at < 5 else 'usual'}") for at in range(300)]
    (block,) = WordIndex(texts).blocks(1)[1]
    assert block["the"] == f" {EVERYWHERE}"
    assert block["usual"] == f" {EVERYWHERE}"
    assert len(_numbers(block["rare"].split(" ")[1])) == 5
    assert len(_numbers(block["title"].split(" ")[0])) == 300, "titles are always exact"


def test_in_few_texts_every_word_is_exact() -> None:
    (block,) = WordIndex([("", "the")] * 9).blocks(1)[1]
    assert _numbers(block["the"].split(" ")[1]) == list(range(9))


def test_blocks_are_of_like_size_and_grow_in_number_with_the_texts() -> None:
    texts = [(f"title{at}", " ".join(f"w{at * 7 + step}" for step in range(40))) for at in range(400)]
    made = WordIndex(texts).blocks(8)[1]
    sizes = [sum(len(word) + len(places) for word, places in block.items()) for block in made]
    assert max(sizes) < 2 * min(sizes)
    assert [block_count(size) for size in (0, 60_000, 640_000, 13_000_000)] == [1, 1, 10, 203]


def _numbers(written: str) -> list[int]:
    """What ``search.js`` reads."""
    found = []
    number = higher = 0
    for sign in written:
        code = ord(sign)
        if code < 0x5D:
            higher = higher * 57 + code - 0x23
        else:
            number += higher * 34 + code - 0x5D
            found.append(number)
            higher = 0
    return found
