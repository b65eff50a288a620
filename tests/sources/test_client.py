"""The client asks politely and again, keeps what it was told, and every failure is one message with a hint."""

import email.utils
import time
from pathlib import Path
from typing import Any

import pytest
from online import Answer, Asked, Server, serving
from waiting import wait_for

from generator.errors import ImportFailed
from generator.sources import client as client_module
from generator.sources.client import Client
from generator.sources.identifiers import SERVICES, NotThere, Service

BY_KIND = {service.kind: service for service in SERVICES}
OPENALEX = BY_KIND["openalex"]
ARXIV = BY_KIND["arxiv"]


class Waits:
    """Stands for time.sleep, and remembers."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def made(server: Server, folder: Path, **more: Any) -> tuple[Client, Waits, list[str]]:
    waits = Waits()
    told: list[str] = []
    environment = {**server.environment, **more.pop("environment", {})}
    return Client(folder, told=told.append, sleep=waits, environment=environment, **more), waits, told


def failure(client: Client, service: Service = OPENALEX) -> ImportFailed:
    with pytest.raises(ImportFailed) as caught:
        client.to(service)("works", {})
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value


def test_an_answer_is_asked_for_once_and_then_kept(tmp_path: Path) -> None:
    with serving(lambda asked: {"path": asked.path}) as server:
        client, _, _ = made(server, tmp_path / "http")
        assert client.to(OPENALEX)("works", {"page": "1"}) == {"path": "/openalex/works"}
        again, _, _ = made(server, tmp_path / "http")
        assert again.to(OPENALEX)("works", {"page": "1"}) == {"path": "/openalex/works"}
        assert again.to(OPENALEX)("works", {"page": "2"}) == {"path": "/openalex/works"}
        assert [asked.parameters for asked in server.asked] == [{"page": "1"}, {"page": "2"}]


def test_an_old_answer_is_asked_for_again(tmp_path: Path) -> None:
    with serving(lambda asked: {}) as server:
        made(server, tmp_path)[0].to(OPENALEX)("works", {})
        made(server, tmp_path, max_age=0.0)[0].to(OPENALEX)("works", {})
        assert len(server.asked) == 2


@pytest.mark.parametrize(("kind", "place"), [("openalex", "parameters"), ("semantic_scholar", "headers")])
def test_a_key_goes_to_the_service_and_nowhere_else(tmp_path: Path, kind: str, place: str) -> None:
    service = BY_KIND[kind]
    answers = iter([Answer(status=500), Answer(status=403), {}])
    with serving(lambda asked: next(answers)) as server:
        client, _, told = made(server, tmp_path, environment={service.key_variable: "s3cret"})
        with pytest.raises(ImportFailed) as caught:
            client.to(service)("works", {})
        client.to(service)("works", {})
        assert all("s3cret" in getattr(asked, place).values() for asked in server.asked)
    written = [path.name.encode() + path.read_bytes() for path in tmp_path.iterdir()]
    assert written
    assert not any(b"s3cret" in text for text in written)
    assert "s3cret" not in " ".join([*told, caught.value.message, caught.value.hint])
    assert service.key_variable in caught.value.hint


def test_the_client_says_who_asks(tmp_path: Path) -> None:
    with serving(lambda asked: {}) as server:
        made(server, tmp_path, environment={"PAPERFOLIO_CONTACT": "ada@example.org"})[0].to(BY_KIND["crossref"])(
            "works", {}
        )
        assert server.asked[0].headers["user-agent"].startswith("Paperfolio/")
        assert "mailto:ada@example.org" in server.asked[0].headers["user-agent"]
        assert server.asked[0].parameters == {"mailto": "ada@example.org"}


def test_a_busy_service_is_asked_again_when_it_says_so(tmp_path: Path) -> None:
    answers = iter([Answer(status=429, headers={"Retry-After": "17"}), Answer(status=503), {"good": True}])
    with serving(lambda asked: next(answers)) as server:
        client, waits, told = made(server, tmp_path)
        assert client.to(OPENALEX)("works", {}) == {"good": True}
        assert 17.0 in waits.seconds
        assert told[0] == "OpenAlex wants to be asked less often; trying again in 17 seconds"
        assert "HTTP 503" in told[1]


def test_the_time_to_wait_may_be_a_date(tmp_path: Path) -> None:
    when = email.utils.formatdate(time.time() + 40, usegmt=True)
    answers = iter([Answer(status=429, headers={"Retry-After": when}), {}])
    with serving(lambda asked: next(answers)) as server:
        client, waits, _ = made(server, tmp_path)
        client.to(OPENALEX)("works", {})
        assert max(waits.seconds) > 20


def test_nobody_waits_for_hours(tmp_path: Path) -> None:
    with serving(lambda asked: Answer(status=429, headers={"Retry-After": "7200"})) as server:
        client, waits, _ = made(server, tmp_path)
        error = failure(client)
        assert "2 hours" in error.message
        assert OPENALEX.key_variable in error.hint
        assert waits.seconds == []
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(status=500), "OpenAlex has a fault of its own (HTTP 500)"),
        (Answer(status=524), "OpenAlex has a fault of its own (HTTP 524)"),
        (Answer(status=429), "OpenAlex wants to be asked less often"),
        (Answer(b'{"results": [1, 2, 3]}', cut=True), "OpenAlex broke off its answer"),
        (Answer(b"{}", wait=1.0), "OpenAlex does not answer within 0.1 seconds"),
    ],
)
def test_what_may_pass_is_tried_a_few_times_and_then_told(tmp_path: Path, answer: Answer, message: str) -> None:
    with serving(lambda asked: answer) as server:
        # a busy machine may need longer for the other answers
        client, waits, told = made(server, tmp_path, timeout=0.1 if answer.wait else 30)
        assert failure(client).message == message
        # the client may give up before the server has read what it asks
        wait_for(lambda: len(server.asked) >= client_module.ATTEMPTS)
        assert len(server.asked) == client_module.ATTEMPTS
        assert len(told) == client_module.ATTEMPTS - 1
        assert sum(waits.seconds) < 60
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(b""), "OpenAlex answers with nothing"),
        (Answer(b"<!DOCTYPE html><html><body>Please log in</body></html>"), "OpenAlex answers with a web page"),
        (Answer(b"<html>Please log in</html>"), "OpenAlex answers with a web page"),
        (Answer(b'{"results": ['), "OpenAlex answers with something that cannot be read"),
        (Answer(b"[" * 200_000), "OpenAlex answers with something that cannot be read"),
        (Answer(status=404), "OpenAlex knows nothing of that name"),
        (Answer(status=401), "OpenAlex refuses to answer (HTTP 401)"),
        (Answer(status=302, headers={"Location": "http://[::1"}), "OpenAlex cannot be asked: InvalidURL"),
        (Answer(status=400), "OpenAlex does not understand the request (HTTP 400)"),
    ],
)
def test_what_will_not_pass_is_told_at_once_and_not_kept(tmp_path: Path, answer: Answer, message: str) -> None:
    with serving(lambda asked: answer) as server:
        assert failure(made(server, tmp_path)[0]).message == message
        assert len(server.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_xml_that_defines_entities_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>'
    with serving(lambda asked: bomb) as server:
        assert "cannot be read" in failure(made(server, tmp_path)[0], ARXIV).message


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            '<html xmlns="http://www.w3.org/1999/xhtml"><body>Please log in</body></html>',
            "arXiv answers with a web page",
        ),
        ('<?xml version="1.0" encoding="FOO"?><feed/>', "arXiv answers with something that cannot be read"),
    ],
)
def test_xml_that_is_no_answer_is_told_and_not_kept(tmp_path: Path, said: str, message: str) -> None:
    with serving(lambda asked: said) as server:
        assert failure(made(server, tmp_path)[0], ARXIV).message == message
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_tells_of_an_error_is_not_kept(tmp_path: Path) -> None:
    with serving(lambda asked: {"error": "internal"}) as server:
        client = made(server, tmp_path)[0]
        assert client.to(OPENALEX)("works", {}) == client.to(OPENALEX)("works", {})
        assert len(server.asked) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_is_not_there_is_told(tmp_path: Path) -> None:
    with serving(lambda asked: {}) as server:
        pass
    assert failure(made(server, tmp_path)[0]).message == "OpenAlex cannot be reached"


def test_an_endless_answer_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LARGEST", 1 << 20)
    with serving(lambda asked: Answer(b" " * (3 << 20))) as server:
        assert "more than 1 MB" in failure(made(server, tmp_path)[0]).message


def test_arxiv_is_asked_every_three_seconds_at_most(tmp_path: Path) -> None:
    with serving(lambda asked: "<feed/>") as server:
        client, waits, _ = made(server, tmp_path)
        for number in range(3):
            client.to(ARXIV)("api/query", {"start": str(number)})
        assert len(waits.seconds) == 2
        assert all(2.0 < wait <= 3.0 for wait in waits.seconds)


def test_a_moved_record_is_followed_within_the_service_only(tmp_path: Path) -> None:
    def answers(asked: Asked) -> Answer | dict[str, bool]:
        if asked.path == "/openalex/works":
            return Answer(status=301, headers={"Location": "/openalex/new"})
        if asked.path == "/openalex/away":
            return Answer(status=302, headers={"Location": "https://example.org/works"})
        if asked.path == "/openalex/circle":
            return Answer(status=302, headers={"Location": "/openalex/circle"})
        return {"new": True}

    with serving(answers) as server:
        client, _, _ = made(server, tmp_path)
        assert client.to(OPENALEX)("works", {}) == {"new": True}
        with pytest.raises(ImportFailed, match=r"example\.org"):
            client.to(OPENALEX)("away", {})
        with pytest.raises(ImportFailed, match="circles"):
            client.to(OPENALEX)("circle", {})


def test_a_run_that_was_stopped_goes_on_where_it_stopped(tmp_path: Path) -> None:
    def answers(asked: Asked) -> Answer | dict[str, Any]:
        if asked.parameters["cursor"] == "2" and len(server.asked) == 2:
            return Answer(status=400)
        return {"cursor": asked.parameters["cursor"]}

    with serving(answers) as server:
        for _ in range(2):
            client, _, _ = made(server, tmp_path)
            try:
                for cursor in ("1", "2", "3"):
                    client.to(OPENALEX)("works", {"cursor": cursor})
            except ImportFailed:
                continue
        assert [asked.parameters["cursor"] for asked in server.asked] == ["1", "2", "2", "3"]


def test_what_a_service_does_not_know_is_told_apart(tmp_path: Path) -> None:
    with serving(lambda asked: None) as server, pytest.raises(NotThere):
        made(server, tmp_path)[0].to(OPENALEX)("works", {})
