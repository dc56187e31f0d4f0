"""How long it takes to draw a scenario ten thousand times."""

from __future__ import annotations

from typing import Any

from tightrope import dealbook, scenarios
from tightrope.measures.simulation import simulate

RUNS = 10_000


def test_ten_thousand_runs_take_at_most_a_second(benchmark: Any) -> None:
    """The promise for the page, measured on the base, which has the most ranges."""
    base = scenarios.scenario(dealbook.load())
    benchmark.group = f"a scenario, {RUNS} runs"
    drawn = benchmark.pedantic(simulate, args=(base, RUNS, 1), rounds=5, warmup_rounds=1)
    assert drawn.cash.shape == (RUNS, len(base.dated))
    assert benchmark.stats.stats.max <= 1
