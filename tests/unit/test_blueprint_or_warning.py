"""What suppliers put up for buyers, once and now: worked by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import ledger, quantities
from tightrope.chapters import blueprint_or_warning as chapter
from tightrope.chapters import blueprint_or_warning_facts as stating
from tightrope.chapters import blueprint_or_warning_figures as figures
from tightrope.chapters import comparisons, comparisons_facts, comparisons_figures
from tightrope.chapters.blueprint_or_warning import Amount
from tightrope.dealbook import Dealbook
from tightrope.publish import facts

from .books import Leg, Step, made

Row = tuple[str, str, str, str, float]
SPACE = "\N{NO-BREAK SPACE}"


def with_figures(book: Dealbook, rows: Sequence[Row], nature: str = "actual") -> Dealbook:
    """The book with these figures only: id, party, metric, period, value."""
    first = book.financials.iloc[0]
    table = pd.DataFrame(
        [
            {
                **first,
                "financial_id": row,
                "party_id": party,
                "metric": metric,
                "period": period,
                "value": value,
                "nature": nature,
            }
            for row, party, metric, period, value in rows
        ],
        columns=book.financials.columns,
    ).astype(book.financials.dtypes.to_dict())
    ids = book.all_ids | {"financials": list(table.financial_id)}
    return replace(book, financials=table, all_ids=ids)


COMMITTED, DRAWN = "vendor_financing_commitments", "vendor_financing_drawn"
OLD: list[Row] = [
    ("a-year", "nvidia", COMMITTED, "FY2000", 8.0),
    ("a-end", "nvidia", COMMITTED, "2000-12-31", 5.0),
    ("a-later", "nvidia", COMMITTED, "2001-09-30", 9.0),
    ("a-sales", "nvidia", "revenue", "FY2000", 40.0),
    ("a-sales-2002", "nvidia", "revenue", "FY2002", 15.0),
    ("a-loss-2002", "nvidia", "net_loss", "FY2002", 12.0),
    ("a-drawn", "nvidia", DRAWN, "2000-12-31", 2.0),
    ("all-promised", "openai", COMMITTED, "2000-12-31", 30.0),
    ("all-drawn", "openai", DRAWN, "2000-12-31", 25.0),
]


@pytest.fixture
def old(tiny: Dealbook) -> Dealbook:
    """A maker that promised 8, then 5, of which 2 were drawn, on a revenue of 40."""
    return with_figures(tiny, OLD)


def written(shown: list[facts.Fact]) -> dict[str, str]:
    return {fact.key: fact.written for fact in shown}


def test_a_makers_promise_is_its_last_of_the_year_and_its_most(old: Dealbook) -> None:
    (maker,) = chapter.makers(old, 2000)
    assert (maker.party, maker.promised, maker.revenue_row) == ("nvidia", "a-end", "a-sales")
    assert (maker.amount, maker.most, maker.revenue) == (5, 8, 40)
    assert comparisons.promised_ratio(maker) == (0.125, 0.2)


def test_what_is_drawn_counts_for_makers_at_the_end_of_the_year_only(old: Dealbook) -> None:
    makers = chapter.makers(old, 2000)
    assert chapter.drawn_from(old, makers, 2000) == 2
    assert math.isnan(chapter.drawn_from(old, makers, 2001))


def test_the_makers_of_the_data_are_the_three_of_which_a_sum_is_known(book: Dealbook) -> None:
    promised = {maker.party: maker.most for maker in chapter.makers(book, 2000)}
    assert promised == {"lucent": 8.1, "nortel": 3.1, "cisco": 2.4}


def supplied(tiny: Dealbook) -> Dealbook:
    """The lab buys of the cloud; the cloud gives it shares and a loan, the chipmaker surety."""
    signed = [Step("binding", 10)]
    return made(
        tiny,
        {
            "use": Leg("openai", "microsoft", signed, "compute"),
            "chips": Leg("openai", "nvidia", [Step("announced", 4)], "chips"),
            "stake": Leg("microsoft", "openai", [Step("binding", 3), Step("paid", 2)]),
            "loan": Leg("microsoft", "openai", [Step("binding", 1)], "loan"),
            "lent": Leg("openai", "microsoft", [Step("paid", 1)], "loan"),
            "surety": Leg("nvidia", "microsoft", [Step("binding", 7, 0, 7)], "guarantee"),
            "onward": Leg("microsoft", "nvidia", [Step("binding", 5)]),
        },
    )


def test_what_suppliers_put_up_is_told_by_instrument_and_end(tiny: Dealbook) -> None:
    assert chapter.put_up(supplied(tiny), "openai") == {
        "stake": chapter.STAKES,
        "loan": chapter.LOANS,
        "lent": chapter.REVERSE,
        "surety": chapter.RENT,
    }


def test_who_sells_nothing_to_the_buyer_is_no_supplier(tiny: Dealbook) -> None:
    legs = {"stake": Leg("microsoft", "openai", [Step("binding", 3)])}
    assert chapter.put_up(made(tiny, legs), "openai") == {}


def test_an_instrument_can_be_named_where_the_data_do_not_tell(tiny: Dealbook) -> None:
    found = chapter.put_up(supplied(tiny), "openai", {"onward": chapter.CLOUDS})
    assert found["onward"] == chapter.CLOUDS


def test_the_two_webs_have_their_legs_and_what_is_lent(tiny: Dealbook) -> None:
    webs = chapter.webs(supplied(tiny), "announced", "openai", 2000)
    assert list(webs.given) == ["stake", "loan", "lent", "surety"]
    assert webs.lent == 1
    assert webs.lending_rows == ["legs/loan"]
    assert (list(webs.makers), list(webs.stakes)) == ([], [])


def test_of_shares_in_their_customers_the_makers_have_one_leg(book: Dealbook) -> None:
    webs = chapter.webs(book, "announced", "openai", 2000)
    assert webs.stakes == ["cisco-velocita-2001-equity"]
    assert webs.lent == 0


def test_legs_that_nobody_knows_come_to_no_number(tiny: Dealbook) -> None:
    ladder = ledger.ladder(tiny).set_index("leg_id")
    assert chapter.on_layer(ladder, "paid", ["stake-cash"]) == (9, 9)
    assert math.isnan(chapter.on_layer(ladder, "paid", ["nowhere"]).high)


def test_a_part_says_where_all_that_is_known_is_a_letter(tiny: Dealbook) -> None:
    letter = Leg("nvidia", "openai", [Step("letter_of_intent", 100, 0, 100, "ceiling")])
    book = made(tiny, {"letter": letter})
    named = [("nvidia", chapter.STAKES, "Shares", ["letter"])]
    (part,) = chapter.parts(book, "announced", named, {"nvidia": "openai-revenue-2021"})
    assert part.what == "Shares, letter of intent"
    assert (part.high, part.revenue) == (100, 2)


def test_what_stands_in_for_clouds_may_cost_nothing(tiny: Dealbook) -> None:
    named = [("microsoft", chapter.CLOUDS, "Standing in", ["surety"])]
    legs = {"surety": Leg("microsoft", "nvidia", [Step("binding", 7)], "guarantee")}
    book = made(tiny, legs)
    (part,) = chapter.parts(book, "announced", named, {"microsoft": "openai-revenue-2021"})
    assert (part.low, part.high) == (0, 7)


@pytest.mark.parametrize(
    ("low", "high", "revenue", "words"),
    [
        (5, 8, 40, f"Maker $5–8{SPACE}bn (13–20%)"),
        (0, 8, 40, f"Maker up to $8{SPACE}bn (20%)"),
        (5, 5, math.nan, f"Maker $5{SPACE}bn"),
        (0, 0, 40, ""),
        (math.nan, math.nan, 40, ""),
    ],
)
def test_a_sum_stands_beside_its_share_of_revenue(
    low: float, high: float, revenue: float, words: str
) -> None:
    assert chapter.beside_revenue("Maker", low, high, revenue) == words


def test_details_name_the_largest_supplier_first(tiny: Dealbook) -> None:
    some = [
        chapter.Part("nvidia", chapter.STAKES, "", 2, 2, "r", 10),
        chapter.Part("openai", chapter.STAKES, "", math.nan, math.nan, "r", 10),
        chapter.Part("microsoft", chapter.STAKES, "", 5, 5, "r", 10),
    ]
    told = f"Microsoft $5{SPACE}bn (50%); Nvidia $2{SPACE}bn (20%)"
    assert chapter.details(tiny, some) == {chapter.STAKES: told}


def test_a_right_that_may_be_worth_nothing_is_no_share_of_its_makers_revenue(
    tiny: Dealbook,
) -> None:
    # 96 at a price target over sales of 35 would be 277 %; shares given at a value keep theirs.
    some = [
        chapter.Part("nvidia", chapter.UPSIDE, "", 0, 96, "r", 35),
        chapter.Part("microsoft", chapter.UPSIDE, "", 2, 2, "r", 10),
    ]
    told = f"Nvidia up to $96{SPACE}bn; Microsoft $2{SPACE}bn (20%)"
    assert chapter.details(tiny, some) == {chapter.UPSIDE: told}


def test_ratios_are_those_of_which_both_numbers_are_known(old: Dealbook) -> None:
    makers = chapter.makers(old, 2000)
    given = [
        chapter.Part("nvidia", chapter.RENT, "Guarantee", 0, 20, "a-sales", 40),
        chapter.Part("nvidia", chapter.STAKES, "", 1, 1, "a-sales", 40),
        chapter.Part("microsoft", chapter.STAKES, "Shares", 1, 1, "none", math.nan),
    ]
    years = {"a-sales": "12 months"}
    table = comparisons.ratios(old, makers, {"nvidia": "Loans"}, given, years)
    assert table.to_numpy().tolist() == [
        ["Nvidia", "Loans", f"$5–8{SPACE}bn", f"$40{SPACE}bn, 12 months", "13–20%"],
        ["Nvidia", "Guarantee", f"up to $20{SPACE}bn", f"$40{SPACE}bn, 12 months", "up to 50%"],
    ]
    plain = comparisons.ratios(old, makers, {}, [])
    assert plain.revenue[0] == f"$40{SPACE}bn, fiscal 2000"


def test_signed_purchases_are_part_of_all_that_is_signed(book: Dealbook) -> None:
    signed = chapter.signed_purchases(book, "openai")
    whole = quantities.of(book)["to_pay_signed"]
    assert set(signed.legs.payer) == {"openai"}
    assert set(signed.legs.instrument) == {"compute", "chips"}
    assert 0 < signed.sum.stated < whole.stated


def test_signed_purchases_leave_out_what_is_only_announced(tiny: Dealbook) -> None:
    assert chapter.signed_purchases(supplied(tiny), "openai").sum == (10, 10, 10)


def test_a_contract_counts_at_its_most_while_it_was_in_force(tiny: Dealbook) -> None:
    steps = [Step("binding", 2, 0, 3), Step("announced", 9), Step("cancelled")]
    book = made(tiny, {"order": Leg("openai", "microsoft", steps, "chips")})
    assert comparisons.agreed(book, "order") == 3
    assert math.isnan(comparisons.agreed(book, "nowhere"))


def test_amounts_keep_the_rows_of_both(old: Dealbook) -> None:
    first, last = chapter.figure(old, "a-sales"), chapter.figure(old, "a-sales-2002")
    assert (first - last).value == 25
    assert (first + last).value == 55
    assert (last / first) == Amount(0.375, ("financials/a-sales-2002", "financials/a-sales"))
    assert (-first).value == -40


def test_figures_add_up_and_an_unknown_one_makes_the_sum_unknown(old: Dealbook) -> None:
    assert chapter.figure(old, "a-end", "a-year").value == 13
    assert math.isnan(chapter.figure(old, "a-end", "nowhere").value)


def test_a_leg_is_read_on_one_rung(tiny: Dealbook) -> None:
    assert chapter.leg(tiny, "stake-cash", "paid") == Amount(9, ("legs/stake-cash",))
    assert math.isnan(chapter.leg(tiny, "nowhere", "paid").value)


def test_a_leg_was_first_stated_when_it_first_stood_on_a_rung(tiny: Dealbook) -> None:
    steps = [Step("announced", 2, 0, 4), Step("announced", 6), Step("binding", 9)]
    book = made(tiny, {"order": Leg("openai", "microsoft", steps, "chips")})
    assert chapter.first_stated(book, "order", "announced").value == 4
    assert math.isnan(chapter.first_stated(book, "order", "paid").value)


def test_the_first_known_of_several_figures_counts_else_the_last(old: Dealbook) -> None:
    assert chapter.first_known(old, "nowhere", "a-end", "a-year") == "a-end"
    assert chapter.first_known(old, "nowhere", "neither") == "neither"


def test_the_least_part_is_the_low_share_of_the_whole(tiny: Dealbook) -> None:
    rows: list[Row] = [
        ("share", "microsoft", "backlog_share", "2026-06-30", 40.0),
        ("whole", "microsoft", "backlog", "2026-06-30", 600.0),
    ]
    book = with_figures(tiny, rows)
    book.financials["value_low"] = [30.0, math.nan]
    part = comparisons.least_part(book, "share", "whole")
    assert part == Amount(180, ("financials/share", "financials/whole"))


def test_a_ratio_lies_below_in_or_beyond_a_range() -> None:
    words = [comparisons.place_of(ratio, 0.2, 0.3, "Maker") for ratio in (0.1, 0.2, 0.3, 0.4)]
    in_range = "in Maker’s range"
    assert words == ["well below Maker", in_range, in_range, "beyond Maker"]


def test_words_for_an_amount_appear_once_it_is_known() -> None:
    assert chapter.if_known(2, "; {} left") == f"; $2{SPACE}bn left"
    assert chapter.if_known(math.nan, "; {} left") == ""


def test_an_unknown_share_is_not_yet_known() -> None:
    assert chapter.percent(math.nan) == "not yet known"
    assert chapter.percent(0.125, 0.2) == "13–20%"


def test_what_makers_promised_and_nobody_drew_is_binding(old: Dealbook) -> None:
    webs = chapter.webs(old, "announced", "openai", 2000)
    (row,) = figures.then(old, "announced", webs).to_dict("records")
    steps = [row[name] for name in ("paid", "binding", "announced", "intended", "low", "high")]
    assert steps == [2, 3, 0, 3, 5, 8]
    assert row["detail"] == f"Nvidia $5–8{SPACE}bn (13–20%)"


def test_on_the_paid_layer_a_makers_loans_are_what_was_drawn(old: Dealbook) -> None:
    webs = chapter.webs(old, "paid", "openai", 2000)
    (row,) = figures.then(old, "paid", webs).to_dict("records")
    assert (row["low"], row["high"]) == (2, 2)
    assert row["detail"] == "Nvidia’s part; of the others no sum for that day"


def test_a_surety_is_drawn_from_nothing_to_its_most(tiny: Dealbook) -> None:
    book = supplied(tiny)
    table = figures.now(book, "announced", chapter.webs(book, "announced", "openai", 2000))
    words = table.set_index("instrument").words
    assert words[chapter.RENT] == f"up to $7{SPACE}bn"
    assert words[chapter.STAKES] == f"$3{SPACE}bn"
    hues = table.set_index("instrument").direction
    assert (hues[chapter.REVERSE], hues[chapter.LOANS]) == ("out", "borrowed")


def drawn(book: Dealbook, layer: str) -> figures.Figure | None:
    webs = chapter.webs(book, layer, "openai", 2000)
    return figures.instruments_figure(book, layer, "openai", webs, {}, ["a-sales"], "")


def test_the_title_says_that_suppliers_stand_surety_where_none_lends(book: Dealbook) -> None:
    found = drawn(book, "announced")
    assert found is not None
    assert "stand surety" in found.title
    assert found.frame.instrument[0] == chapter.LOANS


def test_the_title_says_less_where_a_supplier_lends(tiny: Dealbook) -> None:
    found = drawn(supplied(tiny), "announced")
    assert found is not None
    assert found.title.endswith("OpenAI’s suppliers take and give shares")
    assert f"OpenAI’s suppliers $3{SPACE}bn" in found.description
    assert found.content()["table"]


def test_without_anything_known_no_instrument_is_drawn(tiny: Dealbook) -> None:
    assert drawn(made(tiny, {}), "announced") is None


def test_what_became_of_a_maker_is_its_fall_in_revenue(old: Dealbook) -> None:
    (maker,) = chapter.makers(old, 2000)
    found = comparisons_figures.maker_figure(old, maker, [2000, 2001, 2002], "September", "")
    assert found is not None
    assert f"fell by $25{SPACE}bn in two years" in found.title
    assert f"Fiscal 2002: revenue $15{SPACE}bn, net loss $12{SPACE}bn." in found.description
    assert found.content()["wide"]
    assert comparisons_figures.maker_figure(old, maker, [2000, 2001], "September", "") is None


def test_the_ratios_are_a_table(old: Dealbook) -> None:
    table = comparisons_figures.ratios_table(
        comparisons.ratios(old, chapter.makers(old, 2000), {}, [])
    )
    assert "Put up ÷ revenue" in table.html


def test_a_share_is_stated_on_the_rows_of_both(old: Dealbook, shown: list[facts.Fact]) -> None:
    fact = facts.Facts(old)
    part, whole = chapter.figure(old, "a-end"), chapter.figure(old, "a-sales")
    stating.share(fact, "part", part, whole, "part ÷ whole")
    comparisons_facts.times(fact, "times", whole, part, "whole ÷ part")
    stating.state(fact, "sum", part + whole, "both")
    fact.figures({"sales": "a-sales"})
    assert written(shown) == {
        "part": "13%",
        "times": "8.0",
        "sum": f"$45{SPACE}bn",
        "sales": f"$40{SPACE}bn",
    }
    assert shown[0].rows == ("financials/a-end", "financials/a-sales")


def test_what_is_not_known_is_said_so(old: Dealbook, shown: list[facts.Fact]) -> None:
    fact = facts.Facts(old)
    known, unknown = chapter.figure(old, "a-end"), Amount(math.nan, ("financials/a-sales",))
    comparisons_facts.times(fact, "times", unknown, known, "ratio")
    stating.state_unless_known(fact, "early", "Too early.", unknown, "whether known")
    stating.state_unless_known(fact, "in-time", "Too early.", known, "whether known")
    assert written(shown) == {"times": "not yet known", "early": "Too early.", "in-time": ""}


def test_the_ends_of_a_figure_in_percent_are_one_span(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    book = with_figures(tiny, [("unpaid", "openai", "unpaid_share", "2003", math.nan)])
    book.financials["value_low"], book.financials["value_high"] = 33.0, 80.0
    comparisons_facts.percent_span(facts.Facts(book), book, "unpaid", "unpaid", "ends")
    assert written(shown) == {"unpaid": "33–80%"}


def test_whether_suppliers_lend_is_a_clause(tiny: Dealbook, shown: list[facts.Fact]) -> None:
    lending = supplied(tiny)
    fact = facts.Facts(replace(lending, all_ids=lending.all_ids | {"legs": ["loan"]}))
    webs = chapter.webs(lending, "announced", "openai", 2000)
    stating.state_lending(fact, lending, "openai", webs)
    stating.state_lending(fact, lending, "openai", replace(webs, lent=0))
    assert [one.written for one in shown] == [
        f"suppliers have agreed to lend OpenAI $1{SPACE}bn",
        "no supplier is known to have lent OpenAI money under a contract",
    ]


def test_what_is_signed_stands_beside_what_carriers_ordered(
    book: Dealbook, shown: list[facts.Fact]
) -> None:
    signed = chapter.signed_purchases(book, "openai")
    orders = {"ceiling": "lucent-winstar-equipment", "floor": "cisco-velocita-2001-equipment"}
    fact = facts.Facts(book)
    comparisons_facts.state_signed(fact, "OpenAI", signed)
    comparisons_facts.state_orders(fact, book, orders)
    told = written(shown)
    assert told["purchases-signed"].startswith("$")
    assert (told["ceiling"], told["floor"]) == (f"$2{SPACE}bn", f"$225{SPACE}m")


def test_ratios_are_placed_beside_a_makers(old: Dealbook, shown: list[facts.Fact]) -> None:
    (maker,) = chapter.makers(old, 2000)
    ratio = Amount(0.3, ("financials/a-drawn",))
    comparisons_facts.state_compared(facts.Facts(old), old, maker, "a-year", {"compared": ratio})
    assert written(shown) == {"nvidia-ratio": "13–20%", "compared": "beyond Nvidia"}
    assert "financials/a-drawn" in shown[1].rows
