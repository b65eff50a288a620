"""No place whose files are a person's becomes the output folder."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from outputs import PAGE, build, small_site, stamps

from generator import destination
from generator.errors import OutputError
from generator.publish import publishing


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site")


def refused(site: Path, output: Path) -> str:
    before = stamps(site.parent)
    with pytest.raises(OutputError) as caught:
        destination.check(site, output)
    with pytest.raises(OutputError), publishing(site, output):
        raise AssertionError("never reached")
    assert stamps(site.parent) == before
    assert caught.value.hint
    return str(caught.value).removeprefix(str(output))


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (".", "it is, or holds, the site's folder"),
        ("..", "it is, or holds, the site's folder"),
        ("content", "it is in the site's content folder"),
        ("content/papers/public", "it is in the site's content folder"),
        ("themes/plain", "it is in the site's themes folder"),
        (".paperfolio/x", "it is in the site's .paperfolio folder"),
        ("output/../content", "it is in the site's content folder"),
        (".git", "git repository"),
        (".git/worktrees/x", "git repository"),
        ("../home", "it is, or holds, your home folder"),
        ("/", "it is, or holds, the site's folder"),
    ],
)
def test_places_of_a_person_are_refused(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, reason: str
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert reason in refused(site, site / place)


def test_folder_for_temporary_files_is_refused(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    assert "temporary files" in refused(site, tmp_path / "temporary")


def test_content_that_is_linked_into_the_site_is_protected_where_it_is(site: Path, tmp_path: Path) -> None:
    (site / "content").rename(tmp_path / "texts")
    (site / "content").symlink_to(tmp_path / "texts")
    assert "content folder" in refused(site, tmp_path / "texts" / "public")
    (tmp_path / "texts").rename(tmp_path / "texts2")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts2").rename(tmp_path / "texts" / "deep")
    (site / "content").unlink()
    (site / "content").symlink_to(tmp_path / "texts" / "deep")
    assert "holds the site's content folder" in refused(site, tmp_path / "texts")


def test_folder_with_files_of_a_person_is_refused_and_some_are_named(site: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    for name in "dcba":
        (tmp_path / "own" / name).touch()
    assert "not made by Paperfolio (a, b, c, …)" in refused(site, tmp_path / "own")


def test_plain_file_link_and_repository_are_refused(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "not a folder" in refused(site, tmp_path / "file")
    (tmp_path / "own").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "own")
    assert f"is a link to {tmp_path / 'own'}" in refused(site, tmp_path / "link")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    assert "is a link to" in refused(site, tmp_path / "dangling")
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / ".git").touch()
    assert "git repository" in refused(site, tmp_path / "repository")


def test_named_pipe_in_the_place_of_the_start_page_does_not_make_the_build_wait(site: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    os.mkfifo(tmp_path / "own" / "index.html")
    assert "not made by Paperfolio (index.html)" in refused(site, tmp_path / "own")


def test_a_file_where_a_folder_is_needed_is_named_with_what_to_do(site: Path, tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("mine")
    with pytest.raises(OutputError) as caught:
        destination.check(site, tmp_path / "plain" / "public")
    assert caught.value.message == f"cannot write {tmp_path / 'plain'}: Not a directory"
    assert caught.value.hint.startswith("this is no folder")
    shutil.rmtree(site / ".paperfolio", ignore_errors=True)
    (site / ".paperfolio").write_text("mine")
    with pytest.raises(OutputError) as caught, publishing(site, site / "output"):
        raise AssertionError("never reached")
    assert caught.value.hint == "something else has the name of this folder: rename or delete it"


def test_sibling_whose_name_begins_alike_is_no_part_of_the_content(site: Path) -> None:
    destination.check(site, site / "content-output")
    destination.check(site, site / "themes2")


def test_site_without_start_page_is_recognised_by_its_state(site: Path) -> None:
    build(site, {"a": b"1"})
    destination.check(site, site / "output")
    shutil.rmtree(site / ".paperfolio")
    assert "not made by Paperfolio (a)" in refused(site, site / "output")


def test_read_only_folder_is_refused_before_anything_is_written(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the system, as a test that runs as root may write everywhere."""
    build(site, {"index.html": PAGE})
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(site / "output"))
    assert "Permission denied" in refused(site, site / "output")
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(site))
    assert "Permission denied" in refused(site, site / "output")
    assert "Permission denied" in refused(site, site / "a" / "b")
