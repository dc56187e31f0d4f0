"""The figures and tables of the chapter on when the money moves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters import when_money_moves as chapter
from tightrope.chapters import when_money_moves_advance as advances
from tightrope.chapters import when_money_moves_floats as holdings
from tightrope.chapters.when_money_moves_advance import Advance
from tightrope.charts import theme
from tightrope.charts.bands import bands
from tightrope.charts.bars import in_and_out
from tightrope.charts.figure import Figure
from tightrope.charts.floats import floats
from tightrope.charts.lines import line_panels, lines_by_year
from tightrope.charts.table import Table
from tightrope.publish.opening import Opening

_SPANS = {1: "a year", 2: "two years", 3: "three years"}
_TOTAL, _WITHIN = "Matched from the beginning", "Matched within a year, added up"


def payments_by_year(page: Opening, moves: pd.DataFrame) -> Figure | None:
    """What comes in and what goes out by year, paid, due and without a date."""
    if moves.empty:
        return None
    focal = page.book.party_name(page.focal)
    words = {
        ("in", "paid"): f"paid to {focal}",
        ("in", "scheduled"): f"due to {focal}",
        ("out", "paid"): f"paid by {focal}",
        ("out", "scheduled"): f"due from {focal}",
    }
    by_year = chapter.by_side(moves, page.focal)
    by_year["payment"] = [words[key] for key in zip(by_year.side, by_year.basis, strict=True)]
    return Figure(
        id="payments-by-year",
        title=_when_it_came(page, moves),
        subtitle=f"Payments into {focal} and out of it by calendar year, USD billion, "
        f"{page.as_known}",
        description="Columns by year, on one side of zero what comes in, on the other what goes "
        "out. "
        + "; ".join(
            f"{_dated(row.year)}, {row.payment}: {units.usd_bn(row.amount)}"
            for row in by_year.itertuples()
        )
        + ".",
        draw=lambda width: in_and_out(by_year, width),
        frame=by_year[["year", "payment", "amount"]].rename(columns={"amount": "amount_usd_bn"}),
        labels={"year": "Year", "payment": "Payment", "amount_usd_bn": "Amount"},
        rows=page.rows(moves),
        book=page.book,
        note="What is due is spread evenly over the term of its contract, as far as a term is "
        "known or can be assumed; it counts as if every condition were met. Without loans, "
        f"guarantees, press reports, warrants and {_revenue_share(page)}.",
        writers={"year": _dated},
    )


def _dated(year: object) -> str:
    return str(year) if pd.notna(year) else "no date"


def _when_it_came(page: Opening, moves: pd.DataFrame) -> str:
    dated = moves.dropna(subset=["year"])
    came, goes = (
        dated[dated[end].eq(page.focal)].groupby("year").amount.sum() for end in ("payee", "payer")
    )
    rich = [int(year) for year in came.index if came[year] > 0.2 * came.sum()]
    today = page.book.day.year
    due = [int(year) for year in goes.index if goes[year] > 0.5 * goes.max() and year > today]
    if not (0 < len(rich) < 3 and len(due) > 1 and due[0] > rich[-1]):
        return "What has been paid, what is due, and what has no date"
    return (
        f"The money for {page.book.party_name(page.focal)} came in "
        f"{' and '.join(map(str, rich))}; the bills are due from {due[0]} to {due[-1]}"
    )


def _revenue_share(page: Opening) -> str:
    """The revenue share in words, with the names of those who take it."""
    legs = page.book.legs[page.book.legs.instrument.eq("revenue_share")]
    takers = legs.payee_id[legs.payer_id.eq(page.focal)].unique()
    names = units.listing(page.names[party] for party in takers)
    if not names:
        return "revenue shares"
    return f"the revenue share with {names}, part of which may be in {names}’s charges"


def floats_by_partner(
    page: Opening, moves: pd.DataFrame, drawn: Sequence[str], note: str = ""
) -> Figure | None:
    """A panel a partner of `drawn`: its money that the focal party holds, year by year."""
    names = {p: page.names[p] for p in drawn if p in {*moves.payer, *moves.payee}}
    stands = holdings.standings(moves, page.focal, names)
    if not stands:
        return None
    panels = holdings.panels(moves, page.focal, names)
    ends = ["paid_in", "paid_out", "float"]
    today = page.book.day.year + (page.book.day.day_of_year - 1) / 365
    return Figure(
        id="floats-by-partner",
        title=_who_is_ahead(stands, names) or "The float of each partner",
        subtitle=f"Paid in so far less paid out so far, by partner, USD billion, one scale, "
        f"{page.as_known}",
        description=f"Small panels on one scale. {_ends_in_words(stands, names)}. "
        f"{_undated_in_words(panels)}.",
        draw=lambda width: floats(panels, width, today),
        frame=panels[["party", "year", *ends]].rename(
            columns={end: f"{end}_usd_bn" for end in ends}
        ),
        labels={
            "party": "Partner",
            "year": "Year",
            "paid_in_usd_bn": "In",
            "paid_out_usd_bn": "Out",
            "float_usd_bn": "Float at its end",
        },
        rows=page.rows(moves[moves.payer.isin(names) | moves.payee.isin(names)]),
        book=page.book,
        note=" ".join(["The sums stand for the ends of calendar years;", note]) if note else "",
    )


def _who_is_ahead(stands: Mapping[str, holdings.Standing], names: Mapping[str, str]) -> str:
    parts = []
    for kind, one, several in (
        ("advanced", "advanced money and is paid", "advanced money and are paid"),
        ("billed", "in effect only sends bills", "in effect only send bills"),
        ("invested", "only pays in", "only pay in"),
    ):
        of_kind = [names[party] for party, stand in stands.items() if stand.kind == kind]
        if of_kind:
            more = " back more" if kind == "advanced" else ""
            parts.append(f"{units.listing(of_kind)} {one if len(of_kind) == 1 else several}{more}")
    return "; ".join(parts)


def _ends_in_words(stands: Mapping[str, holdings.Standing], names: Mapping[str, str]) -> str:
    return "; ".join(
        f"{names[party]}: highest {units.usd_bn(stand.top)}, "
        f"at the end of the known years {units.usd_bn(stand.end)}"
        for party, stand in stands.items()
    )


def _undated_in_words(panels: pd.DataFrame) -> str:
    return "; ".join(
        f"without a date, {row.party}: {units.usd_bn(row.undated_in)} in, "
        f"{units.usd_bn(row.undated_out)} out"
        for row in panels.drop_duplicates("party").itertuples()
        if row.undated_in + row.undated_out > 0
    )


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


def matched_by_year(page: Opening, growth: pd.DataFrame, moves: pd.DataFrame) -> Figure | None:
    """What is matched within years, added up, and from the beginning, all partners together."""
    if growth.empty or growth.total.iloc[-1] <= 0:
        return None
    final = growth.iloc[-1]
    lines = pd.concat(
        [
            pd.DataFrame({"series": label, "year": growth.index, "amount": list(growth[column])})
            for label, column in ((_TOTAL, "total"), (_WITHIN, "within"))
        ]
    )
    table = growth.rename_axis("year").reset_index().assign(ratio=100 * growth.ratio.to_numpy())
    return Figure(
        id="matched-by-year",
        title=(
            "Year by year little goes round; over all years with a date "
            f"{units.usd_bn(final.total)} does"
            if final.total > 2 * final.within
            else "What goes round within a year, and over all years"
        ),
        subtitle="Smaller side of each partner’s account, all partners added up, USD billion, "
        f"{page.as_known}",
        description="Two lines over the years. "
        + "; ".join(
            f"{line}: {units.usd_bn(final[column])} by {growth.index[-1]}"
            for line, column in ((_TOTAL, "total"), (_WITHIN, "within"))
        )
        + ".",
        draw=lambda width: lines_by_year(
            lines, width, dict.fromkeys((_TOTAL, _WITHIN), theme.ROUND_TRIP)
        ),
        frame=table[["year", "each", "within", "total", "ratio"]].rename(
            columns={name: f"{name}_usd_bn" for name in ("each", "within", "total")}
        ),
        labels={
            "year": "Year",
            "each_usd_bn": "Matched in this year",
            "within_usd_bn": "Added up so far",
            "total_usd_bn": "Matched from the beginning",
            "ratio": "Share of all payments so far, percent",
        },
        rows=page.rows(moves[moves.year.notna()]),
        book=page.book,
        note="Payments with a year only, without warrants and the revenue share: so it is less "
        "than the round trip, which asks for no date. Money that has come in and waits for its "
        "return is matched when the return comes.",
    )


def open_accounts_table(page: Opening, accounts: Sequence[chapter.Open]) -> Table | None:
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


def _rest(side: chapter.Side) -> str:
    if side.rest_high <= 1e-9:
        return "–"
    return units.usd_bn_range(side.rest_low, side.rest_high)
