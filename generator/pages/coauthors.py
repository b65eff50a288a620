"""Who a person wrote with: a page for every profile, with a table and a picture of who of them wrote together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from generator.errors import Place
from generator.output import Content, Page
from generator.pages import metadata, network
from generator.pages.catalog import Catalog, Present
from generator.pages.lists import below_profile
from generator.views import (
    BylineView,
    CoauthorsData,
    CoauthorView,
    PageView,
    PaperView,
    ProfileView,
)
from generator.word_index import fold


class _Coauthor(NamedTuple):
    key: str
    view: CoauthorView


def address(profile: ProfileView) -> str:
    return f"{profile.address}coauthors/"


def has_coauthors(catalog: Catalog, profile: ProfileView) -> bool:
    if "coauthors" in catalog.site.config.without:
        return False
    papers = catalog.by_author.get(profile.id, ())
    return any(key != profile.address for paper in papers for key in catalog.people[paper.id])


def outputs(catalog: Catalog) -> Iterator[Page]:
    """A page for every profile that has co-authors; the very same one as in the last build of this process, where
    nothing is new.
    """
    unchanged = catalog.unchanged("coauthors", catalog.people, catalog.name_keys)
    present = catalog.present()
    for profile in catalog.profiles:
        if has_coauthors(catalog, profile):
            papers = catalog.by_author[profile.id]
            yield unchanged.get(profile, papers, partial(_page, present, profile, papers))


def _page(present: Present, profile: ProfileView, papers: tuple[PaperView, ...]) -> Page:
    catalog = present.catalog
    decisive = [
        (
            catalog.people[paper.id],
            paper.authors,
            [catalog.name_keys[entry.name] for entry in paper.authors],
            paper.date,
        )
        for paper in papers
    ]
    return Page(
        address=address(profile),
        template="coauthors.html",
        kind="coauthors",
        title=catalog.words("Co-authors of {name}", name=profile.titled),
        make=partial(_content, present, profile),
        digest=catalog.digest((), profile, decisive),
        place=Place("content/papers"),
    )


def _content(present: Present, profile: ProfileView) -> Content:
    catalog = present.catalog
    words = catalog.words
    found = _coauthors(catalog, profile)
    teams = [catalog.people[paper.id] for paper in catalog.by_author[profile.id]]
    circle, column = network.pictures(found, teams)
    own = address(profile)
    title = words("Co-authors of {name}", name=profile.titled)
    crumbs = below_profile(catalog, profile, words("Co-authors"), own)
    return Content(
        PageView(
            kind="coauthors",
            address=own,
            title=title,
            description=words("{title}, with papers and years", title=title),
            canonical=catalog.absolute(own),
            crumbs=crumbs,
            linked_data=(
                metadata.listing(catalog, title, own, [_entry(catalog, entry.view) for entry in found]),
                metadata.breadcrumbs(catalog, crumbs),
            ),
        ),
        CoauthorsData(
            heading=title,
            coauthors=tuple(entry.view for entry in found),
            listed=profile.listed,
            network=circle,
            column=column,
        ),
    )


def _entry(catalog: Catalog, view: CoauthorView) -> tuple[str, str]:
    return view.name, catalog.absolute(view.address) if view.address.startswith("/") else view.address


def _coauthors(catalog: Catalog, profile: ProfileView) -> list[_Coauthor]:
    """All who stand beside the person on a paper, by number of papers, then by family name."""
    printed: dict[str, list[BylineView]] = {}
    years: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for paper in catalog.by_author.get(profile.id, ()):
        named = dict(zip(catalog.people[paper.id], paper.authors, strict=True))
        named.pop(profile.address, None)
        counts.update(named.keys())
        for key, entry in named.items():
            printed.setdefault(key, []).append(entry)
            years.setdefault(key, set()).update([paper.date.year] if paper.date else [])
    found = []
    for key, count in counts.items():
        first, last = (min(years[key]), max(years[key])) if years[key] else ("", "")
        view = CoauthorView(
            name=_usual_name(printed[key]),
            address=_home(printed[key]),
            papers=count,
            shared=_shared(profile, printed[key]),
            first=first,
            last=last,
        )
        found.append(_Coauthor(key, view))
    return sorted(found, key=lambda entry: (-entry.view.papers, catalog.name_keys[entry.view.name], entry.key))


def _usual_name(entries: Iterable[BylineView]) -> str:
    """The most frequent form of a name; of equals one without a comma, and the longest of these."""
    counts = Counter(entry.name for entry in entries)
    return min(counts, key=lambda name: (-counts[name], "," in name, -len(name), name))


def _shared(profile: ProfileView, entries: Iterable[BylineView]) -> str:
    """The person's list when the filter for this co-author is set, which knows people by one printed name; else ""."""
    names = {fold(entry.name) for entry in entries}
    return f"{profile.address}?author={quote(names.pop())}#papers" if len(names) == 1 else ""


def _home(entries: Sequence[BylineView]) -> str:
    """The profile on this site, else the homepage or the ORCID record, else ""."""
    for entry in entries:
        if entry.address:
            return entry.address
    orcid = next((f"https://orcid.org/{entry.orcid}" for entry in entries if entry.orcid), "")
    return next((entry.url for entry in entries if entry.url), orcid)
