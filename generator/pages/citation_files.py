"""Files of citations: of all papers, and beside each list what it holds, without abstracts: a paper is in many lists.

Those of single papers are with the papers.
"""

from collections.abc import Callable, Iterator, Sequence
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
        exported = catalog.exported if folder == "/" else catalog.brief
        for form in catalog.site.config.exports:
            # which key an entry has is known when those of all papers are
            keys = [catalog.bibtex_keys[paper.id] for paper in papers] if form == "bib" else []
            yield Export(
                address=f"{folder}{metadata.CITATION_FILES[form].of_list}",
                write=partial(_written, form, papers, exported),
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


def _written(
    form: model.Export, papers: Sequence[PaperView], exported: Callable[[model.Export, PaperView], str]
) -> str | bytes:
    return joined(form, [exported(form, paper) for paper in papers])


def joined(form: model.Export, exported: Sequence[str]) -> str | bytes:
    """The file of papers, each as the catalog has it in a format."""
    match form:
        case "bib":
            return bibtex.join(exported)
        case "ris":
            return "".join(exported)
        case "csl":
            return csl_json.join(exported)
