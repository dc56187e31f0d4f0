"""Drawings of rings: places and widths in proportion, walls, ends, and words that fit."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.ring import arcs, large, place, strip
from tightrope.charts.ring.arcs import Sweep
from tightrope.charts.ring.draw import slices
from tightrope.charts.ring.model import Band, Ring, Row, Wall
from tightrope.charts.ring.place import Look

from .drawings import boxes, check, drawn

LOOK = Look(inner=50.0, apart=2.0, scale=0.5)
HALF = math.pi
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, 1100, theme.NARROW])


def band(start: int, end: int, direction: str = "out", **given: object) -> Band:
    """A band of 20 signed, if nothing else is given."""
    made = Band(start, end, "A", "B", direction, {"binding": 20.0}, 20.0, False, "A to B: $20 bn")
    return replace(made, **given)


def ring(*bands: Band, walls: int = 2, **given: object) -> Ring:
    """A ring of Lab, Cloud and Maker in which 10 to 20 can come back."""
    names = ("Lab", "Cloud", "Maker")[:walls]
    rows = [
        Row("in", "in", "$10 bn", "all paid"),
        Row("out", "out", "$20 bn", "all signed; paid: none known"),
        Row("round", "can come back", "$10–20 bn", "all that comes in"),
    ]
    made = Ring(
        "Cloud",
        [Wall([name], name) for name in names],
        bands,
        10.0,
        20.0,
        False,
        "$10–20\N{NO-BREAK SPACE}bn",
        rows,
        "Lab to Cloud: $20 bn.",
    )
    return replace(made, **given)


OUT, IN = band(0, 1), band(1, 2, "in", parts={"paid": 10.0}, reach=10.0)
BOTH = ring(OUT, IN)
THREE = ring(
    band(0, 1, parts={"paid": 5.0, "conditional": 60.0}, reach=80.0, payee="One"),
    band(0, 1, is_open=True, payee="Two"),
    band(1, 2, "onward", parts={"announced": 8.0}, reach=30.0, tip="One to Maker: $8–30 bn"),
    band(1, 2, "onward", parts={}, reach=6.0, tip="Two to Maker: up to $6 bn"),
    band(2, 3, "in", parts={"binding": 12.0}, reach=12.0),
    walls=3,
)
OWNED = ring(
    band(0, 1),
    band(2, 3, "in"),
    band(1, 3, "in", parts={"binding": 4.0}, reach=4.0),
    walls=3,
    owned=(1, 2),
    is_open=True,
)


def points(path: str) -> list[tuple[float, float]]:
    """The corners of a path, ends of arcs among them."""
    ends = re.sub(r"A[^A-Z]*?,(-?[\d.]+,-?[\d.]+)(?=[A-Z])", r"L\1", path)
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", ends)]


# The shapes.


def test_angles_run_clockwise_from_the_top() -> None:
    assert arcs.at(10, 0) == pytest.approx((0, -10))
    assert arcs.at(10, math.pi / 2) == pytest.approx((10, 0))
    assert arcs.at(10, math.pi) == pytest.approx((0, 10))


def test_a_band_keeps_one_distance_from_its_wall_at_all_radii() -> None:
    sweep = Sweep(50, 90, 0, HALF)
    for radius in (50, 70, 90):
        x, _ = arcs.at(radius, sweep.begins(radius))
        assert x == pytest.approx(arcs.GAP)


def test_a_wide_band_ends_in_a_point_in_its_middle() -> None:
    sweep = Sweep(50, 90, 0, HALF)
    middle, edge = (arcs.at(r, sweep.ends(r))[0] for r in (70, 50))
    assert middle == pytest.approx(arcs.END)
    assert edge == pytest.approx(arcs.END + 5 + 0.28 * 40)
    assert arcs.at(70, sweep.ends(70)) == pytest.approx((arcs.END, 69.94), abs=0.01)


def test_the_point_of_a_very_wide_band_is_no_longer_than_34_pixels() -> None:
    sweep = Sweep(150, 350, 0, HALF)
    assert arcs.at(150, sweep.ends(150))[0] == pytest.approx(arcs.END + 34)


def test_a_thin_band_stops_short_and_ends_in_a_triangle_12_pixels_wide() -> None:
    sweep = Sweep(50, 53, 0, HALF)
    assert not sweep.is_pointed
    assert arcs.at(51, sweep.ends(51))[0] == pytest.approx(arcs.END + arcs.TRIANGLE - 1)
    outer, tip, inner = points(arcs.head(sweep))
    assert math.dist(outer, inner) == pytest.approx(12, abs=0.02)
    assert tip[0] == pytest.approx(arcs.END, abs=0.01)


def test_the_parts_of_a_band_meet_and_only_the_one_in_the_middle_has_the_point() -> None:
    sweep = Sweep(50, 90, 0, HALF)
    inner, outer = points(arcs.part(sweep, 50, 60)), points(arcs.part(sweep, 60, 90))
    assert inner[1] == outer[0]
    assert (len(inner), len(outer)) == (5, 6)


def test_a_closed_ring_has_a_hole_that_runs_the_other_way() -> None:
    path = arcs.circle(10, 20)
    assert path.count("Z") == 2
    assert "A20,20,0,1,1," in path
    assert "A10,10,0,1,0," in path
    assert arcs.circle(0, 20).count("Z") == 1


def test_a_wall_stands_across_the_bands() -> None:
    corners = points(arcs.wall(48, 100, HALF, 4))
    assert {(round(x), round(y)) for x, y in corners} == {(-2, 48), (2, 48), (-2, 100), (2, 100)}


def test_a_chevron_and_a_pointer_point_clockwise() -> None:
    sweep = Sweep(50, 90, 0, HALF)
    outer, tip, inner = points(arcs.chevron(sweep, 0.5))
    assert tip[1] > outer[1]
    assert tip[1] > inner[1]
    _, ahead, _ = points(arcs.pointer(60, math.pi / 2, 10))
    assert ahead[1] > 0


def test_an_open_arc_turns_the_long_way_beyond_half_a_circle() -> None:
    assert ",0,0,1," in arcs.arc(10, 0, 1)
    assert ",0,1,1," in arcs.arc(10, 0, 4)


# The places.


def test_widths_are_linear_in_dollars_at_one_scale() -> None:
    placed = place.place(BOTH, LOOK)
    widths = {b.direction: sweep.width for b, sweep in placed.sweeps}
    assert widths == {"out": pytest.approx(10), "in": pytest.approx(5)}
    assert (placed.low, placed.high) == (5, 10)
    assert placed.rim == LOOK.inner - 4


def test_what_would_be_too_thin_is_drawn_at_1_6_pixels() -> None:
    placed = place.place(ring(band(0, 1, parts={"paid": 0.1}, reach=0.1)), LOOK)
    assert placed.sweeps[0][1].width == pytest.approx(place.THIN)


def test_two_walls_stand_at_the_top_and_the_foot_and_three_at_12_4_and_8_o_clock() -> None:
    two, three = place.place(BOTH, LOOK), place.place(THREE, LOOK)
    assert [wall[0] for wall in two.walls] == pytest.approx([0, HALF])
    assert [math.degrees(wall[0]) for wall in three.walls] == pytest.approx([0, 120, 240])


def test_lanes_of_one_side_lie_two_pixels_apart_from_the_inside_out() -> None:
    placed = place.place(THREE, LOOK)
    first, second = (s for b, s in placed.sweeps if b.direction == "out")
    assert (first.inner, first.outer) == (50, 90)
    assert second.inner == pytest.approx(92)


def test_what_is_paid_onward_is_one_band_in_the_strip_and_a_lane_each_when_large() -> None:
    def lanes(look: Look) -> list[float]:
        return [s.width for b, s in place.place(THREE, look).sweeps if b.direction == "onward"]

    assert lanes(LOOK) == [pytest.approx(18)]
    assert lanes(LOOK._replace(is_large=True)) == [pytest.approx(15), pytest.approx(3)]


def test_a_band_that_passes_a_wall_lies_inside_of_what_begins_there() -> None:
    placed = place.place(OWNED, LOOK)
    passing = next(s for b, s in placed.sweeps if b.end - b.start == 2)
    other = next(s for b, s in placed.sweeps if (b.start, b.end) == (2, 3))
    assert passing.inner == 50
    assert other.inner > passing.outer
    assert placed.walls[2][1] > passing.outer
    assert placed.walls[1][1] < 50


def test_names_stand_above_the_top_wall_and_below_the_others_each_on_its_side() -> None:
    names = {name.text: name for name in place.place(THREE, LOOK).names}
    assert names["Lab"].y < -100
    assert (names["Cloud"].align, names["Maker"].align) == ("right", "left")
    assert names["Cloud"].x > 0 > names["Maker"].x
    assert min(names["Cloud"].y, names["Maker"].y) > 0


def test_the_scale_is_the_largest_at_which_all_rings_fit() -> None:
    wide = ring(band(0, 1, parts={"paid": 400.0}, reach=400.0))
    found = place.fitting([BOTH, wide], LOOK, 200)
    extent = place.place(wide, LOOK._replace(scale=found)).extent
    assert found < LOOK.scale
    assert extent.left + extent.right == pytest.approx(200, abs=0.1)
    assert place.fitting([BOTH], LOOK, 500) == LOOK.scale


def test_a_band_is_cut_into_its_rungs_from_the_inside_out_and_the_high_end_last() -> None:
    wide = band(0, 1, parts={"paid": 5.0, "binding": 15.0}, reach=40.0)
    assert slices(wide, Sweep(50, 90, 0, HALF)) == [
        ("paid", 50, 55),
        ("binding", 55, 70),
        ("high", 70, 90),
    ]
    assert slices(band(0, 1, parts={}, reach=0.0), Sweep(50, 50, 0, HALF)) == []


# The drawings.


def tips(drawing: Drawing) -> set[str]:
    return {row["tip"] for _, row in drawn(drawing, "point") if "tip" in row}


@WIDTHS
def test_a_strip_is_as_wide_as_asked_valid_and_keeps_its_words_inside(width: int) -> None:
    drawing = strip.rings([BOTH, THREE, OWNED, BOTH, BOTH], width)
    check(drawing)
    assert drawing.width == width
    for text, left, right, y in boxes(drawing):
        assert left >= -1, text
        assert right <= width + 1, text
        assert 0 <= y <= drawing.height


@WIDTHS
def test_every_band_and_wall_says_what_it_is(width: int) -> None:
    said = tips(strip.rings([BOTH, OWNED], width))
    assert {"Lab", "Cloud", "A to B: $20 bn", "Maker owns Cloud; no payment known"} <= said


@WIDTHS
def test_the_rows_of_a_ring_are_written_with_their_sums(width: int) -> None:
    words = [text for text, *_ in boxes(strip.rings([BOTH], width))]
    assert any(word.startswith("$10–20 bn") for word in words)
    assert "all signed; paid: none" in " ".join(words)
    assert "high end of a range" not in words


def test_the_legend_shows_the_scale_and_only_what_occurs() -> None:
    words = [text for text, *_ in boxes(strip.rings([THREE], theme.WIDE))]
    assert {"into Lab", "out of Lab", "onward, between others", "can come back"} <= set(words)
    assert {"on a condition", "talked about", "no sum published"} <= set(words)
    assert any(word.startswith("this thick: $") for word in words)
    two = [text for text, *_ in boxes(strip.rings([BOTH], theme.WIDE))]
    assert "onward, between others" not in two


def test_rings_stand_side_by_side_at_one_height_and_their_rows_align() -> None:
    found = boxes(strip.rings([BOTH, THREE], theme.WIDE))
    walls = [y for text, _, _, y in found if text == "in"]
    assert len(walls) == 2
    assert walls[0] == walls[1]


def test_without_a_ring_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="no ring"):
        strip.rings([], theme.WIDE)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
@pytest.mark.parametrize("one", [BOTH, THREE, OWNED], ids=["two", "three", "owned"])
def test_a_large_ring_numbers_its_steps_on_the_bands_and_at_the_rows(one: Ring, width: int) -> None:
    drawing = large.ring(one, width)
    check(drawing)
    found = boxes(drawing)
    assert sum(text == "1" for text, *_ in found) == 2
    assert sum(text == "2" for text, *_ in found) == 2
    for text, left, right, _ in found:
        assert left >= -1, text
        assert right <= width + 1, text


def test_where_nothing_comes_back_the_ring_is_a_dotted_circle_and_says_so() -> None:
    lost = replace(ring(OUT), low=0.0, high=0.0, centre="")
    drawing = large.ring(lost, theme.WIDE)
    words = [text for text, *_ in boxes(drawing)]
    assert {"no way", "back", "known"} <= set(words)
    assert not any(mark.get("fill") == theme.ROUND_TRIP for mark, _ in drawn(drawing, "point"))
    small = strip.rings([lost], theme.NARROW)
    assert "none" in [text for text, *_ in boxes(small)]


def test_an_open_band_has_a_dotted_edge_with_a_question_mark() -> None:
    drawing = large.ring(ring(band(0, 1, is_open=True)), theme.WIDE)
    dotted = [m for m, _ in drawn(drawing, "point") if "dots" in m.get("style", ())]
    assert dotted
    assert "?" in [text for text, *_ in boxes(drawing)]


def test_a_band_of_which_no_sum_is_known_is_nothing_but_that_edge() -> None:
    unknown = band(0, 1, parts={}, reach=0.0, is_open=True)
    canvas_marks = drawn(strip.rings([ring(unknown, low=0.0, high=0.0)], theme.WIDE), "point")
    hues = {m.get("style", ("",))[0] for m, r in canvas_marks if r.get("tip") == unknown.tip}
    assert hues == {"dots"}


def test_a_sum_without_room_loses_its_unit_before_it_gets_small() -> None:
    words = [text for text, *_ in boxes(strip.rings([replace(BOTH, high=40.0)], theme.NARROW))]
    assert "$10–20" in words


def test_what_does_not_fit_into_a_column_breaks_after_its_dash() -> None:
    long = Row("in", "in", "$1,110–22,200\N{NO-BREAK SPACE}bn", "")
    canvas = Canvas(100)
    strip.rows.cell(canvas, long, 0, 0, 70)
    assert [row["text"] for _, row in drawn(canvas.chart(90), "text")][1].endswith("–")
    assert marks.SMALL == 12


@pytest.mark.parametrize(
    ("count", "width", "rows"),
    [
        (5, 940, [3, 2]),
        (5, theme.WIDE, [3, 2]),
        (4, 940, [4]),
        (4, theme.WIDE, [2, 2]),
        (3, 720, [3]),
    ],
)
def test_rings_stand_in_rows_as_even_as_can_be(count: int, width: int, rows: list[int]) -> None:
    names = [f"Number {number}" for number in range(count)]
    drawing = strip.rings([replace(BOTH, name=name) for name in names], width)
    heights = [
        row["y"]
        for layer in drawing.layers
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
        if row["text"] in names
    ]
    assert [heights.count(height) for height in dict.fromkeys(heights)] == rows
