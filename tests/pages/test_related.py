"""Related papers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.kept import FEW, Last
from generator.model import Paper, PaperAuthor, Site, SiteConfig
from generator.pages.catalog import Catalog
from generator.pages.earlier import Earlier
from generator.pages.related import COMMON, MOST, Found, _Comparison, related
from generator.words import Words

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"


def by_id(catalog: Catalog) -> dict[str, list[str]]:
    """The ids of the related papers of each paper."""
    found = zip(catalog.papers, related(catalog), strict=True)
    return {paper.id: [other.id for other in others] for paper, others in found}


def titles(catalog: Catalog, title: str) -> list[str]:
    place = next(place for place, paper in enumerate(catalog.papers) if paper.title_text == title)
    return [str(other.title) for other in related(catalog)[place]]


def made(papers: list[tuple[str, str]], last: Last[Any] | None = None) -> Catalog:
    """A catalog of papers, each a title and an author."""
    records = tuple(
        Paper(id=f"p{number}", title=title, authors=(PaperAuthor(name=name),))
        for number, (title, name) in enumerate(papers)
    )
    site = Site(config=SiteConfig(), authors=(), papers=records, pages=(), files=())
    return Catalog(site, {}, Words("en"), Earlier(compared=last or Last(object)))


def test_the_rarer_what_is_shared_the_closer(catalog: Make) -> None:
    text = (
        "- {title: Weaving algebra, authors: [Ada Lovelace, Bo Ek]}\n- {title: Punched cards, authors: [Ada Lovelace, Bo Ek]}\n"
        "- {title: Algebra of engines, authors: [Ada Lovelace]}\n- {title: Machines and algebra, authors: [Ada Lovelace]}\n"
        "- {title: Something else, authors: [Ada Lovelace]}\n"
    )
    found = titles(catalog({P: text}), "Weaving algebra")
    assert found[0] == "Punched cards"
    assert set(found[1:]) == {"Algebra of engines", "Machines and algebra"}
    assert titles(catalog({P: text}), "Something else") == [], "the author of all papers brings nothing together"


def test_tags_count_and_the_category_decides_between_equals(catalog: Make) -> None:
    text = (
        "- {title: One, tags: [looms], category: LG}\n- {title: Alpha, tags: [looms], category: CV}\n"
        "- {title: Beta, tags: [looms], category: LG}\n- {title: Gamma, category: LG}\n- {title: Delta}\n"
    )
    assert titles(catalog({P: text}), "One") == ["Beta", "Alpha"]


def test_papers_without_a_category_have_none_in_common(catalog: Make) -> None:
    text = "- {title: One, tags: [looms]}\n- {title: Alpha, tags: [looms], category: CV}\n- {title: Beta, tags: [looms]}\n- {title: C}\n"
    assert titles(catalog({P: text}), "One") == ["Alpha", "Beta"]


def test_small_words_bring_nothing_together(catalog: Make) -> None:
    text = "- {title: With the engine}\n- {title: With the loom}\n- {title: Cards}\n"
    assert titles(catalog({P: text}), "With the loom") == []


def test_what_very_many_share_is_not_looked_at() -> None:
    many = [(f"Loom {number:x}", "A B") for number in range(COMMON + 1)]
    assert not any(related(made([*many, ("Cards", "C D")])))
    found = by_id(made([*many[:COMMON], ("Cards", "C D")]))
    assert all(found[f"p{number}"] for number in range(COMMON))


PAPER = st.tuples(st.sampled_from(["red loom", "blue loom", "red card", "engine"]), st.sampled_from(["A B", "C D"]))
PAPERS = st.lists(PAPER, max_size=12)


@given(PAPERS)
@settings(max_examples=50)
def test_no_paper_is_its_own_and_none_comes_twice(papers: list[tuple[str, str]]) -> None:
    found = by_id(made(papers))
    assert len(found) == len(papers)
    for paper_id, others in found.items():
        assert paper_id not in others
        assert len(set(others)) == len(others) <= MOST


@given(st.lists(PAPER, min_size=FEW, max_size=FEW + 9), st.lists(st.tuples(st.integers(0, FEW + 9), PAPER), max_size=3))
@settings(max_examples=50)
def test_who_was_compared_before_is_not_compared_otherwise(
    papers: list[tuple[str, str]], edits: list[tuple[int, tuple[str, str]]]
) -> None:
    last: Last[Any] = Last(Found)
    related(made(papers, last))
    assert last.get()
    for place, edit in edits:
        papers = [*papers[:place], edit, *papers[place + 1 :]]
        assert by_id(made(papers, last)) == by_id(made(papers))


def test_what_gains_a_word_and_loses_none_is_compared_again() -> None:
    words = ["".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") for number in range(FEW)]
    papers = [(word, f"{word} Bell") for word in words]
    last: Last[Any] = Last(Found)
    assert not any(by_id(made(papers, last)).values())
    found = by_id(made([(f"{words[0]} {words[1]}", f"{words[0]} Bell"), *papers[1:]], last))
    assert {paper_id: others for paper_id, others in found.items() if others} == {"p0": ["p1"], "p1": ["p0"]}


@pytest.mark.parametrize(
    ("others", "compared"),
    [(COMMON + 1, 1), (COMMON, COMMON + 1), (COMMON - 1, COMMON)],
    ids=["common before and after", "common now", "never common"],
)
def test_only_whom_a_word_brings_up_is_compared_for_it(
    others: int, compared: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [("loom", "A B")] * others + [("card", "A B"), *[("engine", "A B")] * FEW]
    last: Last[Any] = Last(Found)
    related(made(papers, last))
    places: list[int] = []
    closest = _Comparison.closest

    def counted(self: _Comparison, place: int, features: frozenset[str]) -> tuple[int, ...]:
        places.append(place)
        return closest(self, place, features)

    monkeypatch.setattr(_Comparison, "closest", counted)
    related(made([*papers[:others], ("card loom", "A B"), *papers[others + 1 :]], last))
    assert len(places) == compared


def test_few_are_compared_anew(tmp_path: Path) -> None:
    last: Last[Any] = Last(Found, tmp_path / "related")
    related(made([("red loom", "A B")] * (FEW - 1), last))
    last.save()
    assert not any(tmp_path.iterdir())
