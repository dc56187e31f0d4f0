"""The formulas of `measures.plan` in Vega's expression language, unrolled over the years."""

from __future__ import annotations

from tightrope.measures.plan import Scenario


def formulas(scenario: Scenario) -> list[tuple[str, str]]:
    """Names with Vega expressions, one resting on the other, as `measures.plan` computes them.

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
        repr(values["committed_funding"]),
        f"{values['conditional_funding']!r} * conditional_funding_realised / 100",
    ]
    made: list[tuple[str, str]] = []
    for year in range(years):
        growth = (
            f"revenue_growth / 100 * {values['growth_endurance'] ** (year - 1)!r}" if year else ""
        )
        before = f"revenue_{year - 1} * max(0, 1 + {growth})"
        relative = f"revenue_{year} / {reference[year]!r}" if reference[year] > 0 else "1"
        wanted = f"{planned[year]!r} * ({1 - follows!r} + {follows!r} * {relative})"
        made += [
            (f"revenue_{year}", before if year else repr(values["revenue"])),
            (f"wanted_{year}", f"{wanted} - ahead_{year - 1}" if year else wanted),
            (f"ahead_{year}", f"max(0, {due[year]!r} - wanted_{year})"),
            (f"beyond_{year}", f"max(0, wanted_{year} - {due[year]!r})"),
        ]
    made += _given_back(years)
    for year in range(years):
        owed = f"commitments_honoured / 100 * {due[year]!r}" if year else repr(due[year])
        made += [
            (f"compute_{year}", f"{owed} + spent_beyond_{year}"),
            (
                f"earned_{year}",
                f"margin_before_compute / 100 * revenue_{year}"
                + (f" + {funding[year]}" if year < len(funding) else ""),
            ),
            (
                f"cash_{year}",
                (f"cash_{year - 1}" if year else repr(values["opening_cash"]))
                + f" + earned_{year} - compute_{year}",
            ),
        ]
    cash = [f"cash_{year}" for year in range(years)]
    short = "-1"
    for year in reversed(range(years)):
        short = f"cash_{year} < 0 ? {year} : {short}"
    return [
        *made,
        ("path", f"[{values['opening_cash']!r}, {', '.join(cash)}]"),
        ("lowest", f"min({', '.join(cash)})"),
        ("gap", f"max(0, {values['minimum_liquidity']!r} - lowest)"),
        ("worst", f"indexof([{', '.join(cash)}], lowest)"),
        ("short", short),
        ("part", "short < 0 ? 0 : path[short] / (path[short] - path[short + 1])"),
    ]


def _given_back(years: int) -> list[tuple[str, str]]:
    """What is spent beyond contracts, less what contracts took ahead of the plan at its end.

    The nearest year gives first: the backward half of `measures.plan.not_below`.
    """
    made = [(f"left_{years}", f"ahead_{years - 1}")]
    for year in reversed(range(years)):
        made += [
            (f"spent_beyond_{year}", f"max(0, beyond_{year} - left_{year + 1})"),
            (f"left_{year}", f"max(0, left_{year + 1} - beyond_{year})"),
        ]
    return made
