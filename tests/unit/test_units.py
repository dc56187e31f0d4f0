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
    assert units.written_range(0.61, 0.766, "share") == "61% to 76.6%"
    assert units.written_range(20, 30, "usd_bn").replace(NB, " ") == "$20–30 bn"


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
