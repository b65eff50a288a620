"""Bytes to nodes: every fault of a file has its line and column, and no file can exhaust the program."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import nodes
from generator.errors import Problem, Problems


def compose(data: bytes | str, first_line: int = 1) -> tuple[yaml.nodes.Node | None, list[Problem]]:
    problems = Problems()
    data = data if isinstance(data, bytes) else data.encode()
    return nodes.compose(data, "f.yaml", problems, first_line), list(problems.found)


def only(data: bytes | str, first_line: int = 1) -> Problem:
    root, problems = compose(data, first_line)
    assert root is None
    assert len(problems) == 1
    return problems[0]


def plain(node: yaml.nodes.Node | None) -> object:
    """A tree of nodes as lists, pairs and the texts that were typed."""
    match node:
        case yaml.SequenceNode():
            return [plain(item) for item in node.value]
        case yaml.MappingNode():
            return {plain(key): plain(value) for key, value in node.value}
        case yaml.ScalarNode():
            return node.value
    return None


@pytest.mark.parametrize(
    "typed", ["NO", "2401.10", "12:30:45", "Null", "~", "Yes", "1_000", "0x1F", ".inf", "2001-09-11"]
)
def test_a_scalar_keeps_what_was_typed(typed: str) -> None:
    root, problems = compose(f"title: {typed}\n")
    assert plain(root) == {"title": typed}
    assert not problems


@pytest.mark.parametrize("data", ["", "\n\n", "# only a remark\n", "---\n", "\ufeff"])
def test_an_empty_file_has_no_root_and_no_problem(data: str) -> None:
    root, problems = compose(data)
    assert plain(root) in (None, "")
    assert not problems


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("title: T\nvenue: 'x\n", "f.yaml:2:8"),
        ("title: a: b\n", "f.yaml:1:9"),
        ("title: T\n\tdate: 1\n", "f.yaml:2:1"),
        ("title: @x\n", "f.yaml:1:8"),
        ("é: 'é' x\n", "f.yaml:1:8"),
        ("title: *x\n", "f.yaml:1:8"),
        ("title: T\n---\ntitle: U\n", "f.yaml:2:1"),
        ('title: "\\q"\n', "f.yaml:1:9"),
        ("title: T\nabstract: |\n\tx\n", "f.yaml:3:1"),
        (" title: T\nvenue: V\n", "f.yaml:2:1"),
        ("- title: T\nvenue: V\n", "f.yaml:2:1"),
        ("title: |x\n  T\n", "f.yaml:1:9"),
        ("title: |0\n  T\n", "f.yaml:1:9"),
        ("title: ? T\n", "f.yaml:1:8"),
        ("%YAML 1.1\n%YAML 1.1\n---\ntitle: T\n", "f.yaml:2:1"),
        ("%title\n", "f.yaml:1:7"),
        ("title: [\n", "f.yaml:2:1"),
    ],
)
def test_broken_yaml_is_told_by_line_and_column(data: str, place: str) -> None:
    problem = only(data)
    assert str(problem.place) == place
    assert problem.hint


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("- title: - what\n", "a text that begins with a dash needs quotes; a list begins on a line of its own"),
        ("- title: [Re] A story\n", "a text that begins with [ or { needs quotes; or is a bracket too many?"),
        ("- title: {Deep} learning\n", "a text that begins with [ or { needs quotes; or is a bracket too many?"),
        ("- tags: [a, b]]\n", "a text that begins with [ or { needs quotes; or is a bracket too many?"),
        ("- title: T\n\u00a0 date: 1\n", "indent with usual blanks: the line begins with U+00A0, which looks like one"),
        ("- title: T\n \u3000date: 1\n", "indent with usual blanks: the line begins with U+3000, which looks like one"),
        ('- title: "Deep" learning\n', 'put single quotes around all of a text that begins with "'),
        ('- title: "A "deep" story"\n', "check the indentation; a quote inside a quoted text is written \\\" or ''"),
        ("- title: T\n  date:2020\n  doi: 10.1/x\n", "write a blank after the colon"),
        ("- title: \u201cA: story\u201d\n", "write straight quotes: \" or '"),
        ("- title:T\n  date: 2020\n", "write a blank after the colon in the line above"),
        (
            "- title T\n  date: 2020\n",
            'a text that holds ": " needs quotes around it; or is the line indented too far,'
            " or does the line above lack its colon?",
        ),
        (
            "- title: T\n   date: 2020\n",
            'a text that holds ": " needs quotes around it; or is the line indented too far?',
        ),
        ("@article{lovelace1843,\n  title = {Notes}\n}\n", "this is BibTeX: let the file's name end in .bib"),
    ],
)
def test_the_hint_mends_the_line_when_it_is_followed(data: str, hint: str) -> None:
    assert only(data).hint == hint


def test_brackets_too_deep_are_told_with_a_column_where_libyaml_has_a_limit_too() -> None:
    limited = yaml._yaml.get_version() >= (0, 2, 6)  # type: ignore[attr-defined]
    problem = only("title: " + "[" * 1200 + "]" * 1200)
    assert str(problem.place) == ("f.yaml:1:1007" if limited else "f.yaml:1")
    assert problem.hint


def test_positions_count_from_the_first_line_that_is_told() -> None:
    assert str(only("title: a: b\n", first_line=2).place) == "f.yaml:2:9"


def test_a_byte_order_mark_is_ignored_and_moves_no_column() -> None:
    root, problems = compose(b"\xef\xbb\xbftitle: T\n")
    assert plain(root) == {"title": "T"}
    assert not problems
    assert str(only(b"\xef\xbb\xbftitle: a: b\n").place) == "f.yaml:1:9"
    assert str(only(b"\xef\xbb\xbfa\x00").place) == "f.yaml:1:2"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_unicode_encoding_is_refused(encoding: str) -> None:
    assert only("title: T\n".encode(encoding)).place.line == 1


def test_utf_16_is_called_by_its_name() -> None:
    problem = only("title: T\n".encode("utf-16"))
    assert (problem.what, problem.hint) == ("is UTF-16, not UTF-8", "save the file as UTF-8")


def test_a_byte_of_latin_1_is_shown_as_the_letter_it_probably_was() -> None:
    problem = only("a: ä\nb: Café\n".encode() + b"c: ab\xe9\n")
    assert str(problem.place) == "f.yaml:3:6"
    assert problem.what == "is not UTF-8: byte 0xE9, probably 'é' in Latin-1"


def test_columns_count_letters_and_not_bytes() -> None:
    assert str(only("ä: é\x00\n").place) == "f.yaml:1:5"


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x7f"])
def test_a_control_character_is_told_by_its_number(sign: str) -> None:
    assert only(f"a: b{sign}\n").what == f"holds the control character U+{ord(sign):04X}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_tree_is_the_same_for_any_line_ending(end: str) -> None:
    lines = ["- title: T", "  abstract: |", "    one", "", "    two", "  note: >-", "    a", "    b", "- title: U", ""]
    root, problems = compose(end.join(lines))
    assert plain(root) == [{"title": "T", "abstract": "one\n\ntwo\n", "note": "a b"}, {"title": "U"}]
    assert not problems
    assert root is not None
    assert root.value[1].start_mark.line == 8


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_what_editors_show_on_one_line_is_one_line(sign: str) -> None:
    root, problems = compose(f"title: one{sign}two\nvenue: V\n")
    assert plain(root) == {"title": "one two", "venue": "V"}
    assert not problems
    assert str(only(f'title: "one{sign}two"\nvenue: a: b\n').place) == "f.yaml:2:9"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_broken_yaml_has_the_same_place_for_any_line_ending(end: str) -> None:
    assert str(only(end.join(["title: T", "venue: a: b", ""])).place) == "f.yaml:2:9"


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b"a: " + b"{a: " * 100_000,
        b"[" * 600 + b"]" * 600,
        b"- " * 5_000 + b"x",
        b"? " * 5_000 + b"x",
    ],
)
def test_deep_nesting_is_refused_and_exhausts_nothing(data: bytes) -> None:
    root, problems = compose(data)
    assert root is None
    assert len(problems) == 1


def test_the_message_about_deep_nesting_says_how_deep_one_may_go() -> None:
    problem = only(b"[" * 600 + b"]" * 600)
    assert str(problem) == "f.yaml:1: nests more than 100 levels deep\n  hint: write it flatter"


def test_as_deep_as_is_allowed_is_read() -> None:
    root, problems = compose(b"[" * nodes.DEEPEST + b"]" * nodes.DEEPEST)
    assert root is not None
    assert not problems


def test_brackets_in_a_text_are_not_nesting() -> None:
    root, problems = compose("a: '" + "[" * 5_000 + "'\n")
    assert plain(root) == {"a": "[" * 5_000}
    assert not problems


def test_an_alias_is_the_node_it_names_and_not_a_copy() -> None:
    root, _ = compose("a: &x [1, 2]\nb: *x\n")
    assert root is not None
    assert root.value[0][1] is root.value[1][1]


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_tree_or_a_problem(data: bytes) -> None:
    root, problems = compose(data)
    assert root is None or not problems
    for problem in problems:
        assert problem.place.file == "f.yaml"
        assert "\n" not in problem.what


@settings(max_examples=200)
@given(st.text(alphabet="ab:-[]{}'\"#&*!|>%@`,? \n\té\x00", max_size=60))
def test_any_signs_of_yaml_give_a_tree_or_a_problem(text: str) -> None:
    root, problems = compose(text)
    assert root is None or not problems
