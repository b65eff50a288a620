"""What the citation formats need of a paper, worked out once for all of them."""

import re
from functools import lru_cache

import msgspec

from generator import urls
from generator.model import Paper
from generator.names import Name, split
from generator.text import convert, inline

_PREPRINT_SERVERS = r"(?i)\s*(?:\w*rxiv|ssrn|corr|(?:osf )?preprints?|research square)\b"
_MEETING = (
    r"(?i)\b(?:proceedings|proc\.|conference|symposium|workshop|meeting|congress"
    r"|advances in neural information processing systems)"
)
_MEETING_ACRONYM = (
    r"(?:AAAI|ACL|AISTATS|CHI|CIKM|COLING|CoRL|CVPR|ECCV|ECML|EMNLP|ICASSP|ICCV|ICDE|ICLR|ICML|ICRA|IJCAI|INFOCOM"
    r"|INTERSPEECH|Interspeech|IROS|KDD|MICCAI|MobiCom|NAACL|NeurIPS|NIPS|NSDI|OSDI|SIGCOMM|SIGIR|SIGMOD|SOSP|UAI"
    r"|WACV|WSDM|WWW)\b"
)
_JOURNAL = (
    r"(?i)\b(?:journal|transactions|letters|annals"
    r"|proceedings of the (?:national academy|royal society|\w+ mathematical society|vldb endowment|acm on|ieee\Z)"
    # the same as indexes abbreviate them
    r"|proc\.\s+(?:natl?\.?\s+acad|r(?:oy)?\.\s+soc|\S+\s+math\.\s+soc|vldb\s+endow|ieee\Z"
    r"|acm\s+(?:program|hum|interact|manag|meas|netw|softw|comput)\.))"
)
_DASHES = "-+|[\u2010-\u2014]"
# no comma before a Jr ends a name
_LISTED = r",(?!\s*(?:[JS]r|I{2,3}|IV)\b)"


class Citation(msgspec.Struct, frozen=True):
    """A paper with its texts in plain Unicode and its authors' names taken apart."""

    paper: Paper
    kind: str
    """CSL type, see ``kind``."""
    title: str
    venue: str
    abstract: str
    names: tuple[Name, ...]
    address: str
    """Web address of the paper itself, see ``address``."""

    @property
    def publisher(self) -> str:
        """The publisher; of a thesis or a report who gave the degree or the report out, which is its venue."""
        return self.paper.publisher or (self.venue if self.kind in ("thesis", "report") else "")

    @property
    def container(self) -> str:
        """What the paper is part of: the venue, where that is not the publisher."""
        return self.venue if self.paper.publisher or self.kind not in ("thesis", "report") else ""

    @property
    def thesis(self) -> str:
        """Which kind of thesis it is, where ``extra`` tells: "Master's thesis"."""
        return self.further("type") if self.kind == "thesis" else ""

    def people(self, role: str) -> list[Name]:
        """The people of a role, see ``people``."""
        return [split(name) for name in people(self.paper, role)]

    def further(self, *keys: str) -> str:
        """What ``extra`` says under one of the keys, see ``further``."""
        return further(self.paper, *keys)


def citation(paper: Paper, title: str | None = None, abstract: str | None = None) -> Citation:
    """The citation of a paper; title and abstract in plain text may be given where they are known already."""
    return Citation(
        paper=paper,
        kind=kind(paper),
        title=inline(paper.title).plain if title is None else title,
        venue=inline(paper.venue).plain,
        abstract=convert(paper.abstract, paper.format).plain if abstract is None else abstract,
        names=tuple(split(author.name, author.family) for author in paper.authors),
        address=address(paper),
    )


def people(paper: Paper, role: str) -> list[str]:
    """The names that ``extra`` has between commas under a role: ``editor`` or ``translator``."""
    listed = further(paper, role)
    return [name.strip() for name in re.split(_LISTED, listed) if name.strip()] if listed else []


def further(paper: Paper, *keys: str) -> str:
    """What ``extra`` says under the first of the keys that it has, as imports name them."""
    extra = paper.extra
    found = next((extra[key] for key in keys if extra.get(key)), "") if extra else ""
    return " ".join(found.split()) if isinstance(found, str) else ""


def first_and_last_page(paper: Paper) -> tuple[str, str]:
    """The pages before and after the first dash, whatever dash it is; either may be empty."""
    if not paper.pages:
        return "", ""
    first, *rest = re.split(_DASHES, paper.pages, maxsplit=1)
    return first.strip(), "".join(rest).strip()


def kind(paper: Paper) -> str:
    """The CSL type of a paper: the declared one, else what its venue says; a paper without a venue is a preprint."""
    return paper.type or _kind_of_venue(paper.venue)


@lru_cache(4096)
def _kind_of_venue(venue: str) -> str:
    if not venue or re.match(_PREPRINT_SERVERS, venue):
        return "article"
    meeting = re.search(_MEETING, venue) or re.match(_MEETING_ACRONYM, venue)
    if meeting and not re.search(_JOURNAL, venue):
        return "paper-conference"
    return "article-journal"


def address(paper: Paper) -> str:
    """The web address where the paper itself is found, outside of the site; empty where none is known."""
    if paper.doi:
        return urls.doi(paper.doi)
    if paper.arxiv:
        return urls.arxiv(paper.arxiv)
    if paper.openreview:
        return urls.openreview(paper.openreview)
    if paper.website:
        return paper.website
    return paper.pdf if paper.pdf.startswith(("http://", "https://")) else ""
