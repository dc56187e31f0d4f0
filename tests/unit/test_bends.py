"""Bands that turn a corner keep their width."""

from __future__ import annotations

from tightrope.charts.bends import downward, outward


def test_a_band_that_turns_right_is_as_wide_before_the_turn_as_behind_it() -> None:
    # Its right edge at 100 turns at 50 with a radius of 8; 20 wide, that is from 80 to 70.
    assert outward(100, 0, 50, 150, 20, 0) == (
        "M100.0,0.0L100.0,42.0A8.0,8.0,0,0,0,108.0,50.0L150.0,50.0"
        "L150.0,70.0L108.0,70.0A28.0,28.0,0,0,1,80.0,42.0L80.0,0.0Z"
    )


def test_a_band_that_turns_down_is_as_wide_before_the_turn_as_behind_it() -> None:
    assert downward(0, 50, 100, 90, 20, 0) == (
        "M0.0,50.0L92.0,50.0A8.0,8.0,0,0,1,100.0,58.0"
        "L100.0,90.0L120.0,90.0L120.0,58.0A28.0,28.0,0,0,0,92.0,30.0L0.0,30.0Z"
    )


def test_the_second_part_of_a_band_lies_around_the_first() -> None:
    inner, outer = outward(100, 0, 50, 150, 20, 0), outward(100, 0, 50, 150, 5, 20)
    assert inner.split("L")[3].startswith("150.0,70.0")
    assert outer.split("L")[2].startswith("150.0,70.0")


def test_without_room_to_turn_a_band_lies_flat() -> None:
    assert outward(100, 0, 5, 104, 4, 0) == "M96.0,5.0L104.0,5.0L104.0,9.0L96.0,9.0Z"
