"""People as the services describe them: values that cannot be what their key wants are left out, in silence."""

from collections.abc import Iterable, Mapping

import msgspec

from generator.dates import Date
from generator.formats import tagged
from generator.formats.draft import clean
from generator.model import Affiliation, Author, Award, Link, Metric, PaperAuthor, Position, YearlyCitations
from generator.scalars import Wrong, read_line, read_orcid, read_text, read_url


def author(
    *,
    name: str,
    aliases: Iterable[str] = (),
    affiliations: tuple[Affiliation, ...] = (),
    bio: str = "",
    interests: Iterable[str] = (),
    links: Iterable[str] = (),
    metrics: Mapping[str, str] = {},
    citations_by_year: Mapping[int, int] = {},
    positions: tuple[Position, ...] = (),
    education: tuple[Position, ...] = (),
    awards: tuple[Award, ...] = (),
    sections: Mapping[str, tuple[Position, ...]] = {},
) -> Author:
    """An author from what a service says; empty figures are left out."""
    shown = line(name)
    others = dict.fromkeys(line(alias) for alias in aliases)
    return Author(
        name=shown,
        aliases=tuple(alias for alias in others if alias and alias != shown),
        affiliations=affiliations,
        bio=_text(bio),
        interests=tuple(word for word in dict.fromkeys(map(line, interests)) if word),
        links=tuple(Link(url=address) for address in dict.fromkeys(map(_address, links)) if address),
        metrics={key: Metric(value=value) for key, value in metrics.items() if value},
        citations_by_year=YearlyCitations(years=dict(sorted(citations_by_year.items()))),
        positions=positions,
        education=education,
        awards=awards,
        sections=dict(sections),
    )


def paper_author(name: str, orcid: str = "") -> PaperAuthor:
    """An entry of a list of authors; an ORCID iD that is none is left out."""
    return with_orcid(PaperAuthor(name=clean(tagged.unescaped(name))), orcid)


def with_orcid(named: PaperAuthor, orcid: str) -> PaperAuthor:
    """An entry of a list of authors with the ORCID iD, unless it is none."""
    try:
        return msgspec.structs.replace(named, orcid=read_orcid(orcid.replace("http://", "https://")) if orcid else "")
    except Wrong:
        return named


def line(said: str) -> str:
    """The text in one line, or an empty one where it cannot be shown."""
    try:
        return read_line(said)
    except Wrong:
        return ""


def date(said: str) -> Date | None:
    """The date as far as it is known: ``2019-09-00`` is September 2019."""
    try:
        return Date.parse(said.replace("-00", ""))
    except ValueError:
        return None


def _text(said: str) -> str:
    try:
        return read_text(said)
    except Wrong:
        return ""


def _address(said: str) -> str:
    try:
        return read_url(said if "://" in said or not said else f"https://{said}")
    except Wrong:
        return ""
