"""How a process of a build ends."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import atexit, sys
from tightrope.publish.leave import at_once
atexit.register(print, "taken apart")
print("said")
print("warned", file=sys.stderr)
at_once(3)
"""


def test_all_is_said_and_nothing_else_is_done() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (3, "said\n", "warned\n")
