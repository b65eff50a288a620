"""The site's records as templates see them, with the lists they belong to. Made once, shared by all pages."""

import functools
import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from generator import text, urls
from generator.categories import Category
from generator.dates import Date
from generator.formats import bibtex, csl_json, ris
from generator.formats.citation import Citation, citation, kind
from generator.kept import Kept
from generator.model import (
    Affiliation,
    Author,
    Export,
    File,
    Format,
    FreePage,
    Link,
    Metric,
    Origin,
    Paper,
    PaperAuthor,
    Site,
)
from generator.names import Index, Person, sort_key
from generator.services import SERVICES
from generator.text import Html
from generator.views import (
    AffiliationView,
    ButtonView,
    BylineView,
    CategoryView,
    DateView,
    LinkView,
    MetricView,
    PaperView,
    ProfileView,
    ReferenceView,
    TagView,
    VersionView,
    encoded,
)
from generator.words import Words

PERCENT_METRICS = ("novelty",)
HUES = 12
PREPRINT = "article"
"""CSL's type of preprints: their servers are no venues."""
LARGEST_PDF = 5_000_000
"""Bytes: Google Scholar reads no larger file, so a larger one gains nothing beside the page of its paper."""
NOTHING = text.Rich(Html(""), "")
NOWHERE = Origin("", 1, 1)
Made = TypeVar("Made")


class Viewed(msgspec.Struct, frozen=True, array_like=True):
    """A view of a paper, and the addresses that its texts link to, with the key of each text."""

    view: PaperView
    targets: tuple[tuple[str, tuple[str, ...]], ...]


class Catalog:
    """Views of all papers and authors of a site.

    ``papers`` stand in the site's order, ``newest`` holds the same by date. ``targets`` are the addresses of this site
    that texts link to, each with the record and the key of the text. ``accent`` is what the theme's option of that name
    is set to.
    """

    def __init__(
        self,
        site: Site,
        categories: Mapping[str, Category],
        words: Words,
        references: Mapping[str, tuple[ReferenceView, ...]] | None = None,
        kept: Kept[Viewed] | None = None,
        made: Kept[Any] | None = None,
        accent: str = "",
    ) -> None:
        self.site = site
        self.accent = accent
        self.references = references or {}
        self.words = words
        self.url = site.config.url
        self.license_url = urls.license(site.config.license)
        self.single = len(site.authors) == 1
        self.title = site.config.title or (site.authors[0].name if self.single else words("Papers"))
        hues = _hues(categories)
        self._categories = {code: _category_view(category, hues[code]) for code, category in categories.items()}
        self._index = Index(Person(author.id, author.name, author.aliases, author.orcid) for author in site.authors)
        self.records = {paper.id: paper for paper in site.papers}
        self._bodies: dict[str, text.Rich] = {}
        self._citations: dict[str, Citation] = {}
        self._entries: dict[str, str] = {}
        self._exported: dict[tuple[Export, str], Any] = {}
        self.targets: list[tuple[Paper | Author | FreePage, str, tuple[str, ...]]] = []
        self.files = {file.path: file for file in site.files}
        self._kept = Kept(Viewed) if kept is None else kept
        self._made = made
        # all that views of papers depend on, besides their records and their files
        people = [(author.id, author.name, author.aliases, author.orcid) for author in site.authors]
        self._common = _digest(([view for _, view in sorted(self._categories.items())], people, words))
        self._whole = _digest((self._common, msgspec.structs.replace(site.config, origin=NOWHERE)))
        views = {paper.id: self._view(paper) for paper in site.papers}
        self.newest = tuple([views[paper.id] for paper in newest_first(site.papers)])
        self.papers = self._ordered(views)
        self.profiles = tuple(self._profile(author) for author in sorted(site.authors, key=_by_family))

    @property
    def initials(self) -> str:
        """One or two letters for the whole site."""
        return self.profiles[0].initials if self.single else _initials(self.title)

    def digest(self, papers: Iterable[PaperView], *more: object) -> str:
        """Hex digest of papers and of the site's configuration and words, and of what else is given.

        Whatever is made of these alone has to be made again only when this changes.
        """
        decisive = b"".join((self._whole, *(paper.digest for paper in papers), encoded(more)))
        return hashlib.blake2b(decisive, digest_size=16).hexdigest()

    def digest_of(self, paper: PaperView) -> str:
        """The same for one paper, quickly."""
        return f"{self._whole.hex()} {paper.digest.hex()}"

    def once(self, name: str, paper: PaperView, make: Callable[[PaperView], Made]) -> Made:
        """What ``make`` makes of a paper and the site's configuration; who builds often has it made only once.

        ``name`` stands for ``make`` and all else that decides.
        """
        if self._made is None:
            return make(paper)
        key = b"%s%s%s" % (self._whole, paper.digest, name.encode())
        found: Made | None = self._made.get(key)
        if found is None:
            found = make(paper)
            self._made.put(key, found)
        return found

    def remembered(self, name: str) -> Any:
        """What ``remember`` was given under that name by the build before; None where there was none."""
        return self._made.get(name.encode()) if self._made is not None else None

    def remember(self, name: str, value: object) -> None:
        """Keep a value for the next build of a site that is built often."""
        if self._made is not None:
            self._made.put(name.encode(), value)

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
        oldest_first = [paper.id for paper in reversed(self.newest)]
        keys = bibtex.keys(self.citation(paper) for paper in reversed(self.newest))
        return dict(zip(oldest_first, keys, strict=True))

    def bibtex(self, paper: PaperView) -> str:
        """The BibTeX entry of a paper without its abstract."""
        found = self._entries.get(paper.id)
        if found is None:
            key = self.bibtex_keys[paper.id]
            found = self._entries[paper.id] = self.once(
                f"bibtex {key}", paper, lambda paper: bibtex.entry(self.citation(paper), key)
            )
        return found

    def exported(self, form: Export, paper: PaperView) -> Any:
        """A paper as files of citations have it, made once: for the file of its own and that of all papers.

        The text of an entry (bib) or a record (ris), or an item in JSON (csl).
        """
        found = self._exported.get((form, paper.id))
        if found is None:
            name = f"bib {self.bibtex_keys[paper.id]}" if form == "bib" else form
            found = self._exported[form, paper.id] = self.once(name, paper, functools.partial(self._export, form))
        return found

    def _export(self, form: Export, paper: PaperView) -> Any:
        cited = self.citation(paper)
        match form:
            case "bib":
                return bibtex.with_abstract(self.bibtex(paper), cited)
            case "ris":
                return ris.record(cited)
            case "csl":
                return msgspec.Raw(msgspec.json.encode(csl_json.item(cited)))

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
        """The papers of each tag."""
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
        listed = [entry for paper in self.papers for entry in self.records[paper.id].authors]
        families = {entry.name: entry.family for entry in reversed(listed) if entry.family}
        return {name: sort_key(name, families.get(name, "")) for name in dict.fromkeys(entry.name for entry in listed)}

    @functools.cached_property
    def people(self) -> dict[str, tuple[str, ...]]:
        """Who stands behind each name of a paper's author list, by paper id: the same text for the same person.

        That is the address of the profile, else the ORCID iD, else the name without accents and capitals. A name
        without an iD is the person with an iD when only one has that name.
        """
        folded = self.name_keys
        owners: dict[str, set[str]] = {}
        for paper in self.papers:
            for entry in paper.authors:
                if entry.orcid:
                    owners.setdefault(folded[entry.name], set()).add(entry.address or entry.orcid)

        known = {name: next(iter(people)) if len(people) == 1 else name for name, people in owners.items()}
        keys = {name: known.get(key, key) for name, key in folded.items()}
        return {
            paper.id: tuple([entry.address or entry.orcid or keys[entry.name] for entry in paper.authors])
            for paper in self.papers
        }

    @functools.cached_property
    def by_author(self) -> dict[str, tuple[PaperView, ...]]:
        """The papers of each profile, by author id."""
        return _grouped(self.papers, lambda paper: self.records[paper.id].profiles)

    def author(self, profile: ProfileView) -> Author:
        """The record of a profile."""
        return next(author for author in self.site.authors if author.id == profile.id)

    def category(self, code: str) -> CategoryView:
        return self._categories[code]

    def date(self, date: Date | None) -> DateView | None:
        return DateView(iso=date.iso, text=self.words.date(date), year=f"{date.year:04d}") if date else None

    def absolute(self, address: str) -> str:
        """The absolute form of an address of the site; "" when the site has no url."""
        return self.url + address[1:] if self.url else ""

    def body(self, page: FreePage) -> text.Rich:
        """The text of a free page."""
        if page.path not in self._bodies:
            self._bodies[page.path] = text.convert(page.body, "markdown", urls.page(page.path))
        return self._bodies[page.path]

    def rich(self, owner: Paper | Author, key: str, source: str, format: Format, base: str) -> text.Rich:
        """Text of a record as markup, its links to this site marked and kept for checking."""
        if not source:
            return NOTHING
        rich = text.convert(source, format, base)
        if rich.targets:
            self.targets.append((owner, key, rich.targets))
            return msgspec.structs.replace(rich, html=marked(rich.html))
        return rich

    def _ordered(self, views: Mapping[str, PaperView]) -> tuple[PaperView, ...]:
        match self.site.config.order:
            case "newest":
                return self.newest
            case "listed":
                return tuple(views.values())
            case "cited":
                return tuple(
                    sorted(
                        self.newest, key=lambda paper: -1 if paper.citations is None else paper.citations, reverse=True
                    )
                )
            case "title":
                return tuple(sorted(views.values(), key=lambda paper: sort_key(paper.title_text)))

    def _view(self, paper: Paper) -> PaperView:
        pdf = self._pdf(paper)
        digest = _digest((self._common, msgspec.structs.replace(paper, origin=NOWHERE), pdf))
        kept = self._kept.get(digest)
        if kept is None:
            before = len(self.targets)
            view = self._paper(paper, pdf, digest)
            kept = Viewed(view, tuple((key, targets) for _, key, targets in self.targets[before:]))
            self._kept.put(digest, kept)
        else:
            self.targets += [(paper, key, targets) for key, targets in kept.targets]
        return kept.view

    def _paper(self, paper: Paper, pdf: str, digest: bytes) -> PaperView:
        address = urls.paper(paper.id)
        title = text.inline(paper.title)
        abstract = self.rich(paper, "abstract", paper.abstract, paper.format, address)
        note = self.rich(paper, "note", paper.note, paper.format, address)
        codes = dict.fromkeys(code for code in (paper.main_category, *paper.categories) if code)
        categories = tuple(self._categories[code] for code in codes)
        buttons = _buttons(paper, pdf, self.words)
        return PaperView(
            id=paper.id,
            address=address,
            title=title.html,
            title_text=title.plain,
            authors=tuple(self._byline(paper, entry) for entry in paper.authors),
            equal=any(entry.equal for entry in paper.authors),
            corresponding=any(entry.corresponding for entry in paper.authors),
            et_al=paper.et_al,
            date=self.date(paper.date),
            category=categories[0] if categories else None,
            categories=categories,
            tags=tuple(TagView(name=tag, address=urls.tag(tag)) for tag in dict.fromkeys(paper.tags)),
            abstract=abstract.html,
            abstract_text=abstract.plain,
            tldr=_inline(paper.tldr),
            venue=paper.venue,
            venue_address=urls.venue(paper.venue) if paper.venue and kind(paper) != PREPRINT else "",
            abbr=paper.abbr,
            status="" if paper.status in (None, "published") else str(paper.status),
            type=paper.type or "",
            buttons=buttons,
            has_pdf=any(button.kind == "pdf" for button in buttons),
            has_code=bool(paper.code),
            code_url=paper.code if isinstance(paper.code, str) else "",
            citations=paper.citations,
            selected=paper.selected,
            award=_inline(paper.award),
            note=note.html,
            image=_file_address(paper.image),
            retracted=bool(paper.retracted),
            retraction=paper.retracted if isinstance(paper.retracted, str) else "",
            versions=tuple(
                VersionView(
                    label=version.label or version.venue or self.words("Another version"),
                    date=self.date(version.date),
                    venue=version.venue if version.label else "",
                    url=version.url or urls.doi(version.doi) or urls.arxiv(version.arxiv),
                )
                for version in paper.versions
            ),
            math=title.has_math or abstract.has_math,
            extra=paper.extra,
            digest=digest,
        )

    def pdf_beside(self, paper: Paper) -> File | None:
        """The PDF of a paper, when it is a file of the site that is to be had beside the page of the paper too.

        Google Scholar takes a PDF only from the folder of the page. A file that lies there already, one that is too
        large for Scholar, and one whose place is taken by another file stay where they are.
        """
        file = self.files.get(paper.pdf)
        if not file or not file.path.lower().endswith(".pdf") or file.size > LARGEST_PDF:
            return None
        taken = f"papers/{paper.id}/{file.path.rpartition('/')[2]}" in self.files
        return None if taken else file

    def _pdf(self, paper: Paper) -> str:
        """The address of the PDF of a paper, or ""."""
        beside = self.pdf_beside(paper)
        return urls.beside(paper.id, beside.path) if beside else _file_address(paper.pdf)

    def _byline(self, paper: Paper, entry: PaperAuthor) -> BylineView:
        people = self._index.match(entry.name, entry.orcid)
        owners = [person for person in people if person in paper.profiles] if people else people
        owner = owners[0] if len(owners) == 1 else ""
        address = urls.author(owner, self.single) if owner else ""
        return BylineView(
            name=entry.name,
            address=address,
            url=entry.url,
            orcid=entry.orcid,
            home=address or entry.url or (f"https://orcid.org/{entry.orcid}" if entry.orcid else ""),
            owner=bool(owner),
            equal=entry.equal,
            corresponding=entry.corresponding,
        )

    def _profile(self, author: Author) -> ProfileView:
        address = urls.author(author.id, self.single)
        bio = self.rich(author, "bio", author.bio, "markdown", address)
        papers = [self.records[paper.id] for paper in self.by_author.get(author.id, ())]
        metrics = self._metrics(author, papers)
        declared = next((metric.raw for metric in metrics if metric.name == "papers"), "")
        return ProfileView(
            id=author.id,
            name=author.name,
            address=address,
            initials=_initials(author.name),
            pronouns=author.pronouns,
            role=author.role,
            group=author.group,
            affiliations=tuple(_affiliation_view(entry) for entry in author.affiliations),
            bio=bio.html,
            bio_text=bio.plain,
            photo=_file_address(author.photo),
            email=author.email,
            category=self._categories[author.category] if author.category else None,
            interests=author.interests,
            links=tuple(_link_view(link, self.words) for link in author.links),
            orcid=author.orcid,
            metrics=metrics,
            citations_by_year=tuple(
                (str(year), count) for year, count in sorted(author.citations_by_year.years.items())
            ),
            citations_source=author.citations_by_year.source,
            citations_as_of=self.date(author.citations_by_year.as_of),
            listed=len(papers),
            total=int(declared) if _is_number(declared) else len(papers),
        )

    def _metrics(self, author: Author, papers: list[Paper]) -> tuple[MetricView, ...]:
        """The author's figures in a fixed order: those declared, and those that the papers' citations tell."""
        found = dict(author.metrics)
        counts = sorted((paper.citations for paper in papers if paper.citations is not None), reverse=True)
        if counts:
            computed = {
                "h_index": sum(1 for rank, count in enumerate(counts, start=1) if count >= rank),
                "papers": len(papers),
                "citations": sum(counts),
                "i10_index": sum(1 for count in counts if count >= 10),
            }
            source = self.words("Computed from the papers listed here")
            for name, value in computed.items():
                found.setdefault(name, Metric(value=str(value), source=source))
        known = _known_metrics(self.words)
        names = [name for name in known if name in found] + [name for name in found if name not in known]
        own = {name: (name.replace("_", " ").capitalize(), "") for name in names}
        return tuple(self._metric(name, found[name], *(own | known)[name]) for name in names)

    def _metric(self, name: str, metric: Metric, label: str, meaning: str) -> MetricView:
        raw = metric.value.replace(",", "").replace("\u202f", "").removesuffix("%").strip()
        value = metric.value
        if _is_number(raw):
            percent = name in PERCENT_METRICS or metric.value.endswith("%")
            value = self.words("{number}%", number=int(raw)) if percent else self.words.number(int(raw))
        return MetricView(
            name=name,
            label=metric.label or label,
            value=value,
            raw=raw,
            help=metric.help or meaning,
            source=metric.source,
            as_of=self.date(metric.as_of),
        )


def _known_metrics(words: Words) -> dict[str, tuple[str, str]]:
    """Label and meaning of the usual figures, in the order to show them."""
    return {
        "h_index": ("h-index", words("The largest number h such that h papers were cited at least h times each.")),
        "papers": (words("Papers"), words("Number of papers.")),
        "citations": (words("Citations"), words("How often the papers were cited, all together.")),
        "i10_index": ("i10-index", words("Number of papers that were cited at least ten times.")),
        "novelty": (words("Novelty"), ""),
        "ai_score": (words("AI Score"), ""),
    }


def _is_number(text: str) -> bool:
    """Whether a text is a whole number that one can reckon with; figures of more digits are shown as they are."""
    return text.isascii() and text.isdigit() and len(text) <= 18


def _digest(value: object) -> bytes:
    return hashlib.blake2b(encoded(value), digest_size=16).digest()


def _inline(source: str) -> Html:
    return text.inline(source).html if source else NOTHING.html


def marked(markup: Html) -> Html:
    """Markup with the site's addresses marked for ``urls.resolve``."""
    return Html(markup.replace('="site:/', f'="{urls.MARK}/'))


def newest_first(papers: Iterable[Paper]) -> list[Paper]:
    """Newest first; what is still to appear (a status, no date) stands at the top, other undated papers at the end."""

    def key(paper: Paper) -> tuple[int, Date]:
        forthcoming = paper.date is None and paper.status not in (None, "published")
        return (2 if forthcoming else 1 if paper.date else 0, paper.date or Date(1))

    return sorted(papers, key=key, reverse=True)


def _grouped(
    papers: Iterable[PaperView], keys: Callable[[PaperView], Iterable[str]]
) -> dict[str, tuple[PaperView, ...]]:
    groups: dict[str, list[PaperView]] = {}
    for paper in papers:
        for key in keys(paper):
            groups.setdefault(key, []).append(paper)
    return {key: tuple(groups[key]) for key in sorted(groups)}


def _by_family(author: Author) -> str:
    return sort_key(author.name)


def _hues(codes: Iterable[str]) -> dict[str, int]:
    """A hue for each category: mostly the same for a code on all sites, and no two alike while there are enough."""
    hues: dict[str, int] = {}
    free = set(range(HUES))
    for code in sorted(codes):
        hue = zlib.crc32(code.encode()) % HUES
        while free and hue not in free:
            hue = (hue + 1) % HUES
        free.discard(hue)
        hues[code] = hue
    return hues


def _category_view(category: Category, hue: int) -> CategoryView:
    return CategoryView(
        code=category.code,
        name=category.name,
        group=category.group,
        address=urls.category(category.code),
        hue=hue,
    )


def _affiliation_view(affiliation: Affiliation) -> AffiliationView:
    return AffiliationView(name=affiliation.name, url=affiliation.url)


def _link_view(link: Link, words: Words) -> LinkView:
    """A link of a profile; the label is translated unless the author wrote an own one."""
    labels = {"homepage": words("Homepage"), "email": words("Email"), "blog": words("Blog")}
    own = link.service not in labels or link.label != SERVICES[link.service].label
    return LinkView(service=link.service, label=link.label if own else labels[link.service], url=link.url)


def _initials(name: str) -> str:
    """First letters of the first and the last word of a name, upper case."""
    words = [word for word in name.replace(",", " ").split() if word[0].isalpha()]
    if not words:
        return name[:1]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def _file_address(target: str) -> str:
    """The address of a file of the site, or the web address that was written instead."""
    if not target or target.startswith("https://") or urlsplit(target).scheme in ("http", "https", "mailto"):
        return target
    return urls.file(target)


def _buttons(paper: Paper, pdf: str, words: Words) -> tuple[ButtonView, ...]:
    code = paper.code if isinstance(paper.code, str) else ""
    known = (
        ("pdf", "PDF", pdf),
        ("doi", "DOI", urls.doi(paper.doi)),
        ("arxiv", "arXiv", urls.arxiv(paper.arxiv)),
        ("pmid", "PubMed", urls.pubmed(paper.pmid)),
        ("openreview", "OpenReview", urls.openreview(paper.openreview)),
        ("code", words("Code"), code),
        ("dataset", words("Data"), _file_address(paper.dataset)),
        ("slides", words("Slides"), _file_address(paper.slides)),
        ("poster", words("Poster"), _file_address(paper.poster)),
        ("video", words("Video"), _file_address(paper.video)),
        ("website", words("Website"), paper.website),
    )
    own = (
        ("link", link.label or urlsplit(link.url).netloc.removeprefix("www.") or words("Link"), _file_address(link.url))
        for link in paper.links
    )
    return tuple(ButtonView(kind=kind, label=label, url=url) for kind, label, url in (*known, *own) if url)
