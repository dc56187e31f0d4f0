"""The formulas of `measures.plan` in Vega's expression language, unrolled over the years."""

from __future__ import annotations

from tightrope.measures.plan import Scenario


def formulas(scenario: Scenario) -> dict[str, str]:
    """Vega expressions by name, one resting on the other, as `measures.plan` computes them.

    They read the sliders in percent. `revenue_0`, `compute_0`, `cash_0` and so on are those of each
    year in USD billion, `earned_0` what comes in before compute, new funding too, `path` the
    opening cash and cash at the end of each year, `lowest` the least cash at the end of a year,
    `gap` the one at its peak, `worst` the number of its year, `short` that of the first year which
    ends below zero, -1 if none does, and `part` the fraction of that year after which cash ends.
    """
    values = {name: float(value) for name, value in scenario.values.items()}
    due = [float(amount) for amount in scenario.commitments]
    reference = [float(amount) for amount in scenario.budget()["revenue"]]
    years = len(due)
    planned = [float(amount) for amount in scenario.planned]
    follows = values["compute_variable_share"]
    funding = [
        f" + {values['committed_funding']!r}",
        f" + {values['conditional_funding']!r} * conditional_funding_realised / 100",
        *[""] * (years - 2),
    ]
    made: dict[str, str] = {}
    revenue, ahead = repr(values["revenue"]), "0"
    for year in range(years):
        made[f"revenue_{year}"] = revenue
        relative = f"revenue_{year} / {reference[year]!r}" if reference[year] > 0 else "1"
        wanted = f"{planned[year]!r} * ({1 - follows!r} + {follows!r} * {relative})"
        made[f"wanted_{year}"] = f"{wanted} - {ahead}"
        made[f"ahead_{year}"] = f"max(0, {due[year]!r} - wanted_{year})"
        made[f"beyond_{year}"] = f"max(0, wanted_{year} - {due[year]!r})"
        growth = f"revenue_growth / 100 * {values['growth_endurance'] ** year!r}"
        revenue, ahead = f"revenue_{year} * max(0, 1 + {growth})", f"ahead_{year}"
    made |= _given_back(years)
    till = repr(values["opening_cash"])
    for year in range(years):
        owed = f"commitments_honoured / 100 * {due[year]!r}" if year else repr(due[year])
        earned = f"margin_before_compute / 100 * revenue_{year}{funding[year]}"
        made[f"compute_{year}"] = f"{owed} + spent_beyond_{year}"
        made[f"earned_{year}"] = earned
        made[f"cash_{year}"] = f"{till} + earned_{year} - compute_{year}"
        till = f"cash_{year}"
    cash = ", ".join(f"cash_{year}" for year in range(years))
    is_short = ", ".join(f"cash_{year} < 0" for year in range(years))
    return {
        **made,
        "path": f"[{values['opening_cash']!r}, {cash}]",
        "lowest": f"min({cash})",
        "gap": f"max(0, {values['minimum_liquidity']!r} - lowest)",
        "worst": f"indexof([{cash}], lowest)",
        "short": f"indexof([{is_short}], true)",
        "part": "short < 0 ? 0 : path[short] / (path[short] - path[short + 1])",
    }


def _given_back(years: int) -> dict[str, str]:
    """What is spent beyond contracts, less what contracts took ahead of the plan at its end.

    The nearest year gives first: the backward half of `measures.plan.not_below`.
    """
    made, left = {}, f"ahead_{years - 1}"
    for year in reversed(range(years)):
        made[f"spent_beyond_{year}"] = f"max(0, beyond_{year} - {left})"
        made[f"left_{year}"] = f"max(0, {left} - beyond_{year})"
        left = f"left_{year}"
    return made
