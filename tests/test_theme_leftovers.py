"""What lies in vain in a theme of a site is told."""

from pathlib import Path

import pytest
from themed_pages import OWN, Site

from generator import content, theme
from generator.plan import plan
from generator.theme_leftovers import leftovers


class TestLeftovers:
    def told(self, folder: Path, name: str) -> list[str]:
        return [str(problem).replace("\n  ", " | ") for problem in leftovers(theme.load(name, folder))]

    def test_files_beside_the_folders_that_are_read_are_told(self, site: Site) -> None:
        folder = site({**OWN, "themes/own/paper.html": "", "themes/own/en.yaml": "", "themes/own/README.md": ""})
        assert self.told(folder, "own") == [
            "themes/own/en.yaml: is not read | hint: move it to themes/own/words/en.yaml",
            "themes/own/paper.html: is not read | hint: move it to themes/own/templates/paper.html",
        ]

    def test_a_misspelled_template_is_told_unless_another_names_it(self, site: Site) -> None:
        papre, mine = "themes/folio/templates/papre.html", "themes/folio/templates/mine.html"
        folder = site({papre: "", mine: ""})
        assert self.told(folder, "folio") == [f"{papre}: is not used | hint: did you mean 'paper.html'?"]
        assert self.told(site({papre: "", mine: "{% include 'papre.html' %}"}), "folio") == []

    @pytest.mark.parametrize(
        ("template", "told"),
        [
            (
                '{% extends "base:layout.html" %}\n{% block foter %}{% endblock %}\n',
                ":2: the block 'foter' is shown nowhere | hint: did you mean 'footer'?",
            ),
            (
                '{% extends "layout.html" %}\n\n{%- block qqq %}{% endblock %}\n',
                ":3: the block 'qqq' is shown nowhere | hint: blocks: attributes, footer, header, main, scripts, styles",
            ),
            (
                '{% extends "base:paper.html" %}\n{% block main %}{% endblock %}\n\n  <p>\n{{ data.paper }}\n',
                ":4: stands in no block, so nothing of it is shown: the template extends another"
                " | hint: put it into a block",
            ),
            (
                '{% extends "base:paper.html" %}{{ page.title }}',
                ":1: stands in no block, so nothing of it is shown: the template extends another"
                " | hint: put it into a block",
            ),
            (
                '{% extends "base:paper.html" %}\n{# <p> #}\n{% block main %}{% block mine %}{% endblock %}{% endblock %}',
                "",
            ),
            (
                '{% extends "base:paper.html" %}{% block main %}{{ self.mine() }}{% endblock %}'
                "{% block mine %}{% endblock %}",
                "",
            ),
            ('<!-- -->{% extends "base:paper.html" %}{% import "_list.html" as lists %}{% set x = 1 %}\n', ""),
            ("{% block mine %}<p>{% endblock %}", ""),
            ('{% extends "paper.html" %}{% block main %}{% endblock %}', ""),
            ('{% extends "gone.html" %}{% block mine %}{% endblock %}', ""),
            ('{% extends "../gone.html" %}{% block mine %}{% endblock %}', ""),
            ('{% extends "base:paper.html" if page else "" %}{% block mine %}{% endblock %}', ""),
            ('{% extends "base:paper.html" %}{% block', ""),
            ('{% extends "base:paper.html" %}{{ ' + 5000 * "1" + " }}", ""),
        ],
    )
    def test_what_a_template_says_without_effect_is_told(self, site: Site, template: str, told: str) -> None:
        paper = "themes/own/templates/paper.html"
        assert self.told(site({**OWN, paper: template}), "own") == ([f"{paper}{told}"] if told else [])

    def test_nothing_is_said_where_a_template_below_may_extend_any_other(self, site: Site) -> None:
        mine = '{% extends "layout.html" %}{% block mine %}{% endblock %}'
        layout = '{% extends "base:layout.html" if page else "other.html" %}'
        folder = site({**OWN, "themes/own/templates/paper.html": mine, "themes/own/templates/layout.html": layout})
        assert self.told(folder, "own") == []

    def test_words_in_a_file_that_is_called_like_no_language_are_told(self, site: Site) -> None:
        names = ("de.yaml", "de-CH.yaml", "README.md", "de_CH.yaml", "de.yml", "german.yaml")
        folder = site({**OWN, **{f"themes/own/words/{name}": "Abstract: Worum es geht\n" for name in names}})
        assert self.told(folder, "own") == [
            f"themes/own/words/{name}: is not read | hint: name it like de.yaml or de-CH.yaml"
            for name in ("de.yml", "de_CH.yaml", "german.yaml")
        ]

    def test_values_that_are_comments_to_yaml_are_told_of_all_files_that_can_be_read(self, site: Site) -> None:
        tint = "name: own\nextends: base\noptions:\n  tint:\n    type: text\n    default: #21539c\n"
        words = {"themes/own/words/de.yaml": "Papers: #Arbeiten\n", "themes/own/words/fr.yaml": "Papers: [ #x\n"}
        folder = site({**OWN, "themes/own/theme.yaml": tint, **words})
        hint = "which YAML takes for a comment | hint: put the text into quotes, or a blank after the #"
        assert self.told(folder, "own") == [
            f"themes/own/theme.yaml:6:13: nothing stands before '#21539c', {hint}",
            f"themes/own/words/de.yaml:1:8: nothing stands before '#Arbeiten', {hint}",
        ]

    def test_blocks_of_all_themes_below_are_known(self, site: Site) -> None:
        over = '{% extends "folio:layout.html" %}{% block footer %}{% endblock %}{% block mine %}{% endblock %}'
        folder = site({"themes/folio/templates/layout.html": over})
        assert [line.partition(" |")[0] for line in self.told(folder, "folio")] == [
            "themes/folio/templates/layout.html:1: the block 'mine' is shown nowhere"
        ]

    def test_a_build_tells_it_as_a_warning(self, site: Site) -> None:
        loaded = content.load(site({"content/site.yaml": "theme: own", **OWN, "themes/own/own.css": ""}))
        plan(loaded, theme.load("own", loaded.folder))
        assert [warning.place.file for warning in loaded.warnings.sorted()] == ["themes/own/own.css"]
