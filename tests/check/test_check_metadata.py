"""What a page says to machines: what is right about it is no fault, and what is wrong is told."""

import json
from typing import Any

import pytest
from bs4 import Tag

from generator.check import metadata, page
from generator.check.finding import Fault
from generator.check.links import Link

URL = "https://ada.github.io/papers/"
PERSON = {"@type": "Person", "name": "Ada"}
OBJECTS: dict[str, dict[str, Any]] = {
    "ScholarlyArticle": {"headline": "x"},
    "ProfilePage": {"mainEntity": PERSON},
    "Person": {"name": "x"},
    "Organization": {"name": "x"},
    "CollectionPage": {"name": "x"},
    "BreadcrumbList": {"itemListElement": [{"@type": "ListItem", "position": 1, "name": "x"}]},
    "ListItem": {"position": 1, "name": "x"},
    "PropertyValue": {"value": 0},
    "Thing": {},
}
CITATION = {"citation_title": "The Engine", "citation_author": "Ada", "citation_publication_date": "1843/10"}
ARTICLE = {"@type": "ScholarlyArticle", "headline": "The Engine", "author": PERSON}


def read(*parts: str) -> page.Page:
    return page.read("x/index.html", "".join(parts).encode(), URL)


def linked(value: Any, kind: str = "application/ld+json") -> str:
    if isinstance(value, dict) and "@context" not in value:
        value = {"@context": "https://schema.org", **value}
    return f'<script type="{kind}">{json.dumps(value)}</script>'


def metas(**values: str) -> str:
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in values.items())


def whats(*parts: str) -> list[str]:
    return [fault.what for fault in read(*parts).faults]


@pytest.mark.parametrize("kind", OBJECTS)
def test_an_object_has_what_its_type_must_have(kind: str) -> None:
    thing = {"@type": kind, **OBJECTS[kind]}
    authors = metas(**CITATION) if kind == "ScholarlyArticle" else ""
    thing |= {"headline": "The Engine", "author": "Ada"} if authors else {}
    assert whats(authors, linked(thing)) == []
    for key in OBJECTS[kind]:
        for nothing in (None, "", [], {}):
            assert f"JSON-LD: {kind} has no {key}" in whats(authors, linked({**thing, key: nothing})), nothing
        lacking = {name: value for name, value in thing.items() if name != key}
        assert f"JSON-LD: {kind} has no {key}" in whats(authors, linked(lacking))


def test_an_object_without_a_type_is_told() -> None:
    assert whats(linked({"name": "x"})) == ["JSON-LD: an object has no @type"]


def test_objects_within_others_are_told_with_their_way() -> None:
    nameless = {"@type": "Person"}
    inner = {"@type": "Thing", "about": nameless, "author": [PERSON, nameless]}
    told = ["JSON-LD: Thing, about: Person has no name", "JSON-LD: Thing, author: Person has no name"]
    assert whats(linked(inner)) == told
    assert whats(linked({"@graph": [inner, "x"]})) == told
    assert whats(linked([{"@context": "https://schema.org", **inner}])) == told
    assert whats(linked({"@context": [{"@vocab": "https://schema.org/"}, {"x": "y"}], **inner})) == told
    assert whats(linked({"@context": {"@vocab": "https://schema.org/", "x": {"y": "z"}}, **inner})) == told


@pytest.mark.parametrize("value", ["x", 1, None, [], ["x"], [PERSON], {"@context": "https://x.org", **PERSON}])
def test_without_its_context_nothing_is_said_of_an_object(value: Any) -> None:
    expected = ["JSON-LD without the @context https://schema.org"] if value != [] else []
    assert whats(linked(value)) == expected


@pytest.mark.parametrize("key", ["datePublished", "dateModified", "dateCreated"])
def test_a_date_is_as_precise_as_it_is_known(key: str) -> None:
    for date in ("2026", "2026-03", "2026-03-07", "2026-03-07T10:00:00Z"):
        assert whats(linked({**PERSON, key: date})) == []
    for date in ("2026-3", "soon", "07.03.2026", "2026-03-07 10:00"):
        assert whats(linked({**PERSON, key: date})) == [f"JSON-LD: Person: {key} is {date!r}, not like 2026-03-07"]


@pytest.mark.parametrize("text", ["", "{", "[NaN]", "[Infinity]", "[-Infinity]"])
def test_what_is_no_json_is_told_at_its_place(text: str) -> None:
    [fault] = read("<p>x</p>\n ", f'<script type="Application/LD+JSON">{text}</script>').faults
    assert fault.what.startswith("JSON-LD cannot be read: ")
    assert (fault.rule, fault.line, fault.column) == ("json-ld", 2, 2)


def test_other_scripts_are_no_linked_data() -> None:
    assert whats("<script>{</script>", linked("{", "application/json")) == []


@pytest.mark.parametrize("depth", [800, 950, 2_000, 200_000])
@pytest.mark.parametrize(("beginning", "end"), [("[", "]"), ('{"@context":"https://schema.org","@type":"x","x":', "}")])
def test_objects_that_nest_deep_stop_no_check(beginning: str, end: str, depth: int) -> None:
    told = whats(f'<script type="application/ld+json">{beginning * depth}"x"{end * depth}</script>')
    assert {*told} <= {
        "JSON-LD cannot be read: it nests too deep",
        "JSON-LD without the @context https://schema.org",
    }


def test_what_can_be_read_but_not_followed_is_told() -> None:
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]
    [fault] = metadata.of_linked_data([(Tag(name="script"), deep)], URL, [])
    assert fault.what == "JSON-LD cannot be read: it nests too deep"


@pytest.mark.parametrize("thing", [{"@type": "\ud800"}, {**PERSON, "\udfff": {}}, {**PERSON, "url": f"{URL}\ud800"}])
def test_half_of_a_letter_is_told(thing: dict[str, Any]) -> None:
    found = read(linked(thing))
    [fault] = found.faults
    assert fault.what.startswith("JSON-LD holds '\\ud")
    assert found.links == ()


def test_addresses_of_the_site_are_links() -> None:
    thing = {**PERSON, "url": f"{URL}x/#me", "sameAs": ["https://x.org/", f"{URL}y/"], "image": {"url": f"{URL}z.png"}}
    assert read("\n ", linked(thing)).links == (
        Link(f"{URL}x/", f"{URL}x/#me", "JSON-LD", 2, 2, False),
        Link(f"{URL}y/", f"{URL}y/", "JSON-LD", 2, 2, False),
        Link(f"{URL}z.png", f"{URL}z.png", "JSON-LD", 2, 2, False),
    )


def test_a_paper_s_page_has_the_tags_for_google_scholar() -> None:
    assert whats(metas(**CITATION)) == whats(metas(**CITATION), linked(ARTICLE)) == []
    assert whats(metas(**CITATION), linked({"@graph": [ARTICLE, PERSON, "x"]})) == []
    assert whats(linked(PERSON)) == whats(metas(author="Ada")) == []
    assert whats(linked(ARTICLE)) == [
        "the paper's page has no citation_title",
        "the page names 0 authors by citation_author, and 1 in JSON-LD",
        "the paper has no author",
        "the paper has no date",
    ]
    assert whats(metas(citation_doi="10.1/x"))[0] == "the paper's page has no citation_title"


def test_tags_for_google_scholar_say_what_linked_data_say() -> None:
    for author, count in (([PERSON, PERSON], 2), ([], 0), (None, 0), (PERSON, 1), ("Ada", 1)):
        expected = [f"the page names 1 authors by citation_author, and {count} in JSON-LD"] * (count != 1)
        assert whats(metas(**CITATION), linked({**ARTICLE, "author": author})) == expected
    two = metas(citation_author="Grace")
    assert whats(metas(**CITATION), two, linked({**ARTICLE, "author": [PERSON, PERSON]})) == []
    assert whats(metas(**CITATION), linked({**ARTICLE, "headline": "Mine"})) == [
        "citation_title is 'The Engine', but the headline in JSON-LD 'Mine'"
    ]
    assert whats(metas(**CITATION), linked({**ARTICLE, "headline": ""})) == [
        "JSON-LD: ScholarlyArticle has no headline"
    ]


@pytest.mark.parametrize(
    ("date", "is_one"), [("2026", True), ("2026/3", True), ("2026/03/07", True), ("2026-03", False)]
)
def test_a_date_for_google_scholar_has_slashes(date: str, is_one: bool) -> None:
    expected = [] if is_one else [f"citation_publication_date is {date!r}, not like 2026/03/07"]
    assert whats(metas(**{**CITATION, "citation_publication_date": date})) == expected


def test_what_google_scholar_lacks_is_doubtful_with_a_hint() -> None:
    made = metas(generator="Paperfolio", citation_title="x")
    told = [fault for fault in read(made).faults if fault.rule == "citation"]
    assert told == [
        Fault(
            rule="citation",
            what=f"the paper has no {what}",
            hint=f"add {what_to_add} to the paper: Google Scholar does not list such a paper",
            error=False,
        )
        for what, what_to_add in (("author", "authors"), ("date", "a date"))
    ]
