"""What pages say to machines."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.views import Crumb
from generator.words import Words

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"
URL = "url: https://lab.github.io/papers/\n"


def scholar(catalog: Catalog) -> list[tuple[str, str]]:
    return list(metadata.scholar(catalog, catalog.papers[0]))


def article(catalog: Catalog) -> dict[str, Any]:
    return metadata.article(catalog, catalog.papers[0])


class TestScholar:
    def test_a_paper_has_the_tags_that_google_scholar_reads(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/site.yaml": URL,
                P: "title: \\emph{A} paper\nauthors: [Ada Lovelace, 'Babbage, Charles']\ndate: 2023-08-07\nvenue: Nature\n"
                "volume: 3\nissue: 2\npages: 12--34\ndoi: 10.1000/x\narxiv: 2308.03395\npdf: a b.pdf\n"
                "pmid: 123\npublisher: Press\ntags: [looms, cards]\n",
                "content/files/a b.pdf": "x",
            }
        )
        found = scholar(made)
        assert found[:4] == [
            ("citation_title", "A paper"),
            ("citation_author", "Ada Lovelace"),
            ("citation_author", "Babbage, Charles"),
            ("citation_publication_date", "2023/08/07"),
        ]
        assert [value for name, value in found if name == "citation_keywords"] == ["looms", "cards"]
        assert {name: value for name, value in found[4:] if name != "citation_keywords"} == {
            "citation_journal_title": "Nature",
            "citation_volume": "3",
            "citation_issue": "2",
            "citation_firstpage": "12",
            "citation_lastpage": "34",
            "citation_publisher": "Press",
            "citation_doi": "10.1000/x",
            "citation_arxiv_id": "2308.03395",
            "citation_pmid": "123",
            "citation_language": "en",
            "citation_pdf_url": "https://lab.github.io/papers/papers/a-paper/a%20b.pdf",
            "citation_abstract_html_url": "https://lab.github.io/papers/papers/a-paper/",
        }

    @pytest.mark.parametrize(
        ("written", "shown"), [("2023", "2023"), ("2023-08", "2023/08"), ("2023-08-07", "2023/08/07")]
    )
    def test_a_date_says_no_more_than_is_known(self, catalog: Make, written: str, shown: str) -> None:
        assert dict(scholar(catalog({P: f"title: T\ndate: {written}\n"})))["citation_publication_date"] == shown

    def test_a_conference_is_no_journal(self, catalog: Make) -> None:
        found = dict(scholar(catalog({P: "title: T\ntype: paper-conference\nvenue: NeurIPS\n"})))
        assert found["citation_conference_title"] == "NeurIPS"
        assert "citation_journal_title" not in found

    @pytest.mark.parametrize(
        ("type", "tag"),
        [
            ("thesis", "citation_dissertation_institution"),
            ("report", "citation_technical_report_institution"),
            ("chapter", "citation_inbook_title"),
            ("article-journal", "citation_journal_title"),
        ],
    )
    def test_each_type_says_in_its_own_tag_where_it_appeared(self, catalog: Make, type: str, tag: str) -> None:
        found = dict(scholar(catalog({P: f"title: A\ntype: {type}\nvenue: MIT\n"})))
        assert [name for name, value in found.items() if value == "MIT"] == [tag]

    @pytest.mark.parametrize("pages", ["12-34", "12--34", "12–34", "12 – 34", "12—34", "12‐34", "12---34"])
    def test_pages_are_cut_at_any_dash(self, catalog: Make, pages: str) -> None:
        found = dict(scholar(catalog({P: f"title: T\npages: {pages}\n"})))
        assert (found["citation_firstpage"], found["citation_lastpage"]) == ("12", "34")

    def test_what_is_not_known_has_no_tag(self, catalog: Make) -> None:
        assert scholar(catalog({P: "title: T\n"})) == [("citation_title", "T"), ("citation_language", "en")]

    def test_a_pdf_elsewhere_is_not_claimed(self, catalog: Make) -> None:
        found = dict(scholar(catalog({"content/site.yaml": URL, P: "title: T\npdf: https://a.org/x.pdf\n"})))
        assert "citation_pdf_url" not in found


class TestSignposts:
    def test_a_paper_tells_who_wrote_it_where_it_is_and_what_describes_it(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/site.yaml": f"{URL}license: CC BY 4.0\nexports: [bib]\n",
                P: "title: T\nauthors: [Ada, {name: Bob, orcid: 0000-0002-1825-0097}]\narxiv: 2308.03395\npdf: a.pdf\n",
                "content/files/a.pdf": "x",
            }
        )
        found = metadata.signposts(made, made.papers[0])
        assert [(post.rel, post.address, post.type) for post in found] == [
            ("cite-as", "https://arxiv.org/abs/2308.03395", ""),
            ("type", "https://schema.org/AboutPage", ""),
            ("type", "https://schema.org/ScholarlyArticle", ""),
            ("author", "https://orcid.org/0000-0002-1825-0097", ""),
            ("item", "/papers/t/a.pdf", "application/pdf"),
            ("describedby", "/papers/t/cite.bib", "application/x-bibtex"),
            ("license", "https://creativecommons.org/licenses/by/4.0/", ""),
        ]

    def test_what_has_no_lasting_identifier_is_cited_by_none(self, catalog: Make) -> None:
        made = catalog({P: "title: T\n", "content/site.yaml": "exports: []\n"})
        assert [post.rel for post in metadata.signposts(made, made.papers[0])] == ["type", "type"]


class TestArticle:
    def test_an_article_has_all_its_authors_in_order(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/site.yaml": URL,
                P: "title: T\nauthors: [Ada Lovelace, {name: Bob, orcid: 0000-0002-1825-0097, url: 'https://b.org'}]\n",
            }
        )
        found = article(made)
        assert found["@type"] == "ScholarlyArticle"
        assert [author["name"] for author in found["author"]] == ["Ada Lovelace", "Bob"]
        assert found["author"][0]["@id"] == metadata.person(made, made.profiles[0])["@id"]
        assert found["author"][1] == {
            "@type": "Person",
            "name": "Bob",
            "url": "https://b.org",
            "sameAs": "https://orcid.org/0000-0002-1825-0097",
        }
        assert found["url"] == "https://lab.github.io/papers/papers/t/"

    def test_an_article_has_what_the_paper_says(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/site.yaml": f"{URL}license: CC BY 4.0\nlanguage: de\n",
                P: "title: \\emph{A} loom\ndate: 2023-08\ntags: [cards]\ncategory: LG\nabstract: We \\emph{weave}.\n"
                "publisher: Press\npages: 1-2\naward: '\\emph{Best} loom'\nstatus: accepted\ndoi: 10.1000/x\n"
                "arxiv: 2308.03395\npmid: 123\nimage: a.png\npdf: a b.pdf\n",
                "content/files/a.png": "x",
                "content/files/a b.pdf": "x",
            }
        )
        home = "https://lab.github.io/papers/"
        assert article(made) == {
            "@context": "https://schema.org",
            "@type": "ScholarlyArticle",
            "headline": "A loom",
            "name": "A loom",
            "url": f"{home}papers/a-loom/",
            "mainEntityOfPage": f"{home}papers/a-loom/",
            "datePublished": "2023-08",
            "abstract": "We weave.",
            "inLanguage": "de",
            "keywords": ["cards"],
            "about": ["Machine Learning"],
            "pagination": "1-2",
            "pageStart": "1",
            "pageEnd": "2",
            "publisher": {"@type": "Organization", "name": "Press"},
            "award": "Best loom",
            "creativeWorkStatus": "accepted",
            "identifier": [
                {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1000/x"},
                {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2308.03395"},
                {"@type": "PropertyValue", "propertyID": "PMID", "value": "123"},
            ],
            "sameAs": [
                "https://doi.org/10.1000/x",
                "https://arxiv.org/abs/2308.03395",
                "https://pubmed.ncbi.nlm.nih.gov/123/",
            ],
            "image": f"{home}a.png",
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": f"{home}papers/a-loom/a%20b.pdf",
                "encodingFormat": "application/pdf",
            },
            "license": "https://creativecommons.org/licenses/by/4.0/",
        }
        retracted = article(catalog({P: "title: A\nstatus: accepted\nretracted: true\n"}))
        assert retracted["creativeWorkStatus"] == "Retracted"

    def test_an_article_is_part_of_its_issue_volume_and_journal(self, catalog: Make) -> None:
        made = article(catalog({P: "title: A\nvenue: Nature\nvolume: 3\nissue: 2\npages: 12-34\n"}))
        volume = made["isPartOf"]["isPartOf"]
        assert (made["isPartOf"]["issueNumber"], volume["volumeNumber"], volume["isPartOf"]["name"]) == (
            "2",
            "3",
            "Nature",
        )
        assert (made["pageStart"], made["pageEnd"]) == ("12", "34")
        talk = article(catalog({P: "title: A\nvenue: Proceedings of X\n"}))
        assert talk["isPartOf"] == {"@type": "Book", "name": "Proceedings of X"}

    def test_editors_are_of_the_book_that_a_paper_is_in_and_translators_of_the_paper(self, catalog: Make) -> None:
        extra = "extra: {editor: 'Charles Babbage, Mary Somerville', translator: Luigi}\n"
        editors = [{"@type": "Person", "name": name} for name in ("Charles Babbage", "Mary Somerville")]
        chapter = article(catalog({P: f"title: A\ntype: chapter\nvenue: Engines\n{extra}"}))
        assert chapter["isPartOf"] == {"@type": "Book", "name": "Engines", "editor": editors}
        assert "editor" not in chapter
        book = article(catalog({P: f"title: A\ntype: book\n{extra}"}))
        assert (book["editor"], book["translator"]) == (editors, [{"@type": "Person", "name": "Luigi"}])

    def test_a_thesis_is_of_its_university_and_no_part_of_a_journal(self, catalog: Make) -> None:
        made = article(catalog({P: "title: A\ntype: thesis\nvenue: Loom College\n"}))
        assert "isPartOf" not in made
        assert made["sourceOrganization"] == {"@type": "Organization", "name": "Loom College"}

    def test_a_name_that_two_categories_have_is_a_topic_once(self, catalog: Make) -> None:
        made = article(catalog({P: "title: A\ncategories: [cs.LG, stat.ML]\n"}))
        assert made["about"] == ["Machine Learning"]

    def test_without_the_sites_address_nothing_relative_is_said(self, catalog: Make) -> None:
        made = catalog(
            {
                "content/authors/ada.yaml": "name: Ada\nphoto: me.jpg\n",
                "content/files/me.jpg": "x",
                P: "title: T\nauthors: [Ada]\npdf: me.jpg\n",
            }
        )
        shown = [
            article(made),
            metadata.profile_page(made, made.profiles[0]),
            metadata.breadcrumbs(made, (Crumb(label="T", address="/papers/t/"),)),
            metadata.collection(made, "All", "/", made.papers),
        ]
        for text in _texts(shown):
            assert not text.startswith(("/", "#")), text

    def test_nothing_empty_is_said(self, catalog: Make) -> None:
        made = catalog({P: "title: T\n"})
        for found in (article(made), metadata.profile_page(made, made.profiles[0])):
            assert not [value for value in _values(found) if value in ("", None, [], {})]


def _values(found: object) -> list[object]:
    if isinstance(found, dict):
        return [found, *(inner for value in found.values() for inner in _values(value))]
    if isinstance(found, list):
        return [found, *(inner for value in found for inner in _values(value))]
    return [found]


def _texts(found: object) -> list[str]:
    return [value for value in _values(found) if isinstance(value, str)]


class TestPerson:
    def test_a_person_has_what_the_profile_says(self, catalog: Make) -> None:
        author = (
            "name: Ada Lovelace\naliases: [A. A. King]\nrole: Analyst\nemail: ada@a.org\ncategory: LG\n"
            "affiliations: [{name: Engine Lab, url: 'https://e.org'}, Somewhere]\ninterests: [engines]\n"
            "links: {orcid: 0000-0002-1825-0097, email: ada@e.org, github: ada, cv: cv.pdf}\nphoto: me.jpg\nbio: '*First* coder.'\n"
        )
        files: dict[str, str | bytes] = {"content/files/me.jpg": "x", "content/files/cv.pdf": "x"}
        made = catalog({"content/site.yaml": URL, "content/authors/ada.yaml": author, **files})
        found = metadata.profile_page(made, made.profiles[0])
        assert found["@type"] == "ProfilePage"
        person = found["mainEntity"]
        assert person["name"] == "Ada Lovelace"
        assert person["alternateName"] == ["A. A. King"]
        assert person["url"] == "https://lab.github.io/papers/"
        assert person["image"] == "https://lab.github.io/papers/me.jpg"
        assert person["jobTitle"] == "Analyst"
        assert person["description"] == "First coder."
        assert person["affiliation"] == [
            {"@type": "Organization", "name": "Engine Lab", "url": "https://e.org"},
            {"@type": "Organization", "name": "Somewhere"},
        ]
        assert person["knowsAbout"] == ["engines", "Machine Learning"]
        assert person["identifier"] == "https://orcid.org/0000-0002-1825-0097"
        assert person["sameAs"] == ["https://orcid.org/0000-0002-1825-0097", "https://github.com/ada"]


class TestLists:
    def test_breadcrumbs_count_from_one(self, catalog: Make) -> None:
        made = catalog({"content/site.yaml": URL})
        crumbs = (Crumb(label="Home", address="/"), Crumb(label="LG", address="/categories/lg/"))
        items = metadata.breadcrumbs(made, crumbs)["itemListElement"]
        assert [(item["position"], item["name"], item["item"]) for item in items] == [
            (1, "Home", "https://lab.github.io/papers/"),
            (2, "LG", "https://lab.github.io/papers/categories/lg/"),
        ]

    def test_a_collection_lists_the_papers_of_its_page(self, catalog: Make) -> None:
        made = catalog({"content/site.yaml": URL, P: "- {title: T, date: 2023}\n- {title: U, date: 2022}\n"})
        found = metadata.collection(made, "All", "/", made.papers)
        assert found["mainEntity"]["numberOfItems"] == 2
        assert [item["name"] for item in found["mainEntity"]["itemListElement"]] == ["T", "U"]

    def test_citation_files_are_those_that_are_written(self, catalog: Make) -> None:
        made = catalog({"content/site.yaml": "exports: [csl, bib]\n", P: "title: T\n"})
        found = metadata.citation_files(made.papers[0], made.site.config)
        assert [(entry.type, entry.address) for entry in found] == [
            ("application/x-bibtex", "/papers/t/cite.bib"),
            ("application/vnd.citationstyles.csl+json", "/papers/t/cite.json"),
        ]

    def test_citation_files_of_a_list_are_those_that_are_written(self, catalog: Make) -> None:
        made = catalog({"content/site.yaml": "exports: [csl, bib]\n", P: "{title: T, date: 2023}"})
        found = metadata.citation_files_of_list("/years/2023/", made.site.config)
        assert [(entry.type, entry.address) for entry in found] == [
            ("application/x-bibtex", "/years/2023/papers.bib"),
            ("application/vnd.citationstyles.csl+json", "/years/2023/papers.csl.json"),
        ]
        made = catalog({"content/site.yaml": "without: [exports]\n", P: "{title: T, date: 2023}"})
        assert metadata.citation_files_of_list("/years/2023/", made.site.config) == ()

    def test_a_list_has_two_feeds(self, catalog: Make) -> None:
        made = catalog({P: "title: T\n"})
        assert [(feed.type, feed.address) for feed in metadata.feeds(made, "T", "/categories/lg/")] == [
            ("application/feed+json", "/categories/lg/feed.json"),
            ("application/atom+xml", "/categories/lg/feed.xml"),
        ]


class TestDescriptions:
    def test_a_paper_is_described_by_its_abstract_or_its_authors(self, catalog: Make) -> None:
        first, second = catalog(
            {P: "- {title: T, date: 2023, abstract: We show.}\n- {title: U, authors: [A, B], et_al: true}\n"}
        ).papers
        assert metadata.describe(first, Words("en")) == "We show."
        assert metadata.describe(second, Words("en")) == "U. A, B et al."

    def test_a_title_that_ends_a_sentence_gets_no_second_sign(self, catalog: Make) -> None:
        (paper,) = catalog({P: "title: Is P = NP?\nauthors: [A]\n"}).papers
        assert metadata.describe(paper, Words("en")) == "Is P = NP? A"

    def test_a_paper_is_described_by_the_sentence_that_is_written_for_that(self, catalog: Make) -> None:
        (paper,) = catalog({P: "title: T\nabstract: Much.\ntldr: We \\emph{show}.\n"}).papers
        assert metadata.describe(paper, Words("en")) == "We show."

    def test_a_description_is_cut_at_a_word(self) -> None:
        assert metadata.shortened("one two, three", 10) == "one two…"
        assert metadata.shortened("one two", 7) == "one two"
        assert metadata.shortened(" one\n two ") == "one two"

    @given(st.text(), st.integers(2, 40))
    def test_a_description_is_never_longer_than_it_may_be(self, text: str, length: int) -> None:
        found = metadata.shortened(text, length)
        assert len(found) <= length
        assert not re.search(r"\s\s|\n", found)
        line = " ".join(text.split())
        assert found == line or line.startswith(found[:-1])
