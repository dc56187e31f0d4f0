"""The pictures that need an engine, drawn by the build for all pages and remembered by content.

The engine is JavaScript, and half a second passes before it draws. A kernel lives as long as its
page; so kernels leave these pictures to the build, which starts one engine for the whole book.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat

from tightrope.charts import bake, figure, pixels
from tightrope.publish.files import write_whole


def complete(notebook: nbformat.NotebookNode, memory: Path) -> None:
    """Put its pictures into each figure of an executed notebook that has none.

    `memory` keeps the pictures of the page's last run: what is specified, named and drawn as
    before is not drawn again.
    """
    before = json.loads(memory.read_text("utf-8")) if memory.is_file() else {}
    after: dict[str, dict[str, str]] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            bundle = output.get("data", {})
            content = json.loads(bundle.get(figure.MIMETYPE, "{}"))
            if content and "pictures" not in content:
                made = key(content)
                after[made] = content["pictures"] = before.get(made) or figure.bake(content)
                bundle[figure.MIMETYPE] = json.dumps(content)
    if after:
        memory.parent.mkdir(parents=True, exist_ok=True)
        write_whole(memory, json.dumps(after))


def key(content: Mapping[str, Any]) -> str:
    """One word for all that a figure's pictures are made of: both drawings, names, code, engine."""
    parts = [content[part] for part in ("id", "title", "description", "wide", "narrow")]
    return hashlib.sha256(f"{json.dumps(parts)}{made_by()}".encode()).hexdigest()


@cache
def made_by() -> str:
    """The engine's version and the code that draws with it."""
    code = [inspect.getsource(module) for module in (bake, figure, pixels)]
    return f"{version('vl-convert-python')}{code}"
