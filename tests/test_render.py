"""Outputs to bytes: links fit the depth of their page, and only what has changed is rendered."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator import content, forks, theme, urls
from generator.errors import ThemeError
from generator.output import Export, Output, Page
from generator.plan import Plan, plan
from generator.render import Renderer, render

Site = Callable[[Mapping[str, str | bytes]], Path]
P = "content/papers/p.yaml"
FILES = {
    "content/site.yaml": "url: https://lab.github.io/papers/\n",
    P: "- {title: T, date: 2023-08, category: LG, abstract: 'See \\href{/about/}{us}'}\n- {title: U, date: 2022}\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\n[T](/papers/t/) [file](/a.txt)\n",
    "content/files/a.txt": "plain",
}


@dataclass
class Made:
    """A site ready to be rendered."""

    plan: Plan
    renderer: Renderer

    @property
    def pages(self) -> dict[str, Page]:
        return {output.address: output for output in self.plan.outputs if isinstance(output, Page)}

    def fingerprints(self) -> dict[str, str]:
        return {address: self.renderer.fingerprint(page) for address, page in self.pages.items()}

    def links(self, address: str) -> set[str]:
        soup = BeautifulSoup(self.renderer.page(self.pages[address]), "html.parser")
        found = {str(element[key]) for key in ("href", "src") for element in soup.find_all(attrs={key: True})}
        return {link for link in found if "://" not in link and not link.startswith(("#", "mailto:", "data:"))}


@pytest.fixture
def make(site: Site) -> Callable[..., Made]:
    """Writes a site and makes it ready."""

    def made(files: Mapping[str, str], local: bool = False) -> Made:
        folder = site(files)
        loaded = content.load(folder)
        chosen = theme.load(loaded.site.config.theme, folder)
        planned = plan(loaded, chosen)
        assert not loaded.problems, loaded.problems.sorted()
        return Made(planned, Renderer(chosen, planned.site, planned.words, local))

    return made


Make = Callable[..., Made]


def written(
    made: Made,
    known: Callable[[str], str | None] = lambda path: None,
    executor: Executor | None = None,
    jobs: int = 1,
) -> dict[str, bytes | None]:
    """The bytes of every output by path; None for what is still right."""
    found: dict[str, bytes | None] = {}
    for path, _, data in render(made.plan.outputs, made.renderer, known, executor, jobs):
        found[path] = data if data is None else data.read_bytes() if isinstance(data, Path) else data()
    return found


class TestLinks:
    @pytest.mark.parametrize("local", [False, True])
    def test_links_are_relative_and_lead_to_what_is_written(self, make: Make, local: bool) -> None:
        made = make(FILES, local)
        paths = {output.path for output in made.plan.outputs}
        for address in made.pages:
            if address == "/404.html":
                continue
            folder = urls.output_path(address).removesuffix("index.html")
            for link in made.links(address):
                assert not link.startswith("/"), (address, link)
                target = link.partition("#")[0].partition("?")[0]
                path = urls.output_path("/" + _joined(folder, target))
                assert path in paths, (address, link)
                if local:
                    assert not target.endswith("/"), (address, link)

    def test_links_from_a_deep_page_climb_to_the_root(self, make: Make) -> None:
        assert "../../about/" in make(FILES).links("/papers/t/")
        assert "../../about/index.html" in make(FILES, local=True).links("/papers/t/")

    @pytest.mark.parametrize(
        ("url", "base"),
        [("https://lab.github.io/papers/", "/papers/"), ("https://ada.org/", "/"), ("", "/")],
    )
    def test_the_page_for_what_is_missing_links_from_the_base_path(self, make: Make, url: str, base: str) -> None:
        links = make({**FILES, "content/site.yaml": f"url: {url}\n"}).links("/404.html")
        assert links
        assert all(link.startswith(base) for link in links)
        assert base in links

    def test_read_from_disk_the_page_for_what_is_missing_is_relative_too(self, make: Make) -> None:
        links = make(FILES, local=True).links("/404.html")
        assert links
        assert all(link.startswith("./") for link in links)

    def test_no_mark_is_left_in_any_file(self, make: Make) -> None:
        for path, data in written(make(FILES)).items():
            assert data is not None
            assert path.endswith(".woff2") or urls.MARK.encode() not in data, path

    def test_absolute_addresses_need_the_sites_own(self, make: Make) -> None:
        page = make(FILES)
        soup = BeautifulSoup(page.renderer.page(page.pages["/papers/t/"]), "html.parser")
        canonical = soup.find("link", rel="canonical")
        assert canonical is not None
        assert canonical["href"] == "https://lab.github.io/papers/papers/t/"
        bare = make({**FILES, "content/site.yaml": ""})
        assert b"canonical" not in bare.renderer.page(bare.pages["/papers/t/"])


def _joined(folder: str, link: str) -> str:
    parts = [part for part in folder.split("/") if part]
    for part in link.split("/")[:-1]:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    last = link.rpartition("/")[2]
    return "".join(f"{part}/" for part in parts) + last


class TestFingerprints:
    def test_nothing_changes_when_nothing_changed(self, make: Make) -> None:
        assert make(FILES).fingerprints() == make(FILES).fingerprints()

    def test_every_page_has_its_own(self, make: Make) -> None:
        found = make(FILES).fingerprints()
        assert len(set(found.values())) == len(found)

    def test_a_change_of_a_paper_changes_the_pages_that_show_it_and_not_those_that_do_not(self, make: Make) -> None:
        before = make(FILES).fingerprints()
        after = make({**FILES, P: FILES[P].replace("title: U,", "title: U, id: u, award: Best paper,")}).fingerprints()
        changed = {address for address in before if before[address] != after[address]}
        assert {"/", "/papers/u/", "/years/2022/"} <= changed
        assert not {"/papers/t/", "/categories/", "/categories/lg/", "/years/2023/", "/about/", "/404.html"} & changed

    def test_a_change_of_a_free_page_changes_it_alone(self, make: Make) -> None:
        before = make(FILES).fingerprints()
        about = FILES["content/pages/about.md"] + "\nMore.\n"
        after = make({**FILES, "content/pages/about.md": about}).fingerprints()
        assert {address for address in before if before[address] != after[address]} == {"/about/"}

    @pytest.mark.parametrize(
        "change",
        [
            {"content/site.yaml": "url: https://lab.github.io/papers/\ntitle: Another\n"},
            {"content/site.yaml": "url: https://lab.github.io/papers/\ntheme_options: {accent: teal}\n"},
            {"content/site.yaml": "url: https://lab.github.io/papers/\ntheme: base\n"},
            {"content/site.yaml": "url: https://lab.github.io/papers/\nnav: [/]\n"},
            {"content/site.yaml": ""},
            {"themes/folio/templates/404.html": "changed"},
            {"themes/folio/assets/new.js": "changed"},
        ],
        ids=["title", "option", "theme", "navigation", "url", "template", "asset"],
    )
    def test_what_all_pages_know_changes_all_of_them(self, make: Make, change: dict[str, str]) -> None:
        before = make(FILES).fingerprints()
        after = make({**FILES, **change}).fingerprints()
        assert not {address for address in before if before[address] == after[address]}

    def test_links_for_reading_from_disk_are_another_rendering(self, make: Make) -> None:
        before, after = make(FILES).fingerprints(), make(FILES, local=True).fingerprints()
        assert all(before[address] != after[address] for address in before)

    def test_what_is_not_shown_changes_no_page(self, make: Make) -> None:
        before = make(FILES).fingerprints()
        assert make({**FILES, P: f"# a remark\n\n{FILES[P]}"}).fingerprints() == before
        assert make({**FILES, "content/files/a.txt": "changed"}).fingerprints() == before


class TestRender:
    def test_what_is_known_is_not_made_again(self, make: Make) -> None:
        made = make(FILES)
        known = {path: fingerprint for path, fingerprint, _ in render(made.plan.outputs, made.renderer, lambda _: None)}
        assert set(known) == {output.path for output in made.plan.outputs}
        assert set(written(make(FILES), known.get).values()) == {None}

    def test_only_what_changed_is_made_again(self, make: Make) -> None:
        made = make(FILES)
        known = {path: fingerprint for path, fingerprint, _ in render(made.plan.outputs, made.renderer, lambda _: None)}
        found = written(make({**FILES, "content/files/a.txt": "changed"}), known.get)
        assert {path: data for path, data in found.items() if data is not None} == {"a.txt": b"changed"}

    def test_twice_rendered_is_the_same(self, make: Make) -> None:
        assert written(make(FILES)) == written(make(FILES))

    @pytest.mark.skipif(not forks.possible(), reason="NOT TESTED: this system has no forks")
    @pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
    def test_a_fork_that_fails_makes_the_error_of_any_build(self, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forks, "WORTH_IT", 2)
        files = {
            "content/site.yaml": "theme: own\n",
            "themes/own/theme.yaml": "name: own\nextends: base\n",
            "themes/own/templates/paper.html": "{{ data.paper.id if data.paper.id != 'u' else data.nothing }}",
        }
        with pytest.raises(ThemeError, match="/papers/u/ cannot be rendered"):
            written(make(FILES | files), jobs=2)

    @pytest.mark.slow
    def test_several_processes_render_the_same(self, make: Make) -> None:
        papers = "".join(f"- {{title: Paper {n}, date: {1900 + n}}}\n" for n in range(70))
        made = make({**FILES, P: papers + FILES[P]})
        with ProcessPoolExecutor(2) as pool:
            assert written(made, executor=pool) == written(made)

    def test_progress_is_told_for_every_output(self, make: Make) -> None:
        made = make(FILES)
        ready: list[int] = []
        for _ in render(made.plan.outputs, made.renderer, lambda path: None, done=ready.append):
            pass
        assert sum(ready) == len(made.plan.outputs)

    def test_every_page_is_utf_8_and_whole(self, make: Make) -> None:
        made = make({P: "title: Zoë über 深度 👩‍🔬\n"})
        for page in made.pages.values():
            markup = made.renderer.page(page).decode("utf-8")
            assert markup.lower().startswith("<!doctype html>")
            assert markup.rstrip().endswith("</html>")

    def test_files_are_copied_byte_for_byte(self, make: Make) -> None:
        data = bytes(range(256))
        assert written(make({**FILES, "content/files/a.bin": data}))["a.bin"] == data


def test_pages_name_their_place(make: Make) -> None:
    found: list[Output] = list(make(FILES).plan.outputs)
    made_of_all = "/embed/"
    placed = [page for page in found if not isinstance(page, Export) and not page.address.startswith(made_of_all)]
    assert all(output.place.file for output in placed)
