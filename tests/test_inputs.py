"""What a build depends on: the digest follows contents, the stamp follows writing."""

import os
from pathlib import Path

import pytest

from generator import inputs
from generator.digests import Digests


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "content/papers/a.yaml": "- title: A",
        "content/files/a.pdf": "%PDF",
        "themes/x/a.css": "a",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_file_that_is_only_touched_is_the_same(folder: Path) -> None:
    before = inputs.look(folder, Digests())
    os.utime(folder / "content/papers/a.yaml", ns=(1, 1))
    after = inputs.look(folder, Digests())
    assert after.digest == before.digest != ""
    assert after.still_so()
    assert not before.still_so()


@pytest.mark.parametrize("name", ["content/papers/a.yaml", "content/files/a.pdf", "themes/x/a.css"])
def test_other_contents_of_the_same_length_and_time_are_other_inputs(folder: Path, name: str) -> None:
    path = folder / name
    before, status = inputs.look(folder, Digests()), path.stat()
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert inputs.look(folder, Digests()).digest != before.digest
    assert not before.still_so()


def test_names_and_the_borders_between_files_count(folder: Path) -> None:
    digests = {inputs.look(folder, Digests()).digest}
    (folder / "content/papers/a.yaml").rename(folder / "content/papers/b.yaml")
    digests.add(inputs.look(folder, Digests()).digest)
    (folder / "content/papers/c.yaml").write_text("", encoding="utf-8")
    digests.add(inputs.look(folder, Digests()).digest)
    (folder / "content/papers/c.yaml").unlink()
    digests.add(inputs.look(folder, Digests(), "an option").digest)
    assert len(digests) == 4


def test_what_only_a_build_can_judge_has_no_digest(folder: Path) -> None:
    (folder / "content/files/link").symlink_to(folder / "content/files/a.pdf")
    found = inputs.look(folder, Digests())
    assert found.digest == ""
    assert not found.still_so()


def test_the_output_and_the_state_are_no_inputs(folder: Path) -> None:
    before = inputs.look(folder, Digests())
    for name in ("output/index.html", ".paperfolio/x", "README.md"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert inputs.look(folder, Digests()).digest == before.digest != ""
    assert before.still_so()


def test_the_program_is_another_one_after_any_change_of_it_or_of_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, packages = tmp_path / "generator", tmp_path / "site-packages"
    for file in (
        package / "pages/cv.py",
        package / "build.py",
        tmp_path / "themes/base/page.html",
        packages / "m/m.py",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a", encoding="utf-8")
    monkeypatch.setattr(inputs, "PACKAGE", str(package))
    monkeypatch.setattr(inputs.msgspec, "__file__", str(packages / "m/m.py"))
    seen = [inputs.program(Digests())]
    (package / "__pycache__").mkdir()
    (package / "__pycache__/build.pyc").write_bytes(b"x")
    assert inputs.program(Digests()) == seen[0]
    for changed in (package / "pages/cv.py", package / "new.py", tmp_path / "themes/base/page.html"):
        changed.write_text("b", encoding="utf-8")
        seen.append(inputs.program(Digests()))
    (packages / "jinja2-4.0.dist-info").mkdir()
    seen.append(inputs.program(Digests()))
    (package / "themes/base").mkdir(parents=True)  # as a wheel has them: those beside it are of something else
    seen.append(inputs.program(Digests()))
    assert len(set(seen)) == len(seen)
    (tmp_path / "themes/base/page.html").write_text("c", encoding="utf-8")
    assert inputs.program(Digests()) == seen[-1]
