"""The interface: which way a text takes, and what holds for all of them."""

import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment
from slugify import slugify

from generator.text import LONGEST_SLUG, Html, convert, inline, latex, markup, slug, tidy

FORMATS = ("latex", "markdown", "text")
MARKS = r"\${}[]()<>&#^_~`'\"*-+=|!:.%/ " + "\n"
AWKWARD = st.lists(
    st.sampled_from(
        [
            *MARKS,
            "\n\n",
            "word",
            "Ünï",
            "深度",
            "7",
            r"\emph{",
            r"\textbf{",
            "}",
            r"\begin{itemize}",
            r"\end{itemize}",
            r"\item ",
            "$x_1$",
            r"\(",
            r"\)",
            r"\[",
            r"\]",
            "{{",
            "%}",
            "http://a.b/c",
            r"\href{",
            "](",
            "![",
            "<b>",
            "<script>",
            "</p>",
            "<img src=x onerror=y>",
            "javascript:",
            "site:/",
            '="site:/',
            r"\\",
            r"\'",
            r"\verb|",
            "```",
            "~~~",
            "\n# ",
            "\n- ",
            "\n1. ",
            "\n> ",
            "\n    ",
            r"\begin{align}",
            r"\end{align}",
            "\x00",
            "\U000f0000",
        ]
    ),
    max_size=40,
).map("".join)
PLAIN = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters=r"\${}~`[]<>&*_#^|'\"=:!+-." + "\u2028\u2029"
    ),
    max_size=200,
)


def soup(markup_text: str) -> BeautifulSoup:
    return BeautifulSoup(f"<body>{markup_text}", "html5lib")


@given(AWKWARD)
@example('<svg onload="x">')
@example("$" * 50)
@example("{" * 200 + "}" * 100)
def test_no_text_makes_live_or_broken_markup(text):
    for found in [convert(text, name, "/papers/x/") for name in FORMATS] + [inline(text)]:
        page = soup(found.html)
        assert not page.find_all(["script", "style", "iframe", "form", "input", "svg", "object", "h1"])
        for element in page.find_all(True):
            assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
            for name in ("href", "src"):
                if element.get(name):
                    assert element[name].startswith(("http://", "https://", "mailto:", "site:/", "#text-"))
        linked = {
            element.get(name).removeprefix("site:")
            for element in page.find_all(True)
            for name in ("href", "src")
            if element.get(name, "").startswith("site:")
        }
        assert linked <= set(found.targets)
        assert "\n\n" not in found.plain
        assert "  " not in found.plain
        assert found.plain == found.plain.strip()


@given(AWKWARD)
def test_html_is_well_formed(text):
    """Every element is closed in the order it was opened."""
    for name in ("latex", "text"):
        found = convert(text, name).html
        opened = []
        for tag in markup._TAG.finditer(found):
            if tag[2] in ("br", "hr", "img", "mspace") or tag[0].endswith("/>"):
                continue
            if tag[1]:
                assert opened.pop() == tag[2]
            else:
                opened.append(tag[2])
        assert not opened


@given(PLAIN)
@example("two\n\nparagraphs  and\u00a0more ")
@example("\n \n x")
def test_fast_and_slow_way_agree_on_text_without_markup(text):
    paragraphs = "\n\n".join(tidy(text))
    assert convert(text, "latex") == latex.render(paragraphs)
    assert inline(text) == latex.render(" ".join(tidy(text)), inline=True)


@given(
    st.lists(
        st.sampled_from(
            [
                *("word", "Two", "3 apples", ", ", " ", "\n", "\n\n", "é", "(x)", "a-b", "%", "; "),
                *(": ", ":", "=", "==", "#", "C# ", "@"),
            ]
        )
    ).map("".join)
)
@example("word\n: term")
@example("Title\n=====")
@example("Two: x = 1, C#\n\nmore ")
def test_fast_and_slow_way_agree_on_markdown_without_markup(text):
    assert convert(text, "markdown") == markup.render(text.rstrip(" \n"), "/")


@given(PLAIN)
def test_blanks_at_the_end_of_markdown_say_nothing(text):
    assert convert(f"{text} \n ", "markdown") == convert(text.rstrip(" \n"), "markdown")


@pytest.mark.parametrize("text", ["Two: x = 1, in C#. ", "one\n\ntwo"])
def test_markdown_without_markup_needs_no_converter(text, monkeypatch):
    monkeypatch.delattr(markup, "render")
    assert convert(text, "markdown").plain == text.strip().replace("\n\n", "\n")


@given(
    st.lists(
        st.sampled_from(["alpha", "Beta", "gamma", "{", "}", "$", "%", "&", "`", "'", "--", "~", " ", "\n\n", "_", "^"])
    )
)
def test_every_word_survives_stray_latex(parts):
    text = "".join(f"{part} " if part.isalpha() else part for part in parts)
    plain = convert(text, "latex").plain
    position = 0
    for word in (part for part in parts if part.isalpha()):
        position = plain.find(word, position)
        assert position >= 0, (text, plain)
        position += len(word)


@pytest.mark.parametrize("name", FORMATS)
def test_blank_lines_set_off_paragraphs(name):
    found = convert("one\n\n  \ntwo", name)
    assert [p.get_text() for p in soup(found.html).find_all("p")] == ["one", "two"]
    assert found.plain == "one\ntwo"


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_text_is_nothing(name):
    assert convert("", name).html == convert(" \n\n ", name).html == ""
    assert inline("  ").html == ""


def test_plain_format_is_escaped_and_addresses_are_linked():
    found = convert(r"\emph{a} *b* <i> see https://x.y/a_b?c=1&d=2).", "text")
    assert found.html == (
        r"<p>\emph{a} *b* &lt;i&gt; see "
        '<a href="https://x.y/a_b?c=1&amp;d=2">https://x.y/a_b?c=1&amp;d=2</a>).</p>'
    )


def test_control_characters_become_visible():
    for name in FORMATS:
        assert "\x0b" not in convert("a \x0b \x01 b", name).html
        assert convert("a \x01 b", name).plain == "a \ufffd b"
    assert inline("a\ud800b").plain == "a\ufffdb"


def test_templates_leave_html_alone_and_escape_plain():
    found = inline(r"\emph{a} & b")
    template = Environment(autoescape=True).from_string("{{ r.html }}|{{ r.plain }}")
    assert template.render(r=found) == "<em>a</em> &amp; b|a &amp; b"
    assert isinstance(found.html, Html)


def test_text_without_markup_imports_no_library():
    code = (
        "import sys; from generator.text import convert, inline; inline('A title'); convert('An abstract.', 'latex');"
        "convert('An abstract, too.', 'markdown'); convert('x', 'text');"
        "print([m for m in ('markdown', 'nh3', 'pylatexenc', 'math_core', 'slugify') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Intelligence-Endogenous Management", "intelligence-endogenous-management"),
        ("Straße & Đặng's C++", "strasse-dang-s-c"),
        (r"\emph{LoRA} in the $L_0$ norm", "lora-in-the-l-0-norm"),
        ("con", "con-paper"),
        ("COM1", "com1-paper"),
        ("../../etc", "etc"),
        ("Very long title " * 62, "very-long-title-very-long-title-very"),
        ("x" * 500, "x" * 40),
    ],
)
def test_slug_of_a_title(title, expected):
    assert slug(title, "paper") == expected


def test_slugs_of_other_scripts_differ_and_stay():
    titles = ["深度学习", "强化学习", "🎉🎉", "🎉", "---", "تعلم عميق"]
    slugs = [slug(title, "paper") for title in titles]
    assert len(set(slugs)) == len(titles)
    assert slugs == [slug(title, "paper") for title in titles]
    assert slugs[0].startswith("shen-du-xue-xi-")
    assert slugs[2].startswith("paper-")


@given(st.text(max_size=300), st.sampled_from(["paper", "", "???"]))
def test_a_slug_is_a_part_of_an_address(title, fallback):
    found = slug(title, fallback)
    assert found
    assert len(found) <= 80
    assert found.isascii()
    assert all(letter.isalnum() or letter == "-" for letter in found)
    assert found == found.lower().strip("-")


@given(st.text(alphabet="ABCxyz019 :.;!?()-", max_size=90))
def test_the_quick_way_to_a_slug_leads_where_slugify_does(title: str) -> None:
    expected = slugify(title, max_length=LONGEST_SLUG, word_boundary=True, save_order=True)
    if expected and expected not in ("con", "prn", "aux", "nul"):
        assert slug(title, "paper") == expected
