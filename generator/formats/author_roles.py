"""What notes tell of authors: who contributed equally, is to be written to or is senior. They tell it in words beside a
name, or of marks: ``* equal contribution, † corresponding author``.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

_EQUAL = re.compile(r"equal|co-?(?:first|lead)|(?:first|lead)\s+co|joint(?:ly)?\b", re.IGNORECASE)
_CORRESPONDING = re.compile(r"correspond", re.IGNORECASE)
_SENIOR = re.compile(
    r"senior\s+(?:author|contribut)|(?:equal|joint)(?:ly)?\s+(?:supervis|advis|direct)|co-?(?:senior|last)|last\s+author",
    re.IGNORECASE,
)
_MARK = re.compile(r"[*†‡§¶#∗⋆]+")


class Roles(NamedTuple):
    """The keys of an author that say so."""

    equal: bool | str = False
    """True, or the name of one of several groups that contributed equally among themselves."""
    corresponding: bool = False
    senior: bool = False


def told(text: str) -> Roles:
    """What a text says of an author; those who equally led the work are its senior authors."""
    senior = bool(_SENIOR.search(text))
    return Roles(bool(_EQUAL.search(text)) and not senior, bool(_CORRESPONDING.search(text)), senior)


def meanings(note: str) -> dict[str, Roles]:
    """What a note says of each mark."""
    return dict(zip(_MARK.findall(note), map(told, _MARK.split(note)[1:]), strict=True))


def only_explains(note: str) -> bool:
    """Whether a note does nothing but explain marks beside names."""
    first, *parts = (part.strip(" :,.;()") for part in _MARK.split(note))
    return not first and bool(parts) and all(any(told(part)) for part in parts)


def marked(marks: str, known: Mapping[str, Roles]) -> Roles:
    """What the marks beside one name mean: of ``*`` and ``**`` the longer one where both could be meant."""
    groups = [mark for mark, roles in known.items() if roles.equal]
    found = []
    for mark in sorted(known, key=len, reverse=True):
        if mark in marks:
            found.append(mark)
            marks = marks.replace(mark, "")
    own = next((mark for mark in found if mark in groups), "")
    return Roles(
        # a single group needs no name
        (chr(ord("a") + groups.index(own)) if len(groups) > 1 else True) if own else False,
        any(known[mark].corresponding for mark in found),
        any(known[mark].senior for mark in found),
    )
