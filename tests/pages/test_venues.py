"""Journals and conferences as pages."""

from collections.abc import Callable

from generator.output import Page
from generator.pages import venues
from generator.pages.catalog import Catalog
from generator.views import IndexData, IndexEntry, IndexGroup, ListData

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"


def pages(catalog: Catalog) -> dict[str, Page]:
    return {page.address: page for page in venues.outputs(catalog)}


def entries(catalog: Catalog) -> list[tuple[str, str, int]]:
    data = pages(catalog)["/venues/"].make().data
    assert isinstance(data, IndexData)
    return [(entry.label, entry.name, entry.count) for group in data.groups for entry in group.entries]


def test_without_venues_there_are_no_pages(catalog: Make) -> None:
    assert pages(catalog({P: "title: T\n"})) == {}


def test_every_venue_has_a_page_with_its_papers(catalog: Make) -> None:
    made = catalog({P: "- {title: A, venue: Nature}\n- {title: B, venue: Looms of 2025, abbr: L}\n- {title: C}\n"})
    assert set(pages(made)) == {"/venues/", "/venues/nature/", "/venues/looms-of-2025/"}
    assert entries(made) == [("Looms of 2025", "(L)", 1), ("Nature", "", 1)]
    page = pages(made)["/venues/nature/"]
    assert isinstance(page.make().data, ListData)
    assert [paper.title_text for paper in page.make().data.papers] == ["A"]
    assert page.make().page.kind == "venue"
    assert [crumb.address for crumb in page.make().page.crumbs] == ["/", "/venues/", "/venues/nature/"]


def test_spellings_with_one_address_are_one_venue_named_as_most_write_it(catalog: Make) -> None:
    made = catalog(
        {P: "".join(f"- {{title: T{n}, venue: {v}}}\n" for n, v in enumerate(["NEURIPS", "NeurIPS", "NeurIPS"]))}
    )
    assert entries(made) == [("NeurIPS", "", 3)]


def test_venues_stand_in_the_order_of_the_alphabet_whatever_their_addresses(catalog: Make) -> None:
    names = ["Zoos", "Étude", "eels", "東京", ".net", "Ünder"]
    made = catalog({P: "".join(f"- {{title: T{n}, venue: {name}}}\n" for n, name in enumerate(names))})
    assert [name for name, _, _ in entries(made)] == ["eels", "Étude", ".net", "Ünder", "Zoos", "東京"]


def test_the_index_of_venues_has_plain_entries_and_says_what_it_is(catalog: Make) -> None:
    papers = "- {title: A, venue: Looms}\n- {title: B, venue: Looms}\n- {title: C, venue: Looms, abbr: L}\n"
    page = pages(catalog({"content/site.yaml": "title: Lab\n", P: papers}))["/venues/"].make()
    assert page.page.description == "Venues of the papers on Lab"
    assert isinstance(page.data, IndexData)
    assert page.data.groups == (
        IndexGroup(
            name="", entries=(IndexEntry(label="Looms", name="(L)", address="/venues/looms/", count=3, hue=-1),)
        ),
    )


def test_a_venue_is_the_same_in_latex(catalog: Make) -> None:
    written = ["'Stars \\& Engines'", "Stars & Engines", "'{Stars} \\& Engines'"]
    made = catalog({P: "".join(f"- {{title: T{n}, venue: {v}}}\n" for n, v in enumerate(written))})
    assert entries(made) == [("Stars & Engines", "", 3)]


def test_a_preprint_server_is_no_venue(catalog: Make) -> None:
    made = catalog({P: "- {title: A, venue: arXiv}\n- {title: B, type: article, venue: Nature}\n"})
    assert pages(made) == {}
    assert [paper.venue_address for paper in made.papers] == ["", ""]


def test_an_abbreviation_that_is_the_name_is_not_said_twice(catalog: Make) -> None:
    assert entries(catalog({P: "{title: A, venue: ICML, abbr: ICML}\n"})) == [("ICML", "", 1)]
