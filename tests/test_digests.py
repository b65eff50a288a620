"""A file is read again when the file system says anything else of it, and when it was written too shortly before."""

import os
import time
from pathlib import Path

import pytest

from generator import digests
from generator.digests import Digests, digest


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of the test were written long ago."""
    now = time.time_ns() + 2 * digests.SETTLED
    monkeypatch.setattr("generator.digests.time.time_ns", lambda: now)


def of(found: Digests, path: Path, status: os.stat_result | None = None) -> bytes:
    return found.of(str(path), status or path.stat())


def written(path: Path, text: str = "first") -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.usefixtures("later")
def test_what_was_read_once_is_not_read_again_in_a_later_run_either(tmp_path: Path) -> None:
    path, kept = written(tmp_path / "a"), str(tmp_path / "kept")
    status, found = path.stat(), Digests(kept)
    of(found, path)
    found.save()
    path.unlink()
    found.renew()
    assert of(found, path, status) == of(Digests(kept), path, status) == digest(b"first")


def test_what_was_just_written_is_read_again_in_the_next_look_and_not_before(tmp_path: Path) -> None:
    path, found = written(tmp_path / "a"), Digests(str(tmp_path / "kept"))
    status = path.stat()
    assert of(found, path, status) == digest(b"first")
    written(path, "other")  # looks as before where the clock has not gone on
    assert of(found, path, status) == digest(b"first")
    found.save()
    found.renew()
    assert of(found, path, status) == of(Digests(str(tmp_path / "kept")), path, status) == digest(b"other")


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("change", ["size", "time", "file", "only its status"])
def test_whatever_looks_otherwise_is_read_again(tmp_path: Path, change: str) -> None:
    path, found = written(tmp_path / "a"), Digests()
    before = path.stat()
    of(found, path)
    if change == "file":
        os.replace(written(tmp_path / "b", "other"), path)
    else:
        path.write_text("longer than that" if change == "size" else "other", encoding="utf-8")
    if change != "time":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert of(found, path) == digest(path.read_bytes()) != digest(b"first")


@pytest.mark.usefixtures("later")
def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    first, second, found = written(tmp_path / "a"), written(tmp_path / "b"), Digests()
    status = first.stat()
    of(found, first), of(found, second)
    found.save()
    found.renew()
    of(found, second)
    found.save()
    found.renew()
    first.unlink()
    with pytest.raises(FileNotFoundError):
        of(found, first, status)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("new", "length", "is_written"),
    [(0, 1, False), (1, 1, False), (digests.FEW_FILES + 1, 1, True), (1, digests.FEW_BYTES + 1, True)],
)
def test_digests_are_left_anew_where_much_would_have_to_be_read(
    tmp_path: Path, new: int, length: int, is_written: bool
) -> None:
    kept = tmp_path / "kept"
    first = Digests(str(kept))
    of(first, written(tmp_path / "a"))
    first.save()
    before = kept.read_bytes()
    found = Digests(str(kept))
    of(found, tmp_path / "a")
    for number in range(new):
        of(found, written(tmp_path / f"new-{number}", length * "x"))
    found.save()
    assert (kept.read_bytes() != before) == is_written


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("spoiled", [b"", b"\x92", b"\xc1", b"\x92\xa1x\x80", b"\x92\xa7blake2b\x81\xa1a\x01"])
def test_an_odd_file_is_no_reason_to_fail(tmp_path: Path, spoiled: bytes) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(spoiled)
    found = Digests(str(kept))
    assert of(found, written(tmp_path / "a")) == digest(b"first")
    found.save()
    assert kept.read_bytes() != spoiled


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    found = Digests(str(tmp_path / "no folder" / "kept"))
    of(found, written(tmp_path / "a"))
    found.save()
    assert not (tmp_path / "no folder").exists()


def test_what_was_read_for_its_digest_is_there_for_the_next_reader_once(tmp_path: Path) -> None:
    path, found = written(tmp_path / "a"), Digests()
    of(found, path)
    path.write_text("other", encoding="utf-8")
    assert found.read(str(path)) == b"first", "what its digest was made of"
    assert found.read(str(path)) == b"other"


def test_what_was_held_needs_no_digest_again_and_what_was_read_since_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, found = written(tmp_path / "a"), Digests()
    of(found, path)
    path.write_text("other", encoding="utf-8")
    asked: list[bytes] = []
    monkeypatch.setattr("generator.digests.digest", lambda data: asked.append(data) or digest(data))
    first, other = found.read(str(path)), found.read(str(path))
    assert [found.of_read(first), found.of_read(other)] == [digest(b"first"), digest(b"other")]
    assert asked == [b"other"]


def test_no_more_is_held_than_there_is_room_for_and_nothing_in_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.digests.MOST_HELD", len("first"))
    paths, found = [written(tmp_path / name) for name in "abc"], Digests()
    for path in paths:
        of(found, path)
        path.write_text("other", encoding="utf-8")
    assert [found.read(str(path)) for path in paths] == [b"first", b"other", b"other"]
    of(found, paths[0])
    found.renew()
    paths[0].write_text("third", encoding="utf-8")
    assert found.read(str(paths[0])) == b"third"


def test_what_is_forgotten_is_read_when_somebody_wants_it(tmp_path: Path) -> None:
    path, found = written(tmp_path / "a"), Digests()
    of(found, path)
    found.forget()
    path.write_text("other", encoding="utf-8")
    assert found.read(str(path)) == b"other"
