"""ORCID's public record: a person, and the works that they or others have put there."""

from collections.abc import Iterator
from typing import Any

import msgspec

from generator.errors import Problems
from generator.formats import bibtex_reader, tagged
from generator.formats.draft import Draft, with_ids
from generator.formats.draft import author as draft_author
from generator.formats.profile import Profile
from generator.model import Affiliation, Author, Award, PaperAuthor, Position
from generator.sources import people, values
from generator.sources.identifiers import Get, NotThere

BATCH = 50
_TYPES = {
    "book": "book",
    "book-chapter": "chapter",
    "book-review": "review",
    "conference-paper": "paper-conference",
    "data-set": "dataset",
    "dissertation": "thesis",
    "dissertation-thesis": "thesis",
    "journal-article": "article-journal",
    "lecture-speech": "speech",
    "patent": "patent",
    "preprint": "article",
    "report": "report",
    "review": "review",
    "software": "software",
    "website": "webpage",
    "working-paper": "manuscript",
}


def read(identifier: str, get: Get) -> Profile:
    """Read the record of an ORCID iD. Of the descriptions of one work the one that the person prefers is taken."""
    problems = Problems()
    person = get(f"{identifier}/person", {})
    author = _person(identifier, person, get)
    groups = list(values.items(get(f"{identifier}/works", {}), "group"))
    chosen = [_preferred(group) for group in groups]
    codes = [values.text(summary, "put-code") for summary in chosen]
    whole: dict[str, dict[str, Any]] = {}
    for start in range(0, len(codes), BATCH):
        try:
            answer = get(f"{identifier}/works/{','.join(filter(None, codes[start : start + BATCH]))}", {})
        except NotThere:
            # the summaries tell all but authors and abstract
            continue
        for entry in values.items(answer, "bulk"):
            work = values.at(entry, "work")
            if isinstance(work, dict):
                whole[values.text(work, "put-code")] = work
    drafts = [
        _paper(identifier, {**summary, **whole.get(code, {})}, group, _named(person), problems)
        for code, summary, group in zip(codes, chosen, groups, strict=True)
    ]
    return Profile(author, with_ids(values.finished(drafts)), tuple(problems.found))


def _named(person: Any) -> PaperAuthor:
    """The person as an entry of a list of authors, who tells where the family name begins."""
    name = values.at(person, "name")
    return draft_author(values.text(name, "given-names", "value"), values.text(name, "family-name", "value"))


def _person(identifier: str, person: Any, get: Get) -> Author:
    jobs = _positions(identifier, "employment", get)
    sections = {"Memberships": "membership", "Service": "service"}
    return people.author(
        name=values.text(person, "name", "credit-name", "value") or _named(person).name,
        aliases=[values.text(other, "content") for other in values.items(person, "other-names", "other-name")],
        affiliations=tuple(
            {
                job.organization: Affiliation(name=job.organization) for job in jobs if not job.end and job.organization
            }.values()
        ),
        bio=values.text(person, "biography", "content"),
        interests=[values.text(word, "content") for word in values.items(person, "keywords", "keyword")],
        links=[
            f"https://orcid.org/{identifier}",
            *(values.text(link, "url", "value") for link in values.items(person, "researcher-urls", "researcher-url")),
        ],
        positions=(*jobs, *_positions(identifier, "invited-position", get)),
        education=(*_positions(identifier, "education", get), *_positions(identifier, "qualification", get)),
        awards=tuple(
            Award(title=entry.title, organization=entry.organization, date=entry.start)
            for entry in _positions(identifier, "distinction", get)
        ),
        sections={heading: found for heading, kind in sections.items() if (found := _positions(identifier, kind, get))},
    )


def _positions(identifier: str, kind: str, get: Get) -> tuple[Position, ...]:
    """The affiliations of one kind, of which ORCID knows seven, all written alike."""
    found = []
    try:
        answer = get(f"{identifier}/{kind}s", {})
    except NotThere:
        return ()
    for group in values.items(answer, "affiliation-group"):
        for summary in values.items(group, "summaries"):
            entry = values.at(summary, f"{kind}-summary")
            organization = people.line(values.text(entry, "organization", "name"))
            title = people.line(values.text(entry, "role-title") or values.text(entry, "department-name"))
            if title or organization:
                found.append(
                    Position(
                        title=title or organization,
                        organization=organization if title else "",
                        start=people.date(_date(values.at(entry, "start-date"))),
                        end=people.date(_date(values.at(entry, "end-date"))),
                    )
                )
                break
    return tuple(found)


def _preferred(group: dict[str, Any]) -> dict[str, Any]:
    """The description with the highest display-index, which is a number in a text."""
    summaries = list(values.items(group, "work-summary"))
    return max(summaries, key=lambda one: values.number(one, "display-index"), default={})


def _paper(
    identifier: str, work: dict[str, Any], group: dict[str, Any], owner: PaperAuthor, problems: Problems
) -> Draft:
    paper = values.draft(f"orcid:{identifier}/{values.text(work, 'put-code')}", problems)
    title = values.text(work, "title", "title", "value")
    subtitle = values.text(work, "title", "subtitle", "value")
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    paper.put("title", tagged.as_latex(title))
    for external in (
        *values.items(work, "external-ids", "external-id"),
        *values.items(group, "external-ids", "external-id"),
    ):
        if values.text(external, "external-id-relationship").lower() != "self":
            # of the journal, of the book around it, of a version
            continue
        said = values.text(external, "external-id-normalized", "value") or values.text(external, "external-id-value")
        match values.text(external, "external-id-type").lower():
            case "doi":
                values.put_doi(paper, said)
            case "arxiv":
                values.put_arxiv(paper, said)
            case "pmid":
                paper.put("pmid", said)
    values.put_date(paper, _date(values.at(work, "publication-date")))
    paper.venue(tagged.as_latex(values.text(work, "journal-title", "value")))
    paper.type(_TYPES.get(values.text(work, "type"), ""))
    address = values.text(work, "url", "value")
    if address and not paper.has("doi"):
        paper.address(address)
    values.put_abstract(paper, values.text(work, "short-description"))
    paper.authors(
        msgspec.structs.replace(author, family=owner.family) if author.name == owner.name else author
        for author in _authors(work)
    )
    if not paper.has("authors") and values.text(work, "citation", "citation-type") == "bibtex":
        entries = bibtex_reader.papers(
            values.text(work, "citation", "citation-value"), paper.file, Problems(), Problems(), own_bibtex=False
        )
        paper.authors(next((entry.authors for entry in entries), ()))
    return paper


def _authors(work: dict[str, Any]) -> Iterator[PaperAuthor]:
    for person in values.items(work, "contributors", "contributor"):
        role = values.text(person, "contributor-attributes", "contributor-role")
        if role in ("", "author") or "writing" in role:
            yield people.paper_author(
                values.text(person, "credit-name", "value"), values.text(person, "contributor-orcid", "path")
            )


def _date(value: Any) -> str:
    return "-".join(values.text(value, part, "value") or "00" for part in ("year", "month", "day"))
