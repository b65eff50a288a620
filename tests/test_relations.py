"""What refers to what in a site, and what is said where it refers to nothing."""

import pytest
import yaml
from reading import Load, P, only, papers, report


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
        assert [name for name in found if name.startswith("paper-")] == [*found][-1:]

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


@pytest.mark.parametrize(("written", "known"), [("h-index", "h_index"), ("Citations", "citations")])
def test_another_spelling_of_a_known_metric_is_no_figure_of_its_own(load: Load, written: str, known: str) -> None:
    own = f"name: Ada\nmetrics:\n  {written}: 3\n  {known}_2024: 2\n"
    assert only(load({"content/authors/ada.yaml": own})) == (
        f"content/authors/ada.yaml:3:3: metrics: {written!r} would be shown beside {known}, as another figure\n"
        f"  hint: write {known}"
    )


def test_a_number_of_papers_or_citations_is_not_below_zero(load: Load) -> None:
    own = "name: Ada\nmetrics:\n  change: -3\n  papers: -1\n  h_index: 0\n"
    assert only(load({"content/authors/ada.yaml": own})).startswith(
        "content/authors/ada.yaml:4:3: metrics: papers is '-1', but cannot be less than 0"
    )
    assert only(load({"content/authors/ada.yaml": own.replace("papers: -", "papers: \u2212")})).startswith(
        "content/authors/ada.yaml:4:3: metrics: papers is '\u22121', but cannot be less than 0"
    )


@pytest.mark.parametrize(
    ("start", "end", "good"),
    [
        ("2020", "2010", False),
        ("2020-05", "2020-04", False),
        ("2020-05-03", "2020-05-02", False),
        ("2020-05", "2020", True),
        ("2020", "2020-05", True),
        ("2020-05-03", "2020-05-03", True),
    ],
)
@pytest.mark.parametrize("key", ["positions", "education"])
def test_what_ends_has_begun_before(load: Load, key: str, start: str, end: str, good: bool) -> None:
    own = f"name: Ada\n{key}:\n- Student\n- {{title: T, start: {start}, end: {end}}}\n"
    found = report(load({"content/authors/ada.yaml": own}))
    place = f"content/authors/ada.yaml:4:{len(start) + 23}"
    assert found == ([] if good else [f"{place}: {key} 2: end {end} is before start {start}"])


def test_what_ends_has_begun_before_in_further_parts_of_a_cv(load: Load) -> None:
    own = "name: Ada\nsections:\n  Teaching:\n  - {title: T, start: 2020, end: 2010}\n"
    assert only(load({"content/authors/ada.yaml": own})) == (
        "content/authors/ada.yaml:4:29: Teaching 1: end 2010 is before start 2020"
    )


@pytest.mark.parametrize("url", ["http://localhost:8000/", "http://127.0.0.1/papers/", "http://[::1]:8000/"])
def test_a_site_that_is_published_on_this_machine_is_doubtful(load: Load, url: str) -> None:
    loaded = load({"content/site.yaml": f"title: T\nurl: {url}\n"})
    assert not loaded.problems
    [warning] = loaded.warnings.sorted()
    assert f"{warning.place}: {warning.what}" == (
        f"content/site.yaml:2:1: url {url!r} is this machine, where no visitor is"
    )
    assert not load({"content/site.yaml": "url: https://localhost.example.org/\n"}).warnings.found


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
        assert only(load({P: "title: T\ncategory: AP\n"})).startswith(
            f"{P}:2:1: category 'AP' can mean math.AP or stat.AP"
        )
        loaded = load({P: "title: T\ncategory: AP\n", "content/site.yaml": "categories: {AP: Applied physics}\n"})
        assert papers(loaded)["t"].category == "AP"

    @pytest.mark.parametrize("code", ["cs.LG, stat.ML", "cs.LG stat.ML", "cs.LG; stat.ML;"])
    def test_several_codes_in_one_text_are_a_problem(self, load: Load, code: str) -> None:
        assert only(load({P: f"title: T\ncategory: {code}\n"})) == (
            f"{P}:2:1: category: {code!r} is 2 categories\n"
            "  hint: write one; a paper may name all: categories: [cs.LG, stat.ML]"
        )
        assert not load({P: f"title: T\ncategory: {code} and more\n"}).problems
        named = {"content/site.yaml": f"categories: {{{code!r}: Learning}}\n"}
        assert not load({**named, P: f"title: T\ncategory: {code}\n"}).problems

    @pytest.mark.parametrize("other", ["lg", "cs.LG"])
    def test_two_names_for_one_category_are_a_problem(self, load: Load, other: str) -> None:
        named = f"categories:\n  LG: Learning\n  stat.LG: Loom graphs\n  {other}: Looms\n"
        assert only(load({"content/site.yaml": named})) == (
            f"content/site.yaml:4:3: categories: {other} and LG are one category\n  hint: delete one of the two names"
        )

    def test_a_code_in_a_list_is_shown_where_the_list_is(self, load: Load) -> None:
        assert str(load({P: "title: T\ncategories: [LG, AP]\n"}).problems.sorted()[0].place).startswith(f"{P}:2:")


class TestProfiles:
    SEVERAL = {
        "content/authors/ada.yaml": "name: Ada Lovelace\naliases: [A. A. King]\n",
        "content/authors/zoe.yaml": (
            "name: Zoë Müller\nlinks: [https://github.com/zoe, https://orcid.org/0000-0002-1825-0097/]\n"
        ),
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

    @pytest.mark.parametrize("key", ["profiles", "tags", "categories"])
    def test_what_a_list_names_twice_counts_once(self, load: Load, key: str) -> None:
        found = papers(load({**self.SEVERAL, P: f"title: T\n{key}: [zoe, ada, zoe]\n"}))
        assert getattr(found["t"], key) == ("zoe", "ada")

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

    def test_the_hint_for_such_a_name_keeps_those_whom_other_names_mean(self, load: Load) -> None:
        files = {f"content/authors/{name}.yaml": f"name: {name.title()} Guo\n" for name in ("shan", "song", "wei")}
        loaded = load({**files, P: "title: T\nauthors: [Wei Guo, S. Guo]\n"})
        assert only(loaded).endswith("hint: write profiles: [wei, shan], or give the author's orcid")

    def test_the_family_name_that_a_profile_tells_is_that_of_the_author(self, load: Load) -> None:
        person = {"content/authors/gabo.yaml": "name: Gabriel García Márquez\nfamily: García Márquez\n"}
        authors = "[G. García Márquez, Ada Lovelace, {name: Gabriel García Márquez, family: Márquez}]"
        text = f"- {{title: T, authors: {authors}}}\n- title: U\n  authors: [G. García Márquez, Zoe Müller]\n"
        found = papers(load({**self.SEVERAL, **person, P: text}))
        assert [entry.family for entry in found["u"].authors] == ["García Márquez", ""]
        assert [entry.family for entry in found["t"].authors] == ["", "", "Márquez"]

    def test_a_family_name_of_a_profile_stands_in_the_name(self, load: Load) -> None:
        assert only(load({"content/authors/ada.yaml": "name: Ada Lovelace\nfamily: Byron\n"})).startswith(
            "content/authors/ada.yaml:2:1: family 'Byron' is not the begin or the end of the name 'Ada Lovelace'"
        )

    def test_who_stands_in_the_paper_by_a_closer_name_is_no_other_author_of_it(self, load: Load) -> None:
        files = {f"content/authors/{name}.yaml": f"name: {name.title()} Guo\n" for name in ("shan", "song")}
        found = papers(load({**files, P: "title: T\nauthors: [S. Guo, Song Guo]\n"}))
        assert found["t"].profiles == ("shan", "song")

    @pytest.mark.parametrize("several", [False, True])
    def test_an_empty_list_of_profiles_means_nobody(self, load: Load, several: bool) -> None:
        more = self.SEVERAL if several else {}
        text = (
            "- title: T\n  authors: [Ada Lovelace]\n  profiles: []\n- {title: U, authors: [Ada Lovelace], profiles: }\n"
        )
        found = papers(load({**more, "content/authors/ada.yaml": "name: Ada Lovelace\n", P: text}))
        assert (found["t"].profiles, found["u"].profiles) == ((), ("ada",))

    def test_an_empty_list_of_profiles_counts_before_that_of_an_import(self, load: Load) -> None:
        said = "title: T\nid: t\nauthors: [Ada Lovelace]\nprofiles: "
        files: dict[str, str | bytes] = {"content/papers/imported/x.yaml": f"{said}[ada]\n", P: f"{said}[]\n"}
        assert papers(load({**self.SEVERAL, **files}))["t"].profiles == ()


class TestReferences:
    @pytest.mark.parametrize("key", ["pdf", "slides", "poster", "video", "dataset", "image"])
    def test_a_file_that_is_named_must_be_there(self, load: Load, key: str) -> None:
        file = "a/gone.png" if key == "image" else "a/gone.pdf"
        assert only(load({P: f"title: T\n{key}: {file}\n"})).startswith(
            f"{P}:2:1: {key} names {file!r}, but there is no content/files/{file}"
        )
        assert not load({P: f"title: T\n{key}: {file}\n", f"content/files/{file}": "x"}).problems

    @pytest.mark.parametrize(
        ("key", "size", "told"), [("image", 3_000_001, 1), ("image", 3_000_000, 0), ("pdf", 9_000_000, 0)]
    )
    def test_a_picture_of_a_camera_is_too_large_to_be_shown_small(
        self, load: Load, key: str, size: int, told: int
    ) -> None:
        loaded = load({P: f"title: T\n{key}: a.png\n", "content/files/a.png": b"x" * size})
        assert not loaded.problems
        assert [f"{one.place}: {one.what}" for one in loaded.warnings.sorted()] == [
            f"{P}:2:1: image names 'a.png', which has more than 3 MB and is shown small"
        ] * told

    def test_a_photo_of_a_camera_is_told_at_the_profile(self, load: Load) -> None:
        person = "name: Ada Lovelace\nphoto: a.png\n"
        loaded = load({"content/authors/ada.yaml": person, "content/files/a.png": b"x" * 3_000_001})
        assert [str(one.place) for one in loaded.warnings.sorted()] == ["content/authors/ada.yaml:2:1"]

    def test_capitals_of_a_file_are_told(self, load: Load) -> None:
        loaded = load({P: "title: T\npdf: GONE.PDF\n", "content/files/gone.pdf": "x"})
        assert only(loaded).endswith("hint: did you mean 'gone.pdf'?")

    def test_a_file_is_the_one_that_is_named_however_its_accents_are_stored(self, load: Load) -> None:
        page = "---\ntitle: A\n---\n[cafe\u0301](/cafe\u0301.pdf)\n"
        files = {P: "title: T\npdf: caf\u00e9.pdf\n", "content/files/cafe\u0301.pdf": "x", "content/pages/a.md": page}
        loaded = load(files)
        assert not loaded.problems
        assert [file.path for file in loaded.site.files] == ["caf\u00e9.pdf"]
        assert loaded.site.pages[0].body == "[caf\u00e9](/caf\u00e9.pdf)\n"

    def test_an_orcid_is_that_of_one_profile(self, load: Load) -> None:
        links = "links: {orcid: 0000-0002-1825-0097}\n"
        people = {f"content/authors/{name.lower()}.yaml": f"name: {name}\n{links}" for name in ("Ada", "Bob")}
        assert only(load({**people, P: "title: T\n"})).startswith(
            "content/authors/bob.yaml:2:1: links: the ORCID iD 0000-0002-1825-0097 is that of content/authors/ada.yaml"
        )

    def test_what_is_nobodys_name_and_an_orcid_of_two_names_are_doubtful(self, load: Load) -> None:
        authors = "".join(f"- {{name: {name}, orcid: 0000-0002-1825-0097}}\n" for name in ("Ada", "Bob"))
        loaded = load({P: f"title: T\nauthors:\n{authors}- et al.\n"})
        assert not loaded.problems
        assert [f"{warning.place}: {warning.what}" for warning in loaded.warnings.sorted()] == [
            f"{P}:4:3: authors 2 'Bob' has the ORCID iD of 'Ada'",
            f"{P}:5:3: authors 3 'et al.' is nobody's name",
        ]

    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("'12'", "is nobody's name"),
            ("0000-0002-1825-0097", "is nobody's name"),
            ("https://orcid.org/0000-0002-1825-0097", "is nobody's name"),
            ("https://example.org/ada", "is nobody's name"),
            ("ada@example.org", "is nobody's name"),
            ("Ada Lovelace*", "ends with '*'"),
            ("Ada Lovelace †", "ends with '†'"),
            ("Ada Lovelace2", "ends with '2'"),
            ("'Ada Lovelace1,12'", "ends with '2'"),
            ("Ada Lovelace¹", "ends with '¹'"),
            ("Ada Lovelace1*", "ends with '*'"),
            ("Ada Lovelace et al.", "names others, too"),
            ("Ada Lovelace Et Al", "names others, too"),
            ("and others", "is nobody's name"),
            ("'Lovelace, A., et al'", "names others, too"),
            ("Ada Lovelace and others", "names others, too"),
            ("Ada Kuret Al", ""),
            ("Agent 47", ""),
            ("X Æ A-12", ""),
            ("'Ada Lovelace,'", "ends with ','"),
            ("AI@Meta", ""),
            ("3M", ""),
            ("J. R.", ""),
            ("Xu (徐)", ""),
            ("The 1000 Looms Project", ""),
        ],
    )
    def test_what_stands_for_an_author_or_is_a_mark_is_no_name(self, load: Load, name: str, what: str) -> None:
        loaded = load({P: f"title: T\nauthors: [{name}]\n"})
        assert not loaded.problems
        bare = name.strip("'")
        assert [f"{one.place}: {one.what}" for one in loaded.warnings.sorted()] == (
            [f"{P}:2:11: authors 1 {bare!r} {what}"] if what else []
        )

    def test_latex_in_a_name_is_told_with_what_it_means(self, load: Load) -> None:
        person = {"content/authors/x.yaml": "name: Paul Erd\\H{o}s\n"}
        loaded = load({**person, P: "title: T\nauthors: ['G\\\"odel, K.', Kurt Gödel]\n"})
        assert not loaded.problems
        assert [f"{one.place}: {one.what}; {one.hint}" for one in loaded.warnings.sorted()] == [
            r"content/authors/x.yaml:1:1: name 'Paul Erd\H{o}s' is shown with its backslash; write Paul Erdős",
            f"{P}:2:11: authors 1 'G\\\"odel, K.' is shown with its backslash; write Gödel, K.",
        ]

    @pytest.mark.parametrize(
        ("authors", "at"),
        [
            ("[Lovelace, Ada]", 11),
            ("[Lovelace, A.]", 11),
            ("[Babbage, Charles, King, Ada]", 29),
            ("[Ada, Lovelace]", 0),
            ("[Lovelace, Ada, Babbage]", 0),
            ("[Lovelace, Charles]", 0),
            ("['Lovelace, Ada', Babbage]", 0),
        ],
    )
    def test_the_halves_of_a_known_name_are_hardly_two_people(self, load: Load, authors: str, at: int) -> None:
        person = {"content/authors/ada.yaml": "name: Ada Lovelace\naliases: [Ada King]\n"}
        loaded = load({**person, P: f"title: T\nauthors: {authors}\n"})
        assert not loaded.problems
        assert [str(one.place) for one in loaded.warnings.sorted()] == ([f"{P}:2:{at}"] if at else [])

    def test_a_doi_that_ends_with_the_sentence_is_doubtful(self, load: Load) -> None:
        loaded = load({P: "- {title: T, doi: 10.1145/3292500.}\n- {title: U, doi: 10.1145/3292500}\n"})
        assert not loaded.problems
        assert [f"{one.place}: {one.what}" for one in loaded.warnings.sorted()] == [
            f"{P}:1:14: doi '10.1145/3292500.' ends with '.'"
        ]

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("Lovelace, Ada", "Ada Lovelace"),
            ("de la Cruz, Juana", "Juana de la Cruz"),
            ("Ada Lovelace, PhD", ""),
            ("Ada Lovelace, Jr.", ""),
            ("Ada Lovelace, FRS", ""),
            ("Institute of Engines, University of Looms", ""),
        ],
    )
    def test_a_profile_whose_family_name_comes_first_is_doubtful(self, load: Load, name: str, meant: str) -> None:
        warnings = load({"content/authors/ada.yaml": f"name: {name}\n"}).warnings.sorted()
        assert [(str(one.place), one.hint) for one in warnings] == (
            [("content/authors/ada.yaml:1:1", f"write {meant}")] if meant else []
        )

    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("5", "is nobody's name"),
            ("ada@example.org", "is nobody's name"),
            ("https://ada.example.org/", "is nobody's name"),
            ("3M", ""),
        ],
    )
    def test_a_profile_is_a_person_s(self, load: Load, name: str, what: str) -> None:
        warnings = load({"content/authors/ada.yaml": f"role: X\nname: {name}\n"}).warnings.sorted()
        assert [f"{one.place}: {one.what}" for one in warnings] == (
            [f"content/authors/ada.yaml:2:1: name {name!r} {what}"] if what else []
        )

    @pytest.mark.parametrize(
        ("title", "good"),
        [
            ("{}", False),
            ("\\emph{}", False),
            ("\\,", False),
            ("?", True),
            ("$$", True),
            ("\\alpha", True),
            ("!a", True),
        ],
    )
    def test_a_title_shows_something(self, load: Load, title: str, good: bool) -> None:
        found = report(load({P: f"id: t\ntitle: '{title}'\n"}))
        assert found == ([] if good else [f"{P}:2:1: title {title!r} shows nothing"])

    def test_a_role_that_is_shared_with_nobody_is_doubtful_unless_the_list_is_cut_short(self, load: Load) -> None:
        authors = (
            "authors: [{name: A, equal: a}, {name: B, equal: ture}, {name: C, equal: a}, {name: D, senior: true}]\n"
        )
        loaded = load({P: f"- title: T\n  {authors}- title: U\n  et_al: true\n  {authors}"})
        assert not loaded.problems
        assert [f"{warning.place}: {warning.what}" for warning in loaded.warnings.sorted()] == [
            f"{P}:2:44: equal is 'ture' with 'B' alone",
            f"{P}:2:89: senior is true with 'D' alone",
        ]

    def test_an_arxiv_number_that_lost_a_zero_is_doubtful(self, load: Load) -> None:
        loaded = load({P: "- {title: T, arxiv: 2401.10}\n- {title: U, arxiv: 1401.0012}\n"})
        assert not loaded.problems
        assert [f"{warning.place}: {warning.what}" for warning in loaded.warnings.sorted()] == [
            f"{P}:1:14: arxiv '2401.10' has fewer digits than arXiv's identifiers"
        ]

    @pytest.mark.parametrize("file", [".me.png", ".private/me.png"])
    def test_a_file_that_is_there_and_not_read_wants_another_name(self, load: Load, file: str) -> None:
        loaded = load({"content/authors/ada.yaml": f"name: Ada\nphoto: {file}\n", f"content/files/{file}": "x"})
        assert "hint: give the file another name: those that begin with . or #" in only(loaded)

    def test_a_file_of_a_link_must_be_there(self, load: Load) -> None:
        assert report(load({P: "title: T\nlinks:\n- {label: a, url: gone.pdf}\n"})) == [
            f"{P}:3:14: url names 'gone.pdf', but there is no content/files/gone.pdf"
        ]

    @pytest.mark.parametrize(
        ("links", "place"),
        [("{cv: gone.pdf}", "2:1: url"), ("\n- https://a.org\n- {label: CV, url: gone.pdf}", "4:15: url")],
    )
    def test_a_file_that_a_profile_links_to_must_be_there(self, load: Load, links: str, place: str) -> None:
        ada = "content/authors/ada.yaml"
        assert report(load({ada: f"name: Ada\nlinks: {links}\n"})) == [
            f"{ada}:{place} names 'gone.pdf', but there is no content/files/gone.pdf"
        ]

    def test_a_photo_must_be_there(self, load: Load) -> None:
        loaded = load({"content/authors/ada.yaml": "name: Ada\nphoto: me.jpeg\n", "content/files/me.jpg": "x"})
        assert only(loaded).endswith("hint: did you mean 'me.jpg'?")

    def test_a_picture_is_not_asked_to_be_an_address(self, load: Load) -> None:
        assert only(load({"content/authors/ada.yaml": "name: Ada\nphoto: ~/me.png\n"})).endswith(
            "hint: put the file there"
        )
        assert only(load({P: "title: T\nimage: www.a.org/x.png\n"})).endswith("hint: put the file there")

    def test_an_address_without_a_scheme_is_taken_for_a_file_and_the_hint_says_so(self, load: Load) -> None:
        assert only(load({P: "title: T\npdf: www.a.org/x.pdf\n"})).endswith(
            "hint: a web address begins with https://, like https://www.a.org/x.pdf"
        )

    def test_a_value_under_another_tools_name_is_shown_where_it_stands(self, load: Load) -> None:
        assert report(load({P: "title: T\ndate: 2023\nurl_pdf: gone.pdf\n"})) == [
            f"{P}:3:1: pdf names 'gone.pdf', but there is no content/files/gone.pdf"
        ]

    def test_beside_a_key_that_is_no_text_the_place_is_found(self, load: Load) -> None:
        assert report(load({P: "title: T\n? [a]\n: x\npdf: gone.pdf\n"})) == [
            f"{P}:2:3: a key of the paper is a list",
            f"{P}:4:1: pdf names 'gone.pdf', but there is no content/files/gone.pdf",
        ]

    @pytest.mark.parametrize("text", ["name: Ada\nemail: x\n", "name: [Ada\n", "role: Countess\n"])
    def test_an_author_who_could_not_be_read_is_not_called_missing(self, load: Load, text: str) -> None:
        loaded = load(
            {
                "content/authors/ada.yaml": text,
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


class TestSeveralPeopleInOneName:
    @pytest.mark.parametrize(
        "name",
        [
            "Ada Lovelace and Charles Babbage",
            "Lovelace, Ada; Babbage, Charles",
            "Ada Lovelace & Charles Babbage",
            "Ada Lovelace; Charles Babbage",
            "Ada Lovelace, Charles Babbage, Mary Somerville",
            "Lovelace, A., Babbage, C.",
            "Lovelace A, Babbage C, Somerville M",
            "Smith JA, Doe K",
            "van der Berg J.-P., Doe K.",
            "J. Smith, K. L. Doe",
        ],
    )
    def test_it_is_told_where_it_stands(self, load: Load, name: str) -> None:
        loaded = load({P: f"- title: T\n  authors:\n    - Ada Lovelace\n    - {name}\n"})
        assert not loaded.problems
        [warning] = loaded.warnings.sorted()
        assert f"{warning.place}: {warning.what}" == f"{P}:4:7: authors 2 {name!r} may be several people"

    def test_an_entry_that_is_indented_too_far_is_told_with_the_one_above(self, load: Load) -> None:
        loaded = load({P: "- title: T\n  authors:\n    - Ada Lovelace\n      - Charles Babbage\n"})
        [warning] = loaded.warnings.sorted()
        assert warning.what == "authors 1 'Ada Lovelace - Charles Babbage' may be several people"

    @pytest.mark.parametrize(
        "name",
        [
            "Jane Doe, MD, PhD",
            "Doe, Jr., Jane",
            "Smith, John A.",
            "García Márquez, G. J.",
            "Jane A. Smith, MD PhD",
            "Smith JA, PhD MD",
            "Smith JA, MD",
            "King Jr.",
            "University of Looms, London, UK",
            "'{Looms, Cards, Engines}'",
        ],
    )
    def test_not_all_that_has_commas_is_several(self, load: Load, name: str) -> None:
        assert not load({P: f"- title: T\n  authors:\n    - {name}\n"}).warnings.found

    def test_an_organisation_is_named_as_a_whole(self, load: Load) -> None:
        name = "Department of Looms and Engines"
        loaded = load({P: f"- title: T\n  authors: [{{name: {name}, family: {name}}}, Andrea Ferrand]\n"})
        assert not loaded.problems
        assert not loaded.warnings.found


@pytest.mark.parametrize("key", ["categories", "tags"])
def test_a_paper_has_no_more_categories_and_tags_than_pages_can_name(load: Load, key: str) -> None:
    names = [f"c{number}" for number in range(1001)]
    loaded = load({P: f"title: T\n{key}: [{', '.join(names)}]\n"})
    assert only(loaded) == (
        f"{P}:2:1: {key} names 1,001, but a paper has at most 1,000\n  hint: leave out those that say least"
    )
    assert len(getattr(loaded.site.papers[0], key)) == 1000
    assert not load({P: f"title: T\n{key}: [{', '.join(names[1:])}]\n"}).problems
