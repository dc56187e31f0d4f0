"""A kernel that runs one page after another, each from a blank namespace.

To start a kernel and to end it takes half a second, most of it waiting, and what one page has
reckoned of the book the next need not reckon again. Papermill runs the pages by the engine here.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nbclient import NotebookClient
from nbformat.v4 import new_notebook
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from tightrope import paths
from tightrope.publish import kernels

ENGINE = "tightrope"
_BLANK = "from tightrope.publish.blank import blank; blank()"
_NOT_STARTED = "died before replying"
"""What Jupyter says of a kernel that ended before its first answer."""
_TRIES = 3


class Host:
    """A kernel for the pages of the book whose list is `toc`; it starts with the first of them.

    All calls come from one thread.
    """

    def __init__(self, toc: Path = paths.TOC) -> None:
        self._toc = toc
        self._running = ExitStack()
        self._client: NotebookClient | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the kernel, if it runs; the next page gets another."""
        self._client = None
        self._running.close()

    def client(self) -> NotebookClient:
        """What speaks to the kernel, blank now; raises RuntimeError if none can be started."""
        client = self._client = self._client or self._started()
        assert client.kc is not None
        answer = client.wait_for_reply(client.kc.execute(_BLANK, silent=True))
        if answer is None or answer["content"]["status"] != "ok":
            raise RuntimeError(f"the kernel cannot forget the page before: {answer}")
        return client

    def _started(self, tries: int = _TRIES) -> NotebookClient:
        client = NotebookClient(
            new_notebook(),
            kernel_manager_class=kernels.manager(self._toc),
            shutdown_kernel="immediate",
        )
        try:
            self._running.enter_context(client.setup_kernel(cwd=os.fspath(paths.ROOT)))
        except RuntimeError as error:
            # Jupyter chooses free ports before the kernel takes them, and another process may have
            # been faster.
            if _NOT_STARTED not in str(error) or tries == 1:
                raise
            return self._started(tries - 1)
        return client


class _InHost(NBClientEngine):
    """Papermill's engine, in a kernel that is there."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, host: Host, **_: Any
    ) -> None:
        there = host.client()
        client = PapermillNotebookClient(
            nb_man,
            km=there.km,
            kernel_name=kernel_name,
            # In how many pieces a kernel sends what a cell prints depends on how busy it is.
            coalesce_streams=True,
        )
        client.kc = there.kc
        client.execute()


papermill_engines.register(ENGINE, _InHost)
