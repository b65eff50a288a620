"""A tree knows what a build made in it, and what is a person's."""

import os
from pathlib import Path

import pytest

from generator.tree import Manifest, Spare, Tree, drop_old_manifests, entry_of, read_manifest, same_bytes


@pytest.fixture
def state(tmp_path: Path) -> str:
    """The folder for manifests."""
    (tmp_path / "state").mkdir()
    return str(tmp_path / "state")


@pytest.fixture
def spare(tmp_path: Path, state: str) -> Spare:
    """A tree in which a build has made two files."""
    spare = Spare(str(tmp_path / "spare"), state, "output", clean=False)
    spare.put("a/b", "1", b"first")
    spare.put("c", "2", b"second")
    return spare


def test_manifest_is_read_as_it_was_saved(spare: Spare, state: str) -> None:
    assert read_manifest(state, spare.folder) is None
    spare.save(b"a note")
    manifest = read_manifest(state, spare.folder)
    assert manifest
    assert (manifest.made, manifest.note) == (spare.made, b"a note")


def test_manifest_follows_its_folder(spare: Spare, state: str, tmp_path: Path) -> None:
    spare.save()
    os.rename(spare.folder, tmp_path / "output")
    manifest = read_manifest(state, str(tmp_path / "output"))
    assert manifest
    assert Tree(str(tmp_path / "output"), manifest).made == spare.made


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x94\x63\x80\x80\xc4\x00", b"\xff" * 100])
def test_manifest_that_is_damaged_or_of_another_version_is_none(spare: Spare, state: str, damage: bytes) -> None:
    spare.save()
    (file,) = Path(state).iterdir()
    file.write_bytes(damage)
    assert read_manifest(state, spare.folder) is None


def test_files_that_were_changed_or_added_are_a_persons(spare: Spare, state: str) -> None:
    spare.put("gone", "3", b"third")
    spare.save()
    Path(spare.folder, "a", "b").write_bytes(b"by hand")
    Path(spare.folder, "gone").unlink()
    Path(spare.folder, "own").symlink_to("c")
    tree = Tree(spare.folder, read_manifest(state, spare.folder))
    tree.explore()
    assert (set(tree.made), set(tree.others), tree.folders) == ({"c"}, {"a/b", "own"}, {"a"})
    assert tree.others["a/b"] == entry_of(f"{spare.folder}/a/b")


def test_without_a_manifest_what_looks_generated_counts_as_made_where_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    page = '<meta name="generator" content="Paperfolio 2">'
    for name, text in {"index.html": page, "own.html": "mine", "feed.xml": "", "assets/a": "", "CNAME": ""}.items():
        (tmp_path / name).write_text(text)
    for guess, made in ((True, {"index.html", "feed.xml", "assets/a"}), (False, set())):
        tree = Tree(str(tmp_path), None)
        tree.explore(guess=guess)
        assert set(tree.made) == made
        assert set(tree.made) | set(tree.others) == {"index.html", "own.html", "feed.xml", "assets/a", "CNAME"}


def test_spare_without_its_manifest_is_made_anew(spare: Spare, state: str) -> None:
    """A build that is killed leaves none."""
    assert Spare(spare.folder, state, "output", clean=False).made == {}
    assert os.listdir(spare.folder) == []


def test_spare_has_what_it_was_left_with_and_loses_its_manifest(spare: Spare, state: str) -> None:
    spare.save()
    again = Spare(spare.folder, state, "output", clean=False)
    assert (again.has("a/b", "1"), again.has("a/b", "2"), again.has("d", "1")) == (True, False, False)
    assert read_manifest(state, spare.folder) is None
    assert Spare(spare.folder, state, "output", clean=True).made == {}


def test_file_that_is_written_anew_is_another_file(spare: Spare) -> None:
    """Whoever has the old one open reads it to its end."""
    before = os.stat(f"{spare.folder}/c").st_ino
    with open(f"{spare.folder}/c", "rb", buffering=0) as file:
        spare.put("c", "3", b"third")
        assert os.stat(f"{spare.folder}/c").st_ino != before
        assert file.read() == b"second"


def test_prune_leaves_what_is_named(spare: Spare) -> None:
    spare.prune({"c"}, set())
    assert os.listdir(spare.folder) == ["c"]
    assert (set(spare.made), spare.folders) == ({"c"}, set())


def test_newest_manifests_are_kept(state: str) -> None:
    for number in range(20):
        Manifest(1, {}, {}).save(state, number)
        os.utime(f"{state}/tree-{number}", (number, number))
    drop_old_manifests(state)
    assert sorted(os.listdir(state)) == sorted(f"tree-{number}" for number in range(12, 20))


def test_same_bytes_are_those_of_two_regular_files(tmp_path: Path) -> None:
    for name, text in {"a": "one", "b": "one", "c": "two", "d": "longer"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "link").symlink_to("a")
    same = {name: same_bytes(str(tmp_path / "a"), str(tmp_path / name)) for name in ("b", "c", "d", "link")}
    assert same == {"b": True, "c": False, "d": False, "link": False}
