"""The site as a browser shows it: nothing is refused, nothing is asked of others, everything fits and can be read."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from site_builds import THEMES, Built, built, example, served
from waiting import wait_until

from generator.build import Options, build

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 800}
KINDS = ["", "papers/{paper}/", "categories/", "categories/{category}/", "years/", "about/", "404.html"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one site in it for each name: the example and hostile texts, with every theme."""
    base = tmp_path_factory.getbasetemp()
    links = tmp_path_factory.mktemp("served")
    for theme in THEMES:
        for name in ("one-author", "several-authors", "hostile", "right-to-left"):
            os.symlink(built(base, name, theme).output, links / f"{name}-{theme}")
    os.symlink(example(base).output, links / "example")
    return links


@pytest.fixture(scope="module")
def address(sites: Path) -> Iterator[str]:
    with served(sites) as url:
        yield url


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return example(tmp_path_factory.getbasetemp())


def addresses(site: Built) -> list[str]:
    paper = next(iter(site.paper_pages))
    category = next(path.split("/")[1] for path in site.pages if path.count("/") == 2 and "categories/" in path)
    return [kind.format(paper=paper, category=category) for kind in KINDS]


class Watched:
    """A page whose messages, requests and dialogs are kept."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": WIDE, **options})
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", lambda answer: self.said.append(f"{answer.status}") if answer.status >= 400 else None)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", self._dialog)

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # the browser went to the next page before the icon came
            self.said.append(f"failed: {request.url} {request.failure}")

    def _dialog(self, dialog: Any) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def __enter__(self) -> "Watched":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


def test_pages_say_nothing_and_ask_nobody_else(browser: Any, address: str, site: Built) -> None:
    """No message of the console (a breach of the policy is one), no failed request, none to another host."""
    with Watched(browser) as watched:
        for path in addresses(site):
            watched.page.goto(f"{address}example/{path}", wait_until="load")
            if path != "404.html":  # its links start at the root of the host
                assert watched.said == [], path
            watched.said.clear()
        assert watched.asked
        assert [url for url in watched.asked if not url.startswith((address, "data:"))] == []


@pytest.mark.parametrize("theme", THEMES)
def test_no_hostile_text_comes_alive(browser: Any, address: str, theme: str) -> None:
    with Watched(browser) as watched:
        for path in ("", "papers/script/", "papers/markdown/", "papers/latex/", "xss/", "categories/", "tags/"):
            watched.page.goto(f"{address}hostile-{theme}/{path}", wait_until="load")
            assert watched.said == [], path
            policy_obeyed = watched.page.evaluate("document.querySelectorAll('[onclick],[onerror],[onload]').length")
            assert policy_obeyed == 0
        assert [url for url in watched.asked if not url.startswith((address, "data:"))] == []


def test_without_javascript_everything_is_there(browser: Any, address: str, site: Built) -> None:
    for path in ("", f"papers/{next(iter(site.paper_pages))}/"):
        shown = []
        for enabled in (True, False):
            with Watched(browser, java_script_enabled=enabled) as watched:
                watched.page.goto(f"{address}example/{path}")
                content = watched.page.locator(
                    "h1, .p-name, .byline, .p-summary, .meta time, #papers, dl.metrics, .bio"
                )
                shown.append(content.all_inner_texts())
                assert all(shown[-1]), "nothing waits for a script to be seen"
        assert shown[0] == shown[1]
        if not path:
            assert len([text for text in shown[1] if len(text) > 150]) >= 50
            for text in ("133 Papers", "3,360", "53%", "Song Guo"):
                assert text in "".join(shown[1])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("one-author", ["", "papers/weaving/", "papers/1843/", "categories/", "categories/lg/", "teaching/2026/"]),
        (
            "several-authors",
            ["", "authors/ada/", "papers/many/", "news/", "authors/hedy/cv/", "authors/jose/coauthors/"],
        ),
        ("right-to-left", ["", "papers/al-jabr/", "categories/cl/", "about/"]),
        (
            "hostile",
            ["", "papers/script/", "papers/markdown/", "papers/long/", "papers/latex/", "categories/", "tags/"],
        ),
    ],
)
def test_a_narrow_screen_never_scrolls_sideways(
    browser: Any, address: str, name: str, paths: list[str], theme: str
) -> None:
    with Watched(browser, viewport=NARROW) as watched:
        for path in paths:
            watched.page.goto(f"{address}{name}-{theme}/{path}")
            widths = watched.page.evaluate(
                "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert widths[0] <= widths[1], (path, widths, _too_wide(watched.page))


@pytest.mark.parametrize("theme", THEMES)
def test_no_line_of_breadcrumbs_begins_with_a_sign(browser: Any, address: str, theme: str) -> None:
    """The room of the sign before each crumb is seen only where another crumb stands before it."""
    script = """() => {
        const crumbs = [...document.querySelectorAll('.crumbs li')].map(crumb => crumb.getBoundingClientRect());
        const edge = document.querySelector('main').getBoundingClientRect().left;
        return crumbs.map(({left, top, height}) => [
            left < edge, document.elementFromPoint(left + 13, top + height / 2)?.closest('.crumbs') !== null]);
    }"""
    with Watched(browser, viewport=NARROW) as watched:
        watched.page.goto(f"{address}several-authors-{theme}/authors/hedy/cv/")
        found = watched.page.evaluate(script)
        assert [begins for begins, _ in found].count(True) > 1
        for begins, seen in found:
            assert seen is not begins


@pytest.mark.parametrize("theme", THEMES)
def test_titles_of_every_script_begin_at_the_edge_where_the_page_begins(browser: Any, address: str, theme: str) -> None:
    """Arabic, Hebrew, Japanese and Latin ones on a page that runs from right to left; BibTeX runs from left to right."""
    script = """() => [...document.querySelectorAll('.papers .p-name, .papers .byline')].map(title =>
        [...title.children, title].at(0).getBoundingClientRect().right - title.closest('.paper > *').getBoundingClientRect().right)"""
    with Watched(browser) as watched:
        watched.page.goto(f"{address}right-to-left-{theme}/")
        assert {round(distance) for distance in watched.page.evaluate(script)} == {0}
        watched.page.goto(f"{address}right-to-left-{theme}/papers/al-jabr/")
        block = watched.page.locator(".cite pre")
        assert block.evaluate("element => getComputedStyle(element).direction") == "ltr"


def _too_wide(page: Any) -> list[str]:
    """The elements that stick out, for the message of a test."""
    script = """() => [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > innerWidth + 1
                        || element.getBoundingClientRect().left < -1)
        .slice(0, 5).map(element => element.outerHTML.slice(0, 80))"""
    return list(page.evaluate(script))


def test_the_example_fits_a_narrow_screen(browser: Any, address: str, site: Built) -> None:
    with Watched(browser, viewport=NARROW) as watched:
        for path in addresses(site):
            watched.page.goto(f"{address}example/{path}")
            assert watched.page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"], path


@pytest.mark.parametrize("theme", THEMES)
def test_a_dark_system_gets_dark_pages(browser: Any, address: str, theme: str) -> None:
    light, dark = (_colors(browser, f"{address}one-author-{theme}/", scheme) for scheme in ("light", "dark"))
    assert sum(light["background"]) > 3 * 200 > 3 * 100 > sum(dark["background"])
    assert sum(light["text"]) < sum(dark["text"])


def _colors(browser: Any, url: str, scheme: str) -> dict[str, list[int]]:
    """Background and text colour of a page as red, green and blue from 0 to 255."""
    script = """() => {
        const canvas = document.createElement('canvas').getContext('2d');
        const rgb = color => {
            canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const seen = [document.body, document.documentElement].map(element => getComputedStyle(element));
        const clear = color => /rgba\\(.*, 0\\)|transparent/.test(color);
        const background = seen.map(style => style.backgroundColor).find(color => !clear(color)) || 'white';
        return {background: rgb(background), text: rgb(seen[0].color)};
    }"""
    with Watched(browser, color_scheme=scheme) as watched:
        watched.page.goto(url)
        return dict(watched.page.evaluate(script))


def test_a_site_built_for_disk_is_walked_by_clicks(browser: Any, site: Built) -> None:
    report = build(site.folder, Options(local=True, output=site.folder / "local"))
    with Watched(browser) as watched:
        page = watched.page
        page.goto((report.output / "index.html").as_uri())
        first = page.locator("article.paper .p-name").first
        title = first.inner_text()
        first.click()
        assert page.inner_text("h1") == title
        assert page.url.startswith("file://")
        assert page.url.endswith("/index.html")
        page.locator("a.category").first.click()
        assert "/categories/" in page.url
        page.locator(".site-title a").click()
        assert page.url == (report.output / "index.html").as_uri()
        for label in ("Categories", "Years", "About this example"):
            page.get_by_role("navigation", name="Site").get_by_role("link", name=label).click()
            assert page.inner_text("h1") == label
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "", "the style sheet was found"
        assert [url for url in watched.asked if not url.startswith(("file://", "data:"))] == []


def test_links_of_a_site_in_a_folder_of_its_host_are_walked_by_clicks(browser: Any, address: str) -> None:
    with Watched(browser) as watched:
        page = watched.page
        page.goto(f"{address}example/")
        page.get_by_role("link", name="Categories").first.click()
        page.locator("main ul a").first.click()
        page.locator("article.paper .p-name").first.click()
        assert "/example/papers/" in page.url
        page.locator("nav.neighbours a").first.click()
        page.locator("nav.crumbs a").first.click()
        assert page.url == f"{address}example/"
        assert watched.said == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("old", "new"), [("publication/yes/", "papers/1843/"), ("pubs/1843.html", "papers/1843/"), ("publications/", "")]
)
def test_an_address_of_before_leads_on(browser: Any, address: str, theme: str, old: str, new: str) -> None:
    site = f"{address}one-author-{theme}/"
    with Watched(browser, java_script_enabled=False) as watched:
        watched.page.goto(f"{site}{old}")
        watched.page.wait_for_url(f"{site}{new}")
        assert watched.page.locator("h1").count() == 1
        assert watched.said == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_keyboard_reaches_the_content_first(browser: Any, address: str, theme: str) -> None:
    with Watched(browser) as watched:
        watched.page.goto(f"{address}one-author-{theme}/")
        watched.page.keyboard.press("Tab")
        assert watched.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        assert watched.page.locator(":focus").is_visible()
        watched.page.keyboard.press("Enter")
        assert watched.page.evaluate("document.activeElement.id") == "main"


def test_a_page_can_be_printed(browser: Any, address: str, site: Built) -> None:
    with Watched(browser) as watched:
        for path in ("", f"papers/{next(iter(site.paper_pages))}/"):
            watched.page.goto(f"{address}example/{path}")
            printed = watched.page.pdf()
            assert printed.startswith(b"%PDF-")
            assert len(printed) > 10_000
            assert watched.page.emulate_media(media="print") is None
            assert watched.page.locator("h1").is_visible()


def built_from_disk(folder: Path, config: str, papers: str, author: str = "name: Ada Lovelace\n") -> Path:
    """The output of a small site that is to be read from disk."""
    files = {"site.yaml": config, "authors/ada.yaml": author, "papers/p.yaml": papers}
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return build(folder, Options(local=True)).output


@pytest.mark.parametrize("theme", THEMES)
def test_a_screen_of_middle_width_never_scrolls_sideways(
    browser: Any, address: str, tmp_path: Path, theme: str
) -> None:
    """Where columns begin, a picture and long breadcrumbs have least room."""
    for name in ("bela", "cleo"):
        path = tmp_path / f"content/authors/{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"name: {name.title()} Núñez-Łódź de la Fuente y Montoya\n", encoding="utf-8")
    output = built_from_disk(
        tmp_path,
        f"title: Laboratory for Mechanical Computation\ntheme: {theme}\n",
        "- {title: Looms, profiles: [bela]}\n",
    )
    pages = [f"{address}one-author-{theme}/papers/weaving/", (output / "authors/bela/cv/index.html").as_uri()]
    with Watched(browser) as watched:
        for page in pages:
            for width in (641, 720, 820):
                watched.page.set_viewport_size({"width": width, "height": 640})
                watched.page.goto(page)
                assert watched.page.evaluate("document.documentElement.scrollWidth") == width, (page, width)


@pytest.mark.parametrize("theme", THEMES)
def test_wide_tables_and_formulas_scroll_by_themselves_and_not_the_page(
    browser: Any, tmp_path: Path, theme: str
) -> None:
    """In texts, in titles of every level, in the CV and in frames; a table does not tear its numbers apart."""
    formula = " + ".join(f"a_{{{number}}}" for number in range(30))
    names = ["Throughput", "Precision", "F1", "Recall", "Accuracy", "Latency"]
    table = f"| {' | '.join(names)} |\n{'|--' * len(names)}|\n{'| 0.79 ' * len(names)}|\n"
    page = tmp_path / "content/pages/teaching.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"---\ntitle: Teaching\n---\n{table}", encoding="utf-8")
    (tmp_path / "content/authors").mkdir()
    (tmp_path / "content/authors/bob.yaml").write_text("name: Bob Zed\n", encoding="utf-8")
    papers = f"- title: Looms ${formula}$\n  id: looms\n  format: markdown\n  profiles: [ada]\n  abstract: |\n"
    papers += "".join(f"    {line}\n" for line in table.splitlines())
    output = built_from_disk(tmp_path, f"theme: {theme}\ngroup_by: type\n", papers)
    with Watched(browser, viewport=NARROW) as watched:
        for path in ("", "teaching/", "papers/looms/", "authors/ada/", "authors/ada/cv/", "embed/papers/"):
            watched.page.goto((output / path / "index.html").as_uri())
            assert watched.page.evaluate("document.documentElement.scrollWidth") == 320, (path, _too_wide(watched.page))
            heights = watched.page.locator("main td:visible").evaluate_all(
                "cells => cells.map(cell => cell.getBoundingClientRect().height)"
            )
            assert max(heights, default=0) < 40, path


@pytest.mark.parametrize("theme", THEMES)
def test_large_figures_stay_in_their_cells_and_rows_begin_at_one_edge(browser: Any, tmp_path: Path, theme: str) -> None:
    figures = {"citations": "1,233,360", "i10_index": "133", "grants": "12,345,678"} | dict.fromkeys("abcdefgh", "7")
    (tmp_path / "content/authors").mkdir(parents=True)
    for language in ("en", "ar"):
        output = built_from_disk(tmp_path, f"theme: {theme}\nlanguage: {language}\n", "- title: Looms\n")
        author = "name: Ada\nmetrics:\n" + "".join(f"  {name}: '{value}'\n" for name, value in figures.items())
        (tmp_path / "content/authors/ada.yaml").write_text(author, encoding="utf-8")
        build(tmp_path, Options(local=True))
        script = """() => [...document.querySelectorAll('.metrics dd')].map((figure) => {
            const [figureText, label] = [figure, figure.previousElementSibling].map(element => {
                const text = document.createRange();
                text.selectNodeContents(element);
                return text.getBoundingClientRect();
            });
            const cell = figure.parentElement.getBoundingClientRect();
            const begins = document.dir === 'rtl' ? -Math.max(figureText.right, label.right) : Math.min(figureText.left, label.left);
            return [figureText.left >= cell.left && figureText.right <= cell.right, Math.round(begins), cell.top];
        })"""
        with Watched(browser) as watched:
            watched.page.goto((output / "index.html").as_uri())
            found = watched.page.evaluate(script)
            assert [inside for inside, _, _ in found] == [True] * len(figures)
            rows: dict[float, int] = {}
            for _, begins, top in found:
                rows[top] = min(begins, rows.get(top, begins))
            assert len(rows) > 1
            assert len(set(rows.values())) == 1


@pytest.mark.parametrize("theme", THEMES)
def test_a_long_address_goes_on_beside_its_sign(browser: Any, tmp_path: Path, theme: str) -> None:
    (tmp_path / "content/authors").mkdir(parents=True)
    built_from_disk(tmp_path, f"theme: {theme}\n", "- title: Looms\n")
    author = f"name: Ada\nemail: ada@{'looms' * 10}.example\n"
    (tmp_path / "content/authors/ada.yaml").write_text(author, encoding="utf-8")
    output = build(tmp_path, Options(local=True)).output
    script = """link => {
        const text = document.createRange();
        text.selectNodeContents(link.lastChild);
        const [first, ...others] = text.getClientRects(), sign = link.firstChild.getBoundingClientRect();
        return [others.length > 0, first.top < sign.top && sign.bottom < first.bottom];
    }"""
    with Watched(browser, viewport=NARROW) as watched:
        watched.page.goto((output / "index.html").as_uri())
        assert watched.page.locator(".u-email").evaluate(script) == [True, True]


def test_a_picture_stands_beside_the_name_however_long_the_position_below_is(browser: Any, tmp_path: Path) -> None:
    author = f"name: Ada\nrole: {'Professor of many engines ' * 12}\n"
    output = built_from_disk(tmp_path, "theme: base\n", "- title: T\n", author=author)
    with Watched(browser, viewport=NARROW) as watched:
        watched.page.goto((output / "index.html").as_uri())
        tops = [watched.page.locator(part).bounding_box()["y"] for part in (".portrait", "h1")]
        assert tops[0] == pytest.approx(tops[1], abs=2)


def test_names_of_people_with_and_without_a_picture_stand_on_one_line(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "content/files").mkdir(parents=True)
    (tmp_path / "content/files/bob.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (tmp_path / "content/authors").mkdir()
    (tmp_path / "content/authors/bob.yaml").write_text("name: Bob\nphoto: bob.svg\n", encoding="utf-8")
    output = built_from_disk(tmp_path, "theme: lab\n", "- {title: Looms, profiles: [ada]}\n")
    script = "names => names.map(name => name.getBoundingClientRect().top - name.closest('.person').getBoundingClientRect().top)"
    with Watched(browser) as watched:
        watched.page.goto((output / "index.html").as_uri())
        assert watched.page.locator(".person").filter(has=watched.page.locator("img")).count() == 1
        tops = watched.page.locator(".person :is(h3, h4)").evaluate_all(script)
        assert len(tops) == 2
        assert tops[0] == pytest.approx(tops[1], abs=0.5)


@pytest.mark.parametrize("theme", THEMES)
def test_the_switch_of_light_and_dark_moves_nothing_when_it_comes(browser: Any, tmp_path: Path, theme: str) -> None:
    """There is room for it before its script has run, and none where there is no switch or no script."""
    with Watched(browser) as watched, Watched(browser, java_script_enabled=False) as without:
        boxes = []
        for switch in ("true", "false"):
            config = f"theme: {theme}\ntheme_options: {{scheme_switch: {switch}}}\n"
            output = built_from_disk(tmp_path / switch, config, "- {title: Looms, category: LG}\n")
            for page in (watched.page, without.page):
                page.goto((output / "index.html").as_uri())
                boxes.append(page.locator(".site-header nav").bounding_box())
            if switch == "true":
                assert watched.page.locator(".scheme").is_visible()
                watched.page.evaluate("document.querySelector('.scheme').remove()")
                assert watched.page.locator(".site-header nav").bounding_box() == boxes[0]
        assert boxes[0] != boxes[1]
        assert boxes[1] == boxes[2] == boxes[3]


@pytest.mark.parametrize("theme", THEMES)
def test_years_stand_behind_foreign_titles_on_a_page_from_right_to_left(
    browser: Any, tmp_path: Path, theme: str
) -> None:
    """And the question mark of a title behind its last word, in related papers as in the CV."""
    papers = "".join(f"- {{title: Are {name}?, date: 2020}}\n" for name in ("weaving looms new", "weaving looms old"))
    papers += "".join(f"- {{title: Engine {number}, date: 2019}}\n" for number in range(6))
    output = built_from_disk(tmp_path, f"theme: {theme}\nlanguage: ar\n", papers)
    script = """link => {
        const [text, mark] = [document.createRange(), document.createRange()];
        text.selectNodeContents(link);
        mark.setStart(link.lastChild, link.lastChild.length - 1);
        mark.setEnd(link.lastChild, link.lastChild.length);
        const year = link.parentElement.querySelector('span')?.getBoundingClientRect();
        const {left, right} = text.getBoundingClientRect();
        return [Math.abs(mark.getBoundingClientRect().right - right) < 1, !year || year.right <= left];
    }"""
    with Watched(browser) as watched:
        for path, links in (("papers/are-weaving-looms-new/", ".related li a"), ("cv/", ".cv-year li a")):
            watched.page.goto((output / path / "index.html").as_uri())
            assert watched.page.locator(links).first.evaluate(script) == [True, True], path


def test_a_long_title_shortens_its_own_breadcrumb_alone(browser: Any, tmp_path: Path) -> None:
    output = built_from_disk(tmp_path, "theme: folio\n", f"- {{title: {'Looms of all kinds ' * 9}, id: looms}}\n")
    script = """crumbs => crumbs.map(crumb => {
        const text = document.createRange();
        text.selectNodeContents(crumb);
        return text.getBoundingClientRect().width > crumb.getBoundingClientRect().width;
    })"""
    with Watched(browser) as watched:
        watched.page.goto((output / "papers/looms/index.html").as_uri())
        assert watched.page.locator(".crumbs li > *").evaluate_all(script) == [False, True]


@pytest.mark.parametrize("theme", THEMES)
def test_the_entry_of_a_paper_of_very_many_scrolls_by_itself_and_is_printed_whole(
    browser: Any, tmp_path: Path, theme: str
) -> None:
    (tmp_path / "content/authors").mkdir(parents=True)
    (tmp_path / "content/papers").mkdir()
    (tmp_path / "content/site.yaml").write_text(f"theme: {theme}\n", encoding="utf-8")
    (tmp_path / "content/authors/ada.yaml").write_text("name: Ada Lovelace\n", encoding="utf-8")
    names = ", ".join(f"A. Author{number}" for number in range(1000))
    (tmp_path / "content/papers/p.yaml").write_text(
        f"- {{title: Many, authors: [{names}]}}\n- title: Few\n", encoding="utf-8"
    )
    with served(build(tmp_path, Options()).output) as url, Watched(browser) as watched:
        page = watched.page
        height = "entry => [entry.clientHeight, entry.scrollHeight]"
        page.goto(f"{url}papers/few/")
        shown, whole = page.locator("pre").evaluate(height)
        assert shown == whole
        assert page.locator("pre").get_attribute("tabindex") is None
        page.goto(f"{url}papers/many/")
        shown, whole = page.get_by_role("group", name="Cite").evaluate(height)
        assert shown < 500 < 2000 < whole
        page.emulate_media(media="print")
        shown, whole = page.locator("pre").evaluate(height)
        assert shown == whole > 1000
        page.emulate_media(media="screen")
        page.goto(url)
        page.get_by_role("button", name="BibTeX").first.click()
        shown, whole = page.locator("pre[tabindex='0']").evaluate(height)
        assert shown < 500 < 2000 < whole


@pytest.mark.parametrize("theme", THEMES)
def test_printed_pages_name_all_authors(browser: Any, tmp_path: Path, theme: str) -> None:
    names = [f"Author {number}" for number in range(20)]
    config = f"theme: {theme}\ntheme_options: {{authors_shown: 3}}\n"
    output = built_from_disk(tmp_path, config, f"- title: Looms\n  authors: {names}\n")
    with Watched(browser) as watched:
        watched.page.goto((output / "papers/looms/index.html").as_uri())
        seen = watched.page.locator("main .p-author:visible")
        control = watched.page.locator("main .more summary")
        assert seen.count() == 9
        assert control.is_visible()
        watched.page.emulate_media(media="print")
        assert seen.all_inner_texts() == names
        assert not control.is_visible()
        watched.page.goto((output / "index.html").as_uri())
        assert seen.all_inner_texts() == names
        watched.page.goto((output / "cv/index.html").as_uri())
        assert not control.is_visible()
        assert ", ".join(names) in " ".join(watched.page.locator(".cv-year li").inner_text().split())
        watched.page.emulate_media(media="screen")
        assert control.inner_text() == "… and 17 more"
        watched.page.goto((output / "index.html").as_uri())
        assert seen.count() == 3
        assert control.inner_text() == "… and 17 more"


@pytest.mark.parametrize("theme", THEMES)
def test_papers_of_a_page_are_laid_out_and_those_of_a_filter_where_they_are_seen(
    browser: Any, tmp_path: Path, theme: str
) -> None:
    """What is not laid out has no true place: its links would seem to lie upon those of the pager."""
    abstract = "Engines that weave are slow, and nobody has asked how slow they must be. " * 12
    papers = "".join(
        f"- {{title: Looms {number} folding robust transformers for all, date: {2026 - number // 2}, doi: 10.1000/{number}, "
        f"category: LG, venue: Journal of Mechanical Computation, abstract: '{abstract}'}}\n"
        for number in range(51)
    )
    output = built_from_disk(tmp_path, f"theme: {theme}\ntheme_options: {{year_headings: true}}\n", papers)
    with Watched(browser, viewport=NARROW) as watched:
        page = watched.page
        rows = page.locator(".papers > .paper")
        visibility = "rows => [...new Set(rows.map(row => getComputedStyle(row).contentVisibility))]"
        for width in (NARROW["width"], WIDE["width"]):
            page.set_viewport_size({"width": width, "height": 640})
            page.goto((output / "index.html").as_uri())
            assert rows.count() == 50
            assert rows.evaluate_all(visibility) == ["visible"]
            heights = rows.evaluate_all("rows => rows.map(row => row.offsetHeight).sort((one, other) => one - other)")
            page.locator("form.filters [name=q]").press("l")
            assert rows.evaluate_all(visibility) == ["auto"]
            taken_for = rows.first.evaluate("row => getComputedStyle(row).containIntrinsicBlockSize")
            assert float(taken_for.removeprefix("auto ").removesuffix("px")) < 2 * heights[len(heights) // 2]


@pytest.mark.parametrize("theme", ["base", "folio"])
def test_on_phones_abstracts_below_the_first_wait_and_are_taken_for_about_as_high_as_they_are(
    browser: Any, tmp_path: Path, theme: str
) -> None:
    sentence = "Engines that weave are slow, and nobody has asked how slow they must be. "
    papers = "".join(
        f"- {{title: Looms {number}, date: {2026 - number}, abstract: '{sentence * (4 + number % 17)}'}}\n"
        for number in range(50)
    )
    output = built_from_disk(
        tmp_path, f"theme: {theme}\ntheme_options: {{abstracts: full, year_headings: false}}\n", papers
    )
    with Watched(browser, viewport=NARROW) as watched:
        page = watched.page
        for width in (NARROW["width"], 500):
            page.set_viewport_size({"width": width, "height": 640})
            page.goto((output / "index.html").as_uri())
            abstracts = page.locator(".papers .p-summary")
            waiting = abstracts.evaluate_all("all => all.map(one => getComputedStyle(one).contentVisibility)")
            assert waiting == ["visible"] * 3 + ["auto"] * 47
            before = page.evaluate("document.documentElement.scrollHeight")
            abstracts.evaluate_all("all => all.forEach(one => { one.style.contentVisibility = 'visible'; })")
            after = page.evaluate("document.documentElement.scrollHeight")
            assert 0.75 * after < before < 1.33 * after
        page.reload()
        all_are_there = "all => all.every(one => getComputedStyle(one).contentVisibility == 'visible')"
        assert not abstracts.evaluate_all(all_are_there)
        page.emulate_media(media="print")
        assert abstracts.evaluate_all(all_are_there)
        page.emulate_media(media="screen")
        page.set_viewport_size(WIDE)
        assert abstracts.evaluate_all(all_are_there)


def test_no_abstract_waits_where_a_theme_does_not_tell_how_long_it_is(browser: Any, tmp_path: Path) -> None:
    papers = "".join(f"- {{title: Looms {number}, abstract: Engines that weave are slow.}}\n" for number in range(9))
    output = built_from_disk(tmp_path, "theme: plain\ntheme_options: {abstracts: full}\n", papers)
    with Watched(browser, viewport=NARROW) as watched:
        watched.page.goto((output / "index.html").as_uri())
        abstracts = watched.page.locator(".papers .p-summary")
        assert abstracts.count() == 9
        assert abstracts.evaluate_all("all => all.every(one => getComputedStyle(one).contentVisibility == 'visible')")


@pytest.mark.parametrize("theme", THEMES)
def test_long_names_of_categories_hang_beside_their_badges(browser: Any, address: str, theme: str) -> None:
    with Watched(browser, viewport={"width": 240, "height": 640}) as watched:
        watched.page.goto(f"{address}one-author-{theme}/categories/")
        lines = watched.page.evaluate("""() => [...document.querySelectorAll('.index a:has(.category)')].map(link => {
            const range = document.createRange();
            range.selectNodeContents(link.lastChild);
            const badge = link.querySelector('.category').getBoundingClientRect();
            return [...range.getClientRects()].map(line => [line.left - badge.left, line.left - badge.right]);
        })""")
        assert max(map(len, lines)) > 1
        for (_, after_badge), *others in lines:
            assert after_badge >= 4
            assert all(within >= 3.25 * 16 for within, _ in others), lines


@pytest.mark.parametrize("theme", ["lab", "plain"])
def test_labels_of_charts_do_not_touch_on_a_narrow_screen(browser: Any, tmp_path: Path, theme: str) -> None:
    """Twenty-two years have just room for every other; letters are larger there than the picture takes them for."""
    papers = "".join(f"- {{title: Looms {number}, date: {2005 + number % 22}}}\n" for number in range(22 * 12))
    output = built_from_disk(tmp_path, f"theme: {theme}\nper_page: 500\ntheme_options: {{filters: 0}}\n", papers)
    with Watched(browser, viewport=NARROW) as watched:
        watched.page.goto((output / "index.html").as_uri())
        boxes = watched.page.locator(".chart text").evaluate_all(
            "texts => texts.map(text => text.getBoundingClientRect()).map(box => [box.top, box.left, box.right])"
        )
        rows = {top: sorted((left, right) for other, left, right in boxes if other == top) for top, _, _ in boxes}
        assert sorted(map(len, rows.values())) == [11, 22]
        for row in rows.values():
            assert all(right < left for (_, right), (left, _) in zip(row, row[1:], strict=False)), row


@pytest.mark.parametrize("theme", ["folio", "lab"])
def test_charts_name_categories_and_their_tables_scroll_by_themselves(browser: Any, tmp_path: Path, theme: str) -> None:
    """Codes are for those who know them; a table of six long ones is wider than a phone."""
    codes = ["astro-ph.CO", "physics.soc-ph", "q-bio.QM", "cond-mat.dis-nn", "econ.EM", "CL"]
    papers = "".join(
        f"- {{title: Looms {number}, date: {2016 + number}, categories: [{code}, LG]}}\n"
        for number, code in enumerate(codes)
    )
    output = built_from_disk(tmp_path, f"theme: {theme}\n", papers)
    with Watched(browser, viewport=NARROW) as watched:
        watched.page.goto((output / "index.html").as_uri())
        legend = watched.page.locator(".legend li").all_inner_texts()
        assert "CL Computation and Language" in legend
        assert all(re.search(r" \w+", entry) for entry in legend), legend
        watched.page.locator(".chart summary").click()
        scrolled = "box => [box.scrollWidth > box.clientWidth, document.documentElement.scrollWidth]"
        assert watched.page.locator(".chart details").evaluate(scrolled) == [True, NARROW["width"]]
        watched.page.evaluate("window.before = document.querySelector('.chart td').getBoundingClientRect().left")
        watched.page.locator(".chart summary").focus()
        watched.page.keyboard.press("Shift+Tab")
        watched.page.keyboard.press("Tab")
        ring = """summary => {
            const [style, box] = [getComputedStyle(summary), summary.getBoundingClientRect()];
            const around = summary.parentElement.getBoundingClientRect();
            const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
            return [style.outlineStyle, Math.min(box.left - around.left, box.top - around.top) >= ring];
        }"""
        assert watched.page.locator(".chart summary").evaluate(ring) == ["solid", True], "nothing is cut off"
        for _ in range(3):
            watched.page.keyboard.press("ArrowRight")
        # keys reach what is out of sight
        wait_until(watched.page, "document.querySelector('.chart td').getBoundingClientRect().left !== before")
        watched.page.goto((output / "categories/lg/index.html").as_uri())
        assert "CL Computation and Language 1" in watched.page.locator(".together li").all_inner_texts()


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_names_in_the_picture_of_coauthors_can_be_read_on_every_screen(
    browser: Any, tmp_path: Path, width: int
) -> None:
    names = [f"Wolfeschlegelsteinhausenbergerdorff {letter}" for letter in "abc"]
    names += [f"Hubert Vonlangen{number:02}" for number in range(40)]
    output = built_from_disk(
        tmp_path, "theme: folio\n", f"- {{title: Looms, authors: [Ada Lovelace, {', '.join(names)}]}}\n"
    )
    with Watched(browser, viewport={**NARROW, "width": width}) as watched:
        watched.page.goto((output / "coauthors/index.html").as_uri())
        shown = watched.page.locator(".network svg:visible")
        assert shown.count() == 1
        assert shown.get_attribute("class") == ("column" if width < 640 else "circle")
        letters, left, right = shown.evaluate("""picture => {
            const texts = [...picture.querySelectorAll('text')];
            const boxes = texts.map(text => text.getBoundingClientRect());
            const scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
            return [scale * parseFloat(getComputedStyle(texts[0]).fontSize),
                Math.min(...boxes.map(box => box.left)), Math.max(...boxes.map(box => box.right))];
        }""")
        assert letters >= 11
        assert 0 <= left < right <= width
        scrolled = watched.page.evaluate("document.documentElement.scrollWidth")
        assert scrolled == width, _too_wide(watched.page)


@pytest.mark.parametrize("theme", THEMES)
def test_a_printed_part_of_a_list_says_where_the_whole_is(browser: Any, tmp_path: Path, theme: str) -> None:
    papers = "".join(
        f"- {{title: Looms {n}, category: LG, date: 2020, doi: 10.1000/{n}, arxiv: 2001.0000{n}}}\n" for n in range(3)
    )
    config = f"theme: {theme}\nper_page: 2\nurl: https://ada.example/lab/\n"
    output = built_from_disk(tmp_path / "one", config, papers)
    several = tmp_path / "several"
    (several / "content/authors").mkdir(parents=True)
    (several / "content/authors/bob.yaml").write_text("name: Bob Zed\n", encoding="utf-8")
    directory = built_from_disk(several, config, papers)
    with Watched(browser) as watched:
        for path, shown, whole in (
            (output / "index.html", "Showing 1–2 of 3", "https://ada.example/lab/cv/"),
            (output / "page/2/index.html", "Showing 3–3 of 3", "https://ada.example/lab/cv/"),
            (output / "categories/lg/page/2/index.html", "Showing 3–3 of 3", "https://ada.example/lab/categories/lg/"),
            (directory / "page/2/index.html", "Showing 3–3 of 3", "https://ada.example/lab/"),
        ):
            watched.page.emulate_media(media="screen")
            watched.page.goto(path.as_uri())
            assert whole not in watched.page.locator("main").inner_text()
            watched.page.emulate_media(media="print")
            said = watched.page.locator(".range").inner_text()
            assert shown in said
            assert re.search(rf"All of them: {re.escape(whole)}$", said)
        watched.page.goto((output / "cv/index.html").as_uri())
        assert watched.page.get_by_text("https://doi.org/").filter(visible=True).count() == 3
        assert "arxiv.org" not in watched.page.locator("main").inner_text(), "the DOI is enough"
        watched.page.emulate_media(media="screen")
        assert watched.page.get_by_text("https://doi.org/").filter(visible=True).count() == 0
    whole_list = built_from_disk(tmp_path / "short", config.replace("2", "9", 1), papers)
    assert "All of them" not in (whole_list / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_a_printed_choice_of_papers_says_what_was_chosen(browser: Any, tmp_path: Path, theme: str) -> None:
    papers = "".join(
        f"- {{title: Looms {number}, category: {('LG', 'CV', 'CL')[number % 3]}, date: {2015 + number}}}\n"
        for number in range(9)
    )
    output = built_from_disk(tmp_path, f"theme: {theme}\n", papers)
    with Watched(browser) as watched:
        watched.page.goto(f"{(output / 'index.html').as_uri()}?q=looms&category=LG&from=2016")
        watched.page.get_by_text("2 of 9 papers").wait_for()
        watched.page.emulate_media(media="print")
        form = watched.page.locator("form.filters")
        assert form.get_by_role("checkbox").filter(visible=True).count() == 1
        assert form.get_by_label("LG Machine Learning").is_visible()
        assert form.get_by_role("searchbox").input_value() == "looms"
        assert form.get_by_role("searchbox").is_visible()
        assert form.get_by_label("From").is_visible()
        assert form.get_by_text("2 of 9 papers").is_visible()
        assert not form.get_by_label("To", exact=True).is_visible()
        assert form.get_by_role("button").filter(visible=True).count() == 0
        watched.page.goto((output / "index.html").as_uri())
        watched.page.locator("form.filters").wait_for(state="attached")
        assert not form.is_visible(), "a whole list has no word of it"


def test_years_beside_printed_papers_do_not_push_the_list_to_the_next_page(browser: Any, tmp_path: Path) -> None:
    years = [2026, 2026, 2026, 2025, 2024, 2023, 2022, 2021, 2021, 2021, 2021, 2020]
    names = [f"Author Number {number}" for number in range(24)]
    papers = "".join(
        f"- {{title: Looms {number} folding robust transformers, date: {year}, category: LG, doi: 10.1000/{number}, authors: "
        f"[{', '.join(names if number == 0 else names[:3])}]}}\n"
        for number, year in enumerate(years)
    )
    output = built_from_disk(tmp_path, "theme: plain\n", papers)
    with Watched(browser) as watched:
        watched.page.goto((output / "categories/lg/index.html").as_uri())
        assert len(re.findall(rb"/Type\s*/Page\b", watched.page.pdf(format="A4"))) == 2


def test_brackets_grow_with_what_they_hold_and_only_formulas_fetch_a_font(browser: Any, address: str) -> None:
    """A system without an OpenType MATH font would leave them small."""
    with Watched(browser) as watched:
        page = watched.page
        with page.expect_response("**/*.woff2"):
            page.goto(f"{address}one-author-folio/papers/weaving/")
        page.evaluate("""() => {
            const math = document.querySelector('.p-summary math');
            math.innerHTML = '<mrow><mo>(</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>)</mo></mrow><mi>x</mi>';
            return document.fonts.ready.then(() => null);
        }""")
        heights = page.evaluate("""() => [...document.querySelectorAll('.p-summary mo, .p-summary math > mi')]
            .map(element => element.getBoundingClientRect().height)""")
        assert heights[0] > 1.5 * heights[2]
    with Watched(browser) as watched:
        watched.page.goto(f"{address}one-author-folio/teaching/", wait_until="networkidle")
        assert not watched.page.locator("math").count()
        assert [url for url in watched.asked if url.endswith(".woff2")] == []


def test_a_root_is_no_wider_than_its_sign_and_what_is_under_it(browser: Any, address: str) -> None:
    """A browser leaves room for the widest sign that the font has for roots."""
    with Watched(browser) as watched:
        page = watched.page
        with page.expect_response("**/*.woff2"):
            page.goto(f"{address}one-author-folio/papers/weaving/")
        room, size = page.evaluate("""async () => {
            const math = document.querySelector('.p-summary math');
            math.innerHTML = '<msqrt><mi>s</mi></msqrt><mi>x</mi>';
            await document.fonts.ready;
            const [under, behind] = [...math.querySelectorAll('mi')].map(letter => letter.getBoundingClientRect());
            return [behind.left - under.right, parseFloat(getComputedStyle(math).fontSize)];
        }""")
        assert room < 0.15 * size


@pytest.mark.parametrize("theme", THEMES)
def test_folded_authors_are_a_click_away_and_those_of_the_site_are_seen(browser: Any, address: str, theme: str) -> None:
    with Watched(browser, java_script_enabled=False) as watched:
        watched.page.goto(f"{address}several-authors-{theme}/")
        byline = watched.page.locator("section[aria-labelledby=papers] [data-paper=many] .byline")
        seen = byline.locator(".p-author:visible")
        assert seen.all_inner_texts() == [
            "One A",
            "Two B",
            "Three C",
            "Four D",
            "Five E",
            "Six F",
            "Seven G",
            "Eight H",
            "Nine I",
            "Ten J",
            "Hedy Lamarr",
        ]
        assert byline.locator("summary").all_inner_texts() == ["… 3 more …", "… and 5 more"]
        # what is folded takes no room: the names go on in the same line
        assert byline.bounding_box()["height"] < 4 * 30
        byline.locator("summary").last.click()
        assert seen.count() == 16
        assert byline.locator(".p-author").count() == 19
        watched.page.goto(f"{address}several-authors-{theme}/authors/hedy/cv/")
        entry = watched.page.locator(".cv-year li").first
        assert "Ten J, … 3 more … Hedy Lamarr, … and 5 more." in entry.inner_text()
        entry.locator("summary").first.click()
        assert "Thirteen M, Hedy Lamarr, … and 5 more." in entry.inner_text()


@pytest.mark.parametrize("theme", THEMES)
def test_on_a_profile_its_person_alone_stands_out(browser: Any, address: str, theme: str) -> None:
    weights = "names => [...new Set(names.map(name => getComputedStyle(name).fontWeight))]"
    with Watched(browser) as watched:
        watched.page.goto(f"{address}several-authors-{theme}/authors/ada/")
        assert watched.page.locator(".byline span.owner").evaluate_all(weights) == ["600"]
        assert watched.page.locator(".byline a.owner").evaluate_all(weights) == ["400"]
        watched.page.goto(f"{address}several-authors-{theme}/")
        assert watched.page.locator(".all .byline .owner").evaluate_all(weights) == ["600"]


@pytest.mark.parametrize("theme", THEMES)
def test_foreign_texts_on_a_page_from_right_to_left_end_with_their_full_stops(
    browser: Any, tmp_path: Path, theme: str
) -> None:
    """The last sign of a Latin text stands at its right, and the text begins where the page begins."""
    script = """(selector) => {
        const element = document.querySelector(selector);
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (!texts.nextNode().textContent.trim());
        const text = texts.currentNode.textContent;
        const at = (place) => {
            const range = document.createRange();
            range.setStart(texts.currentNode, place);
            range.setEnd(texts.currentNode, place + 1);
            return range.getBoundingClientRect();
        };
        const first = text.search(/[^ \\n]/), last = text.trimEnd().length - 1;
        return [at(first).left < at(last).left, element.getBoundingClientRect().right - at(last).right];
    }"""
    site = f"theme: {theme}\nlanguage: ar\ntitle: Looms & co.\ndescription: We weave.\n"
    for name, text in {
        "site.yaml": site,
        "authors/ada.yaml": "name: Ada\n",
        "authors/bob.yaml": "name: Bob\n",
        "papers/p.yaml": "title: T\nauthors: [Ada]\n",
        "pages/news/one.md": "---\ntitle: New!\ndescription: A new loom.\n---\nA new loom.\n",
    }.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(text, encoding="utf-8")
    output = build(tmp_path, Options(local=True)).output
    with Watched(browser) as watched:
        watched.page.goto((output / "index.html").as_uri())
        for selector in (".site-title", "h1", ".lead", ".items .quiet"):
            in_order, distance = watched.page.evaluate(script, selector)
            assert in_order, selector
            assert distance < 2, selector


@pytest.mark.parametrize("theme", THEMES)
def test_a_printed_abbreviation_does_not_touch_the_venue(browser: Any, tmp_path: Path, theme: str) -> None:
    output = built_from_disk(tmp_path, f"theme: {theme}\n", "- {title: T, venue: Neural Systems, abbr: NeurIPS}\n")
    with Watched(browser) as watched:
        watched.page.goto((output / "index.html").as_uri())
        watched.page.emulate_media(media="print")
        abbr, venue = (watched.page.locator(f".papers .{part}").first.bounding_box() for part in ("abbr", "venue"))
        assert venue["x"] - abbr["x"] - abbr["width"] >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_no_foreign_text_on_a_page_from_right_to_left_begins_with_its_last_sign(
    browser: Any, tmp_path: Path, theme: str
) -> None:
    reversed_texts = """() => {
        const found = [];
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const text = texts.currentNode.textContent.trimEnd();
            if (!/[a-z][^\\u0590-\\u06ff]*[.!]$/i.test(text) || texts.currentNode.parentElement.closest("script, pre, template")) continue;
            const at = (place) => {
                const range = document.createRange();
                range.setStart(texts.currentNode, place);
                range.setEnd(texts.currentNode, place + 1);
                return range.getBoundingClientRect();
            };
            if (at(text.length - 1).left < at(text.length - 2).left) found.push(text.trim());
        }
        return found;
    }"""
    for name, text in {
        "site.yaml": f"theme: {theme}\nlanguage: ar\ntitle: Looms!\ncategories: {{x.Y: {{name: Cloth!}}}}\n",
        "authors/ada.yaml": "name: Ada A.\npronouns: she!\nrole: Weaver!\naffiliations: [Mill!]\ninterests: [Silk!, Wool!]\n"
        "bio: 'Weaves.\n\n  - Silk.'\nmetrics: {own: {value: 1, label: Looms!, help: Hers.}}\n",
        "authors/bob.yaml": "name: Bob B.\n",
        "papers/p.yaml": "- {title: T!, authors: [Ada A., Bob B.], date: 2020, venue: V!, abbr: W!, award: Best!, tldr: It works.,"
        " tags: [wool!], category: x.Y, note: A note., selected: true, links: [{label: More!, url: 'https://a.example'}]}\n"
        "- {title: U!, authors: [Ada A.], date: 2019}\n",
        "pages/teach.md": "---\ntitle: Teach!\n---\n## Now!\n\nText.\n\n- item.\n\n> quote.\n\nTerm!\n:   Text.\n\n"
        "| A! |\n|---|\n| b. |\n\nNote[^1].\n\n[^1]: Note.\n",
    }.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(text, encoding="utf-8")
    output = build(tmp_path, Options(local=True)).output
    with Watched(browser) as watched:
        for path in ("", "authors/ada/", "authors/ada/cv/", "papers/t/", "papers/u/", "teach/", "categories/", "tags/"):
            watched.page.goto((output / path / "index.html").as_uri())
            assert watched.page.evaluate(reversed_texts) == [], path
        for path, selector in (("papers/t/", ".award"), ("teach/", ".prose > ul li"), ("teach/", "dt")):
            watched.page.goto((output / path / "index.html").as_uri())
            align = "element => getComputedStyle(element).textAlign"
            assert watched.page.locator(selector).first.evaluate(align) == "right", selector
        watched.page.goto((output / "categories/index.html").as_uri())
        badge, name = (watched.page.locator(f".index a {part}").first.bounding_box() for part in (".category", "bdi"))
        assert badge["x"] >= name["x"] + name["width"]
