"""Everything for machines: all authors and papers as JSON."""

import io
from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from generator import text
from generator.dates import Date
from generator.errors import Place
from generator.model import Author, Award, PaperAuthor, Position, Record
from generator.output import Export
from generator.pages import cv
from generator.pages.catalog import Catalog
from generator.pages.viewer import NOWHERE
from generator.shapes import fields_of
from generator.views import ButtonView, PaperView, ProfileView

FORMAT_VERSION = 1


class _Paper(msgspec.Struct, omit_defaults=True):
    """A paper in ``papers.json``; what says nothing is left out."""

    id: str
    address: str
    title: str
    authors: tuple[PaperAuthor, ...] = ()
    et_al: bool = False
    profiles: tuple[str, ...] = ()
    date: str = ""
    status: str = ""
    category: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    abstract: str = ""
    tldr: str = ""
    note: str = ""
    venue: str = ""
    abbr: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    type: str = ""
    doi: str = ""
    arxiv: str = ""
    pmid: str = ""
    openreview: str = ""
    citations: int | None = None
    code: str | bool = False
    links: tuple[ButtonView, ...] = ()
    image: str = ""
    versions: tuple[dict[str, Any], ...] = ()
    selected: bool = False
    award: str = ""
    retracted: bool = False
    retraction: str = ""
    extra: dict[str, Any] = {}


def outputs(catalog: Catalog) -> Iterator[Export]:
    authors = [msgspec.structs.replace(author, origin=NOWHERE) for author in catalog.site.authors]
    yield Export(
        address="/papers.json",
        write=partial(_json, catalog),
        digest=catalog.digest(catalog.papers, authors, catalog.profiles),
        of_all=True,
        place=Place(""),
    )


def _json(catalog: Catalog) -> bytes:
    """All authors and papers as the content says them, with addresses; keys without a value are left out."""

    def formatted(paper: PaperView) -> bytes:
        # as deep in lists as it will stand in the file, so that it is indented as far
        return _formatted([[_paper(catalog, paper)]]).removeprefix(b"[\n [\n").removesuffix(b"\n ]\n]")

    records = {author.id: author for author in catalog.site.authors}
    found = {
        "version": FORMAT_VERSION,
        "title": catalog.title,
        "url": catalog.url,
        "authors": [_author(catalog, profile, records[profile.id]) for profile in catalog.profiles],
        "papers": (),
    }
    whole = _formatted(found) + b"\n"
    if not catalog.papers:
        return whole
    written = io.BytesIO()  # many papers are not held twice
    written.write(whole.removesuffix(b"]\n}\n"))
    for number, paper in enumerate(catalog.papers):
        written.write(b",\n" if number else b"\n")
        written.write(catalog.once("json", paper, formatted))
    written.write(b"\n ]\n}\n")
    return written.getvalue()


def _formatted(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _author(catalog: Catalog, profile: ProfileView, record: Author) -> dict[str, Any]:
    return _filled(
        {
            "id": profile.id,
            "address": profile.address,
            "name": profile.name,
            "family": record.family,
            "aliases": record.aliases,
            "pronouns": profile.pronouns,
            "role": profile.role,
            "group": profile.group,
            "affiliations": [entry.name for entry in profile.affiliations],
            "bio": profile.bio_text,
            "photo": profile.photo,
            "email": profile.email,
            "category": profile.category.code if profile.category else "",
            "interests": profile.interests,
            "orcid": profile.orcid,
            "links": [{"label": link.label, "url": link.url} for link in profile.links],
            "metrics": {
                metric.name: _filled(
                    {
                        "value": metric.raw,
                        "label": metric.label,
                        "help": metric.help,
                        "source": metric.source,
                        "as_of": metric.as_of.iso if metric.as_of else "",
                        "history": record.metrics[metric.name].history if metric.name in record.metrics else {},
                    }
                )
                for metric in profile.metrics
            },
            "citations_by_year": dict(profile.citations_by_year),
            "citations_source": profile.citations_source,
            "citations_as_of": profile.citations_as_of.iso if profile.citations_as_of else "",
            "citations_history": record.citations_by_year.history,
            "positions": [_entry(catalog, profile, entry) for entry in record.positions],
            "education": [_entry(catalog, profile, entry) for entry in record.education],
            "awards": [_entry(catalog, profile, entry) for entry in record.awards],
            "sections": [
                {"heading": heading, "entries": [_entry(catalog, profile, entry) for entry in entries]}
                for heading, entries in record.sections.items()
            ],
            "papers_listed": profile.listed,
            "papers_total": profile.total,
        }
    )


def _entry(catalog: Catalog, profile: ProfileView, entry: Position | Award) -> dict[str, Any]:
    """An entry of the CV as it is written, its note as plain text."""
    said = _as_written(entry)
    if entry.note:
        said["note"] = catalog.viewer.markdown(entry.note, cv.address(profile)).plain
    return said


def _paper(catalog: Catalog, paper: PaperView) -> _Paper:
    record = catalog.records[paper.id]
    return _Paper(
        id=paper.id,
        address=paper.address,
        title=paper.title_text,
        authors=record.authors,
        et_al=paper.et_al,
        profiles=record.profiles or (),
        date=paper.date.iso if paper.date else "",
        status=paper.status,
        category=paper.category.code if paper.category else "",
        categories=tuple([category.code for category in paper.categories]),
        tags=record.tags,
        abstract=paper.abstract_text,
        tldr=paper.tldr_text,
        note=text.convert(record.note, record.format, paper.address).plain if record.note else "",
        venue=paper.venue,
        abbr=paper.abbr,
        volume=record.volume,
        issue=record.issue,
        pages=record.pages,
        publisher=record.publisher,
        type=record.type or "",
        doi=record.doi,
        arxiv=record.arxiv,
        pmid=record.pmid,
        openreview=record.openreview,
        citations=record.citations,
        code=paper.code_url or paper.has_code,
        links=paper.buttons,
        image=paper.image,
        versions=tuple([_as_written(version) for version in record.versions]),
        selected=paper.selected,
        award=text.inline(record.award).plain if record.award else "",
        retracted=paper.retracted,
        retraction=paper.retraction,
        extra=record.extra,
    )


def _as_written(record: Record) -> dict[str, Any]:
    values = {key: getattr(record, key) for key in fields_of(type(record))}
    return _filled({key: value.iso if isinstance(value, Date) else value for key, value in values.items()})


def _filled(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value is not False and value not in ("", None, (), [], {})}
