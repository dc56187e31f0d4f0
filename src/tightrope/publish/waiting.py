"""A Sphinx extension: be ready to build, and wait until the pages are there.

Loading extensions and what an earlier build has read takes longer than reading one page again; the
build lets Sphinx do it while notebooks run. Without the build nothing waits.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from sphinx.application import Sphinx

from tightrope.environment import WAITS


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    if WAITS in os.environ:
        app.connect("builder-inited", _wait, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _wait(app: Sphinx) -> None:
    """Go on when a line comes in; end where none will come, as the build has failed."""
    if not sys.stdin.readline():
        sys.exit(1)
