"""Whether a site is the same as the others: pages are counted, some are parsed, and what is missing is named."""

import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from benchmarks.corpus import Paper
from benchmarks.peers import URL

PER_PAGE = 50
FEED_ENTRIES = 200
SAMPLE = 12
"""Pages of papers, and lists, that are parsed."""


def missing(output: Path, papers: Sequence[Paper]) -> list[str]:
    """What the site of ``papers`` in ``output`` lacks, as lines for people; empty when it is the same site."""
    return [
        *_papers(output, papers),
        *_lists(output, papers),
        *_indexes(output, papers),
        *_feed(output, papers),
        *_sitemap(output, papers),
    ]


def sample(papers: Sequence[Paper]) -> list[Paper]:
    """The papers whose pages are parsed: always the same ones."""
    return random.Random(1).sample(papers, min(SAMPLE, len(papers)))


def _papers(output: Path, papers: Sequence[Paper]) -> Iterator[str]:
    found = {path.parent.name for path in output.glob("papers/*/index.html")}
    absent = [paper.id for paper in papers if paper.id not in found]
    if absent:
        yield f"{len(absent)} pages of papers, the first of them {absent[0]}"
    for paper in sample(papers):
        if paper.id in found:
            page = _page(output / "papers" / paper.id)
            yield from (f"on the page of {paper.id}: {what}" for what in _paper(page, paper))


def _paper(page: BeautifulSoup, paper: Paper) -> Iterator[str]:
    def tags(name: str) -> list[str]:
        return [str(tag["content"]) for tag in page.find_all("meta", attrs={"name": name})]

    article = page.select_one(f'article[data-paper="{paper.id}"]')
    if article is None:
        yield "the article"
        return
    whole = _words(article.get_text(" "))
    heading = page.find("h1")
    expected = {
        "the heading": heading is not None and _line(heading.get_text()) == paper.title,
        "the authors": all(_words(author) in whole for author in paper.authors),
        "the date": page.find("time", attrs={"datetime": paper.date}) is not None,
        "the venue": _words(paper.venue) in whole,
        "the link of the DOI": _links_to(page, f"https://doi.org/{paper.doi}"),
        "the link to arXiv": _links_to(page, f"https://arxiv.org/abs/{paper.arxiv}"),
        "the link to the code": not paper.code or _links_to(page, paper.code),
        "the links to its categories": all(
            page.select_one(f'article a[href$="categories/{category.lower()}/"]') for category in paper.categories
        ),
        "citation_title": tags("citation_title") == [paper.title],
        "citation_author": tags("citation_author") == list(paper.authors),
        "citation_publication_date": tags("citation_publication_date") == [paper.date.replace("-", "/")],
        "citation_journal_title": tags("citation_journal_title") == [paper.venue],
        "citation_doi": tags("citation_doi") == [paper.doi],
        "citation_arxiv_id": tags("citation_arxiv_id") == [paper.arxiv],
        "the canonical address": page.find("link", rel="canonical", href=f"{URL}papers/{paper.id}/") is not None,
        "a description": bool(tags("description")),
        "Open Graph": page.find("meta", property="og:title", content=paper.title) is not None,
    }
    yield from (name for name, there in expected.items() if not there)
    yield from _abstract(page, paper)
    yield from _bibtex(page, paper)
    yield from _linked_data(page, paper)


def _abstract(page: BeautifulSoup, paper: Paper) -> Iterator[str]:
    found = page.select_one(".abstract, .p-summary")
    if found is None:
        yield "the abstract"
        return
    emphasis = [_words(mark) for mark in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", paper.abstract)]
    if emphasis != [_words(mark.get_text()) for mark in found.find_all("em")]:
        yield "the emphasis in the abstract"
    for formula in found.find_all("math"):
        formula.decompose()
    text = re.sub(r"\$[^$]+\$", "", found.get_text())
    if _words(paper.plain) not in _words(text):
        yield "the abstract's text"


def _bibtex(page: BeautifulSoup, paper: Paper) -> Iterator[str]:
    entry = "\n".join(block.get_text() for block in page.find_all("pre") if block.get_text().startswith("@"))
    for value in (paper.year, paper.doi, paper.venue):
        if value not in entry:
            yield f"{value} in the BibTeX entry"
    if _words(paper.title) not in _words(entry):
        yield "the title in the BibTeX entry"
    for author in paper.authors:
        if author not in entry and _turned(author) not in entry:
            yield f"{author} in the BibTeX entry"


def _linked_data(page: BeautifulSoup, paper: Paper) -> Iterator[str]:
    objects = [json.loads(block.get_text()) for block in page.find_all("script", type="application/ld+json")]
    article: dict[str, Any] = next((entry for entry in objects if entry.get("@type") == "ScholarlyArticle"), {})
    authors = [author["name"] for author in article.get("author", ())]
    if (article.get("headline"), authors, article.get("datePublished")) != (
        paper.title,
        list(paper.authors),
        paper.date,
    ):
        yield "JSON-LD with title, authors and date"
    if len(_words(article.get("abstract", ""))) < len(_words(paper.plain)):
        yield "the abstract in JSON-LD"


def _lists(output: Path, papers: Sequence[Paper]) -> Iterator[str]:
    """The list of all papers, and those of categories and years."""
    yield from _list(output, [paper.id for paper in papers], sorted_by={paper.id: paper.date for paper in papers})
    for category, count in _categories(papers).items():
        found = _pages(output / "categories" / category.lower())
        if len(found) != math.ceil(count / PER_PAGE):
            yield f"pages of the category {category}: {len(found)} for {count} papers"
    for year, count in _years(papers).items():
        found = _pages(output / "years" / year)
        if len(found) != math.ceil(count / PER_PAGE):
            yield f"pages of the year {year}: {len(found)} for {count} papers"
    category = next(iter(_categories(papers)))
    yield from _list(
        output / "categories" / category.lower(), [paper.id for paper in papers if category in paper.categories]
    )
    year = next(iter(_years(papers)))
    yield from _list(output / "years" / year, [paper.id for paper in papers if paper.year == year])


def _list(folder: Path, ids: list[str], sorted_by: dict[str, str] | None = None) -> Iterator[str]:
    """A list shows each paper once, ``PER_PAGE`` a page; of a long one some pages are read."""
    pages = _pages(folder)
    if len(pages) != math.ceil(len(ids) / PER_PAGE):
        yield f"pages of the list {folder.name}: {len(pages)} for {len(ids)} papers"
        return
    read = pages if len(pages) <= SAMPLE else [*pages[: SAMPLE // 2], *pages[-SAMPLE // 2 :]]
    shown = [entry for page in read for entry in _entries(page)]
    wanted = len(ids) if read == pages else (SAMPLE - 1) * PER_PAGE + (len(ids) - 1) % PER_PAGE + 1
    if len(set(shown) & set(ids)) != wanted or len(shown) != wanted:
        yield f"papers in the list {folder.name}: {len(set(shown) & set(ids))} of {wanted}"
    if sorted_by:
        dates = [sorted_by.get(paper, "") for paper in shown]
        if dates != sorted(dates, reverse=True):
            yield f"the order of the list {folder.name}"


def _indexes(output: Path, papers: Sequence[Paper]) -> Iterator[str]:
    for name, entries in (("categories", _categories(papers)), ("years", _years(papers))):
        page = _page(output / name)
        for entry, count in entries.items():
            link = page.select_one(f'main a[href$="{name}/{entry.lower()}/"], main a[href="{entry.lower()}/"]')
            if link is None or link.parent is None or str(count) not in _numbers(link.parent.get_text()):
                yield f"{entry} with its {count} papers in the index of {name}"


def _feed(output: Path, papers: Sequence[Paper]) -> Iterator[str]:
    try:
        feed = json.loads((output / "feed.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"the JSON feed ({error})"
        return
    items = feed["items"]
    if len(items) != min(FEED_ENTRIES, len(papers)) or not all(item["content_html"] for item in items):
        yield f"entries of the JSON feed: {len(items)}"
        return
    known = {f"{URL}papers/{paper.id}/": paper for paper in papers}
    newest = known.get(items[0]["url"])
    if newest is None or newest.date != max(paper.date for paper in papers):
        yield "the newest paper at the top of the JSON feed"
    elif [author["name"] for author in items[0]["authors"]] != list(newest.authors):
        yield "the authors in the JSON feed"


def _sitemap(output: Path, papers: Sequence[Paper]) -> Iterator[str]:
    try:
        listed = set(_located(output / "sitemap.xml"))
    except (OSError, ElementTree.ParseError) as error:
        yield f"the sitemap ({error})"
        return
    wanted = [f"{URL}papers/{paper.id}/" for paper in papers]
    wanted += [f"{URL}categories/{category.lower()}/" for category in _categories(papers)]
    wanted += [f"{URL}years/{year}/" for year in _years(papers)]
    absent = [address for address in [URL, *wanted] if address not in listed]
    if absent:
        yield f"{len(absent)} addresses in the sitemap, the first of them {absent[0]}"


def _located(sitemap: Path) -> Iterator[str]:
    """The addresses of a sitemap, or of all to which an index of sitemaps leads: one holds 50,000 at most."""
    root = ElementTree.fromstring(sitemap.read_bytes())
    for entry in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        address = (entry.text or "").strip()
        if root.tag.endswith("}sitemapindex"):
            yield from _located(sitemap.with_name(address.rpartition("/")[2]))
        else:
            yield address


def _categories(papers: Sequence[Paper]) -> Counter[str]:
    return Counter(category for paper in papers for category in paper.categories)


def _years(papers: Sequence[Paper]) -> Counter[str]:
    return Counter(paper.year for paper in papers)


def _pages(folder: Path) -> list[Path]:
    """The folders of a list's pages, in order."""
    further = sorted((path.parent for path in folder.glob("page/*/index.html")), key=lambda path: int(path.name))
    return [folder, *further] if (folder / "index.html").exists() else further


def _entries(folder: Path) -> list[str]:
    return [str(entry["data-paper"]) for entry in _page(folder).select("article[data-paper]")]


def _page(folder: Path) -> BeautifulSoup:
    path = folder / "index.html"
    return BeautifulSoup(path.read_text(encoding="utf-8") if path.exists() else "", "html.parser")


def _links_to(page: BeautifulSoup, address: str) -> bool:
    return page.find("a", href=address) is not None


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> str:
    """Letters and digits alone: generators set quotes and hyphens in their own ways."""
    return re.sub(r"[\W_]+", "", text).lower()


def _numbers(text: str) -> list[str]:
    """The numbers in a text, without separators of thousands."""
    return re.findall(r"\d+", re.sub(r"(?<=\d),(?=\d)", "", text))


def _turned(name: str) -> str:
    """Family name first, as BibTeX entries have it."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}"
