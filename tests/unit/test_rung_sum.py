"""A sum on several rungs: how far its bar reaches, and what several come to together."""

from __future__ import annotations

import math

import pytest

from tightrope.charts.rung_sum import RungSum, rung_sum, together

NAN = math.nan
KNOWN = rung_sum({"paid": 2.0, "binding": 3.0})
RANGE = rung_sum({"binding": NAN, "low": 4.0, "high": 10.0})
SILENT = rung_sum({"paid": 1.0, "announced": NAN, "low": 1.0, "high": NAN})


def plain(one: RungSum) -> str:
    return one.words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_rung_without_an_amount_takes_what_the_low_end_leaves_and_the_rest_is_the_range() -> None:
    assert {rung: part for rung, part in RANGE.bars.items() if part} == {
        "binding": 4.0,
        "high": 6.0,
    }


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (KNOWN, "$5 bn"),
        (RANGE, "$4–10 bn"),
        (SILENT, "at least $1 bn"),
        (rung_sum({"announced": NAN}), "undisclosed"),
        (rung_sum({}), "none known"),
    ],
)
def test_a_sum_says_its_amount_or_its_range(one: RungSum, said: str) -> None:
    assert plain(one) == said


def test_several_are_a_range_where_one_of_them_is() -> None:
    # 5 and 4 are sure; 5 and 10 is the most.
    assert plain(together([KNOWN, RANGE])) == "$9–15 bn"
    assert together([KNOWN, RANGE]).drawn == 15.0


def test_several_are_open_above_where_one_of_them_is() -> None:
    assert plain(together([KNOWN, RANGE, SILENT])) == "at least $10 bn"


def test_several_known_sums_add_up_rung_by_rung() -> None:
    both = together([KNOWN, KNOWN])
    assert plain(both) == "$10 bn"
    assert dict(both.parts) == {"paid": 4.0, "binding": 6.0, "announced": 0.0, "intended": 0.0}
