"""The totals per rung, against a second reckoning from the bare CSV rows."""

from __future__ import annotations

import csv
from collections import defaultdict

import pandas as pd
import pytest

from tightrope import accounts, ledger, paths
from tightrope.dealbook import LAYERS, Dealbook

DAYS = ["2019-07-22", "2022-12-31", "2025-10-31", "2026-04-01", "2026-10-01"]
PROMISES = ("letter_of_intent", "announced")


def rows(table: str) -> list[dict[str, str]]:
    with (paths.DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reckoned(day: str) -> pd.DataFrame:
    """Announced, binding and paid of each leg whose steps all have one amount."""
    steps = defaultdict(list)
    for event in sorted(rows("events"), key=lambda step: (step["known_on"], step["happened_on"])):
        if event["known_on"] <= day:
            steps[event["leg_id"]].append(event)
    sums = {}
    for leg_id, known in steps.items():
        newest = dict.fromkeys(("promise", "binding", "paid"), 0.0)
        is_hearsay = False
        for step in known:
            status, amount = step["status"], step["amount_usd_bn"]
            if status in ("cancelled", "replaced"):
                newest |= {"promise": 0.0, "binding": 0.0}
            elif not amount or step["amount_high_usd_bn"]:
                break
            elif status in ("binding", "paid"):
                newest[status] = float(amount)
            elif status in PROMISES or not newest["promise"] or is_hearsay:
                newest["promise"], is_hearsay = float(amount), status not in PROMISES
        else:
            # A contract answers what no party said.
            if is_hearsay and newest["binding"]:
                newest["promise"] = 0.0
            paid, binding = newest["paid"], max(newest["binding"], newest["paid"])
            sums[leg_id] = (max(newest["promise"], binding), binding, paid)
    return pd.DataFrame.from_dict(sums, orient="index", columns=list(LAYERS))


@pytest.mark.parametrize("day", DAYS)
def test_the_totals_of_each_rung_are_the_sums_of_the_rows(book: Dealbook, day: str) -> None:
    expected = reckoned(day)
    stand = ledger.ladder(book.as_of(day)).set_index("leg_id")
    assert len(expected) >= len(stand) / 4, "the reckoning covers too few legs to say anything"
    of_rows = expected.join(stand.instrument).groupby("instrument")[list(LAYERS)].sum()
    of_ladder = stand.loc[expected.index].groupby("instrument")[list(LAYERS)].sum()
    pd.testing.assert_frame_equal(of_ladder, of_rows)


@pytest.mark.parametrize("day", DAYS)
def test_the_increments_of_the_ladder_add_up_to_its_layers(book: Dealbook, day: str) -> None:
    stand = ledger.ladder(book.as_of(day))
    known = stand[stand[list(LAYERS)].notna().all(axis=1)]
    table = accounts.rungs(known.assign(name=known.instrument, direction=""))
    for instrument, legs in known.groupby("instrument"):
        row = table[table.name.eq(instrument)]
        assert row[accounts.RUNGS].sum(axis=1).sum() == pytest.approx(legs.announced.sum())
        assert row.paid.sum() == pytest.approx(legs.paid.sum())
