"""Publishing to a branch, with a bare repository on this machine as the remote one, by the command as it is used."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from site_builds import ROOT

from generator import cli, deploy
from generator.errors import DeployError

URL = "https://ada.github.io/papers/"
FILES = {
    "content/site.yaml": f"url: {URL}\n",
    "content/authors/ada.yaml": "name: Ada Lovelace\n",
    "content/papers/papers.yaml": "- {title: First, authors: [Ada Lovelace], date: 2024}\n",
    "content/files/_notes.txt": "kept by .nojekyll\n",
    ".gitignore": "/output/\n/.paperfolio/\n",
}
IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}
SIGNING = """#!/bin/sh
cat >/dev/null  # git is not content with a program that ends before it has read all
case "$*" in *--verify*) echo "gpg: there is no such key" >&2; exit 1;; esac
echo "[GNUPG:] SIG_CREATED " >&2
printf -- "-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n"
"""
"""What git takes for GnuPG."""

Publish = Callable[..., tuple[int, str]]

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="NOT TESTED: there is no git")


@pytest.fixture(autouse=True)
def _identity(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


def git(folder: Path, *arguments: str) -> str:
    return (
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
        .stdout.decode("utf-8", "replace")
        .strip()
    )


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def publish_as_a_process(site: Path, *before: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*before, sys.executable, "-m", "generator", "publish"],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Publish:
    """The command, in this process; gives its exit code and what it says."""

    def run(site: Path, *arguments: str) -> tuple[int, str]:
        monkeypatch.chdir(site)
        monkeypatch.setattr(sys, "argv", ["paperfolio", "publish", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        said = capfd.readouterr()
        assert said.out == ""
        assert isinstance(caught.value.code, int)
        return caught.value.code, said.err

    return run


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    return tmp_path / "remote.git"


@pytest.fixture
def site(tmp_path: Path, remote: Path) -> Path:
    """A site in a repository with one commit, pushed to the remote one."""
    folder = tmp_path / "a site"
    write(folder, FILES)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "A site")
    git(folder, "remote", "add", "origin", str(remote))
    git(folder, "push", "--quiet", "origin", "main")
    return folder


def published(remote: Path, branch: str = "gh-pages") -> dict[str, str]:
    """The files of the branch, with their text."""
    names = git(remote, "ls-tree", "-r", "--name-only", "-z", branch).split("\0")
    return {name: git(remote, "show", f"{branch}:{name}") for name in names if name and not name.endswith(".pdf")}


def commits(remote: Path, branch: str = "gh-pages") -> list[str]:
    return git(remote, "log", "--format=%s", branch).split("\n")


def commit_elsewhere(remote: Path, tmp_path: Path, files: dict[str, str], message: str) -> None:
    """Somebody else's commit to the branch."""
    clone = tmp_path / f"clone of {message}"
    git(tmp_path, "clone", "--quiet", str(remote), str(clone))
    git(clone, "checkout", "--quiet", "-B", "gh-pages", "origin/gh-pages")
    write(clone, files)
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message", message)
    git(clone, "push", "--quiet", "origin", "gh-pages")


def test_the_site_is_built_and_pushed_and_the_work_left_alone(site: Path, remote: Path, publish: Publish) -> None:
    before = git(site, "rev-parse", "HEAD")
    code, said = publish(site)
    assert code == 0, said
    assert f"Pushed to the branch gh-pages of {remote}; {URL} shows it in some minutes" in said
    files = published(remote)
    made = {path.relative_to(site / "output").as_posix() for path in (site / "output").rglob("*") if path.is_file()}
    assert files.keys() == made
    assert {".nojekyll", "_notes.txt", "404.html"} < files.keys()
    assert files["index.html"] == (site / "output/index.html").read_text(encoding="utf-8").strip()
    assert git(remote, "log", "-1", "--format=%B", "gh-pages") == f"Publish the site\n\nPaperfolio-source: {before}"
    assert git(site, "status", "--porcelain") == ""
    assert git(site, "symbolic-ref", "--short", "HEAD") == "main"


def test_a_change_is_a_further_commit_and_no_change_is_none(site: Path, remote: Path, publish: Publish) -> None:
    assert publish(site)[0] == 0
    assert "holds this site already" in publish(site)[1]
    assert len(commits(remote)) == 1
    write(site, {"content/papers/papers.yaml": "- {title: Second, authors: [Ada Lovelace], date: 2024}\n"})
    assert publish(site, "--message", "Second: better")[0] == 0
    assert commits(remote) == ["Second: better", "Publish the site"]
    files = published(remote)
    assert "papers/second/index.html" in files
    assert "papers/first/index.html" not in files


def test_without_history_there_is_one_commit(site: Path, remote: Path, publish: Publish) -> None:
    for title in ("One", "Two"):
        write(site, {"content/papers/papers.yaml": f"- {{title: {title}, authors: [Ada Lovelace], date: 2024}}\n"})
        code, said = publish(site, "--no-history")
        assert code == 0, said
        assert len(commits(remote)) == 1
        assert f"papers/{title.lower()}/index.html" in published(remote)
    assert publish(site)[0] == 0


def test_history_is_dropped_though_the_site_is_the_same(site: Path, remote: Path, publish: Publish) -> None:
    assert publish(site)[0] == 0
    write(site, {"content/papers/papers.yaml": "- {title: Second, authors: [Ada Lovelace], date: 2024}\n"})
    assert publish(site)[0] == 0
    assert len(commits(remote)) == 2
    assert publish(site, "--no-history")[0] == 0
    assert len(commits(remote)) == 1
    assert "papers/second/index.html" in published(remote)


def test_a_dry_run_leaves_everything_as_it_is(site: Path, remote: Path, publish: Publish) -> None:
    code, said = publish(site, "--dry-run")
    assert code == 0, said
    assert f"to the branch gh-pages of {remote}; left it as it is" in said
    assert "gh-pages" not in git(remote, "branch")
    assert "gh-pages" not in git(site, "branch")
    assert (site / "output/index.html").exists()


def test_another_branch_and_remote_can_be_named(site: Path, remote: Path, publish: Publish) -> None:
    git(site, "remote", "rename", "origin", "lab")
    assert publish(site, "--remote", "lab", "--branch", "pages/live")[0] == 0
    assert "index.html" in published(remote, "pages/live")


def test_the_domain_set_at_github_stays(site: Path, remote: Path, tmp_path: Path, publish: Publish) -> None:
    """GitHub keeps it in a commit of its own, which is no reason to refuse."""
    assert publish(site)[0] == 0
    commit_elsewhere(remote, tmp_path, {"CNAME": "papers.example.org\n"}, "Create CNAME")
    write(site, {"content/site.yaml": "url: https://papers.example.org/\n"})
    code, said = publish(site)
    assert code == 0, said
    assert published(remote)["CNAME"] == "papers.example.org"
    assert commits(remote) == ["Publish the site", "Create CNAME", "Publish the site"]
    assert publish(site, "--no-history")[0] == 0
    assert published(remote)["CNAME"] == "papers.example.org"
    write(site, {"content/site.yaml": "url: https://own.example.org/\n", "content/files/CNAME": "own.example.org\n"})
    assert publish(site)[0] == 0
    assert published(remote)["CNAME"] == "own.example.org"


def test_a_site_of_somebody_else_is_not_replaced_unasked(
    site: Path, remote: Path, tmp_path: Path, publish: Publish
) -> None:
    assert publish(site)[0] == 0
    commit_elsewhere(remote, tmp_path, {"index.html": "<p>By hand"}, "Write by hand")
    before = published(remote)
    code, said = publish(site)
    assert code == 1
    assert "the branch gh-pages of 'origin' holds what Paperfolio did not publish (Write by hand, by Ada" in said
    assert "hint: look at it: git log -p origin/gh-pages; to publish over it, say --force" in said
    assert published(remote) == before
    code, said = publish(site, "--force")
    assert code == 0, said
    assert published(remote)["index.html"] != "<p>By hand"
    # nothing is forced: what they wrote stays in the history
    assert commits(remote) == ["Publish the site", "Write by hand", "Publish the site"]
    commit_elsewhere(remote, tmp_path, {"index.html": "<p>By hand"}, "Write again")
    code, said = publish(site, "--no-history")
    assert code == 0, said
    assert commits(remote) == ["Publish the site"]


@pytest.mark.parametrize("signed", [False, True])
def test_a_branch_made_by_hand_is_not_replaced_unasked_even_where_it_is_known(
    site: Path, remote: Path, publish: Publish, signed: bool
) -> None:
    """Nor where git is set to tell of each commit whether its signature is right."""
    git(site, "config", "log.showSignature", "true")
    git(site, "config", "gpg.program", str(site.parent / "gpg"))
    (site.parent / "gpg").write_text(SIGNING)
    (site.parent / "gpg").chmod(0o755)
    git(site, "switch", "--quiet", "--orphan", "gh-pages")
    write(site, {"index.html": "<p>By hand"})
    git(site, "add", "index.html")
    git(site, "commit", "--quiet", "--message", "Write by hand", *(["--gpg-sign"] if signed else []))
    git(site, "push", "--quiet", "origin", "gh-pages")
    git(site, "switch", "--quiet", "main")
    code, said = publish(site)
    assert code == 1
    assert "the branch gh-pages of 'origin' holds what Paperfolio did not publish (Write by hand, by Ada" in said
    git(site, "switch", "--quiet", "--create", "draft")
    code, said = publish(site, "--branch", "main")
    assert code == 1
    assert "the branch main of 'origin' holds what Paperfolio did not publish (A site, by Ada" in said
    assert set(published(remote, "main")) == set(FILES)


def test_what_was_committed_to_the_branch_here_and_not_pushed_is_not_lost_unasked(
    site: Path, remote: Path, tmp_path: Path, publish: Publish
) -> None:
    assert publish(site)[0] == 0
    git(site, "worktree", "add", "--quiet", str(tmp_path / "pages"), "gh-pages")
    code, said = publish(site)
    assert code == 1
    assert "gh-pages is the branch you work on" in said
    write(tmp_path / "pages", {"mine.txt": "x"})
    git(tmp_path / "pages", "add", "mine.txt")
    git(tmp_path / "pages", "commit", "--quiet", "--message", "Not pushed")
    git(site, "worktree", "remove", str(tmp_path / "pages"))
    code, said = publish(site)
    assert code == 1
    assert "the branch gh-pages in this repository holds what Paperfolio did not publish (Not pushed, by Ada" in said
    assert "hint: look at it: git log -p gh-pages; to publish over it, say --force" in said
    assert publish(site, "--force")[0] == 0


def test_a_site_without_a_commit_is_published_again_and_again(site: Path, remote: Path, publish: Publish) -> None:
    shutil.rmtree(site / ".git")
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "remote", "add", "origin", str(remote))
    for title in ("One", "Two"):
        write(site, {"content/papers/papers.yaml": f"- {{title: {title}, authors: [Ada Lovelace], date: 2024}}\n"})
        code, said = publish(site)
        assert code == 0, said
    assert len(commits(remote)) == 2


def test_a_repository_that_git_does_not_trust_is_not_called_missing(
    site: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    code, said = publish(site)
    assert code == 1
    assert "git does not open the repository: detected dubious ownership" in said
    assert "safe.directory" in said


def test_a_commit_that_cannot_be_made_is_explained_without_a_traceback(site: Path, publish: Publish) -> None:
    hook = site / ".git" / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_bytes(b"#!/bin/sh\ngrep -q gh-pages && echo 'No such branch, Andr\xe9' >&2 && exit 1\nexit 0\n")
    hook.chmod(0o755)
    code, said = publish(site)
    assert code == 1
    assert "the commit cannot be made: No such branch, Andr" in said
    assert "Traceback" not in said


def test_a_site_in_a_folder_of_the_repository_is_published_again_from_another_clone(
    site: Path, remote: Path, tmp_path: Path, publish: Publish
) -> None:
    write(site / "lab", FILES)
    git(site, "add", "lab")
    git(site, "commit", "--quiet", "--message", "A site in a folder")
    git(site, "push", "--quiet", "origin", "main")
    assert publish(site / "lab")[0] == 0
    git(tmp_path, "clone", "--quiet", str(remote), str(tmp_path / "other"))
    write(tmp_path / "other/lab", {"content/site.yaml": f"{FILES['content/site.yaml']}title: Other\n"})
    code, said = publish(tmp_path / "other" / "lab")
    assert code == 0, said
    assert len(commits(remote)) == 2


def test_a_newer_site_published_from_another_machine_is_not_replaced_unasked(
    site: Path, remote: Path, tmp_path: Path, publish: Publish
) -> None:
    assert publish(site)[0] == 0
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(remote), str(other))
    write(other, {"content/papers/papers.yaml": "- {title: Newer, authors: [Ada Lovelace], date: 2024}\n"})
    git(other, "commit", "--quiet", "--all", "--message", "A newer paper")
    code, said = publish(other)  # what it goes on from was built from a commit that it has
    assert code == 0, said
    git(other, "push", "--quiet", "origin", "main")
    code, said = publish(site)
    assert code == 1
    assert "shows a newer site, built from a commit that you do not have" in said
    assert "git pull" in said
    assert "papers/newer/index.html" in published(remote)
    git(site, "pull", "--quiet", "origin", "main")
    code, said = publish(site)
    assert code == 0, said
    assert "holds this site already" in said


def test_a_branch_that_was_made_anew_elsewhere_is_gone_on_from(
    site: Path, remote: Path, tmp_path: Path, publish: Publish
) -> None:
    """Without the history that is known here, and over what was once made by hand here."""
    git(site, "switch", "--quiet", "--orphan", "gh-pages")
    write(site, {"index.html": "<p>By hand"})
    git(site, "add", "index.html")
    git(site, "commit", "--quiet", "--message", "Write by hand")
    git(site, "push", "--quiet", "origin", "gh-pages")
    git(site, "switch", "--quiet", "main")
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(remote), str(other))
    assert publish(other, "--force")[0] == 0
    write(site, {"content/site.yaml": f"{FILES['content/site.yaml']}title: Here\n"})
    code, said = publish(site)
    assert code == 0, said
    assert commits(remote) == ["Publish the site", "Publish the site", "Write by hand"]
    assert publish(other, "--no-history")[0] == 0
    code, said = publish(site, "--force")
    assert code == 0, said
    assert commits(remote) == ["Publish the site", "Publish the site"]


def test_a_branch_that_was_deleted_elsewhere_begins_anew(site: Path, remote: Path, publish: Publish) -> None:
    """It does not come back with what is known here of it."""
    for number, arguments in enumerate(([], ["--no-history"])):
        assert publish(site)[0] == 0
        write(site, {"content/site.yaml": f"{FILES['content/site.yaml']}title: Number {number}\n"})
        git(remote, "branch", "--delete", "--force", "gh-pages")
        if not arguments:
            git(site, "branch", "--delete", "--force", "gh-pages")
        code, said = publish(site, *arguments)
        assert code == 0, said
        assert commits(remote) == ["Publish the site"]


def test_a_clone_without_its_history_is_told_how_to_get_it(
    site: Path, remote: Path, tmp_path: Path, publish: Publish
) -> None:
    assert publish(site)[0] == 0
    git(site, "commit", "--quiet", "--allow-empty", "--message", "Later")
    git(site, "push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "--depth", "1", remote.as_uri(), "shallow")
    code, said = publish(tmp_path / "shallow")
    assert code == 1
    assert "hint: get it first: git fetch --unshallow; or publish yours over it with --force" in said
    git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    assert publish(tmp_path / "shallow")[0] == 0


def test_a_branch_that_changes_at_the_same_moment_is_not_forced(
    site: Path, remote: Path, tmp_path: Path, publish: Publish
) -> None:
    target = deploy.Target()
    assert publish(site)[0] == 0
    tip = deploy.prepare(site, target)
    commit_elsewhere(remote, tmp_path, {"x.txt": "x"}, "Just now")
    write(site / "output", {"new.txt": "new"})
    local = git(site, "rev-parse", "gh-pages")
    for history in (True, False):
        with pytest.raises(DeployError, match="somebody else has changed the branch"):
            deploy.publish(site, site / "output", target, tip, history=history)
        assert "x.txt" in published(remote)
        assert git(site, "rev-parse", "gh-pages") == local


def test_a_remote_that_refuses_is_explained_and_nothing_changes(site: Path, remote: Path, publish: Publish) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'You may not write here' >&2\nexit 1\n")
    hook.chmod(0o755)
    code, said = publish(site)
    assert code == 1
    assert "does not let you push to gh-pages" in said
    assert "You may not write here" in said
    assert "hint: ask for the right to write there" in said
    assert "gh-pages" not in git(site, "branch")


def test_a_name_in_the_way_of_the_branch_is_told_as_what_it_is(site: Path, remote: Path, publish: Publish) -> None:
    git(site, "push", "--quiet", "origin", "main:refs/heads/pages")
    code, said = publish(site, "--branch", "pages/live")
    assert code == 1
    assert f"pages/live cannot be pushed to {remote}: " in said
    assert "'refs/heads/pages' exists" in said
    assert "publish again" not in said


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="NOT TESTED: root may write everywhere")
def test_a_repository_that_may_only_be_read_is_explained(site: Path, remote: Path) -> None:
    """By the command in a process of its own; root gives up its rights for it."""
    paths = [remote, *remote.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        rights = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
        done = publish_as_a_process(site, *rights)
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 1
    assert f"{remote} does not let you push to gh-pages: " in done.stderr
    assert "unable to create" in done.stderr
    assert "Traceback" not in done.stderr
    assert publish_as_a_process(site).returncode == 0
    assert "index.html" in published(remote)


def test_a_site_with_faults_is_not_published(site: Path, remote: Path, publish: Publish) -> None:
    write(site, {"content/pages/about.md": "---\ntitle: About\n---\n\n[x](/papers/first/#gone)\n"})
    code, said = publish(site)
    assert code == 1
    assert "content/pages/about.md:5:5: error: links to /papers/first/#gone" in said
    assert "nothing was published" in said
    assert "gh-pages" not in git(remote, "branch")


def test_content_with_problems_is_not_published(site: Path, remote: Path, publish: Publish) -> None:
    write(site, {"content/papers/papers.yaml": "- {title: First, date: 2024-13}\n"})
    code, said = publish(site)
    assert code == 1
    assert "content/papers/papers.yaml:1:" in said
    assert "gh-pages" not in git(remote, "branch")


def test_drafts_are_not_published(site: Path, remote: Path, publish: Publish) -> None:
    text = f"{FILES['content/papers/papers.yaml']}- {{title: Secret, draft: true}}\n"
    write(site, {"content/papers/papers.yaml": text})
    subprocess.run([sys.executable, "-m", "generator", "build", "--drafts", "--site", str(site)], check=True, cwd=ROOT)
    assert publish(site)[0] == 0
    assert [path for path, content in published(remote).items() if "Secret" in content] == []


def test_what_is_missing_is_said_with_what_to_do(
    site: Path, tmp_path: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(*arguments: str) -> str:
        code, said = publish(site, *arguments)
        assert code == 1
        return said

    write(site, {"content/site.yaml": "title: Papers\n"})
    assert "the site does not know its address; nothing was published" in said()
    assert "is the branch you work on" in said("--branch", "main")
    assert "cannot be the name of a branch" in said("--branch", "a..b")
    assert "the repository knows no remote 'lab'\n  hint: there are: origin" in said("--remote", "lab")
    git(site, "remote", "remove", "origin")
    assert "hint: name it: git remote add origin ADDRESS" in said()
    git(site, "remote", "add", "origin", str(tmp_path / "nowhere.git"))
    assert "the remote 'origin' cannot be reached: " in said()
    with monkeypatch.context() as changed:
        for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
            changed.setenv(name, "")
        assert "git does not know who you are" in said()
    with monkeypatch.context() as changed:
        changed.setenv("PATH", str(tmp_path))
        assert "there is no program git" in said()
    shutil.rmtree(site / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert "this folder is in no git repository\n  hint: make one: git init" in said()


@pytest.mark.parametrize(
    ("remote_address", "url"),
    [
        ("git@github.com:Ada/papers.git", "https://ada.github.io/papers/"),
        ("https://github.com/ada/papers", "https://ada.github.io/papers/"),
        ("ssh://git@github.com/Ada/Ada.github.io.git", "https://ada.github.io/"),
        ("git@gitlab.com:ada/papers.git", ""),
    ],
)
def test_the_address_at_github_is_suggested(site: Path, remote_address: str, url: str) -> None:
    git(site, "remote", "set-url", "origin", remote_address)
    assert deploy.suggested_url(site, "origin") == url


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("https://ada.github.io/", True),
        ("https://ada.github.io/papers/", False),
        ("https://Ada.github.io/papers", False),
        ("https://papers.example.org/", False),
    ],
)
def test_a_site_built_for_another_address_at_github_is_told(
    site: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch, address: str, warned: bool
) -> None:
    monkeypatch.setattr(deploy, "suggested_url", lambda folder, remote: "https://ada.github.io/papers/")
    code, said = publish(site, "--url", address)
    assert code == 0
    what = (
        f"warning: the site is built for {address}, but GitHub shows this repository at https://ada.github.io/papers/"
    )
    assert (what in said) == warned
