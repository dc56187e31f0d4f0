"""Answers of the lab on break-even and clearing, from the measures of the book."""

from __future__ import annotations

from tightrope.chapters import who_breaks
from tightrope.course.answer import Answer, amount, exactly, fraction
from tightrope.course.tables import MIDDLE_YEAR, bills_case
from tightrope.course.webs import cash, web
from tightrope.dealbook import Dealbook
from tightrope.measures import clearing
from tightrope.stress import READINGS

_WEB, _LENDER = "three-firms", "lender"


def break_even_and_clearing(book: Dealbook) -> list[Answer]:
    """The answers of lab 7."""
    return [*_shares(book), *_cleared()]


def _shares(book: Dealbook) -> list[Answer]:
    partners = bills_case(book).web
    all_bills, debts = (who_breaks.break_even(partners, one, MIDDLE_YEAR) for one in READINGS[::-1])
    owed = partners.bills(READINGS[1])
    owed = owed[owed.year.eq(MIDDLE_YEAR)].groupby("party").high.sum()
    found = []
    for part, party in (("7a", "oracle"), ("7b", "coreweave")):
        strict = all_bills.loc[party]
        found.append(
            fraction(
                part,
                float(strict.high) / 100,
                f"break_even of {party} in {MIDDLE_YEAR}, machines too, high",
                (
                    float(owed[party] / strict.due),
                    "The cash from others is missing: it pays a part of the bills.",
                ),
                (float(debts.high[party]) / 100, "The machines are missing from the bills."),
                (float(strict.low) / 100, "This is the mild end: most cash and lowest bills."),
                (
                    float(strict.needs_high),
                    "This is the sum that is missing: divide it by what is due.",
                ),
            )
        )
    return found


def _cleared() -> list[Answer]:
    owed, has = web(_WEB), cash(_WEB)
    after = clearing.clear(owed, has).set_index("party")
    lost = clearing.losses(owed, has).set_index("party")
    due = float(owed[owed.payee.eq(_LENDER)].amount.sum())
    failed, short = int(after.in_default.sum()), float(after.shortfall.sum())
    first = lost.first_round
    return [
        exactly(
            "7c",
            failed,
            "webs/three-firms.csv, clear",
            (failed - 1, "One is missing. Did you count the lab, and repeat to the end?"),
            (failed - 2, "Two are missing. Who is paid less because a debtor was paid less?"),
            (failed + 1, "One too many: who owes nothing cannot fail to pay."),
        ),
        amount(
            "7d",
            due - float(lost.loc[_LENDER].sum()),
            "webs/three-firms.csv, clear",
            (due, "This is what the lender is owed."),
            (
                due - _after_one_round(),
                "You stopped too early: what the cloud does not pay the "
                "maker, the maker lacks in turn.",
            ),
            (float(after.paid["maker"]), "The cloud pays the lender as well."),
        ),
        amount(
            "7e",
            float(lost.passed_on.sum()),
            "webs/three-firms.csv, losses",
            (short, "The lab's own shortfall is in it: that was passed on by nobody."),
            (float(first.sum()), "This is the lab's own shortfall: take that of the others."),
        ),
    ]


def _after_one_round() -> float:
    """What the lender would lose if the maker paid in full, though the cloud did not."""
    owed, has = web(_WEB), {**cash(_WEB), "maker": 1e6}
    return float(clearing.losses(owed, has).set_index("party").loc[_LENDER].sum())
