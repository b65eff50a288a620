"""Work in forks: the same results in the same order, and nothing is lost with a fork."""

import multiprocessing
import os
import signal
from collections.abc import Sequence

import pytest

from generator import forks

pytestmark = [
    pytest.mark.skipif(not forks.possible(), reason="NOT TESTED: this system has no forks"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning"),
]


def doubled(part: Sequence[int]) -> bytes:
    return b" ".join(b"%d" % (2 * number) for number in part)


@pytest.mark.parametrize("count", [0, 1, 2, 7])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_parts(count: int, jobs: int) -> None:
    parts = [[number, number + 1] for number in range(count)]
    assert list(forks.shared(doubled, parts, jobs)) == [doubled(part) for part in parts]


def test_work_is_done_in_other_processes_which_are_gone_afterwards() -> None:
    found = list(forks.shared(lambda part: b"%d" % os.getpid(), range(6), 2))
    assert len(set(found)) == 2
    assert b"%d" % os.getpid() not in found
    assert not multiprocessing.active_children()


def test_results_may_be_large() -> None:
    parts = [b"a" * 3_000_000, b"", b"b" * 2_000_000]
    assert list(forks.shared(bytes, parts, 2)) == parts


def test_of_a_fork_that_fails_the_rest_is_not_there_and_the_other_forks_go_on(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def work(number: int) -> bytes:
        if number == 2:
            raise ValueError(number)
        return b"%d" % number

    assert list(forks.shared(work, range(6), 2)) == [b"0", b"1", None, b"3", None, b"5"]
    assert capfd.readouterr() == ("", "")


def test_a_fork_that_is_killed_is_one_that_sends_no_more() -> None:
    def work(number: int) -> bytes:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"%d" % number

    assert list(forks.shared(work, range(6), 2)) == [b"0", b"1", b"2", None, b"4", None]


def test_forks_end_when_nobody_wants_their_results_any_more() -> None:
    results = forks.shared(lambda number: bytes(1_000_000), range(20), 2)
    next(results)
    assert len(multiprocessing.active_children()) == 2
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_where_no_process_can_be_begun_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refused)
    assert list(forks.shared(doubled, [[1], [2]], 2)) == [None, None]
