"""A folder is looked into once."""

import os
from pathlib import Path

import pytest

from generator.listing import Listing


def test_what_was_found_in_a_folder_stays_so(tmp_path: Path) -> None:
    for name in ("b", "a", "C"):
        (tmp_path / name).write_text("1")
    listing = Listing()
    names = [entry.name for entry in listing.of(str(tmp_path))]
    sizes = [entry.stat().st_size for entry in listing.of(str(tmp_path))]
    (tmp_path / "d").write_text("1")
    (tmp_path / "a").write_text("longer")
    assert names == ["C", "a", "b"] == [entry.name for entry in listing.of(str(tmp_path))]
    assert sizes == [1, 1, 1] == [entry.stat().st_size for entry in listing.of(str(tmp_path))]
    assert [entry.name for entry in Listing().of(str(tmp_path))] == ["C", "a", "b", "d"]


def test_a_folder_that_is_not_there_is_asked_for_again(tmp_path: Path) -> None:
    listing, folder = Listing(), tmp_path / "folder"
    with pytest.raises(FileNotFoundError):
        listing.of(str(folder))
    os.mkdir(folder)
    assert listing.of(str(folder)) == []
