"""Who has borrowed behind the suppliers, beside what others have counted on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from tightrope import quantities, units
from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantity, debt
from tightrope.quantities.view import View

THEN, NOW = "ours, same day", "ours, now"
TALKS, GENERAL = "ours, only reported", "ours, other loans"


@dataclass(frozen=True)
class Borrowers:
    """The groups in which borrowers stand, and what somebody else has counted of each.

    `groups` in their order; `of` is the group of a party, `rest` that of any other. `counted` is
    the figure (financial_id) of each group by `counter`, as known on `day` (YYYY-MM-DD).
    """

    groups: tuple[str, ...] = ("Borrowers",)
    of: Mapping[str, str] = field(default_factory=dict)
    rest: str = "Borrowers"
    counted: Mapping[str, str] = field(default_factory=dict)
    counter: str = ""
    day: str = ""

    def is_known(self, book: Dealbook) -> bool:
        """Whether the other count has been published by the day of the book."""
        return bool(self.day) and f"{book.day:%Y-%m-%d}" >= self.day


def loans(view: View, borrowers: Borrowers, reports: bool = True) -> pd.DataFrame:
    """Loans to partners and builders with the `group` of the borrower, each payment once."""
    legs = debt.capped(view, debt.loans(view, reports=reports))
    groups = [borrowers.of.get(party, borrowers.rest) for party in legs.payee]
    return legs.assign(group=pd.Series(groups, legs.index, dtype="str"))


def loans_then(view: View, borrowers: Borrowers) -> pd.DataFrame:
    """`loans` as known on the day of the other count; none where that is not published yet."""
    if not borrowers.is_known(view.book):
        return loans(view, borrowers).iloc[:0]
    return loans(View(view.book.as_of(borrowers.day), view.focal), borrowers)


def heard_then(view: View, borrowers: Borrowers) -> Quantity | None:
    """All that others had borrowed for the deals, with reports, on the day of the other count."""
    if not borrowers.is_known(view.book):
        return None
    then = quantities.of(view.book.as_of(borrowers.day), view.focal)
    return then["borrowed_for_deals_with_reports"]


def bars(view: View, borrowers: Borrowers) -> pd.DataFrame:
    """The count of others, ours of that day, and ours of now: columns group, series, amount.

    USD billion. Ours are loans tied to a deal of the focal party: `THEN` with reports, `NOW` as
    agreed, `TALKS` what reports add; `GENERAL` are agreed loans for all that a borrower does.
    """
    value = view.book.financials.set_index("financial_id").value
    heard, agreed = (loans(view, borrowers, reports) for reports in (True, False))
    then, is_known = loans_then(view, borrowers), borrowers.is_known(view.book)

    def total(legs: pd.DataFrame, group: str, is_tied: bool = True) -> float:
        return float(legs.stated[legs.group.eq(group) & legs.is_tied.eq(is_tied)].sum())

    found: list[tuple[str, str, float]] = []
    for group in borrowers.groups:
        if is_known:
            counted = float(value.get(borrowers.counted[group], float("nan")))
            found.append((group, borrowers.counter, counted))
            found.append((group, THEN, total(then, group)))
        found.append((group, NOW, total(agreed, group)))
        more = total(heard, group) - total(agreed, group)
        if more > 0:
            found.append((group, TALKS, more))
        if total(agreed, group, is_tied=False) > 0:
            found.append((group, GENERAL, total(agreed, group, is_tied=False)))
    return pd.DataFrame(found, columns=["group", "series", "amount"])


def by_borrower(view: View) -> pd.DataFrame:
    """Loans tied to the focal party's deals by borrower, the largest first: for `one_scale`.

    Columns: name, direction, words, and the increments paid (drawn), binding (agreed beyond that),
    announced (only reported) and high.
    """
    drawn = debt.loans(view, "paid")
    sides = [debt.capped(view, debt.loans(view, reports=reports)) for reports in (False, True)]
    paid, agreed, heard = (
        legs[legs.is_tied].groupby("payee").low.sum() for legs in (drawn, *sides)
    )
    found = []
    order = pd.DataFrame({"agreed": agreed, "heard": heard}).fillna(0.0)
    for party in order.sort_values(["agreed", "heard"], ascending=False).index:
        sure, most = float(agreed.get(party, 0.0)), float(heard[party])
        if most <= 0:
            continue
        out = min(float(paid.get(party, 0.0)), sure)
        parts = [(sure, "agreed"), (max(most - sure, 0.0), "only reported")]
        words = ", ".join(f"{units.usd_bn(sum_)} {word}" for sum_, word in parts if sum_ > 0)
        name = view.book.party_name(str(party))
        found.append((name, "borrowed", words, out, sure - out, max(most - sure, 0.0), 0.0))
    names = ["name", "direction", "words", "paid", "binding", "announced", "high"]
    return pd.DataFrame(found, columns=names)


def rows(view: View, borrowers: Borrowers) -> list[str]:
    """The rows behind `bars`; the focal party where there is none."""
    found = [f"legs/{leg}" for leg in loans(view, borrowers).leg_id]
    if borrowers.is_known(view.book):
        found += [f"financials/{row}" for row in borrowers.counted.values()]
    return found or [f"parties/{view.focal}"]
