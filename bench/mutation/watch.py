"""A plugin of pytest that writes down how long each test took."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

_SECONDS: dict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test's time, its fixtures' apart: what several share falls on one of them."""
    if report.when == "call":
        _SECONDS[report.nodeid] += report.duration


def pytest_sessionfinish() -> None:
    """Where `covering.measure` has asked for it."""
    Path(os.environ["SECONDS_FILE"]).write_text(json.dumps(_SECONDS), encoding="utf-8")
