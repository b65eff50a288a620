"""Pictures of who wrote with whom."""

import itertools
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pages.network import (
    GAP,
    LARGEST_DOT,
    LETTER,
    MOST_IN_COLUMN,
    SMALLEST_DOT,
    WIDE_LETTER,
    Circle,
    Column,
    pictures,
)
from generator.views import CoauthorView


def test_a_circle_of_few_is_small_and_its_dots_stay_apart() -> None:
    circles = {places: Circle(places, 70.0) for places in range(3, 41)}
    assert circles[3].width < circles[40].width
    for places, circle in circles.items():
        one, other = (circle.node(place, "N", 1.0) for place in (0, 1))
        apart = math.hypot(float(one.x) - float(other.x), float(one.y) - float(other.y))
        assert apart > 2 * LARGEST_DOT, places


@given(st.integers(3, 40), st.sampled_from([Circle, Column]))
@settings(max_examples=60)
def test_lines_lead_from_dot_to_dot(places: int, form: type[Circle | Column]) -> None:
    circle = form(places, 70.0)
    dots = {(node.x, node.y) for node in (circle.node(place, "N", 1.0) for place in range(places))}
    assert len(dots) == places
    for one, other in itertools.combinations(range(places), 2):
        numbers = re.findall(r"-?[\d.]+", circle.line(one, other))
        assert len(numbers) == 6
        assert {tuple(numbers[:2]), tuple(numbers[4:])} <= dots


@pytest.mark.parametrize("places", [3, MOST_IN_COLUMN])
def test_lines_of_a_column_stay_in_the_picture(places: int) -> None:
    column = Column(places, 70.0)
    for one, other in itertools.combinations(range(places), 2):
        start, _, bend, _, end, _ = map(float, re.findall(r"-?[\d.]+", column.line(one, other)))
        assert start == end == column.arcs
        assert 0 < (start + bend) / 2 < column.arcs, "half way to the point that draws the curve"


def test_names_stand_around_a_circle_beyond_their_dots_and_none_upside_down() -> None:
    circle = Circle(4, 70.0)
    centre = circle.centre
    beyond = circle.radius + LARGEST_DOT + GAP
    nodes = [circle.node(place, "N", 1.0) for place in range(4)]
    found = [(float(node.label_x) - centre, float(node.label_y) - centre, node.turn, node.left) for node in nodes]
    assert found == [
        (0, -beyond, "-90", False),
        (beyond, 0, "0", False),
        (0, beyond, "90", False),
        (-beyond, 0, "0", True),
    ]
    assert (float(nodes[0].x), float(nodes[0].y)) == (centre, centre - circle.radius)
    assert circle.width == circle.height == 2 * centre
    assert centre - beyond >= circle.room, "the longest name is in the picture"


def test_names_of_a_column_stand_beyond_its_dots_in_the_picture() -> None:
    column = Column(3, 70.0)
    nodes = [column.node(place, "N", 1.0) for place in range(3)]
    assert {float(node.label_x) for node in nodes} == {column.arcs + LARGEST_DOT + GAP}
    assert column.width >= column.arcs + LARGEST_DOT + GAP + column.room
    ys = [float(node.y) for node in nodes]
    assert ys == sorted(ys)
    assert ys[0] >= LARGEST_DOT
    assert ys[-1] + LARGEST_DOT <= column.height


@pytest.mark.parametrize(
    ("weight", "radius"), [(0.0, SMALLEST_DOT), (0.25, (SMALLEST_DOT + LARGEST_DOT) / 2), (1.0, LARGEST_DOT)]
)
def test_dots_grow_with_the_papers(weight: float, radius: float) -> None:
    assert float(Circle(4, 70.0).node(0, "N", weight).radius) == radius


@pytest.mark.parametrize(("longest", "room"), [("Charles Babbage", 15 * LETTER), ("山田太郎左衛門", 7 * WIDE_LETTER)])
def test_a_picture_has_room_for_its_longest_name(longest: str, room: float) -> None:
    names = ["Bo Ek", longest, "Di Moe"]
    found = [
        (name, CoauthorView(name=name, address="", papers=1, shared="", first="2020", last="2020")) for name in names
    ]
    circle, column = pictures(found, [names])
    assert circle
    assert column
    assert circle.width == str(Circle(3, room).width)
    assert column.width == str(Column(3, room).width)
