"""Formulas: found, as MathML, and in a line of text."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.text import convert, inline
from generator.text.math import LONGEST, Formula, Formulas, plain, render, symbol


def formula(tex: str, display: bool = False) -> Formula:
    return Formula(tex, f"${tex}$", display, 0)


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


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"1.8\times", "1.8×"),
        (r"O(n \log n)", "O(n log n)"),
        (r"O(n\log n)", "O(n log n)"),
        ("L_0", "L_0"),
        (r"\mathbf{(AR)^{2}}", "(AR)^2"),
        (r"\texttt{$\textbf{Flora}$}", "Flora"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\sqrt{x}", "√x"),
        (r"\hat{x}", "x̂"),
        (r"a \leq b", "a ≤ b"),
        (r"a\leq b", "a≤b"),
        (r"90^\circ", "90°"),
        (r"\alpha_{i,j}^{(k+1)}", "α_(i,j)^(k+1)"),
        (r"5\%", "5%"),
        (r"\mathbb{E}_{x\sim p}", "E_(x∼p)"),
        (r"\operatorname*{arg\,min} f", "arg min f"),
        (r"\foo{x}", r"\foo{x}"),
        (r"\begin{matrix} a \\ b \end{matrix}", "a; b"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a b; c d)"),
        (r"\begin{array}{cc} 1 & 2\end{array}", "1 2"),
        (r"\begin{tikzpicture} a \end{tikzpicture}", r"\begin{tikzpicture} a \end{tikzpicture}"),
        ("a & b", "a & b"),
        (r"x = 1 \label{eq:a}", "x = 1"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"a \pmod{n}", "a (mod n)"),
        (r"\ket{\psi} \norm{x}", "|ψ⟩ ‖x‖"),
        (r"a\ne b, \neg c, a \iff b, \cot x", "a≠b, ¬ c, a ⟺ b, cot x"),
        (r"a \not= b", "a ≠ b"),
        (r"\textcolor{red}{x}", "x"),
        (r"\SI{10}{\meter\per\second}", "10 m/s"),
        (r"\SI{10}{\foo}", r"\SI{10}{\foo}"),
        ("x_{", "x_{"),
        (r"X_n \xrightarrow[n\to\infty]{p} X", "X_n →_(n→∞)^p X"),
        (r"\overset{d}{\to} \underset{x}{\min} \stackrel{\text{iid}}{\sim}", "→^d min_x ∼^iid"),
        (r"{a+b \over c} {n \choose k} \sqrt[3]{n}", "(a+b)/c (n choose k) n^(1/3)"),
        (r"\left. x \right|_{0}", "x |_0"),
        (r"\sum_{\substack{i=1\\j=2}} \mathbbm{1}\{x\}", "∑_(i=1; j=2) 1{x}"),
        (r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}", "a b; c d"),
        (r"\varprojlim_n A\hspace{1em}\phantom{x}b \slashed{D}", "lim_n A b D̸"),
        (r"\mathop{\mathrm{arg\,max}}\limits_x \Hom(A) \scalebox{0.5}{y}", "arg max_x Hom (A) y"),
        (r"\quad", ""),
        (r"\xrightarrow[t\to\infty]{}0, x^{}, a\overset{\mathrm{def}}{=}b, \not\!\!D", "→_(t→∞) 0, x, a=^def b, D̸"),
        (r"\mbox{H{\sc i}} \euro 5", "Hi € 5"),
    ],
)
def test_formula_in_a_line(tex, line):
    assert plain(tex) == line


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{a}{b}",
        r"\mathbf{x}",
        r"\text{if $x$ y}",
        r"\texttt{$\textbf{Flora}$}",
        r"\mbox{a}",
        r"\boldsymbol{\Sigma}^{-1}",
        r"\sum_{\substack{a\\b}}",
        r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
        r"x\label{q}",
        r"\eqref{q}",
        "5%",
        r"\widetilde{x}",
        r"\begin{split} a &= b \\ &= c \end{split}",
        r"\begin{alignedat}{2} a &= b \end{alignedat}",
        r"\begin{array}[t]{@{}r@{\,}l*{2}{c}p{2cm}} a & b \\\small c & d \end{array}",
        r"\begin{pmatrix*}[r] -1 \\ 1 \end{pmatrix*}",
        r"\pmatrix{a & b \cr c & d}",
        r"\mathop{\mathrm{arg\,max}}\limits_{\theta} \operatorname*{\rm argmin}_x",
        r"\varprojlim \varliminf \dotsc \dotsb \nicefrac{1}{2} \Hom \RR \upmu \eps",
        r"\mbox{\boldmath $\beta$}",
        r"\text{a_b and R^2 & \alpha, 5 \textmu m, \it x}",
        r"\textcolor{mycolor}{x} \color[rgb]{1,0,0} y",
        r"\textperthousand \textmu \less \greater x \tag{1} \large y",
        r"E\!\!\!/_T, \not\!\!D, \left< x \right>, \buildrel \rm def \over =",
    ],
)
def test_formula_becomes_mathml(tex):
    markup, is_math = render(formula(tex))
    assert is_math
    assert markup.startswith("<math>")
    assert markup.endswith("</math>")
    assert " style=" not in markup
    assert "id=" not in markup
    assert "<a" not in markup


def test_nothing_of_a_formula_is_lost():
    assert "%" in render(formula("5% of x"))[0]
    assert "Flora" in render(formula(r"\texttt{$\textbf{Flora}$}"))[0]
    assert BeautifulSoup(render(formula(r"\text{if $x$ y}"))[0], "html5lib").get_text().split() == ["if", "x", "y"]


@pytest.mark.parametrize(
    "tex", [r"\foo{<b>}", "x_{", r"\def\a{\a\a}\a", "{" * 3000, "x" * (LONGEST + 1), r"\sqrt{" * 500 + "x" + "}" * 500]
)
def test_what_cannot_be_set_is_shown_as_it_was_typed(tex):
    markup, is_math = render(formula(tex))
    assert not is_math
    code = BeautifulSoup(markup, "html5lib").code
    assert code["class"] == ["tex"]
    assert code.get_text() == f"${tex}$"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\text{50\% of A \& B}", "50% of A & B"),
        (r"\text{a_b ``c'' -- d\\e}", "a_b “c” – d e"),
        (r"\text{if \(x\), 5\$ for $y$}", "if x, 5$ for y"),
        (r"\mbox{\boldmath $\beta$}", "𝜷"),
        (r"a \\-b \pmatrix{c\cr-d}", "a−b(c−d)"),
    ],
)
def test_text_in_a_formula_is_whole(tex, text):
    markup, is_math = render(formula(tex))
    assert is_math
    shown = BeautifulSoup(markup, "html5lib").get_text().replace("\u2063", "")
    assert shown.replace("\u00a0", " ") == text


def test_markup_in_a_formula_is_text():
    markup, _ = render(formula(r'\text{<img src=x onerror=alert(1)> ="site:/x"}'))
    assert "<img" not in markup
    assert '="site:/' not in markup


def test_colours_and_boxes_leave_no_style():
    for tex in (r"\color{red}{x}", r"\textsc{Foo}", r"\begin{array}{|c|}a\\ \hline b\end{array}", r"\textrm{x}"):
        markup, is_math = render(formula(tex))
        assert is_math
        assert " style=" not in markup
        assert "math-core" not in markup


def test_long_bars_have_a_class_and_a_sign_of_their_own():
    assert '<mo class="bar" stretchy="true">‾</mo></mover>' in render(formula(r"\overline{x+y}"))[0]
    assert '<mo class="bar" stretchy="true">_</mo></munder>' in render(formula(r"\underline{x+y}"))[0]


def test_small_rows_are_small():
    for tex in (r"\sum_{\substack{a\\b}}", r"\begin{smallmatrix}a & b\\c & d\end{smallmatrix}"):
        assert '<mtable displaystyle="false" scriptlevel="1">' in render(formula(tex))[0]


def test_display_formula_stays_in_the_line_of_a_title():
    assert 'display="block"' in convert("$$x$$", "latex").html
    assert "display" not in inline("$$x$$").html


def test_symbols_come_from_the_tables():
    assert (symbol("alpha"), symbol("ss"), symbol("nosuchmacro"), symbol("today"), symbol("frac")) == (
        "α",
        "ß",
        "",
        "",
        "",
    )


@given(st.text(st.sampled_from("\\$x1 {}()[]^_&%<\n`'") | st.characters(exclude_categories=("Cs",)), max_size=80))
def test_any_formula_can_be_rendered(tex):
    markup, is_math = render(formula(tex))
    assert "<script" not in markup
    assert is_math == markup.startswith("<math")
    plain(tex)


@given(st.text(st.sampled_from("$\\([{}])a1 `\n"), max_size=60))
def test_a_formula_lies_within_its_text(text):
    formulas = Formulas(text)
    for start, letter in enumerate(text):
        if letter in "$\\":
            found = formulas.at(start)
            assert found is None or text[start : found.end] == found.source
