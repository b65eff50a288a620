"""The addresses that a page names: which there are, which of them a browser loads by itself, and what is wrong."""

import pytest

from generator.check import links, page
from generator.check.finding import Fault
from generator.check.links import Link

URL = "https://ada.github.io/papers/"
ELSEWHERE = "https://cdn.example/x"
OTHER = (
    '<a href="{}">',
    '<area href="{}">',
    '<blockquote cite="{}">',
    '<body background="{}">',
    '<button formaction="{}">',
    '<form action="{}">',
    '<input cite="{}">',
    '<input formaction="{}">',
    '<link rel="alternate" href="{}">',
    '<link rel="canonical" href="{}">',
    '<link href="{}">',
    '<meta name="citation_abstract_html_url" content="{}">',
    '<meta name="citation_fulltext_html_url" content="{}">',
    '<meta name="citation_pdf_url" content="{}">',
    '<meta property="og:image" content="{}">',
    '<meta property="og:url" content="{}">',
    '<meta name="twitter:image" content="{}">',
    '<meta http-equiv="Refresh" content="0; url=\'{}\'">',
)
"""Markup whose address a browser does not load by itself, or only when somebody asks for it."""
LOADED = (
    '<audio src="{}">',
    '<embed src="{}">',
    '<iframe src="{}">',
    '<image href="{}">',
    '<image xlink:href="{}">',
    '<img src="{}">',
    '<img srcset="{}">',
    '<input type="image" src="{}">',
    '<link rel="STYLESHEET" href="{}">',
    '<link rel="apple-touch-icon" href="{}">',
    '<link rel="dns-prefetch" href="{}">',
    '<link rel="manifest" href="{}">',
    '<link rel="modulepreload" href="{}">',
    '<link rel="preconnect" href="{}">',
    '<link rel="prefetch" href="{}">',
    '<link rel="preload" imagesrcset="{} 2x">',
    '<link rel="prerender" href="{}">',
    '<link rel="shortcut icon" href="{}">',
    '<object data="{}">',
    '<script src="{}">',
    '<source src="{}">',
    '<source srcset="{} 1x">',
    '<track src="{}">',
    '<use href="{}">',
    '<video poster="{}">',
    '<video src="{}">',
)


def read(markup: str, home: str = URL, path: str = "x/index.html") -> page.Page:
    return page.read(path, markup.encode(), home)


def faults(markup: str, home: str = URL) -> list[Fault]:
    """What is wrong with addresses."""
    return [fault for fault in read(markup, home).faults if fault.rule in ("address", "mixed-content", "third-party")]


def targets(markup: str, home: str = URL, path: str = "x/index.html") -> list[str]:
    return [link.target for link in read(markup, home, path).links]


@pytest.mark.parametrize("markup", [*OTHER, *LOADED])
def test_what_names_an_address_is_known_and_whether_a_browser_loads_it(markup: str) -> None:
    [link] = read(f"<p>\n  {markup.format(ELSEWHERE)}").links
    assert (link.target, link.written, link.loaded) == (ELSEWHERE, ELSEWHERE, markup in LOADED)
    assert (link.line, link.column) == (2, 3)
    [fault] = faults(markup.format(ELSEWHERE)) or [None]
    assert (fault is not None and fault.rule == "third-party") == (markup in LOADED)
    [insecure] = faults(markup.format("http://cdn.example/x")) or [None]
    assert (insecure is not None and insecure.rule == "mixed-content") == (markup in LOADED or "<form" in markup)
    assert faults(markup.format(f"{URL}y")) == faults(markup.format("HTTPS://ADA.github.io/papers/y")) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<div data="x">',
        '<img data="x">',
        '<meta name="description" content="x" href="x">',
        '<meta http-equiv="refresh" content="5">',
        '<meta http-equiv="x" content="url=x">',
        "<p>",
    ],
)
def test_what_names_no_address_is_no_link(markup: str) -> None:
    assert read(markup).links == ()


def test_a_use_is_called_by_element_and_attribute() -> None:
    markup = (
        '<a href="x"></a><img srcset="x"><meta property="og:url" content="x"><meta http-equiv="refresh" content="=x">'
    )
    assert [link.use for link in read(markup).links] == ["a[href]", "img[srcset]", "meta[og:url]", "meta[refresh]"]


def test_an_address_of_a_source_set_may_hold_commas() -> None:
    found = targets('<img srcset="a,b.png 1x, c.png 2x,d.png , e.png">')
    assert found == [f"{URL}x/{name}" for name in ("a,b.png", "c.png", "d.png", "e.png")]


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.html", ""), ("x/index.html", "x/"), ("x/y.html", "x/y.html"), ("my-index.html", "my-index.html")],
)
def test_a_relative_address_begins_where_the_page_is_shown(path: str, address: str) -> None:
    assert links.address(path) == address
    assert targets('<a href="?y">', path=path) == [f"{URL}{address}?y"]


def test_relative_addresses_begin_at_the_first_base_that_names_any() -> None:
    assert targets('<base target="_top"><base href="../y/"><base href="../z/"><a href="a">') == [f"{URL}y/a"]
    [fault] = (broken := read('<base href="//["><a href="a">x</a>')).faults
    assert (fault.rule, fault.what, fault.traces) == ("address", "'//[' is no address", ("//[",))
    assert [link.target for link in broken.links] == [f"{URL}x/a"]


@pytest.mark.parametrize("address", ["https://[x/", "https://x.org:port/", "https://x.org:99999/"])
def test_what_is_no_address_is_told_and_the_rest_is_read(address: str) -> None:
    found = read(f'<a href="{address}">x</a> <a href="y">y</a>')
    [fault] = found.faults
    assert (fault.rule, fault.what, fault.traces) == ("address", f"{address!r} is no address", (address,))
    assert (fault.line, fault.column) == (1, 1)
    assert [link.written for link in found.links] == ["y"]


@pytest.mark.parametrize("name", ["og:image", "og:url", "twitter:image", "citation_pdf_url"])
def test_what_is_read_elsewhere_is_absolute(name: str) -> None:
    [fault] = faults(f'<meta name="{name}" content="/x">')
    assert fault.what == "'/x' is relative, but is read where nobody knows to what"
    assert fault.hint == "write it with https:// and the host"


@pytest.mark.parametrize(
    "address",
    [
        *("http://localhost/", "http://127.0.0.1:8000/x", "http://[::1]/", "http://0.0.0.0/"),
        *("file:///home/ada/x.pdf", r"C:\talk.pdf", "d:/talk.pdf"),
    ],
)
def test_what_is_on_this_machine_is_for_no_visitor(address: str) -> None:
    [fault] = faults(f'<a href="{address}">x</a>')
    assert (fault.rule, fault.hint) == ("address", "write the public address")
    assert fault.what == f"{address!r} leads to this machine, where no visitor is"


def test_a_site_on_this_machine_may_name_itself() -> None:
    assert faults('<a href="http://localhost:8000/x/y">x</a>', "http://localhost:8000/x/") == []


def test_a_site_may_write_its_host_in_capitals() -> None:
    home = "https://Ada.GitHub.io/"
    assert faults(f'<img src="{home}x.png" alt="x"><img src="x.png" alt="x">', home) == []
    assert [fault.rule for fault in faults('<img src="https://x.example/x.png" alt="x">', home)] == ["third-party"]


def test_a_site_without_encryption_may_load_and_send_to_itself_alone() -> None:
    home = "http://ada.example/"
    assert faults(f'<img src="{home}x.png" alt="x"><form action="{home}x">', home) == []
    assert [fault.rule for fault in faults('<form action="http://x.example/">', home)] == ["mixed-content"]


@pytest.mark.parametrize(
    ("markup", "rule", "what", "hint"),
    [
        ('<a href=" ">x</a>', "address", "the address of a[href] is empty", ""),
        (
            '<a href="http://ada.github.io/papers/x/">x</a>',
            "mixed-content",
            "'http://ada.github.io/papers/x/' leads to this site without encryption",
            "begin it with https:",
        ),
        (
            '<img src="//cdn.example/x" alt="x">',
            "third-party",
            "img[src] loads '//cdn.example/x' from another host",
            "put the file into content/files/ and name it there",
        ),
        (
            '<img src="http://cdn.example/x" alt="x">',
            "mixed-content",
            "img[src] loads 'http://cdn.example/x' from another host, without encryption",
            "put the file into content/files/ and name it there",
        ),
    ],
)
def test_what_is_wrong_with_an_address_is_told_with_what_to_do(markup: str, rule: str, what: str, hint: str) -> None:
    [fault] = faults(markup)
    assert (fault.rule, fault.what, fault.hint) == (rule, what, hint)


@pytest.mark.parametrize("address", ["mailto:ada@x.org", "tel:1", "data:image/png;base64,x", "//ada.github.io/papers/"])
def test_what_needs_no_host_or_is_of_this_one_may_be_loaded(address: str) -> None:
    assert faults(f'<img src="{address}" alt="x"><form action="{address}">') == []


def test_a_fault_of_a_target_is_at_the_link_and_traced_by_what_is_written() -> None:
    link = Link("https://x.org/y", "y", "a[href]", 3, 5, False)
    fault = Fault(rule="link", what="x")
    assert links.at_link(link, fault) == Fault(rule="link", what="x", line=3, column=5, traces=("y", "https://x.org/y"))
    traced = Fault(rule="link", what="x", traces=("z",))
    assert links.at_link(link, traced) == Fault(rule="link", what="x", line=3, column=5, traces=("z",))
