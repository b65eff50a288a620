"""Two folders change places."""

import contextlib
import ctypes
import errno
import os
import sys
from pathlib import Path

import pytest

from generator import exchange


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str, str]:
    """Two folders that hold a file each, ``new`` and ``old``, and a name that is free."""
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    return str(tmp_path / "new"), str(tmp_path / "old"), str(tmp_path / "aside")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is known to exchange folders on any file system")
def test_folders_are_exchanged_in_one_step_here(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    inodes = [(tmp_path / name).stat().st_ino for name in "ab"]
    assert exchange.at_once(str(tmp_path / "a"), str(tmp_path / "b"))
    assert [(tmp_path / name).stat().st_ino for name in "ba"] == inodes
    with pytest.raises(FileNotFoundError):
        exchange.at_once(str(tmp_path / "a"), str(tmp_path / "c"))


def test_in_two_steps_each_folder_stands_where_the_other_stood(folders: tuple[str, str, str]) -> None:
    new, old, aside = folders
    exchange.in_two_steps(new, old, aside)
    assert (os.listdir(old), os.listdir(new), os.path.lexists(aside)) == (["new"], ["old"], False)


@pytest.mark.parametrize(("steps", "expected"), [(1, "old"), (2, "new")])
def test_accident_between_the_steps_is_mended(
    folders: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch, steps: int, expected: str
) -> None:
    new, old, aside = folders
    rename, calls = os.rename, []

    def killed(source: str, target: str) -> None:
        calls.append(source)
        if len(calls) > steps:
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(os, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        exchange.in_two_steps(new, old, aside)
    monkeypatch.setattr(os, "rename", rename)
    exchange.mend(old, aside)
    assert (os.listdir(old), os.path.lexists(aside)) == ([expected], False)


class Library:
    """A C library that fails to exchange, for a reason."""

    def __init__(self, reason: int) -> None:
        self.reason = reason

    def renameat2(self, *_: object) -> int:
        ctypes.set_errno(self.reason)
        return -1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the function has another name")
@pytest.mark.parametrize("library", [object(), *map(Library, (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP))])
def test_where_folders_cannot_be_exchanged_nobody_believes_they_were(
    folders: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch, library: object
) -> None:
    """Neither an old C library, nor an old kernel or a file system that cannot do it."""
    monkeypatch.setattr(ctypes, "CDLL", lambda name, use_errno: library)
    assert exchange.at_once(*folders[:2]) is False
    monkeypatch.setattr(ctypes, "CDLL", lambda name, use_errno: Library(errno.EACCES))
    with pytest.raises(PermissionError):
        exchange.at_once(*folders[:2])


def test_windows_has_no_such_step(folders: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert exchange.at_once(*folders[:2]) is False
    assert os.listdir(folders[1]) == ["old"]


@pytest.mark.parametrize(("failing", "expected"), [(2, "old"), (3, "new")])
def test_of_a_step_that_fails_no_folder_is_lost(
    folders: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch, failing: int, expected: str
) -> None:
    """The old folder comes back; where the new one stands already, only ``mend`` has something to do."""
    new, old, aside = folders
    rename, calls = os.rename, []

    def busy(source: str, target: str) -> None:
        calls.append(source)
        if len(calls) == failing:
            raise OSError(errno.EBUSY, "Device or resource busy")
        rename(source, target)

    monkeypatch.setattr(os, "rename", busy)
    with pytest.raises(OSError, match="busy") if expected == "old" else contextlib.nullcontext():
        exchange.in_two_steps(new, old, aside)
    assert os.listdir(old) == [expected]
    exchange.mend(old, aside)
    assert (os.listdir(old), os.path.lexists(aside)) == ([expected], False)


def test_where_nothing_was_killed_nothing_is_mended(folders: tuple[str, str, str]) -> None:
    _, old, aside = folders
    exchange.mend(old, aside)
    assert os.listdir(old) == ["old"]
