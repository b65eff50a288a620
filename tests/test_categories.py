import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from generator.categories import AmbiguousCategory, Categories, Category, address_part, unify
from generator.model import CategoryName

TAXONOMY = json.loads((files("generator") / "data" / "arxiv_categories.json").read_text("utf-8"))


def test_the_155_active_codes_of_arxiv_are_known_with_name_and_group() -> None:
    assert len(TAXONOMY["categories"]) == 155
    categories = Categories({})
    for code, name in TAXONOMY["categories"].items():
        category = categories.resolve(code)
        assert (category.code, category.name, category.arxiv) == (code, name, code)
        assert category.group in {
            "Computer Science",
            "Economics",
            "Electrical Engineering and Systems Science",
            "Mathematics",
            "Physics",
            "Quantitative Biology",
            "Quantitative Finance",
            "Statistics",
        }


def test_the_data_name_their_source() -> None:
    assert "arxiv.org/category_taxonomy" in TAXONOMY["source"]


def test_both_codes_of_an_alias_are_active() -> None:
    assert len(TAXONOMY["aliases"]) == 6
    for alias, kept in TAXONOMY["aliases"].items():
        assert {alias, kept} <= set(TAXONOMY["categories"])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("LG", Category("LG", "Machine Learning", "Computer Science", "cs.LG")),
        ("lg", Category("LG", "Machine Learning", "Computer Science", "cs.LG")),
        ("cs.LG", Category("cs.LG", "Machine Learning", "Computer Science", "cs.LG")),
        ("CS.lg", Category("cs.LG", "Machine Learning", "Computer Science", "cs.LG")),
        ("ML", Category("ML", "Machine Learning", "Statistics", "stat.ML")),
        ("DS", Category("DS", "Data Structures and Algorithms", "Computer Science", "cs.DS")),
        ("math.DS", Category("math.DS", "Dynamical Systems", "Mathematics", "math.DS")),
        ("IT", Category("IT", "Information Theory", "Computer Science", "cs.IT")),
        ("GA", Category("GA", "Astrophysics of Galaxies", "Physics", "astro-ph.GA", "Astrophysics")),
        ("hep-th", Category("hep-th", "High Energy Physics - Theory", "Physics", "hep-th")),
        (
            "mes-hall",
            Category("mes-hall", "Mesoscale and Nanoscale Physics", "Physics", "cond-mat.mes-hall", "Condensed Matter"),
        ),
        ("physics.optics", Category("physics.optics", "Optics", "Physics", "physics.optics")),
        ("cond-mat", Category("cond-mat", "Condensed Matter", "Physics", "cond-mat")),
    ],
)
def test_a_known_code_means(code: str, expected: Category) -> None:
    assert Categories({}).resolve(code) == expected


@pytest.mark.parametrize(
    "code", ["Robotics", "C++", "C#", "2020", "机器学习", "NO", "other", "Optics", "../x", "cs.XX"]
)
def test_an_unknown_code_is_a_category_of_its_own_without_a_name(code: str) -> None:
    assert Categories({}).resolve(code) == Category(code)


@pytest.mark.parametrize(
    ("code", "choices"),
    [
        ("AP", ("math.AP", "stat.AP")),
        ("ap", ("math.AP", "stat.AP")),
        ("PR", ("math.PR", "q-fin.PR")),
        ("CO", ("astro-ph.CO", "math.CO", "stat.CO")),
    ],
)
def test_a_short_code_of_several_archives_is_ambiguous(code: str, choices: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousCategory, match="can mean") as caught:
        Categories({}).resolve(code)
    assert caught.value.choices == choices


def test_the_site_says_what_an_ambiguous_code_means() -> None:
    own = {"AP": CategoryName(name="Applied probability", group="Statistics")}
    assert Categories(own).resolve("AP") == Category("AP", "Applied probability", "Statistics")
    assert Categories(own).resolve("math.AP").name == "Analysis of PDEs"


def test_the_site_names_own_categories_and_renames_known_ones() -> None:
    own = {"HCI": CategoryName(name="Human-computer interaction"), "LG": CategoryName(name="Learning machines")}
    categories = Categories(own)
    assert categories.resolve("HCI") == Category("HCI", "Human-computer interaction")
    assert categories.resolve("hci").code == "HCI"
    assert categories.resolve("cs.LG") == Category("cs.LG", "Learning machines", "Computer Science", "cs.LG")


def test_one_spelling_is_kept_as_typed() -> None:
    assert unify(["LG"], {})["LG"].code == "LG"
    assert unify(["cs.LG"], {})["cs.LG"].code == "cs.LG"
    assert unify(["math.IT"], {})["math.IT"].arxiv == "math.IT"


def test_short_and_full_side_by_side_are_one_category_shown_short() -> None:
    unified = unify(["cs.LG", "LG", "lg", "CS.LG", "math.DS", "DS"], {})
    assert {unified[code].code for code in ("cs.LG", "LG", "lg", "CS.LG")} == {"LG"}
    assert unified["cs.LG"] == unified["LG"]
    assert unified["math.DS"].code == "math.DS"
    assert unified["DS"].arxiv == "cs.DS"


def test_the_two_codes_of_an_arxiv_alias_are_one_category() -> None:
    unified = unify(["math.IT", "cs.IT", "eess.SY", "SY"], {})
    assert unified["math.IT"] == unified["cs.IT"]
    assert unified["math.IT"].arxiv == "cs.IT"
    assert unified["eess.SY"] == unified["SY"]
    assert unified["SY"].code == "SY"


def test_unify_raises_what_resolve_raises() -> None:
    with pytest.raises(AmbiguousCategory):
        unify(["LG", "AP"], {})


@given(
    st.lists(st.sampled_from([*TAXONOMY["categories"], "LG", "IT", "NA", "SY", "EC", "MP", "C++", "robotics", "ml"]))
)
def test_unifying_again_changes_no_code(codes: list[str]) -> None:
    shown = {category.code for category in unify(codes, {}).values()}
    assert {category.code for category in unify(shown, {}).values()} == shown


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("LG", "lg"),
        ("cs.LG", "cs.lg"),
        ("astro-ph.CO", "astro-ph.co"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        (".NET", "dot-net"),
        ("ASP.NET", "asp.net"),
        ("2020", "2020"),
        ("Machine Learning", "machine-learning"),
        ("cs/LG", "cs-lg"),
        ("../../outside/pwn", "outside-pwn"),
        ("a&amp;b", "a-amp-b"),
        ("Straße", "strasse"),
        ("con", "topic-con"),
        ("COM1.txt", "topic-com1.txt"),
        ("index.html", "topic-index.html"),
    ],
)
def test_the_part_of_an_address_is_readable(code: str, part: str) -> None:
    assert address_part(code) == part


def test_languages_and_signs_that_differ_get_parts_that_differ() -> None:
    codes = ["C", "C++", "C#", "机器学习", "深度学习", "🎉", "🎈", "🎉🎉", ".", "..", "---", "a" * 300, "a" * 301]
    assert len({address_part(code) for code in codes}) == len(codes)


@given(st.text(max_size=400) | st.sampled_from(["con", "NUL.x", "aux ", "..", "/", "\\", "~", "%2e%2e", "a" * 300]))
def test_every_name_makes_one_portable_part(name: str) -> None:
    part = address_part(name)
    assert re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", part)
    assert len(part) <= 100
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part)
    assert address_part(name) == part


@given(st.text(alphabet="abzXY019 _-", min_size=1, max_size=30).filter(lambda name: name.strip(" _-")))
def test_the_fast_path_for_words_agrees_with_the_slugifier(name: str) -> None:
    part = address_part(name.strip(" _-"))
    assert part == slugify(name) or "--" in name
