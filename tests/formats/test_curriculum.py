"""What entries of CVs and their heads say of a person, whichever program wrote them."""

from typing import Any

import pytest

from generator.dates import Date
from generator.errors import Problems
from generator.formats import curriculum
from generator.formats.person import Person, points
from generator.model import Award, Position


@pytest.fixture
def person() -> Person:
    made = Person("cv.yml", Problems())
    made.name = "Ada Lovelace"
    return made


def told(person: Person) -> list[str]:
    return [f"{problem.place}: {problem.what}" for problem in person.problems.found]


def test_score_and_courses_of_a_degree_are_in_its_note(person: Person) -> None:
    entry = {"institution": "Looms College", "studyType": "BSc", "area": "Weaving", "endDate": "1835"}
    curriculum.put_entry(person, "Education", {**entry, "score": "9.1/10", "courses": ["Cards", "Numbers"]})
    curriculum.put_entry(person, "Education", {**entry, "score": "with honours", "summary": "On cards"})
    degree = Position(title="BSc in Weaving", organization="Looms College", end=Date(1835))
    assert person.education == [
        Position(**{**_values(degree), "note": "Score: 9.1/10\n\nCourses: Cards; Numbers"}),
        Position(**{**_values(degree), "note": "On cards; with honours"}),
    ]


def _values(entry: Position) -> dict[str, Any]:
    return {key: getattr(entry, key) for key in entry.__struct_fields__}


def test_the_place_of_an_institution_is_told_once(person: Person) -> None:
    for company, location in (("Engines", "London, UK"), ("Engines, London, UK", "London, UK"), ("", "Oxford")):
        curriculum.put_entry(person, "Experience", {"position": "Analyst", "company": company, "location": location})
    assert [one.organization for one in person.positions] == ["Engines, London, UK", "Engines, London, UK", "Oxford"]


@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        ({"start_date": "1840-09"}, Date(1840, 9), None),
        ({"startDate": "1840-09-01", "endDate": ""}, Date(1840, 9, 1), None),
        ({"start_date": "Sep 1840", "end_date": "present"}, Date(1840, 9), None),
        ({"start_date": "Sep 1840 - May 1842"}, Date(1840, 9), Date(1842, 5)),
        ({"year": "09/1840 – 1842"}, Date(1840), Date(1842)),
        ({"year": "1840"}, None, Date(1840)),
        ({"date": "1840-09-01 to 1840-09-03"}, Date(1840, 9, 1), Date(1840, 9, 3)),
    ],
)
def test_a_degree_without_an_end_goes_on_unless_its_only_date_is_that_of_a_year(
    person: Person, dates: dict[str, str], start: Date | None, end: Date | None
) -> None:
    curriculum.put_entry(person, "Education", {"degree": "PhD", **dates})
    [degree] = person.education
    assert ((degree.start, degree.end), told(person)) == ((start, end), [])


@pytest.mark.parametrize(
    ("dates", "start", "end", "problem"),
    [
        ({"startDate": "soon", "endDate": "1842"}, None, Date(1842), "the date 'soon' is not one"),
        ({"startDate": "1840", "endDate": "99999"}, Date(1840), None, "the date '99999' is not one"),
        (
            {"startDate": "1840-13", "endDate": "1842"},
            Date(1840),
            Date(1842),
            "the date '1840-13' has no month 13: months run from 01 to 12",
        ),
        (
            {"startDate": "1842-02", "endDate": "1840"},
            None,
            Date(1840),
            "'Analyst' ends 1840, before it begins 1842-02",
        ),
    ],
)
def test_a_date_that_cannot_be_is_told(
    person: Person, dates: dict[str, str], start: Date | None, end: Date | None, problem: str
) -> None:
    person.line = 7
    curriculum.put_entry(person, "Experience", {"position": "Analyst", **dates})
    assert person.positions == [Position(title="Analyst", start=start, end=end)]
    assert told(person) == [f"cv.yml:7: {problem}"]


def test_the_address_of_an_award_ends_its_note(person: Person) -> None:
    entry = {"title": "Medal", "awarder": "Society", "date": "1843", "url": "https://medal.example.org/a_(b)"}
    curriculum.put_entry(person, "Awards", {**entry, "summary": "For <b>notes</b>"})
    note = "For notes\n\n<https://medal.example.org/a_(b)>"
    assert person.awards == [Award(title="Medal", organization="Society", date=Date(1843), note=note)]


def test_the_head_of_a_cv_tells_of_the_person_and_not_where_one_lives(person: Person) -> None:
    head = {
        "label": "Analyst",
        "image": "/img/ada.jpg",
        "email": "ada@example.org",
        "summary": "I weave.",
        "website": "https://ada.example.org",
        "phone": "123",
        "location": {"city": "London"},
        "profiles": [
            {"network": "GitHub", "username": "ada"},
            {"network": "GitHub", "url": "http://www.github.com/ada/"},
            {"network": "LinkedIn", "username": "https://www.linkedin.com/in/ada/", "url": ""},
            {"network": "Looms", "username": "ada", "url": "https://looms.example.org/ada"},
            {"network": "Cards", "username": "ada"},
        ],
    }
    curriculum.put_head(person, head)
    author = person.author()
    assert (author.role, author.photo, author.email, author.bio) == (
        "Analyst",
        "img/ada.jpg",
        "ada@example.org",
        "I weave.",
    )
    assert [(link.label, link.url) for link in author.links] == [
        ("Homepage", "https://ada.example.org"),
        ("", "https://github.com/ada"),
        ("", "https://www.linkedin.com/in/ada/"),
        ("Looms", "https://looms.example.org/ada"),
    ]
    assert told(person) == [
        "cv.yml: the profile 'ada' at 'Cards' has no address",
        "cv.yml: phone, location: not taken over",
    ]


def test_the_head_of_the_sample_is_nobodys(person: Person) -> None:
    curriculum.put_head(
        person,
        {
            "label": "Scientist",
            "email": "ada@example.org",
            "url": "https://alshedivat.github.io/al-folio/",
            "phone": "(912) 123-4567",
            "summary": "A German-born theoretical physicist, widely ranked among the greatest",
            "profiles": [{"network": "Twitter", "url": "https://twitter.com/AlbertEinstein"}],
        },
    )
    assert (person.texts, person.links, told(person)) == ({"email": "ada@example.org"}, [], [])


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        (
            "https://scholar.google.com/citations?user=x",
            "https://scholar.google.com/citations?hl=en&user=x&oi=ao",
            True,
        ),
        ("https://scholar.google.com/citations?user=x", "https://scholar.google.com/citations?user=y", False),
        ("https://www.linkedin.com/in/ada/", "http://linkedin.com/in/Ada", True),
    ],
)
def test_one_page_is_linked_once(person: Person, url: str, other: str, same: bool) -> None:
    person.link(url)
    person.link(other)
    assert len(person.links) == (1 if same else 2)


def test_a_point_that_a_colon_has_made_a_mapping_stays() -> None:
    assert points(["Weaving", {"Thesis": "On cards"}]) == "- Weaving\n- Thesis: On cards"
