"""What services say is brought into the content once, kept up to date, and never over what a person did."""

from pathlib import Path

import msgspec
import pytest

from generator import collection, content, ledger, library, same_papers, written
from generator.dates import Date
from generator.errors import ImportFailed
from generator.formats.profile import Profile
from generator.merge import Told
from generator.model import Author, Link, Metric, Origin, Paper, PaperAuthor, Version, YearlyCitations

ADA = PaperAuthor(name="Ada Lovelace")
BABBAGE = PaperAuthor(name="Charles Babbage")
FILE = Path("content/papers/imported/ada-lovelace.yaml")
LEDGER = FILE.with_suffix(".sources.json")
TAKEN = Date(2026, 11, 23)


def paper(record: str, title: str, **more: object) -> Paper:
    values = {
        "authors": (ADA, BABBAGE),
        "date": Date(2023, 5, 1),
        "id": same_papers.same_title(title).replace(" ", "-"),
        **more,
    }
    return Paper(title=title, origin=Origin(record, 0, 1), **values)  # type: ignore[arg-type]


def person(h_index: int, day: Date, **more: object) -> Author:
    figure = Metric(value=str(h_index), source="OpenAlex", as_of=day)
    return Author(
        name="Ada Lovelace",
        links=(Link(url="https://orcid.org/0000-0002-1825-0097"),),
        metrics={"h_index": figure},
        **more,  # type: ignore[arg-type]
    )


def openalex(citations: int = 7, h_index: int = 12, day: Date = TAKEN, years: dict[int, int] | None = None) -> Told:
    papers = (
        paper("openalex:W1", "On analytical engines", doi="10.1234/engines", citations=citations, venue="Engines"),
        paper("openalex:W2", "Notes on the loom", citations=3),
    )
    counted = YearlyCitations(years=years or {2024: 5}, source="OpenAlex", as_of=day)
    return Told("openalex:A1", Profile(person(h_index, day, citations_by_year=counted), papers))


def arxiv() -> Told:
    papers = (
        paper(
            "arxiv:2301.00001",
            "On analytical engines",
            arxiv="2301.00001",
            date=Date(2023, 1, 2),
            abstract="We weave algebra.",
            category="cs.AI",
        ),
        paper("arxiv:2301.00002", "A third thing altogether", arxiv="2301.00002", date=Date(2023, 1, 3)),
    )
    return Told("arxiv:lovelace_a_1", Profile(Author(name="Ada Lovelace"), papers))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def papers_of(site: Path) -> dict[str, Paper]:
    loaded = content.load(site)
    assert not loaded.problems, loaded.problems.sorted()
    assert not loaded.warnings, loaded.warnings.sorted()
    return {one.id: one for one in loaded.site.papers}


def change(site: Path, old: str, new: str, file: Path = FILE) -> None:
    text = (site / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, text
    (site / file).write_text(text.replace(old, new), encoding="utf-8")


def test_two_sources_become_one_list(tmp_path: Path) -> None:
    done = collection.collect(tmp_path, [openalex(), arxiv()])
    assert (done.read, done.papers, done.new, done.problems, done.questions) == (4, 3, 3, (), ())
    engines = papers_of(tmp_path)["on-analytical-engines"]
    assert (engines.doi, engines.arxiv, engines.citations) == ("10.1234/engines", "2301.00001", 7)
    assert (engines.abstract, engines.category, engines.date) == ("We weave algebra.", "cs.AI", Date(2023, 5, 1))
    [preprint] = engines.versions
    assert (preprint.label, preprint.arxiv, preprint.date) == ("Preprint", "2301.00001", Date(2023, 1, 2))
    [author] = content.load(tmp_path).site.authors
    assert (author.id, author.orcid, author.metrics["h_index"].source) == (
        "ada-lovelace",
        "0000-0002-1825-0097",
        "OpenAlex",
    )


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_one_after_the_other_is_the_same_as_together(tmp_path: Path, order: list[int]) -> None:
    sources = [openalex(), arxiv()]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    collection.collect(tmp_path / "one", sources)
    for place in order:
        collection.collect(tmp_path / "two", [sources[place]])
    one, two = papers_of(tmp_path / "one"), papers_of(tmp_path / "two")
    assert set(one) == set(two)
    for paper_id in one:
        for key in ("doi", "arxiv", "abstract", "date", "versions"):
            assert getattr(one[paper_id], key) == getattr(two[paper_id], key)


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex(), arxiv()])
    before = files(tmp_path)
    for sources in ([openalex(), arxiv()], [arxiv(), openalex()], [openalex(day=Date(2026, 12, 1))], [arxiv()]):
        again = collection.collect(tmp_path, sources)
        assert (again.written, again.changes, again.problems, again.new) == ((), (), (), 0)
    assert files(tmp_path) == before


def test_a_refresh_changes_only_the_lines_that_say_something_else(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex(), arxiv()])
    before = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    done = collection.collect(tmp_path, [openalex(citations=9, h_index=13, day=Date(2026, 12, 1), years={2025: 8})])
    after = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ("  citations: 7", "  citations: 9")
    ]
    assert done.changes == (
        "ada-lovelace: h_index 12 to 13, citations_by_year 2025: 8",
        "on-analytical-engines: citations 7 to 9",
    )
    [author] = content.load(tmp_path).site.authors
    figure = author.metrics["h_index"]
    assert (figure.value, figure.as_of, figure.history) == ("13", Date(2026, 12, 1), {"2026-11-23": "12"})
    assert author.citations_by_year.years == {2024: 5, 2025: 8}


def test_what_was_counted_for_a_year_stays_with_its_day(tmp_path: Path) -> None:
    for month, counts in ((10, {2025: 1}), (11, {2024: 5, 2025: 8}), (12, {2025: 9})):
        done = collection.collect(tmp_path, [openalex(day=Date(2026, month, 1), years=counts)])
    assert done.changes == ("ada-lovelace: citations_by_year 2025: 8 to 9",)
    assert collection.collect(tmp_path, [openalex(day=Date(2026, 12, 9), years=counts)]).written == ()
    [author] = content.load(tmp_path).site.authors
    assert author.citations_by_year == YearlyCitations(
        years={2024: 5, 2025: 9},
        source="OpenAlex",
        as_of=Date(2026, 12, 1),
        history={"2026-10-01": {2025: 1}, "2026-11-01": {2025: 8}},
    )
    assert list(author.citations_by_year.years) == [2024, 2025]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_a_run_that_was_killed_leaves_nothing_that_looks_like_a_change_by_hand(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def write(path: Path, data: bytes, done: list[Path] = []) -> None:  # noqa: B006
        if len(done) == number:
            raise Killed
        done.append(path)
        library_write(path, data)

    library_write = library.write
    collection.collect(tmp_path, [openalex(), arxiv()])
    newer = openalex(citations=9, h_index=13, day=Date(2026, 12, 1))
    with monkeypatch.context() as patched:
        patched.setattr(library, "write", write)
        if number < 4:
            with pytest.raises(Killed):
                collection.collect(tmp_path, [newer])
        else:
            collection.collect(tmp_path, [newer])
    newest = openalex(citations=10, h_index=14, day=Date(2026, 12, 8))
    done = collection.collect(tmp_path, [newest])
    assert done.problems == ()
    assert papers_of(tmp_path)["on-analytical-engines"].citations == 10
    [author] = content.load(tmp_path).site.authors
    earlier = {"2026-11-23": "12"} if number == 0 else {"2026-11-23": "12", "2026-12-01": "13"}
    assert author.metrics["h_index"].history == earlier


def test_a_file_is_recognised_by_more_than_its_ids(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    listed = (
        paper("papers.bib", "Engines, analytical", doi="10.1234/engines", id="lovelace2023"),
        paper("papers.bib", "Notes on the Loom", id="lovelace2023b"),
        paper("papers.bib", "Something else", id="else"),
    )
    added = collection.collect(tmp_path, [Told("papers.bib", Profile(Author(name=""), listed))], "ada-lovelace")
    assert (added.new, added.known) == (1, 2)
    assert set(papers_of(tmp_path)) == {"on-analytical-engines", "notes-on-the-loom", "else"}
    survey = Profile(Author(name=""), (paper("papers.bib", "Notes on the loom: a survey", id="survey"),))
    added = collection.collect(tmp_path, [Told("papers.bib", survey)], "ada-lovelace")
    [question] = added.questions
    assert (added.new, question.other.title) == (1, "Notes on the loom: a survey")


def test_a_line_of_the_ledger_is_a_paper_by_its_id(tmp_path: Path) -> None:
    papers = (paper("openalex:W2", "Über Webstühle"), paper("openalex:W1", "Engines"))
    collection.collect(tmp_path, [Told("openalex:A1", Profile(person(3, TAKEN), papers))])
    lines = (tmp_path / LEDGER).read_text(encoding="utf-8").splitlines()
    assert [line.split('"')[1] for line in lines if '"title": "' in line] == ["engines", "uber-webstuhle"]
    assert any("Über Webstühle" in line for line in lines)


def test_the_ledger_does_not_tell_where_files_lie(tmp_path: Path) -> None:
    secret = Told("/home/ada/secret/papers.bib", Profile(Author(name="Ada Lovelace"), openalex().profile.papers))
    collection.collect(tmp_path, [secret, arxiv()])
    text = (tmp_path / FILE).with_suffix(".sources.json").read_text(encoding="utf-8")
    assert "secret" not in text
    assert '"papers.bib"' in text


def test_what_a_person_changed_in_the_imported_file_is_kept_and_told(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    change(tmp_path, "citations: 7\n", "citations: 70  # counted by hand\n  # a remark\n  tags: [mine]\n")
    edited = (tmp_path / FILE).read_bytes()
    done = collection.collect(tmp_path, [openalex(citations=9)])
    assert (tmp_path / FILE).read_bytes() == edited
    [problem] = done.problems
    assert str(problem).startswith(f"{FILE.as_posix()}:")
    assert "citations is kept as you changed it, '70'; openalex has '9'" in problem.what


def test_other_values_of_a_paper_that_a_person_changed_are_brought_up_to_date(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    change(tmp_path, "venue: Engines\n", "venue: Journal of Engines\n  # sure?\n")
    collection.collect(tmp_path, [openalex(citations=9)])
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "venue: Journal of Engines\n  # sure?\n" in text
    assert papers_of(tmp_path)["on-analytical-engines"].citations == 9


def test_what_a_person_took_out_does_not_come_back(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    change(tmp_path, "  citations: 7\n", "")
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    start = text.index("- title: Notes on the loom")
    (tmp_path / FILE).write_text(text[:start], encoding="utf-8")
    done = collection.collect(tmp_path, [openalex(citations=9), arxiv()])
    assert done.left_out == ("Notes on the loom",)
    found = papers_of(tmp_path)
    assert set(found) == {"on-analytical-engines", "a-third-thing-altogether"}
    assert found["on-analytical-engines"].citations is None


def test_a_record_of_a_person_wins_key_by_key(tmp_path: Path) -> None:
    own = tmp_path / "content" / "papers" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "- title: On Analytical Engines\n  id: engines\n  venue: My words\n  doi: 10.1234/engines\n", "utf-8"
    )
    done = collection.collect(tmp_path, [openalex(), arxiv()])
    assert done.new == 2
    found = papers_of(tmp_path)["engines"]
    assert (found.title, found.venue, found.citations) == ("On Analytical Engines", "My words", 7)
    assert found.abstract == "We weave algebra."
    assert "My words" not in (tmp_path / FILE).read_text(encoding="utf-8")
    before = files(tmp_path)
    assert collection.collect(tmp_path, [openalex(), arxiv()]).changes == ()
    assert files(tmp_path) == before


def test_a_profile_of_a_person_wins_key_by_key(tmp_path: Path) -> None:
    own = tmp_path / "content" / "authors" / "ada-lovelace.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("name: Ada King\nmetrics: {novelty: 53%}\n", encoding="utf-8")
    collection.collect(tmp_path, [openalex()])
    [author] = content.load(tmp_path).site.authors
    assert author.name == "Ada King"
    assert {key: metric.value for key, metric in author.metrics.items()} == {"novelty": "53%", "h_index": "12"}
    assert own.read_text(encoding="utf-8") == "name: Ada King\nmetrics: {novelty: 53%}\n"


def test_a_draft_of_a_person_hides_what_was_imported(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    own = tmp_path / "content" / "papers" / "mine.yaml"
    own.write_text("- {title: x, id: notes-on-the-loom, draft: true}\n", encoding="utf-8")
    assert set(papers_of(tmp_path)) == {"on-analytical-engines"}


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    before = files(tmp_path)
    done = collection.collect(tmp_path, [openalex(citations=9)], dry=True)
    assert done.changes == ("on-analytical-engines: citations 7 to 9",)
    assert files(tmp_path) == before


def test_a_refresh_asks_what_was_recorded_and_keeps_what_a_silent_source_said(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex(), arxiv()])
    asked = []

    def ask(source: str) -> Profile:
        asked.append(source)
        if source.startswith("arxiv"):
            raise ImportFailed("arXiv cannot be reached")
        return openalex(citations=9).profile

    [done] = collection.refresh(tmp_path, ask)
    assert asked == ["openalex:A1", "arxiv:lovelace_a_1"]
    assert [source for source, _ in done.failures] == ["arxiv:lovelace_a_1"]
    assert done.collected is not None
    assert done.collected.changes == ("on-analytical-engines: citations 7 to 9",)
    engines = papers_of(tmp_path)["on-analytical-engines"]
    assert (engines.citations, engines.abstract, len(engines.versions)) == (9, "We weave algebra.", 1)


def test_links_and_names_of_a_silent_source_stay(tmp_path: Path) -> None:
    dblp = Author(
        name="Ada Lovelace",
        aliases=("Ada King",),
        links=(Link(url="https://dblp.org/pid/1"), Link(url="https://x.org")),
    )
    collection.collect(tmp_path, [openalex(), Told("dblp:1/1", Profile(dblp, ()))])
    before = files(tmp_path)

    def ask(source: str) -> Profile:
        if source.startswith("dblp"):
            raise ImportFailed("DBLP cannot be reached")
        return openalex().profile

    [done] = collection.refresh(tmp_path, ask)
    assert done.collected is not None
    assert done.collected.changes == ()
    assert files(tmp_path) == before


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_a_source_adds_names_and_links_of_a_person_to_those_another_one_told_before(
    tmp_path: Path, order: list[int]
) -> None:
    sources = [
        Told(source, Profile(Author(name="Ada Lovelace", aliases=(alias,), links=(Link(url=url),)), ()))
        for source, alias, url in (
            ("dblp:1/1", "Ada King", "https://x.org/1"),
            ("openalex:A1", "Byron", "https://x.org/2"),
        )
    ]
    for place in order:
        collection.collect(tmp_path, [sources[place]])
    [author] = content.load(tmp_path).site.authors
    assert set(author.aliases) == {"Ada King", "Byron"}
    assert {link.url for link in author.links} == {"https://x.org/1", "https://x.org/2"}


def test_names_that_a_person_wrote_tell_whose_a_paper_is(tmp_path: Path) -> None:
    own = tmp_path / "content" / "authors" / "ada-lovelace.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("name: Ada Lovelace\naliases: [Augusta King]\n", encoding="utf-8")
    married = paper("openalex:W1", "Engines", authors=(PaperAuthor(name="Augusta King"),))
    collection.collect(tmp_path, [Told("openalex:A1", Profile(person(3, TAKEN), (married,)))])
    assert "profiles" not in (tmp_path / FILE).read_text(encoding="utf-8")
    assert papers_of(tmp_path)["engines"].profiles == ("ada-lovelace",)


def test_a_name_that_a_person_changed_in_the_imported_profile_is_kept_and_told(tmp_path: Path) -> None:
    file = Path("content/authors/imported/ada-lovelace.yaml")
    collection.collect(tmp_path, [openalex()])
    change(tmp_path, "name: Ada Lovelace", "name: Ada King", file)
    [problem] = collection.collect(tmp_path, [openalex()]).problems
    assert problem.place.file == file.as_posix()
    assert problem.what == "name is kept as you changed it, 'Ada King'; openalex has 'Ada Lovelace'"


def test_a_date_that_a_person_made_more_precise_stays(tmp_path: Path) -> None:
    def said(date: Date) -> Told:
        one = paper("doi:10.1234/a", "Engines", doi="10.1234/a", date=date)
        return Told("doi:10.1234/a", Profile(Author(name="Ada Lovelace"), (one,)))

    collection.collect(tmp_path, [said(Date(2023))])
    change(tmp_path, "date: 2023", "date: 2023-05-07")
    assert collection.collect(tmp_path, [said(Date(2023))]).problems == ()
    [problem] = collection.collect(tmp_path, [said(Date(2024))]).problems
    assert problem.what == "date is kept as you changed it, '2023-05-07'; crossref has '2024'"
    assert papers_of(tmp_path)["engines"].date == Date(2023, 5, 7)


@pytest.mark.parametrize("first", [0, 1])
def test_a_list_of_authors_is_as_whole_as_whoever_counts_first_says(tmp_path: Path, first: int) -> None:
    sources = [
        Told(name, Profile(Author(name="Ada Lovelace"), (paper(name, "Engines", doi="10.1234/a", et_al=et_al),)))
        for name, et_al in (("doi:10.1234/a", False), ("dblp:rec/1", True))
    ]
    for source in (sources[first], sources[1 - first]):
        collection.collect(tmp_path, [source])
    assert not papers_of(tmp_path)["engines"].et_al


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_a_source_adds_to_what_another_one_said_of_a_paper_before(tmp_path: Path, order: list[int]) -> None:
    orcid = "0000-0002-1825-0097"
    preprint = Version(label="Preprint", arxiv="2301.00001", date=Date(2023, 1, 2))
    registry = paper(
        "doi:10.1234/engines",
        "On Analytical Engines",
        doi="10.1234/engines",
        date=Date(2023),
        links=(Link(url="https://x.org/a"),),
        versions=(preprint,),
    )
    other = paper(
        "openalex:W1",
        "On analytical engines.",
        doi="10.1234/engines",
        authors=(msgspec.structs.replace(ADA, orcid=orcid), BABBAGE),
        links=(Link(url="https://x.org/b"), Link(url="https://x.org/a")),
        versions=(
            msgspec.structs.replace(preprint, date=Date(2023, 1)),
            Version(label="Data", doi="10.5281/zenodo.1"),
            Version(label="Code", doi="10.5281/zenodo.2"),
        ),
    )
    sources = [
        Told(source, Profile(Author(name="Ada Lovelace"), (one,)))
        for source, one in (("doi:x", registry), ("openalex:A1", other))
    ]
    for place in order:
        collection.collect(tmp_path, [sources[place]])
    [found] = papers_of(tmp_path).values()
    assert (found.title, found.date) == ("On Analytical Engines", Date(2023, 5, 1))
    assert [(author.name, author.orcid) for author in found.authors] == [
        ("Ada Lovelace", orcid),
        ("Charles Babbage", ""),
    ]
    assert {link.url for link in found.links} == {"https://x.org/a", "https://x.org/b"}
    assert {(version.label, version.date) for version in found.versions} == {
        ("Preprint", Date(2023, 1, 2)),
        ("Data", None),
        ("Code", None),
    }


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            (("doi:10.1234/a", Date(2023)), ("openalex:W1", Date(2023, 5)), ("openalex:W1", Date(2024, 2))),
            Date(2023, 5),
        ),
        ((("arxiv:2301.00001", Date(2023, 1, 2)), ("doi:10.1234/a", Date(2023))), Date(2023)),
        ((("doi:10.1234/a", Date(2023)), ("arxiv:2301.00001", Date(2023, 1, 2))), Date(2023)),
        (
            (("s2:1", Date(2023, 5, 1)), ("doi:10.1234/a", Date(2023, 5)), ("openalex:W1", Date(2022, 1))),
            Date(2023, 5, 1),
        ),
    ],
)
def test_whoever_counts_less_makes_a_date_more_precise_and_a_preprint_does_not(
    tmp_path: Path, said: tuple[tuple[str, Date], ...], found: Date
) -> None:
    for record, date in said:
        one = paper(record, "Engines", doi="10.1234/a", date=date)
        collection.collect(tmp_path, [Told(record, Profile(Author(name="Ada Lovelace"), (one,)))])
    assert papers_of(tmp_path)["engines"].date == found


def test_nothing_is_imported_of_a_paper_of_which_a_person_has_written_all(tmp_path: Path) -> None:
    own = tmp_path / "content" / "papers" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("- {title: Engines, authors: [Ada Lovelace], date: 2023-05-01, doi: 10.1234/a}\n", "utf-8")
    told = paper("openalex:W1", "Engines", doi="10.1234/a", authors=(ADA,))
    done = collection.collect(tmp_path, [Told("openalex:A1", Profile(person(3, TAKEN), (told,)))])
    assert (done.new, done.updated, done.changes) == (0, 0, ())
    assert not (tmp_path / FILE).exists()


def test_nothing_is_written_when_no_source_answers(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    before = files(tmp_path)

    def ask(source: str) -> Profile:
        raise ImportFailed("cannot be reached")

    [done] = collection.refresh(tmp_path, ask)
    assert (done.collected, len(done.failures)) == (None, 1)
    assert files(tmp_path) == before


def test_windows_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    data = b"\xef\xbb\xbf" + (tmp_path / FILE).read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / FILE).write_bytes(data)
    collection.collect(tmp_path, [openalex(citations=9), arxiv()])
    after = (tmp_path / FILE).read_bytes()
    assert after.startswith(data[: data.index(b"2023-05-01")])
    assert after.count(b"\r\n") == after.count(b"\n")
    assert len(papers_of(tmp_path)) == 3


def test_a_paper_of_somebody_elses_import_is_known(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    other = Profile(Author(name="Charles Babbage"), openalex().profile.papers)
    done = collection.collect(tmp_path, [Told("openalex:A2", other)])
    assert (done.new, done.author_id) == (0, "charles-babbage")
    assert all(one.profiles == ("ada-lovelace", "charles-babbage") for one in papers_of(tmp_path).values())


def test_a_ledger_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    (tmp_path / FILE).with_name("ada-lovelace.sources.json").write_text("{", encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(ImportFailed, match=r"ada-lovelace.sources.json cannot be read"):
        collection.collect(tmp_path, [openalex(citations=9)])
    assert files(tmp_path) == before


@pytest.mark.parametrize("wrong", ["  tags: [x\n", "  ? [a]\n  : x\n", "  titel: x\n"])
def test_imported_papers_that_cannot_be_read_are_told_and_left_alone(tmp_path: Path, wrong: str) -> None:
    collection.collect(tmp_path, [openalex()])
    (tmp_path / FILE).write_text(f"{(tmp_path / FILE).read_text(encoding='utf-8')}{wrong}", encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(ImportFailed, match=rf"{FILE.name} cannot be added to"):
        collection.collect(tmp_path, [openalex(citations=9)])
    assert files(tmp_path) == before


@pytest.mark.parametrize("wrong", ["role: [x\n", "? [a]\n: x\n", "nmae: x\n"])
def test_an_imported_profile_that_cannot_be_read_is_told_and_left_alone(tmp_path: Path, wrong: str) -> None:
    collection.collect(tmp_path, [openalex()])
    [profile] = (tmp_path / "content/authors").rglob("*.yaml")
    profile.write_text(f"{profile.read_text(encoding='utf-8')}{wrong}", encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(ImportFailed, match=rf"{profile.name} cannot be brought up to date") as caught:
        collection.collect(tmp_path, [openalex(citations=9)])
    assert caught.value.problems[0].place.line >= before[profile.relative_to(tmp_path).as_posix()].count(b"\n") - 1
    assert files(tmp_path) == before


def test_the_text_of_a_file_taken_apart_is_whole(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex(), arxiv()])
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    taken = written.take_apart(text, indented=True)
    assert len(taken.records) == 3
    for whole, pieces in taken.records:
        assert pieces is not None
        assert written.put_together(pieces, indented=True) == whole
    assert taken.head + "".join(whole for whole, _ in taken.records) == text


def test_two_papers_of_one_title_stay_two(tmp_path: Path) -> None:
    one = paper("openalex:W1", "On analytical engines", doi="10.1234/a")
    two = paper("openalex:W2", "On analytical engines", doi="10.1234/b", date=Date(2024))
    done = collection.collect(tmp_path, [Told("openalex:A1", Profile(Author(name="Ada Lovelace"), (one, two)))])
    assert (done.new, len(done.questions)) == (2, 1)
    assert set(papers_of(tmp_path)) == {"on-analytical-engines", "on-analytical-engines-2"}
    same = msgspec.structs.replace(one, citations=4)
    collection.collect(tmp_path, [Told("openalex:A1", Profile(Author(name="Ada Lovelace"), (two, same)))])
    assert {one.id: one.citations for one in papers_of(tmp_path).values()} == {
        "on-analytical-engines": 4,
        "on-analytical-engines-2": None,
    }


def test_what_a_person_answers_is_remembered(tmp_path: Path) -> None:
    one = paper("openalex:W1", "On analytical engines and looms")
    two = paper("s2:aa", "On analytical engines and looms: a note")
    sources = [
        Told("openalex:A1", Profile(Author(name="Ada Lovelace"), (one,))),
        Told("s2:1", Profile(Author(name="Ada Lovelace"), (two,))),
    ]
    for answer, count in ((True, 1), (False, 2)):
        site = tmp_path / str(count)
        site.mkdir()
        asked = []
        collection.collect(site, sources, decide=lambda first, second: asked.append(first) or answer)  # noqa: B023
        again = collection.collect(site, sources)
        assert (len(asked), len(papers_of(site)), again.questions, again.new) == (1, count, (), 0)


def test_a_file_of_an_earlier_import_is_filled_and_not_replaced(tmp_path: Path) -> None:
    first = paper("papers.bib", "On analytical engines", venue="As I wrote it", doi="10.1234/engines")
    collection.collect(tmp_path, [of_file(first)])
    done = collection.collect(tmp_path, [openalex()])
    assert (done.new, done.problems) == (1, ())
    found = papers_of(tmp_path)["on-analytical-engines"]
    assert (found.venue, found.citations) == ("As I wrote it", 7)


def test_a_doi_in_other_capitals_is_no_news(tmp_path: Path) -> None:
    collection.collect(tmp_path, [openalex()])
    first = files(tmp_path)
    one, *others = openalex().profile.papers
    papers = (msgspec.structs.replace(one, doi=one.doi.replace("engines", "ENGINES")), *others)
    shouted = msgspec.structs.replace(openalex().profile, papers=papers)
    done = collection.collect(tmp_path, [Told("openalex:A1", shouted)])
    assert (done.changes, done.problems) == ((), ())
    assert files(tmp_path) == first


def of_file(*papers: Paper) -> Told:
    return Told("somewhere/papers.bib", Profile(Author(name="Ada Lovelace"), papers))


def test_a_file_fills_what_is_missing_and_replaces_only_what_it_said_itself(tmp_path: Path) -> None:
    bare = paper("papers.bib", "On analytical engines", venue="Engines", publisher="Mill", pages="1-20")
    collection.collect(tmp_path, [of_file(bare)])
    change(tmp_path, "venue: Engines\n", "venue: As I wrote it  # mine\n")
    text = "We weave algebra as the loom weaves flowers, and leaves. " * 4
    whole = msgspec.structs.replace(
        bare, doi="10.1234/engines", abstract=text.strip(), volume="3", venue="Looms", publisher="The Mill"
    )
    done = collection.collect(tmp_path, [of_file(whole)])
    assert (done.new, done.changes) == (0, ("on-analytical-engines: abstract, volume, publisher, doi",))
    [problem] = done.problems
    assert problem.what == "venue is kept as you changed it, 'As I wrote it'; somewhere/papers.bib has 'Looms'"
    found = papers_of(tmp_path)["on-analytical-engines"]
    assert (found.venue, found.doi, found.volume, found.publisher) == (
        "As I wrote it",
        "10.1234/engines",
        "3",
        "The Mill",
    )
    assert "# mine" in (tmp_path / FILE).read_text(encoding="utf-8")
    entry = ledger.read((tmp_path / LEDGER).read_bytes(), "").papers["on-analytical-engines"]
    assert {entry.keys[key].source for key in ("title", "authors", "doi", "abstract", "volume")} == {"papers.bib"}
    before = files(tmp_path)
    assert collection.collect(tmp_path, [of_file(whole)]).changes == ()
    assert files(tmp_path) == before
    change(tmp_path, "  doi: 10.1234/engines\n", "")
    before = files(tmp_path)
    assert collection.collect(tmp_path, [of_file(whole)]).changes == ()
    assert files(tmp_path) == before
    other = Told("other.bib", Profile(Author(name=""), (msgspec.structs.replace(whole, pages="7", volume="4"),)))
    done = collection.collect(tmp_path, [other], "ada-lovelace")
    assert [problem.what for problem in done.problems][1:] == [
        "volume is kept as papers.bib has it, '3'; other.bib has '4'",
        "pages is kept as papers.bib has it, '1-20'; other.bib has '7'",
    ]
    assert files(tmp_path) == before


def test_what_stays_is_told_where_it_is_other_than_in_markup_capitals_and_signs(tmp_path: Path) -> None:
    said = {"venue": "Looms and Mills", "tags": ("looms",), "note": "Best paper", "code": True}
    collection.collect(tmp_path, [of_file(paper("papers.bib", "On analytical engines", **said))])
    before = files(tmp_path)
    again = {"venue": r"\emph{Looms} and mills.", "tags": ("mills",), "note": "best paper.", "code": "https://x.org/"}
    other = paper("other.bib", "On Analytical Engines", **again)
    done = collection.collect(tmp_path, [Told("other.bib", Profile(Author(name=""), (other,)))], "ada-lovelace")
    assert [problem.what for problem in done.problems] == [
        "tags is kept as papers.bib has it, 'looms'; other.bib has 'mills'",
        "code is kept as papers.bib has it, 'True'; other.bib has 'https://x.org/'",
    ]
    assert files(tmp_path) == before


def test_a_date_that_another_file_knows_more_precisely_replaces_it(tmp_path: Path) -> None:
    collection.collect(tmp_path, [of_file(paper("papers.bib", "On analytical engines", date=Date(2023)))])
    closer = paper("other.bib", "On analytical engines", date=Date(2023, 5))
    done = collection.collect(tmp_path, [Told("other.bib", Profile(Author(name="Ada Lovelace"), (closer,)))])
    assert (done.problems, done.changes) == ((), ("on-analytical-engines: date",))
    for again in (closer, paper("papers.bib", "On analytical engines", date=Date(2023))):
        done = collection.collect(tmp_path, [Told("papers.bib", Profile(Author(name="Ada Lovelace"), (again,)))])
        assert (done.problems, done.changes) == ((), ())
    assert papers_of(tmp_path)["on-analytical-engines"].date == Date(2023, 5)


def test_a_key_that_is_added_stands_before_the_blank_line_between_two_papers(tmp_path: Path) -> None:
    bare, second = paper("papers.bib", "On analytical engines"), paper("papers.bib", "On looms")
    collection.collect(tmp_path, [of_file(bare, second)])
    change(tmp_path, "\n\n- title: On looms", "\n  # mine\n\n- title: On looms")
    collection.collect(tmp_path, [of_file(msgspec.structs.replace(bare, doi="10.1234/engines"), second)])
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "  # mine\n  doi: 10.1234/engines\n\n- title: On looms\n" in text


def test_whether_a_list_of_authors_is_cut_short_goes_with_the_list(tmp_path: Path) -> None:
    whole = paper("papers.bib", "On analytical engines")
    collection.collect(tmp_path, [of_file(whole)])
    change(tmp_path, "  - Ada Lovelace\n", "  - Ada King\n")
    cut = msgspec.structs.replace(whole, authors=(ADA,), et_al=True)
    collection.collect(tmp_path, [of_file(cut)])
    found = papers_of(tmp_path)["on-analytical-engines"]
    assert ([author.name for author in found.authors], found.et_al) == (["Ada King", "Charles Babbage"], False)


def test_a_file_fills_beneath_what_is_written_by_hand_and_tells_where_it_differs(tmp_path: Path) -> None:
    own = tmp_path / "content/papers/mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "- title: On Analytical \\emph{Engines}\n  id: on-analytical-engines\n  date: 2023\n  venue: Mill\n"
        "  authors: [A. Lovelace, C. Babbage]\n  tags: [mine]\n  code: true\n",
        encoding="utf-8",
    )
    more = {"venue": "Looms", "doi": "10.1234/engines", "tags": ("looms",), "code": "https://x.org/code"}
    before = own.read_bytes()
    done = collection.collect(tmp_path, [of_file(paper("papers.bib", "On analytical engines", **more))])
    assert (done.new, done.known, done.changes) == (0, 1, ("on-analytical-engines: doi",))
    assert [str(problem) for problem in done.differences] == [
        "content/papers/mine.yaml:4:3: venue is kept as 'Mill'; somewhere/papers.bib has 'Looms'"
    ]
    assert own.read_bytes() == before
    found = papers_of(tmp_path)["on-analytical-engines"]
    assert (found.title, found.venue, found.doi) == ("On Analytical \\emph{Engines}", "Mill", "10.1234/engines")
    before_all = files(tmp_path)
    again = collection.collect(tmp_path, [of_file(paper("papers.bib", "On analytical engines", **more))])
    assert (again.changes, len(again.differences), files(tmp_path)) == ((), 1, before_all)


def test_another_date_than_in_a_record_of_ones_own_is_told_but_no_less_precise_one(tmp_path: Path) -> None:
    own = tmp_path / "content/papers/mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("title: On analytical engines\ndate: 2023-05\n", encoding="utf-8")

    def told(date: Date) -> list[str]:
        found = paper("papers.bib", "On analytical engines", date=date)
        return [problem.what for problem in collection.collect(tmp_path, [of_file(found)]).differences]

    assert told(Date(2023)) == told(Date(2023, 5, 7)) == []
    assert told(Date(2024)) == ["date is kept as '2023-05'; somewhere/papers.bib has '2024'"]
    assert collection.collect(tmp_path, [arxiv()]).differences == (), "a preprint is there before the paper"


def test_a_difference_to_a_bibliography_is_told_with_the_line_of_its_entry(tmp_path: Path) -> None:
    own = tmp_path / "content/papers/mine.bib"
    own.parent.mkdir(parents=True)
    own.write_text("\n@article{engines,\n title = {On analytical engines},\n journal = {Mill},\n year = 2023\n}\n")
    done = collection.collect(tmp_path, [of_file(paper("papers.bib", "On analytical engines", venue="Looms"))])
    [difference] = done.differences
    assert (str(difference.place), difference.what) == (
        "content/papers/mine.bib:2",
        "venue is kept as 'Mill'; somewhere/papers.bib has 'Looms'",
    )


@pytest.mark.parametrize(
    "again",
    [
        of_file(paper("papers.bib", "Notes on the loom", id="notes-on-the-loom")),
        of_file(paper("papers.bib", "Notes on the loom", id="lovelace2023")),
        of_file(paper("papers.bib", "Loom, notes", id="lovelace2023", doi="10.1234/LOOM")),
        of_file(paper("papers.bib", "Loom, notes", id="lovelace2023", arxiv="2301.00077v2")),
        Told("s2:1", Profile(Author(name="Ada Lovelace"), (paper("s2:aa", "Notes on the Loom"),))),
    ],
    ids=["id", "title", "doi", "arxiv", "service"],
)
def test_a_deleted_paper_does_not_come_back_from_another_source(tmp_path: Path, again: Told) -> None:
    loom = paper("openalex:W2", "Notes on the loom", doi="10.1234/loom", arxiv="2301.00077")
    engines = paper("openalex:W1", "On analytical engines")
    both = Profile(Author(name="Ada Lovelace"), (engines, loom))
    collection.collect(tmp_path, [Told("openalex:A1", both)])
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text[: text.index("- title: Notes on the loom")], encoding="utf-8")
    done = collection.collect(tmp_path, [again])
    assert (done.new, len(done.left_out), done.questions) == (0, 1, ())
    assert set(papers_of(tmp_path)) == {"on-analytical-engines"}


def test_a_deleted_double_does_not_take_the_paper_that_stayed(tmp_path: Path) -> None:
    one = paper("openalex:W1", "On analytical engines", doi="10.1234/a")
    two = paper("openalex:W2", "On analytical engines", doi="10.1234/b", id="on-analytical-engines-2")
    collection.collect(tmp_path, [Told("openalex:A1", Profile(Author(name="Ada Lovelace"), (one, two)))])
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text[: text.rindex("- title: On analytical engines")], encoding="utf-8")
    later = paper("papers.bib", "On analytical engines", id="lovelace2024", date=Date(2024, 1, 1), volume="7")
    done = collection.collect(tmp_path, [of_file(later)])
    assert (done.new, done.left_out, done.questions) == (0, (), ())
    assert papers_of(tmp_path)["on-analytical-engines"].volume == "7"


def test_what_files_tell_of_a_person_begins_a_file_of_her_own(tmp_path: Path) -> None:
    collection.collect(tmp_path, [of_file(), Told("profile.txt", Profile(person(12, TAKEN), ()))])
    assert sorted(path.name for path in (tmp_path / "content/authors").rglob("*.*")) == ["ada-lovelace.yaml"]
    collection.collect(tmp_path, [openalex(h_index=13)])
    [author] = content.load(tmp_path).site.authors
    assert (author.metrics["h_index"].value, author.citations_by_year.years) == ("12", {2024: 5})


def test_a_refresh_asks_nothing_where_files_alone_were_imported(tmp_path: Path) -> None:
    collection.collect(tmp_path, [of_file(paper("papers.bib", "On analytical engines"))])
    assert list(collection.refresh(tmp_path, lambda source: pytest.fail(source))) == []


@pytest.mark.parametrize("written_as", ["https://doi.org/10.1234/engines", "https://dx.doi.org/10.1234/ENGINES"])
def test_a_doi_written_as_an_address_is_no_difference(tmp_path: Path, written_as: str) -> None:
    collection.collect(tmp_path, [openalex()])
    change(tmp_path, "doi: 10.1234/engines\n", f"doi: {written_as}\n")
    done = collection.collect(tmp_path, [openalex()])
    alone = collection.collect(tmp_path, [of_file(paper("papers.bib", "Engines", doi="10.1234/Engines"))])
    assert (done.changes, done.problems) == ((), ())
    assert not any("doi" in said for said in (*map(str, alone.problems), *alone.changes))
    assert f"doi: {written_as}\n" in (tmp_path / FILE).read_text(encoding="utf-8")
