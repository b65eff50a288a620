"""What tests ask of a site that was read."""

from collections.abc import Callable

from generator.loaded import Loaded
from generator.model import Paper

Load = Callable[[dict[str, str | bytes]], Loaded]
P = "content/papers/p.yaml"


def report(loaded: Loaded) -> list[str]:
    """What is wrong, without hints."""
    return [f"{problem.place}: {problem.what}" for problem in loaded.problems.sorted()]


def only(loaded: Loaded) -> str:
    assert len(loaded.problems.found) == 1, loaded.problems.sorted()
    return str(loaded.problems.sorted()[0])


def papers(loaded: Loaded) -> dict[str, Paper]:
    assert not loaded.problems, loaded.problems.sorted()
    return {paper.id: paper for paper in loaded.site.papers}
