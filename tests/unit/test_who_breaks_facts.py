"""What the chapter on who breaks says of what it computed, by hand on two suppliers."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters import who_breaks as chapter
from tightrope.chapters import who_breaks_books as books
from tightrope.chapters import who_breaks_facts as state
from tightrope.chapters import who_breaks_runs as clearing
from tightrope.chapters.who_breaks import FULL, LEAN, Case
from tightrope.dealbook import Dealbook
from tightrope.publish import facts
from tightrope.publish.facts import Facts

from .stressed import UNTESTED, WEB, case, figures

NAN = math.nan
BN = "\N{NO-BREAK SPACE}bn"


class Shown(list[facts.Fact]):
    """The facts that a notebook would show."""

    def words(self) -> dict[str, str]:
        return {fact.key: fact.written for fact in self}

    def __call__(self, key: str) -> facts.Fact:
        [found] = [fact for fact in self if fact.key == key]
        return found


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    found = Shown()
    monkeypatch.setattr(facts, "display", found.extend)
    return found


@pytest.fixture
def known(tiny: Dealbook) -> Dealbook:
    """The toy book with figures of one cloud, and that which the web by hand rests on."""
    return figures(
        tiny,
        ("openai", "revenue", "2021", NAN, 2, NAN),
        ("openai", "debt", "2026-03-31", NAN, 0, NAN),
        ("microsoft", "backlog", "2026-06-30", NAN, 200, NAN),
        ("microsoft", "backlog_share_openai", "2026-06-30", 30, 40, 50),
        ("microsoft", "revenue", "2026-Q2", NAN, 20, NAN),
        ("microsoft", "operating_cash_flow", "2026-H1", 5, 6, 6),
        ("microsoft", "revenue_from_openai", "2026-H1", NAN, 2, NAN),
    )


def focus_of(of: Case) -> pd.DataFrame:
    return chapter.in_focus(chapter.every_break_even(of.web), of.year)


def test_the_newest_figure_is_stated_whichever_row_it_is(known: Dealbook, shown: Shown) -> None:
    keys = {"orders": ("backlog", "microsoft"), "none": ("backlog", "nvidia")}
    state.state_newest(Facts(known), case(known), keys)
    assert shown("orders").written == f"$200{BN}"
    assert shown("orders").rows == ("financials/microsoft-backlog-2026-06-30",)
    assert shown("none").value is None


def test_its_day_and_month_are_those_of_the_row(known: Dealbook, shown: Shown) -> None:
    made = case(known)
    state.state_day(Facts(known), made, "day", "backlog", "microsoft", "day")
    state.state_month(Facts(known), made, "month", "backlog", "microsoft", "month")
    state.state_day(Facts(known), made, "no-day", "backlog", "nvidia", "day")
    state.state_month(Facts(known), made, "no-month", "backlog", "nvidia", "month")
    assert shown.words() == {
        "day": "30\N{NO-BREAK SPACE}June 2026",
        "month": "June 2026",
        "no-day": "",
        "no-month": "",
    }


def test_own_debt_of_nothing_is_no_debt(known: Dealbook, shown: Shown) -> None:
    state.state_own_debt(Facts(known), case(known), "openai-debt-2026-03-31")
    assert shown("openai-debt").written == "no debt"


def test_own_debt_is_an_amount(known: Dealbook, shown: Shown) -> None:
    frame = known.financials
    some = replace(
        known, financials=frame.assign(value=frame.value.mask(frame.metric.eq("debt"), 3))
    )
    state.state_own_debt(Facts(some), case(some), "openai-debt-2026-03-31")
    assert shown("openai-debt").written == f"debt of $3{BN}"


def test_a_share_of_orders_is_a_range_in_percent(known: Dealbook, shown: Shown) -> None:
    state.state_share_of_orders(Facts(known), case(known), "microsoft", "share")
    state.state_share_of_orders(Facts(known), case(known), "nvidia", "share")
    assert shown.words() == {"microsoft-share": "30–50%", "nvidia-share": ""}


def test_dues_stand_beside_a_year_of_revenue(known: Dealbook, shown: Shown) -> None:
    state.state_dues_and_revenue(Facts(known), case(known), ["microsoft", "nvidia"])
    state.state_due_of_revenue(Facts(known), case(known), "microsoft")
    assert shown("microsoft-due").value == 10
    assert shown("microsoft-revenue").value == 80
    assert shown("nvidia-due").value == 5
    assert shown("nvidia-revenue").value is None
    assert shown("microsoft-of-revenue").value == pytest.approx(12.5)
    assert shown("microsoft-of-revenue").rows == (
        "legs/cloud-use",
        "financials/microsoft-revenue-2026-q2",
    )


def test_where_nothing_is_due_no_share_of_revenue_is_claimed(known: Dealbook, shown: Shown) -> None:
    web = replace(WEB, dues=WEB.dues[WEB.dues.payee.eq("nvidia")])
    state.state_due_of_revenue(Facts(known), case(known, web), "microsoft")
    assert shown("microsoft-of-revenue").value is None


def test_how_few_get_most_is_the_sum_of_squared_shares(known: Dealbook, shown: Shown) -> None:
    made = case(known)
    state.state_concentration(Facts(known), made, books.due_by_party(made))
    assert shown("total-due").value == 15
    # Two thirds and one third, in percent, squared.
    assert shown("hhi").value == pytest.approx(50000 / 9)
    assert shown("largest-two").written == "Microsoft and Nvidia"
    assert shown("largest-two-share").value == pytest.approx(100)


def test_one_supplier_has_no_concentration(known: Dealbook, shown: Shown) -> None:
    web = replace(WEB, dues=WEB.dues.iloc[:0])
    made = case(known, web)
    state.state_concentration(Facts(known), made, books.due_by_party(made))
    assert [shown(key).value for key in ("total-due", "hhi", "largest-two-share")] == [None] * 3
    assert shown("largest-two").written == "none"


def test_cash_flow_is_made_a_year_and_its_range_is_what_was_prepaid(
    known: Dealbook, shown: Shown
) -> None:
    state.state_cash_flow(Facts(known), case(known), "microsoft")
    state.state_most_from_focal(Facts(known), case(known), "microsoft", "at most")
    assert shown("microsoft-cash-flow").value == 12
    assert shown("microsoft-prepaid").value == 2
    assert shown("microsoft-from-openai").value == 4


def test_of_a_party_without_figures_nothing_is_claimed(known: Dealbook, shown: Shown) -> None:
    state.state_cash_flow(Facts(known), case(known), "nvidia")
    state.state_most_from_focal(Facts(known), case(known), "nvidia", "at most")
    assert {fact.value for fact in shown} == {None}


def test_needs_are_stated_in_percent_and_dollars(known: Dealbook, shown: Shown) -> None:
    made = case(known)
    state.state_needs(Facts(known), made, focus_of(made), ["microsoft"])
    assert shown.words() == {
        "microsoft-lean": "20–50%",
        "microsoft-lean-usd": f"$2–5{BN}",
        "microsoft-full": "40–80%",
        "microsoft-full-usd": f"$4–8{BN}",
    }
    assert "legs/cloud-use" in shown("microsoft-full").rows


def test_needs_of_who_cannot_be_tested_are_empty(known: Dealbook, shown: Shown) -> None:
    made = case(known, UNTESTED)
    state.state_needs(Facts(known), made, focus_of(made), ["microsoft"])
    assert shown("microsoft-full").written == ""
    assert shown("microsoft-full-usd").value is None


def test_too_early_is_said_only_where_nobody_is_tested(known: Dealbook, shown: Shown) -> None:
    for web in (WEB, UNTESTED):
        made = case(known, web)
        state.state_too_early(Facts(known), made, focus_of(made))
    assert shown[0].written == ""
    assert shown[1].written.startswith("On this page’s day")


def test_who_needs_nothing_is_named(known: Dealbook, shown: Shown) -> None:
    made = case(known)
    state.state_safe(Facts(known), made, focus_of(made))
    assert shown[0].written == (
        "Nvidia needs nothing: what others pay covers every bill counted here."
    )
    assert shown[0].rows == ("financials/openai-revenue-2021", "parties/openai")


def test_where_nobody_is_safe_nothing_is_said(known: Dealbook, shown: Shown) -> None:
    made = case(known, UNTESTED)
    state.state_safe(Facts(known), made, focus_of(made))
    assert shown[0].written == ""


def test_the_end_of_the_span_has_its_own_dues(known: Dealbook, shown: Shown) -> None:
    state.state_end_of_span(Facts(known), case(known), "microsoft")
    assert shown("last-year").written == "2028"
    assert shown("microsoft-repays").value == 6
    assert shown("microsoft-due-last").value == 10


def test_who_repays_nothing_then_repays_an_unknown_sum(known: Dealbook, shown: Shown) -> None:
    state.state_end_of_span(Facts(known), case(known), "nvidia")
    assert shown("nvidia-repays").value is None


def lost(web: object, ratio: float, reading: str) -> pd.DataFrame:
    assert isinstance(web, type(WEB))
    return clearing.lost_beyond(web, ratio, reading)


def test_losses_are_ranges_from_the_mild_to_the_strict_end(known: Dealbook, shown: Shown) -> None:
    tables = (lost(WEB, 0.6, FULL), lost(WEB, 0.6, LEAN), lost(WEB, 0.2, FULL))
    state.state_losses(Facts(known), case(known), *tables)
    words = shown.words()
    # Two years of 2 that lack, of which lenders are owed 6 of 9.
    assert words["lost-lenders"] == f"up to $2.67{BN}"
    assert words["lost-makers"] == f"up to $1.33{BN}"
    assert (words["lost-landlords"], words["lost-lean"], words["lost-mild"]) == ("nothing",) * 3
    # At a fifth: 6 less 4, to 9 less 3, in both years.
    assert words["lost-fifth"] == f"$4–12{BN}"
    assert words["lost-suppliers"] == f"$12{BN}"


def test_a_loss_at_the_mild_end_is_an_amount(known: Dealbook, shown: Shown) -> None:
    table = lost(WEB, 0.2, FULL)
    state.state_losses(Facts(known), case(known), table, table, table)
    assert shown("lost-mild").written == f"$4{BN}"


def test_losses_of_nobody_are_undisclosed(known: Dealbook, shown: Shown) -> None:
    table = lost(UNTESTED, 0.6, FULL)
    state.state_losses(Facts(known), case(known, UNTESTED), table, table, table)
    assert shown("lost-suppliers").value is None
    assert shown("lost-lenders").written == "undisclosed"
    assert shown("lost-mild").written == "nothing"


def test_the_safe_miss_two_fifths_of_their_dues(known: Dealbook, shown: Shown) -> None:
    state.state_missed_by_safe(Facts(known), case(known), ["nvidia"])
    state.state_missed_by_safe(Facts(known), case(known), [])
    # Of 5 in two years.
    assert shown[0].value == pytest.approx(4)
    assert [fact.written for fact in shown[1:]] == ["Nvidia", "undisclosed", "nobody"]


def test_the_largest_step_begins_in_the_middle_of_a_sentence(known: Dealbook, shown: Shown) -> None:
    made = case(known)
    flips = chapter.flips(made)
    state.state_flips(Facts(known), made, flips, ["microsoft", "oracle"])
    assert shown.words() == {
        "flip-microsoft": "principal is rolled over",
        "flip-oracle": "",
    }


def test_a_step_that_names_the_focal_party_has_its_name(known: Dealbook, shown: Shown) -> None:
    web = replace(WEB, income=WEB.income.assign(high=9.0))
    state.state_flips(
        Facts(known), case(known, web), chapter.flips(case(known, web)), ["microsoft"]
    )
    assert shown[0].written == "all of today’s cash comes again without OpenAI"


def test_machines_paid_sooner_are_stated_with_share_and_dollars(
    known: Dealbook, shown: Shown
) -> None:
    made = case(known)
    flips = chapter.flips(made)
    state.state_within_three_years(Facts(known), made, flips, "microsoft")
    state.state_within_three_years(Facts(known), made, flips, "oracle")
    assert [fact.written for fact in shown] == [f"50% · $5{BN}", ""]


def test_the_years_of_the_page_are_stated(known: Dealbook, shown: Shown) -> None:
    state.state_machine_years(Facts(known), case(known))
    state.state_first_year(Facts(known), case(known))
    state.state_first_year(Facts(known), case(known, UNTESTED))
    assert shown("machine-years").value == 5
    assert [fact.written for fact in shown[1:]] == ["2027", "2027"]
    assert shown[2].rows == ("legs/cloud-use", "legs/letter-equity")
