"""The lists for other sites: which there are, what they hold, and that their slices hold every paper once."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator import urls
from generator.categories import address_part
from generator.output import Export, Page
from generator.pages import embed
from generator.pages.catalog import Catalog
from generator.text import Html
from generator.views import EmbedData, EmbedListData

Make = Callable[[dict[str, str | bytes]], Catalog]
SITE = "content/site.yaml"
P = "content/papers/p.yaml"
URL = "url: https://lab.github.io/papers/\n"
SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "json-feed.schema.json").read_text(encoding="utf-8"))
LAB = {
    SITE: URL,
    "content/authors/ada.yaml": "name: Ada Lovelace\n",
    "content/authors/bob.yaml": "name: Bob Noyce\n",
    P: """
- {title: Old, date: 2021-03, authors: [Ada Lovelace], category: LG, tags: [looms]}
- {title: New, date: 2023, authors: [Bob Noyce, Ada Lovelace, C. Other], category: cs.CV, selected: true, citations: 7}
""",
}
HOSTILE = """</a></li></ul><script>alert(1)</script><img src=x onerror='alert(1)'>&"'"""


def many(count: int) -> dict[str, str | bytes]:
    papers = [f"- {{title: Paper {n}, date: {1990 + n // 10}, citations: {n * 37 % 101}}}\n" for n in range(count)]
    return {SITE: URL, P: "".join(papers)} if papers else {SITE: URL}


def files(catalog: Catalog) -> dict[str, str]:
    return {output.address: output.data().decode() for output in embed.outputs(catalog) if isinstance(output, Export)}


def pages(catalog: Catalog) -> dict[str, Page]:
    return {output.address: output for output in embed.outputs(catalog) if isinstance(output, Page)}


def feeds(catalog: Catalog) -> dict[str, dict]:
    return {
        address: json.loads(text)
        for address, text in files(catalog).items()
        if "feed" in address or address.endswith("cited.json")
    }


def titles(feed: dict) -> list[str]:
    return [item["title"] for item in feed["items"]]


def framed(page: Page) -> list[str]:
    assert isinstance(page.make().data, EmbedListData)
    return [link.text for link in BeautifulSoup(page.make().data.list, "html.parser").select("a.p-name")]


class TestLists:
    def test_there_is_one_for_all_papers_and_for_each_author_category_and_year(self, catalog: Make) -> None:
        found = {address: framed(page) for address, page in pages(catalog(LAB)).items() if address != "/embed/"}
        assert found == {
            "/embed/papers/": ["New", "Old"],
            "/embed/selected/": ["New"],
            "/embed/authors/ada/": ["New", "Old"],
            "/embed/authors/bob/": ["New"],
            "/embed/categories/lg/": ["Old"],
            "/embed/categories/cs.cv/": ["New"],
            "/embed/years/2023/": ["New"],
            "/embed/years/2021/": ["Old"],
        }

    def test_every_form_of_a_list_holds_the_same_papers(self, catalog: Make) -> None:
        made = catalog(LAB)
        texts = files(made)
        for address, page in pages(made).items():
            if address == "/embed/":
                continue
            for name in ("fragment.txt", "shadow.txt"):
                fragment = BeautifulSoup(texts[f"{address}{name}"], "html.parser")
                assert [link.string for link in fragment.find_all("a", class_="p-name")] == framed(page)
            if not address.startswith("/embed/years/"):
                assert titles(json.loads(texts[f"{address}feed.json"])) == framed(page)

    def test_they_are_newest_first_whatever_the_order_of_the_site(self, catalog: Make) -> None:
        papers = "".join(
            f"- {{title: {title}, date: {year}, category: LG, tags: [looms]}}\n"
            for title, year in (("A", 2001), ("B", 2003), ("C", 2002))
        )
        made = catalog({SITE: f"{URL}order: title\n", P: papers})
        for folder in ("papers", "categories/lg", "tags/looms"):
            assert titles(feeds(made)[f"/embed/{folder}/feed.json"]) == ["B", "C", "A"]
        for folder in ("papers", "categories/lg"):
            assert framed(pages(made)[f"/embed/{folder}/"]) == ["B", "C", "A"]

    def test_search_engines_are_led_to_the_lists_of_the_site_itself(self, catalog: Make) -> None:
        for address, page in pages(catalog(LAB)).items():
            assert page.index == page.make().page.index == (address == "/embed/")

    def test_the_papers_of_a_tag_are_for_the_element_alone(self, catalog: Make) -> None:
        made = catalog(LAB)
        assert titles(feeds(made)["/embed/tags/looms/feed.json"]) == ["Old"]
        assert "/embed/tags/looms/" not in pages(made)

    def test_the_only_author_of_a_site_can_be_asked_for(self, catalog: Make) -> None:
        made = catalog({SITE: URL, P: "- {title: T, date: 2024}"})
        found = feeds(made)
        assert found["/embed/authors/ada/feed.json"] == found["/embed/papers/feed.json"]
        assert found["/embed/papers/feed.json"]["_paperfolio"]["folder"] == "embed/papers/"

    def test_the_page_for_frames_ends_with_the_newest_and_says_so(self, catalog: Make) -> None:
        count = embed.LONGEST + 5
        page = pages(catalog(many(count)))["/embed/papers/"]
        assert isinstance(page.make().data, EmbedListData)
        assert len(framed(page)) == embed.LONGEST
        assert (page.make().data.shown, page.make().data.total, page.make().data.address) == (embed.LONGEST, count, "/")
        assert page.make().page.index is False

    def test_without_papers_there_is_a_list_that_says_so(self, catalog: Make) -> None:
        made = catalog({SITE: URL})
        assert files(made)["/embed/papers/fragment.txt"].count("No papers are listed here yet.") == 1
        assert titles(feeds(made)["/embed/papers/feed.json"]) == []

    def test_without_an_address_there_is_nothing_that_needs_one(self, catalog: Make) -> None:
        made = catalog({**LAB, SITE: ""})
        names = {address.rpartition("/")[2] for address in files(made)}
        assert names == {"feed.json"}
        guide = pages(made)["/embed/"].make().data
        assert isinstance(guide, EmbedData)
        assert (guide.fragment, guide.shadow) == ("", "")
        assert "https://your-site.example/embed.js" in guide.script
        jsonschema.Draft7Validator(SCHEMA).validate(feeds(made)["/embed/papers/feed.json"])


class TestFragments:
    def test_all_addresses_are_absolute(self, catalog: Make) -> None:
        papers = "- {title: T, date: 2024, pdf: papers/a b.pdf, doi: 10.1000/x, code: https://code.example/}"
        made = catalog({SITE: URL, P: papers, "content/files/papers/a b.pdf": ""})
        for name in ("fragment.txt", "shadow.txt"):
            text = files(made)[f"/embed/papers/{name}"]
            assert urls.MARK not in text
            links = [link["href"] for link in BeautifulSoup(text, "html.parser").find_all("a")]
            assert links == [
                "https://lab.github.io/papers/papers/t/",
                "https://lab.github.io/papers/papers/t/a%20b.pdf",
                "https://doi.org/10.1000/x",
                "https://code.example/",
            ]

    def test_a_list_that_is_cut_leads_to_the_whole(self, catalog: Make) -> None:
        text = files(catalog(many(embed.LONGEST + 1)))["/embed/papers/fragment.txt"]
        (link,) = BeautifulSoup(text, "html.parser").select("p.all a")
        assert (link["href"], link.text) == ("https://lab.github.io/papers/", "All papers")

    def test_the_shadow_form_is_a_declarative_shadow_root(self, catalog: Make) -> None:
        soup = BeautifulSoup(files(catalog(LAB))["/embed/papers/shadow.txt"], "html.parser")
        (template,) = soup.select("div.paperfolio > template[shadowrootmode=open]")
        assert template.style
        assert len(template.select("li.h-entry")) == 2

    def test_they_are_microformats(self, catalog: Make) -> None:
        import mf2py

        text = files(catalog(LAB))["/embed/papers/fragment.txt"]
        items = mf2py.parse(doc=text)["items"]
        assert [item["properties"]["name"] for item in items] == [["New"], ["Old"]]
        assert items[0]["properties"]["author"] == ["Bob Noyce", "Ada Lovelace", "C. Other"]
        assert items[1]["properties"]["published"] == ["2021-03"]

    def test_a_date_has_the_direction_of_its_own_words(self, catalog: Make) -> None:
        """A date in Arabic begins with a digit and stands beside titles in Latin letters."""
        soup = BeautifulSoup(files(catalog(LAB))["/embed/papers/fragment.txt"], "html.parser")
        assert [time["dir"] for time in soup.select("li[dir=auto] time")] == ["auto", "auto"]

    def test_an_entry_says_each_thing_once(self, catalog: Make) -> None:
        paper = "{authors: [Bob, Ada], et_al: true, date: 2024-03, venue: Looms, abbr: L, status: in press, title:"
        papers = f"- {paper} A, code: true}}\n- {paper} B, code: 'https://c.org/', retracted: true}}\n"
        text = files(catalog({SITE: URL, P: papers}))["/embed/papers/fragment.txt"]
        entries = BeautifulSoup(text, "html.parser").select("li")
        about = ["Bob, Ada et al.", "L · Looms · In press · Mar 2024 · "]
        assert [[part.get_text() for part in entry.find_all("div")] for entry in entries] == [
            ["A", about[0], f"{about[1]}Code"],
            ["B", about[0], f"{about[1]}Retracted", "Code"],
        ]

    def test_they_are_html_without_a_parse_error(self, catalog: Make) -> None:
        import html5lib

        for address, text in files(catalog(LAB)).items():
            if address.endswith(".txt"):
                parser = html5lib.HTMLParser()
                parser.parseFragment(text)
                assert parser.errors == [], address

    def test_texts_are_only_texts(self, catalog: Make) -> None:
        quoted = json.dumps(HOSTILE)
        paper = {"venue": f"In {HOSTILE}", "abbr": HOSTILE}
        paper |= {
            "authors": [{"name": HOSTILE}],
            "tags": [HOSTILE],
            "links": [{"label": HOSTILE, "url": "https://x.example/"}],
        }
        made = catalog(
            {SITE: f"{URL}title: {quoted}\n", P: json.dumps([{"title": "T", "category": "LG", "code": True, **paper}])}
        )
        for address, text in files(made).items():
            if address.endswith(".txt"):
                soup = BeautifulSoup(text, "html.parser")
                assert soup.find_all(["script", "img"]) == [], address
                assert "".join(soup.find_all(string=True)).count("<script>alert(1)</script>") == 4, address
                assert all(not name.startswith("on") for element in soup.find_all() for name in element.attrs)

    def test_formulas_of_titles_are_mathml(self, catalog: Make) -> None:
        made = catalog({SITE: URL, P: "- {title: On $x^2$}"})
        assert BeautifulSoup(files(made)["/embed/papers/fragment.txt"], "html.parser").select("a math msup")
        assert titles(feeds(made)["/embed/papers/feed.json"])[0].startswith("On x")


class TestFeeds:
    @pytest.mark.parametrize("count", [0, 1, 20, 21, 119, 120, 121, 345])
    def test_the_slices_hold_every_paper_once_newest_first(self, catalog: Make, count: int) -> None:
        made = catalog(many(count))
        found = feeds(made)
        first = found["/embed/papers/feed.json"]
        numbers = range(1, len(first["_paperfolio"]["years"]) + 1)
        slices = [found[f"/embed/papers/{embed.slice_name(number)}"] for number in numbers]
        assert [title for part in slices for title in titles(part)] == [paper.title_text for paper in made.newest]
        assert len(titles(first)) <= embed.FIRST_SLICE
        assert f"/embed/papers/{embed.slice_name(len(numbers) + 1)}" not in found

    def test_the_first_slice_says_which_years_each_holds(self, catalog: Make) -> None:
        found = feeds(catalog(many(345)))
        years = found["/embed/papers/feed.json"]["_paperfolio"]["years"]
        for number, (newest, oldest) in enumerate(years, start=1):
            items = found[f"/embed/papers/{embed.slice_name(number)}"]["items"]
            dates = [int(item["_paperfolio"]["date"]) for item in items]
            assert (newest, oldest) == (max(dates), min(dates))

    def test_slices_lead_to_the_next_as_json_feed_has_it(self, catalog: Make) -> None:
        found = feeds(catalog(many(150)))
        address = "https://lab.github.io/papers/embed/papers/feed.json"
        seen = []
        while address:
            feed = found[urlsplit(address).path.removeprefix("/papers")]
            assert feed["feed_url"] == address
            jsonschema.Draft7Validator(SCHEMA).validate(feed)
            seen += titles(feed)
            address = feed.get("next_url", "")
        assert len(seen) == len(set(seen)) == 150

    def test_the_most_cited_of_a_long_list_are_there_at_once(self, catalog: Make) -> None:
        found = feeds(catalog(many(150)))
        assert found["/embed/papers/feed.json"]["_paperfolio"]["cited"] is True
        counts = [item["_paperfolio"]["citations"] for item in found["/embed/papers/cited.json"]["items"]]
        assert counts == sorted(counts, reverse=True)
        assert len(counts) == embed.SLICE
        assert "/embed/papers/cited.json" not in feeds(catalog(many(embed.SLICE)))

    def test_an_item_has_what_the_element_filters_and_shows(self, catalog: Make) -> None:
        new, old = feeds(catalog(LAB))["/embed/papers/feed.json"]["items"]
        facts = new["_paperfolio"]
        assert (facts["id"], facts["categories"], facts["profiles"]) == ("new", ["cs.CV"], ["bob", "ada"])
        assert (facts["owners"], facts["selected"], facts["citations"]) == ([0, 1], True, 7)
        assert [author["name"] for author in new["authors"]] == ["Bob Noyce", "Ada Lovelace", "C. Other"]
        assert old["tags"] == ["looms"]
        assert "authors" not in facts

    def test_abstracts_are_in_the_files_beside_the_papers_if_these_are_there(self, catalog: Make) -> None:
        papers = "- {title: T, abstract: About *this* $x$.}"
        (item,) = feeds(catalog({SITE: URL, P: papers}))["/embed/papers/feed.json"]["items"]
        assert item["_paperfolio"]["abstract"] is True
        assert "summary" not in item
        (item,) = feeds(catalog({SITE: f"{URL}exports: [bib]\n", P: papers}))["/embed/papers/feed.json"]["items"]
        assert item["summary"].startswith("About")
        assert "abstract" not in item["_paperfolio"]

    def test_a_short_list_costs_little(self, catalog: Make) -> None:
        """The first slice of a site whose papers are as long as papers are."""
        authors = ", ".join(f"Author Number{n}" for n in range(8))
        paper = (
            f"- {{id: p%d, title: {'A title of eighty signs ' * 3} %d, date: 2024-03-01, authors: [{authors}], doi: 10.1000/a.%d, "
            f"venue: Proceedings of the Society, category: LG, tags: [one, two], abstract: {'words ' * 250}}}\n"
        )
        made = catalog({SITE: URL, P: "".join(paper % (n, n, n) for n in range(40))})
        assert len(files(made)["/embed/papers/feed.json"]) < 25_000


def test_oembed_is_the_rich_type_with_a_frame(catalog: Make) -> None:
    texts = files(catalog(LAB))
    assert {address for address in texts if address.endswith("oembed.json")} == {
        f"/embed/{folder}/oembed.json"
        for folder in ("papers", "authors/ada", "authors/bob", "categories/lg", "categories/cs.cv")
    }
    found = json.loads(texts["/embed/authors/ada/oembed.json"])
    assert (found["type"], found["version"], found["title"]) == ("rich", "1.0", "Ada Lovelace")
    assert (found["author_name"], found["author_url"]) == ("Ada Lovelace", "https://lab.github.io/papers/authors/ada/")
    assert (found["provider_url"], found["width"], found["height"]) == ("https://lab.github.io/papers/", 600, 600)
    (frame,) = BeautifulSoup(found["html"], "html.parser").find_all()
    assert (frame.name, frame["src"]) == ("iframe", "https://lab.github.io/papers/embed/authors/ada/")
    assert frame["title"] == "Ada Lovelace"


def test_the_author_of_every_list_of_a_site_of_one_is_that_person(catalog: Make) -> None:
    texts = files(catalog({SITE: f"{URL}title: Notes of a loom\n", P: "- {title: T, id: t, category: LG}\n"}))
    described = {address: json.loads(text) for address, text in texts.items() if address.endswith("oembed.json")}
    assert set(described) == {"/embed/papers/oembed.json", "/embed/categories/lg/oembed.json"}
    for found in described.values():
        assert (found["author_name"], found["author_url"]) == ("Ada Lovelace", "https://lab.github.io/papers/")


def test_the_sample_of_the_guide_is_markup(catalog: Make) -> None:
    data = pages(catalog(LAB))["/embed/"].make().data
    assert isinstance(data, EmbedData)
    assert isinstance(data.sample, Html)
    assert {entry.kind for entry in data.lists} == {"papers", "selected", "author", "category", "year"}


@given(st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_ .-]{0,39}", fullmatch=True))
def test_the_element_knows_the_folder_of_plain_names(name: str) -> None:
    """embed.js makes addresses of tags and categories itself; where they would differ it must not (see ``plain``)."""
    import re

    plain = re.fullmatch(r"[a-z0-9]+(?:(?:[ -][a-z0-9]+)*|(?:[.-][a-z0-9]+)*)", name.lower())
    if plain and not address_part(name).startswith("topic-"):
        assert address_part(name) == name.lower().replace(" ", "-")
