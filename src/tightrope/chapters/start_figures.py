"""The picture of the start page: payments by year, in and out, paid and due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from tightrope import units
from tightrope.chapters import rings_figures, start_facts
from tightrope.chapters.start import Turn, in_words
from tightrope.charts.certainty import WORDS
from tightrope.charts.figure import Figure
from tightrope.charts.turn import RUNGS, Span, Yardstick, turn
from tightrope.charts.turn import Turn as Picture
from tightrope.publish.opening import Opening

WIDE = 940
"""Pixels: the start page has no column beside its text."""
_MORE = 3
"""Years that are drawn after the heavy ones, before the rest becomes a block."""


def payments_by_year(
    page: Opening,
    payments: pd.DataFrame,
    found: Turn,
    later: str = "",
    note: str = "",
    yardstick: tuple[int, float] | None = None,
) -> Figure | None:
    """All payments of `start.dated` by year; None where none has one.

    `later` says what falls due last, `note` what else a reader should know, and `yardstick` is the
    planned revenue of a year.
    """
    if payments.year.isna().all():
        return None
    name = page.book.party_name(page.focal)
    until = (found.due[-1] if found.due else int(payments.year.dropna().max())) + _MORE
    picture = Picture(
        payments[["year", "side", "rung", "who", "amount"]],
        until,
        _spans(found) if found.is_found else (),
        start_facts.silence(page, payments),
        _mark(yardstick),
        later,
        {"in": _undated_in(payments), "out": "The area of a block is dollars, as that of a bar."},
    )
    by_rung = payments.groupby(["year", "side", "rung"], dropna=False, as_index=False)
    table = by_rung.amount.sum()
    table = table.assign(
        payment=[_payment(side, rung) for side, rung in zip(table.side, table.rung, strict=True)]
    )
    told = "; ".join(
        f"{_year(row.year)}, {row.payment}: {units.usd_bn(row.amount)}"
        for row in table.itertuples()
    )
    return Figure(
        id="money-by-year",
        title=f"What was paid into {name} and what it is to pay, by year",
        subtitle=f"USD billion, {page.as_known}",
        description=f"Bars by calendar year, on one scale of area. {found.words} {told}.",
        draw=lambda width: turn(picture, width),
        frame=table[["year", "payment", "amount"]].rename(columns={"amount": "amount_usd_bn"}),
        labels={"year": "Year", "payment": "Payment", "amount_usd_bn": "Amount"},
        rows=page.rows(payments),
        book=page.book,
        note=note,
        writers={"year": _year},
        wide=WIDE,
    )


def _spans(found: Turn) -> list[Span]:
    came, due = len(found.came), len(found.due)
    return [
        Span(
            "in",
            found.came[0],
            found.came[-1],
            f"In: {units.usd_bn(found.came_sum)} in {_of_years(came)}",
            "paid",
        ),
        Span(
            "out",
            found.due[0],
            found.due[-1],
            f"Out: {units.usd_bn(found.due_sum)} in {_of_years(due)}",
            "due, if every condition is met",
        ),
    ]


def _of_years(number: int) -> str:
    return "one year" if number == 1 else f"{in_words(number)} years"


def _mark(yardstick: tuple[int, float] | None) -> Yardstick | None:
    if yardstick is None or pd.isna(yardstick[1]):
        return None
    year, amount = yardstick
    return Yardstick(
        year, amount, f"For scale: all revenue planned for {year}, {units.usd_bn(amount)}"
    )


def _undated_in(payments: pd.DataFrame) -> str:
    own = payments[payments.year.isna() & payments.side.eq("in")]
    sums = own.groupby("rung").amount.sum()
    return ", ".join(
        f"{WORDS[rung]} {units.number(sums[rung], 2)}" for rung in RUNGS if rung in sums.index
    )


def _payment(side: str, rung: str) -> str:
    return f"{side}, {'signed, ' if rung == 'conditional' else ''}{WORDS[rung]}"


def _year(year: object) -> str:
    return str(year) if pd.notna(year) else "no date"


def loops(page: Opening, count: int, owners: Mapping[str, str] | None = None) -> Figure | None:
    """The rings of so many partners, as wide as this page; see `rings_figures.largest`."""
    found = rings_figures.largest(page, count, owners)
    return found and replace(found, id="first-page-rings", wide=WIDE)
