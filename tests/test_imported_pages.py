"""Pages that come along with an import are written once; what a person did with them stays."""

from pathlib import Path

import msgspec

from generator import collection, ledger
from generator.collection import Collected
from generator.dates import Date
from generator.formats.profile import Profile
from generator.merge import Told
from generator.model import Author, FreePage, Origin

PAGE = FreePage(
    title="On: looms", date=Date(2024, 2), body="They *weave*.", path="news/looms", origin=Origin("old.md", 1, 1)
)
OTHER = msgspec.structs.replace(PAGE, body="They stand.")
FILE = "content/pages/news/looms.md"


def add(site: Path, *pages: FreePage) -> Collected:
    return collection.collect(site, [Told("old", Profile(Author(name="Ada Lovelace"), (), pages=pages))])


def told(added: Collected) -> list[str]:
    return [str(problem) for problem in added.problems]


def test_a_page_is_written_once(tmp_path: Path) -> None:
    assert FILE in add(tmp_path, PAGE).written
    assert (tmp_path / FILE).read_text() == "---\ntitle: 'On: looms'\ndate: 2024-02\n---\n\nThey *weave*.\n"
    again = add(tmp_path, PAGE)
    assert (again.written, told(again), again.left_out_pages) == ((), [], ())


def test_a_page_that_nobody_touched_is_brought_up_to_date(tmp_path: Path) -> None:
    add(tmp_path, PAGE)
    assert FILE in add(tmp_path, OTHER).written
    assert (tmp_path / FILE).read_text().endswith("They stand.\n")


def test_a_page_that_a_person_changed_is_kept_and_told_where_the_source_says_something_new(tmp_path: Path) -> None:
    add(tmp_path, PAGE)
    (tmp_path / FILE).write_text("---\ntitle: Mine\n---\n")
    assert told(add(tmp_path, PAGE)) == []
    assert told(add(tmp_path, OTHER)) == [f"{FILE}: is kept as it is; old.md says something else"]
    assert (tmp_path / FILE).read_text() == "---\ntitle: Mine\n---\n"


def test_a_page_of_a_person_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text("---\ntitle: Mine\n---\n")
    assert told(add(tmp_path, PAGE)) == [f"{FILE}: is kept as it is; old.md says something else"]
    assert (tmp_path / FILE).read_text() == "---\ntitle: Mine\n---\n"


def test_a_page_that_a_person_deleted_does_not_come_back(tmp_path: Path) -> None:
    added = add(tmp_path, PAGE)
    (tmp_path / FILE).unlink()
    assert add(tmp_path, PAGE).left_out_pages == (FILE,)
    assert add(tmp_path, OTHER).left_out_pages == (FILE,)
    assert not (tmp_path / FILE).exists()
    path = tmp_path / added.ledger
    path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(keepends=True) if b"looms.md" not in line))
    assert ledger.read(path.read_bytes(), "").pages == {}
    assert FILE in add(tmp_path, PAGE).written


def test_of_two_sources_with_one_page_the_first_counts(tmp_path: Path) -> None:
    assert told(add(tmp_path, PAGE, OTHER)) == [f"{FILE}: is kept as it is; old.md says something else"]
    assert (tmp_path / FILE).read_text().endswith("They *weave*.\n")
