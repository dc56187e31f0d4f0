"""The worked cases of the methods of circularity and of what was left out, one function a section.

Amounts of cases from the literature are in the unit of the source.
"""

from __future__ import annotations

import pandas as pd

from tightrope.chapters import methods_left_out as left_out
from tightrope.chapters.methods import HAND, Case, web
from tightrope.measures import (
    circulation,
    equity,
    roundtrip,
    routes,
    timing,
)

THREE_PARTIES = web((1, 2, 6), (1, 3, 1), (2, 1, 5), (2, 3, 2), (3, 1, 1))
TWO_LOOPS = web((1, 2, 10), (2, 3, 8), (2, 4, 2), (3, 1, 6), (4, 1, 1))
RIVALS = web((1, 2, 1), (2, 3, 1), (3, 1, 1), (2, 4, 1), (4, 1, 1))
SURPLUS = web((1, 2, 2), (2, 3, 1), (3, 1, 1))
BY_VEHICLE = web((1, 4, 2), (4, 2, 2), (2, 3, 1), (3, 1, 1))
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
