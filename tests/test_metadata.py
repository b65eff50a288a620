"""What pages say to machines, read back by parsers that nobody here wrote: mf2py, extruct, BeautifulSoup."""

from collections.abc import Iterator
from typing import Any

import extruct
import mf2py
import pytest
from bs4 import BeautifulSoup, Tag
from signposting import find_signposting_html
from site_builds import EVERY_SITE_AND_THEME, SITES, WITH_URL, Built, built, example, served, words

HERE = "https://page.test/"


@pytest.fixture(params=EVERY_SITE_AND_THEME, ids="-".join)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.getbasetemp(), *request.param)


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.getbasetemp(), request.param)


@pytest.fixture
def one_author(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.getbasetemp(), "one-author")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the folder of all built sites is served."""
    with served(tmp_path_factory.getbasetemp()) as found:
        yield found


def microformats(site: Built, path: str) -> list[dict[str, Any]]:
    parsed = mf2py.parse(doc=site.text(path), url=f"{HERE}{path.removesuffix('index.html')}", html_parser="html.parser")
    return list(parsed["items"])


def of_type(items: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [item for item in items if kind in item["type"]]


def plain(value: Any) -> str:
    """The text of a property, be it a text, an embedded microformat or markup."""
    found = value["value"] if isinstance(value, dict) else value
    return " ".join(found.split())


def json_ld(site: Built, path: str) -> dict[str, dict[str, Any]]:
    """The JSON-LD objects of a page by their type."""
    found = extruct.extract(site.text(path), syntaxes=["json-ld"], uniform=False)["json-ld"]
    assert len({thing["@type"] for thing in found}) == len(found)
    assert all(thing["@context"] == "https://schema.org" for thing in found)
    return {thing["@type"]: thing for thing in found}


def tags(page: BeautifulSoup, name: str) -> list[str]:
    return [str(meta["content"]) for meta in page.find_all("meta", attrs={"name": name})]


def codes(site: Built, paper: dict[str, Any]) -> list[str]:
    """The categories of a paper as they are shown: where a site has both LG and cs.LG, these are one."""
    found = [paper["category"]] if paper.get("category") else []
    found += paper.get("categories", [])
    return list(dict.fromkeys("LG" if code == "cs.LG" and site.folder.match("*several*") else code for code in found))


def profile_paths(site: Built) -> list[tuple[str, dict[str, Any]]]:
    if len(site.authors) == 1:
        return [("index.html", site.authors[0])]
    return [(f"authors/{author['id']}/index.html", author) for author in site.authors]


def typed(site: Built, paper_id: str) -> dict[str, Any] | None:
    """The paper as it was typed; None when its id was made from the title."""
    return next((paper for paper in site.papers if paper.get("id") == paper_id), None)


def lists(site: Built) -> dict[str, BeautifulSoup]:
    """The pages that list papers."""
    return {path: page for path, page in site.pages.items() if page.select("div.papers")}


def test_a_profile_is_an_h_card(themed: Built) -> None:
    for path, author in profile_paths(themed):
        card = of_type(microformats(themed, path), "h-card")[0]
        properties = card["properties"]
        assert properties["name"] == [author["name"]]
        assert properties["url"][0] == HERE + path.removesuffix("index.html")
        organizations = author.get("affiliations", [])
        names = [entry["name"] if isinstance(entry, dict) else entry for entry in organizations]
        assert [plain(entry) for entry in properties.get("org", [])] == names
        assert ("note" in properties) == ("bio" in author)
        if "photo" in author:
            assert properties["photo"]
        assert properties.get("email", []) == ([f"mailto:{author['email']}"] if "email" in author else [])


def test_a_paper_is_an_h_entry_on_its_page(themed: Built) -> None:
    for paper_id in themed.paper_pages:
        entries = of_type(microformats(themed, f"papers/{paper_id}/index.html"), "h-entry")
        assert len(entries) == 1
        assert_entry(themed, entries[0]["properties"], paper_id)


def test_a_paper_is_an_h_entry_in_every_list(themed: Built) -> None:
    for path, page in lists(themed).items():
        entries = of_type(microformats(themed, path), "h-entry")
        shown = [str(article["data-paper"]) for article in page.select("article.paper")]
        assert len(entries) == len(shown), path
        for paper_id, entry in zip(shown, entries, strict=True):
            assert_entry(themed, entry["properties"], paper_id, in_list=True)


def assert_entry(site: Built, properties: dict[str, Any], paper_id: str, in_list: bool = False) -> None:
    assert len(properties["name"]) == 1
    assert f"{HERE}papers/{paper_id}/" in properties["url"]
    paper = typed(site, paper_id)
    if paper is None:
        return
    authors = [" ".join(entry["name"].split()) for entry in paper["authors"]]
    assert [plain(author) for author in properties.get("author", [])] == authors
    assert properties.get("published", []) == ([paper["date"]] if "date" in paper else [])
    categories = [plain(category) for category in properties.get("category", [])]
    if in_list:
        assert categories == codes(site, paper)[:1]
    else:
        assert categories == [*codes(site, paper), *paper.get("tags", [])]
    hidden = in_list and site.config.get("theme_options", {}).get("abstracts") == "none"
    assert ("summary" in properties) == ("abstract" in paper and not hidden)
    if not any(sign in paper["title"] for sign in "\\$`{") and "'" not in paper["title"]:
        assert properties["name"] == [paper["title"]]


def test_a_profile_is_a_profile_page_with_its_person(site: Built) -> None:
    for path, author in profile_paths(site):
        person = json_ld(site, path)["ProfilePage"]["mainEntity"]
        assert person["@type"] == "Person"
        assert person["name"] == author["name"]
        if "url" in site.config:
            assert person["url"] == site.report.url + path.removesuffix("index.html")
        else:
            assert "url" not in person
        affiliations = person.get("affiliation", [])
        assert len(affiliations) == len(author.get("affiliations", []))


def test_a_paper_is_a_scholarly_article_with_all_authors(site: Built) -> None:
    for paper_id, page in site.paper_pages.items():
        article = json_ld(site, f"papers/{paper_id}/index.html")["ScholarlyArticle"]
        assert " ".join(article["headline"].split()) in words(page.head.title)
        assert article["inLanguage"] == site.config.get("language", "en")
        paper = typed(site, paper_id)
        if paper is None:
            continue
        authors = article.get("author", [])
        assert [author["name"] for author in authors] == [entry["name"] for entry in paper["authors"]]
        assert all(author["@type"] == "Person" for author in authors)
        for author, entry in zip(authors, paper["authors"], strict=True):
            if "orcid" in entry:
                assert author["sameAs"] == f"https://orcid.org/{entry['orcid']}"
        assert article.get("datePublished", "") == paper.get("date", "")
        whole = article.get("isPartOf", article.get("sourceOrganization", {}))
        while "isPartOf" in whole:
            whole = whole["isPartOf"]
        assert whole.get("name", "") == paper.get("venue", "")
        assert article.get("keywords", []) == paper.get("tags", [])
        assert ("abstract" in article) == ("abstract" in paper)


def test_pages_below_the_front_page_have_breadcrumbs_for_people_and_machines(site: Built) -> None:
    for path, page in site.pages.items():
        crumbs = json_ld(site, path).get("BreadcrumbList")
        if path in ("index.html", "404.html", *site.framed):
            assert crumbs is None
            continue
        steps = crumbs["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        shown = [words(item) for item in page.select("nav.crumbs li")]
        assert [" ".join(step["name"].split()) for step in steps] == shown
        assert len(steps) >= 2
        if "url" in site.config:
            assert steps[0]["item"] == site.report.url
            assert steps[-1]["item"] == page.select_one("link[rel=canonical]")["href"]


def test_lists_are_collection_pages_of_the_papers_shown(site: Built) -> None:
    for path, page in lists(site).items():
        found = json_ld(site, path)
        if "ProfilePage" in found:
            continue
        collection = found["CollectionPage"]
        papers = page.select("section[aria-labelledby=papers] article.paper") or page.select("article.paper")
        shown = [words(paper.select_one(".p-name")) for paper in papers]
        items = collection["mainEntity"]["itemListElement"] if shown else []
        assert len(items) == len(shown)
        assert [item["position"] for item in items] == list(range(1, len(shown) + 1))
        if "url" in site.config:
            addresses = [item["url"] for item in items]
            ids = [article["data-paper"] for article in papers]
            assert addresses == [f"{site.report.url}papers/{paper_id}/" for paper_id in ids]


def test_no_empty_value_stands_in_json_ld(site: Built) -> None:
    def check(value: object, path: str) -> None:
        assert value not in ("", None, [], {}), path
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(inner, path)

    for path in site.pages:
        for thing in json_ld(site, path).values():
            check(thing, path)


def test_scholar_reads_title_authors_and_date(site: Built) -> None:
    for paper_id, page in site.paper_pages.items():
        (title,) = tags(page, "citation_title")
        assert title in page.head.title.get_text()
        paper = typed(site, paper_id)
        if paper is None:
            continue
        assert tags(page, "citation_author") == [entry["name"] for entry in paper["authors"]]
        dates = [paper["date"].replace("-", "/")] if "date" in paper else []
        assert tags(page, "citation_publication_date") == dates
        assert tags(page, "citation_doi") == ([paper["doi"]] if "doi" in paper else [])
        assert tags(page, "citation_arxiv_id") == ([paper["arxiv"]] if "arxiv" in paper else [])
        address = f"{site.report.url}papers/{paper_id}/"
        assert tags(page, "citation_abstract_html_url") == ([address] if "url" in site.config else [])


def test_scholar_tags_are_on_papers_alone(site: Built) -> None:
    for path, page in site.pages.items():
        if not path.startswith("papers/"):
            assert not page.select("meta[name^=citation_]"), path


def test_scholar_reads_where_a_paper_appeared(one_author: Built) -> None:
    page = one_author.paper_pages["weaving"]
    expected = {
        "citation_title": ["Weaving O(n^2) Algebraic Patterns"],
        "citation_author": ["Ada Lovelace", "Charles Babbage", "Luigi Menabrea", "Mary Somerville"],
        "citation_publication_date": ["2026/03/07"],
        "citation_journal_title": ["Journal of Mechanical Computation"],
        "citation_conference_title": [],
        "citation_volume": ["12"],
        "citation_issue": ["3"],
        "citation_firstpage": ["45"],
        "citation_lastpage": ["67"],
        "citation_publisher": ["Difference Press"],
        "citation_pmid": ["12345678"],
        "citation_keywords": ["Jacquard looms", "C++", "number theory"],
        "citation_language": ["en-US"],
        "citation_pdf_url": ["https://ada.example.org/papers/site/papers/weaving/d%C3%A9tail%20%231.pdf"],
    }
    assert {name: tags(page, name) for name in expected} == expected
    conference = one_author.paper_pages["engine"]
    assert tags(conference, "citation_conference_title") == ["Proceedings of the Society"]
    assert tags(conference, "citation_journal_title") == []
    assert tags(conference, "citation_publication_date") == ["2026/01"]
    assert tags(one_author.paper_pages["1843"], "citation_publication_date") == ["1843"]


def test_times_are_as_precise_as_what_was_typed(themed: Built) -> None:
    dates = {paper["date"] for paper in themed.papers if "date" in paper}
    shown = set()
    for page in themed.pages.values():
        for article in page.select("article.paper"):
            times = article.select("time.dt-published")
            paper = typed(themed, str(article["data-paper"]))
            if paper is not None:
                assert [time["datetime"] for time in times] == ([paper["date"]] if "date" in paper else [])
            shown |= {str(time["datetime"]) for time in times}
        assert all(time.get("datetime") and words(time) for time in page.select("time"))
    assert shown == dates


def test_articles_carry_id_category_and_year(themed: Built) -> None:
    for path, page in themed.pages.items():
        for article in page.select("article.paper"):
            assert {"paper", "h-entry"} <= set(article["class"]), path
            assert article["data-paper"] in themed.paper_pages
            paper = typed(themed, str(article["data-paper"]))
            if paper is None:
                continue
            assert article.get("data-year", "") == paper.get("date", "")[:4]
            assert article.get("data-category", "") == (codes(themed, paper) or [""])[0], path


def test_a_paper_with_code_carries_the_badge(themed: Built) -> None:
    """In lists; its page has a button for code that has an address."""
    for page in themed.pages.values():
        for article in page.select("article.paper"):
            paper = typed(themed, str(article["data-paper"]))
            badges: list[Tag] = article.select(".badge.code")
            if paper is None or "code" not in paper:
                assert badges == []
                continue
            if article.select_one(".paper-head") and paper["code"] != "true":
                assert badges == []
                assert len(article.select(".button.code")) == 1
                continue
            (badge,) = badges
            if paper["code"] == "true":
                assert badge.name == "span"
            else:
                assert badge.name == "a"
                assert badge["href"].startswith("https://")


def test_metrics_are_a_list_of_terms_with_machine_names(themed: Built) -> None:
    for path, author in profile_paths(themed):
        page = themed.pages[path]
        shown = {
            str(value["data-metric"]): str(value["data-value"]) for value in page.select("dl.metrics dd[data-metric]")
        }
        for name, metric in author.get("metrics", {}).items():
            value = metric["value"] if isinstance(metric, dict) else metric
            assert shown[name] == value.replace(",", "").removesuffix("%"), name
        for value in page.select("dl.metrics dd"):
            assert value.find_previous_sibling("dt"), "a figure has its term beside it"


def test_figures_have_thousands_percents_meaning_and_source(one_author: Built) -> None:
    page = one_author.page("/")
    shown = {value["data-metric"]: words(value) for value in page.select("dl.metrics dd")}
    assert shown == {
        "h_index": "41",
        "papers": "133",
        "citations": "3,360",
        "i10_index": "1",
        "novelty": "53%",
        "ai_score": "60",
        "grants": "7",
    }
    assert words(page.select_one("dl.metrics dd[data-metric=grants]").find_previous("dt")) == "Grants"
    meaning = words(page.select_one("details.meaning"))
    assert "Share of new word pairs" in meaning
    assert "Source: Engine Index." in meaning
    assert [time["datetime"] for time in page.select("details.meaning time")] == ["2026-11", "2026"]
    tables = [
        [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")] for table in page.select("table")
    ]
    assert [["Year", "Citations"], ["2023", "0"], ["2024", "1,101"], ["2025", "1,207"]] in tables


def test_figures_that_are_not_declared_are_computed_from_citations(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "several-authors")
    shown = {value["data-metric"]: value["data-value"] for value in site.page("/authors/jose/").select("dl.metrics dd")}
    assert shown == {"h_index": "9", "papers": "3", "citations": "1205", "i10_index": "1"}
    assert "Computed from the papers" in words(site.page("/authors/jose/").select_one("details.meaning"))


def test_open_graph_says_what_a_page_is(site: Built) -> None:
    for path in site.pages.keys() - site.framed:
        page = site.pages[path]
        graph = {meta["property"]: meta["content"] for meta in page.select("meta[property^='og:']")}
        assert graph["og:title"]
        assert graph["og:site_name"] in page.head.title.get_text()
        profile = path in dict(profile_paths(site)) or (len(site.authors) == 1 and path.startswith("page/"))
        profile = profile or path.startswith("authors/") or path == "cv/index.html"
        profile = profile and not path.endswith("coauthors/index.html")
        kind = "article" if path.startswith("papers/") else "profile" if profile else "website"
        assert graph["og:type"] == kind, path
        description = tags(page, "description")
        assert description == [graph["og:description"]] if description else "og:description" not in graph
        assert all(len(text) <= 200 or path in ("index.html", "xss/index.html") for text in description), path


def test_share_images_are_absolute(one_author: Built) -> None:
    image = one_author.paper_pages["weaving"].select_one("meta[property='og:image']")["content"]
    assert image == "https://ada.example.org/papers/site/figures/loom.png"
    photo = one_author.page("/").select_one("meta[property='og:image']")["content"]
    assert photo == "https://ada.example.org/papers/site/ada.png"


def test_other_forms_of_a_page_are_linked_from_its_head(site: Built) -> None:
    from urllib.parse import urljoin, urlsplit

    exports = site.config.get("exports", ["bib", "ris", "csl"])
    names = {
        "application/x-bibtex": ("bib", "cite.bib", "papers.bib"),
        "application/x-research-info-systems": ("ris", "cite.ris", "papers.ris"),
        "application/vnd.citationstyles.csl+json": ("csl", "cite.json", "papers.csl.json"),
    }
    for path, page in site.pages.items():
        folder = path.removesuffix("index.html")
        links = {
            link["type"]: urlsplit(urljoin(f"{HERE}{folder}", link["href"])).path.lstrip("/")
            for link in page.select("link[rel=alternate]")
        }
        described = links.pop("application/json+oembed", None)
        assert described is None or described.removeprefix(urlsplit(site.report.url).path[1:]) in site.files, path
        if path.startswith("papers/"):
            assert links == {kind: folder + name for kind, (export, name, _) in names.items() if export in exports}
        elif f"{folder}feed.json" in site.files and path not in ("404.html", *site.framed):
            expected = {"application/feed+json": f"{folder}feed.json", "application/atom+xml": f"{folder}feed.xml"}
            has_papers = path.startswith("categories/") or bool(page.select("article.paper"))
            if path != "index.html" and has_papers:
                expected |= {kind: folder + name for kind, (export, _, name) in names.items() if export in exports}
            assert links == expected
        assert all(link.get("title") for link in page.select("link[rel=alternate]"))


def test_signposts_lead_machines_from_a_paper_to_its_parts(one_author: Built, address: str) -> None:
    """Read by a reader of FAIR Signposting that nobody here wrote (level 1, in HTML)."""
    here = f"{address}{one_author.folder.name}/output/papers/weaving/"
    found = find_signposting_html(here)
    assert found.citeAs is not None
    assert found.citeAs.target == "https://doi.org/10.1145/3292500.3330701"
    assert {post.target for post in found.authors} == {
        "https://orcid.org/0000-0002-1825-0097",
        "https://orcid.org/0000-0001-5109-3700",
    }
    assert {(post.target, post.type) for post in found.items} == {(f"{here}d%C3%A9tail%20%231.pdf", "application/pdf")}
    assert {(post.target, post.type) for post in found.describedBy} == {
        (f"{here}cite.bib", "application/x-bibtex"),
        (f"{here}cite.ris", "application/x-research-info-systems"),
        (f"{here}cite.json", "application/vnd.citationstyles.csl+json"),
    }
    assert found.license is not None
    assert found.license.target == one_author.config["license"]


def test_every_paper_says_by_signposts_what_it_is(site: Built, address: str) -> None:
    for paper_id in site.paper_pages:
        found = find_signposting_html(f"{address}{site.folder.name}/output/papers/{paper_id}/")
        assert {post.target for post in found.types} == {
            "https://schema.org/AboutPage",
            "https://schema.org/ScholarlyArticle",
        }
        paper = typed(site, paper_id)
        if paper is not None:
            assert (found.citeAs is not None) == ("doi" in paper or "arxiv" in paper)
            assert len(found.authors) == sum("orcid" in author for author in paper["authors"])
            assert bool(found.items) == ("pdf" in paper)
            assert len(found.describedBy) == len(site.config.get("exports", ["bib", "ris", "csl"]))


@pytest.mark.parametrize("name", WITH_URL)
def test_persons_of_papers_and_profiles_are_the_same(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """An author who has a profile is the same thing (@id) there and on papers."""
    site = built(tmp_path_factory.getbasetemp(), name)
    people = {json_ld(site, path)["ProfilePage"]["mainEntity"]["@id"] for path, _ in profile_paths(site)}
    named = {
        author["@id"]
        for paper_id in site.paper_pages
        for author in json_ld(site, f"papers/{paper_id}/index.html")["ScholarlyArticle"].get("author", [])
        if "@id" in author
    }
    assert named <= people
    assert named or name == "hostile"


def test_a_retracted_paper_says_so_to_everybody(one_author: Built) -> None:
    page = one_author.paper_pages["withdrawn"]
    assert "This paper has been retracted. The table in section 2 was wrong." in words(page.main)
    assert words(page.select_one(".meta .badge.alert")) == "Retracted"
    article = json_ld(one_author, "papers/withdrawn/index.html")["ScholarlyArticle"]
    assert article["creativeWorkStatus"] == "Retracted"
    listed = next(iter(one_author.page("/").select("article[data-paper=withdrawn]")))
    assert "retracted" in listed["class"]
    assert "Retracted" in words(listed)


def test_marks_explain_equal_and_corresponding_authors(one_author: Built) -> None:
    page = one_author.paper_pages["weaving"]
    byline = words(page.select_one(".byline"))
    assert byline.startswith("Ada Lovelace* iD, Charles Babbage*†,")
    footnotes = words(page.select_one(".footnotes"))
    assert footnotes == "* Equal contribution † Corresponding author ‡ Joint senior author"
    assert words(one_author.paper_pages["engine"].select_one(".byline")) == (
        "Ada Lovelace, Luigi Menabrea et al. (LOOM & CARD)"
    )
    for address in ("/", "/cv/", "/years/2026/"):
        page = one_author.page(address)
        assert {words(note) for note in page.select(".footnotes")} == {footnotes}
        assert [words(mark) for mark in page.select(".mark")][:3] == ["*", "*", "†"]
        assert page.find(class_="p-author", string=lambda text: "*" in (text or "")) is None
    assert one_author.page("/years/1843/").select(".footnotes") == []


def test_versions_award_note_and_links_are_shown(one_author: Built) -> None:
    page = one_author.paper_pages["weaving"]
    shown = [(words(item), item.a["href"]) for item in page.select("section.versions li")]
    assert shown == [
        ("Preprint, Nov 2025", "https://arxiv.org/abs/2603.01234"),
        ("Workshop version, Looms 2025, Jun 1, 2025", "https://looms.example.org/7"),
        ("Proceedings of Looms, 2025", "https://doi.org/10.1000/182"),
    ]
    assert words(page.select_one(".award")) == "Best paper & *prize*"
    assert words(page.select_one(".note")) == "See also the errata and [1]."
    buttons = [words(button) for button in page.select("header ul.buttons a")]
    assert buttons == [
        "PDF", "DOI", "arXiv", "PubMed", "OpenReview", "Code", "Data", "Slides", "Poster", "Video", "Website",
        "Interview", "Supplement", "blog.example.org",
    ]  # fmt: skip
    assert words(page.select_one(".tldr math")) or page.select_one(".tldr")


def test_the_example_is_read_whole_by_a_microformats_reader(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = example(tmp_path_factory.getbasetemp())
    items = microformats(site, "index.html")
    assert len(of_type(items, "h-card")) >= 1
    assert len(of_type(items, "h-entry")) == 50
