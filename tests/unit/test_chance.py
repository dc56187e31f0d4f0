"""Webs with partners drawn at random: worked by hand, and what every one of them must keep."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from tightrope.chapters import circularity_chance
from tightrope.measures import chance, circulation, routes
from tightrope.measures.payments import PER_BN, Web

from .test_how_circular import LAB, web
from .webs import TRIANGLE, payments, webs


def test_where_every_possible_pair_pays_nothing_is_left_to_chance() -> None:
    # Only a pays and only b and c are paid: 6 and 2 have no other way.
    split = payments(("a", "b", 6), ("a", "c", 2))
    model = chance.RandomPartners.of(split)
    for seed in range(3):
        drawn = model.draw(np.random.default_rng(seed)).frame()
        assert list(drawn.itertuples(index=False, name=None)) == [("a", "b", 6), ("a", "c", 2)]


def test_in_a_ring_of_equals_each_of_six_pairs_pays_in_half_of_all_webs() -> None:
    # Three parties pay and get 1: six pairs are alike, three pay on average, each then 1/2 over
    # 1/2 = 1.
    model = chance.RandomPartners.of(TRIANGLE)
    off = ~np.eye(3, dtype=bool)
    assert model.chance[off] == pytest.approx([0.5] * 6)
    assert model.amount[off] == pytest.approx([1.0] * 6)
    assert not model.chance.diagonal().any()


@pytest.mark.thorough
def test_the_runs_have_the_mean_of_all_webs_that_can_be_drawn() -> None:
    # All 64 webs of three equals are as likely as each other: list them.
    model = chance.RandomPartners.of(TRIANGLE)
    pairs = [(payer, payee) for payer in range(3) for payee in range(3) if payer != payee]
    back = []
    for chosen in product([False, True], repeat=6):
        rows = [(*pair, 1.0) for pair, is_paid in zip(pairs, chosen, strict=True) if is_paid]
        one = payments(*rows)
        both = {0} <= set(one.payer) and {0} <= set(one.payee)
        back.append(routes.returnable(one, 0).value if both else 0.0)
    drawn = chance.by_chance(TRIANGLE, 1, 4000, seed=5)
    # Four standard errors of a mean of 4,000.
    assert drawn.returning.mean() == pytest.approx(np.mean(back), abs=4 * np.std(back) / 4000**0.5)
    assert model.parties.tolist() == [1, 2, 3]


@given(web=webs())
@pytest.mark.thorough
def test_on_average_everyone_pays_and_gets_what_it_does(web: pd.DataFrame) -> None:
    given_web = Web.of(web).without_self_payments()
    if not given_web.gross:
        with pytest.raises(ValueError, match="a web without payments"):
            chance.RandomPartners.of(web)
        return
    model = chance.RandomPartners.of(web)
    expected = model.chance * model.amount * PER_BN
    net = expected.sum(axis=1) - expected.sum(axis=0)
    assert net == pytest.approx(given_web.net, abs=1e-3 * given_web.gross)
    assert expected.sum() == pytest.approx(given_web.gross, rel=1e-3)
    assert model.chance.sum() == pytest.approx(len(given_web.thousands), abs=1e-6)


def test_the_index_of_a_run_is_that_of_the_web_that_was_drawn() -> None:
    model = chance.RandomPartners.of(TRIANGLE)
    first = model.draw(np.random.default_rng(9))
    expected = circulation.maximum_circulation(first.frame(), ranges=False).index
    assert chance.by_chance(TRIANGLE, 1, 1, seed=9)["index"].tolist() == [expected]


def test_runs_must_be_counted() -> None:
    with pytest.raises(ValueError, match="runs must be at least 1, not 0"):
        chance.by_chance(TRIANGLE, 1, 0, seed=1)


def test_a_web_is_set_beside_chance_at_one_end() -> None:
    # A ring of three in which 5 go round: half of the random webs have no way back.
    ring = web((LAB, "a", 5, 5, 5), ("a", "b", 5, 5, 5), ("b", LAB, 5, 5, 5))
    found = circularity_chance.beside_chance(ring, LAB, "low", seed=1)
    assert found is not None
    assert found.here == 5.0
    assert found.low == 0.0
    # Only with both of its partners can twice as much return.
    assert found.high == 10.0
    with pytest.raises(ValueError, match='an end is one of low, stated, high, not "top"'):
        circularity_chance.beside_chance(ring, LAB, "top", seed=1)


def test_a_party_that_is_not_paid_is_beside_nothing() -> None:
    assert circularity_chance.beside_chance(web((LAB, "a", 5, 5, 5)), LAB, "low", seed=1) is None


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((0.78, 0.6), "no larger than chance would make it"),
        ((0.02, 0.05), "larger than chance would make it"),
        ((0.02, 0.6), "about as large as chance would make it"),
    ],
)
def test_the_verdict_needs_both_ends(shares: tuple[float, float], words: str) -> None:
    assert circularity_chance.verdict(shares) == words
