"""Talks, courses and projects that have pages of their own on another site, as entries of a CV."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.dates import Date
from generator.errors import Place
from generator.folders import several_cvs
from generator.folders.folder import Folder, Head
from generator.formats import curriculum
from generator.formats.draft import clean
from generator.formats.person import Person, of_here, text_of
from generator.model import Position

_OF_JEKYLL = {"Talks": ("_talks",), "Teaching": ("_teaching", "_teachings"), "Projects": ("_portfolio", "_projects")}
"""The folders of Jekyll's sites, by the heading of the CV."""
_ENDINGS = ("md", "markdown", "html")
_ADDRESSES = {
    **dict.fromkeys(("event_url", "external_link", "redirect", "url", "link", "website", "url_project"), "Website"),
    **dict.fromkeys(("slidesurl", "slides_url", "url_slides", "slides"), "Slides"),
    **dict.fromkeys(("videourl", "video_url", "url_video", "video"), "Video"),
    **dict.fromkeys(("codeurl", "code_url", "url_code", "code", "github", "repo"), "Code"),
    **dict.fromkeys(("paperurl", "url_pdf", "pdf"), "PDF"),
    "url_poster": "Poster",
    "url_dataset": "Dataset",
    "permalink": "Website",
}
"""Keys of addresses, and what their links are called; the first one is that of the entry."""
_TEXTS = ("excerpt", "summary", "description", "abstract")
_BEGINS = ("date", "event_start", "time_start", "date_start", "year")
_ENDS = ("date_end", "event_end", "time_end")
_LEFT = ("schedule", "instructor", "time", "collaborators")
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", re.ASCII)
_PICTURE = re.compile(r"<img\b[^<>]{0,1000}>|<br\s?/?>")
_BLOCK = re.compile(r"^(?:#|={3}|-{3}|[-*+] |\d+\. |>|\||`{3}|<)", re.MULTILINE)
_LONGEST_NOTE = 600
_SAMPLES = (
    ("on Relevant Topic in Your Field",),
    ("Teaching experience", "University 1, Department"),
    ("Portfolio item number", "Short description of portfolio item number"),
    ("Example Talk", "Wowchemy Conference"),
    ("Example Talk", "Hugo Blox Builder Conference"),
    ("Example Talk", "Hugo Blox Conference"),
    ("Example Project", "An example of using the in-built project page"),
    ("Internal Project", "An example of using the in-built project page"),
    ("External Project", "An example of linking directly to an external project website"),
    ("project ", "with background image", "importance"),
    ("project ", "a project with a background image", "importance"),
    ("project ", "a project that redirects to another website", "importance"),
    ("project ", "another without an image", "importance"),
    ("project ", "another project with an image", "importance"),
    ("Data Science Fundamentals", "Prof. Data"),
    ("Introduction to Machine Learning", "Prof. Example"),
)
"""Words that stand together in pages that the templates ship; the first begins or ends the title."""
_TEXT_OF_SAMPLE = re.compile(
    r"Short description of portfolio item number \d|This is an item in your portfolio"
    r"|This is a description of (?:your (?:talk|tutorial|conference proceedings talk)|a teaching experience)"
    r"|An example (?:talk using|of using the in-built project page|of linking directly to an external project)"
    r"|Lorem ipsum dolor sit amet|(?:a project )?with a? ?background image\Z|another without an image\Z"
    r"|another project with an image|a project that redirects to another website\Z"
)
"""How texts of the templates begin, which are left in pages that people have made their own."""
_LONGEST_SAMPLE = 800
_LINKS_OF_SAMPLES = ("https://twitter.com/georgecushen", "https://example.org", "https://unsplash.com")


class Page(NamedTuple):
    """A page of an activity, with the heading of the CV that it belongs to."""

    heading: str
    head: Head


def of_jekyll(person: Person, folder: Folder) -> None:
    """Add what the pages of al-folio and academicpages tell, as far as the CV does not say it."""
    headings = []
    for heading, names in _OF_JEKYLL.items():
        for name in names:
            told = Person(str(folder.path / name), folder.problems)
            for path in folder.files(*(f"{name}/**/*.{ending}" for ending in _ENDINGS)):
                if not any(part.startswith((".", "_")) for part in path.relative_to(folder.path / name).parts):
                    put(told, Page(heading, folder.head(path)))
            told.file, told.line = str(folder.path / name), 0
            several_cvs.join(person, told)
            headings += list(told.sections)
    newest_first(person, headings)


def put(person: Person, page: Page) -> None:
    """Add what a page tells to the part of the CV; what is left behind is told."""
    head, heading = page.head, page.heading
    person.file, person.line = head.file, 0
    title = _line(person, head, "title")
    if not title:
        person.problem("has no title: not taken over", "write title: into its head")
    elif head.text("draft") == "true" or head.text("published") == "false":
        person.problem("is a draft: not taken over", f"write it into sections: {{{heading}: ...}} once it is none")
    elif _is_sample(head):
        person.problem("is a sample of the template: not taken over")
    else:
        _put(person, heading, title, head)


def newest_first(person: Person, headings: Sequence[str]) -> None:
    """Put the entries of some parts in order, those without a date at the end."""
    for heading in dict.fromkeys(headings):
        for known in person.sections:
            if known.casefold() == heading.casefold():
                person.sections[known].sort(key=_moment, reverse=True)


def _moment(entry: Position) -> tuple[bool, Date]:
    if entry.start and not entry.end:
        return True, Date(9999)
    return entry.end is not None, entry.end or Date(1)


def _put(person: Person, heading: str, title: str, head: Head) -> None:
    links, left = _links(person, head)
    text, source = _text(head, heading)
    left += [key for key in _LEFT if head.values.get(key)]
    left += [key for key in _TEXTS if key != source and _own(head.text(key)) not in ("", text)]
    if source != "body" and _own(head.body) not in ("", text):
        left.append("the text below the head")
    named = [f"[{label}]({url})" for label, url in links[1:]]
    begin, end = _day(head.text(*_BEGINS)), _day(head.text(*_ENDS))
    person.line = head.lines.get("date", 0)
    kind = "; ".join(filter(None, (_line(person, head, key) for key in ("type", "term"))))
    said = {
        "title": title,
        "institution": _line(person, head, "venue", "event", "event_name", "institution", "university"),
        "location": _place(person, head),
        "url": links[0][1] if links else "",
        "summary": kind,
        "description": "\n\n".join(filter(None, (text, ", ".join(named)))),
    }
    said |= {"startDate": begin, "endDate": end} if end and end != begin else {"date": begin}
    curriculum.put_entry(person, heading, said)
    person.line = 0
    if left:
        hint = "write it into note: of the CV, or into a page of content/pages/"
        person.problem(f"not taken over: {', '.join(left)}", hint)


def _is_sample(head: Head) -> bool:
    title, text = head.text("title"), f"{head.values}{head.body}"
    return any(
        (title.startswith(start) or title.endswith(start)) and all(words in text for words in others)
        for start, *others in _SAMPLES
    )


def _line(person: Person, head: Head, *keys: str) -> str:
    """A text of the head in one line, without commands of templates, which is told."""
    text, doubts = of_here(clean(head.text(*keys)))
    for doubt in doubts:
        person.problem(f"{keys[0]} {doubt}", "look at it in the profile")
    return " ".join(text.split())


def _place(person: Person, head: Head) -> str:
    """Where it was, with city and country where an address tells them."""
    found = _line(person, head, "location")
    address = head.mapping("address")
    for part in [text_of(address.get(key)) for key in ("city", "country")] if address else [head.text("address")]:
        if part.casefold() not in found.casefold():
            found = f"{found}, {part}" if found else part
    return found


def _day(text: str) -> str:
    """A date as it is typed, without the time; January 1st stands for a year of which no more is known."""
    match = _MOMENT.match(text)
    if not match:
        return text
    if match[1] == "1900":
        return ""
    return match[1] if (match[2], match[3]) == ("01", "01") else match[0]


def _links(person: Person, head: Head) -> tuple[list[tuple[str, str]], list[str]]:
    """The addresses that a page tells, with what they are called; and the keys of those that lead to files."""
    found = [(label, head.text(key), key) for key, label in _ADDRESSES.items() if head.text(key) not in ("", "#")]
    for entry in head.list("links"):
        said = {key: text_of(value) for key, value in entry.items()} if isinstance(entry, dict) else {}
        if said.get("url"):
            label = said.get("label") or said.get("name") or said.get("type", "")
            found.append((re.sub(r"[\[\]]", "", label).strip() or "Website", said["url"], "links"))
    links: dict[str, str] = {}
    left: dict[str, None] = {}
    for label, url, key in found:
        if re.match(r"https?://", url) and not url.rstrip("/").startswith(_LINKS_OF_SAMPLES):
            links.setdefault(re.sub(r"[()\s]", lambda sign: f"%{ord(sign[0]):02X}", url), label)
        elif key != "permalink":
            left[f"{key} ({url})"] = None
    return [(label, url) for url, label in links.items()], list(left)


def _text(head: Head, heading: str) -> tuple[str, str]:
    """What is said of it in a few sentences, and where: in a key, or in a short text below the head of a talk."""
    for key in _TEXTS:
        if text := _own(head.text(key)):
            return text, key
    body = _own(head.body)
    is_short = len(body) <= _LONGEST_NOTE and "\n\n" not in body and not _BLOCK.search(body)
    return (body, "body") if body and is_short and heading != "Projects" else ("", "")


def _own(text: str) -> str:
    """The text without pictures, if it says anything and is not the template's."""
    text = _PICTURE.sub(" ", clean(text)).strip()
    bare, _ = of_here(text)
    is_of_sample = _TEXT_OF_SAMPLE.match(bare) and len(bare) <= _LONGEST_SAMPLE
    return text if bare and not is_of_sample else ""


def pages(folder: Folder, starts: Sequence[str], collections: Mapping[str, Sequence[str]]) -> Iterator[Page]:
    """The pages of Hugo's sites; what is there in several languages is told, and read in one."""
    seen: set[tuple[str, str]] = set()
    for heading, names in collections.items():
        ends = ("*/index.md", "*/_index.md", "*.md")
        for path in folder.files(*(f"{start}{name}/{end}" for start in starts for name in names for end in ends)):
            is_index = path.stem in ("index", "_index")
            if is_index and path.parent.name in names:
                continue  # it lists the others
            slug = path.parent.name if is_index else path.stem
            head = folder.head(path)
            if (heading, slug) in seen:
                folder.problems.add(Place(head.file), "is there in another language, too: not taken over again")
                continue
            seen.add((heading, slug))
            yield Page(heading, head)
