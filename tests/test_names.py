"""Names of people: their parts, and their place in an alphabet."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import names
from generator.names import Name, sort_key, split, untold

GIVEN = ["Song", "Donald", "Jean-Luc", "Maria", "José", "Zoë", "Ann Marie", "Łukasz", "Søren"]
FAMILY = ["Guo", "Knuth", "O'Brien", "García", "Müller", "Smith-Jones", "Strauß", "Đặng"]
plain_names = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ludwig van Beethoven", Name("Ludwig", "van", "Beethoven")),
        ("van Beethoven, Ludwig", Name("Ludwig", "van", "Beethoven")),
        ("Beethoven, Ludwig van", Name("Ludwig", "van", "Beethoven")),
        ("Smith, John", Name("John", "", "Smith")),
        ("de, John", Name("John", "", "de")),
        ("J. Smith", Name("J.", "", "Smith")),
        ("Smith, Jr., John", Name("John", "", "Smith", "Jr.")),
        ("Smith, John, Jr.", Name("John", "", "Smith", "Jr.")),
        ("Martin Luther King Jr.", Name("Martin Luther", "", "King", "Jr.")),
        ("Martin Luther King, Jr.", Name("Martin Luther", "", "King", "Jr.")),
        ("John Smith, PhD", Name("John", "", "Smith", "PhD")),
        ("Jane Doe, MD, PhD", Name("Jane", "", "Doe", "MD PhD")),
        ("Jane Doe, M.D., Ph. D.", Name("Jane", "", "Doe", "M.D. Ph. D.")),
        ("Jane Doe, MD PhD", Name("Jane", "", "Doe", "MD PhD")),
        ("Jane Doe Jr., MPH", Name("Jane", "", "Doe", "Jr. MPH")),
        ("Jane Doe, Jr., PhD", Name("Jane", "", "Doe", "Jr. PhD")),
        ("Doe, Jane, MD, PhD", Name("Jane", "", "Doe", "MD PhD")),
        ("Doe, Jr., Jane, PhD", Name("Jane", "", "Doe", "Jr. PhD")),
        ("Doe, MD PhD, Jane", Name("Jane", "", "Doe", "MD PhD")),
        ("Doe III, Jane, PhD", Name("Jane", "", "Doe", "III PhD")),
        ("Doe, M.D.", Name("M.D.", "", "Doe")),
        ("Doe, MPH", Name("MPH", "", "Doe")),
        ("van Doe, M.D.", Name("M.D.", "van", "Doe")),
        ("Jane Doe Jr. PhD", Name("Jane", "", "Doe", "Jr. PhD")),
        ("Doe, M.D., PhD", Name("M.D.", "", "Doe", "PhD")),
        ("Doe, Jr.", Name(literal="Doe, Jr.")),
        ("Doe, Jane, Anne", Name(literal="Doe, Jane, Anne")),
        ("Henry Ford III", Name("Henry", "", "Ford", "III")),
        ("Ivanov, IV", Name("IV", "", "Ivanov")),
        ("Smith Jr., John", Name("John", "", "Smith", "Jr.")),
        ("ZHANG Wei", Name("Wei", "", "ZHANG")),
        ("DE GAULLE Charles", Name("Charles", "", "DE GAULLE")),
        ("O'BRIEN Ann Mary Jr.", Name("Ann Mary", "", "O'BRIEN", "Jr.")),
        ("ZHANG WEI", Name("ZHANG", "", "WEI")),
        ("Wei ZHANG", Name("Wei", "", "ZHANG")),
        ("JA Smith", Name("JA", "", "Smith")),
        ("ZHANG W.", Name("ZHANG", "", "W.")),
        ("Ada Lovelace PhD", Name("Ada", "", "Lovelace", "PhD")),
        ("Ada Lovelace MD", Name("Ada Lovelace", "", "MD")),
        ("García Márquez, Gabriel", Name("Gabriel", "", "García Márquez")),
        ("Jean-Luc de la Vallée Poussin", Name("Jean-Luc", "de la", "Vallée Poussin")),
        ("Santiago Ramón y Cajal", Name("Santiago", "", "Ramón y Cajal")),
        ("Guido Van Rossum", Name("Guido", "", "Van Rossum")),
        ("van Gogh", Name("", "van", "Gogh")),
        ("Jennifer Null", Name("Jennifer", "", "Null")),
        ("The Anh Han", Name("The Anh", "", "Han")),
        ("Weinan E", Name("Weinan", "", "E")),
        ("山田 太郎", Name("太郎", "", "山田")),
        ("김 철수", Name("철수", "", "김")),
        ("محمد الخوارزمي", Name("محمد", "", "الخوارزمي")),
        ("Иван Петров", Name("Иван", "", "Петров")),
    ],
)
def test_a_name_has_these_parts(name: str, parts: Name) -> None:
    assert split(name) == parts


@pytest.mark.parametrize(
    ("name", "family", "parts"),
    [
        ("Gabriel García Márquez", "García Márquez", Name("Gabriel", "", "García Márquez")),
        ("Ursula von der Leyen", "von der Leyen", Name("Ursula", "von der", "Leyen")),
        ("Tim Berners Lee Jr.", "Berners Lee", Name("Tim", "", "Berners Lee", "Jr.")),
        ("Tim Berners Lee, Jr.", "Berners Lee", Name("Tim", "", "Berners Lee", "Jr.")),
        ("Henry Berners Lee IV", "Berners Lee", Name("Henry", "", "Berners Lee", "IV")),
        ("Márquez García Márquez", "García Márquez", Name("Márquez", "", "García Márquez")),
        ("山田 太郎", "山田", Name("太郎", "", "山田")),
        ("Deep Mind", "Deep Mind", Name(literal="Deep Mind")),
        ("M. Huertas-Company", "Huertas-Company", Name("M.", "", "Huertas-Company")),
        ("Ada Lovelace", "Babbage", Name("Ada", "", "Lovelace")),
    ],
)
def test_a_family_name_that_is_told_is_taken(name: str, family: str, parts: Name) -> None:
    assert split(name, family) == parts


@given(plain_names, st.integers(1, 3))
def test_a_family_name_is_told_only_where_it_is_needed(name: str, words: int) -> None:
    family = " ".join(name.split(" ")[-words:])
    told = untold(name, family)
    assert split(name, told) == split(name, family)
    assert told in ("", family)
    assert not told or split(name) != split(name, told)


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ("The ATLAS Collaboration", "The ATLAS Collaboration"),
        ("{The ATLAS Collaboration}", "The ATLAS Collaboration"),
        ("{van der Waals}", "van der Waals"),
        ("The LIGO Consortium", "The LIGO Consortium"),
        ("The MNIST Folks", "The MNIST Folks"),
        ("University of Oxford", "University of Oxford"),
        ("Department of Physics, Oxford", "Department of Physics, Oxford"),
        ("O'Brien & Sons <Ltd>", "O'Brien & Sons <Ltd>"),
        ("Eve <script>alert(1)</script>", "Eve <script>alert(1)</script>"),
        ("OpenAI", "OpenAI"),
        ("Sukarno", "Sukarno"),
        ("Sukarno,", "Sukarno"),
        ("深度", "深度"),
        ("𠮷野家", "𠮷野家"),
        ("King Jr.", "King Jr."),
        ("", ""),
    ],
)
def test_a_name_without_parts_stays_whole(name: str, literal: str) -> None:
    assert split(name) == Name(literal=literal)


WORDS = [
    "Ada",
    "J.",
    "K.-L.",
    "van",
    "Van",
    "Jr.",
    "II",
    "The",
    "AB",
    "Group",
    "of",
    "y",
    "PhD",
    "A.B.",
    "{X",
    "Y}",
    "&",
    ".",
]
WORDS += ["Guo", "de", "O'Brien", "Inc.", ",", "\x1f", "", "-", "é"]


@given(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
def test_usual_names_are_taken_apart_as_all_others_are(name: str) -> None:
    assert names.take_apart(name) == names._by_all_rules(name)


@given(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join))
def test_usual_words_are_folded_as_all_others_are(text: str) -> None:
    folded = [names.fold(word) for word in names._BETWEEN_WORDS.split(text)]
    assert names.fold_words(text) == " ".join(word for word in folded if word)


@given(st.text(max_size=40) | st.text(alphabet="aB .,-{}JrIvanderde&é山", max_size=30))
def test_split_loses_no_letter(name: str) -> None:
    parts = split(name)
    joined = " ".join((parts.given, parts.particle, parts.family, parts.suffix, parts.literal))
    assert letters(joined) == letters(name)


def test_names_sort_by_family_without_regard_to_accents_and_particles() -> None:
    names = ["Zoë Öz", "Ludwig van Beethoven", "The ATLAS Collaboration", "Åsa Ågren", "Li, Wei", "Bo Liang", "Ann Li"]
    assert sorted(names, key=sort_key) == [
        "Åsa Ågren",
        "The ATLAS Collaboration",
        "Ludwig van Beethoven",
        "Ann Li",
        "Li, Wei",
        "Bo Liang",
        "Zoë Öz",
    ]


def test_a_double_family_name_sorts_after_its_first_part() -> None:
    names = ["García Márquez, Ana", "Garcia, Zoe", "Garciano, Bo"]
    assert sorted(names, key=sort_key) == ["Garcia, Zoe", "García Márquez, Ana", "Garciano, Bo"]
