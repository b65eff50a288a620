"""The papers of an imported file, and what sources say of them now: what is new is added, the rest revised.

A record that a person wrote elsewhere wins over one here, key by key; what it says otherwise than the sources is told.
"""

import textwrap
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec
import yaml

from generator import library, merge, places, revision, written
from generator.errors import ImportFailed, Place, Problems
from generator.ledger import Ledger, PaperEntry, Said
from generator.listed import Listed
from generator.merge import Merged
from generator.model import Paper
from generator.text import inline
from generator.written import Piece

_OWN = "a paper with the same id in a file of your own,\n# beside the folder imported/, wins over this one, key by key."


class ImportedPapers:
    """The papers of one imported file, and what the sources say now."""

    def __init__(
        self,
        site_folder: Path,
        file: str,
        content: Listed,
        old: Ledger,
        changes: list[str],
        problems: Problems,
        differences: Problems,
    ) -> None:
        self.site_folder = site_folder
        self.file = file
        self.old_data = library.content_of(site_folder, file) or b""
        self.content = content
        self.ledger = old
        self.changes = changes
        self.problems = problems
        self.differences = differences
        text = self.old_data.decode("utf-8-sig")
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self.written = written.take_apart(text.replace("\r\n", "\n"), indented=True)
        self.places = {paper_id: paper.origin.index for paper_id, paper in content.own.items()}
        self.replaced: dict[int, str] = {}
        self.added: list[str] = []
        self.entries: dict[str, PaperEntry] = {}
        self.left_out: list[str] = []
        self.new = self.updated = 0

    def bring(self, papers: Iterable[Merged], belonging: Callable[[Paper], Paper]) -> None:
        taken = {
            paper_id.casefold()
            for ids in (self.content.own, self.content.by_hand, self.content.others, self.ledger.papers)
            for paper_id in ids
        }
        for one in papers:
            if one.known:
                self._known(one)
                self._tell_shared(one.known, belonging)
                continue
            paper_id = _free(one.paper.id, taken)
            taken.add(paper_id.casefold())
            paper = belonging(msgspec.structs.replace(one.paper, id=paper_id))
            self._add(paper, one, revision.texts(paper))
            self.changes.append(f"new: {inline(paper.title).plain}")
            self.new += 1

    def data(self) -> bytes:
        """The file with all that was changed."""
        if not self.replaced and not self.added:
            return self.old_data
        text = self.written.head
        for place, (old, _) in enumerate(self.written.records):
            text += self.replaced.get(place, old)
        if not self.old_data:
            text = revision.HEAD.format(own=_OWN)
        first = self.written.records[0][0] if self.written.records else ""
        margin = first[: len(first) - len(first.lstrip(" "))]
        for added in self.added:
            text += ("" if text.endswith("\n") or not text else "\n") + "\n" + textwrap.indent(added, margin)
        if not _holds(text, len(self.written.records) + len(self.added)):
            raise ImportFailed(
                f"{self.file} is not a list of papers, one after another, each beginning with a dash",
                hint="rename it: the import then begins a file of its own",
            )
        mark = b"\xef\xbb\xbf" if self.old_data.startswith(b"\xef\xbb\xbf") else b""
        return mark + text.replace("\n", self.line_end).encode()

    def _known(self, one: Merged) -> None:
        own = self.content.own.get(one.known)
        if own is not None:
            one = self._joined(one, own)
        paper = msgspec.structs.replace(one.paper, id=one.known, profiles=None)
        by_hand = self.content.by_hand.get(one.known)
        wanted = revision.texts(paper)
        if by_hand is not None:
            self._compare(by_hand, paper, one.sources)
            said = {key for key in wanted if _says(by_hand, key)}
            wanted = {
                key: text
                for key, text in wanted.items()
                if key in ("title", "id") or not said & {key, revision.DEPENDS.get(key, key)}
            }
        if one.known in self.places:
            self._change(paper, one, wanted)
        elif by_hand is not None:
            if len(wanted) > 2 and one.known not in self.ledger.papers:
                self._add(paper, one, wanted)
                self.changes.append(f"{one.known}: {', '.join(key for key in wanted if key not in ('title', 'id'))}")
                self.updated += 1
        elif one.known in self.ledger.papers:
            self.left_out.append(inline(paper.title).plain)

    def _tell_shared(self, paper_id: str, belonging: Callable[[Paper], Paper]) -> None:
        """Tell of a paper that another profile's import brought, where nothing in it says that it is this one's, too.

        A list of authors that is cut short does not name everybody, and profiles that are written count alone. Of one
        that is nobody's by them nothing is told.
        """
        there = self.content.others.get(paper_id)
        if there is None or there.profiles == () or paper_id in self.content.own or paper_id in self.content.by_hand:
            return
        is_named = not belonging(msgspec.structs.replace(there, profiles=None)).profiles
        wanted = belonging(msgspec.structs.replace(there, profiles=None, authors=())).profiles or ()
        missing = [one for one in wanted if one not in (there.profiles or ())]
        if missing and (there.profiles or not is_named):
            teller = "profiles do" if is_named else "list of authors does"
            self.differences.add(
                places.locate(library.content_of(self.site_folder, there.origin.file) or b"", there.origin, "profiles"),
                f"{paper_id} is a paper of {missing[0]}, too, which its {teller} not tell",
                f"write profiles: [{', '.join((*(there.profiles or ('...',)), *missing))}] there",
            )

    def _joined(self, one: Merged, own: Paper) -> Merged:
        """What is said now with what other sources said before: these may be silent now, or were asked another time."""
        paper, sources = one.paper, dict(one.sources)
        said = self.ledger.papers.get(one.known, PaperEntry()).keys
        old = self.written.records[self.places[one.known]][1] or {}

        def stays(key: str) -> bool:
            return revision.stays(key, old, said, sources)

        authors, et_al = merge.completed(paper.authors, own.authors), paper.et_al
        if paper.authors and stays("authors"):
            authors, et_al = merge.completed(own.authors, paper.authors), own.et_al
            sources["authors"] = said["authors"].source
        if stays("date") and revision.same("date", paper.date, own.date):
            before = said["date"].source
            if merge.is_preprints(before) == merge.is_preprints(sources["date"]):
                sources["date"] = before
        # what is said of these adds to what is there, whoever counts more
        sources |= {key: said[key].source for key in ("links", "versions") if getattr(paper, key) and stays(key)}
        versions = {version.arxiv or version.doi or repr(version): version for version in own.versions}
        for version in paper.versions:
            name = version.arxiv or version.doi or repr(version)
            if name not in versions or not revision.same("date", versions[name].date, version.date):
                versions[name] = version
        paper = msgspec.structs.replace(
            paper,
            authors=authors,
            et_al=et_al,
            links=tuple({link.url: link for link in (*own.links, *paper.links)}.values()) if paper.links else (),
            versions=tuple(versions.values()) if paper.versions else (),
        )
        return msgspec.structs.replace(one, paper=paper, sources=sources)

    def _compare(self, by_hand: Paper, paper: Paper, sources: Mapping[str, str]) -> None:
        """Tell where a record of the person's own differs."""
        for key in revision.texts(paper):
            own, now = getattr(by_hand, key), getattr(paper, key)
            if key == "id" or not _says(by_hand, key) or revision.alike(key, own, now):
                continue
            if key == "date" and merge.is_preprints(sources.get(key, "")):
                continue  # it came out before the paper did
            file = by_hand.origin.file
            place = Place(file, by_hand.origin.line)
            if not file.lower().endswith(".bib"):
                place = places.locate(library.content_of(self.site_folder, file) or b"", by_hand.origin, key)
            self.differences.add(place, revision.kept(key, own, now, sources.get(key, "")))

    def _add(self, paper: Paper, one: Merged, wanted: dict[str, str]) -> None:
        pieces = {key: Piece(text) for key, text in wanted.items()}
        self.added.append(written.put_together(pieces, indented=True))
        keys = {key: revision.saying(one.sources.get(key, ""), piece) for key, piece in pieces.items()}
        self.entries[paper.id] = PaperEntry(paper.title, one.records, keys)

    def _change(self, paper: Paper, one: Merged, wanted: dict[str, str]) -> None:
        place = self.places[one.known]
        old = self.written.records[place][1]
        if old is None:
            return
        entry = self.ledger.papers.get(one.known, PaperEntry())
        own = self.content.own[one.known]
        sources = {**one.sources, "id": ""}
        wanted = dict(wanted)
        for key in [key for key in wanted if key in old]:
            mine, now = getattr(own, key), getattr(paper, key)
            before = entry.keys.get(key, Said("", ""))
            of_preprint = merge.is_preprints(before.source) and not merge.is_preprints(sources.get(key, ""))
            if mine == now:
                wanted[key] = old[key].text  # in whatever lines it is written
            elif revision.same(key, mine, now) and not of_preprint:
                if before.digest == written.digest(old[key]):
                    wanted[key] = old[key].text
                else:  # a person has made it more precise
                    del wanted[key]
        revised = revision.revise(Paper, old, wanted, sources, entry.keys)
        for key, whose in revised.kept.items():
            mine, now = getattr(own, key), getattr(paper, key)
            if revision.is_telling(key, mine, now):
                what = revision.kept(key, mine, now, one.sources.get(key, ""), whose or "you")
                self.problems.add(places.locate(self.old_data, own.origin, key), what)
        records = tuple(sorted({*entry.records, *one.records}))
        title = paper.title if "title" in revised.other else own.title
        self.entries[one.known] = PaperEntry(title, records, revised.said)
        if revised.other:
            self.replaced[place] = written.put_together(revised.pieces, indented=True)
            self.updated += 1
            said = [revision.told(key, getattr(own, key, None), getattr(paper, key, None)) for key in revised.other]
            self.changes.append(f"{one.known}: {', '.join(said)}")


def _says(paper: Paper, key: str) -> bool:
    field = next(field for field in msgspec.structs.fields(paper) if field.encode_name == key)
    return not library.is_default(getattr(paper, key), field)


def _free(base: str, taken: set[str]) -> str:
    found, number = base, 1
    while found.casefold() in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _holds(text: str, count: int) -> bool:
    """Whether the text is a list of so many papers."""
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    return isinstance(root, yaml.SequenceNode) and len(root.value) == count
