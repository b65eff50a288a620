"""The CV of a site of al-folio, ``_data/cv.yml`` in its old form and in RenderCV's (docs.rendercv.com)."""

import re
from typing import Any

from generator.folders.folder import Head
from generator.folders.several_cvs import is_about
from generator.formats import curriculum
from generator.formats.person import Person, text_of

_REFERENCES = re.compile(r"\breferences\b", re.IGNORECASE)
_PAPERS = re.compile(r"\bpublications?\b", re.IGNORECASE)


def read(person: Person, data: Head) -> None:
    """Take over what is said of the person; what is left behind is told."""
    left = []
    of_sample: dict[str, None] = {}
    for heading, entries in _parts(person, data).items():
        if _REFERENCES.search(heading) and not curriculum.is_sample(entries):
            person.problem(f"{heading}: not taken over", curriculum.OF_OTHERS)
            continue
        if _PAPERS.search(heading) or not isinstance(entries, list):
            left.append(heading)
            continue
        for entry in entries:
            if curriculum.is_sample(entry):
                of_sample[heading] = None
            else:
                curriculum.put_entry(person, heading, entry)
    curriculum.tell_sample(person, of_sample)
    if left:
        what = f"parts of the CV: not taken over ({', '.join(left)})"
        person.problem(what, "papers are taken from the bibliographies")


def _parts(person: Person, data: Head) -> dict[str, Any]:
    """The entries of each part by its heading; none when the file is about somebody else."""
    whole = data.mapping("cv")
    if whole:
        if not is_about(person, text_of(whole.get("name"))):
            return {}
        curriculum.put_head(person, whole)
        sections = whole.get("sections")
        return sections if isinstance(sections, dict) else {}
    listed = [part for part in data.list("") if isinstance(part, dict)]
    facts = [fact for part in listed if part.get("type") == "map" for fact in _dicts(part.get("contents"))]
    name = next((text_of(fact.get("value")) for fact in facts if text_of(fact.get("name")) == "Full Name"), "")
    if not is_about(person, name):
        return {}
    return {text_of(part.get("title")): part.get("contents") for part in listed if part.get("type") != "map"}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
