"""llms.txt: what the site holds, read back by a parser of Markdown."""

from collections.abc import Callable

import markdown
import pytest
from bs4 import BeautifulSoup

from generator.pages import llms
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
P = "content/papers/p.yaml"
URL = "url: https://a.org/b/\n"


def text(catalog: Catalog) -> str:
    [export] = llms.outputs(catalog)
    assert export.address == "/llms.txt"
    return export.data().decode()


def read(catalog: Catalog) -> BeautifulSoup:
    return BeautifulSoup(markdown.markdown(text(catalog)), "html.parser")


def lists(page: BeautifulSoup) -> dict[str, list[tuple[str, str, str]]]:
    """By heading, the title, the address and the rest of each entry."""
    found = {}
    for heading in page.find_all("h2"):
        items = heading.find_next("ul").find_all("li")
        found[heading.get_text()] = [
            (item.a.get_text(), item.a["href"], item.get_text().removeprefix(item.a.get_text())) for item in items
        ]
    return found


def test_a_person_says_who_it_is_and_what_is_there(catalog: Make) -> None:
    page = read(
        catalog(
            {
                "content/site.yaml": f"{URL}title: Papers of Ada\ndescription: On engines.\n",
                "content/authors/ada.yaml": "name: Ada\nrole: Analyst\naffiliations: [Engines]\nbio: I *weave*.\n",
                P: "- {title: 'On \\emph{looms}', date: 2021-03, authors: [Ada, Bob], venue: Annals, tldr: They weave.}\n"
                "- {title: Later, date: 2022, abstract: An abstract.}\n- {title: Bare}\n",
                "content/pages/teaching.md": "---\ntitle: Teaching\ndescription: Courses.\n---\n",
            }
        )
    )
    assert [heading.get_text() for heading in page.find_all("h1")] == ["Papers of Ada"]
    assert page.blockquote.get_text().strip() == "On engines."
    person = page.blockquote.find_next_sibling("p")
    assert (person.a["href"], person.get_text()) == ("https://a.org/b/", "Ada: Analyst. Engines. I weave.")
    assert lists(page) == {
        "Papers": [
            ("Later", "https://a.org/b/papers/later/", ": 2022. An abstract."),
            ("On looms", "https://a.org/b/papers/on-looms/", ": Ada, Bob. Annals, 2021. They weave."),
            ("Bare", "https://a.org/b/papers/bare/", ""),
        ],
        "Pages": [("Teaching", "https://a.org/b/teaching/", ": Courses.")],
        "Optional": [("All papers", "https://a.org/b/papers.json", ": 3 papers")],
    }


def test_a_group_names_its_people_and_a_site_without_address_has_its_own(catalog: Make) -> None:
    files: dict[str, str | bytes] = {
        "content/authors/ada.yaml": "name: Ada\n",
        "content/authors/bob.yaml": "name: Bob\n",
    }
    assert lists(read(catalog(files))) == {
        "Authors": [("Ada", "/authors/ada/", ""), ("Bob", "/authors/bob/", "")],
        "Optional": [("All papers", "/papers.json", ": 0 papers")],
    }


@pytest.mark.parametrize("title", ["[a](b)", "*a* _b_ `c`", "# a", "<b>", "a\\\\b", "1 < 2 > 0"])
def test_nothing_in_a_text_is_markdown(catalog: Make, title: str) -> None:
    made = catalog({"content/site.yaml": URL, P: f"title: '{title}'\n"})
    [(shown, _, _)] = lists(read(made))["Papers"]
    assert shown == made.papers[0].title_text


def test_of_many_papers_the_newest_are_named(catalog: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llms, "MOST", 2)
    papers = "".join(f"- {{title: Paper {number}, date: {2000 + number}}}\n" for number in range(5))
    found = lists(read(catalog({"content/site.yaml": f"{URL}order: listed\n", P: papers})))
    assert [title for title, _, _ in found["Papers"]] == ["Paper 4", "Paper 3"]
    assert found["Optional"][0][2] == ": 5 papers"


def test_the_digest_tells_of_papers_that_are_not_named(catalog: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llms, "MOST", 1)
    one, two = "- {title: New, date: 2022}\n", "- {title: Old, date: 2021}\n"
    digests = [next(llms.outputs(catalog({P: papers}))).digest for papers in (one, one + two)]
    assert digests[0] != digests[1]


def test_a_site_can_do_without(catalog: Make) -> None:
    assert list(llms.outputs(catalog({"content/site.yaml": "without: [llms]\n"}))) == []
