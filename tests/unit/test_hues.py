"""The hues of the book: seen on both grounds, and told apart by those who see fewer colours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tightrope.charts import legend, theme
from tightrope.charts.marks import HUES, Canvas, Fill

from .drawings import drawn

LIGHT, DARK = "#FFFFFF", "#121212"
INK = {LIGHT: "#1B1B1B", DARK: "#E8E6E1"}
SEEN = {name: hue for name, hue in HUES.items() if name}
# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB:
# https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html
SIMULATIONS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    # Rec. 709 luminance in all three channels: print in grey.
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}
APART = 10.0
"""Distance in CIELAB from which two hues are told apart at a glance; 2.3 is just noticeable."""


def linear(colour: str) -> np.ndarray:
    """The three channels of #RRGGBB as linear light from 0 to 1, IEC 61966-2-1."""
    coded = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """The contrast of two colours in linear light, WCAG 2.2."""
    low, high = sorted(float(light @ [0.2126, 0.7152, 0.0722]) for light in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    """CIELAB of linear sRGB under D65, CIE 15:2004."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.array(to_xyz) @ light / np.array([0.95047, 1.0, 1.08883])
    a, b, c = (np.cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return np.array([116 * b - 16, 500 * (a - b), 200 * (b - c)])


def distance(one: str, other: str, simulation: str) -> float:
    seen = [
        lab(np.clip(np.array(SIMULATIONS[simulation]) @ linear(hue), 0, 1)) for hue in (one, other)
    ]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_black_and_white_are_21_to_1_and_100_apart() -> None:
    assert contrast(linear("#000000"), linear("#FFFFFF")) == pytest.approx(21)
    assert distance("#000000", "#FFFFFF", "grey") == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("ground", [LIGHT, DARK])
@pytest.mark.parametrize("name", SEEN)
def test_a_mark_is_at_least_three_to_one_on_its_ground(name: str, ground: str) -> None:
    assert contrast(linear(SEEN[name]), linear(ground)) >= 3


@pytest.mark.parametrize("name", SEEN)
def test_words_in_the_shade_of_a_hue_are_at_least_six_to_one_on_white(name: str) -> None:
    assert contrast(linear(theme.TEXT[SEEN[name]]), linear(LIGHT)) >= 6


def mixed(hue: str, ink: str) -> np.ndarray:
    """`color-mix(in srgb, hue, ink)`: channels mixed as they are coded, then made linear."""
    coded = [
        round(
            theme.TEXT_SHARE * int(hue[at : at + 2], 16)
            + (1 - theme.TEXT_SHARE) * int(ink[at : at + 2], 16)
        )
        for at in (1, 3, 5)
    ]
    return linear("#" + "".join(f"{channel:02X}" for channel in coded))


@pytest.mark.parametrize("ground", [LIGHT, DARK])
@pytest.mark.parametrize("name", SEEN)
def test_words_mixed_with_the_ink_of_a_page_are_at_least_six_to_one(name: str, ground: str) -> None:
    assert contrast(mixed(SEEN[name], INK[ground]), linear(ground)) >= 6


@pytest.mark.parametrize("name", SEEN)
def test_ink_on_the_tint_of_what_is_signed_is_at_least_seven_to_one(name: str) -> None:
    for ground, ink in INK.items():
        tint = [
            round(
                theme.BINDING_OPACITY * int(SEEN[name][at : at + 2], 16)
                + (1 - theme.BINDING_OPACITY) * int(ground[at : at + 2], 16)
            )
            for at in (1, 3, 5)
        ]
        shade = linear("#" + "".join(f"{channel:02X}" for channel in tint))
        assert contrast(linear(ink), shade) >= 7


def arrow(name: str) -> str:
    """The sign of a direction in the legend, as a path."""
    canvas = Canvas(300)
    legend.legend(canvas, [name], [])
    ((mark, _),) = drawn(canvas.chart(30), "point")
    return str(mark["shape"])


def is_double(name: str) -> bool:
    canvas = Canvas(300)
    canvas.area(0, 0, 50, 14, Fill(SEEN[name]))
    ((mark, _),) = drawn(canvas.chart(30), "rect")
    return "double" in mark.get("style", ())


@pytest.mark.parametrize("simulation", [*SIMULATIONS])
@pytest.mark.parametrize("pair", list(itertools.combinations(SEEN, 2)), ids="-".join)
def test_two_directions_are_told_apart_by_hue_or_by_a_second_mark(
    pair: tuple[str, str], simulation: str
) -> None:
    one, other = pair
    if simulation == "grey":
        # Without any hue, the arrow, the side and the closed ring are what is left.
        assert arrow(one) != arrow(other)
        return
    is_marked = is_double(one) != is_double(other)
    assert is_marked or distance(SEEN[one], SEEN[other], simulation) >= APART


def test_blue_and_violet_merge_for_deuteranopes_and_need_the_double_bar() -> None:
    assert distance(theme.INTO_OPENAI, theme.BORROWED, "deuteranopia") < 3
    assert is_double("borrowed")
    assert not is_double("in")
