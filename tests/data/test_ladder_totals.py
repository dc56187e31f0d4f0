"""The ladder and its totals per rung, against a second reckoning from the bare CSV rows."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope import accounts, ledger, paths
from tightrope.dealbook import LAYERS, Dealbook

from ..referee import FROZEN
from . import bare_rows

DAYS = ["2019-07-22", "2022-12-31", "2025-10-31", "2026-04-01", "2026-10-01"]


@pytest.mark.parametrize("day", DAYS)
def test_every_leg_stands_where_its_rows_put_it(book: Dealbook, day: str) -> None:
    stand = ledger.ladder(book.as_of(day)).set_index("leg_id")
    of_rows = bare_rows.ladder(paths.DATA, day)[bare_rows.COLUMNS]
    pd.testing.assert_frame_equal(stand[bare_rows.COLUMNS], of_rows, check_names=False)


def test_every_leg_of_the_frozen_rows_stands_where_they_put_it(referee_book: Dealbook) -> None:
    stand = ledger.ladder(referee_book).set_index("leg_id")
    of_rows = bare_rows.ladder(FROZEN)[bare_rows.COLUMNS]
    pd.testing.assert_frame_equal(stand[bare_rows.COLUMNS], of_rows, check_names=False)


@pytest.mark.parametrize("day", DAYS)
def test_the_increments_of_the_ladder_add_up_to_its_layers(book: Dealbook, day: str) -> None:
    stand = ledger.ladder(book.as_of(day))
    known = stand[stand[list(LAYERS)].notna().all(axis=1)]
    table = accounts.rungs(known.assign(name=known.instrument, direction=""))
    for instrument, legs in known.groupby("instrument"):
        row = table[table.name.eq(instrument)]
        assert row[accounts.RUNGS].sum(axis=1).sum() == pytest.approx(legs.announced.sum())
        assert row.paid.sum() == pytest.approx(legs.paid.sum())
