"""One scenario by itself: its words, its circle and its breaks, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope import obligations, scenarios, stress
from tightrope.chapters import scenario as chapter
from tightrope.chapters.scenario import Breaks, Circle
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook
from tightrope.measures import funding, roundtrip

from .stressed import WEB
from .webs import payments

NAMES = {"cloud": "Cloud", "fund": "Fund", "customers": "customers"}
PAID = payments(
    ("customers", "lab", 50),
    ("cloud", "lab", 3),
    ("fund", "lab", 20),
    ("lab", "cloud", 10),
    ("lab", "wages", 40),
)
BY = ("by Lab", "by a partner")


@pytest.fixture
def world(tiny: Dealbook) -> World:
    return World.of(tiny, "as-planned", "openai", runs=2, seed=1)


@pytest.fixture(scope="module")
def planned(book: Dealbook) -> World:
    return World.of(book, "as-planned", "openai", runs=2, seed=1)


def found() -> Circle:
    """The circle of PAID; nothing goes on from the cloud."""
    direct = roundtrip.bilateral(PAID, "lab")
    return Circle(PAID, direct, 3.0, funding.external_share(PAID, "lab", ["customers"]), 73.0)


def test_what_a_scenario_changes_is_said_beside_the_base(tiny: Dealbook, world: World) -> None:
    half = World.of(tiny, "growth-halves", "openai", runs=2, seed=1)
    assert chapter.changes(half, tiny) == ("1 of 17 assumptions: revenue growth 25%, not 50%.")
    assert chapter.changes(world, tiny) == ""


def test_what_is_paid_out_is_negative_and_what_comes_in_is_not(world: World) -> None:
    moves = chapter.in_and_out(world)
    first = moves[moves.year.eq(2026)].set_index("series").amount
    assert first.round(9).to_dict() == {
        "Revenue": 40, "New money from investors": 30, "Compute": -50, "Other costs": -12,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("net", "words"),
    [
        ((1, 2, 3), "Revenue covers the costs in every year"),
        ((-1, -2, -3), "Revenue covers the costs in no year"),
        ((-1, -2, 3), "Revenue covers the costs in no year before 2028"),
        ((1, -2, -3), "Costs exceed revenue in 2027 and 2028"),
        ((-1, 1, -3), "Costs exceed revenue in 2026 and 2028"),
    ],
)
def test_the_years_that_revenue_covers_are_said(net: tuple[int, ...], words: str) -> None:
    years = pd.Index([2026, 2027, 2028])
    path = pd.DataFrame({"revenue": [10 + one for one in net]}, index=years)
    assert chapter.covers_costs(path.assign(compute=6, other_costs=4)) == words


def test_what_goes_straight_back_is_the_smaller_sum_with_each_partner() -> None:
    assert found().round_trip == 3
    assert list(found().returns.party) == ["cloud"]


def test_both_sides_part_what_goes_both_ways_from_the_rest(world: World) -> None:
    table = chapter.sources_and_uses(found(), replace(world, focal="lab"), NAMES)
    lanes = [(row[1], row[0], row[2]) for row in table[["name", "side", "kind"]].values]
    assert lanes == [
        ("source", "customers", "only one way"),
        ("source", "Fund", "only one way"),
        ("source", "Cloud, as much as goes both ways", "both ways"),
        ("use", "wages", "only one way"),
        ("use", "Cloud, as much as goes both ways", "both ways"),
        ("use", "Cloud, the rest", "only one way"),
        ("source", "cash at the start", "only one way"),
        ("source", "not found: the gap", "nobody yet"),
        ("use", "cash at the end", "only one way"),
    ]
    assert list(table.low[:6]) == [50, 20, 3, 40, 3, 7]
    # The gap counts down to the minimum of 10, so that is what is left.
    assert list(table.low[6:]) == pytest.approx([50, world.lacks.stated, 10])
    assert table.low.equals(table.high)


def test_sources_are_as_long_as_uses_in_every_scenario(planned: World, book: Dealbook) -> None:
    circle = chapter.circle(book, planned)
    table = chapter.sources_and_uses(circle, planned, chapter.names(book))
    sides = table.groupby("side").low.sum()
    assert sides["source"] == pytest.approx(sides["use"])


def test_the_circle_of_a_scenario_is_that_of_its_own_payments(
    planned: World, book: Dealbook
) -> None:
    circle = chapter.circle(book, planned)
    budget = planned.own.budget()
    assert circle.total_in == pytest.approx((budget["revenue"] + budget["funding"]).sum())
    paid = circle.paid
    there = paid[paid.payee.eq("openai")].groupby("payer").amount.sum()
    back = paid[paid.payer.eq("openai")].groupby("payee").amount.sum()
    smaller = pd.concat([there, back], axis=1).min(axis=1, skipna=False).sum()
    assert circle.round_trip == pytest.approx(smaller)
    # Over the chip makers more can return than straight, and no more than comes in from them.
    assert circle.round_trip < circle.any_route < circle.total_in


def test_what_is_unpaid_depends_on_whom_the_money_goes_to_first() -> None:
    shares = pd.DataFrame({"due": [10.0, 20.0], "first": [1.0, 0.75], "alike": [0.9, 0.5]})
    assert chapter.unpaid(shares, "first") == 5
    assert chapter.unpaid(shares, "alike") == pytest.approx(11)


def broken() -> Breaks:
    """Two clouds miss revenue, and one of them its lenders; one supplier cannot be tested."""
    lost = pd.DataFrame(
        [
            (2028, "cloud", "supplier", 6.0, 0.0, True),
            (2027, "rack", "supplier", 2.0, 0.5, True),
            (2027, "cloud", "supplier", 4.0, 0.0, False),
            (2027, "broker", "supplier", 9.0, 0.0, False),
            (2028, "bank", "lenders", 0.0, 1.5, False),
            (2028, "hall", "landlords", 0.0, 0.02, False),
        ],
        columns=["year", "party", "kind", "first_round", "passed_on", "new_default"],
    )
    none = pd.DataFrame({"rows": []})
    web = stress.Partners(
        "lab", (2027, 2028), obligations.dated(none.assign(year=[], amount=[]), [2027], 1), none,
        none, none, none, ("cloud", "rack"),
    )  # fmt: skip
    shares = pd.DataFrame(
        {"due": [10.0, 10.0], "first": [1.0, 1.0], "alike": [1.0, 0.5]}, index=[2027, 2028]
    )
    return Breaks(shares, web, {"strict": lost, "mild": lost.iloc[:0]}, ("parties/openai",))


def test_a_year_is_short_if_compute_cut_alike_leaves_contracts_unpaid() -> None:
    assert broken().short == [2028]


def test_those_behind_lose_what_no_supplier_loses() -> None:
    assert broken().behind("strict") == pytest.approx(1.52)
    assert broken().behind("mild") == 0


def test_only_partners_that_can_be_tested_count_as_missing_revenue() -> None:
    assert broken().missed("strict") == 6 + 2.5 + 4


def test_who_fails_is_said_with_its_first_year() -> None:
    assert broken().failing("strict").to_dict() == {"rack": 2027, "cloud": 2028}
    assert list(broken().failing("strict").index) == ["rack", "cloud"]


@pytest.mark.parametrize(
    ("share", "high", "new", "anyway"),
    [
        # The cloud owes 9, or 24, with its machines, and has 1 from others and 10 × the share.
        (0.5, 6.0, {"microsoft": 2027}, []),
        (0.5, 21.0, {}, ["microsoft"]),
        (1.0, 6.0, {}, []),
    ],
)
def test_who_fails_even_if_all_is_paid_is_not_broken_by_the_scenario(
    share: float, high: float, new: dict[str, int], anyway: list[str]
) -> None:
    web = replace(WEB, charges=WEB.charges.assign(high=[high, high, 1.0, 1.0]))
    lost = {"strict": stress.beyond_full(web, share, "machines too", "strict")}
    found = Breaks(broken().shares, web, lost, ())
    assert found.failing("strict").to_dict() == new
    assert found.failing_anyway("strict") == anyway


def test_creditors_are_summed_over_the_years_and_small_sums_left_out() -> None:
    bars = chapter.creditors(broken(), {"cloud": "Cloud"}, "strict", BY)
    assert bars.values.tolist() == [
        ["Cloud", "by Lab", 10],
        ["rack", "by Lab", 2.5],
        ["Lenders", "by a partner", 1.5],
    ]


def test_nobody_is_a_creditor_where_nothing_is_lost() -> None:
    assert chapter.creditors(broken(), {}, "mild", BY).empty


def test_the_mild_end_pays_contracts_first_and_the_strict_end_cuts_all_alike(
    book: Dealbook,
) -> None:
    world = World.of(book, "funding-stops", "openai", runs=2, seed=1)
    breaks = chapter.breaks(book, world)
    shares = scenarios.contracts_paid(world.own).set_index("year")
    assert breaks.shares.equals(shares)
    for end, order, reading in (
        ("mild", "first", "debts and rents"),
        ("strict", "alike", "machines too"),
    ):
        again = stress.beyond_full(breaks.web, shares[order], reading, end)
        assert breaks.lost[end].equals(again)
    assert breaks.missed("strict") >= breaks.missed("mild")


def test_what_a_scenario_clears_is_what_binds_and_not_what_is_announced_beside_it(
    planned: World, book: Dealbook
) -> None:
    web = chapter.breaks(book, planned).web
    binding, announced = (
        obligations.dated(
            obligations.supply(book, "openai", layer),
            list(chapter.YEARS),
            planned.own.values["undated_term"],
        )
        for layer in ("binding", "announced")
    )
    assert web.dues.equals(binding[binding.year.isin(web.years)].reset_index(drop=True))
    # Broadcom's chips: signed for a sum, announced without one.
    assert set(binding.leg_id) - set(announced.leg_id) == {"broadcom-chips"}


def test_breaks_rest_on_the_scenario_and_on_the_books_of_the_tested(
    planned: World, book: Dealbook
) -> None:
    breaks = chapter.breaks(book, planned)
    assert breaks.rows[: len(planned.rows)] == planned.rows
    assert {row for rows in breaks.web.tills.rows for row in rows} <= set(breaks.rows)
