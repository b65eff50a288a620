"""From a place in the output to the line that caused it."""

import os
from pathlib import Path

import pytest

from generator.check.finding import Fault
from generator.check.sources import Sources
from generator.errors import Place

CONTENT = {
    "content/site.yaml": "title: Papers\nnav:\n  - label: There\n    url: /there/\n",
    "content/authors/ada.yaml": "name: Ada Lovelace\n# at /there/\n",
    "content/papers/papers.yaml": (
        "- title: The Engine\n  id: engine\n  website: https://x.example/a\n"
        "- title: The Loom\n  id: loom\n  website: https://x.example/a\n  draft: true\n"
        "- title: The Wheel\n  id: wheel\n  note: b.pdf, c.pdf\n"
    ),
    "content/pages/about.md": "---\ntitle: About\n---\n[x](/only-here/)\n",
    "content/pages/zebra.md": "---\ntitle: Zebra\n---\n[x](/there-too/)\n",
    "content/files/old.html": "<p>only-in-a-file",
    "themes/folio/templates/layout.html": '{% extends "folio:layout.html" %}\n<a href="/there-too/">\n <a href="/imprint/">',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in CONTENT.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def place(folder: Path, path: str, *traces: str, rule: str = "link") -> str:
    """Where a fault in the third line of a file of the output is to be mended."""
    fault = Fault(rule=rule, what="x", line=3, column=5, traces=traces)
    return str(Sources(folder, folder / "output").place(path, fault))


@pytest.mark.parametrize(
    ("path", "trace", "found"),
    [
        ("papers/engine/index.html", "https://x.example/a", "content/papers/papers.yaml:3:12"),
        ("papers/loom/index.html", "https://x.example/a", "content/papers/papers.yaml:6:12"),
        ("papers/wheel/index.html", "c.pdf", "content/papers/papers.yaml:10:16"),
        ("papers/wheel/index.html", "The Wheel", "content/papers/papers.yaml:8:10"),
        ("about/index.html", "/only-here/", "content/pages/about.md:4:5"),
        ("years/index.html", "/there/", "content/site.yaml:4:10"),
        ("index.html", "/there-too/", "content/pages/zebra.md:4:5"),
        ("index.html", "/imprint/", "themes/folio/templates/layout.html:3:11"),
        ("index.html", "only-in-a-file", "output/index.html:3:5"),
        ("index.html", "only-he", "output/index.html:3:5"),
        ("index.html", "nly-here", "output/index.html:3:5"),
        ("index.html", "only", "output/index.html:3:5"),
        ("index.html", "/here/", "output/index.html:3:5"),
        ("index.html", "/ad/", "output/index.html:3:5"),
        ("index.html", "Ada", "content/authors/ada.yaml:1:7"),
        ("nowhere.html", "/there/", "content/site.yaml:4:10"),
        ("old.html", "/there/", "content/files/old.html:3:5"),
    ],
)
def test_a_text_is_looked_for_in_the_record_then_in_what_all_pages_share(
    folder: Path, path: str, trace: str, found: str
) -> None:
    assert place(folder, path, trace) == found


def test_the_likeliest_text_comes_first_wherever_it_stands(folder: Path) -> None:
    assert place(folder, "years/index.html", "/imprint/", "/there/").startswith("themes/folio/templates/layout.html")
    assert place(folder, "years/index.html", "/nowhere/", "/there/") == "content/site.yaml:4:10"


@pytest.mark.parametrize("rule", ["citation", "title"])
def test_what_a_record_lacks_as_a_whole_is_told_where_it_begins(folder: Path, rule: str) -> None:
    assert place(folder, "papers/wheel/index.html", rule=rule) == "content/papers/papers.yaml:8:3"
    assert place(folder, "papers/wheel/index.html", rule="heading") == "output/papers/wheel/index.html:3:5"
    assert place(folder, "years/index.html", rule=rule) == "output/years/index.html:3:5"


def test_a_free_page_that_nothing_leads_to_is_told_in_its_own_file(folder: Path) -> None:
    assert place(folder, "about/index.html", rule="orphan") == "content/pages/about.md:1:1"
    assert place(folder, "about/index.html", rule="heading") == "output/about/index.html:3:5"
    assert place(folder, "papers/wheel/index.html", rule="orphan") == "output/papers/wheel/index.html:3:5"


def test_a_copy_whose_file_is_gone_is_told_in_the_output(folder: Path) -> None:
    sources = Sources(folder, folder / "output")
    assert sources.place("old.html", Fault(rule="link", what="x")) == Place("content/files/old.html")
    (folder / "content/files/old.html").unlink()
    assert place(folder, "old.html") == "output/old.html:3:5"


def test_an_output_elsewhere_is_called_as_a_whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    output = tmp_path_factory.mktemp("output")
    fault = Fault(rule="link", what="x", line=3)
    assert Sources(folder, output).place("a.html", fault) == Place(f"{output}/a.html", 3)
    assert Sources(folder, folder / "my" / "site").place("a\n.html", fault) == Place("my/site/a\\n.html", 3)


def test_where_the_theme_is_wrong_texts_are_found_anyhow(folder: Path) -> None:
    (folder / "content/site.yaml").write_text("theme: none\nnav: [/there/]\n", encoding="utf-8")
    assert place(folder, "papers/loom/index.html", "/there/") == "content/site.yaml:2:7"
    assert place(folder, "old.html", rule="title") == "output/old.html:3:5"


def test_files_of_any_form_are_looked_into_and_none_is_waited_for(folder: Path) -> None:
    (folder / "content/pages/bom.md").write_bytes(b"\xef\xbb\xbf[x](/with-mark/)\n")
    (folder / "content/pages/latin.md").write_bytes(b"---\ntitle: \xe9\n---\n[x](/latin/)\n")
    (folder / "content/papers/more.yml").write_text("- title: /more/\n", encoding="utf-8")
    (folder / "content/papers/more.bib").write_text("@misc{x,\n  title = {/bib/}\n}\n", encoding="utf-8")
    (folder / "content/papers/more.txt").write_text("/unread/\n", encoding="utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "content/pages/pipe.md")
    assert place(folder, "index.html", "/with-mark/") == "content/pages/bom.md:1:5"
    assert place(folder, "index.html", "/latin/") == "content/pages/latin.md:4:5"
    assert place(folder, "index.html", "/more/") == "content/papers/more.yml:1:10"
    assert place(folder, "index.html", "/bib/") == "content/papers/more.bib:2:12"
    assert place(folder, "index.html", "/unread/") == "output/index.html:3:5"
