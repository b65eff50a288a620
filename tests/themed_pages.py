"""Pages as a theme makes them, and what is said when it cannot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import content, theme
from generator.errors import ThemeError
from generator.output import Page
from generator.plan import plan
from generator.render import Renderer

Site = Callable[[dict[str, str | bytes]], Path]

OWN = {
    "themes/own/theme.yaml": "name: own\nextends: base\noptions:\n  stars: {type: integer, default: 3}\n",
}


def page(folder: Path, kind: str = "profile") -> str:
    """The first page of a kind, rendered."""
    loaded = content.load(folder)
    chosen = theme.load(loaded.site.config.theme, folder)
    planned = plan(loaded, chosen)
    assert not loaded.problems, loaded.problems.sorted()
    renderer = Renderer(chosen, planned.site, planned.words)
    found = next(output for output in planned.outputs if isinstance(output, Page) and output.kind == kind)
    return renderer.page(found).decode()


def refused(folder: Path, kind: str = "profile") -> ThemeError:
    with pytest.raises(ThemeError) as caught:
        page(folder, kind)
    return caught.value


def places(error: ThemeError) -> list[str]:
    return [str(problem.place) for problem in error.problems]
