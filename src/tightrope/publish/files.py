"""Files that other runs rely on are there whole or not at all; and what files hold, in a word."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` beside `path` and put it in place; an interrupt leaves no half file there."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
    unfinished.replace(path)


def swap(new: Path, site: Path) -> None:
    """Put the folder `new` in the place of the folder `site`, in two steps; see `recover`."""
    old = _old(site)
    recover(site)
    if site.is_dir():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def recover(site: Path) -> None:
    """Undo a swap that was interrupted between its two steps."""
    old = _old(site)
    if old.is_dir():
        if site.is_dir():
            shutil.rmtree(old)
        else:
            old.rename(site)


def _old(site: Path) -> Path:
    return site.with_name(f"{site.name}.old")


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
