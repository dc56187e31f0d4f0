"""The packs, made once, and unpacked where labs run as a student runs them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tightrope import paths
from tightrope.course import keys, notebooks, pack
from tightrope.course.answer import Answer
from tightrope.dealbook import Dealbook

from ..sharing import instructors_pack

SOURCES = notebooks.sources()
Files = dict[str, bytes]


@pytest.fixture(scope="session")
def answers(book: Dealbook) -> dict[str, Answer]:
    """What each part of the labs asks for, by part."""
    return {answer.part: answer for answer in keys.answers(book)}


@pytest.fixture(scope="session")
def given(book: Dealbook) -> Files:
    """The student's pack."""
    return pack.files(book, paths.DATA)


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instructor's pack in a folder of its own, which has the student's files too."""
    return instructors_pack(tmp_path_factory)


@pytest.fixture
def in_labs(unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work in the folder of the labs, as a kernel does: their `check` is the one that is found."""
    monkeypatch.chdir(unpacked / "labs")
    monkeypatch.syspath_prepend(unpacked / "labs")
    sys.modules.pop("check", None)
    yield
    sys.modules.pop("check", None)


def code(notebook: Any) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def raw(table: str) -> pd.DataFrame:
    """A table as it lies in `data/`, by pandas alone."""
    frame = pd.read_csv(paths.DATA / f"{table}.csv", keep_default_na=False)
    return frame.set_index(frame.columns[0])
