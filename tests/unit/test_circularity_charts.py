"""The charts of the circularity chapter: they fit, mark the cut, and stay linear in dollars."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.assumptions import assumptions
from tightrope.charts.bake import svg
from tightrope.charts.cut import cut
from tightrope.charts.figure import specification
from tightrope.charts.marks import Drawing
from tightrope.charts.scores import scores
from tightrope.charts.unrolled import ribbon, unrolled

LONG = "<b>Supercalifragilisticexpialidocious Holdings of Everywhere, Inc.</b>"
TOY = pd.DataFrame(
    [
        ("Three", "Lab", "Cloud", 100.0, 40.0, 40.0, False),
        ("Three", "Cloud", "Chips", 60.0, 40.0, 40.0, False),
        ("Three", "Chips", "Lab", 40.0, 40.0, 40.0, True),
        ("Four", "Lab", "Cloud", 100.0, 100.0, 100.0, True),
        ("Four", "Cloud", "Chips", 80.0, 20.0, 80.0, False),
        ("Four", "Cloud", "Builder", 80.0, 20.0, 80.0, False),
        ("Four", "Chips", "Lab", 80.0, 20.0, 80.0, False),
        ("Four", "Builder", "Lab", 80.0, 20.0, 80.0, False),
    ],
    columns=["web", "payer", "payee", "amount", "low", "high", "cut"],
)
STAGES = {
    "Three": [["Lab"], ["Cloud"], ["Chips"], ["Lab"]],
    "Four": [["Lab"], ["Cloud"], ["Chips", "Builder"], ["Lab"]],
}
WEB = pd.DataFrame(
    [
        ("out", "OpenAI", "Amazon", 138.0, 138.0, False),
        ("out", "OpenAI", "AMD", 15.0, 20.0, True),
        ("out", "OpenAI", "Nvidia", 136.5, math.nan, False),
        ("dead", "OpenAI", "No way back", 150.0, 200.0, False),
        ("onward", "Amazon", "Nvidia", 12.1, 22.7, False),
        ("back", "Amazon", "OpenAI", 50.0, 50.0, True),
        ("back", "AMD", "OpenAI", 0.0, 96.0, False),
        ("back", "Nvidia", "OpenAI", 100.0, 100.0, True),
        ("outside", LONG, "OpenAI", 47.2, 48.2, False),
    ],
    columns=["part", "payer", "payee", "low", "high", "cut"],
)
SETTINGS = pd.DataFrame(
    [
        (LONG, LONG, 93.8, 146.0, 210.0, "48–63%", True),
        (LONG, "left out", 63.7, 115.0, 180.0, "35–53%", False),
        ("Loans", "counted", 0.0, 0.0, 0.0, "0%", False),
    ],
    columns=["group", "setting", "low", "value", "high", "share", "base"],
)
PAIRS = pd.DataFrame(
    [("A full loop", 1.0, 1.0, 1.0, 1.0), (LONG, 0.0, 0.3, 0.82, 0.9)],
    columns=["label", "share_low", "share_high", "score_low", "score_high"],
)
CHARTS: dict[str, Callable[[int], Drawing]] = {
    "unrolled": lambda width: unrolled(TOY, STAGES, {"Three": ["One"], "Four": [LONG]}, width),
    "cut": lambda width: cut(WEB, width),
    "assumptions": lambda width: assumptions(SETTINGS, width),
    "scores": lambda width: scores(PAIRS, ("comes back", "score"), width),
}


def drawn(chart: Drawing) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [(layer["mark"], layer["data"]["values"]) for layer in chart.to_dict()["layer"]]


def texts(chart: Drawing) -> list[str]:
    return [
        str(row["text"]) for mark, rows in drawn(chart) if mark["type"] == "text" for row in rows
    ]


def lines(chart: Drawing, thickness: float) -> int:
    return len(
        {
            row["line"]
            for mark, rows in drawn(chart)
            if mark["type"] == "line" and mark.get("strokeWidth") == thickness
            for row in rows
        }
    )


def cuts(chart: Drawing) -> int:
    """How many cuts are marked: a blade of three strokes, or one stroke across what returns."""
    return lines(chart, 2.5) // 3 + lines(chart, 3)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_as_wide_as_asked_and_bakes(name: str, width: int) -> None:
    spec = specification(CHARTS[name], width)
    assert spec["width"] == width
    picture = svg(spec, f"{name}-{width}", "title", "description")
    assert "NaN" not in picture
    assert "<b>" not in picture


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
@pytest.mark.parametrize("name", CHARTS)
def test_text_begins_and_ends_on_the_canvas(name: str, width: int) -> None:
    for mark, rows in drawn(CHARTS[name](width)):
        if mark["type"] == "text":
            assert all(-1 <= row["x"] <= width + 1 for row in rows)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_every_payment_of_the_cut_is_marked_and_no_other(width: int) -> None:
    assert cuts(cut(WEB, width)) == int(WEB.cut.sum())
    assert cuts(cut(WEB.assign(cut=False), width)) == 0
    assert cuts(CHARTS["unrolled"](width)) == int(TOY.cut.sum())


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_partners_that_pass_on_far_more_than_they_get_still_fit_beside_it(width: int) -> None:
    onward = WEB.part.eq("onward")
    wide = WEB.assign(low=WEB.low.mask(onward, 2000.0), high=WEB.high.mask(onward, 2000.0))
    for mark, rows in drawn(cut(wide, width)):
        if mark["type"] == "text":
            assert not any(str(row["text"]).startswith("…") for row in rows)
        if "shape" in mark and any("Amazon to Nvidia" in str(row.get("tip")) for row in rows):
            steps = re.findall(r"[MLC]([^MLCZ]+)", mark["shape"])
            assert min(float(n) for step in steps for n in step.split(",")[::2]) >= 0


def test_the_cut_says_both_sums_and_takes_one_that_is_given() -> None:
    words = texts(cut(WEB, theme.WIDE))
    assert "OpenAI pays at least $440\N{NO-BREAK SPACE}bn" in words
    assert "OpenAI gets $197–294\N{NO-BREAK SPACE}bn" in words
    assert "OpenAI gets $150–160\N{NO-BREAK SPACE}bn" in texts(
        cut(WEB, theme.NARROW, (150.0, 160.0))
    )


def returning(table: pd.DataFrame, width: int) -> set[tuple[str, float, str]]:
    """The parts of what can return: payer, thickness in pixels, what the filling stands for."""
    fills = {("style", ("hatch",)): "high", ("opacity", 1.0): "paid", ("opacity", 0.34): "signed"}
    found = set()
    for mark, rows in drawn(cut(table, width)):
        for row in rows:
            if mark.get("fill") == theme.ROUND_TRIP and str(row.get("tip")).find(" to OpenAI") > 0:
                ends = [float(n) for n in re.findall(r"-?\d+\.\d", mark["shape"])]
                style = tuple(mark.get("style", ()))
                key = ("style", style) if style else ("opacity", mark["fillOpacity"])
                words = fills.get(key, "talked about")
                found.add((row["tip"].split(" to ")[0], round(ends[1] - ends[-1], 1), words))
    return found


@pytest.mark.parametrize(
    ("width", "amd", "amazon", "nvidia"),
    # By hand: up to 494.5 leave on 267.6 pixels of a wide page, and on 75 of a phone.
    [(theme.WIDE, 52.0, 27.1, 54.1), (theme.NARROW, 14.6, 7.6, 15.2)],
)
def test_what_returns_is_as_thick_as_its_dollars_and_filled_by_its_rungs(
    width: int, amd: float, amazon: float, nvidia: float
) -> None:
    sure = WEB.assign(
        paid=WEB.low.where(WEB.payer.eq("Amazon"), 0.0),
        binding=WEB.low.where(WEB.payer.isin(["Amazon", "Nvidia"]), 0.0),
    )
    expected = {("AMD", amd, "high"), ("Amazon", amazon, "paid"), ("Nvidia", nvidia, "signed")}
    found = returning(sure, width)
    assert {(payer, words) for payer, _, words in found} == {
        (payer, words) for payer, _, words in expected
    }
    by_payer = {payer: thick for payer, thick, _ in found}
    for payer, thick, _ in expected:
        assert by_payer[payer] == pytest.approx(thick, abs=0.11)


def test_who_only_talks_of_it_has_an_empty_band() -> None:
    assert {words for payer, _, words in returning(WEB, theme.WIDE) if payer == "Nvidia"} == {
        "talked about"
    }


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_the_loop_begins_above_all_and_ends_below_all_parties(width: int) -> None:
    heights = {
        row["text"]: row["y"]
        for mark, rows in drawn(cut(WEB, width))
        if mark["type"] == "text"
        for row in rows
    }
    pays = heights["OpenAI pays at least $440\N{NO-BREAK SPACE}bn"]
    gets = heights["OpenAI gets $197–294\N{NO-BREAK SPACE}bn"]
    assert all(pays < heights[party] < gets for party in ("AMD", "Amazon", "Nvidia"))


def test_a_ribbon_is_as_thick_as_its_dollars_and_never_thinner_than_a_pixel() -> None:
    for thick, seen in ((30.0, 30.0), (0.2, 1.0)):
        numbers = [float(n) for n in re.findall(r"-?\d+\.\d", ribbon(0, 10, 100, 50, thick))]
        start, end, below = numbers[1], numbers[7], numbers[9]
        assert (start, end) == (10.0, 50.0)
        assert below - end == pytest.approx(seen)


def test_the_base_line_stands_only_where_a_group_has_the_base() -> None:
    chart = assumptions(SETTINGS, theme.WIDE)
    heights = {
        row["text"]: row["y"]
        for mark, rows in drawn(chart)
        if mark["type"] == "text"
        for row in rows
    }
    dashed = [
        row["y"]
        for mark, rows in drawn(chart)
        if mark["type"] == "line" and mark.get("strokeDash") == [3, 3]
        for row in rows
    ]
    with_base, without = "$115\N{NO-BREAK SPACE}bn to $146\N{NO-BREAK SPACE}bn", "$0"
    top, end = dashed
    assert top < heights[with_base] < end < heights[without]


def test_scores_write_a_range_only_where_there_is_one() -> None:
    words = texts(scores(PAIRS, ("comes back", "score"), theme.WIDE))
    assert "100% against 100%" in words
    assert "up to 30% against 82–90%" in words


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_what_comes_in_and_is_open_above_reads_at_least(width: int) -> None:
    web = pd.DataFrame(
        [
            ("out", "Lab", "Cloud", 30.0, 30.0, False),
            ("back", "Cloud", "Lab", 20.0, float("nan"), True),
        ],
        columns=WEB.columns,
    )
    assert any("at least $20\N{NO-BREAK SPACE}bn" in text for text in texts(cut(web, width)))
