"""Who breaks: what each partner needs, who fails and who loses, by hand on two suppliers."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import obligations, stress
from tightrope.chapters import who_breaks as chapter
from tightrope.chapters import who_breaks_runs as clearing
from tightrope.chapters.who_breaks import FULL, LEAN
from tightrope.dealbook import Dealbook

from .stressed import OVERTAKEN, UNTESTED, WEB, case, charges, dues


@pytest.mark.parametrize(
    ("reading", "share", "usd"),
    [
        # 4 less 2 from others, to 6 less 1, of 10; the machines add 2 to 3.
        (LEAN, (20, 50), (2, 5)),
        (FULL, (40, 80), (4, 8)),
    ],
)
def test_a_partner_needs_its_bills_less_what_others_pay_at_opposite_ends(
    reading: str, share: tuple[float, float], usd: tuple[float, float]
) -> None:
    row = chapter.break_even(WEB, reading, 2027).loc["microsoft"]
    assert (row.low, row.high) == pytest.approx(share)
    assert (row.needs_low, row.needs_high) == pytest.approx(usd)
    assert row.due == 10


def test_a_partner_whose_bills_others_pay_needs_nothing() -> None:
    row = chapter.break_even(WEB, FULL, 2027).loc["nvidia"]
    assert (row.low, row.high, row.needs_high) == (0, 0, 0)


def test_break_even_lanes_leave_out_years_in_which_nothing_is_due() -> None:
    web = replace(WEB, dues=WEB.dues[~(WEB.dues.payee.eq("nvidia") & WEB.dues.year.eq(2028))])
    table = chapter.every_break_even(web)
    assert list(table.columns[:3]) == ["party", "reading", "year"]
    lanes = list(table[["party", "reading", "year"]].itertuples(index=False, name=None))
    assert lanes == [
        ("microsoft", LEAN, 2027),
        ("microsoft", LEAN, 2028),
        ("microsoft", FULL, 2027),
        ("microsoft", FULL, 2028),
        ("nvidia", LEAN, 2027),
        ("nvidia", FULL, 2027),
    ]


def test_without_a_tested_partner_there_is_no_lane() -> None:
    table = chapter.every_break_even(UNTESTED)
    assert table.empty
    assert chapter.in_focus(table, 2027).empty
    assert chapter.safe(table) == []


def test_who_may_need_the_largest_share_stands_first() -> None:
    more = charges((2027, "nvidia", "nvidia-landlords", "rent", 1.0, 9.0))
    web = replace(WEB, charges=pd.concat([WEB.charges, more], ignore_index=True))
    # Nvidia: 10 of rent less 4, of 5.
    focus = chapter.in_focus(chapter.every_break_even(web), 2027)
    assert list(dict.fromkeys(focus.party)) == ["nvidia", "microsoft"]
    assert focus.high.max() == pytest.approx(120)
    assert chapter.breakable(focus) == ["nvidia", "microsoft"]


def test_safe_is_who_needs_nothing_at_any_end() -> None:
    focus = chapter.in_focus(chapter.every_break_even(WEB), 2027)
    assert chapter.safe(focus) == ["nvidia"]
    assert chapter.breakable(focus) == ["microsoft"]


def test_break_even_is_the_first_share_at_which_the_strict_clearing_fails_nobody() -> None:
    share = chapter.break_even(WEB, FULL, 2027).high["microsoft"] / 100
    for paid, fails in ((share, False), (share - 0.01, True)):
        table = stress.run(WEB, paid, FULL, "strict")
        chosen = table.party.eq("microsoft") & table.year.eq(2027)
        assert bool(table.in_default[chosen].iloc[0]) is fails


def test_each_change_of_an_assumption_moves_the_strict_share(tiny: Dealbook) -> None:
    table = chapter.flips(case(tiny))
    own = table[table.party.eq("microsoft")]
    assert own.change.to_list() == list(chapter.CHANGES)
    # 9 of bills less 1, of 10; without the 3 of machines, which nobody builds in this book faster
    # either; with machines at 2; without the principal of 6; no new lease; cash of 2; cash of 1.5.
    assert own.share.to_list() == pytest.approx([80, 50, 50, 70, 20, 80, 70, 75])
    assert own.needs.to_list() == pytest.approx([8, 5, 5, 7, 2, 8, 7, 7.5])
    assert chapter.largest_step(table, "microsoft") == "Principal is rolled over"


def test_leases_that_begin_late_cost_their_low_end(tiny: Dealbook) -> None:
    new = charges((2027, "nvidia", "nvidia-landlords", "new rent", 2.0, 6.0))
    web = replace(WEB, charges=pd.concat([WEB.charges, new], ignore_index=True))
    table = chapter.flips(case(tiny, web))
    own = table[table.party.eq("nvidia")].set_index("change").needs
    # 1 + 6 less 4, and 1 + 2 less 4.
    assert own["All at the strict end"] == 3
    assert own["Leases begin one after another"] == 0


def test_machines_of_the_data_weigh_more_if_they_are_paid_within_three_years(
    book: Dealbook,
) -> None:
    real = chapter.case(book.as_of("2026-10-01"), "openai", "announced", 2031, 2028)
    own = chapter.flips(real).set_index(["party", "change"]).needs["oracle"]
    machines = own["All at the strict end"] - own["Machines are bought on credit, not from income"]
    faster = own[chapter.WITHIN_THREE_YEARS] - own["Machines are bought on credit, not from income"]
    # 2028 is among the three years as among the five.
    assert faster == pytest.approx(machines * 5 / 3)


def test_of_a_party_that_is_not_tested_no_step_is_the_largest(tiny: Dealbook) -> None:
    assert chapter.largest_step(chapter.flips(case(tiny)), "oracle") == ""


def test_a_longer_term_makes_less_due_a_year_in_the_years_that_are_cleared(
    tiny: Dealbook,
) -> None:
    # 20 over 2 years from 2026 on; over 10 years.
    for term, due in ((2, {2027: 10}), (10, {2027: 2, 2028: 2})):
        web = chapter.with_term(case(tiny), term)
        assert web.dues.set_index("year").amount.to_dict() == pytest.approx(due)
        assert web.income is WEB.income


def test_what_is_due_by_some_legs_is_that_of_all_years(tiny: Dealbook) -> None:
    assert chapter.due_by(case(tiny), ["letter-equity"]) == 10
    assert math.isnan(chapter.due_by(case(tiny), ["stake-cash"]))


def test_the_rows_of_a_case_name_contracts_and_what_lies_behind_bills(tiny: Dealbook) -> None:
    made = case(tiny)
    assert made.due_rows == ["legs/cloud-use", "legs/letter-equity"]
    assert made.rows_to("microsoft") == ["legs/cloud-use"]
    assert made.rows_to("nvidia") == ["parties/openai"]
    assert made.bill_rows("microsoft") == [
        "financials/openai-revenue-2021",
        "financials/openai-revenue-2021",
        "legs/cloud-use",
    ]
    assert case(tiny, UNTESTED).every_bill_row == made.due_rows


def test_a_contract_without_a_sum_is_named_all_the_same(tiny: Dealbook) -> None:
    nothing = case(tiny).owed.iloc[:0]
    assert case(tiny, owed=nothing).rows_to("microsoft") == ["legs/cloud-use"]


def test_a_case_of_the_data_spreads_undated_contracts_over_the_base_scenarios_term(
    book: Dealbook,
) -> None:
    known = book.as_of("2026-10-01")
    made = chapter.case(known, "openai", "binding", 2031, 2028)
    pd.testing.assert_frame_equal(made.owed, obligations.supply(known, "openai", "binding"))
    assert made.term == 7
    assert made.cleared == "2027 to 2031"
    assert chapter.case(known, "openai", "binding", 2031, 2028, 3).term == 3
    with pytest.raises(ValueError, match='"signed"'):
        chapter.case(known, "openai", "signed", 2031, 2028)


def test_a_partner_fails_from_the_share_down_that_does_not_reach_its_bills() -> None:
    found = clearing.outcomes(WEB, clearing.runs(WEB))
    assert found is not None
    own = found.boxes[found.boxes.party.eq("microsoft") & found.boxes.year.eq(2027)]
    states = {reading: rows.state.to_list() for reading, rows in own.groupby("reading")}
    # Strict: 1 + 10 × the share against 6, or 9. Mild: 2 + 10 × the share against 4, or 6.
    assert states[LEAN] == ["no", "no", "no", "one", "one"]
    assert states[FULL] == ["no", "no", "one", "one", "both"]
    assert found.broken == ("microsoft",)
    assert found.earliest == {
        0.6: (2027, ("microsoft",)),
        0.4: (2027, ("microsoft",)),
        0.2: (2027, ("microsoft",)),
    }
    assert not found.only_strict
    assert found.overtaken == []
    assert clearing.lean_failures(found) == ["microsoft"]


def test_boxes_keep_those_who_never_fail_and_put_them_last() -> None:
    found = clearing.outcomes(WEB, clearing.runs(WEB))
    assert found is not None
    assert list(dict.fromkeys(found.boxes.party)) == ["microsoft", "nvidia"]
    assert len(found.boxes) == 2 * 2 * 5 * 2


def test_who_fails_first_need_not_be_who_needs_the_largest_share() -> None:
    found = clearing.outcomes(OVERTAKEN, clearing.runs(OVERTAKEN))
    assert found is not None
    assert found.broken == ("microsoft", "nvidia")
    assert found.earliest[0.8] == (2028, ("microsoft",))
    assert found.earliest[0.2] == (2027, ("nvidia",))
    assert found.overtaken == [(0.2, "nvidia")]
    assert found.only_strict


def test_nothing_is_run_where_nobody_is_tested_or_nothing_is_due() -> None:
    for web in (UNTESTED, replace(WEB, dues=dues())):
        assert clearing.runs(web).empty
        assert clearing.outcomes(web, clearing.runs(web)) is None
        lost = clearing.lost_beyond(web, 0.6, FULL)
        assert lost.isna().all().all()
        assert math.isnan(clearing.loss_of(lost, clearing.BEHIND)[0])


def test_suppliers_miss_what_is_not_paid_and_creditors_what_is_passed_on() -> None:
    table = clearing.lost(WEB, clearing.runs(WEB)).set_index(["pay_ratio", "kind"])
    # Two years: 4 + 2 missed a year; Microsoft lacks 2 of 9, of which lenders are owed 6.
    assert table.strict[0.6].to_dict() == pytest.approx(
        {"supplier": 12, "lenders": 8 / 3, "landlords": 0, "makers of machines": 4 / 3}
    )
    assert table.mild[0.6].to_dict() == pytest.approx(
        {"supplier": 12, "lenders": 0, "landlords": 0, "makers of machines": 0}
    )
    assert table.strict[1.0].sum() == pytest.approx(0)


def test_a_loss_beyond_full_payment_has_a_mild_and_a_strict_end() -> None:
    lost = clearing.lost_beyond(WEB, 0.6, FULL)
    assert clearing.loss_of(lost, clearing.BEHIND) == pytest.approx((0, 4))
    assert clearing.loss_of(lost, ["lenders"]) == pytest.approx((0, 8 / 3))
    assert clearing.loss_of(lost, [clearing.SUPPLIER]) == pytest.approx((12, 12))
    # Debts and rents alone: 7 against 6.
    assert clearing.loss_of(clearing.lost_beyond(WEB, 0.6, LEAN), clearing.BEHIND) == pytest.approx(
        (0, 0)
    )


def test_a_gap_of_a_partners_own_is_in_the_loss_but_not_beyond_it() -> None:
    short = replace(WEB, charges=WEB.charges.assign(high=WEB.charges.high + 5))
    table = clearing.lost(short, clearing.runs(short)).set_index(["pay_ratio", "kind"])
    beyond = clearing.lost_beyond(short, 0.6, FULL)
    # 14 of bills a year: 11 to pay them with at full payment, 7 at three fifths; Nvidia pays its 6.
    assert table.strict[0.6].drop("supplier").sum() == pytest.approx(14)
    assert clearing.loss_of(beyond, clearing.BEHIND)[1] == pytest.approx(8)


def test_a_loss_below_five_million_is_nothing() -> None:
    assert clearing.is_nothing(0.004)
    assert not clearing.is_nothing(0.006)
    assert not clearing.is_nothing(math.nan)
