"""Legs drawn at random: distributions against theory, and what may never happen in any run.

Means and spreads are compared within four standard errors of the mean of their sample.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tightrope import ledger
from tightrope.dealbook import Dealbook
from tightrope.measures import roundtrip
from tightrope.measures.uncertainty import PRIORS, quantiles, sample, triangular

RUNS = 100_000
Range = tuple[float, float, float]
NOTHING: Range = (0.0, 0.0, 0.0)


def leg(
    deal: str,
    announced: Range,
    binding: Range = NOTHING,
    paid: Range = NOTHING,
    **more: Any,
) -> dict[str, object]:
    """A leg whose layers have these low, stated and high amounts."""
    layers = {"announced": announced, "binding": binding, "paid": paid}
    return (
        {"deal_id": deal, "leg_id": deal}
        | more
        | {
            f"{layer}{end}": amount
            for layer, ends in layers.items()
            for end, amount in zip(("_low", "", "_high"), ends, strict=True)
        }
    )


def certain(deal: str, ends: Range) -> dict[str, object]:
    return leg(deal, ends, ends, ends)


def chances(announced: float) -> dict[str, tuple[float, float]]:
    return dict(PRIORS) | {"announced": (announced, announced)}


def mean_within(values: np.ndarray, mean: float, spread: float) -> bool:
    return bool(abs(values.mean() - mean) < 4 * spread / np.sqrt(values.size))


def test_a_triangular_range_has_the_published_mean_and_variance() -> None:
    # P17: (10, 20, 60): mean 30, variance 116.666667.
    drawn = sample(pd.DataFrame([certain("a", (10, 20, 60))]), RUNS, seed=1)
    variance = 350 / 3
    assert mean_within(drawn, 30, np.sqrt(variance))
    # A triangular distribution has kurtosis 2.4: its squared deviations spread by √1.4 variances.
    assert mean_within((drawn - 30) ** 2, variance, np.sqrt(1.4) * variance)
    assert 10 <= drawn.min() <= drawn.max() <= 60


@pytest.mark.parametrize("ends", [(10, 20, 60), (0, 0, 5), (0, 5, 5), (7, 7, 7)])
@pytest.mark.parametrize("spread", ["triangular", "uniform"])
def test_each_draw_is_the_quantile_that_scipy_gives(ends: Range, spread: str) -> None:
    # The second leg of the deal is uniform on [0, 1]: it shows the quantile itself.
    legs = pd.DataFrame([certain("a", ends), certain("a", (0, np.nan, 1))])
    drawn, at = sample(legs, 1000, seed=2, spread=spread).T
    low, mode, high = ends
    if low == high:
        assert (drawn == low).all()
        return
    expected = (
        stats.uniform(low, high - low)
        if spread == "uniform"
        else stats.triang((mode - low) / (high - low), low, high - low)
    )
    np.testing.assert_allclose(drawn, expected.ppf(at), rtol=1e-9, atol=1e-9)


def test_a_triangle_narrower_than_one_has_the_shape_of_any_other() -> None:
    # By hand: the mode of 0 to 0.4 at 0.1 is the quantile 1/4; half way up to it lies 1/16.
    assert triangular([1 / 16, 1 / 4, 1], 0, 0.1, 0.4) == pytest.approx([0.05, 0.1, 0.4])


def test_an_announcement_comes_whole_or_not_at_all() -> None:
    # P17: 100 with a chance of 0.3: mean 30, standard deviation 45.8258.
    legs = pd.DataFrame([leg("a", (100, 100, 100))])
    drawn = sample(legs, RUNS, seed=3, chances=chances(0.3))
    assert set(drawn.ravel()) == {0.0, 100.0}
    assert mean_within(drawn, 30, 45.8258)


def test_the_legs_of_a_deal_live_or_die_together() -> None:
    legs = pd.DataFrame([leg("a", (100, 100, 100)), leg("a", (40, 40, 40)), leg("b", (1, 1, 1))])
    first, second, other = (sample(legs, RUNS, seed=4, chances=chances(0.3)) > 0).T
    assert (first == second).all()
    # Another deal has a fate of its own: both live in 0.3² of the runs.
    assert mean_within(first & other, 0.09, np.sqrt(0.09 * 0.91))


def test_the_legs_of_a_deal_grow_together() -> None:
    legs = pd.DataFrame([certain("a", (10, 20, 60)), certain("a", (0, 1, 9))])
    drawn = sample(legs, 1000, seed=5)
    assert (drawn[:, 0].argsort() == drawn[:, 1].argsort()).all()


@pytest.mark.thorough
def test_a_round_trip_inside_a_deal_is_as_likely_as_the_deal() -> None:
    # 30 come back of 100 with a chance of 0.3: 9 on average. Drawn apart it would be 2.7.
    ends = pd.DataFrame({"payer": ["o", "n"], "payee": ["n", "o"]})
    legs = pd.DataFrame([leg("a", (100, 100, 100)), leg("a", (30, 30, 30))])
    returned = np.array(
        [
            roundtrip.bilateral(ends.assign(amount=run), "o").round_trip.sum()
            for run in sample(legs, 1000, seed=6, chances=chances(0.3))
        ]
    )
    assert set(returned) == {0.0, 30.0}
    assert mean_within(returned, 9, 30 * np.sqrt(0.21))


def test_what_is_paid_never_dies_and_what_binds_outlives_what_is_announced() -> None:
    legs = pd.DataFrame([leg("a", (100, 100, 100), (60, 60, 60), (20, 20, 20))])
    drawn = sample(legs, RUNS, seed=7)
    assert set(drawn.ravel()) == {20.0, 60.0, 100.0}
    # The middle of the prior chances: 0.9 for what binds, 0.3 for what is announced.
    assert mean_within(drawn > 20, 0.9, 0.3)
    assert mean_within(drawn > 60, 0.3, np.sqrt(0.21))


def test_a_condition_makes_what_binds_less_certain_and_leaves_what_is_paid() -> None:
    ends = ((60.0, 60.0, 60.0), (60.0, 60.0, 60.0), (20.0, 20.0, 20.0))
    legs = pd.DataFrame([leg("a", *ends, conditional=True), leg("b", *ends, conditional=False)])
    hedged, plain = sample(legs, RUNS, seed=8).T
    assert set(hedged) == set(plain) == {20.0, 60.0}
    assert mean_within(hedged > 20, 0.7, np.sqrt(0.21))
    assert mean_within(plain > 20, 0.9, 0.3)


def test_deals_share_the_doubt_how_firm_announcements_are() -> None:
    # Chances between 0 and 1: given the outlook v both live with v², on average 1/3, not 1/4.
    legs = pd.DataFrame([leg("a", (1, 1, 1)), leg("b", (1, 1, 1))])
    wide = {"paid": (1.0, 1.0), "binding": (1.0, 1.0), "conditional": (1.0, 1.0)}
    drawn = sample(legs, RUNS, seed=9, chances=wide | {"announced": (0.0, 1.0)})
    assert mean_within(drawn.min(axis=1), 1 / 3, np.sqrt(2) / 3)


@pytest.mark.parametrize(("layer", "most"), [("paid", 20), ("binding", 60), ("announced", 100)])
def test_a_layer_leaves_out_the_layers_beyond_it(layer: str, most: float) -> None:
    legs = pd.DataFrame([leg("a", (100, 100, 100), (60, 60, 60), (20, 20, 20))])
    assert sample(legs, 1000, seed=10, layer=layer).max() == most


def test_an_amount_that_nobody_published_is_anywhere_in_its_range() -> None:
    drawn = sample(pd.DataFrame([certain("a", (0, np.nan, 96))]), RUNS, seed=11)
    assert mean_within(drawn, 48, 96 / np.sqrt(12))


def test_an_open_inner_layer_is_bounded_by_the_outer_one() -> None:
    legs = pd.DataFrame([leg("a", (30, 30, 30), (30, 30, 30), (0, np.nan, np.nan))])
    drawn = sample(legs, 1000, seed=12, layer="binding")
    assert 0 < drawn.min() < drawn.max() == 30


def test_a_leg_without_a_high_end_is_refused_by_name() -> None:
    legs = pd.DataFrame([certain("a", (1, 2, 3)), certain("b", (0, np.nan, np.nan))])
    with pytest.raises(ValueError) as error:
        sample(legs, 10, seed=0)
    assert str(error.value) == (
        "announced needs 0 ≤ low ≤ amount ≤ high, all but the amount known: b has 0, nan, inf"
    )


@pytest.mark.parametrize("ends", [(-1, 0, 1), (2, 1, 3), (1, 4, 3), (3, np.nan, 1)])
def test_a_range_out_of_order_is_refused_by_name(ends: Range) -> None:
    with pytest.raises(ValueError, match="0 ≤ low ≤ amount ≤ high, all but the amount known: a"):
        sample(pd.DataFrame([certain("a", ends)]), 10, seed=0)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"layer": "bindng"}, 'layer must be one of paid, binding, announced, not "bindng"'),
        ({"spread": "normal"}, 'spread must be one of triangular, uniform, not "normal"'),
        ({"runs": 0}, "runs must be at least 1, not 0"),
        ({"chances": {"paid": (1.0, 1.0)}}, "chances are needed for paid, binding, conditional"),
        ({"chances": chances(1.2)}, "chance of announced must be 0 ≤ low ≤ high ≤ 1, not 1.2"),
        ({"chances": chances(0.9)}, "announced money cannot be surer than binding money"),
    ],
)
def test_a_wrong_assumption_is_refused(wrong: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"runs": 10, "seed": 0} | wrong
    with pytest.raises(ValueError, match=message):
        sample(pd.DataFrame([certain("a", (1, 2, 3))]), **arguments)


def test_quantiles_are_five_fifty_and_ninety_five_unless_asked() -> None:
    assert quantiles(np.arange(101)).to_dict() == {0.05: 5, 0.5: 50, 0.95: 95}
    assert quantiles([1, 3], at=[0.5]).to_dict() == {0.5: 2}


@pytest.mark.parametrize(("values", "message"), [([], "0 of 0"), ([1, np.nan], "1 of 2")])
def test_quantiles_of_what_is_not_known_are_refused(values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=f"{message} values are not finite"):
        quantiles(values)


@given(order=st.permutations(range(4)), seed=st.integers(0, 2**32))
def test_a_seed_gives_the_same_amounts_whatever_the_order_of_rows(
    order: list[int], seed: int
) -> None:
    legs = pd.DataFrame(
        [leg("b", (1, 2, 3)), leg("a", (1, 2, 9)), leg("b", (0, 1, 1)), certain("c", (1, 2, 3))]
    )
    before = legs.copy(deep=True)
    straight, mixed = sample(legs, 20, seed), sample(legs.iloc[order], 20, seed)
    assert (mixed == straight[:, order]).all()
    assert (sample(legs, 20, seed) == straight).all()
    pd.testing.assert_frame_equal(legs, before, check_exact=True)


@pytest.mark.parametrize("layer", ["announced", "binding", "paid"])
def test_the_projects_own_legs_stay_between_what_is_paid_and_the_high_end(
    book: Dealbook, layer: str
) -> None:
    legs = ledger.flows(book, layer)
    legs = legs[legs[f"{layer}_high"].notna()]
    drawn = sample(legs, 200, seed=13, layer=layer)
    assert (drawn >= legs.paid_low.to_numpy() - 1e-9).all()
    assert (drawn <= legs[f"{layer}_high"].to_numpy() + 1e-9).all()
