"""Each computed answer of the exercises, reckoned again on another way."""

from __future__ import annotations

import math

import pytest

from tightrope import quantities
from tightrope.chapters.answers.every import STATE
from tightrope.publish.facts import Fact

from . import again_model, again_payments
from .stated import book_of, stated
from .test_records import CHAPTERS

AGAIN = again_payments.AGAIN | again_model.AGAIN
FOCAL = "openai"


def all_stated() -> dict[str, Fact]:
    return {key: fact for chapter in STATE for key, fact in stated(chapter).items()}


def test_every_computed_answer_is_reckoned_again_here() -> None:
    keys = {key for one in CHAPTERS for each in one.exercises for key in each.keys}
    assert keys - set(AGAIN) == set()
    assert {key for key in all_stated() if key.startswith("answer-")} <= set(AGAIN)


def test_the_whole_that_is_paid_in_is_that_of_the_table() -> None:
    known = quantities.of(book_of())["paid_in"]
    assert again_payments.paid() == pytest.approx((known.low, known.high))


@pytest.mark.parametrize("key", AGAIN)
def test_it_is_the_same_on_another_way(key: str) -> None:
    again = AGAIN[key]()
    if ":" in key:
        name, partner = key.split(":")
        one = quantities.of(book_of(), FOCAL, partner)[name]
        assert (one.low, one.high) == pytest.approx(again)
        return
    fact = all_stated()[key]
    if isinstance(again, str):
        assert fact.value == again
    elif isinstance(again, tuple):
        high = math.inf if fact.high is None else fact.high
        most = math.inf if math.isnan(again[1]) or again[1] > 1e5 else again[1]
        assert (fact.low, high) == pytest.approx((again[0], most), rel=2e-3)
    else:
        assert fact.value == pytest.approx(again, rel=2e-3)
