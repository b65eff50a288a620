"""The folder of a site made with HugoBlox (Wowchemy, Academic): publications with their cite.bib, and people."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator import attachments
from generator.errors import Place, Problems
from generator.folders import activities, cited_as
from generator.folders.folder import Folder, Head
from generator.formats import author_roles, bibtex_names, bibtex_reader, tagged
from generator.formats.draft import Draft, clean, with_ids
from generator.formats.person import Person, points, text_of, texts_of
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Author, File, Paper, PaperAuthor

_STARTS = ("content/", "content/*/", "")
_PAPERS = tuple(f"{start}{name}/*/index.md" for start in _STARTS for name in ("publication", "publications"))
_ACTIVITIES = {
    "Talks": ("event", "events", "talk", "talks"),
    "Teaching": ("teaching", "course", "courses"),
    "Projects": ("project", "projects"),
}
"""The folders of talks, courses and projects, by the heading of the CV."""
_PEOPLE = ("content/authors/*/_index.md", "content/*/authors/*/_index.md", "authors/*/_index.md")
_NEW_PEOPLE = ("data/authors/*.yaml", "data/authors/*.yml")
_PICTURE = (".jpg", ".jpeg", ".png", ".webp", ".svg", ".gif", ".avif")
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
_HINT = "Markdown pages may be put into content/pages/"


def matches(folder: Folder) -> bool:
    """Whether there are publications or people in HugoBlox's way."""
    return any(folder.files(*_PAPERS)) or any(folder.files(*_PEOPLE, *_NEW_PEOPLE))


def read(folder: Folder, as_of: datetime.date) -> Profile:
    """Read the publications, the owner of the site, the other people, and the files beside them."""
    people: dict[str, Author] = {}
    owner = ""
    files: dict[str, File] = {}
    for path in [*folder.files(*_PEOPLE), *folder.files(*_NEW_PEOPLE)]:
        name = path.parent.name if path.name == "_index.md" else path.stem
        head = folder.head(path) if path.name == "_index.md" else folder.data(path)
        author = _person(head, path, name, folder, files)
        if author.name:
            people[name] = author
            owner = name if "true" in (head.text("superuser"), head.text("is_owner")) and not owner else owner
    owner = owner or next((name for name in ("admin", "me") if name in people), next(iter(people), ""))
    papers = []
    for index, path in enumerate(folder.files(*_PAPERS)):
        paper = _paper(path, index, people, owner, folder, files)
        if paper:
            papers.append(paper)
    if owner:
        people = _with_activities(people, owner, folder)
    else:
        for names in _ACTIVITIES.values():
            for name in names:
                folder.not_taken(
                    f"content/{name}/*/index.md", name, "nobody in content/authors/ is told to own the site"
                )
    for name in ("post", "posts", "blog", "news"):
        folder.not_taken(f"content/{name}/*/index.md", "news" if name == "news" else "posts", _HINT)
    profile = Profile(
        people.get(owner, Author(name="")),
        with_ids(papers),
        tuple(folder.problems.found),
        tuple(files.values()),
        tuple(author for name, author in people.items() if name != owner),
    )
    return attachments.find(profile, folder.path, ("", "static", "static/uploads", "assets/media"))


def _with_activities(people: dict[str, Author], owner: str, folder: Folder) -> dict[str, Author]:
    """The people with the talks, courses and projects that are theirs: the owner's are those that name nobody."""
    told = {name: Person(str(folder.path), folder.problems) for name in people}
    known = {alias.casefold(): name for name, one in people.items() for alias in (name, one.name, *one.aliases)}
    known |= {name: owner for name in ("admin", "me") if name not in people}
    for page in activities.pages(folder, _STARTS, _ACTIVITIES):
        named = [text_of(value) for value in page.head.list("authors", "author")]
        theirs = dict.fromkeys(known[name.casefold()] for name in named if name.casefold() in known)
        if any(named) and not theirs:
            what = f"is by {', '.join(named)}: not taken over"
            folder.problems.add(Place(page.head.file, page.head.lines.get("authors", 1)), what, _HINT)
            continue
        for name in theirs or (owner,):
            activities.put(told[name], page)
    for person in told.values():
        activities.newest_first(person, list(person.sections))
    return {
        name: msgspec.structs.replace(one, sections={**one.sections, **told[name].author().sections})
        for name, one in people.items()
    }


def _person(head: Head, path: Path, name: str, folder: Folder, files: dict[str, File]) -> Author:
    person = Person(head.file, folder.problems)
    named = head.mapping("name")
    given = [
        text_of(named.get(key)) or head.text(other) for key, other in (("given", "first_name"), ("family", "last_name"))
    ]
    whole = " ".join(part for part in given if part)
    person.name = text_of(named.get("display")) or head.text("title", "name") or whole
    person.aliases += [whole, *texts_of(named.get("alternate"))]
    person.put("pronouns", text_of(named.get("pronouns")) or head.text("pronouns"))
    person.put("role", head.text("role"))
    person.put("email", head.text("email"))
    for entry in head.list("organizations", "affiliations"):
        person.affiliation(*_pair(entry))
    # the text of the page is the longer biography
    person.bio(head.body or head.text("bio"))
    person.put("bio", head.text("bio"))
    person.interests += [text for entry in head.list("interests") if (text := text_of(entry))]
    for entry in head.list("social", "profiles", "links"):
        if isinstance(entry, dict):
            label = text_of(entry.get("label")) or ("CV" if text_of(entry.get("icon")) == "cv" else "")
            person.link(text_of(entry.get("link")) or text_of(entry.get("url")), label)
    education = head.values.get("education")
    courses = education.get("courses") if isinstance(education, dict) else education
    for kind, entries in (("education", courses), ("positions", head.list("work", "experience"))):
        for entry in entries if isinstance(entries, list) else []:
            _position(person, kind, entry)
    for entry in head.list("awards"):
        if isinstance(entry, dict) and text_of(entry.get("title")):
            said = {key: text_of(value) for key, value in entry.items()}
            person.award(said["title"], said.get("awarder", ""), said.get("date", ""))
    for heading, entries in (("Skills", head.list("skills")), ("Languages", head.list("languages"))):
        for entry in entries:
            items = entry.get("items") if isinstance(entry, dict) else None
            of_group = [name for item in items if (name := _pair(item)[0])] if isinstance(items, list) else []
            person.entry(heading, _pair(entry)[0], "", ("", ""), ", ".join(of_group))
    pictures = [*path.parent.glob("avatar.*"), *folder.path.glob(f"assets/media/authors/{name}.*")]
    for picture in sorted(pictures):
        if (picture.suffix.lower() in _PICTURE and path.name == "_index.md") or picture.parent.name == "authors":
            target = f"authors/{name}{picture.suffix.lower()}"
            files.setdefault(target, File(target, str(picture)))
            person.put("photo", target)
    # Wowchemy has people at their names, later versions at their files
    person.found_at(f"/author/{head.text('slug') or _in_address(person.name)}/")
    person.found_at(f"/authors/{_in_address(name)}/")
    for alias in head.list("aliases"):
        if text_of(alias).startswith("/"):
            person.found_at(text_of(alias))
    return person.author()


def _in_address(name: str) -> str:
    """A name as Hugo has it in addresses."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s.+~-]", "", name).strip().lower())


def _position(person: Person, kind: str, entry: Any) -> None:
    if isinstance(entry, dict):
        said = {key: text_of(value) for key, value in entry.items()}
        title = said.get("course") or said.get("degree") or said.get("position") or said.get("role") or ""
        area = said.get("area", "")
        title = f"{title} in {area}" if title and area else title or area
        place = said.get("institution") or said.get("company_name") or said.get("company") or said.get("org") or ""
        start = said.get("date_start") or said.get("start") or said.get("year") or ""
        note = "\n\n".join(filter(None, (said.get("summary"), points(entry.get("highlights")))))
        end = said.get("date_end") or said.get("end") or ""
        person.position(kind, title, place, (start, end), note, said.get("company_url", ""))


def _pair(entry: Any) -> tuple[str, str]:
    if isinstance(entry, dict):
        return text_of(entry.get("name")), text_of(entry.get("url"))
    return text_of(entry), ""


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
            if beside.stem == "featured" and ending in _PICTURE
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
