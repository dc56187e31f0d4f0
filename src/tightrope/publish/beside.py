"""The files beside the pages: a figure's data and picture, and the data package."""

from __future__ import annotations

import json
from pathlib import Path

from tightrope.charts.table import READABLE
from tightrope.publish import archive
from tightrope.publish.page import Content


def figure_files(content: Content) -> dict[str, str]:
    """A figure's numbers, its picture, and the script that makes it live: texts by file name."""
    identity = content["id"]
    live = {key: content[key] for key in ("title", "description", "wide", "narrow")}
    # A script, not JSON: a page opened from a disk may load scripts but not fetch data.
    plain = json.dumps(live, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    script = f"tightropeFigure({json.dumps(identity)}, {plain});\n"
    return {
        f"{identity}.csv": content["csv"].encode(READABLE).decode("utf-8"),
        f"{identity}.svg": content["pictures"]["wide"],
        f"{identity}.js": script,
    }


def write_data(data: Path, folder: Path) -> None:
    """Write the data package as readers download it: file by file, and as one zip."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in archive.files(data).items():
        (folder / name).write_bytes(content)
    (folder / archive.NAME).write_bytes(archive.zipped(data))
