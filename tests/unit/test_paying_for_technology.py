"""The steps of a promise, the ways of paying, and the odds of a lender: worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tightrope import quantities
from tightrope.chapters import paying_for_technology as chapter
from tightrope.chapters import paying_for_technology_figures as figures
from tightrope.charts.figure import Figure
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made

SPACE = "\N{NO-BREAK SPACE}"
LETTER = Leg("nvidia", "openai", [Step("letter_of_intent", 100, 0, 100, "ceiling")])
LANES = {"letter": "The letter", "stake": "The shares"}
WAYS = {"stake": "Cash", "site": "Construction"}


def promised(tiny: Dealbook, *steps: Step) -> Dealbook:
    stake = {"stake": Leg("nvidia", "openai", steps)} if steps else {}
    return made(tiny, {"letter": LETTER, **stake})


def built(tiny: Dealbook, site: float) -> Dealbook:
    """The chipmaker buys shares of the lab for 5, and the cloud builds a site for it."""
    return made(
        tiny,
        {
            "stake": Leg("nvidia", "openai", [Step("binding", 5), Step("paid", 2)]),
            "site": Leg("microsoft", "nvidia", [Step("announced", site)], "construction"),
        },
    )


def test_steps_are_those_of_the_named_legs_by_lane(tiny: Dealbook) -> None:
    found = chapter.steps(promised(tiny, Step("binding", 30)), {"letter": "The letter"})
    assert list(found.deal) == ["The letter"]
    assert list(found.amount_usd_bn) == [100]


def test_the_first_step_on_a_rung_names_the_sum(tiny: Dealbook) -> None:
    book = promised(tiny, Step("announced", 20), Step("announced", 30), Step("binding", 40))
    found = chapter.steps(book, LANES)
    assert chapter.first_named(found, "stake", "announced") == 20
    assert math.isnan(chapter.first_named(found, "stake", "paid"))


def test_construction_goes_to_others_and_shares_are_paid_to_the_lab(tiny: Dealbook) -> None:
    table = chapter.ways(built(tiny, 9), "announced", WAYS).set_index("name")
    assert dict(table.direction) == {"Cash": "in", "Construction": "onward"}
    assert (table.paid["Cash"], table.binding["Cash"]) == (2, 3)
    assert table.high["Construction"] == 9


def test_on_the_paid_layer_what_is_only_promised_is_left_out(tiny: Dealbook) -> None:
    table = chapter.ways(built(tiny, 9), "paid", WAYS)
    assert list(table.name) == ["Cash"]


@pytest.mark.parametrize(("site", "largest"), [(9, True), (4, False)])
def test_a_way_is_the_largest_by_its_highest_sum(
    tiny: Dealbook, site: float, largest: bool
) -> None:
    assert chapter.is_largest(built(tiny, site), WAYS, "Construction") is largest


def test_where_nothing_is_known_no_way_is_the_largest(tiny: Dealbook) -> None:
    assert not chapter.is_largest(made(tiny, {}), WAYS, "Construction")


def test_what_is_paid_of_legs_is_neither_what_is_signed_nor_that_of_others(
    tiny: Dealbook,
) -> None:
    assert chapter.paid(built(tiny, 9), ["stake"]) == (2, 2, 2)
    assert chapter.paid(built(tiny, 9), ["site"]) == (0, 0, 0)


def test_all_that_is_paid_in_is_paid_of_its_legs(book: Dealbook) -> None:
    # By another path: the quantity of everything that was paid to the lab.
    legs = quantities.of(book)["paid_in"]
    ids = [row.removeprefix("legs/") for row in legs.rows]
    assert chapter.paid(book, ids).stated == pytest.approx(legs.stated)


def test_the_headline_says_whether_most_is_spent_by_others() -> None:
    assert chapter.finding(True, "The lab") == "The lab’s name is on machines that others pay for"
    assert chapter.finding(False, "The lab").startswith("A way of paying can matter")


def test_three_deals_of_a_hundred_book_the_same_and_end_apart() -> None:
    # Chips for 60: lost if the customer fails; repaid with 100, or with shares worth 200.
    cases = chapter.three_cases(100, 100, 60)
    assert list(cases.case) == list(chapter.CASES)
    assert list(cases.revenue) == [100, 100, 100]
    assert list(cases.if_it_fails) == [0, -60, -60]
    assert list(cases.if_it_thrives) == [0, 40, 140]


def test_a_lender_breaks_even_where_loss_and_gain_weigh_the_same() -> None:
    # −60 or +40: 60% × 40 = 40% × 60. The shareholder has −60 or +140: 30%.
    chances = chapter.break_even(pd.Series([-60.0, -60.0]), pd.Series([40.0, 140.0]))
    assert list(chances) == [0.6, 0.3]


def test_a_loss_is_written_with_a_minus_sign() -> None:
    row = {"case": "Loan", "revenue": 100, "if_it_fails": -60, "if_it_thrives": 40}
    assert '<td class="number">−60</td>' in figures.cases_table(pd.DataFrame([row])).html


def drawn(book: Dealbook) -> Figure | None:
    return figures.promise_figure(book, "openai", "letter", "stake", LANES, "How we know.")


def test_a_letter_without_a_contract_was_an_intention(tiny: Dealbook) -> None:
    found = drawn(promised(tiny))
    assert found is not None
    assert found.title == f"Nvidia’s $100{SPACE}bn was an intention, not a contract"
    assert found.note == "No payment of Nvidia under these two is known."
    assert f"The letter, letter of intent, up to $100{SPACE}bn." in found.description


def test_a_contract_stands_beside_the_letter_that_it_followed(tiny: Dealbook) -> None:
    found = drawn(promised(tiny, Step("binding", 30), Step("paid", math.nan, 10, 30)))
    assert found is not None
    assert found.title.endswith(f"the contract is for $30{SPACE}bn")
    assert found.subtitle.startswith("Steps of Nvidia’s investment in OpenAI")
    assert "The shares, paid, how much is not verified." in found.description
    assert list(found.frame.label) == ["", "", f"$10–30{SPACE}bn"]
    assert found.note == "How we know."
    assert found.content()["wide"]


def test_before_the_first_step_there_is_no_promise_to_draw(tiny: Dealbook) -> None:
    assert drawn(made(tiny, {})) is None


def ways_drawn(book: Dealbook) -> Figure | None:
    return figures.ways_figure(book, "announced", "openai", WAYS, "Construction", "")


def test_the_title_says_where_most_never_reaches_the_lab(tiny: Dealbook) -> None:
    found = ways_drawn(built(tiny, 9))
    assert found is not None
    assert found.title == f"Others are to spend up to $9{SPACE}bn on sites for OpenAI"
    assert f"Cash: $5{SPACE}bn, of which $2{SPACE}bn known to be paid" in found.description
    assert sorted(found.rows) == ["legs/site", "legs/stake"]
    assert found.content()["table"]


def test_the_title_says_otherwise_where_most_is_cash(tiny: Dealbook) -> None:
    found = ways_drawn(built(tiny, 4))
    assert found is not None
    assert found.title == "Five ways of paying, and only one of them is cash"


def test_without_a_known_leg_no_way_is_drawn(tiny: Dealbook) -> None:
    assert ways_drawn(made(tiny, {})) is None
