"""The generators that are compared: how each is installed, gets its papers, and builds."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import corpus
from benchmarks.corpus import OWNER, Paper

SITES = Path(__file__).parent / "sites"
URL = "https://papers.example.org/"


class Peer:
    """A generator with its site below ``sites/``.

    ``home`` is the folder where generators are installed, ``folder`` that of one site.
    """

    name = ""
    """As the table names it."""
    installed_as = ""
    """Its folder below ``home``."""
    site = ""
    """Its folder below ``sites/``."""
    style = "static/style.css"
    """Where its site wants the style sheet."""
    papers = "content/papers"
    """Where its papers lie, a file each."""
    output = "public"
    caches: tuple[str, ...] = ()
    """What it keeps between builds; removed before a cold build."""
    most = 10_000
    """Papers of the largest site that it builds in a time one can wait for."""
    environment: Mapping[str, str] = {}

    def install(self, home: Path) -> None:
        """Install it from its registry, unless it is there."""
        raise NotImplementedError

    def is_installed(self, home: Path) -> bool:
        raise NotImplementedError

    def version(self, home: Path) -> str:
        raise NotImplementedError

    def command(self, home: Path, folder: Path) -> list[str]:
        """What builds the site; it runs in the site's folder."""
        raise NotImplementedError

    def prepare(self, home: Path, folder: Path, papers: Sequence[Paper]) -> None:
        """Write the site."""
        shutil.copytree(SITES / self.site, folder)
        style = folder / self.style
        style.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SITES / "shared" / "style.css", style)
        self.write(folder, papers)

    def write(self, folder: Path, papers: Sequence[Paper]) -> None:
        """Write all papers."""
        (folder / self.papers).mkdir(parents=True, exist_ok=True)
        for paper in papers:
            self.write_one(folder, paper)

    def write_one(self, folder: Path, paper: Paper) -> None:
        (folder / self.papers / f"{paper.id}.md").write_text(self.form(paper), encoding="utf-8")

    def form(self, paper: Paper) -> str:
        return corpus.as_markdown(paper)

    def edit(self, folder: Path, papers: Sequence[Paper], paper: Paper) -> None:
        """Write ``paper`` over the one of the same id; ``papers`` are all, it among them."""
        self.write_one(folder, paper)


class Paperfolio(Peer):
    name = "Paperfolio"
    site = "paperfolio"
    style = "themes/bare/assets/style.css"
    papers = "content/papers"
    output = "output"
    caches = (".paperfolio",)
    most = 1_000_000
    config = (
        f"title: {OWNER}\nurl: {URL}\ntheme: bare\nexports: []\nwithout: [coauthors, cv, embed, feeds, llms, search]\n"
    )

    def install(self, home: Path) -> None:
        assert self.is_installed(home), "install the checkout first: make site"

    def is_installed(self, home: Path) -> bool:
        return _beside_python("paperfolio").exists()

    def version(self, home: Path) -> str:
        return _last_word([str(_beside_python("paperfolio")), "--version"])

    def command(self, home: Path, folder: Path) -> list[str]:
        return [str(_beside_python("paperfolio")), "build"]

    def prepare(self, home: Path, folder: Path, papers: Sequence[Paper]) -> None:
        super().prepare(home, folder, papers)
        (folder / "content/site.yaml").write_text(self.config, encoding="utf-8")
        (folder / "content/authors").mkdir()
        (folder / "content/authors/edda-marlowe.yaml").write_text(f"name: {OWNER}\n", encoding="utf-8")

    def write_one(self, folder: Path, paper: Paper) -> None:
        (folder / self.papers / f"{paper.id}.yaml").write_text(self.form(paper), encoding="utf-8")

    def form(self, paper: Paper) -> str:
        return corpus.as_yaml(paper)


class PaperfolioOneFile(Paperfolio):
    name = "Paperfolio, all papers in one file"

    def write(self, folder: Path, papers: Sequence[Paper]) -> None:
        (folder / self.papers).mkdir(parents=True, exist_ok=True)
        text = "".join(map(self.form, papers))
        (folder / self.papers / "papers.yaml").write_text(text, encoding="utf-8")

    def edit(self, folder: Path, papers: Sequence[Paper], paper: Paper) -> None:
        self.write(folder, papers)


class PaperfolioFull(Paperfolio):
    name = "Paperfolio, everything it can make"
    config = f"title: {OWNER}\nurl: {URL}\n"

    def form(self, paper: Paper) -> str:
        return super().form(paper).replace("  type: article\n", "")


class Hugo(Peer):
    name = "Hugo, Markdown files"
    installed_as = "hugo"
    site = "hugo"
    caches = ("resources", "cache")

    def install(self, home: Path) -> None:
        _venv(home / "hugo", "hugo>=0.150,<1")

    def is_installed(self, home: Path) -> bool:
        return self._program(home) is not None

    def version(self, home: Path) -> str:
        return _output([str(self._program(home)), "version"]).split()[1].partition("-")[0].removeprefix("v")

    def command(self, home: Path, folder: Path) -> list[str]:
        return [str(self._program(home)), "build", "--quiet", "--cacheDir", str(folder.resolve() / "cache")]

    def _program(self, home: Path) -> Path | None:
        """Hugo itself: the command that the package installs is a Python program that starts it."""
        return next(iter(sorted(home.glob("hugo/lib/python*/site-packages/hugo/binaries/hugo"))), None)


class HugoData(Hugo):
    name = "Hugo, content adapter over JSON"

    def prepare(self, home: Path, folder: Path, papers: Sequence[Paper]) -> None:
        super().prepare(home, folder, papers)
        shutil.copytree(SITES / "hugo-data", folder, dirs_exist_ok=True)

    def write(self, folder: Path, papers: Sequence[Paper]) -> None:
        (folder / "data").mkdir(exist_ok=True)
        text = json.dumps(list(map(corpus.as_json, papers)), ensure_ascii=False)
        (folder / "data/papers.json").write_text(text, encoding="utf-8")

    def edit(self, folder: Path, papers: Sequence[Paper], paper: Paper) -> None:
        self.write(folder, papers)


class Pelican(Peer):
    name = "Pelican"
    installed_as = "pelican"
    site = "pelican"
    style = "content/extra/style.css"
    caches = ("cache",)

    def install(self, home: Path) -> None:
        _venv(home / "pelican", "pelican[markdown]>=4.11,<5")

    def is_installed(self, home: Path) -> bool:
        return (home / "pelican/bin/pelican").exists()

    def version(self, home: Path) -> str:
        return _last_word([str(home / "pelican/bin/pelican"), "--version"])

    def command(self, home: Path, folder: Path) -> list[str]:
        return [str(home / "pelican/bin/pelican"), "-q"]

    def form(self, paper: Paper) -> str:
        return corpus.as_metadata(paper)


class MkDocs(Peer):
    name = "MkDocs"
    installed_as = "mkdocs"
    site = "mkdocs"
    style = "docs/style.css"
    papers = "docs/papers"

    def install(self, home: Path) -> None:
        _venv(home / "mkdocs", "mkdocs>=1.6,<2")

    def is_installed(self, home: Path) -> bool:
        return (home / "mkdocs/bin/mkdocs").exists()

    def version(self, home: Path) -> str:
        return _output([str(home / "mkdocs/bin/mkdocs"), "--version"]).split()[2]

    def command(self, home: Path, folder: Path) -> list[str]:
        return [str(home / "mkdocs/bin/mkdocs"), "build", "--quiet"]


class NodePeer(Peer):
    """A generator from npm: its site gets the packages that are installed below ``home`` as a link."""

    package = ""
    requirement = ""
    environment = {"NODE_OPTIONS": "--max-old-space-size=8000"}

    def install(self, home: Path) -> None:
        folder = home / self.installed_as
        if not self.is_installed(home):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
            command = ["npm", "install", "--no-audit", "--no-fund", "--silent", self.requirement]
            subprocess.run(command, cwd=folder, check=True)

    def is_installed(self, home: Path) -> bool:
        return shutil.which("node") is not None and self._package(home).is_dir()

    def version(self, home: Path) -> str:
        return str(json.loads((self._package(home) / "package.json").read_text(encoding="utf-8"))["version"])

    def prepare(self, home: Path, folder: Path, papers: Sequence[Paper]) -> None:
        super().prepare(home, folder, papers)
        (folder / "node_modules").symlink_to(home.resolve() / self.installed_as / "node_modules")

    def _package(self, home: Path) -> Path:
        return home / self.installed_as / "node_modules" / self.package


class Eleventy(NodePeer):
    name = "Eleventy"
    installed_as = "eleventy"
    site = "eleventy"
    style = "style.css"
    package = "@11ty/eleventy"
    requirement = "@11ty/eleventy@3"

    def command(self, home: Path, folder: Path) -> list[str]:
        return ["node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"]


class Astro(NodePeer):
    name = "Astro"
    installed_as = "astro"
    site = "astro"
    style = "public/style.css"
    papers = "papers"
    output = "output"
    caches = (".astro", "cache")
    package = "astro"
    requirement = "astro@5"
    environment = {**NodePeer.environment, "ASTRO_TELEMETRY_DISABLED": "1"}

    def command(self, home: Path, folder: Path) -> list[str]:
        return ["node", "node_modules/astro/astro.js", "build", "--silent"]


class Jekyll(Peer):
    name = "Jekyll"
    installed_as = ""
    site = "jekyll"
    style = "style.css"
    papers = "_papers"
    caches = (".jekyll-cache", ".jekyll-metadata")
    most = 1_000

    def install(self, home: Path) -> None:
        """It comes with the system (Debian: apt-get install jekyll); without it the others are compared."""

    def is_installed(self, home: Path) -> bool:
        return shutil.which("jekyll") is not None

    def version(self, home: Path) -> str:
        return _last_word(["jekyll", "--version"])

    def command(self, home: Path, folder: Path) -> list[str]:
        return ["jekyll", "build", "--quiet"]


PEERS: tuple[Peer, ...] = (
    Paperfolio(),
    PaperfolioOneFile(),
    PaperfolioFull(),
    Hugo(),
    HugoData(),
    Pelican(),
    MkDocs(),
    Eleventy(),
    Astro(),
    Jekyll(),
)


def _venv(folder: Path, *requirements: str) -> None:
    if not (folder / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", *requirements], check=True)


def _beside_python(program: str) -> Path:
    return Path(sys.executable).parent / (f"{program}.exe" if os.name == "nt" else program)


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _last_word(command: list[str]) -> str:
    return _output(command).split()[-1]
