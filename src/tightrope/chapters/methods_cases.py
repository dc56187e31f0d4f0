"""The worked cases of the pages of methods, one function a section.

Amounts of cases from the literature are in the unit of the source.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tightrope.chapters import methods_left_out as left_out
from tightrope.chapters.methods import HAND, Case, web
from tightrope.measures import (
    circulation,
    clearing,
    equity,
    roundtrip,
    routes,
    runway,
    simulation,
    timing,
    uncertainty,
)
from tightrope.measures.plan import Scenario
from tightrope.measures.stakes import Values

THREE_PARTIES = web((1, 2, 6), (1, 3, 1), (2, 1, 5), (2, 3, 2), (3, 1, 1))
TWO_LOOPS = web((1, 2, 10), (2, 3, 8), (2, 4, 2), (3, 1, 6), (4, 1, 1))
RIVALS = web((1, 2, 1), (2, 3, 1), (3, 1, 1), (2, 4, 1), (4, 1, 1))
SURPLUS = web((1, 2, 2), (2, 3, 1), (3, 1, 1))
BY_VEHICLE = web((1, 4, 2), (4, 2, 2), (2, 3, 1), (3, 1, 1))
RUNS = 400_000
_TOOLBOX = "toolbox of Homs-Dones et al."
_OYSTERS = web(
    (1, 5, 0.5135),
    (1, 6, 15.7910),
    (2, 3, 1.2060),
    (2, 4, 1.2060),
    (3, 4, 0.6609),
    (3, 6, 4.2403),
    (4, 5, 0.1721),
    (4, 6, 1.9076),
    (5, 6, 0.3262),
    (6, 2, 8.1721),
    (6, 3, 7.2745),
    (6, 4, 0.6431),
)
"""The oyster reef of Dame and Patten (1981); what comes from outside feeds the first."""
_FED = {1: 41.47}


def round_trip() -> list[Case]:
    """Reciprocity where pairs pay each other, and where only longer loops exist."""
    squartini = f"Squartini et al. 2013, {HAND}"
    reciprocity = roundtrip.reciprocity
    return [
        Case("Three parties", "reciprocity", reciprocity(THREE_PARTIES), "0.8", squartini),
        Case("Two loops of three", "reciprocity", reciprocity(TWO_LOOPS), "0.0"),
    ]


def circular() -> list[Case]:
    """Maximum circulation, the share that it changes to through a vehicle, and its ranges."""
    ring, vehicle, loops, rivals = (
        circulation.maximum_circulation(payments)
        for payments in (SURPLUS, BY_VEHICLE, TWO_LOOPS, RIVALS)
    )
    contested = rivals.flows.set_index(["payer", "payee"]).loc[(2, 3)]
    through, excess = "The same through a vehicle", circulation.excess_share(TWO_LOOPS)
    returning = routes.returnable(BY_VEHICLE, 1).value
    return [
        Case("A ring with a surplus", "circulation", ring.index, "0.75", _TOOLBOX),
        Case(through, "circulation", vehicle.index, "0.6667", _TOOLBOX),
        Case(through, "returning to 1", returning, "1", _TOOLBOX),
        Case("Two loops of three", "circulation", loops.index, "0.777778"),
        Case("Two loops of three", "excess share", excess, "0.888889"),
        Case("Two rival loops", "circulation", rivals.index, "0.6"),
        Case("Two rival loops", "least on 2 to 3", contested.low, "0"),
        Case("Two rival loops", "most on 2 to 3", contested.high, "1"),
    ]


def returnable() -> list[Case]:
    """What can return to the first party where loops share a payment."""
    return [
        Case(about, "returnable to 1", routes.returnable(payments, 1).value, published)
        for about, payments, published in (
            ("Two loops of three", TWO_LOOPS, "7"),
            ("Two rival loops", RIVALS, "1"),
        )
    ]


def shares() -> list[Case]:
    """The value of a share that comes at a hurdle, and revenue after what a customer is paid."""
    touch = equity.touch_value(95, 100, 0.5, 0.10, 0.20)
    booked = equity.net_revenue(2.0, 15.0, 1.5)
    hurdle, haug = "Price 95, hurdle 100, half a year", "Haug 2007, as QuantLib tests it"
    paid, revenue = "Customer paid 1.5 m up front", "revenue on 2.0 m invoiced, USD million"
    return [
        Case(hurdle, "value of a share", touch, "77.7017", haug),
        Case(paid, revenue, booked, "1.8", "IFRS 15, Illustrative Example 32"),
    ]


def timed() -> list[Case]:
    """A prepayment of 10 that is used up in five years, the same in reverse, and an S curve."""
    back = [("lab", "cloud", 2.0, year) for year in range(2021, 2026)]
    columns = ["payer", "payee", "amount", "year"]
    ahead = pd.DataFrame([("cloud", "lab", 10.0, 2020), *back], columns=columns)
    reverse = ahead.assign(payer=ahead.payee, payee=ahead.payer)
    out = timing.present_values(ahead, "lab", "cloud", 0.10).paid_out
    stays = timing.average_float_years(ahead, "lab", "cloud")
    after, before = (
        timing.timed_round_trip(payments, "lab", "cloud").value for payments in (ahead, reverse)
    )
    term = pd.Timestamp("2027-01-01"), pd.Timestamp("2031-12-31")
    third = timing.schedule(300, *term, "s_curve").amount.iloc[2]
    years = "10 in, 2 out in each of five years"
    return [
        Case(f"{years}, 10 a hundred", "present value out", out, "7.581574"),
        Case(years, "years a dollar stays", stays, "3.0"),
        Case("The same", "timed round trip", after, "10"),
        Case("Paid out first, funded later", "timed round trip", before, "0"),
        Case("300 along an S over five years", "third year", third, "96.55"),
    ]


def drawn() -> list[Case]:
    """Moments of a triangle and of a payment that comes whole or not at all, by simulation."""
    sizes = uncertainty.sample(_one_leg(10.0, 20.0, 60.0), RUNS, seed=1)
    announced = _one_leg(100.0, 100.0, 100.0, only_announced=True)
    priors = dict(uncertainty.PRIORS) | {"announced": (0.3, 0.3)}
    fates = uncertainty.sample(announced, RUNS, seed=2, chances=priors)
    triangle, gamble = "Between 10 and 60, most likely 20", "100 with a chance of three in ten"
    return [
        Case(triangle, "mean", sizes.mean(), "30.0", "mean of the triangular distribution"),
        Case(triangle, "standard deviation", sizes.std(), "10.8", "root of 116.67"),
        Case(gamble, "mean", fates.mean(), "30"),
        Case(gamble, "standard deviation", fates.std(), "45.8"),
    ]


def _one_leg(low: float, mode: float, high: float, only_announced: bool = False) -> pd.DataFrame:
    """A single leg as `uncertainty.sample` takes it: the same on all layers, or on the last."""
    ends = {"_low": low, "": mode, "_high": high}
    return pd.DataFrame(
        {
            "leg_id": ["a"],
            "deal_id": ["a"],
            **{
                f"{name}{end}": [0.0 if only_announced and name != "announced" else value]
                for name in uncertainty.LAYERS
                for end, value in ends.items()
            },
        }
    )


def funding_gap(gap: runway.FundingGap, recovers: runway.FundingGap) -> list[Case]:
    """Cash, gap and month of three years, and of the same with a last year that earns well."""
    cash = gap.path.set_index("year").cash
    ends = runway.month_cash_ends(gap)
    assert ends is not None, "the case is one in which cash ends"
    three, last = "Three years", "The last year earns 90"
    return [
        Case(three, "cash at the end of 2026", cash[2026], "5"),
        Case(three, "cash at the end of 2027", cash[2027], "-20"),
        Case(three, "cash at the end of 2028", cash[2028], "-35"),
        Case(three, "gap at its peak", gap.peak, "40"),
        Case(three, "month of 2027 in which cash ends", ends.month, "3"),
        Case(last, "gap at its peak", recovers.peak, "25"),
        Case(last, "gap at the end", recovers.end, "0"),
    ]


def scenario(rows: pd.DataFrame, due: dict[int, float]) -> list[Case]:
    """Revenue and compute of a scenario, `due` dated contracts a year, and what changes them."""
    world = Scenario.of(rows, due)
    money = world.budget()
    half = world.budget(commitments_honoured=0.5)["compute"]
    doubled = Scenario.of(rows, dict.fromkeys(due, 0)).budget(revenue=80)["compute"]
    undated = Scenario.of(rows, due, undated=100).commitments
    rising = Scenario.of(rows, due, undated=100, profile=np.array([1, 2, 4, 4, 4])).commitments
    one, honoured = "A scenario", "Half of it honoured"
    second, spread = "compute of the second year", "100 undated over two and a half years, evenly"
    profile = "The same in proportion to 1, 2 and 4 a year"
    after, third = "compute of the third year", "due in the third year beside 60 dated"
    return [
        Case(one, "revenue of the third year", money["revenue"].iloc[2], "84"),
        Case(one, "compute of the first year, as planned", money["compute"].iloc[0], "50"),
        Case(one, f"{second}, as contracted", money["compute"].iloc[1], "90"),
        Case(one, f"{after}, so much less", money["compute"].iloc[2], "85"),
        Case(one, "compute of all years, as planned", money["compute"].sum(), "500"),
        Case(honoured, second, half.iloc[1], "45"),
        Case(honoured, after, half.iloc[2], "55"),
        Case("Twice the revenue", "compute of the first year", doubled.iloc[0], "70"),
        Case(spread, third, undated.iloc[2], "80"),
        Case(profile, third, rising.iloc[2], "100"),
    ]


def simulated(world: Scenario) -> list[Case]:
    """A triangle, and conditional money of a scenario that comes whole or not at all."""
    cash = simulation.simulate(world, RUNS, seed=1).cash[:, 1]
    comes = cash - cash.min()
    even = uncertainty.triangular((np.arange(RUNS) + 0.5) / RUNS, 10, 20, 60)
    triangle, gamble = "Triangle from 10 over 20 to 60", "100 whole or not, chance three in ten"
    return [
        Case(triangle, "mean", even.mean(), "30.00"),
        Case(triangle, "variance", even.var(), "116.67"),
        Case(gamble, "mean", comes.mean(), "30"),
        Case(gamble, "standard deviation", comes.std(), "45.8"),
    ]


def moved(budget: dict[str, Any]) -> list[Case]:
    """What a fifth more or less of one part of a budget does to its gap."""
    bars = simulation.tornado(budget, simulation.scaled(budget, 0.2)).set_index("parameter")
    return [
        Case(f"Three years, {part} a fifth {way}", "gap", bars[end][part], published)
        for part, way, end, published in (
            ("revenue", "less", "at_low", "54"),
            ("revenue", "more", "at_high", "26"),
            ("compute", "less", "at_low", "18"),
            ("compute", "more", "at_high", "62"),
        )
    ]


def cleared(cycle: pd.DataFrame, all_pay: pd.DataFrame, one_waits: pd.DataFrame) -> list[Case]:
    """Clearing with lenders, and of a cycle and a ring that have been cleared: `clearing.clear`."""
    mutual = web(*((one, other, 0.5) for one in "abc" for other in "abc" if one != other))
    cash, lent = {"a": 0.5, "b": 0.625, "c": 0.75}, {"a": 1.5, "b": 0.5, "c": 0.5}
    paid = clearing.clear(mutual, cash, lent).set_index("party").paid
    missing = cycle.set_index("party").shortfall["c"]
    three, ring, systemic = "Three with lenders", "A ring without cash", "R package systemicrisk"
    return [
        Case(three, "paid by the first", paid["a"], "1.473214", systemic),
        Case(three, "paid by the second", paid["b"], "1.419643", systemic),
        Case(three, "paid by the third", paid["c"], "1.5", systemic),
        Case("A cycle", "missing to the third", missing, "2"),
        Case(ring, "paid, the greatest", all_pay.paid.sum(), "3"),
        Case(ring, "paid, if one waits", one_waits.paid.sum(), "0"),
    ]


def cleared_by_year() -> list[Case]:
    """A lab owes a cloud 10 a year; the cloud owes a maker 6, and lenders 4, then 5."""
    owed = web(("lab", "cloud", 10), ("cloud", "maker", 6))
    chain = pd.concat(owed.assign(year=year) for year in (2027, 2028))
    lenders = pd.DataFrame({"year": [2027, 2028], "party": "cloud", "amount": [4, 5]})
    standing = clearing.clear_by_year(chain, {"cloud": 1}, {"cloud": 2}, "lab", 0.8, lenders)
    by_year = standing.set_index(["year", "party"])
    short, lost = by_year.shortfall, by_year.first_round[2028, "cloud"]
    fifth, passed = "Two years, a fifth is not paid", by_year.passed_on[2028, "maker"]
    return [
        Case(fifth, "missing to the cloud, first year", short[2027, "cloud"], "0"),
        Case(fifth, "missing to the cloud, second year", short[2028, "cloud"], "1"),
        Case(fifth, "lost in the first round", lost, "2"),
        Case(fifth, "passed on to the maker", passed, "0.545", "6 of 11"),
    ]


def break_even(ratio: float, concentration: float) -> list[Case]:
    """A supplier owed 10 that owes as much and has 1, and four shares, beside the extremes."""
    rich = clearing.break_even_pay_ratio(10, 3, 5)
    poor = clearing.break_even_pay_ratio(10, 20, 5)
    single = clearing.herfindahl([45])
    what, index, four = "break-even pay ratio", "Herfindahl index", "Shares of 30, 30, 20 and 20"
    return [
        Case("Is owed 10, owes 10, has 1", what, ratio, "0.9"),
        Case("Is owed 10, owes 3, has 5", what, rich, "0"),
        Case("Is owed 10, owes 20, has 5", what, poor, "1.5"),
        Case(four, index, concentration, "2600", "US Department of Justice"),
        Case("One share of 45", f"{index}, at least", single, "2025"),
    ]


def stakes(worth: Values, fall: float) -> list[Case]:
    """Two firms that own half of each other, one of which falls below its line, and a debtor."""
    halves = "Two that own half of each other, one below its line"
    debtor = "Debt of 20, a stake of 40 in holdings of 100, all else falling half as far"
    return [
        Case(halves, "the first, to outsiders", worth.outside["alpha"], "6"),
        Case(halves, "the second, to outsiders", worth.outside["beta"], "3"),
        Case(debtor, "fall to a limit of a quarter", fall, "0.2857", "20 of 70"),
    ]


def hodge() -> list[Case]:
    """Two loops of three that are circular almost wholly, where they are not netted away."""
    circular_part, everything = left_out.hodge(TWO_LOOPS)
    return [
        Case("Two loops of three", "circular energy", circular_part, "201.375"),
        Case("Two loops of three", "all energy", everything, "205.0"),
    ]


def recycled() -> list[Case]:
    """Finn's index of the oyster reef."""
    found = left_out.finn(_OYSTERS, _FED)
    origin = "Dame and Patten 1981, as the package enaR has it"
    return [Case("Oyster reef", "Finn’s cycling index", found, "0.110169", origin)]


def distress() -> list[Case]:
    """DebtRank of three banks, the first of which loses a tenth of its equity."""
    exposure: list[list[float]] = [[0, 1, 0], [10, 0, 3], [3, 2, 0]]
    found = left_out.debtrank(exposure, [2, 5, 2], np.array([0.1, 0, 0]))
    three, origin = "Three banks, the first loses a tenth", "R package NetworkRiskMeasures"
    return [
        Case(three, "distress of the first", found[0], "0.6", origin),
        Case(three, "distress of the second", found[1], "1", origin),
    ]


def with_costs(cycle: pd.DataFrame, cash: dict[str, float]) -> list[Case]:
    """What the third party of the cycle lacks if firms in default keep all, most or half."""
    return [
        Case(
            f"A cycle, {kept:g} is kept",
            "missing to the third",
            12 - left_out.with_costs(cycle, cash, kept)["c"],
            missing,
        )
        for kept, missing in ((1, "2"), (0.8, "4"), (0.5, "7"))
    ]


def significant() -> list[Case]:
    """Reciprocity and its significance with the same payments in two units of money."""
    tenfold = THREE_PARTIES.assign(amount=10 * THREE_PARTIES.amount)
    bn, tenths, other = (
        "Three parties, in billions",
        "Three parties, in tenths",
        "solved by other code",
    )
    return [
        Case(bn, "reciprocity", roundtrip.reciprocity(THREE_PARTIES), "0.8"),
        Case(tenths, "reciprocity", roundtrip.reciprocity(tenfold), "0.8"),
        Case(bn, "significance", left_out.significance(THREE_PARTIES), "0.665", other),
        Case(tenths, "significance", left_out.significance(tenfold), "0.631", other),
    ]


def incoherent() -> list[Case]:
    """Trophic incoherence of pairs beside their reciprocity, and of two loops."""
    cases = []
    for back, incoherence, reciprocity in ((10, "0.983", "0.870"), (5, "0.802", "0.556")):
        pair, about = web((1, 2, 13), (2, 1, back)), f"13 one way, {back} the other"
        cases += [
            Case(about, "incoherence", left_out.incoherence(pair), incoherence),
            Case(about, "reciprocity", roundtrip.reciprocity(pair), reciprocity),
        ]
    loops = left_out.incoherence(TWO_LOOPS)
    return [*cases, Case("Two loops of three", "incoherence", loops, "0.9684685")]


def agony() -> list[Case]:
    """Agony and circulation of one web."""
    circulating = circulation.maximum_circulation(TWO_LOOPS).value
    return [
        Case("Two loops of three", "agony", left_out.agony(TWO_LOOPS), "21"),
        Case("Two loops of three", "maximum circulation", circulating, "21"),
    ]


def loops() -> list[Case]:
    """Two loops that compete for one payment, counted, added up, and as money that returns."""
    found = circulation.simple_cycles(RIVALS)
    rival, smallest = "Two rival loops", "smallest payments of the loops, added up"
    returning = routes.returnable(RIVALS, 1).value
    return [
        Case(rival, "number of loops", len(found), "2"),
        Case(rival, smallest, found.bottleneck.sum(), "2"),
        Case(rival, "what can return to party 1", returning, "1"),
    ]
