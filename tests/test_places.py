"""Where a key of a record stands, for problems that are found after its file was read."""

import pytest

from generator import places
from generator.model import Origin


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("title",), "f.yaml:3:3"),
        (("authors",), "f.yaml:4:3"),
        (("authors", 1), "f.yaml:4:18"),
        (("links", 0, "url"), "f.yaml:6:16"),
        (("missing",), "f.yaml:3:3"),
        (("authors", 7), "f.yaml:4:3"),
        (("extra", 1), "f.yaml:7:17"),
        (("extra", 2), "f.yaml:7:3"),
    ],
)
def test_a_key_is_found_again_in_its_file(keys: tuple[str | int, ...], place: str) -> None:
    text = (
        "- title: T\n\n- title: U\n  authors: [Ada, Bob]\n  links:\n  - {label: x, url: a.pdf}\n  extra: {a: b, c: d}\n"
    )
    origin = Origin("f.yaml", 3, 3, 1)
    assert str(places.locate(text.encode(), origin, *keys)) == place
