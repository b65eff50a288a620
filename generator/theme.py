"""A theme as a value: its manifest, its options as the site sets them, its templates and its assets.

A theme is a folder with ``theme.yaml``, ``templates/`` and ``assets/``. It may extend another theme, and a site may
lay single files over a theme in its own ``themes/<name>/``. A template name is looked up along that chain, nearest
first; ``base:layout.html`` starts at the theme ``base`` itself, below whatever the site lays over it.
"""

import functools
import hashlib
import os
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import msgspec
from jinja2.loaders import split_template_path

from generator import nodes, places, schema
from generator.errors import Place, Problem, Problems, ThemeError, right_to_read, suggestion
from generator.model import Line, Origin, Record
from generator.output import Asset
from generator.scalars import Wrong, read_count, read_truth
from generator.words import Text, Words, read, tags

ASSETS = "/assets/"
STABLE = {"embed.js": "/embed.js"}
"""Assets that other sites name, so that their addresses must never change."""
_COMMENT = re.compile(r"""(?<![^\s;{}])/\*(?!!).*?\*/|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|/\*.*?\*/)""", re.DOTALL)
"""A comment of a style sheet, which visitors need not load. Those within a rule that no blank sets off, and those that
begin with a ``!``, like licenses, stay as texts do: they are the group."""
_CSS_URL = re.compile(r"""(url\()\s*(["']?)([^"')#?]+?)([#?][^"')]*?)?\2\s*(\))""")
_CSS_IMPORT = re.compile(r"""(@import\s*)(["'])([^"'#?]+?)([#?][^"']*?)?\2()""")


class Option(Record, frozen=True, kw_only=True):
    """An option of a theme."""

    type: Literal["text", "integer", "truth", "choice", "list"] = "text"
    """text, integer, truth, choice or list."""
    default: Line = ""
    """Its value when the site sets none."""
    choices: tuple[Line, ...] = ()
    """What a choice can be, or each entry of a list."""
    help: Line = ""
    """What it does."""


class Manifest(Record, frozen=True, kw_only=True):
    """``theme.yaml``"""

    name: Line
    """The theme's name: that of its folder."""
    description: Line = ""
    """What it looks like and is for."""
    extends: Line = ""
    """The theme whose templates and assets are used where this one has none."""
    options: dict[Line, Option] = {}
    """Options that a site can set under theme_options."""


class Layer(msgspec.Struct, frozen=True):
    """One folder of the chain: the theme's name, and whether the folder holds the theme itself or lies over it."""

    name: str
    folder: Path
    whole: bool


class Theme(msgspec.Struct, frozen=True):
    """A theme ready for use; ``digest`` changes when anything in it does, except the value of an option.

    ``templates`` are what their files held when the digest was taken.
    """

    name: str
    layers: tuple[Layer, ...]
    manifests: tuple[Manifest, ...]
    options: dict[str, Option]
    assets: dict[str, Asset]
    templates: dict[Path, bytes]
    digest: str
    site_folder: Path

    def shown(self, path: Path) -> str:
        """A path of the theme as messages name it."""
        return _shown(path, self.site_folder)

    def find(self, template: str) -> Path | None:
        """The file of a template name."""
        prefix, colon, name = template.rpartition(":")
        wanted = self.layers
        if colon:
            start = next((at for at, layer in enumerate(self.layers) if layer.name == prefix and layer.whole), None)
            if start is None:
                return None
            wanted = self.layers[start:]
        parts = split_template_path(name)
        for layer in wanted:
            path = layer.folder.joinpath("templates", *parts)
            if path in self.templates:
                return path
        return None


@functools.cache
def shipped() -> Path:
    """The folder of the themes that come with the program: in the package, or beside it in a checkout."""
    packaged = Path(__file__).parent / "themes"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "themes"


def available(site_folder: Path, problems: Problems | None = None) -> tuple[Manifest, ...]:
    """The themes that a site can use, by name; one that cannot be read is left out, and why goes to ``problems``."""
    problems = Problems() if problems is None else problems
    try:
        _check_access(site_folder / "themes", site_folder)
    except ThemeError as error:
        problems.extend(error.problems)
        return ()
    names = {name for folder in (site_folder / "themes", shipped()) for name in _names(folder)}
    found = []
    for name in sorted(names):
        try:
            layer = next((layer for layer in _layers(name, site_folder) if layer.whole), None)
            manifest = _manifest(layer, site_folder, problems) if layer else None
        except ThemeError as error:
            problems.extend(error.problems)
            continue
        if manifest is not None:
            found.append(manifest)
    return tuple(found)


def load(name: str, site_folder: Path) -> Theme:
    """The theme of that name for a site.

    Raises ThemeError, which holds all problems found in the manifests.
    """

    layers: list[Layer] = []
    manifests: list[Manifest] = []
    problems = Problems()
    wanted = name
    while wanted or not layers:
        names = [manifest.name for manifest in manifests]
        if wanted in names:
            at = next(layer for layer in reversed(layers) if layer.whole)
            circle = " extends ".join([*names[names.index(wanted) :], wanted])
            problems.add(_key(at, site_folder, "extends"), f"extends itself: {circle}", "delete one extends:")
            break
        chain = _layers(wanted, site_folder)
        whole = next((layer for layer in chain if layer.whole), None)
        if whole is None:
            hint = _hint_for_missing(wanted, chain, site_folder)
            if wanted == name:
                raise ThemeError(f"there is no theme {wanted!r}", hint=hint)
            at = next(layer for layer in reversed(layers) if layer.whole)
            problems.add(
                _key(at, site_folder, "extends"),
                f"extends {wanted!r}, which does not exist",
                hint,
            )
            break
        manifest = _manifest(whole, site_folder, problems)
        if manifest is None:
            break
        layers += chain
        manifests.append(manifest)
        wanted = manifest.extends
    _check_types(manifests, [layer for layer in layers if layer.whole], site_folder, problems)
    options: dict[str, Option] = {}
    for manifest in reversed(manifests):
        options |= manifest.options
    templates: dict[Path, bytes] = {}
    digest = hashlib.blake2b(digest_size=16)
    for layer in layers:
        for folder in ("templates", "words"):
            for path in _files(layer.folder / folder, site_folder):
                data = _read(path, site_folder)
                digest.update(f"{layer.name}:{path.relative_to(layer.folder).as_posix()}".encode())
                digest.update(data)
                if folder == "templates":
                    templates[path] = data
                    if not path.is_relative_to(shipped()):
                        nodes.decode(data, _shown(path, site_folder), problems)
    if problems:
        raise ThemeError(f"the theme {name!r} cannot be used", problems.sorted())
    assets = _assets(layers, site_folder)
    digest.update("".join(asset.address for asset in assets.values()).encode())
    return Theme(name, tuple(layers), tuple(manifests), options, assets, templates, digest.hexdigest(), site_folder)


def _hint_for_missing(name: str, chain: list[Layer], site_folder: Path) -> str:
    if chain:
        return f"write {_shown(chain[0].folder / 'theme.yaml', site_folder)}: name: {name}, extends: base"
    if name in _names(site_folder / "themes"):
        return f"rename themes/{name}: the name of a theme has letters, digits, - and _ alone"
    names = [manifest.name for manifest in available(site_folder)]
    return suggestion(name, names, f"there are: {', '.join(names)}")


def _shown(path: Path, site_folder: Path) -> str:
    for folder in (site_folder, shipped().parent):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.as_posix()


def _files(folder: Path, site_folder: Path) -> list[Path]:
    """The files below a folder of a theme, sorted.

    Raises ThemeError for a name that no page can carry, for a link to a folder, which would not be looked into, and for
    a link that leads out of the site.
    """
    found = []
    _check_link(folder, site_folder)
    _check_access(folder, site_folder)
    for path in sorted(folder.rglob("*")):
        _check_link(path, site_folder)
        if path.is_symlink() and path.is_dir() and path.is_relative_to(site_folder):
            what = "is a link to a folder"
            raise _unusable(Problem(Place(_shown(path, site_folder)), what, "copy the folder instead"))
        try:
            path.name.encode()
        except UnicodeEncodeError:
            shown = os.fsencode(_shown(path, site_folder)).decode("utf-8", "backslashreplace")
            raise _unusable(Problem(Place(shown), "has a name that is not UTF-8", "rename the file")) from None
        if path.is_file():
            found.append(path)
        elif path.exists() and not path.is_dir():  # a pipe would be waited for without end
            raise _unusable(Problem(Place(_shown(path, site_folder)), "is not a regular file", "delete it or move it"))
    return found


def _check_access(folder: Path, site_folder: Path) -> None:
    """Raise ThemeError for a folder whose files nobody may see: they would be taken for missing."""
    if os.path.isdir(folder) and not os.access(folder, os.R_OK | os.X_OK):
        what = "cannot be read: Permission denied"
        raise _unusable(Problem(Place(_shown(folder, site_folder)), what, right_to_read(PermissionError())))


def _check_link(path: Path, site_folder: Path) -> None:
    """Raise ThemeError for a link in a theme of the site that leads out of it: a theme that was fetched from somewhere
    must not publish what lies on the machine. What is installed may be links.
    """
    if path.is_symlink() and path.is_relative_to(site_folder):
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_relative_to(site_folder.resolve()):
            what = "is a link to something outside of the site"
            raise _unusable(Problem(Place(_shown(path, site_folder)), what, "copy the file instead"))


def _read(path: Path, site_folder: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        problem = Problem(Place(_shown(path, site_folder)), what, right_to_read(error))
        raise _unusable(problem) from error


def _unusable(problem: Problem) -> ThemeError:
    return ThemeError("the theme cannot be used", [problem])


def _names(folder: Path) -> list[str]:
    """The folders in a folder that may not be there."""
    return [path.name for path in folder.glob("*") if os.path.isdir(path)]


def _layers(name: str, site_folder: Path) -> list[Layer]:
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", name):
        return []
    found: list[Layer] = []
    for parent in dict.fromkeys((site_folder / "themes", shipped())):
        folder = parent / name
        _check_access(parent, site_folder)
        _check_access(folder, site_folder)
        # os.path says no where pathlib raises, as of a folder that may not be entered
        if os.path.isdir(folder) and not any(layer.folder.samefile(folder) for layer in found):
            whole = os.path.isfile(folder / "theme.yaml")
            found.append(Layer(name, folder, whole))
            if whole:
                break
    return found


def _manifest(layer: Layer, site_folder: Path, problems: Problems) -> Manifest | None:
    path = layer.folder / "theme.yaml"
    file = _shown(path, site_folder)
    _check_link(path, site_folder)
    data = _read(path, site_folder)
    before = len(problems.found)
    root = nodes.compose(data, file, problems)
    if root is None:
        if len(problems.found) == before:
            problems.add(Place(file), "holds no theme", "write at least name: ...")
        return None
    manifest = schema.Reader(file, problems, len(data)).record(root, Manifest)
    if manifest is None:
        return None
    if manifest.name != layer.name:
        what = f"name is {manifest.name!r}, but the folder is called {layer.name!r}"
        problems.add(_key(layer, site_folder, "name"), what, "give both the same name")
    for name, option in manifest.options.items():
        if bool(option.choices) != (option.type == "choice") and option.type != "list":
            what = f"options: {name} is of type {option.type}, {'but has' if option.choices else 'without'} choices"
            hint = "write type: choice" if option.choices else "add a line choices: [...]"
            problems.add(_key(layer, site_folder, "options", name), what, hint)
            continue
        key = ("options", name, "default")
        if not option.default and option.type not in ("text", "list"):
            problems.add(_key(layer, site_folder, *key), f"options: {name} has no default", "add a line default: ...")
            continue
        try:
            read_option(option, option.default)
        except Wrong as wrong:
            problems.add(_key(layer, site_folder, *key), f"options: {name}: default {wrong.what}", wrong.hint)
    return manifest


def _check_types(manifests: list[Manifest], layers: list[Layer], site_folder: Path, problems: Problems) -> None:
    """Report options whose values are of another type than templates of an extended theme rely on."""
    for at, (manifest, layer) in enumerate(zip(manifests, layers, strict=True)):
        for name, option in manifest.options.items():
            other = next((further for further in manifests[at + 1 :] if name in further.options), None)
            if other and _kind(option) != _kind(other.options[name]):
                problems.add(
                    _key(layer, site_folder, "options", name, "type"),
                    f"options: {name} is of type {option.type}, but {other.options[name].type} in {other.name!r}",
                    "the templates of that theme need its type; give an option of another type another name",
                )


def _kind(option: Option) -> str:
    return "text" if option.type == "choice" else option.type


def _key(layer: Layer, site_folder: Path, *keys: str) -> Place:
    """Where a key stands in the manifest of a layer."""
    path = layer.folder / "theme.yaml"
    return places.locate(_read(path, site_folder), Origin(_shown(path, site_folder), 1, 1), *keys)


def _assets(layers: list[Layer], site_folder: Path) -> dict[str, Asset]:
    """Every asset under its name, the nearest layer's first; its address carries a digest of its content."""
    sources: dict[str, Path] = {}
    for layer in layers:
        folder = layer.folder / "assets"
        for path in _files(folder, site_folder):
            if not path.name.startswith("."):
                sources.setdefault(path.relative_to(folder).as_posix(), path)
    found: dict[str, Asset] = {}
    begun: set[str] = set()

    def made(name: str) -> Asset | None:
        """The asset of a name, after those that it names; None where there is none, or it names itself by others."""
        if name not in sources or name in begun:
            return found.get(name)
        begun.add(name)
        file = _shown(sources[name], site_folder)
        data = _read(sources[name], site_folder)
        if name.endswith(".css"):
            try:
                sheet = _COMMENT.sub(lambda found: found[1] or "", data.decode("utf-8"))
                data = _with_asset_names(sheet, name, made).encode()
            except UnicodeDecodeError as error:
                problem = Problem(Place(file), "is not UTF-8", "save the file as UTF-8")
                raise ThemeError("a style sheet cannot be used", [problem]) from error
        digest = hashlib.blake2b(data, digest_size=4).hexdigest()
        stem, dot, suffix = name.rpartition(".")
        address = STABLE.get(name) or f"{ASSETS}{stem}.{digest}.{suffix}" if dot else f"{ASSETS}{name}.{digest}"
        found[name] = Asset(address=address, source=sources[name], content=data, place=Place(file))
        return found[name]

    for name in sorted(sources):
        made(name)
    return found


def _with_asset_names(sheet: str, name: str, made: Callable[[str], Asset | None]) -> str:
    """A style sheet whose ``url(...)`` and ``@import "..."`` name the assets as they are published."""

    def published(found: re.Match[str]) -> str:
        start, quote, target, rest, end = found.groups(default="")
        asset = made(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)))
        if asset is None:
            return found[0]
        return f"{start}{quote}{'../' * name.count('/')}{asset.address.removeprefix(ASSETS)}{rest}{quote}{end}"

    return _CSS_IMPORT.sub(published, _CSS_URL.sub(published, sheet))


def read_option(option: Option, text: str | list[str]) -> str | int | bool | tuple[str, ...]:
    """The value of an option; a list may be one text with commas, as a manifest has it. Raises Wrong."""
    if option.type == "list":
        entries = text if isinstance(text, list) else [entry.strip() for entry in text.split(",") if entry.strip()]
        if len(set(entries)) < len(entries):
            raise Wrong(f"names {max(entries, key=entries.count)!r} twice", "delete one")
        return tuple(_chosen(option, entry) for entry in entries) if option.choices else tuple(entries)
    if isinstance(text, list):
        raise Wrong("is a list, where one value is wanted")
    match option.type:
        case "integer":
            return read_count(text)
        case "truth":
            return read_truth(text)
        case "choice":
            return _chosen(option, text)
    return text


def _chosen(option: Option, text: str) -> str:
    if text not in option.choices:
        raise Wrong(f"is {text!r}, not one of {', '.join(option.choices)}", suggestion(text, option.choices))
    return text


def words(theme: Theme, language: str, problems: Problems) -> Words:
    """The words of a language as the theme's files have them: below it the wider languages, below these English.

    What is wrong with a file goes to ``problems``.
    """
    wanted = list(tags(language))
    if wanted[-1] != "en":
        wanted.append("en")
    found: Words | None = None
    for tag in reversed(wanted):
        texts: dict[str, Text] = {}
        for layer in reversed(theme.layers):
            for path in (layer.folder / "words").glob("*.yaml"):
                if path.stem.lower() == tag:
                    texts |= read(_read(path, theme.site_folder), theme.shown(path), problems)
        found = Words(tag, texts, found)
    assert found is not None
    return found


def languages(theme: Theme) -> list[str]:
    """The tags of the languages that the theme has words of."""
    return sorted({path.stem.lower() for layer in theme.layers for path in (layer.folder / "words").glob("*.yaml")})


def options(theme: Theme, wanted: dict[str, Any], place: Callable[[str], Place], problems: Problems) -> dict[str, Any]:
    """The theme's options with the values that a site wants; what is unknown or wrong goes to ``problems``."""
    values: dict[str, Any] = {name: read_option(option, option.default) for name, option in theme.options.items()}
    for name, value in wanted.items():
        option = theme.options.get(name)
        if option is None:
            hint = suggestion(name, theme.options, f"options: {', '.join(sorted(theme.options)) or 'none'}")
            problems.add(place(name), f"theme_options: the theme {theme.name!r} has no option {name!r}", hint)
            continue
        texts = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        if not isinstance(value, str) and not (texts and option.type == "list"):
            problems.add(place(name), f"theme_options: {name} is a list or a mapping, where one value is wanted")
            continue
        try:
            values[name] = read_option(option, value)
        except Wrong as wrong:
            problems.add(place(name), f"theme_options: {name} {wrong.what}", wrong.hint)
    return values
