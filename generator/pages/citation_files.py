"""Files of citations: of all papers, and beside each list what it holds. Those of single papers are with the papers."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator import model, urls
from generator.errors import Place
from generator.formats import bibtex, csl_json
from generator.output import Export
from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.views import PaperView


def outputs(catalog: Catalog) -> Iterator[Export]:
    listed = () if "exports" in catalog.site.config.without else _lists(catalog)
    for folder, papers in (("/", catalog.papers), *listed):
        for form in catalog.site.config.exports:
            # which key an entry has is known when those of all papers are
            keys = [catalog.bibtex_keys[paper.id] for paper in papers] if form == "bib" else []
            yield Export(
                address=f"{folder}{metadata.CITATION_FILES[form].of_list}",
                write=partial(written, catalog, form, papers),
                digest=catalog.digest(papers, keys),
                of_all=True,
                place=Place(""),
            )


def _lists(catalog: Catalog) -> Iterator[tuple[str, Sequence[PaperView]]]:
    """The address and the papers of each list but that of all."""
    for code, papers in catalog.by_category.items():
        yield catalog.category(code).address, papers
    for year, papers in catalog.by_year.items():
        yield urls.year(int(year)), papers
    for tag, papers in catalog.by_tag.items():
        yield urls.tag(tag), papers
    yield from catalog.by_venue.items()
    for profile in () if catalog.single else catalog.profiles:
        if profile.id in catalog.by_author:
            yield profile.address, catalog.by_author[profile.id]


def written(catalog: Catalog, form: model.Export, papers: Sequence[PaperView]) -> str | bytes:
    """The file that cites these papers in a format."""
    exported = [catalog.exported(form, paper) for paper in papers]
    match form:
        case "bib":
            return bibtex.join(exported)
        case "ris":
            return "".join(exported)
        case "csl":
            return csl_json.join(exported)
