"""Which feeds there are, and what stands in them."""

import json
from collections.abc import Callable

import feedparser
import pytest

from generator.pages import feeds
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"
URL = "url: https://lab.github.io/papers/\n"


def written(catalog: Catalog) -> dict[str, str]:
    return {export.address: export.data().decode() for export in feeds.outputs(catalog)}


def titles(catalog: Catalog, folder: str) -> list[str]:
    """The titles of a feed, which are the same in both forms."""
    files = written(catalog)
    found = [item["title"] for item in json.loads(files[f"{folder}feed.json"])["items"]]
    atom = feedparser.parse(files[f"{folder}feed.xml"].encode())
    assert not atom.bozo, atom.get("bozo_exception")
    assert [entry.title for entry in atom.entries] == found
    return found


def test_a_site_of_one_author_has_feeds_of_the_site_and_of_its_categories(catalog: Make) -> None:
    made = catalog({P: "- {title: T, category: LG, categories: [CV]}\n"})
    assert {address.rpartition("/")[0] for address in written(made)} == {"", "/categories/lg", "/categories/cv"}


def test_several_authors_have_feeds_of_their_own(catalog: Make) -> None:
    made = catalog(
        {
            "content/authors/ada.yaml": "name: Ada Lovelace\n",
            "content/authors/bob.yaml": "name: Bob Noyce\n",
            P: "- {title: T, date: 2022, authors: [Ada Lovelace]}\n"
            "- {title: U, date: 2023, authors: [Bob Noyce, Ada Lovelace]}\n",
        }
    )
    assert titles(made, "/authors/ada/") == ["U", "T"]
    assert titles(made, "/authors/bob/") == ["U"]


@pytest.mark.parametrize("order", ["newest", "listed", "cited", "title"])
def test_a_feed_is_newest_first_whatever_the_order_of_the_site(catalog: Make, order: str) -> None:
    papers = (
        "- {title: B, date: 2021, category: LG}\n- {title: A, date: 2023, category: LG}\n- {title: C, date: 2022}\n"
    )
    made = catalog({"content/site.yaml": f"order: {order}\n", P: papers})
    assert titles(made, "/") == ["A", "C", "B"]
    assert titles(made, "/categories/lg/") == ["A", "B"]


def test_a_feed_ends_somewhere(catalog: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LONGEST", 3)
    made = catalog({P: "".join(f"- {{title: T{n}, date: {2000 + n}}}\n" for n in range(5))})
    assert titles(made, "/") == ["T4", "T3", "T2"]


def test_a_feed_without_papers_is_a_feed(catalog: Make) -> None:
    assert titles(catalog({}), "/") == []


def test_addresses_in_a_feed_are_absolute(catalog: Make) -> None:
    made = catalog(
        {
            "content/site.yaml": URL,
            P: "title: T\ndate: 2023\nauthors: [Ada Lovelace]\nformat: markdown\nabstract: See [it](/papers/t/) & [x](#a).\n"
            "pdf: a.pdf\n",
            "content/files/a.pdf": "x",
        }
    )
    feed = json.loads(written(made)["/feed.json"])
    item = feed["items"][0]
    assert feed["feed_url"] == "https://lab.github.io/papers/feed.json"
    assert feed["home_page_url"] == "https://lab.github.io/papers/"
    assert item["url"] == item["id"] == "https://lab.github.io/papers/papers/t/"
    assert item["external_url"] == "https://lab.github.io/papers/papers/t/a.pdf"
    assert 'href="https://lab.github.io/papers/papers/t/"' in item["content_html"]
    assert item["authors"][0] == {"name": "Ada Lovelace", "url": "https://lab.github.io/papers/"}


def test_without_the_sites_address_a_feed_names_no_relative_one(catalog: Make) -> None:
    feed = json.loads(
        written(catalog({P: "title: T\ndate: 2023\npdf: a.pdf\n", "content/files/a.pdf": "x"}))["/feed.json"]
    )
    item = feed["items"][0]
    assert item["id"].startswith("urn:")
    assert not {"url", "external_url"} & set(item)
    assert not {"feed_url", "home_page_url"} & set(feed)


def test_the_title_of_a_feed_says_whose_it_is(catalog: Make) -> None:
    made = catalog({"content/site.yaml": "title: Lab\n", P: "title: T\ncategory: LG\n"})
    files = written(made)
    assert json.loads(files["/feed.json"])["title"] == "Lab"
    assert json.loads(files["/categories/lg/feed.json"])["title"] == "Lab: LG"


def test_hostile_texts_stay_texts(catalog: Make) -> None:
    made = catalog(
        {P: "title: '</title><script>alert(1)</script> & ]]>'\ntags: ['<b>']\nabstract: '<script>x</script>'\n"}
    )
    assert titles(made, "/") == ["</title><script>alert(1)</script> & ]]>"]
    assert "<script>" not in json.loads(written(made)["/feed.json"])["items"][0]["content_html"]
