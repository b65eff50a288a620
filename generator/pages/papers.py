"""A page for every paper, with its citation files and its PDF beside it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator import model, urls
from generator.errors import Place
from generator.output import Asset, Content, Export, Page
from generator.pages import metadata, pictures
from generator.pages.catalog import Catalog, Present
from generator.pages.citation_files import joined
from generator.pages.lists import home
from generator.pages.related import related
from generator.pages.viewer import digest
from generator.views import Crumb, LinkView, NavView, PageView, PaperData, PaperView, ReferenceView, RelatedView

_Row = tuple[
    PaperView,
    model.Paper,
    PaperView | None,
    PaperView | None,
    tuple[PaperView, ...],
    tuple[ReferenceView, ...] | None,
    str | None,
]
"""What decides the outputs of a paper: it, its record, the newer and the older one, related ones, its references in
styles and the key of its entry."""


class _Neighbours(NamedTuple):
    """Other papers that the page of a paper names."""

    previous: PaperView | None
    next: PaperView | None
    related: tuple[PaperView, ...]

    def said(self, names: dict[str, str]) -> list[str]:
        """All that is said of them; what is said of each paper is kept in ``names``, by its id."""
        said = []
        for paper in (self.previous, self.next, *self.related):
            if paper and paper.id not in names:
                names[paper.id] = f"{paper.address} {paper.title} {_year(paper)}"
            said.append(names[paper.id] if paper else "")
        return said


def outputs(catalog: Catalog) -> Iterator[Page | Export | Asset]:
    """Those of each paper; the very same ones as in the last build of this process, where nothing is new."""
    papers = catalog.papers
    names: dict[str, str] = {}
    unchanged = catalog.unchanged("papers")
    present = catalog.present()
    keys = catalog.bibtex_keys if "bib" in catalog.site.config.exports else {}
    rows = zip(
        papers,
        [catalog.records[paper.id] for paper in papers],
        (None, *papers)[: len(papers)],
        (*papers, None)[1:],
        related(catalog),
        [catalog.references.get(paper.id) for paper in papers],
        [keys.get(paper.id) for paper in papers],
        strict=True,
    )
    for row in rows:
        yield from unchanged.get(row[0], row, partial(_outputs, present, row, names))


def _outputs(present: Present, row: _Row, names: dict[str, str]) -> tuple[Page | Export | Asset, ...]:
    paper, _, newer, older, close, _, _ = row
    return tuple(_of_paper(present, paper, _Neighbours(newer, older, close), names))


def _of_paper(
    present: Present, paper: PaperView, neighbours: _Neighbours, names: dict[str, str]
) -> Iterator[Page | Export | Asset]:
    catalog = present.catalog
    record = catalog.records[paper.id]
    place = Place(record.origin.file, record.origin.line, record.origin.column)
    exports = catalog.site.config.exports
    key = catalog.bibtex_keys[paper.id] if "bib" in exports else ""
    yield Page(
        address=paper.address,
        template="paper.html",
        kind="paper",
        title=paper.title_text,
        make=partial(_content, present, paper, neighbours),
        digest=digest(
            (
                catalog.digest_of(paper),
                key,
                [reference.html for reference in catalog.references.get(paper.id, ())],
                pictures.of_paper(catalog, paper),
                neighbours.said(names),
            )
        ).hex(),
        place=place,
    )
    for export in exports:
        yield Export(
            address=f"{paper.address}{metadata.CITATION_FILES[export].of_paper}",
            write=partial(_cited, present, paper, export),
            digest=f"{catalog.digest_of(paper)} {key if export == 'bib' else ''}",
            place=place,
        )
    file = catalog.viewer.pdf_beside(record)
    if file:
        yield Asset(
            address=urls.beside(paper.id, file.path),
            source=Path(file.source),
            place=Place(f"content/files/{file.path}"),
        )


def _cited(present: Present, paper: PaperView, export: model.Export) -> str | bytes:
    """A citation file of a paper."""
    return joined(export, [present.catalog.exported(export, paper)])


def _content(present: Present, paper: PaperView, neighbours: _Neighbours) -> Content:
    catalog = present.catalog
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
