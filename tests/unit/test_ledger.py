"""The ladder, dated payments and sums: worked by hand on the toy web, and as properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope import ledger, terms
from tightrope.dealbook import Dealbook

DAYS = st.dates(dt.date(2019, 7, 22), dt.date(2027, 1, 1))


def event(
    status: str, known_on: str, amount: float | None = None, **more: float | str
) -> dict[str, object]:
    return {"status": status, "known_on": known_on, "amount": amount} | more


def stand(tiny: Dealbook, *steps: dict[str, object]) -> dict[str, object]:
    """The ladder of one leg with these steps."""
    frame = pd.DataFrame(
        {
            "event_id": [f"e{n}" for n in range(len(steps))],
            "leg_id": "stake-cash",
            "happened_on": pd.to_datetime([s["known_on"] for s in steps]),
            "known_on": pd.to_datetime([s["known_on"] for s in steps]),
            "status": [s["status"] for s in steps],
            "amount_low_usd_bn": [s.get("low", np.nan) for s in steps],
            "amount_usd_bn": [np.nan if s["amount"] is None else s["amount"] for s in steps],
            "amount_high_usd_bn": [s.get("high", np.nan) for s in steps],
            "amount_bound": [s.get("bound", "") for s in steps],
        }
    )
    from dataclasses import replace

    one = replace(tiny, events=frame, legs=tiny.legs[tiny.legs.leg_id.eq("stake-cash")])
    return dict(ledger.ladder(one).iloc[0])


def layers(row: dict[str, object]) -> tuple[object, ...]:
    return row["announced"], row["binding"], row["paid"]


def test_a_leg_climbs_from_announced_over_binding_to_paid(tiny: Dealbook) -> None:
    legs = ledger.ladder(tiny).set_index("leg_id")
    assert layers(dict(legs.loc["stake-cash"])) == (10, 10, 9)
    assert legs.status["stake-cash"] == "paid"


def test_a_letter_of_intent_is_announced_but_never_binding(tiny: Dealbook) -> None:
    row = stand(tiny, event("letter_of_intent", "2022-01-01", 100))
    assert layers(row) == (100, 0, 0)
    assert row["stated_as"] == "letter_of_intent"


def test_what_was_replaced_keeps_only_what_was_paid(tiny: Dealbook) -> None:
    row = stand(
        tiny,
        event("announced", "2022-01-01", 100),
        event("binding", "2022-02-01", 60),
        event("paid", "2022-03-01", 20),
        event("cancelled", "2022-04-01"),
    )
    assert layers(row) == (20, 20, 20)


def test_a_new_step_after_a_cancellation_counts_again(tiny: Dealbook) -> None:
    row = stand(
        tiny,
        event("announced", "2022-01-01", 100),
        event("cancelled", "2022-04-01"),
        event("announced", "2022-05-01", 30),
    )
    assert layers(row) == (30, 0, 0)


def test_the_newest_statement_counts_even_if_it_is_smaller(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2022-01-01", 1400), event("announced", "2023-01-01", 600))
    assert layers(row) == (600, 0, 0)


def test_a_press_report_counts_only_until_a_contract_is_known(tiny: Dealbook) -> None:
    row = stand(tiny, event("reported", "2022-01-01", 12), event("binding", "2022-01-02", 11.9))
    assert layers(row) == (11.9, 11.9, 0)


def test_an_announcement_stays_above_the_part_that_binds(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2022-01-01", 100), event("binding", "2022-01-02", 10))
    assert layers(row) == (100, 10, 0)


def test_paying_more_than_announced_lifts_every_layer(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2022-01-01", 10), event("paid", "2022-06-01", 11))
    assert layers(row) == (11, 11, 11)


def test_a_missing_amount_stays_missing_and_carries_its_range(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2022-01-01", None, low=0, high=96))
    assert np.isnan(row["announced"])
    assert (row["announced_low"], row["announced_high"]) == (0, 96)
    assert (row["binding"], row["paid"]) == (0, 0)


def test_an_open_ended_contract_counts_what_was_paid_under_it(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2022-01-01", None), event("paid", "2022-06-01", 21))
    assert layers(row) == (21, 21, 21)
    assert np.isnan(row["announced_high"])


def test_each_layer_shows_only_the_legs_that_reached_it(tiny: Dealbook) -> None:
    before = tiny.as_of("2022-12-31")
    assert list(ledger.flows(before, "announced").leg_id) == [
        "stake-cash",
        "cloud-use",
        "letter-equity",
    ]
    assert list(ledger.flows(before, "binding").leg_id) == ["stake-cash", "cloud-use"]
    assert list(ledger.flows(before, "paid").leg_id) == ["stake-cash"]


def test_a_statement_without_a_sum_gives_way_to_a_contract_that_has_one(tiny: Dealbook) -> None:
    row = stand(
        tiny,
        event("announced", "2022-01-01", None),
        event("binding", "2022-06-01", None, low=0, high=40),
    )
    assert (row["announced_low"], row["announced_high"]) == (0, 40)
    assert row["stated_as"] == ""


def test_a_payment_of_unknown_size_leaves_the_layers_above_it_unknown_too(tiny: Dealbook) -> None:
    row = stand(tiny, event("paid", "2022-06-01", None))
    for layer in ("paid", "binding", "announced"):
        assert np.isnan(row[layer])
        assert row[f"{layer}_low"] == 0
        assert np.isnan(row[f"{layer}_high"])


def test_an_unknown_layer_is_refused_with_the_valid_ones(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="layer must be one of announced, binding, paid"):
        ledger.flows(tiny, "bindng")


def test_payments_are_what_was_paid_on_its_days_and_then_the_rest_as_scheduled(
    tiny: Dealbook,
) -> None:
    # 4 in June 2020, 5 more by June 2021, the last 1 due at the end of 2022; 73 over 730 days,
    # of which 365 lie in 2023 and 2022 has only 214 left when it is seen from 2022-06-01.
    rows = ledger.payments(tiny.as_of("2022-06-01")).set_index(["leg_id", "year"]).amount
    assert rows["stake-cash", 2020] == 4
    assert rows["stake-cash", 2021] == 5
    assert rows["stake-cash", 2022] == 1
    assert rows["cloud-use", 2022] == pytest.approx(73 * 214 / 579)
    assert rows["cloud-use", 2023] == pytest.approx(73 * 365 / 579)


def test_a_rest_whose_end_has_passed_has_no_year(tiny: Dealbook) -> None:
    late = ledger.payments(tiny)
    rest = late[late.leg_id.eq("stake-cash") & late.basis.eq("scheduled")]
    assert rest.amount.item() == 1
    assert rest.year.isna().all()


@pytest.mark.parametrize("measure", [ledger.ladder, ledger.payments, terms.of_legs])
def test_what_a_caller_does_to_a_table_reaches_no_other_caller(
    tiny: Dealbook, measure: Callable[[Dealbook], pd.DataFrame]
) -> None:
    first = measure(tiny)
    kept = first.copy()
    first.loc[:, "leg_id"] = "spoilt"
    first["more"] = 1
    pd.testing.assert_frame_equal(measure(tiny), kept)


def test_each_layer_and_each_day_has_payments_of_its_own(tiny: Dealbook) -> None:
    # Of the stake 9 of 10 are paid; by the end of 2020 only 4 were.
    def stake(book: Dealbook, layer: str) -> float:
        rows = ledger.payments(book, layer)
        return float(rows.amount[rows.leg_id.eq("stake-cash")].sum())

    assert stake(tiny, "announced") == 10
    assert stake(tiny, "paid") == 9
    assert stake(tiny.as_of("2020-12-31"), "paid") == 4
    assert stake(tiny, "announced") == 10


def test_without_a_leg_there_is_no_payment_but_every_column(tiny: Dealbook) -> None:
    nothing = ledger.payments(tiny.within("comparison"))
    assert nothing.empty
    assert list(nothing.columns) == ledger.PAYMENT_COLUMNS


def test_an_even_schedule_gives_every_day_the_same() -> None:
    # 2024 is a leap year: 366 of 731 days.
    table = ledger.schedule(731, pd.Timestamp("2024-01-01"), pd.Timestamp("2025-12-31"), "even")
    assert list(table.amount) == [366, 365]


def test_the_days_of_a_schedule_may_be_texts() -> None:
    table = ledger.schedule(731, "2024-01-01", "2025-12-31", "even")
    assert dict(zip(table.year, table.amount, strict=True)) == {2024: 366, 2025: 365}
    assert list(ledger.schedule(5, pd.NaT, "2027-06-30", "once").year) == [2027]


@pytest.mark.parametrize("profile", ["once", "even", "undated"])
@pytest.mark.parametrize("text", ["2025-02-30", "1 March 2025", "2025", ""])
def test_a_text_that_is_no_day_is_refused_by_the_ends_of_a_schedule(
    profile: str, text: str
) -> None:
    with pytest.raises(ValueError, match=f'^start must be a date as YYYY-MM-DD, not "{text}"$'):
        ledger.schedule(1, text, "2026-01-01", profile)
    with pytest.raises(ValueError, match=f'^end must be a date as YYYY-MM-DD, not "{text}"$'):
        ledger.schedule(1, "2024-01-01", text, profile)


@given(
    amount=st.floats(0.001, 2000),
    start=DAYS,
    length=st.integers(0, 4000),
    profile=st.sampled_from(["once", "even", "undated"]),
)
def test_a_schedule_adds_up_to_its_leg(
    amount: float, start: dt.date, length: int, profile: str
) -> None:
    first = pd.Timestamp(start)
    table = ledger.schedule(amount, first, first + pd.Timedelta(days=length), profile)
    assert table.amount.sum() == pytest.approx(amount)
    assert (table.amount >= 0).all()


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="profile must be one of once, even, undated"):
        ledger.schedule(1, pd.Timestamp("2024-01-01"), pd.Timestamp("2025-01-01"), "linear")


@pytest.mark.parametrize("layer", ["announced", "binding", "paid"])
def test_dated_payments_add_up_to_the_layer(book: Dealbook, layer: str) -> None:
    legs = ledger.flows(book, layer)
    assert ledger.payments(book, layer).amount.sum() == pytest.approx(legs.amount.sum())


@given(day=DAYS, later=DAYS)
def test_views_only_grow(book: Dealbook, day: dt.date, later: dt.date) -> None:
    early, late = sorted((day, later))
    before, after = book.as_of(early), book.as_of(late)
    for table, key in (
        ("events", "event_id"),
        ("legs", "leg_id"),
        ("deals", "deal_id"),
        ("parties", "party_id"),
    ):
        assert set(getattr(before, table)[key]) <= set(getattr(after, table)[key])


@given(day=DAYS)
def test_each_layer_contains_the_next_on_every_day(book: Dealbook, day: dt.date) -> None:
    legs = ledger.ladder(book.as_of(day))
    for outer, inner in (("announced", "binding"), ("binding", "paid")):
        known = legs[[outer, inner]].dropna()
        assert (known[outer] >= known[inner]).all()
        assert (legs[f"{outer}_low"] >= legs[f"{inner}_low"]).all()


@given(day=DAYS)
def test_what_is_paid_never_falls(book: Dealbook, day: dt.date) -> None:
    early = ledger.ladder(book.as_of(day)).set_index("leg_id").paid_low
    now = ledger.ladder(book).set_index("leg_id").paid_low
    assert (now[early.index] >= early - 1e-9).all()


def test_a_floor_is_open_above(tiny: Dealbook) -> None:
    # OpenAI, 23 September 2025: "exceeds $300 billion".
    row = stand(tiny, event("announced", "2025-09-23", 300, bound="floor"))
    assert (row["announced"], row["announced_low"]) == (300, 300)
    assert np.isnan(row["announced_high"])


def test_a_floor_that_a_source_bounds_is_a_range(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2025-09-23", 300, high=350.0, bound="floor"))
    assert (row["announced_low"], row["announced_high"]) == (300, 350)


def test_a_ceiling_without_a_low_may_be_nothing(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2025-09-22", 100, bound="ceiling"))
    assert (row["announced_low"], row["announced_high"]) == (0, 100)


@pytest.mark.parametrize("status", ["estimated", "reported"])
def test_a_contract_with_a_sum_answers_what_no_party_said(tiny: Dealbook, status: str) -> None:
    heard, signed = event(status, "2025-01-01", 50), event("binding", "2025-02-01", 40)
    assert layers(stand(tiny, heard)) == (50, 0, 0)
    assert layers(stand(tiny, heard, signed)) == (40, 40, 0)


def test_a_contract_whose_sum_is_a_range_answers_a_report_too(tiny: Dealbook) -> None:
    contract = event("binding", "2025-02-01", None, low=30.0, high=40.0)
    row = stand(tiny, event("reported", "2025-01-01", 50), contract)
    assert (row["stated_as"], row["announced_low"], row["announced_high"]) == ("", 30, 40)


def test_a_contract_without_any_sum_answers_no_report(tiny: Dealbook) -> None:
    # Microsoft's revenue share: the contract names no sum, the press reports a cap of 38.
    contract = event("binding", "2026-04-27", None)
    row = stand(tiny, contract, event("reported", "2026-05-12", 38))
    assert (row["stated_as"], row["announced_high"]) == ("reported", 38)


def test_an_estimate_stands_below_every_other_rung(tiny: Dealbook) -> None:
    row = stand(tiny, event("estimated", "2025-01-01", 50))
    assert (row["status"], row["stated_as"]) == ("estimated", "estimated")


def test_of_statements_of_one_day_the_one_with_a_sum_counts(tiny: Dealbook) -> None:
    # A firm announces without a price; a newspaper of the same day has one.
    said, heard = event("announced", "2026-07-22"), event("reported", "2026-07-22", 20)
    for steps in ((said, heard), (heard, said)):
        row = stand(tiny, *steps)
        assert (row["announced"], row["stated_as"]) == (20, "reported")


def test_a_letter_with_a_sum_counts_beside_an_announcement_of_its_day_without_one(
    tiny: Dealbook,
) -> None:
    said, letter = event("announced", "2026-07-22"), event("letter_of_intent", "2026-07-22", 20)
    for steps in ((said, letter), (letter, said)):
        row = stand(tiny, *steps)
        assert (row["announced"], row["stated_as"]) == (20, "letter_of_intent")


def test_a_later_statement_without_a_sum_denies_a_report(tiny: Dealbook) -> None:
    # Broadcom, 13 October 2025: OpenAI is not the customer of the order of 10 reported in September.
    steps = event("reported", "2025-09-04", 10), event("letter_of_intent", "2025-10-13")
    assert np.isnan(float(str(stand(tiny, *steps)["announced"])))


def test_the_steps_that_decide_are_the_newest_of_each_kind_that_name_a_sum(tiny: Dealbook) -> None:
    assert ledger.deciding(tiny).values.tolist() == [
        ["stake-cash", "stake-announced"],
        ["stake-cash", "stake-binding"],
        ["stake-cash", "stake-paid-2"],
        ["cloud-use", "cloud-signed"],
    ]


def test_a_later_report_does_not_undo_what_a_party_put_a_number_on(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2025-05-13", 10), event("reported", "2025-05-21", 15))
    assert (row["announced"], row["stated_as"]) == (10, "announced")


def test_a_later_report_gives_a_sum_to_what_a_party_said_without_one(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2025-05-13"), event("reported", "2025-05-21", 15))
    assert (row["announced"], row["stated_as"]) == (15, "reported")


def test_a_layer_is_open_above_if_what_it_contains_is(tiny: Dealbook) -> None:
    # Google in Anthropic: announced as a sum, later more than that was paid, nobody says how much.
    steps = event("announced", "2023-10-27", 2), event("paid", "2025-03-11", 3, bound="floor")
    row = stand(tiny, *steps)
    assert row["announced_low"] == 3
    assert np.isnan(float(str(row["announced_high"])))


def test_a_contract_without_a_sum_leaves_what_was_announced_bounded(tiny: Dealbook) -> None:
    row = stand(tiny, event("announced", "2025-01-01", 100), event("binding", "2025-02-01"))
    assert row["announced_high"] == 100


def test_what_was_said_of_a_leg_is_kept_when_it_is_withdrawn(tiny: Dealbook) -> None:
    assert ledger.ladder(tiny).set_index("leg_id").announced["letter-equity"] == 0
    assert ledger.last_named(tiny, "letter-equity", "letter_of_intent") == 100


def test_of_several_steps_of_a_rung_the_newest_one_names_the_sum(tiny: Dealbook) -> None:
    # 4 was paid by June 2020, 9 by June 2021.
    assert ledger.last_named(tiny, "stake-cash", "paid") == 9
    assert ledger.last_named(tiny.as_of("2020-12-31"), "stake-cash", "paid") == 4


def test_of_a_step_that_is_not_known_yet_no_sum_is_named(tiny: Dealbook) -> None:
    early = tiny.as_of("2020-12-31")
    assert np.isnan(ledger.last_named(early, "letter-equity", "letter_of_intent"))
