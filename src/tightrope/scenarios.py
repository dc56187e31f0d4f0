"""A scenario of the data: all that it assumes, and the money by year that follows."""

from __future__ import annotations

import pandas as pd

from tightrope import ledger, obligations, units
from tightrope.dealbook import Dealbook
from tightrope.measures.runway import Scenario, tornado
from tightrope.scenario_parameters import BASE, PARAMETERS, YEARS, complete


def ids(book: Dealbook) -> list[str]:
    """The scenarios of the book, in the order of the data."""
    return list(dict.fromkeys(book.scenarios.scenario_id))


def title(scenario_id: str) -> str:
    """A scenario as its page is headed: growth-stalls -> Growth stalls."""
    words = scenario_id.replace("-", " ")
    return words[:1].upper() + words[1:]


def in_words(parameter: str) -> str:
    """A parameter as readers know it: revenue_growth -> Revenue growth."""
    return parameter.replace("_", " ").capitalize()


def assumptions(book: Dealbook, scenario_id: str) -> pd.DataFrame:
    """Everything that a scenario assumes: one row a parameter, in the order of PARAMETERS.

    The columns of `book.scenarios`, with `unit`, `meaning` and `is_own`: whether the scenario gives
    the parameter itself or takes it over from the base. Raises ValueError, with the valid choices,
    for a scenario that the book does not have.
    """
    known = ids(book)
    if scenario_id not in known:
        raise ValueError(f'scenario must be one of {", ".join(known)}, not "{scenario_id}"')
    rows = complete(book.scenarios, scenario_id)
    return rows.assign(
        unit=[PARAMETERS[name].unit for name in rows.parameter],
        meaning=[PARAMETERS[name].meaning for name in rows.parameter],
    ).reset_index(drop=True)


def scenario(book: Dealbook, scenario_id: str = BASE, focal: str = "openai") -> Scenario:
    """The assumptions of a scenario with what binding contracts oblige `focal` to pay.

    Raises ValueError for a scenario that the book does not have.
    """
    rows = assumptions(book, scenario_id)
    dated, undated = obligations.by_year(obligations.supply(book, focal), YEARS)
    return Scenario.of(rows, dated, undated)


def swings(own: Scenario, least_usd_bn: float = 0.05) -> pd.DataFrame:
    """What moves the gap at its peak, one assumption at a time, with words for readers.

    The columns of `runway.tornado`, widest first, `name` (the parameter in words), `low_words` and
    `high_words` (the ends of its range as written). What moves the gap by less than
    `least_usd_bn` is left out; so is what only a simulation uses.
    """
    table = tornado(own.values, own.ranges, own.peak)
    table = table[table.swing >= least_usd_bn].reset_index(drop=True)
    ends = [
        [units.written(end, PARAMETERS[name].unit) for end in own.ranges[name]]
        for name in table.parameter
    ]
    return table.assign(
        name=[in_words(name) for name in table.parameter],
        low_words=[low for low, _ in ends],
        high_words=[high for _, high in ends],
    )


CUSTOMERS, BEYOND, OTHER_COSTS = "customers", "compute-beyond-contracts", "other-costs"
OTHER_INVESTORS, NOT_YET_BOUND = "other-investors", "investors-not-yet-bound"
"""Payers and payees of a scenario that stand for many, or for nobody who is known yet."""


def payments(book: Dealbook, scenario_id: str = BASE, focal: str = "openai") -> pd.DataFrame:
    """All that `focal` is paid and pays in the years of a scenario: payer, payee, amount (USD bn).

    Suppliers get what contracts oblige, as far as it is honoured; planned compute beyond that goes
    to BEYOND, all else to OTHER_COSTS. Committed funding comes from those whose binding equity
    falls into the first year or has no date, each for its sum, and for the rest from
    OTHER_INVESTORS; if it is less than their sums, each gives less in proportion. Money without
    amount is in no leg here. The gap is nobody's payment. Raises ValueError as `scenario` does.
    """
    own = scenario(book, scenario_id, focal)
    budget = own.budget()
    due = (
        obligations.dated(obligations.supply(book, focal), YEARS, own.values["undated_term"])
        .groupby("payee", as_index=False)["amount"]
        .sum()
    )
    due["amount"] *= own.values["commitments_honoured"]
    legs = ledger.payments(book, "binding")
    is_ours = legs.payee.eq(focal) & legs.instrument.eq("equity")
    named = legs[is_ours & (legs.year.eq(YEARS[0]) | legs.year.isna())]
    given = named.groupby("payer", as_index=False)["amount"].sum()
    committed = own.values["committed_funding"]
    given["amount"] *= min(1.0, committed / (given.amount.sum() or 1.0))
    rows = [
        (CUSTOMERS, focal, budget["revenue"].sum()),
        (OTHER_INVESTORS, focal, committed - given.amount.sum()),
        (NOT_YET_BOUND, focal, budget["funding"].sum() - committed),
        (focal, BEYOND, budget["compute"].sum() - due.amount.sum()),
        (focal, OTHER_COSTS, budget["other_costs"].sum()),
    ]
    table = pd.concat(
        [
            given.assign(payee=focal),
            due.assign(payer=focal),
            pd.DataFrame(rows, columns=["payer", "payee", "amount"]),
        ],
        ignore_index=True,
    )[["payer", "payee", "amount"]]
    return table[table.amount > 1e-9].reset_index(drop=True)


def onward(book: Dealbook) -> pd.DataFrame:
    """What OpenAI's suppliers pay each other for chips, at the high end: payer, payee, amount.

    Estimates of the press and of this book, announced layer; a sum without a high end counts with
    what is known of it.
    """
    legs = ledger.flows(book.within("onward", "openai"), "announced")
    chips = legs[legs.instrument.eq("chips") & legs.payer.ne("openai")]
    amount = chips.high.fillna(chips.amount).fillna(chips.low)
    table = chips.assign(amount=amount).groupby(["payer", "payee"], as_index=False)["amount"].sum()
    return table[table.amount > 0].reset_index(drop=True)
