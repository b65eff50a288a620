"""What is written for the user: a new site that builds, a theme's file that takes effect, schemas that are true."""

import datetime
import errno
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import content, scaffold
from generator.build import Options, build
from generator.errors import OutputError, PaperfolioError, ThemeError
from generator.json_schema import KINDS, schema
from generator.model import Author, Paper, SiteConfig
from generator.scalars import NOTHING, Wrong, read_line
from generator.shapes import fields_of

REPOSITORY = Path(__file__).parent.parent
FILES = {
    "site": "content/site.yaml",
    "author": "content/authors/ada-lovelace.yaml",
    "papers": "content/papers/papers.yaml",
}
RECORDS = {"site": SiteConfig, "author": Author, "papers": Paper}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    scaffold.new(folder, "Ada Lovelace")
    return folder


def editors_view(path: Path) -> Any:
    """The file as an editor of YAML 1.2 reads it, where dates are text."""

    def plain(value: Any) -> Any:
        match value:
            case datetime.date():
                return value.isoformat()
            case dict():
                return {key: plain(item) for key, item in value.items()}
            case list():
                return [plain(item) for item in value]
        return value

    return plain(yaml.safe_load(path.read_text(encoding="utf-8")))


def with_all_keys(text: str) -> str:
    """A new site's file with every key that stands in a comment."""
    return re.sub(r"(?m)^#(?! \S)", "", text)


def test_a_new_site_builds_and_only_its_address_is_missing(site: Path) -> None:
    report = build(site, Options())
    assert [(str(problem.place), problem.what[:6]) for problem in report.notes] == [("content/site.yaml", "no url")]
    for page in ("index.html", "papers/large-mistakes/index.html", "about/index.html"):
        assert "Ada Lovelace" in (report.output / page).read_text(encoding="utf-8"), page


def test_a_new_site_with_an_address_builds_without_any_warning(site: Path) -> None:
    assert not build(site, Options(url="https://ada.github.io/papers/")).notes


def test_all_that_was_written_is_named_relative_to_the_folder(tmp_path: Path) -> None:
    paths = scaffold.new(tmp_path / "here", "Ada Lovelace")
    found = [path.relative_to(tmp_path / "here").as_posix() for path in (tmp_path / "here").rglob("*")]
    assert sorted(paths) == sorted(path for path in found if (tmp_path / "here" / path).is_file())
    assert {*FILES.values(), ".gitignore", "README.md", ".github/workflows/publish.yml"} < set(paths)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_site_shows_every_key_that_there_is(site: Path, kind: str) -> None:
    text = (site / FILES[kind]).read_text(encoding="utf-8")
    missing = [key for key in fields_of(RECORDS[kind]) if not re.search(rf"(?m)^[# -]*{key}:", text)]
    assert not missing


def test_every_key_in_a_comment_can_be_used_by_deleting_the_sign_before_it(site: Path) -> None:
    for path in FILES.values():
        file = site / path
        file.write_text(with_all_keys(file.read_text(encoding="utf-8")), encoding="utf-8")
    author = site / FILES["author"]
    assert author.read_text(encoding="utf-8").count("citations_by_year: {2024") == 1
    for picture in ("portrait.jpg", "figure.png"):
        (site / "content/files" / picture).write_bytes(b"")
    loaded = content.load(site, drafts=True)
    assert loaded.problems.sorted() == ()
    assert len(loaded.site.papers) == 4
    assert loaded.site.papers[-1].image == "figure.png"


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
@example("\xad")
@settings(max_examples=60)
def test_an_author_may_have_any_name_that_a_line_can_hold(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("name") / "site"
    try:
        expected = read_line(name)
    except Wrong:
        expected = ""
    if not expected.strip(NOTHING):
        with pytest.raises(PaperfolioError):
            scaffold.new(folder, name)
        assert not folder.exists()
        return
    scaffold.new(folder, name)
    loaded = content.load(folder)
    assert loaded.problems.sorted() == ()
    assert [author.name for author in loaded.site.authors] == [expected]
    assert sum(entry.name == expected for paper in loaded.site.papers for entry in paper.authors) == 3


@pytest.mark.parametrize(
    "name",
    ["José Núñez", "王小明", 'O\'Neil: "Shaq"', "- x", "# hash", "yes", "null", "1.10", "{a}", "CON", "@NAME@", "😀"],
)
def test_the_site_of_any_name_builds(tmp_path: Path, name: str) -> None:
    scaffold.new(tmp_path / "site", name)
    assert len(build(tmp_path / "site", Options()).notes) == 1


def test_a_folder_in_use_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for place in (tmp_path, tmp_path / "notes.txt", tmp_path / "notes.txt" / "below"):
        with pytest.raises(PaperfolioError) as caught:
            scaffold.new(place, "Ada Lovelace")
        assert caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_and_a_fresh_repository_are_accepted(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "content/site.yaml" in scaffold.new(tmp_path, "Ada Lovelace")


def test_the_workflow_is_yaml_that_permits_and_publishes_only_what_is_needed(site: Path) -> None:
    text = (site / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    workflow = yaml.load(text, yaml.BaseLoader)  # "on" stays a text
    assert workflow["on"]["push"] == {"branches": ["main"]}
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}


def test_nothing_is_written_into_a_folder_that_cannot_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies there is not known, and may have the names of the new files."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")

    def denied(folder: Path) -> object:
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    with monkeypatch.context() as changed:
        changed.setattr(Path, "iterdir", denied)
        with pytest.raises(OutputError, match="Permission denied"):
            scaffold.new(tmp_path, "Ada Lovelace")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("layout.html", "templates/layout.html"),
        ("paper.html", "templates/paper.html"),
        ("folio.css", "assets/folio.css"),
        ("assets/base.css", "assets/base.css"),
    ],
)
def test_a_copied_file_takes_the_place_of_the_theme_s_own(site: Path, file: str, target: str) -> None:
    build(site, Options())
    assert scaffold.copy_theme_file(site, "folio", file) == f"themes/folio/{target}"
    assert not build(site, Options()).written, "an unchanged copy changes nothing"
    copy = site / "themes/folio" / target
    addition = "/*! OWN */" if file.endswith(".css") else "{% block footer %}OWN{% endblock %}"
    copy.write_text(copy.read_text(encoding="utf-8") + addition, encoding="utf-8")
    report = build(site, Options())
    changed = {path for path in report.written if "OWN" in (report.output / path).read_text(encoding="utf-8")}
    assert changed == {path for path in report.written if path.endswith(".css" if file.endswith(".css") else ".html")}
    assert changed


def test_a_copy_never_overwrites(site: Path) -> None:
    path = site / scaffold.copy_theme_file(site, "folio", "paper.html")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ThemeError, match="exists already"):
        scaffold.copy_theme_file(site, "folio", "paper.html")
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("theme", "file", "hint"), [("folio", "papr.html", "'paper.html'"), ("foli", "x", "'folio'")])
def test_what_cannot_be_copied_is_answered_with_the_closest_name(site: Path, theme: str, file: str, hint: str) -> None:
    with pytest.raises(ThemeError) as caught:
        scaffold.copy_theme_file(site, theme, file)
    assert hint in caught.value.hint


@pytest.mark.parametrize("file", ["../theme.yaml", "/etc/passwd", "", ".", "templates"])
def test_only_files_of_the_theme_can_be_copied(site: Path, file: str) -> None:
    with pytest.raises(ThemeError):
        scaffold.copy_theme_file(site, "folio", file)
    assert not (site / "themes").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_and_its_text_is_stable(kind: str) -> None:
    text = scaffold.schema_text(kind)
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    assert text == json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n" == scaffold.schema_text(kind)


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_accepts_a_new_site(site: Path, kind: str, complete: bool) -> None:
    file = site / FILES[kind]
    if complete:
        file.write_text(with_all_keys(file.read_text(encoding="utf-8")), encoding="utf-8")
    jsonschema.validate(editors_view(file), schema(kind), jsonschema.Draft202012Validator)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_accepts_the_example_and_refuses_an_unknown_key(kind: str) -> None:
    where = {"site": "site.yaml", "author": "authors/*.yaml", "papers": "papers/**/*.yaml"}[kind]
    files = sorted((REPOSITORY / "content").glob(where))
    assert files
    for file in files:
        value = editors_view(file)
        jsonschema.validate(value, schema(kind), jsonschema.Draft202012Validator)
        (value[0] if isinstance(value, list) else value)["titel"] = "x"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value, schema(kind), jsonschema.Draft202012Validator)


def test_the_schemas_of_this_repository_are_those_of_the_program() -> None:
    for kind in KINDS:
        found = (REPOSITORY / f"content/.schema/{kind}.json").read_text(encoding="utf-8")
        assert found == scaffold.schema_text(kind), "run: make schemas"


def test_every_content_file_of_a_new_site_names_a_schema_that_is_there(site: Path) -> None:
    for path in FILES.values():
        first = (site / path).read_text(encoding="utf-8").partition("\n")[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found
        assert (site / path).parent.joinpath(found[1]).is_file()


def test_schemas_are_written_only_into_a_site(tmp_path: Path) -> None:
    with pytest.raises(PaperfolioError):
        scaffold.write_schemas(tmp_path)
    assert not list(tmp_path.iterdir())
