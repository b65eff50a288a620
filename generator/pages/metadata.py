"""What pages say to machines: JSON-LD of schema.org, Google Scholar's tags, links to other forms of the same thing."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from generator import text
from generator.formats.citation import first_and_last_page, kind, people
from generator.model import Export, Paper, SiteConfig
from generator.pages.catalog import Catalog
from generator.views import (
    ATOM,
    BIBTEX,
    CSL,
    JSON_FEED,
    RIS,
    Alternate,
    BylineView,
    Crumb,
    PaperView,
    ProfileView,
    Signpost,
)
from generator.words import Words

PDF = "application/pdf"
OEMBED = "application/json+oembed"
DESCRIPTION_LENGTH = 200
FEW_BLANKS = 32
"""More than that are hardly left out of the begin of a text."""
MOST_NAMES = 100
"""Names of a paper's authors outside the pages of the site itself."""
_VENUE_TAGS = {
    "paper-conference": "citation_conference_title",
    "chapter": "citation_inbook_title",
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}
"""Where a paper of a CSL type appeared, in Scholar's words; all others appeared in a journal."""
_IN_A_BOOK = ("paper-conference", "chapter")
"""What is part of a book or of proceedings."""


def feeds(catalog: Catalog, title: str, folder: str) -> tuple[Alternate, ...]:
    """The two feeds beside a list, if it has any."""
    if folder != "/" and "feeds" in catalog.site.config.without:
        return ()
    return (
        Alternate(type=JSON_FEED, title=f"{title}: JSON Feed", address=f"{folder}feed.json"),
        Alternate(type=ATOM, title=f"{title}: Atom", address=f"{folder}feed.xml"),
    )


def oembed(catalog: Catalog, title: str, folder: str) -> tuple[Alternate, ...]:
    """The oEmbed description of the list in a folder of /embed/; its readers want an absolute address."""
    address = "" if "embed" in catalog.site.config.without else catalog.absolute(f"/embed{folder}oembed.json")
    return (Alternate(type=OEMBED, title=f"{title}: oEmbed", address=address),) if address else ()


class CitationFile(NamedTuple):
    """The media type and the label of a citation format, and the names of its files beside a paper and a list."""

    type: str
    label: str
    of_paper: str
    of_list: str


CITATION_FILES: dict[Export, CitationFile] = {
    "bib": CitationFile(BIBTEX, "BibTeX", "cite.bib", "papers.bib"),
    "ris": CitationFile(RIS, "RIS", "cite.ris", "papers.ris"),
    "csl": CitationFile(CSL, "CSL-JSON", "cite.json", "papers.csl.json"),
}


def citation_files(paper: PaperView, config: SiteConfig) -> tuple[Alternate, ...]:
    """The citation files beside a paper, as far as the site exports them."""
    return tuple(
        Alternate(type=file.type, title=file.label, address=f"{paper.address}{file.of_paper}")
        for file in _exported(config)
    )


def citation_files_of_list(folder: str, config: SiteConfig) -> tuple[Alternate, ...]:
    """The citation files beside a list that is not that of all papers, as far as the site exports them."""
    if "exports" in config.without:
        return ()
    return tuple(
        Alternate(type=file.type, title=file.label, address=f"{folder}{file.of_list}") for file in _exported(config)
    )


def _exported(config: SiteConfig) -> list[CitationFile]:
    return [file for export, file in CITATION_FILES.items() if export in config.exports]


def signposts(catalog: Catalog, paper: PaperView) -> tuple[Signpost, ...]:
    """The typed links of a paper's page by FAIR Signposting.

    ``cite-as`` is a persistent identifier, the DOI or else arXiv's: a paper that has neither has no such link.
    """
    identifier = next((button.url for button in paper.buttons if button.kind in ("doi", "arxiv")), "")
    pdf = _pdf(paper)
    return (
        *([Signpost(rel="cite-as", address=identifier)] if identifier else []),
        Signpost(rel="type", address="https://schema.org/AboutPage"),
        Signpost(rel="type", address="https://schema.org/ScholarlyArticle"),
        *(Signpost(rel="author", address=f"https://orcid.org/{entry.orcid}") for entry in paper.authors if entry.orcid),
        *([Signpost(rel="item", address=pdf, type=PDF)] if pdf else []),
        *(
            Signpost(rel="describedby", address=file.address, type=file.type)
            for file in citation_files(paper, catalog.site.config)
        ),
        *([Signpost(rel="license", address=catalog.license_url)] if catalog.license_url else []),
    )


def shortened(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """The text on one line, cut at a word so that it is no longer than ``length``."""
    line = " ".join(text[: length + FEW_BLANKS].split())
    if len(line) <= length:
        # there can be more of them
        line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1].rpartition(" ")[0] or line[: length - 1]
    return f"{cut.rstrip(' ,;:.')}…"


def breadcrumbs(catalog: Catalog, crumbs: tuple[Crumb, ...]) -> dict[str, Any]:
    """schema.org BreadcrumbList."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            _without_empty(
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": crumb.label,
                    "item": catalog.absolute(crumb.address),
                }
            )
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }


def person(catalog: Catalog, profile: ProfileView) -> dict[str, Any]:
    """schema.org Person."""
    return _without_empty(
        {
            "@type": "Person",
            "@id": f"{catalog.absolute(profile.address)}#person" if catalog.url else "",
            "name": profile.name,
            "alternateName": list(catalog.author(profile).aliases),
            "url": catalog.absolute(profile.address),
            "image": catalog.absolute(profile.photo) if profile.photo else "",
            "jobTitle": profile.role,
            "description": shortened(profile.bio_text),
            "email": profile.email,
            "affiliation": [
                _without_empty({"@type": "Organization", "name": entry.name, "url": entry.url})
                for entry in profile.affiliations
            ],
            "knowsAbout": [
                *profile.interests,
                *([profile.category.name or profile.category.code] if profile.category else []),
            ],
            "identifier": f"https://orcid.org/{profile.orcid}" if profile.orcid else "",
            "sameAs": [link.url for link in profile.links if link.url.startswith(("https://", "http://"))],
        }
    )


def profile_page(catalog: Catalog, profile: ProfileView) -> dict[str, Any]:
    """schema.org ProfilePage, as Google reads it."""
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "ProfilePage",
            "url": catalog.absolute(profile.address),
            "mainEntity": person(catalog, profile),
        }
    )


def collection(catalog: Catalog, name: str, address: str, papers: tuple[PaperView, ...]) -> dict[str, Any]:
    """schema.org CollectionPage with the papers of a page as its list."""
    return listing(catalog, name, address, [(paper.title_text, catalog.absolute(paper.address)) for paper in papers])


def listing(catalog: Catalog, name: str, address: str, entries: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """schema.org CollectionPage with a list of names, each with an absolute address or ""."""
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": name,
            "url": catalog.absolute(address),
            "mainEntity": {
                "@type": "ItemList",
                "numberOfItems": len(entries),
                "itemListElement": [
                    _without_empty({"@type": "ListItem", "position": position, "name": entry, "url": url})
                    for position, (entry, url) in enumerate(entries, start=1)
                ],
            },
        }
    )


def article(catalog: Catalog, paper: PaperView) -> dict[str, Any]:
    """schema.org ScholarlyArticle with all authors."""
    record = catalog.records[paper.id]
    identifiers = [
        {"@type": "PropertyValue", "propertyID": kind, "value": value}
        for kind, value in (("DOI", record.doi), ("arXiv", record.arxiv), ("PMID", record.pmid))
        if value
    ]
    same_as = [button.url for button in paper.buttons if button.kind in ("doi", "arxiv", "pmid", "openreview")]
    pdf = _pdf(paper)
    first, last = first_and_last_page(record)
    address = catalog.absolute(paper.address)
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "ScholarlyArticle",
            "headline": paper.title_text,
            "name": paper.title_text,
            "url": address,
            "mainEntityOfPage": address,
            "author": [_article_author(catalog, entry) for entry in paper.authors],
            "editor": [] if kind(record) in _IN_A_BOOK else _people(record, "editor"),
            "translator": _people(record, "translator"),
            "datePublished": paper.date.iso if paper.date else "",
            "abstract": paper.abstract_text,
            "inLanguage": catalog.site.config.language,
            "keywords": [tag.name for tag in paper.tags],
            # two archives of arXiv have a category of one name, cs.LG and stat.ML
            "about": list(dict.fromkeys(category.name or category.code for category in paper.categories)),
            "sourceOrganization": _organization(paper.venue if kind(record) == "thesis" else ""),
            "isPartOf": _part_of(record, paper),
            "pagination": record.pages,
            "pageStart": first,
            "pageEnd": last,
            "publisher": _organization(record.publisher),
            "award": record.award and text.inline(record.award).plain,
            "creativeWorkStatus": "Retracted" if paper.retracted else paper.status,
            "identifier": identifiers,
            "sameAs": same_as,
            "image": catalog.absolute(paper.image) if paper.image else "",
            "encoding": _encoding(catalog, pdf),
            "license": catalog.license_url,
        }
    )


def _people(record: Paper, role: str) -> list[dict[str, Any]]:
    return [{"@type": "Person", "name": name} for name in people(record, role)] if record.extra else []


def _organization(name: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name} if name else {}


def _part_of(record: Paper, paper: PaperView) -> dict[str, Any]:
    """Where a paper appeared: the proceedings, or the journal with the volume and the issue that are known.

    The venue of a thesis is its university. Whoever edited proceedings or a book did not edit the paper alone.
    """
    if kind(record) in _IN_A_BOOK:
        book = _without_empty({"@type": "Book", "name": paper.venue, "editor": _people(record, "editor")})
        return book if len(book) > 1 else {}
    if not paper.venue or kind(record) == "thesis":
        return {}
    part: dict[str, Any] = {"@type": "Periodical", "name": paper.venue}
    if record.volume:
        part = {"@type": "PublicationVolume", "volumeNumber": record.volume, "isPartOf": part}
    if record.issue:
        part = {"@type": "PublicationIssue", "issueNumber": record.issue, "isPartOf": part}
    return part


def _encoding(catalog: Catalog, pdf: str) -> dict[str, Any]:
    address = catalog.absolute(pdf) if pdf.startswith("/") else pdf
    return {"@type": "MediaObject", "contentUrl": address, "encodingFormat": PDF} if address else {}


def _pdf(paper: PaperView) -> str:
    """The address of the paper's text, or ""."""
    return next(button.url for button in paper.buttons if button.kind == "pdf") if paper.has_pdf else ""


def scholar(catalog: Catalog, paper: PaperView) -> tuple[tuple[str, str], ...]:
    """Google Scholar's tags, in order (scholar.google.com/intl/en/scholar/inclusion.html).

    ``citation_pdf_url`` is given for a file of this site only, since Scholar ignores one of another host.
    """
    record = catalog.records[paper.id]
    first, last = first_and_last_page(record)
    pdf = _pdf(paper)
    tags = [
        ("citation_title", paper.title_text),
        *(("citation_author", entry.name) for entry in paper.authors),
        ("citation_publication_date", paper.date.iso.replace("-", "/") if paper.date else ""),
        (_VENUE_TAGS.get(kind(record), "citation_journal_title"), paper.venue),
        ("citation_volume", record.volume),
        ("citation_issue", record.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_publisher", record.publisher),
        ("citation_doi", record.doi),
        ("citation_arxiv_id", record.arxiv),
        ("citation_pmid", record.pmid),
        *(("citation_keywords", tag.name) for tag in paper.tags),
        ("citation_language", catalog.site.config.language),
        ("citation_pdf_url", catalog.absolute(pdf) if pdf.startswith("/") else ""),
        ("citation_abstract_html_url", catalog.absolute(paper.address)),
    ]
    return tuple((name, content) for name, content in tags if content)


def named(paper: PaperView) -> tuple[tuple[BylineView, ...], bool]:
    """The authors that lists for other programs and websites name, and whether these are not all.

    Of a collaboration of thousands, whom the page of the paper has, the first ones and those with a profile: a feed of
    such papers would have tens of megabytes.
    """
    authors = paper.authors
    if len(authors) <= MOST_NAMES:
        return authors, paper.et_al
    return (*authors[:MOST_NAMES], *[entry for entry in authors[MOST_NAMES:] if entry.owner]), True


def byline(paper: PaperView, words: Words) -> str:
    """The authors as one text: "A, B, C et al."."""
    authors, is_cut = named(paper)
    names = ", ".join(entry.name for entry in authors)
    return f"{names} {words('et al.')}" if is_cut else names


def describe(paper: PaperView, words: Words) -> str:
    """One sentence about a paper for search engines."""
    end = "" if paper.title_text.endswith((".", "?", "!")) else "."
    return shortened(paper.tldr_text or paper.abstract_text or f"{paper.title_text}{end} {byline(paper, words)}")


def _article_author(catalog: Catalog, entry: BylineView) -> dict[str, Any]:
    if not entry.home:
        return {"@type": "Person", "name": entry.name}
    orcid = f"https://orcid.org/{entry.orcid}" if entry.orcid else ""
    home = catalog.absolute(entry.address) if entry.address else entry.url
    return _without_empty(
        {
            "@type": "Person",
            "@id": f"{home}#person" if entry.address and home else "",
            "name": entry.name,
            "url": home,
            "sameAs": orcid,
        }
    )


def _without_empty(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value}
