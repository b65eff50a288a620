"""What a person pastes is understood, and what names nothing is told with an example."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ImportFailed
from generator.sources.identifiers import SERVICES, find


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("arxiv:1706.03762", "arxiv:1706.03762"),
        ("arXiv:1706.03762v2,hep-th/9901001", "arxiv:1706.03762v2,hep-th/9901001"),
        ("https://arxiv.org/abs/1706.03762", "arxiv:1706.03762"),
        ("https://arxiv.org/pdf/math.GT/0309136v1.pdf", "arxiv:math.GT/0309136v1"),
        ("https://arxiv.org/a/lovelace_a_1", "arxiv:lovelace_a_1"),
        ("arxiv:au:Lovelace_A", "arxiv:au:Lovelace_A"),
        ("orcid:0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233x", "orcid:0000-0002-1694-233X"),
        ("openalex:a5023888391", "openalex:A5023888391"),
        ("https://openalex.org/A5023888391", "openalex:A5023888391"),
        ("https://openalex.org/works/W2741809807", "openalex:W2741809807"),
        ("openalex:https://openalex.org/authors/A5023888391", "openalex:A5023888391"),
        ("dblp:65/9612", "dblp:65/9612"),
        ("https://dblp.org/pid/65/9612.html", "dblp:65/9612"),
        ("https://dblp.uni-trier.de/pid/h/JohnHopcroft.html#top", "dblp:h/JohnHopcroft"),
        ("https://dblp.org/rec/journals/eng/Lovelace23.html?view=bibtex", "dblp:rec/journals/eng/Lovelace23"),
        ("doi:10.7717/peerj.4375", "doi:10.7717/peerj.4375"),
        ("https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID-SIM968%3E3.0.CO;2-2", None),
        ("doi:10.48550/arXiv.1706.03762", "arxiv:1706.03762"),
        ("arxiv:1706.03762, 1810.04805,", "arxiv:1706.03762,1810.04805"),
        ("orcid:0000000218250097", "orcid:0000-0002-1825-0097"),
        ("openalex:https://orcid.org/0000-0002-1825-0097", "openalex:0000-0002-1825-0097"),
        ("arxiv.org/abs/1706.03762", "arxiv:1706.03762"),
        ("s2:https://doi.org/10.7717/peerj.4375", "doi:10.7717/peerj.4375"),
        ("https://doi.org/10.7717/peerj.4375?utm_source=mail#top", "doi:10.7717/peerj.4375"),
        ("https://www.dblp.org/pid/65/9612.html", "dblp:65/9612"),
        ("s2:" + "0A" * 20, "s2:" + "0a" * 20),
        ("https://api.semanticscholar.org/CorpusID:13756489", "s2:CorpusId:13756489"),
        ("https://www.zotero.org/groups/7/engines/collections/ABCD2345/items", "zotero:groups/7/collections/ABCD2345"),
        ("zotero:Groups/7/Collections/abcd2345", "zotero:groups/7/collections/ABCD2345"),
        ("s2:1741101", "s2:1741101"),
        ("https://www.semanticscholar.org/author/A.-Lovelace/1741101", "s2:1741101"),
        ("https://www.semanticscholar.org/paper/On-Engines/" + "0a" * 20, "s2:" + "0a" * 20),
        ("zotero:475425", "zotero:475425"),
        ("https://www.zotero.org/groups/2055673/engines/library", "zotero:groups/2055673"),
        ("https://www.zotero.org/groups/2055673/collections/ABCD2345", "zotero:groups/2055673/collections/ABCD2345"),
    ],
)
def test_identifiers_and_pasted_addresses(text: str, means: str | None) -> None:
    found = find(text)
    assert found is not None
    assert str(found) == means if means else "<1661::AID-SIM968>" in found.identifier


@pytest.mark.parametrize("text", ["zotero", "papers.bib", "./arxiv/papers.bib", "C:\\papers.bib", "folder/10.1234", ""])
def test_files_are_no_identifiers(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("arxiv:nonsense", "no identifier of arXiv"),
        ("arxiv:2613.01234", "no identifier of arXiv"),
        ("arxiv:1706.03762,math/0013001", "no identifier of arXiv"),
        ("https://arxiv.org/abs/2600.00001", "nothing can be imported from"),
        ("doi:10.48550/arXiv.2613.01234", "is not an arXiv identifier"),
        ("orcid:0000-0002-1825-0098", "check digit"),
        ("openalex:5023888391", "no identifier of OpenAlex"),
        ("dblp:Ada Lovelace", "no identifier of DBLP"),
        ("zotero:ada", "no identifier of Zotero"),
        ("https://scholar.google.com/citations?user=x", "nothing can be imported from"),
        ("https://arxiv.org/list/cs.LG/recent", "nothing can be imported from"),
    ],
)
def test_what_names_nothing_is_told(text: str, message: str) -> None:
    with pytest.raises(ImportFailed, match=message) as caught:
        find(text)
    assert caught.value.hint


def test_a_profile_at_google_scholar_is_answered_with_its_export() -> None:
    with pytest.raises(ImportFailed) as caught:
        find("https://scholar.google.co.uk/citations?user=x&hl=en")
    assert "export your list there as BibTeX" in caught.value.hint


def test_every_example_is_one() -> None:
    for service in SERVICES:
        for example in service.example.replace(" or ", ", ").split(", "):
            found = find(example)
            assert found is not None
            assert found.service is service


@settings(max_examples=50)
@given(st.sampled_from([service.prefix for service in SERVICES]), st.text())
def test_any_text_is_an_identifier_or_refused(prefix: str, text: str) -> None:
    try:
        found = find(f"{prefix}:{text}")
    except ImportFailed:
        return
    assert found is not None
