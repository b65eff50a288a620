"""Moving in from the Lab Website Template: papers that its program has looked up, members, and what is left to do."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from lab_site import LAB

from generator import attachments, collection, content, folders, library
from generator.dates import Date
from generator.errors import Problems
from generator.formats.profile import Profile
from generator.merge import Told
from generator.model import Paper, PaperLink, Version

DAY = datetime.date(2026, 11, 25)
Make = Callable[[dict[str, str | bytes]], Path]
Change = Callable[[dict[str, str | bytes]], Profile]


@pytest.fixture
def lab(old_site: Make) -> Change:
    """Reads the lab's site with some of its files changed."""
    return lambda files: folders.read(old_site({**LAB, **files}), None, DAY)


@pytest.fixture
def cited(lab: Change) -> Callable[[str], Paper]:
    """Reads the one paper that ``citations.yaml`` holds."""

    def read(entry: str) -> Paper:
        files = {"_data/citations.yaml": f"- {{title: On looms, authors: [Ada Lovelace], {entry}}}\n"}
        [paper] = lab({**files, "_data/sources.yaml": ""}).papers
        return paper

    return read


def told(profile: Profile) -> list[str]:
    """The problems, each with the name of its file alone."""
    return [f"{Path(one.place.file).name}{str(one).removeprefix(one.place.file)}" for one in profile.problems]


def test_the_head_of_the_lab_is_the_owner_and_members_have_profiles(lab: Change) -> None:
    profile = lab({})
    ada = profile.author
    assert (ada.name, ada.aliases, ada.role, ada.group) == (
        "Ada Lovelace",
        ("AK Lovelace",),
        "Principal Investigator",
        "Principal investigator",
    )
    assert ([one.name for one in ada.affiliations], ada.email, ada.photo, ada.bio) == (
        ["University of Engines"],
        "ada@example.org",
        "images/ada.jpg",
        "I **weave**.",
    )
    assert [(link.label, link.url) for link in ada.links] == [
        ("", "https://orcid.org/0000-0002-1825-0097"),
        ("", "https://scholar.google.com/citations?user=qc6CJjYAAAAJ"),
        ("Homepage", "https://ada.example.org/"),
        ("Loom Hub", "https://loomhub.example.org/ada"),
    ]
    assert [(one.name, one.role, one.group, [link.url for link in one.links]) for one in profile.others] == [
        ("Charles Babbage", "Head weaver", "Weaver", ["https://x.com/cb"]),
        ("Grace Hopper", "PhD Student", "Alumni", []),
    ]


def test_pages_of_members_lead_to_their_profiles(lab: Change) -> None:
    profile = lab(
        {
            "_members/2020/li.md": "---\nname: Bo Li\n---\n",
            "_members/wu.md": "---\ntitle: Wu Di\npermalink: /wu/\n---\n",
        }
    )
    assert [one.redirect_from for one in (profile.author, *profile.others)] == [
        ("/members/ada-lovelace.html", "/people/ada/"),
        ("/members/2020/li.html",),
        ("/members/babbage.html",),
        ("/members/hopper.html",),
        ("/wu/",),
    ]


@pytest.mark.parametrize(
    ("role", "group", "shown"),
    [
        ("postdoc", "", ("Postdoctoral Researcher", "Postdocs")),
        ("postdoc", "current", ("Postdoctoral Researcher", "Postdocs")),
        ("pi", "former members", ("Principal Investigator", "Alumni")),
        ("technician", "", ("Technician", "Technician")),
        ("phd", "theory", ("PhD Student", "Theory")),
        ("", "", ("", "")),
    ],
)
def test_a_group_is_told_or_made_of_the_role(lab: Change, role: str, group: str, shown: tuple[str, str]) -> None:
    profile = lab({"_members/a.md": f"---\nname: Bo Li\nrole: {role}\ngroup: {group}\n---\n"})
    [li] = [one for one in profile.others if one.name == "Bo Li"]
    assert (li.role, li.group) == shown


def test_a_former_head_of_the_lab_is_not_the_owner(lab: Change) -> None:
    former = "---\nname: Aaron Zu\nrole: pi\ngroup: alumni\n---\n"
    assert lab({"_members/a.md": former}).author.name == "Ada Lovelace"
    without = {"_members/ada-lovelace.md": "---\nname: Ada Lovelace\n---\n", "_members/hopper.md": ""}
    assert lab({**without, "_members/a.md": former}).author.name == "Aaron Zu"


def test_a_paper_has_what_its_entry_says(lab: Change) -> None:
    paper = lab({}).papers[0]
    assert (paper.title, [author.name for author in paper.authors], paper.venue, paper.doi) == (
        r"On the m\textsuperscript{6}A Engines",
        ["Ada K. Lovelace", "Charles Babbage"],
        "Journal of Looms",
        "10.1000/engines",
    )
    assert (paper.date, paper.tags, paper.image, paper.pdf, paper.website) == (
        Date(1843, 9, 2),
        ("looms",),
        "images/engines.png",
        "engines.pdf",
        "",
    )
    assert paper.tldr == r"\textbf{Looms} weave with \emph{cards}, see the film."
    assert (paper.code, paper.versions) == (
        "https://github.com/ada/engines",
        (Version(label="Preprint", doi="10.1101/2020.05.25.110965"),),
    )
    assert paper.links == (
        PaperLink(label="the film", url="https://looms.example.org/film"),
        PaperLink(label="Cards", url="https://github.com/ada/cards"),
        PaperLink(label="Documentation", url="https://looms.example.org/docs"),
        PaperLink(label="Source", url="https://github.com/ada/threads"),
    )


@pytest.mark.parametrize(
    ("identifier", "key", "value"),
    [
        ("doi:10.1000/x", "doi", "10.1000/x"),
        ("10.1000/x", "doi", "10.1000/x"),
        ("https://doi.org/10.1000/x", "doi", "10.1000/x"),
        ("pmid:123", "pmid", "123"),
        ("pubmed:123", "pmid", "123"),
        ("arxiv:2106.00657", "arxiv", "2106.00657"),
        ("url:https://looms.example.org/", "website", "https://looms.example.org/"),
        ("isbn:9780000000000", "extra", {"isbn": "9780000000000"}),
        ("isbn:9780000000000", "type", "book"),
        (
            "pmc:PMC641",
            "links",
            (PaperLink(label="PubMed Central", url="https://pmc.ncbi.nlm.nih.gov/articles/PMC641/"),),
        ),
    ],
)
def test_identifiers_of_all_kinds_are_understood(
    cited: Callable[[str], Paper], identifier: str, key: str, value: object
) -> None:
    assert getattr(cited(f"id: '{identifier}'"), key) == value


@pytest.mark.parametrize(
    ("entry", "date"),
    [
        ("date: '2020-01-01'", Date(2020)),
        ("date: '2020-04-01'", Date(2020, 4)),
        ("date: '2020-01-15'", Date(2020, 1, 15)),
        ("date: ''", None),
    ],
)
def test_a_first_of_the_month_may_be_filled_in(cited: Callable[[str], Paper], entry: str, date: Date | None) -> None:
    assert cited(entry).date == date


def test_a_date_that_a_person_wrote_is_kept(lab: Change) -> None:
    entry = "- {id: doi:10.1000/x, title: On looms, date: '2020-01-01'}\n"
    sources = "- {id: doi:10.1000/x, date: 2020-1-1}\n- {title: By hand, date: 2022-1-1}\n"
    profile = lab({"_data/citations.yaml": entry, "_data/sources.yaml": sources})
    assert [paper.date for paper in profile.papers] == [Date(2020, 1, 1), Date(2022, 1, 1)]


@pytest.mark.parametrize(
    ("doi", "publisher", "venue"),
    [
        ("10.1101/2020.09.11.294280", "Cold Spring Harbor Laboratory", "bioRxiv"),
        ("10.1101/865485", "Cold Spring Harbor Laboratory", "bioRxiv"),
        ("10.1101/2021.06.23.21259416", "Cold Spring Harbor Laboratory", "medRxiv"),
        ("10.64898/2026.01.01.123456", "openRxiv", "bioRxiv"),
        ("10.1101/gr.275777.121", "Genome Research", "Genome Research"),
        ("10.1000/x", "arXiv", ""),
    ],
)
def test_a_preprint_has_its_server_for_its_venue(
    cited: Callable[[str], Paper], doi: str, publisher: str, venue: str
) -> None:
    paper = cited(f"id: 'doi:{doi}', publisher: {publisher}")
    assert (paper.venue, paper.publisher) == (venue, "")


@pytest.mark.parametrize(
    ("button", "key", "value"),
    [
        (
            "{type: preprint, link: https://doi.org/10.1101/142760}",
            "versions",
            (Version(label="Preprint", doi="10.1101/142760"),),
        ),
        ("{type: medrxiv, link: doi.org/10.1101/20053}", "versions", (Version(label="Preprint", doi="10.1101/20053"),)),
        ("{type: preprint, link: https://doi.org/10.1000/X}", "versions", ()),
        ("{type: preprint, link: https://arxiv.org/abs/2106.00657}", "arxiv", "2106.00657"),
        ("{type: preprint}", "type", "article"),
        ("https://looms.example.org/", "links", (PaperLink(url="https://looms.example.org/"),)),
        ("{text: arXiv, url: https://arxiv.org/abs/2106.00657}", "arxiv", "2106.00657"),
        ("{type: arxiv, link: https://arxiv.org/abs/2106.00657v2}", "links", ()),
        ("{type: data, url: https://data.example.org/}", "dataset", "https://data.example.org/"),
        ("{type: website, link: https://looms.example.org/}", "website", "https://looms.example.org/"),
        (
            "{type: manubot, link: https://looms.example.org/}",
            "links",
            (PaperLink(label="Manubot", url="https://looms.example.org/"),),
        ),
        (
            "{text: Film, icon: fa-film, link: https://looms.example.org/}",
            "links",
            (PaperLink(label="Film", url="https://looms.example.org/"),),
        ),
    ],
)
@pytest.mark.parametrize("name", ["buttons", "extra-links"])
def test_buttons_lead_where_they_led(
    cited: Callable[[str], Paper], name: str, button: str, key: str, value: object
) -> None:
    assert getattr(cited(f"id: 'doi:10.1000/x', publisher: Looms, {name}: [{button}]"), key) == value


def test_the_link_is_kept_where_the_identifier_does_not_say_it(cited: Callable[[str], Paper]) -> None:
    assert cited("link: https://doi.org/gskxpw").website == "https://doi.org/gskxpw"
    assert cited("id: 'doi:10.1000/x', link: https://doi.org/gskxpw").website == ""
    assert cited("id: 'doi:10.1000/x', link: https://looms.example.org/").website == "https://looms.example.org/"
    assert [link.url for link in cited("id: 'doi:10.1000/x', link: https://doi.org/10.1000/y").links] == [
        "https://doi.org/10.1000/y"
    ]


def test_what_was_not_looked_up_is_told_with_the_command_that_brings_it(lab: Change) -> None:
    assert [line for line in told(lab({})) if "looked up yet" in line] == [
        "sources.yaml:3: 2 papers were not looked up yet\n  hint: import what is known of them: "
        "paperfolio import 'doi:10.1016/S0001-1(20)1-5' arxiv:2301.00001 --author ada-lovelace",
        "citations.yaml:43: 'pmc:PMC6410737' was not looked up yet\n  hint: import its DOI, or write the paper by hand",
        "sources.yaml:5: 'isbn:9780000000000' was not looked up yet\n"
        "  hint: import its DOI, or write the paper by hand",
    ]


def test_everything_that_is_left_behind_is_told(lab: Change) -> None:
    assert [line.split("\n")[0] for line in told(lab({})) if "looked up yet" not in line] == [
        "ada-lovelace.md: the biography held commands of templates",
        "ada-lovelace.md:1: the link pigeon: 'loft 3' leads nowhere that is known",
        "ada-lovelace.md: the title in the name 'Ada Lovelace, Ph.D.' was left out: papers do not print it",
        "jane-smith.md:1: Jane Smith is a sample of the template",
        "twice.md:1: is a second page of Charles Babbage",
        "_members: keys that were not taken over: room",
        "citations.yaml:49: the date is the day on which the ORCID record was changed",
        "citations.yaml:22: keys that were not taken over: award",
        "orcid.yaml:1: papers found by '0000-0002-1825-0097' are taken over as far as they were looked up",
        "google-scholar.yaml:1: papers found by 'qc6CJjYAAAAJ' are taken over as far as they were looked up",
        "_posts: posts: not taken over (1 file)",
        "projects.yaml: projects: not taken over (1 file)",
        "old: pages: not taken over (1 file)",
        "_config.yaml:2: title, subtitle, description, links of the site: not taken over",
    ]


def test_papers_that_were_removed_are_left_out(lab: Change) -> None:
    assert [paper.title for paper in lab({}).papers if paper.title == "Gone"] == []


def test_a_paper_that_names_no_member_is_told(lab: Change) -> None:
    entry = "- title: Mine\n  authors: [A K Lovelace]\n- title: Theirs\n  authors: [Bo Li]\n"
    profile = lab({"_data/citations.yaml": entry, "_data/sources.yaml": ""})
    assert [line for line in told(profile) if "names none" in line] == [
        "citations.yaml:3: the paper names none of the members\n"
        "  hint: it is listed for Ada Lovelace: write profiles: [] into it if it is nobody's here"
    ]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("_data/citations.yaml", "- title: A\n  authors: [\n", "citations.yaml:3:1: is not valid YAML"),
        ("_data/citations.yaml", "title: A\n", "citations.yaml:1: holds no list"),
        ("_data/citations.yaml", "- title: A\n- doi:10.1000/x\n", "citations.yaml:2: is no entry with keys"),
        ("_members/li.md", "---\nname: 'Bo Li\n---\n", "li.md:3:1: is not valid YAML"),
        ("_members/li.md", "---\nrole: phd\n---\n", "li.md:1: has no name"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(lab: Change, name: str, text: str, problem: str) -> None:
    assert [line for line in told(lab({name: text})) if line.startswith(problem)] != []


def test_a_photo_that_is_missing_and_a_picture_elsewhere_are_told(lab: Change, tmp_path: Path) -> None:
    entry = "- title: A\n  authors: [Ada Lovelace]\n  image: https://example.org/a.png\n"
    profile = lab({"_data/citations.yaml": entry})
    assert "citations.yaml:3: image 'https://example.org/a.png' lies on another host" in " ".join(told(profile))
    problems = Problems()
    settled = attachments.settle(profile, tmp_path / "site", problems)
    assert [one.what for one in problems.found] == ["photo names 'images/gone.jpg', which was not found"]
    assert settled.others[0].photo == ""


def test_an_identifier_of_no_known_kind_is_told_where_no_link_says_it(lab: Change) -> None:
    entry = "- {{id: wikidata:Q1, title: A, authors: [Ada Lovelace], {}}}\n"
    for more, count in (("", 1), ("link: https://www.wikidata.org/wiki/Q1", 0)):
        profile = lab({"_data/citations.yaml": entry.format(more)})
        assert sum("the id 'wikidata:Q1' is of no known kind" in line for line in told(profile)) == count


def test_addresses_that_are_none_are_told_and_the_paper_is_kept(lab: Change) -> None:
    entry = "- title: A\n  authors: [Ada Lovelace]\n  buttons: [{type: arxiv, link: 'https://arxiv.org/a/x'}]\n"
    profile = lab({"_data/citations.yaml": entry, "_data/sources.yaml": ""})
    [paper] = profile.papers
    assert [link.url for link in paper.links] == ["https://arxiv.org/a/x"]
    problems = [line for line in told(profile) if line.startswith("citations.yaml")]
    assert [line.split(" ")[:2] for line in problems] == [["citations.yaml:3:", "arxiv"]]


def test_older_names_of_files_and_keys_are_understood(old_site: Make) -> None:
    root = old_site(
        {
            "_config.yml": "title: Looms\n",
            "_data/roles.yaml": "pi: {text: Head}\n",
            "_data/research-output.yml": "- {id: doi:10.1000/x, title: A, authors: [A. Lovelace], thumbnail: a.png}\n",
            "_data/research-input.yml": "- id: doi:10.1000/x\n- id: doi:10.1000/y\n",
            "_members/ada.md": "---\ntitle: Ada Lovelace\nrole: pi\nsearch: [A. Lovelace]\nlinks: {google: qc6CJjYAAAAJ}\n---\n",
            "a.png": b"png",
        }
    )
    profile = folders.read(root, None, DAY)
    assert (profile.author.name, profile.author.role, profile.author.aliases) == (
        "Ada Lovelace",
        "Head",
        ("A. Lovelace",),
    )
    assert [link.url for link in profile.author.links] == ["https://scholar.google.com/citations?user=qc6CJjYAAAAJ"]
    assert [(paper.doi, paper.image) for paper in profile.papers] == [("10.1000/x", "a.png")]
    assert "research-input.yml:2: 1 paper was not looked up yet" in " ".join(told(profile))


def test_newer_files_count_where_older_ones_were_left(lab: Change) -> None:
    older = {
        "_data/research-output.yml": "- {title: Old, authors: [A]}\n",
        "_data/research-input.yml": "- id: doi:10.1/z\n",
    }
    assert lab(older).papers == lab({}).papers


def test_papers_of_the_site_are_theirs_whom_they_name(old_site: Make, tmp_path: Path) -> None:
    site = tmp_path / "site"
    collected = collection.collect(site, [Told("old", library.read(old_site(LAB), None, DAY))])
    loaded = content.load(site)
    assert not loaded.problems, loaded.problems.sorted()
    assert (collected.author_id, [one.id for one in loaded.site.authors]) == (
        "ada-lovelace",
        ["ada-lovelace", "charles-babbage", "grace-hopper"],
    )
    assert {paper.title: paper.profiles for paper in loaded.site.papers} == {
        r"On the m\textsuperscript{6}A Engines": ("ada-lovelace", "charles-babbage"),
        "Looms in cells": ("grace-hopper", "ada-lovelace"),
        "Threads of looms": ("charles-babbage",),
        "Weaving by numbers": ("grace-hopper",),
        "Notes of a loom": ("ada-lovelace",),
        "By hand": ("ada-lovelace", "charles-babbage"),
    }


def test_a_paper_that_pubmed_and_crossref_tell_is_asked_about(old_site: Make, tmp_path: Path) -> None:
    entries = (
        "- {id: doi:10.1000/x, title: On the looms of cells, authors: [Ada Lovelace], date: '2019-11-01'}\n"
        "- {id: pmid:123, title: On the looms of cells., authors: [Ada Lovelace], date: '2019-11-14'}\n"
    )
    told = Told("old", library.read(old_site({**LAB, "_data/citations.yaml": entries}), None, DAY))
    [question] = collection.collect(tmp_path / "asked", [told]).questions
    assert {question.one.pmid, question.other.pmid} == {"", "123"}
    joined = collection.collect(tmp_path / "joined", [told], decide=lambda one, other: True)
    assert joined.papers == joined.read - 1
