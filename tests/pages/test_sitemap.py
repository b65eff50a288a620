"""sitemap.xml, robots.txt and .nojekyll."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest

from generator.pages import sitemap
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
URL = "url: https://lab.github.io/papers/\n"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def written(catalog: Catalog, addresses: list[str]) -> dict[str, str]:
    return {export.address: export.write() for export in sitemap.outputs(catalog, addresses)}


def locations(text: str, element: str = "url") -> list[str]:
    root = ElementTree.fromstring(text.encode())
    return [found.text or "" for found in root.iterfind(f"{SPACE}{element}/{SPACE}loc")]


def test_the_sitemap_lists_the_pages_by_their_absolute_addresses(catalog: Make) -> None:
    files = written(catalog({"content/site.yaml": URL}), ["/", "/papers/t/"])
    assert locations(files["/sitemap.xml"]) == [
        "https://lab.github.io/papers/",
        "https://lab.github.io/papers/papers/t/",
    ]


def test_a_site_that_does_not_know_its_address_has_no_sitemap(catalog: Make) -> None:
    files = written(catalog({}), ["/"])
    assert set(files) == {"/robots.txt", "/.nojekyll"}
    assert "Sitemap" not in files["/robots.txt"]


def test_robots_may_read_everything_and_find_the_sitemap(catalog: Make) -> None:
    files = written(catalog({"content/site.yaml": URL}), ["/"])
    assert files["/robots.txt"] == ("User-agent: *\nAllow: /\nSitemap: https://lab.github.io/papers/sitemap.xml\n")
    assert files["/.nojekyll"] == ""


@pytest.mark.parametrize(("count", "parts"), [(0, 1), (3, 1), (4, 2), (7, 3)])
def test_a_long_sitemap_is_cut_into_parts_below_an_index(
    catalog: Make, monkeypatch: pytest.MonkeyPatch, count: int, parts: int
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 3)
    addresses = [f"/papers/t{number}/" for number in range(count)]
    files = written(catalog({"content/site.yaml": URL}), addresses)
    if parts == 1:
        found = [files["/sitemap.xml"]]
        assert "/sitemap-1.xml" not in files
    else:
        index = locations(files["/sitemap.xml"], "sitemap")
        assert index == [f"https://lab.github.io/papers/sitemap-{number}.xml" for number in range(1, parts + 1)]
        found = [files[f"/sitemap-{number}.xml"] for number in range(1, parts + 1)]
    assert all(len(locations(part)) <= 3 for part in found)
    listed = [location for part in found for location in locations(part)]
    assert listed == [f"https://lab.github.io/papers{address}" for address in addresses]


def test_a_sitemap_may_hold_as_much_as_its_standard_says() -> None:
    assert sitemap.MOST == 50_000


def test_addresses_are_escaped(catalog: Make) -> None:
    files = written(catalog({"content/site.yaml": "url: https://a.org/x&y/\n"}), ["/a'b/"])
    assert locations(files["/sitemap.xml"]) == ["https://a.org/x&y/a'b/"]
