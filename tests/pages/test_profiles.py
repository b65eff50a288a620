"""The directory of several authors and the profiles: what their pages are made of."""

from collections.abc import Callable

import pytest
from page_digests import made_again

from generator.output import Page
from generator.pages import coauthors, cv, profiles
from generator.pages.catalog import Catalog
from generator.views import ProfileData

Make = Callable[[dict[str, str | bytes]], Catalog]
SITE: dict[str, str | bytes] = {
    "content/site.yaml": "per_page: 2\n",
    "content/authors/ada.yaml": "name: Ada Lovelace\n",
    "content/authors/bo.yaml": "name: Bo Bell\n",
    "content/pages/news/loom.md": "---\ntitle: Loom\ndate: 2023-01-01\n---\nA loom.\n",
    "content/papers/p.yaml": "".join(f"- {{id: p{n}, title: T{n}, date: 202{n}}}\n" for n in range(5)),
}


def directory(catalog: Catalog) -> list[Page]:
    return [page for page in profiles.outputs(catalog) if page.kind == "directory"]


@pytest.mark.parametrize(
    ("file", "written", "changed"),
    [
        ("content/authors/bo.yaml", "name: Bo Bell\nrole: Weaver\n", ["/", "/page/2/", "/page/3/"]),
        ("content/site.yaml", "per_page: 2\ndescription: Looms\n", ["/", "/page/2/", "/page/3/"]),
        ("content/pages/news/loom.md", "---\ntitle: Looms\ndate: 2023-01-01\n---\nA loom.\n", ["/"]),
        ("content/papers/p.yaml", str(SITE["content/papers/p.yaml"]).replace("T2", "T2, tldr: Short"), ["/page/2/"]),
        (
            "content/papers/p.yaml",
            str(SITE["content/papers/p.yaml"]).replace("T0", "T0, selected: true"),
            ["/", "/page/3/"],
        ),
    ],
)
def test_a_page_of_the_directory_is_made_again_when_what_it_shows_has_changed(
    catalog: Make, file: str, written: str, changed: list[str]
) -> None:
    assert made_again(directory(catalog(SITE)), directory(catalog({**SITE, file: written}))) == changed


PROFILE = {name: text for name, text in SITE.items() if name != "content/authors/bo.yaml"}
PAPERS = str(SITE["content/papers/p.yaml"])


@pytest.mark.parametrize(
    ("file", "written", "changed"),
    [
        ("content/authors/ada.yaml", "name: Ada Lovelace\nrole: Weaver\n", ["/", "/page/2/", "/page/3/"]),
        ("content/authors/ada.yaml", "name: Ada Lovelace\naliases: [A. A. King]\n", ["/", "/page/2/", "/page/3/"]),
        ("content/pages/news/loom.md", "---\ntitle: Looms\ndate: 2023-01-01\n---\nA loom.\n", ["/"]),
        ("content/papers/p.yaml", PAPERS.replace("T2", "T2, tldr: Short"), ["/page/2/"]),
        ("content/papers/p.yaml", PAPERS.replace("T0", "T0, selected: true"), ["/", "/page/3/"]),
        ("content/papers/p.yaml", PAPERS.replace("2020", "2019"), ["/", "/page/3/"]),
    ],
)
def test_a_page_of_a_profile_is_made_again_when_what_it_shows_has_changed(
    catalog: Make, file: str, written: str, changed: list[str]
) -> None:
    before, after = catalog(PROFILE), catalog({**PROFILE, file: written})
    assert made_again(profiles.outputs(before), profiles.outputs(after)) == changed


def test_the_first_page_alone_shows_charts_news_and_selected_papers(catalog: Make) -> None:
    papers = PAPERS.replace("T0", "T0, selected: true")
    files = {**PROFILE, "content/authors/ada.yaml": "name: Ada Lovelace\ncitations_by_year: {2022: 3, 2023: 5}\n"}
    shown = [page.make().data for page in profiles.outputs(catalog({**files, "content/papers/p.yaml": papers}))]
    assert [
        (
            [paper.id for paper in data.selected],
            [chart.kind for chart in data.charts],
            [item.title for item in data.news],
            [paper.id for paper in data.papers],
        )
        for data in shown
        if isinstance(data, ProfileData)
    ] == [
        (["p0"], ["papers", "citations"], ["Loom"], ["p4", "p3"]),
        ([], [], [], ["p2", "p1"]),
        ([], [], [], ["p0"]),
    ]


def test_each_page_of_a_list_is_an_address_of_its_own(catalog: Make) -> None:
    files = {**SITE, "content/site.yaml": "per_page: 4\ntitle: Lab\nurl: https://lab.example/\n"}
    files["content/papers/p.yaml"] = PAPERS.replace("date", "authors: [Bo Bell], date")
    found = {page.address: page.make().page for page in profiles.outputs(catalog(files))}
    assert {
        address: (page.title, page.canonical, [crumb.label for crumb in page.crumbs]) for address, page in found.items()
    } == {
        "/": ("Lab", "https://lab.example/", []),
        "/page/2/": ("Lab (page 2 of 2)", "https://lab.example/page/2/", ["Lab", "Page 2"]),
        "/authors/ada/": ("Ada Lovelace", "https://lab.example/authors/ada/", ["Lab", "Ada Lovelace"]),
        "/authors/bo/": ("Bo Bell", "https://lab.example/authors/bo/", ["Lab", "Bo Bell"]),
        "/authors/bo/page/2/": (
            "Bo Bell (page 2 of 2)",
            "https://lab.example/authors/bo/page/2/",
            ["Lab", "Bo Bell", "Page 2"],
        ),
    }
    assert found["/"].description == "Lab: 2 authors, 5 papers"
    assert found["/authors/bo/"].description == "Bo Bell: 5 papers"


def test_the_pages_of_namesakes_have_titles_of_their_own(catalog: Make) -> None:
    people = {f"content/authors/{key}.yaml": f"name: {name}\n" for key, name in [("a", "Wei Li"), ("b", "Wei Li")]}
    papers = "- title: T\n  authors: [Wei Li, Bo Bell]\n  profiles: [a, b]\n"
    made = catalog({**people, "content/authors/c.yaml": "name: Bo Bell\n", "content/papers/p.yaml": papers})
    pages = [page for module in (profiles, cv, coauthors) for page in module.outputs(made) if page.kind != "directory"]
    assert {page.title for page in pages} == {
        *("Wei Li (a)", "Wei Li (b)", "CV of Wei Li (a)", "CV of Wei Li (b)"),
        *("Co-authors of Wei Li (a)", "Co-authors of Wei Li (b)", "Bo Bell"),
    }
    assert {page.make().page.title for page in pages} == {page.title for page in pages}
