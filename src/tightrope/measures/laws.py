"""How an assumption is drawn: one law each, the same for a simulation and for Sobol indices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from tightrope.measures.plan import Scenario
from tightrope.measures.runway import Sums
from tightrope.measures.uncertainty import triangular


class Quantiles(Protocol):
    """What can be drawn from: the value below which a share of all draws lies."""

    def ppf(self, at: Any, /) -> Any:
        """The values at these shares."""


@dataclass(frozen=True)
class Law:
    """A triangle from `low` over `mode` to `high`; one value where these are the same."""

    low: float
    mode: float
    high: float

    @classmethod
    def certain(cls, value: float) -> Law:
        """The law of an assumption that is not in doubt."""
        return cls(value, value, value)

    @property
    def is_certain(self) -> bool:
        """Whether it has one value only."""
        return self.low == self.high

    def ppf(self, at: Any, /) -> Sums:
        """The values below which these shares of all draws lie."""
        return np.asarray(triangular(at, self.low, self.mode, self.high))


def of(inputs: Scenario, others: Mapping[str, Law] | None = None) -> dict[str, Law]:
    """The law of every parameter of a scenario, with some put in place of its own.

    A parameter with a range is a triangle with its value as the mode. Raises ValueError for an
    unknown parameter in `others`.
    """
    own = {
        name: Law(inputs.ranges[name][0], value, inputs.ranges[name][1])
        if name in inputs.ranges
        else Law.certain(value)
        for name, value in inputs.values.items()
    }
    unknown = [name for name in others or {} if name not in own]
    if unknown:
        raise ValueError(f'"{unknown[0]}" is no parameter; use one of: {", ".join(own)}')
    return own | dict(others or {})
