"""The commit that a book was built from, where that can be said."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tightrope import paths

MARK = "<!-- commit -->"
"""Where the foot of a page has it: put in when the pages are finished, so that no page has to be
made again for a commit that changed nothing on it."""
_LENGTH = 10
"""Digits of the hash: always as many, for git's own choice depends on the copy of the history."""


def of(root: Path = paths.ROOT) -> str:
    """The hash of the commit whose files lie in `root`; "" where git does not say just that.

    So it is if `root` is no checkout, if a file differs from the commit, and without git.
    """
    if not (root / ".git").exists():
        return ""
    command = ["git", "status", "--porcelain=v2", "--branch"]
    # It is only asked: another git at work in the same folder is not to be kept waiting.
    quiet = os.environ | {"GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            command, cwd=root, env=quiet, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    lines = done.stdout.splitlines()
    found = [line.split()[-1] for line in lines if line.startswith("# branch.oid ")]
    is_clean = all(line.startswith("#") for line in lines)
    return found[0][:_LENGTH] if is_clean and found and found[0] != "(initial)" else ""


def words(commit: str, repository: str) -> str:
    """What the foot says of it, as HTML: with a link where the repository has an address."""
    if not commit:
        return ""
    said = f"<code>{commit}</code>"
    return " · commit " + (
        f'<a href="{repository}/commit/{commit}">{said}</a>' if repository else said
    )
