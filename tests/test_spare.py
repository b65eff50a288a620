"""The tree out of sight holds what it was given, and is relied upon only with its manifest."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from outputs import read, spare_tree

from generator.spare import Spare
from generator.tree import Entry, read_manifest

TICK = 0.012
"""Seconds in which the clocks of file systems move on."""


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


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(spare: Spare) -> None:
    spare.put("a", "3", b"third")
    spare.put("c/d", "4", b"fourth")
    assert set(spare.made) == {"a", "c/d"}
    assert read(Path(spare.folder)) == {"a": b"third", "c/d": b"fourth"}
    spare.put("a/e", "5", b"fifth")
    assert read(Path(spare.folder)) == {"a/e": b"fifth", "c/d": b"fourth"}
    assert spare.has("c/d", "4")


@pytest.fixture
def settled(spare: Spare, monkeypatch: pytest.MonkeyPatch) -> dict[str, Entry]:
    """The files of the tree, of which a build saw that the folder ``a`` does not change, and ``e`` does."""
    monkeypatch.setattr("generator.spare.SETTLED", 0)
    spare.put("e/f", "1", b"another")
    spare.save()
    time.sleep(TICK)
    again = opened(spare)
    again.put("e/f", "2", b"and another")
    again.save()
    time.sleep(TICK)
    return again.made


def opened(spare: Spare, same: dict[str, Entry] | None = None) -> Spare:
    return Spare(spare.folder, str(Path(spare.folder).with_name("state")), "output", clean=False, same=same)


def settled_folders(spare: Spare) -> set[str]:
    manifest = read_manifest(str(Path(spare.folder).with_name("state")), spare.folder)
    assert manifest
    return set(manifest.folders)


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the file system is asked for."""
    asked: list[str] = []
    for name in ("scandir", "lstat"):
        ask = getattr(os, name)
        monkeypatch.setattr(os, name, lambda path, ask=ask: asked.append(str(path)) or ask(path))
    return asked


def test_a_folder_that_did_not_change_is_not_looked_into(
    spare: Spare, settled: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = looked_at(monkeypatch)
    again = opened(spare, same=settled)
    assert again.made == settled
    assert {path.removeprefix(f"{spare.folder}/") for path in asked} >= {"", "e"}
    assert not [path for path in asked if path.startswith(f"{spare.folder}/a")]


def _replaced(folder: Path) -> None:
    (folder / "new").write_bytes(b"mine.")
    (folder / "new").replace(folder / "b")


@pytest.mark.parametrize(
    ("change", "made", "found"),
    [
        (lambda folder: (folder / "own").write_bytes(b"mine"), {"a/b"}, {"a/own"}),
        (_replaced, set(), {"a/b"}),
        (lambda folder: (folder / "b").unlink(), set(), set()),
        (lambda folder: (folder / "inner").mkdir(), {"a/b"}, set()),
        (lambda folder: folder.rename(folder.with_name("z")), set(), {"z/b"}),
        (lambda folder: (folder.rename(folder.parent.with_name("b")), folder.symlink_to("../b")), set(), {"a"}),
    ],
)
def test_a_folder_that_changed_is_looked_into(
    spare: Spare, settled: dict[str, Entry], change: Any, made: set[str], found: set[str]
) -> None:
    change(Path(spare.folder, "a"))
    again = opened(spare, same=settled)
    assert set(again.made) == {"c", "e/f", *made}
    assert set(again.others) == set(again.strays) == found


def test_a_file_that_was_written_in_its_place_is_found_in_a_folder_that_did_not_change(
    spare: Spare, settled: dict[str, Entry]
) -> None:
    """The other tree, which has the very same file, does not have it as it was made."""
    Path(spare.folder, "a", "b").write_bytes(b"mine")
    again = opened(spare, same={path: entry for path, entry in settled.items() if path != "a/b"})
    assert (set(again.others), again.strays) == ({"a/b"}, ["a/b"])


def test_times_of_folders_count_only_where_the_file_system_tells_of_changes(
    spare: Spare, settled: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settled_folders(spare) == {"a"}
    again = opened(spare)
    before = os.stat(f"{spare.folder}/e")
    again.put("e/f", "3", b"and so on")
    # as where nothing is told
    monkeypatch.setattr(os, "lstat", lambda path: before if str(path).endswith("/e") else os.stat(path))
    again.save()
    assert settled_folders(spare) == set()


def test_what_was_written_just_now_may_be_written_again_and_look_the_same(
    spare: Spare, settled: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.spare.SETTLED", 10**12)
    again = opened(spare)
    again.put("e/f", "3", b"and so on")
    again.save()
    assert settled_folders(spare) == set()


def test_strays_that_stay_where_they_are_are_found_again(spare: Spare, settled: dict[str, Entry]) -> None:
    """When a build fails, its tree is left in order, and what a person wrote is still there."""
    Path(spare.folder, "a", "own").write_bytes(b"mine")
    time.sleep(TICK)
    for turn in range(3):
        again = opened(spare)
        assert again.strays == ["a/own"]
        again.put("e/f", f"new {turn}", b"%d" % turn)
        again.save()
        time.sleep(TICK)
