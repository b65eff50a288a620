"""What one file tells reaches ``content/`` once, and what a person wrote there stays byte for byte."""

import os
import stat
from pathlib import Path

import msgspec
import pytest

from generator import collection, content, library, nodes, schema
from generator.collection import Collected
from generator.dates import Date
from generator.errors import ImportFailed, Problems
from generator.formats.profile import Profile
from generator.merge import Told
from generator.model import Author, Metric, Paper, PaperAuthor, Position

TAKEN = Date(2026, 11, 23)
AUTHOR = Author(
    name="Ada Lovelace",
    category="LG",
    metrics={"h_index": Metric(value="41", as_of=TAKEN), "citations": Metric(value="3,360", as_of=TAKEN)},
)
LONG = 'We are 10\\% faster: \\emph{far} better than 5%, it\'s "so", and ' + "so on and on " * 12 + "to the end."
ENGINES = Paper(
    title="On Engines: NO",
    id="on-engines-no",
    authors=(PaperAuthor(name="Charles Babbage"), PaperAuthor(name="Ada Lovelace")),
    date=Date(2023, 8, 7),
    category="NO",
    abstract=f"{LONG}\n\n{LONG}",
    code=True,
)
CARDS = Paper(title="Yes", id="yes", authors=(PaperAuthor(name="Charles Babbage"),), et_al=True, date=Date(2023, 8))
PROFILE = Profile(AUTHOR, (ENGINES, CARDS))
PAPERS = Path("content/papers/imported/ada-lovelace.yaml")
LEDGER = PAPERS.with_suffix(".sources.json")
AUTHORS = Path("content/authors/ada-lovelace.yaml")


def read_back(path: Path) -> list[Paper]:
    problems = Problems()
    data = path.read_bytes()
    node = nodes.compose(data, path.name, problems)
    assert node is not None
    papers = list(schema.Reader(path.name, problems, len(data)).records(node, Paper))
    assert not problems, problems.sorted()
    return papers


def add(site: Path, profile: Profile, author_id: str | None = None, file: str = "profile.txt") -> Collected:
    return collection.collect(site, [Told(file, profile)], author_id)


def told(added: Collected) -> list[str]:
    return [str(problem).split("\n")[0] for problem in (*added.problems, *added.differences)]


def test_an_import_writes_the_author_and_the_papers(tmp_path: Path) -> None:
    added = add(tmp_path, PROFILE)
    assert (added.author_id, added.new, added.known, added.problems) == ("ada-lovelace", 2, 0, ())
    assert added.written == (AUTHORS.as_posix(), PAPERS.as_posix(), LEDGER.as_posix())
    assert (tmp_path / AUTHORS).read_text(encoding="utf-8") == (
        "name: Ada Lovelace\n"
        "category: LG\n"
        "metrics:\n"
        "  h_index:\n"
        "    value: 41\n"
        "    as_of: 2026-11-23\n"
        "  citations:\n"
        "    value: 3,360\n"
        "    as_of: 2026-11-23\n"
    )
    assert (tmp_path / PAPERS).read_text(encoding="utf-8").startswith("# Written by `paperfolio import`")


def test_papers_are_readable_yaml(tmp_path: Path) -> None:
    add(tmp_path, Profile(AUTHOR, (CARDS, ENGINES)))
    text = (tmp_path / PAPERS).read_text(encoding="utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    assert body.startswith(
        "\n- title: 'Yes'\n  id: 'yes'\n  authors:\n  - Charles Babbage\n  et_al: true\n  profiles:\n  - ada-lovelace\n"
        "  date: 2023-08\n\n- title: 'On Engines: NO'\n"
    )
    assert '  abstract: >-\n    We are 10\\% faster: \\emph{far} better than 5%, it\'s "so",' in body
    assert "  date: 2023-08-07\n" in body
    assert all(len(line) <= library.WIDTH + 20 for line in text.splitlines())


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    add(tmp_path, PROFILE)
    [first, second] = read_back(tmp_path / PAPERS)
    for old, new in ((ENGINES, first), (CARDS, second)):
        for field in set(Paper.__struct_fields__) - {"origin", "profiles"}:
            assert getattr(old, field) == getattr(new, field)


def test_a_paper_names_the_profile_only_where_its_authors_do_not(tmp_path: Path) -> None:
    add(tmp_path, PROFILE)
    assert [paper.profiles for paper in read_back(tmp_path / PAPERS)] == [None, ("ada-lovelace",)]


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    add(tmp_path, PROFILE)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "content").rglob("*.*")}
    added = add(tmp_path, PROFILE)
    assert (added.new, added.known, added.written, added.changes) == (0, 2, (), ())
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_the_same_import_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        add(tmp_path / name, PROFILE)
    assert (tmp_path / "one" / PAPERS).read_bytes() == (tmp_path / "two" / PAPERS).read_bytes()


def test_parts_of_the_cv_that_the_own_file_lacks_are_told(tmp_path: Path) -> None:
    path = tmp_path / AUTHORS
    path.parent.mkdir(parents=True)
    sections = {"Talks": (Position(title="Looms", end=Date(2021)),), "Skills": (Position(title="Weaving"),)}
    profile = Profile(Author(name="Ada Lovelace", sections=sections), ())
    path.write_text("name: Ada Lovelace\n", encoding="utf-8")
    assert told(add(tmp_path, profile)) == [
        f"{AUTHORS.as_posix()}:1:1: has no sections; the import has 'Talks, Skills'"
    ]
    path.write_text("name: Ada Lovelace\nsections:\n  Skills: [Counting]\n", encoding="utf-8")
    assert told(add(tmp_path, profile)) == [
        f"{AUTHORS.as_posix()}:2:1: sections has no 'Talks'; the import has 'Looms (2021)'"
    ]


def test_an_author_that_exists_is_left_and_differences_are_told(tmp_path: Path) -> None:
    path = tmp_path / AUTHORS
    path.parent.mkdir(parents=True)
    written = "# mine\nname: Ada King\nrole: Countess\nmetrics: {h_index: 40, citations: 3360}\n"
    path.write_text(written, encoding="utf-8")
    added = add(tmp_path, PROFILE)
    assert path.read_text(encoding="utf-8") == written
    assert told(added) == [
        f"{AUTHORS.as_posix()}:2:1: name is kept as 'Ada King'; the import has 'Ada Lovelace'",
        f"{AUTHORS.as_posix()}:2:1: has no category; the import has 'LG'",
        f"{AUTHORS.as_posix()}:4:11: h_index is kept as '40'; the import has '41'",
    ]


def test_hand_edits_in_the_imported_file_stay_and_new_papers_are_added(tmp_path: Path) -> None:
    add(tmp_path, Profile(AUTHOR, (ENGINES,)))
    path = tmp_path / PAPERS
    edited = path.read_text(encoding="utf-8").replace("date: 2023-08-07", "date:   2022  # sure\n  tags: [mine]")
    path.write_text(edited, encoding="utf-8")
    added = add(tmp_path, PROFILE)
    assert (added.new, added.known) == (1, 1)
    assert path.read_text(encoding="utf-8").startswith(edited)
    assert [paper.id for paper in read_back(path)] == ["on-engines-no", "yes"]
    [problem] = told(added)
    assert problem.endswith("date is kept as you changed it, '2022'; profile.txt has '2023-08-07'")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_papers_are_appended_in_the_way_of_the_file(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / PAPERS
    path.parent.mkdir(parents=True)
    old = "\ufeff  - title: Mine\n    id: mine".replace("\n", line_end).encode()
    path.write_bytes(old)
    add(tmp_path, PROFILE)
    data = path.read_bytes()
    assert data.startswith(old)
    assert data.count(b"\r\n") == (data.count(b"\n") if line_end == "\r\n" else 0)
    assert [paper.id for paper in read_back(path)] == ["mine", "on-engines-no", "yes"]
    assert read_back(path)[1].abstract == ENGINES.abstract


@pytest.mark.parametrize("old", ["", "# nothing yet\n"])
def test_papers_are_added_to_a_file_without_any(tmp_path: Path, old: str) -> None:
    path = tmp_path / PAPERS
    path.parent.mkdir(parents=True)
    path.write_text(old, encoding="utf-8")
    add(tmp_path, PROFILE)
    assert path.read_text(encoding="utf-8").startswith(old)
    assert len(read_back(path)) == 2


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("[{title: Mine}]\n", "is not a list of papers, one after another"),
        ("title: Mine\n", "is not a list of papers, one after another"),
        ("- title: Mine\n...\n", "is not a list of papers, one after another"),
        ("- title: 'Mine\n", "cannot be added to"),
        ("- title: Mine\n  titel: x\n", "cannot be added to"),
        ("- title: Mine\n  ? [a]\n  : x\n", "cannot be added to"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(tmp_path: Path, old: str, message: str) -> None:
    path = tmp_path / PAPERS
    path.parent.mkdir(parents=True)
    path.write_text(old, encoding="utf-8")
    with pytest.raises(ImportFailed, match=message):
        add(tmp_path, PROFILE)
    assert path.read_text(encoding="utf-8") == old
    assert not (tmp_path / AUTHORS).exists()


def test_papers_of_other_files_are_not_written_again(tmp_path: Path) -> None:
    own = tmp_path / "content" / "papers" / "2023" / "mine.yml"
    own.parent.mkdir(parents=True)
    own.write_text("- title: 'On Engines: NO'\n- {title: Something else, id: yes}\n", encoding="utf-8")
    added = add(tmp_path, PROFILE)
    assert (added.new, added.known) == (0, 2)
    assert "abstract" not in own.read_text(encoding="utf-8")
    assert {paper.id for paper in content.load(tmp_path).site.papers} == {"on-engines-no", "yes"}


def test_a_paper_in_which_something_is_wrong_is_known_by_its_title(tmp_path: Path) -> None:
    own = tmp_path / "content" / "papers" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("- title: 'On Engines: NO'\n  ? [a]\n  : x\n- {id: yes, title: Yes, titel: x}\n", encoding="utf-8")
    added = add(tmp_path, PROFILE)
    assert (added.new, added.known) == (0, 2)


def test_a_paper_of_two_profiles_is_told_where_its_authors_do_not_tell(tmp_path: Path) -> None:
    add(tmp_path, PROFILE)
    file = "content/papers/imported/ada-lovelace.yaml"
    added = add(tmp_path, Profile(Author(name="Mary Somerville"), (ENGINES, CARDS)))
    assert (added.new, added.author_id) == (0, "mary-somerville")
    lines = (tmp_path / file).read_text(encoding="utf-8").splitlines()
    assert [str(one) for one in added.differences] == [
        f"{file}:5:3: "
        "on-engines-no is a paper of mary-somerville, too, which its list of authors does not tell\n"
        "  hint: write profiles: [..., mary-somerville] there",
        f"{file}:{lines.index('  profiles:') + 1}:3: "
        "yes is a paper of mary-somerville, too, which its list of authors does not tell\n"
        "  hint: write profiles: [ada-lovelace, mary-somerville] there",
    ]
    assert not add(tmp_path, Profile(Author(name="Charles Babbage"), (ENGINES,))).differences


def test_a_paper_that_was_said_to_be_anothers_alone_is_told(tmp_path: Path) -> None:
    add(tmp_path, Profile(Author(name="Mary Somerville"), (ENGINES,)))
    added = add(tmp_path, Profile(Author(name="Charles Babbage"), (ENGINES,)))
    [difference] = added.differences
    assert difference.what == "on-engines-no is a paper of charles-babbage, too, which its profiles do not tell"
    assert difference.hint == "write profiles: [mary-somerville, charles-babbage] there"


def test_a_paper_that_was_said_to_be_nobodys_stays_so_without_a_word(tmp_path: Path) -> None:
    add(tmp_path, Profile(Author(name="Mary Somerville"), (ENGINES,)))
    file = tmp_path / "content/papers/imported/mary-somerville.yaml"
    text = file.read_text(encoding="utf-8").replace("  profiles:\n  - mary-somerville\n", "  profiles: []\n")
    file.write_text(text, encoding="utf-8")
    for author in (Author(name="Charles Babbage"), Author(name="Mary Somerville")):
        assert not add(tmp_path, Profile(author, (ENGINES,))).differences
    assert file.read_text(encoding="utf-8") == text
    assert [paper.profiles for paper in read_back(file)] == [()]


def test_a_single_paper_in_a_file_of_its_own_is_known(tmp_path: Path) -> None:
    own = tmp_path / "content" / "papers" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("title: Yes\n", encoding="utf-8")
    assert add(tmp_path, PROFILE).known == 1


def test_other_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    own = tmp_path / "content" / "papers" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("title: 'Yes\n", encoding="utf-8")
    added = add(tmp_path, PROFILE)
    assert added.new == 2
    assert told(added)[0].startswith("content/papers/mine.yaml:1")


@pytest.mark.parametrize("link", ["content", "content/papers", "content/papers/imported", PAPERS.as_posix()])
def test_nothing_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    (site / link).parent.mkdir(parents=True)
    elsewhere.mkdir()
    (site / link).symlink_to(elsewhere / "missing.yaml" if link.endswith(".yaml") else elsewhere)
    with pytest.raises(ImportFailed, match=f"{link} is a symbolic link"):
        add(site, PROFILE)
    assert not list(elsewhere.iterdir())


def test_a_fault_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, Profile(AUTHOR, (ENGINES,)))
    folder = tmp_path / PAPERS.parent
    before = {path: path.read_bytes() for path in folder.iterdir()}

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(ImportFailed, match="No space left on device"):
        add(tmp_path, PROFILE)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_files_keep_their_mode(tmp_path: Path) -> None:
    add(tmp_path, Profile(AUTHOR, (ENGINES,)))
    (tmp_path / PAPERS).chmod(0o640)
    add(tmp_path, PROFILE)
    assert stat.S_IMODE((tmp_path / PAPERS).stat().st_mode) == 0o640


def test_an_author_without_a_name_needs_an_id(tmp_path: Path) -> None:
    nameless = Profile(Author(name=""), (ENGINES,))
    with pytest.raises(ImportFailed, match="the author of these papers is not known"):
        add(tmp_path, nameless)
    added = add(tmp_path, nameless, "ada")
    assert added.written[0] == "content/papers/imported/ada.yaml"
    assert read_back(tmp_path / added.written[0])[0].profiles == ("ada",)


@pytest.mark.parametrize("author_id", ["../ada", "a/b", "nul", ""])
def test_an_id_cannot_lead_elsewhere(tmp_path: Path, author_id: str) -> None:
    if author_id:
        with pytest.raises(ImportFailed, match="cannot be part of an address"):
            add(tmp_path, PROFILE, author_id)
        assert not list(tmp_path.iterdir())
    else:
        assert add(tmp_path, PROFILE, author_id).author_id == "ada-lovelace"


def test_an_id_that_differs_from_a_profile_only_in_capitals_is_refused(tmp_path: Path) -> None:
    add(tmp_path, PROFILE, "Ada")
    with pytest.raises(ImportFailed, match="'ada' differs only in capitals from 'Ada', who has a profile") as caught:
        add(tmp_path, PROFILE, "ada")
    assert caught.value.hint == "say --author Ada"
    assert add(tmp_path, PROFILE, "Ada").author_id == "Ada"


def test_papers_of_nobody_belong_to_the_only_author_of_the_site(tmp_path: Path) -> None:
    add(tmp_path, Profile(AUTHOR, ()))
    added = add(tmp_path, Profile(Author(name=""), (CARDS,)))
    assert (added.author_id, added.new) == ("ada-lovelace", 1)


def test_papers_of_nobody_take_the_name_that_the_id_is_made_from(tmp_path: Path) -> None:
    nobody = Profile(Author(name=""), (CARDS, ENGINES))
    with pytest.raises(ImportFailed) as caught:
        add(tmp_path, nobody)
    assert "--author charles-babbage" in caught.value.hint
    add(tmp_path, nobody, "ada-lovelace")
    assert "name: Ada Lovelace\n" in (tmp_path / "content/authors/ada-lovelace.yaml").read_text()


def test_further_people_get_profiles_of_their_own(tmp_path: Path) -> None:
    added = add(tmp_path, Profile(AUTHOR, (), others=(Author(name="Charles Babbage"),)))
    assert "content/authors/charles-babbage.yaml" in added.written
    again = add(tmp_path, Profile(AUTHOR, (), others=(Author(name="Charles Babbage", role="Engineer"),)))
    assert again.written == ()


def test_further_people_who_have_a_profile_already_get_no_second_one(tmp_path: Path) -> None:
    (tmp_path / "content/authors").mkdir(parents=True)
    (tmp_path / "content/authors/babbage.yaml").write_text("name: Charles Babbage\n")
    added = add(tmp_path, Profile(AUTHOR, (), others=(Author(name="C. Babbage"), Author(name="Grace Hopper"))))
    assert [file for file in added.written if "authors" in file] == [
        "content/authors/ada-lovelace.yaml",
        "content/authors/grace-hopper.yaml",
    ]


def test_further_people_whose_profiles_would_be_one_file_are_told(tmp_path: Path) -> None:
    people = (Author(name="José Díaz"), Author(name="Jose Diaz"), AUTHOR)
    added = add(tmp_path, Profile(AUTHOR, (), others=people))
    assert [problem.what for problem in added.problems] == [
        "the profile of Jose Diaz would be content/authors/jose-diaz.yaml, as somebody else's is",
        "the profile of Ada Lovelace would be content/authors/ada-lovelace.yaml, as somebody else's is",
    ]


def test_papers_of_the_further_people_are_theirs(tmp_path: Path) -> None:
    other = Paper(title="Other", id="other", authors=(PaperAuthor(name="C. Babbage"),))
    nobodys = Paper(title="Nobody's", id="nobodys", authors=(PaperAuthor(name="X. Y"),))
    add(tmp_path, Profile(AUTHOR, (other, nobodys), others=(Author(name="Charles Babbage"),)))
    text = (tmp_path / "content/papers/imported/ada-lovelace.yaml").read_text()
    assert text.count("profiles:") == 1
    assert text.index("id: nobodys") < text.index("profiles:")


def test_papers_of_a_bib_file_are_known(tmp_path: Path) -> None:
    (tmp_path / "content/papers").mkdir(parents=True)
    (tmp_path / "content/papers/mine.bib").write_text(f"@misc{{{CARDS.id}, title = {{Mine}}}}\n@misc{{open, title = {{")
    added = add(tmp_path, Profile(AUTHOR, (CARDS, ENGINES)))
    assert (added.new, added.known, added.problems) == (1, 1, ())


def test_a_doi_in_other_capitals_is_no_difference(tmp_path: Path) -> None:
    add(tmp_path, Profile(AUTHOR, (msgspec.structs.replace(CARDS, doi="10.1145/ABC.1"),)))
    again = add(tmp_path, Profile(AUTHOR, (msgspec.structs.replace(CARDS, doi="10.1145/abc.1"),)))
    assert told(again) == []
    other = add(tmp_path, Profile(AUTHOR, (msgspec.structs.replace(CARDS, doi="10.1145/abc.2"),)))
    assert other.changes == ("yes: doi",)


def test_a_file_that_names_nobody_needs_somebody_and_says_nothing_of_her(tmp_path: Path) -> None:
    nobody = Profile(Author(name=""), (ENGINES,))
    added = add(tmp_path, nobody, "ada", "papers.bib")
    assert told(added) == ["content/authors/ada.yaml: is missing"]
    assert "name: ..." in added.problems[0].hint
    (tmp_path / "content/authors").mkdir()
    (tmp_path / "content/authors/ada.yaml").write_text("name: Ada Lovelace\n", encoding="utf-8")
    assert told(add(tmp_path, nobody, "ada", "papers.bib")) == []
