"""How long a key takes in the filter of a list of 1,000 papers."""

import statistics
from typing import Any

from audit.finding import Finding
from audit.sites import MANY, Site, served

MOST = 50
"""Milliseconds for 95 of 100 keys."""
TEXTS = ("graph networks", "sparse routing for", "zzz")


def check(site: Site, browser: Any) -> Finding:
    """All that the page's thread does for a key: script, style, layout and paint, as its time on a processor."""
    with served(site) as root:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(root)
        field = page.locator("form.filters [name=q]")
        field.press("a")  # the other pages of the list are fetched
        page.locator(".papers > .paper").nth(MANY - 1).wait_for(state="attached")
        page.wait_for_timeout(2000)
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        times = []
        for text in TEXTS:
            field.fill("")
            page.wait_for_timeout(500)
            spent = _spent(session)
            for key in text:
                page.keyboard.press(key)
                page.wait_for_timeout(200)
                spent, before = _spent(session), spent
                times.append(spent - before)
        context.close()
    times.sort()
    most = times[int(len(times) * 0.95)]
    figure = f"{statistics.median(times):.0f} ms in the middle, {most:.0f} ms for 95 of 100, {times[-1]:.0f} ms at most"
    return Finding("Key in the filter", figure, (f"{most:.0f} ms for a key",) if most > MOST else ())


def _spent(session: Any) -> float:
    """Milliseconds of the page's thread until now."""
    metrics = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])
