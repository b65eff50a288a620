"""Publishing as docs/publishing.md tells it: the workflow and the recipes are run, and what comes of them is served the
way GitHub Pages does it, with every link followed."""

import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import online
import pytest
import yaml
from bs4 import BeautifulSoup
from online import Server
from site_builds import ROOT, links

from generator import scaffold
from generator.sources.identifiers import SERVICES

DOCS = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
WORKFLOW = ".github/workflows/publish.yml"
REFRESH = ".github/workflows/refresh.yml"

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="NOT TESTED: there is no git")


def example(name: str, language: str) -> str:
    """The block of the documentation in that language that shows a file, or stands below a heading."""
    part = DOCS.split(f"`{name}`:\n" if f"`{name}`:" in DOCS else f"\n## {name}\n", 1)[1]
    found = re.search(rf"^```{language}\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def shell(script: str, cwd: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run lines as the machines of hosts do; ``paperfolio`` and ``pip`` are those of the tests, without a network."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=cwd,
        env={**os.environ, **GIT, "PATH": path, "PYTHONPATH": str(ROOT), "PIP_NO_INDEX": "1", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


GIT = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **GIT}, check=True, capture_output=True)


class Pages:
    """A folder served as GitHub Pages does: below a path, without listings, ``.html`` left out, with its 404.html."""

    def __init__(self, folder: Path, base: str) -> None:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path)
                file = folder / path.removeprefix(base)
                status = 200
                if not path.startswith(base):
                    file, status = folder / "no such file", 404
                elif path.endswith("/"):
                    file = file / "index.html"
                elif file.is_dir():
                    self.send_response(301)
                    self.send_header("Location", quote(f"{path}/"))
                    self.end_headers()
                    return
                elif not file.exists():
                    file = file.with_name(f"{file.name}.html")
                if not file.is_file():
                    file, status = folder / "404.html", 404
                data = file.read_bytes()
                self.send_response(status)
                kinds = {".html": "text/html", ".css": "text/css", ".json": "application/json"}
                self.send_header("Content-Type", kinds.get(file.suffix, "application/octet-stream"))
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.address = f"{self.origin}{base}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@contextmanager
def served(folder: Path, base: str) -> Iterator[Pages]:
    pages = Pages(folder, base)
    try:
        yield pages
    finally:
        pages.stop()


def get(address: str) -> tuple[int, str, bytes]:
    """Status, address in the end, and what was answered."""
    try:
        with urlopen(address, timeout=30) as answer:
            return answer.status, answer.url, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.url, error.read()


def walk(pages: Pages, home: str) -> set[str]:
    """Follow every link of the site from its front page, and from its 404 page at some depth; the files that were met.

    ``home``: the absolute address that the site was built for, which stands for the server.
    """
    met: set[str] = set()
    wrong: list[str] = []
    waiting = [(pages.address, "the start")]
    for missing in ("nothing", "no/such/page/"):
        status, address, data = get(f"{pages.address}{missing}")
        assert status == 404
        found = links(BeautifulSoup(data, "html.parser"))
        waiting += [(urljoin(address, link), "404.html") for _, link in found if not link.startswith("#")]
    while waiting:
        address, origin = waiting.pop()
        address = urldefrag(address.replace(home, pages.address, 1) if address.startswith(home) else address).url
        if address in met or not address.startswith(f"{pages.origin}/"):
            continue
        met.add(address)
        status, address, data = get(address)
        if status != 200 or not address.startswith(pages.address):
            wrong.append(f"{origin}: {address} answers {status}")
        elif data.lstrip().lower().startswith(b"<!doctype html"):
            found = links(BeautifulSoup(data, "html.parser"))
            waiting += [(urljoin(address, link), address) for _, link in found]
    assert wrong == []
    return {unquote(urlsplit(address).path) for address in met}


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository that holds a new site."""
    folder = tmp_path / "papers"
    scaffold.new(folder, "Ada Lovelace")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "A site")
    git(folder, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(folder, "push", "--quiet", "origin", "main")
    shutil.rmtree(folder)
    return tmp_path / "remote.git"


@pytest.fixture
def clone(remote: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", str(remote), "clone")
    return tmp_path / "clone"


@pytest.fixture
def workflow(clone: Path) -> dict[str, Any]:
    # with this loader "on" stays a text
    return yaml.load((clone / WORKFLOW).read_text(encoding="utf-8"), yaml.BaseLoader)


def test_a_new_site_is_pushed_as_it_is_told(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    scaffold.new(tmp_path / "site", "Ada Lovelace")
    script = example("GitHub Pages by a workflow", "sh")
    done = shell(script.replace("https://github.com/you/papers.git", str(tmp_path / "remote.git")), tmp_path / "site")
    assert done.returncode == 0, done.stderr
    git(tmp_path, "clone", "--quiet", "remote.git", "clone")
    assert {WORKFLOW, REFRESH, "requirements.txt", "content/site.yaml"} <= {
        path.relative_to(tmp_path / "clone").as_posix() for path in (tmp_path / "clone").rglob("*")
    }


def valid(schema: str, file: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="NOT TESTED: check-jsonschema is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflows_are_valid(clone: Path) -> None:
    for path in (WORKFLOW, REFRESH):
        valid("github-workflows", clone / path)
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        valid("github-workflows", path)
    broken = clone / "broken.yml"
    broken.write_text((clone / WORKFLOW).read_text(encoding="utf-8").replace("runs-on", "run-on"), encoding="utf-8")
    with pytest.raises(AssertionError, match="run-on"):
        valid("github-workflows", broken)


def test_the_workflow_permits_and_keeps_only_what_is_needed(workflow: dict[str, Any]) -> None:
    assert workflow["on"].keys() == {"push", "workflow_dispatch"}
    assert workflow["on"]["push"] == {"branches": ["main"]}
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    steps = {
        step["uses"].partition("@")[0]: step.get("with")
        for step in workflow["jobs"]["build"]["steps"]
        if "uses" in step
    }
    assert steps["actions/upload-pages-artifact"] == {"path": "output", "include-hidden-files": "true"}
    assert steps["actions/setup-python"]["cache"] == "pip"
    assert steps["actions/cache"]["path"].split() == [".paperfolio/*", "!.paperfolio/output-*"]


def run_step(step: dict[str, Any], clone: Path, filled_in: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """A ``run`` step, literally; ``filled_in`` are the expressions of GitHub with their values."""
    assert "${{" not in step["run"], "what comes from elsewhere reaches a shell by its environment alone"
    variables = {
        name: filled_in[value.removeprefix("${{ ").removesuffix(" }}")] for name, value in step.get("env", {}).items()
    }
    return shell(step["run"], clone, GITHUB_WORKSPACE=str(clone), CI="true", **variables)


def run_workflow(workflow: dict[str, Any], clone: Path, address: str) -> list[str]:
    """Every ``run`` step of the job that builds; what they said."""
    said = []
    for step in workflow["jobs"]["build"]["steps"]:
        if "run" in step:
            done = run_step(step, clone, {"steps.pages.outputs.base_url": address})
            assert done.returncode == 0, done.stdout + done.stderr
            said.append(done.stdout + done.stderr)
    return said


def test_what_the_workflow_keeps_is_what_the_next_build_can_use(workflow: dict[str, Any], clone: Path) -> None:
    """Of ``path`` only names in the same folder are left out: a pattern below a whole folder would do nothing."""
    (step,) = (step for step in workflow["jobs"]["build"]["steps"] if "actions/cache" in step.get("uses", ""))
    wanted, left_out = step["with"]["path"].split()
    run_workflow(workflow, clone, "https://ada.github.io/papers")
    first = {path: path.read_bytes() for path in (clone / "output").rglob("*") if path.is_file()}
    shutil.rmtree(clone / "output")
    unwanted = set(clone.glob(left_out.removeprefix("!")))
    assert unwanted
    assert set(clone.glob(wanted)) > unwanted
    for path in unwanted:
        shutil.rmtree(path)
    run_workflow(workflow, clone, "https://ada.github.io/papers")
    assert first == {path: path.read_bytes() for path in (clone / "output").rglob("*") if path.is_file()}


GH = """#!/bin/sh
echo "$GH_TOKEN: $*" >> "$0.log"
if [ "$2" = list ]; then cat "$0.open"; fi
"""


@pytest.fixture
def gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program gh of GitHub's machines: it keeps what it was told, and lists the pull requests of ``gh.open``."""
    program = tmp_path / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(GH, encoding="utf-8")
    program.chmod(0o755)
    program.with_name("gh.open").write_text("", encoding="utf-8")
    monkeypatch.setenv("PATH", os.pathsep.join([str(program.parent), os.environ["PATH"]]))
    return program


def run_refresh(clone: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """Every ``run`` step of the workflow that refreshes, with the services at ``server``: exit codes and what was said."""
    for name, value in {**server.environment, "NO_PROXY": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    workflow = yaml.load((clone / REFRESH).read_text(encoding="utf-8"), yaml.BaseLoader)
    steps = workflow["jobs"]["refresh"]["steps"]
    keys = {f"secrets.{service.key_variable}": "" for service in SERVICES if service.key}
    filled_in = {"github.token": "token", "vars.PAPERFOLIO_CONTACT": "", **keys}
    outcomes = {}
    found = []
    for step in steps:
        if "run" not in step or ("if" in step and step["if"] != f"steps.refresh.outcome == '{outcomes['refresh']}'"):
            continue
        done = run_step(step, clone, filled_in)
        outcomes[step.get("id", "")] = "failure" if done.returncode else "success"
        found.append((done.returncode, done.stdout + done.stderr))
        if done.returncode and step.get("continue-on-error") != "true":
            break
    return found


def test_the_workflow_that_refreshes_permits_only_what_is_needed(clone: Path) -> None:
    workflow = yaml.load((clone / REFRESH).read_text(encoding="utf-8"), yaml.BaseLoader)
    assert workflow["on"].keys() == {"schedule", "workflow_dispatch"}
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["refresh"]["permissions"] == {"contents": "write", "pull-requests": "write"}


def test_the_workflow_that_refreshes_proposes_what_is_new_once(
    clone: Path, remote: Path, gh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with online.serving(online.everything) as server:
        found = run_refresh(clone, server, monkeypatch)
        assert [code for code, _ in found] == [0] * 4
        assert found[-1][1] == "Nothing is new\n"
        done = shell("paperfolio import s2:42 --author ada-lovelace", clone, **server.environment, NO_PROXY="127.0.0.1")
        assert done.returncode == 0, done.stderr
    git(clone, "add", "content")
    git(clone, "commit", "--quiet", "--message", "Papers")
    git(clone, "push", "--quiet", "origin", "main")

    def more(asked: online.Asked) -> Any:
        said = online.everything(asked)
        if asked.path.endswith("/42/papers"):
            assert isinstance(said, dict)
            return {**said, "data": [*said["data"], online.s2_paper(3, "A new loom")]}
        return said

    with online.serving(more) as server:
        for opened in ("", "7\n"):
            gh.with_name("gh.open").write_text(opened, encoding="utf-8")
            git(clone, "switch", "--quiet", "main")
            shutil.rmtree(clone / ".paperfolio")
            assert [code for code, _ in run_refresh(clone, server, monkeypatch)] == [0] * 4
    told = gh.with_name("gh.log").read_text(encoding="utf-8").splitlines()
    assert [line.split()[1:3] for line in told] == [
        ["pr", "list"],
        ["pr", "create"],
        ["pr", "list"],
        ["api", "--silent"],
    ]
    assert all(line.startswith("token: ") for line in told)
    assert "--head refresh" in told[1]
    assert "PATCH repos/{owner}/{repo}/pulls/7 --field body=@.paperfolio/body.md" in told[3]
    assert "\nnew: A new loom\n" in (clone / ".paperfolio" / "body.md").read_text(encoding="utf-8")
    git(tmp_path, "clone", "--quiet", "--branch", "refresh", str(remote), "proposed")
    shown = subprocess.run(["git", "diff", "--stat", "origin/main"], cwd=tmp_path / "proposed", capture_output=True)
    changed = re.findall(r"^ (\S+) +\|", shown.stdout.decode(), re.MULTILINE)
    assert changed
    assert [path for path in changed if not path.startswith("content/")] == []
    assert "A new loom" in "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "proposed/content").rglob("*.yaml")
    )


def test_the_workflow_that_refreshes_leaves_what_somebody_added_to_its_branch(
    clone: Path, remote: Path, gh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "--quiet", str(remote), "other")
    git(tmp_path / "other", "switch", "--quiet", "--create", "refresh")
    git(tmp_path / "other", "commit", "--quiet", "--allow-empty", "--message", "Mend a title")
    git(tmp_path / "other", "push", "--quiet", "origin", "refresh")
    with online.serving(online.everything) as server:
        shell("paperfolio import s2:42 --author ada-lovelace", clone, **server.environment, NO_PROXY="127.0.0.1")
        code, said = run_refresh(clone, server, monkeypatch)[-1]
    assert (code, "::error::Somebody has worked on the branch refresh" in said) == (1, True)
    last = subprocess.run(["git", "log", "-1", "--format=%s", "refresh"], cwd=remote, capture_output=True, text=True)
    assert last.stdout == "Mend a title\n"
    assert not gh.with_name("gh.log").exists()


def test_the_workflow_that_refreshes_fails_where_a_service_does_not_answer(
    clone: Path, gh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with online.serving(online.everything) as server:
        shell("paperfolio import s2:42 --author ada-lovelace", clone, **server.environment, NO_PROXY="127.0.0.1")
        git(clone, "add", "content")
        git(clone, "commit", "--quiet", "--message", "Papers")
    shutil.rmtree(clone / ".paperfolio")
    with online.serving(lambda asked: online.Answer(status=404)) as server:
        found = run_refresh(clone, server, monkeypatch)
    assert [code for code, _ in found] == [0, 1, 0, 0, 1]
    assert "::error::A service did not answer" in found[-1][1]
    assert not gh.with_name("gh.log").exists()


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://ada.github.io/papers", "/papers/"),
        ("https://ada.github.io", "/"),
        ("https://papers.example.org", "/"),
    ],
    ids=["project page", "user page", "custom domain"],
)
def test_the_workflow_makes_a_site_whose_links_all_work_at(
    address: str, base: str, workflow: dict[str, Any], clone: Path
) -> None:
    said = run_workflow(workflow, clone, address)
    assert "nothing is wrong" in said[-1]
    output = clone / "output"
    assert f"<loc>{address}/</loc>" in (output / "sitemap.xml").read_text(encoding="utf-8")
    with served(output, base) as pages:
        met = walk(pages, f"{address}/")
        assert {f"{base}papers/counting/", f"{base}feed.xml", f"{base}about/"} < met
        assert get(f"{pages.address}papers/counting")[1] == f"{pages.address}papers/counting/"
        assert get(f"{pages.address}papers/")[0] == 404


def test_the_workflow_stops_at_an_error_and_shows_its_line(workflow: dict[str, Any], clone: Path) -> None:
    page = clone / "content" / "pages" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[x](/papers/counting/#gone)\n", encoding="utf-8")
    line = page.read_text(encoding="utf-8").count("\n")
    with pytest.raises(AssertionError, match=f"::error file=content/pages/about.md,line={line},col=5,title=anchor::"):
        run_workflow(workflow, clone, "https://ada.github.io/papers")


@pytest.mark.parametrize(
    ("url", "base", "domain"),
    [
        ("https://ada.github.io/papers/", "/papers/", ""),
        ("https://ada.github.io/", "/", ""),
        ("https://papers.example.org/", "/", "papers.example.org"),
    ],
    ids=["project page", "user page", "custom domain"],
)
def test_a_published_branch_is_a_site_whose_links_all_work_at(
    url: str, base: str, domain: str, clone: Path, remote: Path, tmp_path: Path
) -> None:
    if domain:
        (clone / "content" / "files" / "CNAME").write_text(f"{domain}\n")
    (command,) = example("GitHub Pages from your machine", "sh").splitlines()
    done = shell(f"{command} --url {url}", clone)
    assert done.returncode == 0, done.stderr
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), "pages")
    branch = tmp_path / "pages"
    assert (branch / ".nojekyll").exists()
    assert (branch / "CNAME").exists() == bool(domain)
    with served(branch, base) as pages:
        assert len(walk(pages, url)) > 20


def test_the_recipe_for_gitlab_is_valid_and_works(clone: Path) -> None:
    recipe = clone / ".gitlab-ci.yml"
    recipe.write_text(example(".gitlab-ci.yml", "yaml"), encoding="utf-8")
    valid("gitlab-ci", recipe)
    job = yaml.safe_load(recipe.read_text(encoding="utf-8"))["pages"]
    done = shell("\n".join(job["script"]), clone, CI_PAGES_URL="https://ada.gitlab.io/papers")
    assert done.returncode == 0, done.stderr
    with served(clone / job["artifacts"]["paths"][0], "/papers/") as pages:
        walk(pages, "https://ada.gitlab.io/papers/")


def test_the_recipe_for_netlify_works(clone: Path) -> None:
    settings = tomllib.loads(example("netlify.toml", "toml"))
    done = shell(settings["build"]["command"], clone, URL="https://papers.netlify.app")
    assert done.returncode == 0, done.stderr
    with served(clone / settings["build"]["publish"], "/") as pages:
        walk(pages, "https://papers.netlify.app/")


def test_the_recipe_for_cloudflare_works(clone: Path) -> None:
    part = DOCS.split("\n## Cloudflare Pages\n", 1)[1]
    settings = dict(re.findall(r"^\| (build command|build output directory) \| `(.*)` \|$", part, re.MULTILINE))
    done = shell(settings["build command"], clone)
    assert done.returncode == 0, done.stderr
    with served(clone / settings["build output directory"], "/") as pages:
        walk(pages, "https://my-papers.pages.dev/")


@pytest.mark.skipif(not shutil.which("rsync"), reason="NOT TESTED: there is no rsync")
def test_the_recipe_for_a_server_of_ones_own_works_and_removes_what_is_gone(clone: Path, tmp_path: Path) -> None:
    target = tmp_path / "server"
    (target / "papers" / "gone").mkdir(parents=True)
    script = example("A server of your own", "sh").replace("you@lab.example.org:/var/www", str(target))
    assert str(target) in script
    done = shell(script, clone)
    assert done.returncode == 0, done.stderr
    assert not (target / "papers" / "gone").exists()
    with served(target / "papers", "/papers/") as pages:
        walk(pages, "https://lab.example.org/papers/")
