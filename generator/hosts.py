"""Names of hosts in web addresses: as DNS has them, and as people read them."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

_HOST = r"(?i)(https?://(?:[^/?#]*@)?)([^/?#:@\[\]]+)"
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_DOT = "[.\u3002\uff0e\uff61]"
_THIS_MACHINE = re.compile(r"(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])(:\d+)?\Z", re.IGNORECASE)


def in_ascii(url: str, **quoting: str) -> str:
    """The address in ASCII: letters of its host as DNS knows them (RFC 3492), others percent-encoded, and so is a
    percent sign that encodes nothing.
    """
    if not url.isascii():
        url = re.sub(_HOST, lambda found: found[1] + ".".join(map(_dns_label, re.split(_DOT, found[2]))), url, count=1)
    return quote(_BARE_PERCENT.sub("%25", url), safe="%/:=&?~#+!$,;'@()*[]-._", **quoting)


def _dns_label(label: str) -> str:
    label = unicodedata.normalize("NFKC", label.lower())
    # not Python's codec idna, which makes ss of ß: that is another host today
    return label if label.isascii() else f"xn--{label.encode('punycode').decode()}"


def on_this_machine(url: str) -> bool:
    """Whether a web address leads to the machine of whoever follows it, not to one that others can reach."""
    return bool(_THIS_MACHINE.match(urlsplit(url).netloc))


def shown(url: str) -> str:
    """The host of a web address as people read it, without www."""
    labels = urlsplit(url).netloc.removeprefix("www.").split(".")
    return ".".join(_read_label(label) for label in labels)


def _read_label(label: str) -> str:
    prefix, code = label[:4].lower(), label[4:]
    try:
        return code.encode().decode("punycode") if prefix == "xn--" else label
    except UnicodeError:
        return label
