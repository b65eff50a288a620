"""papers.json: all authors and papers, for machines."""

import json
from collections.abc import Callable
from typing import Any

from generator.model import Author, Paper
from generator.pages import data
from generator.pages.catalog import Catalog
from generator.shapes import fields_of

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"


def written(catalog: Catalog) -> dict[str, str]:
    return {export.address: export.data().decode() for export in data.outputs(catalog)}


def everything(catalog: Catalog) -> Any:
    return json.loads(written(catalog)["/papers.json"])


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


def test_whatever_is_written_of_a_paper_is_there(catalog: Make) -> None:
    made = catalog(
        {
            P: r"""
title: The \emph{title}
id: one
authors: [{name: Ana de la Cruz, family: de la Cruz, orcid: 0000-0002-1825-0097, url: "https://c.org/", equal: true,
  corresponding: true, senior: true}, Ada]
et_al: true
profiles: [ada]
date: 2023-08-07
status: accepted
category: cs.LG
categories: [math.CO]
tags: [sets]
abstract: An \textbf{abstract} with $x^2$.
tldr: In \emph{short}.
venue: Annals of Tests
abbr: AT
type: article-journal
volume: "4"
issue: "2"
pages: 1-9
publisher: Press
doi: 10.1000/x
arxiv: "2308.03395"
pmid: "29456801"
openreview: abc
citations: 3
code: https://github.com/a/b
pdf: p.pdf
slides: https://a.org/slides
poster: https://a.org/poster
video: https://a.org/video
dataset: https://a.org/data
website: https://a.org/page
links: [{label: Blog, url: "https://a.org/blog"}]
selected: true
award: Best \emph{paper}
note: A \emph{note}.
image: p.png
versions: [{label: Preprint, date: 2022-01, venue: ArXiv, url: "https://a.org/v", doi: 10.1000/v, arxiv: "2201.00001"}]
retracted: The data were wrong.
extra: {colour: blue}
""",
            "content/files/p.pdf": b"%PDF-",
            "content/files/p.png": b"",
        }
    )
    paper = everything(made)["papers"][0]
    links = {link.pop("kind"): link["url"] for link in paper.pop("links")}
    assert links == {
        "pdf": "/papers/one/p.pdf",
        "arxiv": "https://arxiv.org/abs/2308.03395",
        "doi": "https://doi.org/10.1000/x",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/29456801/",
        "openreview": "https://openreview.net/forum?id=abc",
        "code": "https://github.com/a/b",
        "slides": "https://a.org/slides",
        "poster": "https://a.org/poster",
        "video": "https://a.org/video",
        "dataset": "https://a.org/data",
        "website": "https://a.org/page",
        "link": "https://a.org/blog",
    }
    assert paper == {
        "id": "one",
        "address": "/papers/one/",
        "title": "The title",
        "authors": [
            {
                "name": "Ana de la Cruz",
                "family": "de la Cruz",
                "orcid": "0000-0002-1825-0097",
                "url": "https://c.org/",
                "equal": True,
                "corresponding": True,
                "senior": True,
            },
            {"name": "Ada"},
        ],
        "et_al": True,
        "profiles": ["ada"],
        "date": "2023-08-07",
        "status": "accepted",
        "category": "cs.LG",
        "categories": ["cs.LG", "math.CO"],
        "tags": ["sets"],
        "abstract": "An abstract with x^2.",
        "tldr": "In short.",
        "note": "A note.",
        "venue": "Annals of Tests",
        "abbr": "AT",
        "volume": "4",
        "issue": "2",
        "pages": "1-9",
        "publisher": "Press",
        "type": "article-journal",
        "doi": "10.1000/x",
        "arxiv": "2308.03395",
        "pmid": "29456801",
        "openreview": "abc",
        "citations": 3,
        "code": "https://github.com/a/b",
        "image": "/p.png",
        "versions": [
            {
                "label": "Preprint",
                "date": "2022-01",
                "venue": "ArXiv",
                "url": "https://a.org/v",
                "doi": "10.1000/v",
                "arxiv": "2201.00001",
            }
        ],
        "selected": True,
        "award": "Best paper",
        "retracted": True,
        "retraction": "The data were wrong.",
        "extra": {"colour": "blue"},
    }
    elsewhere = {"format", "bibtex", "draft", "redirect_from", *links}
    assert fields_of(Paper).keys() - elsewhere <= paper.keys() | {"links"}


def test_whatever_is_written_of_an_author_is_there(catalog: Make) -> None:
    author = r"""
name: Ada
family: Ada
aliases: [A. Lovelace]
pronouns: she/her
role: Countess
group: Founders
affiliations: [{name: Institute, url: "https://i.org/"}]
bio: Wrote the *first* program.
photo: ada.png
email: ada@a.org
category: cs.LG
interests: [engines]
links: {github: ada}
metrics: {h_index: {value: 9, help: Why., history: {2023-01-01: 8}}}
citations_by_year: {years: {2023: 5}, source: Scholar, as_of: 2024-05-01, history: {2024-01-01: {2023: 4}}}
positions: [{title: Analyst, organization: Engine, url: "https://e.org/", start: 1842, end: 1843, note: '[Notes](/cv/)'}]
education: [Tutors]
awards: [{title: Prize, organization: Society, date: 1843-10, note: Late}]
sections: {Talks: [{title: On engines, date: 1843-05}, Another], Nothing: []}
"""
    found = everything(catalog({"content/authors/ada.yaml": author, "content/files/ada.png": b"", P: "title: T\n"}))
    ada = found["authors"][0]
    metrics = ada.pop("metrics")
    assert metrics["h_index"] == {"value": "9", "label": "h-index", "help": "Why.", "history": {"2023-01-01": "8"}}
    assert ada == {
        "id": "ada",
        "address": "/",
        "name": "Ada",
        "family": "Ada",
        "aliases": ["A. Lovelace"],
        "pronouns": "she/her",
        "role": "Countess",
        "group": "Founders",
        "affiliations": ["Institute"],
        "bio": "Wrote the first program.",
        "photo": "/ada.png",
        "email": "ada@a.org",
        "category": "cs.LG",
        "interests": ["engines"],
        "links": [{"label": "GitHub", "url": "https://github.com/ada"}],
        "citations_by_year": {"2023": 5},
        "citations_source": "Scholar",
        "citations_as_of": "2024-05-01",
        "citations_history": {"2024-01-01": {"2023": 4}},
        "positions": [
            {
                "title": "Analyst",
                "organization": "Engine",
                "url": "https://e.org/",
                "start": "1842",
                "end": "1843",
                "note": "Notes",
            }
        ],
        "education": [{"title": "Tutors"}],
        "awards": [{"title": "Prize", "organization": "Society", "date": "1843-10", "note": "Late"}],
        "sections": [
            {"heading": "Talks", "entries": [{"title": "On engines", "end": "1843-05"}, {"title": "Another"}]},
            {"heading": "Nothing", "entries": []},
        ],
        "papers_listed": 1,
        "papers_total": 1,
    }
    assert fields_of(Author).keys() <= ada.keys() | {"metrics", "redirect_from"}


def test_the_site_is_named(catalog: Make) -> None:
    found = everything(catalog({"content/site.yaml": "title: Lab\nurl: https://a.org/x\n"}))
    assert (found["title"], found["url"], found["version"]) == ("Lab", "https://a.org/x/", 1)


def test_a_site_without_papers_has_an_empty_list(catalog: Make) -> None:
    assert everything(catalog({}))["papers"] == []


def test_twice_written_is_the_same(catalog: Make) -> None:
    files = {P: "- {title: T, tags: [b, a], authors: [Ada, Bob]}\n- {title: U}\n"}
    assert written(catalog(files)) == written(catalog(files))
