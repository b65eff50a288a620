"""The preview as a browser meets it: a real server in a process of its own, asked over HTTP and its websocket."""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from preview_server import PATIENCE, Server, author_file, message, serving, write_role
from site_builds import ROOT
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClientConnection
from waiting import wait_for

from generator import scaffold


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose site does not change."""
    folder = tmp_path_factory.mktemp("quiet")
    site = folder / "site"
    scaffold.new(site, "Ada Lovelace")
    (site / "content/files/bare.html").write_text("<p>no head, no body", encoding="utf-8")
    (site / "content/files/folder name").mkdir()
    (site / "content/files/folder name/index.html").write_text("<title>x</title>", encoding="utf-8")
    (folder / "secret.txt").write_text("SECRET", encoding="utf-8")
    with serving(site) as server:
        yield server


@pytest.fixture
def site(tmp_path: Path) -> Path:
    scaffold.new(tmp_path / "site", "Ada Lovelace")
    return tmp_path / "site"


async def reloaded_until(server: Server, browser: WebSocketClientConnection, right: Callable[[str], bool]) -> str:
    """The home page, asked for after each reload until it is right."""
    while True:
        told = await message(browser)
        assert told
        assert (told["command"], told["path"]) == ("reload", "*")  # the page anew, not its style sheets alone
        page = (await asyncio.to_thread(server.get, "/"))[2]
        if right(page):
            return page


def test_a_page_is_served_with_the_script_and_without_the_policy_that_forbids_it(quiet: Server) -> None:
    status, headers, text = quiet.get("/")
    file = (quiet.site / "output/index.html").read_text(encoding="utf-8")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers
    assert "Content-Security-Policy" in file
    assert "Content-Security-Policy" not in text
    assert "livereload" not in file
    sources = [tag["src"] for tag in BeautifulSoup(text, "html.parser").find_all("script", src=True)]
    assert [source for source in sources if "livereload" in source] == [
        f"/livereload.js?host=127.0.0.1&port={quiet.port}&maxdelay=2000"
    ]
    status, headers, script = quiet.get("/livereload.js")
    assert status == 200
    assert "LiveReload" in script


def test_a_page_without_head_and_body_can_be_reloaded_too(quiet: Server) -> None:
    status, _, text = quiet.get("/bare.html")
    assert status == 200
    assert text.startswith("<p>no head, no body")
    assert text.count("/livereload.js") == 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("feed.json", "application/json"),
        ("feed.xml", "application/xml"),
        ("papers/counting/cite.bib", "text/plain; charset=utf-8"),
        ("papers/counting/cite.ris", "text/plain; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_no_page_is_served_as_it_is(quiet: Server, path: str, kind: str) -> None:
    status, headers, text = quiet.get(f"/{path}")
    assert status == 200
    assert headers["content-type"] == kind
    assert headers["cache-control"] == "no-store"
    assert text == (quiet.site / "output" / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("wheel.webp", "image/webp"),
        ("wheel.JPG", "image/jpeg"),
        ("engine.pdf", "application/pdf"),
        ("film.mp4", "video/mp4"),
        ("engine.xyz", "application/octet-stream"),
    ],
)
def test_files_are_of_the_kind_that_their_names_say(quiet: Server, name: str, kind: str) -> None:
    (quiet.site / "output" / name).write_bytes(b"x")
    assert quiet.get(f"/{name}")[1]["content-type"] == kind


def test_a_part_of_a_file_can_be_asked_for(quiet: Server) -> None:
    status, _, text = quiet.get("/papers.bib", Range="bytes=2-4")
    assert status == 206
    assert text == (quiet.site / "output/papers.bib").read_text(encoding="utf-8")[2:5]


def test_a_folder_without_its_slash_leads_to_its_page(quiet: Server) -> None:
    status, headers, _ = quiet.get("/papers/counting")
    assert (status, headers["location"]) == (302, "/papers/counting/")
    assert quiet.get("/search?q=a%26b&x=1")[1]["location"] == "/search/?q=a%26b&x=1"
    status, headers, _ = quiet.get("/folder%20name")
    assert (status, headers["location"]) == (302, "/folder%20name/")
    assert quiet.get("/folder%20name/")[0] == 200


@pytest.mark.parametrize(
    "path", ["/no/such/page/", "/papers/", "/assets/", "/index.html/", "//papers/counting", "/%00"]
)
def test_a_missing_page_is_answered_with_the_site_s_own_page_for_it(quiet: Server, path: str) -> None:
    status, headers, text = quiet.get(path)
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    own = BeautifulSoup((quiet.site / "output/404.html").read_text(encoding="utf-8"), "html.parser")
    assert BeautifulSoup(text, "html.parser").h1 == own.h1


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2fsecret.txt",
        "/..%5c..%5csecret.txt",
        "/papers/../../../secret.txt",
        "/../content/site.yaml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
    ],
)
def test_nothing_outside_of_the_output_is_served(quiet: Server, path: str) -> None:
    status, _, text = quiet.get(path)
    assert status in (400, 403, 404)
    assert "SECRET" not in text
    assert "root:" not in text


def test_a_link_that_leads_out_of_the_output_is_not_followed(quiet: Server) -> None:
    for name, target in {"leak.txt": "secret.txt", "leak": ""}.items():
        (quiet.site / "output" / name).symlink_to(quiet.site.parent / target)
    assert quiet.get("/leak.txt")[0] == 404
    assert quiet.get("/leak/secret.txt")[0] == 404


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "169.254.169.254", "localhost.evil", ":80", "", "127.0.0.1:x", "[::1"],
)
def test_a_request_by_a_foreign_name_is_refused(quiet: Server, host: str) -> None:
    for path in ("/", "/feed.json", "/livereload.js", "/livereload"):
        status, _, text = quiet.get(path, Host=host)
        assert status in (400, 403), path
        assert "Ada" not in text


@pytest.mark.parametrize("host", ["localhost", "localhost:9999", "127.0.0.1", "[::1]:80"])
def test_every_name_of_this_machine_is_accepted(quiet: Server, host: str) -> None:
    status, _, text = quiet.get("/", Host=host)
    assert status == 200
    name, _, port = host.rpartition(":") if host[-1].isdigit() and ":" in host else (host, "", "80")
    assert f"?host={name}&amp;port={port}&" in text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example", "https://localhost"]
)
def test_a_foreign_page_cannot_listen(quiet: Server, origin: str) -> None:
    async def listen() -> None:
        async with quiet.browser(Origin=origin):
            pass

    with pytest.raises(HTTPClientError) as caught:
        asyncio.run(listen())
    assert caught.value.code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "FOO"])
def test_pages_can_only_be_read(quiet: Server, method: str) -> None:
    assert quiet.get("/", method=method)[0] == 405
    assert quiet.get("/", method="HEAD")[::2] == (200, "")
    assert quiet.get("/forcereload")[0] == 404


def test_a_page_that_was_made_for_another_build_is_reloaded_when_it_connects(quiet: Server) -> None:
    found = re.search(r'identifier="build";static version="(\w+)"', quiet.get("/")[2])
    assert found

    async def answers(version: str) -> list[str]:
        async with quiet.browser(Origin=f"http://127.0.0.1:{quiet.port}") as browser:
            await browser.write_message(json.dumps({"command": "info", "plugins": {"build": {"version": version}}}))
        return quiet.unread

    assert asyncio.run(answers("of another time")) == ["reload"]
    assert asyncio.run(answers(found[1])) == []


def test_nonsense_from_a_browser_does_no_harm(quiet: Server) -> None:
    async def talk() -> None:
        for text in ("{", "[" * 10_000, "null", '{"plugins": []}', "\x00", "x" * 100_000):
            async with quiet.browser() as browser:
                await browser.write_message(text)

    asyncio.run(talk())
    assert quiet.get("/")[0] == 200


def test_slow_clients_keep_nobody_waiting(quiet: Server) -> None:
    """Neither those that never end their request nor those that never read what they asked for many times."""
    asking = b"GET /papers.json HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    with contextlib.ExitStack() as clients:
        for number in range(200):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", quiet.port)))
            client.sendall(asking + b"X: " if number % 2 else (asking + b"\r\n") * 50)
        assert quiet.get("/")[0] == 200
    assert quiet.get("/")[0] == 200


def test_a_build_keeps_no_request_waiting(site: Path) -> None:
    """While a build lasts the old site is served, and the browser hears when there is a new one."""
    with serving(site) as server:

        async def edit() -> tuple[str, str]:
            async with server.browser() as browser:
                (site / "hold").touch()
                write_role(site, "After the build")
                await asyncio.to_thread(server.said, "Held")
                meanwhile = (await asyncio.to_thread(server.get, "/"))[2]
                (site / "hold").unlink()
                return meanwhile, await reloaded_until(server, browser, lambda page: "After the build" in page)

        meanwhile, after = asyncio.run(edit())
    assert "Ada Lovelace" in meanwhile
    assert "After the build" not in meanwhile
    assert "After the build" in after


def test_two_hundred_browsers_hear_of_a_change(site: Path) -> None:
    with serving(site) as server:

        async def hear(browsers: contextlib.AsyncExitStack) -> set[str]:
            entered = [await browsers.enter_async_context(server.browser()) for _ in range(200)]
            write_role(site, "Heard by all")
            told = await asyncio.gather(*(message(browser) for browser in entered))
            return {answer["command"] for answer in told if answer}

        async def edit() -> set[str]:
            async with contextlib.AsyncExitStack() as browsers:
                return await hear(browsers)

        assert asyncio.run(edit()) == {"reload"}
        assert "Heard by all" in server.get("/")[2]


def test_every_kind_of_change_is_told_and_shown(site: Path) -> None:
    """Written in place, saved by renaming, new, renamed, deleted, site.yaml, files, and folders that come and go."""
    with serving(site) as server:
        content = site / "content"

        def replaced() -> None:
            (content / "new.tmp").write_text("name: Ada Lovelace\nrole: Renamed\n", encoding="utf-8")
            os.replace(content / "new.tmp", author_file(site))

        def new_theme_file() -> None:
            scaffold.copy_theme_file(site, "folio", "layout.html")
            layout = site / "themes/folio/templates/layout.html"
            text = layout.read_text(encoding="utf-8")
            layout.write_text(
                text.replace("<html", "<html data-own", 1) + "{% block footer %}OWN{% endblock %}", "utf-8"
            )

        def replaced_folder() -> None:
            shutil.copytree(content, site / "copy")
            shutil.rmtree(content)
            shutil.copytree(site / "copy", content)  # where numbers of inodes are used again, it has the old one
            write_role(site, "Copied")

        new, other = content / "papers/more.yaml", content / "papers/other.yaml"
        steps: list[tuple[Callable[[], object], Callable[[str], bool]]] = [
            (lambda: write_role(site, "Written"), lambda page: "Written" in page),
            (replaced, lambda page: "Renamed" in page),
            (lambda: new.write_text("title: A new one", "utf-8"), lambda page: "A new one" in page),
            (
                lambda: new.rename(other) and other.write_text("title: It moved", "utf-8"),
                lambda page: "It moved" in page,
            ),
            (other.unlink, lambda page: "It moved" not in page),
            (lambda: (content / "site.yaml").write_text("title: T9", "utf-8"), lambda page: "T9" in page),
            (lambda: (content / "files/x.txt").write_text("x", "utf-8"), lambda page: server.get("/x.txt")[0] == 200),
            ((content / "files/x.txt").unlink, lambda page: server.get("/x.txt")[0] == 404),
            (new_theme_file, lambda page: "OWN" in page),
            (lambda: shutil.rmtree(site / "themes"), lambda page: "OWN" not in page),
            (replaced_folder, lambda page: "Copied" in page),
            (lambda: write_role(site, "Last"), lambda page: "Last" in page),
        ]

        async def edit() -> None:
            async with server.browser() as browser:
                for change, right in steps:
                    change()
                    await reloaded_until(server, browser, right)

        asyncio.run(edit())


def test_of_style_sheets_alone_the_browser_hears_as_such(site: Path) -> None:
    """However an editor saves them; a sheet that is gone is answered with the one in its place."""
    scaffold.copy_theme_file(site, "folio", "folio.css")
    sheet = site / "themes/folio/assets/folio.css"
    text = sheet.read_text(encoding="utf-8")

    def renamed() -> None:
        (sheet.parent / "4913").write_text("", encoding="utf-8")
        (sheet.parent / "4913").unlink()
        (sheet.parent / "folio.css~").write_text(f"{text}/*! 2 */", encoding="utf-8")
        os.replace(sheet.parent / "folio.css~", sheet)

    def both() -> None:
        sheet.write_text(f"{text}/*! 3 */", encoding="utf-8")
        write_role(site, "Both")

    with serving(site) as server:
        old = re.search(r'href="(assets/folio\.[0-9a-f]+\.css)"', server.get("/")[2])
        assert old

        async def edit() -> list[str]:
            async with server.browser() as browser:
                told = []
                for change in (lambda: sheet.write_text(f"{text}/*! 1 */", "utf-8"), renamed, both):
                    change()
                    answer = await message(browser)
                    assert answer
                    told.append(answer["path"])
                return told

        assert asyncio.run(edit()) == ["styles.css", "styles.css", "*"]
        assert f"/{old[1]}" not in server.get("/")[2]
        status, headers, style = server.get(f"/{old[1]}")
        assert (status, headers["content-type"]) == (200, "text/css; charset=utf-8")
        assert style.endswith("/*! 3 */")
        assert server.get("/assets/other.00000000.css")[0] == 404
        assert server.get("/assets/folio.00000000.svg")[0] == 404


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_not_utf8_does_not_end_the_preview(site: Path) -> None:
    with serving(site) as server:
        odd = os.fsencode(site / "content/papers") + b"/b\xff.yaml"
        with open(odd, "w") as file:
            file.write("- {title: Odd}")
        assert server.said("content/papers/b") == "content/papers/b\\xff.yaml: has a name that is not UTF-8"
        os.unlink(odd)
        (site / "content/site.yaml").write_text("url: https://ada.github.io/next/\n", encoding="utf-8")
        assert "/next/" in server.said("Serving")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems watch without an open file")
def test_where_the_system_watches_no_more_the_preview_ends_with_a_hint(site: Path) -> None:
    """It does not build again and again. Other programs that watch may have used up what the system allows."""
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from generator.build import Options, build; from generator.errors import ServeError\n"
        "from generator.serve import serve\n"
        "site = Path(sys.argv[1])\n"
        "def say(text):\n"
        "    (site / 'themes').mkdir()  # another folder to watch\n"
        "    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))\n"
        "def built():\n"
        "    print('Built', flush=True); return build(site, Options())\n"
        "try: serve(site, '127.0.0.1', 0, False, built, print, say)\n"
        "except ServeError as error: print(error.message, error.hint)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(site)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = [line for line, _ in zip(process.stdout, range(5), strict=False)]
        process.kill()
    assert re.match(r"cannot watch the folder .*: .*Too many open files.* WATCHFILES_FORCE_POLLING=1", told[-1])


def test_of_many_quick_edits_the_last_is_shown_and_told(site: Path) -> None:
    with serving(site) as server:

        async def edit() -> None:
            async with server.browser() as one, server.browser() as another:
                for number in range(10):
                    write_role(site, f"Edit {number} of 10")
                    await asyncio.sleep(0.07)
                for browser in (one, another):
                    page = await reloaded_until(server, browser, lambda page: "Edit 9 of 10" in page)
                    assert "Edit 8" not in page

        asyncio.run(edit())


def test_wrong_content_is_explained_over_the_last_good_site_until_it_is_mended(site: Path) -> None:
    right = author_file(site).read_text(encoding="utf-8")
    with serving(site) as server:

        async def edit() -> tuple[str, str]:
            async with server.browser() as browser:
                author_file(site).write_text("name: Ada Lovelace\nroll: x\n<img src=x>: y\n", encoding="utf-8")
                wrong = await reloaded_until(server, browser, lambda page: "paperfolio-problems" in page)
                assert "paperfolio-problems" in (await asyncio.to_thread(server.get, "/nothing"))[2]
                author_file(site).write_text(right, encoding="utf-8")
                return wrong, await reloaded_until(server, browser, lambda page: "paperfolio-problems" not in page)

        wrong, mended = asyncio.run(edit())
        page = BeautifulSoup(wrong, "html.parser")
        template = page.select_one("#paperfolio-problems > template")
        assert template
        assert page.h1
        assert page.h1.get_text(strip=True) == "Ada Lovelace"
        box = BeautifulSoup(template.decode_contents(), "html.parser")
        words = box.get_text(" ")
        assert "content/authors/ada-lovelace.yaml:2:1 : unknown key 'roll'" in words
        assert "hint: did you mean 'role'?" in words
        assert "<img src=x>" in words
        assert not box.find("img")
        assert "Ada Lovelace" in mended
        server.said("content/authors/ada-lovelace.yaml:2:1: unknown key 'roll'")
        assert "paperfolio-problems" not in (site / "output/index.html").read_text(encoding="utf-8")


def test_a_style_sheet_that_is_mended_takes_away_what_was_said_of_it(site: Path) -> None:
    """Fetched anew alone it would leave the explanation in the page."""
    with serving(site) as server:
        found = re.search(r'href="(assets/folio\.[0-9a-f]+\.css)"', server.get("/")[2])
        assert found
        sheet = site / "content/files" / found[1]

        async def edit() -> None:
            async with server.browser() as browser:
                sheet.parent.mkdir()
                sheet.write_text("p{}", encoding="utf-8")
                wrong = await reloaded_until(server, browser, lambda page: "paperfolio-problems" in page)
                assert sheet.name in wrong
                sheet.unlink()
                await reloaded_until(server, browser, lambda page: "paperfolio-problems" not in page)

        asyncio.run(edit())


def test_content_that_was_never_right_is_explained_too(site: Path) -> None:
    author_file(site).write_text("name: [", encoding="utf-8")
    with serving(site) as server:
        status, headers, text = server.get("/")
        assert status == 500
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert "content/authors/ada-lovelace.yaml:" in text

        async def mend() -> None:
            async with server.browser() as browser:
                write_role(site, "Mended")
                await reloaded_until(server, browser, lambda page: "Mended" in page)

        asyncio.run(mend())
        assert server.get("/")[0] == 200


def test_a_fault_of_the_program_is_told_and_survived(site: Path) -> None:
    with serving(site) as server:

        async def edit() -> tuple[str, str]:
            async with server.browser() as browser:
                (site / "fault").touch()
                write_role(site, "Before")
                wrong = await reloaded_until(server, browser, lambda page: "paperfolio-problems" in page)
                (site / "fault").unlink()
                write_role(site, "After")
                return wrong, await reloaded_until(server, browser, lambda page: "paperfolio-problems" not in page)

        wrong, mended = asyncio.run(edit())
        assert "the build failed by a fault of Paperfolio; the terminal shows where" in wrong
        assert "After" in mended
        server.said("Traceback")
        server.said("ZeroDivisionError: a fault of ours")


def test_of_a_change_that_changes_no_page_no_browser_hears(site: Path) -> None:
    with serving(site) as server:
        before = server.get("/")[2]
        with open(author_file(site), "a", encoding="utf-8") as file:
            file.write("# nobody sees this\n")
        server.said("Built")
        assert server.get("/")[2] == before  # with the number of the build that it was made for


def test_a_site_with_a_path_is_served_below_it(site: Path) -> None:
    (site / "content/site.yaml").write_text("url: https://ada.github.io/my%20papers/\n", encoding="utf-8")
    with serving(site) as server:
        assert server.path == "/my%20papers/"
        for path in ("/", "/my%20papers"):
            status, headers, _ = server.get(path)
            assert (status, headers["location"]) == (302, "/my%20papers/")
        assert server.get("/my%20papers/")[0] == 200
        assert server.get("/my%20papers/papers/counting")[1]["location"] == "/my%20papers/papers/counting/"
        status, _, text = server.get("/papers/counting/")
        assert status == 404
        assert "/livereload.js" in text
        (site / "content/site.yaml").write_text("url: https://lab.github.io/elsewhere/\n", encoding="utf-8")
        assert server.said("Serving") == f"Serving http://127.0.0.1:{server.port}/elsewhere/ (Ctrl-C stops)"


def test_a_taken_port_is_said_and_the_next_one_used(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(site, port) as server:
            assert server.port > port
            assert server.lines[0] == f"port {port} is in use, taking {server.port}"


def test_the_command_opens_the_browser_at_the_path_of_the_site_and_shows_drafts(site: Path, tmp_path: Path) -> None:
    (site / "content/site.yaml").write_text("url: https://ada.github.io/papers/\n", encoding="utf-8")
    (site / "content/papers/more.yaml").write_text("{title: Not yet, draft: true}\n", encoding="utf-8")
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened.new && mv {tmp_path}/opened.new {tmp_path}/opened\n')
    browser.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", "--site", str(site), "--port", "0", "--open", "--drafts"],
        env={**os.environ, "BROWSER": str(browser), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr
        line = next(line for line in process.stderr if line.startswith("Serving"))
        address = line.split()[1]
        assert address.endswith("/papers/")
        wait_for((tmp_path / "opened").exists)
        assert (tmp_path / "opened").read_text() == f"{address}\n"
        with urlopen(f"{address}papers/not-yet/", timeout=PATIENCE) as answer:
            assert "Not yet" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_no_browser_is_opened_unasked(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ntouch {tmp_path}/opened\n")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    with serving(site) as server:
        assert server.get("/")[0] == 200
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("host", ["192.0.2.1", "a..b"])
def test_an_address_of_another_machine_or_of_none_is_refused_with_a_hint(site: Path, host: str) -> None:
    server = Server(site, host=host)
    assert "--host" in server.said(f"ServeError: cannot listen on {host}")
    assert server.process.wait(PATIENCE) == 1
    server.stop()


def test_a_build_without_end_can_be_stopped(site: Path) -> None:
    template = site / "themes/folio/templates/404.html"
    template.parent.mkdir(parents=True)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    template.write_text(f"{{{{ page.title }}}}{loop}", encoding="utf-8")
    server = Server(site)
    try:
        wait_for(lambda: any(site.glob(".paperfolio/output-*/*")))
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(PATIENCE) == 0
    finally:
        server.stop()
    assert not (site / "output").exists()


def test_the_end_is_quiet(site: Path) -> None:
    server = Server(site).start()

    async def listen() -> None:
        async with server.browser():
            assert await asyncio.to_thread(server.stop) == 0

    asyncio.run(listen())
    assert server.lines == ["Built", f"Serving http://127.0.0.1:{server.port}/ (Ctrl-C stops)"]
