"""The words of the interface: found in templates and modules, translated completely, written as each language does."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import jinja2.nodes
import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from site_builds import ROOT, THEMES, VALID, Built, built, copy_content, soup

import generator
from generator import theme, words
from generator.build import Options, build
from generator.dates import Date
from generator.errors import ContentError, Problems
from generator.text import Html
from generator.words import PLACEHOLDER, Words

Site = Callable[[dict[str, str | bytes]], Path]

LANGUAGES = ("de", "fr", "es", "zh", "ja", "ar")
WORDS = theme.shipped() / "base" / "words"


def file(language: str) -> dict[str, words.Text]:
    problems = Problems()
    found = words.read((WORDS / f"{language}.yaml").read_bytes(), f"{language}.yaml", problems)
    assert [str(problem) for problem in problems.sorted()] == []
    return found


def shipped(language: str) -> Words:
    problems = Problems()
    found = theme.words(theme.load("base", ROOT), language, problems)
    assert not problems
    return found


def forms(text: words.Text) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def of_template(path: Path) -> Iterator[tuple[object, list[str]]]:
    """Key and names of the values of every call of ``t``."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    for call in environment.parse(path.read_text(encoding="utf-8")).find_all(jinja2.nodes.Call):
        if isinstance(call.node, jinja2.nodes.Name) and call.node.name == "t":
            key = call.args[0]
            yield getattr(key, "value", None), [entry.key for entry in call.kwargs]


def of_module(path: Path) -> Iterator[tuple[object, list[str]]]:
    """Key and names of the values of every call of ``words``, ``self.words`` or ``catalog.words``."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            within_theme = isinstance(call.func, ast.Attribute) and ast.unparse(call.func) == "theme.words"
            if name == "words" and not within_theme:
                key = call.args[0]
                yield getattr(key, "value", None), [str(entry.arg) for entry in call.keywords]


PACKAGE = Path(generator.__file__).parent
MODULES = [path for path in PACKAGE.rglob("*.py") if "themes" not in path.relative_to(PACKAGE).parts]
USES = [
    (path.name, key, values)
    for folder, find, paths in (
        ("themes", of_template, sorted(theme.shipped().rglob("*.html"))),
        ("generator", of_module, sorted(MODULES)),
    )
    for path in paths
    for key, values in find(path)
]
KEYS = {str(key) for _, key, _ in USES}


class TestUses:
    def test_every_key_is_written_where_it_is_used(self) -> None:
        """A key that is put together elsewhere could not be found by this test, nor by a translator."""
        assert len(USES) > 100
        assert [use for use in USES if not isinstance(use[1], str)] == []

    def test_every_use_gives_a_value_for_every_placeholder_and_no_other(self) -> None:
        assert [
            use for use in USES if isinstance(use[1], str) and set(PLACEHOLDER.findall(use[1])) != set(use[2])
        ] == []

    def test_templates_hold_no_words_of_their_own(self) -> None:
        """What is left of a template without its markup and its expressions is no English sentence."""
        allowed = {"iD", "JSON", "PDF"}
        found = {}
        for path in theme.shipped().rglob("*.html"):
            text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            # a macro may write attributes only, which are no text
            text = re.sub(r'(?<=\s)(?:class="[^"]*"|data-[a-z]+(?:="[^"]*")?)', "", f" {text}")
            rest = set(re.findall(r"[A-Za-z]{2,}", soup(text).get_text(" "))) - allowed
            labels = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]+)"', text)
            if rest or labels:
                found[path.name] = (rest, labels)
        assert found == {}


class TestFiles:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_text_that_is_used_is_translated(self, language: str) -> None:
        assert sorted(KEYS - file(language).keys()) == []

    @pytest.mark.parametrize("language", ["en", *LANGUAGES])
    def test_no_translation_is_without_use(self, language: str) -> None:
        assert sorted(file(language).keys() - KEYS) == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_translation_has_the_placeholders_of_its_key(self, language: str) -> None:
        for key, text in file(language).items():
            if isinstance(text, str):
                assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(key)), key

    @pytest.mark.parametrize("language", ["en", *LANGUAGES])
    def test_plural_forms_are_those_of_the_language(self, language: str) -> None:
        """Only a form for a single number may leave the number out."""
        locale = Locale.parse(language)
        numbers = {tag: [n for n in range(1000) if locale.plural_form(n) == tag] for tag in words.PLURALS}
        for key, text in file(language).items():
            assert ("{count}" in key) == isinstance(text, dict), key
            if isinstance(text, dict):
                assert set(text) == {*locale.plural_form.tags, "other"}, key
                for tag, form in text.items():
                    needed = set(PLACEHOLDER.findall(key)) - ({"count"} if len(numbers[tag]) == 1 else set())
                    assert needed <= set(PLACEHOLDER.findall(form)), key

    def test_english_has_only_what_differs_from_its_key(self) -> None:
        assert [key for key, text in file("en").items() if isinstance(text, str)] == []
        assert {key for key in KEYS if "{count}" in key} == file("en").keys()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_texts_are_trimmed_and_end_as_their_keys_do(self, language: str) -> None:
        ends = str.maketrans("。：", ".:")
        for key, text in file(language).items():
            for form in forms(text):
                assert form == form.strip(), key
                for sign in ".:":
                    if key != "et al.":
                        assert form.translate(ends).endswith(sign) == key.endswith(sign), key

    @pytest.mark.parametrize(("language", "script"), [("zh", "[一-鿿]"), ("ja", "[一-鿿ぁ-ヿ]"), ("ar", "[؀-ۿ]")])
    def test_translations_are_in_the_script_of_the_language(self, language: str, script: str) -> None:
        for key, text in file(language).items():
            if re.search("[A-Za-z]", PLACEHOLDER.sub("", key)):
                assert all(re.search(script, form) for form in forms(text)), key


class TestWords:
    def test_a_text_without_translation_is_english(self) -> None:
        assert Words("de")("Nothing of the kind") == "Nothing of the kind"
        assert shipped("tlh")("Abstract") == "Abstract"
        assert shipped("tlh")("{count} papers", count=1) == "1 paper"

    def test_a_country_has_the_words_of_its_language(self) -> None:
        assert shipped("de-CH")("Abstract") == "Zusammenfassung"
        assert shipped("DE-at-1996")("{count} papers", count=1) == "1 Publikation"

    def test_english_forms_of_a_text_without_translation_follow_english(self) -> None:
        """Japanese knows one form only, but the English text has two."""
        below = Words("en", {"{count} looms": {"one": "{count} loom", "other": "{count} looms"}})
        assert Words("ja", {}, below)("{count} looms", count=1) == "1 loom"

    @pytest.mark.parametrize(
        ("language", "count", "text"),
        [
            ("en", 0, "0 papers"),
            ("en", 1, "1 paper"),
            ("en-GB", 3360, "3,360 papers"),
            ("de", 3360, "3.360 Publikationen"),
            ("fr", 0, "0 publication"),
            ("fr", 2, "2 publications"),
            ("fr", 1000000, "1\u202f000\u202f000 de publications"),
            ("zh", 1, "1 篇论文"),
            ("ar", 0, "لا أوراق بحثية"),
            ("ar", 1, "ورقة بحثية واحدة"),
            ("ar", 2, "ورقتان بحثيتان"),
            ("ar", 3, "3 أوراق بحثية"),
            ("ar", 11, "11 ورقة بحثية"),
            ("ar", 100, "100 ورقة بحثية"),
        ],
    )
    def test_the_form_is_that_of_the_number(self, language: str, count: int, text: str) -> None:
        assert shipped(language)("{count} papers", count=count) == text

    @pytest.mark.parametrize("language", ["de-CH", "fr-CH", "it-CH", "de-LI"])
    def test_switzerland_has_an_apostrophe_between_all_groups(self, language: str) -> None:
        """Which of the two apostrophes depends on the version of CLDR's data."""
        number = shipped(language).number(1234567)
        assert number in ("1’234’567", "1'234'567", "1\u202f234\u202f567")

    @given(st.integers(0, 10**15), st.sampled_from(["ar", "bn", "de", "es", "fa", "fr", "hi", "ja", "pt", "sv", "zh"]))
    def test_numbers_are_written_as_cldr_says(self, value: int, language: str) -> None:
        assert Words(language).number(value) == format_decimal(value, locale=language)

    @pytest.mark.parametrize(
        ("language", "day", "month", "year"),
        [
            ("en", "Aug 7, 2023", "Aug 2023", "2023"),
            ("tlh", "Aug 7, 2023", "Aug 2023", "2023"),
            ("de", "7. Aug. 2023", "Aug. 2023", "2023"),
            ("de-XX", "7. Aug. 2023", "Aug. 2023", "2023"),
            ("fr", "7 août 2023", "août 2023", "2023"),
            ("es", "7 ago 2023", "ago 2023", "2023"),
            ("zh", "2023年8月7日", "2023年8月", "2023年"),
            ("ja", "2023年8月7日", "2023年8月", "2023年"),
            ("ar", "7 أغسطس 2023", "أغسطس 2023", "2023"),
        ],
    )
    def test_dates_are_as_precise_as_known(self, language: str, day: str, month: str, year: str) -> None:
        found = Words(language)
        assert [found.date(Date(2023, 8, 7)), found.date(Date(2023, 8)), found.date(Date(2023))] == [day, month, year]

    @given(st.sampled_from(LANGUAGES), st.dates())
    def test_every_date_names_its_year_and_day(self, language: str, day: Any) -> None:
        text = Words(language).date(Date(day.year, day.month, day.day))
        assert {str(day.year), str(day.day)} <= set(re.findall(r"\d+", text))

    def test_a_value_that_is_markup_makes_markup_of_the_whole(self) -> None:
        found = Words("xx", {"As of {date}, {name}.": "<{name}> {date}"})(
            "As of {date}, {name}.", date=Html("<b>1</b>"), name="&"
        )
        assert isinstance(found, Markup)
        assert found == "&lt;&amp;&gt; <b>1</b>"
        assert not hasattr(Words("en")("As of {date}.", date="<b>"), "__html__")

    @given(st.text())
    def test_values_are_put_in_as_they_are(self, value: str) -> None:
        assert Words("en")("{name} of {title}", name=value, title="{name}") == f"{value} of {{name}}"

    def test_a_missing_value_is_an_error(self) -> None:
        with pytest.raises(jinja2.TemplateRuntimeError, match=r"'Page \{number\}' needs a value for 'number'"):
            Words("en")("Page {number}")


class TestThemes:
    def page(self, folder: Path) -> str:
        build(folder, Options())
        return (folder / "output/404.html").read_text(encoding="utf-8")

    def test_a_theme_and_a_site_may_replace_single_words(self, site: Site) -> None:
        files: dict[str, str | bytes] = {
            "content/site.yaml": "theme: own\nlanguage: de-CH\n",
            "themes/own/theme.yaml": "name: own\nextends: base\n",
            "themes/own/words/de.yaml": '"Page not found": Nicht da\nLooms: "Webstühle"\nNext: Vorwärts\n',
            "themes/own/words/de-CH.yaml": "Next: Vüre\n",
            "themes/base/words/de.yaml": "Home: Heim\n",
            "themes/own/templates/404.html": """{{ t("Page not found") }}|{{ t("Looms") }}|{{ t("Next") }}|{{
                t("Home") }}|{{ t("Abstract") }}|{{ t("New") }}|{{ 3360 | number }}""",
        }
        number = escape(Words("de-CH").number(3360))
        assert self.page(site(files)) == f"Nicht da|Webstühle|Vüre|Heim|Zusammenfassung|New|{number}"

    def test_words_are_escaped_in_pages(self, site: Site) -> None:
        files: dict[str, str | bytes] = {
            "content/site.yaml": "language: de\n",
            "themes/folio/words/de.yaml": "Next: <b>\n",
            "themes/folio/templates/404.html": "{{ t('Next') }}",
        }
        assert self.page(site(files)) == "&lt;b&gt;"

    def test_imported_templates_have_the_words(self, site: Site) -> None:
        files: dict[str, str | bytes] = {
            "content/site.yaml": "language: fr\n",
            "themes/folio/templates/_own.html": "{% macro own() %}{{ t('Abstract') }}{% endmacro %}",
            "themes/folio/templates/404.html": "{% import '_own.html' as parts %}{{ parts.own() }}",
        }
        assert self.page(site(files)) == "Résumé"

    def test_changed_words_change_the_pages_of_an_earlier_build(self, site: Site) -> None:
        files: dict[str, str | bytes] = {
            "content/site.yaml": "language: de\n",
            "themes/folio/templates/404.html": "{{ t('Next') }} {{ 3360 | number }}",
        }
        folder = site(files)
        assert self.page(folder) == "Weiter 3.360"
        path = folder / "themes/folio/words/de.yaml"
        path.parent.mkdir()
        path.write_text("Next: Vorwärts\n", encoding="utf-8")
        assert self.page(folder) == "Vorwärts 3.360"
        (folder / "content/site.yaml").write_text("language: en\n", encoding="utf-8")
        assert self.page(folder) == "Next 3,360"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Next: Weiter\nNext: Vor\n", "2:1: has 'Next' twice"),
            ("- Weiter\n", "1:1: is not a mapping of texts"),
            ("Next: [Weiter]\n", "1:7: 'Next' has no text"),
            ("Next:\n", "'Next' has no text"),
            ("[a]: b\n", "1:1: has a key that is no text"),
            ("Next: a: b\n", "is not valid YAML"),
            ('"{count} papers": "{count} {zahl}"\n', "1:19: '{count} papers' has no placeholder {zahl}"),
            ('"{count} papers": {one: x}\n', "1:19: '{count} papers' has no form 'other'"),
            ('"{count} papers": {sole: x, other: y}\n', "'sole' is no plural form"),
            ("Next: {one: x, other: y}\n", "'Next' has plural forms but no {count}"),
        ],
    )
    def test_a_fault_of_a_file_is_told_with_its_place(self, site: Site, text: str, said: str) -> None:
        folder = site({"content/site.yaml": "language: de\n", "themes/folio/words/de.yaml": text})
        with pytest.raises(ContentError) as caught:
            build(folder, Options())
        (problem,) = caught.value.problems
        assert problem.place.file == "themes/folio/words/de.yaml"
        assert said in str(problem)

    def test_an_empty_file_translates_nothing(self, site: Site) -> None:
        folder = site({"content/site.yaml": "language: de\n", "themes/folio/words/de.yaml": "# nothing yet\n"})
        assert "Seite nicht gefunden" in self.page(folder)


@pytest.fixture(scope="module", params=[(name, language) for name in THEMES for language in LANGUAGES])
def translated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Built]:
    """A site in a language, with a theme."""
    name, language = request.param
    folder = copy_content(VALID / "several-authors", tmp_path_factory.mktemp(f"{name}-{language}"))
    config = folder / "content" / "site.yaml"
    lines = config.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("theme:", "language:"))]
    config.write_text("\n".join([*kept, f"theme: {name}", f"language: {language}", ""]), encoding="utf-8")
    return language, Built(folder, build(folder, Options()))


def test_a_site_shows_the_words_of_its_language_with_every_theme(translated: tuple[str, Built]) -> None:
    language, site = translated
    found = shipped(language)
    page = next(iter(site.paper_pages.values()))
    assert page.html
    assert (page.html["lang"], page.html["dir"]) == (language, "rtl" if language == "ar" else "ltr")
    assert found("Cite") in [heading.text for heading in page.select("h2")]
    assert page.title
    assert found("Page not found") in site.pages["404.html"].text
    front = site.page("/")
    (heading,) = [heading.text for heading in front.select("h2#papers")]
    assert heading == found("{count} Papers", count=int(re.sub(r"\D", "", heading) or 0))
    assert found("Categories") in [link.text for link in front.select("header nav a")]
    assert site.page("/categories/").h1.text == found("Categories")
    dated = front.select_one("time.dt-published")
    assert dated
    assert dated.text == found.date(Date.parse(str(dated["datetime"])))


def test_no_english_text_is_left_in_a_translated_site(translated: tuple[str, Built]) -> None:
    """No element, label or title says just what an English site would say."""
    language, site = translated
    texts = file(language)
    english = {key for key in KEYS if key not in forms(texts[key])}
    for path, page in site.pages.items():
        said = {text.strip() for text in page.find_all(string=True)}
        said |= {str(tag[name]) for name in ("aria-label", "title", "alt") for tag in page.select(f"[{name}]")}
        assert not said & english, path


def test_an_arabic_site_runs_from_right_to_left(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built(tmp_path_factory.mktemp("arabic"), "right-to-left")
    page = next(page for page in site.paper_pages.values() if page.select("time.dt-published"))
    assert page.html
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    byline = page.select_one(".byline")
    assert byline
    assert byline.text.count("،") == len(byline.select(".p-author")) - 1 > 0
    assert "," not in byline.text
    time = page.select_one("time.dt-published")
    assert time
    assert time.text == Words("ar").date(Date.parse(str(time["datetime"])))
    assert re.search("[؀-ۿ]", time.text) or len(str(time["datetime"])) == 4
