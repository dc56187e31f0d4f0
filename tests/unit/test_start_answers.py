"""The three answers and the sums of the start page, and needles on the values of the six."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope import quantities
from tightrope.chapters import blueprint_or_warning_six as measures
from tightrope.chapters import start_answers as answers
from tightrope.chapters import start_facts, start_needles, who_breaks
from tightrope.chapters.blueprint_or_warning import Amount
from tightrope.chapters.whose_money.years import YearShare
from tightrope.dealbook import Dealbook
from tightrope.publish import facts

from .books import Leg, Step, made
from .opened import plain

LAB, CLOUD = "openai", "microsoft"
STAKE = "nvidia-2026-equity"
FAILING = pd.DataFrame(
    {
        "party": ["oracle", "oracle", "coreweave", "coreweave"],
        "year": [2027, 2028, 2027, 2028],
        "strict": [False, True, True, True],
        "mild": [False, False, False, False],
    }
)


def six(book: Dealbook) -> measures.Six:
    """The six measures of this book, without those legs of the round that are not yet paid."""
    plans = ("openai-revenue-2026-plan-2026-q3", "openai-revenue-2026-plan-2026-q1")
    quarters = ["openai-revenue-2026-q1", "openai-revenue-2026-q2"]
    cloud = [f"coreweave-{what}-2026-q2" for what in ("interest-cost", "revenue", "net-loss")]
    before = ("coreweave-interest-cost-2026-q1", "coreweave-revenue-2026-q1")
    due = "oracle-backlog-2026-08-31-twelve-months"
    raised, price = "openai-capital-raised-2026-03-31", "openai-valuation-2026-03-31"
    return measures.Six(
        measures.sales(book, LAB, 2026, plans, quarters),
        measures.margin(
            book,
            LAB,
            "openai-gross-margin-2025-target",
            "openai-gross-margin-2025",
            ("openai-gross-margin-2026-q1", "openai-revenue-2026-q1"),
        ),
        measures.due_soon(book, "oracle", "oracle-compute", due),
        measures.round_of(book, LAB, [STAKE], raised, price),
        measures.surety(book, "ohio-campus-guarantee", [], "nvidia-net-income-fy2027-q2"),
        measures.interest(book, "coreweave", before, (cloud[0], cloud[1], cloud[2])),
    )


class TestHowCircular:
    def test_sets_what_can_come_back_beside_what_comes_in(self, tiny: Dealbook) -> None:
        # Of 10 that is paid or signed all can come back through a contract of 73.
        one = answers.how_circular(quantities.of(tiny), "OpenAI")
        assert one is not None
        assert plain(one.title) == "$10 bn of $10 bn could be OpenAI’s own money"
        assert one.svg.startswith("<svg")

    def test_has_no_picture_where_nothing_comes_in(self, tiny: Dealbook) -> None:
        book = made(tiny, {"cloud": Leg(LAB, CLOUD, [Step("paid", 4)], "compute")})
        assert answers.how_circular(quantities.of(book), "OpenAI") is None


SHARES = {"2025": YearShare(0.8, 0.9, 80.0, 90.0, 10.0, 20.0)}


class TestWhoseMoney:
    def test_shows_the_share_of_outsiders_at_both_ends(self) -> None:
        one = answers.whose_money(SHARES, {"2025": "of 2025"})
        assert one is not None
        assert "of 2025: 80 to 90%" in one.title
        assert "hatch" in one.svg

    def test_has_no_picture_before_its_years_are_known(self) -> None:
        assert answers.whose_money(SHARES, {"2026": "of 2026"}) is None


class TestWhoBreaks:
    def test_is_said_with_the_first_year_of_each(self, book: Dealbook) -> None:
        case = who_breaks.case(book, LAB, "announced", 2031, 2028)
        words = answers.failing_words(case, FAILING, "strict")
        assert words == "CoreWeave from 2027 and Oracle from 2028"
        assert answers.failing_words(case, FAILING, "mild") == "nobody"
        one = answers.who_breaks(case, FAILING, 0.6, "id")
        assert one is not None
        assert "Short: CoreWeave: 2027, 2028; Oracle: 2028." in one.description

    def test_has_no_picture_where_nobody_does(self, book: Dealbook) -> None:
        case = who_breaks.case(book, LAB, "announced", 2031, 2028)
        table = FAILING.assign(strict=False)
        assert answers.who_breaks(case, table, 0.6, "id") is None

    def test_is_empty_where_nobody_can_be_tested(self, tiny: Dealbook) -> None:
        case = who_breaks.case(tiny, LAB, "announced", 2031, 2028)
        assert answers.failing(case, 0.6).empty

    def test_harsh_years_hold_the_mild_ones(self, book: Dealbook) -> None:
        case = who_breaks.case(book, LAB, "announced", 2031, 2028)
        table = answers.failing(case, 0.2)
        assert set(table.party) == set(case.web.tested)
        assert (table.strict | ~table.mild).all()

    def test_is_stated_at_both_ends(self, book: Dealbook, shown: list[facts.Fact]) -> None:
        case = who_breaks.case(book, LAB, "announced", 2031, 2028)
        fact = facts.Facts(book).on(case.every_bill_row)
        start_facts.state_failing(fact, case, FAILING)
        assert [one.written for one in shown] == [
            "CoreWeave from 2027 and Oracle from 2028",
            "nobody",
        ]


@pytest.mark.parametrize("name", list(answers.SUMS))
def test_a_sum_has_its_bar_on_a_scale_that_all_share(tiny: Dealbook, name: str) -> None:
    one = answers.sum_bar(quantities.of(tiny), name)
    assert "the longest of which is $73 bn" in plain(one.description)
    assert one.svg.startswith("<svg")


def test_outsiders_are_stated_year_by_year(tiny: Dealbook, shown: list[facts.Fact]) -> None:
    fact = facts.Facts(tiny).on(["legs/stake-cash"])
    start_facts.state_outsiders(fact, SHARES, ["2025", "2026"])
    assert [one.written for one in shown] == ["80 to 90%", "a sum not yet public"]


class TestTheSix:
    PACE = Amount(29.5, ("financials/openai-revenue-2025",))

    def test_each_needle_stands_on_its_value_between_its_own_thresholds(
        self, book: Dealbook
    ) -> None:
        own = six(book)
        found = start_needles.needles(own, self.PACE)
        assert tuple(found) == start_needles.NAMES
        assert found["revenue"].value == 29.5
        assert found["revenue"].is_projected
        assert found["margin"].value == own.margin.percent.value
        assert found["backlog"].value == own.due.percent
        assert found["surety"].value == own.surety.most.value
        assert found["interest"].value == pytest.approx(100 * own.interest.share.value)
        assert (found["round"].low, found["round"].high) == (own.round.low, own.round.high)

    def test_a_needle_beyond_a_line_is_one_that_has_crossed_it(self, book: Dealbook) -> None:
        own = six(book)
        found = start_needles.needles(own, self.PACE)
        measures = (own.margin, own.due, own.surety, own.interest)
        for name, measure in zip(
            ("margin", "backlog", "surety", "interest"), measures, strict=True
        ):
            one = found[name]
            assert (one.place(one.value) < 1 / 3) is bool(measure.crossed[1])

    def test_before_all_are_known_there_is_none(self, book: Dealbook) -> None:
        early = six(book.as_of("2025-12-31"))
        assert start_needles.needles(early, self.PACE) == {}
        assert start_needles.needles(six(book), Amount(float("nan"), ())) == {}
        assert start_needles.picture("margin", {}, "Margin") is None

    def test_a_picture_tells_the_value_and_both_thresholds(self, book: Dealbook) -> None:
        found = start_needles.needles(six(book), self.PACE)
        one = start_needles.picture("revenue", found, "Revenue")
        assert one is not None
        assert plain(one.description).startswith("Today $29.5 bn at this pace, projected. Warning:")
        assert one.svg.startswith("<svg")

    def test_are_stated_as_their_needles_say(self, book: Dealbook, shown: list[facts.Fact]) -> None:
        own = six(book)
        found = start_needles.needles(own, self.PACE)
        start_facts.state_needles(facts.Facts(book), own, self.PACE, found)
        written = {fact.key: fact.written for fact in shown}
        assert all(written[f"today-{name}"] == found[name].written for name in found)
        assert written["crossed"] == own.crossed_words
        assert written["surety-called"] == "No call on it is known."
