"""Whether addresses elsewhere answer: asked politely, many hosts at once, one request at a time of each host."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from socket import gaierror
from ssl import SSLError
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from generator import __version__, hosts, state
from generator.check.finding import Fault
from generator.errors import PaperfolioError

AGENT = f"Mozilla/5.0 (compatible; Paperfolio/{__version__}; link check)"
HOSTS_AT_ONCE = 16
DELAY = 1.0
"""Seconds between two requests to a host."""
PATIENCE = 15.0
"""Seconds to wait for a host to say something."""
KEPT = 7 * 24 * 3600
"""Seconds for which an answer is good enough not to ask again."""
_ANSWERED = f"{state.FOLDER}/links.json"
_GONE = (404, 410)
_BUSY = (429, 503)


class _Redirects(HTTPRedirectHandler):
    """A HEAD stays one when it is sent on; urllib would make a GET of it."""

    def redirect_request(
        self, request: Request, answer: IO[bytes], code: int, message: str, headers: HTTPMessage, target: str
    ) -> Request | None:
        found = super().redirect_request(request, answer, code, message, headers, target)
        if found is not None:
            found.method = request.get_method()
        return found


def ask(
    addresses: Iterable[str],
    folder: Path,
    started: Callable[[int], None] = lambda total: None,
    done: Callable[[int], None] = lambda count: None,
    delay: float = DELAY,
    patience: float = PATIENCE,
) -> dict[str, Fault]:
    """Ask for every address; gives what is wrong with those that do not answer well.

    What answered stands for a week in ``.paperfolio/links.json`` of the site's ``folder``. ``started`` hears how many
    addresses are to be asked for, ``done`` how many more were. Raises PaperfolioError when no host can be reached.
    """
    answered = _load(folder)
    now = time.time()
    waiting = [target for target in addresses if not 0 <= now - answered.get(target, 0) < KEPT]
    started(len(waiting))
    hosts: dict[str, list[str]] = {}
    for target in waiting:
        hosts.setdefault(urlsplit(target).netloc.lower(), []).append(target)
    stop = threading.Event()
    faults: dict[str, Fault] = {}

    def of_host(targets: list[str]) -> None:
        for target, fault in _of_host(targets, delay, patience, stop):
            if stop.is_set():
                return
            if fault:
                faults[target] = fault
            else:
                answered[target] = int(time.time())
            done(1)

    pool = ThreadPoolExecutor(HOSTS_AT_ONCE)
    try:
        list(pool.map(of_host, hosts.values()))
    finally:
        stop.set()
        # who is interrupted does not wait for hosts that say nothing
        pool.shutdown(wait=False, cancel_futures=True)
        _save(folder, answered.copy())
    if len(hosts) > 1 and len(faults) == len(waiting) and all("cannot be found" in f.what for f in faults.values()):
        raise PaperfolioError("none of the hosts that the site links to can be found", hint="is there a network?")
    return faults


def _of_host(
    targets: list[str], delay: float, patience: float, stop: threading.Event
) -> Iterator[tuple[str, Fault | None]]:
    """The addresses of one host, one after the other. When it says that it has enough, the rest is let be."""
    busy: Fault | None = None
    for number, target in enumerate(targets):
        if stop.is_set() or (number and not busy and stop.wait(delay)):
            return
        fault, code = (busy, 0) if busy else _of_address(target, patience)
        yield target, fault
        if code in _BUSY and not busy:
            host = urlsplit(target).netloc
            busy = _doubtful(f"was not asked for, since {host} answered {code}", "check again later")


def _of_address(target: str, patience: float) -> tuple[Fault | None, int]:
    """What is wrong with an address, and the status it answered with (0: none). HEAD first; some know only GET."""
    opener = build_opener(_Redirects)
    fault: Fault | None = None
    code = 0
    for method in ("HEAD", "GET"):
        try:
            request = Request(_ascii(target), method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})  # noqa: S310
            with opener.open(request, timeout=patience):
                return None, 200
        except HTTPError as error:
            error.close()
            code = error.code
            fault = _gone(f"answers {code} ({error.reason})") if code in _GONE else _doubtful(f"answers {code}")
            if code in _BUSY:
                break
        except (OSError, HTTPException, ValueError) as error:
            code = 0
            fault = _of_failure(error)
            if fault.error:
                break
    return fault, code


def _of_failure(error: Exception) -> Fault:
    reason = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    if isinstance(reason, gaierror):
        return _gone("cannot be found: there is no such host")
    if isinstance(reason, TimeoutError):
        return _doubtful("does not answer in time")
    if isinstance(reason, ConnectionRefusedError):
        return _gone("cannot be reached: the host refuses")
    if isinstance(reason, SSLError):
        return _doubtful(f"cannot be reached safely: {getattr(reason, 'verify_message', '') or reason.reason}")
    return _doubtful(f"cannot be read: {reason}")


def _gone(what: str) -> Fault:
    return Fault(rule="external", what=what, hint="mend or delete the link")


def _doubtful(what: str, hint: str = "open it in a browser: some hosts refuse programs") -> Fault:
    return Fault(rule="external", what=what, hint=hint, error=False)


def _ascii(target: str) -> str:
    """The address as it is sent: other letters percent-encoded, those of the host as DNS has them."""
    parts = urlsplit(target)
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return hosts.in_ascii(parts._replace(netloc=unquote(parts.netloc), path=path, query=query, fragment="").geturl())


def _load(folder: Path) -> dict[str, int]:
    """When each address answered, in seconds since 1970."""
    try:
        found = json.loads((folder / _ANSWERED).read_bytes())
        return {str(target): int(moment) for target, moment in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _save(folder: Path, answered: dict[str, int]) -> None:
    store = folder / _ANSWERED
    new = store.with_suffix(".new")
    with suppress(OSError):  # it only saves time
        state.make(str(folder))
        new.write_text(json.dumps(answered, indent=0), encoding="utf-8")
        os.replace(new, store)
