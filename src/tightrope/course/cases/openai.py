"""The exhibits of the case on OpenAI, from the book as its day knew it. USD billion, nominal."""

from __future__ import annotations

import pandas as pd

from tightrope import accounts, counting, ledger, obligations, quantities, vintages
from tightrope.course.cases import figures, pictures
from tightrope.course.cases.exhibit import Exhibit, Line
from tightrope.course.cases.tongue import Tongue
from tightrope.dealbook import LAYERS, WEB, Dealbook
from tightrope.quantities.view import View

FOCAL = "openai"
SUPPLIERS = {
    "oracle": ("debt", "cash", "lease_commitments", "backlog", "backlog_share_openai"),
    "coreweave": ("debt", "cash", "interest_cost", "backlog", "backlog_share_openai"),
}
"""Two partners that borrow for OpenAI's orders, and their figures that a lender asks for."""
OWN = ("cash", "revenue", "valuation")
_SUMS = {
    "in": ("to_come_in", "to_come_in_signed", "paid_in"),
    "out": ("to_pay", "to_pay_signed", "paid_out"),
}
_TERMS = {
    "without_condition": "signed_without_condition",
    "on_condition": "signed_on_condition",
    "not_public": "signed_terms_not_public",
}
_PARTNERS = 8
"""So many partners have a line of their own."""
_YEARS, _ALL_YEARS = 7, 60
"""So many years of bills have a column each, and in so many all that has a date falls due."""
_DUST = 1e-9
"""USD billion that a sum of differences may leave behind."""


def exhibits(book: Dealbook, tongue: Tongue) -> dict[str, Exhibit]:
    """Ladder, flows, loop, plan, obligations and partners' debt, by id, in their order."""
    made = (ladder, flows, loop, plan, bills, debts)
    return {exhibit.id: exhibit for exhibit in (make(book, tongue) for make in made)}


def ladder(book: Dealbook, tongue: Tongue) -> Exhibit:
    """What is announced, signed and paid on each side: each rung contains the next."""
    known = quantities.of(book, FOCAL)
    lines: list[Line] = []
    bars: list[pictures.Rung] = []
    rows: list[str] = []
    for way, names in _SUMS.items():
        for layer, name in zip(LAYERS, names, strict=True):
            one = known[name]
            bars.append((way, tongue[layer], tongue.written(one.written), one.low, one.high))
            rows += one.rows
    for key, name in _TERMS.items():
        lines.append(Line((tongue[key], tongue.written(known[name].written))))
        rows += known[name].rows
    head = (f"{tongue['out']}, {tongue['binding']}", tongue.written(known["to_pay_signed"].written))
    heads = {way: tongue[way] for way in _SUMS}
    return Exhibit("ladder", head, tuple(lines), tuple(rows), pictures.ladder(bars, heads, tongue))


def flows(book: Dealbook, tongue: Tongue) -> Exhibit:
    """What each partner pays and is paid, on each rung; the largest, and the others together."""
    view = View.of(book, FOCAL)
    layers = {layer: counting.given(view.counted(layer)) for layer in LAYERS}
    table = counting.by_partner(layers["announced"], FOCAL).set_index("party")
    size = table.in_low + table.out_low
    order = size.sort_values(ascending=False, kind="stable").index
    named, rest = list(order[:_PARTNERS]), list(order[_PARTNERS:])
    lines = [_partner(book, [party], tongue.name(book, party), layers, tongue) for party in named]
    if rest:
        lines.append(_partner(book, rest, tongue["others"].format(len(rest)), layers, tongue))
    ways = [f"{tongue[way]}: {tongue[layer]}" for way in _SUMS for layer in LAYERS]
    return Exhibit("flows", (tongue["partner"], *ways), tuple(lines))


def _partner(
    book: Dealbook,
    parties: list[str],
    name: str,
    layers: dict[str, pd.DataFrame],
    tongue: Tongue,
) -> Line:
    cells, legs = [name], []
    for payer, payee in (("payer", "payee"), ("payee", "payer")):
        for legs_of in layers.values():
            own = legs_of[legs_of[payer].isin(parties) & legs_of[payee].eq(FOCAL)]
            low, _, high = counting.total(own)
            cells.append(tongue.range(low, high))
            legs += list(own.leg_id)
    # The steps that decide today; a leg without a sum rests on its own steps.
    steps = ledger.deciding(book)
    steps = steps[steps.leg_id.isin(legs)]
    single = steps.event_id if len(parties) == 1 else []
    rows = tuple(f"events/{one}" for one in dict.fromkeys(single))
    return Line(tuple(cells), rows)


def loop(book: Dealbook, tongue: Tongue) -> Exhibit:
    """What can come straight back to each partner, and what can come back by any route."""
    view, known = View.of(book, FOCAL), quantities.of(book, FOCAL)
    layers = {
        layer: counting.by_partner(counting.given(view.counted(layer)), FOCAL).set_index("party")
        for layer in ("announced", "paid")
    }
    both = layers["announced"]
    both = both[both.round_high.isna() | both.round_high.gt(0)]
    both = both.sort_values("round_low", ascending=False, kind="stable")
    lines = []
    for party in both.index:
        cells = [tongue.name(book, str(party))]
        for table in layers.values():
            there = party in table.index
            ends = table.loc[party, ["round_low", "round_high"]] if there else (0.0, 0.0)
            cells.append(tongue.range(*ends))
        if set(cells[2:]) != {"–"}:
            lines.append(Line(tuple(cells)))
    for key, names in (
        ("straight_back", ("round_trip", "round_trip_paid")),
        ("any_route", ("back_by_any_route", "")),
    ):
        written = (tongue.written(known[name].written) if name else "" for name in names)
        lines.append(Line((tongue[key], *written), is_sum=True))
    rows = (*known["round_trip"].rows, *known["back_by_any_route"].rows)
    head = (tongue["partner"], tongue["round_announced"], tongue["round_paid"])
    climbed = accounts.climbed(book.within(*WEB), "announced")
    sides = accounts.sides(climbed, FOCAL)
    sides = sides[sides.party.isin(both.index)]
    sides = sides.assign(party=[tongue.name(book, party) for party in sides.party], as_range=True)
    return Exhibit("loop", head, tuple(lines), rows, pictures.loop(sides, tongue))


def plan(book: Dealbook, tongue: Tongue) -> Exhibit:
    """What OpenAI planned, by the day of the plan, and its own newest figures."""
    path = vintages.flows(book, FOCAL)
    years = sorted(path.year.unique())
    lines = []
    for vintage, own in path.groupby("vintage"):
        values = own.set_index("year").value
        cells = [figures.period(str(vintage).upper(), tongue)]
        written = (_planned(values, year, tongue) for year in years)
        rows = tuple(f"financials/{row}" for row in own.index)
        lines.append(Line((*cells, *written), rows))
    head = (tongue["plan_of"], *map(str, years))
    named = path.assign(
        series=[figures.period(str(one).upper(), tongue) for one in path.vintage],
        amount=path.value,
    )
    return Exhibit("plan", head, tuple(lines), (), pictures.plan(named, tongue))


def _planned(values: pd.Series, year: int, tongue: Tongue) -> str:
    """The amount of a year as it is written; a dash where nobody has published one."""
    return tongue.range(values[year], values[year]) if year in values.index else "–"


def bills(book: Dealbook, tongue: Tongue) -> Exhibit:
    """What OpenAI is still to pay for computing power, by year, at the least that is known."""
    parts = {
        layer: obligations.supply(book, FOCAL, layer, at_least=True)
        for layer in ("binding", "announced")
    }
    first = book.day.year
    years, all_years = (list(range(first, first + number)) for number in (_YEARS, _ALL_YEARS))
    sums = {layer: obligations.by_year(table, years) for layer, table in parts.items()}
    later = {
        layer: obligations.by_year(parts[layer], all_years[_YEARS:])[0].sum() for layer in parts
    }
    signed, undated_signed = sums["binding"]
    every, undated = sums["announced"]
    table = pd.DataFrame(
        [
            *({"year": year, "series": "signed", "amount": signed[year]} for year in years),
            *(
                {"year": year, "series": "talked", "amount": every[year] - signed[year]}
                for year in years
            ),
            {"year": None, "series": "signed", "amount": undated_signed},
            {"year": None, "series": "talked", "amount": undated - undated_signed},
        ]
    )
    after = {"signed": later["binding"], "talked": later["announced"] - later["binding"]}
    names = {"signed": tongue["signed_bills"], "talked": tongue["talked_bills"]}
    lines = [
        Line((f"{words}, {tongue['later'].format(years[-1])}", tongue.range(*2 * [after[key]])))
        for key, words in names.items()
        if after[key] > _DUST
    ]
    head = (tongue["figure"], tongue["amount"])
    rows = tuple(f"legs/{leg}" for leg in dict.fromkeys(parts["announced"].leg_id))
    return Exhibit("bills", head, tuple(lines), rows, pictures.bills(table, names, tongue))


def debts(book: Dealbook, tongue: Tongue) -> Exhibit:
    """What two partners owe and have, and OpenAI's own newest figures."""
    lines = figures.lines(book, FOCAL, OWN, tongue)
    for party, metrics in SUPPLIERS.items():
        lines += figures.lines(book, party, metrics, tongue)
    head = (tongue["figure"], tongue["period"], tongue["amount"])
    return Exhibit("debts", head, tuple(lines))
