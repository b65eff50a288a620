"""The services that profiles link to: what each is called, and how a handle there becomes an address.

``SERVICES`` lists them under the names used in content files; ``ALIASES`` holds the names that al-folio, HugoBlox and
the Lab Website Template give them.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote, urlsplit

import msgspec

from generator.errors import suggestion
from generator.model import Link
from generator.scalars import WITHOUT_SCHEME, Wrong, is_taken, read_email, read_file_or_url, read_line, read_orcid

_SCHEME = r"(?i)(?:https?|mailto):"
_ANY_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*:(?=//|[a-z])"
_LINKEDIN_PLACE = r"(?i)(?:in|pub|company|school)/"
_YOUTUBE_PLACE = r"(?:channel|c|user)/|@"
_YOUTUBE_CHANNEL = r"UC[\w-]{22}\Z"
_FEDIVERSE = r"@?([\w.-]+)@((?:[\w-]+\.)+[\w-]{2,}(?::\d+)?)\Z"
_FEDIVERSE_HOST = r"todon|mstdn|\.social\Z|^(?:mas\.to|hachyderm\.io|toot\.\w+|det\.social)\Z"
_FEDIVERSE_PATH = r"/@[\w.-]+(?:@[\w.-]+)?/?\Z"
_WIKIPEDIA = r"(?s)(?:([a-z]{2,3}(?:-[a-z]+)*):)?(.+)\Z"
# Endings of keys like github_username, scholar_userid, orcid_id, dblp_url
_KEY_ENDING = r"(?:username|userid|handle|profile|id|url)\Z"


class Service(msgspec.Struct, frozen=True):
    """A service: ``url`` takes the handle at ``{}``; ``handle`` is what one looks like, its group 1 is kept.

    ``hosts`` are the service's domains, by which a plain address is recognised. ``address`` makes the address where a
    template cannot: it gets the handle and returns the address, or raises Wrong.
    """

    label: str
    url: str = ""
    handle: str = r"@?([\w.-]+)"
    example: str = "ada-lovelace"
    hosts: tuple[str, ...] = ()
    address: Callable[[str], str] | None = None


def _orcid(handle: str) -> str:
    return f"https://orcid.org/{read_orcid(handle)}"


def _linkedin(handle: str) -> str:
    path = handle.strip("/")
    if not re.match(r"[\w%./-]+\Z", path):
        raise _wrong(handle, "LinkedIn", "ada-lovelace")
    return f"https://www.linkedin.com/{path if re.match(_LINKEDIN_PLACE, path) else f'in/{path}'}"


def _mastodon(handle: str) -> str:
    match = re.match(_FEDIVERSE, handle)
    if not match:
        raise Wrong(f"is {handle[:60]!r}, without a server", "write @ada@mathstodon.xyz, or the whole address")
    return f"https://{match[2]}/@{match[1]}"


def _bluesky(handle: str) -> str:
    name = handle.removeprefix("@")
    if not re.match(r"did:[\w:.-]+\Z|(?:[\w-]+\.)+[\w-]+\Z", name):
        raise Wrong(f"is {handle[:60]!r}, not a Bluesky handle", "write all of it: ada.bsky.social")
    return f"https://bsky.app/profile/{name}"


def _youtube(handle: str) -> str:
    if not re.match(r"(?:(?:channel|c|user)/|@)?[\w.-]+\Z", handle):
        raise _wrong(handle, "YouTube", "@ada")
    if re.match(_YOUTUBE_CHANNEL, handle):
        return f"https://www.youtube.com/channel/{handle}"
    return f"https://www.youtube.com/{handle if re.match(_YOUTUBE_PLACE, handle) else f'@{handle}'}"


def _ads(handle: str) -> str:
    try:
        query = f"orcid:{read_orcid(handle)}"
    except Wrong:
        if "," not in handle or '"' in handle:
            raise _wrong(handle, "ADS", 'an ORCID iD, or the name as "Lovelace, A"') from None
        query = f'author:"{handle}"'
    return f"https://ui.adsabs.harvard.edu/search/q={quote(query, safe='')}"


def _wikipedia(handle: str) -> str:
    match = re.match(_WIKIPEDIA, handle)
    language, title = (match[1] or "en", match[2].strip()) if match else ("en", handle)
    return f"https://{language}.wikipedia.org/wiki/{quote(title.replace(' ', '_'), safe='(),:_-.')}"


def _email(handle: str) -> str:
    return f"mailto:{quote(read_email(handle), safe='@!$&+=_.~-')}"


def _page(handle: str) -> str:
    raise Wrong(f"is {handle[:60]!r}, not a web address", "write all of it: https://example.org/ada")


def _file(path: str) -> str:
    """The path of a file of the site, where no address is given."""
    return path


SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "homepage": Service("Homepage", address=_page),
        "email": Service("Email", address=_email),
        "cv": Service("CV", address=_file),
        "blog": Service("Blog", address=_page),
        "orcid": Service("ORCID", example="0000-0002-1825-0097", hosts=("orcid.org",), address=_orcid),
        "google_scholar": Service(
            "Google Scholar",
            "https://scholar.google.com/citations?user={}",
            r"(?:user=)?([\w-]+)(?:&.*)?",
            "qc6CJjYAAAAJ",
            ("scholar.google.com",),
        ),
        "semantic_scholar": Service(
            "Semantic Scholar",
            "https://www.semanticscholar.org/author/{}",
            r"(?:author/)?((?:[\w.%-]+/)?\d+)",
            "1741101",
            ("semanticscholar.org",),
        ),
        "openreview": Service(
            "OpenReview",
            "https://openreview.net/profile?id=~{}",
            r"~?([^\s~/?#&@]+\d)",
            "~Ada_Lovelace1",
            ("openreview.net",),
        ),
        "dblp": Service(
            "DBLP",
            "https://dblp.org/pid/{}",
            r"(?:pid/)?([\w-]+(?:/[\w-]+)+)",
            "65/9612, the part after /pid/",
            ("dblp.org", "dblp.uni-trier.de", "dblp.dagstuhl.de"),
        ),
        "arxiv": Service(
            "arXiv",
            "https://arxiv.org/a/{}",
            r"(?:a/)?([A-Za-z'-]+(?:_[A-Za-z'-]+)*_\d+|\d{4}-\d{4}-\d{4}-\d{3}[\dX])",
            "lovelace_a_1, the author identifier of arxiv.org",
            ("arxiv.org",),
        ),
        "openalex": Service(
            "OpenAlex",
            "https://openalex.org/{}",
            r"(?:authors/)?([Aa]\d+)",
            "A5023888391",
            ("openalex.org",),
        ),
        "scopus": Service(
            "Scopus",
            "https://www.scopus.com/authid/detail.uri?authorId={}",
            r"(\d+)",
            "7004212771",
            ("scopus.com",),
        ),
        "web_of_science": Service(
            "Web of Science",
            "https://www.webofscience.com/wos/author/record/{}",
            r"([A-Za-z]{1,4}-\d{4}-\d{4}|\d+)",
            "A-1234-2010",
            ("webofscience.com", "publons.com", "researcherid.com"),
        ),
        "researchgate": Service(
            "ResearchGate",
            "https://www.researchgate.net/profile/{}",
            r"(?:profile/)?([\w.-]+)",
            "Ada-Lovelace",
            ("researchgate.net",),
        ),
        "inspire": Service(
            "INSPIRE",
            "https://inspirehep.net/authors/{}",
            r"(?:authors/)?(\d+)",
            "1010907",
            ("inspirehep.net",),
        ),
        "ads": Service("ADS", hosts=("adsabs.harvard.edu",), address=_ads),
        "hal": Service(
            "HAL",
            "https://cv.hal.science/{}",
            r"([\w-]+)",
            hosts=("hal.science", "archives-ouvertes.fr"),
        ),
        "ssrn": Service("SSRN", "https://ssrn.com/author={}", r"(?:author=)?(\d+)", "17654", ("ssrn.com",)),
        "zbmath": Service(
            "zbMATH",
            "https://zbmath.org/authors/{}",
            r"(?:authors/|ai:)?([\w.-]+)",
            "lovelace.ada",
            ("zbmath.org",),
        ),
        "math_genealogy": Service(
            "Mathematics Genealogy",
            "https://www.mathgenealogy.org/id.php?id={}",
            r"(\d+)",
            "18231",
            ("mathgenealogy.org",),
        ),
        "acm": Service(
            "ACM",
            "https://dl.acm.org/profile/{}",
            r"(?:profile/)?(\d+)",
            "81100123456",
            ("dl.acm.org",),
        ),
        "ieee": Service(
            "IEEE Xplore",
            "https://ieeexplore.ieee.org/author/{}",
            r"(?:author/)?(\d+)",
            "37085384756",
            ("ieeexplore.ieee.org",),
        ),
        "acl": Service(
            "ACL Anthology",
            "https://aclanthology.org/people/{}/",
            r"(?:people/)?([\w/-]+?)/?",
            hosts=("aclanthology.org",),
        ),
        "lattes": Service("Lattes", "http://lattes.cnpq.br/{}", r"(\d+)", "5275084956341921", ("lattes.cnpq.br",)),
        "osf": Service("OSF", "https://osf.io/{}/", r"(\w+)/?", "ezcuj", ("osf.io",)),
        "zotero": Service("Zotero", "https://www.zotero.org/{}", r"([\w.-]+)", hosts=("zotero.org",)),
        "wikidata": Service(
            "Wikidata",
            "https://www.wikidata.org/wiki/{}",
            r"([Qq]\d+)",
            "Q7259",
            ("wikidata.org",),
        ),
        "wikipedia": Service("Wikipedia", hosts=("wikipedia.org",), address=_wikipedia),
        "github": Service("GitHub", "https://github.com/{}", r"@?([\w-]+)", hosts=("github.com",)),
        "gitlab": Service("GitLab", "https://gitlab.com/{}", r"@?([\w.-]+(?:/[\w.-]+)*)", hosts=("gitlab.com",)),
        "codeberg": Service("Codeberg", "https://codeberg.org/{}", hosts=("codeberg.org",)),
        "bitbucket": Service("Bitbucket", "https://bitbucket.org/{}", hosts=("bitbucket.org",)),
        "huggingface": Service("Hugging Face", "https://huggingface.co/{}", hosts=("huggingface.co", "hf.co")),
        "kaggle": Service("Kaggle", "https://www.kaggle.com/{}", hosts=("kaggle.com",)),
        "stackoverflow": Service(
            "Stack Overflow",
            "https://stackoverflow.com/users/{}",
            r"(?:users/)?(\d+(?:/[\w-]+)?)",
            "22656",
            ("stackoverflow.com",),
        ),
        "mathoverflow": Service(
            "MathOverflow",
            "https://mathoverflow.net/users/{}",
            r"(?:users/)?(\d+(?:/[\w-]+)?)",
            "766",
            ("mathoverflow.net",),
        ),
        "linkedin": Service("LinkedIn", hosts=("linkedin.com",), address=_linkedin),
        "mastodon": Service("Mastodon", address=_mastodon),
        "bluesky": Service("Bluesky", hosts=("bsky.app",), address=_bluesky),
        "x": Service("X", "https://x.com/{}", r"@?(\w+)", "@ada", ("x.com", "twitter.com")),
        "threads": Service(
            "Threads", "https://www.threads.net/@{}", example="@ada", hosts=("threads.net", "threads.com")
        ),
        "youtube": Service("YouTube", hosts=("youtube.com", "youtu.be"), address=_youtube),
        "medium": Service("Medium", "https://medium.com/@{}", example="@ada", hosts=("medium.com",)),
        "facebook": Service("Facebook", "https://www.facebook.com/{}", hosts=("facebook.com",)),
        "instagram": Service("Instagram", "https://www.instagram.com/{}", hosts=("instagram.com",)),
        "telegram": Service("Telegram", "https://t.me/{}", r"@?(\w+)", "@ada", ("t.me",)),
        "reddit": Service(
            "Reddit", "https://www.reddit.com/user/{}", r"(?:/?u(?:ser)?/)?([\w-]+)", hosts=("reddit.com",)
        ),
    }
)

# Without blanks, hyphens, underscores and endings like _username, see service_of.
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "scholar": "google_scholar",
        "gscholar": "google_scholar",
        "s2": "semantic_scholar",
        "inspirehep": "inspire",
        "nasaads": "ads",
        "adsabs": "ads",
        "publons": "web_of_science",
        "wos": "web_of_science",
        "researcherid": "web_of_science",
        "twitter": "x",
        "bsky": "bluesky",
        "hf": "huggingface",
        "fediverse": "mastodon",
        "mathgenealogy": "math_genealogy",
        "zbl": "zbmath",
        "aclanthology": "acl",
        "website": "homepage",
        "web": "homepage",
        "home": "homepage",
        "url": "homepage",
        "work": "homepage",
        "blogger": "blog",
        "mail": "email",
        "envelope": "email",
        "cvpdf": "cv",
        "resume": "cv",
    }
)


def service_of(key: str) -> str:
    """The name in ``SERVICES`` of a key like ``github``, ``google-scholar`` or ``scholar_userid``; or an empty text."""
    compact = re.sub(r"[\s_-]+", "", key.lower())
    for name in (compact, re.sub(_KEY_ENDING, "", compact)):
        found = _compact_names().get(name) or ALIASES.get(name, "")
        if found:
            return found
    return ""


def expand(service: str, handle: str) -> Link:
    """The link to somebody's page at a service; a whole address instead of a handle is kept.

    Raises scalars.Wrong when there is no such service or its handles look otherwise.
    """
    name = service_of(service)
    if not name:
        hint = suggestion(service.lower(), SERVICES, "write the links as a list of label and url instead")
        raise Wrong("is not a known service", hint)
    known = SERVICES[name]
    text = read_line(handle)
    if not text:
        raise Wrong("is empty")
    url = read_file_or_url(_given_address(name, known, text) or _made_address(known, text))
    return Link(label=known.label, url=url, service=name)


def recognise(url: str) -> tuple[str, str] | None:
    """The service that an address leads to and its label, or None.

    >>> recognise("https://github.com/ada")
    ('github', 'GitHub')
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme.lower() == "mailto":
        return "email", SERVICES["email"].label
    if host.startswith("scholar.google."):
        return "google_scholar", SERVICES["google_scholar"].label
    for name, service in SERVICES.items():
        if any(host == known or host.endswith(f".{known}") for known in service.hosts):
            if name == "orcid" and not is_taken(url, read_orcid):
                return None
            return name, service.label
    if re.search(_FEDIVERSE_HOST, host) and re.match(_FEDIVERSE_PATH, parts.path):
        return "mastodon", SERVICES["mastodon"].label
    return None


def of_label(label: str) -> str:
    """The service that a link says to lead to, of those that any host may have, like a blog; or an empty text."""
    name = service_of(label)
    return name if name and SERVICES[name].address in (_page, _file) else ""


def _given_address(name: str, service: Service, text: str) -> str:
    """The address, if a whole one was given, with or without its scheme; else an empty text."""
    if name == "orcid":
        # The check digit is looked at, and the address brought into its one form.
        return ""
    if re.match(_SCHEME, text):
        return text
    if text.startswith("//"):
        return f"https:{text}"
    if re.match(_ANY_SCHEME, text) and "://" in text:
        return text
    host = text.partition("/")[0].lower().removeprefix("www.")
    on_host = any(host == known or host.endswith(f".{known}") for known in service.hosts)
    is_page = service.address in (_page, _file) or (name == "mastodon" and "/@" in text)
    if (on_host or is_page) and re.match(WITHOUT_SCHEME, text):
        return f"https://{text}"
    return ""


def _made_address(service: Service, text: str) -> str:
    if service.address:
        return service.address(text)
    match = re.fullmatch(service.handle, text)
    if not match:
        raise _wrong(text, service.label, service.example)
    return service.url.format(match[1])


def _wrong(handle: str, label: str, example: str) -> Wrong:
    return Wrong(f"is {handle[:60]!r}, not a handle of {label}", f"write {example}, or the whole address")


def _compact_names() -> dict[str, str]:
    return {name.replace("_", ""): name for name in SERVICES}
