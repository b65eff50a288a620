"""What is kept from build to build: found again by its digest, dropped when nobody asks, never trusted blindly."""

import tempfile
import time
from itertools import count
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import forks
from generator.kept import PART, Kept, Last, Same, Unchanged
from generator.text import Html

needs_forks = pytest.mark.skipif(not forks.possible(), reason="NOT TESTED: this system has no forks")


class Thing(msgspec.Struct, frozen=True, array_like=True):
    markup: Html
    parts: tuple[str, ...] = ()


FIRST = Thing(Html("<b>x</b>"), ("a", "b"))
SECOND = Thing(Html(""))


def things(file: Path | None) -> Kept[Thing]:
    return Kept(Thing, file)


def filled(file: Path | None) -> Kept[Thing]:
    kept = things(file)
    kept.put(b"1", FIRST)
    kept.put(b"2", SECOND)
    return kept


def test_what_was_saved_is_found_by_the_next_build(tmp_path: Path) -> None:
    filled(tmp_path / "kept").save()
    found = things(tmp_path / "kept")
    assert (found.get(b"1"), found.get(b"2"), found.get(b"3")) == (FIRST, SECOND, None)
    assert type(found.get(b"1").markup) is Html  # type: ignore[union-attr]


@needs_forks
def test_what_forks_make_is_found_and_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "WORTH_IT", 100)
    here, numbers = things(tmp_path / "kept"), range(100)
    here.put(b"before", FIRST)
    made: list[int] = []

    def make(number: int) -> None:
        made.append(number)
        time.sleep(0.001)  # so that others have their turn
        here.put(b"%d" % number, SECOND)

    here.fill(make, numbers, 2)
    assert 0 < len(made) < 100
    assert all(b"%d" % number in here for number in numbers)
    assert [here.get(b"%d" % number) for number in (0, 99)] == [SECOND, SECOND]
    here.save()
    found = things(tmp_path / "kept")
    assert [key in found for key in (b"before", b"0", b"99")] == [True, True, True]


@pytest.mark.parametrize(("count", "jobs"), [(99, 2), (100, 1)])
def test_few_are_not_worth_forks(monkeypatch: pytest.MonkeyPatch, count: int, jobs: int) -> None:
    monkeypatch.setattr(forks, "WORTH_IT", 100)
    made: list[int] = []
    things(None).fill(made.append, range(count), jobs)
    assert made == []


@pytest.mark.parametrize("count", [0, 1, PART, PART + 1, 3 * PART])
def test_any_number_is_saved_in_parts(tmp_path: Path, count: int) -> None:
    kept = things(tmp_path / "kept")
    for number in range(count):
        kept.put(b"%d" % number, Thing(Html(f"{number}")))
    kept.save()
    found = things(tmp_path / "kept")
    assert [found.get(b"%d" % number) for number in range(count)] == [Thing(Html(f"{n}")) for n in range(count)]
    assert found.get(b"%d" % count) is None


def test_what_was_put_is_found_at_once() -> None:
    kept = filled(None)
    assert (kept.get(b"1"), kept.get(b"3")) == (FIRST, None)


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    filled(tmp_path / "kept").save()
    second = things(tmp_path / "kept")
    second.get(b"2")
    second.save()
    third = things(tmp_path / "kept")
    assert (third.get(b"1"), third.get(b"2")) == (None, SECOND)


def test_few_are_not_worth_a_file(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    filled(file).save()
    few = Kept(Thing, file, few=2)
    few.get(b"1")
    few.save()
    assert not file.exists()
    enough = Kept(Thing, file, few=2)
    enough.put(b"1", FIRST)
    enough.put(b"2", SECOND)
    enough.save()
    assert things(file).get(b"1") == FIRST


def kept(file: Path) -> set[bytes]:
    """Which of the numbers are found by the next build."""
    found = things(file)
    return {digest for digest in (b"%d" % number for number in range(100)) if found.get(digest)}


def changed(file: Path, added: range, dropped: range) -> None:
    """A build that makes some things and has no use for others."""
    things_ = things(file)
    for number in range(100):
        if number in added:
            things_.put(b"%d" % number, FIRST)
        elif number not in dropped:
            things_.get(b"%d" % number)
    things_.save()


def test_few_changes_leave_the_large_file_as_it_is_and_are_known_too(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    changed(file, range(50), range(0))
    before = file.read_bytes()
    changed(file, range(50, 52), range(0))
    changed(file, range(52, 53), range(1))
    assert file.read_bytes() == before
    assert kept(file) == {b"%d" % number for number in range(53)}


@pytest.mark.parametrize(
    ("added", "dropped"), [(range(50, 60), range(0)), (range(0), range(10)), (range(50, 53), range(3))]
)
def test_after_many_changes_all_is_written_anew_and_what_nobody_uses_is_gone(
    tmp_path: Path, added: range, dropped: range
) -> None:
    file = tmp_path / "kept"
    changed(file, range(50), range(0))
    changed(file, range(60, 61), range(0))
    changed(file, added, dropped)
    assert kept(file) == {b"%d" % number for number in (*range(50), 60, *added) if number not in dropped}
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_in_memory_too_only_what_was_asked_for_stays() -> None:
    kept = filled(None)
    kept.renew()
    assert kept.get(b"1") == FIRST
    kept.renew()
    assert (kept.get(b"1"), kept.get(b"2")) == (FIRST, None)


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    filled(tmp_path / "kept").save()
    before = (tmp_path / "kept").stat()
    again = things(tmp_path / "kept")
    again.get(b"1"), again.get(b"2")
    again.save()
    after = (tmp_path / "kept").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def spoiled(data: bytes) -> list[bytes]:
    return [b"", data[:-1], data[: len(data) // 2], b"no message", b"\x92\xa1x", data.replace(b"<b>", b"\xff\xfe>")]


@pytest.mark.parametrize("number", range(6))
def test_an_odd_file_is_no_reason_to_fail(tmp_path: Path, number: int) -> None:
    file = tmp_path / "kept"
    filled(file).save()
    file.write_bytes(spoiled(file.read_bytes())[number])
    assert things(file).get(b"1") is None


@given(data=st.data())
def test_a_file_of_which_any_byte_has_changed_is_not_read(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "kept"
        filled(file).save()
        written = bytearray(file.read_bytes())
        place = data.draw(st.integers(0, len(written) - 1))
        written[place] ^= data.draw(st.integers(1, 255))
        file.write_bytes(written)
        assert things(file).get(b"1") is None
        assert Last(dict[bytes, Thing], file).get() is None


def test_what_is_of_another_form_is_not_used(tmp_path: Path) -> None:
    filled(tmp_path / "kept").save()
    assert Kept(int, tmp_path / "kept").get(b"1") is None


def test_what_another_program_made_is_not_used(tmp_path: Path) -> None:
    filled(tmp_path / "kept").save()
    assert Kept(Thing, tmp_path / "kept", "another").get(b"1") is None


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    filled(tmp_path / "no folder" / "kept").save()
    assert not (tmp_path / "no folder").exists()


def test_the_last_value_is_there_for_the_next_build_of_the_same_program(tmp_path: Path) -> None:
    file = tmp_path / "last"
    first: Last[Thing] = Last(Thing, file, "one")
    assert first.get() is None
    first.put(FIRST)
    assert first.get() == FIRST
    first.save()
    assert Last(list[int], file, "one").get() is None, "what is of another form is none"
    assert Last(list[int], file, "two").get() is None
    file.write_bytes(file.read_bytes()[:-1])
    assert Last(Thing, file, "one").get() is None


def test_who_builds_once_holds_what_the_file_will_hold_and_not_the_value(tmp_path: Path) -> None:
    file = tmp_path / "last"
    once: Last[list[int]] = Last(list[int], file, "one", lasts=False)
    value = [1, 2]
    once.put(value)
    assert once.get() is None
    value.append(3)
    once.save()
    assert Last(list[int], file, "one").get() == [1, 2]


def test_the_last_value_that_is_only_read_is_not_written_again(tmp_path: Path) -> None:
    numbers: Last[list[int]] = Last(list[int], tmp_path / "last")
    numbers.put([1, 2])
    numbers.save()
    before = (tmp_path / "last").stat()
    again: Last[list[int]] = Last(list[int], tmp_path / "last")
    assert again.get() == [1, 2]
    again.save()
    after = (tmp_path / "last").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_last_value_without_a_file_lasts_as_long_as_the_process() -> None:
    numbers: Last[list[int]] = Last(list[int])
    numbers.put([1])
    numbers.save()
    assert numbers.get() == [1]


def test_what_was_made_of_the_very_same_object_is_found_once_it_was_asked_for() -> None:
    same: Same[str] = Same()
    one, other, equal = [1], [2], [1]
    same.begin("common")
    assert same.get(one) is None
    same.put(one, "made of one")
    same.put(other, "made of the other")
    same.begin("common")
    assert (same.get(one), same.get(equal)) == ("made of one", None)
    same.begin("common")
    assert (same.get(one), same.get(other)) == ("made of one", None)


def test_nothing_that_was_made_with_something_else_is_found() -> None:
    same: Same[str] = Same()
    one = [1]
    same.begin({"a"}, "b")
    same.put(one, "made")
    same.begin({"a"}, "b")
    assert same.get(one) == "made"
    same.begin({"a"}, "c")
    assert same.get(one) is None


def test_what_was_made_is_made_again_only_when_what_decided_is_not_what_it_was() -> None:
    unchanged: Unchanged[int] = Unchanged()
    made = count()
    one = [1]
    found = []
    for decisive in ("a", "a", "b", "b", "a"):
        unchanged.begin()
        found.append(unchanged.get(one, decisive, lambda: next(made)))
    assert found == [0, 0, 1, 1, 2]
    unchanged.begin()
    assert unchanged.get([1], "a", lambda: next(made)) == 3
