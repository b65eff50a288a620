"""Files that belong together are all written, or none, however a run ends."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import library, unfinished

NEW = {"content/a.yaml": b"a: 2\n", "content/b/c.yaml": b"c: 1\n", "content/d.json": "{\r\n\ufeff}".encode()}


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours may catch it."""


def killed_at(number: int, write: Callable[[Path, bytes], None]) -> Callable[[Path, bytes], None]:
    """A way to write that ends the run at the file of that number; the note is number 0."""
    left = [number]

    def until(path: Path, data: bytes) -> None:
        if not left[0]:
            raise Killed
        left[0] -= 1
        write(path, data)

    return until


def contents(folder: Path) -> dict[str, bytes]:
    return {file: data for file in NEW if (data := library.content_of(folder, file)) is not None}


@pytest.fixture
def before(tmp_path: Path) -> dict[str, bytes]:
    library.write(tmp_path / "content/a.yaml", b"a: 1\n")
    return contents(tmp_path)


@pytest.mark.parametrize("number", range(len(NEW) + 1))
def test_what_was_begun_is_finished(
    tmp_path: Path, before: dict[str, bytes], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(library, "write", killed_at(number, library.write))
        with pytest.raises(Killed):
            unfinished.write(tmp_path, NEW)
    assert number in (0, 1) or contents(tmp_path) not in (before, NEW)
    unfinished.finish(tmp_path)
    assert contents(tmp_path) == (NEW if number else before)
    assert not (tmp_path / unfinished.NOTE).exists()


def test_what_was_changed_since_stays(
    tmp_path: Path, before: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(library, "write", killed_at(2, library.write))
        with pytest.raises(Killed):
            unfinished.write(tmp_path, NEW)
    library.write(tmp_path / "content/b/c.yaml", b"c: by hand\n")
    unfinished.finish(tmp_path)
    assert contents(tmp_path) == {"content/a.yaml": b"a: 2\n", "content/b/c.yaml": b"c: by hand\n"}
    assert not (tmp_path / unfinished.NOTE).exists()


@pytest.mark.parametrize("note", [b"", b"[]", b'{"x": 1}', b"\xff"])
def test_a_note_that_cannot_be_read_counts_for_nothing(tmp_path: Path, before: dict[str, bytes], note: bytes) -> None:
    library.write(tmp_path / unfinished.NOTE, note)
    unfinished.finish(tmp_path)
    assert contents(tmp_path) == before
    assert not (tmp_path / unfinished.NOTE).exists()


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    unfinished.write(tmp_path, NEW)
    assert contents(tmp_path) == NEW
    assert not (tmp_path / unfinished.NOTE).exists()
