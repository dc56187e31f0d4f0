"""Fixtures that several kinds of test share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tightrope import dealbook

# The same examples on every run: a red main must be reproducible. No deadline: CI is busy.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("steady")

TINY = Path(__file__).parent / "fixtures" / "tiny"


@pytest.fixture
def tiny() -> dealbook.Dealbook:
    """A toy web: a stake of 10, a cloud contract of 73 over two years, a letter of 100."""
    return dealbook.load(TINY)


@pytest.fixture(scope="session")
def book() -> dealbook.Dealbook:
    """The project's own data."""
    return dealbook.load()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the toy data package, to be damaged."""
    return Path(shutil.copytree(TINY, tmp_path / "package"))
