"""What MkDocs does not make itself: lists, indexes, the JSON feed and the entry of each paper for machines."""

import html
import json
import re
from collections import defaultdict
from pathlib import Path

from markupsafe import Markup

ADDRESS = "https://papers.example.org/"
found = {}


def plain(markup):
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()


def article_data(page, text):
    meta = page.meta
    data = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": meta["title"],
        "url": page.canonical_url,
        "author": [{"@type": "Person", "name": author} for author in meta["authors"]],
        "datePublished": str(meta["date"]),
        "abstract": text,
        "about": meta["categories"],
        "isPartOf": {"@type": "Periodical", "name": meta["venue"]},
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "DOI", "value": meta["doi"]},
            {"@type": "PropertyValue", "propertyID": "arXiv", "value": meta["arxiv"]},
        ],
    }
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def on_env(env, config, files):
    env.autoescape = True
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(plain=plain, article_data=article_data)
    env.globals["address"] = ADDRESS
    pages = [file.page for file in files.documentation_pages() if file.src_uri.startswith("papers/")]
    pages.sort(key=lambda page: page.meta["date"], reverse=True)
    found.update(env=env, pages=pages)
    return env


def on_post_build(config):
    pages = found["pages"]
    categories, years = defaultdict(list), defaultdict(list)
    for page in pages:
        years[str(page.meta["date"].year)].append(page)
        for category in page.meta["categories"]:
            categories[category].append(page)
    folder = Path(config.site_dir)
    listed = _list(folder, "", config.site_name, pages)
    for name, title, groups in (("categories", "Categories", categories), ("years", "Years", years)):
        entries = [(entry, len(papers)) for entry, papers in sorted(groups.items())]
        listed += [_write(folder, f"{name}/", "index-of.html", title=title, name=name, entries=entries)]
        for entry, papers in groups.items():
            listed += _list(folder, f"{name}/{entry.lower()}/", entry, papers)
    _feed(folder, config.site_name, pages)
    _sitemap(folder, listed, pages)


def _list(folder, start, title, pages):
    last = -(-len(pages) // 50)
    addresses = [start, *(f"{start}page/{number}/" for number in range(2, last + 1))]
    for number, address in enumerate(addresses):
        _write(
            folder,
            address,
            "list.html",
            title=title,
            papers=pages[number * 50 : number * 50 + 50],
            number=number + 1,
            last=last,
            newer=f"/{addresses[number - 1]}" if number else "",
            older=f"/{addresses[number + 1]}" if number + 1 < last else "",
        )
    return addresses


def _write(folder, address, template, **values):
    path = folder / address / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(found["env"].get_template(template).render(path=address, **values), encoding="utf-8")
    return address


def _feed(folder, title, pages):
    items = [
        {
            "id": page.canonical_url,
            "url": page.canonical_url,
            "title": page.meta["title"],
            "content_html": page.content,
            "date_published": f"{page.meta['date']}T00:00:00Z",
            "authors": [{"name": author} for author in page.meta["authors"]],
            "tags": page.meta["categories"],
        }
        for page in pages[:200]
    ]
    version = "https://jsonfeed.org/version/1.1"
    whole = {"version": version, "title": title, "home_page_url": ADDRESS, "feed_url": f"{ADDRESS}feed.json"}
    (folder / "feed.json").write_text(json.dumps({**whole, "items": items}, ensure_ascii=False), encoding="utf-8")


def _sitemap(folder, listed, pages):
    lines = [f"<url><loc>{ADDRESS}{address}</loc></url>" for address in listed]
    lines += [f"<url><loc>{page.canonical_url}</loc><lastmod>{page.meta['date']}</lastmod></url>" for page in pages]
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{namespace}">'
    (folder / "sitemap.xml").write_text("\n".join([head, *lines, "</urlset>\n"]), encoding="utf-8")
