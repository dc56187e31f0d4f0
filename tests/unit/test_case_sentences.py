"""What a page of a case says in words, of webs of a few payments."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope import quantities
from tightrope.cases import told, told_web
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening

from .books import Leg, Step, made

LAB, CLOUD, MAKER = "openai", "microsoft", "nvidia"
LINE = {
    "line": Leg(LAB, CLOUD, [Step("binding", 8.0), Step("paid", 2.0)], "loan"),
    "network": Leg(CLOUD, LAB, [Step("binding", 3.0)], "services"),
}
PURCHASE = {"cloud": Leg(LAB, CLOUD, [Step("binding", 70.0)], "compute")}
UNKNOWN = {"build": Leg(LAB, CLOUD, [Step("paid")], "services")}


def page(book: Dealbook) -> Opening:
    return Opening(book, "announced", LAB, Facts(book), quantities.of(book, LAB))


def words(said: told.Sentence) -> str:
    return said[0].replace("\N{NO-BREAK SPACE}", " ")


def test_a_sum_is_said_as_stated_and_with_its_range(tiny: Dealbook) -> None:
    ranged = Leg(LAB, CLOUD, [Step("announced", 5.0, low=4.0, high=9.0)], "compute")
    book = made(tiny, PURCHASE | {"more": ranged})
    assert words(told.going_out(page(book))) == (
        "OpenAI is to pay $75 bn ($74–79 bn), and has signed for $70 bn."
    )


def test_a_payment_of_no_known_sum_is_not_no_payment(tiny: Dealbook) -> None:
    book = made(tiny, UNKNOWN | LINE)
    assert words(told.going_out(page(book))) == (
        "OpenAI is known to pay a sum that nobody has published, loans and guarantees left out."
    )
    assert words(told.paid_out(page(book))).endswith("no sum of its other payments is known.")


@pytest.mark.parametrize(("legs", "lends"), [(LINE, "yes"), (LINE | PURCHASE, ""), (PURCHASE, "")])
def test_loans_are_the_story_where_nothing_else_is_to_be_paid(
    legs: dict[str, Leg], lends: str, tiny: Dealbook
) -> None:
    opened = page(made(tiny, legs))
    assert words(told.lends(opened)) == lends
    assert words(told.pays(opened)) == ("" if lends else "yes")


def test_that_nothing_is_passed_on_is_said_where_the_long_way_adds_nothing(
    tiny: Dealbook,
) -> None:
    straight = PURCHASE | {"stake": Leg(CLOUD, LAB, [Step("binding", 10.0)])}
    assert "no known sum is passed on" in words(told_web.passed_on(page(made(tiny, straight))))
    round_about = straight | {
        "chips": Leg(CLOUD, MAKER, [Step("binding", 9.0)], "chips"),
        "letter": Leg(MAKER, LAB, [Step("binding", 9.0)]),
    }
    assert words(told_web.passed_on(page(made(tiny, round_about)))) == ""


def test_a_dossier_without_a_picture_says_why(tiny: Dealbook) -> None:
    lent = {"line": LINE["line"]}
    assert words(told_web.no_ring(page(made(tiny, lent)), CLOUD)).startswith(
        "There is nothing to draw: loans, guarantees and what was withdrawn left out"
    )
    assert words(told_web.no_ring(page(made(tiny, PURCHASE)), CLOUD)) == ""


def test_what_could_return_is_told_by_its_first_and_its_largest_quarter(tiny: Dealbook) -> None:
    days = pd.to_datetime(["2024-03-31", "2024-06-30", "2024-09-30"])
    course = pd.DataFrame({"day": days, "inflow": [5.0, 5.0, 9.0], "any_route": [0.0, 2.0, 4.0]})
    assert words(told_web.over_time(page(tiny), course)) == (
        "By what each day knew, something could surely return from June 2024 on, and most in "
        "September 2024: $4 bn of $9 bn."
    )
    never = course.assign(any_route=0.0)
    assert words(told_web.over_time(page(tiny), never)) == (
        "At no end of a quarter from March 2024 to September 2024 could anything surely return, "
        "loans and guarantees left out."
    )
    assert words(told_web.over_time(page(tiny), course[:0])).startswith("No sum that comes in")
