"""The colours of categories, read from the style sheets: told apart by everybody, and what is written can be read."""

import math
import re
from itertools import combinations

import pytest

from generator import theme
from generator.pages.pictures import ACCENTS
from generator.pages.viewer import HUES

Colour = tuple[float, float, float]

# What people see who lack one kind of cone, for linear RGB: Machado, Oliveira and Fernandes, "A Physiologically-based
# Model for Simulation of Color Vision Deficiency", 2009, severity 1.
SIGHTS = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
APART = 0.065
"""Least distance in OKLab; about 0.02 can just be seen when two colours touch."""
READABLE = 4.5
VISIBLE = 3.0
"""Contrasts that WCAG 2.2 wants for texts (1.4.3) and for graphics (1.4.11)."""

SHEETS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted(theme.shipped().glob("*/assets/*.css"))
    if path.stem == path.parent.parent.name
}
SCHEMES = ("light", "dark")


def declared(sheet: str, name: str) -> dict[str, str]:
    """The two values of a custom property by scheme; the first declaration counts."""
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", sheet)
    return dict(zip(SCHEMES, found.groups(), strict=True)) if found else {}


def inks(scheme: str) -> list[str]:
    found = re.findall(r'\[data-hue="(\d+)"\] \{ --ink: light-dark\((#\w{6}), (#\w{6})\); \}', SHEETS["base"])
    return [entry[1 + SCHEMES.index(scheme)] for entry in sorted(found, key=lambda entry: int(entry[0]))]


def linear(colour: str) -> Colour:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    values = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return red, green, blue


def oklab(colour: Colour) -> Colour:
    """Björn Ottosson's OKLab of a linear RGB colour."""
    red, green, blue = colour
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def from_oklab(colour: Colour) -> Colour:
    light, a, b = colour
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def seen(colour: str, sight: str) -> Colour:
    """A colour in OKLab as people of that sight see it."""
    channels = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(factor * channel for factor, channel in zip(row, channels, strict=True))))
        for row in SIGHTS[sight]
    )
    return oklab((red, green, blue))


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """``color-mix(in oklab, one share, other)`` of linear colours."""
    first, second = oklab(one), oklab(other)
    a, b, c = (share * x + (1 - share) * y for x, y in zip(first, second, strict=True))
    return from_oklab((a, b, c))


def contrast(one: Colour, other: Colour) -> float:
    lights = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def grounds(scheme: str) -> dict[str, str]:
    """What lies below texts and charts, in all themes."""
    return {
        f"{name} {part}": declared(sheet, part)[scheme]
        for name, sheet in SHEETS.items()
        for part in ("page", "surface")
    }


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_categories_are_told_apart_by_everybody(scheme: str, sight: str) -> None:
    found = {colour: seen(colour, sight) for colour in inks(scheme)}
    assert len(found) == HUES
    assert [pair for pair in combinations(found, 2) if math.dist(found[pair[0]], found[pair[1]]) < APART] == []
    for name, sheet in SHEETS.items():
        rest = seen(declared(sheet, "quiet")[scheme], sight)  # all other categories of a chart
        assert [colour for colour in found if math.dist(found[colour], rest) < APART] == [], name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_bars_of_charts_stand_out_from_the_page(scheme: str) -> None:
    pages = grounds(scheme)
    faint = [
        (ink, name) for ink in inks(scheme) for name in pages if contrast(linear(ink), linear(pages[name])) < VISIBLE
    ]
    assert faint == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_codes_on_badges_can_be_read(scheme: str) -> None:
    tint, share = (
        int(found) / 100
        for found in re.search(
            r"\.category \{[^}]*background: color-mix\(in oklab, var\(--ink\) (\d+)%, var\(--page\)\);"
            r"[^}]*color: color-mix\(in oklab, var\(--ink\) (\d+)%, var\(--text\)\)",
            SHEETS["base"],
        ).groups()
    )
    for name, sheet in SHEETS.items():
        page, text = (linear(declared(sheet, part)[scheme]) for part in ("page", "text"))
        for ink in inks(scheme):
            written, ground = mixed(linear(ink), text, share), mixed(linear(ink), page, tint)
            assert contrast(written, ground) >= READABLE, (name, ink)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("part", ["text", "quiet", "alert"])
def test_texts_can_be_read(part: str, scheme: str) -> None:
    for name, ground in grounds(scheme).items():
        sheet = SHEETS[name.split()[0]]
        colour = (declared(sheet, part) or declared(SHEETS["base"], part))[scheme]
        assert contrast(linear(colour), linear(ground)) >= READABLE, (part, name)


def test_accents_of_drawn_pictures_are_those_of_the_style_sheet() -> None:
    """``oklch(0.45 var(--chroma) var(--hue))`` as sRGB, what lies outside of it at its edge."""
    rules = re.findall(
        r"(?:accent=\"(\w+)\"\] \{|light dark;[^}]*?) --hue: (\d+);\s+--chroma: ([\d.]+);", SHEETS["base"]
    )
    found = {name or "blue": (float(hue), float(chroma)) for name, hue, chroma in rules}
    assert found.keys() == ACCENTS.keys()
    for name, (hue, chroma) in found.items():
        turn = math.radians(hue)
        wanted = from_oklab((0.45, chroma * math.cos(turn), chroma * math.sin(turn)))
        there = linear(ACCENTS[name])
        assert there == pytest.approx([max(channel, 0.0) for channel in wanted], abs=0.002), name
