"""Formulas are found, and prices are none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import convert, formulas
from generator.text.formulas import Formulas


@pytest.mark.parametrize(
    ("text", "tex", "display"),
    [
        ("$x$", "x", False),
        ("$x$-axis", "x", False),
        ("$$x$$", "x", True),
        (r"\(x\)", "x", False),
        (r"\[ x^2 \]", " x^2 ", True),
        (r"$\sim$10", r"\sim", False),
        ("$<$5", "<", False),
        (r"$\alpha $-stable", r"\alpha ", False),
        ("$\\ $GeV", "\\ ", False),
        ("$5\\ $GeV", "5\\ ", False),
        ("$ n $ nodes", " n ", False),
        ("$ f(x) $ is", " f(x) ", False),
        (r"$ x \text{ for all } y $", r" x \text{ for all } y ", False),
        (r"$ \mu $", r" \mu ", False),
        (r"$\text{a $b$}$", r"\text{a $b$}", False),
        (r"$a\$b$", r"a\$b", False),
        (r"\begin{equation}x\end{equation}", "x", True),
        (r"\begin{align*}a&=b\end{align*}", r"\begin{aligned}a&=b\end{aligned}", True),
    ],
)
def test_formula_is_found(text, tex, display):
    found = Formulas(text).at(0)
    assert found is not None
    assert (found.tex, found.display) == (tex, display)
    assert text.startswith(found.source)
    assert found.end == len(found.source)


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10",
        "$5, then ($6) or",
        "$ 5",
        "$x",
        "$$",
        "$x $",
        "$x\n\ny$",
        "$a}b$",
        "$a$$"[:1],
        r"\(x",
        r"\[]",
        "$5-$10",
        r"$ 5 and \emph{x} for $ 6",
        r"$5_a per day or $10",
        "$a`b$",
        "$5 to ~$10",
        "$1M vs <$10M",
        "$ and in € or $ 5",
        "$x $ and",
    ],
)
def test_what_is_no_formula_is_not_found(text):
    assert Formulas(text).at(0) is None


def test_a_price_does_not_hide_the_formula_after_it():
    assert convert("pay $5 for $x$", "latex").plain == "pay $5 for x"
    assert convert("pay $5 for $x$", "latex").has_math


@given(st.text(st.sampled_from("$\\([{}])a1 `\n"), max_size=60))
def test_a_formula_lies_within_its_text(text):
    found_in = Formulas(text)
    for start, letter in enumerate(text):
        if letter in "$\\":
            found = found_in.at(start)
            assert found is None or text[start : found.end] == found.source


@given(
    st.lists(st.sampled_from([*"$$$\\{}a1 `\n_,", r"\begin{a}", r"\end{a}", r"\text{", r"\$", "a" * 501])).map("".join)
)
def test_the_short_way_to_usual_formulas_finds_what_the_long_one_finds(text: str) -> None:
    starts = [start for start, letter in enumerate(text) if letter == "$"]
    short = [Formulas(text).at(start) for start in starts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formulas, "USUAL", re.compile("(?!)"))
        assert short == [Formulas(text).at(start) for start in starts]
