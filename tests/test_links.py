"""Every address that a built site names leads to a file of it, wherever the site is served from, and from disk."""

import re
import xml.etree.ElementTree as ElementTree
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest
from site_builds import EVERY_SITE_AND_THEME, SITES, WITH_URL, Built, anchors, built, example, fragment, links

HOST = "http://served.test"
OUTWARD = ("http:", "https:", "mailto:")


@pytest.fixture(params=[*EVERY_SITE_AND_THEME, ("example", "")], ids="-".join)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    base = tmp_path_factory.getbasetemp()
    return example(base) if request.param[0] == "example" else built(base, *request.param)


@pytest.fixture(params=SITES)
def local_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.getbasetemp(), request.param, local=True)


@pytest.fixture(params=WITH_URL)
def site_with_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.getbasetemp(), request.param)


def address_of(path: str) -> str:
    """The address at which a static web server shows a file."""
    return f"/{path.removesuffix('index.html')}" if path.split("/")[-1] == "index.html" else f"/{path}"


def served(site: Built, path: str) -> str | None:
    """The file that a static web server answers a path with."""
    name = unquote(path).lstrip("/")
    candidates = [f"{name}index.html"] if not name or name.endswith("/") else [name]
    return next((candidate for candidate in candidates if candidate in site.files), None)


def broken(site: Built, page_path: str, page_address: str, base: str) -> list[str]:
    """The links of a page that lead nowhere when the site is served below ``base`` (which ends in /)."""
    found = []
    for use, address in links(site.pages[page_path]):
        if address.lower().startswith(OUTWARD):
            continue
        target = urlsplit(urljoin(f"{HOST}{page_address}", address))
        path = unquote(target.path)
        if target.netloc != urlsplit(HOST).netloc or not path.startswith(base):
            found.append(f"{page_path}: {use} {address} leaves {base}")
            continue
        file = page_path if address.startswith("#") else served(site, path.removeprefix(base))
        if file is None:
            found.append(f"{page_path}: {use} {address} is no file")
        elif fragment(address) and fragment(address) not in anchors(site.pages[file]):
            found.append(f"{page_path}: {use} {address} has no such anchor")
    return found


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_every_link_and_anchor_resolves_below(site: Built, base: str) -> None:
    for path in site.pages:
        if path != "404.html":
            assert broken(site, path, base + address_of(path).lstrip("/"), base) == []


def test_the_page_for_what_is_missing_works_at_any_depth(site: Built) -> None:
    base = unquote(urlsplit(site.report.url).path) or "/"
    for depth in ("nothing", "no/such/page", "papers/gone/"):
        assert broken(site, "404.html", base + depth, base) == []


def test_style_sheets_name_files_that_are_there(site: Built) -> None:
    for path in site.files:
        if path.endswith(".css"):
            for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", site.text(path)):
                if not address.startswith(("data:", "#")):
                    target = urlsplit(urljoin(f"{HOST}/{path}", address)).path
                    assert served(site, target), (path, address)


def test_every_page_is_reached_from_the_front_page(site: Built) -> None:
    """But for pages that are out of the navigation by wish."""
    reached = set()
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in site.pages:
            continue
        reached.add(path)
        for element in site.pages[path].select("a[href]"):
            if not element["href"].lower().startswith(OUTWARD):
                target = urlsplit(urljoin(f"{HOST}{address_of(path)}", element["href"])).path
                waiting.append(served(site, target) or "")
    left = set(site.pages) - reached - {"404.html"}
    if site.config.get("nav") is None:
        assert left == set()
    else:
        assert not [path for path in left if path.startswith("papers/")]


def test_from_disk_every_link_names_a_file(local_site: Built) -> None:
    for path, page in local_site.pages.items():
        for use, address in links(page):
            if address.lower().startswith(OUTWARD):
                continue
            target = unquote(urlsplit(address).path)
            assert not target.startswith("/"), (path, use, address)
            file = normpath(f"{path}/../{target}") if target else path
            assert file in local_site.files, (path, use, address)
            if fragment(address):
                assert fragment(address) in anchors(local_site.pages[file]), (path, use, address)


def test_a_build_for_disk_differs_in_links_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    base = tmp_path_factory.getbasetemp()
    web, local = built(base, "several-authors"), built(base, "several-authors", local=True)
    assert web.files == local.files
    for path in web.files:
        if path.endswith(".html"):
            assert web.pages[path].get_text() == local.pages[path].get_text() or path == "404.html"
            canonical = [page.select_one("link[rel=canonical]") for page in (web.pages[path], local.pages[path])]
            assert canonical[0] == canonical[1]
        else:
            assert (web.output / path).read_bytes() == (local.output / path).read_bytes(), path


def test_the_sitemap_lists_exactly_the_pages_for_search_engines(site_with_url: Built) -> None:
    site = site_with_url
    root = ElementTree.fromstring(site.text("sitemap.xml"))
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{namespace}urlset"
    listed = [entry.text or "" for entry in root.iter(f"{namespace}loc")]
    assert len(listed) == len(set(listed))
    indexable = {
        page.select_one("link[rel=canonical]")["href"]
        for page in site.pages.values()
        if not page.select_one("meta[name=robots][content*=noindex]")
    }
    assert set(listed) == indexable
    assert all(address.isascii() and address.startswith(site.report.url) for address in listed)
    assert "404" not in "".join(listed)


def test_a_page_is_canonical_at_its_own_address(site_with_url: Built) -> None:
    site = site_with_url
    for path, page in site.pages.items():
        canonical = page.select("link[rel=canonical]")
        if path == "404.html" or path in site.framed:
            assert canonical == []
            assert page.select_one("meta[name=robots]")["content"] == "noindex"
            continue
        assert [link["href"] for link in canonical] == [site.report.url + address_of(path)[1:]]
        assert page.select_one("meta[property='og:url']")["content"] == canonical[0]["href"]


@pytest.mark.parametrize("name", sorted(set(SITES) - set(WITH_URL)))
def test_without_an_address_nothing_absolute_is_made_up(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), name)
    assert "sitemap.xml" not in site.files
    for page in site.pages.values():
        assert not page.select("link[rel=canonical], meta[property='og:url']")
    for path in site.files:
        if path.endswith((".json", ".xml", ".html", ".txt")):
            assert "http:///" not in site.text(path)
            assert "https:///" not in site.text(path)
    assert all(item["id"].startswith("urn:") for item in site.json("feed.json")["items"])


def test_absolute_addresses_of_the_site_lead_to_its_files(site_with_url: Built) -> None:
    """In feeds, metadata of pages, and links of texts."""
    site = site_with_url
    found: set[str] = set()
    for path in site.files:
        if path.rpartition("/")[2] == "feed.json":
            feed = site.json(path)
            found |= {feed["home_page_url"], feed["feed_url"]}
            for item in feed["items"]:
                found |= {item["url"], item.get("external_url", ""), item["_paperfolio"].get("about", "")}
                found |= {author.get("url", "") for author in item.get("authors", [])}
                found |= set(re.findall(r'(?:href|src)="([^"]*)"', item.get("content_html", "")))
        elif path.rpartition("/")[2] == "feed.xml":
            atom = feedparser.parse((site.output / path).read_bytes())
            found |= {link.href for link in atom.feed.links}
            found |= {link.href for entry in atom.entries for link in entry.links}
        elif path in site.pages:
            page = site.pages[path]
            found |= {meta["content"] for meta in page.select("meta[property='og:image'], meta[name=citation_pdf_url]")}
            found |= {meta["content"] for meta in page.select("meta[name=citation_abstract_html_url]")}
    own = {address for address in found if address.startswith(site.report.url)}
    assert own
    for address in own:
        path = address.removeprefix(site.report.url).partition("#")[0]
        assert served(site, path), address
    assert not [address for address in found if address and not address.startswith(("http", "mailto:", "#"))]


def test_links_of_texts_lead_where_they_say(tmp_path_factory: pytest.TempPathFactory) -> None:
    """From the site's front page, from the page the text is on, and to a heading; in lists too."""
    site = built(tmp_path_factory.getbasetemp(), "one-author")

    def targets(path: str, selector: str) -> list[str]:
        return [
            normpath(urlsplit(urljoin(f"{HOST}{address_of(path)}", element["href"])).path)
            + ("#" * ("#" in element["href"]))
            for element in site.pages[path].select(selector)
            if not element["href"].startswith("http")
        ]

    assert targets("index.html", ".bio a") == ["/papers/engine", "/teaching"]
    assert targets("papers/engine/index.html", ".p-summary a") == ["/papers/weaving"]
    assert targets("papers/engine/index.html", ".note a") == ["/teaching/2026#"]
    listed = [target for path in ("index.html", "page/2/index.html") for target in targets(path, ".p-summary a")]
    assert listed == ["/papers/weaving"]
    assert targets("teaching/index.html", "article a") == ["/teaching/2026", "/teaching/2026#", "/about"]
    assert "/teaching" in targets("teaching/2026/index.html", "article a")
