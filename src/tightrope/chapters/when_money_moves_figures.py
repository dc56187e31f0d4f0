"""The figures of the chapter on when the money moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from tightrope import units
from tightrope.chapters import start_figures
from tightrope.chapters import when_money_moves_floats as holdings
from tightrope.chapters.start import Turn
from tightrope.chapters.when_money_moves import MOST_PARTNERS, partners
from tightrope.charts import theme
from tightrope.charts.figure import Figure
from tightrope.charts.floats import floats
from tightrope.charts.lines import lines_by_year
from tightrope.publish.opening import Opening

_TOTAL, _WITHIN = "Matched from the beginning", "Matched within a year, added up"


def payments_by_year(
    page: Opening, payments: pd.DataFrame, found: Turn, later: str, note: str
) -> Figure | None:
    """What comes in and what goes out by year, as on the start page, in the column of a chapter.

    `payments` are rows of `start.dated`, `found` what they show, `later` what falls due last.
    """
    drawn = start_figures.payments_by_year(page, payments, found, later, note)
    return drawn and replace(
        drawn, id="payments-by-year", title=_when_it_came(page, payments, found), wide=theme.WIDE
    )


def _when_it_came(page: Opening, payments: pd.DataFrame, found: Turn) -> str:
    name = page.book.party_name(page.focal)
    if not found.is_found:
        sides = ("in", f"Into {name}"), ("out", f"Out of {name}")
        said = (f"{words}: {_in_parts(payments[payments.side.eq(side)])}" for side, words in sides)
        return ". ".join(said)
    came = " and ".join(map(str, dict.fromkeys((found.came[0], found.came[-1]))))
    return (
        f"The money for {name} came in {came}; "
        f"the big bills are due from {found.due[0]} to {found.due[-1]}"
    )


def _in_parts(payments: pd.DataFrame) -> str:
    """What of one side's payments is paid, due in a year, and without a date."""
    is_paid, has_year = payments.rung.eq("paid"), payments.year.notna()
    sums = {
        "paid": payments.amount[is_paid].sum(),
        "due in a known year": payments.amount[~is_paid & has_year].sum(),
        "without a date": payments.amount[~is_paid & ~has_year].sum(),
    }
    parts = [f"{units.usd_bn(float(one))} {words}" for words, one in sums.items() if one > 0]
    return units.listing(parts) or "no known sum"


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
    if panels.year.notna().any() and panels.year.max() + 2 < today:
        # Nothing is known of the years since: an axis up to today would be empty.
        today = float(panels.year.max()) + 1
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
        note=" ".join(
            part
            for part in (
                f"The sums stand for the ends of calendar years; {note}" if note else "",
                _left_out(len(names), moves, page.focal),
            )
            if part
        ),
    )


def _left_out(count: int, moves: pd.DataFrame, focal: str) -> str:
    every = len(partners(moves, focal, None))
    if every <= MOST_PARTNERS:
        return ""
    return f"Drawn are the {count} of {every:,} partners with the largest sums."


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
