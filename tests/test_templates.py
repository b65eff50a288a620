"""Templates escape what they print, and their faults are told with file and line."""

import errno
import json
import os
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import jinja2
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from themed_pages import OWN, Site, page, places, refused

from generator import templates, theme, urls
from generator.text import Html
from generator.views import BylineView, RelatedView
from generator.words import Words


class TestTemplates:
    def test_all_templates_that_cannot_be_read_are_told_at_once(self, site: Site) -> None:
        files = {"404": "a\n{% if %}\n", "page": "{{ x\n", "paper": "{% break %}", "unused": "\n\n{% nothing %}\n"}
        error = refused(site({f"themes/folio/templates/{name}.html": text for name, text in files.items()}), "missing")
        assert error.message == "3 templates are wrong"
        assert sorted(str(problem.place) for problem in error.problems) == [
            "themes/folio/templates/404.html:2",
            "themes/folio/templates/page.html:1",
            "themes/folio/templates/unused.html:3",
        ]

    @pytest.mark.parametrize(
        ("template", "line", "said"),
        [
            ("<p>\n{{ page.titel }}\n", 2, "there is no 'titel' in PageView; did you mean 'title'?"),
            ("\n{{ site.options.acent }}\n", 2, "there is no 'acent'; did you mean 'accent'?"),
            ("{{ page.title.nothing }}\n", 1, "has no attribute 'nothing'"),
            ("<p>\n\n{{ nothing }}\n", 3, "'nothing' is undefined"),
            ("{% if x %}\n", 1, "Unexpected end of template"),
            ("a\n{% endfor %}\n", 2, "unknown tag 'endfor'"),
            ("a\n{# b\n", 2, "Missing end of comment tag"),
            ("a\n{{ 1 | colour }}\n", 2, "No filter named 'colour'"),
            ("a\n{{ asset('styl.css') }}\n", 2, "the theme has no asset 'styl.css'"),
            ("a\n{% include 'nothing.html' %}\n", 2, "there is no template 'nothing.html'"),
            ("a\n{% extends 'base:layuot.html' %}\n", 2, "there is no template 'base:layuot.html'"),
            ("a\n{{ 1 // 0 }}\n", 2, "division"),
            ("a\n{{ page.title + 1 }}\n", 2, "str"),
            ("a\n{% break %}\nb\n{{ page.title }}\n", 2, "cannot be compiled: 'break' outside loop"),
            (
                "a\n{% if page.title %}\n{{ site.title }}\n{% continue %}{% endif %}\n",
                4,
                "'continue' not properly in loop",
            ),
        ],
    )
    def test_a_fault_of_a_template_is_told_with_file_and_line(
        self, site: Site, template: str, line: int, said: str
    ) -> None:
        error = refused(site({"themes/folio/templates/404.html": template}), "missing")
        assert places(error) == [f"themes/folio/templates/404.html:{line}"]
        assert said in error.problems[0].what

    @pytest.mark.parametrize(
        "template",
        [
            "{{ link(5) }}",
            "{{ json_ld(link) }}",
            "{{ asset(5) }}",
            "{{ t(5) }}",
            "{{ page.title | number }}",
            "{{ nothing | number }}",
            "{{ page | tojson }}",
            "{{ 'a b' | wordwrap(0) }}",
            "{% extends 5 %}",
        ],
    )
    def test_a_wrong_use_of_our_functions_is_a_fault_of_the_template(self, site: Site, template: str) -> None:
        error = refused(site({"themes/folio/templates/404.html": f"\n{template}"}), "missing")
        assert places(error) == ["themes/folio/templates/404.html:2"]

    @pytest.mark.parametrize("template", [f"{{{{ {'(' * 900}1{')' * 900} }}}}", "{{ 10 ** 5000 }}", "{% break %}"])
    def test_a_template_that_cannot_be_compiled_is_told(self, site: Site, template: str) -> None:
        error = refused(site({"themes/folio/templates/404.html": template}), "missing")
        assert error.problems[0].place.file == "themes/folio/templates/404.html"
        assert error.problems[0].what.startswith("cannot be compiled: ")

    def test_a_template_that_is_no_utf_8_is_told(self, site: Site) -> None:
        error = refused(site({"themes/folio/templates/404.html": b"\xff"}), "missing")
        assert places(error)[0].startswith("themes/folio/templates/404.html")

    def test_a_fault_of_an_included_template_is_told_there(self, site: Site) -> None:
        folder = site(
            {
                "themes/folio/templates/404.html": "{% include 'part.html' %}",
                "themes/folio/templates/part.html": "\n\n{{ page.nothing }}",
            }
        )
        assert places(refused(folder, "missing")) == ["themes/folio/templates/part.html:3"]

    def test_a_missing_template_is_answered_with_a_suggestion(self, site: Site) -> None:
        folder = site({"themes/own/theme.yaml": "name: own\n", "content/site.yaml": "theme: own\n"})
        error = refused(folder)
        assert error.problems[0].what == "there is no template 'profile.html'"
        assert error.problems[0].hint == "write extends: base into themes/own/theme.yaml"
        folder = site({"themes/base/theme.yaml": "name: base\n", "content/site.yaml": ""})
        error = refused(folder)
        assert error.problems[0].place.file == "themes/base/templates"
        assert error.problems[0].hint.startswith("delete themes/base/theme.yaml")
        folder = site({"themes/folio/templates/404.html": "{% include 'papr.html' %}", "content/site.yaml": ""})
        assert refused(folder, "missing").problems[0].hint == "did you mean 'paper.html'?"

    def test_an_error_of_the_program_is_not_called_one_of_the_theme(self, tmp_path: Path) -> None:
        bug = ValueError("a bug")
        with pytest.raises(ValueError) as caught:
            templates.fail(bug, theme.load("base", tmp_path), "/")
        assert caught.value is bug

    def test_everything_printed_is_escaped(self, site: Site) -> None:
        files = {
            "content/site.yaml": "title: <script>&\"'\n",
            "themes/folio/templates/404.html": "{{ site.title }}|{{ '<b>' }}",
        }
        assert page(site(files), "missing") == "&lt;script&gt;&amp;&#34;&#39;|&lt;b&gt;"

    @pytest.mark.parametrize(
        ("call", "printed"),
        [
            ("m('<')", "&lt;-2-"),
            ("m('a', 3)", "a-3-"),
            ("m('a', third='c')", "a-2-c"),
            ("m(third='c', first='<')", "&lt;-2-c"),
            ("m(*['a', 'b', 'c'])", "a-b-c"),
            ("m('a') | trim", "a-2-"),
            ("m('a') ~ '<'", "a-2-&lt;"),
            ("many('a', 'b', c='d')", "a b d"),
        ],
    )
    def test_a_macro_may_be_called_in_every_way(self, site: Site, call: str, printed: str) -> None:
        macros = (
            "{% macro m(first, second=2, third='') %}{{ first }}-{{ second }}-{{ third }}{% endmacro %}"
            "{% macro many(first) %}{{ first }} {{ varargs[0] }} {{ kwargs['c'] }}{% endmacro %}"
        )
        files = {"themes/folio/templates/404.html": macros + "{{ " + call + " }}"}
        assert page(site(files), "missing") == printed

    @pytest.mark.parametrize(
        "template",
        [
            "{% for n in [1, 2] %}{{ n }}<br>{% else %}none{% endfor %}",
            "{% for n in [] %}{{ n }}{% else %}none{% endfor %}|{% for n in [] %}{{ n }}{% endfor %}",
            "{% for n in range(9) %}{% if n == 2 %}{% continue %}{% endif %}{% if n > 4 %}{% break %}{% endif %}{{ n }}"
            "{% endfor %}",
            "{% for n in [[1, [2]], [3]] recursive %}{{ n if n is number else '(' ~ loop(n) ~ ')' }}{% endfor %}",
            "{% for n in 'ab' %}{{ loop.index }}{{ loop.last }}{% for m in 'cd' %}{{ n }}{{ m }}{% endfor %}{% endfor %}",
            "{% if 1 %}{{ '<' }}{% if 2 %}a{% set x = 3 %}{{ x }}{% endif %}{% else %}b{% for n in 'c' %}{{ n }}{% endfor %}"
            "{% endif %}",
            "{% if 0 %}a{% elif 1 %}b{% for n in 'c' %}{{ n }}{% endfor %}d{% else %}e{% endif %}",
            "{% set s = namespace(n=0) %}{% for n in [1, 2] %}{% set s.n = s.n + n %}{{ s.n }}{% endfor %}{{ s.n }}",
            "{% for n in 'ab' %}{% include 'part.html' %}{% include 'none.html' ignore missing %}{% endfor %}",
            "{% for n in 'ab' %}{% set m %}{{ n }}<{% endset %}{{ m }}{% filter upper %}{{ n }}{% endfilter %}{% endfor %}",
            "{% macro m(x) %}{% for n in x %}{{ n }}{{ caller(n) }}{% endfor %}{% endmacro %}"
            "{% for n in 'ab' %}{% call(y) m(n) %}{{ y }}<{% endcall %}{% endfor %}",
            "{% for n in 'ab' %}{% block item scoped %}{{ n }}<i>{% endblock %}{% endfor %}",
            "{% extends 'outer.html' %}{% block item %}{{ super() }}{% for n in 'cd' %}{{ n }}{% endfor %}{% endblock %}",
            "{% if 1 %}{% extends 'outer.html' %}{% endif %}{% for n in 'ab' %}lost{% endfor %}",
            "{% if 0 %}{% extends 'outer.html' %}{% endif %}{% for n in 'ab' %}{{ n }}{% endfor %}",
        ],
    )
    def test_statements_give_what_jinja_gives(self, site: Site, template: str) -> None:
        written = {
            "404.html": template,
            "part.html": "{% for m in 'xy' %}{{ m }}{{ n }}{% endfor %}",
            "outer.html": "[{% for n in 'ab' %}{% if n %}{% block item scoped %}{{ n }}<b>{% endblock %};{% endif %}"
            "{% endfor %}]",
        }
        plain = jinja2.Environment(
            loader=jinja2.DictLoader(written),
            autoescape=True,
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        )
        files = {f"themes/folio/templates/{name}": text for name, text in written.items()}
        assert page(site(files), "missing") == plain.get_template("404.html").render()

    def test_a_macro_may_be_called_with_a_block(self, site: Site) -> None:
        template = (
            "{% macro box(name) %}<b>{{ name }}: {{ caller() }}</b>{% endmacro %}{% call box('<') %}in{% endcall %}"
        )
        assert page(site({"themes/folio/templates/404.html": template}), "missing") == "<b>&lt;: in</b>"

    @pytest.mark.parametrize("call", ["m(1, 2)", "m(1, other=2)"])
    def test_a_macro_that_is_given_too_much_says_so(self, site: Site, call: str) -> None:
        template = "{% macro m(first) %}{% endmacro %}\n{{ " + call + " }}"
        error = refused(site({"themes/folio/templates/404.html": template}), "missing")
        assert places(error) == ["themes/folio/templates/404.html:2"]
        assert "macro 'm' takes" in error.problems[0].what

    def test_links_of_the_site_are_relative_and_others_are_left(self, site: Site) -> None:
        template = "{{ link('/a/') }} {{ link('https://a.org/') }} {{ link('//a.org') }} {{ link('mailto:a@b.c') }}"
        files = {"themes/folio/templates/profile.html": template}
        assert page(site(files)) == "a/ https://a.org/ //a.org mailto:a@b.c"

    def test_numbers_have_their_thousands_set_off(self, site: Site) -> None:
        assert page(site({"themes/folio/templates/404.html": "{{ 3360 | number }}"}), "missing") == "3,360"

    @pytest.mark.parametrize(
        "values",
        [
            'authors | join(", ", attribute="name")',
            'authors | join(" <and> ", "name")',
            'authors | join("<hr>" | safe, attribute="name")',
            'authors | join(1, attribute="owner")',
            'authors | join(", ", attribute="nothing")',
            '(authors | list) | join(", ", attribute="name")',
            'authors | map(attribute="name") | join("; ")',
            '(texts) | join(", ", attribute="title")',
            '() | join(", ", attribute="name")',
            "'abc' | join('-')",
            "[1, '<', '<' | safe] | join('&')",
        ],
    )
    def test_values_are_joined_as_jinja_joins_them(self, values: str) -> None:
        authors = tuple(byline(("Ada <A>", "Bo & Co", "Édouard")))
        texts = tuple(RelatedView(title=Html(title), address="", year="") for title in ("1", "<i>2</i>"))

        def rendered(own: bool) -> str:
            environment = jinja2.Environment(autoescape=True)
            if own:
                environment.filters["join"] = templates.join
            return environment.from_string("{{ " + values + " }}").render(authors=authors, texts=texts)

        assert rendered(own=True) == rendered(own=False)

    def test_an_error_in_markup_is_the_templates_too(self, site: Site) -> None:
        text = "{{ ('a' | safe) * nothing }}"
        folder = site({**OWN, "content/site.yaml": "theme: own\n", "themes/own/templates/profile.html": text})
        assert places(refused(folder)) == ["themes/own/templates/profile.html:1"]

    def test_a_template_that_includes_itself_is_told(self, site: Site) -> None:
        text = "{% include 'profile.html' %}"
        folder = site({**OWN, "content/site.yaml": "theme: own\n", "themes/own/templates/profile.html": text})
        error = refused(folder)
        assert [str(problem) for problem in error.problems] == [
            "themes/own/templates/profile.html:1: never ends: a template includes, extends or calls itself"
        ]

    def test_a_missing_asset_is_answered_with_a_suggestion(self, site: Site) -> None:
        own = theme.load("own", site({**OWN, "themes/own/assets/tool.js": "1"}))
        with pytest.raises(jinja2.TemplateRuntimeError, match=r"no asset 'tol.js'; did you mean 'tool.js'"):
            templates.asset(own, "tol.js")
        assert templates.asset(own, "tool.js") == urls.MARK + own.assets["tool.js"].address


class TestCompiledTemplates:
    """What is kept of templates makes builds faster, and changes nothing."""

    def rendered(self, folder: Path) -> str:
        made = templates.environment(theme.load("folio", folder), Words("en"), folder / "compiled")
        return made.get_template("own.html").render(page={"title": "Looms"})

    @pytest.fixture
    def folder(self, site: Site) -> Path:
        folder = site({"themes/folio/templates/own.html": "<p>{{ page.title }}</p>"})
        (folder / "compiled").mkdir()
        return folder

    def test_a_file_with_one_wrong_byte_is_not_used(self, folder: Path) -> None:
        expected = self.rendered(folder)
        (file,) = (folder / "compiled").iterdir()
        whole = file.read_bytes()
        for at in range(0, len(whole), 7):
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert self.rendered(folder) == expected
            assert file.read_bytes() == whole
        for length in range(0, 100, 3):
            file.write_bytes(whole[:length])
            assert self.rendered(folder) == expected

    def test_a_full_disk_makes_no_difference(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr("generator.state.replace", full)
        assert self.rendered(folder) == "<p>Looms</p>"
        assert list((folder / "compiled").iterdir()) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_json_ld_cannot_be_broken_out_of(value: object) -> None:
    printed = str(templates.json_ld(value))
    assert not set(printed) & set("<>&\u2028\u2029")
    assert json.loads(printed) == value


@pytest.mark.parametrize("text", ["</script><script>alert(1)//", "<!--", "]]>", "\u2028", "&lt;", '"'])
def test_json_ld_reads_back_from_a_page(text: str) -> None:
    markup = f'<script type="application/ld+json">{templates.json_ld({"name": text})}</script><p>after</p>'
    soup = BeautifulSoup(markup, "html5lib")
    script = soup.find("script")
    assert script is not None
    assert json.loads(str(script.string)) == {"name": text}
    assert [found.text for found in soup.find_all("p")] == ["after"]
    assert len(soup.find_all("script")) == 1


def byline(names: Iterable[str]) -> list[BylineView]:
    """Authors, those in capitals with a profile."""
    return [
        BylineView(
            name=name, address="", url="", orcid="", home="", owner=name.isupper(), equal=False, corresponding=False
        )
        for name in names
    ]


@pytest.mark.parametrize(
    ("names", "shown", "runs"),
    [
        ("abcde", 0, ["abcde"]),
        ("abcde", 3, ["abcde"]),
        ("abcdef", 3, ["abc", "(def)"]),
        ("abcdEf", 3, ["abcdEf"]),
        ("abcdefGhijk", 3, ["abc", "(def)", "G", "(hijk)"]),
        ("abcdEfghIj", 3, ["abcdE", "(fgh)", "Ij"]),
        ("Abcd", 1, ["A", "(bcd)"]),
    ],
)
def test_long_lists_of_authors_are_folded_around_those_of_the_site(names: str, shown: int, runs: list[str]) -> None:
    found = templates.folded(byline(names), shown)
    texts = ["".join(author.name for author in run) for run, _ in found]
    assert [f"({text})" if hidden else text for text, (_, hidden) in zip(texts, found, strict=True)] == runs


@given(st.text("abAB", max_size=40), st.integers(0, 12))
def test_folding_keeps_every_author_in_order_and_hides_none_of_the_site(names: str, shown: int) -> None:
    authors = byline(names)
    runs = templates.folded(authors, shown)
    assert [author for run, _ in runs for author in run] == authors
    assert not [author for run, hidden in runs for author in run if hidden and author.owner]
    assert all(one != other for (_, one), (_, other) in pairwise(runs))
    assert all(len(run) >= templates.LEAST_FOLDED for run, hidden in runs if hidden)


def test_a_number_that_python_does_not_read_is_told_when_its_template_is_wanted(site: Site) -> None:
    folder = site({**OWN, "themes/own/templates/paper.html": f"{{{{ {'1' * 5000} }}}}"})
    assert not list(templates.unreadable(theme.load("own", folder)))
