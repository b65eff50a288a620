"""What is kept between runs is out of the way."""

from pathlib import Path

import pytest

from generator import state


def test_folder_is_ignored_by_git_and_what_a_person_wrote_there_stays(tmp_path: Path) -> None:
    state.make(str(tmp_path))
    ignore = tmp_path / state.FOLDER / ".gitignore"
    assert ignore.read_text() == "*\n"
    ignore.write_text("*\n!replaced\n")
    state.make(str(tmp_path))
    assert ignore.read_text() == "*\n!replaced\n"


def test_cache_is_a_folder_or_nothing(tmp_path: Path) -> None:
    folder = state.cache(tmp_path, "templates")
    assert folder == state.cache(tmp_path, "templates")
    assert folder
    assert folder.is_dir()
    (tmp_path / "full" / state.FOLDER).mkdir(parents=True)
    (tmp_path / "full" / state.FOLDER / "templates").touch()
    assert state.cache(tmp_path / "full", "templates") is None


def test_outputs_are_told_apart_and_found_again_after_a_move_of_both() -> None:
    first = state.of_output("/home/ada/site", "/home/ada/site/output")
    second = state.of_output("/home/ada/site", "/home/ada/public")
    assert first != second
    moved = state.of_output("/srv/site", "/srv/site/output")
    assert moved.removeprefix("/srv/site") == first.removeprefix("/home/ada/site")


def test_a_file_that_is_not_as_it_was_written_is_none(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    assert state.saved(str(file)) is None
    state.save(str(file), [b"made ", b"before"])
    assert state.saved(str(file)) == b"made before"
    whole = file.read_bytes()
    for spoilt in (b"", whole[:3], whole[:-1], whole + b"x", b"M" + whole[1:]):
        file.write_bytes(spoilt)
        assert state.saved(str(file)) is None


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(OSError, match="kept"):
        state.save(str(tmp_path / "kept"), [b"made ", b"before"])
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
