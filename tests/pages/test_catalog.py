"""The views of papers and authors: their order, their groups, their figures."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import text
from generator.dates import Date
from generator.kept import FEW, Kept, Last
from generator.model import Author, Metric, Origin, Paper, PaperAuthor, Site, SiteConfig
from generator.pages.catalog import Catalog, newest_first
from generator.pages.earlier import Earlier
from generator.text import Rich
from generator.views import MetricView
from generator.words import Words

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"
MIXED = """
- {title: Old, date: 1999, citations: 5}
- {title: Undated}
- {title: Year, date: 2023, citations: 50}
- {title: Month, date: 2023-05}
- {title: Day, date: 2023-05-01, citations: 0}
- {title: Coming, status: accepted}
- {title: élan, date: 2001, status: published}
- {title: Undated but published, status: published}
"""


def order(catalog: Catalog) -> list[str]:
    return [paper.title_text for paper in catalog.papers]


class TestOrder:
    def test_newest_first_with_what_is_to_come_above_and_what_is_undated_below(self, catalog: Make) -> None:
        found = order(catalog({P: MIXED}))
        assert found[:5] == ["Coming", "Day", "Month", "Year", "élan"]
        assert found[5] == "Old"
        assert found[6:] == ["Undated", "Undated but published"]

    def test_listed_keeps_the_order_of_the_files(self, catalog: Make) -> None:
        made = catalog({"content/site.yaml": "order: listed\n", P: MIXED, "content/papers/a.yaml": "title: First\n"})
        assert order(made)[:4] == ["First", "Old", "Undated", "Year"]

    def test_cited_puts_the_most_cited_first_and_the_uncounted_last(self, catalog: Make) -> None:
        found = order(catalog({"content/site.yaml": "order: cited\n", P: MIXED}))
        assert found[:3] == ["Year", "Old", "Day"]
        assert found[3] == "Coming", "those without a number stand newest first"

    def test_title_sorts_as_people_do(self, catalog: Make) -> None:
        papers = (
            "- title: The zebra\n- title: Élan of all\n- title: Apple\n- title: \\emph{Banana} and more\n- title: eel\n"
        )
        found = order(catalog({"content/site.yaml": "order: title\n", P: papers}))
        assert found == ["Apple", "Banana and more", "eel", "Élan of all", "The zebra"]

    def test_papers_of_one_date_keep_the_order_of_the_file(self, catalog: Make) -> None:
        assert order(catalog({P: "".join(f"- {{title: T{n}, date: 2023}}\n" for n in range(5))})) == [
            "T0",
            "T1",
            "T2",
            "T3",
            "T4",
        ]

    def test_newest_is_by_date_whatever_the_order_of_the_site(self, catalog: Make) -> None:
        made = catalog({"content/site.yaml": "order: title\n", P: MIXED})
        assert [paper.title_text for paper in made.newest][:2] == ["Coming", "Day"]

    @given(st.lists(st.none() | st.builds(Date, st.integers(1990, 2030), st.integers(0, 12)), max_size=8))
    def test_no_dated_paper_stands_above_a_newer_one(self, dates: list[Date | None]) -> None:
        papers = [Paper(title=f"T{number}", id=f"t{number}", date=date) for number, date in enumerate(dates)]
        found = [paper.date for paper in newest_first(papers)]
        dated = [date for date in found if date]
        assert dated == sorted(dated, reverse=True)
        assert found == [*dated, *[None] * (len(found) - len(dated))]


class TestGroups:
    def test_papers_are_grouped_by_category_year_tag_and_author(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/authors/ada.yaml": "name: Ada Lovelace\n",
                "content/authors/bob.yaml": "name: Bob Noyce\n",
                P: "- {title: T, date: 2022, category: LG, categories: [CV, LG], tags: [x], authors: [Ada Lovelace]}\n"
                "- {title: U, date: 2023-05, categories: [CV], tags: [y, x, x], authors: [Bob Noyce, Ada Lovelace]}\n"
                "- {title: V}\n",
            }
        )

        def titles(groups: dict[str, tuple[object, ...]]) -> dict[str, list[str]]:
            return {key: [paper.title_text for paper in papers] for key, papers in groups.items()}  # type: ignore[attr-defined]

        assert titles(made.by_category) == {"CV": ["U", "T"], "LG": ["T"]}
        assert titles(made.by_year) == {"2023": ["U"], "2022": ["T"]}
        assert titles(made.by_tag) == {"x": ["U", "T"], "y": ["U"]}
        assert titles(made.by_author) == {"ada": ["U", "T"], "bob": ["U"]}

    def test_categories_and_tags_stand_in_the_order_of_the_alphabet(self, catalog: Make) -> None:
        listed = "[web, Zoos, énergie, C++, C, apple]"
        made = catalog({P: f"title: T\ncategories: {listed}\ntags: {listed}\n"})
        assert list(made.by_category) == list(made.by_tag) == ["apple", "C", "C++", "énergie", "web", "Zoos"]

    def test_years_stand_newest_first_even_early_ones(self, catalog: Make) -> None:
        made = catalog({P: "- {title: T, date: 0999}\n- {title: U, date: 2023}\n- {title: V, date: 1000}\n"})
        assert list(made.by_year) == ["2023", "1000", "0999"]

    def test_the_primary_category_stands_first(self, catalog: Make) -> None:
        paper = catalog({P: "title: T\ncategory: LG\ncategories: [AI, LG]\n"}).papers[0]
        assert paper.category is not None
        assert (paper.category.code, paper.category.name) == ("LG", "Machine Learning")
        assert [category.code for category in paper.categories] == ["LG", "AI"]

    def test_categories_have_colours_of_their_own_while_there_are_enough(self, catalog: Make) -> None:
        codes = ["LG", "CV", "AI", "CL", "RO", "CR", "DC", "DB", "IR", "SE", "NE", "HC", "SI"]
        papers = "".join(f"- {{title: T{code}, category: {code}}}\n" for code in codes)
        hues = [catalog({P: papers}).category(code).hue for code in codes]
        assert set(hues) == set(range(12))
        few = catalog({P: "title: T\ncategory: LG\n"})
        assert few.category("LG").hue == catalog({P: "title: U\ncategory: LG\n"}).category("LG").hue


class TestMetrics:
    def metrics(self, made: Catalog) -> dict[str, MetricView]:
        return {metric.name: metric for metric in made.profiles[0].metrics}

    def test_figures_are_computed_from_the_citations_of_the_papers(self, catalog: Make) -> None:
        cited = [50, 12, 10, 4, 4, 1, 0]
        papers = "".join(f"- {{title: T{n}, citations: {count}}}\n" for n, count in enumerate(cited)) + "- title: U\n"
        found = self.metrics(catalog({P: papers}))
        values = {name: metric.raw for name, metric in found.items()}
        assert values == {"h_index": "4", "papers": "8", "citations": "81", "i10_index": "3"}
        assert {metric.source for metric in found.values()} == {"Computed from the papers listed here"}
        assert all(metric.help for metric in found.values())

    def test_declared_figures_win_and_the_others_are_computed(self, catalog: Make) -> None:
        author = "name: Ada\nmetrics: {h_index: 41, citations: {value: '3,360', source: Scholar, as_of: 2024-05}}\n"
        found = self.metrics(catalog({"content/authors/ada.yaml": author, P: "title: T\ncitations: 12\n"}))
        assert (found["h_index"].raw, found["h_index"].source) == ("41", "")
        assert (found["citations"].raw, found["citations"].value) == ("3360", "3,360")
        assert (found["citations"].source, found["citations"].as_of) != ("", None)
        assert (found["i10_index"].raw, found["i10_index"].source) == ("1", "Computed from the papers listed here")

    def test_without_citations_nothing_is_computed(self, catalog: Make) -> None:
        assert self.metrics(catalog({P: "- title: T\n- title: U\n"})) == {}

    def test_citations_of_none_are_counted(self, catalog: Make) -> None:
        found = self.metrics(catalog({P: "title: T\ncitations: 0\n"}))
        assert {name: metric.raw for name, metric in found.items()} == {
            "h_index": "0",
            "papers": "1",
            "citations": "0",
            "i10_index": "0",
        }

    @pytest.mark.parametrize(
        ("name", "written", "value", "raw"),
        [
            ("citations", "3360", "3,360", "3360"),
            ("citations", "'3,360'", "3,360", "3360"),
            ("novelty", "53", "53%", "53"),
            ("novelty", "53%", "53%", "53"),
            ("novelty", "53.5", "53.5%", "53.5"),
            ("ratio", "'1,5'", "1,5", "1,5"),
            ("ratio", "'3.360,5'", "3.360,5", "3.360,5"),
            ("citations", "'12,34,567'", "1,234,567", "1234567"),
            ("ai_score", "7.5", "7.5", "7.5"),
            ("own_one", "12%", "12%", "12"),
            ("own_one", "top", "top", "top"),
            ("h_index", "007", "7", "007"),
            ("citations", "²", "²", "²"),
        ],
    )
    def test_a_figure_is_printed_for_people_and_for_machines(
        self, catalog: Make, name: str, written: str, value: str, raw: str
    ) -> None:
        found = self.metrics(catalog({"content/authors/ada.yaml": f"name: Ada\nmetrics: {{{name}: {written}}}\n"}))
        assert (found[name].value, found[name].raw) == (value, raw)

    @pytest.mark.parametrize(
        ("name", "initials"),
        [
            ("Prof. Dr. Ada Lovelace", "AL"),
            ("Martin Luther King Jr.", "MK"),
            ("Jane Smith, PhD", "JS"),
            ("Guido van Rossum", "GR"),
            ("山田 太郎", "山太"),
            ("Madonna", "M"),
        ],
    )
    def test_initials_are_those_of_the_name_alone(self, catalog: Make, name: str, initials: str) -> None:
        made = catalog({"content/authors/ada.yaml": f"name: {name}\n"})
        assert made.profiles[0].initials == initials

    def test_figures_have_a_fixed_order_with_own_ones_last(self, catalog: Make) -> None:
        author = "name: Ada\nmetrics: {zeal: 1, ai_score: 2, citations: 3, h_index: 4, novelty: 5, papers: 6, i10_index: 7}\n"
        found = self.metrics(catalog({"content/authors/ada.yaml": author}))
        assert [(name, metric.label) for name, metric in found.items()] == [
            ("h_index", "h-index"),
            ("papers", "Papers"),
            ("citations", "Citations"),
            ("i10_index", "i10-index"),
            ("novelty", "Novelty"),
            ("ai_score", "AI Score"),
            ("zeal", "Zeal"),
        ]

    @pytest.mark.parametrize(
        ("declared", "total"), [("133", 133), ("0", 1), ("'1,133'", 1133), ("about 100", 1), ("'133+'", 1), ("", 1)]
    )
    def test_the_number_of_papers_is_the_declared_or_the_listed_one(
        self, catalog: Make, declared: str, total: int
    ) -> None:
        author = f"name: Ada\nmetrics: {{papers: {declared}}}\n" if declared else "name: Ada\n"
        profile = catalog({"content/authors/ada.yaml": author, P: "title: T\n"}).profiles[0]
        assert (profile.listed, profile.total) == (1, total)

    @given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
    def test_the_h_index_is_what_its_definition_says(self, cited: list[int]) -> None:
        author = Author(name="Ada", id="ada")
        papers = tuple(
            Paper(title=f"T{n}", id=f"t{n}", citations=count, profiles=("ada",), origin=Origin("p.yaml", 1, 1, n))
            for n, count in enumerate(cited)
        )
        site = Site(config=SiteConfig(), authors=(author,), papers=papers, pages=(), files=())
        made = Catalog(site, {}, Words("en"))
        found = {name: int(metric.raw) for name, metric in self.metrics(made).items()}
        h = found["h_index"]
        assert sum(count >= h for count in cited) >= h
        assert sum(count >= h + 1 for count in cited) < h + 1
        assert found["i10_index"] == sum(count >= 10 for count in cited)
        assert found["citations"] == sum(cited)

    def test_each_author_has_figures_of_her_own_papers(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/authors/ada.yaml": "name: Ada Lovelace\n",
                "content/authors/bob.yaml": "name: Bob Noyce\n",
                P: "- {title: T, citations: 5, authors: [Ada Lovelace]}\n- {title: U, citations: 7, authors: [Bob Noyce]}\n",
            }
        )
        found = {profile.id: {metric.name: metric.raw for metric in profile.metrics} for profile in made.profiles}
        assert found["ada"]["citations"] == "5"
        assert found["bob"]["citations"] == "7"

    def test_a_metric_that_was_never_heard_of_needs_no_code(self) -> None:
        author = Author(name="Ada", id="ada", metrics={"field_impact": Metric(value="1.2", label="FWCI", help="h")})
        site = Site(config=SiteConfig(), authors=(author,), papers=(), pages=(), files=())
        made = Catalog(site, {}, Words("en"))
        metric = made.profiles[0].metrics[0]
        assert (metric.name, metric.label, metric.value, metric.help) == ("field_impact", "FWCI", "1.2", "h")


class TestPapers:
    def test_texts_are_markup_with_a_plain_twin(self, catalog: Make) -> None:
        paper = catalog({P: "title: \\emph{A} & <b>\nabstract: 10\\% of $x$\n"}).papers[0]
        assert paper.title == "<em>A</em> &amp; &lt;b&gt;"
        assert paper.title_text == "A & <b>"
        assert "10%" in paper.abstract
        assert "<math" in paper.abstract
        assert paper.math

    def test_links_are_shown_in_a_fixed_order(self, catalog: Make) -> None:
        paper = catalog(
            {
                P: "title: T\nlinks: [{label: Blog, url: 'https://www.b.org/x'}, https://www.c.org/]\ncode: https://a.org\n"
                "pmid: 7\narxiv: math/0309136\ndoi: 10.1/x\npdf: my file.pdf\nopenreview: aB\n".replace(
                    "10.1/", "10.1000/"
                ),
                "content/files/my file.pdf": "x",
            }
        ).papers[0]
        assert [(button.label, button.url) for button in paper.buttons] == [
            ("PDF", "/papers/t/my%20file.pdf"),
            ("DOI", "https://doi.org/10.1000/x"),
            ("arXiv", "https://arxiv.org/abs/math/0309136"),
            ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/7/"),
            ("OpenReview", "https://openreview.net/forum?id=aB"),
            ("Code", "https://a.org"),
            ("Blog", "https://www.b.org/x"),
            ("c.org", "https://www.c.org/"),
        ]

    @pytest.mark.parametrize(
        ("pdf", "size", "address"),
        [
            ("a b.pdf", 9, "/papers/p/a%20b.pdf"),
            ("papers/p/mine.pdf", 9, "/papers/p/mine.pdf"),
            ("text.PDF", 9, "/papers/p/text.PDF"),
            ("text.ps", 9, "/text.ps"),
            ("other/mine.pdf", 9, "/other/mine.pdf"),
            ("large.pdf", 5_000_001, "/large.pdf"),
            ("https://a.example/x.pdf", 0, "https://a.example/x.pdf"),
        ],
    )
    def test_a_pdf_lies_beside_its_page_where_google_scholar_takes_it(
        self, catalog: Make, pdf: str, size: int, address: str
    ) -> None:
        files: dict[str, str | bytes] = {
            "content/files/papers/p/mine.pdf": "x",
            P: f"{{id: p, title: A, pdf: {pdf!r}}}",
        }
        if size and pdf != "papers/p/mine.pdf":
            files[f"content/files/{pdf}"] = b"x" * size
        assert [button.url for button in catalog(files).papers[0].buttons] == [address]

    @pytest.mark.parametrize(
        ("written", "has", "url"),
        [("true", True, ""), ("https://a.org", True, "https://a.org"), ("false", False, ""), ("", False, "")],
    )
    def test_code_may_exist_without_an_address(self, catalog: Make, written: str, has: bool, url: str) -> None:
        paper = catalog({P: f"title: T\ncode: {written}\n"}).papers[0]
        assert (paper.has_code, paper.code_url) == (has, url)

    def test_dates_stay_as_precise_as_they_were_written(self, catalog: Make) -> None:
        papers = catalog({P: "- {title: T, date: 2023-08}\n- {title: U, date: 2022}\n"}).papers
        assert [(paper.date.iso, paper.date.text) for paper in papers if paper.date] == [
            ("2023-08", "Aug 2023"),
            ("2022", "2022"),
        ]

    def test_published_is_no_status_worth_showing(self, catalog: Make) -> None:
        papers = catalog({P: "- {title: T, status: published}\n- {title: U, status: in press}\n"}).papers
        assert {paper.title_text: paper.status for paper in papers} == {"T": "", "U": "in press"}

    def test_a_retraction_may_have_words(self, catalog: Make) -> None:
        papers = catalog({P: "- {title: T, retracted: wrong data}\n- {title: U, retracted: yes}\n- title: V\n"}).papers
        found = {paper.title_text: (paper.retracted, paper.retraction) for paper in papers}
        assert found == {"T": (True, "wrong data"), "U": (True, ""), "V": (False, "")}

    def test_the_name_of_a_profile_links_to_it(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/authors/ada.yaml": "name: Ada Lovelace\n",
                "content/authors/bob.yaml": "name: Bob Noyce\n",
                P: "title: T\nauthors: [A. Lovelace, {name: Carl, url: 'https://c.org'}]\n",
            }
        )
        first, second = made.papers[0].authors
        assert (first.name, first.owner, first.address) == ("A. Lovelace", True, "/authors/ada/")
        assert (second.owner, second.address, second.url) == (False, "", "https://c.org")

    def test_of_two_names_that_fit_a_profile_the_closer_one_links_to_it(self, catalog: Make) -> None:
        made = catalog(
            {"content/authors/ada.yaml": "name: Ada Lovelace\n", P: "title: T\nauthors: [A. Lovelace, Ada Lovelace]\n"}
        )
        assert [author.owner for author in made.papers[0].authors] == [False, True]

    def test_links_of_texts_to_the_site_are_kept_for_checking(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/authors/ada.yaml": "name: Ada\nbio: '[a](/x/) [b](https://a.org)'\n",
                P: "title: T\nformat: markdown\nabstract: '[a](/y/)'\nnote: '[a](../z/)'\n",
            }
        )
        assert [(keys, targets) for _, keys, targets in made.viewer.targets] == [
            (("abstract",), ("/y/",)),
            (("note",), ("/papers/z/",)),
            (("bio",), ("/x/",)),
        ]


class TestProfiles:
    def test_profiles_stand_by_family_name(self, catalog: Make) -> None:
        names = {"a": "Zoë Adams", "b": "Ada Zuse", "c": "Émile Borel", "d": "Ana Abad Zola\nfamily: Abad Zola"}
        made = catalog({f"content/authors/{key}.yaml": f"name: {name}\n" for key, name in names.items()})
        assert [profile.name for profile in made.profiles] == ["Ana Abad Zola", "Zoë Adams", "Émile Borel", "Ada Zuse"]

    @pytest.mark.parametrize(
        ("name", "initials"),
        [
            ("Ada Lovelace", "AL"),
            ("Ada", "A"),
            ("郭嵩", "郭"),
            ("jean-luc de la tour", "JT"),
            ("3M", "3"),
            ("Ada (x)", "A"),
        ],
    )
    def test_a_monogram_has_one_or_two_letters(self, catalog: Make, name: str, initials: str) -> None:
        assert catalog({"content/authors/ada.yaml": f"name: {name}\n"}).profiles[0].initials == initials

    def test_citations_by_year_stand_oldest_first(self, catalog: Make) -> None:
        made = catalog(
            {"content/authors/ada.yaml": "name: Ada\ncitations_by_year: {2023: 5, 2021: '1,000', 2022: 0}\n"}
        )
        assert made.profiles[0].citations_by_year == (("2021", 1000), ("2022", 0), ("2023", 5))


NAMES = st.sampled_from(
    ["Bo Ek", "Ada van Dyke Lovelace", "Carla Diaz Vega", "  Émile  Zola", "OpenAI", "D. E. Knuth, Jr."]
)
WRITTEN = st.tuples(NAMES, st.booleans())
"""A name, and whether its last two words are told to be the family name."""


def of_names(listed: list[tuple[str, bool]], names: Last[dict[str, str]]) -> Catalog:
    papers = tuple(
        Paper(
            id=f"p{number}",
            title="T",
            authors=(PaperAuthor(name=name, family=" ".join(name.split()[-2:]) if told else ""),),
            origin=Origin(P, 1, 1),
        )
        for number, (name, told) in enumerate(listed)
    )
    site = Site(config=SiteConfig(), authors=(), papers=papers, pages=(), files=())
    return Catalog(site, {}, Words("en"), Earlier(names=names))


@given(st.lists(WRITTEN, min_size=FEW, max_size=FEW + 3), st.lists(WRITTEN, min_size=FEW, max_size=FEW + 3))
@settings(max_examples=50)
def test_names_sorted_before_are_not_sorted_otherwise(
    before: list[tuple[str, bool]], after: list[tuple[str, bool]]
) -> None:
    kept: Last[dict[str, str]] = Last(dict[str, str])
    assert of_names(before, kept).name_keys
    assert of_names(after, kept).name_keys == of_names(after, Last(dict[str, str])).name_keys


def test_what_many_names_are_sorted_by_is_kept_on_disk(tmp_path: Path) -> None:
    for count in (FEW - 1, FEW):
        last: Last[dict[str, str]] = Last(dict[str, str], tmp_path / "names")
        keys = of_names([(f"Ada {chr(0x61 + number)}x", False) for number in range(count)], last).name_keys
        last.save()
        assert Last(dict[str, str], tmp_path / "names").get() == (keys if count == FEW else None)


def test_a_biography_that_was_read_before_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(bios: list[str]) -> Catalog:
        authors = tuple(
            Author(id=f"a{number}", name=f"Ada {number}", bio=bio, origin=Origin(f"{number}", 1, 1))
            for number, bio in enumerate(bios)
        )
        site = Site(config=SiteConfig(), authors=authors, papers=(), pages=(), files=())
        kept = Kept(Rich, tmp_path / "bios")
        catalog = Catalog(site, {}, Words("en"), Earlier(bios=kept))
        kept.save()
        return catalog

    bios = ["*One* [page](/nowhere/)", "*Two*"]
    before = made(bios)
    read: list[str] = []

    def convert(source: str, *more: str) -> Rich:
        read.append(source)
        return text.convert(source, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("generator.pages.viewer.text", SimpleNamespace(**vars(text) | {"convert": convert}))
    after = made([*bios, "*Three*"])
    assert read == ["*Three*"]
    assert after.profiles[:2] == before.profiles
    assert [targets for _, _, targets in after.viewer.targets] == [("/nowhere/",)]


@pytest.mark.parametrize(
    ("said", "signs"),
    [
        ("", ()),
        (", corresponding: true", ("†",)),
        (", senior: true", ("‡",)),
        (", equal: true", ("*",)),
        (", equal: true, corresponding: true, senior: true", ("*", "†", "‡")),
    ],
)
def test_each_role_of_an_author_has_its_sign(catalog: Make, said: str, signs: tuple[str, ...]) -> None:
    (paper,) = catalog({P: f"title: T\nauthors: [{{name: A B{said}}}, C D]\n"}).papers
    assert [author.signs for author in paper.authors] == [signs, ()]
    assert paper.signs == signs


def test_a_version_is_called_by_its_label_or_where_it_appeared_and_leads_where_it_is(catalog: Make) -> None:
    versions = (
        "[{label: Preprint, venue: Looms, arxiv: '2001.00001'}, {venue: Looms, doi: 10.1000/x, arxiv: '2001.00001'}, "
        "{url: 'https://x.org/', doi: 10.1000/x}]"
    )
    (paper,) = catalog({P: f"title: T\nversions: {versions}\n"}).papers
    assert [(version.label, version.venue, version.url) for version in paper.versions] == [
        ("Preprint", "Looms", "https://arxiv.org/abs/2001.00001"),
        ("Looms", "", "https://doi.org/10.1000/x"),
        ("Another version", "", "https://x.org/"),
    ]
