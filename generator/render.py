"""Outputs to bytes. A page depends on its template, its data and what every page knows of the site, on nothing else;
its fingerprint is made of just these, so what is unchanged need not be rendered."""

import hashlib
import html
import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import jinja2
import msgspec

from generator import forks, templates, urls
from generator.errors import Problem, ThemeError
from generator.kept import Same
from generator.output import Asset, Content, Export, Output, Page
from generator.theme import Theme
from generator.views import SiteView, encoded
from generator.words import Words

if TYPE_CHECKING:  # a build without them starts sooner
    from concurrent.futures import Executor, Future

CHUNK = 64
"""Pages that a worker takes at once."""
MOST_WAITING = 64
"""Chunks that workers are given ahead, so that memory does not grow with the site."""

PART = 16
"""Outputs that a fork makes before it sends them."""
TURNS = 128
"""Parts that a fork makes before another takes its place. To look at an object copies the page of memory it lies in, to
the fork or to this process: more forks copy more, and fewer hold more of what they copied."""

MOST_TRIED = 200
"""Pages of each template that are tried to tell what is wrong with it."""

Made = tuple[str, str, Callable[[], bytes] | Path | None]
"""Path, fingerprint, and the bytes to write (or the file to copy); None: the file there is still right."""
_Stale = tuple[Page | Export, str]
"""What must be made anew, with its fingerprint."""


class Renderer(msgspec.Struct, frozen=True, dict=True):
    """Renders pages of one site with one theme.

    ``local``: links name index.html, for reading from disk; ``cache``: a folder for compiled templates; ``program``:
    the digest of the program.
    """

    theme: Theme
    site: SiteView
    words: Words
    local: bool = False
    cache: Path | None = None
    program: str = ""

    @cached_property
    def environment(self) -> jinja2.Environment:
        environment = templates.environment(self.theme, self.words, self.cache)
        environment.globals["site"] = msgspec.structs.replace(self.site, options=templates.Options(self.site.options))
        environment.globals["absolute"] = self._absolute
        environment.globals["local"] = self.local
        return environment

    @cached_property
    def state(self) -> bytes:
        """Digest of what all pages share."""
        shared = (self.program, self.theme.digest, self.site, self.words, self.local)
        return hashlib.blake2b(encoded(shared), digest_size=16).digest()

    @cached_property
    def _template(self) -> Callable[[str], jinja2.Template]:
        return lru_cache(None)(self.environment.get_template)  # without the locks that Jinja's own cache takes

    def renew(self) -> None:
        """Begin another build with the templates as they are loaded."""
        templates.renew(self.environment)

    def fingerprint(self, output: Page | Export) -> str:
        """Hex digest of all that decides the bytes of an output; "" when only these themselves can tell."""
        if isinstance(output, Export):
            return str(_digest(f"{self.program} {output.digest}".encode()).hexdigest()) if output.digest else ""
        if output.digest:
            data = f"{output.template} {output.digest}".encode()
        else:
            data = encoded((output.template, *_in_short(output.make())))
        return hashlib.blake2b(data, digest_size=16, key=self.state).hexdigest()

    def page(self, page: Page) -> bytes:
        """The page as UTF-8.

        Raises ThemeError when a template is wrong.
        """
        return self.rendered(page.template, page.make())

    def rendered(self, template: str, content: Content) -> bytes:
        """What a template makes of a page's content."""
        address = content.page.address
        if content.page.kind == "missing":
            # shown at any depth, so its links start at the site's base path
            root = "./" if self.local else html.escape(urlsplit(self.site.url).path or "/")
        else:
            root = urls.root(address)
        try:
            pieces = self._template(template).generate(page=content.page, data=content.data)
            return urls.written(pieces, root, self.local)
        except Exception as error:  # noqa: BLE001 - sorted out in fail: a template's error or a bug of ours
            templates.fail(error, self.theme, address)

    def _absolute(self, address: str) -> str:
        return self.site.url + address[1:] if self.site.url and address.startswith("/") else ""


def _in_short(content: Content) -> tuple[object, ...]:
    """What decides what a page shows: lists of papers say by their digests what these are."""
    data = content.data
    lists: dict[str, Any] = {name: getattr(data, name, ()) for name in ("papers", "selected")}
    digests = {name: tuple(paper.digest for paper in papers) for name, papers in lists.items() if papers}
    short = msgspec.structs.replace(data, **digests) if data and digests else data
    return type(data).__name__, content.page, short


def render(
    outputs: Iterable[Output],
    renderer: Renderer,
    known: Callable[[str], str | None],
    executor: "Executor | None" = None,
    jobs: int = 1,
    done: Callable[[int], None] = lambda count: None,
    same: Same[tuple[str, str]] | None = None,
) -> Iterator[Made]:
    """The bytes of every output whose fingerprint differs from ``known(path)``.

    ``same`` are path and fingerprint of outputs that an earlier build had, too.
    ``executor`` renders the pages, if there is one; else ``jobs`` processes make all that is worth sharing. ``done``
    hears how many outputs are ready.
    """
    stale: deque[_Stale] = deque()
    for output in outputs:
        found = same.get(output) if same is not None else None
        if found is None:
            fingerprint = "" if isinstance(output, Asset) else renderer.fingerprint(output)
            found = output.path, fingerprint
            if same is not None:
                same.put(output, found)
        path, fingerprint = found
        if isinstance(output, Asset) or (isinstance(output, Export) and not fingerprint):
            yield _copy(output, known)
            done(1)
        elif known(path) == fingerprint:
            yield path, fingerprint, None
            done(1)
        else:
            stale.append((output, fingerprint))
    if executor:
        pages = [(output, fingerprint) for output, fingerprint in stale if isinstance(output, Page)]
        yield from _elsewhere(pages, renderer, executor, done)
        stale = deque((output, fingerprint) for output, fingerprint in stale if not isinstance(output, Page))
    elif jobs > 1 and len(stale) >= forks.WORTH_IT:
        yield from _shared(stale, renderer, jobs, done)
        return
    while stale:
        output, fingerprint = stale.popleft()
        yield output.path, fingerprint, partial(_made, output, renderer)
        done(1)


def faults(outputs: Iterable[Output], renderer: Renderer) -> Iterator[Problem]:
    """What pages show to be wrong with templates, each tried with its first pages."""
    tried: Counter[str] = Counter()
    for output in outputs:
        if isinstance(output, Page) and tried[output.template] < MOST_TRIED:
            tried[output.template] += 1
            try:
                renderer.page(output)
            except ThemeError as error:
                yield from error.problems


def _made(output: Page | Export, renderer: Renderer) -> bytes:
    return renderer.page(output) if isinstance(output, Page) else output.data()


def _copy(output: Export | Asset, known: Callable[[str], str | None]) -> Made:
    """An output of which nothing but its bytes tells whether it has changed."""
    if isinstance(output, Asset) and output.content is None:
        with output.source.open("rb") as file:
            fingerprint = hashlib.file_digest(file, _digest).hexdigest()
        return output.path, fingerprint, None if known(output.path) == fingerprint else output.source
    data = output.data() if isinstance(output, Export) else output.content
    assert data is not None
    fingerprint = _digest(data).hexdigest()
    return output.path, fingerprint, None if known(output.path) == fingerprint else lambda: data


def _shared(stale: Iterable[_Stale], renderer: Renderer, jobs: int, done: Callable[[int], None]) -> Iterator[Made]:
    """What is stale, made by forks too.

    A page of each kind is made before, so that forks have its templates, and so is what goes through all papers: a fork
    that did so would come to have all once more that it shares with this process.
    """
    before: list[_Stale] = []
    rest: list[_Stale] = []
    templates: set[str] = set()
    for output, fingerprint in stale:
        is_first = output.template not in templates if isinstance(output, Page) else output.of_all
        (before if is_first else rest).append((output, fingerprint))
        if isinstance(output, Page):
            templates.add(output.template)
    for output, fingerprint in before:
        yield output.path, fingerprint, partial(_made, output, renderer)
        done(1)
    # what is made of many papers takes longest, so it is begun first
    many = [pair for pair in rest if not pair[0].place.file]
    others = [pair for pair in rest if pair[0].place.file]
    parts = [*forks.cut(many, 1), *forks.cut(others, PART)]

    def work(part: Sequence[_Stale]) -> bytes:
        return msgspec.msgpack.encode([_made(output, renderer) for output, _ in part])

    for number, sent in forks.shared(work, parts, jobs, TURNS):
        if sent is None:
            for output, fingerprint in parts[number]:
                yield output.path, fingerprint, partial(_made, output, renderer)
        else:
            made = msgspec.msgpack.decode(sent, type=list[bytes])
            for (output, fingerprint), data in zip(parts[number], made, strict=True):
                yield output.path, fingerprint, partial(bytes, data)
        done(len(parts[number]))


def _digest(data: bytes = b"") -> Any:
    return hashlib.blake2b(data, digest_size=16)


def _elsewhere(
    stale: Sequence[tuple[Page, str]], renderer: Renderer, executor: "Executor", done: Callable[[int], None]
) -> Iterator[Made]:
    chunks = forks.cut(stale, CHUNK)
    packed = pickle.dumps(renderer)
    waiting: deque[tuple[Sequence[tuple[Page, str]], Future[list[bytes]]]] = deque()
    for chunk in chunks:
        asked = [(page.template, page.make()) for page, _ in chunk]
        waiting.append((chunk, executor.submit(_render_chunk, packed, asked)))
        if len(waiting) > MOST_WAITING:
            yield from _collected(*waiting.popleft(), done)
    while waiting:
        yield from _collected(*waiting.popleft(), done)


def _collected(
    chunk: Sequence[tuple[Page, str]], rendered: "Future[list[bytes]]", done: Callable[[int], None]
) -> Iterator[Made]:
    for (page, fingerprint), data in zip(chunk, rendered.result(), strict=True):
        yield page.path, fingerprint, partial(bytes, data)
    done(len(chunk))


def _render_chunk(packed: bytes, pages: list[tuple[str, Content]]) -> list[bytes]:
    renderer = _unpacked(packed)
    return [renderer.rendered(template, content) for template, content in pages]


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Renderer:
    """The renderer in a worker, with its compiled templates, kept from chunk to chunk."""
    renderer: Renderer = pickle.loads(packed)  # noqa: S301 - our own process packed it
    return renderer
