"""Lists of names in BibTeX, as they are printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.formats import bibtex_names
from generator.model import PaperAuthor


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lovelace, Ada and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        (r"M{\"u}ller, J{\"o}rg AND {\O}stby, K{\aa}re", ["Jörg Müller", "Kåre Østby"]),
        (r"Nguy{\~{\^e}}n, V{\u a}n and Erd{\H o}s, P.", ["Văn Nguyễn", "P. Erdős"]),
        ("van der Berg, Hans and Ludwig van Beethoven", ["Hans van der Berg", "Ludwig van Beethoven"]),
        ("King, Jr., Martin Luther and Smith, John, Jr.", ["Martin Luther King Jr.", "John Smith Jr."]),
        (r"Garc{\'\i}a M{\'a}rquez, Gabriel", ["Gabriel García Márquez"]),
        ("{The ATLAS Collaboration} and {Barnes and Noble}", ["The ATLAS Collaboration", "Barnes and Noble"]),
        ("{Barnes, Noble, and Co.}", ["Barnes, Noble, and Co."]),
        ("{Laloux}, B. and {Georgakakis}, A.", ["B. Laloux", "A. Georgakakis"]),
        ("{Lovelace, A. B.}", ["A. B. Lovelace"]),
        (r"\textbf{Lovelace, Ad{\'e}} and \me{Ada Lovelace}", ["Adé Lovelace", "Ada Lovelace"]),
        ("given=Jean, prefix=de la, family=Fontaine", ["Jean de la Fontaine"]),
        ('family={Smith, Inc}, given="A. B."', ["A. B. Smith, Inc"]),
        ("Knuth,~Donald~E.", ["Donald E. Knuth"]),
        ("Plato", ["Plato"]),
        ("Lovelace, Ada, and Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("King, Martin Luther Jr and Smith, John 3rd", ["Martin Luther King Jr", "John Smith 3rd"]),
        ("Smith, John V", ["John V Smith"]),
        ("Wei Wang 0001", ["Wei Wang"]),
        ("A. Lovelace, and C. Babbage", ["A. Lovelace", "C. Babbage"]),
        (r"Procter \& Gamble and {Smith & Sons Ltd}", ["Procter & Gamble", "Smith & Sons Ltd"]),
        ("{Ada Works & Young Partners} and Lovelace, V", ["Ada Works & Young Partners", "V Lovelace"]),
        (r"{\textcommabelow{S}}tefan Pop", ["Ștefan Pop"]),
        ("Lovelace,", ["Lovelace"]),
        ("A and  and B", ["A", "B"]),
        ("  ", []),
        ("Anderson, Andy and Brandt, Sandra", ["Andy Anderson", "Sandra Brandt"]),
    ],
)
def test_names_are_printed_in_order(text: str, names: list[str]) -> None:
    listed = bibtex_names.read(text)
    assert [one.name for one in listed.names] == names
    assert not listed.et_al
    assert not listed.by_commas


@pytest.mark.parametrize(
    ("text", "name", "family"),
    [
        (r"Garc{\'\i}a M{\'a}rquez, Gabriel", "Gabriel García Márquez", "García Márquez"),
        (r"Gabriel {Garc{\'\i}a M{\'a}rquez}", "Gabriel García Márquez", "García Márquez"),
        ("given=Gabriel, family={García Márquez}", "Gabriel García Márquez", "García Márquez"),
        ("García Márquez$^*$, Gabriel", "Gabriel García Márquez", "García Márquez"),
        ("{Deep Mind}", "Deep Mind", "Deep Mind"),
        ("von der Leyen, Ursula", "Ursula von der Leyen", ""),
        ("Nostrum, Cornelus F van", "Cornelus F van Nostrum", ""),
        ("{The ATLAS Collaboration}", "The ATLAS Collaboration", ""),
        ("{Lovelace}, A.", "A. Lovelace", ""),
        ("Ada Lovelace", "Ada Lovelace", ""),
    ],
)
def test_a_family_name_is_told_where_the_name_alone_does_not(text: str, name: str, family: str) -> None:
    [listed] = bibtex_names.read(text).names
    assert (listed.name, listed.family) == (name, family)
    assert bibtex_names.author(text.replace("$^*$", "")) == PaperAuthor(name=name, family=family)


def test_a_backslash_that_a_program_left_before_a_letter_goes() -> None:
    assert bibtex_names.read("Kova\\č\\ć, A.").names == (("A. Kovačć", "", ""),)


@pytest.mark.parametrize(
    "text",
    [
        *("Lovelace, Ada and others", "Lovelace, Ada and et al.", "Ada Lovelace et al.", "Lovelace, Ada, et al."),
        *("Lovelace, Ada, and others", "Lovelace, Ada and ...", "Lovelace, Ada and {others}"),
        *("Ada Lovelace, others", "Ada Lovelace others"),
    ],
)
def test_a_list_that_is_cut_short_says_so(text: str) -> None:
    listed = bibtex_names.read(text)
    assert ([one.name for one in listed.names], listed.et_al) == (["Ada Lovelace"], True)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Kwak*, Jaeheon", "*"),
        ("Kwak$^{*}$, Jaeheon", "*"),
        ("Kwak, Jaeheon*$^\\dagger$", "*†"),
        ("Jaeheon Kwak †", "†"),
        ("Jaeheon Kwak∗", "∗"),
        ("**Jaeheon Kwak**", ""),
        ("Kwak, Jaeheon", ""),
    ],
)
def test_marks_are_told_apart_from_names(text: str, marks: str) -> None:
    assert bibtex_names.read(text).names == (("Jaeheon Kwak", marks, ""),)


@pytest.mark.parametrize(
    "text",
    [
        "Momotaz Begum, Jahid Hasan Rony, Jia Uddin",
        "Begum, Momotaz and Rony, Jahid Hasan and Uddin, Jia",
    ],
)
def test_commas_may_stand_for_and(text: str) -> None:
    assert [one.name for one in bibtex_names.read(text).names] == ["Momotaz Begum", "Jahid Hasan Rony", "Jia Uddin"]
    assert bibtex_names.read(text).by_commas == (" and " not in text)


@pytest.mark.parametrize(
    "text",
    [
        "A. Lovelace, C. Babbage",
        "A. Lovelace & C. Babbage",
        r"Lovelace, A. \& Babbage, C.",
        "Lovelace, A.; Babbage, C.",
        "A. Lovelace; C. Babbage;",
        "Lovelace, A., Babbage, C.",
        "A. Lovelace, C. Babbage, et al.",
    ],
)
def test_two_names_may_be_set_off_in_other_ways(text: str) -> None:
    listed = bibtex_names.read(text)
    assert [one.name for one in listed.names] == ["A. Lovelace", "C. Babbage"]
    assert listed.by_commas


@pytest.mark.parametrize(
    ("text", "name", "is_guess"),
    [
        ("Smith, John, PhD", "PhD Smith John", True),
        ("Smith, John, B., Jr.", "John Smith Jr.", True),
        ("Smith, Jr., John", "John Smith Jr.", False),
        ("Smith, 3rd, John", "John Smith 3rd", False),
        ("Smith, John, Jr.", "John Smith Jr.", False),
        ("given=John, prefix=de, family=Smith, id=js", "John de Smith", False),
    ],
)
def test_what_stands_between_more_commas_than_a_name_has_is_told_as_a_guess(
    text: str, name: str, is_guess: bool
) -> None:
    listed = bibtex_names.read(text)
    assert [one.name for one in listed.names] == [name]
    assert listed.mixed == ((text,) if is_guess else ())


def test_names_that_are_set_off_by_commas_may_be_inverted() -> None:
    listed = bibtex_names.read("Lovelace, Ada, Babbage, Charles")
    assert [one.name for one in listed.names] == ["Ada Lovelace", "Charles Babbage"]
    listed = bibtex_names.read("Ada Lovelace, Charles Babbage, and Mary Somerville")
    assert [one.name for one in listed.names] == ["Ada Lovelace", "Charles Babbage", "Mary Somerville"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lovelace AK", "A. K. Lovelace"),
        ("Lovelace A.K.", "A.K. Lovelace"),
        ("van der Berg J Jr", "J. van der Berg Jr"),
        ("Lovelace Ada", "Lovelace Ada"),
        ("Lovelace, Ada", "Ada Lovelace"),
        ("A. Lovelace", "A. Lovelace"),
        ("CERN", "CERN"),
    ],
)
def test_names_as_indexes_list_them(text: str, name: str) -> None:
    assert bibtex_names.as_indexed(text).name == name


def test_family_names_with_initials_may_be_set_off_by_commas() -> None:
    listed = bibtex_names.read("Begum, M., Rony, J. H., Uddin, J.")
    assert [one.name for one in listed.names] == ["M. Begum", "J. H. Rony", "J. Uddin"]


def test_a_macro_that_nothing_explains_is_told() -> None:
    listed = bibtex_names.read(r"{\psolymos} and Lele, S. R.")
    assert [one.name for one in listed.names] == ["psolymos", "S. R. Lele"]
    assert listed.macros == (r"\psolymos",)


@settings(max_examples=200)
@given(st.text(alphabet=r"aB {}\,~$^*'=é" + "\n", max_size=60))
def test_no_list_of_names_breaks_the_reader(text: str) -> None:
    for one in bibtex_names.read(f"{text} and {text}").names:
        assert one.name.strip() == one.name != ""
