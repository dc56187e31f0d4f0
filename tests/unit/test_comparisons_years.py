"""Promises to buy in years of the buyer's revenue: worked by hand from the rows."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tightrope import obligations, quantities
from tightrope.chapters import comparisons_years as chapter
from tightrope.chapters.blueprint_or_warning import Amount
from tightrope.charts import theme
from tightrope.charts.phone import TALLEST
from tightrope.charts.years_of_revenue import years_of_revenue
from tightrope.dealbook import Dealbook
from tightrope.measures import credit
from tightrope.publish.facts import Fact, Facts

from .drawings import boxes, check

SPACE = "\N{NO-BREAK SPACE}"
ALLEGIANCE = ("allegiance-purchase-commitments-2000-2005", "allegiance-revenue-2000", "lucent")
WINSTAR = ("lucent-winstar-equipment", "winstar-revenue-2000", "lucent-winstar-loan")
PLAN, BOUGHT = "openai-revenue-2026-plan-2026-q3", ["compute", "chips"]


@pytest.fixture(scope="module")
def day(book: Dealbook) -> Dealbook:
    return book.as_of("2026-10-09")


def promise(book: Dealbook, row: str = PLAN) -> chapter.Promise:
    found = chapter.signed(book, "openai", row, BOUGHT, "compute and chips")
    assert found is not None
    return found


def test_a_take_or_pay_contract_of_six_years_is_a_year_of_revenue(day: Dealbook) -> None:
    # 0.35 over a revenue of at most 0.289 is 1.2 years or more.
    found = chapter.published(day, *ALLEGIANCE)
    assert found is not None
    assert found.years == pytest.approx(0.35 / 0.289)
    assert found.words == "at least 1.2 years"
    assert (found.lasts, found.obliges) == ("6 years", "all of it")


def test_a_credit_line_bounds_an_order_from_above(day: Dealbook) -> None:
    # Up to 2 over 0.7593 is up to 2.6 years.
    found = chapter.ordered(day, *WINSTAR)
    assert found is not None
    assert found.years == pytest.approx(2 / 0.7593)
    assert found.words == "up to 2.6 years"
    assert found.lasts.startswith("until fully drawn or the fifth anniversary")
    assert found.obliges == "not known"


def test_an_order_that_is_not_known_yet_is_none(book: Dealbook) -> None:
    assert chapter.ordered(book.as_of("1999-06-01"), *WINSTAR) is None
    assert chapter.published(book.as_of("2001-01-01"), *ALLEGIANCE) is None
    assert chapter.signed(book, "openai", "no-such-figure", BOUGHT, "") is None


def test_what_is_signed_now_is_over_twenty_years_of_planned_revenue(day: Dealbook) -> None:
    found = promise(day)
    # The sum is that of compute and chips; the plan of July 2026 has 36.
    assert found.years == pytest.approx(found.stated / 36)
    assert 20 < found.years < 25
    assert found.low / 36 < found.years < found.high / 36
    assert found.of_revenue == "the revenue that it plans for 2026"
    assert found.obliges.startswith("none known, ")


def test_with_rents_of_sites_it_is_all_that_is_signed_for_supply(day: Dealbook) -> None:
    sites = chapter.signed(day, "openai", PLAN, list(obligations.SUPPLY), "with sites")
    assert sites is not None
    # Another road: the quantity of what is signed, less what is no supply (the revenue share).
    signed = quantities.of(day)["to_pay_signed"].stated
    assert 0 <= signed - sites.stated < 0.01 * signed


def test_the_mean_life_counts_undated_money_over_the_shortest_and_longest_term(
    day: Dealbook,
) -> None:
    left = obligations.supply(day)
    left = left[left.leg_id.isin(["microsoft-azure-2025-purchase"])]
    # 250 as the plan spends, 50, 138.9, 226.5, 238.7 and 202 from 2026 on: (138.9 + 2 × 226.5 +
    # 3 × 238.7 + 4 × 202) / 856.1 = 2.472; five more years like the last are 1,010 and on average
    # 7 years away: (2,116 + 7 × 1,010) / 1,866.1 = 4.923.
    assert chapter.life(day, left) == pytest.approx((2.472, 4.923), abs=0.001)


def test_a_mean_life_is_that_of_its_parts(day: Dealbook) -> None:
    left = obligations.supply(day)
    low, high = chapter.life(day, left[left.leg_id.eq("oracle-compute")])
    # Dated: the same at both ends. Five equal years from 2027 on are three years on average.
    assert low == high == pytest.approx(3.0, abs=0.002)
    assert math.isnan(credit.mean_life(left.iloc[:0], 2026))


def test_a_promise_says_sum_revenue_term_and_take_or_pay_in_a_line() -> None:
    one = chapter.Promise(
        "Buyer, of Maker",
        "onward",
        8.0,
        10.0,
        12.0,
        Amount(4.0, ("financials/a",)),
        "2000",
        "6 years; the last in 2005",
        "none known, 10 on a condition",
        "",
        ("legs/a",),
    )
    assert one.words == "2.5 years (2–3)"
    assert one.note.endswith(f"÷ $4{SPACE}bn in 2000; 6 years; take or pay: none known")
    assert replace(one, low=10.0, high=10.0).words == "2.5 years"
    assert replace(one, high=math.nan).words == "2.5 years (at least 2)"
    assert one.of_revenue == "its revenue of 2000"


def test_the_figure_needs_a_promise_of_then_and_one_of_now(day: Dealbook) -> None:
    then, now = chapter.ordered(day, *WINSTAR), promise(day)
    assert chapter.promises_figure(day, [then, None], "openai", "") is None
    assert chapter.promises_figure(day, [None, now], "openai", "") is None
    figure = chapter.promises_figure(day, [then, now], "openai", "")
    assert figure is not None
    assert figure.title.startswith("OpenAI has signed for 22 years of the revenue that it plans")
    assert figure.title.endswith("for at most 2.6")
    for width in (theme.WIDE, theme.NARROW):
        drawing = years_of_revenue(figure.frame, width)
        check(drawing)
        assert "up to 2.6 years" in {text for text, *_ in boxes(drawing)}
        assert drawing.height <= TALLEST


def test_what_is_not_known_is_said(day: Dealbook, shown_by_key: dict[str, Fact]) -> None:
    fact = Facts(day).on(["parties/openai"])
    chapter.state_years(fact, {"then": None, "now": promise(day)})
    chapter.state_life(fact, "life", day, "openai", None)
    chapter.state_life(fact, "lasting", day, "openai", promise(day))
    assert shown_by_key["then"].written == "an unknown number of years"
    assert shown_by_key["now"].written == promise(day).words
    assert shown_by_key["life"].written == "an unknown number of years"
    assert shown_by_key["lasting"].written == "2.9 to 3.9 years"
