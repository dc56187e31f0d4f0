"""The start page: when the money came in, and when the bills fall due.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import ledger, terms
from tightrope.chapters import when_money_moves
from tightrope.quantities.view import View

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_RICH, _NEARLY_ALL, _HEAVY = 0.2, 0.8, 0.5
"""A year is rich with this part of all that came in; rich years are most of it from that part on;
a year is heavy with this part of the heaviest year's bills."""


def dated(view: View, layer: str) -> pd.DataFrame:
    """What the focal party is paid and pays, by year, side, rung and partner: one row each.

    The payments of `when_money_moves.moves` with `side` ("in", "out"), `who` (the partner's name)
    and `rung`: "paid"; of what is signed "conditional" where it is due on a condition and "binding"
    where its terms are not public or name none; "announced" for the rest. Columns year (missing:
    no date), side, rung, who, amount and leg_id.
    """
    moves = when_money_moves.moves(view, layer)
    stand = ledger.ladder(view.web).set_index("leg_id")
    part = terms.of_legs(view.web).set_index("leg_id").part
    is_due = moves.basis.eq("scheduled")
    due = moves.amount.where(is_due, 0.0).groupby(moves.leg_id).transform("sum")
    bound = (stand.binding - stand.paid).clip(lower=0).fillna(0.0)
    signed = (moves.leg_id.map(bound) / due).clip(upper=1.0).where(is_due, 0.0).fillna(0.0)
    on_condition = moves.leg_id.map(part).eq("on_condition")
    is_in = moves.payee.eq(view.focal)
    partner = moves.payer.where(is_in, moves.payee)
    sided = moves.assign(
        side=is_in.map({True: "in", False: "out"}), who=partner.map(view.book.party_name)
    )
    rungs = {
        "paid": moves.amount.where(~is_due, 0.0),
        "binding": moves.amount * signed.where(~on_condition, 0.0),
        "conditional": moves.amount * signed.where(on_condition, 0.0),
        "announced": moves.amount.where(is_due, 0.0) * (1 - signed),
    }
    found = pd.concat(
        [sided.assign(rung=rung, amount=amount) for rung, amount in rungs.items()],
        ignore_index=True,
    )
    columns = ["year", "side", "rung", "who", "amount", "leg_id"]
    return found.loc[found.amount.gt(0), columns].reset_index(drop=True)


@dataclass(frozen=True)
class Turn:
    """Years in which most came in, and those in which the heavy bills fall due."""

    came: range
    came_sum: float
    due: range
    due_sum: float
    later_sum: float
    """What falls due in later years."""
    is_found: bool
    """Whether the years say it: a few in a row brought most, and heavy ones follow them at once."""

    @property
    def words(self) -> str:
        """The finding as a headline."""
        if not self.is_found:
            return "What has been paid, what is due, and what has no date"
        came, due = (in_words(len(years)) for years in (self.came, self.due))
        years = "year" if len(self.came) == 1 else "years"
        return f"The money came in {came} {years}. The big bills come in the next {due}."


def turn(payments: pd.DataFrame, today: int) -> Turn:
    """Find both in rows of `dated`; `today` is the year of the book's day.

    A rich year brought a fifth of all that has been paid in; the heavy years are those to come with
    more than half of the heaviest year's bills.
    """
    has_year = payments.dropna(subset=["year"])
    inward = _by_year(has_year[has_year.side.eq("in") & has_year.rung.eq("paid")])
    outward = _by_year(has_year[has_year.side.eq("out") & has_year.year.gt(today)])
    came = _span(inward.index[inward.ge(_RICH * inward.sum())])
    due = _span(outward.index[outward.gt(_HEAVY * outward.max())])
    came_sum, due_sum, later = (
        float(sums[(sums.index >= first) & (sums.index < last)].sum())
        for sums, first, last in (
            (inward, came.start, came.stop),
            (outward, due.start, due.stop),
            (outward, due.stop, 9999),
        )
    )
    is_found = (
        0 < len(came) <= 3
        and came_sum >= _NEARLY_ALL * inward.sum()
        and 1 < len(due) < len(_NUMBERS)
        and due.start == came.stop
        and bool(outward.reindex(due).gt(_HEAVY * outward.max()).all())
    )
    return Turn(came, came_sum, due, due_sum, later, is_found)


def _by_year(payments: pd.DataFrame) -> pd.Series[float]:
    sums = payments.groupby("year").amount.sum()
    return sums.set_axis(sums.index.astype(int))


def _span(years: Sequence[int]) -> range:
    return range(min(years), max(years) + 1) if len(years) else range(0)


def in_words(number: int) -> str:
    """A small number as a word, a large one in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
