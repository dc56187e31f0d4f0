"""Which part of an outcome's variance an input explains: worked cases of the runway's methods."""

from __future__ import annotations

from typing import Any

import numpy as np

from tightrope.chapters.methods import HAND, Case
from tightrope.measures import simulation
from tightrope.measures.laws import Law


def explained() -> list[Case]:
    """Sobol indices of a sum and of Ishigami's function."""
    from scipy import stats  # slow to import, and needed only here

    even, circle = stats.uniform(0, 1), stats.uniform(-np.pi, 2 * np.pi)
    by_law = {"a": even, "b": Law(0, 0.5, 1)}
    linear, waves, mixed = (
        table.set_index("parameter")
        for table in (
            simulation.sobol(
                lambda x: 3 * x["a"] + 2 * x["b"] + x["c"], dict.fromkeys("abc", even)
            ),
            simulation.sobol(_ishigami, dict.fromkeys("abc", circle), 2**14),
            simulation.sobol(lambda x: x["a"] + x["b"], by_law),
        )
    )
    alone, in_all = linear.first_order["a"], linear.total["c"]
    sum_, exact = "3 a + 2 b + c", "Ishigami’s function, exact value"
    unlike = "a + b, a even and b from a triangle"
    return [
        Case(sum_, "Sobol index of a, alone", alone, "0.64", f"9 of 14, {HAND}"),
        Case(sum_, "Sobol index of c, in all", in_all, "0.07", f"1 of 14, {HAND}"),
        Case(unlike, "Sobol index of b, in all", mixed.total["b"], "0.33", f"1 of 3, {HAND}"),
        Case("Sines", "Sobol index of a, alone", waves.first_order["a"], "0.31", exact),
        Case("Sines", "Sobol index of a, in all", waves.total["a"], "0.56", exact),
    ]


def _ishigami(x: Any) -> Any:
    return np.sin(x["a"]) + 7 * np.sin(x["b"]) ** 2 + 0.1 * x["c"] ** 4 * np.sin(x["a"])
