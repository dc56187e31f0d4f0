"""What takes long to make and the processes of one run of the tests share."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tightrope import dealbook, paths
from tightrope.course import pack


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """The folder for temporary files that all processes of this run can see."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """`folder`, which the first process that asks for it fills; the others wait until it is whole."""
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            making = folder.with_name(f"{folder.name}.making")
            make(making)
            making.rename(folder)
    return folder


def instructors_pack(factory: pytest.TempPathFactory) -> Path:
    """The instructor's course pack, unpacked: the student's files are in it too."""
    return made_once(
        folder_of_run(factory) / "instructors-pack",
        lambda folder: write(pack.files(dealbook.load(), paths.DATA, key=True), folder),
    )


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files, by their names within a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
