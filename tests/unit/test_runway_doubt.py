"""Draws around each centre of growth: what they say, and how they are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope import centres
from tightrope.chapters import runway_doubt as chapter
from tightrope.chapters import runway_doubt_figures as figures
from tightrope.chapters.worlds import World, of_100
from tightrope.dealbook import Dealbook

from .stated import stated

RUNS = 400


@pytest.fixture(scope="module")
def world(book: Dealbook) -> World:
    return World.of(book, "as-planned", "openai", RUNS, seed=1)


@pytest.fixture(scope="module")
def found(world: World, book: Dealbook) -> tuple[chapter.Around, ...]:
    return chapter.around(world, book)


def test_its_own_centre_with_money_that_comes_is_the_scenario_as_drawn(
    world: World, found: tuple[chapter.Around, ...]
) -> None:
    assert (found[0].surely.cash == world.drawn.cash).all()
    assert found[0].surely.redrawn == world.drawn.redrawn > 0


def test_no_draw_outgrows_the_fastest_firm(
    book: Dealbook, found: tuple[chapter.Around, ...]
) -> None:
    for one in found:
        for runs in one.runs.values():
            growth = runs.revenue[:, 1:] / runs.revenue[:, :-1] - 1
            assert growth.max() <= centres.fastest(book)


def test_only_the_round_moves_with_its_chance(found: tuple[chapter.Around, ...]) -> None:
    for one in found:
        sure, half, none = one.runs.values()
        assert (sure.revenue == none.revenue).all()
        # The round of 30 comes in the second year or not at all.
        assert (sure.cash - none.cash)[:, 1:] == pytest.approx(np.full((RUNS, 4), 30.0))
        came = (half.cash - none.cash)[:, 1] > 15
        assert came.mean() == pytest.approx(0.5, abs=0.08)


def test_gaps_have_a_row_a_centre_and_chance_and_rise_as_less_comes(
    found: tuple[chapter.Around, ...],
) -> None:
    table = chapter.gaps(found)
    assert len(table) == 9
    assert (table.low <= table.middle).all()
    assert (table.middle <= table.high).all()
    for _, rows in table.groupby("key"):
        assert list(rows.chance) == [1.0, 0.5, 0.0]
        assert rows.middle.is_monotonic_increasing
    sure = table[table.chance.eq(1.0)].set_index("key").middle
    by_centre, by_chance = chapter.moved_by(table)
    assert by_centre == pytest.approx(sure["base-rates"] - sure["own"])
    assert by_chance == pytest.approx(table.middle[2] - table.middle[0])


def test_every_centre_and_chance_is_stated(
    monkeypatch: pytest.MonkeyPatch,
    world: World,
    book: Dealbook,
    found: tuple[chapter.Around, ...],
) -> None:
    said = stated(monkeypatch, book, lambda fact: chapter.state_centres(fact, world, found))
    table = chapter.gaps(found).set_index(["key", "chance"])
    assert said["has-centres"].written == "yes"
    for key in ("own", "analysts", "base-rates"):
        assert said[f"around-{key}-never"].low == table.low[key, 0.0]
        assert said[f"around-{key}-surely"].high == table.high[key, 1.0]
        assert said[f"around-{key}-surely-month"].written == f"{table.month[key, 1.0]:%B %Y}"
    said = stated(monkeypatch, book, lambda f: chapter.state_ceiling(f, world, book, found))
    assert said["fastest"].written == "114%"
    assert said["redrawn"].written == of_100(world.drawn.redrawn_share)
    assert (said["has-ceiling"].written, said["one-centre"].written) == ("yes", "")
    said = stated(monkeypatch, book, lambda fact: chapter.state_growth(fact, world, book))
    # By hand: (350 / 36)^(1/4) − 1 = 0.766.
    assert (said["planned-growth"].written, said["planned-average"].written) == ("113%", "77%")
    ids = {"rate": "base-rates-5y-25bn-median", "other": "nobody"}
    said = stated(monkeypatch, book, lambda fact: chapter.state_checks(fact, book, ids))
    assert said["rate"].rows == ("outside_checks/base-rates-5y-25bn-median",)
    assert said["other"].written == "no known rate"


def test_a_book_of_others_has_its_own_centre_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    toy = World.of(tiny, "as-planned", "openai", 50, seed=1)
    alone = chapter.around(toy, tiny)
    assert [one.named.key for one in alone] == [centres.OWN]
    said = stated(monkeypatch, tiny, lambda fact: chapter.state_ceiling(fact, toy, tiny, alone))
    assert said["one-centre"].written == "yes"
    assert (said["has-ceiling"].written, said["fastest"].written) == ("", "any rate")
    figure = figures.doubt_figure(toy, tiny, alone)
    assert figure.title.startswith(
        "What moves the middle of our draws is whether the round in talks"
    )
    assert figure.content()["wide"]


def test_the_figure_says_what_moves_the_gap_most(
    world: World, book: Dealbook, found: tuple[chapter.Around, ...]
) -> None:
    figure = figures.doubt_figure(world, book, found)
    assert figure.title.startswith("Which growth one believes in moves the gap by $1")
    table = figures.ranges_by_centre(found)
    assert list(table.heading.unique()) == ["Revenue in 2030", "Missing in the worst year"]
    assert len(table) == 3 + 9
    assert "base-rates" in {one.named.key for one in found}
    assert {"wide", "narrow"} <= set(figure.content())
    assert "outside_checks/sales-growth-memory" in figure.rows


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "none of 100"),
        (0.0001, "less than 1 of 100"),
        (0.826, "83 of 100"),
        (0.9999, "more than 99 of 100"),
        (1.0, "100 of 100"),
    ],
)
def test_a_share_of_draws_is_never_all_or_none_where_it_is_only_nearly(
    share: float, words: str
) -> None:
    assert of_100(share) == words
