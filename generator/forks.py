"""Work that is shared with forks of this process: they have all that it has, so that only results are sent.

Nothing depends on them. What a fork does not send, because it fails or is killed, this process makes itself, and then
fails as it does anyhow. A fork of a process with several threads may wait for a lock forever: nobody who has threads
asks for one.
"""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

WORTH_IT = 1000
"""Fewer papers or pages are read or made sooner than forks are begun and ended."""
Item = TypeVar("Item")
Part = TypeVar("Part")


def possible() -> bool:
    """Whether this system has forks."""
    return hasattr(os, "fork")


def cut(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Items in parts of so many."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def shared(work: Callable[[Part], bytes], parts: Sequence[Part], jobs: int) -> Iterator[bytes | None]:
    """What ``work`` makes of every part, in their order, made by ``jobs`` forks in turns; None where a fork failed."""
    import multiprocessing

    forks: list[tuple[ForkProcess, Connection[bytes, bytes]]] = []
    context = multiprocessing.get_context("fork")
    try:
        for number in range(jobs):
            here, there = context.Pipe(duplex=False)
            others = [connection for _, connection in forks]
            fork = context.Process(target=_send, args=(there, (here, *others), work, parts[number::jobs]), daemon=True)
            try:
                fork.start()
            except OSError:  # the system allows no more processes
                here.close()
            else:
                forks.append((fork, here))
            there.close()
        for number in range(len(parts)):
            sent = None
            if number % jobs < len(forks):
                with contextlib.suppress(EOFError, OSError):
                    sent = forks[number % jobs][1].recv_bytes()
            yield sent
    finally:
        for fork, connection in forks:
            connection.close()
            fork.kill()
            fork.join()


def _send(
    there: "Connection[bytes, bytes]",
    others: "Sequence[Connection[bytes, bytes]]",
    work: Callable[[Part], bytes],
    parts: Sequence[Part],
) -> None:
    """Send what becomes of the parts, in a fork, as long as somebody reads it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, too, and ends its forks
    for connection in others:
        connection.close()
    with contextlib.suppress(Exception):  # the parent will see
        for part in parts:
            there.send_bytes(work(part))
    os._exit(0)
