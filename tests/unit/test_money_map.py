"""The money map: what its widths, labels and sides promise."""

from itertools import combinations

import pandas as pd
import pytest
from altair.utils.schemapi import debug_mode

from tightrope.charts import bake, theme
from tightrope.charts.marks import text_width
from tightrope.charts.money_map import draw, money_map, shares
from tightrope.charts.money_map.flows import collect
from tightrope.charts.money_map.layout import lay_out
from tightrope.charts.money_map.style import NARROW, WIDE

NAMES = {"hub": "Hub", "big": "Big Cloud", "lab": "Chip Lab", "bank": "Bank of the Builders"}
UNKNOWN = float("nan")


def leg(payer, payee, amount, paid=0.0, binding=None, low=None, high=None, **more):
    """One row as `ledger.flows` gives it, on the layer of what is announced."""
    low, high = (amount if end is None else end for end in (low, high))
    binding = paid if binding is None else binding
    row = {"payer": payer, "payee": payee, "instrument": "compute", "stated_as": "announced"}
    for rung, value in (("paid", paid), ("binding", binding), ("announced", amount)):
        row |= {rung: value, f"{rung}_low": value, f"{rung}_high": value}
    row |= {"announced_low": low, "announced_high": high}
    return row | {"amount": amount, "low": low, "high": high} | more


LEGS = pd.DataFrame(
    [
        leg("hub", "big", 300.0, binding=300.0),
        leg("hub", "lab", 100.0, paid=25.0, binding=50.0),
        leg("lab", "hub", 0.35, paid=0.35, instrument="shares"),
        leg("big", "lab", 40.0, stated_as="reported", instrument="chips"),
        leg("bank", "big", 18.0, paid=18.0, instrument="loan"),
    ]
)


def crowd(count):
    """Clouds that pay the hub and are paid by it."""
    rows = [leg("hub", f"cloud-{n}", 10.0 + n, binding=5.0) for n in range(count)]
    rows += [leg(f"cloud-{n}", "hub", 1.0) for n in range(count)]
    return pd.DataFrame(rows)


def laid_out(legs, measures=WIDE, names=NAMES):
    return lay_out(collect(legs, names, "hub"), names, "hub", measures)


def flow(legs, *ends):
    return next(flow for flow in collect(legs, NAMES, "hub") if flow.ends() == ends)


def width(layout, *ends):
    plan = layout.plan
    return next(plan.pixels(n) for n, flow in enumerate(plan.flows) if flow.ends() == ends)


def said(layout, party):
    """What a party's card says about its flows, without the amounts."""
    return [label.text.split(" ")[0] for label in layout.cards[party].labels]


def spec(legs, width):
    """The drawing as Vega-Lite, not validated: that takes most of the time."""
    with debug_mode(False):
        return money_map(legs, NAMES, "hub", width).to_dict(validate=False)


def labels(spec):
    """Text, left, right, top and bottom of every label."""
    found = []
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


@pytest.fixture(scope="module")
def layout():
    return laid_out(LEGS)


@pytest.fixture(scope="module")
def crowded():
    """A layout with far more parties than fit one below the other."""
    return laid_out(crowd(30))


@pytest.fixture(
    scope="module",
    params=[(count, width) for count in (0, 12) for width in (theme.WIDE, theme.NARROW)],
    ids=lambda param: "{} more, {} pixels".format(*param),
)
def drawn(request):
    count, width = request.param
    return spec(pd.concat([LEGS, crowd(count)]), width)


def test_widths_are_linear_in_dollars(layout):
    unit = width(layout, "hub", "lab") / 100
    assert width(layout, "hub", "big") == pytest.approx(300 * unit)
    assert width(layout, "big", "lab") == pytest.approx(40 * unit)


def test_a_flow_thinner_than_a_pixel_is_drawn_at_one(layout):
    assert 0.35 * layout.plan.scale < 1
    assert width(layout, "lab", "hub") == 1.0


def test_a_flow_is_added_up_as_paid_bound_and_announced():
    assert flow(LEGS, "hub", "lab").parts == (25.0, 25.0, 50.0, 0.0)


def test_a_ribbon_is_split_in_proportion():
    assert shares((25.0, 25.0, 50.0, 0.0), 40) == [10.0, 10.0, 20.0, 0.0]


def test_a_share_of_a_ribbon_is_at_least_a_pixel():
    assert shares((1.0, 0.0, 399.0, 0.0), 40) == [1.0, 0.0, 39.0, 0.0]


def test_what_only_a_report_states_counts_as_intended():
    assert flow(LEGS, "big", "lab").parts == (0.0, 0.0, 0.0, 40.0)


def test_an_unknown_amount_is_drawn_at_the_upper_end_of_its_range():
    warrant = pd.DataFrame([leg("lab", "hub", UNKNOWN, low=0.0, high=96.0)])
    assert flow(warrant, "lab", "hub").parts == (0.0, 0.0, 0.0, 96.0)


def test_an_unknown_amount_is_written_as_its_range():
    warrant = pd.DataFrame([leg("lab", "hub", UNKNOWN, low=0.0, high=96.0)])
    assert flow(warrant, "lab", "hub").label == "up to $96\N{NO-BREAK SPACE}bn"


def test_a_range_without_an_upper_end_is_drawn_at_a_pixel():
    legs = pd.concat([LEGS, pd.DataFrame([leg("big", "hub", UNKNOWN, low=0.0, high=UNKNOWN)])])
    assert width(laid_out(legs), "big", "hub") == 1.0


def test_a_range_without_an_upper_end_is_undisclosed():
    legs = pd.DataFrame([leg("big", "hub", UNKNOWN, low=0.0, high=UNKNOWN)])
    assert flow(legs, "big", "hub").label == "undisclosed"


def test_who_gives_more_than_it_gets_stands_left():
    layout = laid_out(pd.concat([LEGS, pd.DataFrame([leg("fund", "hub", 60.0)])]))
    assert [place.party for place in layout.plan.columns[-1]] == ["fund"]


def test_who_gets_more_stands_right_each_above_its_own(layout):
    assert [place.party for place in layout.plan.columns[1]] == ["big", "bank", "lab"]


def test_on_a_phone_all_stand_on_one_side():
    layout = laid_out(pd.concat([LEGS, pd.DataFrame([leg("fund", "hub", 60.0)])]), NARROW)
    assert not layout.plan.columns[-1]


def test_no_two_labels_overlap(drawn):
    for one, other in combinations(labels(drawn), 2):
        beside = one[2] <= other[1] or other[2] <= one[1]
        assert beside or one[4] <= other[3] or other[4] <= one[3], (one, other)


def test_no_label_leaves_the_drawing(drawn):
    for text, left, right, top, bottom in labels(drawn):
        assert left >= -0.5 and right <= drawn["width"] + 0.5, text
        assert top >= 0 and bottom <= drawn["height"], text


def test_small_parties_are_drawn_as_one_where_the_column_would_be_too_high(crowded):
    names = [crowded.plan.name(party) for party in crowded.cards]
    assert any(name.endswith("smaller parties") for name in names)


def test_folding_bounds_the_height(crowded):
    assert crowded.bottom - crowded.top < 800


def test_folding_keeps_the_money(crowded):
    totals = [text.text for text in crowded.header[1:]]
    assert totals == ["gets $30\N{NO-BREAK SPACE}bn", "pays $735\N{NO-BREAK SPACE}bn"]


def test_a_firm_gets_and_gives(layout):
    assert said(layout, "lab") == ["gets", "gives"]


@pytest.mark.parametrize("name", ["SoftBank’s banks", "Builders of Stargate", "3 smaller parties"])
def test_a_group_lends(name):
    layout = laid_out(LEGS, names=NAMES | {"bank": name})
    assert said(layout, "bank") == ["lend"]


@pytest.mark.parametrize("name", ["Bank of the Builders", "Vantage Data Centers", "CoreWeave"])
def test_a_firm_lends_whatever_its_name(name):
    layout = laid_out(LEGS, names=NAMES | {"bank": name})
    assert said(layout, "bank") == ["lends"]


def test_a_flow_between_others_stays_outside_the_cards(layout):
    for (number, _), track in layout.tracks.items():
        assert track > layout.plan.pixels(number) / 2


@pytest.mark.parametrize("measures", [WIDE, NARROW])
def test_a_single_flow_can_be_drawn(measures):
    layout = laid_out(pd.DataFrame([leg("big", "hub", 1.0, paid=1.0)]), measures)
    assert draw(layout).to_dict()["width"] == measures.width


def test_nothing_to_draw_still_names_the_centre():
    assert "Hub" in [text for text, *_ in labels(spec(LEGS[:0], theme.WIDE))]


def test_a_script_as_a_name_is_escaped():
    names = NAMES | {"lab": "<script>alert(1)</script>"}
    chart = money_map(LEGS[1:2], names, "hub", theme.WIDE)
    picture = bake.svg(chart.to_dict(), "map", "Title", "Description")
    assert "<script" not in picture
    assert "&lt;script" in picture


def test_the_order_of_the_legs_does_not_matter():
    shuffled = LEGS.sample(frac=1, random_state=1)
    assert spec(shuffled, theme.WIDE) == spec(LEGS, theme.WIDE)


def test_the_words_of_a_flow_claim_no_payment_of_nothing():
    assert flow(LEGS, "hub", "big").tip["paid"] == "none known"
    assert flow(LEGS, "hub", "lab").tip["paid"] == "$25\N{NO-BREAK SPACE}bn"
