"""Answers of the labs on rungs, days and the round trip, from the book's own quantities."""

from __future__ import annotations

import pandas as pd

from tightrope import counting, ledger, quantities
from tightrope.course.answer import Answer, amount, exactly, fraction, word
from tightrope.dealbook import LAYERS, Dealbook
from tightrope.quantities.view import View

FOCAL, PARTNER = "openai", "microsoft"
LETTER = "nvidia-letter-equity"
AUTUMN, FEBRUARY = "2025-10-31", "2026-02-27"
"""The days on which the labs look back."""
_LENT = "Loans and guarantees are in it: a loan has to be paid back."


def rungs(book: Dealbook) -> list[Answer]:
    """The answers of lab 1."""
    view, known = View.of(book, FOCAL), quantities.of(book)
    legs = view.web.legs[view.web.legs.payee_id.eq(FOCAL)]
    paid, announced = known["paid_in"], known["to_come_in"]
    steps = _paid_steps(book, legs)
    plain = (
        float(steps.drop_duplicates("leg_id", keep="last").amount_usd_bn.sum()),
        "You added up the column of stated amounts: take the column of this end where it has a "
        "number. A payment of which only a range is known was dropped, too.",
    )
    given = [counting.total(counting.given(view.paid_to(layer))) for layer in LAYERS]
    return [
        exactly(
            "1a",
            len(counting.given(legs)),
            "legs.csv, what is paid to OpenAI",
            (len(legs), _LENT),
            (len(book.legs), "These are the legs of everybody: look at the payee."),
        ),
        amount(
            "1b",
            paid.low,
            "paid_in, low",
            (
                _added(steps, "low"),
                "You added up all steps. A step says what was paid so far, so only the newest "
                "of each leg counts.",
            ),
            plain,
            (paid.high, "This is the high end."),
        ),
        amount(
            "1c",
            paid.high,
            "paid_in, high",
            (
                _added(steps, "high"),
                "You added up all steps. A step says what was paid so far, so only the newest "
                "of each leg counts.",
            ),
            plain,
            (paid.low, "This is the low end."),
        ),
        word(
            "1d",
            _rung(book),
            "the ladder of nvidia-letter-equity",
            ("letter_of_intent", "So it stood at first. Later steps came: sort them by day."),
            ("announced", "A letter of intent is less than an announcement, and it ended."),
            ("cancelled", "It did end, but not without something in its place."),
            ("binding", "No contract was ever signed for this leg."),
            ("paid", "Nothing was paid on this leg."),
        ),
        amount(
            "1e",
            announced.low,
            "to_come_in, low",
            (
                sum(layer.low for layer in given),
                "You added up layers. Each contains the next, so a paid dollar counts thrice.",
            ),
            (known["to_come_in_with_loans"].low, _LENT),
            (announced.stated, "This is what is stated: take the column low."),
            (announced.low - paid.low, "This is what has not been paid yet: do not subtract."),
        ),
    ]


def as_of(book: Dealbook) -> list[Answer]:
    """The answers of lab 2."""
    today = quantities.of(book)
    autumn, february = (quantities.of(book.as_of(day)) for day in (AUTUMN, FEBRUARY))
    events, legs = book.events, View.of(book, FOCAL).web.legs
    happened = set(events.event_id[events.happened_on.le(AUTUMN)])
    later = happened - set(book.as_of(AUTUMN).events.event_id)
    of_ours = set(events.event_id[events.leg_id.isin(legs.leg_id[legs.payee_id.eq(FOCAL)])])
    out = _paid_steps(book, legs[legs.payer_id.eq(FOCAL)])
    early = out[out.happened_on.le(FEBRUARY)].drop_duplicates("leg_id", keep="last")
    paid_then, paid_now = autumn["paid_in"].low, today["paid_in"].low
    not_yet = "This is what is known today: filter by known_on first."
    return [
        amount(
            "2a",
            paid_then,
            f"paid_in as of {AUTUMN}, low",
            (paid_now, not_yet),
            (autumn["paid_in"].high, "This is the high end."),
            (autumn["to_come_in"].low, "Promises are in it: only steps that are paid count."),
        ),
        amount(
            "2b",
            february["paid_out"].high,
            f"paid_out as of {FEBRUARY}, high",
            (
                _added(early, "high"),
                "You filtered by happened_on: some of this was published only later.",
            ),
            (today["paid_out"].high, not_yet),
            (february["paid_out"].stated, "This is what was stated: take the high end."),
            (february["paid_in"].high, "This is what was paid in: OpenAI is the payer here."),
        ),
        word(
            "2c",
            _rung(book.as_of(AUTUMN)),
            f"the ladder of {LETTER} as of {AUTUMN}",
            (_rung(book), "This is where it stands today: filter by known_on first."),
            ("announced", "Newspapers wrote so. What does the column status say?"),
            ("binding", "No contract had been signed. What does the column status say?"),
        ),
        exactly(
            "2d",
            len(later),
            "events.csv beside the book as of the day",
            (len(later & of_ours), "These are only payments to OpenAI: count all legs."),
            (
                int(events.known_on.gt(AUTUMN).sum()),
                "These are all later steps, also those that happened later.",
            ),
            (len(happened), "These are all that had happened, also what was known."),
        ),
        fraction(
            "2e",
            paid_then / paid_now,
            "paid_in as of two days, low",
            (paid_now / paid_then, "Turned round: the earlier day is the part."),
            (1 - paid_then / paid_now, "This is the share that was not known yet."),
        ),
    ]


def round_trip(book: Dealbook) -> list[Answer]:
    """The answers of lab 3."""
    known, own = quantities.of(book), quantities.of(book, partner=PARTNER)
    into, out, trip = own["paid_in"], own["paid_out"], own["round_trip_paid"]
    all_trips = known["round_trip"]
    table = counting.by_partner(
        counting.given(View.of(book, FOCAL).counted("announced")), FOCAL
    ).fillna(0.0)
    return [
        amount(
            "3a",
            into.stated,
            "paid_in of Microsoft, stated",
            (own["to_come_in"].stated, "This is what was announced: take the layer paid."),
            (into.low, "This is the low end: take the column stated."),
            (into.high, "This is the high end: take the column stated."),
        ),
        amount(
            "3b",
            out.high,
            "paid_out of Microsoft, high",
            (out.stated, "This is what is stated: take the column high."),
            (own["to_pay"].high, "This is what was announced: take the layer paid."),
            (out.low, "This is the low end: take the column high."),
        ),
        amount(
            "3c",
            trip.high,
            "round_trip_paid of Microsoft, high",
            (out.high, "This is the larger side. More cannot come back than went there."),
            (into.high + out.high, "You added both sides: the same money would count twice."),
            (out.high - into.high, "This is the net position. It says who got more, not what met."),
            (trip.low, "This is the low end."),
        ),
        amount(
            "3d",
            all_trips.low,
            "round_trip, low",
            (
                min(known["to_come_in"].low, known["to_pay"].low),
                "You added up first and took the smaller side then: the money of one partner "
                "met the bills of another.",
            ),
            (2 * all_trips.low, "Each trip counts once, not on both sides."),
            (known["round_trip_paid"].low, "This is what was paid: take the layer announced."),
            (float(table[["in_low", "out_low"]].max(axis=1).sum()), "These are the larger sides."),
        ),
        amount(
            "3e",
            all_trips.high,
            "round_trip, high",
            (
                float(table[["in_high", "out_high"]].min(axis=1).sum()),
                "An open end was counted as nothing, so a partner fell out of the sum.",
            ),
            (known["round_trip_with_loans"].high, _LENT),
            (known["round_trip_signed"].high, "This is what was signed: take announced."),
            (all_trips.low, "This is the low end."),
        ),
    ]


def _rung(book: Dealbook) -> str:
    return str(ledger.ladder(book).set_index("leg_id").status[LETTER])


def _paid_steps(book: Dealbook, legs: pd.DataFrame) -> pd.DataFrame:
    """The paid steps of these legs without loans, oldest first."""
    own = counting.given(legs).leg_id
    steps = book.events[book.events.status.eq("paid") & book.events.leg_id.isin(own)]
    return steps.sort_values(["known_on", "happened_on"], kind="stable")


def _added(steps: pd.DataFrame, end: str) -> float:
    return float(steps[f"amount_{end}_usd_bn"].fillna(steps.amount_usd_bn).sum())
