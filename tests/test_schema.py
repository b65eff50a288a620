"""Nodes to records: the field decides what a scalar means, and everything wrong in a file is told at once."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import nodes, schema
from generator.dates import Date
from generator.errors import Problem, Problems
from generator.model import (
    Author,
    FreePage,
    Metric,
    Paper,
    PaperAuthor,
    PaperLink,
    Record,
    SiteConfig,
    YearlyCitations,
)
from generator.shapes import fields_of

RECORDS = (Paper, Author, SiteConfig, FreePage)


@dataclass
class Read:
    """What reading gave."""

    records: list[Record]
    problems: list[Problem]

    @property
    def report(self) -> list[str]:
        return [f"{problem.place.line}:{problem.place.column} {problem.what}" for problem in self.problems]


def read(text: str, kind: type[Record] = Paper) -> Read:
    problems = Problems()
    root = nodes.compose(text.encode(), "f.yaml", problems)
    assert root is not None, problems
    records = list(schema.Reader("f.yaml", problems, len(text)).records(root, kind))
    return Read(records, list(problems.sorted()))


def record(text: str, kind: type[Record] = Paper) -> Record:
    found = read(text, kind)
    assert not found.problems
    assert len(found.records) == 1
    return found.records[0]


def wrong(text: str, kind: type[Record] = Paper) -> Problem:
    """The one problem of a text of one record, which then gives no record."""
    found = read(text, kind)
    assert not found.records
    assert len(found.problems) == 1, found.problems
    return found.problems[0]


class TestScalars:
    @pytest.mark.parametrize(
        "typed", ["NO", "2401.10", "12:30:45", "Null", "~", "Yes", "1_000", "0x1F", ".inf", "2001-09-11", "010", "1e3"]
    )
    @pytest.mark.parametrize("key", ["title", "venue", "category", "award"])
    def test_a_scalar_keeps_what_was_typed(self, key: str, typed: str) -> None:
        assert getattr(record(f"title: T\n{key}: {typed}\n" if key != "title" else f"title: {typed}\n"), key) == typed

    @pytest.mark.parametrize("typed", ["NO", "Null", "~", "1_000", "2001-09-11"])
    def test_a_name_and_a_keyword_keep_what_was_typed(self, typed: str) -> None:
        paper = record(f"title: T\nauthors: [{typed}]\ntags: [{typed}]\nextra: {{a: {typed}, b: [{typed}]}}\n")
        assert paper.authors == (PaperAuthor(name=typed),)
        assert paper.tags == (typed,)
        assert paper.extra == {"a": typed, "b": [typed]}

    def test_an_identifier_keeps_its_zeros(self) -> None:
        assert record("title: T\narxiv: 2401.00010\n").arxiv == "2401.00010"

    @pytest.mark.parametrize("quoted", ["'1'", '"1"', "!!str 1", "! 1"])
    def test_quotes_and_plain_tags_change_nothing(self, quoted: str) -> None:
        assert record(f"title: {quoted}\ncitations: {quoted}\n") == record("title: 1\ncitations: 1\n")

    def test_a_union_takes_truth_or_the_other(self) -> None:
        assert record("title: T\ncode: true\n").code is True
        assert record("title: T\ncode: no\n").code is False
        assert record("title: T\ncode: https://example.org\n").code == "https://example.org"
        assert record("title: T\nretracted: wrong data\n").retracted == "wrong data"
        assert wrong("title: T\ncode: maybe\n").hint == "use http://, https:// or mailto:, or write true"

    @pytest.mark.parametrize("typed", ["in press", "In Press", "in_press"])
    def test_a_choice_is_understood_in_any_spelling(self, typed: str) -> None:
        assert record(f"title: T\nstatus: {typed}\n").status == "in press"

    def test_a_word_that_is_no_choice_is_answered_with_all_of_them(self) -> None:
        problem = wrong("order: newst\n", SiteConfig)
        assert problem.what == "order is 'newst', not one of newest, listed, cited, title"
        assert problem.hint == "did you mean 'newest'?"

    @pytest.mark.parametrize(
        ("typed", "meant"), [("type: preprint", "article"), ("type: Talk", "speech"), ("status: to appear", "in press")]
    )
    def test_a_word_of_others_is_answered_with_ours(self, typed: str, meant: str) -> None:
        assert wrong(f"title: T\n{typed}\n").hint == f"write {meant}"
        assert record(f"title: T\n{typed.partition(':')[0]}: {meant}\n")

    @pytest.mark.parametrize("text", ["title:T\n", "title:\u00a0T\n"])
    def test_what_is_no_blank_after_the_colon_is_told(self, text: str) -> None:
        named = ": what follows it is U+00A0, which looks like one" if "\u00a0" in text else ""
        assert wrong(text).hint == f"write a {'usual ' if named else ''}blank after the colon{named}"

    @pytest.mark.parametrize("typed", [r"\\alpha", r"\\beta", r"\\frac", r"\\emph{x}"])
    def test_what_a_backslash_made_of_latex_is_told_as_such(self, typed: str) -> None:
        problem = wrong(f'title: "A {typed[1:]}"\n')
        assert "holds the control character" in problem.what
        assert problem.hint.startswith("put a text with backslashes into single quotes")

    def test_a_tag_of_another_tool_is_refused(self) -> None:
        assert wrong("title: !include x\n").what == "title has the tag '!include', which is not understood"
        assert wrong("title: T\nextra: !!set {a, b}\n").place.line == 2


class TestAbsence:
    @pytest.mark.parametrize("nothing", ["", " # later", " ''", ' "  "', " !!str"])
    def test_a_key_with_nothing_after_it_is_absent(self, nothing: str) -> None:
        keys = [name for name in fields_of(Paper) if name != "title"]
        text = "title: T\n" + "".join(f"{key}:{nothing}\n" for key in keys)
        assert record(text) == record("title: T\n")

    @pytest.mark.parametrize("typed", ["~", "null", "Null", "NULL"])
    def test_null_is_absent_where_no_text_is_wanted(self, typed: str) -> None:
        keys = ("date", "status", "citations", "code", "pdf", "links", "draft", "doi", "versions")
        text = "title: T\n" + "".join(f"{key}: {typed}\n" for key in keys)
        assert record(text) == record("title: T\n")

    def test_an_empty_list_is_empty_and_not_absent(self) -> None:
        assert record("exports: []\n", SiteConfig).exports == ()
        assert record("exports:\n", SiteConfig).exports == ("bib", "ris", "csl")
        assert record("nav: []\n", SiteConfig).nav == ()
        assert record("nav:\n", SiteConfig).nav is None

    def test_an_empty_entry_of_a_list_is_left_out(self) -> None:
        assert record("title: T\ntags: [a, '', b, ' ']\n").tags == ("a", "b")

    def test_a_required_key_must_be_there_and_say_something(self) -> None:
        assert wrong("date: 2023\n").what == "the paper has no 'title'"
        assert wrong("title:\n").what == "'title' is empty"
        assert wrong("title: '  '\n").what == "'title' is empty"


class TestLists:
    def test_one_value_stands_for_a_list_of_one(self) -> None:
        paper = record(
            "title: T\ntags: logic\nauthors: Ada\nlinks: https://example.org\nversions: https://example.org\n"
        )
        assert paper.tags == ("logic",)
        assert paper.authors == (PaperAuthor(name="Ada"),)
        assert paper.links == (PaperLink(url="https://example.org"),)
        assert [version.url for version in paper.versions] == ["https://example.org"]

    def test_one_mapping_stands_for_a_list_of_one(self) -> None:
        paper = record("title: T\nauthors: {name: Ada, equal: yes}\n")
        assert paper.authors == (PaperAuthor(name="Ada", equal=True),)

    def test_a_comma_between_authors_may_also_stand_within_a_name(self) -> None:
        problem = wrong("title: T\nauthors: Lovelace, Ada\n")
        assert problem.what == "authors is one text, where a list is wanted"
        assert problem.hint == "write a list, one whole name each: [Ada Lovelace, Charles Babbage]"

    @pytest.mark.parametrize("text", ["Ada Lovelace and Charles Babbage", "Ada Lovelace; Charles Babbage"])
    def test_several_authors_in_one_text_are_a_problem_that_shows_the_list(self, text: str) -> None:
        problem = wrong(f"title: T\nauthors: {text}\n")
        assert problem.what == "authors is one text, where a list is wanted"
        assert problem.hint == "write [Ada Lovelace, Charles Babbage]"

    def test_the_list_that_is_shown_for_names_turned_round_holds_as_many_people(self) -> None:
        problem = wrong("title: T\nauthors: Lovelace, Ada and Babbage, Charles\n")
        assert problem.hint == 'write ["Lovelace, Ada", "Babbage, Charles"]'
        assert wrong("title: T\nauthors: A; B; C; D\n").hint == "write [A, B, C, ...]"

    def test_a_file_holds_one_paper_or_a_list_of_them(self) -> None:
        assert [paper.title for paper in read("title: T\n").records] == ["T"]
        assert [paper.title for paper in read("- title: T\n- title: U\n").records] == ["T", "U"]
        assert read("[]\n").records == []

    def test_a_record_knows_where_it_was_read(self) -> None:
        first, second = read("- title: T\n\n- date: 2023\n  title: U\n").records
        assert (first.origin.file, first.origin.line, first.origin.column, first.origin.index) == ("f.yaml", 1, 3, 0)
        assert (second.origin.line, second.origin.column, second.origin.index) == (3, 3, 1)

    def test_an_item_that_is_indented_deeper_is_not_swallowed_by_the_one_above(self) -> None:
        problem = read("title: T\nauthors:\n- Ada\n - Bob\n").problems[0]
        assert problem.what == "authors has the text 'Ada - Bob', which goes on in the next line with a dash"
        assert problem.hint == "indent the dashes of a list alike"
        assert record("title: T\ntags:\n- a - b\n- 'a\n - b'\n").tags == ("a - b", "a - b")


class TestKeys:
    @pytest.mark.parametrize("kind", RECORDS)
    def test_a_misspelled_key_is_answered_with_the_right_one(self, kind: type[Record]) -> None:
        for name in fields_of(kind):
            if len(name) < 5:
                continue
            problems = read(f"{name[:-2]}{name[-1]}x: 1\n", kind).problems
            assert any(problem.hint == f"did you mean {name!r}?" for problem in problems), name

    def test_a_key_like_none_is_answered_with_all_of_them(self) -> None:
        problem = wrong("title: T\nqqqq: 1\n", FreePage)
        assert problem.what == "unknown key 'qqqq' in the page"
        assert problem.hint == "keys: title, description, date, nav, redirect_from, draft"

    @pytest.mark.parametrize("kind", RECORDS)
    def test_names_of_other_tools_lead_to_keys_that_exist(self, kind: type[Record]) -> None:
        assert set(kind.ALSO.values()) <= set(fields_of(kind))
        assert not set(kind.ALSO) & set(fields_of(kind)), "hides a key of ours"
        assert not set(kind.ELSEWHERE) & (set(fields_of(kind)) | set(kind.ALSO)), "is never shown"

    def test_names_of_other_tools_are_read_as_ours(self) -> None:
        paper = record("title: T\njournal: Nature\nkeywords: [a]\nyear: 2023\nfeatured: true\nurl_pdf: a.pdf\n")
        assert (paper.venue, paper.tags, paper.date, paper.selected) == ("Nature", ("a",), Date(2023), True)
        assert paper.pdf == "a.pdf"

    @pytest.mark.parametrize("kind", RECORDS)
    def test_a_key_that_has_no_like_here_is_answered_with_our_way(self, kind: type[Record]) -> None:
        for key, hint in kind.ELSEWHERE.items():
            problems = read(f"{key}: 1\n", kind).problems
            assert hint in [problem.hint for problem in problems]

    @pytest.mark.parametrize("second", ["title: U", "'title': U", '"title": U'])
    def test_a_key_given_twice_is_a_problem(self, second: str) -> None:
        problem = wrong(f"title: T\n{second}\n")
        assert str(problem) == "f.yaml:2:1: 'title' is given twice\n  hint: the first is in line 1"

    def test_a_second_title_further_below_is_perhaps_another_paper_without_its_dash(self) -> None:
        problem = wrong("title: T\ndate: 2023\n\ntitle: U\n")
        assert problem.what == "'title' is given twice"
        assert problem.hint == "the first is in line 1; is this another paper? It begins with a dash: - title: ..."

    @pytest.mark.parametrize("key", ["researchgate", "scholar_userid", "github_username", "youtube", "ssrn"])
    def test_a_service_beside_the_links_of_a_person_belongs_under_them(self, key: str) -> None:
        problems = read(f"name: Ada\n{key}: ada\n", Author).problems
        assert [problem.hint for problem in problems] == [f"write it under links:, like links: {{{key}: ...}}"]

    @pytest.mark.parametrize("key", ["committee", "creator", "rating"])
    def test_a_key_that_is_only_somewhat_like_one_is_not_taken_for_it(self, key: str) -> None:
        problems = read(f"title: T\n{key}: x\n").problems
        assert not [problem.hint for problem in problems if "did you mean" in problem.hint]

    def test_a_key_and_its_other_name_are_the_same_key(self) -> None:
        assert wrong("title: T\nvenue: A\njournal: B\n").what == "'journal' means 'venue', which is given too"

    def test_a_key_given_twice_within_a_value_is_a_problem(self) -> None:
        assert wrong("name: Ada\nmetrics: {papers: 1, papers: 2}\n", Author).what == "metrics: 'papers' is given twice"
        assert wrong("name: A\ncitations_by_year: {2020: 1, '2020': 2}\n", Author).place.line == 2

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("title: T\nextra: {a: 1, a: 2}\n", Paper),
            ("title: T\nextra: {a: {b: 1, b: 2}}\n", Paper),
            ("theme_options: {accent: teal, accent: blue}\n", SiteConfig),
            ("name: A\nlinks: {github: a, github: b}\n", Author),
        ],
    )
    def test_a_key_given_twice_within_a_free_value_is_a_problem_too(self, text: str, kind: type[Record]) -> None:
        assert "is given twice" in wrong(text, kind).what

    @pytest.mark.parametrize("key", ["[a, b]", "{a: b}"])
    def test_a_key_must_be_a_word(self, key: str) -> None:
        assert wrong(f"title: T\n? {key}\n: c\n").hint == "a key is a word"

    def test_internal_fields_are_no_keys(self) -> None:
        assert wrong("title: T\norigin: x\n").what == "unknown key 'origin' in the paper"
        assert wrong("name: A\nid: x\n", Author).hint == "the id of a profile is the name of its file"


class TestRecords:
    def test_metrics_may_be_bare_or_explained(self) -> None:
        author = record("name: A\nmetrics: {h_index: 41, novelty: {value: 53%, as_of: 2024-05}}\n", Author)
        assert author.metrics == {"h_index": Metric(value="41"), "novelty": Metric(value="53%", as_of=Date(2024, 5))}

    def test_citations_by_year_have_years_and_numbers(self) -> None:
        short = record("name: A\ncitations_by_year: {2022: 7, 2023: '1,512'}\n", Author)
        assert short.citations_by_year == YearlyCitations(years={2022: 7, 2023: 1512})
        long = "citations_by_year: {years: {2022: 7}, source: OpenAlex, as_of: 2026-11, history: {2026-10: {2022: 6}}}"
        assert record(f"name: A\n{long}\n", Author).citations_by_year == YearlyCitations(
            years={2022: 7}, source="OpenAlex", as_of=Date(2026, 11), history={"2026-10": {2022: 6}}
        )
        assert "a mapping is wanted" in wrong("name: A\ncitations_by_year: 7\n", Author).what
        assert wrong("name: A\ncitations_by_year: {source: OpenAlex}\n", Author).what.endswith("has no 'years'")

    def test_links_may_be_a_list_or_a_mapping_of_services(self) -> None:
        listed = record("name: A\nlinks: [https://github.com/ada, {label: Blog, url: 'https://a.org'}]\n", Author)
        named = record("name: A\nlinks: {github: ada, website: https://a.org}\n", Author)
        assert [link.url for link in listed.links] == ["https://github.com/ada", "https://a.org"]
        assert [link.url for link in named.links] == ["https://github.com/ada", "https://a.org"]
        assert listed.links[0].service == named.links[0].service == "github"
        assert listed.links[1].label == "Blog"

    def test_one_link_of_an_author_may_stand_alone(self) -> None:
        alone = record("name: A\nlinks: {label: Blog, url: 'https://a.org'}\n", Author)
        assert [(link.label, link.url) for link in alone.links] == [("Blog", "https://a.org")]

    def test_the_orcid_of_an_author_is_found_among_the_links(self) -> None:
        author = record("name: A\nlinks: {orcid: 0000-0002-1825-0097}\n", Author)
        assert author.orcid == "0000-0002-1825-0097"
        assert record("name: A\n", Author).orcid == ""

    def test_an_empty_value_of_a_free_mapping_is_absent(self) -> None:
        assert record("title: T\nextra: {a: , b: {c: }, d: ['', e]}\n").extra == {"b": {}, "d": ["e"]}

    @pytest.mark.parametrize("value", ["teal", "[teal]", "[{a: b}]"])
    def test_a_free_mapping_is_a_mapping(self, value: str) -> None:
        assert wrong(f"title: T\nextra: {value}\n").place.line == 2

    def test_a_record_that_may_not_be_short_must_be_a_mapping(self) -> None:
        assert "where a mapping of keys is wanted" in wrong("- just a line\n").what
        assert "where a mapping of keys is wanted" in wrong("- [a, b]\n").what


class TestPositions:
    def test_a_wrong_value_is_shown_where_it_stands(self) -> None:
        found = read("- title: T\n  authors:\n  - name: Ada\n    orcid: x\n  - B\n  tags: [a, [b]]\n  date: soon\n")
        assert found.report == [
            "4:12 authors 1: orcid 'x' is not an ORCID iD",
            "6:13 tags 2 is a list, where a text is wanted",
            "7:9 date 'soon' is not a date",
        ]

    def test_all_problems_of_a_file_are_told_at_once_and_good_records_are_read(self) -> None:
        found = read("- titel: T\n- title: U\n- title: V\n  date: x\n  doi: y\n")
        assert [paper.title for paper in found.records] == ["U"]
        assert found.report == [
            "1:3 unknown key 'titel' in the paper",
            "4:9 date 'x' is not a date",
            "5:8 doi 'y' is not a DOI",
        ]

    def test_positions_count_from_the_first_line_that_is_told(self) -> None:
        problems = Problems()
        root = nodes.compose(b"title: T\nnav: x\n", "f.md", problems, first_line=2)
        assert root is not None
        schema.Reader("f.md", problems, 20, first_line=2).record(root, FreePage, index=0)
        assert [str(problem.place) for problem in problems.found] == ["f.md:3:6"]


class TestAnchors:
    def test_an_anchor_may_be_used_again(self) -> None:
        found = read("- {title: T, authors: &us [Ada, Bob]}\n- {title: U, authors: *us}\n- {title: V, authors: *us}\n")
        assert not found.problems
        assert len({paper.authors for paper in found.records}) == 1

    def test_one_value_may_be_used_twice_in_one_record(self) -> None:
        assert record("title: T\nextra: {a: &x [1], b: *x}\n").extra == {"a": ["1"], "b": ["1"]}

    @pytest.mark.parametrize(
        "text",
        [
            "title: T\nextra: &a {b: *a}\n",
            "title: T\nextra: &a [*a]\n",
            "title: T\nextra: {a: &a {b: [*a]}}\n",
            "title: T\nauthors: &all [Ada, *all]\n",
            "&p\ntitle: T\nversions: [*p]\n",
            "&p\ntitle: T\nlinks: *p\n",
            "&p [*p]\n",
        ],
    )
    def test_what_contains_itself_is_a_problem(self, text: str) -> None:
        found = read(text)
        assert not found.records
        assert 1 <= len(found.problems) <= 3

    @pytest.mark.parametrize("key", ["extra", "tags", "authors"])
    def test_a_file_that_grows_without_end_is_given_up(self, key: str) -> None:
        lines = ["title: T", "extra:", "  a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
        if key != "extra":
            lines.append(f"{key}: *a11")
        found = read("\n".join(lines))
        assert not found.records
        assert any("through its anchors" in problem.what for problem in found.problems)
        assert len(found.problems) < 50


VALUES = st.recursive(
    st.sampled_from(["x", "1", "true", "2023-08", "https://a.org", "''", "~", "!x y", "a, b"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(st.sampled_from(["name", "url", "value", "github", "2020", "x"]), inner), max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items) + "}"
        )
    ),
    max_leaves=6,
)


@given(st.sampled_from(RECORDS), st.data())
def test_the_quick_way_to_usual_values_reads_what_the_long_way_does(kind: type[Record], data: st.DataObject) -> None:
    keys = data.draw(st.lists(st.sampled_from([*fields_of(kind), *kind.ALSO]), min_size=1, max_size=4))
    text = "name: A\ntitle: T\n" + "".join(f"{key}: {data.draw(VALUES)}\n" for key in keys)
    quick = read(text, kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema.Reader, "_plain", lambda reader, node, shape: schema._UNREAD)
        assert read(text, kind) == quick


@given(st.sampled_from(RECORDS), st.data())
def test_any_value_under_any_key_gives_a_record_or_a_problem(kind: type[Record], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([*fields_of(kind), *kind.ALSO, "unknown"]))
    found = read(f"{key}: {data.draw(VALUES)}\nname: A\ntitle: T\n", kind)
    assert found.records or found.problems
    for problem in found.problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1


class TestHints:
    """What a beginner writes is answered with what to write instead."""

    @pytest.mark.parametrize("key", ["papers", "publications"])
    def test_a_list_under_a_key_of_its_own_is_told_as_one(self, key: str) -> None:
        problem = wrong(f"{key}:\n  - title: T\n  - title: U\n")
        assert problem.hint == f"leave out the line {key}: and the like; begin each with - title: ..."

    @pytest.mark.parametrize(
        ("text", "kind"),
        [("- - title: T\n", Paper), ("links: [[https://a.example]]\nname: N\n", Author)],
    )
    def test_a_list_where_keys_are_wanted_is_told(self, text: str, kind: type[Record]) -> None:
        assert "is a list, where" in wrong(text, kind).what

    def test_a_link_of_a_label_and_an_address_is_shown_how_to_be_written(self) -> None:
        problem = wrong("nav:\n  - Home: /\n", SiteConfig)
        assert (problem.what, problem.hint) == ("unknown key 'Home' in the nav item", "write {label: Home, url: ...}")
        problem = wrong("name: N\nlinks:\n  - github: ada\n", Author)
        assert problem.hint == "write {label: github, url: ...}, or the services without dashes"
        assert read("name: N\nlinks:\n  - {lable: x, url: https://a.example}\n", Author).problems[0].hint == (
            "did you mean 'label'?"
        )

    @pytest.mark.parametrize(
        ("text", "kind", "hint"),
        [
            ("nav:\n  - {title: Home, url: /}\n", SiteConfig, "write label: ..."),
            ("nav:\n  - {label: Home, href: /}\n", SiteConfig, "write url: ..."),
            ("name: N\nlinks:\n  - {name: Blog, url: https://a.example}\n", Author, "write label: ..."),
            ("title: T\nlinks:\n  - {label: Blog, link: https://a.example}\n", Paper, "write url: ..."),
            ("title: T\nversions:\n  - {label: Preprint, year: 2020}\n", Paper, "write date: ..."),
        ],
    )
    def test_what_others_call_the_parts_of_a_link_is_no_label(self, text: str, kind: type[Record], hint: str) -> None:
        assert [problem.hint for problem in read(text, kind).problems] == [hint]

    def test_a_comma_that_ends_a_value_too_early_is_told(self) -> None:
        hint = "inside { } a comma ends a value: put a text or number with a comma into quotes"
        assert wrong("title: T\nauthors: [{name: Lovelace, Ada}]\n").hint == hint
        problem = wrong("name: N\nmetrics: {citations: 3,360}\n", Author)
        assert (problem.what, problem.hint) == ("metrics: '360' has no value", hint)
        assert record("name: N\ncitations_by_year: {2023: 1, 2024: }\n", Author)

    def test_a_dash_without_a_blank_is_no_name(self) -> None:
        problem = wrong("title: T\nauthors:\n  -Ada Lovelace\n  -Charles Babbage\n")
        assert problem.what == "authors is one text, where a list is wanted"
        assert problem.hint == "write a blank after each dash; a text that begins with a dash needs quotes"
        assert record('title: T\ntags: "-omics"\n')
        assert [problem.hint for problem in read("-title: T\n").problems] == ["write a blank after the dash"]
        assert [problem.hint for problem in read("-\u00a0title: T\n").problems] == [
            "write a usual blank after the dash: what follows it is U+00A0"
        ]
        assert read("- title: # of papers\n").problems[0].hint.endswith("a text that begins with # needs quotes")
        for dash in "\u2013\u2014\u2022":
            assert wrong(f"{dash} title: T\n").hint == "begin with a usual dash and a blank: - title"

    def test_a_key_that_is_given_under_two_names_is_told_by_both(self) -> None:
        assert wrong("title: T\nyear: 2020\ndate: 2021\n").what == "'date' is given, too, as 'year'"
        assert wrong("title: T\ndate: 2020\nyear: 2021\n").what == "'year' means 'date', which is given too"


def test_a_word_is_compared_once_and_not_any_number_of_words_are(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def closest(word: str, known: object, cutoff: float) -> str:
        compared.append(word)
        return "title" if word == "titel" else ""

    monkeypatch.setattr(schema, "closest", closest)
    problems = read("titel: T\n" + "".join(f"k{number}: 1\n" for number in range(2000)) + "Titel: U\n").problems
    assert len(problems) == 2002
    assert compared.count("titel") == 1
    assert len(compared) < 1000
    assert [problem.hint for problem in problems if "'T" in problem.what] == ["did you mean 'title'?"]
    assert problems[-2].hint.startswith("keys: title, ")
