"""How records relate: ids, categories, the profiles that papers belong to, the files that are named.

All problems are collected; nothing is raised for bad content.
"""

import contextlib
import re
from functools import lru_cache

import msgspec

from generator import hosts, names, urls
from generator.categories import AmbiguousCategory, Categories, unify
from generator.errors import Place, path_meant, suggestion
from generator.formats import bibtex
from generator.loaded import Loaded
from generator.matching import Index, index_of, people_of
from generator.model import FILE_KEYS, Author, Origin, Paper, PaperAuthor, Position, Site
from generator.scalars import WITHOUT_SCHEME

MOST_LISTED = 1000
"""Categories, and tags, of one paper: each has pages of its own, which name all the others."""
LARGEST_PICTURE = 3_000_000
"""Bytes of a picture that lists show small, which every visitor loads: a camera's are larger."""
_SEVERAL_PEOPLE = r"\S+\s.*\S(?:;| and| &| -) +\S+\s+\S"
_OTHERS = ("et al", "et al.", "and others", "...", "…")
_NOTHING_READ = r"(?:\\[A-Za-z]+|[\W_])*\Z"
"""What a title without a letter or digit to read is like, as far as can be told without converting it."""
_NO_NAME = r"https?://|\S+@[\w-]+\.\w|[\W\d_]*\Z"
_ENDS_OF_SENTENCES = frozenset(".,;")
_MARKS = "*†‡§¶"
_FOOTNOTES = r"(?<=[^\W\d_]{2})[\d¹²³⁰⁴-⁹]{1,2}(?:, ?[\d¹²³⁰⁴-⁹]{1,2})*\Z"
"""Numbers that led to addresses where the name was copied: Ada Lovelace1,2."""
_CUT_ARXIV = re.compile(r"\d{4}\.\d{1,3}(?!\d)")
_COUNTS = frozenset(("h_index", "i10_index", "papers", "citations"))
"""Metrics that count something."""
_KNOWN_METRICS = {name.replace("_", ""): name for name in (*sorted(_COUNTS), "novelty", "ai_score")}


def resolve(site: Site, loaded: Loaded) -> Site:
    """Give every paper its id, categories and profiles; check what records refer to."""
    files = {file.path: file.size > LARGEST_PICTURE for file in site.files}
    _check_address(site, loaded)
    resolved = _categories(site, loaded)
    site = msgspec.structs.replace(site, authors=_distinct(site.authors, loaded))
    authors = {author.id: author for author in site.authors}
    index = index_of(people_of(site.authors))
    told = frozenset(problem.place.file for problem in loaded.problems.found)
    known = loaded.readings.related
    known.begin(site.authors, files, resolved)
    papers = []
    places: dict[str, Paper] = {}
    for source in site.papers:
        paper = known.get(source)
        if paper is None:
            said = len(loaded.problems.found), len(loaded.warnings.found)
            paper = _related(source, files, resolved, authors, index, told, loaded)
            # what is to be said of a paper is said in every build
            unsaid = said == (len(loaded.problems.found), len(loaded.warnings.found))
            if unsaid and authors.keys() >= {*(paper.profiles or ())}:
                known.put(source, paper)
        first = places.setdefault(paper.id, paper)
        if first is not paper:
            loaded.problems.add(
                loaded.place(paper.origin, "id"),
                f"two papers want the id {paper.id!r}: the other is in {Place(first.origin.file, first.origin.line)}",
                "write id: ... in one of them, or delete one",
            )
            continue
        papers.append(paper)
    for author in site.authors:
        _check_file(author.photo, files, loaded, author.origin, "photo")
        _check_times(author, loaded)
        for number, link in enumerate(author.links):
            _check_file(link.url, files, loaded, author.origin, "links", number, "url")
        _check_metrics(author, loaded)
        _check_name(author, loaded)
    return msgspec.structs.replace(
        site,
        authors=tuple(
            [_in_category(author, resolved.get(author.category, author.category)) for author in site.authors]
        ),
        papers=tuple(papers),
    )


def _in_category(author: Author, code: str) -> Author:
    """The author in a category; the very same one where that is so already."""
    return author if author.category == code else msgspec.structs.replace(author, category=code)


def _check_address(site: Site, loaded: Loaded) -> None:
    if hosts.on_this_machine(site.config.url):
        loaded.warnings.add(
            loaded.place(site.config.origin, "url"),
            f"url {site.config.url!r} is this machine, where no visitor is",
            "write where the site will be published, or leave it out: paperfolio serve needs none",
        )


def _related(
    paper: Paper,
    files: dict[str, bool],
    resolved: dict[str, str],
    authors: dict[str, Author],
    index: Index,
    told: frozenset[str],
    loaded: Loaded,
) -> Paper:
    """The paper with its id, its categories as they are shown, and its profiles; nothing counts twice in a list."""
    if len(paper.categories) > MOST_LISTED or len(paper.tags) > MOST_LISTED:
        paper = _cut(paper, loaded)
    _check_texts(paper, loaded)
    _check_names(paper, loaded)
    _check_halves(paper, index, loaded)
    _check_files(paper, files, loaded)
    paper = _with_families(named(paper), index)
    return msgspec.structs.replace(
        paper,
        profiles=_profiles(paper, authors, index, told, loaded),
        category=resolved.get(paper.category, paper.category),
        categories=tuple(dict.fromkeys([resolved.get(code, code) for code in paper.categories])),
        tags=tuple(dict.fromkeys(paper.tags)),
    )


def _with_families(paper: Paper, index: Index) -> Paper:
    """The paper with the family names that profiles tell of its authors."""
    if not index.families:
        return paper
    meant = index.match_all((entry.name, entry.orcid) for entry in paper.authors)
    authors = list(paper.authors)
    for number, (entry, people) in enumerate(zip(paper.authors, meant, strict=True)):
        told = index.families.get(people[0], "") if len(people) == 1 and not entry.family else ""
        if family := names.untold(entry.name, told):
            authors[number] = msgspec.structs.replace(entry, family=family)
    return msgspec.structs.replace(paper, authors=tuple(authors))


def _cut(paper: Paper, loaded: Loaded) -> Paper:
    """The paper with no more categories and tags than a paper may have; that there are more is reported."""
    lists = {"categories": paper.categories, "tags": paper.tags}
    for key, listed in lists.items():
        if len(listed) > MOST_LISTED:
            what = f"{key} names {len(listed):,}, but a paper has at most {MOST_LISTED:,}"
            loaded.problems.add(loaded.place(paper.origin, key), what, "leave out those that say least")
    return msgspec.structs.replace(paper, **{key: listed[:MOST_LISTED] for key, listed in lists.items()})


def _check_metrics(author: Author, loaded: Loaded) -> None:
    for name in _COUNTS & author.metrics.keys():
        value = author.metrics[name].value
        if value.startswith(("-", "\u2212")):
            what = f"metrics: {name} is {value!r}, but cannot be less than 0"
            loaded.problems.add(loaded.place(author.origin, "metrics", name), what)
    for name in author.metrics:
        known = _KNOWN_METRICS.get(re.sub(r"[\W_]+", "", name.lower()), name)
        if known != name:
            loaded.problems.add(
                loaded.place(author.origin, "metrics", name),
                f"metrics: {name!r} would be shown beside {known}, as another figure",
                f"write {known}",
            )


def _check_times(author: Author, loaded: Loaded) -> None:
    parts: dict[tuple[str, ...], tuple[Position, ...]] = {
        ("positions",): author.positions,
        ("education",): author.education,
        **{("sections", heading): entries for heading, entries in author.sections.items()},
    }
    for keys, entries in parts.items():
        for number, entry in enumerate(entries):
            if entry.start and entry.end:
                # what began in 2020-05 may have ended in 2020
                known = min(len(entry.start.parts), len(entry.end.parts))
                if entry.end.parts[:known] < entry.start.parts[:known]:
                    what = f"{keys[-1]} {number + 1}: end {entry.end.iso} is before start {entry.start.iso}"
                    loaded.problems.add(loaded.place(author.origin, *keys, number, "end"), what)


def _check_name(author: Author, loaded: Loaded) -> None:
    """A profile is a person's, and shows the name as it is written, which "Lovelace, Ada" hardly means."""
    if re.match(_NO_NAME, author.name):
        what = f"name {author.name!r} is nobody's name"
        loaded.warnings.add(loaded.place(author.origin, "name"), what, "addresses and identifiers stand under links:")
    if "\\" in author.name:
        _check_markup(author.name, loaded, loaded.place(author.origin, "name"), "name")
    _check_family(author, loaded, author.origin, "family")
    parts = names.split(author.name)
    if author.name.count(",") == 1 and parts.given and not parts.suffix and " " not in parts.family:
        what = f"name {author.name!r} is shown so, with the family name first"
        hint = f"write {names.bare(author.name)}"
        loaded.warnings.add(loaded.place(author.origin, "name"), what, hint)


def named(paper: Paper) -> Paper:
    """The paper with an id: its own, or one from its title."""
    if paper.id:
        return paper
    from generator.text import inline, slug

    return msgspec.structs.replace(paper, id=slug(inline(paper.title).plain, fallback="paper"))


def _distinct(authors: tuple[Author, ...], loaded: Loaded) -> tuple[Author, ...]:
    """The authors, one for each address; capitals do not tell addresses apart on every file system."""
    found: dict[str, Author] = {}
    for author in authors:
        other = found.setdefault(author.id.casefold(), author)
        if other is not author:
            what = f"two profiles want the id {author.id!r}: the other is in {other.origin.file}"
            capitals = "" if author.id == other.id else "; addresses must differ in more than capitals"
            loaded.problems.add(Place(author.origin.file), what, f"rename one of the files{capitals}")
    records: dict[str, Author] = {}
    for author in found.values():
        other = records.setdefault(author.orcid or author.id, author)
        if other is not author:
            loaded.problems.add(
                loaded.place(author.origin, "links"),
                f"links: the ORCID iD {author.orcid} is that of {other.origin.file}, too",
                "each person has one of their own",
            )
    return tuple(found.values())


def _categories(site: Site, loaded: Loaded) -> dict[str, str]:
    """Each category code as typed -> as shown everywhere."""
    used: dict[str, tuple[Origin, str]] = {}
    for author in site.authors:
        if author.category:
            used.setdefault(author.category, (author.origin, "category"))
    for paper in site.papers:
        if paper.category:
            used.setdefault(paper.category, (paper.origin, "category"))
        for code in paper.categories[:MOST_LISTED]:
            used.setdefault(code, (paper.origin, "categories"))
    known = Categories(site.config.categories)
    _check_named(site, known, loaded)
    good: list[str] = []
    for code, (origin, key) in used.items():
        try:
            if not known.resolve(code).name and (several := _several(code, known)):
                loaded.problems.add(
                    loaded.place(origin, key),
                    f"{key}: {code!r} is {len(several)} categories",
                    f"write one; a paper may name all: categories: [{', '.join(several)}]",
                )
            good.append(code)
        except AmbiguousCategory as ambiguous:
            choices = " or ".join(ambiguous.choices)
            loaded.problems.add(
                loaded.place(origin, key),
                f"category {code!r} can mean {choices}",
                f"write the full code, or name {code} in site.yaml under categories:",
            )
    return {code: category.code for code, category in unify(good, site.config.categories).items()}


def _several(code: str, known: Categories) -> list[str]:
    """The codes in a text that names more than one of arXiv's categories and nothing else, as arXiv lists them."""
    codes = re.split(r"[\s,;]+", code.strip(" ,;"))
    with contextlib.suppress(AmbiguousCategory):
        if len(codes) > 1 and all(known.resolve(part).arxiv for part in codes):
            return codes
    return []


def _check_named(site: Site, known: Categories, loaded: Loaded) -> None:
    """Names for categories stand in ``site.yaml``, where one category may be written in several ways."""
    first: dict[str, str] = {}
    for code in site.config.categories:
        with contextlib.suppress(AmbiguousCategory):
            category = known.resolve(code)
            other = first.setdefault(category.arxiv or code.lower(), code)
            if other != code:
                loaded.problems.add(
                    loaded.place(site.config.origin, "categories", code),
                    f"categories: {code} and {other} are one category",
                    "delete one of the two names",
                )


def _profiles(
    paper: Paper, authors: dict[str, Author], index: Index, told: frozenset[str], loaded: Loaded
) -> tuple[str, ...]:
    """The ids of the profiles that a paper belongs to. Of files that were ``told`` to be wrong nothing is missed."""
    if paper.profiles is not None:
        for number, author_id in enumerate(paper.profiles):
            file = f"content/authors/{author_id}.yaml"
            if author_id not in authors and file not in told:
                there = f"there are: {', '.join(sorted(authors))}"[:200] if authors else "write it: name: ..."
                loaded.problems.add(
                    loaded.place(paper.origin, "profiles", number),
                    f"profiles names {author_id!r}, but there is no {file}",
                    suggestion(author_id, authors, there),
                )
        return tuple(dict.fromkeys(paper.profiles))
    if len(authors) == 1:
        return tuple(authors)
    found: dict[str, None] = {}
    meant = index.match_all((entry.name, entry.orcid) for entry in paper.authors)
    # what is written for one name counts for all of them
    owners = dict.fromkeys(matches[0] for matches in meant if matches)
    for number, matches in enumerate(meant):
        if len(matches) > 1:
            loaded.problems.add(
                loaded.place(paper.origin, "authors", number),
                f"authors: {paper.authors[number].name!r} can be {' or '.join(matches)}",
                f"write profiles: [{', '.join(owners)}], or give the author's orcid",
            )
        else:
            found.update(dict.fromkeys(matches))
    return tuple(found)


def _check_texts(paper: Paper, loaded: Loaded) -> None:
    if not paper.title[:1].isalnum() and re.match(_NOTHING_READ, paper.title):
        from generator.text import inline

        if not inline(paper.title).plain.strip():
            what = f"title {paper.title[:40]!r} shows nothing"
            loaded.problems.add(loaded.place(paper.origin, "title"), what, "write what is to be read")
    if paper.bibtex and not bibtex.sound(paper.bibtex):
        loaded.problems.add(
            loaded.place(paper.origin, "bibtex"),
            "bibtex is not a whole BibTeX entry",
            "it begins like @article{key, and every brace is closed",
        )
    if _CUT_ARXIV.match(paper.arxiv):
        loaded.warnings.add(
            loaded.place(paper.origin, "arxiv"),
            f"arxiv {paper.arxiv!r} has fewer digits than arXiv's identifiers",
            "compare it with the address at arxiv.org: some programs drop zeros at the end",
        )
    if paper.doi[-1:] in _ENDS_OF_SENTENCES:
        loaded.warnings.add(
            loaded.place(paper.origin, "doi"),
            f"doi {paper.doi!r} ends with {paper.doi[-1]!r}",
            "hardly any DOI does: is it the end of the sentence that it was copied from?",
        )


def _may_be_several(person: PaperAuthor) -> bool:
    name = person.name
    if person.family:
        return False
    if name.count(",") > 1 and names.split(name).literal and not names.is_organisation(name):
        return " " in name and "{" not in name and _before_others(name) == name
    if "," in name and all(map(_has_initials, name.split(","))):
        return not names.split(name).suffix
    # most names have none of these; the last is what YAML makes of an entry that is indented further than the one above
    if not (";" in name or " and " in name or " & " in name or " - " in name):
        return False
    return bool(re.match(_SEVERAL_PEOPLE, name))


def _has_initials(name: str) -> bool:
    """Whether a part of a name between commas is a whole one, with initials: Smith JA, J. Smith."""
    words = name.split()
    if len(words) < 2:
        return False
    ends = (words[0], words[-1]) if "." in words[0] else (words[-1], words[0])
    initials, family = (word.replace(".", "").replace("-", "") for word in ends)
    return initials.isupper() and initials.isalpha() and len(initials) < 4 and len(family) > 1 and not family.isupper()


def _check_names(paper: Paper, loaded: Loaded) -> None:
    persons: dict[str, PaperAuthor] = {}
    shared: dict[tuple[str, str | bool], list[int]] = {}
    for number, author in enumerate(paper.authors):
        if not _is_usual(author.name):
            _check_person(author, loaded, paper.origin, number)
        if author.orcid and persons.setdefault(author.orcid, author) is not author:
            loaded.warnings.add(
                loaded.place(paper.origin, "authors", number),
                f"authors {number + 1} {author.name!r} has the ORCID iD of {persons[author.orcid].name!r}",
                "each person has one of their own",
            )
        _check_family(author, loaded, paper.origin, "authors", number, "family")
        if author.equal:
            shared.setdefault(("equal", author.equal), []).append(number)
        if author.senior:
            shared.setdefault(("senior", True), []).append(number)
    for (key, group), numbers in shared.items():
        if len(numbers) == 1 and not paper.et_al:
            value = "true" if group is True else repr(group)
            loaded.warnings.add(
                loaded.place(paper.origin, "authors", numbers[0], key),
                f"{key} is {value} with {paper.authors[numbers[0]].name!r} alone",
                "write the same with those who share it, or leave it out",
            )


def _check_family(author: Author | PaperAuthor, loaded: Loaded, origin: Origin, *keys: str | int) -> None:
    if author.family and not names.holds(author.name, author.family):
        loaded.problems.add(
            loaded.place(origin, *keys),
            f"family {author.family!r} is not the begin or the end of the name {author.name!r}",
            "write the family name as it stands in the name",
        )


@lru_cache(maxsize=4096)  # most names are those of several papers
def _is_usual(name: str) -> bool:
    """Whether ``_check_person`` surely tells nothing of an author of that name."""
    several = "," in name or ";" in name or " and " in name or " & " in name or " - " in name
    signs = "@" in name or ":" in name or "\\" in name or not name[-1:].isalpha()
    return not several and not signs and not name.lower().endswith(_OTHERS)


def _check_person(person: PaperAuthor, loaded: Loaded, origin: Origin, number: int) -> None:
    name = person.name
    if _may_be_several(person):
        loaded.warnings.add(
            loaded.place(origin, "authors", number),
            f"authors {number + 1} {name!r} may be several people",
            "give each an entry of the list; of an organisation write the name as family, too",
        )
    bare = _before_others(name)
    if not bare:
        loaded.warnings.add(
            loaded.place(origin, "authors", number),
            f"authors {number + 1} {name!r} is nobody's name",
            "leave it out, and write et_al: true",
        )
    elif bare != name:
        loaded.warnings.add(
            loaded.place(origin, "authors", number),
            f"authors {number + 1} {name!r} names others, too",
            f"write {bare}, and et_al: true",
        )
    elif "\\" in name:
        _check_markup(name, loaded, loaded.place(origin, "authors", number), f"authors {number + 1}")
    elif not name[-1:].isalpha() or "@" in name or ":" in name:
        _check_signs(name, loaded, origin, number)


def _before_others(name: str) -> str:
    """The name without words that stand for others, like et al.; "" where it is nothing else."""
    lowered = name.lower()
    if not lowered.endswith(_OTHERS):
        return name
    return next((name[: -len(others)].rstrip(" ,") for others in _OTHERS if f" {lowered}".endswith(f" {others}")), name)


def _check_markup(name: str, loaded: Loaded, place: Place, key: str) -> None:
    """Names are plain texts, though BibTeX has them in LaTeX, from where they are copied."""
    from generator.text import inline

    loaded.warnings.add(place, f"{key} '{name}' is shown with its backslash", f"write {inline(name).plain}")


def _check_signs(name: str, loaded: Loaded, origin: Origin, number: int) -> None:
    """Names have few signs; what stands for somebody by other means, or was copied with a mark, has more."""
    what, hint = "", ""
    if re.match(_NO_NAME, name):
        what = "is nobody's name"
        hint = "write {name: ...}; orcid: ... and url: ... have a place beside it"
    elif (bare := re.sub(_FOOTNOTES, "", name.rstrip(f"{_MARKS},;: "))) != name:
        what = f"ends with {name[-1:]!r}"
        meant = "; what a mark means is said by equal, corresponding or senior: true" if name[-1] in _MARKS else ""
        hint = f"write {bare}{meant}"
    if what:
        loaded.warnings.add(
            loaded.place(origin, "authors", number),
            f"authors {number + 1} {name!r} {what}",
            hint,
        )


def _check_halves(paper: Paper, index: Index, loaded: Loaded) -> None:
    """[Lovelace, Ada] is a list of two names, but hardly meant so where Ada Lovelace has a profile."""
    if not paper.authors or " " in paper.authors[0].name:  # as in nearly all
        return
    halves = [author.name for author in paper.authors]
    if len(halves) % 2 or any(" " in name or "," in name for name in halves):
        return
    for number in range(0, len(halves), 2):
        family, given = halves[number : number + 2]
        if index.match(f"{family}, {given}"):
            loaded.warnings.add(
                loaded.place(paper.origin, "authors", number),
                f"authors {number + 1} {family!r} and {number + 2} {given!r} may be one person",
                f"write {given} {family}: in a list a comma begins the next name",
            )


def _check_files(paper: Paper, files: dict[str, bool], loaded: Loaded) -> None:
    for key in FILE_KEYS:
        if target := getattr(paper, key):
            _check_file(target, files, loaded, paper.origin, key)
    for number, link in enumerate(paper.links):
        _check_file(link.url, files, loaded, paper.origin, "links", number, "url")


def _check_file(target: str, files: dict[str, bool], loaded: Loaded, origin: Origin, *keys: str | int) -> None:
    """``files`` tells of each whether it is too large for a picture."""
    picture = keys[-1] in ("photo", "image")  # of which there are none of other hosts
    if picture and files.get(target):
        loaded.warnings.add(
            loaded.place(origin, *keys),
            f"{keys[-1]} names {target!r}, which has more than {LARGEST_PICTURE // 1_000_000} MB and is shown small",
            "make it smaller: 1,000 pixels are enough",
        )
    if not urls.names_file(target) or target in files or f"/{target}/".startswith(tuple(loaded.unread)):
        return
    close = path_meant(target, files)
    otherwise = "put the file there" if picture else "put the file there, or write a web address"
    hint = f"did you mean {close!r}?" if close else otherwise
    if not close and not picture and re.match(WITHOUT_SCHEME, target.partition("/")[0]):
        hint = f"a web address begins with https://, like https://{target}"
    if (loaded.folder / "content/files" / target).is_file():
        hint = (
            "give the file another name: those that begin with . or #, or end with ~, .bak and the like, are not read"
        )
    loaded.problems.add(
        loaded.place(origin, *keys),
        f"{keys[-1]} names {target!r}, but there is no content/files/{target}",
        hint,
    )
