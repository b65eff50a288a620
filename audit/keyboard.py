"""Chromium, driven by Tab alone, over the longest and the shortest page of each kind."""

from typing import Any

from audit.finding import Finding
from audit.sites import Site, address, served

_STOPS = """() => {
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  return [...document.querySelectorAll(all)].filter(element => !element.disabled && element.checkVisibility()).length;
}"""
_FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  if (element.dataset.visited) return "again";
  element.dataset.visited = "yes";
  const look = getComputedStyle(element), box = element.getBoundingClientRect();
  const name = element.ariaLabel || element.innerText || element.title || element.labels?.[0]?.innerText;
  const faults = [];
  if (!box.width || !box.height || box.bottom <= 0 || box.top >= innerHeight) faults.push("is not on the screen");
  if (look.outlineStyle === "none" || !parseFloat(look.outlineWidth)) faults.push("has no outline");
  if (!name && !element.querySelector("img[alt]")) faults.push("has no name");
  const what = `${element.localName} "${(name || element.getAttribute("href") || "").trim().slice(0, 30)}"`;
  return faults.map(fault => `${what} ${fault}`);
}"""
_PAST = """() => document.activeElement === document.body || Boolean(document.activeElement.closest("main, footer"))"""


def check(site: Site, browser: Any) -> Finding:
    """Tab comes to the link that skips to the content, then to everything else, always seen; nothing holds it."""
    faults: list[str] = []
    stops = 0
    with served(site) as root:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        for path in site.sample:
            # pages for frames have nothing to skip; frames and shadows have a focus of their own
            if path.startswith("embed/"):
                continue
            page.goto(root + address(path))
            count, found = _walk(page)
            stops += count
            faults += [f"{path}: {fault}" for fault in found]
        context.close()
    return Finding("Keyboard", f"{len(faults)} faults at {stops:,} stops", tuple(faults))


def _walk(page: Any) -> tuple[int, list[str]]:
    faults: list[str] = []
    page.keyboard.press("Tab")
    if not page.evaluate("document.activeElement.matches('.skip')"):
        faults.append("the first stop does not skip to the content")
    stops = 0
    while isinstance(found := page.evaluate(_FOCUS), list):
        faults += found
        stops += 1
        page.keyboard.press("Tab")
    # counted afterwards, since a filter that is focused makes its choices
    total = page.evaluate(_STOPS)
    if stops < total:
        faults.append(f"{stops} of {total} are reached")
    page.reload()
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    if not page.evaluate(_PAST):
        faults.append("skipping does not lead into the content")
    return stops, faults
