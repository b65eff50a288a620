"""What a check finds: every fault that is planted into a good site, at the line of the content that caused it."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_builds import ROOT, SITES, built, example
from waiting import has_ended, wait_for

from generator import scaffold
from generator.build import Options, build
from generator.check import files as other_files
from generator.check import page as pages
from generator.check.finding import RULES, Fault, Finding
from generator.check.report import check
from generator.errors import PaperfolioError

URL = "https://ada.github.io/papers/"
CONTENT = {
    "content/site.yaml": f"url: {URL}\ntitle: Papers\n",
    "content/authors/ada.yaml": "name: Ada Lovelace\nlinks:\n  - https://ada.example.org/\n",
    "content/papers/papers.yaml": (
        "- title: The Engine\n  id: engine\n  authors: [Ada Lovelace]\n  date: 1843-10\n  pdf: engine.pdf\n"
        "- title: The Loom\n  id: loom\n  authors: [Ada Lovelace]\n  date: 1844\n"
    ),
    "content/pages/about.md": (
        "---\ntitle: About\n---\n## A part\n\n![A wheel](/wheel.svg)\n\n[The part](#a-part), [papers](/papers/engine/).\n"
    ),
    "content/files/engine.pdf": "%PDF-1.4\n",
    "content/files/wheel.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "content/files/old.html": '<p><a href="about/">About me</a></p>\n',
}


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = written(tmp_path_factory.mktemp("good"), CONTENT)
    build(site, Options())
    return site


@pytest.fixture
def site(good: Path, tmp_path: Path) -> Path:
    """The good site, to be spoiled."""
    shutil.copytree(good, tmp_path / "site")
    return tmp_path / "site"


def built_from(folder: Path, **files: str) -> Path:
    """The good site with other files, built."""
    site = written(folder, CONTENT | {name.replace("__", "/").replace("_", "."): text for name, text in files.items()})
    build(site, Options())
    return site


Plant = Callable[[Path], object]


def replaced(file: str, old: str, new: str) -> Plant:
    """In a file of the output."""

    def plant(output: Path) -> None:
        text = (output / file).read_text(encoding="utf-8")
        assert old in text
        (output / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return plant


def without(file: str, pattern: str) -> Plant:
    def plant(output: Path) -> None:
        text = (output / file).read_text(encoding="utf-8")
        shorter = re.sub(pattern, "", text)
        assert shorter != text
        (output / file).write_text(shorter, encoding="utf-8")

    return plant


def in_body(markup: str, file: str = "about/index.html") -> Plant:
    return replaced(file, "</main>", f"{markup}</main>")


ABOUT = "about/index.html"


def in_head(markup: str) -> Plant:
    return replaced(ABOUT, "</title>", f"</title>{markup}")


def new_file(file: str, text: str | bytes) -> Plant:
    return lambda output: (output / file).write_bytes(text if isinstance(text, bytes) else text.encode())


def large(file: str, size: int) -> Plant:
    """A file with a hole: it takes no room on the disk."""

    def plant(output: Path) -> None:
        with open(output / file, "wb") as made:
            made.truncate(size)

    return plant


def stylesheet(output: Path) -> Path:
    return next((output / "assets").glob("base.*.css"))


def in_style(text: str | bytes) -> Plant:
    def plant(output: Path) -> None:
        data = text.encode() if isinstance(text, str) else text
        stylesheet(output).write_bytes(stylesheet(output).read_bytes() + data)

    return plant


def gone(path: str) -> Plant:
    return lambda output: shutil.rmtree(output / path) if (output / path).is_dir() else (output / path).unlink()


PAPER = "papers/engine/index.html"
JSON_LD = '<script type="application/ld+json">%s</script>'
PLANTS: dict[str, tuple[str, str, Plant]] = {
    "a link to nothing": ("link", "links to /gone/", in_body('<a href="../gone/">x</a>')),
    "a page that is gone": ("link", "links to /papers/loom/", gone("papers/loom")),
    "a link to nothing at a host in capitals": (
        "link",
        "links to /gone/",
        in_body('<a href="HTTPS://Ada.GitHub.io/papers/gone/">x</a>'),
    ),
    "a dead link behind markup that no parser knows": (
        "link",
        "links to /gone",
        in_body('<![x><a href="/papers/gone">y</a>'),
    ),
    "a dead link in a page whose name is in capitals": (
        "link",
        "links to /gone",
        new_file("X.HTML", "<a href=gone>x</a>"),
    ),
    "a file of a style sheet in capitals": ("link", "links to /assets/gone.png", in_style("a { src: URL(gone.png) }")),
    "a style sheet that is imported without a blank": (
        "link",
        "links to /assets/gone.css",
        in_style('@import"gone.css";'),
    ),
    "an anchor of the page that the base names": (
        "anchor",
        "/about/#b-part",
        new_file("old.html", '<base href="about/"><p id="b-part"><a href="#b-part">x</a>'),
    ),
    "a base that is no address": ("address", "'//[' is no address", in_head('<base href="//[">')),
    "no address in a style sheet": ("address", "'//[x' is no address", in_style('a { src: url("//[x") }')),
    "a path on Windows": ("address", r"'C:\\talk.pdf'", in_body(r'<a href="C:\talk.pdf">x</a>')),
    "a host that is told beforehand": (
        "third-party",
        "https://cdn.example.com",
        in_head('<link rel="preconnect" href="https://cdn.example.com">'),
    ),
    "a page that is a link": ("name", "is a link", lambda output: (output / "x.html").symlink_to("nowhere.html")),
    "a name that is not UTF-8": ("name", r"a\udcff.txt", lambda output: (output / "a\udcff.txt").write_text("x")),
    "JSON that nests too deep": ("data", "nests too deep", new_file("deep.json", "[" * 200_000)),
    "JSON-LD that nests too deep": ("json-ld", "nests too deep", in_head(JSON_LD % ("[" * 200_000))),
    "JSON that is UTF-16": ("encoding", "not UTF-8", new_file("x.json", "[1]".encode("utf-16"))),
    "XML of an unknown encoding": (
        "data",
        "unknown encoding",
        new_file("x.xml", '<?xml version="1.0" encoding="x"?><a/>'),
    ),
    "a citation file that is empty": ("data", "the file is empty", new_file("papers/engine/cite.bib", "")),
    "a sitemap that names none": (
        "sitemap",
        "names /gone.xml",
        new_file(
            "sitemap.xml",
            '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<sitemap><loc>{URL}gone.xml</loc></sitemap></sitemapindex>",
        ),
    ),
    "a sitemap without encryption": (
        "sitemap",
        "without encryption",
        replaced("sitemap.xml", "<loc>https", "<loc>http"),
    ),
    "everybody kept off by name": (
        "sitemap",
        "off the whole site",
        new_file("robots.txt", "User-agent: *\n# and\nUser-agent: x\n\nDisallow: /*\n"),
    ),
    "no address for Open Graph": ("canonical", "og:url", replaced(ABOUT, 'property="og:url"', 'property="x"')),
    "an image to nothing": ("link", "links to /wheel.png", in_body('<img src="../wheel.png" alt="">')),
    "a source set to nothing": (
        "link",
        "links to /x2.svg",
        in_body('<img srcset="../wheel.svg 1x, ../x2.svg 2x" alt="">'),
    ),
    "a link with other capitals": ("link", "links to /About/", in_body('<a href="../About/">x</a>')),
    "a link out of the folder": ("link", "leads out of the site", in_body('<a href="/about/">x</a>')),
    "a relative link on the 404 page": ("link", "any depth", in_body('<a href="about/">x</a>', "404.html")),
    "a background of nothing": ("link", "links to /x.png", in_body('<table background="../x.png"></table>')),
    "a page that leads on to nothing": (
        "link",
        "links to /gone/",
        in_head('<meta http-equiv="refresh" content="0; url=../gone/">'),
    ),
    "a preview of nothing": ("link", "links to /x.png", in_head(f'<meta property="og:image" content="{URL}x.png">')),
    "a form for nothing": ("link", "links to /gone/", in_body('<form action="../gone/"></form>')),
    "this site's own address, of nothing": ("link", "links to /gone/", in_body(f'<a href="{URL}gone/">x</a>')),
    "a style sheet with a file of none": ("link", "/assets/none.woff2", in_style("@font-face{src:url('none.woff2')}")),
    "an anchor to nothing": ("anchor", "/about/#b-part", in_body('<a href="#b-part">x</a>', ABOUT)),
    "an anchor of another page": ("anchor", "/about/#no", in_body('<a href="../../about/#no">x</a>', PAPER)),
    "no address": ("address", "no address", in_body('<a href="https://[x/">x</a>')),
    "a link to this machine": ("address", "this machine", in_body('<a href="http://localhost:8000/">x</a>')),
    "a file of this machine": ("address", "this machine", in_body('<a href="file:///home/ada/x.pdf">x</a>')),
    "an empty address": ("address", "of a[href] is empty", in_body('<a href="">x</a>')),
    "a preview of a relative address": (
        "address",
        "is relative",
        in_head('<meta property="og:image" content="../wheel.svg">'),
    ),
    "an id twice": ("id", "'a-part' occurs twice", in_body('<p id="a-part">x</p>')),
    "an id with a blank": ("id", "is no id", in_body('<p id="a b">x</p>')),
    "a label of nothing": ("id", "'none', which is not there", in_body('<label for="none">x</label>')),
    "an image without alt": ("alt", "has no alt", in_body('<img src="../wheel.svg">')),
    "a link without text": ("alt", "has no text", in_body('<a href="../about/"><img src="../wheel.svg" alt=""></a>')),
    "an alt that is a file's name": ("alt", "name of its file", in_body('<img src="../wheel.svg" alt="wheel.svg">')),
    "an area without alt": ("alt", "area has no alt", in_body('<map name="m"><area href="../about/"></map>')),
    "a button of a picture without alt": (
        "alt",
        "input has no alt",
        in_body('<input type="image" src="../wheel.svg">'),
    ),
    "a drawing without text": ("alt", "(svg[role=img])", in_body('<svg role="img"></svg>')),
    "a frame without title": ("alt", "has no title", in_body('<iframe src="../embed/papers/"></iframe>')),
    "a button without text": ("alt", "a button", in_body("<button></button>")),
    "a field without label": ("alt", "(input) has no label", in_body('<input type="text">')),
    "no title": ("title", "no title", without(ABOUT, "<title>.*</title>")),
    "two titles": ("title", "two titles", replaced(ABOUT, "</title>", "</title><title>x</title>")),
    "the title of another page": (
        "title",
        "title 'The Engine - Papers' of /papers/engine/",
        replaced("papers/loom/index.html", "<title>The Loom", "<title>The Engine"),
    ),
    "no h1": ("heading", "has no h1", without(ABOUT, "<h1.*?</h1>")),
    "two h1": ("heading", "2 headings", in_body("<h1>x</h1>")),
    "an empty heading": ("heading", "is empty", in_body("<h2> </h2>")),
    "a level left out": ("heading", "left out", in_body("<h2>x</h2><h4>y</h4>")),
    "no language": ("language", "does not name its language", replaced(ABOUT, ' lang="en"', "")),
    "a language of none": ("language", "'in English'", replaced(ABOUT, ' lang="en"', ' lang="in English"')),
    "a part in a language of none": ("language", "'in English' of p", in_body('<p lang="in English">x</p>')),
    "a letter that was lost": ("encoding", "was lost", in_body("caf\ufffd")),
    "a sign that HTML does not allow": ("encoding", "U+0000", in_body("a\0b")),
    "an empty page": ("encoding", "empty", new_file(ABOUT, "")),
    "a page in Latin-1": ("encoding", "not UTF-8", new_file("old.html", "<p>\u00e9".encode("latin-1"))),
    "a style sheet in Latin-1": ("encoding", "not UTF-8", in_style("/* \u00e9 */".encode("latin-1"))),
    "no encoding": ("encoding", "does not say", replaced(ABOUT, '<meta charset="utf-8">', "")),
    "data in Latin-1": ("encoding", "not UTF-8", new_file("x.json", '"\u00e9"'.encode("latin-1"))),
    "a script of another host": (
        "third-party",
        "from another host",
        in_body('<script src="https://cdn.example/x.js"></script>'),
    ),
    "a font of another host": ("third-party", "from another host", in_style("@import 'https://fonts.example/f.css';")),
    "an image without encryption": (
        "mixed-content",
        "without encryption",
        in_body('<img src="http://a.example/x.png" alt="">'),
    ),
    "this site without encryption": (
        "mixed-content",
        "leads to this site",
        in_body(f'<a href="{URL.replace("https", "http")}about/">x</a>'),
    ),
    "a form without encryption": ("mixed-content", "the form", in_body('<form action="http://a.example/"></form>')),
    "a script in an address": ("policy", "never runs", in_body('<a href="javascript:x()">x</a>')),
    "a script in the page": ("policy", "never runs", in_body("<script>let x = 1</script>")),
    "an event in the page": ("policy", "p[onclick]", in_body('<p onclick="x()">x</p>')),
    "a style in the page": ("policy", "no effect", in_body('<p style="color: red">x</p>')),
    "broken JSON-LD": ("json-ld", "cannot be read", in_body(JSON_LD % "{")),
    "JSON-LD without context": ("json-ld", "@context", in_body(JSON_LD % '{"@type": "Person", "name": "x"}')),
    "JSON-LD without what it needs": (
        "json-ld",
        "ScholarlyArticle has no headline",
        without(PAPER, r'"headline":.*?",'),
    ),
    "JSON-LD with a nameless person": (
        "json-ld",
        "mainEntity: Person has no name",
        replaced("index.html", '"name":"Ada Lovelace"', '"x":"Ada Lovelace"'),
    ),
    "JSON-LD with a date of none": (
        "json-ld",
        "datePublished is 'soon'",
        replaced(PAPER, '"datePublished":"1843-10"', '"datePublished":"soon"'),
    ),
    "JSON-LD that leads to nothing": (
        "link",
        "links to /gone/",
        in_body(
            JSON_LD % f'{{"@context": "https://schema.org", "@type": "Person", "name": "x", "url": "{URL}gone/#x"}}'
        ),
    ),
    "JSON-LD of another title": (
        "citation",
        "headline in JSON-LD 'Mine'",
        replaced(PAPER, '"headline":"The Engine"', '"headline":"Mine"'),
    ),
    "JSON-LD of other authors": ("citation", "and 0 in JSON-LD", replaced(PAPER, '"author":', '"editor":')),
    "no citation title": ("citation", "no citation_title", without(PAPER, '<meta name="citation_title".*?>')),
    "a citation date of none": (
        "citation",
        "'soon'",
        replaced(PAPER, 'date" content="1843/10"', 'date" content="soon"'),
    ),
    "no author": ("citation", "no author", without(PAPER, '<meta name="citation_author".*?>')),
    "no date": ("citation", "no date", without(PAPER, '<meta name="citation_publication_date".*?>')),
    "no canonical address": ("canonical", "no canonical", without(ABOUT, '<link rel="canonical".*?>')),
    "two canonical addresses": ("canonical", "two canonical", in_body('<link rel="canonical" href="/">')),
    "another canonical address": (
        "canonical",
        "but it is at",
        replaced(ABOUT, f'l" href="{URL}about/', f'l" href="{URL}'),
    ),
    "another address for Open Graph": (
        "canonical",
        "as og:url",
        replaced(ABOUT, f'og:url" content="{URL}about/', f'og:url" content="{URL}'),
    ),
    "robots.txt that keeps all off": (
        "sitemap",
        "off the whole site",
        new_file("robots.txt", "User-agent: *\nDisallow: /\n"),
    ),
    "robots.txt with a sitemap of none": (
        "sitemap",
        "map.xml, which",
        replaced("robots.txt", "sitemap.xml", "map.xml"),
    ),
    "a sitemap with a date of none": (
        "sitemap",
        "a lastmod is 'soon'",
        replaced("sitemap.xml", "</loc>", "</loc><lastmod>soon</lastmod>"),
    ),
    "a sitemap of itself": (
        "sitemap",
        "does not list",
        new_file(
            "sitemap.xml",
            '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<sitemap><loc>{URL}sitemap.xml</loc></sitemap></sitemapindex>",
        ),
    ),
    "no sitemap": ("sitemap", "no sitemap.xml", gone("sitemap.xml")),
    "a broken sitemap": ("sitemap", "sitemap is wrong", replaced("sitemap.xml", "</urlset>", "")),
    "a sitemap with a page of none": ("sitemap", "not in the site", replaced("sitemap.xml", "/about/", "/gone/")),
    "a page not in the sitemap": ("sitemap", "does not list /about/", without("sitemap.xml", "<url><loc>.*about/.*")),
    "a page twice in the sitemap": ("sitemap", "2 times", replaced("sitemap.xml", "papers/about/<", "papers/<")),
    "the 404 page in the sitemap": (
        "sitemap",
        "keeps search engines off",
        replaced("sitemap.xml", "about/", "404.html"),
    ),
    "a feed that is none": ("feed", "version/1.1", replaced("feed.json", "jsonfeed.org", "x.org")),
    "a feed without title": ("feed", "no title", without("feed.json", r'"title": *"Papers",')),
    "a feed with a date of none": ("feed", "not like 2026", replaced("feed.json", "T00:00:00Z", "")),
    "a feed with an address of none": (
        "feed",
        "names https",
        replaced("feed.json", f'"{URL}papers/loom/","title"', f'"{URL}gone/","title"'),
    ),
    "a feed that is elsewhere": (
        "feed",
        "at /papers.json",
        replaced("feed.json", f"{URL}feed.json", f"{URL}papers.json"),
    ),
    "a feed with an entry of none": ("feed", "is no object", replaced("feed.json", '"items":[', '"items":["x",')),
    "a slice that is no feed": ("feed", "version/1.1", new_file("embed/papers/feed-2.json", "{}")),
    "an Atom feed with a date of none": (
        "feed",
        "the Atom feed: updated is",
        replaced("feed.xml", "Z</updated>", "</updated>"),
    ),
    "a broken feed": ("data", "XML cannot be read", replaced("feed.xml", "</feed>", "")),
    "an Atom feed without id": ("feed", "Atom feed has no id", without("feed.xml", f"<id>{URL}feed.xml</id>")),
    "an entry without moment": (
        "feed",
        "entry 1 of the Atom feed has no updated",
        without("feed.xml", "    <updated>.*"),
    ),
    "an entry with the id of another one": (
        "feed",
        "entry 2 of the Atom feed has the id",
        without("feed.xml", f"(?<=<id>{URL}papers/)(engine|loom)"),
    ),
    "an entry that nobody wrote": ("feed", "entry 1 of the Atom feed has no author", without("feed.xml", "<author>.*")),
    "an entry with a date of none": (
        "feed",
        "entry 2 of the Atom feed: updated is '1843-10-01', not like",
        replaced("feed.xml", "<updated>1843-10-01T00:00:00Z", "<updated>1843-10-01"),
    ),
    "a feed with entries of one id": (
        "feed",
        "entry 2 of the JSON Feed has the id",
        without("feed.json", f'(?<="id":"{URL}papers/)(engine|loom)'),
    ),
    "a feed with an entry without id": (
        "feed",
        "entry 1 of the JSON Feed has no id",
        replaced("feed.json", f'"id":"{URL}papers/loom/",', ""),
    ),
    "a feed with an entry without content": (
        "feed",
        "entry 1 of the JSON Feed has neither content_html nor content_text",
        without("feed.json", '"content_(html|text)":"[^"]*",'),
    ),
    "a feed without entries": ("feed", "the JSON Feed has no items", replaced("feed.json", '"items":', '"entries":')),
    "a sitemap of another kind": ("sitemap", "no sitemap of sitemaps.org", new_file("sitemap.xml", "<urlset/>")),
    "a sitemap that is too long": (
        "sitemap",
        "addresses, and may list 50,000",
        replaced("sitemap.xml", "</urlset>", f"{'<url><loc>https://x.org/</loc></url>' * 50_000}</urlset>"),
    ),
    "broken JSON": ("data", "JSON cannot be read", replaced("papers.json", "{", "{,")),
    "a broken picture": ("data", "XML cannot be read", new_file("wheel.svg", "<svg>")),
    "JSON with a number of none": ("data", "NaN", new_file("x.json", '{"a": NaN}')),
    "an empty script": ("data", "empty", lambda output: next((output / "assets").glob("site.*.js")).write_text("")),
    "a page in the place of a PDF": ("data", "no PDF, but a web page", new_file("engine.pdf", "<!doctype html>404")),
    "a picture that is none": ("data", "no PNG", new_file("wheel.png", "hello")),
    "no front page": ("front-page", "no index.html", gone("index.html")),
    "no 404 page": ("front-page", "no 404.html", gone("404.html")),
    "a name for no one": ("name", "Windows and GitHub Pages refuse", new_file("a:b.txt", "")),
    "a name of a device": ("name", "Windows and GitHub Pages refuse", new_file("aux.txt", "")),
    "names that differ in capitals": ("name", "the same file", new_file("Engine.pdf", "")),
    "litter": ("name", "does not belong", new_file("notes.txt~", "")),
    "a link in the file system": ("name", "no plain file", lambda output: os.symlink("404.html", output / "x.html")),
    "a file that is too large": ("size", "refuses files above 100 MB", large("film.mp4", 101 << 20)),
    "a file that is large": ("size", "warns above 50 MB", large("film.mp4", 51 << 20)),
    "a site that is too large": (
        "size",
        "allows 1 GB",
        lambda output: [large(f"film{number}.mp4", 99 << 20)(output) for number in range(11)],
    ),
    "no file .nojekyll": (
        "nojekyll",
        "leaves out _x.txt",
        lambda output: [gone(".nojekyll")(output), new_file("_x.txt", "")(output)],
    ),
    "a domain of none": ("cname", "not one host name", new_file("CNAME", "https://ada.example.org/")),
    "a domain in other letters": ("cname", "not one host name", new_file("CNAME", "müller.example\n")),
    "a domain that is not the site's": ("cname", "ada.github.io", new_file("CNAME", "ada.example.org\n")),
    "a page that nothing leads to": (
        "orphan",
        "no link leads",
        lambda output: shutil.copytree(output / "about", output / "b"),
    ),
}
KEYS = ["@context", "@graph", "@type", "name", "headline", "author", "items", "id", "url", "datePublished", "version"]
DOUBTFUL = {
    "a page in Latin-1",
    "a letter that was lost",
    "an alt that is a file's name",
    "the title of another page",
    "a level left out",
    "no author",
    "no date",
    "no address for Open Graph",
    "litter",
    "a file that is large",
    "a domain that is not the site's",
    "a page that nothing leads to",
}


def test_a_good_site_has_no_fault(good: Path) -> None:
    report = check(good)
    assert report.findings == ()
    assert report.url == URL
    assert report.pages == len(list(report.output.rglob("*.html")))


def test_the_example_and_a_new_site_have_no_fault(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    assert check(example(tmp_path_factory.getbasetemp()).folder).findings == ()
    scaffold.new(tmp_path / "new", "Ada Lovelace")
    build(tmp_path / "new", Options(url=URL))
    assert check(tmp_path / "new").findings == ()


def test_the_smallest_site_has_no_fault(tmp_path: Path) -> None:
    site = written(tmp_path, {"content/authors/ada.yaml": "name: Ada Lovelace\n"})
    build(site, Options(url=URL))
    assert (site / "output/papers.bib").read_bytes() == b""
    assert check(site).findings == ()


def test_citation_files_of_all_papers_are_not_empty(site: Path) -> None:
    (site / "output/papers.bib").write_bytes(b"")
    assert [(finding.rule, finding.what) for finding in check(site).findings] == [("data", "the file is empty")]


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("local", [False, True])
def test_no_site_that_builds_has_an_error(name: str, local: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    base = tmp_path_factory.getbasetemp()
    site = built(base, name, local=True) if local else built(base, name)
    assert check(site.folder).errors == ()


def test_a_domain_in_other_letters_is_told_as_dns_has_it(site: Path) -> None:
    new_file("CNAME", "müller.example\n")(site / "output")
    (finding,) = [finding for finding in check(site).findings if finding.rule == "cname"]
    assert finding.hint == "write xn--mller-kva.example"


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_fault_is_found(plant: str, site: Path) -> None:
    rule, what, spoil = PLANTS[plant]
    spoil(site / "output")
    found = [finding for finding in check(site).findings if finding.rule == rule and what in finding.what]
    assert found, check(site).findings
    assert {finding.error for finding in found} == {plant not in DOUBTFUL}


@pytest.mark.parametrize(
    "spoil",
    [
        new_file("CNAME", "Ada.GitHub.io\n"),
        in_style("@namespace url(http://www.w3.org/1999/xhtml); a { src: url(DATA:,x) url(my\\ font.woff2) }"),
        in_body('<h2><img src="../wheel.svg" alt="A wheel"></h2>'),
    ],
)
def test_what_is_right_in_an_unusual_way_is_no_fault(spoil: Plant, site: Path) -> None:
    (site / "output" / "assets" / "my font.woff2").write_bytes(b"wOF2")
    spoil(site / "output")
    assert check(site).findings == ()


@pytest.mark.parametrize("spoil", [gone("index.html"), without("index.html", '<link rel="canonical"[^>]*>')])
def test_the_address_of_a_site_is_known_without_its_front_page(spoil: Plant, site: Path) -> None:
    spoil(site / "output")
    report = check(site)
    assert report.url == URL
    assert {finding.what for finding in report.findings} <= {
        "links to /, which is no page or file of the site",
        "there is no index.html",
        "the page names no canonical address",
        f"the sitemap lists {URL}, which is not in the site",
        *(f"the feed names {URL}, which is no page or file of the site",),
    }
    assert all(finding.place.file.startswith("output/") for finding in report.findings)


def test_content_that_cannot_be_read_hides_no_fault(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_body('<a href="../gone/">x</a>')(site / "output")

    def refuse(*_: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(site / "content/site.yaml"))

    monkeypatch.setattr(Path, "read_text", refuse)
    [finding] = check(site).findings
    assert str(finding.place).startswith("output/about/index.html:")


def test_a_folder_that_cannot_be_read_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = os.scandir

    def look(folder: str) -> object:
        if os.fspath(folder).endswith("papers"):
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(folder))
        return looked(folder)

    monkeypatch.setattr(os, "scandir", look)
    with pytest.raises(PaperfolioError, match="papers cannot be read: Permission denied"):
        check(site)


def test_pipes_are_not_waited_for(site: Path) -> None:
    for name in ("x.html", "x.css", "x.json"):
        os.mkfifo(site / "output" / name)
    assert {finding.what for finding in check(site).findings} == {
        "is a link or no plain file, which GitHub Pages refuses"
    }


def test_a_dead_address_has_one_hint_on_however_many_pages(site: Path) -> None:
    for number in range(30):
        text = f'<a href="paper.json">x</a><a href="gone-{number}/">x</a>'
        (site / "output" / f"{number}.html").write_text(text)
    hints = {finding.hint for finding in check(site).findings if "/paper.json" in finding.what}
    assert hints == {"did you mean /papers.json?"}


def test_a_dead_link_is_not_traced_to_a_mere_word(site: Path) -> None:
    in_body('<a href="../Papers/">x</a>', "404.html")(site / "output")
    (site / "content/pages/about.md").write_text("---\ntitle: About\n---\n[x](gone) of Papers\n")
    found = [str(finding.place) for finding in check(site).findings if "/Papers/" in finding.what]
    assert all(place.startswith("output/404.html") for place in found)


def test_a_dead_link_by_the_site_s_own_address_is_traced_to_its_line(tmp_path: Path) -> None:
    entry = "@misc{c,\n  title = {Cards},\n  author = {Ada Lovelace},\n  year = {1845},\n  url = {%sgone/}\n}\n"
    site = written(tmp_path, CONTENT | {"content/papers/cards.bib": entry % URL})
    build(site, Options())
    found = {(str(finding.place), finding.rule) for finding in check(site).findings}
    assert found == {("content/papers/cards.bib:5:10", "link"), ("content/papers/cards.bib:5:10", "feed")}


def test_a_site_for_this_machine_alone_is_told_at_the_line_that_says_so(tmp_path: Path) -> None:
    site = built_from(tmp_path, content__site_yaml="title: Papers\nurl: http://localhost:8000/\n")
    [finding] = check(site).findings
    assert (finding.error, finding.rule, str(finding.place)) == (True, "address", "content/site.yaml:2:6")
    assert "http://localhost:8000/, which is this machine" in finding.what


def test_what_a_report_names_stays_in_its_line(site: Path) -> None:
    (site / "output" / "a\n\x1b[31mb\udcff.html").write_text('<a href="x%0Ay">x</a>')
    for finding in check(site).findings:
        assert all(sign.isprintable() for sign in f"{finding.place}{finding.files}{finding.what}"), finding


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "x", f"{URL}x", "ScholarlyArticle", "2024"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(value=VALUES, text=st.text(max_size=60))
def test_nothing_that_can_be_written_stops_the_check(value: object, text: str) -> None:
    written = json.dumps(value)
    page = f"<html><meta name=citation_title content=x>{JSON_LD % written}<a href='{text}' srcset='{text}'>{text}"
    assert pages.read("x/index.html", page.encode("utf-8", "replace"), URL).path == "x/index.html"
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "feed_url": value, "items": value})
    for content in (written, feed, text, f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><updated>{text}"):
        data = content.encode("utf-8", "replace")
        for name in ("feed.json", "feed.xml"):
            assert all(fault.what for fault in other_files.data(name, data))
            assert isinstance(other_files.feed_addresses(name, data), list)
            assert isinstance(other_files.feed_address(name, data), str)


def test_every_rule_is_planted() -> None:
    assert {rule for rule, _, _ in PLANTS.values()} == RULES.keys() - {"external"}


def the(findings: tuple[Finding, ...], rule: str) -> Finding:
    """The only finding there is, which is of that rule."""
    assert [finding.rule for finding in findings] == [rule]
    return findings[0]


def test_the_line_of_the_page_that_holds_the_link_is_named(tmp_path: Path) -> None:
    text = "---\ntitle: About\n---\n\nSee [that](/papers/engine/#proof).\n"
    found = the(check(built_from(tmp_path, content__pages__about_md=text)).findings, "anchor")
    assert str(found.place) == "content/pages/about.md:5:12"
    assert found.what == "links to /papers/engine/#proof, and that page has no such part"
    assert found.files[0].startswith("about/index.html:")


def test_the_line_of_the_paper_that_holds_the_link_is_named(tmp_path: Path) -> None:
    text = f"{CONTENT['content/papers/papers.yaml']}  format: markdown\n  abstract: >-\n    As\n    [there](/about/#a-prt).\n"
    found = the(check(built_from(tmp_path, content__papers__papers_yaml=text)).findings, "anchor")
    assert str(found.place) == "content/papers/papers.yaml:13:13"
    assert found.hint == "did you mean #a-part?"
    assert "papers/loom/index.html" in " ".join(found.files)


def test_what_a_record_lacks_is_told_where_it_begins(tmp_path: Path) -> None:
    text = CONTENT["content/papers/papers.yaml"].replace("  date: 1844\n", "")
    found = the(check(built_from(tmp_path, content__papers__papers_yaml=text)).findings, "citation")
    assert (str(found.place), found.error) == ("content/papers/papers.yaml:6:3", False)


def test_an_entry_of_the_navigation_is_found_in_site_yaml_and_told_once(tmp_path: Path) -> None:
    text = f"url: {URL}\nnav:\n  - /about/\n  - label: Parts\n    url: /about/#parts\n"
    found = the(check(built_from(tmp_path, content__site_yaml=text)).errors, "anchor")
    assert str(found.place) == "content/site.yaml:5:10"
    assert len(found.files) > 4


def test_a_link_of_a_template_is_found_in_the_template(tmp_path: Path) -> None:
    layout = '{% extends "folio:layout.html" %}\n{% block footer %}\n<footer><a href="/imprint/">Imprint</a></footer>{% endblock %}\n'
    site = written(tmp_path, {"themes/folio/templates/layout.html": layout})
    built_from(site, content__site_yaml="title: Papers\n")
    places = {(finding.rule, str(finding.place)) for finding in check(site).errors}
    assert places == {("link", "themes/folio/templates/layout.html:3:18")}


def test_a_file_that_is_copied_is_named_with_its_own_line_and_asked_less(tmp_path: Path) -> None:
    text = '<p>\n <a href="../x">x</a> <a href="about/">y</a> <img src="wheel.svg"></p>\n'
    findings = check(built_from(tmp_path, content__files__old_html=text)).findings
    assert [(finding.rule, str(finding.place), finding.error) for finding in findings] == [
        ("alt", "content/files/old.html:2:46", False),
    ]
    text = '<p>\n <a href="x/">x</a></p>\n'
    findings = check(built_from(tmp_path, content__files__old_html=text)).findings
    assert [(finding.rule, str(finding.place), finding.error) for finding in findings] == [
        ("link", "content/files/old.html:2:2", True),
    ]


def test_what_was_spoiled_in_the_output_is_named_there(site: Path) -> None:
    in_body('\n<a href="../gone-away/">x</a>')(site / "output")
    found = the(check(site).findings, "link")
    lines = (site / "output" / ABOUT).read_text(encoding="utf-8").split("\n")
    number = next(number for number, line in enumerate(lines, start=1) if "gone-away" in line)
    assert str(found.place) == f"output/{ABOUT}:{number}:1"


def test_content_that_has_become_wrong_since_does_not_hinder_the_check(site: Path) -> None:
    (site / "content/site.yaml").write_text("title: [", encoding="utf-8")
    in_body('<a href="../gone-away/">x</a>')(site / "output")
    assert the(check(site).findings, "link").place.file == f"output/{ABOUT}"


def test_a_template_that_is_not_shown_is_no_part_of_the_page(site: Path) -> None:
    in_body('<template shadowrootmode="open"><h1 id="a-part">x</h1></template>')(site / "output")
    assert check(site).findings == ()


def test_a_folder_without_a_site_is_said(tmp_path: Path) -> None:
    for output in (tmp_path / "none", tmp_path):
        with pytest.raises(PaperfolioError, match="there is no site in") as caught:
            check(tmp_path, output)
        assert caught.value.hint == "make it with: paperfolio build"


def test_a_site_that_may_not_be_read_is_said(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    front = site / "output" / "index.html"
    read_bytes = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path == front:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(PaperfolioError, match=r"index\.html cannot be read: Permission denied"):
        check(site)


def test_many_pages_are_read_by_several_processes_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [{"title": f"Paper {n}", "date": "2020", "authors": ["Ada"]} for n in range(60)]
    papers[0]["id"] = "engine"
    site = built_from(tmp_path, content__papers__papers_yaml=json.dumps(papers))
    gone("papers/paper-7")(site / "output")
    alone = check(site)
    monkeypatch.setattr("generator.check.reading.MANY_PAGES", 10)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert check(site) == alone
    assert "link" in {finding.rule for finding in alone.findings}


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: this system has no forks that can be relied on")
def test_processes_that_read_pages_end_with_a_check_that_is_killed(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    for folder in (pids, tmp_path / "output"):
        folder.mkdir()
    for number in range(300):
        (tmp_path / "output" / f"{number}.html").write_text("<title>x</title>")
    program = (
        "import os, sys, time; from pathlib import Path; from generator.check import page, reading, report\n"
        "os.cpu_count, reading.MANY_PAGES, reading.PART, read, folder = lambda: 3, 100, 2, page.read, Path(sys.argv[1])\n"
        "def slow(*page):\n"
        "    (folder / 'pids' / str(os.getpid())).touch(); time.sleep(0.05); return read(*page)\n"
        "page.read = slow; report.check(folder)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT) as parent:
        wait_for(lambda: len([*pids.iterdir()]) > 2)
        parent.kill()
    others = [int(file.name) for file in pids.iterdir() if file.name != str(parent.pid)]
    assert len(others) > 1
    wait_for(lambda: all(map(has_ended, others)))


def test_pages_that_an_earlier_check_read_are_not_read_again(
    good: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.check.reading.MANY_PAGES", 10)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    read = pages.read
    paths: list[str] = []

    def counted(path: str, data: bytes, home: str) -> pages.Page:
        paths.append(path)
        return read(path, data, home)

    monkeypatch.setattr("generator.check.page.read", counted)
    first = check(site)
    assert len(paths) > first.pages > 10
    paths.clear()
    assert check(site) == first
    assert set(paths) == {"index.html"}  # it tells the address of the site
    in_body('<a href="../nowhere/">x</a>')(site / "output")
    paths.clear()
    changed = check(site)
    assert set(paths) == {"index.html", "about/index.html"}
    shutil.rmtree(site / ".paperfolio")
    assert check(site) == changed
    assert [finding.rule for finding in changed.findings] == ["link"]


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: this system takes no such names")
def test_a_page_whose_name_is_no_text_is_read_each_time(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.check.reading.MANY_PAGES", 10)
    with open(os.fsencode(site / "output") + b"/caf\xe9.html", "w", encoding="utf-8") as file:
        file.write("<!doctype html><title>Caf\xe9</title>")
    first = check(site)
    assert any("name" in finding.rule for finding in first.findings)
    assert check(site) == first


def test_addresses_elsewhere_are_asked_for_once_and_told_where_they_are_written(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(addresses: object) -> dict[str, Fault]:
        asked.extend(addresses)  # type: ignore[call-overload]
        return {"https://gone.example/x": Fault(rule="external", what="answers 404", hint="mend it")}

    text = "---\ntitle: About\n---\n\n[a](https://gone.example/x#y) and [b](https://gone.example/x), [c](mailto:a@b.example)\n"
    site = built_from(tmp_path, content__pages__about_md=text)
    report = check(site, ask=ask)
    assert sorted(asked) == ["https://ada.example.org/", "https://gone.example/x"]
    assert report.asked == 2
    assert {str(finding.place) for finding in report.findings} == {"content/pages/about.md:5:5"}
    assert {finding.what for finding in report.findings} == {"https://gone.example/x answers 404"}
    assert check(site).findings == ()


def test_a_canonical_address_in_a_site_that_knows_none_is_told(tmp_path: Path) -> None:
    site = built_from(tmp_path / "site", content__site_yaml="title: Papers\n")
    in_head('<link rel="canonical" href="https://x.org/about/">')(site / "output")
    [found] = check(site).findings
    assert (found.rule, found.what) == (
        "canonical",
        "the canonical address https://x.org/about/ cannot be right: the front page has none",
    )
