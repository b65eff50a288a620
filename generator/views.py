"""What a template sees: flat, frozen values, ready to print. This is the contract with themes (docs/themes.md).

Texts of type Html are safe markup; every other text is plain and is escaped when printed. An address that starts
with ``/`` belongs to this site and is printed through ``link()``; anything else is a complete web address.
"""

from typing import Any

import msgspec

from generator.text import Html

ATOM = "application/atom+xml"
BIBTEX = "application/x-bibtex"
CSL = "application/vnd.citationstyles.csl+json"
JSON_FEED = "application/feed+json"
RIS = "application/x-research-info-systems"


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all views."""


class DateView(View, frozen=True, kw_only=True):
    iso: str
    """As precise as known, for ``<time datetime>``: 2023-08-07, 2023-08, 2023."""
    text: str
    """For people, in the language of the site: Aug 7, 2023."""
    year: str
    """2023"""


class CategoryView(View, frozen=True, kw_only=True):
    code: str
    """The code as shown: LG."""
    name: str
    """The full name, "" when none is known: Machine Learning."""
    group: str
    """The field it belongs to: Computer Science."""
    address: str
    """The page of the category: /categories/lg/; "" for that of a profile when no paper is in it."""
    hue: int
    """A number from 0 to 11 for the colour of its badge, the same on every page."""


class TagView(View, frozen=True, kw_only=True):
    name: str
    address: str


class ButtonView(View, frozen=True, kw_only=True):
    kind: str
    """pdf, doi, arxiv, pmid, openreview, code, dataset, slides, poster, video, website or link."""
    label: str
    url: str
    """A web address, or a file of this site (starts with /)."""


class BylineView(View, frozen=True, kw_only=True, omit_defaults=True):
    """One name of an author list; most have no roles, which takes no room where views are kept."""

    name: str
    address: str = ""
    """The author's profile on this site, or ""."""
    url: str = ""
    """The author's homepage elsewhere, or ""."""
    orcid: str = ""
    """The bare ORCID iD, or ""."""
    home: str = ""
    """Where the name leads: the profile, else the homepage, else the ORCID record; "" where none is known."""
    owner: bool = False
    """Has a profile on this site."""
    equal: bool = False
    corresponding: bool = False
    senior: bool = False
    signs: tuple[str, ...] = ()
    """What stands beside the name for these: * for equal contribution (** in a second group of equals, and so on),
    † for the corresponding author, ‡ for joint senior authors."""


class VersionView(View, frozen=True, kw_only=True):
    label: str
    date: DateView | None
    venue: str
    url: str


class PaperView(View, frozen=True, kw_only=True):
    """A paper, in lists and on its page."""

    id: str
    address: str
    """/papers/<id>/"""
    title: Html
    title_text: str
    authors: tuple[BylineView, ...]
    signs: tuple[str, ...] = ()
    """All signs beside its authors' names."""
    et_al: bool
    """More authors than are listed."""
    date: DateView | None
    category: CategoryView | None
    """The primary category."""
    categories: tuple[CategoryView, ...]
    """All categories, the primary one first."""
    tags: tuple[TagView, ...]
    abstract: Html
    """Block markup (paragraphs, lists), or ""."""
    abstract_text: str
    tldr: Html
    """One sentence, inline."""
    tldr_text: str
    venue: str
    venue_address: str
    """The page of the venue, or ""."""
    abbr: str
    volume: str
    """As it is printed; so for ``issue`` and ``pages``: 113–129."""
    issue: str
    pages: str
    publisher: str
    status: str
    """in preparation, submitted, under review, accepted, in press or ""."""
    type: str
    """CSL type; as written or, if not, as the venue tells."""
    buttons: tuple[ButtonView, ...]
    """Links in the order to show them."""
    has_pdf: bool
    """Among the buttons is one for the PDF."""
    has_code: bool
    code_url: str
    """Address of the code, or "" (with has_code: there is code, its address is not known)."""
    citations: int | None
    """How often cited, None: not known."""
    selected: bool
    award: Html
    note: Html
    image: str
    """A picture: an address, or ""."""
    retracted: bool
    retraction: str
    """What is known about the retraction, or ""."""
    versions: tuple[VersionView, ...]
    math: bool
    """Title or abstract hold formulas."""
    extra: dict[str, Any]
    digest: bytes
    """Changes when anything of the paper does, or of what this site says of all papers."""


class LinkView(View, frozen=True, kw_only=True):
    service: str
    """github, orcid, ... or ""."""
    label: str
    url: str


class AffiliationView(View, frozen=True, kw_only=True):
    name: str
    url: str


class MetricView(View, frozen=True, kw_only=True):
    name: str
    """Machine name: h_index, papers, citations, i10_index, novelty, ai_score or an own one."""
    label: str
    value: str
    """For people: 3,360 or 53%."""
    raw: str
    """For machines: 3360 or 53."""
    help: str
    """What it means, or ""."""
    source: str
    """Where it comes from, or ""."""
    as_of: DateView | None


class ProfileView(View, frozen=True, kw_only=True):
    """An author."""

    id: str
    name: str
    titled: str
    """The name for titles of pages: with the id where somebody else has the same name."""
    address: str
    """The profile: / on a site of one author, /authors/<id>/ else."""
    initials: str
    """One or two letters for a monogram."""
    pronouns: str
    role: str
    group: str
    affiliations: tuple[AffiliationView, ...]
    bio: Html
    bio_text: str
    photo: str
    email: str
    category: CategoryView | None
    interests: tuple[str, ...]
    links: tuple[LinkView, ...]
    orcid: str
    metrics: tuple[MetricView, ...]
    citations_by_year: tuple[tuple[str, int], ...]
    """(year, citations), oldest first."""
    citations_source: str
    """Where these come from, or ""."""
    citations_as_of: DateView | None
    listed: int
    """Papers of this author on this site."""
    total: int
    """Papers there are: the declared number, or those listed."""


class PagerEntry(View, frozen=True, kw_only=True):
    number: int
    address: str


class PagerGroup(View, frozen=True, kw_only=True):
    """Papers of one kind in a list that is grouped."""

    kind: str
    """journal, conference, book, preprint, thesis, report, patent, talk, data or other."""
    count: int
    """How many there are in the whole list."""
    address: str
    """The page of the list on which they begin."""
    place: int
    """Where they begin among the papers of this page, from 0; -1: none of them are on it."""


class Pager(View, frozen=True, kw_only=True):
    """Where one stands in a list that has several pages."""

    number: int
    """This page, from 1."""
    first: int
    """Number of the first paper on this page, from 1 (0: the list is empty)."""
    last: int
    total: int
    """Papers in the whole list."""
    pages: tuple[PagerEntry, ...]
    """All pages of the list; one entry when there is only one."""
    previous: str
    """Address of the page before, or ""."""
    next: str
    """Address of the page after, or ""."""
    groups: tuple[PagerGroup, ...] = ()
    """The groups of the whole list, in their order; empty when the site does not group its lists."""


class Crumb(View, frozen=True, kw_only=True):
    label: str
    address: str


class Alternate(View, frozen=True, kw_only=True):
    """The same thing in another form, for ``<link rel="alternate">``."""

    type: str
    title: str
    address: str


class Signpost(View, frozen=True, kw_only=True):
    """A typed link for machines that follow FAIR Signposting (signposting.org/FAIR), in the page's head."""

    rel: str
    """cite-as, type, author, item, describedby or license."""
    address: str
    type: str = ""
    """The media type of what is there, or ""."""


class ChartSeries(View, frozen=True, kw_only=True):
    """One colour of a chart."""

    label: str
    """The code of the category; "" for what has no name of its own: all others, or all there is."""
    name: str
    """The full name of the category, "" when none is known."""
    hue: int
    """As that of the category, unless another series has it; -1: no colour of its own."""
    path: str
    """Its bars, as ``d`` of an SVG path."""
    counts: tuple[int, ...]
    """Its numbers, one for each of the chart's ``years``."""


class ChartLabel(View, frozen=True, kw_only=True):
    """A text in a chart, centred at x on the line y."""

    text: str
    x: str
    y: str


class ChartView(View, frozen=True, kw_only=True):
    """Numbers per year as stacked bars."""

    kind: str
    """papers or citations: what is counted."""
    width: str
    height: str
    years: tuple[str, ...]
    """What the chart shows side by side, oldest first: the years that have numbers, and between them each run of years
    without any as one entry, like 2018 or 2018–2021."""
    totals: tuple[int, ...]
    """The sum of all series in each of the ``years``."""
    series: tuple[ChartSeries, ...]
    """From the foot of the bars upwards."""
    labels: tuple[ChartLabel, ...]
    """Years below the bars and totals above them, as many as fit."""
    total: int
    peak: str
    """The year with the highest number."""
    highest: int
    source: str = ""
    """Where the numbers come from, or ""."""
    as_of: DateView | None = None
    """The day they were taken."""


class PageView(View, frozen=True, kw_only=True):
    """The page itself: what its head says."""

    kind: str
    """profile, coauthors, cv, directory, paper, category, year, tag, venue, index, news, search, embed, framed, free,
    redirect or missing."""
    address: str
    title: str
    """Plain text of <title> without the site's name."""
    description: str = ""
    canonical: str = ""
    """Absolute address, or "" when the site has none."""
    crumbs: tuple[Crumb, ...] = ()
    """The way from the front page to here, both included; empty on the front page."""
    alternates: tuple[Alternate, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    linked_data: tuple[dict[str, object], ...] = ()
    """JSON-LD objects."""
    citation: tuple[tuple[str, str], ...] = ()
    """Google Scholar's tags: (name, content)."""
    image: str = ""
    """Absolute address of the share image, or ""."""
    og_type: str = "website"
    """website, profile or article."""
    published: str = ""
    """When what the page shows appeared, as precise as known, or ""."""
    index: bool = True
    """May be listed by search engines."""

    @property
    def feeds(self) -> tuple[Alternate, ...]:
        """Those of the ``alternates`` that are feeds."""
        return tuple(entry for entry in self.alternates if entry.type in (ATOM, JSON_FEED))

    @property
    def citation_files(self) -> tuple[Alternate, ...]:
        """Those of the ``alternates`` that are citation files."""
        return tuple(entry for entry in self.alternates if entry.type in (BIBTEX, RIS, CSL))


class NavView(View, frozen=True, kw_only=True):
    label: str
    address: str


class SiteView(View, frozen=True, kw_only=True):
    """What every page knows of the site."""

    title: str
    url: str
    """Absolute address ending in /, or ""."""
    description: str
    language: str
    direction: str
    """ltr or rtl"""
    nav: tuple[NavView, ...]
    license: str
    license_url: str
    single: bool
    """One author: the front page is the profile."""
    order: str
    """newest, listed, cited or title: how the papers of lists are ordered."""
    exports: tuple[str, ...]
    """bib, ris, csl: the citation files that are written."""
    without: tuple[str, ...]
    """coauthors, cv, embed, exports (of lists), feeds, llms, search: what the site does without."""
    icon: str
    """The address of the icon."""
    image: str
    """Absolute address of the picture for share previews of pages that have none of their own, or ""."""
    options: dict[str, object]
    """The theme's options with the site's values."""

    @property
    def places(self) -> tuple[str, ...]:
        """The addresses that every page leads to in its header."""
        return ("/", *(entry.address for entry in self.nav))


class ProfileData(View, frozen=True, kw_only=True):
    """``profile.html``: the front page of a site of one author, /authors/<id>/ else; further pages of its list."""

    profile: ProfileView
    selected: tuple[PaperView, ...]
    """Selected papers; only on the first page."""
    charts: tuple[ChartView, ...]
    """Papers and citations per year, as far as they are of two years or more; only on the first page."""
    news: tuple["NewsView", ...]
    """All news of the site, newest first; only on the front page."""
    coauthors: str
    """The page of the co-authors, or "" when there are none."""
    cv: str
    """The CV, or "" when there is nothing to say in it."""
    papers: tuple[PaperView, ...]
    pager: Pager


class DirectoryData(View, frozen=True, kw_only=True):
    """``directory.html``: the front page of a site of several authors."""

    profiles: tuple[ProfileView, ...]
    """Everybody, or nobody where there are more than a hundred."""
    people: NavView | None
    """The page with the names of everybody, where there are so many."""
    selected: tuple[PaperView, ...]
    """Selected papers; only on the first page."""
    news: tuple["NewsView", ...]
    """All news, newest first; only on the first page."""
    papers: tuple[PaperView, ...]
    """The papers of this page of the list, in the site's order."""
    pager: Pager


class RelatedView(View, frozen=True, kw_only=True):
    title: Html
    address: str
    year: str
    """2023, or "" when it has no date."""


class ReferenceView(View, frozen=True, kw_only=True):
    """A paper as a journal prints it in a list of references."""

    style: str
    """The name of the style: APA."""
    html: Html


class PaperData(View, frozen=True, kw_only=True):
    """``paper.html``"""

    paper: PaperView
    bibtex: str
    """The BibTeX entry as text, or "" when the site exports none."""
    downloads: tuple[LinkView, ...]
    """cite.bib, cite.ris, cite.json as far as they are written: label and address."""
    references: tuple[ReferenceView, ...]
    """The paper in each of the styles that the site wants."""
    related: tuple[RelatedView, ...]
    """Papers that have most in common with this one."""
    previous: NavView | None
    next: NavView | None


class IndexEntry(View, frozen=True, kw_only=True):
    label: str
    name: str
    """A longer name, or ""."""
    address: str
    count: int
    hue: int
    """-1: no colour of its own."""


class ListData(View, frozen=True, kw_only=True):
    """``list.html``: the papers of one category, year, tag or venue."""

    heading: str
    category: CategoryView | None
    """The category when the list is one."""
    charts: tuple[ChartView, ...]
    """Papers per year, when the list is a category with papers of two years or more; only on the first page."""
    together: tuple[IndexEntry, ...]
    """Other categories of the papers of a category, the most frequent first, with the number of papers in both; only
    on the first page."""
    papers: tuple[PaperView, ...]
    pager: Pager


class IndexGroup(View, frozen=True, kw_only=True):
    name: str
    """Heading of the group, or ""."""
    anchor: str = ""
    """The id of the heading, where links at the top of the page lead to it."""
    entries: tuple[IndexEntry, ...]


class IndexData(View, frozen=True, kw_only=True):
    """``index.html``: all categories, years, tags or venues."""

    heading: str
    groups: tuple[IndexGroup, ...]


class SearchData(View, frozen=True, kw_only=True):
    """``search.html``: the search over papers, profiles and free pages."""

    heading: str
    index: str
    """The address of the script that begins the index; the rest lies beside it."""
    browse: tuple[NavView, ...]
    """The indexes of the site, for those who rather look there, or have no JavaScript."""


class FreeData(View, frozen=True, kw_only=True):
    """``page.html``: a free page of content/pages/."""

    heading: str
    date: DateView | None
    body: Html


class RedirectData(View, frozen=True, kw_only=True):
    """``redirect.html``: a page at an address that leads to another one."""

    address: str
    """Of the site, or a web address."""


class NewsView(View, frozen=True, kw_only=True):
    """A page of content/pages/news/."""

    title: str
    address: str
    date: DateView | None
    summary: str
    """Its description, or how its text begins."""


class NewsData(View, frozen=True, kw_only=True):
    """``news.html``: all news."""

    heading: str
    news: tuple[NewsView, ...]
    """Newest first, those without a date at the end."""


class EmbedList(View, frozen=True, kw_only=True):
    """A list of papers that other sites can show."""

    kind: str
    """papers (all of them), selected, author, category or year."""
    value: str
    """Id of the author, code of the category, or the year; "" else."""
    label: str
    """What it is called: LG: Machine Learning."""
    address: str
    """The list as a page for frames: /embed/categories/lg/."""
    count: int
    """Papers in it."""


class EmbedData(View, frozen=True, kw_only=True):
    """``embed.html``: how other sites show lists of papers."""

    heading: str
    lists: tuple[EmbedList, ...]
    """All papers first."""
    script: str
    """The list of all papers as text to paste into a page: the element with its script."""
    frame: str
    """The same as a frame."""
    fragment: str
    """Absolute address of the same as HTML, or ""."""
    shadow: str
    """Absolute address of the same as HTML with its own style, or ""."""
    sample: Html
    """The newest papers as they stand in the HTML forms."""


class EmbedListData(View, frozen=True, kw_only=True):
    """``embed_list.html``: a list of papers alone, to be framed by a page of another site."""

    heading: str
    list: Html
    """The papers, the same as in the HTML forms."""
    shown: int
    """Papers shown: the newest."""
    total: int
    """Papers that belong to the list."""
    address: str
    """The page of this site that has them all."""


class CoauthorView(View, frozen=True, kw_only=True):
    name: str
    address: str
    """The profile on this site, else a homepage or the ORCID record, or ""."""
    papers: int
    """Papers written together."""
    shared: str
    """The person's list where the filters show these alone (see ``listed``), or "" when papers print several names."""
    first: str
    """The year of the first of them, or ""."""
    last: str


class NetworkNode(View, frozen=True, kw_only=True):
    """A person in the picture: a dot and a name that begins beside it."""

    name: str
    """Shortened when it is very long."""
    x: str
    y: str
    radius: str
    label_x: str
    label_y: str
    turn: str
    """Degrees by which the name is turned."""
    left: bool
    """On the left side of the circle: the name ends at the dot instead."""


class NetworkView(View, frozen=True, kw_only=True):
    """Who wrote with whom."""

    width: str
    height: str
    lines: tuple[str, ...]
    """``d`` of SVG paths: the lines between those with few, several and many papers together."""
    nodes: tuple[NetworkNode, ...]


class CoauthorsData(View, frozen=True, kw_only=True):
    """``coauthors.html``: all who wrote with a person."""

    heading: str
    coauthors: tuple[CoauthorView, ...]
    """By number of papers, then by family name."""
    listed: int
    """Papers of the person; as many as the option ``filters`` says and more have filters."""
    network: NetworkView | None
    """The most frequent of them on a circle and who of these wrote together, when there is something to see."""
    column: NetworkView | None
    """The same of fewer of them below each other, for narrow screens."""


class PositionView(View, frozen=True, kw_only=True):
    title: str
    organization: str
    url: str
    start: DateView | None
    end: DateView | None
    note: Html
    """A remark, or what was done there; or ""."""


class AwardView(View, frozen=True, kw_only=True):
    title: str
    organization: str
    date: DateView | None
    note: Html
    """A remark, or what was done there; or ""."""


class CvSection(View, frozen=True, kw_only=True):
    heading: str
    """As it is written."""
    entries: tuple[PositionView, ...]


class CvYear(View, frozen=True, kw_only=True):
    year: str
    """2023, or "" for papers that are still to appear, and for those without a date."""
    first: int
    """Number of the first of the papers in the whole CV."""
    papers: tuple[PaperView, ...]


class CvGroup(View, frozen=True, kw_only=True):
    kind: str
    """journal, conference, book, preprint, thesis, report, patent, talk, data or other."""
    years: tuple[CvYear, ...]
    """Newest first."""


class CvData(View, frozen=True, kw_only=True):
    """``cv.html``: a CV for printing."""

    profile: ProfileView
    positions: tuple[PositionView, ...]
    education: tuple[PositionView, ...]
    awards: tuple[AwardView, ...]
    sections: tuple[CvSection, ...]
    """Further parts, of the person's own headings."""
    groups: tuple[CvGroup, ...]
    """All papers by type."""


_encoder = msgspec.msgpack.Encoder(enc_hook=str.__str__)


def encoded(value: object) -> bytes:
    """Views and what they are made of as bytes that tell different values apart, for digests; markup counts as text."""
    return _encoder.encode(value)
