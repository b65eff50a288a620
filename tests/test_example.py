"""The example of this repository shows the real thing: one profile with its figures and fifty papers."""

import datetime
import re
from pathlib import Path

import pytest
from site_builds import ROOT, Built, example, plain_yaml, words

from generator import collection, library
from generator.build import Options, build
from generator.merge import Told

SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return example(tmp_path_factory.getbasetemp())


def test_it_builds_and_only_its_address_is_missing(site: Built) -> None:
    assert [warning.what.partition(":")[0] for warning in site.report.notes] == ["no url"]


def test_every_paper_has_a_page(site: Built) -> None:
    assert len(site.papers) == len(site.paper_pages) == 50
    assert {words(page.h1) for page in site.paper_pages.values()} >= {
        paper["title"] for paper in site.papers if not any(sign in paper["title"] for sign in "\\$'`-")
    }


def test_the_profile_shows_name_category_and_the_five_figures(site: Built) -> None:
    front = site.page("/")
    assert words(front.h1) == "Song Guo"
    assert words(front.select_one(".field")) == "LG Machine Learning"
    shown = {words(value.find_previous("dt")): words(value) for value in front.select("dl.metrics dd")}
    assert shown == {"h-index": "41", "Papers": "133", "Citations": "3,360", "Novelty": "53%", "AI Score": "60"}
    raw = {value["data-metric"]: value["data-value"] for value in front.select("dl.metrics dd")}
    assert raw == {"h_index": "41", "papers": "133", "citations": "3360", "novelty": "53", "ai_score": "60"}


def test_the_profile_says_honestly_how_many_papers_it_lists(site: Built) -> None:
    front = site.page("/")
    assert words(front.select_one("h2#papers")) == "133 Papers"
    assert "50 of 133" in words(front.main)
    assert len(front.select("article.paper")) == 50
    assert "page/2/index.html" not in site.files


def test_each_listed_paper_shows_what_the_content_says(site: Built) -> None:
    front = site.page("/")
    listed = {words(article.select_one(".p-name")): article for article in front.select("article.paper")}
    plain = [paper for paper in site.papers if paper["title"] in listed]
    assert len(plain) >= 45, "all titles but those with markup"
    for paper in plain:
        article = listed[paper["title"]]
        assert words(article.select_one(".category")) == paper["category"]
        assert article.select_one("time.dt-published")["datetime"] == paper["date"]
        assert bool(article.select_one(".badge.code")) == ("code" in paper)
        names = ", ".join(entry["name"] for entry in paper["authors"])
        assert words(article.select_one(".byline")) == (f"{names} et al." if "et_al" in paper else names)
        assert len(words(article.select_one(".p-summary"))) > 100


def test_the_first_three_authors_stand_before_et_al(site: Built) -> None:
    cut = [paper for paper in site.papers if "et_al" in paper]
    assert len(cut) > 25
    assert all(len(paper["authors"]) == 3 for paper in cut)


def test_the_newest_paper_stands_first(site: Built) -> None:
    dates = [time["datetime"] for time in site.page("/").select("article.paper time.dt-published")]
    assert dates == sorted(dates, reverse=True)


def test_markup_of_abstracts_is_shown_and_not_typed(site: Built) -> None:
    for paper_id, page in site.paper_pages.items():
        abstract = page.select_one(".p-summary")
        for formula in abstract.find_all("math"):
            formula.decompose()
        assert not re.search(r"\\[a-zA-Z]+|\$", words(abstract)), paper_id


def test_the_free_page_is_in_the_navigation(site: Built) -> None:
    entries = [words(item) for item in site.page("/").select("nav[aria-label=Site] li")]
    assert "About this example" in entries
    assert "Categories" in entries
    assert site.page("/about/").find("math")


def test_the_content_names_its_schemas_for_editors() -> None:
    for path in sorted((ROOT / "content").glob("**/*.yaml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found, path
        assert (path.parent / found[1]).is_file(), path


@pytest.fixture(scope="module")
def seed() -> Path:
    found = sorted(SEEDS.glob("*.txt"))
    if not found:
        pytest.skip(f"NOT TESTED: there is no saved profile text in {SEEDS}")
    return found[0]


def test_a_saved_profile_page_imports_and_builds_without_a_warning(seed: Path, tmp_path: Path) -> None:
    profile = library.read(seed, None, datetime.date(2026, 11, 23))
    added = collection.collect(tmp_path, [Told(seed.name, profile)])
    assert profile.problems == ()
    assert added.problems == ()
    assert (added.new, added.known) == (50, 0)
    report = build(tmp_path, Options())
    assert [warning.what.partition(":")[0] for warning in report.notes] == ["no url"]
    assert len(list((tmp_path / "output" / "papers").glob("*/index.html"))) == 50
    front = (tmp_path / "output" / "index.html").read_text(encoding="utf-8")
    for text in ("Song Guo", "133 Papers", "50 of 133", "3,360", "53%", "h-index", "AI Score"):
        assert text in front


def test_the_example_has_the_facts_of_the_saved_page(seed: Path, tmp_path: Path) -> None:
    """Titles, authors, dates, categories and code are those of the source; abstracts are words of our own."""
    profile = library.read(seed, None, datetime.date(2026, 11, 23))
    collection.collect(tmp_path, [Told(seed.name, profile)])
    (path,) = (tmp_path / "content" / "papers").rglob("*.yaml")
    imported = {paper["title"]: paper for paper in plain_yaml(path)}
    shown = {paper["title"]: paper for paper in plain_yaml(ROOT / "content" / "papers" / "song-guo.yaml")}
    assert set(shown) == set(imported)
    for title, paper in shown.items():
        source = imported[title]
        for key in ("date", "category", "authors", "et_al"):
            assert paper.get(key) == source.get(key), (title, key)
        assert ("code" in paper) == ("code" in source), title
        assert paper["abstract"] != source["abstract"], title
