"""Rules about the assumptions of scenarios."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tightrope.findings import Finding
from tightrope.rules.frames import Frames, line_of
from tightrope.scenario_parameters import BASE, PARAMETERS, YEARS, complete


def assumptions_are_within_their_bounds(frames: Frames) -> Iterator[Finding]:
    """Low, value and high of an assumption rise, and lie where its parameter allows."""
    rows = frames["scenarios"]
    for line, row in rows[rows.parameter.isin(PARAMETERS)].iterrows():
        bounds = PARAMETERS[row.parameter]
        allowed = f"{row.parameter} ({bounds.unit}) must be " + (
            f"at least {bounds.lowest:g}"
            if np.isinf(bounds.highest)
            else f"between {bounds.lowest:g} and {bounds.highest:g}"
        )
        for column in ("low", "value", "high"):
            amount = row[column]
            if not (np.isnan(amount) or bounds.lowest <= amount <= bounds.highest):
                yield Finding(
                    "scenarios.csv",
                    line_of(line),
                    column,
                    f'"{amount:g}" is not allowed; {allowed}',
                )
        if np.isnan(row.low) != np.isnan(row.high):
            yield Finding(
                "scenarios.csv",
                line_of(line),
                "low" if np.isnan(row.low) else "high",
                "give low and high, or neither of them",
            )
        elif row.low > row.high or row.low > row.value or row.value > row.high:
            yield Finding(
                "scenarios.csv",
                line_of(line),
                "value",
                f"low, value and high must rise, not {row.low:g}, {row.value:g}, {row.high:g}",
            )


def the_base_scenario_has_every_parameter(frames: Frames) -> Iterator[Finding]:
    """Scenarios rest on the base, and take over from it what they do not give.

    A package without any scenario needs none: its pages leave out what only assumptions can say.
    """
    rows = frames["scenarios"]
    if rows.empty:
        return
    base = rows[rows.scenario_id.eq(BASE)]
    missing = [name for name in PARAMETERS if name not in set(base.parameter)]
    if missing:
        yield Finding(
            "scenarios.csv",
            line_of(base.index[-1]) if len(base) else 1,
            "parameter",
            f'the scenario "{BASE}" must give every parameter; missing: {", ".join(missing)}',
        )


def planned_compute_never_falls_below_zero(frames: Frames) -> Iterator[Finding]:
    """A total that is too small for its first year would make the last year negative."""
    rows = frames["scenarios"]
    for scenario_id in dict.fromkeys(rows.scenario_id):
        chosen = complete(rows, str(scenario_id)).drop_duplicates("parameter")
        own = chosen.reset_index().set_index("parameter")
        if not {"compute_spend", "compute_spend_total"} <= set(own.index):
            continue
        first, total = own.loc["compute_spend"], own.loc["compute_spend_total"]
        least = max(first.value, np.nan_to_num(first.high)) * len(YEARS) / 2
        if min(total.value, np.nan_to_num(total.low, nan=np.inf)) < least:
            row = total if total.is_own else first
            yield Finding(
                "scenarios.csv",
                line_of(row.line),
                "value",
                f"compute_spend_total must be at least {least:g} for this compute_spend, or the "
                f"last of the {len(YEARS)} years would be below 0",
            )
