"""The JSON Schema accepts what the reader accepts, refuses what it refuses, and explains every key."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator import json_schema
from generator.model import Author, Paper, Record, SiteConfig
from generator.shapes import fields_of

CONTENT = Path(__file__).parent.parent / "content"
GOOD = {
    "site": [
        "{}",
        "title: T\nurl: https://a.org/x/\nper_page: 10\norder: cited\nexports: [bib]\n",
        "exports: []\nnav: [/, {label: Code, url: 'https://a.org'}]\n",
        "categories: {HCI: Human-computer interaction, X: {name: Y, group: Z}}\ntheme_options: {accent: teal}\n",
        "title:\nurl:\nexports:\nnav:\norder:\n",
    ],
    "author": [
        "name: Ada",
        "name: Ada\naffiliations: [A, {name: B, url: 'https://b.org'}]\nmetrics: {h_index: 41, x: {value: 53%}}\n",
        "name: Ada\nlinks: {github: ada, orcid: 0000-0002-1825-0097}\n",
        "name: Ada\nlinks: [https://a.org, {label: B, url: 'https://b.org'}]\ncitations_by_year: {2023: 5}\n",
        "name: Ada\ncitations_by_year: {years: {2023: 5}, source: A, as_of: 2026-11-25, history: {2026-11-01: {2023: 4}}}\n",
        "name: Ada\nposition: Professor\nbio:\n",
    ],
    "papers": [
        "title: T",
        "- title: T\n- title: U\n  date: 2023\n",
        "title: 12\narxiv: 2401.00010\ncode: true\ndate: 2023-08\nauthors: [Ada, {name: B, equal: true}]\n",
        "title: Yes\ncode: https://a.org\nextra: {a: [1, {b: c}]}\ntags: logic\nauthors: Ada\nyear: 2023\n",
        "title: T\nstatus: in press\nretracted: wrong data\nlinks: [{label: x, url: a.pdf}]\nabstract:\n",
    ],
}
BAD = {
    "site": ["per_page: 0", "order: random", "exports: [docx]", "tittle: T", "url: lab.github.io"],
    "author": ["{}", "name: {a: b}", "name: A\ncategories: [LG]", "name: A\naffiliations: [{url: 'https://a.org'}]"],
    "papers": ["{}", "title: T\nabstrct: x", "title: T\ncitations: -3", "title: T\ndate: soon", "- just a line"],
}


class Loader(yaml.SafeLoader):
    """YAML as editors see it: dates are texts, keys are texts."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def parsed(text: str) -> Any:
    def with_text_keys(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): with_text_keys(entry) for key, entry in value.items()}
        return [with_text_keys(entry) for entry in value] if isinstance(value, list) else value

    return with_text_keys(yaml.load(text, Loader=Loader))


def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema.schema(kind))


@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_the_schema_is_one_of_its_draft(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema.schema(kind))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in GOOD.items() for text in texts])
def test_good_content_is_accepted(kind: str, text: str) -> None:
    assert not [error.message for error in validator(kind).iter_errors(parsed(text))]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD.items() for text in texts])
def test_bad_content_is_refused(kind: str, text: str) -> None:
    assert not validator(kind).is_valid(parsed(text))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("site", CONTENT / "site.yaml"),
        *(("author", path) for path in sorted((CONTENT / "authors").glob("*.yaml"))),
        *(("papers", path) for path in sorted((CONTENT / "papers").rglob("*.yaml"))),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_the_example_is_accepted(kind: str, path: Path) -> None:
    assert not [error.message for error in validator(kind).iter_errors(parsed(path.read_text(encoding="utf-8")))]


@pytest.mark.parametrize("record", [Paper, Author, SiteConfig])
def test_every_key_is_explained(record: type[Record]) -> None:
    texts = json_schema.descriptions(record)
    for name in fields_of(record):
        assert texts[name].endswith((".", "/")), name


@pytest.mark.parametrize(("kind", "record"), json_schema.KINDS.items())
def test_every_key_is_offered_and_names_of_other_tools_are_marked(kind: str, record: type[Record]) -> None:
    properties = json_schema.schema(kind)["$defs"][record.__name__]["properties"]
    assert set(properties) == set(fields_of(record)) | set(record.ALSO)
    for name, target in record.ALSO.items():
        assert properties[name]["deprecated"] is True
        assert properties[name]["description"] == f"Same as {target}."


@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_patterns_are_understood_by_editors(kind: str) -> None:
    """Regular expressions of ECMA-262 know no flags inside a group."""
    assert "(?i" not in str(json_schema.schema(kind))


def test_internal_fields_are_not_offered() -> None:
    found = json_schema.schema("author")["$defs"]
    assert not {"id", "origin"} & set(found["Author"]["properties"])
    assert set(found["Link"]["anyOf"][1]["properties"]) == {"label", "url"}


def test_defaults_are_shown() -> None:
    properties = json_schema.schema("site")["$defs"]["SiteConfig"]["properties"]
    assert properties["per_page"]["default"] == 50
    assert properties["order"]["default"] == "newest"
    assert "default" not in properties["title"]
