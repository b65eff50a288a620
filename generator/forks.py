"""Work that is shared with forks of this process: they have all that it has, so that only results are sent.

Nothing depends on them. What a fork does not send, because it fails or is killed, this process makes itself, and then
fails as it does anyhow. A fork of a process with several threads may wait for a lock forever: nobody who has threads
asks for one.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

WORTH_IT = 1000
"""Of fewer papers or files two processes spare some hundredths of a second, and take more of the processors."""
MOST_PARTS = 1000
"""The numbers of twice as many find room in a pipe, though it be the smallest (a page of memory)."""
ROOM = 1 << 20
"""Bytes that a fork may be ahead of who takes its results; the usual 64 KiB are a few pages."""
NUMBER, SIZE = 2, 8
"""Bytes that say which part it is and how many bytes have become of it."""
Item = TypeVar("Item")
Part = TypeVar("Part")
Sent = bytearray


def possible() -> bool:
    """Whether this system has forks."""
    return hasattr(os, "fork")


def usual() -> int:
    """How many processes work at once unless somebody says otherwise: one for each processor, at most four.

    One alone where libraries of the system, as those of macOS, may fail in a fork.
    """
    return min(len(os.sched_getaffinity(0)), 4) if sys.platform == "linux" else 1


def cut(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Items in parts of so many, of more where there would be too many parts."""
    size = max(size, -(-len(items) // MOST_PARTS))
    return [items[start : start + size] for start in range(0, len(items), size)]


def shared(
    work: Callable[[Part], bytes], parts: Sequence[Part], jobs: int, most: int = 2 * MOST_PARTS
) -> Iterator[tuple[int, Sent | None]]:
    """The number of each part, as it is its turn, and what ``work`` made of it in one of ``jobs - 1`` forks.

    None where the caller has to make it: this process works, too, and what a fork that failed had taken is left to it.
    ``parts`` are at most twice ``MOST_PARTS``. After ``most`` of them another fork takes the place of one: what it came
    to hold for itself is free then.
    """
    import select  # not needed by builds without forks

    left = dict.fromkeys(range(len(parts)))
    turns, end = os.pipe()
    os.write(end, b"".join([number.to_bytes(NUMBER) for number in left]))
    os.close(end)
    forks: dict[int, _Fork] = {}
    ready = select.poll()

    def begin() -> None:
        with _uninterrupted(), contextlib.suppress(OSError):  # the system allows no more processes
            fork = _begun(work, parts, turns, most, [*forks])
            forks[fork.pipe] = fork
            ready.register(fork.pipe, select.POLLIN)

    try:
        for _ in range(min(jobs, len(parts)) - 1):
            begin()
        while left:
            sent = ready.poll(0)
            turn = b"" if sent else os.read(turns, NUMBER)
            if turn:
                number = int.from_bytes(turn)
                del left[number]
                yield number, None
            elif not forks:
                yield from ((number, None) for number in [*left])
                return
            for pipe, _ in sent or ([] if turn else ready.poll()):
                result = forks[pipe].receive()
                if result:
                    del left[result[0]]
                    yield result
                else:
                    ready.unregister(pipe)
                    ended = forks.pop(pipe)
                    ended.end()
                    if ended.received == most:
                        begin()
    finally:
        os.close(turns)
        for fork in forks.values():
            fork.end()


class _Fork:
    """A process that works for this one: its id, and the pipe with its results."""

    def __init__(self, process: int, pipe: int) -> None:
        self.process = process
        self.pipe = pipe
        self.received = 0

    def receive(self) -> tuple[int, Sent] | None:
        """What it has sent next; None when it will send no more."""
        head = _read(self.pipe, NUMBER + SIZE)
        data = _read(self.pipe, int.from_bytes(head[NUMBER:])) if head else None
        if head is None or data is None:
            return None
        self.received += 1
        return int.from_bytes(head[:NUMBER]), data

    def end(self) -> None:
        """End the process, whatever it does."""
        import signal

        os.close(self.pipe)
        # where nobody wants to hear of ends (SIGCHLD is ignored), it may be gone
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits, and is never heard by a fork that is begun meanwhile: the parent hears it, too, and ends its forks.

    A fork that heard it before its work would do what its parent does then.
    """
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begun(work: Callable[[Part], bytes], parts: Sequence[Part], turns: int, most: int, others: Sequence[int]) -> _Fork:
    """A new fork. Raises OSError."""
    here, there = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(here)
        os.close(there)
        raise
    if process:
        os.close(there)
        return _Fork(process, here)
    try:
        for pipe in (here, *others):
            os.close(pipe)
        with contextlib.suppress(Exception):  # the parent will see
            _send(there, work, parts, turns, most)
    finally:
        os._exit(0)


def _send(there: int, work: Callable[[Part], bytes], parts: Sequence[Part], turns: int, most: int) -> None:
    """Send what becomes of the parts whose turn it is, of so many, in a fork, as long as somebody reads it."""
    with contextlib.suppress(ImportError, AttributeError, OSError):  # there is no such wish but on Linux
        import fcntl

        fcntl.fcntl(there, fcntl.F_SETPIPE_SZ, ROOM)
    for _ in range(most):
        turn = os.read(turns, NUMBER)
        if not turn:
            return
        made = work(parts[int.from_bytes(turn)])
        for piece in (turn + len(made).to_bytes(SIZE), made):
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(there, rest) :]


def _read(pipe: int, size: int) -> Sent | None:
    """So many bytes; None when there are not as many."""
    data = bytearray(size)
    rest = memoryview(data)
    while rest:
        count = os.readv(pipe, [rest])
        if not count:
            return None
        rest = rest[count:]
    return data
