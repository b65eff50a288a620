"""Formulas as MathML, of which nothing is lost."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.text import convert, inline
from generator.text.formulas import LONGEST, Formula
from generator.text.math import render, symbol
from generator.text.plain_math import plain


def formula(tex: str, display: bool = False) -> Formula:
    return Formula(tex, f"${tex}$", display, 0)


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
        (r"\text{H\textsubscript{2}O, \textsuperscript{13}C--\textsubscript{a_b}}", "H2O, 13C–a_b"),
        (r"\mbox{\boldmath $\beta$}", "𝜷"),
        (r"\text{\textbf{a} \LaTeX{} \AE, \euro 5 \it x}", "a LaTeX Æ, €5 x"),
        (r"\text{a_b and R^2 & \alpha, 5 \textmu m}", "a_b and Rˆ2 &α, 5 µm"),
        (r"a \\-b \pmatrix{c\cr-d} \begin{pmatrix*}[r] -1 \\ 1 \end{pmatrix*}", "a−b(c−d)(−11)"),
        (r"\begin{split} a &= b \\ &= c \end{split} \begin{alignedat}{2} a &= b \end{alignedat}", "a=b=ca=b"),
        (r"\begin{array}[t]{@{}r@{\,}l*{2}{c}p{2cm}} a & b \\\small c & d \end{array}", "abcd"),
        (r"\begin{array}{>{\bfseries\color{red}}l!{\vrule}c<{$x$}X} a & b & c\end{array}", "abc"),
        (r"\begin{cases} a & b \\[2pt] c & d \\*[-1.5ex] e \\[\jot] f \\* g \\ [x,y] \end{cases}", "{abcdefg[x,y]"),
        (r"\begin{aligned}[t] a \end{aligned} \begin{gathered}[b] c \end{gathered}", "ac"),
        (r"\operatorname*{arg\,max}_x \operatorname*{\rm argmin}_x", "arg\u2009maxxargminx"),
        (r"\mathop{\mathrm{arg\,max}}\limits_{\theta} \operatorname{d^2} x", "argmaxθd2x"),
        (r"\varprojlim \varliminf \dotsc \dotsb \nicefrac{1}{2}", "lim←lim_...⋯1/2"),
        (r"\Hom \RR \upmu \eps \sun \micron", "Homℝμε☉μm"),
        (r"\textcolor{mycolor}{x} \color[rgb]{1,0,0} y \vspace*{2em} \hspace*{1em} z", "xyz"),
        (r"a \mskip 3mu b \kern-1em c \hskip 2 pt d \large e \nobreak f", "abcdef"),
        (r"\textperthousand \textmu \less \greater x \tag{1}", "‰µ<>x(1)"),
        (r"\ketbra{0}{1}, \mel{a}{H}{b}, \grad f, \curl B, \C", "|0⟩⟨1|,⟨a|H|b⟩,∇f,∇×B,ℂ"),
        (r"\comm{A}{B}, \acomm{a}{b}, \order{n}, \vb{k}, \va{p}", "[A,B],{a,b},𝒪\ufe00(n),𝒌,𝒑\u20d7"),
        (r"\dv{f}{x}, \pdv{x} f, \dv[2]{f}{x}", "dfdx,∂∂xf,d2fdx2"),
        (r"\not{\!\!E}, \not{\!\!\!E_T}", "E̸,E̸T"),
        (r"\mathrm{\'et}, \mathrm{Mart\'{\i}n}, \texorpdfstring{\alpha}{a}, \openone", "ét,Martín,α,𝟙"),
        (r"\raise.17ex\hbox{$\scriptstyle\sim$}5, \lower.5ex\hbox{$\; \buildrel < \over \sim \;$} \la", "∼5,∼<≲"),
        (r"\not\!\!D, \left< x \right>, \buildrel \rm def \over =", "D̸,⟨x⟩,=def"),
    ],
)
def test_a_formula_shows_what_it_says(tex, text):
    markup, is_math = render(formula(tex))
    assert is_math
    assert " style=" not in markup
    shown = BeautifulSoup(markup, "html5lib").get_text().replace("\u2063", "").replace("\u2061", "")
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


@pytest.mark.parametrize("name", ["hbar", "eth", "perp", "succeq", "Rightarrow", "log"])
def test_a_symbol_is_what_the_formula_shows(name: str) -> None:
    markup, _ = render(formula(f"\\{name}"))
    shown = BeautifulSoup(markup, "html.parser").get_text()
    assert symbol(name) == shown.strip("\u2061")


@pytest.mark.parametrize(("name", "sign"), [("th", "þ"), ("mid", "|"), ("emptyset", "∅"), ("CYRA", "А"), ("oe", "œ")])
def test_a_symbol_that_reads_otherwise_in_a_text(name: str, sign: str) -> None:
    assert symbol(name) == sign


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
