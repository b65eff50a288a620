"""The page of the search and the files of its index."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from generator.output import Export, Page
from generator.pages import search
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"


def files(catalog: Catalog) -> dict[str, Any]:
    """The data of each script of the index, by the script's name."""
    found = {}
    for output in search.outputs(catalog):
        if isinstance(output, Export):
            text = output.write()
            name, _, data = text.removeprefix("paperfolioSearch(").removesuffix(");\n").partition(",")
            assert output.address == f"/search/{json.loads(name)}.js"
            found[json.loads(name)] = json.loads(data)
    return found


def page(catalog: Catalog) -> Page:
    (found,) = [output for output in search.outputs(catalog) if isinstance(output, Page)]
    return found


def test_papers_profiles_and_pages_are_found(catalog: Make) -> None:
    made = files(
        catalog(
            {
                "content/authors/ada.yaml": "name: Ada Lovelace\nrole: Countess\nbio: Weaves *numbers*.\ncategory: LG\n",
                "content/pages/teaching/index.md": "---\ntitle: Teaching\n---\nHow to weave.\n",
                P: "- {title: Newer, date: 2024, authors: [A B], venue: Nature, category: CV, abstract: About cats.}\n- {title: Older, date: 2023}\n",
            }
        )
    )
    assert made["found-0"] == [
        ["paper", "/papers/older/", "Older", "", "", "2023", "", -1, ""],
        ["paper", "/papers/newer/", "Newer", "A B", "Nature", "2024", "CV", made["found-0"][1][7], "About cats."],
        ["page", "/teaching/", "Teaching", "", "", "", "", -1, "How to weave."],
        ["profile", "/", "Ada Lovelace", "Countess", "", "", "LG", made["found-0"][3][7], "Weaves numbers."],
    ]
    words = made["words-0"]
    assert {"newer", "nature", "2024", "cv", "computer", "vision", "teaching", "weave", "countess", "numbers"} <= set(
        words
    )
    assert made["index"] == {
        "version": made["index"]["version"],
        "entries": 4,
        "size": 50,
        "words": [next(iter(words))],
    }


def test_an_abstract_counts_less_than_a_title(catalog: Make) -> None:
    words = files(catalog({P: "- {title: Looms, abstract: About engines.}\n"}))["words-0"]
    assert words["looms"].endswith(" ")
    assert words["engines"].startswith(" ")


def test_a_paper_is_found_by_the_sentence_that_says_it_in_short(catalog: Make) -> None:
    made = files(catalog({P: "- {title: Looms, tldr: About engines.}\n"}))
    assert made["words-0"]["engines"].startswith(" ")
    assert made["found-0"][0][-1] == "About engines."


def test_where_people_work_counts_less_than_their_names(catalog: Make) -> None:
    profile = "name: Ada Lovelace\nrole: Countess\naffiliations: [Oxford]\naliases: [Byron]\n"
    words = files(catalog({"content/authors/ada.yaml": profile, P: "- {title: Looms}\n"}))["words-0"]
    assert all(words[weak].startswith(" ") for weak in ("oxford", "countess"))
    assert all(words[strong].endswith(" ") for strong in ("lovelace", "byron"))


def test_every_thing_that_is_shown_is_in_a_part_of_its_own_number(catalog: Make) -> None:
    papers = "".join(f"- {{title: Paper {at}, id: p{at}, date: {1900 + at}}}\n" for at in range(120))
    made = files(catalog({P: papers}))
    parts = [made[f"found-{number}"] for number in range(3)]
    assert [len(part) for part in parts] == [50, 50, 21]
    assert parts[1][0][1] == "/papers/p50/"


def test_of_a_long_abstract_the_beginning_is_shown(catalog: Make) -> None:
    made = files(catalog({P: f"{{title: A, abstract: {'Some words. ' * 40}}}\n"}))
    excerpt = made["found-0"][0][-1]
    assert excerpt.startswith("Some words. Some")
    assert excerpt.endswith("…")
    assert len(excerpt) <= search.EXCERPT_LENGTH


def test_a_script_has_another_digest_when_what_it_tells_is_other(
    catalog: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FOUND_SIZE", 2)

    def digests(text: str) -> dict[str, str]:
        made = catalog({P: f"[{{title: A, abstract: {text}, date: 2020}}, {{title: B, date: 2021}}]"})
        return {output.path: output.digest for output in search.outputs(made) if isinstance(output, Export)}

    first, same, other = digests("one"), digests("one"), digests("two")
    assert first == same
    # ada herself is found in the second part, with nobody else
    assert {path for path in first if first[path] == other[path]} == {"search/found-1.js"}
    assert len(first) == 4


def test_the_page_leads_to_the_indexes_that_there_are(catalog: Make) -> None:
    made = page(catalog({P: "{title: A, date: 2023, tags: [x]}"}))
    assert not made.make().page.index
    assert [entry.address for entry in made.make().data.browse] == ["/", "/years/", "/tags/"]  # type: ignore[union-attr]


def test_a_site_without_papers_can_be_searched(catalog: Make) -> None:
    made = files(catalog({}))
    assert made["found-0"][0][0] == "profile"
    assert made["words-0"]["lovelace"]
