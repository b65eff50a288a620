"""Pictures of who wrote with whom."""

import itertools
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pages.network import LARGEST_DOT, MOST_IN_COLUMN, Circle, Column


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
