"""One scenario by itself: its words, its circle and its breaks, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope import coupled, creditors, obligations, scenarios, spending, stress
from tightrope.chapters import scenario as chapter
from tightrope.chapters.scenario import Breaks, Circle
from tightrope.chapters.worlds import World
from tightrope.coupled import losses
from tightrope.creditors import Web
from tightrope.cutting import ALIKE, BY_TERMS, CONTRACTS_FIRST, ORDERS
from tightrope.dealbook import Dealbook
from tightrope.measures import funding, roundtrip
from tightrope.scenario_parameters import YEARS

from .test_coupled import WEB as CUT
from .test_coupled import drawn
from .webs import payments

pytestmark = pytest.mark.thorough

NAMES = {"cloud": "Cloud", "fund": "Fund", "customers": "customers"}
PAID = payments(
    ("customers", "lab", 50),
    ("cloud", "lab", 3),
    ("fund", "lab", 20),
    ("lab", "cloud", 10),
    ("lab", "wages", 40),
)


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


SHARES = pd.DataFrame(
    {"due": [10.0, 10.0], "first": [1.0, 0.75], "alike": [1.0, 0.5]}, index=[2027, 2028]
)
POOR = replace(CUT, income={"c": 0.0}, dues=CUT.dues.replace({"amount": {3.0: 6.0}}))
"""The cloud of `test_coupled` with less than its bills if it is paid all: 10 of 12 a year."""


def broken(strict: Web = CUT) -> Breaks:
    """15 of 30 is paid in the second year: the runs of `test_coupled`, by order and end."""
    path = drawn((30, 15))
    found = {
        (order, end): losses(web, path, order)
        for end, web in (("mild", replace(CUT, income={"c": 9.0})), ("strict", strict))
        for order in ORDERS
    }
    none = pd.DataFrame({"rows": []})
    held = stress.Partners(
        "lab", (2027, 2028), obligations.dated(none.assign(year=[], amount=[]), [2027], [1]), none,
        none, none, none, ("c",),
    )  # fmt: skip
    return Breaks(SHARES, held, found, ("parties/openai",))


def test_a_year_is_short_if_compute_cut_alike_leaves_contracts_unpaid() -> None:
    assert broken().short == [2028]


def test_what_stays_unpaid_hangs_on_whether_contracts_come_first() -> None:
    assert broken().unpaid(ALIKE) == 5
    assert broken().unpaid(CONTRACTS_FIRST) == broken().unpaid(BY_TERMS) == 2.5


def test_those_behind_lose_what_no_supplier_loses_in_each_order() -> None:
    # By hand: 2027 leaves 10 + 1 − 9 = 2 in the till. 2028: 5, or 7.5, or 10 of 10, and 1 for 9.
    assert broken().behind(ALIKE, "strict") == pytest.approx(1)
    assert broken().behind(CONTRACTS_FIRST, "strict") == 0
    assert broken().behind(ALIKE, "mild") == 0


def test_who_fails_is_said_with_its_first_year() -> None:
    assert broken().failing(ALIKE, "strict") == {"c": 2028}
    assert broken().failing(CONTRACTS_FIRST, "strict") == {}
    assert broken().failing(ALIKE, "mild") == {}


def test_who_fails_even_if_all_is_paid_is_not_broken_by_the_scenario() -> None:
    # By hand: 12 of bills and 10 a year if all is paid; half of it in 2028 leaves 5 more unpaid.
    poor = broken(POOR)
    assert poor.short_anyway("strict") == ["c"]
    assert poor.short_anyway("mild") == []
    assert poor.failing(ALIKE, "strict") == {"c": 2028}
    assert poor.failing(BY_TERMS, "strict") == {}


def test_each_order_is_cleared_at_the_mild_end_and_at_the_strict_one(book: Dealbook) -> None:
    world = World.of(book, "funding-stops", "openai", runs=2, seed=1)
    breaks = chapter.breaks(book, world)
    assert breaks.shares.equals(scenarios.contracts_paid(world.own).set_index("year"))
    assert set(breaks.found) == {(order, end) for order in ORDERS for end in ("mild", "strict")}
    for (order, end), found in breaks.found.items():
        reading = "debts and rents" if end == "mild" else "machines too"
        term = world.own.values["undated_term"]
        web = creditors.web(book, breaks.web, reading, end, term)
        honoured = world.own.values["commitments_honoured"]
        again = losses(web, coupled.as_assumed(world.own), order, 0.2, honoured)
        assert found.borne.tolist() == again.borne.tolist()


def test_what_a_scenario_clears_is_what_binds_and_not_what_is_announced_beside_it(
    planned: World, book: Dealbook
) -> None:
    web = chapter.breaks(book, planned).web
    binding, announced = (
        obligations.dated(
            obligations.supply(book, "openai", layer),
            list(YEARS),
            spending.undated_shares(book, YEARS, planned.own.values["undated_term"]),
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
