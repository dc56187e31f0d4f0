"""Payments as every measure reads them: what is refused, what is added up, what stays untouched."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures import circulation, roundtrip, routes
from tightrope.measures.payments import Web

from .webs import P19, payments, webs

MEASURES: dict[str, Callable[[pd.DataFrame], object]] = {
    "bilateral": lambda web: roundtrip.bilateral(web, "a"),
    "reciprocity": roundtrip.reciprocity,
    "maximum_circulation": circulation.maximum_circulation,
    "excess_share": circulation.excess_share,
    "simple_cycles": circulation.simple_cycles,
    "returnable": lambda web: routes.returnable(web, "a"),
}
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())


def results(web: pd.DataFrame) -> list[object]:
    """What all measures say of a web, in a form that can be compared."""
    found: list[object] = []
    for measure in MEASURES.values():
        result = measure(web)
        parts = vars(result).values() if hasattr(result, "__dataclass_fields__") else [result]
        found += [
            part.to_dict() if isinstance(part, pd.DataFrame | pd.Series) else part for part in parts
        ]
    return found


@every_measure
@pytest.mark.parametrize(
    ("amount", "shown"),
    [(-1.0, "-1.0"), (np.nan, "nan"), (np.inf, "inf"), (-np.inf, "-inf")],
)
def test_a_wrong_amount_is_refused_with_its_row(
    measure: Callable[[pd.DataFrame], object], amount: float, shown: str
) -> None:
    web = payments(("a", "b", 1.0), ("b", "c", amount), ("c", "a", 1.0))
    web.index = pd.Index([10, 20, 30])
    with pytest.raises(ValueError) as error:
        measure(web)
    assert str(error.value) == (
        f"an amount must be a finite number of at least 0 (USD bn): row 20 (b → c) has {shown}"
    )


@pytest.mark.parametrize("amount", [None, "much", pd.NA])
def test_what_is_no_number_is_refused_with_its_row(amount: object) -> None:
    web = pd.DataFrame({"payer": ["a", "b"], "payee": ["b", "a"], "amount": [1, amount]})
    with pytest.raises(ValueError, match=r"at least 0 \(USD bn\): row 1 \(b → a\) has"):
        Web.of(web)


def test_an_error_names_ten_rows_and_counts_the_others() -> None:
    web = payments(*[("a", "b", -1.0)] * 13)
    with pytest.raises(ValueError) as error:
        Web.of(web)
    assert "row 9 (a → b)" in str(error.value)
    assert "row 10 (a → b)" not in str(error.value)
    assert str(error.value).endswith(" and 3 more")


def test_a_payment_without_payer_or_payee_is_refused_with_its_row() -> None:
    web = payments(("a", "b", 1.0), (None, "b", 2.0), ("a", None, 3.0))
    with pytest.raises(ValueError) as error:
        Web.of(web)
    assert str(error.value).startswith("payer and payee must be named: row 1 (")
    assert "row 2 (a → " in str(error.value)
    assert "row 0" not in str(error.value)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="payments lack the column payee, amount"):
        Web.of(pd.DataFrame({"payer": ["a"]}))


def test_sums_too_large_for_whole_thousands_are_refused() -> None:
    with pytest.raises(ValueError, match=r"more than 1e\+09 USD bn: row 1 \(b → a\) has 1e\+18"):
        Web.of(payments(("a", "b", 1.0), ("b", "a", 1e18)))


@pytest.mark.parametrize("measure", [roundtrip.bilateral, routes.returnable])
def test_an_unknown_party_is_refused_with_the_valid_ones(
    measure: Callable[[pd.DataFrame, str], object],
) -> None:
    with pytest.raises(ValueError) as error:
        measure(P19, "openia")
    assert str(error.value) == (
        '"openia" neither pays nor is paid; the parties are: '
        "coreweave, microsoft, nvidia, openai, oracle, softbank"
    )


def test_parallel_payments_are_added_up_and_rounded_to_a_thousand_dollars() -> None:
    # 0.0000004 three times is 1,200 dollars: a thousand; each alone would be nothing.
    web = Web.of(payments(*[("a", "b", 0.0000004)] * 3, ("b", "a", 0.0000004)))
    assert web.frame().to_dict("records") == [{"payer": "a", "payee": "b", "amount": 0.000001}]


def test_other_columns_and_any_index_are_ignored() -> None:
    web = P19.assign(year=2025, legs="x").set_index(np.zeros(len(P19), dtype=int))
    pd.testing.assert_frame_equal(Web.of(web).frame(), Web.of(P19).frame(), check_exact=True)


@every_measure
@given(web=webs(self_payments=True))
def test_payments_are_never_changed(
    measure: Callable[[pd.DataFrame], object], web: pd.DataFrame
) -> None:
    before = web.copy(deep=True)
    measure(web)
    pd.testing.assert_frame_equal(web, before, check_exact=True)


@given(web=webs(self_payments=True), data=st.data())
def test_the_order_of_rows_changes_nothing(web: pd.DataFrame, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(web))))
    assert str(results(web.iloc[order])) == str(results(web))


@given(web=webs(self_payments=True), data=st.data())
def test_splitting_a_payment_in_two_changes_nothing(web: pd.DataFrame, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(web) - 1))
    part = data.draw(st.floats(0, 1)) * web.amount[row]
    split = pd.concat([web, web.iloc[[row]].assign(amount=web.amount[row] - part)])
    split.iloc[row, split.columns.get_loc("amount")] = part
    assert str(results(split)) == str(results(web))


@given(web=webs(self_payments=True), factor=st.integers(2, 1000))
def test_shares_do_not_depend_on_the_unit_and_amounts_scale_with_it(
    web: pd.DataFrame, factor: int
) -> None:
    other = web.assign(amount=web.amount * factor)
    for share in (roundtrip.reciprocity, circulation.excess_share):
        assert share(other) == share(web)
    small, large = (circulation.maximum_circulation(w, ranges=False) for w in (web, other))
    assert large.index == small.index
    assert round(large.value * 1e6) == factor * round(small.value * 1e6)
    near, far = (routes.returnable(w, "a") for w in (web, other))
    assert far.share_of_inflow == near.share_of_inflow or np.isnan(near.share_of_inflow)
    assert round(far.value * 1e6) == factor * round(near.value * 1e6)
