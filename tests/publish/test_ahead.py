"""Pages are assembled beside the notebooks that still run, with the same result."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from tightrope.dealbook import Dealbook
from tightrope.publish import ahead
from tightrope.publish.edition import Edition
from tightrope.publish.making import Making
from tightrope.publish.pages import Manuscript, to_run

from ..conftest import TINY
from .conftest import PARAMETERS, Cells, code, markdown

EDITION = Edition(str(TINY), "", "announced")
KEPT = Path("kept", "pages", "chapters", "toy.json")


@pytest.fixture
def written(manuscript: Callable[[Cells], Manuscript], tmp_path: Path) -> Manuscript:
    """A book whose only page has run: its executed notebook is in `tmp_path`/out."""
    of = manuscript([markdown("# Toy"), code(PARAMETERS, "parameters")])
    shutil.copytree(of.notebooks, tmp_path / "out" / "executed" / "chapters")
    return of


def hand_over(written: Manuscript, out: Path, left: int) -> None:
    (page,) = to_run(written)
    with ahead.assembling(written, EDITION, out) as ran:
        ran(page, left)


def test_a_page_is_made_as_the_build_makes_it(
    written: Manuscript, tiny: Dealbook, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    hand_over(written, out, left=1)
    _, kept = json.loads((out / KEPT).read_text(encoding="utf-8"))
    (out / KEPT).unlink()
    (page,) = to_run(written)
    assert kept == asdict(Making(written, tiny, EDITION, out).of(page))


def test_with_the_first_page_what_needs_no_page_is_made_too(
    written: Manuscript, tmp_path: Path
) -> None:
    hand_over(written, tmp_path / "out", left=1)
    kept = {file.stem for file in (tmp_path / "out" / "kept").glob("*.json")}
    assert {"deals", "sources", "tests"} <= kept


def test_the_last_page_is_left_to_the_build(written: Manuscript, tmp_path: Path) -> None:
    hand_over(written, tmp_path / "out", left=0)
    assert not (tmp_path / "out" / KEPT).exists()


def test_what_is_wrong_with_a_page_is_left_to_the_build(
    written: Manuscript, tmp_path: Path
) -> None:
    (tmp_path / "out" / "executed" / "chapters" / "toy.ipynb").write_text("{}", encoding="utf-8")
    hand_over(written, tmp_path / "out", left=1)
    assert not (tmp_path / "out" / KEPT).exists()
