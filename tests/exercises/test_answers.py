"""Each computed answer of the exercises, reckoned again on another way."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq

from tightrope import counting, ledger, paths, quantities, scenarios
from tightrope.chapters import runway as runway_chapter
from tightrope.chapters import who_breaks
from tightrope.dealbook import WEB
from tightrope.publish.facts import Fact
from tightrope.quantities.view import View

from .stated import OHIO, STAKE, STATE, advance_of, book_of, case_of, stated
from .test_records import CHAPTERS

EVENTS = pd.read_csv(paths.DATA / "events.csv", parse_dates=["known_on", "happened_on"])
LEGS = pd.read_csv(paths.DATA / "legs.csv")
FIGURES = pd.read_csv(paths.DATA / "financials.csv").set_index("financial_id").value
FOCAL = "openai"
LENT = ("loan", "guarantee")
Ends = tuple[float, float]


def all_stated() -> dict[str, Fact]:
    return {key: fact for chapter in STATE for key, fact in stated(chapter).items()}


def paid(payer: set[str] | None = None) -> Ends:
    """What is paid to OpenAI at both ends, from the newest payment of each leg in the table."""
    legs = LEGS[LEGS.payee_id.eq(FOCAL) & ~LEGS.instrument.isin(LENT)]
    legs = legs[legs.payer_id.isin(payer)] if payer is not None else legs
    steps = EVENTS[EVENTS.status.eq("paid") & EVENTS.leg_id.isin(legs.leg_id)]
    last = steps.sort_values(["known_on", "happened_on"], kind="stable").groupby("leg_id").tail(1)
    low = last.amount_low_usd_bn.fillna(last.amount_usd_bn)
    high = last.amount_high_usd_bn.fillna(last.amount_usd_bn)
    return float(low.sum()), float(high.sum())


def part(payers: set[str]) -> Ends:
    """The least and the most of it that these payers paid, in percent, by trying both corners."""
    low, high = paid(payers)
    others = set(LEGS.payer_id) - payers
    rest_low, rest_high = paid(others)
    return 100 * low / (low + rest_high), 100 * high / (high + rest_low)


def customers() -> set[str]:
    """Whom OpenAI pays or is to pay, by the table of legs."""
    book = book_of().within(*WEB)
    legs = book.legs[book.legs.payer_id.eq(FOCAL) & ~book.legs.instrument.isin(LENT)]
    return set(legs.payee_id)


def flows(end: str, layer: str = "announced", without: str = "") -> nx.DiGraph:
    """The web as a graph whose capacities are one end of its payments."""
    graph = nx.DiGraph()
    for row in View.of(book_of(), FOCAL).payments(layer).itertuples():
        if without in (row.payer, row.payee):
            continue
        size = getattr(row, end)
        before = graph.get_edge_data(row.payer, row.payee, {"capacity": 0.0})["capacity"]
        graph.add_edge(row.payer, row.payee, capacity=before + (1e6 if math.isnan(size) else size))
    return graph


def returning(graph: nx.DiGraph, party: str) -> float:
    """What can leave a party and come back: the maximum flow, the party cut in two."""
    cut = nx.relabel_nodes(graph, {party: "out"})
    for payer, _, capacity in list(cut.in_edges("out", data="capacity")):
        cut.add_edge(payer, "in", capacity=capacity)
        cut.remove_edge(payer, "out")
    return float(nx.maximum_flow_value(cut, "out", "in"))


def touched(spot: float, barrier: float, years: float, volatility: float) -> float:
    """What a share is worth that is handed over when its price touches a barrier above it.

    Reiner and Rubinstein (1991), a one-touch asset: with the share as numeraire, the chance that it
    touches, with a drift of the rate and half the variance.
    """
    drift = 0.04 + volatility**2 / 2
    spread, up = volatility * math.sqrt(years), math.log(barrier / spot)
    normal = NormalDist().cdf
    again = math.exp(2 * drift * up / volatility**2) * normal((-up - drift * years) / spread)
    return normal((drift * years - up) / spread) + again


def test_every_computed_answer_is_reckoned_again_here() -> None:
    keys = {key for one in CHAPTERS for each in one.exercises for key in each.keys}
    assert keys - set(AGAIN) == set()
    assert {key for key in all_stated() if key.startswith("answer-")} <= set(AGAIN)


def test_the_whole_that_is_paid_in_is_that_of_the_table() -> None:
    known = quantities.of(book_of())["paid_in"]
    assert paid() == pytest.approx((known.low, known.high))


def _shares_then() -> Ends:
    then = book_of("2026-01-31").within(*WEB)
    legs = counting.given(counting.counted(then, "announced"))
    legs = legs[legs.payee.eq(FOCAL) & legs.instrument.eq("equity") & ~legs.is_report]
    return float(legs.low.sum()), float(legs.high.sum(skipna=False))


def _turned() -> Ends:
    ends = {
        (layer, end): returning(flows(end, layer), FOCAL)
        for layer in ("paid", "binding")
        for end in ("low", "high")
    }
    most = 100 * ends["paid", "high"] / ends["binding", "low"]
    return 100 * ends["paid", "low"] / ends["binding", "high"], most


def _joined() -> float:
    legs = counting.given(counting.counted(book_of().within(*WEB), "announced"))
    legs = legs.replace({"sb-energy": "softbank"})
    into = legs[legs.payee.eq(FOCAL)].groupby("payer").low.sum()
    out = legs[legs.payer.eq(FOCAL)].groupby("payee").low.sum()
    return float(np.minimum(*into.align(out, fill_value=0.0)).sum())


def _waiting() -> str:
    ladder = ledger.ladder(book_of())
    ladder = ladder[ladder.payer.eq(FOCAL) & ladder.paid_high.eq(0)]
    ladder = ladder[~ladder.instrument.isin(LENT)]
    first = ladder.loc[ladder[["binding", "binding_low"]].max(axis=1).idxmax()]
    return book_of().party_name(first.payee)


def _largest() -> tuple[str, float]:
    legs = counting.given(counting.counted(book_of().within(*WEB), "announced"))
    legs = legs[legs.payer.eq(FOCAL)]
    stated_sums = legs.groupby("payee").stated.sum()
    name = stated_sums.idxmax()
    return name, 100 * legs.low[legs.payee.eq(name)].sum() / legs.low.sum()


def _deep(years: int) -> float:
    advance, amount = advance_of(book_of())
    begun = book_of().day
    end = begun + pd.DateOffset(years=years)
    until = min(pd.Timestamp("2031-01-01"), end)
    parts = [advance.late.amount.sum(), advance.back().amount.sum()]
    return parts[1] + amount * (until - begun).days / (end - begun).days - parts[0]


def _ends(number: int) -> str:
    plans = runway_chapter.plans(book_of(), FOCAL)
    vintage = sorted(plans.vintage.unique())[number - 1]
    flow = plans[plans.vintage.eq(vintage)].set_index("year").value
    left = FIGURES["openai-cash-2026-03-31"]
    for year in flow.index[flow.index >= 2026]:
        months = 9 if year == 2026 else 12
        out = -flow[year] - (FIGURES["openai-cash-burn-2026-q1"] if year == 2026 else 0)
        if out >= left:
            month = (3 if year == 2026 else 0) + math.ceil(months * left / out)
            return f"in {pd.Timestamp(year, month, 1):%B %Y}"
        left -= out
    return "never within the plan"


def _path(**changes: float) -> np.ndarray:
    budget = scenarios.scenario(book_of()).budget(**changes)
    flow = budget["revenue"] - budget["compute"] - budget["other_costs"] + budget["funding"]
    return budget["buffer"] - (budget["opening_cash"] + np.cumsum(np.asarray(flow)))


def _fast() -> np.ndarray:
    growth = 1.25 * scenarios.scenario(book_of()).values["revenue_growth"]
    return _path(revenue_growth=growth, conditional_funding=0.0)


def _due(party: str) -> float:
    dues = case_of(book_of()).web.dues
    return float(dues.amount[dues.payee.eq(party) & dues.year.eq(2028)].sum())


def _needs_more() -> str:
    case = case_of(book_of())
    slower = who_breaks.with_term(case, 10)
    found = []
    for party in case.web.tested:
        sums = [w.dues[w.dues.payee.eq(party) & w.dues.year.eq(2028)] for w in (case.web, slower)]
        bills = case.web.bills(who_breaks.FULL).query("party == @party and year == 2028").high.sum()
        if bills > case.web.income.low[party] and sums[1].amount.sum() < sums[0].amount.sum() - 0.1:
            found.append(case.book.party_name(party))
    return " and ".join(found)


def _growth(plan: str) -> float:
    first, second = (FIGURES[f"openai-revenue-2026-q{n}"] for n in (1, 2))
    more = FIGURES[plan] - first - second
    # second × (1 + g) + second × (1 + g)² = more
    roots = np.roots([second, second, -more])
    return 100 * (max(roots.real) - 1)


def _closes(changed: Callable[[float], dict[str, float]], low: float, high: float) -> float:
    return float(brentq(lambda x: max(_path(**changed(x))), low, high, xtol=1e-9))


def _base_growth() -> float:
    return scenarios.scenario(book_of()).values["revenue_growth"]


def _half(wait: int) -> float:
    def left(rate: float) -> float:
        return sum(20 / (1 + rate) ** (year + wait) for year in range(1, 6)) - 50

    return 100 * float(brentq(left, 0.0, 1.0))


def _far() -> Ends:
    price, shares = FIGURES["amd-share-price-2025-10-06"], 0.16
    years = (pd.Timestamp("2030-10-05") - pd.Timestamp("2025-10-06")).days / 365.25
    ends = [shares * price * touched(price, 600, years, one) for one in (0.45, 0.65)]
    return ends[0], ends[1]


NVIDIA_YEAR = 4 * 59.7
"""A year of Nvidia's net income at the pace of the quarter to July 2026, USD billion."""
AGAIN: dict[str, Callable[[], float | str | Ends]] = {
    "answer-from-paid": lambda: part({"microsoft"}),
    "answer-from-suppliers": lambda: part(customers()),
    "answer-with-softbank": lambda: part(customers() | {"softbank"}),
    # (40 − 60) lost or (100 − 60) gained; 60 lost or (2 × 100 − 60) gained.
    "answer-lender": lambda: 100 * 20 / (20 + 40),
    "answer-shareholder": lambda: 100 * 60 / (60 + 140),
    "answer-legs": lambda: float(len(_article())),
    "answer-legs-paid": lambda: float(len(_article() & _moved())),
    # 0.5 of credits in 2019 and 8.9 of the third tranche, by Microsoft's report of July 2026.
    "answer-credits-most": lambda: 0.5 + 8.9,
    "round_trip:microsoft": lambda: _with_microsoft(),
    "answer-largest-name": lambda: book_of().party_name(_largest()[0]),
    "answer-largest-part": lambda: _largest()[1],
    "answer-softbank-one": _joined,
    "answer-doubled": lambda: 100 * 2 * 0.35 / 11.9,
    "answer-far": _far,
    # All 160 million shares, at the price of the day.
    "answer-near": lambda: (0.16 * 203.71, 0.16 * 203.71),
    "answer-waiting": _waiting,
    "answer-shares-then": _shares_then,
    # Nvidia's letter was replaced on 27 February 2026, Disney's stake called off on 24 March.
    "answer-taken-off": lambda: "Disney and Nvidia",
    "answer-turned": _turned,
    "answer-without-amazon": lambda: tuple(  # type: ignore[return-value]  # two ends
        returning(flows(end, without="amazon"), FOCAL) for end in ("low", "high")
    ),
    "answer-nvidia-back": lambda: returning(flows("low"), "nvidia"),
    "answer-nvidia-part": lambda: (
        100
        * returning(flows("low"), "nvidia")
        / sum(size for *_, size in flows("low").out_edges("nvidia", data="capacity"))
    ),
    "answer-sides": lambda: "Nvidia",
    "answer-half": lambda: _half(0),
    "answer-half-later": lambda: _half(2),
    "answer-deep-5": lambda: _deep(5),
    "answer-deep-15": lambda: _deep(15),
    "answer-plan-1": lambda: _ends(1),
    "answer-plan-2": lambda: _ends(2),
    "answer-plan-3": lambda: _ends(3),
    "answer-peak": lambda: float(max(_fast())),
    "answer-end": lambda: float(_fast()[-1]),
    "answer-larger-share": _needs_more,
    "answer-due-oracle": lambda: _due("oracle"),
    "answer-due-coreweave": lambda: _due("coreweave"),
    "answer-halved": lambda: _first_below(50.0),
    "answer-shares-of-profit": lambda: 100 * 30 / NVIDIA_YEAR,
    "answer-guarantee-of-profit": lambda: 100 * 105 / NVIDIA_YEAR,
    "answer-clouds-of-profit": lambda: _clouds(),
    "answer-growth-july": lambda: _growth("openai-revenue-2026-plan-2026-q3"),
    "answer-growth-february": lambda: _growth("openai-revenue-2026-plan-2026-q1"),
    "answer-unpaid": lambda: 100 * _closes(lambda x: {"commitments_honoured": 1 - x}, 0.0, 0.9),
    "answer-growth": lambda: 100 * _closes(lambda x: {"revenue_growth": x}, _base_growth(), 5.0),
}
"""Each answer by its key, from the tables or by hand, and not by the function that states it."""


def _article() -> set[str]:
    deals = pd.read_csv(paths.DATA / "deals.csv")
    named = deals.deal_id[deals.in_article.astype(str).str.lower().eq("true")]
    return set(LEGS.leg_id[LEGS.deal_id.isin(named)])


def _moved() -> set[str]:
    return set(EVENTS.leg_id[EVENTS.status.eq("paid")])


def _with_microsoft() -> Ends:
    legs = counting.counted(book_of().within(*WEB), "announced")
    legs = counting.given(counting.apart(legs))
    into = legs[legs.payer.eq("microsoft") & legs.payee.eq(FOCAL)]
    out = legs[legs.payer.eq(FOCAL) & legs.payee.eq("microsoft")]
    low, high = (min(into[end].sum(), out[end].sum()) for end in ("low", "high"))
    return float(low), float(high)


def _first_below(percent: float) -> str:
    case = case_of(book_of())
    years = [each for each in case.web.years if each >= case.web.years[0] + 2]
    short = (
        each
        for each in years
        if who_breaks.break_even(case.web, who_breaks.FULL, each).high.gt(percent).any()
    )
    return str(next(short))


def _clouds() -> float:
    book = book_of()
    ladder = ledger.ladder(book).set_index("leg_id")
    clouds = [
        "nvidia-coreweave-backstop",
        "nvidia-lease-guarantee",
        "nvidia-ai-clouds-2026-compute",
    ]
    assert {STAKE, OHIO} <= set(ladder.index)
    return 100 * float(ladder.announced_high.reindex(clouds).sum()) / NVIDIA_YEAR


@pytest.mark.parametrize("key", AGAIN)
def test_it_is_the_same_on_another_way(key: str) -> None:
    again = AGAIN[key]()
    if ":" in key:
        name, partner = key.split(":")
        one = quantities.of(book_of(), FOCAL, partner)[name]
        assert (one.low, one.high) == pytest.approx(again)
        return
    fact = all_stated()[key]
    if isinstance(again, str):
        assert fact.value == again
    elif isinstance(again, tuple):
        high = math.inf if fact.high is None else fact.high
        most = math.inf if math.isnan(again[1]) or again[1] > 1e5 else again[1]
        assert (fact.low, high) == pytest.approx((again[0], most), rel=2e-3)
    else:
        assert fact.value == pytest.approx(again, rel=2e-3)
