"""What the figures promise: scales, the round trip, statuses, and drawings that fit."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from tightrope.charts import marks, theme
from tightrope.charts.bake import svg
from tightrope.charts.figure import specification
from tightrope.charts.ladder import ladder
from tightrope.charts.marks import Drawing
from tightrope.charts.sums import dumbbell
from tightrope.charts.timeline import KIND_OF, timeline
from tightrope.charts.two_sided import two_sided
from tightrope.charts.verdicts import VERDICTS, verdicts
from tightrope.dealbook import Dealbook

NAN = math.nan
LONG = "<script>alert(1)</script> Supercalifragilisticexpialidocious Holdings of Everywhere, Inc."


def partners(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["party", "paid_in", "paid_out"])


def deals(*rows: tuple[str, str, float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["name", "direction", "paid", "binding", "announced", "intended"]
    )


def events(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["deal", "known_on", "status", "amount"])
    return frame.assign(amount_low_usd_bn=frame.amount, label="", direction="")


def drawn(chart: Drawing) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Every layer as its mark and its rows."""
    spec = chart.to_dict()
    return [(layer["mark"], layer["data"]["values"]) for layer in spec["layer"]]


def layers(chart: Drawing, kind: str, fill: str = "") -> list[dict[str, Any]]:
    """The rows of all layers of one kind of mark, of one fill if given."""
    return [
        row
        for mark, rows in drawn(chart)
        if mark["type"] == kind and fill in ("", mark.get("fill"))
        for row in rows
    ]


def texts(chart: Drawing) -> list[str]:
    return [str(row["text"]) for row in layers(chart, "text")]


def length(row: dict[str, Any]) -> float:
    """Width of a bar as it is seen: an outlined bar is inset by half its line on each side."""
    wide = float(row["x2"]) - float(row["x"])
    return wide + 1 if wide > 1 else wide


DRAWINGS: dict[str, Callable[[int, str], Drawing]] = {
    "two_sided": lambda width, name: two_sided(
        partners((name, 13, 270), ("Zero", 0, 0), ("Open", NAN, 5)), width
    ),
    "timeline": lambda width, name: timeline(
        events(
            *((name, f"2025-0{month}-01", status, NAN) for month, status in enumerate(KIND_OF, 1)),
            ("Other", "2019-07-22", "announced", 0),
        ),
        width,
    ),
    "ladder": lambda width, name: ladder(
        deals((name, "out", 0, 250, 50, NAN), ("Zero", "in", 0, 0, 0, 0)), width
    ),
    "dumbbell": lambda width, name: dumbbell(
        pd.DataFrame(
            [(name, 1400, 600, 1500), ("Zero", 0, NAN, NAN), ("Open", NAN, NAN, NAN)],
            columns=["label", "value", "low", "high"],
        ),
        width,
    ),
    "verdicts": lambda width, name: verdicts(
        pd.DataFrame(
            [(f"c{place:02}", verdict, name) for place, verdict in enumerate(VERDICTS, 1)],
            columns=["claim_id", "verdict", "claim"],
        ),
        width,
    ),
}


@cache
def long_named(kind: str, width: int) -> Drawing:
    """One drawing with a long name that tries to be a script, drawn once for all its tests."""
    return DRAWINGS[kind](width, LONG)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
@pytest.mark.parametrize("kind", DRAWINGS)
class TestEveryDrawing:
    def test_is_exactly_as_wide_as_asked_and_escapes_names(self, kind: str, width: int) -> None:
        picture = svg(
            specification(lambda size: long_named(kind, size), width), "fig", "A title", "Words"
        )
        assert re.search(rf'<svg[^>]* width="{width}"', picture)
        assert "<script" not in picture

    def test_keeps_marks_and_words_inside_however_long_a_name(self, kind: str, width: int) -> None:
        for mark, rows in drawn(long_named(kind, width)):
            for row in rows:
                assert -0.01 <= row["x"] <= width + 0.01
                assert row.get("x2", 0) <= width + 0.01
                if mark["type"] == "text":
                    wide = marks.text_width(
                        row["text"], mark["fontSize"], mark["fontWeight"] == "bold"
                    )
                    share = {"left": 0.0, "center": 0.5, "right": 1.0}[mark["align"]]
                    start = row["x"] - share * wide
                    assert start >= -1, row["text"]
                    assert start + wide <= width + 1, row["text"]

    def test_has_no_type_below_twelve_pixels(self, kind: str, width: int) -> None:
        sizes = [mark.get("fontSize", 12) for mark, _ in drawn(long_named(kind, width))]
        assert min(sizes) >= marks.SMALL


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_bars_of_both_sides_share_one_scale_and_start_at_the_axis(width: int) -> None:
    chart = two_sided(partners(("Both", 50, 200)), width)
    came, goes = (
        next(row for row in layers(chart, "rect", hue) if row["y2"] - row["y"] > 10)
        for hue in (theme.INTO_OPENAI, theme.OUT_OF_OPENAI)
    )
    assert length(goes) == pytest.approx(4 * length(came), abs=0.1)
    touching = came["x2"] + 0.5 if width == theme.WIDE else came["x"] - 0.5
    assert goes["x"] - 0.5 == pytest.approx(touching)


@pytest.mark.parametrize(
    ("came", "goes", "said"),
    [
        (13, 270, "round trip $13\u00a0bn"),
        (60, 4, "round trip $4\u00a0bn"),
        (30, 0, "no round trip"),
        (NAN, 90, "round trip up to $90\u00a0bn"),
        (NAN, NAN, "round trip undisclosed"),
    ],
)
def test_the_round_trip_is_the_smaller_of_the_two_sides(
    came: float, goes: float, said: str
) -> None:
    assert said in texts(two_sided(partners(("P", came, goes)), theme.WIDE))


def test_where_sides_are_ranges_the_labels_are_the_ranges() -> None:
    table = partners(("P", 12, 292)).assign(
        in_low=11.0, in_high=14.0, out_low=278.0, out_high=339.0, as_range=True
    )
    said = texts(two_sided(table, theme.WIDE))
    assert {"$11–14\u00a0bn", "$278–339\u00a0bn", "round trip $11–14\u00a0bn"} <= set(said)


def test_the_round_trip_reaches_equally_far_on_both_sides() -> None:
    chart = two_sided(partners(("P", 50, 200)), theme.WIDE)
    (bracket,) = (
        row for row in layers(chart, "rect", theme.ROUND_TRIP) if row["y2"] - row["y"] < 10
    )
    (came,) = (row for row in layers(chart, "rect", theme.INTO_OPENAI) if row["y2"] - row["y"] > 10)
    assert length(bracket) == pytest.approx(2 * length(came), abs=0.1)


def test_what_the_rungs_leave_of_a_total_is_drawn_as_intended() -> None:
    table = partners(("P", 0, 100)).assign(out_paid=10, out_binding=20, out_announced=30)
    marks_out = [
        mark
        for mark, _ in drawn(two_sided(table, theme.WIDE))
        if mark.get("fill") == theme.OUT_OF_OPENAI
    ]
    assert sum("strokeDash" in mark for mark in marks_out) == 1


def test_every_verdict_has_a_sign_of_its_own(book: Dealbook) -> None:
    assert len({verdict.sign for verdict in VERDICTS.values()}) == len(VERDICTS)
    assert set(book.claims.verdict) <= set(VERDICTS)


def test_the_key_counts_the_verdicts() -> None:
    claims = pd.DataFrame(
        {"claim_id": ["c01", "c02", "c03"], "verdict": ["wrong"] * 2 + ["outdated"]}
    )
    words = texts(verdicts(claims, theme.WIDE))
    assert {"2 wrong", "1 outdated", "0 confirmed"} <= set(words)


def test_a_rung_without_an_amount_is_drawn_at_the_low_end_and_hatched_to_the_high_end() -> None:
    table = deals(("Deal", "out", 0, NAN, 0, 0)).assign(low=90.0, high=120.0)
    bars = [
        (mark["fillOpacity"], mark.get("style"), length(row))
        for mark, rows in drawn(ladder(table, theme.WIDE))
        for row in rows
        if "tip" in row
    ]
    (sure, more) = bars
    assert sure[:2] == (theme.BINDING_OPACITY, None)
    assert more[1] == ["hatch"]
    assert sure[2] / more[2] == pytest.approx(3, rel=0.01)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_rungs_follow_each_other_from_zero(width: int) -> None:
    chart = ladder(deals(("Deal", "out", 10, 20, 30, 40)), width)
    rows = [row for row in layers(chart, "rect", theme.OUT_OF_OPENAI) if "tip" in row]
    rungs = sorted((row["x"] - 0.5, row["x2"] + 0.5) for row in rows)
    starts, ends = zip(*rungs, strict=True)
    assert starts[1:] == pytest.approx(ends[:-1], abs=0.02)
    assert [end - starts[0] for end in ends] == pytest.approx(
        [share * (ends[-1] - starts[0]) for share in (0.1, 0.3, 0.6, 1.0)], abs=0.1
    )


@pytest.mark.parametrize(
    ("rungs", "said"),
    [
        ((20.0, 250.0, 0.0, 0.0), "$270\u00a0bn, $20\u00a0bn paid"),
        ((2.0, 0.0, 0.0, 0.0), "$2\u00a0bn, all paid"),
        ((0.0, 300.0, 0.0, 0.0), "$300\u00a0bn, none known to be paid"),
        ((0.0, 0.0, NAN, 0.0), "undisclosed, none known to be paid"),
        ((NAN, NAN, NAN, NAN), "undisclosed"),
        ((NAN, 300.0, 0.0, 0.0), "at least $300\u00a0bn, paid part undisclosed"),
    ],
)
def test_a_deal_says_its_total_and_what_is_paid(
    rungs: tuple[float, float, float, float], said: str
) -> None:
    assert said in texts(ladder(deals(("Deal", "out", *rungs)), theme.WIDE))


def test_where_a_deal_is_a_range_its_label_is_the_range_and_its_rungs_stay() -> None:
    deal = deals(("Deal", "out", 20, 60, 0, 0)).assign(low=70.0, high=100.0, as_range=True)
    chart = ladder(deal, theme.WIDE)
    assert "$70–100\u00a0bn, $20\u00a0bn paid" in texts(chart)
    rows = [row for row in layers(chart, "rect", theme.OUT_OF_OPENAI) if "tip" in row]
    shares = sorted(length(row) / sum(map(length, rows)) for row in rows)
    assert shares == pytest.approx([0.2, 0.2, 0.6], abs=0.01)


def test_sums_side_by_side_stand_largest_first() -> None:
    table = pd.DataFrame(
        [("Cash", 40, NAN, NAN), ("Promises", 1400, 600, 1500)],
        columns=["label", "value", "low", "high"],
    )
    rows = {row["text"]: row["y"] for row in layers(dumbbell(table, theme.WIDE), "text")}
    assert rows["Promises"] < rows["Cash"]


def test_a_text_is_cut_to_its_width() -> None:
    (line,) = marks.wrap("x" * 200, 100, 1)
    assert line.endswith("…")
    assert marks.text_width(line) <= 100


def test_spread_keeps_order_and_distance_within_bounds() -> None:
    placed = marks.spread([10, 11, 95, 99], 10, 0, 100)
    assert placed == sorted(placed)
    assert all(b - a >= 10 - 1e-9 for a, b in pairwise(placed))
    assert placed[-1] <= 100
