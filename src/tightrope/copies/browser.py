"""The machine's own browser, which prints the book and shows its pages to the tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
"""Where macOS has them: not on the path."""
HINT = "install Chromium or Chrome, or name one with CHROMIUM=/path/to/it"


def installed() -> str | None:
    """The machine's own browser, CHROMIUM first; ValueError where CHROMIUM names no program."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        if not found:
            raise ValueError(f"CHROMIUM must name a program, and {named} is none")
        return found
    return next(filter(None, map(shutil.which, (*NAMES, *APPLICATIONS))), None)


def version(program: str) -> int:
    """The first number of a browser's version, 0 where it tells none."""
    try:
        told = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=60, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"(\d+)\.\d", told)
    return int(found[1]) if found else 0
