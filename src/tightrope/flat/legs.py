"""Which rows are steps of one payment, and which are payments of their own."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd

from tightrope.findings import Finding
from tightrope.flat.parties import known_as
from tightrope.flat.rows import Payment


@dataclass(frozen=True)
class Step:
    """A step of a leg: a row of the table, with the amount of the whole leg at this step."""

    row: Payment
    amount: float
    low: float
    high: float


@dataclass(frozen=True)
class Leg:
    """One payment of one party to another, and its steps in order of day."""

    steps: tuple[Step, ...]

    @property
    def row(self) -> Payment:
        """The first step's row: what is the same in all."""
        return self.steps[0].row


def of(
    file: str, heading: str, payments: Sequence[Payment]
) -> tuple[list[Leg], list[Finding], list[str]]:
    """The legs of a table, what is wrong with how they hang together, and what was assumed.

    Rows of one named deal, payer, payee and kind are steps of one leg; its paid rows are payments
    that add up. Where a status other than paid comes twice, each row is a leg of its own, and a
    finding if the rows have other statuses too, for then nobody knows which belong together. Rows
    without a deal are legs of their own. `heading` names the column of the deal.
    """
    groups: dict[tuple[str, ...], list[Payment]] = {}
    for row in payments:
        key = (known_as(row.deal), known_as(row.payer), known_as(row.payee), row.kind)
        groups.setdefault(key if row.deal else (str(row.line),), []).append(row)
    legs: list[Leg] = []
    findings: list[Finding] = []
    assumed: list[str] = []
    for rows in groups.values():
        counts = Counter(row.status for row in rows)
        repeated = [status for status, count in counts.items() if status != "paid" and count > 1]
        first = rows[0]
        who = f"“{first.deal}”, {first.payer} to {first.payee}"
        lines = _listed([row.line for row in rows])
        if repeated and len(counts) > 1:
            message = (
                f"lines {lines} are {first.kind} of one deal from {first.payer} to {first.payee}; "
                f"{repeated[0]} comes {counts[repeated[0]]} times beside other statuses: give rows "
                "that are steps of one payment a deal of their own"
            )
            findings.append(Finding(file, rows[1].line, heading, message))
        elif repeated:
            assumed.append(f"{who}: lines {lines} are payments of their own, and add up.")
            legs += [Leg((_step(row),)) for row in rows]
        else:
            if len(rows) > 1:
                how = "payments that add up" if set(counts) == {"paid"} else "steps of one payment"
                assumed.append(f"{who}: lines {lines} are {how}.")
            legs.append(_leg(rows))
    assumed += _perhaps_twice(legs)
    return legs, findings, assumed


def _step(row: Payment) -> Step:
    return Step(row, row.amount, row.low, row.high)


def _leg(rows: Sequence[Payment]) -> Leg:
    """The steps of one leg; what is paid is written as the sum so far, as the schema has it."""
    ordered = sorted(rows, key=lambda row: row.day)
    paid = [row for row in ordered if row.status == "paid"]
    sums = dict(zip([row.line for row in paid], _so_far(paid), strict=True))
    return Leg(
        tuple(
            Step(row, *sums[row.line]) if len(paid) > 1 and row.line in sums else _step(row)
            for row in ordered
        )
    )


def _so_far(paid: Sequence[Payment]) -> Iterator[tuple[float, float, float]]:
    """Amount, low and high of all payments up to each; an end that one of them lacks is open."""
    amounts = accumulate(_first(row.amount, row.low, 0.0) for row in paid)
    lows = accumulate(_first(row.low, row.amount, 0.0) for row in paid)
    highs = accumulate(_first(row.high, row.amount, math.nan) for row in paid)
    is_range = any(not pd.isna(end) for row in paid for end in (row.low, row.high))
    for amount, low, high in zip(amounts, lows, highs, strict=True):
        ends = (low, high) if is_range else (math.nan, math.nan)
        yield round(amount, 9), round(ends[0], 9), round(ends[1], 9)


def _first(*values: float) -> float:
    """The first of the values that is known; NaN if none is."""
    return next((value for value in values if not math.isnan(value)), math.nan)


def _perhaps_twice(legs: Sequence[Leg]) -> Iterator[str]:
    """Legs of the same parties and kind with other statuses, which may be one payment twice."""
    same: dict[tuple[str, str, str], list[Leg]] = {}
    for leg in legs:
        row = leg.row
        if len(leg.steps) == 1:
            key = (known_as(row.payer), known_as(row.payee), row.kind)
            same.setdefault(key, []).append(leg)
    for several in same.values():
        if len({leg.row.status for leg in several}) > 1:
            lines = _listed([leg.row.line for leg in several])
            row = several[0].row
            yield (
                f"{row.payer} to {row.payee}, {row.kind}: lines {lines} have different statuses "
                "and count as payments of their own; rows that are steps of one payment need the "
                "same deal."
            )


def _listed(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines))
