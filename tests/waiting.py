"""Waiting for a page under a strict policy.

Playwright's `wait_for_function` asks again from inside the page, by `eval`, which a policy of content security forbids: such
a wait succeeds when the first question does and fails otherwise. These questions come from outside the page, each of them.
"""

import time
from typing import Any


def wait_until(page: Any, expression: str, patience: float = 8) -> None:
    """Returns when the JavaScript expression is true in the page; AssertionError after `patience` seconds."""
    end = time.monotonic() + patience
    while not page.evaluate(f"Boolean({expression})"):
        assert time.monotonic() < end, f"after {patience} seconds it was not so in {page.url}: {expression}"
        page.wait_for_timeout(20)
