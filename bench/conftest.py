"""The table that `make bench` leaves behind."""

from __future__ import annotations

import datetime as dt
import math
import os
from importlib.metadata import version
from platform import python_version
from typing import Any

import pandas as pd
import pytest

from tightrope.paths import BOOK

TABLE = BOOK / "reference" / "benchmark.csv"

Seconds = dict[tuple[str, str, int], float]
"""By problem, solver and payments; NaN where the solver does not finish in its time."""
_MEASURED = pytest.StashKey[Seconds]()


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is measured yet."""
    config.stash[_MEASURED] = {}


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> Seconds:
    """What this run has measured so far."""
    return request.config.stash[_MEASURED]


def pytest_benchmark_update_json(
    config: pytest.Config, benchmarks: object, output_json: dict[str, Any]
) -> None:
    """Where pytest-benchmark keeps the records of a run, keep its table too."""
    measured = config.stash[_MEASURED]
    rows = [
        {
            "problem": problem,
            "solver": solver,
            "payments": payments,
            "seconds": round(time, 4),
            "growth": round(_growth(measured, problem, solver, payments), 2),
        }
        for (problem, solver, payments), time in measured.items()
    ]
    table = pd.DataFrame(rows).assign(
        measured_on=dt.datetime.now(dt.UTC).date().isoformat(),
        machine=_machine(output_json["machine_info"]),
    )
    table.to_csv(TABLE, index=False, lineterminator="\n")
    print(f"\n\n{table.iloc[:, :5].to_string(index=False)}\n\nwritten to {TABLE}")


def _growth(measured: Seconds, problem: str, solver: str, payments: int) -> float:
    """The exponent with which time grew since the web a tenth as large: 1 is in proportion."""
    before = measured.get((problem, solver, payments // 10), math.nan)
    return math.log10(measured[problem, solver, payments] / before)


def _machine(info: dict[str, Any]) -> str:
    cpu = info["cpu"].get("brand_raw", "unknown processor")
    libraries = ", ".join(f"{name} {version(name)}" for name in ("ortools", "scipy", "networkx"))
    return f"{cpu}, one of {os.cpu_count()} cores, Python {python_version()}, {libraries}"
