"""Does the money last: results, plans by vintage, contracts by year, and needs. USD billion."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from tightrope import ledger, obligations, vintages
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook
from tightrope.measures import runway
from tightrope.scenario_parameters import YEARS

RESULTS: Mapping[str, str] = MappingProxyType(
    {"revenue": "Revenue", "operating_loss": "Operating loss", "cash_burn": "Cash burned"}
)
"""The three measures of a period that are often mixed up, as readers read them."""
RUNGS: Mapping[str, str] = MappingProxyType(
    {
        "binding": "binding, not yet paid",
        "announced": "announced, not binding",
        "intended": "intended in a letter, or reported",
    }
)
"""How firm what is still to be paid is."""
_QUARTERS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_PARTS = {"": (4, ""), "H1": (2, "first half of "), "H2": (2, "second half of ")} | {
    f"Q{number}": (1, f"{word} quarter of ") for number, word in _QUARTERS.items()
}
_PLANNED = {**_QUARTERS, "4": "last"}
_HORIZON = 2030
_PLAN_YEARS = 6
_UNFUNDED = dict.fromkeys(
    ("committed_funding", "conditional_funding", "opening_cash", "minimum_liquidity"), 0.0
)
_LEAST = 0.05


def results(book: Dealbook, focal: str) -> pd.DataFrame:
    """Booked revenue, operating loss and cash burn of each period for which all three are known.

    By financial_id, oldest period first: `metric`, `series` (the metric for readers), `period`,
    `group` (the period in words), `is_year` (it is a whole one), `value`. Of a period that was told
    more than once, what became known last counts; parts of a year with a known loss are left out.
    """
    table = book.financials.set_index("financial_id")
    table = table[
        table.party_id.eq(focal) & table.metric.isin(list(RESULTS)) & table.nature.eq("actual")
    ]
    table = table.sort_values("known_on", kind="stable")
    table = table[~table.duplicated(["metric", "period"], keep="last")]
    table = table.assign(
        year=[int(period[:4]) for period in table.period],
        part=[_PARTS[period[5:]][0] for period in table.period],
        group=[_PARTS[period[5:]][1] + period[:4] for period in table.period],
        series=table.metric.map(RESULTS),
    ).sort_values(["year", "part", "period"])
    table["is_year"] = table.part.eq(4)
    whole = set(table.year[table.is_year & table.metric.eq("operating_loss")])
    table = table[table.is_year | ~table.year.isin(whole)]
    known = table.groupby("group", sort=False).metric.nunique()
    chosen = table[table.group.isin(known.index[known.eq(len(RESULTS))])]
    return chosen[["metric", "series", "period", "group", "is_year", "value"]]


def newest(booked: pd.DataFrame) -> pd.DataFrame:
    """The rows of the newest period of `results`; none if it has none."""
    return booked[booked.group.eq(booked.group.iloc[-1])] if len(booked) else booked


def by_period(booked: pd.DataFrame) -> pd.DataFrame:
    """`results` as a table: a row a period, oldest first, a column a measure."""
    wide = booked.pivot(index="group", columns="series", values="value")
    return wide.reindex(index=booked.group.unique(), columns=list(RESULTS.values()))


def plans(book: Dealbook, focal: str) -> pd.DataFrame:
    """`vintages.flows` of every plan of which all six years are known."""
    table = vintages.flows(book, focal)
    whole = table.groupby("vintage").year.transform("nunique").eq(_PLAN_YEARS)
    return table[whole]


def flows(planned: pd.DataFrame) -> pd.DataFrame:
    """`plans` as a table: a row a year, a column a vintage, oldest first."""
    return planned.pivot(index="year", columns="vintage", values="value").sort_index()


def valley(planned: pd.DataFrame) -> pd.Series[float]:
    """What each of `plans` has flowing out, net, before its last year: by vintage."""
    table = flows(planned)
    return -table[table.index < _HORIZON].sum()


def either(due: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What is announced, and what binds of legs whose whole has no sum.

    `due` are `obligations.supply` by rung, announced and binding; the result has their columns.
    """
    alone = ~due["binding"].leg_id.isin(due["announced"].leg_id)
    return pd.concat([due["announced"], due["binding"][alone]])


def promised(due: Mapping[str, pd.DataFrame], layer: str) -> pd.DataFrame:
    """What is still to be paid on a layer by `series` of RUNGS: leg_id, payee, year, amount.

    On the announced layer what binds is parted from what goes beyond it; on the paid layer there is
    nothing left to pay.
    """
    binding = due["binding"].assign(series=RUNGS["binding"])
    if layer != "announced":
        return binding if layer == "binding" else binding.iloc[:0]
    keys = ["leg_id", "payee", "year"]
    both = due["announced"].merge(
        due["binding"][[*keys, "amount"]], on=keys, how="left", suffixes=("", "_binding")
    )
    amount = both.amount - both.amount_binding.fillna(0)
    beyond = both.assign(amount=amount, series=RUNGS["announced"])
    return pd.concat([binding, beyond[beyond.amount > 1e-9]])


def without_sum(
    ladder: pd.DataFrame, due: Mapping[str, pd.DataFrame], layer: str, focal: str
) -> pd.DataFrame:
    """What `focal` owes for compute and nobody has put a sum to: the legs of the ladder."""
    is_supply = ladder.payer.eq(focal) & ladder.instrument.isin(obligations.SUPPLY)
    has_none = ladder[layer].isna() & ~ladder.index.isin(due["binding"].leg_id)
    table = ladder[is_supply & has_none]
    firm = dict.fromkeys(ledger.INTENDED, "intended")
    return table.assign(series=[RUNGS[firm.get(rung, rung)] for rung in table.status])


def dated(payments: pd.DataFrame, first: int = 0, last: int = 9999) -> float:
    """The sum of payments with a year, `first` to `last`; NaN if there is no payment at all."""
    year = payments.year.astype("float64")
    return _sum(payments, year.notna() & year.between(first, last))


def undated(payments: pd.DataFrame) -> float:
    """The sum of payments without a year; NaN if there is no payment at all."""
    return _sum(payments, payments.year.isna())


def _sum(payments: pd.DataFrame, chosen: pd.Series[bool]) -> float:
    return float(payments.amount[chosen].sum()) if len(payments) else math.nan


def part_of(amount: float, whole: float) -> str:
    """How much of a whole an amount would take, in words."""
    if amount >= 1.05 * whole:
        return "more than all of it"
    if amount >= 0.95 * whole:
        return "about all of it"
    return "most of it" if amount >= 0.5 * whole else "a part of it"


def last_shortfall(world: World) -> float:
    """Costs less revenue of the last year, where that is the worst year; NaN where it is not."""
    path = world.path
    flow = float((path.revenue - path.compute - path.other_costs).iloc[-1])
    is_edge = world.gap.peak_year == YEARS[-1] and flow < 0
    return -flow if is_edge else math.nan


def before_funding(world: World) -> float:
    """The gap at its peak without cash at the start, new money or a minimum to keep."""
    return float(world.own.gap(**_UNFUNDED).peak)


def after_worst(world: World) -> float:
    """What comes in, net of all costs, after the year in which a scenario lacks most."""
    path = world.path
    flow = path.revenue - path.compute - path.other_costs
    return float(flow[flow.index > (world.gap.peak_year or YEARS[-1])].sum())


def beyond_plan(world: World) -> float:
    """What contracts alone take beyond a scenario's sum of compute; NaN where they do not."""
    beyond = world.own.beyond_plan
    return beyond if beyond > _LEAST else math.nan


def due_over(world: World, term: float) -> float:
    """What contracts oblige to pay in the years of a scenario, the undated ones over this term."""
    return float(world.own.due(undated_term=term).sum())


def needs(
    planned: pd.DataFrame, who: str, others: Sequence[tuple[str, float, Sequence[str]]]
) -> pd.DataFrame:
    """What each of the `plans` of `who` needs before any funding, then what `others` say of it.

    Columns: label, value, rows. What has no value is left out.
    """
    table = flows(planned)
    found: list[tuple[str, float, Sequence[str]]] = []
    for vintage in table:
        flow = table[vintage].dropna()
        peak = runway.cash_flow_gap(flow, 0.0, 0 * flow, 0.0).peak
        label = f"{who}’s plan of {vintage[:4]}, {_PLANNED[vintage[-1]]} quarter"
        rows = [f"financials/{row}" for row in planned.index[planned.vintage.eq(vintage)]]
        found.append((label, peak, rows))
    columns = ["label", "value", "rows"]
    return pd.DataFrame([*found, *others], columns=columns).dropna(subset=["value"])


def known(book: Dealbook, *financial_ids: str) -> list[float]:
    """The values of figures of `financials.csv`, NaN for what is not yet known."""
    values = book.financials.set_index("financial_id").value
    return [float(values.get(one, math.nan)) for one in financial_ids]


def gap_of(world: World) -> tuple[str, float, float, float]:
    """A scenario's gap beside those of others, with its readings: label, value, low, high."""
    spans = world.spans
    return f"This book: {world.name.lower()}", spans.stated, spans.low, spans.high


def gaps(found: list[tuple[str, float, float, float]]) -> pd.DataFrame:
    """Gaps by whose count, those that are not yet known left out: label, value, low, high."""
    table = pd.DataFrame(found, columns=["label", "value", "low", "high"])
    return table.dropna(subset=["value"])
