"""Kernels that start warm.

A kernel spends over a second on importing pandas and Altair. Here one small server process
imports them once, and every kernel is a fork of it: twenty notebooks then cost the work they do,
not twenty imports. Each notebook still has a process of its own, so nothing leaks between pages.
Jupyter finds the provisioner by the entry point that `pyproject.toml` declares.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from tightrope.environment import DEFER_BAKING

NAME = "tightrope-forked"
CHOICE = "JUPYTER_DEFAULT_PROVISIONER_NAME"
PRELOADED = [
    "altair",
    "pandas",
    "ipykernel.kernelapp",
    "tightrope.publish.facts",
    "tightrope.charts.figure",
    "tightrope.charts.bake",
]


def use_warm_kernels() -> None:
    """Make every kernel that this process starts a fork of one warm server, and start that."""
    os.environ[CHOICE] = NAME
    os.environ[DEFER_BAKING] = "1"
    forkserver.set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()


class ForkedProvisioner(LocalProvisioner):
    """Starts a local kernel by forking a process that has the heavy imports already."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the warm server instead of running `cmd`; only its connection file is used."""
        arguments = cmd[cmd.index("-f") :]
        context = multiprocessing.get_context("forkserver")
        process = context.Process(target=_serve, args=(arguments, kwargs.get("cwd")), daemon=True)
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


def _serve(arguments: list[str], cwd: str | None) -> None:
    from ipykernel.kernelapp import IPKernelApp

    # What was imported before the fork never becomes garbage: a collector need not look at it.
    gc.freeze()
    # Ctrl-C is the build's to handle: it shuts its kernels down itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The kernel announces its port on stderr; what cells print goes into the notebook anyway.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if cwd:
        os.chdir(cwd)
    # A history that nobody reads is a database that every kernel would wait for.
    IPKernelApp.launch_instance(argv=[*arguments, "--HistoryManager.enabled=False"])
