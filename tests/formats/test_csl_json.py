"""CSL-JSON keeps to its schema."""

import json
from pathlib import Path

import jsonschema
import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import scalars
from generator.dates import Date
from generator.formats import csl_json
from generator.formats.citation import citation
from generator.model import Paper, PaperAuthor

SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "csl-item.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def is_readable(text: str) -> bool:
    try:
        return bool(scalars.read_line(text)) and scalars.read_line(text) == text
    except scalars.Wrong:
        return False


lines = st.text(max_size=30).filter(is_readable)


def paper(**fields: object) -> Paper:
    return Paper(**{"title": "A title", "id": "a-title", **fields})  # type: ignore[arg-type]


def read(*papers: Paper) -> list[dict[str, object]]:
    found = json.loads(csl_json.write(papers))
    VALIDATOR.validate(found)
    assert found == csl_json.items(papers)
    return found  # type: ignore[no-any-return]


def test_an_item_holds_every_field() -> None:
    full = paper(
        title=r"\emph{BERT} & Erd\H{o}s",
        authors=(PaperAuthor(name="Ludwig van Beethoven"), PaperAuthor(name="The ATLAS Collaboration")),
        et_al=True,
        date=Date(2023, 8),
        venue="Journal of Things",
        abbr="JoT",
        volume="12",
        issue="3",
        pages="1--20",
        doi="10.1000/a_b",
        arxiv="2308.03395",
        pmid="123",
        tags=("edge", "AI"),
        abstract=r"10\% faster",
    )
    assert read(full) == [
        {
            "id": "a-title",
            "type": "article-journal",
            "title": "BERT & Erdős",
            "author": [
                {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                {"literal": "The ATLAS Collaboration"},
            ],
            "issued": {"date-parts": [[2023, 8]]},
            "container-title": "Journal of Things",
            "container-title-short": "JoT",
            "volume": "12",
            "issue": "3",
            "page": "1-20",
            "DOI": "10.1000/a_b",
            "PMID": "123",
            "URL": "https://doi.org/10.1000/a_b",
            "abstract": "10% faster",
            "keyword": "edge, AI",
            "custom": {"et_al": True},
        }
    ]


def test_what_is_not_known_is_left_out() -> None:
    assert read(paper()) == [{"id": "a-title", "type": "article", "title": "A title"}]


def test_a_preprint_tells_its_number() -> None:
    [item] = read(paper(arxiv="2308.03395"))
    assert (item["type"], item["number"], item["publisher"]) == ("article", "arXiv:2308.03395", "arXiv")


def test_the_dash_between_pages_is_one() -> None:
    assert [item["page"] for item in read(paper(pages="1-3"), paper(pages="1--3"), paper(pages="1---3"))] == ["1-3"] * 3


def test_a_report_and_a_patent_have_a_number_and_no_issue() -> None:
    for kind in ("report", "patent"):
        [item] = read(paper(type=kind, issue="7"))
        assert (item["number"], item.get("issue")) == ("7", None)


def test_what_imports_keep_beside_is_told() -> None:
    extra = {
        "editor": "Ada Lovelace, UNESCO",
        "translator": "Hedy Lamarr",
        "series": "Looms",
        "location": "London",
        "isbn": "1",
        "chapter": "3",
    }
    [item] = read(paper(type="chapter", retracted=True, tags=("a, b", "c"), extra=extra))
    assert item["editor"] == [{"family": "Lovelace", "given": "Ada"}, {"literal": "UNESCO"}]
    assert item["translator"] == [{"family": "Lamarr", "given": "Hedy"}]
    assert (item["collection-title"], item["publisher-place"], item["ISBN"]) == ("Looms", "London", "1")
    assert (item["chapter-number"], item["note"], item["keyword"]) == ("3", "Retracted", "a, b; c")


def test_no_papers_are_an_empty_list() -> None:
    assert csl_json.write([]) == "[]\n"


def test_text_is_not_escaped_to_ascii() -> None:
    assert "Erdős" in csl_json.write([paper(title="Erdős")])


@given(lines, st.lists(lines, max_size=3), st.dates())
@settings(max_examples=100)
def test_any_paper_is_valid(line: str, authors: list[str], day: object) -> None:
    date = Date.parse(str(day))
    read(paper(title=line, authors=tuple(PaperAuthor(name=name) for name in authors), date=date, venue=line))
    further = dict.fromkeys(("address", "edition", "isbn", "issn", "series", "type"), line)
    read(paper(type="thesis", extra={**further, "editor": ", ".join(authors)}))


@given(lines, st.lists(lines, max_size=2), st.booleans())
def test_an_item_without_its_abstract_is_that_of_a_paper_that_has_none(
    line: str, tags: list[str], is_last: bool
) -> None:
    whole = paper(title=line, venue=line, abstract=f"{line}\n\n{line}", tags=() if is_last else tuple(tags))
    bare = msgspec.structs.replace(whole, abstract="")
    assert csl_json.without_abstract(csl_json.text(citation(whole))) == csl_json.text(citation(bare))
