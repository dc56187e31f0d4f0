"""One mutant against its tests, in a forked process: the fault dies with it."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from _pytest.runner import runtestprotocol

from bench.mutation import swap

_WARM = (
    "IPython",
    "altair",
    "hypothesis",
    "networkx",
    "ortools.graph.python.min_cost_flow",
    "papermill",
    "playwright.sync_api",
    "scipy.optimize",
    "scipy.stats",
    "tightrope.dealbook",
)
_OPTIONS = ["-q", "-s", "--no-header", "--tb=line", "-p", "no:cacheprovider", "-p", "no:xdist"]
_FOUND, _BROKEN = 1, 3
"""How a process ends in which a test failed, and one that could not go on."""


def warm() -> None:
    """Import what every trial needs and no mutant changes."""
    for name in _WARM:
        importlib.import_module(name)


def afresh(module: str, code: str, tests: Sequence[str], seconds: float, log: Path) -> str:
    """Import the mutant in place of the module, and all that needs it; what found the fault, or "".

    `seconds` is how long the tests take without it; what takes several times as long is stopped.
    """

    def run(some: Sequence[str]) -> int:
        sys.meta_path.insert(0, _Instead(module, code))
        return {0: 0, 1: _FOUND, 2: _FOUND}.get(pytest.main(["-x", *_OPTIONS, *some]), _BROKEN)

    return _forked(lambda: run(_by_file(tests)), int(8 + 3 * seconds), log)


class Session:
    """The tests, collected once; a mutant is swapped into a copy of the process."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._tests = tests
        self._work: Callable[[], None] = lambda: None

    def run(self, modules: Sequence[str], work: Callable[[], None]) -> None:
        """Import, collect, and call `work` when that is done; it calls `swapped`."""
        self._work = work
        self._done = swap.called(lambda: [importlib.import_module(one) for one in modules])
        pytest.main([*_OPTIONS, *self._tests], plugins=[self])

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of the tests."""
        self._items = {item.nodeid: item for item in session.items}
        self._live = swap.live()
        self._work()
        return True

    def can_swap(self, functions: Sequence[CodeType]) -> bool:
        """Whether these functions can be swapped: no import has called one, and each is there."""
        keys = [swap.key_of(one) for one in functions]
        return all(key in self._live and key not in self._done for key in keys)

    def swapped(
        self, functions: list[CodeType], tests: Sequence[str], seconds: float, log: Path
    ) -> str:
        """What found the fault, or ""; see `afresh`."""

        def run(some: Sequence[str]) -> int:
            swap.swap(functions, self._live)
            # A test that was renamed since the measurement is not there.
            items = [self._items[test] for test in some if test in self._items]
            for item, after in zip(items, [*items[1:], None], strict=True):
                if any(one.failed for one in runtestprotocol(item, log=False, nextitem=after)):
                    print(item.nodeid)
                    return _FOUND
            return 0

        return _forked(lambda: run(_by_file(tests)), int(8 + 3 * seconds), log)


def _by_file(tests: Sequence[str]) -> list[str]:
    """In an order in which those of one file share its fixtures."""
    return sorted(tests, key=lambda test: test.split("::")[0])


def _forked(run: Callable[[], int], limit: int, log: Path) -> str:
    child = os.fork()
    if not child:
        _end_with(run, limit, log)
    end = time.monotonic() + 20 * limit
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return _read(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "time"


def _read(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "time" if os.WTERMSIG(status) == signal.SIGXCPU else "an end"
    return {0: "", _FOUND: "a test"}.get(os.WEXITSTATUS(status), "an end")


def _end_with(run: Callable[[], int], limit: int, log: Path) -> None:
    """In the child: never comes back."""
    code = _BROKEN
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        code = run()
        sys.stdout.flush()
    finally:
        os._exit(code)


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module other code; the file stays as it is."""

    def __init__(self, module: str, code: str) -> None:
        self._module, self._code = module, code

    def find_spec(
        self, fullname: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)  # type: ignore[arg-type]
        if spec:
            spec.loader = self
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._code, str(module.__file__), "exec"), module.__dict__)
