"""The folder of a Quarto website: its pages of papers.

What a page says of a paper is described at quarto.org/docs/authoring/front-matter.html and
quarto.org/docs/reference/metadata/citation.html.
"""

import datetime
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator import attachments, scalars
from generator.errors import Problems
from generator.folders import cited_as, quarto_people
from generator.folders.folder import Folder, Head
from generator.formats import author_roles, bibtex_names, bibtex_reader, tagged
from generator.formats.draft import Draft, clean, with_ids
from generator.formats.draft import author as draft_author
from generator.formats.person import text_of
from generator.formats.profile import Profile
from generator.formats.written_dates import put_date
from generator.model import File, Paper, PaperAuthor

_SETTINGS = ("_quarto.yml", "_quarto.yaml")
_DATA = (".yml", ".yaml")
_PAPERS = frozenset(("articles", "papers", "preprints", "publication", "publications", "research", "working-papers"))
_NO_PAPERS = {
    "blog": "posts",
    "posts": "posts",
    "news": "news",
    "talks": "talks",
    "teaching": "teaching",
    "courses": "teaching",
    "projects": "projects",
    "software": "software",
}
"""Folders of pages that may be cited as papers are, and what these are."""
_ABSTRACT = re.compile(r"^#+[ \t]*abstract\b[^\n]*\n(.*?)(?=^#|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^```[ ]*\{?\.?bib(?:tex|latex)?\}?[^\n]*\n(.*?)^```", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^:{3,}.*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?![\s*])([^*$]+?)(?<![\s*])\*(?![\w*])")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ].*")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_MARKDOWN = re.compile(r"[*_`#\[<>]")


def matches(folder: Folder) -> bool:
    """Whether there are settings of Quarto."""
    return any(folder.has(name) for name in _SETTINGS)


def read(folder: Folder, as_of: datetime.date) -> Profile:
    """Read the pages that cite themselves as papers, and those about people."""
    papers: list[Paper] = []
    files: dict[str, File] = {}
    settings = next((folder.data(folder.path / name) for name in _SETTINGS if folder.has(name)), Head("", {}, {}))
    own = text_of(settings.mapping("website").get("site-url")).rstrip("/")
    heads = [(path, folder.head(path)) for path in folder.files("**/*.qmd", "**/*.md") if _is_rendered(path, folder)]
    for path, head in (*heads, *_listed(folder, heads)):
        if _is_paper(path.relative_to(folder.path), head):
            paper = _paper(path, head, len(papers), own, folder, files)
            if paper:
                papers.append(paper)
    for name, what in _NO_PAPERS.items():
        folder.not_taken(f"{name}/**/*.qmd", what, "Markdown pages may be put into content/pages/")
    owner, *others = quarto_people.read(folder, heads, settings)
    profile = Profile(owner, with_ids(papers), tuple(folder.problems.found), tuple(files.values()), tuple(others))
    return attachments.find(profile, folder.path)


def _is_rendered(path: Path, folder: Folder) -> bool:
    """Not what Quarto passes over: what others include, extensions with their samples, hidden files."""
    return not any(part.startswith(("_", ".")) for part in path.relative_to(folder.path).parts)


def _listed(folder: Folder, heads: Sequence[tuple[Path, Head]]) -> Iterator[tuple[Path, Head]]:
    """The entries of files of YAML that pages list, as if each were a page."""
    for path, head in heads:
        for listing in head.list("listing"):
            contents = listing.get("contents") if isinstance(listing, dict) else None
            for name in contents if isinstance(contents, list) else [contents]:
                file = folder.named(text_of(name), path)
                if file and file.suffix in _DATA:
                    data = folder.data(file)
                    yield from ((file, Head(data.file, one, {})) for one in data.list("") if isinstance(one, dict))


def _is_paper(path: Path, head: Head) -> bool:
    folders = {part.casefold() for part in path.parts[:-1]}
    if path.suffix in _DATA:
        folders.add(path.stem.casefold())
    if folders & _NO_PAPERS.keys() or head.values.get("listing") or not head.text("title"):
        return False
    told = head.mapping("citation").keys() - {"url"} or head.text("doi") or _ENTRY.search(head.body)
    return bool(told) or bool(folders & _PAPERS and head.list("author", "authors"))


def _paper(path: Path, head: Head, index: int, own: str, folder: Folder, files: dict[str, File]) -> Paper | None:
    """The paper of a page; ``own`` is the address of the site, whose pages are not the papers' websites."""
    draft = Draft(head.file, 1, folder.problems, folder.problems)
    cited = {key: text_of(value) for key, value in head.mapping("citation").items()}
    slug = path.parent.name if path.stem == "index" else path.stem
    draft.key = "" if path.suffix in _DATA else slug
    if path.suffix not in _DATA:
        draft.found_at(path.relative_to(folder.path).with_suffix(".html").as_posix())
    for alias in head.list("aliases"):
        # one without a slash before it begins at the page
        address = posixpath.join("/", path.parent.relative_to(folder.path).as_posix(), text_of(alias))
        draft.found_at(posixpath.normpath(address), head.lines.get("aliases", 1))
    draft.put("title", _line(_titled(head)), head.lines.get("title", 1))
    listed = [_named(value) for value in head.list("author", "authors")]
    draft.authors(author for author, _ in listed)
    draft.unexplained([f"{author.name} {marks}" for author, marks in listed if marks])
    written = cited.get("issued") or head.text("date")
    if written and written not in ("today", "now", "last-modified"):
        put_date(draft, _AMERICAN.sub(r"\3-\1-\2", _TIME.sub(r"\1", written)))
    draft.venue(_line(cited.get("container-title") or head.text("journal", "publication", "venue")))
    for key in ("volume", "issue", "publisher"):
        draft.put(key, cited.get(key, ""))
    draft.pages(cited.get("page", ""))
    draft.type(cited.get("type", ""))
    draft.put("doi", cited.get("doi") or head.text("doi"), head.lines.get("doi", 1))
    draft.tags(
        clean(text) for key in ("keywords", "categories") for value in head.list(key) if (text := text_of(value))
    )
    _abstract(draft, head, cited)
    for key, value in (("image", head.text("image")), ("pdf", cited.get("pdf-url") or head.text("pdf", "url_pdf"))):
        if value:
            draft.put(key, _beside(value, path, slug, folder, files), head.lines.get(key, 1))
    address = cited.get("url") or head.text("href", "path", "url")
    if "://" in address and not (own and f"{address}/".startswith(f"{own}/")):
        draft.address(address)
    for entry in (*head.list("links"), *Head(head.file, head.mapping("pub-info"), {}).list("links")):
        _link(draft, entry, path, slug, folder, files)
    paper = draft.paper(index)
    entry = _ENTRY.search(head.body)
    if paper and entry:
        known = bibtex_reader.papers(entry[1], head.file, Problems(), Problems(), own_bibtex=False)
        paper = cited_as.completed(paper, next(iter(known), paper))
    if paper and not paper.authors:
        draft.doubt("the authors are not told", "write authors: [...] into the paper")
    return paper


def _titled(head: Head) -> str:
    title, subtitle = head.text("title"), head.text("subtitle")
    return f"{title}: {subtitle}" if subtitle and subtitle.casefold() not in title.casefold() else title


def _line(markdown: str) -> str:
    return clean(tagged.as_latex(_EMPHASIS.sub(r"<em>\1</em>", markdown)))


def _abstract(draft: Draft, head: Head, cited: dict[str, str]) -> None:
    section = _ABSTRACT.search(head.body)
    said = head.text("abstract") or cited.get("abstract") or (section[1] if section else "")
    abstract = clean(tagged.as_latex(_FENCE.sub("", said).strip()))
    draft.put("abstract", abstract, head.lines.get("abstract", 1))
    if _MARKDOWN.search(abstract):
        draft.values["format"] = "markdown"
    short = _line(" ".join(head.text("description").split()))
    if short and short != abstract:
        draft.put("tldr", short, head.lines.get("description", 1))


def _named(value: Any) -> tuple[PaperAuthor, str]:
    """An author, and the marks beside the name that nothing explains."""
    said = value if isinstance(value, dict) else {"name": value}
    name = said.get("name", said)
    marks = ""
    if isinstance(name, dict):
        particle = text_of(name.get("non-dropping-particle")) or text_of(name.get("dropping-particle"))
        named = draft_author(text_of(name.get("given")), f"{particle} {text_of(name.get('family'))}".strip())
        if not named.name:
            named = PaperAuthor(name=text_of(name.get("literal")))
    else:
        plain, marks = bibtex_names.unmarked(text_of(name))
        named = bibtex_names.author(clean(plain))
    attributes = said.get("attributes")
    roles = author_roles.told(text_of(said.get("note")))
    flags = {**said, **(attributes if isinstance(attributes, dict) else {})}
    author = msgspec.structs.replace(
        named,
        orcid=_read(scalars.read_orcid, text_of(said.get("orcid"))),
        url=_read(scalars.read_url, text_of(said.get("url"))),
        equal=roles.equal or _is_true(flags.get("equal-contributor")),
        corresponding=roles.corresponding or _is_true(flags.get("corresponding")),
    )
    return author, "" if author.equal or author.corresponding else marks


def _read(read: Callable[[str], str], text: str) -> str:
    """The text as it is read; what is none is left out, as it is on the page."""
    try:
        return read(text) if text else ""
    except scalars.Wrong:
        return ""


def _is_true(value: Any) -> bool:
    return text_of(value).casefold() in ("true", "yes", "on")


def _link(draft: Draft, entry: Any, path: Path, slug: str, folder: Folder, files: dict[str, File]) -> None:
    if not isinstance(entry, dict):
        return
    said = {key: text_of(value) for key, value in entry.items()}
    label, url = said.get("name") or said.get("text", ""), said.get("url") or said.get("href", "")
    if not url:
        return
    url = _beside(url, path, slug, folder, files)
    words = label.casefold()
    key = next((key for key in ("slides", "poster", "video") if key in words), "")
    if "code" in words or re.match(r"https?://(?:www\.)?(?:github|gitlab)\.com/", url):
        key = "code"
    elif url.lower().endswith(".pdf") and not key:
        key = "pdf"
    elif words in ("data", "dataset"):
        key = "dataset"
    if key and not draft.has(key):
        draft.put(key, url)
    elif not key and re.search(r"doi\.org/|arxiv\.org/|openreview\.net/", url):
        draft.address(url)
    else:
        draft.link(label, url)


def _beside(name: str, path: Path, slug: str, folder: Folder, files: dict[str, File]) -> str:
    """Where the file of a page will lie in ``content/files/``; a web address stays."""
    place = None if "://" in name else folder.named(name, path)
    if not place:
        return name.removeprefix("/")
    target = f"papers/{re.sub(r'[^A-Za-z0-9._-]+', '-', slug)}/{place.name}"
    files.setdefault(target, File(target, str(place)))
    return target
