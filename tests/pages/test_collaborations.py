"""Papers of hundreds of authors: what feeds, lists for other websites and the search say of them."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
from themed_pages import page

from generator.output import Export, Page
from generator.pages import embed, feeds, search
from generator.pages.catalog import Catalog
from generator.pages.metadata import MOST_NAMES

Make = Callable[[dict[str, str | bytes]], Catalog]

STRANGERS = [f"Stranger{number} Person" for number in range(3 * MOST_NAMES)]
SITE: dict[str, str | bytes] = {
    "content/site.yaml": "url: https://lab.example/\n",
    "content/authors/ada.yaml": "name: Ada Lovelace\n",
    "content/authors/zoe.yaml": "name: Zoë Ek\n",
    "content/papers/p.yaml": f"title: T\nauthors: [{', '.join([*STRANGERS, 'Ada Lovelace'])}]\ndate: 2023\n",
}
NAMED = [*STRANGERS[:MOST_NAMES], "Ada Lovelace"]


def written(outputs: list[Page | Export], address: str) -> bytes:
    return next(output.data() for output in outputs if isinstance(output, Export) and output.address == address)


def test_feeds_name_the_first_and_those_with_a_profile(catalog: Make) -> None:
    outputs: list[Page | Export] = [*feeds.outputs(catalog(SITE))]
    (item,) = msgspec.json.decode(written(outputs, "/feed.json"))["items"]
    assert [author["name"] for author in item["authors"]] == item["_paperfolio"]["authors"] == NAMED
    assert item["_paperfolio"]["et_al"] is True
    assert written(outputs, "/feed.xml").count(b"<author>") == len(NAMED)


def test_lists_for_other_websites_do_so_too(catalog: Make) -> None:
    outputs = [*embed.outputs(catalog(SITE))]
    (item,) = msgspec.json.decode(written(outputs, "/embed/papers/feed.json"))["items"]
    assert [author["name"] for author in item["authors"]] == NAMED
    assert item["_paperfolio"]["et_al"] is True
    assert item["_paperfolio"]["owners"] == [MOST_NAMES]
    fragment = written(outputs, "/embed/papers/fragment.txt").decode()
    assert fragment.count('"p-author') == len(NAMED)
    assert "Ada Lovelace</span> et al.</div>" in fragment


def test_the_search_finds_all_and_shows_few(catalog: Make) -> None:
    made = catalog(SITE)
    outputs: list[Page | Export] = [*search.outputs(made)]
    assert STRANGERS[-1].split()[0].lower().encode() in b"".join(
        written(outputs, output.address) for output in outputs if "words-" in output.address
    )
    shown = written(outputs, "/search/found-0.js").decode()
    assert STRANGERS[MOST_NAMES - 1] in shown
    assert STRANGERS[MOST_NAMES] not in shown


def test_a_cv_leaves_the_others_to_the_page_of_the_paper(site: Callable[[dict[str, str | bytes]], Path]) -> None:
    shown = page(site(SITE), "cv")
    assert STRANGERS[9] in shown
    assert STRANGERS[10] not in shown
    count = len(STRANGERS) - 10
    assert re.search(f'<a href="../../../papers/t/">… {count} more …</a> <b>Ada Lovelace</b>', shown)
