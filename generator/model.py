"""The nouns of a site. The records are the schema of the content files: a field is a key, its annotation says what
its value may be, its docstring is what the documentation and the JSON Schema say about it.

A record of ``SHORT`` may be written as one plain value, which then stands for the field named there.
"""

from typing import Annotated, Any, ClassVar, Literal

import msgspec

from generator import foreign, scalars
from generator.dates import Date as DateValue

Line = Annotated[str, scalars.LINE]
Text = Annotated[str, scalars.TEXT]
Count = Annotated[int, scalars.COUNT]
Size = Annotated[int, scalars.SIZE]
Truth = Annotated[bool, scalars.TRUTH_VALUE]
Date = Annotated[DateValue, scalars.DATE]
Day = Annotated[str, scalars.DAY]
Year = Annotated[int, scalars.YEAR]
Url = Annotated[str, scalars.URL]
SiteUrl = Annotated[str, scalars.SITE_URL]
FilePath = Annotated[str, scalars.FILE]
FileOrUrl = Annotated[str, scalars.FILE_OR_URL]
Id = Annotated[str, scalars.ID]
Doi = Annotated[str, scalars.DOI]
Arxiv = Annotated[str, scalars.ARXIV]
Pmid = Annotated[str, scalars.PMID]
OpenReview = Annotated[str, scalars.OPENREVIEW]
Orcid = Annotated[str, scalars.ORCID]
Language = Annotated[str, scalars.LANGUAGE]
Email = Annotated[str, scalars.EMAIL]
License = Annotated[str, scalars.LICENSE]
Destination = Annotated[str, scalars.DESTINATION]
OldAddress = Annotated[str, scalars.OLD_ADDRESS]

Format = Literal["latex", "markdown", "text"]
Order = Literal["newest", "listed", "cited", "title"]
Grouping = Literal["none", "type"]
Export = Literal["bib", "ris", "csl"]
Dispensable = Literal["coauthors", "cv", "embed", "exports", "feeds", "llms", "search"]
ShareImages = Literal["none", "site", "papers"]
Status = Literal["in preparation", "submitted", "under review", "accepted", "in press", "published"]
PaperType = Literal[
    "article",
    "article-journal",
    "book",
    "chapter",
    "dataset",
    "manuscript",
    "paper-conference",
    "patent",
    "report",
    "review",
    "software",
    "speech",
    "thesis",
    "webpage",
]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of what is read from YAML."""

    NOUN: ClassVar[str] = ""
    """What messages call such a record; left out, it is made from the class's name."""
    SHORT: ClassVar[str] = ""
    ALSO: ClassVar[dict[str, str]] = {}
    """Names that other tools use for a key of ours, understood as that key."""
    ELSEWHERE: ClassVar[dict[str, str]] = {}
    """Keys of other tools that have no like here, with what to write instead."""


class Origin(msgspec.Struct, frozen=True):
    """Where a record was read: its file (relative to the site's folder), its position in it, and its number there."""

    file: str
    line: int
    column: int
    index: int = -1


class Link(Record, frozen=True, kw_only=True):
    """A link: an address, or an address with a label."""

    SHORT: ClassVar[str] = "url"
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.LINK_HINTS

    label: Line = ""
    """What the link says; left out, the service or the host is named."""
    url: FileOrUrl
    """The address (http, https or mailto), or a file in content/files/."""
    service: Annotated[str, None] = ""


class PaperLink(Record, frozen=True, kw_only=True):
    """A further link of a paper; the address may be a file of ``content/files/``."""

    SHORT: ClassVar[str] = "url"
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.LINK_HINTS

    label: Line = ""
    """What the button says."""
    url: FileOrUrl
    """The address, or a file in content/files/."""


class Affiliation(Record, frozen=True, kw_only=True):
    """Where somebody works or studies."""

    SHORT: ClassVar[str] = "name"

    name: Line
    """The name of the institution."""
    url: Url = ""
    """Its homepage."""


class Metric(Record, frozen=True, kw_only=True):
    """A figure about an author, with what it means and where it comes from."""

    SHORT: ClassVar[str] = "value"

    value: Line
    """The figure: 41, 3,360 or 53%."""
    label: Line = ""
    """Its name on the page; the known metrics have one."""
    help: Line = ""
    """What it means, in a sentence."""
    source: Line = ""
    """Where it was taken from."""
    as_of: Date | None = None
    """The day it was taken."""
    history: dict[Day, Line] = {}
    """What it was on earlier days: {2026-11-01: 40}; `paperfolio refresh` writes it."""


class YearlyCitations(Record, frozen=True, kw_only=True):
    """Citations received in each year, with where they were counted and when."""

    NOUN: ClassVar[str] = "citations_by_year"
    SHORT: ClassVar[str] = "years"

    years: dict[Year, Count]
    """The citations of each year: {2023: 512}."""
    source: Line = ""
    """Where they were taken from."""
    as_of: Date | None = None
    """The day they were taken."""
    history: dict[Day, dict[Year, Count]] = {}
    """What years that are other now were on earlier days: {2026-11-01: {2026: 40}}; `paperfolio refresh` writes it."""


class Position(Record, frozen=True, kw_only=True):
    """An entry of a CV: a position, a degree, a course or a talk, with where and when."""

    SHORT: ClassVar[str] = "title"
    ALSO: ClassVar[dict[str, str]] = foreign.POSITION
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.POSITION_HINTS

    title: Line
    """The position or the degree: "Professor", "PhD in Mathematics"."""
    organization: Line = ""
    """Where: the institution."""
    url: Url = ""
    """The institution's homepage."""
    start: Date | None = None
    """When it began."""
    end: Date | None = None
    """When it ended, or when it was; with a start alone it goes on."""
    note: Text = ""
    """A remark, like the title of a thesis, or what was done there, in Markdown."""


class Award(Record, frozen=True, kw_only=True):
    """A prize, grant or honour."""

    SHORT: ClassVar[str] = "title"
    ALSO: ClassVar[dict[str, str]] = foreign.AWARD
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.AWARD_HINTS

    title: Line
    """Its name."""
    organization: Line = ""
    """Who gave it."""
    date: Date | None = None
    """When it was given."""
    note: Text = ""
    """A remark, in Markdown."""


class Author(Record, frozen=True, kw_only=True):
    """A person with a profile: ``content/authors/<id>.yaml``."""

    ALSO: ClassVar[dict[str, str]] = foreign.AUTHOR
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.AUTHOR_HINTS

    name: Line
    """The full name as it is printed."""
    family: Line = ""
    """The family name in it, where it is more than the last word, or stands first: García Márquez, Nguyễn."""
    aliases: tuple[Line, ...] = ()
    """Other forms of the name that occur in author lists."""
    pronouns: Line = ""
    """Pronouns, shown beside the name."""
    role: Line = ""
    """Position, like "Professor"."""
    group: Line = ""
    """The part of the group that the person belongs to, like "PhD students"; some themes show people by it."""
    affiliations: tuple[Affiliation, ...] = ()
    """Institutions: a name each, or a name and url."""
    bio: Text = ""
    """A few sentences, in Markdown."""
    photo: FilePath = ""
    """A picture in content/files/."""
    email: Email = ""
    """Mail address."""
    category: Line = ""
    """The primary category: an arXiv code like LG or cs.LG, or an own one."""
    interests: tuple[Line, ...] = ()
    """Fields of interest, a few words each."""
    links: tuple[Link, ...] = ()
    """A list of addresses, or a mapping of services: github, orcid, google_scholar, cv, ..."""
    metrics: dict[str, Metric] = {}
    """h_index, papers, citations, i10_index, novelty, ai_score and own ones."""
    citations_by_year: YearlyCitations = YearlyCitations(years={})
    """Citations received in each year: {2023: 512}, or a mapping with years, source and as_of."""
    positions: tuple[Position, ...] = ()
    """Positions for the CV: titles, or mappings with title, organization, url, start, end and note."""
    education: tuple[Position, ...] = ()
    """Degrees for the CV, written as positions are."""
    awards: tuple[Award, ...] = ()
    """Awards for the CV: titles, or mappings with title, organization, date and note."""
    sections: dict[Line, tuple[Position, ...]] = {}
    """Further parts of the CV: {Teaching: [...], Service: [...]}, their entries written as positions are."""
    redirect_from: tuple[OldAddress, ...] = ()
    """Addresses of the site at which it was found before, like /publications/old-name/; each leads to it."""
    id: Annotated[str, None] = ""
    origin: Annotated[Origin, None] = Origin("", 0, 0)

    @property
    def orcid(self) -> str:
        """The bare ORCID iD among the links, or an empty text."""
        for link in self.links:
            # a profile that is imported has not been told its services yet
            if link.service == "orcid" or link.url.startswith(("https://orcid.org/", "http://orcid.org/")):
                return link.url.rstrip("/").rpartition("/")[2]
        return ""


class PaperAuthor(Record, frozen=True, kw_only=True):
    """One name of a paper's author list."""

    SHORT: ClassVar[str] = "name"
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.PAPER_AUTHOR_HINTS

    name: Line
    """The name as the paper prints it."""
    family: Line = ""
    """The family name in it, where it is more than the last word: García Márquez; all of a name that has no parts."""
    orcid: Orcid = ""
    """ORCID iD."""
    url: Url = ""
    """Homepage."""
    equal: Truth | Line = False
    """true: contributed equally to the work; or a name for those who did so among themselves, like a and b."""
    corresponding: Truth = False
    """The author to write to."""
    senior: Truth = False
    """One of several senior authors."""


class Version(Record, frozen=True, kw_only=True):
    """An earlier or other form of the same paper."""

    SHORT: ClassVar[str] = "url"
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.VERSION_HINTS

    label: Line = ""
    """What it is: "Preprint", "Workshop version"."""
    date: Date | None = None
    """When it appeared."""
    venue: Line = ""
    """Where it appeared."""
    url: Url = ""
    """Its address."""
    doi: Doi = ""
    """Its DOI."""
    arxiv: Arxiv = ""
    """Its arXiv identifier."""


class Paper(Record, frozen=True, kw_only=True):
    """A paper: one of ``content/papers/**``."""

    ALSO: ClassVar[dict[str, str]] = foreign.PAPER
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.PAPER_HINTS

    title: Line
    """The title; LaTeX markup and math are understood."""
    id: Id = ""
    """Its address, /papers/<id>/; by default made from the title."""
    authors: tuple[PaperAuthor, ...] = ()
    """The authors in order: names, or mappings with name, family, orcid, url, equal, corresponding, senior."""
    et_al: Truth = False
    """The list of authors is cut short: "et al." follows."""
    profiles: tuple[Line, ...] | None = None
    """Ids of the profiles it belongs to, [] for none; by default matched by name, alias and ORCID."""
    date: Date | None = None
    """When it appeared: 2023-08-07, 2023-08 or 2023."""
    status: Status | None = None
    """Where it stands, when it is not simply published."""
    category: Line = ""
    """Its primary category: an arXiv code like LG or cs.LG, or an own one."""
    categories: tuple[Line, ...] = ()
    """Further categories."""
    tags: tuple[Line, ...] = ()
    """Free keywords, each with an index page."""
    abstract: Text = ""
    """The abstract."""
    format: Format = "latex"
    """How the abstract and the note are written."""
    tldr: Line = ""
    """The paper in one sentence."""
    venue: Line = ""
    """Journal or conference."""
    abbr: Line = ""
    """The venue in short, shown as a badge."""
    type: PaperType | None = None
    """What it is, in CSL's words."""
    volume: Line = ""
    """Volume of the journal."""
    issue: Line = ""
    """Issue of the volume."""
    pages: Line = ""
    """Pages: 12-34."""
    publisher: Line = ""
    """Publisher."""
    doi: Doi = ""
    """DOI, bare or as an address."""
    arxiv: Arxiv = ""
    """arXiv identifier."""
    pmid: Pmid = ""
    """PubMed number, bare or as an address."""
    openreview: OpenReview = ""
    """OpenReview forum id, bare or as an address."""
    citations: Count | None = None
    """How often it was cited."""
    code: Truth | Url = False
    """true, or the address of the code."""
    pdf: FileOrUrl = ""
    """The paper: an address or a file in content/files/."""
    slides: FileOrUrl = ""
    """Slides: an address or a file."""
    poster: FileOrUrl = ""
    """Poster: an address or a file."""
    video: FileOrUrl = ""
    """Recording: an address or a file."""
    dataset: FileOrUrl = ""
    """Data: an address or a file."""
    website: Url = ""
    """Project page."""
    links: tuple[PaperLink, ...] = ()
    """Further links with label and url."""
    selected: Truth = False
    """Shown first on the profile."""
    award: Line = ""
    """Award, like "Best paper"."""
    note: Text = ""
    """A remark shown below the paper."""
    image: FilePath = ""
    """A picture in content/files/."""
    bibtex: Text = ""
    """The BibTeX entry, word for word; by default it is made from the fields."""
    versions: tuple[Version, ...] = ()
    """Preprint, workshop version and so on of the same work."""
    retracted: Truth | Line = False
    """true, or what is known about the retraction."""
    redirect_from: tuple[OldAddress, ...] = ()
    """Addresses of the site at which it was found before, like /publications/old-name/; each leads to it."""
    draft: Truth = False
    """Built only with --drafts."""
    extra: dict[str, Any] = {}
    """Anything a theme of your own wants to show."""
    origin: Annotated[Origin, None] = Origin("", 0, 0)

    @property
    def main_category(self) -> str:
        """The primary category: ``category``, else the first of ``categories``, else an empty text."""
        return self.category or next(iter(self.categories), "")


class FreePage(Record, frozen=True, kw_only=True):
    """A free page: ``content/pages/**/*.md``, Markdown below a YAML head."""

    NOUN: ClassVar[str] = "the page"
    ALSO: ClassVar[dict[str, str]] = foreign.PAGE
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.PAGE_HINTS

    title: Line
    """The page's title."""
    description: Line = ""
    """One sentence for search engines."""
    date: Date | None = None
    """The day it is of, shown below the title; pages in news/ are listed by it."""
    nav: Truth = True
    """Listed in the navigation."""
    redirect_from: tuple[OldAddress, ...] = ()
    """Addresses of the site at which it was found before, like /publications/old-name/; each leads to it."""
    draft: Truth = False
    """Built only with --drafts."""
    body: Annotated[str, None] = ""
    path: Annotated[str, None] = ""
    origin: Annotated[Origin, None] = Origin("", 0, 0)


class NavItem(Record, frozen=True, kw_only=True):
    """An entry of the navigation."""

    SHORT: ClassVar[str] = "url"
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.LINK_HINTS

    label: Line = ""
    """What it says; by default the title of the page it leads to."""
    url: Line
    """An address of the site like /categories/, or a web address."""


class CategoryName(Record, frozen=True, kw_only=True):
    """An own category, or another name for a known one."""

    SHORT: ClassVar[str] = "name"

    name: Line
    """The full name."""
    group: Line = ""
    """The field it belongs to."""


class SiteConfig(Record, frozen=True, kw_only=True):
    """The site as a whole: ``content/site.yaml``."""

    NOUN: ClassVar[str] = "site.yaml"
    ALSO: ClassVar[dict[str, str]] = foreign.SITE
    ELSEWHERE: ClassVar[dict[str, str]] = foreign.SITE_HINTS

    title: Line = ""
    """Title of the site; by default the author's name."""
    url: SiteUrl = ""
    """Absolute address of the published site, with its path: https://lab.github.io/papers/"""
    description: Line = ""
    """One sentence for search engines and feeds."""
    language: Language = "en"
    """Language of the content (BCP 47)."""
    theme: Line = "folio"
    """Name of the theme."""
    theme_options: dict[str, Any] = {}
    """Options of the theme, see `paperfolio themes`."""
    per_page: Size = 50
    """Papers on a page of a list."""
    nav: tuple[NavItem, ...] | None = None
    """The navigation: a list of addresses, or of label and url; by default made from the pages there are."""
    order: Order = "newest"
    """Order of the papers."""
    group_by: Grouping = "none"
    """What lists of papers are grouped by: type (journal articles, conference papers, preprints, ...) or none."""
    exports: tuple[Export, ...] = ("bib", "ris", "csl")
    """Citation files to write; [] for none."""
    without: tuple[Dispensable, ...] = ()
    """What the site does without: coauthors, cv, embed (all lists for other websites), exports (citation files beside
    lists), feeds (of categories, people), llms (llms.txt), search."""
    citation_styles: tuple[Line, ...] = ()
    """Styles in which pages of papers show a citation: apa, ieee, mla and others of the CSL project."""
    categories: dict[str, CategoryName] = {}
    """Names of own categories: {HCI: Human-computer interaction}."""
    license: License = ""
    """License of the texts, a name or an address."""
    redirects: dict[OldAddress, Destination] = {}
    """Addresses of the site that lead to others, within it or elsewhere: {/publications/: /}."""
    share_images: ShareImages = "none"
    """Which pictures for share previews are drawn: none, site (one) or papers (one for each, too)."""
    origin: Annotated[Origin, None] = Origin("content/site.yaml", 1, 1)


FILE_KEYS = ("pdf", "slides", "poster", "video", "dataset", "image")
"""The keys of a paper whose value may be a file of ``content/files/``."""


class File(msgspec.Struct, frozen=True):
    """A file of ``content/files/``: its path there (with /), where it lies, and its size in bytes (0: not known)."""

    path: str
    source: str
    size: int = 0


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """All that the content says, checked and resolved.

    ``papers`` are in the site's order; ``bylines[i]`` tells for paper ``i`` the author id of each name (or "").
    """

    config: SiteConfig
    authors: tuple[Author, ...]
    papers: tuple[Paper, ...]
    pages: tuple[FreePage, ...]
    files: tuple[File, ...]
