"""A scenario of the data: all that it assumes, and the money by year that follows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope import ledger, obligations, spending, units
from tightrope.dealbook import MIDDLE, Dealbook, remembered
from tightrope.measures import runway, shapes, simulation
from tightrope.measures.plan import Scenario
from tightrope.scenario_parameters import BASE, PARAMETERS, YEARS, complete


def ids(book: Dealbook) -> list[str]:
    """The scenarios of the book, in the order of the data."""
    return list(dict.fromkeys(book.scenarios.scenario_id))


def title(scenario_id: str) -> str:
    """A scenario as its page is headed: growth-stalls -> Growth stalls."""
    words = scenario_id.replace("-", " ")
    return words[:1].upper() + words[1:]


def in_words(parameter: str) -> str:
    """A parameter as readers know it: undated_term -> Term of undated contracts."""
    return PARAMETERS[parameter].words


@remembered
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


def scenario(
    book: Dealbook, scenario_id: str = BASE, focal: str = "", shape: str = shapes.BASE
) -> Scenario:
    """The assumptions of a scenario with what binding contracts oblige `focal` to pay.

    Compute is spent in the years that a reading of the plans says (`spending.weights`); contracts
    without dates follow the base reading of the base, whatever the scenario (`spending.levels`).
    Raises ValueError for a scenario that the book does not have, and for an unknown reading.
    """
    focal = focal or book.focal
    return carried_out(
        assumptions(book, scenario_id),
        obligations.supply(book, focal),
        spending.weights(book, focal, shape),
        spending.levels(book, YEARS, focal),
    )


def carried_out(
    assumed: pd.DataFrame,
    supplied: pd.DataFrame,
    later: npt.NDArray[np.float64] | None = None,
    profile: npt.NDArray[np.float64] | None = None,
) -> Scenario:
    """`scenario` from its `assumptions`, what contracts oblige to pay (`obligations.supply`), the
    weights of the years in which compute is spent, and the levels of those in which contracts
    without dates fall due (`spending`)."""
    return Scenario.of(assumed, *obligations.by_year(supplied, YEARS), later, profile)


def rows(assumed: pd.DataFrame, supplied: pd.DataFrame | None = None) -> tuple[str, ...]:
    """The rows of the data that a scenario rests on: `assumptions`, and `obligations.supply`."""
    legs = () if supplied is None else supplied.leg_id.unique()
    return (
        *(f"scenarios/{row}" for row in assumed.assumption_id),
        *(f"legs/{leg}" for leg in legs),
    )


def when_cash_ends(own: Scenario) -> str:
    """A clause for titles and sentences: "cash ends in May 2029"."""
    month = runway.month_cash_ends(own.gap())
    last = int(own.dated.index[-1])
    return (
        f"cash ends in {month:%B %Y}" if month is not None else f"cash lasts to the end of {last}"
    )


def newest_source(book: Dealbook) -> str:
    """The day, as exact as known, of the newest document that an assumption rests on."""
    published = book.sources.set_index("source_id").published_on
    return str(max(published.reindex(book.scenarios.source_id)))


def swings(own: Scenario, least_usd_bn: float = 0.05) -> pd.DataFrame:
    """What moves the gap at its peak, one assumption at a time, with words for readers.

    The columns of `simulation.tornado`, widest first, `words` (the parameter for readers),
    `low_words` and `high_words` (the ends of its range as written). What moves the gap by less than
    `least_usd_bn` is left out; so is what only a simulation uses.
    """
    table = simulation.tornado(own.values, own.ranges, own.peak)
    table = table[table.swing >= least_usd_bn].reset_index(drop=True)
    ends = [
        [units.written(end, PARAMETERS[name].unit) for end in own.ranges[name]]
        for name in table.parameter
    ]
    return table.assign(
        words=[in_words(name) for name in table.parameter],
        low_words=[low for low, _ in ends],
        high_words=[high for _, high in ends],
    )


CUSTOMERS, BEYOND, OTHER_COSTS = "customers", "compute-beyond-contracts", "other-costs"
OTHER_INVESTORS, NOT_YET_BOUND = "other-investors", "investors-not-yet-bound"
"""Payers and payees of a scenario that stand for many, or for nobody who is known yet."""


def payments(book: Dealbook, own: Scenario, focal: str = "") -> pd.DataFrame:
    """All that `focal` is paid and pays in the years of a scenario: payer, payee, amount (USD bn).

    Suppliers get what contracts oblige, as far as it is honoured; planned compute beyond that goes
    to BEYOND, all else to OTHER_COSTS. Committed funding comes from those whose equity became
    binding, or was paid, from the first year on, each for its sum, then from those who signed
    before and have not paid all, and for the rest from OTHER_INVESTORS; if less is committed than
    their sums, the largest give first. What has no amount is in no leg here. The gap is nobody's
    payment. `own` is a `scenario` of the same book and party.
    """
    focal = focal or book.focal
    budget = own.budget()
    due = obligations.dated(obligations.supply(book, focal), YEARS, own.undated_shares)
    honoured = own.values["commitments_honoured"]
    due["amount"] *= due.year.eq(YEARS[0]) + due.year.ne(YEARS[0]) * honoured
    supplied = due.groupby("payee", as_index=False)["amount"].sum()
    given = _new_equity(book, focal)
    committed = own.values["committed_funding"]
    given["amount"] = given.amount.clip(
        upper=(committed - given.amount.cumsum().shift(fill_value=0.0)).clip(lower=0.0)
    )
    others = [
        (CUSTOMERS, focal, budget["revenue"].sum()),
        (OTHER_INVESTORS, focal, committed - given.amount.sum()),
        (NOT_YET_BOUND, focal, budget["funding"].sum() - committed),
        (focal, BEYOND, budget["compute"].sum() - supplied.amount.sum()),
        (focal, OTHER_COSTS, budget["other_costs"].sum()),
    ]
    table = pd.concat(
        [
            given.assign(payee=focal),
            supplied.assign(payer=focal),
            pd.DataFrame(others, columns=["payer", "payee", "amount"]),
        ],
        ignore_index=True,
    )[["payer", "payee", "amount"]]
    return table[table.amount > 1e-9].reset_index(drop=True)


def _new_equity(book: Dealbook, focal: str) -> pd.DataFrame:
    """Equity that became binding or was paid since the first year: payer, amount, largest first.

    Below them what is signed since before and not paid yet.
    """
    legs = ledger.payments(book, "binding")
    steps = book.events[book.events.status.isin(["binding", "paid"])]
    since = legs.leg_id.map(steps.groupby("leg_id").happened_on.min().dt.year)
    is_equity = legs.payee.eq(focal) & legs.instrument.eq("equity")
    is_new = is_equity & since.ge(YEARS[0])
    is_left = is_equity & ~is_new & legs.basis.eq("scheduled")
    given = [
        legs[these].groupby("payer", as_index=False)["amount"].sum() for these in (is_new, is_left)
    ]
    ranked = [
        one.sort_values(["amount", "payer"], ascending=[False, True], ignore_index=True)
        for one in given
    ]
    return pd.concat(ranked, ignore_index=True)


def contracts_paid(own: Scenario, **changes: float) -> pd.DataFrame:
    """What part of its contracts a scenario pays if nobody fills the gap: one row a year.

    Some parameters can be changed, as in `Scenario.budget`; raises ValueError as that does.

    Columns: year, `due` (what contracts oblige, USD bn), `alike` and `first`: the share of it that
    is paid if what money there is goes to all compute alike, and if it goes to contracts first and
    only then to compute beyond them. What is not honoured counts as not paid.
    """
    paid = runway.pay_ratios(**own.budget(**changes))
    changed = replace(own, values={**own.values, **changes})
    due = changed.commitments.to_numpy()
    honoured = np.where(np.arange(len(due)) == 0, 1.0, changed.values["commitments_honoured"])
    owed = honoured * due
    covered = np.divide(paid.paid.to_numpy(), owed, out=np.ones(len(due)), where=owed > 0)
    return pd.DataFrame(
        {
            "year": paid.year,
            "due": due,
            "alike": honoured * paid.pay_ratio.to_numpy(),
            "first": honoured * np.minimum(covered, 1.0),
        }
    )


@remembered
def onward(book: Dealbook, focal: str = "") -> pd.DataFrame:
    """What suppliers of `focal` pay each other for chips, at the high end: payer, payee, amount.

    Estimates of the press and of this book, announced layer; a sum without a high end counts with
    what is known of it.
    """
    focal = focal or book.focal
    legs = ledger.flows(book.within("onward", *MIDDLE), "announced")
    chips = legs[legs.instrument.eq("chips") & legs.payer.ne(focal)]
    amount = chips.high.fillna(chips.amount).fillna(chips.low)
    table = chips.assign(amount=amount).groupby(["payer", "payee"], as_index=False)["amount"].sum()
    return table[table.amount > 0].reset_index(drop=True)
