"""Imported papers and figures in ``content/``: merged, told apart from what a person wrote, kept up to date.

Papers go to ``content/papers/imported/<author-id>.yaml`` and what services say of the person to
``content/authors/imported/<author-id>.yaml``; records of the same id elsewhere in the content win over both, key by
key. A value is replaced only where it is still as an import wrote it (the ledger tells) and by a source that counts as
much as the one that said it. What a person has changed or taken out stays so.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from generator import attachments, ledger, library, listed, merge, unfinished
from generator.errors import ImportFailed, Place, Problem, Problems
from generator.formats.profile import Profile
from generator.imported_pages import ImportedPages
from generator.imported_papers import ImportedPapers
from generator.imported_person import ImportedPerson
from generator.ledger import Ledger
from generator.listed import FOLDER
from generator.matching import Index, person_of
from generator.merge import Told
from generator.same_papers import SERVICES, Decide, Question, kind


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did or, without writing, would do. Files are paths relative to the site's folder."""

    author_id: str
    read: int
    """Records of all sources."""
    papers: int
    """Papers that they are about."""
    new: int
    updated: int
    left_out: tuple[str, ...]
    """The titles of papers that a person has deleted here."""
    left_out_pages: tuple[str, ...] = ()
    """The files of pages that a person has deleted here."""
    changes: tuple[str, ...]
    """What is new or other, a line each."""
    written: tuple[str, ...]
    problems: tuple[Problem, ...]
    """What was kept in imported files though the sources say something else, and what these could not tell."""
    differences: tuple[Problem, ...]
    """Where the sources say something else than files of the person's own, which count."""
    ledger: str
    """The file that tells who said what."""
    questions: tuple[Question, ...]

    @property
    def known(self) -> int:
        """Papers that the content had already."""
        return self.papers - self.new - len(self.left_out)


class Refreshed(msgspec.Struct, frozen=True):
    """What asking again gave for one author: ``failures`` are the sources that did not answer, and why."""

    author_id: str
    collected: Collected | None
    failures: tuple[tuple[str, ImportFailed], ...] = ()


def collect(
    site_folder: Path,
    told: Sequence[Told],
    author_id: str | None = None,
    decide: Decide = lambda one, other: None,
    dry: bool = False,
) -> Collected:
    """Merge what files and services tell of one person and bring it into the content.

    ``author_id`` is by default that of the profile of that name, else made from the name; without a name, the only
    author of the site is meant. With ``dry`` nothing is written, and it is only said what would be done.

    Raises ImportFailed, with nothing written, when nothing tells whose papers these are, when the sources tell of
    different people, or when a file that must be changed cannot be.
    """
    if not dry:
        unfinished.finish(site_folder)
    names = Profile(merge.person(told)[0], tuple(paper for one in told for paper in one.profile.papers))
    author_id = library.checked_id(author_id or library.id_of(names, site_folder), site_folder)
    papers_file, ledger_file = f"{FOLDER}/{author_id}.yaml", f"{FOLDER}/{author_id}{ledger.ENDING}"
    problems, differences = Problems(), Problems()
    changes: list[str] = []
    old_ledger = ledger.read(library.content_of(site_folder, ledger_file), ledger_file)
    content = listed.read(site_folder, papers_file, problems)
    everything = merge.together(told, listed.known(content, old_ledger), decide)
    profile = Profile(
        everything.author,
        tuple(one.paper for one in everything.papers),
        files=tuple(file for one in told for file in one.profile.files),
        others=tuple(other for one in told for other in one.profile.others),
        pages=tuple(page for one in told for page in one.profile.pages),
    )
    profile = attachments.settle(library.with_name(profile, author_id), site_folder, problems)
    settled = [
        msgspec.structs.replace(one, paper=paper) for one, paper in zip(everything.papers, profile.papers, strict=True)
    ]
    person = ImportedPerson(site_folder, author_id, old_ledger.author, changes, problems, differences)
    person.bring(profile.author, everything.author_sources)
    people = [one for one in (person.author, *profile.others) if one.name]
    matching = Index(person_of(one, one.name) for one in people)
    papers = ImportedPapers(site_folder, papers_file, content, old_ledger, changes, problems, differences)
    papers.bring(settled, lambda paper: library.belonging(paper, matching, author_id))
    sources = [*old_ledger.sources, *(one.source for one in told if kind(one.source) in SERVICES)]
    pages = ImportedPages(site_folder, old_ledger.pages, problems)
    pages.bring(profile.pages)
    new_ledger = Ledger(
        sources=tuple(dict.fromkeys(sources)),
        author=person.said,
        papers={**old_ledger.papers, **papers.entries},
        pages={**old_ledger.pages, **pages.entries},
    )
    files = {**person.files, **pages.files}
    for other in profile.others:
        other_file = library.author_file_of(site_folder, library.id_of(Profile(other, ()), site_folder))
        if other_file in files:
            what = f"the profile of {other.name} would be {other_file}, as somebody else's is"
            problems.add(Place(other.origin.file), what, "it was left out: write it under another name")
        elif library.content_of(site_folder, other_file) is None:
            files[other_file] = library.dump(library.plain(other)).encode()
    files[papers_file] = papers.data()
    if new_ledger != Ledger():
        files[ledger_file] = ledger.write(new_ledger)
    files = {file: data for file, data in files.items() if data and data != library.content_of(site_folder, file)}
    if not dry:
        for file in (*files, *(f"content/files/{copied.path}" for copied in profile.files)):
            library.refuse_links(site_folder, file)
        unfinished.write(site_folder, files)
    copies = () if dry else attachments.copy(profile.files, site_folder, problems)
    return Collected(
        author_id=author_id,
        read=everything.read,
        papers=len(everything.papers),
        new=papers.new,
        updated=papers.updated,
        left_out=tuple(papers.left_out),
        left_out_pages=tuple(pages.left_out),
        changes=tuple(changes),
        written=(*files, *copies),
        problems=(*everything.problems, *problems.found),
        differences=tuple(differences.found),
        ledger=ledger_file,
        questions=everything.questions,
    )


def refresh(site_folder: Path, ask: Callable[[str], Profile], dry: bool = False) -> Iterator[Refreshed]:
    """Ask the sources of each author of the site again, and bring what is new into the content.

    Where a source does not answer, what it said last stays. With ``dry`` nothing is written.
    """
    for path in sorted((site_folder / FOLDER).glob(f"*{ledger.ENDING}")):
        author_id = path.name.removesuffix(ledger.ENDING)
        file = f"{FOLDER}/{path.name}"
        told: list[Told] = []
        failures: list[tuple[str, ImportFailed]] = []
        sources = ledger.read(library.content_of(site_folder, file), file).sources
        if not sources:
            continue
        for source in sources:
            try:
                told.append(Told(source, ask(source)))
            except ImportFailed as error:
                failures.append((source, error))
        collected = collect(site_folder, told, author_id, dry=dry) if told else None
        yield Refreshed(author_id, collected, tuple(failures))
