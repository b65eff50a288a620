"""The element and the frames on pages of another origin, in a real browser."""

import functools
import gzip
import http.server
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from site_builds import built as built_site
from waiting import wait_until

from generator import theme
from generator.build import Options, build

pytestmark = pytest.mark.browser

EVIL = """</script><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>"""
HOSTILE = """
paper-list, paper-list *, main * { display: none !important; visibility: hidden !important; opacity: 0 !important }
a { color: transparent !important } ul, li { position: absolute; left: -999px }
"""
PAPERS = [
    {
        "id": f"p{n}",
        "title": f"Paper {n}",
        "date": f"{2000 + n // 5}-03",
        "authors": ["Ada Lovelace", "B. C."],
        "category": "LG" if n % 2 else "cs.CV",
        "tags": ["looms"] if n % 10 == 0 else [],
        "citations": n * 37 % 101,
        "code": n % 4 == 0,
        "abstract": f"About number {n}.",
        "doi": f"10.1000/{n}",
        "selected": n in (3, 7),
    }
    for n in range(130)
]


class Served:
    """Files of a folder, at an origin of their own."""

    def __init__(self, folder: Path, cors: bool = True) -> None:
        self.folder = folder
        self.cors = cors
        self.answering = threading.Event()
        self.answering.set()
        self.changed: dict[str, bytes] = {}
        self.asked: list[str] = []
        served = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                served.asked.append(self.path)
                if self.path.endswith(".json"):
                    served.answering.wait()
                if self.path in served.changed:
                    self.send_response(200)
                    self.send_header("Content-Type", "application/json")
                    self.end_headers()
                    self.wfile.write(served.changed[self.path])
                    return
                super().do_GET()

            def end_headers(self) -> None:
                if served.cors:
                    self.send_header("Access-Control-Allow-Origin", "*")
                super().end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
        )
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.answering.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("embedded")
    for name, text in {
        "site.yaml": "url: https://ada.example/\n",
        "authors/ada.yaml": "name: Ada Lovelace\n",
        "papers/p.yaml": json.dumps(PAPERS),
    }.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return build(folder, Options()).output


@pytest.fixture
def lab(built: Path) -> Iterator[Served]:
    """The site whose papers are shown."""
    served = Served(built)
    yield served
    served.close()


@pytest.fixture
def show(browser: Any, lab: Served, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page of another origin with some elements on it, and waits until each says how it ended."""
    host = Served(tmp_path)
    contexts = []

    def opened(
        body: str, css: str = "", policy: str = "", script: bool = True, wait: bool = True, scheme: str = "light"
    ) -> Any:
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
        (tmp_path / "index.html").write_text(
            f'<!doctype html><html lang="en"><meta charset="utf-8">{meta}<title>Lab</title>'
            f'<link rel="icon" href="data:,"><link rel="stylesheet" href="host.css"><main>{body}</main>'
            f'<script type="module" src="{lab.url}embed.js"></script>',
            encoding="utf-8",
        )
        (tmp_path / "host.css").write_text(css, encoding="utf-8")
        context = browser.new_context(java_script_enabled=script, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(
            "window.ended = []; window.said = []; window.alert = (text) => said.push(text); for (const name of ['load', 'error'])"
            " document.addEventListener(name, (event) => { if (event.target.localName === 'paper-list') ended.push(name); }, true)"
        )
        page.goto(host.url)
        if wait:
            wait_until(page, f"ended.length >= {body.count('<paper-list')}")
        return page

    yield opened
    for context in contexts:
        context.close()
    host.close()


LINK = '<a href="https://ada.example/">Papers of Ada</a>'
PLAIN = f'<paper-list limit="3">{LINK}</paper-list>'


def titles(page: Any, number: int = 0) -> list[str]:
    return page.locator("paper-list").nth(number).locator("[part=title]").all_inner_texts()


def of(papers: Callable[[dict[str, Any]], bool], limit: int) -> list[str]:
    newest = sorted(PAPERS, key=lambda paper: paper["date"], reverse=True)
    return [paper["title"] for paper in newest if papers(paper)][:limit]


def test_it_shows_the_newest_papers_with_links_to_their_pages(show: Callable[..., Any], lab: Served) -> None:
    page = show(PLAIN)
    assert titles(page) == of(lambda paper: True, 3)
    first = page.locator("paper-list [part=title]").first
    assert first.get_attribute("href") == f"{lab.url}papers/p125/"
    assert [path for path in lab.asked if path.endswith(".json")] == ["/embed/papers/feed.json"]
    assert not page.get_by_text("Papers of Ada").is_visible()


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('category="LG" limit="4"', of(lambda paper: paper["category"] == "LG", 4)),
        ('category="CS.cv" limit="4"', of(lambda paper: paper["category"] == "cs.CV", 4)),
        ('author="ada" limit="2"', of(lambda paper: True, 2)),
        ('author="nobody"', []),
        ('year="2003"', of(lambda paper: paper["date"][:4] == "2003", 9)),
        ('year="2003-2004"', of(lambda paper: "2003" <= paper["date"][:4] <= "2004", 20)),
        ('year="-2000"', of(lambda paper: paper["date"][:4] == "2000", 9)),
        ('year="2025-"', of(lambda paper: paper["date"][:4] == "2025", 9)),
        ('tag="looms"', of(lambda paper: bool(paper["tags"]), 99)),
        ('code limit="40"', of(lambda paper: paper["code"], 40)),
        ("selected", of(lambda paper: paper["selected"], 9)),
        ('category="LG" selected year="2000"', ["Paper 3"]),
        ('sort="cited" limit="2"', ["Paper 30", "Paper 60"]),
        ('sort="title" limit="3"', ["Paper 0", "Paper 1", "Paper 10"]),
    ],
)
def test_attributes_choose_from_all_papers(show: Callable[..., Any], attributes: str, expected: list[str]) -> None:
    found = titles(show(f"<paper-list {attributes}>{LINK}</paper-list>"))
    if "cited" in attributes:
        best = sorted(PAPERS, key=lambda paper: paper["citations"], reverse=True)[:2]
        assert {title.removeprefix("Paper ") for title in found} <= {
            str(paper["id"])[1:] for paper in PAPERS if paper["citations"] >= best[-1]["citations"]
        }
        assert len(found) == 2
    else:
        assert found == expected


def test_a_cited_list_that_is_shown_in_full_leads_to_no_further_papers(show: Callable[..., Any]) -> None:
    page = show('<paper-list category="LG" sort="cited" limit="65"></paper-list>')
    assert len(titles(page)) == 65
    assert page.locator("paper-list [part=all]").count() == 0


def test_the_oldest_come_from_the_end_of_the_list(show: Callable[..., Any], lab: Served) -> None:
    page = show('<paper-list sort="oldest" limit="2"></paper-list>')
    assert {title.split()[1] for title in titles(page)} <= {"0", "1", "2", "3", "4"}
    assert "/embed/papers/feed-3.json" in lab.asked
    assert "/embed/papers/feed-2.json" not in lab.asked


def test_what_is_shown_can_be_chosen(show: Callable[..., Any]) -> None:
    page = show(
        '<paper-list limit="2" show="abstract,links,citations,categories,tags" group="year" heading="2" lang="de">'
        "</paper-list>"
    )
    element = page.locator("paper-list")
    element.get_by_text("About number 125.").wait_for()
    assert element.locator("h2").all_inner_texts() == ["2025"]
    assert element.locator("[part=date]").first.inner_text() == "März 2025"
    assert element.locator("summary").first.inner_text() == "Zusammenfassung"
    assert element.locator("[part=citations]").first.inner_text().startswith("Zitationen: ")
    assert element.locator("[part=link]").first.get_attribute("href") == "https://doi.org/10.1000/125"
    assert element.locator("[part~=owner]").first.inner_text() == "Ada Lovelace"
    assert element.get_by_text("Alle Publikationen").is_visible()


def test_names_and_dates_are_as_the_language_has_them(show: Callable[..., Any], lab: Served, built: Path) -> None:
    bylines = "<paper-list limit=1></paper-list><paper-list limit=1 lang=ar></paper-list>"
    names = show(bylines).locator("[part=authors]")
    assert [names.nth(number).inner_text() for number in (0, 1)] == ["Ada Lovelace, B. C.", "Ada Lovelace، B. C."]
    page = show('<paper-list limit=1 lang="ar"></paper-list>')
    assert page.locator("[part=date]").evaluate("date => getComputedStyle(date).direction") == "rtl"
    for path in ("papers/feed.json", "words.json"):  # as sites had them when lists did not say it
        text = (built / "embed" / path).read_text(encoding="utf-8")
        lab.changed[f"/embed/{path}"] = re.sub(r',?"comma":"[^"]*"', "", text).encode()
    old = show(bylines).locator("[part=authors]")
    assert old.all_inner_texts() == ["Ada Lovelace, B. C."] * 2


def test_attributes_are_live(show: Callable[..., Any]) -> None:
    page = show(PLAIN)
    page.evaluate(
        "const list = document.querySelector('paper-list'); list.setAttribute('limit', 1); list.setAttribute('tag', 'looms')"
    )
    wait_until(page, "ended.length === 2")
    assert titles(page) == ["Paper 120"]


def test_hostile_styles_of_the_page_neither_hide_nor_reach_it(show: Callable[..., Any]) -> None:
    page = show(PLAIN, css=HOSTILE)
    title = page.locator("paper-list [part=title]").first
    assert title.is_visible()
    assert title.evaluate("(link) => getComputedStyle(link).color") != "rgba(0, 0, 0, 0)"
    assert page.locator("paper-list").evaluate("(list) => list.getBoundingClientRect().height") > 50


def test_it_takes_letters_and_colour_of_the_page(show: Callable[..., Any]) -> None:
    css = "main { font: 20px serif; color: rgb(1, 2, 3) } paper-list::part(title) { font-weight: 800 }"
    page = show(PLAIN, css=css)
    title = page.locator("paper-list [part=title]").first
    style = title.evaluate(
        "(link) => { const s = getComputedStyle(link); return [s.color, s.fontSize, s.fontWeight]; }"
    )
    assert style == ["rgb(1, 2, 3)", "20px", "800"]
    page.add_style_tag(
        content="paper-list { --paper-list-link: rgb(4, 5, 6); --paper-list-quiet: rgb(7, 8, 9); --paper-list-gap: 30px }"
    )
    assert title.evaluate("(link) => getComputedStyle(link).color") == "rgb(4, 5, 6)"
    published = page.locator("paper-list [part=published]").first
    assert published.evaluate("(line) => getComputedStyle(line).color") == "rgb(7, 8, 9)"
    assert page.locator("paper-list li").first.evaluate("(item) => getComputedStyle(item).marginBottom") == "30px"


def test_a_strict_policy_of_the_page_stays_in_force(show: Callable[..., Any], lab: Served) -> None:
    origin = lab.url.rstrip("/")
    policy = (
        f"default-src 'none'; script-src {origin}; connect-src {origin}; style-src 'self'; img-src data:; "
        "require-trusted-types-for 'script'"
    )
    told: list[str] = []
    page = show(PLAIN.replace("limit", 'show="abstract" limit'), policy=policy)
    page.on("console", lambda message: told.append(message.text))
    page.locator("paper-list").get_by_text("About number 125.").wait_for()
    assert told == []


def failed(page: Any) -> None:
    assert page.evaluate("ended") == ["error"]
    assert page.get_by_text("Papers of Ada").is_visible()
    assert page.locator("paper-list [part=status]").inner_text() == "The papers could not be loaded."


def test_without_permission_to_read_the_link_stays(show: Callable[..., Any], lab: Served, built: Path) -> None:
    closed = Served(built, cors=False)
    failed(show(f'<paper-list site="{closed.url}">{LINK}</paper-list>'))
    closed.close()


@pytest.mark.parametrize(
    "data", [b"", b'{"items": [', b"[]", b"null", b"{}", b"<html>", b'{"_paperfolio": {"years": 1}}']
)
def test_with_a_broken_list_the_link_stays(show: Callable[..., Any], lab: Served, data: bytes) -> None:
    lab.changed["/embed/papers/feed.json"] = data
    failed(show(PLAIN))


def test_when_the_site_is_gone_the_link_stays(show: Callable[..., Any], lab: Served, built: Path) -> None:
    gone = Served(built)
    gone.close()
    failed(show(f'<paper-list site="{gone.url}">{LINK}</paper-list>'))


@pytest.mark.parametrize("address", ["http://", "https://lab.example:99999/"])
def test_an_address_that_is_none_is_said_like_any_other_failure(show: Callable[..., Any], address: str) -> None:
    page = show(f'<paper-list site="{address}"></paper-list>')
    assert page.evaluate("ended") == ["error"]
    shown = page.locator("paper-list").evaluate("(list) => list.shadowRoot.textContent")
    assert shown == f"The papers could not be loaded.{address}"


def test_the_address_of_a_site_needs_no_stroke_at_its_end(browser: Any, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "lab")
    served = Served(tmp_path)
    (tmp_path / "index.html").write_text(
        f'<!doctype html><script type="module" src="lab/embed.js"></script>'
        f'<paper-list site="{served.url}lab" limit="3"></paper-list>',
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto(served.url)
    page.locator("paper-list [part=title]").first.wait_for()
    assert page.locator("paper-list [part=title]").first.get_attribute("href").startswith(f"{served.url}lab/papers/")
    page.close()
    served.close()


def test_while_a_slow_list_comes_the_link_stays(show: Callable[..., Any], lab: Served) -> None:
    lab.answering.clear()
    page = show(PLAIN, wait=False)
    page.wait_for_selector("paper-list[aria-busy]")
    assert page.get_by_text("Papers of Ada").is_visible()
    lab.answering.set()
    wait_until(page, "ended.length === 1")
    assert len(titles(page)) == 3
    assert page.locator("paper-list").get_attribute("aria-busy") is None


def test_without_scripts_the_link_stays(show: Callable[..., Any]) -> None:
    assert show(PLAIN, script=False, wait=False).get_by_text("Papers of Ada").is_visible()


def test_texts_are_only_texts(show: Callable[..., Any], lab: Served, built: Path) -> None:
    def poisoned(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poisoned(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [poisoned(inner, key) for inner in value]
        if not isinstance(value, str) or key in ("folder", "date"):
            return value
        return "javascript:window.pwned=1" if "://" in value else f"{value}{EVIL}"

    feed = json.loads((built / "embed/papers/feed.json").read_bytes())
    lab.changed["/embed/papers/feed.json"] = json.dumps(poisoned(feed)).encode()
    page = show('<paper-list show="links,tags,categories,citations" limit="5" group="year"></paper-list>')
    assert page.evaluate("ended") == ["load"]
    assert "onerror" in page.locator("paper-list [part=title]").first.inner_text()
    assert page.locator("paper-list img, paper-list script").count() == 0
    for link in page.locator("paper-list a").all():
        assert (link.get_attribute("href") or "").startswith("http")
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None


def test_no_form_of_a_hostile_site_harms_the_page_around_it(
    show: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Scripts and markup in every field of its papers; the page has no policy that would stop them."""
    site = built_site(tmp_path_factory.getbasetemp(), "hostile")
    served = Served(site.output)
    texts = [site.text(f"embed/papers/{name}") for name in ("fragment.txt", "shadow.txt")]
    lists = (
        f'<paper-list site="{served.url}" show="abstract,links,citations,categories,tags" group="year" {more}>'
        "</paper-list>"
        for more in ("", 'layout="compact"')
    )
    frame = f'<iframe src="{served.url}embed/papers/" title="T"></iframe>'
    page = show("".join([*lists, *texts, frame]))
    for summary in page.locator("paper-list").last.locator("summary").all():
        summary.click()
    abstracts = page.locator("paper-list [part=text]").all()
    assert len(abstracts) > 0
    for abstract in abstracts:  # clicks scroll past some of them
        abstract.scroll_into_view_if_needed()
        abstract.and_(page.locator(":not([aria-busy])")).wait_for()
    assert len(titles(page, 0)) == len(titles(page, 1)) == len(site.paper_pages)
    for root in (page, page.frames[1]):
        assert root.locator("main :is(img, script, iframe:not([title=T]), object, form)").count() == 0
        addresses = root.locator("main a").evaluate_all("(links) => links.map((link) => link.protocol)")
        assert set(addresses) <= {"http:", "https:"}
        handlers = root.locator("main *").evaluate_all(
            "(all) => all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on'))"
        )
        assert handlers == []
    served.close()
    assert page.evaluate("said") == []


BUSY = """<script>
// tells an observer two changes at once, as a browser does that had no time in between
window.IntersectionObserver = class extends IntersectionObserver {
  constructor(tell, options) {
    super((seen, observer) => {
      const waiting = seen.filter((entry) => !entry.isIntersecting);
      this.late = [...(this.late ?? []), ...waiting];
      if (waiting.length < seen.length) tell([...this.late, ...seen], observer);
    }, options);
  }
};
</script>"""


def test_an_abstract_comes_on_a_page_that_tells_late_what_is_seen(show: Callable[..., Any], lab: Served) -> None:
    page = show(f'{BUSY}<paper-list show="abstract" layout="compact" limit="1"></paper-list>')
    text = page.locator("paper-list [part=text]")
    assert text.get_attribute("aria-busy") == "true"
    page.locator("paper-list summary").click()
    wait_until(page, "!document.querySelector('paper-list').shadowRoot.querySelector('[aria-busy]')")
    assert text.inner_text().startswith("About number")


def test_twenty_lists_on_a_page_ask_once(show: Callable[..., Any], lab: Served) -> None:
    page = show(PLAIN * 20)
    assert [len(titles(page, number)) for number in range(20)] == [3] * 20
    assert lab.asked.count("/embed/papers/feed.json") == 1


def test_a_second_script_does_no_harm(show: Callable[..., Any], lab: Served, built: Path) -> None:
    other = Served(built)
    page = show(PLAIN)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.evaluate(f"import('{other.url}embed.js')")
    other.close()
    assert errors == []
    assert len(titles(page)) == 3


def test_keys_lead_through_it_and_readers_hear_a_list(show: Callable[..., Any]) -> None:
    page = show(PLAIN)
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.shadowRoot?.activeElement?.textContent"))
    assert seen == titles(page)
    assert page.locator("paper-list").get_by_role("list").count() == 1
    assert page.locator("paper-list").get_by_role("listitem").count() == 3


def faults(page: Any, within: str = "main") -> list[str]:
    """What axe finds, by the rules of WCAG 2.2 AA and its own best practices."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="NOT TESTED: axe is not installed")
    found = axe.Axe().run(page, within)
    return [f"{fault['id']}: {node['html']}" for fault in found.response["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_any_form(show: Callable[..., Any], lab: Served, built: Path, scheme: str) -> None:
    more = 'limit="3" show="abstract,links,citations,categories,tags"'
    fragments = [
        (built / f"embed/years/2003/{name}.txt").read_text(encoding="utf-8") for name in ("fragment", "shadow")
    ]
    page = show(
        f'<h1>Lab</h1><h2>All</h2><paper-list {more} group="year"></paper-list>'
        f'<paper-list {more} layout="compact" lang="de"></paper-list><paper-list author="nobody"></paper-list>'
        f'<paper-list site="{lab.url}none/">{LINK}</paper-list>{"".join(fragments)}'
        f'<iframe src="{lab.url}embed/years/2003/" title="Papers"></iframe>',
        css=":root { color-scheme: light dark; background: Canvas }",
        scheme=scheme,
    )
    assert sorted(page.evaluate("ended")) == ["error", "load", "load", "load"]
    assert faults(page) == []
    for path in ("embed/", "embed/papers/"):
        page.goto(f"{lab.url}{path}")
        # axe takes the ground of a page that names none for white, whatever the scheme
        page.evaluate("document.documentElement.style.background = 'Canvas'")
        assert faults(page, "html") == []


def test_it_leaves_nothing_on_the_page_but_itself(show: Callable[..., Any]) -> None:
    page = show("<p>Text</p>", wait=False)
    before = page.evaluate("Object.keys(window)")
    after = show(PLAIN).evaluate("[Object.keys(window), document.cookie, localStorage.length]")
    assert set(after[0]) - set(before) == set()
    assert after[1:] == ["", 0]


def test_a_frame_tells_its_height_and_opens_links_in_the_whole_window(show: Callable[..., Any], lab: Served) -> None:
    page = show(f'<iframe src="{lab.url}embed/years/2003/" title="T"></iframe>', wait=False)
    page.evaluate(
        "addEventListener('message', ({ data }) => { window.height = data.type === 'paperfolio:height' && data.height })"
    )
    page.locator("iframe").evaluate("(frame) => { frame.style.width = '200px' }")
    wait_until(page, "window.height > 100")
    frame = page.frames[1]
    assert frame.evaluate("document.querySelectorAll('.p-name').length") == 5
    frame.locator(".p-name").first.click()
    page.wait_for_url(f"{lab.url}papers/*/")


def test_a_declarative_shadow_root_needs_no_script_and_no_style_of_the_page(
    show: Callable[..., Any], built: Path
) -> None:
    fragment = (built / "embed/years/2003/shadow.txt").read_text(encoding="utf-8")
    page = show(fragment, css="a { display: none }", script=False, wait=False)
    assert page.locator(".p-name").count() == 5
    assert page.locator(".p-name").first.is_visible()


def test_the_guide_makes_snippets_and_shows_them(browser: Any, lab: Served) -> None:
    page = browser.new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{lab.url}embed/")
    maker = page.locator("section[aria-labelledby=maker]")
    maker.locator("[name=category]").select_option("LG")
    maker.locator("[name=limit]").fill("2")
    maker.locator("[value=links]").check()
    text = maker.locator("pre").inner_text()
    assert '<paper-list category="LG" limit="2" show="links">' in text
    assert 'src="https://ada.example/embed.js"' in text
    wait_until(page, "document.querySelector('.live paper-list').shadowRoot.querySelectorAll('li').length === 2")
    maker.locator("[name=form]").select_option("iframe")
    assert 'src="https://ada.example/embed/categories/lg/"' in maker.locator("pre").inner_text()
    assert maker.locator("[name=limit]").is_disabled()
    maker.locator("[name=form]").select_option("html")
    assert maker.locator("pre").inner_text() == "https://ada.example/embed/categories/lg/fragment.txt"
    maker.get_by_role("button", name="Copy Snippet").click()
    maker.locator(".copy.done").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == maker.locator("pre").inner_text()
    page.close()


def test_the_guide_does_not_move_while_it_loads_and_shows_the_first_papers(browser: Any, lab: Served) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const shift of list.getEntries()) moved += shift.value })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )

    def slowly(route: Any) -> None:
        time.sleep(0.3)  # what can be shown without it is shown
        route.continue_()

    page.route("**/embed-guide*", slowly)
    page.goto(f"{lab.url}embed/")
    wait_until(page, "document.querySelector('.live paper-list').shadowRoot.querySelectorAll('li').length === 10")
    assert page.evaluate("moved") < 0.1
    assert "limit" not in page.locator("section[aria-labelledby=maker] pre").inner_text()
    page.close()


def test_the_guide_is_complete_without_scripts(browser: Any, lab: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{lab.url}embed/")
    assert page.get_by_text("<paper-list>", exact=False).first.is_visible()
    assert page.get_by_role("link", name="LG: Machine Learning").is_visible()
    assert page.locator("div.maker").count() == 0
    context.close()


def test_the_script_is_small_and_speaks_every_language_of_the_theme() -> None:
    path = theme.shipped() / "base" / "assets" / "embed.js"
    assert len(gzip.compress(path.read_bytes(), mtime=0)) <= 5 * 1024
    text = path.read_text(encoding="utf-8")
    for words in (theme.shipped() / "base" / "words").glob("*.yaml"):
        assert f'  {words.stem}: "' in text, words.stem
