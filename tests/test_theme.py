"""Themes as chains of folders, their options and assets, and how their faults are told."""

import os
import posixpath
import re
import shutil
from pathlib import Path

import jinja2
import pytest
from bs4 import BeautifulSoup
from themed_pages import OWN, Site, page, places, refused

from generator import content, templates, theme
from generator.errors import Place, Problems, ThemeError
from generator.plan import plan
from generator.text import convert
from generator.theme import Theme
from generator.words import Words


class TestChain:
    def test_the_shipped_themes_can_be_used_by_any_site(self, tmp_path: Path) -> None:
        names = [manifest.name for manifest in theme.available(tmp_path)]
        assert {"base", "folio"} <= set(names)
        for name in names:
            assert theme.load(name, tmp_path).manifests[0].description

    def test_a_theme_of_the_site_stands_before_the_one_it_extends(self, site: Site) -> None:
        folder = site({**OWN, "themes/own/templates/404.html": "mine"})
        own = theme.load("own", folder)
        assert [layer.name for layer in own.layers] == ["own", "base"]
        assert own.find("404.html") == folder / "themes/own/templates/404.html"
        assert own.find("paper.html") == theme.shipped() / "base/templates/paper.html"
        assert own.find("nothing.html") is None

    def test_single_files_may_be_laid_over_a_shipped_theme(self, site: Site) -> None:
        folder = site({"themes/folio/templates/404.html": "<p>mine: {{ site.title }}</p>"})
        folio = theme.load("folio", folder)
        assert [(layer.name, layer.whole) for layer in folio.layers] == [
            ("folio", False),
            ("folio", True),
            ("base", True),
        ]
        assert page(folder, "missing") == "<p>mine: Ada Lovelace</p>"

    def test_a_file_may_be_laid_over_a_theme_further_down_the_chain(self, site: Site) -> None:
        assert page(site({"themes/base/templates/404.html": "mine"}), "missing") == "mine"

    def test_a_prefix_reaches_the_template_that_is_laid_over(self, site: Site) -> None:
        marked = '{% extends "base:layout.html" %}{% block content %}<p>mine</p>{% endblock %}'
        folder = site({"themes/folio/templates/layout.html": marked, "themes/base/templates/layout.html": marked})
        found = BeautifulSoup(page(folder, "missing"), "html.parser")
        assert found.title is not None
        folio = theme.load("folio", folder)
        assert folio.find("base:layout.html") == theme.shipped() / "base/templates/layout.html"
        assert folio.find("layout.html") == folder / "themes/folio/templates/layout.html"
        assert folio.find("other:layout.html") is None

    def test_a_site_may_replace_a_shipped_theme_as_a_whole(self, site: Site) -> None:
        folder = site({"themes/folio/theme.yaml": "name: folio\n", "themes/folio/templates/404.html": "mine"})
        folio = theme.load("folio", folder)
        assert [layer.folder for layer in folio.layers] == [folder / "themes/folio"]

    @pytest.mark.parametrize("name", ["../themes/base", "/etc", "", ".", "base/..", "ba se"])
    def test_a_name_that_is_a_path_is_no_theme(self, tmp_path: Path, name: str) -> None:
        if not name:
            return
        with pytest.raises(ThemeError):
            theme.load(name, tmp_path)

    @pytest.mark.parametrize("name", ["../secret.html", "a/../../secret.html", "base:../theme.yaml"])
    def test_a_template_lies_in_the_theme(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(jinja2.TemplateNotFound):
            theme.load("base", tmp_path).find(name)


class TestManifest:
    def load(self, folder: Path, name: str = "own") -> ThemeError:
        with pytest.raises(ThemeError) as caught:
            theme.load(name, folder)
        return caught.value

    def test_an_unknown_theme_is_answered_with_a_suggestion(self, tmp_path: Path) -> None:
        error = self.load(tmp_path, "foliio")
        assert (error.message, error.hint) == ("there is no theme 'foliio'", "did you mean 'folio'?")
        assert self.load(tmp_path, "xyz").hint.startswith("there are: base, folio")

    def test_a_theme_whose_folder_cannot_be_named_so_is_not_called_missing(self, site: Site) -> None:
        folder = site({"themes/my theme/theme.yaml": "name: my theme\n", "themes/my file": ""})
        hint = "rename themes/my theme: the name of a theme has letters, digits, - and _ alone"
        assert self.load(folder, "my theme").hint == hint
        assert self.load(folder, "my file").hint.startswith("there are: base, folio")

    @pytest.mark.parametrize(
        ("manifest", "said"),
        [
            ("name: own\nextends: nothing\n", "extends 'nothing', which does not exist"),
            ("name: own\nextends: own\n", "extends itself"),
            ("name: other\n", "name is 'other', but the folder is called 'own'"),
            ("nmae: own\n", "unknown key 'nmae' in the manifest"),
            ("", "holds no theme"),
            ("name: a: b\n", "is not valid YAML"),
            ("name: own\noptions: {x: {type: integer, default: many}}\n", "options: x: default is 'many'"),
            ("name: own\noptions: {x: {type: choice, default: c, choices: [a, b]}}\n", "not one of a, b"),
            ("name: own\noptions: {x: {type: integer}}\n", "options: x has no default"),
            ("name: own\noptions: {x: {type: choice, default: c}}\n", "options: x is of type choice, without choices"),
            ("name: own\noptions: {x: {choices: [a], default: b}}\n", "options: x is of type text, but has choices"),
            ("name: own\noptions: {x: {type: colour, default: c}}\n", "not one of text, integer, truth, choice"),
        ],
    )
    def test_a_fault_of_a_manifest_is_told_with_its_file(self, site: Site, manifest: str, said: str) -> None:
        error = self.load(site({"themes/own/theme.yaml": manifest}))
        assert error.message == "the theme 'own' cannot be used"
        assert any(said in problem.what for problem in error.problems)
        assert {problem.place.file for problem in error.problems} == {"themes/own/theme.yaml"}

    def test_themes_that_extend_each_other_end(self, site: Site) -> None:
        folder = site({"themes/a/theme.yaml": "name: a\nextends: b\n", "themes/b/theme.yaml": "name: b\nextends: a\n"})
        (problem,) = self.load(folder, "a").problems
        assert str(problem).startswith("themes/b/theme.yaml:2:1: extends itself: a extends b extends a")

    def test_a_theme_of_the_program_is_not_blamed_for_what_lies_over_it(self, site: Site) -> None:
        folder = site({"themes/base/theme.yaml": "name: base\nextends: folio\n"})
        (problem,) = self.load(folder, "folio").problems
        assert str(problem).startswith("themes/base/theme.yaml:2:1: extends itself: folio extends base extends folio")

    def test_an_empty_name_is_no_theme(self, tmp_path: Path) -> None:
        assert self.load(tmp_path, "").message == "there is no theme ''"

    def test_an_option_keeps_the_type_that_templates_of_the_extended_theme_need(self, site: Site) -> None:
        options = "options:\n  authors_shown: {type: text, default: few}\n  accent: {type: text, default: blue}\n"
        (problem,) = self.load(site({"themes/own/theme.yaml": f"name: own\nextends: base\n{options}"})).problems
        assert str(problem) == (
            "themes/own/theme.yaml:4:19: options: authors_shown is of type text, but integer in 'base'\n"
            "  hint: the templates of that theme need its type; give an option of another type another name"
        )

    def test_all_templates_that_are_no_text_are_told_with_their_place(self, site: Site) -> None:
        own = {"themes/own/theme.yaml": "name: own\nextends: base\n"}
        folder = site({**own, "themes/own/templates/404.html": "", "themes/own/templates/cv.html": "<p>\x00"})
        (folder / "themes/own/templates/404.html").write_bytes("<p>\n<p>Café".encode("latin-1"))
        assert [str(problem).partition("\n")[0] for problem in self.load(folder).problems] == [
            "themes/own/templates/404.html:2:7: is not UTF-8: byte 0xE9, probably 'é' in Latin-1",
            "themes/own/templates/cv.html:1:4: holds the control character U+0000",
        ]

    def test_a_folder_without_a_manifest_is_told_what_it_lacks(self, site: Site) -> None:
        folder = site({"themes/own/templates/404.html": ""})
        (folder / "themes" / "own" / "theme.yaml").mkdir()
        assert self.load(folder).hint == "write themes/own/theme.yaml: name: own, extends: base"

    def test_a_link_that_leads_to_itself_is_no_template(self, site: Site) -> None:
        folder = site({**OWN, "themes/own/templates/404.html": ""})
        (folder / "themes" / "own" / "templates" / "paper.html").symlink_to("paper.html")
        assert theme.load("own", folder).find("paper.html") != folder / "themes" / "own" / "templates" / "paper.html"

    def test_a_theme_that_cannot_be_read_is_left_out_of_the_list(self, site: Site) -> None:
        names = [manifest.name for manifest in theme.available(site({"themes/own/theme.yaml": "nmae: own\n"}))]
        assert "own" not in names


class TestOptions:
    def options(self, chosen: Theme, wanted: dict[str, object]) -> tuple[dict[str, object], list[str]]:
        problems = Problems()
        values = theme.options(chosen, wanted, lambda name: Place("content/site.yaml", 1), problems)
        return values, [f"{problem.what} | {problem.hint}" for problem in problems.found]

    def test_options_have_their_defaults_and_those_of_the_parents(self, site: Site) -> None:
        values, problems = self.options(theme.load("own", site(OWN)), {})
        assert values["stars"] == 3
        assert values["accent"] == "blue"
        assert not problems

    def test_a_site_sets_options_and_a_theme_sets_those_of_its_parent(self, site: Site) -> None:
        manifest = (
            "name: own\nextends: base\noptions:\n  accent: {type: choice, default: pink, choices: [pink, red]}\n"
            "  wide: {type: truth, default: no}\n"
        )
        own = theme.load("own", site({"themes/own/theme.yaml": manifest}))
        assert self.options(own, {})[0]["accent"] == "pink"
        values, problems = self.options(own, {"accent": "red", "wide": "yes"})
        assert (values["accent"], values["wide"]) == ("red", True)
        assert not problems

    def test_a_list_is_read_in_its_order_from_a_list_or_a_text(self, site: Site) -> None:
        manifest = (
            "name: own\nextends: base\noptions:\n  groups: {type: list}\n"
            "  sides: {type: list, default: 'left, right', choices: [left, right, top]}\n"
        )
        own = theme.load("own", site({"themes/own/theme.yaml": manifest}))
        values, _ = self.options(own, {})
        assert (values["groups"], values["sides"]) == ((), ("left", "right"))
        values, problems = self.options(own, {"groups": ["Heads, all", "Rest"], "sides": "top,left"})
        assert (values["groups"], values["sides"]) == (("Heads, all", "Rest"), ("top", "left"))
        assert not problems
        for value, said in (
            ("tpo", "sides is 'tpo', not one of left, right, top | did you mean 'top'?"),
            (["left", "left"], "sides names 'left' twice | delete one"),
            ([["left"]], "sides is a list or a mapping, where one value is wanted | "),
        ):
            assert self.options(own, {"sides": value})[1] == [f"theme_options: {said}"]

    def test_an_unknown_option_is_answered_with_a_suggestion(self, tmp_path: Path) -> None:
        _, problems = self.options(theme.load("base", tmp_path), {"acent": "red", "zzzz": "1"})
        assert problems[0] == "theme_options: the theme 'base' has no option 'acent' | did you mean 'accent'?"
        assert "| options: abstracts, accent, " in problems[1]

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("stars", "many", "theme_options: stars is 'many', not a whole number"),
            ("stars", "-1", "theme_options: stars is -1, but cannot be less than 0"),
            ("scheme", "drak", "theme_options: scheme is 'drak', not one of auto, light, dark | did you mean 'dark'?"),
            ("list_links", "perhaps", "theme_options: list_links is 'perhaps', not true or false"),
            ("accent", ["a"], "theme_options: accent is a list or a mapping, where one value is wanted"),
        ],
    )
    def test_a_wrong_value_of_an_option_is_a_problem(self, site: Site, name: str, value: object, said: str) -> None:
        values, problems = self.options(theme.load("own", site(OWN)), {name: value})
        assert len(problems) == 1
        assert problems[0].startswith(said)
        assert values[name] == self.options(theme.load("own", site(OWN)), {})[0][name]

    @pytest.mark.parametrize("value", ["teal", "[teal]"])
    def test_options_that_are_no_mapping_are_a_problem(self, site: Site, value: str) -> None:
        folder = site({"content/site.yaml": f"theme_options: {value}\n"})
        loaded = content.load(folder)
        plan(loaded, theme.load("folio", folder))
        assert [str(problem.place) for problem in loaded.problems.found] == ["content/site.yaml:1:16"]

    def test_a_wrong_option_is_shown_where_the_site_sets_it(self, site: Site) -> None:
        folder = site({"content/site.yaml": "title: T\ntheme_options:\n  accent: blue\n  scheme: x\n  acent: y\n"})
        loaded = content.load(folder)
        plan(loaded, theme.load("folio", folder))
        assert [str(problem.place) for problem in loaded.problems.sorted()] == [
            "content/site.yaml:4:3",
            "content/site.yaml:5:3",
        ]


class TestAssets:
    def test_an_asset_carries_a_digest_of_its_content(self, site: Site) -> None:
        first = theme.load("own", site({**OWN, "themes/own/assets/a/x.js": "1"})).assets["a/x.js"].address
        second = theme.load("own", site({**OWN, "themes/own/assets/a/x.js": "2"})).assets["a/x.js"].address
        assert first.startswith("/assets/a/x.")
        assert first.endswith(".js")
        assert first != second
        assert theme.load("own", site({**OWN, "themes/own/assets/a/x.js": "1"})).assets["a/x.js"].address == first

    def test_the_nearest_asset_of_a_name_is_used(self, site: Site) -> None:
        shipped = theme.load("base", site({}))
        name = next(iter(shipped.assets))
        folder = site({f"themes/base/assets/{name}": "mine"})
        assert theme.load("folio", folder).assets[name].source == folder / "themes/base/assets" / name

    @pytest.mark.parametrize(
        ("named", "asset"),
        [
            ("x.png", "css/x.png"),
            ('"x.png"', "css/x.png"),
            ("'../f.woff2'", "f.woff2"),
            ("./x.png", "css/x.png"),
            ("deep/y.png", "css/deep/y.png"),
            (' "x.png" ', "css/x.png"),
            ("x.png#icon", "css/x.png"),
            ("'../f.woff2?v=1#a'", "f.woff2"),
            ('"a b.png"', "css/a b.png"),
            ("z.css", "css/z.css"),
        ],
    )
    def test_a_style_sheet_names_other_assets_as_they_are_published(self, site: Site, named: str, asset: str) -> None:
        images = {
            f"themes/own/assets/{name}": name
            for name in ("css/x.png", "css/a b.png", "css/z.css", "css/deep/y.png", "f.woff2")
        }
        own = theme.load("own", site({**OWN, **images, "themes/own/assets/css/a.css": f"a{{background:url({named})}}"}))
        published = own.assets["css/a.css"].content
        assert published is not None
        link = published.decode().partition("url(")[2].removesuffix(")}")
        assert link.strip("\"'") != link or link == link.replace(" ", "")  # only between quotes may be blanks
        found = re.fullmatch(r"""["']?([^#?"']+)(.*?)["']?""", link)
        assert found
        name, rest = found.groups()
        assert rest in named
        reached = posixpath.normpath(posixpath.join("/assets/css", name))
        assert reached == own.assets[asset].address

    @pytest.mark.parametrize(
        ("written", "start", "end"),
        [
            ('@import "b.css";', '@import "', '";'),
            ("@import'../css/b.css#x' screen;", "@import'", "#x' screen;"),
            ('@import url( "b.css" ) print;', '@import url("', '") print;'),
        ],
    )
    def test_a_style_sheet_that_imports_another_names_it_as_it_is_published(
        self, site: Site, written: str, start: str, end: str
    ) -> None:
        sheets = {"themes/own/assets/css/a.css": written, "themes/own/assets/css/b.css": "a{color:red}"}
        own = theme.load("own", site({**OWN, **sheets}))
        published = (own.assets["css/a.css"].content or b"").decode()
        named = published.removeprefix(start).removesuffix(end)
        assert published == f"{start}{named}{end}"
        assert own.assets["css/b.css"].address == f"/assets/{named.removeprefix('../')}"

    def test_style_sheets_that_name_each_other_are_published(self, site: Site) -> None:
        sheets = {f"themes/own/assets/{name}.css": f"@import url({other}.css);" for name, other in ("ab", "ba")}
        assert {"a.css", "b.css"} <= theme.load("own", site({**OWN, **sheets})).assets.keys()

    @pytest.mark.parametrize("named", ["data:image/png;base64,x", "gone.png", "#a", "https://a.org/x.png"])
    def test_what_is_no_asset_is_left_in_a_style_sheet(self, site: Site, named: str) -> None:
        own = theme.load("own", site({**OWN, "themes/own/assets/a.css": f"a{{background:url({named})}}"}))
        assert own.assets["a.css"].content == f"a{{background:url({named})}}".encode()

    def test_visitors_do_not_load_the_comments_of_style_sheets(self, site: Site) -> None:
        sheet = (
            "/* one */\n/*! license */\na { /* two's */ color: red; /* three\n four */ }\n"
            "b::before { content: '/* text */' \"/* it's */\" } /* it's */\nc/* near */.d { --x: 1/**/2 }\n"
        )
        own = theme.load("own", site({**OWN, "themes/own/assets/a.css": sheet}))
        assert own.assets["a.css"].content == (
            b"\n/*! license */\na {  color: red;  }\n"
            b"b::before { content: '/* text */' \"/* it's */\" } \nc/* near */.d { --x: 1/**/2 }\n"
        )

    def test_the_digest_of_a_style_sheet_changes_with_what_it_names(self, site: Site) -> None:
        files = {**OWN, "themes/own/assets/own.css": "a{background:url(x.png)}"}
        first = theme.load("own", site({**files, "themes/own/assets/x.png": "1"})).assets["own.css"].address
        second = theme.load("own", site({**files, "themes/own/assets/x.png": "2"})).assets["own.css"].address
        assert first != second

    def test_hidden_files_are_no_assets(self, site: Site) -> None:
        assert ".DS_Store" not in theme.load("own", site({**OWN, "themes/own/assets/.DS_Store": "x"})).assets

    def test_a_style_sheet_that_is_no_utf_8_is_told(self, site: Site) -> None:
        with pytest.raises(ThemeError) as caught:
            theme.load("own", site({**OWN, "themes/own/assets/a.css": b"\xff"}))
        assert places(caught.value)[0].startswith("themes/own/assets/a.css")

    def test_a_link_to_a_folder_is_refused(self, site: Site) -> None:
        folder = site({**OWN, "themes/own/templates/a.html": "", "themes/shared/b.html": ""})
        (folder / "themes/own/templates/parts").symlink_to("../../shared")
        with pytest.raises(ThemeError) as caught:
            theme.load("own", folder)
        assert [str(problem) for problem in caught.value.problems] == [
            "themes/own/templates/parts: is a link to a folder\n  hint: copy the folder instead"
        ]

    def test_a_folder_of_a_theme_may_be_a_link_within_the_site(self, site: Site, tmp_path: Path) -> None:
        folder = site({**OWN, "shared/own.css": ""})
        (folder / "themes/own/assets").symlink_to("../../shared")
        assert "own.css" in theme.load("own", folder).assets
        (folder / "themes/own/assets").unlink()
        (tmp_path / "elsewhere").mkdir()
        (folder / "themes/own/assets").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(ThemeError) as caught:
            theme.load("own", folder)
        assert caught.value.problems[0].what == "is a link to something outside of the site"

    def test_templates_are_those_of_which_the_digest_tells(self, site: Site) -> None:
        """One that is edited while pages are made belongs to the next build."""
        folder = site({"themes/folio/templates/404.html": "before"})
        made = templates.environment(theme.load("folio", folder), Words("en"))
        (folder / "themes/folio/templates/404.html").write_text("after")
        assert made.get_template("404.html").render() == "before"

    def test_a_link_out_of_the_site_is_refused(self, site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
        secret = tmp_path_factory.mktemp("elsewhere") / "secret"
        secret.write_text("token")
        folder = site({**OWN, "themes/own/assets/own.css": "", "content/files/shared.css": "p {}"})
        link = folder / "themes" / "own" / "assets" / "leak.css"
        link.symlink_to(secret)
        with pytest.raises(ThemeError) as caught:
            theme.load("own", folder)
        assert [str(problem) for problem in caught.value.problems] == [
            "themes/own/assets/leak.css: is a link to something outside of the site\n  hint: copy the file instead"
        ]
        link.unlink()
        link.symlink_to(folder / "content" / "files" / "shared.css")
        assert theme.load("own", folder).assets["leak.css"].content == b"p {}"

    @pytest.mark.parametrize("place", ["themes", "themes/folio", "themes/folio/templates"])
    def test_a_folder_that_may_not_be_entered_is_told(
        self, site: Site, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its templates would be passed over, and the theme's own taken."""
        folder = site({"themes/folio/templates/404.html": ""})
        allowed = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: path != folder / place and allowed(path, mode))
        with pytest.raises(ThemeError) as caught:
            theme.load("folio", folder)
        assert [str(problem) for problem in caught.value.problems] == [
            f"{place}: cannot be read: Permission denied\n  hint: give yourself the right to read it"
        ]
        problems = Problems()
        theme.available(folder, problems)
        assert len(problems.found) == (place != "themes/folio/templates")

    @pytest.mark.parametrize("place", ["templates", "words", "assets", "assets/more", "theme.yaml"])
    def test_no_folder_and_no_manifest_lies_outside_of_the_site(
        self, site: Site, tmp_path_factory: pytest.TempPathFactory, place: str
    ) -> None:
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        (elsewhere / "secret").write_text("token")
        folder = site({name: text for name, text in OWN.items() if name != f"themes/own/{place}"})
        link = folder / "themes" / "own" / place
        link.parent.mkdir(parents=True, exist_ok=True)
        if link.is_dir():
            shutil.rmtree(link)
        link.symlink_to(elsewhere / "secret" if place == "theme.yaml" else elsewhere)
        with pytest.raises(ThemeError) as caught:
            theme.load("own", folder)
        assert [str(problem.place) for problem in caught.value.problems] == [f"themes/own/{place}"]
        assert "token" not in str([str(problem) for problem in caught.value.problems])

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    @pytest.mark.parametrize("place", ["templates/paper.html", "words/de.yaml", "assets/own.css"])
    def test_what_is_no_file_is_refused_and_not_waited_for(self, site: Site, place: str) -> None:
        folder = site({**OWN, f"themes/own/{place}": ""})
        path = folder / "themes" / "own" / place
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(ThemeError) as caught:
            theme.load("own", folder)
        assert [str(problem) for problem in caught.value.problems] == [
            f"themes/own/{place}: is not a regular file\n  hint: delete it or move it"
        ]

    def test_a_name_that_is_no_utf_8_is_refused(self, site: Site) -> None:
        folder = site({**OWN, "themes/own/assets/own.css": ""})
        (folder / "themes" / "own" / "assets" / os.fsdecode(b"caf\xe9.css")).write_bytes(b"")
        with pytest.raises(ThemeError) as caught:
            theme.load("own", folder)
        assert places(caught.value) == ["themes/own/assets/caf\\xe9.css"]

    def test_a_folder_in_the_place_of_words_is_told(self, site: Site) -> None:
        folder = site({**OWN, "content/site.yaml": "theme: own\n", "themes/own/words/en.yaml/x": ""})
        assert places(refused(folder)) == ["themes/own/words/en.yaml"]


class TestDigest:
    @pytest.mark.parametrize(
        "change",
        [
            {"themes/own/templates/404.html": "changed"},
            {"themes/own/templates/new.html": ""},
            {"themes/own/templates/part/x.html": ""},
            {"themes/own/assets/x.js": "changed"},
            {"themes/base/templates/404.html": "laid over"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_the_digest_changes_with_any_template_or_asset(self, site: Site, change: dict[str, str]) -> None:
        files = {**OWN, "themes/own/templates/404.html": "x", "themes/own/assets/x.js": "x"}
        before = theme.load("own", site(files)).digest
        assert theme.load("own", site(files)).digest == before
        assert theme.load("own", site({**files, **change})).digest != before


PARTS: dict[str, str | bytes] = {
    "content/authors/ada.yaml": "name: Ada Lovelace\nbio: Engines.\ninterests: [looms]\nmetrics: {h_index: 4}\n",
    "content/papers/p.yaml": "- {title: One, selected: yes, date: 2023}\n- {title: Two, date: 2024}\n",
    "content/pages/news/a.md": "---\ntitle: A loom\ndate: 2025\n---\n\nNew.\n",
}


def parts(markup: str) -> list[str]:
    """The parts of a page in their order, by what each is known by."""
    names = {"bio": "bio", "interests": "interests", "metrics": "metrics", "chart": "charts"}
    names |= dict.fromkeys(("news", "selected", "papers", "people"), "")
    found = []
    for element in BeautifulSoup(markup, "html.parser").main.find_all(["section", "div", "ul", "dl", "figure"]):
        name = element.get("aria-labelledby", "") if element.name == "section" else ""
        name = name or next((names[kind] for kind in element.get("class", []) if names.get(kind)), "")
        if name and (element.name == "section" or name in names.values()):
            found.append({"authors": "people"}.get(name, name))
    return found


@pytest.mark.parametrize("name", [manifest.name for manifest in theme.available(Path())])
class TestParts:
    def test_a_profile_shows_the_parts_that_the_site_wants_in_its_order(self, site: Site, name: str) -> None:
        wanted = "[interests, bio, papers, news, charts, metrics, selected]"
        config = f"theme: {name}\ntheme_options: {{profile_parts: {wanted}}}\n"
        shown = parts(page(site({**PARTS, "content/site.yaml": config})))
        assert shown == ["interests", "bio", "papers", "news", "charts", "metrics", "selected"]

    def test_the_chart_of_citations_says_who_counted_them_and_when(self, site: Site, name: str) -> None:
        counted = "citations_by_year: {years: {2024: 5, 2025: 9}, source: OpenAlex, as_of: 2026-11-25}\n"
        files = {"content/site.yaml": f"theme: {name}\n", "content/authors/ada.yaml": f"name: Ada\n{counted}"}
        [chart] = BeautifulSoup(page(site({**PARTS, **files})), "html.parser").select(
            "figure.chart:has(#citations-chart)"
        )
        assert " ".join(chart.select_one(".source").get_text().split()) == "Source: OpenAlex. As of Nov 25, 2026."
        assert chart.select_one("time")["datetime"] == "2026-11-25"

    def test_papers_are_always_there(self, site: Site, name: str) -> None:
        config = f"theme: {name}\ntheme_options: {{profile_parts: [], directory_parts: [news]}}\n"
        assert parts(page(site({**PARTS, "content/site.yaml": config}))) == ["papers"]
        two = {**PARTS, "content/site.yaml": config, "content/authors/bob.yaml": "name: Bob\n"}
        assert parts(page(site(two), "directory")) == ["news", "papers"]

    def test_the_front_page_of_several_shows_people_and_what_they_selected(self, site: Site, name: str) -> None:
        config = f"theme: {name}\ntheme_options: {{directory_parts: [selected, papers, people]}}\n"
        two = {**PARTS, "content/site.yaml": config, "content/authors/bob.yaml": "name: Bob\n"}
        assert parts(page(site(two), "directory")) == ["selected", "papers", "people"]


def test_the_style_sheet_has_a_rule_for_every_class_of_texts() -> None:
    array = r"\textsc{A} $\begin{array}{|r|l|} \hline a & b \\ \hline c & d \end{array} \textsc{B} \overline{x}$"
    table = "|a|b|c|\n|:--|:-:|--:|\n|1|2|3|"
    markup = convert(array, "latex").html + convert(table, "markdown").html
    classes = {name for names in re.findall(r'class="([^"]+)"', markup) for name in names.split()}
    lines = {f"line-{side}" for side in ("left", "right", "top")}
    assert classes == {"sc", "align-left", "align-center", "align-right", "bar", *lines}
    sheet = (theme.shipped() / "base" / "assets" / "base.css").read_text(encoding="utf-8")
    assert classes <= set(re.findall(r"^  \.([\w-]+) \{", sheet, re.MULTILINE))


def test_lab_shows_people_by_their_groups(site: Site) -> None:
    people = {"ada": "Heads", "bob": "Students", "cy": "", "dan": "Alumni"}
    files: dict[str, str | bytes] = {
        f"content/authors/{name}.yaml": f"name: {name.title()}\ngroup: {group}\n" for name, group in people.items()
    }
    files["content/site.yaml"] = "theme: lab\ntheme_options: {groups: [Nobody, Students]}\n"
    main = BeautifulSoup(page(site(files), "directory"), "html.parser").main
    team = main.select_one("section[aria-labelledby=authors]")
    shown = [" ".join(element.get_text().split()) for element in team.find_all(["h3", "h4"])]
    assert shown == ["Students", "Bob", "Heads", "Ada", "Alumni", "Dan", "Further people", "Cy"]


def test_lab_knows_who_usually_stands_first(site: Site) -> None:
    people = {"ada": "Alumni", "bob": "PhD students", "cy": "Faculty", "dan": "Friends"}
    files: dict[str, str | bytes] = {
        f"content/authors/{name}.yaml": f"name: {name.title()}\ngroup: {group}\n" for name, group in people.items()
    }
    files["content/site.yaml"] = "theme: lab\n"
    team = BeautifulSoup(page(site(files), "directory"), "html.parser").select_one("section[aria-labelledby=authors]")
    assert [heading.get_text() for heading in team.find_all("h3")] == ["Faculty", "PhD students", "Friends", "Alumni"]
