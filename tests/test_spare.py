"""The tree out of sight holds what it was given, and is relied upon only with its manifest."""

import os
from pathlib import Path

import pytest
from outputs import spare_tree

from generator.spare import Spare
from generator.tree import read_manifest


@pytest.fixture
def spare(tmp_path: Path) -> Spare:
    return spare_tree(tmp_path)


@pytest.fixture
def state(spare: Spare) -> str:
    """The folder for manifests."""
    return str(Path(spare.folder).with_name("state"))


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


def test_a_file_of_the_other_tree_is_shared_and_then_replaced_here_alone(spare: Spare, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"third")
    spare.share("c", ("3", 5, other.stat().st_mtime_ns), str(other))
    assert Path(spare.folder, "c").samefile(other)
    assert spare.has("c", "3")
    spare.put("c", "4", b"fourth")
    assert other.read_bytes() == b"third"
