"""The benchmark's site for Pelican: tags are the categories of papers, the JSON feed and the sitemap are templates."""

import html
import json
import re

AUTHOR = SITENAME = "Edda Marlowe"
ADDRESS = "https://papers.example.org/"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

PATH = "content"
OUTPUT_PATH = "public"
ARTICLE_PATHS = ["papers"]
STATIC_PATHS = ["extra"]
EXTRA_PATH_METADATA = {"extra/style.css": {"path": "style.css"}}
MARKDOWN = {"extension_configs": {"markdown.extensions.meta": {}}, "output_format": "html"}
LOAD_CONTENT_CACHE = CACHE_CONTENT = True

ARTICLE_URL, ARTICLE_SAVE_AS = "papers/{slug}/", "papers/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "categories/{slug}/", "categories/{slug}/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "years/{date:%Y}/", "years/{date:%Y}/index.html"
TAGS_SAVE_AS = "categories/index.html"
ARCHIVES_SAVE_AS = "years/index.html"
CATEGORY_SAVE_AS = CATEGORIES_SAVE_AS = AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

THEME = "theme"
DIRECT_TEMPLATES = ["index", "tags", "archives", "feed", "sitemap"]
FEED_SAVE_AS = "feed.json"
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"index": 50, "tag": 50, "period_archives": 50}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": []}


def plain(markup):
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()


def article_data(article, text):
    data = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": article.title,
        "url": ADDRESS + article.url,
        "author": [{"@type": "Person", "name": author.name} for author in article.authors],
        "datePublished": article.date.strftime("%Y-%m-%d"),
        "abstract": text,
        "about": [tag.name for tag in article.tags],
        "isPartOf": {"@type": "Periodical", "name": article.venue},
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "DOI", "value": article.doi},
            {"@type": "PropertyValue", "propertyID": "arXiv", "value": article.arxiv},
        ],
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def feed(articles):
    items = [
        {
            "id": ADDRESS + article.url,
            "url": ADDRESS + article.url,
            "title": article.title,
            "content_html": article.content,
            "date_published": article.date.strftime("%Y-%m-%dT00:00:00Z"),
            "authors": [{"name": author.name} for author in article.authors],
            "tags": [tag.name for tag in article.tags],
        }
        for article in articles[:200]
    ]
    version = "https://jsonfeed.org/version/1.1"
    whole = {"version": version, "title": SITENAME, "home_page_url": ADDRESS, "feed_url": f"{ADDRESS}feed.json"}
    return json.dumps({**whole, "items": items}, ensure_ascii=False)


JINJA_FILTERS = {"plain": plain, "article_data": article_data, "feed": feed}
