"""The preview in a real browser: what is edited shows, nothing is lost, and one's place in the page is kept."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from preview_server import PATIENCE, Server, author_file, serving, write_role

from generator import scaffold

pytestmark = pytest.mark.browser
EDITS = 20


@pytest.fixture
def site(tmp_path: Path) -> Path:
    scaffold.new(tmp_path / "site", "Ada Lovelace")
    return tmp_path / "site"


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with serving(site) as server:
        yield server


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 800, "height": 300})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    with page.expect_websocket():
        page.goto(f"http://127.0.0.1:{server.port}/")
    yield page
    context.close()


def shows(page: Any, text: str) -> None:
    page.wait_for_function("text => document.body?.innerText.includes(text)", arg=text)


def test_of_twenty_edits_in_quick_succession_the_last_shows(site: Path, page: Any) -> None:
    for number in range(EDITS):
        write_role(site, f"Edit {number:02} of {EDITS}")
        time.sleep(0.03)
    shows(page, f"Edit {EDITS - 1} of {EDITS}")


def test_of_twenty_edits_each_shows(site: Path, page: Any) -> None:
    for number in range(EDITS):
        write_role(site, f"Edit {number:02} of {EDITS}")
        shows(page, f"Edit {number:02} of {EDITS}")


def test_a_style_sheet_is_exchanged_without_loading_the_page(site: Path, server: Server, page: Any) -> None:
    """Also when it has been exchanged before, so that the page names one that is gone; afterwards pages load anew."""
    scaffold.copy_theme_file(site, "folio", "folio.css")
    sheet = site / "themes/folio/assets/folio.css"
    text = sheet.read_text(encoding="utf-8")
    write_role(site, "Beginning")
    shows(page, "Beginning")
    # while a page loads, it may be too short, and the browser brings back the place where one was
    page.wait_for_load_state()
    page.wait_for_function("document.readyState === 'complete' && (scrollTo(0, 150), scrollY === 150)")
    page.evaluate("window.here = true")
    for number in range(1, 6):
        sheet.write_text(f"{text}\nh1 {{ color: rgb({number}, 2, 3) }}\n", encoding="utf-8")
        color = f"rgb({number}, 2, 3)"
        page.wait_for_function("color => getComputedStyle(document.querySelector('h1')).color === color", arg=color)
    assert page.evaluate("window.here")
    assert page.evaluate("scrollY") == 150
    write_role(site, "Ending")
    shows(page, "Ending")
    assert not page.evaluate("window.here")
    page.wait_for_function("scrollY === 150")


def test_content_that_is_wrong_is_shown_over_the_last_good_page_until_it_is_mended(
    site: Path, page: Any, server: Server
) -> None:
    right = author_file(site).read_text(encoding="utf-8")
    author_file(site).write_text("name: Ada Lovelace\nroll: Countess\n", encoding="utf-8")
    box = page.locator("#paperfolio-problems [role=alert]")
    box.wait_for(state="visible")
    said = box.inner_text()
    assert "content/authors/ada-lovelace.yaml:2:1: unknown key 'roll'" in said
    assert "hint: did you mean 'role'?" in said
    assert page.locator("h1").inner_text() == "Ada Lovelace"
    size = box.bounding_box()
    assert size["height"] <= 0.7 * 300
    assert size["width"] == pytest.approx(800, abs=20)
    page.goto(f"http://127.0.0.1:{server.port}/papers/counting/")
    box.wait_for(state="visible")
    author_file(site).write_text(right, encoding="utf-8")
    box.wait_for(state="detached")
    assert page.locator("h1").inner_text().startswith("Counting")


def test_a_page_of_a_site_that_was_deleted_comes_back_with_it(site: Path, page: Any) -> None:
    shutil.rmtree(site / "output")
    page.reload()
    shows(page, "There is no such page")
    write_role(site, "Back again")
    shows(page, "Back again")
