"""One page by itself: its head, its encoding, its policy, and what is asked of pages that others wrote."""

import pytest

from generator.check import page
from generator.check.finding import Fault

HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="generator" content="Paperfolio 1">'
    "<title>x</title>"
)
BODY = "</head><body><h1>x</h1>{}</body></html>"
SELF = "default-src 'self'"


def read(data: str | bytes) -> page.Page:
    return page.read("x.html", data.encode() if isinstance(data, str) else data, "https://x.example/")


def whats(data: str | bytes, rule: str) -> list[str]:
    return [fault.what for fault in read(data).faults if fault.rule == rule]


def under(policy: str, markup: str, name: str = "Content-Security-Policy") -> list[str]:
    """What a policy forbids."""
    return whats(f'{HEAD}<meta http-equiv="{name}" content="{policy}">{BODY.format(markup)}', "policy")


def test_a_page_says_what_others_ask_of_it() -> None:
    found = read(
        HEAD + '<meta name="Robots" content="x"><link rel="Canonical" href="y"><svg><title>z</title></svg>'
        '</head><body><h1>x</h1><p id="a">x</p><a name="b" href="z">x</a>'
    )
    assert (found.path, found.made, found.title, found.index, found.canonical) == ("x.html", True, "x", True, "y")
    assert {"a", "b"} <= found.ids
    assert [link.written for link in found.links] == ["y", "z"]
    assert found.faults == ()
    assert not read('<meta name="robots" content="NoIndex">').index
    assert (read("<p>x").title, read("<p>x").canonical, read("<p>x").index) == ("", "", True)


def test_two_canonical_addresses_are_told_at_the_second() -> None:
    [fault] = read(
        ' <link rel="canonical" href="a"><link rel="next" href="b">\n <link rel="canonical" href="c">'
    ).faults
    assert (fault.what, fault.line, fault.column) == ("the page names two canonical addresses", 2, 2)


@pytest.mark.parametrize("generator", ["", "Hugo 1", "My Paperfolio"])
def test_of_a_page_that_others_wrote_less_is_asked(generator: str) -> None:
    found = read(f'<meta name="generator" content="{generator}"><p><img src="x">')
    assert not found.made
    assert [(fault.rule, fault.error) for fault in found.faults] == [("alt", False)]
    assert [fault.error for fault in read(f'{HEAD}</head><body><h1>x</h1><img src="x">').faults] == [True]


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_a_page_of_nothing_is_an_error_whoever_wrote_it(data: bytes) -> None:
    assert read(data).faults == (Fault(rule="encoding", what="the page is empty"),)


def test_what_is_wrong_with_signs_is_told_at_the_first_of_them() -> None:
    lost, forbidden = read("<p>a\nb\ufffd\ufffd\n\n\x01\x02").faults
    assert lost.what == "the page holds the sign \ufffd, which stands for a letter that was lost"
    assert lost.hint == "write the letter anew; the text was once read in another encoding"
    assert (lost.error, lost.line, lost.column) == (False, 2, 2)
    assert (forbidden.what, forbidden.hint) == (
        "the page holds the sign U+0001, which HTML does not allow",
        "delete it",
    )
    assert (forbidden.line, forbidden.column) == (4, 1)
    assert [(fault.line, fault.column) for fault in read("\x7fa").faults] == [(1, 1)]
    [latin] = read("<p>\u00e9".encode("latin-1")).faults
    assert (latin.what, latin.hint) == ("the page is not UTF-8", "save the file as UTF-8")


@pytest.mark.parametrize("sign", ["\t", "\n", "\x0c", "\r", " ", "\u00a0", "\u200b", "\U0001f600", "\ufeff"])
def test_signs_that_html_allows_are_no_fault(sign: str) -> None:
    assert read(f"<p>a{sign}b").faults == ()


def test_a_made_page_has_a_head() -> None:
    assert read(HEAD + BODY.format("")).faults == ()
    assert whats(HEAD.replace("<title>x", "<title> ") + BODY, "title") == ["the page has no title"]
    assert whats(HEAD.replace("<title>x</title>", "") + BODY, "title") == ["the page has no title"]
    assert whats(HEAD + "<title>y</title>" + BODY, "title") == ["the page has two titles"]
    for charset in ('<meta charset="UTF-8">', '<meta charset=" utf-8 ">'):
        assert whats(HEAD.replace('<meta charset="utf-8">', charset) + BODY, "encoding") == []
    for charset in ("", '<meta charset="latin-1">', '<meta charset="utf-8"><meta charset="utf-8">'):
        [fault] = read(HEAD.replace('<meta charset="utf-8">', charset) + BODY).faults
        assert (fault.what, fault.hint) == ("the page does not say that it is UTF-8", '<meta charset="utf-8">')


@pytest.mark.parametrize("language", ["en", "de-AT", "zh-Hant-TW", "pt-BR", "sl-rozaj-biske", "de-1996"])
def test_a_language_is_named_by_its_tag(language: str) -> None:
    text = HEAD.replace('lang="en"', f'lang="{language}"') + BODY.format(f'<p lang="{language}">x</p>')
    assert whats(text, "language") == []


def test_what_names_no_language_is_told() -> None:
    assert whats(HEAD.replace(' lang="en"', "") + BODY, "language") == ["the page does not name its language"]
    assert whats(HEAD.replace('<html lang="en">', "") + BODY, "language") == ["the page does not name its language"]
    for tag in ("e", "en_GB", "in English", "en-", "englishes-x-"):
        [fault] = read(HEAD.replace('lang="en"', f'lang="{tag}"') + BODY).faults
        assert (fault.what, fault.hint) == (
            f"the page's language {tag!r} is none",
            '<html lang="{{ site.language }}">',
        )
        [part] = read(HEAD + BODY.format(f'<p lang="{tag}">x</p>')).faults
        assert (part.what, part.hint) == (f"the language {tag!r} of p is none", "a tag like de or pt-BR")
    assert whats(HEAD + BODY.format('<p lang="">x</p>'), "language") == []


@pytest.mark.parametrize("kind", ["", ' type="module"', ' type="Text/JavaScript"', ' type="application/javascript"'])
def test_a_script_in_the_page_never_runs(kind: str) -> None:
    what = "a script within the page never runs: the page's policy forbids it"
    assert under(SELF, f"<script{kind}>x</script>") == [what]
    assert under(SELF, f'<script{kind} src="x.js"></script>') == []
    assert under(SELF, '<script type="application/json">{}</script>') == []


def test_what_never_runs_or_has_no_effect_is_told() -> None:
    assert under(SELF, '<p onclick="x()">x</p>') == ["p[onclick] never runs: the page's policy forbids it"]
    [fault] = [
        fault
        for fault in read(
            f'{HEAD}<meta http-equiv="content-security-policy" content="{SELF}">'
            + BODY.format('<a href="JavaScript:x()">x</a>')
        ).faults
        if fault.rule == "policy"
    ]
    assert fault.what == "'JavaScript:x()' never runs: the page's policy forbids it"
    assert fault.traces == ("JavaScript:x()",)
    assert fault.hint == "put it into a file among the theme's assets"
    style = "has no effect: the page's policy forbids it"
    assert under(SELF, '<p style="x">x</p>') == [f"the style of p {style}"]
    assert under(SELF, "<style>x</style>") == [f"the style of style {style}"]


SCRIPT, STYLE = '<p onclick="x()">x</p>', '<p style="x">x</p>'


@pytest.mark.parametrize(
    ("policy", "script", "style"),
    [
        ("default-src 'self'", True, True),
        ("img-src 'self'", False, False),
        ("", False, False),
        ("script-src 'self'; style-src 'unsafe-inline'", True, False),
        ("default-src 'none'; ; Script-Src 'sha256-x' ;style-src 'nonce-x'", False, False),
        ("default-src 'unsafe-inline'; style-src 'self'", False, True),
        ("default-src 'unsafe-inline' 'self'", False, False),
        ("script-src", True, False),
    ],
)
def test_a_policy_is_read_as_browsers_do(policy: str, script: bool, style: bool) -> None:
    assert bool(under(policy, SCRIPT)) == script
    assert bool(under(policy, STYLE)) == style


def test_without_a_policy_nothing_is_forbidden() -> None:
    assert read(HEAD + BODY.format(f"{SCRIPT}{STYLE}<script>x</script>")).faults == ()
    assert under(SELF, SCRIPT, "refresh") == []
    assert whats(f'<meta http-equiv="content-security-policy" content="{SELF}">{SCRIPT}', "policy") == []


def test_markup_that_no_parser_knows_is_read_as_a_comment() -> None:
    assert [link.written for link in read('<a href="a">x</a><![x><a href="b">y</a>').links] == ["a", "b"]
