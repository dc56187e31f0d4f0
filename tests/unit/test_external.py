"""The external share of ranges: worked by hand, and against every point of a grid."""

from __future__ import annotations

import math
from collections import Counter
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.dealbook import Dealbook
from tightrope.measures.external import ExternalRange, external_range
from tightrope.measures.funding import external_share
from tightrope.quantities import of

NAN = math.nan
ENDS = ["low", "stated", "high"]


def money(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Money given: leg, payer, low, stated, high, and the leg whose sum contains it."""
    full = [row if len(row) == 6 else (*row, "") for row in rows]
    return pd.DataFrame(full, columns=["leg_id", "payer", *ENDS, "part_of"])


def ways(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Other payments: payer, payee, low and, if they differ, stated and high."""
    full = [row if len(row) == 5 else (*row, row[2], row[2]) for row in rows]
    return pd.DataFrame(full, columns=["payer", "payee", *ENDS]).astype(dict.fromkeys(ENDS, float))


def test_without_ranges_it_is_the_share_of_single_sums() -> None:
    # The fund gives 4 and gets nothing, the cloud gives 10 and gets 7: 4 + 3 of 14.
    found = external_range(
        money(("a", "fund", 4, 4, 4), ("b", "cloud", 10, 10, 10)), ways(("o", "cloud", 7)), "o"
    )
    assert found.share == pytest.approx([7 / 14] * 3)
    assert found.usd_bn == (7, 7, 7)
    assert found.inflow == (14, 14, 14)


def test_sums_below_a_billion_have_the_same_shares() -> None:
    # As below, a hundred times smaller: the fund 0.04, the cloud 0.10 of which 0.07 is not its own.
    found = external_range(
        money(("a", "fund", 0.04, 0.04, 0.04), ("b", "cloud", 0.1, 0.1, 0.2)),
        ways(("o", "cloud", 0.07)),
        "o",
    )
    # The least: 7 of 14; the most, where the cloud gives 0.2: 0.04 and 0.13 of 0.24.
    assert found.share == pytest.approx((7 / 14, 7 / 14, 17 / 24))
    assert found.usd_bn == pytest.approx((0.07, 0.07, 0.17))


def test_a_strangers_range_and_a_suppliers_range_meet_at_opposite_ends() -> None:
    # The stranger 4 to 6, the supplier 10 to 20, all its own: 4 of 24 at least, 6 of 16 at most.
    found = external_range(
        money(("a", "fund", 4, 5, 6), ("b", "cloud", 10, 10, 20)), ways(("o", "cloud", 1e5)), "o"
    )
    assert found.share == pytest.approx((4 / 24, 5 / 15, 6 / 16))
    assert found.usd_bn == (4, 5, 6)


def test_the_least_share_may_lie_within_a_range() -> None:
    # The fund gives 4. The cloud gives 0 to 20 and gets 7. At 7 all the cloud's money is the
    # party's own: 4 of 11. At 0 the share is 4 of 4, at 20 it is 17 of 24.
    found = external_range(
        money(("a", "fund", 4, 4, 4), ("b", "cloud", 0, 0, 20)), ways(("o", "cloud", 7)), "o"
    )
    assert found.share == pytest.approx((4 / 11, 1, 1))
    assert found.usd_bn == (4, 4, 17)


def test_who_is_paid_a_range_may_have_got_all_or_nothing() -> None:
    found = external_range(
        money(("a", "maker", 30, 30, 30), ("b", "fund", 10, 10, 10)),
        ways(("o", "maker", 0, 0, 175)),
        "o",
    )
    assert found.share == pytest.approx((10 / 40, 1, 1))
    assert found.usd_bn == (10, 40, 40)


def test_a_payment_without_an_upper_end_may_be_all_that_was_given() -> None:
    open_ = ways(("o", "maker", 5, 5, NAN))
    found = external_range(money(("a", "maker", 30, 30, 30)), open_, "o")
    assert found.share == pytest.approx((0, 25 / 30, 25 / 30))


def test_money_given_without_an_upper_end_counts_as_stated() -> None:
    found = external_range(money(("a", "fund", 10, 30, NAN)), ways(), "o")
    assert found.inflow == (10, 30, 30)


def test_along_the_web_it_is_what_no_route_can_bring() -> None:
    # 7 can reach the cloud and 5 of it the fund, which gives 6: 1 of 6 is external.
    web = ways(("o", "cloud", 7), ("cloud", "fund", 5))
    assert external_range(money(("a", "fund", 6, 6, 6)), web, "o").share[0] == pytest.approx(1 / 6)


def test_of_a_shared_sum_the_supplier_may_have_given_all_or_nothing() -> None:
    # The rest of a round is 8 to 9 and stands with the funds; a supplier took any part of it.
    # The funds gave 5 besides. Least: 5 of 14. Most: 14 of 14, or 13 of 13.
    found = external_range(
        money(
            ("before", "funds", 5, 5, 5),
            ("rest", "funds", 8, 9, 9),
            ("s", "cloud", 0, 0, 9, "rest"),
        ),
        ways(("o", "cloud", 1e5)),
        "o",
    )
    assert found.share == pytest.approx((5 / 14, 1, 1))
    assert found.usd_bn == (5, 14, 14)
    assert found.inflow == (13, 14, 14)


def test_a_stranger_may_have_taken_a_suppliers_shared_sum() -> None:
    found = external_range(
        money(("rest", "cloud", 8, 9, 9), ("s", "fund", 0, 0, 9, "rest")),
        ways(("o", "cloud", 1e5)),
        "o",
    )
    assert found.share == pytest.approx((0, 0, 1))


def test_where_nothing_is_given_there_is_no_share() -> None:
    found = external_range(money(), ways(("o", "cloud", 1)), "o")
    assert all(math.isnan(end) for end in found.share)
    assert found.usd_bn == (0, 0, 0)


RANGES = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted)
GIVEN = st.lists(st.tuples(st.sampled_from("abc"), RANGES), min_size=1, max_size=3)
ROUTES = st.lists(
    st.tuples(st.sampled_from("oabcd"), st.sampled_from("abcd"), RANGES), min_size=1, max_size=4
)


def on_a_grid(
    gifts: pd.DataFrame, web: pd.DataFrame, taker: str
) -> tuple[list[float], list[float]]:
    """Shares and dollars at every whole point of all ranges, by the measure of single sums."""
    spans = [
        range(int(low), int(high) + 1) for low, high in zip(gifts.low, gifts.high, strict=True)
    ]
    # Many points are one web: payments of one pair are added up.
    webs = dict.fromkeys(
        tuple(sorted(_added_up(web, end, gifts.payer, amounts, taken, taker or "a").items()))
        for end in ("low", "high")
        for amounts in product(*spans)
        for taken in range(amounts[0] + 1 if taker else 1)
    )
    shares, dollars = [], []
    for pairs in webs:
        rows = [(payer, payee, amount) for (payer, payee), amount in pairs]
        table = pd.DataFrame(rows, columns=["payer", "payee", "amount"])
        if not table.amount[table.payee.eq("o")].sum():
            dollars.append(0.0)
            continue
        found = external_share(table, "o")
        shares.append(found.multi_hop)
        dollars.append(found.multi_hop_usd_bn)
    return shares, dollars


def _added_up(
    web: pd.DataFrame,
    end: str,
    givers: pd.Series[str],
    amounts: tuple[int, ...],
    taken: int,
    taker: str,
) -> Counter[tuple[str, str]]:
    """The payments of one point by payer and payee: of the first gift, some is the taker's."""
    found: Counter[tuple[str, str]] = Counter()
    for payer, payee, amount in zip(web.payer, web.payee, web[end], strict=True):
        found[payer, payee] += amount
    for payer, amount in zip(givers, amounts, strict=True):
        found[payer, "o"] += float(amount)
    found[givers.iloc[0], "o"] -= taken
    found[taker, "o"] += float(taken)
    return found


@pytest.mark.no_cover  # other tests reach the same lines; traced, it takes half as long again
@given(GIVEN, ROUTES, st.sampled_from(["", "a", "b", "d"]))
@pytest.mark.thorough
def test_no_point_of_the_ranges_lies_beyond_the_ends(
    gifts: list[tuple[str, list[int]]], routes: list[tuple[str, str, list[int]]], taker: str
) -> None:
    table = money(
        *[(f"leg{n}", payer, low, low, high) for n, (payer, (low, high)) in enumerate(gifts)],
        *([("part", taker, 0, 0, NAN, "leg0")] if taker else []),
    )
    web = ways(
        *[(one, other, low, low, high) for one, other, (low, high) in routes if one != other]
    )
    shares, dollars = on_a_grid(table[table.part_of.eq("")], web, taker)
    found: ExternalRange = external_range(table, web, "o")
    if not shares:
        assert all(math.isnan(end) for end in found.share)
        return
    # Whole widths make whole flows, so that both ends lie on the grid.
    assert (found.share.low, found.share.high) == pytest.approx((min(shares), max(shares)))
    assert (found.usd_bn.low, found.usd_bn.high) == pytest.approx((min(dollars), max(dollars)))


def test_in_the_projects_data_each_reading_looks_further_than_the_net_one(book: Dealbook) -> None:
    q = of(book)
    for end in ENDS:
        net = getattr(q["external_share_net"], end)
        assert getattr(q["external_share"], end) <= net
        assert getattr(q["external_share_any_route"], end) <= net


def test_the_strict_share_is_outsiders_over_all_at_opposite_ends(book: Dealbook) -> None:
    # From the announced legs, by hand: outsiders 0.5 + 30 + 11 + 30 + 3 + 5 = 79.5 at least, with
    # the rest of the round, 8 to 9, at Microsoft; 2.2 + 30 + 11 + 30 + 4 + 6 + 9 = 92.2 at most.
    # Suppliers: Microsoft 11.5 to 13.5, Nvidia 30.1, Amazon 50.
    q = of(book.as_of("2026-10-09"))
    share, dollars = q["external_share"], q["external_money"]
    assert (dollars.low, dollars.high) == pytest.approx((79.5, 92.2))
    assert share.low == pytest.approx(79.5 / (79.5 + 13.5 + 9 + 30.1 + 50))
    assert share.high == pytest.approx(92.2 / (92.2 + 11.5 + 30.1 + 50))
    assert share.stated == pytest.approx(dollars.stated / q["to_come_in_for_shares"].stated)
