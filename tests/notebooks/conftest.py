"""The kernels of these tests begin where those of a build do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tightrope.publish import kernels
from tightrope.publish.host import Host


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """The server of kernels has the project's data read and reckoned, and not every page again.

    Where a test of builds has started the server before, pages reckon for themselves.
    """
    kernels.use_warm_kernels("")


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """A kernel for one page after another."""
    with Host() as running:
        yield running
