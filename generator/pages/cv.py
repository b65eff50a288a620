"""A CV for printing, made of what the site knows: a page for every profile.

A site that has a page or file of its own at that address keeps it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import msgspec

from generator.errors import Place
from generator.model import Author, Award, Position
from generator.output import Content, Page
from generator.pages import metadata
from generator.pages.catalog import Catalog, Present
from generator.pages.kinds import by_kind
from generator.pages.lists import below_profile
from generator.pages.viewer import NOWHERE, Keys, Target, date_view, marked
from generator.text import Html
from generator.views import (
    AwardView,
    CvData,
    CvGroup,
    CvSection,
    CvYear,
    PageView,
    PaperView,
    PositionView,
    ProfileView,
)


def address(profile: ProfileView) -> str:
    return f"{profile.address}cv/"


def exists(catalog: Catalog, profile: ProfileView) -> bool:
    """Whether there is anything to say in a CV, or a page of the site's own in its place."""
    if "cv" in catalog.site.config.without:
        return _is_taken(catalog, profile)
    author = catalog.author(profile)
    said = (author.positions, author.education, author.awards, *author.sections.values())
    return any(said) or profile.id in catalog.by_author or _is_taken(catalog, profile)


def outputs(catalog: Catalog) -> Iterator[Page]:
    """The very same ones as in the last build of this process, where nothing is new."""
    unchanged = catalog.unchanged("cv")
    present = catalog.present()
    for profile in catalog.profiles:
        if exists(catalog, profile) and not _is_taken(catalog, profile):
            papers = catalog.newest_by_author.get(profile.id, ())
            decisive = papers, catalog.author(profile)
            page, targets = unchanged.get(profile, decisive, partial(_page, present, profile, *decisive))
            catalog.viewer.targets += targets
            yield page


def _is_taken(catalog: Catalog, profile: ProfileView) -> bool:
    return address(profile) in catalog.free_addresses


def _page(
    present: Present, profile: ProfileView, papers: tuple[PaperView, ...], author: Author
) -> tuple[Page, list[Target]]:
    """The page, and the addresses of this site that its texts link to."""
    catalog = present.catalog
    own = address(profile)
    notes = {keys: catalog.viewer.markdown(note, own) for keys, note in _notes(author)}
    page = Page(
        address=own,
        template="cv.html",
        kind="cv",
        title=catalog.words("CV of {name}", name=profile.titled),
        make=partial(_content, present, profile, papers, author),
        digest=catalog.digest(papers, profile, msgspec.structs.replace(author, origin=NOWHERE)),
        place=Place(author.origin.file, 1, 1),
    )
    return page, [(author, keys, note.targets) for keys, note in notes.items() if note.targets]


def _notes(author: Author) -> Iterator[tuple[Keys, str]]:
    """The notes of the entries of a CV, with the keys that lead to them."""
    parts: dict[Keys, tuple[Position | Award, ...]] = {
        ("positions",): author.positions,
        ("education",): author.education,
        ("awards",): author.awards,
        **{("sections", heading): entries for heading, entries in author.sections.items()},
    }
    for keys, entries in parts.items():
        for number, entry in enumerate(entries):
            if entry.note:
                yield (*keys, number, "note"), entry.note


def _content(present: Present, profile: ProfileView, papers: Sequence[PaperView], author: Author) -> Content:
    catalog = present.catalog
    own = address(profile)
    title = catalog.words("CV of {name}", name=profile.titled)
    crumbs = below_profile(catalog, profile, catalog.words("Curriculum vitae"), own)
    return Content(
        PageView(
            kind="cv",
            address=own,
            title=title,
            description=catalog.words("{title}, with all papers by type and year", title=title),
            canonical=catalog.absolute(own),
            crumbs=crumbs,
            linked_data=(metadata.profile_page(catalog, profile), metadata.breadcrumbs(catalog, crumbs)),
            og_type="profile",
        ),
        CvData(
            profile=profile,
            positions=_positions(catalog, author.positions, own),
            education=_positions(catalog, author.education, own),
            awards=tuple(_award(catalog, entry, own) for entry in author.awards),
            sections=tuple(
                CvSection(heading=heading, entries=_positions(catalog, entries, own))
                for heading, entries in author.sections.items()
                if entries
            ),
            groups=tuple(_groups(catalog, papers)),
        ),
    )


def _positions(catalog: Catalog, entries: Iterable[Position], own: str) -> tuple[PositionView, ...]:
    return tuple(
        PositionView(
            title=entry.title,
            organization=entry.organization,
            url=entry.url,
            start=date_view(entry.start, catalog.words),
            end=date_view(entry.end, catalog.words),
            note=_note(catalog, entry.note, own),
        )
        for entry in entries
    )


def _award(catalog: Catalog, entry: Award, own: str) -> AwardView:
    return AwardView(
        title=entry.title,
        organization=entry.organization,
        date=date_view(entry.date, catalog.words),
        note=_note(catalog, entry.note, own),
    )


def _note(catalog: Catalog, source: str, own: str) -> Html:
    """The note of an entry of the CV at the address ``own``."""
    return marked(catalog.viewer.markdown(source, own).html) if source else Html("")


def _groups(catalog: Catalog, papers: Iterable[PaperView]) -> Iterator[CvGroup]:
    """The papers, newest first, by type and year and numbered through; those to appear come before all years, those
    without a date after them."""
    number = 1
    for group, listed in by_kind(catalog, papers).items():
        years: dict[tuple[str, bool], list[PaperView]] = {}
        for paper in listed:
            when = (paper.date.year, False) if paper.date else ("", bool(paper.status))
            years.setdefault(when, []).append(paper)
        found = []
        for (year, _), those in years.items():
            found.append(CvYear(year=year, first=number, papers=tuple(those)))
            number += len(those)
        yield CvGroup(kind=group, years=tuple(found))
