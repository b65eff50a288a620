"""What the files of a site say of each other: small ones that are written here, so that each fault stands alone."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.check import reading, report
from generator.check.finding import Finding

URL = "https://ada.github.io/papers/"
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
Files = Mapping[str, str | bytes]
NOTHING: Files = {}


def page(body: str = "", title: str = "x", address: str = "", home: str = URL, robots: str = "") -> str:
    """A page as a theme makes it, without fault."""
    canonical = f'<link rel="canonical" href="{home}{address}"><meta property="og:url" content="{home}{address}">'
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="generator" content="Paperfolio 1">'
        f'<title>{title}</title>{canonical * bool(home)}<meta name="robots" content="{robots}"><h1>x</h1>{body}'
    )


def listed(*addresses: str, home: str = URL) -> str:
    return MAP.format("".join(f"<url><loc>{home}{address}</loc></url>" for address in addresses))


GOOD: Files = {
    "index.html": page('<a href="a/">a</a><a href="b.html">b</a>', "Home"),
    "a/index.html": page('<p id="part">x</p>', "A", "a/"),
    "b.html": page("", "B", "b.html"),
    "404.html": page('<a href="/papers/">x</a>', "Gone", "404.html", robots="noindex"),
    "sitemap.xml": listed("", "a/", "b.html"),
    ".nojekyll": "",
}


def check(folder: Path, more: Files = NOTHING, gone: str = "") -> tuple[Finding, ...]:
    for name, text in {**GOOD, **more}.items():
        path = folder / "output" / name
        if name != gone:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return report.check(folder).findings


def told(folder: Path, more: Files, gone: str = "") -> list[str]:
    """What is wrong; all of it is told in the output, since there is no content."""
    return [f"{one.place.file.removeprefix('output/')}: {one.what}" for one in check(folder, more, gone)]


def linking(markup: str) -> Files:
    return {"a/index.html": page(f'<p id="part">x</p>{markup}', "A", "a/")}


def test_a_small_site_has_no_fault(tmp_path: Path) -> None:
    assert check(tmp_path) == ()


@pytest.mark.parametrize(
    "address",
    [
        *("", "?x=/y", "#", "#part", "#top", "#TOP", "#:~:text=x", "../a/#part", "../a#part", "../a", "../b.html"),
        *("../index.html", "../b.html?x#:~:text=y", "../f/d%C3%A9j%C3%A0.txt#x", "../f/déjà.txt", "mailto:a@b.example"),
        *(f"{URL}a/", "HTTPS://ada.github.io/papers/a/", "/papers/a/", "//ada.github.io/papers/b.html", "/elsewhere/"),
        *("../empty.txt", "../f/empty", "../../b.html", "//b.html", "/elsewhere/b.html"),
        *("../c/#d%C3%A9j%C3%A0", "../c/#déjà", "../c/#100%25", "../c/#100%2525"),
    ],
)
def test_a_link_to_what_is_there_is_no_fault(tmp_path: Path, address: str) -> None:
    others = {
        "f/déjà.txt": "a { b: url(gone.png) }",
        "empty.txt": "",
        "f/empty/index.html": "<p>x",
        "c/index.html": '<p id="déjà">x</p><p id="100%25">x</p>',
    }
    faults = told(tmp_path, {**linking(f'<a href="{address}">x</a>'), **others})
    assert faults == (["a/index.html: the address of a[href] is empty"] if not address else [])


@pytest.mark.parametrize(
    ("address", "what", "hint"),
    [
        ("gone", "links to /a/gone, which is no page or file of the site", ""),
        ("../b.html/", "links to /b.html/, which is no page or file of the site", "did you mean /b.html?"),
        ("../B.html", "links to /B.html, which is no page or file of the site", "capitals count: write /b.html"),
        ("../A/", "links to /A/, which is no page or file of the site", "capitals count: write /a/"),
        ("../A", "links to /A, which is no page or file of the site", "capitals count: write /a/"),
        ("../x.txt", "links to /x.txt, which is no page or file of the site", "capitals count: write /X.TXT"),
        ("../b", "links to /b, which is no page or file of the site", "write /b.html"),
        ("../b.htm", "links to /b.htm, which is no page or file of the site", "did you mean /b.html?"),
        ("../x%0Ay", "links to /x\\ny, which is no page or file of the site", ""),
        ("../link.txt", "links to /link.txt, which is no page or file of the site", ""),
        ("#prt", "links to /a/#prt, and that page has no such part", "did you mean #part?"),
        ("../b.html#zzz", "links to /b.html#zzz, and that page has no such part", ""),
        ("/b.html#y", "'/b.html#y' leads out of the site, which lies below /papers/", "link to it in a relative way"),
        ("/a/", "'/a/' leads out of the site, which lies below /papers/", "link to it in a relative way"),
        (
            "/b.html?x#y",
            "'/b.html?x#y' leads out of the site, which lies below /papers/",
            "link to it in a relative way",
        ),
    ],
)
def test_a_link_to_nothing_is_told_with_what_may_be_meant(tmp_path: Path, address: str, what: str, hint: str) -> None:
    (tmp_path / "output").mkdir()
    os.symlink("b.html", tmp_path / "output" / "link.txt")
    (tmp_path / "output" / "X.TXT").touch()
    found = [one for one in check(tmp_path, linking(f'\n<a href="{address}">x</a>')) if one.rule != "name"]
    assert [(one.what, one.hint, one.files) for one in found] == [(what, hint, ("a/index.html:2:1",))]
    assert [one.rule for one in found] == ["anchor" if "no such part" in what else "link"]


def test_links_within_a_site_without_encryption_are_followed_too(tmp_path: Path) -> None:
    home = "http://ada.example/"
    front = page(f'<a href="{home}gone">x</a><a href="a">x</a><a href="https://ada.example/b">x</a>', home=home)
    (tmp_path / "output").mkdir()
    for name, text in {"index.html": front, "a": "x"}.items():
        (tmp_path / "output" / name).write_text(text)
    found = [one.what for one in report.check(tmp_path).findings if one.rule == "link"]
    assert found == ["links to /gone, which is no page or file of the site"]


def test_what_is_no_plain_file_is_told_and_is_none(tmp_path: Path) -> None:
    (tmp_path / "output" / "folder").mkdir(parents=True)
    os.symlink("b.html", tmp_path / "output" / "c.html")
    os.symlink("folder", tmp_path / "output" / "d")
    found = check(tmp_path)
    assert [(one.place.file, one.what, one.hint) for one in found] == [
        (f"output/{name}", "is a link or no plain file, which GitHub Pages refuses", "put the file itself there")
        for name in ("c.html", "d")
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="a/">x</a>', ["404.html: 404.html is shown at any depth, where 'a/' leads elsewhere"]),
        ('<a href="?x">x</a>', ["404.html: 404.html is shown at any depth, where '?x' leads elsewhere"]),
        ('<a href="#">x</a><a href="mailto:a@b.example">x</a><a href="/papers/a/">x</a>', []),
    ],
)
def test_the_404_page_is_shown_at_any_depth(tmp_path: Path, markup: str, expected: list[str]) -> None:
    body = f'<a href="/papers/">x</a>{markup}'
    found = check(tmp_path, {"404.html": page(body, "Gone", "404.html", robots="noindex")})
    assert [f"{one.place.file.removeprefix('output/')}: {one.what}" for one in found] == expected
    assert {(one.rule, one.hint) for one in found} <= {("link", "begin it with /papers/")}


def test_in_a_site_that_is_read_from_disk_all_links_are_relative(tmp_path: Path) -> None:
    assert told(tmp_path, {"404.html": page('<a href="a/">x</a>', "Gone", "404.html", robots="noindex")}) == []


@pytest.mark.parametrize(
    ("style", "rule", "what", "hint"),
    [
        ("a { b: url(../b.html) }", "", "", ""),
        ("a { b: url(x.png) }", "link", "links to /s/x.png, which is no page or file of the site", ""),
        ("a { b: url(//[x) }", "address", "'//[x' is no address", ""),
        (b"\xe9", "encoding", "the style sheet is not UTF-8", "save the file as UTF-8"),
        *(
            (
                f"a {{ b: url({address}) }}",
                rule,
                f"the style sheet loads '{address}' from another host",
                "put the file among the theme's assets",
            )
            for address, rule in (
                ("https://x.example/y", "third-party"),
                ("//x.example/y", "third-party"),
                ("http://x.example/y", "mixed-content"),
            )
        ),
    ],
)
def test_a_style_sheet_is_read_too(tmp_path: Path, style: str | bytes, rule: str, what: str, hint: str) -> None:
    found = check(tmp_path, {"s/A.CSS": style})
    assert [(one.rule, one.what, one.hint) for one in found] == [(rule, what, hint)] * bool(rule)


def feed(address: str, *entries: str) -> str:
    items = ",".join(f'{{"id": "{entry}", "url": "{URL}{entry}", "content_text": "x"}}' for entry in entries)
    return (
        f'{{"version": "https://jsonfeed.org/version/1.1", "title": "x", "feed_url": "{address}", "items": [{items}]}}'
    )


def test_a_feed_names_its_own_address_and_what_is_there(tmp_path: Path) -> None:
    good = feed(f"{URL}feed.json", "a/", "b.html")
    assert told(tmp_path / "good", {"feed.json": good, "a/feed.json": good}) == []  # one list at two addresses
    assert told(tmp_path / "elsewhere", {"feed.json": feed("https://x.example/feed.json", "a/")}) == []
    assert told(tmp_path / "other", {"feed.json": feed(f"{URL}b.html", "a/")}) == [
        "feed.json: the feed says that it is at /b.html"
    ]
    for gone, text in (("gone/", feed(f"{URL}feed.json", "a/", "gone/")), ("gone.json", feed(f"{URL}gone.json"))):
        [fault] = check(tmp_path / gone, {"feed.json": text})
        assert (fault.rule, fault.place.file) == ("feed", "output/feed.json")
        assert fault.what == f"the feed names {URL}{gone}, which is no page or file of the site"


@pytest.mark.parametrize("name", ["x.json", "x.xml", "x.svg", "x.webmanifest"])
def test_data_can_be_read(tmp_path: Path, name: str) -> None:
    [fault] = check(tmp_path, {name: "<"})
    assert "cannot be read" in fault.what


@pytest.mark.parametrize(("name", "is_fault"), [("papers.bib", True), ("papers.ris", True), ("papers.txt", False)])
def test_citation_files_of_no_papers_alone_are_empty(tmp_path: Path, name: str, is_fault: bool) -> None:
    assert told(tmp_path / "none", {name: "", "papers/x.txt": "x"}) == []
    with_papers = {name: "", "papers/x/index.html": "<p>x"}
    assert told(tmp_path / "some", with_papers) == [f"{name}: the file is empty"] * is_fault
    assert told(tmp_path / "other", {"x.bib": ""}) == ["x.bib: the file is empty"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"User-agent: *\nAllow: /\nSitemap: {URL}sitemap.xml\n", []),
        ("User-agent: x\nDisallow: /\n", []),
        ("User-agent: *\nDisallow:\nDisallow: /private/\n", []),
        ("User-agent: *\nAllow: /x\n\nUser-agent: y\nDisallow: /\n", []),
        ("# User-agent: *\nDisallow: /\n", []),
        ("user-AGENT : * # all\n\n# x\nDisallow : /papers/\n", [4]),
        ("User-agent: *\nUser-agent: x\nDisallow: /*\n", [3]),
        ("User-agent: x\nUser-agent: *\nDisallow: /\n", [3]),
        ("User-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /\n", [4]),
    ],
)
def test_robots_txt_keeps_nobody_off_the_whole_site(tmp_path: Path, text: str, expected: list[int]) -> None:
    found = check(tmp_path, {"robots.txt": text})
    assert [(one.place.line, one.place.column) for one in found] == [(line, 1) for line in expected]
    assert {one.what for one in found} <= {"robots.txt keeps search engines off the whole site"}


def test_files_of_another_encoding_stop_no_check(tmp_path: Path) -> None:
    found = check(tmp_path, {"robots.txt": b"# caf\xe9\nUser-agent: *\nDisallow: /\n", "CNAME": b"caf\xe9.example\n"})
    assert [(one.rule, one.place.line) for one in found] == [("cname", 0), ("sitemap", 3)]


@pytest.mark.parametrize("address", [f"{URL}gone.xml", "https://x.example/sitemap.xml", "/sitemap.xml"])
def test_robots_txt_names_sitemaps_that_are_there(tmp_path: Path, address: str) -> None:
    assert told(tmp_path, {"robots.txt": f"Sitemap: {address}\n"}) == [
        f"robots.txt: robots.txt names the sitemap {address}, which is not in the site"
    ]


def test_titles_are_told_apart_where_search_engines_see_them(tmp_path: Path) -> None:
    def titled(title: str, robots: str = "") -> Files:
        return {"b.html": page("", title, "b.html", robots=robots)}

    [fault] = check(tmp_path / "two", titled("A"))
    assert (fault.what, fault.error) == ("the page has the title 'A' of /a/", False)
    assert fault.place.file == "output/b.html"
    hidden = {"sitemap.xml": listed("", "a/")}
    assert told(tmp_path / "hidden", {**titled("A", "noindex"), **hidden}) == []
    own = {"b.html": "<title>A</title>"}
    assert told(tmp_path / "own", {**own, "c.html": "<title>A</title>"}) == []


def test_a_page_names_its_own_address(tmp_path: Path) -> None:
    def addressed(canonical: str, shown: str) -> Files:
        return {
            "b.html": page("", "B", "b.html")
            .replace(f'href="{URL}b.html', f'href="{canonical}')
            .replace(f'content="{URL}b.html', f'content="{shown}')
        }

    own = f"{URL}b.html"
    assert told(tmp_path / "other", addressed(f"{URL}a/", f"{URL}a/")) == [
        f"b.html: the page names {URL}a/ as canonical, but it is at {own}"
    ]
    assert told(tmp_path / "two", addressed(own, f"{URL}a/")) == [
        f"b.html: the page names {own} as canonical, but {URL}a/ as og:url"
    ]
    without = GOOD["b.html"].replace('rel="canonical"', 'rel="x"')  # type: ignore[arg-type]
    assert told(tmp_path / "none", {"b.html": without}) == ["b.html: the page names no canonical address"]
    unshown = GOOD["b.html"].replace("og:url", "og:x")  # type: ignore[arg-type]
    [fault] = check(tmp_path / "unshown", {"b.html": unshown})
    assert (fault.what, fault.error) == ("the page names no address for Open Graph (og:url)", False)
    quoted = {
        "é.html": page('<a href="b.html">x</a>', "E", "%C3%A9.html"),
        "sitemap.xml": listed("", "a/", "b.html", "%C3%A9.html"),
    }
    assert told(tmp_path / "quoted", {**quoted, **linking('<a href="../é.html">x</a>')}) == []


def test_a_site_that_knows_no_address_names_none(tmp_path: Path) -> None:
    small = {name: page(title=name, home="") for name in ("index.html", "404.html")}
    small |= dict.fromkeys(("a/index.html", "b.html"), "<p>x")
    assert told(tmp_path / "none", small, gone="sitemap.xml") == []
    named = {**small, "b.html": page("", "B", "b.html")}
    assert f"b.html: the canonical address {URL}b.html cannot be right: the front page has none" in told(
        tmp_path / "one", named, gone="sitemap.xml"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (listed("", "a/"), ["the sitemap does not list /b.html"]),
        (listed("", "a/", "b.html", "a/"), [f"the sitemap lists {URL}a/ 2 times"]),
        (listed("", "a/", "b.html", "gone/"), [f"the sitemap lists {URL}gone/, which is not in the site"]),
        (
            listed("", "a/", "b.html", "404.html"),
            [f"the sitemap lists {URL}404.html, whose page keeps search engines off"],
        ),
        (
            listed("", "a/", "b.html").replace(
                "<loc>https://ada.github.io/papers/a", "<loc>http://ada.github.io/papers/a"
            ),
            [f"the sitemap lists {URL.replace('https', 'http')}a/ without encryption"],
        ),
        (
            listed("", "a/", "b.html").replace("</urlset>", "<url><loc>https://x.example/</loc></url></urlset>"),
            ["the sitemap lists https://x.example/, which is not in the site"],
        ),
    ],
)
def test_the_sitemap_lists_every_page_once(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert told(tmp_path, {"sitemap.xml": text}) == [f"sitemap.xml: {what}" for what in expected]


def test_a_sitemap_may_be_divided(tmp_path: Path) -> None:
    parts = {
        "sitemap.xml": INDEX.format(
            f"<sitemap><loc>{URL}s1.xml</loc></sitemap><sitemap><loc>{URL}s2.xml</loc></sitemap>"
        )
    }
    parts |= {"s1.xml": listed("", "a/")}
    assert told(tmp_path / "both", {**parts, "s2.xml": listed("b.html")}) == []
    assert told(tmp_path / "one", parts) == ["sitemap.xml: the sitemap names /s2.xml, which is no file of the site"]
    elsewhere = parts["sitemap.xml"].replace(f"{URL}s2.xml", "https://x.example/s2.xml")
    whole = {"sitemap.xml": elsewhere, "s1.xml": listed("", "a/", "b.html", "x.txt"), "x.txt": "x"}
    assert told(tmp_path / "elsewhere", whole) == []
    [fault] = check(tmp_path / "broken", {**parts, "s2.xml": "<urlset/>"})
    assert (fault.place.file, fault.what) == ("output/s2.xml", "the sitemap is wrong: it is no sitemap of sitemaps.org")


def test_without_a_sitemap_a_site_that_knows_its_address_is_not_whole(tmp_path: Path) -> None:
    [fault] = check(tmp_path, gone="sitemap.xml")
    assert (fault.place.file, fault.what, fault.hint) == (
        "output/sitemap.xml",
        "there is no sitemap.xml",
        "build the site anew",
    )


def test_a_sitemap_that_is_a_link_is_told_as_that_alone(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    os.symlink("b.html", tmp_path / "output" / "sitemap.xml")
    [fault] = check(tmp_path, gone="sitemap.xml")
    assert fault.what == "is a link or no plain file, which GitHub Pages refuses"


def test_the_404_page_needs_no_address_and_no_place_in_the_sitemap(tmp_path: Path) -> None:
    assert told(tmp_path, {"404.html": page('<a href="/papers/">x</a>', "Gone", home="")}) == []


def test_of_pages_that_nothing_leads_to_the_highest_is_told(tmp_path: Path) -> None:
    lost = {
        "c/index.html": page('<a href="d/">x</a>', "C", "c/"),
        "c/d/index.html": page("", "D", "c/d/"),
        "own.html": "<p>x",
        "hidden.html": page("", "H", "hidden.html", robots="noindex"),
        "sitemap.xml": listed("", "a/", "b.html", "c/", "c/d/"),
    }
    [fault] = check(tmp_path / "lost", lost)
    assert (fault.place.file, fault.error) == ("output/c/index.html", False)
    assert (fault.what, fault.hint) == (
        "no link leads from the front page to this page",
        "link to it, or name it in nav:",
    )
    assert "orphan" not in {one.rule for one in check(tmp_path / "headless", lost, gone="index.html")}
    area = linking('<map name="m"><area href="../c/" alt="x"></map>')
    assert told(tmp_path / "area", {**lost, **area}) == []
    loaded = linking('<iframe src="../c/" title="x"></iframe>')
    assert len(check(tmp_path / "loaded", {**lost, **loaded})) == 1


def test_only_what_a_visitor_may_follow_elsewhere_is_asked_for(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(addresses: object) -> dict[str, object]:
        asked.extend(addresses)  # type: ignore[call-overload]
        return {}

    markup = (
        '<a href="https://x.example/y#z">x</a><a href="HTTP://x.example/">x</a><map name="m"><area href="https://z.example/"'
        ' alt="x"></map><a href="mailto:a@b.example">x</a><a href="../b.html">x</a><link rel="next" href="https://n.example/">'
    )
    check(tmp_path, linking(markup))
    report.check(tmp_path, ask=ask)  # type: ignore[arg-type]
    assert asked == ["https://x.example/y", "HTTP://x.example/", "https://z.example/"]


@pytest.mark.parametrize("name", ["index.html", "x/y.html"])
def test_the_address_of_a_site_is_what_its_pages_say(tmp_path: Path, name: str) -> None:
    for home in (URL, "http://ada.example/", "https://ada.example:8000/x/y/"):
        (path := tmp_path / name).parent.mkdir(exist_ok=True)
        path.write_text(page(address=name.removesuffix("index.html"), home=home))
        (tmp_path / "z.html").write_text(page(address="z.html", home=home))
        assert reading.home(tmp_path, [name, "z.html"]) == home


@pytest.mark.parametrize("canonical", ["", "/", "ftp://x.example/", "https://x.example:port/", "https://x.example/a"])
def test_one_page_alone_or_what_is_no_address_says_nothing(tmp_path: Path, canonical: str) -> None:
    (tmp_path / "index.html").write_text(f'<link rel="canonical" href="{canonical}">')
    assert reading.home(tmp_path, ["index.html"]) == ""
    (tmp_path / "a.html").write_text(page(address="a.html"))
    assert reading.home(tmp_path, ["a.html"]) == ""
