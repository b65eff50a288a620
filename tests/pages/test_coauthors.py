"""Who a person wrote with."""

import re
from collections.abc import Callable

import pytest
from page_digests import made_again

from generator.output import Page
from generator.pages import coauthors, network
from generator.pages.catalog import Catalog
from generator.views import CoauthorsData

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"
TWO = {"content/authors/ada.yaml": "name: Ada Lovelace\n", "content/authors/hedy.yaml": "name: Hedy Lamarr\n"}


def papers(*names: str, year: int = 2020) -> str:
    return "".join(
        f"- {{title: T{number}, date: {year + number}, authors: [{authors}]}}\n" for number, authors in enumerate(names)
    )


def only(catalog: Catalog) -> Page:
    (page,) = coauthors.outputs(catalog)
    return page


def data(page: Page) -> CoauthorsData:
    assert isinstance(page.make().data, CoauthorsData)
    return page.make().data


def test_coauthors_are_counted_with_their_years_most_frequent_first(catalog: Make) -> None:
    page = only(catalog({P: papers("Ada Lovelace, Bob Zed, Cy Abel", "Bob Zed, Ada Lovelace", "Ada Lovelace, Di Moe")}))
    assert page.address == "/coauthors/"
    view = page.make().page
    assert (view.kind, view.title) == ("coauthors", "Co-authors of Ada Lovelace")
    assert view.description == "Co-authors of Ada Lovelace, with papers and years"
    assert [crumb.label for crumb in view.crumbs] == ["Ada Lovelace", "Co-authors"]
    assert [(who.name, who.papers, who.first, who.last) for who in data(page).coauthors] == [
        ("Bob Zed", 2, "2020", "2021"),
        ("Cy Abel", 1, "2020", "2020"),
        ("Di Moe", 1, "2022", "2022"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Bob Zed", "Bo Zed", True),
        ("2020", "2019", True),
        ("Cy Abel", "{name: Cy Abel, url: 'https://cy.example.org/'}", True),
        ("Cy Abel", "{name: Cy Abel, family: Cy Abel}", True),
        ("title: T0", "title: T9", False),
    ],
)
def test_the_page_is_made_again_when_the_coauthors_are_others(catalog: Make, old: str, new: str, changed: bool) -> None:
    text = papers("Ada Lovelace, Bob Zed, Cy Abel, Di Bell")
    before, after = catalog({P: text}), catalog({P: text.replace(old, new)})
    again = made_again(coauthors.outputs(before), coauthors.outputs(after))
    assert again == ["/coauthors/"] * changed


def test_papers_without_a_date_count_and_give_no_year(catalog: Make) -> None:
    undated = "- {title: T, authors: [Ada Lovelace, Bob Zed, Cy Abel]}\n- {title: U, authors: [Ada Lovelace, Cy Abel], date: 2020}\n"
    assert [(who.name, who.papers, who.first, who.last) for who in data(only(catalog({P: undated}))).coauthors] == [
        ("Cy Abel", 2, "2020", "2020"),
        ("Bob Zed", 1, "", ""),
    ]


def test_programs_read_where_everybody_is_at_home(catalog: Make) -> None:
    text = papers("Ada Lovelace, Hedy Lamarr, {name: Bo Ek, url: 'https://bo.example.org/'}, Di Moe")
    made = catalog({**TWO, P: text, "content/site.yaml": "url: https://lab.example.org/p/\n"})
    (page,) = (page for page in coauthors.outputs(made) if page.address.startswith("/authors/ada/"))
    listed = page.make().page.linked_data[0]["mainEntity"]["itemListElement"]
    assert {entry["name"]: entry.get("url") for entry in listed} == {
        "Hedy Lamarr": "https://lab.example.org/p/authors/hedy/",
        "Bo Ek": "https://bo.example.org/",
        "Di Moe": None,
    }


def test_who_wrote_alone_has_no_page(catalog: Make) -> None:
    assert list(coauthors.outputs(catalog({P: papers("Ada Lovelace")}))) == []
    assert list(coauthors.outputs(catalog({}))) == []


def test_accents_capitals_and_order_make_no_other_person(catalog: Make) -> None:
    listed = data(
        only(
            catalog({P: papers("Ada Lovelace, José Núñez", "JOSE NUNEZ, Ada Lovelace", '"Núñez, José", Ada Lovelace')})
        )
    )
    assert [who.papers for who in listed.coauthors] == [3]


def test_of_equally_frequent_forms_that_without_a_comma_is_shown(catalog: Make) -> None:
    written = papers("Ada Lovelace, Wei Zhang", '"Zhang, Wei", Ada Lovelace', "ZHANG Wei, Ada Lovelace")
    listed = data(only(catalog({P: written})))
    assert [(who.name, who.papers) for who in listed.coauthors] == [("Wei Zhang", 3)]


def test_family_names_of_several_words_are_sorted_and_compared_by_what_a_paper_tells(catalog: Make) -> None:
    told = "{name: Gabriel García Márquez, family: García Márquez}"
    listed = data(
        only(
            catalog(
                {
                    P: papers(
                        f"Ada Lovelace, {told}, Zoe Hall",
                        "Ada Lovelace, Gabriel García Márquez, Zoe Hall",
                        '"García Márquez, Gabriel", Ada Lovelace, Zoe Hall',
                    )
                }
            )
        )
    )
    # under G, before Hall, and not under M, after it
    assert [(who.name, who.papers) for who in listed.coauthors] == [("Gabriel García Márquez", 3), ("Zoe Hall", 3)]


def test_the_number_of_papers_leads_to_them_where_all_print_one_name(catalog: Make) -> None:
    listed = data(
        only(
            catalog(
                {P: papers("Ada Lovelace, Émile Zed", "Emile Zed, Ada Lovelace", "Ada Lovelace, Bo Y", "B. Y, Ada")}
            )
        )
    )
    assert {who.name: who.shared for who in listed.coauthors} == {
        "Emile Zed": "/?author=emile%20zed#papers",
        "Bo Y": "/?author=bo%20y#papers",
        "B. Y": "/?author=b.%20y#papers",
        "Ada": "/?author=ada#papers",
    }
    joined = data(
        only(
            catalog(
                TWO
                | {
                    P: papers(
                        "Ada Lovelace, {name: Bob Y, orcid: 0000-0002-1825-0097}",
                        "Ada Lovelace, {name: B. Y, orcid: 0000-0002-1825-0097}",
                    )
                }
            )
        )
    )
    assert [(who.name, who.papers, who.shared) for who in joined.coauthors] == [("Bob Y", 2, "")]


def test_initials_alone_make_nobody_the_same(catalog: Make) -> None:
    listed = data(only(catalog({P: papers("Ada Lovelace, Jun Guo", "Ada Lovelace, J. Guo")})))
    assert [who.papers for who in listed.coauthors] == [1, 1]


def test_an_orcid_joins_names_and_keeps_namesakes_apart(catalog: Make) -> None:
    one, other = "0000-0002-1825-0097", "0000-0001-5109-3700"
    joined = papers(
        f"Ada Lovelace, {{name: Bo Ek, orcid: {one}}}", f"Ada Lovelace, {{name: Bo Ek-Ohm, orcid: {one}}}", "Bo Ek"
    )
    made = catalog({P: joined.replace("authors: [Bo Ek]", "authors: [Ada Lovelace, Bo Ek]")})
    (who,) = data(only(made)).coauthors
    assert (who.papers, who.address) == (3, f"https://orcid.org/{one}")
    apart = papers(f"Ada Lovelace, {{name: Bo Ek, orcid: {one}}}, {{name: Bo Ek, orcid: {other}}}")
    assert len(data(only(catalog({P: apart}))).coauthors) == 2


def test_with_several_authors_everyone_has_a_page_and_profiles_are_linked(catalog: Make) -> None:
    found = list(coauthors.outputs(catalog({**TWO, P: papers("Ada Lovelace, H. Lamarr, Bob Zed")})))
    assert [page.address for page in found] == ["/authors/hedy/coauthors/", "/authors/ada/coauthors/"]
    links = {who.name: who.address for who in data(found[1]).coauthors}
    assert links == {"H. Lamarr": "/authors/hedy/", "Bob Zed": ""}
    assert [crumb.address for crumb in found[1].make().page.crumbs] == ["/", "/authors/ada/", "/authors/ada/coauthors/"]


def test_there_is_a_picture_only_when_it_shows_something(catalog: Make) -> None:
    few = data(only(catalog({P: papers("Ada Lovelace, B B, C C")})))
    apart = data(only(catalog({P: papers(*(f"Ada Lovelace, N{letter} X" for letter in "bcde"))})))
    assert (few.network, few.column, apart.network, apart.column) == (None, None, None, None)


def test_no_name_is_wider_than_the_pictures_have_room_for(catalog: Make) -> None:
    names = [
        "Wolfeschlegelsteinhausenbergerdorff Hubert",
        "アレクサンドル・セルゲーエヴィチ・プーシキン",
        "李明",
        "Vera Rubin",
    ]
    found = data(only(catalog({P: papers(", ".join(["Ada Lovelace", *names]))})))
    assert found.network
    assert found.column
    assert float(found.column.width) <= 288, "what a screen of 320 pixels shows"
    for picture in (found.network, found.column):
        shown = {node.name for node in picture.nodes}
        assert {"李明", "Vera Rubin"} <= shown
        assert sum(name.endswith("…") for name in shown) == 2


@pytest.mark.parametrize("count", [3, 7, 60])
def test_the_picture_holds_the_most_frequent_and_is_always_the_same(count: int, catalog: Make) -> None:
    names = [f"A{chr(97 + number // 26)} B{chr(97 + number % 26)}" for number in range(count)]
    text = papers(", ".join(["Ada Lovelace", *names]), f"Ada Lovelace, {names[0]}, {names[1]}")
    found, again = (data(only(catalog({P: text}))) for _ in range(2))
    first, column = found.network, found.column
    assert first
    assert column
    assert (first, column) == (again.network, again.column)
    drawn = [node.name for node in first.nodes]
    assert len(drawn) == min(count, network.MOST_DRAWN)
    assert drawn[:2] == names[:2], "who wrote most together stand side by side"
    size = float(first.width)
    for node in first.nodes:
        assert 0 < float(node.x) < size
        assert 0 < float(node.y) < size
        assert -90 <= float(node.turn) <= 90, "no name stands on its head"
    lines = [line.count("M") for line in first.lines]
    assert lines == [len(drawn) * (len(drawn) - 1) // 2 - 1, 1, 0]
    below = [node.name for node in column.nodes]
    assert below == [who.name for who in found.coauthors[: network.MOST_IN_COLUMN]]
    assert [line.count("M") for line in column.lines] == [len(below) * (len(below) - 1) // 2 - 1, 1, 0]
    assert all(0 < float(node.y) < float(column.height) for node in column.nodes)
    bends = re.findall(r"Q(-?[\d.]+) ", "".join(column.lines))
    assert min(map(float, bends)) >= -network.ARCS, "the curve goes half as far"
