"""The folder of a site made with al-folio: its bibliographies, and the profile in its settings and data."""

import datetime
import re
from typing import Any

import msgspec

from generator import attachments, names
from generator.errors import Place
from generator.folders import activities, alfolio_cv, news, several_cvs
from generator.folders.folder import Folder, Head
from generator.formats import bibtex_reader
from generator.formats.draft import with_ids
from generator.formats.person import Person, same_page, text_of
from generator.formats.profile import Profile
from generator.model import Author, Paper, PaperAuthor
from generator.scalars import Wrong, read_url

PLACES = ("", "assets/pdf", "assets/img/publication_preview", "assets/img", "assets/video", "assets/audio", "assets")
_SERVICE_KEY = re.compile(r"(\w+?)(?:_username|_userid|_id|_url|_pdf)?\Z")
_SAMPLE = "einstein"


def matches(folder: Folder) -> bool:
    """Whether the folder has Jekyll's settings and a bibliography or the data files of al-folio."""
    return folder.has("_config.yml") and (folder.has("_bibliography") or any(folder.files("_data/coauthors.yml")))


def read(folder: Folder, as_of: datetime.date) -> Profile:
    """Read the bibliographies and the profile."""
    problems = folder.problems
    author = _profile(folder)
    links = _coauthors(folder)
    found: list[Paper] = []
    for path in folder.files("_bibliography/**/*.bib"):
        listed = list(bibtex_reader.papers(folder.text(path), str(path), problems, problems, own_bibtex=False))
        if not listed:
            problems.add(Place(str(path)), "holds no BibTeX entry", "it was passed over")
        found += [_linked(paper, links) for paper in listed]
    hint = "Markdown pages may be put into content/pages/"
    for name, what in (("_posts", "posts"), ("_books", "books")):
        folder.not_taken(f"{name}/*", what, hint)
    folder.not_taken("_data/venues.yml", "colours and addresses of venues")
    pages = news.read(folder)
    profile = Profile(author, with_ids(found), tuple(problems.found), pages=pages)
    return attachments.find(profile, folder.path, PLACES)


def _profile(folder: Folder) -> Author:
    path = folder.path / "_config.yml"
    config = folder.data(path) if path.is_file() else Head(str(path), {}, {})
    person = Person(config.file, folder.problems)
    scholar = config.mapping("scholar")
    parts = [config.text(key) for key in ("first_name", "middle_name", "last_name")]
    person.name = " ".join(part for part in parts if part)
    if not person.name:
        person.name = f"{text_of(scholar.get('first_name'))} {text_of(scholar.get('last_name'))}".strip()
    if _SAMPLE not in text_of(scholar.get("last_name")).casefold():
        person.aliases += [
            f"{given} {family}"
            for given in _texts(scholar.get("first_name"))
            for family in _texts(scholar.get("last_name"))
            if len(given.rstrip(".")) > 1
        ]
    for data in (config, *(folder.data(path) for path in folder.files("_data/socials.yml"))):
        person.file = data.file
        person.put("email", data.text("email"))
        custom = data.mapping("custom_social")
        if _SAMPLE not in text_of(custom.get("url")):
            person.link(text_of(custom.get("url")), text_of(custom.get("title")))
        person.link(data.text("cv_pdf"), "CV")
        for key, value in data.values.items():
            match = _SERVICE_KEY.match(key)
            if match and key != match[1] and text_of(value) and not text_of(value).startswith("/"):
                person.handle(key, text_of(value))
    for path in folder.files("_pages/about.md"):
        head = folder.head(path)
        person.put("role", re.sub(r"<[^>]*>|[*_]", "", head.text("subtitle")))
        person.put("photo", _picture(head, folder))
        person.file = head.file
        person.bio(head.body)
    for path in folder.files("_pages/publications.md"):
        if address := folder.head(path).text("permalink"):
            person.found_at(address)
    for told in _cvs(person.name, folder):
        person.name = person.name or told.name
        told.links = [link for link in told.links if same_page(link.url) != same_page(config.text("url"))]
        several_cvs.join(person, told)
    activities.of_jekyll(person, folder)
    return person.author()


def _cvs(name: str, folder: Folder) -> list[Person]:
    """What each CV of the person of that name tells, first the one that the site shows."""
    found = []
    shown = "jsonresume"
    for path in folder.files("_data/cv.yml"):
        data = folder.data(path)
        told = Person(data.file, folder.problems)
        told.name = name
        alfolio_cv.read(told, data)
        found.append(told)
        shown = "rendercv" if data.mapping("cv") else shown
    for path in folder.files("assets/json/resume.json"):
        resume = several_cvs.of_resume(name, path, folder, "papers are taken from the bibliographies")
        found += [resume] if resume else []
    for path in folder.files("_pages/cv.md"):
        shown = folder.head(path).text("cv_format") or shown
    return found[::-1] if shown == "jsonresume" else found


def _texts(value: Any) -> list[str]:
    return [text_of(item) for item in value if text_of(item)] if isinstance(value, list) else [text_of(value)]


def _picture(head: Head, folder: Folder) -> str:
    image = text_of(head.mapping("profile").get("image"))
    return image if any((folder.path / place / image).is_file() for place in PLACES) else ""


def _coauthors(folder: Folder) -> dict[str, list[tuple[list[str], str]]]:
    """The given names and addresses of co-authors, by family name in small letters."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for path in folder.files("_data/coauthors.yml"):
        for family, people in folder.data(path).values.items():
            for person in people if isinstance(people, list) else []:
                if isinstance(person, dict) and text_of(person.get("url")):
                    entry = (_texts(person.get("firstname")), text_of(person["url"]))
                    found.setdefault(str(family).casefold(), []).append(entry)
    return found


def _linked(paper: Paper, links: dict[str, list[tuple[list[str], str]]]) -> Paper:
    """The paper with the addresses of its authors."""
    if not links:
        return paper
    return msgspec.structs.replace(paper, authors=tuple(_with_link(author, links) for author in paper.authors))


def _with_link(author: PaperAuthor, links: dict[str, list[tuple[list[str], str]]]) -> PaperAuthor:
    parts = names.split(author.name)
    family = f"{parts.particle} {parts.family}".strip().casefold()
    for given, url in links.get(family, []):
        if parts.given in given:
            try:
                return msgspec.structs.replace(author, url=read_url(url))
            except Wrong:
                return author
    return author
