"""A tree knows what a build made in it, and what is a person's."""

import errno
import os
from pathlib import Path

import pytest
from outputs import PAGE, small_site, sources, spare_tree

from generator.kept import Kept
from generator.publish import publishing
from generator.spare import Spare
from generator.tree import (
    VERSION,
    Manifest,
    Tree,
    drop_old_manifests,
    entry_of,
    failure,
    read_manifest,
    remembered,
    same_bytes,
)


@pytest.fixture
def spare(tmp_path: Path) -> Spare:
    return spare_tree(tmp_path)


@pytest.fixture
def state(spare: Spare) -> str:
    """The folder for manifests."""
    return str(Path(spare.folder).with_name("state"))


def test_manifest_is_read_as_it_was_saved(spare: Spare, state: str) -> None:
    assert read_manifest(state, spare.folder) is None
    spare.save(b"a note")
    manifest = read_manifest(state, spare.folder)
    assert manifest
    assert (manifest.made, manifest.note) == (spare.made, b"a note")


def test_manifest_that_is_known_is_not_decoded_again(spare: Spare, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known: Kept[Manifest] = Kept(Manifest)
    written = Manifest(VERSION, spare.made, {}, b"a note")
    written.save(state, spare.inode, known)
    assert read_manifest(state, spare.folder, known) is written
    Manifest(VERSION, {}, {}, b"of another process").save(state, spare.inode)
    other = read_manifest(state, spare.folder, known)
    assert other
    assert other.note == b"of another process"
    monkeypatch.setattr("msgspec.msgpack.decode", lambda *_, **__: pytest.fail("it was decoded again"))
    assert read_manifest(state, spare.folder, known) is other


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
    assert (set(tree.made), set(tree.others), set(tree.times)) == ({"c"}, {"a/b", "own"}, {"a"})
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


def test_the_note_of_a_build_holds_as_long_as_its_files(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    output = site / "output"
    assert remembered(site, output).said == b""
    with publishing(site, output) as publisher:
        publisher.publish(sources({"index.html": PAGE, "a": b"1"}), lambda: b"note")
    note = remembered(site, output)
    (output / "own").write_text("a person's")
    assert (note.said, note.still_so()) == (b"note", True)
    (output / "a").write_text("other")
    assert (remembered(site, output).said, note.still_so()) == (b"note", False)
    (output / "a").unlink()
    assert not note.still_so()


def test_a_site_that_cannot_be_written_is_not_told_to_choose_another_output() -> None:
    error = OSError(errno.EROFS, "Read-only file system")
    assert "--output" in failure(error, "/site/output").hint
    assert "folder of the site" in failure(error, "/site/.paperfolio").hint
