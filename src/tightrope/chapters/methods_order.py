"""The worked cases of the methods of losses on who is paid first. Amounts are USD billion."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope import coupled, creditors, cutting
from tightrope.chapters.methods import Case
from tightrope.creditors import LANDLORDS, LENDERS, OTHERS, Web
from tightrope.cutting import ALIKE, BY_TERMS, CONTRACTS_FIRST
from tightrope.measures import seniority
from tightrope.measures.seniority import Cleared
from tightrope.measures.simulation import Simulation

RANKED = pd.DataFrame(
    [("A", "s", 0, 2), ("A", "B", 1, 6), ("A", "t", 2, 5), ("B", "u", 0, 3), ("B", "A", 1, 8)],
    columns=seniority.DUES,
)
"""Two firms that owe each other, each after a debt of rank 0; A owes T last."""
CASH = {"A": 4, "B": 1}
_GUARANTEED = pd.DataFrame([("d", "b", 1, 10), ("g", "lender", 1, 4)], columns=seniority.DUES)
_GUARANTEE = pd.DataFrame([("g", "d", "b", 2, 6)], columns=seniority.GUARANTEES)
_PAID, _OWED = 15.0, 30.0


def ranked(cleared: Cleared) -> list[Case]:
    """Two firms in ranks that have been cleared, and a guarantee that ranks last."""
    to = cleared.dues.set_index("payee").paid
    called = seniority.clear(_GUARANTEED, {"d": 7, "g": 5}, _GUARANTEE).calls.iloc[0]
    two = "Two firms that owe each other in ranks"
    cap = "A guarantee up to 6, after a debt of 4"
    return [
        Case(two, "B gets of its 6", to["B"], "6"),
        Case(two, "A gets of its 8", to["A"], "4", "1 + 6 − 3"),
        Case(two, "T gets of its 5, paid last", to["t"], "0"),
        Case(cap, "called", called.called, "3", "10 − 7"),
        Case(cap, "paid", called.paid, "1", "5 − 4"),
    ]


def orders() -> list[Case]:
    """A year in which 15 of 30 can be paid, in each order: what a cloud does not pay on.

    Two suppliers are owed 10 each by contract, 10 are owed beyond. The cloud has 1 from others, and
    owes lenders 4, a landlord 2 and a maker 3; the other's contract is an option.
    """
    compute, none = np.full((1, 1), _OWED), np.full(1, np.nan)
    lacks = np.full((1, 1), _OWED - _PAID)
    drawn = Simulation(np.array([2027]), compute, compute, -lacks, lacks[0], lacks[0], none)
    left = {
        order: float(coupled.losses(_WEB, drawn, order).passed_on.sum()) for order in cutting.ORDERS
    }
    case = "Half of what is owed is paid"
    return [
        Case(case, "not passed on, all compute alike", left[ALIKE], "3", "9 − 1 − 5"),
        Case(case, "not passed on, contracts first", left[CONTRACTS_FIRST], "0.5", "9 − 1 − 7.5"),
        Case(case, "not passed on, by their terms", left[BY_TERMS], "0"),
    ]


_CONTRACTS = [(2027, "cloud", "on_delivery", 10.0), (2027, "other", "option", 10.0)]
_BILLS = [
    (2027, "cloud", "lenders", LENDERS, 4.0),
    (2027, "cloud", "landlord", LANDLORDS, 2.0),
    (2027, "cloud", "maker", OTHERS, 3.0),
]
_WEB = Web(
    focal="lab",
    years=(2027,),
    tested=("cloud",),
    contracts=pd.DataFrame(_CONTRACTS, columns=["year", "payee", "condition", "amount"]),
    dues=pd.DataFrame(_BILLS, columns=creditors.DUES),
    moved=pd.DataFrame(columns=creditors.DUES),
    income={"cloud": 1.0},
    till={"cloud": 0.0},
    kinds={"cloud": creditors.SUPPLIER, "other": creditors.SUPPLIER},
    guarantees=pd.DataFrame(columns=["guarantor", "debtor", "payee", "rank", "cap", "leg_id"]),
    uncalled=(),
)
