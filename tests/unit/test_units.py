"""How values are written."""

from __future__ import annotations

import math

import pytest

from tightrope import units

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (22.4, "$22.4 bn"),
        (300, "$300 bn"),
        (1400, "$1,400 bn"),
        (0.35, "$350 m"),
        (0.9999, "$1 bn"),
        (12.43, "$12.4 bn"),
        (-23.7, "−$23.7 bn"),
        (0, "$0"),
        (math.nan, "undisclosed"),
    ],
)
def test_amounts_have_three_digits_and_their_unit(value: float, written: str) -> None:
    assert units.usd_bn(value).replace(NB, " ") == written


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (20, 30, "$20–30 bn"),
        (0, 96, "up to $96 bn"),
        (7, math.nan, "at least $7 bn"),
        (0, math.nan, "undisclosed"),
        (41, 41, "$41 bn"),
        (0.35, 2, "$350 m–$2 bn"),
        (41.001, 41.004, "$41 bn"),
        (math.nan, 5, "up to $5 bn"),
        (7, math.inf, "at least $7 bn"),
    ],
)
def test_ranges_say_which_end_is_open(low: float, high: float, written: str) -> None:
    assert units.usd_bn_range(low, high).replace(NB, " ") == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (27.0, "percent", "27%"),
        (4.5, "gw", "4.5 GW"),
        (0.01, "usd", "$0.01"),
        (600, "usd", "$600"),
        (160, "m_shares", "160 million shares"),
        ("2025-03-07", "date", "7 March 2025"),
        (44.0, "count", "44"),
        ("bought", "text", "bought"),
        (35.0, "usd_bn_per_gw", "$35 bn a gigawatt"),
        (0.688, "share", "68.8%"),
        (7.0, "years", "7 years"),
        (1.0, "years", "1 year"),
    ],
)
def test_every_unit_is_written_its_own_way(value: object, unit: str, written: str) -> None:
    assert units.written(value, unit).replace(NB, " ") == written


def test_a_range_has_the_unit_of_its_ends() -> None:
    assert units.written_range(0.61, 0.766, "share") == "61–76.6%"
    assert units.written_range(20, 30, "usd_bn").replace(NB, " ") == "$20–30 bn"


@pytest.mark.parametrize(
    ("low", "high", "unit", "written"),
    [
        (1, 3, "years", "1–3 years"),
        (4, 5.5, "gw", "4–5.5 GW"),
        (30, 35, "usd_bn_per_gw", "$30–35 bn a gigawatt"),
        (600, 700, "usd", "$600 to $700"),
        (-5, 3, "percent", "-5% to 3%"),
        (27, 27.0001, "percent", "27%"),
        (7, math.nan, "percent", "at least 7%"),
        (math.nan, 7, "percent", "up to 7%"),
        (math.nan, math.nan, "percent", "undisclosed"),
        ("2025-03-07", "2025-04-01", "date", "7 March 2025 to 1 April 2025"),
    ],
)
def test_a_range_names_its_unit_once_where_nothing_is_lost(
    low: float, high: float, unit: str, written: str
) -> None:
    assert units.written_range(low, high, unit).replace(NB, " ") == written


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (22.4, 22.4, "$22.4 bn"),
        (0, 0, "$0"),
        (0, 96, "≤ $96 bn"),
        (67.4, 239, "$67–240 bn"),
        (0.37, 6.19, "$0.37–6.2 bn"),
        (259, 264, "$260 bn"),
        (1100, 2300, "$1,100–2,300 bn"),
        (9, math.nan, "$9 bn + ?"),
        (-9, math.nan, "−$9 bn + ?"),
        (0, math.nan, "?"),
    ],
)
def test_a_short_range_has_two_digits_and_marks_what_is_open(
    low: float, high: float, written: str
) -> None:
    assert units.usd_bn_short(low, high).replace(NB, " ") == written


@pytest.mark.parametrize(
    ("value", "low", "high", "written"),
    [
        (8.5, 7.5, 8.5, "$8.5 bn ($7.5–8.5 bn)"),
        (8.5, 8.5, 8.5, "$8.5 bn"),
        (300, 300, math.nan, "at least $300 bn"),
        (2.7, 0, 2.7, "up to $2.7 bn"),
        (math.nan, 20, 30, "$20–30 bn"),
        (50, math.nan, 60, "$50 bn ($50–60 bn)"),
        (math.nan, math.nan, math.nan, "undisclosed"),
    ],
)
def test_an_amount_in_doubt_has_its_range_beside_it(
    value: float, low: float, high: float, written: str
) -> None:
    assert units.usd_bn_and_range(value, low, high).replace(NB, " ") == written


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (0.13, 0.91, "13–91%"),
        (0.13, 1.45, "13–145%"),
        (0.125, 0.134, "13%"),
        (0.0, 0.25, "up to 25%"),
        (0.004, 0.25, "up to 25%"),
        (0.0, 0.0, "0%"),
        (0.002, 0.004, "less than 1%"),
        (0.4, math.inf, "at least 40%"),
        (0.4, math.nan, "at least 40%"),
        (math.nan, 0.4, "up to 40%"),
        (math.nan, math.nan, "undisclosed"),
    ],
)
def test_a_range_of_shares_is_in_whole_percent(low: float, high: float, written: str) -> None:
    assert units.share_range(low, high) == written


def test_a_range_of_small_shares_may_have_more_digits() -> None:
    assert units.share_range(0.0243, 0.0971, digits=1) == "2.4–9.7%"
    assert units.share_range(0.0, 0.0004, digits=1) == "less than 0.1%"


@pytest.mark.parametrize(
    ("words", "written"),
    [([], ""), (["one"], "one"), (["one", "two"], "one and two"), (list("abc"), "a, b and c")],
)
def test_words_are_listed_as_a_sentence_has_them(words: list[str], written: str) -> None:
    assert units.listing(words) == written


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="unit must be one of usd_bn"):
        units.written(1, "eur")


@pytest.mark.parametrize(
    ("value", "written"), [(25.25, "25.3"), (0.125, "0.125"), (-25.25, "-25.3")]
)
def test_a_tie_is_rounded_as_browsers_round_it(value: float, written: str) -> None:
    # JavaScript: (25.25).toFixed(1) is "25.3" (ECMAScript, Number.prototype.toFixed, step 9).
    assert units.number(value) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ((5.0,), "$5 bn"),
        ((0.0,), "none known"),
        ((math.nan, 0.0, 0.0), "none known"),
        ((math.nan, 0.0, 3.0), "up to $3 bn"),
        ((math.nan, 0.0, math.nan), "undisclosed"),
    ],
)
def test_of_payments_that_nobody_knows_no_sum_is_claimed(
    amount: tuple[float, ...], written: str
) -> None:
    assert units.usd_bn_known(*amount).replace(NB, " ") == written


def test_a_paid_part_is_words_with_or_without_a_sum() -> None:
    assert units.known_paid(5.0).replace(NB, " ") == "$5 bn known to be paid"
    assert units.known_paid(0.0) == "none known to be paid"


def test_one_of_something_is_written_without_a_plural() -> None:
    assert [units.number_of(number, "leg") for number in (0, 1, 2)] == ["0 legs", "1 leg", "2 legs"]
