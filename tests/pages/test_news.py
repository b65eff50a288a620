"""News: which pages they are, how they are listed, and what takes the place of their list."""

from collections.abc import Callable

from generator.pages import free, news
from generator.pages.catalog import Catalog
from generator.views import NewsData

Make = Callable[[dict[str, str | bytes]], Catalog]


def page(title: str, *lines: str) -> str:
    return "\n".join(
        ["---", f"title: {title}", *lines, "---", "", f"Text of *{title}*.", "", "## More", "", "A list.", ""]
    )


NEWS: dict[str, str | bytes] = {
    "content/pages/news/b.md": page("Old", "date: 2024"),
    "content/pages/news/a.md": page("No date"),
    "content/pages/news/c.md": page("Between", "date: 2025-05"),
    "content/pages/news/2026/c.md": page("New", "date: 2026-03-01", "description: What is new."),
    "content/pages/about.md": page("About", "date: 2027"),
}


def test_pages_in_the_folder_are_listed_newest_first(catalog: Make) -> None:
    (listed,) = news.outputs(catalog(NEWS))
    assert (listed.address, listed.make().page.kind) == ("/news/", "news")
    assert isinstance(listed.make().data, NewsData)
    assert [(entry.address, entry.summary, entry.date and entry.date.iso) for entry in listed.make().data.news] == [
        ("/news/2026/c/", "What is new.", "2026-03-01"),
        ("/news/c/", "Text of Between.", "2025-05"),
        ("/news/b/", "Text of Old.", "2024"),
        ("/news/a/", "Text of No date.", None),
    ]


def test_a_title_that_the_text_begins_with_is_not_said_again(catalog: Make) -> None:
    texts = {"a": "I joined Engines.\n\nMore.", "b": "I joined Engines. They weave.", "c": "I joined Enginesville."}
    pages: dict[str, str | bytes] = {
        f"content/pages/news/{name}.md": f"---\ntitle: I joined Engines\n---\n{text}\n" for name, text in texts.items()
    }
    (listed,) = news.outputs(catalog(pages))
    data = listed.make().data
    assert isinstance(data, NewsData)
    assert {entry.summary for entry in data.news} == {"", "They weave.", "I joined Enginesville."}


def test_the_way_to_news_leads_over_their_list(catalog: Make) -> None:
    crumbs = {
        made.address: [crumb.address for crumb in made.make().page.crumbs] for made in free.outputs(catalog(NEWS))
    }
    assert crumbs["/news/b/"] == ["/", "/news/", "/news/b/"]
    assert crumbs["/about/"] == ["/", "/about/"]


def test_a_page_of_the_site_takes_the_place_of_the_list(catalog: Make) -> None:
    assert list(news.outputs(catalog({**NEWS, "content/pages/news/index.md": page("Our news")}))) == []
    assert list(news.outputs(catalog({"content/pages/about.md": page("About")}))) == []
