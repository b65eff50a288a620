"""Pages at addresses of before, which lead to where things are now."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from generator import content
from generator.build import Options, build
from generator.check import report
from generator.errors import ContentError
from generator.pages import redirects
from generator.pages.catalog import Catalog

Make = Callable[[dict[str, str | bytes]], Catalog]
Files = dict[str, str]
P = "content/papers/p.yaml"
TEACHING = "---\ntitle: Teaching\nredirect_from: [/courses/]\n---\n\n# Looms\n"


def led(catalog: Catalog) -> dict[str, str]:
    """Where each of the addresses leads."""
    found = {}
    for page in redirects.outputs(catalog):
        data = page.make().data
        found[page.address] = getattr(data, "address", None)
    return found


def test_what_has_moved_is_found_where_it_was(catalog: Make) -> None:
    made = catalog(
        {
            "content/authors/ada.yaml": "name: Ada\nredirect_from: [/people/ada]\n",
            "content/authors/bob.yaml": "name: Bob\n",
            P: "- {title: T, redirect_from: [/publication/t, pubs/t.html]}\n- {title: U, redirect_from: /u/}\n",
            "content/pages/teaching.md": TEACHING,
        }
    )
    assert led(made) == {
        "/people/ada/": "/authors/ada/",
        "/publication/t/": "/papers/t/",
        "/pubs/t.html": "/papers/t/",
        "/u/": "/papers/u/",
        "/courses/": "/teaching/",
    }


def test_the_only_profile_is_the_front_page(catalog: Make) -> None:
    made = catalog({"content/authors/ada.yaml": "name: Ada\nredirect_from: [/about/]\n", P: "title: T"})
    assert led(made) == {"/about/": "/"}


def test_an_address_where_the_paper_still_is_leads_nowhere(catalog: Make) -> None:
    assert led(catalog({P: "{title: T, id: t, redirect_from: [/papers/t/, /t/]}"})) == {"/t/": "/papers/t/"}


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/", "/"),
        ("/years", "/years/"),
        ("years/2023/", "/years/2023/"),
        ("/years/index.html", "/years/"),
        ("/teaching/#looms", "/teaching/#looms"),
        ("/teaching#looms", "/teaching/#looms"),
        ("/cv.pdf", "/cv.pdf"),
        ("/LICENSE", "/LICENSE"),
        ("https://blog.example.org/a?b#c", "https://blog.example.org/a?b#c"),
    ],
)
def test_the_site_says_where_an_address_leads(catalog: Make, written: str, address: str) -> None:
    files = {
        "content/files/cv.pdf": b"",
        "content/files/LICENSE": b"",
        "content/site.yaml": f"redirects: {{/x: '{written}'}}",
    }
    assert (
        led(
            catalog(
                {
                    **files,
                    P: "{title: T, date: 2023}",
                    "content/pages/teaching.md": TEACHING.replace("/courses/", "/c/"),
                }
            )
        )["/x/"]
        == address
    )


def page_at(folder: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((folder / "output" / path).read_bytes(), "html.parser")


def attribute(page: BeautifulSoup, selector: str, name: str) -> str:
    [found] = page.select(selector)
    assert isinstance(found, Tag)
    return str(found[name])


def write(folder: Path, files: Files) -> Path:
    for name, text in {"content/authors/ada.yaml": "name: Ada\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


MOVED = {
    "content/site.yaml": "url: https://a.org/b/\nredirects: {/blog/: 'https://blog.example.org/', /all.html: /years/}\n",
    P: "{title: On *looms*, date: 2023, authors: [Ada], redirect_from: [/old/on looms/]}",
}


@pytest.mark.parametrize(
    ("local", "target"), [(False, "../../papers/on-looms/"), (True, "../../papers/on-looms/index.html")]
)
def test_browsers_are_led_on_without_waiting(tmp_path: Path, local: bool, target: str) -> None:
    build(write(tmp_path, MOVED), Options(local=local))
    page = page_at(tmp_path, "old/on looms/index.html")
    assert attribute(page, 'meta[http-equiv="refresh"]', "content") == f"0; url={target}"
    assert attribute(page, 'link[rel="canonical"]', "href") == "https://a.org/b/papers/on-looms/"
    assert [(link["href"], link.get_text()) for link in page.select("a")] == [(target, "On *looms*")]
    assert page.select_one('meta[name="robots"]') is None, "search engines are to take it for a move"
    assert (tmp_path / "output/old/on looms" / target).resolve().exists()


def test_a_page_that_leads_on_may_ask_for_nothing(tmp_path: Path) -> None:
    build(write(tmp_path, MOVED), Options())
    page = page_at(tmp_path, "old/on looms/index.html")
    assert attribute(page, 'meta[http-equiv="Content-Security-Policy"]', "content") == "default-src 'none'"
    assert page.select("script, style, img, iframe, link:not([rel=canonical])") == []
    assert (attribute(page, "html", "lang"), len(page.select("h1"))) == ("en", 1)


def test_an_address_elsewhere_is_led_to_as_it_is(tmp_path: Path) -> None:
    build(write(tmp_path, MOVED), Options())
    page = page_at(tmp_path, "blog/index.html")
    assert attribute(page, 'meta[http-equiv="refresh"]', "content") == "0; url=https://blog.example.org/"


def test_what_leads_on_is_not_listed_and_has_no_faults(tmp_path: Path) -> None:
    build(write(tmp_path, MOVED), Options())
    sitemap = (tmp_path / "output/sitemap.xml").read_text(encoding="utf-8")
    assert "/papers/on-looms/" in sitemap
    assert not [old for old in ("/old/", "/blog/", "/all.html") if old in sitemap]
    assert [str(found) for found in report.check(tmp_path).findings] == []


def problems(folder: Path, files: Files) -> list[str]:
    with pytest.raises(ContentError) as caught:
        build(write(folder, files), Options())
    assert not (folder / "output").exists()
    return [f"{problem.place} {problem.what}" for problem in caught.value.problems]


def test_an_address_can_lead_to_one_thing_alone(tmp_path: Path) -> None:
    files = {
        "content/site.yaml": "redirects:\n  /y: /\n  /z/: /\n",
        P: "- title: T\n  redirect_from: [/x/, /z]\n- title: U\n  redirect_from:\n  - /about/\n  - /x\n",
        "content/pages/about.md": "---\ntitle: About\nredirect_from: [/y/]\n---\n",
    }
    assert problems(tmp_path, files) == [
        f"{P}:5:5 redirect_from: wants the address /about/, which content/pages/about.md:1:1 wants too (About and U)",
        f"{P}:6:5 redirect_from: wants the address /x/, which {P}:2:19 wants too (T and U)",
        "content/site.yaml:2:3 redirects: wants the address /y/, which content/pages/about.md:2:1 wants too (About and /)",
        f"content/site.yaml:3:3 redirects: wants the address /z/, which {P}:2:24 wants too (T and /)",
    ]


def test_a_target_that_is_not_there_is_told_with_its_place(tmp_path: Path) -> None:
    files = {
        "content/site.yaml": "redirects:\n  /a: /paper/t/\n  /b/: /c\n  /c/: /b/\n  /d/: /d\n  /e/: /b\n",
        P: "title: T",
    }
    assert problems(tmp_path, files) == [
        "content/site.yaml:2:3 redirects: /a/ leads to '/paper/t/', which is no page or file of this site",
        "content/site.yaml:3:3 redirects: /b/ leads back to itself",
        "content/site.yaml:4:3 redirects: /c/ leads back to itself",
        "content/site.yaml:5:3 redirects: /d/ leads back to itself",
    ]


def test_an_address_may_lead_to_one_that_leads_on(tmp_path: Path) -> None:
    files = {"content/site.yaml": "redirects: {/a/: /b/, /b/: /}\n", P: "title: T"}
    loaded = content.load(write(tmp_path, files))
    assert not loaded.problems
    assert build(tmp_path, Options()).files > 0
