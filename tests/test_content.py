"""A folder to a site: what is read, and where each problem stands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reading import Load, P, only, papers, report

from generator import content, theme
from generator.loaded import Loaded
from generator.plan import plan
from generator.readings import Readings


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

    def test_a_file_of_another_kind_is_not_read_and_that_is_said(self, load: Load) -> None:
        loaded = load({"content/papers/p.json": "{}", "content/pages/a.txt": "x"})
        assert not loaded.problems
        assert [str(problem.place) for problem in loaded.warnings.sorted()] == [
            "content/pages/a.txt",
            "content/papers/p.json",
        ]

    def test_what_nobody_reads_in_the_folder_itself_is_told(self, load: Load) -> None:
        loaded = load({"content/autors/bo.yaml": "name: Bo", "content/readme.md": "x", "content/images/x.png": "x"})
        assert not loaded.problems
        assert [str(problem) for problem in loaded.warnings.sorted()] == [
            "content/autors: is not read\n  hint: did you mean 'authors'?",
            "content/images: is not read\n  hint: content/ holds site.yaml, authors, papers, pages, files; "
            "what is copied as it is stands in files/",
        ]

    def test_a_password_in_an_address_is_told_wherever_it_stands_in_every_build(
        self, site: Callable[[dict[str, str]], Path]
    ) -> None:
        address = "https://ada:secret@example.org/x"
        files = {
            "content/site.yaml": f"nav:\n  - {{label: X, url: {address}}}\n",
            "content/authors/ada.yaml": f"name: Ada Lovelace\nbio: '[x]({address})'\n",
            "content/papers/one.yaml": f"title: One\npdf: {address}\n",
            "content/papers/several.yaml": f"- title: Two\n  abstract: >-\n    See\n    {address}\n- title: Three\n",
            "content/papers/p.bib": f"@misc{{b2020,\n  title = {{B}},\n  url = {{{address}}}}}\n",
            "content/pages/a.md": f"---\ntitle: A\n---\n\nSee {address}.\n",
        }
        folder, readings = site(files), Readings()
        for _ in range(2):
            loaded = content.load(folder, readings=readings)
            assert not loaded.problems
            assert [str(warning.place) for warning in loaded.warnings.sorted()] == [
                "content/authors/ada.yaml:2:11",
                "content/pages/a.md:5:5",
                "content/papers/one.yaml:2:6",
                "content/papers/p.bib:3:10",
                "content/papers/several.yaml:4:5",
                "content/site.yaml:2:21",
            ]
            assert {warning.what for warning in loaded.warnings.found} == {
                "an address at example.org holds a user name or a password, which everybody would see"
            }

    def test_a_second_file_of_the_site_is_told_as_one_that_nobody_reads(self, load: Load) -> None:
        loaded = load({"content/site.yaml": "title: T", "content/site.yml": "title: U"})
        assert [str(problem.place) for problem in loaded.warnings.sorted()] == ["content/site.yml"]

    def test_an_author_that_cannot_be_read_is_not_said_to_be_missing_too(
        self, site: Callable[[dict[str, str]], Path]
    ) -> None:
        folder = site({"content/papers/p.yaml": "title: T"})
        (folder / "content" / "authors" / "ada.yaml").unlink(missing_ok=True)
        (folder / "content" / "authors").mkdir(exist_ok=True)
        (folder / "content" / "authors" / "ada.yaml").symlink_to("nowhere")
        problems = content.load(folder).problems.sorted()
        assert [(str(problem.place), problem.what) for problem in problems] == [
            ("content/authors/ada.yaml", "is a link that leads nowhere")
        ]

    @pytest.mark.parametrize("text", ["", "<html><body>Not found</body></html>", "hello {"])
    def test_a_bibliography_without_entries_is_told(self, load: Load, text: str) -> None:
        loaded = load({"content/papers/x.bib": text})
        assert not loaded.problems
        assert [problem.what for problem in loaded.warnings.found] == ["holds no entry of BibTeX"]

    @pytest.mark.parametrize("name", ["a:b.pdf", "a?.pdf", 'a".pdf', "a\\b.pdf"])
    def test_a_name_that_windows_refuses_is_a_problem(self, load: Load, name: str) -> None:
        assert "which GitHub Pages and Windows refuse" in only(load({f"content/files/{name}": "x"}))

    @pytest.mark.parametrize("name", ["aux.pdf", "com¹.pdf", "LPT³", "CONIN$", "conout$.txt"])
    def test_a_name_that_windows_keeps_for_a_device_is_a_problem(self, load: Load, name: str) -> None:
        assert "is no name for a file on Windows" in only(load({f"content/files/{name}": "x"}))

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


class TestSeveralMistakesInOneRecord:
    def test_what_a_record_refers_to_is_checked_beside_its_own_keys(self, load: Load) -> None:
        paper = "title: T\ndate: 2023-02-30\nvenu: V\npdf: files/nowhere.pdf\n"
        author = "name: Ada\nemail: 7\nphoto: files/nobody.png\n"
        loaded = load({P: paper, "content/authors/ada.yaml": author})
        assert [str(problem.place) for problem in loaded.problems.sorted()] == [
            "content/authors/ada.yaml:2:8",
            "content/authors/ada.yaml:3:1",
            f"{P}:2:7",
            f"{P}:3:1",
            f"{P}:4:1",
        ]

    @pytest.mark.parametrize("wrong", ["id: a/b", "idd: a", "title: []", "authors: {}"])
    def test_of_a_record_that_does_not_tell_which_it_is_no_more_is_said(self, load: Load, wrong: str) -> None:
        record = f"{wrong}\n" + ("" if wrong.startswith("title") else "title: T\n")
        loaded = load({P: f"{record}pdf: files/nowhere.pdf\n"})
        assert len(report(loaded)) == 1


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


class TestWhatYamlTakesOfTexts:
    @pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
    @pytest.mark.parametrize(
        ("text", "places"),
        [
            ("title: Paper #1 of two\n", ["1:13"]),
            ("- title: A\n  tags: [x #1\n    , y]\n- title: B #2\n", ["2:11", "4:11"]),
            ("title: Ein\u2028Ü #1\n", ["1:13"]),
            ("title: A # a comment\ndate: 2024  ## another\nvenue: C#\n", []),
            ("#a comment\ntitle: 'A #1' #quoted\nabstract: |\n  See #1\nwebsite: https://a.org/#b\n", []),
            ("title: A\nnote: #1 of two\nextra: {accent: #21539c\n  }\n", ["2:6", "3:16"]),
            ("title: A\ntags:\n- #art\n- craft\nnote: #1", ["3:2", "5:6"]),
            ("title: A\ntags: #topics\n- art\n- #more\n  craft\nextra: #what else\n  b: 1\n", []),
            ("title: A\nnote: &c bold\nvenue: &d\n", ["2:7", "3:8"]),
            ("title: A\nnote: &c bold\ntldr: *c\ntags: &tags\n- R&D\n- R &D\nextra: &e {b: 1}\n", []),
        ],
    )
    def test_what_may_be_meant_as_text_is_told(self, load: Load, text: str, places: list[str], end: str) -> None:
        loaded = load({P: text.replace("\n", end)})
        assert not loaded.problems
        assert [str(warning.place) for warning in loaded.warnings.sorted()] == [f"{P}:{place}" for place in places]

    def test_it_is_told_of_all_kinds_of_files(self, load: Load) -> None:
        files: dict[str, str | bytes] = {
            "content/site.yaml": "title: S #1\n",
            "content/authors/ada.yaml": "name: Ada #1\n",
            "content/pages/a.md": "---\ntitle: A #1\n---\n",
        }
        assert {str(warning.place) for warning in load(files).warnings.sorted()} == {
            "content/site.yaml:1:9",
            "content/authors/ada.yaml:1:10",
            "content/pages/a.md:2:9",
        }


class TestPages:
    def page(self, load: Load, text: str, name: str = "a.md") -> Loaded:
        return load({f"content/pages/{name}": text})

    def test_the_body_begins_below_the_head(self, load: Load) -> None:
        loaded = self.page(load, "---\ntitle: A\n---\n\n---\n\nBody --- here\n---\n")
        assert not loaded.problems
        assert loaded.site.pages[0].body == "\n---\n\nBody --- here\n---\n"

    def test_a_page_with_an_unknown_key_is_read_without_it(self, load: Load) -> None:
        loaded = self.page(load, "---\ntitle: A\ndat: 1\n---\nx")
        assert only(loaded).startswith("content/pages/a.md:3:1: unknown key 'dat' in the page")
        assert loaded.site.pages[0].body == "x"

    def test_the_address_of_a_page_that_cannot_be_read_is_known(self, load: Load) -> None:
        assert self.page(load, "---\ntitel: A\n---\n", "lab/index.md").unread == {"/lab/"}

    def test_a_file_that_cannot_be_used_is_told_once(self, load: Load) -> None:
        loaded = load(
            {
                "content/authors/ada.yaml": "name: Ada\nphoto: con.png\n",
                "content/pages/a.md": "---\ntitle: A\n---\n![x](/con.png) [y](/s/a:b.pdf)\n",
                "content/files/con.png": "x",
                "content/files/s/a:b.pdf": "x",
            }
        )
        plan(loaded, theme.load("base", loaded.folder))
        assert {problem.place.file for problem in loaded.problems.found} == {
            "content/files/con.png",
            "content/files/s/a:b.pdf",
        }

    @pytest.mark.parametrize("end", ["---", "...", "---  "])
    def test_a_head_ends_as_yaml_documents_do(self, load: Load, end: str) -> None:
        assert self.page(load, f"---\ntitle: A\n{end}\nx").site.pages[0].body == "x"

    def test_a_direction_mark_in_a_body_is_told_by_its_line(self, load: Load) -> None:
        loaded = load({"content/pages/p.md": "---\ntitle: T\n---\n\nA\u202eB\n"})
        [problem] = [problem for problem in loaded.problems.found if "pages" in problem.place.file]
        assert problem.what == "the text holds the invisible direction mark U+202E"
        assert (problem.place.line, problem.place.column) == (5, 2)

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


def test_an_anchor_that_another_item_of_the_list_refers_to_is_used(load: Load) -> None:
    loaded = load({"content/papers/p.yaml": "- title: &t A\n- title: B\n  tldr: *t\n"})
    assert loaded.warnings.sorted() == ()
    assert [paper.tldr for paper in loaded.site.papers] == ["", "A"]
