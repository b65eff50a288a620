"""Waiting for what comes sooner or later, in a page under a strict policy or elsewhere.

Playwright's `wait_for_function` asks again from inside the page, by `eval`, which a policy of content security forbids: such
a wait succeeds when the first question does and fails otherwise. These questions come from outside the page, each of them.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 30
"""Seconds after which what was expected is taken for lost; a busy machine needs many."""


def wait_until(page: Any, expression: str) -> None:
    """Returns when the JavaScript expression is true in the page; AssertionError after `PATIENCE` seconds."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(f"Boolean({expression})"):
        assert time.monotonic() < end, f"after {PATIENCE} seconds it was not so in {page.url}: {expression}"
        page.wait_for_timeout(20)


def wait_for(condition: Callable[[], bool]) -> None:
    """Returns when the condition holds; AssertionError after `PATIENCE` seconds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"after {PATIENCE} seconds it was not so"
        time.sleep(0.02)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def has_ended(process: int) -> bool:
    """Whether it is gone, or there only until somebody asks for its end."""
    status = Path(f"/proc/{process}/stat")
    return not is_there(process) or (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
