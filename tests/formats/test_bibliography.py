"""A .bib file to entries: what BibTeX allows, what people do to it, and that nothing is lost in silence."""

import pytest

from generator.errors import Problems
from generator.formats import bibliography
from generator.formats.bibliography import Entry


def read(text: str) -> tuple[list[Entry], list[str], list[str]]:
    problems, doubts = Problems(), Problems()
    found = bibliography.entries(text, "a.bib", problems, doubts)
    return found, *([str(one).split("\n")[0] for one in kind.found] for kind in (problems, doubts))


def fields(text: str) -> dict[str, str]:
    [entry], problems, _ = read(text)
    assert problems == []
    return {name: value.text for name, value in entry.fields.items()}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{braces {inside}}", "braces {inside}"),
        ('"quotes {"} inside"', 'quotes {"} inside'),
        ("2021", "2021"),
        ("jan", "January"),
        ('apr # "~14"', "April~14"),
        ('"The {M}IT of " # apr', "The {M}IT of April"),
        ('jmlr # " (Special)" # {, } # jmlr', "Journal (Special), Journal"),
        ("JMLR", "Journal"),
        ("in press", "in press"),
    ],
)
def test_a_value_is_read_with_its_strings_and_joints(value: str, text: str) -> None:
    assert fields(f'@string{{jmlr = "Journal"}}\n@article{{key, note = {value}}}')["note"] == text


def test_strings_that_double_without_end_are_told_and_not_written_out() -> None:
    strings = ['@string{s0 = "doubling"}', *(f"@string{{s{n} = s{n - 1} # s{n - 1}}}" for n in range(1, 60))]
    [entry], problems, _ = read("\n".join(strings) + "\n@misc{a, title = s59, note = {N}}")
    assert problems[0] == "a.bib:12: the @string s11 grows without end through its @strings"
    assert all(len(value.text) <= bibliography.LONGEST for value in entry.fields.values())


def test_a_word_that_no_string_explains_is_told_where_it_makes_a_string() -> None:
    [entry], _, doubts = read('@string{one = two}\n@string{two = "Two"}\n@misc{a, title = one}')
    assert entry.fields["title"].text == "two"
    assert doubts == ["a.bib:1: the @string one is the word two, which no @string explains"]


def test_names_of_types_and_fields_are_lower_case_and_parentheses_will_do() -> None:
    [entry], problems, doubts = read("@ARTICLE(key, TITLE = {T}, Year = 2020)")
    assert (entry.type, entry.key, list(entry.fields)) == ("article", "key", ["title", "year"])
    assert problems == doubts == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(line_end: str) -> None:
    text = line_end.join(["---", "---", "", "@article{one,", "  title = {A},", "  year = 2020,", "}"])
    [entry], _, _ = read(text)
    assert (entry.line, entry.fields["title"].line, entry.fields["year"].line) == (4, 5, 6)


def test_a_missing_comma_is_seen_and_filled_in() -> None:
    [entry], problems, doubts = read("@misc{a,\n  author = {Jane Doe}\n  title = {T},\n  year = 2020\n}")
    assert {name: (value.text, value.line) for name, value in entry.fields.items()} == {
        "author": ("Jane Doe", 2),
        "title": ("T", 3),
        "year": ("2020", 4),
    }
    assert problems == []
    assert doubts == ["a.bib:3: a comma is missing before 'title' in 'a'"]


def test_several_missing_commas_are_seen() -> None:
    [entry], _, doubts = read('@misc{a, author = {J} title = "T" year = 2020 month = jan}')
    assert [value.text for value in entry.fields.values()] == ["J", "T", "2020", "January"]
    assert len(doubts) == 3


def test_a_broken_entry_is_reported_and_the_others_are_read() -> None:
    found, problems, _ = read(
        "@misc{one, title = {A}}\n\n@misc{two,\n  title = {A {brace},\n}\n\n@misc{three, title = {C}}\n"
    )
    assert [entry.key for entry in found] == ["one", "three"]
    assert problems == ["a.bib:3: the entry 'two' is not closed: the next one begins after line 5"]


def test_an_entry_that_the_end_of_the_file_cuts_off_is_reported() -> None:
    found, problems, _ = read("@misc{one, title = {A}}\n@misc{two, title = {B},")
    assert [entry.key for entry in found] == ["one"]
    assert problems == ["a.bib:2: the entry 'two' is not closed: the file ends after line 2"]


def test_a_key_given_twice_is_reported_and_both_are_read() -> None:
    found, problems, _ = read("@misc{a, title = {One}}\n@misc{a, title = {Two}}")
    assert [entry.fields["title"].text for entry in found] == ["One", "Two"]
    assert problems == ["a.bib:2: the key 'a' is given twice"]


def test_a_field_given_twice_counts_once() -> None:
    [entry], problems, _ = read("@misc{a,\n title = {One},\n title = {Two}}")
    assert entry.fields["title"].text == "One"
    assert problems == ["a.bib:3: title is given twice in 'a'"]


def test_a_word_that_no_string_explains_is_taken_as_it_is() -> None:
    [entry], problems, doubts = read("@misc{a, journal = nips, bibtex_show = true}")
    assert entry.fields["journal"].text == "nips"
    assert (problems, doubts) == ([], ["a.bib:1: journal is the word nips, which no @string explains"])


def test_an_entry_has_what_it_inherits() -> None:
    found, problems, doubts = read(
        "@inproceedings{a, title = {T}, crossref = {P}}\n"
        "@inproceedings{b, title = {U}, crossref = {missing}}\n"
        "@proceedings{p, title = {Proceedings of X}, year = 2020, publisher = {ACM}, doi = {10.1/p}}\n"
    )
    assert [entry.key for entry in found] == ["a", "b"]
    assert {name: value.text for name, value in found[0].fields.items()} == {
        "title": "T",
        "booktitle": "Proceedings of X",
        "year": "2020",
        "publisher": "ACM",
    }
    assert (problems, doubts) == ([], ["a.bib:2: crossref names 'missing', which is not in this file"])


def test_an_entry_has_what_the_parents_of_its_parents_say() -> None:
    found, problems, doubts = read(
        "@inproceedings{a, title = {T}, crossref = {b}, xdata = {x, y,missing}}\n"
        "@proceedings{b, title = {Proceedings}, subtitle = {Volume 1}, crossref = {c}}\n"
        "@book{c, publisher = {ACM}, crossref = {b}}\n"
        "@xdata{x, location = {Here}}\n"
        "@xdata{y, series = {LNCS}, title = {Left out}}\n"
        "@xdata{unused, publisher = {Nobody}}\n"
    )
    assert {entry.key: {name: value.text for name, value in entry.fields.items()} for entry in found} == {
        "a": {
            "title": "T",
            "location": "Here",
            "series": "LNCS",
            "booktitle": "Proceedings",
            "booksubtitle": "Volume 1",
            "publisher": "ACM",
        }
    }
    assert (problems, doubts) == ([], ["a.bib:1: xdata names 'missing', which is not in this file"])


def test_parents_without_end_are_no_trouble() -> None:
    found, _, _ = read("\n".join(f"@misc{{a{i}, crossref = {{a{i + 1}}}, title = {{T}}}}" for i in range(2000)))
    assert len(found) == 2000


def test_comments_within_entries_are_passed_over() -> None:
    [entry], problems, doubts = read(
        "@article{a, % after the key\n  title = {T},\n  % year = {1990},\n  % two\n  author = {A B}, % behind\n"
        "  journal = {50% of {J}}\n  % at the end\n}"
    )
    assert {name: (value.text, value.line) for name, value in entry.fields.items()} == {
        "title": ("T", 2),
        "author": ("A B", 5),
        "journal": ("50% of {J}", 6),
    }
    assert (entry.raw, problems, doubts) == ("", [], [])


def test_an_entry_that_needs_the_file_is_not_kept_as_typed() -> None:
    found, _, _ = read('@string{j = "J"}\n@misc{a, title = {T}, month = jan}\n@misc{b, journal = j, title = {T}}')
    assert [bool(entry.raw) for entry in found] == [True, False]
    assert found[0].raw == "@misc{a, title = {T}, month = jan}"


@pytest.mark.parametrize(
    "text", ["", "---\n---\n", "no entry", "@comment{x}", '@string{a = "b"}', "me@example.org {x}"]
)
def test_what_holds_no_entry_does_not_look_like_a_bibliography(text: str) -> None:
    assert not bibliography.looks_like(text)
    assert read(text)[0] == []


def test_macros_of_the_preamble_are_written_out() -> None:
    [entry], problems, _ = read(
        r"""@preamble{"\newcommand{\me}{P. S{\'o}lymos} " # "\newcommand{\noopsort}[1]{} \newcommand\x[1]{<#1>}"}
@misc{a, author = {{\me} and \me{} and \meander}, year = {\noopsort{1973a}1973}, note = {\x{b}}}"""
    )
    assert {name: value.text for name, value in entry.fields.items()} == {
        "author": r"{P. S{\'o}lymos} and P. S{\'o}lymos and \meander",
        "year": "1973",
        "note": "<b>",
    }
    assert (problems, entry.raw) == ([], "")


def test_macros_cannot_grow_a_text_without_end() -> None:
    names = [f"m{chr(97 + number)}" for number in range(26)]
    preamble = " ".join(
        rf"\newcommand{{\{name}}}{{\{after}\{after}}}" for name, after in zip(names, names[1:], strict=False)
    )
    [entry], _, _ = read(f'@preamble{{"{preamble}"}}\n@misc{{a, note = {{\\ma}}}}')
    assert len(entry.fields["note"].text) < 10_000


@pytest.mark.parametrize("end", ["}},\n  year = 2020,\n  note = {N}\n}", "}}, year = 2020}"])
def test_what_a_brace_too_many_cuts_off_is_told(end: str) -> None:
    [one, two], problems, doubts = read(f"@misc{{one,\n  title = {{T{end}\n@misc{{two, title = {{B}}}}")
    assert (list(one.fields), list(two.fields)) == (["title"], ["title"])
    line = 3 if end.count("\n") else 2
    assert problems == [f"a.bib:{line}: 'year' and what follows it stand behind the end of the entry 'one'"]
    assert doubts == []


@pytest.mark.parametrize("text", ["}", ", or so", "year = 2020, as far as I know", "% note = {N}", ","])
def test_what_is_a_comment_between_entries_is_none_of_a_field(text: str) -> None:
    entries, problems, doubts = read(f"@misc{{one, title = {{T}}}}\n{text}\n@misc{{two, title = {{B}}}}")
    assert len(entries) == 2
    assert problems == doubts == []
