"""Of the folder of a site only what a person put there is read, and nothing from outside."""

import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from reading import Load, P, only, report

from generator import content
from generator.digests import Digests


@pytest.mark.parametrize("name", [".p.yaml.swp", ".DS_Store", "p.yaml~", "#p.yaml#", "4913", "p.yaml.bak", "Thumbs.db"])
def test_what_editors_leave_behind_is_passed_over(load: Load, name: str) -> None:
    loaded = load({f"content/{folder}/{name}": "\x00" for folder in ("authors", "papers", "pages", "files")})
    # the folder of authors holds nothing else here
    assert all("there is no author" in problem.what for problem in loaded.problems.found)
    assert not loaded.site.files
    assert not loaded.warnings


def test_what_servers_look_for_is_published_though_its_name_begins_with_a_dot(load: Load) -> None:
    loaded = load(
        {f"content/files/{name}": "x" for name in (".well-known/x.txt", ".htaccess", "a/.htaccess", ".secret")}
    )
    assert {file.path for file in loaded.site.files} == {".well-known/x.txt", ".htaccess", "a/.htaccess"}


def test_a_name_of_two_lines_is_shown_in_one(load: Load) -> None:
    assert only(load({"content/files/a\nb.pdf": "x"})).startswith("content/files/a\\nb.pdf: has ")


def test_a_link_is_followed_only_to_a_file_inside_the_site(
    site: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    folder = site({"content/files/a.pdf": "x", "shared/b.pdf": "y"})
    secret = tmp_path / "secret"
    secret.write_text("z")
    files = folder / "content" / "files"
    (files / "b.pdf").symlink_to(folder / "shared" / "b.pdf")
    (files / "out").symlink_to(secret)
    (files / "folder").symlink_to(folder / "shared")
    (files / "loop").symlink_to(files / "loop")
    (files / "gone").symlink_to(files / "nothing")
    loaded = content.load(folder)
    assert [file.path for file in loaded.site.files] == ["a.pdf", "b.pdf"]
    places = {problem.place.file: problem.what for problem in loaded.problems.found}
    assert places["content/files/out"] == "is a link to something outside of the site"
    assert places["content/files/folder"] == "is a link to a folder"
    assert places["content/files/gone"] == "is a link that leads nowhere"
    assert "content/files/loop" in places


def test_a_file_that_may_not_be_read_is_told_before_it_is_copied(
    site: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site({"content/files/a": "x", "content/files/b": "x"})
    # root, as whom tests may run, may read everything
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("/a"))
    loaded = content.load(folder)
    assert only(loaded).startswith("content/files/a: cannot be read")
    assert [file.path for file in loaded.site.files] == ["b"]


@pytest.mark.parametrize(("error", "hint"), [(13, "give yourself the right to read it"), (5, "")])
def test_a_text_that_cannot_be_read_is_told_with_what_helps(
    site: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch, error: int, hint: str
) -> None:
    folder = site({P: "title: T\n"})
    monkeypatch.setattr(Digests, "read", Mock(side_effect=OSError(error, "why")))
    assert {problem.hint for problem in content.load(folder).problems.found} == {hint}


def test_a_pipe_is_no_file_and_is_not_waited_for(site: Callable[[dict[str, str]], Path]) -> None:
    folder = site({"content/files/a": "x"})
    os.mkfifo(folder / "content" / "files" / "pipe")
    assert only(content.load(folder)).startswith("content/files/pipe: is not a regular file")


def test_the_site_file_is_held_to_the_same(site: Callable[[dict[str, str]], Path], tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("token")
    folder = site({})
    config = folder / "content" / "site.yaml"
    config.symlink_to(secret)
    assert only(content.load(folder)).startswith("content/site.yaml: is a link to something outside of the site")
    config.unlink()
    os.mkfifo(config)
    assert only(content.load(folder)).startswith("content/site.yaml: is not a regular file")


def test_a_folder_that_is_a_link_may_lead_only_inside_the_site(
    site: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    folder = site({"shared/a.pdf": "x"})
    files = folder / "content" / "files"
    files.symlink_to(folder / "shared")
    assert [file.path for file in content.load(folder).site.files] == ["a.pdf"]
    files.unlink()
    files.symlink_to(tmp_path / "outside")
    assert only(content.load(folder)).startswith("content/files: is a link to something outside of the site")


def test_content_itself_may_be_a_link_and_hold_links(site: Callable[[dict[str, str]], Path], tmp_path: Path) -> None:
    folder = site({"content/files/a.pdf": "x"})
    (folder / "content").rename(tmp_path / "texts")
    (folder / "content").symlink_to(tmp_path / "texts")
    (tmp_path / "texts/files/b.pdf").symlink_to("a.pdf")
    loaded = content.load(folder)
    assert not loaded.problems
    assert [file.path for file in loaded.site.files] == ["a.pdf", "b.pdf"]
    (tmp_path / "secret").write_text("token")
    (tmp_path / "texts/files/c.pdf").symlink_to(tmp_path / "secret")
    assert only(content.load(folder)).startswith("content/files/c.pdf: is a link to something outside of the site")


def test_a_folder_where_a_file_is_expected_is_a_problem(site: Callable[[dict[str, str]], Path]) -> None:
    folder = site({})
    (folder / "content" / "site.yaml").mkdir()
    assert only(content.load(folder)).startswith("content/site.yaml: is a folder, where a file is wanted")


def test_a_name_that_is_no_utf_8_can_be_printed(site: Callable[[dict[str, str]], Path]) -> None:
    folder = os.fsencode(site({"content/files/a": "x", P: "title: T\n"}))
    for name in (b"content/files/b\xff.pdf", b"content/papers/b\xff.yaml"):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"title: U\n")
    found = report(content.load(Path(os.fsdecode(folder))))
    assert found == [
        "content/files/b\\xff.pdf: has a name that is not UTF-8",
        "content/papers/b\\xff.yaml: has a name that is not UTF-8",
    ]
