"""Whose money it is: assumptions, own money, rebates, lenders and checks, worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import quantities
from tightrope.chapters.whose_money import (
    checks,
    facts,
    figures,
    lending,
    outside_facts,
    outside_figures,
    outsiders,
    papers,
    readers,
    words,
    years,
)
from tightrope.chapters.whose_money.years import OUTSIDE, SUPPLIER, YearFigure, YearShare
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import NOT_YET, Fact, Facts
from tightrope.publish.opening import Opening, opening
from tightrope.quantities.external import external
from tightrope.quantities.view import View

from .books import Leg, Step, made
from .opened import opened

pytestmark = pytest.mark.thorough

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"
NAN = math.nan
ROW = "legs/stake-cash"


@pytest.fixture(scope="module")
def page() -> Opening:
    return opening()


@pytest.fixture(scope="module")
def view(page: Opening) -> View:
    return View(page.book, LAB)


def two_givers(tiny: Dealbook) -> View:
    """The cloud gives 10 and sells 4 of computing power; the chipmaker gives 30."""
    legs = {
        "in": Leg(CLOUD, LAB, [Step("binding", 10)]),
        "out": Leg(LAB, CLOUD, [Step("binding", 4)], "compute"),
        "chips-in": Leg(CHIPS, LAB, [Step("announced", 30)]),
    }
    return View(made(tiny, legs), LAB)


# Words.


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.381, 0.594, "38 to 59%"),
        (0.5, 0.504, "50%"),
        (0.0, 0.0042, "up to 0.42%"),
        (0.0, 1.0, "up to 100%"),
        (0.0, 0.0, "0%"),
        (NAN, 0.5, "a share that cannot be computed"),
    ],
)
def test_two_shares_are_one_where_they_are_written_the_same(
    low: float, high: float, text: str
) -> None:
    assert words.percent_range(low, high) == text


def test_words_that_stay_together_have_no_space_to_break() -> None:
    assert " " not in words.unbroken("of $2 bn")


# Years.


def test_a_share_has_turned_if_it_surely_fell_by_a_fifth() -> None:
    before = YearShare(0.9, 1.0, 9, 10, 0, 1)
    assert years.has_turned({"1": before, "2": YearShare(0.3, 0.6, 3, 6, 4, 5)})
    assert not years.has_turned({"1": before, "2": YearShare(0.3, 0.8, 3, 8, 2, 5)})
    assert not years.has_turned({"2": before})


def test_the_headline_is_the_turn_where_it_is_sure() -> None:
    outside, inside = YearShare(0.8, 0.9, 8, 9, 1, 2), YearShare(0.3, 0.4, 3, 4, 6, 7)
    middle = YearShare(0.5, 0.55, 5, 5.5, 4, 5)
    assert years.finding({"2025": outside, "2026": inside}, "Lab") == (
        "Outsiders paid in 2025; in 2026 most comes from suppliers"
    )
    assert years.finding({"2025": outside, "2026": middle}, "Lab") == (
        "Fewer outsiders: who paid Lab in 2025 and in 2026"
    )
    assert years.finding({}, "Lab") == "In no year is known who paid Lab"


def test_the_headline_of_a_year_that_is_no_turn_is_its_sum() -> None:
    sure, open_below = YearShare(0.3, 0.4, 3, 4, 6, 7), YearShare(0, 1, 0, 4, 0, 0)
    assert years.finding({"2026": sure}, "Lab").replace("\N{NO-BREAK SPACE}", " ") == (
        "Outsiders brought Lab $3–4 bn in 2026, 30–40% of what is known to be paid"
    )
    assert years.finding({"2026": open_below}, "Lab").replace("\N{NO-BREAK SPACE}", " ") == (
        "Outsiders brought Lab up to $4 bn in 2026"
    )


def test_years_are_drawn_one_by_one_where_all_of_them_are_old(tiny: Dealbook) -> None:
    # The stake is paid in 2020 and 2021; the newest revenue is of another year.
    view = View.of(tiny, "openai")
    newest = max(*years.by_year(tiny, "openai", "revenue"), *years.paid_in(view, 0).year)
    assert years.first_drawn(view, newest) == newest
    assert years.first_drawn(view, newest + 1) == 2020


def test_the_last_two_years_are_stated_or_left_out(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    fact = Facts(tiny).on([ROW])
    both = {"2025": YearShare(0.8, 0.9, 8, 9, 1, 2), "2026": YearShare(0.3, 0.4, 3, 4, 6, 7)}
    facts.state_finding(fact, "A finding", both, 2026)
    assert shown_by_key["two-years"].value == "yes"
    assert (shown_by_key["before-year"].value, shown_by_key["now-usd"].low) == ("2025", 3)
    facts.state_finding(fact, "A finding", both, 2027)
    assert shown_by_key["two-years"].value == ""
    only_agreed = both | {"2026": YearShare(0.0, 1.0, 0, 4, 0, 7)}
    facts.state_finding(fact, "A finding", only_agreed, 2026)
    assert shown_by_key["two-years"].value == ""
    names = ["payer", "year", "is_said", "low"]
    paid = pd.DataFrame([("softbank", 2026, True, 3.0)], columns=names)
    facts.state_turned(fact, both, paid, "softbank")
    assert shown_by_key["turned"].value == "yes"
    facts.state_turned(fact, {}, paid, "softbank")
    assert shown_by_key["turned"].value == ""


def test_the_whole_of_a_year_is_both_kinds_of_payers() -> None:
    assert YearShare(0, 0, 3, 6, 4, 5).whole == (7, 11)


def test_rows_are_named_once_and_the_party_stands_for_none() -> None:
    table = pd.DataFrame({"rows": [["legs/a", "legs/b"], ["legs/a"]]})
    assert years.rows_behind(table, LAB) == ["legs/a", "legs/b"]
    assert years.rows_behind(table.iloc[:0], LAB) == ["parties/openai"]


# Assumptions.


def test_only_assumptions_that_change_anything_are_tried(tiny: Dealbook) -> None:
    view = two_givers(tiny)
    bought, same = {"buys": CHIPS, "not": "nobody"}, {"one": (CLOUD, CHIPS), "no": (CHIPS, CLOUD)}
    found = readers.changes(view, "announced", (0.0, 0.0), bought, same)
    assert list(found) == ["buys", "one"]
    assert found["buys"].buys_from == (CHIPS,)
    assert found["one"].one == {CLOUD: CHIPS}


def test_what_customers_paid_is_an_assumption_of_its_own(tiny: Dealbook) -> None:
    revenue = {2020: YearFigure(1, 2, "", []), 2021: YearFigure(3, 3, "", [])}
    paid = readers.from_customers(revenue)
    assert paid == (4, 5)
    found = readers.changes(two_givers(tiny), "announced", paid, {}, {})
    assert [change.customers for change in found.values()] == [(4, 5)]


def test_where_nothing_is_given_nothing_can_be_assumed(tiny: Dealbook) -> None:
    view = View(made(tiny, {}), LAB)
    assert readers.changes(view, "announced", (1.0, 1.0), {}, {}) == {}
    assert readers.cases(view, "announced", {}, 5, 1).empty
    assert readers.moves_it_most(readers.cases(view, "announced", {}, 5, 1), "announced") == ""


def test_the_lanes_hold_every_layer_up_to_the_pages_own(tiny: Dealbook) -> None:
    view = two_givers(tiny)
    lanes = readers.cases(view, "announced", {}, 50, 1)
    kept = lanes[lanes.kept]
    assert list(dict.fromkeys(kept.case)) == ["What is binding", "All that is announced"]
    strict = lanes[lanes.reading.eq("strict")].set_index("case")
    # Of 40 the 30 of the chipmaker; of 10 that is binding, nothing.
    assert strict.mid["All that is announced"] == pytest.approx(75)
    assert strict.mid["What is binding"] == 0
    net = lanes[lanes.reading.eq("net")].set_index("case")
    assert net.usd_low["All that is announced"] == pytest.approx(36)
    signed = readers.cases(view, "binding", {}, 50, 1)
    assert set(signed.case[signed.kept]) == {"What is binding"}


def test_the_case_that_moves_the_strict_share_furthest_is_named(tiny: Dealbook) -> None:
    view = two_givers(tiny)
    changed = readers.changes(view, "announced", (60.0, 60.0), {"buys": CHIPS}, {})
    lanes = readers.cases(view, "announced", changed, 50, 1)
    # Strictly 75%; with customers 90 of 100; with the chipmaker paid, 0.
    assert readers.moves_it_most(lanes, "announced") == "buys"


def test_a_share_that_only_the_draw_moves_is_moved_by_nothing(tiny: Dealbook) -> None:
    view = two_givers(tiny)
    lanes = readers.cases(view, "announced", {}, 50, 1)
    assert readers.WEIGHED in set(lanes.case)
    assert readers.moves_it_most(lanes, "announced") == ""


# Outsiders.

INSIDER = {"buys": outsiders.Mover("The chipmaker", "if it is paid")}


def strict_lanes(*rows: tuple[str, float, float, float, bool]) -> pd.DataFrame:
    """Lanes of 200 that come in: low, mid and high in percent, and whether the case is kept."""
    table = pd.DataFrame(rows, columns=["case", "low", "mid", "high", "kept"])
    return table.assign(
        reading="strict",
        usd_low=2 * table.low,
        usd_high=2 * table.high,
        inflow_low=200.0,
        inflow_high=200.0,
    )


TWO = strict_lanes(
    ("What is binding", 0, 0, 0, True),
    ("All that is announced", 40, 45, 50, True),
    ("other", 50, 55, 60, False),
    ("buys", 10, 15, 20, False),
)


def test_two_bars_hold_the_strict_share_and_what_moves_it_most() -> None:
    bars = outsiders.strict_bars(TWO, "announced", INSIDER, "Lab")
    amounts = {case: rows.set_index("part").amount for case, rows in bars.groupby("whole")}
    assert {case: parts.to_dict() for case, parts in amounts.items()} == {
        "The chipmaker as an outsider": {
            outsiders.OUTSIDE: 40,
            outsiders.MAYBE: 10,
            SUPPLIER: 50,
        },
        # Of the 50 percent of the high end 30 are taken for an insider's.
        "The chipmaker as an insider": {
            outsiders.OUTSIDE: 10,
            outsiders.MAYBE: 10,
            outsiders.MOVED: 30,
            SUPPLIER: 50,
        },
    }
    assert [*dict.fromkeys(bars.note)] == ["Lab pays it nothing", "if it is paid"]
    assert [text.replace("\xa0", " ") for text in dict.fromkeys(bars.words)] == [
        "40 to 50% external, $80–100 bn of $200 bn",
        "10 to 20% external, $20–40 bn of $200 bn",
    ]


def test_a_case_that_names_nobody_stands_under_its_own_words_and_hides_no_insider() -> None:
    bars = outsiders.strict_bars(TWO, "announced", {}, "Lab")
    assert [*dict.fromkeys(bars.whole)] == ["All that is announced", "buys"]
    assert set(bars.part) == {outsiders.OUTSIDE, outsiders.MAYBE, SUPPLIER}
    assert outsiders.the_rest(bars) == "The rest is from suppliers that are paid as well."
    assert outsiders.finding(bars, "announced", {}) == (
        "Of what is announced, 40\xa0to\xa050% is external"
    )


def test_the_finding_is_both_shares_of_who_moves_it() -> None:
    bars = outsiders.strict_bars(TWO, "announced", INSIDER, "Lab")
    assert outsiders.finding(bars, "announced", INSIDER) == (
        "Of what is announced, 40\xa0to\xa050% is external if The chipmaker is an outsider, "
        "and 10\xa0to\xa020% if it is not"
    )
    assert outsiders.the_rest(bars).endswith(
        "and in the last bar from whoever is taken for an insider."
    )


def test_no_outside_money_is_called_nothing() -> None:
    lanes = strict_lanes(("All that is announced", 0, 0, 0, True))
    bars = outsiders.strict_bars(lanes, "announced", INSIDER, "Lab")
    assert set(bars.words) == {"0%\xa0external, nothing\xa0of\xa0$200\xa0bn"}


def test_without_the_layer_there_is_no_bar() -> None:
    assert outsiders.strict_bars(TWO, "paid", INSIDER, "Lab").empty


def test_each_line_of_the_table_divides_its_own_whole(tiny: Dealbook) -> None:
    view = two_givers(tiny)
    shares = {"2021": YearShare(0.3, 0.6, 3, 6, 4, 7), "2023": YearShare(1, 1, 5, 5, 0, 0)}
    lines = readers.share_lines(view, quantities.of(view.book, LAB), shares).set_index("reading")
    assert lines.share["Strict, of all announced money for shares"] == "75%"
    assert lines.whole["Strict, of all announced money for shares"] == "$40\xa0bn"
    assert lines.share["Net, of the same"] == "90%"
    assert lines.whole["Strict, of all that was paid in 2021"] == "$7–13\xa0bn"


def test_the_plan_has_a_line_as_soon_as_its_sources_are_public(page: Opening, view: View) -> None:
    now = readers.share_lines(view, page.quantities, {})
    assert now.reading.str.contains("of OpenAI’s plan").sum() == 1
    early = View(page.book.as_of("2025-10-31"), LAB)
    then = readers.share_lines(early, quantities.of(early.book, LAB), {})
    assert not then.reading.str.contains("plan").any()


def test_the_rows_of_the_shares_are_payments_of_the_party_and_chips_of_others(
    page: Opening, view: View, tiny: Dealbook
) -> None:
    rows = set(readers.rows_behind(view))
    assert {"legs/oracle-compute", "legs/coreweave-chips-for-openai"} <= rows
    assert readers.rows_behind(View(made(tiny, {}), LAB)) == ["parties/openai"]


def test_a_seller_gets_more_than_it_gave_only_if_surely_so(tiny: Dealbook) -> None:
    legs = {
        "in": Leg(CLOUD, LAB, [Step("binding", 10)]),
        "out": Leg(LAB, CLOUD, [Step("binding", 40)], "compute"),
        "chips-in": Leg(CHIPS, LAB, [Step("binding", 30)]),
    }
    book = made(tiny, legs)
    assert readers.gets_more_than_it_gave(book, LAB, [CLOUD])
    assert not readers.gets_more_than_it_gave(book, LAB, [CLOUD, CHIPS])


def test_chips_decide_where_the_maker_gives_and_others_buy_of_it(
    view: View, tiny: Dealbook
) -> None:
    assert readers.chips_decide(view)
    assert not readers.chips_decide(two_givers(tiny))


# Own money and paper.


def test_a_look_divides_the_bar_into_three_parts() -> None:
    # The vendor gives 10 of 40 and is paid 20: 5 in proportion, 10 earmarked.
    [look] = papers.look("Vendor", "v", {"v": 10, "others": 30}, 20, [ROW])
    bars = papers.look_bars([look]).set_index("part").amount
    assert bars.to_dict() == pytest.approx(
        {papers.OWN: 0.25, papers.MAYBE: 0.25, papers.OTHERS: 0.5}
    )
    assert look.words.replace("\xa0", " ") == "25 to 50%: $5–10 bn of $20 bn"


def test_a_vendor_that_gives_nothing_has_nothing_of_its_own() -> None:
    [look] = papers.look("Vendor", "v", {"v": 0, "others": 30}, 20, [ROW])
    assert look.words == "nothing of $20\xa0bn"


def test_a_look_needs_all_its_figures() -> None:
    assert papers.look("Vendor", "v", {"v": NAN, "others": 30}, 20, [ROW]) == []
    assert papers.look("Vendor", "v", {"v": 1, "others": 30}, NAN, [ROW]) == []


def test_contracts_stand_below_periods_the_largest_own_part_first() -> None:
    def one(name: str, group: str, own: float) -> papers.Look:
        return papers.Look(name, group, papers.own_money({"v": own, "o": 90}, "v", (100, 100)), ())

    looks = [
        one("small", papers.CONTRACTS, 5),
        one("large", papers.CONTRACTS, 50),
        one("year", papers.PERIOD, 1),
    ]
    assert [look.name for look in papers.in_order(looks)] == ["year", "large", "small"]


def test_over_the_contracts_what_is_not_given_yet_is_money_of_others(tiny: Dealbook) -> None:
    view = two_givers(tiny)
    over = papers.contracts(view, "binding")
    assert over is not None
    # 10 given, 4 bought: nothing is left to raise.
    assert over.sources.to_dict() == {CLOUD: 10, "still to be raised or earned": 0}
    assert over.sellers() == [CLOUD]
    assert over.look(CLOUD).own.share_high == 1
    dear = papers.contracts(View(tiny, LAB), "announced")
    assert dear is not None
    # The toy: 10 of the stake, 73 of the cloud contract.
    assert dear.sources.to_dict() == {CLOUD: 10, "still to be raised or earned": 63}
    assert dear.look(CLOUD).own.high == pytest.approx(10)
    assert dear.look(CLOUD).own.low == pytest.approx(73 * 10 / 73)


def test_the_worth_of_paper_counts_where_its_leg_has_no_amount(tiny: Dealbook) -> None:
    legs = {
        "in": Leg(CLOUD, LAB, [Step("binding", 10)]),
        "warrant": Leg(CHIPS, LAB, [Step("binding", low=0, high=8)], "warrant"),
        "out": Leg(LAB, CHIPS, [Step("binding", low=20, high=40)], "chips"),
    }
    book = made(tiny, legs)
    medium = book.legs.medium.mask(book.legs.leg_id.eq("warrant"), "warrant")
    view = View(replace(book, legs=book.legs.assign(medium=medium)), LAB)
    plain = papers.contracts(view, "binding")
    assert plain is not None
    assert CHIPS not in plain.sources
    counted = papers.contracts(view, "binding", {"warrant": 6.0}, [CHIPS])
    assert counted is not None
    assert counted.sources[CHIPS] == 6
    middle = papers.contracts(view, "binding", {}, [CHIPS])
    assert middle is not None
    assert middle.sources[CHIPS] == 4
    assert (counted.low[CHIPS], counted.high[CHIPS]) == (20, 40)
    assert counted.sources["still to be raised or earned"] == 40 - 16


def test_without_a_giver_there_are_no_contracts_to_look_through(tiny: Dealbook) -> None:
    only = made(tiny, {"out": Leg(LAB, CLOUD, [Step("binding", 4)], "compute")})
    assert papers.contracts(View(only, LAB), "binding") is None


def test_a_maker_is_looked_through_by_what_its_customers_buy(view: View, tiny: Dealbook) -> None:
    over = papers.contracts(view, "announced")
    assert over is not None
    [look] = over.look_through(CHIPS, "Maker")
    assert "legs/coreweave-chips-for-openai" in look.rows
    assert 0 < look.own.share_low < look.own.share_high < 1
    assert over.look_through("oracle", "Nobody") == []
    toy = papers.contracts(View(tiny, LAB), "announced")
    assert toy is not None
    assert toy.look_through(CHIPS, "Maker") == []


def test_a_supplier_is_looked_through_up_to_the_last_proof_of_payment(
    page: Opening, view: View
) -> None:
    paid = years.paid_in(view, 2024)
    revenue = years.by_year(page.book, LAB, "revenue")
    [look] = papers.own_in_period(view, paid, revenue, "microsoft-azure-use", 2024)
    assert look.name == "Microsoft from 2024 to June 2026, from all that came in up to then"
    assert look.own.revenue_high == page.ladder.paid["microsoft-azure-use"]
    assert papers.own_in_period(view, paid, revenue, "oracle-compute", 2024) == []
    assert papers.own_in_period(view, paid, revenue, "nowhere", 2024) == []
    cut = {year: one for year, one in revenue.items() if year != 2025}
    assert papers.own_in_period(view, paid, cut, "microsoft-azure-use", 2024) == []


def test_a_warrant_is_worth_more_the_more_its_share_moves() -> None:
    low, high = papers.warrant_values(200, 600, 160, 5, 0.04, [0.3, 0.6])
    assert 0 < low < high < 160 * 600 / 1000
    assert all(math.isnan(one) for one in papers.warrant_values(NAN, 600, 160, 5, 0.04, [0.3]))


def test_a_rebate_is_the_lowest_worth_over_the_highest_purchases() -> None:
    [row] = papers.rebate_row("k", "Paper", "gift", (2, 3), (10, 20), [ROW])
    assert row.rate == "10 to 30%"
    [small] = papers.rebate_row("k", "Paper", "gift", (0.35, 0.35), (11.9, 11.9), [ROW])
    assert small.rate == "2.94%"
    assert papers.rebate_row("k", "Paper", "gift", (NAN, 3), (10, 20), [ROW]) == []


def test_a_gift_is_worth_its_legs_or_what_is_said_for_it(tiny: Dealbook) -> None:
    ladder = opened(tiny).ladder
    given = [
        ("toy", "Stake", ["stake-cash"], ["cloud-use"]),
        ("said", "Stake", ["stake-cash"], ["cloud-use"]),
        ("lost", "Nothing", ["stake-cash"], ["nowhere"]),
    ]
    found = {one.key: one for one in papers.rebates(ladder, given, {"said": (7.3, 7.3)})}
    # 10 of 73, and 7.3 of 73.
    assert {key: one.rate for key, one in found.items()} == {
        "rebate-toy": "14%",
        "rebate-said": "10%",
    }
    assert found["rebate-toy"].rows == [ROW, "legs/cloud-use"]


def test_of_a_hundred_dollars_the_paper_is_set_off(tiny: Dealbook) -> None:
    ladder = opened(tiny).ladder
    found = papers.revenue_per_hundred(ladder, "cloud-use", "stake-cash")
    assert found == pytest.approx(100 * 63 / 73)
    assert math.isnan(papers.revenue_per_hundred(ladder, "nowhere", "stake-cash"))


# Lenders.

FT = "openai-partner-debt-2025-11-28"
GROUPS = ("Listed", "Builders", "Talks")
BORROWERS = lending.Borrowers(
    GROUPS,
    {"softbank": "Listed", "oracle": "Listed", "vantage": "Talks"},
    "Builders",
    dict(zip(GROUPS, (f"{FT}-listed", f"{FT}-builders", f"{FT}-talks"), strict=True)),
    "A newspaper",
    "2025-11-28",
)


def test_what_is_borrowed_by_group_adds_up_to_the_quantities(page: Opening, view: View) -> None:
    sums = lending.bars(view, BORROWERS).groupby("series").amount.sum()
    q = page.quantities
    assert sums[lending.NOW] == pytest.approx(q["borrowed_for_deals"].stated)
    heard = sums[lending.NOW] + sums[lending.TALKS]
    assert heard == pytest.approx(q["borrowed_for_deals_with_reports"].stated)
    then = lending.heard_then(view, BORROWERS)
    assert then is not None
    assert sums[lending.THEN] == pytest.approx(then.stated)
    assert f"financials/{FT}-talks" in lending.rows(view, BORROWERS)


def test_before_its_day_the_count_of_others_is_not_there(page: Opening) -> None:
    early = View(page.book.as_of("2025-11-27"), LAB)
    assert lending.heard_then(early, BORROWERS) is None
    assert lending.loans_then(early, BORROWERS).empty
    assert set(lending.bars(early, BORROWERS).series) <= {
        lending.NOW,
        lending.TALKS,
        lending.GENERAL,
    }


def test_without_groups_all_borrowers_are_one_and_a_toy_has_none(
    view: View, tiny: Dealbook
) -> None:
    plain = lending.Borrowers()
    assert set(lending.loans(view, plain).group) == {"Borrowers"}
    assert lending.rows(View(tiny, LAB), plain) == ["parties/openai"]
    assert outside_figures.borrowed(opened(tiny), plain) is None


# Checks.


def test_a_check_is_divided_by_what_is_known_of_it() -> None:
    [one] = checks.check("A", "G", {checks.REVENUE: 30, checks.VENDORS: 10, "x": NAN}, 40, [ROW])
    assert one.share(checks.REVENUE) == 0.75
    assert math.isnan(one.share("x"))
    assert one.words.replace("\xa0", " ") == "customers 75%, suppliers 25% of $40 bn"
    assert checks.check("A", "G", {"x": NAN}, 40, [ROW]) == []


def test_the_cash_of_a_firm_comes_last_in_the_words() -> None:
    [one] = checks.check("A", "G", checks.own_cash("Lab", 10, 30), 40, [ROW])
    assert one.words.replace("\xa0", " ") == "suppliers 25%, cash 75% of $40 bn"


def test_published_shares_are_of_the_published_whole() -> None:
    value = pd.Series({"a": 60.0, "b": 40.0, "all": 35.0})
    split = {checks.REVENUE: "a", checks.VENDORS: "b"}
    [one] = checks.published(value, "A", "G", split, "all")
    assert one.parts == {checks.REVENUE: 21, checks.VENDORS: 14}
    assert one.rows == ("financials/a", "financials/b", "financials/all")
    assert checks.published(value.iloc[:0], "A", "G", split, "all") == []


def lanes(*rows: tuple[str, str, str, float, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["block", "name", "kind", "low", "high"])
    return table.assign(side="source", rows=[[ROW]] * len(rows))


def test_a_part_of_a_year_is_least_where_all_others_are_most() -> None:
    mirror = lanes(
        ("2021", "customers, first half", OUTSIDE, 10, 10),
        ("2021", "Fund", OUTSIDE, 10, 20),
        ("2021", "Cloud", SUPPLIER, 20, 30),
    )
    revenue = {2021: YearFigure(10, 10, "first half", [])}
    [one] = checks.paid_in_years(mirror, revenue, ["2021", "2022"], "G", LAB)
    assert one.name == "Ours: paid in 2021 (customers: first half)"
    assert one.spans[checks.VENDORS] == pytest.approx((20 / 50, 30 / 50))
    assert one.spans[checks.REVENUE] == pytest.approx((10 / 60, 10 / 40))
    assert one.parts[checks.INVESTORS] == 15
    assert checks.share_in([one], "Ours", checks.VENDORS) == pytest.approx(25 / 50)
    assert math.isnan(checks.share_in([one], "Theirs", checks.VENDORS))


# Facts.


def test_a_year_of_which_nothing_is_known_has_no_share(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    shares = {"2025": YearShare(0.7, 0.8, 7, 8, 2, 3)}
    facts.state_years(Facts(tiny).on([ROW]), shares, ["2025", "2026"])
    assert shown_by_key["ext-2025"].written == "70 to 80%"
    assert shown_by_key["ext-2025-usd"].written == "$7–8\xa0bn"
    assert shown_by_key["ext-2026"].written == "a share that cannot be computed"


def test_a_sum_of_no_payment_is_not_public_yet(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    fact = Facts(tiny).on([ROW])
    facts.state_sum_or_not_yet(fact, "none", pd.Series([], dtype=float), "how")
    facts.state_sum_or_not_yet(fact, "some", pd.Series([1.0, 2.0]), "how")
    assert (shown_by_key["none"].written, shown_by_key["some"].value) == (NOT_YET, 3)


def test_growth_is_the_second_figure_less_the_first(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    row = "openai-revenue-2021"
    facts.state_growth(Facts(tiny), "more", pd.Series({row: 2.0}), [row, row], "how")
    assert shown_by_key["more"].value == 0


def test_a_case_is_stated_with_its_dollars_or_left_out(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    fact = Facts(tiny).on([ROW])
    lane = pd.DataFrame([{"low": 30.0, "high": 40.0, "usd_low": 3.0, "usd_high": 4.0}])
    facts.state_case(fact, "flip", lane, "how")
    assert (shown_by_key["flip"].value, shown_by_key["flip-usd"].written) == (
        "30 to 40%",
        "$3–4\xa0bn",
    )
    facts.state_case(fact, "flip", lane.iloc[:0], "how")
    assert shown_by_key["flip"].value == ""


def test_the_share_of_an_earlier_day_is_stated_if_that_day_is_earlier(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    fact = Facts(tiny).on([ROW])
    outside_facts.state_earlier(fact, external(two_givers(tiny), "strict"))
    assert shown_by_key["strict-letter"].value == "75%"
    assert (shown_by_key["strict-letter-usd"].value, shown_by_key["all-letter-usd"].value) == (
        30,
        40,
    )
    outside_facts.state_earlier(fact, None)
    assert shown_by_key["strict-letter"].value == ""


def test_money_for_shares_is_known_or_not(tiny: Dealbook, shown_by_key: dict[str, Fact]) -> None:
    facts.state_money(opened(tiny), external(View(tiny, LAB), "strict"), [ROW])
    assert (shown_by_key["paid-known"].value, shown_by_key["shares-known"].value) == ("yes", "yes")
    assert shown_by_key["share-whole"].low == 10
    none = made(tiny, {})
    facts.state_money(opened(none), external(View(none, LAB), "strict"), ["parties/openai"])
    assert (shown_by_key["paid-known"].value, shown_by_key["shares-known"].value) == ("", "")


def test_a_look_is_stated_at_both_ends_or_not_at_all(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    fact = Facts(tiny).on([ROW])
    looks = papers.look("Vendor", "v", {"v": 10, "others": 30}, 20, [ROW])
    outside_facts.state_look(fact, "own", "whole", looks)
    assert (shown_by_key["own"].low, shown_by_key["own"].high, shown_by_key["whole"].value) == (
        5,
        10,
        20,
    )
    outside_facts.state_look(fact, "own", "whole", [])
    assert shown_by_key["own"].low is None


def test_a_rebate_that_is_not_known_rests_on_its_own_leg(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    rows = papers.rebate_row("rebate-a", "Paper", "gift", (2, 3), (10, 20), ["legs/cloud-use"])
    outside_facts.state_rebates(Facts(tiny), rows, {"a": "stake-cash", "b": "stake-cash"})
    assert (shown_by_key["rebate-a"].value, shown_by_key["rebate-a"].rows) == (
        "10 to 30%",
        ("legs/cloud-use",),
    )
    assert (shown_by_key["rebate-b"].value, shown_by_key["rebate-b"].rows) == ("", (ROW,))


def test_loans_of_the_day_are_stated_tied_and_besides(
    page: Opening, view: View, shown_by_key: dict[str, Fact]
) -> None:
    then = lending.loans_then(view, BORROWERS)
    heard = lending.heard_then(view, BORROWERS)
    outside_facts.state_listed(page, then, heard)
    assert heard is not None
    assert shown_by_key["tied-then"].value == heard.stated
    assert shown_by_key["listed-tied"].value == pytest.approx(heard.stated)
    outside_facts.state_listed(page, then.iloc[:0], None)
    assert shown_by_key["tied-then"].value is None


def test_the_example_of_the_standard_and_the_cover_of_a_half(
    tiny: Dealbook, shown_by_key: dict[str, Fact]
) -> None:
    fact = Facts(tiny).on([ROW])
    outside_facts.state_standard(fact, 15, 1.5, 2, 1.8)
    assert shown_by_key["ie-price"].value == 13.5
    half, cost = YearFigure(10, 10, "first half", []), YearFigure(40, 40, "first half", [])
    facts.state_cover(fact, half, cost, [[ROW], ["legs/cloud-use"]])
    assert shown_by_key["covered-h1"].value == 25
    assert shown_by_key["costs-h1"].rows == (ROW, "legs/cloud-use")
    facts.state_cover(fact, None, cost, [[ROW], ["legs/cloud-use"]])
    assert shown_by_key["covered-h1"].value is None


def test_figures_are_stated_by_key(tiny: Dealbook, shown_by_key: dict[str, Fact]) -> None:
    Facts(tiny).figures({"revenue": "openai-revenue-2021"})
    assert shown_by_key["revenue"].value == 2


# Figures.


def test_every_figure_of_the_default_edition_is_drawn_with_its_finding(
    page: Opening, view: View
) -> None:
    mirror, shares = years.sources_and_uses(view, 2024), years.year_shares(view, 2024)
    same = {"flip": ("sb-energy", "softbank")}
    movers = {"flip": outsiders.Mover("SoftBank", "one with a landlord")}
    lanes = readers.cases(
        view, "announced", readers.changes(view, "announced", (0, 0), {}, same), 50, 1
    )
    over = papers.contracts(view, "announced")
    assert over is not None
    looks = [over.look(seller) for seller in ("amazon", "microsoft", "oracle", "coreweave")]
    revenue = years.by_year(page.book, LAB, "revenue")
    divided = checks.paid_in_years(mirror, revenue, ["2025", "2026"], "G", LAB)
    strict = readers.strict_cases(
        view, "announced", {"flip": readers.Change(one=dict([same["flip"]]))}
    )
    assert list(strict.case) == [readers.LAYERS["announced"], "flip"]
    table = outside_figures.readings_table(page, lanes)
    assert table is not None
    assert "any route" in table.html
    drawn = [
        figures.sources(page, mirror, shares),
        figures.behind_it(page),
        outside_figures.sources_and_uses(page, mirror, shares),
        figures.external_by_reading(page, lanes, movers, readers.rows_behind(view)),
        outside_figures.own_money(page, looks, "A note."),
        outside_figures.borrowed(page, BORROWERS, "A note."),
        outside_figures.others_divided(page, divided, "", "A note."),
    ]
    found = [figure for figure in drawn if figure]
    assert [figure.id for figure in found] == [
        "whose-money-sources",
        "whose-money-lenders",
        "outside-money-sources-uses",
        "whose-money-readings",
        "outside-money-look-through",
        "outside-money-debt",
        "outside-money-checks",
    ]
    assert found[0].title.startswith("Customers and outside investors brought")
    assert found[1].title.startswith("Others have agreed to borrow")
    assert found[3].title.startswith(
        "Of what is announced, 44\xa0to\xa050% is external if SoftBank"
    )
    assert found[4].title == (
        "Over their contracts at most 36% of what a supplier is paid is its own money: "
        "for Amazon, $50\xa0bn of $138\xa0bn"
    )
    assert found[5].title.startswith("Borrowed for OpenAI's contracts")
    assert found[6].title == "How others divided OpenAI's money, and how the payments divide it"
    for figure in found:
        assert {"wide", "narrow"} <= figure.content().keys()


def test_a_web_without_a_payment_has_no_figure(tiny: Dealbook) -> None:
    page, none = opened(tiny), lanes().iloc[:0]
    assert outside_figures.sources_and_uses(page, none, {}) is None
    assert figures.sources(page, none.assign(side=[], rows=[]), {}) is None
    assert figures.behind_it(page) is None
    assert outside_figures.readings_table(page, none) is None
    assert figures.external_by_reading(page, TWO.iloc[:0], {}, []) is None
    assert outside_figures.shares_table(page, none) is None
    assert outside_figures.own_money(page, [], "") is None
    assert outside_figures.rebates_table(page, []) is None
    assert outside_figures.others_divided(page, [], "A finding", "") is None


def test_without_a_finding_the_titles_ask(tiny: Dealbook) -> None:
    page, view = opened(tiny), View(tiny, LAB)
    mirror = years.sources_and_uses(view, 2020)
    first = outside_figures.sources_and_uses(page, mirror, years.year_shares(view, 2020))
    over = papers.contracts(view, "announced")
    assert over is not None
    second = outside_figures.own_money(page, [over.look(CLOUD)], "")
    assert [figure.title for figure in (first, second) if figure] == [
        "Where OpenAI’s money came from, and what its years cost",
        "How much of a supplier's revenue from OpenAI its own money can have bought",
    ]


def test_of_a_year_in_which_nothing_is_known_to_be_paid_no_share_is_said() -> None:
    shares = {"2025": YearShare(0.0, 1.0, 0, 30, 0, 0), "2024": YearShare(0.5, 0.5, 5, 5, 5, 5)}
    assert figures.heads(shares) == {
        "2025": "paid: none known",
        "2024": "outsiders 50%: $5\xa0bn of $10\xa0bn",
    }


def test_where_no_sum_of_a_year_is_known_the_title_names_none(tiny: Dealbook) -> None:
    mirror = years.sources_and_uses(View(tiny, LAB), 2020)
    figure = figures.sources(opened(tiny), mirror.assign(low=0.0, high=float("nan")), {})
    assert figure is not None
    assert figure.title == "Who paid OpenAI, year by year"


def test_where_nobody_moves_the_share_it_is_the_title_by_itself(tiny: Dealbook) -> None:
    lanes = readers.cases(View(tiny, LAB), "announced", {}, 5, 1)
    figure = figures.external_by_reading(opened(tiny), lanes, {}, [ROW])
    assert figure is not None
    # All that the toy's lab is given is from the cloud that it pays.
    assert figure.title == "Of what is announced, 0% is external"


def test_where_nothing_is_only_reported_the_debt_is_one_sum() -> None:
    bars = pd.DataFrame({"group": ["G"], "series": [lending.NOW], "amount": [7.0]})
    assert outside_figures._how_much_debt("Lab", bars) == (
        "Partners have borrowed $7\xa0bn for Lab's contracts"
    )


def test_tables_hold_their_rows(tiny: Dealbook) -> None:
    page = opened(tiny)
    view = View(tiny, LAB)
    lines = readers.share_lines(view, page.quantities, {})
    rows = papers.rebate_row("k", "Paper", "gift", (2, 3), (10, 20), [ROW])
    shown_by_key = [
        outside_figures.shares_table(page, lines),
        outside_figures.rebates_table(page, rows),
    ]
    texts = [table._repr_html_() for table in shown_by_key if table]
    assert "Strict, of all announced money for shares" in texts[0]
    assert "10 to 30%" in texts[1]
