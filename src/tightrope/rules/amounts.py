"""Rules about the amounts of steps and figures."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from tightrope import cells
from tightrope.findings import Finding, quoted
from tightrope.rules.frames import (
    AMOUNTS,
    TOLERANCE_USD_BN,
    VALUES,
    Frames,
    found,
    in_use,
    line_of,
)


def amounts_are_in_order(frames: Frames) -> Iterator[Finding]:
    """Low, amount and high rise."""
    events = frames["events"]
    low, amount, high = (events[column] for column in AMOUNTS)
    disordered = (low > amount) | (amount > high) | (low > high)
    for line, _ in events[disordered].iterrows():
        yield Finding(
            "events.csv", line_of(line), "amount_usd_bn", "low, amount and high must rise"
        )
    figures = frames["financials"]
    yield from found(
        "financials.csv",
        figures[figures[VALUES].isna().all(axis=1)],
        "value",
        "give a value, or value_low and value_high",
    )
    for table in ("financials", "outside_checks"):
        rows = frames[table]
        low, value, high = (rows[column] for column in VALUES)
        yield from found(
            f"{table}.csv",
            rows[(low > value) | (value > high) | (low > high)],
            "value",
            "value_low, value and value_high must rise",
        )


def an_amount_fits_its_bound(frames: Frames) -> Iterator[Finding]:
    """A floor is open above, a ceiling has a low, and what is exact is no range."""
    for table, columns, bound in (
        ("events", AMOUNTS, "amount_bound"),
        ("financials", VALUES, "value_bound"),
    ):
        frame = frames[table]
        low, value, high = (frame[column] for column in columns)
        has_none = frame[columns].isna().all(axis=1)
        is_range = (low.notna() & low.ne(value)) | (high.notna() & high.ne(value))
        wrong = {
            f"{{{bound}}} needs an amount": frame[bound].ne("") & has_none,
            f"exact is one value: leave {columns[0]} and {columns[2]} empty, or say estimate": (
                frame[bound].eq("exact") & is_range
            ),
            f"a floor needs {columns[0]} or {columns[1]}, and they are the same": (
                frame[bound].eq("floor") & low.notna() & value.notna() & low.ne(value)
            ),
            f"a ceiling is the highest value: {columns[1]} and {columns[2]} must be the same": (
                frame[bound].eq("ceiling") & high.notna() & high.ne(value)
            ),
        }
        if table == "events":
            wrong[f"a ceiling needs {columns[0]}: the least that the evidence supports, or 0"] = (
                frame[bound].eq("ceiling") & low.isna() & ~has_none
            )
        for message, rows in wrong.items():
            yield from found(f"{table}.csv", frame[rows], bound, message)


def paid_is_cumulative_and_within_the_contract(frames: Frames) -> Iterator[Finding]:
    """Paid amounts never fall, and exceed what binds only with a note."""
    events = frames["events"].assign(
        top=lambda e: e.amount_high_usd_bn.fillna(e.amount_usd_bn),
        floor=lambda e: e.amount_low_usd_bn.fillna(e.amount_usd_bn),
    )
    bound = events[events.status.eq("binding")].groupby("leg_id").top.max()
    paid = events[events.status.eq("paid")].sort_values(["happened_on", "known_on"], kind="stable")
    paid = paid.assign(
        bound=paid.leg_id.map(bound).fillna(0),
        before=paid.floor.groupby(paid.leg_id).cummax().groupby(paid.leg_id).shift(),
    )
    yield from found(
        "events.csv",
        paid[(paid.floor > paid.bound + TOLERANCE_USD_BN) & paid.note.eq("")],
        "amount_usd_bn",
        "{floor:g} paid, but binding is {bound:g}; "
        "say in note why more was paid than a known contract obliges",
    )
    yield from found(
        "events.csv",
        paid[paid.top.fillna(np.inf) < paid.before - TOLERANCE_USD_BN],
        "amount_usd_bn",
        "{top:g} paid is less than an earlier step; paid amounts are cumulative and never fall",
    )


def a_paid_step_says_what_it_rests_on(frames: Frames) -> Iterator[Finding]:
    """Whether money moved, or only an accrual is known, stands on every paid step and no other."""
    events = frames["events"]
    if not in_use(events, "paid_basis"):
        return
    is_paid, has_basis = events.status.eq("paid"), events.paid_basis.ne("")
    yield from found(
        "events.csv",
        events[is_paid & ~has_basis],
        "paid_basis",
        "must not be empty on a paid step; say what moved, or that it is an accrual",
    )
    yield from found(
        "events.csv",
        events[has_basis & ~is_paid],
        "paid_basis",
        "is for paid steps only, and the status is {status}",
    )


def an_accrual_stays_out_of_the_low_end(frames: Frames) -> Iterator[Finding]:
    """Charges are no payments: the least that moved is what other steps show, or a note settles."""
    events = frames["events"]
    accruals = events[events.paid_basis.eq("accrual")]
    yield from found(
        "events.csv",
        accruals[
            accruals.amount_low_usd_bn.isna()
            | (accruals.amount_low_usd_bn >= accruals.amount_usd_bn)
        ],
        "amount_low_usd_bn",
        "of an accrual is what is shown to have been settled, or 0; not the charge itself",
    )


_COUNTED = ("usd_bn", "usd_m", "share", "year")
"""The units of claims whose values are computed with."""


def a_claim_of_a_number_is_one(frames: Frames) -> Iterator[Finding]:
    """What a claim states and what was found are numbers where its unit is one, or ranges."""
    claims = frames["claims"]
    for column in ("stated", "found"):
        rows = claims[claims.unit.isin(_COUNTED) & claims[column].ne("")]
        for line, cell, unit in zip(rows.index, rows[column], rows.unit, strict=True):
            low, high = cells.range_of(cell)
            if math.isnan(low):
                message = (
                    f"{quoted(cell)} is not a number, as the unit {unit} needs, nor a range with "
                    "a dash such as 20–22.4; a value in words has the unit text"
                )
            elif low > high:
                message = f"{quoted(cell)} must rise from its low to its high"
            else:
                continue
            yield Finding("claims.csv", line_of(line), column, message)
