"""What is kept between runs is out of the way."""

from pathlib import Path

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
