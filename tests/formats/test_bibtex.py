"""BibTeX is read back by two parsers that nobody here wrote: bibtexparser and pybtex in its strict mode."""

import re

import bibtexparser
import pytest
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from generator import scalars
from generator.dates import Date
from generator.formats import bibtex
from generator.formats.citation import citation
from generator.model import Paper, PaperAuthor
from generator.text import inline, tidy

PRINTED = {
    r"{\textbackslash}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textasciicircum}": "^",
    r"{\textasciitilde}": "~",
    r"\&": "&",
    r"\%": "%",
    r"\#": "#",
    r"\_": "_",
    r"\$": "$",
    "{}": "",
}


def is_readable(text: str) -> bool:
    try:
        return bool(scalars.read_text(text).strip()) and scalars.read_text(text) == text
    except scalars.Wrong:
        return False


texts = st.text(
    st.one_of(st.sampled_from("\\{}%&#_^~$\"'`-@,=() \nabAB1"), st.characters(exclude_categories=["Cs"])), max_size=60
).filter(is_readable)
lines = texts.map(scalars.read_line).filter(bool)


def printed(field: str) -> str:
    """What LaTeX prints of a field without commands."""
    return re.sub("|".join(map(re.escape, PRINTED)), lambda match: PRINTED[match[0]], field)


def shown(line: str) -> str:
    """What a page shows of a title."""
    return inline(line).plain


def paper(**fields: object) -> Paper:
    return Paper(**{"title": "A title", "id": "a-title", **fields})  # type: ignore[arg-type]


def read(text: str) -> list[dict[str, str]]:
    """The fields of each entry, the same from both parsers; fails when one of them has anything to complain."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks, [block.raw for block in library.failed_blocks]
    assert not library.comments
    assert not library.strings
    strict = parse_string(text, "bibtex")
    entries = []
    for entry in library.entries:
        other = strict.entries[entry.key]
        assert other.type == entry.entry_type
        fields = {field.key: field.value for field in entry.fields}
        entries.append({"type": entry.entry_type, "key": entry.key, **fields})
        for name, value in other.fields.items():
            if name != "month":
                assert " ".join(value.split()) == " ".join(fields[name].split())
        assert set(other.fields) | {"author"} == set(fields) | {"author"}
    assert len(entries) == len(strict.entries)
    return entries


def names(text: str) -> list[tuple[str, str, str, str]]:
    """given, particle, family, suffix of each author, the same from both parsers."""
    entry = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()]).entries[0]
    found = [
        (" ".join(name.first), " ".join(name.von), " ".join(name.last), " ".join(name.jr))
        for name in entry.fields_dict["author"].value
    ]
    persons = next(iter(parse_string(text, "bibtex").entries.values())).persons["author"]
    assert found == [
        (
            " ".join(person.first_names + person.middle_names),
            " ".join(person.prelast_names),
            " ".join(person.last_names),
            " ".join(person.lineage_names),
        )
        for person in persons
    ]
    return found


def authored(*authors: str, et_al: bool = False) -> list[tuple[str, str, str, str]]:
    return names(bibtex.write([paper(authors=tuple(PaperAuthor(name=name) for name in authors), et_al=et_al)]))


FULL = paper(
    title="BERT and the $O(N)$ cost of Attention",
    authors=(PaperAuthor(name="Zicong Hong"), PaperAuthor(name="The ATLAS Collaboration")),
    et_al=True,
    date=Date(2023, 8, 7),
    venue="Journal of Things & Stuff",
    volume="12",
    issue="3",
    pages="1-20",
    doi="10.1000/a_b#c",
    arxiv="2308.03395",
    category="cs.LG",
    tags=("edge AI", "50% off"),
    abstract="We are 5% better.\n\nAnd \\emph{faster}.",
)


def test_no_papers_are_no_text() -> None:
    assert bibtex.write([]) == ""


def test_an_entry_holds_every_field_where_styles_look_for_it() -> None:
    assert bibtex.write([FULL]) == (
        "@article{hong2023bert,\n"
        "  title = {{BERT} and the {$O(N)$} cost of Attention},\n"
        "  author = {Hong, Zicong and {The ATLAS Collaboration} and others},\n"
        "  year = {2023},\n"
        "  month = aug,\n"
        "  day = {7},\n"
        "  journal = {Journal of Things \\& Stuff},\n"
        "  volume = {12},\n"
        "  number = {3},\n"
        "  pages = {1--20},\n"
        "  doi = {10.1000/a_b#c},\n"
        "  eprint = {2308.03395},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.LG},\n"
        "  url = {https://doi.org/10.1000/a_b%23c},\n"
        "  keywords = {edge AI, 50\\% off},\n"
        "  abstract = {We are 5\\% better.\n\nAnd \\emph{faster}.}\n"
        "}\n"
    )
    assert read(bibtex.write([FULL]))[0]["doi"] == FULL.doi


def test_the_same_papers_give_the_same_text() -> None:
    assert bibtex.write([FULL, paper()]) == bibtex.write([FULL, paper()])


@pytest.mark.parametrize(
    ("fields", "entry_type", "venue_field"),
    [
        ({"type": "article-journal", "venue": "X"}, "article", "journal"),
        ({"type": "paper-conference", "venue": "X"}, "inproceedings", "booktitle"),
        ({"type": "thesis", "venue": "X"}, "phdthesis", "school"),
        ({"type": "report", "venue": "X"}, "techreport", "institution"),
        ({"type": "chapter", "venue": "X"}, "incollection", "booktitle"),
        ({"type": "software", "venue": "X"}, "misc", "howpublished"),
        ({"venue": "Journal of Machine Learning Research"}, "article", "journal"),
        ({"venue": "Proceedings of the National Academy of Sciences"}, "article", "journal"),
        ({"venue": "Proceedings of the 40th Conference on Things"}, "inproceedings", "booktitle"),
        ({"venue": "NeurIPS 2023"}, "inproceedings", "booktitle"),
        ({"venue": "arXiv", "arxiv": "2308.03395"}, "misc", "howpublished"),
        ({"arxiv": "2308.03395"}, "misc", ""),
    ],
)
def test_the_entry_type_follows_type_and_venue(fields: dict[str, str], entry_type: str, venue_field: str) -> None:
    [entry] = read(bibtex.write([paper(**fields)]))
    assert entry["type"] == entry_type
    assert not venue_field or venue_field in entry


@pytest.mark.parametrize(
    ("said", "begin"),
    [("Master's thesis", "@mastersthesis{"), ("MSc thesis", "@mastersthesis{"), ("Habilitation", "@phdthesis{")],
)
def test_the_kind_of_a_thesis_is_told(said: str, begin: str) -> None:
    text = bibtex.write([paper(type="thesis", venue="X", extra={"type": said})])
    assert text.startswith(begin)
    assert f"  type = {{{said}}},\n  school = {{X}}" in text


def test_a_collaboration_goes_along() -> None:
    [entry] = read(bibtex.write([paper(extra={"collaboration": "LOOM & CARD"})]))
    assert entry["collaboration"] == r"LOOM \& CARD"


def test_an_arxiv_paper_tells_its_class_in_full() -> None:
    [entry] = read(bibtex.write([paper(arxiv="2308.03395", category="LG")]))
    assert (entry["eprint"], entry["archiveprefix"], entry["primaryclass"]) == ("2308.03395", "arXiv", "cs.LG")


def test_a_category_that_is_not_of_arxiv_is_no_class() -> None:
    [entry] = read(bibtex.write([paper(arxiv="2308.03395", category="Our own")]))
    assert "primaryclass" not in entry


@pytest.mark.parametrize(("date", "year", "month"), [(Date(2023), "2023", ""), (Date(2023, 3), "2023", "mar")])
def test_a_date_is_as_precise_as_known(date: Date, year: str, month: str) -> None:
    text = bibtex.write([paper(date=date)])
    assert f"year = {{{year}}}" in text
    assert ("month" in text) == bool(month)
    assert f"month = {month}" in text or not month


def test_retracted_papers_say_so() -> None:
    assert read(bibtex.write([paper(retracted=True)]))[0]["note"] == "Retracted"


def test_unpublished_work_has_the_note_that_bibtex_wants() -> None:
    assert read(bibtex.write([paper(type="manuscript", status="under review")]))[0]["note"] == "Under review"
    assert read(bibtex.write([paper(type="manuscript")]))[0]["note"]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Intelligence-Endogenous Management", "Intelligence-Endogenous Management"),
        ("A GPT-4 for iPhones", "A {GPT}-4 for {iPhones}"),
        ("Vitamin C: a review", "Vitamin {C}: a review"),
        ("On $O(N)$ and $k$", "On {$O(N)$} and $k$"),
        ("What $A_1$ means", "What {$A_1$} means"),
        (r"\emph{BERT} again", r"\emph{BERT} again"),
        (r"Erd\H{o}s numbers", r"{Erd\H{o}s} numbers"),
        (r"The {\LaTeX} of \LaTeX\ fans", r"The {\LaTeX} of {{\LaTeX\ fans}}"),
        (r"\texttt{$\textbf{Flora}$}: 5% better", r"\texttt{$\textbf{Flora}$}: 5\% better"),
        ("Ünlü ÜNLÜ", "Ünlü {ÜNLÜ}"),
    ],
)
def test_capitals_that_carry_meaning_are_protected(title: str, written: str) -> None:
    assert bibtex.title(title) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"10\% and 5% better", r"10\% and 5\% better"),
        ("R&D of item #1 and a_b", r"R\&D of item \#1 and a\_b"),
        ("costs $5 and $10", r"costs \$5 and \$10"),
        ("$5 for $x_1$", r"\$5 for $x_1$"),
        ("$x_1 & y^2$", "$x_1 & y^2$"),
        (r"\[x_1\] and \(y^2\)", r"\[x_1\] and \(y^2\)"),
        (r"$\texttt{$\textbf{F}$}$ia", r"$\texttt{$\textbf{F}$}$ia"),
        ("an open { brace", r"an open {\textbraceleft} brace"),
        ("a shut } brace", r"a shut {\textbraceright} brace"),
        (r"\{a\} and $\{x\}$", r"{\textbraceleft}a{\textbraceright} and $\lbrace x\rbrace$"),
        (r"{\bf old\\}", r"{\bf old\\ }"),
        ("ends with \\", r"ends with {\textbackslash}"),
        (r"ends the line \\", "ends the line \\\\ "),
        (r"\textbf{never ends", r"{\textbackslash}textbf{\textbraceleft}never ends"),
        (r"\url{http://x.org/a_b%20c#d}", r"\url{http://x.org/a_b%20c#d}"),
        ("two\nlines\n\n\nand more", "two lines\n\nand more"),
    ],
)
def test_latex_stays_latex_and_cannot_break_out(text: str, written: str) -> None:
    assert bibtex.latex(text) == written
    assert bibtex.latex(written) == written


@given(texts)
@settings(max_examples=200)
def test_any_latex_abstract_comes_back_as_it_was_written(text: str) -> None:
    [entry] = read(bibtex.write([paper(abstract=text)]))
    assert entry["abstract"].replace("\n{}@", "\n@") == bibtex.latex(text)


@given(texts)
@example("``quotes'' -- and --- dashes")
@example("first\n\n@article{x, title = {y}}")
@settings(max_examples=200)
def test_any_plain_text_prints_as_it_was_typed(text: str) -> None:
    [entry] = read(bibtex.write([paper(abstract=text, format="text")]))
    assert printed(entry["abstract"]).split() == text.split()


@given(lines)
@example("\\\\\\")
@example(r"Weaving \\{\em by} cards \\^")
@example("^{}")
@example("x_{t+1} ^{00}")
@example(r"\Q}")
@settings(max_examples=200)
def test_any_title_and_tag_survive(line: str) -> None:
    [entry] = read(bibtex.write([paper(title=line, tags=(line,))]))
    assert shown(entry["title"]) == shown(line)
    tag = " ".join(tidy(line))
    assert printed(entry["keywords"]) == (f"{{{tag}}}," if "," in tag or ";" in tag else tag)


def test_braces_nested_too_deep_for_readers_are_printed_braces() -> None:
    text = "{" * 300 + "x" + "}" * 300
    [entry] = read(bibtex.write([paper(abstract=text)]))
    assert re.sub(r"{\\textbrace(?:left|right)}", "", entry["abstract"]).strip("{}") == "x"


def test_markdown_is_written_as_plain_text() -> None:
    [entry] = read(bibtex.write([paper(abstract="**50%** of _all_", format="markdown")]))
    assert entry["abstract"] == r"50\% of all"


def test_names_are_split_as_bibtex_splits_them() -> None:
    assert authored("Ada Lovelace", "Ludwig van Beethoven", "Sammy Davis Jr.") == [
        ("Ada", "", "Lovelace", ""),
        ("Ludwig", "van", "Beethoven", ""),
        ("Sammy", "", "Davis", "Jr."),
    ]


def test_an_organisation_is_one_name() -> None:
    assert [name[2] for name in authored("The Research and Development Group", "Ada Lovelace")] == [
        "{The Research and Development Group}",
        "Lovelace",
    ]


def test_a_list_cut_short_ends_with_others() -> None:
    assert authored("Ada Lovelace", et_al=True)[-1][2] == "others"


@given(st.lists(lines, min_size=1, max_size=3))
@settings(max_examples=200)
def test_no_name_can_add_or_swallow_another(authors: list[str]) -> None:
    assert len(authored(*authors)) == len(authors)


def test_keys_are_made_of_name_year_and_word() -> None:
    assert bibtex.key(citation(FULL)) == "hong2023bert"
    accented = paper(title="The Größe of things", authors=(PaperAuthor(name="Đặng Văn Müller"),), date=Date(1999))
    assert bibtex.key(citation(accented)) == "muller1999grosse"
    assert bibtex.key(citation(paper(title="---", id="a.b"))) == "a-b"


@pytest.mark.parametrize(
    ("paper_id", "key"),
    [
        ("lovelace1843notes", "lovelace1843notes"),
        ("ophoff_phd", "ophoff_phd"),
        ("agarwal-etal-2023-x", "agarwal-etal-2023-x"),
        ("engines", "lovelace2023engines"),
        ("engines-2", "lovelace2023engines"),
        ("2023-engines", "lovelace2023engines"),
    ],
)
def test_an_id_that_was_chosen_is_the_key(paper_id: str, key: str) -> None:
    chosen = paper(title="Engines", id=paper_id, authors=(PaperAuthor(name="Ada Lovelace"),), date=Date(2023))
    assert bibtex.key(citation(chosen)) == key


def test_keys_are_unique_within_a_text() -> None:
    keys = [entry["key"] for entry in read(bibtex.write([FULL] * 29))]
    assert keys[:3] == ["hong2023bert", "hong2023berta", "hong2023bertb"]
    assert keys[26:] == ["hong2023bertz", "hong2023bertaa", "hong2023bertab"]


@given(lines, st.lists(lines, max_size=1))
@settings(max_examples=100)
def test_keys_hold_only_safe_characters(title: str, authors: list[str]) -> None:
    made = bibtex.key(citation(paper(title=title, authors=tuple(PaperAuthor(name=name) for name in authors))))
    assert re.fullmatch(r"[A-Za-z0-9:_-]+", made)


def test_own_bibtex_is_kept_and_its_key_is_not_given_again() -> None:
    own = "@Article{Hong2023BERT,\n  title = {Mine}\n}"
    text = bibtex.write([FULL, paper(bibtex=own)])
    assert text.endswith(f"\n\n{own}\n")
    assert text.startswith("@article{hong2023berta,")


@pytest.mark.parametrize("own", ["@article{x, title = {open}", "@article{x, title = a}}", "just words", "@article{}"])
def test_own_bibtex_that_would_break_the_file_is_not_used(own: str) -> None:
    assert not bibtex.sound(own)
    assert [entry["title"] for entry in read(bibtex.write([paper(bibtex=own), paper()]))] == ["A title", "A title"]


def test_an_identifier_cannot_end_its_value() -> None:
    [entry] = read(bibtex.write([paper(doi="10.1000/a{b\\")]))
    assert entry["doi"] == "10.1000/a%7Bb%5C"
