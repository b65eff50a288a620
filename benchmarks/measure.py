"""Runs a command and writes what it cost as JSON: ``python -I -S measure.py RESULT COMMAND...``.

It is a program of its own, and small, because a process that is started begins with the peak of memory of the one that
starts it. ``wall`` and ``cpu`` are seconds, ``cpu`` of all processes that the command started and waited for;
``memory`` is bytes: the peak of the largest process, or, where several run at once, the highest sum that was seen of
their shares (Linux: proportional set sizes, looked up every 50 ms, or less often where that would take more than a
twentieth of the time: the processes have to wait meanwhile).
"""

import json
import os
import sys
import threading
import time
from contextlib import suppress

EVERY = 0.05
UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in the unit of ru_maxrss."""


def main() -> None:
    result, *command = sys.argv[1:]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    peak = [0]
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(process, peak, ended))
    watch.start()
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    ended.set()
    watch.join()
    with open(result, "w", encoding="utf-8") as file:
        cost = {
            "status": os.waitstatus_to_exitcode(status),
            "wall": wall,
            "cpu": usage.ru_utime + usage.ru_stime,
            "memory": max(usage.ru_maxrss * UNIT, peak[0]),
        }
        json.dump(cost, file)


def _watch(process: int, peak: list[int], ended: threading.Event) -> None:
    pause = EVERY
    while not ended.wait(pause):
        began = time.perf_counter()
        family = _family(process)
        if len(family) > 1:
            peak[0] = max(peak[0], sum(map(_share, family)))
        pause = max(EVERY, 20 * (time.perf_counter() - began))


def _family(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for member in found:
        with suppress(OSError):
            for task in os.listdir(f"/proc/{member}/task"):
                with open(f"/proc/{member}/task/{task}/children", encoding="ascii") as file:
                    found += map(int, file.read().split())
    return found


def _share(process: int) -> int:
    """Bytes of memory, those shared with others divided by their number."""
    with suppress(OSError), open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    main()
