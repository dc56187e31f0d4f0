"""The web in which money can come back: worked webs, and a building with chips inside it."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import counting, loops
from tightrope.dealbook import Dealbook

OPEN = math.nan
COLUMNS = ["leg_id", "payer", "payee", "low", "stated", "high"]


def web(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    """payer, payee, low, stated, high of payments that are no part of another."""
    legs = [(f"leg-{number}", *row) for number, row in enumerate(rows)]
    return pd.DataFrame(legs, columns=COLUMNS).assign(part_of="")


def with_legs(book: Dealbook, *legs: dict[str, object]) -> Dealbook:
    """The book with these legs and one step each; what a leg does not say is as in the first row.

    `low`, `amount` and `high` are those of the step, `status` its rung.
    """
    ids = [str(leg["leg_id"]) for leg in legs]
    bare = {"starts_on": pd.NaT, "ends_on": pd.NaT, "condition": "", "part_of_leg_id": ""}
    more = [{**bare, **{key: leg[key] for key in leg if key in book.legs.columns}} for leg in legs]
    rows = [book.legs.iloc[0].to_dict() | one for one in more]
    steps = [
        book.events.iloc[0].to_dict()
        | {
            "event_id": f"{leg['leg_id']}-step",
            "leg_id": leg["leg_id"],
            "status": leg["status"],
            "amount_low_usd_bn": leg.get("low", math.nan),
            "amount_usd_bn": leg.get("amount", math.nan),
            "amount_high_usd_bn": leg.get("high", math.nan),
        }
        for leg in legs
    ]
    deals = {str(leg["deal_id"]) for leg in legs} - set(book.deals.deal_id)
    others = [book.deals.iloc[0].to_dict() | {"deal_id": deal} for deal in sorted(deals)]
    assert len(set(ids)) == len(ids)
    return replace(
        book,
        legs=pd.concat([book.legs, pd.DataFrame(rows)], ignore_index=True),
        events=pd.concat([book.events, pd.DataFrame(steps)], ignore_index=True),
        deals=pd.concat([book.deals, pd.DataFrame(others)], ignore_index=True),
    )


def with_costs(book: Dealbook, *costs: tuple[str, str, float]) -> Dealbook:
    """The book with costs of a gigawatt: document, party, USD billion."""
    rows = [
        book.financials.iloc[0].to_dict()
        | {
            "financial_id": f"{party}-{source}",
            "source_id": source,
            "party_id": party,
            "metric": "cost_per_gw",
            "value": value,
        }
        for source, party, value in costs
    ]
    return replace(book, financials=pd.concat([book.financials, pd.DataFrame(rows)]))


@pytest.fixture
def site(tiny: Dealbook) -> Dealbook:
    """Oracle builds a site of 50 to 100 for the lab; of a gigawatt, 20 or 30 of 40 is for chips.

    Their maker puts 30 into the lab.
    """
    book = with_costs(
        tiny,
        *(("bank", "openai", 40.0), ("bank", "nvidia", 20.0)),
        *(("maker", "openai", 40.0), ("maker", "nvidia", 30.0)),
    )
    deal = {"deal_id": "site", "medium": "cash"}
    return with_legs(
        book,
        deal
        | {"leg_id": "rent", "payer_id": "openai", "payee_id": "oracle", "instrument": "compute"}
        | {"status": "binding", "amount": 200.0},
        deal
        | {"leg_id": "site", "payer_id": "oracle", "payee_id": "builders"}
        | {"instrument": "construction", "status": "estimated", "low": 50.0, "high": 100.0},
        {"leg_id": "gift", "deal_id": "gift", "payer_id": "nvidia", "payee_id": "openai"}
        | {"status": "binding", "amount": 30.0},
    )


def test_a_part_of_a_site_is_paid_to_the_maker_of_its_chips(site: Dealbook) -> None:
    # Half of 50 at least, three quarters of 100 at most.
    table = loops.payments(site, "openai").set_index("leg_id")
    inside = table.loc[f"site{loops.INSIDE}nvidia"]
    assert (inside.payer, inside.payee, inside.instrument) == ("oracle", "nvidia", "chips")
    assert (inside.low, inside.high) == (25.0, 75.0)


def test_what_is_left_of_a_site_stays_with_its_builder(site: Dealbook) -> None:
    rest = loops.payments(site, "openai").set_index("leg_id").loc["site"]
    assert (rest.payee, rest.low, rest.high) == ("builders", 25.0, 25.0)


def test_the_parts_of_a_site_add_up_to_it_at_each_end(site: Dealbook) -> None:
    table = loops.payments(site, "openai")
    parts = table[loops.leg_ids(table).eq("site")]
    assert (parts.low.sum(), parts.high.sum()) == (50.0, 100.0)


def test_chips_inside_a_site_carry_money_home_as_far_as_the_maker_gives(site: Dealbook) -> None:
    # By Oracle 25 to 75 reach the maker, who gives 30; the tiny book itself returns 10 directly.
    found = loops.returnable(loops.payments(site, "openai"), "openai")
    assert (found.low, found.high) == (10 + 25.0, 10 + 30.0)


def test_without_others_chips_the_maker_gives_money_from_outside(site: Dealbook) -> None:
    table = loops.payments(site, "openai", others_chips=False)
    assert loops.returnable(table, "openai") == (10.0, 10.0, 10.0)


def test_beside_what_was_paid_no_estimate_of_chips_counts(site: Dealbook) -> None:
    table = loops.payments(site, "openai", "paid")
    assert list(table.leg_id) == ["stake-cash"]


def test_a_loan_that_stands_before_a_site_changes_nothing_of_it(
    site: Dealbook, tiny: Dealbook
) -> None:
    lent = {"leg_id": "lent", "deal_id": "gift", "payer_id": "bank", "payee_id": "oracle"}
    book = with_legs(site, lent | {"instrument": "loan", "status": "binding", "amount": 9.0})
    first = book.legs.leg_id.ne("lent")
    book = replace(book, legs=book.legs.sort_values("leg_id", key=lambda _: first, kind="stable"))
    own, before = (loops.payments(one, "openai") for one in (book, site))
    assert own.equals(before)


def test_a_site_that_nobody_sells_as_compute_is_a_building_alone(site: Dealbook) -> None:
    other = site.legs.deal_id.mask(site.legs.leg_id.eq("rent"), "stake")
    table = loops.payments(replace(site, legs=site.legs.assign(deal_id=other)), "openai")
    assert loops.leg_ids(table).eq(table.leg_id).all()


def test_the_part_of_a_document_without_the_whole_cost_is_not_known(tiny: Dealbook) -> None:
    book = with_costs(tiny, ("bank", "openai", 40.0), ("maker", "nvidia", 30.0))
    assert loops.chip_parts(book, "openai").empty


def test_a_payment_that_is_open_off_the_cut_leaves_the_high_end_known() -> None:
    # However much the lab pays, no more than 40 is given.
    two = web(("lab", "cloud", 10, 10, OPEN), ("cloud", "lab", 30, 40, 40))
    assert loops.returnable(two, "lab") == (10.0, 10.0, 40.0)


def test_payments_that_are_open_on_every_way_leave_the_high_end_open() -> None:
    two = web(("lab", "cloud", 10, 10, OPEN), ("cloud", "lab", 30, 30, OPEN))
    low, stated, high = loops.returnable(two, "lab")
    assert (low, stated) == (10.0, 10.0)
    assert math.isnan(high)


def test_the_cut_adds_up_to_what_can_return() -> None:
    # Two ways home: 20 of 50 by the cloud, and 15 that the maker is paid of the 40 it gives.
    three = web(
        ("lab", "cloud", 50, 50, 50),
        ("cloud", "lab", 20, 20, 20),
        ("cloud", "maker", 15, 15, 15),
        ("maker", "lab", 40, 40, 40),
    )
    cut = loops.cut(three, "lab", "low")
    assert set(cut.itertuples(index=False, name=None)) == {("cloud", "lab"), ("cloud", "maker")}
    assert loops.returnable_at(three, "lab", "low") == 20 + 15


def test_where_nothing_returns_nothing_is_cut() -> None:
    one = web(("lab", "cloud", 50, 50, 50))
    assert loops.cut(one, "lab").empty
    assert loops.returnable(one, "lab") == (0.0, 0.0, 0.0)


def test_what_goes_round_counts_at_each_step_and_an_open_payment_as_its_loop_allows() -> None:
    # 40, 40 and 40 of a loop of three at the high ends, whose first payment is open above.
    three = web(
        ("lab", "cloud", 10, 10, OPEN), ("cloud", "maker", 30, 30, 60), ("maker", "lab", 40, 40, 40)
    )
    circle = loops.circle(three)
    assert circle.circulating == (30.0, 30.0, 120.0)
    assert (circle.gross.low, circle.gross.stated) == (80.0, 80.0)
    assert math.isnan(circle.gross.high)
    # The share has no whole at the high end: there the open payment stays at 10.
    assert circle.index == pytest.approx((30 / 80, 30 / 80, 30 / 110))


def test_the_share_of_an_open_payment_stays_at_what_is_stated_of_it() -> None:
    # By hand: 1, 3 and at most the other's 4 go there and back, of 5, 7 and an unknown sum.
    found = loops.circle(web(("lab", "cloud", 1, 3, OPEN), ("cloud", "lab", 4, 4, 4)))
    assert tuple(found.circulating) == (2, 6, 8)
    assert tuple(found.index) == pytest.approx((2 / 5, 6 / 7, 6 / 7))


def test_netting_among_all_would_do_away_with_the_excess() -> None:
    # Of 100 out and 60 back, 40 would do: 120 of 160 is excess.
    two = web(("lab", "cloud", 100, 100, 100), ("cloud", "lab", 60, 60, 60))
    assert loops.circle(two).excess == pytest.approx((0.75, 0.75, 0.75))


def test_a_sum_that_two_may_have_paid_counts_once_in_the_gross(tiny: Dealbook) -> None:
    deal = {"deal_id": "round", "payee_id": "openai", "instrument": "equity"}
    book = with_legs(
        tiny,
        deal
        | {"leg_id": "rest", "payer_id": "funds", "status": "binding", "low": 8.0}
        | {"high": 9.0},
        deal
        | {"leg_id": "of-it", "payer_id": "microsoft", "status": "binding"}
        | {"part_of_leg_id": "rest"},
    )
    table = loops.payments(book, "openai")
    part = table.set_index("leg_id").loc["of-it"]
    assert (part.low, part.stated, part.high) == (0.0, 0.0, 9.0)
    # The stake of 10 and the cloud's 73 of the toy book beside it.
    assert counting.total(table) == (10 + 73 + 8, 10 + 73 + 8, 10 + 73 + 9)
    # Whoever has the sum: Microsoft, which is paid 73, may have given 10 + 9.
    assert loops.returnable(table, "openai") == (10.0, 10.0, 19.0)
