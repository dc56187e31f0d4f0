"""What every rule takes and gives, and the few questions that several of them ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from tightrope.findings import Finding

Frames = dict[str, pd.DataFrame]
"""The tables of a package by name, indexed by line number."""
Rule = Callable[[Frames], Iterator[Finding]]

AMOUNTS = ["amount_low_usd_bn", "amount_usd_bn", "amount_high_usd_bn"]
VALUES = ["value_low", "value", "value_high"]
TOLERANCE_USD_BN = 1e-9


def line_of(label: object) -> int:
    """The line number that a row's label is."""
    return int(str(label))


def in_use(frame: pd.DataFrame, column: str) -> bool:
    """Whether a package fills an optional column at all; if not, no rule asks for it."""
    return bool(frame[column].ne("").any())


def found(file: str, rows: pd.DataFrame, column: str, message: str) -> Iterator[Finding]:
    """The same finding for each of `rows`; `{name}` in the message is the row's own cell."""
    if rows.empty:
        return
    for line, row in zip(rows.index, rows.to_dict("records"), strict=True):
        yield Finding(file, line_of(line), column, message.format_map(row))
