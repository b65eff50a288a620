"""What pages hold of other tools is told, and nothing else is."""

from collections.abc import Callable

import pytest

from generator.loaded import Loaded
from generator.text.foreign_markdown import foreign

Load = Callable[[dict[str, str | bytes]], Loaded]


@pytest.mark.parametrize(
    ("text", "line", "beginning"),
    [
        ('{% include figure.liquid path="a.jpg" %}', 0, "'{% include figure.liquid path=\"a.jpg\" %}' is Jekyll's"),
        ("a\n\n[b]({{ site.baseurl }}/c)", 2, "'{{ site.baseurl }}' is Jekyll's"),
        ("[b]({{ '/c' | relative_url }})", 0, "\"{{ '/c' | relative_url }}\" is Jekyll's"),
        ("a\n{{< video a.mp4 >}}", 1, "'{{< video a.mp4 >}}' is a shortcode"),
        ("{{% callout note %}}\na\n{{% /callout %}}", 0, "'{{% callout note %}}' is a shortcode"),
        ("::: {.callout-note}\na\n:::", 0, "'::: {.callout-note}' begins a block of Quarto"),
        ("::: warning\na\n:::", 0, "'::: warning' begins a block of Quarto"),
        ('<IFRAME\n src="a"></iframe>', 0, "'<IFRAME' is left out"),
        ("- a\n  - b", 1, "the list is indented by less than 4 blanks"),
        ("1. a\n   - b", 1, "the list is indented by less than 4 blanks"),
        ("- a\n\n    {% include a.html %}", 2, "'{% include a.html %}' is Jekyll's"),
        ("* a\n    * b\n      * c", 2, "the list is indented by less than 4 blanks"),
        ("a\n\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n", 2, "two versions of these lines stand here"),
    ],
)
def test_what_other_tools_have_is_told_with_its_line(text: str, line: int, beginning: str) -> None:
    [found] = foreign(text)
    assert found.line == line
    assert found.what.startswith(beginning)


@pytest.mark.parametrize(
    "text",
    [
        "`{% raw %}`, ``{{< a >}}`` and `<iframe>`",
        "```\n{% raw %}\n<script>\n- a\n  - b\n```",
        "~~~~\n```\n::: note\n~~~~",
        "a\n\n    {% raw %}\n    <video>\n\n    - a\n      - b",
        "<!-- <iframe src='a'> {% raw %}\n::: note -->",
        r"$P_{{a|b}}$ and $\frac{{x}}{{y}}$, 10{% of all",
        ":::",
        "a <b>c</b> < d, <styled>, <formula>",
        "- a\n    - b\n        - c\n- d",
        "- a\n\t- b",
        "- a\n\nText.\n\n  - b\n  - c",
        "  - a\n  - b",
        "- a\n  goes on - so\n- b",
        "1. a\n10. b",
        "* * *\n\n - a",
        "```\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n```",
        "<<<<<<< or <<<<<<<<\n\n>>>>>> and\n=======",
    ],
)
def test_what_is_markdown_here_is_not_told(text: str) -> None:
    assert list(foreign(text)) == []


def test_of_each_form_the_first_is_told_and_how_many_follow() -> None:
    found = list(foreign("{% a %}\n{% b %}\n\n- a\n  - b\n  - c\n\n{% c %}\n<iframe></iframe>\n"))
    assert [(one.line, one.what.endswith("more)")) for one in found] == [(0, True), (8, False), (4, False)]
    assert "(and 2 more)" in found[0].what


def test_a_warning_names_the_line_of_the_file(load: Load) -> None:
    loaded = load({"content/pages/a.md": "---\ntitle: A\n---\n\n<iframe src='https://a.org'></iframe>\n"})
    assert not loaded.problems
    [warning] = loaded.warnings.found
    assert str(warning.place) == "content/pages/a.md:5"
    assert warning.hint == "link to what it shows"


@pytest.mark.parametrize(
    ("part", "count"),
    [("{{ ", 0), ("{% a ", 0), ("<iframe ", 1), ("`", 0), ("``` ", 0), ("- a\n  ", 1), ("<!--", 0), ("{{ a | ", 0)],
)
def test_very_long_texts_that_end_nowhere_are_read_to_their_end(part: str, count: int) -> None:
    assert len(list(foreign(part * (200_000 // len(part)) + "<a"))) == count
