"""The templates of a theme as Jinja runs them: compiled for speed, everything escaped, faults told with their place."""

import ast
import contextlib
import os
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import partial
from itertools import groupby
from keyword import iskeyword
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import jinja2
import jinja2.compiler
import msgspec
from jinja2.bccache import Bucket
from jinja2.filters import sync_do_join
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator import state, urls, views
from generator.errors import Place, Problem, ThemeError, closest, suggestion
from generator.text import Html, escaped
from generator.theme import Theme, shipped
from generator.views import BylineView, PaperView
from generator.words import Words

Visited = TypeVar("Visited", bound=jinja2.nodes.Node)

_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Markup of what surely is a text, without the questions that the class asks."""
_COMPILED = "compiled-5-"
"""The files of compiled templates; the number changes whenever templates are compiled in another way."""
EXTENSIONS = ("jinja2.ext.do", "jinja2.ext.loopcontrols")
"""What templates can do beside what Jinja can by itself."""
LEAST_FOLDED = 3
"""Names in a row that are worth folding."""


def environment(theme: Theme, words: Words, cache: Path | None = None) -> jinja2.Environment:
    """A Jinja environment for the templates of a theme: everything escaped, anything undefined an error.

    ``cache`` is a folder where compiled templates are kept; Jinja takes one from it only if it fits the source.
    Those of the program's own themes are kept beside them, as Python keeps its modules, where that can be.
    """
    if all(layer.folder.is_relative_to(shipped()) for layer in theme.layers):
        cache = _beside_themes() or cache
    made = jinja2.Environment(
        loader=_Loader(theme),
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Compiled(cache) if cache else None,
        extensions=EXTENSIONS,
    )
    made.code_generator_class = _Generator
    made.template_class = _Template
    made.globals.update(link=link, asset=partial(asset, theme), json_ld=json_ld, shared=Shared(), t=_Texts(words))
    made.filters.update(number=number, folded=folded, distinct=distinct, join=join)
    return made


def renew(environment: jinja2.Environment) -> None:
    """Begin another build: what the last one did not ask for to be shared will be forgotten."""
    shared = environment.globals["shared"]
    assert isinstance(shared, Shared)
    shared.renew()


def _beside_themes() -> Path | None:
    """The folder for the compiled templates of the program's themes; None where nothing can be written."""
    folder = shipped() / "__pycache__"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates in a folder: one that is not as it was written is compiled anew, and one that cannot be
    written is done without.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        code = state.saved(self._file(bucket))
        if code is not None:
            bucket.bytecode_from_string(bytes(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            state.save(self._file(bucket), [bucket.bytecode_to_string()])

    def get_source_checksum(self, source: str) -> str:
        """What a template was compiled from: its text, and the names of the fields that are read at once."""
        return super().get_source_checksum(" ".join((*_HOLDERS, source)))

    def _file(self, bucket: Bucket) -> str:
        return f"{self._folder}/{_COMPILED}{bucket.key}"


class _Undefined(jinja2.StrictUndefined):
    """What a template names and is not there; says which name that is there sounds like it."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        holder = self._undefined_obj
        if not isinstance(holder, msgspec.Struct | Mapping):
            return super()._undefined_message
        names = list(holder) if isinstance(holder, Mapping) else holder.__struct_fields__
        close = closest(str(self._undefined_name), names)
        also = f"; did you mean {close!r}?" if close else ""
        kind = "" if isinstance(holder, Mapping) else f" in {type(holder).__name__}"
        return f"there is no {self._undefined_name!r}{kind}{also}"


class _Generator(jinja2.compiler.CodeGenerator):
    """Compiles what stands between two statements of a template, and what a loop gives, to one piece instead of many.

    A piece of a page that extends others passes through all of these, so few large ones are much cheaper.
    """

    def visit_Output(self, node: jinja2.nodes.Output, frame: jinja2.compiler.Frame) -> None:  # noqa: N802 - Jinja calls it so
        self._as_one(node, frame, super().visit_Output, several=len(node.nodes) > 1)

    def visit_For(self, node: jinja2.nodes.For, frame: jinja2.compiler.Frame) -> None:  # noqa: N802
        self._as_one(node, frame, super().visit_For)

    def visit_If(self, node: jinja2.nodes.If, frame: jinja2.compiler.Frame) -> None:  # noqa: N802
        self._as_one(node, frame, super().visit_If, several=max(len(node.body), len(node.else_)) > 1)

    def _as_one(
        self,
        node: Visited,
        frame: jinja2.compiler.Frame,
        visit: Callable[[Visited, jinja2.compiler.Frame], None],
        several: bool = True,
    ) -> None:
        """Compile what a node gives to one piece, where it may give ``several``."""
        if frame.buffer is not None or frame.require_output_check or not several:
            visit(node, frame)
            return
        frame.buffer = self.temporary_identifier()
        self.writeline(f"{frame.buffer} = []")
        visit(node, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None

    def visit_Call(self, node: jinja2.nodes.Call, frame: jinja2.compiler.Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Functions and macros are called directly: none of ours asks Jinja for the context."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(named.key) for named in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: jinja2.nodes.Getattr, frame: jinja2.compiler.Frame) -> None:  # noqa: N802
        """A field of a view is read at once; anything else as Jinja does, which also looks for items."""
        if node.attr not in _HOLDERS:
            super().visit_Getattr(node, frame)
            return
        if isinstance(node.node, jinja2.nodes.Name):
            holder = frame.symbols.ref(node.node.name)
            self.write(f"({holder}.{node.attr} if type({holder}")
        else:
            holder = self.temporary_identifier()
            self.write(f"({holder}.{node.attr} if type({holder} := ")
            self.visit(node.node, frame)
        self.write(f") in holders_of_{node.attr} else environment.getattr({holder}, {node.attr!r}))")


class _Template(jinja2.Template):
    """A template that escapes with ``printed``, of which the markup of a page needs some hundred calls."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: types.CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__.update(_HELPERS)
        return template

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> jinja2.runtime.Context:
        """As Jinja's own, but that what all templates know comes from one plain dict."""
        known = self.environment.globals
        parent = {**known, **(vars or {})} if not shared else vars
        return jinja2.runtime.new_context(self.environment, self.name, self.blocks, parent, True, known, locals)

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> jinja2.environment.TemplateModule:
        """What other templates import of this one: always the same, since all know the same globals."""
        return super()._get_default_module()


def printed(value: object) -> str:
    """What stands in the markup for a value.

    Does what ``markupsafe.escape`` does but for the type of the result, which here is joined with others at once.
    """
    kind = type(value)
    if kind is str:
        return escaped(value)  # type: ignore[arg-type]
    if kind is Html or kind is Markup:
        return value  # type: ignore[return-value]
    return escape(value)


class _Macro(jinja2.runtime.Macro):
    """A macro that is called without further questions when it gets but values in their order, as nearly all do."""

    def __call__(self, *values: Any, **named: Any) -> str:
        lacking = self._argument_count - len(values)
        if named or lacking < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*values, **named)
        return _markup(self._func(*values, *[missing] * lacking))


def _holders() -> dict[str, frozenset[type]]:
    """The views that have a field, by its name."""
    found: dict[str, set[type]] = {}
    for view in vars(views).values():
        if isinstance(view, type) and issubclass(view, views.View):
            for field in view.__struct_fields__:
                found.setdefault(field, set()).add(view)
    return {field: frozenset(holders) for field, holders in found.items()}


_HOLDERS = _holders()
_HELPERS = {
    "escape": printed,
    "Macro": _Macro,
    **{f"holders_of_{field}": holders for field, holders in _HOLDERS.items()},
}
"""What the code of templates uses beside what Jinja gives it, or in its place."""


class _Texts:
    """The global function ``t``: texts of the interface, of which most are asked for by every page."""

    def __init__(self, words: Words) -> None:
        self.language = words
        self._plain: dict[str, str] = {}

    def __call__(self, key: str, /, **values: str | int) -> str:
        if values:
            return self.language(key, **values)
        found = self._plain.get(key)
        if found is None:
            found = self._plain[key] = self.language(key)
        return found


class Options(dict[str, Any]):
    """The options of a theme, as attributes too, which templates find at once."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.__dict__ = self


class Shared:
    """The global function ``shared(macro, value, ...)``: what a macro makes of papers and plain values, made once.

    A paper stands in the lists of its author, categories, year, venue and tags; its markup is the same in all.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], str] = {}
        self._before: dict[tuple[object, ...], str] = {}

    def renew(self) -> None:
        """Begin another build; what it does not ask for will be forgotten by the next one."""
        self._before, self._made = self._made, {}

    def __call__(self, macro: jinja2.runtime.Macro, *values: PaperView | str | int | bool) -> str:
        # the code is the same wherever a macro is imported
        key = (macro._func.__code__, *[value.digest if isinstance(value, PaperView) else value for value in values])
        made = self._made.get(key)
        if made is None:
            made = self._before.get(key)
            made = self._made[key] = macro(*values) if made is None else made
        return made


class _Loader(jinja2.BaseLoader):
    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        """A template, ready for use. Raises TemplateError where it cannot be that, whatever Jinja and Python raise."""
        try:
            return super().load(environment, name, globals)
        except (SyntaxError, RecursionError, ValueError) as error:
            source, path, _ = self.get_source(environment, name)
            line, said = 0, str(error)
            if isinstance(error, SyntaxError):
                line, said = _line_of(environment.compile(source, name, path, raw=True), error.lineno or 0), error.msg
            elif isinstance(error, RecursionError):
                said = "too much stands in brackets, or in one expression"
            raise jinja2.TemplateSyntaxError(f"cannot be compiled: {said}", line, name, path) from error

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        path = self.theme.find(template)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        return self.theme.templates[path].decode("utf-8-sig"), str(path), None


def _line_of(code: str, line: int) -> int:
    """The line of a template from which a line of its code was made; the code ends with what tells."""
    pairs = [pair.split("=") for pair in ast.literal_eval(code.rpartition("debug_info = ")[2]).split("&")]
    return max((int(written) for written, made in pairs if int(made) <= line), default=0)


def fail(error: Exception, theme: Theme, what: str) -> NoReturn:
    """Raise ThemeError for an error that a template caused, with its file and line; any other error as it is."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        found = dict.fromkeys((_misspelled(error, theme), *unreadable(theme)))
        message = "a template is wrong" if len(found) == 1 else f"{len(found)} templates are wrong"
        raise ThemeError(message, found) from error
    if isinstance(error, jinja2.TemplateNotFound):
        last = theme.layers[-1]
        where = _template_place(error, theme) or Place(theme.shown(last.folder / "templates"))
        names = sorted({path.name for layer in theme.layers for path in (layer.folder / "templates").glob("*.html")})
        hint = suggestion(str(error.name), names)
        if not where.line and not last.folder.is_relative_to(shipped()):
            manifest = theme.shown(last.folder / "theme.yaml")
            own = f"delete {manifest}: then what lies beside it is laid over the theme {last.name!r}"
            hint = own if (shipped() / last.name).is_dir() else f"write extends: base into {manifest}"
        problem = Problem(where, f"there is no template {error.name!r}", hint)
        raise ThemeError(f"{what} cannot be rendered", [problem]) from error
    place = _template_place(error, theme)
    if place is None:
        raise error
    said = str(error) or type(error).__name__
    if isinstance(error, RecursionError):
        said = "never ends: a template includes, extends or calls itself"
    raise ThemeError(f"{what} cannot be rendered", [Problem(place, said)]) from error


def _misspelled(error: jinja2.TemplateSyntaxError, theme: Theme) -> Problem:
    # Jinja's lexer takes the one for the other
    file = error.filename or error.name
    where = Place(theme.shown(Path(file)) if file else "", error.lineno)
    return Problem(where, error.message or "is not understood")


def unreadable(theme: Theme) -> Iterator[Problem]:
    """What cannot be read of all templates that are not the program's own."""
    reader = jinja2.Environment(autoescape=True, extensions=EXTENSIONS)
    for path, data in theme.templates.items():
        if not path.is_relative_to(shipped()):
            try:
                reader.parse(data.decode("utf-8-sig"), path.name, str(path))
            except jinja2.TemplateSyntaxError as error:
                yield _misspelled(error, theme)
            except (RecursionError, ValueError):  # told when the template is wanted
                continue


def _template_place(error: Exception, theme: Theme) -> Place | None:
    """Where in a template an error arose; None when it arose in the program.

    What is given to functions and filters is right in the program's own templates: in those of a site, it was not.
    """
    place = None
    own = False
    trace = error.__traceback__
    folders = [str(layer.folder) for layer in theme.layers]
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(file.startswith(folder) for folder in folders):
            place = Place(theme.shown(Path(file)), trace.tb_lineno)
            own = not Path(file).is_relative_to(shipped())
        elif (
            not own
            and not any(package in file for package in ("jinja2", "markupsafe"))
            and file != __file__
            and not isinstance(error, jinja2.TemplateError)
        ):
            place = None
        trace = trace.tb_next
    return place


def asset(theme: Theme, name: str) -> str:
    """The link to an asset; raises TemplateRuntimeError (with a suggestion) when there is none of that name."""
    try:
        return link(theme.assets[name].address)
    except KeyError:
        close = closest(name, theme.assets)
        also = f"; did you mean {close!r}?" if close else ""
        raise jinja2.TemplateRuntimeError(f"the theme has no asset {name!r}{also}") from None


def link(address: str) -> str:
    """An address as a link of the page: one of the site becomes relative when the page is finished."""
    return urls.MARK + address if address.startswith("/") and not address.startswith("//") else address


def json_ld(value: object) -> Markup:
    """JSON that is safe inside a script element: every <, > and & escaped, and the line ends of JavaScript too."""
    text = msgspec.json.encode(value, enc_hook=str.__str__).decode()
    for character in "<>&\u2028\u2029":
        if character in text:
            text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped just above


@jinja2.pass_context  # else a number that stands in a template would be kept as the first language wrote it
def number(context: jinja2.runtime.Context, value: int) -> str:
    """A number with the language's thousands separators: 3,360."""
    texts: _Texts = context["t"]
    return texts.language.number(value)


@jinja2.pass_eval_context
def join(context: jinja2.nodes.EvalContext, values: Any, between: str = "", attribute: str | int | None = None) -> str:
    """Jinja's filter of this name, by a shorter way for texts that our own values hold."""
    if type(values) is tuple and type(between) is str and type(attribute) is str:
        holders = _HOLDERS.get(attribute, frozenset())
        texts = [getattr(value, attribute) for value in values if type(value) in holders]
        if len(texts) == len(values) and all(type(text) is str for text in texts):
            return between.join(texts)
    joined: str = sync_do_join(context, values, between, attribute)
    return joined


def distinct(papers: Iterable[PaperView], field: str) -> list[Any]:
    """What papers have in one field, each thing once, in their order; nothing for papers that have nothing there."""
    return [value for value in dict.fromkeys([getattr(paper, field) for paper in papers]) if value]


def folded(authors: Sequence[BylineView], shown: int) -> Sequence[tuple[Sequence[BylineView], bool]]:
    """A list of authors as runs of names, each with whether it is to be folded away.

    Shown are the first ``shown`` names (0: all) and everybody with a profile here; names are folded when there are
    at least three in a row.
    """
    if not shown or len(authors) < shown + LEAST_FOLDED:
        return [(authors, False)]
    runs: list[tuple[list[BylineView], bool]] = []
    numbered = zip(authors, range(len(authors)), strict=True)
    for fold, run in groupby(numbered, key=lambda entry: entry[1] >= shown and not entry[0].owner):
        names = [author for author, _ in run]
        hidden = fold and len(names) >= LEAST_FOLDED
        if runs and not hidden and not runs[-1][1]:
            runs[-1][0].extend(names)
        else:
            runs.append((names, hidden))
    return runs
