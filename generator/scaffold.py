"""Files written for the user once, to be changed by hand: a new site, a theme's file to lay over it, JSON Schemas."""

import json
from pathlib import Path

from generator import names, site_folder
from generator.errors import OutputError, PaperfolioError, ThemeError, suggestion
from generator.scalars import NOTHING, Wrong, read_line

TEMPLATES = Path(__file__).parent / "data" / "new"
_FILES = {
    "content/site.yaml": "site.yaml",
    "content/authors/@ID@.yaml": "author.yaml",
    "content/papers/papers.yaml": "papers.yaml",
    "content/pages/about.md": "about.md",
    "content/files/.gitkeep": "gitkeep",
    ".github/workflows/publish.yml": "publish.yml",
    ".github/workflows/refresh.yml": "refresh.yml",
    ".gitignore": "gitignore",
    "requirements.txt": "requirements.txt",
    "README.md": "readme.md",
}
"""Files of a new site, each with the template it is made from."""


def new(folder: Path, name: str) -> list[str]:
    """Write a site of one author into a folder that is new or empty (a fresh git repository counts as empty).

    Returns the paths written, relative to the folder. Raises PaperfolioError when the folder is in use, when it
    cannot be written or when no author can have that name.
    """
    from generator.text import slug

    try:
        name = read_line(name)
    except Wrong as wrong:
        raise PaperfolioError(f"the name {wrong.what}", hint=wrong.hint) from None
    if not name.strip(NOTHING):
        raise PaperfolioError("the name is empty", hint='write it like --name "Ada Lovelace"')
    try:
        used = folder.is_symlink() or (folder.exists() and not folder.is_dir())
        if used or (folder.is_dir() and any(path.name != ".git" for path in folder.iterdir())):
            what = "exists and is not an empty folder"
            raise PaperfolioError(f"{folder} {what}; nothing was written", hint="choose another name for the new site")
    except OSError as error:
        raise _failure(folder, error) from error
    author_id = slug(name, fallback="author")
    parts = names.split(name)
    filled = {"@NAME@": name, "@FAMILY@": f"{parts.particle} {parts.family}".strip() or name}
    texts = {}
    for path, template in _FILES.items():
        text = (TEMPLATES / template).read_text("utf-8")
        for mark, meant in filled.items():
            text = text.replace(mark, _scalar(meant))
        texts[path.replace("@ID@", author_id)] = text
    for path, text in texts.items():
        _write(folder / path, text.encode())
    return [*texts, *write_schemas(folder)]


def copy_theme_file(site: Path, name: str, file: str) -> str:
    """Copy a template or an asset of the theme ``name`` into the site's ``themes/``, where it takes its place.

    ``file`` may lie in the theme or in one it extends. Returns the path written, relative to the site. Raises
    ThemeError when there is no such theme or file, or when the site has its own already.
    """
    from generator import theme

    site = site.resolve()
    found: dict[str, Path] = {}
    for layer in theme.load(name, site).layers:
        for kind in ("templates", "assets"):
            folder = layer.folder / kind
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found.setdefault(f"{kind}/{path.relative_to(folder).as_posix()}", path)
    wanted = next((key for key in (f"templates/{file}", f"assets/{file}", file) if key in found), None)
    if wanted is None:
        names = sorted({key.partition("/")[2] for key in found})
        hint = suggestion(file, [*names, *found], f"there are: {', '.join(names)}")
        raise ThemeError(f"the theme {name!r} has no file {file!r}", hint=hint)
    target = f"themes/{name}/{wanted}"
    if (site / target).exists():
        raise ThemeError(f"{target} exists already; nothing was written", hint="change that file, or delete it first")
    _write(site / target, found[wanted].read_bytes())
    return target


def schema_text(kind: str) -> str:
    """The JSON Schema of a kind of content file (``site``, ``author`` or ``papers``) as indented JSON."""
    from generator.json_schema import schema

    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def write_schemas(site: Path) -> list[str]:
    """Write the JSON Schemas into ``content/.schema/``; returns their paths, relative to the site."""
    from generator.json_schema import KINDS

    site_folder.check(site)
    paths = {kind: f"content/.schema/{kind}.json" for kind in KINDS}
    for kind, path in paths.items():
        _write(site / path, schema_text(kind).encode())
    return list(paths.values())


def _scalar(text: str) -> str:
    """The text as a YAML scalar on one line, quoted where it would be read as something else."""
    import yaml

    return yaml.safe_dump(text, allow_unicode=True, width=float("inf")).removesuffix("\n").removesuffix("\n...")


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise _failure(path, error) from error


def _failure(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path} cannot be written: {error.strerror}", hint="is the place right, and may you write there?"
    )
