"""Tags of HTML and JATS in titles and abstracts, as LaTeX."""

import pytest

from generator.formats import tagged
from generator.text import convert, inline


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("A < B and C > D", "A < B and C > D"),
        ("<i>E. coli</i> in H<sub>2</sub>O", r"\emph{E. coli} in H\textsubscript{2}O"),
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One.\n\n\n\nTwo."),
        ('<span class="nocase">de novo</span> R&amp;D', "de novo R&D"),
        ("R&D &lt;x&gt; &#233;", "R&D <x> é"),
        ("<b>open", r"\textbf{open}"),
        ("closed</i>", "closed"),
        ("<i>a <b>b</i> c", r"\emph{a \textbf{b}} c"),
        ("( <STRONG>x</STRONG>)<SUP>2</SUP>", r"(\textbf{x})\textsuperscript{2}"),
        ("<i><b>x</i></b>", r"\emph{\textbf{x}}"),
        ("<script>x</script>", "<script>x</script>"),
        ("a<b and c>d", "a<b and c>d"),
        ('<a href="https://example.org/" target=_blank>x</a><br />y', "x\n\ny"),
        (r"Science {\&}amp; Art \&lt; R\&D; &nosuch;", r"Science & Art < R\&D; &nosuch;"),
    ],
)
def test_tags_become_latex(text: str, latex: str) -> None:
    assert tagged.as_latex(text) == latex


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (r"in \${\textbackslash}mathcal\{O\}(n {\textbackslash}log n)\$", r"in $\mathcal{O}(n \log n)$"),
        (r"\$10{\textasciicircum}\{5\} {\textless} x\_i\$ and \$k\$-means", r"$10^{5} < x_i$ and $k$-means"),
        (r"from \$5 to \$6", r"from \$5 to \$6"),
        (r"\$foo\_bar and \$baz", r"\$foo\_bar and \$baz"),
        (r"\${\textbackslash}frac\{a\}\{b\$", r"\${\textbackslash}frac\{a\}\{b\$"),
    ],
)
def test_formulas_that_zotero_escaped_are_formulas_again(text: str, latex: str) -> None:
    assert tagged.as_latex(text) == latex


def test_the_latex_is_what_readers_see() -> None:
    assert inline(tagged.as_latex("<i>E. coli</i> in H<sub>2</sub>O")).html == "<em>E. coli</em> in H<sub>2</sub>O"
    assert convert(tagged.as_latex("<p>One.</p><p>Two.</p>"), "latex").plain.split("\n") == ["One.", "Two."]
