"""Output folders for tests: published without any page being rendered, and read as anybody would."""

from collections.abc import Callable, Iterator
from pathlib import Path

from generator.kept import Kept
from generator.publish import Published, publishing
from generator.spare import Spare
from generator.tree import Manifest

PAGE = b'<!doctype html><meta name="generator" content="Paperfolio 1"><title>A</title>'
Files = dict[str, bytes]


def small_site(folder: Path) -> Path:
    """The folders of a site, without a file."""
    for name in ("content/papers", "themes/plain"):
        (folder / name).mkdir(parents=True)
    return folder


def sources(files: Files) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    for path, data in files.items():
        yield path, data.hex() or "empty", lambda data=data: data  # type: ignore[misc]


def build(
    site: Path,
    files: Files,
    output: Path | None = None,
    clean: bool = False,
    manifests: Kept[Manifest] | None = None,
) -> Published:
    with publishing(site, output or site / "output", clean=clean, manifests=manifests) as publisher:
        return publisher.publish(sources(files))


def spare_tree(folder: Path) -> Spare:
    """A tree ``folder/spare`` in which a build has made two files; manifests go to the new ``folder/state``."""
    (folder / "state").mkdir()
    spare = Spare(str(folder / "spare"), str(folder / "state"), "output", clean=False)
    spare.put("a/b", "1", b"first")
    spare.put("c", "2", b"second")
    return spare


def read(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    paths = [folder, *folder.rglob("*")]
    return {str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in paths}
