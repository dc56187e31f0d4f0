"""Floats, one partner's advance, and what the chapter says of them: worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import quantities
from tightrope.chapters import floats, floats_facts, floats_figures, start
from tightrope.chapters import when_money_moves as chapter
from tightrope.chapters import when_money_moves_advance as advances
from tightrope.chapters import when_money_moves_facts as stating
from tightrope.chapters import when_money_moves_figures as figures
from tightrope.chapters import when_money_moves_floats as holdings
from tightrope.dealbook import Dealbook
from tightrope.publish import facts
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening, opening
from tightrope.quantities.view import View

from .opened import opened

LAB, CLOUD = "openai", "microsoft"
COLUMNS = ["payer", "payee", "amount", "year", "basis"]


def moves(*rows: tuple[str, str, float, float, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"year": "Int64"})
    return table.assign(leg_id=[f"{row[0]}-{row[1]}" for row in rows], instrument="compute")


NO_YEAR = math.nan
WEB = moves(
    ("bank", LAB, 40, 2024, "paid"),
    (CLOUD, LAB, 10, 2025, "paid"),
    (LAB, CLOUD, 4, 2025, "paid"),
    (LAB, CLOUD, 20, 2026, "scheduled"),
    (LAB, CLOUD, 7, NO_YEAR, "scheduled"),
    ("shop", LAB, 1, 2025, "paid"),
    (LAB, "shop", 50, 2027, "scheduled"),
)


@pytest.fixture(scope="module")
def page() -> Opening:
    return opening()


@pytest.fixture(scope="module")
def view(page: Opening) -> View:
    return View(page.book, LAB)


@pytest.fixture(scope="module")
def real(view: View) -> pd.DataFrame:
    return chapter.moves(view, "announced")


@pytest.fixture(scope="module")
def microsoft(view: View, real: pd.DataFrame) -> advances.Advance:
    rounds = ["2019-cash", "2019-credits", "2021-equity", "2023-equity"]
    legs = [f"microsoft-{leg}" for leg in rounds]
    return advances.advance(view.web, real, CLOUD, legs, "microsoft-azure-use")


def test_sums_by_side_keep_what_has_no_year_apart() -> None:
    table = chapter.by_side(WEB, LAB)
    rest = table[table.year.isna()]
    assert rest[["side", "basis", "amount"]].to_numpy().tolist() == [["out", "scheduled", 7]]
    assert table.amount[table.side.eq("in")].sum() == 51
    assert table.amount[table.side.eq("out")].sum() == 81


def test_the_partners_are_all_but_the_focal_party_whoever_pays() -> None:
    assert chapter.partners(WEB, LAB) == ["bank", CLOUD, "shop"]
    assert chapter.partners(WEB, CLOUD) == ["bank", LAB, "shop"]


def test_a_partner_is_as_far_ahead_as_its_highest_float() -> None:
    # 10 in and 4 out in 2025, 20 more out in 2026.
    assert holdings.standings(WEB, LAB, [CLOUD]) == {CLOUD: holdings.Standing(6, -14)}


def test_a_partner_that_is_paid_first_was_never_ahead() -> None:
    first = moves((LAB, CLOUD, 5, 2024, "paid"), (CLOUD, LAB, 2, 2025, "paid"))
    assert holdings.standings(first, LAB, [CLOUD]) == {CLOUD: holdings.Standing(0, -3)}


def test_a_partner_without_a_date_has_no_standing() -> None:
    undated = moves((LAB, CLOUD, 5, NO_YEAR, "scheduled"))
    assert holdings.standings(undated, LAB, [CLOUD]) == {}


@pytest.mark.parametrize(
    ("top", "end", "kind"),
    [(6, -14, "advanced"), (1, -49, "billed"), (40, 40, "invested"), (5, 0, "")],
)
def test_less_than_a_tenth_of_what_is_paid_in_the_end_is_a_rebate(
    top: float, end: float, kind: str
) -> None:
    assert holdings.Standing(top, end).kind == kind


def test_what_is_only_due_is_not_paid_ahead() -> None:
    assert holdings.paid_ahead(WEB, CLOUD) == 6
    assert holdings.paid_ahead(WEB, "bank") == 40


def test_a_panel_carries_what_has_no_year_on_its_own_side() -> None:
    table = holdings.panels(WEB, LAB, {CLOUD: "Cloud"})
    assert list(table["float"]) == [6, -14]
    assert set(table.undated_out) == {7}
    assert set(table.undated_in) == {0}
    assert set(table.so_far) == {6}


def test_a_party_without_a_date_has_an_empty_panel() -> None:
    undated = moves((LAB, CLOUD, 5, NO_YEAR, "scheduled"))
    table = holdings.panels(undated, LAB, {CLOUD: "Cloud"})
    assert len(table) == 1
    assert table.year.isna().all()
    assert holdings.panels(undated, LAB, {}).empty


@pytest.mark.parametrize(("years", "words"), [(0.4, "less than a year"), (3.04, "3.0 years")])
def test_a_length_of_time_below_a_year_is_not_known_closer(years: float, words: str) -> None:
    assert holdings.spell(years) == words


def test_a_float_is_discounted_at_every_rate_and_bills_at_none() -> None:
    shaped = {"as it is": WEB, "later": WEB.assign(year=WEB.year.replace(2026, 2028))}
    found = holdings.floats_by_assumption(shaped, LAB, CLOUD, (0.0, 1.0))
    assert list(found[holdings.WAITING, "no discount"]) == [6, -14, 0, 0]
    # 20 a year later at 100% a year are worth 10.
    assert list(found[holdings.WAITING, "100% a year"])[:2] == [6, -4]
    assert list(found[holdings.BILLS, "later"]) == [6, 6, 6, -14]


def test_an_account_that_is_no_hill_has_no_assumptions() -> None:
    assert holdings.floats_by_assumption({"as it is": WEB}, LAB, "bank", (0, 1)) == {}
    assert holdings.floats_by_assumption({"as it is": WEB}, LAB, "nobody", (0, 1)) == {}


def test_at_present_value_less_comes_back_at_a_higher_rate() -> None:
    late = moves((CLOUD, LAB, 10, 2025, "paid"), (LAB, CLOUD, 10, 2026, "scheduled"))
    rates = {"low": 0.0, "value": 0.25, "high": 1.0}
    row = holdings.present_trips({(CLOUD, "late"): late}, LAB, rates).iloc[0]
    assert (row.in_usd_bn, row.out_usd_bn) == pytest.approx((10, 8))
    assert (row.low, row.value, row.high) == pytest.approx((100, 80, 50))


def test_without_cases_there_are_no_present_values() -> None:
    assert holdings.present_trips({}, LAB, {"value": 0.1}).empty


def test_an_earlier_date_parts_what_went_round_within_a_year(tiny: Dealbook) -> None:
    # 4 of the cloud's 10 go out in the year in which they came; a year earlier, nothing does.
    early = WEB.iloc[[1]].assign(year=2024)
    assert chapter.matched_within(tiny, WEB, WEB.iloc[:0], LAB) == (5 - 1, 5 - 1)
    assert chapter.matched_within(tiny, WEB, early, LAB) == (0, 4)


def test_without_a_date_nothing_is_matched_within_a_year(tiny: Dealbook) -> None:
    undated = moves((LAB, CLOUD, 5, NO_YEAR, "scheduled"))
    assert chapter.matched_within(tiny, undated, undated.iloc[:0], LAB) == (0, 0)


def test_money_that_goes_out_before_any_came_is_not_matched_in_order() -> None:
    # The cloud's 10, and the shop's 1; the bank gets nothing.
    assert chapter.matched_in_order(WEB, LAB) == 11
    first = moves((LAB, CLOUD, 5, 2024, "paid"), (CLOUD, LAB, 2, 2025, "paid"))
    assert chapter.matched_in_order(first, LAB) == 0


def test_the_peak_is_a_share_and_the_first_small_years_do_not_count() -> None:
    growth = pd.DataFrame({"total": [1.0, 5, 10], "ratio": [0.9, 0.5, 0.2]}, index=[1, 2, 3])
    assert chapter.peak_year(growth) == 2
    assert chapter.peak_year(growth.iloc[:0]) is None
    assert chapter.peak_year(growth.assign(total=0.0)) is None


def test_an_account_is_open_if_it_has_a_rest_and_two_sides() -> None:
    legs = pd.DataFrame(
        [
            (f"{CLOUD}-{LAB}", CLOUD, LAB, 10.0, 10.0, 10.0),
            (f"{LAB}-{CLOUD}", LAB, CLOUD, math.nan, 24.0, 90.0),
            (f"bank-{LAB}", "bank", LAB, math.nan, 40.0, 45.0),
        ],
        columns=["leg_id", "payer", "payee", "amount", "low", "high"],
    )
    names = {CLOUD: "Cloud", "bank": "Bank"}
    found = floats.open_accounts(legs, WEB, LAB, names)
    assert [one.name for one in found] == ["Cloud"]
    assert found[0].account.outward == (31 - 7, 0, 66)


def advance_of(tiny: Dealbook, back: list[tuple[str, float]]) -> advances.Advance:
    """The toy stake, announced in 2020, 4 proved in 2020 and 9 in 2021, and what went back."""
    first = tiny.events[tiny.events.event_id.eq("stake-paid-1")].iloc[0]
    steps = [
        {
            **first,
            "event_id": f"back-{n}",
            "leg_id": "cloud-use",
            "happened_on": pd.Timestamp(day),
            "known_on": pd.Timestamp(day),
            "amount_usd_bn": amount,
        }
        for n, (day, amount) in enumerate(back)
    ]
    late = tiny.events.happened_on.mask(
        tiny.events.event_id.eq("stake-paid-1"), pd.Timestamp("2021-01-30")
    )
    events = pd.concat(
        [tiny.events.assign(happened_on=late), pd.DataFrame(steps, columns=tiny.events.columns)],
        ignore_index=True,
    ).astype(tiny.events.dtypes.to_dict())
    web = replace(tiny, events=events)
    paid = chapter.moves(View(web, LAB), "announced")
    return advances.advance(web, paid, CLOUD, ["stake-cash"], "cloud-use")


def test_only_the_first_balance_can_be_as_early_as_the_announcement(tiny: Dealbook) -> None:
    one = advance_of(tiny, [("2021-12-31", 3), ("2023-06-30", 12)])
    assert list(one.late.year) == [2021, 2021]
    assert list(one.early.year) == [2020, 2021]
    assert one.years == (2020, 2021, 2022, 2023)


def test_an_advance_is_repaid_when_the_least_that_went_back_is_all_that_came(
    tiny: Dealbook,
) -> None:
    one = advance_of(tiny, [("2021-12-31", 3), ("2023-06-30", 12)])
    sums = one.sums()
    assert list(sums.in_low) == [0, 9, 9, 9]
    assert list(sums.in_high) == [4, 9, 9, 9]
    assert list(sums.back_low) == [0, 3, 3, 12]
    assert one.repaid() == 2023
    assert one.perhaps_repaid() == 2023


def test_an_advance_of_which_too_little_went_back_is_not_repaid(tiny: Dealbook) -> None:
    one = advance_of(tiny, [("2022-12-31", 8)])
    assert one.repaid() is None
    assert one.perhaps_repaid() is None


def test_within_a_year_the_smaller_side_counts(tiny: Dealbook) -> None:
    # 2021: 9 in and 3 back; 2023: nothing in.
    assert advance_of(tiny, [("2021-12-31", 3), ("2023-06-30", 12)]).within_years() == 3


def test_without_a_payment_back_an_advance_has_no_years(tiny: Dealbook) -> None:
    one = advance_of(tiny, [])
    assert one.years == ()
    assert one.cases() == {}
    assert one.within_years() == 0
    assert floats_figures.in_and_back(opened(tiny), one, "in-and-back", "") is None


def test_the_band_of_what_went_back_starts_a_year_before_its_first_payment(
    tiny: Dealbook,
) -> None:
    one = advance_of(tiny, [("2022-12-31", 3)])
    bands = advances.bands(one, ("in", "back"))
    assert list(bands.year[bands.series.eq("back")]) == [2021, 2022]
    assert list(bands.year[bands.series.eq("in")]) == [2020, 2021, 2022]
    assert bands.low.le(bands.high).all()


def test_the_cases_of_an_advance_differ_in_dates_and_in_the_least_that_went_back(
    microsoft: advances.Advance,
) -> None:
    late, early, least = microsoft.cases().values()
    assert late.amount.sum() == pytest.approx(early.amount.sum())
    assert least.amount.sum() < early.amount.sum()
    assert early.year.min() < late.year.min()


def test_every_figure_of_the_default_edition_is_drawn_with_its_finding(
    page: Opening, view: View, real: pd.DataFrame, microsoft: advances.Advance
) -> None:
    shaped = chapter.shapes(page.book, real)
    held = holdings.floats_by_assumption(shaped, LAB, "amazon", (0.06, 0.14))
    growth = chapter.matched_by_year(real, LAB)
    payments = start.dated(view, "announced")
    found = start.turn(payments, page.book.day.year)
    drawn = [
        figures.payments_by_year(page, payments, found, "rent", "A note."),
        figures.floats_by_partner(page, real, [CLOUD, "amazon", "softbank", "oracle"], "A note."),
        floats_figures.in_and_back(page, microsoft, "microsoft-in-and-back", ""),
        floats_figures.float_by_assumption(page, held, "amazon", ["legs/amazon-2026-equity"]),
        figures.matched_by_year(page, growth, real),
    ]
    shown = [figure for figure in drawn if figure]
    assert [figure.id for figure in shown] == [
        "payments-by-year",
        "floats-by-partner",
        "microsoft-in-and-back",
        "amazon-assumptions",
        "matched-by-year",
    ]
    assert shown[0].title.startswith("The money for OpenAI came in 2025 and 2026; the big bills")
    assert "SoftBank only pays in" in shown[1].title
    assert "Oracle in effect only sends bills" in shown[1].title
    assert "at least as much had gone back as Microsoft had put in" in shown[2].title
    assert "Amazon is paid back by more than" in shown[3].title
    for figure in shown:
        assert {"wide", "narrow"} <= figure.content().keys()


def test_a_web_without_a_payment_has_no_figure(tiny: Dealbook) -> None:
    page, none = opened(tiny), WEB.iloc[:0]
    payments = none.assign(side="in", rung="paid", who="")
    assert figures.payments_by_year(page, payments, start.turn(payments, 2026), "", "") is None
    assert figures.floats_by_partner(page, none, [CLOUD]) is None
    assert floats_figures.float_by_assumption(page, {}, CLOUD, []) is None
    assert floats_figures.present_trips_table(page, holdings.present_trips({}, LAB, {}), {}) is None
    assert figures.matched_by_year(page, chapter.matched_by_year(none, LAB), none) is None
    assert floats_figures.open_accounts_table(page, []) is None


def test_the_headline_says_whether_the_money_is_in_and_the_bills_are_not() -> None:
    bills = moves((LAB, CLOUD, 4, 2025, "paid"), (LAB, CLOUD, 20, NO_YEAR, "scheduled"))
    money = moves((CLOUD, LAB, 10, 2025, "paid"), (CLOUD, LAB, 9, 2026, "scheduled"))
    said = stating.finding(pd.concat([money, bills]), LAB)
    assert said == "Most of the money is in. Most bills are still to come."
    for known in (money, bills, pd.concat([money, bills[:1]]), pd.concat([money[1:], bills])):
        assert "is paid" in stating.finding(known, LAB)


def test_the_headline_of_other_accounts_is_their_sums() -> None:
    bills = moves((LAB, CLOUD, 4, 2025, "paid"), (LAB, CLOUD, 20, NO_YEAR, "scheduled"))
    for known, words in (
        (bills, "Of $24 bn in and out, $4 bn is paid and $20 bn has no date"),
        (bills[1:], "All of $20 bn in and out has no date"),
        (bills[:0], "No payment has a known sum, so none has a place in time"),
    ):
        assert stating.finding(known, LAB).replace("\N{NO-BREAK SPACE}", " ") == words


def test_payments_that_show_no_turn_have_their_sums_as_a_title(tiny: Dealbook) -> None:
    payments = start.dated(View(tiny, LAB), "announced")
    found = start.turn(payments, 2026)
    drawn = figures.payments_by_year(opened(tiny), payments, found, "", "")
    assert drawn is not None
    assert drawn.title.replace("\N{NO-BREAK SPACE}", " ") == (
        "Into OpenAI: $9 bn paid and $1 bn without a date. "
        "Out of OpenAI: $73 bn due in a known year"
    )


def test_a_side_that_is_open_above_is_open_in_the_table(tiny: Dealbook) -> None:
    side = floats.Side(1, 0, math.nan)
    table = floats_figures.open_accounts_table(
        opened(tiny), [floats.Open("Cloud", floats.Account(side, floats.Side(1, 0, math.nan)))]
    )
    assert table is not None
    assert ">open<" in table._repr_html_()


def test_an_advance_that_may_be_repaid_says_so(tiny: Dealbook) -> None:
    one = advance_of(tiny, [("2021-12-31", 20)])
    drawn = floats_figures.in_and_back(opened(tiny), one, "in-and-back", "")
    assert drawn is not None
    assert drawn.title.startswith("By the end of 2021 at least as much had gone back as Microsoft")


def test_present_values_are_written_as_shares_of_what_came_in(tiny: Dealbook) -> None:
    late = moves((CLOUD, LAB, 10, 2025, "paid"), (LAB, CLOUD, 10, 2026, "scheduled"))
    rates = {"low": 0.0, "value": 0.25, "high": 1.0}
    trips = holdings.present_trips({(CLOUD, "late"): late}, LAB, rates)
    table = floats_figures.present_trips_table(opened(tiny), trips, rates)
    assert table is not None
    text = table._repr_html_()
    assert "Microsoft: late" in text
    assert all(f"{share}%" in text for share in (100, 80, 50))


def test_the_facts_of_dates_add_up_by_side(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact]
) -> None:
    view = View(tiny, LAB)
    legs, paid = chapter.flows(view, "announced"), chapter.moves(view, "announced")
    stating.state_dated(opened(tiny), legs, paid)
    # Of the stake of 10 the toy has 9 paid and 1 due; the cloud contract of 73 has a term.
    assert shown_by_key["dated-out"].value == pytest.approx(73)
    assert shown_by_key["dated-in"].value == pytest.approx(9)
    assert shown_by_key["ranged-out"].written == "nothing"


def test_what_is_left_out_is_named_with_its_sums_on_the_whole_layer_alone(
    page: Opening, view: View, shown_by_key: dict[str, facts.Fact]
) -> None:
    legs = chapter.flows(view, "announced")
    floats_facts.state_left_out(page, legs)
    assert "are all that is to come in as stated" in shown_by_key["all-words"].written
    floats_facts.state_left_out(replace(page, layer="binding"), legs)
    assert shown_by_key["all-words"].value == ""


def test_an_advance_states_how_long_a_dollar_stayed(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact]
) -> None:
    one = advance_of(tiny, [("2023-06-30", 9)])
    floats_facts.state_advance(Facts(tiny).on(["legs/stake-cash"]), "ms", one, LAB)
    # 9 out in 2023: 4 in of 2021 or 2020, 5 in of 2021.
    assert shown_by_key["ms-stay-late"].written == "2.0 years"
    assert shown_by_key["ms-stay-early"].written == "2.4 years"
    assert shown_by_key["ms-known"].value == "yes"


def test_an_advance_without_a_return_has_no_known_time(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact]
) -> None:
    floats_facts.state_advance(Facts(tiny).on(["legs/stake-cash"]), "ms", advance_of(tiny, []), LAB)
    assert shown_by_key["ms-stay-late"].written == "no known time"
    assert shown_by_key["ms-known"].value == ""


def test_the_order_of_an_account_is_stated_in_words(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact]
) -> None:
    fact = Facts(tiny).on(["legs/stake-cash"])
    stating.state_order(fact, "cloud", WEB, LAB, CLOUD)
    # 4 at once, 6 after a year.
    assert shown_by_key["cloud-matched"].value == 10
    assert shown_by_key["cloud-when"].written == "after less than a year on average"
    stating.state_order(fact, "bank", WEB, LAB, "bank")
    assert shown_by_key["bank-when"].written == "as far as payments are known"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ([80.2], [80.4], "80%"),
        ([50, 60], [70, 90], "between 50% and 90%"),
        ([], [], "an unknown part"),
    ],
)
def test_a_present_share_is_written_once_or_as_a_range(
    tiny: Dealbook,
    shown_by_key: dict[str, facts.Fact],
    low: list[float],
    high: list[float],
    words: str,
) -> None:
    shares = pd.DataFrame({"low": low, "high": high})
    floats_facts.state_present(Facts(tiny).on(["legs/stake-cash"]), "pv", shares)
    assert shown_by_key["pv"].written == words


def test_a_loop_is_made_if_more_than_twice_as_much_is_matched_in_the_end(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact]
) -> None:
    fact = Facts(tiny).on(["legs/stake-cash"])
    growth = chapter.matched_by_year(WEB, LAB)
    stating.state_matched(fact, growth, (0, 4))
    stating.state_loop(fact, growth, (0, 4))
    assert shown_by_key["total-matched"].value == 11
    assert (shown_by_key["loop-made"].value, shown_by_key["loop-open"].value) == ("yes", "")
    assert shown_by_key["last-year"].value == "2027"
    stating.state_matched(fact, growth, (0, 6))
    stating.state_loop(fact, growth, (0, 6))
    assert (shown_by_key["loop-made"].value, shown_by_key["loop-open"].value) == ("", "yes")


def test_without_a_dated_payment_no_loop_is_stated(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact]
) -> None:
    fact, growth = Facts(tiny).on(["legs/stake-cash"]), chapter.matched_by_year(WEB.iloc[:0], LAB)
    stating.state_matched(fact, growth, (0, 0))
    stating.state_loop(fact, growth, (0, 0))
    assert shown_by_key["loop-made"].value == shown_by_key["loop-open"].value == ""
    assert shown_by_key["ratio-last"].value is None


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(12, 20, "all of Maker’s money comes"), (5, 20, "all of Maker’s money may"), (5, 9, "a part")],
)
def test_what_suppliers_buy_is_held_against_what_the_maker_gives_at_both_ends(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact], low: float, high: float, words: str
) -> None:
    through = pd.DataFrame({"low": [low], "high": [high]})
    promised = quantities.of(tiny, LAB)["to_come_in"]
    assert promised.stated == 10
    floats_facts.state_return(Facts(tiny), through, ["legs/cloud-use"], promised, "Maker")
    assert shown_by_key["chips-verdict"].written.startswith(words)
    assert shown_by_key["chips"].rows == ("legs/cloud-use",)


def test_the_example_is_stated_in_percent(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact]
) -> None:
    floats_facts.state_example(Facts(tiny).on(["parties/openai"]), 0.1, 0.758, 3)
    assert shown_by_key["toy-back"].written == "75.8%"
    assert shown_by_key["toy-stay"].written == "3.0 years"


def test_before_the_first_payment_nobody_has_a_standing_and_nothing_is_matched(
    tiny: Dealbook, shown_by_key: dict[str, facts.Fact]
) -> None:
    none = WEB.iloc[:0]
    assert holdings.standings(none, LAB, [CLOUD]) == {}
    stating.state_order(Facts(tiny).on(["parties/openai"]), "cloud", none, LAB, CLOUD)
    assert shown_by_key["cloud-matched"].value == 0
    assert shown_by_key["cloud-when"].written == "as far as payments are known"
