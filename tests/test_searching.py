"""The search in a browser: what is found, shown, spoken and kept in the address; from a server and from disk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from site_builds import Built, example, served
from waiting import wait_until

from generator.build import Options, build

pytestmark = pytest.mark.browser

PAPERS = [
    "{title: Gráficos de Łódź, date: 2021, authors: [Jürgen Müller], category: LG, venue: Naïve Letters}",
    "{title: 深度学习与东京, date: 2022, authors: [王 小明], abstract: 我们研究神经网络。}",
    "{title: Graph engines, date: 2023, abstract: Weaving with looms.}",
    "{title: Looms, date: 2020, abstract: On a graph. " + "More words. " * 20 + "Hidden.}",
    "{title: <b>Bold</b> & <img src=x onerror=alert(1)>, date: 2019, authors: ['<script>alert(2)</script>']}",
    "{title: 'Occam and C, or: C++ for cats', date: 2017}",
    "{title: خوارزميات التعلّم, date: 2018, authors: [ليلى]}",
    *(f"{{title: Common paper {at}, id: c{at}, date: {1900 + at}, abstract: The same words}}" for at in range(60)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site below a folder of its host, and the same built for reading from disk."""
    base = tmp_path_factory.mktemp("search")
    for name, text in {
        "content/authors/ada.yaml": "name: Ada Lovelace\nrole: Countess\n",
        "content/pages/about.md": "---\ntitle: About engines\n---\nNothing but numbers.\n",
        "content/papers/p.yaml": "".join(f"- {paper}\n" for paper in PAPERS),
    }.items():
        path = base / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (base / "served").mkdir()
    build(base / "site", Options(output=base / "served" / "repo"))
    build(base / "site", Options(output=base / "disk", local=True))
    return base


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder / "served") as found:
        yield f"{found}repo/"


class Searching:
    """A page of a browser with the search; ``said`` are messages of the console, ``asked`` the addresses asked for."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def __enter__(self) -> "Searching":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    @property
    def status(self) -> str:
        return str(self.page.inner_text("form.search [role=status]"))

    def find(self, url: str, text: str) -> list[str]:
        """The titles that are found for what is typed; waits until something is said about it."""
        self.page.goto(url)
        self.page.fill("[name=q]", text)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("form.search[aria-busy=false]")
        return self.titles()

    def titles(self) -> list[str]:
        return list(self.page.locator(".results h2").all_inner_texts())


@pytest.fixture(scope="module")
def one_page(browser: Any) -> Iterator[Searching]:
    with Searching(browser) as searching:
        yield searching


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("graficos", ["Gráficos de Łódź"]),
        ("LODZ muller", ["Gráficos de Łódź"]),
        ("naive", ["Gráficos de Łódź"]),
        ("machine learning 2021", ["Gráficos de Łódź"]),
        ("graph", ["Graph engines", "Looms"]),
        ("loom", ["Looms", "Graph engines"]),
        ("engin", ["About engines", "Graph engines"]),
        ("numbers", ["About engines"]),
        ("countess", ["Ada Lovelace"]),
        ("学习", ["深度学习与东京"]),
        ("京", ["深度学习与东京"]),
        ("神经网络", ["深度学习与东京"]),
        ("东学", []),
        ("التعلم", ["خوارزميات التعلّم"]),
        ("graph nowhere", []),
        ("<img", ["<b>Bold</b> & <img src=x onerror=alert(1)>"]),
    ],
)
def test_what_is_asked_for_is_found_the_best_first(
    one_page: Searching, address: str, text: str, titles: list[str]
) -> None:
    assert one_page.find(f"{address}search/", text) == titles
    assert one_page.status == (f"Results: {len(titles)}" if titles else "Nothing was found.")
    assert one_page.said == []
    assert all(url.startswith(address) for url in one_page.asked)


def test_what_was_asked_for_is_marked_where_it_stands(browser: Any, address: str) -> None:
    def marks(text: str) -> list[str]:
        searching.find(f"{address}search/", text)
        return list(searching.page.locator(".results mark").all_inner_texts())

    with Searching(browser) as searching:
        assert marks("lodz mul") == ["Łódź", "Mül"]
        assert marks("学习") == ["学习"]
        assert marks("raph") == []
        assert marks("weaving graph") == ["Graph", "Weaving"]
        assert searching.page.inner_text(".excerpt") == "Weaving with looms."
        assert marks("graph hidden") == ["graph"]
        assert searching.page.inner_text(".elsewhere") == "In the text: hidden"


def test_the_address_keeps_what_was_asked_and_brings_it_back(browser: Any, address: str) -> None:
    with Searching(browser) as searching:
        searching.find(f"{address}search/", "graph engines")
        assert searching.page.url == f"{address}search/?q=graph+engines"
        searching.page.locator(".results a").first.click()
        searching.page.wait_for_url(f"{address}papers/graph-engines/")
        searching.page.go_back()
        searching.page.wait_for_selector(".results .paper")
        assert searching.page.input_value("[name=q]") == "graph engines"
        assert searching.titles() == ["Graph engines"]


def test_many_results_come_in_steps_and_the_focus_goes_on(browser: Any, address: str) -> None:
    with Searching(browser) as searching:
        assert len(searching.find(f"{address}search/", "common")) == 20
        assert searching.status == "Results: 60"
        assert searching.titles()[0] == "Common paper 59", "of equals the newest is first"
        searching.page.emulate_media(media="print")
        assert searching.page.locator(".more").is_hidden()
        searching.page.emulate_media(media="screen")
        searching.page.get_by_role("button", name="Show more").click()
        wait_until(searching.page, "document.querySelectorAll('.results .paper').length === 40")
        assert searching.page.evaluate("document.activeElement.textContent") == searching.titles()[20]
        searching.page.get_by_role("button", name="Show more").click()
        wait_until(searching.page, "document.querySelectorAll('.results .paper').length === 60")
        assert searching.page.locator(".more").is_hidden()


def test_the_keyboard_alone_finds_and_opens(browser: Any, address: str) -> None:
    with Searching(browser) as searching:
        page = searching.page
        page.goto(address)
        page.get_by_role("navigation", name="Site").get_by_role("link", name="Search").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/")
        page.wait_for_selector("form.search")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("/")
        page.keyboard.type("graph engines")
        # a slow machine looks for what is typed so far, and shows other results once more
        wait_until(
            page, "location.search === '?q=graph+engines' && document.querySelector('form.search[aria-busy=false]')"
        )
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/papers/graph-engines/")
        page.go_back()
        page.wait_for_selector(".results .paper")
        page.keyboard.press("/")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") == "Graph engines"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"


def test_one_letter_is_too_little(browser: Any, address: str) -> None:
    with Searching(browser) as searching:
        searching.page.goto(f"{address}search/?q=g")
        wait_until(searching.page, "document.querySelector('form.search [role=status]').textContent")
        assert searching.status == "Type at least two letters."
        assert searching.titles() == []


def test_a_letter_that_is_a_word_is_found_as_one(browser: Any, address: str) -> None:
    with Searching(browser) as searching:
        assert searching.find(f"{address}search/", "C++") == ["Occam and C, or: C++ for cats"]
        assert searching.status == "Results: 1"
        assert searching.page.locator(".results mark").all_inner_texts() == ["C", "C"]
        assert not searching.said


def test_what_is_deleted_while_it_is_looked_for_leaves_the_search_at_rest(browser: Any, address: str) -> None:
    with Searching(browser) as searching:
        held: list[Any] = []
        searching.page.route("**/words-0.js*", lambda route: held.append(route))
        searching.page.goto(f"{address}search/")
        searching.page.fill("[name=q]", "graph")
        searching.page.wait_for_selector("form.search[aria-busy=true]")
        searching.page.fill("[name=q]", "")
        wait_until(searching.page, "!location.search")
        for route in held:
            route.continue_()
        searching.page.wait_for_selector("form.search[aria-busy=false]")
        assert searching.titles() == []


def test_it_works_from_disk(browser: Any, folder: Path) -> None:
    with Searching(browser) as searching:
        assert searching.find((folder / "disk" / "search" / "index.html").as_uri(), "graph") == [
            "Graph engines",
            "Looms",
        ]
        searching.page.locator(".results a").first.click()
        searching.page.wait_for_url("**/papers/graph-engines/index.html")
        assert searching.page.inner_text("h1") == "Graph engines"
        assert searching.said == []


def test_a_part_that_cannot_be_loaded_is_said(browser: Any, address: str) -> None:
    with Searching(browser) as searching:
        searching.page.route("**/words-0.js*", lambda route: route.abort())
        searching.find(f"{address}search/", "graph")
        assert searching.status == "The index cannot be read."
        searching.page.unroute("**/words-0.js*")
        searching.page.fill("[name=q]", "graphs engines")
        searching.page.fill("[name=q]", "graph engines")
        searching.page.wait_for_selector(".results .paper")
        assert searching.titles() == ["Graph engines"]


def test_without_javascript_the_page_leads_to_the_lists(browser: Any, address: str) -> None:
    with Searching(browser, java_script_enabled=False) as searching:
        searching.page.goto(f"{address}search/")
        assert searching.page.locator("form.search").is_hidden()
        assert "The search needs JavaScript" in searching.page.inner_text("main")
        searching.page.locator(".browse a", has_text="Years").click()
        searching.page.wait_for_url(f"{address}years/")


def test_it_fits_a_narrow_screen(browser: Any, address: str) -> None:
    with Searching(browser, viewport={"width": 320, "height": 640}) as searching:
        for text in ("lodz", "bold", "学习"):
            assert searching.find(f"{address}search/", text)
            assert searching.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_example_finds_what_its_abstracts_say(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    site: Built = example(tmp_path_factory.getbasetemp())
    paper_id, page = next(iter(site.paper_pages.items()))
    longest = max(page.select_one(".p-summary").get_text().split(), key=lambda word: len(word) * word.isalpha())
    with served(site.output) as address, Searching(browser) as searching:
        searching.find(f"{address}search/", longest)
        links = [str(link.get_attribute("href")) for link in searching.page.locator(".results a").all()]
        assert any(link.endswith(f"/papers/{paper_id}/") for link in links)
