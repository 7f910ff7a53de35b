"""The themes are read by everybody: contrast by WCAG 2, and what colour-blind eyes tell apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style

from tui.tokens import ATTRIBUTES, SEVERITY_LOOKS, THEMES, TOKENS, VERDICT_LOOKS, Theme

RGB = tuple[float, float, float]
COLOURED = [theme for theme in THEMES.values() if theme.ground]
READ = sorted(TOKENS.keys() - {"rule"})
# Machado, Oliveira and Fernandes, 2009, whole loss of one kind of cone, over linear light.
EYES = {
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
LEAST = {
    "dark": (9, 12, 17),
    "light": (3.8, 4, 21),
    "contrast-dark": (11, 17, 16),
    "contrast-light": (4, 4, 14),
    "colour-blind-dark": (14, 22, 12),
    "colour-blind-light": (10, 19, 11),
}
"""The least distance of two verdicts' colours, to deutan, protan and tritan eyes."""


def linear(hue: str) -> RGB:
    parts = [int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return red, green, blue


def luminance(hue: str) -> float:
    return sum(part * one for part, one in zip((0.2126, 0.7152, 0.0722), linear(hue), strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(light: RGB) -> RGB:
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        cube(sum(a * b for a, b in zip(row, light, strict=True)) / most)
        for row, most in zip(rows, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def cube(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def seen(hue: str, eyes: str) -> RGB:
    light = linear(hue)
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True))))
        for row in EYES[eyes]
    )
    return lab((red, green, blue))


def hue_of(look: str) -> str:
    colour = Style.parse(look).color
    assert colour is not None
    return colour.name


def ground_of(look: str) -> str:
    ground = Style.parse(look).bgcolor
    assert ground is not None
    return ground.name


def in_256(hue: str) -> str:
    triplet = Color.parse(hue).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
    return triplet.hex


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_all_that_is_read_stands_out_from_the_ground(theme: Theme) -> None:
    least = 8.5 if theme.name.startswith("contrast") else 5.5
    for name in READ:
        assert contrast(hue_of(theme.looks[name]), theme.ground) >= least, name


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_rows_under_the_cursor_are_read_too(theme: Theme) -> None:
    on, text = ground_of(theme.selected), hue_of(theme.selected)
    beside = ground_of(theme.beside)
    assert contrast(text, on) >= 11
    for name in READ:
        look = theme.look(name, "selection")
        shown = hue_of(look) if Style.parse(look).color else text
        assert contrast(shown, on) >= 4.5, name
        assert contrast(hue_of(theme.looks[name]), beside) >= 4.5, name


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_all_is_read_in_256_colours(theme: Theme) -> None:
    for name in READ:
        assert contrast(in_256(hue_of(theme.looks[name])), in_256(theme.ground)) >= 4.5, name


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_how_far_apart_verdicts_are_to_colour_blind_eyes(theme: Theme) -> None:
    hues = [hue_of(theme.looks[name]) for name in ("keep", "heat1", "heat2", "heat3")]
    for eyes, least in zip(EYES, LEAST[theme.name], strict=True):
        found = [
            sum((a - b) ** 2 for a, b in zip(seen(one, eyes), seen(other, eyes), strict=True))
            ** 0.5
            for one, other in combinations(hues, 2)
        ]
        assert min(found) >= least, eyes


def test_without_colour_only_weight_is_left() -> None:
    theme = THEMES["none"]
    for look in [*theme.looks.values(), theme.selected, theme.beside]:
        style = Style.parse(look)
        assert style.color is None and style.bgcolor is None


def test_of_the_sixteen_neither_blue_nor_white_nor_a_bright_one_is_used() -> None:
    theme = THEMES["ansi"]
    for look in [*theme.looks.values(), theme.selected, theme.beside]:
        style = Style.parse(look)
        assert style.bgcolor is None
        assert style.color is None or style.color.name in {
            "red",
            "green",
            "yellow",
            "magenta",
            "cyan",
        }


def test_what_a_verdict_looks_like_is_in_every_theme() -> None:
    for look in [*VERDICT_LOOKS.values(), *SEVERITY_LOOKS.values()]:
        assert set(look.split()) <= ATTRIBUTES | set(TOKENS)


@pytest.mark.parametrize("name", ["ansi", "none"])
def test_what_is_reversed_stands_out_on_a_row_that_is_reversed_itself(name: str) -> None:
    theme = THEMES[name]
    chip = Style.parse(theme.row("selection")) + Style.parse(
        theme.look("bold reverse", "selection")
    )
    assert not chip.reverse and chip.bold
    assert Style.parse(theme.look("bold reverse heat3")).reverse
