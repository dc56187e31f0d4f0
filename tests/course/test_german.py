"""What is written in English, in German."""

from __future__ import annotations

import pytest

from tightrope import units
from tightrope.course.cases import german


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        (units.usd_bn(22.4), "22,4 Mrd. $"),
        (units.usd_bn(1395), "1.395 Mrd. $"),
        (units.usd_bn(0.35), "350 Mio. $"),
        (units.usd_bn(-47), "−47 Mrd. $"),
        (units.usd_bn(0), "0 $"),
        (units.usd_bn_range(23.55, 28.25), "23,6–28,3 Mrd. $"),
        (units.usd_bn_range(0.1, 100), "100 Mio. $–100 Mrd. $"),
        (units.usd_bn_range(0, 96), "bis zu 96 Mrd. $"),
        (units.usd_bn_range(938, float("nan")), "mindestens 938 Mrd. $"),
        (units.written(66.7, "percent"), "66,7 %"),
        (units.NONE_KNOWN, "nichts bekannt"),
    ],
)
def test_an_amount_is_the_same_in_german(english: str, expected: str) -> None:
    assert german.written(english).replace("\xa0", " ") == expected


def test_a_day_is_written_as_germans_write_it() -> None:
    assert german.day("2026-03-01").replace("\xa0", " ") == "1. März 2026"


def test_only_the_words_of_a_picture_change() -> None:
    svg = '<svg data-x="$1 bn"><text x="1">up to $1.5 bn</text><text>paid</text></svg>'
    assert german.picture(svg).replace("\xa0", " ") == (
        '<svg data-x="$1 bn"><text x="1">bis zu 1,5 Mrd. $</text>'
        '<text style="font-size:10.5px">gezahlt</text></svg>'
    )
