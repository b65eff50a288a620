"""axe over the longest and the shortest page of each kind: light, dark, and on a narrow screen."""

from pathlib import Path
from typing import Any

from audit.finding import Finding
from audit.sites import Site, address, served

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCREENS = (("light", 1280), ("dark", 1280), ("light", 320))
"""Colour scheme, and width in CSS pixels."""
_RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
    .then(found => found.violations.map(rule => [rule.id, rule.help, rule.nodes.map(node => node.target.join(" "))]))"""


def check(site: Site, tools: Path, browser: Any) -> Finding:
    script = (tools / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    faults = []
    with served(site) as root:
        for scheme, width in SCREENS:
            # the policy of the pages would keep the checker out
            context = browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
            )
            page = context.new_page()
            for path in site.sample:
                page.goto(root + address(path))
                if path in site.pages.get("embedded", ()):
                    # in a frame they stand on the ground of the page around it; axe takes the missing one for white
                    page.add_style_tag(content="html { background: Canvas }")
                page.evaluate(script)
                for rule, text, places in page.evaluate(_RUN, list(TAGS)):
                    faults.append(f"{path} ({scheme}, {width} px): {rule}: {text}: {', '.join(places[:3])}")
            context.close()
    figure = f"{len(faults)} violations in {len(site.sample)} pages, light, dark and narrow"
    return Finding("axe", figure, tuple(faults))
