"""Tables that the labs read beside the rows of the data: what the engine makes of them.

All sums are USD billion, nominal, to a thousand dollars.
"""

from __future__ import annotations

import pandas as pd

from tightrope import scenarios
from tightrope.chapters import when_money_moves, who_breaks
from tightrope.dealbook import LAYERS, Dealbook
from tightrope.quantities.view import View
from tightrope.stress import READINGS

FOCAL = "openai"
LAST_YEAR, MIDDLE_YEAR = 2031, 2028
"""The last year of bills, and the one that is asked about: those of the page who-breaks."""
_DIGITS = 6
_ENDS = ["low", "stated", "high"]


def of(book: Dealbook) -> dict[str, bytes]:
    """Every table by the name of its file, as CSV; empty cells are open ends."""
    view = View.of(book, FOCAL)
    tables = {
        "flows.csv": flows(view),
        "web.csv": web(view),
        "payments.csv": payments(view),
        "plan.csv": plan(book),
        "bills.csv": bills(book),
    }
    return {name: _csv(table) for name, table in tables.items()}


def flows(view: View) -> pd.DataFrame:
    """What each leg of OpenAI counts on each layer: `counting.counted`, one row a leg and layer."""
    table = pd.concat(
        [view.counted(layer).assign(layer=layer) for layer in LAYERS], ignore_index=True
    )
    return table[["leg_id", "payer", "payee", "instrument", "layer", *_ENDS]]


def web(view: View) -> pd.DataFrame:
    """The payments in which money can come back to OpenAI, added up by payer and payee."""
    pairs = view.payments("announced").groupby(["payer", "payee"])[_ENDS]
    # A sum with an open end is open.
    return pairs.agg(lambda amounts: amounts.sum(skipna=False)).reset_index()


def payments(view: View) -> pd.DataFrame:
    """Payments of OpenAI and to it, announced, by year: what is paid, then what is scheduled."""
    table = when_money_moves.moves(view, "announced")
    return table[["leg_id", "payer", "payee", "instrument", "amount", "year", "basis"]]


def plan(book: Dealbook) -> pd.DataFrame:
    """What the base scenario spends on compute and what investors put in, by year."""
    path = scenarios.scenario(book, focal=FOCAL).gap().path
    return path[["year", "compute", "funding"]]


def bills_case(book: Dealbook) -> who_breaks.Case:
    """What OpenAI owes its partners and they owe in turn, as the page who-breaks has it."""
    return who_breaks.case(book, FOCAL, "announced", LAST_YEAR, MIDDLE_YEAR)


def bills(book: Dealbook) -> pd.DataFrame:
    """What suppliers are due from OpenAI, owe in turn, and have from others: by party and year."""
    partners = bills_case(book).web
    owes = partners.bills(READINGS[1]).groupby(["party", "year"])[["low", "high"]].sum()
    rows = [
        {
            "party": party,
            "year": year,
            "due": partners.due_to(party, year),
            "owes_low": owes.low.get((party, year), 0.0),
            "owes_high": owes.high.get((party, year), 0.0),
            "others_low": partners.income.low[party],
            "others_high": partners.income.high[party],
        }
        for party in partners.tested
        for year in partners.years
    ]
    return pd.DataFrame(rows)


def _csv(table: pd.DataFrame) -> bytes:
    return table.round(_DIGITS).to_csv(index=False, lineterminator="\n").encode()
