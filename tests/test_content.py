"""A folder to a site: what is read, what refers to what, and where each problem stands."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator import content
from generator.content import Loaded
from generator.model import Paper

Load = Callable[[dict[str, str | bytes]], Loaded]
P = "content/papers/p.yaml"


def report(loaded: Loaded) -> list[str]:
    """What is wrong, without hints."""
    return [f"{problem.place}: {problem.what}" for problem in loaded.problems.sorted()]


def only(loaded: Loaded) -> str:
    assert len(loaded.problems.found) == 1, loaded.problems.sorted()
    return str(loaded.problems.sorted()[0])


def papers(loaded: Loaded) -> dict[str, Paper]:
    assert not loaded.problems, loaded.problems.sorted()
    return {paper.id: paper for paper in loaded.site.papers}


class TestFiles:
    def test_every_kind_of_file_is_read_from_its_folder(self, load: Load) -> None:
        loaded = load(
            {
                "content/site.yaml": "title: Site\n",
                "content/papers/p.yaml": "title: T\n",
                "content/papers/2023/q.yml": "- title: U\n- title: V\n",
                "content/pages/about.md": "---\ntitle: About\n---\nText\n",
                "content/files/a/b.pdf": "%PDF",
            }
        )
        assert set(papers(loaded)) == {"t", "u", "v"}
        assert loaded.site.config.title == "Site"
        assert [author.id for author in loaded.site.authors] == ["ada"]
        assert [(page.path, page.body) for page in loaded.site.pages] == [("about", "Text\n")]
        assert [file.path for file in loaded.site.files] == ["a/b.pdf"]
        assert not loaded.warnings

    def test_one_author_is_all_that_a_site_needs(self, load: Load) -> None:
        loaded = load({})
        assert not loaded.problems
        assert loaded.site.config.per_page == 50
        assert loaded.site.papers == ()

    def test_an_empty_site_yaml_is_fine_but_an_empty_author_is_not(self, load: Load) -> None:
        loaded = load({"content/site.yaml": "# nothing yet\n", "content/authors/ada.yaml": "\n"})
        assert report(loaded) == ["content/authors/ada.yaml:1: holds nothing: the author is missing"]

    def test_a_folder_without_content_is_told_how_to_begin(self, tmp_path: Path) -> None:
        loaded = content.load(tmp_path)
        assert only(loaded) == "content: there is no folder content/ here\n  hint: make a site with: paperfolio new DIR"

    @pytest.mark.parametrize(
        "name", [".p.yaml.swp", ".DS_Store", "p.yaml~", "#p.yaml#", "4913", "p.yaml.bak", "Thumbs.db"]
    )
    def test_what_editors_leave_behind_is_passed_over(self, load: Load, name: str) -> None:
        loaded = load({f"content/{folder}/{name}": "\x00" for folder in ("authors", "papers", "pages", "files")})
        # the folder of authors holds nothing else here
        assert all("there is no author" in problem.what for problem in loaded.problems.found)
        assert not loaded.site.files
        assert not loaded.warnings

    def test_well_known_files_are_published_though_their_names_begin_with_a_dot(self, load: Load) -> None:
        loaded = load({"content/files/.well-known/x.txt": "x", "content/files/.secret": "x"})
        assert [file.path for file in loaded.site.files] == [".well-known/x.txt"]

    def test_a_file_of_another_kind_is_not_read_and_that_is_said(self, load: Load) -> None:
        loaded = load({"content/papers/p.json": "{}", "content/pages/a.txt": "x"})
        assert not loaded.problems
        assert [str(problem.place) for problem in loaded.warnings.sorted()] == [
            "content/pages/a.txt",
            "content/papers/p.json",
        ]

    def test_what_nobody_reads_in_the_folder_itself_is_told(self, load: Load) -> None:
        loaded = load({"content/autors/bo.yaml": "name: Bo", "content/readme.md": "x", "content/x.txt": "x"})
        assert not loaded.problems
        assert [str(problem) for problem in loaded.warnings.sorted()] == [
            "content/autors: is not read\n  hint: did you mean 'authors'?",
            "content/x.txt: is not read\n  hint: content/ holds site.yaml, authors, papers, pages, files",
        ]

    @pytest.mark.parametrize("text", ["", "<html><body>Not found</body></html>", "hello {"])
    def test_a_bibliography_without_entries_is_told(self, load: Load, text: str) -> None:
        loaded = load({"content/papers/x.bib": text})
        assert not loaded.problems
        assert [problem.what for problem in loaded.warnings.found] == ["holds no entry of BibTeX"]

    def test_a_name_of_two_lines_is_shown_in_one(self, load: Load) -> None:
        assert only(load({"content/files/a\nb.pdf": "x"})).startswith("content/files/a\\nb.pdf: has ")

    @pytest.mark.parametrize("name", ["a:b.pdf", "a?.pdf", 'a".pdf', "a\\b.pdf"])
    def test_a_name_that_windows_refuses_is_a_problem(self, load: Load, name: str) -> None:
        assert "which GitHub Pages and Windows refuse" in only(load({f"content/files/{name}": "x"}))

    def test_a_link_is_followed_only_to_a_file_inside_the_site(
        self, site: Callable[[dict[str, str]], Path], tmp_path: Path
    ) -> None:
        folder = site({"content/files/a.pdf": "x", "shared/b.pdf": "y"})
        secret = tmp_path / "secret"
        secret.write_text("z")
        files = folder / "content" / "files"
        (files / "b.pdf").symlink_to(folder / "shared" / "b.pdf")
        (files / "out").symlink_to(secret)
        (files / "folder").symlink_to(folder / "shared")
        (files / "loop").symlink_to(files / "loop")
        (files / "gone").symlink_to(files / "nothing")
        loaded = content.load(folder)
        assert [file.path for file in loaded.site.files] == ["a.pdf", "b.pdf"]
        places = {problem.place.file: problem.what for problem in loaded.problems.found}
        assert places["content/files/out"] == "is a link to something outside of the site"
        assert places["content/files/folder"] == "is a link to a folder"
        assert places["content/files/gone"] == "is a link that leads nowhere"
        assert "content/files/loop" in places

    def test_a_pipe_is_no_file_and_is_not_waited_for(self, site: Callable[[dict[str, str]], Path]) -> None:
        folder = site({"content/files/a": "x"})
        os.mkfifo(folder / "content" / "files" / "pipe")
        assert only(content.load(folder)).startswith("content/files/pipe: is not a regular file")

    def test_the_site_file_is_held_to_the_same(self, site: Callable[[dict[str, str]], Path], tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("token")
        folder = site({})
        config = folder / "content" / "site.yaml"
        config.symlink_to(secret)
        assert only(content.load(folder)).startswith("content/site.yaml: is a link to something outside of the site")
        config.unlink()
        os.mkfifo(config)
        assert only(content.load(folder)).startswith("content/site.yaml: is not a regular file")

    def test_a_folder_that_is_a_link_may_lead_only_inside_the_site(
        self, site: Callable[[dict[str, str]], Path], tmp_path: Path
    ) -> None:
        (tmp_path / "outside").mkdir()
        folder = site({"shared/a.pdf": "x"})
        files = folder / "content" / "files"
        files.symlink_to(folder / "shared")
        assert [file.path for file in content.load(folder).site.files] == ["a.pdf"]
        files.unlink()
        files.symlink_to(tmp_path / "outside")
        assert only(content.load(folder)).startswith("content/files: is a link to something outside of the site")

    def test_a_folder_where_a_file_is_expected_is_a_problem(self, site: Callable[[dict[str, str]], Path]) -> None:
        folder = site({})
        (folder / "content" / "site.yaml").mkdir()
        assert only(content.load(folder)).startswith("content/site.yaml: is a folder, where a file is wanted")

    def test_a_name_that_is_no_utf_8_can_be_printed(self, site: Callable[[dict[str, str]], Path]) -> None:
        folder = os.fsencode(site({"content/files/a": "x", P: "title: T\n"}))
        for name in (b"content/files/b\xff.pdf", b"content/papers/b\xff.yaml"):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(b"title: U\n")
        found = report(content.load(Path(os.fsdecode(folder))))
        assert found == [
            "content/files/b\\xff.pdf: has a name that is not UTF-8",
            "content/papers/b\\xff.yaml: has a name that is not UTF-8",
        ]

    def test_what_is_wrong_in_all_files_is_told_at_once(self, load: Load) -> None:
        loaded = load(
            {
                "content/site.yaml": "order: random\n",
                "content/authors/ada.yaml": "nmae: Ada\n",
                "content/papers/p.yaml": "title: a: b\n",
                "content/papers/q.yaml": "title: T\ndate: soon\n",
                "content/papers/r.yaml": "title: T\npdf: gone.pdf\n",
                "content/pages/a.md": "no head\n",
            }
        )
        assert {problem.place.file for problem in loaded.problems.found} == {
            "content/site.yaml",
            "content/authors/ada.yaml",
            "content/papers/p.yaml",
            "content/papers/q.yaml",
            "content/papers/r.yaml",
            "content/pages/a.md",
        }

    def test_drafts_are_read_only_when_they_are_wanted(self, site: Callable[[dict[str, str]], Path]) -> None:
        folder = site(
            {P: "- title: T\n  draft: true\n- title: U\n", "content/pages/a.md": "---\ntitle: A\ndraft: yes\n---\n"}
        )
        assert [paper.id for paper in content.load(folder).site.papers] == ["u"]
        assert content.load(folder).site.pages == ()
        assert [paper.id for paper in content.load(folder, drafts=True).site.papers] == ["t", "u"]
        assert len(content.load(folder, drafts=True).site.pages) == 1


class TestLineEndings:
    TEXT = "- title: T\n  abstract: |\n    one\n\n    two\n  authors:\n  - Ada Lovelace\n- title: U\n"
    PAGE = "---\ntitle: A\nnav: no\n---\n\n# One\n\ntwo\n"

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
    def test_a_site_reads_the_same_for_any_line_ending(
        self, site: Callable[[dict[str, str | bytes]], Path], end: str, mark: bytes
    ) -> None:
        def read(change: Callable[[str], bytes]) -> content.Site:
            files = {
                P: self.TEXT,
                "content/pages/a.md": self.PAGE,
                "content/authors/ada.yaml": "name: Ada\nbio: |\n  x\n",
            }
            loaded = content.load(site({name: change(text) for name, text in files.items()}))
            assert not loaded.problems
            return loaded.site

        assert read(lambda text: mark + text.replace("\n", end).encode()) == read(str.encode)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
    def test_a_problem_has_the_same_place_for_any_line_ending(self, load: Load, end: str) -> None:
        paper = "- title: T\n- title: U\n  date: soon\n"
        page = "---\ntitle: A\nnav: perhaps\n---\n"
        loaded = load({P: paper.replace("\n", end), "content/pages/a.md": page.replace("\n", end)})
        assert [str(problem.place) for problem in loaded.problems.sorted()] == ["content/pages/a.md:3:6", f"{P}:3:9"]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
    def test_a_byte_that_is_wrong_has_the_same_place_for_any_line_ending(self, load: Load, end: str) -> None:
        loaded = load({P: f"title: T{end}venue: a\x00b{end}"})
        assert str(loaded.problems.sorted()[0].place) == f"{P}:2:9"


class TestPages:
    def page(self, load: Load, text: str, name: str = "a.md") -> Loaded:
        return load({f"content/pages/{name}": text})

    def test_the_body_begins_below_the_head(self, load: Load) -> None:
        loaded = self.page(load, "---\ntitle: A\n---\n\n---\n\nBody --- here\n---\n")
        assert not loaded.problems
        assert loaded.site.pages[0].body == "\n---\n\nBody --- here\n---\n"

    @pytest.mark.parametrize("end", ["---", "...", "---  "])
    def test_a_head_ends_as_yaml_documents_do(self, load: Load, end: str) -> None:
        assert self.page(load, f"---\ntitle: A\n{end}\nx").site.pages[0].body == "x"

    def test_a_page_may_have_no_body(self, load: Load) -> None:
        assert self.page(load, "---\ntitle: A\n---").site.pages[0].body == ""

    @pytest.mark.parametrize(
        ("name", "path"),
        [
            ("a.md", "a"),
            ("index.md", ""),
            ("lab/index.md", "lab"),
            ("lab/index/x.md", "lab/index/x"),
            ("A.markdown", "A"),
        ],
    )
    def test_the_address_of_a_page_is_its_path(self, load: Load, name: str, path: str) -> None:
        assert self.page(load, "---\ntitle: A\n---\n", name).site.pages[0].path == path

    @pytest.mark.parametrize(
        "text", ["", "# About\n", "---\n\n---\n", "----\ntitle: A\n---\n", " ---\ntitle: A\n---\n"]
    )
    def test_a_page_without_a_head_is_told_how_to_write_one(self, load: Load, text: str) -> None:
        assert only(self.page(load, text)).startswith("content/pages/a.md:1:1: the page has no 'title'\n  hint: ")

    @pytest.mark.parametrize(
        ("head", "place"),
        [
            ("title: A\nnav: x", "3:6"),
            ("title: a: b", "2:9"),
            ("- A", "2:1"),
            ("title: A\ntitle: B", "3:1"),
            ("title: 'A", "2:8"),
        ],
    )
    def test_a_fault_of_the_head_is_told_by_its_line_in_the_file(self, load: Load, head: str, place: str) -> None:
        loaded = self.page(load, f"---\n{head}\n---\n")
        assert [str(problem.place) for problem in loaded.problems.found] == [f"content/pages/a.md:{place}"]

    def test_a_name_that_cannot_be_an_address_is_a_problem(self, load: Load) -> None:
        loaded = self.page(load, "---\ntitle: A\n---\n", "my pages/x.md")
        assert only(loaded) == (
            "content/pages/my pages/x.md: the name 'my pages' cannot be part of an address\n"
            "  hint: rename it; use letters, digits, - and _, for example 'my-pages'"
        )


class TestIds:
    def test_the_id_of_a_paper_is_written_or_made_from_its_title(self, load: Load) -> None:
        loaded = load(
            {P: "- {title: 'Attention, again!', id: mine}\n- title: Federated \\emph{Learning}, 10\\% more\n"}
        )
        assert list(papers(loaded)) == ["mine", "federated-learning-10-more"]

    def test_titles_without_latin_letters_have_ids_of_their_own(self, load: Load) -> None:
        found = papers(load({P: "- title: 深度学习\n- title: 机器学习\n- title: '?'\n"}))
        assert len(found) == 3
        assert all(name.isascii() for name in found)

    def test_a_family_name_that_is_not_in_the_name_is_a_problem(self, load: Load) -> None:
        wrong = "title: T\nauthors:\n- Ada Lovelace\n- {name: Gabriel García Márquez, family: Garcia}\n"
        assert only(load({P: wrong})).startswith(
            f"{P}:4:34: family 'Garcia' is not the begin or the end of the name 'Gabriel García Márquez'"
        )
        assert not load({P: wrong.replace("Garcia", "García Márquez")}).problems

    def test_two_papers_of_one_id_are_a_problem_that_names_both(self, load: Load) -> None:
        loaded = load({P: "title: T\n", "content/papers/q.yaml": "- title: U\n- title: T\n"})
        assert only(loaded).startswith(f"content/papers/q.yaml:2:3: two papers want the id 't': the other is in {P}:1")

    def test_the_id_of_an_author_is_the_name_of_the_file(self, load: Load) -> None:
        loaded = load({"content/authors/song-guo.yaml": "name: Song Guo\n"})
        assert loaded.site.authors[0].id == "song-guo"


class TestCategories:
    def test_one_category_has_one_code_in_the_whole_site(self, load: Load) -> None:
        loaded = load(
            {
                "content/authors/ada.yaml": "name: Ada\ncategory: cs.LG\n",
                P: "- {title: T, category: LG}\n- {title: U, category: cs.lg, categories: [cs.CV, LG, CS.LG]}\n",
            }
        )
        found = papers(loaded)
        assert loaded.site.authors[0].category == "LG"
        assert found["t"].category == found["u"].category == "LG"
        assert found["u"].categories == ("cs.CV", "LG")

    def test_a_code_written_in_one_way_stays_so(self, load: Load) -> None:
        assert papers(load({P: "title: T\ncategory: cs.LG\n"}))["t"].category == "cs.LG"

    def test_no_is_a_category_like_any_other(self, load: Load) -> None:
        assert papers(load({P: "title: T\ncategory: NO\n"}))["t"].category in ("NO", "math.NO")

    def test_a_code_of_several_archives_is_a_problem_until_it_is_named(self, load: Load) -> None:
        assert "category 'AP' can mean math.AP or stat.AP" in only(load({P: "title: T\ncategory: AP\n"}))
        loaded = load({P: "title: T\ncategory: AP\n", "content/site.yaml": "categories: {AP: Applied physics}\n"})
        assert papers(loaded)["t"].category == "AP"

    def test_a_code_in_a_list_is_shown_where_the_list_is(self, load: Load) -> None:
        assert str(load({P: "title: T\ncategories: [LG, AP]\n"}).problems.sorted()[0].place).startswith(f"{P}:2:")


class TestProfiles:
    SEVERAL = {
        "content/authors/ada.yaml": "name: Ada Lovelace\naliases: [A. A. King]\n",
        "content/authors/zoe.yaml": "name: Zoë Müller\nlinks: {orcid: 0000-0002-1825-0097}\n",
    }

    def test_all_papers_of_a_site_of_one_author_are_hers(self, load: Load) -> None:
        assert papers(load({P: "title: T\nauthors: [Somebody Else]\n"}))["t"].profiles == ("ada",)

    @pytest.mark.parametrize(
        ("authors", "owners"),
        [
            ("[Ada Lovelace]", ("ada",)),
            ("[A. A. King]", ("ada",)),
            ("['Lovelace, Ada']", ("ada",)),
            ("[Zoe Mueller, Ada Lovelace]", ("zoe", "ada")),
            ("[Z. Müller]", ("zoe",)),
            ("[{name: Somebody, orcid: 0000-0002-1825-0097}]", ("zoe",)),
            ("[Charles Babbage]", ()),
        ],
    )
    def test_a_paper_belongs_to_those_it_names(self, load: Load, authors: str, owners: tuple[str, ...]) -> None:
        assert papers(load({**self.SEVERAL, P: f"title: T\nauthors: {authors}\n"}))["t"].profiles == owners

    def test_profiles_that_are_written_win(self, load: Load) -> None:
        found = papers(load({**self.SEVERAL, P: "title: T\nauthors: [Ada Lovelace]\nprofiles: zoe\n"}))
        assert found["t"].profiles == ("zoe",)

    def test_an_unknown_profile_is_a_problem_with_a_suggestion(self, load: Load) -> None:
        loaded = load({**self.SEVERAL, P: "title: T\nprofiles: [ada, zoey]\n"})
        assert only(loaded) == (
            f"{P}:2:17: profiles names 'zoey', but there is no content/authors/zoey.yaml\n  hint: did you mean 'zoe'?"
        )

    def test_a_name_that_fits_two_profiles_is_a_problem_and_not_a_guess(self, load: Load) -> None:
        files = {f"content/authors/{name}.yaml": f"name: {name.title()} Guo\n" for name in ("shan", "song")}
        loaded = load({**files, P: "title: T\nauthors: [Ada, S. Guo]\n"})
        assert report(loaded) == [f"{P}:2:16: authors: 'S. Guo' can be shan or song"]
        assert papers(load({**files, P: "title: T\nauthors: [S. Guo]\nprofiles: [song]\n"}))["t"].profiles == ("song",)


class TestReferences:
    @pytest.mark.parametrize("key", ["pdf", "slides", "poster", "video", "dataset", "image"])
    def test_a_file_that_is_named_must_be_there(self, load: Load, key: str) -> None:
        assert only(load({P: f"title: T\n{key}: a/gone.pdf\n"})).startswith(
            f"{P}:2:1: {key} names 'a/gone.pdf', but there is no content/files/a/gone.pdf"
        )
        assert not load({P: f"title: T\n{key}: a/gone.pdf\n", "content/files/a/gone.pdf": "x"}).problems

    def test_a_file_of_a_link_must_be_there(self, load: Load) -> None:
        assert report(load({P: "title: T\nlinks:\n- {label: a, url: gone.pdf}\n"})) == [
            f"{P}:3:14: url names 'gone.pdf', but there is no content/files/gone.pdf"
        ]

    def test_a_photo_must_be_there(self, load: Load) -> None:
        loaded = load({"content/authors/ada.yaml": "name: Ada\nphoto: me.jpeg\n", "content/files/me.jpg": "x"})
        assert only(loaded).endswith("hint: did you mean 'me.jpg'?")

    def test_an_address_without_a_scheme_is_taken_for_a_file_and_the_hint_says_so(self, load: Load) -> None:
        assert only(load({P: "title: T\npdf: www.a.org/x.pdf\n"})).endswith(
            "hint: a web address begins with https://, like https://www.a.org/x.pdf"
        )

    def test_a_value_under_another_tools_name_is_shown_where_it_stands(self, load: Load) -> None:
        assert report(load({P: "title: T\ndate: 2023\nurl_pdf: gone.pdf\n"})) == [
            f"{P}:3:1: pdf names 'gone.pdf', but there is no content/files/gone.pdf"
        ]

    def test_an_author_who_could_not_be_read_is_not_called_missing(self, load: Load) -> None:
        loaded = load(
            {
                "content/authors/ada.yaml": "name: Ada\nemail: x\n",
                "content/authors/bob.yaml": "name: Bob\n",
                P: "title: T\nprofiles: [ada]\n",
            }
        )
        assert [problem.place.file for problem in loaded.problems.found] == ["content/authors/ada.yaml"]

    def test_a_file_is_parsed_a_few_times_however_many_problems_it_has(
        self, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parsed: list[str] = []
        parse = yaml.compose
        monkeypatch.setattr(yaml, "compose", lambda text, **keys: parsed.append(text) or parse(text, **keys))
        text = "".join(f"- {{title: T{number}, pdf: gone{number}.pdf}}\n" for number in range(50))
        loaded = load({P: text})
        assert len(loaded.problems.found) == 50
        assert sum(map(len, parsed)) < 5 * len(text)


class TestBibliographies:
    def test_a_bib_file_is_read_as_papers(self, load: Load) -> None:
        loaded = load(
            {
                "content/papers/2023/p.bib": "@article{engines1843,\n  title = {On {Engines}},\n  pdf = {e.pdf},\n}\n",
                "content/papers/p.yaml": "title: On Looms\n",
                "content/files/e.pdf": "%PDF",
            }
        )
        found = papers(loaded)
        assert set(found) == {"engines1843", "on-looms"}
        paper = found["engines1843"]
        assert (paper.title, paper.pdf, paper.profiles) == ("On Engines", "e.pdf", ("ada",))
        assert paper.bibtex == "@article{engines1843,\n  title = {On {Engines}}\n}"
        assert not loaded.warnings

    def test_its_problems_have_their_lines(self, load: Load) -> None:
        loaded = load(
            {
                "content/papers/p.bib": "@misc{a20,\n  title = {A},\n  doi = {none}\n}\n@misc{b20,\n  title = {B\n}\n"
                "@misc{c20,\n title = {C},\n pdf = {missing.pdf}\n}\n@misc{a20, title = {D}}\n"
            }
        )
        assert report(loaded) == [
            f"{P[:-5]}.bib:3: doi 'none' is not a DOI",
            f"{P[:-5]}.bib:5: the entry 'b20' is not closed: the next one begins after line 7",
            f"{P[:-5]}.bib:10: pdf names 'missing.pdf', but there is no content/files/missing.pdf",
            f"{P[:-5]}.bib:12: the key 'a20' is given twice",
            f"{P[:-5]}.bib:12: two papers want the id 'a20': the other is in {P[:-5]}.bib:1",
        ]

    def test_what_was_guessed_is_a_warning(self, load: Load) -> None:
        loaded = load({"content/papers/p.bib": "@misc{a20,\n author = {A B}\n title = {A}}\n"})
        assert set(papers(loaded)) == {"a20"}
        assert [str(warning.place) for warning in loaded.warnings.found] == ["content/papers/p.bib:3"]

    def test_it_must_be_utf_8(self, load: Load) -> None:
        loaded = load({"content/papers/p.bib": b"@misc{a20, title = {\xe9}}"})
        assert only(loaded).startswith("content/papers/p.bib:1:21: is not UTF-8")


class TestSeveralPeopleInOneName:
    @pytest.mark.parametrize("name", ["Ada Lovelace and Charles Babbage", "Lovelace, Ada; Babbage, Charles"])
    def test_it_is_told_where_it_stands(self, load: Load, name: str) -> None:
        loaded = load({P: f"- title: T\n  authors:\n    - Ada Lovelace\n    - {name}\n"})
        assert not loaded.problems
        [warning] = loaded.warnings.sorted()
        assert f"{warning.place}: {warning.what}" == f"{P}:4:7: authors 2 {name!r} may be several people"

    def test_an_organisation_is_named_as_a_whole(self, load: Load) -> None:
        name = "Department of Looms and Engines"
        loaded = load({P: f"- title: T\n  authors: [{{name: {name}, family: {name}}}, Andrea Ferrand]\n"})
        assert not loaded.problems
        assert not loaded.warnings.found
