"""Moving in: folders of HugoBlox, al-folio and academicpages become a site that builds, in one command."""

import datetime
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from lab_site import LAB
from quarto_site import QUARTO

from generator import attachments, collection, content, folders, library
from generator.dates import Date
from generator.errors import ImportFailed, Problems
from generator.formats.profile import Profile
from generator.merge import Told
from generator.model import Award, Position

DAY = datetime.date(2026, 11, 25)
Make = Callable[[dict[str, str | bytes]], Path]

HUGOBLOX: dict[str, str | bytes] = {
    "content/authors/admin/_index.md": """---
title: Ada Lovelace
first_name: Augusta Ada
last_name: Lovelace
superuser: true
role: Analyst
organizations:
  - name: University of Engines
    url: https://engines.example.org
bio: Short.
interests: [Looms]
education:
  courses:
    - {course: PhD in Weaving, institution: Looms College, year: 1840}
social:
  - {icon: envelope, link: 'mailto:ada@example.org'}
  - {icon: github, link: 'https://github.com/ada'}
  - {icon: cv, link: uploads/resume.pdf}
---
## About

The **longer** biography. {{< icon >}}
""",
    "content/authors/admin/avatar.jpg": b"jpg",
    "content/authors/charles/_index.md": "+++\ntitle = 'Charles Babbage'\n+++\n",
    "content/publication/engines-1843/index.md": """---
title: 'On <i>Engines</i>'
authors: [admin, charles, "Menabrea, Luigi"]
author_notes: ['Equal contribution', 'Equal contribution', 'Corresponding author']
date: '1843-01-01'
publishDate: '2024-01-16T23:58:00Z'
publication_types: ['2']
publication: "In *Memoirs*"
publication_short: "*MEM*"
abstract: It *weaves*.
summary: Weaving.
tags: [looms, Looms]
featured: true
url_code: https://github.com/ada/engine
links:
- {name: URL, url: 'https://doi.org/10.1000/x'}
- {name: Talk, url: 'https://example.org/talk'}
---
""",
    "content/publication/engines-1843/cite.bib": "@article{x, title={On Engines}, year=1843, month=sep, volume=3, pages={1--2}}",
    "content/publication/engines-1843/featured.png": b"png",
    "content/publication/engines-1843/engines-1843.pdf": b"%PDF",
    "content/publication/broken/index.md": "---\ntitle: [\n---\n",
    "content/post/one/index.md": "---\ntitle: A post\n---\n",
}
ALFOLIO: dict[str, str | bytes] = {
    "_config.yml": """first_name: Ada
middle_name:
last_name: Lovelace
url: https://ada.example.org
github_username: ada
orcid_id: 0000-0002-1825-0097
scholar:
  last_name: [Lovelace]
  first_name: [Ada, A., Augusta]
""",
    "_data/socials.yml": "email: ada@example.org\nscholar_userid: qc6CJjYAAAAJ\ncv_pdf: /assets/pdf/cv.pdf\nrss_icon: true\n",
    "_data/coauthors.yml": '"babbage":\n  - firstname: ["Charles", "C."]\n    url: https://babbage.example.org\n',
    "_data/cv.yml": "- title: General Information\n  type: map\n  contents:\n    - {name: Full Name, value: Ada Lovelace}\n"
    "- title: Education\n  contents:\n    - {title: PhD, institution: Looms College, year: 1840}\n"
    "- title: Experience\n  contents:\n    - {title: Analyst, institution: Engines, year: 1841 - 1843}\n",
    "_pages/about.md": "---\nlayout: about\nsubtitle: <b>Analyst</b>\nprofile:\n  image: ada.jpg\n---\n"
    "I weave. [A project]({% link _projects/x.md %})\n",
    "_bibliography/papers.bib": "---\n---\n\n@article{engines1843,\n  title={On {Engines}},\n"
    "  author={Lovelace, Ada and Babbage, C.},\n  pdf={engines.pdf}, preview={e.png}, slides={missing.pdf},\n"
    "  selected={true}, year={1843}\n}\n@article{untitled, year=1843}\n",
    "assets/pdf/engines.pdf": b"%PDF",
    "assets/img/publication_preview/e.png": b"png",
    "assets/img/ada.jpg": b"jpg",
    "_news/one.md": "---\n---\nNews",
}
ACADEMICPAGES: dict[str, str | bytes] = {
    "_config.yml": "url: https://ada.example.org\nauthor:\n  name: Ada Lovelace\n  avatar: ada.png\n  bio: I weave.\n"
    "  employer: University of Engines\n  email: ada@example.org\n  github: ada\n  googlescholar: "
    "https://scholar.google.com/citations?user=qc6CJjYAAAAJ\n",
    "_publications/2009-10-01-engines.md": """---
title: "On Engines"
collection: publications
category: manuscripts
permalink: /publication/2009-10-01-engines
excerpt: 'About <b>engines</b>.'
date: 2009-10-01
venue: 'Journal of Looms'
paperurl: 'https://ada.example.org/files/engines.pdf'
citation: 'Lovelace, A., &amp; Babbage, C. (2009). &quot;On Engines.&quot; <i>Journal of Looms</i>. 1(1).'
---
They weave.

[Download paper here](http://ada.example.org/files/engines.pdf)

Recommended citation: Lovelace.
""",
    "_publications/two.md": "---\ntitle: Two\ncitation: 'Ada Lovelace, Charles Babbage (2010)'\n---\n",
    "_publications/three.md": "---\ntitle: Three\n---\n",
    "_talks/one.md": "---\ntitle: Talk\n---\n",
    "files/engines.pdf": b"%PDF",
    "images/ada.png": b"png",
}
SITES = {
    "hugoblox": HUGOBLOX,
    "al-folio": ALFOLIO,
    "academicpages": ACADEMICPAGES,
    "lab-website": LAB,
    "quarto": QUARTO,
}


def told(profile: Profile, root: Path) -> list[str]:
    return [str(problem).split("\n")[0].removeprefix(f"{root}/") for problem in profile.problems]


BEFORE = {
    "hugoblox": ("/publication/engines-1843/",),
    "al-folio": (),
    "academicpages": ("/publication/2009-10-01-engines/",),
    "lab-website": (),
    "quarto": ("/research/engines/",),
}
"""Where the paper on engines was found on these sites; al-folio and the template for labs have no pages of papers."""


@pytest.mark.parametrize("kind", folders.KINDS)
def test_moving_in_takes_one_command(old_site: Make, tmp_path: Path, kind: str) -> None:
    profile = library.read(old_site(SITES[kind]), None, DAY)
    site = tmp_path / "site"
    collection.collect(site, [Told("old", profile)])
    loaded = content.load(site)
    assert not loaded.problems, loaded.problems.sorted()
    assert loaded.site.authors[0].name == "Ada Lovelace"
    paper = next(paper for paper in loaded.site.papers if "Engines" in paper.title)
    assert (paper.pdf.endswith(".pdf"), paper.profiles[0]) == (True, "ada-lovelace")
    assert paper.redirect_from == BEFORE[kind]
    assert loaded.site.authors[0].photo in {file.path for file in loaded.site.files}
    again = collection.collect(site, [Told("old", profile)])
    assert (again.written, again.new) == ((), 0)


def test_a_hugoblox_site(old_site: Make) -> None:
    root = old_site(HUGOBLOX)
    profile = folders.read(root, None, DAY)
    ada = profile.author
    assert (ada.name, ada.aliases, ada.role, ada.email) == (
        "Ada Lovelace",
        ("Augusta Ada Lovelace",),
        "Analyst",
        "ada@example.org",
    )
    assert (ada.bio, ada.photo, ada.interests) == ("The **longer** biography.", "authors/admin.jpg", ("Looms",))
    assert [(place.name, place.url) for place in ada.affiliations] == [
        ("University of Engines", "https://engines.example.org")
    ]
    assert [link.url for link in ada.links] == ["https://github.com/ada", "uploads/resume.pdf"]
    assert [(entry.title, entry.organization, entry.end and entry.end.iso) for entry in ada.education] == [
        ("PhD in Weaving", "Looms College", "1840")
    ]
    assert [other.name for other in profile.others] == ["Charles Babbage"]
    [paper] = profile.papers
    assert (paper.id, paper.title, paper.venue, paper.abbr) == ("engines-1843", r"On \emph{Engines}", "Memoirs", "MEM")
    assert [(author.name, author.equal, author.corresponding) for author in paper.authors] == [
        ("Ada Lovelace", True, False),
        ("Charles Babbage", True, False),
        ("Luigi Menabrea", False, True),
    ]
    assert (paper.date and paper.date.iso, paper.volume, paper.pages, paper.doi) == ("1843-09", "3", "1-2", "10.1000/x")
    assert (paper.abstract, paper.format, paper.tldr, paper.tags, paper.selected) == (
        "It *weaves*.",
        "markdown",
        "Weaving.",
        ("looms",),
        True,
    )
    assert (paper.code, paper.pdf, paper.image) == (
        "https://github.com/ada/engine",
        "papers/engines-1843.pdf",
        "papers/engines-1843.png",
    )
    assert [link.label for link in paper.links] == ["Talk"]
    assert [line.split(": ")[0] for line in told(profile, root)] == [
        "content/authors/admin/_index.md",
        "content/publication/broken/index.md:3:1",
        "content/publication/broken/index.md:1",
        "content/post",
    ]


def test_a_new_hugoblox_person(old_site: Make) -> None:
    root = old_site(
        {
            "data/authors/me.yaml": "is_owner: true\nname: {display: Ada Lovelace, given: Ada, family: Lovelace, pronouns: she/her}\n"
            "affiliations:\n  - {name: Engines}\nlinks:\n  - {icon: x, url: 'https://orcid.org/0000-0002-1825-0097'}\n"
            "experience:\n  - {role: Analyst, org: Engines, start: '1841-02', end: '1843'}\n",
            "assets/media/authors/me.png": b"png",
            "content/publications/a/index.md": "---\ntitle: A\nauthors: [me]\nhugoblox:\n  ids: {arxiv: '2205.01234'}\n---\n",
        }
    )
    profile = folders.read(root, "hugoblox", DAY)
    assert (profile.author.name, profile.author.pronouns, profile.author.photo) == (
        "Ada Lovelace",
        "she/her",
        "authors/me.png",
    )
    [position] = profile.author.positions
    assert (position.title, position.start and position.start.iso) == ("Analyst", "1841-02")
    assert [(paper.authors[0].name, paper.arxiv) for paper in profile.papers] == [("Ada Lovelace", "2205.01234")]


@pytest.mark.parametrize(
    "address",
    [
        "/files/engines.pdf",
        "files/engines.pdf",
        "https://ada.example.org/files/engines.pdf",
        "http://Ada.example.org/files/engines.pdf",
    ],
)
def test_a_pdf_of_academicpages_is_named_as_the_site_then_reads_it(old_site: Make, address: str) -> None:
    page = str(ACADEMICPAGES["_publications/2009-10-01-engines.md"]).replace(
        "https://ada.example.org/files/engines.pdf", address
    )
    profile = library.read(old_site({**ACADEMICPAGES, "_publications/2009-10-01-engines.md": page}), None, DAY)
    assert (profile.papers[0].pdf, "engines.pdf" in [file.path for file in profile.files]) == ("engines.pdf", True)


@pytest.mark.parametrize(
    ("path", "notes", "unexplained"),
    [
        ("content/publication/a/index.md", "author_notes: ['Equal contribution']\n", "Luigi Menabrea †"),
        ("_publications/a.md", "", "Ada Lovelace *, Luigi Menabrea †"),
    ],
)
def test_marks_beside_names_are_no_part_of_them_and_told_where_nothing_explains_them(
    old_site: Make, path: str, notes: str, unexplained: str
) -> None:
    authors = "authors: ['Ada Lovelace*', 'Menabrea†, Luigi', '**Bob Noyce**', Carla Jones]"
    root = old_site({path: f"---\ntitle: A\n{authors}\n{notes}---\n", "_config.yml": "title: A\n"})
    profile = library.read(root, None, DAY)
    [paper] = profile.papers
    names = ["Ada Lovelace", "Luigi Menabrea", "Bob Noyce", "Carla Jones"]
    assert [author.name for author in paper.authors] == names
    [problem] = [line for line in told(profile, root) if "marks" in line]
    assert problem.endswith(f": no note tells what is meant by the marks of {unexplained}")


def test_the_sample_of_hugoblox_keeps_its_type_its_volume_and_its_cv(old_site: Make) -> None:
    person = """---
title: Ada Lovelace
education:
  - {area: PhD Weaving, institution: Looms College, date_start: 2016-01-01}
work:
  - {position: Analyst, company_name: Engines, date_start: 2021-03-15, date_end: ''}
awards:
  - {title: Medal, awarder: Society, date: '2023-11-25'}
---
"""
    paper = """---
title: On Cards
authors: [admin]
publication_types: ['paper-conference']
publication: "*Journal of Source Themes, 1*(2)"
---
"""
    folder = "content/publication/cards"
    files: dict[str, str | bytes] = {
        "content/authors/admin/_index.md": person,
        f"{folder}/index.md": paper,
        f"{folder}/cite.bib": "@book{x, title={On Cards}, volume=9}",
    }
    profile = library.read(old_site(files), None, DAY)
    [cards] = profile.papers
    assert (cards.type, cards.venue, cards.volume, cards.issue) == (
        "paper-conference",
        "Journal of Source Themes",
        "1",
        "2",
    )
    ada = profile.author
    assert [(one.title, one.organization) for one in ada.education] == [("PhD Weaving", "Looms College")]
    assert [(one.start and one.start.iso, one.end) for one in ada.positions] == [("2021-03-15", None)]
    assert [(one.title, one.organization, one.date and one.date.iso) for one in ada.awards] == [
        ("Medal", "Society", "2023-11-25")
    ]


def test_skills_and_languages_of_hugoblox_are_parts_of_the_cv(old_site: Make) -> None:
    said = """skills:
  - {name: Technical, items: [{name: Python, percent: 90}, {name: Looms}, {percent: 1}]}
  - {name: Weaving, percent: 100}
languages: [{name: French, percent: 100}, Latin]
awards: [{title: Medal, awarder: Society, date: '1843-05-01'}]
education:
"""
    head = str(HUGOBLOX["content/authors/admin/_index.md"]).replace("education:\n", said)
    ada = folders.read(old_site({**HUGOBLOX, "content/authors/admin/_index.md": head}), None, DAY).author
    assert ada.sections == {
        "Skills": (Position(title="Technical", note="Python, Looms"), Position(title="Weaving")),
        "Languages": (Position(title="French"), Position(title="Latin")),
    }
    assert ada.awards == (Award(title="Medal", organization="Society", date=Date(1843, 5, 1)),)


def test_links_of_a_biography_to_the_old_site_become_text_and_are_told(old_site: Make) -> None:
    page = "---\nlayout: about\n---\n![Me](/me.png) I [weave](/papers/ 'x') on [looms](../looms/) for [GitHub](https://github.com).\n"
    profile = library.read(old_site({**ALFOLIO, "_pages/about.md": page}), None, DAY)
    assert profile.author.bio == "I weave on looms for [GitHub](https://github.com)."
    told = [problem for problem in profile.problems if "biography" in problem.what]
    assert [problem.what for problem in told] == ["the biography led to the old site: /me.png, /papers/, ../looms/"]


def test_papers_that_the_cv_of_al_folio_lists_are_left_behind_and_told(old_site: Make) -> None:
    more = "- title: Selected Publications\n  type: list\n  contents: [On Engines]\n"
    data = str(ALFOLIO["_data/cv.yml"])
    assert not [one for one in library.read(old_site(ALFOLIO), None, DAY).problems if "CV" in one.what]
    profile = library.read(old_site({**ALFOLIO, "_data/cv.yml": data + more}), None, DAY)
    assert [one.what for one in profile.problems if "CV" in one.what] == [
        "parts of the CV: not taken over (Selected Publications)"
    ]


OLD_CV = """
- title: Honors and Awards
  type: time_table
  contents:
    - {year: 1843, items: [Medal, "<b>Prize</b> of Looms"]}
- title: Open Source
  type: time_table
  contents:
    - {title: '<a href="https://looms.example.org/">Looms</a>', year: 1840-now, description: Weaves &amp; counts}
- title: Service
  type: list
  contents: [Reviewer for Engines]
- title: Interests
  type: nested_list
  contents:
    - {title: Numbers, items: [Bernoulli's, others]}
"""
NEW_CV = """
cv:
  name: Ada Lovelace
  sections:
    experience: [{company: Engines, position: Analyst, start_date: 1841-02, end_date: present, highlights: [Much]}]
    Honours: [{name: Medal, date: 1843, summary: For the notes}]
    Languages: [{name: French, summary: fluent}, {label: Latin, details: some}, {bullet: Italian}, {}]
    Talks: [{title: On looms, date: 1842-05-03, url: "https://looms.example.org/talk"}]
"""


def test_all_parts_of_the_old_cv_of_al_folio_are_taken_over(old_site: Make) -> None:
    ada = library.read(old_site({**ALFOLIO, "_data/cv.yml": str(ALFOLIO["_data/cv.yml"]) + OLD_CV}), None, DAY).author
    assert [(award.title, award.date and award.date.iso) for award in ada.awards] == [
        ("Medal", "1843"),
        ("Prize of Looms", "1843"),
    ]
    assert ada.sections == {
        "Open Source": (
            Position(title="Looms", url="https://looms.example.org/", start=Date(1840), note="Weaves & counts"),
        ),
        "Service": (Position(title="Reviewer for Engines"),),
        "Interests": (Position(title="Numbers", note="Bernoulli's; others"),),
    }


def test_all_parts_of_the_new_cv_of_al_folio_are_taken_over(old_site: Make) -> None:
    ada = library.read(old_site({**ALFOLIO, "_data/cv.yml": NEW_CV}), None, DAY).author
    assert ada.positions == (Position(title="Analyst", organization="Engines", start=Date(1841, 2), note="Much"),)
    assert ada.awards == (Award(title="Medal", date=Date(1843), note="For the notes"),)
    assert ada.sections == {
        "Languages": (
            Position(title="French", note="fluent"),
            Position(title="Latin", note="some"),
            Position(title="Italian"),
        ),
        "Talks": (Position(title="On looms", url="https://looms.example.org/talk", end=Date(1842, 5, 3)),),
    }


def test_the_head_of_the_new_cv_of_al_folio_tells_of_the_person_what_nothing_else_does(old_site: Make) -> None:
    head = """cv:
  name: Ada Lovelace
  label: Countess
  email: ada@example.org
  phone: 123
  summary: I count.
  social_networks: [{network: GitHub, username: ada}, {network: GitLab, username: ada}]
"""
    files = {**ALFOLIO, "_data/cv.yml": NEW_CV.replace("\ncv:\n  name: Ada Lovelace\n", head)}
    root = old_site(files)
    profile = library.read(root, None, DAY)
    ada = profile.author
    assert (ada.role, ada.bio, len(ada.positions)) == ("Analyst", "I weave. A project", 1)
    assert [link.url for link in ada.links if "git" in link.url] == ["https://github.com/ada", "https://gitlab.com/ada"]
    assert [line for line in told(profile, root) if line.startswith("_data/cv.yml")] == [
        "_data/cv.yml: phone: not taken over",
        "_data/cv.yml: role, bio: not taken over",
    ]
    lacking = {name: text for name, text in files.items() if name != "_pages/about.md"}
    folder = old_site(lacking)
    (folder / "_pages/about.md").unlink()
    ada = library.read(folder, None, DAY).author
    assert (ada.role, ada.bio) == ("Countess", "I count.")


def test_references_of_a_cv_are_other_peoples_words(old_site: Make) -> None:
    more = "    References: [{name: Mary Somerville, summary: She counts.}]\n"
    root = old_site({**ALFOLIO, "_data/cv.yml": NEW_CV + more})
    profile = library.read(root, None, DAY)
    assert list(profile.author.sections) == ["Languages", "Talks"]
    assert said_by_cvs(profile, root) == ["_data/cv.yml: References: not taken over"]


def test_entries_of_the_sample_in_a_new_cv_are_nobodys(old_site: Make) -> None:
    sample = "    Certificates: [{name: Quantum Computing, date: 2018-01-01, issuer: Stanford University}]\n"
    ada = library.read(old_site({**ALFOLIO, "_data/cv.yml": NEW_CV + sample}), None, DAY).author
    assert list(ada.sections) == ["Languages", "Talks"]


RESUME: dict[str, Any] = {
    "basics": {"name": "Ada Lovelace", "url": "https://ada.example.org/", "label": "Analyst", "summary": "I count."},
    "work": [
        {"name": "Engines", "position": "Analyst", "startDate": "1841-02", "endDate": "1843-01", "summary": "Counting"},
        {"name": "Looms", "position": "Weaver", "startDate": "1839"},
    ],
    "education": [
        {"institution": "Looms College", "studyType": "PhD", "area": "Weaving", "startDate": "1837", "endDate": "1840"},
        {"institution": "Looms College", "studyType": "BSc", "endDate": "1837", "score": "with honours"},
    ],
    "awards": [{"title": "Medal", "awarder": "Society", "date": "1843-11"}],
    "publications": [{"name": "On Engines"}],
}


def with_resume(resume: Any = RESUME, **files: str) -> dict[str, str | bytes]:
    text = resume if isinstance(resume, str) else json.dumps(resume, indent=1)
    return {**ALFOLIO, "assets/json/resume.json": text, **files}


def said_by_cvs(profile: Profile, root: Path) -> list[str]:
    return [line for line in told(profile, root) if line.startswith(("assets/json", "_data/cv.yml"))]


def test_what_cv_and_resume_of_an_al_folio_site_both_say_is_there_once(old_site: Make) -> None:
    root = old_site(with_resume())
    profile = library.read(root, None, DAY)
    ada = profile.author
    assert ada.positions == (
        Position(title="Analyst", organization="Engines", start=Date(1841, 2), end=Date(1843, 1), note="Counting"),
        Position(title="Weaver", organization="Looms", start=Date(1839)),
    )
    assert ada.education == (
        Position(title="PhD in Weaving", organization="Looms College", start=Date(1837), end=Date(1840)),
        Position(title="BSc", organization="Looms College", end=Date(1837), note="with honours"),
    )
    assert ada.awards == (Award(title="Medal", organization="Society", date=Date(1843, 11)),)
    assert (ada.bio, len(profile.papers)) == ("I weave. A project", 1)
    assert "https://ada.example.org/" not in [link.url for link in ada.links]
    assert said_by_cvs(profile, root) == [
        "assets/json/resume.json: publications: not taken over (1)",
        "assets/json/resume.json: bio: not taken over",
        "_data/cv.yml: entries that another file of the site has, too: not taken over again (Analyst; PhD)",
    ]


@pytest.mark.parametrize(
    ("cv", "page", "title"),
    [
        (str(ALFOLIO["_data/cv.yml"]), "", "PhD in Weaving"),
        (str(ALFOLIO["_data/cv.yml"]), "---\ncv_format: rendercv\n---\n", "PhD"),
        (
            "cv: {name: Ada Lovelace, sections: {Education: [{degree: Doctor, institution: Looms College, date: 1840}]}}",
            "",
            "Doctor",
        ),
        (
            "cv: {name: Ada Lovelace, sections: {Education: [{degree: Doctor, institution: Looms College, date: 1840}]}}",
            "---\ncv_format: jsonresume\n---\n",
            "PhD in Weaving",
        ),
    ],
)
def test_the_cv_that_an_al_folio_site_shows_counts_first(old_site: Make, cv: str, page: str, title: str) -> None:
    files = with_resume(**{"_data/cv.yml": cv, "_pages/cv.md": page})
    education = library.read(old_site(files), None, DAY).author.education
    assert sorted(entry.title for entry in education) == sorted([title, "BSc"])


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ({"position": "Analyst", "name": "Engines", "startDate": "1841", "endDate": "1843"}, 1),
        ({"position": "analyst", "startDate": "1841"}, 1),
        ({"position": "Analyst", "name": "Engines", "startDate": "1850", "endDate": "1852"}, 2),
        ({"position": "Analyst", "name": "Mill", "startDate": "1841", "endDate": "1843"}, 2),
        ({"position": "Weaver", "name": "Engines", "startDate": "1838", "endDate": "1843"}, 2),
        ({"position": "Weaver", "name": "Mill"}, 2),
    ],
)
def test_two_entries_are_one_where_title_place_and_time_agree(old_site: Make, entry: dict[str, str], kept: int) -> None:
    resume = {"basics": {"name": "Ada Lovelace"}, "work": [entry]}
    assert len(library.read(old_site(with_resume(resume)), None, DAY).author.positions) == kept


def test_a_resume_of_somebody_else_is_told_and_left(old_site: Make) -> None:
    resume = {**RESUME, "basics": {"name": "Charles Babbage", "phone": "1"}}
    root = old_site(with_resume(resume))
    profile = library.read(root, None, DAY)
    assert len(profile.author.positions) == 1
    assert said_by_cvs(profile, root) == [
        "assets/json/resume.json: tells of 'Charles Babbage', not of 'Ada Lovelace': not taken over"
    ]


def test_a_resume_tells_who_an_al_folio_site_is_about_where_nothing_else_does(old_site: Make) -> None:
    profile = library.read(old_site(with_resume(**{"_config.yml": "title: A site\n"})), None, DAY)
    assert (profile.author.name, len(profile.author.positions)) == ("Ada Lovelace", 2)


def test_a_broken_resume_of_an_al_folio_site_is_told_and_the_rest_is_read(old_site: Make) -> None:
    root = old_site(with_resume('{"basics": {"name": "Ada Lovelace"},\n"work": [{"name": "Mill"}, {"name: }]\n}'))
    profile = library.read(root, None, DAY)
    assert [entry.title for entry in profile.author.positions] == ["Mill", "Analyst"]
    assert said_by_cvs(profile, root) == [
        "assets/json/resume.json:2:29: is not valid JSON from here on: Unterminated string starting at"
    ]


WHAT_WAS_DONE = """
- title: Education
  type: time_table
  contents:
    - title: PhD
      year: 1840
      description:
        - <b>Looms</b> at <a class="x" href="https://looms.example.org/"><i>the</i> college</a>
        - p < 5 &amp; q > 6
        - title: Courses
          contents: [Weaving, {title: Numbers, contents: Bernoulli's}]
- title: Experience
  type: time_table
  contents:
    - {title: Analyst, year: 1841, description: "See [it](/assets/it.pdf) and [that](https://that.example.org/)"}
"""


def test_what_was_done_in_a_position_comes_along_as_markdown(old_site: Make) -> None:
    cv = "- title: General Information\n  type: map\n  contents: [{name: Full Name, value: Ada Lovelace}]\n"
    root = old_site({**ALFOLIO, "_data/cv.yml": cv + WHAT_WAS_DONE})
    profile = library.read(root, None, DAY)
    assert [entry.note for entry in profile.author.education] == [
        "- Looms at [the college](https://looms.example.org/)\n- p < 5 & q > 6\n- Courses\n    - Weaving\n"
        "    - Numbers\n        - Bernoulli's"
    ]
    assert [entry.note for entry in profile.author.positions] == ["See it and [that](https://that.example.org/)"]
    assert "_data/cv.yml: a note of the CV led to the old site: /assets/it.pdf" in told(profile, root)


def test_what_was_done_in_a_position_of_hugoblox_comes_along(old_site: Make) -> None:
    said = """work:
  - position: Analyst
    company_name: Engines
    summary: |
      Responsibilities include:
      - Weaving {{< icon loom >}} looms
      - Counting, see [this](/post/x/)
  - {role: Tutor, org: College, summary: Taught, highlights: [Numbers, Looms]}
education:
"""
    head = str(HUGOBLOX["content/authors/admin/_index.md"]).replace("education:\n", said)
    head = head.replace("year: 1840}", f"year: 1840, summary: '{'Long. ' * 50}'}}")
    root = old_site({**HUGOBLOX, "content/authors/admin/_index.md": head})
    profile = folders.read(root, None, DAY)
    assert [entry.note for entry in profile.author.positions] == [
        "Responsibilities include:\n\n- Weaving  looms\n- Counting, see this",
        "Taught\n\n- Numbers\n- Looms",
    ]
    assert [entry.note for entry in profile.author.education] == [("Long. " * 50).strip()]
    problems = told(profile, root)
    assert "content/authors/admin/_index.md: a note of the CV held commands of templates" in problems
    assert "content/authors/admin/_index.md: a note of the CV led to the old site: /post/x/" in problems


def test_of_a_part_of_a_cv_that_keeps_some_of_the_sample_the_other_entries_are_taken(old_site: Make) -> None:
    sample = """- title: Honors
  type: time_table
  contents:
    - {year: 1921, items: [Nobel Prize, Matteucci Medal]}
    - {year: 1843, items: [Medal]}
- title: Academic Interests
  type: nested_list
  contents: [{title: Topic 1., items: [Description 1., Description 2.]}]
"""
    root = old_site({**ALFOLIO, "_data/cv.yml": str(ALFOLIO["_data/cv.yml"]) + sample})
    profile = library.read(root, None, DAY)
    assert [award.title for award in profile.author.awards] == ["Medal"]
    assert profile.author.sections == {}
    assert said_by_cvs(profile, root) == [
        "_data/cv.yml: what the template's sample says was left out: Honors, Academic Interests"
    ]


def test_an_al_folio_site(old_site: Make) -> None:
    root = old_site(ALFOLIO)
    profile = library.read(root, None, DAY)
    ada = profile.author
    assert (ada.name, ada.aliases, ada.role, ada.email, ada.photo) == (
        "Ada Lovelace",
        ("Augusta Lovelace",),
        "Analyst",
        "ada@example.org",
        "ada.jpg",
    )
    assert ada.bio == "I weave. A project"
    assert sorted(link.url for link in ada.links) == [
        "assets/pdf/cv.pdf",
        "https://github.com/ada",
        "https://orcid.org/0000-0002-1825-0097",
        "https://scholar.google.com/citations?user=qc6CJjYAAAAJ",
    ]
    assert [(entry.title, entry.start and entry.start.year) for entry in ada.positions] == [("Analyst", 1841)]
    [paper] = profile.papers
    assert (paper.id, paper.pdf, paper.image, paper.selected) == ("engines1843", "engines.pdf", "e.png", True)
    assert [author.url for author in paper.authors] == ["", "https://babbage.example.org"]
    assert sorted(file.path for file in profile.files) == ["ada.jpg", "e.png", "engines.pdf"]
    assert "_bibliography/papers.bib:10: 'untitled' has no title" in told(profile, root)
    assert [(page.path, page.title) for page in profile.pages] == [("news/one", "News")]


def test_the_sample_cv_of_al_folio_is_nobodys(old_site: Make) -> None:
    sample = yaml.safe_load(str(ALFOLIO["_data/cv.yml"]).replace("Ada Lovelace", "Albert Einstein"))
    root = old_site({**ALFOLIO, "_data/cv.yml": yaml.safe_dump(sample)})
    profile = folders.read(root, None, DAY)
    assert (profile.author.positions, profile.author.education) == ((), ())
    assert said_by_cvs(profile, root) == []


def test_a_cv_of_al_folio_that_names_nobody_is_the_persons_and_one_of_another_is_told(old_site: Make) -> None:
    data = str(ALFOLIO["_data/cv.yml"])
    nameless = data[data.index("- title: Education") :]
    assert len(library.read(old_site({**ALFOLIO, "_data/cv.yml": nameless}), None, DAY).author.positions) == 1
    root = old_site({**ALFOLIO, "_data/cv.yml": data.replace("Ada Lovelace", "Charles Babbage")})
    profile = library.read(root, None, DAY)
    assert profile.author.positions == ()
    assert said_by_cvs(profile, root) == [
        "_data/cv.yml: tells of 'Charles Babbage', not of 'Ada Lovelace': not taken over"
    ]


@pytest.mark.parametrize(
    ("site", "written", "lies"),
    [
        (HUGOBLOX, "uploads/resume.pdf", "static/uploads/resume.pdf"),
        (ALFOLIO, "assets/pdf/cv.pdf", "assets/pdf/cv.pdf"),
    ],
)
def test_a_cv_that_is_a_file_comes_along(
    old_site: Make, tmp_path: Path, site: dict[str, str | bytes], written: str, lies: str
) -> None:
    problems = Problems()
    lacking = attachments.settle(library.read(old_site(site), None, DAY), tmp_path / "site", problems)
    assert written not in [link.url for link in lacking.author.links]
    [problem] = [problem for problem in problems.found if written in problem.what]
    assert (problem.place.file, problem.what) == (
        lacking.author.origin.file,
        f"links names {written!r}, which was not found",
    )
    profile = library.read(old_site({**site, lies: b"%PDF-1.4\n"}), None, DAY)
    assert (written, "CV") in [(link.url, link.label) for link in profile.author.links]
    assert written in [file.path for file in profile.files]


def test_al_folios_custom_link_is_taken_over_and_its_sample_is_not(old_site: Make) -> None:
    for url, labels in (("https://looms.example.org/", ["Looms"]), ("https://www.alberteinstein.com/", [])):
        more = f"custom_social:\n  logo: https://a.org/x.png\n  title: Looms\n  url: {url}\n"
        profile = library.read(old_site({**ALFOLIO, "_data/socials.yml": more}), None, DAY)
        assert [link.label for link in profile.author.links if link.label] == labels


@pytest.mark.parametrize("sign", ["{{", "{%", "<!--", "{#"])
def test_commands_without_an_end_take_no_time(old_site: Make, sign: str) -> None:
    about = f"---\n---\nI weave. {{{{ x }}}}{{% y %}}<!-- z -->{sign * 50_000}"
    began = time.process_time()
    bio = folders.read(old_site({**ALFOLIO, "_pages/about.md": about}), None, DAY).author.bio
    assert (bio, time.process_time() - began < 10) == (f"I weave. {sign * 50_000}", True)


CV_JSON: dict[str, Any] = {
    "basics": {"name": "Ada Lovelace", "email": "ada@looms.example.org"},
    "work": [{"company": "Engines", "position": "Analyst", "startDate": "1841", "endDate": "1843"}],
    "education": [{"institution": "GitHub University", "area": "Version Control Theory"}],
    "publications": [{"name": "On Engines"}],
    "presentations": [{"name": "Talk"}],
}


def test_the_cv_of_academicpages_tells_of_the_person(old_site: Make) -> None:
    root = old_site({**ACADEMICPAGES, "_data/cv.json": json.dumps(CV_JSON)})
    profile = folders.read(root, None, DAY)
    ada = profile.author
    assert ada.positions == (Position(title="Analyst", organization="Engines", start=Date(1841), end=Date(1843)),)
    assert (ada.education, ada.email) == ((), "ada@example.org")
    assert [line for line in told(profile, root) if line.startswith("_data")] == [
        "_data/cv.json: what the template's sample says was left out: education",
        "_data/cv.json:1: fields that were not taken over: presentations",
        "_data/cv.json: publications: not taken over (1)",
        "_data/cv.json: email: not taken over",
    ]


def test_the_cv_of_academicpages_names_the_person_where_the_settings_do_not(old_site: Make) -> None:
    files = {**ACADEMICPAGES, "_data/cv.json": json.dumps(CV_JSON), "_config.yml": "title: A site\n"}
    assert folders.read(old_site(files), None, DAY).author.name == "Ada Lovelace"


def test_formulas_that_academicpages_escapes_are_formulas(old_site: Make) -> None:
    page = "---\ntitle: T\nexcerpt: 'On \\\\(E=mc^2\\\\)'\n---\nWe show \\\\(a^2\\\\) and \\\\[b\\\\].\n"
    profile = library.read(old_site({**ACADEMICPAGES, "_publications/four.md": page}), None, DAY)
    [paper] = [one for one in profile.papers if one.title == "T"]
    assert (paper.tldr, paper.abstract) == ("On \\(E=mc^2\\)", "We show \\(a^2\\) and \\[b\\].")


def test_a_file_is_copied_once_however_it_is_named(old_site: Make) -> None:
    ways = ("https://ada.example.org/files/a.pdf", "/files/a.pdf", "files/a.pdf")
    pages: dict[str, str | bytes] = {
        f"_publications/{at}.md": f"---\ntitle: T{at}\npaperurl: {way}\n---\n" for at, way in enumerate(ways)
    }
    profile = folders.read(old_site({**ACADEMICPAGES, **pages, "files/a.pdf": b"%PDF a"}), None, DAY)
    assert {paper.pdf for paper in profile.papers if paper.title.startswith("T") and paper.pdf} == {"a.pdf"}
    assert sorted(file.path for file in profile.files) == ["a.pdf", "ada.png", "engines.pdf"]


def test_an_academicpages_site(old_site: Make) -> None:
    root = old_site(ACADEMICPAGES)
    profile = library.read(root, None, DAY)
    ada = profile.author
    assert (ada.name, ada.email, ada.bio, ada.photo) == ("Ada Lovelace", "ada@example.org", "I weave.", "ada.png")
    papers = {paper.id: paper for paper in profile.papers}
    engines = papers["engines"]
    assert [author.name for author in engines.authors] == ["A. Lovelace", "C. Babbage"]
    assert (engines.abstract, engines.tldr, engines.venue, engines.pdf) == (
        "They weave.",
        "About engines.",
        "Journal of Looms",
        "engines.pdf",
    )
    assert [author.name for author in papers["two"].authors] == ["Ada Lovelace", "Charles Babbage"]
    assert papers["three"].authors == ()
    assert told(profile, root) == [
        "_publications/2009-10-01-engines.md:10: the authors were taken from the citation",
        "_publications/three.md:1: the authors are not told",
        "_publications/two.md:3: the authors were taken from the citation",
    ]
    assert ada.sections == {"Talks": (Position(title="Talk"),)}


def test_a_folder_of_nothing_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="is no folder that can be imported"):
        library.read(tmp_path, None, DAY)
    with pytest.raises(ImportFailed, match="is a folder"):
        library.read(tmp_path, "bibtex", DAY)


@pytest.mark.parametrize("kind", folders.KINDS)
@pytest.mark.parametrize(
    "junk", ["- a\n- b\n", "a: [\n", "x", "", "title: {a: b}\nauthors: {a: [b]}\nauthor: [1]\nscholar: 3\n"]
)
def test_settings_and_heads_of_any_shape_break_nothing(old_site: Make, kind: str, junk: str) -> None:
    files = dict(SITES[kind])
    for name in files:
        if name.endswith((".md", ".yml", ".yaml")):
            files[name] = f"---\n{junk}---\n{junk}" if name.endswith(".md") else junk
    folders.read(old_site(files), kind, DAY)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Dr. Ada Lovelace", "Ada Lovelace"),
        ("Prof. Dr. Ada Lovelace", "Ada Lovelace"),
        ("Ada Lovelace, PhD", "Ada Lovelace"),
        ("PhD A. Lovelace", "A. Lovelace"),
        ("Dr. Dre", "Dr. Dre"),
        ("Drake Phillips", "Drake Phillips"),
    ],
)
def test_a_title_is_no_part_of_a_name(old_site: Make, written: str, name: str) -> None:
    head = f"---\ntitle: {written}\nsuperuser: true\n---\n"
    profile = folders.read(old_site({**HUGOBLOX, "content/authors/admin/_index.md": head}), None, DAY)
    assert profile.author.name == name
    assert any("title in the name" in problem.what for problem in profile.problems) == (written != name)


@pytest.mark.parametrize(
    ("name", "head", "before"),
    [
        ("content/publication/On Looms/index.md", "", ("/publication/on-looms/",)),
        ("content/en/publication/looms/index.md", "", ("/publication/looms/",)),
        ("publication/looms/index.md", "", ("/publication/looms/",)),
        ("content/publication/a/index.md", "slug: Looms-2\n", ("/publication/looms-2/",)),
        ("content/publication/a/index.md", "url: /p/looms.html\n", ("/p/looms.html",)),
        ("content/publication/a/index.md", "aliases: [/x/, y]\n", ("/publication/a/", "/x/")),
        (
            "_publications/a.md",
            "permalink: /publication/a\nredirect_from: [/x, /y.html]\n",
            ("/publication/a/", "/x/", "/y.html"),
        ),
        ("_publications/a.md", "redirect_from: /x\n", ("/x/",)),
    ],
)
def test_papers_are_found_where_they_were(old_site: Make, name: str, head: str, before: tuple[str, ...]) -> None:
    [paper] = folders.read(old_site({name: f"---\ntitle: T\nauthors: [Ada]\n{head}---\n"}), None, DAY).papers
    assert paper.redirect_from == before


def test_the_list_of_papers_of_al_folio_leads_to_the_profile(old_site: Make) -> None:
    page = "---\npermalink: /publications/\ntitle: Papers\n---\n"
    profile = folders.read(old_site({**ALFOLIO, "_pages/publications.md": page}), None, DAY)
    assert profile.author.redirect_from == ("/publications/",)


@pytest.mark.parametrize(
    ("name", "head", "before"),
    [
        ("content/authors/admin/_index.md", "title: Ada Lovelace\n", ("/author/ada-lovelace/", "/authors/admin/")),
        ("content/authors/Ada L/_index.md", "title: Ada L., PhD\n", ("/author/ada-l.-phd/", "/authors/ada-l/")),
        (
            "content/authors/ada/_index.md",
            "title: Ada\nslug: al\naliases: [/me/, Countess]\n",
            ("/author/al/", "/authors/ada/", "/me/"),
        ),
        ("data/authors/me.yaml", "name: {display: Ada Núñez}\n", ("/author/ada-n%C3%BA%C3%B1ez/", "/authors/me/")),
    ],
)
def test_people_of_hugoblox_are_found_where_they_were(
    old_site: Make, name: str, head: str, before: tuple[str, ...]
) -> None:
    text = f"---\n{head}---\n" if name.endswith(".md") else head
    assert folders.read(old_site({name: text}), None, DAY).author.redirect_from == before


def test_an_address_that_none_can_have_is_told(old_site: Make) -> None:
    files: dict[str, str | bytes] = {"_publications/a.md": "---\ntitle: T\nauthors: [Ada]\npermalink: /p/?id=1\n---\n"}
    root = old_site(files)
    profile = folders.read(root, None, DAY)
    assert profile.papers[0].redirect_from == ()
    assert told(profile, root) == [
        "_publications/a.md:4: an address of before '/p/?id=1' has a ? part, which names no other page"
    ]


def test_of_two_papers_at_one_address_the_first_is_found_there(old_site: Make) -> None:
    page = "---\ntitle: {}\nauthors: [Ada]\npermalink: /p/\n---\n"
    profile = folders.read(
        old_site({"_publications/a.md": page.format("A"), "_publications/b.md": page.format("B")}), None, DAY
    )
    assert [paper.redirect_from for paper in profile.papers] == [("/p/",), ()]
