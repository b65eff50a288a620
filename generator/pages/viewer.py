"""Records to what templates see of them."""

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import msgspec

from generator import hosts, names, text, urls
from generator.categories import Category
from generator.dates import Date
from generator.formats.citation import kind
from generator.kept import Kept, Unchanged
from generator.matching import index_of, people_of
from generator.model import Affiliation, Author, File, Format, FreePage, Link, Metric, Origin, Paper, PaperAuthor, Site
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
    TagView,
    VersionView,
    encoded,
)
from generator.words import Words

PERCENT_METRICS = ("novelty",)
_THOUSANDS = re.compile(r"(?<=\d),(?=(?:\d{2,3},)*\d{3}(?!\d))", re.ASCII)
"""A comma that sets thousands off, in India also lakhs; the one of 1,5 does not."""
_RANGE = r"(?<=\w)\s*(?:-+|[\u2010-\u2014])\s*(?=\w)"
_FRACTION = r"(?a)\d+[.,]\d+\Z"
HUES = 12
PREPRINT = "article"
"""CSL's type of preprints: their servers are no venues."""
LARGEST_PDF = 5_000_000
"""Bytes: Google Scholar reads no larger file, so a larger one gains nothing beside the page of its paper."""
EQUAL, CORRESPONDING, SENIOR = "*", "†", "‡"
"""The signs beside names; the first is repeated for further groups of those who contributed equally."""
NOTHING = text.Rich(Html(""), "")
NOWHERE = Origin("", 1, 1)


Keys = tuple[str | int, ...]
"""What leads to a text of a record; nothing where the record is all text."""
Target = tuple[Paper | Author | FreePage, Keys, tuple[str, ...]]
"""A record, the keys of a text of it, and the addresses of this site that the text links to."""


class Viewed(msgspec.Struct, frozen=True, array_like=True):
    """A view of a paper, and the addresses that its texts link to, with the keys of each text."""

    view: PaperView
    targets: tuple[tuple[Keys, tuple[str, ...]], ...]


class Viewer:
    """Makes views of the papers and authors of one site.

    ``targets`` are the addresses of this site that their texts link to, each with the record and the keys of the text;
    ``files`` are the site's own, by path.
    ``common`` is the digest of all that views of papers depend on, besides their records and their files. ``kept`` are
    views that were made before, ``same`` those of the very same records, after what else decided in each; ``bios`` are
    the texts of biographies and of CVs.
    """

    def __init__(
        self,
        site: Site,
        categories: Mapping[str, Category],
        words: Words,
        kept: Kept[Viewed],
        same: Unchanged[Any],
        bios: Kept[text.Rich],
    ) -> None:
        hues = _hues(categories)
        self.categories = {code: _category_view(category, hues[code]) for code, category in categories.items()}
        self._listed = {code for paper in site.papers for code in (paper.category, *paper.categories)}
        self.targets: list[Target] = []
        self.words = words
        self._single = len(site.authors) == 1
        people = people_of(site.authors)
        self._names = Counter(person.name for person in people)
        self._index = index_of(people)
        self.files = {file.path: file for file in site.files}
        self._kept = kept
        self.common = digest(([view for _, view in sorted(self.categories.items())], people, words))
        self._bios = bios
        self._same = same
        same.begin(self.common)

    def papers(self, papers: Sequence[Paper], jobs: int = 1) -> dict[str, PaperView]:
        """What is seen of each paper, by its id; where nothing of the kind is known, so many processes look."""
        if not self._kept:
            self._kept.fill(lambda paper: self._viewed(paper, self._pdf(paper)), papers, jobs)
        return {paper.id: self._seen(paper) for paper in papers}

    def _seen(self, paper: Paper) -> PaperView:
        pdf = self._pdf(paper)
        viewed: Viewed = self._same.get(paper, pdf, partial(self._viewed, paper, pdf))
        self._kept.get(viewed.view.digest)  # it is asked for by its digest when the record has moved
        if viewed.targets:
            self.targets += [(paper, keys, targets) for keys, targets in viewed.targets]
        return viewed.view

    def _viewed(self, paper: Paper, pdf: str) -> Viewed:
        decisive = digest((self.common, msgspec.structs.replace(paper, origin=NOWHERE), pdf))
        kept = self._kept.get(decisive)
        if kept is None:
            before = len(self.targets)
            view = self._paper(paper, pdf, decisive)
            kept = Viewed(view, tuple((keys, targets) for _, keys, targets in self.targets[before:]))
            del self.targets[before:]
            self._kept.put(decisive, kept)
        return kept

    def _paper(self, paper: Paper, pdf: str, decisive: bytes) -> PaperView:
        address = urls.paper(paper.id)
        title = text.inline(paper.title)
        tldr = text.inline(paper.tldr) if paper.tldr else NOTHING
        abstract = self._rich(paper, "abstract", paper.abstract, paper.format, address)
        note = self._rich(paper, "note", paper.note, paper.format, address)
        codes = dict.fromkeys(code for code in (paper.main_category, *paper.categories) if code)
        categories = tuple(self.categories[code] for code in codes)
        csl_type = kind(paper)
        venue = text.inline(paper.venue).plain
        buttons = _buttons(paper, pdf, self.words)
        groups = list(dict.fromkeys([entry.equal for entry in paper.authors if entry.equal]))
        meant = self._index.match_all((entry.name, entry.orcid) for entry in paper.authors)
        authors = tuple(
            [self._byline(paper, entry, people, groups) for entry, people in zip(paper.authors, meant, strict=True)]
        )
        return PaperView(
            id=paper.id,
            address=address,
            title=title.html,
            title_text=title.plain,
            authors=authors,
            signs=tuple(sorted({sign for entry in authors for sign in entry.signs})),
            et_al=paper.et_al,
            date=date_view(paper.date, self.words),
            category=categories[0] if categories else None,
            categories=categories,
            tags=tuple(TagView(name=tag, address=urls.tag(tag)) for tag in paper.tags),
            abstract=abstract.html,
            abstract_text=abstract.plain,
            tldr=tldr.html,
            tldr_text=tldr.plain,
            venue=venue,
            venue_address=urls.venue(venue) if venue and csl_type != PREPRINT else "",
            abbr=paper.abbr,
            volume=re.sub(_RANGE, "–", paper.volume),
            issue=re.sub(_RANGE, "–", paper.issue),
            pages=re.sub(_RANGE, "–", paper.pages),
            publisher=paper.publisher,
            status="" if paper.status in (None, "published") else str(paper.status),
            type=csl_type,
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
                    date=date_view(version.date, self.words),
                    venue=version.venue if version.label else "",
                    url=version.url or urls.doi(version.doi) or urls.arxiv(version.arxiv),
                )
                for version in paper.versions
            ),
            math=title.has_math or abstract.has_math,
            extra=paper.extra,
            digest=decisive,
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
        if not paper.pdf:
            return ""
        beside = self.pdf_beside(paper)
        return urls.beside(paper.id, beside.path) if beside else _file_address(paper.pdf)

    def _rich(self, owner: Paper | Author, key: str, source: str, format: Format, base: str) -> text.Rich:
        """Text of a record as markup, its links to this site marked and kept for checking."""
        return self._marked(owner, key, text.convert(source, format, base)) if source else NOTHING

    def _bio(self, author: Author, address: str) -> text.Rich:
        return self._marked(author, "bio", self.markdown(author.bio, address)) if author.bio else NOTHING

    def markdown(self, source: str, address: str) -> text.Rich:
        """What a text about an author says on the page of that address; links to this site are not marked yet."""
        return self._bios.made(digest((source, address)), lambda: text.convert(source, "markdown", address))

    def _marked(self, owner: Paper | Author, key: str, rich: text.Rich) -> text.Rich:
        if rich.targets:
            self.targets.append((owner, (key,), rich.targets))
            return msgspec.structs.replace(rich, html=marked(rich.html))
        return rich

    def _byline(
        self, paper: Paper, entry: PaperAuthor, people: tuple[str, ...], groups: Sequence[str | bool]
    ) -> BylineView:
        """What is seen of an author, who may be one of the ``people``.

        ``groups`` are those of the paper that contributed equally.
        """
        if not people and entry == PaperAuthor(name=entry.name):  # as most are
            return BylineView(name=entry.name)
        owners = [person for person in people if person in (paper.profiles or ())] if people else people
        owner = owners[0] if len(owners) == 1 else ""
        address = urls.author(owner, self._single) if owner else ""
        return BylineView(
            name=entry.name,
            address=address,
            url=entry.url,
            orcid=entry.orcid,
            home=address or entry.url or (f"https://orcid.org/{entry.orcid}" if entry.orcid else ""),
            owner=bool(owner),
            equal=bool(entry.equal),
            corresponding=entry.corresponding,
            senior=entry.senior,
            signs=_signs(entry, groups),
        )

    def profile(self, author: Author, papers: tuple[PaperView, ...]) -> ProfileView:
        """What is seen of an author who has these papers."""
        decisive = papers, self._category(author)
        seen: ProfileView
        seen, targets = self._same.get(author, decisive, partial(self._profiled, author, *decisive))
        self.targets += targets
        return seen

    def _profiled(
        self, author: Author, papers: Sequence[PaperView], category: CategoryView | None
    ) -> tuple[ProfileView, list[Target]]:
        """What is seen of an author, and the addresses of this site that it links to."""
        before = len(self.targets)
        view = self._profile(author, papers, category)
        targets = self.targets[before:]
        del self.targets[before:]
        return view, targets

    def _profile(self, author: Author, papers: Sequence[PaperView], category: CategoryView | None) -> ProfileView:
        address = urls.author(author.id, self._single)
        bio = self._bio(author, address)
        metrics = self._metrics(author, papers)
        declared = next((metric.raw for metric in metrics if metric.name == "papers"), "")
        return ProfileView(
            id=author.id,
            name=author.name,
            titled=author.name if self._names[author.name] == 1 else f"{author.name} ({author.id})",
            address=address,
            initials=initials(names.bare(author.name)),
            pronouns=author.pronouns,
            role=author.role,
            group=author.group,
            affiliations=tuple(_affiliation_view(entry) for entry in author.affiliations),
            bio=bio.html,
            bio_text=bio.plain,
            photo=_file_address(author.photo),
            email=author.email,
            category=category,
            interests=author.interests,
            links=tuple(_link_view(link, self.words) for link in author.links),
            orcid=author.orcid,
            metrics=metrics,
            citations_by_year=tuple(
                (str(year), count) for year, count in sorted(author.citations_by_year.years.items())
            ),
            citations_source=author.citations_by_year.source,
            citations_as_of=date_view(author.citations_by_year.as_of, self.words),
            listed=len(papers),
            # a declared number may be out of date, and no fewer are there than are listed
            total=max(int(declared), len(papers)) if _is_number(declared) else len(papers),
        )

    def _category(self, author: Author) -> CategoryView | None:
        """The category of an author, without an address where no paper is in it."""
        if not author.category:
            return None
        view = self.categories[author.category]
        return view if author.category in self._listed else msgspec.structs.replace(view, address="")

    def _metrics(self, author: Author, papers: Sequence[PaperView]) -> tuple[MetricView, ...]:
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
        keys = [name for name in known if name in found] + [name for name in found if name not in known]
        own = {name: (name.replace("_", " ").capitalize(), "") for name in keys}
        return tuple(self._metric(name, found[name], *(own | known)[name]) for name in keys)

    def _metric(self, name: str, metric: Metric, label: str, meaning: str) -> MetricView:
        raw = _THOUSANDS.sub("", metric.value).replace("\u202f", "").removesuffix("%").strip()
        value = metric.value
        if _is_number(raw):
            percent = name in PERCENT_METRICS or metric.value.endswith("%")
            value = self.words("{number}%", number=int(raw)) if percent else self.words.number(int(raw))
        elif name in PERCENT_METRICS and re.match(_FRACTION, metric.value):
            value = self.words("{number}%", number=metric.value)
        return MetricView(
            name=name,
            label=metric.label or label,
            value=value,
            raw=raw,
            help=metric.help or meaning,
            source=metric.source,
            as_of=date_view(metric.as_of, self.words),
        )


def _signs(entry: PaperAuthor, groups: Sequence[str | bool]) -> tuple[str, ...]:
    """The signs beside the name of an author, which footnotes explain."""
    if not (entry.equal or entry.corresponding or entry.senior):
        return ()
    equal = EQUAL * (groups.index(entry.equal) + 1) if entry.equal else ""
    return tuple(filter(None, (equal, CORRESPONDING * entry.corresponding, SENIOR * entry.senior)))


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


def date_view(date: Date | None, words: Words) -> DateView | None:
    """What is seen of a date, as precise as it is known."""
    return DateView(iso=date.iso, text=words.date(date), year=f"{date.year:04d}") if date else None


def digest(value: object) -> bytes:
    """The digest of views and of what they are made of."""
    return hashlib.blake2b(encoded(value), digest_size=16).digest()


def _inline(source: str) -> Html:
    return text.inline(source).html if source else NOTHING.html


def marked(markup: Html) -> Html:
    """Markup with the site's addresses marked for ``urls.resolve``."""
    return Html(markup.replace('="site:/', f'="{urls.MARK}/'))


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
    return LinkView(
        service=link.service, label=link.label if own else labels[link.service], url=_file_address(link.url)
    )


def initials(name: str) -> str:
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
        ("code", code and words("Code"), code),
        ("dataset", paper.dataset and words("Data"), _file_address(paper.dataset)),
        ("slides", paper.slides and words("Slides"), _file_address(paper.slides)),
        ("poster", paper.poster and words("Poster"), _file_address(paper.poster)),
        ("video", paper.video and words("Video"), _file_address(paper.video)),
        ("website", paper.website and words("Website"), paper.website),
    )
    own = (
        ("link", link.label or hosts.shown(link.url) or words("Link"), _file_address(link.url)) for link in paper.links
    )
    return tuple(ButtonView(kind=kind, label=label, url=url) for kind, label, url in (*known, *own) if url)
