"""The exhibits on Lucent and Winstar are their source rows."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope.course.cases import days, handouts, lucent
from tightrope.course.cases.tongue import ENGLISH
from tightrope.dealbook import Dealbook
from tightrope.units import usd_bn, usd_bn_range

from .conftest import raw


@pytest.mark.parametrize("stage", handouts.STAGES)
def test_lucents_steps_say_what_their_rows_say(book: Dealbook, stage: str) -> None:
    known = days.LUCENT.books(book)[stage]
    events = raw("events")
    shown = lucent.steps(known, ENGLISH).lines
    for line in shown:
        row = events.loc[line.rows[0].removeprefix("events/")]
        assert pd.Timestamp(row.known_on) == pd.Timestamp(line.cells[0].replace("\xa0", " "))
        assert line.cells[4] == row.note
        stated = [row[f"amount_{end}usd_bn"] for end in ("", "low_", "high_")]
        largest = max((float(one) for one in stated if one != ""), default=0.0)
        assert (usd_bn(largest).lstrip("$") in line.cells[3]) if largest else line.cells[3] == "–"
    legs = raw("legs")
    own = legs.index[
        legs.payer_id.isin(["lucent", "winstar"]) | legs.payee_id.isin(["lucent", "winstar"])
    ]
    public = events[events.leg_id.isin(own) & events.known_on.le(f"{known.day:%Y-%m-%d}")]
    assert {line.rows[0] for line in shown} == {f"events/{one}" for one in public.index}


def test_lucents_figures_are_all_that_their_table_has(book: Dealbook) -> None:
    table = raw("financials")
    last = days.LUCENT.books(book)["C"]
    own = table[table.party_id.eq("lucent") & table.known_on.le("2005-12-22")]
    lines = lucent.promised(last, ENGLISH).lines
    assert {line.rows[0] for line in lines} == {f"financials/{one}" for one in own.index}
    values = {line.rows[0].removeprefix("financials/"): line.cells[2] for line in lines}
    assert values["lucent-court-award-2005-12-21"] == usd_bn(float("0.244"))


def test_without_the_credit_nothing_goes_round_between_lucent_and_winstar(book: Dealbook) -> None:
    first = lucent.loop(days.LUCENT.books(book)["A"], ENGLISH).lines
    # Up to 2 lent, up to 2 bought: the smaller side is from nothing to 2.
    assert [line.cells[1] for line in first] == ["–", usd_bn_range(0, 2)]
