"""``make audit``: build the sites, ask the checkers, print what they find, and write docs/quality.md."""

import argparse
import datetime
import importlib.metadata
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from audit import accessibility, html, keyboard, lighthouse, metadata, report, sites, typing_speed, weight
from audit.finding import Finding
from audit.report import Result
from audit.sites import ROOT, Site
from generator import theme
from generator.model import SiteConfig

SITES: dict[str, Callable[[Path, str], Site]] = {
    "example": sites.example,
    "group": sites.group,
    "many": sites.many,
}
CHECKERS = ("html", "metadata", "axe", "weight", "keyboard", "typing", "lighthouse")
TOOLS = ROOT / "build/audit"
STARTED = time.monotonic()


def main() -> None:
    options = _arguments()
    if shutil.which("java") is None or shutil.which("npm") is None or shutil.which(options.chromium) is None:
        sys.exit("make audit needs java, npm and chromium: apt-get install default-jre-headless npm chromium")
    _install()
    results = []
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=options.chromium, args=flags)
        version = browser.version
        for name in options.sites:
            for chosen in options.themes:
                with tempfile.TemporaryDirectory(prefix="paperfolio-audit-") as folder:
                    print(f"{_clock()} {chosen}, {name}: build", flush=True)
                    results.append(_audited(SITES[name](Path(folder), chosen), browser, options))
        browser.close()
    if options.write:
        page = report.page(results, {"Chromium": version, **_versions()}, datetime.datetime.now(datetime.UTC).date())
        (ROOT / "docs/quality.md").write_text(page, encoding="utf-8")
    faults = report.faults(results)
    print(f"{_clock()} faults: {len(faults)}", *faults, sep="\n")
    sys.exit(1 if faults else 0)


def _arguments() -> argparse.Namespace:
    themes = [manifest.name for manifest in theme.available(ROOT)]
    parser = argparse.ArgumentParser(prog="python -m audit", description=__doc__)
    parser.add_argument("--sites", default=",".join(SITES), help=f"which ones, with commas ({','.join(SITES)})")
    parser.add_argument("--themes", default=",".join(themes), help=f"which ones, with commas ({','.join(themes)})")
    parser.add_argument("--only", default=",".join(CHECKERS), help=f"checkers, with commas ({','.join(CHECKERS)})")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser (/usr/bin/chromium)")
    options = parser.parse_args()
    for key in ("sites", "themes", "only"):
        setattr(options, key, getattr(options, key).split(","))
    # a part of the figures must not take the place of all
    options.write = (options.sites, options.themes, options.only) == (list(SITES), themes, list(CHECKERS))
    return options


def _install() -> None:
    """The checkers of ``package.json``, again when it is newer than they are."""
    wanted, there = Path(__file__).parent / "package.json", TOOLS / "package.json"
    if there.is_file() and there.read_bytes() == wanted.read_bytes() and (TOOLS / "node_modules/lighthouse").is_dir():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    shutil.copy(wanted, there)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=TOOLS, check=True)


def _audited(site: Site, browser: Any, options: argparse.Namespace) -> Result:
    """What the chosen checkers find; one that fails is a fault, and the others are asked all the same."""
    fronts: list[weight.Weight] = []

    def weighed() -> Finding:
        finding, front = weight.check(site, browser)
        fronts.append(front)
        return finding

    beside: dict[str, Callable[[], Finding]] = {
        "html": lambda: html.check(site, TOOLS),
        "metadata": lambda: metadata.check(site),
    }
    browsing: dict[str, Callable[[], Finding]] = {
        "weight": weighed,
        "axe": lambda: accessibility.check(site, TOOLS, browser),
        "keyboard": lambda: keyboard.check(site, browser),
    }
    alone: dict[str, Callable[[], Finding]] = {}
    is_large = len(site.pages["paper"]) >= sites.MANY
    if is_large:
        alone["typing"] = lambda: typing_speed.check(site, browser)
    if site.name == "example" or (is_large and site.theme == SiteConfig().theme):
        alone["lighthouse"] = lambda: lighthouse.check(site, TOOLS, options.chromium)
    found: dict[str, Finding] = {}

    def ask(name: str, check: Callable[[], Finding]) -> None:
        began = time.monotonic()
        try:
            found[name] = check()
        except Exception as error:  # noqa: BLE001 - programs of others fail in their own ways
            said = str(getattr(error, "stderr", "") or "")[-500:]
            found[name] = Finding(name, f"failed: {type(error).__name__}", (f"{error} {said}".strip(),))
        figure = f"{found[name].checker}: {found[name].figure}"
        print(f"{_clock()} {site.theme}, {site.name}: {figure} ({time.monotonic() - began:.0f} s)", flush=True)
        for fault in found[name].faults:
            print(f"  {fault}", flush=True)

    # two that need no browser run beside those that do; what measures time waits until nothing else runs
    with ThreadPoolExecutor(1) as other:
        for name in options.only:
            if name in beside:
                other.submit(ask, name, beside[name])
        for name in browsing:
            if name in options.only:
                ask(name, browsing[name])
    for name in alone:
        if name in options.only:
            ask(name, alone[name])
    findings = tuple(found[name] for name in CHECKERS if name in found)
    return Result(site.name, site.theme, findings, fronts[0] if fronts else weight.Weight())


def _clock() -> str:
    """Minutes and seconds since the start."""
    minutes, seconds = divmod(int(time.monotonic() - STARTED), 60)
    return f"{minutes:2}:{seconds:02}"


def _versions() -> dict[str, str]:
    names = {"axe-core": "axe", "lighthouse": "Lighthouse", "vnu-jar": "Nu HTML Checker"}
    found = {
        label: str(json.loads((TOOLS / "node_modules" / name / "package.json").read_text(encoding="utf-8"))["version"])
        for name, label in names.items()
    }
    return found | {name: importlib.metadata.version(name) for name in ("extruct", "mf2py", "signposting")}


if __name__ == "__main__":
    main()
