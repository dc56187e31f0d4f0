"""A warrant in a model, rebates in shares, and a buyer that lends: worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import quantities
from tightrope.chapters import paying_with_stock as chapter
from tightrope.chapters import paying_with_stock_facts as facts
from tightrope.chapters import paying_with_stock_figures as figures
from tightrope.chapters import paying_with_stock_loan as lending
from tightrope.chapters import warrants, warrants_facts, warrants_figures
from tightrope.chapters.paying_with_stock import Quote, Warrant
from tightrope.chapters.paying_with_stock_loan import BuyersLoan, Named
from tightrope.dealbook import Dealbook
from tightrope.measures import equity
from tightrope.publish import facts as publishing
from tightrope.publish.facts import NOT_YET, Fact, Facts
from tightrope.publish.opening import Opening

from .books import Leg, Step, made

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"
NAN, SPACE = math.nan, "\N{NO-BREAK SPACE}"
NEWS, EXPIRES = "2021-01-01", "2025-01-01"
MODEL = chapter.Model((0.4, 0.5, 0.6), 0.04, EXPIRES, 4)
TERMS = ["chips-shares", "chips-strike", "chips-hurdle"]
FIGURES = [
    ("chips-shares", CHIPS, "warrant_shares", NEWS, 200, "m_shares"),
    ("chips-strike", CHIPS, "warrant_exercise_price", NEWS, 0.5, "usd"),
    ("chips-hurdle", CHIPS, "warrant_final_hurdle", NEWS, 100, "usd"),
    ("chips-outstanding", CHIPS, "shares_outstanding", "2021", 800, "m_shares"),
    ("chips-price-0", CHIPS, "share_price", "2020-12-31", 40, "usd"),
    ("chips-price-1", CHIPS, "share_price", "2021-01-02", 50, "usd"),
    ("chips-price-2", CHIPS, "share_price", "2021-12-31", 80, "usd"),
    ("cloud-price", CLOUD, "share_price", "2021-01-02", 7, "usd"),
    ("seller-shares", CHIPS, "warrant_shares", "2021", 10, "m_shares"),
    ("seller-own", CHIPS, "value_of_a_share", "2021", 100, "usd"),
    ("seller-listed", CHIPS, "issue_price", "2021", 300, "usd"),
]
LEGS = {
    "paper": Leg(CHIPS, LAB, [Step("binding", NAN, 0, 19.9)], "warrant"),
    "order": Leg(LAB, CHIPS, [Step("announced", NAN, 80, 100)], "chips"),
    "gift": Leg(CLOUD, LAB, [Step("paid", 1)], "shares"),
    "rent": Leg(LAB, CLOUD, [Step("announced", 30), Step("binding", 20)], "compute"),
    "loan": Leg(LAB, CHIPS, [Step("paid", 2)], "loan"),
}
MEDIA = {"paper": "warrant", "gift": "stock"}
NAMED = Named("order", "loan", "paper", "paper-0", "seller-shares", "seller-own", "seller-listed")


def web(tiny: Dealbook, figures: int = len(FIGURES), **legs: Leg) -> Dealbook:
    """The chipmaker gives the lab a warrant for an order, the cloud a gift for its rent."""
    found = made(tiny, LEGS | legs)
    named = found.legs.assign(medium=found.legs.leg_id.map(MEDIA).fillna("cash"))
    row = tiny.financials.iloc[0]
    columns = ["financial_id", "party_id", "metric", "period", "value", "unit"]
    table = pd.DataFrame(
        [{**row, **dict(zip(columns, one, strict=True))} for one in FIGURES[:figures]],
        columns=tiny.financials.columns,
    ).astype(tiny.financials.dtypes.to_dict())
    ids = dict(tiny.all_ids) | {
        "financials": frozenset(one[0] for one in FIGURES),
        "legs": frozenset(LEGS),
        "events": frozenset(found.events.event_id),
    }
    return replace(found, legs=named, financials=table, all_ids=ids)


def opened(book: Dealbook, layer: str = "announced") -> Opening:
    return Opening(book, layer, LAB, Facts(book), quantities.of(book, LAB))


def warrant_in(book: Dealbook) -> Warrant:
    return chapter.warrant_of(book, CHIPS, "paper", NEWS, TERMS, MODEL)


@pytest.fixture
def page(tiny: Dealbook) -> Opening:
    return opened(web(tiny))


@pytest.fixture
def warrant(page: Opening) -> Warrant:
    return warrant_in(page.book)


@pytest.fixture
def unpriced(page: Opening) -> Warrant:
    return chapter.no_warrant(page.book, LAB, MODEL)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Fact]:
    """The facts that a notebook would show, by key."""
    found: dict[str, Fact] = {}
    monkeypatch.setattr(
        publishing, "display", lambda stated: found.update({one.key: one for one in stated})
    )
    return found


class TestAWarrant:
    def test_has_the_prices_of_its_own_share_before_and_after(self, warrant: Warrant) -> None:
        assert (warrant.old_price, warrant.first) == (40, Quote(50, "2021-01-02"))
        assert warrant.latest("2021-12") == Quote(80, "2021-12-31")
        assert warrant.price_rows == [f"financials/chips-price-{day}" for day in (0, 1, 2)]

    def test_has_no_price_after_the_last_quote(self, warrant: Warrant) -> None:
        assert math.isnan(warrant.latest("2022").price)

    def test_pays_shares_times_price_less_strike(self, warrant: Warrant) -> None:
        # 200 million × (100 − 0.5) dollars
        assert warrant.payoff(100) == pytest.approx(19.9)

    def test_has_targets_in_even_steps_from_the_price_before(self, warrant: Warrant) -> None:
        table = warrant.value(warrant.first, 0.5)
        assert list(table.hurdle) == [55, 70, 85, 100]
        assert list(table.shares) == [50e6] * 4

    def test_is_worth_the_closed_form_of_each_tranche(self, warrant: Warrant) -> None:
        years = 1460 / 365.25  # 2 January 2021 to 1 January 2025
        own = warrant.value(warrant.first, 0.5).value
        assert own[0] == 50e6 * equity.touch_value(50, 55, years, 0.04, 0.5)
        assert own[3] == 50e6 * equity.touch_value(50, 100, years, 0.04, 0.5)

    def test_has_no_value_beyond_the_gigawatts_taken(self, warrant: Warrant) -> None:
        table = warrant.value(warrant.first, 0.5, taken=1)
        assert table.value[0] == warrant.value(warrant.first, 0.5).value[0]
        assert list(table.value[1:]) == [0, 0, 0]

    def test_is_worth_its_shares_where_all_targets_are_met(self, warrant: Warrant) -> None:
        assert warrant.span(targets=[50] * 4) == (10, 10)  # 200 million × 50 dollars
        assert warrant.span(Quote(80, NEWS), 2, [50] * 4) == (8, 8)

    def test_spans_the_values_at_the_volatilities(self, warrant: Warrant) -> None:
        ends = [warrant.value(warrant.first, one).value.sum() / 1e9 for one in (0.4, 0.6)]
        assert warrant.span() == tuple(ends)
        assert ends[0] < ends[1]

    @pytest.mark.parametrize("figures", [2, 3, 5])
    def test_is_not_priced_before_target_and_prices_are_known(
        self, tiny: Dealbook, figures: int
    ) -> None:
        found = warrant_in(web(tiny, figures))
        assert not found.is_priced
        assert found.price_rows == list(found.rows)
        assert all(map(math.isnan, (*found.span(), found.old_price, found.first.price)))

    def test_that_does_not_exist_has_no_value(self, unpriced: Warrant) -> None:
        assert not unpriced.is_priced
        assert all(map(math.isnan, (*unpriced.span(), chapter.most(unpriced))))
        assert chapter.at_prices(unpriced).empty

    def test_by_tranche_rises_with_volatility(self, warrant: Warrant) -> None:
        table = chapter.by_tranche(warrant)
        assert list(table.shares) == [50] * 4
        assert (table.low_usd_bn < table.value_usd_bn).all()
        assert (table.value_usd_bn < table.high_usd_bn).all()

    def test_at_its_prices_has_what_it_would_pay_and_the_most(self, warrant: Warrant) -> None:
        table = chapter.at_prices(warrant)
        assert list(table.payoff_usd_bn) == pytest.approx([7.9, 9.9, 15.9])
        last = warrant.span(Quote(80, "2021-12-31"))[1]
        assert chapter.most(warrant) == table.high.max() == last

    def test_before_it_was_issued_counts_as_one_of_the_first_day(self, warrant: Warrant) -> None:
        old = warrant.span(Quote(40, "2021-01-02"))
        assert chapter.at_prices(warrant).high[0] == old[1]


def test_old_owners_give_up_the_new_shares_part_of_all() -> None:
    assert warrants.dilution(200, 800) == 20


def test_the_news_made_what_the_price_before_did_not() -> None:
    assert chapter.made_by_news((2, 4), (3, 5)) == 0.25


def test_deals_in_stock_are_those_that_pay_the_lab(tiny: Dealbook, page: Opening) -> None:
    assert chapter.deals_in_stock(page) == 1
    away = {
        "paper": Leg(LAB, CHIPS, [Step("binding", 1)]),
        "gift": Leg(LAB, CLOUD, [Step("paid", 1)]),
    }
    found = web(tiny, **away)
    assert chapter.deals_in_stock(opened(found)) == 0


def test_deals_outside_the_article_do_not_count(page: Opening) -> None:
    deals = page.book.deals.assign(in_article=False)
    assert chapter.deals_in_stock(opened(replace(page.book, deals=deals))) == 0


def test_a_rebate_is_least_on_the_most_that_is_bought(page: Opening) -> None:
    found = warrants.rebates(page.ladder, [("Chips", (8, 16), ["order"])])
    # 8 of 100 to 16 of 80
    assert list(found.rebate) == ["8.0 to 20%"]
    assert list(found.bought) == [f"$80–100{SPACE}bn"]


def test_a_rebate_of_one_sum_is_one_number(page: Opening) -> None:
    assert list(warrants.rebates(page.ladder, [("Rent", (3, 3), ["rent"])]).rebate) == ["10%"]


@pytest.mark.parametrize(("worth", "legs"), [(NAN, ["rent"]), (1, ["unknown"]), (1, [])])
def test_of_what_is_not_known_there_is_no_rebate(
    page: Opening, worth: float, legs: list[str]
) -> None:
    assert warrants.rebates(page.ladder, [("Rent", (worth, worth), legs)]).empty


DEALS = {CHIPS: (["paper"], ["order"]), CLOUD: (["gift"], ["rent"])}


class TestSides:
    def test_have_what_comes_in_and_what_goes_out(self, page: Opening, unpriced: Warrant) -> None:
        cloud = chapter.sides(page, DEALS, unpriced).set_index("party").loc["Microsoft"]
        assert (cloud.paid_in, cloud.in_paid, cloud.in_binding) == (1, 1, 0)
        assert (cloud.paid_out, cloud.out_paid, cloud.out_binding, cloud.out_announced) == (
            30,
            0,
            20,
            10,
        )

    def test_cap_the_warrant_at_the_model(self, page: Opening, warrant: Warrant) -> None:
        table = chapter.sides(page, DEALS, warrant).set_index("party")
        assert table.in_high["Nvidia"] == chapter.most(warrant)
        assert table.in_high["Microsoft"] == 1

    def test_are_as_the_ladder_says_where_it_is_paid(self, page: Opening, warrant: Warrant) -> None:
        paid = opened(page.book, "paid")
        table = chapter.sides(paid, DEALS, warrant, [CLOUD]).set_index("party")
        assert table.in_high["Nvidia"] == 0
        assert math.isnan(table.out_high["Microsoft"])
        assert (table.out_binding["Nvidia"], table.out_announced["Nvidia"]) == (0, 0)

    def test_leave_out_who_sells_nothing(self, page: Opening, unpriced: Warrant) -> None:
        table = chapter.sides(page, {CLOUD: (["gift"], ["unknown"])}, unpriced)
        assert table.empty
        assert figures.suppliers_figure(page, {}, table, "") is None


@pytest.fixture
def loan(tiny: Dealbook) -> BuyersLoan:
    return lent(tiny, Step("binding", 0.4), Step("paid", 0.8, 0.8, 1.5))


def lent(tiny: Dealbook, *paper: Step) -> BuyersLoan:
    book = web(tiny, paper=Leg(CHIPS, LAB, paper, "warrant"))
    return lending.buyers_loan(opened(book), CHIPS, NAMED)


class TestABuyersLoan:
    def test_has_the_warrant_at_two_prices(self, loan: BuyersLoan) -> None:
        assert (loan.own, loan.listed) == (1, 3)  # 10 million × 100 and 300 dollars

    def test_has_what_vested_as_its_fee(self, loan: BuyersLoan) -> None:
        assert (loan.vested, loan.fee) == (0.4, 20)  # 0.4 of 2

    def test_makes_a_holder_who_took_more_than_vested(self, tiny: Dealbook) -> None:
        assert lent(tiny, Step("binding", 0.4), Step("paid", 0.8)).is_holder
        assert not lent(tiny, Step("binding", 0.4), Step("paid", 0.4)).is_holder

    def test_is_compared_with_what_is_known(self, loan: BuyersLoan) -> None:
        table = lending.compared(loan, "July").set_index("label")
        assert table.value["Loan by OpenAI"] == 2
        assert table.value["Warrant, exercised in July"] == 0.8
        assert table.value["Warrant, all, at Nvidia’s own value"] == 1
        assert "Computing that OpenAI buys" not in table.index  # announced, not binding

    def test_is_drawn_with_what_the_warrant_could_be_worth(
        self, page: Opening, loan: BuyersLoan
    ) -> None:
        found = warrants_figures.loan_figure(page, replace(loan, listed=6), "July")
        assert found is not None
        assert found.title.endswith(f"could be worth $6{SPACE}bn")
        assert found.content()["wide"]
        small = warrants_figures.loan_figure(page, replace(loan, listed=2.9), "July")
        assert small is not None
        assert small.title == "What OpenAI buys from Nvidia, lends it and gets from it"

    def test_is_not_drawn_where_nothing_is_known(self, tiny: Dealbook) -> None:
        page = opened(tiny)
        none = Named("a", "b", "c", "d", "e", "f", "g")
        found = lending.buyers_loan(page, "sellers", none)
        assert warrants_figures.loan_figure(page, found, "July") is None

    def test_is_stated_with_the_holding_in_words(
        self, page: Opening, loan: BuyersLoan, shown: dict[str, Fact]
    ) -> None:
        warrants_facts.state_worth(page.fact, loan)
        warrants_facts.state_holder(page.fact, loan, "It exercised", "So it")
        assert (shown["nvidia-vested"].value, shown["nvidia-fee"].value) == (0.4, 20)
        assert shown["nvidia-listed"].rows == (
            "financials/seller-shares",
            "financials/seller-listed",
        )
        assert shown["nvidia-exercised"].written.endswith("So it has become its shareholder.")

    def test_that_vested_nothing_makes_perhaps_a_shareholder(
        self, page: Opening, loan: BuyersLoan, shown: dict[str, Fact]
    ) -> None:
        none = replace(loan, vested=NAN)
        facts.state_loan(page.fact, none)
        warrants_facts.state_holder(page.fact, none, "It exercised", "So it")
        assert shown["nvidia-vested"].written == NOT_YET
        assert shown["nvidia-exercised"].written == "So it perhaps its shareholder."


class TestFacts:
    def test_of_the_warrant_are_those_of_its_values(
        self, page: Opening, warrant: Warrant, shown: dict[str, Fact]
    ) -> None:
        facts.state_priced(page.fact, warrant)
        facts.state_headline(page.fact, warrant)
        facts.state_value(page.fact, warrant, "value-day")
        facts.state_value(page.fact, warrant, "value-first", "first tranche only", taken=1)
        assert shown["priced"].value == "yes"
        assert shown["value-hurdle"].value == pytest.approx(19.9)
        assert (shown["value-day"].low, shown["value-day"].high) == warrant.span()
        assert shown["value-first"].how.startswith("first tranche only; closed form at")

    def test_lead_with_what_the_warrant_is_worth_beside_its_best_case(
        self, warrant: Warrant, unpriced: Warrant
    ) -> None:
        assert facts.finding(warrant, "Lab") == "Nvidia gave Lab a lottery ticket, not money"
        plain = "What suppliers give in shares, and what it is worth"
        assert facts.finding(unpriced, "Lab") == plain
        assert facts.finding(replace(warrant, strike=95), "Lab") == plain

    def test_of_a_later_day_compare_it_with_the_first(
        self, page: Opening, warrant: Warrant, shown: dict[str, Fact]
    ) -> None:
        facts.state_later(page.fact, warrant, warrant.latest("2021-12"))
        warrants_facts.state_payoff(page.fact, warrant, "payoff-may", warrant.latest("2021-12"))
        assert shown["may-times"].value == "1.6 times"  # 80 / 50
        assert shown["payoff-may"].value == pytest.approx(15.9)
        assert shown["payoff-may"].rows[-1] == "financials/chips-price-2"

    def test_of_the_rise_have_what_old_owners_gained(
        self, page: Opening, warrant: Warrant, shown: dict[str, Fact]
    ) -> None:
        facts.state_rise(page.fact, page.book, warrant, "chips-outstanding", "2021")
        assert shown["old-gain"].value == 8  # 800 million × (50 − 40) dollars
        assert (shown["price-before"].value, shown["price-after"].value) == (40, 50)
        old = warrant.span(Quote(40, "2021-01-02"))
        assert (shown["value-before"].low, shown["value-before"].high) == old

    def test_of_what_is_not_priced_say_so(
        self, page: Opening, unpriced: Warrant, shown: dict[str, Fact]
    ) -> None:
        facts.state_priced(page.fact, unpriced)
        facts.state_headline(page.fact, unpriced)
        facts.state_later(page.fact, unpriced, unpriced.latest("2021"))
        facts.state_rise(page.fact, page.book, unpriced, "chips-outstanding", "2021")
        empty, unknown = ("priced", "value-may"), ("value-hurdle", "may-times", "price-before")
        assert [shown[key].value for key in empty] == ["", ""]
        assert [shown[key].value for key in unknown] == [NOT_YET] * 3
        assert shown["jump-share"].value == "A part"

    def test_of_shares_reports_and_rebates_are_those_of_their_rows(
        self, page: Opening, shown: dict[str, Fact]
    ) -> None:
        warrants_facts.state_count(page.fact, page.book, page.ladder, "gift", "chips-strike")
        warrants_facts.state_reports(page.fact, page.book, {"report": "gift-0"})
        rent, unknown = {"rebate": ["rent"]}, {"rebate-none": ["order"]}
        facts.state_rebates(page.fact, page.ladder, "gift", rent | unknown)
        facts.state_signed(page.fact, page.ladder, "signed", "rent")
        shares = ["chips-shares"]
        warrants_facts.state_dilution(
            page.fact, page.book, "lost", "new", shares, "chips-outstanding"
        )
        assert (shown["share-count"].value, shown["report"].value) == (2000, 1)  # 1 billion at 0.5
        assert shown["rebate"].value == pytest.approx(100 / 30)
        assert shown["rebate-none"].value is None
        assert (shown["signed"].low, shown["signed"].high) == (20, 20)
        assert shown["lost"].value == 20
        assert shown["lost"].how == "new / (shares outstanding + new)"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (NAN, "A part"),
        (0.1, "A part"),
        (0.2, "About a fifth"),
        (0.225, "About a quarter"),
        (0.29, "About a third"),
        (0.4, "Much"),
    ],
)
def test_a_part_is_said_in_words(part: float, words: str) -> None:
    assert facts.part_in_words(part) == words


class TestFigures:
    def test_of_a_warrant_set_the_model_against_the_headline(
        self, page: Opening, warrant: Warrant
    ) -> None:
        found = figures.warrant_figure(page.book, warrant)
        assert found is not None
        assert found.title.endswith(f"in a model, not $19.9{SPACE}bn")
        assert "target $55: " in found.description
        assert found.content()["wide"]

    def test_of_a_warrant_near_its_target_make_no_such_claim(
        self, page: Opening, warrant: Warrant
    ) -> None:
        found = figures.warrant_figure(page.book, replace(warrant, strike=95))
        assert found is not None
        assert found.title == "What Nvidia’s warrant was worth in a model on the day of the news"

    def test_of_no_warrant_are_not_drawn(self, page: Opening, unpriced: Warrant) -> None:
        assert figures.warrant_figure(page.book, unpriced) is None
        assert warrants_figures.prices_table(unpriced, "today") is None

    def test_of_its_prices_have_a_row_a_price(self, warrant: Warrant) -> None:
        table = warrants_figures.prices_table(warrant, "today")
        assert table is not None
        assert table.html.count("<tr>") == 4
        assert "Model, all 4 gigawatts" in table.html

    def test_of_rebates_are_left_out_without_any(self, page: Opening) -> None:
        found = warrants.rebates(page.ladder, [("Rent", (3, 3), ["rent"])])
        table = warrants_figures.rebates_table(found, "today")
        assert table is not None
        assert "10%" in table.html
        assert warrants_figures.rebates_table(found.iloc[:0], "today") is None

    @pytest.mark.parametrize(
        ("layer", "title"),
        [
            ("announced", "What comes in is stock or nothing; what is to go out is money"),
            ("paid", "What is known to have moved between OpenAI and these suppliers"),
        ],
    )
    def test_of_suppliers_say_what_moves(
        self, page: Opening, warrant: Warrant, layer: str, title: str
    ) -> None:
        on = opened(page.book, layer)
        table = chapter.sides(on, DEALS, warrant)
        found = figures.suppliers_figure(on, DEALS, table, "")
        assert found is not None
        assert found.title == title
        assert list(found.rows) == ["legs/paper", "legs/order", "legs/gift", "legs/rent"]
        assert found.content()["wide"]


LINKS = {"rent": ("The lab pays", "out"), "bond": ("Bonds", "borrowed"), "none": ("None", "in")}


class TestAChain:
    def drawn(self, book: Dealbook, *undrawn: str) -> figures.Figure | None:
        return warrants_figures.chain_figure(
            opened(book), CLOUD, LINKS, undrawn, "Borrowed first", ""
        )

    def test_is_told_as_borrowed_first_until_the_buyer_pays(self, tiny: Dealbook) -> None:
        bond = Leg(CHIPS, CLOUD, [Step("paid", 5)], "bond")
        found = self.drawn(web(tiny, bond=bond))
        assert found is not None
        assert found.title == "Borrowed first"
        assert list(found.rows) == ["legs/rent", "legs/bond"]
        assert f"Bonds: $5{SPACE}bn, known to be paid: $5{SPACE}bn" in found.description
        paid = Leg(LAB, CLOUD, [Step("binding", 20), Step("paid", 1)], "compute")
        later = self.drawn(web(tiny, bond=bond, rent=paid))
        assert later is not None
        assert later.title == "One contract, and the payments that hang on it"

    def test_leaves_open_what_was_drawn_of_a_loan(self, tiny: Dealbook) -> None:
        found = self.drawn(web(tiny, bond=Leg(CHIPS, CLOUD, [Step("paid", 5)], "bond")), "Bonds")
        assert found is not None
        assert f"Bonds: $5{SPACE}bn, known to be paid: not known" in found.description

    def test_is_not_drawn_where_none_is_known(self, tiny: Dealbook) -> None:
        assert self.drawn(made(tiny, {})) is None
