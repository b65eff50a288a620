"""The views of a site's records, the lists they belong to, and what is made of each once for all pages."""

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from generator import text, urls
from generator.categories import Category
from generator.formats import bibtex, csl_json, ris
from generator.formats.citation import Citation, citation
from generator.kept import FEW, Unchanged
from generator.model import Author, Export, FreePage, Paper, PaperAuthor, Site
from generator.names import fold_words, sort_key
from generator.pages.earlier import Earlier
from generator.pages.viewer import NOWHERE, Viewer, digest, initials
from generator.views import BylineView, CategoryView, PaperView, ProfileView, ReferenceView, encoded
from generator.words import Words

Made = TypeVar("Made")

PEOPLE = "/authors/"
MOST_PEOPLE = 100
"""People whom the front page of a group shows; of more, a page of its own has the names."""


class Present:
    """Knows the catalog of the build that goes on, for what outlives the build that made it."""

    catalog: "Catalog"


class Catalog:
    """Views of all papers and authors of a site.

    ``papers`` stand in the site's order, ``newest`` holds the same by date. ``viewer`` made the views. ``earlier`` is
    what builds before made. ``accent`` is what the theme's option of that name is set to. ``jobs`` processes make what
    is much.
    """

    def __init__(
        self,
        site: Site,
        categories: Mapping[str, Category],
        words: Words,
        earlier: Earlier | None = None,
        references: Mapping[str, tuple[ReferenceView, ...]] | None = None,
        accent: str = "",
        jobs: int = 1,
    ) -> None:
        self.earlier = earlier = earlier or Earlier()
        self.site = site
        self.accent = accent
        self.references = references or {}
        self.words = words
        self.url = site.config.url
        self.license_url = urls.license(site.config.license)
        self.single = len(site.authors) == 1
        self.title = site.config.title or (site.authors[0].name if self.single else words("Papers"))
        self.viewer = Viewer(site, categories, words, earlier.views, earlier.same, earlier.bios)
        self.records = {paper.id: paper for paper in site.papers}
        self._bodies: dict[str, text.Rich] = {}
        self._citations: dict[str, Citation] = {}
        self._entries: dict[str, str] = {}
        self._brief: dict[tuple[Export, str], str] = {}
        self._whole = digest((self.viewer.common, msgspec.structs.replace(site.config, origin=NOWHERE)))
        seen = self.viewer.papers(site.papers, jobs)
        dates = [(paper.id, paper.date, paper.status) for paper in site.papers]
        newest = self.earlier.unchanged("newest", dates, lambda: [paper.id for paper in newest_first(site.papers)])
        self.newest = tuple([seen[paper_id] for paper_id in newest])
        self.papers = self._ordered(seen)
        self.profiles = tuple([self._profile(author) for author in sorted(site.authors, key=_by_family)])
        if site.config.exports and not earlier.exports:
            self._export_all(jobs)

    @property
    def initials(self) -> str:
        """One or two letters for the whole site."""
        return self.profiles[0].initials if self.single else initials(self.title)

    def digest(self, papers: Iterable[PaperView], *more: object) -> str:
        """Hex digest of papers and of the site's configuration and words, and of what else is given.

        Whatever is made of these alone has to be made again only when this changes.
        """
        decisive = b"".join((self._whole, *[paper.digest for paper in papers], encoded(more)))
        return hashlib.blake2b(decisive, digest_size=16).hexdigest()

    def digest_of(self, paper: PaperView) -> str:
        """The same for one paper, quickly."""
        return f"{self._whole.hex()} {paper.digest.hex()}"

    def once(self, name: str, paper: PaperView, make: Callable[[PaperView], Made]) -> Made:
        """What ``make`` makes of a paper and the site's configuration; who builds often has it made only once.

        ``name`` stands for ``make`` and all else that decides.
        """
        if self.earlier.made is None:
            return make(paper)
        made: Made = self.earlier.made.made(self._key(name, paper), functools.partial(make, paper))
        return made

    def _key(self, name: str, paper: PaperView) -> bytes:
        """By what something is kept that is made of a paper and of the site's configuration and words."""
        return b"%s%s%s" % (self._whole, paper.digest, name.encode())

    def unchanged(self, name: str, *more: object) -> Unchanged[Any]:
        """What was made of the very same views by the build before, with the same configuration, words and files, and
        with what else is given.
        """
        found: Unchanged[Any] = self.earlier.remembered(name) or Unchanged(lasts=self.earlier.made is not None)
        found.begin(self._whole, self.accent, self.site.files, *more)
        self.earlier.remember(name, found)
        return found

    def present(self) -> "Present":
        """What knows the catalog of the build that goes on."""
        present: Present = self.earlier.remembered("present") or Present()
        present.catalog = self
        self.earlier.remember("present", present)
        return present

    def citation(self, paper: PaperView) -> Citation:
        """What the citation formats need of a paper."""
        found = self._citations.get(paper.id)
        if found is None:
            found = self._citations[paper.id] = self.once("citation", paper, self._citation)
        return found

    def _citation(self, paper: PaperView) -> Citation:
        return citation(self.records[paper.id], paper.title_text, paper.abstract_text)

    @functools.cached_property
    def bibtex_keys(self) -> dict[str, str]:
        """The key of each paper's BibTeX entry by paper id, the same in the whole site."""
        oldest_first = [*reversed(self.newest)]
        wanted = [(self.records[paper.id].bibtex, self._wanted_key(paper)) for paper in oldest_first]
        keys = self.earlier.unchanged("keys", wanted, lambda: bibtex.keys(wanted))
        return dict(zip([paper.id for paper in oldest_first], keys, strict=True))

    def _wanted_key(self, paper: PaperView) -> str:
        return self.earlier.exports.made(self._key("key", paper), lambda: bibtex.key(self.citation(paper)))

    def bibtex(self, paper: PaperView) -> str:
        """The BibTeX entry of a paper without its abstract."""
        found = self._entries.get(paper.id)
        if found is None:
            key = self.bibtex_keys[paper.id]
            found = self._entries[paper.id] = self.once(
                f"bibtex {key}", paper, lambda paper: bibtex.entry(self.citation(paper), key)
            )
        return found

    def exported(self, form: Export, paper: PaperView) -> str:
        """A paper as files of citations have it, made once: for the file of its own and that of all papers.

        The text of an entry (bib), a record (ris), or an item in JSON (csl).
        """
        key = self._key(f"bib {self.bibtex_keys[paper.id]}" if form == "bib" else form, paper)
        return self.earlier.exports.made(key, lambda: self._export(form, paper))

    def brief(self, form: Export, paper: PaperView) -> str:
        """A paper as files of lists have it, of which there are many: the same without its abstract."""
        found = self._brief.get((form, paper.id))
        if found is None:
            found = self._brief[form, paper.id] = self._shortened(form, paper)
        return found

    def _shortened(self, form: Export, paper: PaperView) -> str:
        match form:
            case "bib":
                return self.bibtex(paper)
            case "ris":
                return self.once("brief ris", paper, lambda paper: ris.without_abstract(self.exported("ris", paper)))
            case "csl":
                return self.once(
                    "brief csl", paper, lambda paper: csl_json.without_abstract(self.exported("csl", paper))
                )

    def _export_all(self, jobs: int) -> None:
        forms = self.site.config.exports
        if "bib" in forms:
            _ = self.bibtex_keys  # of all papers, so not to be found by each process

        def export(paper: PaperView) -> None:
            for form in forms:
                self.exported(form, paper)

        self.earlier.exports.fill(export, self.papers, jobs)

    def _export(self, form: Export, paper: PaperView) -> str:
        cited = self.citation(paper)
        match form:
            case "bib":
                return bibtex.with_abstract(self.bibtex(paper), cited)
            case "ris":
                return ris.record(cited)
            case "csl":
                return csl_json.text(cited)

    @functools.cached_property
    def by_category(self) -> dict[str, tuple[PaperView, ...]]:
        """The papers of each category, by code, codes sorted."""
        return _grouped(self.papers, lambda paper: [category.code for category in paper.categories])

    @functools.cached_property
    def by_year(self) -> dict[str, tuple[PaperView, ...]]:
        """The papers of each year, newest year first."""
        grouped = _grouped(self.papers, lambda paper: [paper.date.year] if paper.date else [])
        return dict(sorted(grouped.items(), reverse=True))

    @functools.cached_property
    def by_tag(self) -> dict[str, tuple[PaperView, ...]]:
        """The papers of each tag, tags sorted."""
        return _grouped(self.papers, lambda paper: [tag.name for tag in paper.tags])

    @functools.cached_property
    def by_venue(self) -> dict[str, tuple[PaperView, ...]]:
        """The papers of each venue, by the venue's address: spellings that give the same address are one venue."""
        return _grouped(self.papers, lambda paper: [paper.venue_address] if paper.venue_address else [])

    @functools.cached_property
    def name_keys(self) -> dict[str, str]:
        """What each name of a list of authors is sorted and compared by.

        A family name that one paper tells (``family``) holds for the name wherever it is printed.
        """
        listed = [paper.authors for paper in self.site.papers]
        return self.earlier.unchanged(
            "names", listed, lambda: self._name_keys([entry for names in listed for entry in names])
        )

    def _name_keys(self, listed: Sequence[PaperAuthor]) -> dict[str, str]:
        families = {entry.name: entry.family for entry in reversed(listed) if entry.family}
        known = self.earlier.names.get() or {}
        keys = {
            name: sort_key(name, families[name]) if name in families else known.get(name) or sort_key(name)
            for name in dict.fromkeys(entry.name for entry in listed)
        }
        untold = {name: key for name, key in keys.items() if name not in families}
        if untold != known and len(self.papers) >= FEW:
            self.earlier.names.put(untold)
        return keys

    @functools.cached_property
    def people(self) -> dict[str, tuple[str, ...]]:
        """Who stands behind each name of a paper's author list, by paper id: the same text for the same person.

        That is the address of the profile, else the ORCID iD, else the name without accents and capitals. A name
        without an iD is the person with an iD when only one has that name.
        """
        keys = self.name_keys
        listed = [(paper.id, paper.authors) for paper in self.papers]
        return self.earlier.unchanged("people", (keys, listed), lambda: _people(keys, listed))

    @functools.cached_property
    def by_author(self) -> dict[str, tuple[PaperView, ...]]:
        """The papers of each profile, by author id."""
        return _grouped(self.papers, lambda paper: self.records[paper.id].profiles or ())

    @functools.cached_property
    def newest_by_author(self) -> dict[str, tuple[PaperView, ...]]:
        """The same, newest first."""
        return _grouped(self.newest, lambda paper: self.records[paper.id].profiles or ())

    @functools.cached_property
    def authors(self) -> dict[str, Author]:
        """The records of the profiles, by id."""
        return {author.id: author for author in self.site.authors}

    def author(self, profile: ProfileView) -> Author:
        """The record of a profile."""
        return self.authors[profile.id]

    @property
    def index_of_people(self) -> str:
        """The address of the page with the names of all profiles; "" where the front page shows them itself."""
        return PEOPLE if len(self.profiles) > MOST_PEOPLE else ""

    @functools.cached_property
    def free_addresses(self) -> frozenset[str]:
        """Those of the site's own pages."""
        return frozenset(urls.page(page.path) for page in self.site.pages)

    def _profile(self, author: Author) -> ProfileView:
        return self.viewer.profile(author, self.by_author.get(author.id, ()))

    def category(self, code: str) -> CategoryView:
        return self.viewer.categories[code]

    def absolute(self, address: str) -> str:
        """The absolute form of an address of the site; "" when the site has no url."""
        return self.url + address[1:] if self.url else ""

    def body(self, page: FreePage) -> text.Rich:
        """The text of a free page."""
        if page.path not in self._bodies:
            self._bodies[page.path] = text.convert(page.body, "markdown", urls.page(page.path))
        return self._bodies[page.path]

    def _ordered(self, seen: Mapping[str, PaperView]) -> tuple[PaperView, ...]:
        match self.site.config.order:
            case "newest":
                return self.newest
            case "listed":
                return tuple(seen.values())
            case "cited":
                return tuple(
                    sorted(
                        self.newest, key=lambda paper: -1 if paper.citations is None else paper.citations, reverse=True
                    )
                )
            case "title":
                return tuple(sorted(seen.values(), key=lambda paper: fold_words(paper.title_text)))


def _people(
    folded: Mapping[str, str], listed: Sequence[tuple[str, tuple[BylineView, ...]]]
) -> dict[str, tuple[str, ...]]:
    owners: dict[str, set[str]] = {}
    for _, authors in listed:
        for entry in authors:
            if entry.orcid:
                owners.setdefault(folded[entry.name], set()).add(entry.address or entry.orcid)

    known = {name: next(iter(people)) if len(people) == 1 else name for name, people in owners.items()}
    keys = {name: known.get(key, key) for name, key in folded.items()}
    return {
        paper: tuple([entry.address or entry.orcid or keys[entry.name] for entry in authors])
        for paper, authors in listed
    }


def newest_first(papers: Iterable[Paper]) -> list[Paper]:
    """Newest first; what is still to appear (a status, no date) stands at the top, other undated papers at the end."""

    def key(paper: Paper) -> tuple[int, ...]:
        if paper.date:
            return 1, paper.date.year, paper.date.month, paper.date.day
        return (0,) if paper.status in (None, "published") else (2,)

    return sorted(papers, key=key, reverse=True)


def _grouped(
    papers: Iterable[PaperView], keys: Callable[[PaperView], Iterable[str]]
) -> dict[str, tuple[PaperView, ...]]:
    """The papers of each key, keys sorted whatever their capitals and accents."""
    groups: dict[str, list[PaperView]] = {}
    for paper in papers:
        for key in keys(paper):
            groups.setdefault(key, []).append(paper)
    return {key: tuple(groups[key]) for key in sorted(groups, key=lambda key: (fold_words(key), key))}


def _by_family(author: Author) -> str:
    return sort_key(author.name, author.family)
