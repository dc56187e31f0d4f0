"""Around what growth of revenue is drawn: a centre is a named law of yearly growth.

Growth is a share of the year before; 1 is a doubling.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from tightrope.measures import laws
from tightrope.measures.laws import Law
from tightrope.measures.plan import Scenario


@dataclass(frozen=True)
class Centre:
    """A law of yearly growth: lognormal around a median that fades, with a spread and a memory.

    In year t after the first, revenue is that of the year before times (1 + `growth` ×
    `endurance`^(t−1)) × exp(`spread` × ε_t). ε_t is standard normal, and correlated with that of
    the year before by `memory`. Each of the four is a law itself; they take the places of four
    parameters of a scenario (`laws`).
    """

    growth: Law
    endurance: Law
    spread: Law
    memory: Law

    @classmethod
    def of(cls, inputs: Scenario, others: Mapping[str, Law] | None = None) -> Centre:
        """The centre that a scenario's assumptions make, with some laws in place of its own."""
        own = laws.of(inputs, others)
        return cls(*(own[name] for name in _PARAMETERS))

    @property
    def laws(self) -> Mapping[str, Law]:
        """By parameter, as `simulation.simulate` takes them."""
        parts = (self.growth, self.endurance, self.spread, self.memory)
        return dict(zip(_PARAMETERS, parts, strict=True))


_PARAMETERS = ("revenue_growth", "growth_endurance", "growth_volatility", "growth_persistence")


def around_average(
    median: float, deviation: float, years: int, memory: float, prices: float = 0.0
) -> Centre:
    """The centre that a published distribution of average growth over some years implies.

    `median` and `deviation` (the standard deviation) are those of the growth a year over `years`,
    after inflation; `prices` is the inflation a year that is put on top. One plus the average is
    lognormal with this median and standard deviation. The spread of one year follows from it
    (`yearly_spread`), so that the average of as many years has the published one.
    """
    relative = deviation / (1 + median)
    # Of a lognormal with median 1: variance = x (x − 1), where x = exp(spread²).
    average = math.sqrt(math.log((1 + math.sqrt(1 + 4 * relative**2)) / 2))
    return Centre(
        Law.certain((1 + median) * (1 + prices) - 1),
        Law.certain(1.0),
        Law.certain(yearly_spread(average, years, memory)),
        Law.certain(memory),
    )


def yearly_spread(average: float, years: int, memory: float) -> float:
    """The spread of a year's logarithm of growth that gives the mean of `years` this spread.

    The years are correlated by `memory` to the power of their distance.
    """
    pairs = sum((years - apart) * memory**apart for apart in range(1, years))
    return average * years / math.sqrt(years + 2 * pairs)
