"""What is installed from the wheel is complete: the command works in an environment that has never seen the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from site_builds import ROOT

from generator import __version__

pytestmark = pytest.mark.slow
NO_NETWORK = (
    "Temporary failure in name resolution",
    "Network is unreachable",
    "No matching distribution",
    "Connection",
)


def run(*command: object, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run a program that does not find the checkout by itself."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps")
    done = run(*pip, "--wheel-dir", folder, ROOT, cwd=folder)
    if done.returncode and any(sign in done.stderr for sign in NO_NETWORK):
        pytest.skip(f"NOT TESTED: the tool that builds the wheel cannot be fetched: {done.stderr[-300:]}")
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command; the libraries it needs are lent by the environment of the tests, the checkout is not."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", scripts / "python")
    done = run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    own = run(scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    lent = Path(own.stdout.strip()) / "lent.pth"
    lent.write_text("\n".join(dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))) + "\n")
    return scripts / "paperfolio"


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder.parent).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_program_its_data_and_the_themes(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    program = {name for name in names if ".dist-info/" not in name}
    assert program == files(ROOT / "generator") | {f"generator/{name}" for name in files(ROOT / "themes")}
    assert any(name.endswith("LICENSE") for name in names)
    assert f"paperfolio-{__version__}-py3-none-any.whl" == wheel.name


def test_the_command_is_that_of_the_wheel(command: Path, tmp_path: Path) -> None:
    python = command.parent / "python"
    shown = run(python, "-c", "import generator, sys; print(generator.__file__); print(sys.path)", cwd=tmp_path).stdout
    assert shown.startswith(str(command.parent.parent))
    assert repr(str(ROOT)) not in shown
    assert __version__ in run(command, "--version", cwd=tmp_path).stdout


def test_an_installed_command_makes_and_builds_a_new_site(command: Path, tmp_path: Path) -> None:
    made = run(command, "new", "x", "--name", "Grace Example", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    done = run(command, "build", "--site", "x", "--url", "https://example.org/", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["warnings"] == []
    front = (tmp_path / "x" / "output" / "index.html").read_text("utf-8")
    assert "Grace Example" in front
    assert "<math" in front
    assert list((tmp_path / "x" / "output" / "assets").glob("folio.*.css"))


def test_an_installed_command_finds_its_themes_and_schemas(command: Path, tmp_path: Path) -> None:
    assert run(command, "themes", cwd=tmp_path).stdout.startswith("base  ")
    assert json.loads(run(command, "schema", "author", cwd=tmp_path).stdout)["title"]
    (tmp_path / "content" / "authors").mkdir(parents=True)
    (tmp_path / "content" / "authors" / "ada.yaml").write_text("name: Ada Lovelace\n")
    copied = run(command, "themes", "copy", "folio", "paper.html", cwd=tmp_path)
    assert copied.stderr == "wrote themes/folio/templates/paper.html\n"
    assert run(command, "build", cwd=tmp_path).returncode == 0


def test_the_module_runs_like_the_command(command: Path, tmp_path: Path) -> None:
    done = run(command.parent / "python", "-m", "generator", "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: paperfolio ")
