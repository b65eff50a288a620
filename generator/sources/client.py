"""The only way to the network: asks the services politely, again where that helps, and keeps what they answered.

An answer is kept in a file under a digest of what was asked, without keys, and only when it was complete and could be
read. So an import that was stopped goes on where it stopped, and an answer that is none is never taken for one later.
"""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree import ElementTree

import requests
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from generator import __version__
from generator.errors import ImportFailed
from generator.sources.identifiers import Get, NotThere, Service

ATTEMPTS = 5
LONGEST_WAIT = 120.0
"""Seconds that a service may ask to wait; when it asks for more, the person is told."""
LARGEST = 100 * 1024 * 1024
"""Bytes of an answer."""
DAY = 24 * 60 * 60.0
_AGAIN = (408, 425, 429)
"""What the service will answer later, as it will whatever it has a fault of its own with: 500 and more."""
_REDIRECTS = 5
_CONTACT = "PAPERFOLIO_CONTACT"


class Client:
    """Asks services for one run.

    ``folder`` keeps the answers and ``max_age`` tells for how many seconds they count; ``told`` gets a line where
    somebody should know why nothing seems to happen, and ``asked`` a word before each request. ``timeout`` is the
    longest silence, in seconds. Addresses and keys are read from ``environment``, see ``Service``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_age: float = DAY,
        told: Callable[[str], None] = lambda text: None,
        asked: Callable[[str], None] = lambda text: None,
        sleep: Callable[[float], None] = time.sleep,
        timeout: float = 30.0,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.folder = folder
        self.max_age = max_age
        self.told = told
        self.asked = asked
        self.sleep = sleep
        self.timeout = timeout
        self.environment = environment
        self._last: dict[str, float] = {}
        self._counts: dict[str, int] = {}
        contact = environment.get(_CONTACT, "")
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"Paperfolio/{__version__}" + (f" (mailto:{contact})" if contact else "")
        self._forget_old()

    def to(self, service: Service) -> Get:
        """The function that asks a service."""
        return lambda path, parameters: self._answer(service, path, parameters)

    def _answer(self, service: Service, path: str, parameters: Mapping[str, str]) -> Any:
        base = (self.environment.get(service.url_variable) or service.base).rstrip("/")
        query = urlencode(parameters)
        url = f"{base}/{path.lstrip('/')}" + (f"?{query}" if query else "")
        kept = self.folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.{service.answer}"
        data = self._kept(kept)
        if data is not None:
            return _decoded(data, service)
        data = self._asked_for(service, url)
        answer = _decoded(data, service)
        if not _is_excuse(answer):
            self._keep(kept, data)
        return answer

    def _asked_for(self, service: Service, url: str) -> bytes:
        """The body of a good answer; asks again where the service is only busy or the way to it broken."""
        reason = ""
        for attempt in range(ATTEMPTS):
            self._pace(service)
            wait = float(2**attempt)
            try:
                status, headers, data = self._request(service, url)
            except requests.Timeout:
                reason = f"does not answer within {self.timeout:g} seconds"
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
                reason = "broke off its answer" if _is_cut(error) else "cannot be reached"
            except requests.RequestException as error:
                raise ImportFailed(
                    f"{service.label} cannot be asked: {type(error).__name__}", hint=_hint(service)
                ) from None
            else:
                if status == 200:
                    return data
                if status < 500 and status not in _AGAIN:
                    raise _refused(service, status)
                reason = "wants to be asked less often" if status == 429 else f"has a fault of its own (HTTP {status})"
                wait = max(wait, _seconds(headers.get("Retry-After")))
                if wait > LONGEST_WAIT:
                    raise ImportFailed(
                        f"{service.label} asks to wait for {_time(wait)}",
                        hint="run the same again then; what was answered so far is kept"
                        + _key_hint(service, self.environment),
                    )
            if attempt + 1 < ATTEMPTS:
                self.told(f"{service.label} {reason}; trying again in {_time(wait)}")
                self.sleep(wait)
        raise ImportFailed(f"{service.label} {reason}", hint=_hint(service) + _key_hint(service, self.environment))

    def _request(self, service: Service, url: str) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Accept": service.accept}
        key = self.environment.get(service.key_variable, "").strip()
        extra: dict[str, str] = {}
        if key and service.key:
            place, _, name = service.key.partition(" ")
            (headers if place == "header" else extra)[name] = key
        if service.kind == "crossref" and self.environment.get(_CONTACT):
            extra["mailto"] = self.environment[_CONTACT]
        self._counts[service.kind] = self._counts.get(service.kind, 0) + 1
        self.asked(f"{service.label}: request {self._counts[service.kind]}")
        for _ in range(_REDIRECTS):
            try:
                asked = self._session.get(
                    url, params=extra, headers=headers, timeout=self.timeout, stream=True, allow_redirects=False
                )
            except requests.RequestException:
                raise
            except ValueError:  # a redirect to an address that is none
                raise requests.exceptions.InvalidURL from None
            with asked as answer:
                if not answer.is_redirect:
                    return answer.status_code, answer.headers, _body(answer, service)
                target = urljoin(url, answer.headers["Location"])
            if urlsplit(target)[:2] != urlsplit(url)[:2]:
                # a key is for the service alone
                raise ImportFailed(
                    f"{service.label} sends its visitors to {urlsplit(target).netloc}",
                    hint=f"if it has moved there, say so: {service.url_variable}=https://...",
                )
            url = target
            extra = {}
        raise ImportFailed(f"{service.label} sends its visitors round in circles", hint=_hint(service))

    def _pace(self, service: Service) -> None:
        """Wait until the service may be asked again."""
        if service.kind in self._last:
            left = self._last[service.kind] + service.interval - time.monotonic()
            if left > 0:
                self.sleep(left)
        self._last[service.kind] = time.monotonic()

    def _kept(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes() if time.time() - path.stat().st_mtime < self.max_age else None
        except OSError:
            return None

    def _keep(self, path: Path, data: bytes) -> None:
        """Keep an answer, in one step; where nothing can be written, the import goes on without."""
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                temporary.write_bytes(data)
                os.replace(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)

    def _forget_old(self) -> None:
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if time.time() - path.stat().st_mtime > DAY:
                    path.unlink()


def _decoded(data: bytes, service: Service) -> Any:
    try:
        if service.answer == "json":
            return json.loads(data)
        if b"<!DOCTYPE" in data[:1000] or b"<!doctype" in data[:1000]:
            # a web page; and what could define entities that grow without end
            raise ValueError
        root = ElementTree.fromstring(data)  # noqa: S314
        if root.tag.rpartition("}")[2].lower() == "html":
            raise ValueError
        return root
    except (ValueError, LookupError, RecursionError, ElementTree.ParseError):
        start = data[:200].lstrip().lower()
        what = (
            "nothing" if not data.strip() else "a web page" if start.startswith((b"<!doctype html", b"<html")) else ""
        )
        raise ImportFailed(
            f"{service.label} answers with {what}"
            if what
            else f"{service.label} answers with something that cannot be read",
            hint=f"perhaps something stands between, like a page for logging in to a network; {_hint(service)}",
        ) from None


def _is_excuse(answer: Any) -> bool:
    """Whether an answer in JSON says that there was an error, which may pass: it is not kept."""
    return answer is None or (isinstance(answer, dict) and bool(answer.get("error")))


def _body(answer: requests.Response, service: Service) -> bytes:
    parts = []
    size = 0
    for part in answer.iter_content(1 << 16):
        size += len(part)
        if size > LARGEST:
            raise ImportFailed(f"{service.label} answers with more than {LARGEST >> 20} MB", hint=_hint(service))
        parts.append(part)
    return b"".join(parts)


def _refused(service: Service, status: int) -> ImportFailed:
    if status in (404, 410):
        return NotThere(f"{service.label} knows nothing of that name", hint=f"write, for example, {service.example}")
    if status in (401, 403):
        hint = f"the key in {service.key_variable} may be wrong, or one is needed" if service.key else _hint(service)
        return ImportFailed(f"{service.label} refuses to answer (HTTP {status})", hint=hint)
    return ImportFailed(
        f"{service.label} does not understand the request (HTTP {status})",
        hint=f"write, for example, {service.example}",
    )


def _is_cut(error: Exception) -> bool:
    return "IncompleteRead" in str(error) or isinstance(error, requests.exceptions.ChunkedEncodingError)


def _seconds(retry_after: str | None) -> float:
    """The seconds that a header Retry-After asks for, as a number or a date."""
    with contextlib.suppress(InvalidHeader):
        return max(0.0, Retry().parse_retry_after(retry_after or "0"))
    return 0.0


def _time(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} second{'s' * (round(seconds) != 1)}"
    return f"{seconds / 60:.0f} minutes" if seconds < 100 * 60 else f"{seconds / 3600:.0f} hours"


def _hint(service: Service) -> str:
    return f"run the same again later, or name a mirror: {service.url_variable}=https://..."


def _key_hint(service: Service, environment: Mapping[str, str]) -> str:
    if not service.key or environment.get(service.key_variable):
        return ""
    return f"; with a key in {service.key_variable} more requests are allowed"
