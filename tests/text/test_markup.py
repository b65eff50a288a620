"""Markdown as safe HTML."""

import pytest
from bs4 import BeautifulSoup

from generator.text import convert


def page(text: str, base: str = "/") -> BeautifulSoup:
    return BeautifulSoup(convert(text, "markdown", base).html, "html5lib").body


def shown(text: str) -> str:
    return page(text).get_text()


def test_markdown_and_its_extras():
    found = page(
        '*a* **b** `c` "q" -- it\'s...\n\n- one\n- two\n\n|x|y|\n|-:|-|\n|1|2|\n\nTerm\n: def\n\n'
        "```python\nz\n```\n\nn[^1]\n\n[^1]: foot"
    )
    assert found.em.get_text() == "a"
    assert found.strong.get_text() == "b"
    assert found.code.get_text() == "c"
    assert "“q” – it’s…" in found.p.get_text()
    assert len(found.ul.find_all("li")) == 2
    assert found.dl.dd.get_text() == "def"
    assert found.th["class"] == ["align-right"]
    assert not found.find_all(style=True)
    assert found.pre.code["class"] == ["language-python"]
    assert found.find("div", class_="footnote").find("a")["href"] == "#text-fnref:1"


def test_escaped_percent_and_ampersand_lose_the_backslash():
    assert convert(r"5\% of A\&B, `5\%`", "markdown").plain == r"5% of A&B, 5\%"


def test_headings_start_at_level_two_and_have_prefixed_ids():
    found = page("# One\n\n## Two\n\n###### Six\n\n[to two](#two) [chosen](#me)\n\n# Three {#me}")
    assert [(h.name, h["id"]) for h in found.find_all(["h1", "h2", "h3", "h6"])] == [
        ("h2", "text-one"),
        ("h3", "text-two"),
        ("h6", "text-six"),
        ("h2", "text-me"),
    ]
    assert [a["href"] for a in found.find_all("a")] == ["#text-two", "#text-me"]


@pytest.mark.parametrize(
    "text",
    [
        "AB <img src=x onerror='window.__pwn=1'>",
        'AB <iframe srcdoc="<script>window.__pwn=1</script>"></iframe>',
        "AB <math><a xlink:href='javascript:window.__pwn=1'>x</a></math>",
        "AB <math><mtext><style><img src=x onerror=y></style></mtext></math>",
        "AB [x](&#106;avascript:window.__pwn=1)",
        "AB [x](JaVaScRiPt:window.__pwn=1)",
        "AB [x](java\tscript:window.__pwn=1)",
        "AB <javascript:window.__pwn=1>",
        "AB [x][r]\n\n[r]: javascript:window.__pwn=1",
        "AB [x](data:text/html;base64,PHNjcmlwdD4=)",
        "AB ![x](javascript:window.__pwn=1)",
        'AB ![`" onerror=window.__pwn=1 x="`](x.png)',
        "AB <meta http-equiv=refresh content='0;url=javascript:window.__pwn=1'>",
        "AB <base href='https://evil.example/'>",
        "AB <form action='https://evil.example/'><input name=q autofocus onfocus=window.__pwn=1></form>",
        'AB para {: onclick="window.__pwn=1" }',
        'AB **x**{: onclick="window.__pwn=1" style="color:red" class="evil" }',
        "AB <svg><script>1</script></svg> <style>p{}</style> <link rel=stylesheet href=x>",
        '<div style="position:fixed" onmouseover=x>AB</div>',
        "AB <!--<script> CD",
    ],
)
def test_nothing_live_comes_through(text):
    found = page(text)
    assert "AB" in found.get_text()
    live = ["script", "style", "iframe", "form", "input", "meta", "base", "link", "svg", "object"]
    assert not found.find_all(live)
    for element in found.find_all(True):
        assert not [
            name for name in element.attrs if name.startswith("on") or name in ("style", "srcdoc", "xlink:href")
        ]
        assert not {"evil"} & set(element.get("class", []))
        assert element.get("href", "site:/").startswith(("http:", "https:", "mailto:", "site:/", "#"))


def test_template_braces_are_text():
    text = "AB {{ ''.__class__ }} **x**{{ y }} {% raw %}\n{% block %}"
    assert shown("# T {{ x }}") == "T {{ x }}"
    assert shown("**x**{{ y }} {% raw %}\n{% block %}") == "x{{ y }} {% raw %}\n{% block %}"
    assert "{{" in shown(text)
    assert "{% block %}" in shown(text)


def test_prices_are_not_formulas():
    assert shown("It costs $5 and then $6 more") == "It costs $5 and then $6 more"
    assert not convert("It costs $5 and then $6 more", "markdown").has_math


def test_formulas_survive_markdown():
    found = convert(
        "$a*b*c$ and $x_1 * y_2 * z$ *em* \\(q_1\\) $$\n\\begin{aligned}a&=b\\\\c&=d\\end{aligned}\n$$", "markdown"
    )
    body = BeautifulSoup(found.html, "html5lib")
    assert len(body.find_all("math")) == 4
    assert [em.get_text() for em in body.find_all("em")] == ["em"]
    assert found.has_math
    assert body.find_all("mtr")


def test_code_shows_what_was_typed():
    found = page("`$x$` and `$HOME` `{{ y }}` \\$5 `\\$`\n\n```\n$a$ {% b %}\n```\n")
    assert [code.get_text() for code in found.find_all("code")] == ["$x$", "$HOME", "{{ y }}", "\\$", "$a$ {% b %}\n"]
    assert "$5" in found.p.get_text()
    assert not found.find_all("math")


def test_escaped_brackets_are_brackets():
    assert shown("a \\[not a link\\]") == "a [not a link]"
    assert page("\\[ x^2 \\]").math["display"] == "block"


def test_a_formula_in_an_attribute_is_its_source():
    assert page('![the $x_1$](a.png "at $y$")').img["alt"] == "the $x_1$"


@pytest.mark.parametrize(
    ("target", "base", "href"),
    [
        ("../y/", "/papers/x/", "site:/papers/y/"),
        ("../../../../y", "/papers/x/", "site:/y"),
        ("/cv.pdf", "/papers/x/", "site:/cv.pdf"),
        ("/a//b/./c/../d/", "/", "site:/a/b/d/"),
        ("a.pdf#page=2", "/papers/x/", "site:/papers/x/a.pdf#page=2"),
        ("?q=1", "/search/", "site:/search/?q=1"),
        ("..", "/papers/x/", "site:/papers/"),
        ("/", "/papers/x/", "site:/"),
        ("#part", "/papers/x/", "#text-part"),
        ("//evil.example/x", "/", "https://evil.example/x"),
        ("/\\evil.example/x", "/", "https://evil.example/x"),
        ("https://x.y/ä", "/", "https://x.y/%C3%A4"),
        ("/javascript:x", "/", "site:/javascript%3Ax"),
        ("a b.pdf", "/", "site:/a%20b.pdf"),
        ("www.x.org/a", "/", "https://www.x.org/a"),
        ("www.Ünï.org/ä", "/", "https://www.xn--n-nga1b.org/%C3%A4"),
        ("mailto:a@b.c", "/", "mailto:a@b.c"),
    ],
)
def test_links_are_resolved(target, base, href):
    assert page(f"[x](<{target}>)", base).a["href"] == href


def test_targets_name_what_must_exist():
    found = convert("[a](../y/#top) ![b](img/b.png) [c](#d) [e](https://x.y) [a](../y/#top)", "markdown", "/papers/x/")
    assert found.targets == ("/papers/y/#top", "/papers/x/img/b.png")
    assert 'href="site:/papers/y/#top"' in found.html
    assert 'src="site:/papers/x/img/b.png"' in found.html


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[x](ftp://a.org/b)", "ftp://a.org/b"),
        ("[x][y]\n\n[y]: tel:+4912", "tel:+4912"),
        ("![x](data:image/png;base64,iVBO)", "data:image/png;base64,iVBO"),
        ('<a class="z" href="&#106;avascript:alert(1)">x</a>', "javascript:alert(1)"),
    ],
)
def test_a_link_that_no_page_may_have_is_no_link_and_named(text, target):
    found = convert(text, "markdown")
    assert found.targets == (target,)
    assert (found.plain, "href" in found.html, "src" in found.html) == ("x", False, False)


@pytest.mark.parametrize(
    "text", ["`[x](ftp://a.org)`", "[x](https://a.org) <a@b.org> [y](mailto:a@b.org) [z](#top)", "see ftp://a.org"]
)
def test_other_links_are_not_named(text):
    assert convert(text, "markdown").targets == ()


@pytest.mark.parametrize(
    "text",
    [
        "[x](site:/x)",
        '<a href="site:/x">x</a>',
        '`a="site:/x"`',
        'a="site:/x" b',
        '[x](# "site:/x")',
        '<b title="site:/x">q</b>',
        '$\\text{="site:/x}$',
        '<a href="\U0010fffd/x">x</a>',
        "![site:/x](/y.png)",
        '`$="site:/x$`',
    ],
)
def test_nobody_writes_our_own_scheme(text):
    found = convert(text, "markdown")
    assert found.html.count('="site:/') == len([target for target in found.targets if target.startswith("/")])
    assert "/x" not in found.targets


def test_images_of_other_hosts_are_linked_to():
    found = page(
        "![Alt](https://e.x/a.png) [![Badge](https://e.x/b.png)](https://e.x) ![](//e.x/c.png) <img src=http://e.x/d> "
        "[![](https://e.x/f.png)](https://e.x/g)"
    )
    assert not found.find_all("img")
    assert [(a["href"], a.get_text()) for a in found.find_all("a")] == [
        ("https://e.x/a.png", "Alt"),
        ("https://e.x", "Badge"),
        ("https://e.x/c.png", "https://e.x/c.png"),
        ("http://e.x/d", "http://e.x/d"),
        ("https://e.x/g", "https://e.x/f.png"),
    ]


def test_images_of_the_site_stay():
    image = page("![Alt](img/a.png){width=100 .big}").img
    assert (image["src"], image["alt"], image["width"], image.get("class")) == ("site:/img/a.png", "Alt", "100", None)
    assert page("<img src=/a.png>").img["alt"] == ""


def test_bare_addresses_are_linked_outside_code_and_links():
    found = page("see https://x.y/a?b=1&c=2. `https://n.o` [https://p.q](https://r.s)")
    assert [a["href"] for a in found.find_all("a")] == ["https://x.y/a?b=1&c=2", "https://r.s"]


def test_plain_twin():
    found = convert(
        "# Title\n\nSome *text*  \nwith `a  b` & $x_1$ ![Alt](/a.png).\n\n- one\n- two\n\n|a|b|\n|-|-|\n|1|2|\n\nn[^1]\n\n[^1]: foot",
        "markdown",
    )
    assert found.plain == "Title\nSome text with a b & x_1 Alt.\none\ntwo\na b\n1 2\nn1\nfoot"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50000,
        "`a" * 30000,
        "<" * 50000,
        "[a](" * 20000,
        "&#" * 30000,
        "*a **a" * 30000,
        "![" * 30000,
        "[][" * 20000,
        "'" * 100000,
        "\\" * 100000,
        "a\n=\n" * 20000,
        "<a b='" * 20000,
        "> " * 3000 + "a",
        "x" * 2000000 + "*",
        "{{" * 50000,
        "a  \n" * 100000,
        "- a\n" * 100000,
        "|a" * 20000 + "|\n" + "|-" * 20000 + "|\n",
    ],
    ids=lambda text: text[:6],
)
def test_text_that_would_keep_the_converter_busy_is_shown_as_typed(text):
    """Each of these takes a fraction of a second; unguarded, most take minutes."""
    found = convert(text, "markdown")
    assert found.html.startswith(("<p>", "<blockquote>"))
    assert len(found.plain) >= len(text) - text.count(" ") - text.count("\n") or text.startswith("> ")


def test_text_that_is_shown_as_typed_keeps_its_paragraphs():
    found = convert("[" * 50000 + "\n\nb", "markdown")
    assert found.html.endswith("</p>\n<p>b</p>")
    assert found.plain.endswith("[\nb")


def test_long_honest_pages_are_converted():
    entries = "\n".join(
        f"- **Title {n}** [pdf](https://x.y/{n}.pdf) [code](https://x.y/{n}) `c{n}`" for n in range(200)
    )
    assert len(page(entries).find_all("a")) == 400
    sections = "\n\n".join(f"## Part {n}\n\nSome *text* with [a link](https://x.y/{n})." for n in range(100))
    assert len(page(sections).find_all("h2")) == 100
    assert len(page("| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * 500).find_all("td")) == 1000
    assert len(page("a line of a poem  \n" * 500).find_all("br")) >= 499


@pytest.mark.parametrize("marks", ["#", "##", "###"])
def test_the_highest_heading_of_a_text_stands_below_the_title_of_its_page(marks):
    found = page(f"{marks} One\n\n{marks}# Two\n\n{marks} Three")
    assert [(heading.name, heading.text) for heading in found.find_all(["h1", "h2", "h3", "h4"])] == [
        ("h2", "One"),
        ("h3", "Two"),
        ("h2", "Three"),
    ]
