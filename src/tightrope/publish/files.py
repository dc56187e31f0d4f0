"""Files that other runs rely on are there whole or not at all; and which files a package has."""

from __future__ import annotations

import json
import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write `text` beside `path` and put it in place; an interrupt leaves no half file there."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def keep_dates(before: Path, now: Path) -> None:
    """Give each file in the folder `now` the date of the same file in `before`, if it has one."""
    for file in now.rglob("*"):
        old = before / file.relative_to(now)
        if file.is_file() and old.is_file() and file.read_bytes() == old.read_bytes():
            date = old.stat().st_mtime_ns
            os.utime(file, ns=(date, date))


def described(data: Path) -> list[Path]:
    """The files of a data package: its descriptor and those that this names and that are there.

    A copy that an editor left in the folder is none of them. Raises OSError if there is no
    descriptor, ValueError if it is none.
    """
    descriptor = data / "datapackage.json"
    content = json.loads(descriptor.read_bytes().decode("utf-8-sig"))
    resources = content.get("resources", []) if isinstance(content, dict) else []
    listed = resources if isinstance(resources, list) else []
    named = [one.get("path") for one in listed if isinstance(one, dict)]
    files = (data / name for name in named if isinstance(name, str))
    return [descriptor, *sorted({file for file in files if file.is_file()})]
