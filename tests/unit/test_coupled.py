"""Runs through the waterfall: by hand on one supplier, and what no order of cutting may ever do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope import coupled, creditors, cutting, scenarios, stress, terms
from tightrope.coupled import Losses, losses, payable, with_round
from tightrope.creditors import LANDLORDS, LENDERS, OTHERS, Web
from tightrope.cutting import ALIKE, BY_TERMS, CONTRACTS_FIRST, ORDERS
from tightrope.dealbook import Dealbook
from tightrope.measures import runway
from tightrope.measures.simulation import Simulation

pytestmark = pytest.mark.thorough

PROMISED = ["guarantor", "debtor", "payee", "rank", "cap", "leg_id"]


def dues(*rows: tuple[int, str, str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=creditors.DUES)


# In each of two years o owes c and d 10 by contract, and 10 beyond. c has 1 a year from others, and
# owes lenders 4, a landlord 2, who owes a bank 1.5, and a maker 3.
BILLS = [
    ("c", "c-lenders", LENDERS, 4.0),
    ("c", "c-landlords", LANDLORDS, 2.0),
    ("c", "maker", OTHERS, 3.0),
    ("c-landlords", "bank", LENDERS, 1.5),
]
YEARS = (2027, 2028)
WEB = Web(
    focal="o",
    years=YEARS,
    tested=("c",),
    contracts=pd.DataFrame(
        [(year, payee, condition, 10.0) for year in YEARS
         for payee, condition in (("c", "on_delivery"), ("d", "option"))],
        columns=["year", "payee", "condition", "amount"],
    ),
    dues=dues(*((year, *bill) for year in YEARS for bill in BILLS)),
    moved=dues(),
    income={"c": 1.0},
    till={"c": 0.0},
    kinds={
        "c": "supplier", "d": "supplier", "c-lenders": "lenders", "c-landlords": "landlords",
        "maker": "makers of machines", "bank": "banks of landlords",
    },
    guarantees=pd.DataFrame(columns=PROMISED),
    uncalled=(),
)  # fmt: skip


def drawn(*paid: tuple[float, float], owed: float = 30.0) -> Simulation:
    """Runs in which so much can be paid for compute in each year, of `owed`."""
    can = np.array(paid, dtype=np.float64)
    compute = np.full_like(can, owed)
    # Cash as it would be if all was paid out of what there is, and no buffer is kept.
    cash = (can - compute).cumsum(axis=1)
    peak = np.maximum(0.0, -cash.min(axis=1))
    none = np.full(len(can), np.nan)
    return Simulation(np.array(YEARS), compute, compute, cash, peak, peak, none)


def borne(found: Losses, run: int = 0, year: int = 0) -> dict[str, float]:
    """What each bears of what it does not bear anyway; rows of guarantors are marked."""
    names = [
        f"{row.party} guarantees" if row.kind == creditors.GUARANTOR else str(row.party)
        for row in found.parties.itertuples()
    ]
    row = found.borne[run, year]
    return {name: float(one) for name, one in zip(names, row, strict=True) if abs(one) > 1e-9}


def test_what_can_be_paid_for_compute_is_what_one_path_can_pay(book: Dealbook) -> None:
    for name in scenarios.ids(book):
        own = scenarios.scenario(book, name)
        path = own.gap().path
        revenue, compute, cash = (
            path[[name]].T.to_numpy() for name in ("revenue", "compute", "cash")
        )
        peak = np.array([own.gap().peak])
        run = Simulation(path.year.to_numpy(), revenue, compute, cash, peak, peak, peak)
        same = runway.pay_ratios(**own.budget()).paid
        assert payable(run)[0].tolist() == pytest.approx(same.to_list(), abs=1e-9)


def test_all_compute_alike_is_cut_by_the_same_share() -> None:
    # By hand: 15 of 30. c gets 5 and has 6: lenders 4, landlord 2, and the maker nothing of 3.
    found = losses(WEB, drawn((15, 30)), ALIKE)
    assert borne(found) == pytest.approx(
        {"c": 2, "d": 5, "maker": 3, "compute-beyond-contracts": 5}
    )
    assert found.passed_on[0, 0].tolist() == pytest.approx([3])
    # In 2028 all is paid, and c owes none of what it did not pay.
    assert borne(found, year=1) == {}


def test_what_is_not_contracted_is_cut_first() -> None:
    # By hand: 15 for contracts of 20: c gets 7.5 and lacks 0.5 of its 9.
    found = losses(WEB, drawn((15, 30)), CONTRACTS_FIRST)
    assert borne(found) == pytest.approx(
        {"c": 2, "d": 2.5, "maker": 0.5, "compute-beyond-contracts": 10}
    )


def test_contracts_are_cut_as_their_terms_allow() -> None:
    # By hand: 15: c's 10 is due on delivery, d's is an option: 5.
    found = losses(WEB, drawn((15, 30)), BY_TERMS)
    assert borne(found) == pytest.approx({"d": 5, "compute-beyond-contracts": 10})
    assert not found.short.any()


def test_every_condition_of_a_contract_has_its_place_in_the_order() -> None:
    known = {condition for part in terms.PARTS.values() for condition in part}
    owed = pd.DataFrame(
        [(2027, "d", condition, 1.0) for condition in sorted(known)], columns=WEB.contracts.columns
    )
    layout = cutting.Layout(replace(WEB, contracts=owed), BY_TERMS, 0.0, np.ones(2))
    assert sorted(layout.ranked.rank[: layout.cuts].tolist()) == [0, 1, 2, 3]
    assert layout.ranked.rank[layout.cuts] == 4


def test_power_and_staff_are_paid_first_and_what_is_not_earned_costs_less() -> None:
    # By hand: a fifth of the 5 that c earns is 1 for power; of the 5 left lenders get 4 and the
    # landlord 1 of 2, who has 1 for its bank's 1.5. 1 of power is not bought: it would have cost 2.
    found = losses(WEB, drawn((15, 30)), ALIKE, operating_share=0.2)
    assert borne(found) == pytest.approx(
        {
            "d": 5, "maker": 3, "compute-beyond-contracts": 5, "c-landlords": 0.5, "bank": 0.5,
            "power-and-staff": 1,
        }
    )  # fmt: skip
    assert found.passed_on[0, 0].tolist() == pytest.approx([4])


def test_what_is_not_honoured_of_contracts_is_lost_to_suppliers() -> None:
    # By hand, 2028: half of each 10 is owed, and 20 beyond, and all of it is paid. c has 5 and 2
    # left of 2027, and 1: 1 short of 9. With a fifth for power 1 of it is not bought: c has 2027's
    # 2 − 2, 5 and 1, less 1: 4 short.
    found = losses(WEB, drawn((30, 30)), ALIKE, honoured=0.5)
    assert found.passed_on[0, :, 0].tolist() == pytest.approx([0, 1])
    assert borne(found, year=1) == pytest.approx({"c": 4, "d": 5, "maker": 1})
    dear = losses(WEB, drawn((30, 30)), ALIKE, 0.2, 0.5)
    assert dear.passed_on[0, :, 0].tolist() == pytest.approx([0, 4])
    assert borne(dear, year=1)["power-and-staff"] == pytest.approx(1)


def test_what_is_left_of_a_year_pays_in_the_next() -> None:
    # By hand: 2027 leaves 10 + 1 − 9 = 2. In 2028 c gets 3 of 10 and has 2 + 1 + 3 for 9.
    found = losses(WEB, drawn((30, 9)), ALIKE)
    assert found.passed_on[0, :, 0].tolist() == pytest.approx([0, 3])
    # Of 7 that are not paid, 4 come out of what was left.
    assert borne(found, year=1)["c"] == pytest.approx(4)


def test_what_a_supplier_would_not_pay_anyway_is_not_the_focal_partys_doing() -> None:
    # By hand: without other income c lacks 1 of 11 each year if all is paid, the maker's.
    poor = replace(WEB, income={"c": 0.0}, dues=WEB.dues.replace({"amount": {3.0: 5.0}}))
    found = losses(poor, drawn((27, 30)), ALIKE)
    assert found.own_gap[:, 0].tolist() == pytest.approx([1, 1])
    assert found.passed().to_list() == pytest.approx([3, 3, 3])
    assert found.passed(beyond=True).to_list() == pytest.approx([1, 1, 1])
    # One tenth is not paid: c lacks 2, of which 1 is of its own.
    assert found.passed_on[0, :, 0].tolist() == pytest.approx([2, 1])
    assert borne(found)["maker"] == pytest.approx(1)
    shares = found.shares_short()
    assert shares.share.to_list() == [1, 1, 1]
    assert shares.year.isna().to_list() == [False, False, True]
    assert shares.share_beyond.to_list() == [1, 0, 1]


GUARDED = replace(
    WEB,
    income={**WEB.income, "g": 0.0},
    till={**WEB.till, "g": 3.0},
    guarantees=pd.DataFrame([("g", "o", "c", OTHERS, 4.0, "leg")], columns=PROMISED),
)


def test_a_guarantee_is_called_in_the_same_state_and_its_cap_is_used_up() -> None:
    # By hand: c lacks 5 of o; g owes 4 of it and has 3. c has 5 + 3 + 1 = 9, and pays all.
    found = losses(GUARDED, drawn((15, 15)), ALIKE)
    assert borne(found) == pytest.approx(
        {"c": 2, "g guarantees": 3, "d": 5, "compute-beyond-contracts": 5}
    )
    # In 2028 g has nothing left, and 1 of its cap.
    assert found.called[0, :, 0].tolist() == pytest.approx([3, 0])
    richer = losses(replace(GUARDED, till={"c": 0.0, "g": 9.0}), drawn((15, 15)), ALIKE)
    assert richer.called[0, :, 0].tolist() == pytest.approx([4, 0])


def test_what_partners_owe_each_other_changes_nothing_while_it_is_paid() -> None:
    moved = dues(*((year, "m", "c", OTHERS, 0.5) for year in YEARS))
    both = replace(
        WEB,
        tested=("c", "m"),
        dues=pd.concat([WEB.dues, moved]),
        moved=moved,
        income={**WEB.income, "m": 0.0},
        till={**WEB.till, "m": 0.0},
    )
    for share in (0.0, 0.2):
        alone, beside = (losses(web, drawn((15, 24)), ALIKE, share) for web in (WEB, both))
        np.testing.assert_allclose(beside.passed_on[:, :, 0], alone.passed_on[:, :, 0], atol=1e-9)
    # If m owes others 0.25 first, it has half for c, which lacks 0.25 more whoever pays.
    first = dues((2027, "m", "x", LENDERS, 0.25))
    short = losses(replace(both, dues=pd.concat([both.dues, first])), drawn((15, 30)), ALIKE)
    assert short.passed_on[0, 0].tolist() == pytest.approx([3.25, 0.25])


def test_losses_are_spread_over_the_runs_by_party_and_kind() -> None:
    # By hand: the maker bears 3 in the first run and nothing in 19 others.
    found = losses(WEB, drawn((15, 30), *[(30.0, 30.0)] * 19), ALIKE)
    table = found.by_party().set_index("party")
    assert table.loc["maker", "mean"] == pytest.approx(0.15)
    # 95 % lies a twentieth of the way from the 19th to the 20th run, 99 % four fifths on.
    assert table.loc["maker", ["p95", "p99"]].to_list() == pytest.approx([0.15, 2.43])
    kinds = found.by_kind().set_index("kind")
    assert kinds.loc["supplier", "mean"] == pytest.approx((2 + 5) / 20)
    assert found.passed().to_dict() == pytest.approx({"mean": 0.15, "p95": 0.15, "p99": 2.43})
    assert table["mean"].sum() == pytest.approx(15 / 20)


@given(
    st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30)), min_size=1, max_size=4),
    st.sampled_from(ORDERS),
    st.sampled_from([0.0, 0.2, 0.3]),
)
def test_all_that_is_borne_is_what_the_focal_party_does_not_pay(
    paid: list[tuple[float, float]], order: str, share: float
) -> None:
    found = losses(GUARDED, drawn(*paid), order, share)
    missing = 30 - np.array(paid)
    assert found.borne.sum(axis=2).tolist() == [pytest.approx(row, abs=1e-7) for row in missing]


@given(st.floats(0, 30), st.floats(0, 30), st.sampled_from(ORDERS))
def test_who_can_pay_more_passes_on_less(one: float, other: float, order: str) -> None:
    less, more = sorted((one, other))
    found = losses(GUARDED, drawn((less, less), (more, more)), order, 0.2)
    first, second = found.passed_on.sum(axis=1)
    assert (second <= first + 1e-9).all()


@pytest.mark.parametrize("share", [0.9, 0.6, 0.2])
@pytest.mark.parametrize("reading", stress.READINGS)
def test_without_ranks_cost_and_edges_it_is_the_waterfall_of_before(
    book: Dealbook, reading: str, share: float
) -> None:
    own = coupled.partners_of(book, scenarios.scenario(book))
    web = creditors.web(book, own, reading, connected=False)
    equal = replace(web, dues=web.dues.assign(rank=1))
    due = own.dues.groupby("year").amount.sum().to_numpy()
    cash = ((share - 1) * due).cumsum()[None, :]
    run = Simulation(
        np.array(web.years), due[None, :], due[None, :], cash, -cash.min(axis=1),
        -cash[:, -1], np.array([np.nan]),
    )  # fmt: skip
    found = losses(equal, run, ALIKE)
    cleared = stress.run(own, share, reading, "strict").set_index(["party", "year"])
    for place, party in enumerate(web.tested):
        same = cleared.shortfall[party].to_list()
        assert found.passed_on[0, :, place].tolist() == pytest.approx(same, abs=1e-5)
    beyond = stress.beyond_full(own, share, reading, "strict").set_index(["party", "year"])
    for place, party in enumerate(found.parties.party):
        if found.parties.kind[place] in ("lenders", "landlords", "makers of machines"):
            same = (beyond.first_round + beyond.passed_on)[party].to_list()
            assert found.borne[0, :, place].clip(0).tolist() == pytest.approx(same, abs=1e-5)


def test_the_round_in_talks_can_come_with_any_chance(book: Dealbook) -> None:
    own = scenarios.scenario(book)
    assert with_round(own, 0.5).values["conditional_funding_realised"] == 0.5
    with pytest.raises(ValueError, match=r"a chance is between 0 and 1, not 1\.5"):
        with_round(own, 1.5)


@pytest.mark.parametrize("day", ["2025-06-30", "2026-03-31"])
def test_a_book_of_an_earlier_day_can_be_coupled(book: Dealbook, day: str) -> None:
    then = book.as_of(day)
    found = coupled.of(then, scenarios.scenario(then), 50, 1)
    assert np.isfinite(found.borne).all()


def test_a_book_without_suppliers_who_can_be_tested_has_nothing_to_pass_on(tiny: Dealbook) -> None:
    found = coupled.of(tiny, scenarios.scenario(tiny), 50, 1)
    assert found.web.tested == ()
    assert found.passed().to_list() == [0, 0, 0]
    assert not len(found.shares_short())


@pytest.mark.parametrize(
    ("order", "share", "years", "message"),
    [
        ("first come", 0.0, YEARS, "an order is one of all alike, contracts first, by their terms"),
        (ALIKE, 1.5, YEARS, r"operating_share must be between 0 and 1, not 1\.5"),
        (ALIKE, 0.0, (2027, 2031), "the simulation lacks the years 2031"),
        (ALIKE, 0.0, YEARS, r"honoured must be between 0 and 1, not 1\.2"),
    ],
)
def test_what_cannot_be_coupled_is_refused(
    order: str, share: float, years: tuple[int, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        honoured = 1.2 if "honoured" in message else 1.0
        losses(replace(WEB, years=years), drawn((15, 30)), order, share, honoured)


def test_kinds_are_summed_in_each_run_before_they_are_spread() -> None:
    # By hand: 15 of 30, then all. The cloud and the other bear 2 and 5, the maker 3.
    found = losses(WEB, drawn((15, 30), (30, 30)), ALIKE)
    both = found.of_kinds(["supplier", "makers of machines"])
    assert both["mean"] == pytest.approx((2 + 5 + 3) / 2)
    assert both["p99"] == pytest.approx(0.99 * 10)
    assert found.of_kinds([])["mean"] == 0
    assert found.ever_beyond("c").tolist() == [True, False]


def test_every_order_is_cleared_on_the_same_draws(book: Dealbook) -> None:
    own = scenarios.scenario(book)
    web = creditors.web(book, coupled.partners_of(book, own), "machines too")
    found = coupled.each_order(book, own, web, 30, 1)
    assert tuple(found) == ORDERS
    for order, losses_ in found.items():
        again = coupled.of(book, own, 30, 1, order)
        np.testing.assert_allclose(losses_.borne, again.borne, atol=1e-9)


def test_a_scenario_as_assumed_is_one_run_that_pays_what_its_path_can_pay(book: Dealbook) -> None:
    for name in scenarios.ids(book):
        own = scenarios.scenario(book, name)
        run = coupled.as_assumed(own)
        assert run.years.tolist() == own.gap().path.year.to_list()
        same = runway.pay_ratios(**own.budget()).paid
        assert payable(run)[0].tolist() == pytest.approx(same.to_list(), abs=1e-9)
