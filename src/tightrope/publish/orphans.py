"""Processes of a build end when the build is gone, even if it was killed and could say nothing.

A build that was killed tells nobody. So what it has started looks by itself; otherwise kernels
would stay for good, and Jupyter Book would go on writing into a folder that the next build uses.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable

_EVERY = 0.2
"""Seconds between two looks at who the parent is."""


def end_with_build() -> None:
    """Let this process, which `multiprocessing` started for the build, end when the build does.

    The build holds one end of a pipe for as long as it lives, so this holds for a fork of a server
    as well, whose parent is the server.
    """
    build = multiprocessing.parent_process()
    if build is not None:
        _when(build.join)


def end_with_parent(parent: int) -> None:
    """Let this process and its own workers end when its parent, the process of this id, does."""

    def gone() -> None:
        while os.getppid() == parent:
            time.sleep(_EVERY)

    _when(gone)


def _when(gone: Callable[[], None]) -> None:
    def wait() -> None:
        gone()
        for worker in multiprocessing.active_children():
            worker.kill()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
