"""What YAML takes for its own of what may be meant as text is told where it stands."""

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator import swallowed
from generator.errors import Problems


def told(text: str) -> list[tuple[str, str]]:
    """Line and column of each warning, and what it names."""
    warnings = Problems()
    assert swallowed.swallowed(text.encode(), "f.yaml", warnings) == bool(warnings)
    return [(str(warning.place).removeprefix("f.yaml:"), warning.what) for warning in warnings.found]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (r'a: "\textbf{x} and \text{y}"', {"1:5": r"\textbf", "1:20": r"\text"}),
        (r'a: "\\nu, \nu-SVM \nabla"', {"1:11": r"\nu", "1:19": r"\nabla"}),
        (r'a: ["\rho", "\Pi", "a\_b"]', {"1:6": r"\rho", "1:14": r"\Pi", "1:22": r"\_"}),
        (r'a: "Schr\"odinger and Erd\"{o}s"', {"1:9": r"\"o", "1:26": r"\"{o"}),
        ('a: "first\n  then \\theta"\nb: "\\tau"\n', {"2:8": r"\theta", "3:5": r"\tau"}),
        ('- "\\tau"\r\n- "a\r\n  b\\tau"\r\n', {"1:4": r"\tau", "3:4": r"\tau"}),
    ],
)
def test_a_command_of_latex_in_double_quotes_is_told(text: str, places: dict[str, str]) -> None:
    assert [place for place, _ in told(text)] == list(places)
    assert [what.split()[1] for _, what in told(text)] == list(places.values())


@pytest.mark.parametrize(
    "text",
    [
        r'a: "line\nbreak\ttab\r\nnext\nNorth"',
        r'a: "He said \"odd\" to me, \"and\" so"',
        r'a: "\\textbf{x} \\theta"',
        r"a: '\textbf{x} \theta'",
        'a: "x"\nb: >-\n  \\theta "y" \\textbf{z} Schr\\"odinger\n',
        'a: "x" # \\theta "y"\n',
        "a: x\\theta y\n",
    ],
)
def test_other_escapes_and_other_texts_are_not(text: str) -> None:
    assert told(text) == []


LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["a: ", "- ", "b:\n  ", "a: [x, "]),
    st.text(st.sampled_from("\"'\\ntNL_o#& x,:[]{}-\n"), max_size=12),
    st.sampled_from(["", '"', "]", '"]']),
)


@given(LINES)
@example('a: ["x", "\\nu"]')
@example('a: "x \\" \\nu"')
def test_a_quick_look_misses_nothing(text: str) -> None:
    try:
        yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        assume(False)
    assert len(told(text)) == len(list(swallowed._found(text)))
