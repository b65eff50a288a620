"""Talks, courses and projects of other sites become parts of the CV, each once and the newest first."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import folders
from generator.dates import Date
from generator.formats.profile import Profile
from generator.model import Position

DAY = datetime.date(2026, 11, 25)
Make = Callable[[dict[str, str | bytes]], Path]

JEKYLL: dict[str, str | bytes] = {
    "_config.yml": "author: {name: Ada Lovelace}\nfirst_name: Ada\nlast_name: Lovelace\n",
    "_publications/a.md": "---\ntitle: A\nauthors: [Ada Lovelace]\n---\n",
}
ALFOLIO: dict[str, str | bytes] = {
    "_config.yml": "first_name: Ada\nlast_name: Lovelace\n",
    "_bibliography/papers.bib": "@article{a, title={A}, author={Ada Lovelace}}",
}
HUGO: dict[str, str | bytes] = {
    "content/authors/admin/_index.md": "---\ntitle: Ada Lovelace\nsuperuser: true\nskills: [{name: Weaving}]\n---\n",
    "content/authors/charles/_index.md": "---\ntitle: Charles Babbage\n---\n",
}


def page(*lines: str, body: str = "") -> str:
    return "\n".join(["---", *lines, "---", body])


def read(root: Path) -> Profile:
    return folders.read(root, None, DAY)


def told(profile: Profile, root: Path) -> list[str]:
    return [str(problem).split("\n")[0].removeprefix(f"{root}/") for problem in profile.problems]


def test_talks_courses_and_portfolio_of_academicpages(old_site: Make) -> None:
    root = old_site(
        {
            **JEKYLL,
            "_talks/looms.md": page(
                "title: Looms &amp; engines",
                "type: Conference talk",
                "permalink: /talks/looms",
                "venue: Looms College",
                "date: 2021-05-04",
                "location: London, UK",
                "slidesurl: https://slides.example.org/(1)",
                "videourl: https://video.example.org",
                "excerpt: How looms **weave**.<br/><img src='/images/x.png'>",
                body="Long.\n\n## More\n",
            ),
            "_talks/2020/weaving.md": page("title: Weaving", "date: 2022", body="[Here](https://weaving.example.org)."),
            "_talks/undated.md": page("title: Undated", "date: 1900-01-01"),
            "_teaching/algebra.markdown": page(
                "title: Algebra", "type: Course", "venue: Engines, London", "location: London", "date: 2020-01-01"
            ),
            "_portfolio/loom.html": page(
                "title: Loom", "excerpt: A *simulator*", "url: https://loom.example.org", body="C."
            ),
        }
    )
    profile = read(root)
    assert profile.author.sections == {
        "Talks": (
            Position(title="Weaving", end=Date(2022), note="[Here](https://weaving.example.org)."),
            Position(
                title="Looms & engines",
                organization="Looms College, London, UK",
                end=Date(2021, 5, 4),
                url="https://slides.example.org/%281%29",
                note="Conference talk\n\nHow looms **weave**.\n\n[Video](https://video.example.org)",
            ),
            Position(title="Undated"),
        ),
        "Teaching": (Position(title="Algebra", organization="Engines, London", end=Date(2020), note="Course"),),
        "Projects": (Position(title="Loom", url="https://loom.example.org", note="A *simulator*"),),
    }
    assert told(profile, root) == [
        "_talks/looms.md: not taken over: the text below the head",
        "_portfolio/loom.html: not taken over: the text below the head",
    ]


def test_courses_and_projects_of_al_folio(old_site: Make) -> None:
    root = old_site(
        {
            **ALFOLIO,
            "_teachings/a.md": page(
                "title: Algebra",
                "description: For weavers",
                "year: 2024",
                "term: Spring",
                "location: Engines",
                "schedule: [{week: 1}]",
            ),
            "_projects/a.md": page(
                "title: Loom",
                "description: It weaves",
                "redirect: https://loom.example.org",
                "github: https://github.com/a/b",
            ),
            "_projects/b.md": page("title: Engine", "redirect: /assets/engine.pdf", body="Text."),
        }
    )
    profile = read(root)
    assert profile.author.sections == {
        "Teaching": (Position(title="Algebra", organization="Engines", end=Date(2024), note="Spring\n\nFor weavers"),),
        "Projects": (
            Position(title="Loom", url="https://loom.example.org", note="It weaves\n\n[Code](https://github.com/a/b)"),
            Position(title="Engine"),
        ),
    }
    assert told(profile, root) == [
        "_teachings/a.md: not taken over: schedule",
        "_projects/b.md: not taken over: redirect (/assets/engine.pdf), the text below the head",
    ]


def test_events_courses_and_projects_of_hugoblox_are_whose_names_they_have(old_site: Make) -> None:
    root = old_site(
        {
            **HUGO,
            "content/event/_index.md": page("title: Events"),
            "content/event/looms/index.md": page(
                "title: Looms",
                "event: Loom Conference",
                "event_url: https://looms.example.org",
                "location: Engine Hall",
                "address: {street: 1 Road, city: London, country: UK}",
                "summary: On looms.",
                "abstract: Much more on looms.",
                "date: '2021-06-01T13:00:00Z'",
                "date_end: '2021-06-03T15:00:00Z'",
                "url_video: https://video.example.org",
                "links: [{name: Programme, url: 'https://looms.example.org/programme'}]",
            ),
            "content/talk/short.md": page(
                "title: Short", "date: '2020-06-01T13:00:00Z'", "date_end: '2020-06-01T15:00:00Z'"
            ),
            "content/event/both/index.md": page("title: Both", "authors: [admin, Charles Babbage]"),
            "content/event/guest/index.md": page("title: Guest", "authors: [Luigi Menabrea]"),
            "content/project/engine/index.md": page(
                "title: Engine", "url_code: https://github.com/a/b", "authors: [charles]"
            ),
            "content/courses/algebra/_index.md": page("title: Algebra", "summary: For {{< icon >}}weavers"),
            "content/en/event/x/index.md": page("title: X"),
            "content/fr/event/x/index.md": page("title: X, en français"),
        }
    )
    profile = read(root)
    assert profile.author.sections == {
        "Skills": (Position(title="Weaving"),),
        "Talks": (
            Position(
                title="Looms",
                organization="Loom Conference, Engine Hall, London, UK",
                url="https://looms.example.org",
                start=Date(2021, 6, 1),
                end=Date(2021, 6, 3),
                note="On looms.\n\n[Video](https://video.example.org), [Programme](https://looms.example.org/programme)",
            ),
            Position(title="Short", end=Date(2020, 6, 1)),
            Position(title="X"),
            Position(title="Both"),
        ),
        "Teaching": (Position(title="Algebra", note="For weavers"),),
    }
    [charles] = profile.others
    assert charles.sections == {
        "Talks": (Position(title="Both"),),
        "Projects": (Position(title="Engine", url="https://github.com/a/b"),),
    }
    assert told(profile, root) == [
        "content/event/guest/index.md:3: is by Luigi Menabrea: not taken over",
        "content/event/looms/index.md: not taken over: abstract",
        "content/fr/event/x/index.md: is there in another language, too: not taken over again",
        "content/courses/algebra/_index.md: a note of the CV held commands of templates",
    ]


def test_without_an_owner_talks_are_nobodys_and_told(old_site: Make) -> None:
    root = old_site({"content/publication/a/index.md": page("title: A"), "content/talk/a/index.md": page("title: A")})
    assert "content/talk: talk: not taken over (1 file)" in told(read(root), root)


SAMPLES = {
    "_talks/a.md": page(
        "title: Talk 1 on Relevant Topic in Your Field",
        "venue: UC San Francisco, Department of Testing",
        body="This is a description of your talk, which is a markdown files that can be all markdown-ified.",
    ),
    "_teaching/a.md": page("title: Teaching experience 1", 'venue: "University 1, Department"'),
    "_portfolio/a.md": page(
        "title: Portfolio item number 1", "excerpt: Short description of portfolio item number 1<br/>"
    ),
    "_projects/a.md": page("title: project 1", "description: with background image", "importance: 1"),
}


@pytest.mark.parametrize("path", SAMPLES)
def test_samples_of_the_templates_are_left_and_told(old_site: Make, path: str) -> None:
    root = old_site({**(ALFOLIO if path == "_projects/a.md" else JEKYLL), path: SAMPLES[path]})
    profile = read(root)
    assert (profile.author.sections, told(profile, root)) == (
        {},
        [f"{path}: is a sample of the template: not taken over"],
    )


def test_the_samples_of_hugoblox_are_left_and_told(old_site: Make) -> None:
    talk = page("title: Example Talk", "event: Wowchemy Conference", "event_url: https://example.org")
    project = page("title: Internal Project", "summary: An example of using the in-built project page.")
    root = old_site({**HUGO, "content/event/a/index.md": talk, "content/project/a/index.md": project})
    profile = read(root)
    assert list(profile.author.sections) == ["Skills"]
    assert told(profile, root) == [
        f"content/{name}/a/index.md: is a sample of the template: not taken over" for name in ("event", "project")
    ]


def test_of_a_page_that_keeps_some_of_the_sample_the_rest_is_taken(old_site: Make) -> None:
    sample = page(
        "title: Engine",
        "summary: An example of using the in-built project page.",
        body="What I added. " * 100,
    )
    talk = page("title: Example Talk", "event: Loom Conference", "event_url: https://example.org")
    root = old_site({**HUGO, "content/event/a/index.md": talk, "content/project/a/index.md": sample})
    profile = read(root)
    assert profile.author.sections["Projects"] == (Position(title="Engine"),)
    assert profile.author.sections["Talks"] == (Position(title="Example Talk", organization="Loom Conference"),)
    assert told(profile, root) == [
        "content/event/a/index.md: not taken over: event_url (https://example.org)",
        "content/project/a/index.md: not taken over: the text below the head",
    ]


def test_what_is_no_date_no_head_or_no_address_is_told_and_drafts_stay_drafts(old_site: Make) -> None:
    root = old_site(
        {
            **JEKYLL,
            "_talks/a.md": page("title: A", "date: sometime", "slidesurl: /files/a.pdf"),
            "_talks/b.md": page("title: ["),
            "_talks/c.md": page("title: C", "published: false"),
            "_talks/d.md": page("title: D {{ site.x }}", "venue: V", body="{% include x.html %}"),
            "_talks/.template.md": page("title: E"),
        }
    )
    profile = read(root)
    assert profile.author.sections == {"Talks": (Position(title="A"), Position(title="D", organization="V"))}
    assert told(profile, root) == [
        "_talks/a.md:3: the date 'sometime' is not one",
        "_talks/a.md: not taken over: slidesurl (/files/a.pdf)",
        "_talks/b.md:3:1: is not valid YAML: did not find expected node content",
        "_talks/b.md: has no title: not taken over",
        "_talks/c.md: is a draft: not taken over",
        "_talks/d.md: title held commands of templates",
    ]


def test_what_no_text_may_hold_is_left_out(old_site: Make) -> None:
    root = old_site({**JEKYLL, "_talks/a.md": page('title: "Lo\\u0007oms"', 'excerpt: "x\\u0007"')})
    assert read(root).author.sections == {"Talks": (Position(title="Looms", note="x"),)}


CV = """- title: General Information
  type: map
  contents: [{name: Full Name, value: Ada Lovelace}]
- title: Invited Talks
  contents: [{title: Looms and engines, institution: Looms College, year: 2021}]
- title: teaching
  contents: [{title: Algebra, institution: Engines, year: 2019}, {title: Old, year: 2015}]
"""


def test_what_the_cv_of_the_site_says_is_there_once(old_site: Make) -> None:
    root = old_site(
        {
            **ALFOLIO,
            "_data/cv.yml": CV,
            "_talks/a.md": page("title: Looms and engines", "venue: Looms College", "date: 2021-03-01"),
            "_talks/b.md": page("title: Another", "venue: Looms College", "date: 2021-03-01"),
            "_teachings/a.md": page("title: Algebra", "location: Engines", "year: 2023"),
            "_teachings/b.md": page("title: Algebra", "location: Engines", "year: 2019"),
        }
    )
    profile = read(root)
    shown = {
        heading: [(entry.title, entry.end and entry.end.iso) for entry in entries]
        for heading, entries in profile.author.sections.items()
    }
    assert shown == {
        "Invited Talks": [("Looms and engines", "2021")],
        "teaching": [("Algebra", "2023"), ("Algebra", "2019"), ("Old", "2015")],
        "Talks": [("Another", "2021-03-01")],
    }
    assert told(profile, root) == [
        "_talks: entries that another file of the site has, too: not taken over again (Looms and engines)"
    ]
