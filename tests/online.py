"""A server on 127.0.0.1 that stands for the online services, and what it answers about one made-up person."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from generator.sources.identifiers import SERVICES


class Answer(NamedTuple):
    """What the server says: ``cut`` breaks off in the middle, ``wait`` is silence before it, in seconds."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    cut: bool = False
    wait: float = 0.0


class Asked(NamedTuple):
    """A request: path without the address of the service, parameters, headers (names in lower case)."""

    path: str
    parameters: dict[str, str]
    headers: dict[str, str]


Answers = Callable[[Asked], Answer | str | bytes | dict[str, Any] | list[Any] | None]


class Server(NamedTuple):
    """The running server: its address, what it was asked, and the variables that send the client to it."""

    url: str
    asked: list[Asked]
    environment: dict[str, str]


@contextmanager
def serving(answers: Answers) -> Iterator[Server]:
    """Serve what ``answers`` says; a mapping or list is sent as JSON, None is a 404."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Asked(unquote(parts.path), dict(parse_qsl(parts.query)), headers)
            asked.append(request)
            said = answers(request)
            if isinstance(said, dict | list):
                said = json.dumps(said)
            answer = Answer(status=404) if said is None else said if isinstance(said, Answer) else Answer(said)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            time.sleep(answer.wait)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if answer.cut else body)
            except OSError:
                pass  # the client has given up, as it should

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield Server(url, asked, {service.url_variable: f"{url}/{service.kind}" for service in SERVICES})
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


ORCID = "0000-0002-1825-0097"
ADA = {"display_name": "Ada Lovelace", "orcid": f"https://orcid.org/{ORCID}", "id": "https://openalex.org/A1"}
BABBAGE = {"display_name": "Charles Babbage", "orcid": None, "id": "https://openalex.org/A2"}


def openalex_work(number: int, title: str, **more: Any) -> dict[str, Any]:
    """A work as OpenAlex lists it."""
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": None,
        "title": title,
        "publication_date": "2023-05-01",
        "publication_year": 2023,
        "type": "article",
        "ids": {},
        "authorships": [{"author": ADA, "raw_author_name": "A. Lovelace"}, {"author": BABBAGE}],
        "primary_location": {"source": {"display_name": "Journal of Engines", "type": "journal"}},
        "locations": [],
        "best_oa_location": None,
        "biblio": {"volume": "3", "issue": "2", "first_page": "1", "last_page": "20"},
        "cited_by_count": 7,
        "is_retracted": False,
        "is_paratext": False,
        "abstract_inverted_index": {"engines": [1, 4], "On": [0], "and": [2], "other": [3]},
        **more,
    }


OPENALEX_AUTHOR = {
    **ADA,
    "display_name_alternatives": ["Byron, A."],
    "cited_by_count": 1234,
    "summary_stats": {"h_index": 12, "i10_index": 15},
    "last_known_institutions": [{"display_name": "University of London"}],
    "counts_by_year": [{"year": 2024, "cited_by_count": 40}, {"year": 2023, "cited_by_count": 30}],
}
OPENALEX_WORKS = [
    openalex_work(1, "On engines", doi="https://doi.org/10.1234/ENGINES"),
    openalex_work(
        2,
        "Weaving algebra",
        doi="https://doi.org/10.48550/arXiv.2301.00002",
        type="preprint",
        primary_location={"source": {"display_name": "arXiv (Cornell University)", "type": "repository"}},
        locations=[{"landing_page_url": "https://arxiv.org/abs/2301.00002v2"}],
        publication_date="2023-01-02",
        biblio={},
        cited_by_count=3,
    ),
    openalex_work(3, "Weaving algebra", doi="https://doi.org/10.1234/weaving", cited_by_count=20),
    openalex_work(4, "Notes", doi="https://doi.org/10.1234/notes-1", publication_date="2020-01-01", cited_by_count=1),
    openalex_work(5, "Notes", doi="https://doi.org/10.1234/notes-2", publication_date="2022-01-01", cited_by_count=2),
    openalex_work(6, "Bernoulli numbers", is_retracted=True, abstract_inverted_index=None),
]

ARXIV_ENTRY = """<entry><id>http://arxiv.org/abs/{id}v2</id><title>{title}</title>
<updated>2023-02-02T00:00:00Z</updated><published>2023-01-02T10:00:00Z</published>
<summary>  We weave algebra
in two lines, $O(n)$, 5% faster. Code: https://github.com/ada/weaving.
</summary><author><name>Ada Lovelace</name></author><author><name>Charles Babbage</name></author>
<arxiv:comment>12 pages</arxiv:comment>{more}
<arxiv:primary_category term="cs.LG"/><category term="cs.LG"/><category term="math.HO"/><category term="68T05"/></entry>"""


def arxiv_feed(entries: list[str], total: int | None = None, title: str = "arXiv Query") -> str:
    """Atom as arXiv's API gives it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"<title>{title}</title><opensearch:totalResults>{len(entries) if total is None else total}"
        f"</opensearch:totalResults>{''.join(entries)}</feed>"
    )


ARXIV_ADA = arxiv_feed(
    [
        ARXIV_ENTRY.format(id="2301.00002", title="Weaving\n  algebra", more="<arxiv:doi>10.1234/weaving</arxiv:doi>"),
        ARXIV_ENTRY.format(id="2301.00009", title="A loom for $\\mathbb{R}^n$", more=""),
    ],
    title="Ada Lovelace's articles on arXiv",
)


def orcid_work(code: int, title: str, *, doi: str = "", index: int = 0) -> dict[str, Any]:
    """A summary of a work as ORCID gives it."""
    ids = [{"external-id-type": "issn", "external-id-value": "1234-5678", "external-id-relationship": "part-of"}]
    if doi:
        ids.append({"external-id-type": "doi", "external-id-value": doi, "external-id-relationship": "self"})
    return {
        "put-code": code,
        "title": {"title": {"value": title}, "subtitle": None},
        "external-ids": {"external-id": ids},
        "url": None,
        "type": "journal-article",
        "publication-date": {"year": {"value": "2023"}, "month": {"value": "05"}, "day": None},
        "journal-title": {"value": "Journal of Engines"},
        "display-index": str(index),
    }


ORCID_ANSWERS: dict[str, Any] = {
    f"/orcid/{ORCID}/person": {
        "name": {"given-names": {"value": "Ada"}, "family-name": {"value": "Lovelace"}, "credit-name": None},
        "other-names": {"other-name": [{"content": "Augusta Ada King"}]},
        "biography": {"content": "Writes notes."},
        "researcher-urls": {"researcher-url": [{"url-name": "Home", "url": {"value": "https://ada.example.org"}}]},
        "keywords": {"keyword": [{"content": "engines"}]},
    },
    f"/orcid/{ORCID}/employments": {
        "affiliation-group": [
            {
                "summaries": [
                    {
                        "employment-summary": {
                            "role-title": "Analyst",
                            "start-date": {"year": {"value": "2019"}, "month": {"value": "09"}, "day": None},
                            "end-date": None,
                            "organization": {"name": "Analytical Society"},
                        }
                    }
                ]
            }
        ]
    },
    f"/orcid/{ORCID}/educations": {"affiliation-group": []},
    **{
        f"/orcid/{ORCID}/{kind}s": {
            "affiliation-group": [
                {
                    "summaries": [
                        {
                            f"{kind}-summary": {
                                "role-title": title,
                                "department-name": None,
                                "start-date": {"year": {"value": "2021"}, "month": None, "day": None},
                                "end-date": None,
                                "organization": {"name": "Society of Engines"},
                            }
                        }
                    ]
                }
            ]
        }
        for kind, title in (
            ("invited-position", "Guest"),
            ("qualification", "Licence to weave"),
            ("distinction", "Medal"),
            ("membership", "Fellow"),
            ("service", "Treasurer"),
        )
    },
    f"/orcid/{ORCID}/works": {
        "group": [
            {
                "external-ids": {"external-id": []},
                "work-summary": [
                    orcid_work(1, "ON ENGINES", doi="10.1234/engines", index=0),
                    orcid_work(2, "On engines", doi="10.1234/engines", index=10),
                ],
            },
            {"external-ids": None, "work-summary": [orcid_work(3, "A lecture")]},
        ]
    },
    f"/orcid/{ORCID}/works/2,3": {
        "bulk": [
            {
                "work": {
                    **orcid_work(2, "On engines", doi="10.1234/engines"),
                    "short-description": "On engines, in ORCID's words.",
                    "contributors": {
                        "contributor": [
                            {
                                "credit-name": {"value": "Ada Lovelace"},
                                "contributor-orcid": {"path": ORCID},
                                "contributor-attributes": {"contributor-role": "author"},
                            },
                            {
                                "credit-name": {"value": "An Editor"},
                                "contributor-attributes": {"contributor-role": "editor"},
                            },
                        ]
                    },
                }
            },
            {"error": {"response-code": 404}},
        ]
    },
}

CROSSREF_ENGINES = {
    "DOI": "10.1234/engines",
    "type": "journal-article",
    "title": ["On <i>engines</i> &amp; <mml:math><mml:msup><mml:mi>E</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>"],
    "subtitle": [],
    "author": [
        {"given": "Ada", "family": "Lovelace", "ORCID": f"http://orcid.org/{ORCID}"},
        {"name": "The Analytical Society"},
    ],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Hot H<jats:sub>2</jats:sub>O drives them.</jats:p>",
    "container-title": ["Journal of Engines"],
    "issued": {"date-parts": [[2023, 5]]},
    "published-print": {"date-parts": [[2023, 5]]},
    "published-online": {"date-parts": [[2023, 4, 7]]},
    "volume": "3",
    "page": "1-20",
    "is-referenced-by-count": 6,
    "relation": {"has-preprint": [{"id-type": "doi", "id": "10.1101/2022.01.01"}]},
}

DBLP_ADA = f"""<?xml version="1.0" encoding="US-ASCII"?>
<dblpperson name="Ada Lovelace 0001" pid="65/9612" n="2">
<person key="homepages/65/9612"><author pid="65/9612">Ada Lovelace 0001</author>
<note type="affiliation">Analytical Society</note><url>https://orcid.org/{ORCID}</url></person>
<r><article key="journals/eng/Lovelace23" mdate="2023-06-01"><author pid="65/9612" orcid="{ORCID}">Ada Lovelace 0001</author>
<author pid="1/2">Charles Babbage</author><title>On engines.</title><pages>1-20</pages><year>2023</year><volume>3</volume>
<journal>J. Engines</journal><ee>https://doi.org/10.1234/ENGINES</ee></article></r>
<r><article publtype="informal" key="journals/corr/abs-2301-00002"><author>Ada Lovelace 0001</author>
<title>Weaving H<sub>2</sub> algebra.</title><year>2023</year><volume>abs/2301.00002</volume><journal>CoRR</journal>
<ee type="oa">https://doi.org/10.48550/arXiv.2301.00002</ee></article></r>
<coauthors><co><na pid="1/2">Charles Babbage</na></co></coauthors></dblpperson>"""

S2_AUTHOR = {
    "authorId": "42",
    "name": "A. Lovelace",
    "affiliations": None,
    "homepage": None,
    "citationCount": 1300,
    "hIndex": 13,
}


def s2_paper(number: int, title: str, **more: Any) -> dict[str, Any]:
    """A paper as Semantic Scholar lists it, with the nulls that it is fond of."""
    return {
        "paperId": f"{number:040x}",
        "title": title,
        "abstract": None,
        "year": 2023,
        "publicationDate": None,
        "authors": [{"authorId": "42", "name": "Ada Lovelace"}, {"authorId": None, "name": "Charles Babbage"}],
        "venue": "",
        "journal": None,
        "externalIds": None,
        "citationCount": 9,
        "openAccessPdf": None,
        "publicationTypes": None,
        **more,
    }


ZOTERO_ITEMS = [
    {
        "key": "ABCD2345",
        "data": {
            "itemType": "journalArticle",
            "title": "On engines",
            "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Lovelace"}],
            "DOI": "10.1234/engines",
            "date": "May 2023",
            "tags": [{"tag": "engines"}],
        },
        "meta": {"parsedDate": "2023-05"},
    },
    {"key": "NOTE2345", "data": {"itemType": "note", "note": "to self"}},
]


def everything(asked: Asked) -> Answer | str | dict[str, Any] | list[Any] | None:
    """All services about Ada Lovelace."""
    fixed: dict[str, Any] = {
        "/openalex/authors/A1": OPENALEX_AUTHOR,
        f"/openalex/authors/orcid:{ORCID}": OPENALEX_AUTHOR,
        "/openalex/works": {"meta": {"next_cursor": None}, "results": OPENALEX_WORKS},
        "/openalex/works/W1": OPENALEX_WORKS[0],
        "/arxiv/a/lovelace_a_1.atom2": ARXIV_ADA,
        "/arxiv/api/query": ARXIV_ADA,
        "/crossref/works/10.1234/engines": {"message": CROSSREF_ENGINES},
        "/dblp/pid/65/9612.xml": DBLP_ADA,
        "/semantic_scholar/author/42": S2_AUTHOR,
        "/semantic_scholar/author/42/papers": {
            "offset": 0,
            "data": [s2_paper(1, "On engines", externalIds={"DOI": "10.1234/engines"}), s2_paper(2, "A letter")],
        },
        "/zotero/groups/7/items/top": ZOTERO_ITEMS,
        **ORCID_ANSWERS,
    }
    return fixed.get(asked.path)
