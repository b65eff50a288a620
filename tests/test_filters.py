"""What pages gain with JavaScript, in a real browser: filters, sorting, copying, keys, the switch of light and dark."""

import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from site_builds import soup
from waiting import wait_until

from generator.build import Options, build

pytestmark = pytest.mark.browser

PER_PAGE = 5
PAPERS = [
    # title, co-author, category, date, citations, has code
    ("Über Zahlen", "Émilie du Châtelet", "NT", "2015-03-01", 7, False),
    ("Notes on the Engine", "Charles Babbage", "LG", "2016-05-01", 1234, True),
    ("Poetical Science", "Mary Somerville", "LG", "2017-01-01", 3, False),
    ("Flyology", "Mary Somerville", "RO", "2018-01-01", 15, False),
    ("A Calculus of the Nervous System", "Mary Somerville", "LG", "2019-01-01", 0, True),
    ("Bernoulli Numbers", "Charles Babbage", "NT", "2020-01-01", 99, True),
    ("Looms", "Joseph Jacquard", "RO", "2021-01-01", 2, True),
    ("Cards", "Joseph Jacquard", "RO", "2022-01-01", 4, False),
    ("Symbols", "Charles Babbage", "LG", "2023-01-01", 6, True),
    ("Analogies", "Charles Babbage", "LG", "2024-01-01", 8, False),
    ("Music by Machine", "Émilie du Châtelet", "SD", "2025-01-01", 10, True),
    ("Zero", "Charles Babbage", "NT", "2026-01-01", 5, False),
]


def site_files(per_page: int, config: str = "") -> dict[str, str]:
    papers = []
    for at, (title, coauthor, category, date, citations, code) in enumerate(PAPERS):
        kind = "thesis" if at == 0 else "article-journal" if at % 2 else "paper-conference"
        papers.append(
            f"- title: {title}\n  authors: [Ada Lovelace, {coauthor}]\n  category: {category}\n  date: {date}\n"
            f"  type: {kind}\n"
            f"  citations: {citations}\n  code: {str(code).lower()}\n  doi: 10.1000/{citations}\n"
            f"  pdf: https://example.org/{citations}.pdf\n  abstract: About {title} and $x^2$.\n"
        )
    return {
        "content/site.yaml": f"url: https://ada.example.org/repo/\nper_page: {per_page}\n{config}",
        "content/authors/ada.yaml": "name: Ada Lovelace\n",
        "content/papers/papers.yaml": "".join(papers),
    }


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder at / and again below /repo/."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(re.sub(r"^/repo/", "/", path))

    def log_message(self, *arguments: Any) -> None:
        pass


def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def written(folder: Path, per_page: int, config: str = "") -> Path:
    for name, text in site_files(per_page, config).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def built(folder: Path, per_page: int, config: str = "") -> Path:
    return build(written(folder, per_page, config), Options()).output


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose list has three pages."""
    yield from served(built(tmp_path_factory.mktemp("paged"), PER_PAGE))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose list is on one page."""
    yield from served(built(tmp_path_factory.mktemp("whole"), 50))


@pytest.fixture(scope="session")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose list has two pages and headings of years."""
    config = "theme_options: {year_headings: true}\n"
    yield from served(built(tmp_path_factory.mktemp("dated"), 8, config))


@pytest.fixture(scope="session")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose list has two pages and a part for each type of paper."""
    yield from served(built(tmp_path_factory.mktemp("typed"), 8, "group_by: type\n"))


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose list has three pages, on each of which signs stand beside other names."""
    folder = tmp_path_factory.mktemp("signed")
    (folder / "content/authors").mkdir(parents=True)
    (folder / "content/papers").mkdir()
    (folder / "content/site.yaml").write_text("per_page: 4\n", encoding="utf-8")
    (folder / "content/authors/ada.yaml").write_text("name: Ada\n", encoding="utf-8")
    marks = {0: "equal: true", 3: "equal: true", 5: "equal: true, corresponding: true", 9: "corresponding: true"}
    papers = [
        f"- {{title: Looms {at}, date: {2020 - at}, authors: [{{name: Ada, {marks.get(at, 'equal: false')}}}]}}\n"
        for at in range(12)
    ]
    (folder / "content/papers/p.yaml").write_text("".join(papers), encoding="utf-8")
    yield from served(build(folder, Options()).output)


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address in a new profile; afterwards nothing may have been said on the console."""
    contexts = []
    said: list[str] = []

    def open_address(address: str, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    yield open_address
    for context in contexts:
        context.close()
    assert said == []


def titles(page: Any) -> list[str]:
    return page.locator(".papers .paper:visible .p-name").all_text_contents()


def wait_for_count(page: Any, text: str) -> None:
    page.locator("form.filters [data-found]", has_text=re.compile(f"^{text}$")).wait_for(state="attached")


def category(page: Any, code: str) -> Any:
    return page.locator("form.filters label", has=page.locator(f"[name=category][value={code}]"))


def newest_first() -> list[str]:
    return [paper[0] for paper in reversed(PAPERS)]


def test_words_are_found_without_their_accents_and_all_must_occur(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(whole)
    page.fill("[name=q]", "uber CHATELET")
    wait_for_count(page, "1 of 12 papers")
    assert titles(page) == ["Über Zahlen"]


def test_headings_stay_above_their_papers_and_go_where_they_have_none(
    dated: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(dated)
    shown = "[...document.querySelectorAll('.papers > :not([hidden])')].map(row => row.dataset.year ?? row.innerText)"
    expected = [year for paper in reversed(PAPERS[4:]) for year in [paper[3][:4]] * 2]
    assert page.evaluate(shown) == expected
    page.fill("[name=q]", "babbage")
    wait_for_count(page, "5 of 12 papers")
    assert page.evaluate(shown) == [year for year in ("2026", "2024", "2023", "2020", "2016") for _ in range(2)]
    page.select_option("[name=sort]", "title")
    wait_until(page, "!document.querySelector('.papers > .group:not([hidden])')")
    assert titles(page) == ["Analogies", "Bernoulli Numbers", "Notes on the Engine", "Symbols", "Zero"]
    page.click("[type=reset]")
    wait_until(page, "document.querySelector('.papers > .group:not([hidden])')")
    assert page.evaluate(shown) == expected
    page.locator(".papers .p-name:visible").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Music by Machine"


def test_parts_of_a_list_say_how_many_were_found_and_go_where_none_were(
    typed: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{typed}page/2/")
    shown = "[...document.querySelectorAll('.papers > .group:not([hidden])')].map(row => row.innerText)"
    before = ["Conference papers 5", "Theses 1"]
    assert page.evaluate(shown) == before
    page.fill("[name=q]", "babbage")
    wait_for_count(page, "5 of 12 papers")
    assert page.evaluate(shown) == ["Journal articles 4", "Conference papers 1"]
    assert titles(page) == ["Zero", "Analogies", "Bernoulli Numbers", "Notes on the Engine", "Symbols"]
    assert not page.get_by_role("navigation", name="Types of papers").is_visible()
    page.select_option("[name=sort]", "newest")
    wait_until(page, "!document.querySelector('.papers > .group:not([hidden])')")
    assert titles(page) == ["Zero", "Analogies", "Symbols", "Bernoulli Numbers", "Notes on the Engine"]
    assert page.locator("[name=sort] option").all_text_contents() == ["By type", "Newest", "Most cited", "Title"]
    page.click("[type=reset]")
    wait_for_count(page, "")
    assert page.evaluate(shown) == before
    page.get_by_role("navigation", name="Types of papers").get_by_role("link", name="Journal articles").click()
    page.wait_for_url(f"{typed}#journal")
    assert page.evaluate(shown) == ["Journal articles 6", "Conference papers 5"]


def test_filters_combine_and_counts_regard_the_others(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(whole)
    page.click("form.filters summary")
    page.check("[name=category][value=LG]")
    page.check("[name=code]")
    wait_for_count(page, "3 of 12 papers")
    assert titles(page) == ["Symbols", "A Calculus of the Nervous System", "Notes on the Engine"]
    assert category(page, "NT").inner_text() == "NT Number Theory (1)"
    assert page.locator("[name=author] option", has_text="Babbage").text_content() == "Charles Babbage (2)"


def test_of_several_categories_any_is_enough(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{whole}?category=RO&utm=x")  # as links have been that knew of one
    wait_for_count(page, "3 of 12 papers")
    assert category(page, "RO").locator("input").is_checked()
    category(page, "NT").click()
    wait_for_count(page, "6 of 12 papers")
    page.check("[name=code]")
    wait_for_count(page, "2 of 12 papers")
    assert titles(page) == ["Looms", "Bernoulli Numbers"]
    assert page.url == f"{whole}?utm=x&category=NT&category=RO&code=1"
    # each tells how many of it there are under the other filters, whichever is chosen beside it
    assert [category(page, code).inner_text().rpartition(" ")[2] for code in ("LG", "NT", "RO", "SD")] == [
        "(3)",
        "(1)",
        "(1)",
        "(1)",
    ]
    page.go_back()
    wait_for_count(page, "6 of 12 papers")
    page.go_back()
    wait_for_count(page, "3 of 12 papers")
    assert not category(page, "NT").locator("input").is_checked()
    page.go_forward()
    wait_for_count(page, "6 of 12 papers")
    page.click("form.filters [type=reset]")
    wait_for_count(page, "")
    assert page.url == f"{whole}?utm=x"
    assert page.locator("form.filters :checked:not(option)").count() == 0


def test_several_types_are_chosen_by_keys_and_told_by_name(paged: str, open_page: Callable[..., Any]) -> None:
    page = open_page(paged)
    page.focus("form.filters summary")
    page.keyboard.press("Enter")
    group = page.get_by_role("group", name="Type", exact=True)
    group.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    wait_for_count(page, "5 of 12 papers")
    # the other pages brought more choices, and the focus is where it was
    focused = "document.activeElement.parentElement.innerText"
    assert page.evaluate(focused) == "Conference paper (5)"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Journal article (6)"
    page.keyboard.press("Space")
    wait_for_count(page, "11 of 12 papers")
    assert page.url == f"{paged}?type=paper-conference&type=article-journal"
    assert group.get_by_role("checkbox").count() == 3
    assert group.get_by_role("checkbox", name="Thesis (1)").count() == 1


def test_a_choice_that_no_paper_has_is_shown_and_can_be_taken_back(paged: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{paged}?category=XX&category=LG&from=2020&from=2024")
    wait_for_count(page, "2 of 12 papers")
    assert page.input_value("[name=from]") == "2020"
    page.uncheck("[name=category][value=XX]")
    wait_for_count(page, "2 of 12 papers")
    assert page.url == f"{paged}?category=LG&from=2020"


def test_the_range_of_years_includes_both_ends(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(whole)
    page.click("form.filters summary")
    page.select_option("[name=from]", "2018")
    page.select_option("[name=to]", "2020")
    wait_for_count(page, "3 of 12 papers")
    assert titles(page) == ["Bernoulli Numbers", "A Calculus of the Nervous System", "Flyology"]


@pytest.mark.parametrize(
    ("order", "first"),
    [("cited", "Notes on the Engine"), ("title", "A Calculus of the Nervous System")],
)
def test_papers_can_be_sorted(whole: str, open_page: Callable[..., Any], order: str, first: str) -> None:
    page = open_page(whole)
    page.select_option("[name=sort]", order)
    wait_for_count(page, "12 of 12 papers")
    assert titles(page)[0] == first


def test_the_address_holds_the_state_and_the_back_button_goes_back(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{whole}?q=babbage&category=LG&from=2020&sort=cited")
    wait_for_count(page, "2 of 12 papers")
    assert titles(page) == ["Analogies", "Symbols"]
    assert category(page, "LG").locator("input").is_checked()
    category(page, "LG").click()
    wait_for_count(page, "4 of 12 papers")
    assert page.url == f"{whole}?q=babbage&from=2020&sort=cited"
    page.go_back()
    wait_for_count(page, "2 of 12 papers")
    page.click("form.filters [type=reset]")
    wait_for_count(page, "")
    assert page.url == whole
    assert titles(page) == newest_first()


def test_the_table_of_coauthors_leads_to_the_papers_with_each(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{whole}coauthors/")
    page.get_by_role("link", name="5 papers, Charles Babbage").click()
    wait_for_count(page, "5 of 12 papers")
    assert page.locator("[name=author] option:checked").text_content() == "Charles Babbage (5)"
    page.goto(f"{whole}coauthors/")
    page.get_by_role("link", name="2 papers, Émilie du Châtelet").click()
    wait_for_count(page, "2 of 12 papers")
    assert titles(page) == ["Music by Machine", "Über Zahlen"]


def test_the_order_that_the_list_has_is_offered_once(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{whole}?sort=newest")
    wait_for_count(page, "12 of 12 papers")
    assert page.locator("[name=sort] option").all_text_contents() == ["Newest", "Most cited", "Title"]
    assert page.locator("[name=sort] option:checked").text_content() == "Newest"


def test_what_signs_beside_names_mean_is_said_once_for_all_pages(signed: str, open_page: Callable[..., Any]) -> None:
    page = open_page(signed)
    assert page.locator(".footnotes").all_inner_texts() == ["* Equal contribution"]
    page.fill("[name=q]", "looms")
    wait_for_count(page, "12 of 12 papers")
    assert page.locator(".footnotes span").all_inner_texts() == ["* Equal contribution", "† Corresponding author"]
    page.fill("[name=q]", "nowhere")
    wait_for_count(page, "0 of 12 papers")
    assert page.locator(".footnotes:visible").count() == 0
    page.click("form.filters [type=reset]")
    wait_for_count(page, "")
    assert page.locator(".footnotes:visible").count() == 1
    page = open_page(f"{signed}page/2/")
    assert page.locator(".footnotes span").count() == 2


def test_filters_come_without_a_look_at_all_papers_again(browser: Any, paged: str) -> None:
    """A new neighbour would have the browser find the style of all that its parent holds once more."""
    page = browser.new_context().new_page()
    page.goto(paged)
    form = page.locator("form.filters")
    assert form.evaluate("form => form.parentElement.querySelectorAll('.paper').length") == 0
    assert form.evaluate("form => form.parentElement.nextElementSibling.matches('.papers')")
    page.context.close()


def test_typing_is_one_step_back(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(whole)
    page.locator("[name=q]").press_sequentially("loom")
    wait_for_count(page, "1 of 12 papers")
    page.go_back()
    wait_for_count(page, "")
    assert page.url == whole


def test_the_address_follows_what_is_typed_at_a_pause_or_when_the_field_is_left(
    whole: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(whole)
    typed = (
        "texts => { const field = document.querySelector('[name=q]'); for (const text of texts) { field.value = text;"
        " field.dispatchEvent(new Event('input', { bubbles: true })) } return location.search }"
    )
    assert page.evaluate(typed, ["b", "ba", "bab"]) == "?q=b"
    wait_until(page, "location.search === '?q=bab'")
    page.focus("[name=q]")
    assert (
        page.evaluate(f"() => {{ ({typed})(['babb']); document.activeElement.blur(); return location.search }}")
        == "?q=babb"
    )
    page.go_back()
    wait_for_count(page, "")
    assert page.url == whole


@pytest.mark.parametrize("start", ["", "repo/", "repo/page/2/"])
def test_filters_cover_all_pages_of_a_list(paged: str, open_page: Callable[..., Any], start: str) -> None:
    page = open_page(paged + start)
    before = titles(page)
    assert len(before) == PER_PAGE
    page.fill("[name=q]", "babbage")
    wait_for_count(page, "5 of 12 papers")
    assert titles(page) == ["Zero", "Analogies", "Symbols", "Bernoulli Numbers", "Notes on the Engine"]
    assert not page.locator(".pager").is_visible()
    assert page.locator("math:visible").count() == 5
    links = page.locator(".papers .paper:visible a.p-name").evaluate_all("links => links.map((link) => link.href)")
    folder = "repo/" if "repo" in start else ""
    assert links[-1] == f"{paged}{folder}papers/notes-on-the-engine/"
    page.press("[name=q]", "Escape")
    wait_for_count(page, "")
    assert titles(page) == before
    assert page.locator(".pager").is_visible()


def test_a_long_list_shows_more_of_what_was_found_towards_its_end(
    tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    """A thousand rows that come and go with a key would take too long."""
    total = 230
    for name, text in {
        "site.yaml": "theme: plain\nper_page: 230\n",
        "authors/ada.yaml": "name: Ada Lovelace\n",
        "papers/p.yaml": "".join(f"- title: Looms {at}\n  authors: [Ada Lovelace]\n" for at in range(total)),
    }.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    page = open_page((build(tmp_path, Options(local=True)).output / "index.html").as_uri())
    cards = page.locator(".papers .paper")
    shown = page.locator(".papers .paper:not([hidden])")
    assert shown.count() == total
    page.locator("form.filters [name=q]").fill("looms")
    wait_for_count(page, "230 of 230 papers")
    first = shown.count()
    assert first < total
    cards.nth(first - 1).scroll_into_view_if_needed()
    cards.nth(first).wait_for(state="visible")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert shown.count() == total
    page.locator("form.filters [name=q]").fill("looms 7")
    wait_for_count(page, "[0-9]+ of 230 papers")
    page.locator("form.filters [name=q]").fill("")
    wait_for_count(page, "")
    assert shown.count() == total


def test_from_disk_the_page_itself_is_filtered_and_says_so(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    output = build(written(tmp_path, PER_PAGE), Options(local=True)).output
    page = open_page((output / "index.html").as_uri())
    page.fill("[name=q]", "babbage")
    wait_for_count(page, "3 of 5 papers")
    assert page.get_by_text("Only this page was searched.").is_visible()
    page.click("button.scheme")
    assert page.locator("html").get_attribute("data-scheme") == "light"


def test_without_javascript_the_list_is_complete_and_nothing_is_dead(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(whole, java_script_enabled=False)
    assert titles(page) == newest_first()
    assert page.locator("button:visible, input:visible, select:visible, form:visible").count() == 0


def test_a_short_list_has_no_filters(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{whole}categories/nt/")
    assert page.locator("form.filters").count() == 0


def test_the_choice_of_light_or_dark_is_remembered_and_set_before_the_body(
    whole: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(whole, color_scheme="light")
    switch = page.locator("button.scheme")
    assert switch.get_attribute("aria-label") == "Colours: automatic"
    switch.click()
    switch.click()
    assert switch.get_attribute("aria-label") == "Colours: dark"
    page.get_by_role("status").filter(has_text="Colours: dark").wait_for(state="attached")
    page.add_init_script(
        "new MutationObserver(() => { if (document.body) window.atBody ??= document.documentElement.dataset.scheme })"
        ".observe(document, { childList: true, subtree: true })"
    )
    page.goto(f"{whole}papers/zero/")
    assert page.evaluate("window.atBody") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_scripts_work_when_storage_is_blocked(whole: str, browser: Any) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(whole)
    page.click("button.scheme")
    assert page.locator("html").get_attribute("data-scheme") == "light"
    assert errors == []
    context.close()


@pytest.mark.parametrize("clipboard", [True, False])
def test_bibtex_and_doi_can_be_copied(whole: str, open_page: Callable[..., Any], clipboard: bool) -> None:
    page = open_page(f"{whole}papers/zero/", permissions=["clipboard-read", "clipboard-write"])
    if not clipboard:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.evaluate("document.addEventListener('copy', () => { window.copied = document.activeElement.value })")
    read = "navigator.clipboard.readText()" if clipboard else "window.copied"
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for(state="attached")
    assert page.evaluate(read).startswith("@")
    page.get_by_role("button", name="Copy DOI").click()
    page.locator(".copy.done").nth(1).wait_for()
    assert page.evaluate(read) == "10.1000/5"


def test_bibtex_opens_within_the_list(paged: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{paged}repo/?q=engine")
    wait_for_count(page, "1 of 12 papers")
    button = page.locator(".paper:visible").get_by_role("button", name="BibTeX", exact=True)
    button.click()
    page.locator(".paper:visible .entry pre", has_text="Notes on the Engine").wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert not page.locator(".entry pre").is_visible()


def test_keys_lead_to_the_filter_and_from_title_to_title(whole: str, open_page: Callable[..., Any]) -> None:
    page = open_page(whole)
    focused = "document.activeElement.textContent"
    page.keyboard.press("/")
    page.keyboard.type("b/j")
    assert page.input_value("[name=q]") == "b/j"
    page.keyboard.press("Escape")
    assert page.input_value("[name=q]") == ""
    page.keyboard.type("babbage")
    wait_for_count(page, "5 of 12 papers")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Zero"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Analogies"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(focused) == "Bernoulli Numbers"
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+ArrowUp")
    assert page.evaluate(focused) == "Analogies"


def test_scripts_are_light_and_all_files(tmp_path: Path) -> None:
    """8 KB on a page when compressed, and no page has code within it."""
    import zlib

    output = built(tmp_path, PER_PAGE)
    sizes = {path.name: len(zlib.compress(path.read_bytes(), 9)) for path in (output / "assets").glob("*.js")}
    for path in output.rglob("*.html"):
        scripts = soup(path.read_text(encoding="utf-8"))("script")
        names = {script["src"].rpartition("/")[2] for script in scripts if script.get("src")}
        names.discard("embed.js")  # for other sites, with a limit of its own
        assert sum(sizes[name] for name in names) < 8 * 1024, path
        for script in scripts:
            assert script.get("src") or script["type"] == "application/ld+json"
