"""Lighthouse with its mobile preset over the front page, a paper and a category. It needs Node."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from audit.finding import Finding
from audit.sites import Site, address, served

KINDS = ("profile", "paper", "category")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 4
"""What else the machine does counts against a page, so the best of some runs counts; none follows four hundreds."""


def check(site: Site, tools: Path, chromium: str) -> Finding:
    figures, faults = [], []
    with served(site) as root:
        for kind in KINDS:
            path = "index.html" if kind == "profile" else site.pages[kind][0]
            scores, reasons = _best(root + address(path), tools, chromium)
            figures.append(f"{kind} {'/'.join(str(scores[name]) for name in CATEGORIES)}")
            faults += [f"{path}: {name} {scores[name]}: {reasons}" for name in CATEGORIES if scores[name] < 100]
    return Finding("Lighthouse", ", ".join(figures), tuple(faults))


def _best(url: str, tools: Path, chromium: str) -> tuple[dict[str, int], str]:
    best = dict.fromkeys(CATEGORIES, 0)
    reasons = ""
    for _ in range(TRIES):
        found = _run(url, tools, chromium)
        scores = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}
        best = {name: max(best[name], scores[name]) for name in CATEGORIES}
        audits = found["audits"].values()
        low = [
            audit for audit in audits if audit["score"] is not None and audit["score"] < 0.9 and "weight" not in audit
        ]
        reasons = ", ".join(f"{audit['id']} {audit.get('displayValue', '')}".strip() for audit in low)
        if min(best.values()) == 100:
            break
    return best, reasons


def _run(url: str, tools: Path, chromium: str) -> Any:
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = ["node", str(tools / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json"]
        command += [f"--output-path={report}", f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": chromium})
        return json.loads(report.read_text(encoding="utf-8"))
