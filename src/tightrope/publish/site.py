"""From the book's source to the finished site: Jupyter Book, then one swap.

The site is built beside the one that stands and takes its place only when it is whole, so that
a failure, a full disk or an interrupt leaves the last good site as it was. What Jupyter Book
read and wrote stays for the next build, which makes only those pages again that changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from tightrope import paths, templates
from tightrope.publish.files import swap, write_whole
from tightrope.publish.frame import Frame

_PAGES = (".ipynb", ".md")
_WORK = "sphinx"
"""The folder beside the site in which Jupyter Book works, and from which it goes on."""


class SiteError(RuntimeError):
    """Jupyter Book could not build the site; the message holds its warnings and errors."""


@contextmanager
def jupyter_book(out: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that gets ready to make the site in `out` while others work; see `build`."""
    folders = [str(out / "source"), str(out / _WORK)]
    command = [sys.executable, "-m", "tightrope.publish.jupyterbook", *folders, str(os.getpid())]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def build(process: subprocess.Popen[str], out: Path, frame: Frame | None = None) -> None:
    """Let the `process` of `jupyter_book` build `out`/source, and make it `out`/site.

    The files of `out`/beside and the script of live charts are added, and `frame` stands
    around every page. Warnings are errors. Raises `SiteError` with what Sphinx said.
    """
    source, beside, work, site = (out / name for name in ("source", "beside", _WORK, "site"))
    frame = frame or Frame()
    lasting = _lasting(source, frame)
    record = work / "whole"
    if not (record.is_file() and record.read_text(encoding="utf-8") == lasting):
        shutil.rmtree(work, ignore_errors=True)
    # Only a run that ends well can be gone on from.
    record.unlink(missing_ok=True)
    # Not in _static: Jupyter Book would load it on every page, and few readers need it.
    (beside / "figures").mkdir(parents=True, exist_ok=True)
    (beside / "figures" / "vega.js").write_text(vega_bundle(), encoding="utf-8")
    said = "".join(process.communicate(f"{frame.as_line()}\n"))
    finished = work / "finished"
    if process.returncode < 0:
        raise SiteError(f"Jupyter Book was killed by signal {-process.returncode} (out of memory?)")
    if process.returncode or not (finished / "index.html").is_file():
        raise SiteError(what_sphinx_said(said, source))
    shutil.copytree(beside, finished, dirs_exist_ok=True)
    # GitHub Pages leaves out folders such as _static unless this file is there.
    (finished / ".nojekyll").touch()
    swap(finished, site)
    write_whole(record, lasting)


def _lasting(source: Path, frame: Frame) -> str:
    """One word for all that every page depends on; where it changes, Jupyter Book starts anew."""
    sha = hashlib.sha256(json.dumps([frame.lasting.as_line(), sys.version]).encode())
    makers = [paths.ROOT / "requirements.lock", *sorted(Path(__file__).parent.glob("*.py"))]
    makers += sorted(templates.FOLDER.glob("theme/**/*.html"))
    assets = (file for file in source.rglob("*") if file.suffix not in _PAGES and file.is_file())
    for file in [*makers, *sorted(assets)]:
        content = file.read_bytes()
        sha.update(os.fsencode(file.name) + f"\0{len(content)}\0".encode() + content)
    return sha.hexdigest()


def vega_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that works from a server and from a disk.

    The bundle names globals of its own; a function around it keeps them apart from the theme's.
    """
    kept = paths.VEGA / f"vega-{version('vl-convert-python')}.js"
    if not kept.is_file():
        import vl_convert  # starts a JavaScript engine: only when needed

        paths.VEGA.mkdir(parents=True, exist_ok=True)
        write_whole(kept, vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
    return f"(function () {{\n{kept.read_text(encoding='utf-8')}\n}})();\n"


def what_sphinx_said(output: str, source: Path) -> str:
    """The lines that name a fault, files within `source` by their short names.

    “Extension error:” stands on a line of its own: what went wrong is on the next.
    """
    lines = re.sub(r"\x1b\[[0-9;]*m", "", output).replace(f"{source}/", "").splitlines()
    telling = [
        line
        for before, line in pairwise(["", *lines])
        if re.search(r"WARNING|ERROR|rror.*:", line) or re.search(r"rror.*:$", before.rstrip())
    ]
    return "\n".join(telling or lines[-20:])
