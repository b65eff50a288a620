"""A picture of who wrote with whom, for the page of a person's co-authors.

It sets the names on a circle, those who wrote together side by side, and joins them by lines: it needs no chance and no
iteration, every name can be read, and the same papers always give the same picture. Where a screen is too narrow for
names on a circle, the most frequent of them stand below each other.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple
from unicodedata import east_asian_width

from generator.pages import metadata
from generator.views import CoauthorView, NetworkNode, NetworkView

MOST_DRAWN = 40
MOST_IN_COLUMN = 24
FEWEST_DRAWN = 3
NAME_ROOM = 168
"""What the pictures have room for of a name: some twenty-two Latin letters."""
RADIUS = 160
LEAST_RADIUS = 50
EACH_RADIUS = 10
"""A circle of few people is smaller: so much, and more for each of them."""
ROW = 22
"""Height of a name in the column."""
ARCS = 100
"""Width of the lines in a full column: with the longest name no wider than a screen of 320 pixels shows."""
LETTER = 7.6
WIDE_LETTER = 13.0
"""Widths of letters, the wide ones those of East Asia, in the units of the picture."""
LARGEST_DOT = 9
SMALLEST_DOT = 3
GAP = 5
"""Between the largest dot and a name."""
LEVELS = (1, 2, 4)
"""From how many papers together on a line is drawn stronger."""


def pictures(
    found: Sequence[tuple[str, CoauthorView]], teams: Iterable[Iterable[str]]
) -> tuple[NetworkView, NetworkView] | tuple[None, None]:
    """The most frequent co-authors and who of them wrote together, on a circle and in a column.

    ``found`` has their keys, the most frequent first, ``teams`` the keys of the authors of each paper. Nothing for too
    few of them, or when none wrote together.
    """
    drawn = {key for key, _ in found[:MOST_DRAWN]}
    together: Counter[frozenset[str]] = Counter()
    for team in teams:
        together.update(frozenset(pair) for pair in combinations(drawn.intersection(team), 2))
    if len(drawn) < FEWEST_DRAWN or not together:
        return None, None
    return (
        _network(found[:MOST_DRAWN], together, Circle),
        _network(found[:MOST_IN_COLUMN], together, Column),
    )


def _network(
    found: Sequence[tuple[str, CoauthorView]],
    together: Counter[frozenset[str]],
    kind: Callable[[int, float], "Circle | Column"],
) -> NetworkView:
    """A picture of co-authors; ``kind`` makes the form of so many places and so much room for names, ``together``
    counts papers of two."""
    drawn = dict(found)
    order = _side_by_side(list(drawn), together)
    names = [_shortened(drawn[key].name) for key in order]
    form = kind(len(names), max(map(_width, names)))
    paths = dict.fromkeys(LEVELS, "")
    for pair in sorted((pair for pair in together if pair <= drawn.keys()), key=sorted):
        level = max(level for level in LEVELS if together[pair] >= level)
        paths[level] += form.line(*sorted(map(order.index, pair)))
    largest = max(view.papers for view in drawn.values())
    return NetworkView(
        width=str(form.width),
        height=str(form.height),
        lines=tuple(paths.values()),
        nodes=tuple(form.node(place, names[place], drawn[key].papers / largest) for place, key in enumerate(order)),
    )


def _side_by_side(keys: list[str], together: Counter[frozenset[str]]) -> list[str]:
    """The keys in an order in which each follows one it wrote most with; ``keys`` come by importance, which decides
    between equals."""
    order = [keys[0]]
    left = keys[1:]
    while left:
        last = order[-1]
        best = max(left, key=lambda key: together[frozenset((last, key))])
        order.append(best)
        left.remove(best)
    return order


def _shortened(name: str) -> str:
    return metadata.shortened(name, int(len(name) * NAME_ROOM / max(_width(name), 1)))


def _width(name: str) -> float:
    return sum(WIDE_LETTER if east_asian_width(letter) in "FW" else LETTER for letter in name)


class Circle(NamedTuple):
    """Places on a circle, the first at the top, clockwise."""

    places: int
    room: float
    """For the longest name."""

    @property
    def radius(self) -> int:
        return min(RADIUS, LEAST_RADIUS + EACH_RADIUS * self.places)

    @property
    def centre(self) -> int:
        """Both coordinates of its middle."""
        return math.ceil(self.radius + LARGEST_DOT + GAP + self.room)

    @property
    def width(self) -> int:
        return 2 * self.centre

    @property
    def height(self) -> int:
        return 2 * self.centre

    def node(self, place: int, name: str, weight: float) -> NetworkNode:
        """The dot and the name of a person; ``weight`` is 1 for who has most papers."""
        angle = self._angle(place)
        turn = math.degrees(angle)
        left = math.cos(angle) < -1e-9
        dot, label = (self._at(angle, radius) for radius in (self.radius, self.radius + LARGEST_DOT + GAP))
        return _node(name, weight, dot, label, _short(turn - 180 if left else turn), left)

    def line(self, one: int, other: int) -> str:
        """A line between two places, bent towards the centre: the farther they are apart, the more."""
        start, end = self._angle(one), self._angle(other)
        apart = abs(math.remainder(start - end, math.tau)) / math.pi
        between = start + math.remainder(end - start, math.tau) / 2
        bend = self._at(between, self.radius * (1 - apart))
        points = (self._at(start, self.radius), bend, self._at(end, self.radius))
        first, middle, last = (" ".join(point) for point in points)
        return f"M{first}Q{middle} {last}"

    def _angle(self, place: int) -> float:
        return math.tau * place / self.places - math.pi / 2

    def _at(self, angle: float, radius: float) -> tuple[str, str]:
        return _short(self.centre + radius * math.cos(angle)), _short(self.centre + radius * math.sin(angle))


class Column(NamedTuple):
    """Places below each other, names on their right and lines on their left."""

    places: int
    room: float
    """For the longest name."""

    @property
    def arcs(self) -> int:
        return math.ceil(_bend(self.places))

    @property
    def width(self) -> int:
        return math.ceil(self.arcs + LARGEST_DOT + GAP + self.room)

    @property
    def height(self) -> int:
        return ROW * self.places

    def node(self, place: int, name: str, weight: float) -> NetworkNode:
        """The dot and the name of a person; ``weight`` is 1 for who has most papers."""
        y = _short(self._at(place))
        return _node(name, weight, (_short(self.arcs), y), (_short(self.arcs + LARGEST_DOT + GAP), y))

    def line(self, one: int, other: int) -> str:
        """A line between two places, bent outwards: the farther they are apart, the more."""
        start, end = self._at(one), self._at(other)
        # a curve goes half as far as the point that draws it
        bend = self.arcs - 2 * _bend(abs(one - other))
        return f"M{self.arcs} {_short(start)}Q{_short(bend)} {_short((start + end) / 2)} {self.arcs} {_short(end)}"

    def _at(self, place: int) -> float:
        return ROW * (place + 0.5)


def _bend(rows: int) -> float:
    """How far a line goes out that joins two places so many rows apart."""
    return ARCS * math.sqrt(rows / MOST_IN_COLUMN)


def _node(
    name: str, weight: float, dot: tuple[str, str], label: tuple[str, str], turn: str = "0", left: bool = False
) -> NetworkNode:
    radius = _short(SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * math.sqrt(weight))
    return NetworkNode(
        name=name, x=dot[0], y=dot[1], radius=radius, label_x=label[0], label_y=label[1], turn=turn, left=left
    )


def _short(number: float) -> str:
    """At most one decimal: 12, 12.5."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
