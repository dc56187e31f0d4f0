"""In which years a plan spends on compute, and in which contracts without dates fall due.

Nobody has published how an undated contract runs off: it is taken to follow what the plan spends on
compute, year by year. This is the one place that says so. Amounts are USD billion.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope import vintages
from tightrope.dealbook import Dealbook
from tightrope.measures import shapes
from tightrope.measures.plan import Scenario
from tightrope.measures.timing import share_due
from tightrope.scenario_parameters import BASE, YEARS, complete

Sums = npt.NDArray[np.float64]


def weights(book: Dealbook, focal: str = "", shape: str = shapes.BASE) -> Sums | None:
    """In which years after the first compute is spent, by a reading of the plans of `focal`.

    The newest plan that gives free cash flow by year is carried to the newest sum over these years
    (`vintages.carried`), and compute is what the base earns before it less that flow
    (`shapes.later_weights`). Every scenario has these parts, of its own sum. None, a straight line,
    for that reading and where no plan gives its years. Raises ValueError for an unknown reading.
    """
    focal = focal or book.focal
    if shape not in shapes.READINGS:
        raise ValueError(f'"{shape}" is no reading; use one of: {", ".join(shapes.READINGS)}')
    plan = vintages.carried(book, focal, YEARS)
    if plan is None or shape == shapes.LINEAR or BASE not in set(book.scenarios.scenario_id):
        return None
    base = _base(book)
    budget = base.budget()
    earned = (budget["revenue"] - budget["other_costs"]).to_numpy()
    first = float(base.values["compute_spend"])
    return shapes.later_weights(shape, plan.flow.to_numpy(), plan.total, earned, first)


def shapes_of(book: Dealbook, focal: str = "") -> tuple[str, ...]:
    """The readings that the plans of `focal` allow, the one that stands for the base first."""
    focal = focal or book.focal
    if vintages.carried(book, focal, YEARS) is None:
        return (shapes.LINEAR,)
    return tuple(shapes.READINGS)


def planned(book: Dealbook, focal: str = "") -> pd.Series | None:
    """What the plan spends on compute in each of its years: the base, by the base reading.

    None where no plan gives its years, and where one of them would spend nothing.
    """
    focal = focal or book.focal
    return book.once((planned, focal), lambda: _planned(book, focal))


def _planned(book: Dealbook, focal: str) -> pd.Series | None:
    later = weights(book, focal)
    if later is None:
        return None
    spent = _base(book, later).planned
    return spent if spent.gt(0).all() else None


def levels(book: Dealbook, years: Sequence[int], focal: str = "") -> Sums:
    """How much falls due in each of `years`, one beside the other, of an undated contract.

    What the plan spends on compute in that year (`planned`). Years after the plan's last go on at
    the level of its last, years before its first have that of its first. The same in every year
    where there is no plan by year.
    """
    focal = focal or book.focal
    plan = planned(book, focal)
    if plan is None:
        return np.ones(len(years))
    within = np.clip(np.asarray(years), plan.index[0], plan.index[-1])
    return plan.loc[within].to_numpy(dtype=np.float64)


def undated_shares(book: Dealbook, years: Sequence[int], term: float, focal: str = "") -> Sums:
    """The share of an undated contract that falls due in each of `years`, in the plan's profile.

    It falls due over `term` years from the first of `years` on, in proportion to `levels`. Raises
    ValueError for a term of less than a year.
    """
    focal = focal or book.focal
    return share_due(term, levels(book, years, focal))


def how_undated(book: Dealbook, focal: str = "") -> str:
    """How undated contracts are spread over their term, as a clause for readers."""
    focal = focal or book.focal
    if planned(book, focal) is None:
        return "evenly"
    name = book.party_name(focal)
    return f"in proportion to what {name}’s plan spends on compute each year"


def _base(book: Dealbook, later: Sums | None = None) -> Scenario:
    """The base without contracts, which move neither what it earns nor what it plans."""
    return Scenario.of(complete(book.scenarios, BASE), dict.fromkeys(YEARS, 0.0), weights=later)
