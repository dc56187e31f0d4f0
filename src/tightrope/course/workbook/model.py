"""Sheets on what may happen: the runway, and what partners need of OpenAI.

Sums are USD billion, nominal, in whole calendar years.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tightrope import scenarios
from tightrope.chapters import who_breaks
from tightrope.course import tables
from tightrope.course.workbook.cells import Sheet, at
from tightrope.dealbook import Dealbook
from tightrope.measures.plan import Scenario
from tightrope.stress import READINGS

FOCAL = "openai"
SCENARIO = "what-analysts-expect"
"""Not the base, whose gap is asked in a lab."""
MARGIN = "margin_before_compute"
_INPUTS = (
    ("opening_cash", "cash at the start", "amount"),
    ("minimum_liquidity", "what has to stay in the till", "amount"),
    ("revenue", "revenue of the first year", "amount"),
    ("revenue_growth", "growth in the second year", "share"),
    ("growth_endurance", "what is left of growth each year", "share"),
    (MARGIN, "left of revenue before compute", "share"),
    ("committed_funding", "funding that is agreed, first year", "amount"),
    ("conditional_funding", "funding in talks, second year", "amount"),
    ("conditional_funding_realised", "part of it that comes", "share"),
)
_FLOWS = ("revenue", "compute", "funding")
PAID_SHARE = 0.6
"""The share of its bills that OpenAI pays as the sheet opens: that of the page who-breaks."""


def runway(book: Dealbook) -> Sheet:
    """A scenario year by year; the gap at its peak is asked at three margins."""
    own = scenarios.scenario(book, SCENARIO, FOCAL)
    path = own.gap().path
    sheet = Sheet("runway", [38, *[12] * len(path), 12])
    words = scenarios.title(SCENARIO).lower()
    sheet.text(0, f"Does the money last? With {words}", 8, kind="title")
    sheet.text(
        1,
        "Change a yellow cell, and everything below it follows. This is one scenario of the book, "
        "and not its base. Compute stands as the scenario has it, year by year; in the book a "
        "part of it follows revenue. A range has its low and high end beside the value.",
        8,
        2,
    )
    sheet.row(3, 1, ["value", "low", "high"], "head")
    where = {}
    for row, (name, words, shown) in enumerate(_INPUTS, 4):
        sheet.put(row, 0, words, "label")
        sheet.put(row, 1, float(own.values[name]), "input", shown=shown)
        ends = own.ranges.get(name, ())
        kind = "input" if name == MARGIN else "given"
        for column, end in enumerate(ends, 2):
            sheet.put(row, column, float(end), kind, shown=shown)
        where[name] = at(row, 1, True, True)
    top = 5 + len(_INPUTS)
    _years(sheet, own, path, where, top)
    _peaks(sheet, own, where, top, len(path))
    return sheet


def _years(
    sheet: Sheet, own: Scenario, path: pd.DataFrame, where: Mapping[str, str], top: int
) -> None:
    """The money by year from row `top` on, and cash at the end of each year at three margins."""
    years = len(path)
    sheet.row(top, 1, [float(year) for year in path.year], "head", "whole")
    words = ["growth", "revenue", "compute", "funding", "revenue so far"]
    words += ["funding so far, less compute", "cash at its end", "cash, low margin"]
    for row, name in enumerate([*words, "cash, high margin"], top + 1):
        sheet.put(row, 0, name, "label")
    revenue, compute, funding = (path[name].to_numpy() for name in _FLOWS)
    growth = own.values["revenue_growth"] * own.values["growth_endurance"] ** np.arange(years - 1)
    funds = ["committed_funding"], ["conditional_funding", "conditional_funding_realised"]
    for year in range(years):
        column, before = 1 + year, year
        grows, earns, spends, gets, earned, left = (at(top + row, column) for row in range(1, 7))
        if year:
            rate = f"={at(top + 1, before)}*{where['growth_endurance']}"
            formula = f"={where['revenue_growth']}" if year == 1 else rate
            sheet.put(top + 1, column, float(growth[year - 1]), "sum", formula, "share")
        more = f"={at(top + 2, before)}*(1+{grows})" if year else f"={where['revenue']}"
        sheet.put(top + 2, column, float(revenue[year]), "sum", more)
        sheet.put(top + 3, column, float(compute[year]), "input")
        comes = "=" + "*".join(where[name] for name in funds[year]) if year < 2 else ""
        sheet.put(top + 4, column, float(funding[year]), "sum" if comes else "input", comes)
        so_far = [f"{at(top + row, before)}+" if year else "" for row in (5, 6)]
        sheet.put(top + 5, column, float(revenue[: year + 1].sum()), "sum", f"={so_far[0]}{earns}")
        net = float((funding - compute)[: year + 1].sum())
        sheet.put(top + 6, column, net, "sum", f"={so_far[1]}{gets}-{spends}")
        for row, margin in enumerate(_margins(own), top + 7):
            cash = own.gap(**{MARGIN: margin}).path.cash.to_numpy()
            formula = f"={where['opening_cash']}+{left}+{_margin_cell(row - top - 7)}*{earned}"
            sheet.put(row, column, float(cash[year]), "sum", formula)


def _peaks(sheet: Sheet, own: Scenario, where: Mapping[str, str], top: int, years: int) -> None:
    """What is asked: the gap at its peak, the worst year, and how many years end below zero."""
    asked = top + 12
    sheet.text(asked - 1, "Questions. Each at the margin as it is, low, and high.", 8)
    sheet.row(asked, 1, ["margin", "low margin", "high margin"], "head")
    words = ["1. What is missing in the worst year?", "2. Which year is that?"]
    for row, name in enumerate([*words, "3. How many years end below zero?"], asked + 1):
        sheet.put(row, 0, name, "label")
    named = f"{at(top, 1)}:{at(top, years)}"
    for place, margin in enumerate(_margins(own)):
        gap, cash = own.gap(**{MARGIN: margin}), f"{at(top + 7 + place, 1)}:"
        cash += at(top + 7 + place, years)
        peak = f"=MAX(0,{where['minimum_liquidity']}-MIN({cash}))"
        sheet.put(asked + 1, 1 + place, gap.peak, "answer", peak)
        worst = (
            f'=IF({at(asked + 1, 1 + place)}=0,"none",INDEX({named},MATCH(MIN({cash}),{cash},0)))'
        )
        year: float | str = "none" if gap.peak_year is None else float(gap.peak_year)
        sheet.put(asked + 2, 1 + place, year, "answer", worst, "whole")
        below = float(gap.path.cash.lt(0).sum())
        sheet.put(asked + 3, 1 + place, below, "answer", f'=COUNTIF({cash},"<0")', "whole")


def _margins(own: Scenario) -> list[float]:
    """The margin as it is, low and high."""
    return [own.values[MARGIN], *own.ranges[MARGIN]]


def _margin_cell(place: int) -> str:
    row = 4 + [name for name, *_ in _INPUTS].index(MARGIN)
    return at(row, 1 + place, True, True)


def break_even(book: Dealbook) -> Sheet:
    """What partners owe in a year, and the share of OpenAI's bills at which they can pay it."""
    year = tables.MIDDLE_YEAR
    partners = tables.bills_case(book).web
    bills = tables.bills(book)
    bills = bills[bills.year.eq(year)].set_index("party")
    found = who_breaks.break_even(partners, READINGS[1], year)
    sheet = Sheet("break-even", [36, *[13] * 11])
    sheet.text(0, f"Who needs OpenAI to pay in {year}?", 12, kind="title")
    sheet.text(
        1,
        "A partner pays its own bills from what others pay it and from what OpenAI pays it. "
        "Fewest bills and most cash from others give the low end, the reverse the high end. "
        "More than the whole means that even full payment is not enough.",
        12,
        2,
    )
    sheet.put(3, 0, "OpenAI pays this share of its bills", "label")
    sheet.put(3, 1, PAID_SHARE, "input", shown="share")
    sums = ["owes", "from others", "lacks without OpenAI", "lacks at that share"]
    names = [f"{words}, {end}" for words in sums for end in ("low", "high")]
    sheet.heights[5] = 32
    sheet.put(5, 0, "partner", "left")
    sheet.row(5, 1, ["due from OpenAI", *names], "head")
    sheet.row(5, 10, ["needs at least", "needs at most"], "head")
    for row, (party, own) in enumerate(bills.iterrows(), 6):
        sheet.put(row, 0, book.party_name(str(party)), "label")
        given = ["due", "owes_low", "owes_high", "others_low", "others_high"]
        sheet.row(row, 1, [float(own[name]) for name in given], "input")
        due, least, most, cash_least, cash_most = (at(row, column) for column in range(1, 6))
        lacks = (f"{least}-{cash_most}", f"{most}-{cash_least}")
        missing = (own.owes_low - own.others_high, own.owes_high - own.others_low)
        for place, (formula, value, end) in enumerate(
            zip(lacks, missing, ("low", "high"), strict=True)
        ):
            sheet.put(row, 6 + place, max(0.0, float(value)), "sum", f"=MAX(0,{formula})")
            left = max(0.0, float(value - PAID_SHARE * own.due))
            formula = f"=MAX(0,{formula}-{at(3, 1, True, True)}*{due})"
            sheet.put(row, 8 + place, left, "sum", formula)
            share = float(found.at[party, end]) / 100
            formula = f"={at(row, 6 + place)}/{due}"
            sheet.put(row, 10 + place, share, "answer", formula, "share")
    asked = 7 + len(bills)
    sheet.text(asked, "Question 1. Fill the green cells: which share does each partner need?", 12)
    words = "Question 2. Why can the share that a partner needs be more than the whole?"
    sheet.text(asked + 1, words, 12)
    return sheet
