"""Chapters that compute with the article's sums also take ranges of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tightrope import dealbook, paths
from tightrope.publish import pages, run
from tightrope.validation import check

from ..conftest import put

READING = ["how-circular", "claim-check", "what-changed", "losses"]


@pytest.fixture
def ranged(tmp_path: Path) -> Path:
    package = Path(shutil.copytree(paths.DATA, tmp_path / "package"))
    put(package, "claims", "c11", stated="13–14")
    put(package, "claims", "c18", stated="22–24", found="20–22.4")
    put(package, "claims", "c42", found="90–96")
    put(package, "claims", "c43", found="37–40")
    return package


def test_every_chapter_that_reads_claims_runs(ranged: Path, tmp_path: Path) -> None:
    assert check(ranged) == []
    chosen = [page for page in pages.to_run(pages.OURS) if page.template.stem in READING]
    assert len(chosen) == len(READING)
    book = dealbook.load(ranged)
    run.run_all(chosen, run.Edition(data=str(ranged)), book, tmp_path / "executed", 2, print)
    table = (tmp_path / "executed").rglob("claim-check.ipynb")
    assert "$20–22.4" in next(table).read_text(encoding="utf-8")
