"""Where the site is of somebody who is in a folder without ``content/``."""

import contextlib
from pathlib import Path

from generator.errors import PaperfolioError

NO_CONTENT = "there is no folder content/ here"


def check(folder: Path) -> None:
    """Raise PaperfolioError for a folder without ``content/``."""
    if not (folder / "content").is_dir():
        raise PaperfolioError(NO_CONTENT, hint=hint(folder))


def hint(folder: Path) -> str:
    """The hint for a folder without ``content/``: which site was probably meant, or how to make one."""
    near = above(folder)
    with contextlib.suppress(OSError):
        inside = [path for path in folder.resolve().iterdir() if not near and _is_site(path)]
        near = inside[0] if len(inside) == 1 else near
    if not near:
        return "make a site with: paperfolio new DIR"
    return f"the site is in {near}: go there, or name it with --site"


def above(folder: Path) -> Path | None:
    """The site that a folder without ``content/`` is a part of, like that of somebody who works in its papers."""
    return next((path for path in folder.resolve().parents if _is_site(path)), None)


def _is_site(folder: Path) -> bool:
    """Other generators, too, have a folder content/, but neither of these in it."""
    with contextlib.suppress(OSError):
        return (folder / "content/site.yaml").exists() or any((folder / "content/authors").glob("*.yaml"))
    return False
