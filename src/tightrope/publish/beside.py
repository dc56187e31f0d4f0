"""The files beside the pages: a figure's data and picture, and the data package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tightrope.charts import bake, controls, figure
from tightrope.charts.table import READABLE
from tightrope.publish import archive
from tightrope.publish.page import Content


def figure_files(content: Content, page: str) -> dict[str, str]:
    """A figure's numbers, its picture, a page of it alone, and what answers a pointer: by name.

    The last is the live chart of a figure with inputs, and of any other what its marks say, by
    the number in their `data-tip`. `page` is the id of the page that shows the figure.
    """
    identity, picture = content["id"], content["pictures"]["wide"]
    files = {
        f"{identity}.csv": content["csv"].encode(READABLE).decode("utf-8"),
        f"{identity}.svg": picture,
        f"{identity}.html": figure.embedded(content, picture, page),
        f"{identity}.js": _handed_over(identity, _answers(content)),
    }
    if content["explorer"]:
        name = f"{identity}-states"
        files[f"{name}.js"] = _handed_over(name, content["explorer"]["states"])
    return files


def _handed_over(name: str, data: Any) -> str:
    """A script, not JSON: a page opened from a disk may load scripts but not fetch data."""
    plain = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return f"tightropeFigure({json.dumps(name)}, {plain});\n".replace("<", "\\u003c")


def _answers(content: Content) -> Content:
    sizes = ("wide", "narrow")
    if controls.has_controls(content["wide"]):
        live = {size: controls.without_controls(content[size]) for size in sizes}
        return {"description": content["description"]} | live
    return {size: bake.tips(content[size]) for size in sizes}


def write_data(data: Path, folder: Path) -> None:
    """Write the data package as readers download it: file by file, and as one zip."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in archive.files(data).items():
        (folder / name).write_bytes(content)
    (folder / archive.NAME).write_bytes(archive.zipped(data))
