"""Icons and pictures for share previews: which there are, and what they say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator import share_image
from generator.build import Options, build
from generator.output import Export
from generator.pages import pictures, profiles
from generator.pages.catalog import Catalog

Files = dict[str, str | bytes]
Make = Callable[[Files], Catalog]
P = "content/papers/p.yaml"
SITE = "url: https://ada.example.org/p/\nshare_images: {}\n"


def made(catalog: Catalog) -> dict[str, Export]:
    return {export.address: export for export in pictures.outputs(catalog)}


def written(export: Export) -> str:
    text = export.write()
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize(
    ("author", "initials"), [("Ada Lovelace", "AL"), ("Plato", "P"), ("王 小明", "王小"), ("<b> & c", "C")]
)
def test_the_icon_is_a_monogram(catalog: Make, author: str, initials: str) -> None:
    icon = written(made(catalog({"content/authors/a.yaml": f"name: {author!r}\n"}))["/favicon.svg"])
    assert initials.lower() in BeautifulSoup(icon, "xml").find("text").get_text().lower()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("option", "colour"), [("", "#21539c"), ("crimson", "#9a1c32"), ("'#AA5500'", "#aa5500"), ("sepia", "#21539c")]
)
def test_drawn_pictures_have_the_accent_of_the_theme(tmp_path: Path, option: str, colour: str) -> None:
    for name, text in {
        "content/authors/a.yaml": "name: Ada Lovelace\n",
        "content/site.yaml": f"url: https://ada.example.org/\nshare_images: site\ntheme: own\ntheme_options: {{{f'accent: {option}' * bool(option)}}}\n",
        "themes/own/theme.yaml": "name: own\nextends: base\noptions: {accent: {type: text, default: blue}}\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    output = build(tmp_path, Options()).output
    assert f'fill="{colour}"' in (output / "favicon.svg").read_text(encoding="utf-8")
    image = pytest.importorskip("PIL.Image", reason="NOT TESTED: Pillow is not installed")
    with image.open(output / "share.png") as picture:
        assert picture.convert("RGB").getpixel((5, 300)) == pytest.approx(tuple(bytes.fromhex(colour[1:])), abs=8)


@pytest.mark.parametrize("name", ["favicon.svg", "favicon.ico", "favicon.png"])
def test_an_icon_of_the_site_is_kept(catalog: Make, name: str) -> None:
    site = catalog({f"content/files/{name}": "x"})
    assert pictures.icon(site) == f"/{name}"
    assert made(site) == {}


@pytest.mark.parametrize(
    ("wanted", "addresses"),
    [
        ("none", {"/favicon.svg"}),
        ("site", {"/favicon.svg", "/share.png"}),
        ("papers", {"/favicon.svg", "/share.png", "/papers/a/share.png"}),
    ],
)
def test_only_pictures_that_are_wanted_are_drawn(catalog: Make, wanted: str, addresses: set[str]) -> None:
    papers = "- {title: A, authors: [B]}\n- {title: C, image: c.png}\n- {title: 深度学习, id: d}\n"
    files: Files = {"content/site.yaml": SITE.format(wanted), "content/files/c.png": "x", P: papers}
    site = catalog(files)
    assert set(made(site)) == addresses
    assert pictures.left_out(site) == (wanted == "papers")


@pytest.mark.parametrize(("wanted", "image"), [("none", "https://ada.example.org/p/me.jpg"), ("site", "")])
def test_a_profile_has_its_photo_where_the_site_has_no_picture(catalog: Make, wanted: str, image: str) -> None:
    author: Files = {"content/authors/ada.yaml": "name: Ada\nphoto: me.jpg\n", "content/files/me.jpg": "x"}
    (page,) = profiles.outputs(catalog({"content/site.yaml": SITE.format(wanted), **author}))
    assert page.make().page.image == image


def test_without_an_address_no_picture_is_drawn(catalog: Make) -> None:
    assert set(made(catalog({"content/site.yaml": "share_images: papers\n", P: "{title: A}"}))) == {"/favicon.svg"}


def test_a_picture_says_who_and_where(catalog: Make) -> None:
    files: Files = {
        "content/authors/ada.yaml": "name: Ada Lovelace\nrole: Countess\naffiliations: [Court]\nmetrics: {h_index: 9}\n",
        P: "{title: A, authors: [Ada Lovelace, B], et_al: true, date: 2023-05, venue: Nature, abbr: Nat}",
    }
    site = catalog(files)
    own = pictures.site_card(site)
    assert (own.title, own.byline, own.foot) == ("Ada Lovelace", "Countess, Court", "h-index 9")
    card = pictures.paper_card(site, site.papers[0])
    assert (card.title, card.byline, card.foot) == ("A", "Ada Lovelace, B et al.", "Nat 2023")


class TestBuild:
    FILES: Files = {
        "content/site.yaml": SITE.format("papers"),
        P: "- {title: A, authors: [B]}\n- {title: 深度, id: d}\n",
    }

    def test_pages_name_the_picture_and_only_what_changed_is_drawn(
        self, site: Callable[[Files], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("PIL", reason="NOT TESTED: Pillow is not installed")
        folder = site(self.FILES)
        report = build(folder, Options())
        assert [warning.what.split(":")[0] for warning in report.warnings] == ["share_images"]
        for path, image in {
            "index.html": "share.png",
            "years/index.html": None,
            "papers/a/index.html": "papers/a/share.png",
            "papers/d/index.html": "share.png",
            "search/index.html": "share.png",
        }.items():
            if image:
                page = BeautifulSoup((report.output / path).read_text(encoding="utf-8"), "html.parser")
                shown = page.select_one("meta[property='og:image']")
                assert shown is not None
                assert shown["content"] == f"https://ada.example.org/p/{image}"
                assert (report.output / image).read_bytes().startswith(b"\x89PNG")
                assert page.select_one("meta[property='og:image:width']")["content"] == "1200"  # type: ignore[index]
        drawn = []
        monkeypatch.setattr("generator.share_image.draw", lambda card: drawn.append(card.title) or b"x")
        build(folder, Options())
        assert drawn == []
        (folder / P).write_text("- {title: A, authors: [C]}\n", encoding="utf-8")
        build(folder, Options())
        assert drawn == ["A"]

    def test_without_the_extra_the_site_is_built_and_the_wish_is_answered(
        self, site: Callable[[Files], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(share_image, "available", lambda: False)
        report = build(site(self.FILES), Options())
        (note,) = report.notes
        assert note.place.line == 2
        assert "paperfolio[images]" in note.hint
        assert not (report.output / "share.png").exists()
        assert "og:image" not in (report.output / "index.html").read_text(encoding="utf-8")

    def test_nothing_is_said_where_no_picture_is_wanted(
        self, site: Callable[[Files], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(share_image, "available", lambda: False)
        assert build(site({**self.FILES, "content/site.yaml": SITE.format("none")}), Options()).notes == ()
