"""Everything for machines: papers.json and the three citation formats."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rispy
from pybtex.database import parse_string

from generator.pages import data
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"


def written(catalog: Catalog) -> dict[str, str]:
    return {export.address: export.data().decode() for export in data.outputs(catalog)}


def everything(catalog: Catalog) -> Any:
    return json.loads(written(catalog)["/papers.json"])


@pytest.mark.parametrize(
    ("exports", "addresses"),
    [
        ("[bib, ris, csl]", {"/papers.json", "/papers.bib", "/papers.ris", "/papers.csl.json"}),
        ("[ris]", {"/papers.json", "/papers.ris"}),
        ("[]", {"/papers.json"}),
    ],
)
def test_only_wanted_formats_are_written_but_always_the_json(catalog: Make, exports: str, addresses: set[str]) -> None:
    assert set(written(catalog({"content/site.yaml": f"exports: {exports}\n"}))) == addresses


def test_all_formats_hold_all_papers_in_the_order_of_the_site(catalog: Make) -> None:
    papers = "".join(f"- {{title: Paper {n}, date: {2000 + n}, authors: [Ada Lovelace]}}\n" for n in range(5))
    files = written(catalog({P: papers}))
    titles = [f"Paper {n}" for n in (4, 3, 2, 1, 0)]
    assert [paper["title"] for paper in json.loads(files["/papers.json"])["papers"]] == titles
    assert [item["title"] for item in json.loads(files["/papers.csl.json"])] == titles
    assert [entry.get("title") or entry.get("primary_title") for entry in rispy.loads(files["/papers.ris"])] == titles
    entries = parse_string(files["/papers.bib"], "bibtex").entries.values()
    assert [entry.fields["title"].replace("{", "").replace("}", "") for entry in entries] == titles


def test_a_paper_says_what_is_known_and_nothing_else(catalog: Make) -> None:
    made = catalog(
        {
            P: "- title: \\emph{A} <b>\n  date: 2023-08\n  category: cs.LG\n  authors: [Ada, {name: B, equal: true}]\n"
            "  citations: 7\n  code: true\n  doi: 10.1000/x\n- {title: U}\n"
        }
    )
    first, second = everything(made)["papers"]
    assert first == {
        "id": "a-b",
        "address": "/papers/a-b/",
        "title": "A <b>",
        "authors": [{"name": "Ada"}, {"name": "B", "equal": True}],
        "profiles": ["ada"],
        "date": "2023-08",
        "category": "cs.LG",
        "categories": ["cs.LG"],
        "doi": "10.1000/x",
        "citations": 7,
        "code": True,
        "links": [{"kind": "doi", "label": "DOI", "url": "https://doi.org/10.1000/x"}],
    }
    assert second == {"id": "u", "address": "/papers/u/", "title": "U", "profiles": ["ada"]}


def test_never_cited_is_known(catalog: Make) -> None:
    assert everything(catalog({P: "title: T\ncitations: 0\n"}))["papers"][0]["citations"] == 0


def test_an_author_has_figures_with_their_source(catalog: Make) -> None:
    author = "name: Ada\nmetrics: {citations: {value: '3,360', source: Scholar, as_of: 2024-05}}\ncitations_by_year: {2023: 5}\n"
    found = everything(catalog({"content/authors/ada.yaml": author, P: "title: T\n"}))["authors"][0]
    assert found["id"] == "ada"
    metric = found["metrics"]["citations"]
    assert (metric["value"], metric["source"], metric["as_of"]) == ("3360", "Scholar", "2024-05")
    assert found["citations_by_year"] == {"2023": 5}
    assert (found["papers_listed"], found["papers_total"]) == (1, 1)


def test_the_site_is_named(catalog: Make) -> None:
    found = everything(catalog({"content/site.yaml": "title: Lab\nurl: https://a.org/x\n"}))
    assert (found["title"], found["url"], found["version"]) == ("Lab", "https://a.org/x/", 1)


def test_a_site_without_papers_has_empty_lists(catalog: Make) -> None:
    files = written(catalog({}))
    assert json.loads(files["/papers.json"])["papers"] == []
    assert json.loads(files["/papers.csl.json"]) == []
    assert files["/papers.bib"].strip() == ""
    assert files["/papers.ris"].strip() == ""


def test_twice_written_is_the_same(catalog: Make) -> None:
    files = {P: "- {title: T, tags: [b, a], authors: [Ada, Bob]}\n- {title: U}\n"}
    assert written(catalog(files)) == written(catalog(files))
