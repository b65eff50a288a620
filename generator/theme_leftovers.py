"""What lies in vain in a site's own themes: files that are not read, templates that nobody names, blocks that are shown
nowhere, values that YAML takes for comments.
"""

import contextlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import yaml

from generator.errors import Place, Problem, Problems, closest, suggestion
from generator.scalars import is_taken, read_language
from generator.swallowed import swallowed
from generator.templates import EXTENSIONS
from generator.theme import Theme, shipped

_FOLDERS = {".html": "templates", ".css": "assets", ".js": "assets", ".yaml": "words"}
_BLOCK = rb"\{%[-+]?\s*block\s+(\w+)"
_EXTENDS = rb"""\{%[-+]?\s*extends\s+(?:["']([^"']+)["']\s*[-+]?%\})?"""
"""What a template extends: the group, where it is one template and always the same."""
_WHOLE_BLOCK = rb"(?s)\{%[-+]?\s*block\b.*?\{%[-+]?\s*endblock\b"
_TAG = rb"(?s)\{#.*?#\}|\{%.*?%\}|\w*\s*[-+]?%\}"
"""A comment, a statement, or the end of one whose begin was taken away."""


def leftovers(theme: Theme) -> Iterator[Problem]:
    """What is doubtful in the theme; of the program's own folders nothing is."""
    for layer in theme.layers:
        if layer.folder.is_relative_to(shipped()):
            continue
        for path in sorted(layer.folder.iterdir()):
            folder = _FOLDERS.get(path.suffix.lower())
            if folder and path.name != "theme.yaml" and path.is_file():
                moved = theme.shown(layer.folder / folder / path.name)
                yield Problem(Place(theme.shown(path)), "is not read", f"move it to {moved}")
        own = {path.stem: path for path in theme.templates if path.is_relative_to(layer.folder)}
        others = {path.stem: path for path in theme.templates if not path.is_relative_to(layer.folder)}
        for stem in sorted(own.keys() - others.keys()):
            name = own[stem].name.encode()
            if any(name in source for source in theme.templates.values()):
                continue
            close = closest(stem, others.keys() - own.keys(), cutoff=0.75)
            if close:
                yield Problem(Place(theme.shown(own[stem])), "is not used", f"did you mean {others[close].name!r}?")
        for path in own.values():
            yield from _in_vain(path, theme)
        words = sorted((layer.folder / "words").rglob("*.y*ml"))
        taken = Problems()
        for path in (layer.folder / "theme.yaml", *words):
            # told when it is read: whoever may not read it, and what is no YAML
            with contextlib.suppress(OSError, yaml.YAMLError, UnicodeDecodeError):
                swallowed(path.read_bytes(), theme.shown(path), taken)
        yield from taken.found
        for path in words:
            if path.is_file() and not (path.suffix == ".yaml" and is_taken(path.stem, read_language)):
                yield Problem(Place(theme.shown(path)), "is not read", "name it like de.yaml or de-CH.yaml")


def _in_vain(path: Path, theme: Theme) -> Iterator[Problem]:
    """What a template that extends another says without effect: text beside blocks, and blocks that the other lacks."""
    source = theme.templates[path]
    known: set[bytes] = set()
    passed = [path]
    while extends := re.search(_EXTENDS, theme.templates[passed[-1]]):
        found = None
        with contextlib.suppress(jinja2.TemplateNotFound):  # told when the template is wanted
            found = theme.find(extends[1].decode()) if extends[1] else None
        if found is None or found in passed:
            return
        passed.append(found)
        known.update(re.findall(_BLOCK, theme.templates[found]))
    if len(passed) == 1:
        return
    beside_blocks = re.sub(_TAG, b"", re.sub(_WHOLE_BLOCK, b"", source))
    if known.issuperset(re.findall(_BLOCK, source)) and not beside_blocks.strip():  # surely good
        return
    try:
        body = jinja2.Environment(autoescape=True, extensions=EXTENSIONS).parse(source.decode("utf-8-sig")).body
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):  # told then, too
        return
    names = [name.decode() for name in known]
    after = itertools.dropwhile(lambda node: not isinstance(node, jinja2.nodes.Extends), body)
    for node in after:
        if isinstance(node, jinja2.nodes.Output) and (line := next(filter(None, map(_line_of, node.nodes)), 0)):
            what = "stands in no block, so nothing of it is shown: the template extends another"
            yield Problem(Place(theme.shown(path), line), what, "put it into a block")
        # what a template prints by self.name() needs no place in another
        elif (
            isinstance(node, jinja2.nodes.Block)
            and node.name not in names
            and f"self.{node.name}".encode() not in source
        ):
            hint = suggestion(node.name, names, f"blocks: {', '.join(sorted(names)) or 'none'}")
            yield Problem(Place(theme.shown(path), node.lineno), f"the block {node.name!r} is shown nowhere", hint)


def _line_of(piece: jinja2.nodes.Expr) -> int:
    """The line of a piece of output; 0 where it is blank."""
    if not isinstance(piece, jinja2.nodes.TemplateData):
        return piece.lineno
    text = piece.data.lstrip()
    return piece.lineno + piece.data[: -len(text)].count("\n") if text else 0
