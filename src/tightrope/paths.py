"""Where things are, nothing else."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
STATIC = BOOK / "_static"
TOC = ROOT / "_toc.yml"
CONFIG = ROOT / "_config.yml"
VEGA = ROOT / "_build" / "vega"
"""Where the script of live charts is kept, the same for every book."""
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


def described(data: Path) -> list[Path]:
    """The files of a data package: its descriptor and those that this names and that are there.

    A copy that an editor left in the folder is none of them. Raises OSError if there is no
    descriptor, ValueError if it is none.
    """
    descriptor = data / "datapackage.json"
    try:
        content = json.loads(descriptor.read_bytes().decode("utf-8-sig"))
    except RecursionError:
        raise ValueError(f"{descriptor.name} is nested too deeply to be read") from None
    resources = content.get("resources", []) if isinstance(content, dict) else []
    listed = resources if isinstance(resources, list) else []
    named = [one.get("path") for one in listed if isinstance(one, dict)]
    files = (data / name for name in named if isinstance(name, str))
    return [descriptor, *sorted({file for file in files if file.is_file()})]
