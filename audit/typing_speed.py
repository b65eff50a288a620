"""How long a key takes in the filter of a list of 1,000 papers."""

import statistics
from typing import Any

from audit.finding import Finding
from audit.sites import MANY, Site, served

MOST = 50
"""Milliseconds from a key to the next frame, for 95 of 100 keys."""
TEXTS = ("graph networks", "sparse routing for", "zzz")
SHORTEST = 16.0
"""Browsers do not tell of what takes less."""

_OBSERVE = """() => {
  globalThis.taken = new Map();
  new PerformanceObserver((list) => {
    for (const { interactionId, name, duration } of list.getEntries()) {
      if (name.startsWith("key")) taken.set(interactionId, Math.max(duration, taken.get(interactionId) ?? 0));
    }
  }).observe({ type: "event", durationThreshold: 16 });
}"""


def check(site: Site, browser: Any) -> Finding:
    """From the key to the frame that shows what is left, as the browser tells it (Event Timing)."""
    with served(site) as root:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(root)
        field = page.locator("form.filters [name=q]")
        field.press("a")  # the other pages of the list are fetched
        page.locator(".papers > .paper").nth(MANY - 1).wait_for(state="attached")
        page.wait_for_timeout(1000)
        page.evaluate(_OBSERVE)
        keys = 0
        for text in TEXTS:
            field.fill("")
            page.wait_for_timeout(300)
            for key in text:
                field.press(key)
                page.wait_for_timeout(120)
                keys += 1
        told = page.evaluate("[...taken.values()]")
        context.close()
    times = sorted([*told, *[SHORTEST] * (keys - len(told))])
    most = times[int(len(times) * 0.95)]
    figure = f"{statistics.median(times):.0f} ms in the middle, {most:.0f} ms for 95 of 100, {times[-1]:.0f} ms at most"
    return Finding("Key in the filter", figure, (f"{most:.0f} ms for a key",) if most > MOST else ())
