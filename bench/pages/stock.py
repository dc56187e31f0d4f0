"""The same pages as Jupyter Book makes them when nobody has set anything."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import yaml

_KEPT = ("title", "author", "execute", "only_build_toc_files", "parse", "bibtex_bibfiles")
"""Settings without which these sources are no book; theme, scripts and search are the defaults."""


def built(source: Path, folder: Path) -> Path:
    """The site that `jupyter-book build` makes of a copy of `source` in `folder`.

    `source` is what a build of the book hands to Jupyter Book: pages that have run. Raises
    CalledProcessError if the build fails.
    """
    copy = folder / "source"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, copy)
    settings = yaml.safe_load((copy / "_config.yml").read_text(encoding="utf-8"))
    kept = {name: settings[name] for name in _KEPT if name in settings}
    (copy / "_config.yml").write_text(yaml.safe_dump(kept), encoding="utf-8")
    command = Path(sys.executable).with_name("jupyter-book")
    # It warns of what only the book's own extensions know.
    subprocess.run(
        [str(command), "build", "--quiet", str(copy)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return copy / "_build" / "html"
