"""Pictures for share previews, read back with Pillow."""

import io
import re

import pytest

from generator import share_image
from generator.share_image import Card

Image = pytest.importorskip("PIL.Image", reason="NOT TESTED: Pillow is not installed")
pytest.importorskip("font_source_sans_pro", reason="NOT TESTED: the font is not installed")

CARD = Card("Weaving Algebraic Patterns", "Ada Lovelace, Charles Babbage", "Nature 2026")


def picture(card: Card) -> "Image.Image":
    return Image.open(io.BytesIO(share_image.draw(card))).convert("RGB")


def inked(image: "Image.Image") -> tuple[int, int, int, int]:
    """The box around all that is written, without the bar at the left."""
    text = image.crop((30, 0, image.width, image.height))
    background = Image.new("RGB", text.size, text.getpixel((0, 0)))
    from PIL import ImageChops

    box = ImageChops.difference(text, background).getbbox()
    assert box is not None
    return box


def test_a_picture_has_the_size_that_networks_want_and_is_small() -> None:
    data = share_image.draw(CARD)
    assert data.startswith(b"\x89PNG")
    assert picture(CARD).size == (1200, 630)
    assert len(data) < 60_000


def test_the_same_card_gives_the_same_bytes_and_another_one_others() -> None:
    assert share_image.draw(CARD) == share_image.draw(CARD)
    assert share_image.draw(CARD) != share_image.draw(Card("Weaving algebraic Patterns", CARD.byline, CARD.foot))


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        Card("Short", "", ""),
        Card("Very " * 90, "Somebody Else, " * 60, "Proceedings of " * 20),
        Card("W" * 300, "M" * 300, "W" * 300),
        Card("Übergrößenträger — “Łódź” ≤ Жук λόγος", "Nguyễn Văn Ánh", "2026"),
    ],
)
def test_nothing_runs_over_an_edge(card: Card) -> None:
    left, top, right, bottom = inked(picture(card))
    assert left >= 40
    assert top >= 40
    assert right <= 1200 - 30 - 60
    assert bottom <= 630 - 40


@pytest.mark.parametrize("text", ["王小明", "ليلى", "שלום", "नमस्ते", "한국어", "a😀", "x\u0301"])
def test_a_card_that_the_font_cannot_write_is_not_drawn(text: str) -> None:
    drawn = share_image.can_draw(Card(text, "", ""))
    assert drawn == share_image.can_draw(Card("", text, "")) == share_image.can_draw(Card("", "", text))
    assert not drawn


def test_what_is_said_to_be_drawn_has_a_shape_in_both_weights() -> None:
    letters = [chr(code) for code in range(0x21, 0x2300) if re.fullmatch(share_image._DRAWN, chr(code))]
    assert len(letters) > 600
    for weight in ("Regular", "Semibold"):
        font = share_image._font(weight, 40)
        missing = bytes(font.getmask("\uffff"))
        assert [letter for letter in letters if bytes(font.getmask(letter)) == missing] == [], weight


def test_marks_that_stand_apart_are_put_together_first() -> None:
    assert share_image.can_draw(Card("Mu\u0308ller", "", ""))
    assert share_image.draw(Card("Mu\u0308ller", "", "")) == share_image.draw(Card("Müller", "", ""))
