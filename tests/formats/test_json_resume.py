"""JSON Resume: what becomes of each field, what is told, and that nothing breaks it."""

import datetime
import json
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import library, nodes, schema
from generator.dates import Date
from generator.errors import ImportFailed, Problems
from generator.formats import json_resume
from generator.formats.profile import Profile
from generator.formats.readers import READERS
from generator.model import Author, Award, Link, Position

DAY = datetime.date(2026, 11, 25)
ADA: dict[str, Any] = {
    "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
    "basics": {
        "name": "Ada Lovelace",
        "label": "Analyst",
        "image": "ada.png",
        "email": "ada@example.org",
        "phone": "",
        "url": "https://ada.example.org",
        "summary": "I *weave*.",
        "location": {"address": "", "city": ""},
        "profiles": [{"network": "GitHub", "username": "ada", "url": ""}],
        "linkedin": "ada-lovelace",
    },
    "work": [
        {
            "name": "Engines",
            "position": "Analyst",
            "url": "https://engines.example.org",
            "location": "London",
            "startDate": "1842-05-01",
            "endDate": "",
            "summary": "Counting",
            "highlights": ["Cards", "Looms"],
            "icon": "fa-solid fa-tag",
        },
        {"company": "Looms", "position": "Weaver", "startDate": 1840, "endDate": "1841-04", "description": "A mill"},
        {"name": "", "position": "", "highlights": []},
    ],
    "volunteer": [{"organization": "Society", "position": "Reader", "startDate": "1841-01", "endDate": "1841-02"}],
    "education": [
        {"institution": "Looms College", "area": "Weaving", "studyType": "BSc", "endDate": "1839", "score": 9.1}
    ],
    "awards": [{"title": "Medal", "date": "1843-11", "awarder": "Society", "summary": "For notes"}],
    "certificates": [{"name": "Loom driver", "date": "1840-01-07", "issuer": "Guild", "url": "https://example.com"}],
    "publications": [
        {
            "name": "On <i>Numbers</i>",
            "publisher": "Memoirs",
            "releaseDate": "1843-09",
            "url": "https://doi.org/10.1000/x",
            "summary": "5% more.",
        },
        {"name": "On Cards", "authors": ["Ada Lovelace", "Charles Babbage"], "url": "https://cards.example.org"},
    ],
    "skills": [{"name": "Weaving", "level": "Master", "keywords": ["Jacquard", "Cards"]}, "Counting"],
    "languages": [{"language": "French", "fluency": "fluent"}],
    "interests": [{"name": "Numbers", "keywords": ["Bernoulli's"]}],
    "references": [],
    "projects": [
        {
            "name": "Difference",
            "description": "An engine",
            "highlights": ["Cogs", "Wheels"],
            "keywords": ["brass"],
            "startDate": "1842",
            "endDate": "1843",
            "roles": ["Lead"],
            "entity": "Engines",
        }
    ],
    "meta": {"version": "v1.0.0"},
}


def read(resume: Any) -> Profile:
    text = resume if isinstance(resume, str) else json.dumps(resume, indent=1)
    return json_resume.read(text, "resume.json", DAY)


def told(profile: Profile) -> list[str]:
    return [f"{problem.place}: {problem.what}" for problem in profile.problems]


def test_every_part_of_a_resume_has_its_place() -> None:
    ada = read(ADA).author
    assert (ada.name, ada.role, ada.photo, ada.email, ada.bio, ada.interests) == (
        "Ada Lovelace",
        "Analyst",
        "ada.png",
        "ada@example.org",
        "I *weave*.",
        ("Numbers", "Bernoulli's"),
    )
    assert ada.links == (
        Link(url="https://www.linkedin.com/in/ada-lovelace"),
        Link(label="Homepage", url="https://ada.example.org"),
        Link(url="https://github.com/ada"),
    )
    assert ada.positions == (
        Position(
            title="Analyst",
            organization="Engines, London",
            url="https://engines.example.org",
            start=Date(1842, 5, 1),
            note="Counting\n\n- Cards\n- Looms",
        ),
        Position(title="Weaver", organization="Looms", start=Date(1840), end=Date(1841, 4), note="A mill"),
    )
    assert ada.education == (
        Position(title="BSc in Weaving", organization="Looms College", end=Date(1839), note="Score: 9.1"),
    )
    assert ada.awards == (Award(title="Medal", organization="Society", date=Date(1843, 11), note="For notes"),)
    assert ada.sections == {
        "Volunteer": (Position(title="Reader", organization="Society", start=Date(1841, 1), end=Date(1841, 2)),),
        "Certificates": (Position(title="Loom driver", organization="Guild", end=Date(1840, 1, 7)),),
        "Skills": (Position(title="Weaving", note="Master; Jacquard; Cards"), Position(title="Counting")),
        "Languages": (Position(title="French", note="fluent"),),
        "Projects": (
            Position(
                title="Difference",
                organization="Engines",
                start=Date(1842),
                end=Date(1843),
                note="Lead; brass\n\nAn engine\n\n- Cogs\n- Wheels",
            ),
        ),
    }


def test_publications_are_papers_whose_other_authors_nobody_knows() -> None:
    profile = read(ADA)
    numbers, cards = profile.papers
    assert (numbers.id, numbers.title, numbers.authors) == ("on-numbers", r"On \emph{Numbers}", ())
    assert (numbers.venue, numbers.date, numbers.doi, numbers.abstract) == (
        "Memoirs",
        Date(1843, 9),
        "10.1000/x",
        "5% more.",
    )
    assert ([author.name for author in cards.authors], cards.website) == (
        ["Ada Lovelace", "Charles Babbage"],
        "https://cards.example.org",
    )
    line = json.dumps(ADA, indent=1)[: json.dumps(ADA, indent=1).index("On <i>")].count("\n")
    assert told(profile) == [f"resume.json:{line}: publications: authors are not told (1)"]


def test_a_photo_beside_the_file_comes_along(tmp_path: Path) -> None:
    (tmp_path / "resume.json").write_text(json.dumps(ADA))
    (tmp_path / "ada.png").write_bytes(b"png")
    assert [file.path for file in library.read(tmp_path / "resume.json", None, DAY).files] == ["ada.png"]


def test_what_is_private_or_means_nothing_here_is_told() -> None:
    resume = {
        "basics": {"name": "Ada Lovelace", "phone": "123", "location": {"city": "London"}, "age": 27},
        "work": [{"name": "Engines", "shift": "night"}, {"position": "Weaver", "shift": "day"}],
        "references": [{"name": "Mary Somerville", "reference": "She counts."}],
        "hobbies": ["chess", "horses"],
    }
    assert [line.partition(": ")[2] for line in told(read(resume))] == [
        "phone, location: not taken over",
        "references: not taken over (1)",
        "fields that were not taken over: shift of work (2), hobbies (2), age of basics",
    ]


@pytest.mark.parametrize(
    ("resume", "expected"),
    [
        ({"basics": {"name": 42}}, "name of basics is a number, not a text"),
        ({"basics": [{"name": "Ada"}]}, "basics is a list, not a mapping"),
        ({"basics": "Ada"}, "basics is a text, not a mapping"),
        ({"basics": {"label": {"en": "Analyst"}}}, "label of basics is a mapping, not a text"),
        ({"basics": {"profiles": [7]}}, "profiles of basics lists something that is no mapping"),
        ({"basics": {"image": "https://example.org/a.png"}}, "photo 'https://example.org/a.png' lies on another host"),
        ({"basics": {"profiles": [{"network": "Cards", "username": "ada"}]}}, "the profile 'ada' at 'Cards' has no"),
        ({"work": {"name": "Engines"}}, "work is a mapping, not a list"),
        ({"work": [["Engines"]]}, "work lists a list, not a mapping"),
        ({"work": [True]}, "work lists true or false, not a mapping"),
        ({"work": [{"position": ["Analyst"]}]}, "position of work is a list, not a text"),
        ({"work": [{"name": "X", "highlights": [{"a": 1}]}]}, "highlights of work lists something that is no text"),
        ({"work": [{"name": "X", "startDate": "soon", "endDate": "1840"}]}, "the date 'soon' is not one"),
        ({"work": [{"name": "X", "startDate": 10**30, "endDate": "1840"}]}, f"the date '{10**30}"),
        ({"work": [{"name": "X", "startDate": "1841", "endDate": "1840"}]}, "'X' ends 1840, before it begins 1841"),
        ({"work": [{"summary": "Counting"}]}, "an entry of 'Experience' has no title"),
        ({"awards": [{"date": "1840"}]}, "an entry of 'Awards' has no title"),
        ({"publications": [{"releaseDate": "1840"}]}, "the paper has no title"),
    ],
)
def test_what_has_another_form_is_told_with_its_line_and_the_rest_is_read(resume: Any, expected: str) -> None:
    others = {"meta": {}, "volunteer": [{"organization": "Society"}]}
    profile = read({**others, **resume})
    assert list(profile.author.sections) == ["Volunteer"]
    [problem] = [problem for problem in profile.problems if "whose it is" not in problem.what]
    assert problem.what.startswith(expected)
    assert problem.place.line > 0


def test_a_list_is_no_resume() -> None:
    text = json.dumps([ADA])
    assert json_resume.looks_like(text)
    profile = read(text)
    assert (profile.author.name, profile.papers) == ("", ())
    assert told(profile)[0] == "resume.json:1: is no mapping of JSON"


def test_what_is_broken_is_told_and_reading_goes_on_at_the_next_part() -> None:
    text = """{
  "basics": {"name": "Ada Lovelace", "profiles": [],},
  "work": [{"name": "Engines"}, {"name": "Looms", "highlights": ["Cards" "Looms"]}, {"name": "Mill"}],
  "skills": [{"name": "Weaving"},]
  "languages": [{"language": "French"}, {"language": "Latin"}]
}
"""
    profile = read(text)
    ada = profile.author
    assert ada.name == "Ada Lovelace"
    assert [entry.title for entry in ada.positions] == ["Engines"]
    assert {heading: len(entries) for heading, entries in ada.sections.items()} == {"Skills": 1, "Languages": 2}
    assert [(problem.place.line, problem.what, problem.hint) for problem in profile.problems] == [
        (2, "a comma stands behind the last item of a list or mapping, and 1 more such", "it was passed over"),
        (3, "is not valid JSON from here on: Expecting ',' delimiter", 'it was read again from "skills" on'),
        (5, "is not valid JSON from here on: Expecting ',' delimiter", 'it was read again from "languages" on'),
    ]


@pytest.mark.parametrize(
    ("end", "what"),
    [
        ("", "is not valid JSON from here on: Expecting ',' delimiter"),
        (', "meta": ', "is not valid JSON from here on: Expecting value"),
        (", 7: 8}", "is not valid JSON from here on: a key is no text"),
        ("} {}", "was not read from here on: the mapping has ended"),
        (', "x": ' + "9" * 5000 + "}", "is not valid JSON from here on: a number is too long"),
        (', "x": ' + "[" * 100_000, "is not valid JSON from here on: nests too deep"),
    ],
)
def test_what_follows_or_lacks_is_told(end: str, what: str) -> None:
    profile = read('{"basics": {"name": "Ada Lovelace"}' + end)
    assert profile.author.name == "Ada Lovelace"
    assert [(problem.place.line, problem.what) for problem in profile.problems] == [(1, what)]


def test_what_al_folios_sample_says_of_einstein_is_nobodys() -> None:
    sample = {
        "work": [
            {"name": "Engines", "position": "Analyst"},
            {"name": "Institute", "summary": "Teaching at Palmer Physical Laboratory (now 302 Frist Campus Center)."},
        ],
        "certificates": [{"name": "Quantum Computing", "date": "2018-01-01", "issuer": "Stanford University"}],
        "languages": [
            {"language": "German", "fluency": "Native speaker"},
            {"language": "English", "fluency": "Fluent"},
        ],
    }
    profile = read({"basics": {"name": "Ada Lovelace"}, **sample})
    assert [entry.title for entry in profile.author.positions] == ["Analyst"]
    assert profile.author.sections == {}
    assert told(profile) == ["resume.json: what the template's sample says was left out: work, certificates, languages"]
    profile = read({"basics": {"name": "Albert Einstein", "phone": "1"}, "languages": sample["languages"]})
    assert (profile.author.name, profile.author.sections) == ("", {})
    profile = read({"basics": {"name": "Ada Lovelace"}, "languages": sample["languages"]})
    assert len(profile.author.sections["Languages"]) == 2


@pytest.mark.parametrize("begin", ["", "\ufeff", "\n\n"])
@pytest.mark.parametrize(
    "resume",
    [ADA, {"basics": {"name": "Ada"}}, {"work": [], "education": []}, {"work": {}, "awards": [{"title": "M"}]}],
)
def test_a_resume_is_told_from_other_json(begin: str, resume: Any) -> None:
    text = begin + json.dumps(resume)
    assert [reader.kind for reader in READERS if reader.looks_like(text)] == ["json-resume"]


def test_a_resume_without_a_name_is_told(tmp_path: Path) -> None:
    path = tmp_path / "resume.json"
    path.write_text('{"basics": {}, "work": [{"name": "Engines"}]}')
    with pytest.raises(ImportFailed) as failed:
        library.read(path, None, DAY)
    assert [problem.what for problem in failed.value.problems] == ["does not tell whose it is"]


@pytest.mark.parametrize(
    "text", ['{"basics": {"name": "' + '\\"' * 200_000, '{"basics": {}, "work": [' + ", " * 200_000]
)
def test_a_long_broken_text_is_read_quickly(text: str) -> None:
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 5


keys = st.sampled_from(
    [*ADA, "name", "profiles", "location", "summary", "url", "image", "startDate", "endDate", "highlights", "title"]
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just("\ud83d\x00 <b>2019-13</b>"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200)
@given(st.dictionaries(keys, values, max_size=6))
def test_whatever_a_resume_says_the_profile_can_be_read(resume: dict[str, Any]) -> None:
    author = msgspec.structs.replace(read(resume).author, name="Ada Lovelace")
    data = library.dump(library.plain(author)).encode()
    problems = Problems()
    again = schema.Reader("ada.yaml", problems, len(data)).record(nodes.compose(data, "a", problems), Author, index=0)
    assert not problems, problems.sorted()
    assert again
    assert len(again.positions) == len(author.positions)


@settings(max_examples=200)
@given(st.data())
def test_no_damage_breaks_the_reader(data: st.DataObject) -> None:
    damaged = bytearray(json.dumps(ADA, indent=1).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    read(damaged.decode("utf-8", "replace"))
