"""What all citation formats take from a paper: what it is, where it is found, and who gave it out."""

from typing import get_args

import pytest
import rispy

from generator.formats import csl_json, ris
from generator.formats.citation import citation, kind
from generator.model import Paper, PaperType


def paper(**fields: object) -> Paper:
    return Paper(**{"title": "A title", "id": "a-title", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "venues"),
    [
        (
            "article-journal",
            "Nature; Proceedings of the IEEE; Proc. IEEE; Proc. Natl. Acad. Sci. U.S.A.; Proc Natl Acad Sci U S A;"
            "Proc. R. Soc. A; Proc. VLDB Endow.; Proc. ACM Program. Lang.; Proceedings of the ACM on Human-Computer "
            "Interaction; Proceedings of the American Mathematical Society; Proc. Lond. Math. Soc.;"
            "Journal of Physics: Conference Series; Annals of Statistics; Physical Review Letters",
        ),
        (
            "paper-conference",
            "Proc. IEEE Conf. Decis. Control; Proceedings of the IEEE Conference on Looms; Proc. ACM SIGMOD;"
            "Proc. Mach. Learn. Res.; Symposium on Looms; ICML 2024; Interspeech; ACL (Findings);"
            "Advances in Neural Information Processing Systems 36",
        ),
        ("article", "arXiv:2401.00001; arxiv.org; bioRxiv; PsyArXiv; medRxiv preprint; OSF Preprints; CoRR abs/1234.5"),
    ],
)
def test_a_venue_tells_what_a_paper_is(expected: str, venues: str) -> None:
    for venue in venues.split(";"):
        assert kind(paper(venue=venue.strip())) == expected, venue


def test_every_type_is_one_that_programs_know() -> None:
    for name in get_args(PaperType):
        [record] = rispy.loads(ris.write([paper(type=name)]))
        assert record["type_of_reference"] in rispy.config.TYPE_OF_REFERENCE_MAPPING, name


def test_a_paper_is_found_where_it_lasts_longest() -> None:
    found = {
        "doi": ("10.1000/x", "https://doi.org/10.1000/x"),
        "arxiv": ("2401.00001", "https://arxiv.org/abs/2401.00001"),
        "openreview": ("abc", "https://openreview.net/forum?id=abc"),
        "website": ("https://looms.example.org/", "https://looms.example.org/"),
        "pdf": ("https://example.org/a.pdf", "https://example.org/a.pdf"),
    }
    while found:
        assert citation(paper(**{name: value for name, (value, _) in found.items()})).address == next(
            address for _, address in found.values()
        )
        found.pop(next(iter(found)))
    assert citation(paper(pdf="a.pdf")).address == ""


@pytest.mark.parametrize("type", ["thesis", "report"])
def test_who_gave_a_thesis_or_report_out_is_its_publisher(type: str) -> None:
    school = {"type": type, "venue": "Engine Lab"}
    [item, published] = csl_json.items([paper(**school), paper(**school, publisher="Press")])
    assert (item["publisher"], item.get("container-title")) == ("Engine Lab", None)
    assert (published["publisher"], published["container-title"]) == ("Press", "Engine Lab")


def test_an_empty_entry_does_not_hide_the_next() -> None:
    assert "SN  - 1234-5679\n" in ris.write([paper(extra={"isbn": "", "issn": "1234-5679"})])
