"""Money over the years: floats by partner, and bands."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
import vl_convert

from tightrope.charts import theme
from tightrope.charts.bands import bands
from tightrope.charts.figure import specification
from tightrope.charts.floats import floats

from .drawings import check

BN = "\N{NO-BREAK SPACE}bn"
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])


def partner(
    name: str,
    held: dict[int | None, float],
    so_far: float = 0.0,
    rest: tuple[float, float] = (0, 0),
) -> pd.DataFrame:
    frame = pd.DataFrame({"year": list(held), "float": list(held.values())})
    return frame.astype({"year": "Int64"}).assign(
        party=name, so_far=so_far, undated_in=float(rest[0]), undated_out=float(rest[1])
    )


TABLE = pd.concat(
    [
        partner("Amazon", {2026: 45.0, 2027: 25.0, 2028: -14.0}, so_far=50.0),
        partner("Microsoft", {2023: 3.0, 2024: -1.0}, so_far=-1.0, rest=(1.1, 250)),
        partner("Nvidia", {None: 0.0}, rest=(30, 0)),
    ]
)


def shown(spec: dict[str, Any]) -> list[str]:
    svg = vl_convert.vegalite_to_svg(spec)
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@WIDTHS
def test_floats_name_peaks_ends_and_what_has_no_date(width: int) -> None:
    spec = specification(lambda w: floats(TABLE, w, 2026.75), width)
    assert spec["width"] == width
    words = shown(spec)
    assert {"Amazon", "Microsoft", "Nvidia"} <= set(words)
    # By what has been paid Amazon's float is higher today than at the end of the year.
    assert {f"$50{BN}", f"−$14{BN}", f"$3{BN}", f"−$1{BN}"} <= set(words)
    assert {f"+$30{BN}", f"−$250{BN}", f"+$1.1{BN}"} <= set(words)


def test_the_past_is_darker_than_the_schedule_and_the_hue_tells_the_side() -> None:
    spec = floats(TABLE, theme.WIDE, 2026.75).to_dict()
    areas = [
        (layer["mark"]["fill"], layer["mark"]["fillOpacity"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point" and layer["mark"]["stroke"] == "none"
    ]
    for hue in (theme.INTO_OPENAI, theme.OUT_OF_OPENAI):
        for opacity in (theme.PAID_OPACITY, theme.BINDING_OPACITY):
            assert (hue, opacity) in areas


def test_a_float_that_no_longer_moves_ends_where_it_stopped() -> None:
    table = partner("SoftBank", {2025: 32.0, 2026: 62.0}, so_far=62.0)
    spec = floats(table, theme.WIDE, 2026.75).to_dict()
    areas = {
        layer["mark"]["fillOpacity"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point" and layer["mark"]["fill"] == theme.INTO_OPENAI
    }
    assert areas == {theme.PAID_OPACITY}, "nothing of it is scheduled"


@WIDTHS
def test_bands_name_their_last_range(width: int) -> None:
    table = pd.DataFrame(
        {
            "series": ["In", "In", "Back", "Back"],
            "direction": ["in", "in", "out", "out"],
            "year": [2024, 2025, 2024, 2025],
            "low": [3.0, 11.7, 0.0, 12.4],
            "high": [11.6, 11.7, 0.0, 24.2],
        }
    )
    words = shown(specification(lambda w: bands(table, w), width))
    assert {"2024", "2025"} <= set(words)
    if width == theme.WIDE:
        assert {"In", "Back", f"$11.7{BN}", f"$12.4–24.2{BN}"} <= set(words)
    else:
        assert {f"In: $11.7{BN}", f"Back: $12.4–24.2{BN}"} <= set(words)


def test_the_floats_are_valid_vega_lite() -> None:
    check(floats(TABLE, theme.WIDE, 2026.75))
