"""Who works in the wrong folder is told where the site is."""

from pathlib import Path

import pytest

from generator import site_folder


@pytest.mark.parametrize("folder", [".", "my-site/content", "my-site/content/papers"])
def test_who_is_in_the_wrong_folder_is_told_where_the_site_is(tmp_path: Path, folder: str) -> None:
    (tmp_path / "my-site/content/papers").mkdir(parents=True)
    (tmp_path / "my-site/content/site.yaml").touch()
    hint = f"the site is in {(tmp_path / 'my-site').resolve()}: go there, or name it with --site"
    assert site_folder.hint(tmp_path / folder) == hint


def test_a_folder_near_no_site_or_several_is_told_how_to_make_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "content/authors").mkdir(parents=True)
        (tmp_path / name / "content/authors/ada.yaml").touch()
    (tmp_path / "hugo/content/authors/admin").mkdir(parents=True)
    assert site_folder.hint(tmp_path) == site_folder.hint(tmp_path / "hugo") == "make a site with: paperfolio new DIR"
    assert site_folder.above(tmp_path / "hugo/content") is None
