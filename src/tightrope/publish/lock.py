"""One build of an edition at a time: two would write into the same folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "building.lock"
"""It stays when the build is over: what counts is who holds it, and the dead hold nothing."""


class BusyError(RuntimeError):
    """Another build of the same edition is at work."""


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold the folder of an edition; raises `BusyError` if another build does.

    The system lets go of the lock when the process that holds it ends, however it ends.
    """
    out.mkdir(parents=True, exist_ok=True)
    with (out / FILE).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                f"{out}: another build of this edition runs; wait for it or build another edition"
            ) from None
        yield
