"""The folder of a site made with HugoBlox (Wowchemy, Academic): publications with their cite.bib."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator import attachments
from generator.errors import Problems
from generator.folders import cited_as, hugoblox_people
from generator.folders.folder import Folder, Head
from generator.formats import author_roles, bibtex_names, bibtex_reader, tagged
from generator.formats.draft import Draft, clean, with_ids
from generator.formats.person import text_of
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Author, File, Paper, PaperAuthor

_PAPERS = tuple(
    f"{start}{name}/*/index.md" for start in hugoblox_people.STARTS for name in ("publication", "publications")
)
_TYPES = {
    "1": "paper-conference",
    "2": "article-journal",
    "3": "article",
    "4": "report",
    "5": "book",
    "6": "chapter",
    "7": "thesis",
    "8": "patent",
    "manuscript": "manuscript",
}
_URLS = {"url_code": "code", "url_dataset": "dataset", "url_pdf": "pdf", "url_poster": "poster", "url_slides": "slides"}
_URLS |= {"url_video": "video", "url_project": "website"}
_LINK_TYPES = {
    "code": "code",
    "dataset": "dataset",
    "pdf": "pdf",
    "poster": "poster",
    "slides": "slides",
    "video": "video",
}
_LINK_TYPES |= {"project": "website", "site": "website"}
_MARKUP = re.compile(r"[*_]{1,2}([^*_]+)[*_]{1,2}|\[([^\]]*)\]\([^)]*\)")
_VOLUME = re.compile(r"\*(.+), (\d+)\*(?: ?\(([\d-]+)\))?")
"""A journal as the sample writes it: ``*Journal of Source Themes, 1*(1)``."""
_EMPHASIS = re.compile(r"(?:^|\bIn\s+)[*_]{1,2}([^*_]+)[*_]{1,2}")
_MARKDOWN = re.compile(r"[*_`#\[<>]")


def matches(folder: Folder) -> bool:
    """Whether there are publications or people in HugoBlox's way."""
    return any(folder.files(*_PAPERS)) or any(folder.files(*hugoblox_people.PAGES, *hugoblox_people.DATA))


def read(folder: Folder, as_of: datetime.date) -> Profile:
    """Read the publications, the owner of the site, the other people, and the files beside them."""
    files: dict[str, File] = {}
    people, owner = hugoblox_people.read(folder, files)
    papers = []
    for index, path in enumerate(folder.files(*_PAPERS)):
        paper = _paper(path, index, people, owner, folder, files)
        if paper:
            papers.append(paper)
    for name in ("post", "posts", "blog", "news"):
        folder.not_taken(f"content/{name}/*/index.md", "news" if name == "news" else "posts", hugoblox_people.HINT)
    profile = Profile(
        people.get(owner, Author(name="")),
        with_ids(papers),
        tuple(folder.problems.found),
        tuple(files.values()),
        tuple(author for name, author in people.items() if name != owner),
    )
    return attachments.find(profile, folder.path, ("", "static", "static/uploads", "assets/media"))


def _paper(
    path: Path, index: int, people: dict[str, Author], owner: str, folder: Folder, files: dict[str, File]
) -> Paper | None:
    head = folder.head(path)
    draft = Draft(head.file, 1, folder.problems, folder.problems)
    draft.key = path.parent.name
    _addresses_of_before(draft, head, path.relative_to(folder.path).parts[:-1])
    draft.put("title", clean(tagged.as_latex(head.text("title"))), head.lines.get("title", 1))
    draft.authors(_authors(draft, head, people, owner))
    if head.text("date"):
        put_date(draft, head.text("date")[:10])
    publication = head.text("publication")
    if numbered := _VOLUME.fullmatch(publication.strip()):
        publication = numbered[1]
        draft.put("volume", numbered[2])
        draft.put("issue", numbered[3] or "")
    draft.venue(_venue(publication))
    short = _venue(head.text("publication_short"))
    if len(short) <= 20:
        draft.put("abbr", short)
    draft.put("doi", head.text("doi"), head.lines.get("doi", 1))
    ids = head.mapping("hugoblox").get("ids")
    for key, value in (ids if isinstance(ids, dict) else {}).items():
        if key in ("doi", "arxiv", "openreview", "pmid"):
            draft.put(key, text_of(value))
    abstract = clean(tagged.as_latex(head.text("abstract")))
    draft.put("abstract", abstract, head.lines.get("abstract", 1))
    draft.put("tldr", clean(head.text("summary")))
    draft.tags(clean(text) for key in ("tags", "categories") for value in head.list(key) if (text := text_of(value)))
    for key in ("featured", "draft"):
        draft.put("selected" if key == "featured" else key, head.text(key), head.lines.get(key, 1))
    _addresses(draft, head)
    _files(draft, path, files)
    said = head.text("publication_types")
    kind = _TYPES.get(said, said)
    draft.type(kind)
    if re.sub(
        r"\{\{.*?\}\}|<!--.*?-->|Click the \*?Cite\*?.*|Create your slides.*|Add the .*?publication.*", "", head.body
    ).strip():
        draft.doubt("the text below the head is not taken over", "write it into note: or a page of content/pages/")
    if _MARKDOWN.search(abstract):
        draft.values["format"] = "markdown"
    paper = draft.paper(index)
    cited = _cited(path, folder)
    if paper and cited:
        # a type that the venue tells, too, is not repeated, but it is said
        return cited_as.completed(paper, msgspec.structs.replace(cited, type="") if kind else cited)
    return paper


def _addresses_of_before(draft: Draft, head: Head, folders: Sequence[str]) -> None:
    """Hugo has a page at the path of its file in small letters, unless ``url`` or ``slug`` says otherwise."""
    path = [*folders[:-1], head.text("slug") or folders[-1]]
    if path[0] == "content":
        del path[0]
    if len(path[0]) == 2:  # a folder for each language; that of the site's own is not part of the address
        del path[0]
    own = head.text("url") if head.text("url").startswith("/") else re.sub(r"\s+", "-", "/".join(path).lower())
    draft.found_at(own, head.lines.get("url", 1))
    for alias in head.list("aliases"):
        if text_of(alias).startswith("/"):
            draft.found_at(text_of(alias), head.lines.get("aliases", 1))


def _authors(draft: Draft, head: Head, people: dict[str, Author], owner: str) -> list[PaperAuthor]:
    notes = head.list("author_notes")
    found = []
    unexplained = []
    for place, value in enumerate(head.list("authors", "author")):
        name, marks = bibtex_names.unmarked(text_of(value))
        if name in people or (name in ("admin", "me") and owner):
            named = PaperAuthor(name=people.get(name, people[owner]).name)
        else:
            named = bibtex_names.author(clean(name))
        note = text_of(notes[place]) if place < len(notes) else ""
        roles = author_roles.told(note)
        if marks and not any(roles):
            unexplained.append(f"{named.name} {marks}")
        found.append(msgspec.structs.replace(named, **roles._asdict()))
    draft.unexplained(unexplained, line=head.lines.get("authors", 1))
    return found


def _venue(text: str) -> str:
    """The venue in Markdown like ``In *Proceedings of X*``: what is emphasized, else all without marks."""
    match = _EMPHASIS.search(text)
    if match:
        return match[1].strip()
    return _MARKUP.sub(lambda found: found[1] or found[2] or "", text).strip()


def _addresses(draft: Draft, head: Head) -> None:
    for key, ours in _URLS.items():
        if head.text(key) and head.text(key) != "#":
            draft.put(ours, head.text(key), head.lines.get(key, 1))
    for key, label in (("url_preprint", "Preprint"), ("url_source", "Source")):
        if head.text(key):
            draft.link(label, head.text(key), head.lines.get(key, 1))
    for entry in head.list("links"):
        said = {key: text_of(value) for key, value in entry.items()} if isinstance(entry, dict) else {}
        kind = said.get("type") or said.get("name", "").casefold()
        url = said.get("url") or said.get("id", "")
        if kind in _LINK_TYPES and url:
            draft.put(_LINK_TYPES[kind], url, head.lines.get("links", 1))
        elif kind in ("arxiv", "preprint", "doi", "url", "") and url.startswith("http"):
            draft.address(url, head.lines.get("links", 1))
        elif url:
            draft.link(said.get("label") or said.get("name", ""), url, head.lines.get("links", 1))


def _files(draft: Draft, path: Path, files: dict[str, File]) -> None:
    """The picture and the PDF that lie beside the publication."""
    slug = path.parent.name
    for beside in sorted(path.parent.iterdir()):
        ending = beside.suffix.lower()
        key = (
            "image"
            if beside.stem == "featured" and ending in hugoblox_people.PICTURES
            else "pdf"
            if beside.name == f"{slug}.pdf"
            else ""
        )
        if key and beside.is_file() and not beside.is_symlink() and not draft.has(key):
            target = f"papers/{re.sub(r'[^A-Za-z0-9._-]+', '-', slug)}{ending}"
            files.setdefault(target, File(target, str(beside)))
            draft.put(key, target)


def _cited(path: Path, folder: Folder) -> Paper | None:
    """The paper as cite.bib has it; what is doubtful there was decided when the page was made."""
    bib = path.with_name("cite.bib")
    if not bib.is_file():
        return None
    papers = bibtex_reader.papers(folder.text(bib), str(bib), folder.problems, Problems(), own_bibtex=False)
    return next(iter(papers), None)
