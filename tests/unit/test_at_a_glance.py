"""The page at a glance: who stands for how much, worked by hand on small webs."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tightrope import quantities, readings, scenarios
from tightrope.chapters import at_a_glance, at_a_glance_facts, at_a_glance_figures
from tightrope.charts.figure import Figure
from tightrope.dealbook import Dealbook
from tightrope.publish import facts
from tightrope.quantities import Quantity
from tightrope.quantities.view import View

from .books import Leg, Step, made
from .opened import drawn, opened, plain, present

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"


def lab_pays(to_cloud: float, to_chips: float, status: str) -> dict[str, Leg]:
    return {
        "cloud": Leg(LAB, CLOUD, [Step(status, to_cloud)], "compute"),
        "chips": Leg(LAB, CHIPS, [Step(status, to_chips)], "chips"),
    }


class TestThePieces:
    def test_are_what_is_paid_and_what_is_signed_of_each_partner(self, tiny: Dealbook) -> None:
        # Of a stake of 10, 9 is paid; of the cloud contract of 73 nothing; the letter was replaced.
        pieces = at_a_glance.pieces(View(tiny, LAB)).set_index(["direction", "rung"])
        assert pieces.amount.to_dict() == {
            ("in", "paid"): 9,
            ("in", "binding"): 1,
            ("out", "binding"): 73,
        }
        assert set(pieces.name) == {"Microsoft"}

    def test_of_a_range_hold_what_lies_between_its_sum_and_its_high_end(
        self, tiny: Dealbook
    ) -> None:
        book = made(tiny, {"in": Leg(CLOUD, LAB, [Step("binding", 4, 3, 5)])})
        pieces = at_a_glance.pieces(View(book, LAB)).set_index("rung").amount
        assert pieces.to_dict() == {"binding": 4, "high": 1}

    def test_what_was_only_said_or_intended_is_talked_about(self, tiny: Dealbook) -> None:
        legs = {
            "said": Leg(CLOUD, LAB, [Step("announced", 4)]),
            "letter": Leg(CHIPS, LAB, [Step("letter_of_intent", 9)]),
        }
        pieces = at_a_glance.pieces(View(made(tiny, legs), LAB))
        assert pieces.groupby("rung").amount.sum().to_dict() == {"announced": 13}

    def test_of_whom_only_the_press_speaks_there_is_none(self, tiny: Dealbook) -> None:
        legs = {
            "heard": Leg(CHIPS, LAB, [Step("reported", 30)]),
            "signed": Leg(CLOUD, LAB, [Step("binding", 5)]),
        }
        assert at_a_glance.pieces(View(made(tiny, legs), LAB)).name.tolist() == ["Microsoft"]

    def test_money_comes_back_from_partners_that_are_paid(self, tiny: Dealbook) -> None:
        # The cloud is paid and pays in; the chipmaker pays in alone.
        legs = lab_pays(7, 0, "binding") | {
            "stake": Leg(CLOUD, LAB, [Step("paid", 5)]),
            "gift": Leg(CHIPS, LAB, [Step("paid", 3)]),
        }
        del legs["chips"]
        pieces = at_a_glance.pieces(View(made(tiny, legs), LAB))
        green = pieces[pieces.comes_back]
        assert green[["name", "amount"]].values.tolist() == [["Microsoft", 5]]

    def test_that_come_back_add_up_to_what_can_return_by_any_route(self, book: Dealbook) -> None:
        pieces = at_a_glance.pieces(View(book, LAB))
        green = pieces[pieces.comes_back]
        back = quantities.of(book)["back_by_any_route"]
        certain = green[green.rung.ne("high")].amount.sum()
        assert certain == pytest.approx(back.stated)
        assert green.amount.sum() == pytest.approx(back.high)

    def test_add_up_to_what_the_quantities_say(self, book: Dealbook) -> None:
        pieces, q = at_a_glance.pieces(View(book, LAB)), quantities.of(book)
        sums = pieces[pieces.rung.ne("high")].groupby("direction").amount.sum()
        assert sums["in"] == pytest.approx(q["to_come_in"].stated)
        assert sums["out"] == pytest.approx(q["to_pay"].stated)
        paid = pieces[pieces.rung.eq("paid")].groupby("direction").amount.sum()
        assert paid["in"] == pytest.approx(q["paid_in"].stated)
        assert paid["out"] == pytest.approx(q["paid_out"].stated)


class TestTheFinding:
    def test_is_a_small_circle_where_less_than_half_of_what_is_signed_can_come_back(
        self, tiny: Dealbook
    ) -> None:
        # 10 can come back of a contract of 73.
        found = at_a_glance.finding(quantities.of(tiny))
        assert found.words == "The circle is too small to carry the promise"

    @pytest.mark.parametrize(
        ("legs", "words"),
        [
            (
                lab_pays(60, 30, "binding") | {"stake": Leg(CLOUD, LAB, [Step("binding", 50)])},
                "$50 bn in and $90 bn out, paid or promised; $50 bn could go round",
            ),
            (
                lab_pays(60, 30, "binding"),
                "$90 bn out, paid or promised; of none of it is a way round known",
            ),
            (
                {
                    "line": Leg(LAB, CLOUD, [Step("binding", 8)], "loan"),
                    "network": Leg(CLOUD, LAB, [Step("binding", 3)], "services"),
                },
                "$3 bn in and $8 bn lent or guaranteed, paid or promised; $3 bn could go round, "
                "loans counted",
            ),
        ],
    )
    def test_gives_the_sums_where_half_or_nothing_can_come_back(
        self, legs: dict[str, Leg], words: str, tiny: Dealbook
    ) -> None:
        found = at_a_glance.finding(quantities.of(made(tiny, legs)))
        assert not found.is_small
        assert found.words.replace("\N{NO-BREAK SPACE}", " ") == words

    def test_is_stated_with_the_rows_of_both_sums(
        self, tiny: Dealbook, shown: list[facts.Fact]
    ) -> None:
        finding = at_a_glance.finding(quantities.of(tiny))
        at_a_glance_facts.state_finding(facts.Facts(tiny), finding)
        assert [fact.written for fact in shown] == [finding.words]
        assert set(shown[0].rows) == {"legs/stake-cash", "legs/cloud-use"}


def test_the_largest_supplier_is_whom_most_is_signed_to_be_paid(tiny: Dealbook) -> None:
    legs = lab_pays(5, 6, "binding") | {"said": Leg(LAB, CLOUD, [Step("announced", 50)])}
    assert at_a_glance.largest_supplier(made(tiny, legs), LAB) == CHIPS


def test_who_only_pays_in_is_no_supplier(tiny: Dealbook) -> None:
    stake = {"stake": Leg(CLOUD, LAB, [Step("binding", 10)])}
    assert at_a_glance.largest_supplier(made(tiny, stake), LAB) == ""


def test_of_payments_to_one_party_the_sentence_names_it_without_a_sum(tiny: Dealbook) -> None:
    legs = {"cloud": Leg(LAB, CLOUD, [Step("paid", 4)], "compute")}
    assert at_a_glance.whom_it_paid(made(tiny, legs), LAB) == "All of it went to Microsoft."


def test_of_payments_to_several_parties_each_is_named_with_its_sum(tiny: Dealbook) -> None:
    told = at_a_glance.whom_it_paid(made(tiny, lab_pays(4, 3, "paid")), LAB)
    assert told.replace("\N{NO-BREAK SPACE}", " ") == (
        "Of it went $4 bn to Microsoft and $3 bn to Nvidia."
    )


def test_what_is_only_signed_is_no_payment(tiny: Dealbook) -> None:
    book = made(tiny, lab_pays(4, 3, "binding"))
    assert at_a_glance.whom_it_paid(book, LAB) == "No payment is known."


def test_parties_together_have_paid_in_the_sum_of_what_each_has(tiny: Dealbook) -> None:
    legs = {
        "one": Leg(CLOUD, LAB, [Step("paid", 9)]),
        "range": Leg(CHIPS, LAB, [Step("paid", low=1, high=3)]),
        "out": Leg(LAB, CLOUD, [Step("paid", 50)]),
    }
    paid = at_a_glance.paid_in_by(made(tiny, legs), LAB, [CLOUD, CHIPS])
    assert (paid.low, paid.stated, paid.high) == (10, 10, 12)
    assert paid.rows == ("legs/one", "legs/range")


def of_model(book: Dealbook) -> tuple[at_a_glance.Model, Quantity]:
    gap = quantities.of(book)["gap"]
    return at_a_glance.model(book, gap, LAB), gap


def test_the_widest_assumption_gives_the_gap_that_the_scenario_has_at_its_ends(
    book: Dealbook,
) -> None:
    model, _ = of_model(book)
    own = scenarios.scenario(book)
    first = scenarios.swings(own).iloc[0]
    row = scenarios.assumptions(book, "as-planned").set_index("parameter").loc[first.parameter]
    ends = sorted(own.gap(**{first.parameter: end}).peak for end in (row.low, row.high))
    assert [model.least, model.most] == pytest.approx(ends)
    assert model.widest == first.words.lower()


def test_the_model_names_what_is_negotiated(book: Dealbook) -> None:
    model, gap = of_model(book)
    values = scenarios.assumptions(book, "as-planned").set_index("parameter").value
    assert model.under_negotiation == values["conditional_funding"]
    assert (model.is_public, model.rows) == (True, gap.rows)


def test_without_an_assumption_that_moves_the_gap_both_ends_are_the_gap(tiny: Dealbook) -> None:
    fixed = tiny.scenarios.assign(low=math.nan, high=math.nan)
    model, gap = of_model(replace(tiny, scenarios=fixed))
    assert (model.widest, model.least, model.most) == ("any other", gap.stated, gap.stated)


def test_on_a_day_before_its_sources_the_model_is_not_public(book: Dealbook) -> None:
    model, _ = of_model(book.as_of("2020-06-01"))
    assert not model.is_public


def test_what_the_model_says_is_stated_only_once_it_is_public(
    book: Dealbook, shown: list[facts.Fact]
) -> None:
    model, _ = of_model(book)
    at_a_glance_facts.state_model(facts.Facts(book), replace(model, is_public=False))
    assert {fact.written for fact in shown} == {"a sum not yet public"}
    assert len(shown) == 4


def test_the_ends_of_the_widest_swing_are_stated_the_smaller_first(
    book: Dealbook, shown: list[facts.Fact]
) -> None:
    model, _ = of_model(book)
    at_a_glance_facts.state_model(facts.Facts(book), model)
    value = {fact.key: fact.value for fact in shown}
    assert value["widest-least"] == model.least < value["widest-most"] == model.most
    assert value["round-talks"] == model.under_negotiation
    assert value["widest"] == model.widest


def test_a_sum_is_stated_as_its_range_and_none_in_words(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    for party, key in ((CLOUD, "some"), (CHIPS, "none")):
        one = quantities.of(tiny, LAB, party)["to_pay_signed"]
        at_a_glance_facts.state_sum(facts.Facts(tiny), key, one, "signed")
    assert [fact.written for fact in shown] == ["$73\N{NO-BREAK SPACE}bn", "none known"]


class TestTheBars:
    def figure(self, book: Dealbook) -> Figure | None:
        page = opened(book)
        pieces = at_a_glance.pieces(View(book, LAB))
        return at_a_glance_figures.bars_figure(page, pieces, at_a_glance.finding(page.quantities))

    def test_tell_what_is_paid_and_signed_on_each_side(self, tiny: Dealbook) -> None:
        figure = present(self.figure(tiny))
        assert "in, paid: $9 bn; in, signed: $1 bn; out, signed: $73 bn" in plain(
            figure.description
        )
        assert set(figure.rows) == {"legs/stake-cash", "legs/cloud-use"}

    def test_name_large_partners_and_say_what_the_others_come_to(self, tiny: Dealbook) -> None:
        figure = present(self.figure(made(tiny, lab_pays(40, 5, "binding"))))
        assert "Microsoft 40" in drawn(figure)
        assert "others 5" in drawn(figure)

    def test_are_not_there_where_nothing_goes_in_or_out(self, tiny: Dealbook) -> None:
        among_others = {"chips": Leg(CLOUD, CHIPS, [Step("paid", 4)])}
        assert self.figure(made(tiny, among_others)) is None


class TestTheSteps:
    def test_have_pictures_whose_words_hold_every_sum(self, tiny: Dealbook) -> None:
        q = quantities.of(tiny)
        figures = at_a_glance_figures
        told = [
            plain(one.description)
            for one in (
                figures.signed(q),
                figures.paid(q),
                figures.loop(quantities.of(tiny, LAB, CLOUD), "Microsoft"),
                figures.outside(q, "Nobody", 0.0),
            )
            if one
        ]
        assert told == [
            "Bars on one scale. on a condition: none known; terms not public: $73 bn.",
            "Bars on one scale. out: none known; in: $9 bn.",
            "Bars on one scale. put in by Microsoft: $9 bn; to be paid to Microsoft: $73 bn.",
            "Bars on one scale. Nobody: none known; other outsiders: none known; "
            "firms paid in turn: $9 bn.",
        ]

    def test_are_not_drawn_where_no_sum_is_known(self, tiny: Dealbook) -> None:
        q = quantities.of(tiny)
        assert at_a_glance_figures.borrowed(q) is None
        among_others = {"chips": Leg(CLOUD, CHIPS, [Step("paid", 4)])}
        nothing = quantities.of(made(tiny, among_others))
        assert at_a_glance_figures.signed(nothing) is None
        assert at_a_glance_figures.paid(nothing) is None

    def test_say_when_cash_ends_on_the_plan(self, book: Dealbook, shown: list[facts.Fact]) -> None:
        read = readings.of(book)
        fact = facts.Facts(book).on(quantities.of(book)["gap"].rows)
        at_a_glance_facts.state_month(fact, read)
        assert [one.key for one in shown] == ["months", "decisive"]
        assert shown[0].written == readings.when_cash_ends(read)
        assert shown[0].written in at_a_glance_figures.cash(read).title

    def test_every_total_of_the_short_table_has_its_definition(self, tiny: Dealbook) -> None:
        html = plain(at_a_glance_figures.totals_table(opened(tiny)).html)
        assert "$73 bn" in html
        assert html.count("<tr>") == len(at_a_glance_figures.TOTALS) + 1
