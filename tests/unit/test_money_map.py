"""The money map: what its widths, labels and sides promise."""

import json
from itertools import combinations

import pandas as pd
import pytest

from tightrope.charts import bake, theme
from tightrope.charts.marks import text_width
from tightrope.charts.money_map import _NARROW, _WIDE, _Drawing, collect, money_map, shares

NAMES = {"hub": "Hub", "big": "Big Cloud", "lab": "Chip Lab", "bank": "Bank of the Builders"}


def leg(payer, payee, amount, paid=0.0, binding=None, low=None, high=None, **more):
    """One row as `ledger.flows` gives it, on the layer of what is announced."""
    low, high = (amount if end is None else end for end in (low, high))
    binding = paid if binding is None else binding
    row = {"payer": payer, "payee": payee, "instrument": "compute", "stated_as": "announced"}
    for rung, value in (("paid", paid), ("binding", binding), ("announced", amount)):
        row |= {rung: value, f"{rung}_low": value, f"{rung}_high": value}
    row |= {"announced_low": low, "announced_high": high}
    return row | {"amount": amount, "low": low, "high": high} | more


@pytest.fixture
def legs():
    return pd.DataFrame(
        [
            leg("hub", "big", 300.0, binding=300.0),
            leg("hub", "lab", 100.0, paid=25.0, binding=50.0),
            leg("lab", "hub", 0.35, paid=0.35, instrument="shares"),
            leg("big", "lab", 40.0, stated_as="reported", instrument="chips"),
            leg("bank", "big", 18.0, paid=18.0, instrument="loan"),
        ]
    )


def words(chart):
    """Text, left, right, top and bottom of every label."""
    found = []
    spec = chart.to_dict()
    for layer in spec["layer"]:
        mark = layer["mark"]
        if mark["type"] != "text":
            continue
        size, bold = mark["fontSize"], mark["fontWeight"] == "bold"
        for row in spec["datasets"][layer["data"]["name"]]:
            width = text_width(row["text"], size, bold)
            shift = {"left": 0, "center": width / 2, "right": width}[mark["align"]]
            left, half = row["x"] - shift, size / 2
            found.append((row["text"], left, left + width, row["y"] - half, row["y"] + half))
    return found


def drawing(legs, shape=_WIDE):
    return _Drawing(collect(legs, NAMES, "hub"), NAMES, "hub", shape)


def many(count):
    rows = [leg("hub", f"cloud-{n}", 10.0 + n, binding=5.0) for n in range(count)]
    rows += [leg(f"cloud-{n}", "hub", 1.0) for n in range(count)]
    return pd.DataFrame(rows)


def test_widths_are_linear_in_dollars(legs):
    plan = drawing(legs)
    width = {flow.ends(): plan.pixels(flow) for flow in plan.flows}
    assert width["hub", "big"] == pytest.approx(3 * width["hub", "lab"])
    assert width["big", "lab"] == pytest.approx(0.4 * width["hub", "lab"])


def test_a_flow_thinner_than_a_pixel_is_drawn_at_one(legs):
    plan = drawing(legs)
    small = next(flow for flow in plan.flows if flow.payer == "lab")
    assert small.dollars * plan.scale < 1
    assert plan.pixels(small) == 1.0


def test_a_ribbon_is_split_into_what_is_paid_bound_and_announced(legs):
    flow = next(f for f in collect(legs, NAMES, "hub") if f.ends() == ("hub", "lab"))
    assert flow.parts == (25.0, 25.0, 50.0, 0.0)
    assert shares(flow.parts, 40) == [10.0, 10.0, 20.0, 0.0]


def test_what_only_a_report_states_counts_as_intended(legs):
    flow = next(f for f in collect(legs, NAMES, "hub") if f.ends() == ("big", "lab"))
    assert flow.parts == (0.0, 0.0, 0.0, 40.0)


def test_an_unknown_amount_is_drawn_at_the_upper_end_of_its_range():
    warrant = leg("lab", "hub", float("nan"), low=0.0, high=96.0, instrument="warrant")
    (flow,) = collect(pd.DataFrame([warrant]), NAMES, "hub")
    assert flow.parts == (0.0, 0.0, 0.0, 96.0)
    assert flow.label == "up to $96\N{NO-BREAK SPACE}bn"


def test_a_range_without_an_upper_end_is_a_dashed_line_of_one_pixel(legs):
    open_ended = leg("big", "hub", float("nan"), low=0.0, high=float("nan"))
    plan = drawing(pd.concat([legs, pd.DataFrame([open_ended])]))
    flow = next(f for f in plan.flows if f.ends() == ("big", "hub"))
    assert plan.pixels(flow) == 1.0
    assert flow.label == "undisclosed"


def test_who_gives_more_than_it_gets_stands_left(legs):
    giver = pd.DataFrame([leg("fund", "hub", 60.0)])
    plan = drawing(pd.concat([legs, giver]))
    assert [card.party for card in plan.columns[-1]] == ["fund"]
    assert [card.party for card in plan.columns[1]] == ["big", "bank", "lab"]


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
@pytest.mark.parametrize("size", [0, 12])
def test_no_two_labels_overlap_and_none_leaves_the_drawing(legs, width, size):
    chart = money_map(pd.concat([legs, many(size)]), NAMES, "hub", width)
    height = chart.to_dict()["height"]
    labels = words(chart)
    for text, left, right, top, bottom in labels:
        assert left >= -0.5 and right <= width + 0.5 and top >= 0 and bottom <= height, text
    for one, other in combinations(labels, 2):
        beside = one[2] <= other[1] or other[2] <= one[1]
        assert beside or one[4] <= other[3] or other[4] <= one[3], (one, other)


def test_small_parties_are_drawn_as_one_where_the_column_would_be_too_high():
    chart = money_map(many(30), {}, "hub", theme.WIDE)
    assert any(text.endswith("smaller parties") for text, *_ in words(chart))
    assert chart.to_dict()["height"] < 800


def test_folding_keeps_the_money():
    legs = many(30)
    labels = [text for text, *_ in words(money_map(legs, {}, "hub", theme.WIDE))]
    assert "gets $30\N{NO-BREAK SPACE}bn" in labels
    assert "pays $735\N{NO-BREAK SPACE}bn" in labels


def test_a_flow_between_others_stays_outside_the_cards(legs):
    plan = drawing(legs)
    plan.chart()
    for route in plan.routes:
        for side, track in route.tracks.items():
            assert side in (-1, 1) and track > plan.pixels(plan.flows[route.flow]) / 2


@pytest.mark.parametrize("shape", [_WIDE, _NARROW])
def test_a_single_flow_can_be_drawn(shape):
    plan = drawing(pd.DataFrame([leg("big", "hub", 1.0, paid=1.0)]), shape)
    assert plan.chart().to_dict()["width"] == shape.width


def test_nothing_to_draw_still_names_the_centre(legs):
    chart = money_map(legs[:0], NAMES, "hub", theme.WIDE)
    assert "Hub" in [text for text, *_ in words(chart)]


def test_a_script_as_a_name_is_escaped(legs):
    names = NAMES | {"lab": "<script>alert(1)</script>"}
    spec = money_map(legs, names, "hub", theme.WIDE).to_dict()
    picture = bake.svg(spec, "map", "Title", "Description")
    assert "<script" not in picture
    assert "&lt;script" in picture


def test_the_same_legs_give_the_same_drawing(legs):
    drawn = [
        json.dumps(money_map(frame, NAMES, "hub", theme.WIDE).to_dict()["datasets"])
        for frame in (legs, legs.sample(frac=1, random_state=1))
    ]
    assert drawn[0] == drawn[1]
