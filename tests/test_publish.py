"""The output folder is the complete old site or the complete new one, whatever happens."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outputs import PAGE, Files, build, read, small_site, sources, stamps

from generator import exchange
from generator.errors import OutputError
from generator.kept import Kept
from generator.publish import Published, publishing
from generator.tree import Manifest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site")


def replaced(site: Path) -> Files:
    return read(site / ".paperfolio" / "replaced")


def spare(site: Path) -> Path:
    return next((site / ".paperfolio").glob("output-*")) / "spare"


def never() -> bytes:
    raise AssertionError("these bytes are not needed")


# What is published


def test_first_build_writes_every_file(site: Path) -> None:
    done = build(site, {"index.html": PAGE, "papers/a/index.html": b"a", ".nojekyll": b""})
    assert read(site / "output") == {"index.html": PAGE, "papers/a/index.html": b"a", ".nojekyll": b""}
    assert done == Published(written=(".nojekyll", "index.html", "papers/a/index.html"))
    assert (site / ".paperfolio" / ".gitignore").read_text() == "*\n"


def test_a_persons_file_stays_in_a_folder_in_which_nothing_else_changes(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a folder is not looked into."""
    monkeypatch.setattr("generator.spare.SETTLED", 0)
    for turn in range(6):
        build(site, {"index.html": PAGE, "a/b": b"1", "e/f": b"%d" % turn})
        if not turn:
            (site / "output/a/own.txt").write_bytes(b"mine")
        assert (site / "output/a/own.txt").read_bytes() == b"mine"
        time.sleep(0.03)


def test_missing_parents_of_the_output_are_made(site: Path, tmp_path: Path) -> None:
    build(site, {"index.html": PAGE}, tmp_path / "a" / "b" / "out")
    assert read(tmp_path / "a" / "b" / "out") == {"index.html": PAGE}


def test_build_without_changes_touches_nothing(site: Path) -> None:
    files = {"index.html": PAGE, "papers/a/index.html": b"a"}
    build(site, files)
    before = stamps(site)
    with publishing(site, site / "output") as publisher:
        done = publisher.publish((path, data.hex(), None) for path, data in files.items())
    assert done == Published(kept=2)
    assert stamps(site) == before


def test_known_gives_the_fingerprint_of_files_that_are_as_they_were_written(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1", "b": b"2"})
    (site / "output" / "a").write_bytes(b"3")
    (site / "output" / "b").unlink()
    with publishing(site, site / "output") as publisher:
        assert [publisher.known(path) for path in ("index.html", "a", "b", "c")] == [PAGE.hex(), None, None, None]


def test_only_changed_files_are_asked_for_and_reported(site: Path) -> None:
    build(site, {"index.html": PAGE, "same": b"1", "changed": b"1", "gone/file": b"1"})
    for _ in range(3):  # a new spare, an old one, one that lags behind
        with publishing(site, site / "output") as publisher:
            done = publisher.publish(
                [
                    ("index.html", PAGE.hex(), None),
                    ("same", b"1".hex(), never),
                    ("changed", "new", lambda: b"2"),
                    ("new/file", "new", lambda: b"2"),
                ]
            )
        assert done == Published(written=("changed", "new/file"), removed=("gone/file",), kept=2)
        assert read(site / "output") == {"index.html": PAGE, "same": b"1", "changed": b"2", "new/file": b"2"}
        assert not (site / "output" / "gone").exists()
        build(site, {"index.html": PAGE, "same": b"1", "changed": b"1", "gone/file": b"1"})


def test_going_back_needs_no_bytes(site: Path) -> None:
    """The spare still has them."""
    build(site, {"index.html": PAGE, "a": b"1"})
    build(site, {"index.html": PAGE, "a": b"2"})
    with publishing(site, site / "output") as publisher:
        done = publisher.publish([("index.html", PAGE.hex(), None), ("a", b"1".hex(), never)])
    assert (done.written, read(site / "output")["a"]) == (("a",), b"1")


def test_new_fingerprint_with_the_same_bytes_is_not_reported_as_written(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1"})
    with publishing(site, site / "output") as publisher:
        done = publisher.publish([("index.html", PAGE.hex(), None), ("a", "other", lambda: b"1")])
    assert done == Published(kept=2)
    with publishing(site, site / "output") as publisher:
        assert publisher.known("a") == "other"


def test_clean_build_knows_nothing_and_asks_for_everything(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1"})
    build(site, {"index.html": PAGE, "a": b"2"})
    asked = []
    with publishing(site, site / "output", clean=True) as publisher:
        assert publisher.known("a") is None
        for_bytes = [("index.html", PAGE.hex(), lambda: PAGE), ("a", b"2".hex(), lambda: asked.append(1) or b"2")]
        assert publisher.publish(for_bytes) == Published(kept=2)
    assert asked


def test_file_of_the_content_is_copied(site: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    with publishing(site, site / "output") as publisher:
        publisher.publish([("files/photo.jpg", "1", tmp_path / "photo.jpg")])
    assert read(site / "output") == {"files/photo.jpg": b"\xff\xd8"}


def test_file_of_the_content_that_cannot_be_read_is_named(site: Path, tmp_path: Path) -> None:
    message = f"cannot read {tmp_path / 'photo.jpg'}: No such file or directory"
    with publishing(site, site / "output") as publisher, pytest.raises(OutputError, match=re.escape(message)):
        publisher.publish([("files/photo.jpg", "1", tmp_path / "photo.jpg")])


def test_file_may_become_a_folder_and_a_folder_a_file(site: Path) -> None:
    for _ in range(2):
        build(site, {"index.html": PAGE, "a": b"1", "b/c/d": b"2"})
        build(site, {"index.html": PAGE, "a/b/c": b"1", "b": b"2"})
        assert read(site / "output") == {"index.html": PAGE, "a/b/c": b"1", "b": b"2"}


def test_file_that_a_reader_has_open_keeps_its_bytes(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1"})
    with (site / "output" / "a").open("rb", buffering=0) as file:
        for data in (b"2", b"3", b"4"):
            build(site, {"index.html": PAGE, "a": data})
        assert file.read() == b"1"


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "a//b", "a/.", "", "a\0b", "a/\udcff"])
def test_path_that_is_not_one_is_refused(site: Path, path: str) -> None:
    build(site, {"index.html": PAGE})
    with pytest.raises(OutputError, match="cannot be the path"):
        build(site, {"index.html": PAGE + b"2", path: b"1"})
    assert read(site / "output") == {"index.html": PAGE}


def test_path_given_twice_is_refused(site: Path) -> None:
    with publishing(site, site / "output") as publisher, pytest.raises(OutputError, match="a would be written twice"):
        publisher.publish([("a", "1", lambda: b"1"), ("a", "2", lambda: b"2")])
    assert not (site / "output").exists()


def test_unknown_file_without_bytes_is_a_bug_of_the_caller(site: Path) -> None:
    with publishing(site, site / "output") as publisher, pytest.raises(ValueError, match="its bytes are needed"):
        publisher.publish([("a", "1", None)])


def test_output_keeps_the_mode_of_its_folder(site: Path) -> None:
    build(site, {"index.html": PAGE})
    (site / "output").chmod(0o2770)
    build(site, {"index.html": PAGE + b"2"})
    assert (site / "output").stat().st_mode & 0o7777 == 0o2770


def test_site_can_be_copied_with_its_output(site: Path, tmp_path: Path) -> None:
    build(site, {"index.html": PAGE, "thesis.pdf": b"before"})
    build(site, {"index.html": PAGE, "thesis.pdf": b"1", "gone.pdf": b"2"})
    (site / "output" / "notes.txt").write_bytes(b"mine")
    copy = Path(shutil.copytree(site, tmp_path / "copy", symlinks=True))
    with publishing(copy, copy / "output") as publisher:
        assert publisher.known("index.html") == PAGE.hex()
    done = build(copy, {"index.html": PAGE, "thesis.pdf": b"1"})
    assert done == Published(removed=("gone.pdf",), kept=2, foreign=("notes.txt",))
    assert read(copy / "output") == {"index.html": PAGE, "thesis.pdf": b"1", "notes.txt": b"mine"}
    assert build(copy, {"index.html": PAGE, "thesis.pdf": b"1"}) == Published(kept=2)


def test_site_can_be_moved_with_its_output(site: Path, tmp_path: Path) -> None:
    build(site, {"index.html": PAGE})
    moved = site.rename(tmp_path / "moved")
    with publishing(moved, moved / "output") as publisher:
        assert publisher.known("index.html") == PAGE.hex()


names = st.sampled_from(["a", "b", "c/a", "c/b", "c/d/a", "a/b", "d"])
sets = st.dictionaries(names, st.sampled_from([b"", b"1", b"2", b"22"])).map(
    lambda files: {path: data for path, data in files.items() if path != "a" or "a/b" not in files}
)


@settings(max_examples=60)
@given(st.lists(st.tuples(sets, st.booleans()), min_size=1, max_size=6))
def test_after_any_sequence_of_builds_the_output_is_the_last_set_and_what_is_a_persons(
    builds: list[tuple[Files, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        site.mkdir()
        own: Files = {}
        for number, (files, drop) in enumerate(builds):
            done = build(site, {"index.html": PAGE, **files})
            assert read(site / "output") == {"index.html": PAGE, **files, **own}
            assert done.foreign == (tuple(sorted(own)) if done.written or done.removed else ())
            assert done.changed_by_hand == ()
            if drop:
                own[f"own/{number}.txt"] = b"mine"
                (site / "output" / "own").mkdir(exist_ok=True)
                (site / "output" / "own" / f"{number}.txt").write_bytes(b"mine")
        assert replaced(site) == {}


def _persons_doing(output: Path, doing: str, number: int) -> None:
    """Do something in the output folder that no build does."""
    folders = sorted(path for path in output.rglob("*") if path.is_dir() and not path.is_symlink())
    files = sorted(path for path in output.rglob("*") if path.is_file() and path.name != "index.html")
    target = folders[number % len(folders)] if folders else output
    if doing == "add":
        (target / f"own-{number}").write_bytes(b"mine")
    elif doing == "edit" and files:
        with files[number % len(files)].open("ab") as file:
            file.write(b" and mine")
    elif doing == "replace" and files:
        (output.parent / "new").write_bytes(b"another")
        (output.parent / "new").replace(files[number % len(files)])
    elif doing == "delete" and files:
        files[number % len(files)].unlink()
    elif doing == "link" and target != output:
        shutil.rmtree(target)
        target.symlink_to(output.parent)
    elif doing == "new folder":
        (target / f"mine-{number}" / "deep").mkdir(parents=True, exist_ok=True)
        (target / f"mine-{number}" / "deep" / "own").write_bytes(b"mine")


DOINGS = ("", "add", "edit", "replace", "delete", "link", "new folder")
TICK = 0.012
"""Seconds in which the clocks of file systems move on."""


@settings(max_examples=30)
@given(st.lists(st.tuples(sets, st.sampled_from(DOINGS), st.integers(0, 9)), min_size=4, max_size=8))
def test_a_folder_that_is_not_looked_into_has_what_it_had(builds: list[tuple[Files, str, int]]) -> None:
    """All of it ends as where every folder is looked into, because it may just have been written, and where every
    manifest is read.
    """
    manifests: Kept[Manifest] = Kept(Manifest)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        sites = {settled: Path(folder, f"site-{settled}") for settled in (0, 10**12)}
        for turn, (files, doing, number) in enumerate(builds):
            done = {}
            always = {"index.html": PAGE, "x/y": b"1", "x/z": b"2", "every/time": b"%d" % turn}
            for settled, site in sites.items():
                site.mkdir(exist_ok=True)
                patched.setattr("generator.spare.SETTLED", settled)
                done[settled] = build(site, {**always, **files}, manifests=None if settled else manifests)
                _persons_doing(site / "output", doing, number)
            manifests.renew()
            time.sleep(TICK)
            quick, slow = done.values()
            assert quick == slow
        outputs = [read(site / "output") for site in sites.values()]
        assert outputs[0] == outputs[1]
        assert replaced(sites[0]) == replaced(sites[10**12])


def test_a_persons_file_whose_place_the_site_wants_is_kept_where_folders_are_settled(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.spare.SETTLED", 0)
    wanted: Files = {"index.html": PAGE, "x/y": b"1"}
    for turn in range(8):
        build(site, {**wanted, "every/time": b"%d" % turn})
        if turn == 0:
            (site / "output" / "x" / "own").write_bytes(b"mine")
        time.sleep(TICK)
    for turn in range(8, 12):
        done = build(site, {**wanted, "x/own": b"the site's", "every/time": b"%d" % turn})
        assert done.changed_by_hand == (("x/own",) if turn == 8 else ())
        assert (site / "output" / "x" / "own").read_bytes() == b"the site's"
        time.sleep(TICK)
    assert replaced(site) == {"x/own": b"mine"}


# What is a person's


def test_own_files_of_a_person_stay_and_are_reported(site: Path) -> None:
    build(site, {"index.html": PAGE})
    (site / "output" / "mine").mkdir()
    (site / "output" / "mine" / "notes.txt").write_bytes(b"notes")
    (site / "output" / "link").symlink_to("index.html")
    (site / "output" / ".gitkeep").touch()
    for data in (b"1", b"2", b"3"):
        assert build(site, {"index.html": PAGE + data}).foreign == ("link", "mine/notes.txt")
        assert (site / "output" / "mine" / "notes.txt").read_bytes() == b"notes"
        assert os.readlink(site / "output" / "link") == "index.html"
        assert (site / "output" / ".gitkeep").exists()
    (site / "output" / "mine" / "notes.txt").write_bytes(b"other notes")
    (site / "output" / "link").unlink()
    for data in (b"4", b"5", b"6"):
        assert build(site, {"index.html": PAGE + data}).foreign == ("mine/notes.txt",)
        assert read(site / "output")["mine/notes.txt"] == b"other notes"
    assert replaced(site) == {}


def test_own_file_in_the_way_of_the_site_is_kept_elsewhere(site: Path) -> None:
    build(site, {"index.html": PAGE})
    (site / "output" / "papers").write_bytes(b"mine")
    (site / "output" / "a").mkdir()
    (site / "output" / "a" / "b").write_bytes(b"mine too")
    (site / "output" / "c").write_bytes(b"and mine")
    done = build(site, {"index.html": PAGE, "papers/x": b"1", "a": b"2", "c": b"3"})
    assert done.changed_by_hand == ("a/b", "c", "papers")
    assert replaced(site) == {"papers": b"mine", "a/b": b"mine too", "c": b"and mine"}
    assert read(site / "output") == {"index.html": PAGE, "papers/x": b"1", "a": b"2", "c": b"3"}


def test_link_of_a_person_is_not_written_through(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    build(site, {"index.html": PAGE})
    (site / "output" / "papers").symlink_to(tmp_path / "elsewhere")
    build(site, {"index.html": PAGE + b"2"})
    build(site, {"index.html": PAGE, "papers/x": b"1"})
    build(site, {"index.html": PAGE, "papers/x": b"2"})
    assert read(tmp_path / "elsewhere") == {}
    assert not (site / "output" / "papers").is_symlink()


def test_file_changed_by_hand_is_replaced_and_its_old_form_kept(site: Path) -> None:
    build(site, {"index.html": PAGE, "a/b": b"1", "gone": b"1"})
    (site / "output" / "a" / "b").write_bytes(b"by hand")
    (site / "output" / "gone").write_bytes(b"by hand too")
    done = build(site, {"index.html": PAGE, "a/b": b"1"})
    assert done == Published(written=("a/b",), removed=("gone",), kept=1, changed_by_hand=("a/b", "gone"))
    assert read(site / "output") == {"index.html": PAGE, "a/b": b"1"}
    assert replaced(site) == {"a/b": b"by hand", "gone": b"by hand too"}
    for data in (b"2", b"3", b"4"):
        assert build(site, {"index.html": PAGE, "a/b": data}).changed_by_hand == ()


def test_every_form_changed_by_hand_is_kept(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1"})
    for data in (b"first", b"second", b"third", b"second"):
        (site / "output" / "a").write_bytes(data)
        assert build(site, {"index.html": PAGE, "a": b"1"}).changed_by_hand == ("a",)
    kept = [path.read_bytes() for path in (site / ".paperfolio").glob("replaced*/a")]
    assert sorted(kept) == [b"first", b"second", b"third"]


def test_a_file_that_both_trees_hold_is_replaced_in_both_and_kept_once(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1", "b": b"1"})
    build(site, {"index.html": PAGE, "a": b"1", "b": b"2"})
    assert (site / "output" / "a").samefile(spare(site) / "a")
    with (site / "output" / "a").open("r+b") as file:
        file.write(b"by hand")
    assert build(site, {"index.html": PAGE, "a": b"1", "b": b"3"}).changed_by_hand == ("a",)
    assert [path.read_bytes() for path in (site / ".paperfolio").glob("replaced*/*")] == [b"by hand"]
    assert read(site / "output") == {"index.html": PAGE, "a": b"1", "b": b"3"}
    assert build(site, {"index.html": PAGE, "a": b"1", "b": b"4"}) == Published(written=("b",), kept=2)
    assert read(site / "output") == {"index.html": PAGE, "a": b"1", "b": b"4"}


def test_where_files_cannot_be_in_two_folders_they_are_copied(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", unable)
    build(site, {"index.html": PAGE, "a": b"1", "b": b"1"})
    build(site, {"index.html": PAGE, "a": b"1", "b": b"2"})
    assert not (site / "output" / "a").samefile(spare(site) / "a")
    assert read(site / "output") == {"index.html": PAGE, "a": b"1", "b": b"2"}
    assert build(site, {"index.html": PAGE, "a": b"1", "b": b"3"}) == Published(written=("b",), kept=2)


def test_touched_file_is_not_taken_for_changed(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1"})
    os.utime(site / "output" / "a", (1, 1))
    assert build(site, {"index.html": PAGE, "a": b"1"}) == Published(kept=2)


def test_file_put_into_the_output_in_its_last_moment_there_is_not_lost(site: Path) -> None:
    build(site, {"index.html": PAGE, "papers/a": b"1"})
    build(site, {"index.html": PAGE, "papers/a": b"2"})
    (spare(site) / "papers" / "late").write_bytes(b"mine")
    (spare(site) / "papers" / "a").write_bytes(b"by hand")
    assert build(site, {"index.html": PAGE, "papers/a": b"3"}).changed_by_hand == ("papers/a", "papers/late")
    assert replaced(site) == {"papers/late": b"mine", "papers/a": b"by hand"}
    assert read(site / "output") == {"index.html": PAGE, "papers/a": b"3"}


# What is found in the output folder


@pytest.mark.parametrize("name", [".gitkeep", ".gitignore", ".DS_Store"])
def test_folder_that_holds_nothing_of_worth_is_taken_and_its_file_stays(site: Path, name: str) -> None:
    (site / "output").mkdir()
    (site / "output" / name).write_bytes(b"x")
    assert build(site, {"index.html": PAGE}).foreign == ()
    assert read(site / "output") == {"index.html": PAGE, name: b"x"}


def test_empty_folder_is_taken(site: Path) -> None:
    (site / "output").mkdir()
    build(site, {"index.html": PAGE})
    assert read(site / "output") == {"index.html": PAGE}


def test_site_without_its_state_is_recognised_by_its_start_page(site: Path) -> None:
    old = {"index.html": PAGE, "old.html": PAGE, "feed.xml": b"1", "assets/a.css": b"1", "papers/a/cite.bib": b"1"}
    build(site, old)
    (site / "output" / "CNAME").write_bytes(b"ada.example")
    (site / "output" / "talk.html").write_bytes(b"<title>mine</title>")
    shutil.rmtree(site / ".paperfolio")
    done = build(site, {"index.html": PAGE, "papers/a/cite.bib": b"2"})
    assert done == Published(
        written=("papers/a/cite.bib",),
        removed=("assets/a.css", "feed.xml", "old.html"),
        kept=1,
        foreign=("CNAME", "talk.html"),
    )
    assert set(read(site / "output")) == {"index.html", "papers/a/cite.bib", "CNAME", "talk.html"}


# Accidents


def manifests(site: Path) -> list[Path]:
    return sorted((site / ".paperfolio").glob("output-*/tree-*"))


@pytest.mark.parametrize(
    "damage", [b"", b"\x93\x01", b"{}", b"\x93\x63\x80\x80", b"\xff" * 100, b"\x93\x01\x81\xa1\xff\x93\xa0\x00\x00\x80"]
)
def test_damaged_state_means_a_full_build(site: Path, damage: bytes) -> None:
    build(site, {"index.html": PAGE, "assets/a": b"1"})
    build(site, {"index.html": PAGE, "assets/a": b"2"})
    for path in manifests(site):
        path.write_bytes(damage)
    with publishing(site, site / "output") as publisher:
        assert publisher.known("index.html") is None
    assert build(site, {"index.html": PAGE, "assets/a": b"3"}) == Published(written=("assets/a",), kept=1)
    assert read(site / "output") == {"index.html": PAGE, "assets/a": b"3"}


def test_damaged_spare_is_mended(site: Path) -> None:
    for data in (b"1", b"2"):
        build(site, {"index.html": PAGE, "a": data, "b": b"1"})
    (spare(site) / "b").write_bytes(b"cut")
    (spare(site) / "index.html").unlink()
    build(site, {"index.html": PAGE, "a": b"3", "b": b"1"})
    assert read(site / "output") == {"index.html": PAGE, "a": b"3", "b": b"1"}


@pytest.mark.parametrize("error", [RuntimeError, OSError, KeyboardInterrupt])
def test_source_that_fails_leaves_the_old_site_and_its_own_error(site: Path, error: type[BaseException]) -> None:
    def fail() -> bytes:
        raise error("template")

    build(site, {"index.html": PAGE, "a": b"1", "b": b"1"})
    build(site, {"index.html": PAGE, "a": b"2", "b": b"1"})
    before = stamps(site / "output")
    with publishing(site, site / "output") as publisher, pytest.raises(error, match="template"):
        publisher.publish([("index.html", PAGE.hex(), None), ("a", "3", lambda: b"3"), ("b", "2", fail)])
    assert stamps(site / "output") == before
    assert build(site, {"index.html": PAGE, "a": b"4", "b": b"1"}).changed_by_hand == ()
    assert read(site / "output") == {"index.html": PAGE, "a": b"4", "b": b"1"}


def test_failed_source_costs_the_next_build_nothing(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1"})
    build(site, {"index.html": PAGE, "a": b"2"})
    with publishing(site, site / "output") as publisher, pytest.raises(ZeroDivisionError):
        publisher.publish([("a", "3", lambda: b"3"), ("b", "1", lambda: bytes(1 // 0))])
    with publishing(site, site / "output") as publisher:
        publisher.publish([("index.html", PAGE.hex(), None), ("a", "3", never)])
    assert read(site / "output") == {"index.html": PAGE, "a": b"3"}


def test_output_changed_by_another_build_meanwhile_is_left_alone(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    build(site, {"index.html": PAGE})
    with publishing(site, site / "output") as publisher:
        build(other, {"index.html": PAGE + b"other"}, site / "output")
        with pytest.raises(OutputError, match="another build"):
            publisher.publish([("index.html", "2", lambda: PAGE + b"2")])
    assert read(site / "output") == {"index.html": PAGE + b"other"}
    build(site, {"index.html": PAGE + b"2"})
    assert read(site / "output") == {"index.html": PAGE + b"2"}


def run(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A process with ``build(site, letter)``: a site of 200 files that all hold this letter."""
    prelude = """
        import resource, sys, time
        from pathlib import Path
        from generator.errors import OutputError
        from generator.publish import publishing

        def files(letter):
            for number in range(200):
                yield f"papers/{number}/index.html", letter, lambda: letter.encode() * 3000
            yield "index.html", letter, lambda: b'<meta name="generator" content="Paperfolio">' + letter.encode()

        def build(site, letter, **options):
            with publishing(Path(site), Path(site, "output"), **options) as publisher:
                return publisher.publish(files(letter))
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(prelude) + textwrap.dedent(code), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    text = process.communicate()[0]
    assert process.returncode == 0, text
    return text


def wait_for(word: str, process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert process.stdout.readline() == f"{word}\n"


def letters(output: Path) -> set[str]:
    """What the files of ``output`` held at one moment: one letter, if that was a whole site."""
    while True:
        folder = os.open(output, os.O_RDONLY)  # fails the test when there is a gap
        try:
            found = set()
            for number in range(0, 200, 7):
                try:
                    file = os.open(f"papers/{number}/index.html", os.O_RDONLY, dir_fd=folder)
                except FileNotFoundError:
                    found.add("missing")
                    continue
                data = os.read(file, 5000).decode()
                os.close(file)
                found.add(data[:1] if data == data[:1] * 3000 else "torn")
            if os.stat(output).st_ino == os.fstat(folder).st_ino:
                return found
        finally:
            os.close(folder)


def test_killed_build_leaves_the_old_or_the_new_site_and_the_next_build_works(site: Path) -> None:
    output = site / "output"
    finish(run("build(sys.argv[1], 'a'); build(sys.argv[1], 'b')", site))
    started = time.monotonic()
    finish(run("build(sys.argv[1], 'c')", site))
    length = time.monotonic() - started
    old, outcomes = "c", set()
    for number in range(12):
        new = "defghijklmno"[number]
        process = run("print('ready', flush=True); build(sys.argv[1], sys.argv[2])", site, new)
        wait_for("ready", process)
        end = time.monotonic() + length / 4 * number / 12
        while time.monotonic() < end and process.poll() is None:
            assert letters(output) in ({old}, {new})
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert letters(output) in ({old}, {new})
        outcomes.add(letters(output) == {new})
        process = run("build(sys.argv[1], sys.argv[2])", site, new)
        while process.poll() is None:
            assert letters(output) in ({old}, {new})
        finish(process)
        assert letters(output) == {new}
        assert len(read(output)) == 201
        old = new
    assert sorted(path.name for path in site.iterdir()) == [".paperfolio", "content", "output", "themes"]
    assert False in outcomes, "no build was killed in time"


def test_file_that_is_too_large_leaves_the_old_site_and_one_readable_message(site: Path) -> None:
    build(site, {"index.html": PAGE, "a": b"1"})
    before = stamps(site / "output")
    code = """
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        try:
            build(sys.argv[1], "x")
        except OutputError as error:
            print(error, error.hint, sep="|")
    """
    text = finish(run(textwrap.dedent(code), site))
    assert text.startswith(f"cannot write {site}/output/papers/0/index.html: File too large|the system limits")
    assert stamps(site / "output") == before
    finish(run("build(sys.argv[1], 'x')", site))
    assert letters(site / "output") == {"x"}


@pytest.mark.parametrize("call", ["write", "open", "mkdir", "replace", "chmod", "unlink", "rmdir", "scandir", "link"])
def test_every_call_that_fails_leaves_a_whole_site_and_tells_the_truth(
    site: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Error after error, each once at every place: the build says so and the site is old, or it is new.

    A file that cannot be in two folders is copied, so nothing is to be told of that.
    """
    older = {"index.html": PAGE, "a/b": b"0", "gone/first": b"1"}
    old = {"index.html": PAGE, "a/b": b"1", "same": b"1", "gone/file": b"1"}
    new = {"index.html": PAGE + b"new", "a/b": b"2", "same": b"1", "d/e": b"2"}
    original = getattr(os, call)
    messages: set[str] = set()
    for place in range(40):
        shutil.rmtree(site / "output", ignore_errors=True)
        shutil.rmtree(site / ".paperfolio", ignore_errors=True)
        build(site, older)
        build(site, old)
        (site / "output" / "mine").write_bytes(b"mine")
        (site / "output").chmod(0o750)
        calls = iter(range(place + 1))

        def failing(*arguments: object, calls: Iterator[int] = calls, place: int = place, **options: object) -> object:
            if next(calls, None) == place:
                raise OSError(28, "No space left on device", str(arguments[0]))
            return original(*arguments, **options)

        monkeypatch.setattr(os, call, failing)
        try:
            build(site, new)
            expected = new
        except OutputError as error:
            expected = old
            messages.add(f"{'No space left on device' in str(error)} {error.hint}")
        finally:
            monkeypatch.setattr(os, call, original)
        assert read(site / "output") == {**expected, "mine": b"mine"}
        build(site, new)
        assert read(site / "output") == {**new, "mine": b"mine"}
        if next(calls, None) is not None:  # the build made fewer calls than that
            break
    assert messages == (set() if call == "link" else {"True make room on the disk and build again"})


def test_second_build_waits_for_the_first(site: Path) -> None:
    first = run(
        """
        with publishing(Path(sys.argv[1]), Path(sys.argv[1], "output")) as publisher:
            print("held", flush=True)
            sys.stdin.readline()
            publisher.publish(files("a"))
        """,
        site,
    )
    wait_for("held", first)
    words = "another build has been writing to .* for more than 0.1 seconds"
    with pytest.raises(OutputError, match=words), publishing(site, site / "output", wait_seconds=0.1):
        raise AssertionError("never reached")
    assert first.stdin
    end = threading.Timer(0.5, first.stdin.close)
    end.start()
    done = build(site, {"index.html": PAGE})
    end.join()
    first.stdin = None
    finish(first)
    assert len(done.removed) == 200
    assert read(site / "output") == {"index.html": PAGE}


def test_lock_of_a_killed_build_is_free_although_its_workers_live(site: Path) -> None:
    process = run(
        """
        import os
        with publishing(Path(sys.argv[1]), Path(sys.argv[1], "output")) as publisher:
            if os.fork() == 0:
                print(os.getpid(), flush=True)
                time.sleep(60)
            time.sleep(60)
        """,
        site,
    )
    assert process.stdout
    worker = int(process.stdout.readline())
    try:
        process.kill()
        process.wait()
        with publishing(site, site / "output", wait_seconds=1) as publisher:
            publisher.publish(sources({"index.html": PAGE}))
    finally:
        os.kill(worker, signal.SIGKILL)
        process.communicate()


# Other systems


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "at_once", lambda first, second: False)


@pytest.mark.usefixtures("no_exchange")
def test_without_exchange_of_folders_the_result_is_the_same(site: Path) -> None:
    for number in range(4):
        build(site, {"index.html": PAGE, "a/b": b"%d" % number, f"only-{number}": b""})
        assert read(site / "output") == {"index.html": PAGE, "a/b": b"%d" % number, f"only-{number}": b""}
    assert spare(site).is_dir()


@pytest.mark.usefixtures("no_exchange")
@pytest.mark.parametrize("place", [1, 2, 3])
def test_without_exchange_of_folders_an_accident_at_any_step_loses_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    for data in (b"1", b"2"):
        build(site, {"index.html": PAGE, "a": data})
    rename, calls = os.rename, []

    def killed(source: str, target: str) -> None:
        calls.append(source)
        if len(calls) >= place:
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(os, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        build(site, {"index.html": PAGE, "a": b"3"})
    monkeypatch.setattr(os, "rename", rename)
    with publishing(site, site / "output"):
        assert read(site / "output")["a"] == (b"3" if place == 3 else b"2")
    build(site, {"index.html": PAGE, "a": b"4"})
    assert read(site / "output") == {"index.html": PAGE, "a": b"4"}


@pytest.mark.usefixtures("no_exchange")
def test_without_exchange_of_folders_the_old_site_is_put_back_when_the_new_one_cannot_be(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site, {"index.html": PAGE})
    rename = os.rename

    def refuse(source: str, target: str) -> None:
        if source.endswith("spare"):
            raise PermissionError(13, "Permission denied", source)
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        build(site, {"index.html": PAGE + b"2"})
    assert read(site / "output") == {"index.html": PAGE}


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("NOT TESTED: there is no second file system at /dev/shm")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_output_on_another_disk_is_exchanged_there_and_nothing_is_left_beside_it(site: Path, other_disk: Path) -> None:
    output = other_disk / "public"
    for number in range(3):
        build(site, {"index.html": PAGE, "same": b"1", "a": b"%d" % number}, output)
        assert read(output) == {"index.html": PAGE, "same": b"1", "a": b"%d" % number}
        assert os.listdir(other_disk) == ["public"]
    with publishing(site, output) as publisher:
        assert publisher.known("same") == b"1".hex()
        with pytest.raises(ZeroDivisionError):
            publisher.publish([("b", "1", lambda: b""), ("c", "1", lambda: bytes(1 // 0))])
    assert os.listdir(other_disk) == ["public"]
    (other_disk / ".public.paperfolio-spare").mkdir()
    with publishing(site, output):
        assert os.listdir(other_disk) == ["public"]
