"""How an assumption is drawn: against scipy’s triangle, and as a law of one value."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.unit.plans import VALUES, scenario
from tightrope.measures import laws
from tightrope.measures.laws import Law

AT = np.linspace(0, 1, 101)


@pytest.mark.parametrize("law", [Law(10, 20, 60), Law(0, 0, 1), Law(-3, 5, 5)])
def test_a_law_is_the_triangle_of_scipy(law: Law) -> None:
    width = law.high - law.low
    published = stats.triang((law.mode - law.low) / width, law.low, width)
    assert list(law.ppf(AT)) == pytest.approx(list(published.ppf(AT)))
    assert not law.is_certain


def test_what_is_certain_has_one_value() -> None:
    law = Law.certain(7)
    assert law.is_certain
    assert set(law.ppf(AT)) == {7}


def test_a_scenario_has_a_law_for_every_parameter() -> None:
    found = laws.of(scenario({"revenue": (30, 45)}), {"opening_cash": Law(1, 2, 3)})
    assert list(found) == list(VALUES)
    assert found["revenue"] == Law(30, 40, 45)
    assert found["opening_cash"] == Law(1, 2, 3)
    assert found["growth_endurance"] == Law.certain(0.8)
