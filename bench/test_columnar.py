"""A million payments between named parties, read from a Parquet file and through DuckDB.

Both are read by their own libraries, which the extra `columnar` brings; without
them this is left out. Times are processor seconds, reading included.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pandas as pd
import pytest

from tightrope.measures.circulation import excess_share, maximum_circulation
from tightrope.measures.roundtrip import bilateral, reciprocity
from tightrope.measures.routes import returnable

from .test_flows import PARTIES
from .webs import EACH, random_web

LIMIT = 25.0
"""Seconds for the largest web, as for one that is in memory already."""
FOCAL = "party 1"

MEASURES: dict[str, Callable[[pd.DataFrame], float]] = {
    "maximum circulation": lambda payments: maximum_circulation(payments, ranges=False).value,
    "excess share": excess_share,
    "reciprocity": reciprocity,
    "round trips of one party": lambda payments: float(len(bilateral(payments, FOCAL))),
    "returnable to one party": lambda payments: returnable(payments, FOCAL).value,
}


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The largest random web with names for parties, as a Parquet file."""
    pytest.importorskip("pyarrow")
    payments = random_web(PARTIES[-1])
    assert len(payments) == EACH * PARTIES[-1] == 1_000_000
    for side in ("payer", "payee"):
        payments[side] = "party " + payments[side].astype("str")
    path = tmp_path_factory.mktemp("columnar") / "payments.parquet"
    payments.to_parquet(path)
    return path


@pytest.mark.parametrize("measure", MEASURES)
def test_a_million_payments_of_a_parquet_file_take_at_most_25_seconds(
    parquet: Path, measure: str
) -> None:
    """The promise for a file."""
    assert _seconds(lambda: pd.read_parquet(parquet), measure) <= LIMIT


@pytest.mark.parametrize("measure", MEASURES)
def test_a_million_payments_of_duckdb_take_at_most_25_seconds(parquet: Path, measure: str) -> None:
    """The promise for a query."""
    duckdb = pytest.importorskip("duckdb")
    query = f"select payer, payee, amount from '{parquet}'"
    assert _seconds(lambda: duckdb.sql(query).df(), measure) <= LIMIT


def _seconds(read: Callable[[], pd.DataFrame], measure: str) -> float:
    start = process_time()
    payments = read()
    reading = process_time() - start
    MEASURES[measure](payments)
    took = process_time() - start
    print(f"{measure}: {took:.1f} s, of which {reading:.1f} s reading")
    return took
