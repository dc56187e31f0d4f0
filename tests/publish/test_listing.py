"""The words by which a line of a list is found beyond its own text."""

from __future__ import annotations

from tightrope.publish.listing import words_beyond


def test_words_that_the_line_shows_are_left_out_whatever_their_capitals() -> None:
    assert words_beyond("Microsoft round", ["The MICROSOFT deal"]) == "deal the"


def test_a_word_within_another_one_is_left_out() -> None:
    assert words_beyond("", ["pay payment"]) == "payment"


def test_each_word_stands_once_and_without_the_signs_around_it() -> None:
    assert words_beyond("", ["“Lease,” a lease (10-Q)."]) == "lease 10-q"


def test_the_order_is_the_same_in_every_build() -> None:
    assert words_beyond("", ["b a", "dd cc"]) == words_beyond("", ["cc dd", "a b"]) == "cc dd a b"
