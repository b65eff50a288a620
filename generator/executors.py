"""Who renders the pages: this process, several, or a Dask cluster."""

import contextlib
import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator import forks
from generator.errors import ExecutorError

if TYPE_CHECKING:  # a build without them starts sooner
    from concurrent.futures import Executor

DASK = "dask://"
RETRIES = 3
"""How often a chunk of pages is given to another worker when one dies."""
PATIENCE = 10
"""Seconds to wait for a scheduler's answer."""


@contextlib.contextmanager
def opened(address: str, jobs: int) -> Iterator["Executor | None"]:
    """An executor while it is needed; None: this process does all itself.

    ``address`` names a cluster, ``dask://host:port``; without one ``jobs`` processes of this machine work. The workers
    of a cluster must have the same version of the program and see the site's and the program's folders at the same
    paths.

    Raises ExecutorError when there is no such cluster.
    """
    if address:
        with _dask(address) as executor:
            yield executor
    elif jobs > 1 and not forks.possible():
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(jobs) as pool:
            yield pool
    else:
        yield None


@contextlib.contextmanager
def _dask(address: str) -> Iterator["Executor"]:
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
