"""Texts, ids and headings: what is right about them is no fault, and what is wrong is told at its place."""

import pytest

from generator.check import page
from generator.check.finding import Fault

MADE = '<meta name="generator" content="Paperfolio 1">'


def faults(markup: str, *rules: str) -> list[Fault]:
    found = page.read("x.html", markup.encode(), "https://x.example/").faults
    return [fault for fault in found if fault.rule in (rules or ("alt", "id"))]


def whats(markup: str, *rules: str) -> list[str]:
    return [fault.what for fault in faults(markup, *rules)]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="a.png" alt="">',
        '<img src="a.png" alt="A wheel">',
        '<img src="a.png" alt="a.pn">',
        '<img src="wheel" alt="wheel">',
        '<a name="x"></a>',
        '<a href="x">x</a>',
        '<a href="x" aria-label="x"></a>',
        '<a href="x" aria-labelledby="t"></a><p id="t">x</p>',
        '<a href="x" title="x"></a>',
        '<a href="x"><img src="a.png" alt="A wheel"></a>',
        '<a href="x"><svg aria-label="x"></svg></a>',
        '<area href="x" alt="x">',
        '<area href="x" aria-label="x">',
        '<input type="image" src="a.png" alt="x">',
        '<input type="image" src="a.png" title="x">',
        '<svg role="img" aria-label="x"></svg>',
        '<svg role="img"><title>x</title></svg>',
        "<svg></svg>",
        '<iframe src="x" title="x"></iframe>',
        "<button>x</button>",
        '<button aria-label="x"></button>',
        '<button><img src="a.png" alt="x"></button>',
        '<input type="hidden">',
        '<input type="Submit">',
        '<input type="reset">',
        '<input type="button">',
        "<label>x <input></label>",
        '<label for="f">x</label><input id="f">',
        '<label for="f">x</label><select id="f"></select>',
        '<label for="f">x</label><textarea id="f"></textarea>',
        '<input aria-label="x">',
        '<p id="a">x</p><p id="b">x</p>',
        '<template><p id="a b"></p><p id="a"></p><label for="c"></label></template><p id="a">x</p>',
    ],
)
def test_what_has_a_text_and_ids_of_its_own_is_no_fault(markup: str) -> None:
    assert whats(markup) == []


@pytest.mark.parametrize(
    ("markup", "what", "traces"),
    [
        ('<img src="/files/a.png">', "the image '/files/a.png' has no alt", ("a.png",)),
        ('<img src="/files/a.png" alt="a.png">', "the alt of an image is the name of its file, 'a.png'", ("a.png",)),
        ('<a href="x"> <b></b></a>', "the link to 'x' has no text", ("x",)),
        ('<a href=""></a>', "the link to '' has no text", ("",)),
        ("<area>", "area has no alt", ()),
        ('<input type="IMAGE" src="x">', "input has no alt", ()),
        ('<svg role="img"><path d=""></svg>', "a picture (svg[role=img]) has no text", ()),
        ('<iframe src="x"></iframe>', "the frame of 'x' has no title", ()),
        ('<button><img src="x" alt=""></button>', "a button has no text", ()),
        ("<input>", "a field (input) has no label", ()),
        ('<input type="text" id="f"><label>x</label>', "a field (input) has no label", ()),
        ('<label for="">x</label><input>', "a field (input) has no label", ()),
        ("<select></select>", "a field (select) has no label", ()),
        ("<textarea></textarea>", "a field (textarea) has no label", ()),
        ('<p id="">x</p>', "'' is no id", ()),
        ('<p id="a&#9;b">x</p>', "'a\\tb' is no id", ()),
        ('<label for="f">x</label>', "label[for] refers to the id 'f', which is not there", ()),
        ('<p aria-labelledby="f">', "p[aria-labelledby] refers to the id 'f', which is not there", ()),
        ('<p aria-describedby="f">', "p[aria-describedby] refers to the id 'f', which is not there", ()),
        ('<p aria-controls="f">', "p[aria-controls] refers to the id 'f', which is not there", ()),
        ('<td headers="f">', "td[headers] refers to the id 'f', which is not there", ()),
    ],
)
def test_what_has_none_is_told_at_its_place(markup: str, what: str, traces: tuple[str, ...]) -> None:
    begins = markup.find("<input>") if markup.startswith("<label") and "input" in markup else 0
    [fault] = faults(f"<p>\n  {markup}")
    assert (fault.what, fault.traces, fault.line, fault.column) == (what, traces, 2, begins + 3)


def test_an_id_is_told_once_however_often_it_occurs() -> None:
    [fault] = faults('<p id="a">x</p><p id="a">x</p><p id="a">x</p>')
    assert (fault.what, fault.hint, fault.traces) == (
        "the id 'a' occurs twice",
        "give one of them another id",
        ("a",),
    )
    assert fault.column == 16


def test_of_several_ids_each_is_looked_for() -> None:
    assert whats('<p id="a" aria-describedby="a b c">x</p>') == [
        "p[aria-describedby] refers to the id 'b', which is not there",
        "p[aria-describedby] refers to the id 'c', which is not there",
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6><h2>g</h2>", []),
        ('<h1><img src="a" alt="x"></h1><template><h1>x</h1></template>', []),
        ("<h2>a</h2><h1>b</h1>", []),
        ("<h3>a</h3><h1>b</h1>", []),
        ("", ["the page has no h1"]),
        ("<h2>a</h2>", ["the page has no h1"]),
        ("<h1>a</h1><h1>b</h1><h1>c</h1>", ["the page has 3 headings of the highest level, h1"]),
        ("<h1>a</h1><h3>b</h3>", ["after a heading h1 comes h3 ('b'): a level is left out"]),
        ("<h1>a</h1>\n<h2>b</h2> <h5>c</h5>", ["after a heading h2 comes h5 ('c'): a level is left out"]),
        ("<h1>a</h1>\n<h2>b</h2><h3>c</h3>\n   <h6>d</h6>", ["after a heading h3 comes h6 ('d'): a level is left out"]),
        ("<h1>a</h1><h2> </h2>", ["a heading h2 is empty"]),
    ],
)
def test_headings_leave_out_no_level(markup: str, expected: list[str]) -> None:
    assert whats(MADE + markup, "heading") == expected


def test_a_heading_is_told_at_its_place_and_traced_by_its_text() -> None:
    empty, left_out = faults(f"{MADE}<h1> </h1>\n <h3>b  c</h3>", "heading")
    assert (empty.error, empty.line, empty.column) == (True, 1, len(MADE) + 1)
    assert (left_out.error, left_out.line, left_out.column, left_out.traces) == (False, 2, 2, ("b c",))
    assert whats("<h3>a</h3>", "heading") == []  # of a page that others wrote less is asked
