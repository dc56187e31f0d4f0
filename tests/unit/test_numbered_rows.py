"""Tables that are handed on number their rows from 0: `table.loc[0]` is the first of them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from tightrope import counting, ledger, loops
from tightrope.dealbook import Dealbook
from tightrope.measures import circulation, clearing, funding, roundtrip, routes, simulation
from tightrope.quantities.view import View

from .books import Leg, Step, made
from .webs import P3, P19, payments

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"
DUES = payments((LAB, CLOUD, 10), (CLOUD, CHIPS, 6)).assign(year=2027)
TWO_YEARS = pd.concat([DUES, DUES.assign(year=2028)])
HAS = {CLOUD: 1.0, CHIPS: 1.0}


@pytest.fixture
def web(tiny: Dealbook) -> Dealbook:
    """The cloud's sale of 9 comes after a leg that counts nothing and one to a third party."""
    return made(
        tiny,
        {
            "nothing": Leg(LAB, CLOUD, [Step("cancelled")], "compute"),
            "others": Leg(CLOUD, CHIPS, [Step("binding", 4)], "chips"),
            "rent": Leg(LAB, CLOUD, [Step("binding", 9)], "compute"),
            "stake": Leg(CLOUD, LAB, [Step("binding", 5)]),
        },
    )


@pytest.mark.parametrize(
    "measured",
    [
        ledger.flows,
        counting.counted,
        lambda book: counting.by_partner(counting.counted(book), LAB),
        lambda book: loops.payments(book, LAB),
        lambda book: loops.cut(loops.payments(book, LAB), LAB),
        lambda book: View(book, LAB).counted("announced"),
        lambda book: View(book, LAB, CLOUD).counted("announced"),
    ],
)
def test_a_table_of_a_book_numbers_its_rows(
    web: Dealbook, measured: Callable[[Dealbook], pd.DataFrame]
) -> None:
    table = measured(web)
    assert len(table) > 0
    assert list(table.index) == list(range(len(table)))
    assert "index" not in table.columns


@pytest.mark.parametrize(
    "table",
    [
        circulation.maximum_circulation(P3).flows,
        routes.returnable(P19, LAB).cut,
        roundtrip.bilateral(P19, LAB),
        funding.sources_and_uses(P19, LAB),
        clearing.losses(DUES, HAS | {LAB: 3.0}),
        clearing.stress(DUES, HAS, LAB, (1.0, 0.5)),
        clearing.clear_by_year(TWO_YEARS, HAS, {}, LAB, 0.5),
        simulation.tornado(
            {"a": 1.0, "b": 2.0}, {"a": (0, 2), "b": (0, 9)}, lambda of: of["a"] + of["b"]
        ),
    ],
)
def test_a_table_of_payments_numbers_its_rows(table: pd.DataFrame) -> None:
    assert len(table) > 1
    assert list(table.index) == list(range(len(table)))
