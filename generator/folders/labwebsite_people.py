"""The members of a lab, a page each in ``_members/`` of the Lab Website Template."""

import re
from pathlib import Path
from typing import Any

from generator import services
from generator.errors import Place
from generator.folders.folder import Folder, Head
from generator.formats.draft import tell_untaken
from generator.formats.person import Person, text_of, texts_of
from generator.model import Author

_ROLES = {
    "pi": "Principal Investigator",
    "postdoc": "Postdoctoral Researcher",
    "phd": "PhD Student",
    "undergrad": "Undergraduate Student",
    "programmer": "Programmer",
    "mascot": "Mascot",
}
_GROUPS = {
    "Principal Investigator": "Principal investigator",
    "Postdoctoral Researcher": "Postdocs",
    "PhD Student": "PhD students",
    "Undergraduate Student": "Students",
    "Programmer": "Staff",
}
"""Where the theme for groups shows the template's roles."""
_FORMER = re.compile(r"alum|former|past\b", re.IGNORECASE)
_FORMER_MEMBERS = "Alumni"
_PRESENT = ("active", "current", "present")
_SERVICES = {"google": "google_scholar"}
"""What older versions called services."""
_TAKEN = frozenset(
    (
        *("name", "first-name", "last-name", "title", "aliases", "search", "image", "role", "description", "group"),
        *("affiliation", "links", "layout", "permalink", "redirect_from", "order", "published"),
    )
)
_SAMPLES = ("Jane Smith", "John Doe", "Sarah Johnson")


def read(folder: Folder) -> list[Author]:
    """The head of the lab, whose name is empty where there are no members, and the others."""
    types = _types(folder)
    found: dict[str, Author] = {}
    heads: list[str] = []
    untaken: list[tuple[str, int]] = []
    for path in folder.files("_members/**/*.md"):
        head = folder.head(path)
        author = _person(head, path, types, folder)
        problem = ""
        if author.name in _SAMPLES and "lorem ipsum" in head.body.casefold():
            problem = f"{author.name} is a sample of the template"
        elif author.name in found:
            problem = f"is a second page of {author.name}"
        elif not author.name and head.values:
            problem = "has no name"
        if problem:
            folder.problems.add(Place(head.file, 1), problem, "it was left out")
        elif author.name:
            found[author.name] = author
            heads += [author.name] if head.text("role") == "pi" else []
            untaken += [(key, 0) for key in head.values if key not in _TAKEN and not _service(key)]
    hint = "what you want to keep can be written into the profile"
    tell_untaken(folder.problems, str(folder.path / "_members"), untaken, "keys", hint)
    heads.sort(key=lambda name: found[name].group == _FORMER_MEMBERS)
    owner = next(iter([*heads, *found]), "")
    return [found.pop(owner, Author(name="")), *found.values()]


def _types(folder: Folder) -> dict[str, Any]:
    """What the site says of each role and kind of link."""
    files = folder.files("_data/types.y*ml", "_data/roles.y*ml", "_data/role-types.y*ml")
    return {key: said for path in files for key, said in folder.data(path).values.items() if isinstance(said, dict)}


def _person(head: Head, path: Path, types: dict[str, Any], folder: Folder) -> Author:
    person = Person(head.file, folder.problems)
    parts = (head.text("first-name"), head.text("last-name"))
    person.name = head.text("name") or " ".join(filter(None, parts)) or head.text("title")
    person.aliases += [text for value in head.list("aliases", "search") if (text := text_of(value))]
    role = _role(head.text("role"), types)
    person.put("role", head.text("description") or role)
    person.put("group", _group(head.text("group"), role))
    person.affiliation(head.text("affiliation"))
    person.put("photo", head.text("image"))
    person.bio(head.body)
    older = {key: value for key, value in head.values.items() if _service(key)}
    for key, value in {**older, **head.mapping("links")}.items():
        for text in texts_of(value):
            _link(person, key, text, types.get(key, {}))
    page = path.relative_to(folder.path / "_members").with_suffix(".html")
    person.found_at(head.text("permalink") or f"/members/{page.as_posix()}")
    for value in head.list("redirect_from"):
        person.found_at(text_of(value))
    return person.author()


def _role(role: str, types: dict[str, Any]) -> str:
    """What the site prints for a role."""
    said = types.get(role, {})
    return (
        text_of(said.get("description")) or text_of(said.get("text")) or _ROLES.get(role, role[:1].upper() + role[1:])
    )


def _group(group: str, role: str) -> str:
    """The part of the lab: what the page says, else the people of one role."""
    if _FORMER.search(group):
        return _FORMER_MEMBERS
    if not group or group.casefold() in _PRESENT:
        return _GROUPS.get(role, role)
    return group[:1].upper() + group[1:]


def _service(key: str) -> str:
    return services.service_of(_SERVICES.get(key, key))


def _link(person: Person, key: str, value: str, said: dict[str, Any]) -> None:
    """Add a link by its address, by the handle at a service, or as the site completes it."""
    service = _service(key)
    completed = text_of(said.get("link"))
    if "://" in value or value.lower().endswith(".pdf"):
        person.link(value, services.SERVICES[service].label if service else key.replace("-", " ").capitalize())
    elif service:
        person.handle(service, value)
    elif "$VALUE" in completed:
        person.link(completed.replace("$VALUE", value), text_of(said.get("text")) or key.capitalize())
    else:
        what = f"the link {key}: {value[:60]!r} leads nowhere that is known"
        person.problems.add(Place(person.file, 1), what, "it was left out: write its address under links:")
