"""The papers that the content lists already, and those that a person has deleted from it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml

from generator import library, nodes, schema
from generator.errors import Problems
from generator.formats import bibtex_reader
from generator.ledger import Ledger, PaperEntry
from generator.merge import Known
from generator.model import Paper

FOLDER = "content/papers/imported"


class Listed(msgspec.Struct, frozen=True):
    """The papers of the content by id: those of the author's imported file, a person's own, and others' imported."""

    own: dict[str, Paper]
    by_hand: dict[str, Paper]
    others: dict[str, Paper]


def read(site_folder: Path, papers_file: str, problems: Problems) -> Listed:
    """Read the papers of a site; files that cannot be read are reported.

    Raises ImportFailed when that is the file that imported papers go to.
    """
    found = Listed(library.present(library.content_of(site_folder, papers_file) or b"", papers_file), {}, {})
    for path in library.paper_files(site_folder / "content" / "papers"):
        file = path.relative_to(site_folder).as_posix()
        if file == papers_file:
            continue
        papers = found.others if file.startswith(f"{FOLDER}/") else found.by_hand
        for paper in _papers(library.content_of(site_folder, file) or b"", file, problems):
            papers.setdefault(paper.id, paper)
    return found


def known(listed: Listed, ledger: Ledger) -> Iterator[Known]:
    """The papers of the content, each once, and those that a person has deleted from what was imported."""
    papers = {**listed.others, **listed.own, **listed.by_hand}
    for paper_id, paper in papers.items():
        beneath = listed.own.get(paper_id)
        if beneath is not None:
            paper = msgspec.structs.replace(
                paper, doi=paper.doi or beneath.doi, arxiv=paper.arxiv or beneath.arxiv, date=paper.date or beneath.date
            )
        yield Known(paper, frozenset(ledger.papers.get(paper_id, PaperEntry()).records))
    for paper_id, entry in ledger.papers.items():
        if paper_id not in papers:
            yield Known(Paper(title=entry.title or paper_id, id=paper_id), frozenset(entry.records), deleted=True)


def _papers(data: bytes, file: str, problems: Problems) -> Iterator[Paper]:
    """The papers of a file as far as they can be read; what is wrong in it, the next build says."""
    if file.lower().endswith(".bib"):
        text = nodes.decode(data, file, problems) or ""
        for paper in bibtex_reader.papers(text, file, Problems(), Problems(), own_bibtex=False):
            yield msgspec.structs.replace(paper, id=paper.id or library.default_id(paper.title))
        return
    node = nodes.compose(data, file, problems) if data else None
    reader = schema.Reader(file, Problems(), len(data))
    for index, item in enumerate(node.value if isinstance(node, yaml.SequenceNode) else [node]):
        if not isinstance(item, yaml.MappingNode):
            continue
        found = reader.record(item, Paper, index=index)
        if found is None:
            texts = [pair for pair in item.value if all(isinstance(node, yaml.ScalarNode) for node in pair)]
            said = {key.value: value.value for key, value in texts}
            if not said.get("title"):
                continue
            found = Paper(title=said["title"], id=said.get("id", ""))
        yield msgspec.structs.replace(found, id=found.id or library.default_id(found.title))
