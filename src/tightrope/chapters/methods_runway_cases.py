"""The worked cases of the methods of the runway, a function a section. Amounts are USD billion."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tightrope.chapters.methods import Case
from tightrope.measures import runway, simulation, uncertainty
from tightrope.measures.plan import Scenario

RUNS = 400_000


def drawn() -> list[Case]:
    """Moments of a triangle and of a payment that comes whole or not at all, by simulation."""
    sizes = uncertainty.sample(_one_leg(10.0, 20.0, 60.0), RUNS, seed=1)
    announced = _one_leg(100.0, 100.0, 100.0, only_announced=True)
    priors = dict(uncertainty.PRIORS) | {"announced": (0.3, 0.3)}
    fates = uncertainty.sample(announced, RUNS, seed=2, chances=priors)
    triangle, gamble = "Between 10 and 60, most likely 20", "100 with a chance of three in ten"
    return [
        Case(triangle, "mean", sizes.mean(), "30.0", "mean of the triangular distribution"),
        Case(triangle, "standard deviation", sizes.std(), "10.8", "root of 116.67"),
        Case(gamble, "mean", fates.mean(), "30"),
        Case(gamble, "standard deviation", fates.std(), "45.8"),
    ]


def _one_leg(low: float, mode: float, high: float, only_announced: bool = False) -> pd.DataFrame:
    """A single leg as `uncertainty.sample` takes it: the same on all layers, or on the last."""
    ends = {"_low": low, "": mode, "_high": high}
    return pd.DataFrame(
        {
            "leg_id": ["a"],
            "deal_id": ["a"],
            **{
                f"{name}{end}": [0.0 if only_announced and name != "announced" else value]
                for name in uncertainty.LAYERS
                for end, value in ends.items()
            },
        }
    )


def funding_gap(gap: runway.FundingGap, recovers: runway.FundingGap) -> list[Case]:
    """Cash, gap and month of three years, and of the same with a last year that earns well."""
    cash = gap.path.set_index("year").cash
    ends = runway.month_cash_ends(gap)
    assert ends is not None, "the case is one in which cash ends"
    three, last = "Three years", "The last year earns 90"
    return [
        Case(three, "cash at the end of 2026", cash[2026], "5"),
        Case(three, "cash at the end of 2027", cash[2027], "-20"),
        Case(three, "cash at the end of 2028", cash[2028], "-35"),
        Case(three, "gap at its peak", gap.peak, "40"),
        Case(three, "month of 2027 in which cash ends", ends.month, "3"),
        Case(last, "gap at its peak", recovers.peak, "25"),
        Case(last, "gap at the end", recovers.end, "0"),
    ]


def scenario(rows: pd.DataFrame, due: dict[int, float]) -> list[Case]:
    """Revenue and compute of a scenario, `due` dated contracts a year, and what changes them."""
    world = Scenario.of(rows, due)
    money = world.budget()
    half = world.budget(commitments_honoured=0.5)["compute"]
    doubled = Scenario.of(rows, dict.fromkeys(due, 0)).budget(revenue=80)["compute"]
    undated = Scenario.of(rows, due, undated=100).commitments
    rising = Scenario.of(rows, due, undated=100, profile=np.array([1, 2, 4, 4, 4])).commitments
    one, honoured = "A scenario", "Half of it honoured"
    second, spread = "compute of the second year", "100 undated over two and a half years, evenly"
    profile = "The same in proportion to 1, 2 and 4 a year"
    after, third = "compute of the third year", "due in the third year beside 60 dated"
    return [
        Case(one, "revenue of the third year", money["revenue"].iloc[2], "84"),
        Case(one, "compute of the first year, as planned", money["compute"].iloc[0], "50"),
        Case(one, f"{second}, as contracted", money["compute"].iloc[1], "90"),
        Case(one, f"{after}, so much less", money["compute"].iloc[2], "85"),
        Case(one, "compute of all years, as planned", money["compute"].sum(), "500"),
        Case(honoured, second, half.iloc[1], "45"),
        Case(honoured, after, half.iloc[2], "55"),
        Case("Twice the revenue", "compute of the first year", doubled.iloc[0], "70"),
        Case(spread, third, undated.iloc[2], "80"),
        Case(profile, third, rising.iloc[2], "100"),
    ]


def simulated(world: Scenario) -> list[Case]:
    """A triangle, and conditional money of a scenario that comes whole or not at all."""
    cash = simulation.simulate(world, RUNS, seed=1).cash[:, 1]
    comes = cash - cash.min()
    even = uncertainty.triangular((np.arange(RUNS) + 0.5) / RUNS, 10, 20, 60)
    triangle, gamble = "Triangle from 10 over 20 to 60", "100 whole or not, chance three in ten"
    return [
        Case(triangle, "mean", even.mean(), "30.00"),
        Case(triangle, "variance", even.var(), "116.67"),
        Case(gamble, "mean", comes.mean(), "30"),
        Case(gamble, "standard deviation", comes.std(), "45.8"),
    ]


def moved(budget: dict[str, Any]) -> list[Case]:
    """What a fifth more or less of one part of a budget does to its gap."""
    bars = simulation.tornado(budget, simulation.scaled(budget, 0.2)).set_index("parameter")
    return [
        Case(f"Three years, {part} a fifth {way}", "gap", bars[end][part], published)
        for part, way, end, published in (
            ("revenue", "less", "at_low", "54"),
            ("revenue", "more", "at_high", "26"),
            ("compute", "less", "at_low", "18"),
            ("compute", "more", "at_high", "62"),
        )
    ]
