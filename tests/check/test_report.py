"""A check from its beginning to its end: what it counts, in which order it tells, and whose errors it tells."""

import errno
from pathlib import Path

import pytest

from generator.check import report
from generator.check.finding import Fault
from generator.check.report import check
from generator.errors import PaperfolioError

LINKED = (
    '<a href="https://a.example/x#y">x</a> <a href="https://a.example/x">x</a> <a href="gone">x</a><img src="a.png">'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages that others wrote, with faults."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "b.htm").write_text(LINKED)
    (tmp_path / "output" / "a.HTML").write_text('<a href="b.htm"></a>')
    return tmp_path


def test_what_was_read_is_counted(folder: Path) -> None:
    found = check(folder)
    assert (found.output, found.url) == (folder / "output", "")
    assert (found.pages, found.files, found.links, found.asked) == (2, 2, 5, 0)


def test_errors_come_first_then_all_by_their_places(folder: Path) -> None:
    found = check(folder)
    assert found.findings == (*found.errors, *found.warnings)
    assert [str(one.place) for one in found.errors] == [
        *("output/404.html", "output/b.htm:1:75", "output/b.htm:1:95", "output/index.html")
    ]
    assert [str(one.place) for one in found.warnings] == ["output/a.HTML:1:1", "output/b.htm:1:95"]


def test_an_address_elsewhere_is_asked_for_once_and_told_at_every_link(folder: Path) -> None:
    asked: list[str] = []

    def ask(addresses: object) -> dict[str, Fault]:
        asked.extend(addresses)  # type: ignore[call-overload]
        return {"https://a.example/x": Fault(rule="external", what="answers 404", hint="mend it")}

    found = check(folder, ask=ask)
    assert asked == ["https://a.example/x"]
    assert found.asked == 1
    told = [(str(one.place), one.what, one.hint) for one in found.findings if one.rule == "external"]
    assert told == [
        ("output/b.htm:1:1", "https://a.example/x answers 404", "mend it"),
        ("output/b.htm:1:39", "https://a.example/x answers 404", "mend it"),
    ]


def test_an_output_elsewhere_is_named_as_a_whole(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    found = check(elsewhere, Path("output"))
    assert found.output == folder / "output"
    assert {Path(one.place.file).parent for one in found.findings} == {folder / "output"}
    assert check(Path()).findings == check(folder).findings


def test_what_cannot_be_read_is_told_only_of_the_output(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    denied = folder / "output" / "b.htm"

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(denied))

    monkeypatch.setattr(report.reading, "read", refuse)
    with pytest.raises(PaperfolioError, match=r"b\.htm cannot be read: Permission denied"):
        check(folder)
    denied = folder / "content" / "a.yaml"
    with pytest.raises(PermissionError):  # what else fails is a fault of ours
        check(folder)
