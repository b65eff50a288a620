"""Work that forks share with this process: each part is made once, and nothing is lost with a fork."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from site_builds import ROOT
from waiting import has_ended, is_there

from generator import forks

pytestmark = [
    pytest.mark.skipif(not forks.possible(), reason="NOT TESTED: this system has no forks"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning"),
]
Part = TypeVar("Part")


def made(
    work: Callable[[Part], bytes], parts: Sequence[Part], jobs: int, pause: float = 0, most: int = forks.MOST_PARTS
) -> dict[int, bytes | None]:
    """What came of each part, by its number; this process takes its time for what it is left."""
    found: dict[int, bytes | None] = {}
    for number, sent in forks.shared(work, parts, jobs, most):
        assert number not in found
        found[number] = None if sent is None else bytes(sent)
        if sent is None:
            time.sleep(pause)
    assert sorted(found) == [*range(len(parts))]
    return found


def who(_: object) -> bytes:
    time.sleep(0.01)  # as long as others take
    return b"%d" % os.getpid()


def slowly(part: bytes) -> bytes:
    time.sleep(0.01)
    return part


@pytest.mark.parametrize("count", [0, 1, 2, 7, 100])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_part_is_made_once_here_or_there(count: int, jobs: int) -> None:
    parts = [[number, number + 1] for number in range(count)]
    found = made(lambda part: b"%d" % sum(part), parts, jobs)
    assert all(found[number] in (None, b"%d" % (2 * number + 1)) for number in range(count))


def test_one_process_has_no_forks() -> None:
    assert set(made(who, range(5), 1).values()) == {None}


def test_work_is_done_in_other_processes_which_are_gone_afterwards() -> None:
    found = set(made(who, range(20), 3, pause=0.01).values())
    assert None in found
    processes = {int(sent) for sent in found if sent}
    assert 1 <= len(processes) <= 2
    assert not any(map(is_there, processes))


def test_results_may_be_large() -> None:
    parts = [b"a" * 3_000_000, b"", b"b" * 2_000_000] * 4
    found = made(slowly, parts, 2, pause=0.01)
    assert None in found.values()
    assert any(sent and len(sent) > forks.ROOM for sent in found.values())
    assert all(found[number] in (None, part) for number, part in enumerate(parts))


def test_of_a_fork_that_fails_the_rest_is_made_here_and_the_other_forks_go_on(
    capfd: pytest.CaptureFixture[str],
) -> None:
    parent = os.getpid()

    def work(number: int) -> bytes:
        if number == 2:
            raise ValueError(number)
        time.sleep(0.02)
        return b"%d" % number

    found = made(work, range(20), 3, pause=0.05)
    assert found[2] is None
    assert any(found[number] for number in range(10, 20))
    assert os.getpid() == parent
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("jobs", [2, 3])
def test_of_a_fork_that_is_killed_nothing_is_lost(jobs: int) -> None:
    def work(number: int) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b"never"

    assert set(made(work, range(12), jobs, pause=0.01).values()) == {None}


def test_half_of_a_result_is_none(tmp_path: Path) -> None:
    def work(number: int) -> bytes:
        (tmp_path / "begun").write_bytes(who(number))
        return bytes(4 * forks.ROOM)  # more than anybody takes while this process is busy

    found: dict[int, bytearray | None] = {}
    for number, sent in forks.shared(work, range(3), 2):
        found[number] = sent
        while not (tmp_path / "begun").exists() or not (tmp_path / "begun").read_bytes():
            time.sleep(0.01)
        time.sleep(0.1)
        if is_there(fork := int((tmp_path / "begun").read_bytes())):
            os.kill(fork, signal.SIGKILL)
    assert found == {0: None, 1: None, 2: None}


def test_another_fork_takes_the_place_of_one_that_has_made_its_parts() -> None:
    found = [sent for sent in made(who, range(30), 2, pause=0.01, most=2).values() if sent]
    assert len({*found}) > 2
    assert max(map(found.count, found)) == 2


def test_forks_end_when_nobody_wants_their_results_any_more(tmp_path: Path) -> None:
    def work(number: int) -> bytes:
        (tmp_path / f"{os.getpid()}").touch()
        return bytes(forks.ROOM)

    results = forks.shared(work, range(40), 3)
    next(results)
    while len([*tmp_path.iterdir()]) < 2:
        time.sleep(0.01)
    results.close()  # type: ignore[attr-defined]
    assert not [file for file in tmp_path.iterdir() if is_there(int(file.name))]


def test_a_fork_that_is_interrupted_at_once_does_its_work_and_nothing_else() -> None:
    program = (
        "import os, signal; from generator import forks\n"
        "os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "print(len([*forks.shared(lambda part: b'', range(50), 3)]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("50\n", "")


def test_a_process_that_has_begun_forks_can_be_interrupted_again() -> None:
    results = forks.shared(slowly, [b"x"] * 20, 3)
    next(results)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    assert len([*results]) == 19


def test_forks_of_a_process_that_is_killed_end_with_it(tmp_path: Path) -> None:
    program = (
        "import os, sys, time; from generator import forks\n"
        "def work(number):\n"
        "    open(os.path.join(sys.argv[1], str(os.getpid())), 'w').close(); time.sleep(0.05); return bytes(forks.ROOM)\n"
        "for _ in forks.shared(work, range(1000), 3): time.sleep(0.05)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)])
    try:
        while len([*tmp_path.iterdir()]) < 2:
            time.sleep(0.01)
    finally:
        parent.kill()
        parent.wait()
    processes = [int(file.name) for file in tmp_path.iterdir()]
    limit = time.monotonic() + 20
    while not all(map(has_ended, processes)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert all(map(has_ended, processes))


def test_it_does_not_matter_that_nobody_wants_to_hear_of_ends() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert len(made(who, range(20), 3)) == 20
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_where_no_process_can_be_begun_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refused)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert made(who, range(4), 2) == dict.fromkeys(range(4))
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)


@pytest.mark.parametrize("count", [0, 1, 16, 17, forks.MOST_PARTS * 16, forks.MOST_PARTS * 16 + 1, 100_000])
def test_parts_are_never_too_many(count: int) -> None:
    parts = forks.cut(range(count), 16)
    assert [number for part in parts for number in part] == [*range(count)]
    assert len(parts) <= forks.MOST_PARTS
    assert min(map(len, parts[:-1]), default=16) >= 16


def test_the_numbers_of_all_parts_find_room_in_the_smallest_pipe() -> None:
    assert len(made(lambda part: b"", range(2 * forks.MOST_PARTS), 1)) == 2 * forks.MOST_PARTS
    assert 2 * forks.MOST_PARTS * forks.NUMBER <= 4096


@pytest.mark.parametrize(("processors", "platform", "jobs"), [(1, "linux", 1), (2, "linux", 2), (64, "linux", 4)])
def test_as_many_processes_as_there_are_processors(
    monkeypatch: pytest.MonkeyPatch, processors: int, platform: str, jobs: int
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {*range(processors)}, raising=False)
    assert forks.usual() == jobs


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_one_process(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert forks.usual() == 1
