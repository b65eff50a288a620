"""A check of a built site, and what it found."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from generator.check import reading
from generator.check.finding import Fault, Finding
from generator.check.links import at_link
from generator.check.reading import UNKNOWN_HOME
from generator.check.site import Site
from generator.check.sources import Sources
from generator.content_files import printable
from generator.errors import PaperfolioError, Place

Answers = Mapping[str, Fault]
Ask = Callable[[Iterable[str]], Answers]
"""Web addresses to what is wrong with them."""


class Report(msgspec.Struct, frozen=True):
    """What a check read and found."""

    output: Path
    url: str
    """The absolute address of the site as its pages say it, or ""."""
    pages: int
    files: int
    links: int
    asked: int
    """Addresses elsewhere that were looked up."""
    findings: tuple[Finding, ...]
    """Errors first."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.error)


def check(folder: Path, output: Path | None = None, ask: Ask | None = None) -> Report:
    """Read the site that was built from ``folder``. ``ask`` looks up addresses elsewhere; without it they are let be.

    Raises PaperfolioError when there is no built site, or when it cannot be read.
    """
    folder = folder.resolve()
    output = (output or folder / "output").absolute()
    try:
        return _check(folder, output, ask)
    except OSError as error:
        if not Path(str(error.filename)).is_relative_to(output):
            raise
        raise PaperfolioError(f"{error.filename} cannot be read: {error.strerror}") from error


def _check(folder: Path, output: Path, ask: Ask | None) -> Report:
    paths = reading.paths(output)
    html = [
        path for path, size in paths.items() if reading.is_readable(size) and path.lower().endswith((".html", ".htm"))
    ]
    if not html:
        raise PaperfolioError(f"there is no site in {output}", hint="make it with: paperfolio build")
    home = reading.home(output, html) or UNKNOWN_HOME
    site = Site(output, home, paths, {page.path: page for page in reading.read(folder, output, html, home)})
    faults = [*site.faults()]
    outside = site.outside()
    answers = ask(outside) if ask else {}
    for target, fault in answers.items():
        named = msgspec.structs.replace(fault, what=f"{target} {fault.what}")
        faults += [(path, at_link(link, named)) for path, link in outside[target]]
    return Report(
        output=output,
        url="" if home == UNKNOWN_HOME else home,
        pages=len(html),
        files=len(paths),
        links=sum(len(page.links) for page in site.pages.values()),
        asked=len(outside) if ask else 0,
        findings=tuple(_findings(faults, Sources(folder, output))),
    )


def _findings(faults: list[tuple[str, Fault]], sources: Sources) -> list[Finding]:
    """Faults by their cause: what one line of the content brings onto several pages is one finding."""
    grouped: dict[tuple[bool, Place, str, str, str], list[str]] = {}
    for path, fault in faults:
        key = (not fault.error, sources.place(path, fault), fault.rule, fault.what, fault.hint)
        grouped.setdefault(key, []).append(str(Place(printable(path), fault.line, fault.column)))
    return [
        Finding(place=place, error=not doubtful, rule=rule, what=what, hint=hint, files=tuple(dict.fromkeys(files)))
        for (doubtful, place, rule, what, hint), files in sorted(grouped.items())
    ]
