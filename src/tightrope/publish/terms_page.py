"""The tables of the page on terms: by condition, contract by contract, and guarantees."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope import ledger, terms, units
from tightrope.charts.table import Markup, Table, linked
from tightrope.dealbook import Dealbook
from tightrope.publish.cards import Card, Cards
from tightrope.publish.catalogue import CONDITION_WORDS
from tightrope.publish.homes import Links, stacked

PART_WORDS = {
    "without_condition": "Without a condition",
    "on_condition": "On a condition",
    "terms_not_public": "Terms not public",
}


def finding(parts: pd.DataFrame) -> str:
    """What the three parts of `terms.signed`, indexed by part, come to in a title."""
    sums = {
        PART_WORDS[part].lower(): f"{units.usd_bn_range(row['low'], row.high)}"
        for part, row in parts.iterrows()
        if row.legs
    }
    told = [f"{amount} {words}" for words, amount in sums.items()]
    return f"Signed: {units.listing(told)}"


def owed_by(book: Dealbook, focal: str) -> pd.DataFrame:
    """The signed legs that `focal` pays: rows of `ledger.ladder`, with their terms."""
    legs = ledger.ladder(book)
    legs = legs[legs.payer.eq(focal) & legs.status.isin(["binding", "paid"])]
    return legs.merge(terms.of_legs(book), on="leg_id")


def by_payee(book: Dealbook, focal: str) -> pd.DataFrame:
    """What `focal` has signed by payee and part, as the chart takes it, the largest payee first.

    Columns: group (the payee's name), series (a value of `PART_WORDS`) and amount, USD billion:
    what sources give, the low end where they give only a range. Parts without a sum are left out.
    """
    owed = owed_by(book, focal)
    names = owed.payee.map(book.party_name)
    amount = owed.binding.fillna(owed.binding_low)
    table = owed.assign(group=names, series=owed.part.map(PART_WORDS), amount=amount)
    table = table[table.amount > 0]
    sums = table.groupby(["group", "series"], as_index=False).amount.sum()
    total = sums.groupby("group").amount.transform("sum")
    order = sums.assign(total=total).sort_values(["total", "group"], ascending=[False, True])
    return order.drop(columns="total").reset_index(drop=True)


def contracts(book: Dealbook, focal: str) -> Cards:
    """Every signed leg that `focal` pays, with its condition, recourse and how it may end."""
    links = Links(book)
    owed = owed_by(book, focal).sort_values("binding_low", ascending=False, kind="stable")
    return Cards([_contract(book, links, leg) for leg in owed.itertuples()], "Nothing is signed.")


def _contract(book: Dealbook, links: Links, leg: Any) -> Card:
    name = f"{book.party_name(leg.payee)}, {leg.instrument.replace('_', ' ')}"
    signed = units.usd_bn_range(leg.binding_low, leg.binding_high)
    facts = {
        "Condition": _condition(leg.condition, leg.conditioned_on),
        "Recourse": leg.recourse,
        "May end": leg.termination,
        "Said in": _sources(book, links, leg.term_ids),
    }
    return Card(links.row(f"legs/{leg.leg_id}", name), f"Signed: {signed}", facts)


def in_parts(parts: pd.DataFrame) -> Table:
    """The three parts of `terms.signed` as a table."""
    frame = parts.reset_index().assign(part=lambda table: table.part.map(PART_WORDS))
    labels = {
        "part": "Part",
        "legs": "Contracts",
        "low": "At least",
        "amount": "As stated",
        "high": "At most",
        "unknown": "Without a sum",
    }
    writers = dict.fromkeys(("low", "amount", "high"), _or_open)
    return Table(frame, "What is signed, by its terms", labels, writers)


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
