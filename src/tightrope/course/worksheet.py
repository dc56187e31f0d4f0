"""A worksheet with an invented web to print, and its key: the same seed makes the same sheet.

python -m tightrope.course.worksheet --seed N --out FOLDER
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from tightrope.course import worksheet_web as draws
from tightrope.course.answer import Answer, exactly
from tightrope.course.seeds import whole
from tightrope.course.worksheet_web import HUB, LENDER, Drawn, Payment, Year
from tightrope.measures import clearing, roundtrip, routes, timing
from tightrope.publish.files import write_whole
from tightrope.templates import render

FIRST_YEAR = 2031
Numbers = TypeVar("Numbers")


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its numbers and, for parts a to f, the answers with their typical mistakes."""

    seed: int
    drawn: Drawn
    answers: tuple[Answer, ...]

    @property
    def partner(self) -> str:
        """The firm whose years are asked about."""
        return self.drawn.payments[0].payee

    def page(self) -> str:
        """The sheet as students get it: no answer is in it."""
        return render("course/worksheet.html", sheet=self, first_year=FIRST_YEAR, key=False)

    def key(self) -> str:
        """The same sheet with answers, mistakes and the cut."""
        return render("course/worksheet.html", sheet=self, first_year=FIRST_YEAR, key=True)


def sheet(seed: int) -> Sheet:
    """The worksheet of a seed: each answer is whole, and no typical mistake leads to it.

    The answers are what the measures of the book make of the invented numbers.
    """
    chance = np.random.default_rng(seed)
    names = draws.named(chance)
    (payments, cut), of_web = _until(lambda: draws.web(chance, names), _web)
    years, of_years = _until(lambda: draws.years(chance), lambda years: _float(names[1], years))
    bills, of_bills = _until(lambda: draws.bills(chance), _break_even)
    (dues, cash), of_dues = _until(lambda: draws.dues(chance, names), _clearing)
    numbers = Drawn(payments, cut, years, *bills, dues, cash)
    return Sheet(seed, numbers, (*of_web, *of_years, *of_bills, *of_dues))


def _until(
    draw: Callable[[], Numbers], asked: Callable[[Numbers], list[Answer]]
) -> tuple[Numbers, list[Answer]]:
    """The first draw whose answers are apart from all mistakes, and these answers."""
    while True:
        numbers = draw()
        answers = asked(numbers)
        if all(_is_apart(one) for one in answers):
            return numbers, answers


def _is_apart(one: Answer) -> bool:
    """Whether the answer is a whole number above 0, and no mistake comes within one of it."""
    value = float(one.value)
    mistaken = [float(mistake.value) for mistake in one.mistakes]
    return value.is_integer() and value > 0 and all(abs(value - each) >= 1 for each in mistaken)


def _web(numbers: tuple[tuple[Payment, ...], tuple[Payment, ...]]) -> list[Answer]:
    paid, cut = numbers
    payments = pd.DataFrame(paid).astype({"amount": "float64"})
    own = roundtrip.bilateral(payments, HUB)
    trip, into, out = (float(own[name].sum()) for name in ("round_trip", "paid_in", "paid_out"))
    value = routes.value_returnable(payments, HUB)
    return [
        exactly(
            "a",
            trip,
            "roundtrip.bilateral",
            (min(into, out), "Both sides were added up first: take the smaller side firm by firm."),
            (into, f"This is all that is paid to {HUB}."),
            (value, "Longer ways are in it: here only what comes straight back counts."),
        ),
        exactly(
            "b",
            value,
            "routes.value_returnable",
            (trip, "Only what comes straight back was counted."),
            (min(into, out), f"This is all that {HUB} pays, or is paid: a cut is cheaper."),
            (into, f"This is all that is paid to {HUB}, wherever it began."),
        ),
        exactly(
            "c",
            float(max(one.amount for one in cut)),
            "the one cheapest cut",
            (float(payments.amount.max()), "This payment is not in the cheapest cut."),
            (
                float(payments.amount[payments.payee.eq(HUB)].max()),
                f"All payments to {HUB} close every way too, and cost more.",
            ),
            (value, "This is the sum of the whole cut."),
        ),
    ]


def _float(partner: str, years: tuple[Year, ...]) -> list[Answer]:
    rows = [
        (payer, payee, float(amount), year)
        for year, sides in enumerate(years, FIRST_YEAR)
        for payer, payee, amount in ((partner, HUB, sides[0]), (HUB, partner, sides[1]))
    ]
    payments = pd.DataFrame(rows, columns=["payer", "payee", "amount", "year"])
    held = timing.float_by_year(payments, HUB, partner)["float"]
    third = years[2]
    one = exactly(
        "d",
        float(held[2]),
        "timing.float_by_year",
        (
            float(third.paid_in - third.paid_out),
            "This is the third year alone: add up from the first.",
        ),
        (float(held[3]), "The fourth year is in it."),
        (float(held[1]), "The third year is missing."),
        (float(sum(year.paid_in for year in years[:3])), "What was paid back is not off."),
    )
    return [one]


def _break_even(numbers: tuple[int, int, int]) -> list[Answer]:
    due, owes, others = map(float, numbers)
    share = 100 * clearing.break_even_pay_ratio(due, owes, others)
    one = exactly(
        "e",
        round(share, 9),
        "clearing.break_even_pay_ratio, in per cent",
        (100 * owes / due, "The cash from others pays a part of the bills."),
        (owes - others, "This is the sum that is missing: divide it by what is due."),
        (100 - share, "This is what can be left unpaid."),
        (100 * due / (owes + others), "Divide what is missing by what is due."),
    )
    return [one]


def _clearing(numbers: tuple[tuple[Payment, ...], dict[str, int]]) -> list[Answer]:
    chain, cash = numbers
    dues = pd.DataFrame(chain).astype({"amount": "float64"})
    paid = clearing.clear(dues, cash).set_index("party").paid
    _, to_maker, to_lender, onward = chain
    share = float(paid[to_lender.payer]) / (to_maker.amount + to_lender.amount)
    gets = share * to_lender.amount + float(paid[onward.payer])
    one = exactly(
        "f",
        round(gets, 9),
        "clearing.clear",
        (float(to_lender.amount + onward.amount), f"This is what {LENDER} is owed."),
        (
            share * to_lender.amount + onward.amount,
            f"One round too few: {onward.payer} is paid less, and pays less in turn.",
        ),
        (float(paid[onward.payer]), f"{to_lender.payer} pays {LENDER} as well."),
        (
            float(min(to_lender.amount, paid[to_lender.payer]) + cash[onward.payer]),
            f"{LENDER} does not come first: all creditors of a firm get the same share.",
        ),
    )
    return [one]


def main(arguments: list[str]) -> int:
    """Write the sheet and, as a file of its own, its key; 2 with the reason if it cannot."""
    parser = argparse.ArgumentParser(prog="make worksheet", description="An invented web.")
    parser.add_argument("--seed", default="7", help="the same seed makes the same sheet")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    chosen = parser.parse_args(arguments)
    try:
        made = sheet(whole("SEED", chosen.seed))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    chosen.out.mkdir(parents=True, exist_ok=True)
    page = chosen.out / f"worksheet-seed-{made.seed}.html"
    key = page.with_name(f"{page.stem}-key.html")
    write_whole(page, made.page())
    write_whole(key, made.key())
    print(f"for students: {page}", f"the key:      {key}", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
