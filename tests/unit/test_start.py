"""The start page: when money came and when bills fall due, worked by hand on small tables."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tightrope import dealbook, upcoming
from tightrope.chapters import start, start_facts, start_figures
from tightrope.dealbook import Dealbook
from tightrope.publish import facts
from tightrope.quantities.view import View

from .books import Leg, Step, made
from .opened import opened, plain

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"


def payments(**by_side: dict[int | None, float]) -> pd.DataFrame:
    """Rows of `start.dated`: what has come in is paid, what goes out is signed on a condition."""
    rungs = {"came": ("in", "paid"), "comes": ("in", "binding"), "goes": ("out", "conditional")}
    rows = [
        (year, *rungs[name], "Microsoft", amount, "stake-cash")
        for name, years in by_side.items()
        for year, amount in years.items()
    ]
    table = pd.DataFrame(rows, columns=["year", "side", "rung", "who", "amount", "leg_id"])
    return table.astype({"year": "Int64"})


# Of 100 that came in 2020 to 2022, 90 came in the last two years; the bills of 2023 to 2025 are
# more than half of the heaviest, 20; those of 2026 are not.
TURNS = payments(
    came={2020: 10.0, 2021: 50.0, 2022: 40.0},
    goes={2023: 15.0, 2024: 20.0, 2025: 12.0, 2026: 5.0, None: 7.0},
)


class TestTheTurn:
    def test_is_found_where_few_years_brought_most_and_heavy_bills_follow_at_once(self) -> None:
        found = start.turn(TURNS, 2022)
        assert (found.came, found.came_sum) == (range(2021, 2023), 90)
        assert (found.due, found.due_sum, found.later_sum) == (range(2023, 2026), 47, 5)
        assert found.words == ("The money came in two years. The big bills come in the next three.")

    @pytest.mark.parametrize(
        "table",
        [
            payments(came={2021: 50.0, 2022: 50.0}, goes={2024: 20.0, 2025: 20.0}),
            payments(came={2021: 50.0, 2022: 50.0}, goes={2023: 20.0}),
            payments(came={2021: 50.0, 2022: 50.0}, goes={2023: 20.0, 2024: 2.0, 2025: 20.0}),
            payments(came=dict.fromkeys(range(2019, 2023), 25.0), goes={2023: 9.0, 2024: 9.0}),
            payments(came={2018: 30.0, 2021: 30.0, 2022: 30.0}, goes={2023: 9.0, 2024: 9.0}),
            payments(goes={2023: 9.0, 2024: 9.0}),
            payments(),
        ],
        ids=["a gap", "one bill", "a light year", "four years", "a year apart", "none", "empty"],
    )
    def test_is_no_finding_where_the_years_do_not_say_it(self, table: pd.DataFrame) -> None:
        found = start.turn(table, 2022)
        assert not found.is_found
        assert found.words == "What has been paid, what is due, and what has no date"

    def test_counts_no_bill_of_a_year_that_has_begun(self) -> None:
        assert start.turn(TURNS, 2023).due == range(2024, 2026)

    def test_one_year_is_a_year(self) -> None:
        table = payments(came={2022: 50.0}, goes={2023: 9.0, 2024: 9.0})
        assert start.turn(table, 2022).words.startswith("The money came in one year.")


def test_numbers_up_to_ten_are_words() -> None:
    assert [start.in_words(number) for number in (2, 10, 11)] == ["two", "ten", "11"]


class TestDatedPayments:
    def test_what_is_due_of_a_contract_stands_apart_from_what_was_paid(
        self, tiny: Dealbook
    ) -> None:
        # Of the stake of 10, 4 was paid in 2020 and 5 in 2021; 1 is due. The letter was replaced.
        table = start.dated(View(tiny, LAB), "announced")
        stake = table[table.side.eq("in")]
        assert stake.groupby("rung").amount.sum().to_dict() == {"paid": 9, "binding": 1}
        assert stake[stake.rung.eq("paid")].set_index("year").amount.to_dict() == {2020: 4, 2021: 5}
        assert set(stake.who) == {"Microsoft"}

    def test_a_contract_whose_terms_nobody_published_is_on_no_condition(
        self, tiny: Dealbook
    ) -> None:
        table = start.dated(View(tiny, LAB), "announced")
        assert set(table.rung[table.side.eq("out")]) == {"binding"}
        assert table.amount[table.side.eq("out")].sum() == pytest.approx(73)

    def test_a_contract_that_is_due_on_delivery_is_on_a_condition(self, termed: Path) -> None:
        book = dealbook.load(termed)
        parts = start.dated(View(book, LAB), "announced")
        assert parts.amount.gt(0).all()

    def test_what_is_said_beyond_a_contract_is_talked_about(self, tiny: Dealbook) -> None:
        legs = {"stake": Leg(CLOUD, LAB, [Step("announced", 10), Step("binding", 4)])}
        table = start.dated(View(made(tiny, legs), LAB), "announced")
        assert table.groupby("rung").amount.sum().to_dict() == {"announced": 6, "binding": 4}


class TestFacts:
    def test_the_finding_and_its_sums_are_stated(
        self, tiny: Dealbook, shown: list[facts.Fact]
    ) -> None:
        page, found = opened(tiny), start.turn(TURNS, 2022)
        start_facts.state_finding(page, TURNS, found)
        start_facts.state_turn(page, TURNS, found)
        written = {fact.key: plain(fact.written) for fact in shown}
        assert written == {
            "finding": found.words,
            "came-years": "2021 and 2022",
            "came-sum": "$90 bn",
            "bills-years": "2023 to 2025",
            "bills-sum": "$47 bn",
            "later-sum": "$5 bn",
            "no-date-in": "nothing",
            "no-date-out": "$7 bn",
        }

    def test_before_any_payment_nothing_is_claimed(
        self, tiny: Dealbook, shown: list[facts.Fact]
    ) -> None:
        page = opened(tiny)
        start_facts.state_turn(page, payments(), start.turn(payments(), 2022))
        written = {fact.key: fact.written for fact in shown}
        assert (written["came-years"], written["came-sum"]) == ("no year yet", "no known sum")

    def test_zero_is_a_sentence(self, tiny: Dealbook) -> None:
        page = opened(tiny)  # its day is in 2023
        assert start_facts.silence(page, TURNS) == "No payment into OpenAI after 2023 has a date."

    def test_where_a_payment_to_come_has_a_date_there_is_no_such_sentence(
        self, tiny: Dealbook
    ) -> None:
        more = payments(came={2021: 5.0}, comes={2025: 1.0})
        assert start_facts.silence(opened(tiny), more) == ""
        assert start_facts.silence(opened(tiny), payments()) == ""

    def test_what_is_due_next_is_stated_with_its_rows(
        self, book: Dealbook, shown: list[facts.Fact]
    ) -> None:
        due = upcoming.next_due(book)
        start_facts.state_next_due(facts.Facts(book), book, due)
        by_key = {fact.key: fact for fact in shown}
        assert by_key["next-due"].written == "; ".join(one.words for one in due)
        assert by_key["next-due"].rows == tuple(one.row for one in due)
        assert plain(by_key["day"].written) == "9 October 2026"

    def test_a_measure_without_a_day_to_come_says_so(
        self, book: Dealbook, shown: list[facts.Fact]
    ) -> None:
        state = start_facts.state_next
        state(facts.Facts(book), book, {"margin": ["microsoft-nscale-texas-2026"]})
        assert [fact.written for fact in shown] == ["no fixed day"]


class TestThePicture:
    def test_tells_every_sum_in_words(self, tiny: Dealbook) -> None:
        found = start.turn(TURNS, 2022)
        figure = start_figures.payments_by_year(opened(tiny), TURNS, found, "rent")
        assert figure is not None
        told = plain(figure.description)
        assert "2021, in, paid: $50 bn" in told
        assert "no date, out, signed, on a condition: $7 bn" in told

    def test_has_its_spans_only_where_there_is_a_finding(self, tiny: Dealbook) -> None:
        page = opened(tiny)
        for today, is_there in ((2022, True), (2030, False)):
            figure = start_figures.payments_by_year(page, TURNS, start.turn(TURNS, today))
            assert figure is not None
            drawn = plain(json.dumps(figure.draw(start_figures.WIDE).to_dict()))
            assert ("Out: $47" in drawn) is is_there

    def test_of_payments_without_any_year_there_is_none(self, tiny: Dealbook) -> None:
        table = payments(goes={None: 5.0})
        found = start.turn(table, 2022)
        assert start_figures.payments_by_year(opened(tiny), table, found) is None

    def test_compares_with_a_yardstick_if_it_is_known(self, tiny: Dealbook) -> None:
        found = start.turn(TURNS, 2022)
        for amount, is_there in ((10.0, True), (np.nan, False)):
            figure = start_figures.payments_by_year(
                opened(tiny), TURNS, found, yardstick=(2023, amount)
            )
            assert figure is not None
            drawn = json.dumps(figure.draw(start_figures.WIDE).to_dict())
            assert ("For scale" in drawn) is is_there

    def test_the_loops_of_the_page_have_an_address_of_their_own(self, book: Dealbook) -> None:
        figure = start_figures.loops(opened(book), 2)
        assert figure is not None
        assert figure.id == "first-page-rings"
