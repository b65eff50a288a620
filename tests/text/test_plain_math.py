"""Formulas in a line of text."""

import pytest

from generator.text.plain_math import plain


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
        (r"\hat{x} \check{c} \vec{v}", "x̂ č v⃗"),
        (r"\hat[2]{x}", r"\hat[2]{x}"),
        (r"a \leq b", "a ≤ b"),
        (r"a\leq b", "a≤b"),
        (r"90^\circ", "90°"),
        (r"\alpha_{i,j}^{(k+1)}", "α_(i,j)^(k+1)"),
        (r"5\%", "5%"),
        (r"\mathbb{E}_{x\sim p}", "E_(x∼p)"),
        (r"\operatorname*{arg\,min} f", "arg min f"),
        (r"\foo{x}", r"\foo{x}"),
        (r"\begin{matrix} a \\[2pt] b \\* c \end{matrix}", "a; b; c"),
        (r"\begin{pmatrix*}[r] -1 \\ [x] \end{pmatrix*}", "(-1; [x])"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a b; c d)"),
        (r"\begin{array}{cc} 1 & 2\end{array} \\ x", "1 2 x"),
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
