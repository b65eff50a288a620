"""Related papers."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Paper, PaperAuthor, Site, SiteConfig
from generator.pages.catalog import Catalog
from generator.pages.related import COMMON, MOST, related
from generator.words import Words

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"


def titles(catalog: Catalog, title: str) -> list[str]:
    paper = next(paper for paper in catalog.papers if paper.title_text == title)
    return [str(entry.title) for entry in related(catalog)[paper.id]]


def made(papers: list[tuple[str, str]]) -> Catalog:
    """A catalog of papers, each a title and an author."""
    records = tuple(
        Paper(id=f"p{number}", title=title, authors=(PaperAuthor(name=name),))
        for number, (title, name) in enumerate(papers)
    )
    return Catalog(Site(config=SiteConfig(), authors=(), papers=records, pages=(), files=()), {}, Words("en"))


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


def test_small_words_bring_nothing_together(catalog: Make) -> None:
    text = "- {title: With the engine}\n- {title: With the loom}\n- {title: Cards}\n"
    assert titles(catalog({P: text}), "With the loom") == []


def test_a_related_paper_is_shown_with_its_address_and_year(catalog: Make) -> None:
    made = catalog(
        {P: "- {title: Old looms, id: old, date: 1843-05}\n- {title: New looms, id: new}\n- {title: Cards}\n"}
    )
    (entry,) = related(made)["new"]
    assert (str(entry.title), entry.address, entry.year) == ("Old looms", "/papers/old/", "1843")
    assert related(made)["old"][0].year == ""


def test_what_very_many_share_is_not_looked_at() -> None:
    many = [(f"Loom {number:x}", "A B") for number in range(COMMON + 1)]
    assert not any(related(made([*many, ("Cards", "C D")])).values())
    assert all(related(made([*many[:COMMON], ("Cards", "C D")]))[f"p{number}"] for number in range(COMMON))


@given(
    st.lists(
        st.tuples(st.sampled_from(["red loom", "blue loom", "red card", "engine"]), st.sampled_from(["A B", "C D"])),
        max_size=12,
    )
)
@settings(max_examples=50)
def test_no_paper_is_its_own_and_none_comes_twice(papers: list[tuple[str, str]]) -> None:
    found = related(made(papers))
    assert len(found) == len(papers)
    for paper_id, entries in found.items():
        addresses = [entry.address for entry in entries]
        assert f"/papers/{paper_id}/" not in addresses
        assert len(set(addresses)) == len(addresses) <= MOST
