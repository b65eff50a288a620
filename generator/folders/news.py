"""The news of a site of al-folio, ``_news/``, as pages. Short ones have no title there: here it is how they begin."""

import re
import textwrap
import unicodedata
from pathlib import Path

from generator import scalars
from generator.errors import Place
from generator.folders.folder import Folder, Head
from generator.formats import written_dates
from generator.formats.draft import clean
from generator.formats.person import of_here
from generator.model import FreePage, Origin
from generator.text import convert, slug

_EMOJI = re.compile(r"(?<!\w):([a-z0-9_+-]{1,60}):(?!\w)")
_CODE = re.compile(r"(`[^`\n]{1,500}`)")
_NAMES = {
    "tada": "party popper",
    "smile": "smiling face with open mouth and smiling eyes",
    "smiley": "smiling face with open mouth",
    "star": "white medium star",
    "star2": "glowing star",
    "+1": "thumbs up sign",
    "thumbsup": "thumbs up sign",
    "clap": "clapping hands sign",
    "mortar_board": "graduation cap",
    "books": "books",
    "heart": "heavy black heart",
    "mega": "cheering megaphone",
    "loudspeaker": "public address loudspeaker",
    "computer": "personal computer",
    "mailbox": "closed mailbox with raised flag",
    "bulb": "electric light bulb",
    "medal_sports": "sports medal",
    "medal_military": "military medal",
    "1st_place_medal": "first place medal",
    "microphone": "microphone",
    "pencil": "memo",
    "pencil2": "pencil",
    "100": "hundred points symbol",
    "sunglasses": "smiling face with sunglasses",
    "blush": "smiling face with smiling eyes",
    "grinning": "grinning face",
    "partying_face": "face with party horn and party hat",
    "raised_hands": "person raising both hands in celebration",
    "pray": "person with folded hands",
    "point_right": "white right pointing backhand index",
    "new": "squared new",
    "boom": "collision symbol",
    "wave": "waving hand sign",
    "mag": "left-pointing magnifying glass",
    "dart": "direct hit",
    "earth_americas": "earth globe americas",
}
"""Names of emoji that are not those of Unicode."""
_SENTENCE = re.compile(r"(.{12,120}?\w{3}[.!?…])\s+(?=[A-Z0-9])", re.DOTALL)
_DATED = re.compile(r"\d{4}-\d\d-\d\d(?=-)", re.ASCII)
_LONGEST_TITLE = 100
_SAMPLES = (
    "A simple inline announcement.",
    "A simple inline announcement with Markdown emoji!",
    "Announcements and news can be much longer than just quick inline posts",
)
"""How the news begin that al-folio ships."""


def read(folder: Folder) -> tuple[FreePage, ...]:
    """The news; what is left behind is told."""
    pages: dict[str, FreePage] = {}
    root = folder.path / "_news"
    for path in folder.files("_news/**/*.md", "_news/**/*.markdown"):
        if any(part.startswith((".", "_")) for part in path.relative_to(root).parts):
            continue
        name = "-".join(path.relative_to(root).with_suffix("").parts)
        page = _page(path, f"news/{_id(name)}", folder)
        if page and page.path in pages:
            folder.problems.add(Place(str(path)), f"would be the page {page.path}, as another one", "rename it")
        elif page:
            pages[page.path] = page
    return tuple(pages.values())


def _id(name: str) -> str:
    """The name of a file, as far as it can be part of an address."""
    try:
        return scalars.read_id(name)
    except scalars.Wrong:
        return slug(name, fallback="news")


def _page(path: Path, address: str, folder: Folder) -> FreePage | None:
    head = folder.head(path)
    place = Place(head.file)
    if head.lines and not head.values:
        folder.problems.add(place, "has a head that cannot be read: not taken over", "mend it and import again")
        return None
    if head.body.strip().startswith(_SAMPLES):
        folder.problems.add(place, "is a sample of the template: not taken over")
        return None
    if head.text("published") == "false":
        folder.problems.add(place, "is a draft: not taken over", f"write content/pages/{address}.md once it is none")
        return None
    body = _text(head, "the text", head.body, address, folder)
    title = " ".join(_text(head, "the title", re.sub(r"<[^<>]*>", "", head.text("title")), address, folder).split())
    title = title or _beginning(body)
    if not title:
        folder.problems.add(place, "says nothing: not taken over")
        return None
    dated = _DATED.match(path.stem)
    written = head.text("date") or (dated[0] if dated else "")
    date, wrong = written_dates.read_closely(written)
    if written and (wrong or not date):
        what = f"the date {written[:40]!r} {wrong or 'is not one'}"
        hint = "it was cut short" if date else "it was left out"
        folder.problems.add(Place(head.file, head.lines.get("date", 1)), what, hint)
    return FreePage(title=title, date=date, body=body, path=address, origin=Origin(head.file, 1, 1))


def _text(head: Head, what: str, text: str, address: str, folder: Folder) -> str:
    """A text of the news in Markdown, without what only the old site understands, which is told."""
    cleaned, doubts = of_here(clean(text))
    parts = _CODE.split(cleaned)
    parts[::2] = [_EMOJI.sub(_emoji, part) for part in parts[::2]]
    unknown = [match[0] for part in parts[::2] for match in _EMOJI.finditer(part)]
    if unknown:
        doubts.append(f"holds what may be emoji: {', '.join(dict.fromkeys(unknown))}")
    for doubt in doubts:
        folder.problems.add(Place(head.file), f"{what} {doubt}", f"look at content/pages/{address}.md")
    return "".join(parts)


def _emoji(match: re.Match[str]) -> str:
    """The sign that a name like :rocket: stands for; as it is typed where it is none."""
    name = _NAMES.get(match[1], match[1].replace("_", " "))
    try:
        sign = unicodedata.lookup(name)
    except KeyError:
        return match[0]
    return sign if unicodedata.category(sign) == "So" else match[0]


def _beginning(body: str) -> str:
    """The first sentence of a text, as a title, without emoji."""
    plain = convert(body, "markdown").plain.strip().partition("\n")[0]
    plain = " ".join("".join(sign for sign in plain if unicodedata.category(sign) not in ("So", "Cf")).split())
    sentence = _SENTENCE.match(plain)
    first = plain if len(plain) <= _LONGEST_TITLE or not sentence else sentence[1]
    return textwrap.shorten(first, _LONGEST_TITLE, placeholder="…").removesuffix(".")
