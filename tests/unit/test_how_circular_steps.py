"""The steps of the chapter on circularity beyond its draws: worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tightrope import loops
from tightrope.chapters import circularity_article as article
from tightrope.chapters import circularity_assumptions as assume
from tightrope.chapters import circularity_layers as layers
from tightrope.chapters import circularity_made_up as made_up
from tightrope.chapters import circularity_scores as scores
from tightrope.chapters import how_circular
from tightrope.chapters import how_circular_course as course
from tightrope.chapters import how_circular_cut as cut
from tightrope.chapters.circularity import Answer, Share
from tightrope.dealbook import Dealbook
from tightrope.measures import equity

from .test_how_circular import LAB, OPEN, web
from .test_loops import with_legs
from .webs import payments

LETTER_DAY = "2022-06-01"


@pytest.fixture
def letter(tiny: Dealbook) -> Dealbook:
    """The toy book while the letter of 100 stands, with chips of its maker: 30 that the lab would
    buy by the letter, and 20 that the cloud buys for it."""
    book = with_legs(
        tiny,
        {"leg_id": "letter-chips", "deal_id": "letter", "payer_id": LAB, "payee_id": "nvidia"}
        | {"instrument": "chips", "status": "letter_of_intent", "amount": 30.0},
        {"leg_id": "cloud-chips", "deal_id": "chips", "payer_id": "microsoft"}
        | {"payee_id": "nvidia", "instrument": "chips", "status": "announced", "amount": 20.0},
        {"leg_id": "right", "deal_id": "right", "payer_id": "nvidia", "payee_id": LAB}
        | {"instrument": "warrant", "status": "announced", "amount": 7.0},
    )
    return book.as_of(LETTER_DAY)


def with_claims(book: Dealbook, *claims: dict[str, str]) -> Dealbook:
    rows = [book.claims.iloc[0].to_dict() | claim for claim in claims]
    return replace(book, claims=pd.DataFrame(rows))


def test_made_up_webs_are_measured_from_their_first_firm() -> None:
    three = payments(("Lab", "Cloud", 100), ("Cloud", "Chips", 60), ("Chips", "Lab", 40))
    found = made_up.measured({"Three": (three, [["Lab"], ["Cloud"], ["Chips"], ["Lab"]])})
    assert found.words["Three"] == [
        "Straight back: $0",
        "By any route: $40",
        "Goes round: $120 of $200",
    ]
    assert list(found.payments.low) == [40, 40, 40]
    assert list(found.payments.payee[found.payments.cut]) == ["Lab"]


def test_a_branch_of_a_made_up_web_may_carry_all_or_nothing() -> None:
    four = payments(
        ("Lab", "Cloud", 100),
        ("Cloud", "Chips", 100),
        ("Cloud", "Builder", 100),
        ("Chips", "Lab", 100),
        ("Builder", "Lab", 100),
    )
    table = made_up.measured({"Four": (four, [["Lab"]])}).payments.set_index(["payer", "payee"])
    assert list(table.loc[("Cloud", "Chips"), ["low", "high"]]) == [0, 100]
    assert list(table.index[table.cut]) == [("Lab", "Cloud")]


def test_a_claim_of_a_range_counts_at_its_middle_and_a_missing_one_nothing(
    tiny: Dealbook,
) -> None:
    book = with_claims(
        tiny,
        {"claim_id": "c1", "stated": "10–20", "found": "30", "unit": "usd_bn"},
        {"claim_id": "c2", "stated": "", "found": "", "unit": "usd_bn"},
    )
    Said = article.Said
    table = article.payments(
        book,
        [
            Said("microsoft", LAB, "c1"),
            Said(LAB, "microsoft", "c2", sum_of="c1", column="found"),
            Said("nvidia", LAB, "c3"),
        ],
    )
    assert table.to_dict("split")["data"] == [
        ["microsoft", LAB, 15.0, "c1"],
        [LAB, "microsoft", 30.0, "c2"],
        ["nvidia", LAB, 0.0, ""],
    ]


def test_a_text_at_its_word_returns_the_smaller_side_of_each_pair() -> None:
    said = payments(("cloud", LAB, 13), (LAB, "cloud", 20), ("maker", LAB, 7))
    found = article.at_its_word(said, LAB)
    assert (found.paid_in, found.paid_out, found.round_trip) == (20, 20, 13)
    assert found.index == 26 / 40


def test_a_text_of_which_the_book_has_no_claim_comes_to_nothing(tiny: Dealbook) -> None:
    table = article.payments(tiny, [article.Said("microsoft", LAB, "c99")])
    found = article.at_its_word(table, LAB)
    assert list(table.claim) == [""]
    assert (found.paid_in, found.paid_out, found.round_trip) == (0, 0, 0)


def test_a_deal_is_read_in_four_ways_and_warrants_count_in_none(letter: Dealbook) -> None:
    read = [set(table.leg_id) for table in article.readings(letter, LAB, "letter")]
    held = {"stake-cash", "cloud-use"}
    assert read == [
        held | {"cloud-chips"},
        held | {"letter-equity"},
        held | {"letter-equity", "letter-chips"},
        held | {"cloud-chips", "letter-equity"},
    ]


def test_what_can_return_on_each_reading_of_the_letter(letter: Dealbook) -> None:
    # The stake of 10 always; by the letter what its maker is paid, up to 100: 30 or 20.
    found = article.answers(letter, LAB, "letter", LETTER_DAY, 20, 1)
    assert [answer.high for answer in found] == [10, 10, 40, 30]


def test_before_its_day_a_deal_is_read_in_no_way(letter: Dealbook) -> None:
    assert article.answers(letter, LAB, "letter", "2022-06-02", 20, 1) == []


def test_the_cut_deal_by_deal_is_open_where_one_of_its_payments_is() -> None:
    table = web(("cloud", LAB, 1, 2, 3), ("cloud", LAB, 4, 5, OPEN), (LAB, "cloud", 9, 9, 9))
    table = table.assign(deal_id=["stake", "round", "cloud"])
    severed = pd.DataFrame([("cloud", LAB)], columns=["payer", "payee"])
    deals = cut.deals(table, severed).set_index("deal_id")
    assert list(deals.low[["stake", "round"]]) == [1, 4]
    assert math.isnan(deals.high["round"])
    assert "cloud" not in deals.index


def test_a_giver_is_named_once_and_whom_the_lab_pays_with_it(tiny: Dealbook) -> None:
    severed = pd.DataFrame(
        [("microsoft", LAB), (LAB, "nvidia"), ("microsoft", "nvidia")], columns=["payer", "payee"]
    )
    assert cut.givers(severed, LAB, tiny) == ["Microsoft", "OpenAI to Nvidia"]


def test_by_others_gives_who_gives_more_than_the_lab_pays_it_and_is_fed_by_the_web() -> None:
    table = web(
        (LAB, "cloud", 50, 50, 50),
        ("cloud", "maker", 20, 20, 20),
        ("maker", LAB, 9, 9, 9),  # gives 9 and is paid by the cloud
        ("cloud", LAB, 5, 5, 5),  # gives less than it is paid
        ("funds", LAB, 30, 30, 30),  # is paid by nobody
    )
    assert cut.given_by_others(table, LAB) == ["maker"]


def test_the_widest_is_paid_most_of_those_who_give_nothing_and_pay_who_does() -> None:
    table = web(
        (LAB, "cloud", 50, 50, 50),
        (LAB, "giver", 90, 90, 90),
        (LAB, "landlord", 70, 70, 70),
        ("cloud", "maker", 20, 20, 20),
        ("giver", "maker", 20, 20, 20),
        ("giver", LAB, 20, 20, 20),
        ("maker", LAB, 9, 9, 9),
    )
    assert cut.widest(cut.unrolled(table, LAB).bands) == "cloud"
    assert cut.widest(cut.unrolled(web((LAB, "cloud", 1, 1, 1)), LAB).bands) == ""


def test_nobody_is_paid_most_where_no_sum_is_known() -> None:
    table = web((LAB, "cloud", 0, 0, OPEN), ("cloud", "maker", 2, 2, 2), ("maker", LAB, 9, 9, 9))
    assert cut.widest(cut.unrolled(table, LAB).bands) == ""


def test_payments_on_routes_are_those_between_the_lab_and_the_firms_on_a_way_home() -> None:
    table = web((LAB, "cloud", 5, 5, 5), ("cloud", LAB, 5, 5, 5), ("funds", LAB, 5, 5, 5))
    on_routes = cut.on_routes(table, LAB, cut.unrolled(table, LAB).home)
    assert list(on_routes.leg_id) == ["leg-0", "leg-1"]


def test_a_band_has_of_each_layer_the_low_end_and_no_more_than_its_own() -> None:
    table = web(
        (LAB, "cloud", 50, 50, 50),
        ("cloud", LAB, 20, 20, 20),
        (LAB, "landlord", 70, 70, 70),
        ("fund", LAB, 9, 9, 9),
    )
    paid = web(
        (LAB, "cloud", 60, 60, 60),
        (LAB, "landlord", 7, 7, 7),
        ("fund", LAB, 4, 4, 4),
    )
    found = cut.unrolled(table, LAB)
    bands = cut.with_rungs(found.bands, {"paid": paid}, LAB, found.home).set_index("part")
    # The cloud is paid 50 at least here, so that no 60 of it can be paid.
    assert bands.paid.to_dict() == {"out": 50, "back": 0, "dead": 7, "outside": 4}


def shares(*rows: tuple[str, float, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["day", "any_route", "share"])
    return table.assign(day=pd.to_datetime(table.day))


def test_the_peak_is_the_largest_share_and_the_last_where_none_is_above_nothing(
    tiny: Dealbook,
) -> None:
    risen = shares(("2020-12-31", 5.0, 0.5), ("2021-03-31", 6.0, 0.3))
    assert course.peak(risen, tiny).day == pd.Timestamp("2020-12-31")
    assert course.last(risen, tiny).any_route == 6.0
    flat = shares(("2020-12-31", 0.0, 0.0), ("2021-03-31", 0.0, 0.0))
    assert course.peak(flat, tiny).day == pd.Timestamp("2021-03-31")


def test_without_a_quarter_nothing_can_return_on_the_books_day(tiny: Dealbook) -> None:
    none = course.last(course.by_quarter(tiny, "nvidia"), tiny)
    assert none.any_route == 0.0
    assert none.day == tiny.day
    assert math.isnan(course.peak(course.by_quarter(tiny, "nvidia"), tiny).share)


def test_each_layer_has_a_row_and_what_is_announced_a_second_one_without_chips(
    tiny: Dealbook,
) -> None:
    # The stake of 10, paid to 9, and the cloud's 73, of which nothing is known to be paid.
    table = layers.by_layer(tiny, LAB, "announced", 20, 1).set_index("what")
    assert list(table.index) == [
        "Announced",
        "Announced, without suppliers’ chips",
        "Signed",
        "Paid",
    ]
    assert table.inflow["Signed"] == "$10\N{NO-BREAK SPACE}bn"
    assert list(table.share_in) == ["100%", "100%", "100%", "0%"]
    assert table.share_out["Announced"] == "14%"
    assert table.share_out["Paid"] == "none known"


def test_an_inner_layer_has_no_row_for_those_around_it(tiny: Dealbook) -> None:
    assert list(layers.by_layer(tiny, LAB, "paid", 20, 1).what) == ["Paid"]


def test_the_score_mixes_kinds_balance_and_sources_by_its_weights() -> None:
    assert scores.loop_score(1.0) == pytest.approx(1.0)
    assert scores.loop_score(0.0) == pytest.approx(0.35 + 0.35 / 2 + 0.30)
    assert scores.loop_score(0.5, False, 3) == pytest.approx(0.35 * 0.7 + 0.35 * 0.75 + 0.18)


def test_a_full_loop_stands_first_and_the_example_is_the_one_asked_for(tiny: Dealbook) -> None:
    even = pd.DataFrame(
        [("microsoft", 0.5, 1.0), ("nvidia", 0.1, 0.2)], columns=["party", "low", "high"]
    )
    table = scores.pairs(even, tiny)
    assert list(table.label) == ["A full loop", "Microsoft", "Nvidia"]
    assert table.score_low[1] == pytest.approx(scores.loop_score(0.5))
    assert scores.example(table, "microsoft").label == "Microsoft"
    assert scores.example(table, "coreweave").label == "Nvidia"
    assert scores.example(table, "").label == "Nvidia"


def test_without_a_pair_the_example_is_no_party(tiny: Dealbook) -> None:
    none = pd.DataFrame({"party": [], "low": [], "high": []})
    assert scores.example(scores.pairs(none, tiny), "").party == ""


def test_chips_are_counted_or_left_out_and_may_be_bought_by_the_lab_itself(
    tiny: Dealbook,
) -> None:
    book = with_legs(
        tiny,
        {"leg_id": "theirs", "deal_id": "chips", "payer_id": "microsoft", "payee_id": "nvidia"}
        | {"instrument": "chips", "status": "announced", "amount": 20.0},
        {"leg_id": "own", "deal_id": "systems", "payer_id": LAB, "payee_id": "nvidia"}
        | {"instrument": "chips", "status": "reported", "amount": 5.0},
        {"leg_id": "gift", "deal_id": "gift", "payer_id": "nvidia", "payee_id": LAB}
        | {"status": "announced", "amount": 4.0},
    )
    whole = how_circular.web(book, LAB)
    found = assume.of_chips(book, whole, LAB, "announced")
    assert [(one.words, one.is_base) for one in found] == [
        ("counted, as estimated", True),
        ("left out", False),
        ("left out, but OpenAI buys Nvidia’s systems itself", False),
    ]
    assert [loops.returnable(one.web, LAB).low for one in found] == [14.0, 10.0, 14.0]


def test_without_chips_of_suppliers_there_is_no_such_assumption(tiny: Dealbook) -> None:
    assert assume.of_chips(tiny, how_circular.web(tiny, LAB), LAB, "announced") == []


def test_what_counts_as_a_promise_goes_from_the_layer_inward(tiny: Dealbook) -> None:
    found = assume.of_promises(tiny, LAB, "binding")
    assert [(one.words, one.is_base) for one in found] == [
        ("only what binds", True),
        ("only payments that are known", False),
    ]
    assert list(found[1].web.low) == [9.0]


def test_a_warrant_is_worth_anything_up_to_its_ceiling_or_just_what_is_known() -> None:
    table = web(("maker", LAB, 0, OPEN, 9), ("cloud", LAB, 1, 1, 1))
    chosen = table.payer.eq("maker")
    found = assume.of_warrant(table, chosen, "A warrant", {"nothing": 0.0, "unknown": math.nan})
    assert [one.words for one in found] == [
        "anything up to its ceiling",
        "nothing",
        "at its ceiling: all targets met",
    ]
    assert [list(one.web.low) for one in found] == [[0, 1], [0, 1], [9, 1]]
    assert found[1].web.high[0] == 0.0
    assert assume.of_warrant(table, chosen & False, "A warrant", {}) == []


def test_a_warrants_targets_stay_where_they_were_at_its_grant() -> None:
    right = assume.Warrant(100.0, 600.0, 1e6, 5.0, 0.04, 0.5)
    targets = equity.even_hurdles(100.0, 600.0, 6)
    later = equity.warrant_value(200.0, targets, 1e6, 5.0, 0.04, 0.5).value.sum() / 1e9
    assert right.value(200.0) == pytest.approx(later)
    assert right.value(200.0) > right.value(100.0) > 0


def test_a_warrant_without_a_price_has_no_value() -> None:
    assert math.isnan(assume.Warrant(100.0, math.nan, 1e6, 5.0, 0.04, 0.5).value(200.0))


def test_credits_are_cash_a_part_of_it_or_nothing(tiny: Dealbook) -> None:
    table = web(("microsoft", LAB, 10, 10, 10), ("nvidia", LAB, 1, 1, 1))
    table = table.assign(medium=["credits", "cash"])
    found = assume.of_credits(tiny, table, 0.25)
    assert {one.group for one in found} == {"Microsoft’s cloud credits"}
    assert [(one.words, list(one.web.low), one.is_base) for one in found] == [
        ("as good as cash", [10, 1], True),
        ("25% of their face value", [2.5, 1], False),
        ("not money at all", [0, 1], False),
    ]
    assert assume.of_credits(tiny, table.tail(1), 0.25) == []


def test_loans_are_an_assumption_only_where_there_is_one(tiny: Dealbook) -> None:
    book = with_legs(
        tiny,
        {"leg_id": "line", "deal_id": "line", "payer_id": "microsoft", "payee_id": LAB}
        | {"instrument": "loan", "status": "binding", "amount": 4.0},
    )
    found = assume.of_loans(book, how_circular.web(book, LAB), LAB, "announced")
    assert [len(one.web) for one in found] == [2, 3]
    assert assume.of_loans(tiny, how_circular.web(tiny, LAB), LAB, "announced") == []


def test_two_parties_are_taken_as_one_only_where_both_are_in_the_web() -> None:
    table = web(("bank", LAB, 5, 5, 5), (LAB, "its-firm", 5, 5, 5))
    two, one = assume.of_one_firm(table, "bank", "its-firm", "A bank")
    assert (loops.returnable(two.web, LAB).low, loops.returnable(one.web, LAB).low) == (0, 5)
    assert assume.of_one_firm(table, "bank", "nobody", "A bank") == []


@pytest.fixture
def planned(tiny: Dealbook) -> Dealbook:
    """The toy book with plans of revenue: 10 in its year and 30 two years later."""
    year = tiny.day.year
    plans = pd.DataFrame(
        [
            tiny.financials.iloc[0].to_dict()
            | {"financial_id": f"plan-{y}", "period": str(y), "value": v, "nature": "plan"}
            for y, v in ((year, 10.0), (year + 2, 30.0))
        ]
    )
    return replace(tiny, financials=pd.concat([tiny.financials, plans], ignore_index=True))


def test_planned_revenue_is_money_in_of_which_nothing_returns(planned: Dealbook) -> None:
    last, table = planned.day.year + 2, how_circular.web(planned, LAB)
    outside, inside = assume.of_customers(planned, table, LAB, "announced", last)
    assert outside.group == "OpenAI’s customers"
    assert inside.web.low.iloc[-1] == 60.0
    assert loops.returnable(inside.web, LAB) == loops.returnable(outside.web, LAB)


def test_customers_are_no_assumption_below_everything_announced(planned: Dealbook) -> None:
    table = how_circular.web(planned, LAB, "binding")
    assert assume.of_customers(planned, table, LAB, "binding", 2030) == []


def test_where_nothing_comes_in_there_is_nothing_to_assume(planned: Dealbook) -> None:
    table = web((LAB, "cloud", 5, 5, 5)).assign(medium="cash")
    assert assume.of_any_web(planned, table, LAB, "announced", 0.5) == []
    assert assume.of_customers(planned, table, LAB, "announced", 2030) == []


def test_the_toy_book_has_only_its_layers_to_assume(tiny: Dealbook) -> None:
    found = assume.of_any_web(tiny, how_circular.web(tiny, LAB), LAB, "announced", 0.5)
    assert [one.words for one in found] == list(assume.PROMISED.values())


def test_the_assumption_that_moves_the_middle_most_comes_first(tiny: Dealbook) -> None:
    base = Answer(1.0, 5.0, 9.0, Share(0.1, 0.2))
    rows = [
        assume.row("small", "as it is", base, True),
        assume.row("small", "less", replace(base, middle=4.0)),
        assume.row("large", "as it is", base, True),
        assume.row("large", "none", replace(base, middle=0.0)),
    ]
    table = assume.sorted_by_swing(rows)
    assert list(table.group) == ["large", "large", "small", "small"]
    assert dict(assume.swings(table)) == {"large": 5.0, "small": 1.0}
    assert assume.base(table).value == 5.0
    assert assume.found(table, "large", "no").value == 0.0
    assert assume.found(table, "large", "as").share == "10–20%"


def test_a_setting_that_is_not_there_has_no_sum() -> None:
    table = assume.sorted_by_swing([])
    assert np.isnan(assume.base(table).value)
    assert assume.found(table, "large", "none").share == "no part"


def test_the_setting_that_others_hold_to_has_the_answer_of_the_web(tiny: Dealbook) -> None:
    whole, paid = (how_circular.web(tiny, LAB, layer) for layer in ("announced", "paid"))
    settings = assume.of_promises(tiny, LAB, "announced")
    rows = assume.answers(tiny, whole, settings, LAB, 20, 1)
    assert [row[:3] for row in rows] == [
        (assume.PROMISES, words, words == "all that was announced")
        for words in assume.PROMISED.values()
    ]
    assert [row[4] for row in rows] == [10.0, 10.0, 0.0]
    assert len(paid) == 1
