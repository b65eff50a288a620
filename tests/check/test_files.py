"""Files that are no pages: what is right about them is no fault, and what is wrong is one each."""

import json

import pytest

from generator.check import files

URL = "https://ada.github.io/papers/"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>a:f</id><title>F</title><updated>2024-01-01T00:00:00Z</updated>'
    "<author><name>Ada</name></author>"
    "<entry><id>a:e</id><title>E</title><updated>2024-01-01T00:00:00+01:00</updated></entry></feed>"
)
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "F",
    "home_page_url": URL,
    "feed_url": f"{URL}feed.json",
    "next_url": f"{URL}feed-2.json",
    "items": [
        {"id": "a", "url": "http://ada.github.io/x/", "content_text": "x", "date_modified": "2024-01-01T00:00:00Z"}
    ],
}
BEGINNINGS = {
    ".gif": b"GIF89a",
    ".jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    ".JPEG": b"\xff\xd8\xff\xdb",
    ".pdf": b"\n%PDF-1.7\n",
    ".png": b"\x89PNG\r\n\x1a\n\0",
    ".webp": b"RIFF\x24\0\0\0WEBP",
    ".woff2": b"wOF2\0",
}


def whats(path: str, text: str) -> list[str]:
    return [fault.what for fault in files.data(path, text.encode())]


@pytest.mark.parametrize("suffix", BEGINNINGS)
def test_a_file_of_a_kind_begins_as_that_kind_does(suffix: str) -> None:
    assert list(files.kind(f"x{suffix}", BEGINNINGS[suffix])) == []
    [other] = files.kind(f"x{suffix}", b"something else")
    assert other.what == f"the file is no {suffix[1:].upper()}"
    [page] = files.kind(f"x{suffix}", b"\n <HTML><title>Not found")
    assert page.what.endswith(", but a web page")


@pytest.mark.parametrize("suffix", [*BEGINNINGS, ".bib", ".css", ".js", ".ris"])
def test_a_file_of_blanks_alone_is_empty(suffix: str) -> None:
    assert [fault.what for fault in files.kind(f"x{suffix}", b" \n")] == ["the file is empty"]


def test_a_file_of_any_other_kind_may_be_empty_or_begin_with_anything() -> None:
    for name in (".nojekyll", "x.txt", "x.csv", "LICENSE"):
        assert list(files.kind(name, b"")) == list(files.kind(name, b"<html>")) == []


@pytest.mark.parametrize(
    ("names", "is_fault"),
    [
        (".git .env .DS_Store Thumbs.db __pycache__ .#a.txt a.txt~ a.swp a.tmp a.bak a.orig", True),
        (".nojekyll .well-known a.backup tmp original.txt .gitignore", False),
    ],
)
def test_what_systems_and_editors_leave_behind_does_not_belong_on_a_website(names: str, is_fault: bool) -> None:
    for name in names.split():
        assert [fault.error for _, fault in files.names([f"files/{name}"])] == [False] * is_fault, name


def test_of_two_names_that_are_one_elsewhere_the_second_is_told() -> None:
    [(path, fault)] = files.names(["b/É.txt", "b/E\u0301.txt", "a.txt"])
    assert path == "b/É.txt"
    assert fault.what.endswith("b/E\u0301.txt")


def test_sizes_are_those_of_github() -> None:
    assert list(files.sizes({"a": 50 << 20})) == []
    assert [fault.error for _, fault in files.sizes({"a": 100 << 20, "b": (100 << 20) + 1})] == [False, True]
    assert list(files.sizes({str(number): 1 << 20 for number in range(1024)})) == []


@pytest.mark.parametrize(("path", "is_hidden"), [("_a.txt", True), ("assets/_a.css", True), ("a_b.txt", False)])
def test_what_jekyll_would_leave_out_needs_a_file_that_keeps_it_off(path: str, is_hidden: bool) -> None:
    paths = {"index.html": 1, "404.html": 1, path: 1}
    assert [fault.rule for _, fault in files.special(paths, None, URL)] == ["nojekyll"] * is_hidden
    assert list(files.special({**paths, ".nojekyll": 0}, None, URL)) == []


@pytest.mark.parametrize("home", ["", "https://p.example.org/"])
@pytest.mark.parametrize("cname", ["p.example.org", "P.Example.org\n"])
def test_a_domain_that_is_the_site_s_own_is_no_fault(cname: str, home: str) -> None:
    assert list(files.special({"index.html": 1, "404.html": 1}, cname, home)) == []


def test_a_style_sheet_loads_what_it_names_and_nothing_from_comments() -> None:
    text = (
        "/* url(gone.png) */ @namespace svg url(http://www.w3.org/2000/svg);\n"
        "@IMPORT 'a.css'; @import url( \"b.css\" ) print; @import c.css;\n"
        "p { src: url(d\\ e.woff2) format('woff2'), url(#f), url(Data:image/png;base64,x), url(); /* a\n*/ b: url('') }\n"
        " q { c: url(//[x) }"
    )
    links = list(files.style_links("assets/base.css", text, URL))
    assert [(link.written, link.target.removeprefix(URL), link.line, link.column) for link in links] == [
        ("a.css", "assets/a.css", 2, 1),
        ("b.css", "assets/b.css", 2, 26),
        ("c.css", "assets/c.css", 2, 48),
        ("d e.woff2", "assets/d e.woff2", 3, 10),
        ("//[x", "", 5, 9),
    ]


def test_a_feed_with_all_it_must_have_is_no_fault() -> None:
    assert whats("feed.xml", ATOM) == whats("feed.json", json.dumps(JSON)) == []


def test_what_a_feed_lacks_is_told_once() -> None:
    assert whats("feed.xml", ATOM.replace("<title>F</title>", "<title> </title>")) == ["the Atom feed has no title"]
    assert whats("feed.xml", ATOM.replace("<updated>2024-01-01T00:00:00Z</updated>", "")) == [
        "the Atom feed has no updated"
    ]
    assert whats("feed.xml", ATOM.replace("<author><name>Ada</name></author>", "")) == [
        "entry 1 of the Atom feed has no author"
    ]
    assert whats("feed.json", "[]") == ["the JSON Feed does not say https://jsonfeed.org/version/1.1"]
    modified = json.dumps(JSON).replace("2024-01-01T00:00:00Z", "2024-01-01")
    assert [what.partition(" is ")[0] for what in whats("feed.json", modified)] == [
        "entry 1 of the JSON Feed: date_modified"
    ]


def test_the_addresses_that_a_feed_names_are_known() -> None:
    assert files.feed_addresses("feed.json", json.dumps(JSON).encode()) == [
        URL,
        f"{URL}feed.json",
        f"{URL}feed-2.json",
        "http://ada.github.io/x/",
    ]
    links = f"<link rel='alternate' href='{URL}'/><link rel='self' href='{URL}feed.xml'/>"
    atom = ATOM.replace("<author>", f"{links}<author>").encode()
    assert files.feed_address("feed.xml", atom) == f"{URL}feed.xml"
    assert files.feed_addresses("feed.xml", atom) == [URL, f"{URL}feed.xml"]


def test_feeds_are_known_by_their_names() -> None:
    for name in ("feed.xml", "feed.json", "embed/papers/feed-12.json", "embed/papers/cited.json"):
        assert files.is_feed(name), name
    for name in ("papers.json", "feed-x.json", "cite.json", "feed.json.txt", "atom.xml"):
        assert not files.is_feed(name), name


def test_a_sitemap_may_be_written_by_others() -> None:
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    text = f"{head}<url><loc>\n {URL} </loc><lastmod>2024-03-07</lastmod></url><url><loc/></url></urlset>"
    assert files.sitemap(text.encode()) == ([URL, ""], [])
    assert (
        len(files.sitemap(f"{head}{'<url><loc>x</loc></url>' * files.MOST_IN_SITEMAP}</urlset>".encode())[0]) == 50_000
    )
    with pytest.raises(ValueError, match="a lastmod is None"):
        files.sitemap(f"{head}<url><loc>x</loc><lastmod/></url></urlset>".encode())
