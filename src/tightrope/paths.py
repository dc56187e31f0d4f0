"""Where things are, nothing else."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
STATIC = BOOK / "_static"
TOC = ROOT / "_toc.yml"
CONFIG = ROOT / "_config.yml"
CITATION = ROOT / "CITATION.cff"
PACKAGES = ROOT / "_build" / "packages"
"""Where copies are kept of data packages that lie elsewhere."""


def package(name: Path | str) -> Path:
    """The folder of the data package `name`; "" is the project's own.

    A relative name counts from the working folder, and from the repository where nothing is
    there: a notebook finds its data wherever it lies itself.
    """
    if not str(name):
        return DATA
    here, there = Path(name), ROOT / name
    return there if there.is_dir() and not here.is_dir() else here
