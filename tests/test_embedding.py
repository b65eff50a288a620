"""``paperfolio embed`` prints what other websites paste."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator import embedding
from generator.errors import ContentError, PaperfolioError

Site = Callable[[dict[str, str | bytes]], Path]
URL = "https://lab.example/p/"
FILES: dict[str, str | bytes] = {
    "content/site.yaml": f"url: {URL}\n",
    "content/authors/ada.yaml": "name: Ada Lovelace\n",
    "content/authors/bob.yaml": "name: Bob Noyce\n",
    "content/papers/p.yaml": "- {title: T, date: 2023, category: LG, authors: [Ada Lovelace], tags: ['a \"b\" & c', Looms]}\n",
}


def test_the_element_has_the_attributes_that_are_wished(site: Site) -> None:
    wished = {"author": "ada", "tag": 'a "b" & c, looms', "selected": "", "show": "Tags, links", "lang": "de-CH"}
    soup = BeautifulSoup(embedding.text(site(FILES), "script", wished), "html.parser")
    assert soup.script.attrs == {"type": "module", "src": f"{URL}embed.js"}
    element = soup.find("paper-list")
    assert element.attrs == wished
    assert (element.a["href"], element.a.text) == (URL, "All papers")


def test_the_element_takes_several_authors_and_categories(site: Site) -> None:
    files = {**FILES, "content/papers/q.yaml": "- {title: Q, category: CL, authors: [Bob Noyce]}\n"}
    wished = {"author": "ada, bob", "category": "LG,CL"}
    element = BeautifulSoup(embedding.text(site(files), "script", wished), "html.parser").find("paper-list")
    assert element.attrs == wished
    with pytest.raises(PaperfolioError, match="no papers of the category 'NE'"):
        embedding.text(site(files), "script", {"category": "LG,NE"})


@pytest.mark.parametrize("code", ["lg", "cs.LG", "CS.lg"])
def test_every_spelling_of_a_category_is_that_of_the_site(site: Site, code: str) -> None:
    """The element finds a category by the code that is shown."""
    element = BeautifulSoup(embedding.text(site(FILES), "script", {"category": code}), "html.parser").find("paper-list")
    assert element["category"] == "LG"
    frame = BeautifulSoup(embedding.text(site(FILES), "iframe", {"category": code}), "html.parser").iframe
    assert frame["src"] == f"{URL}embed/categories/lg/"


@pytest.mark.parametrize("years", ["lately", "2020,2021", "-", "2020-2021-2022"])
def test_years_that_the_element_would_not_understand_are_refused(site: Site, years: str) -> None:
    with pytest.raises(PaperfolioError, match="no years"):
        embedding.text(site(FILES), "script", {"year": years})


@pytest.mark.parametrize(
    ("wished", "folder", "title"),
    [
        ({}, "papers", "Papers"),
        ({"author": "ada"}, "authors/ada", "Ada Lovelace"),
        ({"category": "lg"}, "categories/lg", "LG: Machine Learning"),
        ({"year": "2023"}, "years/2023", "Papers of 2023"),
    ],
)
def test_a_frame_shows_the_page_of_one_list(site: Site, wished: dict[str, str], folder: str, title: str) -> None:
    frame = BeautifulSoup(embedding.text(site(FILES), "iframe", wished), "html.parser").iframe
    assert (frame["src"], frame["title"]) == (f"{URL}embed/{folder}/", title)


@pytest.mark.parametrize("form", ["html", "shadow"])
def test_html_is_the_list_itself(site: Site, form: str) -> None:
    soup = BeautifulSoup(embedding.text(site(FILES), form, {"author": "ada"}), "html.parser")
    assert [link["href"] for link in soup.find_all("a", class_="p-name")] == [f"{URL}papers/t/"]
    assert bool(soup.template) == (form == "shadow")


def test_the_only_author_of_a_site_is_its_whole_list(site: Site) -> None:
    files = {key: text for key, text in FILES.items() if "bob" not in key}
    assert f'src="{URL}embed/papers/"' in embedding.text(site(files), "iframe", {"author": "ada"})


@pytest.mark.parametrize(
    ("form", "wished", "what", "hint"),
    [
        ("script", {"author": "adda"}, "there are no papers of the author 'adda'", "did you mean 'ada'?"),
        ("script", {"category": "XY"}, "there are no papers of the category 'XY'", "there are: lg"),
        ("script", {"show": "abstract,citation"}, "nothing to show is called 'citation'", "did you mean 'citations'?"),
        ("script", {"tag": "Loms"}, "there are no papers of the tag 'Loms'", "did you mean 'looms'?"),
        ("script", {"lang": "de_CH"}, "--lang 'de_CH' is not a language tag", "write de-CH"),
        ("script", {"year": "2023-2020"}, "'2023-2020' are no years", "write 2023, 2020-2023"),
        ("iframe", {"year": "1999"}, "there are no papers of the year '1999'", "there are: 2023"),
        ("html", {"selected": ""}, "no paper is selected", ""),
        ("iframe", {"tag": "x", "limit": "3"}, "--tag, --limit cannot be given together", "only the form script"),
    ],
)
def test_a_list_that_is_not_there_is_said(site: Site, form: str, wished: dict[str, str], what: str, hint: str) -> None:
    with pytest.raises(PaperfolioError) as raised:
        embedding.text(site(FILES), form, wished)
    assert what in raised.value.message
    assert hint in raised.value.hint


def test_without_an_address_there_is_nothing_to_paste(site: Site) -> None:
    folder = site({**FILES, "content/site.yaml": ""})
    with pytest.raises(PaperfolioError, match="not known"):
        embedding.text(folder, "script", {})
    assert "https://x.example/embed.js" in embedding.text(folder, "script", {}, "https://x.example/")


def test_a_site_that_does_without_lists_for_others_has_nothing_to_paste(site: Site) -> None:
    with pytest.raises(PaperfolioError) as caught:
        embedding.text(site({**FILES, "content/site.yaml": f"url: {URL}\nwithout: [embed]\n"}), "script", {})
    assert caught.value.hint == "take embed out of without: in content/site.yaml"


def test_problems_of_the_content_come_first(site: Site) -> None:
    with pytest.raises(ContentError) as raised:
        embedding.text(site({**FILES, "content/papers/q.yaml": "titel: T"}), "script", {})
    assert raised.value.problems
