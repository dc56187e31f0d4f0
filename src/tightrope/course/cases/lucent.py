"""The exhibits of the case on Lucent and Winstar, from the book as its day knew it."""

from __future__ import annotations

import pandas as pd

from tightrope import accounts, counting, units
from tightrope.course.cases import figures, pictures
from tightrope.course.cases.exhibit import Exhibit, Line
from tightrope.course.cases.tongue import Tongue
from tightrope.dealbook import KEYS, Dealbook
from tightrope.periods import sort_key

SELLER, CUSTOMER = "lucent", "winstar"
_RUNGS = {"binding": "signed", "letter_of_intent": "letter of intent"}
_CONDITIONS = {
    "none": "due without a condition",
    "on_delivery": "on delivery",
    "on_milestone": "on a milestone",
    "on_third_party": "on a third party",
    "option": "at the payer’s choice",
    "undisclosed": "not public",
}
_PICTURED = ((SELLER, CUSTOMER), (CUSTOMER, SELLER), (SELLER, "telecom-carriers"))


def exhibits(book: Dealbook, tongue: Tongue, since: str = "") -> dict[str, Exhibit]:
    """Steps, flows, loop, what was promised and drawn, terms and the customer's books, by id.

    Of the steps only those that were published after the day `since` (YYYY-MM-DD), if one is given.
    """
    made = (lent, loop, promised, conditions, customer)
    found = [steps(book, tongue, since), *(make(book, tongue) for make in made)]
    return {exhibit.id: exhibit for exhibit in found}


def legs(book: Dealbook) -> pd.DataFrame:
    """The legs on which Lucent or Winstar stands."""
    pair = [SELLER, CUSTOMER]
    return book.legs[book.legs.payer_id.isin(pair) | book.legs.payee_id.isin(pair)]


def steps(book: Dealbook, tongue: Tongue, since: str = "") -> Exhibit:
    """Every step that was public, in the order in which it became so, as its row has it.

    Only those after the day `since`, if one is given.
    """
    own = book.events[book.events.leg_id.isin(legs(book).leg_id)]
    own = own[own.known_on.gt(since)] if since else own
    lines = [
        Line(
            (
                tongue.day(step.known_on),
                _ends(book, step.leg_id),
                _RUNGS.get(step.status, step.status),
                sum_of(step),
                step.note,
            ),
            (f"events/{step.event_id}",),
        )
        for step in own.sort_values(["known_on", "leg_id"], kind="stable").itertuples()
    ]
    return Exhibit("steps", ("Public on", "Payment", "Rung", "Sum", "What it says"), tuple(lines))


def sum_of(step: object) -> str:
    """The sum of a row of events as it is written, or its range; a dash where it names none."""
    value, low, high = (
        float(getattr(step, column))
        for column in ("amount_usd_bn", "amount_low_usd_bn", "amount_high_usd_bn")
    )
    if pd.isna(value) and pd.isna(low) and pd.isna(high):
        return "–"
    return units.usd_bn_and_range(value, low, high if pd.notna(high) else value)


def _ends(book: Dealbook, leg_id: str) -> str:
    leg = book.legs.set_index("leg_id").loc[leg_id]
    names = " → ".join(book.party_name(str(leg[side])) for side in ("payer_id", "payee_id"))
    return f"{names}, {_instrument(str(leg.instrument))}"


def _instrument(instrument: str) -> str:
    return {"construction": "equipment", "loan": "credit"}.get(
        instrument, instrument.replace("_", " ")
    )


def lent(book: Dealbook, tongue: Tongue) -> Exhibit:
    """Who pays whom, credit included: the sums that the steps leave standing, on two rungs."""
    layers = {layer: counting.counted(book, layer) for layer in ("announced", "paid")}
    own = layers["announced"]
    own = own[own.leg_id.isin(legs(book).leg_id)]
    paid = layers["paid"].set_index("leg_id")
    lines, bars = [], []
    for leg in own.itertuples():
        ends = paid.loc[leg.leg_id] if leg.leg_id in paid.index else None
        sums = (
            tongue.range(leg.low, leg.high),
            "–" if ends is None else tongue.range(ends.low, ends.high),
        )
        lines.append(Line((_ends(book, leg.leg_id), *sums), (f"legs/{leg.leg_id}",)))
        if (leg.payer, leg.payee) in _PICTURED:
            was = 0.0 if ends is None else float(ends.low)
            bars.append((_ends(book, leg.leg_id), sums[0], was, float(leg.high)))
    picture = pictures.credit(bars, tongue)
    return Exhibit("lent", ("Payment", "Promised", "Known to be paid"), tuple(lines), (), picture)


def loop(book: Dealbook, tongue: Tongue) -> Exhibit:
    """What comes straight back between the two, with and without the credit; USD billion."""
    lines = []
    for words, low, high, rows in _trips(book):
        lines.append(Line((words, tongue.range(low, high)), rows))
    return Exhibit("loop", ("What is counted", "Straight back to Lucent"), tuple(lines))


def counted_between(book: Dealbook) -> pd.DataFrame:
    """Rows of `counting.counted`, credit included, that one of the two pays the other."""
    every = counting.counted(book, "announced")
    return every[accounts.are_between(every, SELLER, CUSTOMER)]


def _trips(book: Dealbook) -> list[tuple[str, float, float, tuple[str, ...]]]:
    pair, found = counted_between(book), []
    for words, counted in (("Without credit", counting.given(pair)), ("With the credit", pair)):
        table = counting.by_partner(counted, SELLER).set_index("party")
        there = CUSTOMER in table.index
        low, high = table.loc[CUSTOMER, ["round_low", "round_high"]] if there else (0.0, 0.0)
        rows = tuple(f"legs/{leg}" for leg in counted.leg_id)
        found.append((words, float(low), float(high), rows))
    return found


def promised(book: Dealbook, tongue: Tongue) -> Exhibit:
    """Every figure of Lucent that was public: what it promised to lend, what was drawn, and sold.

    In the order of their periods.
    """
    return _figures(book, SELLER, "promised", tongue)


def customer(book: Dealbook, tongue: Tongue) -> Exhibit:
    """Every figure of Winstar that was public."""
    return _figures(book, CUSTOMER, "customer", tongue)


def _figures(book: Dealbook, party: str, identity: str, tongue: Tongue) -> Exhibit:
    own = book.financials[book.financials.party_id.eq(party)]
    own = own.assign(place=[sort_key(period) for period in own.period])
    own = own.sort_values(["place", "metric"], kind="stable")
    lines = [
        Line(
            (
                str(row.metric).replace("_", " "),
                figures.period(str(row.period), tongue),
                figures.amount(row, tongue),
                str(row.note),
            ),
            (f"financials/{row.financial_id}",),
        )
        for _, row in own.iterrows()
    ]
    return Exhibit(identity, ("Figure", "For", "Amount", "What it says"), tuple(lines))


def conditions(book: Dealbook, tongue: Tongue) -> Exhibit:
    """On which terms the credit was drawn and the equipment bought, as far as they were public."""
    own = book.terms[book.terms.leg_id.isin(legs(book).leg_id)]
    lines = [
        Line(
            (
                _ends(book, str(row.leg_id)),
                _CONDITIONS[str(row.condition)],
                "; ".join(filter(None, (row.conditioned_on, row.recourse, row.termination))),
            ),
            (f"terms/{row[KEYS['terms']]}",),
        )
        for _, row in own.iterrows()
    ]
    return Exhibit("terms", ("Payment", "Due", "Terms"), tuple(lines))
