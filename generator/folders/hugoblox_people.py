"""The people of a site of HugoBlox, with the talks, courses and projects that are theirs."""

import re
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import Place
from generator.folders import activities
from generator.folders.folder import Folder, Head
from generator.formats.person import Person, points, text_of, texts_of
from generator.model import Author, File

STARTS = ("content/", "content/*/", "")
"""Where the folders of pages are; there may be one for each language."""
PAGES = ("content/authors/*/_index.md", "content/*/authors/*/_index.md", "authors/*/_index.md")
DATA = ("data/authors/*.yaml", "data/authors/*.yml")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".svg", ".gif", ".avif")
HINT = "Markdown pages may be put into content/pages/"
_ACTIVITIES = {
    "Talks": ("event", "events", "talk", "talks"),
    "Teaching": ("teaching", "course", "courses"),
    "Projects": ("project", "projects"),
}
"""The folders of talks, courses and projects, by the heading of the CV."""


def read(folder: Folder, files: dict[str, File]) -> tuple[dict[str, Author], str]:
    """The people by the names of their files, and which of them owns the site, "" where nobody is told; their pictures
    are added to ``files``.
    """
    people: dict[str, Author] = {}
    owner = ""
    for path in [*folder.files(*PAGES), *folder.files(*DATA)]:
        name = path.parent.name if path.name == "_index.md" else path.stem
        head = folder.head(path) if path.name == "_index.md" else folder.data(path)
        author = _person(head, path, name, folder, files)
        if author.name:
            people[name] = author
            owner = name if "true" in (head.text("superuser"), head.text("is_owner")) and not owner else owner
    owner = owner or next((name for name in ("admin", "me") if name in people), next(iter(people), ""))
    if owner:
        return _with_activities(people, owner, folder), owner
    for name in (name for names in _ACTIVITIES.values() for name in names):
        folder.not_taken(f"content/{name}/*/index.md", name, "nobody in content/authors/ is told to own the site")
    return people, owner


def _with_activities(people: dict[str, Author], owner: str, folder: Folder) -> dict[str, Author]:
    """The people with the talks, courses and projects that are theirs: the owner's are those that name nobody."""
    told = {name: Person(str(folder.path), folder.problems) for name in people}
    known = {alias.casefold(): name for name, one in people.items() for alias in (name, one.name, *one.aliases)}
    known |= {name: owner for name in ("admin", "me") if name not in people}
    for page in activities.pages(folder, STARTS, _ACTIVITIES):
        named = [text_of(value) for value in page.head.list("authors", "author")]
        theirs = dict.fromkeys(known[name.casefold()] for name in named if name.casefold() in known)
        if any(named) and not theirs:
            what = f"is by {', '.join(named)}: not taken over"
            folder.problems.add(Place(page.head.file, page.head.lines.get("authors", 1)), what, HINT)
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
        if (picture.suffix.lower() in PICTURES and path.name == "_index.md") or picture.parent.name == "authors":
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
