"""What tests share: small sites in folders of their own, read as the program reads them; and one browser."""

import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from generator import content, theme
from generator.categories import Categories
from generator.loaded import Loaded
from generator.pages.catalog import Catalog

SITES = Path(__file__).parent / "sites"
INVALID_SITES = SITES / "invalid"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Files = Mapping[str, str | bytes]

# How long an example takes says more of the machine than of the program.
settings.register_profile("paperfolio", deadline=None)
settings.load_profile("paperfolio")

# Of a shell that runs tests in the background, programs learn to ignore Ctrl-C, and so would those that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by playwright. It ends with its module: while it runs, no other test can use asyncio."""
    if not CHROMIUM.exists():
        pytest.skip(f"NOT TESTED: there is no {CHROMIUM}")
    api = pytest.importorskip("playwright.sync_api", reason="NOT TESTED: playwright is not installed")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(CHROMIUM_ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def site(tmp_path: Path) -> Callable[[Files], Path]:
    """Writes files into an empty folder and gives it; without an author among them there is one, Ada Lovelace."""

    def write(files: Files) -> Path:
        folder = tmp_path / "site"
        shutil.rmtree(folder, ignore_errors=True)
        if not any(name.startswith("content/authors/") for name in files):
            files = {"content/authors/ada.yaml": "name: Ada Lovelace\n", **files}
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return write


@pytest.fixture
def old_site(tmp_path: Path) -> Callable[[Files], Path]:
    """Writes the folder of a site made with another generator, and gives it."""

    def write(files: Files) -> Path:
        for name, data in files.items():
            path = tmp_path / "old" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)
        return tmp_path / "old"

    return write


@pytest.fixture
def load(site: Callable[[Files], Path]) -> Callable[[Files], Loaded]:
    """Writes a site and reads it."""
    return lambda files: content.load(site(files))


@pytest.fixture
def catalog(load: Callable[[Files], Loaded]) -> Callable[[Files], Catalog]:
    """Writes a site, which must be without fault, and gives its catalog."""

    def make(files: Files) -> Catalog:
        loaded = load(files)
        assert not loaded.problems, loaded.problems.sorted()
        records = loaded.site
        codes = {author.category for author in records.authors}
        codes |= {code for paper in records.papers for code in (paper.category, *paper.categories)}
        known = Categories(records.config.categories)
        words = theme.words(theme.load("base", SITES), records.config.language, loaded.problems)
        return Catalog(records, {code: known.resolve(code) for code in codes if code}, words)

    return make
