"""Maximum circulation and returnable money on random webs, beside other solvers, in one run.

Times are processor seconds from the frame of payments to the value, on one core: another load on
the machine moves them little.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from .conftest import Seconds
from .webs import EACH, TooSlowError, first_party_returnable, highs, networkx, ours, random_web

PARTIES = (100, 500, 1_000, 5_000, 10_000, 50_000, 100_000)
LIMIT = 60.0
"""Seconds that a solver has for a web."""
HOPELESS = LIMIT / 2
"""Seconds on one web beyond which a solver, growing in proportion, cannot finish the next."""
SHORT = 1.0
"""Seconds on one web up to which a solver is measured three times on the next."""

SOLVERS: dict[tuple[str, str], Callable[[pd.DataFrame, float], float]] = {
    ("maximum circulation", "tightrope"): ours,
    ("maximum circulation", "scipy HiGHS"): highs,
    ("maximum circulation", "networkx"): networkx,
    ("returnable", "tightrope"): first_party_returnable,
}


@pytest.mark.parametrize("parties", PARTIES)
@pytest.mark.parametrize(
    ("problem", "solver"), [pytest.param(*who, id=" by ".join(who)) for who in SOLVERS]
)
def test_time(problem: str, solver: str, parties: int, benchmark: Any, seconds: Seconds) -> None:
    """Measure one solver on one web and compare its value with ours."""
    payments = random_web(parties)
    before = [time for (*who, _), time in seconds.items() if who == [problem, solver]]
    last = before[-1] if before else 0.0
    if math.isnan(last):
        pytest.skip(f"{solver} does not finish a smaller web in {LIMIT:g} s")
    key = problem, solver, len(payments)
    seconds[key] = math.nan
    if last > HOPELESS and solver != "tightrope":
        pytest.skip(f"{solver} took {last:.0f} s on the web before")
    rounds = 3 if last < SHORT else 1
    benchmark.group = f"{problem}, {len(payments)} payments"
    try:
        value = benchmark.pedantic(
            SOLVERS[problem, solver],
            args=(payments, LIMIT),
            rounds=rounds,
            warmup_rounds=rounds // 3,
        )
    except TooSlowError:
        pytest.skip(f"{solver} does not finish in {LIMIT:g} s")
    seconds[key] = benchmark.stats.stats.median
    if solver != "tightrope":
        assert value == pytest.approx(ours(payments, LIMIT), rel=1e-9)


def test_a_million_payments_take_at_most_25_seconds(seconds: Seconds) -> None:
    """The promise for the largest web."""
    assert seconds["maximum circulation", "tightrope", EACH * PARTIES[-1]] <= 25


@pytest.mark.parametrize(("solver", "times"), [("scipy HiGHS", 8), ("networkx", 100)])
def test_other_solvers_take_many_times_as_long(seconds: Seconds, solver: str, times: int) -> None:
    """The promise against others, on the largest web that each can do in a minute."""
    largest = max(
        payments
        for (problem, by, payments), time in seconds.items()
        if (problem, by) == ("maximum circulation", solver) and time <= LIMIT
    )
    theirs, mine = (seconds["maximum circulation", by, largest] for by in (solver, "tightrope"))
    assert theirs >= times * mine
