"""The figures and tables of the page on floats."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters import when_money_moves as chapter
from tightrope.chapters import when_money_moves_advance as advances
from tightrope.chapters.floats import Open, Side
from tightrope.chapters.when_money_moves_advance import Advance
from tightrope.charts import theme
from tightrope.charts.bands import bands
from tightrope.charts.figure import Figure
from tightrope.charts.lines import line_panels
from tightrope.charts.table import Table
from tightrope.publish.opening import Opening

_SPANS = {1: "a year", 2: "two years", 3: "three years"}


def in_and_back(page: Opening, one: Advance, figure_id: str, note: str) -> Figure | None:
    """What a partner put in and what went back, each between what the evidence allows."""
    if not one.years:
        return None
    name = page.names[one.party]
    sums = advances.bands(one, (f"Put in by {name}", f"Gone back, from {_start(one)} on"))
    return Figure(
        id=figure_id,
        title=_when_repaid(one, name, page.book.day.year),
        subtitle="Running sums to the end of each year, between what the evidence allows, "
        f"USD billion, {page.as_known}",
        description="Two bands that rise over the years. "
        + "; ".join(
            f"{row.series}, to the end of {row.year}: {units.usd_bn_range(row.low, row.high)}"
            for row in sums.itertuples()
            if row.high > 0
        )
        + ".",
        draw=lambda width: bands(sums, width),
        frame=sums.rename(columns={"low": "low_usd_bn", "high": "high_usd_bn"}),
        labels={
            "series": "Sum",
            "year": "To the end of",
            "low_usd_bn": "Low",
            "high_usd_bn": "High",
        },
        rows=one.rows,
        book=page.book,
        note=note,
    )


def _start(one: Advance) -> int:
    """The first year of which something is known to have gone back."""
    return int(one.back().year.min())


def _when_repaid(one: Advance, name: str, today: int) -> str:
    surely, perhaps = one.repaid(), one.perhaps_repaid()
    if surely:
        when = "By the end of" if surely < today else "By"
        return (
            f"{when} {surely} at least as much had gone back as {name} had put in, "
            "whichever way it is dated"
        )
    if perhaps:
        return f"By the end of {perhaps} as much may have gone back as {name} had put in"
    return f"What {name} put in, and what is known to have gone back"


def float_by_assumption(
    page: Opening, held: Mapping[tuple[str, str], pd.Series], party: str, rows: Sequence[str]
) -> Figure | None:
    """The float of a partner by discount rate and by shape of the bills."""
    if not held:
        return None
    name = page.names[party]
    lines = pd.concat(
        [
            pd.DataFrame({"panel": panel, "series": label, "year": one.index, "value": list(one)})
            for (panel, label), one in held.items()
        ]
    )
    days = {key: chapter.used_up(one) for key, one in held.items()}
    return Figure(
        id=f"{party}-assumptions",
        title=_what_moves_it(days, name),
        subtitle=f"Float of {name} at three discount rates, then on three calendars, "
        f"USD billion, {page.as_known}",
        description="Two panels of lines that start above zero and fall through it. "
        + "; ".join(
            f"{panel}, {label}: at zero in {int(when)}, "
            f"at the end {units.usd_bn(held[panel, label].iloc[-1])}"
            for (panel, label), when in days.items()
        )
        + ".",
        draw=lambda width: line_panels(lines, width, theme.INTO_OPENAI),
        frame=lines.rename(columns={"value": "float_usd_bn"}),
        labels={
            "panel": "Assumption",
            "series": "Variant",
            "year": "Year",
            "float_usd_bn": "Float at its end",
        },
        rows=rows,
        book=page.book,
        note="The first line of both panels is the same. No payment by "
        f"{page.names[page.focal]} to {name} is published, so the even line starts today; "
        "the others start with the contracts.",
    )


def _what_moves_it(days: Mapping[tuple[str, str], float], name: str) -> str:
    by_panel = pd.Series(days, dtype=float).groupby(level=0)
    apart = math.ceil((by_panel.max() - by_panel.min()).max())
    if apart not in _SPANS:
        return f"When {name} is paid back depends on the rate and on the shape of the bills"
    return (
        "Neither the rate nor the shape of the bills moves the day on which "
        f"{name} is paid back by more than {_SPANS[apart]}"
    )


def present_trips_table(
    page: Opening, values: pd.DataFrame, rates: Mapping[str, float]
) -> Table | None:
    """The round trip at present value, case by case, at the rates low, value and high."""
    if values.empty:
        return None
    cases = [f"{page.names[row.party]}: {row.label}" for row in values.itertuples()]
    return Table(
        values.assign(case=cases),
        f"The round trip at present value, by assumption, {page.as_known}; "
        "dollars of the first year of each account",
        {
            "case": "Account and assumption",
            "in_usd_bn": f"In, at {rates['value']:.0%}",
            "out_usd_bn": f"Out, at {rates['value']:.0%}",
            "low": f"Round trip at {rates['low']:.0%}",
            "value": f"at {rates['value']:.0%}",
            "high": f"at {rates['high']:.0%}",
        },
        dict.fromkeys(rates, lambda share: f"{share:.0f}%"),
    )


def open_accounts_table(page: Opening, accounts: Sequence[Open]) -> Table | None:
    """What can be dated of every account beside the most that the rest could add."""
    if not accounts:
        return None
    table = pd.DataFrame(
        [
            {
                "partner": one.name,
                "in_dated_usd_bn": one.account.inward.dated,
                "in_rest": _rest(one.account.inward),
                "out_dated_usd_bn": one.account.outward.dated,
                "out_rest": _rest(one.account.outward),
                "dated_usd_bn": one.account.matched,
                "most_usd_bn": one.account.most,
            }
            for one in accounts
        ]
    )
    return Table(
        table,
        f"Accounts with something undated, {page.as_known}",
        {
            "partner": "Partner",
            "in_dated_usd_bn": "In",
            "in_rest": "no date",
            "out_dated_usd_bn": "Out",
            "out_rest": "no date",
            "dated_usd_bn": "Matched",
            "most_usd_bn": "at most",
        },
        {"most_usd_bn": lambda most: "open" if pd.isna(most) else units.usd_bn(float(str(most)))},
    )


def _rest(side: Side) -> str:
    if side.rest_high <= 1e-9:
        return "–"
    return units.usd_bn_range(side.rest_low, side.rest_high)
