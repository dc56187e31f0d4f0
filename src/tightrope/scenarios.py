"""A scenario of the data: all that it assumes, and the money by year that follows."""

from __future__ import annotations

import pandas as pd

from tightrope import obligations
from tightrope.dealbook import Dealbook
from tightrope.measures.runway import Scenario
from tightrope.scenario_parameters import BASE, PARAMETERS, YEARS, complete


def ids(book: Dealbook) -> list[str]:
    """The scenarios of the book, in the order of the data."""
    return list(dict.fromkeys(book.scenarios.scenario_id))


def title(scenario_id: str) -> str:
    """A scenario as its page is headed: growth-stalls -> Growth stalls."""
    words = scenario_id.replace("-", " ")
    return words[:1].upper() + words[1:]


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
