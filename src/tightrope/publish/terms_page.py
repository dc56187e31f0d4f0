"""The tables of the page on terms: by condition, contract by contract, and guarantees."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope import counting, ledger, terms, units
from tightrope.charts import theme
from tightrope.charts.figure import Figure
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.marks import Fill
from tightrope.charts.table import Markup, Table, linked
from tightrope.dealbook import WEB, Dealbook
from tightrope.publish.cards import Card, Cards
from tightrope.publish.deal_words import CONDITION_WORDS
from tightrope.publish.homes import Links, stacked
from tightrope.quantities import Quantities, Quantity

PART_WORDS = {
    "without_condition": "Without a condition",
    "on_condition": "On a condition",
    "terms_not_public": "Terms not public",
}


def finding(q: Quantities) -> str:
    """What the three parts of what is signed come to, in a title; "" where nothing is signed."""
    told = [
        f"{q[f'signed_{part}'].written} {words.lower()}"
        for part, words in PART_WORDS.items()
        if _count(q[f"signed_{part}"])
    ]
    return f"Signed: {units.listing(told)}" if told else ""


def by_payee(book: Dealbook, focal: str) -> pd.DataFrame:
    """What `focal` has signed by payee and part, as the chart takes it, the largest payee first.

    Columns: group (the payee's name), series (a value of `PART_WORDS`) and amount, USD billion, as
    stated: together the quantity `to_pay_signed`. Parts without a sum are left out.
    """
    owed = counting.given(counting.counted(book.within(*WEB), "binding"))
    owed = owed[owed.payer.eq(focal) & owed.stated.gt(0)].merge(terms.of_legs(book), on="leg_id")
    table = owed.assign(
        group=owed.payee.map(book.party_name),
        series=owed.part.map(PART_WORDS),
        amount=owed.stated,
    )
    sums = table.groupby(["group", "series"], as_index=False).amount.sum()
    total = sums.groupby("group").amount.transform("sum")
    order = sums.assign(total=total).sort_values(["total", "group"], ascending=[False, True])
    return order.drop(columns="total").reset_index(drop=True)


def by_payee_figure(book: Dealbook, focal: str, q: Quantities) -> Figure | None:
    """`by_payee` as bars; None where nothing with a sum is signed."""
    sums = by_payee(book, focal)
    if sums.empty:
        return None
    fills = {words: Fill(theme.OUT_OF_OPENAI, "binding") for words in PART_WORDS.values()}
    signed = q["to_pay_signed"]
    unnamed = sum(len(q[f"signed_{part}"].value.unknown) for part in PART_WORDS)
    told = (f"{row.group}, {row.series.lower()}: {row.amount:.3g}" for row in sums.itertuples())
    return Figure(
        id="signed-by-terms",
        title=finding(q),
        subtitle=f"What {book.party_name(focal)} has signed to pay, by payee and terms, "
        "USD billion",
        description=f"Bars, USD billion. {'; '.join(told)}.",
        draw=lambda width: grouped_bars(sums, width, fills),
        frame=sums,
        labels={"group": "Paid to", "series": "Terms", "amount": "Signed, USD bn"},
        rows=signed.rows,
        book=book,
        note=f"The bars add up to {signed.at('stated')}: what contracts name, and the low end "
        f"where they name only a range. The evidence allows {signed.written}."
        + _beyond(book, focal)
        + (" Contracts of which no sum at all is known are in the list below." if unnamed else ""),
    )


def _beyond(book: Dealbook, focal: str) -> str:
    """The contracts that count only with what is paid, as a sentence of a note; "" for none."""
    legs = _owed_by(book.within(*WEB), focal)
    legs = legs[~legs.instrument.isin(counting.LENT) & _is_paid_alone(legs)]
    names = [_name(book, leg) for leg in legs.itertuples()]
    if not names:
        return ""
    return (
        " Counted only as far as paid or charged, since the rest is not public: "
        f"{units.listing(names)}."
    )


def _is_paid_alone(legs: pd.DataFrame) -> pd.Series[bool]:
    """Whether no sum of a contract is known but that of what is paid or charged under it."""
    return legs.binding_low.eq(0) & legs.binding_high.isna() & legs.paid.gt(0)


def _name(book: Dealbook, leg: Any) -> str:
    return f"{book.party_name(leg.payee)}, {leg.instrument.replace('_', ' ')}"


def _owed_by(book: Dealbook, focal: str) -> pd.DataFrame:
    """The signed legs that `focal` pays: rows of `ledger.ladder`, with their terms."""
    legs = ledger.ladder(book)
    legs = legs[legs.payer.eq(focal) & legs.status.isin(["binding", "paid"])]
    return legs.merge(terms.of_legs(book), on="leg_id")


def contracts(book: Dealbook, focal: str) -> Cards:
    """Every signed leg that `focal` pays, loans and guarantees too, with its terms and its end."""
    links = Links(book)
    owed = _owed_by(book, focal).sort_values("binding_low", ascending=False, kind="stable")
    owed = owed.assign(is_paid_alone=_is_paid_alone(owed))
    return Cards([_contract(book, links, leg) for leg in owed.itertuples()], "Nothing is signed.")


def _contract(book: Dealbook, links: Links, leg: Any) -> Card:
    name = _name(book, leg)
    signed = units.usd_bn_range(leg.binding_low, leg.binding_high)
    if leg.is_paid_alone:
        signed += f" in all, {units.usd_bn(leg.paid)} of it paid or charged, as stated"
    facts = {
        "Condition": _condition(leg.condition, leg.conditioned_on),
        "Recourse": leg.recourse,
        "May end": leg.termination,
        "Said in": _sources(book, links, leg.term_ids),
    }
    return Card(links.row(f"legs/{leg.leg_id}", name), f"Signed: {signed}", facts)


def in_parts(q: Quantities) -> Table:
    """The three parts of what is signed as a table."""
    named = [(words, q[f"signed_{part}"]) for part, words in PART_WORDS.items()]
    frame = pd.DataFrame(
        {
            "part": words,
            "legs": _count(one),
            "low": one.low,
            "stated": one.stated,
            "high": one.high,
            "unknown": len(one.value.unknown),
        }
        for words, one in named
    )
    labels = {
        "part": "Part",
        "legs": "Contracts",
        "low": "At least",
        "stated": "As stated",
        "high": "At most",
        "unknown": "No sum at all",
    }
    writers = dict.fromkeys(("low", "stated", "high"), _or_open)
    return Table(frame, "What is signed, by its terms", labels, writers)


def _count(signed: Quantity) -> int:
    """How many legs a sum has."""
    return sum(row.startswith("legs/") for row in signed.rows)


def _or_open(amount: object) -> str:
    value = float(str(amount))
    return "open" if pd.isna(value) else units.usd_bn(value) if value else "–"


def guarantees(book: Dealbook) -> Table:
    """Every guarantee of the web beside the others: cap, formula, trigger, end."""
    links = Links(book)
    rows = [
        {
            "guarantor": links.row(f"legs/{one.leg_id}", book.party_name(one.payer)),
            "for": book.party_name(one.payee),
            "cap": units.usd_bn(one.cap_usd_bn) if pd.notna(one.cap_usd_bn) else "not published",
            "now": _now(one),
            "formula": one.formula or "–",
            "trigger": one.trigger or "–",
            "termination": one.termination or "–",
            "source": _sources(book, links, one.term_ids),
        }
        for one in terms.guarantees(book).itertuples()
    ]
    labels = {
        "guarantor": "Guarantor",
        "for": "Protects",
        "cap": "Cap",
        "now": "Stated sum",
        "formula": "How much is paid",
        "trigger": "What calls it",
        "termination": "How it ends",
        "source": "Said in",
    }
    return linked(rows, "Guarantees side by side, the largest cap first", labels)


def _condition(condition: str, conditioned_on: str) -> str:
    words = CONDITION_WORDS[condition]
    return f"{words}: {conditioned_on}" if conditioned_on else words


def _now(guarantee: Any) -> str:
    if guarantee.status in ledger.ENDED:
        return "ended"
    return units.usd_bn_range(guarantee.low, guarantee.high)


def _sources(book: Dealbook, links: Links, term_ids: tuple[str, ...]) -> Markup:
    cited = book.terms.set_index("term_id").source_id
    return stacked(links.source(cited[one]) for one in term_ids)
