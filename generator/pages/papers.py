"""A page for every paper, with its citation files and its PDF beside it."""

from collections.abc import Iterator
from pathlib import Path

from generator import urls
from generator.errors import Place
from generator.formats import bibtex, csl_json, ris
from generator.output import Asset, Export, Page
from generator.pages import metadata, pictures
from generator.pages.catalog import Catalog
from generator.pages.lists import home
from generator.pages.related import related
from generator.views import Crumb, LinkView, NavView, PageView, PaperData, PaperView, RelatedView


def outputs(catalog: Catalog) -> Iterator[Page | Export | Asset]:
    papers = catalog.papers
    close = related(catalog)
    for position, paper in enumerate(papers):
        newer = papers[position - 1] if position else None
        older = papers[position + 1] if position + 1 < len(papers) else None
        yield _page(catalog, paper, newer, older, close[paper.id])
        for export in catalog.site.config.exports:
            yield _citation_file(catalog, paper, export)
        file = catalog.pdf_beside(catalog.records[paper.id])
        if file:
            yield Asset(
                address=urls.beside(paper.id, file.path),
                source=Path(file.source),
                place=Place(f"content/files/{file.path}"),
            )


def _citation_file(catalog: Catalog, paper: PaperView, export: str) -> Export:
    origin = catalog.records[paper.id].origin
    place = Place(origin.file, origin.line, origin.column)
    match export:
        case "bib":
            return Export(
                address=f"{paper.address}cite.bib",
                write=lambda: bibtex.join([catalog.whole_bibtex(paper)]),
                place=place,
            )
        case "ris":
            return Export(
                address=f"{paper.address}cite.ris", write=lambda: ris.record(catalog.citations[paper.id]), place=place
            )
    return Export(
        address=f"{paper.address}cite.json",
        write=lambda: csl_json.encode([csl_json.item(catalog.citations[paper.id])]),
        place=place,
    )


def _page(
    catalog: Catalog,
    paper: PaperView,
    previous: PaperView | None,
    next_paper: PaperView | None,
    close: tuple[RelatedView, ...],
) -> Page:
    config = catalog.site.config
    record = catalog.records[paper.id]
    crumbs = (home(catalog), Crumb(label=paper.title_text, address=paper.address))
    files = metadata.citation_files(paper, config)
    image = paper.image or pictures.of_paper(catalog, paper)
    return Page(
        address=paper.address,
        template="paper.html",
        page=PageView(
            kind="paper",
            address=paper.address,
            title=paper.title_text,
            description=metadata.describe(paper, catalog.words),
            canonical=catalog.absolute(paper.address),
            crumbs=crumbs,
            alternates=files,
            signposts=metadata.signposts(catalog, paper),
            linked_data=(metadata.article(catalog, paper), metadata.breadcrumbs(catalog, crumbs)),
            citation=metadata.scholar(catalog, paper),
            image=catalog.absolute(image) if image else "",
            og_type="article",
            published=paper.date.iso if paper.date else "",
        ),
        data=PaperData(
            paper=paper,
            bibtex=catalog.bibtex[paper.id] if "bib" in config.exports else "",
            downloads=tuple(LinkView(service="", label=file.title, url=file.address) for file in files),
            references=catalog.references.get(paper.id, ()),
            related=close,
            previous=_nav(previous),
            next=_nav(next_paper),
        ),
        place=Place(record.origin.file, record.origin.line, record.origin.column),
    )


def _nav(paper: PaperView | None) -> NavView | None:
    return NavView(label=paper.title_text, address=paper.address) if paper else None
