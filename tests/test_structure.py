"""The shape of the code: what may import what, and what a reader is promised."""

import ast
from pathlib import Path

import generator

PACKAGE = Path(generator.__file__).parent

LAYERS = (
    ("errors", "dates", "foreign", "state", "digests", "listing", "inputs", "forks", "hosts", "site_folder"),
    ("scalars",),
    ("model",),
    ("categories", "names", "matching", "services", "share_image", "text", "word_index"),
    ("kept", "nodes", "swallowed", "credentials", "snippets", "urls", "views"),
    ("shapes", "places", "schema", "words"),
    ("json_schema", "formats", "readings", "citation_styles"),
    ("sources",),
    (
        "attachments",
        "folders",
        "written",
        "ledger",
        "same_papers",
        "merge",
        "loaded",
        "content_files",
        "relations",
        "content",
        "library",
        "unfinished",
        "revision",
        "listed",
        "imported_pages",
        "imported_papers",
        "imported_person",
        "collection",
        "output",
    ),
    ("pages", "theme", "templates", "theme_leftovers"),
    ("collisions", "plan"),
    ("executors", "render"),
    ("tree", "destination", "exchange", "spare", "publish"),
    ("memory", "build"),
    ("check", "deploy", "embedding", "scaffold", "serve"),
    ("terminal", "reports", "cli"),
    ("__main__",),
)
"""Lowest first. A module imports from lower layers, and from its own layer what comes before it there."""

RANK = {name: (rank, place) for rank, layer in enumerate(LAYERS) for place, name in enumerate(layer)}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "themes" not in path.relative_to(PACKAGE).parts)


def room(path: Path) -> str:
    """The layer name of a file: its module, or the package that it lies in."""
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The rooms of the package that a module imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "generator" else [module]
        found |= {name.split(".")[1] for name in names if name.startswith("generator.")}
    return found - {"__version__"}


def test_every_module_has_a_layer() -> None:
    rooms = {room(path) for path in modules()} - {"__init__", "data"}
    assert rooms == set(RANK)


def test_modules_import_only_what_lies_below() -> None:
    upward = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in modules()
        if room(path) != "__init__"
        for name in imported(path)
        if name != room(path) and RANK[name] >= RANK[room(path)]
    ]
    assert upward == []


def test_pages_and_formats_never_see_themes_or_files() -> None:
    for path in modules():
        if room(path) in ("formats", "pages"):
            assert not imported(path) & {"theme", "templates", "render", "publish", "content"}, path


def test_every_module_says_what_it_is_for() -> None:
    for path in modules():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
