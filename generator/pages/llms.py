"""llms.txt (llmstxt.org): what the site holds, in Markdown, for programs that read it on somebody's behalf."""

import re
from collections.abc import Iterable, Iterator

from generator.errors import Place
from generator.output import Export
from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.pages.free import address
from generator.views import PaperView, ProfileView

ADDRESS = "/llms.txt"
MOST = 500
"""Papers that are named, the newest; ``papers.json`` has all."""
_MARKUP = re.compile(r"[\\`*_\[\]#]")


def outputs(catalog: Catalog) -> Iterator[Export]:
    if "llms" in catalog.site.config.without:
        return
    shown = catalog.newest[:MOST]
    pages = [(page.title, page.description, page.path) for page in catalog.site.pages]
    yield Export(
        address=ADDRESS,
        write=lambda: _text(catalog),
        digest=catalog.digest(shown, len(catalog.papers), catalog.profiles, pages),
        of_all=True,
        place=Place(""),
    )


def _text(catalog: Catalog) -> str:
    """A title, a summary in a quote, and below headings lists of links, each with what is found there."""
    words = catalog.words
    shown = catalog.newest[:MOST]
    people = [_person(catalog, profile) for profile in catalog.profiles]
    parts = [f"# {_plain(catalog.title)}"]
    if catalog.site.config.description:
        parts.append(f"> {_plain(catalog.site.config.description)}")
    if catalog.single:
        parts.append(people[0].removeprefix("- "))
    else:
        parts += [f"## {words('Authors')}", "\n".join(people)]
    if shown:
        listed = [_paper(catalog, paper) for paper in shown]
        parts += [f"## {words('Papers')}", "\n".join(listed)]
    if catalog.site.pages:
        free = [_link(catalog, page.title, address(page), page.description) for page in catalog.site.pages]
        parts += [f"## {words('Pages')}", "\n".join(free)]
    # readers that have no room leave out what stands below this heading, which is that of the format
    count = words("{count} papers", count=len(catalog.papers))
    parts += ["## Optional", _link(catalog, words("All papers"), "/papers.json", count)]
    return "\n\n".join(parts) + "\n"


def _person(catalog: Catalog, profile: ProfileView) -> str:
    said = [profile.role, *(place.name for place in profile.affiliations), metadata.shortened(profile.bio_text)]
    return _link(catalog, profile.name, profile.address, _sentences(said))


def _paper(catalog: Catalog, paper: PaperView) -> str:
    where = ", ".join(part for part in (paper.venue, paper.date.year if paper.date else "") if part)
    said = [metadata.byline(paper, catalog.words), where, metadata.shortened(paper.tldr_text or paper.abstract_text)]
    return _link(catalog, paper.title_text, paper.address, _sentences(said))


def _sentences(said: Iterable[str]) -> str:
    return " ".join(part if part[-1] in ".!?…" else f"{part}." for part in said if part)


def _link(catalog: Catalog, title: str, target: str, said: str) -> str:
    place = catalog.absolute(target) or target
    return f"- [{_plain(title)}]({place})" + (f": {_plain(said)}" if said else "")


def _plain(text: str) -> str:
    """A text on one line, in which nothing is Markdown."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split())).replace("<", "&lt;")
