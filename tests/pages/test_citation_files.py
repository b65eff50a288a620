"""Files of citations: of all papers, and of each list, read back by parsers of others."""

import json
from collections.abc import Callable

import pytest
import rispy
from pybtex.database import parse_string

from generator.pages import citation_files
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"
TWO = {"content/authors/ada.yaml": "name: Ada Lovelace\n", "content/authors/bob.yaml": "name: Bob Bell\n"}
PAPERS = """
- {title: First, date: 2021, authors: [Ada Lovelace, Bob Bell], category: LG, tags: [C++], venue: Annals of Tests}
- {title: Second, date: 2022-05, authors: [Bob Bell], categories: [LG, CV], venue: ArXiv}
- {title: Third, authors: [Ada Lovelace]}
"""


def written(catalog: Catalog) -> dict[str, str]:
    return {export.address: export.data().decode() for export in citation_files.outputs(catalog)}


def titles(address: str, text: str) -> list[str]:
    if address.endswith(".json"):
        return [item["title"] for item in json.loads(text)]
    if address.endswith(".ris"):
        return [entry["title"] for entry in rispy.loads(text)]
    return [entry.fields["title"] for entry in parse_string(text, "bibtex").entries.values()]


@pytest.mark.parametrize(
    ("exports", "names"),
    [
        ("[bib, ris, csl]", {"papers.bib", "papers.ris", "papers.csl.json"}),
        ("[ris]", {"papers.ris"}),
        ("[]", set()),
    ],
)
def test_only_wanted_formats_are_written(catalog: Make, exports: str, names: set[str]) -> None:
    made = catalog({"content/site.yaml": f"exports: {exports}\n", P: "{title: T, date: 2023}"})
    assert set(written(made)) == {f"{folder}{name}" for folder in ("/", "/years/2023/") for name in names}


@pytest.mark.parametrize("name", ["papers.bib", "papers.ris", "papers.csl.json"])
def test_each_list_has_a_file_with_its_papers_and_no_others(catalog: Make, name: str) -> None:
    files = written(catalog({**TWO, P: PAPERS}))
    found = {address.removesuffix(name): titles(address, files[address]) for address in files if address.endswith(name)}
    assert found == {
        "/": ["Second", "First", "Third"],
        "/categories/lg/": ["Second", "First"],
        "/categories/cv/": ["Second"],
        "/years/2021/": ["First"],
        "/years/2022/": ["Second"],
        "/tags/c-plus-plus/": ["First"],
        "/venues/annals-of-tests/": ["First"],
        "/authors/ada/": ["First", "Third"],
        "/authors/bob/": ["Second", "First"],
    }


@pytest.mark.parametrize("name", ["papers.bib", "papers.ris", "papers.csl.json"])
def test_files_of_lists_have_no_abstracts(catalog: Make, name: str) -> None:
    files = written(catalog({P: "{title: Looms, date: 2023, abstract: An engine of its own., tags: [x]}"}))
    assert "An engine of its own." in files[f"/{name}"]
    assert "An engine of its own." not in files[f"/years/2023/{name}"]
    assert titles(name, files[f"/years/2023/{name}"]) == ["Looms"]


def test_a_file_of_a_list_has_the_order_of_the_site(catalog: Make) -> None:
    papers = "".join(f"- {{title: Paper {n}, date: 2020, citations: {n}, category: LG}}\n" for n in (1, 3, 2))
    files = written(catalog({"content/site.yaml": "order: cited\n", P: papers}))
    assert titles("papers.ris", files["/categories/lg/papers.ris"]) == ["Paper 3", "Paper 2", "Paper 1"]


def test_a_single_author_has_the_files_of_the_site(catalog: Make) -> None:
    assert set(written(catalog({P: "title: T\n"}))) == {"/papers.bib", "/papers.ris", "/papers.csl.json"}


def test_somebody_without_papers_has_no_files(catalog: Make) -> None:
    files = written(catalog({**TWO, P: "{title: T, authors: [Ada Lovelace]}"}))
    assert {address for address in files if address.startswith("/authors/")} == {
        "/authors/ada/papers.bib",
        "/authors/ada/papers.ris",
        "/authors/ada/papers.csl.json",
    }


def test_lists_can_do_without(catalog: Make) -> None:
    made = catalog({"content/site.yaml": "{without: [exports], exports: [bib]}", P: "{title: T, date: 2023}"})
    assert set(written(made)) == {"/papers.bib"}


def test_a_paper_has_one_key_in_all_files(catalog: Make) -> None:
    papers = (
        "- {title: On sets, date: 2020, authors: [Ada Lovelace], tags: [x]}\n"
        "- {title: Sets, date: 2020, authors: [Ada Lovelace]}\n"
    )
    files = written(catalog({P: papers}))
    keys = {
        address: set(parse_string(files[address], "bibtex").entries) for address in files if address.endswith("bib")
    }
    assert len(keys["/papers.bib"]) == 2
    assert keys["/tags/x/papers.bib"] < keys["/papers.bib"] == keys["/years/2020/papers.bib"]


def test_the_digest_of_a_bibtex_file_tells_when_another_paper_takes_a_key(catalog: Make) -> None:
    one = "- {title: On sets, date: 2021-02, authors: [Ada Lovelace], tags: [x]}\n"
    other = "- {title: Sets, date: 2021-01, authors: [Ada Lovelace]}\n"
    before, after = (
        {export.address: (export.digest, export.data()) for export in citation_files.outputs(catalog({P: papers}))}
        for papers in (one, one + other)
    )
    assert before["/tags/x/papers.ris"] == after["/tags/x/papers.ris"]
    changed = [before["/tags/x/papers.bib"][part] != after["/tags/x/papers.bib"][part] for part in (0, 1)]
    assert changed == [True, True]


def test_a_site_without_papers_has_empty_files(catalog: Make) -> None:
    files = written(catalog({}))
    assert json.loads(files["/papers.csl.json"]) == []
    assert files["/papers.bib"] == files["/papers.ris"] == ""


def test_twice_written_is_the_same(catalog: Make) -> None:
    files = {P: "- {title: T, tags: [b, a], authors: [Ada, Bob]}\n- {title: U}\n"}
    assert written(catalog(files)) == written(catalog(files))
