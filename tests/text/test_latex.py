"""LaTeX as HTML and plain text."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator.text import convert, inline


def html(text: str) -> str:
    return convert(text, "latex", "/papers/x/").html


def body(text: str) -> str:
    """The HTML of one paragraph, without the paragraph."""
    found = html(text)
    assert found.startswith("<p>")
    assert found.endswith("</p>")
    assert found.count("<p>") == 1
    return found[3:-4]


def shown(text: str) -> str:
    return BeautifulSoup(html(text), "html5lib").get_text()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"We propose \emph{LoRA} and \textbf{bold}.", "We propose <em>LoRA</em> and <strong>bold</strong>."),
        (r"\textit{a \textbf{b}} \underline{c}", "<em>a <strong>b</strong></em> <u>c</u>"),
        (r"\section*{Aims} and \emph b", "<strong>Aims</strong> and <em>b</em>"),
        (r"a \1 \] \url \verb b", r"a \1 \] \url \verb b"),
        (r"\texttt{a-b} \textsc{Small}", '<code>a-b</code> <span class="sc">Small</span>'),
        (r"H\textsubscript{2}O, 1\textsuperscript{st}", "H<sub>2</sub>O, 1<sup>st</sup>"),
        (r"\textrm{a} \textsf{b} \mbox{c} \text{d} \uppercase{e}", "a b c d e"),
        (
            r"{\bf x} {\it y} {\em z} {\tt t} {\sc s}",
            '<strong>x</strong> <em>y</em> <em>z</em> <code>t</code> <span class="sc">s</span>',
        ),
        (r"\bf all \it of it", "<strong>all <em>of it</em></strong>"),
        (r"\emph x", "<em>x</em>"),
        (r"a \emph{} b", "a  b"),
        (r"{a {b} c}", "a b c"),
        ("``quotes'' and `single' it's", "“quotes” and ‘single’ it&#39;s"),
        ("`don't' and `x", "‘don&#39;t’ and `x"),
        ("pages 1--2 --- em-dash", "pages 1–2 — em-dash"),
        (r"\texttt{--help ``x''}", "<code>--help ``x&#39;&#39;</code>"),
        ("Fig.~3 takes ~5 GB", "Fig.\u00a03 takes ~5 GB"),
        (r"10\% \& \$5 \# \_ \{x\}", "10% &amp; $5 # _ {x}"),
        ("50% of C# & F_1, a^b. % of the rest", "50% of C# &amp; F_1, a^b. % of the rest"),
        ("price $5 and $10, then $6", "price $5 and $10, then $6"),
        ("unbalanced $x_1 costs", "unbalanced $x_1 costs"),
        (r"\unknown{arg} \foo[a]{b}{c} text", r"\unknown{arg} \foo[a]{b}{c} text"),
        (r"\foo{\emph{x}}", r"\foo{<em>x</em>}"),
        (r"\begin{foo}x\end{foo}", r"\begin{foo}x\end{foo}"),
        ("} { \\emph{x", "} { \\emph{x"),
        (r"\cite{foo2020} \citep[p.~3]{a,b} \ref{x}", "[foo2020] [p.\u00a03, a,b] [x]"),
        (r"\ours\xspace is \textsc{Fast}\xspace and", r'\ours is <span class="sc">Fast</span> and'),
        (r"{\raisebox{-0.5ex}\textasciitilde}50 \textasciitilde 8 \raisebox{2pt}{x}", "~50 ~8 x"),
        (r"\lq\lq a\rq\rq{} b\textunderscore c \textbackslash n", "‘‘a’’ b_c \\n"),
        (r"a\hspace{1em}b \hfill c {\color{blue} d} \colorbox{red}{e}", "a b c d e"),
        (r"x_{t+1} \sim 10^{-3}, H_{2}O", "x_{t+1} ∼ 10^{-3}, H_2O"),
        (r"\sout{x} \hl{y} \email{a@b.c}", "<s>x</s> y a@b.c"),
        (r"\'{ab} \v{Cz} \t{oo}", "áb Čz o\u0361o"),
        (r"\href{https://a.org/}{}", '<a href="https://a.org/">https://a.org/</a>'),
        (r"\textquotedblleft x\textquotedblright{} 5 \textmu m", "“x” 5 µm"),
        (r"\SI{1}{\foo} \ch{H2O} \ne \lg{x}", r"\SI{1}{\foo} \ch{H2O} ≠ \lg{x}"),
        (r"a\footnote{see b} c", "a (see b) c"),
        (r"\footnote{see b", r"\footnote{see b"),
        (r"\alpha \ldots{} \copyright\ x \LaTeX", "α … © x LaTeX"),
        (r"one\\two \\[2mm] three \newline four", "one<br>two <br>three <br>four"),
        (r"\verb|a_b \x|", r"<code>a_b \x</code>"),
        (r"\textcolor{red}{x}", "x"),
        (r"\enquote{x}", "“x”"),
        (r"a\,b\ c\-d\;e", "a\u2009b cd e"),
        ("?`que? !`ay!", "¿que? ¡ay!"),
        ("3 < 5 & <b>x</b>", "3 &lt; 5 &amp; &lt;b&gt;x&lt;/b&gt;"),
        (r"a\smallskip b \newpage c\hskip 1em plus", "a b c plus"),
        (r"\textcolor[rgb]{1,0,0}{x} \color[rgb]{1,0,0}y", "x y"),
        (r"\citep[e.g.,][p.~3]{a} \onlinecite{b}", "[e.g., p.\u00a03, a] [b]"),
        (r"X \etal. use Y, \ie, Z \wrt W, \etc.", "X et al. use Y, i.e., Z w.r.t. W, etc."),
        (r"\ion{O}{iii}, 0\farcs5, 3\arcsec, 30\degr, 5 \micron", "O\u00a0III, 0.″5, 3″, 30°, 5 μm"),
        (r"\textalpha-helix, 5 \upmu m, {\textless}5", "α-helix, 5 μ m, &lt;5"),
        (r"\ion{x}", r"\ion{x}"),
        ("\\", "\\"),
    ],
)
def test_markup(text, expected):
    assert body(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Erd\H{o}s--R\'enyi", "Erdős–Rényi"),
        (r"G\"odel, G\"{o}del, G{\"o}del", "Gödel, Gödel, Gödel"),
        (r"na\"{\i}ve na{\"\i}ve \'\i", "naïve naïve í"),
        (r"\v{C}ech \v Cech \c{c} \c{S}", "Čech Čech ç Ş"),
        (r"\L{}\'od\'z \L\'od\'z {\L}", "Łódź Łódź Ł"),
        (r"\o \O{} \aa{}ngstr\"om \ss{} Stra\ss e", "øØ ångström ß Straße"),
        (r"\k{a} \r{a} \u{g} \={o} \.{z} \^o \`a \~n \d{s}", "ą å ğ ō ż ô à ñ ṣ"),
        (r"Nguy\~{\^e}n", "Nguyễn"),
        (r"H\h{a}i", "Hải"),
        (r"\'{} \'", "' '"),
    ],
)
def test_accents(text, expected):
    assert shown(text) == expected
    assert inline(text).plain == expected


@pytest.mark.parametrize(
    ("text", "href", "label"),
    [
        (r"\url{https://x.y/a_b%20c~d}", "https://x.y/a_b%20c~d", "https://x.y/a_b%20c~d"),
        (r"\url{https://x.y/a\_b\%20}", "https://x.y/a_b%20", "https://x.y/a_b%20"),
        (r"\url{github.com/a/b}", "https://github.com/a/b", "github.com/a/b"),
        (r"\href{https://x.y/z#a}{\emph{code}}", "https://x.y/z#a", "code"),
        (r"\href{mailto:a@b.c}{mail}", "mailto:a@b.c", "mail"),
        (r"\href{//evil.example/x}{x}", "https://evil.example/x", "x"),
        (r"\href{/cv.pdf}{cv}", "site:/cv.pdf", "cv"),
        (r"\href{../y/#top}{y}", "site:/papers/y/#top", "y"),
        (r"\href{#part}{y}", "#text-part", "y"),
        ("see https://github.com/a_b/c%20d~e.", "https://github.com/a_b/c%20d~e", "https://github.com/a_b/c%20d~e"),
        ("(https://x.y/a_(b))", "https://x.y/a_(b)", "https://x.y/a_(b)"),
        ("``https://x.y/z''", "https://x.y/z", "https://x.y/z"),
        (r"at https://x.y/a\_b, and", "https://x.y/a_b", "https://x.y/a_b"),
    ],
)
def test_links(text, href, label):
    (link,) = BeautifulSoup(html(text), "html5lib").find_all("a")
    assert (link["href"], link.get_text()) == (href, label)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "vbscript:x",
        "site:/x",
        "file:///x",
        "",
    ],
)
def test_unsafe_links_are_only_text(address):
    found = convert(rf"\href{{{address}}}{{label}} and \url{{{address}}}", "latex")
    assert "<a" not in found.html
    assert found.plain.startswith("label and")
    assert found.targets == ((address,) if address else ())


def test_targets_are_the_addresses_in_the_site():
    found = convert(
        r"\href{../y/}{a} \href{/cv.pdf#p}{b} \href{../y/}{c} \href{https://x.y}{d} \href{#e}{e}", "latex", "/papers/x/"
    )
    assert found.targets == ("/papers/y/", "/cv.pdf#p")


def test_a_link_in_a_link_is_text():
    assert body(r"\href{https://a.b}{see https://c.d}") == '<a href="https://a.b">see https://c.d</a>'


def test_lists():
    text = r"Two: \begin{itemize}\item one \item[B] two \begin{enumerate}\item deep\end{enumerate}\end{itemize} after"
    page = BeautifulSoup(html(text), "html5lib")
    assert [item.get_text().strip() for item in page.ul.find_all("li", recursive=False)] == ["one", "B two \ndeep"]
    assert page.ul.li.find_next_sibling().ol.li.get_text() == "deep"
    assert [p.get_text().strip() for p in page.find_all("p")] == ["Two:", "after"]
    assert convert(text, "latex").plain == "Two:\none\nB two\ndeep\nafter"


def test_a_list_may_have_options_and_labels_with_markup():
    text = r"\begin{enumerate}[label=(\roman*), nosep] \item[$\bullet$] a \item[\textbf{B} $x_1$:] b\end{enumerate}"
    assert convert(text, "latex").plain == "∙ a\nB x_1: b"
    assert [item.strong.get_text() for item in BeautifulSoup(html(text), "html5lib").find_all("li")] == ["∙", "B x1:"]
    assert shown(r"\begin{itemize}[nosep] x") == r"\begin{itemize}[nosep] x"


def test_a_formula_that_comes_as_a_document_of_its_own_is_a_formula():
    start = r"\documentclass[12pt]{minimal} \usepackage{amsmath} \setlength{\oddsidemargin}{-69pt} \begin{document}"
    found = convert(rf"so {start}$$p<0.05$$\end{{document}} and $${start}$$x$$\end{{document}}$$.", "latex")
    assert found.plain == "so p<0.05 and x."
    assert "block" not in found.html


def test_items_without_a_list_and_lists_without_items_stay_readable():
    assert shown(r"\item one") == " • one"
    assert shown(r"\begin{itemize} one \end{itemize}").strip() == "one"
    assert shown(r"\begin{itemize} one") == r"\begin{itemize} one"
    assert shown(r"a \end{itemize}") == r"a \end{itemize}"


def test_markup_goes_on_in_the_next_paragraph():
    assert html("{\\bf one\n\ntwo} three") == "<p><strong>one</strong></p>\n<p><strong>two</strong> three</p>"


def test_inline_has_neither_blocks_nor_links():
    found = inline("\\begin{itemize}\\item a\\end{itemize} \\href{/x}{b} \\url{https://c.d}\\\\e\n\nf https://g.h $x$")
    assert set(re.findall(r"<([a-z]+)", found.html)) <= {"math", "mi"}
    assert found.plain == "• a b https://c.d e f https://g.h x"
    assert found.targets == ()


def test_math_in_text():
    found = convert(r"termed \texttt{$\textbf{Flora}$}, $1.8\times$ \emph{$x$} in $\sim$10 km", "latex")
    page = BeautifulSoup(found.html, "html5lib")
    assert [element.parent.name for element in page.find_all("math")] == ["code", "p", "em", "p"]
    assert found.has_math
    assert found.plain == "termed Flora, 1.8× x in ∼10 km"
    assert "$" not in page.get_text()
    assert "\\" not in page.get_text()


@pytest.mark.parametrize("name", ["equation", "align*", "gather", "displaymath"])
def test_an_environment_of_formulas_in_text_is_a_formula(name: str) -> None:
    found = convert(rf"We see \begin{{{name}}} x \end{{{name}}} here.", "latex")
    assert found.plain == "We see x here."
    [formula] = BeautifulSoup(found.html, "html5lib").select("p math")
    assert (formula["display"], formula.get_text().strip()) == ("block", "x")


def test_plain_is_one_line_per_paragraph():
    found = convert("One\ntwo~three \\emph{four}.\n\n\nCost 10\\textsuperscript{3} H\\textsubscript{2}O", "latex")
    assert found.plain == "One two three four.\nCost 10³ H2O"


@pytest.mark.parametrize(
    "text",
    [
        "{" * 50000,
        "}" * 50000,
        "\\" * 50000,
        "$" * 50000,
        "${x " * 20000,
        r"\emph{x}" + "x" * 2000000,
        r"\url{a" * 10000,
        r"\emph{" * 20000 + "}" * 20000,
        r"\begin{itemize}" * 3000 + r"\end{itemize}" * 3000,
        r"{\bf x" * 5000,
        r"\'{" * 10000,
        "https://x.y" + ")" * 50000,
        "{" * 20000 + r"\end{itemize}" * 10000,
        r"\foo{" * 20000,
        "`" * 50000 + "'" * 50000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_is_read_in_bounded_depth(text):
    """These take a fraction of a second each; a quadratic or recursive reader would not come back."""
    for found in (convert(text, "latex"), inline(text)):
        depth = deepest = 0
        for slash in re.findall(r"<(/?)(?!br)[a-z]", found.html):
            depth += -1 if slash else 1
            deepest = max(deepest, depth)
        assert depth == 0
        assert deepest < 100


WORDS = st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=1, max_size=4).map(" ".join)
PIECES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["emph", "textbf", "texttt", "footnote", "zzz", "mbox", "section"]), inner).map(
            lambda p: rf"\{p[0]}{{{p[1]}}}"
        ),
        inner.map(lambda p: rf"{{\bf {p}}}"),
        inner.map(lambda p: rf"\begin{{itemize}}\item {p} \item {p}\end{{itemize}}"),
        st.tuples(inner, inner).map("\n\n".join),
        st.tuples(inner, inner).map(" $ ".join),
        st.tuples(inner, inner).map(" % ".join),
        inner.map(lambda p: f"``{p}''"),
        inner.map(lambda p: rf"\href{{https://x.y}}{{{p}}}"),
    ),
    max_leaves=6,
)


@given(PIECES)
@example(r"\begin{itemize}\item aaa $ bbb\end{itemize} $ ccc")
def test_every_word_is_in_the_plain_text_and_on_the_page(text):
    assume(not re.search(r"\$[^$]*\\href[^$]*\$", text))  # a link in what reads as a formula stays as it was typed
    kept = re.sub(r"\\(?:begin|end)\{itemize\}|\\item|\\(?!zzz)[a-z]+|https://x\.y", " ", text)
    words = re.findall(r"[a-z]{3,}", kept)
    found = convert(text, "latex")
    assert re.findall(r"[a-z]{3,}", found.plain) == words
    assert re.findall(r"[a-z]{3,}", BeautifulSoup(found.html, "html5lib").get_text(" ")) == words
    assert re.findall(r"[a-z]{3,}", inline(text).plain) == words


def test_of_what_a_title_says_twice_the_formula_is_read():
    text = inline(r"\texorpdfstring{\emph{a $x_{i}$}}{a xi}, \texorpdfstring{x}")
    assert text.plain == r"a x_i, \texorpdfstring{x}"
    assert text.html.startswith("<em>a <math>")


def test_what_is_only_moved_is_read_where_it_stands():
    assert inline(r"\raise0.3ex\hbox{$<$}\kern-0.75em{\lower0.65ex\hbox{$\sim$}} 5").plain == "<∼ 5"
