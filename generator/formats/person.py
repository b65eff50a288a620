"""A person in the making: values of a foreign profile go in as text, each is checked, and an Author comes out."""

import re
from collections.abc import Callable
from typing import Any

from generator import scalars, services
from generator.dates import Date
from generator.errors import Place, Problems
from generator.formats import written_dates
from generator.model import Affiliation, Author, Award, Link, Origin, Position

_INDENT = " " * 4
_SPAN = re.compile(r"(.*?\d{4}(?:-\d{2}){0,2})\s*(?:-(?!\d\d\b)|–|—|\bto\b)\s*(.*)", re.IGNORECASE)
_HEADING = re.compile(r"\A#+[^\n]*\n+")
_TITLES = re.compile(
    r"\A(?:(?:Prof(?:essor)?|Dr|Ph\.?\s?D)\b\.?\s+)+(?=\S+\s+\S)|,\s*(?:Ph\.?\s?D|M\.?\s?D|M\.?\s?Sc)\b.*\Z",
    re.IGNORECASE,
)
_NO_TARGET = re.compile(r"\[([^\[\]]*)\]\(\s*\)")
_OF_THE_OLD_SITE = re.compile(r"(!?)\[([^\[\]]*)\]\((?![a-z]+:|//)([^()\s]+)(?:\s+[\"'][^()]*)?\)", re.IGNORECASE)
_BEFORE_LIST = re.compile(r"^(?![-*+] )(\S.*)\n(?=[-*+] )", re.MULTILINE)
"""A line right before a list, which other programs see there: here a list begins after a blank line."""
_SHORTCODE = re.compile(
    # none goes beyond the beginning of another one, so that many that do not end take no longer than their length
    r"\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*\}\}|\{%(?:[^{%]|\{(?!%)|%(?!\}))*%\}|<!--(?:[^<-]|<(?!!--)|-(?!->))*-->"
    r"|\{(?:style|[.:#])[^{}]*\}"
)


class Person:
    """The values of one person so far, and where problems go.

    ``line`` is that of what goes in next, 0 where it is not known.
    """

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.line = 0
        self.problems = problems
        self.name = ""
        self.aliases: list[str] = []
        self.texts: dict[str, str] = {}
        self.affiliations: list[Affiliation] = []
        self.interests: list[str] = []
        self.links: list[Link] = []
        self.positions: list[Position] = []
        self.education: list[Position] = []
        self.awards: list[Award] = []
        self.sections: dict[str, list[Position]] = {}
        self.redirect_from: list[str] = []

    def put(self, key: str, text: str) -> None:
        """Set pronouns, role, group, bio, photo or email, unless it is set."""
        read = {"bio": scalars.read_text, "photo": scalars.read_file, "email": scalars.read_email}.get(
            key, scalars.read_line
        )
        if text.strip() and not self.texts.get(key):
            self.texts[key] = self._read(key, text, read)

    def bio(self, text: str) -> None:
        """Set the biography; commands of the old site's templates and links to its pages go, and that is said."""
        self.put("bio", _HEADING.sub("", self._markdown("the biography", "bio", text)))

    def affiliation(self, name: str, url: str = "") -> None:
        if name and name not in [known.name for known in self.affiliations]:
            self.affiliations.append(Affiliation(name=name, url=self._url(url)))

    def link(self, url: str, label: str = "") -> None:
        """Add a link by its address; a mail address becomes the person's own."""
        if url.startswith("mailto:"):
            self.put("email", url.removeprefix("mailto:"))
            return
        is_file = "://" not in url and url.lower().endswith(".pdf")
        address = self._read("a link", url, scalars.read_file_or_url) if is_file else self._url(url)
        if address and not self._has_link(address):
            self.links.append(Link(url=address, label="" if services.recognise(address) else label))

    def handle(self, service: str, handle: str) -> None:
        """Add a link by the service's name and the handle there, if it is a service that we know."""
        if not handle or not services.service_of(service):
            return
        try:
            link = services.expand(service, handle)
        except scalars.Wrong as wrong:
            self.problem(f"{service} {wrong.what}", wrong.hint)
            return
        if link.service == "email":
            self.put("email", link.url.removeprefix("mailto:"))
        elif not self._has_link(link.url):
            self.links.append(Link(url=link.url))

    def _has_link(self, url: str) -> bool:
        return same_page(url) in [same_page(link.url) for link in self.links]

    def found_at(self, address: str) -> None:
        """Note an address at which the person's page was found on the old site."""
        old = self._read("an address of before", address, scalars.read_old_address)
        if old and old not in self.redirect_from:
            self.redirect_from.append(old)

    def position(
        self, kind: str, title: str, organization: str, span: tuple[str, str], note: str = "", url: str = ""
    ) -> None:
        """Add a position or a degree; ``span`` is when it began and ended, or one text that says both."""
        entry = self._entry(title, organization, span, note, url, is_moment=kind == "education")
        if entry:
            (self.education if kind == "education" else self.positions).append(entry)

    def entry(
        self, heading: str, title: str, organization: str, span: tuple[str, str], note: str = "", url: str = ""
    ) -> None:
        """Add an entry to a part of the CV that has a heading of its own; ``span`` as for a position."""
        entry = self._entry(title, organization, span, note, url, is_moment=True)
        if entry:
            self.sections.setdefault(heading, []).append(entry)

    def award(self, title: str, organization: str, date: str, note: str = "", url: str = "") -> None:
        """Add an award; its address, for which there is no key, ends the note."""
        if title:
            when = self._date(date)
            address = self._url(url)
            remark = "\n\n".join(filter(None, (self._note(note), f"<{address}>" if address else "")))
            self.awards.append(Award(title=title, organization=organization, date=when, note=remark))

    def _entry(
        self, title: str, organization: str, span: tuple[str, str], note: str, url: str, is_moment: bool
    ) -> Position | None:
        """An entry, if it says what it is; with ``is_moment`` a single date is the end of it."""
        if not title and not organization:
            return None
        start, end = span
        match = _SPAN.match(start) if not end else None
        if match:
            start, end = match[1], match[2]
        elif is_moment and not end:
            start, end = "", start
        began, ended = self._date(start), self._date(end, is_end=bool(start))
        if began and ended:
            known = min(len(began.parts), len(ended.parts))
            if ended.parts[:known] < began.parts[:known]:
                what = f"{title or organization!r} ends {ended.iso}, before it begins {began.iso}"
                self.problem(what, "its beginning was left out")
                began = None
        return Position(
            title=title or organization,
            organization=organization if title else "",
            url=self._url(url),
            start=began,
            end=ended,
            note=self._note(note),
        )

    def problem(self, what: str, hint: str = "") -> None:
        self.problems.add(Place(self.file, self.line), what, hint)

    def author(self) -> Author:
        texts: dict[str, Any] = dict(self.texts)
        name = _TITLES.sub("", self.name)
        if name != self.name:
            what = f"the title in the name {self.name!r} was left out: papers do not print it"
            self.problem(what, "write it into role:")
        return Author(
            name=name,
            aliases=tuple(dict.fromkeys(alias for alias in self.aliases if alias and alias != name)),
            affiliations=tuple(self.affiliations),
            interests=tuple(dict.fromkeys(self.interests)),
            links=tuple(self.links),
            positions=tuple(self.positions),
            education=tuple(self.education),
            awards=tuple(self.awards),
            sections={heading: tuple(entries) for heading, entries in self.sections.items()},
            redirect_from=tuple(self.redirect_from),
            origin=Origin(self.file, 1, 1),
            **texts,
        )

    def _note(self, text: str) -> str:
        """A note of the CV, as the biography."""
        return self._read("a note", self._markdown("a note of the CV", "note", text), scalars.read_text)

    def _markdown(self, what: str, key: str, text: str) -> str:
        cleaned, doubts = of_here(text)
        for doubt in doubts:
            self.problem(f"{what} {doubt}", f"look at {key}: in the profile")
        return cleaned

    def _url(self, url: str) -> str:
        url = url.strip()
        if not url or url.startswith(("/", "#", "files/", "uploads/")):
            return ""
        return self._read("a link", url, scalars.read_url)

    def _read(self, what: str, text: str, read: Callable[[str], str]) -> str:
        """The text as it is read; what is wrong with it is told, and it is left out."""
        try:
            return read(text)
        except scalars.Wrong as wrong:
            self.problem(f"{what} {wrong.what}", wrong.hint)
            return ""

    def _date(self, text: str, is_end: bool = False) -> Date | None:
        """The date in a text; what is none is told, but for words at the end of a time: it goes on, in any language."""
        date, wrong = written_dates.read_closely(text)
        if wrong:
            self.problem(f"the date {text[:40]!r} {wrong}", "it was cut short" if date else "it was left out")
        elif not date and text.strip() and (not is_end or re.search("[0-9]", text)):
            self.problem(f"the date {text[:40]!r} is not one", "it was left out")
        return date


def of_here(text: str) -> tuple[str, list[str]]:
    """The Markdown without commands of the old site's templates and links to its pages, and what it held of these."""
    cleaned = _NO_TARGET.sub(r"\1", _SHORTCODE.sub("", text))
    doubts = ["held commands of templates"] if re.search(r"\{[{%]", text) else []
    if led := [match[3] for match in _OF_THE_OLD_SITE.finditer(cleaned)]:
        cleaned = _OF_THE_OLD_SITE.sub(lambda match: "" if match[1] else match[2], cleaned)
        doubts.append(f"led to the old site: {', '.join(led)}")
    return re.sub(r"\n{3,}", "\n\n", _BEFORE_LIST.sub(r"\1\n\n", cleaned)).strip(), doubts


def same_page(url: str) -> str:
    """What addresses of one page have in common, whatever the scheme and the language that it is shown in."""
    return re.sub(r"\Ahttps?://(?:www\.)?|[?&](?:hl|oi)=[^&#]*|/\Z", "", url.casefold()).replace("?", "&")


def text_of(value: Any) -> str:
    """A value as text: of a list the first, of a mapping nothing."""
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() if isinstance(value, str) else ""


def texts_of(value: Any) -> list[str]:
    """The texts of a list, or of a single text set off by commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [text for item in value if (text := text_of(item))] if isinstance(value, list) else []


def _point(item: dict[str, Any]) -> str:
    """The title of a point; where a colon in a text made it a mapping, the text."""
    pairs = [f"{key}: {text}" for key, said in item.items() if key != "contents" and (text := text_of(said))]
    return text_of(item.get("title")) or "; ".join(pairs)


def points(value: Any, level: int = 0) -> str:
    """The texts of a list as a list of Markdown, those of lists in it below their title; a single text is no list."""
    items = value if isinstance(value, list) else [value]
    if len(items) == 1 and not level and not isinstance(items[0], dict):
        return text_of(items[0])
    lines = []
    for item in items:
        text = _point(item) if isinstance(item, dict) else text_of(item)
        if text:
            lines.append(f"{_INDENT * level}- {' '.join(text.split())}")
        if isinstance(item, dict):
            lines.append(points(item.get("contents"), level + 1))
    return "\n".join(line for line in lines if line)
