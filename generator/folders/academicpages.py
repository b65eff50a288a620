"""The folder of a site made with academicpages: a page for each publication, and the author in the settings."""

import datetime
import html
import re
from pathlib import Path

from generator import attachments
from generator.folders import activities, several_cvs
from generator.folders.folder import Folder, Head
from generator.formats import bibtex_names, tagged
from generator.formats.draft import Draft, clean, with_ids
from generator.formats.person import Person, text_of
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Author, Paper, PaperAuthor

PLACES = ("", "files", "images", "assets/images")
_CITED_AUTHORS = re.compile(r"(.*?)[\s,]*\(?\b(?:19|20)\d\d\b", re.DOTALL)
_JOINED = re.compile(r"\s*(?:,\s*&|&|,\s*and\b|\band\b|;)\s*", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"\[Download[^\]]*\]\([^)]*\)|Recommended citation:.*|<a [^>]*>.*?</a>|\{[{%].*?[}%]\}", re.IGNORECASE
)
_ESCAPED_FORMULA = re.compile(r"\\\\([()\[\]])")
"""Kramdown wants the backslash of a formula's bracket to be escaped."""
_DATED = re.compile(r"\d{4}-\d\d-\d\d-")
_SERVICES = (
    *(
        "googlescholar",
        "orcid",
        "github",
        "twitter",
        "linkedin",
        "researchgate",
        "arxiv",
        "dblp",
        "semantic",
        "bluesky",
    ),
    *("mastodon", "impactstory", "wikipedia", "gitlab", "stackoverflow", "kaggle", "youtube", "inspire_hep"),
)
_TYPES = {"conferences": "paper-conference", "manuscripts": "article-journal", "books": "book"}


def matches(folder: Folder) -> bool:
    """Whether there are pages of publications in academicpages' way."""
    return any(folder.files("_publications/*.md"))


def read(folder: Folder, as_of: datetime.date) -> Profile:
    """Read the publications and the author."""
    config = folder.path / "_config.yml"
    host = folder.data(config).text("url").rstrip("/").partition("://")[2] if config.is_file() else ""
    address = rf"(?i)\Ahttps?://{re.escape(host)}(?=/)" if host else ""
    papers = []
    for index, path in enumerate(folder.files("_publications/*.md")):
        paper = _paper(path, index, address, folder)
        if paper:
            papers.append(paper)
    hint = "Markdown pages may be put into content/pages/"
    folder.not_taken("_posts/*", "posts", hint)
    profile = Profile(_author(folder), with_ids(papers), tuple(folder.problems.found))
    return attachments.find(profile, folder.path, PLACES)


def _author(folder: Folder) -> Author:
    path = folder.path / "_config.yml"
    config = folder.data(path) if path.is_file() else Head(str(path), {}, {})
    said = {key: text_of(value) for key, value in config.mapping("author").items()}
    person = Person(config.file, folder.problems)
    person.name = said.get("name") or config.text("name")
    person.put("pronouns", said.get("pronouns", ""))
    person.put("email", said.get("email", ""))
    person.affiliation(said.get("employer", ""))
    avatar = said.get("avatar", "")
    person.put("photo", avatar if any((folder.path / place / avatar).is_file() for place in PLACES) else "")
    for service in _SERVICES:
        handle = said.get(service, "")
        if handle.startswith("http"):
            person.link(handle)
        else:
            person.handle(service, handle)
    if said.get("uri"):
        person.link(said["uri"], "Homepage")
    about = [folder.head(path).body for path in folder.files("_pages/about.md")]
    person.bio(about[0] if about and said.get("name", "") in about[0] else said.get("bio", ""))
    for path in folder.files("_data/cv.json"):
        resume = several_cvs.of_resume(person.name, path, folder, "papers are taken from _publications/")
        if resume:
            person.name = person.name or resume.name
            several_cvs.join(person, resume)
    activities.of_jekyll(person, folder)
    return person.author()


def _paper(path: Path, index: int, address: str, folder: Folder) -> Paper | None:
    head = folder.head(path)
    draft = Draft(head.file, 1, folder.problems, folder.problems)
    permalink = head.text("permalink").strip("/").rpartition("/")[2]
    draft.key = _DATED.sub("", permalink or path.stem)
    for key in ("permalink", "redirect_from"):
        for value in head.list(key):
            draft.found_at(text_of(value), head.lines.get(key, 1))
    draft.put("title", clean(tagged.as_latex(head.text("title"))), head.lines.get("title", 1))
    if head.text("date") and not head.text("date").startswith("1900-01-01"):
        put_date(draft, head.text("date")[:10])
    draft.venue(clean(tagged.as_latex(head.text("venue"))))
    excerpt = _ESCAPED_FORMULA.sub(r"\\\1", head.text("excerpt"))
    draft.put("tldr", clean(re.sub(r"<[^>]*>", "", html.unescape(excerpt))))
    for key, ours in (("paperurl", "pdf"), ("slidesurl", "slides"), ("codeurl", "code"), ("videourl", "video")):
        url = head.text(key)
        # a file has one name, be it written with the site's address or from its root
        named = re.sub(address, "", url, count=1) if address else url
        inside = named if named.startswith("//") else named.removeprefix("/")
        line = head.lines.get(key, 1)
        if ours == "pdf" and inside.startswith("http") and not inside.lower().endswith(".pdf"):
            draft.address(inside, line)
        elif url:
            draft.put(ours, inside, line)
    draft.put("doi", head.text("doi"), head.lines.get("doi", 1))
    draft.tags(clean(text) for value in head.list("tags") if (text := text_of(value)))
    draft.type(_TYPES.get(head.text("category"), ""))
    citation = re.sub(r"<[^>]*>", "", html.unescape(head.text("citation")))
    draft.authors(_authors(draft, citation, [text_of(value) for value in head.list("authors", "author")]))
    if not draft.has("authors"):
        draft.doubt("the authors are not told", "write authors: [...] into the paper", head.lines.get("citation", 1))
    elif not head.list("authors", "author"):
        draft.doubt("the authors were taken from the citation", "look them over", head.lines.get("citation", 1))
    body = _ESCAPED_FORMULA.sub(r"\\\1", _LEFT_OUT.sub("", head.body)).strip()
    if body and body != draft.values.get("tldr"):
        draft.put("abstract", clean(body))
        draft.values["format"] = "markdown"
    return draft.paper(index)


def _authors(draft: Draft, citation: str, listed: list[str]) -> list[PaperAuthor]:
    if listed:
        unmarked = [bibtex_names.unmarked(clean(name)) for name in listed if name]
        authors = [(bibtex_names.author(name), marks) for name, marks in unmarked]
        draft.unexplained([f"{author.name} {marks}" for author, marks in authors if marks])
        return [author for author, _ in authors]
    match = _CITED_AUTHORS.match(citation.strip())
    text = _JOINED.sub(" and ", match[1].strip(" ,(\"'")) if match else ""
    text = re.sub(r"(\w{2,})\.\Z", r"\1", text)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and all(" " in part for part in parts):
        text = " and ".join(parts)
    cited = bibtex_names.read(text).names
    draft.unexplained([f"{one.name} {one.marks}" for one in cited if one.marks])
    return [PaperAuthor(name=one.name, family=one.family) for one in cited]
