"""BibTeX to papers: what each field becomes, and that what is lost is said."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ImportFailed, Problems
from generator.formats import bibtex, bibtex_reader
from generator.formats.profile import Profile
from generator.model import Paper
from generator.text import inline

DAY = datetime.date(2026, 11, 25)


def read(text: str) -> Profile:
    return bibtex_reader.read(text, "a.bib", DAY)


def paper(fields: str, kind: str = "article") -> Paper:
    [found] = read(f"@{kind}{{key2020, title = {{T}}, {fields}}}").papers
    return found


def told(profile: Profile) -> list[str]:
    return [str(problem).split("\n")[0] for problem in profile.problems]


def test_an_entry_becomes_a_paper() -> None:
    profile = read(
        r"""
@inproceedings{lovelace1843notes,
  author = {Lovelace, Ada and {The Engine Collaboration} and others},
  title = {{BERT} for {\'E}tudes: $O(1/\epsilon)$ bounds},
  booktitle = {Proceedings of the {IEEE} Conference},
  year = 1843, month = sep, volume = 3, number = {2}, pages = {12--34},
  publisher = {Taylor \& Francis},
  doi = {https://doi.org/10.1000/xyz\_123},
  eprint = {2205.01234}, archiveprefix = {arXiv}, primaryclass = {cs.LG},
  url = {https://arxiv.org/abs/2205.01234},
  abstract = {We show 5\% of $x$.

  More.},
  keywords = {engines, Weaving, engines},
  abbr = {IEEE}, selected = {true}, bibtex_show = {true}, pdf = {lovelace.pdf}, code = {https://github.com/a/b},
  editor = {Babbage, Charles}, isbn = {123},
}"""
    )
    [found] = profile.papers
    assert profile.problems == ()
    assert found.id == "lovelace1843notes"
    assert found.title == r"BERT for Études: $O(1/\epsilon)$ bounds"
    assert ([author.name for author in found.authors], found.et_al) == (
        ["Ada Lovelace", "The Engine Collaboration"],
        True,
    )
    assert found.date is not None
    assert found.date.iso == "1843-09"
    assert (found.venue, found.volume, found.issue, found.pages) == (
        "Proceedings of the IEEE Conference",
        "3",
        "2",
        "12-34",
    )
    assert (found.publisher, found.doi, found.arxiv, found.category) == (
        "Taylor & Francis",
        "10.1000/xyz_123",
        "2205.01234",
        "cs.LG",
    )
    assert (found.website, found.pdf, found.code) == ("", "lovelace.pdf", "https://github.com/a/b")
    assert found.abstract == "We show 5\\% of $x$.\n\nMore."
    assert (found.tags, found.abbr, found.selected) == (("engines", "Weaving"), "IEEE", True)
    assert found.extra == {"editor": "Charles Babbage", "isbn": "123"}
    assert (found.type, bibtex_reader._TYPES["inproceedings"]) == (None, "paper-conference")
    assert (found.origin.file, found.origin.line) == ("a.bib", 2)


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2020", "2020"),
        ("year = {2020}, month = {March}", "2020-03"),
        ("year = 2020, month = 3, day = 9", "2020-03-09"),
        ('year = 2020, month = apr # "~14"', "2020-04-14"),
        ("year = 2020, month = {April-June}", "2020-04"),
        ("date = {2019-05-06/2019-05-08}, year = 2020", "2019-05-06"),
        ("date = {2019-05}", "2019-05"),
        ("year = {2016 (to appear)}", "2016"),
        ("eventdate = {2019-05-06}", "2019-05-06"),
        ('year = 2020, month = "10~" # dec', "2020-12-10"),
        ("year = 2020, month = {24 Dec.}", "2020-12-24"),
        ("year = 2020, month = {3--4}, day = 5", "2020-03-05"),
        ("year = 2020, month = {7 (July)}", "2020-07"),
        ("date = {2020-1-5}", "2020-01-05"),
        ("date = {5 January 2020}", "2020-01-05"),
        ("year = {0850}, month = mar", "0850-03"),
    ],
)
def test_dates_are_as_precise_as_they_are_given(fields: str, date: str) -> None:
    found = paper(fields)
    assert found.date is not None
    assert found.date.iso == date


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ("year = {in press}", "status", "in press"),
        ("note = {To appear}", "status", "in press"),
        ("pubstate = {submitted}", "status", "submitted"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "arxiv", "1706.03762"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "venue", ""),
        ("eprint = {1706.03762}", "arxiv", "1706.03762"),
        ("note = {arXiv:1706.03762 [cs]}", "arxiv", "1706.03762"),
        ("note = {arXiv:1706.03762 [cs]}", "note", ""),
        ("number = {arXiv:1706.03762}, publisher = {arXiv}", "publisher", ""),
        ("doi = {10.48550/arXiv.1706.03762}", "arxiv", "1706.03762"),
        ("url = {10.5201/ipol.2016.116}", "doi", "10.5201/ipol.2016.116"),
        ("pdf = {https://arxiv.org/pdf/1706.03762v2}", "arxiv", "1706.03762v2"),
        ("eprint = {12345}, eprinttype = {pubmed}", "pmid", "12345"),
        ("eprint = {hal-01}, eprinttype = {HAL}", "extra", {"eprint": "hal:hal-01"}),
        ("eprint = {https://example.org/a}", "website", "https://example.org/a"),
        ("number = {arXiv:1706.03762}", "issue", ""),
        (r"journal = {\mnras}", "venue", "Monthly Notices of the Royal Astronomical Society"),
        (r"howpublished = {\url{https://example.org/a_b}}", "website", "https://example.org/a_b"),
        (r"url = {https://example.org/a\_b\%20c}", "website", "https://example.org/a_b%20c"),
        ("url = {https://example.org/p.pdf}", "pdf", "https://example.org/p.pdf"),
        ("url = {https://openreview.net/forum?id=aB1-x}", "openreview", "aB1-x"),
        ("html = {https://example.org/}", "website", "https://example.org/"),
        ("organization = {IEEE}, journal = {X}", "publisher", "IEEE"),
        ("eid = {e1234}", "pages", "e1234"),
        ("preview = {a.png}", "image", "a.png"),
        ("annotation = {A remark}", "note", "A remark"),
        ("note = {Retracted}", "retracted", True),
        ("keywords = {a; b, c}", "tags", ("a", "b, c")),
        ("url = {https://doi.org/10.1000/a, https://example.org/b;}", "doi", "10.1000/a"),
        ("url = {https://doi.org/10.1000/a, https://example.org/b;}", "website", "https://example.org/b"),
        ("url = {https://example.org/?a=1&amp;b=2}", "website", "https://example.org/?a=1&b=2"),
        ("keywords = {a &amp; b, c}", "tags", ("a & b", "c")),
        (r"publisher = {Wiley {\&}amp; Sons}", "publisher", "Wiley & Sons"),
        ("collaboration = {ATLAS}", "extra", {"collaboration": "ATLAS"}),
        (
            r"url = {https://example.org/{\~{}}a{\_}b/?c={\%}20{\&}d{\#}{\textasciitilde}e}",
            "website",
            "https://example.org/~a_b/?c=%20&d#~e",
        ),
        ("eid = {10.5281/zenodo.1}, doi = {10.5281/zenodo.1}", "pages", ""),
        ("abstract = {{We\n weave.}}", "abstract", "We weave."),
        (
            r"abstract = {{\textless}i{\textgreater}We{\textless}/i{\textgreater} weave.}",
            "abstract",
            r"\emph{We} weave.",
        ),
        ("note = {Cited by: 12; All Open Access}", "citations", 12),
        ("note = {Cited by: 12; All Open Access}", "note", ""),
        ("note = {Cited by many}", "note", "Cited by many"),
        ("note = {Publisher: Elsevier\narXiv:1812.00001 [q-bio]\nA remark}", "note", "A remark"),
        ("note = {Publisher: Elsevier\narXiv:1812.00001 [q-bio]}", "publisher", "Elsevier"),
        ("note = {Publisher: Elsevier\narXiv:1812.00001 [q-bio]}", "arxiv", "1812.00001"),
        ("note = {Publisher: Elsevier}, publisher = {Mill}", "publisher", "Mill"),
        ("note = {Publisher: Elsevier}, publisher = {Mill}", "note", "Publisher: Elsevier"),
        ("note = {\\_eprint: https://doi.org/10.1/x}", "note", ""),
        ("annotation = {One<br>† <i>two</i>}", "note", "One † \\emph{two}"),
        (
            "additional_info = {. *More* is **found** [here](https://a.org/b_c), 2 * 3 * 4}",
            "note",
            "\\emph{More} is \\textbf{found} \\href{https://a.org/b_c}{here}, 2 * 3 * 4",
        ),
        ("arxivId = {1706.03762}", "arxiv", "1706.03762"),
        ("Times-Cited = {{12}}", "citations", 12),
        ("journal = {bioRxiv}", "type", None),
        ("booktitle = {Looms}, booksubtitle = {A Survey}", "venue", "Looms: A Survey"),
        ("title = {Twice}", "title", "T"),
    ],
)
def test_a_field_finds_its_place(fields: str, key: str, value: object) -> None:
    assert getattr(paper(fields), key) == value


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("article", "article-journal"),
        ("inproceedings", "paper-conference"),
        ("phdthesis", "thesis"),
        ("techreport", "report"),
        ("unpublished", "manuscript"),
        ("misc", None),
        ("articlebold", None),
    ],
)
def test_the_type_is_kept_where_the_venue_does_not_tell_it(kind: str, type_: str | None) -> None:
    assert paper("year = 2020", kind).type == type_


@pytest.mark.parametrize(("field", "type_"), [("howpublished", "article"), ("journal", None)])
def test_what_was_published_in_another_way_is_in_no_journal(field: str, type_: str | None) -> None:
    found = paper(f"{field} = {{Blog}}", "misc")
    assert (found.venue, found.type) == ("Blog", type_)


def test_characters_of_html_in_names_are_no_ends_of_names() -> None:
    found = paper("author = {M&uuml;ller, J. and O&#39;Brien, P.}")
    assert [author.name for author in found.authors] == ["J. Müller", "P. O'Brien"]


@pytest.mark.parametrize(
    ("kind", "fields", "thesis"),
    [
        ("mastersthesis", "school = {MIT}", "Master's thesis"),
        ("thesis", "institution = {MIT}, type = {mathesis}", "Master's thesis"),
        ("phdthesis", "school = {MIT}, type = {Habilitation}", "Habilitation"),
        ("phdthesis", "publisher = {MIT}", ""),
    ],
)
def test_a_thesis_keeps_its_kind_and_its_university(kind: str, fields: str, thesis: str) -> None:
    found = paper(fields, kind)
    assert (found.type, found.venue, found.publisher) == ("thesis", "MIT", "")
    assert found.extra.get("type", "") == thesis


def test_marks_that_a_note_explains_become_roles() -> None:
    found = paper(
        "author = {Kwak*, Jaeheon and Lee*, S. and Shin$^\\dagger$, K.}, note = {* equal contribution, † corresponding author}"
    )
    assert [(author.name, author.equal, author.corresponding) for author in found.authors] == [
        ("Jaeheon Kwak", True, False),
        ("S. Lee", True, False),
        ("K. Shin", False, True),
    ]
    assert found.note == ""


def test_two_marks_of_equals_become_groups_and_those_of_senior_authors_are_told_apart() -> None:
    found = paper(
        "author = {Ada* and Babbage* and Cay** and Dee**$^\\dagger$ and Eve\\ddag and Fay\\ddag},"
        " note = {* equal contribution, ** these contributed equally too, $\\dagger$ corresponding author,"
        " $\\ddagger$ equal advising}"
    )
    assert [(author.equal, author.corresponding, author.senior) for author in found.authors] == [
        ("a", False, False),
        ("a", False, False),
        ("b", False, False),
        ("b", True, False),
        (False, False, True),
        (False, False, True),
    ]
    assert found.note == ""


def test_marks_that_nothing_explains_are_reported() -> None:
    profile = read("@misc{a, title = {T},\n author = {Kwak*, Jaeheon}}")
    assert [author.equal for author in profile.papers[0].authors] == [False]
    assert told(profile) == ["a.bib:2: no note tells what is meant by the marks of Jaeheon Kwak *"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("doi = {nonsense}", "a.bib:1: doi 'nonsense' is not a DOI"),
        ("url = {www.example.org/x}", "a.bib:1: url 'www.example.org/x' is not a web address"),
        ("month = {Nonember}, year = 2020", "a.bib:1: the month 'Nonember' is not one"),
        ("year = {soon}", "a.bib:1: the year 'soon' is not one"),
        ("year = 2023, month = 2, day = 30", "a.bib:1: the date 2023-02-30 has no day 30: Feb 2023 has 28 days"),
        ("date = {2023-13-01}", "a.bib:1: the date 2023-13-01 has no month 13: months run from 01 to 12"),
        ("year = 20201", "a.bib:1: the year '20201' is not one"),
        (
            "author = {Lovelace, A., C. Babbage, and A. Turing}",
            "a.bib:1: the author 'Lovelace, A., C. Babbage,' has more commas than a name",
        ),
        ("website = {nowhere}", "a.bib:1: website 'nowhere' is not a web address"),
        ("author = {A B, C D, E F, G H}", "a.bib:1: the authors are set off by commas or the like"),
    ],
)
def test_a_value_that_cannot_be_is_reported_and_the_paper_kept(fields: str, problem: str) -> None:
    profile = read(f"@misc{{a20, title = {{T}}, {fields}}}")
    assert told(profile) == [problem]
    assert len(profile.papers) == 1


@pytest.mark.parametrize(
    "formula", [r"$\sqrt{\mathrm{x}}$", r"$\frac{\mathrm{a}}{\mathrm{b}}$", r"$M_{\odot}$", r"\(\hat{\mathbf{x}}\)"]
)
def test_a_formula_of_a_title_stays_what_latex_can_typeset(formula: str) -> None:
    [found] = read(rf"@misc{{a20, title = {{{{B}} of {{\'E}}, {formula}, 5\$ {{\'e}} and 3\$}}}}").papers
    assert found.title == rf"B of É, {formula}, 5\$ é and 3\$"


def test_the_heading_above_an_abstract_is_no_part_of_it() -> None:
    [found] = read("@misc{a20, title = {T}, abstract = {Abstract\n            We weave.}}").papers
    assert found.abstract == "We weave."
    [found] = read("@misc{a20, title = {T}, abstract = {Abstract nonsense is fun.}}").papers
    assert found.abstract == "Abstract nonsense is fun."


@pytest.mark.parametrize("entry", ["@misc{b20, title = {B},\n%s}", "%s"])
def test_a_file_that_git_could_not_merge_is_told_so(entry: str) -> None:
    one, other = (
        ("year = 2020,", "year = 2021,") if "%s}" in entry else ("@misc{c20, title={C}}", "@misc{d20, title={D}}")
    )
    conflict = f"<<<<<<< HEAD\n{one}\n=======\n{other}\n>>>>>>> theirs\n"
    profile = read("@misc{a20, title = {A}}\n" + entry.replace("%s", conflict))
    assert not profile.papers
    assert [problem.partition(": ")[2] for problem in told(profile)] == [
        "holds two versions of these lines, which git could not merge"
    ]


def test_an_entry_without_title_is_reported() -> None:
    profile = read("@misc{a20,\n author = {X Y}}\n@misc{b20, title = {T}}")
    assert told(profile) == ["a.bib:1: 'a20' has no title"]
    assert [found.id for found in profile.papers] == ["b20"]


def test_keys_that_are_no_addresses_give_way_to_titles() -> None:
    profile = read(
        "@misc{DBLP:conf/x/Y20, title = {On Engines}}\n@misc{, title = {On Looms}}\n@misc{42, title = {On Cards}}\n"
        "@misc{Same, title = {A}}\n@misc{same, title = {B}}\n@misc{10.1000/x, title = {On Engines}}"
    )
    assert [found.id for found in profile.papers] == ["on-engines", "on-looms", "on-cards", "Same", "b", "on-engines-2"]


def test_the_own_entry_is_kept_as_it_was_typed_without_what_is_private() -> None:
    text = (
        '@string{j = "Journal"}\n'
        "@Article{One, Title = {The {dimensions} of $x$}, year=2020, month = jan}\n"
        "@article{two,\n  title = {T},\n  pdf = {x.pdf}, dimensions = {true},\n  month = feb,\n  journal = j\n}\n"
    )
    problems = Problems()
    one, two = bibtex_reader.papers(text, "a.bib", problems, problems, own_bibtex=True)
    assert one.bibtex == "@Article{One, Title = {The {dimensions} of $x$}, year=2020, month = jan}"
    assert two.bibtex == "@article{two,\n  title = {T},\n  month = feb,\n  journal = {Journal}\n}"
    assert not problems


def test_a_file_without_entries_is_refused() -> None:
    with pytest.raises(ImportFailed, match="holds no BibTeX entry"):
        read("---\n---\n")


TEXTS = st.text(alphabet="aZ é{}$\\\"'`~^_%&#-*<>/@,=0\n", max_size=40)


@settings(max_examples=150)
@given(TEXTS, TEXTS, TEXTS)
def test_no_text_breaks_the_reader(title: str, author: str, more: str) -> None:
    text = f"@article{{key, title = {{{title}}}, author = {{{author}}}, {more}}}\n@misc{{last, title = {{Last}}}}\n"
    problems = Problems()
    found = list(bibtex_reader.papers(text, "a.bib", problems, problems, own_bibtex=True))
    assert problems or len(found) >= 2
    for one in found:
        assert not one.bibtex or bibtex.sound(one.bibtex)


@settings(max_examples=60)
@given(st.text(alphabet="abZ é-:&%_#'?()", min_size=1, max_size=40).filter(lambda text: any(map(str.isalpha, text))))
def test_a_plain_title_comes_back_from_its_export(title: str) -> None:
    wanted = inline(title)
    exported = bibtex.write([Paper(title=title, id="x")])
    [found] = read(exported).papers
    assert inline(found.title).html.replace("\xa0", " ") == wanted.html.replace("\xa0", " ")


@pytest.mark.parametrize(
    "title",
    [
        "A set { that opens",
        "A set } that ends",
        "} and {",
        "{{",
        r"Braces \{ for \} printing",
        r"\textbf{never ends",
        r"a line \\",
        "$x^{2$ and more",
        r"$\{x\}$ and $\left\{ x \right.$",
    ],
)
def test_a_title_with_braces_that_do_not_match_survives_export_and_import(title: str) -> None:
    [back] = read(bibtex.write([Paper(title=title, id="lovelace1843", venue=title)])).papers
    assert inline(back.title).plain == inline(back.venue).plain == inline(title).plain.strip()
    assert read(bibtex.write([back])).papers == (back,)


def test_fields_that_mean_nothing_here_are_told_once() -> None:
    first = "@article{one2020, title = {T}, journal = {J}, journalsubtitle = {S},\n  rank = {A*}, bdsk-url-1 = {x}, file = {x}}"
    second = (
        "@article{two2020, title = {U}, journal = {J}, rank = {B}, Rating = {5}, mendeley-tags = {x}, shorttitle = {U}}"
    )
    (problem,) = read(f"{first}\n{second}").problems
    assert str(problem) == (
        "a.bib:2: fields that were not taken over: rank (2), rating\n"
        "  hint: what you want to keep can be written into note or extra"
    )
    many = ", ".join(f"own{number} = {{x}}" for number in range(12))
    (problem,) = read(f"@misc{{one2020, title = {{T}}, {many}}}").problems
    assert problem.what.endswith("own8, own9 and 2 more")
