"""Six figures that would settle it: today's values against two thresholds, worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from tightrope.chapters import blueprint_or_warning_facts as stating
from tightrope.chapters import blueprint_or_warning_panel as panels
from tightrope.chapters import blueprint_or_warning_six as six
from tightrope.chapters.blueprint_or_warning import Amount
from tightrope.charts.needle import Needle
from tightrope.dealbook import Dealbook
from tightrope.publish import facts

from .books import Leg, Step, made
from .opened import opened
from .test_blueprint_or_warning import Row, with_figures, written

SPACE = "\N{NO-BREAK SPACE}"
PLANS: list[Row] = [
    ("plan-high", "openai", "goal", "2026", 36.0),
    ("plan-low", "openai", "goal", "2026", 30.0),
]
FIRST: Row = ("q1", "openai", "revenue", "2026-Q1", 6.0)
SECOND: Row = ("q2", "openai", "revenue", "2026-Q2", 9.0)
YEAR: Row = ("year", "openai", "revenue", "2026", 29.0)
MARGINS: list[Row] = [
    ("margin-q1", "openai", "gross_margin", "2026-Q1", 40.0),
    ("margin-q2-gaap", "openai", "gross_margin", "2026-Q2", 20.0),
    ("goal", "openai", "goal_margin", "2025", 46.0),
    ("floor", "openai", "floor_margin", "2025", 33.0),
]
ORDERS: list[Row] = [
    ("backlog", "microsoft", "backlog", "2026-08-31", 600.0),
    ("backlog-twelve-months", "microsoft", "backlog_part", "2026-08-31", 78.0),
]
SHARES: list[Row] = [
    ("raised", "openai", "capital_raised", "2026-03-31", 20.0),
    ("price", "openai", "valuation", "2026-03-31", 800.0),
]
CLOUD: list[Row] = [
    ("interest", "nvidia", "interest_cost", "2026-Q2", 3.0),
    ("sales", "nvidia", "revenue", "2026-Q2", 10.0),
    ("loss", "nvidia", "net_loss", "2026-Q2", 1.0),
    ("interest-q1", "nvidia", "interest_cost", "2026-Q1", 2.0),
    ("sales-q1", "nvidia", "revenue", "2026-Q1", 8.0),
    ("profit", "microsoft", "net_income", "2026-Q2", 2.0),
]
HALF = [*PLANS, FIRST, SECOND, *MARGINS, *ORDERS, *SHARES, *CLOUD]
LEGS = {
    "use": Leg("openai", "microsoft", [Step("binding", 50)], "compute"),
    "first": Leg("microsoft", "openai", [Step("binding", 12), Step("paid", 12)]),
    "second": Leg("nvidia", "openai", [Step("binding", 8), Step("paid", 5)]),
    "rent": Leg("microsoft", "nvidia", [Step("binding", 6, 0, 6)], "guarantee"),
    "other": Leg("microsoft", "nvidia", [Step("binding", 1, 0, 1)], "guarantee"),
}


@pytest.fixture
def half(tiny: Dealbook) -> Dealbook:
    """A book at the middle of the year, every measure known."""
    book = with_figures(made(tiny, LEGS), HALF)
    book.legs.loc[book.legs.leg_id.eq("use"), ["starts_on", "ends_on"]] = [
        book.events.known_on.min(),
        book.events.known_on.min().replace(year=2027),
    ]
    return replace(book, all_ids=book.all_ids | {"legs": list(LEGS)})


def all_six(book: Dealbook) -> six.Six:
    return six.Six(
        six.sales(book, "openai", 2026, ("plan-high", "plan-low"), ["q1"]),
        six.margin(book, "openai", "goal", "floor", ("margin-q1", "q1")),
        six.due_soon(book, "microsoft", "use", "backlog-twelve-months"),
        six.round_of(book, "openai", ["first", "second"], "raised", "price"),
        six.surety(book, "rent", ["other"], "profit"),
        six.interest(book, "nvidia", ("interest-q1", "sales-q1"), ("interest", "sales", "loss")),
    )


def test_half_a_year_is_two_quarters_and_the_rest_is_to_go(half: Dealbook) -> None:
    own = all_six(half).sales
    assert (own.so_far.value, own.when, own.is_over) == (15, "the first half", False)
    assert own.to_go.value == 21
    assert own.crossed == (False, False)


def test_a_whole_year_counts_by_itself_and_can_miss_the_worse_plan(tiny: Dealbook) -> None:
    book = with_figures(tiny, [*PLANS, FIRST, YEAR])
    own = six.sales(book, "openai", 2026, ("plan-high", "plan-low"), ["q1"])
    assert (own.so_far.value, own.when) == (29, "the year")
    assert own.crossed == (False, True)


def test_beyond_the_better_plan_nothing_is_to_go(tiny: Dealbook) -> None:
    book = with_figures(tiny, [*PLANS, ("year", "openai", "revenue", "2026", 40.0)])
    own = six.sales(book, "openai", 2026, ("plan-high", "plan-low"), ["q1"])
    assert own.to_go.value == 0
    assert own.crossed == (True, False)


def test_before_any_quarter_is_booked_rows_are_named_and_nothing_is_known(
    tiny: Dealbook,
) -> None:
    own = six.sales(with_figures(tiny, PLANS), "openai", 2026, ("plan-high", "plan-low"), ["q1"])
    assert own.when == "no quarter"
    assert own.so_far.rows == ("financials/q1",)
    assert math.isnan(own.to_go.value)


def test_a_margin_goes_with_revenue_of_its_own_period(half: Dealbook) -> None:
    own = all_six(half).margin
    # 40% of 6; the margin of the second quarter is by other rules.
    assert (own.period, own.left.value) == ("2026-Q1", pytest.approx(2.4))
    assert own.crossed == (False, False)


@pytest.mark.parametrize(("at", "sides"), [(46, (True, False)), (32, (False, True))])
def test_a_margin_crosses_its_goal_or_its_floor(
    half: Dealbook, at: float, sides: tuple[bool, bool]
) -> None:
    own = replace(all_six(half).margin, percent=Amount(at, ()))
    assert own.crossed == sides


def test_of_two_newest_rows_of_a_period_the_later_known_counts(half: Dealbook) -> None:
    half.financials.loc[half.financials.financial_id.eq("q2"), "period"] = "2026-Q1"
    later = half.financials.known_on.max().replace(year=2030)
    half.financials.loc[half.financials.financial_id.eq("q2"), "known_on"] = later
    own = six.newest(half, "openai", ["revenue"], ["q1"])
    assert own == six.Together("2026-Q1", ("q2",))


def test_before_anything_is_booked_the_given_rows_stand(tiny: Dealbook) -> None:
    own = six.newest(with_figures(tiny, PLANS), "openai", ["revenue", "net_loss"], ["a", "b"])
    assert own == six.Together("", ("a", "b"))


def test_a_part_of_a_backlog_is_as_exact_as_its_whole_percent(half: Dealbook) -> None:
    own = all_six(half).due
    # 78 of 600 are 13%: 12.5% to 13.5% of 600. The contract runs five years.
    assert (own.percent, own.low, own.high) == (13, 75, 81)
    assert own.fifth == 0.2
    assert own.crossed == (False, False)
    assert own.rows == ("financials/backlog-twelve-months", "financials/backlog")


@pytest.mark.parametrize(
    ("soon", "percent", "sides"), [(120, 20, (True, False)), (72, 12, (False, True))]
)
def test_a_backlog_flows_in_full_or_runs_away(
    half: Dealbook, soon: float, percent: float, sides: tuple[bool, bool]
) -> None:
    own = replace(all_six(half).due, soon=Amount(soon, ()), percent=percent)
    assert own.crossed == sides


def test_before_a_backlog_is_published_it_crosses_no_line(tiny: Dealbook) -> None:
    own = six.due_soon(with_figures(tiny, PLANS), "microsoft", "nowhere", "x-twelve-months")
    assert own.rows == ("financials/x-twelve-months", "financials/x")
    assert own.crossed == (False, False)
    assert math.isnan(own.low)


def test_a_round_is_what_its_legs_are_known_to_be_paid(half: Dealbook) -> None:
    own = all_six(half).round
    assert (own.low, own.high) == (17, 17)
    assert own.crossed == (False, False)


def test_a_round_that_is_paid_or_called_off_crosses_a_line(half: Dealbook) -> None:
    own = all_six(half).round
    assert replace(own, low=20).crossed == (True, False)
    assert replace(own, is_called_off=True).crossed == (False, True)


def test_cheaper_shares_after_the_round_cross_its_line(half: Dealbook) -> None:
    cheaper: Row = ("price-later", "openai", "valuation", "2026-09-30", 700.0)
    book = with_figures(half, [*HALF, cheaper])
    later = book.financials.known_on.max().replace(year=2030)
    book.financials.loc[book.financials.financial_id.eq("price-later"), "known_on"] = later
    own = all_six(book).round
    assert own.later == Amount(700, ("financials/price-later",))
    assert own.crossed == (False, True)


def test_a_surety_is_the_most_of_all_its_legs_beside_a_years_income(half: Dealbook) -> None:
    own = all_six(half).surety
    assert (own.most.value, own.rent, own.signed.value) == (7, 6, 6)
    assert own.income.value == 8
    assert own.crossed == (False, False)


@pytest.mark.parametrize(
    ("change", "sides"),
    [
        ({"rent": 5.0}, (True, False)),
        ({"rent": 5.0, "called": 1.0}, (False, True)),
        ({"most": Amount(9, ())}, (False, True)),
    ],
)
def test_a_surety_shrinks_uncalled_or_is_called_or_outgrows_a_year(
    half: Dealbook, change: dict[str, Any], sides: tuple[bool, bool]
) -> None:
    assert replace(all_six(half).surety, **change).crossed == sides


def test_interest_that_takes_more_than_before_crosses_its_line(half: Dealbook) -> None:
    own = all_six(half).interest
    # 3 of 10 after 2 of 8.
    assert (own.share.value, own.before.value) == (0.3, 0.25)
    assert own.crossed == (False, True)
    assert replace(own, loss=Amount(0, ()), paid=Amount(2, ())).crossed == (True, False)


def test_lines_crossed_are_counted_and_said(half: Dealbook) -> None:
    own = all_six(half)
    assert own.crossed == (0, 1)
    told = "none of the six stand on the side of the blueprint and one on that of the warning"
    assert own.crossed_words == told
    calm = replace(own, interest=replace(own.interest, paid=Amount(2, ())))
    assert calm.crossed_words == "none of the six has crossed either line"
    one = replace(calm, round=replace(own.round, low=20))
    assert one.crossed_words.startswith("one of the six stands on the side of the blueprint")


def test_six_are_known_when_each_has_a_value(half: Dealbook) -> None:
    own = all_six(half)
    assert own.is_known
    unknown = replace(own.sales, high=Amount(math.nan, ()))
    assert not replace(own, sales=unknown).is_known


def test_even_growth_brings_the_target_in_two_quarters() -> None:
    # 4 × (1.5 + 2.25) = 15.
    assert six.even_growth(4, 15) == pytest.approx(0.5)


def test_a_year_at_pace_grows_as_its_second_quarter_did() -> None:
    # 4 and 6, then 9 and 13.5.
    assert six.year_at_pace(Amount(4, ("a",)), Amount(6, ("b",))) == Amount(32.5, ("a", "b"))


def test_a_pace_is_placed_beside_both_plans() -> None:
    words = [six.pace_word(pace, 30, 36) for pace in (20, 29, 33, 40)]
    assert words == [
        "below the warning line",
        "just on the warning side",
        "between the two lines",
        "above the plan",
    ]


def test_periods_are_written_as_readers_know_them() -> None:
    periods = ["2026-Q1", "2026-H2", "2026", ""]
    assert [six.in_words(period) for period in periods] == [
        "the first quarter of 2026",
        "the second half of 2026",
        "2026",
        "no period yet",
    ]


def test_todays_values_are_stated(half: Dealbook, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[facts.Fact] = []
    monkeypatch.setattr(facts, "display", shown.extend)
    stating.state_six(facts.Facts(half), all_six(half))
    told = written(shown)
    assert (told["so-far"], told["to-go"]) == (f"$15{SPACE}bn", f"$21{SPACE}bn")
    assert told["so-far-when"] == "the first half"
    assert told["crossed"] == all_six(half).crossed_words


def test_the_headline_says_which_lines_are_crossed(half: Dealbook) -> None:
    own = all_six(half)
    held = replace(own, surety=replace(own.surety, called=1.0))
    assert stating.finding(None) == "Blueprint or warning? Six figures will tell"
    assert stating.finding(held).endswith("to warning")
    on, off = held.crossed
    assert stating.finding(held) == (
        f"{six.NUMBERS[on].capitalize() if on else 'None'} of six figures point to blueprint, "
        f"{six.NUMBERS[off]} to warning"
    )


SAYS = panels.measures(
    """a | {plan} | {least}

    b | {goal} | {floor}

    c | {fifth} of {years} | {late}

    d | {raised} | {price}

    e | {signed} | {income}""",
    "f | none\n | {before}",
)


def test_the_words_of_a_measure_are_three_parts_of_a_block() -> None:
    assert SAYS[-1] == ("f", "none", "{before}")
    with pytest.raises(ValueError, match="unpack"):
        panels.measures("a | b")


def test_the_table_has_todays_value_and_both_thresholds(half: Dealbook) -> None:
    table = panels.table(all_six(half), SAYS, ["later"] * 6)
    today = list(table.today)
    assert today[0] == f"$15{SPACE}bn in the first half"
    assert f"13%, about $75–81{SPACE}bn of $600{SPACE}bn" in today
    assert any("nothing known to be called" in words for words in today)
    assert any(f"with a net loss of $1{SPACE}bn" in words for words in today)
    cells = {*table.blueprint, *table.warning}
    assert {"20% of 5", "12%", "46%", "33%", f"$800{SPACE}bn", f"$8{SPACE}bn", "25%"} <= cells


def test_there_is_no_panel_before_all_six_are_known(tiny: Dealbook) -> None:
    assert panels.panel(opened(tiny), None, {}, SAYS, {}) is None


def test_a_needle_is_near_its_warning_on_either_side_of_the_line() -> None:
    ends = {"a": (29.5, 30.0, 36.0), "b": (31.0, 30.0, 36.0), "c": (90.0, math.nan, 120.0)}
    found = {name: Needle(name, *three, "", "") for name, three in ends.items()}
    assert panels.nearest(found, SAYS) == ["a"]
