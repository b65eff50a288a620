"""What one scalar of YAML may mean: each kind reads the text that was typed and refuses what it cannot be.

A field of a record says its kind in its annotation (``doi: Annotated[str, DOI]``), so a value is never guessed
from its look: ``title: Yes``, ``arxiv: 2401.10`` and ``category: NO`` stay the text that was typed.
"""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

import msgspec

from generator import hosts
from generator.dates import Date

LONGEST_ID = 100
_INVISIBLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
_OVERRIDES = "[\u202a-\u202e]"
_UNSEEN = "[\xad\u200b-\u200f\u2060\ufeff]"
"""Signs that show nothing: in texts they may mean something, in an identifier they are left from copying."""
NOTHING = " \t\r\n\f\v\x85\xa0\u2028\u2029\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
"""Blanks and signs that show nothing: a text of these alone is empty."""
_SPACES = r"[ \t\r\n\f\v\x85\u2028\u2029]+"
_ID = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?\Z", re.ASCII)
_INDEX = re.compile(r"/index\.html?\Z", re.IGNORECASE)
_ANOTHER_URL = r"\S\s+(?:and\s+)?https?://"
_STILL = ("present", "now", "current", "ongoing")
_TO_COME = ("accepted", "forthcoming", "in preparation", "in press", "submitted", "to appear", "under review")
_REPOSITORY = re.compile(
    r"https?://(?:www\.)?(?P<host>github|gitlab)\.com/(?P<owner>[\w-]+)(?:/(?P<name>[\w.-]+?)(?:\.git)?(?:/.*)?)?/?",
    re.IGNORECASE,
)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?\Z", re.IGNORECASE)
# the digits of identifiers are those of ASCII: where others are typed, the address leads nowhere
_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)\Z", re.IGNORECASE)
_YEAR_AND_MONTH = "[0-9]{2}(?:0[1-9]|1[0-2])"
_ARXIV_ID = rf"(?:{_YEAR_AND_MONTH}\.[0-9]{{1,5}}|[a-z-]+(?:\.[A-Z]{{2}})?/{_YEAR_AND_MONTH}[0-9]{{3}})(?:v[0-9]+)?"
_ARXIV = re.compile(
    r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)?"
    rf"({_ARXIV_ID})(?:\.pdf)?\Z",
    re.IGNORECASE,
)
_PMID = (
    r"(?ai)(?:https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|pmid:?\s*)?"
    r"([1-9]\d{0,8})/?\Z"
)
_OPENREVIEW = r"(?a)(https?://(?:www\.)?openreview\.net/(?:forum|pdf)\?id=)?(?P<id>[\w-]{1,60})(?(1)(?:[&#].*)?)\Z"
_ORCID = r"(?i)(?:https?://(?:www\.)?orcid\.org/)?([0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9X])/?\Z"
_LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,7}\Z"
_EMAIL = r"[^\s@<>\"]+@(?:[^\s@<>\".,;?&]+\.)+[^\s@<>\".,;?&]+"
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*:"
WITHOUT_SCHEME = (
    r"(?i)(?://)?(?:[\w-]+\.)+(?!(?:pdf|html?|docx?|md|txt|png|jpe?g|svg|bib)\b)[^\W\d]{2,}(?::\d+)?(?:[/?#]\S*)?\Z"
)
"""A web address that lacks its scheme, and is not the name of a file."""
_SITE_URL = "write it like https://name.github.io/papers/"
_SCHEMES = "use http://, https:// or mailto:"
_NO_HOST = r"[\s\"<>\\^`{|},;!*'()=+$&]|^\.|\.\.|^https?$"
_DRIVE = r"(?i)[A-Za-z]:[\\/]|file:"
_USUAL_URL = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/(?:[A-Za-z0-9/:=&?~#+!$,;'@()*._-]|%[0-9A-Fa-f]{2})*)?\Z"
)
"""A web address that is taken as it is; of any other ``read_url`` asks more."""
_UNPORTABLE = r'[<>:"|?*\\]'
_LONGEST_NAME = 200
"""Bytes of a name of a file; systems take some more, but for what is put beside it."""
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg")
_GROUPED = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)\Z", re.ASCII)
TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Wrong(ValueError):
    """The text cannot be what the field wants: ``what`` completes "<key> ...", ``hint`` says how to mend it."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class Scalar(msgspec.Struct, frozen=True, eq=False):
    """A kind of scalar: ``read`` makes the value of a text (or raises Wrong); ``schema`` is its JSON Schema."""

    name: str
    read: Callable[[str], object]
    schema: dict[str, object]


def composed(text: str) -> str:
    """The text with letters and their accents as one sign (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def readable(text: str) -> str:
    """The text, NFC, or Wrong when it holds what no page and no feed can carry."""
    if text.isprintable():  # neither of both is
        return composed(text)
    found = re.search(_INVISIBLE, text)
    if found:
        raise Wrong(
            f"holds the control character U+{ord(found[0]):04X}", "delete it, it was probably pasted by accident"
        )
    found = re.search(_OVERRIDES, text)
    if found:
        raise Wrong(
            f"holds the invisible direction mark U+{ord(found[0]):04X}",
            "delete it; right-to-left text needs no such mark",
        )
    return composed(text)


def is_taken(text: str, read: Callable[[str], object]) -> bool:
    """Whether a text is what ``read`` makes a value of."""
    try:
        read(text)
    except Wrong:
        return False
    return True


def is_readable(text: str) -> bool:
    """Whether ``readable`` takes the text."""
    return is_taken(text, readable)


def read_line(text: str) -> str:
    """Text of one line: line ends and runs of blanks become one blank."""
    if text.isprintable() and "  " not in text:  # of all blanks, only the usual one is printable
        return composed(text).strip()
    return re.sub(_SPACES, " ", readable(text)).strip()


def read_text(text: str) -> str:
    """Text of any number of lines, line ends as ``\\n``."""
    return readable(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")


def read_integer(text: str) -> int:
    """A whole number; thousands may be set off by commas."""
    if not _GROUPED.match(text.strip()):
        raise Wrong(f"is {_shown(text)}, not a whole number")
    if len(text) > 18:
        raise Wrong(f"is {_shown(text)}, too large a number")
    return int(text.replace(",", ""))


def read_count(text: str) -> int:
    """A whole number, 0 or more."""
    number = read_integer(text)
    if number < 0:
        raise Wrong(f"is {number}, but cannot be less than 0")
    return number


def read_size(text: str) -> int:
    """A whole number, 1 or more."""
    number = read_integer(text)
    if number < 1:
        raise Wrong(f"is {number}, but must be 1 or more")
    return number


def read_year(text: str) -> int:
    """A year of the common era."""
    try:
        date = Date.parse(text)
    except ValueError:
        date = None
    if date is None or date.month:
        raise Wrong(f"is {_shown(text)}, not a year", "write it like 2023")
    return date.year


def read_truth(text: str) -> bool:
    """``true`` or ``false`` (``yes``, ``no``, ``on``, ``off`` too)."""
    try:
        return TRUTH[text.strip().lower()]
    except KeyError:
        raise Wrong(f"is {_shown(text)}, not true or false") from None


def read_date(text: str) -> Date:
    """A day, month or year as ISO 8601 writes it."""
    try:
        return Date.parse(text)
    except ValueError as error:
        hint = "write what is known: 2023-08-07, 2023-08 or 2023"
        if text.strip().lower() in _STILL:
            hint = "leave it out: what has no end goes on"
        elif text.strip().lower() in _TO_COME:
            hint = "leave it out, and write status: in press, accepted or the like"
        raise Wrong(f"{text.strip()[:40]!r} {error}", hint) from None


def _seen(text: str, found: re.Match[str] | None) -> None:
    """Raise Wrong where an invisible sign was found in a text: whoever compares it with another cannot see it."""
    if found:
        what = f"{_shown(text)} holds the invisible sign U+{ord(found[0]):04X}"
        raise Wrong(what, "delete it, it was probably pasted by accident")


def read_day(text: str) -> str:
    """A date that names an entry: as text, in its one form."""
    return read_date(text).iso


def read_url(text: str) -> str:
    """A web or mail address; characters that an address cannot hold are percent-encoded (RFC 3986)."""
    if _USUAL_URL.match(text):
        return text
    url = readable(text).strip()
    # within a path, words of Persian or Khmer have some of them
    _seen(url, re.search(rf"[\xad\u2060\ufeff]|\A{_UNSEEN}|{_UNSEEN}\Z", url))
    if re.search(_SPACES, url) and not url.isprintable():
        raise Wrong(f"{_shown(url)} is broken over several lines")
    if re.search(_ANOTHER_URL, url):
        raise Wrong(f"{_shown(url)} is several addresses", "write one; further ones have a place under links:")
    scheme = re.match(_SCHEME, url)
    if not scheme or url.partition(":")[0].lower() not in ("http", "https", "mailto"):
        if scheme and scheme[0].lower() not in ("localhost:",) and "." not in scheme[0]:
            raise Wrong(f"{_shown(url)} is not an address a page may link to", _SCHEMES)
        hint = f"write https://{url.lstrip('/')}" if re.match(WITHOUT_SCHEME, url) else _SCHEMES
        raise Wrong(f"{_shown(url)} is not a web address", hint[:200])
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise Wrong(f"{_shown(url)} is not a web address", "is a bracket or a port wrong?") from None
    if parts.scheme.lower() == "mailto":
        if "@" not in parts.path:
            raise Wrong(f"{_shown(url)} names no mailbox")
    elif not host or re.search(_NO_HOST, host):
        raise Wrong(f"{_shown(url)} names no host", "an address looks like https://example.org/page")
    return hosts.in_ascii(url)


def read_file_or_url(text: str) -> str:
    """A web address, or the path of a file in ``content/files/``."""
    target = read_line(text)
    if not re.match(_DRIVE, target) and (re.match(_SCHEME, target) or target.startswith("//")):
        return read_url(target)
    path = target.removeprefix("/").removeprefix("content/").removeprefix("files/") if target != "/" else ""
    parts = path.split("/")
    if (
        not path
        or ":" in parts[0]
        or "\\" in path
        or re.match(_DRIVE, path)
        or any(part in ("", ".", "..") for part in parts)
    ):
        raise Wrong(
            f"{_shown(target)} is neither a web address nor a file in content/files/",
            "write the file's path from content/files/, like papers/attention.pdf",
        )
    return path


def read_file(text: str) -> str:
    """The path of a file in ``content/files/``: pages show no pictures of other hosts, visitors would be told on."""
    scheme = re.match(_SCHEME, text.strip())
    if scheme and not re.match(_DRIVE, text.strip()):
        where = "lies on another host" if scheme[0].lower() in ("http:", "https:") else "is no file in content/files/"
        raise Wrong(f"{_shown(text)} {where}", "save the picture in content/files/ and write its path")
    path = read_file_or_url(text)
    if not path.lower().endswith(_PICTURES):
        raise Wrong(f"{_shown(text)} is not a picture", f"pictures end with {', '.join(_PICTURES)}")
    return path


def read_id(text: str) -> str:
    """One part of an address, the same on every file system: letters, digits, ``-``, ``_``, ``.``."""
    name = readable(text)
    if len(name) > LONGEST_ID:
        raise Wrong(f"{_shown(name)} is longer than {LONGEST_ID} characters", "give it a shorter name")
    if not _ID.match(name) or _DEVICE.match(name):
        from slugify import slugify

        suggestion = slugify(name, max_length=60, word_boundary=True)
        if _DEVICE.match(suggestion):
            suggestion = f"{suggestion}-paper"
        raise Wrong(
            f"{_shown(name)} cannot be part of an address",
            "use letters, digits, - and _" + (f", for example {suggestion!r}" if suggestion else ""),
        )
    return name


def is_portable_name(name: str) -> bool:
    """Whether Windows can have a file of this name: it keeps some for itself, and drops dots and blanks at the end."""
    return not _DEVICE.match(name) and not name.endswith((".", " "))


def read_doi(text: str) -> str:
    """A DOI, bare or as its address; the bare form is kept."""
    match = _DOI.match(readable(text).strip())
    _seen(text, re.search(_UNSEEN, text))
    if not match:
        found = re.search(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s?#]+(?=[?#]|\Z)", text.strip())
        hint = f"write {found[0]}"[:200] if found else "a DOI looks like 10.1145/3292500.3330701"
        if len(re.findall(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/", text)) > 1:
            raise Wrong(f"{_shown(text)} is several DOIs", "write one; further ones have a place under versions:")
        raise Wrong(f"{_shown(text)} is not a DOI", hint)
    return match[1]


def read_arxiv(text: str) -> str:
    """An arXiv identifier, old or new, bare or as its address; the bare form is kept."""
    match = _ARXIV.match(readable(text).strip())
    if not match:
        found = re.search(rf"(?<![\w.-]){_ARXIV_ID}(?![\w.])|(?<=arXiv\.){_ARXIV_ID}", text)
        hint = f"write {found[0]}" if found else "it is a year, a month and a number, like 2308.03395 or math/0309136"
        raise Wrong(f"{_shown(text)} is not an arXiv identifier", hint)
    return match[1]


def read_pmid(text: str) -> str:
    """A PubMed number, bare or as its address; the bare form is kept."""
    match = re.match(_PMID, text.strip())
    if not match:
        central = text.strip().upper().startswith("PMC")
        hint = (
            "PMC numbers are PubMed Central's: write the address under links:" if central else "it looks like 29456801"
        )
        raise Wrong(f"{_shown(text)} is not a PubMed number", hint)
    return match[1]


def read_openreview(text: str) -> str:
    """The id of a forum at OpenReview, bare or as its address; the bare form is kept."""
    match = re.match(_OPENREVIEW, text.strip())
    if not match:
        raise Wrong(
            f"{_shown(text)} is not the id of an OpenReview forum", "it is what follows forum?id= in the address"
        )
    return match["id"]


def read_orcid(text: str) -> str:
    """An ORCID iD whose check digit is right (ISO 7064 MOD 11-2); kept as ``0000-0002-1825-0097``."""
    match = re.match(_ORCID, text.strip())
    if not match:
        raise Wrong(f"{_shown(text)} is not an ORCID iD", "it looks like 0000-0002-1825-0097")
    digits = match[1].replace("-", "").upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        raise Wrong(f"{_shown(text)} has a wrong check digit", "compare it with the profile at orcid.org")
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def read_language(text: str) -> str:
    """A language tag of BCP 47, like ``en``, ``de-CH`` or ``zh-Hant``."""
    if not re.match(_LANGUAGE, text.strip()):
        hyphened = text.strip().replace("_", "-")
        hint = f"write {hyphened}" if re.match(_LANGUAGE, hyphened) else "write en, de-CH, zh-Hant or the like"
        raise Wrong(f"{_shown(text)} is not a language tag", hint)
    return text.strip()


def read_email(text: str) -> str:
    """A mail address."""
    address = read_line(text).removeprefix("mailto:")
    _seen(address, re.search(_UNSEEN, address))
    if not re.fullmatch(_EMAIL, address):
        found = re.findall(_EMAIL, address)
        raise Wrong(f"{_shown(text)} is not a mail address", f"write {found[0]} alone"[:200] if found else "")
    return address


def read_site_url(text: str) -> str:
    """The absolute address of the published site, ending in ``/``."""
    try:
        url = read_url(text)
    except Wrong as wrong:
        raise Wrong(wrong.what, _SITE_URL if wrong.hint == _SCHEMES else wrong.hint) from None
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https"):
        raise Wrong(f"{_shown(text)} is not a web address", _SITE_URL)
    if "//" in parts.path or not {".", ".."}.isdisjoint(unquote(parts.path).split("/")):
        raise Wrong(f"{_shown(text)} has a part //, . or .. in its path", "leave it out")
    if parts.query or parts.fragment:
        raise Wrong(f"{_shown(text)} has a ? or # part", "leave it out: the site's address ends with a path")
    if "@" in parts.netloc:
        raise Wrong(
            "holds a user name or a password, which every page would show", "leave out what stands before the @"
        )
    if _INDEX.search(parts.path):
        raise Wrong(f"{_shown(text)} is a page, not the site", f"write {_INDEX.sub('/', url)}")
    if found := _REPOSITORY.fullmatch(url):
        published = f"{found['owner']}.{found['host']}.io"
        path = "" if (found["name"] or published).lower() == published.lower() else f"{found['name']}/"
        raise Wrong(
            f"{_shown(text)} is {'the repository' if found['name'] else 'where repositories are'}, not the site",
            f"write https://{published}/{path}",
        )
    # capitals in a scheme mean nothing (RFC 3986), and whoever compares addresses has it small
    url = f"{parts.scheme.lower()}://{parts.netloc}{parts.path}"
    return url if url.endswith("/") else f"{url}/"


def read_old_address(text: str) -> str:
    """The address at which a page of the site was found before, from the site's root; one of a folder ends in ``/``."""
    address = read_line(text)
    if re.match(_SCHEME, address) or address.startswith("//"):
        path = urlsplit(address).path if "://" in address else ""
        raise Wrong(
            f"{_shown(text)} is no address within the site",
            f"write what follows the site's own: {path or '/old/'}"[:200],
        )
    if found := re.search(r"[?#]", address):
        raise Wrong(f"{_shown(text)} has a {found[0]} part, which names no other page", "leave it out")
    path = unquote(address.removeprefix("./")).strip("/")
    parts = path.split("/")
    if not path:
        raise Wrong(f"{_shown(text)} is the front page", "write the path of a page that there was")
    if any(part in ("", ".", "..") or re.search(_UNPORTABLE, part) or not is_portable_name(part) for part in parts):
        raise Wrong(f"{_shown(text)} cannot be the path of a file on every system", "write a path like /old/page/")
    if any(len(part.encode()) > _LONGEST_NAME for part in parts):
        raise Wrong(f"{_shown(text)} is longer than names of files can be")
    if parts[-1].lower() in ("index.html", "index.htm"):
        return read_old_address("/".join(parts[:-1]))
    _, dot, ending = parts[-1].rpartition(".")
    if dot and not address.endswith("/"):
        if ending.lower() in ("html", "htm"):
            return quote(f"/{path}")
        from mimetypes import types_map

        if f".{ending.lower()}" in types_map:
            raise Wrong(
                f"{_shown(text)} is no page, and nothing else can lead to another address",
                "put a copy of the file into content/files/",
            )
    return quote(f"/{path}/")


def read_destination(text: str) -> str:
    """A page or file of the site, from its root, or a web address."""
    target = read_line(text)
    if re.match(_SCHEME, target) or target.startswith("//"):
        url = read_url(target)
        if url.lower().startswith("mailto:"):
            raise Wrong(f"{_shown(text)} is no page", "write the address of one")
        return url
    path, mark, fragment = target.partition("#")
    return quote(unquote(f"/{path.lstrip('/')}")) + mark + quote(unquote(fragment))


def read_license(text: str) -> str:
    """A license by its name, or by its web address."""
    name = read_line(text)
    return read_url(name) if re.match("(?i)https?:", name) else name


def _shown(text: str) -> str:
    """The text for a message: quoted, escaped, short."""
    text = text.strip()
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


LINE = Scalar("text", read_line, {"type": ["string", "number", "boolean"]})
TEXT = Scalar("text", read_text, {"type": ["string", "number", "boolean"]})
COUNT = Scalar("number", read_count, {"type": ["integer", "string"], "minimum": 0, "pattern": r"^\d+(,\d{3})*$"})
SIZE = Scalar("number", read_size, {"type": "integer", "minimum": 1})
TRUTH_VALUE = Scalar("true or false", read_truth, {"type": "boolean"})
DATE = Scalar("date", read_date, {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$"})
DAY = Scalar("date", read_day, DATE.schema)
YEAR = Scalar("year", read_year, {"type": "integer", "minimum": 1, "maximum": 9999})
URL = Scalar(
    "address",
    read_url,
    {"type": "string", "format": "uri", "pattern": r"^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)"},
)
SITE_URL = Scalar(
    "address", read_site_url, {"type": "string", "format": "uri", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://"}
)
FILE_OR_URL = Scalar("file or address", read_file_or_url, {"type": "string"})
FILE = Scalar("file", read_file, {"type": "string"})
ID = Scalar("id", read_id, {"type": ["string", "integer"], "pattern": r"^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$"})
DOI = Scalar("DOI", read_doi, {"type": "string"})
ARXIV = Scalar("arXiv identifier", read_arxiv, {"type": ["string", "number"]})
PMID = Scalar("PubMed number", read_pmid, {"type": ["string", "integer"]})
OPENREVIEW = Scalar("id", read_openreview, {"type": ["string", "integer"]})
ORCID = Scalar("ORCID iD", read_orcid, {"type": "string"})
LANGUAGE = Scalar("language tag", read_language, {"type": "string"})
OLD_ADDRESS = Scalar("address within the site", read_old_address, {"type": ["string", "integer"]})
DESTINATION = Scalar("address", read_destination, {"type": "string"})
LICENSE = Scalar("text or address", read_license, {"type": ["string", "number", "boolean"]})
EMAIL = Scalar("mail address", read_email, {"type": "string", "format": "email"})
