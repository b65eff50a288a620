"""What README, CONTRIBUTING and docs/ say is so: keys, fields, commands and links are compared with the code."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import jinja2
import msgspec
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from generator import content, folders, model, templates, theme, views
from generator.build import Options, build
from generator.check.finding import RULES
from generator.cli import commands
from generator.formats.readers import READERS
from generator.model import Record
from generator.services import SERVICES
from generator.shapes import Choice, Many, fields_of
from generator.theme import Manifest, Option
from generator.words import Words

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
USAGE = [path for path in FILES if path.name not in ("CHANGELOG.md", "CONTRIBUTING.md")]
RECORDS = [
    record
    for record in vars(model).values()
    if isinstance(record, type) and issubclass(record, Record) and record is not Record
]
VIEWS = {
    name: view
    for name, view in vars(views).items()
    if isinstance(view, type) and issubclass(view, views.View) and view is not views.View
}

FENCE = re.compile(r"(?:^`([^`\n]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"""\]\(([^)\s]+)\)|<(?:img|source)\s[^>]*?(?:src|srcset)=["']([^"']+)["']""")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


class Example(NamedTuple):
    """A block of code: the file that is named above it (or an empty text), its language, its text."""

    file: str
    language: str
    text: str


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def examples(name: str) -> list[Example]:
    return [Example(match[1] or "", match[2], match[3]) for match in FENCE.finditer(read(name))]


def prose(text: str) -> str:
    return FENCE.sub("", text)


def code(text: str) -> list[str]:
    """What stands between backticks outside of blocks."""
    return CODE.findall(prose(text))


def tables(text: str, header: str) -> Iterator[dict[str, str]]:
    """The rows of each table with that header: every name in the first column, and the row it is in."""
    for table in re.split(rf"^{re.escape(header)}$", text, flags=re.MULTILINE)[1:]:
        rows: dict[str, str] = {}
        for line in table.strip("\n").split("\n")[1:]:
            if not line.startswith("|"):
                break
            rows |= dict.fromkeys(CODE.findall(line.split("|")[1]), line)
        yield rows


def section(text: str, heading: str) -> str:
    """The part of a page below a heading, up to the next heading."""
    return re.split(r"^#", text.split(f"\n{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize(
    ("record", "file"),
    [*((record, "docs/content.md") for record in RECORDS), (Manifest, "docs/themes.md"), (Option, "docs/themes.md")],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_the_keys_of_a_record_are_in_its_tables_and_no_others(record: type[Record], file: str) -> None:
    keys = fields_of(record)
    found = [rows for rows in tables(read(file), "| key | takes | does |") if rows.keys() <= keys.keys()]
    whole = [rows for rows in found if rows.keys() == keys.keys()]
    # the keys of a paper stand in several tables; those of other records that it has too come after them
    rows = whole[0] if whole else {key: row for part in reversed(found) for key, row in part.items()}
    assert sorted(rows) == sorted(keys)
    for name, entry in keys.items():
        takes = rows[name].split("|")[2]
        assert ("required" in takes) == entry.required, name
        shape = entry.shape.item if isinstance(entry.shape, Many) else entry.shape
        words = shape.words if isinstance(shape, Choice) else ()
        assert [word for word in words if f"`{word}`" not in rows[name]] == []


def test_every_service_is_listed() -> None:
    listed = set(code(section(read("docs/content.md"), "### Links of a person")))
    assert set(SERVICES) - listed == set()


@pytest.mark.parametrize(
    ("where", "record"),
    [
        ("papers", model.Paper),
        ("authors", model.Author),
        ("pages", model.FreePage),
        ("site.yaml", model.SiteConfig),
    ],
)
def test_the_names_of_other_tools_are_listed_as_they_are_understood(where: str, record: type[Record]) -> None:
    listed = {}
    for line in section(read("docs/content.md"), "## Keys of other tools").split("\n"):
        if line.startswith(f"| {where} |"):
            ours, others = (CODE.findall(cell) for cell in line.split("|")[2:4])
            listed |= dict.fromkeys(others, ours[0])
    assert listed == record.ALSO


def test_every_kind_of_import_is_named() -> None:
    text = section(read("docs/importing.md"), "## Files")
    assert [reader.kind for reader in READERS if f"`{reader.kind}`" not in text] == []
    text = section(read("docs/importing.md"), "## Folders of other sites")
    assert [kind for kind in folders.KINDS if f"`{kind}`" not in text] == []


def documented_views() -> dict[str, set[str]]:
    """The fields that docs/themes.md lists for each view."""
    text = read("docs/themes.md")
    found: dict[str, set[str]] = {}
    headings = {"SiteView": "## site", "PageView": "## page"}
    small = section(text, "### Small views")
    names: list[str] = []
    for line in small.split("\n"):
        cells = line.split("|")
        if len(cells) > 3 and CODE.search(cells[2]):
            names = cells[1].strip().split(", ") if cells[1].strip() else names
            for name in names:
                found.setdefault(name, set()).update(CODE.findall(cells[2]))
    for name in VIEWS.keys() - found.keys():
        (rows,) = tables(section(text, headings.get(name, f"### {name}")), "| field | is |")
        found[name] = set(rows)
    return found


def test_every_field_that_a_template_sees_is_listed_and_no_other() -> None:
    fields = {
        name: {field.name for field in msgspec.structs.fields(view)}
        | {key for key, value in vars(view).items() if isinstance(value, property)}
        for name, view in VIEWS.items()
    }
    assert documented_views() == fields


def test_modules_that_are_named_to_contributors_exist() -> None:
    text = read("CONTRIBUTING.md")
    named = {name for name in code(text) if re.fullmatch(r"(?:generator/)?[a-z_/]+(?:\.py|/)", name)}
    folders = [ROOT, *(ROOT / name for name in ("generator", "generator/pages", "tests/sites", "benchmarks"))]
    assert len(named) > 10
    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []


def test_functions_filters_templates_and_blocks_of_themes_are_listed() -> None:
    text = read("docs/themes.md")
    environment = templates.environment(theme.load("base", ROOT), Words("en"))
    plain = jinja2.Environment()
    functions = environment.globals.keys() - plain.globals.keys() | {"absolute"}
    assert "| `local` (a value)" in text
    assert [name for name in functions if f"| `{name}(" not in text] == []
    assert [
        name for name in environment.filters.keys() - plain.filters.keys() if f"| `{name}` (a filter)" not in text
    ] == []
    names = {path.name for path in (theme.shipped() / "base" / "templates").glob("*.html")}
    assert {name for name in names if f"`{name}`" not in text} == set()
    needed = {name for name in names if not name.startswith("_")} - {"layout.html"}
    (rows,) = tables(text, "| template | shows | `data` is |")
    assert rows.keys() == needed
    layout = (theme.shipped() / "base" / "templates" / "layout.html").read_text(encoding="utf-8")
    assert set(re.findall(r"{% block (\w+)", layout)) <= set(code(section(text, "## Templates")))


def leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, with what is typed to call them."""
    yield name, command
    if isinstance(command, click.Group):
        for child in command.commands.values():
            yield from leaves(child, f"{name} {child.name}")


def test_every_command_and_every_option_is_documented() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in USAGE)
    missing = []
    for name, command in leaves(commands, "paperfolio"):
        if name != "paperfolio" and not re.search(rf"{name}\b", text):
            missing.append(name)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                missing += [f"{name} {option}" for option in parameter.opts if not re.search(rf"{option}\b", text)]
    assert missing == []


def command_lines() -> list[tuple[str, str]]:
    found = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        lines = [line for match in FENCE.finditer(text) if match[2] == "sh" for line in match[3].split("\n")]
        found += [(path.name, line) for line in (*lines, *code(text)) if line.startswith("paperfolio ")]
    return found


@pytest.mark.parametrize(("file", "line"), command_lines())
def test_command_lines_parse(file: str, line: str) -> None:
    command: click.Command = commands
    context = click.Context(commands, info_name="paperfolio")
    words = shlex.split(line, comments=True)[1:]
    while True:
        parameters = {parameter.name: parameter for parameter in command.get_params(context)}
        values, words, _ = command.make_parser(context).parse_args(words)
        for name, value in values.items():
            kind = parameters[name].type
            if isinstance(kind, click.Choice) and isinstance(value, str) and not value.isupper():
                kind.convert(value, parameters[name], context)
        if not isinstance(command, click.Group) or not words or words[0].isupper():
            break
        child = command.get_command(context, words.pop(0))
        assert child, f"{file}: no such command in {line!r}"
        context = click.Context(child, parent=context, info_name=child.name)
        command = child
    assert isinstance(command, click.Group) or not words, f"{file}: too many arguments in {line!r}"


def test_the_command_lines_of_the_readme_are_found() -> None:
    assert ("README.md", "paperfolio serve --open") in command_lines()


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        lines = [line for match in FENCE.finditer(text) for line in match[3].split("\n")]
        named = {found[1] for line in (*lines, *code(text)) if (found := re.match(r"make ([a-z]+)", line))}
        assert named <= targets, path.name


def test_the_report_looks_as_shown(tmp_path: Path) -> None:
    (shown,) = [example.text for example in examples("docs/output.md") if "hint:" in example.text]
    write(
        tmp_path, {"content/authors/ada.yaml": "name: Ada", "content/papers/papers.yaml": "title: A\ndate: 2023-02-30"}
    )
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--site", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", shown)


def anchors(path: Path) -> set[str]:
    """The ids that GitHub gives to headings."""
    headings = HEADING.findall(prose(path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def targets(path: Path) -> list[str]:
    """Where links lead to, and the pictures."""
    return ["".join(found) for found in LINK.findall(CODE.sub("", prose(path.read_text(encoding="utf-8"))))]


def test_every_theme_is_shown_and_no_picture_lies_in_vain() -> None:
    shown = {(path.parent / target).resolve() for path in FILES for target in targets(path) if target.endswith(".png")}
    assert shown == set((ROOT / "docs/pictures").iterdir())
    assert {path.stem.partition("-")[0] for path in shown} == {manifest.name for manifest in theme.available(ROOT)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_relative_links_lead_somewhere(path: Path) -> None:
    for target in targets(path):
        if "://" in target or target.startswith("mailto:"):
            continue
        file, _, anchor = target.partition("#")
        leads_to = path.parent / file if file else path
        assert leads_to.exists(), target
        assert not anchor or anchor in anchors(leads_to), target


def test_every_dependency_is_justified() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    wanted += [name for names in project["project"]["optional-dependencies"].values() for name in names]
    why = read("docs/why.md").lower()
    names = [re.match(r"[A-Za-z0-9_-]+", requirement)[0].lower() for requirement in wanted]
    assert [name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w-])", why)] == []


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


AUTHOR = {"content/authors/ada.yaml": "name: Ada Lovelace\n"}
FILES_NAMED = {"content/files/ada.jpg": "", "content/files/papers/detail.pdf": ""}
SNIPPETS = [
    *(("README.md", example) for example in examples("README.md") if example.language == "yaml"),
    *(
        ("docs/content.md", example)
        for example in examples("docs/content.md")
        if example.language in ("yaml", "markdown")
    ),
]


@pytest.mark.parametrize(("source", "example"), SNIPPETS)
def test_examples_of_content_are_read_without_problems(source: str, example: Example, tmp_path: Path) -> None:
    file = example.file or "content/papers/papers.yaml"
    only_comments = all(line.startswith("#") for line in example.text.splitlines())
    files = {} if only_comments else {file: example.text}
    loaded = content.load(write(tmp_path, {**AUTHOR, **FILES_NAMED, **files}))
    assert [str(problem) for problem in (*loaded.problems.sorted(), *loaded.warnings.sorted())] == []


@pytest.fixture(scope="module")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that the examples of docs/content.md make together, built; and a paper with what these leave out."""
    files = {example.file: example.text for example in examples("docs/content.md") if example.file}
    more = {
        "content/papers/more.yaml": """
title: All that was left
authors: [{name: Ada King, orcid: 0000-0002-1825-0097, url: "https://ada.example.org/", corresponding: true}]
et_al: true
date: 2025
pmid: "123"
openreview: abc
citations: 12
award: Best paper
retracted: true
tags: [looms]
"""
    }
    folder = write(tmp_path_factory.mktemp("site"), {**FILES_NAMED, **files, **more})
    build(folder, Options())
    return folder


def test_the_examples_of_content_make_a_site(example_site: Path) -> None:
    page = BeautifulSoup((example_site / "output/teaching/index.html").read_bytes(), "html.parser")
    assert page.h1.text == "Teaching"
    assert page.select_one("main a")["href"] == "../papers/detail.pdf"


def keys_of(value: object) -> set[str]:
    """All keys of nested JSON, without the names of metrics and years."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if not isinstance(value, dict):
        return set()
    inner = (list(below.values()) if key in ("metrics", "citations_by_year") else below for key, below in value.items())
    return set(value).union(*map(keys_of, inner))


def test_the_keys_of_papers_json_and_feeds_are_listed(example_site: Path) -> None:
    text = read("docs/output.md")
    found = keys_of(json.loads((example_site / "output/papers.json").read_bytes()))
    assert found - set(code(section(text, "## papers.json"))) == set()
    items = json.loads((example_site / "output/feed.json").read_bytes())["items"]
    extension = {key for item in items for key in item["_paperfolio"]}
    assert len(extension) > 10
    assert extension - set(code(section(text, "## Feeds"))) == set()


def test_the_keys_of_build_json_are_listed(tmp_path: Path) -> None:
    listed = set(code(section(read("docs/output.md"), "## The report")))
    write(tmp_path, AUTHOR)
    good = CliRunner().invoke(commands, ["build", "--json", "--site", str(tmp_path)])
    write(tmp_path, {"content/papers/a.yaml": "titel: A"})
    bad = CliRunner().invoke(commands, ["build", "--json", "--site", str(tmp_path)])
    for result, ok in ((good, True), (bad, False)):
        found = json.loads(result.stdout)
        assert found["ok"] is ok
        assert keys_of(found) - listed == set()


def test_the_rules_of_a_check_are_listed_as_they_are() -> None:
    (rows,) = tables(read("docs/publishing.md"), "| rule | holds when |")
    assert {rule: row.split("|")[2].strip() for rule, row in rows.items()} == RULES


def test_the_keys_of_check_json_are_listed(tmp_path: Path) -> None:
    listed = set(code(section(read("docs/publishing.md"), "## Check first")))
    write(tmp_path, {**AUTHOR, "content/files/x.html": "<a href='gone'>x</a>"})
    build(tmp_path, Options())
    bad = CliRunner().invoke(commands, ["check", "--json", "--site", str(tmp_path)])
    none = CliRunner().invoke(commands, ["check", "--json", "--site", str(tmp_path / "content")])
    for result in (bad, none):
        found = json.loads(result.stdout)
        assert found["ok"] is False
        assert keys_of(found) - listed == set()


def theme_files(prefix: str) -> dict[str, str]:
    return {example.file: example.text for example in examples("docs/themes.md") if example.file.startswith(prefix)}


def theme_config(number: int) -> dict[str, str]:
    file = "content/site.yaml"
    return {file: [example.text for example in examples("docs/themes.md") if example.file == file][number]}


PAPER = {
    "content/papers/papers.yaml": "- {title: On $x^2$, category: LG, date: 2026-03, authors: [Ada Lovelace, B. C.]}"
}


def lesson() -> Iterator[dict[str, str]]:
    """The files of the lesson in docs/themes.md, after each of its steps."""
    text = read("docs/themes.md").split("\n## A theme in ten minutes\n", 1)[1].split("\n## ", 1)[0]
    files: dict[str, str] = {}
    for step in text.split("\n### ")[1:]:
        found = {match[1]: match[3] for match in FENCE.finditer(step) if match[1]}
        if found:
            files |= found
            yield dict(files)


def test_the_site_builds_after_each_step_of_the_lesson_on_themes(tmp_path: Path) -> None:
    seen = []
    for number, files in enumerate(lesson()):
        folder = tmp_path / str(number)
        write(folder, {**AUTHOR, **PAPER, **files})
        report = build(folder, Options())
        pages = {path.relative_to(report.output): path.read_bytes() for path in report.output.rglob("*.html")}
        assert pages not in seen, "the step changes nothing"
        seen.append(pages)
    assert len(seen) == 5


def test_what_the_lesson_on_themes_makes_shows_what_it_should(tmp_path: Path) -> None:
    *_, files = lesson()
    write(tmp_path, {**AUTHOR, **PAPER, **files})
    build(tmp_path, Options())
    page = BeautifulSoup((tmp_path / "output/categories/lg/index.html").read_bytes(), "html.parser")
    assert page.html["data-wide"] == "no"
    assert page.select_one(".closing").text == "Made in the engine room."
    assert page.html["data-accent"] == "copper"
    (article,) = page.select("article.paper.h-entry")
    assert (article["data-category"], article["data-year"], article.time["datetime"]) == ("LG", "2026", "2026-03")
    assert [name.text for name in article.select(".p-author")] == ["Ada Lovelace", "B. C."]
    assert article.math
    style = page.find("link", href=re.compile(r"assets/quiet\.[0-9a-f]+\.css"))
    sheet = (tmp_path / "output/categories/lg" / style["href"]).resolve()
    picture = re.search(r'url\("?(paper\.[0-9a-f]+\.svg)"?\)', sheet.read_text(encoding="utf-8"))
    assert picture
    assert (sheet.parent / picture[1]).is_file()
    checked = CliRunner().invoke(commands, ["check", "--site", str(tmp_path)])
    assert checked.exit_code == 0, checked.output
    assert "nothing is wrong" in checked.output


def test_the_properties_that_the_lesson_names_are_those_of_the_style_sheet() -> None:
    (rows,) = tables(read("docs/themes.md"), "| property | is |")
    sheet = (theme.shipped() / "base" / "assets" / "base.css").read_text(encoding="utf-8")
    root = re.search(r":root \{(.*?)\n  \}", sheet, re.DOTALL)
    assert root
    assert rows.keys() == set(re.findall(r"(--\w+):", root[1])) - {"--math"}


def test_the_example_of_options_and_of_a_replaced_file_builds(tmp_path: Path) -> None:
    write(tmp_path, {**AUTHOR, **PAPER, **theme_config(0), **theme_files("themes/folio/")})
    build(tmp_path, Options())
    page = BeautifulSoup((tmp_path / "output/index.html").read_bytes(), "html.parser")
    assert page.html["data-accent"] == "green"
    assert page.find(string="Department of Mechanical Computation")
    assert page.footer


def test_the_example_of_words_shows_in_a_site_of_its_language(tmp_path: Path) -> None:
    papers = {"content/papers/papers.yaml": "- {title: On looms, selected: true}", "content/site.yaml": "language: de"}
    (name,) = words_files = theme_files("themes/folio/words/")
    write(tmp_path, {**AUTHOR, **papers, **words_files})
    build(tmp_path, Options())
    assert name == "themes/folio/words/de.yaml"
    page = BeautifulSoup((tmp_path / "output/index.html").read_bytes(), "html.parser")
    assert "Drei Arbeiten zum Einstieg" in [heading.text for heading in page.find_all("h2")]


def test_the_command_that_copies_a_template_works_as_shown(tmp_path: Path) -> None:
    write(tmp_path, AUTHOR)
    (line,) = [line for file, line in command_lines() if file == "themes.md" and line.endswith("folio paper.html")]
    words = shlex.split(line)[1:]
    done = CliRunner().invoke(commands, [words[0], "--site", str(tmp_path), *words[1:]])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "themes/folio/templates/paper.html").is_file()
    build(tmp_path, Options())
