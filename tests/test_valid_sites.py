"""Every valid site builds with every theme, and each page of it is sound HTML that needs nobody else."""

import re
from urllib.parse import unquote

import msgspec
import pytest
from bs4 import BeautifulSoup
from site_builds import EVERY_SITE_AND_THEME, SITES, VALID, WITH_URL, Built, built, links, plain_yaml, words

from generator import content, model, urls
from generator.model import Record, SiteConfig
from generator.shapes import fields_of

RECORDS = [
    record
    for record in vars(model).values()
    if isinstance(record, type) and issubclass(record, Record) and record is not Record
]
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
}
SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
LEFT_OUT = [
    *["content/authors/mallory.yaml:8:1"] * 3,
    *("content/pages/xss.md:6", "content/pages/xss.md:6", "content/pages/xss.md:7:5"),
    *(f"content/papers/papers.yaml:{place}" for place in ("11:3", "29:3", "39:3", "39:3", "61:13", "61:40")),
]
RESOURCES = ("img", "script", "iframe", "object", "embed", "source", "video", "audio", "track", "input")


@pytest.fixture(params=EVERY_SITE_AND_THEME, ids="-".join)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.getbasetemp(), *request.param)


def test_a_site_builds_without_a_warning_and_a_missing_url_is_noted(site: Built) -> None:
    noted = [problem.what.partition(":")[0] for problem in site.report.notes]
    assert noted == ([] if "url" in site.config else ["no url"])
    warned = [str(warning.place) for warning in site.report.warnings]
    # what hostile texts hold is left out or shown as it was typed
    assert warned == LEFT_OUT * (site.folder / "content/pages/xss.md").exists()
    assert site.report.files == len(site.files) == len(site.report.written)
    assert site.report.pages == len(site.pages) + len(site.redirects)


def test_pages_are_html_without_a_parse_error(site: Built) -> None:
    import html5lib

    for path in site.pages:
        parser = html5lib.HTMLParser()
        parser.parse(site.text(path))
        assert [(position, what) for position, what, _ in parser.errors] == [], path


def test_a_page_has_one_heading_of_the_first_level_and_skips_none(site: Built) -> None:
    for path, page in site.pages.items():
        levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), (path, levels)
        assert words(page.h1), path


def test_a_page_has_its_own_title_language_and_direction(site: Built) -> None:
    language = site.config.get("language", "en")
    titles = {}
    for path, page in site.pages.items():
        assert page.html["lang"] == language, path
        assert page.html["dir"] == ("rtl" if language == "ar" else "ltr"), path
        assert len(page.find_all("title")) >= 1
        title = words(page.head.title)
        assert title, path
        assert title not in titles, f"{path} and {titles.get(title)} have the same title"
        titles[title] = path


def test_a_page_has_a_strict_content_security_policy_before_anything_it_governs(site: Built) -> None:
    for path, page in site.pages.items():
        metas = page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert len(metas) == 1, path
        policy = dict(part.strip().split(" ", 1) for part in metas[0]["content"].split(";") if part.strip())
        for name, value in POLICY.items():
            assert policy[name] == value, (path, name)
        assert "unsafe" not in metas[0]["content"]
        assert "*" not in metas[0]["content"]
        assert not metas[0].find_previous(["link", "script", "style"]), path


def test_no_inline_script_style_or_handler_stands_in_a_page(site: Built) -> None:
    for path, page in site.pages.items():
        for script in page.find_all("script"):
            if script.get("type") != "application/ld+json":
                assert script["src"], (path, script)
                assert not script.get_text(), (path, script)
        assert not page.find_all(["style", "object", "embed", "frame", "applet"]), path
        if path != "embed/index.html":
            assert not page.find_all("iframe"), path
        # a page for frames alone says where its links open
        bases = [base.attrs for base in page.find_all("base")]
        assert bases == ([{"target": "_top"}] if path in site.framed else []), path
        assert all("//" not in form.get("action", "") and not form.get("method") for form in page.find_all("form")), (
            path
        )
        assert not page.find_all("meta", attrs={"http-equiv": "refresh"}), path
        for element in page.find_all(True):
            bad = [name for name in element.attrs if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
            assert not bad, (path, element.name, bad)


def test_addresses_are_web_mail_or_relative_ones(site: Built) -> None:
    for path, page in site.pages.items():
        for use, address in links(page):
            found = SCHEME.match(address)
            scheme = found[1].lower() if found else ""
            assert scheme in ("", "http", "https", "mailto"), (path, use, address)
            assert not address.startswith("//"), (path, use, address)
            if not scheme and path != "404.html":
                assert not address.startswith("/"), (path, use, address)
            assert not any(sign in address for sign in f'<>"{urls.MARK} \n'), (path, use, address)


def test_no_page_asks_a_third_party_for_anything(site: Built) -> None:
    for path, page in site.pages.items():
        for element in page.find_all(RESOURCES):
            for attribute in ("src", "data", "poster", "srcset"):
                assert "//" not in element.get(attribute, ""), (path, element)
        for link in page.find_all("link"):
            if not {"canonical", "alternate", "cite-as", "type", "author", "item", "license"} & set(link["rel"]):
                assert "//" not in link["href"], (path, link)
        for use in page.select("svg [href], image, use, [background], a[ping]"):
            raise AssertionError((path, use))
    for path in site.files:
        if path.endswith((".css", ".svg")):
            text = site.text(path).replace("http://www.w3.org/2000/svg", "")
            assert "//" not in text.replace("https://", "//"), path
            assert "@import" not in text, path


def test_no_mark_of_an_unfinished_address_is_left(site: Built) -> None:
    for path in site.files:
        if path.endswith((".pdf", ".png", ".woff2")):
            continue
        data = (site.output / path).read_bytes()
        assert urls.MARK.encode() not in data, path
        assert b'"site:/' not in data, path


def test_ids_are_unique_on_a_page(site: Built) -> None:
    for path, page in site.pages.items():
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), path


def test_every_paper_has_its_page_and_stands_on_the_front_pages_once(site: Built) -> None:
    listed = [
        article["data-paper"]
        for path, page in site.pages.items()
        if path == "index.html" or path.startswith("page/")
        for article in page.select("section[aria-labelledby=papers] article.paper")
    ]
    assert sorted(listed) == sorted(site.paper_pages)
    assert len(listed) == len(site.papers)
    assert {paper["id"] for paper in site.papers if "id" in paper} <= set(listed)


def test_what_was_typed_is_shown(site: Built) -> None:
    """Names, tags, venues and other plain texts stand on the paper's page just as they were typed."""
    for paper in site.papers:
        page = site.paper_pages.get(paper.get("id", ""))
        if page is None:
            continue
        shown = words(page.main)
        plain = [entry["name"] for entry in paper["authors"]] + paper.get("tags", [])
        plain += [paper[key] for key in ("venue", "abbr") if key in paper]
        plain += [entry["label"] for entry in paper.get("versions", []) if "label" in entry]
        plain += [paper["retracted"]] if paper.get("retracted", "true") != "true" else []
        for text in plain:
            assert " ".join(text.split()) in shown, (paper["id"], text)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_site_of_one_author_uses_every_key_of_every_record(record: type[Record]) -> None:
    loaded = content.load(VALID / "one-author", drafts=True)
    assert not loaded.problems
    found: list[Record] = []

    def collect(value: object) -> None:
        if isinstance(value, Record):
            found.append(value)
        if isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                collect(getattr(value, name))
        elif isinstance(value, dict):
            collect(list(value.values()))
        elif isinstance(value, (list, tuple)):
            for entry in value:
                collect(entry)

    collect(loaded.site)
    fields = fields_of(record)
    used = {
        name
        for entry in found
        if type(entry) is record
        for name, field in fields.items()
        if field.required or getattr(entry, name) != field.default
    }
    typed = set(plain_yaml(VALID / "one-author" / "content" / "site.yaml")) if record is SiteConfig else set()
    assert set(fields) - used - typed == set()


def test_the_sites_are_those_that_the_tests_speak_of() -> None:
    assert {"bare", "no-url-no-exports", *WITH_URL} == set(SITES)


def test_a_right_to_left_site_shows_its_scripts(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "right-to-left")
    front = site.page("/")
    assert words(front.h1) == "ليلى الخوارزمي"
    shown = words(front.main) + words(site.page("/page/2/").main)
    for text in (
        "الجبر والمقابلة",
        "תרגום מכונה בין עברית ל-English",
        "深層学習による翻訳 (第二版)",
        "山田 太郎",
        "김철수",
    ):
        assert text in shown
    assert unquote(front.select_one("img.u-photo")["src"]).endswith("صورة ليلى.png")
    assert len(site.paper_pages) == 4
    assert all(paper_id.isascii() for paper_id in site.paper_pages)


def test_a_bare_site_needs_no_more_than_a_name_and_a_title(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "bare")
    assert words(site.page("/").h1) == "Ada Lovelace"
    assert sorted(site.pages) == [
        "404.html",
        "cv/index.html",
        "embed/index.html",
        "embed/papers/index.html",
        "index.html",
        "papers/on-the-engine/index.html",
        "search/index.html",
    ]
    page = site.paper_pages["on-the-engine"]
    assert words(page.h1) == "On the Engine"
    empty = [
        element.name
        for element in page.find_all(["p", "section", "ul", "ol", "dl", "h2", "h3", "li"])
        if not words(element)
    ]
    assert empty == []


def test_papers_say_how_often_they_were_cited_if_at_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    pages = built(tmp_path_factory.getbasetemp(), "one-author").paper_pages
    assert words(pages["weaving"].select_one(".published .citations")) == "1,234 citations"
    assert not pages["withdrawn"].select(".published")


def test_papers_say_where_in_their_journal_they_stand(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "one-author")
    said = site.paper_pages["weaving"].select_one(".published")
    assert words(said) == "JMC Journal of Mechanical Computation 12(3), 45–67 1,234 citations"
    lists = [
        page.select_one('[data-paper="weaving"] .published') for page in (site.page("/"), site.page("/years/2026/"))
    ]
    assert [words(shown) for shown in lists] == 2 * ["JMC Journal of Mechanical Computation 1,234 citations"]
    (entry,) = [item for item in site.page("/cv/").select(".cv-year li") if "Weaving" in item.text]
    assert "Journal of Mechanical Computation 12(3), 45–67. " in words(entry)


def test_hostile_texts_are_only_texts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What would be markup, script or template code elsewhere is shown as it was typed."""
    site = built(tmp_path_factory.getbasetemp(), "hostile")
    front = site.page("/")
    author = site.authors[0]
    assert words(front.h1) == author["name"]
    assert author["pronouns"] in words(front.header.find_next("header"))
    assert words(front.head.title) == site.config["title"]
    assert front.select_one("meta[name=description]")["content"] == site.config["description"]
    assert front.select_one("dd[data-metric=h_index]")["data-value"] == "<b>41</b>"
    assert [words(item) for item in front.select("ul.interests li")] == author["interests"]
    page = site.paper_pages["script"]
    assert words(page.h1) == "<script>alert('title')</script> 7*7 & <b>bold</b> </h1>"  # braces are LaTeX's
    assert page.select_one("h1 em strong").get_text() == "<b>bold</b>"
    abstract = words(page.select_one(".p-summary"))
    for text in (
        "</script><script>alert('abstract')</script>",
        "<!--<script>",
        "% for x in y %",
        "click",
        "10%",
        "]]>",
    ):
        assert text in abstract
    assert "{{ 7*7 }}" in words(page.select_one(".notice"))
    assert "{{ 7*7 }}" in words(page.select_one(".versions"))
    assert "{{ 7*7 }}" in words(page.select_one(".byline"))
    markdown = site.paper_pages["markdown"]
    assert "{{ 7*7 }}" in words(markdown.select_one(".p-summary"))
    assert "49" not in "".join(words(page.body) for page in site.pages.values())
    assert "</pre><script>alert('bibtex')</script> {{ 7*7 }}" in words(markdown.pre)
    free = site.page("/xss/")
    assert words(free.h1) == "<script>alert('page')</script> {{ 7*7 }}"
    assert "{{ 7*7 }} {% extends" in words(free.main)


def test_a_formula_of_a_title_is_mathml(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.getbasetemp(), "one-author")
    heading = site.paper_pages["weaving"].h1
    assert heading.find("math").find("msup")
    assert words(heading.em) == "Algebraic"
    assert len(site.paper_pages["weaving"].select(".p-summary p")) == 2
    display: BeautifulSoup = site.paper_pages["weaving"].select_one(".p-summary math[display=block]")
    assert display.find("munderover") or display.find("msubsup")


@pytest.mark.parametrize("theme", ["base", "folio", "plain", "lab"])
def test_an_address_in_the_cv_is_that_of_the_institution_or_of_what_the_line_is_about(
    theme: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = built(tmp_path_factory.getbasetemp(), "one-author", theme)
    lines = site.page("/cv/").select(".stations p a")
    assert {words(line): line["href"] for line in lines if str(line["href"]).startswith("https:")} == {
        "Analytical Engine Institute": "https://engine.example.org/",
        "Studies of cards": "https://cards.example.org/",
        "Looms and numbers": "https://looms.example.org/",
    }
