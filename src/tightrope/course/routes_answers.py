"""Answers of the labs on routes and on the student's own web, from the measures of the book."""

from __future__ import annotations

import pandas as pd

from tightrope import loops, quantities
from tightrope.course.answer import Answer, amount, exactly, word
from tightrope.course.webs import web
from tightrope.dealbook import Dealbook
from tightrope.measures import circulation, roundtrip, routes
from tightrope.quantities.view import View

FOCAL, LEFT_OUT = "openai", "oracle"
_HUB = "lab"
_STRAIGHT = "This comes straight back: there are longer ways too."


def any_route(book: Dealbook) -> list[Answer]:
    """The answers of lab 4."""
    toy = web("toy")
    known, payments = quantities.of(book), View.of(book, FOCAL).payments("announced")
    value = known["back_by_any_route"].low
    low = payments.assign(amount=payments.low)
    low = low[low.amount.gt(0)]
    cut = loops.cut(payments, FOCAL, "low")
    rest = payments[payments.payer.ne(LEFT_OUT) & payments.payee.ne(LEFT_OUT)]
    passed_on = low[low.payer.eq(LEFT_OUT) & low.payee.eq("nvidia")].amount.sum()
    home = low[low.payee.eq(FOCAL)]
    cycles = circulation.simple_cycles(low)
    through = cycles[[FOCAL in cycle for cycle in cycles.cycle]].bottleneck.sum()
    return [
        amount(
            "4a",
            routes.value_returnable(toy, _HUB),
            "webs/toy.csv, maximum flow",
            (_straight(toy), _STRAIGHT),
            (_into(toy), "This is all that is paid to the lab. Not all of it began there."),
            (
                float(toy[toy.payee.eq(_HUB) & toy.payer.ne("fund")].amount.max()),
                "Two different ways can carry money at once: add them up.",
            ),
        ),
        amount(
            "4b",
            _straight(toy),
            "webs/toy.csv, the shortest way",
            (
                float(toy[toy.payer.eq(_HUB)].amount.max()),
                "This is the first payment of the way. What fits is the smallest of them.",
            ),
            (
                float(toy[toy.payee.eq(_HUB) & toy.payer.eq("cloud")].amount.sum()),
                "This is a longer way. The search reaches the nearest firms first.",
            ),
        ),
        amount(
            "4c",
            value,
            "back_by_any_route, low",
            (known["round_trip"].low, _STRAIGHT),
            (
                float(through),
                "You added up loops. They share payments, and a payment carries its sum once.",
            ),
            (float(home.amount.sum()), "This is all that is paid in, wherever it began."),
        ),
        exactly(
            "4d",
            len(cut),
            "the cut of back_by_any_route, low",
            (
                int(home.groupby("payer").ngroups),
                "These are all payments to OpenAI. Only those from parties that are reached "
                "are in the cut.",
            ),
        ),
        amount(
            "4e",
            loops.returnable_at(rest, FOCAL, "low"),
            "back_by_any_route, low, without Oracle",
            (value, "Nothing was left out: look at payer and payee."),
            (
                value - float(passed_on),
                "You subtracted what Oracle pays Nvidia. Money may find another way.",
            ),
            (
                value - float(home[home.payer.eq("nvidia")].amount.sum()),
                "You closed the way by Nvidia altogether: others buy chips there too.",
            ),
        ),
    ]


def own_web(_: Dealbook) -> list[Answer]:
    """The answers of lab 8."""
    valley = web("valley")
    bound = min(_into(valley), _out(valley))
    value = routes.value_returnable(valley, _HUB)
    left = {
        f"{row.payer} to {row.payee}": routes.value_returnable(valley.drop(row.Index), _HUB)
        for row in valley.itertuples()
    }
    largest = valley.loc[valley.amount.idxmax()]
    coming = valley[valley.payee.eq(_HUB)]
    most_in = coming.loc[coming.amount.idxmax()]
    return [
        amount(
            "8a",
            _straight(valley),
            "webs/valley.csv, round trip",
            (bound, "You added up first: the money of one partner met the bills of another."),
            (value, "This can come back by any route: here only straight ways count."),
        ),
        amount(
            "8b",
            value,
            "webs/valley.csv, maximum flow",
            (_straight(valley), _STRAIGHT),
            (bound, "This is what the hub pays or is paid in all: a cut may be cheaper."),
            (
                0.0,
                "Payments home to the hub cross the cut as well: without them everyone can "
                "stand on the near side for nothing.",
            ),
        ),
        amount(
            "8c",
            bound,
            "webs/valley.csv",
            (max(_into(valley), _out(valley)), "This is the larger of the two."),
            (float(valley.amount.sum()), "These are all payments of the web."),
        ),
        word(
            "8d",
            min(left, key=lambda name: left[name]),
            "webs/valley.csv, maximum flow without each payment",
            (
                f"{largest.payer} to {largest.payee}",
                "This is the largest payment, but its money has other ways.",
            ),
            (
                f"{most_in.payer} to {most_in.payee}",
                "This is the largest payment to the lab. Did its money begin at the lab?",
            ),
        ),
        exactly(
            "8e",
            1,
            "by the condition that is set",
            (2, "If one of the two is cancelled the other one still returns."),
            (0, "Then nothing returns."),
        ),
    ]


def _straight(payments: pd.DataFrame) -> float:
    return float(roundtrip.bilateral(payments, _HUB).round_trip.sum())


def _into(payments: pd.DataFrame) -> float:
    return float(payments[payments.payee.eq(_HUB)].amount.sum())


def _out(payments: pd.DataFrame) -> float:
    return float(payments[payments.payer.eq(_HUB)].amount.sum())
