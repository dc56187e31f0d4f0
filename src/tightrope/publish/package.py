"""How a published notebook names its data package: the same wherever the repository lies."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from tightrope import paths
from tightrope.csvpackage import describe


def published(data: str) -> str:
    """The name of the data package `data` as notebooks carry it; "" stays the project's own.

    It counts from the repository, which is where `paths.package` looks for it. A package that is
    named by a place of this machine is copied into the repository's `_build`, under a name that
    its content decides: no path of the machine gets into a page, and what a reader downloads
    still runs when the package has changed since. Raises OSError where nothing can be copied.
    """
    if not data:
        return ""
    place = paths.package(data)
    for way in (Path(os.path.abspath(place)), place.resolve()):  # noqa: PTH100 - keeps a link
        if way.is_relative_to(paths.ROOT):
            return way.relative_to(paths.ROOT).as_posix()
    beside = paths.ROOT / data
    if not Path(data).is_absolute() and beside.is_dir() and beside.samefile(place):
        return Path(data).as_posix()
    return Path(os.path.relpath(_kept(place), paths.ROOT)).as_posix()


def _kept(place: Path) -> Path:
    names = ["datapackage.json", *(one["path"] for one in describe(place)["resources"])]
    there = [name for name in names if (place / name).is_file()]
    content = hashlib.sha256()
    for name in there:
        content.update(f"{name}\0".encode() + (place / name).read_bytes())
    kept = paths.PACKAGES / f"{place.resolve().name}-{content.hexdigest()[:8]}"
    if not kept.is_dir():
        paths.PACKAGES.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=paths.PACKAGES) as unfinished:
            copy = Path(unfinished) / kept.name
            for name in there:
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(place / name, copy / name)
            try:
                copy.rename(kept)
            except OSError:
                if not kept.is_dir():  # no other build was quicker
                    raise
    return kept
