"""Which feeds there are, and what stands in them."""

import json
from collections.abc import Callable

import feedparser
import pytest

from generator.pages import feeds, metadata
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"
URL = "url: https://lab.github.io/papers/\n"
TWO = {"content/authors/ada.yaml": "name: Ada Lovelace\n", "content/authors/bob.yaml": "name: Bob Noyce\n"}


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


@pytest.mark.parametrize(
    ("said", "content", "summary"),
    [
        ("abstract: Much., tldr: Little., ", "<p>Much.</p>", "Little."),
        ("tldr: Little., ", "<p>Little.</p>", "Little."),
        ("abstract: Much., ", "<p>Much.</p>", "Much."),
        ("", None, None),
    ],
)
def test_feeds_tell_the_abstract_and_sum_it_up(
    said: str, content: str | None, summary: str | None, catalog: Make
) -> None:
    files = written(catalog({P: f"{{title: T, {said}date: 2023}}\n"}))
    (item,) = json.loads(files["/feed.json"])["items"]
    assert (item.get("content_html"), item.get("summary")) == (content, summary)
    (entry,) = feedparser.parse(files["/feed.xml"].encode()).entries
    assert (entry.content[0].value, entry.summary) == (content or "T", summary or "T")  # the title stands for nothing


def test_the_atom_feed_says_where_it_is_and_whose(catalog: Make) -> None:
    files = {"content/site.yaml": f"{URL}title: Lab\n", P: "title: T\ndate: 2023\ncategory: LG\n"}
    for made, names in (
        (catalog(files), ["Ada Lovelace"]),
        (catalog({**files, **TWO}), ["Lab: LG"]),  # of no author alone: its title stands in
    ):
        feed = feedparser.parse(written(made)["/categories/lg/feed.xml"].encode()).feed
        address = "https://lab.github.io/papers/categories/lg/"
        assert feed.id == f"{address}feed.xml"
        assert {link.rel: link.href for link in feed.links} == {"self": f"{address}feed.xml", "alternate": address}
        assert [author.name for author in feed.authors] == names


def test_what_has_no_date_has_that_of_the_feed_it_stands_in(catalog: Make) -> None:
    files = written(catalog({P: "- {title: T, date: 2023}\n- {title: U, category: LG}\n"}))
    moments = {
        address: {
            entry.title: entry.updated for entry in feedparser.parse(files[f"{address}feed.xml"].encode()).entries
        }
        for address in ("/", "/categories/lg/")
    }
    assert moments["/"] == dict.fromkeys("TU", "2023-01-01T00:00:00Z")
    assert moments["/categories/lg/"] == {"U": "1970-01-01T00:00:00Z"}


def test_authors_are_linked_to_where_they_are_at_home(catalog: Make) -> None:
    orcid = "0000-0002-1825-0097"
    authors = f"[{{name: A A, url: 'https://a.org/', orcid: 0000-0001-5109-3700}}, {{name: B B, orcid: {orcid}}}, C C]"
    made = catalog({"content/site.yaml": URL, P: f"{{title: T, authors: {authors}}}\n"})
    [item] = json.loads(written(made)["/feed.json"])["items"]
    assert item["authors"] == [
        {"name": "A A", "url": "https://a.org/"},
        {"name": "B B", "url": f"https://orcid.org/{orcid}"},
        {"name": "C C"},
    ]


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("doi: 10.1234/a", "https://doi.org/10.1234/a"),
        ("arxiv: 2301.00001", "https://arxiv.org/abs/2301.00001"),
        ("pdf: https://x.org/a.pdf", "https://x.org/a.pdf"),
    ],
)
def test_an_entry_names_where_the_paper_itself_is(catalog: Make, said: str, address: str) -> None:
    made = catalog({P: f"title: T\n{said}\n"})
    assert json.loads(written(made)["/feed.json"])["items"][0]["external_url"] == address


def test_code_and_slides_are_not_the_paper_itself(catalog: Make) -> None:
    made = catalog({P: "{title: T, code: 'https://c.org/', slides: 'https://s.org/', website: 'https://w.org/'}\n"})
    assert json.loads(written(made)["/feed.json"])["items"][0]["external_url"] == "https://w.org/"
    made = catalog({P: "{title: T, code: 'https://c.org/', slides: 'https://s.org/'}\n"})
    assert "external_url" not in json.loads(written(made)["/feed.json"])["items"][0]


def test_of_a_collaboration_the_first_are_named_and_who_has_a_profile(
    catalog: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "MOST_NAMES", 2)
    made = catalog({P: "title: T\nauthors: [A A, B B, C C, Ada Lovelace]\n"})
    [item] = json.loads(written(made)["/feed.json"])["items"]
    assert [author["name"] for author in item["authors"]] == ["A A", "B B", "Ada Lovelace"]
    assert (item["_paperfolio"]["authors"], item["_paperfolio"]["et_al"]) == (["A A", "B B", "Ada Lovelace"], True)


def test_a_feed_with_other_bytes_has_another_digest(catalog: Make) -> None:
    ada = "content/authors/ada.yaml"
    base = {"content/site.yaml": f"{URL}title: Lab\n", ada: "name: Ada Lovelace\n", P: "title: T\ndate: 2023\n"}
    others: list[dict[str, str | bytes]] = [
        {},
        {ada: "name: Ada King\n"},
        {P: "title: T\ndate: 2024\n"},
        {"content/site.yaml": f"{URL}title: Other\n"},
        {"content/authors/bob.yaml": "name: Bob Noyce\n"},
    ]
    for name in ("/feed.json", "/feed.xml"):
        found = [
            (export.data(), export.digest)
            for other in others
            for export in feeds.outputs(catalog({**base, **other}))
            if export.address == name
        ]
        assert len(found) == len({data for data, _ in found}) == len({digest for _, digest in found})


def test_without_the_sites_address_a_feed_names_no_relative_one(catalog: Make) -> None:
    feed = json.loads(
        written(catalog({P: "title: T\ndate: 2023\npdf: a.pdf\n", "content/files/a.pdf": "x"}))["/feed.json"]
    )
    item = feed["items"][0]
    assert item["id"] == "urn:paperfolio:paper:t"
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
