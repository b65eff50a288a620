"""Who renders the pages: this process, several, or a Dask cluster."""

import contextlib
import importlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor

from generator.errors import ExecutorError

DASK = "dask://"
RETRIES = 3
"""How often a chunk of pages is given to another worker when one dies."""
LEAST_PAGES = 1000
"""Pages for each process, below which starting it and sending them costs more than it saves."""
PATIENCE = 10
"""Seconds to wait for a scheduler's answer."""


@contextlib.contextmanager
def opened(address: str, jobs: int) -> Iterator[Callable[[int], Executor | None]]:
    """Who renders so many pages, to be asked once; None: this process does.

    ``address`` names a cluster, ``dask://host:port``; without one ``jobs`` processes of this machine work, 0: as many
    as pay. The workers of a cluster must have the same version of the program and see the site's and the program's
    folders at the same paths.

    Raises ExecutorError when there is no such cluster.
    """
    with contextlib.ExitStack() as stack:
        if address:
            cluster = stack.enter_context(_dask(address))
            yield lambda pages: cluster
            return

        def processes(pages: int) -> Executor | None:
            count = jobs or min(_processors(), pages // LEAST_PAGES)
            if count < 2:
                return None
            from concurrent.futures import ProcessPoolExecutor

            return stack.enter_context(ProcessPoolExecutor(count))

        yield processes


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _dask(address: str) -> Iterator[Executor]:
    if not address.startswith(DASK) or not address.removeprefix(DASK):
        raise ExecutorError(f"{address!r} names no executor", hint="write dask://host:port, where a Dask scheduler is")
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        hint = "install it: pip install 'paperfolio[dask]'"
        raise ExecutorError("Dask is not installed, which --executor needs", hint=hint) from None
    try:
        client = distributed.Client(f"tcp://{address.removeprefix(DASK)}", timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = "start one with: dask scheduler"
        raise ExecutorError(f"no Dask scheduler answers at {address}", hint=hint) from error
    with client:
        yield client.get_executor(pure=False, retries=RETRIES)
