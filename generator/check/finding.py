"""What can be wrong with a built site: the rules by name, a fault in a file of it, and a finding in the content."""

import msgspec

from generator.errors import Place

RULES = {
    "link": "an address of the site leads to a file of it, written exactly so",
    "anchor": "a link to a part of a page names an id that the page has",
    "address": "an address can be read, is not empty and does not lead to the machine that built the site",
    "id": "an id occurs once in a page, and what refers to an id finds it",
    "alt": "an image has an `alt`; a link, a button, a frame and a field have a text",
    "title": "a page has one title that no other page has",
    "heading": "a page has one `h1`, and no heading is empty or leaves out a level",
    "language": "a page names its language, and a part in another one too",
    "encoding": "a page, style sheet or file of data is UTF-8 and not empty, and a page says so; no letter was lost",
    "third-party": "nothing is loaded from another host",
    "mixed-content": "nothing is loaded or sent without encryption, nor this site linked to so",
    "policy": "nothing is in a page that its Content-Security-Policy forbids",
    "json-ld": "JSON-LD can be read, has what its type must have, and leads to pages that are there",
    "citation": "a paper's page has the tags that Google Scholar needs, and they say what JSON-LD says",
    "canonical": "a page names its own address as the canonical one, and for Open Graph",
    "sitemap": "the sitemap lists the pages for search engines, each once; `robots.txt` keeps nobody off",
    "feed": "JSON Feed and Atom hold what their standards ask for",
    "data": "JSON and XML can be read, and a picture or PDF is one",
    "front-page": "there are an `index.html` and a `404.html`",
    "name": "every system and GitHub Pages can have a file of that name",
    "size": "files and the whole site are within GitHub's limits (100 MB, 1 GB)",
    "nojekyll": "a file `.nojekyll` keeps GitHub from leaving out names that begin with `_`",
    "cname": "a file `CNAME` holds one host name, that of the site",
    "orphan": "a page can be reached from the front page",
    "external": "a page elsewhere answers (with --external)",
}


class Fault(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """Something wrong at a place in a file of the output; line and column from 1, 0: the file as a whole."""

    rule: str
    what: str
    hint: str = ""
    error: bool = True
    """False: doubtful, but it may be meant."""
    line: int = 0
    column: int = 0
    traces: tuple[str, ...] = ()
    """Texts that the content which caused it is likely to hold, the likeliest first."""


class Finding(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """A fault, traced back to what a person wrote as far as it can be."""

    place: Place
    """In the content or the theme, if the cause is known; else in the output."""
    error: bool
    rule: str
    what: str
    hint: str
    files: tuple[str, ...]
    """Paths in the output folder where it shows, with line and column."""
