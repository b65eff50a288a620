"""DBLP: the publications of a person, or a single record, in its XML."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.errors import Problems
from generator.formats.draft import Draft, clean, with_ids
from generator.formats.profile import Profile
from generator.model import Affiliation, Author
from generator.sources import people, values
from generator.sources.identifiers import Get

_NUMBER = re.compile(r"\s+\d{4}\Z")
_TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "incollection": "chapter",
    "book": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "data": "dataset",
}
_MARKUP = {"sub": "textsubscript", "sup": "textsuperscript", "i": "emph", "tt": "texttt"}


def read(identifier: str, get: Get) -> Profile:
    """Read a person (``65/9612``) or a record (``rec/journals/...``)."""
    problems = Problems()
    if identifier.startswith("rec/"):
        root = get(f"{identifier}.xml", {})
        records = list(root)
        author = Author(name="")
    else:
        root = get(f"pid/{identifier}.xml", {})
        # a person who is disambiguated elsewhere has <r> nowhere
        records = [record for entry in root.iter("r") for record in entry]
        author = _person(root, identifier)
    drafts = [_paper(record, problems) for record in records if record.tag in _TYPES]
    return Profile(author, with_ids(values.finished(drafts)), tuple(problems.found))


def _person(root: Element, identifier: str) -> Author:
    person = root.find("person")
    names = [_name(entry) for entry in (person.findall("author") if person is not None else [])]
    notes = person.findall("note") if person is not None else []
    places = [_text(note) for note in notes if note.get("type") == "affiliation"]
    return people.author(
        name=names[0] if names else _NUMBER.sub("", clean(root.get("name", ""))),
        aliases=names[1:],
        affiliations=tuple(Affiliation(name=place) for place in map(people.line, places) if place),
        links=[
            *(_text(url) for url in (person.findall("url") if person is not None else [])),
            f"https://dblp.org/pid/{identifier}",
        ],
    )


def _paper(record: Element, problems: Problems) -> Draft:
    paper = values.draft(f"dblp:rec/{record.get('key', '')}", problems)
    title = record.find("title")
    paper.put("title", (_text(title) if title is not None else "").removesuffix("."))
    paper.authors(people.paper_author(_name(author), author.get("orcid", "")) for author in record.findall("author"))
    values.put_date(paper, _field(record, "year"))
    informal = record.get("publtype", "").startswith("informal") or _field(record, "journal") == "CoRR"
    if not informal:
        paper.put("venue", _field(record, "journal") or _field(record, "booktitle") or _field(record, "school"))
        paper.put("volume", _field(record, "volume"))
        paper.put("issue", _field(record, "number"))
        paper.pages(_field(record, "pages"))
        paper.put("publisher", _field(record, "publisher"))
    elif _field(record, "volume").startswith("abs/"):
        values.put_arxiv(paper, _field(record, "volume").removeprefix("abs/"))
    for address in map(_text, record.findall("ee")):
        if "doi.org/10." in address:
            values.put_doi(paper, address)
        elif "dblp.org" not in address:
            paper.address(address)
    paper.type("article" if informal else _TYPES[record.tag])
    return paper


def _name(author: Element) -> str:
    """The name without the number that tells people of one name apart."""
    return _NUMBER.sub("", _text(author))


def _field(record: Element, name: str) -> str:
    found = record.find(name)
    return _text(found) if found is not None else ""


def _text(element: Element) -> str:
    return clean(" ".join("".join(_pieces(element)).split()))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        inner = "".join(_pieces(child))
        yield f"\\{_MARKUP[child.tag]}{{{inner}}}" if child.tag in _MARKUP else inner
        yield child.tail or ""
