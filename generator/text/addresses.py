"""Where links lead: which addresses a text may link to, and addresses that stand bare in a text."""

import re
from urllib.parse import quote

from generator import hosts
from generator.text import escaped

FRAGMENT = "text-"
"""What the ids of a text start with, so that they cannot meet those of the page around it."""
SITE = "site:"
"""What an address in the site starts with, until the page that prints it makes it relative."""

_AFTER_H = r"""[tT][tT][pP][sS]?://(?:[^\s<>"{}\\^`|$\u3000-\u303f\uff00-\uffef“”‘’]|\\[_%#&~])+"""
BARE = f"h{_AFTER_H}|H{_AFTER_H}"
"""An address that stands in a text, as far as it may reach; see ``bare_end``. It begins with a letter and not with a
choice of letters: then Python's matcher skips all others at once."""
_SCHEME = r"([A-Za-z][A-Za-z0-9+.-]*):"
_MOST_KEPT = 100
"""Characters of an address that leads nowhere: pictures may stand in one."""
_LINKED = ("http", "https", "mailto")
_UNSEEN = r"[\x00-\x1f\x7f]"
_KEPT = "%/:=&?~#+!$,;'@()*[]-._"


def resolve(target: str, base: str) -> str:
    """The address a link may have, or an empty text when it may have none.

    Web and mail addresses stay; ``//host/x`` becomes one of https; ``#part`` gets the prefix of the ids of texts;
    whatever has no scheme is an address in the site, as seen from ``base``, and starts with ``site:/``.
    """
    target = re.sub(_UNSEEN, "", target).strip()
    scheme = re.match(_SCHEME, target)
    if scheme:
        return hosts.in_ascii(target, errors="replace") if scheme[1].lower() in _LINKED else ""
    target = target.replace("\\", "/")
    if not target:
        return ""
    if target[:4].lower() == "www.":
        target = f"//{target}"
    if target.startswith("//"):
        return hosts.in_ascii(f"https:{target}", errors="replace")
    if target.startswith("#"):
        fragment = target[1:].removeprefix(FRAGMENT)
        return quote(f"#{FRAGMENT}{fragment}", safe=_KEPT, errors="replace") if fragment else ""
    tail_at = min((at for at in (target.find("?"), target.find("#")) if at >= 0), default=len(target))
    path, tail = target[:tail_at], target[tail_at:]
    if not path:
        path = base
    elif not path.startswith("/"):
        path = base[: base.rfind("/") + 1] + path
    # A colon in the path would look like a scheme once the address is made relative.
    path = quote(_normal(path), safe=_KEPT.replace(":", ""), errors="replace")
    return SITE + path + quote(tail, safe=_KEPT, errors="replace")


def refused(target: str) -> str:
    """The beginning of an address that has a scheme which no link may have, so that it is shown nowhere; else ""."""
    target = re.sub(_UNSEEN, "", target).strip()
    scheme = re.match(_SCHEME, target)
    return target[:_MOST_KEPT] if scheme and scheme[1].lower() not in _LINKED else ""


def web_address(address: str) -> str:
    """The address of a link that shows its address: without a scheme, it names a host (``github.com/x``)."""
    if re.match(_SCHEME, address) or address.startswith(("/", "#", ".", "\\")):
        return resolve(address, "/")
    host = address.partition("/")[0]
    return resolve(f"https://{address}", "/") if "." in host and "@" not in host and " " not in host else ""


def bare_end(address: str) -> int:
    """How much of a bare address in running text is the address (0: nothing): the punctuation after it is not."""
    end = len(address)
    unopened = {")": address.count(")") - address.count("("), "]": address.count("]") - address.count("[")}
    while end:
        last = address[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in ".,;:!?'*":
            break
        end -= 1
    return 0 if address[:end].endswith("/") and address.count("/", 0, end) == 2 else end


def link(text: str) -> str:
    """The text as HTML, its bare web addresses as links."""
    parts = []
    done = 0
    for match in re.finditer(BARE, text):
        end = match.start() + bare_end(match[0])
        if end > match.start():
            parts.append(escaped(text[done : match.start()]))
            parts.append(anchor(text[match.start() : end]))
            done = end
    parts.append(escaped(text[done:]))
    return "".join(parts)


def anchor(address: str) -> str:
    """A link that shows its own address."""
    return f'<a href="{escaped(resolve(address, "/"))}">{escaped(address)}</a>'


def _normal(path: str) -> str:
    """An absolute path without ``.``, ``..`` and double slashes (RFC 3986, 5.2.4); it never leaves the site."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(part)
    slash = "/" if kept and parts[-1] in ("", ".", "..") else ""
    return f"/{'/'.join(kept)}{slash}"
