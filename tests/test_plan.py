"""Every address of a site is checked before anything is written."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import content, theme
from generator.loaded import Loaded
from generator.output import Output, Page
from generator.plan import Plan, plan
from generator.views import ProfileData

Site = Callable[[Mapping[str, str | bytes]], Path]
P = "content/papers/p.yaml"


@pytest.fixture
def make(site: Site) -> Callable[[Mapping[str, str]], tuple[Loaded, Plan]]:
    """Writes a site, reads it and plans it."""

    def planned(files: Mapping[str, str]) -> tuple[Loaded, Plan]:
        folder = site(files)
        loaded = content.load(folder)
        return loaded, plan(loaded, theme.load(loaded.site.config.theme, folder))

    return planned


Make = Callable[[Mapping[str, str]], tuple[Loaded, Plan]]


def good(made: tuple[Loaded, Plan]) -> Plan:
    loaded, planned = made
    assert not loaded.problems, loaded.problems.sorted()
    return planned


def outputs(planned: Plan) -> dict[str, Output]:
    return {output.address: output for output in planned.outputs}


def said(made: tuple[Loaded, Plan]) -> list[str]:
    return [str(problem).replace("\n  ", " | ") for problem in made[0].problems.sorted()]


class TestOutputs:
    def test_a_site_of_one_author_has_all_its_addresses(self, make: Make) -> None:
        found = outputs(
            good(
                make(
                    {
                        "content/site.yaml": "url: https://a.org/x/\n",
                        P: "title: T\ndate: 2023\ncategory: LG\ntags: [a b]\nauthors: [Ada Lovelace]\n",
                        "content/pages/about.md": "---\ntitle: About\n---\n",
                        "content/files/CNAME": "a.org",
                    }
                )
            )
        )
        assert {
            "/",
            "/papers/t/",
            "/papers/t/cite.bib",
            "/papers/t/cite.ris",
            "/papers/t/cite.json",
            "/categories/",
            "/categories/lg/",
            "/categories/lg/feed.json",
            "/categories/lg/feed.xml",
            "/years/",
            "/years/2023/",
            "/tags/",
            "/tags/a-b/",
            "/about/",
            "/feed.json",
            "/feed.xml",
            "/papers.json",
            "/papers.bib",
            "/papers.ris",
            "/papers.csl.json",
            "/sitemap.xml",
            "/robots.txt",
            "/404.html",
            "/.nojekyll",
            "/CNAME",
        } <= set(found)

    def test_a_site_of_several_authors_has_a_directory_and_profiles(self, make: Make) -> None:
        found = outputs(
            good(make({"content/authors/ada.yaml": "name: Ada\n", "content/authors/bob.yaml": "name: Bob\n"}))
        )
        kinds = {address: output.make().page.kind for address, output in found.items() if isinstance(output, Page)}
        assert kinds["/"] == "directory"
        assert kinds["/authors/ada/"] == kinds["/authors/bob/"] == "profile"
        assert {"/authors/ada/feed.json", "/authors/ada/feed.xml"} <= set(found)

    @pytest.mark.parametrize(
        ("exports", "left"), [("[]", set()), ("[bib]", {".bib"}), ("[ris, csl]", {".ris", ".json"})]
    )
    def test_only_wanted_citation_files_are_made(self, make: Make, exports: str, left: set[str]) -> None:
        found = outputs(good(make({"content/site.yaml": f"exports: {exports}\n", P: "title: T\n"})))
        assert {Path(address).suffix for address in found if address.startswith("/papers/t/cite")} == left
        assert "/papers.json" in found
        assert ("/papers.bib" in found) == (".bib" in left)

    def test_a_list_longer_than_a_page_has_further_pages(self, make: Make) -> None:
        papers = "".join(f"- {{title: T{n}, date: 2023}}\n" for n in range(5))
        found = outputs(good(make({"content/site.yaml": "per_page: 2\n", P: papers})))
        assert {"/page/2/", "/page/3/", "/years/2023/page/2/", "/years/2023/page/3/"} <= set(found)
        assert "/page/1/" not in found
        assert "/page/4/" not in found

    def test_without_categories_years_and_tags_there_are_no_indexes(self, make: Make) -> None:
        assert not {"/categories/", "/years/", "/tags/"} & set(outputs(good(make({P: "title: T\n"}))))

    def test_the_same_content_gives_the_same_plan(self, make: Make) -> None:
        files = {P: "- {title: T, tags: [b, a]}\n- {title: U, category: LG, date: 2020}\n"}
        first, second = (
            [
                (output.address, output.make() if isinstance(output, Page) else None, getattr(output, "digest", None))
                for output in found.outputs
            ]
            for found in (good(make(files)), good(make(files)))
        )
        assert first == second


@pytest.mark.parametrize(("category", "address"), [("LG", "/categories/lg/"), ("CV", "")])
def test_a_category_of_a_profile_has_an_address_only_where_papers_are_in_it(
    make: Make, category: str, address: str
) -> None:
    author = f"name: Ada\ncategory: {category}\n"
    planned = good(make({P: "title: T\ncategory: LG\n", "content/authors/ada.yaml": author}))
    front = outputs(planned)["/"]
    assert isinstance(front, Page)
    data = front.make().data
    assert isinstance(data, ProfileData)
    assert data.profile.category
    assert data.profile.category.address == address
    assert f"/categories/{category.lower()}/" in outputs(planned) or not address


class TestCollisions:
    def test_a_page_cannot_stand_where_the_site_explains_how_to_embed_it(self, make: Make) -> None:
        assert said(make({P: "title: T\n", "content/pages/embed.md": "---\ntitle: Mine\n---\n"})) == [
            "content/pages/embed.md:1:1: wants the address /embed/, which the site makes itself "
            "(Embed these papers and Mine) | hint: give the page another name"
        ]

    def test_two_things_that_want_one_address_are_named_both(self, make: Make) -> None:
        made = make({P: "title: T\ncategory: LG\n", "content/pages/categories.md": "---\ntitle: Mine\n---\n"})
        assert said(made) == [
            "content/pages/categories.md:1:1: wants the address /categories/, which the site makes itself "
            "(Categories and Mine) | hint: give the page another name"
        ]

    def test_a_page_in_the_place_of_the_only_profile_is_asked_for_another_name(self, make: Make) -> None:
        (told,) = said(make({P: "title: T\n", "content/pages/index.md": "---\ntitle: Mine\n---\n"}))
        assert told.startswith("content/pages/index.md:1:1: wants the address /, which content/authors/")
        assert told.endswith(" | hint: give the page another name")

    def test_all_pages_that_want_one_address_are_told_in_one_run(self, make: Make) -> None:
        page = "---\ntitle: Mine\n---\n"
        names = ("content/pages/x.md", "content/pages/x.markdown", "content/pages/x/index.md")
        told = said(make({P: "title: T\n", **dict.fromkeys(names, page)}))
        assert [problem.partition(":")[0] for problem in told] == ["content/pages/x.markdown", "content/pages/x.md"]

    def test_names_with_one_address_are_told_where_they_stand(self, make: Make) -> None:
        listed = "- {title: T, tags: [x, Deep Learning]}\n- title: U\n  tags: [deep-learning]\n"
        assert [problem.partition(" (")[0] for problem in said(make({P: listed}))] == [
            f"{P}:3:10: tags: wants the address /tags/deep-learning/, which {P}:1:24 wants too"
        ]

    @pytest.mark.parametrize(
        ("path", "address"),
        [
            ("index.html", "/index.html"),
            ("robots.txt", "/robots.txt"),
            ("papers/t/index.html", "/papers/t/index.html"),
            ("papers/t/cite.bib", "/papers/t/cite.bib"),
            ("FEED.xml", "/FEED.xml"),
            ("papers", "/papers"),
            ("papers/T", "/papers/T"),
            ("embed.js", "/embed.js"),
            ("embed/papers/index.html", "/embed/papers/index.html"),
        ],
    )
    def test_a_file_in_the_way_of_the_site_is_a_problem(self, make: Make, path: str, address: str) -> None:
        found = said(make({P: "title: T\n", f"content/files/{path}": "mine"}))
        assert len(found) == 1
        assert found[0].startswith(f"content/files/{path}: wants the address {address}, which ")
        assert found[0].endswith("hint: a file in content/files/ lies where the site makes one: rename it")

    def test_a_page_in_the_place_of_a_list_wants_another_name(self, make: Make) -> None:
        page = {"content/pages/categories/hci.md": "---\ntitle: Mine\n---\n"}
        assert said(make({P: "title: T\ncategory: HCI\n", **page})) == [
            f"content/pages/categories/hci.md:1:1: wants the address /categories/hci/, which {P}:2:1 wants too "
            "(HCI and Mine) | hint: give one of them another id or name"
        ]

    def test_a_file_beside_the_pages_is_in_nobodys_way(self, make: Make) -> None:
        found = outputs(good(make({P: "title: T\n", "content/files/papers/t/slides.pdf": "x"})))
        assert "/papers/t/slides.pdf" in found

    def test_addresses_that_some_file_systems_take_for_one_are_a_problem(self, make: Make) -> None:
        found = said(make({P: "- {title: T, id: Paper}\n- {title: U, id: paper}\n"}))
        assert len(found) == 1, "what lies beside the pages need not be said"
        assert "(T and U)" in found[0]
        assert len(said(make({P: "title: T\n", "content/files/Zoë": "x", "content/files/zoe\u0308": "y"}))) == 1

    def test_tags_that_differ_only_in_signs_are_a_problem(self, make: Make) -> None:
        found = said(make({P: "- {title: T, tags: [deep learning]}\n- {title: U, tags: [Deep-Learning]}\n"}))
        assert len(found) == 1
        assert found[0].endswith("use one name, or change it")

    def test_pages_may_lie_below_the_sites_own_folders(self, make: Make) -> None:
        good(make({P: "title: T\n", "content/pages/papers/how.md": "---\ntitle: How\n---\n"}))


class TestLinks:
    def page(self, make: Make, body: str) -> list[str]:
        return said(
            make(
                {
                    "content/pages/lab/about.md": f"---\ntitle: About\n---\n\n{body}\n",
                    P: "title: Attention\ndate: 2023\n",
                    "content/files/my cv.pdf": "x",
                }
            )
        )

    @pytest.mark.parametrize(
        "link",
        [
            *("/papers/attention/", "/papers/attention", "/papers/attention/#abstract", "../../papers/attention/"),
            *("/papers/attention/index.html", "/my%20cv.pdf", "../../my%20cv.pdf#page=2", "/", "../..", "#top"),
            *("/feed.xml", "/years/2023/", "https://a.org/nothing", "mailto:a@b.c"),
        ],
    )
    def test_a_link_to_what_there_is_is_fine(self, make: Make, link: str) -> None:
        assert not self.page(make, f"[x]({link})")

    @pytest.mark.parametrize(
        "link", ["/nothing/", "../papers/attention/", "/papers/atention/", "gone.pdf", "/years/2022/"]
    )
    def test_a_link_that_leads_nowhere_is_a_problem(self, make: Make, link: str) -> None:
        found = self.page(make, f"[x]({link})")
        assert len(found) == 1
        assert "which is no page or file of this site" in found[0]
        assert found[0].startswith("content/pages/lab/about.md")

    @pytest.mark.parametrize(
        ("link", "column"),
        [("/my%20gone%20page/", 6), ("/gone/caf%C3%A9/", 11), ("/gone/café/", 11), ("/gone/caf&eacute;/", 1)],
    )
    def test_a_link_is_told_where_it_is_written_however_its_signs_are(self, make: Make, link: str, column: int) -> None:
        [found] = self.page(make, f"\n[q]({link})")
        assert found.startswith(f"content/pages/lab/about.md:{6 if column > 1 else 1}:{column}: ")

    def test_links_to_files_of_one_name_are_told_each_in_its_place(self, make: Make) -> None:
        found = self.page(make, "![](/one/a.png)\n![](/two/a.png)")
        assert [problem.partition(": ")[0] for problem in found] == [
            "content/pages/lab/about.md:5:10",
            "content/pages/lab/about.md:6:10",
        ]

    @pytest.mark.parametrize("link", ["/papers/atention/", "/papers/attention.md"])
    def test_a_link_that_is_nearly_right_is_answered_with_the_right_one(self, make: Make, link: str) -> None:
        assert self.page(make, f"[x]({link})")[0].endswith("hint: did you mean '/papers/attention/'?")

    def test_an_image_of_a_text_must_be_there(self, make: Make) -> None:
        assert len(self.page(make, "![x](gone.png)")) == 1

    @pytest.mark.parametrize(
        ("key", "text"),
        [
            ("abstract", "format: markdown\n  abstract: See [it](/gone/)"),
            ("note", "format: markdown\n  note: See [it](/gone/)"),
            ("abstract", "abstract: See \\href{/gone/}{it}"),
        ],
    )
    def test_a_link_of_a_paper_is_shown_at_its_key(self, make: Make, key: str, text: str) -> None:
        found = said(make({P: f"- title: T\n  {text}\n"}))
        line = 3 if "format" in text else 2
        assert found == [f"{P}:{line}:3: {key} links to '/gone/', which is no page or file of this site"]

    def test_a_link_of_a_biography_is_shown_at_its_key(self, make: Make) -> None:
        found = said(make({"content/authors/ada.yaml": "name: Ada\nbio: See [it](/gone/)\n"}))
        assert found == ["content/authors/ada.yaml:2:1: bio links to '/gone/', which is no page or file of this site"]

    @pytest.mark.parametrize(
        ("part", "place", "text"),
        [
            ("positions:\n- Tutor\n- title: Analyst\n  note: '[it](/gone/)'\n", "5:3", "positions 2 note"),
            ("education: {title: PhD, summary: '[it](/gone/)'}\n", "2:25", "education 1 note"),
            ("awards: [{title: Medal, note: '[it](/gone/)'}]\n", "2:25", "awards 1 note"),
            ("sections: {Talks: [{title: A, note: '[it](/gone/)'}]}\n", "2:31", "sections Talks 1 note"),
        ],
    )
    def test_a_link_of_a_note_in_the_cv_is_shown_at_its_key(self, make: Make, part: str, place: str, text: str) -> None:
        found = said(make({"content/authors/ada.yaml": f"name: Ada\n{part}"}))
        assert found == [
            f"content/authors/ada.yaml:{place}: {text} links to '/gone/', which is no page or file of this site"
        ]

    def test_an_address_that_no_page_may_link_to_is_left_out_and_told(self, make: Make) -> None:
        loaded, _ = make(
            {
                "content/authors/ada.yaml": "name: Ada\nbio: '[it](s3://a/b)'\n",
                P: "- title: 'On \\href{ftp://a.org}{it}'\n  abstract: \\href{ftp://a.org/b}{it} \\url{ftp://a.org}\n",
                "content/pages/about.md": "---\ntitle: About\n---\n[me](https://a.org) and\nmy [phone](tel:+4912)\n",
                "content/pages/plot.md": f"---\ntitle: Plot\n---\n![](data:image/png;base64,{'iVBO/' * 50})\n",
            }
        )
        assert not loaded.problems
        assert [f"{warning.place}: {warning.what}" for warning in loaded.warnings.sorted()] == [
            f"{place} links to {address!r}, which no page may link to: the link is left out"
            for place, address in (
                ("content/authors/ada.yaml:2:1: bio", "s3://a/b"),
                ("content/pages/about.md:5:12: the text", "tel:+4912"),
                ("content/pages/plot.md:4:102: the text", f"data:image/png;base64,{'iVBO/' * 7}iVB…"),
                (f"{P}:2:3: abstract", "ftp://a.org/b"),
            )
        ]


class TestNavigation:
    def nav(self, planned: Plan) -> list[tuple[str, str]]:
        return [(entry.label, entry.address) for entry in planned.site.nav]

    PAGES = {
        "content/pages/about.md": "---\ntitle: About\n---\n",
        "content/pages/hidden.md": "---\ntitle: Hidden\nnav: no\n---\n",
        P: "title: T\ndate: 2023\ncategory: LG\n",
    }

    def test_the_navigation_is_made_of_the_pages_there_are(self, make: Make) -> None:
        assert self.nav(good(make(self.PAGES))) == [
            ("Papers", "/"),
            ("Categories", "/categories/"),
            ("Years", "/years/"),
            ("About", "/about/"),
            ("Search", "/search/"),
        ]

    def test_the_navigation_leads_to_venues_where_there_are_several(self, make: Make) -> None:
        one, two = "- {title: T, venue: Engines}\n", "- {title: U, venue: Looms}\n"
        assert ("Venues", "/venues/") not in self.nav(good(make({P: one})))
        assert ("Venues", "/venues/") in self.nav(good(make({P: one + two})))

    def test_the_navigation_leads_to_nothing_that_the_site_does_without(self, make: Make) -> None:
        assert self.nav(good(make({**self.PAGES, "content/site.yaml": "without: [search]\n"})))[-1] == (
            "About",
            "/about/",
        )

    def test_a_page_of_the_site_s_own_may_stand_for_an_index_that_there_is_not(self, make: Make) -> None:
        files = {P: "title: T\n", "content/pages/tags.md": "---\ntitle: Of tags\n---\n"}
        assert [entry for entry in self.nav(good(make(files))) if entry[1] == "/tags/"] == [("Of tags", "/tags/")]

    def test_a_written_navigation_is_kept_with_the_titles_of_its_pages(self, make: Make) -> None:
        nav = "nav: [/hidden, /hidden/index.html, {label: Code, url: 'https://a.org'}, /feed.xml, categories/, 'mailto:a@b.c', '/#papers']\n"
        assert self.nav(good(make({**self.PAGES, "content/site.yaml": nav}))) == [
            ("Hidden", "/hidden/"),
            ("Hidden", "/hidden/"),
            ("Code", "https://a.org"),
            ("feed.xml", "/feed.xml"),
            ("Categories", "/categories/"),
            ("mailto:a@b.c", "mailto:a@b.c"),
            ("#papers", "/#papers"),
        ]

    def test_an_entry_may_be_any_page_and_ask_it_something(self, make: Make) -> None:
        nav = "nav: [/papers/t/, /years/2023, {label: Code, url: /?code=1#papers}, '/search/?q=a b']\n"
        paper = "- {title: On $T$, id: t, date: 2023}\n"
        assert self.nav(good(make({"content/site.yaml": nav, "content/papers/p.yaml": paper}))) == [
            ("On T", "/papers/t/"),
            ("Papers of 2023", "/years/2023/"),
            ("Code", "/?code=1#papers"),
            ("search/?q=a b", "/search/?q=a%20b"),
        ]

    def test_an_empty_navigation_is_empty(self, make: Make) -> None:
        assert self.nav(good(make({"content/site.yaml": "nav: []\n"}))) == []

    def test_an_entry_that_leads_nowhere_is_a_problem(self, make: Make) -> None:
        assert said(make({**self.PAGES, "content/site.yaml": "nav:\n- /\n- /abuot/\n"})) == [
            "content/site.yaml:3:3: nav leads to '/abuot/', which is no page or file of this site"
            " | hint: did you mean '/about/'?"
        ]

    @pytest.mark.parametrize("url", ["javascript://%0aalert(1)", "data://x", "file:///etc/passwd"])
    def test_an_entry_leads_to_the_web_or_the_site_and_nowhere_else(self, make: Make, url: str) -> None:
        assert len(said(make({"content/site.yaml": f"nav: ['{url}']\n"}))) == 1

    def test_an_entry_may_name_a_file_with_blanks(self, make: Make) -> None:
        files = {"content/site.yaml": "nav: [my cv.pdf]\n", "content/files/my cv.pdf": "x"}
        assert self.nav(good(make(files))) == [("my cv.pdf", "/my%20cv.pdf")]


class TestSite:
    @pytest.mark.parametrize(
        ("language", "direction"),
        [
            ("en", "ltr"),
            ("ar", "rtl"),
            ("he-IL", "rtl"),
            ("FA", "rtl"),
            ("ar-1996", "rtl"),
            ("az-Arab", "rtl"),
            ("az-Latn-AZ", "ltr"),
            ("ar-Latn", "ltr"),
            ("zh-Hant", "ltr"),
        ],
    )
    def test_the_direction_follows_the_language(self, make: Make, language: str, direction: str) -> None:
        assert good(make({"content/site.yaml": f"language: {language}\n"})).site.direction == direction

    @pytest.mark.parametrize(("language", "told"), [("en-GB", 0), ("de-CH", 0), ("AR", 0), ("it", 1)])
    def test_a_language_without_words_is_told(self, make: Make, language: str, told: int) -> None:
        loaded, _ = make({"content/site.yaml": f"title: X\nlanguage: {language}\n"})
        assert [str(warning.place) for warning in loaded.warnings.sorted()] == ["content/site.yaml:2:1"] * told

    def test_the_title_is_the_authors_name_unless_it_is_written(self, make: Make) -> None:
        assert good(make({})).site.title == "Ada Lovelace"
        assert good(make({"content/site.yaml": "title: Engines\n"})).site.title == "Engines"

    def test_a_license_may_be_a_name_or_an_address(self, make: Make) -> None:
        named = good(make({"content/site.yaml": "license: CC BY 4.0\n"})).site
        linked = good(make({"content/site.yaml": "license: https://creativecommons.org/licenses/by/4.0/\n"})).site
        assert (named.license, named.license_url) == ("CC BY 4.0", linked.license_url)
        assert linked.license_url == "https://creativecommons.org/licenses/by/4.0/"
        assert linked.license


@pytest.mark.parametrize(
    ("page", "lost"),
    [
        ("coauthors", ("/coauthors/",)),
        ("cv", ("/cv/",)),
        ("embed", ("/embed/", "/embed.js")),
        ("search", ("/search/",)),
        ("feeds", ("/categories/cs.cl/feed.json", "/categories/cs.cl/feed.xml")),
    ],
)
def test_a_site_does_without_the_pages_that_it_says(make: Make, page: str, lost: tuple[str, ...]) -> None:
    files = {P: "- {title: A, authors: [Ada Lovelace, Charles Babbage], category: cs.CL}\n", "content/site.yaml": ""}
    usual = outputs(good(make(files)))
    spare = outputs(good(make({**files, "content/site.yaml": f"without: {page}\n"})))
    gone = usual.keys() - spare.keys()
    assert gone == {address for address in usual if address.startswith(lost)}
    assert gone >= set(lost)
    assert spare.keys() <= usual.keys()
    made = (output.make().page for output in spare.values() if isinstance(output, Page))
    assert {alternate.address for page in made for alternate in page.alternates} <= spare.keys()


def test_a_cv_of_the_site_s_own_is_linked_though_it_does_without_one(make: Make) -> None:
    files = {"content/site.yaml": "without: [cv]\n", "content/pages/cv.md": "---\ntitle: My life\n---\nLong.\n"}
    profile = outputs(good(make(files)))["/"]
    assert isinstance(profile, Page)
    data = profile.make().data
    assert isinstance(data, ProfileData)
    assert data.cv == "/cv/"
