"""A build, from top to bottom: load, plan, render, publish."""

import contextlib
import gc
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator import destination, inputs, state, tree
from generator.digests import Digests
from generator.errors import ContentError, Place, Problem, ThemeError

if TYPE_CHECKING:
    from generator.loaded import Loaded
    from generator.memory import Memory
    from generator.output import Output
    from generator.theme import Theme
    from generator.views import ReferenceView


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to build: where to, what of, and for which address."""

    output: Path | None = None
    clean: bool = False
    drafts: bool = False
    jobs: int | None = None
    """Processes that work at once where there is much to do; None: as many as there are processors for."""
    executor: str = ""
    """Address of a cluster that renders: dask://host:port."""
    url: str = ""
    local: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did."""

    output: Path
    url: str
    pages: int
    files: int
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    changed_by_hand: tuple[str, ...] = ()
    notes: tuple[Problem, ...]
    """What was left out, and what would bring it."""
    warnings: tuple[Problem, ...]
    """What is doubtful in the content."""
    stages: tuple[tuple[str, float], ...]
    """Seconds that each stage took, in their order."""
    seconds: float


class Remembered(msgspec.Struct, frozen=True, array_like=True):
    """What a build says when nothing has changed since."""

    inputs: str
    """Digest of all that the build depended on."""
    url: str
    pages: int
    files: int
    notes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


class Stopwatch:
    """Tells how long each stage took."""

    def __init__(self) -> None:
        self.start = self._last = time.perf_counter()
        self.laps: list[tuple[str, float]] = []

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps.append((stage, now - self._last))
        self._last = now


NO_URL = Problem(
    Place("content/site.yaml"),
    "no url: canonical links, the sitemap, share previews, fragments and absolute addresses in feeds are left out",
    "write url: https://name.github.io/ (where the site will be published)",
)


def build(
    folder: Path,
    options: Options,
    started: Callable[[int], None] = lambda total: None,
    done: Callable[[int], None] = lambda count: None,
    memory: "Memory | None" = None,
) -> Report:
    """Build the site in ``folder`` and publish it into its output folder.

    Whoever builds often gives a ``memory``, which then is neither read from the disk nor written to it. ``started``
    hears how many files there will be, ``done`` how many more are ready.

    Raises ContentError with every problem of the content, ThemeError, ExecutorError or OutputError; the output folder
    is then as it was.
    """
    with _uncollected():
        return _build(folder.resolve(), options, started, done, memory)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cyclic garbage: a build keeps nearly all that it makes, and makes few cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _build(
    folder: Path,
    options: Options,
    started: Callable[[int], None],
    done: Callable[[int], None],
    lasting: "Memory | None",
) -> Report:
    watch = Stopwatch()
    output = options.output or folder / "output"
    destination.check(folder, output, lasting.manifests if lasting else None)
    digests = lasting.digests if lasting else Digests() if options.clean else Digests.of_site(folder)
    seen = inputs.look(folder, digests, options.drafts, options.url, options.local)
    last = None if options.clean else _remembered(folder, output, seen)
    watch.lap("look whether anything changed")
    if last:
        digests.save()
        return _report(output, last, watch)

    # only a build that has something to do needs the rest of the program
    from generator import content, executors, forks, publish
    from generator.memory import Memory
    from generator.output import Page
    from generator.plan import plan
    from generator.render import Renderer, faults, render

    watch.lap("start the program")
    jobs = options.jobs or forks.usual()
    # who builds often may have threads, and keeps what a build makes
    forked = jobs if forks.possible() and not lasting else 1
    memory = lasting or Memory.of(None if options.clean else folder, digests, seen.program)
    loaded = content.load(folder, options.drafts, memory.readings, digests, seen.listing, forked)
    seen.listing.forget()
    digests.forget()
    watch.lap("read the content")
    if options.url:
        loaded.change(url=options.url)
    chosen = _theme(loaded, folder)
    watch.lap("read the theme")
    notes = _without_what_is_not_installed(loaded)
    references = _references(loaded, None if options.clean else folder, seen.program, forked)
    planned = plan(loaded, chosen, memory.earlier, references, forked)
    if loaded.problems:
        from generator import templates

        # else they are told when pages are made
        loaded.problems.extend(templates.unreadable(chosen))
        raise _refusal(loaded)
    watch.lap("plan the pages")
    started(len(planned.outputs))
    now = Remembered(
        inputs=seen.digest,
        url=planned.site.url,
        pages=sum(isinstance(output, Page) for output in planned.outputs),
        files=len(planned.outputs),
        notes=notes if planned.site.url else (NO_URL, *notes),
        warnings=loaded.warnings.sorted(),
    )
    with (
        publish.publishing(folder, output, clean=options.clean, manifests=memory.manifests) as publisher,
        executors.opened(options.executor, jobs) as executor,
    ):
        cache = None if options.clean else state.cache(folder, "templates")
        renderer = memory.renderer_of(Renderer(chosen, planned.site, planned.words, options.local, cache, seen.program))
        outputs = deque(planned.outputs)
        del planned
        made = render(_handed_over(outputs), renderer, publisher.known, executor, forked, done, memory.fingerprints)
        try:
            published = publisher.publish(made, partial(_to_remember, now, seen, loaded))
        except ThemeError as error:
            # the outputs are gone, and with them what they were made of
            planned = plan(loaded, chosen, memory.earlier, references)
            found = dict.fromkeys((*error.problems, *faults(planned.outputs, renderer)))
            message = error.message if len(found) == len(error.problems) else "pages cannot be rendered"
            raise ThemeError(message, sorted(found)) from error
        memory.settle()
    watch.lap("render and write")
    return msgspec.structs.replace(
        _report(output, now, watch),
        written=published.written,
        removed=published.removed,
        foreign=published.foreign,
        changed_by_hand=published.changed_by_hand,
    )


def _handed_over(outputs: "deque[Output]") -> "Iterator[Output]":
    """The outputs, none of which is held on to: what feeds are made of goes with the last feed that is written."""
    while outputs:
        yield outputs.popleft()


def _remembered(folder: Path, output: Path, seen: inputs.Inputs) -> Remembered | None:
    """What the last build left, if it saw the same and its output is untouched."""
    if not seen.digest:
        return None
    note = tree.remembered(folder, output)
    try:
        last = msgspec.msgpack.decode(note.said, type=Remembered)
    except msgspec.DecodeError:
        return None
    return last if last.inputs == seen.digest and note.still_so() else None


def _to_remember(now: Remembered, seen: inputs.Inputs, loaded: "Loaded") -> bytes:
    """What the next build will know of this one; less where it may have read what was not seen, though it be undone."""
    if not seen.still_so(loaded.unopened):
        now = msgspec.structs.replace(now, inputs="")
    return msgspec.msgpack.encode(now)


def _report(output: Path, made: Remembered, watch: Stopwatch) -> Report:
    """The report of a build that changed nothing."""
    return Report(
        output=output,
        url=made.url,
        pages=made.pages,
        files=made.files,
        notes=made.notes,
        warnings=made.warnings,
        stages=tuple(watch.laps),
        seconds=time.perf_counter() - watch.start,
    )


def _references(
    loaded: "Loaded", folder: Path | None, program: str, jobs: int
) -> "dict[str, tuple[ReferenceView, ...]]":
    config = loaded.site.config
    if not config.citation_styles:
        return {}
    from generator import citation_styles
    from generator.kept import Kept

    def place(number: int) -> Place:
        return loaded.place(config.origin, "citation_styles", number)

    cache = state.cache(folder, "references") if folder else None
    kept: Kept[str] = Kept(str, cache / "references" if cache else None, program)
    return citation_styles.references(loaded.site, kept, place, loaded.problems, jobs)


def _without_what_is_not_installed(loaded: "Loaded") -> tuple[Problem, ...]:
    """Drop the wish for pictures that cannot be drawn here, and say so."""
    from generator import share_image

    config = loaded.site.config
    if config.share_images == "none" or share_image.available():
        return ()
    loaded.change(share_images="none")
    place = loaded.place(config.origin, "share_images")
    return (
        Problem(place, "share_images: no picture is drawn", f"install what draws: pip install '{share_image.EXTRA}'"),
    )


def _theme(loaded: "Loaded", folder: Path) -> "Theme":
    """The theme that the site wants. Raises ContentError when it cannot be had: that is one of the site's problems."""
    from generator import theme

    config = loaded.site.config
    try:
        return theme.load(config.theme, folder)
    except ThemeError as error:
        if error.problems:
            loaded.problems.extend(error.problems)
        else:
            loaded.problems.add(loaded.place(config.origin, "theme"), f"theme: {error.message}", error.hint)
        raise _refusal(loaded) from error


def _refusal(loaded: "Loaded") -> ContentError:
    found = loaded.problems.sorted()
    count = f"{len(found)} problem{'s' * (len(found) != 1)}"
    return ContentError(f"{count} found; nothing was written", found)
