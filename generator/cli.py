"""The command line: arguments to one call, its result to a report and an exit code.

Data go to stdout, messages to stderr. Exit code 0: done; 1: the content or the machine is at fault, said in one
report; 2: the command line is wrong. An error of our own keeps its traceback.
"""

import contextlib
import datetime
import errno
import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import __version__, reports, site_folder, state
from generator.errors import PaperfolioError
from generator.terminal import count, print_json, progress, quoted, say, say_error, say_problems, status

if TYPE_CHECKING:
    from generator.build import Options, Report
    from generator.check.report import Report as Checked
    from generator.formats.profile import Profile
    from generator.memory import Memory
    from generator.model import Paper
    from generator.sources.client import Client
    from generator.sources.identifiers import Source

MOST_NAMES = 5
"""Authors by which a paper is recognised when somebody is asked about it."""
OUTPUT_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)
"""What writing to stdout may fail with when the machine is at fault."""


def _open_to_us(context: click.Context, parameter: click.Parameter, site: str) -> Path:
    """The folder of the site; raises PaperfolioError where its files may not be read."""
    if os.access(site, os.R_OK | os.X_OK):
        return Path(site)
    try:
        os.stat(site)
    except PermissionError:
        pass  # it lies in a folder that may not be entered
    except OSError:
        raise click.BadParameter(f"Directory {site!r} does not exist.") from None
    raise PaperfolioError(f"{site} cannot be read: Permission denied", hint="give yourself the right to read it")


site_option = click.option(
    "--site",
    type=click.Path(file_okay=False, readable=False),
    callback=_open_to_us,
    default=".",
    show_default="the current folder",
    help="Folder of the site; it holds content/.",
)


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed by who started us; a file that is opened must not take its place
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the end
        stream = getattr(sys, name)
        # data for programs are UTF-8: JSON in anything else is none, and HTML would lose letters
        encoding = "utf-8" if name == "stdout" and not stream.isatty() else None
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        _check_here()
        commands(prog_name="paperfolio", standalone_mode=False)
        sys.stdout.flush()
    except PaperfolioError as error:
        say_error(error)
        sys.exit(1)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        say("Stopped.")
        sys.exit(1)
    except BrokenPipeError:
        # whoever read our output has left; nobody is there to be told
        _drop_stdout()
        sys.exit(1)
    except OSError as error:
        if error.filename is not None or error.errno not in OUTPUT_ERRORS:
            raise
        _drop_stdout()
        say(f"The output cannot be written: {error.strerror}", fg="red")
        sys.exit(1)
    sys.exit(0)


def _check_here() -> None:
    """Raise PaperfolioError where the current folder was deleted: no path means anything there."""
    try:
        Path.cwd()
    except OSError as error:
        raise PaperfolioError("the current folder is gone", hint="change into another one") from error


def _drop_stdout() -> None:
    """Let what is left in the buffer go nowhere, so that Python does not fail again on it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="paperfolio")
def commands() -> None:
    """Make a website of an author's papers from YAML files.

    \b
    paperfolio new my-site       write a small site to begin with
    paperfolio build             make the website in output/
    paperfolio serve             see it in the browser while you write
    paperfolio check             look for broken links and the like in output/
    paperfolio publish           push output/ to GitHub Pages
    """


@commands.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, readable=False))
@click.option("--name", default="Ada Lovelace", show_default=True, help="Name of the author.")
def new(folder: Path, name: str) -> None:
    """Write a small site that builds at once into a new folder."""
    from generator import scaffold

    for path in scaffold.new(folder, name):
        say(f"wrote {path}")
    say(f"Next: cd {quoted(folder)} && paperfolio serve --open")


@commands.command()
@site_option
@click.option(
    "--output", type=click.Path(path_type=Path, readable=False), help="Folder to write.  [default: output/ of the site]"
)
@click.option("--clean", is_flag=True, help="Make everything anew, trusting nothing of earlier builds.")
@click.option("--drafts", is_flag=True, help="Build what is marked draft: true, too.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    show_default="on Linux one for each processor, at most 4; else 1",
    help="Processes that read papers and make pages where there are many.",
)
@click.option("--executor", default="", metavar="ADDRESS", help="Dask cluster that renders pages: dask://host:port.")
@click.option("--url", default="", help="Address of the published site, instead of url in site.yaml.")
@click.option("--local", is_flag=True, help="Make links that work when the files are opened by double click.")
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done, or what is wrong, as JSON.")
def build(
    site: Path,
    output: Path | None,
    clean: bool,
    drafts: bool,
    jobs: int | None,
    executor: str,
    url: str,
    local: bool,
    timings: bool,
    as_json: bool,
) -> None:
    """Make the website. Only what changed is made again; if anything is wrong, nothing is written."""
    from generator.build import Options

    address = _read_address(url)
    options = Options(output=output, clean=clean, drafts=drafts, jobs=jobs, executor=executor, url=address, local=local)
    try:
        report = _build(site, options)
    except PaperfolioError as error:
        if not as_json:
            raise
        print_json(reports.not_built_as_json(error))
        sys.exit(1)
    if as_json:
        print_json(reports.built_as_json(report))
        return
    for stage, seconds in report.stages if timings else ():
        say(f"{seconds:7.3f} s  {stage}")
    reports.tell_built(report, options, site)


@commands.command()
@site_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option("--drafts", is_flag=True, help="Show what is marked draft: true, too.")
def serve(site: Path, host: str, port: int, open_browser: bool, drafts: bool) -> None:
    """Build, show the site in the browser, and do so again whenever a file changes."""
    from generator import serve as server
    from generator.build import Options
    from generator.digests import Digests
    from generator.inputs import program
    from generator.memory import Memory

    options = Options(drafts=drafts)
    digests = Digests.of_site(site.resolve())
    memory = Memory.of(site.resolve(), digests, program(digests), lasting=True)

    def built() -> "Report":
        report = _build(site, options, memory)
        reports.tell_built(report, options, site, where=False)
        return report

    server.serve(site, host, port, open_browser, built, say_error, say)


@commands.command()
@site_option
@click.option(
    "--output", type=click.Path(path_type=Path, readable=False), help="Folder to read.  [default: output/ of the site]"
)
@click.option("--external", is_flag=True, help="Ask other hosts, too, whether what you link to is still there.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--github", is_flag=True, help="Print what was found as annotations for GitHub Actions.")
def check(site: Path, output: Path | None, external: bool, as_json: bool, github: bool) -> None:
    """Read the built site back: links, anchors, images, titles, metadata, feeds, sizes.

    Names the line of your content that is the cause, if it can be told. Exit code 1 if there is an error; warnings
    alone do not fail. What answered to --external is not asked for again within a week.
    """
    if as_json and github:
        raise click.UsageError("--json and --github cannot be used together")
    try:
        checked = _check(site, output, external)
    except PaperfolioError as error:
        if not as_json:
            raise
        print_json(reports.not_checked_as_json(error))
        sys.exit(1)
    if as_json:
        print_json(reports.checked_as_json(checked))
    elif github:
        for finding in checked.findings:
            click.echo(reports.annotation(finding, site))
        reports.tell_checked(checked)
    else:
        reports.tell_findings(checked.findings)
        reports.tell_checked(checked)
    sys.exit(1 if checked.errors else 0)


@commands.command()
@site_option
@click.option("--branch", default="gh-pages", show_default=True, help="Branch that holds the published site.")
@click.option("--remote", default="origin", show_default=True, help="Name of the remote repository.")
@click.option("--message", default="Publish the site", show_default=True, help="Message of the commit.")
@click.option("--url", default="", help="Address of the published site, instead of url in site.yaml.")
@click.option("--no-history", is_flag=True, help="Let the branch hold one commit only; what was there is replaced.")
@click.option("--force", is_flag=True, help="Publish over a site that was not published from here.")
@click.option("--dry-run", is_flag=True, help="Do everything but the push.")
def publish(
    site: Path, branch: str, remote: str, message: str, url: str, no_history: bool, force: bool, dry_run: bool
) -> None:
    """Build the site, check it, and push it to a branch for GitHub Pages.

    Nothing is pushed if the content has problems, if the check finds errors, or if the branch holds what was not
    published from here. Needed once: on GitHub, under Settings, Pages, choose to deploy from the branch gh-pages.
    """
    from generator import deploy
    from generator.build import Options

    address = _read_address(url)
    site_folder.check(site)
    target = deploy.Target(remote=remote, branch=branch)
    tip = deploy.prepare(site, target, force or no_history)
    options = Options(url=address)
    report = _build(site, options)
    reports.tell_built(report, options, site, where=False)
    suggested = deploy.suggested_url(site, remote)
    hint = f"write url: {suggested or 'https://name.github.io/'} into content/site.yaml, or say it with --url"
    if not report.url:
        raise PaperfolioError("the site does not know its address; nothing was published", hint=hint)
    if suggested and ".github.io/" in report.url and report.url.lower() != suggested.lower():
        what = f"warning: the site is built for {report.url}, but GitHub shows this repository at {suggested}"
        say(f"{what}\n  hint: {hint}")
    checked = _check(site, None, False)
    reports.tell_findings(checked.findings)
    reports.tell_checked(checked)
    if checked.errors:
        raise PaperfolioError("nothing was published", hint="mend the errors above")
    deployed = deploy.publish(site, report.output, target, tip, message, not no_history, dry_run)
    where = f"branch {branch} of {deployed.address}"
    if not deployed.commit:
        say(f"Nothing to do: the {where} holds this site already")
    elif dry_run:
        say(f"Would push {count(report.files, 'file')} to the {where}; left it as it is")
    else:
        say(f"Pushed to the {where}; {report.url} shows it in some minutes", bold=True)


@commands.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(readable=False))
@site_option
@click.option(
    "--from",
    "kind",
    help="Kind of the source: bibtex, ris, endnote, pubmed, csl-json, zotero-json, json-resume, csv, "
    "profile-text, hugoblox, al-folio, academicpages, lab-website, quarto.  "
    "[default: told from the source]",
)
@click.option("--author", help="Id of the profile that the papers belong to.  [default: by the name]")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day the source was saved; dates without a year are not after it.  [default: when the file last changed]",
)
@click.option("--interactive", is_flag=True, help="Ask whether papers that look alike are one.")
def import_papers(
    sources: tuple[str, ...],
    site: Path,
    kind: str | None,
    author: str | None,
    as_of: datetime.datetime | None,
    interactive: bool,
) -> None:
    """Read papers from files, online services, or the folder of another generator's site; write YAML into content/.

    Several sources of one person are merged into one list. What you wrote yourself is never changed.

    \b
    Online services, by identifier or by the address of such a page:
    arxiv:1706.03762  orcid:0000-0002-1825-0097  openalex:A5023888391  dblp:65/9612
    doi:10.7717/peerj.4375  s2:1741101  zotero:groups/2055673
    """
    from generator import collection, library, merge
    from generator.sources import identifiers

    if site_folder.above(site):
        site_folder.check(site)
    day = as_of.date() if as_of else datetime.datetime.now().astimezone().date()
    sources = tuple(dict.fromkeys(sources))  # what one file lists twice stays two papers
    online = [identifiers.find(source) for source in sources]
    told = []
    # all are read before anything is written
    ask = _asking(site)
    for source, service in zip(sources, online, strict=True):
        if service:
            profile = ask(service, day)
        else:
            path = Path(source)
            profile = library.read(path, kind, day if as_of else library.last_changed(path, day))
        told.append(merge.Told(str(service) if service else source, profile))
    names = {one.profile.author.name for one in told} - {""}
    # files of several people are imported one by one
    apart = not any(online) and len(names) > 1
    for part in [[one] for one in told] if apart else [told]:
        collected = collection.collect(site, part, author, _decided if interactive else _undecided)
        reports.tell_kept(collected)
        reports.tell_collected(collected)


@commands.command()
@site_option
@click.option("--check", "only_check", is_flag=True, help="Only say what would change.")
def refresh(site: Path, only_check: bool) -> None:
    """Ask the online services that papers were imported from again: new papers, new figures.

    What you wrote or changed yourself is kept, and so is what a service said that does not answer now. Exit code 1 if
    one did not answer or something cannot be read; news alone are no fault, with --check neither.
    """
    from generator import collection
    from generator.errors import ImportFailed
    from generator.sources import identifiers

    site_folder.check(site)
    day = datetime.datetime.now().astimezone().date()
    failed = found = False
    ask = _asking(site, max_age=60 * 60)

    def again(source: str) -> "Profile":
        service = identifiers.find(source)
        if service is None:
            raise ImportFailed(f"{source} is no online service", hint="take it out of the list of sources")
        return ask(service, day)

    for one in collection.refresh(site, again, dry=only_check):
        found = True
        for source, error in one.failures:
            failed = True
            say_error(error)
            say(f"{one.author_id}: what {source} said last is kept")
        if one.collected:
            reports.tell_collected(one.collected, dry=only_check)
    if not found:
        say("Nothing to ask: no paper was imported from an online service; see: paperfolio import --help")
    sys.exit(1 if failed else 0)


@commands.command()
@site_option
@click.option(
    "--form",
    type=click.Choice(["script", "iframe", "html", "shadow"]),
    default="script",
    show_default=True,
    help="An element with its script, a frame, HTML, or HTML with its own style.",
)
@click.option("--author", default="", help="Only papers of the author with this id; several with commas.")
@click.option("--category", default="", help="Only papers of this category; several with commas.")
@click.option("--year", default="", help="Only papers of these years: 2023, 2020-2023, 2020- or -2023.")
@click.option("--tag", default="", help="Only papers with this tag; several with commas.")
@click.option("--code", is_flag=True, help="Only papers with code.")
@click.option("--selected", is_flag=True, help="Only selected papers.")
@click.option("--limit", type=click.IntRange(1, 1000), help="Papers to show.  [default: 100]")
@click.option("--sort", type=click.Choice(["newest", "oldest", "cited", "title"]), help="Order.  [default: newest]")
@click.option("--show", default="", help="What else is shown: abstract, links, citations, categories, tags.")
@click.option("--group", type=click.Choice(["year"]), help="A heading for each year.")
@click.option("--layout", type=click.Choice(["compact"]), help="One line for each paper.")
@click.option("--lang", default="", help="Language of words and dates.  [default: the site's]")
@click.option("--url", default="", help="Address of the published site, instead of url in site.yaml.")
def embed(site: Path, form: str, url: str, code: bool, selected: bool, **wished: str | int | None) -> None:
    """Print what to paste into a page of another website, so that it shows a list of papers."""
    from generator import embedding

    attributes = {name: str(value) for name, value in wished.items() if value}
    attributes |= dict.fromkeys([name for name, given in (("code", code), ("selected", selected)) if given], "")
    click.echo(embedding.text(site, form, attributes, _read_address(url)))


@commands.group(invoke_without_command=True)
@site_option
@click.pass_context
def themes(context: click.Context, site: Path) -> None:
    """List the themes with their options, or copy a template to change it."""
    context.obj = site
    if context.invoked_subcommand:
        return
    from generator import theme
    from generator.errors import Problems

    problems = Problems()
    manifests = theme.available(site, problems)
    say_problems(problems.sorted())
    for manifest in manifests:
        loaded = theme.load(manifest.name, site)
        click.echo(f"{manifest.name}  {manifest.description}")
        for name, option in sorted(loaded.options.items()):
            choices = f" ({', '.join(option.choices)})" if option.choices else f" ({option.type})"
            default = f", default {option.default}" if option.default else ""
            click.echo(f"  {name}{choices}{default}: {option.help}")


@themes.command("copy")
@click.argument("name", metavar="NAME")
@click.argument("file", metavar="FILE")
@site_option
@click.pass_context
def copy_template(context: click.Context, name: str, file: str, site: Path) -> None:
    """Copy one template or asset of the theme NAME into the site's themes/ folder, where it may be changed."""
    from generator import scaffold

    say(f"wrote {scaffold.copy_theme_file(site if site != Path() else context.obj, name, file)}")


@commands.command()
@click.argument("kind", type=click.Choice(["site", "author", "papers"]), default="papers")
@site_option
@click.option("--write", is_flag=True, help="Write all three into content/.schema/ instead, for the editor.")
def schema(kind: str, site: Path, write: bool) -> None:
    """Print the JSON Schema of a content file: site.yaml, an author's or a papers file."""
    from generator import scaffold

    if write:
        for path in scaffold.write_schemas(site):
            say(f"wrote {path}")
        return
    click.echo(scaffold.schema_text(kind), nl=False)


@commands.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that makes SHELL complete paperfolio's commands.

    \b
    bash: eval "$(paperfolio completion bash)"   in ~/.bashrc
    zsh:  eval "$(paperfolio completion zsh)"    in ~/.zshrc
    fish: paperfolio completion fish > ~/.config/fish/completions/paperfolio.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(commands, {}, "paperfolio", "_PAPERFOLIO_COMPLETE").source())


def _asking(site: Path, max_age: float | None = None) -> "Callable[[Source, datetime.date], Profile]":
    """What asks an online service; answers are kept, and count for ``max_age`` seconds."""

    @functools.cache
    def client() -> "Client":
        from generator.sources.client import DAY, Client

        with contextlib.suppress(OSError):  # without the folder no answer is kept
            state.make(str(site))
        return Client(site / state.FOLDER / "http", max_age=DAY if max_age is None else max_age)

    def ask(source: "Source", day: datetime.date) -> "Profile":
        asking = client()
        with status() as (asking.asked, asking.told):
            return source.service.read(source.identifier, asking.to(source.service), day)

    return ask


def _undecided(one: "Paper", other: "Paper") -> None:
    """Nobody is there to be asked whether two papers are one."""


def _decided(one: "Paper", other: "Paper") -> bool:
    """Ask whether two papers are one."""
    for paper in (one, other):
        say(f"  {reports.recognisable(paper)}", bold=True)
        names = [author.name for author in paper.authors]
        more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
        if names:
            say(f"    {', '.join(names[:MOST_NAMES])}{more}")
    try:
        return click.confirm("Are these one paper?", err=True)
    except click.Abort:
        say("")
        raise


def _build(site: Path, options: "Options", memory: "Memory | None" = None) -> "Report":
    from generator.build import build as build_site

    with progress() as (started, done):
        return build_site(site, options, started, done, memory)


def _check(site: Path, output: Path | None, external: bool) -> "Checked":
    from functools import partial

    from generator.check import external as elsewhere
    from generator.check.report import check as check_site

    if output is None and site_folder.above(site):
        site_folder.check(site)
    with progress("Asking", least=1) as (started, done):
        ask = partial(elsewhere.ask, folder=site, started=started, done=done) if external else None
        return check_site(site, output, ask)


def _read_address(url: str) -> str:
    if not url:
        return ""
    from generator.scalars import Wrong, read_site_url

    try:
        return read_site_url(url)
    except Wrong as wrong:
        raise click.BadParameter("; ".join(filter(None, (wrong.what, wrong.hint))), param_hint="--url") from None
