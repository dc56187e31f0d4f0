"""Fixtures that several kinds of test share."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from hypothesis import settings

from tightrope import dealbook

from .browsers import pytest_sessionfinish as pytest_sessionfinish  # a hook of this suite
from .referee import FROZEN

# The same examples on every run: a red main must be reproducible. No deadline: CI is busy.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=40)
# Fewer of them, for the quick look of `make check`.
settings.register_profile("quick", settings.get_profile("steady"), max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

TINY = Path(__file__).parent / "fixtures" / "tiny"


def pytest_collection_finish() -> None:
    """Let Python's collector pass over what stays: modules, and the tests themselves.

    Looking through all of it again and again takes a twentieth of a run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def in_stock_jupyter(notebook: Path, folder: Path) -> Any:
    """The notebook, run by Jupyter's own command in a fresh process, as a reader would run it."""
    copy = Path(shutil.copy(notebook, folder))
    command = [str(Path(sys.executable).with_name("jupyter-execute")), "--inplace", str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return nbformat.read(copy, as_version=4)


@pytest.fixture
def tiny() -> dealbook.Dealbook:
    """A toy web: a stake of 10, a cloud contract of 73 over two years, a letter of 100."""
    return dealbook.load(TINY)


@pytest.fixture(scope="session")
def book() -> dealbook.Dealbook:
    """The project's own data."""
    return dealbook.load()


@pytest.fixture(scope="session")
def referee_book() -> dealbook.Dealbook:
    """The frozen rows from which a referee rebuilt the headline numbers; see `referee.REFEREE`."""
    return dealbook.load(FROZEN)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the toy data package, to be damaged."""
    return Path(shutil.copytree(TINY, tmp_path / "package"))


OPTIONAL_CELLS = {
    "claims": {"words_de": {"c01": "10 Milliarden"}},
    "events": {
        "known_on_reason": {"letter-replaced": "The paper’s own date; only its month is printed."},
        "amount_bound": {"stake-announced": "exact", "cloud-signed": "exact"},
        "paid_basis": {"stake-paid-1": "cash", "stake-paid-2": "cash"},
        "derived_from": {},
    },
    "financials": {"known_on_reason": {}, "value_bound": {}, "derived_from": {}},
    "deals": {"circle": {"stake": "investor_is_counterparty", "cloud": "none"}},
}
"""What the optional columns of the toy web hold, by the id of the row."""
OPTIONAL_TABLES = {
    "terms": """\
term_id,leg_id,known_on,known_on_reason,form,condition,conditioned_on,recourse,termination,\
cap_usd_bn,formula,trigger,source_id,confidence,note
stake-cash-terms-2020,stake-cash,2020-06-30,,contract,none,,,,,,,filing-2020,filing,“due on closing”
cloud-use-terms-2021,cloud-use,2021-03-01,,contract,undisclosed,,,,,,,release,company,
cloud-use-terms-2023,cloud-use,2023-02-01,,,on_delivery,capacity,,after a year,,,,paper,press,
letter-equity-terms-2022,letter-equity,2022-05-05,,letter_of_intent,on_milestone,each gigawatt,,,,,,release,company,
""",
    "watch": """\
watch_id,what,expected_from,expected_by,published_in,changes,threshold,known_on,source_id,\
result,result_on,result_source_id,note
results,The cloud publishes its results.,2022-01-01,2022-02-15,Its filing,legs/cloud-use,More is more.,2021-03-01,release,It published them.,2022-02-01,paper,
signature,The letter becomes a contract.,,2022-12-31,A release,legs/letter-equity,No contract is none.,2022-05-05,release,,,,
listing,The lab lists its shares.,2023-06-01,2024-01-31,A prospectus,financials/openai-revenue-2021,Revenue above 3.,2023-02-01,paper,,,,
""",
    "outside_checks": """\
check_id,publisher,question,measure,scope,period,value_low,value,value_high,unit,known_on,\
known_on_reason,source_id,confidence,differs_because,note
bank-share-2023,A bank,how_circular,Share of circular deals,All firms,2022,,25,,percent,2023-02-01,,paper,press,It counts deals.,
""",
}


@pytest.fixture
def termed(package: Path) -> Path:
    """The toy package with every optional column and table, to be damaged."""
    for table, columns in OPTIONAL_CELLS.items():
        file = package / f"{table}.csv"
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        for column, cells in columns.items():
            frame[column] = [cells.get(row, "") for row in frame.iloc[:, 0]]
        frame.to_csv(file, index=False)
    for table, text in OPTIONAL_TABLES.items():
        (package / f"{table}.csv").write_text(text, encoding="utf-8")
    # The toy documents speak of things of several days: they show only a year.
    sources = (package / "sources.csv").read_text(encoding="utf-8")
    sources = sources.replace("2020-01-10,2026", "2020,2026").replace(
        "2020-06-30,2026", "2020,2026"
    )
    (package / "sources.csv").write_text(sources, encoding="utf-8")
    return package


def put(package: Path, table: str, row: str, **cells: str) -> None:
    """Overwrite cells of the row of `table` whose first cell is `row`."""
    file = package / f"{table}.csv"
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    place = frame.index[frame.iloc[:, 0].eq(row)]
    assert len(place) == 1, f"{table}.csv has no row {row}"
    frame.loc[place, list(cells)] = list(cells.values())
    frame.to_csv(file, index=False)
