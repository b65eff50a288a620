"""The address of every record. An address starts with ``/`` at the root of the site; a page's ends with ``/``."""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from generator import hosts
from generator.categories import address_part

# Marks an address of the site inside rendered markup until the page's own depth is known. A control character: no
# content can hold it (see scalars.readable).
MARK = "\x1a"
_KEPT = "/:;()+,=@!$*._~-"
_CREATIVE_COMMONS = r"(?i)CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)(?: International)?"
_CREATIVE_COMMONS_ADDRESS = r"https?://creativecommons\.org/licenses/(by[a-z-]*)/(\d\.\d)(?![^/])"
_NO_RIGHTS_ADDRESS = r"https?://creativecommons\.org/publicdomain/zero/1\.0(?![^/])"
_MARKED = f"{MARK}(/[^\"'#?<>\\s]*)"


def paper(paper_id: str) -> str:
    return f"/papers/{paper_id}/"


def author(author_id: str, single: bool) -> str:
    return "/" if single else f"/authors/{author_id}/"


def category(code: str) -> str:
    return f"/categories/{address_part(code)}/"


def year(number: int) -> str:
    return f"/years/{number:04d}/"


def tag(name: str) -> str:
    return f"/tags/{address_part(name)}/"


def venue(name: str) -> str:
    return f"/venues/{address_part(name)}/"


def file(path: str) -> str:
    """The address of a file of ``content/files/``."""
    return f"/{quote(path)}"


def names_file(target: str) -> bool:
    """Whether a target names a file of ``content/files/``, not an address that has a scheme."""
    return bool(target) and ":" not in target.partition("/")[0]


def page(path: str) -> str:
    """The address of a free page, by its path in ``content/pages/``."""
    return f"/{path}/" if path else "/"


def doi(identifier: str) -> str:
    """The web address of a DOI, or ""."""
    return f"https://doi.org/{quote(identifier, safe=_KEPT)}" if identifier else ""


def arxiv(identifier: str) -> str:
    """The web address of an arXiv identifier, or ""."""
    return f"https://arxiv.org/abs/{quote(identifier, safe=_KEPT)}" if identifier else ""


def pubmed(identifier: str) -> str:
    """The web address of a PubMed number, or ""."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{quote(identifier, safe='')}/" if identifier else ""


def openreview(identifier: str) -> str:
    """The web address of an OpenReview forum, or ""."""
    return f"https://openreview.net/forum?id={quote(identifier, safe='')}" if identifier else ""


def license(name: str) -> str:
    """The web address of a license that is named by its address or is one of Creative Commons', else ""."""
    if name.startswith(("http://", "https://")):
        return name
    if name.upper() in ("CC0", "CC0 1.0", "CC0-1.0"):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = re.fullmatch(_CREATIVE_COMMONS, name) if name else None
    return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/" if found else ""


def license_name(name: str) -> str:
    """What to call a license that may be named by its address: CC BY 4.0, or the host of the address."""
    if not name:
        return ""
    found = re.match(_CREATIVE_COMMONS_ADDRESS, name)
    if found:
        return f"CC {found[1].upper()} {found[2]}"
    if re.match(_NO_RIGHTS_ADDRESS, name):
        return "CC0 1.0"
    return hosts.shown(name) if name == license(name) else name


def beside(paper_id: str, path: str) -> str:
    """The address of a file of ``content/files/`` beside the page of a paper."""
    return f"{paper(paper_id)}{quote(path.rpartition('/')[2])}"


def numbered(address: str, number: int) -> str:
    """The address of a further page of a list; the first page is the list's own address."""
    return address if number == 1 else f"{address}page/{number}/"


def output_path(address: str) -> str:
    """Where the file of an address lies in the output folder, with ``/``."""
    path = address.lstrip("/")
    if "%" in path:
        path = unquote(path)
    return f"{path}index.html" if not path or path.endswith("/") else path


def root(address: str) -> str:
    """What leads from a page back to the root of the site: ``./``, ``../``, ``../../``."""
    return "../" * (address.count("/") - 1) or "./"


def resolve(markup: str, root_path: str, local: bool) -> str:
    """Replace marked addresses by links that start with ``root_path``.

    With ``local`` a link to a page names its ``index.html``, as reading from disk needs it.
    """
    if not local:
        if root_path == "./":
            # beside the front page: "papers/x/", only the way to itself needs the dot
            return markup.replace(f'{MARK}/"', './"').replace(f"{MARK}/", "")
        # the slash after the mark stays: a single sign is found many times faster than two
        return markup.replace(MARK, root_path.removesuffix("/"))
    return re.sub(_MARKED, lambda found: root_path + _with_index(found[1][1:]), markup)


def written(pieces: Iterable[str], root_path: str, local: bool) -> bytes:
    """The markup in ``pieces`` as UTF-8, its addresses as ``resolve`` makes them.

    Most pieces are ASCII, which costs nothing to encode; all in one they seldom are.
    """
    if local:
        return resolve("".join(pieces), root_path, local).encode()
    data = b"".join([piece.encode() for piece in pieces])
    if root_path == "./":
        mark = f"{MARK}/".encode()
        return data.replace(mark + b'"', b'./"').replace(mark, b"")
    return data.replace(MARK.encode(), root_path.removesuffix("/").encode())


def _with_index(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path
