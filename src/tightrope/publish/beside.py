"""The files beside the pages: a figure's data and picture, and the data package."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from tightrope.charts.table import harmless
from tightrope.csvpackage import read_all
from tightrope.publish.page import Content


def write_figure(content: Content, picture: Mapping[str, str], folder: Path) -> None:
    """Write a figure's numbers, its picture, and the script that makes it live."""
    folder.mkdir(parents=True, exist_ok=True)
    identity = content["id"]
    (folder / f"{identity}.csv").write_text(content["csv"], encoding="utf-8")
    (folder / f"{identity}.svg").write_text(picture["wide"], encoding="utf-8")
    live = {key: content[key] for key in ("title", "description", "wide", "narrow")}
    # A script, not JSON: a page opened from a disk may load scripts but not fetch data.
    plain = json.dumps(live, ensure_ascii=True).replace("<", "\\u003c")
    script = f"tightropeFigure({json.dumps(identity)}, {plain});\n"
    (folder / f"{identity}.js").write_text(script, encoding="utf-8")


def write_data(data: Path, folder: Path) -> None:
    """Write the data package as readers download it, without cells that a spreadsheet would run."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(data / "datapackage.json", folder)
    for raw in read_all(data).values():
        is_text = [field["type"] == "string" for field in raw.fields]
        with (folder / raw.resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(raw.header)
            writer.writerows(
                [harmless(cell) if text else cell for cell, text in zip(row, is_text, strict=True)]
                for row in raw.rows
            )
