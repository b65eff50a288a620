"""A built site onto a branch of a git repository, from where GitHub Pages shows it.

The branch holds the site and nothing else; ghp-import makes its commits out of the output folder, without touching
the files and the branch one works on. A commit names the commit that its site was built from. So a site that was
published from elsewhere, perhaps from newer content, is recognised and not replaced unasked.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import msgspec

from generator.errors import DeployError

SOURCE = "Paperfolio-source"
"""The line of a commit message that names the commit the site was built from."""
_REFUSED = re.compile(r"denied|not permitted|403|protected branch|declined|unpack|read-only|Authentication|Permission")
# a ref cannot be locked for ever where the name of another branch is in its way
_MOVED = re.compile(r"non-fast-forward|fetch first|stale info|cannot lock ref(?!.* exists; cannot create)")


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where to publish: a branch of a remote repository, by its names."""

    remote: str = "origin"
    branch: str = "gh-pages"


class Deployed(msgspec.Struct, frozen=True, kw_only=True):
    """What was published, or would be."""

    address: str
    """The remote repository."""
    commit: str
    """The new commit of the branch; "" when the branch holds the same site already."""


def suggested_url(folder: Path, remote: str) -> str:
    """The address at which GitHub Pages shows the repository of ``folder``; "" when it is not at GitHub."""
    address = _git(folder, "remote", "get-url", remote).stdout.strip()
    found = re.search(r"github\.com[:/]([\w.-]+)/([\w.-]+?)(\.git)?/?\Z", address)
    if not found:
        return ""
    owner, name = found[1].lower(), found[2]
    return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")


def prepare(folder: Path, target: Target, force: bool = False) -> str:
    """See that the site in ``folder`` can be published, before time is spent on it; gives the tip of the branch.

    The tip is "" when the remote repository does not have the branch yet. Raises DeployError: no git, no repository,
    no such remote, a remote that cannot be reached, or a branch that holds what was not published from here
    (unless ``force``).
    """
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top.returncode and "not a git repository" not in top.stderr:
        _fail(f"git does not open the repository: {_words(top.stderr)}", "")
    if top.returncode:
        _fail("this folder is in no git repository", "make one: git init, then git remote add origin ADDRESS")
    if _git(folder, "remote", "get-url", target.remote).returncode:
        others = ", ".join(_git(folder, "remote").stdout.split())
        hint = f"there are: {others}" if others else f"name it: git remote add {target.remote} ADDRESS"
        _fail(f"the repository knows no remote {target.remote!r}", hint)
    if _git(folder, "check-ref-format", "--branch", target.branch).returncode:
        _fail(f"{target.branch!r} cannot be the name of a branch", "take a plain name like gh-pages")
    if f"branch refs/heads/{target.branch}" in _git(folder, "worktree", "list", "--porcelain").stdout.splitlines():
        _fail(
            f"{target.branch} is the branch you work on; the site would take the place of its files",
            "choose another one with --branch, or work on main (git worktree list tells where)",
        )
    if not _git(folder, "var", "GIT_COMMITTER_IDENT").stdout:
        _fail("git does not know who you are", 'say it: git config --global user.name "Ada", and user.email')
    tip = _fetch(folder, target)
    if not force:
        _check_tips(folder, target, tip)
    return tip


def publish(
    folder: Path, output: Path, target: Target, tip: str, message: str = "", history: bool = True, dry_run: bool = False
) -> Deployed:
    """Commit what is in ``output`` onto the branch, whose tip ``prepare`` gave, and push it.

    Without ``history`` the branch will hold this one commit. A ``CNAME`` of the branch stays when the site has none.
    Raises DeployError when the remote repository refuses; the branch is then as it was, here and there.
    """
    address = _git(folder, "remote", "get-url", target.remote).stdout.strip()
    reference = f"refs/heads/{target.branch}"
    before = _git(folder, "rev-parse", "--verify", "--quiet", reference).stdout.strip()
    try:
        commit = _commit(folder, output, target, tip, message, history)
        same = _tree(folder, commit) == _tree(folder, tip) if tip and history else False
        if same or dry_run:
            return Deployed(address=address, commit="" if same else commit)
        lease = [] if history else [f"--force-with-lease={reference}:{tip}"]
        pushed = _git(folder, "push", "--quiet", *lease, target.remote, f"{reference}:{reference}")
        if pushed.returncode:
            _refuse(target, address, pushed.stderr)
        before = commit
    finally:
        if before:
            _git(folder, "update-ref", reference, before)
        else:
            _git(folder, "update-ref", "-d", reference)
    return Deployed(address=address, commit=commit)


def _fetch(folder: Path, target: Target) -> str:
    """Bring the branch here as ``<remote>/<branch>``; its tip, or "" when the remote repository has none."""
    reference, copy = f"refs/heads/{target.branch}", f"refs/remotes/{target.remote}/{target.branch}"
    listed = _git(folder, "ls-remote", "--heads", target.remote, reference)
    if listed.returncode:
        hint = "is the address right (git remote -v), may you use it, and is there a network?"
        _fail(f"the remote {target.remote!r} cannot be reached: {_words(listed.stderr)}", hint)
    if not listed.stdout.strip():
        # ghp-import would go on from what was there
        _git(folder, "update-ref", "-d", copy)
        return ""
    fetched = _git(folder, "fetch", "--quiet", "--no-tags", target.remote, f"+{reference}:{copy}")
    if fetched.returncode:
        _fail(f"the branch {target.branch} of {target.remote!r} cannot be fetched: {_words(fetched.stderr)}", "")
    return _git(folder, "rev-parse", copy).stdout.strip()


def _check_tips(folder: Path, target: Target, tip: str) -> None:
    """Raise DeployError when the branch holds what Paperfolio did not publish, here or there, or there a site that
    was built from what is not known here.

    A commit that changes nothing but CNAME is GitHub's own, made when a domain is set.
    """
    here, there = f"refs/heads/{target.branch}", f"the branch {target.branch} of {target.remote!r}"
    local = _git(folder, "rev-parse", "--verify", "--quiet", here).stdout.strip()
    if tip and local and _is_in(folder, local, tip):
        local = ""  # nothing of it would be lost
    for commit, name, where in (
        (tip, f"{target.remote}/{target.branch}", there),
        (local, target.branch, f"the branch {target.branch} in this repository"),
    ):
        if not commit:
            continue
        shown = f"--format=%s, by %an on %ad%n%(trailers:key={SOURCE},valueonly)"
        files = (":/", ":(top,exclude)CNAME")
        # what is said of a signature would come first
        only = ("-1", "--no-show-signature", "--date=short")
        last = _git(folder, "log", *only, shown, commit, "--", *files).stdout.strip()
        about, _, source = last.partition("\n")
        if not source:
            what = f"{where} holds what Paperfolio did not publish ({about})"
            _fail(what, f"look at it: git log -p {name}; to publish over it, say --force")
        if commit == tip and not _is_in(folder, tip, here) and not _is_in(folder, source.strip(), "HEAD"):
            what = f"{where} shows a newer site, built from a commit that you do not have ({about})"
            is_shallow = _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"
            get = "git fetch --unshallow" if is_shallow else "git pull"
            _fail(what, f"get it first: {get}; or publish yours over it with --force")


def _is_in(folder: Path, commit: str, other: str) -> bool:
    """Whether a commit is another one, or an ancestor of it."""
    return not _git(folder, "merge-base", "--is-ancestor", commit, other).returncode


def _commit(folder: Path, output: Path, target: Target, tip: str, message: str, history: bool) -> str:
    head = _git(folder, "rev-parse", "--verify", "--quiet", "HEAD").stdout.strip()
    text = message or "Publish the site"
    text += f"\n\n{SOURCE}: {head or 'none'}"
    arguments = ["--no-jekyll", "--branch", target.branch, "--remote", target.remote, "--message", text]
    if not history:
        arguments.append("--no-history")
        # without a remote branch ghp-import would go on from a branch that is here
        _git(folder, "update-ref", "-d", f"refs/heads/{target.branch}")
    cname = _git(folder, "show", f"{tip}:CNAME") if tip else None
    if cname and not cname.returncode and cname.stdout.strip() and not (output / "CNAME").exists():
        arguments += ["--cname", cname.stdout.strip()]
    command = [sys.executable, "-m", "ghp_import", *arguments, str(output.resolve())]
    made = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if made.returncode or "Failed" in made.stdout:
        # what fast-import says comes before the traceback that ghp-import ends with
        said = made.stderr.partition("Traceback")[0] or made.stderr or made.stdout
        _fail(f"the commit cannot be made: {_words(said)}", "")
    return _git(folder, "rev-parse", f"refs/heads/{target.branch}").stdout.strip()


def _tree(folder: Path, commit: str) -> str:
    return _git(folder, "rev-parse", f"{commit}^{{tree}}").stdout.strip()


def _refuse(target: Target, address: str, words: str) -> NoReturn:
    if _MOVED.search(words):
        what = f"somebody else has changed the branch {target.branch} of {target.remote!r} at this moment"
        _fail(what, "publish again")
    if _REFUSED.search(words):
        _fail(
            f"{address} does not let you push to {target.branch}: {_words(words)}",
            "ask for the right to write there, or see whether the branch is protected",
        )
    _fail(f"{target.branch} cannot be pushed to {address}: {_words(words)}", "")


def _words(text: str) -> str:
    """What git says, on one line, without what it only repeats."""
    lines = [re.sub(r"^((fatal|error|remote): *)+", "", line).strip() for line in text.splitlines()]
    repeated = ("hint:", "To ", "!", "failed to push some refs")
    return "; ".join(line for line in lines if line and not line.startswith(repeated)) or "git does not say why"


def _git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # in English, since some answers are understood here
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        _fail("there is no program git", "install it: https://git-scm.com/")


def _fail(what: str, hint: str) -> NoReturn:
    raise DeployError(what, hint=hint)
