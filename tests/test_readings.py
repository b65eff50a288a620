"""What was read before is not read again, and reads the same: item by item, from the file kept, or as a whole."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import content, nodes, schema
from generator.content_files import ContentFiles
from generator.digests import Digests
from generator.errors import Problems
from generator.kept import Kept
from generator.listing import Listing
from generator.loaded import Loaded
from generator.model import Author, Paper
from generator.readings import Readings, items

LIST = """# Papers

- title: First
  date: 2023   # a year
- {title: "Second", tags: [a, b]}
# between

-
  title: >-
    Third
    - no item
  abstract: |
    - none either
"""


def as_a_whole(text: str) -> tuple[list[Paper], Problems]:
    problems = Problems()
    root = nodes.compose(text.encode(), "f.yaml", problems)
    reader = schema.Reader("f.yaml", problems, len(text))
    return list(reader.records(root, Paper)) if root is not None else [], problems


def write(folder: Path, text: str) -> None:
    for name, data in {"authors/ada.yaml": "name: Ada", "papers/f.yaml": text}.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data, encoding="utf-8", newline="")


def load(folder: Path, text: str, readings: Readings | None = None) -> Loaded:
    write(folder, text)
    return content.load(folder, drafts=True, readings=readings)


def papers_in(file: Path) -> Readings:
    return Readings(Kept(tuple[Paper, ...], file))


def test_items_are_the_text_from_the_first_on_each_with_its_line() -> None:
    found = list(items(LIST.encode()))
    assert b"".join(text for _, text in found).decode() == LIST[LIST.index("- title: First") :]
    lines = LIST.splitlines()
    assert [lines[line - 1] for line, _ in found] == ["- title: First", '- {title: "Second", tags: [a, b]}', "-"]


@pytest.mark.parametrize(
    "text",
    [
        "title: One",
        "papers:\n- title: One",
        "---\n- title: One",
        "- title: One\r\n",
        "\ufeff- title: One",
        "",
        "- title: One",
        "  - title: One",
        "- title: &a One\n- title: &a Two\n",
    ],
)
def test_a_file_of_another_form_has_no_items(text: str) -> None:
    assert list(items(text.encode())) == []


@pytest.mark.parametrize("text", ["title: A #1\n", "- title: A\n- title: B #1\n"])
def test_what_is_doubtful_in_a_text_is_said_each_time(tmp_path: Path, text: str) -> None:
    readings = papers_in(tmp_path / "papers")
    first = load(tmp_path, text, readings).warnings.sorted()
    readings.save()
    assert first
    assert load(tmp_path, text, papers_in(tmp_path / "papers")).warnings.sorted() == first


PARTS = [
    "- title: A\n",
    "- title: B\n  id: b\n",
    "  tags: [x,\n",
    "- y]\n",
    '  tldr: "q\n',
    '- z"\n',
    "  note: |\n    - k\n",
]
PARTS += [
    "# c\n",
    "\n",
    "  date: 2023-02-30\n",
    "-\n",
    "- [a]\n",
    "  award: &a x\n",
    "  venue: *a\n",
    "---\n",
    "  abbr: Ü\n",
    "- 'd\n",
]


@example("- title: A\n  award: &a x\n- title: A\n  award: &a x\n")
@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join))
def test_item_by_item_reads_what_the_whole_reads(tmp_path_factory: Any, text: str) -> None:
    papers, problems = as_a_whole(text)
    folder = tmp_path_factory.mktemp("site")
    loaded = load(folder, text)
    found = list(content._Reading(loaded, Digests(), Listing()).papers())
    shown = [problem.what for problem in loaded.problems.found if problem.place.file.endswith("f.yaml")]
    if problems:
        assert [problem.what for problem in problems.found] == shown[: len(problems.found)]
        return
    bare = [
        (paper.origin.line, paper.origin.column, paper.origin.index, paper.title, paper.tags, paper.tldr)
        for paper in found
    ]
    assert bare == [(p.origin.line, p.origin.column, p.origin.index, p.title, p.tags, p.tldr) for p in papers]


def test_what_is_kept_is_not_parsed_again_and_keeps_its_place(tmp_path: Path, monkeypatch: Any) -> None:
    kept = papers_in(tmp_path / "kept")
    load(tmp_path, LIST, kept)
    kept.save()
    moved = "# one line more\n" + LIST.replace("- title: First\n  date: 2023   # a year\n", "")
    expected = load(tmp_path, moved).site.papers
    monkeypatch.setattr("generator.content._Reading._item", lambda *_: pytest.fail("an item was parsed"))
    assert load(tmp_path, moved, papers_in(tmp_path / "kept")).site.papers == expected
    assert [paper.origin.index for paper in expected] == [0, 1]


def test_a_bibliography_is_kept_as_a_whole(tmp_path: Path, monkeypatch: Any) -> None:
    kept = papers_in(tmp_path / "kept")
    (tmp_path / "content/papers").mkdir(parents=True)
    (tmp_path / "content/papers/own.bib").write_text(
        "@article{a, title={A}, year=2020}\n@book{b, title={B}}\n", "utf-8"
    )
    first = load(tmp_path, LIST, kept)
    kept.save()
    monkeypatch.setattr("generator.formats.bibtex_reader.papers", lambda *_, **__: pytest.fail("it was read again"))
    again = load(tmp_path, LIST, papers_in(tmp_path / "kept"))
    assert again.site.papers == first.site.papers
    assert len(again.site.papers) == 5


def test_a_file_of_which_all_is_known_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digests, kept = Digests(), papers_in(tmp_path / "kept")
    load(tmp_path, "title: One\nurls: 1\n")
    first = content.load(tmp_path, readings=kept, digests=digests)
    assert first.problems
    write(tmp_path, "title: One\ntags: [a]\n")
    first = content.load(tmp_path, readings=kept, digests=digests)
    kept.renew()
    opened: list[str] = []
    read = ContentFiles.read
    monkeypatch.setattr(ContentFiles, "read", lambda self, file: opened.append(file.shown) or read(self, file))
    again = content.load(tmp_path, readings=kept, digests=digests)
    assert again.site.papers == first.site.papers != ()
    assert not opened
    assert again.place(again.site.papers[0].origin, "tags").line == 2


@pytest.mark.parametrize(
    "text", ["# One paper\ntitle: One\ndate: 2023\n", "- title: One\r\n- title: Two\r\n", "\ufeff- title: One\n"]
)
def test_a_file_of_another_form_is_kept_as_a_whole(tmp_path: Path, monkeypatch: Any, text: str) -> None:
    kept = papers_in(tmp_path / "kept")
    first = load(tmp_path, text, kept)
    kept.save()
    monkeypatch.setattr("generator.schema.Reader.records", lambda *_: pytest.fail("it was read again"))
    again = load(tmp_path, text, papers_in(tmp_path / "kept"))
    assert again.site.papers == first.site.papers != ()
    place = again.place(again.site.papers[0].origin, "title")
    assert place == first.place(first.site.papers[0].origin, "title")
    assert place.line == 1 + text[: text.index("title")].count("\n")


def test_a_file_with_a_problem_is_read_again_each_time(tmp_path: Path) -> None:
    kept = papers_in(tmp_path / "kept")
    load(tmp_path, "title: One\ntilte: Two\n", kept)
    kept.save()
    again = load(tmp_path, "title: One\ntilte: Two\n", papers_in(tmp_path / "kept"))
    assert [problem.what for problem in again.problems.found] == ["unknown key 'tilte' in the paper"]


def test_the_same_text_in_files_of_two_forms_is_read_as_each(tmp_path: Path) -> None:
    text = "title: '@book{b, title={B}}'\n"
    kept = papers_in(tmp_path / "kept")
    (tmp_path / "content/papers").mkdir(parents=True)
    (tmp_path / "content/papers/own.bib").write_text(text, "utf-8")
    for _ in range(2):
        found = {paper.origin.file: paper.title for paper in load(tmp_path, text, kept).site.papers}
        assert found == {"content/papers/f.yaml": "@book{b, title={B}}", "content/papers/own.bib": "B"}
        kept.save()
        kept = papers_in(tmp_path / "kept")


def test_an_author_is_read_once_and_has_the_id_and_place_of_the_file(tmp_path: Path, monkeypatch: Any) -> None:
    kept = Readings(authors=Kept(Author, tmp_path / "kept"))
    first = load(tmp_path, LIST, kept).site.authors
    kept.save()
    monkeypatch.setattr("generator.nodes.compose", lambda *_, **__: pytest.fail("it was read again"))
    (tmp_path / "content/papers/f.yaml").unlink()
    (tmp_path / "content/authors/ada.yaml").rename(tmp_path / "content/authors/countess.yaml")
    (again,) = content.load(tmp_path, readings=Readings(authors=Kept(Author, tmp_path / "kept"))).site.authors
    assert [author.id for author in first] == ["ada"]
    assert again == msgspec.structs.replace(first[0], id="countess", origin=again.origin)
    assert again.origin.file == "content/authors/countess.yaml"


def test_who_reads_often_has_the_very_same_author_as_long_as_the_file_has_its_name(tmp_path: Path) -> None:
    kept = Readings(lasting=True)
    first, again = (load(tmp_path, LIST, kept).site.authors for _ in range(2))
    assert first[0] is again[0]
    (tmp_path / "content/authors/ada.yaml").rename(tmp_path / "content/authors/countess.yaml")
    assert [author.id for author in content.load(tmp_path, readings=kept).site.authors] == ["countess"]


@pytest.mark.parametrize("text", ["name: Ada\nrloe: Reader\n", "name: Ada #1\n"])
def test_an_author_of_whom_there_is_something_to_say_is_read_again_each_time(tmp_path: Path, text: str) -> None:
    kept = Readings()
    write(tmp_path, LIST)
    (tmp_path / "content/authors/ada.yaml").write_text(text, "utf-8")
    said = []
    for _ in range(2):
        loaded = content.load(tmp_path, readings=kept)
        said.append((loaded.problems.sorted(), loaded.warnings.sorted()))
    assert said[0] == said[1] != ([], [])
