"""Kernels that start warm.

A kernel spends over a second on importing pandas and Altair. Here one small server process
imports them once, and every kernel is a fork of it: twenty notebooks then cost the work they do,
not twenty imports. Which pages share a kernel, and what it forgets between them: `host`.
Jupyter finds the provisioner by the entry point that `pyproject.toml` declares.

A page is made by the book alone: kernels read no profile, start-up file or kernel description of
whoever builds it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from tightrope.environment import BUILDING, TOC, WARM_DATA, WARM_DAY
from tightrope.publish.orphans import end_with_build

NAME = "tightrope-forked"
PRELOADED = [
    "tightrope.publish.uncollected",
    "altair",
    "pandas",
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "psutil",
    "tornado.platform.asyncio",
    "tightrope.publish.facts",
    "tightrope.charts.figure",
    "tightrope.stress",
    "tightrope.measures.circulation",
    "tightrope.measures.equity",
    "tightrope.measures.funding",
    "tightrope.measures.routes",
    "tightrope.measures.simulation",
    "babel",
    "networkx",
    "scipy.sparse.csgraph",
    "scipy.special",
    "vl_convert",
]
"""What every kernel or several notebooks import, or what that imports."""


def use_warm_kernels(data: str | None = None, as_of: str = "") -> None:
    """Start the warm server, if it does not run yet.

    `data` and `as_of` are those of the edition that the pages will be run for: the server then
    reads the book before the first kernel asks. Without them kernels read it themselves.
    """
    known = {} if data is None else {WARM_DATA: data, WARM_DAY: as_of}
    forkserver.set_forkserver_preload([*PRELOADED, *(["tightrope.publish.warm"] if known else [])])
    with _variables(known):
        forkserver.ensure_running()


@contextmanager
def _variables(known: Mapping[str, str]) -> Iterator[None]:
    """Set variables for the processes that are started meanwhile."""
    os.environ.update(known)
    try:
        yield
    finally:
        for name in known:
            del os.environ[name]


def manager(toc: Path) -> type[AsyncKernelManager]:
    """What starts the kernels of the book with this list of pages, as forks of the warm server.

    It does not look for descriptions of kernels: one in the reader's own folders may well have the
    same name, and start another Python.
    """
    spec = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="Python 3",
        language="python",
        metadata={"kernel_provisioner": {"provisioner_name": NAME}},
    )
    variables = {BUILDING: "1", TOC: str(toc.resolve())}

    class WarmKernelManager(AsyncKernelManager):
        @property
        def kernel_spec(self) -> KernelSpec:
            return spec

        async def start_kernel(self, **kwargs: Any) -> None:
            await super().start_kernel(**kwargs | {"env": os.environ | variables})

    return WarmKernelManager


@cache
def _settings() -> TemporaryDirectory[str]:
    """An empty folder for IPython's settings, in place of the reader's; it goes with the build."""
    return TemporaryDirectory(prefix="tightrope-")


_one_at_a_time = threading.Lock()
"""Two first kernels at once would make two folders, and the one that is forgotten goes at once."""


def _settings_folder() -> str:
    with _one_at_a_time:
        return _settings().name


class ForkedProvisioner(LocalProvisioner):
    """Starts a local kernel by forking a process that has the heavy imports already."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the warm server instead of running `cmd`; only its connection file is used."""
        arguments = [*cmd[cmd.index("-f") :], f"--ipython-dir={_settings_folder()}"]
        variables = {name: kwargs["env"][name] for name in (BUILDING, TOC)}
        context = multiprocessing.get_context("forkserver")
        process = context.Process(
            target=_serve, args=(arguments, variables, kwargs.get("cwd")), daemon=True
        )
        process.start()
        self.process = _Child(process)
        self.pid = process.pid
        return self.connection_info


class _Child:
    """A forked process with the few methods of `subprocess.Popen` that Jupyter calls."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self._process.is_alive() and self.pid is not None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def _serve(arguments: list[str], variables: dict[str, str], cwd: str | None) -> None:
    # Nobody debugs a build; the debugger alone takes as long to import as the rest of a kernel.
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # Python's own way to forbid it
    from ipykernel.kernelapp import IPKernelApp

    class Plain(IPKernelApp):
        """A kernel that nobody has set up: the same in every home."""

        def load_config_file(self, *_: Any, **__: Any) -> None:
            pass

        def _run_startup_files(self) -> None:
            pass

    end_with_build()
    # What was imported before the fork never becomes garbage: a collector need not look at it.
    gc.freeze()
    # Ctrl-C is the build's to handle: it shuts its kernels down itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The kernel announces its port on stderr; what cells print goes into the notebook anyway.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.environ.update(variables)
    if cwd:
        os.chdir(cwd)
    # A history that nobody reads is a database that every kernel would wait for. Whoever builds
    # from within Jupyter has a parent named in the environment that is not this kernel's.
    ours = ["--HistoryManager.enabled=False", "--IPKernelApp.parent_handle=0"]
    Plain.launch_instance(argv=[*arguments, *ours])
