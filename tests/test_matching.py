"""Which people a printed name can mean."""

import unicodedata
from itertools import product
from string import ascii_uppercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.matching import FEW_FAMILIES, Index, Person

GUO = Person("song-guo", "Song Guo", (), "0000-0002-1825-0097")

GIVEN = ["Song", "Donald", "Jean-Luc", "Maria", "José", "Zoë", "Ann Marie", "Łukasz", "Søren"]
FAMILY = ["Guo", "Knuth", "O'Brien", "García", "Müller", "Smith-Jones", "Strauß", "Đặng"]
plain_names = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))


@pytest.mark.parametrize(
    "byline",
    [
        "Song Guo",
        "song guo",
        "SONG GUO",
        "Guo, Song",
        "GUO, SONG",
        "Söng Gúo",
        "Song  Guo*",
        "Song-Guo",
        "S. Guo",
        "S Guo",
        "Guo S",
        "Guo S.",
        "Guo, S.",
        "Song T. Guo",
        "S. T. Guo",
        "ST Guo",
        "Guo ST",
        "Ｓｏｎｇ Ｇｕｏ",
    ],
)
def test_song_guo_is_found_as(byline: str) -> None:
    assert Index([GUO]).match(byline) == ("song-guo",)


@pytest.mark.parametrize("byline", ["Shu Guo", "Guo", "Song", "Song Gu", "Song-Tao Guo", "T. Song Guo", "Guo Song", ""])
def test_song_guo_is_not(byline: str) -> None:
    assert Index([GUO]).match(byline) == ()


def test_initials_that_fit_two_profiles_are_ambiguous() -> None:
    index = Index([Person("song", "Song Guo"), Person("shan", "Shan Guo"), Person("li", "Wei Li")])
    assert index.match("S. Guo") == ("song", "shan")
    assert index.match("Guo S") == ("song", "shan")
    assert index.match("Song Guo") == ("song",)
    assert index.match("So. Guo") == ()


def test_a_full_name_beats_initials() -> None:
    index = Index([Person("short", "S. Guo"), Person("long", "Song Guo")])
    assert index.match("S. Guo") == index.match("Guo, S.") == ("short",)
    assert index.match("Song Guo") == ("long",)


def test_a_family_name_in_capitals_counts_after_the_name_as_it_is_written() -> None:
    index = Index([Person("zhang", "Wei Zhang"), Person("wei", "Zhang Wei"), Person("short", "W. Zhang")])
    assert index.match("ZHANG Wei") == ("wei",)
    assert Index([Person("zhang", "Wei Zhang"), Person("short", "W. Zhang")]).match("ZHANG Wei") == ("zhang",)


@pytest.mark.parametrize(
    ("authors", "meant"),
    [
        (["Jane Smith", "J. Smith"], [("jane",), ("john",)]),
        (["J. Smith", "Jane Smith", "John Smith"], [(), ("jane",), ("john",)]),
        (["J. Smith", "J. Smith"], [("jane", "john")] * 2),
        (["Jane Smith", "Jane Smith"], [("jane",)] * 2),
        (["Ann Doe", "A. Doe", "A. B. Doe", "Ann Bea Doe"], [(), (), (), ("ann",)]),
        (["Ann Doe", "A. Doe"], [("ann",), ()]),
        (["A. Doe", "A. B. Doe"], [(), ("ann",)]),
    ],
)
def test_nobody_is_two_authors_of_one_paper(authors: list[str], meant: list[tuple[str, ...]]) -> None:
    index = Index([Person("jane", "Jane Smith"), Person("john", "John Smith"), Person("ann", "Ann Bea Doe")])
    assert index.match_all((name, "") for name in authors) == meant


@pytest.mark.parametrize(
    ("name", "family", "byline"),
    [
        ("Nguyễn Văn Anh", "Nguyễn", "V. A. Nguyen"),
        ("Nguyễn Văn Anh", "Nguyễn", "Van Anh Nguyen"),
        ("Nagy Péter", "Nagy", "Péter Nagy"),
        ("Gabriel García Márquez", "García Márquez", "García Márquez, G."),
    ],
)
def test_a_family_name_that_is_told_may_stand_before_or_behind(name: str, family: str, byline: str) -> None:
    assert Index([Person("id", name, (), "", family)]).match(byline) == ("id",)
    assert Index([Person("id", name, (), "", family)]).match("Anh Peter") == ()


def test_a_family_name_that_is_told_leaves_the_generation() -> None:
    index = Index([Person("id", "Martin Luther King Jr.", (), "", "King")])
    assert index.match("M. King Jr.") == ("id",)
    assert index.match("M. King Sr.") == ()


def test_an_orcid_means_one_author_more_closely_than_a_name() -> None:
    assert Index([GUO]).match_all([("Song Guo", ""), ("S. Guo", "0000-0002-1825-0097")]) == [(), ("song-guo",)]


def test_two_people_of_one_name_are_ambiguous_until_the_orcid_tells() -> None:
    index = Index([GUO, Person("other", "Song Guo", (), "0000-0001-5109-3700"), Person("third", "SONG GUO")])
    assert index.match("Song Guo") == ("song-guo", "other", "third")
    assert index.match("Song Guo", "0000-0001-5109-3700") == ("other",)


def test_an_equal_orcid_decides_whatever_the_name() -> None:
    assert Index([GUO]).match("Guo, S. X.", "0000-0002-1825-0097") == ("song-guo",)
    assert Index([GUO]).match("Somebody Else", "0000-0002-1825-0097") == ("song-guo",)


def test_another_orcid_rules_a_person_out() -> None:
    assert Index([GUO]).match("Song Guo", "0000-0001-5109-3700") == ()
    assert Index([Person("song-guo", "Song Guo")]).match("Song Guo", "0000-0001-5109-3700") == ("song-guo",)


def test_aliases_match_but_initials_among_them_open_nothing() -> None:
    index = Index([Person("song-guo", "Song Guo", ("S. Guo", "郭松", "Song Kuo"))])
    assert index.match("郭松") == ("song-guo",)
    assert index.match("S. Kuo") == ("song-guo",)
    assert index.match("S. Guo") == ("song-guo",)
    assert index.match("Shu Guo") == ()


@pytest.mark.parametrize(
    ("profile", "byline"),
    [
        ("Donald E. Knuth", "Donald Knuth"),
        ("Donald Knuth", "Donald E. Knuth"),
        ("Donald E. Knuth", "D. Ervin Knuth"),
        ("Donald E. Knuth", "Knuth, D."),
        ("Donald E. Knuth", "Knuth DE"),
        ("Song-Tao Li", "Songtao Li"),
        ("Song-Tao Li", "Songtao A. Li"),
        ("Song-Tao Bo Li", "S. T. B. Li"),
        ("Song-Tao Li", "S.-T. Li"),
        ("Song-Tao Li", "S.T. Li"),
        ("Song-Tao Li", "Li S. T."),
        ("Song-Tao Li", "S. Li"),
        ("Gabriel García Márquez", "G. Garcia Marquez"),
        ("Gabriel García Márquez", "García Márquez, G."),
        ("Ludwig van Beethoven", "L. Van Beethoven"),
        ("Ludwig van Beethoven", "van Beethoven, L."),
        ("Ludwig van Beethoven", "Beethoven, Ludwig van"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("Martin Luther King Jr.", "Martin Luther King"),
        ("Martin Luther King Jr.", "M. L. King, Jr."),
        ("Jan Müller", "Jan Muller"),
        ("Jan Müller", "Mueller, J."),
        ("Jan Mueller", "Jan Müller"),
        ("Søren Ångström", "Soeren Aangstroem"),
        ("Łukasz Strauß", "Lukasz Strauss"),
        ("İbrahim Işık", "Ibrahim Isik"),
        ("Zoë 👩🏽‍🔬 Ünïcödé", "Zoe Unicode"),
        ("O'Brien, Ann", "Ann O’Brien"),
        ("山田 太郎", "山田太郎"),
        ("山田 太郎", "山田, 太郎"),
        ("Igor V. Ivanov", "Ivanov IV"),
        ("S. Guo", "Song Guo"),
        ("Иван Петров", "ИВАН ПЕТРОВ"),
        ("Иван Петров", "И. Петров"),
        ("Иван Петров", "Петров, И. И."),
        ("Пётр Королёв", "Королев П. С."),
        ("Γιώργος Παπαδόπουλος", "ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ"),
        ("Γιώργος Παπαδόπουλος", "Γ. Παπαδόπουλος"),
        ("Guido van Rossum", "van Rossum G"),
        ("Johannes Diderik van der Waals", "van der Waals J.D."),
        ("João da Silva Santos", "da Silva Santos J"),
        ("Jean-Luc Picard", "Picard J-L"),
        ("Donald E. Knuth", "D.E.Knuth"),
        ("Martin Luther King Jr.", "King Jr., M. L."),
        ("Henry Ford III", "Henry Ford 3rd"),
        ("Ann O'Brien", "Ann OʼBrien"),
        ("Kalena Ka'ili", "K. Kaʻili"),
        ("Prof. Dr. Jane Smith", "J. Smith"),
        ("Dr.-Ing. Jane Smith", "Smith, Jane"),
        ("Dr. rer. nat. Jane Smith", "J. Smith"),
        ("RNDr. Jane Smith", "J. Smith"),
        ("PD Dr. Jane Smith", "J. Smith"),
        ("Jane Smith", "Prof. Dr. J. Smith"),
        ("Jane Smith PhD", "Jane Smith"),
        ("Jane Smith, MD, PhD", "J. Smith, MSc"),
        ("Mary D. Smith", "Smith, M.D."),
        ("Martin Luther King Jr., PhD", "King, M. L., Jr."),
        ("Wei Zhang", "ZHANG Wei"),
        ("Wei Zhang", "Wei ZHANG"),
        ("Wei Li", "LI Wei"),
        ("ZHANG Wei", "W. Zhang"),
        ("Van Anh Nguyen", "NGUYEN Van Anh"),
        ("The ATLAS Collaboration", "the atlas collaboration"),
        ("🎉", "🎉"),
    ],
)
def test_two_ways_to_write_one_name(profile: str, byline: str) -> None:
    assert Index([Person("id", profile)]).match(byline) == ("id",)


@pytest.mark.parametrize(
    ("profile", "byline"),
    [
        ("Song-Tao Li", "Song Li"),
        ("Song-Tao Bo Li", "S. T. X. Li"),
        ("Martin Luther King Jr.", "Martin Luther King Sr."),
        ("Martin Luther King, Jr., PhD", "M. L. King, Sr."),
        ("山田太郎", "山田次郎"),
        ("Андрей Цой", "Андреи Цои"),
        ("Иван Петров", "П. Петров"),
        ("Иван Петров", "I. Petrov"),
        ("Mohammad Rahman", "Abdul Rahman Md"),
        ("Dr. Jane Smith", "D. Smith"),
        ("Prof. Jane Smith", "P. Smith"),
        ("D. Smith", "Dr. Jane Smith"),
        ("The ATLAS Collaboration", "A. Collaboration"),
        ("OpenAI", "O. AI"),
        ("Lin Guo", "GUO LI"),
        ("Wei Zhang", "ZHANG WEI"),
        ("Wei Zhang", "Zhang Wei"),
        ("🎉", "🎈"),
    ],
)
def test_two_names_that_are_not_one(profile: str, byline: str) -> None:
    assert Index([Person("id", profile)]).match(byline) == ()


@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_a_name_always_matches_itself(name: str) -> None:
    assert Index([Person("id", name)]).match(name) == ("id",)


@given(plain_names, plain_names, st.sampled_from([str.upper, str.lower, str.swapcase]))
def test_case_does_not_change_the_match(profile: str, byline: str, change: object) -> None:
    assert callable(change)
    index = Index([Person("id", profile)])
    assert index.match(change(byline)) == index.match(byline)


@given(plain_names, plain_names, st.sampled_from("\u0300\u0301\u0302\u0303\u030c"), st.data())
@settings(max_examples=100)
def test_accents_do_not_change_the_match(profile: str, byline: str, accent: str, data: st.DataObject) -> None:
    index = Index([Person("id", profile)])
    places = [place for place, char in enumerate(byline) if char.isascii() and char.isalpha()]
    place = data.draw(st.sampled_from(places))
    accented = unicodedata.normalize("NFC", byline[: place + 1] + accent + byline[place + 1 :])
    assert index.match(accented) == index.match(byline)


def test_a_name_of_very_many_words_is_matched_as_a_whole_and_at_once() -> None:
    name = " ".join(["Ada"] * 20_000)
    index = Index([Person("ada", name, (), "")])
    assert index.match(name) == ("ada",)
    assert index.match(f"{name} Byron") == ()


NAME_PARTS = (
    "Song",
    "Guo",
    "van",
    "der",
    "García",
    "Márquez",
    "G.",
    "S",
    "SG",
    "Müller",
    "Mueller",
    "Jr.",
    "y",
    "-",
    "Łoś",
)


@given(
    st.lists(st.sampled_from(NAME_PARTS), min_size=1, max_size=4).map(" ".join),
    st.lists(st.sampled_from((*NAME_PARTS, ",")), min_size=1, max_size=5).map(" ".join) | st.text(max_size=12),
)
def test_a_name_means_the_same_among_few_people_and_among_many(profile: str, byline: str) -> None:
    few = [Person("id", profile)]
    letters_elsewhere = "bcdfhjklpqtwxz"
    strangers = [
        Person(f"stranger{number}", f"Qwx {first}{second}kqx")
        for number, (first, second) in enumerate(product(letters_elsewhere, letters_elsewhere))
    ]
    assert len(strangers) > FEW_FAMILIES
    assert [found for found in Index(few + strangers).match(byline) if found == "id"] == list(Index(few).match(byline))


def test_only_people_whose_given_names_begin_alike_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr("generator.matching._agree", lambda one, other: compared.append((one, other)))
    Index(Person(letter, f"{letter}anna Smith") for letter in ascii_uppercase).match("K. Smith")
    assert len(compared) == 1
