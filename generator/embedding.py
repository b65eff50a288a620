"""The text that shows a list of this site's papers on another website, made from what is wished on the command line."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from generator import content, snippets, theme
from generator.categories import AmbiguousCategory, address_part, unify
from generator.errors import ContentError, PaperfolioError, suggestion
from generator.loaded import Loaded
from generator.output import Export, Page
from generator.pages.embed import ALL, FOLDER, FRAME_HEIGHT
from generator.plan import Plan, plan
from generator.scalars import Wrong, read_language
from generator.views import EmbedListData

_YEARS = re.compile(r"\s*(\d+|\d+\s*-\s*\d*|-\s*\d+)\s*", re.ASCII)

LISTS = ("author", "category", "year", "selected")
"""What a frame and HTML can be asked for, one of them at a time."""
SHOWN = ("abstract", "links", "citations", "categories", "tags")
"""What the element shows of a paper when it is asked to."""


def text(folder: Path, form: str, wished: Mapping[str, str], url: str = "") -> str:
    """A list, whose ``form`` is ``script``, ``iframe``, ``html`` or ``shadow``.

    ``wished`` are attributes of the element, "" for those that only are there. Raises ContentError with
    the problems of the content, and PaperfolioError when there is no such list or the site does not know its address.
    """
    loaded = content.load(folder.resolve())
    if url:
        loaded.change(url=url)
    planned = plan(loaded, theme.load(loaded.site.config.theme, folder.resolve()))
    if loaded.problems:
        raise ContentError("the content has problems", loaded.problems.sorted())
    site = planned.site
    if "embed" in site.without:
        hint = "take embed out of without: in content/site.yaml"
        raise PaperfolioError("the site does without the lists for other websites", hint=hint)
    if not site.url:
        hint = "write url: https://name.github.io/ into content/site.yaml, or give --url"
        raise PaperfolioError("other websites need the address of this one, which is not known", hint=hint)
    if "category" in wished:
        codes = [_shown(loaded, code.strip()) for code in wished["category"].split(",")]
        wished = {**wished, "category": ",".join(codes)}
    if form == "script":
        for name in ("author", "category"):
            for value in wished[name].split(",") if name in wished else ():
                _list(loaded, planned, {name: value.strip()})
        years = [int(year) for year in re.findall(r"\d+", wished.get("year", ""), re.ASCII)]
        if "year" in wished and (not _YEARS.fullmatch(wished["year"]) or years != sorted(years)):
            raise PaperfolioError(f"{wished['year']!r} are no years", hint="write 2023, 2020-2023, 2020- or -2023")
        _check(wished, "show", SHOWN, "nothing to show is called")
        tags = dict.fromkeys(tag.lower() for paper in loaded.site.papers for tag in paper.tags)
        _check(wished, "tag", tags, "there are no papers of the tag")
        _check_language(wished)
        return snippets.element(site.url, wished, site.url, planned.words("All papers"))
    more = [name for name in wished if name not in LISTS]
    if more or len(wished) > 1:
        given = ", ".join(f"--{name}" for name in wished)
        what = f"the form {form} shows one whole list: {given} cannot be given together"
        hint = "only the form script filters and sorts; the others take one of author, category, year and selected"
        raise PaperfolioError(what, hint=hint)
    listed = _list(loaded, planned, wished)
    if form == "iframe":
        data = listed.make().data
        assert isinstance(data, EmbedListData)
        return snippets.frame(f"{site.url}{listed.address[1:]}", data.heading, FRAME_HEIGHT)
    name = "fragment.txt" if form == "html" else "shadow.txt"
    wanted = f"{listed.address}{name}"
    made = next(output for output in planned.outputs if output.address == wanted)
    assert isinstance(made, Export)
    written = made.write()
    assert isinstance(written, str)
    return written.rstrip("\n")


def _check(wished: Mapping[str, str], name: str, known: Collection[str], what: str) -> None:
    """Raise PaperfolioError for a value that is not known; the element, too, passes over blanks and capitals."""
    for value in wished[name].split(",") if name in wished else ():
        if value.strip() and value.strip().lower() not in known:
            hint = suggestion(value.strip(), known, f"there are: {', '.join(known) or 'none'}")
            raise PaperfolioError(f"{what} {value.strip()!r}", hint=hint)


def _check_language(wished: Mapping[str, str]) -> None:
    try:
        read_language(wished.get("lang", "en"))
    except Wrong as wrong:
        raise PaperfolioError(f"--lang {wrong.what}", hint=wrong.hint) from None


def _list(loaded: Loaded, planned: Plan, wished: Mapping[str, str]) -> Page:
    """The page for frames of a list. Raises PaperfolioError when the site has none such."""
    pages = {
        output.address: output for output in planned.outputs if isinstance(output, Page) and output.kind == "framed"
    }
    address = ALL
    for name, value in wished.items():
        address = _address(loaded, name, value)
    if address in pages:
        return pages[address]
    ((name, value),) = wished.items()
    parent = f"{FOLDER}{'authors' if name == 'author' else 'categories' if name == 'category' else 'years'}/"
    known = [found.removeprefix(parent).strip("/") for found in pages if found.startswith(parent)]
    if name == "author":
        known = [author.id for author in loaded.site.authors]
    hint = suggestion(value, known, f"there are: {', '.join(known) or 'none'}")
    what = "no paper is selected" if name == "selected" else f"there are no papers of the {name} {value!r}"
    raise PaperfolioError(what, hint="" if name == "selected" else hint)


def _shown(loaded: Loaded, code: str) -> str:
    """The code of a category as the lists of this site have it: ``LG`` where ``cs.LG`` is the same."""
    site = loaded.site
    codes = {known for paper in site.papers for known in (paper.category, *paper.categories) if known}
    try:
        categories = unify((code, *sorted(codes)), site.config.categories)
    except AmbiguousCategory:
        return code
    return next((known for known in codes if categories[known] == categories[code]), code)


def _address(loaded: Loaded, name: str, value: str) -> str:
    authors = [author.id for author in loaded.site.authors]
    match name:
        case "author":
            return ALL if authors == [value] else f"{FOLDER}authors/{value}/"
        case "category":
            return f"{FOLDER}categories/{address_part(value)}/"
        case "year":
            return f"{FOLDER}years/{value}/"
    return f"{FOLDER}selected/"
