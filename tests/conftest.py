"""Fixtures that several kinds of test share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import settings

from tightrope import dealbook, environment
from tightrope.publish import kernels

# The same examples on every run: a red main must be reproducible. No deadline: CI is busy.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("steady")

TINY = Path(__file__).parent / "fixtures" / "tiny"


def in_stock_jupyter(notebook: Path, folder: Path) -> Any:
    """The notebook, run by Jupyter's own command in a fresh process, as a reader would run it."""
    copy = Path(shutil.copy(notebook, folder))
    command = [str(Path(sys.executable).with_name("jupyter-execute")), "--inplace", str(copy)]
    # A build in this process leaves settings for its kernels; a reader has none of them.
    ours = (environment.DEFER_BAKING, kernels.CHOICE)
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(command, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return nbformat.read(copy, as_version=4)


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
