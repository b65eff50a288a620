"""JSON Feed keeps to its schema, and feedparser has nothing to complain about Atom."""

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import feedparser
import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import scalars
from generator.dates import Date
from generator.formats import atom, json_feed
from generator.formats.feed import Feed, FeedAuthor, Item, urn
from generator.model import Paper, PaperAuthor

SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "json-feed.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://example.org/papers/"

PAPER = Paper(
    title="BERT",
    id="bert",
    authors=(PaperAuthor(name="Ada Lovelace"),),
    et_al=True,
    date=Date(2023, 8),
    category="LG",
    categories=("cs.AI", "LG"),
    venue="Journal of Things",
    doi="10.1000/a",
    citations=0,
    code=True,
)
ITEM = Item(
    id=f"{SITE}papers/bert/",
    url=f"{SITE}papers/bert/",
    external_url="https://doi.org/10.1000/a",
    title="BERT & <friends>",
    html='<p>Fast &amp; "good" <math><mi>x</mi></math></p>',
    summary="Fast & good",
    authors=(FeedAuthor("Ada Lovelace", f"{SITE}authors/ada/"), FeedAuthor("Alan Turing")),
    tags=("LG", "edge", "LG"),
    date=Date(2023, 8),
    paper=PAPER,
)
FEED = Feed(
    title="Ada's papers",
    home=SITE,
    address=f"{SITE}feed.json",
    atom_address=f"{SITE}feed.xml",
    about=f"{SITE}embed/",
    description="All of them",
    language="en-GB",
    authors=(FeedAuthor("Ada Lovelace", SITE),),
    items=(ITEM, Item(id=f"{SITE}papers/old/", url=f"{SITE}papers/old/", title="Old", date=Date(1999))),
)
NOWHERE = Feed(
    title="Papers",
    id=urn("feed", "site"),
    items=(Item(id=urn("paper", "a b/ü"), title="No date"), Item(id=urn("paper", "x"), title="X", date=Date(2001, 2))),
)


def is_readable(text: str) -> bool:
    try:
        return bool(scalars.read_line(text)) and scalars.read_line(text) == text
    except scalars.Wrong:
        return False


lines = st.text(max_size=40).filter(is_readable)


def read_json(feed: Feed) -> dict[str, object]:
    found = json.loads(json_feed.write(feed))
    VALIDATOR.validate(found)
    return found  # type: ignore[no-any-return]


def read_atom(feed: Feed) -> ElementTree.Element:
    text = atom.write(feed)
    parsed = feedparser.parse(text.encode())
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert len(parsed.entries) == len(feed.items)
    root = ElementTree.fromstring(text)
    for element in (root, *root.findall(f"{ATOM}entry")):
        for required in ("id", "title", "updated"):
            assert len(element.findall(ATOM + required)) == 1
        assert re.match(r"[a-z]+:\S+\Z", element.findtext(f"{ATOM}id") or "")
    assert root.findall(f"{ATOM}author") or all(
        entry.findall(f"{ATOM}author") for entry in root.findall(f"{ATOM}entry")
    )
    return root


def test_json_feed_tells_all() -> None:
    assert read_json(FEED) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ada's papers",
        "home_page_url": SITE,
        "feed_url": f"{SITE}feed.json",
        "description": "All of them",
        "authors": [{"name": "Ada Lovelace", "url": SITE}],
        "language": "en-GB",
        "items": [
            {
                "id": f"{SITE}papers/bert/",
                "url": f"{SITE}papers/bert/",
                "external_url": "https://doi.org/10.1000/a",
                "title": "BERT & <friends>",
                "content_html": '<p>Fast &amp; "good" <math><mi>x</mi></math></p>',
                "summary": "Fast & good",
                "date_published": "2023-08-01T00:00:00Z",
                "authors": [{"name": "Ada Lovelace", "url": f"{SITE}authors/ada/"}, {"name": "Alan Turing"}],
                "tags": ["LG", "edge"],
                "_paperfolio": {
                    "about": f"{SITE}embed/",
                    "id": "bert",
                    "type": "article-journal",
                    "category": "LG",
                    "categories": ["LG", "cs.AI"],
                    "venue": "Journal of Things",
                    "year": 2023,
                    "date": "2023-08",
                    "authors": ["Ada Lovelace"],
                    "et_al": True,
                    "code": True,
                    "doi": "10.1000/a",
                    "citations": 0,
                },
            },
            {
                "id": f"{SITE}papers/old/",
                "url": f"{SITE}papers/old/",
                "title": "Old",
                "content_text": "Old",
                "date_published": "1999-01-01T00:00:00Z",
            },
        ],
    }


def test_every_key_of_the_extension_is_documented() -> None:
    full = Paper(
        **{name: getattr(PAPER, name) for name in PAPER.__struct_fields__}
        | {
            "abbr": "JoT",
            "status": "accepted",
            "arxiv": "2308.03395",
            "award": "Best",
            "selected": True,
            "retracted": True,
        }
    )
    [item] = json.loads(json_feed.write(Feed(title="x", about=SITE, items=(Item(id="a:b", title="x", paper=full),))))[
        "items"
    ]
    documented = set(re.findall(r"\w+", " ".join(re.findall(r"^ {4}(\w+(?:, \w+)?)  ", json_feed.__doc__ or "", re.M))))
    assert set(item["_paperfolio"]) == documented


def test_without_html_the_short_form_is_the_content() -> None:
    paper = Paper(title="T", id="t", categories=("cs.AI",))
    feed = Feed(title="F", items=(Item(id="a:b", title="T", summary="Short", tags=("", "x"), paper=paper),))
    [item] = read_json(feed)["items"]  # type: ignore[misc]
    assert (item["content_text"], item["summary"], item["tags"]) == ("Short", "Short", ["x"])
    assert item["_paperfolio"] == {"id": "t", "type": "article", "category": "cs.AI", "categories": ["cs.AI"]}
    [entry] = read_atom(feed).findall(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}content"), entry.findtext(f"{ATOM}summary")) == ("Short", "Short")
    assert [tag.get("term") for tag in entry.findall(f"{ATOM}category")] == ["x"]


def test_the_facts_of_a_feed_say_where_they_are_explained() -> None:
    feed = Feed(title="F", about=f"{SITE}embed/", next_address=f"{SITE}feed-2.json", facts={"total": 3})
    assert read_json(feed) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "F",
        "next_url": f"{SITE}feed-2.json",
        "_paperfolio": {"about": f"{SITE}embed/", "total": 3},
        "items": [],
    }


def test_a_feed_without_an_address_has_stable_ids_and_no_links() -> None:
    found = read_json(NOWHERE)
    assert set(found) == {"version", "title", "items"}
    assert found["items"] == [
        {"id": "urn:paperfolio:paper:a%20b%2F%C3%BC", "title": "No date", "content_text": "No date"},
        {
            "id": "urn:paperfolio:paper:x",
            "title": "X",
            "content_text": "X",
            "date_published": "2001-02-01T00:00:00Z",
        },
    ]
    root = read_atom(NOWHERE)
    assert root.findtext(f"{ATOM}id") == "urn:paperfolio:feed:site"
    assert not list(root.iter(f"{ATOM}link"))


def test_atom_tells_all() -> None:
    read_atom(FEED)
    parsed = feedparser.parse(atom.write(FEED).encode())
    assert (parsed.feed.title, parsed.feed.id, parsed.feed.subtitle) == (
        "Ada's papers",
        f"{SITE}feed.xml",
        "All of them",
    )
    assert parsed.feed.language == "en-GB"
    assert {(link.rel, link.type, link.href) for link in parsed.feed.links} == {
        ("self", "application/atom+xml", f"{SITE}feed.xml"),
        ("alternate", "text/html", SITE),
    }
    first = parsed.entries[0]
    assert (first.id, first.link) == (f"{SITE}papers/bert/", f"{SITE}papers/bert/")
    assert first.published == first.updated == "2023-08-01T00:00:00Z"
    assert [(author.name, author.get("href")) for author in first.authors] == [
        ("Ada Lovelace", f"{SITE}authors/ada/"),
        ("Alan Turing", None),
    ]
    assert [tag.term for tag in first.tags] == ["LG", "edge"]
    assert parsed.entries[1].published == parsed.entries[1].updated == "1999-01-01T00:00:00Z"
    assert (parsed.entries[1].content[0].type, parsed.entries[1].content[0].value) == ("text/plain", "Old")
    entry = read_atom(FEED).findall(f"{ATOM}entry")[0]
    assert entry.findtext(f"{ATOM}title") == "BERT & <friends>"
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert (content.get("type"), content.text) == ("html", ITEM.html)


def test_atom_takes_the_newest_date_where_one_is_missing() -> None:
    root = read_atom(NOWHERE)
    assert root.findtext(f"{ATOM}updated") == "2001-02-01T00:00:00Z"
    assert root.attrib == {}  # no language is said where none is known
    assert [entry.findtext(f"{ATOM}updated") for entry in root.findall(f"{ATOM}entry")] == ["2001-02-01T00:00:00Z"] * 2
    assert [entry.findtext(f"{ATOM}published") for entry in root.findall(f"{ATOM}entry")] == [
        None,
        "2001-02-01T00:00:00Z",
    ]


def test_atom_without_any_date_is_of_1970() -> None:
    assert read_atom(Feed(title="Empty")).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_atom_always_names_an_author() -> None:
    root = read_atom(NOWHERE)
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Papers"


@given(lines, lines)
@settings(max_examples=100)
def test_any_text_survives_in_both(one: str, other: str) -> None:
    item = Item(
        id=urn("paper", one), title=one, html=other, summary=other, authors=(FeedAuthor(one),), tags=(one, other)
    )
    feed = Feed(title=one, description=other, items=(item,))
    found = read_json(feed)
    root = read_atom(feed)
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert found["title"] == root.findtext(f"{ATOM}title") == entry.findtext(f"{ATOM}title") == one
    assert entry.findtext(f"{ATOM}content") == entry.findtext(f"{ATOM}summary") == other
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == list(dict.fromkeys((one, other)))


def test_the_same_feed_gives_the_same_bytes() -> None:
    assert json_feed.write(FEED) == json_feed.write(FEED)
    assert atom.write(FEED) == atom.write(FEED)
