"""The folder of a site made with the Lab Website Template: the papers that its program has looked up, and the members.

Both are described at greenelab.github.io/lab-website-template-docs.
"""

import datetime
import re
import shlex
from collections.abc import Iterable, Sequence

from generator import attachments, matching, scalars
from generator.errors import Place
from generator.folders import labwebsite_people
from generator.folders.folder import Folder, Head
from generator.formats import bibtex_names, tagged
from generator.formats.draft import BARE_DOI, Draft, clean, tell_untaken, with_ids
from generator.formats.person import text_of, texts_of
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import Author, Paper, Version
from generator.text import slug

_SETTINGS = ("_config.yaml", "_config.yml")
_CITATIONS = ("_data/citations.y*ml", "_data/research-output.y*ml")
_SOURCES = ("_data/sources*.y*ml", "_data/research-input.y*ml", "_data/research.y*ml")
"""What the files are called, the newer name first."""
_TAKEN = frozenset(
    (
        *("id", "title", "authors", "publisher", "date", "link", "image", "thumbnail", "description", "type", "tags"),
        *("extra-links", "buttons", "repo", "remove", "orcid", "gsid", "term", "plugin", "file"),
    )
)
_TYPES = {"book": "book", "preprint": "article", "software": "software", "thesis": "thesis"}
_BUTTONS = {
    "code": "code",
    "data": "dataset",
    "dataset": "dataset",
    "pdf": "pdf",
    "poster": "poster",
    "slides": "slides",
    "source": "code",
    "video": "video",
    "website": "website",
}
_LABELS = {"docs": "Documentation", "home-page": "Homepage"}
_PREPRINTS = ("arxiv", "biorxiv", "medrxiv", "preprint")
_OF_PREPRINTS = ("cold spring harbor laboratory", "openrxiv")
"""Publishers of bioRxiv and medRxiv; they stand where the journal would."""
_RXIV = re.compile(r"10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?(?:(?P<bioRxiv>\d{6})|(?P<medRxiv>\d{8}))\Z")
_DOI_WITHIN = re.compile(r"10\.\d{4,9}/(?:(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8}(?=v\d|[?#]|\Z)|[^\s?#]+)")
"""A DOI within an address; addresses of bioRxiv and medRxiv have the version behind it."""
_FILLED_IN = re.compile(r"\A(\d{4})(?:-01|(-\d\d))-01\Z")
"""A date of the template's program, which takes the first for months and days that it does not know."""
_BY_ID = re.compile(r"https?://(?:doi\.org/(?!10\.)|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/)")
"""Addresses that the program makes of identifiers."""
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_STRONG = re.compile(r"\*\*([^*]+)\*\*|(?<!\w)__([^_]+)__(?!\w)")
_EMPHASIS = re.compile(r"\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)")


def matches(folder: Folder) -> bool:
    """Whether there are settings of Jekyll, members, and papers or their identifiers in the template's way."""
    is_jekyll = any(folder.has(name) for name in _SETTINGS)
    return is_jekyll and folder.has("_members") and any(folder.files(*_CITATIONS, *_SOURCES[:2]))


def read(folder: Folder, as_of: datetime.date) -> Profile:
    """Read the members and the papers; papers that were not looked up are told, since that takes the network."""
    owner, *others = labwebsite_people.read(folder)
    sources = _entries(folder, _SOURCES)
    cited = _entries(folder, _CITATIONS)
    known = {name for entry in cited for name in _names(entry)}
    entries = [*cited, *(source for source in sources if known.isdisjoint(_names(source)))]
    dated = {name for entry in sources if entry.text("date") for name in _names(entry)}
    papers: list[Paper] = []
    missing: list[Head] = []
    for entry in entries:
        if entry.text("remove") == "true":
            continue
        if entry.text("id") and not entry.text("title"):
            missing.append(entry)
        elif paper := _paper(entry, len(papers), not dated.isdisjoint(_names(entry)), folder):
            papers.append(paper)
    for file in dict.fromkeys(entry.file for entry in entries):
        keys = [(key, one.lines[key]) for one in entries if one.file == file for key in one.values if key not in _TAKEN]
        tell_untaken(folder.problems, file, keys, "keys")
    people = [one for one in (owner, *others) if one.name]
    _tell_nobodys(papers, people, folder)
    _tell_missing(missing, owner, folder)
    _tell_searched(folder)
    _tell_left(folder)
    profile = Profile(owner, with_ids(papers), tuple(folder.problems.found), others=tuple(others))
    return attachments.find(profile, folder.path)


def _entries(folder: Folder, patterns: Sequence[str]) -> list[Head]:
    """The entries of the files of the first pattern that has any; an older file may have been left behind."""
    files = next((found for pattern in patterns if (found := list(folder.files(pattern)))), [])
    return [entry for path in files for entry in folder.entries(path)]


def _names(entry: Head) -> set[str]:
    """By what an entry is known again."""
    return {entry.text("id").casefold(), entry.text("title").casefold()} - {""}


def _paper(entry: Head, index: int, is_dated: bool, folder: Folder) -> Paper | None:
    """The paper of an entry; ``is_dated`` where a person wrote the date."""
    draft = Draft(entry.file, entry.lines[""], folder.problems, folder.problems)
    draft.key = entry.text("id")
    kind, _, identifier = entry.text("id").partition(":")
    title = clean(tagged.as_latex(entry.text("title")))
    # PubMed's titles end as sentences do
    draft.put("title", title.removesuffix(".") if kind in ("pmid", "pubmed") else title, entry.lines.get("title", 0))
    listed = [bibtex_names.unmarked(clean(name)) for name in texts_of(entry.values.get("authors"))]
    draft.authors(bibtex_names.author(name) for name, _ in listed)
    draft.unexplained([f"{name} {marks}" for name, marks in listed if marks], line=entry.lines.get("authors", 0))
    if not draft.has("authors"):
        draft.doubt("the authors are not told", "write authors: [...] into the paper")
    draft.type(_TYPES.get(entry.text("type"), ""))
    _identify(draft, kind.casefold(), identifier.strip(), entry)
    if not entry.text("id") and entry.text("plugin").startswith("orcid"):
        what = "the date is the day on which the ORCID record was changed"
        draft.doubt(what, "it was left out: write date: ... into the paper", entry.lines.get("date", 0))
    elif entry.text("date"):
        put_date(draft, entry.text("date") if is_dated else _FILLED_IN.sub(r"\1\2", entry.text("date")))
    _venue(draft, clean(tagged.as_latex(entry.text("publisher"))))
    draft.tags(clean(tag) for tag in texts_of(entry.values.get("tags")))
    _describe(draft, entry)
    image = entry.text("image", "thumbnail")
    draft.put("image", image, entry.lines.get("image") or entry.lines.get("thumbnail", 0))
    for key in ("buttons", "extra-links"):
        for button in entry.list(key):
            said = button if isinstance(button, dict) else {"link": button}
            _button(draft, {name: text_of(value) for name, value in said.items()}, entry.lines[key])
    if entry.text("repo"):
        code = f"https://github.com/{entry.text('repo').removeprefix('https://github.com/')}"
        if draft.values.get("code", code) == code:
            draft.put("code", code, entry.lines["repo"])
        else:
            draft.link("Source", code, entry.lines["repo"])
    return draft.paper(index)


def _identify(draft: Draft, kind: str, identifier: str, entry: Head) -> None:
    """Set what the identifier says, and the link where it says more: the program makes one of every identifier."""
    line = entry.lines.get("id", 0)
    if kind in ("doi", "arxiv"):
        draft.put(kind, identifier, line)
    elif kind in ("pmid", "pubmed"):
        draft.put("pmid", identifier, line)
    elif kind in ("pmc", "pmcid"):
        draft.link("PubMed Central", f"https://pmc.ncbi.nlm.nih.gov/articles/{identifier}/", line)
    elif kind == "isbn":
        draft.keep("isbn", identifier)
        draft.type("book" if not draft.has("type") else "")
    elif kind == "url":
        draft.address(identifier, line)
    elif kind in ("http", "https") or BARE_DOI.match(kind):
        draft.addresses("id", entry.text("id"), line)
    elif kind and not entry.text("link"):
        draft.doubt(f"the id {entry.text('id')[:60]!r} is of no known kind", "it was left out", line)
    link = entry.text("link")
    if link and not (identifier and _BY_ID.match(link)):
        doi = str(draft.values.get("doi", ""))
        if doi and "doi.org/10." in link and not link.casefold().endswith(doi.casefold()):
            draft.link("", link, entry.lines["link"])
        else:
            draft.address(link, entry.lines["link"])


def _venue(draft: Draft, publisher: str) -> None:
    """Set the journal; for a preprint there is none: its publisher, which that of the paper is not, stands there."""
    server = _RXIV.match(draft.values.get("doi", ""))
    if publisher.casefold() in _OF_PREPRINTS and server:
        draft.put("venue", server.lastgroup or "")
    else:
        draft.venue(publisher)


def _describe(draft: Draft, entry: Head) -> None:
    """Set the description, which is Markdown, in LaTeX; where it leads to is told by links."""
    text, line = " ".join(entry.text("description").split()), entry.lines.get("description", 0)
    for label, url in _LINK.findall(text):
        draft.link(clean(label), url, line)
    text = _STRONG.sub(r"<strong>\1\2</strong>", _LINK.sub(r"\1", text))
    draft.put("tldr", clean(tagged.as_latex(_EMPHASIS.sub(r"<em>\1\2</em>", text))), line)


def _button(draft: Draft, said: dict[str, str], line: int) -> None:
    """Add the link of a button; one without an address of its own leads to the paper and only says what it is."""
    url = said.get("link") or said.get("url", "")
    kind = said.get("type", "").casefold()
    within = _DOI_WITHIN.search(url) if kind in _PREPRINTS else None
    doi = within[0] if within and scalars.is_taken(within[0], scalars.read_doi) else ""
    is_on_arxiv = "arxiv.org/" in url and kind in ("", *_PREPRINTS)
    is_told = is_on_arxiv and draft.has("arxiv") and draft.values["arxiv"] in url
    key = "arxiv" if is_on_arxiv else _BUTTONS.get(kind, "")
    if not url:
        draft.type(_TYPES.get(kind, ""))
    elif doi:
        if doi.casefold() != str(draft.values.get("doi", "")).casefold():
            draft.values["versions"] = (*draft.values.get("versions", ()), Version(label="Preprint", doi=doi))
    elif not is_told and not (key and draft.put(key, url, line)):
        draft.link(said.get("text") or _LABELS.get(kind, kind.replace("-", " ").capitalize()), url, line)


def _tell_nobodys(papers: Iterable[Paper], people: Sequence[Author], folder: Folder) -> None:
    """Say which papers name none of several people, and whose they become."""
    index = matching.Index(matching.person_of(one, one.name) for one in people)
    for paper in papers:
        if len(people) > 1 and not any(index.match(author.name, author.orcid) for author in paper.authors):
            folder.problems.add(
                Place(paper.origin.file, paper.origin.line),
                "the paper names none of the members",
                f"it is listed for {people[0].name}: write profiles: [] into it if it is nobody's here",
            )


def _tell_missing(entries: Sequence[Head], owner: Author, folder: Folder) -> None:
    """Say which papers were not looked up, and how to import them."""
    found = [entry for entry in entries if entry.text("id").casefold().startswith(("doi:10.", "arxiv:"))]
    if found:
        sources = " ".join(shlex.quote("".join(entry.text("id").split())) for entry in found)
        author = f" --author {slug(owner.name, fallback='author')}" if owner.name else ""
        folder.problems.add(
            Place(found[0].file, found[0].lines[""]),
            f"{len(found)} paper{'s were' if len(found) > 1 else ' was'} not looked up yet",
            f"import what is known of {'them' if len(found) > 1 else 'it'}: paperfolio import {sources}{author}",
        )
    for entry in entries:
        if entry not in found:
            what = f"{entry.text('id')[:60]!r} was not looked up yet"
            folder.problems.add(Place(entry.file, entry.lines[""]), what, "import its DOI, or write the paper by hand")


def _tell_searched(folder: Folder) -> None:
    """Say which searches brought papers, and how to go on with them."""
    for name, key, hint in (
        ("orcid", "orcid", "for what is new: paperfolio import orcid:{}"),
        ("google-scholar", "gsid", "for what is new export the list there as BibTeX, and import the file"),
        ("pubmed", "term", "for what is new send the results there to a citation manager, and import the file"),
    ):
        for path in folder.files(f"_data/{name}*.y*ml"):
            for entry in folder.entries(path):
                if searched := entry.text(key):
                    what = f"papers found by {searched[:60]!r} are taken over as far as they were looked up"
                    folder.problems.add(Place(entry.file, entry.lines[""]), what, hint.format(searched))


def _tell_left(folder: Folder) -> None:
    """Say what else is not taken over."""
    hint = "Markdown pages may be put into content/pages/"
    folder.not_taken("_posts/*", "posts", hint)
    folder.not_taken("_projects/*", "projects", hint)
    for name in ("projects", "tools", "resources"):
        for ending in ("yaml", "yml"):
            folder.not_taken(f"_data/{name}.{ending}", name)
    folder.not_taken("*/index.md", "pages", hint)
    for name in _SETTINGS:
        if folder.has(name):
            config = folder.data(folder.path / name)
            keys = [key for key in ("title", "subtitle", "description", "links") if config.values.get(key)]
            if keys:
                folder.problems.add(
                    Place(config.file, config.lines[keys[0]]),
                    f"{', '.join(keys)} of the site: not taken over",
                    f"write title: {config.text('title') or '...'} and theme: lab into content/site.yaml",
                )
