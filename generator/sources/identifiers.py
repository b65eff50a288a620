"""The services that can be asked, what identifiers look like there, and which of them a text means.

``orcid:0000-0002-1825-0097`` and the pasted address ``https://orcid.org/0000-0002-1825-0097`` mean the same.
"""

import datetime
import importlib
import re
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import unquote

import msgspec

from generator.dates import Date
from generator.errors import ImportFailed
from generator.formats.profile import Profile
from generator.scalars import Wrong, read_arxiv, read_doi, read_orcid

_DATACITE_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_HAS_SCHEME = re.compile(r"https?://", re.IGNORECASE)


class Get(Protocol):
    """Asks a service for a path and gives what it answers: JSON as Python has it, or the root element of XML.

    Raises ImportFailed where there is no answer, and ``NotThere`` where the service knows nothing of that name.
    """

    def __call__(self, path: str, parameters: Mapping[str, str], /) -> Any: ...


class NotThere(ImportFailed):
    """The service does not know what was asked for."""


class Service(msgspec.Struct, frozen=True):
    """A service: where it is, how it answers, and how often it may be asked.

    ``answer`` is json or xml. ``interval`` is the least time between two requests, in seconds. ``key`` says where a
    key goes: ``header NAME`` or ``parameter NAME``. An address is one of the service's when the groups of one of the
    ``addresses`` find an identifier in it; ``identifier`` is what one looks like.
    """

    kind: str
    prefix: str
    label: str
    base: str
    identifier: str
    addresses: tuple[str, ...]
    example: str
    answer: str = "json"
    accept: str = "application/json"
    interval: float = 0.0
    key: str = ""

    @property
    def url_variable(self) -> str:
        """The environment variable with another address of the service: a mirror, a proxy."""
        return f"PAPERFOLIO_{self.kind.upper()}_URL"

    @property
    def key_variable(self) -> str:
        """The environment variable with the key for the service."""
        return f"PAPERFOLIO_{self.kind.upper()}_KEY"

    def read(self, identifier: str, get: Get, as_of: datetime.date) -> Profile:
        """What the service says about the identifier; figures get the service's name and the day ``as_of``.

        Raises ImportFailed when it says nothing.
        """
        profile: Profile = importlib.import_module(f"generator.sources.{self.kind}").read(identifier, get)
        if not profile.papers and not profile.author.name:
            raise ImportFailed(
                f"{self.label} says nothing that can be used of {identifier[:60]}",
                profile.problems,
                hint="look whether it is there on the service's own page, or run the same again later",
            )
        day = Date(as_of.year, as_of.month, as_of.day)
        metrics = {
            key: msgspec.structs.replace(metric, source=self.label, as_of=day)
            for key, metric in profile.author.metrics.items()
        }
        counted = profile.author.citations_by_year
        if counted.years:
            counted = msgspec.structs.replace(counted, source=self.label, as_of=day)
        author = msgspec.structs.replace(profile.author, metrics=metrics, citations_by_year=counted)
        return msgspec.structs.replace(profile, author=author)


_ORCID = r"\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx]"
_MONTH = "(?:0[1-9]|1[0-2])"
_ARXIV = rf"(?:\d\d{_MONTH}\.\d{{4,5}}|[a-z-]+(?:\.[A-Z]{{2}})?/\d\d{_MONTH}\d{{3}})(?:v\d+)?"

SERVICES = (
    Service(
        kind="arxiv",
        prefix="arxiv",
        label="arXiv",
        base="https://export.arxiv.org",
        identifier=rf"{_ARXIV}(?:,{_ARXIV})*|{_ORCID}|[a-z'-]+(?:_[a-z'-]+)*_\d+|au:\S.*",
        addresses=(
            rf"(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/({_ARXIV})",
            rf"(?:www\.)?arxiv\.org/a/({_ORCID}|[a-z'_-]+_\d+)",
        ),
        example="arxiv:1706.03762, arxiv:lovelace_a_1 or arxiv:au:Lovelace_A",
        answer="xml",
        accept="application/atom+xml",
        interval=3.0,
    ),
    Service(
        kind="orcid",
        prefix="orcid",
        label="ORCID",
        base="https://pub.orcid.org/v3.0",
        identifier=_ORCID,
        addresses=(rf"(?:www\.)?orcid\.org/({_ORCID})",),
        example="orcid:0000-0002-1825-0097",
        interval=0.1,
    ),
    Service(
        kind="openalex",
        prefix="openalex",
        label="OpenAlex",
        base="https://api.openalex.org",
        identifier=rf"[AaWw]\d+|{_ORCID}",
        addresses=(r"(?:(?:www|api|explore)\.)?openalex\.org/(?:(?:authors|works|people)/)?([AaWw]\d+)",),
        example="openalex:A5023888391",
        interval=0.1,
        key="parameter api_key",
    ),
    Service(
        kind="crossref",
        prefix="doi",
        label="Crossref",
        base="https://api.crossref.org",
        identifier=r"10\.\d{4,9}(?:\.\d+)*/\S+",
        addresses=(r"(?:dx\.|www\.)?doi\.org/(10\.[^\s?#]+)",),
        example="doi:10.7717/peerj.4375",
        interval=0.1,
    ),
    Service(
        kind="dblp",
        prefix="dblp",
        label="DBLP",
        base="https://dblp.org",
        identifier=r"(?:pid/|rec/)?[\w-]+(?:/[\w.-]+)+",
        addresses=(r"(?:(?:www\.)?dblp\.org|dblp\.uni-trier\.de|dblp\.dagstuhl\.de)/((?:pid|rec)/[\w./-]+)",),
        example="dblp:65/9612",
        answer="xml",
        accept="application/xml",
        interval=1.0,
    ),
    Service(
        kind="semantic_scholar",
        prefix="s2",
        label="Semantic Scholar",
        base="https://api.semanticscholar.org/graph/v1",
        identifier=r"\d+|[0-9a-f]{40}|CorpusId:\d+",
        addresses=(
            r"(?:www\.)?semanticscholar\.org/author/(?:[^/]+/)?(\d+)",
            r"(?:www\.)?semanticscholar\.org/paper/(?:[^/]+/)?([0-9a-f]{40})",
            r"(?:www\.|api\.)?semanticscholar\.org/(CorpusID:\d+)",
        ),
        example="s2:1741101",
        interval=1.0,
        key="header x-api-key",
    ),
    Service(
        kind="zotero",
        prefix="zotero",
        label="Zotero",
        base="https://api.zotero.org",
        identifier=r"(?:users/|groups/)?\d+(?:/collections/[A-Z0-9]{8})?",
        addresses=(
            r"(?:www\.|api\.)?zotero\.org/((?:groups|users)/\d+)(?:/(?!collections/)[^/?#]+)?(/collections/[A-Z0-9]{8})?",
        ),
        example="zotero:users/475425 or zotero:groups/2055673",
        interval=0.1,
        key="header Zotero-API-Key",
    ),
)


class Source(msgspec.Struct, frozen=True):
    """A service and an identifier there."""

    service: Service
    identifier: str

    def __str__(self) -> str:
        return f"{self.service.prefix}:{self.identifier}"


def find(text: str) -> Source | None:
    """The source that a text names, by prefix or as a pasted address; None for what looks like a file's name.

    Raises ImportFailed when the text is meant for a service but names nothing there.
    """
    text = text.strip()
    if _HAS_SCHEME.match(text):
        return _by_address(text)
    prefix, colon, rest = text.partition(":")
    for service in SERVICES:
        if colon and prefix.lower() in (service.prefix, service.kind):
            rest = rest.strip()
            if _HAS_SCHEME.match(rest):
                found = _by_address(rest)
                # openalex:https://orcid.org/... asks OpenAlex
                meant = re.fullmatch(service.identifier, found.identifier)
                return Source(service, found.identifier) if meant else found
            return _checked(service, rest)
    return _at(text)


def _by_address(address: str) -> Source:
    found = _at(_HAS_SCHEME.sub("", address))
    if found:
        return found
    hint = f"download the file, or name one of: {'; '.join(service.example for service in SERVICES)}"
    if re.match(r"(?i)https?://scholar\.google\.", address):
        hint = "Google Scholar has no interface for programs: export your list there as BibTeX, and import the file"
    raise ImportFailed(f"{address} is an address that nothing can be imported from", hint=hint)


def _at(address: str) -> Source | None:
    """What an address without its scheme names; browsers show it so."""
    for service in SERVICES:
        for pattern in service.addresses:
            match = re.match(pattern, address, re.IGNORECASE)
            if match:
                return _checked(service, unquote("".join(match.groups(""))))
    return None


def _checked(service: Service, identifier: str) -> Source:
    if service.kind == "arxiv" and not identifier.startswith("au:"):
        identifier = ",".join(identifier.replace(",", " ").split())
    if service.kind == "dblp":
        identifier = re.sub(r"(?:\.(?:html|xml|bib|rdf))\Z", "", identifier).removeprefix("pid/")
    if not re.fullmatch(service.identifier, identifier, re.IGNORECASE):
        raise ImportFailed(
            f"{service.prefix}:{identifier} is no identifier of {service.label}",
            hint=f"write, for example, {service.example}",
        )
    try:
        if re.fullmatch(_ORCID, identifier, re.IGNORECASE):
            identifier = read_orcid(identifier)
        elif service.kind == "crossref":
            identifier = read_doi(identifier)
            preprint = _DATACITE_ARXIV.fullmatch(identifier)
            if preprint:
                # arXiv's own DOIs are not registered with Crossref
                return Source(SERVICES[0], read_arxiv(preprint[1]))
        elif service.kind == "openalex":
            identifier = identifier.upper()
        elif service.kind == "semantic_scholar":
            identifier = identifier.lower().replace("corpusid", "CorpusId")
        elif service.kind == "zotero":
            library, collections, key = identifier.lower().partition("/collections/")
            identifier = f"{library}{collections}{key.upper()}"
    except Wrong as wrong:
        raise ImportFailed(f"{service.prefix}:{identifier} {wrong.what}", hint=wrong.hint) from None
    return Source(service, identifier)
