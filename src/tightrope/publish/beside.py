"""The files beside the pages: a figure's data and picture, and the data package."""

from __future__ import annotations

import json
from pathlib import Path

from tightrope.charts import bake, controls, figure
from tightrope.charts.table import READABLE
from tightrope.publish import archive
from tightrope.publish.page import Content


def write_figure(content: Content, folder: Path, page: str) -> None:
    """Write a figure's numbers, its picture, a page of it alone, and what answers a pointer.

    The last is the live chart of a figure with inputs, and of any other what its marks say, by
    the number in their `data-tip`. `page` is the id of the page that shows the figure.
    """
    folder.mkdir(parents=True, exist_ok=True)
    identity, picture = content["id"], content["pictures"]["wide"]
    (folder / f"{identity}.csv").write_text(content["csv"], encoding=READABLE)
    (folder / f"{identity}.svg").write_text(picture, encoding="utf-8")
    (folder / f"{identity}.html").write_text(
        figure.embedded(content, picture, page), encoding="utf-8"
    )
    # A script, not JSON: a page opened from a disk may load scripts but not fetch data.
    plain = json.dumps(_answers(content), ensure_ascii=True, separators=(",", ":"))
    script = f"tightropeFigure({json.dumps(identity)}, {plain});\n".replace("<", "\\u003c")
    (folder / f"{identity}.js").write_text(script, encoding="utf-8")


def _answers(content: Content) -> Content:
    sizes = ("wide", "narrow")
    if figure.is_live(content):
        live = {size: controls.without_controls(content[size]) for size in sizes}
        return {"description": content["description"]} | live
    return {size: bake.tips(content[size]) for size in sizes}


def write_data(data: Path, folder: Path) -> None:
    """Write the data package as readers download it: file by file, and as one zip."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in archive.files(data).items():
        (folder / name).write_bytes(content)
    (folder / archive.NAME).write_bytes(archive.zipped(data))
