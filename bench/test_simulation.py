"""How long it takes to draw a scenario ten thousand times, and to couple it with its partners."""

from __future__ import annotations

from typing import Any

from tightrope import coupled, dealbook, scenarios
from tightrope.measures.simulation import simulate

RUNS = 10_000
COUPLED = 20_000


def test_ten_thousand_runs_take_at_most_a_second(benchmark: Any) -> None:
    """The promise for the page, measured on the base, which has the most ranges."""
    base = scenarios.scenario(dealbook.load())
    benchmark.group = f"a scenario, {RUNS} runs"
    drawn = benchmark.pedantic(simulate, args=(base, RUNS, 1), rounds=5, warmup_rounds=1)
    assert drawn.cash.shape == (RUNS, len(base.dated))
    assert benchmark.stats.stats.max <= 1


def test_twenty_thousand_coupled_runs_take_at_most_three_seconds(benchmark: Any) -> None:
    """The promise for the losses of all partners: from the data to who bears what.

    A run has five years, of which those are cleared that begin after the newest cash.
    """
    book = dealbook.load()
    base = scenarios.scenario(book)
    benchmark.group = f"a scenario and its partners, {COUPLED} runs"
    found = benchmark.pedantic(coupled.of, args=(book, base, COUPLED, 1), rounds=3, warmup_rounds=1)
    assert found.borne.shape[:2] == (COUPLED, len(found.web.years))
    assert benchmark.stats.stats.max <= 3
