"""All scenarios side by side: what is compared, said, drawn and stated."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters import scenarios as chapter
from tightrope.chapters import scenarios_facts as facts
from tightrope.chapters import scenarios_figures as figures
from tightrope.chapters import worlds
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook

from .stated import stated


@pytest.fixture
def toy(tiny: Dealbook) -> dict[str, World]:
    return worlds.every(tiny, "openai", runs=20, seed=1)


def table(**columns: list[float]) -> pd.DataFrame:
    """A comparison of two or three worlds, a, b and c."""
    names = ["a", "b", "c"][: len(next(iter(columns.values())))]
    return pd.DataFrame({"world": names, "name": [name.upper() for name in names]} | columns)


def test_a_world_is_compared_by_its_own_gap_runs_and_money(
    toy: dict[str, World], tiny: Dealbook
) -> None:
    found = chapter.comparison(toy, tiny).set_index("world")
    assert list(found.index) == ["as-planned", "growth-halves"]
    for one, world in toy.items():
        row = found.loc[one]
        assert (row["name"], row.ends) == (world.name, f"{world.month:%B %Y}")
        assert (row.p05_usd_bn, row.peak_usd_bn, row.p95_usd_bn) == (
            world.lacks.low, world.lacks.stated, world.lacks.high,
        )  # fmt: skip
        assert row.total_in_usd_bn == pytest.approx((world.path.revenue + world.path.funding).sum())
    # Nobody whom the toy's lab pays puts money in, and no contract falls due in these years.
    assert list(found.round_trip_usd_bn) == [0, 0]
    assert list(found.outside) == [1, 1]
    assert list(found.due_usd_bn) == [0, 0]


def test_contracts_first_leave_less_unpaid_than_all_compute_alike(
    toy: dict[str, World], tiny: Dealbook
) -> None:
    world = toy["as-planned"]
    owed = replace(world.own, dated=world.own.dated + 90.0)
    found = chapter.comparison({"as-planned": replace(world, own=owed)}, tiny).iloc[0]
    # By hand: 90 falls due each year; of the planned 50, 75, 100, 125, 150 the later years give back
    # what the first two spend too early, so 90, 90, 90, 90, 140 is spent on compute. There is
    # 50 + 30 + 0.7 x 40 - 10 = 98 in the first year, 8 + 30 + 42 = 80 in the second, then 0.7 of
    # revenue: 58.8, 77.616 and 97.485696.
    money = [90, 80, 58.8, 77.616, 97.485696]
    spent = [90, 90, 90, 90, 140]
    assert found.due_usd_bn == 450
    assert found.unpaid_low_usd_bn == pytest.approx(sum(max(90 - one, 0) for one in money))
    assert found.unpaid_high_usd_bn == pytest.approx(
        sum(90 * (1 - one / all_) for one, all_ in zip(money, spent, strict=True))
    )


def test_bands_have_the_path_as_assumed_between_the_ends_of_nine_in_ten(
    toy: dict[str, World],
) -> None:
    bands = chapter.cash_bands(toy)
    half = bands[bands.panel.eq("Growth halves")]
    world = toy["growth-halves"]
    assert list(half.middle) == list(world.gap.path.cash)
    ends = world.drawn.fan([0.05, 0.95]).set_index(["quantile", "year"]).cash
    assert list(half.low) == list(ends[0.05])
    assert list(half.high) == list(ends[0.95])
    when, missing = half.words.iloc[0].split("\n")
    assert when == f"cash ends in {world.month:%B %Y}"
    assert missing.endswith("missing in 2030 to keep $10\xa0bn")


def test_a_world_without_a_gap_is_not_short(toy: dict[str, World]) -> None:
    world = toy["as-planned"]
    rich = replace(world.own, values=dict(world.own.values) | {"opening_cash": 900.0})
    assert (
        chapter.cash_bands({"x": replace(world, own=rich)})
        .words[0]
        .endswith("\nnot short, as assumed")
    )


def test_only_what_a_variant_gives_itself_is_listed(toy: dict[str, World]) -> None:
    assert chapter.changed(toy["growth-halves"]) == "revenue growth 25%"
    assert chapter.changed(toy["as-planned"]) == "gives every assumption"


def test_worlds_are_ranked_by_the_most_that_suppliers_can_lose() -> None:
    found = table(unpaid_low_usd_bn=[3.0, 1.0, 0.0], unpaid_high_usd_bn=[5.0, 5.0, 9.0])
    assert list(chapter.by_unpaid(found).world) == ["c", "a", "b"]


def test_worlds_with_one_gap_are_ranked_by_name() -> None:
    assert list(chapter.by_gap(table(peak_usd_bn=[1.0, 4.0, 4.0])).world) == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("back", "gaps", "is_steady"),
    [
        ([10.0, 12.0], [0.0, 100.0], True),
        ([10.0, 31.0], [0.0, 100.0], False),  # it moves by more than a fifth of what the gap does
        ([60.0, 61.0], [0.0, 100.0], False),  # it is more than a fifth of all that comes in
    ],
)
def test_the_circle_is_steady_if_it_is_small_and_hardly_moves(
    back: list[float], gaps: list[float], is_steady: bool
) -> None:
    found = table(round_trip_usd_bn=back, peak_usd_bn=gaps, total_in_usd_bn=[200.0, 200.0])
    assert chapter.is_circle_steady(found) is is_steady


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ([0.0, 3.0, 4.0], "Nothing is missing in one scenario only: a."),
        ([0.0, 3.0, 0.0], "Nothing is missing in 2 scenarios: a, c."),
        ([2.0, 3.0, 4.0], "Something is missing in every scenario."),
    ],
)
def test_the_worlds_without_a_gap_are_named(gaps: list[float], words: str) -> None:
    assert chapter.gapless(table(peak_usd_bn=gaps)) == words


def test_the_page_rests_on_assumptions_first_and_then_on_contracts(toy: dict[str, World]) -> None:
    rows = figures.rows(toy)
    assert rows[-1] == "legs/cloud-use"
    assert rows.index("scenarios/growth-halves.revenue_growth") == len(rows) - 2
    assert len(set(rows)) == len(rows) == 19


def test_the_tables_have_a_row_a_world(toy: dict[str, World], tiny: Dealbook) -> None:
    found = chapter.comparison(toy, tiny)
    for made in (
        figures.changes_table(toy), figures.money_table(found), figures.circle_table(found),
    ):  # fmt: skip
        assert made.html.count("<tr>") == 1 + len(toy)
        assert "../scenarios/as-planned" in made.html
    share = f"{100 * toy['as-planned'].ends_share:.0f} of 100 of our draws"
    assert share in figures.money_table(found).html
    assert "100%" in figures.circle_table(found).html


def test_the_title_says_in_how_many_worlds_cash_falls_short(
    toy: dict[str, World], tiny: Dealbook
) -> None:
    found = chapter.comparison(toy, tiny)
    figure = figures.cash_figure(toy, found, tiny)
    assert figure.title.startswith(
        "Cash falls short of what must stay in 2 of 2 scenarios, by $96.1"
    )
    assert "$10\xa0bn in the base" in figure.note
    assert figure.content()["wide"]
    rich = found.assign(peak_usd_bn=0.0)
    assert figures.cash_figure(toy, rich, tiny).title == "Cash lasts in every scenario"


def test_the_largest_gap_and_that_of_the_base_are_stated(
    monkeypatch: pytest.MonkeyPatch, toy: dict[str, World], tiny: Dealbook
) -> None:
    found, base = chapter.comparison(toy, tiny), toy["as-planned"]
    said = stated(monkeypatch, tiny, lambda fact: facts.state_gaps(fact, found, base))
    assert said["worst-name"].written == "“growth halves”"
    assert said["worst-peak"].value == toy["growth-halves"].lacks.stated
    assert said["base-peak"].value == base.lacks.stated
    assert (said["best-name"].written, said["best-peak"].value) == (
        "“as planned”",
        base.lacks.stated,
    )
    assert (said["kept"].value, said["kept"].rows) == (10, base.behind)


def test_the_newest_document_is_stated(monkeypatch: pytest.MonkeyPatch, tiny: Dealbook) -> None:
    said = stated(monkeypatch, tiny, lambda fact: facts.state_day(fact, tiny))
    assert (said["newest-source"].written, said["is-later"].written) == ("2023-02", "")


def test_the_smallest_and_the_largest_circle_are_stated(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    found = table(
        round_trip_usd_bn=[10.0, 30.0], total_in_usd_bn=[100.0, 200.0], outside=[0.6, 0.9],
        any_route_usd_bn=[40.0, 35.0], peak_usd_bn=[0.0, 50.0],
    )  # fmt: skip
    said = stated(monkeypatch, tiny, lambda fact: facts.state_circle(fact, found))
    assert (said["five-year-round"].low, said["five-year-round"].high) == (10, 30)
    assert said["five-year-any-high"].value == 40
    said = stated(monkeypatch, tiny, lambda fact: facts.state_finding(fact, found))
    assert said["circle-finding"].written.startswith("It differs between the scenarios")


def losses(gaps: list[float]) -> pd.DataFrame:
    """Suppliers lose most in a, then in b; these are the gaps."""
    return table(
        unpaid_low_usd_bn=[2.0, 1.0], unpaid_high_usd_bn=[8.0, 3.0], due_usd_bn=[90.0, 80.0],
        peak_usd_bn=gaps,
    )  # fmt: skip


def test_where_suppliers_lose_most_and_least_is_stated(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    said = stated(monkeypatch, tiny, lambda fact: facts.state_losses(fact, losses([0.0, 5.0])))
    assert (said["loss-name"].written, said["least-name"].written) == ("“a”", "“b”")
    assert (said["loss"].low, said["loss"].high, said["loss-due"].value) == (2, 8, 90)
    assert (said["least"].low, said["least"].high) == (1, 3)
    assert said["ranking"].written.endswith("stand in another order.")
    assert said["loss-gap"].written == "no gap at all"


def test_an_order_that_is_that_of_the_gaps_is_said(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    said = stated(monkeypatch, tiny, lambda fact: facts.state_losses(fact, losses([7.0, 5.0])))
    assert said["ranking"].written == "Ranked by the gap, the scenarios stand in the same order."
    assert said["loss-gap"].written == "$7\xa0bn"


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ([2.0, 5.0], "leaves Lab the smallest gap can cost them most."),
        ([7.0, 5.0], "What closes the gap of Lab can open one elsewhere."),
    ],
)
def test_the_lesson_says_what_a_closed_gap_costs_others(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook, gaps: list[float], words: str
) -> None:
    said = stated(monkeypatch, tiny, lambda fact: facts.state_lesson(fact, losses(gaps), "Lab"))
    assert said["lesson"].written.endswith(words)


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ([2.0, 5.0], "What spares Lab costs its suppliers"),
        ([7.0, 5.0], "Cash falls short in every scenario"),
        ([7.0, 0.0], "Cash falls short in 1 of 2 scenarios"),
        ([0.0, 0.0], "Cash lasts in every scenario"),
    ],
)
def test_the_headline_says_whose_loss_closes_the_gap(gaps: list[float], words: str) -> None:
    assert chapter.finding(losses(gaps), "Lab") == words
