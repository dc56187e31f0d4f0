"""Files that other runs rely on are there whole or not at all; and what files hold, in a word."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` beside `path` and put it in place; an interrupt leaves no half file there."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
    unfinished.replace(path)


def keep_dates(before: Path, now: Path) -> None:
    """Give each file in the folder `now` the date of the same file in `before`, if it has one."""
    for file in now.rglob("*"):
        old = before / file.relative_to(now)
        if file.is_file() and old.is_file() and file.read_bytes() == old.read_bytes():
            date = old.stat().st_mtime_ns
            os.utime(file, ns=(date, date))


def digest(files: Iterable[Path]) -> str:
    """One word for the names and contents of files, in this order; raises OSError as reading."""
    sha = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        name = os.fsencode(f"{file.parent.name}/{file.name}")
        sha.update(name + f"\0{len(content)}\0".encode() + content)
    return sha.hexdigest()
