"""Many runs of one small web at once: each as if it had been cleared by itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures import seniority, seniority_runs
from tightrope.measures.ranked import Ranked
from tightrope.measures.waterfall import Places

from .ranked_webs import NAMES, Web, promises, webs


def places(names: pd.Series) -> Places:
    return names.map(NAMES.index).to_numpy(np.int64)


def ranked(table: pd.DataFrame, promised: pd.DataFrame) -> Ranked:
    return Ranked(
        len(NAMES),
        payer=places(table.payer),
        payee=places(table.payee),
        rank=table["rank"].to_numpy(np.int64),
        guarantor=places(promised.guarantor),
        debtor=places(promised.debtor),
        protected=places(promised.payee),
        level=promised["rank"].to_numpy(np.int64),
    )


@given(webs(), promises(), st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_each_run_is_cleared_as_one_web_is(
    web: Web, promised: pd.DataFrame, more: list[int]
) -> None:
    table, cash = web
    table = table[table.payer.ne(table.payee)].reset_index(drop=True)
    # The second run has other cash, and only two thirds of the dues and caps.
    has = np.array([[cash[name] for name in NAMES], more], dtype=np.float64)
    size = np.array([[1.0], [2 / 3]])
    amount, cap = (size * one.to_numpy(np.float64) for one in (table.amount, promised.cap))
    runs = seniority_runs.clear(ranked(table, promised), has, amount, cap)
    for run in range(2):
        one = seniority.clear(
            table.assign(amount=amount[run]),
            dict(zip(NAMES, has[run], strict=True)),
            promised.assign(cap=cap[run]),
        )
        got = (one.parties.cash + one.parties.received).set_axis(one.parties.party)
        # `seniority.clear` rounds amounts to a thousand dollars.
        assert list(runs.has[run]) == pytest.approx([got[name] for name in NAMES], abs=1e-3)
        assert list(runs.called[run]) == pytest.approx(list(one.calls.called), abs=1e-3)
        assert list(runs.call_paid[run]) == pytest.approx(list(one.calls.paid), abs=1e-3)


def test_a_run_whose_money_goes_round_almost_whole_is_solved_by_itself() -> None:
    # Two owe each other a million, and 1 first to a third.
    web = Ranked(3, *(np.array(one) for one in ([0, 0, 1, 1], [2, 1, 2, 0], [0, 1, 0, 1])))
    amount = np.array([[1, 1e6, 1, 1e6], [1, 1e6, 1, 1e6]])
    cash = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 0.0]])
    runs = seniority_runs.clear(web, cash, amount)
    assert runs.paid.tolist() == [
        pytest.approx([0, 0, 0, 0], abs=1e-6), pytest.approx([1, 1e6, 1, 1e6]),
    ]  # fmt: skip


def test_arrays_that_do_not_fit_are_refused() -> None:
    web = Ranked(2, *(np.array([one]) for one in (0, 1, 0)))
    with pytest.raises(ValueError, match=r"shapes \(3, 2\), \(3, 1\) and \(3, 0\), not \(3, 2\)"):
        seniority_runs.clear(web, np.ones((3, 2)), np.ones((2, 1)))
