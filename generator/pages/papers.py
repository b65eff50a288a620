"""A page for every paper, with its citation files and its PDF beside it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator import model, urls
from generator.errors import Place
from generator.formats import bibtex, csl_json
from generator.output import Asset, Content, Export, Page
from generator.pages import metadata, pictures
from generator.pages.catalog import Catalog
from generator.pages.lists import home
from generator.pages.related import related
from generator.views import Crumb, LinkView, NavView, PageView, PaperData, PaperView, RelatedView


class _Neighbours(NamedTuple):
    """Other papers that the page of a paper names."""

    previous: PaperView | None
    next: PaperView | None
    related: tuple[PaperView, ...]

    def digest(self, names: Mapping[str, str]) -> str:
        """All that is said of them, where ``names`` are what is said of each paper, by its id."""
        papers = (self.previous, self.next, *self.related)
        return "\0".join([names[paper.id] if paper else "" for paper in papers])


def outputs(catalog: Catalog) -> Iterator[Page | Export | Asset]:
    papers = catalog.papers
    close = related(catalog)
    names = {paper.id: f"{paper.address} {paper.title} {_year(paper)}" for paper in papers}
    for position, paper in enumerate(papers):
        newer = papers[position - 1] if position else None
        older = papers[position + 1] if position + 1 < len(papers) else None
        yield _page(catalog, paper, _Neighbours(newer, older, close[position]), names)
        for export in catalog.site.config.exports:
            yield _citation_file(catalog, paper, export)
        file = catalog.viewer.pdf_beside(catalog.records[paper.id])
        if file:
            yield Asset(
                address=urls.beside(paper.id, file.path),
                source=Path(file.source),
                place=Place(f"content/files/{file.path}"),
            )


def _citation_file(catalog: Catalog, paper: PaperView, export: model.Export) -> Export:
    origin = catalog.records[paper.id].origin
    place = Place(origin.file, origin.line, origin.column)
    files: dict[str, tuple[str, Callable[[], str | bytes]]] = {
        "bib": ("cite.bib", lambda: bibtex.join([catalog.exported("bib", paper)])),
        "ris": ("cite.ris", lambda: catalog.exported("ris", paper)),
        "csl": ("cite.json", lambda: csl_json.join([catalog.exported("csl", paper)])),
    }
    name, write = files[export]
    key = catalog.bibtex_keys[paper.id] if export == "bib" else ""
    digest = f"{catalog.digest_of(paper)} {key}"
    return Export(address=f"{paper.address}{name}", write=write, digest=digest, place=place)


def _page(catalog: Catalog, paper: PaperView, neighbours: _Neighbours, names: Mapping[str, str]) -> Page:
    origin = catalog.records[paper.id].origin
    return Page(
        address=paper.address,
        template="paper.html",
        kind="paper",
        title=paper.title_text,
        make=partial(_content, catalog, paper, neighbours),
        digest="\0".join(
            (
                catalog.digest_of(paper),
                catalog.bibtex_keys[paper.id] if "bib" in catalog.site.config.exports else "",
                *(reference.html for reference in catalog.references.get(paper.id, ())),
                pictures.of_paper(catalog, paper),
                neighbours.digest(names),
            )
        ),
        place=Place(origin.file, origin.line, origin.column),
    )


def _content(catalog: Catalog, paper: PaperView, neighbours: _Neighbours) -> Content:
    config = catalog.site.config
    crumbs = (home(catalog), Crumb(label=paper.title_text, address=paper.address))
    files = metadata.citation_files(paper, config)
    image = paper.image or pictures.of_paper(catalog, paper)
    return Content(
        PageView(
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
        PaperData(
            paper=paper,
            bibtex=catalog.bibtex(paper) if "bib" in config.exports else "",
            downloads=tuple(LinkView(service="", label=file.title, url=file.address) for file in files),
            references=catalog.references.get(paper.id, ()),
            related=tuple(
                RelatedView(title=other.title, address=other.address, year=_year(other)) for other in neighbours.related
            ),
            previous=_nav(neighbours.previous),
            next=_nav(neighbours.next),
        ),
    )


def _nav(paper: PaperView | None) -> NavView | None:
    return NavView(label=paper.title_text, address=paper.address) if paper else None


def _year(paper: PaperView) -> str:
    return paper.date.year if paper.date else ""
