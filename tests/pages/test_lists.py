"""Lists cut into pages, and the indexes above them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_digests import made_again

from generator.model import SiteConfig
from generator.output import Page
from generator.pages import lists
from generator.pages.catalog import Catalog
from generator.views import IndexData, IndexEntry, ListData
from generator.words import Words

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"


def pages(catalog: Catalog) -> dict[str, Page]:
    return {page.address: page for page in lists.outputs(catalog)}


class TestPager:
    @given(st.integers(0, 60), st.integers(1, 20))
    def test_every_paper_stands_on_one_page_in_its_place(self, count: int, size: int) -> None:
        papers = list(range(count))
        found = list(lists.cut(papers, "/x/", SiteConfig(per_page=size)))  # type: ignore[arg-type]
        assert [paper for _, shown in found for paper in shown] == papers
        assert len(found) == max(1, -(-count // size))
        for position, (pager, shown) in enumerate(found):
            assert pager.number == position + 1
            assert len(shown) <= size
            assert pager.total == count
            assert [entry.number for entry in pager.pages] == list(range(1, len(found) + 1))
            if shown:
                assert shown == tuple(papers[pager.first - 1 : pager.last])
            else:
                assert (pager.first, pager.last, count) == (0, 0, 0)

    @given(st.integers(0, 60), st.integers(1, 20))
    def test_the_way_through_the_pages_is_a_chain(self, count: int, size: int) -> None:
        found = [pager for pager, _ in lists.cut(list(range(count)), "/x/", SiteConfig(per_page=size))]  # type: ignore[arg-type]
        addresses = [pager.pages[pager.number - 1].address for pager in found]
        assert addresses[0] == "/x/"
        assert addresses[1:] == [f"/x/page/{number}/" for number in range(2, len(found) + 1)]
        assert [pager.previous for pager in found] == ["", *addresses[:-1]]
        assert [pager.next for pager in found] == [*addresses[1:], ""]

    def test_fifty_are_shown_on_a_page_unless_the_site_says_otherwise(self) -> None:
        sizes = [len(shown) for _, shown in lists.cut(list(range(101)), "/", SiteConfig())]  # type: ignore[arg-type]
        assert sizes == [50, 50, 1]

    def test_a_title_has_its_number_from_the_second_page_on(self) -> None:
        found = [pager for pager, _ in lists.cut(list(range(3)), "/", SiteConfig(per_page=1))]  # type: ignore[arg-type]
        assert [lists.numbered_title("T", pager, Words("en")) for pager in found] == [
            "T",
            "T (page 2 of 3)",
            "T (page 3 of 3)",
        ]


class TestGroups:
    FILES = {
        "content/site.yaml": "per_page: 2\ngroup_by: type\norder: title\n",
        "content/authors/ada.yaml": "name: Ada\n",
        P: "- {title: A, date: 2023, category: LG}\n- {title: B, type: thesis, category: LG}\n"
        "- {title: C, venue: Journal of Looms, category: LG, selected: true}\n- {title: D, type: review}\n"
        "- {title: E, venue: Annals of Cards}\n- {title: F, type: thesis, selected: true}\n",
    }

    def test_papers_stand_in_the_order_of_the_site_under_the_kind_that_they_are_of(self, catalog: Make) -> None:
        made = catalog(self.FILES)
        shown = [[paper.title for paper in papers] for _, papers in lists.paged(made, made.papers, "/")]
        assert shown == [["C", "D"], ["E", "A"], ["B", "F"]]

    @given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(1, 12))
    def test_each_group_stands_above_its_first_paper_and_at_the_top_of_further_pages(
        self, sizes: list[int], size: int
    ) -> None:
        groups = {f"kind {at}": count for at, count in enumerate(sizes)}
        papers = [kind for kind, count in groups.items() for _ in range(count)]
        met: dict[str, str] = {}
        for pager, shown in lists.cut(papers, "/", SiteConfig(per_page=size), groups):  # type: ignore[arg-type]
            assert [(group.kind, group.count) for group in pager.groups] == list(groups.items())
            headings = {group.place: group for group in pager.groups if group.place >= 0}
            assert [group.kind for group in headings.values()] == list(dict.fromkeys(shown))
            under = ""
            for place, kind in enumerate(map(str, shown)):
                under = headings[place].kind if place in headings else under
                assert under == kind
                met.setdefault(kind, pager.pages[pager.number - 1].address)
            assert met.items() <= {group.kind: group.address for group in pager.groups}.items()
        assert met.keys() == groups.keys()

    def test_lists_without_papers_and_sites_that_do_not_ask_have_none(self) -> None:
        for found in (lists.cut([], "/", SiteConfig(), {}), lists.cut(list(range(3)), "/", SiteConfig())):  # type: ignore[arg-type]
            assert [pager.groups for pager, _ in found] == [()]


class TestPages:
    FILES = {
        "content/site.yaml": "per_page: 2\ntitle: Lab\ncategories: {HCI: {name: People, group: Own}}\n",
        P: "- {title: A, date: 2023, category: LG, tags: [x y]}\n"
        "- {title: B, date: 2023-05, category: LG, categories: [CV]}\n"
        "- {title: C, date: 2022, category: LG}\n- {title: D, category: HCI}\n- {title: E, category: zz}\n",
    }

    def test_every_category_year_and_tag_has_its_pages(self, catalog: Make) -> None:
        assert set(pages(catalog(self.FILES))) == {
            "/categories/",
            "/categories/lg/",
            "/categories/lg/page/2/",
            "/categories/cv/",
            "/categories/hci/",
            "/categories/zz/",
            "/years/",
            "/years/2023/",
            "/years/2022/",
            "/tags/",
            "/tags/x-y/",
        }

    @pytest.mark.parametrize(
        ("old", "new", "changed"),
        [
            ("title: A", "title: Z", ["/categories/lg/", "/years/2023/", "/tags/x-y/"]),
            ("title: A", "title: A, tldr: Short", ["/categories/lg/", "/years/2023/", "/tags/x-y/"]),
            ("category: HCI", "category: HCI, tldr: Short", ["/categories/hci/"]),
            ("{title: A", "{id: a, title: A", []),
        ],
    )
    def test_a_list_is_made_again_when_what_it_shows_has_changed(
        self, catalog: Make, old: str, new: str, changed: list[str]
    ) -> None:
        files = self.FILES, {**self.FILES, P: self.FILES[P].replace(old, new)}
        before, after = ([page for page in lists.outputs(catalog(given)) if page.kind != "index"] for given in files)
        assert made_again(before, after) == changed

    def test_a_list_says_what_it_is_of(self, catalog: Make) -> None:
        found = pages(catalog(self.FILES))
        data = found["/categories/lg/page/2/"].make().data
        assert isinstance(data, ListData)
        assert data.heading == "LG: Machine Learning"
        assert [paper.title_text for paper in data.papers] == ["C"]
        assert data.category is not None
        page = found["/categories/lg/page/2/"].make().page
        assert page.title == "LG: Machine Learning (page 2 of 2)"
        assert page.kind == "category"
        assert [crumb.label for crumb in page.crumbs] == ["Lab", "Categories", "LG: Machine Learning"]
        assert found["/categories/zz/"].make().page.title == "zz"
        assert found["/years/2022/"].make().page.description == "Papers of 2022: 1 paper on Lab"

    def test_a_category_names_those_its_papers_are_also_in(self, catalog: Make) -> None:
        papers = (
            "- {title: A, category: LG, categories: [CV, HCI]}\n- {title: B, category: CV, categories: [LG]}\n"
            "- {title: C, category: HCI, categories: [LG]}\n- {title: D, category: zz}\n- {title: E, categories: [LG, CV]}\n"
        )
        found = pages(catalog({**self.FILES, P: papers}))

        def together(address: str) -> list[tuple[str, int, str]]:
            data = found[address].make().data
            assert isinstance(data, ListData)
            return [(entry.label, entry.count, entry.address) for entry in data.together]

        assert together("/categories/lg/") == [("CV", 3, "/categories/cv/"), ("HCI", 2, "/categories/hci/")]
        assert together("/categories/zz/") == []
        assert together("/categories/lg/page/2/") == [], "only the first page says it"

    def test_only_categories_have_feeds_and_all_lists_citation_files(self, catalog: Make) -> None:
        found = pages(catalog(self.FILES))
        files = ["papers.bib", "papers.ris", "papers.csl.json"]
        assert [entry.address for entry in found["/categories/lg/page/2/"].make().page.alternates] == [
            f"/categories/lg/{name}" for name in ("feed.json", "feed.xml", *files)
        ]
        page = found["/years/2023/"].make().page
        assert page.alternates == page.citation_files
        assert [entry.address for entry in page.citation_files] == [f"/years/2023/{name}" for name in files]

    def test_the_index_of_categories_is_grouped_by_field_with_the_unknown_last(self, catalog: Make) -> None:
        data = pages(catalog(self.FILES))["/categories/"].make().data
        assert isinstance(data, IndexData)
        found = [(group.name, [(entry.label, entry.count) for entry in group.entries]) for group in data.groups]
        assert found == [
            ("Computer Science", [("CV", 1), ("LG", 3)]),
            ("Own", [("HCI", 1)]),
            ("Other categories", [("zz", 1)]),
        ]

    def test_fields_stand_in_the_order_of_the_alphabet(self, catalog: Make) -> None:
        fields = {"A": "Zoology", "B": "économie", "C": "Arts", "D": ""}
        names = ", ".join(f"{code}: {{name: X, group: {field}}}" for code, field in fields.items())
        made = catalog({"content/site.yaml": f"categories: {{{names}}}\n", P: "title: T\ncategories: [A, B, C, D]\n"})
        data = pages(made)["/categories/"].make().data
        assert isinstance(data, IndexData)
        assert [group.name for group in data.groups] == ["Arts", "économie", "Zoology", "Other categories"]

    def test_the_index_of_years_is_newest_first(self, catalog: Make) -> None:
        data = pages(catalog(self.FILES))["/years/"].make().data
        assert isinstance(data, IndexData)
        assert data.groups[0].entries == (
            IndexEntry(label="2023", name="", address="/years/2023/", count=2, hue=-1),
            IndexEntry(label="2022", name="", address="/years/2022/", count=1, hue=-1),
        )

    def test_the_chart_of_a_category_counts_its_papers_as_its_own(self, catalog: Make) -> None:
        papers = "- {title: A, date: 2023, category: CV, categories: [LG]}\n- {title: B, date: 2021, category: LG}\n"
        data = pages(catalog({P: papers}))["/categories/lg/"].make().data
        assert isinstance(data, ListData)
        (chart,) = data.charts
        assert [(series.label, series.counts) for series in chart.series] == [("LG", (1, 0, 1))]

    def test_the_papers_of_a_list_stand_in_the_order_of_the_site(self, catalog: Make) -> None:
        files = {**self.FILES, "content/site.yaml": "order: title\n"}
        data = pages(catalog(files))["/categories/lg/"].make().data
        assert isinstance(data, ListData)
        assert [paper.title_text for paper in data.papers] == ["A", "B", "C"]

    @pytest.mark.parametrize(
        ("config", "authors", "title"),
        [("title: Lab\n", 1, "Lab"), ("", 1, "Ada0"), ("", 2, "Papers"), ("title: Lab\n", 2, "Lab")],
    )
    def test_a_site_always_has_a_title(self, catalog: Make, config: str, authors: int, title: str) -> None:
        names = {f"content/authors/a{number}.yaml": f"name: Ada{number}\n" for number in range(authors)}
        assert catalog({"content/site.yaml": config, **names}).title == title
