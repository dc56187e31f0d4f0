"""The circular share of sums that are ranges, on webs worked out by hand."""

from __future__ import annotations

import itertools
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures.roundtrip_range import round_trip_share

Side = tuple[float, float, float]
OPEN = math.nan


def sides(*partners: tuple[Side, Side]) -> pd.DataFrame:
    """A row a partner: what it puts in and what it is paid, each low, stated and high."""
    columns = [f"{side}_{end}" for side in ("in", "out") for end in ("low", "stated", "high")]
    return pd.DataFrame([[*one, *other] for one, other in partners], columns=columns)


def test_a_rumour_of_more_from_others_lowers_the_share_at_its_low_end_alone() -> None:
    # Birch gives 20 and is paid 40; Cedar gives 10; Maple gives 10, or 15 by a rumour.
    toy = sides(((20, 20, 20), (40, 40, 40)), ((10, 10, 10), (0, 0, 0)), ((10, 10, 15), (0, 0, 0)))
    assert round_trip_share(toy) == pytest.approx((20 / 45, 20 / 40, 20 / 40))


def test_the_share_is_largest_where_a_partner_gives_what_it_is_paid() -> None:
    # A gives 10 to 30 and is paid 20, B gives 10. A gives 10: 10/20; 20: 20/30; 30: 20/40.
    web = sides(((10, 25, 30), (20, 20, 20)), ((10, 10, 10), (0, 0, 0)))
    assert round_trip_share(web) == pytest.approx((1 / 2, 20 / 35, 2 / 3))


def test_a_sum_without_an_upper_end_counts_as_stated() -> None:
    web = sides(((10, 20, OPEN), (20, 20, 20)), ((10, 10, 10), (0, 0, 0)))
    assert round_trip_share(web) == pytest.approx((10 / 20, 20 / 30, 20 / 30))


def test_what_is_paid_without_an_upper_end_may_be_all() -> None:
    web = sides(((10, 10, 10), (0, 4, OPEN)))
    assert round_trip_share(web) == pytest.approx((0, 0.4, 1))


def test_where_nothing_is_paid_nothing_goes_round_however_little_comes_in() -> None:
    assert round_trip_share(sides(((0, 1, 2), (0, 0, 0)))) == (0, 0, 0)


def test_where_nothing_comes_in_there_is_no_share() -> None:
    assert all(math.isnan(end) for end in round_trip_share(sides(((0, 0, 0), (1, 2, 3)))))


_SIDE = st.lists(st.integers(0, 9), min_size=3, max_size=3).map(lambda ends: tuple(sorted(ends)))


@given(st.lists(st.tuples(_SIDE, _SIDE), min_size=1, max_size=3))
def test_no_amount_within_the_ranges_has_a_share_beyond_the_ends(
    partners: list[tuple[Side, Side]],
) -> None:
    low, _, high = round_trip_share(sides(*partners))
    grids = [
        itertools.product(range(int(one[0]), int(one[2]) + 1), (other[0], other[2]))
        for one, other in partners
    ]
    for chosen in itertools.product(*(list(grid) for grid in grids)):
        whole = sum(given for given, _ in chosen)
        if whole:
            share = sum(min(pair) for pair in chosen) / whole
            assert low - 1e-9 <= share <= high + 1e-9
