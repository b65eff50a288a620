"""What each kind of scalar takes, what it makes of it, and how it refuses."""

import re
import time
import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import scalars
from generator.dates import Date
from generator.scalars import Scalar, Wrong

KINDS = [value for value in vars(scalars).values() if isinstance(value, Scalar)]


def refused(kind: Scalar, text: str) -> Wrong:
    with pytest.raises(Wrong) as caught:
        kind.read(text)
    return caught.value


@pytest.mark.parametrize(
    "typed",
    [
        *("NO", "No", "Yes", "yes", "on", "true", "Null", "null", "~"),
        *("2401.10", "1_000", "0x1F", "0o17", "010", "1e3", ".inf", ".NaN", "-0", "12:30:45", "190:20:30"),
        *("2001-09-11", "2001-12-14t21:59:43.10-05:00", "=", "<<", "*", "3,360"),
    ],
)
def test_a_scalar_keeps_what_was_typed(typed: str) -> None:
    assert scalars.LINE.read(typed) == typed
    assert scalars.TEXT.read(typed) == typed


@given(st.sampled_from(KINDS), st.text())
def test_a_scalar_reads_or_refuses_and_never_fails_otherwise(kind: Scalar, text: str) -> None:
    try:
        value = kind.read(text)
    except Wrong as wrong:
        assert wrong.what
        assert "\n" not in wrong.what
        assert len(wrong.what) < 250
        assert len(wrong.hint) < 250
    else:
        assert isinstance(value, str | int | bool | Date)


@given(st.text())
def test_a_line_is_one_line_and_stays_as_it_is_when_read_again(text: str) -> None:
    try:
        line = scalars.read_line(text)
    except Wrong:
        return
    assert not set(line) & set("\t\r\n\f\v\u2028\u2029")
    assert line == line.strip()
    assert scalars.read_line(line) == line


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"])))
def test_a_text_loses_nothing_but_is_normalised(text: str) -> None:
    assert scalars.read_text(text) == unicodedata.normalize("NFC", text).strip("\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_lines_of_a_text_end_alike_whatever_they_ended_with(end: str) -> None:
    assert scalars.read_text(f"a{end}{end}b{end}") == "a\n\nb"
    assert scalars.read_line(f"a{end}  b{end}") == "a b"


@pytest.mark.parametrize(
    "sign", ["\x00", "\x08", "\x1b", "\x7f", "\x80", "\x9f", "\ufdd0", "\ufffe", "\uffff", "\ud800"]
)
def test_what_no_page_can_carry_is_refused_by_its_number(sign: str) -> None:
    assert f"U+{ord(sign):04X}" in refused(scalars.LINE, f"a{sign}b").what
    assert f"U+{ord(sign):04X}" in refused(scalars.TEXT, f"a{sign}b").what


@pytest.mark.parametrize("sign", ["\u202a", "\u202e"])
def test_a_mark_that_turns_the_direction_of_the_page_is_refused(sign: str) -> None:
    assert refused(scalars.LINE, f"a{sign}b").what == f"holds the invisible direction mark U+{ord(sign):04X}"


@pytest.mark.parametrize("text", ["👩‍🔬 emoji", "می‌خواهم", "‏שלום", "深度学习", "Zoë", "\u00adsoft", "a\u00a0b"])
def test_signs_of_living_languages_are_kept(text: str) -> None:
    assert scalars.LINE.read(text) == text


def test_decomposed_letters_are_composed() -> None:
    assert scalars.LINE.read("Zoe\u0308") == "Zoë"


@pytest.mark.parametrize(("text", "number"), [("3360", 3360), ("3,360", 3360), ("1,234,567", 1234567), (" 7 ", 7)])
def test_a_number_may_have_thousands_set_off(text: str, number: int) -> None:
    assert scalars.COUNT.read(text) == number


@pytest.mark.parametrize(
    "text", ["", "many", "1.5", "1e3", "1_000", "0x1F", "12,34", "1,2345", "٣", "²", "3 360", "--1"]
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    assert "not a whole number" in refused(scalars.COUNT, text).what


def test_a_number_has_its_bounds() -> None:
    assert refused(scalars.COUNT, "-1").what == "is -1, but cannot be less than 0"
    assert refused(scalars.SIZE, "0").what == "is 0, but must be 1 or more"
    assert "too large" in refused(scalars.COUNT, "9" * 5000).what
    assert scalars.SIZE.read("1") == 1


@pytest.mark.parametrize(
    ("text", "truth"), [("true", True), ("Yes", True), ("ON", True), ("false", False), ("no", False), ("Off", False)]
)
def test_truth_has_three_words_for_each_side(text: str, truth: bool) -> None:
    assert scalars.TRUTH_VALUE.read(text) is truth


@pytest.mark.parametrize("text", ["1", "0", "y", "maybe", "truee", ""])
def test_other_words_are_not_true_or_false(text: str) -> None:
    assert "not true or false" in refused(scalars.TRUTH_VALUE, text).what


def test_a_year_is_a_year_alone() -> None:
    assert scalars.YEAR.read("2023") == 2023
    assert refused(scalars.YEAR, "2023-08").what == "is '2023-08', not a year"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTPS://Example.org/A", "HTTPS://Example.org/A"),
        ("http://example.org:8080/a?b=c&d=é#f", "http://example.org:8080/a?b=c&d=%C3%A9#f"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/100%/50%25?a=%zz", "https://example.org/100%25/50%25?a=%25zz"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://[::1]/", "https://[::1]/"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("https://example.org/~ada/(x)'", "https://example.org/~ada/(x)'"),
        ("https://Müller.example:80/ü", "https://xn--mller-kva.example:80/%C3%BC"),
        ("https://a.日本.example?q=本", "https://a.xn--wgv71a.example?q=%E6%9C%AC"),
        ("https://a。日本．jp", "https://a.xn--wgv71a.jp"),
        ("https://Ａbc.example/é", "https://abc.example/%C3%A9"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://zoë@example.org/é", "https://zo%C3%AB@example.org/%C3%A9"),
        ("mailto:é@müller.example", "mailto:%C3%A9@m%C3%BCller.example"),
    ],
)
def test_an_address_is_kept_and_made_safe(text: str, url: str) -> None:
    assert scalars.URL.read(text) == url


@pytest.mark.parametrize(
    "text",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"),
        *("java\tscript:alert(1)", " javascript:alert(1)", "ftp://example.org", "blob:https://x", "javascript://x"),
        *("", "42", "/papers/x", "#top", "http://", "https:///path", "http://exa mple.org", "http://[::1", "mailto:"),
        *("http://example.org:port/", "https://example.org/\nx", "https://../x", "https://a..org/", "https://a.org\\b"),
        *("https://a.org,https://b.org", "https://a.org;b", "https://(a.org)", "https://a.org=b/"),
    ],
)
def test_what_a_page_may_not_link_to_is_refused(text: str) -> None:
    refused(scalars.URL, text)


@pytest.mark.parametrize(
    ("kind", "text", "sign"),
    [
        (scalars.URL, "https://example.org/x\u200b", "U+200B"),
        (scalars.URL, "\u200ehttps://example.org/x", "U+200E"),
        (scalars.URL, "https://exam\u00adple.org/x", "U+00AD"),
        (scalars.FILE_OR_URL, "https://example.org/x.pdf\ufeff", "U+FEFF"),
        (scalars.DOI, "10.1145/\u200b3292500", "U+200B"),
        (scalars.DOI, "10.1145/3292500\u2060", "U+2060"),
        (scalars.EMAIL, "ada\u200b@example.org", "U+200B"),
    ],
)
def test_an_invisible_sign_does_not_lead_elsewhere(kind: Scalar, text: str, sign: str) -> None:
    wrong = refused(kind, text)
    assert wrong.what == f"{text!r} holds the invisible sign {sign}"
    assert wrong.hint == "delete it, it was probably pasted by accident"


def test_signs_that_words_of_an_address_need_are_kept() -> None:
    assert scalars.URL.read("https://fa.example.org/می\u200cخواهم").endswith("%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (scalars.DOI, "10.１145/3292500"),
        (scalars.ARXIV, "２３０８.03395"),
        (scalars.ARXIV, "math/٠309136"),
        (scalars.ORCID, "٠000-0002-1825-0097"),
    ],
)
def test_the_digits_of_an_identifier_are_those_of_ascii(kind: Scalar, text: str) -> None:
    assert f"is not an {kind.name}".replace("an DOI", "a DOI") in refused(kind, text).what


@pytest.mark.parametrize("text", ["CC BY 4.0", "All rights reserved", "https://example.org/license"])
def test_a_license_is_named_or_is_an_address(text: str) -> None:
    assert scalars.LICENSE.read(text) == text


@pytest.mark.parametrize("text", ["https://[abc", "http://", "https://ex ample.org/", "HTTPS://a..org"])
def test_an_address_of_a_license_is_one(text: str) -> None:
    refused(scalars.LICENSE, text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("www.example.org", "write https://www.example.org"),
        ("//example.org/x", "write https://example.org/x"),
        *((text, "use http://, https:// or mailto:") for text in ("cv.pdf", "../x", "/cv.html", "https//a.org", "1.5")),
    ],
)
def test_only_what_can_be_an_address_is_asked_to_be_written_as_one(text: str, hint: str) -> None:
    assert refused(scalars.URL, text).hint == hint


@pytest.mark.parametrize("text", [r"C:\Users\ada\me.png", "C:/Users/ada/me.png", "file:///home/ada/me.png"])
def test_a_path_of_the_machine_is_answered_with_where_files_lie(text: str) -> None:
    for kind in (scalars.FILE, scalars.FILE_OR_URL):
        assert refused(kind, text).hint.startswith("write the file's path from content/files/")


def test_a_picture_is_never_asked_to_be_an_address() -> None:
    for text in ("data:image/png;base64,x", "ftp://a.org/x.png", "https://a.org/x.png"):
        assert refused(scalars.FILE, text).hint == "save the picture in content/files/ and write its path"


@given(st.lists(st.sampled_from([*"az0-./%:?#@[]=&~é ", "https://", "http://", "a.org", "%C3", "80"])).map("".join))
def test_a_usual_address_is_taken_as_the_long_way_takes_it(text: str) -> None:
    def read() -> object:
        try:
            return scalars.read_url(text)
        except Wrong as wrong:
            return wrong.what

    quick = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scalars, "_USUAL_URL", re.compile("(?!)"))
        assert read() == quick


@given(
    st.sampled_from([scalars.URL, scalars.SITE_URL]), st.text(), st.sampled_from(["", "https://a.org/", "mailto:a@"])
)
def test_an_address_never_leaves_its_attribute_nor_its_schemes(kind: Scalar, text: str, start: str) -> None:
    try:
        url = kind.read(f"{start}{text}")
    except Wrong:
        return
    assert isinstance(url, str)
    assert url.isascii()
    assert not set(url) & set('"<> \n\t\\')
    assert urlsplit(url).scheme in ("http", "https", "mailto")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("www.example.org/paper", "write https://www.example.org/paper"),
        ("example.org:8080", "write https://example.org:8080"),
        ("paper", "use http://, https:// or mailto:"),
    ],
)
def test_an_address_without_a_scheme_is_answered_with_one(text: str, hint: str) -> None:
    assert refused(scalars.URL, text).hint == hint


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("paper.pdf", "paper.pdf"),
        ("/paper.pdf", "paper.pdf"),
        ("papers/a b.pdf", "papers/a b.pdf"),
        ("files/paper.pdf", "paper.pdf"),
        ("content/files/paper.pdf", "paper.pdf"),
        ("/files/paper.pdf", "paper.pdf"),
        ("/tmp/x", "tmp/x"),
        ("https://example.org/x.pdf", "https://example.org/x.pdf"),
    ],
)
def test_a_file_is_named_from_the_folder_of_files(text: str, file: str) -> None:
    assert scalars.FILE_OR_URL.read(text) == file
    assert scalars.FILE_OR_URL.read(file) == file


@pytest.mark.parametrize(
    "text", ["..", "../x", "a/../../x", "a//b", "/", "", ".", "./x", "a\\b", "..\\x", "C:\\x", "//host/x", "file:x"]
)
def test_a_file_cannot_lie_outside_of_the_folder_of_files(text: str) -> None:
    refused(scalars.FILE_OR_URL, text)


@given(st.text(alphabet="abc./\\ :~-"))
def test_a_file_that_is_accepted_stays_inside(text: str) -> None:
    try:
        path = scalars.read_file_or_url(text)
    except Wrong:
        return
    if "://" not in path:
        assert not path.startswith("/")
        assert not {"", ".", ".."} & set(path.split("/"))


@pytest.mark.parametrize("text", ["a", "A1", "flora-2023", "a_b", "v1.2", "_x", "2308.03395", "console", "a" * 100])
def test_an_id_is_kept(text: str) -> None:
    assert scalars.ID.read(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "..", ".hidden", "-x", "a.", "a/b", "a\\b", "a b", "a?", "a%2fb", "ä", "a\n", "a:b", "a" * 101),
        *("con", "CON", "nul.txt", "com1", "LPT9", "aux"),
    ],
)
def test_what_some_file_system_refuses_is_no_id(text: str) -> None:
    refused(scalars.ID, text)


@given(st.text(min_size=1))
def test_the_id_that_a_hint_suggests_is_one(text: str) -> None:
    try:
        scalars.read_id(text)
    except Wrong as wrong:
        suggested = re.search(r"for example '(.*)'", wrong.hint)
        if suggested:
            assert scalars.read_id(suggested[1]) == suggested[1]


@pytest.mark.parametrize(
    "text",
    [
        "10.1145/3292500.3330701",
        "https://doi.org/10.1145/3292500.3330701",
        "http://dx.doi.org/10.1145/3292500.3330701",
        "doi:10.1145/3292500.3330701",
        "DOI: 10.1145/3292500.3330701",
        "https://www.doi.org/10.1145/3292500.3330701",
    ],
)
def test_a_doi_is_kept_bare(text: str) -> None:
    assert scalars.DOI.read(text) == "10.1145/3292500.3330701"


def test_an_old_doi_with_brackets_is_one() -> None:
    doi = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"
    assert scalars.DOI.read(doi) == doi


@pytest.mark.parametrize("text", ["11.1145/1", "10.1145", "10.1145/", "10.1/x", "10.1145/a b"])
def test_what_is_no_doi_is_refused(text: str) -> None:
    assert refused(scalars.DOI, text).hint == "a DOI looks like 10.1145/3292500.3330701"


@pytest.mark.parametrize(
    "text", ["DOI 10.1145/3292500", "https://dl.acm.org/doi/10.1145/3292500?x=1", "https://example.org/10.1145/3292500"]
)
def test_a_doi_that_stands_in_a_text_is_shown(text: str) -> None:
    assert refused(scalars.DOI, text).hint == "write 10.1145/3292500"


@pytest.mark.parametrize("text", ["10.1145/1, 10.1145/2", "https://doi.org/10.1145/1 and 10.1145/2"])
def test_several_dois_are_not_one(text: str) -> None:
    wrong = refused(scalars.DOI, text)
    assert wrong.what == f"{text!r} is several DOIs"
    assert wrong.hint == "write one; further ones have a place under versions:"


@pytest.mark.parametrize(
    "text", ["2308.03395 [cs.LG]", "https://arxiv.org/abs/2308.03395?context=cs", "10.48550/arXiv.2308.03395"]
)
def test_an_arxiv_identifier_that_stands_in_a_text_is_shown(text: str) -> None:
    assert refused(scalars.ARXIV, text).hint == "write 2308.03395"


@pytest.mark.parametrize(
    "text", ["Ada <ada@example.org>", "ada@example.org, b@example.org", "ada@example.org?subject=x"]
)
def test_a_mail_address_stands_alone(text: str) -> None:
    assert refused(scalars.EMAIL, text).hint == "write ada@example.org alone"


@pytest.mark.parametrize("text", ["ada@example..org", "ada@.example.org"])
def test_no_part_of_a_host_is_empty(text: str) -> None:
    assert "is not a mail address" in refused(scalars.EMAIL, text).what


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("2401.00010", "2401.00010"),
        ("0704.0001", "0704.0001"),
        ("2308.03395v2", "2308.03395v2"),
        ("arXiv:2308.03395", "2308.03395"),
        ("https://arxiv.org/abs/2308.03395", "2308.03395"),
        ("https://arxiv.org/pdf/2308.03395v1.pdf", "2308.03395v1"),
        ("math/0309136", "math/0309136"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("hep-th/9901001", "hep-th/9901001"),
    ],
)
def test_an_arxiv_identifier_keeps_its_zeros(text: str, identifier: str) -> None:
    assert scalars.ARXIV.read(text) == identifier


@pytest.mark.parametrize("text", ["23.1", "2401", "cs.LG", "https://example.org/2308.03395", "math/03091"])
def test_what_is_no_arxiv_identifier_is_refused(text: str) -> None:
    assert "is not an arXiv identifier" in refused(scalars.ARXIV, text).what


@pytest.mark.parametrize(
    "text",
    [
        *("2613.01234", "2600.00001", "2699.1", "math/0013001", "math.GT/0300136v1"),
        *("arXiv:2613.01234", "https://arxiv.org/abs/2613.01234v2", "2613.01234 [cs.LG]", "10.48550/arXiv.2600.00001"),
    ],
)
def test_an_arxiv_identifier_tells_one_of_twelve_months(text: str) -> None:
    wrong = refused(scalars.ARXIV, text)
    assert "is not an arXiv identifier" in wrong.what
    assert wrong.hint == "it is a year, a month and a number, like 2308.03395 or math/0309136"


def test_no_dashes_keep_one_who_looks_for_an_arxiv_identifier() -> None:
    began = time.perf_counter()
    assert "is not an arXiv identifier" in refused(scalars.ARXIV, "-" * 60_000).what
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://orcid.org/0000-0002-1825-0097/",
    ],
)
def test_an_orcid_is_kept_in_groups(text: str) -> None:
    assert scalars.ORCID.read(text) == "0000-0002-1825-0097"


@pytest.mark.parametrize("text", ["0000-0002-1694-233x", "0000-0001-5109-3700", "0000-0002-1825-0118"])
def test_the_check_digit_of_an_orcid_may_be_x_or_any_other(text: str) -> None:
    assert scalars.ORCID.read(text) == text.upper()


@given(st.integers(0, 15), st.integers(1, 9))
def test_a_wrong_digit_of_an_orcid_is_noticed(position: int, change: int) -> None:
    digits = list("0000000218250097")
    digits[position] = str((int(digits[position]) + change) % 10)
    assert "wrong check digit" in refused(scalars.ORCID, "".join(digits)).what


@pytest.mark.parametrize("text", ["en", "de-CH", "zh-Hant", "sr-Latn-RS", "ckb"])
def test_a_language_is_a_tag(text: str) -> None:
    assert scalars.LANGUAGE.read(text) == text


@pytest.mark.parametrize("text", ["", "english", "en_US", "e", "not a language", 'en"'])
def test_a_word_is_no_language_tag(text: str) -> None:
    refused(scalars.LANGUAGE, text)


def test_a_language_of_a_system_is_answered_with_a_tag() -> None:
    with pytest.raises(Wrong) as caught:
        scalars.LANGUAGE.read("en_US")
    assert caught.value.hint == "write en-US"


def test_a_mail_address_may_be_given_as_a_link() -> None:
    assert scalars.EMAIL.read("mailto:ada@example.org") == "ada@example.org"


@pytest.mark.parametrize("text", ["ada", "ada@", "@x.org", "a b@x.org", "ada@localhost", "<ada@example.org>"])
def test_what_is_no_mail_address_is_refused(text: str) -> None:
    refused(scalars.EMAIL, text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://lab.github.io", "https://lab.github.io/"),
        ("https://lab.github.io/papers", "https://lab.github.io/papers/"),
        ("https://lab.github.io/papers/", "https://lab.github.io/papers/"),
        ("HTTPS://lab.github.io/Papers", "https://lab.github.io/Papers/"),
        ("https://lab.github.io/papers?", "https://lab.github.io/papers/"),
    ],
)
def test_the_address_of_a_site_ends_with_a_slash(text: str, url: str) -> None:
    assert scalars.SITE_URL.read(text) == url


@pytest.mark.parametrize("text", ["lab.github.io", "https://x.org/?a=b", "https://x.org/#a", "mailto:a@b.c"])
def test_what_cannot_carry_a_path_is_no_address_of_a_site(text: str) -> None:
    refused(scalars.SITE_URL, text)


@pytest.mark.parametrize(
    ("repository", "site"),
    [
        ("https://github.com/ada/papers", "https://ada.github.io/papers/"),
        ("https://www.github.com/ada/papers.git", "https://ada.github.io/papers/"),
        ("https://github.com/Ada/ada.github.io/tree/main/content", "https://Ada.github.io/"),
        ("https://gitlab.com/ada/papers", "https://ada.gitlab.io/papers/"),
    ],
)
def test_a_repository_is_not_the_site_that_is_made_of_it(repository: str, site: str) -> None:
    wrong = refused(scalars.SITE_URL, repository)
    assert (wrong.what, wrong.hint) == (f"{repository!r} is the repository, not the site", f"write {site}")
    assert scalars.SITE_URL.read(site) == site


@pytest.mark.parametrize("url", ["https://github.com/ada", "https://github.com/ada/"])
def test_the_page_of_a_person_at_a_forge_is_not_the_site(url: str) -> None:
    wrong = refused(scalars.SITE_URL, url)
    assert (wrong.what, wrong.hint) == (
        f"{url!r} is where repositories are, not the site",
        "write https://ada.github.io/",
    )


@pytest.mark.parametrize("text", ["https://a.org, https://b.org", "https://a.org/x and http://b.org"])
def test_several_addresses_are_not_one(text: str) -> None:
    assert refused(scalars.URL, text).what == f"{text!r} is several addresses"
    assert scalars.URL.read("https://web.archive.org/web/2020/https://a.org/")


def test_what_goes_on_has_no_end_to_write() -> None:
    assert refused(scalars.DATE, "Present").hint == "leave it out: what has no end goes on"


@pytest.mark.parametrize("text", ["to appear", "In press", "submitted"])
def test_a_status_is_no_date_and_has_a_key_of_its_own(text: str) -> None:
    hint = "leave it out, and write status: in press, accepted or the like"
    assert refused(scalars.DATE, text).hint == hint


@pytest.mark.parametrize("text", ["abc", "2023-05", "", "20"])
def test_what_is_no_year_is_called_so(text: str) -> None:
    with pytest.raises(Wrong, match="not a year"):
        scalars.YEAR.read(text)


@pytest.mark.parametrize("text", ["notes.pdf", "photo", "a.jpg.txt"])
def test_what_is_no_picture_is_refused(text: str) -> None:
    with pytest.raises(Wrong, match="is not a picture"):
        scalars.FILE.read(text)
    assert scalars.FILE.read("a/Photo.JPG") == "a/Photo.JPG"


@pytest.mark.parametrize("path", ["..", "a//b", "./a", "a/../b/", "%2e%2e/a", "a/%2E/"])
def test_the_address_of_a_site_has_a_plain_path(path: str) -> None:
    with pytest.raises(Wrong, match="in its path"):
        scalars.SITE_URL.read(f"https://example.org/{path}")


def test_an_id_that_is_too_long_is_said_to_be_so() -> None:
    assert scalars.read_id("x" * scalars.LONGEST_ID) == "x" * scalars.LONGEST_ID
    with pytest.raises(scalars.Wrong, match="is longer than 100 characters"):
        scalars.read_id("x" * (scalars.LONGEST_ID + 1))


@pytest.mark.parametrize(
    "text",
    ["29456801", "PMID: 29456801", "pmid:29456801", "https://pubmed.ncbi.nlm.nih.gov/29456801/"],
)
def test_a_pubmed_number_is_kept_bare(text: str) -> None:
    assert scalars.PMID.read(text) == "29456801"


@pytest.mark.parametrize("text", ["PMC12345", "0", "12a", "\u0661\u0662", "1234567890", "https://example.org/29456801"])
def test_what_is_no_pubmed_number_is_refused(text: str) -> None:
    assert "not a PubMed number" in refused(scalars.PMID, text).what


def test_a_number_of_pubmed_central_is_told_from_one_of_pubmed() -> None:
    assert "under links:" in refused(scalars.PMID, "PMC12345").hint


@pytest.mark.parametrize(
    "text",
    [
        "rJ4km2-R5t",
        "https://openreview.net/forum?id=rJ4km2-R5t",
        "https://openreview.net/pdf?id=rJ4km2-R5t",
        "https://openreview.net/forum?id=rJ4km2-R5t&noteId=x",
    ],
)
def test_a_forum_of_openreview_is_kept_bare(text: str) -> None:
    assert scalars.OPENREVIEW.read(text) == "rJ4km2-R5t"


@pytest.mark.parametrize("text", ["a b", "../x", "https://example.org/forum?id=x", "x&y"])
def test_what_is_no_forum_of_openreview_is_refused(text: str) -> None:
    assert "not the id of an OpenReview forum" in refused(scalars.OPENREVIEW, text).what


def test_a_language_tag_ends() -> None:
    assert "not a language tag" in refused(scalars.LANGUAGE, "en" + "-abcd" * 8).what


@pytest.mark.parametrize("text", ["https://https://example.org", "http://https//example.org"])
def test_a_scheme_is_no_host(text: str) -> None:
    assert "names no host" in refused(scalars.URL, text).what


@pytest.mark.parametrize("text", ["/papers/", "ftp://example.org/", "my site"])
def test_the_address_of_a_site_is_not_asked_to_be_that_of_a_mailbox(text: str) -> None:
    assert refused(scalars.SITE_URL, text).hint == "write it like https://name.github.io/papers/"


def test_a_long_address_that_needs_a_second_look_is_read_at_once() -> None:
    assert scalars.read_url("https://a.org/" + 10_000 * "a" + " b") == "https://a.org/" + 10_000 * "a" + "%20b"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/publications", "/publications/"),
        ("publications/", "/publications/"),
        ("./pubs/a.html", "/pubs/a.html"),
        ("/pubs/index.html", "/pubs/"),
        ("/a/INDEX.HTM", "/a/"),
        ("/v1.2/", "/v1.2/"),
        ("/v1.2", "/v1.2/"),
        ("/old page/é", "/old%20page/%C3%A9/"),
        ("/old%20page/", "/old%20page/"),
        ("2009-10-01-paper", "/2009-10-01-paper/"),
    ],
)
def test_an_address_of_before_is_kept_in_one_form(typed: str, address: str) -> None:
    assert scalars.read_old_address(typed) == address
    assert scalars.read_old_address(address) == address


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("/", "is the front page"),
        ("/index.html", "is the front page"),
        ("https://a.org/pubs/", "is no address within the site"),
        ("//a.org/pubs/", "is no address within the site"),
        ("/a?id=1", "has a ? part"),
        ("/a#b", "has a # part"),
        ("/a//b", "cannot be the path"),
        ("../a", "cannot be the path"),
        ("/a%2Fb/..%2Fc/", "cannot be the path"),
        ("/con/", "cannot be the path"),
        ("/a\\b", "cannot be the path"),
        ("/a.pdf", "is no page"),
        (f"/{'é' * 101}/", "longer than names"),
    ],
)
def test_what_no_page_can_have_been_at_is_refused(typed: str, what: str) -> None:
    assert what in refused(scalars.OLD_ADDRESS, typed).what


def test_the_hint_names_what_follows_the_site() -> None:
    assert "/pubs/a/" in refused(scalars.OLD_ADDRESS, "https://a.org/pubs/a/").hint


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("years", "/years"),
        ("/a b/#é", "/a%20b/#%C3%A9"),
        ("https://a.org/x?y#z", "https://a.org/x?y#z"),
    ],
)
def test_a_destination_is_of_the_site_or_of_the_web(typed: str, address: str) -> None:
    assert scalars.read_destination(typed) == address


@pytest.mark.parametrize("typed", ["mailto:ada@example.org", "ftp://a.org/", "//"])
def test_what_nobody_can_be_led_to_is_refused(typed: str) -> None:
    assert refused(scalars.DESTINATION, typed).what
