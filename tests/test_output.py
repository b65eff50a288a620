"""The files of a built site: every address of docs/output.md, feeds, citation files, lists cut into pages."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
import rispy
from pybtex.database import parse_string as read_with_pybtex
from site_builds import EVERY_SITE_AND_THEME, SITES, Built, built, words

from generator.build import Options, build

DATA = Path(__file__).parent / "data"
CITATION_FILES = {"bib": "cite.bib", "ris": "cite.ris", "csl": "cite.json"}
LIST_FILES = {"bib": "papers.bib", "ris": "papers.ris", "csl": "papers.csl.json"}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.getbasetemp(), request.param)


@pytest.fixture(params=EVERY_SITE_AND_THEME, ids="-".join)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.getbasetemp(), *request.param)


def schema(name: str) -> jsonschema.Draft7Validator:
    loaded = json.loads((DATA / name).read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(loaded, format_checker=jsonschema.FormatChecker())


def exports(site: Built) -> list[str]:
    return site.config.get("exports", ["bib", "ris", "csl"])


def feed_folders(site: Built) -> list[str]:
    """The folders of feeds; the lists below /embed/ are JSON Feeds too, but stand for themselves (test_embed.py)."""
    found = [path.removesuffix("feed.json") for path in site.files if path.rpartition("/")[2] == "feed.json"]
    return [folder for folder in found if not folder.startswith("embed/")]


def listed(site: Built, folder: str) -> list[str]:
    """Ids of the papers that the list at ``folder`` shows on all its pages, one page after the other."""
    found = []
    number = 1
    path = f"{folder}index.html"
    while path in site.pages:
        for article in site.pages[path].select(
            "section[aria-labelledby=papers] article.paper, main > div > .papers article"
        ):
            found.append(article["data-paper"])
        number += 1
        path = f"{folder}page/{number}/index.html"
    return found


def bibtex_entries(text: str) -> list[Any]:
    import bibtexparser

    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return library.entries


def test_the_site_has_every_address_of_the_documentation(site: Built) -> None:
    wanted = {"index.html", "404.html", "feed.json", "feed.xml", "papers.json", "robots.txt", ".nojekyll"}
    wanted |= {LIST_FILES[export] for export in exports(site)}
    wanted |= {f"papers/{paper['id']}/index.html" for paper in site.papers if "id" in paper}
    wanted |= {
        f"papers/{paper_id}/{CITATION_FILES[export]}" for paper_id in site.paper_pages for export in exports(site)
    }
    wanted |= {f"years/{paper['date'][:4]}/index.html" for paper in site.papers if "date" in paper}
    if "url" in site.config:
        wanted.add("sitemap.xml")
    if len(site.authors) > 1:
        wanted |= {f"authors/{author['id']}/{name}" for author in site.authors for name in ("index.html", "feed.xml")}
    files = site.folder / "content" / "files"
    wanted |= {path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()}
    assert wanted <= set(site.files)
    assert (site.output / ".nojekyll").read_bytes() == b""


def test_files_of_the_content_are_copied_byte_for_byte(site: Built) -> None:
    files = site.folder / "content" / "files"
    for path in files.rglob("*"):
        if path.is_file():
            assert (site.output / path.relative_to(files)).read_bytes() == path.read_bytes()


def test_nothing_but_documented_files_is_written(site: Built) -> None:
    files = site.folder / "content" / "files"
    own = {path.relative_to(files).as_posix() for path in files.rglob("*")}
    kinds = ("index.html", "feed.json", "feed.xml", *CITATION_FILES.values(), *LIST_FILES.values())
    kinds += ("fragment.txt", "shadow.txt", "oembed.json")
    top = {
        "404.html",
        "papers.json",
        "sitemap.xml",
        "robots.txt",
        "llms.txt",
        "favicon.svg",
        "embed.js",
        "embed/words.json",
    }
    pdfs = {path.rpartition("/")[2] for path in own if path.endswith(".pdf")}
    for path in set(site.files) - own - top - {".nojekyll", *site.redirects}:
        name = path.rpartition("/")[2]
        index = re.fullmatch(r"search/(index|(words|found)-\d+)\.js", path)
        assert path.startswith("assets/") or name in kinds or name in pdfs or index, path


def test_a_site_that_was_copied_knows_its_files_for_its_own(themed: Built, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(themed.folder, folder)
    report = build(folder, Options(url="https://moved.example/"))
    assert report.written
    assert (report.foreign, report.changed_by_hand) == ((), ())


def test_addresses_are_lower_case_and_plain(site: Built) -> None:
    files = site.folder / "content" / "files"
    own = {path.relative_to(files).as_posix() for path in files.rglob("*")}
    for path in set(site.files) - own:
        if path.endswith(".pdf"):  # a file that lies beside the page of its paper too, with the name that it has
            continue
        assert path.isascii(), path
        assert path == path.lower() or path.startswith("papers/"), path
        assert not set(path) & set(" <>:\"|?*\\%#'&"), path


def test_every_asset_bears_a_digest_of_its_content(themed: Built) -> None:
    import hashlib

    assets = [path for path in themed.files if path.startswith("assets/")]
    assert assets
    for path in assets:
        digest = path.rsplit(".", 2)[1]
        assert digest == hashlib.blake2b((themed.output / path).read_bytes(), digest_size=4).hexdigest()


def test_robots_lets_all_in_and_names_the_sitemap(site: Built) -> None:
    from urllib.robotparser import RobotFileParser

    lines = site.text("robots.txt").splitlines()
    robots = RobotFileParser()
    robots.parse(lines)
    assert robots.can_fetch("*", "https://example.org/anything")
    named = [line for line in lines if line.startswith("Sitemap:")]
    assert named == ([f"Sitemap: {site.report.url}sitemap.xml"] if site.report.url else [])


def test_json_feeds_keep_to_the_standard(site: Built) -> None:
    validator = schema("json-feed.schema.json")
    for folder in feed_folders(site):
        feed = site.json(f"{folder}feed.json")
        assert [error.message for error in validator.iter_errors(feed)] == [], folder
        ids = [item["id"] for item in feed["items"]]
        assert len(ids) == len(set(ids))
        if site.report.url:
            assert feed["feed_url"] == f"{site.report.url}{folder}feed.json"
            assert feed["home_page_url"] == f"{site.report.url}{folder}"
            assert all(item["id"] == item["url"] and item["url"].startswith(site.report.url) for item in feed["items"])


def test_feeds_show_the_newest_first(site: Built) -> None:
    for folder in feed_folders(site):
        items = site.json(f"{folder}feed.json")["items"]
        dates = [item.get("date_published", "") for item in items]
        dated = [date for date in dates if date]
        assert dated == sorted(dated, reverse=True)
        for item in items[: dates.index(dated[0])] if dated else []:
            assert "status" in item["_paperfolio"], "only what is still to appear stands before dated papers"


def test_feeds_hold_the_papers_of_their_list(site: Built) -> None:
    for folder in feed_folders(site):
        ids = [item["_paperfolio"]["id"] for item in site.json(f"{folder}feed.json")["items"]]
        assert sorted(ids) == sorted(listed(site, folder)), folder
    assert len(site.json("feed.json")["items"]) == len(site.papers)


def test_every_list_with_a_feed_of_its_own_has_both(site: Built) -> None:
    folders = {""}
    folders |= {
        path.removesuffix("index.html") for path in site.pages if path.count("/") == 2 and "categories/" in path
    }
    folders |= {f"authors/{author['id']}/" for author in site.authors if len(site.authors) > 1}
    assert set(feed_folders(site)) == folders
    assert {f"{folder}feed.xml" for folder in folders} <= set(site.files)


def test_atom_says_the_same_as_the_json_feed(site: Built) -> None:
    for folder in feed_folders(site):
        atom = feedparser.parse((site.output / folder / "feed.xml").read_bytes())
        assert atom.bozo == 0, (folder, atom.get("bozo_exception"))
        assert atom.version == "atom10"
        feed = site.json(f"{folder}feed.json")
        assert [entry.id for entry in atom.entries] == [item["id"] for item in feed["items"]]
        for entry, item in zip(atom.entries, feed["items"], strict=True):
            assert entry.published == item["date_published"] if "date_published" in item else "published" not in entry
            assert entry.updated
            names = [author["name"] for author in item.get("authors", [])]
            assert [author.name for author in entry.get("authors", [])] == names or not names
            assert [tag.term for tag in entry.get("tags", [])] == item.get("tags", [])


def test_feeds_hold_no_script_and_no_relative_address(site: Built) -> None:
    from site_builds import links, soup

    for folder in feed_folders(site):
        for item in site.json(f"{folder}feed.json")["items"]:
            content = soup(item.get("content_html", ""))
            assert not content.find_all(["script", "style", "iframe", "form", "object"])
            for element in content.find_all(True):
                assert not [name for name in element.attrs if name.startswith("on")]
            for use, address in links(content):
                if site.report.url:
                    assert address.startswith(("http://", "https://", "mailto:", "#")), (use, address)


def test_feed_items_carry_title_authors_date_and_abstract(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "one-author")
    feed = site.json("feed.json")
    assert feed["title"] == "The Papers of Ada Lovelace"
    assert feed["language"] == "en-US"
    assert feed["authors"] == [{"name": "Ada Lovelace", "url": site.report.url}]
    item = next(item for item in feed["items"] if item["_paperfolio"]["id"] == "weaving")
    assert item["title"] == "Weaving O(n^2) Algebraic Patterns"
    assert item["date_published"] == "2026-03-07T00:00:00Z"
    assert item["external_url"] in (
        f"{site.report.url}papers/weaving/d%C3%A9tail%20%231.pdf",
        "https://doi.org/10.1145/3292500.3330701",
    )
    assert [author["name"] for author in item["authors"]] == [entry["name"] for entry in site.papers[0]["authors"]]
    assert item["tags"] == ["LG", "stat.ML", "HCI", "WEAVE", "Jacquard looms", "C++", "number theory"]
    assert "<math" in item["content_html"]
    assert "10% of it for <strong>free</strong>" in item["content_html"]
    assert item["summary"] == "Looms weave n^2 patterns."
    assert item["_paperfolio"]["citations"] == 1234
    assert item["_paperfolio"]["code"] == "https://github.com/ada/weaving"


def test_papers_json_holds_all_authors_and_papers(site: Built) -> None:
    found = site.json("papers.json")
    assert found["version"] == 1
    assert {author["id"]: author["name"] for author in found["authors"]} == {
        author["id"]: author["name"] for author in site.authors
    }
    assert {paper["id"] for paper in found["papers"]} == set(site.paper_pages)
    for paper in found["papers"]:
        assert f"{paper['address'].lstrip('/')}index.html" in site.pages
        typed = next((typed for typed in site.papers if typed.get("id") == paper["id"]), None)
        if typed:
            assert [entry["name"] for entry in paper.get("authors", [])] == [
                entry["name"] for entry in typed["authors"]
            ]
            for key in ("date", "venue", "doi", "arxiv", "type", "pmid"):
                assert paper.get(key, "") == typed.get(key, "")
            assert paper.get("tags", []) == typed.get("tags", [])


def test_papers_json_keeps_the_order_of_the_site(site: Built) -> None:
    order = [paper["id"] for paper in site.json("papers.json")["papers"]]
    assert order == listed(site, "")


def test_bibtex_of_all_papers_is_read_by_two_parsers(site: Built) -> None:
    if "bib" not in exports(site):
        pytest.skip("the site exports no BibTeX")
    text = site.text("papers.bib")
    entries = bibtex_entries(text)
    assert len(entries) == len(site.papers)
    keys = [entry.key.lower() for entry in entries]
    assert len(keys) == len(set(keys))
    assert len(read_with_pybtex(text, "bibtex").entries) == len(site.papers)


def test_ris_and_csl_of_all_papers_are_complete(site: Built) -> None:
    if "ris" not in exports(site):
        pytest.skip("the site exports nothing")
    records = rispy.loads(site.text("papers.ris"))
    assert sorted(record["id"] for record in records) == sorted(site.paper_pages)
    items = site.json("papers.csl.json")
    assert [error.message for error in schema("csl-item.schema.json").iter_errors(items)] == []
    assert sorted(item["id"] for item in items) == sorted(site.paper_pages)
    assert len(items) == len(records) == len(site.papers)


def test_the_files_beside_a_paper_say_the_same_as_those_of_all_papers(site: Built) -> None:
    if not exports(site):
        pytest.skip("the site exports nothing")
    keys = {entry.key for entry in bibtex_entries(site.text("papers.bib"))}
    items = {item["id"]: item for item in site.json("papers.csl.json")}
    all_ris = site.text("papers.ris")
    for paper_id in site.paper_pages:
        folder = f"papers/{paper_id}/"
        (entry,) = bibtex_entries(site.text(f"{folder}cite.bib"))
        assert entry.key in keys
        assert len(read_with_pybtex(site.text(f"{folder}cite.bib"), "bibtex").entries) == 1
        (record,) = rispy.loads(site.text(f"{folder}cite.ris"))
        assert record["id"] == paper_id
        assert site.text(f"{folder}cite.ris") in all_ris
        assert site.json(f"{folder}cite.json") == [items[paper_id]]


def test_the_bibtex_shown_on_a_page_is_that_of_the_file_without_the_abstract(site: Built) -> None:
    for paper_id, page in site.paper_pages.items():
        shown = page.select_one("section.cite pre")
        if "bib" not in exports(site):
            assert shown is None
            continue
        (on_page,), (in_file,) = (
            bibtex_entries(text) for text in (shown.get_text(), site.text(f"papers/{paper_id}/cite.bib"))
        )
        assert (on_page.entry_type, on_page.key) == (in_file.entry_type, in_file.key)
        fields = {field.key: field.value for field in in_file.fields if field.key != "abstract"}
        assert {field.key: field.value for field in on_page.fields} == fields


def test_own_bibtex_is_kept_word_for_word(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "one-author")
    typed = next(paper for paper in site.papers if paper["id"] == "1843")
    assert site.text("papers/1843/cite.bib") == typed["bibtex"]
    assert typed["bibtex"] in site.text("papers.bib")


def test_citation_files_hold_what_is_known(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "one-author")
    fields = {field.key: field.value for field in bibtex_entries(site.text("papers/weaving/cite.bib"))[0].fields}
    assert fields["author"].split(" and ")[1] == "Babbage, Charles"
    assert fields["year"] == "2026"
    assert fields["journal"] == "Journal of Mechanical Computation"
    assert fields["pages"] == "45--67"
    assert fields["doi"] == "10.1145/3292500.3330701"
    assert fields["eprint"] == "2603.01234"
    assert fields["primaryclass"] == "cs.LG"
    (record,) = rispy.loads(site.text("papers/weaving/cite.ris"))
    assert record["authors"][:2] == ["Lovelace, Ada", "Babbage, Charles"]
    assert record["start_page"] == "45"
    (item,) = site.json("papers/weaving/cite.json")
    assert item["DOI"] == "10.1145/3292500.3330701"
    assert item["issued"] == {"date-parts": [[2026, 3, 7]]}
    assert item["author"][1] == {"family": "Babbage", "given": "Charles"}
    (engine,) = site.json("papers/engine/cite.json")
    assert engine["issued"] == {"date-parts": [[2026, 1]]}
    assert site.text("papers/engine/cite.bib").count("and others") == 1


def test_without_exports_there_is_no_citation_file_and_no_link_to_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = built(tmp_path_factory.getbasetemp(), "no-url-no-exports")
    assert [path for path in site.files if path.endswith((".bib", ".ris", "cite.json", "csl.json"))] == []
    for path, page in site.pages.items():
        for element in page.select("[href]"):
            assert not element["href"].endswith((".bib", ".ris", "cite.json", "csl.json")), path
        assert "BibTeX" not in words(page), path
        assert not page.find("section", class_="cite"), path


def test_orders_are_those_that_site_yaml_says(tmp_path_factory: pytest.TempPathFactory) -> None:
    base = tmp_path_factory.getbasetemp()
    assert listed(built(base, "one-author"), "") == ["weaving", "engine", "withdrawn", "forthcoming", "1843"]
    assert listed(built(base, "several-authors"), "") == ["two", "hopping", "many", "alone", "orcid-decides", "friends"]
    assert listed(built(base, "no-url-no-exports"), "") == ["first", "second"]


def test_papers_belong_to_those_who_wrote_them(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "several-authors")
    owners = {author["id"]: set(listed(site, f"authors/{author['id']}/")) for author in site.authors}
    assert owners == {
        "ada": {"hopping", "two", "friends"},
        "hedy": {"hopping", "alone", "friends", "many"},
        "jose": {"hopping", "two", "orcid-decides"},
    }
    byline = site.paper_pages["hopping"].select(".byline .p-author")
    assert [(words(name), name.name == "a") for name in byline] == [
        ("Hedy Lamarr", True),
        ("A. Lovelace", True),
        ("Núñez-Łódź, José", True),
        ("George Antheil", False),
    ]


def test_spellings_of_one_category_share_a_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "several-authors")
    assert sorted(listed(site, "categories/lg/")) == ["hopping", "two"]
    index = words(site.page("/categories/").main)
    assert "LG Machine Learning 2 papers" in index
    assert "eess.SP Signal Processing 1 paper" in index


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site of 120 papers: all in LG, every second one in AI too, 60 of them of one year."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "content" / "authors").mkdir(parents=True)
    (folder / "content" / "papers").mkdir()
    (folder / "content" / "site.yaml").write_text("url: https://example.org/\nper_page: 50\n")
    (folder / "content" / "authors" / "ada.yaml").write_text("name: Ada Lovelace\n")
    papers = [
        f"- {{title: Paper {number}, id: p{number}, category: LG, tags: [looms], authors: [Ada Lovelace], "
        f"date: {2020 + number // 60}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        + (", categories: [AI]}" if number % 2 else "}")
        for number in range(120)
    ]
    (folder / "content" / "papers" / "papers.yaml").write_text("\n".join(papers))
    return Built(folder, build(folder, Options()))


@pytest.mark.parametrize(
    ("folder", "sizes"),
    [
        ("", [50, 50, 20]),
        ("categories/lg/", [50, 50, 20]),
        ("categories/ai/", [50, 10]),
        ("years/2020/", [50, 10]),
        ("tags/looms/", [50, 50, 20]),
    ],
)
def test_a_long_list_is_cut_into_pages_that_hold_each_paper_once(
    long_site: Built, folder: str, sizes: list[int]
) -> None:
    paths = [f"{folder}{f'page/{number}/' if number > 1 else ''}index.html" for number in range(1, len(sizes) + 1)]
    assert f"{folder}page/{len(sizes) + 1}/index.html" not in long_site.files
    assert f"{folder}page/1/index.html" not in long_site.files
    shown = [[article["data-paper"] for article in long_site.pages[path].select("article.paper")] for path in paths]
    assert [len(page) for page in shown] == sizes
    ids = [paper for page in shown for paper in page]
    assert len(set(ids)) == len(ids)
    newest_first = [paper["id"] for paper in sorted(long_site.papers, key=lambda paper: paper["date"], reverse=True)]
    assert ids == [paper for paper in newest_first if paper in ids]


@pytest.mark.parametrize("folder", ["", "categories/lg/"])
def test_pages_of_a_list_lead_to_each_other(long_site: Built, folder: str) -> None:
    from posixpath import join, normpath

    def target(path: str, relation: str) -> str | None:
        element = long_site.pages[path].select_one(f"a[rel~={relation}]")
        return None if element is None else normpath(join("/", path, "..", element["href"]))

    first, second, third = (f"{folder}{rest}index.html" for rest in ("", "page/2/", "page/3/"))
    assert target(first, "prev") is None
    assert target(first, "next") == normpath(f"/{folder}page/2")
    assert target(second, "prev") == normpath(f"/{folder}")
    assert target(second, "next") == normpath(f"/{folder}page/3")
    assert target(third, "prev") == normpath(f"/{folder}page/2")
    assert target(third, "next") is None
    assert len({words(long_site.pages[path].head.title) for path in (first, second, third)}) == 3
    canonical = long_site.pages[second].select_one("link[rel=canonical]")["href"]
    assert canonical == f"https://example.org/{folder}page/2/"
    pager = long_site.pages[second].select_one("nav.pager")
    assert words(pager.select_one("[aria-current=page]")) == "2"
    assert "51–100 of 120" in words(long_site.pages[second].main)


def test_pages_of_papers_with_formulas_ask_for_their_font_and_no_others(themed: Built) -> None:
    asking = set()
    for path, page in themed.pages.items():
        fonts = page.select("link[rel=preload][as=font][crossorigin]")
        if not fonts:
            continue
        asking.add(path)
        assert page.select_one(".paper math"), path
        (font,) = fonts
        file = (themed.output / path).parent / str(font["href"])
        sheets = [(themed.output / path).parent / str(link["href"]) for link in page.select("link[rel=stylesheet]")]
        assert any(file.name in sheet.read_text(encoding="utf-8") for sheet in sheets), path
        assert file.is_file()
    showing = {
        f"papers/{paper_id}/index.html"
        for paper_id, page in themed.paper_pages.items()
        if page.select_one("h1 math, .p-summary math")
    }
    assert asking == showing


def test_from_disk_no_font_is_asked_for_ahead(tmp_path: Path) -> None:
    local = built(tmp_path, "one-author", local=True)
    assert any(page.find("math") for page in local.pages.values())
    assert not any(page.select("link[rel=preload]") for page in local.pages.values())
