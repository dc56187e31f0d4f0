"""The map with rings: what its places, widths, dashes and inputs promise."""

import json
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from altair.utils.schemapi import debug_mode

from tightrope import ledger
from tightrope.charts import bake, theme
from tightrope.charts.figure import specification
from tightrope.charts.marks import text_width
from tightrope.charts.rings import edges, paths, totals, web
from tightrope.charts.rings.cards import distances
from tightrope.charts.rings.layout import lay_out, settled
from tightrope.charts.rings.rows import RANKS, band_rows, edge_rows, slot_rows, triangle
from tightrope.charts.rings.style import NARROW, WIDE
from tightrope.dealbook import LAYERS
from tightrope.units import usd_bn

NAMES = {
    "hub": "Hub",
    "big": "Big Cloud",
    "lab": "Chip Lab",
    "bank": "Bank of the Builders",
    "fund": "Fund",
    "shop": "Chip Shop",
}
UNKNOWN = float("nan")
DAY = pd.Timestamp("2026-01-31")


def spell(payer, payee, announced, binding=0.0, paid=0.0, low=None, high=None, **more):
    """One row as `ledger.history` gives it, with its deal."""
    row = {
        "leg_id": f"{payer}-{payee}-{more.get('instrument', 'compute')}",
        "deal_id": f"{payer}-{payee}",
        "deal": f"{payer} and {payee}",
        "scope": "openai",
        "payer": payer,
        "payee": payee,
        "instrument": "compute",
        "status": "paid" if paid else "binding" if binding else "announced",
        "stated_as": "announced",
        "since": pd.Timestamp("2025-01-15"),
        "until": pd.NaT,
    }
    for layer, value in zip(LAYERS, (announced, binding, paid), strict=True):
        row |= {layer: value, f"{layer}_low": value, f"{layer}_high": value}
    for end, value in (("low", low), ("high", high)):
        if value is not None:
            row[f"announced_{end}"] = value
    return row | more


def table(*rows):
    frame = pd.DataFrame(rows)
    return frame.astype({"since": "datetime64[ns]", "until": "datetime64[ns]"})


HISTORY = table(
    spell("hub", "big", 300.0, 300.0),
    spell("hub", "lab", 100.0, 50.0, 25.0),
    spell("lab", "hub", 0.35, 0.35, 0.35, instrument="shares"),
    spell("fund", "hub", 40.0, stated_as="letter_of_intent", instrument="equity"),
    spell("big", "shop", 60.0, instrument="chips", scope="onward"),
    spell("bank", "big", 18.0, 18.0, 18.0, instrument="loan", scope="financing"),
    spell("bank", "shop", UNKNOWN, instrument="guarantee", scope="financing", low=0.0),
)


def made(history, measures=WIDE):
    """The layout, and all bands with their edges along straight lines."""
    days = edges.stops(history, DAY)
    found = edges.collect(history, NAMES, days)
    layout = lay_out(found, NAMES, "hub", measures)
    way = [paths.Way((0.0, 0.0), (1.0, 0.0)), paths.Way((100.0, 0.0), (1.0, 0.0))]
    lines = {edge.ribbon: paths.through(way, 8.0) for edge in found}
    return layout, found, lines


def bands(history, payer, payee):
    """The bands between two parties, plain and dashed, along a level line."""
    return [
        [row for row in rows if (row["a"], row["b"]) == (payer, payee)]
        for rows in band_rows(*made(history))
    ]


def tall(path):
    """How high the path reaches where it begins: the width of a level ribbon."""
    numbers = [float(n) for n in re.findall(r"-?[0-9.]+", path.split("c")[0])]
    return -2 * numbers[1]


def spec(history, width, names=NAMES, focal="hub", layer="announced", day=DAY):
    with debug_mode(False):
        return specification(lambda w: web(history, names, focal, day, layer, w), width)


def chosen(drawing, **values):
    """The drawing with other values of its inputs."""
    changed = json.loads(json.dumps(drawing))
    for parameter in changed["params"]:
        if parameter["name"] in values:
            parameter["value"] = values.pop(parameter["name"])
    assert not values
    return changed


def svg(drawing):
    return bake.svg(drawing, "web", "Title", "Description")


def words(picture):
    """Text, left, right, top and bottom of every line of text in the picture."""
    found = []
    pattern = (
        r'<text text-anchor="(\w+)" transform="translate\(([-\d.]+),([-\d.]+)\)([^>]*)>(.*?)</text>'
    )
    for anchor, x, y, style, inside in re.findall(pattern, picture):
        size = int(re.search(r'font-size="(\d+)px"', style).group(1))
        bold = 'font-weight="bold"' in style
        lines = re.findall(r"<tspan[^>]*>(.*?)</tspan>", inside) or [inside]
        step = re.search(r'dy="([\d.]+)"', inside)
        for number, line in enumerate(lines):
            wide = text_width(line, size, bold)
            left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            base = float(y) + number * float(step.group(1) if step else 0)
            found.append((line, left, left + wide, base - 0.75 * size, base + 0.2 * size))
    return found


def text(picture):
    return [line for line, *_ in words(picture)]


@pytest.fixture(scope="module")
def parts():
    return made(HISTORY)


@pytest.fixture(scope="module")
def small():
    return spec(HISTORY, theme.WIDE)


@pytest.fixture(scope="session")
def told(book):
    """The history of the project's own data, with deals."""
    deals = book.deals.set_index("deal_id")
    rows = ledger.history(book)
    return rows.assign(deal=rows.deal_id.map(deals["name"]), scope=rows.deal_id.map(deals.scope))


@pytest.fixture(scope="session")
def names(book):
    return book.parties.set_index("party_id")["name"].to_dict()


@pytest.fixture(
    scope="module", params=[theme.WIDE, theme.NARROW], ids=lambda width: f"{width} pixels"
)
def whole(request, book, told, names):
    """The project's own web, drawn for a width."""
    return spec(told, request.param, names, "openai", day=book.day)


def test_partners_stand_on_ring_1_and_theirs_on_ring_2(parts):
    layout, *_ = parts
    rings = {party: place.card.ring for party, place in layout.places.items()}
    assert rings == {"big": 1, "lab": 1, "fund": 1, "shop": 2, "bank": 2}


def test_a_party_that_nothing_joins_to_the_hub_stands_on_ring_2():
    history = table(*HISTORY.to_dict("records"), spell("far", "away", 1.0))
    found = edges.collect(history, NAMES, edges.stops(history, DAY))
    assert distances(found, "hub")["far"] == 2


def test_widths_are_linear_in_dollars():
    (row,), _ = bands(HISTORY, "hub", "big")
    plain, _ = bands(HISTORY, "hub", "lab")
    scale = made(HISTORY)[0].scale
    # The outline of what is not paid lies within the width.
    assert tall(row["p"]) == pytest.approx(300 * scale - 1, abs=0.2)
    assert [tall(band["p"]) for band in plain] == pytest.approx(
        [100 * scale - 1, 50 * scale - 1, 25 * scale], abs=0.2
    )


def test_a_ribbon_thinner_than_a_pixel_is_drawn_at_one(parts):
    layout, *_ = parts
    assert 0.35 * layout.scale < 1
    assert layout.width(("lab", "hub", "stakes")) == 1.0


def test_what_is_surer_is_filled_darker():
    plain, _ = bands(HISTORY, "hub", "lab")
    opacities = [band["o"] for band in plain]
    assert opacities == sorted(opacities) and opacities[-1] == 1.0


def test_a_band_is_seen_on_its_own_layer_and_wider_ones():
    plain, _ = bands(HISTORY, "hub", "lab")
    assert [RANKS[band["l"]] for band in plain] == ["announced", "binding", "paid"]
    assert {band["m"] for band in plain} == {RANKS.index("announced")}


@pytest.mark.parametrize("status", ["letter_of_intent", "reported"])
def test_what_no_party_promises_is_dashed(status):
    history = HISTORY.assign(stated_as=status)
    plain, dashed = bands(history, "fund", "hub")
    assert not plain and len(dashed) == 1


def test_a_promise_is_not_dashed():
    plain, dashed = bands(HISTORY.assign(stated_as="announced"), "fund", "hub")
    assert not dashed and len(plain) == 1


def test_an_unknown_amount_is_a_thin_dashed_line():
    plain, (line,) = bands(HISTORY, "bank", "shop")
    assert line["o"] == 0 and line["w"] < 1.5
    assert [row["o"] for row in plain] == [1.0]  # its head


def slots(history):
    """Whether the triangle of each line points away from the hub, by the line's name."""
    rows = slot_rows(made(history)[0])
    return {row["j"]: (row["q"] == triangle(True)) == (row["g"] > 0) for row in rows}


def test_the_triangle_of_an_amount_points_where_the_money_goes():
    away = slots(HISTORY)
    assert away["big gets out"] and not away["lab pays in"]
    assert away["big pays on onward"] and away["shop gets on onward"]
    assert not away["bank pays on borrowed lent"] and not away["big gets on borrowed lent"]


def test_the_triangle_of_a_loan_to_the_hub_points_to_it():
    history = table(spell("bank", "hub", 4.0, instrument="loan"))
    assert slots(history) == {"bank pays in lent": False}


def test_what_is_borrowed_is_not_added_to_purchases_of_the_same_hue():
    promise = spell("hub", "big", UNKNOWN, instrument="guarantee", low=0.0)
    history = table(spell("hub", "big", 10.0), promise)
    assert set(slots(history)) == {"big gets out", "big gets out lent"}
    said = text(svg(spec(history, theme.WIDE)))
    assert "$10\N{NO-BREAK SPACE}bn" in said and "?" in said


def test_the_dashed_layer_is_dashed(small):
    dashes = [layer["mark"].get("strokeDash") for layer in small["layer"][:2]]
    assert dashes[0] is None and dashes[1]


def test_a_ribbon_has_a_row_only_where_it_changes():
    first = spell("hub", "big", 10.0, until=pd.Timestamp("2025-06-01"))
    again = spell("hub", "big", 10.0, stated_as="announced", since=pd.Timestamp("2025-06-01"))
    assert len(bands(table(first, again), "hub", "big")[0]) == 1


def test_an_edge_of_two_scopes_has_sums_for_each():
    history = table(
        spell("hub", "big", 10.0), spell("hub", "big", 5.0, leg_id="more", scope="onward")
    )
    rows = edge_rows(*made(history))
    assert {row["s"]: row["v"][2] for row in rows} == {"all": 15.0, "openai": 10.0, "onward": 5.0}


def test_comparisons_are_left_out():
    history = table(*HISTORY.to_dict("records"), spell("xlab", "big", 9.0, scope="comparison"))
    assert spec(history, theme.WIDE) == spec(HISTORY, theme.WIDE)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("day", ["2025-10-31", "2026-03-31", ""])
def test_rows_of_a_day_and_layer_add_up_as_in_the_ledger(book, told, names, day, layer):
    then = book.as_of(day).within(*edges.WEB)
    history = edges.of_the_web(told)
    days = edges.stops(history, book.day)
    stop = max(place for place, when in enumerate(days) if when <= then.day)
    found = edges.collect(history, names, days)
    lines = dict.fromkeys((e.ribbon for e in found), made(HISTORY)[2]["hub", "big", "purchases"])
    rows = edge_rows(lay_out(found, names, "openai", WIDE), found, lines)
    ours: dict[tuple[str, str], float] = {}
    for row in rows:
        if row["s"].startswith("all") and row["f"] <= stop < row["u"]:
            pair = (row["a"], row["b"])
            ours[pair] = ours.get(pair, 0.0) + row["v"][RANKS.index(layer)]
    theirs = ledger.flows(then, layer).groupby(["payer", "payee"]).amount.sum()
    theirs = theirs[theirs > 0].to_dict()
    assert {pair: value for pair, value in ours.items() if value} == pytest.approx(theirs)


@pytest.mark.parametrize(("day", "layer"), [("2025-10-31", "paid"), ("", "binding")])
def test_the_inputs_change_what_the_picture_says(book, told, names, day, layer):
    drawing = spec(told, theme.WIDE, names, "openai", day=book.day)
    then = book.as_of(day).within(*edges.WEB)
    days = edges.stops(edges.of_the_web(told), book.day)
    stop = max(place for place, when in enumerate(days) if when <= then.day)
    said = " ".join(text(svg(chosen(drawing, stop=stop, layer=layer))))
    flows = ledger.flows(then, layer)
    assert f"Into OpenAI: {usd_bn(flows.amount[flows.payee.eq('openai')].sum())}" in said
    assert f"Out of OpenAI: {usd_bn(flows.amount[flows.payer.eq('openai')].sum())}" in said


def test_the_picture_without_inputs_shows_the_day_and_the_layer():
    said = text(svg(spec(HISTORY, theme.WIDE, layer="paid")))
    assert "As known on 31\N{NO-BREAK SPACE}January 2026" in said
    assert "Into Hub: $350\N{NO-BREAK SPACE}m" in said
    assert "Fund" not in said  # a letter of intent has paid nothing


def test_a_party_without_a_ribbon_is_not_drawn(small):
    assert "Chip Shop" not in text(svg(chosen(small, scope="openai")))


def test_the_choice_of_a_kind_hides_the_others(small):
    said = text(svg(chosen(small, kind="borrowed")))
    assert "Chip Shop" in said and "Chip Lab" not in said


def test_highlighting_a_party_fades_what_it_has_no_part_in(small):
    picture = svg(chosen(small, party="bank"))
    found = dict(
        re.findall(r'<text[^>]*?opacity="([.\d]+)"[^>]*>(Bank of the|Fund)', picture)[::-1]
    )
    assert "Fund" in found.values() and "0.3" in found


@pytest.mark.parametrize(
    ("announced", "low", "high"),
    [(22.4, None, None), (0.35, None, None), (UNKNOWN, 0.0, 96.0), (UNKNOWN, 259.0, 264.0),
     (UNKNOWN, 0.37, 6.19), (UNKNOWN, 67.4, 239.0), (UNKNOWN, 0.0, UNKNOWN), (UNKNOWN, 12.0, UNKNOWN)],
)  # fmt: skip
def test_a_card_says_the_amount_as_the_layout_measured_it(announced, low, high):
    history = table(spell("hub", "big", announced, low=low, high=high))
    (edge,) = edges.collect(history, NAMES, edges.stops(history, DAY))
    assert edge.steps[0].sums["announced"].short in text(svg(spec(history, theme.WIDE)))


def test_no_two_labels_overlap(whole):
    for one, other in combinations(words(svg(whole)), 2):
        beside = one[2] <= other[1] or other[2] <= one[1]
        assert beside or one[4] <= other[3] or other[4] <= one[3], (one, other)


def test_nothing_is_written_outside(whole):
    for line, left, right, top, bottom in words(svg(whole)):
        # The words of one card end before the next begins, whatever the reader's font.
        assert left >= -6 and right <= whole["width"] + 6, line
        assert top >= -2 and bottom <= whole["height"] + 2, line


def test_nobody_stands_outside(book, told, names):
    found = edges.collect(edges.of_the_web(told), names, edges.stops(told, book.day))
    for measures in (WIDE, NARROW):
        layout = lay_out(found, names, "openai", measures)
        for place in layout.places.values():
            assert place.outer <= measures.width - measures.middle + 0.01
            assert abs(place.middle) + place.card.height / 2 <= layout.half + 0.01


def test_cards_do_not_overlap(book, told, names):
    found = edges.collect(edges.of_the_web(told), names, edges.stops(told, book.day))
    places = lay_out(found, names, "openai", WIDE).places.values()
    for one, other in combinations(places, 2):
        if one.side == other.side and one.inner < other.outer and other.inner < one.outer:
            apart = one.y + one.card.height <= other.y or other.y + other.card.height <= one.y
            assert apart, (one.card.party, other.card.party)


def test_letters_are_at_least_twelve_pixels(whole):
    sizes = re.findall(r'font-size="(\d+)px"', svg(whole))
    assert min(map(int, sizes)) >= 12


def test_the_live_chart_stays_small(whole):
    # As the site has it: without a space between the marks.
    assert len(json.dumps(whole, separators=(",", ":"))) < 400_000


def test_every_input_is_named(small):
    inputs = {p["name"]: p["bind"] for p in small["params"] if "bind" in p}
    assert list(inputs) == ["stop", "layer", "kind", "scope", "party"]
    assert all(bind["name"].strip() for bind in inputs.values())


def test_the_words_of_the_slider_are_a_signal_of_their_own(small):
    # tightrope.js shows and says the signal NAME_words in place of the slider's bare number.
    assert "stop_words" in [parameter["name"] for parameter in small["params"]]


def test_a_tooltip_has_amounts_status_and_deals(parts):
    row = next(row for row in edge_rows(*parts) if row["b"] == "lab")
    told_there = [row[f"t{number}"] for number in range(7)]
    assert told_there[:2] == ["Hub → Chip Lab", "purchases: compute"]
    assert told_there[2] == "$100\N{NO-BREAK SPACE}bn" and told_there[6] == "hub and lab"


def test_totals_are_those_of_the_picture():
    found = totals(HISTORY, NAMES, "hub", DAY, "announced", count=1)
    assert (found.into, found.out, found.parties) == (40.35, 400.0, 6)
    assert found.largest == [("Hub", "Big Cloud", "purchases", 300.0)]


def test_the_order_of_the_rows_does_not_matter():
    shuffled = HISTORY.sample(frac=1, random_state=1)
    assert spec(shuffled, theme.WIDE) == spec(HISTORY, theme.WIDE)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_a_single_payment_can_be_drawn(width):
    history = table(spell("hub", "big", UNKNOWN))
    assert "Big Cloud" in text(svg(spec(history, width)))


def test_the_drawing_follows_the_schema():
    chart = web(HISTORY, NAMES, "hub", DAY, "announced", theme.WIDE)
    assert chart.to_dict()["width"] == theme.WIDE


def test_a_script_as_a_name_is_escaped():
    bad = NAMES | {"big": "<script>alert(1)</script>", "hub": 'Hub\'s "<b>"'}
    picture = svg(spec(HISTORY, theme.WIDE, bad))
    assert "<script" not in picture and "<b>" not in picture


def test_an_unknown_layer_is_refused():
    with pytest.raises(ValueError, match="layer"):
        web(HISTORY, NAMES, "hub", DAY, "promised", theme.WIDE)


def test_an_unknown_instrument_is_refused():
    with pytest.raises(ValueError, match="barter"):
        web(HISTORY.assign(instrument="barter"), NAMES, "hub", DAY, "paid", theme.WIDE)


def test_an_empty_web_is_refused():
    with pytest.raises(ValueError, match="no payment"):
        web(HISTORY[:0], NAMES, "hub", DAY, "paid", theme.WIDE)


def test_the_head_of_a_thin_line_leaves_the_line(parts):
    line = parts[2]["hub", "big", "purchases"]
    ends = np.array([line.chain[0, 0, 0], line.chain[-1, 3, 0], line.apex[0]])
    assert ends == pytest.approx([0.0, 92.0, 100.0])


def test_a_line_moved_aside_keeps_its_distance():
    ways = [paths.Way((0.0, 0.0), (1.0, 0.0)), paths.Way((80.0, 80.0), (0.0, 1.0))]
    chain = paths.halved(paths.through(ways, 0.0).chain)
    moved = paths.beside(chain, 10.0)
    t = np.linspace(0, 1, 20)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    old, new = (np.vstack([weights @ cubic for cubic in which]) for which in (chain, moved))
    nearest = np.linalg.norm(new[:, None] - old[None], axis=2).min(axis=1)
    assert nearest == pytest.approx(np.full(len(nearest), 10.0), abs=0.6)


def test_intervals_settle_near_their_wishes_and_apart():
    assert settled([5.0, 6.0, 50.0], [10.0, 10.0, 10.0], (0.0, 100.0)) == [0.5, 10.5, 50.0]


def test_intervals_settle_within_their_bounds():
    assert settled([-5.0, 95.0], [10.0, 10.0], (0.0, 100.0)) == [0.0, 90.0]
