"""``make pictures``: what the themes look like, as docs/pictures/<theme>.png, and the usual one in the dark, too."""

import io
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from audit import sites
from audit.sites import ROOT
from generator import theme
from generator.model import SiteConfig

FOLDER = ROOT / "docs/pictures"
SIZE = {"width": 1200, "height": 1150}
COLOURS = 128
"""A page has few: so many need a third of the bytes that all take, and nobody sees the difference."""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for manifest in theme.available(ROOT):
            made = sites.group if manifest.name == "lab" else sites.example
            with tempfile.TemporaryDirectory(prefix="paperfolio-pictures-") as folder:
                site = made(Path(folder), manifest.name)
                with sites.served(site) as address:
                    _save(_seen(browser, address, "light"), f"{manifest.name}.png")
                    if manifest.name == SiteConfig().theme:
                        _save(_seen(browser, address, "dark"), f"{manifest.name}-dark.png")
        browser.close()


def _seen(browser: Any, address: str, scheme: str) -> bytes:
    """A page as PNG."""
    page = browser.new_page(viewport=SIZE, color_scheme=scheme)
    page.goto(address, wait_until="networkidle")
    seen: bytes = page.screenshot()
    page.close()
    return seen


def _save(png: bytes, name: str) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(FOLDER / name, optimize=True)
    print(name, (FOLDER / name).stat().st_size)


if __name__ == "__main__":
    main()
