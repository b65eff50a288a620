"""Addresses, and how they become links of a page."""

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import urls

PARTS = st.text(alphabet="abcXYZ019-_.", min_size=1, max_size=8).filter(lambda part: set(part) != {"."})
FOLDERS = st.lists(PARTS, max_size=5).map(lambda parts: "/" + "".join(f"{part}/" for part in parts))


@pytest.mark.parametrize(
    ("made", "address"),
    [
        (urls.paper("flora"), "/papers/flora/"),
        (urls.author("ada", single=True), "/"),
        (urls.author("ada", single=False), "/authors/ada/"),
        (urls.category("cs.LG"), "/categories/cs.lg/"),
        (urls.category("C++"), "/categories/c-plus-plus/"),
        (urls.year(2023), "/years/2023/"),
        (urls.year(476), "/years/0476/"),
        (urls.tag("Machine learning"), "/tags/machine-learning/"),
        (urls.tag("../.."), f"/tags/{urls.tag('../..').split('/')[2]}/"),
        (urls.file("papers/a b#1.pdf"), "/papers/a%20b%231.pdf"),
        (urls.file("CNAME"), "/CNAME"),
        (urls.doi("10.1016/S0140(05)1<1::A>2;3"), "https://doi.org/10.1016/S0140(05)1%3C1::A%3E2;3"),
        (urls.doi(""), ""),
        (urls.arxiv("math/0309136"), "https://arxiv.org/abs/math/0309136"),
    ],
)
def test_every_record_has_its_address(made: str, address: str) -> None:
    assert made == address
    assert ".." not in made
    assert made.isascii()


@given(st.text(min_size=1, max_size=40))
def test_any_name_of_a_tag_is_one_folder(name: str) -> None:
    assert urls.tag(name).count("/") == 3
    assert ".." not in urls.tag(name).split("/")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/papers/flora/", "papers/flora/index.html"),
        ("/feed.json", "feed.json"),
        ("/a%20b.pdf", "a b.pdf"),
        ("/404.html", "404.html"),
    ],
)
def test_a_page_lies_in_a_folder_of_its_own(address: str, path: str) -> None:
    assert urls.output_path(address) == path


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="/"), min_size=1).filter(
        lambda name: name[0] != "/"
    )
)
def test_a_file_is_published_under_the_name_it_has(name: str) -> None:
    assert urls.output_path(urls.file(f"folder/{name}")) == f"folder/{name}"


def test_the_first_page_of_a_list_is_the_list() -> None:
    assert urls.numbered("/years/2023/", 1) == "/years/2023/"
    assert urls.numbered("/years/2023/", 2) == "/years/2023/page/2/"
    assert urls.numbered("/", 3) == "/page/3/"


@pytest.mark.parametrize(("address", "root"), [("/", "./"), ("/a/", "../"), ("/a/b/", "../../"), ("/404.html", "./")])
def test_the_way_to_the_root_depends_on_the_depth(address: str, root: str) -> None:
    assert urls.root(address) == root


@given(FOLDERS, FOLDERS, PARTS)
def test_a_resolved_link_leads_from_any_page_to_its_target(page: str, folder: str, file: str) -> None:
    for target in (folder, f"{folder}{file}"):
        link = urls.resolve(f"{urls.MARK}{target}", urls.root(page), local=False)
        assert not link.startswith("/")
        assert posixpath.normpath(posixpath.join(page, link)) == posixpath.normpath(target)


@given(FOLDERS, FOLDERS, PARTS)
def test_a_link_for_reading_from_disk_names_the_file(page: str, folder: str, file: str) -> None:
    for target in (folder, f"{folder}{file}"):
        link = urls.resolve(f"{urls.MARK}{target}", urls.root(page), local=True)
        reached = posixpath.normpath(posixpath.join(page, link)).lstrip("/")
        assert reached == urls.output_path(target)


@pytest.mark.parametrize(
    ("link", "local", "expected"),
    [
        ("/papers/x/#top", False, "../papers/x/#top"),
        ("/papers/x/#top", True, "../papers/x/index.html#top"),
        ("/#top", True, "../index.html#top"),
        ("/papers/x/?a=b", True, "../papers/x/index.html?a=b"),
        ("/a.pdf#page=2", True, "../a.pdf#page=2"),
        ("/", True, "../index.html"),
    ],
)
def test_what_follows_the_path_of_a_link_stays(link: str, local: bool, expected: str) -> None:
    assert urls.resolve(f'<a href="{urls.MARK}{link}">', "../", local) == f'<a href="{expected}">'


@given(
    st.lists(st.sampled_from([*f'{urls.MARK}/"a…', f"{urls.MARK}/", f'{urls.MARK}/"'])),
    st.sampled_from(["./", "../", "../../"]),
    st.booleans(),
)
def test_bytes_are_written_as_text_is_resolved(pieces: list[str], root: str, local: bool) -> None:
    assert urls.written(iter(pieces), root, local) == urls.resolve("".join(pieces), root, local).encode()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters=urls.MARK)), st.booleans())
def test_nothing_but_marked_links_is_changed(markup: str, local: bool) -> None:
    assert urls.resolve(markup, "../", local) == markup


def test_no_mark_is_left_on_a_page() -> None:
    markup = (
        f'<a href="{urls.MARK}/a/">x</a><img src="{urls.MARK}/b.png" srcset="{urls.MARK}/c.png 2x, {urls.MARK}/d.png">'
    )
    for local in (False, True):
        assert urls.MARK not in urls.resolve(markup, "../../", local)


def test_an_address_reads_back_from_its_quoted_form() -> None:
    assert unquote(urls.file("Zoë/ünï.pdf")) == "/Zoë/ünï.pdf"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC BY-ND 4.0 International", "https://creativecommons.org/licenses/by-nd/4.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://my.example/terms", "https://my.example/terms"),
        ("All rights reserved", ""),
        ("CC BY-SA-ND 4.0", ""),
        ("", ""),
    ],
)
def test_a_license_of_creative_commons_has_an_address(name: str, address: str) -> None:
    assert urls.license(name) == address


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0", "CC BY-SA 4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("http://creativecommons.org/licenses/by-nc-sa/3.0/deed.de", "CC BY-NC-SA 3.0"),
        ("https://my.example/terms", "my.example"),
        ("CC BY 4.0", "CC BY 4.0"),
        ("All rights reserved", "All rights reserved"),
        ("", ""),
    ],
)
def test_a_license_has_a_name_for_people(written: str, name: str) -> None:
    assert urls.license_name(written) == name
