"""The files beside the pages: a figure's data and picture, and the data package."""

from __future__ import annotations

import json
from pathlib import Path

from tightrope.charts.table import READABLE
from tightrope.publish import archive
from tightrope.publish.page import Content


def write_figure(content: Content, folder: Path) -> None:
    """Write a figure's numbers, its picture, and the script that makes it live."""
    folder.mkdir(parents=True, exist_ok=True)
    identity = content["id"]
    (folder / f"{identity}.csv").write_text(content["csv"], encoding=READABLE)
    (folder / f"{identity}.svg").write_text(content["pictures"]["wide"], encoding="utf-8")
    live = {key: content[key] for key in ("title", "description", "wide", "narrow")}
    # A script, not JSON: a page opened from a disk may load scripts but not fetch data.
    plain = json.dumps(live, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    script = f"tightropeFigure({json.dumps(identity)}, {plain});\n"
    (folder / f"{identity}.js").write_text(script, encoding="utf-8")


def write_data(data: Path, folder: Path) -> None:
    """Write the data package as readers download it: file by file, and as one zip."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in archive.files(data).items():
        (folder / name).write_bytes(content)
    (folder / archive.NAME).write_bytes(archive.zipped(data))
