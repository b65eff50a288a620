"""What al-folio, HugoBlox, academicpages and others call the keys of our records: data only.

The first mapping of each pair is understood; the second is answered with a hint that names our way.
"""

PAPER = {
    "additional_info": "note",
    "annotation": "note",
    "author": "authors",
    "booktitle": "venue",
    "eprint": "arxiv",
    "excerpt": "tldr",
    "featured": "selected",
    "html": "website",
    "journal": "venue",
    "keywords": "tags",
    "number": "issue",
    "paperurl": "pdf",
    "preview": "image",
    "project": "website",
    "publication": "venue",
    "publication_short": "abbr",
    "pubmed": "pmid",
    "slidesurl": "slides",
    "slug": "id",
    "summary": "tldr",
    "url_code": "code",
    "url_dataset": "dataset",
    "url_pdf": "pdf",
    "url_poster": "poster",
    "url_project": "website",
    "url_slides": "slides",
    "url_video": "video",
    "year": "date",
}
PAPER_HINTS = {
    "altmetric": "badges of other services are not shown: they would make visitors' browsers ask a third party",
    "author_notes": "write equal, corresponding or senior with the author: authors: [{name: ..., equal: true}]",
    "award_name": "write award: ...",
    "bibtex_show": "leave it out: the BibTeX of every paper is offered (see exports in site.yaml)",
    "bibtexurl": "leave it out: the BibTeX of every paper is offered (see exports in site.yaml)",
    "blog": "write links: [{label: Blog, url: ...}]",
    "citation": "leave it out: it is made from authors, title, venue and date",
    "demo": "write links: [{label: Demo, url: ...}]",
    "dimensions": "badges of other services are not shown: they would make visitors' browsers ask a third party",
    "equal_contribution": "write it with the author: authors: [{name: ..., equal: true}]",
    "google_scholar_id": "write links: [{label: Google Scholar, url: ...}]",
    "hal": "write links: [{label: HAL, url: ...}]",
    "inspirehep_id": "write links: [{label: INSPIRE, url: ...}]",
    "isbn": "write it into note or extra",
    "month": "write the month into date: 2023-08",
    "permalink": "a paper's address is /papers/<id>/: write id: ...",
    "projects": "write tags: [...] or website: ...",
    "publication_types": "write type: paper-conference, article-journal or another of CSL's types",
    "publishDate": "write date: ...",
    "repo": "write code: https://github.com/<owner>/<name>",
    "supp": "write links: [{label: Supplement, url: ...}]",
    "url": "write website: ..., pdf: ... or links: [...]",
    "url_preprint": "write arxiv: ... or links: [{label: Preprint, url: ...}]",
    "url_source": "write links: [{label: Source, url: ...}]",
}
AUTHOR = {
    "affiliation": "affiliations",
    "alias": "aliases",
    "avatar": "photo",
    "citations_per_year": "citations_by_year",
    "image": "photo",
    "organizations": "affiliations",
    "position": "role",
    "profiles": "links",
    "social": "links",
}
_UNDER_LINKS = "write it under links:, like links: {{{service}: ...}}"
AUTHOR_HINTS = {
    **{
        service: _UNDER_LINKS.format(service=service)
        for service in (
            "bluesky",
            "dblp",
            "github",
            "gitlab",
            "google_scholar",
            "homepage",
            "linkedin",
            "mastodon",
            "openreview",
            "orcid",
            "semantic_scholar",
            "twitter",
            "website",
        )
    },
    "citations": "write it under metrics:, like metrics: {citations: 3360}",
    "first_name": "write the whole name: name: Ada Lovelace",
    "h_index": "write it under metrics:, like metrics: {h_index: 41}",
    "id": "the id of a profile is the name of its file",
    "last_name": "write the whole name: name: Ada Lovelace",
    "title": "write name: ... for the name, role: ... for the position",
    "url": "write links: [...]",
}
SITE = {
    "base_url": "url",
    "baseURL": "url",
    "lang": "language",
    "languageCode": "language",
    "locale": "language",
    "name": "title",
    "paginate": "per_page",
    "site_url": "url",
}
SITE_HINTS = {
    "author": "write the author into content/authors/<id>.yaml",
    "baseurl": "write the whole address, with its path, into url: https://name.github.io/papers/",
    "menu": "write nav: [...]",
    "params": "write the options of the theme into theme_options:",
}
POSITION = {
    "company": "organization",
    "date_end": "end",
    "date_start": "start",
    "degree": "title",
    "institution": "organization",
    "position": "title",
    "summary": "note",
}
AWARD = {
    "awarder": "organization",
    "summary": "note",
}
